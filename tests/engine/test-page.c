/* The page: lone parts stand in one line, close to each other, below what is drawn, and nothing leans to a corner. */
#include "fixture.h"

/* A divider and an LED apart from it; capacitors of three rails; open connectors of one pin. */
static char *
some_circuit (void)
{
  g_autoptr (GString) parts = g_string_new (NULL), nets = g_string_new (NULL), ground = g_string_new (NULL);

  for (guint i = 1; i <= 3; i++)
    {
      g_string_append_printf (parts, "'C%u': {'symbol': 'Device:C', 'ref': 'C%u', 'value': '1u'},", i, i);
      g_string_append_printf (nets, "'V%u': {'nodes': [{'component': 'C%u', 'pin': {'number': '1'}}], 'is_power': true, 'power_symbol': 'power:VCC'},", i, i);
      g_string_append_printf (ground, "{'component': 'C%u', 'pin': {'number': '2'}},", i);
    }
  for (guint i = 1; i <= 4; i++)
    g_string_append_printf (parts, "'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '1k'},", i, i);
  return g_strdup_printf ("{'name': 'top', 'components': {%s'R5': {'symbol': 'Device:R', 'ref': 'R5', 'value': '1k'}}, 'nets': {%s"
                          "'A': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}}]},"
                          "'B': {'nodes': [{'component': 'R3', 'pin': {'number': '2'}}, {'component': 'R4', 'pin': {'number': '1'}}]},"
                          "'GND': {'nodes': [%s{'component': 'R2', 'pin': {'number': '2'}}], 'is_power': true, 'power_symbol': 'power:GND'}}}",
                          parts->str, nets->str, ground->str);
}

static const NudgeDrawnSymbol *
find_part (const NudgeDrawing *drawing, const char *reference)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  for (guint i = 0; i < sheet->n_symbols; i++)
    if (sheet->symbols[i].part != NUDGE_NONE && g_str_equal (drawing->layout->circuit->parts[sheet->symbols[i].part].reference, reference))
      return &sheet->symbols[i];
  g_assert_not_reached ();
}

static void
test_rows (void)
{
  g_autofree char *json = some_circuit ();
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "schematic");
  const NudgeDrawnSymbol *first = find_part (drawing, "C1"), *last = find_part (drawing, "C3");

  g_assert_cmpint (first->pose.at.y, ==, find_part (drawing, "C2")->pose.at.y);
  g_assert_cmpint (first->pose.at.y, ==, last->pose.at.y);
  g_assert_cmpint (ABS (last->pose.at.x - first->pose.at.x), <, NUDGE_MM (80));
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *reference = g_strdup_printf ("R%u", i);

      g_assert_cmpint (find_part (drawing, reference)->box.y1, <, first->box.y0);
    }
}

/* The middle of what stands on the page is near that of the page. */
static void
test_balance (void)
{
  g_autofree char *json = some_circuit ();
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "schematic");
  const NudgeBox *bounds = &drawing->sheets[0].bounds;
  NudgePoint size = nudge_paper_size (drawing->sheets[0].paper);

  g_assert_cmpint (drawing->sheets[0].paper, ==, NUDGE_PAPER_A4);
  g_assert_cmpint (ABS (bounds->x0 + bounds->x1 - size.x) / 2, <, NUDGE_MM (10));
  g_assert_cmpint (ABS (bounds->y0 + bounds->y1 - size.y) / 2, <, NUDGE_MM (25));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/rows", test_rows);
  g_test_add_func ("/page/balance", test_balance);
  return g_test_run ();
}
