#include "arrange/schematic-expect.h"

#include "arrange/schematic-kinds.h"

/* What a reader expects of the parts of a group: where the signals run, what hangs, what stands in rows, who serves whom,
 * and what the patterns say. */

#define HANGER_WEIGHT 16 /* shared by the pins of the line */

static guint
other_net (const WorkSheet *work, guint item, guint net)
{
  guint a = work->pins[work->items[item].first_pin].net;

  return a == net ? work->pins[work->items[item].first_pin + 1].net : a;
}

/* What the other pin of a part with two pins is on; 0 for other parts. */
static guint8
far_kind (const SchematicFinder *self, guint item, guint net)
{
  return (self->parts[item] & PART_ANY) ? self->nets[other_net (self->work, item, net)] : 0;
}

/* Shunts hang below the line that they are on, pull-ups stand above it. */
static void
find_hangers (SchematicFinder *self)
{
  const WorkSheet *work = self->work;

  for (guint net = 0; net < work->n_nets; net++)
    {
      const guint *pins = work->net_pins + work->nets[net].first_pin;
      guint n = work->nets[net].n_pins;

      for (guint i = 0; (self->nets[net] & NET_SIGNAL) && i < n; i++)
        for (guint k = 0; k < n; k++)
          {
            guint line = work->pins[pins[k]].item, hanger = work->pins[pins[i]].item;
            guint8 far = far_kind (self, hanger, net);

            if (far_kind (self, line, net) & NET_RAIL)
              continue;
            if (far & NET_GROUND)
              schematic_finder_tie (self, WORK_TIE_UNDER, MAX (1, HANGER_WEIGHT / n), line, pins[k], hanger, pins[i]);
            else if (far & NET_SUPPLY)
              schematic_finder_tie (self, WORK_TIE_UNDER, MAX (1, HANGER_WEIGHT / n), hanger, pins[i], line, pins[k]);
          }
    }
}

/* ---- the teeth of a comb: parts at pins that follow one another on a side ---- */

/* The one part with two pins on a pin's net, if there is no other. */
static guint
tooth_at (const SchematicFinder *self, guint chip, guint net)
{
  const WorkNet *n = &self->work->nets[net];
  guint found = NUDGE_NONE;

  if (!(self->nets[net] & NET_SIGNAL) || n->n_pins > 3)
    return NUDGE_NONE;
  for (guint k = 0; k < n->n_pins; k++)
    {
      guint item = self->work->pins[self->work->net_pins[n->first_pin + k]].item;

      if (item == chip || !(self->parts[item] & PART_ANY))
        continue;
      if (found != NUDGE_NONE)
        return NUDGE_NONE;
      found = item;
    }
  return found;
}

static gint
along_side (const WorkSheet *work, guint pin, guint exit)
{
  const WorkPin *p = &work->items[work->pins[pin].item].shape->poses[0].pins[work->pins[pin].shape_pin];

  return exit & 1 ? p->dx : p->dy;
}

/* Shunts to one rail make a row, series parts a column beside the pins that lie, a row at those that stand. */
static void
comb_side (SchematicFinder *self, guint chip, guint exit, guint *pins, guint n)
{
  const WorkSheet *work = self->work;
  guint last = NUDGE_NONE, last_net = NUDGE_NONE;

  for (guint i = 1; i < n; i++)
    for (guint k = i; k > 0 && along_side (work, pins[k], exit) < along_side (work, pins[k - 1], exit); k--)
      {
        guint swap = pins[k];
        pins[k] = pins[k - 1];
        pins[k - 1] = swap;
      }
  for (guint i = 0; i < n; i++)
    {
      guint net = work->pins[pins[i]].net, item = tooth_at (self, chip, net), far;
      WorkTieKind kind;

      if (item == NUDGE_NONE)
        continue;
      far = other_net (work, item, net);
      if (last != NUDGE_NONE && self->parts[last] == self->parts[item] && last_net != NUDGE_NONE)
        {
          gboolean rail = (self->nets[far] & NET_RAIL) != 0, last_rail = (self->nets[last_net] & NET_RAIL) != 0;

          kind = rail || (exit & 1) ? WORK_TIE_ROW : WORK_TIE_COLUMN;
          if (rail == last_rail && (!rail || far == last_net))
            schematic_finder_tie (self, kind, 6, last, work->items[last].first_pin, item, work->items[item].first_pin);
        }
      last = item;
      last_net = far;
    }
}

