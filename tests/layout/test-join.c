/* Wires between groups: two connectors that share eight nets stand face to face, and the nets are wires, or labels. */
#include "../engine/fixture.h"

#define N 8

/* Pin i of J1 shares net N<i> with pin @partners[i] of J2. */
static char *
two_connectors (const guint *partners)
{
  GString *json = g_string_new ("{'name': 'two', 'components': {");

  for (guint i = 1; i <= 2; i++)
    g_string_append_printf (json, "%s'J%u': {'symbol': 'Connector_Generic:Conn_01x08', 'ref': 'J%u', 'value': 'link'}", i > 1 ? "," : "", i, i);
  g_string_append (json, "}, 'nets': {");
  for (guint i = 1; i <= N; i++)
    g_string_append_printf (json, "%s'SIG_%u': {'nodes': [{'component': 'J1', 'pin': {'number': '%u'}}, {'component': 'J2', 'pin': {'number': '%u'}}]}",
                            i > 1 ? "," : "", i, i, partners[i - 1]);
  g_string_append (json, "}}");
  return g_string_free (json, FALSE);
}

static guint
count_labels (const NudgeDrawnSheet *sheet, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < sheet->n_labels; i++)
    n += g_str_equal (sheet->labels[i].text, text);
  return n;
}

/* Nets that one label names, or none: a wire joins their ends. */
static guint
count_wired (const NudgeDrawnSheet *sheet)
{
  guint n = 0;

  for (guint i = 1; i <= N; i++)
    {
      g_autofree char *name = g_strdup_printf ("SIG_%u", i);

      g_assert_cmpuint (count_labels (sheet, name), <=, 2);
      n += count_labels (sheet, name) < 2;
    }
  return n;
}

static NudgeDrawing *
drawn (const guint *partners)
{
  g_autofree char *json = two_connectors (partners);
  NudgeDrawing *drawing = fixture_drawing (json, "schematic");

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  return drawing;
}

/* The second connector stands on its head, so that all wires are straight; each net still says its name. */
static void
test_reversed (void)
{
  static const guint partners[N] = { 8, 7, 6, 5, 4, 3, 2, 1 };
  g_autoptr (NudgeDrawing) drawing = drawn (partners);
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  g_assert_cmpuint (count_wired (sheet), ==, N);
  for (guint i = 0; i < sheet->n_wires; i++)
    g_assert_cmpint (sheet->wires[i].a.y, ==, sheet->wires[i].b.y);
  for (guint i = 1; i <= N; i++)
    {
      g_autofree char *name = g_strdup_printf ("SIG_%u", i);
      g_assert_cmpuint (count_labels (sheet, name), ==, 1);
    }
}

/* Nets in no order: nobody would follow half of them. */
static void
test_all_or_none (void)
{
  static const guint partners[N] = { 5, 8, 1, 6, 3, 7, 2, 4 };
  g_autoptr (NudgeDrawing) drawing = drawn (partners);
  guint wired = count_wired (&drawing->sheets[0]);

  g_assert_true (wired == 0 || wired >= N - 1);
}

/* A wire between groups is kept by a nudge elsewhere, and drawn anew when its part moves. */
static void
test_nudge (void)
{
  static const guint partners[N] = { 8, 7, 6, 5, 4, 3, 2, 1 };
  g_autoptr (NudgeDrawing) drawing = drawn (partners), moved = NULL;
  g_autoptr (NudgeLayout) layout = nudge_layout_copy (drawing->layout);
  NudgePoint at = layout->placements[1].pose.at;

  layout->placements[1].pose.at = (NudgePoint){ at.x, at.y + 4 * NUDGE_GRID };
  moved = nudge_draw (layout, NULL, NULL);
  g_assert_nonnull (moved);
  g_assert_true (nudge_prove (moved, NULL, NULL));
  g_assert_cmpuint (count_wired (&moved->sheets[0]), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/join/reversed", test_reversed);
  g_test_add_func ("/join/all-or-none", test_all_or_none);
  g_test_add_func ("/join/nudge", test_nudge);
  return g_test_run ();
}
