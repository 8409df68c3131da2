#include "circuit/references.h"

#include "base/limits.h"

#include <string.h>

/**
 * NudgeReferences:
 *
 * The references and net names of one design, and a counter for each prefix. One object serves the whole tree of
 * circuits, so that a reference is unique in all of it. Not for use from two threads at once.
 */
struct _NudgeReferences
{
  grefcount refs;
  GHashTable *used;     /* set of names */
  GHashTable *counters; /* prefix -> number to try next */
};

G_DEFINE_BOXED_TYPE (NudgeReferences, nudge_references, nudge_references_ref, nudge_references_unref)

static const char net_prefix[] = "N$";

/**
 * nudge_references_new:
 *
 * Makes an empty register; every counter begins at 1.
 *
 * Returns: (transfer full): a new register
 */
NudgeReferences *
nudge_references_new (void)
{
  NudgeReferences *self = g_new0 (NudgeReferences, 1);

  g_ref_count_init (&self->refs);
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * nudge_references_ref:
 * @self: a register
 *
 * Returns: (transfer full): the same register, with one more owner
 */
NudgeReferences *
nudge_references_ref (NudgeReferences *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_ref_count_inc (&self->refs);
  return self;
}

/**
 * nudge_references_unref:
 * @self: (transfer full): a register
 *
 * Gives up one ownership; the last one frees the register.
 */
void
nudge_references_unref (NudgeReferences *self)
{
  g_return_if_fail (self != NULL);
  if (!g_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->used);
  g_hash_table_unref (self->counters);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *name, const char *why)
{
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "“%s” %s", name, why);
  return FALSE;
}

/* Bytes of @text before its final run of digits. */
static gsize
prefix_size (const char *text)
{
  gsize size = strlen (text);

  while (size > 0 && g_ascii_isdigit (text[size - 1]))
    size--;
  return size;
}

static gboolean
check_prefix (const char *prefix, gsize size, const char *whole, GError **error)
{
  if (size == 0)
    return refuse (error, whole, "has no prefix");
  if (size > NUDGE_MAX_PREFIX_BYTES)
    return refuse (error, whole, "has a prefix of more than 16 characters");
  if (!g_ascii_isalpha (prefix[0]))
    return refuse (error, whole, "does not begin with a letter");
  for (gsize i = 1; i < size; i++)
    if (!g_ascii_isalpha (prefix[i]) && prefix[i] != '_')
      return refuse (error, whole, "holds something else than letters and underscores before its number");
  return TRUE;
}

/**
 * nudge_reference_is_reserved:
 * @reference: a text
 *
 * Returns: whether it is the name of a rail (GND, VCC, VDD, VSS), which no part may have
 */
