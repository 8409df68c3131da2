/* Runs that are watched: sheets come as they are ready, in the order that is asked for, and the end is always the same. */
#include "fixture.h"

#include "layout/routes.h"

#define CHILDREN 5
#define PARTS 60 /* on each: enough for a quick drawing before the good one */

typedef struct
{
  guint n_reports, n_layouts, n_first; /* first: layouts before the wanted sheet was there */
  guint wanted, last_done;
  GCancellable *cancel;                /* after the first layout; or NULL */
  NudgeLayout *last;
} Watch;

static gboolean
has_sheet (const NudgeLayout *layout, guint block)
{
  return layout->placements[layout->part_units[layout->circuit->blocks[block].first_part]].placed;
}

static void
on_report (NudgeStage stage, guint done, guint total, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (done, <=, total);
  watch->last_done = MAX (watch->last_done, done);
  watch->n_reports++;
}

static void
on_layout (gpointer so_far, gpointer data)
{
  NudgeLayout *layout = so_far;
  Watch *watch = data;

  /* What was there stays there. */
  for (guint i = 0; watch->last != NULL && i < layout->n_units; i++)
    g_assert_true (!watch->last->placements[i].placed || layout->placements[i].placed);
  g_clear_pointer (&watch->last, nudge_layout_unref);
  watch->last = nudge_layout_ref (layout);
  watch->n_layouts++;
  watch->n_first += !has_sheet (layout, watch->wanted);
  if (watch->cancel != NULL)
    g_cancellable_cancel (watch->cancel);
}

static NudgeLayout *
make_layout (void)
{
  g_autoptr (GString) json = g_string_new ("{'name': 'top', 'components': {'R9999': {'symbol': 'Device:R', 'ref': 'R9999'}}, 'nets': {}, 'subcircuits': [");
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeCircuit) circuit = NULL;

  for (guint c = 0; c < CHILDREN; c++)
    {
      g_string_append_printf (json, "%s{'name': 'c%u', 'components': {", c > 0 ? ", " : "", c);
      for (guint i = 0; i < PARTS; i++)
        g_string_append_printf (json, "%s'R%u': {'symbol': 'Device:R', 'ref': 'R%u', 'value': '%uk'}", i > 0 ? ", " : "", c * PARTS + i, c * PARTS + i, c + i);
      g_string_append (json, "}, 'nets': {");
      for (guint i = 0; i + 1 < PARTS; i++)
        g_string_append_printf (json, "%s'N%u': [{'component': 'R%u', 'pin': {'number': '2'}}, {'component': 'R%u', 'pin': {'number': '1'}}]",
                                i > 0 ? ", " : "", i, c * PARTS + i, c * PARTS + (7 * i + c + 1) % PARTS);
      g_string_append (json, "}}");
    }
  g_string_append (json, "]}");
  circuit = fixture_circuit (json->str);
  return nudge_layout_new (circuit, library, NULL);
}

static void
assert_same (NudgeLayout *a, NudgeLayout *b)
{
  g_autoptr (NudgeDrawing) one = nudge_draw (a, NULL, NULL), other = nudge_draw (b, NULL, NULL);
  g_autoptr (GPtrArray) ours = nudge_project_files (one, NULL, NULL, NULL, NULL), theirs = nudge_project_files (other, NULL, NULL, NULL, NULL);

  g_assert_nonnull (ours);
  g_assert_nonnull (theirs);
  for (guint i = 0; i < ours->len; i++)
    g_assert_true (g_bytes_equal (((NudgeFile *) ours->pdata[i])->bytes, ((NudgeFile *) theirs->pdata[i])->bytes));
}

static void
test_by_sheet (void)
{
  g_autoptr (NudgeLayout) layout = make_layout (), plain = NULL, watched = NULL;
  Watch watch = { .wanted = CHILDREN };
  g_autoptr (NudgeProgress) progress = nudge_progress_new (on_report, on_layout, &watch);

  nudge_progress_set_wanted (progress, CHILDREN);
  watched = nudge_arrange (layout, "schematic", NULL, G_CANCELLABLE (progress), NULL);
  plain = nudge_arrange (layout, "schematic", NULL, NULL, NULL);
  assert_same (watched, plain);
  assert_same (watch.last, plain);
  /* Each sheet once, and the wanted one quickly before. Other threads may be ready with the sheet they began with. */
  g_assert_cmpuint (watch.n_layouts, ==, CHILDREN + 2);
  g_assert_cmpuint (watch.n_first, <=, g_get_num_processors ());
  g_assert_cmpuint (watch.n_reports, >, CHILDREN);
  g_assert_cmpuint (watch.last_done, ==, CHILDREN * PARTS + 1 + CHILDREN);
  nudge_layout_unref (watch.last);
}

