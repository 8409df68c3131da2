/* headless.h: read, arrange, draw, prove, write: without a window. */
#pragma once

#include "command-line.h"

G_BEGIN_DECLS

NudgeExit nudge_headless_run (const NudgeCommandLine *command, const NudgeStreams *streams);

G_END_DECLS
