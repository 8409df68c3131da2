#include "arrange/schematic-grow.h"
#include "arrange/schematic-reach.h"

#include <math.h>

#define MAX_CANDIDATES 8
#define WALK_BOUND 120
#define MAX_WALKS 3
#define TURN_BACK 16           /* what is estimated for a wire that leaves a pin the wrong way */

typedef struct
{
  gint x, y;
  guint pose;
  gint estimate;
} Candidate;

/* A pin that stands, where a wire may lead. */
typedef struct
{
  gint16 x, y;
  guint8 exit;
} End;

/* The best few places found so far for one item. */
typedef struct
{
  guint item;
  guint net;              /* whose tree is walked */
  Candidate best[MAX_CANDIDATES];
  guint n_best, max_best;
  guint noise;
  GArray *grips;          /* of Grip: the ways to hang the item on that net */
  SchematicReach *reach;  /* the same, with what the wires to its other nets will cost */
  GArray *ends;           /* of End: where the nets of the item's pins end, by pin */
  GArray *first_ends;     /* of guint, into ends, by pin and one more */
} Hunt;

/* A pin of the walked net in one pose: everything about it that does not depend on the place. */
typedef struct
{
  guint pose, pin;
  gint dx, dy;
  guint exit;
  gint cost;
} Grip;

static void
list_grips (const WorkSheet *self, Hunt *hunt)
{
  const WorkItem *item = &self->items[hunt->item];

  g_array_set_size (hunt->grips, 0);
  schematic_reach_reset (hunt->reach, self);
  for (guint pose = 0; pose < WORK_POSES && pose < item->shape->n_poses; pose++)
    {
      gint cost;

      if (!(item->poses & (1u << pose)))
        continue;
      cost = work_pose_base_cost (self, hunt->item, pose);
      for (guint i = 0; i < item->n_pins; i++)
        {
          const WorkPinRef *ref = &self->pins[item->first_pin + i];
          const WorkPin *pin = &item->shape->poses[pose].pins[ref->shape_pin];
          Grip grip = { pose, i, pin->dx, pin->dy, pin->exit, cost };

          if (ref->net != hunt->net)
            continue;
          g_array_append_val (hunt->grips, grip);
          schematic_reach_add (hunt->reach, self, item, pose, i, cost);
        }
    }
}

static void
add_candidate (Hunt *hunt, Candidate candidate)
{
  guint at;

  for (guint i = 0; i < hunt->n_best; i++)
    {
      Candidate *known = &hunt->best[i];

      if (known->x == candidate.x && known->y == candidate.y && known->pose == candidate.pose)
        {
          if (known->estimate <= candidate.estimate)
            return;
          for (; i + 1 < hunt->n_best; i++)
            hunt->best[i] = hunt->best[i + 1];
          hunt->n_best--;
          break;
        }
    }
  if (hunt->n_best == hunt->max_best)
    {
      if (hunt->best[hunt->n_best - 1].estimate <= candidate.estimate)
        return;
      hunt->n_best--;
    }
  for (at = hunt->n_best; at > 0 && hunt->best[at - 1].estimate > candidate.estimate; at--)
    hunt->best[at] = hunt->best[at - 1];
  hunt->best[at] = candidate;
  hunt->n_best++;
}

static gint
worst (const Hunt *hunt)
{
  return hunt->n_best < hunt->max_best ? 100000 : hunt->best[hunt->n_best - 1].estimate;
}

/* Nothing moves while places are looked for. */
static void
list_ends (const WorkSheet *self, Hunt *hunt)
{
  const WorkItem *item = &self->items[hunt->item];

  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net;
      const WorkNet *n = net != NUDGE_NONE ? &self->nets[net] : NULL;

      g_array_append_val (hunt->first_ends, hunt->ends->len);
      for (guint k = 0; n != NULL && !n->power && !n->wide && k < n->n_pins; k++)
        {
          const WorkPinRef *ref = &self->pins[self->net_pins[n->first_pin + k]];
          const WorkItem *other = &self->items[ref->item];
          WorkPin pin;
          End end;

          if (!other->placed)
            continue;
          pin = work_pin (self, ref);
          end = (End){ (gint16) (other->x + pin.dx), (gint16) (other->y + pin.dy), pin.exit };
          g_array_append_val (hunt->ends, end);
        }
    }
  g_array_append_val (hunt->first_ends, hunt->ends->len);
}

