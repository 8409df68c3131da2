#include "library/index-cache.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file: a head, the directory sorted by path, the paths, then one block per symbol file. Numbers are native: the
 * cache does not travel. Blocks are read when they are asked for, so that opening costs the directory alone. */
#define CACHE_NAME "symbols.index"
#define CACHE_MAGIC "NudgeIx"
#define CACHE_VERSION 1u
#define BYTE_ORDER_MARK 0x01020304u
#define MAX_CACHE_BYTES (256 * 1024 * 1024)

typedef struct
{
  char magic[8];
  guint32 version;
  guint32 byte_order;
  guint32 n_files;
  guint32 n_path_bytes;
  guint64 checksum;    /* of the directory and the paths */
} Head;

typedef struct
{
  guint64 size;
  gint64 mtime;
  guint64 block_offset;
  guint64 block_length;
  guint64 block_checksum;
  guint64 path;        /* offset into the paths */
} Record;

struct _NudgeIndexCache
{
  int fd;
  guint64 size;
  guint n_files;
  Record *records;
  const char *paths;
  gpointer directory;  /* records and paths */
};

/* FNV-1a over words: a torn or flipped cache is to be noticed, an attacker who can write it needs no such trick. */
static guint64
checksum (const void *data, gsize length)
{
  const guchar *p = data;
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; length >= 8; p += 8, length -= 8)
    {
      guint64 word;

      memcpy (&word, p, 8);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x100000001b3);
      hash ^= hash >> 29;
    }
  for (; length > 0; p++, length--)
    hash = (hash ^ *p) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static gboolean
read_directory (NudgeIndexCache *self, const char *path)
{
  Head head;
  gsize records_length, length;

  if (self->size < sizeof head || !nudge_file_read (self->fd, path, &head, sizeof head, 0, NULL))
    return FALSE;
  if (memcmp (head.magic, CACHE_MAGIC, sizeof head.magic) != 0 || head.version != CACHE_VERSION || head.byte_order != BYTE_ORDER_MARK
      || head.n_files > NUDGE_MAX_LIBRARY_FILES || head.n_path_bytes == 0)
    return FALSE;
  records_length = head.n_files * sizeof (Record);
  length = records_length + head.n_path_bytes;
  if (length > self->size - sizeof head)
    return FALSE;
  self->directory = g_malloc (length);
  if (!nudge_file_read (self->fd, path, self->directory, length, sizeof head, NULL) || checksum (self->directory, length) != head.checksum)
    return FALSE;
  self->records = self->directory;
  self->paths = (const char *) self->directory + records_length;
  self->n_files = head.n_files;
  for (guint i = 0; i < self->n_files; i++)
    if (self->records[i].path >= head.n_path_bytes || self->records[i].block_offset > self->size
        || self->records[i].block_length > self->size - self->records[i].block_offset)
      return FALSE;
  return self->paths[head.n_path_bytes - 1] == 0;
}

NudgeIndexCache *
nudge_index_cache_open (const char *folder, gboolean *broken)
{
  g_autofree char *path = g_build_filename (folder, CACHE_NAME, NULL);
  g_autoptr (GError) error = NULL;
  NudgeIndexCache *self;
  gint64 mtime;
  guint64 size;
  int fd = nudge_file_open (path, &size, &mtime, &error);

  if (fd < 0)
    {
      *broken |= !g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
      return NULL;
    }
  self = g_new0 (NudgeIndexCache, 1);
  self->fd = fd;
  self->size = size;
  if (size > MAX_CACHE_BYTES || !read_directory (self, path))
    {
      *broken = TRUE;
      g_clear_pointer (&self, nudge_index_cache_close);
    }
  return self;
}

void
nudge_index_cache_close (NudgeIndexCache *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self->directory);
  g_free (self);
}

static const Record *
find_record (const NudgeIndexCache *self, const char *path)
{
  guint low = 0, high = self->n_files;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint order = strcmp (self->paths + self->records[middle].path, path);

      if (order == 0)
        return &self->records[middle];
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static GBytes *
read_block (NudgeIndexCache *self, const Record *record, gboolean *broken)
{
  g_autofree char *data = g_malloc (record->block_length + 1);

  if (!nudge_file_read (self->fd, CACHE_NAME, data, record->block_length, record->block_offset, NULL)
      || checksum (data, record->block_length) != record->block_checksum)
    {
      *broken = TRUE;
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), record->block_length);
}

