/* lookup.c: from an id such as "Device:R" to the symbol: finds its library, its place in the file, and reads it. */
#include "base/limits.h"
#include "library/library-private.h"
#include "library/symbol-reader.h"

#include <string.h>
#include <unistd.h>

/* A symbol in a file. */
typedef struct
{
  int fd;
  const NudgeFileIndex *file;
  const NudgeIndexEntry *entry;
} Found;

/* What is read of a symbol and of those it extends, the symbol itself first. */
typedef struct
{
  NudgeLibrary *library;
  const char *nickname;
  const NudgeLibraryPlace *place;
  GPtrArray *names;    /* char* */
  GPtrArray *trees;    /* NudgeSexpr */
  const NudgeSymbol *base; /* what the last of them extends, when it was read before */
} Lineage;

/* Says something of a file once. */
static void
complain (NudgeLibrary *self, NudgeCode code, const char *path, const char *message)
{
  g_autofree char *text = g_strdup_printf ("%s: %s", path, message);

  if (g_hash_table_contains (self->reported, text))
    return;
  nudge_diagnostics_add (self->diagnostics, code, "%s", text);
  g_hash_table_add (self->reported, g_steal_pointer (&text));
}

static gboolean
find_in_file (NudgeLibrary *self, const char *path, const char *name, Found *found)
{
  g_autoptr (GError) error = NULL;

  found->file = nudge_index_get (self->index, path, &found->fd, &error);
  if (found->file == NULL)
    {
      if (!g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND))
        complain (self, NUDGE_CODE_LIBRARY_BROKEN, path, error->message);
      return FALSE;
    }
  if (found->file->damaged)
    complain (self, NUDGE_CODE_LIBRARY_BROKEN, path, "the file is not a complete symbol library");
  found->entry = nudge_file_index_find (found->file, name);
  if (found->entry != NULL)
    return TRUE;
  close (found->fd);
  return FALSE;
}

static gint
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
nudge_library_place_files (const NudgeLibraryPlace *place)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *entry;

  if (!place->is_folder)
    {
      g_ptr_array_add (files, g_strdup (place->path));
      return files;
    }
  dir = g_dir_open (place->path, 0, NULL);
  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL && files->len < NUDGE_MAX_LIBRARY_FILES)
    if (g_str_has_suffix (entry, ".kicad_sym") && *entry != '.')
      g_ptr_array_add (files, g_build_filename (place->path, entry, NULL));
  g_ptr_array_sort (files, compare_strings);
  return files;
}

/* In a folder a symbol's file mostly bears its name; where it does not, all are indexed. */
static gboolean
find_in_place (NudgeLibrary *self, const NudgeLibraryPlace *place, const char *name, Found *found)
{
  g_autoptr (GPtrArray) files = NULL;

  if (!place->is_folder)
    return find_in_file (self, place->path, name, found);
  if (strchr (name, '/') == NULL && *name != '.')
    {
      g_autofree char *path = g_strconcat (place->path, "/", name, ".kicad_sym", NULL);

      if (find_in_file (self, path, name, found))
        return TRUE;
    }
  files = nudge_library_place_files (place);
  nudge_index_update (self->index, (const char *const *) files->pdata, files->len);
  for (guint i = 0; i < files->len; i++)
    if (find_in_file (self, g_ptr_array_index (files, i), name, found))
      return TRUE;
  return FALSE;
}

/* The line of the file on which the symbol begins. */
static guint
line_of (const Found *found)
{
  g_autofree char *before = g_malloc (found->entry->offset + 1);
  guint line = 1;

  if (nudge_file_read (found->fd, found->file->path, before, found->entry->offset, 0, NULL))
    for (guint32 i = 0; i < found->entry->offset; i++)
      line += before[i] == '\n';
  return line;
}

static NudgeSexpr *
read_tree (NudgeLibrary *self, const Found *found)
{
  g_autofree char *data = g_malloc (found->entry->length + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) placed = NULL;
  const char *message = "the file changed while it was read";
  NudgeSexpr *tree = NULL;

  if (nudge_file_read (found->fd, found->file->path, data, found->entry->length, found->entry->offset, &error))
    tree = nudge_sexpr_parse (data, found->entry->length, 1, &error);
  if (tree != NULL && !nudge_sexpr_is (nudge_sexpr_root (tree), "symbol"))
    g_clear_pointer (&tree, nudge_sexpr_free);
  if (tree == NULL && g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_INPUT))
    nudge_sexpr_parse (data, found->entry->length, line_of (found), &placed);
  if (placed != NULL)
    message = placed->message;
  else if (error != NULL)
    message = error->message;
  if (tree == NULL)
    complain (self, NUDGE_CODE_LIBRARY_BROKEN, found->file->path, message);
  return tree;
}

