#include "project/export.h"

#include "base/progress.h"
#include "kicad/netlist-writer.h"
#include "kicad/project-writer.h"
#include "kicad/schematic-writer.h"
#include "base/file-name.h"
#include "kicad/synth-cover.h"
#include "kicad/synth-project.h"
#include "kicad/synth-schematic.h"
#include "project/export-plan.h"
#include "project/manifest.h"
#include "project/transaction.h"

#include <string.h>

static NudgeFile *
nudge_file_copy (const NudgeFile *self)
{
  NudgeFile *copy = g_new (NudgeFile, 1);

  copy->name = g_strdup (self->name);
  copy->bytes = g_bytes_ref (self->bytes);
  return copy;
}

void
nudge_file_free (NudgeFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (NudgeFile, nudge_file, nudge_file_copy, nudge_file_free)

static void
add_file (GPtrArray *files, const char *base, const char *suffix, GBytes *bytes)
{
  NudgeFile *file = g_new (NudgeFile, 1);

  file->name = g_strconcat (base, suffix, NULL);
  file->bytes = bytes;
  g_ptr_array_add (files, file);
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const NudgeFile *const *) a)->name, (*(const NudgeFile *const *) b)->name);
}

static gboolean
begin_sheet (const NudgeDrawing *drawing, guint sheet, GCancellable *cancellable, GError **error)
{
  nudge_progress_report (cancellable, NUDGE_STAGE_FILES, sheet, drawing->n_sheets);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* What circuit-synth writes. A project with a cover is called after its folder, and consists of sheets alone. */
static gboolean
add_synth_files (GPtrArray *files, const NudgeDrawing *drawing, const NudgeSynthForm *form, const char *folder, GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *path = folder == NULL || !form->has_cover ? NULL : g_canonicalize_filename (folder, NULL);
  g_autofree char *wish = path == NULL ? NULL : g_path_get_basename (path);
  g_autofree char *project = wish == NULL ? g_strdup (drawing->project_name) : nudge_file_name_safe (wish);

  /* It leaves the very bytes that it read. */
  if (!form->has_cover)
    {
      add_file (files, project, ".json", g_bytes_ref (drawing->layout->circuit->json));
      add_file (files, project, ".net", nudge_synth_netlist_write (drawing));
    }
  add_file (files, project, ".kicad_pro", nudge_synth_project_write (drawing, project));
  if (nudge_synth_has_cover (drawing, project))
    add_file (files, project, ".kicad_sch", nudge_synth_cover_write (drawing));
  for (guint i = 0; i < drawing->n_sheets; i++)
    {
      if (!begin_sheet (drawing, i, cancellable, error))
        return FALSE;
      add_file (files, drawing->sheets[i].file, "", nudge_synth_schematic_write (drawing, i, project));
    }
  return TRUE;
}

static gboolean
add_own_files (GPtrArray *files, const NudgeDrawing *drawing, GCancellable *cancellable, GError **error)
{
  GBytes *json = nudge_circuit_to_json (drawing->layout->circuit, error);

  if (json == NULL)
    return FALSE;
  add_file (files, drawing->project_name, ".json", json);
  add_file (files, drawing->project_name, ".kicad_pro", nudge_project_write (drawing));
  add_file (files, drawing->project_name, ".net", nudge_netlist_write (drawing));
  for (guint i = 0; i < drawing->n_sheets; i++)
    {
      if (!begin_sheet (drawing, i, cancellable, error))
        return FALSE;
      add_file (files, drawing->sheets[i].file, "", nudge_schematic_write (drawing, i));
    }
  return TRUE;
}

/**
 * nudge_project_files:
 * @drawing: what is to be written
 * @folder: (nullable): where it would be written; the dialect of July 2025 takes the project's name from it
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives what the proof finds
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Proves the drawing and makes every file of its project, in memory.
 *
 * Returns: (transfer container) (element-type NudgeFile): the files by name, or %NULL with %NUDGE_ERROR_PROOF
 */
GPtrArray *
nudge_project_files (NudgeDrawing *drawing, const char *folder, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_file_free);
  const NudgeSynthForm *form;

  g_return_val_if_fail (drawing != NULL, NULL);
  form = nudge_synth_form (drawing->layout->dialect);

  if (!nudge_prove (drawing, diagnostics, error))
    return NULL;
  if (form != NULL ? !add_synth_files (files, drawing, form, folder, cancellable, error) : !add_own_files (files, drawing, cancellable, error))
    return NULL;
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

/* --- writing --- */

/* A project is one whole: what it no longer has goes. Pictures are written beside others. */
static gboolean
write_files (NudgeTransaction *transaction, const GPtrArray *files, gboolean are_project, gboolean force, GPtrArray *written,
             GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  const char *manifest_name = are_project ? NUDGE_MANIFEST_NAME : NUDGE_PICTURES_MANIFEST_NAME;
  g_autoptr (GHashTable) known = nudge_manifest_read (transaction, manifest_name);
  g_autoptr (NudgePreview) plan = nudge_export_plan (transaction, known, files, are_project, force);
  g_autoptr (GBytes) manifest = nudge_manifest_write (files, are_project ? NULL : known);
  g_autoptr (GBytes) present = nudge_transaction_read (transaction, manifest_name);

  if (!nudge_export_plan_check (plan, diagnostics, error))
    return FALSE;
  /* Plan and files are both sorted by name; the plan also has what goes. */
  for (guint i = 0, next = 0; i < plan->n_entries; i++)
    {
      const NudgePreviewEntry *entry = &plan->entries[i];
      const NudgeFile *file = next < files->len ? files->pdata[next] : NULL;
      gboolean is_current = file != NULL && g_str_equal (file->name, entry->name);

      next += is_current;
      if (!entry->is_written)
        continue;
      if (is_current)
        {
          nudge_transaction_replace (transaction, entry->name, file->bytes);
          g_ptr_array_add (written, g_strdup (entry->name));
        }
      else
        nudge_transaction_remove (transaction, entry->name);
    }
  if (present == NULL || !g_bytes_equal (present, manifest))
    nudge_transaction_replace (transaction, manifest_name, manifest);
  return nudge_transaction_commit (transaction, cancellable, error);
}

static gboolean
export_files (const GPtrArray *files, const char *folder, gboolean are_project, NudgeExportFlags flags, GPtrArray *diagnostics,
              GPtrArray **written, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeTransaction) transaction = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  transaction = nudge_transaction_open (folder, &local);
  if (transaction != NULL)
    write_files (transaction, files, are_project, (flags & NUDGE_EXPORT_FORCE) != 0, names, diagnostics, cancellable, &local);
  else if (g_error_matches (local, NUDGE_ERROR, NUDGE_ERROR_REFUSED))
    nudge_diagnostics_add (diagnostics, NUDGE_CODE_TARGET_BUSY, "%s", local->message);
  if (g_error_matches (local, NUDGE_ERROR, NUDGE_ERROR_IO))
    nudge_diagnostics_add (diagnostics, NUDGE_CODE_WRITE_FAILED, "%s", local->message);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (written != NULL)
    *written = g_steal_pointer (&names);
  return TRUE;
}

