#include "arrange/schematic-reach.h"

#define FAR 110                /* no wire is expected to cost more */
#define MAX_PINS 6             /* of an item that are looked at */

typedef struct
{
  guint first, n;              /* points of the pin's net */
  gint dx, dy;                 /* from the grip */
} ReachPin;

typedef struct
{
  guint first, n;              /* pins */
  gint cost;
} ReachGrip;

void
schematic_reach_init (SchematicReach *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (NudgePoint));
  self->pins = g_array_new (FALSE, FALSE, sizeof (ReachPin));
  self->grips = g_array_new (FALSE, FALSE, sizeof (ReachGrip));
}

void
schematic_reach_clear (SchematicReach *self)
{
  g_array_unref (self->points);
  g_array_unref (self->pins);
  g_array_unref (self->grips);
}

void
schematic_reach_reset (SchematicReach *self)
{
  g_array_set_size (self->points, 0);
  g_array_set_size (self->pins, 0);
  g_array_set_size (self->grips, 0);
}

static void
add_points (SchematicReach *self, const WorkSheet *sheet, const WorkNet *net)
{
  for (guint i = 0; i < net->n_pins; i++)
    {
      const WorkPinRef *ref = &sheet->pins[sheet->net_pins[net->first_pin + i]];
      const WorkItem *item = &sheet->items[ref->item];
      WorkPin pin;
      NudgePoint point;

      if (!item->placed)
        continue;
      pin = work_pin (sheet, ref);
      point = (NudgePoint){ item->x + pin.dx, item->y + pin.dy };
      g_array_append_val (self->points, point);
    }
}

void
schematic_reach_add (SchematicReach *self, const WorkSheet *sheet, const WorkItem *item, guint pose, guint pin, gint cost)
{
  const WorkPin *pins = item->shape->poses[pose].pins;
  const WorkPin *held = &pins[sheet->pins[item->first_pin + pin].shape_pin];
  ReachGrip grip = { self->pins->len, 0, cost };

  for (guint i = 0; i < item->n_pins && grip.n < MAX_PINS; i++)
    {
      const WorkPinRef *ref = &sheet->pins[item->first_pin + i];
      const WorkPin *other = &pins[ref->shape_pin];
      ReachPin entry = { self->points->len, 0, other->dx - held->dx, other->dy - held->dy };
      const WorkNet *net;

      if (i == pin || ref->net == NUDGE_NONE)
        continue;
      net = &sheet->nets[ref->net];
      if (net->power || net->wide || net->placed == 0)
        continue;
      add_points (self, sheet, net);
      entry.n = self->points->len - entry.first;
      g_array_append_val (self->pins, entry);
      grip.n++;
    }
  g_array_append_val (self->grips, grip);
}

gint
schematic_reach_distance (const NudgePoint *points, guint n, gint x, gint y)
{
  gint best = G_MAXINT16;

  for (guint i = 0; i < n; i++)
    best = MIN (best, ABS (points[i].x - x) + ABS (points[i].y - y));
  return MIN (best * 3 / 2, FAR);
}

gboolean
schematic_reach_exceeds (const SchematicReach *self, gint x, gint y, gint cost, gint limit)
{
  for (guint i = 0; i < self->grips->len; i++)
    {
      const ReachGrip *grip = &g_array_index (self->grips, ReachGrip, i);
      gint first = 0, second = 0;

      for (guint k = 0; k < grip->n; k++)
        {
          const ReachPin *pin = &g_array_index (self->pins, ReachPin, grip->first + k);
          gint distance = schematic_reach_distance (&g_array_index (self->points, NudgePoint, pin->first), pin->n, x + pin->dx, y + pin->dy);

          if (distance > first)
            {
              second = first;
              first = distance;
            }
          else
            second = MAX (second, distance);
        }
      /* A step that takes a path nearer costs 2. It saves 1 1/2 with one pin; beyond, with two, half of that is lost again. */
      if (cost + grip->cost + first + MAX (second / 3 - 1, 0) < limit)
        return FALSE;
    }
  return TRUE;
}
