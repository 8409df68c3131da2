#include "drawing/work-sheet.h"

#include "base/text-metrics.h"

#include <string.h>

static const gint8 step_x[4] = { 1, 0, -1, 0 };
static const gint8 step_y[4] = { 0, -1, 0, 1 };

WorkSheet *
work_sheet_new (const NudgePlan *plan, const NudgePlanSheet *sheet, guint n_items, guint n_pins, guint n_nets)
{
  WorkSheet *self = g_new0 (WorkSheet, 1);

  self->plan = plan;
  self->sheet = sheet;
  self->n_items = n_items;
  self->n_pins = n_pins;
  self->n_nets = n_nets;
  self->items = g_new0 (WorkItem, MAX (n_items, 1));
  self->pins = g_new0 (WorkPinRef, MAX (n_pins, 1));
  self->nets = g_new0 (WorkNet, MAX (n_nets, 1));
  self->net_pins = g_new0 (guint, MAX (n_pins, 1));
  self->ties = g_array_new (FALSE, FALSE, sizeof (WorkTie));
  self->random = 2463534242u;
  self->air = WORK_AIR;
  return self;
}

static void
close_grid (WorkSheet *self)
{
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->column, g_free);
  g_clear_pointer (&self->row, g_free);
  g_clear_pointer (&self->marks, g_free);
  g_clear_pointer (&self->rects, g_free);
  g_clear_pointer (&self->journal, g_array_unref);
  work_bins_free (self);
}

void
work_sheet_open (WorkSheet *self, gint width, gint height)
{
  gsize n = (gsize) width * height;

  self->width = width;
  self->height = height;
  self->nodes = g_new0 (WorkNode, n);
  self->column = g_new0 (guint16, width);
  self->row = g_new0 (guint16, height);
  /* At most one label or power symbol per pin, a flag and a name per net. */
  self->max_marks = self->n_pins + 3 * self->n_nets + 8;
  self->marks = g_new0 (WorkMark, self->max_marks);
  self->max_rects = self->n_items * 11 + self->max_marks * 2 + 64;
  self->rects = g_new0 (WorkRect, self->max_rects);
  self->n_rects = 1;
  self->journal = g_array_sized_new (FALSE, FALSE, sizeof (WorkChange), 4096);
  work_bins_new (self);
}

void
work_sheet_free (WorkSheet *self)
{
  close_grid (self);
  g_clear_pointer (&self->search, work_search_free);
  g_free (self->items);
  g_free (self->pins);
  g_free (self->nets);
  g_free (self->net_pins);
  g_free (self->tie_index);
  g_array_unref (self->ties);
  g_free (self);
}

guint
work_begin (WorkSheet *self)
{
  self->trials++;
  return self->journal->len;
}

/* Puts a value in its place and returns what was there. */
static guint64
exchange (void *at, guint64 value, guint size)
{
  guint64 was;

  switch (size)
    {
    case 1:
      was = *(guint8 *) at;
      *(guint8 *) at = (guint8) value;
      break;
    case 2:
      was = *(guint16 *) at;
      *(guint16 *) at = (guint16) value;
      break;
    default:
      was = *(guint32 *) at;
      *(guint32 *) at = (guint32) value;
    }
  return was;
}

void
work_undo (WorkSheet *self, guint mark)
{
  for (guint i = self->journal->len; i > mark; i--)
    {
      const WorkChange *change = &g_array_index (self->journal, WorkChange, i - 1);
      exchange (change->at, change->old, change->size);
    }
  g_array_set_size (self->journal, mark);
  self->trials--;
}

void
work_shelve (WorkSheet *self, guint mark, GArray *shelf)
{
  for (guint i = self->journal->len; i > mark; i--)
    {
      WorkChange *change = &g_array_index (self->journal, WorkChange, i - 1);
      change->old = exchange (change->at, change->old, change->size);
    }
  g_array_set_size (shelf, 0);
  g_array_append_vals (shelf, &g_array_index (self->journal, WorkChange, mark), self->journal->len - mark);
  g_array_set_size (self->journal, mark);
  self->trials--;
}

void
work_unshelve (WorkSheet *self, const GArray *shelf)
{
  for (guint i = 0; i < shelf->len; i++)
    {
      const WorkChange *change = &g_array_index (shelf, WorkChange, i);
      work_log (self, change->at, exchange (change->at, change->old, change->size), change->size);
    }
}

void
work_keep (WorkSheet *self, guint mark)
{
  self->trials--;
  if (self->trials == 0)
    g_array_set_size (self->journal, 0);
}

