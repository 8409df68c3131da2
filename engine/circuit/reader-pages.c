/* Pages: a circuit with more parts than one sheet of paper takes hands them to circuits of its own, each with parts that
 * are tied to one another. Nets stay declared where they were, but for those that one page has to itself. */
#include "circuit/reader.h"

#include "base/disjoint-sets.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_LOAD 60       /* parts of few pins that a page holds */
#define PINS_PER_LOAD 12   /* a part weighs one more for so many connected pins */
#define FOLLOWED_FAN 8     /* every pair of a net with no more pins is a tie; of a larger one, neighbours in its list are */
#define WHOLE_TIE 840      /* weight of a net of two pins; others share it by their pins less one */
#define NAMING_PINS 8      /* a part with so many connected pins may name its page */
#define MAX_PAGE_NAME 40

typedef struct
{
  guint a, b;              /* parts of the block, a < b */
  guint weight;
} Tie;

/* How one block is cut. */
typedef struct
{
  guint block;
  guint n_parts, n_pages;
  const guint *pins;       /* by part of the block: connected ones */
  guint *page;             /* by part */
  guint *load;             /* by part; of the whole set at its root */
  guint *parents;          /* disjoint sets of parts */
} Cut;

static void
cut_free (Cut *self)
{
  g_free (self->page);
  g_free (self->load);
  g_free (self->parents);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cut, cut_free)

static gint
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Tie *x = a, *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

/* The strongest first, for the size of what it would join. */
static gint
compare_strength (gconstpointer a, gconstpointer b, gpointer data)
{
  const Cut *cut = data;
  const Tie *x = a, *y = b;
  guint64 left = (guint64) x->weight * (cut->load[y->a] + cut->load[y->b]);
  guint64 right = (guint64) y->weight * (cut->load[x->a] + cut->load[x->b]);

  return left != right ? (left > right ? -1 : 1) : compare_pairs (x, y);
}

static void
add_tie (GArray *ties, guint a, guint b, guint weight)
{
  Tie tie = { MIN (a, b), MAX (a, b), weight };

  if (a != b)
    g_array_append_val (ties, tie);
}

static GArray *
ties_of_block (NudgeReader *self, guint block_index)
{
  const NudgeLocalNode *nodes = (const NudgeLocalNode *) self->local_nodes->data;
  guint first_part = NUDGE_AT (self->blocks, NudgeBlock, block_index).first_part;
  GArray *ties = g_array_new (FALSE, FALSE, sizeof (Tie));

  for (guint i = 0; i < self->local_nets->len; i++)
    {
      const NudgeLocalNet *net = &NUDGE_AT (self->local_nets, NudgeLocalNet, i);
      guint reach = net->n_nodes <= FOLLOWED_FAN ? net->n_nodes : 1;

      if (net->block != block_index || net->is_power || net->n_nodes < 2)
        continue;
      for (guint k = 0; k < net->n_nodes; k++)
        for (guint m = k + 1; m < net->n_nodes && m <= k + reach; m++)
          add_tie (ties, nodes[net->first_node + k].part - first_part, nodes[net->first_node + m].part - first_part,
                   MAX (1, WHOLE_TIE / (net->n_nodes - 1)));
    }
  return ties;
}

/* Ties between the sets as they are now, each pair once. */
static void
contract (Cut *cut, GArray *ties)
{
  Tie *all = (Tie *) ties->data;
  guint n = 0;

  for (guint i = 0; i < ties->len; i++)
    {
      guint a = nudge_sets_root (cut->parents, all[i].a), b = nudge_sets_root (cut->parents, all[i].b);

      if (a != b && cut->load[a] + cut->load[b] <= PAGE_LOAD)
        all[n++] = (Tie){ MIN (a, b), MAX (a, b), all[i].weight };
    }
  g_array_set_size (ties, n);
  if (n == 0)
    return;
  qsort (all, n, sizeof *all, compare_pairs);
  n = 0;
  for (guint i = 1; i < ties->len; i++)
    {
      if (compare_pairs (&all[n], &all[i]) == 0)
        all[n].weight += all[i].weight;
      else
        all[++n] = all[i];
    }
  g_array_set_size (ties, n + 1);
}

