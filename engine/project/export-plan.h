/* export-plan.h: what becomes of each file of a folder when a set of files is written there. */
#pragma once

#include "project/preview.h"
#include "project/transaction.h"

G_BEGIN_DECLS

/* (transfer full): the plan for writing @files, sorted by name, into the folder, which was opened or peeked at. The
 * folder's @manifest tells what is ours. With @removes, files of the manifest beyond @files are no longer needed. */
NudgePreview *nudge_export_plan (const NudgeTransaction *folder, GHashTable *manifest, const GPtrArray *files, gboolean removes, gboolean force);
/* FALSE with NUDGE_ERROR_REFUSED, and findings, when the plan must not be carried out. */
gboolean nudge_export_plan_check (const NudgePreview *plan, GPtrArray *diagnostics, GError **error);

G_END_DECLS
