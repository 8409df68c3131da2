#include "drawing/router.h"

/* Draws one net at a time: joins its clusters with wires, and gives a label or a power symbol to those that want one. */

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
} MarkBoxes;

static gboolean
box_is_taken (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const MarkBoxes *boxes = data;
  NudgeBox box = nudge_box_grown (boxes->text, NUDGE_MM (0.52));

  if (rect->kind == WORK_RECT_CHANNEL)
    return FALSE;

  if (nudge_box_overlaps (&box, &rect->box))
    return TRUE;
  if (!boxes->has_body)
    return FALSE;
  box = nudge_box_grown (boxes->body, rect->kind == WORK_RECT_PINS ? -100 : NUDGE_MM (0.5));
  return nudge_box_overlaps (&box, &rect->box);
}

/* Free of other boxes and of wires, and of the path that leads here. */
static gboolean
mark_fits (WorkSheet *self, MarkBoxes *boxes, guint32 state)
{
  NudgeBox around = boxes->text, text = nudge_box_grown (boxes->text, NUDGE_MM (0.25));
  gint x, y;

  if (boxes->has_body)
    nudge_box_add_box (&around, &boxes->body);
  if (around.x0 < 3 * WORK_CELL || around.y0 < 3 * WORK_CELL
      || around.x1 > (self->width - 4) * WORK_CELL || around.y1 > (self->height - 4) * WORK_CELL)
    return FALSE;
  if (work_wires_in_box (self, &text) > 0 || (boxes->has_body && work_wires_in_box (self, &boxes->body) > 0))
    return FALSE;
  around = nudge_box_grown (around, NUDGE_MM (0.52));
  if (work_each_rect (self, &around, box_is_taken, boxes))
    return FALSE;
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
      if (total >= best->cost)
        continue;
      boxes.text = label_core (work_label_box (self, net, x, y, d), d);
      total += zone_price (self, &boxes, id);
      if (total < best->cost && mark_fits (self, &boxes, state))
        *best = (RouteResult){ TRUE, FALSE, total, x, y, d, state, total - cost };
    }
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
      if (total >= best->cost)
        continue;
      work_power_boxes (self, net, flag, x, y, d, &boxes.body, &boxes.text);
      total += zone_price (self, &boxes, id);
      if (total < best->cost && mark_fits (self, &boxes, state))
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

/* ---- nets ---- */

static gboolean
pin_stands (const WorkSheet *self, guint ref, gint *x, gint *y)
{
  const WorkPinRef *pin_ref = &self->pins[ref];
  const WorkItem *item = &self->items[pin_ref->item];
  WorkPin pin;

  if (!item->placed)
    return FALSE;
  pin = work_pin (self, pin_ref);
  *x = item->x + pin.dx;
  *y = item->y + pin.dy;
  return pin.on_grid;
}

/* Removes wires and marks of the cluster gathered last. */
static void
clear_cluster (WorkSheet *self, guint net_index)
{
  guint16 net = (guint16) (net_index + 1);
  guint32 at = self->nets[net_index].first_mark;

  while (at != 0)
    {
      guint32 mark = at - 1;
      const WorkMark *m = &self->marks[mark];

      at = m->next;
      for (guint i = 0; i < work_cluster_size (self); i++)
        if (work_cluster_node (self, i) == work_node (self, m->x, m->y))
          {
            work_remove_mark (self, mark);
            break;
          }
    }
  for (guint i = 0; i < work_cluster_size (self); i++)
    {
      guint32 node = work_cluster_node (self, i);
      gint x = (gint) (node % self->width), y = (gint) (node / self->width);

      if (self->nodes[node].h == net)
        work_set_edge (self, x, y, 0, 0);
      if (self->nodes[node].v == net)
        work_set_edge (self, x, y, 3, 0);
    }
}

static void
set_homeless (WorkSheet *self, guint net, gint count)
{
  WorkNet *n = &self->nets[net];

  if (n->homeless == count)
    return;
  WORK_SET (self, self->cost, self->cost + (count - n->homeless) * WORK_HOMELESS);
  WORK_SET (self, n->homeless, count);
}

