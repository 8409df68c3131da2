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
 * "enter-box" (guint box) when a person enters a sheet box;
 * "selection-changed" ();
 * "menu-requested" (double x, double y) when a person asks what can be done, at a point of the widget;
 * "moved" (int dx, int dy, gboolean done) while what is selected is dragged, in 100 nm from where it stood, whole steps
 * of the grid; at the end with @done, or with 0, 0 and @done when the person thought better of it. */

/* What choosing does to what is chosen already: KiCad's plain, Shift, Ctrl and Ctrl+Shift. */
typedef enum
{
  NUDGE_SELECT_ONLY,
  NUDGE_SELECT_ADD,
  NUDGE_SELECT_TOGGLE,
  NUDGE_SELECT_REMOVE,
} NudgeSelectMode;

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

/**
 * nudge_canvas_update_sheet:
 * @self: the canvas, with a sheet
 * @sheet: a later picture of the same sheet of the same circuit
 *
 * Shows what has changed; view and selection stay, and only the pieces that differ are painted.
 */
void nudge_canvas_update_sheet (NudgeCanvas *self, NudgePaintSheet *sheet);

void nudge_canvas_set_theme (NudgeCanvas *self, const NudgeTheme *theme);
const NudgeTheme *nudge_canvas_get_theme (NudgeCanvas *self);

/* Zooms about the pointer, or about the middle when the pointer is elsewhere. */
void nudge_canvas_zoom (NudgeCanvas *self, double factor);
/* True size on a screen of 96 dots per inch. */
void nudge_canvas_zoom_true (NudgeCanvas *self);
/* Fits the whole sheet in. */
void nudge_canvas_fit (NudgeCanvas *self);
/* TRUE when the view is what nudge_canvas_fit() makes. */
gboolean nudge_canvas_is_fitted (NudgeCanvas *self);
/* Looks at a point, which comes into the middle, from so near. */
void nudge_canvas_look_at (NudgeCanvas *self, NudgePoint at, double scale);
void nudge_canvas_pan (NudgeCanvas *self, double dx, double dy);
/* Brings a mark into the middle, near enough to be read, and selects it. */
void nudge_canvas_show (NudgeCanvas *self, const NudgeHit *hit);
/* Brings a point into the middle, near enough to be read. */
void nudge_canvas_show_point (NudgeCanvas *self, NudgePoint at);
void nudge_canvas_select (NudgeCanvas *self, const NudgeHit *hit);
/* Chooses several marks, as with the keys that are held. */
void nudge_canvas_select_hits (NudgeCanvas *self, const NudgeHit *hits, guint n_hits, NudgeSelectMode mode);
/* Selects every unit and sheet box. */
void nudge_canvas_select_all (NudgeCanvas *self);
/* (transfer none) (element-type NudgeHit): in the order of choosing. */
const GArray *nudge_canvas_get_selected (NudgeCanvas *self);
/* Appends what is selected and can be moved: units, and blocks of sheet boxes, as the drawing's layout counts them. */
void nudge_canvas_list_movable (NudgeCanvas *self, GArray *units, GArray *boxes);
/* Appends the names (transfer none) of the selected pins of one sheet box, that of the pin that was chosen last. Returns
 * the block of the box; NUDGE_NONE when another mark was chosen last. */
guint nudge_canvas_list_pins (NudgeCanvas *self, GPtrArray *names);
/* Marks a net wherever it is, NUDGE_NONE: none. It stays marked when another sheet is shown. */
void nudge_canvas_highlight_net (NudgeCanvas *self, guint net);
guint nudge_canvas_get_highlighted_net (NudgeCanvas *self);
/* (element-type NudgeBox): halos around what has changed; they go with the next sheet. */
void nudge_canvas_set_halos (NudgeCanvas *self, const GArray *boxes);
/**
 * nudge_canvas_set_before:
 * @self: the canvas
 * @before: (nullable): what is shown left of a handle, at the same place and scale; %NULL: nothing, and no handle
 * @halos: (nullable) (element-type NudgeBox): halos around what has changed since
 *
 * Divides the canvas between what was and what is. Input means what is, wherever the pointer is.
 */
void nudge_canvas_set_before (NudgeCanvas *self, NudgePaintSheet *before, const GArray *halos);
/* Where the canvas is divided, in percent of its width. */
GtkAdjustment *nudge_canvas_get_divide (NudgeCanvas *self);
/* Colours the places where much stands close together. */
void nudge_canvas_show_heat (NudgeCanvas *self, gboolean show);
/* TRUE while something is dragged, and how far. */
gboolean nudge_canvas_get_drag (NudgeCanvas *self, NudgePoint *offset);
/* Selects the next (or previous) symbol, label, sheet box or pin of one: what a keyboard has instead of a pointer. */
void nudge_canvas_select_next (NudgeCanvas *self, gboolean forward);

const NudgeViewport *nudge_canvas_get_viewport (NudgeCanvas *self);
NudgeHit nudge_canvas_get_hover (NudgeCanvas *self);
/* What was chosen last. */
NudgeHit nudge_canvas_get_selection (NudgeCanvas *self);
/* FALSE when the pointer is elsewhere. */
gboolean nudge_canvas_get_pointer (NudgeCanvas *self, NudgePoint *at);
void nudge_canvas_get_stats (NudgeCanvas *self, NudgeTileStats *stats);

G_END_DECLS
