/* find-symbol.h: looks for symbols by name or by words. */
#pragma once

#include "command-line.h"

G_BEGIN_DECLS

NudgeExit nudge_find_symbol_run (const NudgeCommandLine *command, const NudgeStreams *streams);

G_END_DECLS
