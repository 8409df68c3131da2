/* What was beside what is: a handle divides the canvas. */
#include "canvas/canvas-private.h"

graphene_rect_t
nudge_canvas_get_before_area (NudgeCanvas *self)
{
  return GRAPHENE_RECT_INIT (0, 0, (float) (self->view.width * gtk_adjustment_get_value (self->divide) / 100), (float) self->view.height);
}

void
nudge_canvas_allocate_divide (NudgeCanvas *self, int width, int height)
{
  int x = (int) (width * gtk_adjustment_get_value (self->divide) / 100);
  GtkAllocation place = { x - NUDGE_DIVIDER_WIDTH / 2, 0, NUDGE_DIVIDER_WIDTH, height };

  /* Wholly inside at both ends, where it can be taken hold of again. */
  place.x = CLAMP (place.x, 0, MAX (width - NUDGE_DIVIDER_WIDTH, 0));
  if (gtk_widget_get_visible (self->divider))
    gtk_widget_size_allocate (self->divider, &place, -1);
}

static void
on_divided (GtkAdjustment *adjustment, gpointer data)
{
  gtk_widget_queue_allocate (data);
  gtk_widget_queue_draw (data);
}

void
nudge_canvas_init_divide (NudgeCanvas *self)
{
  self->before_halos = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  self->divide = g_object_ref_sink (gtk_adjustment_new (50, 0, 100, 2, 20, 0));
  g_signal_connect (self->divide, "value-changed", G_CALLBACK (on_divided), self);
  self->divider = nudge_divider_new (self->divide);
  gtk_widget_set_visible (self->divider, FALSE);
  gtk_widget_set_parent (self->divider, GTK_WIDGET (self));
}

void
nudge_canvas_dispose_divide (NudgeCanvas *self)
{
  if (self->divide != NULL)
    g_signal_handlers_disconnect_by_data (self->divide, self);
  g_clear_object (&self->divide);
  g_clear_pointer (&self->divider, gtk_widget_unparent);
  g_clear_pointer (&self->before_tiles, nudge_tile_cache_free);
  g_clear_pointer (&self->before_halos, g_array_unref);
  g_clear_pointer (&self->before, nudge_paint_sheet_unref);
}

void
nudge_canvas_set_before (NudgeCanvas *self, NudgePaintSheet *before, const GArray *halos)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (before != NULL)
    nudge_paint_sheet_ref (before);
  g_clear_pointer (&self->before, nudge_paint_sheet_unref);
  self->before = before;
  nudge_tile_cache_set_sheet (self->before_tiles, before, self->theme);
  g_array_set_size (self->before_halos, 0);
  if (halos != NULL && halos->len > 0)
    g_array_append_vals (self->before_halos, halos->data, halos->len);
  gtk_widget_set_visible (self->divider, before != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkAdjustment *
nudge_canvas_get_divide (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NULL);
  return self->divide;
}
