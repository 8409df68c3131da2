/* sheet-pictures.h: small pictures of the sheets, painted by a worker when they are asked for, kept while they are true. */
#pragma once

#include "paint/paint-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SHEET_PICTURES (nudge_sheet_pictures_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSheetPictures, nudge_sheet_pictures, NUDGE, SHEET_PICTURES, GObject)

/* In logical pixels; twice as many are painted, for screens that have them. */
#define NUDGE_SHEET_PICTURE_WIDTH 64
#define NUDGE_SHEET_PICTURE_HEIGHT 44

/* Signal "ready" (guint sheet): another picture of a sheet is there. */

NudgeSheetPictures *nudge_sheet_pictures_new (void);

/**
 * nudge_sheet_pictures_set_drawing:
 * @self: the pictures
 * @drawing: (nullable): of what
 * @theme: colours
 *
 * Pictures of sheets that both drawings share stay; the others are painted anew when they are next asked for,
 * once the drawing has come to rest.
 */
void nudge_sheet_pictures_set_drawing (NudgeSheetPictures *self, NudgeDrawing *drawing, const NudgeTheme *theme);

/**
 * nudge_sheet_pictures_get:
 * @self: the pictures
 * @sheet: into the drawing's sheets
 *
 * Asks for a picture: where there is none, or an old one, a new one follows.
 *
 * Returns: (nullable) (transfer none): what there is now
 */
GdkPaintable *nudge_sheet_pictures_get (NudgeSheetPictures *self, guint sheet);

G_END_DECLS
