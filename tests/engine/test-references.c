/* References: their form, and that each is given out once. */
#include "circuit-fixture.h"

#include <string.h>

static void
test_form (void)
{
  static const char *const good[] = {
    "R1", "C100", "U0", "SW1", "SW_1", "TP_A_7", "R01", "R4294967295", "abcdefghijklmnop1", "GND1", "r2",
  };
  static const char *const malformed[] = {
    "",    "R",   "1",    "12R",  "U1A",  "R2A3", "#PWR01", "_R1", "R-1", "TA-101", "R 1", " R1", "R1 ", "R1\n", "R?",
    "R1?", "N$1", "GND", "VCC", "VDD",  "VSS",  "R4294967296", "R99999999999999999999999", "abcdefghijklmnopq1", ("\xc3\x84" "1"),
    "R1234567890123456789012345678901234567890123456789012345678901234",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (nudge_reference_check (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      g_assert_false (nudge_reference_check (malformed[i], &error));
      g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
    }
}

static void
test_prefix (void)
{
  static const char *const pairs[][2] = { { "R12", "R" }, { "R", "R" }, { "R?", "R" }, { "SW_1", "SW_" }, { "12",
    "" }, { "", "" }, { "U1A", "U1A" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *prefix = nudge_reference_prefix (pairs[i][0]);

      g_assert_cmpstr (prefix, ==, pairs[i][1]);
    }
  g_assert_true (nudge_reference_check_prefix ("SW_", NULL));
  g_assert_false (nudge_reference_check_prefix ("", NULL));
  g_assert_false (nudge_reference_check_prefix ("R1", NULL));
  g_assert_false (nudge_reference_check_prefix ("_R", NULL));
  g_assert_false (nudge_reference_check_prefix ("VCC", NULL));
  g_assert_false (nudge_reference_check_prefix ("N$", NULL));
}

static void
expect_next (NudgeReferences *references, const char *prefix, const char *expected)
{
  g_autofree char *next = nudge_references_next (references, prefix, NULL);

  g_assert_cmpstr (next, ==, expected);
}

static void
test_next (void)
{
  g_autoptr (NudgeReferences) references = nudge_references_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) list = NULL;
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  g_assert_true (nudge_references_add (references, "R2", &error));
  expect_next (references, "R", "R1");
  expect_next (references, "R?", "R3");
  expect_next (references, "C", "C1");
  g_assert_false (nudge_references_add (references, "R3", &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (nudge_references_add (references, "3R", &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
  g_clear_error (&error);
  none = nudge_references_next (references, "R1", &error);
  g_assert_null (none);
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
  g_assert_true (nudge_references_take (references, "TA-101"));
  g_assert_false (nudge_references_take (references, "TA-101"));
  list = nudge_references_list (references);
  all = g_strjoinv (" ", list);
  g_assert_cmpstr (all, ==, "C1 R1 R2 R3 TA-101");
  nudge_references_clear (references);
  g_assert_false (nudge_references_contains (references, "R1"));
  expect_next (references, "R", "R1");
}

static void
test_nets (void)
{
  g_autoptr (NudgeReferences) references = nudge_references_new ();
  g_autofree char *first = NULL, *third = NULL;

  nudge_references_take (references, "N$2");
  first = nudge_references_next_net (references, NULL);
  third = nudge_references_next_net (references, NULL);
  g_assert_cmpstr (first, ==, "N$1");
  g_assert_cmpstr (third, ==, "N$3");
}

static void
test_counter (void)
{
  g_autoptr (NudgeReferences) references = nudge_references_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *none = NULL;

  g_assert_true (nudge_references_set_counter (references, "R", 1000000, NULL));
  expect_next (references, "R", "R1000000");
  none = nudge_references_next (references, "R", &error);
  g_assert_null (none);
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED);
  g_assert_false (nudge_references_set_counter (references, "R", 0, NULL));
  g_assert_false (nudge_references_set_counter (references, "R", 1000001, NULL));
  g_assert_false (nudge_references_set_counter (references, "1", 1, NULL));
  expect_next (references, "C", "C1");
}

static void
test_boxed (void)
{
  g_autoptr (NudgeReferences) references = nudge_references_new ();
  GValue value = G_VALUE_INIT;

  g_value_init (&value, NUDGE_TYPE_REFERENCES);
  g_value_set_boxed (&value, references);
  g_assert_true (g_value_get_boxed (&value) == references);
  g_value_unset (&value);
  expect_next (references, "R", "R1");
}

/* Numbers in a circuit: children before their parent, explicit ones first of all. */
static void
test_order_in_tree (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;
  g_autoptr (GString) all = g_string_new (NULL);

  reading_init (&reading, "{'name':'top','components':[{'ref':'R','symbol':'Device:R'},{'ref':'R3',"
                          "'symbol':'Device:R'},"
                          "{'symbol':'Device:LED'},{'symbol':'X:74HC00'},{'ref':'C?','symbol':'Device:C'}],"
                          "'subcircuits':[{'name':'a','components':[{'ref':'R','symbol':'Device:R'}],"
                          "'subcircuits':[{'name':'b','components':[{'ref':'R','symbol':'Device:R'}]}]},"
                          "{'name':'c','components':[{'ref':'R?','symbol':'Device:R'}]}]}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  for (guint i = 0; i < circuit->n_parts; i++)
    g_string_append_printf (all, "%s ", circuit->parts[i].reference);
  g_assert_cmpstr (all->str, ==, "R5 R3 LED1 U1 C1 R2 R1 R4 ");
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_REFERENCE_ASSIGNED), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/references/form", test_form);
  g_test_add_func ("/references/prefix", test_prefix);
  g_test_add_func ("/references/next", test_next);
  g_test_add_func ("/references/nets", test_nets);
  g_test_add_func ("/references/counter", test_counter);
  g_test_add_func ("/references/boxed", test_boxed);
  g_test_add_func ("/references/order-in-tree", test_order_in_tree);
  return g_test_run ();
}
