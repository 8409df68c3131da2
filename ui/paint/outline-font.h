/* outline-font.h: characters that the stroke font does not have, as an installed font draws them.
 *
 * Ideographs, kana, rare signs, all of which KiCad's font has: which font here has them is for fontconfig to say, so that the same machine always
 * shows the same. A character keeps the room that KiCad gives it. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * nudge_outline_font_fill:
 * @cr: where to, with the colour set and no path
 * @character: any character
 * @cell: from the stroke font's unit to @cr's
 *
 * Fills a character. Safe from any thread.
 *
 * Returns: whether a font has it
 */
gboolean nudge_outline_font_fill (cairo_t *cr, gunichar character, const cairo_matrix_t *cell);

G_END_DECLS
