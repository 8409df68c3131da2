#include "arrange/schematic-shelf.h"

/* A reader takes parts of neighbouring groups that almost stand in line for a mistake. Each group may move by a few cells
 * along each axis to where more of its parts share a line with others; not when labels that look at each other would
 * leave theirs. */

#define REACH 6                /* cells */
#define GAP 6                  /* between groups */

typedef struct
{
  GPtrArray *groups;
  const SchematicRoom *room;
  guint16 *counts[2];          /* parts by x and by y */
  gint lengths[2];
} Lines;

static guint16 *
count_at (const Lines *self, const SchematicGroup *group, const WorkItem *item, guint axis)
{
  gint at = axis == 0 ? group->x - group->extent.x0 + item->x : group->y - group->extent.y0 + item->y;

  return item->placed && item->box == NUDGE_NONE && at >= 0 && at < self->lengths[axis] ? &self->counts[axis][at] : NULL;
}

static void
count_group (const Lines *self, const SchematicGroup *group, gint by)
{
  for (guint i = 0; i < group->work->n_items; i++)
    for (guint axis = 0; axis < 2; axis++)
      {
        guint16 *count = count_at (self, group, &group->work->items[i], axis);

        if (count != NULL)
          *count = (guint16) (*count + by);
      }
}

/* Parts of a group that are in line with others, and the lines that it shares. */
static gint
value_of (const Lines *self, const SchematicGroup *group)
{
  gint value = 0;

  for (guint i = 0; i < group->work->n_items; i++)
    {
      const guint16 *x = count_at (self, group, &group->work->items[i], 0), *y = count_at (self, group, &group->work->items[i], 1);

      if (x != NULL && y != NULL)
        value += (*x > 1 || *y > 1) * 4 + (*x > 1) + (*y > 1);
    }
  return value;
}

static gboolean
may_stand (const Lines *self, const SchematicGroup *group)
{
  CoreRect rect = core_rect_of (group);

  if (!schematic_room_holds (self->room, rect))
    return FALSE;
  for (guint i = 0; i < self->groups->len; i++)
    {
      const SchematicGroup *other = g_ptr_array_index (self->groups, i);
      CoreRect there = core_rect_of (other);

      if (other != group && core_rects_touch (&rect, &there, GAP))
        return FALSE;
    }
  return TRUE;
}

static gint
port_at (const SchematicGroup *group, const SchematicPort *port, guint axis)
{
  return axis == 0 ? group->x - group->extent.x0 + port->x : group->y - group->extent.y0 + port->y;
}

/* Whether a label of the group stands in line with one of the same net elsewhere. */
static gboolean
is_bound (const Lines *self, const SchematicGroup *group, guint axis)
{
  const GArray *ports = schematic_group_ports (group);

  for (guint i = 0; i < self->groups->len; i++)
    {
      const SchematicGroup *other = g_ptr_array_index (self->groups, i);
      const GArray *others = schematic_group_ports (other);

      for (guint p = 0; other != group && !other->loose && p < ports->len; p++)
        for (guint q = 0; q < others->len; q++)
          {
            const SchematicPort *a = &g_array_index (ports, SchematicPort, p), *b = &g_array_index (others, SchematicPort, q);

            if (a->net == b->net && port_at (group, a, axis) == port_at (other, b, axis))
              return TRUE;
          }
    }
  return FALSE;
}

static void
align_group (const Lines *self, SchematicGroup *group, guint axis)
{
  gint *at = axis == 0 ? &group->x : &group->y, was = *at, best_at = was, best;

  best = value_of (self, group);
  for (gint step = 1; step <= 2 * REACH; step++)
    {
      gint value;

      count_group (self, group, -1);
      *at = was + (step & 1 ? step / 2 + 1 : -step / 2);
      count_group (self, group, 1);
      value = value_of (self, group);
      if (value > best && may_stand (self, group))
        {
          best = value;
          best_at = *at;
        }
    }
  count_group (self, group, -1);
  *at = best_at;
  count_group (self, group, 1);
}

void
schematic_align (GPtrArray *groups, const SchematicRoom *room)
{
  g_autofree guint16 *xs = g_new0 (guint16, (gsize) room->width + 1), *ys = g_new0 (guint16, (gsize) room->height + 1);
  Lines self = { groups, room, { xs, ys }, { room->width, room->height } };

  for (guint i = 0; i < groups->len; i++)
    count_group (&self, g_ptr_array_index (groups, i), 1);
  for (guint i = 0; i < groups->len && groups->len > 1; i++)
    for (guint axis = 0; axis < 2; axis++)
      {
        SchematicGroup *group = g_ptr_array_index (groups, i);

        if (group->work->n_items > 0 && (group->loose || !is_bound (&self, group, axis)))
          align_group (&self, group, axis);
      }
}
