#include "diff.h"

#include "nudge.h"
#include "output.h"

/* A circuit JSON, or a KiCad project as it is on disk. */
typedef struct
{
  NudgeCircuit *circuit;
  NudgeDrawing *drawing;       /* NULL for circuit JSON */
} Side;

static void
side_clear (Side *self)
{
  g_clear_pointer (&self->circuit, nudge_circuit_unref);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static void
read_project (Side *self, const char *root, GPtrArray *diagnostics, GError **error)
{
  self->drawing = nudge_schematic_read (root, diagnostics, error);
  if (self->drawing != NULL)
    self->circuit = nudge_circuit_ref (self->drawing->layout->circuit);
}

/* Findings about circuit JSON matter only when they keep it from being read; what of a project is not compared always does. */
static gboolean
side_read (Side *self, const char *file, const NudgeStreams *streams)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *root = nudge_schematic_find (file, &error);

  if (root != NULL)
    read_project (self, root, diagnostics, &error);
  else if (error == NULL)
    self->circuit = nudge_circuit_read_file (file, diagnostics, &error);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const NudgeDiagnostic *diagnostic = diagnostics->pdata[i];
      g_autofree char *line = nudge_diagnostic_to_string (diagnostic);

      if (self->circuit == NULL || (root != NULL && diagnostic->severity >= NUDGE_SEVERITY_WARNING))
        fprintf (streams->err, "%s\n", line);
    }
  if (self->circuit == NULL)
    fprintf (streams->err, "nudge: %s\n", error->message);
  return self->circuit != NULL;
}

/* (transfer full): where a project is compared with circuit JSON, its own symbols say what stands for texts that the JSON leaves open. */
static NudgeLayout *
layout_of (const Side *side, const Side *other)
{
  if (side->drawing != NULL)
    return nudge_layout_ref (side->drawing->layout);
  return nudge_layout_new (side->circuit, other->drawing->layout->library, NULL);
}

static NudgeComparison *
compare (const Side *old, const Side *now)
{
  g_autoptr (NudgeLayout) before = NULL;
  g_autoptr (NudgeLayout) after = NULL;

  if (old->drawing == NULL && now->drawing == NULL)
    return nudge_compare_circuits (old->circuit, now->circuit);
  before = layout_of (old, now);
  after = layout_of (now, old);
  return nudge_compare_layouts (before, after);
}

NudgeExit
nudge_diff_run (const NudgeCommandLine *command, const NudgeStreams *streams)
{
  g_auto (Side) old = { NULL }, now = { NULL };
  g_autoptr (NudgeComparison) comparison = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!side_read (&old, command->diff, streams) || !side_read (&now, command->files[0], streams))
    return NUDGE_EXIT_INPUT;
  comparison = compare (&old, &now);
  for (guint i = 0; i < comparison->n_changes; i++)
    {
      g_autofree char *line = nudge_output_printable (comparison->changes[i].text);

      /* Where something stands is no matter of electricity. */
      if (comparison->changes[i].kind != NUDGE_CHANGE_PLACE)
        g_string_append_printf (text, "%s\n", line);
    }
  if (nudge_output_write ("-", text->str, streams, &error))
    return NUDGE_EXIT_OK;
  fprintf (streams->err, "nudge: %s\n", error->message);
  return NUDGE_EXIT_IO;
}
