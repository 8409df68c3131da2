#include "library/library.h"

#include "base/limits.h"
#include "library/library-private.h"
#include "library/symbol-reader.h"

#include <string.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (NudgeLibrary, nudge_library, G_TYPE_OBJECT)

static char *
default_cache_folder (void)
{
  const char *cache = g_getenv ("XDG_CACHE_HOME"), *home = g_getenv ("HOME");

  if (cache != NULL && g_path_is_absolute (cache))
    return g_build_filename (cache, "nudge", NULL);
  if (home != NULL && g_path_is_absolute (home))
    return g_build_filename (home, ".cache", "nudge", NULL);
  return NULL;
}

static void
nudge_library_init (NudgeLibrary *self)
{
  g_autofree char *folder = default_cache_folder ();

  g_mutex_init (&self->lock);
  self->arena = nudge_arena_new ();
  self->sources = nudge_sources_new ();
  self->index = nudge_index_new ();
  nudge_index_set_folder (self->index, folder);
  self->symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->variants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->variant_counts = g_hash_table_new (g_str_hash, g_str_equal);
  self->diagnostics = nudge_diagnostics_new ();
  self->reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->likes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
nudge_library_finalize (GObject *object)
{
  NudgeLibrary *self = NUDGE_LIBRARY (object);

  nudge_index_free (self->index);
  nudge_file_index_free (self->builtin);
  nudge_sources_free (self->sources);
  g_hash_table_unref (self->symbols);
  g_hash_table_unref (self->by_place);
  g_hash_table_unref (self->variants);
  g_hash_table_unref (self->variant_counts);
  g_hash_table_unref (self->reported);
  g_hash_table_unref (self->likes);
  g_ptr_array_unref (self->diagnostics);
  nudge_arena_free (self->arena);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (nudge_library_parent_class)->finalize (object);
}

static void
nudge_library_class_init (NudgeLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_library_finalize;
}

/**
 * nudge_library_new:
 *
 * Returns: (transfer full): a library with the built-in symbols only
 */
NudgeLibrary *
nudge_library_new (void)
{
  return g_object_new (NUDGE_TYPE_LIBRARY, NULL);
}

/**
 * nudge_library_add_folder:
 * @self: a library
 * @folder: (type filename): a folder of .kicad_sym files or of one-symbol-per-file folders
 * @error: return location for an error
 *
 * Adds a folder of symbol libraries; earlier folders win.
 *
 * Returns: %TRUE, or %FALSE with %NUDGE_ERROR_NOT_FOUND when there is no such folder
 */
gboolean
nudge_library_add_folder (NudgeLibrary *self, const char *folder, GError **error)
{
  g_return_val_if_fail (NUDGE_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND, "%s is not a folder", folder);
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  nudge_sources_add_folder (self->sources, folder);
  g_hash_table_remove_all (self->likes);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * nudge_library_add_default_folders:
 * @self: a library
 * @project_dir: (nullable) (type filename): folder of the project, for its sym-lib-table
 *
 * Adds what KiCad would see: the project's sym-lib-table, KiCad's own, KICAD*_SYMBOL_DIR, the system's folders.
 * Missing places are no error.
 */
void
nudge_library_add_default_folders (NudgeLibrary *self, const char *project_dir)
{
  g_return_if_fail (NUDGE_IS_LIBRARY (self));
  g_mutex_lock (&self->lock);
  nudge_sources_add_defaults (self->sources, project_dir);
  g_hash_table_remove_all (self->likes);
  self->wants_libraries = TRUE;
  g_mutex_unlock (&self->lock);
}

/**
 * nudge_library_set_cache_folder:
 * @self: a library
 * @folder: (nullable) (type filename): where the index is kept; %NULL: nowhere
 *
 * Without this call the index is kept in the user's cache folder, or nowhere when there is no home.
 */
void
nudge_library_set_cache_folder (NudgeLibrary *self, const char *folder)
{
  g_return_if_fail (NUDGE_IS_LIBRARY (self));
  g_mutex_lock (&self->lock);
  nudge_index_set_folder (self->index, folder);
  g_mutex_unlock (&self->lock);
}

gboolean
nudge_library_save_cache (NudgeLibrary *self, GError **error)
{
  gboolean ok;

  g_return_val_if_fail (NUDGE_IS_LIBRARY (self), FALSE);
  g_mutex_lock (&self->lock);
  ok = nudge_index_save (self->index, error);
  g_mutex_unlock (&self->lock);
  return ok;
}

/**
 * nudge_library_get_symbol:
 * @self: a library
 * @id: library and name, such as "Device:R"
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the symbol, alive as long as the library; %NULL with %NUDGE_ERROR_NOT_FOUND
 */
const NudgeSymbol *
nudge_library_get_symbol (NudgeLibrary *self, const char *id, GError **error)
{
  const NudgeSymbol *symbol;

  g_return_val_if_fail (NUDGE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_mutex_lock (&self->lock);
  symbol = nudge_library_lookup (self, id, error);
  g_mutex_unlock (&self->lock);
  return symbol;
}

/* Says once that there is nothing to look in. */
static void
report_no_libraries (NudgeLibrary *self)
{
  g_autoptr (GArray) places = NULL;

  if (g_hash_table_contains (self->reported, ""))
    return;
  places = nudge_sources_list (self->sources);
  if (places->len > 0)
    return;
  nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_NO_LIBRARIES, "no symbol library was found: only built-in symbols are known");
  g_hash_table_add (self->reported, g_strdup (""));
}

/* Looking through every name takes milliseconds, and many parts may want the same symbol. */
static const char *
find_likes (NudgeLibrary *self, const char *id)
{
  const char *names = g_hash_table_lookup (self->likes, id);
  g_auto (GStrv) like = names == NULL ? nudge_library_suggest_locked (self, id, 3) : NULL;
  char *joined;

  if (names != NULL)
    return names;
  joined = g_strjoinv (", ", like);
  g_hash_table_insert (self->likes, g_strdup (id), joined);
  return joined;
}

/* What to say of a part whose symbol is not there. */
static void
report_missing (NudgeLibrary *self, const NudgePart *part, GPtrArray *diagnostics)
{
  NudgeDiagnostic *diagnostic;
  const char *names;

  if (*part->symbol == 0)
    return; /* the reader of the circuit has said so */
  report_no_libraries (self);
  if (diagnostics == NULL)
    return;
  names = find_likes (self, part->symbol);
  if (*names != 0)
    diagnostic = nudge_diagnostics_add (diagnostics, NUDGE_CODE_SYMBOL_NOT_FOUND, "no library has the symbol \"%s\" of %s; did you mean %s?",
                                        part->symbol, part->reference, names);
  else
    diagnostic = nudge_diagnostics_add (diagnostics, NUDGE_CODE_SYMBOL_NOT_FOUND, "no library has the symbol \"%s\" of %s",
                                        part->symbol, part->reference);
  nudge_diagnostic_set_subject (diagnostic, part->reference);
  nudge_diagnostic_set_place (diagnostic, part->line, part->column);
}

/**
 * nudge_library_get_part_symbol:
 * @self: a library
 * @circuit: the circuit that the part belongs to
 * @part: index of the part
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): where findings go
 *
 * Looks up what a part looks like: the library's symbol, fitted to the pins that the circuit connects,
 * or a placeholder made from the circuit's pins when no library has it.
 *
 * Returns: (transfer none): the symbol, alive as long as the library
 */
const NudgeSymbol *
nudge_library_get_part_symbol (NudgeLibrary *self, const NudgeCircuit *circuit, guint part, GPtrArray *diagnostics)
{
  const NudgeSymbol *symbol;

  g_return_val_if_fail (NUDGE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (circuit != NULL && part < circuit->n_parts, NULL);
  g_mutex_lock (&self->lock);
  symbol = nudge_library_lookup (self, circuit->parts[part].symbol, NULL);
  if (symbol != NULL)
    symbol = nudge_library_fit (self, symbol, circuit, part, diagnostics);
  else
    {
      report_missing (self, &circuit->parts[part], diagnostics);
      symbol = nudge_library_placeholder (self, circuit, part);
    }
  g_mutex_unlock (&self->lock);
  return symbol;
}

/**
 * nudge_library_get_part_symbol_as:
 * @self: a library
 * @circuit: the circuit
 * @part: a part of it
 * @id: the symbol that is to be drawn, whatever the circuit names
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 *
 * Returns: (nullable) (transfer none): that symbol, fitted to the part as nudge_library_get_part_symbol() does, or %NULL
 *   when no library has it
 */
const NudgeSymbol *
nudge_library_get_part_symbol_as (NudgeLibrary *self, const NudgeCircuit *circuit, guint part, const char *id, GPtrArray *diagnostics)
{
  const NudgeSymbol *symbol;

  g_return_val_if_fail (NUDGE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (circuit != NULL && part < circuit->n_parts && id != NULL, NULL);
  g_mutex_lock (&self->lock);
  symbol = nudge_library_lookup (self, id, NULL);
  if (symbol != NULL)
    symbol = nudge_library_fit (self, symbol, circuit, part, diagnostics);
  g_mutex_unlock (&self->lock);
  return symbol;
}

/**
 * nudge_library_suggest:
 * @self: a library
 * @id: a symbol that is not there, such as "Device:Resistor"
 * @max: how many
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of the symbols most like @id, best first
 */
char **
nudge_library_suggest (NudgeLibrary *self, const char *id, guint max)
{
  char **ids;

  g_return_val_if_fail (NUDGE_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_mutex_lock (&self->lock);
  ids = nudge_library_suggest_locked (self, id, max);
  g_mutex_unlock (&self->lock);
  return ids;
}

/**
 * nudge_library_take_diagnostics:
 * @self: a library
 * @diagnostics: (element-type NudgeDiagnostic): where to
 *
 * Moves the findings made while indexing and parsing so far.
 */
void
nudge_library_take_diagnostics (NudgeLibrary *self, GPtrArray *diagnostics)
{
  g_return_if_fail (NUDGE_IS_LIBRARY (self));
  g_mutex_lock (&self->lock);
  if (nudge_index_take_rebuilt (self->index))
    nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_CACHE_REBUILT, "the symbol index was unreadable and has been rebuilt");
  for (guint i = 0; diagnostics != NULL && i < self->diagnostics->len; i++)
    g_ptr_array_add (diagnostics, nudge_diagnostic_copy (g_ptr_array_index (self->diagnostics, i)));
  g_ptr_array_set_size (self->diagnostics, 0);
  g_mutex_unlock (&self->lock);
}

void
nudge_library_get_stats (NudgeLibrary *self, NudgeLibraryStats *stats)
{
  g_return_if_fail (NUDGE_IS_LIBRARY (self));
  g_return_if_fail (stats != NULL);
  g_mutex_lock (&self->lock);
  nudge_index_get_counts (self->index, &stats->files_indexed, &stats->files_from_cache);
  stats->symbols_parsed = self->n_parsed;
  g_mutex_unlock (&self->lock);
}

NudgeSymbol *
nudge_library_find_variant (NudgeLibrary *self, const char *key)
{
  return g_hash_table_lookup (self->variants, key);
}

void
nudge_library_keep_variant (NudgeLibrary *self, const char *key, NudgeSymbol *symbol, gboolean numbered)
{
  if (numbered)
    {
      /* Counted per name, not per id: within a schematic a variant goes by its name alone. */
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->variant_counts, symbol->name)) + 1;
      g_autofree char *variant = g_strdup_printf ("%s_%u", symbol->name, n);

      g_hash_table_insert (self->variant_counts, (gpointer) symbol->name, GUINT_TO_POINTER (n));
      symbol->variant = nudge_arena_intern (self->arena, variant);
    }
  g_hash_table_insert (self->variants, g_strdup (key), symbol);
}
