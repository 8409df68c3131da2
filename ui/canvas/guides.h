/* guides.h: what a dragged part may line up with: pins of the same net, and other parts. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

typedef struct _NudgeGuides NudgeGuides;

typedef struct
{
  NudgePoint moved, still;
} NudgeGuideLine;

/* @moved_symbols, @moved_boxes: (element-type guint): indices of what is dragged. */
NudgeGuides *nudge_guides_new (const NudgeDrawing *drawing, const NudgeDrawnSheet *sheet, const GArray *moved_symbols, const GArray *moved_boxes);
void nudge_guides_free (NudgeGuides *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeGuides, nudge_guides_free)

/**
 * nudge_guides_snap:
 * @self: the guides
 * @x: how far the hand has gone, in 100 nm
 * @y: likewise
 * @reach: how far a guide attracts
 * @offset: (out): whole steps of the grid: along a guide where one attracts
 * @lines: (out caller-allocates) (array fixed-size=2): the guides that @offset follows, where the parts will stand
 *
 * Returns: number of guides, 0 to 2
 */
guint nudge_guides_snap (const NudgeGuides *self, double x, double y, double reach, NudgePoint *offset, NudgeGuideLine lines[2]);

G_END_DECLS