/* Whether a wire that leaves a pin this way must turn back to get there. */
static gboolean
leads_away (guint exit, gint dx, gint dy)
{
  return exit == 0 ? dx < 0 : exit == 1 ? dy > 0 : exit == 2 ? dx > 0 : dy < 0;
}

/* How far a pin would be from the rest of its net. */
static gint
distance_to_net (const End *ends, guint n, gint x, gint y, guint exit)
{
  gint best = 10000;

  for (guint i = 0; i < n; i++)
    {
      gint dx = ends[i].x - x, dy = ends[i].y - y;
      gint way = (ABS (dx) + ABS (dy)) * 3 / 2 + (dx != 0 && dy != 0 ? 8 : 0);

      way += leads_away (exit, dx, dy) ? TURN_BACK : 0;
      way += leads_away (ends[i].exit, -dx, -dy) ? TURN_BACK : 0;
      best = MIN (best, way);
    }
  return MIN (best, 110);
}

/* What the pins of a pose that are not on the walked net would cost, roughly; no more is asked than @limit. */
static gint
other_pins_estimate (const WorkSheet *self, const Hunt *hunt, gint x, gint y, const Grip *grip, gint limit)
{
  const WorkItem *item = &self->items[hunt->item];
  const End *ends = (const End *) hunt->ends->data;
  const guint *first = (const guint *) hunt->first_ends->data;
  gint sum = 0;

  for (guint i = 0; i < item->n_pins && sum < limit; i++)
    if (i != grip->pin && first[i + 1] > first[i])
      {
        const WorkPin *pin = &item->shape->poses[grip->pose].pins[self->pins[item->first_pin + i].shape_pin];
        sum += distance_to_net (ends + first[i], first[i + 1] - first[i], x + pin->dx, y + pin->dy, pin->exit);
      }
  return sum;
}

