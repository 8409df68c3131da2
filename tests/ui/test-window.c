/* The window with documents: opening, walking, failing, exporting. */
#include "canvas/canvas-private.h"
#include "dialogs/export-dialog.h"
#include "dialogs/file-chooser.h"
#include "dialogs/symbol-dialog.h"
#include "nudge-resources.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_true (nudge_window_is_empty (fixture->window));
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, NUDGE_NONE);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->stack), ==, "empty");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture->window->export_button)));
  activate (fixture, "win.next-sheet");
  activate (fixture, "win.leave-sheet");
  g_assert_null (nudge_window_get_error (fixture->window));
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  open_json (fixture, fixture_hierarchy);
  g_assert_null (nudge_window_get_error (fixture->window));
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 0);
  g_assert_cmpstr (gtk_label_get_text (fixture->window->title_label), ==, "board.json");
  g_assert_cmpstr (nudge_breadcrumb_get_text (fixture->window->breadcrumb), ==, "top");
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (fixture->window->export_button)));
  g_assert_nonnull (nudge_canvas_get_sheet (nudge_window_get_canvas (fixture->window)));
}

static void
test_walk (Fixture *fixture, gconstpointer data)
{
  open_json (fixture, fixture_repeated);
  activate (fixture, "win.next-sheet");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
  g_assert_cmpstr (nudge_breadcrumb_get_text (fixture->window->breadcrumb), ==, "top › div1");
  activate (fixture, "win.next-sheet");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 2);
  activate (fixture, "win.next-sheet");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 2);
  activate (fixture, "win.leave-sheet");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 0);
  g_signal_emit_by_name (fixture->window->canvas, "enter-box", 1);
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 2);
  g_signal_emit_by_name (fixture->window->sheet_tree, "sheet-selected", 1);
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
  /* 0 1 2 0 2 1 is the way so far. */
  activate (fixture, "win.go-back");
  activate (fixture, "win.go-back");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 0);
  activate (fixture, "win.go-forward");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 2);
  nudge_window_set_block (fixture->window, 0);
  activate (fixture, "win.go-forward");
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 0);
}

static void
test_bad_input (Fixture *fixture, gconstpointer data)
{
  open_json (fixture, "{\n 'name': 'x',\n}");
  g_assert_nonnull (nudge_window_get_error (fixture->window));
  g_assert_nonnull (strstr (nudge_window_get_error (fixture->window), "board.json"));
  g_assert_nonnull (strstr (nudge_window_get_error (fixture->window), "line 3"));
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, NUDGE_NONE);
  g_assert_nonnull (nudge_problem_list_get (fixture->window->problem_list, 0));
  /* The next good one clears it. */
  open_json (fixture, fixture_hierarchy);
  g_assert_null (nudge_window_get_error (fixture->window));
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/board.json");
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.org/board.json");

  nudge_window_open (fixture->window, file);
  wait_idle (fixture);
  g_assert_nonnull (nudge_window_get_error (fixture->window));
  nudge_window_open (fixture->window, remote);
  g_assert_false (nudge_window_is_busy (fixture->window));
  g_assert_nonnull (strstr (nudge_window_get_error (fixture->window), "this computer"));
}

/* A document that breaks while it is open stays in view, with a word about why. */
static void
test_reload (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) broken = NULL;
  g_autoptr (GFile) mended = NULL;

  open_json (fixture, fixture_hierarchy);
  nudge_window_set_block (fixture->window, 1);
  broken = write_json (fixture, "board.json", "{");
  activate (fixture, "win.reload");
  wait_idle (fixture);
  g_assert_nonnull (nudge_window_get_error (fixture->window));
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
  mended = write_json (fixture, "board.json", fixture_hierarchy);
  activate (fixture, "win.reload");
  wait_idle (fixture);
  g_assert_null (nudge_window_get_error (fixture->window));
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
}

static void
test_latest_wins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) one = write_json (fixture, "one.json", fixture_hierarchy);
  g_autoptr (GFile) two = write_json (fixture, "two.json", fixture_repeated);

  for (guint i = 0; i < 5; i++)
    {
      nudge_window_open (fixture->window, one);
      nudge_window_open (fixture->window, two);
    }
  wait_idle (fixture);
  g_assert_cmpstr (gtk_label_get_text (fixture->window->title_label), ==, "two.json");
  g_assert_cmpuint (fixture->window->drawing->layout->circuit->n_blocks, ==, 3);
}

