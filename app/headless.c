#include "headless.h"

#include "config.h"
#include "module.h"
#include "nudge.h"
#include "output.h"
#include "paint/pictures-module.h"
#include "progress-line.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

/* Everything that one run comes by, step by step; a failed run has the first of them only. */
typedef struct
{
  const NudgeCommandLine *command;
  const NudgeStreams *streams;
  const char *input_name;
  GPtrArray *diagnostics;
  NudgeProgressLine *progress; /* or NULL */
  GBytes *input;
  NudgeCircuit *circuit;
  NudgeLibrary *library;
  NudgeDrawing *drawing;
  GPtrArray *files;    /* NudgeFile; only when a report wants them */
  GPtrArray *written;  /* names */
  NudgePreview *preview;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->progress, nudge_progress_line_free);
  g_clear_pointer (&run->drawing, nudge_drawing_unref);
  g_clear_pointer (&run->circuit, nudge_circuit_unref);
  g_clear_object (&run->library);
  g_clear_pointer (&run->input, g_bytes_unref);
  g_clear_pointer (&run->files, g_ptr_array_unref);
  g_clear_pointer (&run->written, g_ptr_array_unref);
  g_clear_pointer (&run->preview, nudge_preview_unref);
  g_clear_pointer (&run->diagnostics, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Stops one byte after the limit: the reader then says which limit it is. */
static GBytes *
read_stream (FILE *stream, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gsize n;

  while (bytes->len <= NUDGE_MAX_INPUT_BYTES && (n = fread (buffer, 1, sizeof buffer, stream)) > 0)
    g_byte_array_append (bytes, buffer, n);
  if (ferror (stream))
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "standard input: %s", g_strerror (errno));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
read_circuit (Run *run, GError **error)
{
  const char *file = run->command->files[0];

  if (strcmp (file, "-") == 0)
    {
      run->input = read_stream (run->streams->in, error);
      if (run->input == NULL)
        return FALSE;
      run->circuit = nudge_circuit_read_bytes (run->input, NULL, run->diagnostics, error);
      return run->circuit != NULL;
    }
  run->circuit = nudge_circuit_read_file (file, run->diagnostics, error);
  if (run->circuit == NULL)
    return FALSE;
  run->input = g_bytes_ref (run->circuit->json);
  return TRUE;
}

static gboolean
paginate (Run *run, GError **error)
{
  NudgeCircuit *paged;

  if (!run->command->paginate)
    return TRUE;
  paged = nudge_circuit_paginate (run->circuit, error);
  if (paged == NULL)
    return FALSE;
  nudge_circuit_unref (run->circuit);
  run->circuit = paged;
  return TRUE;
}

static gboolean
open_library (Run *run, GError **error)
{
  run->library = nudge_library_new ();
  for (char **folder = run->command->symbol_folders; folder != NULL && *folder != NULL; folder++)
    if (!nudge_library_add_folder (run->library, *folder, error))
      return FALSE;
  nudge_library_add_default_folders (run->library, run->circuit->base_dir);
  return TRUE;
}

/* Where things stood last time: from the file that was named, or from the one beside the circuit if there is one. */
static NudgeLayout *
load_layout (Run *run, GError **error)
{
  const NudgeCommandLine *command = run->command;
  g_autofree char *path = g_strdup (command->layout_file);
  g_autoptr (GError) local = NULL;
  NudgeLayout *layout = NULL;

  if (path == NULL && !command->fresh && strcmp (command->files[0], "-") != 0)
    path = nudge_layout_file_for (command->files[0]);
  if (path != NULL)
    layout = nudge_layout_load (path, run->circuit, run->library, NULL, run->diagnostics, &local);
  if (layout != NULL)
    return layout;
  if (local == NULL || (command->layout_file == NULL && g_error_matches (local, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND)))
    return nudge_layout_new (run->circuit, run->library, run->diagnostics);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static NudgeLayout *
arrange (Run *run, NudgeLayout *layout, GError **error)
{
  const NudgeCommandLine *command = run->command;
  g_autoptr (NudgeLayout) spoken = nudge_layout_copy (layout);
  const char *arranger = command->layout;

  if (command->dialect != NULL)
    nudge_dialect_find (command->dialect, &spoken->dialect);
  if (arranger == NULL)
    arranger = nudge_dialect_arranger (spoken->dialect);
  return nudge_arrange_open (spoken, arranger, run->diagnostics, nudge_progress_line_get (run->progress), error);
}

static gboolean
draw (Run *run, GError **error)
{
  g_autoptr (NudgeLayout) layout = load_layout (run, error);
  g_autoptr (NudgeLayout) arranged = NULL;

  if (layout != NULL)
    arranged = arrange (run, layout, error);
  /* The layout may say that it is cut into pages. */
  if (arranged != NULL)
    {
      nudge_circuit_ref (arranged->circuit);
      nudge_circuit_unref (run->circuit);
      run->circuit = arranged->circuit;
    }
  if (arranged != NULL)
    run->drawing = nudge_draw (arranged, run->diagnostics, error);
  nudge_library_take_diagnostics (run->library, run->diagnostics);
  return run->drawing != NULL;
}

static gboolean
check (Run *run, GError **error)
{
  guint n_errors;

  /* Builds every byte of the project, and drops it. */
  run->files = nudge_project_files (run->drawing, run->command->export_folder, run->diagnostics, nudge_progress_line_get (run->progress), error);
  if (run->files == NULL)
    return FALSE;
  n_errors = nudge_diagnostics_count (run->diagnostics, NUDGE_SEVERITY_ERROR);
  if (n_errors == 0)
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_PROOF, n_errors == 1 ? "%u error found" : "%u errors found", n_errors);
  return FALSE;
}

static gboolean
export (Run *run, GError **error)
{
  NudgeExportFlags flags = run->command->force ? NUDGE_EXPORT_FORCE : NUDGE_EXPORT_DEFAULT;

  if (!nudge_project_export (run->drawing, run->command->export_folder, flags, run->diagnostics, &run->written,
                             nudge_progress_line_get (run->progress), error))
    return FALSE;
  if (run->command->report == NULL)
    return TRUE;
  /* The drawing has been proven: its findings are known already. */
  run->files = nudge_project_files (run->drawing, run->command->export_folder, NULL, nudge_progress_line_get (run->progress), error);
  return run->files != NULL;
}

/* What the export would do, on standard output unless the report goes there. */
static gboolean
preview (Run *run, GError **error)
{
  NudgeExportFlags flags = run->command->force ? NUDGE_EXPORT_FORCE : NUDGE_EXPORT_DEFAULT;

  run->preview = nudge_project_preview (run->drawing, run->command->export_folder, flags, run->diagnostics,
                                        nudge_progress_line_get (run->progress), error);
  if (run->preview == NULL)
    return FALSE;
  if (run->command->report != NULL)
    run->files = nudge_project_files (run->drawing, run->command->export_folder, NULL, nudge_progress_line_get (run->progress), error);
  for (guint i = 0; i < run->preview->n_entries && g_strcmp0 (run->command->report, "-") != 0; i++)
    fprintf (run->streams->out, "%-10s %s\n", nudge_file_state_name (run->preview->entries[i].state), run->preview->entries[i].name);
  if (fflush (run->streams->out) != 0)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "standard output: %s", g_strerror (errno));
      return FALSE;
    }
  if (run->preview->is_refused)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "the export would be refused");
  return !run->preview->is_refused;
}

