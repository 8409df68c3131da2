/* The score: each metric on marks of which it is known what is wrong with them. */
#include "fixture.h"

#include <string.h>

static double
value_of (const NudgeScore *score, NudgeMetric metric)
{
  double value = -1;

  g_assert_true (nudge_score_get_value (score, metric, &value));
  return value;
}

static guint
count_offences (const NudgeScore *score, NudgeMetric metric)
{
  guint n = 0;

  for (guint i = 0; i < nudge_score_get_n_offences (score); i++)
    n += nudge_score_get_offence (score, i)->metric == metric;
  return n;
}

static const NudgeOffence *
first_offence (const NudgeScore *score, NudgeMetric metric)
{
  for (guint i = 0; i < nudge_score_get_n_offences (score); i++)
    if (nudge_score_get_offence (score, i)->metric == metric)
      return nudge_score_get_offence (score, i);
  g_assert_not_reached ();
}

static void
test_metrics (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  double sum = 0;

  for (guint i = 0; i < NUDGE_N_METRICS; i++)
    {
      g_assert_nonnull (nudge_metric_name (i));
      g_assert_nonnull (nudge_metric_summary (i));
      g_assert_true (g_hash_table_add (names, (gpointer) nudge_metric_name (i)));
      sum += nudge_metric_weight (i);
    }
  g_assert_cmpfloat_with_epsilon (sum, 100, 1e-9);
}

static void
test_empty (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing ("{'name': 'top', 'components': {}, 'nets': {}}", "text-flow");
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);
  double value;

  g_assert_cmpfloat_with_epsilon (nudge_score_get_total (score), 100, 1e-9);
  g_assert_cmpuint (nudge_score_get_n_offences (score), ==, 0);
  g_assert_false (nudge_score_get_value (score, NUDGE_METRIC_CONNECTIONS_WIRED, &value));
  g_assert_true (nudge_score_get_value (score, NUDGE_METRIC_CROSSINGS, &value));
}

/* --- parts put where the test wants them --- */

static const char three_resistors[] =
  "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '1k'},"
  " 'R2': {'symbol': 'Device:R', 'ref': 'R2', 'value': '1k'}, 'R3': {'symbol': 'Device:R', 'ref': 'R3', 'value': '1k'}},"
  " 'nets': {'A': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}, {'component': 'R2', 'pin': {'number': '1'}}]}}}";

static NudgeDrawing *
draw_at (const char *json, const NudgePose *poses, guint n)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (NudgeLayout) layout = nudge_layout_copy (empty);
  NudgeDrawing *drawing;

  g_assert_cmpuint (layout->n_units, ==, n);
  layout->wires = FALSE;
  for (guint i = 0; i < n; i++)
    layout->placements[i] = (NudgePlacement){ .pose = poses[i], .placed = TRUE };
  drawing = nudge_draw (layout, NULL, NULL);
  g_assert_nonnull (drawing);
  return drawing;
}

#define AT(x, y) { (x) * NUDGE_GRID, (y) * NUDGE_GRID }

static void
test_symbols (void)
{
  const NudgePose poses[] = { { AT (40, 40), 0, 0 }, { AT (41, 40), 0, 0 }, { AT (200, 60), 0, 0 } };
  g_autoptr (NudgeDrawing) drawing = draw_at (three_resistors, poses, 3);
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);
  const NudgeOffence *overlap = first_offence (score, NUDGE_METRIC_SYMBOL_OVERLAPS);

  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_SYMBOL_OVERLAPS), ==, 1);
  g_assert_cmpuint (count_offences (score, NUDGE_METRIC_SYMBOL_OVERLAPS), ==, 1);
  g_assert_cmpstr (overlap->first, ==, "R1");
  g_assert_cmpstr (overlap->second, ==, "R2");
  g_assert_cmpuint (overlap->sheet, ==, 0);
  g_assert_cmpint (overlap->at.x, ==, 40 * NUDGE_GRID);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_COMPONENTS), ==, 3);
  /* The third stands in no line with the others. */
  g_assert_cmpfloat_with_epsilon (value_of (score, NUDGE_METRIC_ALIGNED), 2 / 3.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (nudge_score_get_lost (score, NUDGE_METRIC_SYMBOL_OVERLAPS), 8, 1e-9);
  g_assert_cmpfloat (nudge_score_get_total (score), <, 92);
}

