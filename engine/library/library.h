/* library.h: symbols, found and read on demand. Grows only; safe from any thread. */
#pragma once

#include "library/symbol.h"

G_BEGIN_DECLS

#define NUDGE_TYPE_LIBRARY (nudge_library_get_type ())
NUDGE_API G_DECLARE_FINAL_TYPE (NudgeLibrary, nudge_library, NUDGE, LIBRARY, GObject)

/* A library with the built-in symbols only. */
NUDGE_API NudgeLibrary *nudge_library_new (void);
/* Adds a folder of .kicad_sym files or of one-symbol-per-file folders (X.kicad_symdir); earlier folders win. */
NUDGE_API gboolean nudge_library_add_folder (NudgeLibrary *self, const char *folder, GError **error);
/* Adds what KiCad would see: the project's sym-lib-table (@project_dir nullable), KiCad's own, KICAD*_SYMBOL_DIR,
 * the system's folders. Missing places are no error. */
NUDGE_API void nudge_library_add_default_folders (NudgeLibrary *self, const char *project_dir);
/* Where the index is kept; NULL: no cache. Default: $XDG_CACHE_HOME/nudge, or none without HOME. */
NUDGE_API void nudge_library_set_cache_folder (NudgeLibrary *self, const char *folder);
/* Writes the index to its cache if there is news; also done when the library goes. */
NUDGE_API gboolean nudge_library_save_cache (NudgeLibrary *self, GError **error);

/* (transfer none): the symbol "Lib:Name", alive as long as the library; NULL with NUDGE_ERROR_NOT_FOUND. */
NUDGE_API const NudgeSymbol *nudge_library_get_symbol (NudgeLibrary *self, const char *id, GError **error);
/* (transfer none): the symbol of a part: the library's, or a placeholder made from the circuit's pins.
 * Splits stacked pins of which the circuit connects only some, or to different nets (a variant symbol). Never NULL. */
NUDGE_API const NudgeSymbol *nudge_library_get_part_symbol (NudgeLibrary *self, const NudgeCircuit *circuit, guint part, GPtrArray *diagnostics);
/* (transfer none): the symbol @id fitted to a part as above, whatever the circuit names; NULL when no library has it. */
NUDGE_API const NudgeSymbol *nudge_library_get_part_symbol_as (NudgeLibrary *self, const NudgeCircuit *circuit, guint part,
                                                               const char *id, GPtrArray *diagnostics);
/* (transfer full): ids of the symbols most like @id, best first, at most @max. */
NUDGE_API char **nudge_library_suggest (NudgeLibrary *self, const char *id, guint max);
/* Findings made while indexing and parsing so far are moved to @diagnostics. */
NUDGE_API void nudge_library_take_diagnostics (NudgeLibrary *self, GPtrArray *diagnostics);

/* What the index did: files parsed for content, symbols parsed; for tests and benchmarks. */
typedef struct
{
  guint files_indexed, files_from_cache, symbols_parsed;
} NudgeLibraryStats;
NUDGE_API void nudge_library_get_stats (NudgeLibrary *self, NudgeLibraryStats *stats);

G_END_DECLS
