#include "drawing/router.h"

#include <string.h>

/* A search over (node, direction of travel) with buckets for a queue. All costs are small integers. */

static const gint8 step_x[4] = { 1, 0, -1, 0 };
static const gint8 step_y[4] = { 0, -1, 0, 1 };

#define MAX_COST 1024
#define START 4 /* parent of a first state */

/* Flags of a parent. */
#define DONE 8     /* the state was taken from the queue */
#define NO_MARK 16 /* nothing to do with the state: no mark may stand at its node in that direction */
#define FLAGS (DONE | NO_MARK)

typedef struct
{
  guint32 state;
  guint32 next; /* +1 */
} Entry;

/* The four states of a node, by direction of travel. */
typedef struct
{
  guint16 stamp;
  guint16 least;       /* cost of the cheapest from which a path may turn */
  guint16 cost[4];
  guint8 parent[4];    /* direction of the state before, or START; with flags */
} NodeStates;

struct _WorkSearch
{
  gsize n_nodes;
  NodeStates *states;
  guint16 now;
  guint32 heads[MAX_COST]; /* +1 */
  Entry *entries;
  guint32 n_entries, max_entries;
  gint top;            /* highest bucket in use */

  guint32 *cluster;    /* nodes */
  guint n_cluster, max_cluster;
  guint32 *in_cluster; /* stamp by node */
  guint32 *in_pass;
  guint32 cluster_now, pass_now;
};

void
work_search_free (WorkSearch *search)
{
  g_free (search->states);
  g_free (search->entries);
  g_free (search->cluster);
  g_free (search->in_cluster);
  g_free (search->in_pass);
  g_free (search);
}

static WorkSearch *
get_search (WorkSheet *self)
{
  gsize n = (gsize) self->width * self->height;
  WorkSearch *search = self->search;

  if (search != NULL && search->n_nodes == n)
    return search;
  g_clear_pointer (&self->search, work_search_free);
  search = self->search = g_new0 (WorkSearch, 1);
  search->n_nodes = n;
  search->states = g_new0 (NodeStates, n);
  search->in_cluster = g_new0 (guint32, n);
  search->in_pass = g_new0 (guint32, n);
  search->max_entries = 4096;
  search->entries = g_new (Entry, search->max_entries);
  search->max_cluster = 256;
  search->cluster = g_new (guint32, search->max_cluster);
  return search;
}

/* ---- clusters ---- */

static void
cluster_add (WorkSearch *search, guint32 node)
{
  if (search->in_cluster[node] == search->cluster_now)
    return;
  if (search->n_cluster == search->max_cluster)
    {
      search->max_cluster *= 2;
      search->cluster = g_renew (guint32, search->cluster, search->max_cluster);
    }
  search->in_cluster[node] = search->cluster_now;
  search->in_pass[node] = search->pass_now;
  search->cluster[search->n_cluster++] = node;
}

void
work_cluster_pass (WorkSheet *self)
{
  get_search (self)->pass_now++;
}

gboolean
work_cluster_seen (const WorkSheet *self, gint x, gint y)
{
  return self->search->in_pass[work_node (self, x, y)] == self->search->pass_now;
}

gboolean
work_cluster_holds (const WorkSheet *self, gint x, gint y)
{
  return self->search->in_cluster[work_node (self, x, y)] == self->search->cluster_now;
}

guint
work_cluster_size (const WorkSheet *self)
{
  return self->search->n_cluster;
}

guint32
work_cluster_node (const WorkSheet *self, guint i)
{
  return self->search->cluster[i];
}

/* Whether a mark of that net there is more than a flag. */
static gboolean
says_name (const WorkSheet *self, guint32 node, guint16 net)
{
  const WorkNet *n = &self->nets[net - 1];

  for (guint32 at = n->first_mark; n->flag && at != 0; at = self->marks[at - 1].next)
    if (work_node (self, self->marks[at - 1].x, self->marks[at - 1].y) == node)
      return self->marks[at - 1].kind != WORK_MARK_FLAG;
  return TRUE;
}

