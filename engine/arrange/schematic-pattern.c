#include "arrange/schematic-pattern.h"

#include "drawing/plan-nets.h"

#include <string.h>

/* Patterns are small circuits of named roles. Where one is found its parts are tied: how they should stand to each
 * other, and which way their pins should leave. All of it is a price among others; nothing is forced. */

#define MAX_ROLES 3
#define MAX_NETS 4
#define MAX_EXPECTS 4
#define MAX_WISHES 3

enum
{
  PART_R = 1 << 0,
  PART_C = 1 << 1,
  PART_L = 1 << 2,
  PART_Y = 1 << 3,             /* crystals */
  PART_OTHER = 1 << 4,         /* other parts with two pins */
  PART_Q = 1 << 5,             /* transistors: their nets are upper, lower, control */
  PART_ANY = PART_R | PART_C | PART_L | PART_Y | PART_OTHER,
};

enum
{
  NET_SIGNAL = 1 << 0,
  NET_SUPPLY = 1 << 1,
  NET_GROUND = 1 << 2,
  NET_LABELLED = 1 << 3,       /* a rail that labels stand for */
  NET_RAIL = NET_SUPPLY | NET_GROUND,
  NET_ANY = NET_SIGNAL | NET_RAIL,
};

enum
{
  RIGHT = 1 << 0,
  UP = 1 << 1,
  LEFT = 1 << 2,
  DOWN = 1 << 3,
};

typedef struct
{
  guint8 parts;                /* mask of kinds; 0: no role */
  guint8 nets[3];              /* which of the pattern's nets its pins are on */
} Role;

/* Pins are named by the net that they are on. */
typedef struct
{
  guint8 weight;               /* 0: none */
  guint8 kind;                 /* WorkTieKind */
  guint8 roles[2], nets[2];
} Expect;

typedef struct
{
  guint8 weight;               /* 0: none */
  guint8 role, net, ways;
} Wish;

typedef struct
{
  guint8 nets[MAX_NETS];       /* mask of what each net may be */
  Role roles[MAX_ROLES];       /* each after the first shares a signal with an earlier one */
  Expect expects[MAX_EXPECTS];
  Wish wishes[MAX_WISHES];
} Pattern;

static const Pattern patterns[] = {
  /* a crystal over its two capacitors */
  { .nets = { NET_SIGNAL, NET_SIGNAL, NET_RAIL },
    .roles = { { PART_Y, { 0, 1 } }, { PART_C, { 0, 2 } }, { PART_C, { 1, 2 } } },
    .expects = { { 12, WORK_TIE_ROW, { 1, 2 }, { 2, 2 } }, { 8, WORK_TIE_BELOW, { 0, 1 }, { 0, 0 } }, { 8, WORK_TIE_BELOW, { 0, 2 }, { 1, 1 } } } },
  /* a filter: shunts on both sides of a series part */
  { .nets = { NET_SIGNAL, NET_SIGNAL, NET_RAIL },
    .roles = { { PART_R | PART_L | PART_OTHER, { 0, 1 } }, { PART_ANY, { 0, 2 } }, { PART_ANY, { 1, 2 } } },
    .expects = { { 8, WORK_TIE_ROW, { 1, 2 }, { 2, 2 } } } },
  /* a divider, one resistor over the other */
  { .nets = { NET_SUPPLY, NET_SIGNAL, NET_GROUND },
    .roles = { { PART_R, { 0, 1 } }, { PART_R, { 1, 2 } } },
    .expects = { { 8, WORK_TIE_BELOW, { 0, 1 }, { 1, 1 } } } },
  /* side by side between the same two nets */
  { .nets = { NET_SIGNAL, NET_ANY },
    .roles = { { PART_ANY, { 0, 1 } }, { PART_ANY, { 0, 1 } } },
    .expects = { { 10, WORK_TIE_ABREAST, { 0, 1 }, { 0, 0 } } } },
  /* current runs down through a transistor and what loads it */
  { .nets = { NET_ANY, NET_ANY, NET_ANY },
    .roles = { { PART_Q, { 0, 1, 2 } } },
    .wishes = { { 10, 0, 0, UP }, { 10, 0, 1, DOWN } } },
  { .nets = { NET_SIGNAL, NET_ANY, NET_ANY, NET_RAIL },
    .roles = { { PART_Q, { 0, 1, 2 } }, { PART_ANY, { 0, 3 } } },
    .expects = { { 6, WORK_TIE_BELOW, { 1, 0 }, { 0, 0 } } } },
  { .nets = { NET_ANY, NET_SIGNAL, NET_ANY, NET_RAIL },
    .roles = { { PART_Q, { 0, 1, 2 } }, { PART_ANY, { 1, 3 } } },
    .expects = { { 6, WORK_TIE_BELOW, { 0, 1 }, { 1, 1 } } } },
  /* what hangs from a labelled rail stands as if it were a power symbol */
  { .nets = { NET_SIGNAL | NET_SUPPLY, NET_GROUND | NET_LABELLED },
    .roles = { { PART_ANY, { 0, 1 } } },
    .wishes = { { 24, 0, 1, DOWN } } },
  { .nets = { NET_SIGNAL | NET_SUPPLY, NET_GROUND },
    .roles = { { PART_C, { 0, 1 } } },
    .wishes = { { 24, 0, 1, DOWN } } },
  { .nets = { NET_SIGNAL, NET_SUPPLY | NET_LABELLED },
    .roles = { { PART_R, { 0, 1 } } },
    .wishes = { { 10, 0, 1, UP } } },
};

