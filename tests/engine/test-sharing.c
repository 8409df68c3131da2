/* Drawings that follow one another: what has not changed is shared, and nobody could tell from the result. */
#include "fixture.h"

#include "drawing/drawing-private.h"
#include "layout/edit.h"

static guint
count_drawn (const NudgeDrawing *before, const NudgeDrawing *after)
{
  guint n = 0;

  for (guint i = 0; i < after->n_sheets; i++)
    n += after->sheets[i].store != before->sheets[i].store;
  return n;
}

static guint
count_followed (const NudgeDrawing *drawing)
{
  guint n = 0;

  for (guint i = 0; i < drawing->n_sheets; i++)
    n += drawing->sheets[i].store->connections != NULL;
  return n;
}

/* The files say everything that a drawing says, and are made of all of its sheets. */
static void
assert_same_files (NudgeDrawing *a, NudgeDrawing *b)
{
  g_autoptr (GPtrArray) ours = nudge_project_files (a, NULL, NULL, NULL, NULL), theirs = nudge_project_files (b, NULL, NULL, NULL, NULL);

  g_assert_nonnull (ours);
  g_assert_nonnull (theirs);
  g_assert_cmpuint (ours->len, ==, theirs->len);
  for (guint i = 0; i < ours->len; i++)
    {
      const NudgeFile *x = g_ptr_array_index (ours, i), *y = g_ptr_array_index (theirs, i);

      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_true (g_bytes_equal (x->bytes, y->bytes));
    }
}

/* (transfer full): drawn after @before; equal to what is drawn from nothing, findings included. */
static NudgeDrawing *
draw_after (NudgeDrawing *before, NudgeLayout *layout)
{
  g_autoptr (GPtrArray) found = nudge_diagnostics_new (), expected = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) whole = nudge_draw (layout, expected, NULL);
  NudgeDrawing *drawing = nudge_draw_after (before, layout, found, NULL);

  g_assert_cmpuint (found->len, ==, expected->len);
  assert_same_files (drawing, whole);
  return drawing;
}

static NudgeLayout *
move_unit (NudgeLayout *layout, guint unit, int dx)
{
  return nudge_edit_move (layout, &(NudgeSelection){ &unit, 1, NULL, 0 }, dx, 0);
}

static void
test_nudge (gconstpointer arranger)
{
  g_autoptr (NudgeDrawing) first = fixture_drawing (fixture_hierarchy, arranger), second = NULL, third = NULL, undone = NULL;
  g_autoptr (NudgeLayout) one = move_unit (first->layout, 0, NUDGE_GRID), two = NULL;
  guint last = first->layout->n_units - 1;

  g_assert_cmpuint (first->n_sheets, ==, 2);
  second = draw_after (first, one);
  g_assert_cmpuint (count_drawn (first, second), ==, 1);
  g_assert_true (second->sheets[1].store == first->sheets[1].store);
  two = move_unit (one, last, 2 * NUDGE_GRID);
  third = draw_after (second, two);
  g_assert_true (third->sheets[0].store == second->sheets[0].store);
  g_assert_cmpuint (count_drawn (second, third), ==, 1);
  g_assert_cmpuint (count_drawn (first, third), ==, 2);
  undone = draw_after (third, one);
  g_assert_cmpuint (count_drawn (third, undone), ==, 1);
  /* The marks outlive the drawing that they were made for. */
  g_clear_pointer (&first, nudge_drawing_unref);
  g_clear_pointer (&second, nudge_drawing_unref);
  assert_same_files (third, third);
}

/* Copies have one sheet. */
static void
test_copies (void)
{
  g_autoptr (NudgeDrawing) first = fixture_drawing (fixture_repeated, "schematic"), second = NULL;
  g_autoptr (NudgeLayout) moved = move_unit (first->layout, first->layout->n_units - 1, NUDGE_GRID);

  second = draw_after (first, moved);
  g_assert_cmpuint (count_drawn (first, second), ==, 1);
  g_assert_true (nudge_prove_after (second, NULL, NULL));
}

static void
test_net_style (void)
{
  g_autoptr (NudgeDrawing) first = fixture_drawing (fixture_hierarchy, "schematic"), second = NULL;
  g_autoptr (NudgeLayout) styled = NULL;
  guint net = 0;

  while (!g_str_equal (first->layout->circuit->nets[net].name, "IN"))
    net++;
  styled = nudge_edit_style_net (first->layout, net, NUDGE_NET_LABEL);
  second = draw_after (first, styled);
  g_assert_true (second->sheets[1].store == first->sheets[1].store);
  g_assert_cmpuint (count_drawn (first, second), ==, 1);
}

/* Another circuit, or other symbols, share nothing. */
static void
test_strangers (void)
{
  g_autoptr (NudgeDrawing) first = fixture_drawing (fixture_hierarchy, "text-flow");
  g_autoptr (NudgeDrawing) other = fixture_drawing (fixture_hierarchy, "text-flow");
  g_autoptr (NudgeDrawing) second = draw_after (first, other->layout);

  g_assert_cmpuint (count_drawn (first, second), ==, 2);
  g_assert_true (second->frame != first->frame);
}

static void
test_proof (void)
{
  g_autoptr (NudgeDrawing) first = fixture_drawing (fixture_hierarchy, "text-flow"), second = NULL;
  g_autoptr (NudgeLayout) moved = move_unit (first->layout, 0, NUDGE_GRID);
  g_autoptr (GPtrArray) found = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  NudgeDrawnSheet *root;
  const char *text;

  g_assert_true (nudge_prove (first, NULL, NULL));
  g_assert_cmpuint (count_followed (first), ==, 0);
  g_assert_true (nudge_prove_after (first, NULL, NULL));
  g_assert_cmpuint (count_followed (first), ==, 2);
  second = draw_after (first, moved);
  g_assert_cmpuint (count_followed (second), ==, 1);
  /* What is wrong with the sheet that has changed is found, with the other one taken as it is known. */
  root = &second->sheets[0];
  for (guint i = 0; i < root->n_labels; i++)
    if (root->labels[i].kind == NUDGE_LABEL_LOCAL || root->labels[i].kind == NUDGE_LABEL_HIERARCHICAL)
      {
        text = root->labels[i].text;
        root->labels[i].text = "ELSEWHERE";
        g_assert_false (nudge_prove_after (second, found, &error));
        g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_PROOF);
        g_assert_cmpuint (found->len, >, 0);
        root->labels[i].text = text;
        /* It has been followed now; the full proof looks again. */
        g_assert_false (nudge_prove_after (second, NULL, NULL));
        g_assert_true (nudge_prove (second, NULL, NULL));
        return;
      }
  g_assert_not_reached ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sharing/nudge/text-flow", "text-flow", test_nudge);
  g_test_add_data_func ("/sharing/nudge/schematic", "schematic", test_nudge);
  g_test_add_data_func ("/sharing/nudge/synth", "circuit-synth", test_nudge);
  g_test_add_func ("/sharing/copies", test_copies);
  g_test_add_func ("/sharing/net-style", test_net_style);
  g_test_add_func ("/sharing/strangers", test_strangers);
  g_test_add_func ("/sharing/proof", test_proof);
  return g_test_run ();
}
