/* A layout that comes from a file is completed, and drawn as it was before it was saved. */
#include "fixture.h"

#include "drawing/work-routes.h"

#include <string.h>

static const char small[] =
  "{'name': 'top', 'components': {"
  " 'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '1k'}, 'R2': {'symbol': 'Device:R', 'ref': 'R2', 'value': '2k'},"
  " 'C1': {'symbol': 'Device:C', 'ref': 'C1', 'value': '1u'}, 'J1': {'symbol': 'Connector_Generic:Conn_01x03', 'ref': 'J1', 'value': 'in'}},"
  " 'nets': {'IN': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}, {'component': 'J1', 'pin': {'number': '1'}}]},"
  "          'OUT': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}},"
  "                            {'component': 'C1', 'pin': {'number': '1'}}, {'component': 'J1', 'pin': {'number': '2'}}]},"
  "          'GND': {'nodes': [{'component': 'R2', 'pin': {'number': '2'}}, {'component': 'C1', 'pin': {'number': '2'}},"
  "                            {'component': 'J1', 'pin': {'number': '3'}}], 'is_power': true, 'power_symbol': 'power:GND'}}}";

static NudgeLayout *
open_layout (NudgeLayout *layout)
{
  g_autoptr (GError) error = NULL;
  NudgeLayout *result = nudge_arrange_open (layout, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static NudgeLayout *
reload (const NudgeLayout *layout)
{
  g_autoptr (GBytes) bytes = nudge_layout_to_bytes (layout);
  g_autoptr (NudgeLayout) loaded = nudge_layout_load_bytes (bytes, "x", layout->circuit, layout->library, NULL, NULL, NULL);

  return open_layout (loaded);
}

/* The project's files, which say everything about a drawing. */
static GPtrArray *
files_of (NudgeLayout *layout)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) drawing = nudge_draw (layout, NULL, &error);
  GPtrArray *files;

  g_assert_no_error (error);
  files = nudge_project_files (drawing, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return files;
}

static void
assert_same_drawing (NudgeLayout *a, NudgeLayout *b)
{
  g_autoptr (GPtrArray) x = files_of (a), y = files_of (b);

  g_assert_cmpuint (x->len, ==, y->len);
  for (guint i = 0; i < x->len; i++)
    g_assert_true (g_bytes_equal (((NudgeFile *) x->pdata[i])->bytes, ((NudgeFile *) y->pdata[i])->bytes));
}

static NudgeLayout *
arranged (const char *json, const char *arranger)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, arranger);

  return nudge_layout_ref (drawing->layout);
}

static void
test_saved (gconstpointer arranger)
{
  const char *const circuits[] = { small, fixture_hierarchy, fixture_repeated };

  for (guint i = 0; i < G_N_ELEMENTS (circuits); i++)
    {
      g_autoptr (NudgeLayout) layout = arranged (circuits[i], arranger), again = reload (layout), moved = NULL, moved_again = NULL;
      guint unit = layout->n_units - 1;
      const NudgeSelection selection = { &unit, 1, NULL, 0 };

      g_assert_true (nudge_layout_equal (layout, again));
      assert_same_drawing (layout, again);
      moved = nudge_edit_move (layout, &selection, 20 * NUDGE_GRID, 20 * NUDGE_GRID);
      moved_again = reload (moved);
      g_assert_true (nudge_layout_equal (moved, moved_again));
      assert_same_drawing (moved, moved_again);
    }
}

/* One part more: the others stay where they are. */
static void
test_new_part (gconstpointer arranger)
{
  g_autoptr (NudgeLayout) layout = arranged (small, arranger), reset = NULL, placed = NULL;
  g_autoptr (GPtrArray) files = NULL;
  guint unit = layout->part_units[nudge_circuit_find_part (layout->circuit, 0, "C1")], first = 0;
  const NudgeSelection selection = { &unit, 1, NULL, 0 }, locked = { &first, 1, NULL, 0 };
  g_autoptr (NudgeLayout) with_lock = nudge_edit_lock (layout, &locked, TRUE);

  reset = nudge_edit_reset (with_lock, &selection);
  placed = open_layout (reset);
  g_assert_true (nudge_layout_is_placed (placed));
  for (guint i = 0; i < placed->n_units; i++)
    {
      g_assert_cmpint (placed->placements[i].locked, ==, i == first);
      if (i != unit)
        g_assert_true (nudge_point_equal (placed->placements[i].pose.at, layout->placements[i].pose.at));
    }
  files = files_of (placed);
  g_assert_cmpuint (files->len, >=, 4);
}