/* In rounds: each set grows by at most one other, so that all grow alike. */
static void
gather (Cut *cut, GArray *ties)
{
  g_autofree guint *round_of = g_new0 (guint, cut->n_parts);

  for (guint round = 1; ties->len > 0; round++)
    {
      contract (cut, ties);
      g_qsort_with_data (ties->data, ties->len, sizeof (Tie), compare_strength, cut);
      for (guint i = 0; i < ties->len; i++)
        {
          const Tie *tie = &NUDGE_AT (ties, Tie, i);

          if (round_of[tie->a] == round || round_of[tie->b] == round)
            continue;
          round_of[tie->a] = round_of[tie->b] = round;
          nudge_sets_join (cut->parents, tie->a, tie->b);
          cut->load[tie->a] += cut->load[tie->b];
        }
    }
}

/* Large sets have a page each; what is small goes to the page of what the program made just before it. */
static void
fill_pages (Cut *cut)
{
  g_autofree guint *page_of_set = g_new (guint, cut->n_parts), *loads = g_new0 (guint, cut->n_parts);
  guint last = NUDGE_NONE;

  for (guint i = 0; i < cut->n_parts; i++)
    {
      gboolean is_large = nudge_sets_root (cut->parents, i) == i && cut->load[i] * 2 > PAGE_LOAD;

      page_of_set[i] = is_large ? cut->n_pages : NUDGE_NONE;
      if (is_large)
        loads[cut->n_pages++] = cut->load[i];
    }
  for (guint i = 0; i < cut->n_parts; i++)
    {
      guint root = nudge_sets_root (cut->parents, i), page = page_of_set[root];

      if (page == NUDGE_NONE)
        {
          page = last != NUDGE_NONE ? last : 0;
          for (guint k = 0; k < cut->n_pages && loads[page] + cut->load[root] > PAGE_LOAD; k++)
            page = k;
          if (page >= cut->n_pages || loads[page] + cut->load[root] > PAGE_LOAD)
            page = cut->n_pages++;
          loads[page] += cut->load[root];
          page_of_set[root] = page;
        }
      cut->page[i] = last = page;
    }
}

/* Pages in the order in which the program first made a part of them. */
static void
order_pages (Cut *cut)
{
  g_autofree guint *rank = g_new (guint, cut->n_pages + 1);
  guint n = 0;

  for (guint i = 0; i < cut->n_pages; i++)
    rank[i] = NUDGE_NONE;
  for (guint i = 0; i < cut->n_parts; i++)
    {
      if (rank[cut->page[i]] == NUDGE_NONE)
        rank[cut->page[i]] = n++;
      cut->page[i] = rank[cut->page[i]];
    }
}

/* (transfer full): how many connected pins each part has. */
static guint *
count_pins (NudgeReader *self)
{
  guint *pins = g_new0 (guint, self->parts->len + 1);

  for (guint i = 0; i < self->local_nodes->len; i++)
    pins[NUDGE_AT (self->local_nodes, NudgeLocalNode, i).part]++;
  return pins;
}

/* @pins: by part of the design. (nullable): NULL when the block fits one page. */
static Cut *
cut_block (NudgeReader *self, guint block_index, const guint *pins)
{
  const NudgeBlock *block = &NUDGE_AT (self->blocks, NudgeBlock, block_index);
  g_autoptr (Cut) cut = g_new0 (Cut, 1);
  g_autoptr (GArray) ties = NULL;
  guint load = 0;

  cut->block = block_index;
  cut->n_parts = block->n_parts;
  cut->pins = &pins[block->first_part];
  cut->page = g_new0 (guint, block->n_parts + 1);
  cut->load = g_new0 (guint, block->n_parts + 1);
  for (guint i = 0; i < block->n_parts; i++)
    load += cut->load[i] = 1 + cut->pins[i] / PINS_PER_LOAD;
  if (load <= PAGE_LOAD || block->depth >= NUDGE_MAX_BLOCK_DEPTH)
    return NULL;
  cut->parents = nudge_sets_new (block->n_parts);
  ties = ties_of_block (self, block_index);
  gather (cut, ties);
  fill_pages (cut);
  order_pages (cut);
  return cut->n_pages > 1 ? g_steal_pointer (&cut) : NULL;
}

