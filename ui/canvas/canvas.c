#include "canvas/canvas-private.h"

#include <math.h>

/* Bytes of tiles: about four large windows full. */
#define TILE_BUDGET (64u * 1024 * 1024)
/* Microseconds of painting per frame, with something to show meanwhile and without. */
#define FRAME_BUDGET 8000
#define FIRST_BUDGET 100000
#define SETTLE_MS 70
#define FIT_MARGIN 12
#define HOVER_PIXELS 5
/* A mark that is shown fills at most this share of the window, at least at this scale. */
#define SHOW_SCALE (NUDGE_VIEWPORT_TRUE_SIZE * 1.5)
#define DESK_SHADE 0.07

G_DEFINE_FINAL_TYPE (NudgeCanvas, nudge_canvas, GTK_TYPE_WIDGET)

enum
{
  STATUS_CHANGED,
  ENTER_BOX,
  SELECTION_CHANGED,
  MOVED,
  MENU_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One frame's look at the tiles. */
typedef struct
{
  NudgeCanvas *self;
  GtkSnapshot *snapshot;
  NudgeTileCache *tiles;
  double scale;
  int factor;
  gint32 ox, oy; /* device pixels of the widget's corner on the sheet */
  gint32 x0, y0, x1, y1;
  gint64 deadline;
  guint missing;
} Pass;

gboolean
nudge_hit_equal (const NudgeHit *a, const NudgeHit *b)
{
  return a->kind == b->kind && a->index == b->index;
}

static gint32
floor_tile (gint32 pixel)
{
  return (gint32) floor (pixel / (double) NUDGE_TILE_PIXELS);
}

static Pass
start_pass (NudgeCanvas *self, NudgeTileCache *tiles, GtkSnapshot *snapshot)
{
  Pass pass = { .self = self, .snapshot = snapshot, .tiles = tiles, .factor = gtk_widget_get_scale_factor (GTK_WIDGET (self)) };

  pass.scale = self->view.scale * pass.factor;
  pass.ox = (gint32) lround (self->view.x * pass.scale);
  pass.oy = (gint32) lround (self->view.y * pass.scale);
  pass.x0 = floor_tile (pass.ox);
  pass.y0 = floor_tile (pass.oy);
  pass.x1 = floor_tile (pass.ox + (gint32) self->view.width * pass.factor);
  pass.y1 = floor_tile (pass.oy + (gint32) self->view.height * pass.factor);
  pass.deadline = g_get_monotonic_time () + (self->base_scale > 0 ? FRAME_BUDGET : FIRST_BUDGET);
  return pass;
}

/* Paints what is missing while time is left; what stays missing is counted. */
static void
paint_missing (Pass *pass)
{
  gboolean wait = pass->self->settle_id != 0 && pass->self->base_scale > 0;

  for (gint32 y = pass->y0; y <= pass->y1; y++)
    for (gint32 x = pass->x0; x <= pass->x1; x++)
      {
        NudgeTileKey key = { pass->scale, pass->factor, x, y };

        if (nudge_tile_cache_find (pass->tiles, &key) != NULL && nudge_tile_cache_is_fresh (pass->tiles, &key))
          continue;
        if (wait || g_get_monotonic_time () > pass->deadline)
          pass->missing++;
        else
          nudge_tile_cache_paint (pass->tiles, &key);
      }
}

static void
append_scaled (const NudgeTileKey *key, GskRenderNode *node, gpointer data)
{
  gtk_snapshot_append_node (data, node);
}

/* The last complete picture, enlarged or reduced, until the new one is there. */
static void
snapshot_base (Pass *pass)
{
  NudgeCanvas *self = pass->self;
  float ratio = (float) (pass->scale / pass->factor / (self->base_scale / self->base_factor));

  gtk_snapshot_save (pass->snapshot);
  gtk_snapshot_translate (pass->snapshot, &GRAPHENE_POINT_INIT ((float) (-self->view.x * self->view.scale), (float) (-self->view.y * self->view.scale)));
  gtk_snapshot_scale (pass->snapshot, ratio, ratio);
  nudge_tile_cache_each (pass->tiles, self->base_scale, self->base_factor, append_scaled, pass->snapshot);
  gtk_snapshot_restore (pass->snapshot);
}

static void
snapshot_tiles (Pass *pass)
{
  gtk_snapshot_save (pass->snapshot);
  gtk_snapshot_translate (pass->snapshot, &GRAPHENE_POINT_INIT ((float) -pass->ox / (float) pass->factor, (float) -pass->oy / (float) pass->factor));
  for (gint32 y = pass->y0; y <= pass->y1; y++)
    for (gint32 x = pass->x0; x <= pass->x1; x++)
      {
        NudgeTileKey key = { pass->scale, pass->factor, x, y };
        GskRenderNode *node = nudge_tile_cache_find (pass->tiles, &key);

        if (node != NULL)
          gtk_snapshot_append_node (pass->snapshot, node);
      }
  gtk_snapshot_restore (pass->snapshot);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  NUDGE_CANVAS (widget)->tick_id = 0;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static void
finish_pass (Pass *pass)
{
  NudgeCanvas *self = pass->self;

  if (pass->missing == 0)
    {
      self->base_scale = pass->scale;
      self->base_factor = pass->factor;
    }
  else if (self->settle_id == 0 && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static GdkRGBA
desk_color (const NudgeTheme *theme)
{
  guint32 c = nudge_color_mix (theme->colors[NUDGE_COLOR_BACKGROUND], theme->is_dark ? 0xffffffu : 0, DESK_SHADE);

  return (GdkRGBA){ (float) (c >> 16 & 0xff) / 255.0f, (float) (c >> 8 & 0xff) / 255.0f, (float) (c & 0xff) / 255.0f, 1 };
}

static void
snapshot_pass (Pass *pass)
{
  if (pass->missing > 0 && pass->self->base_scale > 0)
    snapshot_base (pass);
  snapshot_tiles (pass);
}

/* Left of the handle. Returns how many of its pieces are missing. */
static guint
snapshot_before (NudgeCanvas *self, GtkSnapshot *snapshot)
{
  Pass pass = start_pass (self, self->before_tiles, snapshot);
  graphene_rect_t area = nudge_canvas_get_before_area (self);
  GdkRGBA desk = desk_color (self->theme);

  paint_missing (&pass);
  gtk_snapshot_push_clip (snapshot, &area);
  gtk_snapshot_append_color (snapshot, &desk, &area);
  snapshot_pass (&pass);
  nudge_canvas_snapshot_before_halos (self, snapshot);
  gtk_snapshot_pop (snapshot);
  return pass.missing;
}

static void
nudge_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NudgeCanvas *self = NUDGE_CANVAS (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) self->view.width, (float) self->view.height);
  GdkRGBA desk = desk_color (self->theme);
  GtkNative *native = gtk_widget_get_native (widget);
  Pass pass;

  gtk_snapshot_append_color (snapshot, &desk, &bounds);
  if (self->sheet == NULL || self->view.width < 1 || self->view.height < 1)
    return;
  nudge_tile_cache_set_textures (self->tiles, native != NULL && !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)));
  pass = start_pass (self, self->tiles, snapshot);
  paint_missing (&pass);
  gtk_snapshot_push_clip (snapshot, &bounds);
  snapshot_pass (&pass);
  nudge_canvas_snapshot_overlay (self, snapshot);
  if (self->before != NULL)
    {
      nudge_tile_cache_set_textures (self->before_tiles, native != NULL && !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)));
      pass.missing += snapshot_before (self, snapshot);
      gtk_widget_snapshot_child (widget, self->divider, snapshot);
    }
  gtk_snapshot_pop (snapshot);
  finish_pass (&pass);
}

