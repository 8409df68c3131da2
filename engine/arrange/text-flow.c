/* text-flow.c: parts in rows, largest first, as circuit-synth 0.12.1 places them, to the last digit.
 *
 * The computation is in doubles, in millimetres and in one fixed order of operations, since positions are compared
 * with those that the Python program finds. What it writes for sheets beyond A3 is a failure; here A2 to A0 follow. */
#include "arrange/arrange.h"

#include "base/text-metrics.h"

#include <math.h>

#define TEXT_HEIGHT 2.54
#define NAME_OFFSET 0.508
#define NUMBER_MARGIN (1.27 * 1.5)
#define LABEL_CHARS 3 /* every pin is given a label of three characters */
#define LABEL_WIDTH (LABEL_CHARS * TEXT_HEIGHT * 0.65)
#define LABEL_HEIGHT (LABEL_CHARS * TEXT_HEIGHT)
#define BODY_MARGIN 0.254
#define SPACING 15.0
#define MARGIN 12.7
#define LEFT_PADDING 12.0
#define SNAP 2.54

typedef struct
{
  double x0, y0, x1, y1;
} Extent;

typedef struct
{
  double w, h;
  double box_w, box_h; /* child boxes: the box itself, without room for labels */
  guint unit;          /* or NUDGE_NONE */
  guint block;         /* child, or NUDGE_NONE */
  guint order;
  double label_w;      /* child boxes: what the longest net name needs */
  double x, y;         /* result: snapped centre */
} Item;

/* Right and bottom edge that content may reach. The first two are circuit-synth's; the others leave its A3 margin
 * on the right and room for the title block. */
static const struct
{
  NudgePaper paper;
  double max_x, max_y;
} pages[] = {
  { NUDGE_PAPER_A4, 284.48, 165.10 },
  { NUDGE_PAPER_A3, 407.0, 277.0 },
  { NUDGE_PAPER_A2, 581.0, 375.0 },
  { NUDGE_PAPER_A1, 828.0, 549.0 },
  { NUDGE_PAPER_A0, 1176.0, 796.0 },
};

static double
mm (gint32 v)
{
  return v / (double) NUDGE_UNITS_PER_MM;
}

static void
extent_add (Extent *e, double x0, double y0, double x1, double y1)
{
  e->x0 = MIN (e->x0, MIN (x0, x1));
  e->y0 = MIN (e->y0, MIN (y0, y1));
  e->x1 = MAX (e->x1, MAX (x0, x1));
  e->y1 = MAX (e->y1, MAX (y0, y1));
}

static void
extent_add_shape (Extent *e, const NudgeShape *shape)
{
  double x = mm (shape->points[0].x), y = mm (shape->points[0].y), r = mm (shape->radius);

  switch (shape->kind)
    {
    case NUDGE_SHAPE_CIRCLE:
      extent_add (e, x - r, y - r, x + r, y + r);
      break;
    case NUDGE_SHAPE_TEXT:
      extent_add (e, x, y - TEXT_HEIGHT / 2, x, y + TEXT_HEIGHT / 2);
      break;
    case NUDGE_SHAPE_BEZIER:
      break;
    default:
      for (guint i = 0; i < shape->n_points; i++)
        extent_add (e, mm (shape->points[i].x), mm (shape->points[i].y), mm (shape->points[i].x), mm (shape->points[i].y));
    }
}

static void
extent_add_pin (Extent *e, const NudgeSymbolPin *pin)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 };
  static const gint8 dy[4] = { 0, 1, 0, -1 };
  double x = mm (pin->at.x), y = mm (pin->at.y), length = mm (pin->length);
  double ex = x + length * dx[pin->direction], ey = y + length * dy[pin->direction];
  Extent p = { MIN (x, ex), MIN (y, ey), MAX (x, ex), MAX (y, ey) };

  switch (pin->direction)
    {
    case 0:
      p.x0 = MIN (p.x0, ex - NAME_OFFSET - LABEL_WIDTH);
      break;
    case 1:
      p.y0 = MIN (p.y0, ey - NAME_OFFSET - LABEL_HEIGHT);
      break;
    case 2:
      p.x1 = MAX (p.x1, ex + NAME_OFFSET + LABEL_WIDTH);
      break;
    default:
      p.y1 = MAX (p.y1, ey + NAME_OFFSET + LABEL_HEIGHT);
    }
  if (pin->number[0] != '\0')
    p = (Extent){ p.x0 - NUMBER_MARGIN, p.y0 - NUMBER_MARGIN, p.x1 + NUMBER_MARGIN, p.y1 + NUMBER_MARGIN };
  extent_add (e, p.x0, p.y0, p.x1, p.y1);
}

