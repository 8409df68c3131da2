/* Nodes: every pin once, by net and by part. */
#include "circuit/reader.h"

#include <stdlib.h>
#include <string.h>

static guint
net_of (NudgeReader *self, const NudgeLocalNode *node)
{
  return NUDGE_AT (self->local_nets, NudgeLocalNet, node->local_net).net;
}

static gint
compare_nets (gconstpointer a, gconstpointer b, gpointer data)
{
  const NudgeNet *nets = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const NudgeNet *x = &nets[i], *y = &nets[j];
  gint order;

  if (x->is_power != y->is_power)
    return x->is_power ? -1 : 1;
  if (x->block != y->block)
    return x->block < y->block ? -1 : 1;
  order = strcmp (x->name, y->name);
  if (order == 0)
    order = g_strcmp0 (x->power_symbol, y->power_symbol);
  return order != 0 ? order : i < j ? -1 : i > j;
}

static void
sort_nets (NudgeReader *self)
{
  guint n = self->nets->len;
  g_autofree guint *order = g_new (guint, n);
  g_autofree guint *rank = g_new (guint, n);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (NudgeNet), n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (n > 0)
    g_qsort_with_data (order, n, sizeof *order, compare_nets, self->nets->data);
  for (guint i = 0; i < n; i++)
    {
      rank[order[i]] = i;
      g_array_append_val (sorted, NUDGE_AT (self->nets, NudgeNet, order[i]));
    }
  for (guint i = 0; i < self->local_nets->len; i++)
    NUDGE_AT (self->local_nets, NudgeLocalNet, i).net = rank[NUDGE_AT (self->local_nets, NudgeLocalNet, i).net];
  g_array_unref (self->nets);
  self->nets = sorted;
}

/* Order of a part's pins: as it lists them, then those that it does not list, by number. */
static gint
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  const NudgeLocalNode *nodes = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const NudgeLocalNode *x = &nodes[i], *y = &nodes[j];
  gint order;

  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  if (x->pin_index != y->pin_index)
    return x->pin_index < y->pin_index ? -1 : 1;
  order = x->pin_index == NUDGE_NONE ? strcmp (x->pin, y->pin) : 0;
  return order != 0 ? order : i < j ? -1 : i > j;
}

static gboolean
same_pin (const NudgeLocalNode *a, const NudgeLocalNode *b)
{
  return a->part == b->part && a->pin_index == b->pin_index && (a->pin_index != NUDGE_NONE || strcmp (a->pin, b->pin) == 0);
}

static void
report_two_nets (NudgeReader *self, const NudgeLocalNode *node, guint first_net)
{
  const char *reference = NUDGE_AT (self->parts, NudgePart, node->part).reference;
  const NudgeNet *nets = (const NudgeNet *) self->nets->data;

  nudge_reader_find (self, NUDGE_CODE_PIN_IN_TWO_NETS, node->value, reference,
                     "pin %s of %s is in net “%s” and in net “%s”", node->pin, reference, nets[first_net].name,
                     nets[net_of (self, node)].name);
}

/* Fills the nodes by part with each pin once, and marks which local nodes they were. */
static void
fill_part_nodes (NudgeReader *self, gboolean *keep)
{
  guint n = self->local_nodes->len;
  g_autofree guint *order = g_new (guint, n);
  const NudgeLocalNode *nodes = (const NudgeLocalNode *) self->local_nodes->data;
  const NudgeLocalNode *first = NULL;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (n > 0)
    g_qsort_with_data (order, n, sizeof *order, compare_nodes, (gpointer) nodes);
  for (guint i = 0; i < n; i++)
    {
      const NudgeLocalNode *node = &nodes[order[i]];
      NudgePart *part = &NUDGE_AT (self->parts, NudgePart, node->part);
      NudgeNode made = { node->part, net_of (self, node), node->pin };

      if (first != NULL && same_pin (first, node))
        {
          if (net_of (self, first) != made.net)
            report_two_nets (self, node, net_of (self, first));
          continue;
        }
      first = node;
      keep[order[i]] = TRUE;
      if (part->n_nodes++ == 0)
        part->first_node = self->part_nodes->len;
      g_array_append_val (self->part_nodes, made);
    }
}

