/* pictures-module.h: how the executable has sheets painted: a module of its own, so that nothing else loads cairo. */
#pragma once

#include "project/export.h"

#include <gmodule.h>

G_BEGIN_DECLS

/* File name of the module, in the module folder or beside the executable's build. */
#define NUDGE_PICTURES_MODULE "libnudge-pictures.so"
/* Name of the module's one function, a NudgePicturesPaint. */
#define NUDGE_PICTURES_PAINT "nudge_pictures_paint"

typedef GPtrArray *(*NudgePicturesPaint) (NudgeDrawing *drawing, const char *format, const char *sheet, GError **error);

/**
 * nudge_pictures_paint:
 * @drawing: what is painted
 * @format: `pdf`, `svg` or `png`
 * @sheet: (nullable): the one sheet that is wanted, by page number, path, label or name of its circuit, or %NULL for all
 * @error: return location
 *
 * Paints sheets into files, in memory: all pages in one PDF, else a file for each page.
 *
 * Returns: (transfer full) (element-type NudgeFile): the files by name, or %NULL with %NUDGE_ERROR_NOT_FOUND when there
 *   is no such sheet, %NUDGE_ERROR_IO when painting fails
 */
G_MODULE_EXPORT GPtrArray *nudge_pictures_paint (NudgeDrawing *drawing, const char *format, const char *sheet, GError **error);

G_END_DECLS
