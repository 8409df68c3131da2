/* stroke-font-private.h: the tables from which the font is built. */
#pragma once

#include <glib.h>

typedef struct
{
  gunichar character;
  const char *strokes;
} NudgeStrokeSpecial;

extern const char *const nudge_stroke_ascii[95];
extern const NudgeStrokeSpecial nudge_stroke_specials[];
extern const guint nudge_stroke_n_specials;
extern const NudgeStrokeSpecial nudge_stroke_letters[];
extern const guint nudge_stroke_n_letters;
extern const NudgeStrokeSpecial nudge_stroke_marks[];
extern const guint nudge_stroke_n_marks;
extern const NudgeStrokeSpecial nudge_stroke_low_marks[];
extern const guint nudge_stroke_n_low_marks;
extern const char *const nudge_stroke_unknown;
