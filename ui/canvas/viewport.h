/* viewport.h: which part of a sheet a widget shows. No GTK: plain numbers, tested without a display.
 *
 * Sheet coordinates are 100 nm; widget coordinates are GTK's logical pixels. */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  double scale;         /* pixels per unit */
  double x, y;          /* sheet point at the widget's top left corner */
  double width, height; /* of the widget */
} NudgeViewport;

/* One step of the wheel or of a zoom key. */
#define NUDGE_VIEWPORT_STEP 1.25
/* Pixels per unit at which a sheet has its true size on a screen of 96 dots per inch: shown as 100 %. */
#define NUDGE_VIEWPORT_TRUE_SIZE (96.0 / 25.4 / NUDGE_UNITS_PER_MM)
#define NUDGE_VIEWPORT_MIN (NUDGE_VIEWPORT_TRUE_SIZE * 0.02)
#define NUDGE_VIEWPORT_MAX (NUDGE_VIEWPORT_TRUE_SIZE * 40)

/**
 * nudge_viewport_fit:
 * @self: the viewport, its width and height set
 * @box: what is to be seen
 * @margin: pixels around it
 *
 * Shows @box in the middle, as large as it fits.
 */
void nudge_viewport_fit (NudgeViewport *self, const NudgeBox *box, double margin);

/**
 * nudge_viewport_zoom:
 * @self: the viewport
 * @px: widget point that stays where it is
 * @py: widget point that stays where it is
 * @factor: above 1 comes nearer
 *
 * Changes the scale within its limits.
 */
void nudge_viewport_zoom (NudgeViewport *self, double px, double py, double factor);

/**
 * nudge_viewport_pan:
 * @self: the viewport
 * @dx: pixels by which the sheet moves
 * @dy: pixels by which the sheet moves
 *
 * Moves the sheet under the widget.
 */
void nudge_viewport_pan (NudgeViewport *self, double dx, double dy);

/**
 * nudge_viewport_keep:
 * @self: the viewport
 * @sheet: size of the sheet
 *
 * Keeps at least a strip of the sheet in sight.
 */
void nudge_viewport_keep (NudgeViewport *self, NudgePoint sheet);

/**
 * nudge_viewport_resize:
 * @self: the viewport
 * @width: new width
 * @height: new height
 *
 * Changes the size and keeps the middle in the middle.
 */
void nudge_viewport_resize (NudgeViewport *self, double width, double height);

/**
 * nudge_viewport_center:
 * @self: the viewport
 * @at: sheet point
 *
 * Brings @at into the middle.
 */
void nudge_viewport_center (NudgeViewport *self, NudgePoint at);

NudgePoint nudge_viewport_to_sheet (const NudgeViewport *self, double px, double py);
void nudge_viewport_to_widget (const NudgeViewport *self, NudgePoint at, double *px, double *py);

G_END_DECLS
