#include "loader.h"

#include "arrange/arrange.h"
#include "layout/layout-file.h"
#include "project/export.h"

#include <glib/gi18n.h>

typedef struct
{
  char *path;
  char **symbol_folders;
  char *arranger;
  NudgeLayout *base;
  gboolean only_changed;
} Request;

typedef struct
{
  NudgeDrawing *drawing;
  char *folder;
  gboolean force;
  GPtrArray *findings; /* of NudgeDiagnostic */
} ExportRequest;

void
nudge_loaded_free (NudgeLoaded *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  g_clear_object (&self->arranging);
  g_clear_pointer (&self->diagnostics, g_ptr_array_unref);
  g_clear_pointer (&self->follow, nudge_follow_unref);
  g_clear_pointer (&self->layout_error, g_free);
  g_clear_pointer (&self->changes, nudge_comparison_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_strfreev (request->symbol_folders);
  g_free (request->arranger);
  g_clear_pointer (&request->base, nudge_layout_unref);
  g_free (request);
}

static NudgeLibrary *
open_library (const Request *request, const char *project_dir, GError **error)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();

  for (guint i = 0; request->symbol_folders != NULL && request->symbol_folders[i] != NULL; i++)
    if (!nudge_library_add_folder (library, request->symbol_folders[i], error))
      return NULL;
  nudge_library_add_default_folders (library, project_dir);
  return g_steal_pointer (&library);
}

char *
nudge_recovery_path_for (const char *circuit_path)
{
  g_autofree char *layout = nudge_layout_file_for (circuit_path);

  return g_strconcat (layout, ".autosave", NULL);
}

/* What is open, else what a crash left, else what was saved, else nothing. A file that cannot be used is told of. */
static NudgeLayout *
find_layout (const Request *request, NudgeCircuit *circuit, NudgeLibrary *library, NudgeLoaded *loaded)
{
  g_autofree char *recovery = nudge_recovery_path_for (request->path);
  g_autofree char *saved = nudge_layout_file_for (request->path);
  g_autoptr (GError) error = NULL;
  NudgeLayout *layout;

  if (request->base != NULL)
    return nudge_layout_follow (request->base, circuit, library, &loaded->follow, loaded->diagnostics);
  layout = nudge_layout_load (recovery, circuit, library, NULL, loaded->diagnostics, NULL);
  loaded->recovered = layout != NULL;
  if (layout == NULL)
    layout = nudge_layout_load (saved, circuit, library, &loaded->follow, loaded->diagnostics, &error);
  if (layout != NULL)
    return layout;
  if (!g_error_matches (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND))
    loaded->layout_error = g_strdup (error->message);
  return nudge_layout_new (circuit, library, loaded->diagnostics);
}

/* (transfer full): with everything placed or, of what takes its time, the sheet that is shown first. */
static NudgeLayout *
arrange (const Request *request, NudgeLayout *layout, NudgeLoaded *loaded, GCancellable *cancellable)
{
  const char *arranger = request->arranger != NULL ? request->arranger : layout->arranger;
  NudgeLayout *arranged;

  if (request->base != NULL || nudge_layout_knows_places (layout))
    return nudge_arrange_open (layout, request->base != NULL ? NULL : request->arranger, loaded->diagnostics, cancellable, &loaded->error);
  if (arranger == NULL)
    arranger = nudge_arrangers ()[0]->name;
  loaded->arranging = nudge_arranging_new (layout, arranger, !g_str_equal (arranger, "force"));
  arranged = nudge_arranging_wait (loaded->arranging, 0, cancellable);
  if (!nudge_arranging_is_done (loaded->arranging) || arranged != nudge_arranging_get_result (loaded->arranging))
    return arranged;
  nudge_diagnostics_copy (loaded->diagnostics, nudge_arranging_get_diagnostics (loaded->arranging));
  if (arranged == NULL)
    loaded->error = g_error_copy (nudge_arranging_get_error (loaded->arranging));
  g_clear_object (&loaded->arranging);
  return arranged;
}

static void
load (const Request *request, NudgeLoaded *loaded, GCancellable *cancellable)
{
  GPtrArray *diagnostics = loaded->diagnostics;
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_file (request->path, diagnostics, &loaded->error);
  g_autoptr (NudgeLibrary) library = NULL;
  g_autoptr (NudgeLayout) layout = NULL;
  g_autoptr (NudgeLayout) arranged = NULL;

  if (circuit == NULL || g_cancellable_is_cancelled (cancellable))
    return;
  loaded->unchanged = request->base != NULL && request->only_changed && g_bytes_equal (circuit->json, request->base->circuit->json);
  if (loaded->unchanged)
    return;
  library = request->base != NULL ? g_object_ref (request->base->library) : open_library (request, circuit->base_dir, &loaded->error);
  if (library == NULL)
    return;
  layout = find_layout (request, circuit, library, loaded);
  /* The layout may say that it is cut into pages. */
  if (request->base != NULL)
    loaded->changes = nudge_compare_circuits (request->base->circuit, layout->circuit);
  arranged = arrange (request, layout, loaded, cancellable);
  nudge_library_take_diagnostics (library, diagnostics);
  loaded->n_input = diagnostics->len;
  if (arranged != NULL)
    loaded->drawing = nudge_draw (arranged, diagnostics, &loaded->error);
  if (loaded->drawing != NULL && loaded->arranging == NULL && !g_cancellable_is_cancelled (cancellable))
    nudge_prove_after (loaded->drawing, diagnostics, &loaded->error);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  NudgeLoaded *loaded = g_new0 (NudgeLoaded, 1);

  loaded->diagnostics = nudge_diagnostics_new ();
  load (data, loaded, cancellable);
  g_task_return_pointer (task, loaded, (GDestroyNotify) nudge_loaded_free);
}

