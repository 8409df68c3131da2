#include "paint/stroke-text.h"

#include "base/text-metrics.h"
#include "paint/outline-font.h"
#include "paint/stroke-font.h"
#include "paint/text-layer.h"

#include <math.h>
#include <string.h>

#define EM 21.0

/* Where KiCad sets a text, measured from its plots: the line on which it sets, below the anchor of a text that is
 * justified to the top, in font heights; how high it takes the first line to be; shares of the pen by which it shifts. */
#define SETTING_LINE 1.0
#define FIRST_LINE 1.17
#define RISE_PEN 0.052
#define SIDE_PEN (1 / 1.52)

/* Letters stand below the setting line, and slant about it. */
#define BASELINE 1.0

#define SLANT 0.125
#define OVERBAR_HEIGHT (1.23 * EM + BASELINE)
#define OVERBAR_INSET (0.1 * EM)
#define SCRIPT_SCALE 0.8
#define SCRIPT_BASELINE (BASELINE - SCRIPT_SCALE * BASELINE)
#define LOW_SHIFT (SCRIPT_BASELINE - 0.15 * SCRIPT_SCALE * EM)
#define HIGH_SHIFT (SCRIPT_BASELINE + 0.35 * SCRIPT_SCALE * EM)

/* The room that KiCad gives a text that is set in the middle of its room; measured, as above. */
#define ROOM_PENS 3
#define ROOM_GAP 0.2
#define ROOM_OVERBAR 0.276
#define ROOM_SHARE 0.415
#define ROOM_PEN 8

#define MAX_MARKUP_DEPTH 16

typedef enum
{
  MARK_OVER,
  MARK_LOW,
  MARK_HIGH,
} Mark;

/* One line of a text on its way from left to right. */
typedef struct
{
  double pen;  /* 1/21 of the font size */
  double scale, shift;
  Mark marks[MAX_MARKUP_DEPTH];
  double bar_starts[MAX_MARKUP_DEPTH];
  guint depth;
} Walk;

/* One line of a text on its way to the paper. */
typedef struct
{
  cairo_t *cr;
  cairo_matrix_t cell; /* from text coordinates, 1/21 of the font size along and up, to the sheet's */
  gboolean is_file;     /* not pixels */
  NudgeTextLayer *layer; /* of a PDF, or NULL */
} Frame;

typedef void (*GlyphFunc) (gunichar c, const Walk *walk, gpointer data);
typedef void (*BarFunc) (double from, double to, gpointer data);

/* Markup opens only where a brace closes after it: @last_brace is the line's last one. */
static gboolean
find_markup (const char *p, const char *last_brace, Mark *mark)
{
  static const char letters[] = "~_^";
  const char *letter = strchr (letters, *p);

  if (p >= last_brace || letter == NULL || p[1] != '{')
    return FALSE;
  *mark = (Mark) (letter - letters);
  return TRUE;
}

/* KiCad writes characters that its own syntax needs by name; they are read as what they stand for. */
static gsize
find_escape (const char *p, gunichar *character)
{
  static const struct
  {
    const char *name;
    char character;
  } escapes[] = {
    { "{slash}", '/' }, { "{backslash}", '\\' }, { "{lt}", '<' }, { "{gt}", '>' }, { "{colon}", ':' },
    { "{dblquote}", '"' }, { "{quote}", '\'' }, { "{brace}", '{' }, { "{bar}", '|' }, { "{space}", ' ' },
  };

  if (*p != '{')
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (g_str_has_prefix (p, escapes[i].name))
      {
        *character = (gunichar) escapes[i].character;
        return strlen (escapes[i].name);
      }
  return 0;
}

static void
push_mark (Walk *walk, Mark mark)
{
  walk->marks[walk->depth] = mark;
  walk->bar_starts[walk->depth] = walk->pen;
  walk->depth++;
}

static void
pop_mark (Walk *walk, BarFunc bar, gpointer data)
{
  walk->depth--;
  if (walk->marks[walk->depth] == MARK_OVER && bar != NULL)
    bar (walk->bar_starts[walk->depth], walk->pen, data);
}

static void
set_script (Walk *walk)
{
  walk->scale = 1;
  walk->shift = 0;
  for (guint i = 0; i < walk->depth; i++)
    if (walk->marks[i] != MARK_OVER)
      {
        walk->shift += walk->scale * (walk->marks[i] == MARK_LOW ? LOW_SHIFT : HIGH_SHIFT);
        walk->scale *= SCRIPT_SCALE;
      }
}

