/* Edits and their history. */
#include "fixture.h"

#include <string.h>

static NudgeLayout *
arranged (const char *json)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);

  return nudge_arrange (empty, "text-flow", NULL, NULL, NULL);
}

static guint
unit_of (const NudgeLayout *layout, const char *reference)
{
  guint part = nudge_circuit_find_part (layout->circuit, NUDGE_NONE, reference);

  g_assert_cmpuint (part, !=, NUDGE_NONE);
  return layout->part_units[part];
}

static const NudgePose *
pose_of (const NudgeLayout *layout, const char *reference)
{
  return &layout->placements[unit_of (layout, reference)].pose;
}

/* Takes the step and gives up the layout before it. */
static void
step (NudgeLayout **layout, NudgeLayout *next)
{
  g_assert_nonnull (next);
  nudge_layout_unref (*layout);
  *layout = next;
}

static void
test_move (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), moved = NULL, still = NULL, back = NULL;
  guint unit = unit_of (layout, "R1"), box = 1;
  const NudgeSelection selection = { &unit, 1, &box, 1 };
  NudgePoint before = pose_of (layout, "R1")->at;

  moved = nudge_edit_move (layout, &selection, NUDGE_GRID + 3, -2 * NUDGE_GRID - 6000);
  g_assert_cmpint (pose_of (moved, "R1")->at.x, ==, before.x + NUDGE_GRID);
  g_assert_cmpint (pose_of (moved, "R1")->at.y, ==, before.y - 2 * NUDGE_GRID);
  g_assert_cmpint (moved->boxes[1].at.x, ==, layout->boxes[1].at.x + NUDGE_GRID);
  g_assert_true (nudge_point_equal (pose_of (layout, "R1")->at, before));
  still = nudge_edit_move (layout, &selection, NUDGE_GRID / 3, 0);
  g_assert_true (still == layout);
  back = nudge_edit_move (moved, &selection, -NUDGE_GRID, 2 * NUDGE_GRID);
  g_assert_true (nudge_layout_equal (back, layout));
}

static void
test_limits (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  guint unit = 0, none = G_MAXUINT;
  const NudgeSelection selection = { &unit, 1, NULL, 0 }, nonsense = { &none, 1, &none, 1 };
  g_autoptr (NudgeLayout) same = nudge_edit_move (layout, &nonsense, NUDGE_GRID, 0);

  g_assert_true (same == layout);
  for (guint i = 0; i < 3; i++)
    step (&layout, nudge_edit_move (layout, &selection, G_MAXINT32, G_MININT32));
  g_assert_cmpint (layout->placements[0].pose.at.x, <=, NUDGE_MAX_COORDINATE);
  g_assert_cmpint (layout->placements[0].pose.at.y, >=, -NUDGE_MAX_COORDINATE);
  g_assert_cmpint (layout->placements[0].pose.at.x % NUDGE_GRID, ==, 0);
}

/* Whatever the pose, a turn or a mirror of it does to every pin what it does to a point of the sheet. */
static void
test_turns_and_mirrors (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  guint unit = unit_of (layout, "J1");
  const NudgeSelection selection = { &unit, 1, NULL, 0 };
  const NudgePoint points[] = { { 12700, 25400 }, { -38100, 12700 } };

  for (guint turn = 0; turn < 4; turn++)
    for (guint mirror = 0; mirror < 3; mirror++)
      {
        const NudgePose pose = { { 127000, 254000 }, turn, mirror };
        g_autoptr (NudgeLayout) posed = nudge_edit_set_pose (layout, unit, &pose);
        g_autoptr (NudgeLayout) turned = nudge_edit_rotate (posed, &selection, 1), x = NULL, y = NULL, again = NULL;

        x = nudge_edit_mirror (posed, &selection, NUDGE_MIRROR_X);
        y = nudge_edit_mirror (posed, &selection, NUDGE_MIRROR_Y);
        for (guint i = 0; i < G_N_ELEMENTS (points); i++)
          {
            NudgePoint p = nudge_pose_point (pose_of (posed, "J1"), points[i]);
            NudgePoint t = nudge_pose_point (pose_of (turned, "J1"), points[i]);
            NudgePoint mx = nudge_pose_point (pose_of (x, "J1"), points[i]), my = nudge_pose_point (pose_of (y, "J1"), points[i]);
            gint32 dx = p.x - pose.at.x, dy = p.y - pose.at.y;

            g_assert_cmpint (t.x, ==, pose.at.x + dy);
            g_assert_cmpint (t.y, ==, pose.at.y - dx);
            g_assert_cmpint (mx.x, ==, p.x);
            g_assert_cmpint (mx.y, ==, pose.at.y - dy);
            g_assert_cmpint (my.x, ==, pose.at.x - dx);
            g_assert_cmpint (my.y, ==, p.y);
          }
        again = nudge_edit_rotate (turned, &selection, -5);
        g_assert_true (nudge_point_equal (pose_of (again, "J1")->at, pose.at));
        g_assert_cmpint (pose_of (again, "J1")->turn, ==, turn);
      }
}

