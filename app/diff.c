#include "diff.h"

#include "nudge.h"
#include "output.h"

/* Findings matter to a comparison only when they keep a circuit from being read. */
static NudgeCircuit *
read_circuit (const char *file, const NudgeStreams *streams)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  NudgeCircuit *circuit = nudge_circuit_read_file (file, diagnostics, &error);

  for (guint i = 0; i < diagnostics->len && circuit == NULL; i++)
    {
      g_autofree char *line = nudge_diagnostic_to_string (diagnostics->pdata[i]);

      fprintf (streams->err, "%s\n", line);
    }
  if (circuit == NULL)
    fprintf (streams->err, "nudge: %s\n", error->message);
  return circuit;
}

NudgeExit
nudge_diff_run (const NudgeCommandLine *command, const NudgeStreams *streams)
{
  g_autoptr (NudgeCircuit) old = read_circuit (command->diff, streams);
  g_autoptr (NudgeCircuit) now = old != NULL ? read_circuit (command->files[0], streams) : NULL;
  g_autoptr (NudgeComparison) comparison = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (now == NULL)
    return NUDGE_EXIT_INPUT;
  comparison = nudge_compare_circuits (old, now);
  for (guint i = 0; i < comparison->n_changes; i++)
    {
      g_autofree char *line = nudge_output_printable (comparison->changes[i].text);

      g_string_append_printf (text, "%s\n", line);
    }
  if (nudge_output_write ("-", text->str, streams, &error))
    return NUDGE_EXIT_OK;
  fprintf (streams->err, "nudge: %s\n", error->message);
  return NUDGE_EXIT_IO;
}
