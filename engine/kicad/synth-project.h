/* synth-project.h: the .kicad_pro and .net files of circuit-synth. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* (transfer full): the project file of a project of that name. */
NUDGE_API GBytes *nudge_synth_project_write (const NudgeDrawing *drawing, const char *project);
/* (transfer full): the netlist, of all circuits as one. */
NUDGE_API GBytes *nudge_synth_netlist_write (const NudgeDrawing *drawing);

G_END_DECLS
