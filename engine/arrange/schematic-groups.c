#include "arrange/schematic-groups.h"

#include "base/disjoint-sets.h"

#include <string.h>

#define MAX_WHOLE 55 /* a larger group is cut */
#define MAX_BLOCK 40
#define MAX_PAIRED 250 /* more parts are cut without comparing all pairs */
#define MAX_CRUMB 5  /* parts that do not make a block of their own */
#define MIN_ARRAY 6  /* equal parts that stand in rows by themselves */

SchematicGroup *
schematic_group_new (GroupKind kind, const guint *elements, guint n_elements)
{
  SchematicGroup *self = g_new0 (SchematicGroup, 1);

  self->kind = kind;
  self->elements = g_memdup2 (elements, n_elements * sizeof *elements);
  self->n_elements = n_elements;
  return self;
}

void
schematic_group_free (SchematicGroup *self)
{
  g_free (self->elements);
  if (self->variants == NULL)
    g_clear_pointer (&self->work, work_sheet_free);
  g_clear_pointer (&self->variants, g_array_unref);
  g_clear_pointer (&self->taken, g_array_unref);
  g_free (self);
}

/* Nets that hold a group together. */
static gboolean
ties (const WorkModel *model, const NudgePlanNet *net)
{
  if (net->is_power || net->is_global || net->n_terminals < 2)
    return FALSE;
  if (model->plan->layout->net_styles[net->net] != NUDGE_NET_AUTO)
    return model->plan->layout->net_styles[net->net] == NUDGE_NET_WIRE;
  return net->n_terminals <= WORK_MAX_FAN;
}

/* ---- bundles ---- */

#define ANCHOR 8      /* pins of a part that others gather round */
#define MIN_BUNDLE 4

/* Where a net leaves both of two parts. */
typedef struct
{
  guint a, b;                  /* elements */
  gint along[2];               /* its place on the side */
  guint sides[2];
} Strand;

typedef struct
{
  guint a, b;
} CutPair;

static guint
connected_pins (const WorkModel *model, guint element)
{
  return model->first[element + 1] - model->first[element];
}

static gboolean
is_anchor (const WorkModel *model, guint element)
{
  return connected_pins (model, element) >= ANCHOR && model->roles[element] != WORK_ROLE_BOX;
}

static void
find_end (const WorkModel *model, guint element, const NudgePlanTerminal *terminal, gint *along, guint *side)
{
  const WorkShape *shape = model->shapes[element];

  for (guint i = 0; i < shape->n_pins; i++)
    if (shape->pin_index[i] == terminal->pin)
      {
        const WorkPin *pin = &shape->poses[0].pins[i];

        *side = pin->exit;
        *along = (pin->exit & 1) ? pin->dx : pin->dy;
        return;
      }
}

static gint
compare_strands (gconstpointer left, gconstpointer right)
{
  const Strand *x = left, *y = right;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  if (x->b != y->b)
    return x->b < y->b ? -1 : 1;
  return x->along[0] < y->along[0] ? -1 : x->along[0] > y->along[0];
}

/* Every net between two large parts, sorted by these, then as they follow each other on the first. */
static GArray *
find_strands (const WorkModel *model)
{
  GArray *strands = g_array_new (FALSE, FALSE, sizeof (Strand));
  const NudgePlanSheet *sheet = model->sheet;

  for (guint k = 0; k < sheet->n_nets; k++)
    {
      const NudgePlanNet *net = &sheet->nets[k];

      for (guint i = 0; ties (model, net) && i < net->n_terminals; i++)
        for (guint j = i + 1; j < net->n_terminals; j++)
          {
            const NudgePlanTerminal *s = &sheet->terminals[net->first_terminal + i], *t = &sheet->terminals[net->first_terminal + j];
            guint a = work_model_element (model, s), b = work_model_element (model, t);
            Strand strand = { MIN (a, b), MAX (a, b), { 0, 0 }, { 0, 0 } };

            if (a == b || !is_anchor (model, a) || !is_anchor (model, b))
              continue;
            find_end (model, a, s, &strand.along[a > b], &strand.sides[a > b]);
            find_end (model, b, t, &strand.along[a < b], &strand.sides[a < b]);
            g_array_append_val (strands, strand);
          }
    }
  g_array_sort (strands, compare_strands);
  return strands;
}

