/* What has changed, in electrical words. */
#include "fixture.h"

#include <string.h>

#define CIRCUIT(parts, nets) "{'name': 'top', 'components': {" parts "}, 'nets': {" nets "}}"
#define PART(ref, value) "'" ref "': {'symbol': 'Device:R', 'ref': '" ref "', 'value': '" value "'}"
#define NET(name, nodes) "'" name "': {'nodes': [" nodes "]}"
#define NODE(ref, pin) "{'component': '" ref "', 'pin': {'number': '" pin "'}}"

static const char base[] =
  CIRCUIT (PART ("R1", "10k") ", " PART ("R2", "1k") ", " PART ("R3", "2k"),
           NET ("SDA", NODE ("R1", "1") ", " NODE ("R2", "1")) ", " NET ("SCL", NODE ("R1", "2") ", " NODE ("R3", "1")) ", "
           NET ("OUT", NODE ("R2", "2") ", " NODE ("R3", "2")));

/* The lines, joined; the changed parts of the new circuit behind a bar. */
static void
assert_changes (const char *old, const char *now, const char *expected)
{
  g_autoptr (NudgeCircuit) a = fixture_circuit (old), b = fixture_circuit (now);
  g_autoptr (NudgeComparison) comparison = nudge_compare_circuits (a, b);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < comparison->n_changes; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", comparison->changes[i].text);
  g_string_append (text, " |");
  for (guint i = 0; i < comparison->n_new_parts; i++)
    if (comparison->new_changed[i])
      g_string_append_printf (text, " %s", b->parts[i].reference);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_same (void)
{
  assert_changes (base, base, " |");
  assert_changes (fixture_hierarchy, fixture_hierarchy, " |");
  assert_changes (fixture_repeated, fixture_repeated, " |");
}

static void
test_values (void)
{
  assert_changes (base,
                  CIRCUIT (PART ("R1", "4k7") ", " PART ("R2", "1k") ", "
                           "'R3': {'symbol': 'Device:C', 'ref': 'R3', 'value': '2k', 'footprint': 'F:0603', 'dnp': true}",
                           NET ("SDA", NODE ("R1", "1") ", " NODE ("R2", "1")) ", " NET ("SCL", NODE ("R1", "2") ", " NODE ("R3", "1")) ", "
                           NET ("OUT", NODE ("R2", "2") ", " NODE ("R3", "2"))),
                  "R1 10k → 4k7; R3 symbol Device:R → Device:C; R3 footprint none → F:0603; R3 is not fitted now | R1 R3");
}

static void
test_pins (void)
{
  assert_changes (base,
                  CIRCUIT (PART ("R1", "10k") ", " PART ("R2", "1k") ", " PART ("R3", "2k"),
                           NET ("SDA", NODE ("R1", "1") ", " NODE ("R2", "1") ", " NODE ("R3", "1")) ", " NET ("SCL", NODE ("R1", "2")) ", "
                           NET ("OUT", NODE ("R2", "2"))),
                  "R3.1 goes from SCL to SDA; net OUT no longer reaches R3.2 | R3");
  assert_changes (CIRCUIT (PART ("R1", "1k") ", " PART ("R2", "1k"), NET ("A", NODE ("R1", "1") ", " NODE ("R2", "1"))),
                  CIRCUIT (PART ("R1", "1k") ", " PART ("R2", "1k"), NET ("A", NODE ("R1", "1") ", " NODE ("R2", "1") ", " NODE ("R2", "2"))),
                  "net A now reaches R2.2 | R2");
}

static void
test_nets (void)
{
  assert_changes (base,
                  CIRCUIT (PART ("R1", "10k") ", " PART ("R2", "1k") ", " PART ("R3", "2k"),
                           NET ("I2C_SDA", NODE ("R1", "1") ", " NODE ("R2", "1")) ", " NET ("SCL", NODE ("R1", "2") ", " NODE ("R3", "1")) ", "
                           NET ("OUT", NODE ("R2", "2") ", " NODE ("R3", "2"))),
                  "net SDA is I2C_SDA now |");
  assert_changes (CIRCUIT (PART ("R1", "1k") ", " PART ("R2", "1k"), ""),
                  CIRCUIT (PART ("R1", "1k") ", " PART ("R2", "1k"), NET ("A", NODE ("R1", "1") ", " NODE ("R2", "1"))),
                  "net A is new: R1.1, R2.1 |");
  assert_changes (CIRCUIT (PART ("R1", "1k") ", " PART ("R2", "1k"), NET ("A", NODE ("R1", "1") ", " NODE ("R2", "1"))),
                  CIRCUIT (PART ("R1", "1k") ", " PART ("R2", "1k"), ""),
                  "net A is gone |");
}

static void
test_parts (void)
{
  assert_changes (base,
                  CIRCUIT (PART ("R1", "10k") ", " PART ("R2", "1k") ", " PART ("R8", "2k") ", " PART ("R9", "5k"),
                           NET ("SDA", NODE ("R1", "1") ", " NODE ("R2", "1") ", " NODE ("R9", "2")) ", "
                           NET ("SCL", NODE ("R1", "2") ", " NODE ("R8", "1")) ", "
                           NET ("OUT", NODE ("R2", "2") ", " NODE ("R8", "2") ", " NODE ("R9", "1"))),
                  "R3 is R8 now; R9 5k is new: 1 OUT, 2 SDA | R8 R9");
  assert_changes (base,
                  CIRCUIT (PART ("R1", "10k") ", " PART ("R2", "1k"), NET ("SDA", NODE ("R1", "1") ", " NODE ("R2", "1")) ", "
                           NET ("SCL", NODE ("R1", "2")) ", " NET ("OUT", NODE ("R2", "2"))),
                  "R3 2k is gone |");
}

static void
test_places (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  guint units[] = { 0, 1 };
  const NudgeSelection one = { units, 1, NULL, 0 }, other = { units + 1, 1, NULL, 0 };
  g_autoptr (NudgeLayout) moved = nudge_edit_move (drawing->layout, &one, NUDGE_GRID, 0), turned = nudge_edit_rotate (moved, &other, 1);
  g_autoptr (NudgeComparison) comparison = nudge_compare_layouts (drawing->layout, turned), none = nudge_compare_layouts (turned, turned);

  g_assert_cmpuint (none->n_changes, ==, 0);
  g_assert_cmpuint (comparison->n_changes, ==, 2);
  g_assert_nonnull (strstr (comparison->changes[0].text, "has moved"));
  g_assert_nonnull (strstr (comparison->changes[1].text, "has been turned"));
  g_assert_true (comparison->old_changed[turned->units[0].part]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/same", test_same);
  g_test_add_func ("/compare/values", test_values);
  g_test_add_func ("/compare/pins", test_pins);
  g_test_add_func ("/compare/nets", test_nets);
  g_test_add_func ("/compare/parts", test_parts);
  g_test_add_func ("/compare/places", test_places);
  return g_test_run ();
}
