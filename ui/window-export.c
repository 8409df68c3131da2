/* Writing from the window: the KiCad project, a PDF. */
#include "arrange/arrange.h"
#include "dialogs/export-dialog.h"
#include "dialogs/file-chooser.h"
#include "paint/image-export.h"
#include "window-private.h"

#include <glib/gi18n.h>

#define TICK_MS 100

static const char *
advice_on (const GError *error)
{
  if (g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED))
    return _("Somebody else works on these files. Save and close them there and export to another folder to keep them, or replace them.");
  if (g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_PROOF))
    return _("What would be written is not the circuit. Please report this as a fault of Nudge, with the circuit's file.");
  return _("Make sure that there is room, and that you may write there; or export to another folder.");
}

static void
show_export_error (NudgeWindow *self, const GError *error, GPtrArray *findings)
{
  g_autofree char *message = g_strdup_printf (_("Not exported: %s"), error->message);
  g_autofree char *folder = g_filename_display_name (self->export_folder);
  g_autofree char *kept = g_strdup_printf (_("All files in %s are as they were."), folder);
  g_autofree char *advice = g_strdup_printf ("%s\n%s", kept, advice_on (error));

  nudge_window_show_error (self, message, g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED));
  nudge_window_explain_error (self, advice, findings);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) written = nudge_export_finish (result, &findings, &error);
  g_autofree char *folder = NULL;
  g_autofree char *message = NULL;

  self->exporting = FALSE;
  g_clear_handle_id (&self->export_tick_id, g_source_remove);
  g_clear_object (&self->export_progress);
  nudge_window_update_progress (self);
  nudge_window_update_actions (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      nudge_window_show_toast (self, _("Export stopped: nothing was changed"), FALSE);
      return;
    }
  if (written == NULL)
    {
      show_export_error (self, error, findings);
      return;
    }
  folder = g_filename_display_name (self->export_folder);
  message = g_strdup_printf (ngettext ("%u file written to %s", "%u files written to %s", written->len), written->len, folder);
  self->exported = TRUE;
  g_clear_pointer (&self->exported_drawing, nudge_drawing_unref);
  self->exported_drawing = g_steal_pointer (&self->exporting_drawing);
  nudge_window_restart_score (self);
  nudge_window_hide_error (self);
  nudge_window_show_toast (self, message, TRUE);
}

static gboolean
on_tick (gpointer data)
{
  nudge_window_update_progress (data);
  return G_SOURCE_CONTINUE;
}

static void
start_export (NudgeWindow *self, gboolean force)
{
  if (self->drawing == NULL || self->exporting || self->export_folder == NULL)
    return;
  self->exporting = TRUE;
  g_clear_pointer (&self->exporting_drawing, nudge_drawing_unref);
  self->exporting_drawing = nudge_drawing_ref (self->drawing);
  self->export_progress = nudge_export_progress_new ();
  self->export_tick_id = g_timeout_add (TICK_MS, on_tick, self);
  nudge_window_update_actions (self);
  nudge_export_async (self->drawing, self->export_folder, force, self->export_progress, on_exported, g_object_ref (self));
}

static void choose_folder (NudgeWindow *self);

static void
on_confirmed (NudgeExportDialog *dialog, gboolean force, gpointer data)
{
  start_export (data, force);
}

static void
on_choose_folder (NudgeExportDialog *dialog, gpointer data)
{
  choose_folder (data);
}

static void
on_dialog_gone (GtkWidget *dialog, gpointer data)
{
  NUDGE_WINDOW (data)->export_dialog = NULL;
}

static void start_preview (NudgeWindow *self);

/* The drawing that the dialog waits for is there. */
static void
on_drawn (NudgeEditor *editor, gpointer data)
{
  NudgeWindow *self = data;

  if (nudge_editor_is_busy (editor))
    return;
  g_signal_handlers_disconnect_by_func (editor, on_drawn, self);
  if (self->export_dialog != NULL)
    start_preview (self);
}