static void
export (Fixture *fixture, const char *folder)
{
  g_setenv (NUDGE_CHOOSE_ENV, folder, TRUE);
  activate (fixture, "win.export");
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  wait_idle (fixture);
  g_unsetenv (NUDGE_CHOOSE_ENV);
}

static void
confirm (Fixture *fixture)
{
  g_assert_nonnull (fixture->window->export_dialog);
  nudge_export_dialog_confirm (NUDGE_EXPORT_DIALOG (fixture->window->export_dialog));
  wait_idle (fixture);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *schematic = g_build_filename (folder, "top.kicad_sch", NULL);

  open_json (fixture, fixture_hierarchy);
  export (fixture, folder);
  g_assert_false (g_file_test (schematic, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (nudge_export_dialog_count (NUDGE_EXPORT_DIALOG (fixture->window->export_dialog)), >=, 3);
  confirm (fixture);
  g_assert_null (fixture->window->export_dialog);
  g_assert_null (nudge_window_get_error (fixture->window));
  g_assert_nonnull (strstr (nudge_window_get_toast (fixture->window), "files written to"));
  g_assert_true (g_file_test (schematic, G_FILE_TEST_IS_REGULAR));
  /* The next one goes there, too, without a question for the folder. */
  activate (fixture, "win.export");
  wait_idle (fixture);
  confirm (fixture);
  g_assert_null (nudge_window_get_error (fixture->window));
}

static void
test_export_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *schematic = g_build_filename (folder, "top.kicad_sch", NULL);
  g_autofree char *text = NULL;

  g_mkdir (folder, 0755);
  g_assert_true (g_file_set_contents (schematic, "mine", -1, NULL));
  open_json (fixture, fixture_hierarchy);
  export (fixture, folder);
  g_assert_true (g_file_get_contents (schematic, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  confirm (fixture);
  g_assert_null (nudge_window_get_error (fixture->window));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (schematic, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "(kicad_sch"));
}

static void
test_pdf (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "board.pdf", NULL);
  g_autofree char *bytes = NULL;

  open_json (fixture, fixture_hierarchy);
  g_setenv (NUDGE_CHOOSE_ENV, path, TRUE);
  activate (fixture, "win.save-pdf");
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_unsetenv (NUDGE_CHOOSE_ENV);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
}

static void
test_show_problem (Fixture *fixture, gconstpointer data)
{
  NudgeDiagnostic part = { .code = NUDGE_CODE_SYMBOL_NOT_FOUND, .subject = (char *) "R3" };
  NudgeDiagnostic place = { .code = NUDGE_CODE_PAPER_LARGER, .sheet = (char *) "/", .has_position = TRUE, .at = { 1000000, 500000 } };
  NudgeHit hit;
  NudgePoint middle;

  open_json (fixture, fixture_hierarchy);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  nudge_window_show_problem (fixture->window, &part);
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
  hit = nudge_canvas_get_selection (fixture->window->canvas);
  g_assert_cmpint (hit.kind, ==, NUDGE_HIT_SYMBOL);
  g_assert_true (g_str_has_prefix (gtk_inscription_get_text (fixture->window->inspector_label), "R3 330"));
  nudge_window_show_problem (fixture->window, &place);
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 0);
  middle = nudge_viewport_to_sheet (&fixture->window->canvas->view, fixture->window->canvas->view.width / 2, fixture->window->canvas->view.height / 2);
  g_assert_cmpint (ABS (middle.x - place.at.x), <, 20000);
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static guint
select_part (Fixture *fixture)
{
  const NudgeDrawnSheet *sheet = nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (fixture->window->canvas));

  for (guint i = 0; i < sheet->n_symbols; i++)
    if (sheet->symbols[i].unit_index != NUDGE_NONE)
      {
        nudge_canvas_select (fixture->window->canvas, &(NudgeHit){ NUDGE_HIT_SYMBOL, i, NUDGE_NONE });
        return sheet->symbols[i].unit_index;
      }
  g_assert_not_reached ();
}

static NudgePlacement
place_of (Fixture *fixture, guint unit)
{
  wait_idle (fixture);
  g_assert_true (nudge_layout_equal (fixture->window->drawing->layout, nudge_editor_get_layout (fixture->window->editor)));
  return fixture->window->drawing->layout->placements[unit];
}

static void
nudge (Fixture *fixture, int dx, int dy)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.nudge", "(ii)", dx, dy);
}

