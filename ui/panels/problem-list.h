/* problem-list.h: what Nudge found, one finding a row. */
#pragma once

#include "base/diagnostic.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_PROBLEM_LIST (nudge_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (NudgeProblemList, nudge_problem_list, NUDGE, PROBLEM_LIST, GtkWidget)

/* Signal "problem-activated" (guint index): a person wants to see it. */

/**
 * nudge_problem_list_set_diagnostics:
 * @self: the list
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): findings, which must not change any more
 *
 * Lists other findings: errors first, then warnings, then the rest.
 */
void nudge_problem_list_set_diagnostics (NudgeProblemList *self, GPtrArray *diagnostics);

/**
 * nudge_problem_list_get:
 * @self: the list
 * @index: as in the signal
 *
 * Returns: (transfer none) (nullable): a finding
 */
const NudgeDiagnostic *nudge_problem_list_get (NudgeProblemList *self, guint index);

/* Goes to the next finding, or the one before, round and round; as if a person had activated it. */
void nudge_problem_list_step (NudgeProblemList *self, gboolean forward);

G_END_DECLS
