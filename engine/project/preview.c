#include "project/preview.h"

#include "project/export-plan.h"
#include "project/manifest.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (NudgePreview, nudge_preview, nudge_preview_ref, nudge_preview_unref)

NudgePreview *
nudge_preview_ref (NudgePreview *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_preview_unref (NudgePreview *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_entries; i++)
    g_free (self->entries[i].name);
  g_free (self->entries);
  g_free (self->open_in_kicad);
  g_free (self);
}

/**
 * nudge_file_state_name:
 * @state: what becomes of a file
 *
 * Returns: (transfer none): one word for it, as in reports
 */
const char *
nudge_file_state_name (NudgeFileState state)
{
  static const char *const names[] = { "new", "changed", "unchanged", "kept", "edited", "foreign", "removed" };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), "");
  return names[state];
}

/* --- the plan --- */

/* KiCad keeps its own settings in the project file and rewrites it; the schematic does not need ours. */
static gboolean
is_settings (const char *name)
{
  return g_str_has_suffix (name, ".kicad_pro");
}

static NudgeFileState
state_of (const NudgeTransaction *folder, GHashTable *manifest, const NudgeFile *file, gboolean force)
{
  g_autoptr (GBytes) present = nudge_transaction_read (folder, file->name);
  gboolean was_ours = g_hash_table_contains (manifest, file->name);

  if (!nudge_transaction_exists (folder, file->name))
    return NUDGE_FILE_NEW;
  if (present != NULL && g_bytes_equal (present, file->bytes))
    return NUDGE_FILE_UNCHANGED;
  if (present != NULL && nudge_manifest_knows (manifest, file->name, present))
    return NUDGE_FILE_CHANGED;
  if (present != NULL && was_ours && is_settings (file->name) && !force)
    return NUDGE_FILE_KEPT;
  return was_ours ? NUDGE_FILE_EDITED : NUDGE_FILE_FOREIGN;
}

static void
add_entry (GArray *entries, const char *name, NudgeFileState state, gboolean force)
{
  gboolean is_blocked = state == NUDGE_FILE_EDITED || state == NUDGE_FILE_FOREIGN;
  NudgePreviewEntry entry = { g_strdup (name), state, is_blocked ? force : state != NUDGE_FILE_UNCHANGED && state != NUDGE_FILE_KEPT };

  g_array_append_val (entries, entry);
}

/* Sheets of an earlier export that are no longer part of the project go, if nobody has changed them. */
static void
add_leftovers (GArray *entries, const NudgeTransaction *folder, GHashTable *manifest, const GPtrArray *files, gboolean removes)
{
  g_autoptr (GHashTable) current = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < files->len; i++)
    g_hash_table_add (current, ((const NudgeFile *) files->pdata[i])->name);
  g_hash_table_iter_init (&iter, manifest);
  while (removes && g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autoptr (GBytes) present = g_hash_table_contains (current, name) ? NULL : nudge_transaction_read (folder, name);

      if (present != NULL)
        add_entry (entries, name, nudge_manifest_knows (manifest, name, present) ? NUDGE_FILE_REMOVED : NUDGE_FILE_KEPT, FALSE);
    }
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const NudgePreviewEntry *) a)->name, ((const NudgePreviewEntry *) b)->name);
}

/* KiCad marks what it has open with ~NAME.lck. */
static char *
find_kicad_lock (const NudgeTransaction *folder, const GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      const NudgeFile *file = files->pdata[i];
      g_autofree char *lock = g_strconcat ("~", file->name, ".lck", NULL);

      if (nudge_transaction_exists (folder, lock))
        return g_strdup (file->name);
    }
  return NULL;
}

NudgePreview *
nudge_export_plan (const NudgeTransaction *folder, GHashTable *manifest, const GPtrArray *files, gboolean removes, gboolean force)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (NudgePreviewEntry));
  NudgePreview *self = g_new0 (NudgePreview, 1);

  g_atomic_ref_count_init (&self->refs);
  self->open_in_kicad = force ? NULL : find_kicad_lock (folder, files);
  for (guint i = 0; i < files->len; i++)
    add_entry (entries, ((const NudgeFile *) files->pdata[i])->name, state_of (folder, manifest, files->pdata[i], force), force);
  add_leftovers (entries, folder, manifest, files, removes);
  g_array_sort (entries, compare_entries);
  self->n_entries = entries->len;
  self->entries = (NudgePreviewEntry *) g_array_free (g_steal_pointer (&entries), FALSE);
  self->is_refused = self->open_in_kicad != NULL;
  for (guint i = 0; i < self->n_entries && !force; i++)
    self->is_refused |= self->entries[i].state == NUDGE_FILE_EDITED || self->entries[i].state == NUDGE_FILE_FOREIGN;
  return self;
}

static void
refuse (GPtrArray *diagnostics, NudgeCode code, const char *name, const char *message, GError **error)
{
  nudge_diagnostic_set_subject (nudge_diagnostics_add (diagnostics, code, "%s", message), name);
  if (error != NULL && *error == NULL)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED, "%s", message);
}

gboolean
nudge_export_plan_check (const NudgePreview *plan, GPtrArray *diagnostics, GError **error)
{
  if (plan->open_in_kicad != NULL)
    {
      g_autofree char *message = g_strdup_printf ("KiCad has “%s” open", plan->open_in_kicad);

      refuse (diagnostics, NUDGE_CODE_TARGET_LOCKED, plan->open_in_kicad, message, error);
    }
  for (guint i = 0; i < plan->n_entries && plan->is_refused; i++)
    {
      const NudgePreviewEntry *entry = &plan->entries[i];
      gboolean was_ours = entry->state == NUDGE_FILE_EDITED;
      g_autofree char *message = g_strdup_printf ("“%s” %s", entry->name, was_ours ? "was changed since Nudge wrote it" : "was not written by Nudge");

      if (was_ours || entry->state == NUDGE_FILE_FOREIGN)
        refuse (diagnostics, NUDGE_CODE_TARGET_NOT_OURS, entry->name, message, error);
    }
  return !plan->is_refused;
}

/**
 * nudge_project_preview:
 * @drawing: what would be written
 * @folder: where
 * @flags: what would be overridden
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives what the proof finds, and what would be refused
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Proves the drawing and finds out what nudge_project_export() would do with the same arguments. Nothing is written,
 * and a folder that is missing is not made.
 *
 * Returns: (transfer full): the plan, also when it would be refused, or %NULL with %NUDGE_ERROR_PROOF,
 *   %NUDGE_ERROR_REFUSED when another export is at work there, or %NUDGE_ERROR_IO
 */
NudgePreview *
nudge_project_preview (NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags, GPtrArray *diagnostics,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (NudgeTransaction) transaction = NULL;
  g_autoptr (GHashTable) manifest = NULL;
  NudgePreview *plan;

  g_return_val_if_fail (drawing != NULL && folder != NULL, NULL);

  files = nudge_project_files (drawing, folder, diagnostics, cancellable, error);
  if (files == NULL)
    return NULL;
  transaction = nudge_transaction_peek (folder, error);
  if (transaction == NULL)
    return NULL;
  manifest = nudge_manifest_read (transaction, NUDGE_MANIFEST_NAME);
  plan = nudge_export_plan (transaction, manifest, files, TRUE, (flags & NUDGE_EXPORT_FORCE) != 0);
  nudge_export_plan_check (plan, diagnostics, NULL);
  return plan;
}
