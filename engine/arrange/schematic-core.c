#include "arrange/schematic-core.h"

#include "base/geometry.h"

/* Groups that share nets, one after the other beside those that stand, the most tied first. A place is good when the
 * labels that the groups share look at each other in one line, and when the whole stays small and shaped like a page.
 * Then each is taken out once more and put where it is best now. */

#define NEAR 45                /* cells: beyond, a net is labelled, and its ends need not be much nearer */
#define FAR 90                 /* cells: beyond, it does not matter */
#define AWAY 24                /* cells that a wire loses that leaves the wrong way */
#define AGAINST_FLOW 10
#define SAME_DEPTH 4           /* eighths of a step */
#define WEIGHT 12
#define MAX_SWEEPS 2
#define FEW 8                  /* blocks, of which each may be the next, and two of which make a corner */
#define CHOICE 2               /* of more, so many with most to share may be the next */
#define MAX_ALIGNED 32         /* shared labels that a place is aligned to */

/* The outer end of a label that another group has as well. */
typedef struct
{
  guint net;                   /* of the plan sheet */
  gint x, y;                   /* cells: from the corner of the group, then from the origin */
  guint direction;
} Port;

typedef struct
{
  guint block;
  Port port;
} Stand;

typedef struct
{
  SchematicGroup *group;
  GArray **ports;              /* Port, by variant */
  guint variant;
  gboolean placed;
  CoreRect rect;
} Block;

typedef struct
{
  CoreRect rect;
  gint gap;                    /* round it */
} Standing;

struct _SchematicCore
{
  GArray *blocks;              /* Block */
  GArray *standing;            /* Standing: those that are placed */
  guint last_hit;              /* into it: what was in the way of the last place */
  GArray **stands;             /* by net of the plan sheet: Stand; NULL when no two groups share it */
  guint *weights;              /* by net */
  guint n_nets;
  NudgeBox around;             /* what is placed */
  gint gap;
  gboolean tight;              /* a small page is worth more than short ways */
  const NudgeBox *room;        /* when one is fixed: where the others may stand; else NULL */
};

typedef struct
{
  gint x, y;
  guint variant;
  gint64 price;
} Spot;

static Block *
get_block (const SchematicCore *self, guint i)
{
  return &g_array_index (self->blocks, Block, i);
}

/* ---- what is shared ---- */

static const SchematicVariant *
variant_of (const Block *block, guint i)
{
  return &g_array_index (block->group->variants, SchematicVariant, i);
}

static GArray *
ports_of (const SchematicVariant *variant)
{
  GArray *ports = g_array_new (FALSE, FALSE, sizeof (Port));

  for (guint i = 0; i < variant->ports->len; i++)
    {
      const SchematicPort *from = &g_array_index (variant->ports, SchematicPort, i);
      Port port = { from->net, from->x - variant->extent.x0, from->y - variant->extent.y0, from->direction };

      if (port.direction & 1)
        port.y += port.direction == 1 ? -from->reach : from->reach;
      else
        port.x += port.direction == 2 ? -from->reach : from->reach;
      g_array_append_val (ports, port);
    }
  return ports;
}

static void
free_block (gpointer data)
{
  Block *block = data;

  for (guint i = 0; i < block->group->variants->len; i++)
    g_array_unref (block->ports[i]);
  g_free (block->ports);
}

/* Nets with labels in several groups; groups without any are no part of it. */
static void
find_shared (SchematicCore *self)
{
  g_autofree guint *last = g_new0 (guint, self->n_nets), *counts = g_new0 (guint, self->n_nets), *groups = g_new0 (guint, self->n_nets);

  for (guint b = 0; b < self->blocks->len; b++)
    {
      const GArray *ports = get_block (self, b)->ports[0];

      for (guint i = 0; i < ports->len; i++)
        {
          guint net = g_array_index (ports, Port, i).net;

          counts[net]++;
          groups[net] += last[net] != b + 1;
          last[net] = b + 1;
        }
    }
  for (guint net = 0; net < self->n_nets; net++)
    if (groups[net] > 1)
      {
        self->stands[net] = g_array_new (FALSE, FALSE, sizeof (Stand));
        self->weights[net] = MAX (WEIGHT / (counts[net] - 1), 1);
      }
  for (guint b = self->blocks->len; b > 0; b--)
    {
      const GArray *ports = get_block (self, b - 1)->ports[0];
      gboolean shares = FALSE;

      for (guint i = 0; i < ports->len && !shares; i++)
        shares = self->stands[g_array_index (ports, Port, i).net] != NULL;
      if (!shares && !get_block (self, b - 1)->group->fixed)
        g_array_remove_index (self->blocks, b - 1);
    }
}

