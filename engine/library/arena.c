#include "library/arena.h"

#include <string.h>

#define BLOCK_BYTES (64 * 1024)

struct _NudgeArena
{
  GPtrArray *blocks;
  char *next;
  gsize left;
  GStringChunk *strings;
};

NudgeArena *
nudge_arena_new (void)
{
  NudgeArena *self = g_new0 (NudgeArena, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->strings = g_string_chunk_new (4096);
  return self;
}

void
nudge_arena_free (NudgeArena *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->strings);
  g_free (self);
}

gpointer
nudge_arena_alloc (NudgeArena *self, gsize n, gsize size)
{
  gsize bytes;
  gpointer memory;

  if (n == 0)
    return NULL;
  g_assert (size > 0 && n < G_MAXSIZE / 2 / size);
  bytes = (n * size + 15) & ~(gsize) 15;
  if (bytes > self->left)
    {
      gsize block = MAX (bytes, BLOCK_BYTES);

      self->next = g_malloc0 (block);
      self->left = block;
      g_ptr_array_add (self->blocks, self->next);
    }
  memory = self->next;
  self->next += bytes;
  self->left -= bytes;
  return memory;
}

gpointer
nudge_arena_copy (NudgeArena *self, gconstpointer data, gsize n, gsize size)
{
  gpointer copy = nudge_arena_alloc (self, n, size);

  if (copy != NULL)
    memcpy (copy, data, n * size);
  return copy;
}

const char *
nudge_arena_intern (NudgeArena *self, const char *text)
{
  return *text != 0 ? g_string_chunk_insert_const (self->strings, text) : "";
}