/* How many of the strands between two parts can run side by side as these stand; a connector may look either way. */
static guint
count_parallel (const WorkModel *model, const Strand *strands, guint n)
{
  gboolean either = model->roles[strands->a] == WORK_ROLE_CONNECTOR || model->roles[strands->b] == WORK_ROLE_CONNECTOR;
  g_autofree guint *length = g_new0 (guint, n + 1);
  guint best = 0;

  for (guint i = 0; i < n; i++)
    {
      if (((strands[i].sides[0] | strands[i].sides[1]) & 1) || (!either && strands[i].sides[0] == strands[i].sides[1]))
        continue;
      length[i] = 1;
      for (guint k = 0; k < i; k++)
        if (strands[k].sides[0] == strands[i].sides[0] && strands[k].sides[1] == strands[i].sides[1] && strands[k].along[1] < strands[i].along[1])
          length[i] = MAX (length[i], length[k] + 1);
      best = MAX (best, length[i]);
    }
  return best;
}

/* Pairs of large parts with many nets between them that the page brings face to face, or that cannot run side by side:
 * these nets do not hold the parts together. */
static GArray *
find_bundles (const WorkModel *model)
{
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (CutPair));
  g_autoptr (GArray) strands = find_strands (model);
  guint n;

  for (guint i = 0; i < strands->len; i += n)
    {
      const Strand *first = &g_array_index (strands, Strand, i);
      CutPair pair = { first->a, first->b };

      for (n = 1; i + n < strands->len && first[n].a == first->a && first[n].b == first->b; n++)
        ;
      if (n >= MIN_BUNDLE && count_parallel (model, first, n) * 3 < n * 2)
        g_array_append_val (cuts, pair);
    }
  return cuts;
}

/* Whether two sets of parts hold both ends of a cut bundle. */
static gboolean
keeps_apart (const GArray *cuts, guint *parents, guint a, guint b)
{
  for (guint i = 0; i < cuts->len; i++)
    {
      const CutPair *cut = &g_array_index (cuts, CutPair, i);
      guint x = nudge_sets_root (parents, cut->a), y = nudge_sets_root (parents, cut->b);

      if ((x == a && y == b) || (x == b && y == a))
        return TRUE;
    }
  return FALSE;
}

/* ---- cutting large groups: greedy merging by modularity ---- */

typedef struct
{
  guint a, b;
  double weight;
} Tie;

typedef struct
{
  guint n;
  guint *cluster;   /* by member */
  guint *size;
  double *degree;
  GArray *ties;     /* Tie, between members */
  double total;
} Cut;

static void
add_ties (const WorkModel *model, const guint *elements, guint n, Cut *cut)
{
  const NudgePlanSheet *sheet = model->sheet;
  g_autofree guint *member = g_new (guint, model->n_elements);

  for (guint i = 0; i < model->n_elements; i++)
    member[i] = NUDGE_NONE;
  for (guint i = 0; i < n; i++)
    member[elements[i]] = i;
  for (guint k = 0; k < sheet->n_nets; k++)
    {
      const NudgePlanNet *net = &sheet->nets[k];

      if (!ties (model, net))
        continue;
      for (guint i = 0; i < net->n_terminals; i++)
        for (guint j = i + 1; j < net->n_terminals; j++)
          {
            guint a = member[work_model_element (model, &sheet->terminals[net->first_terminal + i])];
            guint b = member[work_model_element (model, &sheet->terminals[net->first_terminal + j])];
            Tie tie = { a, b, 1.0 / (net->n_terminals - 1) };

            if (a == NUDGE_NONE || b == NUDGE_NONE || a == b)
              continue;
            g_array_append_val (cut->ties, tie);
            cut->degree[a] += tie.weight;
            cut->degree[b] += tie.weight;
            cut->total += 2 * tie.weight;
          }
    }
}

/* Merges the pair of clusters that gains most; FALSE when none does. */
static gboolean
merge_best (Cut *cut, double *between)
{
  guint best_a = 0, best_b = 0;
  double best = 1e-9;

  memset (between, 0, (gsize) cut->n * cut->n * sizeof *between);
  for (guint i = 0; i < cut->ties->len; i++)
    {
      const Tie *tie = &g_array_index (cut->ties, Tie, i);
      guint a = cut->cluster[tie->a], b = cut->cluster[tie->b];

      if (a != b)
        between[MIN (a, b) * cut->n + MAX (a, b)] += tie->weight;
    }
  for (guint a = 0; a < cut->n; a++)
    for (guint b = a + 1; b < cut->n; b++)
      {
        double w = between[a * cut->n + b], gain;

        if (w <= 0)
          continue;
        if (cut->size[a] > 1 && cut->size[b] > 1 && cut->size[a] + cut->size[b] > MAX_BLOCK)
          continue;
        gain = w - 0.4 * cut->degree[a] * cut->degree[b] / cut->total;
        if (cut->size[a] == 1 || cut->size[b] == 1)
          gain = MAX (gain, w * 0.25);
        if (gain > best)
          {
            best = gain;
            best_a = a;
            best_b = b;
          }
      }
  if (best_a == best_b)
    return FALSE;
  for (guint i = 0; i < cut->n; i++)
    if (cut->cluster[i] == best_b)
      cut->cluster[i] = best_a;
  cut->size[best_a] += cut->size[best_b];
  cut->degree[best_a] += cut->degree[best_b];
  cut->size[best_b] = 0;
  cut->degree[best_b] = 0;
  return TRUE;
}

