/* stroke-text.h: texts in Nudge's stroke font, set as KiCad sets them.
 *
 * Unit: 100 nm, y down, angles counterclockwise in degrees. KiCad's markup is understood: ~{over}, _{low}, ^{high}. */
#pragma once

#include "library/symbol.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * nudge_stroke_text_pen:
 * @style: how the text is set
 *
 * Returns: width of the pen
 */
gint32 nudge_stroke_text_pen (const NudgeTextStyle *style);

/**
 * nudge_stroke_text_width:
 * @text: one or more lines
 * @style: how the text is set
 *
 * Returns: advance of the widest line, from the anchor of a left-justified text to that of a right-justified one
 */
double nudge_stroke_text_width (const char *text, const NudgeTextStyle *style);

/**
 * nudge_stroke_text_box:
 * @text: one or more lines
 * @x: anchor
 * @y: anchor
 * @angle: 0, 90, 180 or 270
 * @style: how the text is set
 *
 * Returns: box in which nudge_stroke_text_draw() leaves its ink
 */
NudgeBox nudge_stroke_text_box (const char *text, double x, double y, gint angle, const NudgeTextStyle *style);

/**
 * nudge_stroke_text_middle:
 * @text: one or more lines
 * @angle: 0 or 90
 * @style: how the text is set
 *
 * KiCad turns the room of a field with its symbol, and sets the text in the middle of that room.
 *
 * Returns: the middle, seen from the anchor
 */
NudgePoint nudge_stroke_text_middle (const char *text, gint angle, const NudgeTextStyle *style);

/**
 * nudge_stroke_text_draw:
 * @cr: where to, in sheet units, with the colour set
 * @text: one or more lines
 * @x: anchor
 * @y: anchor
 * @angle: 0, 90, 180 or 270
 * @style: how the text is set
 *
 * Draws a text.
 */
void nudge_stroke_text_draw (cairo_t *cr, const char *text, double x, double y, gint angle, const NudgeTextStyle *style);

/**
 * nudge_stroke_text_wrap:
 * @text: one or more lines
 * @width: room for a line
 * @style: how the text is set
 *
 * Breaks lines between words so that they fit; a longer word stays whole.
 *
 * Returns: (transfer full): the broken text
 */
char *nudge_stroke_text_wrap (const char *text, double width, const NudgeTextStyle *style);

G_END_DECLS
