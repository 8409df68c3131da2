/* The force-directed and the connection-aware arranger: what both promise, and what each is for. */
#include "fixture.h"

#include <math.h>

static const char *const names[] = { "force", "connection-aware" };

static NudgeLayout *
empty_layout (const char *json)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();

  return nudge_layout_new (circuit, library, NULL);
}

static NudgeLayout *
arranged (const char *json, const char *name)
{
  g_autoptr (NudgeLayout) empty = empty_layout (json);
  g_autoptr (GError) error = NULL;
  NudgeLayout *layout = nudge_arrange (empty, name, NULL, NULL, &error);

  g_assert_no_error (error);
  return layout;
}

/* A row of low-pass stages: R in series, C to ground. */
static char *
chain (guint stages)
{
  g_autoptr (GString) nets = g_string_new ("");
  GString *json = g_string_new ("{'name': 'top', 'components': {");
  g_autoptr (GString) ground = g_string_new ("");

  for (guint i = 1; i <= stages; i++)
    {
      g_string_append_printf (json, "%s'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '1k'}, 'C%u': {'symbol': 'Device:C', 'ref': 'C%u', 'value': '1n'}",
                              i == 1 ? "" : ",", i, i, i, i);
      g_string_append_printf (nets, "'S%u': {'nodes': [{'component': 'R%u', 'pin': {'number': '2'}}, {'component': 'C%u', 'pin': {'number': '1'}}", i, i, i);
      if (i < stages)
        g_string_append_printf (nets, ",{'component': 'R%u', 'pin': {'number': '1'}}", i + 1);
      g_string_append (nets, "]},");
      g_string_append_printf (ground, "%s{'component': 'C%u', 'pin': {'number': '2'}}", i == 1 ? "" : ",", i);
    }
  g_string_append_printf (json, "}, 'nets': {%s 'GND': {'nodes': [%s], 'is_power': true, 'power_symbol': 'power:GND'}}}", nets->str, ground->str);
  return g_string_free (json, FALSE);
}

static double
value_of (const NudgeScore *score, NudgeMetric metric)
{
  double value = -1;

  nudge_score_get_value (score, metric, &value);
  return value;
}

static void
test_clean (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint stages = 1; stages <= 64; stages *= 4)
      {
        g_autofree char *json = chain (stages);
        g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, names[i]);
        g_autoptr (NudgeScore) score = nudge_score_new (drawing);

        g_assert_cmpfloat (value_of (score, NUDGE_METRIC_COMPONENTS), ==, 2 * stages);
        g_assert_cmpfloat (value_of (score, NUDGE_METRIC_SYMBOL_OVERLAPS), ==, 0);
        g_assert_cmpfloat (value_of (score, NUDGE_METRIC_OUT_OF_FRAME), ==, 0);
        g_assert_cmpfloat (value_of (score, NUDGE_METRIC_OFF_GRID), ==, 0);
        g_assert_true (nudge_prove (drawing, NULL, NULL));
      }
}

static void
test_same (void)
{
  g_autofree char *json = chain (9);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NudgeLayout) a = arranged (json, names[i]);
      g_autoptr (NudgeLayout) b = arranged (json, names[i]);

      for (guint u = 0; u < a->n_units; u++)
        {
          g_assert_true (a->placements[u].placed);
          g_assert_true (nudge_point_equal (a->placements[u].pose.at, b->placements[u].pose.at));
          g_assert_cmpuint (a->placements[u].pose.turn, ==, b->placements[u].pose.turn);
        }
    }
}

static void
test_locked (void)
{
  const NudgePose pose = { { 60 * NUDGE_GRID, 50 * NUDGE_GRID }, 1, NUDGE_MIRROR_Y };
  g_autofree char *json = chain (4);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NudgeLayout) empty = empty_layout (json);
      g_autoptr (NudgeLayout) locked = nudge_layout_copy (empty);
      g_autoptr (NudgeLayout) layout = NULL;

      locked->placements[2] = (NudgePlacement){ .pose = pose, .placed = TRUE, .locked = TRUE };
      layout = nudge_arrange (locked, names[i], NULL, NULL, NULL);
      g_assert_true (layout->placements[2].locked);
      g_assert_true (nudge_point_equal (layout->placements[2].pose.at, pose.at));
      g_assert_cmpuint (layout->placements[2].pose.turn, ==, 1);
      g_assert_cmpuint (layout->placements[2].pose.mirror, ==, NUDGE_MIRROR_Y);
      g_assert_true (layout->placements[0].placed);
    }
}

static void
test_copies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (NudgeLayout) layout = arranged (fixture_repeated, names[i]);

      for (guint u = 1; u <= 2; u++)
        g_assert_true (nudge_point_equal (layout->placements[u].pose.at, layout->placements[u + 2].pose.at));
      g_assert_true (layout->boxes[1].placed && layout->boxes[2].placed);
      g_assert_false (nudge_point_equal (layout->boxes[1].at, layout->boxes[2].at));
    }
}

/* --- force --- */