typedef struct
{
  const WorkModel *model;
  WorkSheet *work;
  guint8 *parts;               /* kind by item, 0: none */
  guint8 *nets;                /* mask by net */
  gint *levels;                /* by net: how far up it would be drawn */
  GHashTable *known;           /* ties that stand, by their text */
} Finder;

/* ---- ties and wishes ---- */

static void
tie (Finder *self, WorkTieKind kind, guint weight, guint a, guint pin_a, guint b, guint pin_b)
{
  WorkTie made = { .items = { a, b }, .kind = (guint8) kind, .weight = (guint8) weight,
                   .pins = { (guint16) self->work->pins[pin_a].shape_pin, (guint16) self->work->pins[pin_b].shape_pin } };
  gboolean ordered = kind == WORK_TIE_FLOW || kind == WORK_TIE_UNDER || kind == WORK_TIE_BELOW || kind == WORK_TIE_NEAR;
  gint64 key = ((gint64) (ordered || a < b ? a : b) << 36) | ((gint64) (ordered || a < b ? b : a) << 8) | kind;

  if (a == b || g_hash_table_contains (self->known, &key))
    return;
  g_hash_table_add (self->known, g_memdup2 (&key, sizeof key));
  work_add_tie (self->work, &made);
}

static void
wish (Finder *self, guint pin, guint ways, guint weight)
{
  WorkPinRef *ref = &self->work->pins[pin];

  if (ref->wish_cost >= weight)
    return;
  ref->wish = (guint8) ways;
  ref->wish_cost = (guint8) weight;
}

/* ---- what parts and nets are ---- */

static gboolean
starts_with (const char *reference, const char *letters)
{
  gsize n = strlen (letters);

  return g_ascii_strncasecmp (reference, letters, n) == 0 && !g_ascii_isalpha (reference[n]);
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The transistor's pins: 0 collector or drain, 1 emitter or source, 2 base or gate; 3 for any other. */
static guint
transistor_pin (const WorkSheet *work, guint pin)
{
  static const char *const names[3][4] = { { "C", "D", NULL }, { "E", "S", NULL }, { "B", "G", NULL } };
  const WorkPinRef *ref = &work->pins[pin];
  const WorkShape *shape = work->items[ref->item].shape;

  for (guint i = 0; i < 3; i++)
    if (is_one_of (shape->symbol->pins[shape->pin_index[ref->shape_pin]].name, names[i]))
      return i;
  return 3;
}

static gboolean
is_transistor (const WorkSheet *work, const WorkItem *item)
{
  guint found = 0;

  if (item->n_pins != 3 || item->shape->symbol == NULL || item->role == WORK_ROLE_CONNECTOR)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      if (work->pins[item->first_pin + i].net == NUDGE_NONE)
        return FALSE;
      found |= 1u << transistor_pin (work, item->first_pin + i);
    }
  return found == 7;
}