static gboolean
on_settled (gpointer data)
{
  NudgeCanvas *self = data;

  self->settle_id = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
nudge_canvas_view_changed (NudgeCanvas *self, gboolean zoomed)
{
  if (self->sheet != NULL)
    nudge_viewport_keep (&self->view, nudge_paint_sheet_get_size (self->sheet));
  if (zoomed)
    {
      g_clear_handle_id (&self->settle_id, g_source_remove);
      self->settle_id = g_timeout_add (SETTLE_MS, on_settled, self);
    }
  nudge_canvas_drop_overlay (self);
  nudge_canvas_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

static void
fit_now (NudgeCanvas *self)
{
  NudgePoint size = nudge_paint_sheet_get_size (self->sheet);

  nudge_viewport_fit (&self->view, &(NudgeBox){ 0, 0, size.x, size.y }, FIT_MARGIN);
  self->fit_pending = FALSE;
  nudge_canvas_view_changed (self, FALSE);
}

void
nudge_canvas_fit (NudgeCanvas *self)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (self->sheet == NULL || self->view.width < 4 * FIT_MARGIN || self->view.height < 4 * FIT_MARGIN)
    self->fit_pending = TRUE;
  else
    fit_now (self);
}

static void
nudge_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NudgeCanvas *self = NUDGE_CANVAS (widget);

  nudge_viewport_resize (&self->view, width, height);
  nudge_canvas_drop_overlay (self);
  nudge_canvas_allocate_divide (self, width, height);
  if (self->fit_pending)
    nudge_canvas_fit (self);
}

