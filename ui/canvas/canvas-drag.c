/* The first button: choosing, the rubber band, moving. */
#include "canvas/canvas-private.h"

#include <math.h>

/* Pixels of a trembling hand. */
#define DRAG_PIXELS 4
/* How far a guide attracts. */
#define GUIDE_PIXELS 6

gboolean
nudge_canvas_get_drag (NudgeCanvas *self, NudgePoint *offset)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self) && offset != NULL, FALSE);

  *offset = self->offset;
  return self->drag == NUDGE_DRAG_MOVE;
}

static void
end_drag (NudgeCanvas *self)
{
  self->drag = NUDGE_DRAG_NONE;
  self->offset = (NudgePoint){ 0, 0 };
  g_array_set_size (self->drag_boxes, 0);
  g_clear_pointer (&self->guides, nudge_guides_free);
  self->n_lines = 0;
  nudge_canvas_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nudge_canvas_cancel_drag (NudgeCanvas *self)
{
  gboolean moving = self->drag == NUDGE_DRAG_MOVE;

  if (self->drag == NUDGE_DRAG_NONE)
    return;
  end_drag (self);
  if (moving)
    g_signal_emit_by_name (self, "moved", 0, 0, TRUE);
  g_signal_emit_by_name (self, "status-changed");
}

void
nudge_canvas_press (NudgeCanvas *self, double x, double y, NudgeSelectMode mode)
{
  if (self->sheet == NULL)
    return;
  nudge_canvas_cancel_drag (self);
  self->pointer_x = self->press_x = x;
  self->pointer_y = self->press_y = y;
  self->pointer_inside = TRUE;
  nudge_canvas_update_hover (self);
  self->press_hit = self->hover;
  self->drag_mode = mode;
  self->drag = NUDGE_DRAG_PRESSED;
  /* What is dragged is selected; what is selected already is dragged with all the rest of it. */
  if (mode == NUDGE_SELECT_ONLY && !nudge_canvas_is_selected (self, &self->press_hit))
    nudge_canvas_select (self, &self->press_hit);
}

/* What is moved, and what it may line up with, as it stands before. */
static void
start_move (NudgeCanvas *self)
{
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (self->sheet);
  g_autoptr (GArray) symbols = g_array_new (FALSE, FALSE, sizeof (guint)), boxes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->selected->len; i++)
    {
      const NudgeHit *hit = &g_array_index (self->selected, NudgeHit, i);

      /* Where a pin may go, only its box knows: it shows what comes of it. */
      if (!nudge_canvas_is_movable (self, hit) || nudge_canvas_is_locked (self, hit) || hit->kind == NUDGE_HIT_SHEET_PIN)
        continue;
      g_array_append_val (hit->kind == NUDGE_HIT_SYMBOL ? symbols : boxes, hit->index);
      if (hit->kind == NUDGE_HIT_SYMBOL)
        g_array_append_val (self->drag_boxes, drawn->symbols[hit->index].box);
      else
        g_array_append_val (self->drag_boxes, drawn->boxes[hit->index].box);
    }
  self->guides = nudge_guides_new (nudge_paint_sheet_get_drawing (self->sheet), drawn, symbols, boxes);
}

static void
start_drag (NudgeCanvas *self)
{
  gboolean on_selected = self->drag_mode == NUDGE_SELECT_ONLY && nudge_canvas_is_movable (self, &self->press_hit);

  self->drag = on_selected ? NUDGE_DRAG_MOVE : NUDGE_DRAG_RUBBER;
  if (on_selected)
    start_move (self);
}

void
nudge_canvas_drag_to (NudgeCanvas *self, double x, double y)
{
  NudgePoint offset;

  if (self->drag == NUDGE_DRAG_NONE)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag == NUDGE_DRAG_PRESSED && hypot (x - self->press_x, y - self->press_y) < DRAG_PIXELS)
    return;
  if (self->drag == NUDGE_DRAG_PRESSED)
    start_drag (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->drag != NUDGE_DRAG_MOVE)
    return;
  self->n_lines = nudge_guides_snap (self->guides, (x - self->press_x) / self->view.scale, (y - self->press_y) / self->view.scale,
                                     GUIDE_PIXELS / self->view.scale, &offset, self->lines);
  if (nudge_point_equal (offset, self->offset))
    return;
  self->offset = offset;
  g_signal_emit_by_name (self, "moved", offset.x, offset.y, FALSE);
  g_signal_emit_by_name (self, "status-changed");
}

/* From left to right a mark must lie inside; from right to left it is enough to touch it. */
static void
select_in_rubber (NudgeCanvas *self)
{
  NudgePoint a = nudge_viewport_to_sheet (&self->view, self->press_x, self->press_y);
  NudgePoint b = nudge_viewport_to_sheet (&self->view, self->pointer_x, self->pointer_y);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (NudgeHit));
  NudgeBox box = NUDGE_BOX_EMPTY;

  nudge_box_add_point (&box, a.x, a.y);
  nudge_box_add_point (&box, b.x, b.y);
  nudge_paint_sheet_list_in (self->sheet, &box, self->pointer_x < self->press_x, hits);
  nudge_canvas_select_hits (self, (const NudgeHit *) (gpointer) hits->data, hits->len, self->drag_mode);
}

void
nudge_canvas_release (NudgeCanvas *self)
{
  NudgeDrag drag = self->drag;
  NudgePoint offset = self->offset;

  if (drag == NUDGE_DRAG_NONE)
    return;
  if (drag == NUDGE_DRAG_RUBBER)
    select_in_rubber (self);
  else if (drag == NUDGE_DRAG_PRESSED && self->drag_mode == NUDGE_SELECT_ONLY)
    nudge_canvas_select (self, &self->press_hit);
  else if (drag == NUDGE_DRAG_PRESSED)
    nudge_canvas_select_hits (self, &self->press_hit, 1, self->drag_mode);
  end_drag (self);
  if (drag == NUDGE_DRAG_MOVE)
    g_signal_emit_by_name (self, "moved", offset.x, offset.y, TRUE);
  g_signal_emit_by_name (self, "status-changed");
}
