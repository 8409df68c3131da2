/* The plan: what crosses sheets, what is shared, what things are called. */
#include "fixture.h"

#include "drawing/plan-nets.h"

static NudgePlan *
make_plan (const char *json, GPtrArray *diagnostics)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) layout = nudge_layout_new (circuit, library, NULL);

  return nudge_plan_new (layout, diagnostics);
}

static const NudgePlanNet *
find_net (const NudgePlanSheet *sheet, const char *label)
{
  for (guint i = 0; i < sheet->n_nets; i++)
    if (g_str_equal (sheet->nets[i].label, label))
      return &sheet->nets[i];
  return NULL;
}

static void
test_ports (void)
{
  g_autoptr (NudgePlan) plan = make_plan (fixture_hierarchy, NULL);
  const NudgePlanSheet *root = &plan->sheets[0], *led = &plan->sheets[1];

  g_assert_cmpuint (plan->n_sheets, ==, 2);
  g_assert_cmpuint (led->n_ports, ==, 1);
  g_assert_cmpstr (led->nets[led->ports[0]].label, ==, "OUT");
  g_assert_true (find_net (led, "OUT")->is_port);
  g_assert_false (find_net (led, "A")->is_port);
  g_assert_false (find_net (root, "OUT")->is_port);
  g_assert_cmpuint (find_net (root, "OUT")->n_terminals, ==, 3);
  g_assert_true (find_net (led, "GND")->is_power);
  /* One flag in the design, at the top. */
  g_assert_true (find_net (root, "GND")->needs_flag);
  g_assert_false (find_net (led, "GND")->needs_flag);
  g_assert_cmpuint (root->n_terminals - root->first_open, ==, 1);
}

static void
test_shared (void)
{
  g_autoptr (NudgePlan) plan = make_plan (fixture_repeated, NULL);

  g_assert_cmpuint (plan->n_sheets, ==, 2);
  g_assert_cmpuint (plan->sheets[1].n_blocks, ==, 2);
  g_assert_cmpuint (plan->sheets[0].n_boxes, ==, 2);
  g_assert_cmpuint (plan->sheets[0].boxes[1].sheet, ==, 1);
}

#define CHAIN(net, a, b, outer) \
  "{'name': 'x', 'components': {'" a "': {'symbol': 'Device:R', 'ref': '" a "'}, '" b "': {'symbol': 'Device:R', 'ref': '" b "'}}," \
  " 'nets': {'" net "': {'nodes': [{'component': '" a "', 'pin': {'number': '2'}}, {'component': '" b "', 'pin': {'number': '1'}}]}," \
  "          '" outer "': [{'component': '" a "', 'pin': {'number': '1'}}]}}"

/* Nets without a name get another number in each copy; inside and at the ports that makes no difference. */
static void
test_shared_unnamed (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'J1': {'symbol': 'Connector_Generic:Conn_01x02', 'ref': 'J1'}},"
    " 'nets': {'N$1': {'nodes': [{'component': 'J1', 'pin': {'number': '1'}}]}, 'N$2': {'nodes': [{'component': 'J1', 'pin': {'number': '2'}}]}},"
    " 'subcircuits': [" CHAIN ("N$9", "R1", "R2", "N$1") ", " CHAIN ("N$10", "R3", "R4", "N$2") "]}";
  g_autoptr (NudgePlan) plan = make_plan (json, NULL);
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "text-flow");

  g_assert_cmpuint (plan->n_sheets, ==, 2);
  g_assert_cmpuint (plan->sheets[1].n_blocks, ==, 2);
  g_assert_cmpstr (plan->sheets[0].boxes[1].pin_names[0], ==, "N$1");
  g_assert_true (nudge_prove (drawing, NULL, NULL));
}

