/* The schematic arranger: what it draws is right, the same each time, and survives a nudge. */
#include "fixture.h"

#include <string.h>

#define NODE(part, pin) "{'component': '" part "', 'pin': {'number': '" pin "'}}"
#define CAPACITOR(name) "'" name "': {'symbol': 'Device:C', 'ref': '" name "', 'value': '100n'}"

static const char capacitors[] =
  "{'name': 'bank', 'components': {" CAPACITOR ("C1") "," CAPACITOR ("C2") "," CAPACITOR ("C3") "},"
  " 'nets': {'VCC': {'nodes': [" NODE ("C1", "1") "," NODE ("C2", "1") "," NODE ("C3", "1") "], 'is_power': true, 'power_symbol': 'power:VCC'},"
  "          'GND': {'nodes': [" NODE ("C1", "2") "," NODE ("C2", "2") "," NODE ("C3", "2") "], 'is_power': true, 'power_symbol': 'power:GND'}}}";

static NudgeLayout *
arranged (const char *json)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (GError) error = NULL;
  NudgeLayout *layout = nudge_arrange (empty, "schematic", NULL, NULL, &error);

  g_assert_no_error (error);
  return layout;
}

static void
test_is_default (void)
{
  g_assert_cmpstr (nudge_arrangers ()[0]->name, ==, "schematic");
}

static void
test_wires (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "schematic");
  const NudgeDrawnSheet *root = &drawing->sheets[0];

  g_assert_true (drawing->layout->wires);
  g_assert_cmpuint (root->n_wires, >, 0);
  g_assert_cmpuint (root->n_boxes, ==, 1);
  g_assert_cmpuint (root->n_no_connects, ==, 1);
  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (guint i = 0; i < root->n_wires; i++)
    {
      const NudgeWire *wire = &root->wires[i];

      g_assert_true (wire->a.x == wire->b.x || wire->a.y == wire->b.y);
      g_assert_cmpint (wire->a.x % NUDGE_GRID, ==, 0);
      g_assert_cmpint (wire->a.y % NUDGE_GRID, ==, 0);
    }
}

static gboolean
same_marks (const NudgeDrawnSheet *a, const NudgeDrawnSheet *b)
{
  if (a->n_wires != b->n_wires || a->n_labels != b->n_labels || a->n_symbols != b->n_symbols)
    return FALSE;
  for (guint i = 0; i < a->n_wires; i++)
    if (!nudge_point_equal (a->wires[i].a, b->wires[i].a) || !nudge_point_equal (a->wires[i].b, b->wires[i].b))
      return FALSE;
  for (guint i = 0; i < a->n_symbols; i++)
    if (!nudge_point_equal (a->symbols[i].pose.at, b->symbols[i].pose.at))
      return FALSE;
  return TRUE;
}

static void
test_deterministic (void)
{
  g_autoptr (NudgeDrawing) a = fixture_drawing (fixture_hierarchy, "schematic");
  g_autoptr (NudgeDrawing) b = fixture_drawing (fixture_hierarchy, "schematic");

  g_assert_cmpuint (a->n_sheets, ==, b->n_sheets);
  for (guint i = 0; i < a->n_sheets; i++)
    g_assert_true (same_marks (&a->sheets[i], &b->sheets[i]));
}

/* Blocks that share a sheet stand alike. */
static void
test_copies (void)
{
  g_autoptr (NudgeLayout) layout = arranged (fixture_repeated);

  fixture_assert_proven (layout);
  g_assert_cmpint (layout->placements[1].pose.at.x, ==, layout->placements[3].pose.at.x);
  g_assert_cmpint (layout->placements[2].pose.at.y, ==, layout->placements[4].pose.at.y);
}

/* One row with one symbol per rail, and each rail's flag. */
static void
test_bank (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (capacitors, "schematic");
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  guint rails = 0;

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (guint i = 0; i < sheet->n_symbols; i++)
    rails += sheet->symbols[i].part == NUDGE_NONE;
  g_assert_cmpuint (rails, ==, 2 + 4);
  g_assert_cmpint (drawing->layout->placements[0].pose.at.y, ==, drawing->layout->placements[1].pose.at.y);
  g_assert_cmpint (drawing->layout->placements[0].pose.at.y, ==, drawing->layout->placements[2].pose.at.y);
  g_assert_cmpint (drawing->layout->placements[0].pose.at.x, <, drawing->layout->placements[2].pose.at.x);
}

