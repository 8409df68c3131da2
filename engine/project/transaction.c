#include "project/transaction.h"

#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGE ".nudge-stage"
#define JOURNAL "journal"
#define MAX_JOURNAL_BYTES (16 * 1024 * 1024)
#define MAX_FILE_BYTES (1024 * 1024 * 1024)

struct _NudgeTransaction
{
  char *path;
  int folder;
  gboolean made_folder;
  GPtrArray *names;            /* to replace */
  GPtrArray *contents;         /* their bytes */
  GPtrArray *removals;
};

static gboolean
fail (GError **error, const char *what, const char *name)
{
  int saved = errno;

  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s “%s”: %s", what, name, g_strerror (saved));
  return FALSE;
}

/* A name from the journal must be a plain file name. */
static gboolean
is_plain_name (const char *name)
{
  return name[0] != '\0' && strchr (name, '/') == NULL && !g_str_equal (name, ".") && !g_str_equal (name, "..");
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, MIN (length, 1 << 20));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
write_synced (int stage, const char *name, GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int fd = openat (stage, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  gboolean ok;

  if (fd < 0)
    return fail (error, "Cannot create", name);
  ok = write_all (fd, data, length) && fsync (fd) == 0;
  if (!ok)
    {
      fail (error, "Cannot write", name);
      close (fd);
      return FALSE;
    }
  if (close (fd) != 0)
    return fail (error, "Cannot write", name);
  return TRUE;
}

static GBytes *
read_at (int folder, const char *name, gsize limit)
{
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  guint8 *data;
  gsize length = 0;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size < 0 || (gsize) info.st_size > limit)
    {
      close (fd);
      return NULL;
    }
  data = g_malloc (info.st_size + 1);
  while (length < (gsize) info.st_size)
    {
      gssize n = read (fd, data + length, info.st_size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      length += n;
    }
  close (fd);
  return g_bytes_new_take (data, length);
}

/* --- the stage --- */

static void
discard_stage (int folder)
{
  int stage = openat (folder, STAGE, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  const char *name;

  if (stage < 0)
    return;
  /* The journal goes first: without it the rest means nothing. */
  unlinkat (stage, JOURNAL, 0);
  path = g_strdup_printf ("/proc/self/fd/%d", stage);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    unlinkat (stage, name, 0);
  close (stage);
  unlinkat (folder, STAGE, AT_REMOVEDIR);
}

/* A journal has a line per step: "+3 name" puts the staged file new.3 in place, "-4 name" removes a file. */
typedef struct
{
  char kind;
  char staged[16], kept[16];   /* names in the stage: what comes, and what was there before */
  const char *name;
} Step;

static gboolean
parse_step (char *line, guint index, Step *step)
{
  char *space = strchr (line, ' ');

  if ((line[0] != '+' && line[0] != '-') || space == NULL || !is_plain_name (space + 1))
    return FALSE;
  step->kind = line[0];
  step->name = space + 1;
  g_snprintf (step->staged, sizeof step->staged, "new.%u", index);
  g_snprintf (step->kept, sizeof step->kept, "old.%u", index);
  return TRUE;
}

/* Carries out a journal. What is done already is passed over. */
static gboolean
carry_out (int folder, int stage, const char *journal, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (journal, "\n", -1);
  Step step;

  for (guint i = 0; lines[i] != NULL && parse_step (lines[i], i, &step); i++)
    {
      if (step.kind == '+' && renameat (stage, step.staged, folder, step.name) != 0 && errno != ENOENT)
        return fail (error, "Cannot replace", step.name);
      if (step.kind == '-' && unlinkat (folder, step.name, 0) != 0 && errno != ENOENT)
        return fail (error, "Cannot remove", step.name);
    }
  if (fsync (folder) != 0 && errno != EINVAL)
    return fail (error, "Cannot sync", ".");
  return TRUE;
}

/* Second names for what is there now, so that it can come back. */
static void
keep_old (int folder, int stage, const char *journal)
{
  g_auto (GStrv) lines = g_strsplit (journal, "\n", -1);
  Step step;

  for (guint i = 0; lines[i] != NULL && parse_step (lines[i], i, &step); i++)
    linkat (folder, step.name, stage, step.kept, 0);
}

static void
bring_back_old (int folder, int stage, const char *journal)
{
  g_auto (GStrv) lines = g_strsplit (journal, "\n", -1);
  Step step;

  for (guint i = 0; lines[i] != NULL && parse_step (lines[i], i, &step); i++)
    {
      gboolean is_in_place = step.kind == '-' || faccessat (stage, step.staged, F_OK, AT_SYMLINK_NOFOLLOW) != 0;

      if (is_in_place && renameat (stage, step.kept, folder, step.name) != 0 && errno == ENOENT && step.kind == '+')
        unlinkat (folder, step.name, 0);
    }
}

/* After a crash: a journal that is whole (it ends with a line of its own) is carried out, anything else is dropped. */
static gboolean
recover (NudgeTransaction *self, GError **error)
{
  int stage = openat (self->folder, STAGE, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  g_autoptr (GBytes) journal = NULL;
  gboolean done = TRUE;

  if (stage < 0)
    return TRUE;
  journal = read_at (stage, JOURNAL, MAX_JOURNAL_BYTES);
  if (journal != NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (journal, &length);
      g_autofree char *text = g_strndup (data, length);

      if (g_str_has_suffix (text, "\n.\n"))
        done = carry_out (self->folder, stage, text, error);
    }
  close (stage);
  if (done)
    discard_stage (self->folder);
  return done;
}

/* --- public --- */

static NudgeTransaction *
transaction_new (const char *folder)
{
  NudgeTransaction *self = g_new0 (NudgeTransaction, 1);

  self->path = g_strdup (folder);
  self->folder = -1;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->removals = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gboolean
lock (NudgeTransaction *self, GError **error)
{
  if (flock (self->folder, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "Another export is writing to “%s”", self->path);
  return FALSE;
}

NudgeTransaction *
nudge_transaction_open (const char *folder, GError **error)
{
  g_autoptr (NudgeTransaction) self = transaction_new (folder);

  self->made_folder = !g_file_test (folder, G_FILE_TEST_EXISTS);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      fail (error, "Cannot make folder", folder);
      return NULL;
    }
  self->folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0)
    {
      fail (error, "Cannot open folder", folder);
      return NULL;
    }
  if (!lock (self, error) || !recover (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

NudgeTransaction *
nudge_transaction_peek (const char *folder, GError **error)
{
  g_autoptr (NudgeTransaction) self = transaction_new (folder);

  self->folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0 && errno == ENOENT)
    return g_steal_pointer (&self);
  if (self->folder < 0)
    {
      fail (error, "Cannot open folder", folder);
      return NULL;
    }
  if (!lock (self, error))
    return NULL;
  flock (self->folder, LOCK_UN);
  return g_steal_pointer (&self);
}

GBytes *
nudge_transaction_read (const NudgeTransaction *self, const char *name)
{
  return self->folder >= 0 ? read_at (self->folder, name, MAX_FILE_BYTES) : NULL;
}

gboolean
nudge_transaction_exists (const NudgeTransaction *self, const char *name)
{
  struct stat info;

  return self->folder >= 0 && fstatat (self->folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

void
nudge_transaction_replace (NudgeTransaction *self, const char *name, GBytes *bytes)
{
  g_assert (is_plain_name (name));
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->contents, g_bytes_ref (bytes));
}

void
nudge_transaction_remove (NudgeTransaction *self, const char *name)
{
  g_assert (is_plain_name (name));
  g_ptr_array_add (self->removals, g_strdup (name));
}

static char *
make_journal (const NudgeTransaction *self)
{
  GString *journal = g_string_new (NULL);
  guint index = 0;

  for (guint i = 0; i < self->names->len; i++)
    g_string_append_printf (journal, "+%u %s\n", index++, (const char *) self->names->pdata[i]);
  for (guint i = 0; i < self->removals->len; i++)
    g_string_append_printf (journal, "-%u %s\n", index++, (const char *) self->removals->pdata[i]);
  g_string_append (journal, "\n.\n");
  return g_string_free (journal, FALSE);
}

static gboolean
fill_stage (NudgeTransaction *self, int stage, const char *journal, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (journal, strlen (journal));

  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *staged = g_strdup_printf ("new.%u", i);

      nudge_progress_report (cancellable, NUDGE_STAGE_WRITE, i, self->names->len);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !write_synced (stage, staged, self->contents->pdata[i], error))
        return FALSE;
    }
  keep_old (self->folder, stage, journal);
  if (!write_synced (stage, JOURNAL, bytes, error))
    return FALSE;
  if (fsync (stage) != 0 && errno != EINVAL)
    return fail (error, "Cannot sync", STAGE);
  return TRUE;
}

gboolean
nudge_transaction_commit (NudgeTransaction *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *journal = make_journal (self);
  int stage;
  gboolean ok;

  if (self->names->len == 0 && self->removals->len == 0)
    return TRUE;
  if (mkdirat (self->folder, STAGE, 0777) != 0)
    return fail (error, "Cannot make folder", STAGE);
  stage = openat (self->folder, STAGE, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  ok = stage >= 0 ? fill_stage (self, stage, journal, cancellable, error) : fail (error, "Cannot open folder", STAGE);
  if (ok && !carry_out (self->folder, stage, journal, error))
    {
      bring_back_old (self->folder, stage, journal);
      ok = FALSE;
    }
  if (stage >= 0)
    close (stage);
  discard_stage (self->folder);
  return ok;
}

void
nudge_transaction_free (NudgeTransaction *self)
{
  if (self->folder >= 0)
    close (self->folder);
  if (self->made_folder)
    rmdir (self->path); /* fails, as it should, when there is something in it */
  g_free (self->path);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->contents);
  g_ptr_array_unref (self->removals);
  g_free (self);
}