/* Arrows of one selection are one step; undoing it leads back to what is saved. */
static void
test_nudge (Fixture *fixture, gconstpointer data)
{
  NudgePlacement before, after;
  guint unit;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  nudge (fixture, 1, 0);
  nudge (fixture, 10, 0);
  nudge (fixture, 0, -1);
  after = place_of (fixture, unit);
  g_assert_cmpint (after.pose.at.x - before.pose.at.x, ==, 11 * NUDGE_GRID);
  g_assert_cmpint (after.pose.at.y - before.pose.at.y, ==, -NUDGE_GRID);
  g_assert_true (nudge_window_is_modified (fixture->window));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (fixture->window->title_label), "•"));
  g_assert_true (g_str_has_prefix (gtk_widget_get_tooltip_text (GTK_WIDGET (fixture->window->undo_button)), "Undo: Move "));
  activate (fixture, "win.undo");
  after = place_of (fixture, unit);
  g_assert_cmpint (after.pose.at.x, ==, before.pose.at.x);
  g_assert_false (nudge_window_is_modified (fixture->window));
  activate (fixture, "win.redo");
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x + 11 * NUDGE_GRID);
}

/* While something is dragged the sheet follows; only its end is a step. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  NudgePlacement before;
  guint unit;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  for (int i = 1; i <= 5; i++)
    g_signal_emit_by_name (fixture->window->canvas, "moved", i * NUDGE_GRID, 0, FALSE);
  wait_idle (fixture);
  g_assert_cmpint (fixture->window->drawing->layout->placements[unit].pose.at.x, ==, before.pose.at.x + 5 * NUDGE_GRID);
  g_assert_false (nudge_window_is_modified (fixture->window));
  g_signal_emit_by_name (fixture->window->canvas, "moved", 0, 0, TRUE);
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x);
  g_assert_null (nudge_history_get_undo_label (nudge_editor_get_history (fixture->window->editor)));
  g_signal_emit_by_name (fixture->window->canvas, "moved", 2 * NUDGE_GRID, 0, TRUE);
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x + 2 * NUDGE_GRID);
}

static void
test_turn_and_lock (Fixture *fixture, gconstpointer data)
{
  NudgePlacement before;
  guint unit;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.rotate", "i", 1);
  g_assert_cmpint (place_of (fixture, unit).pose.turn, ==, (before.pose.turn + 1) % 4);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.rotate", "i", -1);
  g_assert_cmpint (place_of (fixture, unit).pose.turn, ==, before.pose.turn);
  activate (fixture, "win.lock");
  g_assert_true (place_of (fixture, unit).locked);
  nudge (fixture, 3, 3);
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x);
  activate (fixture, "win.place-unlocked");
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x);
  g_assert_true (place_of (fixture, unit).locked);
  activate (fixture, "win.lock");
  g_assert_false (place_of (fixture, unit).locked);
}

/* What is saved stands there when it is opened again; what is not is recovered after a crash. */
static void
test_save_and_recover (Fixture *fixture, gconstpointer data)
{
  g_autofree char *saved = path_of (fixture, "board.nudge");
  g_autofree char *recovery = path_of (fixture, "board.nudge.autosave");
  NudgePlacement before;
  guint unit;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  nudge (fixture, 4, 0);
  wait_idle (fixture);
  activate (fixture, "win.save");
  g_assert_true (g_file_test (saved, G_FILE_TEST_IS_REGULAR));
  g_assert_false (nudge_window_is_modified (fixture->window));
  nudge (fixture, 0, 4);
  wait_idle (fixture);
  nudge_window_keep_unsaved (fixture->window);
  g_assert_true (g_file_test (recovery, G_FILE_TEST_IS_REGULAR));
  /* As after a crash: the window knows nothing of it. */
  g_assert_true (g_rename (recovery, saved) == 0);
  nudge_editor_mark_saved (fixture->window->editor);
  open_json (fixture, fixture_hierarchy);
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x + 4 * NUDGE_GRID);
  g_assert_cmpint (place_of (fixture, unit).pose.at.y, ==, before.pose.at.y + 4 * NUDGE_GRID);
  g_assert_true (g_rename (saved, recovery) == 0);
  open_json (fixture, fixture_hierarchy);
  g_assert_cmpint (place_of (fixture, unit).pose.at.y, ==, before.pose.at.y + 4 * NUDGE_GRID);
  g_assert_true (nudge_window_is_modified (fixture->window));
  g_assert_nonnull (strstr (nudge_window_get_toast (fixture->window), "recovered"));
}

