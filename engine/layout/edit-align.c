/* edit-align.c: edits that bring parts into line. */
#include "layout/edit-items.h"

#include <stdlib.h>

static NudgeEditItem *
item_at (const NudgeEdit *edit, guint i)
{
  return &g_array_index (edit->items, NudgeEditItem, i);
}

/* What has no place is no measure and cannot be brought into line. */
static void
drop_unplaced (NudgeEdit *edit)
{
  for (guint i = edit->items->len; i-- > 0;)
    if (nudge_box_is_empty (&item_at (edit, i)->extent))
      g_array_remove_index (edit->items, i);
}

/**
 * nudge_edit_align:
 * @layout: a layout
 * @selection: what is aligned; the first of it stays
 * @align: by what
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_align (NudgeLayout *layout, const NudgeSelection *selection, NudgeAlign align)
{
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && selection != NULL && align <= NUDGE_ALIGN_ROW, NULL);
  nudge_edit_begin (&edit, layout, selection);
  drop_unplaced (&edit);
  for (guint i = 1; i < edit.items->len; i++)
    {
      NudgeEditItem *item = item_at (&edit, i);
      const NudgeEditItem *first = item_at (&edit, 0);
      NudgePoint at = nudge_edit_item_at (&edit, item), to = nudge_edit_item_at (&edit, first);
      const gint64 dx[] = { (gint64) first->extent.x0 - item->extent.x0, (gint64) first->extent.x1 - item->extent.x1, 0, 0, (gint64) to.x - at.x, 0 };
      const gint64 dy[] = { 0, 0, (gint64) first->extent.y0 - item->extent.y0, (gint64) first->extent.y1 - item->extent.y1, 0, (gint64) to.y - at.y };

      nudge_edit_item_move (&edit, item, dx[align], dy[align]);
    }
  return nudge_edit_end (&edit);
}

/* --- rows and columns --- */

typedef struct
{
  NudgeEditItem *item;
  gint32 start, end;           /* along the row */
  guint order;
} Slot;

