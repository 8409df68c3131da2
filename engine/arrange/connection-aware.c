/* connection-aware.c: parts near what they connect to, as circuit-synth placed them in July 2025, to the last digit.
 *
 * Who has most connections comes first; each further part stands as near as it can to the middle of those of its
 * neighbours that stand already. The page is taken to be upright; a sheet that reaches below an A4 in KiCad, which lies,
 * gets larger paper, and so does one on which not everything finds a place. The program itself had neither: it went on
 * below the page, and chose one paper for all sheets. */
#include "arrange/text-flow.h"

#include "arrange/synth-clear.h"
#include "arrange/synth-measure.h"
#include "arrange/synth-paper.h"
#include "arrange/synth-sequence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  guint unit;
  const char *reference;
  guint connections;
  double w, h, x, y;
  gboolean locked;
} Item;

/* How many nets two units share; rows of a unit are together. */
typedef struct
{
  guint unit, other;
  guint shared;
} Pair;

typedef struct
{
  NudgeLayout *layout;
  const NudgeBlock *block;
  guint first_unit, n_units;
  guint *connections;          /* by unit of the block */
  GArray *pairs;               /* Pair, sorted */
  GArray *items;               /* Item, in order of placement */
  guint *order;                /* by unit of the block: into items */
  double max_x, max_y;         /* how far parts and boxes reach by the program's measure, in mm */
} Placing;

/* Pages as the program tries them, and the paper of KiCad's that holds them. */
static const struct
{
  NudgePaper paper;
  double width, height;
} pages[] = {
  { NUDGE_PAPER_A4, 210, 297 },
  { NUDGE_PAPER_A2, 297, 420 },
  { NUDGE_PAPER_A1, 420, 594 },
  { NUDGE_PAPER_A0, 594, 841 },
  { NUDGE_PAPER_A0, 1189, 841 },
};

#define WIDEST_NET 500 /* a wider one pulls nobody anywhere */

/* Any of these within a name makes a net a rail. */
static gboolean
sounds_like_power (const char *name)
{
  static const char *const parts[] = { "VCC",  "VDD",  "VSS",  "GND",  "GROUND", "PWR", "+3V3", "+5V",  "+12V", "-12V",
                                       "+1V8", "+2V5", "VBAT", "VBUS", "VIN",    "VOUT", "AGND", "DGND" };
  g_autofree char *upper = g_utf8_strup (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (upper, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* --- who is connected to whom --- */

/* The unit that has the pin; the first of the part when none says so. */
static guint
unit_of_node (const Placing *self, const NudgeNode *node)
{
  const NudgeLayout *layout = self->layout;
  guint first = layout->part_units[node->part];

  for (guint u = first; u < layout->part_units[node->part + 1]; u++)
    for (guint i = 0; i < layout->units[u].symbol->n_pins; i++)
      {
        const NudgeSymbolPin *pin = &layout->units[u].symbol->pins[i];

        if (nudge_symbol_pin_in_unit (pin, layout->units[u].unit) && g_str_equal (pin->number, node->pin))
          return u;
      }
  return first;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;
  int order = compare_numbers (&x->unit, &y->unit);

  return order != 0 ? order : compare_numbers (&x->other, &y->other);
}

/* A pin that the circuit lists twice counts twice, but a net is shared once. */
static void
count_net (Placing *self, const NudgeMention *mention)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = mention->first_node; i < mention->first_node + mention->n_nodes; i++)
    {
      guint unit = unit_of_node (self, &circuit->mention_nodes[i]) - self->first_unit;

      self->connections[unit] += mention->n_nodes - 1;
      g_array_append_val (units, unit);
    }
  g_array_sort (units, compare_numbers);
  for (guint i = 0; i < units->len; i++)
    for (guint k = 0; k < units->len; k++)
      {
        Pair pair = { g_array_index (units, guint, i), g_array_index (units, guint, k), 1 };
        gboolean again = (i > 0 && g_array_index (units, guint, i - 1) == pair.unit) || (k > 0 && g_array_index (units, guint, k - 1) == pair.other);

        if (pair.unit != pair.other && !again)
          g_array_append_val (self->pairs, pair);
      }
}

static void
count_connections (Placing *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  guint n = 0;

  for (guint i = 0; i < self->block->n_mentions; i++)
    {
      const NudgeMention *mention = &circuit->mentions[self->block->first_mention + i];

      if (mention->n_nodes <= WIDEST_NET && !sounds_like_power (mention->name))
        count_net (self, mention);
    }
  g_array_sort (self->pairs, compare_pairs);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      Pair *pair = &g_array_index (self->pairs, Pair, i), *last = n > 0 ? &g_array_index (self->pairs, Pair, n - 1) : NULL;

      if (last != NULL && compare_pairs (last, pair) == 0)
        last->shared += pair->shared;
      else
        g_array_index (self->pairs, Pair, n++) = *pair;
    }
  g_array_set_size (self->pairs, n);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;
  int order;

  if (x->connections != y->connections)
    return x->connections > y->connections ? -1 : 1;
  order = strcmp (x->reference, y->reference);
  return order != 0 ? order : compare_numbers (&x->unit, &y->unit);
}