/* Walks to the end of the line and returns it; @walk keeps the line's advance. */
static const char *
walk_line (const char *p, Walk *walk, GlyphFunc glyph, BarFunc bar, gpointer data)
{
  const char *last_brace = memrchr (p, '}', strcspn (p, "\n"));
  Mark mark;
  gunichar character;
  gsize escape;

  *walk = (Walk){ .scale = 1 };
  while (*p != '\0' && *p != '\n')
    {
      if (walk->depth < MAX_MARKUP_DEPTH && find_markup (p, last_brace, &mark))
        {
          push_mark (walk, mark);
          set_script (walk);
          p += 2;
          continue;
        }
      if (*p == '}' && walk->depth > 0)
        {
          pop_mark (walk, bar, data);
          set_script (walk);
          p++;
          continue;
        }
      escape = find_escape (p, &character);
      if (escape == 0)
        character = g_utf8_get_char (p);
      if (glyph != NULL)
        glyph (character, walk, data);
      walk->pen += nudge_char_advance (character) * 0.1 * walk->scale;
      p = escape > 0 ? p + escape : g_utf8_next_char (p);
    }
  while (walk->depth > 0)
    pop_mark (walk, bar, data);
  return p;
}

gint32
nudge_stroke_text_pen (const NudgeTextStyle *style)
{
  gint32 size, pen;

  g_return_val_if_fail (style != NULL, 0);

  size = MIN (style->width, style->height);
  pen = style->thickness;
  if (pen <= 0)
    pen = style->bold ? size / 5 : 1524;
  return MIN (pen, size / 4);
}

double
nudge_stroke_text_width (const char *text, const NudgeTextStyle *style)
{
  double widest = 0;

  g_return_val_if_fail (text != NULL && style != NULL, 0);

  for (const char *p = text;; p++)
    {
      Walk walk;

      p = walk_line (p, &walk, NULL, NULL, NULL);
      widest = MAX (widest, walk.pen);
      if (*p == '\0')
        break;
    }
  return widest / EM * style->width;
}

/* KiCad never sets a text upside down: it turns it back and justifies it the other way. */
static NudgeTextStyle
make_readable (const NudgeTextStyle *style, gint *angle)
{
  NudgeTextStyle readable = *style;

  *angle = ((*angle % 360) + 360) % 360;
  if (*angle >= 180)
    {
      *angle -= 180;
      readable.justify_h = (gint8) -readable.justify_h;
    }
  return readable;
}

static double
first_baseline (const NudgeTextStyle *style, guint n_lines)
{
  double height = style->height * FIRST_LINE + (n_lines - 1) * (double) NUDGE_LINE_PITCH (style->height);
  double top = style->height * (SETTING_LINE + BASELINE / EM) - nudge_stroke_text_pen (style) * RISE_PEN;

  return top - height * (style->justify_v + 1) / 2;
}

static double
line_start (const NudgeTextStyle *style, double width)
{
  double side = nudge_stroke_text_pen (style) * SIDE_PEN;

  if (style->justify_h < 0)
    return side;
  if (style->justify_h > 0)
    return -width - side;
  return -width / 2;
}

NudgePoint
nudge_stroke_text_middle (const char *text, gint angle, const NudgeTextStyle *style)
{
  double pen, across, down;

  g_return_val_if_fail (text != NULL && style != NULL, ((NudgePoint){ 0, 0 }));

  pen = ROOM_PENS * (style->thickness > 0 ? style->thickness : style->width / (style->bold ? 5.0 : ROOM_PEN));
  across = nudge_stroke_text_width (text, style) - style->width * ROOM_GAP + pen - (style->italic ? style->height * SLANT : 0);
  down = (style->height * (strstr (text, "~{") != NULL ? 1 + ROOM_OVERBAR : 1) + pen) * ROOM_SHARE
         + (nudge_text_lines (text) - 1) * NUDGE_LINE_PITCH (style->height) / 2.0;
  across *= -style->justify_h / 2.0;
  down *= -style->justify_v;
  if (angle == 90)
    return (NudgePoint){ (gint32) lround (down), (gint32) lround (-across) };
  return (NudgePoint){ (gint32) lround (across), (gint32) lround (down) };
}

NudgeBox
nudge_stroke_text_box (const char *text, double x, double y, gint angle, const NudgeTextStyle *given)
{
  NudgeTextStyle style;
  double width, slant, left, right, top, bottom;
  guint n_lines;
  gint32 pen;

  g_return_val_if_fail (text != NULL && given != NULL, NUDGE_BOX_EMPTY);

  if (*text == '\0')
    return NUDGE_BOX_EMPTY;
  style = make_readable (given, &angle);
  width = nudge_stroke_text_width (text, &style);
  n_lines = nudge_text_lines (text);
  pen = nudge_stroke_text_pen (&style) / 2 + 1;
  slant = style.italic ? style.height * SLANT : 0;
  left = line_start (&style, width) - pen - slant / 2;
  right = left + width + 2 * pen + slant * 1.5;
  top = first_baseline (&style, n_lines) - style.height - pen;
  if (strstr (text, "~{") != NULL)
    top -= style.height * (OVERBAR_HEIGHT / EM - 1);
  bottom = first_baseline (&style, n_lines) + (n_lines - 1) * (double) NUDGE_LINE_PITCH (style.height) + style.height / 3.0 + pen;
  /* Accents stand over their letters, raised and lowered text over and under the line. */
  if (!g_str_is_ascii (text) || strstr (text, "^{") != NULL || strstr (text, "_{") != NULL)
    {
      top -= style.height / 2.0;
      bottom += style.height / 2.0;
    }
  if (angle == 90)
    return (NudgeBox){ (gint32) floor (x + top), (gint32) floor (y - right), (gint32) ceil (x + bottom), (gint32) ceil (y - left) };
  return (NudgeBox){ (gint32) floor (x + left), (gint32) floor (y + top), (gint32) ceil (x + right), (gint32) ceil (y + bottom) };
}