/* A group keeps its shape. */
static void
test_group_turn (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), turned = NULL, mirrored = NULL;
  const guint units[] = { unit_of (layout, "R1"), unit_of (layout, "R2"), unit_of (layout, "J1") };
  const NudgeSelection selection = { units, 3, NULL, 0 };

  turned = nudge_edit_rotate (layout, &selection, 1);
  mirrored = nudge_edit_mirror (layout, &selection, NUDGE_MIRROR_Y);
  for (guint i = 1; i < 3; i++)
    {
      NudgePoint a = layout->placements[units[0]].pose.at, b = layout->placements[units[i]].pose.at;
      NudgePoint c = turned->placements[units[0]].pose.at, d = turned->placements[units[i]].pose.at;
      NudgePoint e = mirrored->placements[units[0]].pose.at, f = mirrored->placements[units[i]].pose.at;

      g_assert_cmpint (d.x - c.x, ==, b.y - a.y);
      g_assert_cmpint (d.y - c.y, ==, -(b.x - a.x));
      g_assert_cmpint (f.x - e.x, ==, -(b.x - a.x));
      g_assert_cmpint (f.y - e.y, ==, b.y - a.y);
      g_assert_cmpint (d.x % NUDGE_GRID, ==, 0);
    }
}

static void
place (NudgeLayout **layout, const char *reference, gint x, gint y)
{
  const NudgePose pose = { .at = { x * NUDGE_GRID, y * NUDGE_GRID } };

  step (layout, nudge_edit_set_pose (*layout, unit_of (*layout, reference), &pose));
}

static void
test_align (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), column = NULL, row = NULL, left = NULL, bottom = NULL;
  const guint units[] = { unit_of (layout, "R1"), unit_of (layout, "R2"), unit_of (layout, "J1") };
  const NudgeSelection selection = { units, 3, NULL, 0 }, two = { units, 2, NULL, 0 };

  place (&layout, "R1", 10, 10);
  place (&layout, "R2", 33, 17);
  place (&layout, "J1", 50, 44);
  column = nudge_edit_align (layout, &selection, NUDGE_ALIGN_COLUMN);
  g_assert_cmpint (pose_of (column, "J1")->at.x, ==, 10 * NUDGE_GRID);
  g_assert_cmpint (pose_of (column, "J1")->at.y, ==, 44 * NUDGE_GRID);
  row = nudge_edit_align (layout, &selection, NUDGE_ALIGN_ROW);
  g_assert_cmpint (pose_of (row, "R2")->at.y, ==, 10 * NUDGE_GRID);
  g_assert_cmpint (pose_of (row, "R2")->at.x, ==, 33 * NUDGE_GRID);
  left = nudge_edit_align (layout, &two, NUDGE_ALIGN_LEFT);
  g_assert_cmpint (pose_of (left, "R2")->at.x, ==, 10 * NUDGE_GRID);
  g_assert_cmpint (pose_of (left, "J1")->at.x, ==, 50 * NUDGE_GRID);
  bottom = nudge_edit_align (layout, &two, NUDGE_ALIGN_BOTTOM);
  g_assert_cmpint (pose_of (bottom, "R2")->at.y, ==, 10 * NUDGE_GRID);
}