void
work_cluster_collect (WorkSheet *self, gint x, gint y, guint16 net, gboolean *has_mark)
{
  WorkSearch *search = get_search (self);
  gint offset[4] = { 1, -self->width, -1, self->width };

  search->cluster_now++;
  search->n_cluster = 0;
  cluster_add (search, (guint32) work_node (self, x, y));
  if (has_mark != NULL)
    *has_mark = FALSE;
  for (guint i = 0; i < search->n_cluster; i++)
    {
      guint32 node = search->cluster[i];
      guint mask = work_edges_of (self, node, net);

      if (has_mark != NULL && self->nodes[node].mark_at == net)
        *has_mark |= says_name (self, node, net);
      for (guint d = 0; d < 4; d++)
        if (mask & (1u << d))
          cluster_add (search, (guint32) ((gint) node + offset[d]));
    }
}

/* ---- queue ---- */

static inline NodeStates *
states_of (WorkSearch *search, guint32 node)
{
  NodeStates *states = &search->states[node];

  if (states->stamp != search->now)
    *states = (NodeStates){ search->now, MAX_COST, { MAX_COST, MAX_COST, MAX_COST, MAX_COST }, { 0 } };
  return states;
}

static void
enqueue (WorkSearch *search, guint32 state, gint priority)
{
  Entry *entry;

  if (search->n_entries == search->max_entries)
    {
      search->max_entries *= 2;
      search->entries = g_renew (Entry, search->entries, search->max_entries);
    }
  entry = &search->entries[search->n_entries++];
  entry->state = state;
  entry->next = search->heads[priority];
  search->heads[priority] = search->n_entries;
  search->top = MAX (search->top, priority);
}

static void
reset_queue (WorkSearch *search)
{
  if (++search->now == 0)
    {
      memset (search->states, 0, search->n_nodes * sizeof (NodeStates));
      search->now = 1;
    }
  memset (search->heads, 0, (search->top + 1) * sizeof (guint32));
  search->top = 0;
  search->n_entries = 0;
}

/* ---- rules ---- */

/* Another net passes straight, across the way we come: it may be crossed. */
static gboolean
may_cross (const WorkSheet *self, gsize n, guint direction, guint16 net)
{
  guint16 r = self->nodes[n].h, l = self->nodes[n - 1].h, u = self->nodes[n - self->width].v, d = self->nodes[n].v;

  if (self->nodes[n].mark_at != 0)
    return FALSE;
  if (direction & 1)
    return r != 0 && r == l && u == 0 && d == 0 && r != net;
  return u != 0 && u == d && r == 0 && l == 0 && u != net;
}

/* What a step over @edge to node @to costs beyond its length, or -1. Foreign wires are the caller's matter. */
static inline gint
step_price (WorkSheet *self, gsize edge, const WorkNode *to, gboolean vertical, guint16 net)
{
  const WorkNode *over = &self->nodes[edge];
  gint price;

  if ((vertical ? over->v : over->h) != 0)
    return -1;
  price = WORK_STEP + (vertical ? over->text_v : over->text_h) * WORK_TEXT_HIT;
  if (to->pin_at != 0)
    return to->pin_at == net ? price : -1;
  if (to->zone != net)
    {
      /* A body's margin must not lock in a pin behind it. */
      if (to->block != 0)
        return -1;
      price += to->zone != 0 ? 8 : 0;
    }
  else if (to->block != 0 && work_node_is_solid (self, (gsize) (to - self->nodes), net))
    return -1;
  if (to->mark_at != 0 && to->mark_at != net)
    return -1;
  return price + (to->soft != 0) + WORK_BESIDE * work_beside (self, edge, vertical, net);
}

