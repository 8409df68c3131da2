/* Symbols: bodies, fields, and the cross of parts that are not fitted. */
#include "paint/paint-private.h"

#include <math.h>

#define CROSS_WIDTH 4572
#define CROSS_SHARE 0.6
#define CROSS_CROSS_SHARE 0.3

static double
stroke_width (const NudgeShape *shape)
{
  return shape->stroke_width > 0 ? shape->stroke_width : NUDGE_PAINT_LINE;
}

static void
add_arc (cairo_t *cr, NudgePoint a, NudgePoint b, NudgePoint c)
{
  double bx = (double) b.x - a.x, by = (double) b.y - a.y, cx = (double) c.x - a.x, cy = (double) c.y - a.y;
  double turn = bx * cy - by * cx;
  double bb = bx * bx + by * by, cc = cx * cx + cy * cy;
  double x, y, radius;

  cairo_new_sub_path (cr);
  if (fabs (turn) < 1)
    {
      cairo_move_to (cr, a.x, a.y);
      cairo_line_to (cr, c.x, c.y);
      return;
    }
  x = (cy * bb - by * cc) / (2 * turn);
  y = (bx * cc - cx * bb) / (2 * turn);
  radius = hypot (x, y);
  if (turn > 0)
    cairo_arc (cr, a.x + x, a.y + y, radius, atan2 (-y, -x), atan2 (cy - y, cx - x));
  else
    cairo_arc_negative (cr, a.x + x, a.y + y, radius, atan2 (-y, -x), atan2 (cy - y, cx - x));
}

static void
add_shape (cairo_t *cr, const NudgePose *pose, const NudgeShape *shape)
{
  NudgePoint p[4] = { { 0, 0 } };

  for (guint i = 0; i < MIN (shape->n_points, 4); i++)
    p[i] = nudge_pose_point (pose, shape->points[i]);
  switch (shape->kind)
    {
    case NUDGE_SHAPE_RECTANGLE:
      cairo_rectangle (cr, MIN (p[0].x, p[1].x), MIN (p[0].y, p[1].y), ABS (p[1].x - p[0].x), ABS (p[1].y - p[0].y));
      break;
    case NUDGE_SHAPE_CIRCLE:
      cairo_new_sub_path (cr);
      cairo_arc (cr, p[0].x, p[0].y, shape->radius, 0, 2 * G_PI);
      break;
    case NUDGE_SHAPE_ARC:
      add_arc (cr, p[0], p[1], p[2]);
      break;
    case NUDGE_SHAPE_BEZIER:
      cairo_move_to (cr, p[0].x, p[0].y);
      cairo_curve_to (cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
      break;
    case NUDGE_SHAPE_POLYLINE:
      cairo_new_sub_path (cr);
      for (guint i = 0; i < shape->n_points; i++)
        {
          NudgePoint q = nudge_pose_point (pose, shape->points[i]);

          cairo_line_to (cr, q.x, q.y);
        }
      break;
    case NUDGE_SHAPE_TEXT:
      break;
    }
}

static gboolean
is_axial (const NudgeShape *shape)
{
  if (shape->kind == NUDGE_SHAPE_RECTANGLE)
    return TRUE;
  if (shape->kind != NUDGE_SHAPE_POLYLINE)
    return FALSE;
  for (guint i = 1; i < shape->n_points; i++)
    if (shape->points[i].x != shape->points[i - 1].x && shape->points[i].y != shape->points[i - 1].y)
      return FALSE;
  return TRUE;
}

/* Shapes that one stroke can take together: along the axes, in KiCad's default line. */
static gboolean
is_common (const NudgeShape *shape)
{
  return shape->stroke_width == 0 && shape->stroke == NUDGE_STROKE_SOLID && is_axial (shape);
}

static void
fill_shapes (NudgePaint *paint, const NudgeDrawnSymbol *symbol, NudgeFill fill)
{
  const NudgeSymbol *look = symbol->symbol;

  nudge_paint_use (paint, fill == NUDGE_FILL_BACKGROUND ? NUDGE_COLOR_SYMBOL_FILL : NUDGE_COLOR_SYMBOL);
  for (guint i = 0; i < look->n_shapes; i++)
    if (look->shapes[i].fill == fill && look->shapes[i].kind != NUDGE_SHAPE_TEXT
        && nudge_symbol_shape_in_unit (&look->shapes[i], symbol->unit))
      {
        add_shape (paint->cr, &symbol->pose, &look->shapes[i]);
        cairo_fill (paint->cr);
      }
}

static void
stroke_shapes (NudgePaint *paint, const NudgeDrawnSymbol *symbol)
{
  const NudgeSymbol *look = symbol->symbol;

  nudge_paint_use (paint, NUDGE_COLOR_SYMBOL);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, TRUE);
  for (guint i = 0; i < look->n_shapes; i++)
    if (is_common (&look->shapes[i]) && nudge_symbol_shape_in_unit (&look->shapes[i], symbol->unit))
      add_shape (paint->cr, &symbol->pose, &look->shapes[i]);
  cairo_stroke (paint->cr);
  for (guint i = 0; i < look->n_shapes; i++)
    {
      const NudgeShape *shape = &look->shapes[i];

      if (is_common (shape) || shape->stroke_width < 0 || shape->kind == NUDGE_SHAPE_TEXT
          || !nudge_symbol_shape_in_unit (shape, symbol->unit))
        continue;
      nudge_paint_pen (paint, stroke_width (shape), is_axial (shape));
      nudge_paint_dashes (paint, shape->stroke, stroke_width (shape));
      add_shape (paint->cr, &symbol->pose, shape);
      cairo_stroke (paint->cr);
      cairo_set_dash (paint->cr, NULL, 0, 0);
    }
}