static void
find_combs (SchematicFinder *self)
{
  g_autofree guint *pins = g_new (guint, self->work->n_pins + 1);

  for (guint chip = 0; chip < self->work->n_items; chip++)
    for (guint exit = 0; exit < 4; exit++)
      {
        const WorkItem *item = &self->work->items[chip];
        guint n = 0;

        for (guint i = 0; item->n_pins >= WORK_LARGE && i < item->n_pins; i++)
          {
            const WorkPinRef *ref = &self->work->pins[item->first_pin + i];

            if (ref->net != NUDGE_NONE && item->shape->poses[0].pins[ref->shape_pin].exit == exit)
              pins[n++] = item->first_pin + i;
          }
        comb_side (self, chip, exit, pins, n);
      }
}

/* ---- flow ---- */

#define FLOW_WEIGHT 12
#define SERVANT_WEIGHT 24
#define LEVEL_WEIGHT 36
#define SERVED_SYMBOL 60 /* where capacitors serve a pin, a rail wired to it says more than symbols */

/* A chip is never turned, so that the side of its pin has the last word. */
static gboolean
pin_contradicts (const WorkSheet *work, guint pin, guint exit)
{
  const WorkItem *item = &work->items[work->pins[pin].item];

  return (item->role == WORK_ROLE_CHIP || item->role == WORK_ROLE_BOX)
         && item->shape->poses[0].pins[work->pins[pin].shape_pin].exit == exit;
}

static guint
pin_of_terminal (const SchematicFinder *self, const guint *elements, guint net, guint terminal)
{
  const WorkNet *n = &self->work->nets[net];
  const NudgePlanTerminal *t = &self->model->sheet->terminals[terminal];
  guint element = work_model_element (self->model, t);

  for (guint k = 0; k < n->n_pins; k++)
    {
      guint pin = self->work->net_pins[n->first_pin + k];
      const WorkPinRef *ref = &self->work->pins[pin];

      if (elements[ref->item] == element
          && (t->unit == NUDGE_NONE ? ref->shape_pin == t->box_pin : self->work->items[ref->item].shape->pin_index[ref->shape_pin] == t->pin))
        return pin;
    }
  return NUDGE_NONE;
}

static void
find_flow (SchematicFinder *self, const SchematicFlow *flow, const guint *elements)
{
  for (guint net = 0; net < self->work->n_nets; net++)
    {
      const WorkNet *n = &self->work->nets[net];
      guint terminal = flow->sources[n->plan], from;

      if (terminal == NUDGE_NONE)
        continue;
      from = pin_of_terminal (self, elements, net, terminal);
      if (from == NUDGE_NONE || pin_contradicts (self->work, from, 2))
        continue;
      for (guint k = 0; k < n->n_pins; k++)
        {
          guint to = self->work->net_pins[n->first_pin + k], a = self->work->pins[from].item, b = self->work->pins[to].item;

          if (self->model->depths[elements[b]] > self->model->depths[elements[a]] && !pin_contradicts (self->work, to, 0))
            schematic_finder_tie (self, WORK_TIE_FLOW, FLOW_WEIGHT, a, from, b, to);
        }
    }
}

/* What hangs from a chip's pin at the side hangs from a straight wire. */
static void
hang_level (SchematicFinder *self, guint line, guint pin)
{
  const WorkPinRef *ref = &self->work->pins[line];
  const WorkItem *item = &self->work->items[ref->item];

  if (item->role == WORK_ROLE_CHIP && !(item->shape->poses[0].pins[ref->shape_pin].exit & 1))
    schematic_finder_tie (self, WORK_TIE_LEVEL, LEVEL_WEIGHT, ref->item, line, self->work->pins[pin].item, pin);
}

/* Capacitors stand at the pin of the regulator that they serve. */
static void
find_servants (SchematicFinder *self, const SchematicFlow *flow, const guint *elements)
{
  for (guint i = 0; i < self->work->n_items; i++)
    for (guint k = 0; flow->servants[elements[i]] != NUDGE_NONE && k < self->work->items[i].n_pins; k++)
      {
        guint pin = self->work->items[i].first_pin + k, net = self->work->pins[pin].net;
        guint served = net == NUDGE_NONE ? NUDGE_NONE : pin_of_terminal (self, elements, net, flow->servants[elements[i]]);

        if (served == NUDGE_NONE)
          continue;
        schematic_finder_tie (self, WORK_TIE_NEAR, SERVANT_WEIGHT, self->work->pins[served].item, served, i, pin);
        hang_level (self, served, pin);
        self->work->nets[net].weight = SERVED_SYMBOL;
      }
}

void
schematic_expect (const WorkModel *model, const SchematicFlow *flow, const guint *elements, WorkSheet *work)
{
  SchematicFinder self;

  schematic_finder_init (&self, model, work);
  find_flow (&self, flow, elements);
  find_servants (&self, flow, elements);
  schematic_find_patterns (&self);
  find_hangers (&self);
  find_combs (&self);
  work_list_ties (work);
  schematic_finder_clear (&self);
}