static void
test_page (void)
{
  const NudgePose poses[] = { { AT (4, 40), 0, 0 }, { { 40 * NUDGE_GRID, 40 * NUDGE_GRID + 5000 }, 0, 0 }, { AT (200, 145), 0, 0 } };
  g_autoptr (NudgeDrawing) drawing = draw_at (three_resistors, poses, 3);
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);

  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_OUT_OF_FRAME), >=, 1);
  /* The resistor and its label. */
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_OFF_GRID), ==, 2);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_IN_TITLE_BLOCK), >=, 1);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_PAPER_OVERSIZE), ==, 0);
}

static void
test_close (void)
{
  /* Bodies of 2.032 mm at 3.81 mm: 1.78 mm of air; the two connected ones may. Not in a row: they differ in height. */
  const NudgePose poses[] = { { AT (40, 40), 0, 0 }, { AT (80, 60), 0, 0 }, { AT (83, 61), 0, 0 } };
  g_autoptr (NudgeDrawing) drawing = draw_at (three_resistors, poses, 3);
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);

  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_BODIES_TOO_CLOSE), ==, 1);
  g_assert_cmpstr (first_offence (score, NUDGE_METRIC_BODIES_TOO_CLOSE)->first, ==, "R2");
  g_assert_cmpfloat_with_epsilon (value_of (score, NUDGE_METRIC_AIR_LEAST), 1.778, 0.001);
}

/* --- wires --- */

static NudgeDrawing *
with_wires (const char *json, const NudgePose *poses, guint n, const NudgeWire *wires, guint n_wires)
{
  NudgeDrawing *drawing = draw_at (json, poses, n);

  g_free (drawing->sheets[0].wires);
  drawing->sheets[0].wires = g_memdup2 (wires, n_wires * sizeof *wires);
  drawing->sheets[0].n_wires = n_wires;
  return drawing;
}

static void
test_wires (void)
{
  static const NudgeWire wires[] = {
    { AT (10, 20), AT (30, 20), 0 },
    { AT (20, 10), AT (20, 30), 0 },
    { AT (20, 30), AT (40, 30), 0 },
    { AT (60, 20), AT (70, 25), 0 },
    { AT (100, 20), AT (120, 20), 0 },
    { AT (110, 20), AT (130, 20), 0 },
    { AT (100, 21), AT (120, 21), 0 },
  };
  g_autoptr (NudgeDrawing) drawing = with_wires ("{'name': 'top', 'components': {}, 'nets': {}}", NULL, 0, wires, G_N_ELEMENTS (wires));
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);

  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_CROSSINGS), ==, 1);
  g_assert_cmpint (first_offence (score, NUDGE_METRIC_CROSSINGS)->at.x, ==, 20 * NUDGE_GRID);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_BENDS), ==, 1);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_DIAGONAL_WIRES), ==, 1);
  g_assert_cmpfloat_with_epsilon (value_of (score, NUDGE_METRIC_WIRES_ON_WIRES), 12.7, 1e-6);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_WIRES_TOO_CLOSE), ==, 1);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_FOUR_WAY_JOINTS), ==, 0);
  /* Every end but the corner and the two that lie on another wire. */
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_DANGLING_ENDS), ==, 10);
  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_WIRES), ==, 7);
}

