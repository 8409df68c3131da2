/* bench-open FILE SYMBOLS CHANGED...: what opening a saved layout takes, whether it shows what was saved, and, for each
 * circuit that has changed, how much of the drawing is another one: with the layout of before, and without it. As JSON. */
#include "fixture.h"

#include "drawing/work-routes.h"
#include "layout/routes.h"

#include <stdlib.h>

static void
fail_on (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

static NudgeCircuit *
read_circuit (const char *path)
{
  GError *error = NULL;
  NudgeCircuit *circuit = nudge_circuit_read_file (path, NULL, &error);

  fail_on (error);
  return circuit;
}

static NudgeLayout *
open_layout (NudgeLayout *layout)
{
  GError *error = NULL;
  NudgeLayout *result = nudge_arrange_open (layout, "schematic", NULL, NULL, &error);

  fail_on (error);
  return result;
}

static NudgeLayout *
load (GBytes *bytes, NudgeCircuit *circuit, NudgeLibrary *library)
{
  GError *error = NULL;
  g_autoptr (NudgeLayout) loaded = nudge_layout_load_bytes (bytes, "saved", circuit, library, NULL, NULL, &error);

  fail_on (error);
  return open_layout (loaded);
}

static NudgeDrawing *
draw (NudgeLayout *layout)
{
  GError *error = NULL;
  NudgeDrawing *drawing = nudge_draw (layout, NULL, &error);

  fail_on (error);
  if (!nudge_prove (drawing, NULL, &error))
    fail_on (error);
  return drawing;
}

static gboolean
same_files (NudgeDrawing *a, NudgeDrawing *b)
{
  g_autoptr (GPtrArray) x = nudge_project_files (a, NULL, NULL, NULL, NULL), y = nudge_project_files (b, NULL, NULL, NULL, NULL);

  if (x == NULL || y == NULL || x->len != y->len)
    return FALSE;
  for (guint i = 0; i < x->len; i++)
    if (!g_bytes_equal (((NudgeFile *) x->pdata[i])->bytes, ((NudgeFile *) y->pdata[i])->bytes))
      return FALSE;
  return TRUE;
}

/* Sheets that are not drawn as they were saved. */
static guint
count_stale (const NudgeLayout *layout)
{
  guint n = 0;

  for (guint i = 0; i < layout->circuit->n_blocks; i++)
    n += nudge_layout_get_routes (layout, i) != NULL && nudge_layout_get_routes (layout, i)->stale;
  return n;
}

/* --- what has moved --- */

static NudgeLayout *
nudged (NudgeLayout *layout)
{
  g_autoptr (NudgeLayout) result = nudge_layout_ref (layout);

  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    {
      guint unit = layout->part_units[layout->circuit->blocks[block].first_part];
      const NudgeSelection selection = { &unit, 1, NULL, 0 };
      NudgeLayout *moved;

      if (layout->circuit->blocks[block].n_parts == 0 || layout->circuit->blocks[block].definition != block)
        continue;
      moved = nudge_edit_move (result, &selection, 200 * NUDGE_GRID, -3 * NUDGE_GRID);
      nudge_layout_unref (result);
      result = moved;
    }
  return g_steal_pointer (&result);
}

static gboolean
poses_equal (const NudgePose *a, const NudgePose *b, NudgePoint shift)
{
  return a->at.x + shift.x == b->at.x && a->at.y + shift.y == b->at.y && a->turn == b->turn && a->mirror == b->mirror;
}

/* Units of @block that stand elsewhere than most others would have them: @shift is by how much the sheet as a whole moved. */
static guint
count_moved (const NudgeLayout *before, const NudgeLayout *after, guint block, NudgePoint shift)
{
  const NudgeBlock *b = &after->circuit->blocks[block];
  guint n = 0;

  for (guint part = b->first_part; part < b->first_part + b->n_parts; part++)
    {
      guint old = nudge_circuit_find_part (before->circuit, block, after->circuit->parts[part].reference);

      for (guint k = 0; old != NUDGE_NONE && after->part_units[part] + k < after->part_units[part + 1]; k++)
        n += !poses_equal (&before->placements[before->part_units[old] + k].pose, &after->placements[after->part_units[part] + k].pose, shift);
    }
  return n;
}

static guint
count_moved_relative (const NudgeLayout *before, const NudgeLayout *after, guint block)
{
  const NudgeBlock *b = &after->circuit->blocks[block];
  guint best = G_MAXUINT;

  for (guint part = b->first_part; part < b->first_part + b->n_parts; part++)
    {
      guint old = nudge_circuit_find_part (before->circuit, block, after->circuit->parts[part].reference);
      NudgePoint a, c;

      if (old == NUDGE_NONE)
        continue;
      a = before->placements[before->part_units[old]].pose.at;
      c = after->placements[after->part_units[part]].pose.at;
      best = MIN (best, count_moved (before, after, block, (NudgePoint){ c.x - a.x, c.y - a.y }));
    }
  return best != G_MAXUINT ? best : 0;
}

static gboolean
has_wire (const NudgeDrawnSheet *sheet, const NudgeWire *wire)
{
  for (guint i = 0; i < sheet->n_wires; i++)
    if (nudge_point_equal (sheet->wires[i].a, wire->a) && nudge_point_equal (sheet->wires[i].b, wire->b))
      return TRUE;
  return FALSE;
}

static void
count_wires (const NudgeDrawing *before, const NudgeDrawing *after, guint *n_gone, guint *n_all)
{
  for (guint s = 0; s < MIN (before->n_sheets, after->n_sheets); s++)
    for (guint i = 0; i < before->sheets[s].n_wires; i++, (*n_all)++)
      *n_gone += !has_wire (&after->sheets[s], &before->sheets[s].wires[i]);
}

static double
ms_of (clock_t since)
{
  return (double) (clock () - since) * 1000.0 / CLOCKS_PER_SEC;
}

static void
compare_changed (const char *path, NudgeLibrary *library, NudgeDrawing *before, GBytes *bytes)
{
  g_autoptr (NudgeCircuit) circuit = read_circuit (path);
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL), fresh = open_layout (empty), followed = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  clock_t since = clock ();
  guint n_moved = 0, n_fresh = 0, n_gone = 0, n_wires = 0, n_units = 0;

  followed = load (bytes, circuit, library);
  drawing = draw (followed);
  for (guint block = 0; block < MIN (circuit->n_blocks, before->layout->circuit->n_blocks); block++)
    {
      n_moved += count_moved (before->layout, followed, block, (NudgePoint){ 0, 0 });
      n_fresh += count_moved_relative (before->layout, fresh, block);
    }
  n_units = before->layout->n_units;
  count_wires (before, drawing, &n_gone, &n_wires);
  g_print (",\n  {\"changed\": \"%s\", \"units\": %u, \"moved\": %u, \"wires\": %u, \"wires gone\": %u, \"moved without layout\": %u, \"open ms\": %.0f}",
           path, n_units, n_moved, n_wires, n_gone, n_fresh, ms_of (since));
}

