/* Which symbols are one part, and which uses of a file look alike. */
#include "kicad/schematic-read.h"

#include <string.h>

/* --- parts --- */

/* What a symbol says of itself for one use of its sheet. */
static const NudgeSexprNode *
find_instance (const NudgeSexprNode *symbol, const char *path)
{
  const NudgeSexprNode *instances = nudge_sexpr_find (symbol, "instances");

  for (const NudgeSexprNode *project = instances != NULL ? instances->child : NULL; project != NULL; project = project->next)
    for (const NudgeSexprNode *use = nudge_sexpr_is (project, "project") ? project->child : NULL; use != NULL; use = use->next)
      if (nudge_sexpr_is (use, "path") && g_strcmp0 (nudge_sexpr_text (use, 1), path) == 0)
        return use;
  return NULL;
}

static guint16
unit_of (const NudgeSexprNode *symbol, const NudgeSexprNode *use, const NudgeSymbol *drawn)
{
  const NudgeSexprNode *unit = nudge_sexpr_find (use, "unit");
  double number = nudge_sexpr_double (unit != NULL ? unit : nudge_sexpr_find (symbol, "unit"), 1);

  return number >= 1 && number <= drawn->n_units ? (guint16) number : 1;
}

typedef struct
{
  Reading *reading;
  GHashTable *taken;           /* references */
  GHashTable *several;         /* reference of a part with several units -> part + 1 */
  GHashTable *units;           /* "part unit": those that stand somewhere */
  GHashTable *numbers;         /* prefix -> last number given */
} PartLister;

/* A reference that no part has: the part's own unless it is taken or lacks its number. */
static const char *
unique_reference (PartLister *self, const char *reference)
{
  Reading *reading = self->reading;
  g_autofree char *prefix = NULL;
  gsize end = strlen (reference);
  const char *kept;

  if (end > 0 && reference[end - 1] != '?' && !g_hash_table_contains (self->taken, reference))
    {
      kept = g_string_chunk_insert (reading->strings, reference);
      g_hash_table_add (self->taken, (gpointer) kept);
      return kept;
    }
  while (end > 0 && (g_ascii_isdigit (reference[end - 1]) || reference[end - 1] == '?'))
    end--;
  prefix = end > 0 ? g_strndup (reference, end) : g_strdup ("U");
  for (;;)
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, prefix)) + 1;
      g_autofree char *made = g_strdup_printf ("%s%u", prefix, number);

      g_hash_table_insert (self->numbers, g_strdup (prefix), GUINT_TO_POINTER (number));
      if (g_hash_table_contains (self->taken, made))
        continue;
      kept = g_string_chunk_insert (reading->strings, made);
      g_hash_table_add (self->taken, (gpointer) kept);
      nudge_diagnostic_set_subject (nudge_diagnostics_add (reading->diagnostics, NUDGE_CODE_SCHEMATIC_REFERENCE, "%s is called %s here",
                                                           *reference != '\0' ? reference : "a part without reference", kept), kept);
      return kept;
    }
}

static guint
add_part (PartLister *self, guint block, const char *reference, const NudgeSexprNode *node, const NudgeSymbol *symbol)
{
  ReadPart part = { block, NULL, node, symbol };
  guint index = self->reading->parts->len;

  part.reference = unique_reference (self, reference);
  g_array_append_val (self->reading->parts, part);
  return index;
}

/* The part that a symbol stands for: different units of one reference are one part, on whatever sheets they stand. */
static guint
part_of (PartLister *self, guint block, const char *reference, guint unit, const NudgeSexprNode *node, const NudgeSymbol *symbol)
{
  guint part;

  if (symbol->is_power || *reference == '#')
    return NUDGE_NONE;
  if (symbol->n_units < 2 || g_str_has_suffix (reference, "?"))
    return add_part (self, block, reference, node, symbol);
  part = GPOINTER_TO_UINT (g_hash_table_lookup (self->several, reference));
  if (part > 0 && g_hash_table_add (self->units, g_strdup_printf ("%u %u", part - 1, unit)))
    return part - 1;
  part = add_part (self, block, reference, node, symbol);
  g_hash_table_add (self->units, g_strdup_printf ("%u %u", part, unit));
  g_hash_table_insert (self->several, g_strdup (reference), GUINT_TO_POINTER (part + 1));
  return part;
}

static const char *
reference_of (const NudgeSexprNode *symbol, const NudgeSexprNode *use)
{
  const char *reference = nudge_sexpr_text (nudge_sexpr_find (use, "reference"), 1);

  if (reference == NULL)
    reference = nudge_read_property (symbol, "Reference", NULL);
  return reference != NULL ? reference : "";
}

void
nudge_read_parts (Reading *self)
{
  PartLister lister = { self, g_hash_table_new (g_str_hash, g_str_equal), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  for (guint b = 0; b < self->blocks->len; b++)
    {
      ReadBlock *block = READ_AT (self->blocks, ReadBlock, b);
      const ReadFile *file = READ_FILE (self, block);

      block->first_part = self->parts->len;
      for (guint i = 0; i < file->symbols->len; i++)
        {
          const NudgeSexprNode *node = file->symbols->pdata[i], *use = find_instance (node, block->path);

          block->units[i] = unit_of (node, use, file->drawn[i]);
          block->parts[i] = part_of (&lister, b, reference_of (node, use), block->units[i], node, file->drawn[i]);
        }
      block->n_parts = self->parts->len - block->first_part;
    }
  g_hash_table_unref (lister.taken);
  g_hash_table_unref (lister.several);
  g_hash_table_unref (lister.units);
  g_hash_table_unref (lister.numbers);
}

/* --- sheets --- */

/* Uses of a file look alike when their symbols stand for the same units of corresponding parts, and their children look alike. */
static char *
describe_use (const Reading *self, guint index, const guint *looks)
{
  const ReadBlock *block = READ_AT (self->blocks, ReadBlock, index);
  const ReadFile *file = READ_FILE (self, block);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%u;", block->file);
  for (guint i = 0; i < file->symbols->len; i++)
    {
      guint part = block->parts[i];

      if (part == NUDGE_NONE)
        g_string_append (text, "-");
      else if (part - block->first_part < block->n_parts)
        g_string_append_printf (text, "%u", part - block->first_part);
      else
        g_string_append_printf (text, "!%u", index);
      g_string_append_printf (text, ".%u,", block->units[i]);
    }
  for (guint i = 0; i < file->boxes->len; i++)
    g_string_append_printf (text, ";%u", looks[block->children[i]]);
  return g_string_free (text, FALSE);
}

void
nudge_read_list_sheets (Reading *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree guint *looks = g_new0 (guint, self->blocks->len), *sheets = g_new0 (guint, self->blocks->len + 1);

  /* Children come after their parents: the last first. */
  for (guint b = self->blocks->len; b-- > 0;)
    {
      char *use = describe_use (self, b, looks);
      guint look = GPOINTER_TO_UINT (g_hash_table_lookup (known, use));

      looks[b] = look > 0 ? look : g_hash_table_size (known) + 1;
      g_hash_table_replace (known, use, GUINT_TO_POINTER (looks[b]));
    }
  for (guint b = 0; b < self->blocks->len; b++)
    {
      if (sheets[looks[b]] == 0)
        sheets[looks[b]] = ++self->n_sheets;
      READ_AT (self->blocks, ReadBlock, b)->sheet = sheets[looks[b]] - 1;
    }
}
