/* frames.h: groups of parts that the circuit names. */
#pragma once

#include "drawing/sheet-builder.h"

G_BEGIN_DECLS

/* Room that a frame takes round what it holds, in grid steps: at the sides and below, and above, where its title stands. */
#define NUDGE_FRAME_MARGIN 3
#define NUDGE_FRAME_HEAD 6
#define NUDGE_FRAME_TITLE NUDGE_MM (1.6) /* height of the title's letters */

/* (nullable): the group that a part's field names. */
const char *nudge_part_group (const NudgeCircuit *circuit, guint part);
/* A dashed frame with a title round the parts of each named group and all that belongs to them alone. */
void nudge_sheet_builder_add_frames (NudgeSheetBuilder *builder);

G_END_DECLS