/* ---- prices ---- */

/* How far a place lies ahead of a port. */
static gint
ahead (const Port *port, gint dx, gint dy)
{
  switch (port->direction)
    {
    case 0:
      return dx;
    case 1:
      return -dy;
    case 2:
      return -dx;
    default:
      return dy;
    }
}

static gint
link_price (const Port *a, const Port *b)
{
  gint dx = b->x - a->x, dy = b->y - a->y, price = ABS (dx) + ABS (dy);

  if (ahead (a, dx, dy) < 0)
    price += AWAY;
  if (ahead (b, -dx, -dy) < 0)
    price += AWAY;
  if ((a->direction ^ b->direction) == 2)
    price += ((a->direction & 1) ? dx : dy) == 0 ? 0 : 12;
  else
    price += (a->direction ^ b->direction) == 0 ? 12 : 6;
  return price <= NEAR ? price : NEAR + (MIN (price, FAR) - NEAR) / 4;
}

/* Whether two that are linked stand against the flow of signals. */
static gboolean
is_against_flow (const SchematicGroup *group, gint x, const SchematicGroup *other, gint other_x)
{
  if (group->depth < 0 || other->depth < 0)
    return FALSE;
  return (group->depth > other->depth + SAME_DEPTH && x < other_x) || (group->depth + SAME_DEPTH < other->depth && x > other_x);
}

static gint64
links_price (const SchematicCore *self, guint block, const Spot *spot)
{
  const GArray *ports = get_block (self, block)->ports[spot->variant];
  gint64 sum = 0;

  for (guint i = 0; i < ports->len; i++)
    {
      Port port = g_array_index (ports, Port, i);
      const GArray *stands = self->stands[port.net];
      gint best = G_MAXINT;

      if (stands == NULL)
        continue;
      port.x += spot->x;
      port.y += spot->y;
      for (guint k = 0; k < stands->len; k++)
        {
          const Stand *stand = &g_array_index (stands, Stand, k);
          const Block *other = get_block (self, stand->block);
          gint price = link_price (&port, &stand->port);

          if (is_against_flow (get_block (self, block)->group, spot->x, other->group, other->rect.x))
            price += AGAINST_FLOW;
          best = MIN (best, price);
        }
      if (best < G_MAXINT)
        sum += (gint64) best * self->weights[port.net];
    }
  return sum;
}

static CoreRect
rect_at (const SchematicCore *self, guint block, const Spot *spot)
{
  const NudgeBox *extent = &variant_of (get_block (self, block), spot->variant)->extent;

  return (CoreRect){ spot->x, spot->y, extent->x1 - extent->x0, extent->y1 - extent->y0 };
}

static void
surround (NudgeBox *box, const CoreRect *rect)
{
  nudge_box_add_point (box, rect->x, rect->y);
  nudge_box_add_point (box, rect->x + rect->w, rect->y + rect->h);
}

/* Width and height of all with one more. */
static gint
width_with (const SchematicCore *self, gint x, gint w)
{
  return MAX (self->around.x1, x + w) - MIN (self->around.x0, x);
}

static gint
height_with (const SchematicCore *self, gint y, gint h)
{
  return MAX (self->around.y1, y + h) - MIN (self->around.y0, y);
}

static gint64
shape_price (const SchematicCore *self, gint w, gint h)
{
  return ((gint64) MAX (w, h * 145 / 100) * 10 + w + h) * (self->tight ? 8 : 1);
}

/* What a place costs whatever is linked to it. */
static gint64
least_price (const SchematicCore *self, guint block, guint variant, gint w, gint h)
{
  return shape_price (self, w, h) + variant_of (get_block (self, block), variant)->work->cost * 3;
}

static gint
gap_between (const SchematicCore *self, guint a, guint b)
{
  return MAX (core_gap_of (get_block (self, a)->group, self->gap), core_gap_of (get_block (self, b)->group, self->gap));
}

