#include "drawing/router.h"

/* Where a label or a power symbol may stand, and where the name of a net. */

guint
work_power_direction (const WorkNet *net)
{
  return net->ground ? 3 : 1;
}

/* ---- places for marks ---- */

typedef struct
{
  NudgeBox text, body;
  gboolean has_body;
  NudgeBox room;               /* the text with its ends, which wires keep out of */
} MarkBoxes;

static gboolean
box_is_taken (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const MarkBoxes *boxes = data;
  NudgeBox box = nudge_box_grown (boxes->text, self->air);

  if (rect->kind == WORK_RECT_CHANNEL)
    return FALSE;

  if (nudge_box_overlaps (&box, &rect->box))
    return TRUE;
  if (!boxes->has_body)
    return FALSE;
  box = nudge_box_grown (boxes->body, rect->kind == WORK_RECT_PINS ? -100 : self->air);
  return nudge_box_overlaps (&box, &rect->box);
}

/* What wires keep from. */
static NudgeBox
text_with_room (const MarkBoxes *boxes)
{
  NudgeBox text = nudge_box_grown (boxes->text, NUDGE_MM (0.25));

  nudge_box_add_box (&text, &boxes->room);
  return text;
}

/* Free of other boxes and of wires. */
static gboolean
has_room (WorkSheet *self, MarkBoxes *boxes)
{
  NudgeBox around = boxes->text, text = text_with_room (boxes);

  if (boxes->has_body)
    nudge_box_add_box (&around, &boxes->body);
  if (around.x0 < 3 * WORK_CELL || around.y0 < 3 * WORK_CELL
      || around.x1 > (self->width - 4) * WORK_CELL || around.y1 > (self->height - 4) * WORK_CELL)
    return FALSE;
  if (work_wires_in_box (self, &text) > 0 || (boxes->has_body && work_wires_in_box (self, &boxes->body) > 0))
    return FALSE;
  around = nudge_box_grown (around, self->air);
  return !work_each_rect (self, &around, box_is_taken, boxes);
}

/* Free of the path that leads there. */
static gboolean
is_off_path (WorkSheet *self, const MarkBoxes *boxes, guint32 state)
{
  NudgeBox text = text_with_room (boxes);
  gint x, y;

  while (work_route_back (self, &state, &x, &y))
    {
      gint32 px = x * WORK_CELL, py = y * WORK_CELL;

      if (px > text.x0 && px < text.x1 && py > text.y0 && py < text.y1)
        return FALSE;
      if (boxes->has_body && px > boxes->body.x0 && px < boxes->body.x1 && py > boxes->body.y0 && py < boxes->body.y1)
        return FALSE;
    }
  return TRUE;
}

/* Paths come to a node from several sides, and what is there does not depend on them. */
static gboolean
mark_fits (WorkSheet *self, MarkBoxes *boxes, guint32 state, guint direction)
{
  if (has_room (self, boxes))
    return is_off_path (self, boxes, state);
  work_route_note_no_mark (self, state / 4, direction);
  return FALSE;
}

/* Ways out of other pins that a mark would obstruct. */
static gint
zone_price (const WorkSheet *self, const MarkBoxes *boxes, guint16 net)
{
  NudgeBox box = boxes->text;
  gint price = 0;

  if (boxes->has_body)
    nudge_box_add_box (&box, &boxes->body);
  for (gint y = MAX (box.y0 / WORK_CELL + 1, 0); y <= (box.y1 - 1) / WORK_CELL; y++)
    for (gint x = MAX (box.x0 / WORK_CELL + 1, 0); x <= (box.x1 - 1) / WORK_CELL; x++)
      {
        guint16 zone = self->nodes[work_node (self, x, y)].zone;
        if (zone != 0 && zone != net)
          price += 8;
      }
  return MIN (price, 40);
}

