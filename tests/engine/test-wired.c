/* What a person would have wired: connectors, whatever they are called, and what nobody gave a name. */
#include "fixture.h"

static guint
count_labels (const NudgeDrawing *drawing, const char *prefix)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  guint n = 0;

  for (guint i = 0; i < sheet->n_labels; i++)
    n += g_str_has_prefix (sheet->labels[i].text, prefix);
  return n;
}

/* Two connectors, of which only the first is called as connectors are. In whatever order their pins follow one another,
 * forwards or backwards, one of them stands so that the wires are straight. */
static void
check_bundle (gboolean backwards)
{
  g_autoptr (GString) json = g_string_new ("{'name': 'top', 'components': {");
  g_autoptr (NudgeDrawing) drawing = NULL;

  g_string_append (json, "'J1': {'symbol': 'Connector_Generic:Conn_01x06', 'ref': 'J1', 'value': 'a'},"
                         " 'PORT1': {'symbol': 'Connector_Generic:Conn_01x06', 'ref': 'PORT1', 'value': 'b'}}, 'nets': {");
  for (guint i = 1; i <= 6; i++)
    g_string_append_printf (json, "%s'LINE%u': {'nodes': [{'component': 'J1', 'pin': {'number': '%u'}}, {'component': 'PORT1', 'pin': {'number': '%u'}}]}",
                            i > 1 ? ", " : "", i, i, backwards ? 7 - i : i);
  g_string_append (json, "}}");
  drawing = fixture_drawing (json->str, "schematic");
  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("LINE%u", i);
      g_assert_cmpuint (count_labels (drawing, name), <=, 1);
    }
}

static void
test_connector (void)
{
  check_bundle (FALSE);
  check_bundle (TRUE);
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
  g_assert_cmpuint (count_labels (drawing, ""), ==, count_labels (drawing, "KEY"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wired/connector", test_connector);
  g_test_add_func ("/wired/nameless-key", test_nameless_key);
  return g_test_run ();
}
