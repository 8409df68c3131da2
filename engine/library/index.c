#include "library/index.h"

#include "base/limits.h"
#include "library/index-cache.h"

#include <string.h>
#include <unistd.h>

struct _NudgeIndex
{
  GHashTable *files;       /* path -> NudgeFileIndex */
  char *folder;            /* of the cache */
  NudgeIndexCache *cache;  /* what earlier runs left */
  gboolean cache_opened;
  gboolean rebuilt;
  gboolean has_news;
  guint n_scanned, n_from_cache;
};

NudgeIndex *
nudge_index_new (void)
{
  NudgeIndex *self = g_new0 (NudgeIndex, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) nudge_file_index_free);
  return self;
}

void
nudge_index_free (NudgeIndex *self)
{
  if (self == NULL)
    return;
  /* A cache that cannot be written costs the next run some time, nothing else. */
  nudge_index_save (self, NULL);
  g_clear_pointer (&self->cache, nudge_index_cache_close);
  g_hash_table_unref (self->files);
  g_free (self->folder);
  g_free (self);
}

void
nudge_index_set_folder (NudgeIndex *self, const char *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
  g_clear_pointer (&self->cache, nudge_index_cache_close);
  self->cache_opened = FALSE;
}

static NudgeIndexCache *
get_cache (NudgeIndex *self)
{
  if (!self->cache_opened && self->folder != NULL)
    self->cache = nudge_index_cache_open (self->folder, &self->rebuilt);
  self->cache_opened = TRUE;
  return self->cache;
}

/* What is known of a file of that size and age, from memory or from the cache. */
static const NudgeFileIndex *
find_known (NudgeIndex *self, const char *path, guint64 size, gint64 mtime)
{
  NudgeFileIndex *file = g_hash_table_lookup (self->files, path);

  if (file != NULL && file->size == size && file->mtime == mtime)
    return file;
  if (get_cache (self) == NULL)
    return NULL;
  file = nudge_index_cache_find (self->cache, path, size, mtime, &self->rebuilt);
  if (file == NULL)
    return NULL;
  self->n_from_cache++;
  g_hash_table_replace (self->files, file->path, file);
  return file;
}

static NudgeFileIndex *
scan_open_file (const char *path, int fd, guint64 size, gint64 mtime, GError **error)
{
  g_autofree char *data = g_malloc (size + 1);

  if (!nudge_file_read (fd, path, data, size, 0, error))
    return NULL;
  return nudge_file_index_scan (path, size, mtime, data, size);
}

static void
take (NudgeIndex *self, NudgeFileIndex *file)
{
  self->n_scanned++;
  self->has_news = TRUE;
  g_hash_table_replace (self->files, file->path, file);
}

const NudgeFileIndex *
nudge_index_get (NudgeIndex *self, const char *path, int *fd, GError **error)
{
  const NudgeFileIndex *known;
  guint64 size;
  gint64 mtime;
  int file = nudge_file_open (path, &size, &mtime, error);

  if (file < 0)
    return NULL;
  known = find_known (self, path, size, mtime);
  if (known == NULL)
    {
      NudgeFileIndex *scanned = scan_open_file (path, file, size, mtime, error);

      if (scanned != NULL)
        take (self, scanned);
      known = scanned;
    }
  if (fd != NULL && known != NULL)
    *fd = file;
  else
    close (file);
  return known;
}

/* One file of an update. */
typedef struct
{
  const char *path;
  NudgeFileIndex *result;
} Job;

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  guint64 size;
  gint64 mtime;
  int fd = nudge_file_open (job->path, &size, &mtime, NULL);

  if (fd < 0)
    return;
  job->result = scan_open_file (job->path, fd, size, mtime, NULL);
  close (fd);
}

static gboolean
is_current (NudgeIndex *self, const char *path)
{
  guint64 size;
  gint64 mtime;
  int fd = nudge_file_open (path, &size, &mtime, NULL);

  if (fd < 0)
    return TRUE; /* there is nothing to scan */
  close (fd);
  return find_known (self, path, size, mtime) != NULL;
}

void
nudge_index_update (NudgeIndex *self, const char *const *paths, guint n_paths)
{
  g_autofree Job *jobs = g_new0 (Job, n_paths);
  GThreadPool *pool;
  guint n_jobs = 0;

  for (guint i = 0; i < MIN (n_paths, NUDGE_MAX_LIBRARY_FILES); i++)
    if (!is_current (self, paths[i]))
      jobs[n_jobs++].path = paths[i];
  if (n_jobs == 0)
    return;
  pool = g_thread_pool_new (run_job, NULL, (gint) g_get_num_processors (), FALSE, NULL);
  for (guint i = 0; i < n_jobs; i++)
    g_thread_pool_push (pool, &jobs[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (guint i = 0; i < n_jobs; i++)
    if (jobs[i].result != NULL)
      take (self, jobs[i].result);
}

gboolean
nudge_index_save (NudgeIndex *self, GError **error)
{
  if (!self->has_news || self->folder == NULL)
    return TRUE;
  self->has_news = FALSE;
  return nudge_index_cache_write (self->folder, self->files, get_cache (self), error);
}

gboolean
nudge_index_take_rebuilt (NudgeIndex *self)
{
  gboolean rebuilt = self->rebuilt;

  self->rebuilt = FALSE;
  return rebuilt;
}

void
nudge_index_get_counts (const NudgeIndex *self, guint *scanned, guint *from_cache)
{
  *scanned = self->n_scanned;
  *from_cache = self->n_from_cache;
}
