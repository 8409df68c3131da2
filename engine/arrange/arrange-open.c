#include "arrange/arrange.h"

#include "drawing/drawing.h"
#include "layout/edit.h"
#include "layout/follow.h"
#include "layout/routes.h"

static gboolean
stands_alike (const NudgeLayout *a, const NudgeLayout *b, guint unit)
{
  const NudgePlacement *x = &a->placements[unit], *y = &b->placements[unit];

  return x->placed && y->placed && nudge_point_equal (x->pose.at, y->pose.at) && x->pose.turn == y->pose.turn && x->pose.mirror == y->pose.mirror;
}

static guint
first_unit (const NudgeLayout *layout, guint block)
{
  return layout->part_units[layout->circuit->blocks[block].first_part];
}

static guint
end_unit (const NudgeLayout *layout, guint block)
{
  return layout->part_units[layout->circuit->blocks[block].first_part + layout->circuit->blocks[block].n_parts];
}

/* Whether it is known how every sheet is drawn. */
static gboolean
knows_routes (const NudgeLayout *layout)
{
  const NudgeBlock *blocks = layout->circuit->blocks;

  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    if (blocks[block].definition == block && (blocks[block].n_parts > 0 || blocks[block].first_child != NUDGE_NONE)
        && nudge_layout_get_routes (layout, block) == NULL)
      return FALSE;
  return TRUE;
}

/* Takes the drawn sheets over one by one; what then connects something else stays away. */
static void
drop_wrong_routes (NudgeLayout *layout, GPtrArray *diagnostics)
{
  g_autoptr (NudgeLayout) good = nudge_layout_copy (layout);
  g_autoptr (NudgeDrawing) drawing = NULL;

  nudge_layout_drop_routes (good, NUDGE_NONE);
  drawing = nudge_draw (good, NULL, NULL);
  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    {
      NudgeRoutes *routes = nudge_layout_get_routes (layout, block);
      g_autoptr (NudgeLayout) more = routes != NULL ? nudge_layout_copy (good) : NULL;
      g_autoptr (NudgeDrawing) drawn = NULL;

      if (routes == NULL)
        continue;
      nudge_layout_set_routes (more, block, routes);
      drawn = drawing != NULL ? nudge_draw_after (drawing, more, NULL, NULL) : NULL;
      if (drawn != NULL && nudge_prove_after (drawn, NULL, NULL))
        {
          nudge_drawing_unref (drawing);
          drawing = g_steal_pointer (&drawn);
          nudge_layout_unref (good);
          good = g_steal_pointer (&more);
          continue;
        }
      nudge_diagnostics_add (diagnostics, NUDGE_CODE_LAYOUT_ITEM_IGNORED,
                             "what the layout file says of the wires of %s does not connect what the circuit connects; they are drawn anew",
                             layout->circuit->blocks[block].path);
      nudge_layout_drop_routes (layout, block);
    }
}

/* A file can say that a sheet is drawn in a way that connects something else: then that sheet is not drawn as it says. */
static void
prove_routes (NudgeLayout *layout, GPtrArray *diagnostics)
{
  g_autoptr (NudgeDrawing) drawing = layout->routes != NULL ? nudge_draw (layout, NULL, NULL) : NULL;

  if (layout->routes != NULL && (drawing == NULL || !nudge_prove (drawing, NULL, NULL)))
    drop_wrong_routes (layout, diagnostics);
}

/* An older layout file says where things stand, but not how the arranger drew them. That it can say again: sheets that
 * still stand, for the most part, as it would place them are drawn as they were before they were saved. */
static gboolean
recall_routes (NudgeLayout *layout, const char *arranger, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) empty = nudge_edit_reset (layout, NULL);
  g_autoptr (NudgeLayout) fresh = nudge_arrange (empty, arranger, NULL, cancellable, error);

  for (guint block = 0; fresh != NULL && block < layout->circuit->n_blocks; block++)
    {
      NudgeRoutes *routes = nudge_layout_get_routes (fresh, block);
      guint first = first_unit (layout, block), end = end_unit (layout, block), n_alike = 0;

      for (guint unit = first; unit < end; unit++)
        n_alike += stands_alike (layout, fresh, unit);
      if (routes != NULL && 2 * n_alike >= end - first && nudge_layout_get_routes (layout, block) == NULL)
        nudge_layout_set_routes (layout, block, routes);
    }
  return fresh != NULL;
}

