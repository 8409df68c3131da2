/* canvas-private.h: what the files of the canvas share. */
#pragma once

#include "canvas/canvas.h"
#include "canvas/divider.h"
#include "canvas/guides.h"
#include "canvas/heat.h"

typedef enum
{
  NUDGE_DRAG_NONE,
  NUDGE_DRAG_PRESSED, /* not far enough to be a drag */
  NUDGE_DRAG_RUBBER,
  NUDGE_DRAG_MOVE,
} NudgeDrag;

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
  double drag_x, drag_y; /* of the last step of a pan */
  double pinch_scale;

  NudgeHit hover;
  GArray *selected; /* NudgeHit, in the order of choosing */
  guint net;        /* highlighted, or NUDGE_NONE */
  GArray *halos;    /* NudgeBox */
  gboolean shows_heat;
  NudgeHeat *heat;  /* of the sheet that is shown; NULL until it is painted */
  GskRenderNode *hover_node, *selection_node, *net_node, *lock_node, *halo_node, *heat_node;

  /* what was, left of the handle; NULL: the canvas is not divided */
  NudgePaintSheet *before;
  NudgeTileCache *before_tiles;
  GArray *before_halos; /* NudgeBox */
  GtkAdjustment *divide;
  GtkWidget *divider;

  NudgeDrag drag;
  NudgeSelectMode drag_mode;
  NudgeHit press_hit;
  double press_x, press_y;
  NudgePoint offset;  /* of a move */
  GArray *drag_boxes; /* NudgeBox: where what is moved stood */
  NudgeGuides *guides; /* while something is moved */
  NudgeGuideLine lines[2];
  guint n_lines;
};

/* canvas-input.c */
void nudge_canvas_add_controllers (NudgeCanvas *self);
void nudge_canvas_class_add_bindings (GtkWidgetClass *klass);
/* canvas-overlay.c */
void nudge_canvas_drop_overlay (NudgeCanvas *self);
void nudge_canvas_snapshot_overlay (NudgeCanvas *self, GtkSnapshot *snapshot);
void nudge_canvas_snapshot_before_halos (NudgeCanvas *self, GtkSnapshot *snapshot);
/* canvas-divide.c */
void nudge_canvas_init_divide (NudgeCanvas *self);
void nudge_canvas_dispose_divide (NudgeCanvas *self);
void nudge_canvas_allocate_divide (NudgeCanvas *self, int width, int height);
/* The part of the widget that is before, with or without the other. */
graphene_rect_t nudge_canvas_get_before_area (NudgeCanvas *self);
/* canvas-drag.c */
void nudge_canvas_press (NudgeCanvas *self, double x, double y, NudgeSelectMode mode);
void nudge_canvas_drag_to (NudgeCanvas *self, double x, double y);
void nudge_canvas_release (NudgeCanvas *self);
void nudge_canvas_cancel_drag (NudgeCanvas *self);
/* canvas-select.c */
gboolean nudge_canvas_is_selected (NudgeCanvas *self, const NudgeHit *hit);
/* Whether a person can move it: a unit of a part, a sheet box or a pin of one, locked or not. */
gboolean nudge_canvas_is_movable (NudgeCanvas *self, const NudgeHit *hit);
gboolean nudge_canvas_is_locked (NudgeCanvas *self, const NudgeHit *hit);
/* Finds again in the sheet that is shown now what was selected in @before. */
void nudge_canvas_carry_selection (NudgeCanvas *self, const NudgePaintSheet *before);
void nudge_canvas_update_accessible (NudgeCanvas *self);
/* canvas.c */
void nudge_canvas_view_changed (NudgeCanvas *self, gboolean zoomed);
void nudge_canvas_set_hover (NudgeCanvas *self, const NudgeHit *hit);
void nudge_canvas_update_hover (NudgeCanvas *self);
void nudge_canvas_zoom_at (NudgeCanvas *self, double px, double py, double factor);
gboolean nudge_hit_equal (const NudgeHit *a, const NudgeHit *b);
