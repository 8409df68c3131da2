/* Pointer, wheel, touch pad and keys of the canvas: KiCad's habits. */
#include "canvas/canvas-private.h"

#include <math.h>

#define WHEEL_PAN 60.0
#define KEY_PAN 60.0
#define MENU_PIXELS 4

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, gpointer data)
{
  NudgeCanvas *self = data;

  self->pointer_x = x;
  self->pointer_y = y;
  self->pointer_inside = TRUE;
  nudge_canvas_update_hover (self);
  g_signal_emit_by_name (self, "status-changed");
}

static void
on_leave (GtkEventControllerMotion *controller, gpointer data)
{
  NudgeCanvas *self = data;

  self->pointer_inside = FALSE;
  nudge_canvas_update_hover (self);
  g_signal_emit_by_name (self, "status-changed");
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, gpointer data)
{
  NudgeCanvas *self = data;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double step = wheel ? WHEEL_PAN : 1;

  if (!wheel && (state & GDK_CONTROL_MASK) == 0)
    nudge_canvas_pan (self, -dx, -dy);
  else if (!wheel)
    nudge_canvas_zoom (self, pow (NUDGE_VIEWPORT_STEP, -dy / 20));
  else if ((state & GDK_CONTROL_MASK) != 0)
    nudge_canvas_pan (self, -(dx + dy) * step, 0);
  else if ((state & GDK_SHIFT_MASK) != 0)
    /* GTK turns a wheel with Shift held sideways. */
    nudge_canvas_pan (self, 0, -(dx + dy) * step);
  else
    {
      nudge_canvas_pan (self, -dx * step, 0);
      nudge_canvas_zoom (self, pow (NUDGE_VIEWPORT_STEP, -dy));
    }
  return GDK_EVENT_STOP;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  NudgeCanvas *self = data;

  self->drag_x = self->drag_y = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  NudgeCanvas *self = data;

  nudge_canvas_pan (self, dx - self->drag_x, dy - self->drag_y);
  self->drag_x = dx;
  self->drag_y = dy;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  NUDGE_CANVAS (data)->pinch_scale = 1;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, gpointer data)
{
  NudgeCanvas *self = data;
  double x = self->view.width / 2, y = self->view.height / 2;

  if (scale <= 0)
    return;
  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  nudge_canvas_zoom_at (self, x, y, scale / self->pinch_scale);
  self->pinch_scale = scale;
}

static void
on_double_click (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  NudgeCanvas *self = data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 && self->press_hit.kind == NUDGE_HIT_BOX && self->sheet != NULL)
    {
      guint box = self->press_hit.index;

      nudge_canvas_cancel_drag (self);
      g_signal_emit_by_name (self, "enter-box", box);
    }
}

static NudgeSelectMode
select_mode (GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean shift = (state & GDK_SHIFT_MASK) != 0, control = (state & GDK_CONTROL_MASK) != 0;

  if (shift && control)
    return NUDGE_SELECT_REMOVE;
  return shift ? NUDGE_SELECT_ADD : control ? NUDGE_SELECT_TOGGLE : NUDGE_SELECT_ONLY;
}

static void
on_press (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  NudgeCanvas *self = data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  nudge_canvas_press (self, x, y, select_mode (GTK_GESTURE (gesture)));
}

static void
on_press_moved (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  NudgeCanvas *self = data;

  nudge_canvas_drag_to (self, self->press_x + dx, self->press_y + dy);
}

static void
on_released (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  nudge_canvas_release (data);
}

static void
on_press_cancelled (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  nudge_canvas_cancel_drag (data);
}

/* A right click that does not become a pan asks for the menu of what is there. */
static void
on_menu_click (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  NudgeCanvas *self = data;

  /* The last pan has moved the sheet: that was no click. */
  if (hypot (self->drag_x, self->drag_y) >= MENU_PIXELS || self->sheet == NULL)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  self->pointer_inside = TRUE;
  nudge_canvas_update_hover (self);
  if (self->hover.kind != NUDGE_HIT_NONE && !nudge_canvas_is_selected (self, &self->hover))
    nudge_canvas_select (self, &self->hover);
  g_signal_emit_by_name (self, "menu-requested", x, y);
}