/* R1 and R2 in line, 10 cells apart, joined at their upper pins (3 cells above the origin). */
static void
test_nets (void)
{
  static const NudgeWire straight[] = { { AT (40, 37), AT (50, 37), 0 } };
  static const NudgeWire bent[] = { { AT (40, 37), AT (40, 30), 0 }, { AT (40, 30), AT (50, 30), 0 }, { AT (50, 30), AT (50, 37), 0 } };
  static const NudgePose poses[] = { { AT (40, 40), 0, 0 }, { AT (50, 40), 0, 0 }, { AT (70, 60), 0, 0 } };
  g_autoptr (NudgeDrawing) open = draw_at (three_resistors, poses, 3);
  g_autoptr (NudgeDrawing) level = with_wires (three_resistors, poses, 3, straight, 1);
  g_autoptr (NudgeDrawing) round = with_wires (three_resistors, poses, 3, bent, 3);
  g_autoptr (NudgeScore) labelled = nudge_score_new (open);
  g_autoptr (NudgeScore) wired = nudge_score_new (level);
  g_autoptr (NudgeScore) detoured = nudge_score_new (round);
  double value;

  g_assert_cmpfloat (value_of (labelled, NUDGE_METRIC_CONNECTIONS_WIRED), ==, 0);
  g_assert_cmpfloat (value_of (labelled, NUDGE_METRIC_TWO_PIN_WIRED), ==, 0);
  g_assert_cmpstr (first_offence (labelled, NUDGE_METRIC_TWO_PIN_WIRED)->first, ==, "A");
  g_assert_false (nudge_score_get_value (labelled, NUDGE_METRIC_DETOUR, &value));
  g_assert_cmpfloat (value_of (labelled, NUDGE_METRIC_LABELS_ON_PINS), ==, 2);
  g_assert_cmpfloat (value_of (wired, NUDGE_METRIC_CONNECTIONS_WIRED), ==, 1);
  g_assert_cmpfloat (value_of (wired, NUDGE_METRIC_TWO_PIN_STRAIGHT), ==, 1);
  g_assert_cmpfloat (value_of (wired, NUDGE_METRIC_DETOUR), ==, 1);
  g_assert_cmpfloat (value_of (detoured, NUDGE_METRIC_TWO_PIN_STRAIGHT), ==, 0);
  g_assert_cmpfloat_with_epsilon (value_of (detoured, NUDGE_METRIC_DETOUR), 2.4, 1e-9);
  g_assert_cmpfloat (value_of (detoured, NUDGE_METRIC_BENDS), ==, 2);
  g_assert_cmpfloat (nudge_score_get_total (wired), >, nudge_score_get_total (detoured));
  g_assert_cmpfloat (nudge_score_get_total (detoured), >, nudge_score_get_total (labelled));
}

/* --- what the eye sees --- */

#define LED_PAIR(r, d) \
  "'" r "': {'symbol': 'Device:R', 'ref': '" r "'}, '" d "': {'symbol': 'Device:LED', 'ref': '" d "'}"
#define LED_NET(r, d, net) \
  "'" net "': {'nodes': [{'component': '" r "', 'pin': {'number': '2'}}, {'component': '" d "', 'pin': {'number': '2'}}]}"

static void
test_repeats (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {" LED_PAIR ("R1", "D1") "," LED_PAIR ("R2", "D2") "," LED_PAIR ("R3", "D3") "},"
    " 'nets': {" LED_NET ("R1", "D1", "A") "," LED_NET ("R2", "D2", "B") "," LED_NET ("R3", "D3", "C") "}}";
  NudgePose poses[] = {
    { AT (40, 40), 0, 0 }, { AT (40, 50), 1, 0 }, { AT (60, 40), 0, 0 }, { AT (60, 50), 1, 0 }, { AT (80, 40), 0, 0 }, { AT (80, 50), 1, 0 },
  };
  g_autoptr (NudgeDrawing) alike = draw_at (json, poses, 6);
  g_autoptr (NudgeScore) equal = nudge_score_new (alike);
  g_autoptr (NudgeDrawing) other = NULL;
  g_autoptr (NudgeScore) unequal = NULL;

  g_assert_cmpfloat (value_of (equal, NUDGE_METRIC_REPEATS_UNEQUAL), ==, 0);
  poses[5].turn = 3;
  other = draw_at (json, poses, 6);
  unequal = nudge_score_new (other);
  g_assert_cmpfloat_with_epsilon (value_of (unequal, NUDGE_METRIC_REPEATS_UNEQUAL), 1 / 3.0, 1e-9);
  g_assert_cmpuint (count_offences (unequal, NUDGE_METRIC_REPEATS_UNEQUAL), ==, 1);
}

static void
test_power (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'}}, 'nets': {"
    " 'GND': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}], 'is_power': true, 'power_symbol': 'power:GND'},"
    " 'IN': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}]}}}";
  const NudgePose hanging = { AT (40, 40), 0, 0 }, upside_down = { AT (40, 40), 2, 0 };
  g_autoptr (NudgeDrawing) good = draw_at (json, &hanging, 1);
  g_autoptr (NudgeDrawing) bad = draw_at (json, &upside_down, 1);
  g_autoptr (NudgeScore) upright = nudge_score_new (good);
  g_autoptr (NudgeScore) turned = nudge_score_new (bad);

  g_assert_cmpfloat (value_of (upright, NUDGE_METRIC_POWER_UPRIGHT), ==, 1);
  g_assert_cmpfloat (value_of (upright, NUDGE_METRIC_SHUNTS_NOT_HANGING), ==, 0);
  /* The one beside the rail's flag stands upright in either. */
  g_assert_cmpfloat (value_of (turned, NUDGE_METRIC_POWER_UPRIGHT), ==, 0.5);
  g_assert_cmpfloat (value_of (turned, NUDGE_METRIC_SHUNTS_NOT_HANGING), ==, 1);
  g_assert_cmpstr (first_offence (turned, NUDGE_METRIC_SHUNTS_NOT_HANGING)->first, ==, "R1");
}