static void
test_distribute (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), spread = NULL, spaced = NULL, down = NULL;
  const guint units[] = { unit_of (layout, "J1"), unit_of (layout, "R1"), unit_of (layout, "R2") };
  const NudgeSelection selection = { units, 3, NULL, 0 };

  place (&layout, "R1", 10, 10);
  place (&layout, "R2", 12, 20);
  place (&layout, "J1", 50, 60);
  spread = nudge_edit_distribute (layout, &selection, FALSE);
  g_assert_cmpint (ABS (pose_of (spread, "R2")->at.x - 30 * NUDGE_GRID), <=, NUDGE_GRID);
  g_assert_cmpint (pose_of (spread, "R2")->at.y, ==, 20 * NUDGE_GRID);
  g_assert_true (nudge_point_equal (pose_of (spread, "R1")->at, pose_of (layout, "R1")->at));
  g_assert_true (nudge_point_equal (pose_of (spread, "J1")->at, pose_of (layout, "J1")->at));
  down = nudge_edit_distribute (layout, &selection, TRUE);
  g_assert_cmpint (ABS (pose_of (down, "R2")->at.y - 35 * NUDGE_GRID), <=, NUDGE_GRID);

  spaced = nudge_edit_space (layout, &selection, FALSE);
  {
    NudgeBox r = nudge_symbol_body_box (spaced->units[units[1]].symbol, 1), j = nudge_symbol_body_box (spaced->units[units[0]].symbol, 1);
    NudgeBox r1 = nudge_pose_box (pose_of (spaced, "R1"), &r), r2 = nudge_pose_box (pose_of (spaced, "R2"), &r);
    NudgeBox j1 = nudge_pose_box (pose_of (spaced, "J1"), &j);

    g_assert_cmpint (ABS ((r2.x0 - r1.x1) - (j1.x0 - r2.x1)), <=, NUDGE_GRID);
  }
}

static void
test_straighten (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), straight = NULL, none = NULL, locked = NULL;
  guint r1 = unit_of (layout, "R1"), r2 = unit_of (layout, "R2"), j1 = unit_of (layout, "J1");
  const NudgeSelection selection = { &r2, 1, NULL, 0 };

  place (&layout, "R1", 20, 20);
  place (&layout, "R2", 23, 40);
  straight = nudge_edit_straighten (layout, r2, r1);
  g_assert_cmpint (pose_of (straight, "R2")->at.x, ==, 20 * NUDGE_GRID);
  g_assert_cmpint (pose_of (straight, "R2")->at.y, ==, 40 * NUDGE_GRID);
  /* A rail joins them, but on another sheet. */
  none = nudge_edit_straighten (layout, unit_of (layout, "D1"), j1);
  g_assert_true (none == layout);
  locked = nudge_edit_lock (layout, &selection, TRUE);
  step (&straight, nudge_edit_straighten (locked, r2, r1));
  g_assert_true (straight == locked);
}

static void
test_swap_lock_reset (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), swapped = NULL, locked = NULL, moved = NULL, reset = NULL, whole = NULL, replaced = NULL;
  const guint units[] = { unit_of (layout, "R1"), unit_of (layout, "R2") };
  const NudgeSelection selection = { units, 2, NULL, 0 }, one = { units, 1, NULL, 0 };

  swapped = nudge_edit_swap (layout, &selection);
  g_assert_true (nudge_point_equal (pose_of (swapped, "R1")->at, pose_of (layout, "R2")->at));
  g_assert_true (nudge_point_equal (pose_of (swapped, "R2")->at, pose_of (layout, "R1")->at));
  locked = nudge_edit_lock (layout, &one, TRUE);
  moved = nudge_edit_move (locked, &selection, NUDGE_GRID, 0);
  g_assert_true (nudge_point_equal (pose_of (moved, "R1")->at, pose_of (layout, "R1")->at));
  g_assert_false (nudge_point_equal (pose_of (moved, "R2")->at, pose_of (layout, "R2")->at));
  step (&swapped, nudge_edit_swap (locked, &selection));
  g_assert_true (swapped == locked);

  reset = nudge_edit_reset (locked, &one);
  g_assert_false (reset->placements[units[0]].placed);
  g_assert_false (reset->placements[units[0]].locked);
  replaced = nudge_arrange_open (reset, NULL, NULL, NULL, NULL);
  g_assert_true (nudge_layout_is_placed (replaced));
  g_assert_true (nudge_point_equal (pose_of (replaced, "R2")->at, pose_of (layout, "R2")->at));
  whole = nudge_edit_reset (moved, NULL);
  step (&replaced, nudge_arrange_open (whole, NULL, NULL, NULL, NULL));
  g_assert_true (nudge_layout_equal (replaced, layout));
}

/* An edit in one copy of a circuit is an edit in all. */
static void
test_copies (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated), moved = NULL, papered = NULL;
  guint r4 = unit_of (layout, "R4");
  const NudgeSelection selection = { &r4, 1, NULL, 0 };

  moved = nudge_edit_move (layout, &selection, 5 * NUDGE_GRID, 0);
  g_assert_cmpint (pose_of (moved, "R4")->at.x, ==, pose_of (layout, "R4")->at.x + 5 * NUDGE_GRID);
  g_assert_cmpint (pose_of (moved, "R2")->at.x, ==, pose_of (moved, "R4")->at.x);
  papered = nudge_edit_set_paper (layout, 2, NUDGE_PAPER_A1);
  g_assert_cmpint (papered->papers[1], ==, NUDGE_PAPER_A1);
}

