/* schematic-reach.h: how much the wires of an item must cost at least wherever a walk still leads. */
#pragma once

#include "drawing/work-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_grips, width, height;
  GArray *least;               /* gint32, grip by grip: by column, then by row */
} SchematicReach;

void schematic_reach_init (SchematicReach *self);
void schematic_reach_clear (SchematicReach *self);
void schematic_reach_reset (SchematicReach *self, const WorkSheet *sheet);
/* A way to hang the item on a wire: by its pin number @pin in @pose, at so much @cost by itself. */
void schematic_reach_add (SchematicReach *self, const WorkSheet *sheet, const WorkItem *item, guint pose, guint pin, gint cost);

/* What the item costs at least if a path that has come to (x, y) ends there with that grip, or goes on. */
static inline gint
schematic_reach_least (const SchematicReach *self, guint grip, gint x, gint y)
{
  const gint32 *least = &g_array_index (self->least, gint32, grip * (self->width + self->height));

  return least[x] + least[self->width + y];
}

/* The same for any grip: whether it comes to @limit. */
static inline gboolean
schematic_reach_exceeds (const SchematicReach *self, gint x, gint y, gint limit)
{
  for (guint grip = 0; grip < self->n_grips; grip++)
    if (schematic_reach_least (self, grip, x, y) < limit)
      return FALSE;
  return TRUE;
}

G_END_DECLS
