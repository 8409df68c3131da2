/* The KiCad project on disk, as somebody may have edited it there, read aside. */
#include "dialogs/file-chooser.h"
#include "kicad/schematic-reader.h"
#include "window-private.h"

#include <glib/gi18n.h>

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = nudge_schematic_find (data, &error);
  NudgeDrawing *drawing = root != NULL ? nudge_schematic_read (root, NULL, &error) : NULL;

  if (drawing != NULL)
    g_task_return_pointer (task, drawing, (GDestroyNotify) nudge_drawing_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) drawing = g_task_propagate_pointer (G_TASK (result), &error);

  /* Whoever cancelled it has begun something else. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->disk_reading);
  if (drawing == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("The project cannot be read: %s"), error->message);

      nudge_window_show_error (self, message, FALSE);
      return;
    }
  g_clear_pointer (&self->disk_drawing, nudge_drawing_unref);
  self->disk_drawing = g_steal_pointer (&drawing);
  nudge_window_compare (self, NUDGE_COMPARE_DISK);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "compare")), g_variant_new_string ("disk"));
}

static void
start_reading (NudgeWindow *self, const char *folder)
{
  g_autoptr (GTask) task = NULL;

  if (self->disk_reading != NULL)
    g_cancellable_cancel (self->disk_reading);
  g_clear_object (&self->disk_reading);
  self->disk_reading = g_cancellable_new ();
  task = g_task_new (self, self->disk_reading, on_read, NULL);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;

  if (nudge_window_take_folder (result, &self->compare_folder) && self->drawing != NULL)
    start_reading (self, self->compare_folder);
}

static gboolean
is_there (const char *folder)
{
  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR);
}

void
nudge_window_read_disk (NudgeWindow *self)
{
  if (self->drawing == NULL)
    return;
  if (is_there (self->export_folder))
    start_reading (self, self->export_folder);
  else if (is_there (self->compare_folder))
    start_reading (self, self->compare_folder);
  else
    nudge_file_chooser_async (GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Folder of the KiCad Project"), _("_Compare"), NULL,
                              on_folder_chosen, g_object_ref (self));
}

void
nudge_window_forget_disk (NudgeWindow *self)
{
  if (self->disk_reading != NULL)
    g_cancellable_cancel (self->disk_reading);
  g_clear_object (&self->disk_reading);
  g_clear_pointer (&self->disk_drawing, nudge_drawing_unref);
}