/* The cell of the next letter: raised and lowered letters are smaller. */
static cairo_matrix_t
cell_at (const Frame *frame, const Walk *walk)
{
  cairo_matrix_t cell = frame->cell;

  cairo_matrix_translate (&cell, walk->pen, walk->shift);
  cairo_matrix_scale (&cell, walk->scale, walk->scale);
  return cell;
}

static void
draw_glyph (gunichar c, const Walk *walk, gpointer data)
{
  const Frame *frame = data;
  cairo_matrix_t cell = cell_at (frame, walk);

  if (frame->layer != NULL)
    nudge_text_layer_add (frame->layer, c, &cell);
  /* What KiCad shows as a box is one here too. */
  if (!nudge_stroke_font_has (c) && nudge_char_is_drawn (c))
    {
      cairo_stroke (frame->cr);
      if (nudge_outline_font_fill (frame->cr, c, &cell))
        return;
    }
  nudge_stroke_font_trace (frame->cr, c, &cell, frame->is_file);
  /* Many short paths are turned into pixels faster than one long one; in a PDF one for each line is shorter. */
  if (frame->layer == NULL)
    cairo_stroke (frame->cr);
}

static void
draw_bar (double from, double to, gpointer data)
{
  const Frame *frame = data;
  double x0 = from + OVERBAR_INSET, x1 = to - OVERBAR_INSET, y0 = OVERBAR_HEIGHT, y1 = OVERBAR_HEIGHT;

  cairo_matrix_transform_point (&frame->cell, &x0, &y0);
  cairo_matrix_transform_point (&frame->cell, &x1, &y1);
  cairo_move_to (frame->cr, x0, y0);
  cairo_line_to (frame->cr, x1, y1);
  if (frame->layer == NULL)
    cairo_stroke (frame->cr);
}

/* Italics slant about the line on which KiCad sets. */
static cairo_matrix_t
line_cell (const NudgeTextStyle *style, double x, double y, gint angle, double start, double baseline)
{
  double width = style->width / EM, height = style->height / EM, slant = style->italic ? SLANT : 0;
  cairo_matrix_t cell;

  if (angle == 90)
    cairo_matrix_init (&cell, 0, -width, -height, -slant * height, x + baseline, y - start);
  else
    cairo_matrix_init (&cell, width, 0, slant * height, -height, x + start, y + baseline);
  cell.x0 -= angle == 90 ? 0 : BASELINE * height * slant;
  cell.y0 += angle == 90 ? BASELINE * height * slant : 0;
  return cell;
}

void
nudge_stroke_text_draw (cairo_t *cr, const char *text, double x, double y, gint angle, const NudgeTextStyle *given)
{
  NudgeTextStyle style;
  Frame frame = { .cr = cr };
  double baseline;

  g_return_if_fail (cr != NULL && text != NULL && given != NULL);

  style = make_readable (given, &angle);
  baseline = first_baseline (&style, nudge_text_lines (text));
  frame.is_file = cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_IMAGE;
  frame.layer = nudge_text_layer_of (cairo_get_target (cr));
  cairo_set_line_width (cr, nudge_stroke_text_pen (&style));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (const char *p = text;; p++)
    {
      Walk walk;

      walk_line (p, &walk, NULL, NULL, NULL);
      frame.cell = line_cell (&style, x, y, angle, line_start (&style, walk.pen * style.width / EM), baseline);
      p = walk_line (p, &walk, draw_glyph, draw_bar, &frame);
      if (frame.layer != NULL)
        {
          cairo_stroke (cr);
          nudge_text_layer_show (frame.layer, cr);
        }
      baseline += NUDGE_LINE_PITCH (style.height);
      if (*p == '\0')
        break;
    }
}

static void
append_wrapped (GString *out, const char *line, double width, const NudgeTextStyle *style)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GString) current = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize before = current->len;

      if (i > 0)
        g_string_append_c (current, ' ');
      g_string_append (current, words[i]);
      if (before == 0 || nudge_stroke_text_width (current->str, style) <= width)
        continue;
      g_string_append_len (out, current->str, (gssize) before);
      g_string_append_c (out, '\n');
      g_string_assign (current, words[i]);
    }
  g_string_append (out, current->str);
}

char *
nudge_stroke_text_wrap (const char *text, double width, const NudgeTextStyle *style)
{
  g_auto (GStrv) lines = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL && style != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  out = g_string_new (NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      append_wrapped (out, lines[i], width, style);
    }
  return g_string_free (out, FALSE);
}
