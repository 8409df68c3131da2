/* What lies over the tiles, as small nodes of their own: halos, nets, hover, selection, padlocks, what is being dragged. */
#include "canvas/canvas-private.h"

#include <math.h>

#define HOVER_ALPHA 0.45
#define SELECTION_ALPHA 0.9
#define NET_ALPHA 0.6
#define GHOST_ALPHA 0.9
#define HALO_ALPHA 0.55
#define HALO_GAP 8
#define HALO_COLOR 0xff9f1cu
#define HEAT_WARM 0xffd000u
#define HEAT_HOT 0xe00000u
#define HEAT_ALPHA 0.5
#define GUIDE_COLOR 0xd02090u
#define GUIDE_ALPHA 0.8
#define GUIDE_TICK 4.0
#define LOCK_PIXELS 12.0
/* Smaller marks get no padlock: it would hide them. */
#define LOCK_LEAST 14.0

typedef void (*PaintFunc) (NudgeCanvas *self, cairo_t *cr);

void
nudge_canvas_drop_overlay (NudgeCanvas *self)
{
  g_clear_pointer (&self->hover_node, gsk_render_node_unref);
  g_clear_pointer (&self->selection_node, gsk_render_node_unref);
  g_clear_pointer (&self->net_node, gsk_render_node_unref);
  g_clear_pointer (&self->lock_node, gsk_render_node_unref);
  g_clear_pointer (&self->halo_node, gsk_render_node_unref);
  g_clear_pointer (&self->heat_node, gsk_render_node_unref);
}

/* A node for a part of the sheet; @paint draws in widget pixels. NULL when it is out of sight. */
static GskRenderNode *
paint_node (NudgeCanvas *self, const NudgeBox *box, double margin, PaintFunc paint)
{
  double x0, y0, x1, y1;
  graphene_rect_t bounds;
  GskRenderNode *node;
  cairo_t *cr;

  if (nudge_box_is_empty (box))
    return NULL;
  nudge_viewport_to_widget (&self->view, (NudgePoint){ box->x0, box->y0 }, &x0, &y0);
  nudge_viewport_to_widget (&self->view, (NudgePoint){ box->x1, box->y1 }, &x1, &y1);
  x0 = MAX (floor (x0 - margin), 0);
  y0 = MAX (floor (y0 - margin), 0);
  x1 = MIN (ceil (x1 + margin), self->view.width);
  y1 = MIN (ceil (y1 + margin), self->view.height);
  if (x0 >= x1 || y0 >= y1)
    return NULL;
  bounds = GRAPHENE_RECT_INIT ((float) x0, (float) y0, (float) (x1 - x0), (float) (y1 - y0));
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  paint (self, cr);
  cairo_destroy (cr);
  return node;
}

static void
append (GtkSnapshot *snapshot, NudgeCanvas *self, GskRenderNode **node, NudgeBox box, double margin, PaintFunc paint)
{
  if (*node == NULL)
    *node = paint_node (self, &box, margin, paint);
  if (*node != NULL)
    gtk_snapshot_append_node (snapshot, *node);
}

static void
draw_hit (NudgeCanvas *self, cairo_t *cr, const NudgeHit *hit, double alpha)
{
  cairo_save (cr);
  cairo_scale (cr, self->view.scale, self->view.scale);
  cairo_translate (cr, -self->view.x, -self->view.y);
  nudge_paint_sheet_draw_highlight (self->sheet, cr, self->theme, hit, alpha);
  cairo_restore (cr);
}

static void
paint_hover (NudgeCanvas *self, cairo_t *cr)
{
  draw_hit (self, cr, &self->hover, HOVER_ALPHA);
}

static void
paint_selection (NudgeCanvas *self, cairo_t *cr)
{
  for (guint i = 0; i < self->selected->len; i++)
    draw_hit (self, cr, &g_array_index (self->selected, NudgeHit, i), SELECTION_ALPHA);
}

static void
paint_net (NudgeCanvas *self, cairo_t *cr)
{
  draw_hit (self, cr, &(NudgeHit){ NUDGE_HIT_NET, 0, self->net }, NET_ALPHA);
}

