#include "library/search.h"

#include "base/limits.h"
#include "library/library-private.h"

#include <string.h>

#define MAX_WORDS 8
#define MAX_COMPARED_BYTES 64
#define FUZZY_MIN_BYTES 3
#define TYPO_MIN_BYTES 4

/* One symbol. The texts in lower case are what is looked through. */
typedef struct
{
  const char *id, *library, *name, *description, *keywords;
  const char *lower_name;
  const char *lower_text;      /* keywords and description */
  guint64 letters;             /* of the name: see letters_of() */
  guint name_length;
} Entry;

struct _NudgeSearch
{
  gatomicrefcount refs;
  GStringChunk *strings;
  GArray *entries;             /* Entry, by id */
  GPtrArray *libraries;        /* names, sorted, NULL at the end */
};

G_DEFINE_BOXED_TYPE (NudgeSearch, nudge_search, nudge_search_ref, nudge_search_unref)

NudgeSearch *
nudge_search_ref (NudgeSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_search_unref (NudgeSearch *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->entries);
  g_ptr_array_unref (self->libraries);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/* --- making it --- */

static char *
fold (const char *text)
{
  gboolean is_ascii = TRUE;

  for (const char *p = text; *p != '\0'; p++)
    is_ascii &= (guchar) *p < 0x80;
  return is_ascii ? g_ascii_strdown (text, -1) : g_utf8_validate (text, -1, NULL) ? g_utf8_casefold (text, -1) : g_ascii_strdown (text, -1);
}

/* A bit for each letter and digit that a text has, and one for all else: what is not there need not be looked for. */
static guint64
letters_of (const char *text)
{
  guint64 letters = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p >= 'a' && *p <= 'z')
        letters |= G_GUINT64_CONSTANT (1) << (*p - 'a');
      else if (*p >= '0' && *p <= '9')
        letters |= G_GUINT64_CONSTANT (1) << (26 + *p - '0');
      else
        letters |= G_GUINT64_CONSTANT (1) << 36;
    }
  return letters;
}

static void
add_symbol (const NudgeListedSymbol *symbol, gpointer data)
{
  NudgeSearch *self = data;
  g_autofree char *id = g_strconcat (symbol->library, ":", symbol->name, NULL);
  g_autofree char *name = fold (symbol->name);
  g_autofree char *text = g_strconcat (symbol->keywords, " ", symbol->description, NULL);
  g_autofree char *lower = fold (text);
  Entry entry = { 0 };

  entry.id = g_string_chunk_insert (self->strings, id);
  entry.name = entry.id + strlen (symbol->library) + 1;
  entry.library = g_string_chunk_insert_const (self->strings, symbol->library);
  entry.description = g_string_chunk_insert (self->strings, symbol->description);
  entry.keywords = g_string_chunk_insert (self->strings, symbol->keywords);
  entry.lower_name = g_string_chunk_insert (self->strings, name);
  entry.lower_text = g_string_chunk_insert (self->strings, lower);
  entry.letters = letters_of (name);
  entry.name_length = (guint) strlen (name);
  g_array_append_val (self->entries, entry);
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->id, ((const Entry *) b)->id);
}

/* The built-in symbols come last: KiCad's of the same name count. */
static void
sort_entries (NudgeSearch *self)
{
  guint n = 0;

  g_array_sort (self->entries, compare_entries);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (n > 0 && g_str_equal (g_array_index (self->entries, Entry, n - 1).id, entry->id))
        continue;
      g_array_index (self->entries, Entry, n++) = *entry;
      if (n == 1 || g_array_index (self->entries, Entry, n - 2).library != entry->library)
        g_ptr_array_add (self->libraries, (gpointer) entry->library);
    }
  g_array_set_size (self->entries, n);
  g_ptr_array_add (self->libraries, NULL);
}

/**
 * nudge_search_new:
 * @library: where symbols are looked for
 *
 * Takes down the names and texts of every symbol that the library can reach. What is installed later is not found by
 * this search. Without an index on disk all libraries are read, which may take a second.
 *
 * Returns: (transfer full): a search, which may be used from any thread
 */
