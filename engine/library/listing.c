/* listing.c: walks through every symbol of every library, by the index alone. */
#include "library/library-private.h"

#include <string.h>

#define MAX_ANCESTORS 8

/* A symbol that says nothing of itself is what the one that it extends is. */
static NudgeListedSymbol
describe (const NudgeFileIndex *file, const NudgeIndexEntry *entry, const char *library)
{
  NudgeListedSymbol symbol = { library, file->strings + entry->name, "", "" };

  for (guint i = 0; i < MAX_ANCESTORS && entry != NULL; i++)
    {
      const char *base = file->strings + entry->extends;

      if (*symbol.description == '\0')
        symbol.description = file->strings + entry->description;
      if (*symbol.keywords == '\0')
        symbol.keywords = file->strings + entry->keywords;
      entry = *base != '\0' ? nudge_file_index_find (file, base) : NULL;
    }
  return symbol;
}

static void
list_file (NudgeLibrary *self, const char *library, const char *path, NudgeListFunc func, gpointer data)
{
  const NudgeFileIndex *file = nudge_index_get (self->index, path, NULL, NULL);

  for (guint i = 0; file != NULL && i < file->n_entries; i++)
    {
      NudgeListedSymbol symbol = describe (file, &file->entries[i], library);

      func (&symbol, data);
    }
}

static void
list_builtin (NudgeLibrary *self, NudgeListFunc func, gpointer data)
{
  g_auto (GStrv) ids = nudge_builtin_list (self);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const NudgeIndexEntry *entry = nudge_file_index_find (self->builtin, ids[i]);
      NudgeListedSymbol symbol = { ids[i], NULL, "", "" };
      char *colon = strchr (ids[i], ':');

      if (entry != NULL)
        symbol = describe (self->builtin, entry, ids[i]);
      *colon = '\0';
      symbol.name = colon + 1;
      func (&symbol, data);
    }
}

void
nudge_library_list_symbols (NudgeLibrary *self, NudgeListFunc func, gpointer data)
{
  g_autoptr (GArray) places = nudge_sources_list (self->sources);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < places->len; i++)
    {
      const NudgeLibraryPlace *place = &g_array_index (places, NudgeLibraryPlace, i);
      g_autoptr (GPtrArray) files = nudge_library_place_files (place);

      for (guint j = 0; j < files->len; j++)
        {
          g_ptr_array_add (paths, g_strdup (g_ptr_array_index (files, j)));
          g_ptr_array_add (names, (gpointer) place->name);
        }
    }
  nudge_index_update (self->index, (const char *const *) paths->pdata, paths->len);
  for (guint i = 0; i < paths->len; i++)
    list_file (self, g_ptr_array_index (names, i), g_ptr_array_index (paths, i), func, data);
  list_builtin (self, func, data);
  /* The whole index cost something: it is kept at once. */
  nudge_index_save (self->index, NULL);
}
