/* Parts are found again when the circuit changes, and new ones find a free spot. */
#include "fixture.h"

#include <string.h>

/* A row of resistors from a text such as "R1 A B; R2 B GND", in a circuit named top, or in a child. */
static NudgeCircuit *
circuit_of (const char *rows, const char *child)
{
  g_auto (GStrv) parts = g_strsplit (rows, "; ", -1);
  g_autoptr (GString) components = g_string_new (NULL), nets = g_string_new (NULL);
  g_autoptr (GHashTable) nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *body = NULL, *json = NULL;

  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (parts[i], " ", -1);

      g_string_append_printf (components, "%s'%s': {'symbol': 'Device:%s', 'ref': '%s', 'value': '%s'}", i > 0 ? ", " : "", words[0],
                              words[0][0] == 'C' ? "C" : "R", words[0], words[1]);
      for (guint pin = 1; pin <= 2; pin++)
        {
          GString *net = g_hash_table_lookup (nodes, words[pin + 1]);

          if (net == NULL)
            {
              net = g_string_new (NULL);
              g_hash_table_insert (nodes, g_strdup (words[pin + 1]), net);
              g_ptr_array_add (order, g_strdup (words[pin + 1]));
            }
          g_string_append_printf (net, "%s{'component': '%s', 'pin': {'number': '%u'}}", net->len > 0 ? ", " : "", words[0], pin);
        }
    }
  for (guint i = 0; i < order->len; i++)
    {
      GString *net = g_hash_table_lookup (nodes, order->pdata[i]);

      g_string_append_printf (nets, "%s'%s': {'nodes': [%s]%s}", i > 0 ? ", " : "", (char *) order->pdata[i], net->str,
                              g_str_equal (order->pdata[i], "GND") ? ", 'is_power': true, 'power_symbol': 'power:GND'" : "");
      g_string_free (net, TRUE);
    }
  body = g_strdup_printf ("'components': {%s}, 'nets': {%s}", components->str, nets->str);
  if (child != NULL)
    json = g_strdup_printf ("{'name': 'top', 'components': {}, 'nets': {}, 'subcircuits': [{'name': '%s', %s}]}", child, body);
  else
    json = g_strdup_printf ("{'name': 'top', %s}", body);
  return fixture_circuit (json);
}

static NudgeLayout *
layout_of (NudgeCircuit *circuit)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);

  return nudge_arrange (empty, "text-flow", NULL, NULL, NULL);
}

static const NudgePlacement *
placement_of (const NudgeLayout *layout, const char *reference)
{
  guint part = nudge_circuit_find_part (layout->circuit, NUDGE_NONE, reference);

  g_assert_cmpuint (part, !=, NUDGE_NONE);
  return &layout->placements[layout->part_units[part]];
}

static void
assert_same_place (const NudgeLayout *old, const char *was, const NudgeLayout *now, const char *is)
{
  const NudgePlacement *a = placement_of (old, was), *b = placement_of (now, is);

  g_assert_true (b->placed);
  g_assert_cmpint (a->pose.at.x, ==, b->pose.at.x);
  g_assert_cmpint (a->pose.at.y, ==, b->pose.at.y);
  g_assert_cmpint (a->locked, ==, b->locked);
}

static NudgeLayout *
follow (const char *before, const char *child_before, const char *after, const char *child_after, NudgeLayout **old, NudgeFollow **report)
{
  g_autoptr (NudgeCircuit) circuit = circuit_of (before, child_before), changed = circuit_of (after, child_after);
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  NudgeLayout *now;

  *old = layout_of (circuit);
  (*old)->placements[0].locked = TRUE;
  now = nudge_layout_follow (*old, changed, (*old)->library, report, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, (*report)->n_entries - (*report)->n_kept);
  return now;
}

static void
test_kept (void)
{
  g_autoptr (NudgeLayout) old = NULL;
  g_autoptr (NudgeFollow) report = NULL;
  g_autoptr (NudgeLayout) now = follow ("R1 10k A B; R2 10k B GND; R3 1k A GND", NULL, "R3 4k7 A GND; R1 10k X B; R2 10k B GND", NULL, &old, &report);

  g_assert_cmpuint (report->n_kept, ==, 3);
  g_assert_cmpuint (report->n_entries, ==, 3);
  assert_same_place (old, "R1", now, "R1");
  assert_same_place (old, "R2", now, "R2");
  assert_same_place (old, "R3", now, "R3");
  g_assert_true (nudge_layout_is_placed (now));
}