static void
test_bad_layout_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *saved = path_of (fixture, "board.nudge");
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (saved, "{ not a layout", -1, NULL));
  open_json (fixture, fixture_hierarchy);
  g_assert_nonnull (fixture->window->drawing);
  g_assert_nonnull (strstr (nudge_window_get_error (fixture->window), "saving would replace"));
  g_assert_true (g_file_get_contents (saved, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{ not a layout");
}

static guint
find_item (NudgeItemList *list, guint index)
{
  for (guint i = 0; i < nudge_item_list_count (list); i++)
    if (nudge_item_list_get (list, i) == index)
      return i;
  return NUDGE_NONE;
}

static gboolean
is_chosen (NudgeItemList *list, guint index)
{
  g_autoptr (GArray) chosen = nudge_item_list_get_selected (list);

  return chosen->len == 1 && g_array_index (chosen, guint, 0) == index;
}

/* Choosing on the canvas chooses in the list, and the other way round across sheets. */
static void
test_part_list (Fixture *fixture, gconstpointer data)
{
  NudgeItemList *list = fixture->window->part_list;
  const NudgeCircuit *circuit;
  guint part, other;

  open_json (fixture, fixture_hierarchy);
  circuit = fixture->window->drawing->layout->circuit;
  g_assert_cmpuint (nudge_item_list_count (list), ==, circuit->n_parts);
  part = fixture->window->drawing->layout->units[select_part (fixture)].part;
  g_assert_true (is_chosen (list, part));
  g_assert_cmpstr (nudge_inspector_get_title (fixture->window->inspector), ==, circuit->parts[part].reference);
  other = nudge_circuit_find_part (circuit, NUDGE_NONE, "R3");
  g_assert_cmpuint (other, !=, NUDGE_NONE);
  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (gtk_scrolled_window_get_child (
                                     GTK_SCROLLED_WINDOW (gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (list))))))),
                                   find_item (list, other), TRUE);
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, circuit->parts[other].block);
  g_assert_cmpint (nudge_canvas_get_selection (fixture->window->canvas).kind, ==, NUDGE_HIT_SYMBOL);
  g_assert_cmpstr (nudge_inspector_get_title (fixture->window->inspector), ==, "R3");
  g_assert_true (is_chosen (list, other));
  nudge_item_list_search (list, "r3");
  g_assert_cmpuint (nudge_item_list_count (list), ==, 1);
  nudge_item_list_search (list, "no such part");
  g_assert_cmpuint (nudge_item_list_count (list), ==, 0);
  nudge_item_list_search (list, "");
  g_assert_cmpuint (nudge_item_list_count (list), ==, circuit->n_parts);
}

static void
test_inspector (Fixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;
  g_autofree char *turn = NULL;
  NudgePlacement before;
  guint unit, part;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  part = fixture->window->drawing->layout->units[unit].part;
  before = place_of (fixture, unit);
  value = nudge_inspector_get_value (fixture->window->inspector, "Value");
  g_assert_cmpstr (value, ==, fixture->window->drawing->layout->circuit->parts[part].value);
  g_signal_emit_by_name (fixture->window->inspector, "placed", before.pose.at.x + 3 * NUDGE_GRID, before.pose.at.y);
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x + 3 * NUDGE_GRID);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.rotate", "i", 1);
  place_of (fixture, unit);
  turn = nudge_inspector_get_value (fixture->window->inspector, "Rotation");
  g_assert_true (g_str_has_prefix (turn, before.pose.turn == 0 ? "90" : ""));
}

/* A net stays marked from sheet to sheet, and its style is a step. */
static void
test_net (Fixture *fixture, gconstpointer data)
{
  const NudgeCircuit *circuit;
  guint net = 0;

  open_json (fixture, fixture_hierarchy);
  circuit = fixture->window->drawing->layout->circuit;
  while (net < circuit->n_nets && circuit->nets[net].is_power)
    net++;
  nudge_window_show_net (fixture->window, net);
  g_assert_cmpuint (nudge_canvas_get_highlighted_net (fixture->window->canvas), ==, net);
  g_assert_true (is_chosen (fixture->window->net_list, net));
  g_assert_nonnull (strstr (nudge_inspector_get_title (fixture->window->inspector), circuit->nets[net].name));
  activate (fixture, "win.next-sheet");
  g_assert_cmpuint (nudge_canvas_get_highlighted_net (fixture->window->canvas), ==, net);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.net-style", "s", "label");
  wait_idle (fixture);
  g_assert_cmpint (fixture->window->drawing->layout->net_styles[net], ==, NUDGE_NET_LABEL);
  activate (fixture, "win.highlight-net");
  g_assert_cmpuint (nudge_canvas_get_highlighted_net (fixture->window->canvas), ==, NUDGE_NONE);
}

