/* synth-cover.h: the sheet of fixed text that circuit-synth put before a circuit in July 2025, and what follows from it. */
#pragma once

#include "drawing/synth-form.h"

G_BEGIN_DECLS

/* Whether @project gets the cover: a circuit of its name would have the same file, and is written over it. */
gboolean nudge_synth_has_cover (const NudgeDrawing *drawing, const char *project);
/* (transfer full): the cover. */
GBytes *nudge_synth_cover_write (const NudgeDrawing *drawing);
/* (transfer full): the path of a sheet's use, which goes through the cover. */
char *nudge_synth_instance_path (const NudgeDrawing *drawing, const char *project, const NudgeSheetInstance *instance);
/* (transfer full): the date that SOURCE_DATE_EPOCH names, or "". */
char *nudge_synth_date (const char *format);

G_END_DECLS
