/* Circuits that are too large for a sheet, cut into pages. */
#include "circuit-fixture.h"

#include <string.h>

/* @n_groups times a hub of ten pins with nine resistors; hubs in a row share a net. @extra goes behind the nets. */
static GString *
make_hubs (guint n_groups, const char *extra)
{
  GString *text = g_string_new ("{'name':'t','components':{"), *nets = g_string_new (NULL);

  for (guint g = 0; g < n_groups; g++)
    {
      g_string_append_printf (text, "%s'U%u':{'symbol':'x:HUB','ref':'U%u','value':'HUB'}", g > 0 ? "," : "", g, g);
      for (guint k = 1; k < 10; k++)
        {
          g_string_append_printf (text, ",'R%u%u':{'symbol':'Device:R','ref':'R%u%u','value':'1k'}", g, k, g, k);
          g_string_append_printf (nets, "%s'A%u_%u':{'nodes':[{'component':'U%u','pin':{'number':'%u'}},{'component':'R%u%u','pin':{'number':'1'}}]}",
                                  nets->len > 0 ? "," : "", g, k, g, k, g, k);
        }
    }
  g_string_append (nets, ",'ROW':{'nodes':[");
  for (guint g = 0; g < n_groups; g++)
    g_string_append_printf (nets, "%s{'component':'U%u','pin':{'number':'10'}}", g > 0 ? "," : "", g);
  g_string_append (nets, "]},'GND':{'is_power':true,'power_symbol':'power:GND','nodes':[");
  for (guint g = 0; g < n_groups; g++)
    for (guint k = 1; k < 10; k++)
      g_string_append_printf (nets, "%s{'component':'R%u%u','pin':{'number':'2'}}", g + k > 1 ? "," : "", g, k);
  g_string_append_printf (text, "},'nets':{%s]}}%s}", nets->str, extra);
  g_string_free (nets, TRUE);
  return text;
}

static NudgeCircuit *
paginate (const NudgeCircuit *circuit)
{
  g_autoptr (GError) error = NULL;
  NudgeCircuit *paged = nudge_circuit_paginate (circuit, &error);

  g_assert_no_error (error);
  fixture_check_invariants (paged);
  return paged;
}

static void
assert_same_nets (const NudgeCircuit *a, const NudgeCircuit *b)
{
  g_autofree char *left = fixture_nets (a), *right = fixture_nets (b);

  g_assert_cmpstr (left, ==, right);
}

static void
test_small_stays (void)
{
  g_autoptr (GString) text = make_hubs (2, "");
  g_auto (Reading) reading = { 0 };
  g_autoptr (NudgeCircuit) paged = NULL;

  reading_init (&reading, text->str);
  paged = paginate (reading.circuit);
  g_assert_cmpuint (paged->n_blocks, ==, 1);
  assert_same_nets (reading.circuit, paged);
}

/* Each hub keeps its resistors, and only what pages share is declared above them. */
static void
test_hubs (void)
{
  g_autoptr (GString) text = make_hubs (13, "");
  g_auto (Reading) reading = { 0 };
  g_autoptr (NudgeCircuit) paged = NULL;

  reading_init (&reading, text->str);
  paged = paginate (reading.circuit);
  g_assert_cmpuint (paged->n_blocks, >=, 3);
  g_assert_cmpuint (paged->n_blocks, <=, 7);
  g_assert_cmpuint (paged->blocks[0].n_parts, ==, 0);
  assert_same_nets (reading.circuit, paged);
  for (guint i = 0; i < paged->n_parts; i++)
    {
      const NudgePart *part = &paged->parts[i];
      char hub[] = { 'U', part->reference[1], '\0', '\0' };

      g_assert_cmpuint (paged->blocks[part->block].n_parts, <=, 60);
      if (part->reference[0] != 'R')
        continue;
      if (strlen (part->reference) > 3)
        hub[2] = part->reference[2];
      g_assert_cmpuint (paged->parts[nudge_circuit_find_part (paged, NUDGE_NONE, hub)].block, ==, part->block);
    }
  for (guint i = 0; i < paged->n_nets; i++)
    {
      gboolean is_shared = paged->nets[i].is_power || strcmp (paged->nets[i].name, "ROW") == 0;
      g_assert_true ((paged->nets[i].block == 0) == is_shared);
    }
  g_assert_cmpstr (paged->blocks[1].name, ==, "HUB");
  g_assert_cmpstr (paged->blocks[1].label, ==, "HUB1");
  g_assert_true (g_bytes_equal (paged->json, reading.circuit->json));
}

