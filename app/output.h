/* output.h: where a report goes. */
#pragma once

#include "command-line.h"

G_BEGIN_DECLS

/* Writes @text to the file, or to standard output for "-", and makes sure that it got there. */
gboolean nudge_output_write (const char *file, const char *text, const NudgeStreams *streams, GError **error);

/* (transfer full): @text as it may go to a terminal. Names come from files of others: what could move the cursor is a blank. */
char *nudge_output_printable (const char *text);

G_END_DECLS
