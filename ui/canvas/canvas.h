/* canvas.h: the widget that shows a sheet. */
#pragma once

#include "canvas/tile-cache.h"
#include "canvas/viewport.h"
#include "paint/paint-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_CANVAS (nudge_canvas_get_type ())
G_DECLARE_FINAL_TYPE (NudgeCanvas, nudge_canvas, NUDGE, CANVAS, GtkWidget)

/* Signals: "status-changed" () when pointer, hover, selection or scale changed;
 * "enter-box" (guint box) when a person enters a sheet box. */

GtkWidget *nudge_canvas_new (void);

/**
 * nudge_canvas_set_sheet:
 * @self: the canvas
 * @sheet: (nullable): what to show
 * @keep_view: whether to stay where it is; else the whole sheet is fitted in
 *
 * Shows another sheet, or a new drawing of the same one.
 */
void nudge_canvas_set_sheet (NudgeCanvas *self, NudgePaintSheet *sheet, gboolean keep_view);
NudgePaintSheet *nudge_canvas_get_sheet (NudgeCanvas *self);

void nudge_canvas_set_theme (NudgeCanvas *self, const NudgeTheme *theme);
const NudgeTheme *nudge_canvas_get_theme (NudgeCanvas *self);

/* Zooms about the pointer, or about the middle when the pointer is elsewhere. */
void nudge_canvas_zoom (NudgeCanvas *self, double factor);
/* True size on a screen of 96 dots per inch. */
void nudge_canvas_zoom_true (NudgeCanvas *self);
/* Fits the whole sheet in. */
void nudge_canvas_fit (NudgeCanvas *self);
void nudge_canvas_pan (NudgeCanvas *self, double dx, double dy);
/* Brings a mark into the middle, near enough to be read, and selects it. */
void nudge_canvas_show (NudgeCanvas *self, const NudgeHit *hit);
/* Brings a point into the middle, near enough to be read. */
void nudge_canvas_show_point (NudgeCanvas *self, NudgePoint at);
void nudge_canvas_select (NudgeCanvas *self, const NudgeHit *hit);
/* Selects the next (or previous) symbol, label or sheet box: what a keyboard has instead of a pointer. */
void nudge_canvas_select_next (NudgeCanvas *self, gboolean forward);

const NudgeViewport *nudge_canvas_get_viewport (NudgeCanvas *self);
NudgeHit nudge_canvas_get_hover (NudgeCanvas *self);
NudgeHit nudge_canvas_get_selection (NudgeCanvas *self);
/* FALSE when the pointer is elsewhere. */
gboolean nudge_canvas_get_pointer (NudgeCanvas *self, NudgePoint *at);
void nudge_canvas_get_stats (NudgeCanvas *self, NudgeTileStats *stats);

G_END_DECLS