/* ---- the tree with pages ---- */

typedef struct
{
  NudgeReader *reader;
  GArray *old_blocks;      /* NudgeBlock */
  Cut **cuts;              /* by old block; NULL where it stays whole */
  guint *new_block;        /* by old block */
  guint *new_part;         /* by old part */
} Pages;

/* The page is called as its main part, or has a number. */
static const char *
page_name (NudgeReader *self, const Cut *cut, const NudgeBlock *block, guint page)
{
  guint main_part = NUDGE_NONE;
  const char *name;

  for (guint i = 0; i < cut->n_parts; i++)
    if (cut->page[i] == page && cut->pins[i] >= NAMING_PINS && (main_part == NUDGE_NONE || cut->pins[i] > cut->pins[main_part]))
      main_part = i;
  name = main_part == NUDGE_NONE ? "" : NUDGE_AT (self->parts, NudgePart, block->first_part + main_part).value;
  if (name[0] != '\0' && strpbrk (name, "\n\t") == NULL && g_utf8_strlen (name, -1) <= MAX_PAGE_NAME)
    return name;
  g_string_printf (self->scratch, "Page %u", page + 1);
  return nudge_reader_keep (self, self->scratch->str, self->scratch->len);
}

/* Every block, followed by its pages; their links still name old blocks. */
static void
add_blocks (Pages *pages)
{
  NudgeReader *self = pages->reader;
  GArray *values = g_array_new (FALSE, TRUE, sizeof (guint));

  self->blocks = g_array_new (FALSE, TRUE, sizeof (NudgeBlock));
  for (guint i = 0; i < pages->old_blocks->len; i++)
    {
      const NudgeBlock *block = &NUDGE_AT (pages->old_blocks, NudgeBlock, i);
      guint n_pages = pages->cuts[i] != NULL ? pages->cuts[i]->n_pages : 0;

      pages->new_block[i] = self->blocks->len;
      g_array_append_val (self->blocks, *block);
      g_array_append_val (values, NUDGE_AT (self->block_values, guint, i));
      for (guint page = 0; page < n_pages; page++)
        {
          NudgeBlock made = { .parent = i, .label = "", .path = "/", .description = "" };

          made.name = page_name (self, pages->cuts[i], block, page);
          made.depth = block->depth + 1;
          made.first_child = made.next_sibling = NUDGE_NONE;
          g_array_append_val (self->blocks, made);
          g_array_append_val (values, NUDGE_AT (self->block_values, guint, i));
        }
    }
  g_array_unref (self->block_values);
  self->block_values = values;
}

/* Pages come before the circuits that the block had. */
static void
link_blocks (Pages *pages)
{
  for (guint i = 0; i < pages->old_blocks->len; i++)
    {
      guint at = pages->new_block[i], n_pages = pages->cuts[i] != NULL ? pages->cuts[i]->n_pages : 0;
      NudgeBlock *block = &NUDGE_AT (pages->reader->blocks, NudgeBlock, at);
      guint child = block->first_child == NUDGE_NONE ? NUDGE_NONE : pages->new_block[block->first_child];

      block->parent = block->parent == NUDGE_NONE ? NUDGE_NONE : pages->new_block[block->parent];
      block->next_sibling = block->next_sibling == NUDGE_NONE ? NUDGE_NONE : pages->new_block[block->next_sibling];
      block->first_child = n_pages > 0 ? at + 1 : child;
      block->definition = at;
      for (guint page = 1; page <= n_pages; page++)
        {
          block[page].parent = at;
          block[page].definition = at + page;
          block[page].next_sibling = page < n_pages ? at + page + 1 : child;
        }
    }
}