/* What was saved is shown without looking for anything. */
static void
test_no_search (void)
{
  const char *const circuits[] = { small, fixture_hierarchy, fixture_repeated };
  guint64 effort = 0;

  for (guint i = 0; i < G_N_ELEMENTS (circuits); i++)
    {
      g_autoptr (NudgeLayout) layout = arranged (circuits[i], "schematic"), again = reload (layout);
      g_autoptr (GBytes) first = nudge_layout_to_bytes (layout), second = nudge_layout_to_bytes (again);

      effort += fixture_effort (layout);
      g_assert_cmpuint (fixture_effort (again), ==, 0);
      g_assert_true (g_bytes_equal (first, second));
      for (guint block = 0; block < layout->circuit->n_blocks; block++)
        g_assert_false (nudge_layout_get_routes (again, block) != NULL && nudge_layout_get_routes (again, block)->stale);
    }
  g_assert_cmpuint (effort, >, 0);
}

static NudgeLayout *
load_text (const NudgeLayout *layout, NudgeCircuit *circuit, const char *text, GPtrArray *diagnostics)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  NudgeLayout *loaded = nudge_layout_load_bytes (bytes, "x", circuit, layout->library, NULL, diagnostics, &error);

  g_assert_no_error (error);
  return loaded;
}

static char *
text_of (const NudgeLayout *layout)
{
  g_autoptr (GBytes) bytes = nudge_layout_to_bytes (layout);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Whatever somebody wrote into the file, what is drawn connects what the circuit connects. */
static void
test_edited_by_hand (void)
{
  static const char *const keys[] = { "\"wires\": [[", "\"powers\": [[", "\"junctions\": [[", "\"texts\": [[", "\"part\": \"/R1\", \"at\": [" };
  static const char *const numbers[] = { "15", "0", "999995", "7.5" };
  g_autoptr (NudgeLayout) layout = arranged (small, "schematic");
  g_autofree char *text = text_of (layout);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
      {
        const char *at = strstr (text, keys[i]);
        g_autofree char *edited = NULL;
        g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
        g_autoptr (NudgeLayout) loaded = NULL, opened = NULL;

        /* The number after the key is another. */
        if (at == NULL)
          g_error ("no %s in %s", keys[i], text);
        at += strlen (keys[i]);
        edited = g_strdup_printf ("%.*s%s%s", (int) (at - text), text, numbers[k], at + strcspn (at, ",]"));
        loaded = load_text (layout, layout->circuit, edited, diagnostics);
        opened = open_layout (loaded);
        g_assert_true (nudge_layout_get_routes (loaded, 0)->stale);
        fixture_assert_proven (opened);
        for (guint unit = 0; i < 4 && unit < layout->n_units; unit++)
          g_assert_true (nudge_point_equal (layout->placements[unit].pose.at, opened->placements[unit].pose.at));
      }
}

/* A drawing that the file vouches for, but that connects something else, is not used. */
static void
test_wrong_routes (void)
{
  g_autoptr (NudgeLayout) layout = arranged (small, "schematic"), opened = NULL;
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  g_array_set_size (nudge_layout_get_routes (layout, 0)->wires, 1);
  opened = nudge_arrange_open (layout, NULL, diagnostics, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_LAYOUT_ITEM_IGNORED);
  fixture_assert_proven (opened);
}

/* Of two sheets only the one that the file is wrong about is drawn anew. */
static void
test_wrong_sheet (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy, "schematic"), opened = NULL;
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  NudgeRoutes *root = nudge_routes_ref (nudge_layout_get_routes (layout, 0)), *child = nudge_routes_ref (nudge_layout_get_routes (layout, 1));

  g_assert_cmpuint (child->wires->len, >, 0);
  g_array_set_size (child->wires, 0);
  g_array_set_size (child->marks, 0);
  opened = nudge_arrange_open (layout, NULL, diagnostics, NULL, NULL);
  g_assert_true (nudge_layout_get_routes (opened, 0) == root);
  g_assert_false (nudge_layout_get_routes (opened, 1) == child);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_nonnull (strstr (((NudgeDiagnostic *) diagnostics->pdata[0])->message, layout->circuit->blocks[1].path));
  fixture_assert_proven (opened);
  nudge_routes_unref (root);
  nudge_routes_unref (child);
}