/* Copies of one circuit whose nets leave them differently cannot share a file. */
static void
test_not_shared (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {}, 'nets': {}, 'subcircuits': ["
    " {'name': 'x', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'}},"
    "  'nets': {'A': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}]}, 'B': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}]}}},"
    " {'name': 'x', 'components': {'R2': {'symbol': 'Device:R', 'ref': 'R2'}},"
    "  'nets': {'A': {'nodes': [{'component': 'R2', 'pin': {'number': '1'}}]}, 'B': {'nodes': [{'component': 'R2', 'pin': {'number': '2'}}]}},"
    "  'subcircuits': []},"
    " {'name': 'y', 'components': {'R3': {'symbol': 'Device:R', 'ref': 'R3'}}, 'nets': {'A': [{'component': 'R3', 'pin': {'number': '1'}}]}}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgePlan) plan = make_plan (json, diagnostics);

  /* y's A belongs to the first x that declares it; the second x keeps its own A to itself. */
  g_assert_cmpuint (plan->n_sheets, ==, 4);
  g_assert_cmpuint (diagnostics->len, >=, 1);
  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_SHEET_NOT_SHARED);
}

/* A net passes through a circuit that does not use it. */
static void
test_pass_through (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'}},"
    " 'nets': {'S': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}]}}, 'subcircuits': ["
    "  {'name': 'mid', 'components': {}, 'nets': {}, 'subcircuits': ["
    "   {'name': 'leaf', 'components': {'R2': {'symbol': 'Device:R', 'ref': 'R2'}}, 'nets': {'S': [{'component': 'R2', 'pin': {'number': '1'}}]}}]}]}";
  g_autoptr (NudgePlan) plan = make_plan (json, NULL);

  g_assert_cmpuint (plan->n_sheets, ==, 3);
  g_assert_cmpuint (plan->sheets[1].n_ports, ==, 1);
  g_assert_cmpuint (plan->sheets[1].boxes[0].n_pins, ==, 1);
  g_assert_cmpstr (plan->sheets[0].boxes[0].pin_names[0], ==, "S");
}

static void
test_label_text (void)
{
  static const struct
  {
    const char *name, *text;
  } cases[] = {
    { "SDA", "SDA" },       { "A/B", "A{slash}B" }, { "D[0..7]", "D_0..7_" }, { "D[3]", "D[3]" },
    { "${X}", "$_X_" },     { "{A B}", "_A_B_" },   { "~{RESET}", "~{RESET}" }, { "~{A", "~{A}" },
    { "", "NET" },          { "a\tb", "a_b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = nudge_label_text (cases[i].name);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* A local net called like a rail would be joined with it. */
static void
test_name_clash (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'}, 'R2': {'symbol': 'Device:R', 'ref': 'R2'}},"
    " 'nets': {'GND': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}, {'component': 'R2', 'pin': {'number': '1'}}]},"
    "          'G': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '2'}}]}},"
    " 'subcircuits': [{'name': 'sub', 'components': {'R3': {'symbol': 'Device:R', 'ref': 'R3'}, 'R4': {'symbol': 'Device:R', 'ref': 'R4'}},"
    "  'nets': {'GND': {'nodes': [{'component': 'R3', 'pin': {'number': '1'}}, {'component': 'R4', 'pin': {'number': '1'}}],"
    "  'is_power': true, 'power_symbol': 'power:GND'}}}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgePlan) plan = make_plan (json, diagnostics);
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "text-flow");

  g_assert_nonnull (find_net (&plan->sheets[0], "GND_2"));
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_LABEL_RENAMED);
  g_assert_true (nudge_prove (drawing, NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/ports", test_ports);
  g_test_add_func ("/plan/shared", test_shared);
  g_test_add_func ("/plan/shared-unnamed", test_shared_unnamed);
  g_test_add_func ("/plan/not-shared", test_not_shared);
  g_test_add_func ("/plan/pass-through", test_pass_through);
  g_test_add_func ("/plan/label-text", test_label_text);
  g_test_add_func ("/plan/name-clash", test_name_clash);
  return g_test_run ();
}
