/* Pins of sheet boxes in the window: found, dragged, stepped, put back, saved. */
#include "canvas/canvas-private.h"
#include "drawing/edit-pins.h"
#include "nudge-resources.h"
#include "window-fixture.h"

static const NudgeDrawnSheet *
drawn (Fixture *fixture)
{
  return nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (fixture->window->canvas));
}

/* The only one of the fixture. */
static const NudgeSheetPin *
pin_of (Fixture *fixture)
{
  g_assert_cmpuint (drawn (fixture)->n_sheet_pins, ==, 1);
  return &drawn (fixture)->sheet_pins[0];
}

static void
to_widget (Fixture *fixture, NudgePoint at, double *x, double *y)
{
  nudge_viewport_to_widget (nudge_canvas_get_viewport (fixture->window->canvas), at, x, y);
}

static void
press_pin (Fixture *fixture)
{
  double x, y;

  to_widget (fixture, pin_of (fixture)->at, &x, &y);
  nudge_canvas_press (fixture->window->canvas, x, y, NUDGE_SELECT_ONLY);
}

/* To the middle of a side of the box, a little outside. */
static void
drag_to_side (Fixture *fixture, guint side)
{
  const NudgeBox *b = &drawn (fixture)->boxes[0].box;
  const NudgePoint goals[] = { { b->x1 + NUDGE_GRID, (b->y0 + b->y1) / 2 }, { (b->x0 + b->x1) / 2, b->y0 - NUDGE_GRID },
                               { b->x0 - NUDGE_GRID, (b->y0 + b->y1) / 2 }, { (b->x0 + b->x1) / 2, b->y1 + NUDGE_GRID } };
  double x, y;

  to_widget (fixture, goals[side], &x, &y);
  nudge_canvas_drag_to (fixture->window->canvas, x, y);
  wait_idle (fixture);
}

static void
open_fixture (Fixture *fixture)
{
  open_json (fixture, fixture_hierarchy);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window->canvas));
}

static void
assert_no_error (Fixture *fixture)
{
  g_assert_false (gtk_revealer_get_reveal_child (fixture->window->error_revealer));
}

