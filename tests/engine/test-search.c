/* Symbols are found by what somebody types, best first. */
#include "nudge.h"

#include <glib/gstdio.h>
#include <string.h>

static const char library_text[] =
  "(kicad_symbol_lib (version 20241209) (generator \"test\")\n"
  "  (symbol \"ESP32-C6-MINI\" (property \"Reference\" \"U\") (property \"Description\" \"WiFi and Bluetooth module\")"
  "   (property \"ki_keywords\" \"radio 802.11\"))\n"
  "  (symbol \"ESP32-C6-WROOM\" (extends \"ESP32-C6-MINI\"))\n"
  "  (symbol \"LM358\" (property \"Description\" \"Dual operational amplifier\") (property \"ki_keywords\" \"opamp\"))\n"
  "  (symbol \"LMV358\" (property \"Description\" \"Dual rail-to-rail amplifier\"))\n"
  "  (symbol \"LM3578\" (property \"Description\" \"Switching regulator\"))\n"
  "  (symbol \"R\" (property \"Description\" \"Not the resistor\"))\n"
  "  (symbol \"Äther\" (property \"Description\" \"Größe\"))\n"
  ")\n";

typedef struct
{
  char *folder, *path;
  NudgeLibrary *library;
  NudgeSearch *search;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = g_dir_make_tmp ("nudge-search-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "Parts.kicad_sym", NULL);
  g_assert_true (g_file_set_contents (fixture->path, library_text, -1, NULL));
  fixture->library = nudge_library_new ();
  nudge_library_set_cache_folder (fixture->library, NULL);
  g_assert_true (nudge_library_add_folder (fixture->library, fixture->folder, NULL));
  fixture->search = nudge_search_new (fixture->library);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  nudge_search_unref (fixture->search);
  g_object_unref (fixture->library);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* The first hits, as "id match id match ...". */
static void
assert_finds (const Fixture *fixture, const char *query, const char *library, const char *expected)
{
  guint n_hits = 0, n_found = 0;
  g_autofree NudgeSearchHit *hits = nudge_search_find (fixture->search, query, library, 5, &n_hits, &n_found);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (n_found, >=, n_hits);
  for (guint i = 0; i < n_hits; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? " " : "", hits[i].id, nudge_search_match_name (hits[i].match));
  if (!g_str_has_prefix (text->str, expected))
    g_error ("“%s” finds %s, not %s", query, text->str, expected);
}

static void
test_order (Fixture *fixture, gconstpointer unused)
{
  assert_finds (fixture, "lm358", NULL, "Parts:LM358 exact");
  assert_finds (fixture, "  LM3 ", NULL, "Parts:LM358 prefix Parts:LM3578 prefix");
  assert_finds (fixture, "358", "Parts", "Parts:LM358 inside Parts:LMV358 inside");
  assert_finds (fixture, "mini esp32", NULL, "Parts:ESP32-C6-MINI name-words");
  assert_finds (fixture, "dual amplifier", "Parts", "Parts:LM358 words Parts:LMV358 words");
  assert_finds (fixture, "mplif", "Parts", "Parts:LM358 text");
  assert_finds (fixture, "opamp", "Parts", "Parts:LM358 words");
  assert_finds (fixture, "bluetooth", "Parts", "Parts:ESP32-C6-MINI words Parts:ESP32-C6-WROOM words");
  assert_finds (fixture, "esp32c6", "Parts", "Parts:ESP32-C6-MINI fuzzy");
  assert_finds (fixture, "LM35B", "Parts", "Parts:LM358 fuzzy");
  assert_finds (fixture, "swithcing reglator", "Parts", "Parts:LM3578 fuzzy");
  assert_finds (fixture, "äTHER", "Parts", "Parts:Äther exact");
  assert_finds (fixture, "GRÖSSE", "Parts", "Parts:Äther words");
}

static void
test_libraries (Fixture *fixture, gconstpointer unused)
{
  const char *const *libraries = nudge_search_get_libraries (fixture->search);

  g_assert_true (g_strv_contains (libraries, "Parts"));
  g_assert_true (g_strv_contains (libraries, "Device"));
  assert_finds (fixture, "parts:r", NULL, "Parts:R exact");
  assert_finds (fixture, "device:R", NULL, "Device:R exact");
  assert_finds (fixture, "R", "Device", "Device:R exact");
  assert_finds (fixture, "pa:", NULL, "Parts:R prefix Parts:LM358 prefix");
  for (guint i = 1; libraries[i] != NULL; i++)
    g_assert_cmpint (strcmp (libraries[i - 1], libraries[i]), <, 0);
}

static void
test_odd_queries (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  static const char *const odd[] = { "", "   ", ":", "::", "a:b:c", "\xff\xfe", "(((", "%s%n", "a b c d e f g h i j k l m", "\t\n" };
  guint n_hits, n_found;

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree NudgeSearchHit *hits = nudge_search_find (fixture->search, odd[i], NULL, 7, &n_hits, &n_found);

      g_assert_cmpuint (n_hits, <=, 7);
      for (guint k = 0; k < n_hits; k++)
        g_assert_true (g_str_has_prefix (hits[k].id, hits[k].library));
    }
  g_free (nudge_search_find (fixture->search, "", NULL, 3, &n_hits, &n_found));
  g_assert_cmpuint (n_found, ==, nudge_search_get_n_symbols (fixture->search));
  g_free (nudge_search_find (fixture->search, long_text, NULL, 3, &n_hits, &n_found));
  g_assert_cmpuint (n_found, ==, 0);
  g_free (nudge_search_find (fixture->search, "r", NULL, 0, &n_hits, &n_found));
  g_assert_cmpuint (n_hits, ==, 0);
  g_assert_cmpuint (n_found, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/search/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/search/libraries", Fixture, NULL, set_up, test_libraries, tear_down);
  g_test_add ("/search/odd-queries", Fixture, NULL, set_up, test_odd_queries, tear_down);
  return g_test_run ();
}