void
work_net_rip (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];

  for (guint i = 0; i < n->n_pins; i++)
    {
      gint x, y;

      if (!pin_stands (self, self->net_pins[n->first_pin + i], &x, &y))
        continue;
      work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
      clear_cluster (self, net);
    }
  set_homeless (self, net, 0);
}

static void
add_target (const WorkSheet *self, RouteQuery *query)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < work_cluster_size (self); i++)
    nudge_box_add_point (&box, (gint) (work_cluster_node (self, i) % self->width), (gint) (work_cluster_node (self, i) / self->width));
  if (query->n_targets == WORK_MAX_TARGETS)
    nudge_box_add_box (&query->targets[WORK_MAX_TARGETS - 1], &box);
  else
    query->targets[query->n_targets++] = box;
}

/* Gathers the cluster at a pin; what else stands of the net becomes the query's targets. */
static void
aim_from (WorkSheet *self, RouteQuery *query, gint from_x, gint from_y)
{
  const WorkNet *n = &self->nets[query->net];
  guint16 id = (guint16) (query->net + 1);

  query->n_targets = 0;
  work_cluster_pass (self);
  work_cluster_collect (self, from_x, from_y, id, NULL);
  for (guint i = 0; i < n->n_pins; i++)
    {
      gint x, y;

      if (!pin_stands (self, self->net_pins[n->first_pin + i], &x, &y) || work_cluster_seen (self, x, y))
        continue;
      work_cluster_collect (self, x, y, id, NULL);
      add_target (self, query);
    }
  work_cluster_collect (self, from_x, from_y, id, NULL);
}

static gint
join_bound (const WorkNet *net)
{
  if (net->no_wire)
    return 0;
  if (net->all_wire)
    return 900;
  if (net->power)
    return 36;
  if (net->wide)
    return 90;
  return net->n_pins <= 2 && !net->outside ? 230 : 150;
}

/* A wire may cost so much for its length before a reader would rather have labels. */
static gint
reach_bound (const WorkSheet *self, const RouteQuery *query)
{
  gint nearest = G_MAXINT32;

  for (guint i = 0; i < work_cluster_size (self); i++)
    {
      gint x = (gint) (work_cluster_node (self, i) % self->width), y = (gint) (work_cluster_node (self, i) / self->width);

      for (guint k = 0; k < query->n_targets; k++)
        {
          const NudgeBox *box = &query->targets[k];
          gint dx = MAX (MAX (box->x0 - x, x - box->x1), 0), dy = MAX (MAX (box->y0 - y, y - box->y1), 0);

          nearest = MIN (nearest, dx + dy);
        }
    }
  return 66 + nearest * 12 / 5;
}

/* Joins clusters with wires until no pair is near enough; returns how many are left. */
static guint
join_clusters (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];
  RouteQuery query = { .net = net, .goal = ROUTE_JOIN };
  guint left = 0;

  for (guint i = 0; i < n->n_pins; i++)
    {
      gboolean earlier = FALSE;
      gint x, y;

      if (!pin_stands (self, self->net_pins[n->first_pin + i], &x, &y))
        continue;
      while (TRUE)
        {
          RouteResult result;

          aim_from (self, &query, x, y);
          if (query.n_targets == 0)
            break;
          query.bound = MIN (join_bound (n), reach_bound (self, &query));
          result = work_route_search (self, &query);
          if (!result.found)
            break;
          work_route_commit (self, &query, &result);
        }
      for (guint k = 0; k < i && !earlier; k++)
        {
          gint ox, oy;
          earlier = pin_stands (self, self->net_pins[n->first_pin + k], &ox, &oy) && work_cluster_holds (self, ox, oy);
        }
      left += !earlier;
      if (query.n_targets == 0)
        break;
    }
  return left;
}

/* The price of the next mark of a net: the one that it needs in any case is cheap. */
static gint
mark_price (const WorkNet *net)
{
  if (net->power)
    return 22;
  if (net->first_mark == 0 && (net->port || net->outside || net->global))
    return 8;
  return (gint) net->weight;
}