/* Places are tried near each other: what was in the way of one is often in the way of the next. */
static gboolean
is_taken (SchematicCore *self, guint block, const CoreRect *rect)
{
  const Standing *standing = (const Standing *) self->standing->data;
  gint gap = core_gap_of (get_block (self, block)->group, self->gap);

  if (self->last_hit < self->standing->len && core_rects_touch (rect, &standing[self->last_hit].rect, MAX (gap, standing[self->last_hit].gap)))
    return TRUE;
  for (guint i = 0; i < self->standing->len; i++)
    if (core_rects_touch (rect, &standing[i].rect, MAX (gap, standing[i].gap)))
      {
        self->last_hit = i;
        return TRUE;
      }
  return FALSE;
}

/* Whether a place is on the page, where that matters. */
static gboolean
is_in_room (const SchematicCore *self, const CoreRect *rect)
{
  const NudgeBox *room = self->room;

  return room == NULL || (rect->x >= room->x0 && rect->y >= room->y0 && rect->x + rect->w <= room->x1 && rect->y + rect->h <= room->y1);
}

static void
try_spot (SchematicCore *self, guint block, Spot spot, Spot *best)
{
  CoreRect rect = rect_at (self, block, &spot);

  spot.price = least_price (self, block, spot.variant, width_with (self, rect.x, rect.w), height_with (self, rect.y, rect.h));
  if (spot.price >= best->price || !is_in_room (self, &rect) || is_taken (self, block, &rect))
    return;
  spot.price += links_price (self, block, &spot);
  if (spot.price < best->price)
    *best = spot;
}

/* ---- places ---- */

/* Beside another group with one shared label in line. */
static void
try_aligned (SchematicCore *self, guint block, guint variant, Spot *best)
{
  const GArray *ports = get_block (self, block)->ports[variant];
  guint tried = 0;
  Spot last = { G_MININT, G_MININT, 0, 0 };

  for (guint i = 0; i < ports->len && tried < MAX_ALIGNED; i++)
    {
      const Port *port = &g_array_index (ports, Port, i);
      const GArray *stands = self->stands[port->net];

      for (guint k = 0; stands != NULL && k < stands->len; k++)
        {
          const Stand *stand = &g_array_index (stands, Stand, k);
          const CoreRect *other = &get_block (self, stand->block)->rect;
          Spot spot = { stand->port.x - port->x, stand->port.y - port->y, variant, 0 };
          CoreRect rect = rect_at (self, block, &spot);

          /* The next of a bundle comes to the same place. */
          if ((port->direction ^ stand->port.direction) != 2 || (spot.x == last.x && spot.y == last.y))
            continue;
          last = spot;
          tried++;
          for (gint gap = self->gap; gap <= self->gap + 8; gap += 4)
            {
              try_spot (self, block, (Spot){ other->x + other->w + gap, spot.y, variant, 0 }, best);
              try_spot (self, block, (Spot){ other->x - rect.w - gap, spot.y, variant, 0 }, best);
              try_spot (self, block, (Spot){ spot.x, other->y + other->h + gap, variant, 0 }, best);
              try_spot (self, block, (Spot){ spot.x, other->y - rect.h - gap, variant, 0 }, best);
            }
        }
    }
}

/* In the corners round the others. */
static void
try_corners (SchematicCore *self, guint block, guint variant, Spot *best)
{
  Spot origin = { 0, 0, variant, 0 };
  CoreRect rect = rect_at (self, block, &origin);

  for (guint i = 0; i < self->blocks->len; i++)
    for (guint k = i < FEW ? 0 : i; get_block (self, i)->placed && k < (i < FEW ? MIN (FEW, self->blocks->len) : i + 1); k++)
      {
        const CoreRect *a = &get_block (self, i)->rect, *b = &get_block (self, k)->rect;
        gint gx = gap_between (self, block, i), gy = gap_between (self, block, k);
        const gint xs[] = { a->x + a->w + gx, a->x - rect.w - gx, a->x, a->x + a->w - rect.w };
        const gint ys[] = { b->y + b->h + gy, b->y - rect.h - gy, b->y, b->y + b->h - rect.h };
        gint widths[4], heights[4];

        if (!get_block (self, k)->placed)
          continue;
        for (guint c = 0; c < 4; c++)
          {
            widths[c] = width_with (self, xs[c], rect.w);
            heights[c] = height_with (self, ys[c], rect.h);
          }
        for (guint c = 0; c < 16; c++)
          if (least_price (self, block, variant, widths[c & 3], heights[c >> 2]) < best->price)
            try_spot (self, block, (Spot){ xs[c & 3], ys[c >> 2], variant, 0 }, best);
      }
}