/* At least so much is left to the nearest target. */
static gint
heuristic (const RouteQuery *query, gint x, gint y)
{
  gint best = G_MAXINT32;

  for (guint i = 0; i < query->n_targets; i++)
    {
      const NudgeBox *box = &query->targets[i];
      gint dx = MAX (MAX (box->x0 - x, x - box->x1), 0), dy = MAX (MAX (box->y0 - y, y - box->y1), 0);

      best = MIN (best, dx + dy);
    }
  return best * WORK_STEP;
}

/* The same for a path that arrives in @direction, with the turns that it must take. */
static gint
rest_estimate (const RouteQuery *query, gint x, gint y, guint direction)
{
  gint best = G_MAXINT32;

  for (guint i = 0; i < query->n_targets; i++)
    {
      const NudgeBox *box = &query->targets[i];
      gint right = MAX (box->x0 - x, 0), left = MAX (x - box->x1, 0), down = MAX (box->y0 - y, 0), up = MAX (y - box->y1, 0);
      gint rest = (right + left + down + up) * WORK_STEP;
      gint aside = (direction & 1) ? right + left : down + up;
      gint back = direction == 0 ? left : direction == 1 ? down : direction == 2 ? right : up;

      rest += back > 0 ? 2 * WORK_BEND : aside > 0 ? WORK_BEND : 0;
      best = MIN (best, rest);
    }
  return best;
}

/* No wire touches the node. */
static inline gboolean
is_bare (const WorkSheet *self, gsize n)
{
  return (self->nodes[n].h | self->nodes[n - 1].h | self->nodes[n].v | self->nodes[n - self->width].v) == 0;
}

/* The ways out of the cluster's nodes. */
static void
push_sources (WorkSheet *self, const RouteQuery *query)
{
  WorkSearch *search = self->search;
  guint16 net = (guint16) (query->net + 1);
  gboolean guided = query->goal == ROUTE_JOIN;

  reset_queue (search);
  for (guint i = 0; i < search->n_cluster; i++)
    {
      guint32 node = search->cluster[i];
      guint mask = work_edges_of (self, node, net);
      guint degree = (mask & 1) + (mask >> 1 & 1) + (mask >> 2 & 1) + (mask >> 3 & 1);
      gboolean pin = self->nodes[node].pin_at == net;
      gint x = (gint) (node % self->width), y = (gint) (node / self->width), estimate;
      NodeStates *states;

      if (degree + pin > 2 || work_is_foreign (self, node, net))
        continue;
      estimate = guided ? heuristic (query, x, y) : 0;
      for (guint d = 0; d < 4; d++)
        {
          gint cost = 0;

          if (mask & (1u << d))
            continue;
          if (pin)
            {
              guint exit = self->nodes[node].pin_exit;

              if (d == ((exit + 2) & 3))
                continue;
              cost = (d == exit ? 0 : WORK_SIDEWAYS) + (degree > 0 ? WORK_TEE : 0);
            }
          else if (degree == 2)
            cost = WORK_TEE;
          else if (degree == 1 && !(mask & (1u << ((d + 2) & 3))))
            cost = WORK_BEND;
          if (cost + estimate >= MAX_COST)
            continue;
          states = states_of (search, node);
          states->cost[d] = (guint16) cost;
          states->parent[d] = START;
          enqueue (search, node * 4 + d, cost + estimate);
        }
    }
}

/* Whether a path that arrives at @node this way joins another cluster there; *@cost grows by what the joint costs. */
static gboolean
is_joint (const WorkSheet *self, gsize node, guint direction, guint16 net, gint *cost)
{
  guint mask, degree;
  gboolean pin = self->nodes[node].pin_at == net;

  if (self->search->in_cluster[node] == self->search->cluster_now)
    return FALSE;
  mask = work_edges_of (self, node, net);
  if (mask == 0 && !pin)
    return FALSE;
  degree = (mask & 1) + (mask >> 1 & 1) + (mask >> 2 & 1) + (mask >> 3 & 1);
  if (degree + pin > 2 || work_is_foreign (self, node, net))
    return FALSE;
  if (pin && direction != ((self->nodes[node].pin_exit + 2) & 3))
    {
      if (direction == self->nodes[node].pin_exit)
        return FALSE;
      *cost += WORK_SIDEWAYS;
    }
  if (degree > 0)
    *cost += WORK_TEE;
  return TRUE;
}