static gboolean
net_drawn_alike (const NudgeDrawnSheet *a, const NudgeDrawnSheet *b, const NudgeCircuit *x, const NudgeCircuit *y, const char *name)
{
  guint n = 0, n_same = 0;

  for (guint i = 0; i < a->n_wires; i++)
    {
      if (!g_str_equal (x->nets[a->wires[i].net].name, name))
        continue;
      n++;
      for (guint k = 0; k < b->n_wires; k++)
        n_same += g_str_equal (y->nets[b->wires[k].net].name, name) && nudge_point_equal (a->wires[i].a, b->wires[k].a)
                  && nudge_point_equal (a->wires[i].b, b->wires[k].b);
    }
  return n > 0 && n == n_same;
}

/* A part more or less in the circuit: the others stay, and nets that have nothing to do with it are drawn as before. */
static void
test_changed_circuit (void)
{
  g_autofree char *more = NULL, *less = NULL;
  g_auto (GStrv) pieces = g_strsplit (small, "'J1': {'symbol'", 2);
  g_autoptr (NudgeLayout) layout = arranged (small, "schematic");
  g_autoptr (NudgeDrawing) before = nudge_draw (layout, NULL, NULL);
  g_autofree char *text = text_of (layout);
  const char *circuits[2];

  more = g_strjoinv ("'R9': {'symbol': 'Device:R', 'ref': 'R9', 'value': '9k'}, 'J1': {'symbol'", pieces);
  g_strfreev (pieces);
  pieces = g_strsplit (more, "{'component': 'R2', 'pin': {'number': '1'}},", 2);
  g_free (more);
  more = g_strjoinv ("{'component': 'R2', 'pin': {'number': '1'}}, {'component': 'R9', 'pin': {'number': '1'}},", pieces);
  g_strfreev (pieces);
  pieces = g_strsplit (more, "{'component': 'R2', 'pin': {'number': '2'}},", 2);
  g_free (more);
  more = g_strjoinv ("{'component': 'R2', 'pin': {'number': '2'}}, {'component': 'R9', 'pin': {'number': '2'}},", pieces);
  g_strfreev (pieces);
  pieces = g_strsplit (small, "{'component': 'C1', 'pin': {'number': '1'}}, ", 2);
  less = g_strjoinv ("", pieces);
  circuits[0] = more;
  circuits[1] = less;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (NudgeCircuit) circuit = fixture_circuit (circuits[i]);
      g_autoptr (NudgeLayout) loaded = load_text (layout, circuit, text, NULL), opened = open_layout (loaded);
      g_autoptr (NudgeDrawing) after = nudge_draw (opened, NULL, NULL);

      g_assert_true (nudge_layout_get_routes (loaded, 0)->stale);
      for (guint part = 0; part < layout->circuit->n_parts; part++)
        {
          guint now = nudge_circuit_find_part (circuit, 0, layout->circuit->parts[part].reference);

          g_assert_true (nudge_point_equal (layout->placements[layout->part_units[part]].pose.at, opened->placements[opened->part_units[now]].pose.at));
        }
      fixture_assert_proven (opened);
      g_assert_true (net_drawn_alike (&before->sheets[0], &after->sheets[0], layout->circuit, circuit, "IN"));
    }
}

/* Another arranger moves everything but what is locked. */
static void
test_other_arranger (void)
{
  g_autoptr (NudgeLayout) layout = arranged (small, "schematic"), other = NULL;
  g_autoptr (GError) error = NULL;

  other = nudge_arrange_open (layout, "text-flow", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (other->arranger, ==, "text-flow");
  g_assert_false (other->wires);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/open/saved/schematic", "schematic", test_saved);
  g_test_add_data_func ("/open/saved/text-flow", "text-flow", test_saved);
  g_test_add_data_func ("/open/new-part/schematic", "schematic", test_new_part);
  g_test_add_data_func ("/open/new-part/text-flow", "text-flow", test_new_part);
  g_test_add_func ("/open/no-search", test_no_search);
  g_test_add_func ("/open/edited-by-hand", test_edited_by_hand);
  g_test_add_func ("/open/wrong-routes", test_wrong_routes);
  g_test_add_func ("/open/wrong-sheet", test_wrong_sheet);
  g_test_add_func ("/open/changed-circuit", test_changed_circuit);
  g_test_add_func ("/open/other-arranger", test_other_arranger);
  return g_test_run ();
}
