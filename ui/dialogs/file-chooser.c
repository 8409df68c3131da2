#include "dialogs/file-chooser.h"

#include <glib/gi18n.h>

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nothing chosen");
  g_object_unref (dialog);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) circuits = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (circuits, _("Circuit JSON"));
  gtk_file_filter_add_pattern (circuits, "*.json");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, circuits);
  gtk_file_chooser_add_filter (chooser, all);
}

void
nudge_file_chooser_async (GtkWindow *parent, GtkFileChooserAction action, const char *title, const char *accept, const char *name,
                          GAsyncReadyCallback callback, gpointer data)
{
  const char *answer = g_getenv (NUDGE_CHOOSE_ENV);
  GTask *task = g_task_new (NULL, NULL, callback, data);
  GtkFileChooserNative *dialog;

  g_task_set_source_tag (task, nudge_file_chooser_async);
  if (answer != NULL)
    {
      g_task_return_pointer (task, g_file_new_for_path (answer), g_object_unref);
      g_object_unref (task);
      return;
    }
  dialog = gtk_file_chooser_native_new (title, parent, action, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    add_filters (GTK_FILE_CHOOSER (dialog));
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
nudge_file_chooser_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, nudge_file_chooser_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
