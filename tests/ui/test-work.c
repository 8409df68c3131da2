/* Work that takes its time while the window goes on: what is shown on the way, what stays, how it ends. */
#include "nudge-resources.h"
#include "window-fixture.h"

#include "arrange/arrange.h"

#define SHEETS 50
#define PARTS 50

/* Many sheets that no machine arranges before the first one is shown; no two are alike, since those are drawn once. */
static char *
make_large (void)
{
  GString *json = g_string_new ("{'name': 'top', 'components': {'R9999': {'symbol': 'Device:R', 'ref': 'R9999'}}, 'nets': {}, 'subcircuits': [");

  for (guint s = 0; s < SHEETS; s++)
    {
      g_string_append_printf (json, "%s{'name': 's%u', 'components': {", s > 0 ? ", " : "", s);
      for (guint i = 0; i < PARTS; i++)
        g_string_append_printf (json, "%s'R%u': {'symbol': 'Device:%s', 'ref': 'R%u', 'value': '%u'}", i > 0 ? ", " : "",
                                s * PARTS + i, i < s ? "C" : "R", s * PARTS + i, s + i);
      g_string_append (json, "}, 'nets': {");
      for (guint i = 0; i < PARTS; i++)
        g_string_append_printf (json, "%s'N%u': [{'component': 'R%u', 'pin': {'number': '2'}}, {'component': 'R%u', 'pin': {'number': '1'}}]",
                                i > 0 ? ", " : "", i, s * PARTS + i, s * PARTS + (7 * i + s + 1) % PARTS);
      g_string_append (json, "}}");
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static void
open_large (Fixture *fixture)
{
  g_autofree char *json = make_large ();
  g_autoptr (GFile) file = write_json (fixture, "board.json", json);

  nudge_window_open (fixture->window, file);
  WAIT_FOR (fixture->window->drawing != NULL && fixture->window->loading == NULL);
}

static guint
first_unit (NudgeLayout *layout, guint block)
{
  return layout->part_units[layout->circuit->blocks[block].first_part];
}

static void
move_unit (Fixture *fixture, guint unit)
{
  NudgeLayout *layout = nudge_editor_get_layout (fixture->window->editor);
  g_autoptr (NudgeLayout) moved = nudge_edit_move (layout, &(NudgeSelection){ &unit, 1, NULL, 0 }, 3 * NUDGE_GRID, 0);

  g_assert_true (nudge_editor_apply (fixture->window->editor, moved, "Move", NULL));
}

/* The root is there before the rest; what is nudged while the rest comes stays, and the end is what headless gives. */
static void
test_opening (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autoptr (NudgeLayout) fresh = NULL, expected = NULL;
  NudgeLayout *layout;
  NudgePoint nudged;
  guint unit;

  open_large (fixture);
  g_assert_false (nudge_editor_is_complete (window->editor));
  g_assert_cmpuint (window->score_id, ==, 0);
  g_assert_cmpuint (window->drawing->sheets[0].n_boxes, ==, SHEETS);
  g_assert_true (gtk_widget_get_visible (window->arranging));
  g_assert_cmpstr (gtk_label_get_text (window->progress_label), !=, "");
  g_assert_false (g_action_get_enabled (g_action_map_lookup_action (G_ACTION_MAP (window), "export")));
  unit = first_unit (nudge_editor_get_layout (window->editor), 0);
  move_unit (fixture, unit);
  nudged = nudge_editor_get_layout (window->editor)->placements[unit].pose.at;
  /* Another sheet is asked for, and comes. */
  nudge_window_set_block (window, SHEETS);
  WAIT_FOR (window->drawing->sheets[SHEETS].n_symbols > 0);
  WAIT_FOR (!nudge_window_is_busy (window));
  g_assert_true (nudge_editor_is_complete (window->editor));
  g_assert_null (nudge_window_get_error (window));
  layout = nudge_editor_get_layout (window->editor);
  g_assert_true (nudge_point_equal (layout->placements[unit].pose.at, nudged));
  fresh = nudge_layout_new (layout->circuit, layout->library, NULL);
  expected = nudge_arrange (fresh, "schematic", NULL, NULL, NULL);
  for (guint i = 0; i < layout->n_units; i++)
    g_assert_true (i == unit || nudge_point_equal (layout->placements[i].pose.at, expected->placements[i].pose.at));
  activate (fixture, "win.undo");
  wait_idle (fixture);
  g_assert_true (nudge_layout_equal (nudge_editor_get_layout (window->editor), expected));
  g_assert_false (nudge_window_is_modified (window));
  g_assert_cmpstr (gtk_label_get_text (window->progress_label), ==, "");
}

/* Stop takes what there is, but every sheet is drawn. */
static void
test_stop_opening (Fixture *fixture, gconstpointer data)
{
  open_large (fixture);
  g_assert_false (nudge_editor_is_complete (fixture->window->editor));
  activate (fixture, "win.stop");
  wait_idle (fixture);
  g_assert_null (nudge_window_get_error (fixture->window));
  for (guint i = 1; i <= SHEETS; i++)
    g_assert_cmpuint (fixture->window->drawing->sheets[i].n_symbols, >=, PARTS);
  g_assert_true (nudge_prove (fixture->window->drawing, NULL, NULL));
}

/* Closed, or something else is opened, while the rest still comes. */
static void
test_leave_opening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) other = NULL;

  open_large (fixture);
  other = write_json (fixture, "other.json", fixture_hierarchy);
  nudge_window_open (fixture->window, other);
  wait_idle (fixture);
  g_assert_cmpuint (fixture->window->drawing->n_sheets, ==, 2);
  open_large (fixture);
}