static void
test_cancel (void)
{
  g_autoptr (NudgeLayout) layout = make_layout (), arranged = NULL;
  Watch watch = { 0 };
  g_autoptr (NudgeProgress) progress = nudge_progress_new (on_report, on_layout, &watch);
  g_autoptr (GError) error = NULL;

  watch.cancel = G_CANCELLABLE (progress);
  arranged = nudge_arrange (layout, "schematic", NULL, G_CANCELLABLE (progress), &error);
  g_assert_null (arranged);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (watch.n_layouts, <=, g_get_num_processors ());
  nudge_layout_unref (watch.last);
}

static void
test_hurry (void)
{
  g_autoptr (NudgeLayout) layout = make_layout (), arranged = NULL;
  g_autoptr (NudgeProgress) progress = nudge_progress_new (NULL, NULL, NULL);
  g_autoptr (NudgeDrawing) drawing = NULL;

  nudge_progress_hurry (progress);
  for (const char *const *name = (const char *const[]){ "schematic", "force", NULL }; *name != NULL; name++)
    {
      g_clear_pointer (&arranged, nudge_layout_unref);
      g_clear_pointer (&drawing, nudge_drawing_unref);
      arranged = nudge_arrange (layout, *name, NULL, G_CANCELLABLE (progress), NULL);
      g_assert_nonnull (arranged);
      drawing = nudge_draw (arranged, NULL, NULL);
      g_assert_true (nudge_prove (drawing, NULL, NULL));
    }
}

/* A sheet that has no places yet is empty, costs nothing, and passes no proof. */
static void
test_pending (void)
{
  g_autoptr (NudgeLayout) layout = make_layout ();
  g_autoptr (NudgeDrawing) drawing = NULL;

  layout->wires = TRUE;
  drawing = nudge_draw (layout, NULL, NULL);
  g_assert_cmpuint (drawing->sheets[1].n_symbols, ==, 0);
  g_assert_false (nudge_prove (drawing, NULL, NULL));
}

/* What was nudged meanwhile stays; what was not goes on; undo knows both. */
static void
test_rebase (void)
{
  g_autoptr (NudgeLayout) empty = make_layout (), final = nudge_arrange (empty, "schematic", NULL, NULL, NULL);
  g_autoptr (NudgeLayout) before = nudge_layout_copy (final), nudged = NULL;
  g_autoptr (NudgeHistory) history = NULL;
  guint one = final->part_units[final->circuit->blocks[1].first_part], two = final->part_units[final->circuit->blocks[2].first_part];
  const NudgeLayout *now;
  NudgePose pose;

  before->placements[one].pose.at.x += 10 * NUDGE_GRID;
  before->placements[two].pose.at.x += 10 * NUDGE_GRID;
  history = nudge_history_new (before);
  nudged = nudge_edit_move (before, &(NudgeSelection){ &one, 1, NULL, 0 }, 0, NUDGE_GRID);
  pose = nudged->placements[one].pose;
  nudge_history_push (history, nudged, "Move", NULL);
  nudge_history_rebase (history, before, final);
  now = nudge_history_get_layout (history);
  g_assert_true (nudge_point_equal (now->placements[one].pose.at, pose.at));
  g_assert_true (nudge_point_equal (now->placements[two].pose.at, final->placements[two].pose.at));
  g_assert_true (nudge_layout_get_routes (now, 2) == nudge_layout_get_routes (final, 2));
  g_assert_true (nudge_history_undo (history));
  g_assert_true (nudge_layout_equal (nudge_history_get_layout (history), final));
  g_assert_true (nudge_history_is_clean (history));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/by-sheet", test_by_sheet);
  g_test_add_func ("/progress/cancel", test_cancel);
  g_test_add_func ("/progress/hurry", test_hurry);
  g_test_add_func ("/progress/pending", test_pending);
  g_test_add_func ("/progress/rebase", test_rebase);
  return g_test_run ();
}
