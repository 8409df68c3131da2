/* preview.h: what an export would do, without doing it; the export itself carries out this plan. */
#pragma once

#include "project/export.h"

G_BEGIN_DECLS

/**
 * NudgeFileState:
 * @NUDGE_FILE_NEW: there is no such file yet
 * @NUDGE_FILE_CHANGED: ours, and other bytes than those to be written
 * @NUDGE_FILE_UNCHANGED: the bytes to be written stand there already
 * @NUDGE_FILE_KEPT: somebody's now, and left alone: KiCad's settings, or a sheet that was edited and is no longer needed
 * @NUDGE_FILE_EDITED: ours, but changed since by somebody else
 * @NUDGE_FILE_FOREIGN: not ours
 * @NUDGE_FILE_REMOVED: a sheet of an earlier export that is no longer needed
 *
 * What becomes of a file. An export refuses to replace %NUDGE_FILE_EDITED and %NUDGE_FILE_FOREIGN unless it is forced.
 */
typedef enum
{
  NUDGE_FILE_NEW,
  NUDGE_FILE_CHANGED,
  NUDGE_FILE_UNCHANGED,
  NUDGE_FILE_KEPT,
  NUDGE_FILE_EDITED,
  NUDGE_FILE_FOREIGN,
  NUDGE_FILE_REMOVED,
} NudgeFileState;

typedef struct
{
  char *name;
  NudgeFileState state;
  gboolean is_written;         /* the export replaces or removes it */
} NudgePreviewEntry;

typedef struct
{
  /*< private >*/
  gatomicrefcount refs;
  /*< public >*/
  NudgePreviewEntry *entries;  /* sorted by name */
  guint n_entries;
  char *open_in_kicad;         /* the file that KiCad has open, or NULL */
  gboolean is_refused;         /* the export would write nothing */
} NudgePreview;

#define NUDGE_TYPE_PREVIEW (nudge_preview_get_type ())
NUDGE_API GType nudge_preview_get_type (void) G_GNUC_CONST;
NUDGE_API NudgePreview *nudge_preview_ref (NudgePreview *self);
NUDGE_API void nudge_preview_unref (NudgePreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgePreview, nudge_preview_unref)

NUDGE_API NudgePreview *nudge_project_preview (NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags, GPtrArray *diagnostics,
                                               GCancellable *cancellable, GError **error);
NUDGE_API const char *nudge_file_state_name (NudgeFileState state);

G_END_DECLS
