/* text-metrics.h: how wide KiCad's stroke font sets a text. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

/* Advance of one character in 1/210 of the font size. */
NUDGE_API gint32 nudge_char_advance (gunichar c);
/* Whether KiCad's font has a character: it shows a box, or a question mark, for what it has not. */
NUDGE_API gboolean nudge_char_is_drawn (gunichar c);
/* Width of the widest line of @text at a font width of @size, in the unit of @size. */
NUDGE_API gint32 nudge_text_width (const char *text, gint32 size);
/* Number of lines, at least 1. */
NUDGE_API guint nudge_text_lines (const char *text);

/* Distance between the baselines of two lines, for a font height of @size. */
#define NUDGE_LINE_PITCH(size) ((gint32) ((gint64) (size) * 161 / 100))

G_END_DECLS
