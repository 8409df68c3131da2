#include "library/file-index.h"

#include "base/limits.h"
#include "text/sexpr.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TEXT_BYTES 4096 /* a longer description or list of keywords is left out */

typedef struct
{
  guint32 n_entries;
  guint32 n_string_bytes;
  guint32 damaged;
  guint32 reserved;
} BlockHead;

int
nudge_file_open (const char *path, guint64 *size, gint64 *mtime, GError **error)
{
  /* A FIFO or a device must not hold us up, so nothing waits until the kind of file is known. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat st;

  if (fd < 0 || fstat (fd, &st) < 0)
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      g_set_error (error, NUDGE_ERROR, code == ENOENT || code == ENOTDIR ? NUDGE_ERROR_NOT_FOUND : NUDGE_ERROR_IO, "%s: %s", path, g_strerror (code));
      return -1;
    }
  if (!S_ISREG (st.st_mode) || st.st_size > NUDGE_MAX_LIBRARY_BYTES)
    {
      close (fd);
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s: %s", path, S_ISREG (st.st_mode) ? "the file is too large" : "not a regular file");
      return -1;
    }
  *size = st.st_size;
  *mtime = (gint64) st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
  return fd;
}

gboolean
nudge_file_read (int fd, const char *path, gpointer buffer, gsize length, guint64 offset, GError **error)
{
  char *to = buffer;

  while (length > 0)
    {
      gssize n = pread (fd, to, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: %s", path, n < 0 ? g_strerror (errno) : "the file ends early");
          return FALSE;
        }
      to += n;
      offset += n;
      length -= n;
    }
  return TRUE;
}

/* The scan. */

typedef struct
{
  const char *data, *p, *end;
  guint depth;
  GArray *entries;
  GString *strings;
  NudgeIndexEntry entry; /* the symbol that is open */
} Scanner;

static const char *
skip_space (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;
  return p;
}

/* One past the quote that ends the string beginning at @p, or @end. */
static const char *
string_end (const char *p, const char *end)
{
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\')
      p++;
  return p < end ? p + 1 : end;
}

/* One past the word or string at @p. */
static const char *
token_end (const char *p, const char *end)
{
  if (p < end && *p == '"')
    return string_end (p, end);
  while (p < end && *p != ' ' && *p != '\t' && *p != '\n' && *p != '\r' && *p != '(' && *p != ')' && *p != '"')
    p++;
  return p;
}

static gboolean
token_is (const char *p, const char *end, const char *word)
{
  gsize length = strlen (word);

  return (gsize) (end - p) == length && memcmp (p, word, length) == 0;
}

/* Keeps a word or string, with its escapes resolved, and returns its offset. */
static guint32
keep_token (Scanner *s, const char *p, const char *end)
{
  gsize start = s->strings->len;
  gboolean quoted = p < end && *p == '"';

  if (end - p > MAX_TEXT_BYTES || end - p <= (quoted ? 2 : 0))
    return 0;
  if (!quoted)
    g_string_append_len (s->strings, p, end - p);
  else if (memchr (p, '\\', end - p) == NULL)
    g_string_append_len (s->strings, p + 1, end - p - 2);
  else
    {
      g_autofree char *list = g_strdup_printf ("(a %.*s)", (int) (end - p), p);
      g_autoptr (NudgeSexpr) tree = nudge_sexpr_parse (list, strlen (list), 1, NULL);

      if (tree != NULL)
        g_string_append (s->strings, nudge_sexpr_text (nudge_sexpr_root (tree), 1));
    }
  g_string_append_c (s->strings, 0);
  return (guint32) start;
}

/* A list in a symbol: what it extends and what describes it is kept. */
static void
scan_detail (Scanner *s)
{
  const char *head = s->p, *head_end = token_end (head, s->end);
  const char *name, *name_end, *value;

  if (*head != 'e' && *head != 'p')
    return;
  name = skip_space (head_end, s->end);
  name_end = token_end (name, s->end);
  if (token_is (head, head_end, "extends"))
    s->entry.extends = keep_token (s, name, name_end);
  else if (token_is (head, head_end, "property"))
    {
      value = skip_space (name_end, s->end);
      if (token_is (name, name_end, "\"Description\"") || token_is (name, name_end, "\"ki_description\""))
        s->entry.description = keep_token (s, value, token_end (value, s->end));
      else if (token_is (name, name_end, "\"ki_keywords\""))
        s->entry.keywords = keep_token (s, value, token_end (value, s->end));
    }
}

static void
scan_open (Scanner *s)
{
  s->depth++;
  if (s->depth == 2)
    {
      const char *end = token_end (s->p, s->end), *name;

      s->entry = (NudgeIndexEntry){ 0 };
      if (!token_is (s->p, end, "symbol"))
        return;
      name = skip_space (end, s->end);
      s->entry.offset = (guint32) (s->p - 1 - s->data);
      s->entry.name = keep_token (s, name, token_end (name, s->end));
    }
  else if (s->depth == 3 && s->entry.name != 0 && s->p < s->end)
    scan_detail (s);
}

static void
scan_close (Scanner *s)
{
  if (s->depth == 2 && s->entry.name != 0)
    {
      s->entry.length = (guint32) (s->p - s->data) - s->entry.offset;
      g_array_append_val (s->entries, s->entry);
    }
  s->depth--;
}

/* Counts parentheses and skips strings; everything else is looked at only where a symbol begins. FALSE when the lists
 * do not end with the file. */
static gboolean
scan (Scanner *s)
{
  s->p = skip_space (s->data, s->end);
  if (s->end - s->p < 18 || memcmp (s->p, "(kicad_symbol_lib", 17) != 0)
    return FALSE;
  while (s->p < s->end)
    {
      char c = *s->p++;

      if ((guchar) (c - '"') > ')' - '"')
        continue;
      if (c == '(')
        scan_open (s);
      else if (c == ')')
        {
          if (s->depth == 0)
            return FALSE;
          scan_close (s);
        }
      else if (c == '"')
        s->p = string_end (s->p - 1, s->end);
    }
  return s->depth == 0;
}

static gint
compare_entries (gconstpointer a, gconstpointer b, gpointer strings)
{
  const char *text = strings;

  return strcmp (text + ((const NudgeIndexEntry *) a)->name, text + ((const NudgeIndexEntry *) b)->name);
}

NudgeFileIndex *
nudge_file_index_scan (const char *path, guint64 size, gint64 mtime, const char *data, gsize length)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (NudgeIndexEntry));
  g_autoptr (GString) strings = g_string_sized_new (4096);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GBytes) block = NULL;
  Scanner scanner = { .data = data, .end = data + length, .entries = entries, .strings = strings };
  BlockHead head = { 0 };

  g_string_append_c (strings, 0); /* offset 0 is "" */
  head.damaged = !scan (&scanner);
  g_qsort_with_data (entries->data, (gint) entries->len, sizeof (NudgeIndexEntry), compare_entries, strings->str);
  head.n_entries = entries->len;
  head.n_string_bytes = (guint32) strings->len;
  bytes = g_byte_array_sized_new ((guint) (sizeof head + entries->len * sizeof (NudgeIndexEntry) + strings->len));
  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) entries->data, entries->len * sizeof (NudgeIndexEntry));
  g_byte_array_append (bytes, (const guint8 *) strings->str, (guint) strings->len);
  block = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return nudge_file_index_load (path, size, mtime, block);
}

