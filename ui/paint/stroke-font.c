#include "paint/stroke-font.h"

#include "base/text-metrics.h"
#include "paint/stroke-font-private.h"

#include <stdlib.h>

#define CURVE_STEPS 4

/* Where a mark stands: above its letter, in the middle of the letter's cell. */
#define MARK_MIDDLE 9
#define HIGH_LETTER 26
#define LOW_LETTER 19
#define DOTLESS_I 0x131

typedef struct
{
  guint first, n;
} Span;

/* The whole font, parsed once and never changed. */
typedef struct
{
  GArray *points; /* NudgeStrokePoint */
  GArray *knots;  /* NudgeStrokeKnot: between two that steer stands one that does not */
  GArray *lines;  /* NudgeStrokeLine */
  Span ascii[95];
  Span *specials, *marks, *low_marks;
  Span unknown;
} Font;

static gboolean
next_token (const char **p, NudgeStrokeKnot *knot)
{
  char *end;

  while (**p == ' ')
    (*p)++;
  if (**p == '\0' || **p == '|')
    return FALSE;
  knot->steers = **p == 'c';
  if (knot->steers)
    (*p)++;
  knot->at.x = (float) strtol (*p, &end, 10);
  *p = end;
  knot->at.y = (float) strtol (*p, &end, 10);
  *p = end;
  return TRUE;
}

static void
add_curve (GArray *points, NudgeStrokePoint control, NudgeStrokePoint end)
{
  NudgeStrokePoint start = g_array_index (points, NudgeStrokePoint, points->len - 1);

  for (guint i = 1; i <= CURVE_STEPS; i++)
    {
      float t = (float) i / CURVE_STEPS, u = 1 - t;
      NudgeStrokePoint p = {
        u * u * start.x + 2 * u * t * control.x + t * t * end.x,
        u * u * start.y + 2 * u * t * control.y + t * t * end.y,
      };

      g_array_append_val (points, p);
    }
}

static void
parse_stroke (const char **p, GArray *knots)
{
  NudgeStrokeKnot knot, last = { { 0, 0 }, FALSE };

  while (next_token (p, &knot))
    {
      if (knot.steers && last.steers)
        {
          NudgeStrokeKnot middle = { { (last.at.x + knot.at.x) / 2, (last.at.y + knot.at.y) / 2 }, FALSE };

          g_array_append_val (knots, middle);
        }
      g_array_append_val (knots, knot);
      last = knot;
    }
}

static void
flatten (const GArray *knots, guint first, GArray *points)
{
  for (guint i = first; i < knots->len; i++)
    {
      const NudgeStrokeKnot *knot = &g_array_index (knots, NudgeStrokeKnot, i);

      if (knot->steers)
        add_curve (points, knot->at, g_array_index (knots, NudgeStrokeKnot, ++i).at);
      else
        g_array_append_val (points, knot->at);
    }
}

static Span
parse_glyph (Font *font, const char *strokes)
{
  Span span = { font->lines->len, 0 };
  const char *p = strokes;

  while (*p != '\0')
    {
      NudgeStrokeLine line;
      guint point = font->points->len, knot = font->knots->len;

      parse_stroke (&p, font->knots);
      flatten (font->knots, knot, font->points);
      line.points = GUINT_TO_POINTER (point);
      line.n = font->points->len - point;
      line.outline = GUINT_TO_POINTER (knot);
      line.n_outline = font->knots->len - knot;
      g_array_append_val (font->lines, line);
      span.n++;
      if (*p == '|')
        p++;
    }
  return span;
}

static Span *
parse_table (Font *font, const NudgeStrokeSpecial *table, guint n)
{
  Span *spans = g_new (Span, n);

  for (guint i = 0; i < n; i++)
    spans[i] = parse_glyph (font, table[i].strokes);
  return spans;
}

static gpointer
build_font (gpointer data)
{
  Font *font = g_new0 (Font, 1);

  font->points = g_array_new (FALSE, FALSE, sizeof (NudgeStrokePoint));
  font->knots = g_array_new (FALSE, FALSE, sizeof (NudgeStrokeKnot));
  font->lines = g_array_new (FALSE, FALSE, sizeof (NudgeStrokeLine));
  for (guint i = 0; i < G_N_ELEMENTS (font->ascii); i++)
    font->ascii[i] = parse_glyph (font, nudge_stroke_ascii[i]);
  font->specials = parse_table (font, nudge_stroke_specials, nudge_stroke_n_specials);
  font->marks = parse_table (font, nudge_stroke_marks, nudge_stroke_n_marks);
  font->low_marks = parse_table (font, nudge_stroke_low_marks, nudge_stroke_n_low_marks);
  font->unknown = parse_glyph (font, nudge_stroke_unknown);
  /* The arrays may have moved while they grew: only now do indices become addresses. */
  for (guint i = 0; i < font->lines->len; i++)
    {
      NudgeStrokeLine *line = &g_array_index (font->lines, NudgeStrokeLine, i);

      line->points = &g_array_index (font->points, NudgeStrokePoint, GPOINTER_TO_UINT (line->points));
      line->outline = &g_array_index (font->knots, NudgeStrokeKnot, GPOINTER_TO_UINT (line->outline));
    }
  return font;
}