NudgeSearch *
nudge_search_new (NudgeLibrary *library)
{
  NudgeSearch *self;

  g_return_val_if_fail (NUDGE_IS_LIBRARY (library), NULL);
  self = g_new0 (NudgeSearch, 1);
  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (65536);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->libraries = g_ptr_array_new ();
  g_mutex_lock (&library->lock);
  nudge_library_list_symbols (library, add_symbol, self);
  g_mutex_unlock (&library->lock);
  sort_entries (self);
  return self;
}

/**
 * nudge_search_get_n_symbols:
 * @self: a search
 *
 * Returns: how many symbols there are
 */
guint
nudge_search_get_n_symbols (const NudgeSearch *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->entries->len;
}

/**
 * nudge_search_get_libraries:
 * @self: a search
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of all libraries, sorted
 */
const char *const *
nudge_search_get_libraries (const NudgeSearch *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *) self->libraries->pdata;
}

/**
 * nudge_search_match_name:
 * @match: why a symbol was found
 *
 * Returns: (transfer none): one word for it, as in reports
 */
const char *
nudge_search_match_name (NudgeSearchMatch match)
{
  static const char *const names[] = { "exact", "prefix", "name-words", "inside", "words", "text", "fuzzy" };

  g_return_val_if_fail (match < G_N_ELEMENTS (names), "");
  return names[match];
}

/* --- a query --- */

typedef struct
{
  char *whole;                 /* in lower case, without the library */
  char *library;               /* what the library's name must begin with, in lower case; "" for any */
  const char *exact_library;   /* only this one, or NULL */
  char *words[MAX_WORDS];
  guint64 word_letters[MAX_WORDS];
  guint n_words;
  char *together;              /* the words without the blanks between them */
  guint64 letters;             /* of together */
} Query;

static void
query_init (Query *self, const char *text, const char *library)
{
  g_autofree char *copy = g_strndup (text, NUDGE_MAX_NAME_BYTES);
  g_autofree char *lower = fold (copy);
  char *colon = strchr (lower, ':'), *start = colon != NULL ? colon + 1 : lower;
  g_auto (GStrv) words = NULL;

  *self = (Query){ .exact_library = library };
  if (colon != NULL)
    *colon = '\0';
  self->library = g_strstrip (g_strdup (colon != NULL ? lower : ""));
  self->whole = g_strstrip (g_strdup (start));
  words = g_strsplit_set (self->whole, " \t\n", -1);
  for (guint i = 0; words[i] != NULL && self->n_words < MAX_WORDS; i++)
    if (*words[i] != '\0')
      {
        self->word_letters[self->n_words] = letters_of (words[i]);
        self->words[self->n_words++] = g_strdup (words[i]);
      }
  self->together = g_strjoinv ("", words);
  self->letters = letters_of (self->together);
}

static void
query_clear (Query *self)
{
  g_free (self->whole);
  g_free (self->library);
  g_free (self->together);
  for (guint i = 0; i < self->n_words; i++)
    g_free (self->words[i]);
}

