/* schematic-repeat.h: groups that say the same are drawn alike. */
#pragma once

#include "arrange/schematic-groups.h"

G_BEGIN_DECLS

/* A hash of two. */
guint64 schematic_mix (guint64 a, guint64 b);
/* Puts elements in an order that depends on how they are wired, not on what they are called. Returns a number that says
 * what they are and how they are wired, to each other and to others. @nets: room for one number for each net. */
guint64 schematic_order (const WorkModel *model, guint *elements, guint n, guint64 *nets);
/* (transfer full): equal for groups of the same parts, wired the same way. */
char *schematic_signature (const WorkSheet *work);
/* Draws a group with everything where it stands in another of the same signature; FALSE when that is much worse. */
gboolean schematic_stamp (WorkSheet *work, const WorkSheet *like);

G_END_DECLS
