/* What a person would have wired: connectors whatever they are called, what nobody gave a name, bundles in nearly one order. */
#include "fixture.h"

#include <string.h>

static guint
count_labels (const NudgeDrawing *drawing, const char *prefix)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  guint n = 0;

  for (guint i = 0; i < sheet->n_labels; i++)
    n += g_str_has_prefix (sheet->labels[i].text, prefix);
  return n;
}

/* Two connectors with @n nets between them; @order: the second one's pins by the first one's. */
static NudgeDrawing *
draw_bundle (const char *first, const char *second, const char *symbol, const guint *order, guint n)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append_printf (json, "{'name': 'top', 'components': {'%s': {'symbol': '%s', 'ref': '%s', 'value': 'a'},"
                          " '%s': {'symbol': '%s', 'ref': '%s', 'value': 'b'}}, 'nets': {", first, symbol, first, second, symbol, second);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s'LINE%u': {'nodes': [{'component': '%s', 'pin': {'number': '%u'}}, {'component': '%s', 'pin': {'number': '%u'}}]}",
                            i > 0 ? ", " : "", i, first, i + 1, second, order[i]);
  g_string_append (json, "}}");
  return fixture_drawing (json->str, "schematic");
}

/* However it is called, what has passive pins only may look the other way, or stand on its head. */
static void
test_connector (void)
{
  static const guint same[] = { 1, 2, 3, 4, 5, 6 }, reversed[] = { 6, 5, 4, 3, 2, 1 };
  g_autoptr (NudgeDrawing) facing = draw_bundle ("J1", "PORT1", "Connector_Generic:Conn_01x06", same, G_N_ELEMENTS (same));
  g_autoptr (NudgeDrawing) turned = draw_bundle ("J1", "PORT1", "Connector_Generic:Conn_01x06", reversed, G_N_ELEMENTS (reversed));

  g_assert_true (nudge_prove (facing, NULL, NULL));
  g_assert_true (nudge_prove (turned, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *name = g_strdup_printf ("LINE%u", i);

      g_assert_cmpuint (count_labels (facing, name), <=, 1);
      g_assert_cmpuint (count_labels (turned, name), <=, 1);
    }
}

/* Keys stand in rows with labels, but not one on a net without a name. */
static void
test_nameless_key (void)
{
  g_autoptr (GString) json = g_string_new ("{'name': 'top', 'components': {'J1': {'symbol': 'Connector_Generic:Conn_01x10', 'ref': 'J1', 'value': 'keys'}");
  g_autoptr (GString) nets = g_string_new (NULL), ground = g_string_new ("{'component': 'J1', 'pin': {'number': '10'}}");
  g_autoptr (NudgeDrawing) drawing = NULL;

  for (guint i = 1; i <= 8; i++)
    {
      g_string_append_printf (json, ", 'SW%u': {'symbol': 'Switch:SW_Push', 'ref': 'SW%u', 'value': 'key'}", i, i);
      g_string_append_printf (ground, ", {'component': 'SW%u', 'pin': {'number': '2'}}", i);
      g_string_append_printf (nets, ", '%s%u%s': {'nodes': [{'component': 'J1', 'pin': {'number': '%u'}}, {'component': 'SW%u', 'pin': {'number': '1'}}]}",
                              i < 8 ? "KEY" : "Net-(J1-Pin_", i, i < 8 ? "" : ")", i, i);
    }
  g_string_append_printf (json, "}, 'nets': {'GND': {'nodes': [%s], 'is_power': true, 'power_symbol': 'power:GND'}%s}}", ground->str, nets->str);
  drawing = fixture_drawing (json->str, "schematic");
  g_assert_true (nudge_prove (drawing, NULL, NULL));
  g_assert_cmpuint (count_labels (drawing, "KEY1"), ==, 2);
  g_assert_cmpuint (count_labels (drawing, "J1"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wired/connector", test_connector);
  g_test_add_func ("/wired/nameless-key", test_nameless_key);
  return g_test_run ();
}
