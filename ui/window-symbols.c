/* Another symbol for a part: searched for among all that are installed, remembered in the layout file. */
#include "dialogs/symbol-dialog.h"
#include "window-private.h"

#include <glib/gi18n.h>

static void
search_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, nudge_search_new (data), (GDestroyNotify) nudge_search_unref);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autoptr (NudgeSearch) search = g_task_propagate_pointer (G_TASK (result), NULL);

  if (search != NULL && self->symbol_dialog != NULL)
    nudge_symbol_dialog_set_search (NUDGE_SYMBOL_DIALOG (self->symbol_dialog), search);
}

static void
start_search (NudgeWindow *self, NudgeLibrary *library)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_search_ready, NULL);

  g_task_set_task_data (task, g_object_ref (library), g_object_unref);
  g_task_run_in_thread (task, search_thread);
}

static void
on_chosen (NudgeSymbolDialog *dialog, const char *id, gpointer data)
{
  NudgeWindow *self = data;
  NudgeLayout *layout = nudge_editor_get_layout (self->editor);
  g_autoptr (NudgeLayout) mapped = NULL;
  g_autofree char *path = NULL;
  g_autofree char *label = NULL;

  /* The circuit may have changed on disk while the person was searching. */
  if (layout->circuit != self->symbol_circuit)
    return;
  path = nudge_circuit_part_path (layout->circuit, self->symbol_part);
  /* Translators: a step that can be undone; a reference and the name of a symbol. */
  label = g_strdup_printf (_("Draw %s as %s"), layout->circuit->parts[self->symbol_part].reference, id);
  mapped = nudge_edit_map_symbol (layout, path, id, NULL);
  nudge_editor_arrange (self->editor, mapped, NULL, label);
}

static void
on_dialog_gone (GtkWidget *dialog, gpointer data)
{
  NudgeWindow *self = data;

  self->symbol_dialog = NULL;
  g_clear_pointer (&self->symbol_circuit, nudge_circuit_unref);
}

static guint
selected_part (NudgeWindow *self)
{
  NudgeHit hit = nudge_canvas_get_selection (self->canvas);

  if (self->editor == NULL || hit.kind != NUDGE_HIT_SYMBOL)
    return NUDGE_NONE;
  return nudge_window_get_part (self, nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (self->canvas)), hit.index);
}

void
nudge_window_replace_symbol (NudgeWindow *self)
{
  guint part = selected_part (self);
  const NudgeLayout *layout;
  g_autofree char *title = NULL;

  if (part == NUDGE_NONE || self->symbol_dialog != NULL)
    return;
  layout = nudge_editor_get_layout (self->editor);
  title = g_strdup_printf (_("Symbol for %s"), layout->circuit->parts[part].reference);
  self->symbol_part = part;
  self->symbol_circuit = nudge_circuit_ref (layout->circuit);
  self->symbol_dialog = GTK_WIDGET (nudge_symbol_dialog_new (GTK_WINDOW (self), title, layout->library));
  g_signal_connect_object (self->symbol_dialog, "chosen", G_CALLBACK (on_chosen), self, 0);
  g_signal_connect_object (self->symbol_dialog, "destroy", G_CALLBACK (on_dialog_gone), self, 0);
  nudge_symbol_dialog_type (NUDGE_SYMBOL_DIALOG (self->symbol_dialog), layout->circuit->parts[part].symbol);
  start_search (self, layout->library);
  gtk_window_present (GTK_WINDOW (self->symbol_dialog));
}