/* One more resistor at the front moves all numbers on: places go with the connections, not with the numbers. */
static void
test_renumbered (void)
{
  g_autoptr (NudgeLayout) old = NULL;
  g_autoptr (NudgeFollow) report = NULL;
  g_autoptr (NudgeLayout) now = follow ("R1 10k A GND; R2 10k B GND; R3 10k C GND", NULL,
                                        "R1 10k N GND; R2 10k A GND; R3 10k B GND; R4 10k C GND", NULL, &old, &report);

  g_assert_cmpuint (report->n_renamed, ==, 3);
  g_assert_cmpuint (report->n_new, ==, 1);
  assert_same_place (old, "R1", now, "R2");
  assert_same_place (old, "R2", now, "R3");
  assert_same_place (old, "R3", now, "R4");
  g_assert_false (placement_of (now, "R1")->placed);
  g_assert_cmpstr (report->entries[1].old_path, ==, "/R1");
  g_assert_cmpstr (report->entries[1].new_path, ==, "/R2");
}

/* Between rails alone all parts look alike: there the reference decides. */
static void
test_rails (void)
{
  g_autoptr (NudgeLayout) old = NULL;
  g_autoptr (NudgeFollow) report = NULL;
  g_autoptr (NudgeLayout) now = follow ("C1 100n GND GND; C2 100n GND GND", NULL, "C2 100n GND GND; C3 100n GND GND", NULL, &old, &report);

  g_assert_cmpuint (report->n_kept, ==, 1);
  g_assert_cmpuint (report->n_new, ==, 1);
  g_assert_cmpuint (report->n_gone, ==, 1);
  assert_same_place (old, "C2", now, "C2");
  g_assert_cmpstr (report->entries[2].old_path, ==, "/C1");
  g_assert_cmpuint (report->entries[2].part, ==, NUDGE_NONE);
}

/* A net and a reference change at once. */
static void
test_by_nets (void)
{
  g_autoptr (NudgeLayout) old = NULL;
  g_autoptr (NudgeFollow) report = NULL;
  g_autoptr (NudgeLayout) now = follow ("R1 10k A B; C1 1u A B; C2 1u B C", NULL, "R1 10k A B; C7 1u A B; C8 1u D C", NULL, &old, &report);

  assert_same_place (old, "C1", now, "C7");
  g_assert_cmpuint (report->n_renamed, ==, 1);
  g_assert_cmpuint (report->n_new, ==, 1);
  g_assert_cmpuint (report->n_gone, ==, 1);
}

/* A circuit of another name keeps the sheet; a part in another circuit does not take its place with it. */
static void
test_moved (void)
{
  g_autoptr (NudgeLayout) old = NULL;
  g_autoptr (NudgeFollow) report = NULL, report_part = NULL;
  g_autoptr (NudgeLayout) now = follow ("R1 10k A B; R2 1k B C", "usb", "R1 10k A B; R2 1k B C", "port", &old, &report);
  g_autoptr (NudgeCircuit) split = NULL;
  g_autoptr (NudgeLayout) parted = NULL;

  g_assert_cmpuint (report->n_moved, ==, 2);
  assert_same_place (old, "R1", now, "R1");
  assert_same_place (old, "R2", now, "R2");
  g_assert_true (now->boxes[1].placed);
  g_assert_cmpint (now->boxes[1].at.x, ==, old->boxes[1].at.x);

  split = fixture_circuit ("{'name': 'top', 'components': {'R2': {'symbol': 'Device:R', 'ref': 'R2', 'value': '1k'}}, 'nets': {},"
                           " 'subcircuits': [{'name': 'usb', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '10k'}}, 'nets': {}}]}");
  parted = nudge_layout_follow (old, split, old->library, &report_part, NULL);
  g_assert_cmpuint (report_part->n_moved, ==, 1);
  g_assert_cmpuint (report_part->n_kept, ==, 1);
  g_assert_false (placement_of (parted, "R2")->placed);
}

static gboolean
overlap (const NudgeLayout *layout, guint a, guint b)
{
  NudgeBox box_a = nudge_symbol_box (layout->units[a].symbol, layout->units[a].unit), box_b = nudge_symbol_box (layout->units[b].symbol, layout->units[b].unit);

  box_a = nudge_pose_box (&layout->placements[a].pose, &box_a);
  box_b = nudge_pose_box (&layout->placements[b].pose, &box_b);
  return nudge_box_overlaps (&box_a, &box_b);
}

