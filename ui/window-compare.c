/* Before and after: what is shown against what was opened, last exported or is on disk: by blinking,
 * by a handle between them, and in words. */
#include "window-private.h"

#include <glib/gi18n.h>
#include <string.h>

static NudgeDrawing *
reference_of (NudgeWindow *self)
{
  if (self->comparing == NUDGE_COMPARE_OPENED)
    return self->opened_drawing;
  if (self->comparing == NUDGE_COMPARE_DISK)
    return self->disk_drawing;
  return self->comparing == NUDGE_COMPARE_EXPORTED ? self->exported_drawing : NULL;
}

/* The same place in the other drawing, or its root. */
static guint
find_same_place (NudgeWindow *self, const NudgeCircuit *other)
{
  const char *path = self->drawing->layout->circuit->blocks[self->block].path;

  for (guint i = 0; i < other->n_blocks; i++)
    if (strcmp (other->blocks[i].path, path) == 0)
      return i;
  return 0;
}

static void
add_halos (const NudgeDrawing *drawing, guint sheet, guint block, const gboolean *changed, guint n_parts, GArray *boxes)
{
  const NudgeDrawnSheet *drawn = &drawing->sheets[sheet];
  const NudgeBlock *blocks = drawing->layout->circuit->blocks;

  for (guint i = 0; i < drawn->n_symbols; i++)
    {
      guint part = drawn->symbols[i].part;

      if (part == NUDGE_NONE)
        continue;
      part = part - blocks[drawn->block].first_part + blocks[block].first_part;
      if (part < n_parts && changed[part])
        g_array_append_val (boxes, drawn->symbols[i].box);
    }
}

/* (transfer full): one of the two; @boxes: receives where halos stand, around all that the other has not or has otherwise. */
static NudgePaintSheet *
make_side (NudgeWindow *self, gboolean before, GArray *boxes)
{
  NudgeDrawing *drawing = before ? reference_of (self) : self->drawing;
  guint block = before ? find_same_place (self, drawing->layout->circuit) : self->block;
  guint sheet = drawing->block_sheets[block], instance = 0;

  for (guint i = 0; i < drawing->sheets[sheet].n_instances; i++)
    if (drawing->sheets[sheet].instances[i].block == block)
      instance = i;
  if (self->comparison != NULL && before)
    add_halos (drawing, sheet, block, self->comparison->old_changed, self->comparison->n_old_parts, boxes);
  else if (self->comparison != NULL)
    add_halos (drawing, sheet, block, self->comparison->new_changed, self->comparison->n_new_parts, boxes);
  return nudge_paint_sheet_new (drawing, sheet, instance);
}

static void
show_side (NudgeWindow *self, gboolean before)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  g_autoptr (NudgePaintSheet) view = make_side (self, before, boxes);

  nudge_canvas_set_sheet (self->canvas, view, TRUE);
  nudge_canvas_set_halos (self->canvas, boxes);
  self->showing_before = before;
  nudge_window_update_actions (self);
}

/* What was, left of the handle, while the button is down. */
void
nudge_window_update_divided (NudgeWindow *self)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  g_autoptr (NudgePaintSheet) view = NULL;

  if (gtk_toggle_button_get_active (self->divide_button) && reference_of (self) != NULL && self->drawing != NULL)
    view = make_side (self, TRUE, boxes);
  nudge_canvas_set_before (self->canvas, view, boxes);
}

static void
list_changes (NudgeWindow *self)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u change", "%u changes", self->comparison->n_changes), self->comparison->n_changes);

  nudge_item_list_begin (self->change_list);
  for (guint i = 0; i < self->comparison->n_changes; i++)
    {
      const NudgeChange *change = &self->comparison->changes[i];
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      nudge_item_list_add (self->change_list, i, number, change->text, NULL);
    }
  nudge_item_list_end (self->change_list);
  gtk_label_set_text (self->compare_label, title);
}

