#include "layout/follow-match.h"

#include "base/limits.h"

#include <string.h>

typedef struct
{
  NudgeMatch *match;
  const NudgeCircuit *circuit;
  char **paths;                /* by part */
  const char **names;          /* nets of all parts: each part's once, sorted */
  guint *first_name;           /* n_parts + 1: into names */
  gboolean *has_signal;        /* by part: a net of it is no rail */
  guint n_pairs;               /* compared so far */
} Matcher;

gboolean
nudge_old_part_is_in (const NudgeOldPart *self, const char *block_path)
{
  return strlen (block_path) == self->block_length && strncmp (self->path, block_path, self->block_length) == 0;
}

gboolean
nudge_match_has_block (const NudgeMatch *self, const NudgeOldPart *old)
{
  g_autofree char *path = g_strndup (old->path, old->block_length);

  return g_hash_table_contains (self->blocks, path);
}

static const char *
old_reference (const NudgeOldPart *old)
{
  return old->path + old->block_length;
}

/* --- what is compared --- */

static void
list_olds (NudgeMatch *self, const NudgeLayoutFile *file)
{
  g_autoptr (GArray) olds = g_array_new (FALSE, FALSE, sizeof (NudgeOldPart));

  for (guint i = 0; i < file->n_units; i++)
    {
      const NudgeUnitRecord *unit = &file->units[i];
      NudgeOldPart *last = olds->len > 0 ? &g_array_index (olds, NudgeOldPart, olds->len - 1) : NULL;

      if (last == NULL || !g_str_equal (last->path, unit->path))
        {
          NudgeOldPart old = { .path = unit->path, .block_length = (guint) (strrchr (unit->path, '/') + 1 - unit->path), .part = NUDGE_NONE };

          g_array_append_val (olds, old);
          last = &g_array_index (olds, NudgeOldPart, olds->len - 1);
        }
      if (last->identity == NULL && unit->has_identity)
        last->identity = unit;
    }
  self->n_olds = olds->len;
  self->olds = (NudgeOldPart *) g_array_free (g_steal_pointer (&olds), FALSE);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list_names (Matcher *self)
{
  const NudgeCircuit *circuit = self->circuit;
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  guint n = 0;

  self->names = g_new (const char *, circuit->n_nodes + 1);
  self->first_name = g_new (guint, circuit->n_parts + 1);
  self->has_signal = g_new0 (gboolean, circuit->n_parts + 1);
  self->paths = g_new0 (char *, circuit->n_parts + 1);
  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const NudgePart *part = &circuit->parts[i];

      self->paths[i] = nudge_circuit_part_path (circuit, i);
      self->first_name[i] = n;
      g_ptr_array_set_size (own, 0);
      for (guint k = part->first_node; k < part->first_node + part->n_nodes; k++)
        {
          const NudgeNet *net = &circuit->nets[circuit->part_nodes[k].net];

          self->has_signal[i] |= !net->is_power;
          g_ptr_array_add (own, (gpointer) net->name);
        }
      g_ptr_array_sort (own, compare_texts);
      for (guint k = 0; k < own->len; k++)
        if (k == 0 || !g_str_equal (own->pdata[k], own->pdata[k - 1]))
          self->names[n++] = own->pdata[k];
    }
  self->first_name[circuit->n_parts] = n;
}

/* Nets that both have. */
static guint
count_common (const Matcher *self, const NudgeUnitRecord *old, guint part)
{
  guint i = 0, k = self->first_name[part], n = 0;

  while (i < old->n_nets && k < self->first_name[part + 1])
    {
      gint order = strcmp (old->nets[i], self->names[k]);

      n += order == 0;
      i += order <= 0;
      k += order >= 0;
    }
  return n;
}

static gboolean
same_kind (const NudgeUnitRecord *old, const NudgePart *part)
{
  return g_str_equal (old->symbol, part->symbol) && g_str_equal (old->value, part->value) && g_str_equal (old->footprint, part->footprint);
}