static void
test_symbols_and_styles (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy), mapped = NULL, same = NULL, back = NULL, styled = NULL;

  mapped = nudge_edit_map_symbol (layout, "/R1", "Device:C", NULL);
  g_assert_cmpstr (mapped->units[unit_of (mapped, "R1")].symbol->id, ==, "Device:C");
  g_assert_cmpstr (mapped->units[unit_of (mapped, "R2")].symbol->id, ==, "Device:R");
  g_assert_true (nudge_layout_is_placed (mapped));
  g_assert_true (nudge_point_equal (pose_of (mapped, "R1")->at, pose_of (layout, "R1")->at));
  same = nudge_edit_map_symbol (mapped, "/R1", "Device:C", NULL);
  g_assert_true (same == mapped);
  back = nudge_edit_map_symbol (mapped, "/R1", NULL, NULL);
  g_assert_true (nudge_layout_equal (back, layout));
  styled = nudge_edit_style_net (layout, 1, NUDGE_NET_LABEL);
  g_assert_cmpint (styled->net_styles[1], ==, NUDGE_NET_LABEL);
  g_assert_false (nudge_layout_equal (styled, layout));
}

/* --- history --- */

static void
push_move (NudgeHistory *history, guint unit, gint32 dx, const char *merge)
{
  const NudgeSelection selection = { &unit, 1, NULL, 0 };
  g_autoptr (NudgeLayout) next = nudge_edit_move (nudge_history_get_layout (history), &selection, dx, 0);

  nudge_history_push (history, next, "Move", merge);
}

static void
test_history (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (NudgeHistory) history = nudge_history_new (layout);

  g_assert_true (nudge_history_is_clean (history));
  g_assert_false (nudge_history_undo (history));
  g_assert_null (nudge_history_get_undo_label (history));
  g_assert_false (nudge_history_push (history, layout, "Nothing", NULL));

  /* One drag is one step, and a drag that comes back is none. */
  for (guint i = 0; i < 5; i++)
    push_move (history, 0, NUDGE_GRID, "drag");
  nudge_history_end_merge (history);
  push_move (history, 0, NUDGE_GRID, "drag");
  push_move (history, 0, -NUDGE_GRID, "drag");
  g_assert_cmpstr (nudge_history_get_undo_label (history), ==, "Move");
  g_assert_false (nudge_history_is_clean (history));
  g_assert_true (nudge_history_undo (history));
  g_assert_true (nudge_history_get_layout (history) == layout);
  g_assert_true (nudge_history_is_clean (history));
  g_assert_cmpstr (nudge_history_get_redo_label (history), ==, "Move");
  g_assert_true (nudge_history_redo (history));
  g_assert_false (nudge_history_redo (history));

  /* Saved: clean is here now, and on any way that leads to the same. */
  nudge_history_mark_clean (history);
  push_move (history, 0, NUDGE_GRID, NULL);
  g_assert_false (nudge_history_is_clean (history));
  push_move (history, 0, -NUDGE_GRID, NULL);
  g_assert_true (nudge_history_is_clean (history));
  nudge_history_undo (history);
  nudge_history_undo (history);
  nudge_history_undo (history);
  g_assert_false (nudge_history_is_clean (history));
  push_move (history, 1, NUDGE_GRID, NULL);
  g_assert_null (nudge_history_get_redo_label (history));
  nudge_history_restart (history, layout, FALSE);
  g_assert_false (nudge_history_is_clean (history));
  g_assert_null (nudge_history_get_undo_label (history));
}

static void
test_history_bound (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (NudgeHistory) history = nudge_history_new (layout);
  guint n = 0;

  for (guint i = 0; i < NUDGE_MAX_UNDO_STEPS + 10; i++)
    push_move (history, 0, NUDGE_GRID, NULL);
  while (nudge_history_undo (history))
    n++;
  g_assert_cmpuint (n, ==, NUDGE_MAX_UNDO_STEPS);
  g_assert_cmpint (nudge_history_get_layout (history)->placements[0].pose.at.x, ==, layout->placements[0].pose.at.x + 10 * NUDGE_GRID);
}