static void
move_parts (Pages *pages)
{
  NudgeReader *self = pages->reader;
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (NudgePart)), *values = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < pages->old_blocks->len; i++)
    {
      const NudgeBlock *old = &NUDGE_AT (pages->old_blocks, NudgeBlock, i);
      const Cut *cut = pages->cuts[i];
      NudgeBlock *made = &NUDGE_AT (self->blocks, NudgeBlock, pages->new_block[i]);

      made->n_parts = 0;
      for (guint page = 0; page < (cut != NULL ? cut->n_pages : 1); page++)
        {
          guint block = pages->new_block[i] + (cut != NULL ? page + 1 : 0);

          NUDGE_AT (self->blocks, NudgeBlock, block).first_part = parts->len;
          for (guint k = 0; k < old->n_parts; k++)
            if (cut == NULL || cut->page[k] == page)
              {
                pages->new_part[old->first_part + k] = parts->len;
                g_array_append_val (parts, NUDGE_AT (self->parts, NudgePart, old->first_part + k));
                g_array_append_val (values, NUDGE_AT (self->part_values, guint, old->first_part + k));
                NUDGE_AT (parts, NudgePart, parts->len - 1).block = block;
              }
          NUDGE_AT (self->blocks, NudgeBlock, block).n_parts = parts->len - NUDGE_AT (self->blocks, NudgeBlock, block).first_part;
        }
    }
  g_array_unref (self->parts);
  g_array_unref (self->part_values);
  self->parts = parts;
  self->part_values = values;
  g_hash_table_remove_all (self->index);
  for (guint i = 0; i < parts->len; i++)
    g_hash_table_insert (self->index, (char *) NUDGE_AT (parts, NudgePart, i).reference, GUINT_TO_POINTER (i + 1));
}

/* The page (by number) that alone has pins of the net, or NUDGE_NONE. */
static guint
only_page (NudgeReader *self, const NudgeLocalNet *net, const Cut *cut, guint first_part)
{
  guint only = NUDGE_NONE;

  for (guint k = net->first_node; k < net->first_node + net->n_nodes; k++)
    {
      guint page = cut->page[NUDGE_AT (self->local_nodes, NudgeLocalNode, k).part - first_part];

      if (only != NUDGE_NONE && page != only)
        return NUDGE_NONE;
      only = page;
    }
  return only;
}

/* The arrays of nets and nodes as they become. */
typedef struct
{
  GArray *nets, *nodes;
} Moved;

/* What of @net is on @page; all of it when nothing is cut. */
static void
move_net (Pages *pages, Moved *moved, NudgeLocalNet net, const Cut *cut, guint first_part, guint page)
{
  guint first = net.first_node, end = net.first_node + net.n_nodes;

  net.first_node = moved->nodes->len;
  for (guint k = first; k < end; k++)
    {
      NudgeLocalNode node = NUDGE_AT (pages->reader->local_nodes, NudgeLocalNode, k);

      if (cut != NULL && cut->page[node.part - first_part] != page)
        continue;
      node.part = pages->new_part[node.part];
      node.local_net = moved->nets->len;
      g_array_append_val (moved->nodes, node);
    }
  net.n_nodes = moved->nodes->len - net.first_node;
  g_array_append_val (moved->nets, net);
}

