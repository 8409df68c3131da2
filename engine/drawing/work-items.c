#include "drawing/router.h"

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

/* A wire that joins another at its corner makes a tee of the bend, which costs less. */
#define GIVEN_BACK (4 * WORK_BEND)

gboolean
work_insert_within (WorkSheet *self, guint index, gint x, gint y, guint pose, gint32 limit)
{
  WorkItem *item = &self->items[index];
  guint nets[MAX_ITEM_NETS];
  guint n_nets = nets_of_item (self, item, nets);
  gint32 cost = work_pose_cost (self, index, x, y, pose);

  for (guint i = 0; i < n_nets; i++)
    if (work_net_is_whole (&self->nets[nets[i]]))
      work_net_rip (self, nets[i]);
  work_place_item (self, index, x, y, pose);
  WORK_SET (self, item->cost, cost);
  WORK_SET (self, self->cost, self->cost + cost);
  limit = limit < G_MAXINT32 - GIVEN_BACK ? limit + GIVEN_BACK : G_MAXINT32;
  if (!work_nets_draw (self, nets, n_nets, limit))
    return FALSE;
  for (guint i = 0; i < n_nets; i++)
    if (!work_net_is_whole (&self->nets[nets[i]]))
      work_net_route_item (self, nets[i], index);
  if (self->cost > limit)
    return FALSE;
  work_place_fields (self, index);
  return TRUE;
}

void
work_insert (WorkSheet *self, guint index, gint x, gint y, guint pose)
{
  work_insert_within (self, index, x, y, pose, G_MAXINT32);
}

/* Takes the cluster at a pin out; TRUE when it held other pins. */
static gboolean
rip_at (WorkSheet *self, guint net, gint x, gint y)
{
  gboolean has_mark, others = FALSE;

  work_cluster_collect (self, x, y, (guint16) (net + 1), &has_mark);
  for (guint i = 0; i < work_cluster_size (self) && !others; i++)
    others = self->nodes[work_cluster_node (self, i)].pin_at != 0 && work_cluster_node (self, i) != work_node (self, x, y);
  work_net_clear_cluster (self, net);
  if (!has_mark)
    work_net_set_homeless (self, net, self->nets[net].homeless - 1);
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
      if (work_net_is_whole (&self->nets[nets[i]]))
        {
          work_net_rip (self, nets[i]);
          continue;
        }
      work_cluster_pass (self);
      for (guint k = 0; k < item->n_pins; k++)
        {
          gint x, y;

          if (self->pins[item->first_pin + k].net == nets[i] && work_pin_stands (self, item->first_pin + k, &x, &y)
              && !work_cluster_seen (self, x, y))
            again[i] |= rip_at (self, nets[i], x, y);
        }
    }
  work_remove_item (self, index);
  for (guint i = 0; i < n_nets; i++)
    if (again[i])
      work_net_mark (self, nets[i]);
}
