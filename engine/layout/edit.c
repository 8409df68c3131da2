#include "layout/edit.h"

#include "base/limits.h"
#include "layout/edit-items.h"
#include "layout/layout-records.h"
#include "layout/routes.h"
#include "layout/sheet-pins.h"

#include <string.h>

static const NudgeSelection nothing = { NULL, 0, NULL, 0 };

/**
 * nudge_edit_move:
 * @layout: a layout
 * @selection: what is moved
 * @dx: to the right, in 100 nm; rounded to the grid
 * @dy: downwards
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_move (NudgeLayout *layout, const NudgeSelection *selection, gint32 dx, gint32 dy)
{
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  nudge_edit_begin (&edit, layout, selection);
  for (guint i = 0; i < edit.items->len; i++)
    nudge_edit_item_move (&edit, &g_array_index (edit.items, NudgeEditItem, i), dx, dy);
  return nudge_edit_end (&edit);
}

static gint32
on_grid (gint32 value)
{
  return nudge_snap (CLAMP (value, -NUDGE_MAX_COORDINATE, NUDGE_MAX_COORDINATE), NUDGE_GRID);
}

/**
 * nudge_edit_set_pose:
 * @layout: a layout
 * @unit: index of a unit
 * @pose: where it shall stand; moved to the grid
 *
 * Places a unit, also one that had no place; one that is locked stays.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_set_pose (NudgeLayout *layout, guint unit, const NudgePose *pose)
{
  const NudgeSelection selection = { &unit, 1, NULL, 0 };
  NudgePlacement *placement;
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && pose != NULL && unit < layout->n_units, NULL);
  nudge_edit_begin (&edit, layout, &selection);
  placement = &edit.after->placements[nudge_edit_original_unit (layout, unit)];
  if (!placement->locked)
    *placement = (NudgePlacement){ { { on_grid (pose->at.x), on_grid (pose->at.y) }, pose->turn & 3, MIN (pose->mirror, NUDGE_MIRROR_Y) }, TRUE, FALSE };
  return nudge_edit_end (&edit);
}

/**
 * nudge_edit_set_box:
 * @layout: a layout
 * @block: the circuit whose box it is; not the top
 * @box: where its box shall stand on the sheet above; moved to the grid
 *
 * Places the box of a child; one that is locked stays.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_set_box (NudgeLayout *layout, guint block, const NudgeBox *box)
{
  const NudgeSelection selection = { NULL, 0, &block, 1 };
  NudgeBoxPlacement *placement;
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && box != NULL && block > 0 && block < layout->circuit->n_blocks, NULL);
  g_return_val_if_fail (box->x1 > box->x0 && box->y1 > box->y0, NULL);
  nudge_edit_begin (&edit, layout, &selection);
  placement = &edit.after->boxes[g_array_index (edit.items, NudgeEditItem, 0).index];
  if (!placement->locked)
    *placement = (NudgeBoxPlacement){ { on_grid (box->x0), on_grid (box->y0) },
                                      { MAX (NUDGE_GRID, on_grid (box->x1 - box->x0)), MAX (NUDGE_GRID, on_grid (box->y1 - box->y0)) }, TRUE, FALSE };
  return nudge_edit_end (&edit);
}

/* One item turns about its own origin, several about their common middle. */
static NudgePoint
pivot (const NudgeEdit *edit)
{
  NudgeBox all = NUDGE_BOX_EMPTY;

  if (edit->items->len == 1)
    {
      const NudgeEditItem *item = &g_array_index (edit->items, NudgeEditItem, 0);

      if (!item->is_box)
        return nudge_edit_item_at (edit, item);
    }
  for (guint i = 0; i < edit->items->len; i++)
    if (g_array_index (edit->items, NudgeEditItem, i).movable)
      nudge_box_add_box (&all, &g_array_index (edit->items, NudgeEditItem, i).extent);
  if (nudge_box_is_empty (&all))
    return (NudgePoint){ 0, 0 };
  return (NudgePoint){ nudge_snap (((gint64) all.x0 + all.x1) / 2, NUDGE_GRID), nudge_snap (((gint64) all.y0 + all.y1) / 2, NUDGE_GRID) };
}

/* A box keeps its shape: its middle goes where the turn or the mirror takes it. */
static NudgePoint
anchor (const NudgeEdit *edit, const NudgeEditItem *item)
{
  if (!item->is_box)
    return nudge_edit_item_at (edit, item);
  return (NudgePoint){ item->extent.x0 + (item->extent.x1 - item->extent.x0) / 2, item->extent.y0 + (item->extent.y1 - item->extent.y0) / 2 };
}

