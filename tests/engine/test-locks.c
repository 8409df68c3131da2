/* What is locked stays to the unit; everything else is arranged round it, proven and without a fault. */
#include "fixture.h"

/* A bank, a divider, a part on its own and a chip with its surroundings. */
static const char sample[] =
  "{'name': 'sample', 'components': {"
  "'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '10k'}, 'R2': {'symbol': 'Device:R', 'ref': 'R2', 'value': '22k'},"
  "'C1': {'symbol': 'Device:C', 'ref': 'C1', 'value': '100n'}, 'C2': {'symbol': 'Device:C', 'ref': 'C2', 'value': '100n'},"
  "'C3': {'symbol': 'Device:C', 'ref': 'C3', 'value': '100n'}, 'C4': {'symbol': 'Device:C', 'ref': 'C4', 'value': '10u'},"
  "'R3': {'symbol': 'Device:R', 'ref': 'R3', 'value': '1k'}, 'D1': {'symbol': 'Device:LED', 'ref': 'D1', 'value': 'red'},"
  "'J1': {'symbol': 'Connector_Generic:Conn_01x04', 'ref': 'J1', 'value': 'in'}},"
  "'nets': {"
  "'+3V3': {'is_power': true, 'power_symbol': 'power:+3V3', 'nodes': ["
  "{'component': 'C1', 'pin': {'number': '1'}}, {'component': 'C2', 'pin': {'number': '1'}}, {'component': 'C3', 'pin': {'number': '1'}},"
  "{'component': 'C4', 'pin': {'number': '1'}}, {'component': 'R1', 'pin': {'number': '1'}}, {'component': 'J1', 'pin': {'number': '1'}}]},"
  "'GND': {'is_power': true, 'power_symbol': 'power:GND', 'nodes': ["
  "{'component': 'C1', 'pin': {'number': '2'}}, {'component': 'C2', 'pin': {'number': '2'}}, {'component': 'C3', 'pin': {'number': '2'}},"
  "{'component': 'C4', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '2'}}, {'component': 'D1', 'pin': {'number': '1'}},"
  "{'component': 'J1', 'pin': {'number': '4'}}]},"
  "'MID': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}}, {'component': 'J1', 'pin': {'number': '2'}}]},"
  "'LED': {'nodes': [{'component': 'J1', 'pin': {'number': '3'}}, {'component': 'R3', 'pin': {'number': '1'}}]},"
  "'LED_A': {'nodes': [{'component': 'R3', 'pin': {'number': '2'}}, {'component': 'D1', 'pin': {'number': '2'}}]}}}";