void
nudge_window_update_compare (NudgeWindow *self)
{
  NudgeDrawing *reference = reference_of (self);

  g_clear_pointer (&self->comparison, nudge_comparison_unref);
  if (reference == NULL || self->drawing == NULL)
    return;
  self->comparison = nudge_compare_layouts (reference->layout, self->drawing->layout);
  list_changes (self);
  nudge_window_update_divided (self);
}

static gboolean
on_blink (gpointer data)
{
  NudgeWindow *self = data;

  gtk_toggle_button_set_active (self->before_button, !gtk_toggle_button_get_active (self->before_button));
  return G_SOURCE_CONTINUE;
}

void
nudge_window_on_before_toggled (GtkToggleButton *button, gpointer data)
{
  NudgeWindow *self = data;

  if (gtk_toggle_button_get_active (button))
    gtk_toggle_button_set_active (self->divide_button, FALSE);
  if (self->drawing != NULL && reference_of (self) != NULL)
    show_side (self, gtk_toggle_button_get_active (button));
}

void
nudge_window_on_blink_toggled (GtkToggleButton *button, gpointer data)
{
  NudgeWindow *self = data;

  g_clear_handle_id (&self->blink_id, g_source_remove);
  if (gtk_toggle_button_get_active (button))
    self->blink_id = g_timeout_add ((guint) nudge_settings_get_int (nudge_settings_get_default (), NUDGE_SETTING_BLINK_MS), on_blink, self);
  else
    gtk_toggle_button_set_active (self->before_button, FALSE);
}

void
nudge_window_on_divide_toggled (GtkToggleButton *button, gpointer data)
{
  NudgeWindow *self = data;

  if (gtk_toggle_button_get_active (button))
    nudge_window_show_after (self);
  nudge_window_update_divided (self);
}

/* An edit is about what is, not about what was. */
void
nudge_window_show_after (NudgeWindow *self)
{
  gtk_toggle_button_set_active (self->blink_button, FALSE);
  gtk_toggle_button_set_active (self->before_button, FALSE);
}

void
nudge_window_compare (NudgeWindow *self, NudgeCompareWith with)
{
  nudge_window_show_after (self);
  self->comparing = with;
  if (reference_of (self) == NULL)
    self->comparing = NUDGE_COMPARE_OFF;
  nudge_window_update_compare (self);
  if (self->comparing == NUDGE_COMPARE_OFF)
    gtk_toggle_button_set_active (self->divide_button, FALSE);
  gtk_revealer_set_reveal_child (self->compare_revealer, self->comparing != NUDGE_COMPARE_OFF);
  if (self->drawing != NULL && self->comparing != NUDGE_COMPARE_OFF)
    show_side (self, FALSE);
  else if (self->drawing != NULL)
    nudge_window_show_halos (self);
}

void
nudge_window_on_changes_chosen (NudgeItemList *list, gpointer data)
{
  NudgeWindow *self = data;
  g_autoptr (GArray) chosen = nudge_item_list_get_selected (list);
  const NudgeChange *change;

  if (chosen->len == 0 || self->comparison == NULL || g_array_index (chosen, guint, 0) >= self->comparison->n_changes)
    return;
  nudge_window_show_after (self);
  change = &self->comparison->changes[g_array_index (chosen, guint, 0)];
  if (change->new_part != NUDGE_NONE)
    {
      g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));

      g_array_append_val (parts, change->new_part);
      nudge_window_select_parts (self, parts);
    }
  else if (change->new_net != NUDGE_NONE)
    nudge_window_show_net (self, change->new_net);
}

void
nudge_window_clear_compare (NudgeWindow *self)
{
  g_clear_handle_id (&self->blink_id, g_source_remove);
  self->comparing = NUDGE_COMPARE_OFF;
  self->showing_before = FALSE;
  g_clear_pointer (&self->comparison, nudge_comparison_unref);
  g_clear_pointer (&self->opened_drawing, nudge_drawing_unref);
  g_clear_pointer (&self->exported_drawing, nudge_drawing_unref);
  g_clear_pointer (&self->exporting_drawing, nudge_drawing_unref);
  nudge_window_forget_disk (self);
}
