/* The canvas and its tiles, in a real window. */
#include "canvas/canvas-private.h"
#include "fixture.h"
#include "layout/edit.h"

#include <gtk/gtk.h>

typedef struct
{
  GtkWidget *window;
  NudgeCanvas *canvas;
  NudgeDrawing *drawing;
  guint entered;
} Fixture;

static void
wait_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static NudgeTileStats
stats (Fixture *fixture)
{
  NudgeTileStats s;

  nudge_canvas_get_stats (fixture->canvas, &s);
  return s;
}

/* Waits until no frame paints a tile any more. */
static NudgeTileStats
settle (Fixture *fixture)
{
  NudgeTileStats before, after = stats (fixture);

  do
    {
      before = after;
      wait_ms (200);
      after = stats (fixture);
    }
  while (before.painted != after.painted);
  return after;
}

static void
on_enter (NudgeCanvas *canvas, guint box, gpointer data)
{
  ((Fixture *) data)->entered = box + 1;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NudgePaintSheet) sheet = NULL;

  fixture->drawing = fixture_drawing (fixture_hierarchy, NULL);
  sheet = nudge_paint_sheet_new (fixture->drawing, 0, 0);
  fixture->window = gtk_window_new ();
  fixture->canvas = NUDGE_CANVAS (nudge_canvas_new ());
  g_signal_connect (fixture->canvas, "enter-box", G_CALLBACK (on_enter), fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->canvas));
  nudge_canvas_set_sheet (fixture->canvas, sheet, FALSE);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->canvas));
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  nudge_drawing_unref (fixture->drawing);
  wait_ms (20);
}

