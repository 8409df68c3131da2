/* export.h: writes a project, all of it or none. */
#pragma once

#include "drawing/drawing.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One file of a project, in memory. */
typedef struct
{
  char *name;                 /* file name inside the project folder */
  GBytes *bytes;
} NudgeFile;

#define NUDGE_TYPE_FILE (nudge_file_get_type ())
NUDGE_API GType nudge_file_get_type (void) G_GNUC_CONST;
NUDGE_API void nudge_file_free (NudgeFile *self);

typedef enum
{
  NUDGE_EXPORT_DEFAULT = 0,
  NUDGE_EXPORT_FORCE = 1 << 0,  /* replace files that are not ours, ignore KiCad's lock */
} NudgeExportFlags;

/* (transfer full) (element-type NudgeFile): every file of the project; proves the drawing first. */
NUDGE_API GPtrArray *nudge_project_files (NudgeDrawing *drawing, const char *folder, GPtrArray *diagnostics,
                                          GCancellable *cancellable, GError **error);
/* Proves, then writes the project into @folder (made when missing). On failure the old project stands.
 * @written: (out) (transfer full) (element-type utf8): names of the files written, sorted. */
NUDGE_API gboolean nudge_project_export (NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags,
                                         GPtrArray *diagnostics, GPtrArray **written, GCancellable *cancellable, GError **error);
NUDGE_API gboolean nudge_pictures_export (GPtrArray *files, const char *folder, NudgeExportFlags flags,
                                          GPtrArray *diagnostics, GPtrArray **written, GError **error);

G_END_DECLS