static void
nudge_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 560;
}

void
nudge_canvas_set_sheet (NudgeCanvas *self, NudgePaintSheet *sheet, gboolean keep_view)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (sheet != NULL)
    nudge_paint_sheet_ref (sheet);
  g_clear_pointer (&self->sheet, nudge_paint_sheet_unref);
  self->sheet = sheet;
  self->hover = NUDGE_HIT_NOTHING;
  g_clear_pointer (&self->heat, nudge_heat_free);
  nudge_canvas_cancel_drag (self);
  g_array_set_size (self->halos, 0);
  nudge_tile_cache_set_sheet (self->tiles, sheet, self->theme);
  self->base_scale = 0;
  nudge_canvas_select (self, &NUDGE_HIT_NOTHING);
  nudge_canvas_update_accessible (self);
  if (keep_view)
    nudge_canvas_view_changed (self, FALSE);
  else
    nudge_canvas_fit (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nudge_canvas_update_sheet (NudgeCanvas *self, NudgePaintSheet *sheet)
{
  g_autoptr (GArray) changes = NULL;
  g_autoptr (NudgePaintSheet) before = NULL;

  g_return_if_fail (NUDGE_IS_CANVAS (self) && self->sheet != NULL && sheet != NULL);

  before = g_steal_pointer (&self->sheet);
  self->sheet = nudge_paint_sheet_ref (sheet);
  changes = nudge_paint_sheet_list_changes (before, sheet);
  nudge_tile_cache_update_sheet (self->tiles, sheet, changes);
  g_clear_pointer (&self->heat, nudge_heat_free);
  self->hover = NUDGE_HIT_NOTHING;
  nudge_canvas_carry_selection (self, before);
  nudge_canvas_drop_overlay (self);
  nudge_canvas_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[STATUS_CHANGED], 0);
}

NudgePaintSheet *
nudge_canvas_get_sheet (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NULL);

  return self->sheet;
}

void
nudge_canvas_set_theme (NudgeCanvas *self, const NudgeTheme *theme)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self) && theme != NULL);

  self->theme = theme;
  nudge_tile_cache_set_sheet (self->tiles, self->sheet, theme);
  nudge_tile_cache_set_sheet (self->before_tiles, self->before, theme);
  self->base_scale = 0;
  nudge_canvas_drop_overlay (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const NudgeTheme *
nudge_canvas_get_theme (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NULL);

  return self->theme;
}

void
nudge_canvas_zoom_at (NudgeCanvas *self, double px, double py, double factor)
{
  nudge_viewport_zoom (&self->view, px, py, factor);
  nudge_canvas_view_changed (self, TRUE);
}

void
nudge_canvas_zoom (NudgeCanvas *self, double factor)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self) && factor > 0);

  if (self->pointer_inside)
    nudge_canvas_zoom_at (self, self->pointer_x, self->pointer_y, factor);
  else
    nudge_canvas_zoom_at (self, self->view.width / 2, self->view.height / 2, factor);
}

void
nudge_canvas_zoom_true (NudgeCanvas *self)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  nudge_canvas_zoom_at (self, self->view.width / 2, self->view.height / 2, NUDGE_VIEWPORT_TRUE_SIZE / self->view.scale);
}

void
nudge_canvas_pan (NudgeCanvas *self, double dx, double dy)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  nudge_viewport_pan (&self->view, dx, dy);
  nudge_canvas_view_changed (self, FALSE);
}

gboolean
nudge_canvas_is_fitted (NudgeCanvas *self)
{
  NudgeViewport fitted;
  NudgePoint size;

  g_return_val_if_fail (NUDGE_IS_CANVAS (self), FALSE);

  if (self->sheet == NULL || self->fit_pending)
    return TRUE;
  fitted = self->view;
  size = nudge_paint_sheet_get_size (self->sheet);
  nudge_viewport_fit (&fitted, &(NudgeBox){ 0, 0, size.x, size.y }, FIT_MARGIN);
  return fitted.scale == self->view.scale && fitted.x == self->view.x && fitted.y == self->view.y;
}

void
nudge_canvas_look_at (NudgeCanvas *self, NudgePoint at, double scale)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self) && scale > 0);

  self->fit_pending = FALSE;
  self->view.scale = CLAMP (scale, NUDGE_VIEWPORT_MIN, NUDGE_VIEWPORT_MAX);
  nudge_viewport_center (&self->view, at);
  nudge_canvas_view_changed (self, FALSE);
}