/* Everything but the reference, as one text. */
static char *
signature (const char *block, gsize block_length, const char *symbol, const char *value, const char *footprint, const char *const *nets, guint n_nets)
{
  GString *text = g_string_new_len (block, (gssize) block_length);

  g_string_append_printf (text, "\n%s\n%s\n%s", symbol, value, footprint);
  for (guint i = 0; i < n_nets; i++)
    g_string_append_printf (text, "\n%s", nets[i]);
  return g_string_free (text, FALSE);
}

static char *
part_signature (const Matcher *self, guint part, gboolean with_block)
{
  const NudgePart *p = &self->circuit->parts[part];
  const char *block = with_block ? self->circuit->blocks[p->block].path : "";

  return signature (block, strlen (block), p->symbol, p->value, p->footprint, self->names + self->first_name[part],
                    self->first_name[part + 1] - self->first_name[part]);
}

static char *
old_signature (const NudgeOldPart *old, gboolean with_block)
{
  const NudgeUnitRecord *r = old->identity;

  return signature (old->path, with_block ? old->block_length : 0, r->symbol, r->value, r->footprint, r->nets, r->n_nets);
}

/* --- the rounds: each takes up what those before have left --- */

static void
join (Matcher *self, guint old, guint part)
{
  self->match->olds[old].part = part;
  self->match->old_of_part[part] = old;
}

static gboolean
is_open (const Matcher *self, guint part)
{
  return self->match->old_of_part[part] == NUDGE_NONE;
}

typedef enum
{
  NETS_EQUAL,
  NETS_HALF,                   /* the symbol, too, and at least half of the old nets */
  NETS_ANY,
} Likeness;

static gboolean
is_like (const Matcher *self, const NudgeUnitRecord *old, guint part, Likeness likeness)
{
  guint n_new = self->first_name[part + 1] - self->first_name[part], n_common;

  if (likeness == NETS_ANY || old == NULL)
    return likeness == NETS_ANY;
  if (!g_str_equal (old->symbol, self->circuit->parts[part].symbol))
    return FALSE;
  n_common = count_common (self, old, part);
  if (likeness == NETS_EQUAL)
    return n_common == old->n_nets && n_common == n_new;
  return 2 * n_common >= old->n_nets;
}

static void
join_by_path (Matcher *self, Likeness likeness)
{
  g_autoptr (GHashTable) olds = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->match->n_olds; i++)
    if (self->match->olds[i].part == NUDGE_NONE)
      g_hash_table_insert (olds, (gpointer) self->match->olds[i].path, GUINT_TO_POINTER (i + 1));
  for (guint part = 0; part < self->circuit->n_parts; part++)
    {
      guint old = is_open (self, part) ? GPOINTER_TO_UINT (g_hash_table_lookup (olds, self->paths[part])) : 0;

      if (old > 0 && is_like (self, self->match->olds[old - 1].identity, part, likeness))
        join (self, old - 1, part);
    }
}

/* Equal in everything but the reference. Parts between rails alone are too much alike for that. Several equal ones
 * are taken in their order. */
static void
join_by_signature (Matcher *self, gboolean in_block)
{
  g_autoptr (GHashTable) queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_queue_free);

  for (guint i = 0; i < self->match->n_olds; i++)
    {
      const NudgeOldPart *old = &self->match->olds[i];
      g_autofree char *key = NULL;
      GQueue *queue;

      if (old->part != NUDGE_NONE || old->identity == NULL || (!in_block && nudge_match_has_block (self->match, old)))
        continue;
      key = old_signature (old, in_block);
      queue = g_hash_table_lookup (queues, key);
      if (queue == NULL)
        {
          queue = g_queue_new ();
          g_hash_table_insert (queues, g_steal_pointer (&key), queue);
        }
      g_queue_push_tail (queue, GUINT_TO_POINTER (i));
    }
  for (guint part = 0; part < self->circuit->n_parts; part++)
    if (is_open (self, part) && self->has_signal[part])
      {
        g_autofree char *key = part_signature (self, part, in_block);
        GQueue *queue = g_hash_table_lookup (queues, key);

        if (queue != NULL && !g_queue_is_empty (queue))
          join (self, GPOINTER_TO_UINT (g_queue_pop_head (queue)), part);
      }
}

