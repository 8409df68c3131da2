/* Text flow: known places, growing paper, copies alike, locks kept. */
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

/* Two resistors of 10 by 45.734 mm, 15 mm apart, each at its snapped centre. */
static void
test_places (void)
{
  g_autoptr (NudgeLayout) layout = arranged ("{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'},"
                                             " 'R2': {'symbol': 'Device:R', 'ref': 'R2'}}, 'nets': {}}");

  g_assert_cmpuint (layout->n_units, ==, 2);
  g_assert_cmpint (layout->placements[0].pose.at.x, ==, NUDGE_MM (30.48));
  g_assert_cmpint (layout->placements[0].pose.at.y, ==, NUDGE_MM (35.56));
  g_assert_cmpint (layout->placements[1].pose.at.x, ==, NUDGE_MM (55.88));
  g_assert_cmpint (layout->papers[0], ==, NUDGE_PAPER_A4);
  g_assert_false (layout->wires);
}

static char *
many_resistors (guint n)
{
  GString *json = g_string_new ("{'name': 'top', 'nets': {}, 'components': {");

  for (guint i = 1; i <= n; i++)
    g_string_append_printf (json, "%s'R%u': {'symbol': 'Device:R', 'ref': 'R%u'}", i == 1 ? "" : ", ", i, i);
  g_string_append (json, "}}");
  return g_string_free (json, FALSE);
}

static void
test_paper (void)
{
  static const struct
  {
    guint parts;
    NudgePaper paper;
  } cases[] = { { 20, NUDGE_PAPER_A4 }, { 40, NUDGE_PAPER_A3 }, { 100, NUDGE_PAPER_A2 }, { 200, NUDGE_PAPER_A1 }, { 400, NUDGE_PAPER_A0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = many_resistors (cases[i].parts);
      g_autoptr (NudgeLayout) layout = arranged (json);
      NudgePoint page = nudge_paper_size (cases[i].paper);

      g_assert_cmpint (layout->papers[0], ==, cases[i].paper);
      for (guint u = 0; u < layout->n_units; u++)
        {
          g_assert_cmpint (layout->placements[u].pose.at.x, <, page.x);
          g_assert_cmpint (layout->placements[u].pose.at.y, <, page.y);
        }
    }
}

static void
test_copies (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated);

  /* J1, then R1, R2 of the first copy and R3, R4 of the second. */
  g_assert_cmpuint (layout->n_units, ==, 5);
  for (guint i = 1; i <= 2; i++)
    g_assert_true (nudge_point_equal (layout->placements[i].pose.at, layout->placements[i + 2].pose.at));
}

static void
test_locked (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (NudgeLayout) moved = nudge_layout_copy (layout);
  g_autoptr (NudgeLayout) again = NULL;

  moved->placements[0].pose.at.x += 10 * NUDGE_GRID;
  moved->placements[0].locked = TRUE;
  again = nudge_arrange (moved, "text-flow", NULL, NULL, NULL);
  g_assert_cmpint (again->placements[0].pose.at.x, ==, layout->placements[0].pose.at.x + 10 * NUDGE_GRID);
  g_assert_true (again->placements[0].locked);
  g_assert_cmpint (again->placements[1].pose.at.x, ==, layout->placements[1].pose.at.x);
}

static void
test_unknown_arranger (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (GError) error = NULL;

  g_assert_null (nudge_arrange (layout, "sideways", NULL, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
}

static void
test_cancelled (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (nudge_arrange (layout, "text-flow", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-flow/places", test_places);
  g_test_add_func ("/text-flow/paper", test_paper);
  g_test_add_func ("/text-flow/copies", test_copies);
  g_test_add_func ("/text-flow/locked", test_locked);
  g_test_add_func ("/text-flow/unknown-arranger", test_unknown_arranger);
  g_test_add_func ("/text-flow/cancelled", test_cancelled);
  return g_test_run ();
}