/* What a block takes where it stands. */
static void
add_standing (SchematicCore *self, const Block *block)
{
  const GArray *taken = block->group->taken;
  Standing there = { block->rect, core_gap_of (block->group, self->gap) };

  if (!block->group->fixed)
    g_array_append_val (self->standing, there);
  for (guint i = 0; block->group->fixed && i < taken->len; i++)
    {
      const NudgeBox *box = &g_array_index (taken, NudgeBox, i);

      there.rect = (CoreRect){ box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0 };
      g_array_append_val (self->standing, there);
    }
}

static void
set_standing (SchematicCore *self, guint index, gboolean standing)
{
  Block *block = get_block (self, index);
  const GArray *ports = block->ports[block->variant];

  block->placed = standing;
  self->around = NUDGE_BOX_EMPTY;
  g_array_set_size (self->standing, 0);
  for (guint i = 0; i < self->blocks->len; i++)
    if (get_block (self, i)->placed)
      {
        surround (&self->around, &get_block (self, i)->rect);
        add_standing (self, get_block (self, i));
      }
  for (guint i = 0; i < ports->len; i++)
    {
      Stand stand = { index, g_array_index (ports, Port, i) };
      GArray *stands = self->stands[stand.port.net];

      if (stands == NULL)
        continue;
      if (standing)
        {
          stand.port.x += block->rect.x;
          stand.port.y += block->rect.y;
          g_array_append_val (stands, stand);
          continue;
        }
      for (guint k = stands->len; k > 0; k--)
        if (g_array_index (stands, Stand, k - 1).block == index)
          g_array_remove_index (stands, k - 1);
    }
}

static Spot
find_spot (SchematicCore *self, guint index, gboolean first)
{
  const Block *block = get_block (self, index);
  Spot best = { 0, 0, 0, G_MAXINT64 };

  for (guint v = 0; v < block->group->variants->len; v++)
    {
      if (first)
        try_spot (self, index, (Spot){ 0, 0, v, 0 }, &best);
      else
        {
          try_aligned (self, index, v, &best);
          try_corners (self, index, v, &best);
        }
    }
  return best;
}

static void
place_block (SchematicCore *self, guint index, const Spot *spot)
{
  Block *block = get_block (self, index);

  block->variant = spot->variant;
  block->rect = rect_at (self, index, spot);
  set_standing (self, index, TRUE);
}

/* What a block has to share, with those that stand or at all. */
static gint64
pull_of (const SchematicCore *self, guint index, gboolean standing)
{
  const GArray *ports = get_block (self, index)->ports[0];
  gint64 pull = 0;

  for (guint i = 0; i < ports->len; i++)
    {
      guint net = g_array_index (ports, Port, i).net;

      if (self->stands[net] != NULL && (!standing || self->stands[net]->len > 0))
        pull += self->weights[net];
    }
  return pull;
}

/* Whether so few waiting blocks have more to share with those that stand that this one may be the next. */
static gboolean
is_choice (const SchematicCore *self, guint index, const gint64 *pulls)
{
  guint before = 0;

  for (guint b = 0; b < self->blocks->len; b++)
    before += !get_block (self, b)->placed && (pulls[b] > pulls[index] || (pulls[b] == pulls[index] && b < index));
  return before < CHOICE || self->blocks->len <= FEW;
}

/* The next block and its place: the one that gains most by where it can stand. At first what has most to share. */
static guint
next_block (SchematicCore *self, gboolean first, Spot *spot)
{
  guint best = NUDGE_NONE;
  gint64 best_gain = G_MININT64;
  g_autofree gint64 *pulls = g_new (gint64, self->blocks->len + 1);

  for (guint b = 0; b < self->blocks->len; b++)
    pulls[b] = pull_of (self, b, !first);
  for (guint b = 0; b < self->blocks->len; b++)
    {
      Spot here = { 0, 0, 0, 0 };
      gint64 gain = pulls[b];

      if (get_block (self, b)->placed || !is_choice (self, b, pulls))
        continue;
      if (!first)
        {
          here = find_spot (self, b, FALSE);
          gain = pulls[b] * (NEAR + (FAR - NEAR) / 4) - links_price (self, b, &here);
        }
      if (gain > best_gain)
        {
          best_gain = gain;
          best = b;
          *spot = here;
        }
    }
  return best;
}