static NudgePoint
middle_of (const NudgeBox *box)
{
  return (NudgePoint){ (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 };
}

/* Puts the pointer on a point of the sheet, as a motion event would. */
static void
point_at (Fixture *fixture, NudgePoint at)
{
  nudge_viewport_to_widget (&fixture->canvas->view, at, &fixture->canvas->pointer_x, &fixture->canvas->pointer_y);
  fixture->canvas->pointer_inside = TRUE;
  nudge_canvas_update_hover (fixture->canvas);
}

static void
test_first_picture (Fixture *fixture, gconstpointer data)
{
  NudgeTileStats s = stats (fixture);
  const NudgeViewport *view = nudge_canvas_get_viewport (fixture->canvas);
  guint most = ((guint) view->width / NUDGE_TILE_PIXELS + 2) * ((guint) view->height / NUDGE_TILE_PIXELS + 2);

  g_assert_cmpuint (s.painted, >, 4);
  g_assert_cmpuint (s.painted, <=, most);
  g_assert_cmpfloat (fixture->canvas->base_scale, ==, view->scale);
  g_assert_cmpfloat (view->scale * 2970000, <=, view->width);
}

static void
test_hover_paints_nothing (Fixture *fixture, gconstpointer data)
{
  const NudgeDrawnSheet *sheet = &fixture->drawing->sheets[0];
  guint painted = stats (fixture).painted;
  guint hovered = 0;

  for (guint i = 0; i < sheet->n_symbols; i++)
    {
      point_at (fixture, middle_of (&sheet->symbols[i].box));
      hovered += nudge_canvas_get_hover (fixture->canvas).kind != NUDGE_HIT_NONE;
      wait_ms (20);
    }
  g_assert_cmpuint (hovered, ==, sheet->n_symbols);
  g_assert_nonnull (fixture->canvas->hover_node);
  g_assert_cmpuint (settle (fixture).painted, ==, painted);
}

static void
test_pan_paints_the_edge (Fixture *fixture, gconstpointer data)
{
  guint first = stats (fixture).painted;
  guint rows = (guint) fixture->canvas->view.height / NUDGE_TILE_PIXELS + 2;

  nudge_canvas_pan (fixture->canvas, -NUDGE_TILE_PIXELS, 0);
  g_assert_cmpuint (settle (fixture).painted - first, <=, rows);
  first = stats (fixture).painted;
  nudge_canvas_pan (fixture->canvas, NUDGE_TILE_PIXELS, 0);
  g_assert_cmpuint (settle (fixture).painted, ==, first);
}

static void
test_zoom_waits_for_its_end (Fixture *fixture, gconstpointer data)
{
  guint first = stats (fixture).painted;
  double before = fixture->canvas->view.scale;

  for (guint i = 0; i < 8; i++)
    {
      nudge_canvas_zoom (fixture->canvas, NUDGE_VIEWPORT_STEP);
      wait_ms (16);
      /* While the wheel turns the old tiles are shown, enlarged. A slow machine may take a pause for the end. */
      if (fixture->canvas->settle_id != 0)
        g_assert_cmpuint (stats (fixture).painted, ==, first);
      else
        first = settle (fixture).painted;
    }
  nudge_canvas_zoom (fixture->canvas, NUDGE_VIEWPORT_STEP);
  g_assert_cmpuint (settle (fixture).painted, >, first);
  g_assert_cmpfloat (fixture->canvas->view.scale, >, 4 * before);
  g_assert_cmpfloat (fixture->canvas->base_scale, ==, fixture->canvas->view.scale);
  first = stats (fixture).painted;
  nudge_canvas_fit (fixture->canvas);
  /* The first scale's tiles are still there. */
  g_assert_cmpuint (settle (fixture).painted, ==, first);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  const NudgeDrawnSheet *sheet = &fixture->drawing->sheets[0];
  guint total = sheet->n_symbols + sheet->n_labels + sheet->n_boxes + sheet->n_sheet_pins;
  NudgeHit first, hit;

  nudge_canvas_select_next (fixture->canvas, TRUE);
  first = nudge_canvas_get_selection (fixture->canvas);
  g_assert_cmpint (first.kind, ==, NUDGE_HIT_SYMBOL);
  g_assert_cmpuint (first.index, ==, 0);
  nudge_canvas_select_next (fixture->canvas, FALSE);
  hit = nudge_canvas_get_selection (fixture->canvas);
  g_assert_cmpint (hit.kind, ==, NUDGE_HIT_SHEET_PIN);
  for (guint i = 0; i < total; i++)
    nudge_canvas_select_next (fixture->canvas, TRUE);
  first = nudge_canvas_get_selection (fixture->canvas);
  g_assert_true (nudge_hit_equal (&hit, &first));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->canvas), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
test_theme (Fixture *fixture, gconstpointer data)
{
  guint first = stats (fixture).painted;

  nudge_canvas_set_theme (fixture->canvas, nudge_theme_find ("dark"));
  g_assert_cmpuint (settle (fixture).painted, >, first);
  g_assert_true (nudge_canvas_get_theme (fixture->canvas)->is_dark);
}

static void
test_no_sheet (Fixture *fixture, gconstpointer data)
{
  nudge_canvas_set_sheet (fixture->canvas, NULL, FALSE);
  nudge_canvas_select_next (fixture->canvas, TRUE);
  nudge_canvas_zoom (fixture->canvas, 2);
  g_assert_cmpuint (settle (fixture).held, ==, 0);
  g_assert_cmpint (nudge_canvas_get_hover (fixture->canvas).kind, ==, NUDGE_HIT_NONE);
}

/* Without a window: what the cache holds and forgets. */
static void
test_cache (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  g_autoptr (NudgeTileCache) cache = nudge_tile_cache_new (4 * NUDGE_TILE_BYTES);
  NudgeTileKey keys[6];
  GskRenderNode *node;
  NudgeTileStats s;

  nudge_tile_cache_set_sheet (cache, sheet, nudge_themes ()[0]);
  for (gint32 i = 0; i < 6; i++)
    keys[i] = (NudgeTileKey){ 0.0004, 1, i, -1 };
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (nudge_tile_cache_paint (cache, &keys[i]));
  node = nudge_tile_cache_find (cache, &keys[0]);
  g_assert_true (GSK_IS_RENDER_NODE (node));
  g_assert_true (nudge_tile_cache_paint (cache, &keys[0]) == node);
  /* 0 was used last: 1 and 2 go first. */
  nudge_tile_cache_paint (cache, &keys[4]);
  nudge_tile_cache_paint (cache, &keys[5]);
  nudge_tile_cache_get_stats (cache, &s);
  g_assert_cmpuint (s.painted, ==, 6);
  g_assert_cmpuint (s.evicted, ==, 2);
  g_assert_cmpuint (s.held, ==, 4);
  g_assert_true (nudge_tile_cache_find (cache, &keys[0]) == node);
  g_assert_null (nudge_tile_cache_find (cache, &keys[1]));
  nudge_tile_cache_set_textures (cache, TRUE);
  g_assert_null (nudge_tile_cache_find (cache, &keys[0]));
  node = nudge_tile_cache_paint (cache, &keys[0]);
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_TEXTURE_NODE);
}

