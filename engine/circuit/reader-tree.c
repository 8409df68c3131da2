/* What needs the whole tree: labels and paths, references, and which circuits are copies of one another. */
#include "circuit/reader.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static NudgeBlock *
block_at (NudgeReader *self, guint i)
{
  return &NUDGE_AT (self->blocks, NudgeBlock, i);
}

/* Labels stand between slashes in paths. */
static const char *
label_of_name (NudgeReader *self, const char *name)
{
  g_autofree char *label = NULL;

  if (strchr (name, '/') == NULL)
    return name;
  label = g_strdelimit (g_strdup (name), "/", '_');
  return nudge_reader_keep (self, label, strlen (label));
}

/* The name when one child has it; else name1, name2 ..., past those that a child is called by right. */
static void
label_children (NudgeReader *self, guint parent)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = block_at (self, parent)->first_child; i != NUDGE_NONE; i = block_at (self, i)->next_sibling)
    {
      const char *label = label_of_name (self, block_at (self, i)->name);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, label));

      block_at (self, i)->label = label;
      g_hash_table_insert (counts, (char *) label, GUINT_TO_POINTER (count + 1));
    }
  for (guint i = block_at (self, parent)->first_child; i != NUDGE_NONE; i = block_at (self, i)->next_sibling)
    if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, block_at (self, i)->label)) == 1)
      g_hash_table_add (taken, (char *) block_at (self, i)->label);
  for (guint i = block_at (self, parent)->first_child; i != NUDGE_NONE; i = block_at (self, i)->next_sibling)
    {
      NudgeBlock *block = block_at (self, i);
      const char *name = block->label;
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, name));

      if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) == 1)
        continue;
      do
        {
          g_string_printf (self->scratch, "%s%u", name, ++number);
        }
      while (g_hash_table_contains (taken, self->scratch->str));
      block->label = nudge_reader_keep (self, self->scratch->str, self->scratch->len);
      g_hash_table_add (taken, (char *) block->label);
      g_hash_table_insert (numbers, (char *) name, GUINT_TO_POINTER (number));
    }
}

void
nudge_reader_labels (NudgeReader *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    if (block_at (self, i)->first_child != NUDGE_NONE)
      label_children (self, i);
  block_at (self, 0)->label = block_at (self, 0)->name;
  block_at (self, 0)->path = "/";
  for (guint i = 1; i < self->blocks->len; i++)
    {
      NudgeBlock *block = block_at (self, i);

      g_string_printf (self->scratch, "%s%s/", block_at (self, block->parent)->path, block->label);
      if (self->scratch->len > NUDGE_MAX_PATH_BYTES)
        {
          nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, NUDGE_AT (self->block_values, guint, i), block->name,
                             "the path of circuit “%s” is longer than %d bytes", block->name, NUDGE_MAX_PATH_BYTES);
          block->path = "/";
          continue;
        }
      block->path = nudge_reader_keep (self, self->scratch->str, self->scratch->len);
    }
}