static void
add_menu_click (NudgeCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "released", G_CALLBACK (on_menu_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
add_press (NudgeCanvas *self)
{
  GtkGesture *press = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (press, "drag-begin", G_CALLBACK (on_press), self);
  g_signal_connect (press, "drag-update", G_CALLBACK (on_press_moved), self);
  g_signal_connect (press, "drag-end", G_CALLBACK (on_released), self);
  g_signal_connect (press, "cancel", G_CALLBACK (on_press_cancelled), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_double_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  gtk_gesture_group (click, press);
}

static void
add_drag (NudgeCanvas *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
nudge_canvas_add_controllers (NudgeCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  add_press (self);
  add_menu_click (self);
  add_drag (self, GDK_BUTTON_MIDDLE);
  add_drag (self, GDK_BUTTON_SECONDARY);
}

static gboolean
on_pan_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  nudge_canvas_pan (NUDGE_CANVAS (widget), dx * KEY_PAN, dy * KEY_PAN);
  return TRUE;
}

/* With a selection the arrows nudge it, else they pan. */
static gboolean
on_arrow_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  NudgeCanvas *self = NUDGE_CANVAS (widget);
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  for (guint i = 0; i < self->selected->len; i++)
    if (nudge_canvas_is_movable (self, &g_array_index (self->selected, NudgeHit, i)))
      return gtk_widget_activate_action (widget, "win.nudge", "(ii)", dx, dy);
  nudge_canvas_pan (self, -dx * KEY_PAN, -dy * KEY_PAN);
  return TRUE;
}

static gboolean
on_next_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  nudge_canvas_select_next (NUDGE_CANVAS (widget), g_variant_get_boolean (args));
  return TRUE;
}

static gboolean
on_enter_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  NudgeCanvas *self = NUDGE_CANVAS (widget);
  NudgeHit hit = nudge_canvas_get_selection (self);

  if (hit.kind != NUDGE_HIT_BOX)
    return FALSE;
  g_signal_emit_by_name (self, "enter-box", hit.index);
  return TRUE;
}

static gboolean
on_clear_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  NudgeCanvas *self = NUDGE_CANVAS (widget);

  if (self->drag != NUDGE_DRAG_NONE)
    nudge_canvas_cancel_drag (self);
  else if (self->selected->len > 0)
    nudge_canvas_select (self, &NUDGE_HIT_NOTHING);
  else
    {
      nudge_canvas_highlight_net (self, NUDGE_NONE);
      g_signal_emit_by_name (self, "selection-changed");
    }
  return TRUE;
}

static void
bind_arrow (GtkWidgetClass *klass, guint key, int dx, int dy)
{
  gtk_widget_class_add_binding (klass, key, 0, on_arrow_key, "(ii)", dx, dy);
  gtk_widget_class_add_binding (klass, key, GDK_CONTROL_MASK, on_arrow_key, "(ii)", 10 * dx, 10 * dy);
  gtk_widget_class_add_binding (klass, key, GDK_SHIFT_MASK, on_pan_key, "(ii)", -dx, -dy);
}

static void
bind_edits (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding_action (klass, GDK_KEY_r, 0, "win.rotate", "i", 1);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_r, GDK_SHIFT_MASK, "win.rotate", "i", -1);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_x, 0, "win.mirror", "i", NUDGE_MIRROR_Y);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_y, 0, "win.mirror", "i", NUDGE_MIRROR_X);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_l, 0, "win.lock", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_grave, 0, "win.highlight-net", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_a, GDK_CONTROL_MASK, "win.select-all", NULL);
}

/* Keys that mean something else in a list belong to the canvas alone; the rest are the window's accelerators. */
void
nudge_canvas_class_add_bindings (GtkWidgetClass *klass)
{
  bind_arrow (klass, GDK_KEY_Left, -1, 0);
  bind_arrow (klass, GDK_KEY_Right, 1, 0);
  bind_arrow (klass, GDK_KEY_Up, 0, -1);
  bind_arrow (klass, GDK_KEY_Down, 0, 1);
  bind_edits (klass);
  gtk_widget_class_add_binding (klass, GDK_KEY_period, 0, on_next_key, "b", TRUE);
  gtk_widget_class_add_binding (klass, GDK_KEY_comma, 0, on_next_key, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, on_enter_key, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, on_enter_key, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, on_clear_key, NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Home, 0, "win.zoom-fit", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Up, 0, "win.previous-sheet", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Down, 0, "win.next-sheet", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_plus, 0, "win.zoom-in", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_minus, 0, "win.zoom-out", NULL);
}
