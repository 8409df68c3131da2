#include "drawing/router.h"

/* Draws one net at a time: joins its clusters with wires, and gives a label or a power symbol to those that want one. */

/* ---- nets ---- */

gboolean
work_pin_stands (const WorkSheet *self, guint ref, gint *x, gint *y)
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
void
work_net_clear_cluster (WorkSheet *self, guint net_index)
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

void
work_net_set_homeless (WorkSheet *self, guint net, gint count)
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

      if (!work_pin_stands (self, self->net_pins[n->first_pin + i], &x, &y))
        continue;
      work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
      work_net_clear_cluster (self, net);
    }
  work_net_set_homeless (self, net, 0);
}

void
work_net_trim (WorkSheet *self, gint x, gint y, guint16 net)
{
  static const gint8 step_x[4] = { 1, 0, -1, 0 }, step_y[4] = { 0, -1, 0, 1 };

  while (TRUE)
    {
      gsize n = work_node (self, x, y);
      guint mask = work_edges_of (self, n, net), direction = 0;

      if (self->nodes[n].pin_at != 0 || self->nodes[n].mark_at != 0 || mask == 0 || (mask & (mask - 1)) != 0)
        return;
      while (!(mask & (1u << direction)))
        direction++;
      work_set_edge (self, x, y, direction, 0);
      x += step_x[direction];
      y += step_y[direction];
    }
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

      if (!work_pin_stands (self, self->net_pins[n->first_pin + i], &x, &y) || work_cluster_seen (self, x, y))
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

/* Whether one of the pins from @first to before @end belongs to the cluster gathered last. */
static gboolean
cluster_has_pin (const WorkSheet *self, const WorkNet *net, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    {
      gint x, y;

      if (work_pin_stands (self, self->net_pins[net->first_pin + i], &x, &y) && work_cluster_holds (self, x, y))
        return TRUE;
    }
  return FALSE;
}

/* Joins clusters with wires until no pair is near enough; returns how many are left. */
static guint
join_clusters (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];
  RouteQuery query = { .net = net, .goal = ROUTE_JOIN };
  guint left = 0, tried = 0;

  for (guint i = 0; i < n->n_pins; i++)
    {
      gint x, y;

      if (!work_pin_stands (self, self->net_pins[n->first_pin + i], &x, &y))
        continue;
      /* Since the last wire, this cluster was tried from another of its pins. */
      if (tried < i)
        {
          work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
          if (cluster_has_pin (self, n, tried, i))
            continue;
        }
      while (TRUE)
        {
          RouteResult result;

          aim_from (self, &query, x, y);
          if (query.n_targets == 0)
            break;
          query.bound = n->all_wire ? join_bound (n) : MIN (join_bound (n), reach_bound (self, &query));
          result = work_route_search (self, &query);
          /* Where one end of the only pair finds no way, the other finds none. */
          if (!result.found && query.n_targets == 1)
            return 2;
          if (!result.found)
            break;
          work_route_commit (self, &query, &result);
          tried = i;
        }
      left += !cluster_has_pin (self, n, 0, i);
      if (query.n_targets == 0)
        break;
    }
  return left;
}

/* The price of the next mark of a net: the one that it needs in any case is cheap. */
static gint
mark_price (const WorkNet *net)
{
  /* Of a rail that is to be wired, one symbol is enough wherever a wire gets to it. */
  if (net->power)
    return net->all_wire && net->first_mark != 0 ? 400 : (gint) net->weight;
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
      query.bound = query.mark_cost + (self->air < WORK_AIR ? 130 : join ? 70 : 90);
      result = work_route_search (self, &query);
      /* In a dense bundle only the wire itself has room. */
      if (!result.found)
        return !n->power && !n->port && !n->global && work_cluster_name (self, net);
      work_route_commit (self, &query, &result);
      if (result.joins)
        continue;
      work_add_mark (self, net, n->power ? WORK_MARK_POWER : WORK_MARK_LABEL, result.x, result.y, result.direction, result.mark_cost);
      work_cluster_collect (self, x, y, (guint16) (net + 1), NULL);
      return TRUE;
    }
  return FALSE;
}

