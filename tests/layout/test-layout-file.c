/* The layout file: what is saved comes back, what is unknown stays, what is broken is said. */
#include "fixture.h"

#include "layout/layout-records.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static NudgeLayout *
arranged (const char *json)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (GError) error = NULL;
  NudgeLayout *layout = nudge_arrange (empty, "text-flow", NULL, NULL, &error);

  g_assert_no_error (error);
  return layout;
}

static NudgeLayout *
reload (const NudgeLayout *layout, GBytes *bytes, GPtrArray *diagnostics)
{
  g_autoptr (GError) error = NULL;
  NudgeLayout *again = nudge_layout_load_bytes (bytes, "board.nudge", layout->circuit, layout->library, NULL, diagnostics, &error);

  g_assert_no_error (error);
  return again;
}

static void
assert_same_bytes (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL), g_bytes_get_size (b));
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_round_trip (void)
{
  g_autoptr (NudgeLayout) first = arranged (fixture_hierarchy);
  g_autoptr (NudgeLayout) layout = nudge_layout_copy (first), again = NULL;
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GBytes) bytes = NULL, second = NULL;
  const char *text;

  layout->placements[0] = (NudgePlacement){ { { -12700, 25400 }, 3, NUDGE_MIRROR_Y }, TRUE, TRUE };
  layout->placements[1].pose.turn = 1;
  layout->placements[1].pose.mirror = NUDGE_MIRROR_X;
  layout->net_styles[0] = NUDGE_NET_WIRE;
  layout->net_styles[1] = NUDGE_NET_LABEL;
  layout->papers[0] = NUDGE_PAPER_A3_PORTRAIT;
  layout->papers[1] = NUDGE_PAPER_2A0;
  layout->boxes[1].locked = TRUE;
  layout->wires = TRUE;
  layout->dialect = NUDGE_DIALECT_CIRCUIT_SYNTH;

  bytes = nudge_layout_to_bytes (layout);
  again = reload (layout, bytes, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, 0);
  g_assert_true (nudge_layout_equal (layout, again));
  g_assert_false (nudge_layout_equal (first, again));
  second = nudge_layout_to_bytes (again);
  assert_same_bytes (bytes, second);
  g_assert_cmpstr (again->arranger, ==, "text-flow");

  text = g_bytes_get_data (bytes, NULL);
  g_assert_true (g_str_has_prefix (text, "{\n  \"nudge\": 1,\n  \"arranger\": \"text-flow\",\n  \"draw\": \"wires\",\n"
                                           "  \"dialect\": \"circuit-synth\",\n  \"parts\": [\n"));
  g_assert_nonnull (strstr (text, "\"at\": [-1.27, 2.54], \"turn\": 270, \"mirror\": \"y\", \"locked\": true"));
}

/* One item a line, in order: every line of a list is the same but for its item when something else is moved. */
static void
test_one_line_changes (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (NudgeLayout) moved = nudge_layout_copy (layout);
  g_autoptr (GBytes) a = nudge_layout_to_bytes (layout), b = NULL;
  g_auto (GStrv) before = NULL, after = NULL;
  guint n_changed = 0;

  moved->placements[1].pose.at.x += NUDGE_GRID;
  b = nudge_layout_to_bytes (moved);
  before = g_strsplit (g_bytes_get_data (a, NULL), "\n", -1);
  after = g_strsplit (g_bytes_get_data (b, NULL), "\n", -1);
  g_assert_cmpuint (g_strv_length (before), ==, g_strv_length (after));
  for (guint i = 0; before[i] != NULL; i++)
    n_changed += !g_str_equal (before[i], after[i]);
  g_assert_cmpuint (n_changed, ==, 1);
  for (guint i = 1; before[i + 1] != NULL; i++)
    if (g_str_has_prefix (before[i], "    {\"part\"") && g_str_has_prefix (before[i - 1], "    {\"part\""))
      g_assert_cmpint (strcmp (before[i - 1], before[i]), <, 0);
}

