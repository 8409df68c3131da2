/* exec-run.h: asks a program: bytes in, bytes out, within limits. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): what @program wrote to its standard output when given @input on its standard input; NULL with
 * NUDGE_ERROR_IO when it cannot be run, fails, says too much or takes longer than @seconds, and with G_IO_ERROR_CANCELLED. No shell
 * is involved; the program is found as exec finds it, and ended when it has not ended by itself. */
GBytes *nudge_exec_run (const char *program, GBytes *input, guint seconds, GCancellable *cancellable, GError **error);

G_END_DECLS