static char *
place_key (const Lineage *lineage, const char *name)
{
  return g_strconcat (lineage->place->path, "\n", lineage->nickname, ":", name, NULL);
}

static gboolean
fail_lineage (Lineage *lineage, const char *why, const char *name)
{
  g_autofree char *message = g_strdup_printf ("\"%s\" %s \"%s\"", (const char *) g_ptr_array_index (lineage->names, 0), why, name);

  complain (lineage->library, NUDGE_CODE_EXTENDS_BROKEN, lineage->place->path, message);
  return FALSE;
}

/* Reads @name and what it extends, up to one that extends none or was read before. */
static gboolean
collect (Lineage *lineage, const char *name)
{
  NudgeLibrary *self = lineage->library;

  while (name != NULL)
    {
      g_autofree char *key = place_key (lineage, name);
      Found found;
      NudgeSexpr *tree;

      if ((lineage->base = g_hash_table_lookup (self->by_place, key)) != NULL)
        return TRUE;
      if (g_ptr_array_find_with_equal_func (lineage->names, name, g_str_equal, NULL))
        return fail_lineage (lineage, "extends itself through", name);
      if (lineage->names->len > NUDGE_MAX_EXTENDS_DEPTH)
        return fail_lineage (lineage, "extends too many symbols, up to", name);
      if (!find_in_place (self, lineage->place, name, &found))
        return lineage->names->len > 0 ? fail_lineage (lineage, "extends a symbol that is not in its library:", name) : FALSE;
      tree = read_tree (self, &found);
      close (found.fd);
      if (tree == NULL)
        return FALSE;
      g_ptr_array_add (lineage->names, g_strdup (name));
      g_ptr_array_add (lineage->trees, tree);
      name = nudge_symbol_read_extends (nudge_sexpr_root (tree));
    }
  return TRUE;
}

/* Builds the symbols of a lineage from the oldest on; returns the youngest. */
static const NudgeSymbol *
build (Lineage *lineage)
{
  NudgeLibrary *self = lineage->library;
  const NudgeSymbol *base = lineage->base;

  for (guint i = lineage->names->len; i-- > 0;)
    {
      const char *name = g_ptr_array_index (lineage->names, i);
      g_autofree char *id = g_strconcat (lineage->nickname, ":", name, NULL);
      g_autoptr (GError) error = NULL;
      NudgeSymbol *symbol = nudge_symbol_read (self->arena, id, nudge_sexpr_root (g_ptr_array_index (lineage->trees, i)), base, &error);

      if (symbol == NULL)
        {
          g_autofree char *message = g_strdup_printf ("in the symbol \"%s\", %s", name, error->message);

          complain (self, NUDGE_CODE_LIBRARY_BROKEN, lineage->place->path, message);
          return NULL;
        }
      self->n_parsed++;
      g_hash_table_insert (self->by_place, place_key (lineage, name), symbol);
      base = symbol;
    }
  return base;
}

static const NudgeSymbol *
read_from_place (NudgeLibrary *self, const NudgeLibraryPlace *place, const char *nickname, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) trees = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_sexpr_free);
  Lineage lineage = { .library = self, .nickname = nickname, .place = place, .names = names, .trees = trees };

  return collect (&lineage, name) ? build (&lineage) : NULL;
}

static const NudgeSymbol *
read_from_sources (NudgeLibrary *self, const char *id)
{
  const char *colon = strchr (id, ':');
  g_autofree char *nickname = NULL;
  NudgeLibraryPlace place;

  if (colon == NULL || colon == id || colon[1] == 0 || strlen (id) > NUDGE_MAX_NAME_BYTES)
    return NULL;
  nickname = g_strndup (id, colon - id);
  for (guint nth = 0; nudge_sources_find (self->sources, nickname, nth, &place); nth++)
    {
      const NudgeSymbol *symbol = read_from_place (self, &place, nickname, colon + 1);

      if (symbol != NULL)
        return symbol;
    }
  return NULL;
}

const NudgeSymbol *
nudge_library_lookup (NudgeLibrary *self, const char *id, GError **error)
{
  const NudgeSymbol *symbol;
  gpointer known;

  if (g_hash_table_lookup_extended (self->symbols, id, NULL, &known))
    symbol = known;
  else
    {
      symbol = read_from_sources (self, id);
      if (symbol == NULL && (symbol = nudge_builtin_read (self, id)) != NULL)
        self->n_parsed++;
      g_hash_table_insert (self->symbols, g_strdup (id), (gpointer) symbol);
      if (symbol == NULL && self->wants_libraries && nudge_sources_are_empty (self->sources))
        {
          nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_NO_LIBRARIES, "no symbol library was found; only the built-in symbols are known");
          self->wants_libraries = FALSE;
        }
    }
  if (symbol == NULL)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND, "no library has the symbol \"%s\"", id);
  return symbol;
}