int
main (int argc, char **argv)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeCircuit) circuit = NULL;
  g_autoptr (NudgeLayout) empty = NULL, arranged = NULL, moved = NULL, again = NULL, again_moved = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL, second = NULL, third = NULL, fourth = NULL;
  g_autoptr (GBytes) bytes = NULL, bytes_moved = NULL;
  clock_t since;
  double arrange_ms, save_ms, open_ms, draw_ms;

  if (argc < 3)
    {
      g_printerr ("bench-open FILE SYMBOLS CHANGED...\n");
      return 2;
    }
  if (*argv[2] != '\0')
    nudge_library_add_folder (library, argv[2], NULL);
  nudge_library_add_default_folders (library, NULL);
  circuit = read_circuit (argv[1]);
  empty = nudge_layout_new (circuit, library, NULL);
  since = clock ();
  arranged = open_layout (empty);
  arrange_ms = ms_of (since);
  drawing = draw (arranged);
  since = clock ();
  bytes = nudge_layout_to_bytes (arranged);
  save_ms = ms_of (since);
  since = clock ();
  again = load (bytes, circuit, library);
  open_ms = ms_of (since);
  since = clock ();
  second = draw (again);
  draw_ms = ms_of (since);
  moved = nudged (arranged);
  third = draw (moved);
  bytes_moved = nudge_layout_to_bytes (moved);
  again_moved = load (bytes_moved, circuit, library);
  fourth = draw (again_moved);
  g_print ("[{\"units\": %u, \"arrange ms\": %.0f, \"save ms\": %.0f, \"open ms\": %.0f, \"draw ms\": %.0f, \"bytes\": %" G_GSIZE_FORMAT
           ", \"same\": %s, \"same when moved\": %s, \"effort\": %" G_GUINT64_FORMAT ", \"effort when moved\": %" G_GUINT64_FORMAT
           ", \"stale\": %u}",
           arranged->n_units, arrange_ms, save_ms, open_ms, draw_ms, g_bytes_get_size (bytes), same_files (drawing, second) ? "true" : "false",
           same_files (third, fourth) ? "true" : "false", fixture_effort (again), fixture_effort (again_moved), count_stale (again));
  for (int i = 3; i < argc; i++)
    compare_changed (argv[i], library, drawing, bytes);
  g_print ("]\n");
  return 0;
}