static void
paint_field_like (NudgePaint *paint, const NudgePose *pose, const NudgeDrawnField *field, const char *text)
{
  NudgePaintField placed = nudge_paint_place_field (pose, field, text);

  nudge_paint_text (paint, text, placed.at.x, placed.at.y, placed.angle, &placed.style);
}

static void
paint_shape_texts (NudgePaint *paint, const NudgeDrawnSymbol *symbol)
{
  const NudgeSymbol *look = symbol->symbol;

  nudge_paint_use (paint, NUDGE_COLOR_SYMBOL);
  for (guint i = 0; i < look->n_shapes; i++)
    {
      const NudgeShape *shape = &look->shapes[i];
      NudgeDrawnField field = { .angle = shape->angle, .style = shape->style };

      if (shape->kind != NUDGE_SHAPE_TEXT || shape->style.hidden || !nudge_symbol_shape_in_unit (shape, symbol->unit))
        continue;
      field.at = nudge_pose_point (&symbol->pose, shape->points[0]);
      paint_field_like (paint, &symbol->pose, &field, shape->text);
    }
}

/* A part of several units is read with the unit's letter: U3B. */
static char *
reference_with_unit (const char *reference, guint unit)
{
  char letters[8];
  guint n = sizeof letters - 1;

  letters[n] = '\0';
  for (guint rest = unit; rest > 0 && n > 0; rest = (rest - 1) / 26)
    letters[--n] = (char) ('A' + (rest - 1) % 26);
  return g_strconcat (reference, letters + n, NULL);
}

static void
paint_fields (NudgePaint *paint, const NudgeDrawnSymbol *symbol)
{
  for (guint i = 0; i < symbol->n_fields; i++)
    {
      const NudgeDrawnField *field = &paint->sheet->fields[symbol->first_field + i];
      const char *text = nudge_paint_field_text (paint->view, symbol, symbol->first_field + i);
      g_autofree char *with_unit = NULL;

      if (field->style.hidden || !nudge_paint_readable (paint, field->style.height))
        continue;
      if (i == 0 && symbol->part != NUDGE_NONE && symbol->symbol->n_units > 1)
        text = with_unit = reference_with_unit (text, symbol->unit);
      nudge_paint_use (paint, i < 2 ? NUDGE_COLOR_REFERENCE : NUDGE_COLOR_FIELD);
      paint_field_like (paint, &symbol->pose, field, text);
    }
}

