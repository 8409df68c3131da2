#include "arrange/schematic-grow.h"

/* Takes parts out and puts them back where the drawing costs less. */

/* ---- refinement ---- */

#define MAX_TAKEN 4

static gboolean
is_heavy (const WorkItem *item)
{
  return item->n_pins > 16 || item->role == WORK_ROLE_BOX || item->locked;
}

/* Where a text or a label found no good place. */
static gboolean
is_troubled (const WorkSheet *self, const WorkItem *item)
{
  if (item->text_cost >= 30)
    return TRUE;
  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net;

      if (net != NUDGE_NONE && self->nets[net].homeless > 0)
        return TRUE;
    }
  return FALSE;
}

/* Up to @n items: one, and others that share a small net with it. */
static guint
choose_neighbourhood (WorkSheet *self, guint *taken, guint n)
{
  guint n_taken = 0;

  gboolean aimed = work_random (self, 100) < 40;

  for (guint tries = 0; tries < 24 && n_taken == 0; tries++)
    {
      guint i = work_random (self, self->n_items);

      if (aimed && tries < 20 && !is_troubled (self, &self->items[i]))
        continue;
      if (!is_heavy (&self->items[i]) && self->items[i].placed)
        taken[n_taken++] = i;
    }
  while (n_taken > 0 && n_taken < n)
    {
      const WorkItem *from = &self->items[taken[work_random (self, n_taken)]];
      guint net = from->n_pins > 0 ? self->pins[from->first_pin + work_random (self, from->n_pins)].net : NUDGE_NONE;
      guint other;
      gboolean known = FALSE;

      if (net == NUDGE_NONE || self->nets[net].power || self->nets[net].wide)
        break;
      other = self->pins[self->net_pins[self->nets[net].first_pin + work_random (self, self->nets[net].n_pins)]].item;
      for (guint k = 0; k < n_taken; k++)
        known |= taken[k] == other;
      if (known || is_heavy (&self->items[other]))
        break;
      taken[n_taken++] = other;
    }
  return n_taken;
}

/* Puts back what was taken out, the most tied first. */
static gboolean
reinsert_rest (WorkSheet *self, guint *taken, guint n_taken)
{
  while (n_taken > 0)
    {
      guint best = 0;
      gint best_pull = -1;

      for (guint i = 0; i < n_taken; i++)
        {
          gint pull = schematic_pull (self, &self->items[taken[i]]) + (gint) work_random (self, 200);

          if (pull > best_pull)
            {
              best_pull = pull;
              best = i;
            }
        }
      if (!schematic_insert_best (self, taken[best], 4, 6))
        return FALSE;
      taken[best] = taken[--n_taken];
    }
  return TRUE;
}

static gboolean
reinsert (WorkSheet *self, guint *taken, guint n_taken)
{
  for (guint i = 0; i < n_taken; i++)
    work_take_out (self, taken[i]);
  return reinsert_rest (self, taken, n_taken);
}

void
schematic_refine (WorkSheet *self, guint steps)
{
  if (self->n_items < 2)
    return;
  for (guint step = 0; step < steps && !work_is_quick (self) && !work_is_stopped (self); step++)
    {
      guint taken[MAX_TAKEN];
      guint n_taken = choose_neighbourhood (self, taken, 1 + work_random (self, MAX_TAKEN - 1));
      gint32 before = self->cost;
      gint32 heat = (gint32) (12 * (guint64) (steps - step) / steps);
      guint trial;

      if (n_taken == 0)
        continue;
      trial = work_begin (self);
      if (!reinsert (self, taken, n_taken) || self->cost > before + (gint32) work_random (self, (guint32) heat + 1))
        work_undo (self, trial);
      else
        work_keep (self, trial);
    }
}

/* ---- rails once more ---- */

static gboolean
is_on_rail (const WorkSheet *self, const WorkItem *item)
{
  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net;

      if (net != NUDGE_NONE && !work_net_is_whole (&self->nets[net]))
        return TRUE;
    }
  return FALSE;
}

/* Symbols of rails, and wires to them, went round what stood there when they were drawn, and are not drawn anew with what
 * comes later: each item on a rail once more where it stands, with all that hangs on it. */
void
schematic_redraw_rails (WorkSheet *self)
{
  for (guint i = 0; i < self->n_items && !work_is_quick (self) && !work_is_stopped (self); i++)
    {
      const WorkItem *item = &self->items[i];
      gint32 before = self->cost;
      gboolean fits;
      guint trial;

      if (!item->placed || is_heavy (item) || !is_on_rail (self, item))
        continue;
      trial = work_begin (self);
      work_take_out (self, i);
      /* A wire of its rail may run there now. */
      fits = work_item_fits (self, i, item->x, item->y, item->pose, NULL);
      if (fits)
        work_insert (self, i, item->x, item->y, item->pose);
      if (!fits || self->cost > before)
        work_undo (self, trial);
      else
        work_keep (self, trial);
    }
}

/* ---- mending ---- */

#define MAX_IDLE 24 /* steps in vain after which the trouble is left to stand */

typedef struct
{
  guint *taken;
  guint n_taken;
} Surroundings;

