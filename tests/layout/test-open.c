/* A layout that comes from a file is completed, and drawn as it was before it was saved. */
#include "fixture.h"

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
  g_test_add_func ("/open/other-arranger", test_other_arranger);
  return g_test_run ();
}