gboolean
nudge_reference_is_reserved (const char *reference)
{
  static const char *const rails[] = { "GND", "VCC", "VDD", "VSS" };

  g_return_val_if_fail (reference != NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (rails); i++)
    if (strcmp (reference, rails[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * nudge_reference_check:
 * @reference: a text
 * @error: return location for an error
 *
 * Checks the form of a complete reference: a prefix of letters and underscores that begins with a letter, at most 16
 * of them, then a number that fits 32 bits; at most 64 bytes in all.
 *
 * Returns: whether it is one; %NUDGE_ERROR_INPUT says why not
 */
gboolean
nudge_reference_check (const char *reference, GError **error)
{
  gsize size, length;
  guint64 number;

  g_return_val_if_fail (reference != NULL, FALSE);
  length = strlen (reference);
  if (length > NUDGE_MAX_REFERENCE_BYTES)
    return refuse (error, reference, "is longer than 64 characters");
  if (nudge_reference_is_reserved (reference))
    return refuse (error, reference, "is the name of a rail");
  size = prefix_size (reference);
  if (!check_prefix (reference, size, reference, error))
    return FALSE;
  if (size == length)
    return refuse (error, reference, "has no number");
  if (!g_ascii_string_to_unsigned (reference + size, 10, 0, G_MAXUINT32, &number, NULL))
    return refuse (error, reference, "has a number beyond 32 bits");
  return TRUE;
}

/**
 * nudge_reference_check_prefix:
 * @prefix: a text such as `R` or `SW_`
 * @error: return location for an error
 *
 * Returns: whether it can stand before the number of a reference; %NUDGE_ERROR_INPUT says why not
 */
gboolean
nudge_reference_check_prefix (const char *prefix, GError **error)
{
  g_return_val_if_fail (prefix != NULL, FALSE);
  if (nudge_reference_is_reserved (prefix))
    return refuse (error, prefix, "is the name of a rail");
  return check_prefix (prefix, strlen (prefix), prefix, error);
}

/**
 * nudge_reference_prefix:
 * @reference: a reference, complete or not: `R12`, `R`, `R?`
 *
 * Returns: (transfer full): what stands before its number or question mark
 */
char *
nudge_reference_prefix (const char *reference)
{
  gsize size;

  g_return_val_if_fail (reference != NULL, NULL);
  size = strlen (reference);
  while (size > 0 && reference[size - 1] == '?')
    size--;
  if (reference[size] == '\0')
    size = prefix_size (reference);
  return g_strndup (reference, size);
}

/**
 * nudge_references_take:
 * @self: a register
 * @name: a reference or net name of any form
 *
 * Marks a name as used, whatever it looks like: for designs that others have numbered.
 *
 * Returns: %FALSE when it was used before
 */
gboolean
nudge_references_take (NudgeReferences *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  if (g_hash_table_contains (self->used, name))
    return FALSE;
  return g_hash_table_add (self->used, g_strdup (name));
}

/**
 * nudge_references_add:
 * @self: a register
 * @reference: a complete reference
 * @error: return location for an error
 *
 * Registers a reference that somebody chose.
 *
 * Returns: %FALSE with %NUDGE_ERROR_INPUT when it is malformed, and with %NUDGE_ERROR_REFUSED when it is used
 */
gboolean
nudge_references_add (NudgeReferences *self, const char *reference, GError **error)
{
  g_return_val_if_fail (self != NULL && reference != NULL, FALSE);
  if (!nudge_reference_check (reference, error))
    return FALSE;
  if (nudge_references_take (self, reference))
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "“%s” is used already", reference);
  return FALSE;
}

/**
 * nudge_references_contains:
 * @self: a register
 * @reference: a reference or net name
 *
 * Returns: whether it is used
 */
gboolean
nudge_references_contains (NudgeReferences *self, const char *reference)
{
  g_return_val_if_fail (self != NULL && reference != NULL, FALSE);
  return g_hash_table_contains (self->used, reference);
}

/* The next free name of a prefix that is known to be good, or NULL when the counter is at its end. */
static char *
take_next (NudgeReferences *self, const char *prefix, GError **error)
{
  guint number = MAX (1, GPOINTER_TO_UINT (g_hash_table_lookup (self->counters, prefix)));

  for (; number <= NUDGE_MAX_REFERENCE_NUMBER; number++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", prefix, number);

      if (!nudge_references_take (self, name))
        continue;
      g_hash_table_replace (self->counters, g_strdup (prefix), GUINT_TO_POINTER (number + 1));
      return g_steal_pointer (&name);
    }
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "no number is left for “%s”", prefix);
  return NULL;
}

/**
 * nudge_references_next:
 * @self: a register
 * @prefix: a prefix such as `R`; `R?` means the same
 * @error: return location for an error
 *
 * Takes the next free reference: the numbers of a prefix count up from 1, and used ones are left out.
 *
 * Returns: (transfer full): the reference; %NULL with %NUDGE_ERROR_INPUT when the prefix is malformed, and with
 *   %NUDGE_ERROR_REFUSED when it has no number left
 */
char *
nudge_references_next (NudgeReferences *self, const char *prefix, GError **error)
{
  g_autofree char *bare = NULL;
  gsize size;

  g_return_val_if_fail (self != NULL && prefix != NULL, NULL);
  bare = g_strdup (prefix);
  size = strlen (bare);
  if (size > 1 && bare[size - 1] == '?')
    bare[size - 1] = '\0';
  if (!nudge_reference_check_prefix (bare, error))
    return NULL;
  return take_next (self, bare, error);
}

/**
 * nudge_references_next_net:
 * @self: a register
 * @error: return location for an error
 *
 * Takes the next free name of a net without name: `N$1`, `N$2` ...
 *
 * Returns: (transfer full): the name, or %NULL with %NUDGE_ERROR_REFUSED when no number is left
 */
char *
nudge_references_next_net (NudgeReferences *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  return take_next (self, net_prefix, error);
}

/**
 * nudge_references_set_counter:
 * @self: a register
 * @prefix: a prefix such as `R`
 * @next: the number to try next, from 1
 * @error: return location for an error
 *
 * Lets the numbers of a prefix go on from @next, such as 101 for the parts of a second board.
 *
 * Returns: %FALSE with %NUDGE_ERROR_INPUT when the prefix is malformed or the number is out of range
 */
gboolean
nudge_references_set_counter (NudgeReferences *self, const char *prefix, guint next, GError **error)
{
  g_return_val_if_fail (self != NULL && prefix != NULL, FALSE);
  if (!nudge_reference_check_prefix (prefix, error))
    return FALSE;
  if (next == 0 || next > NUDGE_MAX_REFERENCE_NUMBER)
    return refuse (error, prefix, "cannot count from there: numbers go from 1 to 1000000");
  g_hash_table_replace (self->counters, g_strdup (prefix), GUINT_TO_POINTER (next));
  return TRUE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * nudge_references_list:
 * @self: a register
 *
 * Returns: (transfer full) (array zero-terminated=1): every used name, sorted by bytes
 */
char **
nudge_references_list (NudgeReferences *self)
{
  g_autoptr (GPtrArray) names = NULL;
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (self != NULL, NULL);
  names = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->used);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * nudge_references_clear:
 * @self: a register
 *
 * Forgets all names and counters.
 */
void
nudge_references_clear (NudgeReferences *self)
{
  g_return_if_fail (self != NULL);
  g_hash_table_remove_all (self->used);
  g_hash_table_remove_all (self->counters);
}