/* Otherwise parts come as the circuit lists them. */
static void
order_items (Placing *self, gboolean by_connections)
{
  const NudgeLayout *layout = self->layout;

  for (guint i = 0; i < self->n_units; i++)
    {
      Item item = { .unit = i, .connections = self->connections[i] };

      item.reference = layout->circuit->parts[layout->units[self->first_unit + i].part].reference;
      nudge_synth_july_symbol_size (layout, self->first_unit + i, &item.w, &item.h);
      g_array_append_val (self->items, item);
    }
  if (by_connections)
    g_array_sort (self->items, compare_items);
  for (guint i = 0; i < self->items->len; i++)
    self->order[g_array_index (self->items, Item, i).unit] = i;
}

/* --- placing --- */

static guint
first_pair (const Placing *self, guint unit)
{
  guint low = 0, high = self->pairs->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->pairs, Pair, middle).unit < unit)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

typedef struct
{
  guint order;
  guint shared;
} Neighbour;

/* The middle of the neighbours that stand, each as often as it shares a net, summed in the order in which they came. */
static gboolean
middle_of_neighbours (const Placing *self, guint index, double *x, double *y)
{
  guint unit = g_array_index (self->items, Item, index).unit;
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Neighbour));
  double sum = 0;

  for (guint i = first_pair (self, unit); i < self->pairs->len && g_array_index (self->pairs, Pair, i).unit == unit; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);
      Neighbour neighbour = { self->order[pair->other], pair->shared };

      if (neighbour.order < index || g_array_index (self->items, Item, neighbour.order).locked)
        g_array_append_val (placed, neighbour);
    }
  g_array_sort (placed, compare_numbers);
  *x = *y = 0;
  for (guint i = 0; i < placed->len; i++)
    {
      const Neighbour *neighbour = &g_array_index (placed, Neighbour, i);
      const Item *item = &g_array_index (self->items, Item, neighbour->order);

      *x += item->x * neighbour->shared;
      *y += item->y * neighbour->shared;
      sum += neighbour->shared;
    }
  if (sum == 0)
    return FALSE;
  *x /= sum;
  *y /= sum;
  return TRUE;
}

/* What is locked stands already, and in the way of the rest. */
static void
keep_locked (Placing *self, NudgeSequence *sequence)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);
      const NudgePlacement *placement = &self->layout->placements[self->first_unit + item->unit];

      item->locked = placement->locked;
      if (!item->locked)
        continue;
      item->x = nudge_synth_mm (placement->pose.at.x);
      item->y = nudge_synth_mm (placement->pose.at.y);
      nudge_sequence_keep (sequence, item->x, item->y, item->w, item->h);
    }
}

/* FALSE when something found no free place; then the rest is placed only if it has @must. */
static gboolean
place_items (Placing *self, NudgeSequence *sequence, gboolean must)
{
  gboolean fits = TRUE;

  keep_locked (self, sequence);
  for (guint i = 0; i < self->items->len && (fits || must); i++)
    {
      Item *item = &g_array_index (self->items, Item, i);
      double x, y;

      if (item->locked)
        continue;
      if (middle_of_neighbours (self, i, &x, &y))
        fits &= nudge_sequence_place_near (sequence, x, y, item->w, item->h, &item->x, &item->y);
      else
        fits &= nudge_sequence_place (sequence, item->w, item->h, &item->x, &item->y);
    }
  return fits;
}

static void
set_items (const Placing *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);
      NudgeFlowItem placed = { .unit = self->first_unit + item->unit, .block = NUDGE_NONE };

      placed.x = nudge_synth_snap (item->x, NUDGE_SYNTH_GRID);
      placed.y = nudge_synth_snap (item->y, NUDGE_SYNTH_GRID);
      nudge_flow_set_item (self->layout, &placed);
    }
}

/* The child boxes follow in the same rows; @lowest is the lower end of the lowest. */
static gboolean
place_boxes (Placing *self, NudgeSequence *sequence, double *lowest)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  gboolean fits = TRUE;

  for (guint child = self->block->first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    {
      NudgeSynthBox box = nudge_synth_box_size (circuit, child);
      NudgeFlowItem item = { .unit = NUDGE_NONE, .block = child, .box_w = box.row_w, .box_h = box.h };

      fits &= nudge_sequence_place (sequence, box.row_w, box.h, &item.x, &item.y);
      nudge_flow_set_item (self->layout, &item);
      *lowest = MAX (*lowest, item.y + box.h / 2);
      self->max_x = MAX (self->max_x, item.x + box.row_w + NUDGE_SYNTH_LABEL_ROOM);
      self->max_y = MAX (self->max_y, item.y + box.h + NUDGE_SYNTH_LABEL_ROOM);
    }
  return fits;
}

/* An A4 or A3 that lies is less tall than the page that was filled. */
static NudgePaper
paper_for (guint page, double lowest)
{
  NudgePaper paper = pages[page].paper;

  while (paper < NUDGE_PAPER_A0 && lowest + NUDGE_SEQUENCE_MARGIN > nudge_synth_mm (nudge_paper_size (paper).y))
    paper++;
  return paper;
}