static NudgeLayout *
arrange (NudgeLayout *layout)
{
  g_autoptr (GError) error = NULL;
  NudgeLayout *result = nudge_arrange (layout, "schematic", NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static guint
count_units (const NudgeLayout *layout)
{
  const NudgeCircuit *circuit = layout->circuit;

  return layout->part_units[circuit->n_parts];
}

/* Offences that no drawing has. */
static guint
count_faults (const NudgeDrawing *drawing, const char *name)
{
  static const NudgeMetric never[] = {
    NUDGE_METRIC_SYMBOL_OVERLAPS,     NUDGE_METRIC_BOX_OVERLAPS,    NUDGE_METRIC_TEXT_TEXT,     NUDGE_METRIC_TEXT_SYMBOL,    NUDGE_METRIC_TEXT_WIRE,
    NUDGE_METRIC_TEXT_PIN,            NUDGE_METRIC_DANGLING_ENDS,   NUDGE_METRIC_WIRES_ON_WIRES, NUDGE_METRIC_FOUR_WAY_JOINTS,
    NUDGE_METRIC_WIRE_THROUGH_SYMBOL, NUDGE_METRIC_IN_TITLE_BLOCK,  NUDGE_METRIC_OUT_OF_FRAME,
  };
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);
  guint n = 0;

  for (guint i = 0; i < nudge_score_get_n_offences (score); i++)
    for (guint k = 0; k < G_N_ELEMENTS (never); k++)
      {
        const NudgeOffence *offence = nudge_score_get_offence (score, i);

        if (offence->metric != never[k])
          continue;
        n++;
        g_test_message ("%s, %s at %.2f, %.2f mm: %s: %s %s", name, drawing->sheets[offence->sheet].name, offence->at.x / (double) NUDGE_UNITS_PER_MM,
                        offence->at.y / (double) NUDGE_UNITS_PER_MM, nudge_metric_name (offence->metric), offence->first, offence->second);
      }
  return n;
}

/* Arranges anew with one of @every parts locked, @most so many; @then: where things were drawn first; @allowed: faults. */
static NudgeLayout *
arrange_locked (NudgeLayout *then, guint every, guint most, guint allowed, const char *name)
{
  g_autoptr (NudgeLayout) start = nudge_layout_copy (then);
  NudgeLayout *again;
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (GError) error = NULL;
  guint n = count_units (then), n_locked = 0;

  for (guint i = n / 3 % every; i < n && n_locked < most; i += every, n_locked++)
    start->placements[i].locked = TRUE;
  again = arrange (start);
  for (guint i = 0; i < n; i++)
    if (start->placements[i].locked)
      {
        const NudgePose *a = &start->placements[i].pose, *b = &again->placements[i].pose;

        g_assert_true (nudge_point_equal (a->at, b->at));
        g_assert_cmpuint (a->turn, ==, b->turn);
        g_assert_cmpuint (a->mirror, ==, b->mirror);
        g_assert_true (again->placements[i].locked);
      }
  drawing = nudge_draw (again, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nudge_prove (drawing, NULL, &error));
  g_assert_cmpuint (count_faults (drawing, name), <=, allowed);
  return again;
}

static void
assert_same_places (const NudgeLayout *a, const NudgeLayout *b)
{
  for (guint i = 0; i < count_units (a); i++)
    {
      g_assert_true (nudge_point_equal (a->placements[i].pose.at, b->placements[i].pose.at));
      g_assert_cmpuint (a->placements[i].pose.turn, ==, b->placements[i].pose.turn);
    }
}

static void
try_locks (NudgeLayout *empty, guint allowed, const char *name)
{
  g_autoptr (NudgeLayout) first = arrange (empty), last = NULL, free = NULL;
  static const guint steps[][2] = { { 1, 1 }, { 7, 3 }, { 2, G_MAXUINT }, { 1, G_MAXUINT } };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_clear_pointer (&last, nudge_layout_unref);
      last = arrange_locked (first, steps[i][0], steps[i][1], allowed, name);
    }
  free = nudge_layout_copy (last);
  for (guint i = 0; i < count_units (free); i++)
    free->placements[i].locked = FALSE;
  g_clear_pointer (&last, nudge_layout_unref);
  last = arrange (free);
  assert_same_places (first, last);
}

static void
try_json (const char *json, const char *name)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);

  try_locks (empty, 0, name);
}

static void
test_samples (void)
{
  try_json (sample, "sample");
  try_json (fixture_hierarchy, "hierarchy");
  try_json (fixture_repeated, "repeated");
}

/* ---- a bank stays one ---- */

static guint
unit_of (const NudgeLayout *layout, const char *reference)
{
  for (guint i = 0; i < layout->circuit->n_parts; i++)
    if (g_str_equal (layout->circuit->parts[i].reference, reference))
      return layout->part_units[i];
  g_assert_not_reached ();
}

/* A capacitor that was moved and locked brings its bank along. */
static void
test_bank (void)
{
  static const char *const bank[] = { "C1", "C2", "C3", "C4" };
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (sample);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL), first = arrange (empty), start = nudge_layout_copy (first), again = NULL;
  const NudgePoint by = { 20 * NUDGE_GRID, 12 * NUDGE_GRID };

  start->placements[unit_of (start, "C2")].pose.at.x += by.x;
  start->placements[unit_of (start, "C2")].pose.at.y += by.y;
  start->placements[unit_of (start, "C2")].locked = TRUE;
  again = arrange (start);
  for (guint i = 0; i < G_N_ELEMENTS (bank); i++)
    {
      NudgePoint was = first->placements[unit_of (first, bank[i])].pose.at, is = again->placements[unit_of (again, bank[i])].pose.at;

      g_assert_cmpint (is.x - was.x, ==, by.x);
      g_assert_cmpint (is.y - was.y, ==, by.y);
    }
}

/* A part that is locked far off makes the paper larger. */
static void
test_far (void)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (sample);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL), first = arrange (empty), start = nudge_layout_copy (first), again = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  guint unit = unit_of (start, "R2");
  const NudgePoint at = { 260 * NUDGE_GRID, 150 * NUDGE_GRID };

  start->placements[unit] = (NudgePlacement){ .pose = { at, 1, NUDGE_MIRROR_NONE }, .placed = TRUE, .locked = TRUE };
  again = arrange (start);
  g_assert_true (nudge_point_equal (again->placements[unit].pose.at, at));
  g_assert_cmpint (again->papers[0], >, first->papers[0]);
  drawing = nudge_draw (again, NULL, NULL);
  g_assert_true (nudge_prove (drawing, NULL, NULL));
  g_assert_cmpuint (count_faults (drawing, "far"), ==, 0);
}

