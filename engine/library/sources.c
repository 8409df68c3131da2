#include "library/sources.h"

#include "base/limits.h"
#include "library/file-index.h"
#include "text/sexpr.h"

#include <string.h>
#include <unistd.h>

#define MAX_TABLE_DEPTH 8
#define NEWEST_KICAD 10
#define OLDEST_KICAD 6

/* A folder of libraries or a sym-lib-table. */
typedef struct
{
  char *path;
  char *project_dir;
  gboolean is_table;
  gboolean loaded;
  GArray *places;        /* NudgeLibraryPlace, by name */
  GHashTable *by_name;   /* name -> index + 1 */
  GHashTable *by_folded; /* folded name -> index + 1 */
} Source;

struct _NudgeSources
{
  GPtrArray *sources;
  GStringChunk *strings;
};

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->path);
  g_free (source->project_dir);
  g_array_unref (source->places);
  g_hash_table_unref (source->by_name);
  g_hash_table_unref (source->by_folded);
  g_free (source);
}

NudgeSources *
nudge_sources_new (void)
{
  NudgeSources *self = g_new0 (NudgeSources, 1);

  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->strings = g_string_chunk_new (1024);
  return self;
}

void
nudge_sources_free (NudgeSources *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->sources);
  g_string_chunk_free (self->strings);
  g_free (self);
}

static void
add_source (NudgeSources *self, const char *path, gboolean is_table, const char *project_dir)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  Source *source;

  for (guint i = 0; i < self->sources->len; i++)
    if (strcmp (((Source *) g_ptr_array_index (self->sources, i))->path, absolute) == 0)
      return;
  source = g_new0 (Source, 1);
  source->path = g_steal_pointer (&absolute);
  source->project_dir = g_strdup (project_dir);
  source->is_table = is_table;
  source->places = g_array_new (FALSE, FALSE, sizeof (NudgeLibraryPlace));
  source->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  source->by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->sources, source);
}

void
nudge_sources_add_folder (NudgeSources *self, const char *folder)
{
  add_source (self, folder, FALSE, NULL);
}

void
nudge_sources_add_table (NudgeSources *self, const char *path, const char *project_dir)
{
  add_source (self, path, TRUE, project_dir);
}

static char *
fold (const char *name)
{
  return g_strdelimit (g_ascii_strdown (name, -1), "-", '_');
}

static void
add_place (NudgeSources *self, Source *source, const char *name, const char *path, gboolean is_folder)
{
  NudgeLibraryPlace place = { g_string_chunk_insert (self->strings, name), g_string_chunk_insert (self->strings, path), is_folder };

  if (source->places->len < NUDGE_MAX_LIBRARY_FILES)
    g_array_append_val (source->places, place);
}

static void
load_folder (NudgeSources *self, Source *source)
{
  static const struct
  {
    const char *suffix;
    gboolean is_folder;
  } kinds[] = { { ".kicad_sym", FALSE }, { ".kicad_symdir", TRUE } };
  g_autoptr (GDir) dir = g_dir_open (source->path, 0, NULL);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (g_str_has_suffix (entry, kinds[i].suffix) && *entry != '.')
        {
          g_autofree char *name = g_strndup (entry, strlen (entry) - strlen (kinds[i].suffix));
          g_autofree char *path = g_build_filename (source->path, entry, NULL);

          add_place (self, source, name, path, kinds[i].is_folder);
        }
}

/* The folders in which systems keep KiCad's symbols. */
static char **
system_folders (void)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  const char *data_dirs = g_getenv ("XDG_DATA_DIRS");
  g_auto (GStrv) parts = g_strsplit (data_dirs != NULL && *data_dirs != 0 ? data_dirs : "/usr/local/share:/usr/share", ":", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (parts[i], "kicad", "symbols", NULL);

      if (g_path_is_absolute (folder))
        g_strv_builder_add (folders, folder);
    }
  g_strv_builder_add_many (folders, "/usr/share/kicad/symbols", "/run/host/usr/share/kicad/symbols",
                           "/var/lib/flatpak/runtime/org.kicad.KiCad.Library.Symbols/x86_64/stable/active/files/symbols",
                           "/var/lib/flatpak/runtime/org.kicad.KiCad.Library.Symbols/aarch64/stable/active/files/symbols", NULL);
  return g_strv_builder_end (folders);
}

