/* findings-dialog.h: why something failed, what stayed as it was, and what can be done; to be read and copied. */
#pragma once

#include "base/diagnostic.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_FINDINGS_DIALOG (nudge_findings_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NudgeFindingsDialog, nudge_findings_dialog, NUDGE, FINDINGS_DIALOG, GtkWindow)

/**
 * nudge_findings_dialog_new:
 * @parent: window that tells
 * @message: what failed, in a line
 * @advice: what stayed as it was, and what can be done
 * @findings: (element-type NudgeDiagnostic): all that was found on the way, which must not change any more
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
NudgeFindingsDialog *nudge_findings_dialog_new (GtkWindow *parent, const char *message, const char *advice, GPtrArray *findings);

/* (transfer full): what its Copy button copies. */
char *nudge_findings_dialog_get_text (NudgeFindingsDialog *self);

G_END_DECLS
