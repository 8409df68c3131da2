/* index.h: the indices of all symbol files that were looked at, kept on disk between runs. Not locked: its library is. */
#pragma once

#include "library/file-index.h"

G_BEGIN_DECLS

typedef struct _NudgeIndex NudgeIndex;

NudgeIndex *nudge_index_new (void);
/* Writes the cache when it has news, without ever failing its caller. */
void nudge_index_free (NudgeIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeIndex, nudge_index_free)

/* The folder of the cache, or NULL for none; before the first use. */
void nudge_index_set_folder (NudgeIndex *self, const char *folder);

/* The index of a file as it is now. @fd: (out) (optional): the file, open for reading, the caller closes it.
 * (transfer none): valid until the next call. */
const NudgeFileIndex *nudge_index_get (NudgeIndex *self, const char *path, int *fd, GError **error);
/* Brings the indices of many files up to date at once, on all processors. */
void nudge_index_update (NudgeIndex *self, const char *const *paths, guint n_paths);
gboolean nudge_index_save (NudgeIndex *self, GError **error);

/* TRUE once when the cache was found to be broken. */
gboolean nudge_index_take_rebuilt (NudgeIndex *self);
void nudge_index_get_counts (const NudgeIndex *self, guint *scanned, guint *from_cache);

G_END_DECLS