/* What KiCad would set itself for a name such as KICAD9_SYMBOL_DIR. */
static char *
known_variable (const char *name)
{
  g_auto (GStrv) folders = NULL;
  const char *wanted = NULL;

  if (g_str_has_prefix (name, "KICAD") && g_str_has_suffix (name, "_SYMBOL_DIR"))
    wanted = "symbols";
  else if (g_str_has_prefix (name, "KICAD") && g_str_has_suffix (name, "_TEMPLATE_DIR"))
    wanted = "template";
  else
    return NULL;
  folders = system_folders ();
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *parent = g_path_get_dirname (folders[i]);
      g_autofree char *folder = g_build_filename (parent, wanted, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static char *
variable (const char *name, const char *project_dir)
{
  const char *value = g_getenv (name);

  if (strcmp (name, "KIPRJMOD") == 0)
    return g_strdup (project_dir);
  if (value != NULL && *value != 0)
    return g_strdup (value);
  return known_variable (name);
}

char *
nudge_sources_expand (NudgeSources *self, const char *text, const char *project_dir)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != 0;)
    {
      const char *close = g_str_has_prefix (p, "${") || g_str_has_prefix (p, "$(") ? strpbrk (p, "})") : NULL;

      if (close == NULL)
        g_string_append_c (out, *p++);
      else
        {
          g_autofree char *name = g_strndup (p + 2, close - p - 2);
          g_autofree char *value = variable (name, project_dir);

          if (value == NULL)
            return NULL;
          g_string_append (out, value);
          p = close + 1;
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static NudgeSexpr *
read_table (const char *path)
{
  g_autofree char *data = NULL;
  NudgeSexpr *tree = NULL;
  guint64 size;
  gint64 mtime;
  int fd = nudge_file_open (path, &size, &mtime, NULL);

  if (fd < 0)
    return NULL;
  data = g_malloc (size + 1);
  if (nudge_file_read (fd, path, data, size, 0, NULL))
    tree = nudge_sexpr_parse (data, size, 1, NULL);
  close (fd);
  return tree;
}

/* A table that is still to be read. */
typedef struct
{
  char *path;
  guint depth;
} PendingTable;

static void
load_row (NudgeSources *self, Source *source, const PendingTable *table, const NudgeSexprNode *row, GQueue *pending)
{
  const char *name = nudge_sexpr_text (nudge_sexpr_find (row, "name"), 1);
  const char *type = nudge_sexpr_text (nudge_sexpr_find (row, "type"), 1);
  const char *uri = nudge_sexpr_text (nudge_sexpr_find (row, "uri"), 1);
  g_autofree char *expanded = NULL, *folder = NULL, *path = NULL;

  if (name == NULL || type == NULL || uri == NULL || nudge_sexpr_bool (row, "disabled", FALSE))
    return;
  expanded = nudge_sources_expand (self, g_str_has_prefix (uri, "file://") ? uri + strlen ("file://") : uri, source->project_dir);
  if (expanded == NULL)
    return;
  folder = g_path_get_dirname (table->path);
  path = g_canonicalize_filename (expanded, folder);
  if (strcmp (type, "Table") == 0)
    {
      PendingTable *nested = g_new (PendingTable, 1);

      *nested = (PendingTable){ g_steal_pointer (&path), table->depth + 1 };
      g_queue_push_tail (pending, nested);
    }
  else if (strcmp (type, "KiCad") == 0)
    add_place (self, source, name, path, !g_str_has_suffix (path, ".kicad_sym"));
}

static void
load_table (NudgeSources *self, Source *source)
{
  GQueue pending = G_QUEUE_INIT;
  PendingTable *table = g_new (PendingTable, 1);

  *table = (PendingTable){ g_strdup (source->path), 0 };
  g_queue_push_tail (&pending, table);
  while ((table = g_queue_pop_head (&pending)) != NULL)
    {
      g_autoptr (NudgeSexpr) tree = table->depth < MAX_TABLE_DEPTH ? read_table (table->path) : NULL;
      const NudgeSexprNode *root = tree != NULL ? nudge_sexpr_root (tree) : NULL;

      if (nudge_sexpr_is (root, "sym_lib_table") && source->places->len < NUDGE_MAX_LIBRARY_FILES)
        for (const NudgeSexprNode *row = root->child; row != NULL; row = row->next)
          if (nudge_sexpr_is (row, "lib"))
            load_row (self, source, table, row, &pending);
      g_free (table->path);
      g_free (table);
    }
}

/* By name; a library in one file is before a folder of the same name. */
static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const NudgeLibraryPlace *one = a, *two = b;
  gint order = strcmp (one->name, two->name);

  return order != 0 ? order : one->is_folder - two->is_folder;
}

static void
load (NudgeSources *self, Source *source)
{
  if (source->loaded)
    return;
  source->loaded = TRUE;
  if (source->is_table)
    load_table (self, source);
  else
    load_folder (self, source);
  g_array_sort (source->places, compare_places);
  for (guint i = 0; i < source->places->len; i++)
    {
      const NudgeLibraryPlace *place = &g_array_index (source->places, NudgeLibraryPlace, i);
      g_autofree char *folded = fold (place->name);

      if (!g_hash_table_contains (source->by_name, place->name))
        g_hash_table_insert (source->by_name, (gpointer) place->name, GUINT_TO_POINTER (i + 1));
      if (!g_hash_table_contains (source->by_folded, folded))
        g_hash_table_insert (source->by_folded, g_steal_pointer (&folded), GUINT_TO_POINTER (i + 1));
    }
}

/* The place for a name in one source: exactly, or only by its folded name. */
static const NudgeLibraryPlace *
find_in (NudgeSources *self, Source *source, const char *name, const char *folded, gboolean exactly)
{
  guint exact, like;

  load (self, source);
  exact = GPOINTER_TO_UINT (g_hash_table_lookup (source->by_name, name));
  if (exact != 0)
    return exactly ? &g_array_index (source->places, NudgeLibraryPlace, exact - 1) : NULL;
  like = exactly ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (source->by_folded, folded));
  return like != 0 ? &g_array_index (source->places, NudgeLibraryPlace, like - 1) : NULL;
}

gboolean
nudge_sources_find (NudgeSources *self, const char *name, guint nth, NudgeLibraryPlace *place)
{
  g_autofree char *folded = fold (name);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->sources->len; i++)
      {
        const NudgeLibraryPlace *found = find_in (self, g_ptr_array_index (self->sources, i), name, folded, pass == 0);

        if (found == NULL)
          continue;
        if (nth-- == 0)
          {
            *place = *found;
            return TRUE;
          }
      }
  return FALSE;
}