/* Most places for a large part fail at a corner, which is quicker to see than all of it. */
static gboolean
corners_are_free (const WorkSheet *self, const WorkItem *item, gint x, gint y, guint pose)
{
  NudgeBox body = work_box_at (&item->shape->poses[pose].body, x, y);
  const NudgePoint points[] = { { body.x0, body.y0 }, { body.x1, body.y0 }, { body.x0, body.y1 }, { body.x1, body.y1 },
                                { (body.x0 + body.x1) / 2, (body.y0 + body.y1) / 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      gint px = points[i].x / WORK_CELL, py = points[i].y / WORK_CELL;

      if (!work_inside (self, px, py) || self->nodes[work_node (self, px, py)].block != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
visit_place (WorkSheet *self, gint x, gint y, guint direction, gint cost, gpointer data)
{
  Hunt *hunt = data;
  const WorkItem *item = &self->items[hunt->item];

  self->effort.places++;
  if (cost + 2 >= worst (hunt) || schematic_reach_exceeds (hunt->reach, x, y, worst (hunt) - cost))
    return FALSE;
  if (cost < 2)
    return TRUE;
  for (guint i = 0; i < hunt->grips->len; i++)
    {
      const Grip *grip = &g_array_index (hunt->grips, Grip, i);
      gint px = x - grip->dx, py = y - grip->dy, estimate = cost + grip->cost, crowding = 0;

      if (grip->exit == direction || cost + schematic_reach_least (hunt->reach, i, x, y) >= worst (hunt))
        continue;
      if (px < 2 || py < 2 || px >= self->width - 2 || py >= self->height - 2)
        continue;
      estimate += grip->exit == ((direction + 2) & 3) ? 0 : WORK_SIDEWAYS;
      estimate += cost < 3 * WORK_STEP ? 3 : 0;
      estimate += work_place_cost (self, px, py);
      if (estimate >= worst (hunt))
        continue;
      if (item->n_pins >= WORK_LARGE && !corners_are_free (self, item, px, py, grip->pose))
        continue;
      estimate += other_pins_estimate (self, hunt, px, py, grip, worst (hunt) - estimate);
      if (estimate >= worst (hunt))
        continue;
      estimate += work_ties_cost (self, hunt->item, px, py, grip->pose);
      if (hunt->noise > 0)
        estimate += (gint) work_random (self, hunt->noise);
      if (estimate >= worst (hunt) || !work_item_fits (self, hunt->item, px, py, grip->pose, &crowding))
        continue;
      estimate += crowding * 2;
      add_candidate (hunt, (Candidate){ px, py, grip->pose, estimate });
    }
  return TRUE;
}

/* Walks from the trees of the item's strongest placed nets. */
static void
hunt_along_nets (WorkSheet *self, Hunt *hunt)
{
  const WorkItem *item = &self->items[hunt->item];
  guint walks = 0;

  for (guint i = 0; i < item->n_pins && walks < MAX_WALKS; i++)
    {
      guint net = self->pins[item->first_pin + i].net;
      const WorkNet *n;
      gboolean again = FALSE;

      if (net == NUDGE_NONE)
        continue;
      n = &self->nets[net];
      for (guint k = 0; k < i && !again; k++)
        again = self->pins[item->first_pin + k].net == net;
      if (again || n->power || n->wide || n->placed == 0)
        continue;
      hunt->net = net;
      list_grips (self, hunt);
      for (guint k = 0; k < n->n_pins; k++)
        {
          const WorkPinRef *ref = &self->pins[self->net_pins[n->first_pin + k]];
          const WorkItem *other = &self->items[ref->item];
          WorkPin pin;

          if (!other->placed)
            continue;
          pin = work_pin (self, ref);
          work_cluster_collect (self, other->x + pin.dx, other->y + pin.dy, (guint16) (net + 1), NULL);
          work_route_walk (self, net, MIN (WALK_BOUND, worst (hunt)), visit_place, hunt);
          walks++;
          break;
        }
    }
}

/* Walks from the pin of a placed item that this one serves, though a rail is all they share. */
static void
hunt_near (WorkSheet *self, Hunt *hunt)
{
  const WorkItem *item = &self->items[hunt->item];

  for (guint i = 0; i < item->n_ties; i++)
    {
      const WorkTie *tie = &g_array_index (self->ties, WorkTie, self->tie_index[item->first_tie + i]);
      const WorkItem *other = &self->items[tie->items[0]];
      const WorkPin *pin = &other->shape->poses[other->pose].pins[tie->pins[0]];

      if (tie->kind != WORK_TIE_NEAR || tie->items[0] == hunt->item || !other->placed)
        continue;
      hunt->net = work_tie_net (self, tie);
      list_grips (self, hunt);
      work_cluster_collect (self, other->x + pin->dx, other->y + pin->dy, (guint16) (hunt->net + 1), NULL);
      work_route_walk (self, hunt->net, WALK_BOUND, visit_place, hunt);
      return;
    }
}

/* Rings round what is placed, for items that no net leads to. */
static gboolean
find_any_place (WorkSheet *self, guint index, Candidate *out)
{
  const WorkItem *item = &self->items[index];
  gint cx = 0, cy = 0, n = 0, reach = MAX (self->width, self->height);

  for (guint i = 0; i < self->n_items; i++)
    if (self->items[i].placed)
      {
        cx += self->items[i].x;
        cy += self->items[i].y;
        n++;
      }
  cx = n > 0 ? cx / n : self->width / 2;
  cy = n > 0 ? cy / n : self->height / 2;
  for (gint ring = 0; ring < reach; ring += 2)
    for (gint k = -ring; k <= ring; k += 2)
      for (guint side = 0; side < 4; side++)
        {
          gint x = side < 2 ? cx + k : cx + (side == 2 ? ring : -ring);
          gint y = side < 2 ? cy + (side == 0 ? ring : -ring) : cy + k;

          for (guint pose = 0; pose < item->shape->n_poses; pose++)
            if ((item->poses & (1u << pose)) && x > 2 && y > 2 && x < self->width - 2 && y < self->height - 2
                && work_item_fits (self, index, x, y, pose, NULL))
              {
                *out = (Candidate){ x, y, pose, 0 };
                return TRUE;
              }
        }
  return FALSE;
}

static void
rip_item_nets (WorkSheet *self, guint index)
{
  const WorkItem *item = &self->items[index];

  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net;

      if (net != NUDGE_NONE && !self->nets[net].power && !self->nets[net].wide && self->nets[net].placed > 0)
        work_net_rip (self, net);
    }
}

/* Tries all candidates and keeps the one with which the sheet costs least. */
static void
insert_cheapest (WorkSheet *self, const Hunt *hunt)
{
  g_autoptr (GArray) shelf = g_array_new (FALSE, FALSE, sizeof (WorkChange));
  gint32 best_cost = G_MAXINT32;

  for (guint i = 0; i < hunt->n_best; i++)
    {
      const Candidate *c = &hunt->best[i];
      gint32 extra = hunt->noise > 0 ? (gint32) work_random (self, hunt->noise) : 0;
      guint trial = work_begin (self);

      self->effort.trials++;
      if (work_insert_within (self, hunt->item, c->x, c->y, c->pose, best_cost - extra) && self->cost + extra < best_cost)
        {
          best_cost = self->cost + extra;
          work_shelve (self, trial, shelf);
        }
      else
        work_undo (self, trial);
    }
  work_unshelve (self, shelf);
}

gboolean
schematic_insert_best (WorkSheet *self, guint index, guint candidates, guint noise)
{
  g_autoptr (GArray) grips = g_array_new (FALSE, FALSE, sizeof (Grip));
  SchematicReach reach;
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (End)), first_ends = g_array_new (FALSE, FALSE, sizeof (guint));
  Hunt hunt = { .item = index, .max_best = CLAMP (candidates, 1, MAX_CANDIDATES), .noise = noise, .grips = grips, .reach = &reach,
                .ends = ends, .first_ends = first_ends };
  guint trial = work_begin (self);

  rip_item_nets (self, index);
  list_ends (self, &hunt);
  schematic_reach_init (&reach);
  hunt_along_nets (self, &hunt);
  hunt_near (self, &hunt);
  schematic_reach_clear (&reach);
  work_undo (self, trial);
  if (hunt.n_best == 0)
    {
      if (!find_any_place (self, index, &hunt.best[0]))
        return FALSE;
      hunt.n_best = 1;
    }
  if (hunt.n_best == 1)
    work_insert (self, index, hunt.best[0].x, hunt.best[0].y, hunt.best[0].pose);
  else
    insert_cheapest (self, &hunt);
  return TRUE;
}

/* ---- growth ---- */

static gint
signal_pins (const WorkSheet *self, const WorkItem *item)
{
  gint n = 0;

  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net;

      if (net != NUDGE_NONE)
        n += self->nets[net].power ? 1 : 4;
    }
  return n;
}

/* How strongly an unplaced item is tied to what stands: pins of small nets count most. */
gint
schematic_pull (const WorkSheet *self, const WorkItem *item)
{
  gint pull = 0;

  for (guint i = 0; i < item->n_pins; i++)
    {
      guint net = self->pins[item->first_pin + i].net;

      if (net == NUDGE_NONE || self->nets[net].power || self->nets[net].wide || self->nets[net].placed == 0)
        continue;
      pull += 1000 / (gint) MAX (self->nets[net].n_pins - 1, 1);
    }
  for (guint i = 0; i < item->n_ties && pull == 0; i++)
    {
      const WorkTie *tie = &g_array_index (self->ties, WorkTie, self->tie_index[item->first_tie + i]);

      if (tie->kind == WORK_TIE_NEAR && &self->items[tie->items[0]] != item && self->items[tie->items[0]].placed)
        pull = 300;
    }
  /* Test points take what room the others leave. */
  if (item->role == WORK_ROLE_LONE)
    return MIN (pull, 1);
  return pull > 0 ? pull + (gint) MIN (item->n_pins, 20) : 0;
}

static guint
next_item (const WorkSheet *self)
{
  guint best = NUDGE_NONE;
  gint best_pull = -1;

  for (guint i = 0; i < self->n_items; i++)
    if (!self->items[i].placed)
      {
        gint pull = schematic_pull (self, &self->items[i]);

        if (pull > best_pull)
          {
            best_pull = pull;
            best = i;
          }
      }
  return best;
}

/* What the block diagrams of boxes need. */
static void
diagram_size (const WorkSheet *self, gint *width, gint *height)
{
  NudgeBox around = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < self->n_items; i++)
    if (self->items[i].hint_group != 0)
      {
        const WorkItem *item = &self->items[i];

        nudge_box_add_point (&around, item->hint_x, item->hint_y);
        nudge_box_add_point (&around, item->hint_x + item->shape->poses[0].full.x1 / WORK_CELL, item->hint_y + item->shape->poses[0].full.y1 / WORK_CELL);
      }
  *width = *height = 0;
  if (nudge_box_is_empty (&around))
    return;
  *width = around.x1 - around.x0 + 100;
  *height = around.y1 - around.y0 + 80;
}

