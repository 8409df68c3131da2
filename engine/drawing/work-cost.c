#include "drawing/router.h"

/* What the pose of an item costs by itself. */

static gint32
turn_cost (const WorkItem *item, guint pose)
{
  static const gint32 chip[WORK_POSES] = { 0, 200, 200, 200, 30, 200, 24, 200 };
  static const gint32 small[WORK_POSES] = { 0, 24, 10, 24, 4, 24, 6, 24 };
  static const gint32 connector[WORK_POSES] = { 0, 60, 20, 60, 2, 60, 16, 60 };

  switch (item->role)
    {
    case WORK_ROLE_CHIP:
      return chip[pose];
    case WORK_ROLE_SMALL:
      return small[pose];
    case WORK_ROLE_CONNECTOR:
      return connector[pose];
    default:
      return pose >= 4 ? 1 : 0;
    }
}

/* A pin on a rail wants to point to where its power symbol stands. */
static gint32
power_pin_cost (const WorkItem *item, const WorkNet *net, guint exit)
{
  guint wanted = work_power_direction (net);
  gint32 share = item->n_pins <= 4 ? 4 : 1;

  if (exit == wanted)
    return 0;
  if (exit == ((wanted + 2) & 3))
    return item->n_pins <= 2 ? 52 : 4 * share;
  return item->n_pins <= 2 ? 36 : 2 * share;
}

static gint32
signal_pin_cost (const WorkSheet *self, const WorkItem *item, const WorkPinRef *ref, guint exit)
{
  const NudgeSymbol *symbol = item->shape->symbol;
  const char *type;
  gint32 share = MAX (1, 4 / (gint32) MAX (item->n_pins, 1));

  if (symbol == NULL || item->n_pins <= 2)
    return 0;
  type = symbol->pins[item->shape->pin_index[ref->shape_pin]].type;
  if (g_strcmp0 (type, "output") == 0)
    return exit == 2 ? 32 : (exit & 1 ? 16 : 0);
  if (g_strcmp0 (type, "input") == 0)
    return exit == 0 ? 6 * share : 0;
  return 0;
}

gint32
work_pose_base_cost (const WorkSheet *self, guint index, guint pose_index)
{
  const WorkItem *item = &self->items[index];
  const WorkPose *pose = &item->shape->poses[pose_index];
  gint32 cost = turn_cost (item, pose_index);
  gboolean free_to_lie = item->role == WORK_ROLE_PASSIVE && item->n_pins == 2;

  for (guint i = 0; i < item->n_pins; i++)
    {
      const WorkPinRef *ref = &self->pins[item->first_pin + i];
      guint exit = pose->pins[ref->shape_pin].exit;

      if (ref->net == NUDGE_NONE)
        continue;
      if (ref->wish != 0)
        {
          free_to_lie = FALSE;
          if (!(ref->wish & (1u << exit)))
            cost += ref->wish_cost;
        }
      if (self->nets[ref->net].power)
        {
          cost += power_pin_cost (item, &self->nets[ref->net], exit);
          free_to_lie = FALSE;
        }
      else if (item->role != WORK_ROLE_CHIP)
        cost += signal_pin_cost (self, item, ref, exit);
    }
  if (free_to_lie && (pose->pins[self->pins[item->first_pin].shape_pin].exit & 1))
    cost += 10;
  return cost;
}

gint32
work_place_cost (const WorkSheet *self, gint x, gint y)
{
  return self->column[x] == 0 && self->row[y] == 0 ? 6 : 0;
}

gint32
work_pose_cost (const WorkSheet *self, guint index, gint x, gint y, guint pose_index)
{
  return work_pose_base_cost (self, index, pose_index) + work_place_cost (self, x, y);
}