static void
add_cost (WorkSheet *self, gint32 by)
{
  if (by != 0)
    WORK_SET (self, self->cost, self->cost + by);
}

guint16
work_edge (const WorkSheet *self, gint x, gint y, guint direction)
{
  switch (direction)
    {
    case 0:
      return self->nodes[work_node (self, x, y)].h;
    case 1:
      return self->nodes[work_node (self, x, y - 1)].v;
    case 2:
      return self->nodes[work_node (self, x - 1, y)].h;
    default:
      return self->nodes[work_node (self, x, y)].v;
    }
}

/* What the wires that meet at a node cost: bends, tees, crossings, pins that are left sideways. */
static gint32
node_cost (const WorkSheet *self, gsize n)
{
  guint16 r = self->nodes[n].h, l = self->nodes[n - 1].h, u = self->nodes[n - self->width].v, d = self->nodes[n].v;
  guint n_edges = (r != 0) + (l != 0) + (u != 0) + (d != 0);
  gint32 cost = 0;

  if (n_edges == 0)
    return 0;
  if (n_edges == 4)
    return r == u ? WORK_FOUR_WAY : WORK_CROSSING;
  if (self->nodes[n].pin_at != 0)
    {
      guint mask = (r != 0) | (u != 0) << 1 | (l != 0) << 2 | (d != 0) << 3;
      guint sideways = mask & ~(1u << self->nodes[n].pin_exit);

      cost += WORK_SIDEWAYS * (gint32) ((sideways & 1) + (sideways >> 1 & 1) + (sideways >> 2 & 1) + (sideways >> 3 & 1));
      return n_edges == 3 ? cost + WORK_FOUR_WAY : cost;
    }
  if (n_edges == 3)
    return WORK_TEE;
  if (n_edges == 2 && !((r != 0 && l != 0) || (u != 0 && d != 0)))
    return WORK_BEND;
  return 0;
}

void
work_set_edge (WorkSheet *self, gint x, gint y, guint direction, guint16 net)
{
  gint x2 = x + step_x[direction], y2 = y + step_y[direction];
  gsize a = work_node (self, x, y), b = work_node (self, x2, y2);
  gsize n = MIN (a, b);
  guint16 *edge = (direction & 1) ? &self->nodes[n].v : &self->nodes[n].h;
  guint8 text = (direction & 1) ? self->nodes[n].text_v : self->nodes[n].text_h;
  gint32 before, after;

  if (*edge == net)
    return;
  before = node_cost (self, a) + node_cost (self, b);
  if (*edge != 0)
    before += WORK_STEP + text * WORK_TEXT_HIT + WORK_BESIDE * work_beside (self, n, direction & 1, *edge);
  WORK_SET (self, *edge, net);
  after = node_cost (self, a) + node_cost (self, b);
  if (net != 0)
    after += WORK_STEP + text * WORK_TEXT_HIT + WORK_BESIDE * work_beside (self, n, direction & 1, net);
  add_cost (self, after - before);
}

NudgeBox
work_box_at (const NudgeBox *box, gint x, gint y)
{
  if (nudge_box_is_empty (box))
    return *box;
  return (NudgeBox){ box->x0 + x * WORK_CELL, box->y0 + y * WORK_CELL, box->x1 + x * WORK_CELL, box->y1 + y * WORK_CELL };
}

/* Calls for each node that wires must not use because of a body (grown) or a side (inside). */
typedef struct
{
  gint x0, y0, x1, y1;
} CellRange;

static CellRange
cells_inside (const WorkSheet *self, const NudgeBox *box, gint32 grow)
{
  CellRange range;

  range.x0 = MAX ((box->x0 - grow) / WORK_CELL + 1, 0);
  range.y0 = MAX ((box->y0 - grow) / WORK_CELL + 1, 0);
  range.x1 = MIN ((box->x1 + grow - 1) / WORK_CELL, self->width - 1);
  range.y1 = MIN ((box->y1 + grow - 1) / WORK_CELL, self->height - 1);
  return range;
}

#define BODY_GROW NUDGE_MM (1.0)
#define SOFT_GROW NUDGE_MM (2.7)

static void
cover_nodes (WorkSheet *self, CellRange r, gboolean soft, gint by)
{
  for (gint y = r.y0; y <= r.y1; y++)
    for (gint x = r.x0; x <= r.x1; x++)
      {
        WorkNode *node = &self->nodes[work_node (self, x, y)];

        if (soft)
          WORK_SET (self, node->soft, (guint8) (node->soft + by));
        else
          WORK_SET (self, node->block, (guint8) (node->block + by));
      }
}