typedef struct
{
  const RouteQuery *query;
  RouteResult best;
  WorkVisit visit;
  gpointer data;
  gboolean guided;             /* towards the targets of the query */
} Walk;

/* Whether nothing but a joint can come of a state any more. Then one that costs more than to turn at the same node from
 * another direction leads nowhere: it is no part of the cheapest path. */
static inline gboolean
may_only_join (const Walk *walk, gint cost)
{
  if (walk->guided)
    return TRUE;
  return walk->visit == NULL && cost + walk->query->mark_cost >= walk->best.cost;
}

/* Whether a path that arrives at such a cost, or more, is of no use. */
static inline gboolean
is_beaten (const WorkSheet *self, const Walk *walk, guint32 node, gint x, gint y, guint direction, gint cost)
{
  const NodeStates *states = &self->search->states[node];

  if (cost >= walk->best.cost)
    return TRUE;
  if (states->stamp == self->search->now)
    {
      if (states->cost[direction] <= cost)
        return TRUE;
      if (cost > states->least + WORK_BEND && may_only_join (walk, cost))
        return TRUE;
    }
  return walk->guided && cost + rest_estimate (walk->query, x, y, direction) >= walk->best.cost;
}

/* Enters a state that a path of so much cost leads to. */
static inline void
reach (WorkSheet *self, const Walk *walk, guint32 node, gint x, gint y, guint direction, guint came, gint cost, gboolean crossing)
{
  NodeStates *states = states_of (self->search, node);

  /* Across a wire one cannot turn. */
  if (!crossing && cost < states->least)
    states->least = (guint16) cost;
  states->cost[direction] = (guint16) cost;
  states->parent[direction] = (guint8) ((states->parent[direction] & NO_MARK) | came);
  enqueue (self->search, node * 4 + direction, cost + (walk->guided ? heuristic (walk->query, x, y) : 0));
}

/* Goes one step on from a state. */
static void
expand (WorkSheet *self, Walk *walk, guint32 state, gint x, gint y, gint cost, gboolean start)
{
  const RouteQuery *query = walk->query;
  gint offset[4] = { 1, -self->width, -1, self->width };
  guint16 net = (guint16) (query->net + 1);
  guint32 node = state / 4;
  guint came = state & 3;
  gboolean straight_only = start || !is_bare (self, node);

  for (guint turn = 0; turn < 4; turn++)
    {
      guint d = (came + turn) & 3;
      gint nx = x + step_x[d], ny = y + step_y[d], least = cost + WORK_STEP + (turn != 0 ? WORK_BEND : 0), total, price;
      gsize to = (gsize) ((gint) node + offset[d]);
      const WorkNode *there = &self->nodes[to];
      gboolean bare;

      if (turn == 2 || (turn != 0 && straight_only))
        continue;
      if (!work_inside (self, nx, ny) || is_beaten (self, walk, (guint32) to, nx, ny, d, least))
        continue;
      price = step_price (self, MIN (node, to), there, d & 1, net);
      if (price < 0)
        continue;
      total = least - WORK_STEP + price;
      bare = is_bare (self, to);
      if (!bare && work_is_foreign (self, to, net))
        {
          if (!may_cross (self, to, d, net))
            continue;
          total += WORK_CROSSING;
        }
      else if (!bare || there->pin_at == net || there->mark_at == net)
        {
          gint joint = total;

          if ((query->goal & ROUTE_JOIN) && is_joint (self, to, d, net, &joint) && joint < walk->best.cost)
            walk->best = (RouteResult){ TRUE, TRUE, joint, nx, ny, d, state, 0 };
          continue;
        }
      if (total == least || !is_beaten (self, walk, (guint32) to, nx, ny, d, total))
        reach (self, walk, (guint32) to, nx, ny, d, came, total, !bare);
    }
}

