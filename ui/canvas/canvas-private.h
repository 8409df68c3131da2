/* canvas-private.h: what the files of the canvas share. */
#pragma once

#include "canvas/canvas.h"

struct _NudgeCanvas
{
  GtkWidget parent_instance;

  NudgePaintSheet *sheet;
  const NudgeTheme *theme;
  NudgeTileCache *tiles;
  NudgeViewport view;
  gboolean fit_pending;

  double base_scale; /* device pixels per unit of the last complete set of tiles; 0: none */
  int base_factor;
  guint settle_id;   /* runs while a zoom is under way */
  guint tick_id;     /* runs while tiles are missing */

  double pointer_x, pointer_y;
  gboolean pointer_inside;
  double drag_x, drag_y;
  double pinch_scale;

  NudgeHit hover, selection;
  GskRenderNode *hover_node, *selection_node;
};

/* canvas-input.c */
void nudge_canvas_add_controllers (NudgeCanvas *self);
void nudge_canvas_class_add_bindings (GtkWidgetClass *klass);
/* canvas-overlay.c */
void nudge_canvas_drop_overlay (NudgeCanvas *self);
void nudge_canvas_snapshot_overlay (NudgeCanvas *self, GtkSnapshot *snapshot);
/* canvas.c */
void nudge_canvas_view_changed (NudgeCanvas *self, gboolean zoomed);
void nudge_canvas_set_hover (NudgeCanvas *self, const NudgeHit *hit);
void nudge_canvas_update_hover (NudgeCanvas *self);
void nudge_canvas_zoom_at (NudgeCanvas *self, double px, double py, double factor);
gboolean nudge_hit_equal (const NudgeHit *a, const NudgeHit *b);
