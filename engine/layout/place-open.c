/* place-open.c: finds a free spot for each part that has none, near what it connects to, and moves nothing else. */
#include "layout/follow.h"

#include "base/text-metrics.h"

#include <string.h>

#define CELL (2 * NUDGE_GRID)
#define MARGIN NUDGE_MM (12.7)          /* of the page */
#define TITLE_BLOCK NUDGE_MM (40)       /* kept free at the bottom */
#define FIELD_ROOM NUDGE_MM (5.08)      /* above and below a body */
#define GAP NUDGE_MM (2.54)             /* round everything */
#define POWER_ROOM NUDGE_MM (7.62)      /* of a power symbol */
#define LABEL_ROOM NUDGE_MM (5.08)      /* of a label, beyond its text */
#define TEXT_SIZE 12700

/* One sheet as a grid of cells, each free or taken. */
typedef struct
{
  NudgeLayout *layout;
  guint block;
  guint8 *taken;
  gint columns, rows;
} Sheet;

/* --- what takes room --- */

static gint32
room_at_pin (const NudgeLayout *layout, const NudgeUnit *unit, const char *number)
{
  guint net = nudge_circuit_net_of (layout->circuit, unit->part, number);

  if (net == NUDGE_NONE || layout->wires)
    return 0;
  if (layout->circuit->nets[net].is_power)
    return POWER_ROOM;
  return nudge_text_width (layout->circuit->nets[net].name, TEXT_SIZE) + LABEL_ROOM;
}

/* Box of a unit with its fields and what hangs on its pins. */
static NudgeBox
unit_extent (const NudgeLayout *layout, guint index, const NudgePose *pose)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 }, dy[4] = { 0, -1, 0, 1 };
  const NudgeUnit *unit = &layout->units[index];
  NudgeBox box = nudge_symbol_box (unit->symbol, unit->unit);

  if (nudge_box_is_empty (&box))
    box = (NudgeBox){ -GAP, -GAP, GAP, GAP };
  box = nudge_pose_box (pose, &box);
  for (guint i = 0; i < unit->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &unit->symbol->pins[i];
      NudgePoint at = nudge_pose_point (pose, pin->at);
      guint exit = nudge_pose_direction (pose, (pin->direction + 2) & 3);
      gint32 room = nudge_symbol_pin_in_unit (pin, unit->unit) ? room_at_pin (layout, unit, pin->number) : 0;

      if (room > 0)
        nudge_box_add_point (&box, at.x + dx[exit] * room, at.y + dy[exit] * room);
    }
  box.y0 -= FIELD_ROOM;
  box.y1 += FIELD_ROOM;
  return nudge_box_grown (box, GAP);
}

static NudgeBox
child_extent (const NudgeBoxPlacement *box)
{
  NudgeBox extent = { box->at.x, box->at.y, box->at.x + box->size.x, box->at.y + box->size.y };

  return nudge_box_grown (extent, LABEL_ROOM + GAP);
}

static void
clip (const Sheet *self, const NudgeBox *box, gint *x0, gint *y0, gint *x1, gint *y1)
{
  *x0 = CLAMP (box->x0 / CELL, 0, self->columns - 1);
  *y0 = CLAMP (box->y0 / CELL, 0, self->rows - 1);
  *x1 = CLAMP ((box->x1 + CELL - 1) / CELL, 0, self->columns - 1);
  *y1 = CLAMP ((box->y1 + CELL - 1) / CELL, 0, self->rows - 1);
}

static void
take (Sheet *self, const NudgeBox *box)
{
  gint x0, y0, x1, y1;

  clip (self, box, &x0, &y0, &x1, &y1);
  for (gint y = y0; y <= y1; y++)
    memset (self->taken + (gsize) y * self->columns + x0, 1, x1 - x0 + 1);
}

static gboolean
is_free (const Sheet *self, const NudgeBox *box)
{
  gint x0, y0, x1, y1;

  if (box->x0 < MARGIN || box->y0 < MARGIN || box->x1 > self->columns * CELL - MARGIN || box->y1 > self->rows * CELL - TITLE_BLOCK)
    return FALSE;
  clip (self, box, &x0, &y0, &x1, &y1);
  for (gint y = y0; y <= y1; y++)
    if (memchr (self->taken + (gsize) y * self->columns + x0, 1, x1 - x0 + 1) != NULL)
      return FALSE;
  return TRUE;
}