/* KiCad keeps these as they are, although no program would choose them: TA-101, R2A3. */
static gboolean
reference_is_bearable (const char *reference)
{
  if (strlen (reference) > NUDGE_MAX_REFERENCE_BYTES || reference[0] == '#' || strpbrk (reference, "/?\"\\{}") != NULL)
    return FALSE;
  for (const char *p = reference; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* The prefix of a reference that lacks its number ("R", "R?" or none at all), or NULL when it is something else. */
static char *
missing_number_prefix (const NudgePart *part)
{
  const char *symbol = strchr (part->symbol, ':');
  g_autofree char *prefix = NULL;

  if (part->reference[0] != '\0')
    {
      prefix = nudge_reference_prefix (part->reference);
      if (strlen (part->reference) - strlen (prefix) > 1 || !nudge_reference_check_prefix (prefix, NULL))
        return NULL;
      return g_ascii_isdigit (part->reference[strlen (part->reference) - 1]) ? NULL : g_steal_pointer (&prefix);
    }
  /* Without any, circuit-synth takes the symbol's name: here the letters that it begins with, else U. */
  prefix = g_strdup (symbol != NULL ? symbol + 1 : part->symbol);
  g_strcanon (prefix, G_CSET_a_2_z G_CSET_A_2_Z "_", '\0');
  return nudge_reference_check_prefix (prefix, NULL) ? g_steal_pointer (&prefix) : g_strdup ("U");
}

static void
check_reference (NudgeReader *self, guint part_index, guint value)
{
  const NudgePart *part = &NUDGE_AT (self->parts, NudgePart, part_index);
  g_autoptr (GError) error = NULL;

  if (nudge_reference_check (part->reference, &error))
    return;
  if (nudge_reference_is_reserved (part->reference))
    nudge_reader_find (self, NUDGE_CODE_RESERVED_REFERENCE, value, part->reference,
                       "%s is the name of a rail, not a reference", part->reference);
  else if (reference_is_bearable (part->reference))
    nudge_reader_find_mild (self, NUDGE_CODE_BAD_REFERENCE, value, part->reference, "the reference %s", error->message);
  else
    nudge_reader_find (self, NUDGE_CODE_BAD_REFERENCE, value, part->reference, "the reference %s", error->message);
}

/* Registers the complete references of all parts and returns which parts have none. */
static char **
take_references (NudgeReader *self, NudgeReferences *references)
{
  char **prefixes = g_new0 (char *, self->parts->len);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const NudgePart *part = &NUDGE_AT (self->parts, NudgePart, i);
      guint value = NUDGE_AT (self->part_values, guint, i);

      prefixes[i] = missing_number_prefix (part);
      if (prefixes[i] != NULL)
        continue;
      check_reference (self, i, value);
      if (!nudge_references_take (references, part->reference))
        {
          guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, part->reference)) - 1;
          const NudgePart *first = &NUDGE_AT (self->parts, NudgePart, known);

          nudge_reader_find (self, NUDGE_CODE_DUPLICATE_REFERENCE, value, part->reference,
                             "%s stands in circuit “%s” (line %u) and in circuit “%s”", part->reference,
                             block_at (self, first->block)->name, first->line, block_at (self, part->block)->name);
          continue;
        }
      g_hash_table_insert (self->index, (char *) part->reference, GUINT_TO_POINTER (i + 1));
    }
  return prefixes;
}

static void
number_parts (NudgeReader *self, NudgeReferences *references, char **prefixes, guint block_index)
{
  const NudgeBlock *block = block_at (self, block_index);

  for (guint i = block->first_part; i < block->first_part + block->n_parts; i++)
    {
      NudgePart *part = &NUDGE_AT (self->parts, NudgePart, i);
      guint value = NUDGE_AT (self->part_values, guint, i);
      g_autofree char *reference = NULL;

      if (prefixes[i] == NULL)
        continue;
      reference = nudge_references_next (references, prefixes[i], NULL);
      if (reference == NULL)
        {
          nudge_reader_find (self, NUDGE_CODE_BAD_REFERENCE, value, prefixes[i], "no number is left for %s", prefixes[i]);
          continue;
        }
      part->reference = nudge_reader_keep (self, reference, strlen (reference));
      g_hash_table_insert (self->index, (char *) part->reference, GUINT_TO_POINTER (i + 1));
      nudge_reader_find (self, NUDGE_CODE_REFERENCE_ASSIGNED, value, part->reference,
                         "a part “%s” without number is %s", prefixes[i], part->reference);
    }
}

/* circuit-synth numbers a circuit when the function that makes it returns: children before their parent. */
void
nudge_reader_references (NudgeReader *self)
{
  g_autoptr (NudgeReferences) references = nudge_references_new ();
  char **prefixes = take_references (self, references);
  guint at = 0;

  while (block_at (self, at)->first_child != NUDGE_NONE)
    at = block_at (self, at)->first_child;
  while (at != NUDGE_NONE)
    {
      const NudgeBlock *block = block_at (self, at);

      number_parts (self, references, prefixes, at);
      at = block->next_sibling != NUDGE_NONE ? block->next_sibling : block->parent;
      if (block->next_sibling != NUDGE_NONE)
        while (block_at (self, at)->first_child != NUDGE_NONE)
          at = block_at (self, at)->first_child;
    }
  for (guint i = 0; i < self->parts->len; i++)
    g_free (prefixes[i]);
  g_free (prefixes);
}
