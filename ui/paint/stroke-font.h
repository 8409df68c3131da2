/* stroke-font.h: characters as polylines.
 *
 * Unit: 1/21 of the font size, x from the cell's left edge, y up from the baseline. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  float x, y;
} NudgeStrokePoint;

/* One line, twice: as points[0..n) with curves broken into short straight pieces, and as it was drawn: outline[0..n_outline),
 * where a point that `steers` lies beside the line and bends it towards itself, as in TrueType. */
typedef struct
{
  NudgeStrokePoint at;
  gboolean steers;
} NudgeStrokeKnot;

typedef struct
{
  const NudgeStrokePoint *points;
  const NudgeStrokeKnot *outline;
  guint n, n_outline;
} NudgeStrokeLine;

#define NUDGE_STROKE_PARTS 3

/* A glyph is a base and, for accented letters, the marks over or under it. */
typedef struct
{
  const NudgeStrokeLine *lines[NUDGE_STROKE_PARTS];
  guint n_lines[NUDGE_STROKE_PARTS];
  float dx[NUDGE_STROKE_PARTS], dy[NUDGE_STROKE_PARTS];
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

/**
 * nudge_stroke_font_has:
 * @character: any character
 *
 * Returns: whether the font has it, or knows that there is nothing to be seen of it
 */
gboolean nudge_stroke_font_has (gunichar character);

/**
 * nudge_stroke_font_trace:
 * @cr: where to
 * @character: any character
 * @cell: from the font's unit to @cr's
 * @curved: whether curves stay curves
 *
 * Adds the strokes of a character to the path.
 */
void nudge_stroke_font_trace (cairo_t *cr, gunichar character, const cairo_matrix_t *cell, gboolean curved);

G_END_DECLS
