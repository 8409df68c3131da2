/* output.h: where a report goes. */
#pragma once

#include "command-line.h"

G_BEGIN_DECLS

/* Writes @text to the file, or to standard output for "-", and makes sure that it got there. */
gboolean nudge_output_write (const char *file, const char *text, const NudgeStreams *streams, GError **error);

G_END_DECLS