/* Gives the cluster at a pin its mark, or joins it by a wire to a cluster that has one where that is nearer. */
static gboolean
mark_cluster (WorkSheet *self, guint net, gint x, gint y, gboolean join)
{
  const WorkNet *n = &self->nets[net];
  RouteQuery query = { .net = net, .goal = join && !n->no_wire ? ROUTE_MARK | ROUTE_JOIN : ROUTE_MARK };

  for (guint round = 0; round < 16; round++)
    {
      gboolean has_mark;
      RouteResult result;

      work_cluster_collect (self, x, y, (guint16) (net + 1), &has_mark);
      if (has_mark)
        return TRUE;
      query.mark_cost = mark_price (n);
      query.bound = query.mark_cost + (join ? 70 : 90);
      result = work_route_search (self, &query);
      if (!result.found)
        return FALSE;
      work_route_commit (self, &query, &result);
      if (result.joins)
        continue;
      work_add_mark (self, net, n->power ? WORK_MARK_POWER : WORK_MARK_LABEL, result.x, result.y, result.direction, result.mark_cost);
      work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
      return TRUE;
    }
  return FALSE;
}

/* Returns how many clusters found no place for their mark. */
static gint
mark_clusters (WorkSheet *self, guint net, gboolean join)
{
  const WorkNet *n = &self->nets[net];
  gint homeless = 0;

  work_cluster_pass (self);
  for (guint i = 0; i < n->n_pins; i++)
    {
      gint x, y;

      if (pin_stands (self, self->net_pins[n->first_pin + i], &x, &y) && !work_cluster_seen (self, x, y))
        homeless += !mark_cluster (self, net, x, y, join);
    }
  return homeless;
}

static gboolean
is_whole (const WorkNet *net)
{
  return !net->wide && !net->power;
}

void
work_net_join (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];

  if (!is_whole (n))
    return;
  WORK_SET (self, self->nets[net].clusters, join_clusters (self, net));
}

void
work_net_mark (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];

  if (!is_whole (n))
    set_homeless (self, net, mark_clusters (self, net, TRUE));
  else if (n->port || n->global || n->outside || n->single || (n->clusters > 1 && n->placed >= n->n_pins))
    set_homeless (self, net, mark_clusters (self, net, FALSE));
}

void
work_net_route_item (WorkSheet *self, guint net, guint index)
{
  const WorkItem *item = &self->items[index];
  gint homeless = self->nets[net].homeless;

  work_cluster_pass (self);
  for (guint i = 0; i < item->n_pins; i++)
    {
      gint x, y;

      if (self->pins[item->first_pin + i].net != net || !pin_stands (self, item->first_pin + i, &x, &y))
        continue;
      if (!work_cluster_seen (self, x, y))
        homeless += !mark_cluster (self, net, x, y, TRUE);
    }
  set_homeless (self, net, homeless);
}

gboolean
work_net_flag (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];
  RouteQuery query = { .net = net, .goal = ROUTE_FLAG, .mark_cost = 30, .bound = 150 };

  for (guint i = 0; i < n->n_pins; i++)
    {
      RouteResult result;
      gint x, y;

      if (!pin_stands (self, self->net_pins[n->first_pin + i], &x, &y))
        continue;
      work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
      result = work_route_search (self, &query);
      if (!result.found)
        continue;
      work_route_commit (self, &query, &result);
      work_add_mark (self, net, WORK_MARK_FLAG, result.x, result.y, result.direction, result.mark_cost);
      return TRUE;
    }
  return FALSE;
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
  wires = nudge_box_grown (boxes.text, NUDGE_MM (0.15));
  if (work_wires_in_box (self, &wires) > 0 || work_each_rect (self, &boxes.text, box_is_taken, &boxes))
    return -1;
  boxes.text = nudge_box_grown (boxes.text, NUDGE_MM (0.52));
  if (work_each_rect (self, &boxes.text, box_is_taken, &boxes))
    return -1;
  return (wanted - length) * 2 + (direction == 1 ? 8 : 0);
}