static gboolean
entry_is_valid (const NudgeIndexEntry *entry, const BlockHead *head, guint64 file_size)
{
  return entry->name < head->n_string_bytes && entry->extends < head->n_string_bytes && entry->description < head->n_string_bytes
         && entry->keywords < head->n_string_bytes && (guint64) entry->offset + entry->length <= file_size;
}

NudgeFileIndex *
nudge_file_index_load (const char *path, guint64 size, gint64 mtime, GBytes *block)
{
  gsize length;
  const char *data = g_bytes_get_data (block, &length);
  const BlockHead *head = (const BlockHead *) data;
  NudgeFileIndex *self;

  if (length < sizeof *head || head->n_string_bytes == 0 || head->n_entries > (length - sizeof *head) / sizeof (NudgeIndexEntry)
      || length != sizeof *head + head->n_entries * sizeof (NudgeIndexEntry) + head->n_string_bytes || data[length - 1] != 0)
    return NULL;
  self = g_new0 (NudgeFileIndex, 1);
  self->path = g_strdup (path);
  self->size = size;
  self->mtime = mtime;
  self->block = g_bytes_ref (block);
  self->entries = (const NudgeIndexEntry *) (data + sizeof *head);
  self->n_entries = head->n_entries;
  self->damaged = head->damaged != 0;
  self->strings = data + sizeof *head + head->n_entries * sizeof (NudgeIndexEntry);
  for (guint i = 0; i < self->n_entries; i++)
    if (!entry_is_valid (&self->entries[i], head, size))
      {
        nudge_file_index_free (self);
        return NULL;
      }
  return self;
}

void
nudge_file_index_free (NudgeFileIndex *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_bytes_unref (self->block);
  g_free (self);
}

const NudgeIndexEntry *
nudge_file_index_find (const NudgeFileIndex *self, const char *name)
{
  guint low = 0, high = self->n_entries;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (self->strings + self->entries[middle].name, name) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->n_entries && strcmp (self->strings + self->entries[low].name, name) == 0)
    return &self->entries[low];
  return NULL;
}