/* A handful of parts is no block of its own: it goes where its ties lead. */
static void
merge_crumbs (Cut *cut)
{
  for (guint c = 0; c < cut->n; c++)
    {
      g_autofree double *pull = NULL;
      guint best = c;

      if (cut->size[c] == 0 || cut->size[c] > MAX_CRUMB)
        continue;
      pull = g_new0 (double, cut->n);
      for (guint i = 0; i < cut->ties->len; i++)
        {
          const Tie *tie = &g_array_index (cut->ties, Tie, i);
          guint a = cut->cluster[tie->a], b = cut->cluster[tie->b];

          if (a != b && (a == c || b == c))
            pull[a == c ? b : a] += tie->weight;
        }
      for (guint k = 0; k < cut->n; k++)
        if (pull[k] > pull[best])
          best = k;
      if (best == c)
        continue;
      for (guint i = 0; i < cut->n; i++)
        if (cut->cluster[i] == c)
          cut->cluster[i] = best;
      cut->size[best] += cut->size[c];
      cut->size[c] = 0;
    }
}

/* Too many parts for a search over pairs: blocks of neighbours, gathered from one part after the other. */
static void
cut_by_walk (const WorkModel *model, const guint *elements, guint n, GPtrArray *groups)
{
  const NudgePlanSheet *sheet = model->sheet;
  g_autofree gboolean *open = g_new0 (gboolean, model->n_elements + 1);
  guint block[MAX_BLOCK];

  for (guint i = 0; i < n; i++)
    open[elements[i]] = TRUE;
  for (guint i = 0; i < n; i++)
    {
      guint n_block = 0;

      if (!open[elements[i]])
        continue;
      open[elements[i]] = FALSE;
      block[n_block++] = elements[i];
      for (guint at = 0; at < n_block; at++)
        for (guint t = model->first[block[at]]; t < model->first[block[at] + 1]; t++)
          {
            guint net = sheet->terminals[model->terminals[t]].net;

            if (net == NUDGE_NONE || !ties (model, &sheet->nets[net]))
              continue;
            for (guint k = sheet->nets[net].first_terminal; k < sheet->nets[net].first_terminal + sheet->nets[net].n_terminals; k++)
              {
                guint other = work_model_element (model, &sheet->terminals[k]);

                if (!open[other] || n_block == MAX_BLOCK)
                  continue;
                open[other] = FALSE;
                block[n_block++] = other;
              }
          }
      g_ptr_array_add (groups, schematic_group_new (GROUP_GROWN, block, n_block));
    }
}

static void
cut_group (const WorkModel *model, const guint *elements, guint n, GPtrArray *groups)
{
  Cut cut = { .n = n };
  g_autofree double *between = g_new (double, (gsize) n * n);
  g_autofree guint *some = g_new (guint, n);

  cut.cluster = g_new (guint, n);
  cut.size = g_new (guint, n);
  cut.degree = g_new0 (double, n);
  cut.ties = g_array_new (FALSE, FALSE, sizeof (Tie));
  for (guint i = 0; i < n; i++)
    {
      cut.cluster[i] = i;
      cut.size[i] = 1;
    }
  add_ties (model, elements, n, &cut);
  while (merge_best (&cut, between))
    ;
  merge_crumbs (&cut);
  for (guint c = 0; c < n; c++)
    {
      guint k = 0;

      for (guint i = 0; i < n; i++)
        if (cut.cluster[i] == c)
          some[k++] = elements[i];
      if (k > 0)
        g_ptr_array_add (groups, schematic_group_new (GROUP_GROWN, some, k));
    }
  g_free (cut.cluster);
  g_free (cut.size);
  g_free (cut.degree);
  g_array_unref (cut.ties);
}

/* ---- banks and rows ---- */

/* Keys and buttons: equal parts with one signal each, better read in rows with labels than round a chip. What nobody
 * gave a name wants a wire. */
