/* Nothing overlaps: no drawing of the default arranger has an offence of these kinds, whatever the circuit. */
#include "fixture.h"

#include "base/text-metrics.h"

#include <string.h>

static const NudgeMetric never[] = {
  NUDGE_METRIC_SYMBOL_OVERLAPS,
  NUDGE_METRIC_BOX_OVERLAPS,
  NUDGE_METRIC_TEXT_TEXT,
  NUDGE_METRIC_TEXT_SYMBOL,
  NUDGE_METRIC_TEXT_WIRE,
  NUDGE_METRIC_TEXT_PIN,
  NUDGE_METRIC_NOTES_COVERED,
  NUDGE_METRIC_WIRE_THROUGH_SYMBOL,
  NUDGE_METRIC_FOUR_WAY_JOINTS,
  NUDGE_METRIC_DANGLING_ENDS,
  NUDGE_METRIC_DIAGONAL_WIRES,
  NUDGE_METRIC_WIRES_ON_WIRES,
  NUDGE_METRIC_OFF_GRID,
  NUDGE_METRIC_OUT_OF_FRAME,
  NUDGE_METRIC_IN_TITLE_BLOCK,
};

static gboolean
is_forbidden (NudgeMetric metric)
{
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    if (never[i] == metric)
      return TRUE;
  return FALSE;
}

static void
assert_clean (const NudgeDrawing *drawing, const char *name)
{
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);
  guint n = 0;

  for (guint i = 0; i < nudge_score_get_n_offences (score); i++)
    {
      const NudgeOffence *offence = nudge_score_get_offence (score, i);

      if (!is_forbidden (offence->metric))
        continue;
      n++;
      g_test_message ("%s, %s at %.2f, %.2f mm: %s: %s %s", name, drawing->sheets[offence->sheet].name,
                      offence->at.x / (double) NUDGE_UNITS_PER_MM, offence->at.y / (double) NUDGE_UNITS_PER_MM, nudge_metric_name (offence->metric),
                      offence->first, offence->second);
    }
  g_assert_cmpuint (n, ==, 0);
}

/* ---- circuits that are made to be tight ---- */

typedef struct
{
  GString *parts, *nets;
} Tight;

static void
add_part (Tight *self, const char *reference, const char *symbol, const char *value)
{
  g_string_append_printf (self->parts, "%s'%s': {'symbol': '%s', 'ref': '%s', 'value': '%s'}", self->parts->len > 0 ? "," : "",
                          reference, symbol, reference, value);
}

/* @nodes: "U1.3 R7.1 ..." */
static void
add_net (Tight *self, const char *name, gboolean power, const char *nodes)
{
  g_auto (GStrv) list = g_strsplit (nodes, " ", -1);

  g_string_append_printf (self->nets, "%s'%s': {'nodes': [", self->nets->len > 0 ? "," : "", name);
  for (guint i = 0; list[i] != NULL; i++)
    {
      char *dot = strrchr (list[i], '.');

      *dot = '\0';
      g_string_append_printf (self->nets, "%s{'component': '%s', 'pin': {'number': '%s'}}", i > 0 ? "," : "", list[i], dot + 1);
    }
  g_string_append_printf (self->nets, "]%s%s%s}", power ? ", 'is_power': true, 'power_symbol': 'power:" : "", power ? name : "", power ? "'" : "");
}

static NudgeDrawing *
draw_tight (Tight *self)
{
  g_autofree char *json = g_strdup_printf ("{'name': 'tight', 'components': {%s}, 'nets': {%s}}", self->parts->str, self->nets->str);
  NudgeDrawing *drawing = fixture_drawing (json, "schematic");

  g_string_free (self->parts, TRUE);
  g_string_free (self->nets, TRUE);
  return drawing;
}

