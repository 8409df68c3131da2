/* Labels of the three kinds, and sheet boxes with their pins. */
#include "paint/paint-private.h"

#include <math.h>

#define SIZE 12700

/* KiCad's proportions, in font sizes; measured from its plots. */
#define RAISE 0.15
#define FLAG_GAP 1.15
#define MARGIN 0.375
#define POINT_TEXT 0.75
#define POINT_BOX 0.875
#define HALF_HEIGHT 1.0
#define EXTRA_WIDTH 0.14

#define NAME_GAP 7116
#define FILE_GAP 5846

static const gint8 dir_x[4] = { 1, 0, -1, 0 };
static const gint8 dir_y[4] = { 0, -1, 0, 1 };

static NudgePoint
ahead (NudgePoint at, guint direction, double along, double aside)
{
  gint x = dir_x[direction & 3], y = dir_y[direction & 3];

  return (NudgePoint){ (gint32) lround (at.x + x * along - y * aside), (gint32) lround (at.y + y * along + x * aside) };
}

/* A text that runs in a direction is still read from the left or from below. */
static NudgeTextStyle
running_style (guint direction, gint8 justify_v, gint *angle)
{
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  style.justify_h = direction < 2 ? -1 : 1;
  style.justify_v = justify_v;
  *angle = (direction & 1) != 0 ? 90 : 0;
  return style;
}

guint
nudge_paint_flag (NudgePoint at, guint direction, NudgeLabelShape shape, gint32 size, NudgePoint p[5])
{
  double s = size, h = size / 2.0;

  switch (shape)
    {
    case NUDGE_LABEL_SHAPE_INPUT:
      p[0] = at;
      p[1] = ahead (at, direction, h, h);
      p[2] = ahead (at, direction, s, h);
      p[3] = ahead (at, direction, s, -h);
      p[4] = ahead (at, direction, h, -h);
      return 5;
    case NUDGE_LABEL_SHAPE_OUTPUT:
      p[0] = ahead (at, direction, s, 0);
      p[1] = ahead (at, direction, h, -h);
      p[2] = ahead (at, direction, 0, -h);
      p[3] = ahead (at, direction, 0, h);
      p[4] = ahead (at, direction, h, h);
      return 5;
    case NUDGE_LABEL_SHAPE_BIDIRECTIONAL:
    case NUDGE_LABEL_SHAPE_TRI_STATE:
      p[0] = at;
      p[1] = ahead (at, direction, h, -h);
      p[2] = ahead (at, direction, s, 0);
      p[3] = ahead (at, direction, h, h);
      return 4;
    case NUDGE_LABEL_SHAPE_PASSIVE:
    default:
      p[0] = ahead (at, direction, 0, -h);
      p[1] = ahead (at, direction, s, -h);
      p[2] = ahead (at, direction, s, h);
      p[3] = ahead (at, direction, 0, h);
      return 4;
    }
}

/* The outline of a global label, from its anchor on; up to 6 points. */
static guint
global_outline (const NudgeLabel *label, NudgePoint p[6])
{
  const NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;
  gboolean in = label->shape != NUDGE_LABEL_SHAPE_OUTPUT && label->shape != NUDGE_LABEL_SHAPE_PASSIVE;
  gboolean out = label->shape != NUDGE_LABEL_SHAPE_INPUT && label->shape != NUDGE_LABEL_SHAPE_PASSIVE;
  double h = HALF_HEIGHT * SIZE;
  double start = in ? POINT_BOX * SIZE : 0;
  double stop = start + nudge_stroke_text_width (label->text, &style) + (2 * MARGIN + EXTRA_WIDTH) * SIZE + 2 * 0.66 * nudge_stroke_text_pen (&style);
  guint n = 0;

  if (in)
    p[n++] = label->at;
  p[n++] = ahead (label->at, label->direction, start, -h);
  p[n++] = ahead (label->at, label->direction, stop, -h);
  if (out)
    p[n++] = ahead (label->at, label->direction, stop + POINT_BOX * SIZE, 0);
  p[n++] = ahead (label->at, label->direction, stop, h);
  p[n++] = ahead (label->at, label->direction, start, h);
  return n;
}

/* Where the text of a label is anchored, and how. */
static NudgePoint
text_anchor (const NudgeLabel *label, NudgeTextStyle *style, gint *angle)
{
  gboolean pointed = label->shape != NUDGE_LABEL_SHAPE_OUTPUT && label->shape != NUDGE_LABEL_SHAPE_PASSIVE;
  gint32 raise;

  switch (label->kind)
    {
    case NUDGE_LABEL_GLOBAL:
      *style = running_style (label->direction, 0, angle);
      return ahead (label->at, label->direction, (MARGIN + (pointed ? POINT_TEXT : 0)) * SIZE, 0);
    case NUDGE_LABEL_HIERARCHICAL:
      *style = running_style (label->direction, 0, angle);
      return ahead (label->at, label->direction, FLAG_GAP * SIZE, 0);
    case NUDGE_LABEL_LOCAL:
    default:
      *style = running_style (label->direction, 1, angle);
      raise = (gint32) (RAISE * SIZE) + nudge_stroke_text_pen (style);
      return (NudgePoint){ label->at.x - (*angle == 90 ? raise : 0), label->at.y - (*angle == 0 ? raise : 0) };
    }
}

static guint
outline (const NudgeLabel *label, NudgePoint p[6])
{
  if (label->kind == NUDGE_LABEL_GLOBAL)
    return global_outline (label, p);
  if (label->kind == NUDGE_LABEL_HIERARCHICAL)
    return nudge_paint_flag (label->at, label->direction, label->shape, SIZE, p);
  return 0;
}

