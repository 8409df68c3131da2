/* schematic-frames.h: groups that the circuit names, drawn together. */
#pragma once

#include "arrange/schematic-groups.h"

G_BEGIN_DECLS

/* By element: which of the @names (+1) its part's group has, 0: none; (transfer full). Fills @names. */
guint *schematic_find_frames (const WorkModel *model, GPtrArray *names);
/* Makes one group of all of a name, once they are drawn. */
void schematic_frame_groups (const WorkModel *model, const SchematicFlow *flow, GPtrArray *groups);
/* What a group takes, drawn so, with its frame. */
NudgeBox schematic_group_extent (const SchematicGroup *group, const WorkSheet *work);
/* Cells that its title takes. */
gint schematic_title_width (const SchematicGroup *group);

G_END_DECLS