void
nudge_load_async (const char *path, const char *const *symbol_folders, const char *arranger, NudgeLayout *base,
                  gboolean only_changed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Request *request = g_new0 (Request, 1);

  g_return_if_fail (path != NULL);

  request->path = g_strdup (path);
  request->symbol_folders = g_strdupv ((char **) symbol_folders);
  request->arranger = g_strdup (arranger);
  request->only_changed = only_changed;
  request->base = base != NULL ? nudge_layout_ref (base) : NULL;
  g_task_set_source_tag (task, nudge_load_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_thread);
}

NudgeLoaded *
nudge_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, nudge_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
export_request_free (gpointer data)
{
  ExportRequest *request = data;

  nudge_drawing_unref (request->drawing);
  g_ptr_array_unref (request->findings);
  g_free (request->folder);
  g_free (request);
}

static ExportRequest *
export_request_new (NudgeDrawing *drawing, const char *folder, gboolean force)
{
  ExportRequest *request = g_new0 (ExportRequest, 1);

  request->drawing = nudge_drawing_ref (drawing);
  request->folder = g_strdup (folder);
  request->force = force;
  request->findings = nudge_diagnostics_new ();
  return request;
}

/* (transfer full): what was found on the way, whatever came of it. */
static GPtrArray *
ref_findings (GAsyncResult *result)
{
  const ExportRequest *request = g_task_get_task_data (G_TASK (result));

  return g_ptr_array_ref (request->findings);
}

static void
preview_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ExportRequest *request = data;
  GError *error = NULL;
  NudgePreview *preview = nudge_project_preview (request->drawing, request->folder, NUDGE_EXPORT_DEFAULT, request->findings, cancellable, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) nudge_preview_unref);
  else
    g_task_return_error (task, error);
}

void
nudge_preview_async (NudgeDrawing *drawing, const char *folder, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_return_if_fail (drawing != NULL && folder != NULL);

  g_task_set_source_tag (task, nudge_preview_async);
  g_task_set_task_data (task, export_request_new (drawing, folder, FALSE), export_request_free);
  g_task_run_in_thread (task, preview_thread);
}

NudgePreview *
nudge_preview_finish (GAsyncResult *result, GPtrArray **findings, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, nudge_preview_async), NULL);

  *findings = ref_findings (result);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Two small numbers that only ever mean something together: done and total of a stage in one word. */
static void
on_exporting (NudgeStage stage, guint done, guint total, gpointer data)
{
  g_atomic_int_set ((gint *) data, (gint) ((stage == NUDGE_STAGE_WRITE ? 1000 : 0) + (total > 0 ? 999 * (guint64) done / total : 0)));
}

NudgeProgress *
nudge_export_progress_new (void)
{
  gint *state = g_new0 (gint, 1);
  NudgeProgress *progress = nudge_progress_new (on_exporting, NULL, state);

  g_object_set_data_full (G_OBJECT (progress), "state", state, g_free);
  return progress;
}

char *
nudge_export_describe (NudgeProgress *progress)
{
  guint state = (guint) g_atomic_int_get ((gint *) g_object_get_data (G_OBJECT (progress), "state"));

  return g_strdup_printf (state < 1000 ? _("Making files: %u %%") : _("Writing: %u %%"), state % 1000 / 10);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ExportRequest *request = data;
  GPtrArray *written = NULL;
  GError *error = NULL;

  NudgeExportFlags flags = request->force ? NUDGE_EXPORT_FORCE : NUDGE_EXPORT_DEFAULT;

  if (nudge_project_export (request->drawing, request->folder, flags, request->findings, &written, cancellable, &error))
    g_task_return_pointer (task, written, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
nudge_export_async (NudgeDrawing *drawing, const char *folder, gboolean force, NudgeProgress *progress, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, G_CANCELLABLE (progress), callback, data);

  g_return_if_fail (drawing != NULL && folder != NULL && NUDGE_IS_PROGRESS (progress));

  /* What has been written has been written, whenever it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, nudge_export_async);
  g_task_set_task_data (task, export_request_new (drawing, folder, force), export_request_free);
  g_task_run_in_thread (task, export_thread);
}

GPtrArray *
nudge_export_finish (GAsyncResult *result, GPtrArray **findings, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, nudge_export_async), NULL);

  *findings = ref_findings (result);
  return g_task_propagate_pointer (G_TASK (result), error);
}
