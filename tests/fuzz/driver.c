/* driver.c SEEDS [ROUNDS]: a fuzz target as an ordinary test. Runs every seed as it is, then ROUNDS mutations of each,
 * the same ones every time. */
#include <glib.h>
#include <string.h>

#include "fuzz.h"

#define MAX_EDITS 6
#define MAX_RUN 64

/* Pieces that the formats give a meaning to. */
static const char *const pieces[] = {
  "{",     "}",      "[",      "]",         "(",        ")",      "\"",         "\\",     "\\u0000", "\\ud800", ",",
  ":",     "null",   "true",   "-1",        "1e999",    "01",     "9e18",       "\n",     "\t",      "\xff",    "\xc3",
  "\"\"",  "{}",     "[]",     "\"nodes\"", "\"R\"",    "\"R1\"", "\"#PWR01\"", "\"pin\"", "\"1\"",  "[[[[[[[[", "{\"a\":",
  "(at 1", "(pin ",  "nan",    "\\u00e9",   "\"name\":",
};

static gboolean
is_word_byte (guint8 c)
{
  return g_ascii_isalnum (c) || strchr ("\"_#.+-~$?:", c) != NULL;
}

/* Bounds of the word at a random place; an empty one when there is none. */
static void
find_word (const GByteArray *bytes, GRand *rand, guint *start, guint *end)
{
  *start = *end = bytes->len > 0 ? g_rand_int_range (rand, 0, bytes->len) : 0;
  while (*end < bytes->len && bytes->data[*end] != 0 && is_word_byte (bytes->data[*end]))
    (*end)++;
  while (*start > 0 && bytes->data[*start - 1] != 0 && is_word_byte (bytes->data[*start - 1]))
    (*start)--;
}

static void
insert (GByteArray *bytes, guint at, const guint8 *data, guint size)
{
  guint n_tail = bytes->len - at;

  g_byte_array_append (bytes, data, size);
  memmove (bytes->data + at + size, bytes->data + at, n_tail);
  memcpy (bytes->data + at, data, size);
}

/* Replaces a word by another: this is what leaves the form of the input whole. */
static void
exchange_words (GByteArray *bytes, GRand *rand)
{
  guint start, end, other_start, other_end;
  g_autofree guint8 *word = NULL;

  find_word (bytes, rand, &start, &end);
  find_word (bytes, rand, &other_start, &other_end);
  if (start == end || other_start == other_end)
    return;
  word = g_memdup2 (bytes->data + other_start, other_end - other_start);
  g_byte_array_remove_range (bytes, start, end - start);
  insert (bytes, start, word, other_end - other_start);
}

static void
edit (GByteArray *bytes, GRand *rand)
{
  guint at = bytes->len > 0 ? g_rand_int_range (rand, 0, bytes->len) : 0;
  guint wanted = g_rand_int_range (rand, 1, MAX_RUN);
  guint run = MIN (wanted, bytes->len - at);
  const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];
  g_autofree guint8 *copy = NULL;

  switch (g_rand_int_range (rand, 0, 12))
    {
    case 0: /* a bit flips */
      if (run > 0)
        bytes->data[at] ^= 1 << g_rand_int_range (rand, 0, 8);
      return;
    case 1: /* a run goes */
      if (run > 0)
        g_byte_array_remove_range (bytes, at, run);
      return;
    case 2: /* a run is repeated */
      if (run > 0)
        {
          copy = g_memdup2 (bytes->data + at, run);
          insert (bytes, at, copy, run);
        }
      return;
    case 3: /* the end goes */
      if (g_rand_int_range (rand, 0, 8) == 0)
        g_byte_array_set_size (bytes, at);
      return;
    case 4: /* a piece comes in */
      insert (bytes, at, (const guint8 *) piece, strlen (piece));
      return;
    default:
      exchange_words (bytes, rand);
    }
}

static void
run_seed (const char *path, guint rounds, guint32 number)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (number);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  LLVMFuzzerTestOneInput ((const uint8_t *) data, size);
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_sized_new (size + MAX_RUN);
      guint n_edits = g_rand_int_range (rand, 1, MAX_EDITS + 1);

      g_byte_array_append (bytes, (const guint8 *) data, size);
      for (guint k = 0; k < n_edits; k++)
        edit (bytes, rand);
      LLVMFuzzerTestOneInput (bytes->data, bytes->len);
    }
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint rounds = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 200;
  g_autoptr (GDir) dir = argc > 1 ? g_dir_open (argv[1], 0, NULL) : NULL;
  const char *name;

  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  if (dir == NULL)
    {
      g_printerr ("usage: %s SEEDS [ROUNDS]\n", argv[0]);
      return 1;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (argv[1], name, NULL));
  g_ptr_array_sort (names, compare_names);
  g_print ("1..%u\n", names->len);
  for (guint i = 0; i < names->len; i++)
    {
      run_seed (names->pdata[i], rounds, i);
      g_print ("ok %u %s\n", i + 1, strrchr (names->pdata[i], '/') + 1);
    }
  return names->len > 0 ? 0 : 1;
}
