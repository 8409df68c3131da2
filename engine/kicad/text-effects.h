/* text-effects.h: how a text is set, as KiCad's (effects ...) list. */
#pragma once

#include "drawing/drawing.h"
#include "text/sexpr-writer.h"

G_BEGIN_DECLS

/* (color r g b 1) of 0xRRGGBB. */
void nudge_write_color (NudgeSexprWriter *w, guint32 rgb);
/* (effects (font ...) (justify ...) (hide yes)); @color is 0xRRGGBB or NUDGE_COLOR_DEFAULT. */
void nudge_write_text_effects (NudgeSexprWriter *w, const NudgeTextStyle *style, guint32 color);

G_END_DECLS
