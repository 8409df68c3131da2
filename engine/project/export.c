#include "project/export.h"

#include "kicad/netlist-writer.h"
#include "kicad/project-writer.h"
#include "kicad/schematic-writer.h"
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

/**
 * nudge_project_files:
 * @drawing: what is to be written
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives what the proof finds
 * @error: return location for an error
 *
 * Proves the drawing and makes every file of its project, in memory.
 *
 * Returns: (transfer container) (element-type NudgeFile): the files by name, or %NULL with %NUDGE_ERROR_PROOF
 */
GPtrArray *
nudge_project_files (NudgeDrawing *drawing, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_file_free);
  GBytes *json;

  g_return_val_if_fail (drawing != NULL, NULL);

  if (!nudge_prove (drawing, diagnostics, error))
    return NULL;
  json = nudge_circuit_to_json (drawing->layout->circuit, error);
  if (json == NULL)
    return NULL;
  add_file (files, drawing->project_name, ".json", json);
  add_file (files, drawing->project_name, ".kicad_pro", nudge_project_write (drawing));
  add_file (files, drawing->project_name, ".net", nudge_netlist_write (drawing));
  for (guint i = 0; i < drawing->n_sheets; i++)
    add_file (files, drawing->sheets[i].file, "", nudge_schematic_write (drawing, i));
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

/* --- writing --- */

typedef struct
{
  NudgeTransaction *transaction;
  GHashTable *manifest;
  GPtrArray *files;            /* as they shall be */
  GPtrArray *diagnostics;
  gboolean force;
} Export;

/* KiCad marks what it has open with ~NAME.lck. */
static gboolean
check_kicad_lock (Export *self, GError **error)
{
  for (guint i = 0; i < self->files->len && !self->force; i++)
    {
      const NudgeFile *file = self->files->pdata[i];
      g_autofree char *lock = g_strconcat ("~", file->name, ".lck", NULL);

      if (!nudge_transaction_exists (self->transaction, lock))
        continue;
      nudge_diagnostic_set_subject (nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_TARGET_LOCKED, "KiCad has %s open (%s)", file->name, lock),
                                    file->name);
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "KiCad has “%s” open", file->name);
      return FALSE;
    }
  return TRUE;
}

/* KiCad keeps its own settings in the project file and rewrites it; the schematic does not need ours. */
static gboolean
is_settings (const char *name)
{
  return g_str_has_suffix (name, ".kicad_pro");
}

/* Plans the replacement of one file; FALSE when what stands there is not ours. */
static gboolean
plan_file (Export *self, const NudgeFile *file, GPtrArray *written, GError **error)
{
  g_autoptr (GBytes) present = nudge_transaction_read (self->transaction, file->name);
  gboolean ours = present != NULL && nudge_manifest_knows (self->manifest, file->name, present);

  if (present != NULL && g_bytes_equal (present, file->bytes))
    return TRUE;
  if (!self->force && present != NULL && !ours && is_settings (file->name) && g_hash_table_contains (self->manifest, file->name))
    return TRUE;
  if (!self->force && !ours && nudge_transaction_exists (self->transaction, file->name))
    {
      gboolean was_ours = g_hash_table_contains (self->manifest, file->name);
      const char *what = was_ours ? "was changed since Nudge wrote it" : "was not written by Nudge";

      nudge_diagnostic_set_subject (nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_TARGET_NOT_OURS, "%s %s", file->name, what), file->name);
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "“%s” %s", file->name, what);
      return FALSE;
    }
  nudge_transaction_replace (self->transaction, file->name, file->bytes);
  g_ptr_array_add (written, g_strdup (file->name));
  return TRUE;
}

/* Sheets of an earlier export that are no longer part of the project go, if nobody has changed them. */
static void
plan_removals (Export *self)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->manifest), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autoptr (GBytes) present = NULL;
      gboolean is_current = FALSE;

      for (guint i = 0; i < self->files->len; i++)
        is_current |= g_str_equal (((const NudgeFile *) self->files->pdata[i])->name, l->data);
      if (is_current)
        continue;
      present = nudge_transaction_read (self->transaction, l->data);
      if (present != NULL && nudge_manifest_knows (self->manifest, l->data, present))
        nudge_transaction_remove (self->transaction, l->data);
    }
}

static gboolean
write_files (Export *self, GPtrArray *written, GError **error)
{
  g_autoptr (GBytes) manifest = nudge_manifest_write (self->files);
  g_autoptr (GBytes) present = nudge_transaction_read (self->transaction, NUDGE_MANIFEST_NAME);

  if (!check_kicad_lock (self, error))
    return FALSE;
  for (guint i = 0; i < self->files->len; i++)
    if (!plan_file (self, self->files->pdata[i], written, error))
      return FALSE;
  plan_removals (self);
  if (present == NULL || !g_bytes_equal (present, manifest))
    nudge_transaction_replace (self->transaction, NUDGE_MANIFEST_NAME, manifest);
  return nudge_transaction_commit (self->transaction, error);
}

/**
 * nudge_project_export:
 * @drawing: what is to be written
 * @folder: where; made when missing
 * @flags: what to override
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @written: (out) (optional) (transfer container) (element-type utf8): names of the files that were new or changed, with their free function
 * @error: return location for an error
 *
 * Proves the drawing, then writes its project: all files or none.
 *
 * Returns: %TRUE on success; else %FALSE with %NUDGE_ERROR_PROOF, %NUDGE_ERROR_REFUSED or %NUDGE_ERROR_IO
 */
gboolean
nudge_project_export (NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags, GPtrArray *diagnostics, GPtrArray **written, GError **error)
{
  g_autoptr (NudgeTransaction) transaction = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) manifest = NULL;
  g_autoptr (GError) local = NULL;
  Export self = { .diagnostics = diagnostics, .force = (flags & NUDGE_EXPORT_FORCE) != 0 };

  g_return_val_if_fail (drawing != NULL && folder != NULL, FALSE);

  files = nudge_project_files (drawing, diagnostics, error);
  if (files == NULL)
    return FALSE;
  transaction = nudge_transaction_open (folder, &local);
  if (transaction != NULL)
    {
      manifest = nudge_manifest_read (transaction);
      self.transaction = transaction;
      self.files = files;
      self.manifest = manifest;
      write_files (&self, names, &local);
    }
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