static gint
compare_slots (gconstpointer a, gconstpointer b)
{
  const Slot *x = a, *y = b;
  gint64 difference = ((gint64) x->start + x->end) - ((gint64) y->start + y->end);

  if (difference != 0)
    return difference < 0 ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static Slot *
list_slots (const NudgeEdit *edit, gboolean vertical)
{
  Slot *slots = g_new (Slot, edit->items->len + 1);

  for (guint i = 0; i < edit->items->len; i++)
    {
      NudgeEditItem *item = item_at (edit, i);

      slots[i] = (Slot){ item, vertical ? item->extent.y0 : item->extent.x0, vertical ? item->extent.y1 : item->extent.x1, i };
    }
  qsort (slots, edit->items->len, sizeof *slots, compare_slots);
  return slots;
}

static void
move_slot (NudgeEdit *edit, const Slot *slot, gboolean vertical, gint64 by)
{
  nudge_edit_item_move (edit, slot->item, vertical ? 0 : by, vertical ? by : 0);
}

/**
 * nudge_edit_distribute:
 * @layout: a layout
 * @selection: three things or more
 * @vertical: in a column; else in a row
 *
 * Moves all but the outermost two so that the middles are at equal distances, as nearly as the grid allows.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_distribute (NudgeLayout *layout, const NudgeSelection *selection, gboolean vertical)
{
  g_autofree Slot *slots = NULL;
  NudgeEdit edit;
  guint n;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  nudge_edit_begin (&edit, layout, selection);
  drop_unplaced (&edit);
  n = edit.items->len;
  slots = list_slots (&edit, vertical);
  for (guint i = 1; i + 1 < n; i++)
    {
      gint64 first = (gint64) slots[0].start + slots[0].end, last = (gint64) slots[n - 1].start + slots[n - 1].end;
      gint64 middle = first + (last - first) * i / (n - 1);

      move_slot (&edit, &slots[i], vertical, (middle - slots[i].start - slots[i].end) / 2);
    }
  return nudge_edit_end (&edit);
}

/**
 * nudge_edit_space:
 * @layout: a layout
 * @selection: three things or more
 * @vertical: in a column; else in a row
 *
 * Moves all but the outermost two so that the gaps between them are equal, as nearly as the grid allows.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_space (NudgeLayout *layout, const NudgeSelection *selection, gboolean vertical)
{
  g_autofree Slot *slots = NULL;
  NudgeEdit edit;
  gint64 room = 0, used;
  guint n;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  nudge_edit_begin (&edit, layout, selection);
  drop_unplaced (&edit);
  n = edit.items->len;
  slots = list_slots (&edit, vertical);
  if (n > 2)
    {
      room = (gint64) slots[n - 1].start - slots[0].end;
      for (guint i = 1; i + 1 < n; i++)
        room -= slots[i].end - slots[i].start;
    }
  used = n > 0 ? slots[0].end : 0;
  for (guint i = 1; i + 1 < n; i++)
    {
      move_slot (&edit, &slots[i], vertical, used + room * i / (n - 1) - slots[i].start);
      used += slots[i].end - slots[i].start;
    }
  return nudge_edit_end (&edit);
}

/**
 * nudge_edit_swap:
 * @layout: a layout
 * @selection: the units that change places; boxes stay
 *
 * Exchanges the positions of two parts; of several each takes the place of the next, the last that of the first.
 * Turns and mirrors stay. Nothing moves when one of them is locked.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_swap (NudgeLayout *layout, const NudgeSelection *selection)
{
  NudgeSelection units;
  NudgeEdit edit;
  gboolean all_movable = TRUE;

  g_return_val_if_fail (layout != NULL && selection != NULL, NULL);
  units = (NudgeSelection){ selection->units, selection->n_units, NULL, 0 };
  nudge_edit_begin (&edit, layout, &units);
  for (guint i = 0; i < edit.items->len; i++)
    all_movable &= item_at (&edit, i)->movable;
  for (guint i = 0; i < edit.items->len && all_movable; i++)
    {
      guint own = item_at (&edit, i)->index, next = item_at (&edit, (i + 1) % edit.items->len)->index;

      edit.after->placements[own].pose.at = layout->placements[next].pose.at;
    }
  return nudge_edit_end (&edit);
}

/* --- pin to pin --- */

/* The best way found so far to bring two pins of one net into line. */
typedef struct
{
  gboolean found;
  gboolean is_rail;
  NudgePoint move;
  gint64 length;
} Straight;

static void
consider (Straight *best, NudgePoint move, gboolean is_rail)
{
  gint64 length = ABS ((gint64) move.x) + ABS ((gint64) move.y);

  if (best->found && (is_rail > best->is_rail || (is_rail == best->is_rail && length >= best->length)))
    return;
  *best = (Straight){ TRUE, is_rail, move, length };
}

static void
consider_pins (const NudgeLayout *layout, guint unit, guint pin, guint other, guint other_pin, guint net, Straight *best)
{
  const NudgeSymbolPin *a = &layout->units[unit].symbol->pins[pin], *b = &layout->units[other].symbol->pins[other_pin];
  NudgePoint from = nudge_pose_point (&layout->placements[unit].pose, a->at), to = nudge_pose_point (&layout->placements[other].pose, b->at);
  gboolean a_vertical = nudge_pose_direction (&layout->placements[unit].pose, a->direction) & 1;
  gboolean b_vertical = nudge_pose_direction (&layout->placements[other].pose, b->direction) & 1;
  gboolean is_rail = layout->circuit->nets[net].is_power;

  /* The wire runs the way that the pins point; pins that disagree leave the choice. */
  if (!a_vertical || !b_vertical)
    consider (best, (NudgePoint){ 0, to.y - from.y }, is_rail);
  if (a_vertical || b_vertical)
    consider (best, (NudgePoint){ to.x - from.x, 0 }, is_rail);
}

/**
 * nudge_edit_straighten:
 * @layout: a layout
 * @unit: the unit that is moved
 * @other: the unit that it is brought into line with
 *
 * Moves @unit as little as it takes for a wire between it and @other to be straight: two pins of one net come into
 * line. Signals count before rails.
 *
 * Returns: (transfer full): the layout after it; the same one when no net connects the two
 *   on one sheet
 */
NudgeLayout *
nudge_edit_straighten (NudgeLayout *layout, guint unit, guint other)
{
  const NudgeSelection selection = { &unit, 1, NULL, 0 };
  Straight best = { 0 };
  const NudgeSymbol *a, *b;
  gboolean on_one_sheet;
  NudgeEdit edit;

  g_return_val_if_fail (layout != NULL && unit < layout->n_units && other < layout->n_units, NULL);
  on_one_sheet = layout->circuit->parts[layout->units[unit].part].block == layout->circuit->parts[layout->units[other].part].block;
  a = layout->units[unit].symbol;
  b = layout->units[other].symbol;
  for (guint i = 0; i < a->n_pins && on_one_sheet && unit != other && layout->placements[other].placed; i++)
    {
      guint net = nudge_symbol_pin_in_unit (&a->pins[i], layout->units[unit].unit)
                    ? nudge_circuit_net_of (layout->circuit, layout->units[unit].part, a->pins[i].number) : NUDGE_NONE;

      for (guint k = 0; k < b->n_pins && net != NUDGE_NONE; k++)
        if (nudge_symbol_pin_in_unit (&b->pins[k], layout->units[other].unit)
            && nudge_circuit_net_of (layout->circuit, layout->units[other].part, b->pins[k].number) == net)
          consider_pins (layout, unit, i, other, k, net, &best);
    }
  nudge_edit_begin (&edit, layout, &selection);
  if (best.found)
    nudge_edit_item_move (&edit, item_at (&edit, 0), best.move.x, best.move.y);
  return nudge_edit_end (&edit);
}
