/* search.h: finds symbols as somebody types: by name, by words, by something like it. */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

typedef struct _NudgeSearch NudgeSearch;

/**
 * NudgeSearchMatch:
 * @NUDGE_SEARCH_EXACT: the name is what was typed
 * @NUDGE_SEARCH_PREFIX: the name begins with it
 * @NUDGE_SEARCH_NAME_WORDS: every word begins a part of the name
 * @NUDGE_SEARCH_INSIDE: the name has it inside
 * @NUDGE_SEARCH_WORDS: every word begins a word of name, keywords or description
 * @NUDGE_SEARCH_TEXT: every word is somewhere in name, keywords or description
 * @NUDGE_SEARCH_FUZZY: the name is something like it, or the texts are but for a typing error
 *
 * Why a symbol was found, best first.
 */
typedef enum
{
  NUDGE_SEARCH_EXACT,
  NUDGE_SEARCH_PREFIX,
  NUDGE_SEARCH_NAME_WORDS,
  NUDGE_SEARCH_INSIDE,
  NUDGE_SEARCH_WORDS,
  NUDGE_SEARCH_TEXT,
  NUDGE_SEARCH_FUZZY,
} NudgeSearchMatch;

/* The texts belong to the search. */
typedef struct
{
  const char *id;              /* "Device:R" */
  const char *library;         /* "Device" */
  const char *name;            /* "R" */
  const char *description;
  const char *keywords;
  NudgeSearchMatch match;
} NudgeSearchHit;

#define NUDGE_TYPE_SEARCH (nudge_search_get_type ())
NUDGE_API GType nudge_search_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeSearch *nudge_search_new (NudgeLibrary *library);
NUDGE_API NudgeSearch *nudge_search_ref (NudgeSearch *self);
NUDGE_API void nudge_search_unref (NudgeSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSearch, nudge_search_unref)

NUDGE_API guint nudge_search_get_n_symbols (const NudgeSearch *self);
NUDGE_API const char *const *nudge_search_get_libraries (const NudgeSearch *self);
NUDGE_API NudgeSearchHit *nudge_search_find (const NudgeSearch *self, const char *query, const char *library, guint max,
                                             guint *n_hits, guint *n_found);
NUDGE_API const char *nudge_search_match_name (NudgeSearchMatch match);

G_END_DECLS