/* Children come after the pages; what they mean stays declared where they find it. */
static void
test_children (void)
{
  g_autoptr (GString) text = make_hubs (13, ",'subcircuits':[{'name':'c','components':{'R1':{'symbol':'Device:R','ref':'R1'}},'nets':{'A3_1':["
                                            "{'component':'R1','pin':{'number':'1'}}],'A4_1':{'nodes':[{'component':'R1','pin':{'number':'2'}}]}}}]");
  g_auto (Reading) reading = { 0 };
  g_autoptr (NudgeCircuit) paged = NULL;
  guint part, last;

  reading_init (&reading, text->str);
  paged = paginate (reading.circuit);
  assert_same_nets (reading.circuit, paged);
  part = nudge_circuit_find_part (paged, NUDGE_NONE, "R1");
  last = paged->parts[part].block;
  g_assert_cmpuint (last, ==, paged->n_blocks - 1);
  g_assert_cmpuint (paged->blocks[last].parent, ==, 0);
  g_assert_cmpuint (paged->blocks[last - 1].next_sibling, ==, last);
  g_assert_cmpuint (paged->nets[nudge_circuit_net_of (paged, part, "1")].block, ==, 0);
  g_assert_cmpuint (paged->nets[nudge_circuit_net_of (paged, part, "2")].block, ==, last);
}

/* Numbers and names that Nudge gives do not depend on the pages. */
static void
test_given_names (void)
{
  GString *text = g_string_new ("{'name':'t','components':{");
  g_auto (Reading) reading = { 0 };
  g_autoptr (NudgeCircuit) paged = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "%s'k%u':{'symbol':'Device:R','ref':'R'}", i > 0 ? "," : "", i);
  g_string_append (text, "},'nets':[");
  for (guint i = 0; i < 50; i++)
    g_string_append_printf (text, "%s{'nodes':[{'component':'k%u','pin':{'number':'1'}},{'component':'k%u','pin':{'number':'2'}}]}",
                            i > 0 ? "," : "", i, 99 - i);
  g_string_append (text, "]}");
  reading_init (&reading, text->str);
  g_string_free (text, TRUE);
  paged = paginate (reading.circuit);
  g_assert_cmpuint (paged->n_blocks, ==, 3);
  g_assert_cmpstr (paged->blocks[1].name, ==, "Page 1");
  assert_same_nets (reading.circuit, paged);
}

static guint
net_of_part (const NudgeCircuit *circuit, const char *reference, const char *pin)
{
  return nudge_circuit_net_of (circuit, nudge_circuit_find_part (circuit, NUDGE_NONE, reference), pin);
}

static guint
unit_of_part (const NudgeLayout *layout, const char *reference)
{
  return layout->part_units[nudge_circuit_find_part (layout->circuit, NUDGE_NONE, reference)];
}

/* A layout is cut and put together: what is on no other sheet keeps its place, styles go with the pins, and the file says it. */
static void
test_layout (void)
{
  g_autoptr (GString) text = make_hubs (12, ",'subcircuits':[{'name':'c','components':{'R901':{'symbol':'Device:R','ref':'R901'}},"
                                            "'nets':{'ROW':[{'component':'R901','pin':{'number':'1'}}]}}]");
  g_auto (Reading) reading = { 0 };
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) whole = NULL, paged = NULL, again = NULL, back = NULL;
  g_autoptr (GBytes) bytes = NULL, twice = NULL;
  g_autoptr (GError) error = NULL;
  guint unit;

  reading_init (&reading, text->str);
  whole = nudge_layout_new (reading.circuit, library, NULL);
  for (guint i = 0; i < whole->n_units; i++)
    whole->placements[i] = (NudgePlacement){ { { (gint32) i * NUDGE_GRID, NUDGE_GRID }, 0, 0 }, TRUE, TRUE };
  whole->net_styles[net_of_part (whole->circuit, "R31", "1")] = NUDGE_NET_LABEL;
  whole->papers[0] = NUDGE_PAPER_A2;
  paged = nudge_layout_paginate (whole, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (paged->circuit->paged);
  g_assert_cmpuint (paged->circuit->n_blocks, >, 4);
  for (guint i = 0; i < paged->n_units; i++)
    g_assert_cmpint (paged->placements[i].placed, ==, i == unit_of_part (paged, "R901"));
  unit = unit_of_part (whole, "R901");
  g_assert_true (nudge_point_equal (paged->placements[unit_of_part (paged, "R901")].pose.at, whole->placements[unit].pose.at));
  for (guint net = 0; net < paged->circuit->n_nets; net++)
    g_assert_cmpint (paged->net_styles[net], ==, net == net_of_part (paged->circuit, "R31", "1") ? NUDGE_NET_LABEL : NUDGE_NET_AUTO);
  g_assert_cmpint (paged->papers[0], ==, NUDGE_PAPER_A4);

  bytes = nudge_layout_to_bytes (paged);
  again = nudge_layout_load_bytes (bytes, "board.nudge", reading.circuit, library, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->circuit->n_blocks, ==, paged->circuit->n_blocks);
  twice = nudge_layout_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, twice));

  back = nudge_layout_paginate (paged, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (back->circuit->paged);
  for (guint i = 0; i < back->n_units; i++)
    g_assert_cmpint (back->placements[i].placed, ==, i == unit);
  g_assert_cmpint (back->net_styles[net_of_part (back->circuit, "R31", "1")], ==, NUDGE_NET_LABEL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit/pages/small-stays", test_small_stays);
  g_test_add_func ("/circuit/pages/hubs", test_hubs);
  g_test_add_func ("/circuit/pages/children", test_children);
  g_test_add_func ("/circuit/pages/given-names", test_given_names);
  g_test_add_func ("/circuit/pages/layout", test_layout);
  return g_test_run ();
}