/* Sheets as pictures; like everything else that leaves, they are proven first. */
static gboolean
paint (Run *run, GError **error)
{
  const NudgeCommandLine *command = run->command;
  NudgeExportFlags flags = command->force ? NUDGE_EXPORT_FORCE : NUDGE_EXPORT_DEFAULT;
  NudgePicturesPaint paint_files;

  if (!nudge_prove (run->drawing, run->diagnostics, error))
    return FALSE;
  paint_files = (NudgePicturesPaint) nudge_module_find ("ui/paint", NUDGE_PICTURES_MODULE, NUDGE_PICTURES_PAINT);
  if (paint_files == NULL)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "the painter cannot be opened: %s", g_module_error ());
      return FALSE;
    }
  run->files = paint_files (run->drawing, command->format, command->sheet, error);
  return run->files != NULL && nudge_pictures_export (run->files, command->export_folder, flags, run->diagnostics, &run->written, error);
}

static NudgeExit
exit_of (const Run *run, const GError *error)
{
  /* Whatever keeps the circuit or a folder of symbols from being read: it is the input that must be mended. */
  if (run->drawing == NULL && !g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_PROOF))
    return NUDGE_EXIT_INPUT;
  if (error->domain != NUDGE_ERROR)
    return NUDGE_EXIT_IO;
  switch ((NudgeError) error->code)
    {
    case NUDGE_ERROR_INPUT:
    case NUDGE_ERROR_NOT_FOUND:
      return NUDGE_EXIT_INPUT;
    case NUDGE_ERROR_REFUSED:
      return NUDGE_EXIT_REFUSED;
    case NUDGE_ERROR_PROOF:
      return NUDGE_EXIT_PROOF;
    case NUDGE_ERROR_IO:
    default:
      return NUDGE_EXIT_IO;
    }
}

