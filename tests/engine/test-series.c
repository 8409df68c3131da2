/* Series: fragments that repeat round a large part are drawn alike and stand in line. */
#include "fixture.h"

#define N_COPIES 4

/* A resistor, a capacitor and a small connector on each of some pins of a large connector. */
static char *
one_hub (void)
{
  GString *json = g_string_new ("{'name': 'top', 'components': {'J9': {'symbol': 'Connector_Generic:Conn_01x10', 'ref': 'J9', 'value': 'hub'}");
  GString *ground = g_string_new ("{'component': 'J9', 'pin': {'number': '10'}}"), *nets = g_string_new (NULL);

  for (guint i = 1; i <= N_COPIES; i++)
    {
      g_string_append_printf (json,
                              ", 'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '%uk'}, 'C%u': {'symbol': 'Device:C', 'ref': 'C%u', 'value': '1n'},"
                              " 'J%u': {'symbol': 'Connector_Generic:Conn_01x02', 'ref': 'J%u', 'value': 'port'}",
                              i, i, i, i, i, i, i);
      g_string_append_printf (nets,
                              ", 'IN%u': {'nodes': [{'component': 'J9', 'pin': {'number': '%u'}}, {'component': 'R%u', 'pin': {'number': '1'}}]},"
                              " 'OUT%u': {'nodes': [{'component': 'J9', 'pin': {'number': '%u'}}, {'component': 'R%u', 'pin': {'number': '2'}},"
                              " {'component': 'C%u', 'pin': {'number': '1'}}, {'component': 'J%u', 'pin': {'number': '1'}}]}",
                              i, i, i, i, i + N_COPIES, i, i, i);
      g_string_append_printf (ground, ", {'component': 'C%u', 'pin': {'number': '2'}}, {'component': 'J%u', 'pin': {'number': '2'}}", i, i);
    }
  g_string_append_printf (json, "}, 'nets': {'GND': {'nodes': [%s], 'is_power': true, 'power_symbol': 'power:GND'}%s}}", ground->str, nets->str);
  g_string_free (ground, TRUE);
  g_string_free (nets, TRUE);
  return g_string_free (json, FALSE);
}

static NudgePoint
place_of (const NudgeDrawing *drawing, char letter, guint number)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  g_autofree char *reference = g_strdup_printf ("%c%u", letter, number);

  for (guint i = 0; i < sheet->n_symbols; i++)
    if (g_strcmp0 (sheet->fields[sheet->symbols[i].first_field].text, reference) == 0)
      return sheet->symbols[i].pose.at;
  g_test_message ("%s is not drawn", reference);
  g_test_fail ();
  return (NudgePoint){ 0, 0 };
}

static void
test_alike (void)
{
  g_autofree char *json = one_hub ();
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "schematic");

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (const char *letter = "CJ"; *letter != '\0'; letter++)
    for (guint i = 2; i <= N_COPIES; i++)
      {
        NudgePoint r = place_of (drawing, 'R', i), first_r = place_of (drawing, 'R', 1);
        NudgePoint part = place_of (drawing, *letter, i), first = place_of (drawing, *letter, 1);

        g_assert_cmpint (part.x - r.x, ==, first.x - first_r.x);
        g_assert_cmpint (part.y - r.y, ==, first.y - first_r.y);
      }
}

/* Each is in one column or row with another. */
static void
test_in_line (void)
{
  g_autofree char *json = one_hub ();
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "schematic");

  for (guint i = 1; i <= N_COPIES; i++)
    {
      gboolean in_line = FALSE;

      for (guint k = 1; k <= N_COPIES; k++)
        {
          NudgePoint a = place_of (drawing, 'R', i), b = place_of (drawing, 'R', k);
          in_line |= i != k && (a.x == b.x || a.y == b.y);
        }
      g_assert_true (in_line);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/alike", test_alike);
  g_test_add_func ("/series/in-line", test_in_line);
  return g_test_run ();
}
