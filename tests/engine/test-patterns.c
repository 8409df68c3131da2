/* What a reader expects of a group: the price of each expectation, and that the drawing meets them. */
#include "fixture.h"

#include "arrange/schematic-expect.h"
#include "drawing/router.h"

#define PART(name, symbol) "'" name "': {'symbol': '" symbol "', 'ref': '" name "', 'value': '1'}"
#define NODE(part, pin) "{'component': '" part "', 'pin': {'number': '" pin "'}}"
#define POWER(name, nodes) "'" name "': {'nodes': [" nodes "], 'is_power': true, 'power_symbol': 'power:" name "'}"
#define NET(name, nodes) "'" name "': {'nodes': [" nodes "]}"

static const char pair[] =
  "{'name': 'top', 'components': {" PART ("R1", "Device:R") "," PART ("R2", "Device:R") "},"
  " 'nets': {" NET ("A", NODE ("R1", "1")) "," NET ("B", NODE ("R1", "2") "," NODE ("R2", "1")) "," NET ("C", NODE ("R2", "2")) "}}";

static const char oscillator[] =
  "{'name': 'top', 'components': {" PART ("Y1", "Device:Crystal") "," PART ("C1", "Device:C") "," PART ("C2", "Device:C") ","
  PART ("J1", "Connector_Generic:Conn_01x02") "},"
  " 'nets': {" NET ("XI", NODE ("J1", "1") "," NODE ("Y1", "1") "," NODE ("C1", "1")) ","
  NET ("XO", NODE ("J1", "2") "," NODE ("Y1", "2") "," NODE ("C2", "1")) ","
  POWER ("GND", NODE ("C1", "2") "," NODE ("C2", "2")) "}}";

/* From the connector over the base resistor to the transistor and its load. */
static const char driver[] =
  "{'name': 'top', 'components': {" PART ("Q1", "Device:Q_NPN_BEC") "," PART ("R1", "Device:R") "," PART ("R2", "Device:R") ","
  PART ("R3", "Device:R") "," PART ("J1", "Connector_Generic:Conn_01x02") "},"
  " 'nets': {" NET ("IN", NODE ("J1", "1") "," NODE ("R1", "1")) "," NET ("BASE", NODE ("R1", "2") "," NODE ("R3", "1") "," NODE ("Q1", "1")) ","
  NET ("LOAD", NODE ("Q1", "3") "," NODE ("R2", "2")) ","
  POWER ("VCC", NODE ("R2", "1")) "," POWER ("GND", NODE ("Q1", "2") "," NODE ("R3", "2") "," NODE ("J1", "2")) "}}";

#define VALUE(name, symbol, value) "'" name "': {'symbol': '" symbol "', 'ref': '" name "', 'value': '" value "'}"

/* Two capacitors at the input, two at the output. */
static const char regulator[] =
  "{'name': 'top', 'components': {" PART ("U1", "Regulator_Linear:AMS1117-3.3") "," VALUE ("C1", "Device:C", "10u") ","
  VALUE ("C2", "Device:C", "1u") "," VALUE ("C3", "Device:C", "22u") "," VALUE ("C4", "Device:C", "1u") ","
  PART ("J1", "Connector_Generic:Conn_01x03") "},"
  " 'nets': {" POWER ("+5V", NODE ("U1", "3") "," NODE ("C1", "1") "," NODE ("C2", "1") "," NODE ("J1", "1")) ","
  POWER ("+3V3", NODE ("U1", "2") "," NODE ("C3", "1") "," NODE ("C4", "1") "," NODE ("J1", "2")) ","
  POWER ("GND", NODE ("U1", "1") "," NODE ("C1", "2") "," NODE ("C2", "2") "," NODE ("C3", "2") "," NODE ("C4", "2") "," NODE ("J1", "3")) "}}";