/**
 * nudge_project_export:
 * @drawing: what is to be written
 * @folder: where; made when missing
 * @flags: what to override
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @written: (out) (optional) (transfer container) (element-type utf8): names of the files that were new or changed, with their free function
 * @cancellable: (nullable): to stop early; the old project stands then
 * @error: return location for an error
 *
 * Proves the drawing, then writes its project: all files or none.
 *
 * Returns: %TRUE on success; else %FALSE with %NUDGE_ERROR_PROOF, %NUDGE_ERROR_REFUSED,
 *   %NUDGE_ERROR_IO or %G_IO_ERROR_CANCELLED
 */
gboolean
nudge_project_export (NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags, GPtrArray *diagnostics, GPtrArray **written,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (drawing != NULL && folder != NULL, FALSE);

  files = nudge_project_files (drawing, folder, diagnostics, cancellable, error);
  return files != NULL && export_files (files, folder, TRUE, flags, diagnostics, written, cancellable, error);
}

/**
 * nudge_pictures_export: (skip)
 * @files: (element-type NudgeFile): pictures of sheets, sorted by name
 * @folder: where; made when missing
 * @flags: what to override
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @written: (out) (optional) (transfer full) (element-type utf8): names of the files that were new or changed
 * @error: return location for an error
 *
 * Writes pictures, all of them or none. Pictures that were written before stay; what others have put there is not
 * replaced.
 *
 * Returns: %TRUE on success; else %FALSE with %NUDGE_ERROR_REFUSED or %NUDGE_ERROR_IO
 */
gboolean
nudge_pictures_export (GPtrArray *files, const char *folder, NudgeExportFlags flags, GPtrArray *diagnostics, GPtrArray **written, GError **error)
{
  g_return_val_if_fail (files != NULL && folder != NULL, FALSE);
  return export_files (files, folder, FALSE, flags, diagnostics, written, NULL, error);
}
