/* arena.h: memory that is given out piece by piece and given back all at once. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

typedef struct _NudgeArena NudgeArena;

NudgeArena *nudge_arena_new (void);
void nudge_arena_free (NudgeArena *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeArena, nudge_arena_free)

/* Zeroed memory for @n things of @size bytes, as long as the arena lives; NULL for none. */
gpointer nudge_arena_alloc (NudgeArena *self, gsize n, gsize size);
/* A copy of @n things of @size bytes; NULL for none. */
gpointer nudge_arena_copy (NudgeArena *self, gconstpointer data, gsize n, gsize size);
/* A string that is kept once, however often it is asked for. */
const char *nudge_arena_intern (NudgeArena *self, const char *text);

#define nudge_arena_new_array(arena, Type, n) ((Type *) nudge_arena_alloc ((arena), (n), sizeof (Type)))

G_END_DECLS
