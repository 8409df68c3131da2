/* paint-lone-symbol.h: a symbol of a library without a sheet, as a picture of it. */
#pragma once

#include "library/symbol.h"
#include "paint/theme.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * nudge_paint_lone_symbol:
 * @cr: where to
 * @symbol: what
 * @theme: colours
 * @width: of the picture, in the user space of @cr
 * @height: of the picture
 *
 * Paints the first units of a symbol side by side, with their pins, as large as they fit.
 */
void nudge_paint_lone_symbol (cairo_t *cr, const NudgeSymbol *symbol, const NudgeTheme *theme, double width, double height);

G_END_DECLS
