/* export-dialog.h: what an export would do to each file, before it is done. */
#pragma once

#include "layout/layout.h"
#include "project/preview.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_EXPORT_DIALOG (nudge_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NudgeExportDialog, nudge_export_dialog, NUDGE, EXPORT_DIALOG, GtkWindow)

/* Signals: "confirmed" (gboolean force); "choose-folder" (); "dialect-chosen" (guint dialect): a new preview must follow. */

/**
 * nudge_export_dialog_new:
 * @parent: window that asks
 * @folder: where the project goes
 * @dialect: how the circuit is drawn
 * @preview: what would become of each file
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
NudgeExportDialog *nudge_export_dialog_new (GtkWindow *parent, const char *folder, NudgeDialect dialect, NudgePreview *preview);

/* What would become of each file now. */
void nudge_export_dialog_set_preview (NudgeExportDialog *self, NudgePreview *preview);
/* As if its button had been pressed. */
void nudge_export_dialog_confirm (NudgeExportDialog *self);
/* As if it had been chosen by hand. */
void nudge_export_dialog_choose_dialect (NudgeExportDialog *self, NudgeDialect dialect);
/* How many files it lists. */
guint nudge_export_dialog_count (NudgeExportDialog *self);

G_END_DECLS