static guint
find_unit (Fixture *fixture)
{
  for (guint i = 0; i < fixture->drawing->sheets[0].n_symbols; i++)
    if (fixture->drawing->sheets[0].symbols[i].unit_index != NUDGE_NONE)
      return i;
  g_assert_not_reached ();
}

static void
to_widget (Fixture *fixture, NudgePoint at, double *x, double *y)
{
  nudge_viewport_to_widget (&fixture->canvas->view, at, x, y);
}

static void
on_moved (NudgeCanvas *canvas, int dx, int dy, gboolean done, gpointer data)
{
  gint32 *last = data;

  last[0] = dx;
  last[1] = dy;
  last[2] += done;
  last[3]++;
}

/* Whole steps that bring a part so far to the right of all others that no guide attracts it. */
static gint
steps_into_the_open (Fixture *fixture, guint unit)
{
  const NudgeDrawnSheet *sheet = &fixture->drawing->sheets[0];
  gint32 right = 0;

  for (guint i = 0; i < sheet->n_symbols; i++)
    right = MAX (right, sheet->symbols[i].box.x1);
  return (right - sheet->symbols[unit].box.x0) / NUDGE_GRID + 20;
}

/* A drag reports whole steps of the grid, its end once, and Escape nothing but that it was nothing. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  guint unit = find_unit (fixture);
  gint steps = steps_into_the_open (fixture, unit);
  NudgePoint at = middle_of (&fixture->drawing->sheets[0].symbols[unit].box), offset;
  gint32 last[4] = { 0 };
  double x, y, step = (steps + 0.3) * NUDGE_GRID * fixture->canvas->view.scale;

  g_signal_connect (fixture->canvas, "moved", G_CALLBACK (on_moved), last);
  to_widget (fixture, at, &x, &y);
  nudge_canvas_press (fixture->canvas, x, y, NUDGE_SELECT_ONLY);
  g_assert_cmpuint (nudge_canvas_get_selection (fixture->canvas).index, ==, unit);
  nudge_canvas_drag_to (fixture->canvas, x + 1, y);
  g_assert_false (nudge_canvas_get_drag (fixture->canvas, &offset));
  nudge_canvas_drag_to (fixture->canvas, x + step, y);
  g_assert_true (nudge_canvas_get_drag (fixture->canvas, &offset));
  g_assert_cmpint (offset.x, ==, steps * NUDGE_GRID);
  settle (fixture);
  nudge_canvas_release (fixture->canvas);
  g_assert_cmpint (last[0], ==, steps * NUDGE_GRID);
  g_assert_cmpint (last[1], ==, 0);
  g_assert_cmpint (last[2], ==, 1);
  nudge_canvas_press (fixture->canvas, x, y, NUDGE_SELECT_ONLY);
  nudge_canvas_drag_to (fixture->canvas, x, y + step);
  nudge_canvas_cancel_drag (fixture->canvas);
  g_assert_cmpint (last[1], ==, 0);
  g_assert_cmpint (last[2], ==, 2);
}

/* Left to right takes what lies inside, right to left what is touched; Shift, Ctrl and both change what there is. */
static void
test_rubber_band (Fixture *fixture, gconstpointer data)
{
  guint unit = find_unit (fixture);
  const NudgeBox *box = &fixture->drawing->sheets[0].symbols[unit].box;
  NudgeHit hit = { NUDGE_HIT_SYMBOL, unit, NUDGE_NONE };
  double x0, y0, x1, y1, mx, my;

  to_widget (fixture, (NudgePoint){ box->x0 - 2 * NUDGE_GRID, box->y0 - 2 * NUDGE_GRID }, &x0, &y0);
  to_widget (fixture, (NudgePoint){ box->x1 + 2 * NUDGE_GRID, box->y1 + 2 * NUDGE_GRID }, &x1, &y1);
  to_widget (fixture, middle_of (box), &mx, &my);
  nudge_canvas_select (fixture->canvas, &NUDGE_HIT_NOTHING);
  nudge_canvas_press (fixture->canvas, x0, y0, NUDGE_SELECT_ADD);
  nudge_canvas_drag_to (fixture->canvas, mx, my);
  nudge_canvas_release (fixture->canvas);
  g_assert_false (nudge_canvas_is_selected (fixture->canvas, &hit));
  nudge_canvas_press (fixture->canvas, mx, my, NUDGE_SELECT_ADD);
  nudge_canvas_drag_to (fixture->canvas, x0, y0);
  nudge_canvas_release (fixture->canvas);
  g_assert_true (nudge_canvas_is_selected (fixture->canvas, &hit));
  nudge_canvas_press (fixture->canvas, x0, y0, NUDGE_SELECT_REMOVE);
  nudge_canvas_drag_to (fixture->canvas, x1, y1);
  nudge_canvas_release (fixture->canvas);
  g_assert_false (nudge_canvas_is_selected (fixture->canvas, &hit));
  nudge_canvas_press (fixture->canvas, mx, my, NUDGE_SELECT_TOGGLE);
  nudge_canvas_release (fixture->canvas);
  g_assert_true (nudge_canvas_is_selected (fixture->canvas, &hit));
  nudge_canvas_press (fixture->canvas, mx, my, NUDGE_SELECT_TOGGLE);
  nudge_canvas_release (fixture->canvas);
  g_assert_false (nudge_canvas_is_selected (fixture->canvas, &hit));
}