/* A rectangle around @box in widget pixels, shifted by @offset units. */
static void
add_frame (NudgeCanvas *self, cairo_t *cr, const NudgeBox *box, NudgePoint offset, double gap)
{
  double x0, y0, x1, y1;

  nudge_viewport_to_widget (&self->view, (NudgePoint){ box->x0 + offset.x, box->y0 + offset.y }, &x0, &y0);
  nudge_viewport_to_widget (&self->view, (NudgePoint){ box->x1 + offset.x, box->y1 + offset.y }, &x1, &y1);
  cairo_rectangle (cr, floor (x0 - gap) + 0.5, floor (y0 - gap) + 0.5, ceil (x1 - x0 + 2 * gap), ceil (y1 - y0 + 2 * gap));
}

static void
paint_frames (NudgeCanvas *self, cairo_t *cr, const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    add_frame (self, cr, &g_array_index (boxes, NudgeBox, i), (NudgePoint){ 0, 0 }, HALO_GAP / 2.0);
  nudge_color_set (cr, HALO_COLOR, HALO_ALPHA / 4);
  cairo_fill_preserve (cr);
  nudge_color_set (cr, HALO_COLOR, HALO_ALPHA);
  cairo_set_line_width (cr, 3);
  cairo_stroke (cr);
}

static void
paint_halos (NudgeCanvas *self, cairo_t *cr)
{
  paint_frames (self, cr, self->halos);
}

static void
paint_before_halos (NudgeCanvas *self, cairo_t *cr)
{
  paint_frames (self, cr, self->before_halos);
}

static void
paint_heat (NudgeCanvas *self, cairo_t *cr)
{
  cairo_save (cr);
  cairo_scale (cr, self->view.scale, self->view.scale);
  cairo_translate (cr, -self->view.x, -self->view.y);
  for (guint row = 0; row < self->heat->n_rows; row++)
    for (guint column = 0; column < self->heat->n_columns; column++)
      {
        double heat = nudge_heat_at (self->heat, column, row);

        if (heat <= 0)
          continue;
        nudge_color_set (cr, nudge_color_mix (HEAT_WARM, HEAT_HOT, heat), HEAT_ALPHA * (0.4 + 0.6 * heat));
        cairo_rectangle (cr, column * (double) NUDGE_HEAT_CELL, row * (double) NUDGE_HEAT_CELL, NUDGE_HEAT_CELL, NUDGE_HEAT_CELL);
        cairo_fill (cr);
      }
  cairo_restore (cr);
}

static void
snapshot_heat (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  NudgePoint size = nudge_paint_sheet_get_size (self->sheet);

  if (self->heat == NULL)
    self->heat = nudge_heat_new (self->sheet);
  append (snapshot, self, &self->heat_node, (NudgeBox){ 0, 0, size.x, size.y }, 0, paint_heat);
}

