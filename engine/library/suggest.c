/* suggest.c: the symbols most like one that does not exist. */
#include "library/library-private.h"

#include <string.h>

#define MAX_COMPARED_BYTES 64
#define SAME_LIBRARY_BONUS 10

typedef struct
{
  const char *library, *name;   /* as asked for, lower case */
  guint max;
  GArray *best;                 /* Candidate, best first */
  GHashTable *seen;             /* ids */
} Search;

typedef struct
{
  guint score;                  /* 0 is best */
  char *id;
} Candidate;

/* Edits that turn one text into the other, or @limit + 1 when there are more than that. */
static guint
distance (const char *a, gsize a_length, const char *b, gsize b_length, guint limit)
{
  guint rows[2][MAX_COMPARED_BYTES + 1];

  for (gsize j = 0; j <= b_length; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= a_length; i++)
    {
      guint *row = rows[i & 1], *before = rows[(i - 1) & 1];
      guint least = row[0] = (guint) i;

      for (gsize j = 1; j <= b_length; j++)
        {
          guint change = before[j - 1] + (a[i - 1] != b[j - 1]);

          row[j] = MIN (change, MIN (before[j], row[j - 1]) + 1);
          least = MIN (least, row[j]);
        }
      if (least > limit)
        return limit + 1;
    }
  return rows[a_length & 1][b_length];
}

/* How unlike two lower-case names are; G_MAXUINT when they have nothing in common. */
static guint
compare_names (const char *wanted, const char *name)
{
  gsize wanted_length = strlen (wanted), length = strlen (name);
  guint difference = (guint) (MAX (wanted_length, length) - MIN (wanted_length, length));
  guint limit = (guint) MAX (2, wanted_length / 3), edits;
  const char *shorter = wanted_length < length ? wanted : name, *longer = wanted_length < length ? name : wanted;
  guint part = G_MAXUINT;

  if (strcmp (wanted, name) == 0)
    return 10;
  if (strlen (shorter) >= 3 && difference <= 2 * strlen (shorter))
    {
      if (g_str_has_prefix (longer, shorter))
        part = 20 + 5 * difference;
      else if (strstr (longer, shorter) != NULL)
        part = 40 + 5 * difference;
    }
  if (difference > limit || MAX (wanted_length, length) > MAX_COMPARED_BYTES)
    return part;
  edits = distance (wanted, wanted_length, name, length, limit);
  return edits <= limit ? MIN (part, 20 + 8 * edits + difference) : part;
}

static gint
compare_candidates (guint score, const char *id, const Candidate *other)
{
  if (score != other->score)
    return score < other->score ? -1 : 1;
  return strcmp (id, other->id);
}

static void
consider (Search *search, const char *library, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *library_lower = NULL;
  g_autofree char *id = NULL;
  guint score = compare_names (search->name, lower), place;
  Candidate candidate;

  if (score == G_MAXUINT)
    return;
  library_lower = g_ascii_strdown (library, -1);
  score -= strcmp (library_lower, search->library) == 0 ? SAME_LIBRARY_BONUS : 0;
  if (search->best->len == search->max && score > g_array_index (search->best, Candidate, search->max - 1).score)
    return;
  id = g_strconcat (library, ":", name, NULL);
  for (place = 0; place < search->best->len; place++)
    if (compare_candidates (score, id, &g_array_index (search->best, Candidate, place)) < 0)
      break;
  if (place == search->max || !g_hash_table_add (search->seen, g_strdup (id)))
    return;
  candidate = (Candidate){ score, g_steal_pointer (&id) };
  g_array_insert_val (search->best, place, candidate);
  if (search->best->len > search->max)
    g_array_set_size (search->best, search->max);
}

static void
clear_candidate (gpointer data)
{
  g_free (((Candidate *) data)->id);
}

static void
consider_listed (const NudgeListedSymbol *symbol, gpointer search)
{
  consider (search, symbol->library, symbol->name);
}

char **
nudge_library_suggest_locked (NudgeLibrary *self, const char *id, guint max)
{
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *library = g_ascii_strdown (id, -1);
  char *colon = strchr (library, ':');
  Search search = { .library = "", .name = library, .max = max, .best = best, .seen = seen };
  char **ids = g_new0 (char *, max + 1);

  g_array_set_clear_func (best, clear_candidate);
  if (colon != NULL)
    {
      *colon = 0;
      search.library = library;
      search.name = colon + 1;
    }
  if (max > 0 && *search.name != 0)
    nudge_library_list_symbols (self, consider_listed, &search);
  for (guint i = 0; i < best->len; i++)
    ids[i] = g_strdup (g_array_index (best, Candidate, i).id);
  return ids;
}