static void
open_for_growth (WorkSheet *self)
{
  double area = 0;
  gint longest = 0, side, width, height;

  for (guint i = 0; i < self->n_items; i++)
    {
      const NudgeBox *full = &self->items[i].shape->poses[0].full;
      gint w = (full->x1 - full->x0) / WORK_CELL, h = (full->y1 - full->y0) / WORK_CELL;

      area += (w + 14.0) * (h + 12.0);
      longest = MAX (longest, MAX (w, h));
    }
  side = (gint) (2.0 * sqrt (area)) + longest + 70;
  side = CLAMP (side, 90, 900);
  diagram_size (self, &width, &height);
  work_sheet_open (self, MAX (side, width), MAX (side, height));
}

static guint
lowest_pose (const WorkItem *item)
{
  guint pose = 0;

  while (pose + 1 < item->shape->n_poses && !(item->poses & (1u << pose)))
    pose++;
  return pose;
}

static void
place_seed (WorkSheet *self)
{
  guint seed = 0;
  gint best = -1;
  const NudgeBox *full;
  gint x, y;

  for (guint i = 0; i < self->n_items; i++)
    {
      gint n = signal_pins (self, &self->items[i]) + (self->items[i].role == WORK_ROLE_CONNECTOR ? 0 : 2);

      if (n > best)
        {
          best = n;
          seed = i;
        }
    }
  full = &self->items[seed].shape->poses[lowest_pose (&self->items[seed])].full;
  x = self->width / 2 - (full->x0 + full->x1) / 2 / WORK_CELL;
  y = self->height / 2 - (full->y0 + full->y1) / 2 / WORK_CELL;
  if (self->items[seed].role == WORK_ROLE_PASSIVE || self->items[seed].role == WORK_ROLE_LONE || self->items[seed].role == WORK_ROLE_SMALL)
    {
      /* A seed that may be turned takes the pose that it likes best. */
      guint best_pose = lowest_pose (&self->items[seed]);

      for (guint pose = best_pose + 1; pose < self->items[seed].shape->n_poses; pose++)
        if ((self->items[seed].poses & (1u << pose)) && work_pose_cost (self, seed, x, y, pose) < work_pose_cost (self, seed, x, y, best_pose))
          best_pose = pose;
      work_insert (self, seed, x, y, best_pose);
      return;
    }
  work_insert (self, seed, x, y, lowest_pose (&self->items[seed]));
}