static gboolean
is_inner (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

/* Where @word begins a word of @text, or NULL; @inside says whether it is in it at all. */
static const char *
find_word (const char *text, const char *word, gboolean *inside)
{
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    {
      *inside = TRUE;
      if (at == text || !is_inner (at[-1]) || !is_inner (*at))
        return at;
    }
  return NULL;
}

/* A match by words, or G_MAXUINT. */
static guint
match_words (const Query *query, const Entry *entry)
{
  gboolean in_name = TRUE, in_words = TRUE;

  for (guint i = 0; i < query->n_words; i++)
    {
      gboolean may_be_in_name = (query->word_letters[i] & ~entry->letters) == 0, inside = FALSE;
      gboolean begins_name = may_be_in_name && find_word (entry->lower_name, query->words[i], &inside) != NULL;
      gboolean begins = begins_name || find_word (entry->lower_text, query->words[i], &inside) != NULL;

      if (!begins && !inside)
        return G_MAXUINT;
      in_name &= begins_name;
      in_words &= begins;
    }
  return in_name ? NUDGE_SEARCH_NAME_WORDS : in_words ? NUDGE_SEARCH_WORDS : NUDGE_SEARCH_TEXT;
}

static guint
match_plainly (const Query *query, const Entry *entry)
{
  const char *at;
  guint words;

  if (*query->whole == '\0')
    return NUDGE_SEARCH_PREFIX;
  at = (query->letters & ~entry->letters) == 0 ? strstr (entry->lower_name, query->whole) : NULL;
  if (at == entry->lower_name)
    return entry->lower_name[strlen (query->whole)] == '\0' ? NUDGE_SEARCH_EXACT : NUDGE_SEARCH_PREFIX;
  words = match_words (query, entry);
  return at != NULL && words > NUDGE_SEARCH_INSIDE ? NUDGE_SEARCH_INSIDE : words;
}

/* --- something like it --- */

/* Letters between the first and the last of @wanted when @name has them all in that order, or G_MAXUINT. */
static guint
gaps_in (const char *wanted, const char *name)
{
  const char *p = name;
  guint gaps = 0;

  for (; *wanted != '\0'; wanted++, p++)
    {
      const char *found = strchr (p, *wanted);

      if (found == NULL)
        return G_MAXUINT;
      gaps += p == name ? 0 : (guint) (found - p);
      p = found;
    }
  return gaps;
}

/* Least number of edits that turn @wanted into the beginning of @name; more than @limit is G_MAXUINT. */
static guint
edits_to (const char *wanted, const char *name, guint limit)
{
  guint rows[2][MAX_COMPARED_BYTES + 1];
  guint length = (guint) strlen (wanted), width = MIN ((guint) strlen (name), MIN (length + limit, MAX_COMPARED_BYTES)), best = G_MAXUINT;

  for (guint j = 0; j <= width; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= length; i++)
    {
      guint *row = rows[i & 1], *before = rows[(i - 1) & 1], least = row[0] = i;

      for (guint j = 1; j <= width; j++)
        {
          row[j] = MIN (before[j - 1] + (wanted[i - 1] != name[j - 1]), MIN (before[j], row[j - 1]) + 1);
          least = MIN (least, row[j]);
        }
      if (least > limit)
        return G_MAXUINT;
    }
  for (guint j = 0; j <= width; j++)
    best = MIN (best, rows[length & 1][j]);
  return best <= limit ? best : G_MAXUINT;
}

/* How far from it a name is that is something like it, or G_MAXUINT. */
static guint
match_fuzzily (const Query *query, const Entry *entry)
{
  gsize length = strlen (query->together);
  guint limit = length >= 7 ? 2 : 1, missing = 0, gaps, edits = G_MAXUINT;
  guint64 absent = query->letters & ~entry->letters;

  if (length < FUZZY_MIN_BYTES || length > MAX_COMPARED_BYTES || entry->name_length + limit < length)
    return G_MAXUINT;
  for (guint64 rest = absent; rest != 0; rest &= rest - 1)
    missing++;
  if (missing > limit)
    return G_MAXUINT;
  gaps = missing == 0 ? gaps_in (query->together, entry->lower_name) : G_MAXUINT;
  if (length > FUZZY_MIN_BYTES)
    edits = edits_to (query->together, entry->lower_name, limit);
  return MIN (gaps == G_MAXUINT ? G_MAXUINT : 2 + gaps, edits == G_MAXUINT ? G_MAXUINT : 4 * edits);
}

/* One letter too many, too few, another one, or two exchanged, behind the first. */
static gboolean
is_misspelt (const char *wanted, gsize wanted_length, const char *word, gsize length)
{
  gsize same = 1, tail = 0;

  if (wanted_length < TYPO_MIN_BYTES || wanted[0] != word[0] || wanted_length > length + 1 || length > wanted_length + 1)
    return FALSE;
  while (same < MIN (wanted_length, length) && wanted[same] == word[same])
    same++;
  while (tail < MIN (wanted_length, length) - same && wanted[wanted_length - 1 - tail] == word[length - 1 - tail])
    tail++;
  if (MAX (wanted_length, length) - same - tail <= 1)
    return TRUE;
  return wanted_length == length && length - same - tail == 2 && wanted[same] == word[same + 1] && wanted[same + 1] == word[same];
}

static gboolean
has_misspelt (const char *text, const char *wanted)
{
  gsize wanted_length = strlen (wanted);

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;

      while (is_inner (*end))
        end++;
      if (is_misspelt (wanted, wanted_length, p, end - p))
        return TRUE;
      p = *end != '\0' ? end + 1 : end;
    }
  return FALSE;
}