/* Another picture in which nothing differs paints no tile; one in which a part moved paints few. */
static void
test_update (Fixture *fixture, gconstpointer data)
{
  guint unit = fixture->drawing->sheets[0].symbols[find_unit (fixture)].unit_index;
  NudgeSelection selection = { &unit, 1, NULL, 0 };
  g_autoptr (NudgePaintSheet) same = nudge_paint_sheet_new (fixture->drawing, 0, 0);
  g_autoptr (NudgeLayout) moved = nudge_edit_move (fixture->drawing->layout, &selection, NUDGE_GRID, 0);
  g_autoptr (NudgeDrawing) drawing = nudge_draw (moved, NULL, NULL);
  g_autoptr (NudgePaintSheet) other = nudge_paint_sheet_new (drawing, 0, 0);
  guint first, all;

  nudge_canvas_zoom (fixture->canvas, 4);
  first = settle (fixture).painted;
  nudge_canvas_select (fixture->canvas, &(NudgeHit){ NUDGE_HIT_SYMBOL, find_unit (fixture), NUDGE_NONE });
  nudge_canvas_update_sheet (fixture->canvas, same);
  g_assert_cmpuint (settle (fixture).painted, ==, first);
  g_assert_cmpuint (nudge_canvas_get_selected (fixture->canvas)->len, ==, 1);
  nudge_canvas_update_sheet (fixture->canvas, other);
  all = ((guint) fixture->canvas->view.width / NUDGE_TILE_PIXELS + 1) * ((guint) fixture->canvas->view.height / NUDGE_TILE_PIXELS + 1);
  g_assert_cmpuint (settle (fixture).painted - first, <=, all);
  g_assert_cmpuint (nudge_canvas_get_selected (fixture->canvas)->len, ==, 1);
}

/* Crowding is reckoned when it is first shown and again for another picture, and paints no tile. */
static void
test_crowding (Fixture *fixture, gconstpointer data)
{
  guint painted = stats (fixture).painted;
  double hottest = 0;
  NudgeHeat *heat;

  g_assert_null (fixture->canvas->heat);
  nudge_canvas_show_heat (fixture->canvas, TRUE);
  settle (fixture);
  heat = fixture->canvas->heat;
  g_assert_nonnull (heat);
  g_assert_nonnull (fixture->canvas->heat_node);
  g_assert_cmpuint (stats (fixture).painted, ==, painted);
  for (guint row = 0; row < heat->n_rows; row++)
    for (guint column = 0; column < heat->n_columns; column++)
      hottest = MAX (hottest, nudge_heat_at (heat, column, row));
  g_assert_cmpfloat (hottest, >, 0);
  g_assert_cmpfloat (nudge_heat_at (heat, heat->n_columns - 1, 0), ==, 0);
  nudge_canvas_set_sheet (fixture->canvas, nudge_canvas_get_sheet (fixture->canvas), TRUE);
  g_assert_null (fixture->canvas->heat);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  add ("/canvas/first-picture", test_first_picture);
  add ("/canvas/hover-paints-nothing", test_hover_paints_nothing);
  add ("/canvas/pan-paints-the-edge", test_pan_paints_the_edge);
  add ("/canvas/zoom-waits", test_zoom_waits_for_its_end);
  add ("/canvas/selection", test_selection);
  add ("/canvas/drag", test_drag);
  add ("/canvas/rubber-band", test_rubber_band);
  add ("/canvas/update", test_update);
  add ("/canvas/theme", test_theme);
  add ("/canvas/crowding", test_crowding);
  add ("/canvas/no-sheet", test_no_sheet);
  g_test_add_func ("/canvas/cache", test_cache);
  return g_test_run ();
}