static void
turn_item (NudgeEdit *edit, NudgeEditItem *item, NudgePoint about, guint turns)
{
  NudgePoint at = anchor (edit, item), to = at;
  NudgePose *pose = &edit->after->placements[item->index].pose;

  for (guint i = 0; i < turns; i++)
    to = (NudgePoint){ about.x + (to.y - about.y), about.y - (to.x - about.x) };
  nudge_edit_item_move (edit, item, (gint64) to.x - at.x, (gint64) to.y - at.y);
  /* The turn comes before the mirror: seen through a mirror it goes the other way. */
  if (!item->is_box && item->movable)
    pose->turn = (pose->turn + (pose->mirror == NUDGE_MIRROR_NONE ? turns : 4 - turns)) & 3;
}

/**
 * nudge_edit_rotate:
 * @layout: a layout
 * @selection: what is turned
 * @quarter_turns: counterclockwise; negative for clockwise
 *
 * Turns one part about its origin, several about their middle. Boxes of circuits move along but stay upright.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_rotate (NudgeLayout *layout, const NudgeSelection *selection, gint quarter_turns)
{
  NudgeEdit edit;
  NudgePoint about;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  nudge_edit_begin (&edit, layout, selection);
  about = pivot (&edit);
  for (guint i = 0; i < edit.items->len; i++)
    turn_item (&edit, &g_array_index (edit.items, NudgeEditItem, i), about, (guint) quarter_turns & 3);
  return nudge_edit_end (&edit);
}

static void
mirror_item (NudgeEdit *edit, NudgeEditItem *item, NudgePoint about, NudgeMirror mirror)
{
  NudgePoint at = anchor (edit, item);
  NudgePose *pose = &edit->after->placements[item->index].pose;

  if (mirror == NUDGE_MIRROR_X)
    nudge_edit_item_move (edit, item, 0, 2 * ((gint64) about.y - at.y));
  else
    nudge_edit_item_move (edit, item, 2 * ((gint64) about.x - at.x), 0);
  if (item->is_box || !item->movable)
    return;
  if (pose->mirror == NUDGE_MIRROR_NONE)
    pose->mirror = mirror;
  else
    {
      /* Both mirrors together are half a turn. */
      pose->turn = (pose->turn + (pose->mirror == mirror ? 0 : 2)) & 3;
      pose->mirror = NUDGE_MIRROR_NONE;
    }
}

/**
 * nudge_edit_mirror:
 * @layout: a layout
 * @selection: what is mirrored
 * @mirror: %NUDGE_MIRROR_X exchanges top and bottom, %NUDGE_MIRROR_Y left and right
 *
 * Mirrors one part at its origin, several at their middle. Boxes of circuits move along.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_mirror (NudgeLayout *layout, const NudgeSelection *selection, NudgeMirror mirror)
{
  NudgeEdit edit;
  NudgePoint about;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  g_return_val_if_fail (mirror == NUDGE_MIRROR_X || mirror == NUDGE_MIRROR_Y, NULL);
  nudge_edit_begin (&edit, layout, selection);
  about = pivot (&edit);
  for (guint i = 0; i < edit.items->len; i++)
    mirror_item (&edit, &g_array_index (edit.items, NudgeEditItem, i), about, mirror);
  return nudge_edit_end (&edit);
}

/**
 * nudge_edit_lock:
 * @layout: a layout
 * @selection: what is locked or unlocked
 * @locked: which of it
 *
 * What is locked is left where it is by arrangers and by all edits but this one and nudge_edit_reset(). Only what has a
 * place can be locked.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_lock (NudgeLayout *layout, const NudgeSelection *selection, gboolean locked)
{
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  nudge_edit_begin (&edit, layout, selection);
  for (guint i = 0; i < edit.items->len; i++)
    {
      const NudgeEditItem *item = &g_array_index (edit.items, NudgeEditItem, i);

      if (item->is_box)
        edit.after->boxes[item->index].locked = locked && edit.after->boxes[item->index].placed;
      else
        edit.after->placements[item->index].locked = locked && edit.after->placements[item->index].placed;
    }
  return nudge_edit_end (&edit);
}

static void
reset_box (NudgeLayout *layout, guint block)
{
  layout->boxes[block] = (NudgeBoxPlacement){ 0 };
  nudge_layout_set_pins (layout, block, NULL);
}

/**
 * nudge_edit_reset:
 * @layout: a layout
 * @selection: (nullable): what is reset, or %NULL for everything
 *
 * Takes its place and its lock from what is selected, and from a box what was said of its pins, so that
 * nudge_arrange_open() finds it a new place; all of the layout is then arranged anew.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_reset (NudgeLayout *layout, const NudgeSelection *selection)
{
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL, NULL);
  nudge_edit_begin (&edit, layout, selection != NULL ? selection : &nothing);
  for (guint i = 0; i < edit.items->len; i++)
    {
      const NudgeEditItem *item = &g_array_index (edit.items, NudgeEditItem, i);

      if (!item->is_box)
        edit.after->placements[item->index] = (NudgePlacement){ 0 };
      else
        reset_box (edit.after, item->index);
    }
  if (selection == NULL)
    {
      memset (edit.after->placements, 0, layout->n_units * sizeof *layout->placements);
      for (guint i = 0; i < layout->circuit->n_blocks; i++)
        reset_box (edit.after, i);
    }
  return nudge_edit_end (&edit);
}

/* The sheets that draw a net: those of its parts, and those above them with its sheet pins; copies have one sheet. */
static void
redraw_net (NudgeLayout *layout, guint net)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeNet *n = &circuit->nets[net];
  g_autofree gboolean *drawn = g_new0 (gboolean, circuit->n_blocks);

  for (guint i = n->first_node; i < n->first_node + n->n_nodes; i++)
    for (guint block = circuit->parts[circuit->nodes[i].part].block; block != NUDGE_NONE; block = circuit->blocks[block].parent)
      drawn[circuit->blocks[block].definition] = TRUE;
  for (guint i = 0; i < circuit->n_blocks; i++)
    if (drawn[circuit->blocks[i].definition])
      nudge_layout_drop_routes (layout, i);
}

