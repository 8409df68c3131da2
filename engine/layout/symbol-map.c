#include "layout/symbol-map.h"

#include <string.h>

struct _NudgeSymbolMap
{
  gatomicrefcount refs;
  GStringChunk *strings;
  NudgeSymbolMapping *mappings; /* by from, each once */
  guint n_mappings;
};

G_DEFINE_BOXED_TYPE (NudgeSymbolMap, nudge_symbol_map, nudge_symbol_map_ref, nudge_symbol_map_unref)

static gint
compare_mappings (gconstpointer a, gconstpointer b, gpointer unused)
{
  return strcmp (((const NudgeSymbolMapping *) a)->from, ((const NudgeSymbolMapping *) b)->from);
}

/**
 * nudge_symbol_map_new: (skip)
 * @mappings: (nullable): what is mapped, in any order; of two for the same symbol the last counts
 * @n_mappings: how many there are
 *
 * Returns: (transfer full): a map
 */
NudgeSymbolMap *
nudge_symbol_map_new (const NudgeSymbolMapping *mappings, guint n_mappings)
{
  NudgeSymbolMap *self = g_new0 (NudgeSymbolMap, 1);
  guint n = 0;

  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (256);
  self->mappings = g_new (NudgeSymbolMapping, n_mappings + 1);
  for (guint i = 0; i < n_mappings; i++)
    self->mappings[i] = (NudgeSymbolMapping){ g_string_chunk_insert (self->strings, mappings[i].from),
                                              g_string_chunk_insert (self->strings, mappings[i].to) };
  g_qsort_with_data (self->mappings, (gint) n_mappings, sizeof *self->mappings, compare_mappings, NULL);
  for (guint i = 0; i < n_mappings; i++)
    {
      if (n > 0 && g_str_equal (self->mappings[n - 1].from, self->mappings[i].from))
        n--;
      self->mappings[n++] = self->mappings[i];
    }
  self->n_mappings = n;
  return self;
}

NudgeSymbolMap *
nudge_symbol_map_ref (NudgeSymbolMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_symbol_map_unref (NudgeSymbolMap *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_string_chunk_free (self->strings);
  g_free (self->mappings);
  g_free (self);
}

/**
 * nudge_symbol_map_with:
 * @self: (nullable): a map, or %NULL for an empty one
 * @from: path of a part or id of a symbol
 * @to: (nullable): id of the symbol that is to be drawn, or %NULL to take the mapping away
 *
 * Returns: (transfer full): a map with that change
 */
NudgeSymbolMap *
nudge_symbol_map_with (NudgeSymbolMap *self, const char *from, const char *to)
{
  g_autoptr (GArray) mappings = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolMapping));
  NudgeSymbolMapping added = { from, to };

  g_return_val_if_fail (from != NULL, NULL);
  for (guint i = 0; self != NULL && i < self->n_mappings; i++)
    if (!g_str_equal (self->mappings[i].from, from))
      g_array_append_val (mappings, self->mappings[i]);
  if (to != NULL)
    g_array_append_val (mappings, added);
  return nudge_symbol_map_new ((const NudgeSymbolMapping *) mappings->data, mappings->len);
}

/**
 * nudge_symbol_map_list: (skip)
 * @self: (nullable): a map
 * @n_mappings: (out): how many there are
 *
 * Returns: (transfer none): the mappings, sorted by what they replace
 */
const NudgeSymbolMapping *
nudge_symbol_map_list (const NudgeSymbolMap *self, guint *n_mappings)
{
  *n_mappings = self != NULL ? self->n_mappings : 0;
  return self != NULL ? self->mappings : NULL;
}

/**
 * nudge_symbol_map_find:
 * @self: (nullable): a map
 * @from: path of a part or id of a symbol
 *
 * Returns: (nullable) (transfer none): id of the symbol that is drawn instead, or %NULL
 */
const char *
nudge_symbol_map_find (const NudgeSymbolMap *self, const char *from)
{
  guint low = 0, high = self != NULL ? self->n_mappings : 0;

  g_return_val_if_fail (from != NULL, NULL);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint order = strcmp (self->mappings[middle].from, from);

      if (order == 0)
        return self->mappings[middle].to;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/**
 * nudge_symbol_map_equal:
 * @a: (nullable): a map
 * @b: (nullable): another
 *
 * Returns: whether both map the same; %NULL is an empty map
 */
gboolean
nudge_symbol_map_equal (const NudgeSymbolMap *a, const NudgeSymbolMap *b)
{
  guint n_a, n_b;
  const NudgeSymbolMapping *of_a = nudge_symbol_map_list (a, &n_a), *of_b = nudge_symbol_map_list (b, &n_b);

  if (a == b)
    return TRUE;
  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!g_str_equal (of_a[i].from, of_b[i].from) || !g_str_equal (of_a[i].to, of_b[i].to))
      return FALSE;
  return TRUE;
}
