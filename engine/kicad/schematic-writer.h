/* schematic-writer.h: one sheet as a .kicad_sch file of KiCad 9. */
#pragma once

#include "drawing/drawing.h"
#include "text/sexpr-writer.h"

G_BEGIN_DECLS

#define NUDGE_SCHEMATIC_VERSION 20250114 /* KiCad 9.0 */

/* The paper element of a file; beyond A0 with its size. */
void nudge_schematic_write_paper (NudgeSexprWriter *w, NudgePaper paper);
/* (transfer full): the file of one sheet. */
NUDGE_API GBytes *nudge_schematic_write (const NudgeDrawing *drawing, guint sheet);

G_END_DECLS