/* Pin by pin a resistor between two connectors and a capacitor to ground, with long values and long names. */
static void
test_connectors (void)
{
  static const guint sizes[] = { 4, 12, 26, 40 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Tight tight = { g_string_new (NULL), g_string_new (NULL) };
      g_autoptr (GString) ground = g_string_new ("J1.1");
      g_autoptr (NudgeDrawing) drawing = NULL;
      g_autofree char *symbol = g_strdup_printf ("Connector_Generic:Conn_01x%02u", sizes[s]);

      add_part (&tight, "J1", symbol, "Molex 502386-2670 right angle");
      add_part (&tight, "J2", symbol, "Hirose DF40C-40DP-0.4V(51)");
      for (guint i = 2; i <= sizes[s]; i++)
        {
          g_autofree char *r = g_strdup_printf ("R%u", i), *c = g_strdup_printf ("C%u", 100 + i);
          g_autofree char *in = g_strdup_printf ("PERIPHERAL_BUS_INPUT_%u", i), *out = g_strdup_printf ("OUT%u", i);
          g_autofree char *ins = g_strdup_printf ("J1.%u %s.1", i, r), *outs = g_strdup_printf ("J2.%u %s.2 %s.1", i, r, c);

          add_part (&tight, r, "Device:R", "33R 0.1% 25ppm 0402");
          add_part (&tight, c, "Device:C", "4.7nF C0G 50V 5%");
          add_net (&tight, in, FALSE, ins);
          add_net (&tight, out, FALSE, outs);
          g_string_append_printf (ground, " %s.2", c);
        }
      add_net (&tight, "GND", TRUE, ground->str);
      drawing = draw_tight (&tight);
      assert_clean (drawing, symbol);
    }
}

/* A part without a symbol, with rails and signals in turn, each signal pulled up and pulled down. */
static void
test_pulls (void)
{
  static const guint sizes[] = { 6, 16, 48 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Tight tight = { g_string_new (NULL), g_string_new (NULL) };
      g_autoptr (GString) ground = g_string_new ("U1.1"), rail = g_string_new ("U1.2");
      g_autoptr (NudgeDrawing) drawing = NULL;
      g_autofree char *name = g_strdup_printf ("pulls of %u pins", sizes[s]);

      add_part (&tight, "U1", "Nobody:HAS_THIS_SYMBOL", "A-VERY-LONG-PART-NUMBER/TR-PBF");
      for (guint i = 3; i <= sizes[s]; i++)
        {
          g_autofree char *up = g_strdup_printf ("R%u", 2 * i), *down = g_strdup_printf ("R%u", 2 * i + 1);
          g_autofree char *net = g_strdup_printf ("NET_%u_WITH_A_LONG_NAME", i);
          g_autofree char *nodes = g_strdup_printf ("U1.%u %s.1 %s.1", i, up, down);

          if (i % 5 == 0)
            {
              g_string_append_printf (i % 2 ? ground : rail, " U1.%u", i);
              continue;
            }
          add_part (&tight, up, "Device:R", "10k");
          add_part (&tight, down, "Device:R", "100k 1% thick film");
          add_net (&tight, net, FALSE, nodes);
          g_string_append_printf (rail, " %s.2", up);
          g_string_append_printf (ground, " %s.2", down);
        }
      add_net (&tight, "GND", TRUE, ground->str);
      add_net (&tight, "+3V3", TRUE, rail->str);
      drawing = draw_tight (&tight);
      assert_clean (drawing, name);
    }
}

/* Every part on every net: meshes of resistors. */
static void
test_meshes (void)
{
  for (guint n = 3; n <= 9; n++)
    {
      Tight tight = { g_string_new (NULL), g_string_new (NULL) };
      g_autoptr (NudgeDrawing) drawing = NULL;
      g_autofree char *name = g_strdup_printf ("mesh of %u", n);
      GString *nodes[9] = { NULL };

      for (guint a = 0; a < n; a++)
        nodes[a] = g_string_new (NULL);
      for (guint a = 0; a < n; a++)
        for (guint b = a + 1; b < n; b++)
          {
            g_autofree char *r = g_strdup_printf ("R%u%u", a + 1, b + 1);

            add_part (&tight, r, "Device:R", "12.345678k");
            g_string_append_printf (nodes[a], "%s%s.1", nodes[a]->len > 0 ? " " : "", r);
            g_string_append_printf (nodes[b], "%s%s.2", nodes[b]->len > 0 ? " " : "", r);
          }
      for (guint a = 0; a < n; a++)
        {
          g_autofree char *net = g_strdup_printf ("NODE%u", a);

          add_net (&tight, net, FALSE, nodes[a]->str);
          g_string_free (nodes[a], TRUE);
        }
      drawing = draw_tight (&tight);
      assert_clean (drawing, name);
    }
}