static void
test_unknown_survives (void)
{
  static const char text[] =
    "{\n  \"nudge\": 7,\n  \"arranger\": \"text-flow\",\n  \"draw\": \"labels\",\n  \"parts\": [\n"
    "    {\"part\": \"/J1\", \"at\": [50.8, 50.8], \"symbol\": \"Connector_Generic:Conn_01x02\", \"value\": \"in\", \"footprint\": \"\","
    " \"nets\": [\"GND\", \"IN\"], \"halo\": {\"r\": 1.50, \"on\": [true, null]}}\n  ],\n"
    "  \"sheets\": [\n    {\"sheet\": \"/\", \"paper\": \"A3\", \"tint\": \"\\u00fc\\n\"}\n  ],\n"
    "  \"nets\": [\n    {\"net\": \"IN\", \"sheet\": \"/\", \"style\": \"label\", \"width\": 2}\n  ],\n"
    "  \"symbols\": [\n    {\"for\": \"Device:R\", \"use\": \"Device:C\", \"because\": 1}\n  ],\n"
    "  \"future\": [1, {\"a\": \"b\"}]\n}\n";
  static const char *const kept[] = { "\"nudge\": 7,", ", \"halo\": {\"r\": 1.50, \"on\": [true, null]}}", ", \"tint\": \"ü\\n\"}", ", \"width\": 2}",
                                      ", \"because\": 1}", "\n  \"future\": [1, {\"a\": \"b\"}]\n" };
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated);
  g_autoptr (GBytes) bytes = bytes_of (text), again = NULL;
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeLayout) loaded = reload (layout, bytes, diagnostics), moved = NULL;
  g_autofree char *saved = NULL;

  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_LAYOUT_FILE_NEWER);
  moved = nudge_layout_copy (loaded);
  moved->placements[0].pose.at.x += NUDGE_GRID;
  again = nudge_layout_to_bytes (moved);
  saved = g_strndup (g_bytes_get_data (again, NULL), g_bytes_get_size (again));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (strstr (saved, kept[i]) == NULL)
      g_error ("%s is lost in %s", kept[i], saved);
  g_assert_nonnull (strstr (saved, "[52.07, 50.8]"));
}

static void
test_broken (void)
{
  static const char *const texts[] = {
    "", "{", "[]", "{}", "{\"nudge\": 0}", "{\"nudge\": \"1\"}", "{\"nudge\": 1.5}", "{\"nudge\": 1, \"nudge\": 1}", "{\"nudge\": 1} x", "{\"nudge\": 1e99}",
  };
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (texts[i]);
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (nudge_layout_load_bytes (bytes, "x.nudge", layout->circuit, layout->library, NULL, diagnostics, &error));
      g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, "x.nudge"));
      g_assert_cmpuint (nudge_diagnostics_count (diagnostics, NUDGE_SEVERITY_ERROR), ==, 1);
    }
}

/* An item that makes no sense is passed over, the others count. */
static void
test_bad_items (void)
{
  static const char *const items[] = {
    "7", "{}", "{\"part\": \"J1\", \"at\": [1, 2]}", "{\"part\": \"/J1\"}", "{\"part\": \"/J1\", \"at\": [1]}", "{\"part\": \"/J1\", \"at\": [1, 1e9]}",
    "{\"part\": \"/J1\", \"at\": [\"1\", 2]}", "{\"part\": \"/J1\", \"at\": [1, 2], \"turn\": 45}", "{\"part\": \"/J1\", \"at\": [1, 2], \"turn\": [90]}",
    "{\"part\": \"/J1\", \"at\": [1, 2], \"mirror\": \"z\"}", "{\"part\": \"/J1\", \"at\": [1, 2], \"unit\": 0}",
    "{\"part\": \"/J1\", \"at\": [1, 2], \"unit\": -1}", "{\"part\": \"/J1\", \"at\": [1, 2], \"locked\": 1}", "{\"part\": 5, \"at\": [1, 2]}",
    "{\"part\": \"/J1\", \"at\": [1, 2], \"nets\": {}}", "{\"part\": \"/J1\", \"at\": [1, 2], \"nets\": [1]}",
  };
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"nudge\": 1, \"parts\": [%s, {\"part\": \"/div1/R1\", \"at\": [2.54, 2.54]}]}", items[i]);
      g_autoptr (GBytes) bytes = bytes_of (text);
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (NudgeLayout) loaded = reload (layout, bytes, diagnostics);
      guint unit = loaded->part_units[nudge_circuit_find_part (loaded->circuit, NUDGE_NONE, "R1")];

      g_assert_cmpuint (nudge_diagnostics_count (diagnostics, NUDGE_SEVERITY_WARNING), ==, 1);
      g_assert_false (loaded->placements[loaded->part_units[nudge_circuit_find_part (loaded->circuit, NUDGE_NONE, "J1")]].placed);
      g_assert_true (loaded->placements[unit].placed);
      g_assert_cmpint (loaded->placements[unit].pose.at.x, ==, 25400);
    }
}