static guint8
part_kind (const WorkSheet *work, const WorkItem *item)
{
  guint a, b;

  if (is_transistor (work, item))
    return PART_Q;
  if (item->role != WORK_ROLE_PASSIVE || item->n_pins != 2)
    return 0;
  a = work->pins[item->first_pin].net;
  b = work->pins[item->first_pin + 1].net;
  if (a == NUDGE_NONE || b == NUDGE_NONE || a == b)
    return 0;
  if (starts_with (item->reference, "R"))
    return PART_R;
  if (starts_with (item->reference, "C"))
    return PART_C;
  if (starts_with (item->reference, "L") || starts_with (item->reference, "FB"))
    return PART_L;
  if (starts_with (item->reference, "Y") || starts_with (item->reference, "X") || starts_with (item->reference, "XTAL"))
    return PART_Y;
  return PART_OTHER;
}

static gboolean
has_power_pin (const WorkModel *model, const NudgePlanNet *net)
{
  for (guint t = net->first_terminal; t < net->first_terminal + net->n_terminals; t++)
    {
      const NudgePlanTerminal *terminal = &model->sheet->terminals[t];

      if (terminal->unit != NUDGE_NONE
          && (nudge_pin_kind (model->plan->layout->units[terminal->unit].symbol->pins[terminal->pin].type) & (NUDGE_TAKES_POWER | NUDGE_GIVES_POWER)))
        return TRUE;
    }
  return FALSE;
}

static guint8
net_kind (const WorkModel *model, const WorkNet *net)
{
  if (net->power)
    return net->ground ? NET_GROUND : NET_SUPPLY;
  if (net->wide || net->outside || net->global || net->port)
    {
      /* All of a port's net may be drawn with wires. */
      if (work_model_is_ground_name (net->label))
        return net->wide || net->outside || net->global ? NET_GROUND | NET_LABELLED : NET_GROUND;
      if (has_power_pin (model, &model->sheet->nets[net->plan]))
        return NET_SUPPLY | NET_LABELLED;
    }
  return net->wide ? 0 : NET_SIGNAL;
}

#define FAR_FROM_RAILS 4

/* How many parts that let current through lie between each net and the nearest of some rails. */
static void
measure_distance (const WorkSheet *work, const guint8 *parts, const guint8 *kinds, guint8 rails, gint *distances)
{
  for (guint i = 0; i < work->n_nets; i++)
    distances[i] = (kinds[i] & rails) ? 0 : FAR_FROM_RAILS;
  for (gint round = 0; round + 1 < FAR_FROM_RAILS; round++)
    for (guint i = 0; i < work->n_items; i++)
      {
        guint a, b;

        if (!(parts[i] & PART_ANY) || (parts[i] & (PART_C | PART_Y)))
          continue;
        a = work->pins[work->items[i].first_pin].net;
        b = work->pins[work->items[i].first_pin + 1].net;
        if (distances[a] == round)
          distances[b] = MIN (distances[b], round + 1);
        else if (distances[b] == round)
          distances[a] = MIN (distances[a], round + 1);
      }
}

/* How far up each net would be drawn: near the supply it is positive, near ground negative. */
static void
measure_levels (const WorkSheet *work, const guint8 *parts, const guint8 *kinds, gint *levels)
{
  g_autofree gint *above = g_new (gint, work->n_nets + 1);

  measure_distance (work, parts, kinds, NET_GROUND, levels);
  measure_distance (work, parts, kinds, NET_SUPPLY, above);
  for (guint i = 0; i < work->n_nets; i++)
    levels[i] -= above[i];
}