static void
paint_simplified (NudgePaint *paint, const NudgeBox *body)
{
  guint32 line = nudge_paint_color (paint, NUDGE_COLOR_SYMBOL);
  guint32 fill = nudge_paint_color (paint, NUDGE_COLOR_SYMBOL_FILL);

  paint->stats.simplified++;
  nudge_color_set (paint->cr, nudge_color_mix (line, fill, 0.4), 1);
  cairo_rectangle (paint->cr, body->x0, body->y0, MAX (body->x1 - body->x0, NUDGE_GRID), MAX (body->y1 - body->y0, NUDGE_GRID));
  cairo_fill (paint->cr);
}

NudgeBox
nudge_paint_cross_box (const NudgeBox *body, const NudgeBox *whole)
{
  double x, y, dx, dy;

  /* There are symbols without graphics, and some without anything. */
  if (nudge_box_is_empty (body) || nudge_box_is_empty (whole))
    return *whole;
  x = MAX (body->x0 - whole->x0, whole->x1 - body->x1);
  y = MAX (body->y0 - whole->y0, whole->y1 - body->y1);
  dx = MAX (x * CROSS_SHARE, y * CROSS_CROSS_SHARE);
  dy = MAX (y * CROSS_SHARE, x * CROSS_CROSS_SHARE);

  return (NudgeBox){ (gint32) (body->x0 - dx), (gint32) (body->y0 - dy), (gint32) (body->x1 + dx), (gint32) (body->y1 + dy) };
}

gboolean
nudge_paint_is_crossed (const NudgePaintSheet *view, const NudgeDrawnSymbol *symbol)
{
  guint part = nudge_paint_part (view, symbol);

  return part != NUDGE_NONE && view->drawing->layout->circuit->parts[part].dnp;
}

static void
paint_cross (NudgePaint *paint, const NudgeBox *box)
{
  nudge_paint_use (paint, NUDGE_COLOR_DNP);
  nudge_paint_pen (paint, CROSS_WIDTH, FALSE);
  cairo_move_to (paint->cr, box->x0, box->y0);
  cairo_line_to (paint->cr, box->x1, box->y1);
  cairo_move_to (paint->cr, box->x1, box->y0);
  cairo_line_to (paint->cr, box->x0, box->y1);
  cairo_stroke (paint->cr);
}

static gboolean
is_small (const NudgePaint *paint, const NudgeDrawnSymbol *symbol)
{
  const NudgeBox *box = &symbol->box;

  return !nudge_box_is_empty (box) && paint->scale > 0 && MAX (box->x1 - box->x0, box->y1 - box->y0) * paint->scale < NUDGE_PAINT_BODY_PIXELS;
}

void
nudge_paint_symbol_fill (NudgePaint *paint, guint index)
{
  const NudgeDrawnSymbol *symbol = &paint->sheet->symbols[index];

  if (is_small (paint, symbol))
    return;
  paint->dimmed = nudge_paint_is_crossed (paint->view, symbol);
  fill_shapes (paint, symbol, NUDGE_FILL_BACKGROUND);
  paint->dimmed = FALSE;
}

void
nudge_paint_symbol (NudgePaint *paint, guint index)
{
  const NudgeDrawnSymbol *symbol = &paint->sheet->symbols[index];
  const NudgeBox *body = &paint->view->body_boxes[index];
  gboolean dnp = nudge_paint_is_crossed (paint->view, symbol);

  paint->dimmed = dnp;
  if (is_small (paint, symbol))
    paint_simplified (paint, body);
  else
    {
      paint->stats.symbols++;
      fill_shapes (paint, symbol, NUDGE_FILL_OUTLINE);
      stroke_shapes (paint, symbol);
      nudge_paint_pins (paint, symbol);
      paint_shape_texts (paint, symbol);
      paint_fields (paint, symbol);
    }
  paint->dimmed = FALSE;
  if (dnp && !nudge_box_is_empty (&symbol->box))
    {
      NudgeBox cross = nudge_paint_cross_box (body, &symbol->box);

      paint_cross (paint, &cross);
    }
}