static void
cover_item (WorkSheet *self, const WorkItem *item, gint by)
{
  const WorkPose *pose = &item->shape->poses[item->pose];
  NudgeBox body = work_box_at (&pose->body, item->x, item->y);

  cover_nodes (self, cells_inside (self, &body, BODY_GROW), FALSE, by);
  cover_nodes (self, cells_inside (self, &body, SOFT_GROW), TRUE, by);
  for (guint i = 0; i < 4; i++)
    if (!nudge_box_is_empty (&pose->sides[i]))
      {
        NudgeBox side = work_box_at (&pose->sides[i], item->x, item->y);
        cover_nodes (self, cells_inside (self, &side, 0), FALSE, by);
      }
}

static void
mark_zone (WorkSheet *self, gint x, gint y, guint exit, guint16 from, guint16 to)
{
  for (gint k = 1; k <= 3; k++)
    {
      gint zx = x + k * step_x[exit], zy = y + k * step_y[exit];
      gsize n;

      if (!work_inside (self, zx, zy))
        return;
      n = work_node (self, zx, zy);
      if (self->nodes[n].zone == from)
        WORK_SET (self, self->nodes[n].zone, to);
    }
}

static void
place_pins (WorkSheet *self, WorkItem *item)
{
  const WorkPose *pose = &item->shape->poses[item->pose];

  for (guint i = 0; i < item->shape->n_pins; i++)
    {
      gsize n = work_node (self, item->x + pose->pins[i].dx, item->y + pose->pins[i].dy);

      if (self->nodes[n].pin_at == 0)
        WORK_SET (self, self->nodes[n].pin_at, WORK_FOREIGN);
    }
  for (guint i = 0; i < item->n_pins; i++)
    {
      const WorkPinRef *ref = &self->pins[item->first_pin + i];
      const WorkPin *pin = &pose->pins[ref->shape_pin];
      gint x = item->x + pin->dx, y = item->y + pin->dy;
      gsize n = work_node (self, x, y);

      WORK_SET (self, self->nodes[n].pin_exit, pin->exit);
      if (ref->net == NUDGE_NONE)
        continue;
      if (pin->on_grid)
        WORK_SET (self, self->nodes[n].pin_at, (guint16) (ref->net + 1));
      mark_zone (self, x, y, pin->exit, 0, (guint16) (ref->net + 1));
      WORK_SET (self, self->nets[ref->net].placed, self->nets[ref->net].placed + 1);
    }
}

static void
remove_pins (WorkSheet *self, WorkItem *item)
{
  const WorkPose *pose = &item->shape->poses[item->pose];

  for (guint i = 0; i < item->shape->n_pins; i++)
    {
      gsize n = work_node (self, item->x + pose->pins[i].dx, item->y + pose->pins[i].dy);
      WORK_SET (self, self->nodes[n].pin_at, 0);
    }
  for (guint i = 0; i < item->n_pins; i++)
    {
      const WorkPinRef *ref = &self->pins[item->first_pin + i];
      const WorkPin *pin = &pose->pins[ref->shape_pin];

      if (ref->net == NUDGE_NONE)
        continue;
      mark_zone (self, item->x + pin->dx, item->y + pin->dy, pin->exit, (guint16) (ref->net + 1), 0);
      WORK_SET (self, self->nets[ref->net].placed, self->nets[ref->net].placed - 1);
    }
}

void
work_close_area (WorkSheet *self, const NudgeBox *box)
{
  cover_nodes (self, cells_inside (self, box, 0), FALSE, 1);
  work_add_rect (self, box, WORK_RECT_BODY, NUDGE_NONE, 0);
}

/* The room that an item keeps free before one of its sides. */
static NudgeBox
work_channel (const WorkItem *item, gint x, gint y, guint pose_index, guint exit)
{
  const WorkPose *pose = &item->shape->poses[pose_index];
  /* Mirrored items keep the room of the other side. */
  guint from = pose_index >= 4 && !(exit & 1) ? exit ^ 2 : exit;
  gint32 reach = item->channels[from] * WORK_CELL;
  NudgeBox box = work_box_at (&pose->sides[exit], x, y);

  if (reach == 0 || nudge_box_is_empty (&box))
    return NUDGE_BOX_EMPTY;
  switch (exit)
    {
    case 0:
      return (NudgeBox){ box.x1, box.y0, box.x1 + reach, box.y1 };
    case 1:
      return (NudgeBox){ box.x0, box.y0 - reach, box.x1, box.y0 };
    case 2:
      return (NudgeBox){ box.x0 - reach, box.y0, box.x0, box.y1 };
    default:
      return (NudgeBox){ box.x0, box.y1, box.x1, box.y1 + reach };
    }
}

