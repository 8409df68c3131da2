/* layout-file.h: the layout file that lives beside the circuit JSON: `board.json` has `board.nudge`.
 *
 * JSON, one item a line, sorted; nudge-layout(5) describes it. What a newer version wrote and this one does not know
 * is carried from loading to saving. */
#pragma once

#include "layout/follow.h"
#include "layout/layout.h"

G_BEGIN_DECLS

#define NUDGE_LAYOUT_FILE_VERSION 1
#define NUDGE_LAYOUT_FILE_SUFFIX ".nudge"

NUDGE_API char *nudge_layout_file_for (const char *circuit_path);

NUDGE_API NudgeLayout *nudge_layout_load (const char *path, NudgeCircuit *circuit, NudgeLibrary *library,
                                          NudgeFollow **follow, GPtrArray *diagnostics, GError **error);
NUDGE_API NudgeLayout *nudge_layout_load_bytes (GBytes *bytes, const char *name, NudgeCircuit *circuit, NudgeLibrary *library,
                                                NudgeFollow **follow, GPtrArray *diagnostics, GError **error);
NUDGE_API GBytes *nudge_layout_to_bytes (const NudgeLayout *self);
NUDGE_API gboolean nudge_layout_save (const NudgeLayout *self, const char *path, GError **error);

G_END_DECLS
