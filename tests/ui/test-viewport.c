/* Where a sheet stands in a widget. */
#include "canvas/viewport.h"

#include <math.h>

static NudgeViewport
viewport (void)
{
  return (NudgeViewport){ .scale = NUDGE_VIEWPORT_TRUE_SIZE, .width = 800, .height = 600 };
}

static void
test_fit (void)
{
  NudgeViewport v = viewport ();
  const NudgeBox sheet = { 0, 0, 2970000, 2100000 };
  double x0, y0, x1, y1;

  nudge_viewport_fit (&v, &sheet, 10);
  nudge_viewport_to_widget (&v, (NudgePoint){ 0, 0 }, &x0, &y0);
  nudge_viewport_to_widget (&v, (NudgePoint){ 2970000, 2100000 }, &x1, &y1);
  g_assert_cmpfloat_with_epsilon (x0, 10, 0.01);
  g_assert_cmpfloat_with_epsilon (x1, 790, 0.01);
  g_assert_cmpfloat_with_epsilon (y0 + y1, 600, 0.01);
  g_assert_cmpfloat (y0, >, 10);
}

static void
test_fit_extremes (void)
{
  NudgeViewport v = viewport ();

  nudge_viewport_fit (&v, &(NudgeBox){ 5, 5, 5, 5 }, 10);
  g_assert_cmpfloat (v.scale, <=, NUDGE_VIEWPORT_MAX);
  nudge_viewport_fit (&v, &(NudgeBox){ G_MININT32 / 2, 0, G_MAXINT32 / 2, 10 }, 10);
  g_assert_cmpfloat (v.scale, ==, NUDGE_VIEWPORT_MIN);
  nudge_viewport_fit (&v, &NUDGE_BOX_EMPTY, 10);
  g_assert_cmpfloat (v.scale, ==, NUDGE_VIEWPORT_MIN);
}

/* The point under the pointer stays under it, for any chain of zooms. */
static void
test_zoom_keeps_point (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  NudgeViewport v = viewport ();

  for (guint i = 0; i < 2000; i++)
    {
      double px = g_rand_double_range (rand, 0, 800), py = g_rand_double_range (rand, 0, 600);
      double x = v.x + px / v.scale, y = v.y + py / v.scale;

      nudge_viewport_zoom (&v, px, py, g_rand_double_range (rand, 0.5, 2));
      g_assert_cmpfloat_with_epsilon (v.x + px / v.scale, x, 1);
      g_assert_cmpfloat_with_epsilon (v.y + py / v.scale, y, 1);
      g_assert_cmpfloat (v.scale, >=, NUDGE_VIEWPORT_MIN);
      g_assert_cmpfloat (v.scale, <=, NUDGE_VIEWPORT_MAX);
    }
}

static void
test_pan_and_back (void)
{
  NudgeViewport v = viewport ();
  NudgePoint before = nudge_viewport_to_sheet (&v, 100, 100);

  nudge_viewport_pan (&v, 37, -12);
  g_assert_cmpint (nudge_viewport_to_sheet (&v, 137, 88).x, ==, before.x);
  g_assert_cmpint (nudge_viewport_to_sheet (&v, 137, 88).y, ==, before.y);
}

static void
test_keep (void)
{
  NudgeViewport v = viewport ();
  const NudgePoint sheet = { 2970000, 2100000 };
  double px, py;

  nudge_viewport_pan (&v, 1e9, -1e9);
  nudge_viewport_keep (&v, sheet);
  nudge_viewport_to_widget (&v, (NudgePoint){ 0, sheet.y }, &px, &py);
  g_assert_cmpfloat (px, <=, 800 - 39);
  g_assert_cmpfloat (py, >=, 39);
}

static void
test_resize_keeps_middle (void)
{
  NudgeViewport v = viewport ();
  NudgePoint middle = nudge_viewport_to_sheet (&v, 400, 300);

  nudge_viewport_resize (&v, 1000, 500);
  g_assert_cmpint (nudge_viewport_to_sheet (&v, 500, 250).x, ==, middle.x);
  g_assert_cmpint (nudge_viewport_to_sheet (&v, 500, 250).y, ==, middle.y);
  nudge_viewport_center (&v, (NudgePoint){ 1000, 2000 });
  g_assert_cmpint (nudge_viewport_to_sheet (&v, 500, 250).x, ==, 1000);
  g_assert_cmpint (nudge_viewport_to_sheet (&v, 500, 250).y, ==, 2000);
}

static void
test_round_trip (void)
{
  NudgeViewport v = viewport ();

  v.x = 12345;
  v.y = -6789;
  for (gint32 i = -50; i < 50; i++)
    {
      NudgePoint at = { i * 12700, i * 2540 }, back;
      double px, py;

      nudge_viewport_to_widget (&v, at, &px, &py);
      back = nudge_viewport_to_sheet (&v, px, py);
      g_assert_true (nudge_point_equal (at, back));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewport/fit", test_fit);
  g_test_add_func ("/viewport/fit-extremes", test_fit_extremes);
  g_test_add_func ("/viewport/zoom-keeps-point", test_zoom_keeps_point);
  g_test_add_func ("/viewport/pan-and-back", test_pan_and_back);
  g_test_add_func ("/viewport/keep", test_keep);
  g_test_add_func ("/viewport/resize", test_resize_keeps_middle);
  g_test_add_func ("/viewport/round-trip", test_round_trip);
  return g_test_run ();
}
