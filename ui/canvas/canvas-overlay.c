/* What lies over the tiles: hover and selection, as small nodes of their own. */
#include "canvas/canvas-private.h"

#include <math.h>

#define HOVER_ALPHA 0.45
#define SELECTION_ALPHA 0.9

void
nudge_canvas_drop_overlay (NudgeCanvas *self)
{
  g_clear_pointer (&self->hover_node, gsk_render_node_unref);
  g_clear_pointer (&self->selection_node, gsk_render_node_unref);
}

static GskRenderNode *
highlight_node (NudgeCanvas *self, const NudgeHit *hit, double alpha)
{
  NudgeBox box = nudge_paint_sheet_get_highlight_box (self->sheet, hit);
  const NudgeViewport *view = &self->view;
  double x0, y0, x1, y1;
  graphene_rect_t bounds;
  GskRenderNode *node;
  cairo_t *cr;

  if (nudge_box_is_empty (&box))
    return NULL;
  nudge_viewport_to_widget (view, (NudgePoint){ box.x0, box.y0 }, &x0, &y0);
  nudge_viewport_to_widget (view, (NudgePoint){ box.x1, box.y1 }, &x1, &y1);
  /* Two pixels more: the pen is never thinner than that. */
  x0 = MAX (floor (x0) - 2, 0);
  y0 = MAX (floor (y0) - 2, 0);
  x1 = MIN (ceil (x1) + 2, view->width);
  y1 = MIN (ceil (y1) + 2, view->height);
  if (x0 >= x1 || y0 >= y1)
    return NULL;
  bounds = GRAPHENE_RECT_INIT ((float) x0, (float) y0, (float) (x1 - x0), (float) (y1 - y0));
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_scale (cr, view->scale, view->scale);
  cairo_translate (cr, -view->x, -view->y);
  nudge_paint_sheet_draw_highlight (self->sheet, cr, self->theme, hit, alpha);
  cairo_destroy (cr);
  return node;
}

static void
append (GtkSnapshot *snapshot, NudgeCanvas *self, GskRenderNode **node, const NudgeHit *hit, double alpha)
{
  if (hit->kind == NUDGE_HIT_NONE)
    return;
  if (*node == NULL)
    *node = highlight_node (self, hit, alpha);
  if (*node != NULL)
    gtk_snapshot_append_node (snapshot, *node);
}

void
nudge_canvas_snapshot_overlay (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  append (snapshot, self, &self->selection_node, &self->selection, SELECTION_ALPHA);
  if (!nudge_hit_equal (&self->hover, &self->selection))
    append (snapshot, self, &self->hover_node, &self->hover, HOVER_ALPHA);
}