static void
sheet_open (Sheet *self)
{
  const NudgeLayout *layout = self->layout;
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *block = &circuit->blocks[self->block];
  NudgePoint page = nudge_paper_size (layout->papers[self->block]);

  self->columns = page.x / CELL;
  self->rows = page.y / CELL;
  g_free (self->taken);
  self->taken = g_malloc0 ((gsize) self->columns * self->rows);
  for (guint i = layout->part_units[block->first_part]; i < layout->part_units[block->first_part + block->n_parts]; i++)
    if (layout->placements[i].placed)
      {
        NudgeBox extent = unit_extent (layout, i, &layout->placements[i].pose);

        take (self, &extent);
      }
  for (guint i = block->first_child; i != NUDGE_NONE; i = circuit->blocks[i].next_sibling)
    if (layout->boxes[i].placed)
      {
        NudgeBox extent = child_extent (&layout->boxes[i]);

        take (self, &extent);
      }
}

/* --- finding a spot --- */

/* The least move of @box, in whole cells from where it is, that frees it; rings of growing size, nearest first in each. */
static gboolean
find_move (const Sheet *self, const NudgeBox *box, NudgePoint *move)
{
  gint reach = MAX (self->columns, self->rows);

  for (gint r = 0; r <= reach; r++)
    {
      gint64 best = G_MAXINT64;

      for (gint dy = -r; dy <= r; dy++)
        for (gint dx = -r; dx <= r; dx += ABS (dy) == r ? 1 : MAX (2 * r, 1))
          {
            NudgeBox moved = { box->x0 + dx * CELL, box->y0 + dy * CELL, box->x1 + dx * CELL, box->y1 + dy * CELL };
            gint64 distance = (gint64) dx * dx + (gint64) dy * dy;

            if (distance < best && is_free (self, &moved))
              {
                best = distance;
                *move = (NudgePoint){ dx * CELL, dy * CELL };
              }
          }
      if (best < G_MAXINT64)
        return TRUE;
    }
  return FALSE;
}

/* Larger paper where this one is full; below everything where there is none. */
static NudgePoint
find_spot (Sheet *self, const NudgeBox *box)
{
  NudgePoint move = { 0, 0 };
  NudgePaper paper = self->layout->papers[self->block];

  while (!find_move (self, box, &move))
    {
      NudgePaper larger = nudge_paper_larger (self->layout->papers[self->block]);

      if (larger == self->layout->papers[self->block])
        {
          self->layout->papers[self->block] = paper;
          sheet_open (self);
          return (NudgePoint){ nudge_snap (MARGIN - box->x0, CELL), nudge_snap (self->rows * CELL + MARGIN - box->y0, CELL) };
        }
      self->layout->papers[self->block] = larger;
      sheet_open (self);
    }
  return move;
}

/* --- parts, outwards from what stands --- */

typedef struct
{
  Sheet *sheet;
  GQueue queue;                /* units that something leads to */
  GHashTable *nets;            /* that have led to units already */
} Spread;

/* A rail says nothing about where a part belongs. */
static gboolean
tells_place (const NudgeCircuit *circuit, guint net)
{
  return !circuit->nets[net].is_power;
}

static void
spread_from (Spread *self, guint part)
{
  NudgeLayout *layout = self->sheet->layout;
  const NudgeCircuit *circuit = layout->circuit;
  const NudgePart *p = &circuit->parts[part];

  for (guint i = p->first_node; i < p->first_node + p->n_nodes; i++)
    {
      const NudgeNet *net = &circuit->nets[circuit->part_nodes[i].net];

      if (!tells_place (circuit, circuit->part_nodes[i].net) || !g_hash_table_add (self->nets, GUINT_TO_POINTER (circuit->part_nodes[i].net + 1)))
        continue;
      for (guint k = net->first_node; k < net->first_node + net->n_nodes; k++)
        if (circuit->parts[circuit->nodes[k].part].block == self->sheet->block)
          g_queue_push_tail (&self->queue, GUINT_TO_POINTER (circuit->nodes[k].part));
    }
}

