/* schematic-reader.h: a KiCad project on disk as a drawing. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

NUDGE_API NudgeDrawing *nudge_schematic_read (const char *root_file, GPtrArray *diagnostics, GError **error);
NUDGE_API char *nudge_schematic_find (const char *path, GError **error);

G_END_DECLS
