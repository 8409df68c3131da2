/* synth-schematic.h: one sheet as the .kicad_sch file of circuit-synth 0.12.1. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* (transfer full): the file of one sheet. */
NUDGE_API GBytes *nudge_synth_schematic_write (const NudgeDrawing *drawing, guint sheet);

G_END_DECLS