/* Boxes that talk to each other come as a block diagram; FALSE when there is none. */
static gboolean
place_diagram (WorkSheet *self)
{
  NudgeBox around = NUDGE_BOX_EMPTY;
  guint group = 0;

  for (guint i = 0; i < self->n_items; i++)
    {
      const WorkItem *item = &self->items[i];

      if (item->hint_group == 0 || (group != 0 && item->hint_group != group))
        continue;
      group = item->hint_group;
      nudge_box_add_point (&around, item->hint_x, item->hint_y);
      nudge_box_add_point (&around, item->hint_x + item->shape->poses[0].full.x1 / WORK_CELL, item->hint_y + item->shape->poses[0].full.y1 / WORK_CELL);
    }
  if (group == 0)
    return FALSE;
  for (guint i = 0; i < self->n_items; i++)
    {
      const WorkItem *item = &self->items[i];

      if (item->hint_group == group)
        work_place_item (self, i, item->hint_x - around.x0 + (self->width - around.x1 + around.x0) / 2,
                         item->hint_y - around.y0 + (self->height - around.y1 + around.y0) / 2, 0);
    }
  work_nets_draw_all (self);
  return TRUE;
}

void
schematic_grow (WorkSheet *self, guint candidates)
{
  open_for_growth (self);
  if (self->n_items == 0)
    return;
  if (!place_diagram (self))
    place_seed (self);
  while (TRUE)
    {
      guint item = work_is_stopped (self) ? NUDGE_NONE : next_item (self);

      if (item == NUDGE_NONE || !schematic_insert_best (self, item, work_is_quick (self) ? 1 : candidates, 0))
        break;
    }
}