/* Width and height that a symbol takes, all its units together, with room for its fields. */
static void
symbol_size (const NudgeSymbol *symbol, double *w, double *h)
{
  Extent e = { INFINITY, INFINITY, -INFINITY, -INFINITY };
  double property_width, width, height;

  for (guint i = 0; i < symbol->n_shapes; i++)
    if (symbol->shapes[i].n_points > 0)
      extent_add_shape (&e, &symbol->shapes[i]);
  for (guint i = 0; i < symbol->n_pins; i++)
    extent_add_pin (&e, &symbol->pins[i]);
  if (!isfinite (e.x0))
    e = (Extent){ -5, -5, 5, 5 };

  e = (Extent){ e.x0 - BODY_MARGIN, e.y0 - BODY_MARGIN, e.x1 + BODY_MARGIN, e.y1 + BODY_MARGIN };
  width = e.x1 - e.x0;
  height = e.y1 - e.y0;
  property_width = MAX (10.0, width * 0.8);
  e.y0 -= MAX (5.0, height * 0.1) + 2.54;
  e.y1 += MAX (10.0, height * 0.15) + 2.54;
  if (property_width > width)
    {
      double centre = (e.x0 + e.x1) / 2;

      e.x0 = MIN (e.x0, centre - property_width / 2);
      e.x1 = MAX (e.x1, centre + property_width / 2);
    }
  *w = e.x1 - e.x0;
  *h = e.y1 - e.y0;
}

static guint
utf8_length (const char *text)
{
  return (guint) g_utf8_strlen (text, -1);
}

/* A child's box grows with the nets of its own parts; @stamps (one per net) tells those apart. */
static void
child_size (const NudgeCircuit *circuit, guint child, guint *stamps, Item *item)
{
  const NudgeBlock *block = &circuit->blocks[child];
  guint n_nets = 0, longest = 0;

  for (guint p = block->first_part; p < block->first_part + block->n_parts; p++)
    {
      const NudgePart *part = &circuit->parts[p];

      for (guint i = part->first_node; i < part->first_node + part->n_nodes; i++)
        {
          guint net = circuit->part_nodes[i].net;

          if (stamps[net] == child + 1)
            continue;
          stamps[net] = child + 1;
          n_nets++;
          longest = MAX (longest, utf8_length (circuit->nets[net].name));
        }
    }
  item->box_h = MAX (20.32, 2.54 * n_nets + 10.16);
  item->box_w = MAX (25.4, 1.5 * utf8_length (block->name) + 10);
  item->label_w = 1.27 * longest + 10;
  item->w = item->box_w + item->label_w;
  item->h = item->box_h;
}

static gint
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;
  double area_x = x->w * x->h, area_y = y->w * y->h;

  if (area_x != area_y)
    return area_x > area_y ? -1 : 1;
  if (x->w != y->w)
    return x->w > y->w ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static double
snap (double v, double grid)
{
  return rint (v / grid) * grid;
}

/* A circuit of subcircuits alone is a single row of boxes in the circuit's order; FALSE when no page is wide enough. */
static gboolean
row_of_boxes (GArray *items, guint *page)
{
  double x = 25.4;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      item->box_w = MAX (item->box_w, 25.4 + item->label_w);
      item->x = snap (x + item->box_w / 2, 1.27);
      item->y = snap (MARGIN + item->box_h / 2, 1.27);
      x += item->box_w + SPACING;
    }
  for (*page = 0; *page < G_N_ELEMENTS (pages); ++*page)
    if (x - SPACING <= pages[*page].max_x)
      return TRUE;
  return FALSE;
}

/* Fills rows from the top left; FALSE when the page is full (positions go on below it all the same). */
static gboolean
flow (GArray *items, double max_x, double max_y)
{
  double x = MARGIN + LEFT_PADDING, y = MARGIN, row = 0;
  gboolean fits = TRUE;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (x + item->w > max_x)
        {
          x = MARGIN + LEFT_PADDING;
          y += row + SPACING;
          row = 0;
        }
      if (y + item->h > max_y)
        fits = FALSE;
      item->x = snap (x + item->w / 2, SNAP);
      item->y = snap (y + item->h / 2, SNAP);
      x += item->w + SPACING;
      row = MAX (row, item->h);
    }
  return fits;
}