/* The nets [first, end) of a block that is cut: what several pages or others use stays declared where it was. */
static void
split_nets (Pages *pages, Moved *moved, guint first, guint end, GHashTable *meant)
{
  NudgeReader *self = pages->reader;
  guint old_block = NUDGE_AT (self->local_nets, NudgeLocalNet, first).block, first_part;
  const Cut *cut = pages->cuts[old_block];
  g_autofree guint *home = g_new (guint, end - first);

  first_part = NUDGE_AT (pages->old_blocks, NudgeBlock, old_block).first_part;
  for (guint i = first; i < end; i++)
    {
      NudgeLocalNet net = NUDGE_AT (self->local_nets, NudgeLocalNet, i);

      home[i - first] = net.declared && !net.is_power && !g_hash_table_contains (meant, net.name)
                          ? only_page (self, &net, cut, first_part) : NUDGE_NONE;
      net.block = pages->new_block[old_block];
      if (home[i - first] == NUDGE_NONE)
        move_net (pages, moved, net, cut, first_part, NUDGE_NONE);
    }
  for (guint page = 0; page < cut->n_pages; page++)
    for (guint i = first; i < end; i++)
      {
        NudgeLocalNet net = NUDGE_AT (self->local_nets, NudgeLocalNet, i);

        net.declared = net.is_power || home[i - first] == page;
        net.block = pages->new_block[old_block] + 1 + page;
        move_net (pages, moved, net, cut, first_part, page);
        if (NUDGE_AT (moved->nets, NudgeLocalNet, moved->nets->len - 1).n_nodes == 0)
          g_array_set_size (moved->nets, moved->nets->len - 1);
      }
}

static void
move_nets (Pages *pages)
{
  NudgeReader *self = pages->reader;
  g_autoptr (GHashTable) meant = g_hash_table_new (g_str_hash, g_str_equal);
  Moved moved = { g_array_new (FALSE, TRUE, sizeof (NudgeLocalNet)), g_array_new (FALSE, TRUE, sizeof (NudgeLocalNode)) };
  guint end;

  for (guint i = 0; i < self->local_nets->len; i++)
    if (!NUDGE_AT (self->local_nets, NudgeLocalNet, i).declared)
      g_hash_table_add (meant, (char *) NUDGE_AT (self->local_nets, NudgeLocalNet, i).name);
  for (guint first = 0; first < self->local_nets->len; first = end)
    {
      guint block = NUDGE_AT (self->local_nets, NudgeLocalNet, first).block;

      for (end = first + 1; end < self->local_nets->len && NUDGE_AT (self->local_nets, NudgeLocalNet, end).block == block;)
        end++;
      if (pages->cuts[block] != NULL)
        split_nets (pages, &moved, first, end, meant);
      for (guint i = first; pages->cuts[block] == NULL && i < end; i++)
        {
          NudgeLocalNet net = NUDGE_AT (self->local_nets, NudgeLocalNet, i);

          net.block = pages->new_block[block];
          move_net (pages, &moved, net, NULL, 0, NUDGE_NONE);
        }
    }
  g_array_unref (self->local_nets);
  g_array_unref (self->local_nodes);
  self->local_nets = moved.nets;
  self->local_nodes = moved.nodes;
}

void
nudge_reader_pages (NudgeReader *self)
{
  Pages pages = { .reader = self, .old_blocks = self->blocks };
  g_autofree guint *pins = count_pins (self);
  guint n_blocks = self->blocks->len, n_cuts = 0, n_pages = 0;

  pages.cuts = g_new0 (Cut *, n_blocks);
  pages.new_block = g_new (guint, n_blocks);
  pages.new_part = g_new (guint, self->parts->len + 1);
  for (guint i = 0; i < n_blocks; i++)
    {
      pages.cuts[i] = cut_block (self, i, pins);
      n_cuts += pages.cuts[i] != NULL;
      n_pages += pages.cuts[i] != NULL ? pages.cuts[i]->n_pages : 0;
    }
  if (n_cuts > 0 && n_blocks + n_pages <= NUDGE_MAX_BLOCKS)
    {
      add_blocks (&pages);
      link_blocks (&pages);
      move_parts (&pages);
      move_nets (&pages);
      g_array_unref (pages.old_blocks);
    }
  for (guint i = 0; i < n_blocks; i++)
    g_clear_pointer (&pages.cuts[i], cut_free);
  g_free (pages.cuts);
  g_free (pages.new_block);
  g_free (pages.new_part);
}
