#include "paint/paint-lone-symbol.h"

#include "paint/paint-private.h"

/* More units than these are not shown: they would be too small to be told apart. */
#define MAX_UNITS 6
#define GAP (5 * NUDGE_UNITS_PER_MM)
#define MARGIN (2 * NUDGE_UNITS_PER_MM)
/* Pixels for each millimetre beyond which nothing becomes clearer. */
#define NEAREST 10.0

static NudgeBox
unit_box (const NudgeSymbol *symbol, guint unit, const NudgePose *pose)
{
  NudgeBox own = nudge_symbol_box (symbol, unit), box = NUDGE_BOX_EMPTY;
  NudgePoint a = nudge_pose_point (pose, (NudgePoint){ own.x0, own.y0 }), b = nudge_pose_point (pose, (NudgePoint){ own.x1, own.y1 });

  if (nudge_box_is_empty (&own))
    return box;
  nudge_box_add_point (&box, a.x, a.y);
  nudge_box_add_point (&box, b.x, b.y);
  return box;
}

/* Stands the units in a row, from @drawn[0] on, and says what room they take. */
static NudgeBox
line_up (const NudgeSymbol *symbol, NudgeDrawnSymbol *drawn, guint n)
{
  NudgeBox all = NUDGE_BOX_EMPTY;
  gint32 x = 0;

  for (guint i = 0; i < n; i++)
    {
      NudgeBox box;

      drawn[i] = (NudgeDrawnSymbol){ .symbol = symbol, .part = NUDGE_NONE, .unit_index = NUDGE_NONE, .unit = (guint16) (i + 1), .net = NUDGE_NONE };
      box = unit_box (symbol, i + 1, &drawn[i].pose);
      if (nudge_box_is_empty (&box))
        continue;
      drawn[i].pose.at.x = x - box.x0;
      drawn[i].box = unit_box (symbol, i + 1, &drawn[i].pose);
      nudge_box_add_box (&all, &drawn[i].box);
      x = drawn[i].box.x1 + GAP;
    }
  return all;
}

void
nudge_paint_lone_symbol (cairo_t *cr, const NudgeSymbol *symbol, const NudgeTheme *theme, double width, double height)
{
  NudgeDrawnSymbol drawn[MAX_UNITS];
  NudgeBox bodies[MAX_UNITS], all;
  NudgeDrawnSheet sheet = { .symbols = drawn };
  NudgePaintSheet view = { .sheet = &sheet, .body_boxes = bodies };
  NudgePaint paint = { .cr = cr, .view = &view, .sheet = &sheet, .theme = theme };
  double scale;

  g_return_if_fail (cr != NULL && symbol != NULL && theme != NULL);

  sheet.n_symbols = MIN (symbol->n_units, MAX_UNITS);
  all = line_up (symbol, drawn, sheet.n_symbols);
  nudge_color_set (cr, theme->colors[NUDGE_COLOR_BACKGROUND], 1);
  cairo_paint (cr);
  if (nudge_box_is_empty (&all) || width <= 0 || height <= 0)
    return;
  all = nudge_box_grown (all, MARGIN);
  scale = MIN (width / ((double) all.x1 - all.x0), height / ((double) all.y1 - all.y0));
  scale = MIN (scale, NEAREST / NUDGE_UNITS_PER_MM);
  cairo_save (cr);
  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -((double) all.x0 + all.x1) / 2, -((double) all.y0 + all.y1) / 2);
  for (guint i = 0; i < sheet.n_symbols; i++)
    {
      bodies[i] = drawn[i].box;
      nudge_paint_symbol (&paint, i);
    }
  cairo_restore (cr);
}