/* All of it on or below one page. */
static void
place_on (Placing *self, NudgePoint page)
{
  NudgeSequence sequence;
  double lowest = 0;

  nudge_sequence_init (&sequence, page.x, page.y);
  place_items (self, &sequence, TRUE);
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      self->max_x = MAX (self->max_x, item->x + NUDGE_SYNTH_LABEL_ROOM);
      self->max_y = MAX (self->max_y, item->y + NUDGE_SYNTH_LABEL_ROOM);
    }
  place_boxes (self, &sequence, &lowest);
  nudge_sequence_clear (&sequence);
  set_items (self);
}

/* On paper that holds it. */
static void
place_block (Placing *self, guint index, GPtrArray *diagnostics)
{
  gboolean fits = FALSE;
  double lowest = 0;
  guint page = 0;

  for (; page < G_N_ELEMENTS (pages) && !fits; page++)
    {
      NudgeSequence sequence;

      lowest = 0;
      nudge_sequence_init (&sequence, pages[page].width, pages[page].height);
      fits = place_items (self, &sequence, page + 1 == G_N_ELEMENTS (pages));
      for (guint i = 0; i < self->items->len; i++)
        lowest = MAX (lowest, g_array_index (self->items, Item, i).y + g_array_index (self->items, Item, i).h / 2);
      fits &= place_boxes (self, &sequence, &lowest);
      nudge_sequence_clear (&sequence);
    }
  set_items (self);
  self->layout->papers[index] = paper_for (page - 1, lowest);
  if (!fits)
    nudge_diagnostic_set_sheet (nudge_diagnostics_add (diagnostics, NUDGE_CODE_PAPER_OVERFULL,
                                                       "sheet %s does not fit A0: parts stand on one another", self->block->path),
                                self->block->path);
}

static void
placing_init (Placing *self, NudgeLayout *layout, guint index, gboolean connected)
{
  const NudgeBlock *block = &layout->circuit->blocks[index];
  guint first = layout->part_units[block->first_part];
  guint n = layout->part_units[block->first_part + block->n_parts] - first;

  *self = (Placing){ .layout = layout, .block = block, .first_unit = first, .n_units = n };
  self->connections = g_new0 (guint, n + 1);
  self->order = g_new0 (guint, n + 1);
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  self->items = g_array_sized_new (FALSE, FALSE, sizeof (Item), n);
  if (connected)
    count_connections (self);
  order_items (self, connected);
}

static void
placing_clear (Placing *self)
{
  g_array_unref (self->pairs);
  g_array_unref (self->items);
  g_free (self->connections);
  g_free (self->order);
}

static void
arrange_block (NudgeLayout *layout, guint block, GPtrArray *diagnostics)
{
  Placing placing;

  placing_init (&placing, layout, block, TRUE);
  place_block (&placing, block, diagnostics);
  placing_clear (&placing);
  nudge_synth_clear (layout, block, diagnostics);
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  return nudge_flow_arrange (layout, arrange_block, diagnostics, cancellable, error);
}

/* The program itself, the top circuit last: the paper chosen for one is the page of the next, and the last one's is
 * that of all. */
static NudgeLayout *
arrange_july (NudgeLayout *layout, gboolean connected, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) result = nudge_layout_copy (layout);
  guint n = layout->circuit->n_blocks;
  NudgePaper paper = NUDGE_PAPER_A4;

  result->wires = FALSE;
  for (guint i = 1; i <= n; i++)
    {
      guint block = i % n;
      Placing placing;

      if (layout->circuit->blocks[block].definition != block)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      placing_init (&placing, result, block, connected);
      place_on (&placing, nudge_synth_page_size (paper));
      paper = nudge_synth_choose_paper (placing.max_x, placing.max_y);
      placing_clear (&placing);
    }
  for (guint block = 0; block < n; block++)
    {
      if (layout->circuit->blocks[block].definition == block)
        nudge_synth_clear (result, block, diagnostics);
      else
        nudge_flow_copy_block (result, block);
      result->papers[block] = paper;
    }
  return g_steal_pointer (&result);
}

static NudgeLayout *
arrange_july_connected (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  return arrange_july (layout, TRUE, diagnostics, cancellable, error);
}

static NudgeLayout *
arrange_july_sequence (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  return arrange_july (layout, FALSE, diagnostics, cancellable, error);
}

const NudgeArranger nudge_connection_aware_arranger = {
  .name = "connection-aware",
  .summary = N_("parts near what they connect to, a label on every pin; as circuit-synth placed them in July 2025"),
  .arrange = arrange,
};

const NudgeArranger nudge_july_arranger = {
  .name = "circuit-synth-2025",
  .summary = "exactly as circuit-synth placed in July 2025, its choice of paper and what falls off it included",
  .arrange = arrange_july_connected,
};

const NudgeArranger nudge_july_sequence_arranger = {
  .name = "circuit-synth-2025-sequence",
  .summary = "the same without regard to connections, which it could be asked for",
  .arrange = arrange_july_sequence,
};