static void
fill_nodes (NudgeReader *self, const gboolean *keep)
{
  guint first = 0;

  for (guint i = 0; i < self->local_nodes->len; i++)
    if (keep[i])
      NUDGE_AT (self->nets, NudgeNet, net_of (self, &NUDGE_AT (self->local_nodes, NudgeLocalNode, i))).n_nodes++;
  for (guint i = 0; i < self->nets->len; i++)
    {
      NudgeNet *net = &NUDGE_AT (self->nets, NudgeNet, i);

      net->first_node = first;
      first += net->n_nodes;
      net->n_nodes = 0;
    }
  g_array_set_size (self->nodes, first);
  for (guint i = 0; i < self->local_nodes->len; i++)
    {
      const NudgeLocalNode *node = &NUDGE_AT (self->local_nodes, NudgeLocalNode, i);
      guint net_index = net_of (self, node);
      NudgeNet *net = &NUDGE_AT (self->nets, NudgeNet, net_index);
      NudgeNode made = { node->part, net_index, node->pin };

      if (keep[i])
        NUDGE_AT (self->nodes, NudgeNode, net->first_node + net->n_nodes++) = made;
    }
}

static void
report_small_nets (NudgeReader *self)
{
  g_autofree gboolean *seen = g_new0 (gboolean, self->nets->len);

  for (guint i = 0; i < self->local_nets->len; i++)
    {
      const NudgeLocalNet *local = &NUDGE_AT (self->local_nets, NudgeLocalNet, i);
      const NudgeNet *net = &NUDGE_AT (self->nets, NudgeNet, local->net);

      if (seen[local->net] || net->n_nodes > 1)
        continue;
      seen[local->net] = TRUE;
      if (net->n_nodes == 0)
        nudge_reader_find (self, NUDGE_CODE_EMPTY_NET, local->value, net->name, "net “%s” has no pin", net->name);
      else
        {
          const NudgeNode *node = &NUDGE_AT (self->nodes, NudgeNode, net->first_node);

          nudge_reader_find (self, NUDGE_CODE_SINGLE_NODE_NET, local->value, net->name,
                             "net “%s” has only one pin, %s of %s", net->name, node->pin,
                             NUDGE_AT (self->parts, NudgePart, node->part).reference);
        }
    }
}

static void
drop_empty_nets (NudgeReader *self)
{
  g_autofree guint *rank = g_new (guint, self->nets->len);
  guint kept = 0;

  for (guint i = 0; i < self->nets->len; i++)
    {
      gboolean has_nodes = NUDGE_AT (self->nets, NudgeNet, i).n_nodes > 0;

      rank[i] = has_nodes ? kept : NUDGE_NONE;
      if (has_nodes)
        NUDGE_AT (self->nets, NudgeNet, kept++) = NUDGE_AT (self->nets, NudgeNet, i);
    }
  for (guint i = 0; i < self->local_nets->len; i++)
    {
      NudgeLocalNet *local = &NUDGE_AT (self->local_nets, NudgeLocalNet, i);

      local->net = rank[local->net];
    }
  g_array_set_size (self->nets, kept);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      NUDGE_AT (self->nodes, NudgeNode, i).net = rank[NUDGE_AT (self->nodes, NudgeNode, i).net];
      NUDGE_AT (self->part_nodes, NudgeNode, i).net = rank[NUDGE_AT (self->part_nodes, NudgeNode, i).net];
    }
}

void
nudge_reader_nodes (NudgeReader *self)
{
  g_autofree gboolean *keep = g_new0 (gboolean, self->local_nodes->len);

  sort_nets (self);
  fill_part_nodes (self, keep);
  fill_nodes (self, keep);
  g_assert (self->nodes->len == self->part_nodes->len);
  report_small_nets (self);
  drop_empty_nets (self);
}

void
nudge_reader_mentions (NudgeReader *self, GArray *mentions, GArray *nodes)
{
  for (guint i = 0; i < self->local_nets->len; i++)
    {
      const NudgeLocalNet *local = &NUDGE_AT (self->local_nets, NudgeLocalNet, i);
      NudgeBlock *block = &NUDGE_AT (self->blocks, NudgeBlock, local->block);
      NudgeMention mention = {
        .name = local->name,
        .net = local->net,
        .declared = local->declared,
        .is_power = local->is_power,
        .power_symbol = local->power_symbol,
        .first_node = local->first_node,
        .n_nodes = local->n_nodes,
      };

      if (block->n_mentions++ == 0)
        block->first_mention = i;
      g_array_append_val (mentions, mention);
    }
  for (guint i = 0; i < self->local_nodes->len; i++)
    {
      const NudgeLocalNode *local = &NUDGE_AT (self->local_nodes, NudgeLocalNode, i);
      NudgeNode node = { local->part, net_of (self, local), local->pin };

      g_array_append_val (nodes, node);
    }
}
