/* bench-phases FILE DIALECT RUNS FOLDER: milliseconds per step of an export, as JSON: of the first run, which reads its
 * libraries, and the best of those that follow. */
#include "nudge.h"

#include "drawing/work-routes.h"

#include <string.h>

enum
{
  READ,
  LIBRARY,
  ARRANGE,
  DRAW,
  PROVE,
  FILES,
  WRITE,
  N_PHASES,
};

static const char *const names[N_PHASES] = { "read", "library", "arrange", "draw", "prove", "files", "write" };

/* Milliseconds since the last call. */
static double
lap (gint64 *last)
{
  gint64 now = g_get_monotonic_time ();
  double ms = (now - *last) / 1000.0;

  *last = now;
  return ms;
}

/* What the drawing took, whatever the machine is doing besides. */
static WorkEffort effort;

static void
count_effort (const NudgeLayout *layout)
{
  effort = (WorkEffort){ 0 };
  for (guint i = 0; layout->routes != NULL && i < layout->circuit->n_blocks; i++)
    {
      const NudgeRoutes *routes = layout->routes[i];

      if (routes == NULL)
        continue;
      effort.searches += routes->effort.searches;
      effort.expansions += routes->effort.expansions;
      effort.places += routes->effort.places;
      effort.trials += routes->effort.trials;
    }
}

static gboolean
run (const char *file, NudgeDialect dialect, NudgeLibrary *library, const char *folder, double *ms, GError **error)
{
  gint64 last = g_get_monotonic_time ();
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_file (file, NULL, error);
  g_autoptr (NudgeLayout) layout = NULL;
  g_autoptr (NudgeLayout) arranged = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (circuit == NULL)
    return FALSE;
  ms[READ] = lap (&last);
  layout = nudge_layout_new (circuit, library, NULL);
  layout->dialect = dialect;
  ms[LIBRARY] = lap (&last);
  arranged = nudge_arrange (layout, nudge_dialect_arranger (dialect), NULL, NULL, error);
  if (arranged == NULL)
    return FALSE;
  ms[ARRANGE] = lap (&last);
  count_effort (arranged);
  drawing = nudge_draw (arranged, NULL, error);
  if (drawing == NULL)
    return FALSE;
  ms[DRAW] = lap (&last);
  if (!nudge_prove (drawing, NULL, error))
    return FALSE;
  ms[PROVE] = lap (&last);
  files = nudge_project_files (drawing, NULL, NULL, NULL, error);
  if (files == NULL)
    return FALSE;
  ms[FILES] = lap (&last);
  if (!nudge_project_export (drawing, folder, NUDGE_EXPORT_FORCE, NULL, NULL, NULL, error))
    return FALSE;
  ms[WRITE] = lap (&last);
  return TRUE;
}

static void
print_phases (const char *title, const double *ms)
{
  g_print ("\"%s\": {", title);
  for (guint i = 0; i < N_PHASES; i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_print ("%s\"%s\": %s", i > 0 ? ", " : "", names[i], g_ascii_formatd (text, sizeof text, "%.3f", ms[i]));
    }
  g_print ("}");
}

/* Most memory held at once, in KiB: of this process, not of the one that started it. */
static guint64
peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmHWM:")) == NULL)
    return 0;
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

int
main (int argc, char **argv)
{
  double first[N_PHASES], best[N_PHASES], ms[N_PHASES];
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GError) error = NULL;
  NudgeDialect dialect;
  guint64 runs = argc == 5 ? g_ascii_strtoull (argv[3], NULL, 10) : 0;

  if (argc != 5 || !nudge_dialect_find (argv[2], &dialect))
    {
      g_printerr ("bench-phases FILE DIALECT RUNS FOLDER\n");
      return 2;
    }
  nudge_library_add_default_folders (library, NULL);
  for (guint64 i = 0; i <= runs; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%" G_GUINT64_FORMAT, argv[4], i);

      if (!run (argv[1], dialect, library, folder, ms, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      if (i == 0)
        memcpy (first, ms, sizeof ms);
      for (guint k = 0; k < N_PHASES; k++)
        best[k] = i <= 1 ? ms[k] : MIN (best[k], ms[k]);
    }
  g_print ("{");
  print_phases ("first", first);
  g_print (", ");
  print_phases ("best", best);
  g_print (", \"searches\": %" G_GUINT64_FORMAT ", \"expansions\": %" G_GUINT64_FORMAT ", \"places\": %" G_GUINT64_FORMAT ", \"trials\": %" G_GUINT64_FORMAT,
           effort.searches, effort.expansions, effort.places, effort.trials);
  g_print (", \"kib\": %" G_GUINT64_FORMAT "}\n", peak_memory ());
  return 0;
}
