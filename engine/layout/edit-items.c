#include "layout/edit-items.h"

#include "base/limits.h"

guint
nudge_edit_original_unit (const NudgeLayout *layout, guint unit)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeUnit *u = &layout->units[unit];
  const NudgeBlock *block = &circuit->blocks[circuit->parts[u->part].block];
  const NudgeBlock *definition = &circuit->blocks[block->definition];
  guint part = definition->first_part + (u->part - block->first_part);

  if (u->part - block->first_part >= definition->n_parts || layout->part_units[part + 1] - layout->part_units[part] < u->unit)
    return unit;
  return layout->part_units[part] + u->unit - 1;
}

/* The child that is to its parent's definition what @child is to its parent. */
static guint
original_box (const NudgeCircuit *circuit, guint child)
{
  guint parent = circuit->blocks[child].parent;
  guint other = circuit->blocks[circuit->blocks[parent].definition].first_child;

  for (guint i = circuit->blocks[parent].first_child; i != child && other != NUDGE_NONE; i = circuit->blocks[i].next_sibling)
    other = circuit->blocks[other].next_sibling;
  return other != NUDGE_NONE ? other : child;
}

static void
add_item (NudgeEdit *self, GHashTable *seen, gboolean is_box, guint index)
{
  const NudgeLayout *layout = self->after;
  NudgeEditItem item = { .is_box = is_box, .index = index, .extent = NUDGE_BOX_EMPTY };

  if (!g_hash_table_add (seen, GUINT_TO_POINTER (2 * index + is_box)))
    return;
  if (is_box && layout->boxes[index].placed)
    {
      const NudgeBoxPlacement *box = &layout->boxes[index];

      item.movable = !box->locked;
      item.extent = (NudgeBox){ box->at.x, box->at.y, box->at.x + box->size.x, box->at.y + box->size.y };
    }
  else if (!is_box && layout->placements[index].placed)
    {
      NudgeBox body = nudge_symbol_body_box (layout->units[index].symbol, layout->units[index].unit);

      item.movable = !layout->placements[index].locked;
      item.extent = nudge_pose_box (&layout->placements[index].pose, &body);
      if (nudge_box_is_empty (&item.extent))
        nudge_box_add_point (&item.extent, layout->placements[index].pose.at.x, layout->placements[index].pose.at.y);
    }
  g_array_append_val (self->items, item);
}

void
nudge_edit_begin (NudgeEdit *self, NudgeLayout *layout, const NudgeSelection *selection)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  self->before = layout;
  self->after = nudge_layout_copy (layout);
  self->items = g_array_new (FALSE, FALSE, sizeof (NudgeEditItem));
  for (guint i = 0; i < selection->n_units; i++)
    if (selection->units[i] < layout->n_units)
      add_item (self, seen, FALSE, nudge_edit_original_unit (layout, selection->units[i]));
  for (guint i = 0; i < selection->n_boxes; i++)
    if (selection->boxes[i] > 0 && selection->boxes[i] < layout->circuit->n_blocks)
      add_item (self, seen, TRUE, original_box (layout->circuit, selection->boxes[i]));
}

NudgeLayout *
nudge_edit_end (NudgeEdit *self)
{
  const NudgeCircuit *circuit = self->after->circuit;
  g_autofree gboolean *touched = g_new0 (gboolean, circuit->n_blocks);

  for (guint i = 0; i < self->items->len; i++)
    {
      const NudgeEditItem *item = &g_array_index (self->items, NudgeEditItem, i);

      touched[item->is_box ? circuit->blocks[item->index].parent : circuit->parts[self->after->units[item->index].part].block] = TRUE;
    }
  for (guint i = 0; i < circuit->n_blocks; i++)
    if (touched[i])
      nudge_layout_sync_copies (self->after, i);
  g_array_unref (self->items);
  if (!nudge_layout_equal (self->before, self->after))
    return self->after;
  nudge_layout_unref (self->after);
  return nudge_layout_ref (self->before);
}

NudgePoint
nudge_edit_item_at (const NudgeEdit *self, const NudgeEditItem *item)
{
  return item->is_box ? self->after->boxes[item->index].at : self->after->placements[item->index].pose.at;
}

static gint32
held (gint32 at, gint64 by)
{
  const gint32 most = NUDGE_MAX_COORDINATE / NUDGE_GRID * NUDGE_GRID;

  return (gint32) CLAMP (at + by, -most, most);
}

void
nudge_edit_item_move (NudgeEdit *self, NudgeEditItem *item, gint64 dx, gint64 dy)
{
  NudgePoint *at = item->is_box ? &self->after->boxes[item->index].at : &self->after->placements[item->index].pose.at;
  NudgePoint old = *at;

  if (!item->movable)
    return;
  dx = nudge_snap (CLAMP (dx, -2 * NUDGE_MAX_COORDINATE, 2 * NUDGE_MAX_COORDINATE), NUDGE_GRID);
  dy = nudge_snap (CLAMP (dy, -2 * NUDGE_MAX_COORDINATE, 2 * NUDGE_MAX_COORDINATE), NUDGE_GRID);
  *at = (NudgePoint){ held (old.x, dx), held (old.y, dy) };
  item->extent.x0 += at->x - old.x;
  item->extent.x1 += at->x - old.x;
  item->extent.y0 += at->y - old.y;
  item->extent.y1 += at->y - old.y;
}