gboolean
nudge_sources_are_empty (NudgeSources *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      Source *source = g_ptr_array_index (self->sources, i);

      load (self, source);
      if (source->places->len > 0)
        return FALSE;
    }
  return TRUE;
}

GArray *
nudge_sources_list (NudgeSources *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (NudgeLibraryPlace));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->sources->len; i++)
    {
      Source *source = g_ptr_array_index (self->sources, i);

      load (self, source);
      for (guint j = 0; j < source->places->len; j++)
        {
          const NudgeLibraryPlace *place = &g_array_index (source->places, NudgeLibraryPlace, j);

          if (g_hash_table_add (seen, (gpointer) place->name))
            g_array_append_val (list, *place);
        }
    }
  g_array_sort (list, compare_places);
  return list;
}

/* KiCad's settings folder of its newest version that has a table. */
static char *
find_kicad_table (void)
{
  const char *kicad = g_getenv ("KICAD_CONFIG_HOME"), *config = g_getenv ("XDG_CONFIG_HOME"), *home = g_getenv ("HOME");
  g_autofree char *folder = NULL;

  if (kicad != NULL && *kicad != 0)
    folder = g_strdup (kicad);
  else if (config != NULL && *config != 0)
    folder = g_build_filename (config, "kicad", NULL);
  else if (home != NULL && *home != 0)
    folder = g_build_filename (home, ".config", "kicad", NULL);
  else
    return NULL;
  for (guint version = NEWEST_KICAD; version >= OLDEST_KICAD; version--)
    {
      g_autofree char *name = g_strdup_printf ("%u.0", version);
      g_autofree char *path = g_build_filename (folder, name, "sym-lib-table", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static void
add_environment_folders (NudgeSources *self, const char *name)
{
  const char *value = g_getenv (name);
  g_auto (GStrv) folders = value != NULL ? g_strsplit (value, ":", -1) : NULL;

  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    if (*folders[i] != 0)
      nudge_sources_add_folder (self, folders[i]);
}

void
nudge_sources_add_defaults (NudgeSources *self, const char *project_dir)
{
  g_autofree char *table = find_kicad_table ();
  g_auto (GStrv) folders = system_folders ();

  if (project_dir != NULL)
    {
      g_autofree char *path = g_build_filename (project_dir, "sym-lib-table", NULL);

      nudge_sources_add_table (self, path, project_dir);
    }
  if (table != NULL)
    nudge_sources_add_table (self, table, project_dir);
  add_environment_folders (self, "KICAD_SYMBOL_DIR");
  for (guint version = NEWEST_KICAD; version >= OLDEST_KICAD; version--)
    {
      g_autofree char *name = g_strdup_printf ("KICAD%u_SYMBOL_DIR", version);

      add_environment_folders (self, name);
    }
  for (guint i = 0; folders[i] != NULL; i++)
    if (g_file_test (folders[i], G_FILE_TEST_IS_DIR))
      nudge_sources_add_folder (self, folders[i]);
}