void
work_place_item (WorkSheet *self, guint index, gint x, gint y, guint pose_index)
{
  WorkItem *item = &self->items[index];
  const WorkPose *pose = &item->shape->poses[pose_index];
  NudgeBox box = work_box_at (&pose->body, x, y);

  g_assert (!item->placed);
  WORK_SET (self, item->placed, 1);
  WORK_SET (self, item->x, x);
  WORK_SET (self, item->y, y);
  WORK_SET (self, item->pose, pose_index);
  add_cost (self, work_ties_cost (self, index, x, y, pose_index));
  cover_item (self, item, 1);
  place_pins (self, item);
  WORK_SET (self, item->rects[0], work_add_rect (self, &box, WORK_RECT_BODY, index, 0));
  for (guint i = 0; i < 4; i++)
    {
      guint32 rect = 0;

      if (!nudge_box_is_empty (&pose->sides[i]))
        {
          box = work_box_at (&pose->sides[i], x, y);
          rect = work_add_rect (self, &box, WORK_RECT_PINS, index, 0);
        }
      WORK_SET (self, item->rects[i + 1], rect);
      rect = 0;
      box = work_channel (item, x, y, pose_index, i);
      if (!nudge_box_is_empty (&box))
        rect = work_add_rect (self, &box, WORK_RECT_CHANNEL, index, 0);
      WORK_SET (self, item->rects[i + 5], rect);
    }
  WORK_SET (self, self->column[x], (guint16) (self->column[x] + 1));
  WORK_SET (self, self->row[y], (guint16) (self->row[y] + 1));
}

void
work_remove_item (WorkSheet *self, guint index)
{
  WorkItem *item = &self->items[index];

  g_assert (item->placed);
  add_cost (self, -work_ties_cost (self, index, item->x, item->y, item->pose));
  WORK_SET (self, item->placed, 0);
  cover_item (self, item, -1);
  remove_pins (self, item);
  for (guint i = 0; i < G_N_ELEMENTS (item->rects); i++)
    if (item->rects[i] != 0)
      work_remove_rect (self, item->rects[i]);
  add_cost (self, -item->cost);
  WORK_SET (self, item->cost, 0);
  WORK_SET (self, self->column[item->x], (guint16) (self->column[item->x] - 1));
  WORK_SET (self, self->row[item->y], (guint16) (self->row[item->y] - 1));
}

/* Nodes that a body would cover must be free of wires, pins, labels and of the ways out of pins. */
static gboolean
cells_are_free (const WorkSheet *self, CellRange r, gboolean zones)
{
  for (gint y = r.y0; y <= r.y1; y++)
    for (gint x = r.x0; x <= r.x1; x++)
      {
        gsize n = work_node (self, x, y);

        if (self->nodes[n].h | self->nodes[n].v | self->nodes[n].pin_at | self->nodes[n].mark_at | self->nodes[n - 1].h | self->nodes[n - self->width].v)
          return FALSE;
        if (zones && self->nodes[n].zone != 0)
          return FALSE;
      }
  return TRUE;
}