NudgeFileIndex *
nudge_index_cache_find (NudgeIndexCache *self, const char *path, guint64 size, gint64 mtime, gboolean *broken)
{
  const Record *record = find_record (self, path);
  g_autoptr (GBytes) block = NULL;
  NudgeFileIndex *file;

  if (record == NULL || record->size != size || record->mtime != mtime)
    return NULL;
  block = read_block (self, record, broken);
  if (block == NULL)
    return NULL;
  file = nudge_file_index_load (path, size, mtime, block);
  *broken |= file == NULL;
  return file;
}

/* Writing. */

typedef struct
{
  GArray *records;
  GString *paths;
  GPtrArray *blocks; /* GBytes */
  guint64 offset;
} Writer;

static void
add_file (Writer *w, const char *path, guint64 size, gint64 mtime, GBytes *block)
{
  gsize length;
  const void *data = g_bytes_get_data (block, &length);
  Record record = { size, mtime, w->offset, length, checksum (data, length), w->paths->len };

  g_array_append_val (w->records, record);
  g_string_append_len (w->paths, path, (gssize) strlen (path) + 1);
  g_ptr_array_add (w->blocks, g_bytes_ref (block));
  w->offset += length;
}

/* An entry of the old cache is worth keeping while its file stands. */
static void
add_old (Writer *w, NudgeIndexCache *old, const char *path)
{
  const Record *record = find_record (old, path);
  g_autoptr (GBytes) block = NULL;
  gboolean broken = FALSE;
  struct stat st;

  if (stat (path, &st) != 0)
    return;
  block = read_block (old, record, &broken);
  if (block != NULL)
    add_file (w, path, record->size, record->mtime, block);
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
collect (Writer *w, GHashTable *files, NudgeIndexCache *old)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, path);
  for (guint i = 0; old != NULL && i < old->n_files; i++)
    if (!g_hash_table_contains (files, old->paths + old->records[i].path))
      g_ptr_array_add (paths, (gpointer) (old->paths + old->records[i].path));
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < MIN (paths->len, NUDGE_MAX_LIBRARY_FILES); i++)
    {
      const NudgeFileIndex *file = g_hash_table_lookup (files, g_ptr_array_index (paths, i));

      if (file != NULL)
        add_file (w, file->path, file->size, file->mtime, file->block);
      else
        add_old (w, old, g_ptr_array_index (paths, i));
    }
}

static GByteArray *
build (Writer *w)
{
  GByteArray *bytes;
  Head head = { CACHE_MAGIC, CACHE_VERSION, BYTE_ORDER_MARK, w->records->len, (guint32) w->paths->len, 0 };
  gsize records_length = w->records->len * sizeof (Record);
  guint64 first = sizeof head + records_length + w->paths->len;

  for (guint i = 0; i < w->records->len; i++)
    g_array_index (w->records, Record, i).block_offset += first;
  bytes = g_byte_array_sized_new ((guint) (first + w->offset));
  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) w->records->data, (guint) records_length);
  g_byte_array_append (bytes, (const guint8 *) w->paths->str, (guint) w->paths->len);
  head.checksum = checksum (bytes->data + sizeof head, bytes->len - sizeof head);
  memcpy (bytes->data, &head, sizeof head);
  for (guint i = 0; i < w->blocks->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (w->blocks, i), &length);

      g_byte_array_append (bytes, data, (guint) length);
    }
  return bytes;
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
replace_file (const char *folder, const GByteArray *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, CACHE_NAME, NULL);
  g_autofree char *temporary = g_build_filename (folder, "." CACHE_NAME "-XXXXXX", NULL);
  gboolean ok = FALSE;
  int code, fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0 && (fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600)) >= 0)
    ok = write_all (fd, bytes->data, bytes->len);
  code = errno;
  if (fd >= 0 && close (fd) != 0 && ok)
    {
      code = errno;
      ok = FALSE;
    }
  if (ok && g_rename (temporary, path) != 0)
    {
      code = errno;
      ok = FALSE;
    }
  if (!ok)
    {
      if (fd >= 0)
        g_unlink (temporary);
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: %s", path, g_strerror (code));
    }
  return ok;
}

gboolean
nudge_index_cache_write (const char *folder, GHashTable *files, NudgeIndexCache *old, GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (Record));
  g_autoptr (GString) paths = g_string_new (NULL);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GByteArray) bytes = NULL;
  Writer writer = { .records = records, .paths = paths, .blocks = blocks };

  collect (&writer, files, old);
  if (paths->len == 0)
    return TRUE;
  bytes = build (&writer);
  if (bytes->len > MAX_CACHE_BYTES)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "the index is too large to be kept");
      return FALSE;
    }
  return replace_file (folder, bytes, error);
}
