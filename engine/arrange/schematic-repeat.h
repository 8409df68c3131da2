/* schematic-repeat.h: groups that say the same are drawn alike. */
#pragma once

#include "arrange/schematic-groups.h"

G_BEGIN_DECLS

/* A hash of two. */
guint64 schematic_mix (guint64 a, guint64 b);
/* Puts the elements of a group in an order that depends on how they are wired, not on what they are called. */
void schematic_order_group (const WorkModel *model, SchematicGroup *group);
/* (transfer full): equal for groups of the same parts, wired the same way. */
char *schematic_signature (const WorkSheet *work);
/* Draws a group with everything where it stands in another of the same signature; FALSE when that is much worse. */
gboolean schematic_stamp (WorkSheet *work, const WorkSheet *like);

G_END_DECLS
