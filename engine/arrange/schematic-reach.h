/* schematic-reach.h: how much the wires of an item must cost at least wherever a walk still leads. */
#pragma once

#include "drawing/work-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  GArray *pins;                /* other pins of the item, grip by grip */
  GArray *grips;
  gint most;                   /* no bound is higher above the cost of the path */
} SchematicReach;

void schematic_reach_init (SchematicReach *self);
void schematic_reach_clear (SchematicReach *self);
void schematic_reach_reset (SchematicReach *self);
/* A way to hang the item on a wire: by its pin number @pin in @pose, at so much @cost by itself. */
void schematic_reach_add (SchematicReach *self, const WorkSheet *sheet, const WorkItem *item, guint pose, guint pin, gint cost);
/* Whether no place on a path that has come to (x, y) at @cost, or goes on from there, can be had below @limit. */
gboolean schematic_reach_exceeds (const SchematicReach *self, gint x, gint y, gint cost, gint limit);

G_END_DECLS