static void
run (WorkSheet *self, Walk *walk)
{
  const RouteQuery *query = walk->query;
  WorkSearch *search = self->search;
  gboolean marks = (query->goal & (ROUTE_MARK | ROUTE_FLAG)) != 0;
  /* A mark costs so much wherever it stands. */
  gint rest = (query->goal & ROUTE_JOIN) ? 0 : query->mark_cost;

  walk->guided = query->goal == ROUTE_JOIN;
  self->effort.searches++;
  push_sources (self, query);
  for (gint priority = 0; priority <= search->top && priority + rest < walk->best.cost; priority++)
    while (search->heads[priority] != 0)
      {
        Entry entry = search->entries[search->heads[priority] - 1];
        guint32 node = entry.state / 4;
        guint direction = entry.state & 3;
        NodeStates *states = &search->states[node];
        gint cost = states->cost[direction], x, y;
        gboolean start = (states->parent[direction] & ~FLAGS) == START;

        search->heads[priority] = entry.next;
        if (states->parent[direction] & DONE)
          continue;
        states->parent[direction] |= DONE;
        self->effort.expansions++;
        x = (gint) (node % self->width);
        y = (gint) (node / self->width);
        if (walk->visit != NULL && !walk->visit (self, x, y, direction, cost, walk->data))
          continue;
        if (walk->visit == NULL && marks && cost + query->mark_cost < walk->best.cost)
          work_try_marks (self, query, x, y, direction, !start, cost, &walk->best, entry.state);
        if (cost + rest < walk->best.cost)
          expand (self, walk, entry.state, x, y, cost, start);
      }
}

RouteResult
work_route_search (WorkSheet *self, const RouteQuery *query)
{
  Walk walk = { query, { .cost = MIN (query->bound, MAX_COST - 1) }, NULL, NULL, FALSE };

  run (self, &walk);
  return walk.best;
}

void
work_route_walk (WorkSheet *self, guint net, gint bound, WorkVisit visit, gpointer data)
{
  RouteQuery query = { .net = net, .goal = ROUTE_MARK, .bound = bound };
  Walk walk = { &query, { .cost = MIN (bound, MAX_COST - 1) }, visit, data, FALSE };

  run (self, &walk);
}

gboolean
work_route_back (const WorkSheet *self, guint32 *state, gint *x, gint *y)
{
  guint32 node = *state / 4;
  guint direction = *state & 3;
  guint8 parent = self->search->states[node].parent[direction] & (guint8) ~FLAGS;

  if (parent == START)
    return FALSE;
  *x = (gint) (node % self->width) - step_x[direction];
  *y = (gint) (node / self->width) - step_y[direction];
  *state = (guint32) work_node (self, *x, *y) * 4 + parent;
  return TRUE;
}

gboolean
work_route_knows_no_mark (const WorkSheet *self, gsize node, guint direction)
{
  return (self->search->states[node].parent[direction] & NO_MARK) != 0;
}

void
work_route_note_no_mark (WorkSheet *self, gsize node, guint direction)
{
  self->search->states[node].parent[direction] |= NO_MARK;
}

void
work_route_commit (WorkSheet *self, const RouteQuery *query, const RouteResult *result)
{
  guint16 net = (guint16) (query->net + 1);
  guint32 state = result->state;
  gint x, y;

  g_assert (result->found);
  if (result->joins)
    work_set_edge (self, result->x, result->y, (result->direction + 2) & 3, net);
  do
    {
      guint32 here = state;

      if (!work_route_back (self, &state, &x, &y))
        break;
      work_set_edge (self, x, y, here & 3, net);
    }
  while (TRUE);
}