static void
count_drawn (NudgeEditor *editor, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_forces (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autoptr (NudgeLayout) before = NULL;
  guint n_drawn = 0;

  open_json (fixture, fixture_hierarchy);
  before = nudge_layout_ref (nudge_editor_get_layout (window->editor));
  g_signal_connect (window->editor, "drawn", G_CALLBACK (count_drawn), &n_drawn);
  /* Escape goes back to what was. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.arrange", "s", "force");
  WAIT_FOR (n_drawn >= 5);
  g_assert_nonnull (strstr (gtk_label_get_text (window->progress_label), "iteration"));
  g_assert_true (nudge_editor_give_up (window->editor));
  wait_idle (fixture);
  g_assert_true (nudge_editor_get_layout (window->editor) == before);
  g_assert_true (window->drawing->layout == before);
  g_assert_null (nudge_history_get_undo_label (nudge_editor_get_history (window->editor)));
  g_assert_false (nudge_editor_give_up (window->editor));
  /* Stop keeps what there is, as one step. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.arrange", "s", "force");
  n_drawn = 0;
  WAIT_FOR (n_drawn >= 3);
  activate (fixture, "win.stop");
  wait_idle (fixture);
  g_assert_null (nudge_window_get_error (window));
  g_assert_cmpstr (window->drawing->layout->arranger, ==, "force");
  g_assert_true (nudge_prove (window->drawing, NULL, NULL));
  activate (fixture, "win.undo");
  wait_idle (fixture);
  g_assert_true (nudge_layout_equal (window->drawing->layout, before));
  g_assert_null (nudge_history_get_undo_label (nudge_editor_get_history (window->editor)));
}

/* Left alone, the forces come to the same rest as headless; an edit meanwhile wins over them. */
static void
test_forces_end (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autoptr (NudgeLayout) expected = NULL;
  guint n_drawn = 0;

  open_json (fixture, fixture_hierarchy);
  expected = nudge_arrange (nudge_editor_get_layout (window->editor), "force", NULL, NULL, NULL);
  g_signal_connect (window->editor, "drawn", G_CALLBACK (count_drawn), &n_drawn);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.arrange", "s", "force");
  WAIT_FOR (!nudge_window_is_busy (window));
  g_assert_true (nudge_layout_equal (nudge_editor_get_layout (window->editor), expected));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.arrange", "s", "force");
  n_drawn = 0;
  WAIT_FOR (n_drawn >= 2);
  move_unit (fixture, 0);
  wait_idle (fixture);
  g_assert_cmpint (window->drawing->layout->placements[0].pose.at.x, ==, expected->placements[0].pose.at.x + 3 * NUDGE_GRID);
  g_assert_false (nudge_editor_is_arranging (window->editor));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
#define ADD(name, function) g_test_add ("/ui-work/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("opening", test_opening);
  ADD ("stop-opening", test_stop_opening);
  ADD ("leave-opening", test_leave_opening);
  ADD ("forces", test_forces);
  ADD ("forces-end", test_forces_end);
  return g_test_run ();
}
