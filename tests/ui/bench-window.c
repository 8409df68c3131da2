/* What a person waits for in a real window: the first picture and the last one of a circuit that is opened, a frame of
 * panning, zooming and hovering, a nudge and its undoing until the picture stands, a frame of the forces. Not a test: it prints. */
#include "canvas/canvas-private.h"
#include "nudge-resources.h"
#include "window-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#define SHEETS 20
#define PARTS 500
#define FRAMES 120
#define FORCE_FRAMES 200

static double
cpu_ms (void)
{
  return 1000.0 * (double) clock () / CLOCKS_PER_SEC;
}

static int
compare_doubles (const void *a, const void *b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

static void
report (const char *what, double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  g_print ("%-28s median %7.2f ms   99 %% %7.2f ms\n", what, values[n / 2], values[n * 99 / 100]);
}

static void
append_sheet (GString *json, guint sheet)
{
  g_string_append_printf (json, "%s{\"name\":\"block%u\",\"components\":{", sheet > 0 ? "," : "", sheet);
  for (guint i = 0; i < PARTS; i++)
    g_string_append_printf (json, "%s\"R%u\":{\"symbol\":\"Device:R\",\"ref\":\"R%u\",\"value\":\"%uk\"}", i > 0 ? "," : "",
                            sheet * PARTS + i + 1, sheet * PARTS + i + 1, i + sheet + 1);
  g_string_append (json, "},\"nets\":{");
  for (guint i = 0; i + 1 < PARTS; i++)
    g_string_append_printf (json, "%s\"n%u\":[{\"component\":\"R%u\",\"pin\":{\"number\":\"2\"}},{\"component\":\"R%u\",\"pin\":{\"number\":\"1\"}}]",
                            i > 0 ? "," : "", i, sheet * PARTS + i + 1, sheet * PARTS + i + 2);
  g_string_append (json, "},\"subcircuits\":[]}");
}

static char *
write_circuit (const char *folder)
{
  g_autoptr (GString) json = g_string_new ("{\"name\":\"top\",\"components\":{},\"nets\":{},\"subcircuits\":[");
  char *path = g_build_filename (folder, "bench.json", NULL);

  for (guint i = 0; i < SHEETS; i++)
    append_sheet (json, i);
  g_string_append (json, "]}");
  g_assert_true (g_file_set_contents (path, json->str, (gssize) json->len, NULL));
  return path;
}

static void
wait_idle (NudgeWindow *window)
{
  while (nudge_window_is_busy (window))
    g_main_context_iteration (NULL, TRUE);
}

static void
settle (NudgeWindow *window)
{
  for (guint i = 0; i < 40; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  gtk_widget_queue_draw (GTK_WIDGET (window->canvas));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
}

static void
measure_frames (NudgeWindow *window, const char *what, void (*step) (NudgeCanvas *canvas, guint frame))
{
  double values[FRAMES];

  settle (window);
  for (guint i = 0; i < FRAMES; i++)
    {
      double start = cpu_ms ();

      step (window->canvas, i);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
      values[i] = cpu_ms () - start;
    }
  report (what, values, FRAMES);
}

static void
pan (NudgeCanvas *canvas, guint frame)
{
  nudge_canvas_pan (canvas, frame % 60 < 30 ? -6 : 6, frame % 60 < 30 ? -4 : 4);
}

static void
zoom (NudgeCanvas *canvas, guint frame)
{
  nudge_canvas_zoom (canvas, frame % 40 < 20 ? 1.05 : 1 / 1.05);
}

static void
hover (NudgeCanvas *canvas, guint frame)
{
  canvas->pointer_x = 300 + 2 * frame;
  canvas->pointer_y = 300;
  canvas->pointer_inside = TRUE;
  nudge_canvas_update_hover (canvas);
  g_signal_emit_by_name (canvas, "status-changed");
  gtk_widget_queue_draw (GTK_WIDGET (canvas));
}

static void
measure_nudges (NudgeWindow *window)
{
  double values[FRAMES], cpu[FRAMES], undone[FRAMES];
  const NudgeDrawnSheet *sheet = nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (window->canvas));
  guint symbol = 0;

  while (sheet->symbols[symbol].unit_index == NUDGE_NONE)
    symbol++;
  nudge_canvas_show (window->canvas, &(NudgeHit){ NUDGE_HIT_SYMBOL, symbol, NUDGE_NONE });
  settle (window);
  for (guint i = 0; i < FRAMES; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double used = cpu_ms ();

      gtk_widget_activate_action (GTK_WIDGET (window), "win.nudge", "(ii)", i % 2 == 0 ? 1 : -1, 0);
      wait_idle (window);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
      values[i] = (double) (g_get_monotonic_time () - start) / 1000.0;
      cpu[i] = cpu_ms () - used;
    }
  report ("nudge to picture (real time)", values, FRAMES);
  report ("nudge, CPU of all threads", cpu, FRAMES);
  for (guint i = 0; i < FRAMES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      gtk_widget_activate_action (GTK_WIDGET (window), i % 2 == 0 ? "win.undo" : "win.redo", NULL);
      wait_idle (window);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
      undone[i] = (double) (g_get_monotonic_time () - start) / 1000.0;
    }
  report ("undo, redo (real time)", undone, FRAMES);
}

/* From one turn of the main loop that shows something new to the next. */
static void
measure_forces (NudgeWindow *window)
{
  double values[FORCE_FRAMES];
  guint n = 0;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.arrange", "s", "force");
  while (n < FORCE_FRAMES && nudge_editor_is_arranging (window->editor))
    {
      double start = cpu_ms ();

      gtk_widget_queue_draw (GTK_WIDGET (window->canvas));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
      values[n++] = cpu_ms () - start;
    }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.stop", NULL);
  wait_idle (window);
  if (n > 0)
    report ("forces, CPU of all threads", values, n);
}

static void
open_file (NudgeWindow *window, const char *path, const char *when)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 start = g_get_monotonic_time ();
  double cpu = cpu_ms ();

  nudge_window_open (window, file);
  while (window->loading != NULL)
    g_main_context_iteration (NULL, TRUE);
  if (window->drawing == NULL)
    g_error ("%s", nudge_window_get_error (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
  g_print ("open to first picture, %-5s        %7.0f ms, %.0f of CPU\n", when, (double) (g_get_monotonic_time () - start) / 1000.0, cpu_ms () - cpu);
  wait_idle (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
  g_print ("open to final picture, %-5s        %7.0f ms, %.0f of CPU\n", when, (double) (g_get_monotonic_time () - start) / 1000.0, cpu_ms () - cpu);
}

static NudgeWindow *
open_window (const char *path, const char *arranger, const char *const *symbol_folders)
{
  NudgeWindow *window = NUDGE_WINDOW (nudge_window_new (NULL));

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  nudge_window_set_search (window, symbol_folders, arranger);
  gtk_window_present (GTK_WINDOW (window));
  open_file (window, path, "cold");
  open_file (window, path, "warm");
  return window;
}

/* The sheet with the most parts. */
static guint
find_fullest (const NudgeCircuit *circuit)
{
  guint fullest = 0;

  for (guint i = 0; i < circuit->n_blocks; i++)
    if (circuit->blocks[i].n_parts > circuit->blocks[fullest].n_parts)
      fullest = i;
  return fullest;
}

/* bench-window [CIRCUIT.json [ARRANGER|- [SYMBOL-FOLDER...]]] */
int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-bench-XXXXXX", NULL);
  g_autofree char *own = write_circuit (folder);
  const char *arranger = argc > 2 && !g_str_equal (argv[2], "-") ? argv[2] : argc > 1 ? NULL : "text-flow";
  NudgeWindow *window;

  gtk_init ();
  g_set_prgname ("bench-window");
  g_set_application_name ("Nudge");
  g_resources_register (nudge_get_resource ());
  window = open_window (argc > 1 ? argv[1] : own, arranger, argc > 3 ? (const char *const *) argv + 3 : NULL);
  nudge_window_set_block (window, find_fullest (window->drawing->layout->circuit));
  g_print ("%u parts, %u on the sheet\n", window->drawing->layout->circuit->n_parts, window->drawing->layout->circuit->blocks[window->block].n_parts);
  measure_frames (window, "pan, CPU of a frame", pan);
  measure_frames (window, "zoom, CPU of a frame", zoom);
  measure_frames (window, "hover, CPU of a frame", hover);
  measure_nudges (window);
  measure_forces (window);
  gtk_window_destroy (GTK_WINDOW (window));
  g_unlink (own);
  g_rmdir (folder);
  return 0;
}
