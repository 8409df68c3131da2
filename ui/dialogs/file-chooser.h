/* file-chooser.h: asks for a file or folder. One place to change when GtkFileDialog can be had everywhere. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Instead of asking a person, take this path: for tests that drive the whole program. */
#define NUDGE_CHOOSE_ENV "NUDGE_CHOOSE"

/**
 * nudge_file_chooser_async:
 * @parent: (nullable): window that asks
 * @action: what for
 * @title: title of the dialog
 * @accept: text of its button
 * @name: (nullable): suggested file name when saving
 * @callback: called when a person has answered
 * @data: for @callback
 *
 * Opens the desktop's own file dialog.
 */
void nudge_file_chooser_async (GtkWindow *parent, GtkFileChooserAction action, const char *title, const char *accept, const char *name,
                               GAsyncReadyCallback callback, gpointer data);

/**
 * nudge_file_chooser_finish:
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full): the answer, or %NULL with %G_IO_ERROR_CANCELLED
 */
GFile *nudge_file_chooser_finish (GAsyncResult *result, GError **error);

G_END_DECLS