static gboolean
take_owner (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  Surroundings *around = data;

  if (rect->owner == NUDGE_NONE || is_heavy (&self->items[rect->owner]) || !self->items[rect->owner].placed)
    return FALSE;
  for (guint i = 0; i < around->n_taken; i++)
    if (around->taken[i] == rect->owner)
      return FALSE;
  around->taken[around->n_taken++] = rect->owner;
  return around->n_taken == MAX_TAKEN;
}

/* A troubled item with what stands near its pins; heavy ones stay, their neighbours go. */
static guint
choose_trouble (WorkSheet *self, guint *taken)
{
  Surroundings around = { taken, 0 };
  guint start = work_random (self, self->n_items);

  for (guint k = 0; k < self->n_items; k++)
    {
      const WorkItem *item = &self->items[(start + k) % self->n_items];
      gint reach = 4 + (gint) work_random (self, 12);

      if (!item->placed || !is_troubled (self, item))
        continue;
      if (!is_heavy (item))
        taken[around.n_taken++] = (start + k) % self->n_items;
      for (guint i = 0; i < item->n_pins && around.n_taken < MAX_TAKEN; i++)
        {
          const WorkPinRef *ref = &self->pins[item->first_pin + i];
          WorkPin pin = work_pin (self, ref);
          NudgeBox box = { (item->x + pin.dx) * WORK_CELL, (item->y + pin.dy) * WORK_CELL, (item->x + pin.dx) * WORK_CELL, (item->y + pin.dy) * WORK_CELL };

          if (ref->net == NUDGE_NONE || (item->text_cost < 30 && self->nets[ref->net].homeless == 0))
            continue;
          box = nudge_box_grown (box, reach * WORK_CELL);
          work_each_rect (self, &box, take_owner, &around);
        }
      return around.n_taken;
    }
  return 0;
}

static gboolean
any_trouble (const WorkSheet *self)
{
  for (guint i = 0; i < self->n_items; i++)
    if (is_troubled (self, &self->items[i]))
      return TRUE;
  return FALSE;
}

void
schematic_mend (WorkSheet *self, guint steps)
{
  guint idle = 0;

  for (guint step = 0; step < steps && idle < MAX_IDLE && any_trouble (self); step++, idle++)
    {
      guint taken[MAX_TAKEN];
      guint n_taken = choose_trouble (self, taken);
      gint32 before = self->cost;
      guint trial;

      if (work_is_quick (self) || work_is_stopped (self))
        return;
      if (n_taken == 0)
        continue;
      trial = work_begin (self);
      if (!reinsert (self, taken, n_taken) || self->cost > before + 4)
        {
          work_undo (self, trial);
          continue;
        }
      if (self->cost < before)
        idle = 0;
      work_keep (self, trial);
    }
}

/* ---- rejoining ---- */

#define TORN 4                 /* pins of a net that a reader would rather see in one piece */
#define CROWD 9                /* cells round the end that a part is to come to */

/* A small net that is all here, and yet says its name twice. */
static gboolean
is_torn (const WorkNet *net)
{
  return net->clusters > 1 && net->n_pins <= TORN && !net->outside && !net->port && !net->power && !net->global && !net->no_wire;
}

/* What is to move so that a part can come closer to the rest of its net: itself, then what crowds the rest's pins. */
static guint
choose_crowd (WorkSheet *self, const WorkNet *net, guint item, guint *taken)
{
  Surroundings around = { taken, 0 };

  taken[around.n_taken++] = item;
  for (guint i = 0; i < net->n_pins && around.n_taken < MAX_TAKEN; i++)
    {
      gint x, y;
      NudgeBox box;

      if (self->pins[self->net_pins[net->first_pin + i]].item == item || !work_pin_stands (self, self->net_pins[net->first_pin + i], &x, &y))
        continue;
      box = nudge_box_grown ((NudgeBox){ x * WORK_CELL, y * WORK_CELL, x * WORK_CELL, y * WORK_CELL }, CROWD * WORK_CELL);
      work_each_rect (self, &box, take_owner, &around);
    }
  return around.n_taken;
}

static void
rejoin (WorkSheet *self, const WorkNet *net, guint item, gboolean alone)
{
  guint taken[MAX_TAKEN] = { item };
  guint n_taken = alone ? 1 : choose_crowd (self, net, item, taken);
  gint32 before = self->cost;
  guint trial;

  if (n_taken == 1 && !alone)
    return;
  trial = work_begin (self);
  for (guint i = 0; i < n_taken; i++)
    work_take_out (self, taken[i]);
  if (schematic_insert_best (self, taken[0], 8, 0) && (n_taken == 1 || reinsert_rest (self, taken + 1, n_taken - 1)) && self->cost < before)
    work_keep (self, trial);
  else
    work_undo (self, trial);
}

void
schematic_rejoin (WorkSheet *self)
{
  for (guint n = 0; n < self->n_nets && !work_is_quick (self) && !work_is_stopped (self); n++)
    for (guint i = 0; i < self->nets[n].n_pins && is_torn (&self->nets[n]); i++)
      {
        guint item = self->pins[self->net_pins[self->nets[n].first_pin + i]].item;

        if (self->items[item].n_pins >= WORK_LARGE || is_heavy (&self->items[item]) || !self->items[item].placed)
          continue;
        rejoin (self, &self->nets[n], item, TRUE);
        if (is_torn (&self->nets[n]))
          rejoin (self, &self->nets[n], item, FALSE);
      }
}