/* Every word is in name, keywords or description, if need be with a typing error. */
static gboolean
match_misspelt (const Query *query, const Entry *entry)
{
  for (guint i = 0; i < query->n_words; i++)
    if (strstr (entry->lower_text, query->words[i]) == NULL && !has_misspelt (entry->lower_text, query->words[i])
        && !has_misspelt (entry->lower_name, query->words[i]))
      return FALSE;
  return query->n_words > 0;
}

/* --- the best ones --- */

typedef struct
{
  guint64 key;                 /* match, how far, length of the name; then the index decides */
  guint index;
} Candidate;

typedef struct
{
  Candidate *best;             /* sorted */
  guint n, max;
  guint n_found;
} Ranking;

static void
rank (Ranking *self, guint match, guint distance, const Entry *entry, guint index)
{
  guint64 key = ((guint64) match << 48) | ((guint64) MIN (distance, 0xffff) << 32) | entry->name_length;
  guint low = 0, high = self->n;

  self->n_found++;
  if (self->n == self->max && (self->n == 0 || key >= self->best[self->n - 1].key))
    return;
  /* Entries come by id: among equals the later one stands behind. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->best[middle].key <= key)
        low = middle + 1;
      else
        high = middle;
    }
  if (self->n < self->max)
    self->n++;
  memmove (&self->best[low + 1], &self->best[low], (self->n - 1 - low) * sizeof *self->best);
  self->best[low] = (Candidate){ key, index };
}

static gboolean
is_wanted_library (const Query *query, const Entry *entry)
{
  if (query->exact_library != NULL && !g_str_equal (entry->library, query->exact_library))
    return FALSE;
  return *query->library == '\0' || g_ascii_strncasecmp (entry->library, query->library, strlen (query->library)) == 0;
}

static void
rank_all (const NudgeSearch *self, const Query *query, Ranking *ranking)
{
  guint n_plain;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      guint match = is_wanted_library (query, entry) ? match_plainly (query, entry) : G_MAXUINT;

      if (match != G_MAXUINT)
        rank (ranking, match, 0, entry, i);
    }
  /* What is only something like it is of interest when there is little else, typing errors when there is nothing. */
  n_plain = ranking->n_found;
  for (guint i = 0; i < self->entries->len && n_plain < ranking->max; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      guint distance = is_wanted_library (query, entry) ? match_fuzzily (query, entry) : G_MAXUINT;

      if (distance != G_MAXUINT && match_plainly (query, entry) == G_MAXUINT)
        rank (ranking, NUDGE_SEARCH_FUZZY, distance, entry, i);
    }
  n_plain = ranking->n_found;
  for (guint i = 0; i < self->entries->len && n_plain == 0; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (is_wanted_library (query, entry) && match_misspelt (query, entry))
        rank (ranking, NUDGE_SEARCH_FUZZY, 0, entry, i);
    }
}

/**
 * nudge_search_find: (skip)
 * @self: a search
 * @query: what was typed: a name, some words, or a library and a colon and either of them
 * @library: (nullable): the only library to look in
 * @max: how many are wanted
 * @n_hits: (out): how many are returned
 * @n_found: (out) (optional): how many there are
 *
 * Finds the symbols that fit best: by why they were found, then the shorter name, then by id. The same query always
 * gives the same order. With nothing to look for all symbols are found.
 *
 * Returns: (transfer full) (array length=n_hits): the best ones, best first; to be freed with g_free(), and valid as
 *   long as the search
 */
NudgeSearchHit *
nudge_search_find (const NudgeSearch *self, const char *query, const char *library, guint max, guint *n_hits, guint *n_found)
{
  Ranking ranking = { .max = MIN (max, 100000) };
  NudgeSearchHit *hits;
  Query parsed;

  g_return_val_if_fail (self != NULL && query != NULL && n_hits != NULL, NULL);
  query_init (&parsed, query, library);
  ranking.best = g_new (Candidate, ranking.max + 1);
  rank_all (self, &parsed, &ranking);
  hits = g_new (NudgeSearchHit, ranking.n + 1);
  for (guint i = 0; i < ranking.n; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, ranking.best[i].index);

      hits[i] = (NudgeSearchHit){ entry->id, entry->library, entry->name, entry->description, entry->keywords,
                                  (NudgeSearchMatch) (ranking.best[i].key >> 48) };
    }
  *n_hits = ranking.n;
  if (n_found != NULL)
    *n_found = ranking.n_found;
  g_free (ranking.best);
  query_clear (&parsed);
  return hits;
}
