/* Large sheets as pages, in the window and without one. */
#include "layout/layout-file.h"
#include "nudge-resources.h"
#include "window-fixture.h"

#define N_CELLS 60

/* (transfer full): one circuit that is too large for a sheet: cells of a transistor and two resistors in a chain. */
static char *
large_circuit (void)
{
  g_autoptr (GString) parts = g_string_new (NULL), nets = g_string_new (NULL);

  for (guint i = 1; i <= N_CELLS; i++)
    {
      g_string_append_printf (parts, "%s'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '1k'}, 'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '2k'}",
                              i > 1 ? ", " : "", i, i, i + N_CELLS, i + N_CELLS);
      g_string_append_printf (nets, "%s'N%u': {'nodes': [{'component': 'R%u', 'pin': {'number': '2'}}, {'component': 'R%u', 'pin': {'number': '1'}}%s",
                              i > 1 ? ", " : "", i, i, i + N_CELLS, i < N_CELLS ? "" : "]}");
      if (i < N_CELLS)
        g_string_append_printf (nets, ", {'component': 'R%u', 'pin': {'number': '1'}}]}", i + 1);
    }
  return g_strdup_printf ("{'name': 'flat', 'components': {%s}, 'nets': {%s}}", parts->str, nets->str);
}

static void
open_large (Fixture *fixture)
{
  g_autofree char *json = large_circuit ();

  open_json (fixture, json);
}

static void
switch_pages (Fixture *fixture, gboolean pages)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window), "pages", g_variant_new_boolean (pages));
  wait_idle (fixture);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "pages"));
}

static gboolean
state (Fixture *fixture)
{
  g_autoptr (GVariant) value = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "pages");

  return g_variant_get_boolean (value);
}

static NudgeLayout *
layout_of (Fixture *fixture)
{
  return nudge_editor_get_layout (fixture->window->editor);
}

static guint
n_sheets (Fixture *fixture)
{
  return fixture->window->drawing->layout->circuit->n_blocks;
}

/* (transfer full): what a run without a window makes of the file; with or without the option. */
static NudgeLayout *
headless (Fixture *fixture, gboolean option, gboolean fresh)
{
  g_autofree char *path = g_build_filename (fixture->folder, "board.json", NULL), *saved = nudge_layout_file_for (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_file (path, NULL, &error), paged = NULL;
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) layout = NULL;

  nudge_library_add_default_folders (library, circuit->base_dir);
  paged = option ? nudge_circuit_paginate (circuit, &error) : nudge_circuit_ref (circuit);
  layout = fresh ? nudge_layout_new (paged, library, NULL) : nudge_layout_load (saved, paged, library, NULL, NULL, &error);
  g_assert_no_error (error);
  return nudge_arrange_open (layout, NULL, NULL, NULL, &error);
}

static void
assert_same_sheets (Fixture *fixture, NudgeLayout *other)
{
  g_autoptr (GBytes) a = nudge_layout_to_bytes (layout_of (fixture)), b = nudge_layout_to_bytes (other);

  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL), g_bytes_get_size (b));
}

/* The same pages as without a window, from a sheet that was worked on; one step, which can be undone with all that was there. */
static void
test_step (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  const guint first = 0;
  const NudgeSelection selection = { &first, 1, NULL, 0 };
  g_autoptr (NudgeLayout) nudged = NULL, locked = NULL, without = NULL;
  NudgeLayout *before;

  open_large (fixture);
  g_assert_cmpuint (n_sheets (fixture), ==, 1);
  g_assert_false (state (fixture));
  nudged = nudge_edit_move (layout_of (fixture), &selection, 5 * NUDGE_GRID, NUDGE_GRID);
  locked = nudge_edit_lock (nudged, &selection, TRUE);
  nudge_editor_apply (window->editor, locked, "Lock it", NULL);
  wait_idle (fixture);
  before = layout_of (fixture);

  switch_pages (fixture, TRUE);
  g_assert_true (state (fixture));
  g_assert_cmpuint (n_sheets (fixture), >, 2);
  g_assert_true (nudge_window_is_modified (window));
  without = headless (fixture, TRUE, TRUE);
  assert_same_sheets (fixture, without);
  nudge_window_set_block (window, 2);
  g_assert_cmpuint (nudge_window_get_block (window), ==, 2);

  activate (fixture, "win.undo");
  wait_idle (fixture);
  g_assert_true (layout_of (fixture) == before);
  g_assert_true (before->placements[0].locked);
  g_assert_cmpuint (n_sheets (fixture), ==, 1);
  g_assert_cmpuint (nudge_window_get_block (window), ==, 0);
  g_assert_false (state (fixture));
  activate (fixture, "win.redo");
  wait_idle (fixture);
  g_assert_cmpuint (n_sheets (fixture), >, 2);
  g_assert_false (gtk_revealer_get_reveal_child (window->error_revealer));
}

/* It is kept with the layout, for the next time, for reloads and for runs without a window; and ends when it is switched off. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NudgeLayout) without = NULL, whole = NULL;
  g_autoptr (GFile) other = NULL;
  guint n;

  open_large (fixture);
  switch_pages (fixture, TRUE);
  n = n_sheets (fixture);
  activate (fixture, "win.save");
  without = headless (fixture, FALSE, FALSE);
  assert_same_sheets (fixture, without);
  other = write_json (fixture, "other.json", fixture_hierarchy);
  nudge_window_open (fixture->window, other);
  wait_idle (fixture);
  g_assert_false (state (fixture));
  open_large (fixture);
  g_assert_true (state (fixture));
  g_assert_cmpuint (n_sheets (fixture), ==, n);
  assert_same_sheets (fixture, without);
  activate (fixture, "win.reload");
  wait_idle (fixture);
  g_assert_cmpuint (n_sheets (fixture), ==, n);
  assert_same_sheets (fixture, without);

  switch_pages (fixture, FALSE);
  g_assert_cmpuint (n_sheets (fixture), ==, 1);
  whole = headless (fixture, FALSE, TRUE);
  assert_same_sheets (fixture, whole);
}

/* Where nothing is too large there is no step. */
static void
test_small (Fixture *fixture, gconstpointer data)
{
  open_json (fixture, fixture_hierarchy);
  switch_pages (fixture, TRUE);
  g_assert_false (state (fixture));
  g_assert_false (nudge_window_is_modified (fixture->window));
  g_assert_cmpstr (gtk_label_get_text (fixture->window->toast_label), ==, "Every circuit fits on its sheet");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
  add ("/ui-pages/step", test_step);
  add ("/ui-pages/kept", test_kept);
  add ("/ui-pages/small", test_small);
  return g_test_run ();
}