void
nudge_canvas_show_point (NudgeCanvas *self, NudgePoint at)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  self->fit_pending = FALSE;
  self->view.scale = MAX (self->view.scale, SHOW_SCALE);
  nudge_viewport_center (&self->view, at);
  nudge_canvas_view_changed (self, FALSE);
}

void
nudge_canvas_show (NudgeCanvas *self, const NudgeHit *hit)
{
  NudgeBox box;

  g_return_if_fail (NUDGE_IS_CANVAS (self) && hit != NULL);

  if (self->sheet == NULL || hit->kind == NUDGE_HIT_NONE)
    return;
  box = nudge_paint_sheet_get_box (self->sheet, hit);
  nudge_canvas_show_point (self, (NudgePoint){ (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2 });
  nudge_canvas_select (self, hit);
}

void
nudge_canvas_set_hover (NudgeCanvas *self, const NudgeHit *hit)
{
  if (nudge_hit_equal (&self->hover, hit))
    return;
  self->hover = *hit;
  g_clear_pointer (&self->hover_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
nudge_canvas_update_hover (NudgeCanvas *self)
{
  NudgeHit hit = NUDGE_HIT_NOTHING;

  if (self->sheet != NULL && self->pointer_inside && self->drag == NUDGE_DRAG_NONE)
    hit = nudge_paint_sheet_hit (self->sheet, nudge_viewport_to_sheet (&self->view, self->pointer_x, self->pointer_y),
                                 (gint32) (HOVER_PIXELS / self->view.scale));
  nudge_canvas_set_hover (self, &hit);
}

const NudgeViewport *
nudge_canvas_get_viewport (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NULL);

  return &self->view;
}

NudgeHit
nudge_canvas_get_hover (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NUDGE_HIT_NOTHING);

  return self->hover;
}

gboolean
nudge_canvas_get_pointer (NudgeCanvas *self, NudgePoint *at)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self) && at != NULL, FALSE);

  *at = nudge_viewport_to_sheet (&self->view, self->pointer_x, self->pointer_y);
  return self->pointer_inside;
}

void
nudge_canvas_get_stats (NudgeCanvas *self, NudgeTileStats *stats)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  nudge_tile_cache_get_stats (self->tiles, stats);
}

static void
nudge_canvas_dispose (GObject *object)
{
  NudgeCanvas *self = NUDGE_CANVAS (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  nudge_canvas_drop_overlay (self);
  nudge_canvas_dispose_divide (self);
  g_clear_pointer (&self->tiles, nudge_tile_cache_free);
  g_clear_pointer (&self->selected, g_array_unref);
  g_clear_pointer (&self->drag_boxes, g_array_unref);
  g_clear_pointer (&self->guides, nudge_guides_free);
  g_clear_pointer (&self->halos, g_array_unref);
  g_clear_pointer (&self->heat, nudge_heat_free);
  g_clear_pointer (&self->sheet, nudge_paint_sheet_unref);
  G_OBJECT_CLASS (nudge_canvas_parent_class)->dispose (object);
}

static void
nudge_canvas_class_init (NudgeCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_canvas_dispose;
  widget_class->snapshot = nudge_canvas_snapshot;
  widget_class->measure = nudge_canvas_measure;
  widget_class->size_allocate = nudge_canvas_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  nudge_canvas_class_add_bindings (widget_class);
  signals[STATUS_CHANGED] = g_signal_new ("status-changed", NUDGE_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTER_BOX] = g_signal_new ("enter-box", NUDGE_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", NUDGE_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU_REQUESTED] = g_signal_new ("menu-requested", NUDGE_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[MOVED] = g_signal_new ("moved", NUDGE_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void
nudge_canvas_init (NudgeCanvas *self)
{
  self->theme = nudge_themes ()[0];
  self->tiles = nudge_tile_cache_new (TILE_BUDGET);
  self->before_tiles = nudge_tile_cache_new (TILE_BUDGET / 2);
  self->view.scale = NUDGE_VIEWPORT_TRUE_SIZE;
  self->hover = NUDGE_HIT_NOTHING;
  self->selected = g_array_new (FALSE, FALSE, sizeof (NudgeHit));
  self->drag_boxes = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  self->halos = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  self->net = NUDGE_NONE;
  self->fit_pending = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  nudge_canvas_add_controllers (self);
  nudge_canvas_init_divide (self);
  nudge_canvas_update_accessible (self);
}

GtkWidget *
nudge_canvas_new (void)
{
  return g_object_new (NUDGE_TYPE_CANVAS, NULL);
}
