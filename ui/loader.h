/* loader.h: from a file to a drawing, in a worker thread. */
#pragma once

#include "arranging.h"
#include "base/progress.h"
#include "drawing/drawing.h"
#include "layout/follow.h"
#include "project/compare.h"
#include "project/preview.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What came of a file. All of it is immutable and the receiver's own. */
typedef struct
{
  NudgeDrawing *drawing;  /* NULL when there is none */
  NudgeArranging *arranging; /* what completes it, or NULL: it is complete */
  GPtrArray *diagnostics; /* NudgeDiagnostic */
  guint n_input;          /* how many of them, from the first, are not about the drawing */
  NudgeFollow *follow;    /* what became of the parts of the layout that was known, or NULL */
  char *layout_error;     /* why the layout file could not be used, or NULL */
  gboolean recovered;     /* the layout is one that was never saved */
  gboolean unchanged;     /* the file says what it said before: nothing else was done */
  NudgeComparison *changes; /* since the circuit of the layout that was open, or NULL */
  GError *error;          /* why there is no drawing, or why it is not to be trusted */
} NudgeLoaded;

void nudge_loaded_free (NudgeLoaded *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeLoaded, nudge_loaded_free)

/* (transfer full): where unsaved nudges of a circuit are kept against a crash. */
char *nudge_recovery_path_for (const char *circuit_path);

/**
 * nudge_load_async:
 * @path: circuit JSON
 * @symbol_folders: (nullable): folders of symbol libraries, before the default ones
 * @arranger: (nullable): name of the arranger, or %NULL for the default
 * @base: (nullable): the layout that is open; else the one beside the circuit counts
 * @only_changed: whether to do nothing when the file is the one that @base was made of
 * @cancellable: (nullable): cancelled when a newer request makes this one stale
 * @callback: called in the caller's main context
 * @data: for @callback
 *
 * Reads, arranges, draws and proves without keeping the caller waiting.
 */
void nudge_load_async (const char *path, const char *const *symbol_folders, const char *arranger, NudgeLayout *base,
                       gboolean only_changed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/**
 * nudge_load_finish:
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full): what came of the file, or %NULL with %G_IO_ERROR_CANCELLED; a file that cannot be used is
 *   no error here: see #NudgeLoaded.
 */
NudgeLoaded *nudge_load_finish (GAsyncResult *result, GError **error);

/**
 * nudge_preview_async:
 * @drawing: what would be written
 * @folder: the project's folder
 * @callback: called in the caller's main context
 * @data: for @callback
 *
 * Finds out what an export would do.
 */
void nudge_preview_async (NudgeDrawing *drawing, const char *folder, GAsyncReadyCallback callback, gpointer data);

/**
 * nudge_preview_finish:
 * @result: as given to the callback
 * @findings: (out) (transfer full) (element-type NudgeDiagnostic): what was found on the way, also when it failed
 * @error: return location
 *
 * Returns: (transfer full): what it would do, or %NULL
 */
NudgePreview *nudge_preview_finish (GAsyncResult *result, GPtrArray **findings, GError **error);

/* (transfer full): what a run of nudge_export_async() may be watched and cancelled by. */
NudgeProgress *nudge_export_progress_new (void);
/* (transfer full): how far it is, in words. */
char *nudge_export_describe (NudgeProgress *progress);

/**
 * nudge_export_async:
 * @drawing: what to write
 * @folder: the project's folder
 * @force: whether to replace files that are not ours
 * @progress: from nudge_export_progress_new(); cancelled, the old project stays as it is
 * @callback: called in the caller's main context
 * @data: for @callback
 *
 * Writes the KiCad project.
 */
void nudge_export_async (NudgeDrawing *drawing, const char *folder, gboolean force, NudgeProgress *progress, GAsyncReadyCallback callback, gpointer data);

/**
 * nudge_export_finish:
 * @result: as given to the callback
 * @findings: (out) (transfer full) (element-type NudgeDiagnostic): what was found on the way, also when it failed
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): names of the files written, or %NULL
 */
GPtrArray *nudge_export_finish (GAsyncResult *result, GPtrArray **findings, GError **error);

G_END_DECLS
