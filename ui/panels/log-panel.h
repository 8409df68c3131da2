/* log-panel.h: what happened since the window was opened, one line after the other. */
#pragma once

#include "base/diagnostic.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_LOG_PANEL (nudge_log_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLogPanel, nudge_log_panel, NUDGE, LOG_PANEL, GtkWidget)

/**
 * nudge_log_panel_add:
 * @self: the log
 * @severity: how bad it is
 * @text: what happened
 *
 * Adds a line at the end. Beyond %NUDGE_LOG_LINES the oldest are dropped.
 */
void nudge_log_panel_add (NudgeLogPanel *self, NudgeSeverity severity, const char *text);

/* Adds what @after (nullable) has and @before (nullable) had not; lists of NudgeDiagnostic. */
void nudge_log_panel_add_new (NudgeLogPanel *self, const GPtrArray *before, const GPtrArray *after);

#define NUDGE_LOG_LINES 5000

/* Shows lines of at least this severity. */
void nudge_log_panel_set_level (NudgeLogPanel *self, NudgeSeverity level);

/* (transfer full): the lines that are shown, or of those the ones that are selected, for the clipboard. */
char *nudge_log_panel_get_text (NudgeLogPanel *self, gboolean selected);

G_END_DECLS
