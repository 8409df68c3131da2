#include "arrange/schematic-reach.h"

#define FAR 110                /* no wire is expected to cost more */
#define MAX_PINS 6             /* of an item that are looked at */

typedef struct
{
  NudgeBox net;                /* cells: round what stands of the pin's net, seen from the grip */
} ReachPin;

typedef struct
{
  guint first, n;              /* pins */
  gint cost;
} ReachGrip;

void
schematic_reach_init (SchematicReach *self)
{
  self->pins = g_array_new (FALSE, FALSE, sizeof (ReachPin));
  self->grips = g_array_new (FALSE, FALSE, sizeof (ReachGrip));
  self->most = 0;
}

void
schematic_reach_clear (SchematicReach *self)
{
  g_array_unref (self->pins);
  g_array_unref (self->grips);
}

void
schematic_reach_reset (SchematicReach *self)
{
  g_array_set_size (self->pins, 0);
  g_array_set_size (self->grips, 0);
  self->most = 0;
}

static NudgeBox
box_round_net (const WorkSheet *sheet, const WorkNet *net)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < net->n_pins; i++)
    {
      const WorkPinRef *ref = &sheet->pins[sheet->net_pins[net->first_pin + i]];
      const WorkItem *item = &sheet->items[ref->item];

      if (item->placed)
        {
          WorkPin pin = work_pin (sheet, ref);
          nudge_box_add_point (&box, item->x + pin.dx, item->y + pin.dy);
        }
    }
  return box;
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
      gint dx = pins[ref->shape_pin].dx - held->dx, dy = pins[ref->shape_pin].dy - held->dy;
      const WorkNet *net;
      ReachPin entry;

      if (i == pin || ref->net == NUDGE_NONE)
        continue;
      net = &sheet->nets[ref->net];
      if (net->power || net->wide || net->placed == 0)
        continue;
      entry.net = box_round_net (sheet, net);
      entry.net = (NudgeBox){ entry.net.x0 - dx, entry.net.y0 - dy, entry.net.x1 - dx, entry.net.y1 - dy };
      g_array_append_val (self->pins, entry);
      grip.n++;
    }
  g_array_append_val (self->grips, grip);
  self->most = MAX (self->most, cost + MIN (grip.n, 1) * FAR + (grip.n > 1 ? FAR / 3 : 0));
}

static gint
distance_to_box (const NudgeBox *box, gint x, gint y)
{
  gint dx = MAX (MAX (box->x0 - x, x - box->x1), 0), dy = MAX (MAX (box->y0 - y, y - box->y1), 0);

  return MIN ((dx + dy) * 3 / 2, FAR);
}

gboolean
schematic_reach_exceeds (const SchematicReach *self, gint x, gint y, gint cost, gint limit)
{
  if (cost + self->most < limit)
    return FALSE;
  for (guint i = 0; i < self->grips->len; i++)
    {
      const ReachGrip *grip = &g_array_index (self->grips, ReachGrip, i);
      gint first = 0, second = 0;

      for (guint k = 0; k < grip->n; k++)
        {
          gint distance = distance_to_box (&g_array_index (self->pins, ReachPin, grip->first + k).net, x, y);

          if (distance > first)
            {
              second = first;
              first = distance;
            }
          else
            second = MAX (second, distance);
        }
      /* A step costs 2. It brings one pin nearer by 1 1/2 at most; so a third of another's distance may be added. */
      if (cost + grip->cost + first + MAX (second / 3 - 1, 0) < limit)
        return FALSE;
    }
  return TRUE;
}