static gboolean
names_positive (const WorkItem *item)
{
  static const char *const words[] = { "PNP", "PMOS", "P-MOS", "P_MOS", "P-CH", "PJFET", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (item->shape->symbol->name, words[i]) != NULL || strstr (item->value, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- matching ---- */

typedef struct
{
  const Pattern *pattern;
  guint nets[MAX_NETS];        /* NUDGE_NONE: not known yet */
  guint items[MAX_ROLES];
} Match;

/* Whether a net may be what the pattern calls for. */
static gboolean
admits (const Finder *self, guint8 wanted, guint net)
{
  guint8 kind = self->nets[net];

  if ((wanted & NET_LABELLED) && !(kind & NET_LABELLED))
    return FALSE;
  return (kind & wanted & NET_ANY) != 0;
}

static gboolean
bind (const Finder *self, Match *match, guint8 variable, guint net)
{
  if (match->nets[variable] != NUDGE_NONE)
    return match->nets[variable] == net;
  for (guint i = 0; i < MAX_NETS; i++)
    if (match->nets[i] == net)
      return FALSE;
  if (!admits (self, match->pattern->nets[variable], net))
    return FALSE;
  match->nets[variable] = net;
  return TRUE;
}

/* A transistor whose emitter is nearer to the supply than its collector stands with that one up. */
static gboolean
emitter_is_up (const Finder *self, const WorkItem *item)
{
  gint levels[4] = { 0 };

  for (guint i = 0; i < item->n_pins; i++)
    levels[transistor_pin (self->work, item->first_pin + i)] = self->levels[self->work->pins[item->first_pin + i].net];
  if (levels[0] != levels[1])
    return levels[1] > levels[0];
  return names_positive (item);
}

/* Binds the item's pins to the role's nets: parts with two pins in either order. */
static gboolean
bind_item (const Finder *self, Match *match, const Role *role, guint index, guint order)
{
  const WorkItem *item = &self->work->items[index];

  if (self->parts[index] != PART_Q)
    return bind (self, match, role->nets[0], self->work->pins[item->first_pin + order].net)
           && bind (self, match, role->nets[1], self->work->pins[item->first_pin + !order].net);
  if (order > 0)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      guint function = transistor_pin (self->work, item->first_pin + i);

      if (function < 2 && emitter_is_up (self, item))
        function ^= 1;
      if (!bind (self, match, role->nets[function], self->work->pins[item->first_pin + i].net))
        return FALSE;
    }
  return TRUE;
}

static guint
pin_on (const WorkSheet *work, guint index, guint net)
{
  const WorkItem *item = &work->items[index];

  for (guint i = 0; i < item->n_pins; i++)
    if (work->pins[item->first_pin + i].net == net)
      return item->first_pin + i;
  g_assert_not_reached ();
}

static void
emit (Finder *self, const Match *match)
{
  const Pattern *pattern = match->pattern;

  for (guint i = 0; i < MAX_EXPECTS && pattern->expects[i].weight > 0; i++)
    {
      const Expect *expect = &pattern->expects[i];
      guint a = match->items[expect->roles[0]], b = match->items[expect->roles[1]];

      tie (self, (WorkTieKind) expect->kind, expect->weight, a, pin_on (self->work, a, match->nets[expect->nets[0]]), b,
           pin_on (self->work, b, match->nets[expect->nets[1]]));
    }
  for (guint i = 0; i < MAX_WISHES && pattern->wishes[i].weight > 0; i++)
    {
      const Wish *w = &pattern->wishes[i];

      wish (self, pin_on (self->work, match->items[w->role], match->nets[w->net]), w->ways, w->weight);
    }
}

static void match_role (Finder *self, const Match *match, guint at);

static void
try_item (Finder *self, const Match *match, guint at, guint index)
{
  const Role *role = &match->pattern->roles[at];

  for (guint i = 0; i < at; i++)
    if (match->items[i] == index)
      return;
  if (!(self->parts[index] & role->parts))
    return;
  for (guint order = 0; order < 2; order++)
    {
      Match next = *match;

      next.items[at] = index;
      if (bind_item (self, &next, role, index, order))
        match_role (self, &next, at + 1);
    }
}

/* Fills the roles from @at on: no deeper than a pattern has roles. */
static void
match_role (Finder *self, const Match *match, guint at)
{
  const Role *role = &match->pattern->roles[at];

  if (at == MAX_ROLES || role->parts == 0)
    {
      emit (self, match);
      return;
    }
  for (guint i = 0; i < 3; i++)
    {
      guint net = match->nets[role->nets[i]];
      const WorkNet *n;

      if (net == NUDGE_NONE || !(self->nets[net] & NET_SIGNAL))
        continue;
      n = &self->work->nets[net];
      for (guint k = 0; k < n->n_pins; k++)
        try_item (self, match, at, self->work->pins[self->work->net_pins[n->first_pin + k]].item);
      return;
    }
}

#define HANGER_WEIGHT 16 /* shared by the pins of the line */

static guint
other_net (const WorkSheet *work, guint item, guint net)
{
  guint a = work->pins[work->items[item].first_pin].net;

  return a == net ? work->pins[work->items[item].first_pin + 1].net : a;
}

/* What the other pin of a part with two pins is on; 0 for other parts. */
static guint8
far_kind (const Finder *self, guint item, guint net)
{
  return (self->parts[item] & PART_ANY) ? self->nets[other_net (self->work, item, net)] : 0;
}

/* Shunts hang below the line that they are on, pull-ups stand above it. */
static void
find_hangers (Finder *self)
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
              tie (self, WORK_TIE_UNDER, MAX (1, HANGER_WEIGHT / n), line, pins[k], hanger, pins[i]);
            else if (far & NET_SUPPLY)
              tie (self, WORK_TIE_UNDER, MAX (1, HANGER_WEIGHT / n), hanger, pins[i], line, pins[k]);
          }
    }
}

