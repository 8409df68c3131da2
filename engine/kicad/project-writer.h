/* project-writer.h: the .kicad_pro file of KiCad 9. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* (transfer full): the project file: KiCad's defaults, and the list of sheets. */
NUDGE_API GBytes *nudge_project_write (const NudgeDrawing *drawing);

G_END_DECLS