NudgeBox
nudge_paint_label_box (const NudgeLabel *label)
{
  NudgeTextStyle style;
  gint angle;
  NudgePoint p[6];
  NudgePoint at = text_anchor (label, &style, &angle);
  NudgeBox box = nudge_stroke_text_box (label->text, at.x, at.y, angle, &style);
  guint n = outline (label, p);

  nudge_box_add_point (&box, label->at.x, label->at.y);
  for (guint i = 0; i < n; i++)
    nudge_box_add_point (&box, p[i].x, p[i].y);
  return nudge_box_grown (box, NUDGE_PAINT_LINE);
}

void
nudge_paint_label (NudgePaint *paint, const NudgeLabel *label)
{
  static const NudgeColorRole roles[] = {
    [NUDGE_LABEL_LOCAL] = NUDGE_COLOR_LOCAL_LABEL,
    [NUDGE_LABEL_GLOBAL] = NUDGE_COLOR_GLOBAL_LABEL,
    [NUDGE_LABEL_HIERARCHICAL] = NUDGE_COLOR_HIERARCHICAL_LABEL,
  };
  NudgeTextStyle style;
  gint angle;
  NudgePoint p[6];
  NudgePoint at = text_anchor (label, &style, &angle);
  guint n = outline (label, p);

  nudge_paint_use (paint, roles[label->kind]);
  nudge_paint_text (paint, label->text, at.x, at.y, angle, &style);
  if (n == 0 || !nudge_paint_readable (paint, SIZE))
    return;
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, FALSE);
  nudge_paint_polygon (paint, p, n);
  cairo_stroke (paint->cr);
}

/* Texts of a sheet pin run from the edge into the box. */
static guint
inward (const NudgeSheetPin *pin)
{
  return (pin->side + 2) & 3;
}

static void
paint_sheet_pin (NudgePaint *paint, const NudgeSheetPin *pin)
{
  NudgeLabelShape shape = pin->shape;
  guint direction = inward (pin);
  NudgePoint p[5];
  NudgePoint at = ahead (pin->at, direction, FLAG_GAP * SIZE, 0);
  NudgeTextStyle style;
  gint angle;
  guint n;

  if (!nudge_paint_readable (paint, SIZE))
    return;
  /* Seen from outside, an input points into the box. */
  if (shape == NUDGE_LABEL_SHAPE_INPUT)
    shape = NUDGE_LABEL_SHAPE_OUTPUT;
  else if (shape == NUDGE_LABEL_SHAPE_OUTPUT)
    shape = NUDGE_LABEL_SHAPE_INPUT;
  style = running_style (direction, 0, &angle);
  nudge_paint_use (paint, NUDGE_COLOR_SHEET_PIN);
  nudge_paint_text (paint, pin->name, at.x, at.y, angle, &style);
  n = nudge_paint_flag (pin->at, direction, shape, SIZE, p);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, FALSE);
  nudge_paint_polygon (paint, p, n);
  cairo_stroke (paint->cr);
}

static NudgeTextStyle
caption_style (gint8 justify_v)
{
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  style.justify_h = -1;
  style.justify_v = justify_v;
  return style;
}

NudgeBox
nudge_paint_sheet_box_box (const NudgeDrawnSheet *sheet, const NudgeSheetBox *box)
{
  NudgeTextStyle above = caption_style (1), below = caption_style (-1);
  g_autofree char *file = g_strconcat ("File: ", box->file, NULL);
  NudgeBox whole = box->box;
  NudgeBox name_box = nudge_stroke_text_box (box->name, box->box.x0, box->box.y0 - NAME_GAP, 0, &above);
  NudgeBox file_box = nudge_stroke_text_box (file, box->box.x0, box->box.y1 + FILE_GAP, 0, &below);

  nudge_box_add_box (&whole, &name_box);
  nudge_box_add_box (&whole, &file_box);
  return nudge_box_grown (whole, NUDGE_PAINT_LINE);
}

void
nudge_paint_sheet_box (NudgePaint *paint, const NudgeSheetBox *box)
{
  NudgeTextStyle above = caption_style (1), below = caption_style (-1);
  g_autofree char *file = g_strconcat ("File: ", box->file, NULL);
  const NudgeBox *b = &box->box;

  cairo_rectangle (paint->cr, b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0);
  /* Filled like the paper is not filled: what lies beneath stays to be seen, as in KiCad. */
  if (paint->theme->colors[NUDGE_COLOR_SHEET_FILL] != paint->theme->colors[NUDGE_COLOR_BACKGROUND])
    {
      nudge_paint_use (paint, NUDGE_COLOR_SHEET_FILL);
      cairo_fill_preserve (paint->cr);
    }
  nudge_paint_use (paint, NUDGE_COLOR_SHEET);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, TRUE);
  cairo_stroke (paint->cr);
  nudge_paint_use (paint, NUDGE_COLOR_SHEET_NAME);
  nudge_paint_text (paint, box->name, b->x0, b->y0 - NAME_GAP, 0, &above);
  nudge_paint_use (paint, NUDGE_COLOR_SHEET_FILE);
  nudge_paint_text (paint, file, b->x0, b->y1 + FILE_GAP, 0, &below);
  for (guint i = box->first_pin; i < box->first_pin + box->n_pins; i++)
    paint_sheet_pin (paint, &paint->sheet->sheet_pins[i]);
}
