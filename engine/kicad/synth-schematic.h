/* synth-schematic.h: one sheet as the .kicad_sch file of circuit-synth. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* (transfer full): the file of one sheet in a project of that name. */
NUDGE_API GBytes *nudge_synth_schematic_write (const NudgeDrawing *drawing, guint sheet, const char *project);

G_END_DECLS