/* Adds up the placed pins of this sheet that a part connects to. */
static guint
add_targets (const NudgeLayout *layout, guint part, gint64 sum[2])
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgePart *p = &circuit->parts[part];
  guint n = 0;

  for (guint i = p->first_node; i < p->first_node + p->n_nodes; i++)
    {
      const NudgeNet *net = &circuit->nets[circuit->part_nodes[i].net];

      if (!tells_place (circuit, circuit->part_nodes[i].net))
        continue;
      for (guint k = net->first_node; k < net->first_node + net->n_nodes; k++)
        {
          guint other = circuit->nodes[k].part;

          if (other == part || circuit->parts[other].block != p->block)
            continue;
          for (guint unit = layout->part_units[other]; unit < layout->part_units[other + 1]; unit++)
            {
              guint pin = nudge_symbol_find_pin (layout->units[unit].symbol, circuit->nodes[k].pin);
              NudgePoint at;

              if (!layout->placements[unit].placed || pin == NUDGE_NONE
                  || !nudge_symbol_pin_in_unit (&layout->units[unit].symbol->pins[pin], layout->units[unit].unit))
                continue;
              at = nudge_pose_point (&layout->placements[unit].pose, layout->units[unit].symbol->pins[pin].at);
              sum[0] += at.x;
              sum[1] += at.y;
              n++;
            }
        }
    }
  return n;
}

static void
place_part (Spread *self, guint part)
{
  NudgeLayout *layout = self->sheet->layout;
  gint64 sum[2] = { 0, 0 };
  guint n = add_targets (layout, part, sum);
  NudgePoint page = nudge_paper_size (layout->papers[self->sheet->block]);
  NudgePoint wish = n > 0 ? (NudgePoint){ (gint32) (sum[0] / n), (gint32) (sum[1] / n) } : (NudgePoint){ page.x / 2, page.y / 2 };

  for (guint unit = layout->part_units[part]; unit < layout->part_units[part + 1]; unit++)
    {
      NudgePose pose = { .at = { nudge_snap (wish.x, CELL), nudge_snap (wish.y, CELL) } };
      NudgeBox box = unit_extent (layout, unit, &pose);
      NudgePoint move;

      if (layout->placements[unit].placed)
        continue;
      move = find_spot (self->sheet, &box);
      pose.at = (NudgePoint){ pose.at.x + move.x, pose.at.y + move.y };
      layout->placements[unit] = (NudgePlacement){ .pose = pose, .placed = TRUE };
      box = unit_extent (layout, unit, &pose);
      take (self->sheet, &box);
    }
}

static gboolean
has_open_unit (const NudgeLayout *layout, guint part)
{
  for (guint unit = layout->part_units[part]; unit < layout->part_units[part + 1]; unit++)
    if (!layout->placements[unit].placed)
      return TRUE;
  return FALSE;
}

static void
run_queue (Spread *self)
{
  while (!g_queue_is_empty (&self->queue))
    {
      guint part = GPOINTER_TO_UINT (g_queue_pop_head (&self->queue));

      if (!has_open_unit (self->sheet->layout, part))
        continue;
      place_part (self, part);
      spread_from (self, part);
    }
}

static void
place_parts (Sheet *sheet)
{
  NudgeLayout *layout = sheet->layout;
  const NudgeBlock *block = &layout->circuit->blocks[sheet->block];
  g_autoptr (GHashTable) nets = g_hash_table_new (NULL, NULL);
  Spread self = { sheet, G_QUEUE_INIT, nets };

  for (guint part = block->first_part; part < block->first_part + block->n_parts; part++)
    if (!has_open_unit (layout, part))
      spread_from (&self, part);
  run_queue (&self);
  for (guint part = block->first_part; part < block->first_part + block->n_parts; part++)
    if (has_open_unit (layout, part))
      {
        place_part (&self, part);
        spread_from (&self, part);
        run_queue (&self);
      }
}

/* --- boxes of children --- */

