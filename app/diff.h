/* diff.h: what has changed from one circuit to another. */
#pragma once

#include "command-line.h"

G_BEGIN_DECLS

NudgeExit nudge_diff_run (const NudgeCommandLine *command, const NudgeStreams *streams);

G_END_DECLS
