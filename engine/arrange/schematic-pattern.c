#include "arrange/schematic-kinds.h"

/* Patterns are small circuits of named roles. Where one is found its parts are tied: how they should stand to each
 * other, and which way their pins should leave. All of it is a price among others; nothing is forced. */

#define MAX_ROLES 3
#define MAX_NETS 4
#define MAX_EXPECTS 4
#define MAX_WISHES 3

enum
{
  UP = 1 << 1,
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
  /* in series, with nothing else between */
  { .nets = { NET_ANY, NET_SIGNAL | NET_PAIR, NET_ANY },
    .roles = { { PART_ANY, { 0, 1 } }, { PART_ANY, { 1, 2 } } },
    .expects = { { 16, WORK_TIE_STRAIGHT, { 0, 1 }, { 1, 1 } } } },
  /* such a series stands on its ground and hangs from its supply */
  { .nets = { NET_ANY, NET_SIGNAL | NET_PAIR, NET_GROUND },
    .roles = { { PART_ANY, { 0, 1 } }, { PART_ANY, { 1, 2 } } },
    .wishes = { { 12, 0, 1, DOWN } } },
  { .nets = { NET_ANY, NET_SIGNAL | NET_PAIR, NET_SUPPLY },
    .roles = { { PART_ANY, { 0, 1 } }, { PART_ANY, { 1, 2 } } },
    .wishes = { { 12, 0, 1, UP } } },
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

static void
wish (SchematicFinder *self, guint pin, guint ways, guint weight)
{
  WorkPinRef *ref = &self->work->pins[pin];

  if (ref->wish_cost >= weight)
    return;
  ref->wish = (guint8) ways;
  ref->wish_cost = (guint8) weight;
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
admits (const SchematicFinder *self, guint8 wanted, guint net)
{
  guint8 kind = self->nets[net];

  guint8 needed = wanted & (NET_LABELLED | NET_PAIR);

  if ((kind & needed) != needed)
    return FALSE;
  return (kind & wanted & NET_ANY) != 0;
}

static gboolean
bind (const SchematicFinder *self, Match *match, guint8 variable, guint net)
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

static gboolean
bind_item (const SchematicFinder *self, Match *match, const Role *role, guint index, guint order)
{
  const WorkItem *item = &self->work->items[index];

  if (self->parts[index] != PART_Q)
    return bind (self, match, role->nets[0], self->work->pins[item->first_pin + order].net)
           && bind (self, match, role->nets[1], self->work->pins[item->first_pin + !order].net);
  if (order > 0)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      guint function = schematic_transistor_pin (self->work, item->first_pin + i);

      if (function < 2 && schematic_emitter_is_up (self, item))
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
emit (SchematicFinder *self, const Match *match)
{
  const Pattern *pattern = match->pattern;

  for (guint i = 0; i < MAX_EXPECTS && pattern->expects[i].weight > 0; i++)
    {
      const Expect *expect = &pattern->expects[i];
      guint a = match->items[expect->roles[0]], b = match->items[expect->roles[1]];

      schematic_finder_tie (self, (WorkTieKind) expect->kind, expect->weight, a, pin_on (self->work, a, match->nets[expect->nets[0]]), b,
           pin_on (self->work, b, match->nets[expect->nets[1]]));
    }
  for (guint i = 0; i < MAX_WISHES && pattern->wishes[i].weight > 0; i++)
    {
      const Wish *w = &pattern->wishes[i];

      wish (self, pin_on (self->work, match->items[w->role], match->nets[w->net]), w->ways, w->weight);
    }
}

static void match_role (SchematicFinder *self, const Match *match, guint at);

static void
try_item (SchematicFinder *self, const Match *match, guint at, guint index)
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
match_role (SchematicFinder *self, const Match *match, guint at)
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

void
schematic_find_patterns (SchematicFinder *self)
{
  for (guint p = 0; p < G_N_ELEMENTS (patterns); p++)
    for (guint i = 0; i < self->work->n_items; i++)
      {
        Match match = { .pattern = &patterns[p], .nets = { NUDGE_NONE, NUDGE_NONE, NUDGE_NONE, NUDGE_NONE } };

        try_item (self, &match, 0, i);
      }
}
