#include "arrange/schematic-reach.h"

/* A wire to a box round what stands of a net is at least so long in each direction. Columns and rows add up, so that a
 * table for each tells it for all places. */

#define FAR 55                 /* no wire is expected to cost more than twice that */

void
schematic_reach_init (SchematicReach *self)
{
  *self = (SchematicReach){ .least = g_array_new (FALSE, TRUE, sizeof (gint32)) };
}

void
schematic_reach_clear (SchematicReach *self)
{
  g_array_unref (self->least);
}

void
schematic_reach_reset (SchematicReach *self, const WorkSheet *sheet)
{
  self->n_grips = 0;
  self->width = (guint) sheet->width;
  self->height = (guint) sheet->height;
  g_array_set_size (self->least, 0);
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

static void
add_distances (gint32 *least, guint n, gint low, gint high)
{
  for (gint at = 0; at < (gint) n; at++)
    least[at] += MIN (MAX (MAX (low - at, at - high), 0) * 3 / 2, FAR);
}

/* A path may go on to where the wires are shorter, but each step costs. */
static void
let_walk_on (gint32 *least, guint n)
{
  for (guint at = 1; at < n; at++)
    least[at] = MIN (least[at], least[at - 1] + WORK_STEP);
  for (guint at = n - 1; at > 0; at--)
    least[at - 1] = MIN (least[at - 1], least[at] + WORK_STEP);
}

void
schematic_reach_add (SchematicReach *self, const WorkSheet *sheet, const WorkItem *item, guint pose, guint pin, gint cost)
{
  const WorkPin *pins = item->shape->poses[pose].pins;
  const WorkPin *held = &pins[sheet->pins[item->first_pin + pin].shape_pin];
  gint32 *least;

  self->n_grips++;
  g_array_set_size (self->least, self->n_grips * (self->width + self->height));
  least = &g_array_index (self->least, gint32, (self->n_grips - 1) * (self->width + self->height));
  for (guint i = 0; i < item->n_pins; i++)
    {
      const WorkPinRef *ref = &sheet->pins[item->first_pin + i];
      gint dx = pins[ref->shape_pin].dx - held->dx, dy = pins[ref->shape_pin].dy - held->dy;
      const WorkNet *net;
      NudgeBox box;

      if (i == pin || ref->net == NUDGE_NONE)
        continue;
      net = &sheet->nets[ref->net];
      if (net->power || net->wide || net->placed == 0)
        continue;
      box = box_round_net (sheet, net);
      add_distances (least, self->width, box.x0 - dx, box.x1 - dx);
      add_distances (least + self->width, self->height, box.y0 - dy, box.y1 - dy);
    }
  let_walk_on (least, self->width);
  let_walk_on (least + self->width, self->height);
  for (guint x = 0; x < self->width; x++)
    least[x] += cost;
}
