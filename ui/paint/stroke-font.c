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
  GArray *lines;  /* NudgeStrokeLine */
  Span ascii[95];
  Span *specials, *marks, *low_marks;
  Span unknown;
} Font;

typedef struct
{
  NudgeStrokePoint at;
  gboolean steers;
} Token;

static gboolean
next_token (const char **p, Token *token)
{
  char *end;

  while (**p == ' ')
    (*p)++;
  if (**p == '\0' || **p == '|')
    return FALSE;
  token->steers = **p == 'c';
  if (token->steers)
    (*p)++;
  token->at.x = (float) strtol (*p, &end, 10);
  *p = end;
  token->at.y = (float) strtol (*p, &end, 10);
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
parse_stroke (const char **p, GArray *points)
{
  Token token;
  NudgeStrokePoint control = { 0, 0 };
  gboolean steered = FALSE;

  while (next_token (p, &token))
    {
      if (token.steers)
        {
          if (steered)
            add_curve (points, control, (NudgeStrokePoint){ (control.x + token.at.x) / 2, (control.y + token.at.y) / 2 });
          control = token.at;
          steered = TRUE;
          continue;
        }
      if (steered)
        add_curve (points, control, token.at);
      else
        g_array_append_val (points, token.at);
      steered = FALSE;
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
      guint first = font->points->len;

      parse_stroke (&p, font->points);
      line.points = GUINT_TO_POINTER (first);
      line.n = font->points->len - first;
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
  font->lines = g_array_new (FALSE, FALSE, sizeof (NudgeStrokeLine));
  for (guint i = 0; i < G_N_ELEMENTS (font->ascii); i++)
    font->ascii[i] = parse_glyph (font, nudge_stroke_ascii[i]);
  font->specials = parse_table (font, nudge_stroke_specials, nudge_stroke_n_specials);
  font->marks = parse_table (font, nudge_stroke_marks, nudge_stroke_n_marks);
  font->low_marks = parse_table (font, nudge_stroke_low_marks, nudge_stroke_n_low_marks);
  font->unknown = parse_glyph (font, nudge_stroke_unknown);
  /* The array may have moved while it grew: only now do indices become addresses. */
  for (guint i = 0; i < font->lines->len; i++)
    {
      NudgeStrokeLine *line = &g_array_index (font->lines, NudgeStrokeLine, i);

      line->points = &g_array_index (font->points, NudgeStrokePoint, GPOINTER_TO_UINT (line->points));
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