void
work_net_name (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];
  gint best = G_MAXINT, best_x = 0, best_y = 0, x, y;
  guint best_direction = 0;

  if (n->first_mark != 0 || n->auto_named || n->power || n->n_pins < 2 || !pin_stands (self, self->net_pins[n->first_pin], &x, &y))
    return;
  work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
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
}

/* ---- items with all that hangs on them ---- */

#define MAX_ITEM_NETS 512

/* The nets of an item, each once: those that are drawn whole first, the smaller before the larger. */
static guint
nets_of_item (const WorkSheet *self, const WorkItem *item, guint *nets)
{
  guint n_nets = 0;

  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net, at = 0;
      guint rank;

      if (net == NUDGE_NONE || n_nets == MAX_ITEM_NETS)
        continue;
      while (at < n_nets && nets[at] != net)
        at++;
      if (at < n_nets)
        continue;
      rank = self->nets[net].n_pins + (self->nets[net].wide || self->nets[net].power ? 100000 : 0);
      for (at = n_nets; at > 0; at--)
        {
          guint other = nets[at - 1];
          guint other_rank = self->nets[other].n_pins + (self->nets[other].wide || self->nets[other].power ? 100000 : 0);

          if (other_rank <= rank)
            break;
          nets[at] = other;
        }
      nets[at] = net;
      n_nets++;
    }
  return n_nets;
}

void
work_insert (WorkSheet *self, guint index, gint x, gint y, guint pose)
{
  WorkItem *item = &self->items[index];
  guint nets[MAX_ITEM_NETS];
  guint n_nets = nets_of_item (self, item, nets);
  gint32 cost = work_pose_cost (self, index, x, y, pose);

  for (guint i = 0; i < n_nets; i++)
    if (is_whole (&self->nets[nets[i]]))
      work_net_rip (self, nets[i]);
  work_place_item (self, index, x, y, pose);
  WORK_SET (self, item->cost, cost);
  WORK_SET (self, self->cost, self->cost + cost);
  for (guint i = 0; i < n_nets; i++)
    work_net_join (self, nets[i]);
  for (guint i = 0; i < n_nets; i++)
    if (is_whole (&self->nets[nets[i]]))
      work_net_mark (self, nets[i]);
    else
      work_net_route_item (self, nets[i], index);
  work_place_fields (self, index);
}

/* Takes the cluster at a pin out; TRUE when it held other pins. */
static gboolean
rip_at (WorkSheet *self, guint net, gint x, gint y)
{
  gboolean has_mark, others = FALSE;

  work_cluster_collect (self, x, y, (guint16) (net + 1), &has_mark);
  for (guint i = 0; i < work_cluster_size (self) && !others; i++)
    others = self->nodes[work_cluster_node (self, i)].pin_at != 0 && work_cluster_node (self, i) != work_node (self, x, y);
  clear_cluster (self, net);
  if (!has_mark)
    set_homeless (self, net, self->nets[net].homeless - 1);
  return others;
}

void
work_take_out (WorkSheet *self, guint index)
{
  WorkItem *item = &self->items[index];
  guint nets[MAX_ITEM_NETS];
  guint n_nets = nets_of_item (self, item, nets);
  gboolean again[MAX_ITEM_NETS] = { FALSE };

  work_remove_fields (self, index);
  for (guint i = 0; i < n_nets; i++)
    {
      if (is_whole (&self->nets[nets[i]]))
        {
          work_net_rip (self, nets[i]);
          continue;
        }
      work_cluster_pass (self);
      for (guint k = 0; k < item->n_pins; k++)
        {
          gint x, y;

          if (self->pins[item->first_pin + k].net == nets[i] && pin_stands (self, item->first_pin + k, &x, &y)
              && !work_cluster_seen (self, x, y))
            again[i] |= rip_at (self, nets[i], x, y);
        }
    }
  work_remove_item (self, index);
  for (guint i = 0; i < n_nets; i++)
    if (again[i])
      work_net_mark (self, nets[i]);
}