static NudgeLayout *
random_edit (NudgeLayout *layout)
{
  guint units[8], boxes[2];
  NudgeSelection selection = { units, (guint) g_test_rand_int_range (0, 8), boxes, (guint) g_test_rand_int_range (0, 2) };
  const NudgeSelection *chosen = &selection;
  gint32 far = g_test_rand_int_range (-40, 40) * (NUDGE_GRID / 2);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    units[i] = (guint) g_test_rand_int_range (0, (gint32) layout->n_units);
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    boxes[i] = (guint) g_test_rand_int_range (0, (gint32) layout->circuit->n_blocks);
  switch (g_test_rand_int_range (0, 14))
    {
    case 0:
    case 1: return nudge_edit_move (layout, chosen, far, -far / 2);
    case 2: return nudge_edit_rotate (layout, chosen, far / NUDGE_GRID);
    case 3: return nudge_edit_mirror (layout, chosen, far > 0 ? NUDGE_MIRROR_X : NUDGE_MIRROR_Y);
    case 4: return nudge_edit_align (layout, chosen, (NudgeAlign) g_test_rand_int_range (0, 6));
    case 5: return nudge_edit_distribute (layout, chosen, far > 0);
    case 6: return nudge_edit_space (layout, chosen, far > 0);
    case 7: return nudge_edit_straighten (layout, units[0], units[1]);
    case 8: return nudge_edit_swap (layout, chosen);
    case 9: return nudge_edit_lock (layout, chosen, far > 0);
    case 10:
      return nudge_edit_style_net (layout, (guint) g_test_rand_int_range (0, (gint32) layout->circuit->n_nets),
                                   (NudgeNetStyle) g_test_rand_int_range (0, 3));
    case 11: return nudge_edit_set_paper (layout, 0, (NudgePaper) g_test_rand_int_range (0, 5));
    case 12: return nudge_edit_map_symbol (layout, "Device:R", far > 0 ? "Device:C" : NULL, NULL);
    default:
      {
        g_autoptr (NudgeLayout) reset = nudge_edit_reset (layout, chosen);

        return nudge_arrange_open (reset, NULL, NULL, NULL, NULL);
      }
    }
}

/* Whatever is done: everything stays on the grid, copies stay alike, the file gives the layout back, and undoing
 * all of it gives the file of the beginning, byte for byte. */
static void
test_random (void)
{
  const char *const circuits[] = { fixture_hierarchy, fixture_repeated };

  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (NudgeLayout) layout = arranged (circuits[round % 2]), last = NULL, loaded = NULL;
      g_autoptr (NudgeHistory) history = nudge_history_new (layout);
      g_autoptr (GBytes) before = nudge_layout_to_bytes (layout), after = NULL, end = NULL, redone = NULL;

      for (guint i = 0; i < 40; i++)
        {
          g_autoptr (NudgeLayout) next = random_edit (nudge_history_get_layout (history));

          g_assert_nonnull (next);
          nudge_history_push (history, next, "Edit", g_test_rand_bit () ? "drag" : NULL);
        }
      last = nudge_layout_ref (nudge_history_get_layout (history));
      for (guint i = 0; i < last->n_units; i++)
        {
          g_assert_cmpint (last->placements[i].pose.at.x % NUDGE_GRID, ==, 0);
          g_assert_cmpint (last->placements[i].pose.at.y % NUDGE_GRID, ==, 0);
        }
      if (round % 2 == 1)
        g_assert_true (nudge_point_equal (pose_of (last, "R1")->at, pose_of (last, "R3")->at));
      end = nudge_layout_to_bytes (last);
      loaded = nudge_layout_load_bytes (end, "x", last->circuit, last->library, NULL, NULL, NULL);
      g_assert_true (nudge_layout_equal (loaded, last));
      while (nudge_history_undo (history))
        continue;
      g_assert_true (nudge_history_is_clean (history));
      after = nudge_layout_to_bytes (nudge_history_get_layout (history));
      g_assert_true (g_bytes_equal (before, after));
      while (nudge_history_redo (history))
        continue;
      redone = nudge_layout_to_bytes (nudge_history_get_layout (history));
      g_assert_true (g_bytes_equal (end, redone));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/move", test_move);
  g_test_add_func ("/edit/limits", test_limits);
  g_test_add_func ("/edit/turns-and-mirrors", test_turns_and_mirrors);
  g_test_add_func ("/edit/group-turn", test_group_turn);
  g_test_add_func ("/edit/align", test_align);
  g_test_add_func ("/edit/distribute", test_distribute);
  g_test_add_func ("/edit/straighten", test_straighten);
  g_test_add_func ("/edit/swap-lock-reset", test_swap_lock_reset);
  g_test_add_func ("/edit/copies", test_copies);
  g_test_add_func ("/edit/symbols-and-styles", test_symbols_and_styles);
  g_test_add_func ("/edit/random", test_random);
  g_test_add_func ("/history/steps", test_history);
  g_test_add_func ("/history/bound", test_history_bound);
  return g_test_run ();
}