gboolean
work_net_mark_at (WorkSheet *self, guint net, gint x, gint y)
{
  return mark_cluster (self, net, x, y, !work_net_is_whole (&self->nets[net]));
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

      if (work_pin_stands (self, self->net_pins[n->first_pin + i], &x, &y) && !work_cluster_seen (self, x, y))
        homeless += !mark_cluster (self, net, x, y, join);
    }
  return homeless;
}

gboolean
work_net_is_whole (const WorkNet *net)
{
  return !net->wide && !net->power;
}

void
work_net_join (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];

  if (!work_net_is_whole (n))
    return;
  WORK_SET (self, self->nets[net].clusters, join_clusters (self, net));
}

void
work_net_mark (WorkSheet *self, guint net)
{
  const WorkNet *n = &self->nets[net];

  if (!work_net_is_whole (n))
    work_net_set_homeless (self, net, mark_clusters (self, net, TRUE));
  else if (n->port || n->global || n->outside || n->single || (n->clusters > 1 && n->placed >= n->n_pins))
    work_net_set_homeless (self, net, mark_clusters (self, net, FALSE));
}

/* A pin whose net goes on elsewhere has nothing to be joined to here. */
static gboolean
is_lone_label (const WorkNet *net)
{
  return work_net_is_whole (net) && net->placed == 1 && (net->port || net->global || net->outside || net->single);
}

gboolean
work_nets_draw (WorkSheet *self, const guint *nets, guint n_nets, gint32 limit)
{
  for (guint i = 0; i < n_nets && self->cost <= limit; i++)
    if (is_lone_label (&self->nets[nets[i]]))
      work_net_mark (self, nets[i]);
  for (guint i = 0; i < n_nets && self->cost <= limit; i++)
    if (!is_lone_label (&self->nets[nets[i]]))
      work_net_join (self, nets[i]);
  for (guint i = 0; i < n_nets && self->cost <= limit; i++)
    if (!is_lone_label (&self->nets[nets[i]]) && work_net_is_whole (&self->nets[nets[i]]))
      work_net_mark (self, nets[i]);
  return self->cost <= limit;
}

void
work_nets_draw_all (WorkSheet *self)
{
  g_autofree guint *nets = g_new (guint, self->n_nets + 1);
  guint n = 0;

  for (guint net = 0; net < self->n_nets; net++)
    if (self->nets[net].placed > 0)
      nets[n++] = net;
  work_nets_draw (self, nets, n, G_MAXINT32);
  for (guint i = 0; i < n; i++)
    if (!work_net_is_whole (&self->nets[nets[i]]))
      work_net_mark (self, nets[i]);
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

      if (self->pins[item->first_pin + i].net != net || !work_pin_stands (self, item->first_pin + i, &x, &y))
        continue;
      if (!work_cluster_seen (self, x, y))
        homeless += !mark_cluster (self, net, x, y, TRUE);
    }
  work_net_set_homeless (self, net, homeless);
}

void
work_nets_squeeze (WorkSheet *self, const guint *nets, guint n_nets)
{
  self->air = NUDGE_MM (0.13);
  for (guint i = 0; i < n_nets; i++)
    if (self->nets[nets[i]].homeless > 0)
      work_net_mark (self, nets[i]);
  self->air = WORK_AIR;
}

void
work_nets_squeeze_all (WorkSheet *self)
{
  g_autofree guint *nets = g_new (guint, self->n_nets + 1);

  for (guint net = 0; net < self->n_nets; net++)
    nets[net] = net;
  work_nets_squeeze (self, nets, self->n_nets);
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

      if (!work_pin_stands (self, self->net_pins[n->first_pin + i], &x, &y))
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

gboolean
work_net_has_flag (const WorkSheet *self, guint net)
{
  for (guint32 at = self->nets[net].first_mark; at != 0; at = self->marks[at - 1].next)
    if (self->marks[at - 1].kind == WORK_MARK_FLAG)
      return TRUE;
  return FALSE;
}