void
nudge_canvas_show_heat (NudgeCanvas *self, gboolean show)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  self->shows_heat = show;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A padlock whose body has its top left corner at x, y. */
static void
draw_padlock (NudgeCanvas *self, cairo_t *cr, double x, double y)
{
  double w = LOCK_PIXELS, h = LOCK_PIXELS * 0.75;

  nudge_color_set (cr, self->theme->colors[NUDGE_COLOR_SELECTION], 1);
  cairo_set_line_width (cr, 1.6);
  cairo_arc (cr, x + w / 2, y, w * 0.3, G_PI, 0);
  cairo_stroke (cr);
  cairo_rectangle (cr, x, y, w, h);
  cairo_fill (cr);
  nudge_color_set (cr, self->theme->colors[NUDGE_COLOR_BACKGROUND], 1);
  cairo_arc (cr, x + w / 2, y + h / 2, 1.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_lock_of (NudgeCanvas *self, cairo_t *cr, const NudgeBox *box)
{
  double x0, y0, x1, y1;

  nudge_viewport_to_widget (&self->view, (NudgePoint){ box->x0, box->y0 }, &x0, &y0);
  nudge_viewport_to_widget (&self->view, (NudgePoint){ box->x1, box->y1 }, &x1, &y1);
  if (MAX (x1 - x0, y1 - y0) >= LOCK_LEAST)
    draw_padlock (self, cr, x1 - LOCK_PIXELS / 2, y0 - LOCK_PIXELS / 4);
}

static void
paint_locks (NudgeCanvas *self, cairo_t *cr)
{
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (self->sheet);

  for (guint i = 0; i < drawn->n_symbols; i++)
    if (nudge_canvas_is_locked (self, &(NudgeHit){ NUDGE_HIT_SYMBOL, i, NUDGE_NONE }))
      draw_lock_of (self, cr, &drawn->symbols[i].box);
  for (guint i = 0; i < drawn->n_boxes; i++)
    if (nudge_canvas_is_locked (self, &(NudgeHit){ NUDGE_HIT_BOX, i, NUDGE_NONE }))
      draw_lock_of (self, cr, &drawn->boxes[i].box);
}

static NudgeBox
box_of_locks (NudgeCanvas *self)
{
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (self->sheet);
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < drawn->n_symbols; i++)
    if (nudge_canvas_is_locked (self, &(NudgeHit){ NUDGE_HIT_SYMBOL, i, NUDGE_NONE }))
      nudge_box_add_box (&box, &drawn->symbols[i].box);
  for (guint i = 0; i < drawn->n_boxes; i++)
    if (nudge_canvas_is_locked (self, &(NudgeHit){ NUDGE_HIT_BOX, i, NUDGE_NONE }))
      nudge_box_add_box (&box, &drawn->boxes[i].box);
  return box;
}

static NudgeBox
box_of_selection (NudgeCanvas *self)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < self->selected->len; i++)
    {
      NudgeBox one = nudge_paint_sheet_get_highlight_box (self->sheet, &g_array_index (self->selected, NudgeHit, i));

      nudge_box_add_box (&box, &one);
    }
  return box;
}

static NudgeBox
box_of_boxes (const GArray *boxes, NudgePoint offset)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < boxes->len; i++)
    {
      const NudgeBox *one = &g_array_index (boxes, NudgeBox, i);

      nudge_box_add_box (&box, one);
      nudge_box_add_box (&box, &(NudgeBox){ one->x0 + offset.x, one->y0 + offset.y, one->x1 + offset.x, one->y1 + offset.y });
    }
  return box;
}

/* Where it stood, dashed; where it will stand. */
static void
paint_move (NudgeCanvas *self, cairo_t *cr)
{
  static const double dashes[] = { 4, 3 };

  cairo_set_line_width (cr, 1);
  nudge_color_set (cr, self->theme->colors[NUDGE_COLOR_SELECTION], GHOST_ALPHA);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < self->drag_boxes->len; i++)
    add_frame (self, cr, &g_array_index (self->drag_boxes, NudgeBox, i), (NudgePoint){ 0, 0 }, 2);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 2);
  for (guint i = 0; i < self->drag_boxes->len; i++)
    add_frame (self, cr, &g_array_index (self->drag_boxes, NudgeBox, i), self->offset, 2);
  nudge_color_set (cr, self->theme->colors[NUDGE_COLOR_SELECTION], GHOST_ALPHA / 7);
  cairo_fill_preserve (cr);
  nudge_color_set (cr, self->theme->colors[NUDGE_COLOR_SELECTION], SELECTION_ALPHA);
  cairo_stroke (cr);
}