/* Under the pointer, and on the way of the keys. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  NudgeCanvas *canvas = fixture->window->canvas;
  g_autofree char *description = NULL;
  NudgeHit hit;

  open_fixture (fixture);
  to_widget (fixture, pin_of (fixture)->at, &canvas->pointer_x, &canvas->pointer_y);
  canvas->pointer_inside = TRUE;
  nudge_canvas_update_hover (canvas);
  hit = nudge_canvas_get_hover (canvas);
  g_assert_cmpint (hit.kind, ==, NUDGE_HIT_SHEET_PIN);
  description = nudge_paint_sheet_describe (nudge_canvas_get_sheet (canvas), &hit);
  g_assert_cmpstr (description, ==, "Pin OUT of sheet led, Net OUT, 3 pins");
  nudge_canvas_select_next (canvas, FALSE);
  g_assert_cmpint (nudge_canvas_get_selection (canvas).kind, ==, NUDGE_HIT_SHEET_PIN);
  nudge_canvas_select_next (canvas, FALSE);
  g_assert_cmpint (nudge_canvas_get_selection (canvas).kind, ==, NUDGE_HIT_BOX);
  nudge_canvas_select_next (canvas, TRUE);
  g_assert_cmpint (nudge_canvas_get_selection (canvas).kind, ==, NUDGE_HIT_SHEET_PIN);
}

/* While it is dragged it is shown where it may stand, with its wires; the end of the drag is one step. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  NudgePoint before;
  guint from;

  open_fixture (fixture);
  before = pin_of (fixture)->at;
  from = pin_of (fixture)->side;
  for (guint side = 0; side < 4; side++)
    {
      if (side == from)
        continue;
      press_pin (fixture);
      drag_to_side (fixture, side);
      g_assert_cmpuint (pin_of (fixture)->side, ==, side);
      g_assert_false (nudge_window_is_modified (window));
      nudge_canvas_release (window->canvas);
      wait_idle (fixture);
      g_assert_cmpuint (pin_of (fixture)->side, ==, side);
      g_assert_cmpint (nudge_canvas_get_selection (window->canvas).kind, ==, NUDGE_HIT_SHEET_PIN);
      g_assert_cmpstr (nudge_history_get_undo_label (nudge_editor_get_history (window->editor)), ==, "Move pin OUT");
      assert_no_error (fixture);
      activate (fixture, "win.undo");
      wait_idle (fixture);
      g_assert_true (nudge_point_equal (pin_of (fixture)->at, before));
      g_assert_false (nudge_window_is_modified (window));
    }
  press_pin (fixture);
  drag_to_side (fixture, 3);
  nudge_canvas_cancel_drag (window->canvas);
  wait_idle (fixture);
  g_assert_true (nudge_point_equal (pin_of (fixture)->at, before));
  g_assert_null (nudge_history_get_undo_label (nudge_editor_get_history (window->editor)));
}

/* Arrows, in one step; the box goes with its pin, and both go back. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  GtkWidget *widget = GTK_WIDGET (window);
  NudgePoint before, stepped;
  NudgeHit box = { NUDGE_HIT_BOX, 0, NUDGE_NONE };

  open_fixture (fixture);
  before = pin_of (fixture)->at;
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "reset-pins"));
  press_pin (fixture);
  nudge_canvas_release (window->canvas);
  gtk_widget_activate_action (widget, "win.nudge", "(ii)", 0, 1);
  gtk_widget_activate_action (widget, "win.nudge", "(ii)", 0, 1);
  wait_idle (fixture);
  stepped = pin_of (fixture)->at;
  g_assert_cmpint (stepped.y, >, before.y);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "reset-pins"));
  activate (fixture, "win.undo");
  wait_idle (fixture);
  g_assert_true (nudge_point_equal (pin_of (fixture)->at, before));
  activate (fixture, "win.redo");
  nudge_canvas_select (window->canvas, &box);
  gtk_widget_activate_action (widget, "win.nudge", "(ii)", 3, 2);
  wait_idle (fixture);
  g_assert_cmpint (pin_of (fixture)->at.x, ==, stepped.x + 3 * NUDGE_GRID);
  g_assert_cmpint (pin_of (fixture)->at.y, ==, stepped.y + 2 * NUDGE_GRID);
  activate (fixture, "win.reset-pins");
  wait_idle (fixture);
  g_assert_cmpint (pin_of (fixture)->at.y, ==, before.y + 2 * NUDGE_GRID);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "reset-pins"));
  assert_no_error (fixture);
}

/* What is saved is shown again. A locked box holds its pins. */
static void
test_save_and_lock (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autoptr (GFile) other = NULL;
  NudgeHit box = { NUDGE_HIT_BOX, 0, NUDGE_NONE };
  NudgePoint at;

  open_fixture (fixture);
  press_pin (fixture);
  drag_to_side (fixture, 3);
  nudge_canvas_release (window->canvas);
  wait_idle (fixture);
  at = pin_of (fixture)->at;
  activate (fixture, "win.save");
  other = write_json (fixture, "other.json", fixture_hierarchy);
  nudge_window_open (window, other);
  wait_idle (fixture);
  g_assert_false (nudge_point_equal (pin_of (fixture)->at, at));
  open_fixture (fixture);
  g_assert_true (nudge_point_equal (pin_of (fixture)->at, at));
  g_assert_cmpuint (pin_of (fixture)->side, ==, 3);

  nudge_canvas_select (window->canvas, &box);
  activate (fixture, "win.lock");
  wait_idle (fixture);
  press_pin (fixture);
  drag_to_side (fixture, 1);
  nudge_canvas_release (window->canvas);
  wait_idle (fixture);
  g_assert_true (nudge_point_equal (pin_of (fixture)->at, at));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
  add ("/ui-pins/find", test_find);
  add ("/ui-pins/drag", test_drag);
  add ("/ui-pins/keys", test_keys);
  add ("/ui-pins/save-and-lock", test_save_and_lock);
  return g_test_run ();
}