/* Nets that leave a block; its parts and those of all circuits below it follow one another. */
static guint
count_ports (const NudgeCircuit *circuit, guint block)
{
  g_autoptr (GHashTable) inside = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer net, count;
  guint last = block + 1, end, n = 0;

  while (last < circuit->n_blocks && circuit->blocks[last].depth > circuit->blocks[block].depth)
    last++;
  end = last < circuit->n_blocks ? circuit->blocks[last].first_part : circuit->n_parts;
  for (guint part = circuit->blocks[block].first_part; part < end; part++)
    for (guint i = circuit->parts[part].first_node; i < circuit->parts[part].first_node + circuit->parts[part].n_nodes; i++)
      {
        gpointer key = GUINT_TO_POINTER (circuit->part_nodes[i].net + 1);

        g_hash_table_insert (inside, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (inside, key)) + 1));
      }
  g_hash_table_iter_init (&iter, inside);
  while (g_hash_table_iter_next (&iter, &net, &count))
    n += circuit->nets[GPOINTER_TO_UINT (net) - 1].n_nodes > GPOINTER_TO_UINT (count);
  return n;
}

static void
place_boxes (Sheet *sheet)
{
  NudgeLayout *layout = sheet->layout;
  const NudgeCircuit *circuit = layout->circuit;

  for (guint child = circuit->blocks[sheet->block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    {
      NudgeBoxPlacement *box = &layout->boxes[child];
      NudgePoint page = nudge_paper_size (layout->papers[sheet->block]), move;
      NudgeBox extent;

      if (box->placed)
        continue;
      box->size = (NudgePoint){ nudge_snap (MAX (NUDGE_MM (25.4), nudge_text_width (circuit->blocks[child].name, TEXT_SIZE) + NUDGE_MM (10.16)), NUDGE_GRID),
                                MAX (NUDGE_MM (20.32), (gint32) MIN (count_ports (circuit, child), 1000) * CELL + NUDGE_MM (10.16)) };
      box->at = (NudgePoint){ nudge_snap ((page.x - box->size.x) / 2, CELL), nudge_snap ((page.y - box->size.y) / 2, CELL) };
      extent = child_extent (box);
      move = find_spot (sheet, &extent);
      box->at = (NudgePoint){ box->at.x + move.x, box->at.y + move.y };
      box->placed = TRUE;
      box->locked = FALSE;
      extent = child_extent (box);
      take (sheet, &extent);
    }
}

static gboolean
is_block_placed (const NudgeLayout *self, guint block)
{
  const NudgeBlock *b = &self->circuit->blocks[block];

  for (guint unit = self->part_units[b->first_part]; unit < self->part_units[b->first_part + b->n_parts]; unit++)
    if (!self->placements[unit].placed)
      return FALSE;
  for (guint child = b->first_child; child != NUDGE_NONE; child = self->circuit->blocks[child].next_sibling)
    if (!self->boxes[child].placed)
      return FALSE;
  return TRUE;
}

/**
 * nudge_layout_is_placed:
 * @self: a layout
 *
 * Returns: whether every unit and every box stands somewhere
 */
gboolean
nudge_layout_is_placed (const NudgeLayout *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  for (guint block = 0; block < self->circuit->n_blocks; block++)
    if (!is_block_placed (self, block))
      return FALSE;
  return TRUE;
}

/**
 * nudge_layout_place_open:
 * @self: a layout
 *
 * Places what has no place yet: each part at the nearest free spot to the pins that it connects to. Nothing that
 * stands is moved; a sheet that is full gets larger paper.
 *
 * Returns: (transfer full): the layout with everything placed
 */
NudgeLayout *
nudge_layout_place_open (NudgeLayout *self)
{
  g_autoptr (NudgeLayout) result = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  result = nudge_layout_copy (self);
  for (guint block = 0; block < self->circuit->n_blocks; block++)
    {
      Sheet sheet = { .layout = result, .block = block };

      if (self->circuit->blocks[block].definition != block || is_block_placed (result, block))
        continue;
      sheet_open (&sheet);
      place_boxes (&sheet);
      place_parts (&sheet);
      g_free (sheet.taken);
      nudge_layout_sync_copies (result, block);
    }
  return g_steal_pointer (&result);
}