/* A light that a high level switches on, and one for a low level. */
static const char lights[] =
  "{'name': 'top', 'components': {" PART ("D1", "Device:LED") "," PART ("R1", "Device:R") "," PART ("D2", "Device:LED") ","
  PART ("R2", "Device:R") "," PART ("J1", "Connector_Generic:Conn_01x02") "},"
  " 'nets': {" NET ("HIGH", NODE ("J1", "2") "," NODE ("R1", "1")) "," NET ("A", NODE ("R1", "2") "," NODE ("D1", "2")) ","
  NET ("LOW", NODE ("J1", "1") "," NODE ("D2", "1")) "," NET ("B", NODE ("R2", "2") "," NODE ("D2", "2")) ","
  POWER ("VCC", NODE ("R2", "1")) "," POWER ("GND", NODE ("D1", "1")) "}}";

static guint
unit_of (const NudgeLayout *layout, const char *reference)
{
  for (guint i = 0; i < layout->n_units; i++)
    if (g_str_equal (layout->circuit->parts[layout->units[i].part].reference, reference))
      return i;
  g_assert_not_reached ();
}

static NudgePoint
pin_of (const NudgeDrawing *drawing, const char *reference, const char *number)
{
  guint unit = unit_of (drawing->layout, reference);
  const NudgeUnit *u = &drawing->layout->units[unit];

  for (guint i = 0; i < u->symbol->n_pins; i++)
    if (g_str_equal (u->symbol->pins[i].number, number))
      return nudge_plan_pin_position (u, &drawing->layout->placements[unit].pose, i);
  g_assert_not_reached ();
}

/* ---- the price of ties ---- */

typedef struct
{
  WorkTieKind kind;
  gint dx, dy;                 /* of the second part from the first, cells */
  guint pose;                  /* of the second part */
  gint cost;
} Case;

static const Case cases[] = {
  { WORK_TIE_FLOW, 0, 20, 0, 0 },   { WORK_TIE_FLOW, 10, 0, 0, 0 },   { WORK_TIE_FLOW, -10, 0, 0, 9 },
  { WORK_TIE_UNDER, 20, 0, 0, 0 },  { WORK_TIE_UNDER, 0, 20, 0, 0 },  { WORK_TIE_UNDER, 0, -20, 0, 9 },
  { WORK_TIE_BELOW, 0, 20, 0, 0 },  { WORK_TIE_BELOW, 0, -20, 0, 9 }, { WORK_TIE_BELOW, 2, 20, 0, 9 },
  { WORK_TIE_ROW, 20, 0, 0, 0 },    { WORK_TIE_ROW, 20, 2, 0, 9 },    { WORK_TIE_ROW, 20, 0, 1, 9 },
  { WORK_TIE_COLUMN, 0, 20, 0, 0 }, { WORK_TIE_COLUMN, 2, 20, 0, 9 }, { WORK_TIE_COLUMN, 0, 20, 1, 9 },
  { WORK_TIE_ABREAST, 10, 0, 0, 0 }, { WORK_TIE_ABREAST, 0, 20, 0, 9 },
  { WORK_TIE_NEAR, 12, 0, 0, 4 },   { WORK_TIE_NEAR, 30, 30, 0, 9 },
  { WORK_TIE_LEVEL, 20, 0, 0, 0 },  { WORK_TIE_LEVEL, 20, 2, 0, 9 },
  { WORK_TIE_STRAIGHT, 0, 20, 0, 0 }, { WORK_TIE_STRAIGHT, 2, 20, 0, 9 }, { WORK_TIE_STRAIGHT, 0, 20, 1, 9 },
};

static void
test_price (void)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (pair);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) layout = nudge_layout_new (circuit, library, NULL);
  g_autoptr (NudgePlan) plan = nudge_plan_new (layout, NULL);
  g_autoptr (WorkModel) model = work_model_new (plan, &plan->sheets[0]);
  const guint elements[] = { 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (WorkSheet) work = work_model_sheet (model, elements, 2);
      WorkTie tie = { .items = { 0, 1 }, .kind = (guint8) c->kind, .weight = 9, .pins = { 0, 0 } };
      guint trial;

      work_add_tie (work, &tie);
      work_list_ties (work);
      work_sheet_open (work, 120, 120);
      work_place_item (work, 0, 60, 60, 0);
      g_assert_cmpint (work->cost, ==, 0);
      trial = work_begin (work);
      work_place_item (work, 1, 60 + c->dx, 60 + c->dy, c->pose);
      g_assert_cmpint (work->cost, ==, c->cost);
      work_remove_item (work, 0);
      g_assert_cmpint (work->cost, ==, 0);
      work_undo (work, trial);
      g_assert_cmpint (work->cost, ==, 0);
    }
}