static gboolean
may_stand_apart (const WorkModel *model, guint element)
{
  static const char passives[] = "RCLDF";
  const NudgePlanSheet *sheet = model->sheet;
  const char *reference = work_model_reference (model, element);
  guint signals = 0;

  if (model->roles[element] != WORK_ROLE_PASSIVE || (strchr (passives, reference[0]) != NULL && !g_ascii_isalpha (reference[1])))
    return FALSE;
  for (guint t = model->first[element]; t < model->first[element + 1]; t++)
    {
      guint net = sheet->terminals[model->terminals[t]].net;

      if (net == NUDGE_NONE || sheet->nets[net].is_power || sheet->nets[net].is_global || sheet->nets[net].n_terminals > WORK_MAX_FAN)
        continue;
      if (model->plan->layout->circuit->nets[sheet->nets[net].net].auto_named)
        return FALSE;
      signals++;
    }
  return signals == 1;
}

static gboolean *
find_arrays (const WorkModel *model)
{
  gboolean *apart = g_new0 (gboolean, model->n_elements + 1);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < model->n_units; i++)
      {
        gpointer key = model->shapes[i];
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

        if (!may_stand_apart (model, i))
          continue;
        if (pass == 0)
          g_hash_table_insert (counts, key, GUINT_TO_POINTER (n + 1));
        else
          apart[i] = n >= MIN_ARRAY;
      }
  return apart;
}

/* A wire runs along all of a bank. */
static gboolean
may_be_rail (const WorkModel *model, guint net)
{
  return net != NUDGE_NONE && model->plan->layout->net_styles[model->sheet->nets[net].net] != NUDGE_NET_LABEL;
}

/* Whether rails may run along the tips of a part's two pins: nothing of its body reaches beyond them, as the arrows of an
 * LED may. */
static gboolean
stands_between_rails (const WorkShape *shape)
{
  const WorkPose *pose = &shape->poses[0];
  const WorkPin *a = &pose->pins[0], *b = &pose->pins[1];

  if (shape->n_pins != 2)
    return FALSE;
  if (a->dx == b->dx)
    return pose->body.y0 >= MIN (a->dy, b->dy) * WORK_CELL && pose->body.y1 <= MAX (a->dy, b->dy) * WORK_CELL;
  return pose->body.x0 >= MIN (a->dx, b->dx) * WORK_CELL && pose->body.x1 <= MAX (a->dx, b->dx) * WORK_CELL;
}

/* What parts without signal ties are sorted by: rails that they stand between, else their symbol. */
static char *
bank_key (const WorkModel *model, const SchematicFlow *flow, guint element, gboolean apart, GroupKind *kind)
{
  const NudgePlanSheet *sheet = model->sheet;
  guint nets[2], n = 0, first = model->first[element], end = model->first[element + 1];

  for (guint t = first; t < end && n < 2; t++)
    nets[n++] = sheet->terminals[model->terminals[t]].net;
  if (end - first == 2 && n == 2 && may_be_rail (model, nets[0]) && may_be_rail (model, nets[1]) && nets[0] != nets[1]
      && model->roles[element] == WORK_ROLE_PASSIVE && !apart && stands_between_rails (model->shapes[element]))
    {
      *kind = GROUP_BANK;
      return g_strdup_printf ("bank/%u/%u/%u", flow->frames[element], MIN (nets[0], nets[1]), MAX (nets[0], nets[1]));
    }
  *kind = GROUP_ROW;
  return g_strdup_printf ("row/%u/%p", flow->frames[element], (const void *) model->shapes[element]->symbol);
}

static void
gather_singles (const WorkModel *model, const SchematicFlow *flow, const guint *singles, guint n, const gboolean *apart, GPtrArray *groups)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      GroupKind kind;
      char *key = bank_key (model, flow, singles[i], apart[singles[i]], &kind);
      SchematicGroup *group = g_hash_table_lookup (known, key);

      if (group == NULL)
        {
          group = schematic_group_new (kind, &singles[i], 1);
          g_ptr_array_add (groups, group);
          g_hash_table_insert (known, key, group);
          continue;
        }
      g_free (key);
      group->elements = g_renew (guint, group->elements, group->n_elements + 1);
      group->elements[group->n_elements++] = singles[i];
    }
}