static void
find_patterns (Finder *self)
{
  for (guint p = 0; p < G_N_ELEMENTS (patterns); p++)
    for (guint i = 0; i < self->work->n_items; i++)
      {
        Match match = { .pattern = &patterns[p], .nets = { NUDGE_NONE, NUDGE_NONE, NUDGE_NONE, NUDGE_NONE } };

        try_item (self, &match, 0, i);
      }
}

/* ---- the teeth of a comb: parts at pins that follow one another on a side ---- */

/* The one part with two pins on a pin's net, if there is no other. */
static guint
tooth_at (const Finder *self, guint chip, guint net)
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
comb_side (Finder *self, guint chip, guint exit, guint *pins, guint n)
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
            tie (self, kind, 6, last, work->items[last].first_pin, item, work->items[item].first_pin);
        }
      last = item;
      last_net = far;
    }
}

static void
find_combs (Finder *self)
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
#define SERVANT_WEIGHT 36

/* A chip is never turned, so that the side of its pin has the last word. */
static gboolean
pin_contradicts (const WorkSheet *work, guint pin, guint exit)
{
  const WorkItem *item = &work->items[work->pins[pin].item];

  return (item->role == WORK_ROLE_CHIP || item->role == WORK_ROLE_BOX)
         && item->shape->poses[0].pins[work->pins[pin].shape_pin].exit == exit;
}

static guint
pin_of_terminal (const Finder *self, const guint *elements, guint net, guint terminal)
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
find_flow (Finder *self, const SchematicFlow *flow, const guint *elements)
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
            tie (self, WORK_TIE_FLOW, FLOW_WEIGHT, a, from, b, to);
        }
    }
}

/* Capacitors stand at the pin of the regulator that they serve. */
static void
find_servants (Finder *self, const SchematicFlow *flow, const guint *elements)
{
  for (guint i = 0; i < self->work->n_items; i++)
    for (guint k = 0; flow->servants[elements[i]] != NUDGE_NONE && k < self->work->items[i].n_pins; k++)
      {
        guint pin = self->work->items[i].first_pin + k, net = self->work->pins[pin].net;
        guint served = net == NUDGE_NONE ? NUDGE_NONE : pin_of_terminal (self, elements, net, flow->servants[elements[i]]);

        if (served != NUDGE_NONE)
          tie (self, WORK_TIE_NEAR, SERVANT_WEIGHT, self->work->pins[served].item, served, i, pin);
      }
}

void
schematic_expect (const WorkModel *model, const SchematicFlow *flow, const guint *elements, WorkSheet *work)
{
  g_autofree guint8 *parts = g_new (guint8, work->n_items + 1), *nets = g_new (guint8, work->n_nets + 1);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree gint *levels = g_new (gint, work->n_nets + 1);
  Finder self = { model, work, parts, nets, levels, known };

  for (guint i = 0; i < work->n_items; i++)
    parts[i] = part_kind (work, &work->items[i]);
  for (guint i = 0; i < work->n_nets; i++)
    nets[i] = net_kind (model, &work->nets[i]);
  measure_levels (work, parts, nets, levels);
  find_flow (&self, flow, elements);
  find_servants (&self, flow, elements);
  find_patterns (&self);
  find_hangers (&self);
  find_combs (&self);
  work_list_ties (work);
}
