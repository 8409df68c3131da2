/* exec.h: another program says where the parts shall stand. */
#pragma once

#include "arrange/arrange.h"

G_BEGIN_DECLS

#define NUDGE_EXEC_PREFIX "exec:"

/* (transfer full): the layout that @program wants, made legal; that of the schematic arranger, with a finding, when the
 * program fails. NULL only when cancelled. nudge(1) describes what the program reads and writes. */
NudgeLayout *nudge_arrange_exec (NudgeLayout *layout, const char *program, GPtrArray *diagnostics, GCancellable *cancellable, GError **error);

G_END_DECLS
