/* window-opener.h: finds the window's module and hands over to it. */
#pragma once

#include "command-line.h"

G_BEGIN_DECLS

int nudge_window_open (const NudgeCommandLine *command, char *program, const NudgeStreams *streams);

G_END_DECLS