/* A part that is moved, turned, put off the grid or on top of another is still drawn right. */
static void
test_nudge (void)
{
  static const NudgePose nudges[] = {
    { { 100 * NUDGE_GRID, 100 * NUDGE_GRID }, 0, NUDGE_MIRROR_NONE },
    { { 60 * NUDGE_GRID, 110 * NUDGE_GRID }, 1, NUDGE_MIRROR_NONE },
    { { 60 * NUDGE_GRID, 40 * NUDGE_GRID }, 2, NUDGE_MIRROR_Y },
    { { 60 * NUDGE_GRID + 300, 40 * NUDGE_GRID + 700 }, 0, NUDGE_MIRROR_NONE },
  };
  g_autoptr (NudgeLayout) layout = arranged (fixture_hierarchy);

  for (guint i = 0; i < G_N_ELEMENTS (nudges); i++)
    for (guint unit = 0; unit < layout->n_units; unit++)
      {
        g_autoptr (NudgeLayout) nudged = nudge_layout_copy (layout);

        nudged->placements[unit].pose = nudges[i];
        fixture_assert_proven (nudged);
      }
}

#define RESISTOR(name) "'" name "': {'symbol': 'Device:R', 'ref': '" name "', 'value': '1k'}"

static const char pairs[] =
  "{'name': 'pairs', 'components': {" RESISTOR ("R1") "," RESISTOR ("R2") "," RESISTOR ("R3") "," RESISTOR ("R4") "},"
  " 'nets': {'A': {'nodes': [" NODE ("R1", "1") "," NODE ("R2", "1") "]}, 'B': {'nodes': [" NODE ("R1", "2") "," NODE ("R2", "2") "]},"
  "          'C': {'nodes': [" NODE ("R3", "1") "," NODE ("R4", "1") "]}, 'D': {'nodes': [" NODE ("R3", "2") "," NODE ("R4", "2") "]}}}";

static char *
marks_of_net (const NudgeDrawing *drawing, const char *name)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sheet->n_wires; i++)
    if (g_str_equal (drawing->layout->circuit->nets[sheet->wires[i].net].name, name))
      g_string_append_printf (text, "%d,%d-%d,%d;", sheet->wires[i].a.x, sheet->wires[i].a.y, sheet->wires[i].b.x, sheet->wires[i].b.y);
  for (guint i = 0; i < sheet->n_labels; i++)
    if (g_str_equal (sheet->labels[i].text, name))
      g_string_append_printf (text, "%d,%d;", sheet->labels[i].at.x, sheet->labels[i].at.y);
  return g_string_free (text, FALSE);
}

/* What hangs on other parts than the one that moves stays as it was drawn. */
static void
test_nudge_is_local (void)
{
  g_autoptr (NudgeLayout) layout = arranged (pairs), nudged = nudge_layout_copy (layout);
  g_autoptr (NudgeDrawing) before = nudge_draw (layout, NULL, NULL), after = NULL;

  nudged->placements[0].pose.at = (NudgePoint){ 30 * NUDGE_GRID, 120 * NUDGE_GRID };
  after = nudge_draw (nudged, NULL, NULL);
  g_assert_true (nudge_prove (after, NULL, NULL));
  for (const char *const *net = (const char *const[]){ "C", "D", NULL }; *net != NULL; net++)
    {
      g_autofree char *was = marks_of_net (before, *net), *is = marks_of_net (after, *net);

      g_assert_cmpstr (was, !=, "");
      g_assert_cmpstr (was, ==, is);
    }
  for (const char *const *net = (const char *const[]){ "A", "B", NULL }; *net != NULL; net++)
    {
      g_autofree char *was = marks_of_net (before, *net), *is = marks_of_net (after, *net);

      g_assert_cmpstr (was, !=, is);
    }
}

