#include "base/file-name.h"

#include "base/limits.h"

#include <string.h>

static gboolean
is_reserved (gunichar c)
{
  return c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL;
}

/* Windows reserves these, with any suffix and in any case. */
static gboolean
is_device_name (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt" };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  gsize stem = strcspn (lower, ".");

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      gsize n = i < 4 ? 3 : 4;

      if (stem == n && strncmp (lower, devices[i], 3) == 0 && (i < 4 || g_ascii_isdigit (lower[3])))
        return TRUE;
    }
  return FALSE;
}

char *
nudge_file_name_safe (const char *name)
{
  g_autoptr (GString) safe = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize before = safe->len;

      if (!g_unichar_isprint (c) || is_reserved (c))
        c = '_';
      if (safe->len == 0 && (c == '.' || c == '-' || c == '~' || c == ' '))
        c = '_';
      g_string_append_unichar (safe, c);
      if (safe->len > NUDGE_MAX_FILE_NAME_BYTES)
        {
          g_string_truncate (safe, before);
          break;
        }
    }
  while (safe->len > 0 && (safe->str[safe->len - 1] == '.' || safe->str[safe->len - 1] == ' '))
    g_string_truncate (safe, safe->len - 1);
  if (safe->len == 0)
    g_string_assign (safe, "sheet");
  if (is_device_name (safe->str))
    g_string_prepend_c (safe, '_');
  return g_strdup (safe->str);
}

GHashTable *
nudge_file_names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

char *
nudge_file_name_unique (GHashTable *taken, const char *name)
{
  g_autofree char *safe = nudge_file_name_safe (name);

  for (guint i = 1;; i++)
    {
      g_autofree char *candidate = i == 1 ? g_strdup (safe) : g_strdup_printf ("%s_%u", safe, i);
      g_autofree char *folded = g_utf8_casefold (candidate, -1);

      if (g_hash_table_contains (taken, folded))
        continue;
      g_hash_table_add (taken, g_steal_pointer (&folded));
      return g_steal_pointer (&candidate);
    }
}