/* Parts on one net belong together, but for large parts that are joined by labels. */
static void
unite (const WorkModel *model, const SchematicFlow *flow, const NudgePlanNet *net, const GArray *cuts, const gboolean *apart, guint *parents)
{
  const NudgePlanSheet *sheet = model->sheet;
  guint end = net->first_terminal + net->n_terminals;

  for (guint t = net->first_terminal; t < end; t++)
    for (guint s = net->first_terminal; s < t; s++)
      {
        guint a = work_model_element (model, &sheet->terminals[s]), b = work_model_element (model, &sheet->terminals[t]);

        if (apart[a] || apart[b] || flow->frames[a] != flow->frames[b])
          continue;
        a = nudge_sets_root (parents, a);
        b = nudge_sets_root (parents, b);
        if (a != b && !keeps_apart (cuts, parents, a, b))
          nudge_sets_join (parents, a, b);
      }
}

static SchematicGroup *
group_of (const GPtrArray *groups, guint element)
{
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      for (guint k = 0; k < group->n_elements; k++)
        if (group->elements[k] == element)
          return group;
    }
  return NULL;
}

static gboolean
is_served (const SchematicFlow *flow, const WorkModel *model, const guint *singles, guint n, guint element)
{
  for (guint i = 0; i < n; i++)
    {
      guint t = flow->servants[singles[i]];

      if (t != NUDGE_NONE && work_model_element (model, &model->sheet->terminals[t]) == element)
        return TRUE;
    }
  return FALSE;
}

/* Capacitors go to the group of the regulator that they serve, which may be on its own until then. Returns how many
 * singles are left. */
static guint
bring_servants (const WorkModel *model, const SchematicFlow *flow, guint *singles, guint n, GPtrArray *groups)
{
  g_autofree guint *all = g_memdup2 (singles, (n + 1) * sizeof *singles);
  guint left = 0;

  for (guint i = 0; i < n; i++)
    if (is_served (flow, model, all, n, all[i]))
      g_ptr_array_add (groups, schematic_group_new (GROUP_GROWN, &all[i], 1));
  for (guint i = 0; i < n; i++)
    {
      guint t = flow->servants[all[i]];
      SchematicGroup *group = t == NUDGE_NONE ? NULL : group_of (groups, work_model_element (model, &model->sheet->terminals[t]));

      if (group != NULL && group->kind == GROUP_GROWN && flow->frames[group->elements[0]] == flow->frames[all[i]])
        {
          group->elements = g_renew (guint, group->elements, group->n_elements + 1);
          group->elements[group->n_elements++] = all[i];
        }
      else if (!is_served (flow, model, all, n, all[i]))
        singles[left++] = all[i];
    }
  return left;
}

GPtrArray *
schematic_groups_new (const WorkModel *model, const SchematicFlow *flow)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) schematic_group_free);
  g_autofree guint *parents = g_new (guint, model->n_elements + 1), *members = g_new (guint, model->n_elements + 1);
  g_autofree guint *singles = g_new (guint, model->n_elements + 1);
  const NudgePlanSheet *sheet = model->sheet;
  g_autoptr (GArray) cuts = find_bundles (model);
  g_autofree gboolean *apart = find_arrays (model), *chained = g_new0 (gboolean, model->n_elements + 1);
  guint n_singles = 0;

  if (flow->frame_names->len == 0)
    {
      schematic_find_chains (model, chained, groups);
      schematic_find_series (model, chained, groups);
    }
  for (guint i = 0; i < model->n_elements; i++)
    {
      parents[i] = i;
      apart[i] |= chained[i];
    }
  /* Pairs first: what hangs on one part alone stays with it. */
  for (guint fan = 2; fan <= WORK_MAX_FAN; fan++)
    for (guint k = 0; k < sheet->n_nets; k++)
      if (ties (model, &sheet->nets[k]) && MIN (sheet->nets[k].n_terminals, WORK_MAX_FAN) == fan)
        unite (model, flow, &sheet->nets[k], cuts, apart, parents);
  for (guint root = 0; root < model->n_elements; root++)
    {
      guint n = 0;

      if (chained[root] || nudge_sets_root (parents, root) != root)
        continue;
      for (guint i = root; i < model->n_elements; i++)
        if (nudge_sets_root (parents, i) == root)
          members[n++] = i;
      if (n == 1 && model->first[root + 1] - model->first[root] <= 4 && model->roles[root] != WORK_ROLE_BOX)
        singles[n_singles++] = root;
      else if (n > MAX_PAIRED)
        cut_by_walk (model, members, n, groups);
      else if (n > MAX_WHOLE)
        cut_group (model, members, n, groups);
      else
        g_ptr_array_add (groups, schematic_group_new (GROUP_GROWN, members, n));
    }
  n_singles = bring_servants (model, flow, singles, n_singles, groups);
  gather_singles (model, flow, singles, n_singles, apart, groups);
  return groups;
}