/* Nets in common, in thousandths of all that either has; 0 when it is another kind of part. */
static guint
likeness_of (const Matcher *self, const NudgeUnitRecord *old, guint part)
{
  guint n_new = self->first_name[part + 1] - self->first_name[part], n_common;

  if (old == NULL || !same_kind (old, &self->circuit->parts[part]))
    return 0;
  n_common = count_common (self, old, part);
  return old->n_nets + n_new > n_common ? n_common * 1000 / (old->n_nets + n_new - n_common) : 0;
}

/* In the same circuit, of the same kind, with more than half of all nets in common: the likest. */
static void
join_by_nets (Matcher *self)
{
  for (guint part = 0; part < self->circuit->n_parts; part++)
    {
      const char *block = self->circuit->blocks[self->circuit->parts[part].block].path;
      guint best = NUDGE_NONE, best_likeness = 500;

      if (!is_open (self, part) || !self->has_signal[part])
        continue;
      for (guint i = 0; i < self->match->n_olds && self->n_pairs < NUDGE_MAX_FOLLOW_PAIRS; i++, self->n_pairs++)
        {
          const NudgeOldPart *old = &self->match->olds[i];
          guint likeness = old->part == NUDGE_NONE && nudge_old_part_is_in (old, block) ? likeness_of (self, old->identity, part) : 0;

          if (likeness > best_likeness)
            {
              best = i;
              best_likeness = likeness;
            }
        }
      if (best != NUDGE_NONE)
        join (self, best, part);
    }
}

/* References are unique in a design: the same one with the same symbol elsewhere is the same part. */
static void
join_by_reference (Matcher *self)
{
  for (guint i = 0; i < self->match->n_olds; i++)
    {
      NudgeOldPart *old = &self->match->olds[i];
      guint part = old->part == NUDGE_NONE && old->identity != NULL ? nudge_circuit_find_part (self->circuit, NUDGE_NONE, old_reference (old)) : NUDGE_NONE;

      if (part != NUDGE_NONE && is_open (self, part) && g_str_equal (old->identity->symbol, self->circuit->parts[part].symbol))
        join (self, i, part);
    }
}

NudgeMatch *
nudge_match_new (const NudgeLayoutFile *file, const NudgeCircuit *circuit)
{
  NudgeMatch *match = g_new0 (NudgeMatch, 1);
  Matcher self = { .match = match, .circuit = circuit };

  match->blocks = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < circuit->n_blocks; i++)
    g_hash_table_add (match->blocks, (gpointer) circuit->blocks[i].path);
  match->old_of_part = g_new (guint, circuit->n_parts + 1);
  for (guint i = 0; i < circuit->n_parts; i++)
    match->old_of_part[i] = NUDGE_NONE;
  list_olds (match, file);
  list_names (&self);

  join_by_path (&self, NETS_EQUAL);
  join_by_signature (&self, TRUE);
  join_by_path (&self, NETS_HALF);
  join_by_nets (&self);
  join_by_path (&self, NETS_ANY);
  join_by_reference (&self);
  join_by_signature (&self, FALSE);

  g_strfreev (self.paths);
  g_free (self.names);
  g_free (self.first_name);
  g_free (self.has_signal);
  return match;
}

void
nudge_match_free (NudgeMatch *self)
{
  g_free (self->olds);
  g_free (self->old_of_part);
  g_hash_table_unref (self->blocks);
  g_free (self);
}
