#include "project/manifest.h"

#include <string.h>

#define SHA256_HEX 64

GHashTable *
nudge_manifest_read (const NudgeTransaction *folder, const char *manifest_name)
{
  GHashTable *manifest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = nudge_transaction_read (folder, manifest_name);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const char *data;
  gsize length;

  if (bytes == NULL)
    return manifest;
  data = g_bytes_get_data (bytes, &length);
  text = g_strndup (data, length);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (lines[i]) > SHA256_HEX + 2 && lines[i][SHA256_HEX] == ' ' && strchr (lines[i] + SHA256_HEX + 2, '/') == NULL)
      g_hash_table_insert (manifest, g_strdup (lines[i] + SHA256_HEX + 2), g_strndup (lines[i], SHA256_HEX));
  return manifest;
}

static gint
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a + SHA256_HEX, *(const char *const *) b + SHA256_HEX);
}

GBytes *
nudge_manifest_write (const GPtrArray *files, GHashTable *others)
{
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name, known;

  for (guint i = 0; i < files->len; i++)
    {
      const NudgeFile *file = files->pdata[i];
      g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);

      g_ptr_array_add (lines, g_strdup_printf ("%s  %s\n", sum, file->name));
      g_hash_table_add (named, file->name);
    }
  if (others != NULL)
    {
      g_hash_table_iter_init (&iter, others);
      while (g_hash_table_iter_next (&iter, &name, &known))
        if (!g_hash_table_contains (named, name))
          g_ptr_array_add (lines, g_strdup_printf ("%s  %s\n", (char *) known, (char *) name));
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append (text, lines->pdata[i]);
  return g_string_free_to_bytes (text);
}

gboolean
nudge_manifest_knows (GHashTable *manifest, const char *name, GBytes *bytes)
{
  const char *recorded = g_hash_table_lookup (manifest, name);
  g_autofree char *sum = recorded == NULL ? NULL : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return recorded != NULL && g_str_equal (recorded, sum);
}
