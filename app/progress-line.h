/* progress-line.h: how far a run is, on one line of a terminal that is gone when the run ends. */
#pragma once

#include "base/progress.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef struct _NudgeProgressLine NudgeProgressLine;

/* NULL when @stream is no terminal. Nothing is shown of what is soon done. */
NudgeProgressLine *nudge_progress_line_new (FILE *stream);
/* (transfer none) (nullable): what the run is given; @self may be NULL. */
GCancellable *nudge_progress_line_get (NudgeProgressLine *self);
/* Removes the line. */
void nudge_progress_line_free (NudgeProgressLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeProgressLine, nudge_progress_line_free)

G_END_DECLS
