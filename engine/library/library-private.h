/* library-private.h: what the files that make up a library share. All of it is called with the library's lock held. */
#pragma once

#include "library/arena.h"
#include "library/index.h"
#include "library/library.h"
#include "library/sources.h"
#include "text/sexpr.h"

G_BEGIN_DECLS

struct _NudgeLibrary
{
  GObject parent_instance;

  GMutex lock;
  NudgeArena *arena;       /* all symbols */
  NudgeSources *sources;
  NudgeIndex *index;
  NudgeFileIndex *builtin; /* of the drawn built-in symbols; NULL until they are needed */
  GHashTable *symbols;     /* id -> NudgeSymbol, or NULL when there is none */
  GHashTable *by_place;    /* "path\nname" -> NudgeSymbol */
  GHashTable *variants;    /* what differs -> NudgeSymbol */
  GHashTable *variant_counts; /* name -> variants of that name so far */
  GPtrArray *diagnostics;
  GHashTable *reported;    /* files that were complained about */
  GHashTable *likes;       /* symbols that are not there, and the names most like them */
  guint n_parsed;
  gboolean wants_libraries; /* somebody asked for the libraries of the system */
};

/* Reads the symbol that a schematic carries along; @id: what its library calls it, @variant: what the schematic calls it when
 * that differs, or NULL. @node NULL: a symbol without pins and graphics. In @body_style 2 that form takes the place of the first. */
const NudgeSymbol *nudge_library_embed (NudgeLibrary *self, const NudgeSexprNode *node, const char *id, const char *variant,
                                        guint body_style, GError **error);
/* The symbol of that id, or NULL with NUDGE_ERROR_NOT_FOUND. */
const NudgeSymbol *nudge_library_lookup (NudgeLibrary *self, const char *id, GError **error);
/* The variant that @key stands for, if it was made before. */
NudgeSymbol *nudge_library_find_variant (NudgeLibrary *self, const char *key);
/* Keeps @symbol under @key and, when @numbered, names it as the next variant of its name. */
void nudge_library_keep_variant (NudgeLibrary *self, const char *key, NudgeSymbol *symbol, gboolean numbered);
char **nudge_library_suggest_locked (NudgeLibrary *self, const char *id, guint max);
/* (transfer full) (element-type filename): the files of a library, sorted. */
GPtrArray *nudge_library_place_files (const NudgeLibraryPlace *place);

/* What the index knows of a symbol. */
typedef struct
{
  const char *library;
  const char *name;
  const char *description;
  const char *keywords;
} NudgeListedSymbol;

typedef void (*NudgeListFunc) (const NudgeListedSymbol *symbol, gpointer data);
/* Calls @func for every symbol of every library, in the order of the libraries; the built-in ones come last and may have
 * come before. The texts last for the call. */
void nudge_library_list_symbols (NudgeLibrary *self, NudgeListFunc func, gpointer data);

/* The built-in symbol of that id, or NULL. */
NudgeSymbol *nudge_builtin_read (NudgeLibrary *self, const char *id);
/* (transfer full): the ids of the built-in symbols. */
char **nudge_builtin_list (NudgeLibrary *self);

/* Symbols for parts that no library serves as they are. */
/* Whether something hangs at the net beside one pin. */
static inline gboolean
nudge_net_joins (const NudgeNet *net)
{
  return net->n_nodes > 1 || net->is_power;
}

/* The kind that a pin of the circuit has in a symbol: KiCad's word, and never no_connect where the circuit connects it. */
const char *nudge_part_pin_type (const NudgeCircuit *circuit, guint part, const NudgeCircuitPin *pin);
const NudgeSymbol *nudge_library_fit (NudgeLibrary *self, const NudgeSymbol *symbol, const NudgeCircuit *circuit, guint part, GPtrArray *diagnostics);
const NudgeSymbol *nudge_library_placeholder (NudgeLibrary *self, const NudgeCircuit *circuit, guint part);

G_END_DECLS