static void
test_place_open (void)
{
  g_autoptr (GString) before = g_string_new ("R1 10k N0 N1"), after = NULL;
  g_autoptr (NudgeLayout) old = NULL, placed = NULL;
  g_autoptr (NudgeFollow) report = NULL;
  g_autoptr (NudgeLayout) now = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (GError) error = NULL;
  NudgePoint near, far;

  for (guint i = 2; i <= 20; i++)
    g_string_append_printf (before, "; R%u 10k N%u N%u", i, i - 1, i);
  after = g_string_new (before->str);
  g_string_append (after, "; C1 1u N1 GND; C2 1u Q GND; C3 1u N19 Q");
  now = follow (before->str, NULL, after->str, NULL, &old, &report);
  g_assert_false (nudge_layout_is_placed (now));
  placed = nudge_layout_place_open (now);
  g_assert_true (nudge_layout_is_placed (placed));
  for (guint i = 0; i < old->n_units; i++)
    g_assert_true (nudge_point_equal (old->placements[i].pose.at, placed->placements[i].pose.at));
  for (guint i = 0; i < placed->n_units; i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (overlap (placed, i, k));
  for (guint i = 0; i < placed->n_units; i++)
    {
      g_assert_cmpint (placed->placements[i].pose.at.x % NUDGE_GRID, ==, 0);
      g_assert_cmpint (placed->placements[i].pose.at.y % NUDGE_GRID, ==, 0);
    }
  near = placement_of (placed, "R1")->pose.at;
  far = placement_of (placed, "C1")->pose.at;
  g_assert_cmpint (ABS (near.x - far.x) + ABS (near.y - far.y), <, NUDGE_MM (120));

  drawing = nudge_draw (placed, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (nudge_prove (drawing, NULL, &error));
  g_assert_no_error (error);
}

/* Hundreds of new parts: the paper grows, nothing stands on anything. */
static void
test_place_many (void)
{
  g_autoptr (GString) after = g_string_new ("R1 10k N0 N1");
  g_autoptr (NudgeLayout) old = NULL, placed = NULL;
  g_autoptr (NudgeFollow) report = NULL;
  g_autoptr (NudgeLayout) now = NULL;

  for (guint i = 2; i <= 300; i++)
    g_string_append_printf (after, "; R%u 10k N%u N%u", i, i - 1, i);
  now = follow ("R1 10k N0 N1", NULL, after->str, NULL, &old, &report);
  placed = nudge_layout_place_open (now);
  g_assert_true (nudge_layout_is_placed (placed));
  g_assert_cmpint (placed->papers[0], >, NUDGE_PAPER_A4);
  for (guint i = 0; i < placed->n_units; i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (overlap (placed, i, k));
}

/* Copies stand alike even when the file knows only one of them. */
static void
test_copies (void)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (fixture_repeated);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  static const char text[] = "{\"nudge\": 1, \"parts\": [{\"part\": \"/div2/R3\", \"at\": [25.4, 25.4]}, {\"part\": \"/div2/R4\", \"at\": [25.4, 50.8]}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (NudgeLayout) layout = nudge_layout_load_bytes (bytes, "x", circuit, library, NULL, NULL, NULL), placed = NULL;

  g_assert_cmpint (placement_of (layout, "R1")->pose.at.y, ==, NUDGE_MM (25.4));
  g_assert_cmpint (placement_of (layout, "R2")->pose.at.y, ==, NUDGE_MM (50.8));
  placed = nudge_layout_place_open (layout);
  g_assert_true (nudge_layout_is_placed (placed));
  g_assert_true (placed->boxes[1].placed && placed->boxes[2].placed);
  g_assert_false (nudge_point_equal (placed->boxes[1].at, placed->boxes[2].at));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/follow/kept", test_kept);
  g_test_add_func ("/follow/renumbered", test_renumbered);
  g_test_add_func ("/follow/rails", test_rails);
  g_test_add_func ("/follow/by-nets", test_by_nets);
  g_test_add_func ("/follow/moved", test_moved);
  g_test_add_func ("/follow/place-open", test_place_open);
  g_test_add_func ("/follow/place-many", test_place_many);
  g_test_add_func ("/follow/copies", test_copies);
  return g_test_run ();
}