/* Arranging anew is a step, too; what is locked stays, what is reset comes back. */
static void
test_arrange (Fixture *fixture, gconstpointer data)
{
  NudgePlacement before;
  guint unit;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  nudge (fixture, 20, 20);
  place_of (fixture, unit);
  activate (fixture, "win.reset");
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x);
  g_assert_cmpstr (nudge_history_get_undo_label (nudge_editor_get_history (fixture->window->editor)), ==, "Reset everything");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.arrange", "s", "text-flow");
  place_of (fixture, unit);
  g_assert_cmpstr (fixture->window->drawing->layout->arranger, ==, "text-flow");
  g_assert_false (nudge_editor_is_arranging (fixture->window->editor));
}

static char *
replace_text (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) pieces = g_strsplit (text, from, -1);

  return g_strjoinv (to, pieces);
}

/* The file changes under an open window: nudges stay, what changed has a halo, a broken file leaves the last good view. */
static void
test_live_reload (Fixture *fixture, gconstpointer data)
{
  g_autofree char *changed = replace_text (fixture_hierarchy, "330", "470");
  g_autofree char *path = path_of (fixture, "board.json");
  g_autofree char *other = path_of (fixture, "board.json.new");
  NudgeWindow *window = fixture->window;
  NudgePlacement before;
  guint unit;
  gint64 start;

  open_json (fixture, fixture_hierarchy);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  nudge (fixture, 7, 0);
  place_of (fixture, unit);
  nudge_window_set_block (window, 1);
  g_object_unref (write_json (fixture, "board.json", changed));
  start = g_get_monotonic_time ();
  WAIT_FOR (window->changes != NULL && !nudge_window_is_busy (window));
  g_test_message ("shown %.0f ms after the last write", (double) (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (nudge_window_get_block (window), ==, 1);
  g_assert_cmpuint (window->canvas->halos->len, >=, 1);
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x + 7 * NUDGE_GRID);
  g_assert_true (nudge_window_is_modified (window));
  /* Half-written. */
  g_assert_true (g_file_set_contents_full (path, "{\n  \"name\": ", -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  WAIT_FOR (nudge_window_get_error (window) != NULL);
  g_assert_nonnull (strstr (nudge_window_get_error (window), "line 2"));
  g_assert_nonnull (window->drawing);
  /* Gone, and back by rename. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_object_unref (write_json (fixture, "board.json.new", changed));
  g_assert_cmpint (g_rename (other, path), ==, 0);
  WAIT_FOR (nudge_window_get_error (window) == NULL && !nudge_window_is_busy (window));
  g_assert_cmpint (place_of (fixture, unit).pose.at.x, ==, before.pose.at.x + 7 * NUDGE_GRID);
}

/* The score follows the drawing, and each of its rows leads somewhere. */
static void
test_score (Fixture *fixture, gconstpointer data)
{
  NudgeScorePanel *panel = fixture->window->score_panel;
  g_autofree char *before = NULL;

  open_json (fixture, fixture_hierarchy);
  WAIT_FOR (fixture->window->score != NULL);
  before = g_strdup (nudge_score_panel_get_title (panel));
  g_assert_true (g_str_has_prefix (before, "Score "));
  select_part (fixture);
  nudge (fixture, -60, -40);
  WAIT_FOR (!nudge_window_is_busy (fixture->window) && !fixture->window->scoring && fixture->window->score_id == 0);
  g_assert_cmpstr (nudge_score_panel_get_title (panel), !=, before);
  g_assert_cmpuint (nudge_score_panel_count (panel), >, 0);
  for (guint i = 0; i < nudge_score_panel_count (panel); i++)
    nudge_score_panel_activate (panel, i);
  g_assert_cmpfloat (nudge_score_get_total (fixture->window->score), <, nudge_score_get_total (fixture->window->score_before));
}

static void
test_step_problem (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = nudge_diagnostics_new ();
  guint first;

  open_json (fixture, fixture_hierarchy);
  nudge_diagnostic_set_subject (nudge_diagnostics_add (list, NUDGE_CODE_SYMBOL_NOT_FOUND, "one"), "R3");
  nudge_diagnostic_set_subject (nudge_diagnostics_add (list, NUDGE_CODE_SYMBOL_NOT_FOUND, "two"), "R1");
  nudge_problem_list_set_diagnostics (fixture->window->problem_list, list);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.step-problem", "b", TRUE);
  first = nudge_canvas_get_selection (fixture->window->canvas).index;
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.step-problem", "b", TRUE);
  g_assert_true (g_str_has_prefix (gtk_inscription_get_text (fixture->window->inspector_label), "R1"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.step-problem", "b", FALSE);
  g_assert_cmpuint (nudge_canvas_get_selection (fixture->window->canvas).index, ==, first);
  g_assert_true (gtk_toggle_button_get_active (fixture->window->problems_button));
}

/* Another symbol is a step like any other, remembered with the layout. */
static void
test_replace_symbol (Fixture *fixture, gconstpointer data)
{
  NudgeSymbolDialog *dialog;
  guint part, row = 0;

  open_json (fixture, fixture_hierarchy);
  part = fixture->window->drawing->layout->units[select_part (fixture)].part;
  activate (fixture, "win.replace-symbol");
  g_assert_nonnull (fixture->window->symbol_dialog);
  dialog = NUDGE_SYMBOL_DIALOG (fixture->window->symbol_dialog);
  WAIT_FOR (nudge_symbol_dialog_count (dialog) > 0);
  nudge_symbol_dialog_type (dialog, "Device:C");
  g_assert_cmpuint (nudge_symbol_dialog_count (dialog), >, 0);
  while (row < nudge_symbol_dialog_count (dialog) && strcmp (nudge_symbol_dialog_get (dialog, row), "Device:C") != 0)
    row++;
  g_assert_cmpuint (row, <, nudge_symbol_dialog_count (dialog));
  nudge_symbol_dialog_choose (dialog, row);
  g_assert_null (fixture->window->symbol_dialog);
  wait_idle (fixture);
  g_assert_cmpstr (fixture->window->drawing->layout->units[fixture->window->drawing->layout->part_units[part]].symbol->id, ==, "Device:C");
  g_assert_true (nudge_window_is_modified (fixture->window));
  activate (fixture, "win.undo");
  nudge (fixture, 1, 0);
  wait_idle (fixture);
  g_assert_cmpstr (fixture->window->drawing->layout->units[fixture->window->drawing->layout->part_units[part]].symbol->id, !=, "Device:C");
}

/* Before and after: a list in words, another picture, and no edit of what was. */
static void
test_compare (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  NudgePlacement before;
  guint unit;

  open_json (fixture, fixture_hierarchy);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "exported");
  g_assert_cmpint (window->comparing, ==, NUDGE_COMPARE_OFF);
  unit = select_part (fixture);
  before = place_of (fixture, unit);
  nudge (fixture, 5, 0);
  place_of (fixture, unit);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "opened");
  g_assert_cmpuint (nudge_item_list_count (window->change_list), ==, 1);
  g_assert_cmpuint (window->canvas->halos->len, ==, 1);
  gtk_toggle_button_set_active (window->before_button, TRUE);
  g_assert_true (window->showing_before);
  g_assert_true (nudge_paint_sheet_get_drawing (nudge_canvas_get_sheet (window->canvas)) == window->opened_drawing);
  select_part (fixture);
  nudge (fixture, 1, 0);
  wait_idle (fixture);
  g_assert_cmpint (nudge_editor_get_layout (window->editor)->placements[unit].pose.at.x, ==, before.pose.at.x + 5 * NUDGE_GRID);
  gtk_toggle_button_set_active (window->blink_button, TRUE);
  WAIT_FOR (!window->showing_before);
  WAIT_FOR (window->showing_before);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "off");
  g_assert_false (window->showing_before);
  g_assert_true (nudge_paint_sheet_get_drawing (nudge_canvas_get_sheet (window->canvas)) == window->drawing);
}

/* The project that was exported, with parts that somebody took out there; then side by side. */
static void
test_compare_disk (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  NudgeCanvas *canvas;
  g_autofree char *root = NULL, *text = NULL;
  g_autoptr (GString) edited = NULL;
  gsize length;

  open_json (fixture, fixture_hierarchy);
  canvas = window->canvas;
  window->export_folder = g_build_filename (fixture->folder, "out", NULL);
  nudge_project_export (window->drawing, window->export_folder, NUDGE_EXPORT_DEFAULT, NULL, NULL, NULL, NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "disk");
  WAIT_FOR (window->comparing == NUDGE_COMPARE_DISK);
  g_assert_cmpuint (window->comparison->n_changes, ==, 0);

  root = nudge_schematic_find (window->export_folder, NULL);
  g_assert_true (g_file_get_contents (root, &text, &length, NULL));
  edited = g_string_new (text);
  g_assert_cmpuint (g_string_replace (edited, "(dnp no)", "(dnp yes)", 0), >, 0);
  g_assert_true (g_file_set_contents (root, edited->str, -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "disk");
  WAIT_FOR (window->comparison != NULL && window->comparison->n_changes > 0);

  g_assert_null (canvas->before);
  g_assert_false (gtk_widget_get_visible (canvas->divider));
  gtk_toggle_button_set_active (window->divide_button, TRUE);
  g_assert_true (nudge_paint_sheet_get_drawing (canvas->before) == window->disk_drawing);
  g_assert_true (nudge_paint_sheet_get_drawing (nudge_canvas_get_sheet (canvas)) == window->drawing);
  g_assert_true (gtk_widget_get_visible (canvas->divider));
  gtk_adjustment_set_value (nudge_canvas_get_divide (canvas), 25);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  g_assert_cmpfloat_with_epsilon (nudge_canvas_get_before_area (canvas).size.width, canvas->view.width / 4, 1);
  /* Blinking is another way to look. */
  gtk_toggle_button_set_active (window->before_button, TRUE);
  g_assert_null (canvas->before);
  gtk_toggle_button_set_active (window->divide_button, TRUE);
  g_assert_false (window->showing_before);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "off");
  g_assert_null (canvas->before);
  g_assert_false (gtk_toggle_button_get_active (window->divide_button));
}

/* A project that is looked at only is not where exports go, now or the next time. */
static void
test_compare_elsewhere (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autofree char *folder = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autoptr (GFile) other = NULL;

  open_json (fixture, fixture_hierarchy);
  nudge_project_export (window->drawing, folder, NUDGE_EXPORT_DEFAULT, NULL, NULL, NULL, NULL);
  g_setenv (NUDGE_CHOOSE_ENV, folder, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "disk");
  WAIT_FOR (window->comparing == NUDGE_COMPARE_DISK);
  g_unsetenv (NUDGE_CHOOSE_ENV);
  g_assert_null (window->export_folder);

  other = write_json (fixture, "other.json", fixture_hierarchy);
  nudge_window_open (window, other);
  wait_idle (fixture);
  g_assert_null (window->compare_folder);
  open_json (fixture, fixture_hierarchy);
  g_assert_null (window->export_folder);
  /* It is compared with again without a question. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare", "s", "disk");
  WAIT_FOR (window->comparing == NUDGE_COMPARE_DISK);
  g_assert_cmpstr (window->compare_folder, ==, folder);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
  add ("/window/empty", test_empty);
  add ("/window/open", test_open);
  add ("/window/walk", test_walk);
  add ("/window/bad-input", test_bad_input);
  add ("/window/missing-file", test_missing_file);
  add ("/window/reload", test_reload);
  add ("/window/latest-wins", test_latest_wins);
  add ("/window/export", test_export);
  add ("/window/export-refused", test_export_refused);
  add ("/window/pdf", test_pdf);
  add ("/window/show-problem", test_show_problem);
  add ("/window/nudge", test_nudge);
  add ("/window/drag", test_drag);
  add ("/window/turn-and-lock", test_turn_and_lock);
  add ("/window/save-and-recover", test_save_and_recover);
  add ("/window/bad-layout-file", test_bad_layout_file);
  add ("/window/part-list", test_part_list);
  add ("/window/inspector", test_inspector);
  add ("/window/net", test_net);
  add ("/window/arrange", test_arrange);
  add ("/window/live-reload", test_live_reload);
  add ("/window/score", test_score);
  add ("/window/step-problem", test_step_problem);
  add ("/window/replace-symbol", test_replace_symbol);
  add ("/window/compare", test_compare);
  add ("/window/compare-disk", test_compare_disk);
  add ("/window/compare-elsewhere", test_compare_elsewhere);
  return g_test_run ();
}
