/* text-flow.c: parts in rows, largest first, as circuit-synth 0.12.1 places them, to the last digit.
 *
 * The computation is in doubles, in millimetres and in one fixed order of operations, since positions are compared
 * with those that the Python program finds. What it writes for sheets beyond A3 is a failure; here A2 to A0 follow. */
#include "arrange/text-flow.h"

#include "arrange/synth-measure.h"

#include <glib/gi18n-lib.h>

#define SPACING 15.0
#define MARGIN 12.7
#define LEFT_PADDING 12.0

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

static gint
compare_items (gconstpointer a, gconstpointer b)
{
  const NudgeFlowItem *x = a, *y = b;
  double area_x = x->w * x->h, area_y = y->w * y->h;

  if (area_x != area_y)
    return area_x > area_y ? -1 : 1;
  if (x->w != y->w)
    return x->w > y->w ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

gboolean
nudge_flow_fill (GArray *items, double max_x, double max_y)
{
  double x = MARGIN + LEFT_PADDING, y = MARGIN, row = 0;
  gboolean fits = TRUE;

  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      NudgeFlowItem *item = NUDGE_FLOW_ITEM (items, i);

      if (x + item->w > max_x)
        {
          x = MARGIN + LEFT_PADDING;
          y += row + SPACING;
          row = 0;
        }
      if (y + item->h > max_y)
        fits = FALSE;
      item->x = nudge_synth_snap (x + item->w / 2, NUDGE_SYNTH_GRID);
      item->y = nudge_synth_snap (y + item->h / 2, NUDGE_SYNTH_GRID);
      x += item->w + SPACING;
      row = MAX (row, item->h);
    }
  return fits;
}

double
nudge_flow_row (GArray *items, gboolean widen)
{
  double x = 25.4;

  for (guint i = 0; i < items->len; i++)
    {
      NudgeFlowItem *item = NUDGE_FLOW_ITEM (items, i);

      if (item->unit != NUDGE_NONE)
        continue;
      item->x = nudge_synth_snap (x + item->row_w / 2, 1.27);
      item->y = nudge_synth_snap (MARGIN + item->box_h / 2, 1.27);
      if (widen)
        item->box_w = item->row_w;
      x += item->row_w + SPACING;
    }
  return x - SPACING;
}

static void
add_boxes (GArray *items, const NudgeCircuit *circuit, guint block)
{
  for (guint child = circuit->blocks[block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    {
      NudgeSynthBox box = nudge_synth_box_size (circuit, child);
      NudgeFlowItem item = { .w = box.flow_w, .h = box.h, .box_w = box.w, .box_h = box.h, .row_w = box.row_w,
                             .unit = NUDGE_NONE, .block = child, .order = items->len };

      g_array_append_val (items, item);
    }
}

GArray *
nudge_flow_items (const NudgeLayout *layout, guint block)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *b = &circuit->blocks[block];
  GArray *items = g_array_new (FALSE, TRUE, sizeof (NudgeFlowItem));

  for (guint u = layout->part_units[b->first_part]; u < layout->part_units[b->first_part + b->n_parts]; u++)
    {
      NudgeFlowItem item = { .unit = u, .block = NUDGE_NONE, .order = items->len };

      nudge_synth_symbol_size (layout, u, &item.w, &item.h);
      g_array_append_val (items, item);
    }
  add_boxes (items, circuit, block);
  return items;
}

GArray *
nudge_flow_boxes (const NudgeCircuit *circuit, guint block)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (NudgeFlowItem));

  add_boxes (items, circuit, block);
  return items;
}

void
nudge_flow_set_item (NudgeLayout *layout, const NudgeFlowItem *item)
{
  if (item->unit != NUDGE_NONE)
    {
      NudgePlacement *p = &layout->placements[item->unit];

      if (!p->locked)
        *p = (NudgePlacement){ .pose = { .at = { nudge_synth_units (item->x), nudge_synth_units (item->y) } }, .placed = TRUE };
    }
  else
    {
      NudgeBoxPlacement *p = &layout->boxes[item->block];
      double left = nudge_synth_snap (item->x - item->box_w / 2, 1.27), top = nudge_synth_snap (item->y - item->box_h / 2, 1.27);

      if (!p->locked)
        *p = (NudgeBoxPlacement){ .at = { nudge_synth_units (left), nudge_synth_units (top) },
                                  .size = { nudge_synth_units (item->box_w), nudge_synth_units (item->box_h) },
                                  .placed = TRUE };
    }
}

/* A circuit of boxes alone is one row, if that fits a page. */
static gboolean
row_fits (GArray *items, guint *page)
{
  double end = nudge_flow_row (items, TRUE);

  for (*page = 0; *page < G_N_ELEMENTS (pages); ++*page)
    if (end <= pages[*page].max_x)
      return TRUE;
  return FALSE;
}

static void
arrange_block (NudgeLayout *layout, guint block, GPtrArray *diagnostics)
{
  g_autoptr (GArray) items = nudge_flow_items (layout, block);
  const NudgeBlock *b = &layout->circuit->blocks[block];
  guint page = 0;

  if (b->n_parts == 0 && row_fits (items, &page))
    {
      layout->papers[block] = pages[page].paper;
      for (guint i = 0; i < items->len; i++)
        nudge_flow_set_item (layout, NUDGE_FLOW_ITEM (items, i));
      return;
    }
  page = 0;
  while (!nudge_flow_fill (items, pages[page].max_x, pages[page].max_y) && page + 1 < G_N_ELEMENTS (pages))
    page++;
  layout->papers[block] = pages[page].paper;

  if (page > 1)
    {
      gboolean fits = nudge_flow_fill (items, pages[page].max_x, pages[page].max_y);
      NudgeDiagnostic *found = fits ? nudge_diagnostics_add (diagnostics, NUDGE_CODE_PAPER_LARGER, "sheet %s needs %s", b->path,
                                                             nudge_paper_name (pages[page].paper))
                                    : nudge_diagnostics_add (diagnostics, NUDGE_CODE_PAPER_OVERFULL,
                                                             "sheet %s does not fit A0: parts stand below the page", b->path);
      nudge_diagnostic_set_sheet (found, b->path);
    }
  for (guint i = 0; i < items->len; i++)
    nudge_flow_set_item (layout, NUDGE_FLOW_ITEM (items, i));
}

void
nudge_flow_copy_block (NudgeLayout *layout, guint block)
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

NudgeLayout *
nudge_flow_arrange (NudgeLayout *layout, void (*arrange_block_of) (NudgeLayout *layout, guint block, GPtrArray *diagnostics),
                    GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) result = nudge_layout_copy (layout);

  result->wires = FALSE;
  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (layout->circuit->blocks[block].definition == block)
        arrange_block_of (result, block, diagnostics);
      else
        nudge_flow_copy_block (result, block);
    }
  return g_steal_pointer (&result);
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  return nudge_flow_arrange (layout, arrange_block, diagnostics, cancellable, error);
}

const NudgeArranger nudge_text_flow_arranger = {
  .name = "text-flow",
  .summary = N_("rows of parts, largest first, a label on every pin; as circuit-synth places them"),
  .arrange = arrange,
};