static void
print_diagnostics (const Run *run)
{
  NudgeSeverity least = run->command->quiet ? NUDGE_SEVERITY_ERROR : run->command->verbose ? NUDGE_SEVERITY_INFO : NUDGE_SEVERITY_WARNING;

  for (guint i = 0; i < run->diagnostics->len; i++)
    {
      const NudgeDiagnostic *diagnostic = run->diagnostics->pdata[i];
      g_autofree char *line = nudge_diagnostic_to_string (diagnostic);

      if (diagnostic->severity < least)
        continue;
      fprintf (run->streams->err, "%s\n", line);
      if (run->command->verbose)
        fprintf (run->streams->err, "  %s\n", nudge_code_hint (diagnostic->code));
    }
}

static void
print_summary (const Run *run)
{
  const NudgeCircuit *circuit = run->circuit;

  fprintf (run->streams->err, "nudge: %u parts, %u nets, %u circuits on %u sheets: proven equal\n",
           circuit->n_parts, circuit->n_nets, circuit->n_blocks, run->drawing->n_sheets);
  for (guint i = 0; run->written != NULL && i < run->written->len; i++)
    fprintf (run->streams->err, "nudge: wrote %s\n", (const char *) run->written->pdata[i]);
}

static gboolean
write_report (const Run *run, NudgeExit status, const GError *failure, GError **error)
{
  g_autoptr (NudgeScore) score = run->drawing != NULL ? nudge_score_new (run->drawing) : NULL;
  const NudgeReport report = {
    .version = NUDGE_VERSION,
    .input_name = run->input_name,
    .input = run->input,
    .circuit = run->circuit,
    .drawing = run->drawing,
    .score = score,
    .files = run->files,
    .written = run->written,
    .preview = run->preview,
    .diagnostics = run->diagnostics,
    .exit_code = status,
    .error = failure != NULL ? failure->message : NULL,
  };
  g_autofree char *text = nudge_report_to_json (&report);

  return nudge_output_write (run->command->report, text, run->streams, error);
}

/* Prints what there is to say and turns the outcome into the exit code. */
static NudgeExit
finish (const Run *run, const GError *failure)
{
  NudgeExit status = failure != NULL ? exit_of (run, failure) : NUDGE_EXIT_OK;
  g_autoptr (GError) error = NULL;

  print_diagnostics (run);
  if (failure != NULL)
    fprintf (run->streams->err, "nudge: %s\n", failure->message);
  else if (run->command->verbose)
    print_summary (run);
  if (run->command->report == NULL || write_report (run, status, failure, &error))
    return status;
  fprintf (run->streams->err, "nudge: %s\n", error->message);
  return status != NUDGE_EXIT_OK ? status : NUDGE_EXIT_IO;
}

NudgeExit
nudge_headless_run (const NudgeCommandLine *command, const NudgeStreams *streams)
{
  g_autofree char *name = g_path_get_basename (command->files[0]);
  g_auto (Run) run = {
    .command = command,
    .streams = streams,
    .input_name = name,
    .diagnostics = nudge_diagnostics_new (),
  };
  g_autoptr (GError) error = NULL;

  run.progress = command->quiet ? NULL : nudge_progress_line_new (streams->err);
  if (read_circuit (&run, &error) && paginate (&run, &error) && open_library (&run, &error) && draw (&run, &error))
    {
      if (command->check)
        check (&run, &error);
      else if (command->format != NULL)
        paint (&run, &error);
      else if (command->dry_run)
        preview (&run, &error);
      else
        export (&run, &error);
    }
  g_clear_pointer (&run.progress, nudge_progress_line_free);
  return finish (&run, error);
}
