/* file-index.h: what symbols a .kicad_sym file holds and where, found without parsing them. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

/* One symbol; the texts are offsets into the strings of the index. */
typedef struct
{
  guint32 name;
  guint32 extends;     /* "" when it extends none */
  guint32 description;
  guint32 keywords;
  guint32 offset;      /* of its opening parenthesis in the file */
  guint32 length;
} NudgeIndexEntry;

/* The index of one file: a block of bytes, as it is made and as it is kept on disk. */
typedef struct
{
  char *path;
  guint64 size;
  gint64 mtime;        /* nanoseconds */
  GBytes *block;
  /* Into the block: */
  const NudgeIndexEntry *entries; /* sorted by name */
  guint n_entries;
  gboolean damaged;    /* the file is not well-formed to its end */
  const char *strings;
} NudgeFileIndex;

/* Opens a regular file of acceptable size without ever waiting for it, and says how large and how old it is.
 * Returns a descriptor, or -1 with NUDGE_ERROR_NOT_FOUND, _INPUT or _IO. */
int nudge_file_open (const char *path, guint64 *size, gint64 *mtime, GError **error);
/* Reads @length bytes from @offset, FALSE with NUDGE_ERROR_IO when there are fewer. */
gboolean nudge_file_read (int fd, const char *path, gpointer buffer, gsize length, guint64 offset, GError **error);

/* Makes the index from the contents of a file. */
NudgeFileIndex *nudge_file_index_scan (const char *path, guint64 size, gint64 mtime, const char *data, gsize length);
/* Takes up a block made before; NULL when its bytes cannot be one. */
NudgeFileIndex *nudge_file_index_load (const char *path, guint64 size, gint64 mtime, GBytes *block);
void nudge_file_index_free (NudgeFileIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeFileIndex, nudge_file_index_free)

const NudgeIndexEntry *nudge_file_index_find (const NudgeFileIndex *self, const char *name);

G_END_DECLS