/* A label must start beyond the place where it is anchored, so that a box just there does not count. */
static NudgeBox
label_core (NudgeBox box, guint direction)
{
  gint32 skip = NUDGE_MM (0.6);

  switch (direction)
    {
    case 0:
      box.x0 += skip;
      break;
    case 1:
      box.y1 -= skip;
      break;
    case 2:
      box.x1 -= skip;
      break;
    default:
      box.y0 += skip;
    }
  return box;
}

static void
try_label (WorkSheet *self, const RouteQuery *query, gint x, gint y, guint came, gboolean moved, gint cost, RouteResult *best, guint32 state)
{
  const WorkNet *net = &self->nets[query->net];
  guint16 id = (guint16) (query->net + 1);
  gsize n = work_node (self, x, y);
  gboolean pin = self->nodes[n].pin_at == id;
  guint mask = work_edges_of (self, n, id);
  gboolean plain = !net->port && !net->global;

  for (guint d = 0; d < 4; d++)
    {
      gint total = cost + query->mark_cost;
      MarkBoxes boxes = { .has_body = FALSE };

      if (moved ? d == ((came + 2) & 3) : d != came)
        continue;
      if (!moved && mask != 0 && !plain)
        continue;
      if (moved && d != came)
        total += plain ? 4 : 12;
      if (d & 1)
        total += plain ? 10 : 16;
      if (!moved && pin)
        total += d == self->nodes[n].pin_exit ? 10 : 16;
      if (total >= best->cost || work_route_knows_no_mark (self, n, d))
        continue;
      boxes.text = label_core (work_label_box (self, net, x, y, d), d);
      boxes.room = work_text_room (self, boxes.text, 1u << d);
      total += zone_price (self, &boxes, id);
      if (total < best->cost && mark_fits (self, &boxes, state, d))
        *best = (RouteResult){ TRUE, FALSE, total, x, y, d, state, total - cost };
    }
}

/* In the corner between the pins of two sides of a part there is room, but a symbol there looks like a part of it. */
#define CORNER_REACH (4 * WORK_CELL)
#define CORNER_LAP NUDGE_MM (0.3)
#define CORNER_PRICE 16

static gboolean
is_corner (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const NudgeBox *body = data;
  NudgeBox full;

  if ((rect->kind != WORK_RECT_BODY && rect->kind != WORK_RECT_PINS) || rect->owner == NUDGE_NONE)
    return FALSE;
  full = work_item_full (&self->items[rect->owner]);
  return nudge_box_overlaps (&full, body);
}

gboolean
work_is_in_corner (WorkSheet *self, const NudgeBox *body)
{
  NudgeBox inner = nudge_box_grown (*body, -CORNER_LAP), around = nudge_box_grown (*body, CORNER_REACH);

  return work_each_rect (self, &around, is_corner, &inner);
}

static void
try_power (WorkSheet *self, const RouteQuery *query, gint x, gint y, guint came, gboolean moved, gint cost, RouteResult *best, guint32 state)
{
  const WorkNet *net = &self->nets[query->net];
  gboolean flag = (query->goal & ROUTE_FLAG) != 0;
  guint16 id = (guint16) (query->net + 1);
  gsize n = work_node (self, x, y);
  guint mask = work_edges_of (self, n, id);

  for (guint d = 1; d < 4; d += 2)
    {
      gint total = cost + query->mark_cost;
      MarkBoxes boxes = { .has_body = TRUE };

      if (!flag && d != work_power_direction (net))
        continue;
      if (d == ((came + 2) & 3) || (mask & (1u << d)))
        continue;
      if (!moved && d != came)
        continue;
      total += d != came ? 4 : 0;
      total += flag && d == 3 ? 6 : 0;
      if (total >= best->cost || work_route_knows_no_mark (self, n, d))
        continue;
      work_power_boxes (self, net, flag, x, y, d, &boxes.body, &boxes.text);
      boxes.room = work_value_room (self, boxes.text);
      total += zone_price (self, &boxes, id);
      if (total >= best->cost || !mark_fits (self, &boxes, state, d))
        continue;
      if (self->text_end > 0 && work_is_in_corner (self, &boxes.body))
        total += CORNER_PRICE;
      if (total < best->cost)
        *best = (RouteResult){ TRUE, FALSE, total, x, y, d, state, total - cost };
    }
}