/* Two boxes of five pins, joined by four nets without a name. */
static char *
bundle_json (void)
{
  GString *json = g_string_new ("{'name': 'top', 'components': {");

  for (guint part = 1; part <= 2; part++)
    {
      g_string_append_printf (json, "%s'U%u': {'symbol': 'none:here', 'ref': 'U%u', 'pins': [", part == 1 ? "" : ",", part, part);
      for (guint i = 1; i <= 5; i++)
        g_string_append_printf (json, "%s{'pin_id': '%u', 'name': 'P%u', 'func': 'passive'}", i == 1 ? "" : ",", i, i);
      g_string_append (json, "]}");
    }
  g_string_append (json, "}, 'nets': {");
  for (guint i = 1; i <= 4; i++)
    g_string_append_printf (json, "%s'N$%u': {'nodes': [{'component': 'U1', 'pin': {'number': '%u'}}, {'component': 'U2', 'pin': {'number': '%u'}}]}",
                            i == 1 ? "" : ",", i, i, i);
  g_string_append (json, "}}");
  return g_string_free (json, FALSE);
}

static void
test_bundle (void)
{
  static const NudgePose poses[] = { { AT (80, 40), 0, 0 }, { AT (40, 40), 0, 0 } };
  g_autofree char *json = bundle_json ();
  g_autoptr (NudgeDrawing) drawing = draw_at (json, poses, 2);
  g_autoptr (NudgeScore) labelled = nudge_score_new (drawing);
  g_autoptr (NudgeScore) half = NULL;
  NudgeDrawnSheet *sheet = &drawing->sheets[0];
  NudgeWire wires[2];

  g_assert_cmpuint (sheet->n_labels, ==, 8);
  g_assert_cmpfloat (value_of (labelled, NUDGE_METRIC_BUNDLES_HALF_WIRED), ==, 0);
  g_assert_cmpfloat (value_of (labelled, NUDGE_METRIC_AUTOMATIC_NAMES), ==, 1);

  /* Labels come by net: the first four belong to two nets. */
  for (guint i = 0; i < 2; i++)
    wires[i] = (NudgeWire){ sheet->labels[2 * i].at, sheet->labels[2 * i + 1].at, 0 };
  g_assert_cmpstr (sheet->labels[0].text, ==, sheet->labels[1].text);
  g_free (sheet->wires);
  sheet->wires = g_memdup2 (wires, sizeof wires);
  sheet->n_wires = 2;
  half = nudge_score_new (drawing);
  g_assert_cmpfloat (value_of (half, NUDGE_METRIC_BUNDLES_HALF_WIRED), ==, 1);
  g_assert_cmpfloat (value_of (half, NUDGE_METRIC_CONNECTIONS_WIRED), ==, 0.5);
}

/* Three labels beside one side of a box, one of them on a wire of its own. */
static void
test_label_columns (void)
{
  static const NudgePose poses[] = { { AT (80, 40), 0, 0 }, { AT (40, 40), 0, 0 } };
  g_autofree char *json = bundle_json ();
  g_autoptr (NudgeDrawing) drawing = draw_at (json, poses, 2);
  g_autoptr (NudgeScore) even = nudge_score_new (drawing);
  g_autoptr (NudgeScore) ragged = NULL;
  NudgeDrawnSheet *sheet = &drawing->sheets[0];
  NudgePoint from = sheet->labels[0].at;
  NudgeWire wire;

  sheet->labels[0].at.x += sheet->labels[0].direction == 0 ? 3 * NUDGE_GRID : -3 * NUDGE_GRID;
  wire = (NudgeWire){ from, sheet->labels[0].at, sheet->labels[0].net };
  g_free (sheet->wires);
  sheet->wires = g_memdup2 (&wire, sizeof wire);
  sheet->n_wires = 1;
  ragged = nudge_score_new (drawing);
  g_assert_cmpfloat (value_of (even, NUDGE_METRIC_LABEL_COLUMNS), ==, 0);
  g_assert_cmpuint (count_offences (ragged, NUDGE_METRIC_LABEL_COLUMNS), ==, 1);
  g_assert_cmpstr (first_offence (ragged, NUDGE_METRIC_LABEL_COLUMNS)->second, ==, "U1");
}

