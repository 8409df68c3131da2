#include "canvas/guides.h"

#include <math.h>
#include <stdlib.h>

/* A part lines up with another no farther away. */
#define ORIGIN_REACH NUDGE_MM (80)
/* Of a large selection only so many points are compared. */
#define MAX_MOVED 400

/* A point that may line up with its like: a pin with those of its net, an origin (NUDGE_NONE) with other origins. */
typedef struct
{
  NudgePoint at;
  guint net;
} Anchor;

struct _NudgeGuides
{
  GArray *moved;         /* Anchor */
  GArray *still[2];      /* Anchor, by net and x; by net and y */
};

static gint
compare_axis (const Anchor *a, const Anchor *b, guint axis)
{
  gint32 u = axis == 0 ? a->at.x : a->at.y, v = axis == 0 ? b->at.x : b->at.y;

  if (a->net != b->net)
    return a->net < b->net ? -1 : 1;
  return u != v ? (u < v ? -1 : 1) : 0;
}

static gint
compare_x (gconstpointer a, gconstpointer b)
{
  return compare_axis (a, b, 0);
}

static gint
compare_y (gconstpointer a, gconstpointer b)
{
  return compare_axis (a, b, 1);
}

static void
add_anchor (GArray *anchors, const NudgeCircuit *circuit, NudgePoint at, guint net)
{
  Anchor anchor = { at, net };

  if (net < circuit->n_nets && circuit->nets[net].is_power)
    return;
  g_array_append_val (anchors, anchor);
}

static void
add_symbol (GArray *anchors, const NudgeDrawing *drawing, const NudgeDrawnSymbol *symbol)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;

  if (symbol->part == NUDGE_NONE)
    return;
  add_anchor (anchors, circuit, symbol->pose.at, NUDGE_NONE);
  for (guint i = 0; i < symbol->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &symbol->symbol->pins[i];
      guint net = nudge_circuit_net_of (circuit, symbol->part, pin->number);

      if (net != NUDGE_NONE && !pin->hidden && (pin->unit == 0 || pin->unit == symbol->unit))
        add_anchor (anchors, circuit, nudge_pose_point (&symbol->pose, pin->at), net);
    }
}

static void
add_box (GArray *anchors, const NudgeCircuit *circuit, const NudgeDrawnSheet *sheet, const NudgeSheetBox *box)
{
  add_anchor (anchors, circuit, (NudgePoint){ box->box.x0, box->box.y0 }, NUDGE_NONE);
  for (guint i = box->first_pin; i < box->first_pin + box->n_pins; i++)
    add_anchor (anchors, circuit, sheet->sheet_pins[i].at, sheet->sheet_pins[i].net);
}

static gboolean
is_among (const GArray *indices, guint index)
{
  for (guint i = 0; i < indices->len; i++)
    if (g_array_index (indices, guint, i) == index)
      return TRUE;
  return FALSE;
}

NudgeGuides *
nudge_guides_new (const NudgeDrawing *drawing, const NudgeDrawnSheet *sheet, const GArray *moved_symbols, const GArray *moved_boxes)
{
  NudgeGuides *self = g_new0 (NudgeGuides, 1);
  GArray *still = g_array_new (FALSE, FALSE, sizeof (Anchor));

  self->moved = g_array_new (FALSE, FALSE, sizeof (Anchor));
  for (guint i = 0; i < sheet->n_symbols; i++)
    add_symbol (is_among (moved_symbols, i) ? self->moved : still, drawing, &sheet->symbols[i]);
  for (guint i = 0; i < sheet->n_boxes; i++)
    add_box (is_among (moved_boxes, i) ? self->moved : still, drawing->layout->circuit, sheet, &sheet->boxes[i]);
  g_array_set_size (self->moved, MIN (self->moved->len, MAX_MOVED));
  self->still[0] = still;
  self->still[1] = g_array_sized_new (FALSE, FALSE, sizeof (Anchor), still->len);
  if (still->len > 0)
    g_array_append_vals (self->still[1], still->data, still->len);
  g_array_sort (self->still[0], compare_x);
  g_array_sort (self->still[1], compare_y);
  return self;
}

void
nudge_guides_free (NudgeGuides *self)
{
  g_array_unref (self->moved);
  g_array_unref (self->still[0]);
  g_array_unref (self->still[1]);
  g_free (self);
}

/* The first of the anchors, sorted along @axis, that is of that net and not before @from. */
static guint
lower_bound (const GArray *anchors, guint axis, guint net, gint32 from)
{
  const Anchor wanted = { { from, from }, net };
  guint low = 0, high = anchors->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_axis (&g_array_index (anchors, Anchor, middle), &wanted, axis) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What attracts most along one axis. */
typedef struct
{
  gboolean found;
  gint32 shift;
  double price;
  Anchor moved, still;
} Match;

static void
try_match (Match *best, const Anchor *moved, const Anchor *still, guint axis, double hand, NudgePoint other_hand)
{
  gint32 shift = axis == 0 ? still->at.x - moved->at.x : still->at.y - moved->at.y;
  double across = axis == 0 ? moved->at.y + (double) other_hand.y - still->at.y : moved->at.x + (double) other_hand.x - still->at.x;
  double price;

  if (shift % NUDGE_GRID != 0 || across == 0 || (moved->net == NUDGE_NONE && fabs (across) > ORIGIN_REACH))
    return;
  /* A straight wire is worth more than an even row; then comes what is near. */
  price = fabs (shift - hand) + (moved->net == NUDGE_NONE ? NUDGE_GRID : 0) + fabs (across) / 1000;
  if (best->found && best->price <= price)
    return;
  *best = (Match){ TRUE, shift, price, *moved, *still };
}

static Match
find_match (const NudgeGuides *self, guint axis, double hand, NudgePoint other_hand, double reach)
{
  Match best = { 0 };
  const GArray *still = self->still[axis];

  for (guint i = 0; i < self->moved->len; i++)
    {
      const Anchor *moved = &g_array_index (self->moved, Anchor, i);
      double at = (axis == 0 ? moved->at.x : moved->at.y) + hand;

      for (guint k = lower_bound (still, axis, moved->net, (gint32) floor (at - reach)); k < still->len; k++)
        {
          const Anchor *other = &g_array_index (still, Anchor, k);

          if (other->net != moved->net || (axis == 0 ? other->at.x : other->at.y) > at + reach)
            break;
          try_match (&best, moved, other, axis, hand, other_hand);
        }
    }
  return best;
}

guint
nudge_guides_snap (const NudgeGuides *self, double x, double y, double reach, NudgePoint *offset, NudgeGuideLine lines[2])
{
  NudgePoint hand = { nudge_snap ((gint64) x, NUDGE_GRID), nudge_snap ((gint64) y, NUDGE_GRID) };
  double least = MAX (reach, NUDGE_GRID / 2);
  Match matches[2] = { find_match (self, 0, x, hand, least), find_match (self, 1, y, hand, least) };
  guint n = 0;

  *offset = (NudgePoint){ matches[0].found ? matches[0].shift : hand.x, matches[1].found ? matches[1].shift : hand.y };
  for (guint axis = 0; axis < 2; axis++)
    if (matches[axis].found)
      lines[n++] = (NudgeGuideLine){ { matches[axis].moved.at.x + offset->x, matches[axis].moved.at.y + offset->y }, matches[axis].still.at };
  return n;
}