static void
test_steps (void)
{
  g_autofree char *json = chain (12);
  g_autoptr (NudgeLayout) empty = empty_layout (json);
  g_autoptr (NudgeForce) force = nudge_force_new (empty, 7);
  NudgeForceLevel level = NUDGE_FORCE_WITHIN;
  double first = 0;
  guint steps = 0;
  gboolean more;

  do
    {
      g_autoptr (NudgeLayout) now = NULL;

      more = nudge_force_step (force);
      steps++;
      g_assert_cmpuint (nudge_force_get_iterations (force), ==, steps);
      g_assert_cmpint (nudge_force_get_level (force), >=, level);
      level = nudge_force_get_level (force);
      if (steps == 1)
        first = nudge_force_get_energy (force);
      now = nudge_force_get_layout (force);
      g_assert_true (now->placements[0].placed);
      g_assert_cmpuint (steps, <, 1000);
    }
  while (more);
  g_assert_cmpint (level, ==, NUDGE_FORCE_SETTLED);
  g_assert_cmpfloat (nudge_force_get_energy (force), <, first);
  g_assert_false (nudge_force_step (force));
  g_assert_cmpuint (nudge_force_get_iterations (force), ==, steps);
}

static gboolean
same_places (const NudgeLayout *a, const NudgeLayout *b)
{
  for (guint u = 0; u < a->n_units; u++)
    if (!nudge_point_equal (a->placements[u].pose.at, b->placements[u].pose.at))
      return FALSE;
  return TRUE;
}

static NudgeLayout *
settled (NudgeLayout *empty, guint seed)
{
  g_autoptr (NudgeForce) force = nudge_force_new (empty, seed);

  while (nudge_force_step (force))
    ;
  return nudge_force_get_layout (force);
}

static void
test_seed (void)
{
  g_autofree char *json = chain (12);
  g_autoptr (NudgeLayout) empty = empty_layout (json);
  g_autoptr (NudgeLayout) a = settled (empty, 3);
  g_autoptr (NudgeLayout) b = settled (empty, 3);
  g_autoptr (NudgeLayout) c = settled (empty, 4);

  g_assert_true (same_places (a, b));
  g_assert_false (same_places (a, c));
}

/* Ground is at the upper pin, as the library draws it: the part is turned over. */
static void
test_turns (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'}, 'R2': {'symbol': 'Device:R', 'ref': 'R2'}}, 'nets': {"
    " 'GND': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}], 'is_power': true, 'power_symbol': 'power:GND'},"
    " 'A': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}}]}}}";
  g_autoptr (NudgeLayout) layout = arranged (json, "force");

  g_assert_cmpuint (layout->placements[0].pose.turn, ==, 2);
}

/* What is connected ends up nearer than what is not. */
static void
test_near (void)
{
  g_autofree char *json = chain (8);
  double tied = 0, all = 0;
  guint n_all = 0;
  g_autoptr (NudgeLayout) layout = arranged (json, "force");

  for (guint i = 0; i < layout->n_units; i++)
    for (guint k = i + 1; k < layout->n_units; k++)
      {
        NudgePoint a = layout->placements[i].pose.at, b = layout->placements[k].pose.at;
        double distance = hypot ((double) a.x - b.x, (double) a.y - b.y);

        all += distance;
        n_all++;
        if (i % 2 == 0 && k == i + 1)
          tied += distance;
      }
  g_assert_cmpfloat (tied / 8, <, 0.6 * all / n_all);
}

static void
test_reported (void)
{
  g_autofree char *json = chain (3);
  g_autoptr (NudgeLayout) empty = empty_layout (json);
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeLayout) layout = nudge_arrange (empty, "force", diagnostics, NULL, NULL);

  g_assert_nonnull (layout);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_FORCES_SETTLED);
}

/* --- connection-aware --- */

/* By hand: the first clear place of the page; the second on the nearest free ring about it. */
static void
test_connection_places (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'R3': {'symbol': 'Device:R', 'ref': 'R3'}, 'R4': {'symbol': 'Device:R', 'ref': 'R4'}},"
    " 'nets': {'LOCAL': {'nodes': [{'component': 'R3', 'pin': {'number': '2'}}, {'component': 'R4', 'pin': {'number': '1'}}]}}}";
  g_autoptr (NudgeLayout) layout = arranged (json, "connection-aware");

  g_assert_cmpint (layout->placements[0].pose.at.x, ==, NUDGE_MM (38.1));
  g_assert_cmpint (layout->placements[0].pose.at.y, ==, NUDGE_MM (45.72));
  g_assert_cmpint (layout->placements[1].pose.at.x, ==, NUDGE_MM (60.96));
  g_assert_cmpint (layout->placements[1].pose.at.y, ==, NUDGE_MM (68.58));
  g_assert_cmpint (layout->papers[0], ==, NUDGE_PAPER_A4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrangers/clean", test_clean);
  g_test_add_func ("/arrangers/same", test_same);
  g_test_add_func ("/arrangers/locked", test_locked);
  g_test_add_func ("/arrangers/copies", test_copies);
  g_test_add_func ("/arrangers/force/steps", test_steps);
  g_test_add_func ("/arrangers/force/seed", test_seed);
  g_test_add_func ("/arrangers/force/turns", test_turns);
  g_test_add_func ("/arrangers/force/near", test_near);
  g_test_add_func ("/arrangers/force/reported", test_reported);
  g_test_add_func ("/arrangers/connection-aware/places", test_connection_places);
  return g_test_run ();
}