/* ---- nets that are overruled ---- */

static guint
count_pieces (const NudgeDrawing *drawing, guint net)
{
  guint n = 0;

  for (guint i = 0; i < drawing->sheets[0].n_labels; i++)
    n += drawing->sheets[0].labels[i].net == net;
  return n;
}

static gint32
wire_length (const NudgeDrawing *drawing, guint net)
{
  gint32 length = 0;

  for (guint i = 0; i < drawing->sheets[0].n_wires; i++)
    {
      const NudgeWire *wire = &drawing->sheets[0].wires[i];

      if (wire->net == net)
        length += ABS (wire->a.x - wire->b.x) + ABS (wire->a.y - wire->b.y);
    }
  return length;
}

static guint
net_of (const NudgeCircuit *circuit, const char *name)
{
  for (guint i = 0; i < circuit->n_nets; i++)
    if (g_str_equal (circuit->nets[i].name, name))
      return i;
  g_assert_not_reached ();
}

static guint
count_rails (const NudgeDrawing *drawing)
{
  guint n = 0;

  for (guint i = 0; i < drawing->sheets[0].n_symbols; i++)
    n += drawing->sheets[0].symbols[i].part == NUDGE_NONE;
  return n;
}

static NudgeDrawing *
draw_overruled (NudgeNetStyle style, const char *const *nets)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (sample);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL), layout = NULL;
  g_autoptr (GError) error = NULL;
  NudgeDrawing *drawing;

  for (guint i = 0; nets[i] != NULL; i++)
    empty->net_styles[net_of (circuit, nets[i])] = style;
  layout = arrange (empty);
  drawing = nudge_draw (layout, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nudge_prove (drawing, NULL, &error));
  g_assert_cmpuint (count_faults (drawing, "overruled"), ==, 0);
  return drawing;
}

/* Labels on every pin, or none that joins; rails that are to be wired have fewer symbols, others one on each pin. */
static void
test_overruled (void)
{
  static const char *const signals[] = { "MID", "LED", "LED_A", NULL }, *const rails[] = { "+3V3", "GND", NULL }, *const none[] = { NULL };
  g_autoptr (NudgeDrawing) automatic = draw_overruled (NUDGE_NET_AUTO, none);
  g_autoptr (NudgeDrawing) labels = draw_overruled (NUDGE_NET_LABEL, signals), wires = draw_overruled (NUDGE_NET_WIRE, signals);
  g_autoptr (NudgeDrawing) symbols = draw_overruled (NUDGE_NET_LABEL, rails), wired = draw_overruled (NUDGE_NET_WIRE, rails);
  const NudgeCircuit *circuit = labels->layout->circuit;

  g_assert_cmpuint (count_pieces (labels, net_of (circuit, "MID")), ==, 3);
  g_assert_cmpuint (count_pieces (labels, net_of (circuit, "LED")), ==, 2);
  g_assert_cmpuint (count_pieces (labels, net_of (circuit, "LED_A")), ==, 2);
  for (guint i = 0; signals[i] != NULL; i++)
    {
      g_assert_cmpuint (count_pieces (wires, net_of (circuit, signals[i])), <=, 1);
      g_assert_cmpint (wire_length (wires, net_of (circuit, signals[i])), >, 0);
    }
  g_assert_cmpuint (count_rails (symbols), >=, 13);
  g_assert_cmpuint (count_rails (wired), <, count_rails (symbols));
  g_assert_cmpuint (count_rails (wired), <=, count_rails (automatic));
}

/* ---- real designs, where they are at hand ---- */

static void
check_design (NudgeLayout *empty, const char *name)
{
  /* Between parts that all are locked there may be no room for a label that was a wire. */
  try_locks (empty, 2, name);
}

static void
test_corpus (void)
{
  fixture_each_design ("corpus", check_design);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locks/samples", test_samples);
  g_test_add_func ("/locks/bank", test_bank);
  g_test_add_func ("/locks/far", test_far);
  g_test_add_func ("/locks/overruled", test_overruled);
  g_test_add_func ("/locks/corpus", test_corpus);
  return g_test_run ();
}
