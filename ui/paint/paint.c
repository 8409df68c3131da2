/* The painter's run over a sheet, and the tools that its parts share. */
#include "paint/paint-private.h"

#include <math.h>

static guint32
gray_of (guint32 color)
{
  guint32 r = color >> 16 & 0xff, g = color >> 8 & 0xff, b = color & 0xff;

  return (MAX (MAX (r, g), b) + MIN (MIN (r, g), b)) / 2;
}

/* Marks of parts that are not fitted are washed out: the grey of their lightness, half way to the paper. */
guint32
nudge_paint_color (const NudgePaint *paint, NudgeColorRole role)
{
  guint32 color = paint->theme->colors[role];
  guint32 gray, paper = paint->theme->colors[NUDGE_COLOR_BACKGROUND];

  if (!paint->dimmed)
    return color;
  gray = gray_of (color) * 0x010101u;
  return (gray & paper) + (((gray ^ paper) & 0xfefefeu) >> 1);
}

void
nudge_paint_use (const NudgePaint *paint, NudgeColorRole role)
{
  nudge_color_set (paint->cr, nudge_paint_color (paint, role), 1);
}

void
nudge_paint_pen (const NudgePaint *paint, double width, gboolean square)
{
  if (paint->scale > 0)
    width = MAX (width, 1 / paint->scale);
  cairo_set_line_width (paint->cr, width);
  /* Only square ends and mitred corners take cairo's quick way for lines along the axes. */
  cairo_set_line_cap (paint->cr, square ? CAIRO_LINE_CAP_SQUARE : CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (paint->cr, square ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND);
}

void
nudge_paint_dashes (const NudgePaint *paint, NudgeStroke stroke, double width)
{
  static const struct
  {
    guint n;
    double lengths[6];
  } patterns[] = {
    [NUDGE_STROKE_SOLID] = { 0, { 0 } },
    [NUDGE_STROKE_DASH] = { 2, { 11, 4 } },
    [NUDGE_STROKE_DOT] = { 2, { 0.2, 4 } },
    [NUDGE_STROKE_DASH_DOT] = { 4, { 11, 4, 0.2, 4 } },
    [NUDGE_STROKE_DASH_DOT_DOT] = { 6, { 11, 4, 0.2, 4, 0.2, 4 } },
  };
  double lengths[6];

  for (guint i = 0; i < patterns[stroke].n; i++)
    lengths[i] = patterns[stroke].lengths[i] * width;
  cairo_set_dash (paint->cr, lengths, (int) patterns[stroke].n, 0);
}

gboolean
nudge_paint_visible (NudgePaint *paint, const NudgeBox *box)
{
  if (nudge_box_overlaps (&paint->clip, box))
    return TRUE;
  paint->stats.culled++;
  return FALSE;
}

gboolean
nudge_paint_readable (const NudgePaint *paint, gint32 height)
{
  return paint->scale <= 0 || height * paint->scale >= NUDGE_PAINT_TEXT_PIXELS;
}

void
nudge_paint_text (NudgePaint *paint, const char *text, double x, double y, gint angle, const NudgeTextStyle *style)
{
  if (*text == '\0' || !nudge_paint_readable (paint, style->height))
    return;
  paint->stats.texts++;
  nudge_stroke_text_draw (paint->cr, text, x, y, angle, style);
}

void
nudge_paint_polygon (const NudgePaint *paint, const NudgePoint *points, guint n)
{
  for (guint i = 0; i < n; i++)
    cairo_line_to (paint->cr, points[i].x, points[i].y);
  cairo_close_path (paint->cr);
}

static NudgeBox
clip_box (cairo_t *cr)
{
  double x0, y0, x1, y1;
  const double far = G_MAXINT32 / 2;

  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  return (NudgeBox){
    (gint32) CLAMP (floor (x0), -far, far),
    (gint32) CLAMP (floor (y0), -far, far),
    (gint32) CLAMP (ceil (x1), -far, far),
    (gint32) CLAMP (ceil (y1), -far, far),
  };
}

static double
pixel_scale (cairo_t *cr)
{
  double dx = 1, dy = 0;

  if (cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_IMAGE)
    return 0;
  cairo_user_to_device_distance (cr, &dx, &dy);
  return hypot (dx, dy);
}

static void
paint_marks (NudgePaint *paint)
{
  const NudgePaintSheet *view = paint->view;
  const NudgeDrawnSheet *sheet = paint->sheet;

  for (guint i = 0; i < sheet->n_images; i++)
    nudge_paint_image (paint, i);
  for (guint i = 0; i < sheet->n_texts; i++)
    if (nudge_paint_visible (paint, &view->text_boxes[i]))
      nudge_paint_drawn_text (paint, i);
  for (guint i = 0; i < sheet->n_boxes; i++)
    if (nudge_paint_visible (paint, &view->box_boxes[i]))
      nudge_paint_sheet_box (paint, &sheet->boxes[i]);
  for (guint i = 0; i < sheet->n_symbols; i++)
    if (nudge_box_overlaps (&paint->clip, &view->symbol_boxes[i]))
      nudge_paint_symbol_fill (paint, i);
  for (guint i = 0; i < sheet->n_symbols; i++)
    if (nudge_paint_visible (paint, &view->symbol_boxes[i]))
      nudge_paint_symbol (paint, i);
  nudge_paint_wires (paint);
  nudge_paint_junctions (paint);
  nudge_paint_no_connects (paint);
  for (guint i = 0; i < sheet->n_labels; i++)
    if (nudge_paint_visible (paint, &view->label_boxes[i]))
      nudge_paint_label (paint, &sheet->labels[i]);
}

void
nudge_paint_sheet_draw (const NudgePaintSheet *self, cairo_t *cr, const NudgeTheme *theme, NudgePaintStats *stats)
{
  NudgePaint paint = { .cr = cr, .view = self, .theme = theme };

  g_return_if_fail (self != NULL && cr != NULL && theme != NULL);

  paint.sheet = self->sheet;
  cairo_save (cr);
  cairo_set_tolerance (cr, 0.25);
  paint.scale = pixel_scale (cr);
  paint.clip = clip_box (cr);
  nudge_paint_frame (&paint);
  paint_marks (&paint);
  cairo_restore (cr);
  if (stats != NULL)
    *stats = paint.stats;
}