/* A chip upside down counts; its right way up does not. */
static void
test_turned (void)
{
  NudgePose poses[] = { { AT (80, 40), 0, 0 }, { AT (40, 40), 0, NUDGE_MIRROR_Y } };
  g_autofree char *json = bundle_json ();
  g_autoptr (NudgeDrawing) drawing = draw_at (json, poses, 2);
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);

  g_assert_cmpfloat (value_of (score, NUDGE_METRIC_CHIPS_TURNED), ==, 0.5);
  g_assert_cmpstr (first_offence (score, NUDGE_METRIC_CHIPS_TURNED)->first, ==, "U2");
}

/* Out of U1 to the left of it, or to the right. */
static void
test_flow (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'U1': {'symbol': 'Regulator_Linear:AMS1117-3.3', 'ref': 'U1'}, 'R1': {'symbol': 'Device:R', 'ref': 'R1'},"
    " 'R2': {'symbol': 'Device:R', 'ref': 'R2'}}, 'nets': {"
    " 'A': {'nodes': [{'component': 'U1', 'pin': {'number': '2'}}, {'component': 'R1', 'pin': {'number': '1'}}]},"
    " 'B': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}}]},"
    " 'C': {'nodes': [{'component': 'R2', 'pin': {'number': '2'}}, {'component': 'U1', 'pin': {'number': '1'}}]}}}";
  const NudgePose right[] = { { AT (40, 40), 0, 0 }, { AT (60, 40), 1, 0 }, { AT (80, 40), 1, 0 } };
  const NudgePose back[] = { { AT (40, 40), 0, 0 }, { AT (60, 40), 1, 0 }, { AT (50, 60), 1, 0 } };
  g_autoptr (NudgeDrawing) forward = draw_at (json, right, 3);
  g_autoptr (NudgeDrawing) backward = draw_at (json, back, 3);
  g_autoptr (NudgeScore) good = nudge_score_new (forward);
  g_autoptr (NudgeScore) bad = nudge_score_new (backward);

  g_assert_cmpfloat (value_of (good, NUDGE_METRIC_FLOW), ==, 1);
  g_assert_cmpfloat (value_of (bad, NUDGE_METRIC_FLOW), ==, 0.5);
  g_assert_cmpstr (first_offence (bad, NUDGE_METRIC_FLOW)->second, ==, "R2");
}

static void
test_same (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  g_autoptr (NudgeScore) a = nudge_score_new (drawing);
  g_autoptr (NudgeScore) b = nudge_score_new (drawing);

  g_assert_cmpfloat (nudge_score_get_total (a), ==, nudge_score_get_total (b));
  g_assert_cmpuint (nudge_score_get_n_offences (a), >, 0);
  g_assert_cmpuint (nudge_score_get_n_offences (a), ==, nudge_score_get_n_offences (b));
  for (guint i = 0; i < nudge_score_get_n_offences (a); i++)
    {
      const NudgeOffence *x = nudge_score_get_offence (a, i), *y = nudge_score_get_offence (b, i);

      g_assert_cmpint (x->metric, ==, y->metric);
      g_assert_true (nudge_point_equal (x->at, y->at));
      g_assert_cmpstr (x->first, ==, y->first);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/metrics", test_metrics);
  g_test_add_func ("/score/empty", test_empty);
  g_test_add_func ("/score/symbols", test_symbols);
  g_test_add_func ("/score/page", test_page);
  g_test_add_func ("/score/close", test_close);
  g_test_add_func ("/score/wires", test_wires);
  g_test_add_func ("/score/nets", test_nets);
  g_test_add_func ("/score/repeats", test_repeats);
  g_test_add_func ("/score/power", test_power);
  g_test_add_func ("/score/bundle", test_bundle);
  g_test_add_func ("/score/label-columns", test_label_columns);
  g_test_add_func ("/score/turned", test_turned);
  g_test_add_func ("/score/flow", test_flow);
  g_test_add_func ("/score/same", test_same);
  return g_test_run ();
}