/* ---- drawings ---- */

static void
test_crystal (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (oscillator, "schematic");

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  g_assert_cmpint (pin_of (drawing, "C1", "1").y, ==, pin_of (drawing, "C2", "1").y);
  g_assert_cmpint (pin_of (drawing, "C1", "1").y, <, pin_of (drawing, "C1", "2").y);
  g_assert_cmpint (pin_of (drawing, "C1", "1").y, >=, pin_of (drawing, "Y1", "1").y);
  g_assert_cmpint (pin_of (drawing, "C2", "1").y, >=, pin_of (drawing, "Y1", "2").y);
}

static void
test_transistor (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (driver, "schematic");

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  g_assert_cmpint (pin_of (drawing, "Q1", "3").y, <, pin_of (drawing, "Q1", "2").y);
  g_assert_cmpint (pin_of (drawing, "R2", "2").x, ==, pin_of (drawing, "Q1", "3").x);
  g_assert_cmpint (pin_of (drawing, "R2", "2").y, <, pin_of (drawing, "Q1", "3").y);
  g_assert_cmpint (pin_of (drawing, "R3", "1").y, >=, pin_of (drawing, "Q1", "1").y);
}

static void
test_flow (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (driver, "schematic");

  g_assert_cmpint (pin_of (drawing, "J1", "1").x, <=, pin_of (drawing, "R1", "1").x);
  g_assert_cmpint (pin_of (drawing, "R1", "1").x, <, pin_of (drawing, "R1", "2").x);
  g_assert_cmpint (pin_of (drawing, "R1", "2").x, <=, pin_of (drawing, "Q1", "1").x);
}

/* Each rail is one straight wire from the regulator's pin, with the capacitors below and one symbol. */
static void
test_regulator (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (regulator, "schematic");

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  g_assert_cmpint (pin_of (drawing, "C1", "1").y, ==, pin_of (drawing, "U1", "3").y);
  g_assert_cmpint (pin_of (drawing, "C2", "1").y, ==, pin_of (drawing, "U1", "3").y);
  g_assert_cmpint (pin_of (drawing, "C1", "1").x, <, pin_of (drawing, "U1", "3").x);
  g_assert_cmpint (pin_of (drawing, "C2", "1").x, <, pin_of (drawing, "U1", "3").x);
  g_assert_cmpint (pin_of (drawing, "C3", "1").y, ==, pin_of (drawing, "U1", "2").y);
  g_assert_cmpint (pin_of (drawing, "C4", "1").y, ==, pin_of (drawing, "U1", "2").y);
  g_assert_cmpint (pin_of (drawing, "C3", "1").x, >, pin_of (drawing, "U1", "2").x);
  g_assert_cmpint (pin_of (drawing, "C4", "1").x, >, pin_of (drawing, "U1", "2").x);
}

static void
assert_straight (const NudgeDrawing *drawing, const char *a, const char *b)
{
  NudgePoint from = pin_of (drawing, a, "1"), to = pin_of (drawing, a, "2"), from2 = pin_of (drawing, b, "1"), to2 = pin_of (drawing, b, "2");

  g_assert_true ((from.x == to.x && to.x == from2.x && from2.x == to2.x) || (from.y == to.y && to.y == from2.y && from2.y == to2.y));
}

static void
test_lights (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (lights, "schematic");

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  assert_straight (drawing, "D1", "R1");
  assert_straight (drawing, "D2", "R2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patterns/price", test_price);
  g_test_add_func ("/patterns/crystal", test_crystal);
  g_test_add_func ("/patterns/transistor", test_transistor);
  g_test_add_func ("/patterns/flow", test_flow);
  g_test_add_func ("/patterns/regulator", test_regulator);
  g_test_add_func ("/patterns/lights", test_lights);
  return g_test_run ();
}