void
work_try_marks (WorkSheet *self, const RouteQuery *query, gint x, gint y, guint direction, gboolean moved, gint cost, RouteResult *best, guint32 state)
{
  guint16 net = (guint16) (query->net + 1);
  gsize n = work_node (self, x, y);

  if (self->nodes[n].mark_at != 0 || work_is_foreign (self, n, net))
    return;
  if (self->nets[query->net].power || (query->goal & ROUTE_FLAG))
    try_power (self, query, x, y, direction, moved, cost, best, state);
  else
    try_label (self, query, x, y, direction, moved, cost, best, state);
}

/* ---- names ---- */

/* How well a name stands along the wire that runs on from a node, in cells beyond its end; -1: not at all. */
static gint
name_price (WorkSheet *self, guint net, gint x, gint y, guint direction)
{
  const WorkNet *n = &self->nets[net];
  guint16 id = (guint16) (net + 1);
  MarkBoxes boxes = { .has_body = FALSE };
  gint length = 0, wanted = n->label_width / WORK_CELL + 1;
  NudgeBox wires;

  while (work_inside (self, x, y) && length < wanted && work_edge (self, direction == 0 ? x + length : x, direction == 0 ? y : y - length, direction) == id)
    length++;
  if (length < 2)
    return -1;
  boxes.text = work_label_box (self, n, x, y, direction);
  wires = work_text_room (self, nudge_box_grown (boxes.text, NUDGE_MM (0.15)), 1u << direction);
  if (work_wires_in_box (self, &wires) > 0 || work_each_rect (self, &boxes.text, box_is_taken, &boxes))
    return -1;
  boxes.text = nudge_box_grown (boxes.text, NUDGE_MM (0.52));
  if (work_each_rect (self, &boxes.text, box_is_taken, &boxes))
    return -1;
  return (wanted - length) * 2 + (direction == 1 ? 8 : 0);
}

/* The pin of a sheet box already says the name. */
static gboolean
box_says_name (const WorkSheet *self, const WorkNet *n)
{
  for (guint i = 0; i < n->n_pins; i++)
    {
      const WorkPinRef *ref = &self->pins[self->net_pins[n->first_pin + i]];
      const WorkItem *item = &self->items[ref->item];

      if (item->box != NUDGE_NONE && g_str_equal (self->sheet->boxes[item->box].pin_names[ref->shape_pin], n->label))
        return TRUE;
    }
  return FALSE;
}

/* The best place for the net's name along a wire of the cluster gathered last; FALSE when there is none. */
gboolean
work_cluster_name (WorkSheet *self, guint net)
{
  gint best = G_MAXINT, best_x = 0, best_y = 0;
  guint best_direction = 0;

  for (guint i = 0; i < work_cluster_size (self); i++)
    for (guint d = 0; d < 2; d++)
      {
        gint nx = (gint) (work_cluster_node (self, i) % self->width), ny = (gint) (work_cluster_node (self, i) / self->width);
        gint price = self->nodes[work_cluster_node (self, i)].mark_at != 0 ? -1 : name_price (self, net, nx, ny, d);

        if (price >= 0 && price < best)
          {
            best = price;
            best_x = nx;
            best_y = ny;
            best_direction = d;
          }
      }
  if (best != G_MAXINT)
    work_add_mark (self, net, WORK_MARK_LABEL, best_x, best_y, best_direction, 0);
  return best != G_MAXINT;
}

void
work_net_name (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];
  gint x, y;

  if (n->first_mark != 0 || n->auto_named || n->power || n->n_pins < 2 || box_says_name (self, n))
    return;
  if (!work_pin_stands (self, self->net_pins[n->first_pin], &x, &y))
    return;
  work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
  work_cluster_name (self, net);
}