/* What is written is what is seen: another dialect is another drawing, and a step that can be undone. */
static void
on_dialect_chosen (NudgeExportDialog *dialog, guint dialect, gpointer data)
{
  NudgeWindow *self = data;
  NudgeLayout *layout = nudge_editor_get_layout (self->editor);
  g_autoptr (NudgeLayout) other = nudge_layout_copy (layout);
  /* Translators: a step that can be undone; the name of a dialect. */
  g_autofree char *label = g_strdup_printf (_("Draw as %s"), nudge_dialect_name ((NudgeDialect) dialect));
  const char *arranger = nudge_dialect_arranger ((NudgeDialect) dialect);

  other->dialect = (NudgeDialect) dialect;
  g_signal_handlers_disconnect_by_func (self->editor, on_drawn, self);
  g_signal_connect_object (self->editor, "drawn", G_CALLBACK (on_drawn), self, 0);
  nudge_editor_arrange (self->editor, other, arranger != NULL ? arranger : nudge_arrangers ()[0]->name, label);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (NudgePreview) preview = nudge_preview_finish (result, &findings, &error);

  self->exporting = FALSE;
  nudge_window_update_actions (self);
  if (preview == NULL)
    {
      show_export_error (self, error, findings);
      return;
    }
  if (self->export_dialog != NULL)
    {
      nudge_export_dialog_set_preview (NUDGE_EXPORT_DIALOG (self->export_dialog), preview);
      return;
    }
  self->export_dialog = GTK_WIDGET (nudge_export_dialog_new (GTK_WINDOW (self), self->export_folder, self->drawing->layout->dialect, preview));
  g_signal_connect_object (self->export_dialog, "dialect-chosen", G_CALLBACK (on_dialect_chosen), self, 0);
  g_signal_connect_object (self->export_dialog, "confirmed", G_CALLBACK (on_confirmed), self, 0);
  g_signal_connect_object (self->export_dialog, "choose-folder", G_CALLBACK (on_choose_folder), self, 0);
  g_signal_connect_object (self->export_dialog, "destroy", G_CALLBACK (on_dialog_gone), self, 0);
  gtk_window_present (GTK_WINDOW (self->export_dialog));
}

static void
start_preview (NudgeWindow *self)
{
  if (self->drawing == NULL || self->exporting)
    return;
  self->exporting = TRUE;
  nudge_window_update_actions (self);
  nudge_preview_async (self->drawing, self->export_folder, on_previewed, g_object_ref (self));
}

gboolean
nudge_window_take_folder (GAsyncResult *result, char **folder)
{
  g_autoptr (GFile) file = nudge_file_chooser_finish (result, NULL);
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return FALSE;
  g_free (*folder);
  *folder = path;
  return TRUE;
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;

  if (nudge_window_take_folder (result, &self->export_folder))
    start_preview (self);
}

static void
choose_folder (NudgeWindow *self)
{
  nudge_file_chooser_async (GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Folder of the KiCad Project"), _("_Export"), NULL,
                            on_folder_chosen, g_object_ref (self));
}

/* The second export goes where the first one went. */
void
nudge_window_export (NudgeWindow *self)
{
  if (self->export_dialog != NULL)
    gtk_window_present (GTK_WINDOW (self->export_dialog));
  else if (self->export_folder != NULL)
    start_preview (self);
  else
    choose_folder (self);
}

void
nudge_window_replace (NudgeWindow *self)
{
  start_export (self, TRUE);
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;
  message = g_strdup_printf (_("The folder cannot be opened: %s"), error->message);
  nudge_window_show_error (self, message, FALSE);
}

void
nudge_window_open_folder (NudgeWindow *self)
{
  g_autofree char *uri = self->export_folder != NULL ? g_filename_to_uri (self->export_folder, NULL, NULL) : NULL;
  g_autoptr (GdkAppLaunchContext) context = NULL;

  if (uri == NULL)
    return;
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_folder_opened, g_object_ref (self));
}

gboolean
nudge_window_has_kicad (void)
{
  g_autofree char *program = g_find_program_in_path ("kicad");

  return program != NULL;
}

void
nudge_window_open_kicad (NudgeWindow *self)
{
  g_autofree char *name = self->exported_drawing != NULL ? g_strconcat (self->exported_drawing->project_name, ".kicad_pro", NULL) : NULL;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autoptr (GAppInfo) kicad = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (name == NULL || self->export_folder == NULL)
    return;
  path = g_build_filename (self->export_folder, name, NULL);
  file = g_file_new_for_path (path);
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  kicad = g_app_info_create_from_commandline ("kicad %f", "KiCad", G_APP_INFO_CREATE_SUPPORTS_STARTUP_NOTIFICATION, &error);
  if (kicad != NULL && g_app_info_launch (kicad, &(GList){ .data = file }, G_APP_LAUNCH_CONTEXT (context), &error))
    return;
  message = g_strdup_printf (_("KiCad cannot be started: %s"), error->message);
  nudge_window_show_error (self, message, FALSE);
}

static void
on_pdf_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;
  g_autoptr (GFile) file = nudge_file_chooser_finish (result, NULL);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (file == NULL || self->drawing == NULL)
    return;
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  if (stream == NULL
      || !nudge_paint_pdf (self->drawing, NULL, G_OUTPUT_STREAM (stream), &error)
      || !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error))
    {
      message = g_strdup_printf (_("Not saved: %s"), error->message);
      nudge_window_show_error (self, message, FALSE);
      return;
    }
  name = g_file_get_parse_name (file);
  message = g_strdup_printf (_("Saved %s"), name);
  nudge_window_show_toast (self, message, FALSE);
}

void
nudge_window_save_pdf (NudgeWindow *self)
{
  g_autofree char *name = g_strconcat (self->drawing->project_name, ".pdf", NULL);

  nudge_file_chooser_async (GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("Save Sheets as PDF"), _("_Save"), name, on_pdf_chosen, g_object_ref (self));
}
