/* Twins: circuits that say the same with other names and in another order are drawn once. */
#include "fixture.h"

#include "arrange/schematic-twins.h"
#include "drawing/drawing-private.h"

#include <stdlib.h>

/* Two dividers in a row, their parts listed in the given order. */
typedef struct
{
  const char *name;
  const char *top, *bottom;    /* references of the first divider, then of the second */
  const char *other_top, *other_bottom;
  const char *value;           /* of the lower ones */
  gboolean backwards;
} Part;

static void
add_part (GString *json, const char *reference, const char *value)
{
  g_string_append_printf (json, "%s'%s': {'symbol': 'Device:R', 'ref': '%s', 'value': '%s'}", g_str_has_suffix (json->str, "{") ? "" : ", ",
                          reference, reference, value);
}

static void
add_circuit (GString *json, const Part *part)
{
  g_string_append_printf (json, "%s{'name': '%s', 'components': {", g_str_has_suffix (json->str, "[") ? "" : ", ", part->name);
  if (part->backwards)
    {
      add_part (json, part->other_bottom, part->value);
      add_part (json, part->bottom, part->value);
    }
  add_part (json, part->top, "1k");
  add_part (json, part->other_top, "1k");
  if (!part->backwards)
    {
      add_part (json, part->bottom, part->value);
      add_part (json, part->other_bottom, part->value);
    }
  g_string_append_printf (json,
                          "}, 'nets': {'IN': [{'component': '%s', 'pin': {'number': '1'}}, {'component': '%s', 'pin': {'number': '1'}}],"
                          " 'MID_%s': {'nodes': [{'component': '%s', 'pin': {'number': '2'}}, {'component': '%s', 'pin': {'number': '1'}}]},"
                          " 'MID_%s': {'nodes': [{'component': '%s', 'pin': {'number': '2'}}, {'component': '%s', 'pin': {'number': '1'}}]},"
                          " 'GND': [{'component': '%s', 'pin': {'number': '2'}}, {'component': '%s', 'pin': {'number': '2'}}]}}",
                          part->top, part->other_top, part->top, part->top, part->bottom, part->other_top, part->other_top, part->other_bottom,
                          part->bottom, part->other_bottom);
}

static const Part parts[] = {
  { "first", "R1", "R2", "R3", "R4", "2k", FALSE },
  { "second_of_them", "R101", "R102", "R103", "R104", "2k", TRUE },
  { "unlike", "R11", "R12", "R13", "R14", "3k", FALSE },
};

static char *
three_circuits (void)
{
  GString *json = g_string_new ("{'name': 'top', 'components': {'J1': {'symbol': 'Connector_Generic:Conn_01x02', 'ref': 'J1', 'value': 'in'}},"
                                " 'nets': {'IN': {'nodes': [{'component': 'J1', 'pin': {'number': '1'}}]},"
                                " 'GND': {'nodes': [{'component': 'J1', 'pin': {'number': '2'}}], 'is_power': true, 'power_symbol': 'power:GND'}},"
                                " 'subcircuits': [");

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_circuit (json, &parts[i]);
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static void
test_found (void)
{
  g_autofree char *json = three_circuits ();
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) layout = nudge_layout_new (circuit, library, NULL);
  g_autoptr (NudgePlan) plan = nudge_plan_new (layout, NULL);
  g_autoptr (SchematicTwins) twins = schematic_twins_new (plan), apart = NULL;
  g_autoptr (WorkModel) model = work_model_new (plan, &plan->sheets[1]);
  gint32 width = model->reference_widths[0];

  g_assert_cmpuint (plan->n_sheets, ==, 4);
  g_assert_cmpuint (twins->first[1], ==, 1);
  g_assert_cmpuint (twins->first[2], ==, 1);
  g_assert_cmpuint (twins->first[3], ==, 3);
  schematic_twins_widen (twins, model);
  g_assert_cmpint (model->reference_widths[0], >, width);

  layout->placements[plan->sheets[2].first_unit].locked = TRUE;
  apart = schematic_twins_new (plan);
  g_assert_cmpuint (apart->first[2], ==, 2);
}

static gint
compare_wires (gconstpointer a, gconstpointer b)
{
  const NudgeWire *x = a, *y = b;
  const gint p[] = { x->a.x, x->a.y, x->b.x, x->b.y }, q[] = { y->a.x, y->a.y, y->b.x, y->b.y };

  for (guint i = 0; i < G_N_ELEMENTS (p); i++)
    if (p[i] != q[i])
      return p[i] < q[i] ? -1 : 1;
  return 0;
}

static const NudgeDrawnSymbol *
symbol_at (const NudgeDrawnSheet *sheet, NudgePoint at)
{
  for (guint i = 0; i < sheet->n_symbols; i++)
    if (nudge_point_equal (sheet->symbols[i].pose.at, at))
      return &sheet->symbols[i];
  return NULL;
}

static void
test_drawn_alike (void)
{
  g_autofree char *json = three_circuits ();
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, "schematic");
  const NudgeDrawnSheet *a = &drawing->sheets[1], *b = &drawing->sheets[2];
  g_autofree NudgeWire *x = g_memdup2 (a->wires, a->n_wires * sizeof *x), *y = g_memdup2 (b->wires, b->n_wires * sizeof *y);

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  g_assert_cmpuint (a->n_wires, >, 0);
  g_assert_cmpuint (a->n_wires, ==, b->n_wires);
  qsort (x, a->n_wires, sizeof *x, compare_wires);
  qsort (y, b->n_wires, sizeof *y, compare_wires);
  for (guint i = 0; i < a->n_wires; i++)
    g_assert_cmpint (compare_wires (&x[i], &y[i]), ==, 0);
  g_assert_cmpuint (a->n_symbols, ==, b->n_symbols);
  for (guint i = 0; i < a->n_symbols; i++)
    {
      const NudgeDrawnSymbol *other = symbol_at (b, a->symbols[i].pose.at);

      g_assert_nonnull (other);
      g_assert_true (other->symbol == a->symbols[i].symbol);
      g_assert_cmpstr (a->fields[a->symbols[i].first_field + 1].text, ==, b->fields[other->first_field + 1].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/twins/found", test_found);
  g_test_add_func ("/twins/drawn-alike", test_drawn_alike);
  return g_test_run ();
}
