/* stroke-font.h: characters as polylines.
 *
 * Unit: 1/21 of the font size, x from the cell's left edge, y up from the baseline. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  float x, y;
} NudgeStrokePoint;

/* One polyline: points[0..n). */
typedef struct
{
  const NudgeStrokePoint *points;
  guint n;
} NudgeStrokeLine;

/* A glyph is a base and, for accented letters, a mark over or under it. */
typedef struct
{
  const NudgeStrokeLine *lines[2];
  guint n_lines[2];
  float dx[2], dy[2];
} NudgeStrokeGlyph;

/**
 * nudge_stroke_font_glyph:
 * @character: any character
 * @glyph: (out): its lines, which live as long as the program
 *
 * Looks up a character. Accented letters are built from their base letter and the mark;
 * what the font does not have is a box.
 */
void nudge_stroke_font_glyph (gunichar character, NudgeStrokeGlyph *glyph);

G_END_DECLS