/* No wire of another net runs upright just where a label ends. */
static void
assert_label_ends (const NudgeDrawnSheet *sheet, const char *name)
{
  for (guint i = 0; i < sheet->n_labels; i++)
    for (guint k = 0; k < sheet->n_wires; k++)
      {
        const NudgeLabel *label = &sheet->labels[i];
        const NudgeWire *wire = &sheet->wires[k];
        gint32 sign = label->direction == 0 ? 1 : -1;
        gint32 beyond = (wire->a.x - label->at.x) * sign - nudge_text_width (label->text, NUDGE_MM (1.27));

        if ((label->direction & 1) || wire->net == label->net || wire->a.x != wire->b.x || ABS (beyond) > NUDGE_MM (0.2) ||
            MIN (wire->a.y, wire->b.y) > label->at.y - NUDGE_MM (0.2) || MAX (wire->a.y, wire->b.y) < label->at.y - NUDGE_MM (1.4))
          continue;
        g_test_message ("%s: %s ends %.2f mm before a wire", name, label->text, beyond / (double) NUDGE_UNITS_PER_MM);
        g_test_fail ();
      }
}

/* A connector on which every second pin is ground, with labels of any length between. */
static void
test_combs (void)
{
  for (guint length = 1; length <= 9; length++)
    {
      Tight tight = { g_string_new (NULL), g_string_new (NULL) };
      g_autoptr (GString) ground = g_string_new ("J1.1");
      g_autoptr (NudgeDrawing) drawing = NULL;
      g_autofree char *name = g_strdup_printf ("comb with names of %u", length);

      add_part (&tight, "J1", "Connector_Generic:Conn_01x16", "header");
      add_part (&tight, "U1", "Nobody:HAS_THIS_SYMBOL", "driver");
      for (guint i = 2; i <= 16; i += 2)
        {
          g_autofree char *net = g_strdup_printf ("%.*s%c", (int) length - 1, "ABCDEFGH", 'A' + i);
          g_autofree char *nodes = g_strdup_printf ("J1.%u U1.%u", i, i);

          add_net (&tight, net, FALSE, nodes);
          g_string_append_printf (ground, " J1.%u U1.%u", i + 1, i + 20);
        }
      g_string_truncate (ground, strlen (ground->str) - strlen (" J1.17 U1.36"));
      add_net (&tight, "GND", TRUE, ground->str);
      drawing = draw_tight (&tight);
      assert_clean (drawing, name);
      assert_label_ends (&drawing->sheets[0], name);
    }
}

static void
test_small (void)
{
  g_autoptr (NudgeDrawing) hierarchy = fixture_drawing (fixture_hierarchy, "schematic"), repeated = fixture_drawing (fixture_repeated, "schematic");

  assert_clean (hierarchy, "hierarchy");
  assert_clean (repeated, "repeated");
}

/* ---- real designs, where they are at hand ---- */

static void
check_design (NudgeLayout *empty, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeLayout) layout = nudge_arrange (empty, "schematic", NULL, NULL, &error);
  g_autoptr (NudgeDrawing) drawing = NULL;

  g_assert_no_error (error);
  drawing = nudge_draw (layout, NULL, &error);
  g_assert_no_error (error);
  assert_clean (drawing, name);
}

static void
test_designs (gconstpointer folder)
{
  fixture_each_design (folder, check_design);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlaps/small", test_small);
  g_test_add_func ("/overlaps/connectors", test_connectors);
  g_test_add_func ("/overlaps/pulls", test_pulls);
  g_test_add_func ("/overlaps/meshes", test_meshes);
  g_test_add_func ("/overlaps/combs", test_combs);
  g_test_add_data_func ("/overlaps/corpus", "corpus", test_designs);
  g_test_add_data_func ("/overlaps/golden", "golden/head", test_designs);
  g_test_add_data_func ("/overlaps/seeds", "golden/seed", test_designs);
  return g_test_run ();
}