/* A net that is to be drawn with labels has no wire from pin to pin. */
static void
test_overruled (void)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (fixture_hierarchy);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (NudgeLayout) layout = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  guint n_labels = 0, net;

  for (net = 0; net < circuit->n_nets; net++)
    if (g_str_equal (circuit->nets[net].name, "IN"))
      break;
  empty->net_styles[net] = NUDGE_NET_LABEL;
  layout = nudge_arrange (empty, "schematic", NULL, NULL, NULL);
  drawing = nudge_draw (layout, NULL, NULL);
  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (guint i = 0; i < drawing->sheets[0].n_labels; i++)
    n_labels += drawing->sheets[0].labels[i].net == net;
  g_assert_cmpuint (n_labels, ==, 2);
}

/* What is locked stays; the rest is placed round it, and nothing overlaps it. */
static void
test_locked (void)
{
  g_autoptr (NudgeLayout) layout = arranged (pairs), start = nudge_layout_copy (layout), again = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  const NudgePoint at = { 70 * NUDGE_GRID, 50 * NUDGE_GRID };

  start->placements[1].pose = (NudgePose){ at, 1, NUDGE_MIRROR_NONE };
  start->placements[1].locked = TRUE;
  again = nudge_arrange (start, "schematic", NULL, NULL, NULL);
  g_assert_true (nudge_point_equal (again->placements[1].pose.at, at));
  g_assert_cmpuint (again->placements[1].pose.turn, ==, 1);
  g_assert_true (again->placements[1].locked);
  drawing = nudge_draw (again, NULL, NULL);
  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (guint i = 0; i < drawing->sheets[0].n_symbols; i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (nudge_box_overlaps (&drawing->sheets[0].symbols[i].box, &drawing->sheets[0].symbols[k].box));
}

/* A flat circuit of hundreds of parts is cut into blocks, and every net still holds together. */
static void
test_large (void)
{
  g_autoptr (GString) parts = g_string_new (NULL), nets = g_string_new (NULL);
  g_autofree char *json = NULL;
  g_autoptr (NudgeLayout) layout = NULL;
  guint n = 400;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (parts, "%s'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '1k'}", i > 0 ? "," : "", i + 1, i + 1);
  for (guint i = 0; i + 1 < n; i++)
    g_string_append_printf (nets, "%s'S%u': {'nodes': [{'component': 'R%u', 'pin': {'number': '2'}}, {'component': 'R%u', 'pin': {'number': '1'}}]}",
                            i > 0 ? "," : "", i + 1, i + 1, i + 2);
  json = g_strdup_printf ("{'name': 'large', 'components': {%s}, 'nets': {%s}}", parts->str, nets->str);
  layout = arranged (json);
  fixture_assert_proven (layout);
  for (guint i = 0; i < layout->n_units; i++)
    g_assert_true (layout->placements[i].placed);
}

static void
test_cancelled (void)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (fixture_hierarchy);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (nudge_arrange (empty, "schematic", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
check_design (NudgeLayout *empty, const char *name)
{
  g_autoptr (NudgeLayout) layout = nudge_arrange (empty, "schematic", NULL, NULL, NULL);

  fixture_assert_proven (layout);
}

/* Real designs, where they are at hand: every drawing is proven. */
static void
test_corpus (void)
{
  fixture_each_design ("corpus", check_design);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schematic/default", test_is_default);
  g_test_add_func ("/schematic/wires", test_wires);
  g_test_add_func ("/schematic/deterministic", test_deterministic);
  g_test_add_func ("/schematic/copies", test_copies);
  g_test_add_func ("/schematic/bank", test_bank);
  g_test_add_func ("/schematic/nudge", test_nudge);
  g_test_add_func ("/schematic/nudge-is-local", test_nudge_is_local);
  g_test_add_func ("/schematic/overruled", test_overruled);
  g_test_add_func ("/schematic/locked", test_locked);
  g_test_add_func ("/schematic/large", test_large);
  g_test_add_func ("/schematic/cancelled", test_cancelled);
  g_test_add_func ("/schematic/corpus", test_corpus);
  return g_test_run ();
}
