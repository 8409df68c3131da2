/* window.h: one document. */
#pragma once

#include "canvas/canvas.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_WINDOW (nudge_window_get_type ())
G_DECLARE_FINAL_TYPE (NudgeWindow, nudge_window, NUDGE, WINDOW, GtkApplicationWindow)

/**
 * nudge_window_new:
 * @application: its application
 *
 * Returns: (transfer none): an empty window, owned by GTK
 */
GtkWidget *nudge_window_new (GtkApplication *application);

/**
 * nudge_window_set_search:
 * @self: the window
 * @symbol_folders: (nullable): folders of symbol libraries, before the default ones
 * @arranger: (nullable): name of the arranger, or %NULL for the default
 *
 * Decides how documents are loaded from now on.
 */
void nudge_window_set_search (NudgeWindow *self, const char *const *symbol_folders, const char *arranger);

/**
 * nudge_window_open:
 * @self: the window
 * @file: circuit JSON
 *
 * Loads a document in the background. A newer call wins over an older one.
 */
void nudge_window_open (NudgeWindow *self, GFile *file);

/* TRUE while it has no document and loads none. */
gboolean nudge_window_is_empty (NudgeWindow *self);
/* TRUE while a document is being loaded or exported. */
gboolean nudge_window_is_busy (NudgeWindow *self);
/* TRUE while there are nudges that no file has. */
gboolean nudge_window_is_modified (NudgeWindow *self);
NudgeCanvas *nudge_window_get_canvas (NudgeWindow *self);
/* The block whose sheet is shown, or NUDGE_NONE. */
guint nudge_window_get_block (NudgeWindow *self);
/* Shows the sheet of another block. */
void nudge_window_set_block (NudgeWindow *self, guint block);
/* (nullable): the error that is shown. */
const char *nudge_window_get_error (NudgeWindow *self);
/* (nullable): what the last toast says. */
const char *nudge_window_get_toast (NudgeWindow *self);

G_END_DECLS