static const Font *
get_font (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, build_font, NULL);
}

static gboolean
find_special (const NudgeStrokeSpecial *table, guint n, gunichar c, guint *index)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (table[middle].character < c)
        low = middle + 1;
      else
        high = middle;
    }
  *index = low;
  return low < n && table[low].character == c;
}

static void
set_part (const Font *font, NudgeStrokeGlyph *glyph, guint part, Span span, float dx, float dy)
{
  glyph->lines[part] = &g_array_index (font->lines, NudgeStrokeLine, span.first);
  glyph->n_lines[part] = span.n;
  glyph->dx[part] = dx;
  glyph->dy[part] = dy;
}

static gboolean
is_low (gunichar c)
{
  return g_unichar_islower (c) && c != 'b' && c != 'd' && c != 'f' && c != 'h' && c != 'k' && c != 'l' && c != 't';
}

static gboolean
set_accented (const Font *font, gunichar character, NudgeStrokeGlyph *glyph)
{
  gunichar base, mark;
  guint i, dotless;
  float shift;

  if (!g_unichar_decompose (character, &base, &mark) || base <= 0x20 || base >= 0x7f)
    return FALSE;
  shift = (float) (nudge_char_advance (base) / 20 - MARK_MIDDLE);
  set_part (font, glyph, 0, font->ascii[base - 0x20], 0, 0);
  if (find_special (nudge_stroke_marks, nudge_stroke_n_marks, mark, &i))
    {
      set_part (font, glyph, 1, font->marks[i], shift, is_low (base) ? LOW_LETTER : HIGH_LETTER);
      if (base == 'i' && find_special (nudge_stroke_specials, nudge_stroke_n_specials, DOTLESS_I, &dotless))
        set_part (font, glyph, 0, font->specials[dotless], 0, 0);
    }
  else if (find_special (nudge_stroke_low_marks, nudge_stroke_n_low_marks, mark, &i))
    set_part (font, glyph, 1, font->low_marks[i], shift, 0);
  else if (mark >= 0x300 && mark < 0x370)
    glyph->n_lines[1] = 0;
  else
    return FALSE;
  return TRUE;
}

void
nudge_stroke_font_glyph (gunichar character, NudgeStrokeGlyph *glyph)
{
  const Font *font = get_font ();
  guint i;

  g_return_if_fail (glyph != NULL);

  *glyph = (NudgeStrokeGlyph){ 0 };
  if (character >= 0x20 && character < 0x7f)
    set_part (font, glyph, 0, font->ascii[character - 0x20], 0, 0);
  else if (find_special (nudge_stroke_specials, nudge_stroke_n_specials, character, &i))
    set_part (font, glyph, 0, font->specials[i], 0, 0);
  else if (g_unichar_isspace (character) || !g_unichar_isdefined (character) || g_unichar_iscntrl (character))
    glyph->n_lines[0] = 0;
  else if (!set_accented (font, character, glyph))
    set_part (font, glyph, 0, font->unknown, 0, 0);
}

static void
trace_points (cairo_t *cr, const NudgeStrokeLine *line, const cairo_matrix_t *cell)
{
  for (guint i = 0; i < line->n; i++)
    {
      double along = line->points[i].x, up = line->points[i].y;
      double x = cell->xx * along + cell->xy * up + cell->x0, y = cell->yx * along + cell->yy * up + cell->y0;

      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
}

/* A curve with one point that steers, as cairo's with two. */
static void
trace_outline (cairo_t *cr, const NudgeStrokeLine *line, const cairo_matrix_t *cell)
{
  double x0 = 0, y0 = 0, cx = 0, cy = 0;

  for (guint i = 0; i < line->n_outline; i++)
    {
      const NudgeStrokeKnot *knot = &line->outline[i];
      double x = knot->at.x, y = knot->at.y;

      cairo_matrix_transform_point (cell, &x, &y);
      if (knot->steers)
        {
          cx = x;
          cy = y;
          continue;
        }
      if (i == 0)
        cairo_move_to (cr, x, y);
      else if (line->outline[i - 1].steers)
        cairo_curve_to (cr, (x0 + 2 * cx) / 3, (y0 + 2 * cy) / 3, (x + 2 * cx) / 3, (y + 2 * cy) / 3, x, y);
      else
        cairo_line_to (cr, x, y);
      x0 = x;
      y0 = y;
    }
}

void
nudge_stroke_font_trace (cairo_t *cr, gunichar character, const cairo_matrix_t *cell, gboolean curved)
{
  NudgeStrokeGlyph glyph;

  g_return_if_fail (cr != NULL && cell != NULL);

  nudge_stroke_font_glyph (character, &glyph);
  for (guint part = 0; part < G_N_ELEMENTS (glyph.lines); part++)
    {
      cairo_matrix_t moved = *cell;

      cairo_matrix_translate (&moved, glyph.dx[part], glyph.dy[part]);
      for (guint l = 0; l < glyph.n_lines[part]; l++)
        if (curved)
          trace_outline (cr, &glyph.lines[part][l], &moved);
        else
          trace_points (cr, &glyph.lines[part][l], &moved);
    }
}
