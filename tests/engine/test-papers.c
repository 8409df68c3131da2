/* Papers beyond A0, and sheet boxes with very many pins: nothing stands out of the frame. */
#include "fixture.h"

#include "kicad/schematic-writer.h"

static NudgeLayout *
arranged (const char *json, const char *arranger)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (GError) error = NULL;
  NudgeLayout *layout = nudge_arrange (empty, arranger, NULL, NULL, &error);

  g_assert_no_error (error);
  return layout;
}

/* Each paper holds two of the one before, and says its size in files of KiCad. */
static void
test_ladder (void)
{
  for (guint paper = NUDGE_PAPER_A4; paper < NUDGE_PAPER_LAST; paper++)
    {
      NudgePoint size = nudge_paper_size ((NudgePaper) paper), next = nudge_paper_size ((NudgePaper) (paper + 1));

      g_assert_cmpint (ABS (next.x - 2 * size.y), <=, 20000);
      g_assert_cmpint (next.y, ==, size.x);
      g_assert_cmpstr (nudge_paper_name ((NudgePaper) paper), !=, nudge_paper_name ((NudgePaper) (paper + 1)));
    }
  g_assert_cmpstr (nudge_paper_kicad_name (NUDGE_PAPER_A0), ==, "A0");
  g_assert_cmpstr (nudge_paper_kicad_name (NUDGE_PAPER_2A0), ==, "User");
}

/* Each of the papers that KiCad has a name for may stand. */
static void
test_portrait (void)
{
  for (guint paper = NUDGE_PAPER_A4; paper <= NUDGE_PAPER_A0; paper++)
    {
      NudgePaper turned = nudge_paper_portrait ((NudgePaper) paper);
      NudgePoint size = nudge_paper_size ((NudgePaper) paper), other = nudge_paper_size (turned);

      g_assert_cmpint (size.x, ==, other.y);
      g_assert_cmpint (size.y, ==, other.x);
      g_assert_cmpint (nudge_paper_landscape (turned), ==, paper);
      g_assert_cmpstr (nudge_paper_kicad_name (turned), ==, nudge_paper_kicad_name ((NudgePaper) paper));
    }
  g_assert_cmpint (nudge_paper_portrait (NUDGE_PAPER_2A0), ==, NUDGE_PAPER_2A0);
  g_assert_cmpint (nudge_paper_larger (NUDGE_PAPER_A4_PORTRAIT), ==, NUDGE_PAPER_A3_PORTRAIT);
  g_assert_cmpint (nudge_paper_larger (NUDGE_PAPER_A0_PORTRAIT), ==, NUDGE_PAPER_A0_PORTRAIT);
  g_assert_cmpint (nudge_paper_larger (NUDGE_PAPER_LAST), ==, NUDGE_PAPER_LAST);
}

/* A parent whose only child has @n nets in common with it. */
static char *
child_with_ports (guint n)
{
  g_autoptr (GString) inner = g_string_new (NULL), outer = g_string_new (NULL), parts = g_string_new (NULL), others = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const char *comma = i > 0 ? "," : "";

      g_string_append_printf (parts, "%s'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '1k'}", comma, i + 1, i + 1);
      g_string_append_printf (others, "%s'C%u': {'symbol': 'Device:C', 'ref': 'C%u', 'value': '1n'}", comma, i + 1, i + 1);
      g_string_append_printf (inner, "%s'BUS%u': [{'component': 'R%u', 'pin': {'number': '1'}}]", comma, i, i + 1);
      g_string_append_printf (outer, "%s'BUS%u': {'nodes': [{'component': 'C%u', 'pin': {'number': '1'}}]}", comma, i, i + 1);
    }
  return g_strdup_printf ("{'name': 'top', 'components': {%s}, 'nets': {%s}, 'subcircuits': [{'name': 'child', 'components': {%s}, 'nets': {%s}}]}",
                          others->str, outer->str, parts->str, inner->str);
}

static void
assert_in_frame (const NudgeDrawing *drawing)
{
  g_autoptr (NudgeScore) score = nudge_score_new (drawing);

  for (guint i = 0; i < nudge_score_get_n_offences (score); i++)
    g_assert_cmpint (nudge_score_get_offence (score, i)->metric, !=, NUDGE_METRIC_OUT_OF_FRAME);
}

static void
test_many_ports (void)
{
  static const guint counts[] = { 50, 200, 600 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *json = child_with_ports (counts[i]);
      g_autoptr (NudgeLayout) layout = arranged (json, "schematic");
      g_autoptr (GError) error = NULL;
      g_autoptr (NudgeDrawing) drawing = nudge_draw (layout, NULL, &error);
      const NudgeSheetBox *box;
      gint pins[2] = { 0, 0 };

      g_assert_no_error (error);
      assert_in_frame (drawing);
      g_assert_true (nudge_prove (drawing, NULL, NULL));
      box = &drawing->sheets[0].boxes[0];
      g_assert_cmpuint (box->n_pins, ==, counts[i]);
      for (guint k = 0; k < box->n_pins; k++)
        pins[drawing->sheets[0].sheet_pins[box->first_pin + k].at.x == box->box.x1]++;
      g_assert_cmpint (ABS (pins[0] - pins[1]), <=, (gint) counts[i] / 3);
    }
}

/* One part, of which only the pins are known: a box with half of them at each side. */
static char *
tall_part (guint n)
{
  g_autoptr (GString) nets = g_string_new (NULL);

  for (guint i = 0; i < n; i += 2)
    g_string_append_printf (nets, "%s'N%u': {'nodes': [{'component': 'U1', 'pin': {'number': '%u'}}, {'component': 'U1', 'pin': {'number': '%u'}}]}",
                            i > 0 ? "," : "", i, i + 1, i + 2);
  return g_strdup_printf ("{'name': 'top', 'components': {'U1': {'symbol': 'Nowhere:Tall', 'ref': 'U1', 'value': 'Tall'}}, 'nets': {%s}}", nets->str);
}

/* What is tall stands on paper that does, in the file as well. */
static void
test_tall (void)
{
  g_autofree char *json = tall_part (150);
  g_autoptr (NudgeLayout) layout = arranged (json, "schematic");
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) drawing = nudge_draw (layout, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (layout->papers[0], ==, NUDGE_PAPER_A4_PORTRAIT);
  assert_in_frame (drawing);
  bytes = nudge_schematic_write (drawing, 0);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "(paper \"A4\" portrait)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/papers/ladder", test_ladder);
  g_test_add_func ("/papers/portrait", test_portrait);
  g_test_add_func ("/papers/tall", test_tall);
  g_test_add_func ("/papers/many-ports", test_many_ports);
  return g_test_run ();
}