static gboolean
pins_are_free (const WorkSheet *self, const WorkItem *item, gint x, gint y, const WorkPose *pose)
{
  for (guint i = 0; i < item->n_pins; i++)
    {
      const WorkPinRef *ref = &self->pins[item->first_pin + i];
      const WorkPin *pin = &pose->pins[ref->shape_pin];
      gsize n = work_node (self, x + pin->dx, y + pin->dy), out;

      if (self->nodes[n].block || self->nodes[n].pin_at || self->nodes[n].mark_at ||
          self->nodes[n].h | self->nodes[n].v | self->nodes[n - 1].h | self->nodes[n - self->width].v)
        return FALSE;
      if (ref->net == NUDGE_NONE)
        continue;
      if (self->nodes[n].zone != 0 && self->nodes[n].zone != ref->net + 1)
        return FALSE;
      out = work_node (self, x + pin->dx + step_x[pin->exit], y + pin->dy + step_y[pin->exit]);
      if (self->nodes[out].block || (self->nodes[out].pin_at != 0 && self->nodes[out].pin_at != ref->net + 1))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const WorkSheet *sheet;
  const NudgeSymbol *symbol;
  NudgeBox full, body, sides[4], channels[4];
  gboolean large;
  guint crowding;
} FitQuery;

#define REACH NUDGE_MM (0.3) /* by which the corners between pins may overlap */

/* How far apart a body (or a side with pins) and another box must stand. */
static gint32
clearance (const WorkRect *rect, gboolean body)
{
  switch (rect->kind)
    {
    case WORK_RECT_BODY:
      return body ? NUDGE_MM (2.55) : NUDGE_MM (1.25);
    case WORK_RECT_PINS:
      return body ? NUDGE_MM (1.25) : NUDGE_MM (0.7);
    case WORK_RECT_POWER:
      return NUDGE_MM (0.9);
    default:
      return NUDGE_MM (0.6);
    }
}

/* Whether the corners between the pins of two parts reach into one another. */
static gboolean
reaches_into (const WorkSheet *self, const WorkRect *rect, const NudgeBox *full)
{
  const WorkItem *other = &self->items[rect->owner];
  NudgeBox theirs = nudge_box_grown (work_box_at (&other->shape->poses[other->pose].full, other->x, other->y), -REACH);

  return nudge_box_overlaps (&theirs, full);
}

static gboolean
rect_is_in_the_way (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  FitQuery *query = data;
  NudgeBox grown;

  if (rect->kind == WORK_RECT_CHANNEL && !query->large)
    return FALSE;
  if ((rect->kind == WORK_RECT_BODY || rect->kind == WORK_RECT_PINS) && rect->owner != NUDGE_NONE && reaches_into (self, rect, &query->full))
    return TRUE;
  if (query->large && (rect->kind == WORK_RECT_CHANNEL || rect->kind == WORK_RECT_BODY || rect->kind == WORK_RECT_PINS)
      && rect->owner != NUDGE_NONE && self->items[rect->owner].n_pins >= WORK_LARGE)
    for (guint i = 0; i < 4; i++)
      if (!nudge_box_is_empty (&query->channels[i]) && nudge_box_overlaps (&rect->box, &query->channels[i]))
        return TRUE;
  grown = nudge_box_grown (rect->box, clearance (rect, TRUE));
  if (nudge_box_overlaps (&grown, &query->body))
    return TRUE;
  grown = nudge_box_grown (rect->box, clearance (rect, FALSE));
  for (guint i = 0; i < 4; i++)
    if (!nudge_box_is_empty (&query->sides[i]) && nudge_box_overlaps (&grown, &query->sides[i]))
      return TRUE;
  if (rect->kind == WORK_RECT_BODY)
    query->crowding++;
  return FALSE;
}

gboolean
work_item_fits (WorkSheet *self, guint index, gint x, gint y, guint pose_index, gint *crowding)
{
  const WorkItem *item = &self->items[index];
  const WorkPose *pose = &item->shape->poses[pose_index];
  NudgeBox full = work_box_at (&pose->full, x, y), around;
  FitQuery query = { .sheet = self, .symbol = item->shape->symbol, .large = item->n_pins >= WORK_LARGE };

  if (full.x0 < 4 * WORK_CELL || full.y0 < 4 * WORK_CELL
      || full.x1 > (self->width - 5) * WORK_CELL || full.y1 > (self->height - 5) * WORK_CELL)
    return FALSE;
  if (!pins_are_free (self, item, x, y, pose))
    return FALSE;
  query.full = full;
  query.body = work_box_at (&pose->body, x, y);
  if (!cells_are_free (self, cells_inside (self, &query.body, BODY_GROW), TRUE))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      query.sides[i] = work_box_at (&pose->sides[i], x, y);
      if (!nudge_box_is_empty (&query.sides[i]) && !cells_are_free (self, cells_inside (self, &query.sides[i], 0), FALSE))
        return FALSE;
    }
  around = nudge_box_grown (full, NUDGE_MM (3.9));
  for (guint i = 0; i < 4; i++)
    {
      query.channels[i] = query.large ? work_channel (item, x, y, pose_index, i) : NUDGE_BOX_EMPTY;
      nudge_box_add_box (&around, &query.channels[i]);
    }
  if (work_each_rect (self, &around, rect_is_in_the_way, &query))
    return FALSE;
  if (crowding != NULL)
    *crowding = query.crowding;
  return TRUE;
}
