/* index-cache.h: indices of symbol files in one file on disk, replaced as a whole. */
#pragma once

#include "library/file-index.h"

G_BEGIN_DECLS

typedef struct _NudgeIndexCache NudgeIndexCache;

/* Opens the cache in @folder; NULL when there is none. @broken is set when there is one that cannot be used. */
NudgeIndexCache *nudge_index_cache_open (const char *folder, gboolean *broken);
void nudge_index_cache_close (NudgeIndexCache *self);

/* (transfer full): the index of a file of that size and age, or NULL. */
NudgeFileIndex *nudge_index_cache_find (NudgeIndexCache *self, const char *path, guint64 size, gint64 mtime, gboolean *broken);

/* Writes @files (path -> NudgeFileIndex) and what @old (nullable) has beyond them to @folder, made when missing.
 * Readers see the old cache or the new one; of two writers the last one wins. */
gboolean nudge_index_cache_write (const char *folder, GHashTable *files, NudgeIndexCache *old, GError **error);

G_END_DECLS