static void
move_to_origin (SchematicCore *self)
{
  gint x = G_MAXINT, y = G_MAXINT;

  for (guint b = 0; b < self->blocks->len; b++)
    {
      x = MIN (x, get_block (self, b)->rect.x);
      y = MIN (y, get_block (self, b)->rect.y);
    }
  for (guint b = 0; b < self->blocks->len; b++)
    {
      get_block (self, b)->rect.x -= x;
      get_block (self, b)->rect.y -= y;
    }
}

/* Puts the fixed one where it stands; returns whether there is none. */
static gboolean
place_fixed (SchematicCore *self)
{
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const Block *block = get_block (self, b);

      if (!block->group->fixed)
        continue;
      place_block (self, b, &(Spot){ block->group->extent.x0, block->group->extent.y0, 0, 0 });
      return FALSE;
    }
  return TRUE;
}

/* FALSE when one finds no place on the page. */
static gboolean
place_all (SchematicCore *self, gboolean first)
{
  guint block;
  Spot spot;

  for (; (block = next_block (self, first, &spot)) != NUDGE_NONE; first = FALSE)
    {
      if (spot.price == G_MAXINT64)
        return FALSE;
      place_block (self, block, &spot);
    }
  return TRUE;
}

/* Takes each out once more and puts it where it is best now. */
static void
sweep_all (SchematicCore *self)
{
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const Block *block = get_block (self, b);
      Spot was = { block->rect.x, block->rect.y, block->variant, 0 }, spot;

      if (block->group->fixed)
        continue;
      set_standing (self, b, FALSE);
      spot = find_spot (self, b, FALSE);
      place_block (self, b, spot.price < G_MAXINT64 ? &spot : &was);
    }
}

/* Banks and lone parts are read by the names of their rails, wherever they stand. */
static gboolean
stands_in_rows (const SchematicGroup *group)
{
  return (group->kind == GROUP_BANK || group->kind == GROUP_ROW) && !group->fixed;
}

SchematicCore *
schematic_core_new (GPtrArray *groups, gint gap, gboolean tight, const NudgeBox *room)
{
  SchematicCore *self = g_new0 (SchematicCore, 1);
  gboolean free, all;

  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, free_block);
  self->standing = g_array_new (FALSE, FALSE, sizeof (Standing));
  self->gap = gap;
  self->tight = tight;
  self->room = room;
  self->around = NUDGE_BOX_EMPTY;
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);
      Block b = { .group = group };

      self->n_nets = group->work->sheet->n_nets;
      if (stands_in_rows (group))
        continue;
      b.ports = g_new (GArray *, group->variants->len);
      for (guint k = 0; k < group->variants->len; k++)
        b.ports[k] = ports_of (variant_of (&b, k));
      g_array_append_val (self->blocks, b);
    }
  self->stands = g_new0 (GArray *, self->n_nets + 1);
  self->weights = g_new0 (guint, self->n_nets + 1);
  find_shared (self);
  free = place_fixed (self);
  all = place_all (self, free);
  for (guint sweep = 0; all && sweep < MAX_SWEEPS && self->blocks->len > 2; sweep++)
    sweep_all (self);
  if (free)
    move_to_origin (self);
  self->room = NULL;
  if (!all)
    g_clear_pointer (&self, schematic_core_free);
  return self;
}

void
schematic_core_free (SchematicCore *self)
{
  for (guint i = 0; i < self->n_nets; i++)
    g_clear_pointer (&self->stands[i], g_array_unref);
  g_free (self->stands);
  g_free (self->weights);
  g_array_unref (self->blocks);
  g_array_unref (self->standing);
  g_free (self);
}

gboolean
schematic_core_holds (const SchematicCore *self, const SchematicGroup *group)
{
  for (guint b = 0; b < self->blocks->len; b++)
    if (get_block (self, b)->group == group)
      return TRUE;
  return FALSE;
}

void
schematic_core_apply (const SchematicCore *self)
{
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const Block *block = get_block (self, b);
      const SchematicVariant *variant = variant_of (block, block->variant);

      block->group->work = variant->work;
      block->group->extent = variant->extent;
      block->group->x = block->rect.x;
      block->group->y = block->rect.y;
    }
}