/* From what is moved to what it lines up with, a cross at either end. */
static void
paint_guides (NudgeCanvas *self, cairo_t *cr)
{
  nudge_color_set (cr, GUIDE_COLOR, GUIDE_ALPHA);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < 2 * self->n_lines; i++)
    {
      const NudgeGuideLine *line = &self->lines[i / 2];
      double x, y, x1, y1;

      nudge_viewport_to_widget (&self->view, i % 2 == 0 ? line->moved : line->still, &x, &y);
      nudge_viewport_to_widget (&self->view, line->still, &x1, &y1);
      x = floor (x) + 0.5;
      y = floor (y) + 0.5;
      cairo_move_to (cr, x - GUIDE_TICK, y - GUIDE_TICK);
      cairo_line_to (cr, x + GUIDE_TICK, y + GUIDE_TICK);
      cairo_move_to (cr, x - GUIDE_TICK, y + GUIDE_TICK);
      cairo_line_to (cr, x + GUIDE_TICK, y - GUIDE_TICK);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, floor (x1) + 0.5, floor (y1) + 0.5);
    }
  cairo_stroke (cr);
}

static void
snapshot_rubber (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  guint32 c = self->theme->colors[NUDGE_COLOR_SELECTION];
  GdkRGBA edge = { (float) (c >> 16 & 0xff) / 255.0f, (float) (c >> 8 & 0xff) / 255.0f, (float) (c & 0xff) / 255.0f, 1 };
  GdkRGBA fill = edge;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) MIN (self->press_x, self->pointer_x), (float) MIN (self->press_y, self->pointer_y),
                                               (float) fabs (self->press_x - self->pointer_x), (float) fabs (self->press_y - self->pointer_y));
  GskRoundedRect outline;

  /* The two ways to draw it look different, as in KiCad. */
  fill.alpha = self->pointer_x < self->press_x ? 0.22f : 0.1f;
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 }, (GdkRGBA[]){ edge, edge, edge, edge });
}

static void
append_once (GtkSnapshot *snapshot, NudgeCanvas *self, NudgeBox box, double margin, PaintFunc paint)
{
  GskRenderNode *node = NULL;

  append (snapshot, self, &node, box, margin, paint);
  g_clear_pointer (&node, gsk_render_node_unref);
}

static void
snapshot_move (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  NudgeBox lines = NUDGE_BOX_EMPTY;

  append_once (snapshot, self, box_of_boxes (self->drag_boxes, self->offset), 4, paint_move);
  for (guint i = 0; i < self->n_lines; i++)
    {
      nudge_box_add_point (&lines, self->lines[i].moved.x, self->lines[i].moved.y);
      nudge_box_add_point (&lines, self->lines[i].still.x, self->lines[i].still.y);
    }
  append_once (snapshot, self, lines, GUIDE_TICK + 1, paint_guides);
}

void
nudge_canvas_snapshot_before_halos (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  if (self->before_halos->len > 0)
    append_once (snapshot, self, box_of_boxes (self->before_halos, (NudgePoint){ 0, 0 }), HALO_GAP, paint_before_halos);
}

void
nudge_canvas_snapshot_overlay (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  const NudgeHit net = { NUDGE_HIT_NET, 0, self->net };

  if (self->shows_heat)
    snapshot_heat (self, snapshot);
  if (self->halos->len > 0)
    append (snapshot, self, &self->halo_node, box_of_boxes (self->halos, (NudgePoint){ 0, 0 }), HALO_GAP, paint_halos);
  if (self->net != NUDGE_NONE && self->net < nudge_paint_sheet_get_drawing (self->sheet)->layout->circuit->n_nets)
    append (snapshot, self, &self->net_node, nudge_paint_sheet_get_highlight_box (self->sheet, &net), 2, paint_net);
  if (self->selected->len > 0 && self->drag != NUDGE_DRAG_MOVE)
    append (snapshot, self, &self->selection_node, box_of_selection (self), 2, paint_selection);
  append (snapshot, self, &self->lock_node, box_of_locks (self), 2 * LOCK_PIXELS, paint_locks);
  if (self->hover.kind != NUDGE_HIT_NONE && !nudge_canvas_is_selected (self, &self->hover))
    append (snapshot, self, &self->hover_node, nudge_paint_sheet_get_highlight_box (self->sheet, &self->hover), 2, paint_hover);
  if (self->drag == NUDGE_DRAG_MOVE)
    snapshot_move (self, snapshot);
  else if (self->drag == NUDGE_DRAG_RUBBER)
    snapshot_rubber (self, snapshot);
}