/* --- round what stands --- */

static gboolean
is_open (const NudgeLayout *layout, guint block)
{
  const NudgeCircuit *circuit = layout->circuit;

  for (guint unit = first_unit (layout, block); unit < end_unit (layout, block); unit++)
    if (!layout->placements[unit].placed)
      return TRUE;
  for (guint child = circuit->blocks[block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    if (!layout->boxes[child].placed)
      return TRUE;
  return FALSE;
}

/* Takes one sheet over; what stood there keeps its place and its lock, and, where it is known, how it was drawn. */
static void
take_sheet (NudgeLayout *layout, const NudgeLayout *from, guint block)
{
  const NudgeCircuit *circuit = layout->circuit;
  NudgeRoutes *routes = nudge_layout_get_routes (layout, block) == NULL ? nudge_layout_get_routes (from, block) : NULL;

  for (guint unit = first_unit (layout, block); unit < end_unit (layout, block); unit++)
    if (!layout->placements[unit].placed)
      layout->placements[unit] = (NudgePlacement){ from->placements[unit].pose, from->placements[unit].placed, FALSE };
  for (guint child = circuit->blocks[block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    if (!layout->boxes[child].placed)
      layout->boxes[child] = (NudgeBoxPlacement){ from->boxes[child].at, from->boxes[child].size, from->boxes[child].placed, FALSE };
  layout->papers[block] = from->papers[block];
  if (routes != NULL)
    nudge_layout_set_routes (layout, block, routes);
}

/* (transfer full): with what is open placed by the arranger, which takes everything else for locked. */
static NudgeLayout *
arrange_round (NudgeLayout *layout, const char *arranger, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) locked = nudge_layout_copy (layout), result = nudge_layout_copy (layout), arranged = NULL;

  for (guint i = 0; i < locked->n_units; i++)
    locked->placements[i].locked = locked->placements[i].placed;
  for (guint i = 0; i < locked->circuit->n_blocks; i++)
    locked->boxes[i].locked = locked->boxes[i].placed;
  arranged = nudge_arrange (locked, arranger, diagnostics, cancellable, error);
  if (arranged == NULL)
    return NULL;
  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    if (is_open (layout, block))
      take_sheet (result, arranged, block);
  return g_steal_pointer (&result);
}

/**
 * nudge_arrange_open:
 * @layout: a layout, such as one that was loaded from a file
 * @arranger: (nullable): name of an arranger, or %NULL for the layout's own, else the default
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Makes a layout complete without moving anything that stands: what is new finds a free spot near what it connects to.
 * A layout that places nothing, or that another arranger has placed than the one that is named, is arranged as a whole;
 * then only what is locked stays.
 *
 * Returns: (transfer full): the layout with everything placed, or %NULL as nudge_arrange()
 */
NudgeLayout *
nudge_arrange_open (NudgeLayout *layout, const char *arranger, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) placed = NULL;
  const char *own;

  g_return_val_if_fail (layout != NULL, NULL);

  own = layout->arranger != NULL && nudge_arranger_find (layout->arranger) != NULL ? layout->arranger : NULL;
  if (!nudge_layout_knows_places (layout) || (arranger != NULL && g_strcmp0 (arranger, own) != 0))
    return nudge_arrange (layout, arranger != NULL ? arranger : own, diagnostics, cancellable, error);
  if (!layout->wires || own == NULL)
    return nudge_layout_is_placed (layout) ? nudge_layout_ref (layout) : nudge_layout_place_open (layout);
  placed = nudge_layout_is_placed (layout) ? nudge_layout_copy (layout) : arrange_round (layout, own, diagnostics, cancellable, error);
  if (placed == NULL)
    return NULL;
  prove_routes (placed, diagnostics);
  if (!knows_routes (placed) && !recall_routes (placed, own, cancellable, error))
    return NULL;
  return g_steal_pointer (&placed);
}