/**
 * nudge_edit_style_net:
 * @layout: a layout
 * @net: index of a net
 * @style: how it is to be drawn
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_style_net (NudgeLayout *layout, guint net, NudgeNetStyle style)
{
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && net < layout->circuit->n_nets && style <= NUDGE_NET_LABEL, NULL);
  nudge_edit_begin (&edit, layout, &nothing);
  edit.after->net_styles[net] = style;
  redraw_net (edit.after, net);
  return nudge_edit_end (&edit);
}

/**
 * nudge_edit_set_paper:
 * @layout: a layout
 * @block: a circuit
 * @paper: the paper of its sheet and of those of its copies
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_set_paper (NudgeLayout *layout, guint block, NudgePaper paper)
{
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && block < layout->circuit->n_blocks && paper < NUDGE_N_PAPERS, NULL);
  nudge_edit_begin (&edit, layout, &nothing);
  for (guint i = 0; i < layout->circuit->n_blocks; i++)
    if (layout->circuit->blocks[i].definition == layout->circuit->blocks[block].definition)
      edit.after->papers[i] = paper;
  return nudge_edit_end (&edit);
}

/* Everything but the symbols and the units, unit by unit of each part. */
static void
take_over (NudgeLayout *to, const NudgeLayout *from)
{
  const NudgeCircuit *circuit = from->circuit;

  for (guint part = 0; part < circuit->n_parts; part++)
    {
      guint n = MIN (to->part_units[part + 1] - to->part_units[part], from->part_units[part + 1] - from->part_units[part]);

      memcpy (&to->placements[to->part_units[part]], &from->placements[from->part_units[part]], n * sizeof *to->placements);
    }
  memcpy (to->boxes, from->boxes, circuit->n_blocks * sizeof *to->boxes);
  for (guint i = 0; i < circuit->n_blocks; i++)
    nudge_layout_set_pins (to, i, nudge_layout_get_pins (from, i));
  memcpy (to->papers, from->papers, circuit->n_blocks * sizeof *to->papers);
  memcpy (to->net_styles, from->net_styles, circuit->n_nets * sizeof *to->net_styles);
  to->arranger = from->arranger;
  to->wires = from->wires;
  to->dialect = from->dialect;
  nudge_layout_share_origin (to, from);
}

/**
 * nudge_edit_map_symbol:
 * @layout: a layout
 * @from: path of a part, such as `/usb/U3`, or the symbol that the circuit names, such as `Device:R`
 * @to: (nullable): the symbol that is drawn instead, or %NULL for the circuit's own
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings about symbols
 *
 * Draws another symbol. Units that the new one has beyond the old one are left unplaced: see nudge_arrange_open().
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_map_symbol (NudgeLayout *layout, const char *from, const char *to, GPtrArray *diagnostics)
{
  g_autoptr (NudgeSymbolMap) symbols = NULL;
  NudgeLayout *result;

  g_return_val_if_fail (layout != NULL && from != NULL && *from != '\0', NULL);
  symbols = nudge_symbol_map_with (layout->symbols, from, to);
  if (nudge_symbol_map_equal (symbols, layout->symbols))
    return nudge_layout_ref (layout);
  result = nudge_layout_new_with_symbols (layout->circuit, layout->library, symbols, diagnostics);
  take_over (result, layout);
  return result;
}