static void
test_duplicates_and_grid (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated);
  g_autoptr (GBytes) bytes = bytes_of ("{\"nudge\": 1, \"parts\": [{\"part\": \"/J1\", \"at\": [2.6, 1.9]}, {\"part\": \"/J1\", \"at\": [9, 9]}]}");
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeLayout) loaded = reload (layout, bytes, diagnostics);
  const NudgePose *pose = &loaded->placements[0].pose;

  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_LAYOUT_ITEM_IGNORED);
  g_assert_cmpint (pose->at.x, ==, 25400);
  g_assert_cmpint (pose->at.y, ==, 12700);
}

static void
test_on_disk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-layout-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "board.nudge", NULL), *link = g_build_filename (folder, "link.nudge", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL), *inside = g_build_filename (folder, "none", "board.nudge", NULL);
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (NudgeLayout) moved = nudge_layout_copy (layout), again = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf before, after;

  g_assert_null (nudge_layout_load (path, layout->circuit, layout->library, NULL, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (nudge_layout_save (layout, path, &error));
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  g_assert_true (nudge_layout_save (layout, path, &error));
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);

  g_assert_cmpint (symlink ("board.nudge", link), ==, 0);
  moved->placements[0].pose.at.x += NUDGE_GRID;
  g_assert_true (nudge_layout_save (moved, link, &error));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  again = nudge_layout_load (path, layout->circuit, layout->library, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nudge_layout_equal (moved, again));

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_null (nudge_layout_load (fifo, layout->circuit, layout->library, NULL, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (nudge_layout_save (layout, inside, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);

  g_unlink (fifo);
  g_unlink (link);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_name (void)
{
  g_autofree char *a = nudge_layout_file_for ("x/board.json"), *b = nudge_layout_file_for ("board");

  g_assert_cmpstr (a, ==, "x/board.nudge");
  g_assert_cmpstr (b, ==, "board.nudge");
}

/* Other symbols for a part or for all of a kind; copies look alike. */
static void
test_symbols (void)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (fixture_repeated);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  const NudgeSymbolMapping mappings[] = { { "Device:R", "Device:L" }, { "/div2/R4", "Device:C" }, { "/J1", "Nowhere:Nothing" } };
  g_autoptr (NudgeSymbolMap) map = nudge_symbol_map_new (mappings, G_N_ELEMENTS (mappings));
  g_autoptr (NudgeLayout) layout = nudge_layout_new_with_symbols (circuit, library, map, diagnostics), again = NULL;
  g_autoptr (GBytes) bytes = nudge_layout_to_bytes (layout);
  static const char *const expected[] = { "Connector_Generic:Conn_01x02", "Device:L", "Device:C", "Device:L", "Device:C" };

  g_assert_cmpuint (layout->n_units, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < layout->n_units; i++)
    g_assert_cmpstr (layout->units[i].symbol->id, ==, expected[i]);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_MAPPING_BROKEN);
  again = reload (layout, bytes, NULL);
  g_assert_true (nudge_layout_equal (layout, again));
}

static void
test_symbol_map (void)
{
  g_autoptr (NudgeSymbolMap) empty = nudge_symbol_map_with (NULL, "a:b", NULL);
  g_autoptr (NudgeSymbolMap) one = nudge_symbol_map_with (empty, "b:b", "c:c"), two = nudge_symbol_map_with (one, "a:a", "d:d");
  g_autoptr (NudgeSymbolMap) changed = nudge_symbol_map_with (two, "b:b", "e:e"), back = nudge_symbol_map_with (two, "a:a", NULL);
  guint n;

  g_assert_true (nudge_symbol_map_equal (NULL, empty));
  g_assert_cmpstr (nudge_symbol_map_list (two, &n)[0].from, ==, "a:a");
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (nudge_symbol_map_find (changed, "b:b"), ==, "e:e");
  g_assert_cmpstr (nudge_symbol_map_find (two, "b:b"), ==, "c:c");
  g_assert_null (nudge_symbol_map_find (two, "b:c"));
  g_assert_true (nudge_symbol_map_equal (one, back));
  g_assert_false (nudge_symbol_map_equal (two, changed));
}

/* Every real circuit there is: placed by text flow, saved, loaded, with every part known again. */
static guint
try_circuits (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (folder, name, NULL), *symbols = g_build_filename (folder, name, "symbols", NULL);
      g_autoptr (GDir) files = g_dir_open (inner, 0, NULL);
      const char *file;

      while (files != NULL && (file = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *path = g_build_filename (inner, file, NULL);
          g_autoptr (NudgeCircuit) circuit = g_str_has_suffix (file, ".json") ? nudge_circuit_read_file (path, NULL, NULL) : NULL;
          g_autoptr (NudgeLibrary) library = nudge_library_new ();
          g_autoptr (NudgeLayout) empty = NULL, layout = NULL, loaded = NULL;
          g_autoptr (GBytes) bytes = NULL, again = NULL;
          g_autoptr (NudgeFollow) follow = NULL;

          if (circuit == NULL || circuit->n_parts == 0)
            continue;
          g_test_message ("%s", path);
          nudge_library_add_folder (library, symbols, NULL);
          empty = nudge_layout_new (circuit, library, NULL);
          layout = nudge_arrange (empty, "text-flow", NULL, NULL, NULL);
          bytes = nudge_layout_to_bytes (layout);
          loaded = nudge_layout_load_bytes (bytes, file, circuit, library, &follow, NULL, NULL);
          g_assert_true (nudge_layout_equal (layout, loaded));
          g_assert_cmpuint (follow->n_kept, ==, circuit->n_parts);
          again = nudge_layout_to_bytes (loaded);
          assert_same_bytes (bytes, again);
          n++;
        }
    }
  return n;
}

static void
test_corpus (void)
{
  const char *shared = g_getenv ("NUDGE_SHARED");
  g_autofree char *corpus = g_build_filename (shared != NULL ? shared : ".", "corpus", NULL);
  g_autofree char *golden = g_build_filename (shared != NULL ? shared : ".", "golden", "head", NULL);

  if (try_circuits (corpus) + try_circuits (golden) == 0)
    g_test_skip ("no circuits of others beside the checkout");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout-file/round-trip", test_round_trip);
  g_test_add_func ("/layout-file/one-line-changes", test_one_line_changes);
  g_test_add_func ("/layout-file/unknown-survives", test_unknown_survives);
  g_test_add_func ("/layout-file/broken", test_broken);
  g_test_add_func ("/layout-file/bad-items", test_bad_items);
  g_test_add_func ("/layout-file/duplicates-and-grid", test_duplicates_and_grid);
  g_test_add_func ("/layout-file/on-disk", test_on_disk);
  g_test_add_func ("/layout-file/name", test_name);
  g_test_add_func ("/layout-file/symbols", test_symbols);
  g_test_add_func ("/layout-file/symbol-map", test_symbol_map);
  g_test_add_func ("/layout-file/corpus", test_corpus);
  return g_test_run ();
}