static GArray *
block_items (const NudgeLayout *layout, guint block, guint *stamps)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *b = &circuit->blocks[block];
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  for (guint u = layout->part_units[b->first_part]; u < layout->part_units[b->first_part + b->n_parts]; u++)
    {
      const NudgeUnit *unit = &layout->units[u];
      Item item = { .unit = u, .block = NUDGE_NONE, .order = items->len };
      /* A variant is wider than the symbol that the Python program measures. */
      const NudgeSymbol *symbol = unit->symbol->variant == NULL ? unit->symbol
                                                                : nudge_library_get_symbol (layout->library, unit->symbol->id, NULL);

      symbol_size (symbol != NULL ? symbol : unit->symbol, &item.w, &item.h);
      g_array_append_val (items, item);
    }
  for (guint child = b->first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    {
      Item item = { .unit = NUDGE_NONE, .block = child, .order = items->len };

      child_size (circuit, child, stamps, &item);
      g_array_append_val (items, item);
    }
  return items;
}

static gint32
units_of_mm (double v)
{
  return (gint32) rint (v * NUDGE_UNITS_PER_MM);
}

static void
set_item (NudgeLayout *layout, const Item *item)
{
  if (item->unit != NUDGE_NONE)
    {
      NudgePlacement *p = &layout->placements[item->unit];

      if (!p->locked)
        *p = (NudgePlacement){ .pose = { .at = { units_of_mm (item->x), units_of_mm (item->y) } }, .placed = TRUE };
    }
  else
    {
      NudgeBoxPlacement *p = &layout->boxes[item->block];
      double left = snap (item->x - item->box_w / 2, 1.27), top = snap (item->y - item->box_h / 2, 1.27);

      if (!p->locked)
        *p = (NudgeBoxPlacement){ .at = { units_of_mm (left), units_of_mm (top) },
                                  .size = { units_of_mm (item->box_w), units_of_mm (item->box_h) },
                                  .placed = TRUE };
    }
}

static void
arrange_block (NudgeLayout *layout, guint block, guint *stamps, GPtrArray *diagnostics)
{
  g_autoptr (GArray) items = block_items (layout, block, stamps);
  const NudgeBlock *b = &layout->circuit->blocks[block];
  guint page = 0;

  if (b->n_parts == 0 && row_of_boxes (items, &page))
    {
      layout->papers[block] = pages[page].paper;
      for (guint i = 0; i < items->len; i++)
        set_item (layout, &g_array_index (items, Item, i));
      return;
    }
  g_array_sort (items, compare_items);
  page = 0;
  while (!flow (items, pages[page].max_x, pages[page].max_y) && page + 1 < G_N_ELEMENTS (pages))
    page++;
  layout->papers[block] = pages[page].paper;

  if (page > 1)
    {
      gboolean fits = flow (items, pages[page].max_x, pages[page].max_y);
      NudgeDiagnostic *found = fits ? nudge_diagnostics_add (diagnostics, NUDGE_CODE_PAPER_LARGER, "sheet %s needs %s", b->path,
                                                             nudge_paper_name (pages[page].paper))
                                    : nudge_diagnostics_add (diagnostics, NUDGE_CODE_PAPER_OVERFULL,
                                                             "sheet %s does not fit A0: parts stand below the page", b->path);
      nudge_diagnostic_set_sheet (found, b->path);
    }
  for (guint i = 0; i < items->len; i++)
    set_item (layout, &g_array_index (items, Item, i));
}

/* A copy of a block stands as its definition does. */
static void
copy_block (NudgeLayout *layout, guint block)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *copy = &circuit->blocks[block];
  const NudgeBlock *original = &circuit->blocks[copy->definition];
  guint from = layout->part_units[original->first_part];
  guint to = layout->part_units[copy->first_part];
  guint n = layout->part_units[original->first_part + original->n_parts] - from;
  guint a = original->first_child, b = copy->first_child;

  for (guint i = 0; i < n; i++)
    if (!layout->placements[to + i].locked)
      layout->placements[to + i] = layout->placements[from + i];
  for (; a != NUDGE_NONE && b != NUDGE_NONE; a = circuit->blocks[a].next_sibling, b = circuit->blocks[b].next_sibling)
    if (!layout->boxes[b].locked)
      layout->boxes[b] = layout->boxes[a];
  layout->papers[block] = layout->papers[copy->definition];
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) result = nudge_layout_copy (layout);
  g_autofree guint *stamps = g_new0 (guint, layout->circuit->n_nets + 1);

  result->wires = FALSE;
  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (layout->circuit->blocks[block].definition == block)
        arrange_block (result, block, stamps, diagnostics);
      else
        copy_block (result, block);
    }
  return g_steal_pointer (&result);
}

const NudgeArranger nudge_text_flow_arranger = {
  .name = "text-flow",
  .summary = "rows of parts, largest first, a label on every pin; as circuit-synth places them",
  .arrange = arrange,
};
