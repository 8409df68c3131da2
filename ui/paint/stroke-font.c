#include "paint/stroke-font.h"

#include "base/text-metrics.h"
#include "paint/stroke-font-private.h"

#include <stdlib.h>

#define CURVE_STEPS 4

/* Where a mark stands: above its letter, in the middle of the letter's cell. */
#define MARK_MIDDLE 9
#define HIGH_LETTER 26
#define LOW_LETTER 19
#define SECOND_MARK 5 /* higher than the first */
#define TONOS_X 2
#define TONOS_Y 18
#define DOTLESS_I 0x131
#define UKRAINIAN_I 0x456
#define ACUTE 0x301

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
  Span *specials, *letters, *marks, *low_marks;
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

/* From @knot on, the font's last knots are another line. */
static void
end_line (Font *font, guint knot)
{
  guint point = font->points->len;
  NudgeStrokeLine line = { GUINT_TO_POINTER (point), GUINT_TO_POINTER (knot), 0, font->knots->len - knot };

  flatten (font->knots, knot, font->points);
  line.n = font->points->len - point;
  g_array_append_val (font->lines, line);
}

/* What stands in the middle of a wider cell, or at its left. */
static void
copy_glyph (Font *font, Span span, float shift)
{
  for (guint l = span.first; l < span.first + span.n; l++)
    {
      const NudgeStrokeLine line = g_array_index (font->lines, NudgeStrokeLine, l);
      guint first = font->knots->len;

      for (guint i = 0; i < line.n_outline; i++)
        {
          NudgeStrokeKnot knot = g_array_index (font->knots, NudgeStrokeKnot, GPOINTER_TO_UINT (line.outline) + i);

          knot.at.x += shift;
          g_array_append_val (font->knots, knot);
        }
      end_line (font, first);
    }
}

static Span
parse_glyph (Font *font, const char *strokes, gunichar character)
{
  Span span = { font->lines->len, 0 };
  const char *p = strokes;

  if (*p == '=' || *p == '<')
    {
      gunichar base = (guchar) p[1];
      float room = (float) (nudge_char_advance (character) - nudge_char_advance (base)) / 10;

      copy_glyph (font, font->ascii[base - 0x20], *p == '=' ? room / 2 : 0);
      p += p[2] == '|' ? 3 : 2;
    }
  while (*p != '\0')
    {
      guint knot = font->knots->len;

      parse_stroke (&p, font->knots);
      end_line (font, knot);
      if (*p == '|')
        p++;
    }
  span.n = font->lines->len - span.first;
  return span;
}

static Span *
parse_table (Font *font, const NudgeStrokeSpecial *table, guint n)
{
  Span *spans = g_new (Span, n);

  for (guint i = 0; i < n; i++)
    spans[i] = parse_glyph (font, table[i].strokes, table[i].character);
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
    font->ascii[i] = parse_glyph (font, nudge_stroke_ascii[i], 0x20 + i);
  font->specials = parse_table (font, nudge_stroke_specials, nudge_stroke_n_specials);
  font->letters = parse_table (font, nudge_stroke_letters, nudge_stroke_n_letters);
  font->marks = parse_table (font, nudge_stroke_marks, nudge_stroke_n_marks);
  font->low_marks = parse_table (font, nudge_stroke_low_marks, nudge_stroke_n_low_marks);
  font->unknown = parse_glyph (font, nudge_stroke_unknown, 0);
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
find_strokes (const Font *font, gunichar character, Span *span)
{
  guint i;

  if (character >= 0x20 && character < 0x7f)
    *span = font->ascii[character - 0x20];
  else if (find_special (nudge_stroke_specials, nudge_stroke_n_specials, character, &i))
    *span = font->specials[i];
  else if (find_special (nudge_stroke_letters, nudge_stroke_n_letters, character, &i))
    *span = font->letters[i];
  else
    return FALSE;
  return TRUE;
}

/* A mark that nobody knows is left out: the letter is read all the same. */
static void
set_mark (const Font *font, NudgeStrokeGlyph *glyph, guint part, gunichar mark, float dx, float dy)
{
  guint i;

  if (find_special (nudge_stroke_marks, nudge_stroke_n_marks, mark, &i))
    set_part (font, glyph, part, font->marks[i], dx, dy);
  else if (find_special (nudge_stroke_low_marks, nudge_stroke_n_low_marks, mark, &i))
    set_part (font, glyph, part, font->low_marks[i], dx, 0);
}

/* A letter with one mark or two. A capital of Greek whose cell is wider than the letter's has its accent before it. */
static gboolean
set_accented (const Font *font, gunichar character, NudgeStrokeGlyph *glyph)
{
  gunichar base, mark, second = 0;
  Span letter;
  float room, middle, height;

  if (!g_unichar_decompose (character, &base, &mark) || mark < 0x300 || mark >= 0x370)
    return FALSE;
  if (!find_strokes (font, base, &letter))
    {
      second = mark;
      if (!g_unichar_decompose (base, &base, &mark) || mark < 0x300 || mark >= 0x370 || !find_strokes (font, base, &letter))
        return FALSE;
    }
  room = (float) (nudge_char_advance (character) - nudge_char_advance (base)) / 10;
  if (base == 'i' || base == UKRAINIAN_I)
    find_strokes (font, DOTLESS_I, &letter);
  if (room >= 2 && mark == ACUTE && g_unichar_isupper (base))
    {
      set_part (font, glyph, 0, letter, room, 0);
      set_mark (font, glyph, 1, mark, TONOS_X - MARK_MIDDLE, TONOS_Y);
      return TRUE;
    }
  middle = (float) nudge_char_advance (character) / 20 - MARK_MIDDLE;
  height = is_low (base) ? LOW_LETTER : HIGH_LETTER;
  set_part (font, glyph, 0, letter, room / 2, 0);
  set_mark (font, glyph, 1, mark, middle, height);
  if (second != 0)
    set_mark (font, glyph, 2, second, middle, height + SECOND_MARK);
  return TRUE;
}

static gboolean
find_glyph (const Font *font, gunichar character, NudgeStrokeGlyph *glyph)
{
  Span span;

  *glyph = (NudgeStrokeGlyph){ 0 };
  if (!find_strokes (font, character, &span))
    return g_unichar_isspace (character) || !g_unichar_isdefined (character) || g_unichar_iscntrl (character)
           || set_accented (font, character, glyph);
  set_part (font, glyph, 0, span, 0, 0);
  return TRUE;
}

void
nudge_stroke_font_glyph (gunichar character, NudgeStrokeGlyph *glyph)
{
  const Font *font = get_font ();

  g_return_if_fail (glyph != NULL);

  if (!find_glyph (font, character, glyph))
    set_part (font, glyph, 0, font->unknown, 0, 0);
}

gboolean
nudge_stroke_font_has (gunichar character)
{
  NudgeStrokeGlyph glyph;

  return character < 0x7f || find_glyph (get_font (), character, &glyph);
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
