/* netlist-writer.h: the .net file, in the form of KiCad's own netlist export. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* (transfer full): the netlist of the circuit behind a drawing, with the names that KiCad gives its nets. */
NUDGE_API GBytes *nudge_netlist_write (const NudgeDrawing *drawing);

G_END_DECLS
