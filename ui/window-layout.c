/* Keeping the nudges: the layout file beside the circuit, a copy of what is unsaved against a crash, the question at the end. */
#include "dialogs/question.h"
#include "layout/layout-file.h"
#include "window-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Milliseconds of rest after which what is unsaved is kept. */
#define AUTOSAVE_MS 1500

static char *
circuit_path (NudgeWindow *self)
{
  return self->file != NULL ? g_file_get_path (self->file) : NULL;
}

gboolean
nudge_window_is_modified (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), FALSE);

  return self->editor != NULL && !nudge_history_is_clean (nudge_editor_get_history (self->editor));
}

static void
drop_autosave (NudgeWindow *self)
{
  g_autofree char *path = circuit_path (self);
  g_autofree char *recovery = path != NULL ? nudge_recovery_path_for (path) : NULL;

  g_clear_handle_id (&self->autosave_id, g_source_remove);
  if (recovery != NULL)
    g_unlink (recovery);
}

gboolean
nudge_window_save (NudgeWindow *self)
{
  g_autofree char *path = circuit_path (self);
  g_autofree char *layout_path = path != NULL ? nudge_layout_file_for (path) : NULL;
  g_autofree char *name = layout_path != NULL ? g_path_get_basename (layout_path) : NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  if (self->editor == NULL || layout_path == NULL)
    return FALSE;
  if (!nudge_layout_save (nudge_editor_get_layout (self->editor), layout_path, &error))
    {
      message = g_strdup_printf (_("Not saved: %s"), error->message);
      nudge_window_show_error (self, message, FALSE);
      return FALSE;
    }
  drop_autosave (self);
  nudge_editor_mark_saved (self->editor);
  message = g_strdup_printf (_("Saved %s"), name);
  nudge_window_show_toast (self, message, FALSE);
  return TRUE;
}

static void
write_autosave (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (nudge_layout_save (data, g_object_get_data (G_OBJECT (task), "path"), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_autosaved (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  self->autosaving = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error) && !self->autosave_failed)
    {
      self->autosave_failed = TRUE;
      message = g_strdup_printf (_("Unsaved nudges cannot be kept: %s"), error->message);
      nudge_window_show_toast (self, message, FALSE);
    }
  /* Saved, undone or closed meanwhile: what was just written is out of date. */
  if (!nudge_window_is_modified (self))
    drop_autosave (self);
}

static gboolean
on_autosave_due (gpointer data)
{
  NudgeWindow *self = data;
  g_autofree char *path = circuit_path (self);
  g_autoptr (GTask) task = NULL;

  self->autosave_id = 0;
  if (path == NULL || !nudge_window_is_modified (self))
    return G_SOURCE_REMOVE;
  self->autosaving = TRUE;
  task = g_task_new (self, NULL, on_autosaved, NULL);
  g_task_set_task_data (task, nudge_layout_ref (nudge_editor_get_layout (self->editor)), (GDestroyNotify) nudge_layout_unref);
  g_object_set_data_full (G_OBJECT (task), "path", nudge_recovery_path_for (path), g_free);
  g_task_run_in_thread (task, write_autosave);
  return G_SOURCE_REMOVE;
}

void
nudge_window_schedule_autosave (NudgeWindow *self)
{
  g_clear_handle_id (&self->autosave_id, g_source_remove);
  if (nudge_window_is_modified (self) && nudge_settings_get_boolean (nudge_settings_get_default (), NUDGE_SETTING_AUTOSAVE))
    self->autosave_id = g_timeout_add (AUTOSAVE_MS, on_autosave_due, self);
  else if (self->editor != NULL && !self->autosaving)
    drop_autosave (self);
}

/* Writes what is unsaved at once: before something else takes its place in the window. */
void
nudge_window_keep_unsaved (NudgeWindow *self)
{
  g_autofree char *path = circuit_path (self);
  g_autofree char *recovery = path != NULL ? nudge_recovery_path_for (path) : NULL;

  g_clear_handle_id (&self->autosave_id, g_source_remove);
  if (recovery != NULL && nudge_window_is_modified (self))
    nudge_layout_save (nudge_editor_get_layout (self->editor), recovery, NULL);
}

static void
on_close_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;
  guint answer = nudge_question_finish (result);

  self->asking = FALSE;
  if (answer == 0 || (answer == 2 && !nudge_window_save (self)))
    return;
  drop_autosave (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

gboolean
nudge_window_close_request (GtkWindow *window)
{
  const char *const answers[] = { _("_Cancel"), _("_Discard"), _("_Save"), NULL };
  NudgeWindow *self = NUDGE_WINDOW (window);

  nudge_window_save_state (self);
  if (!nudge_window_is_modified (self))
    {
      if (self->editor != NULL)
        drop_autosave (self);
      return GDK_EVENT_PROPAGATE;
    }
  if (!self->asking)
    nudge_question_async (window, _("Save the nudges?"), _("They will be lost otherwise. The circuit itself is not changed."), answers,
                          on_close_answered, g_object_ref (self));
  self->asking = TRUE;
  return GDK_EVENT_STOP;
}
