/* schematic-core.h: how groups that talk to each other stand to one another. */
#pragma once

#include "arrange/schematic-groups.h"

G_BEGIN_DECLS

typedef struct
{
  gint x, y, w, h;             /* cells */
} CoreRect;

static inline gboolean
core_rects_touch (const CoreRect *a, const CoreRect *b, gint gap)
{
  return a->x < b->x + b->w + gap && b->x < a->x + a->w + gap && a->y < b->y + b->h + gap && b->y < a->y + a->h + gap;
}

/* What a group takes where it stands. */
static inline CoreRect
core_rect_of (const SchematicGroup *group)
{
  return (CoreRect){ group->x, group->y, group->extent.x1 - group->extent.x0, group->extent.y1 - group->extent.y0 };
}

#define CORE_CLOSE 5           /* cells between single parts */

/* Single parts may follow each other closely, as in a column; beside others the larger gap holds. */
static inline gint
core_gap_of (const SchematicGroup *group, gint gap)
{
  return group->n_elements == 1 ? MIN (gap, CORE_CLOSE) : gap;
}

typedef struct _SchematicCore SchematicCore;

/* Finds places for the groups that share nets, so that what they share is near and faces each other; @tight: in as little room as can be.
 * A fixed group stays where it is on its page, of which @room is free for groups; NULL when that is too small for all. */
SchematicCore *schematic_core_new (GPtrArray *groups, gint gap, gboolean tight, const NudgeBox *room);
void schematic_core_free (SchematicCore *self);
/* Whether a group shares nets with others. */
gboolean schematic_core_holds (const SchematicCore *self, const SchematicGroup *group);
/* Gives these groups their drawing and their places, from the origin on, or on the page when one is fixed. */
void schematic_core_apply (const SchematicCore *self);

G_END_DECLS
