#include "canvas/divider.h"

#include <glib/gi18n.h>

#define KEY_STEP 2.0
#define KEY_PAGE 20.0
#define KNOB_RADIUS 9.0f

struct _NudgeDivider
{
  GtkWidget parent_instance;

  GtkAdjustment *adjustment;
  double pressed_at;           /* its value when the drag began */
  double pressed_x;            /* in the parent */
};

G_DEFINE_FINAL_TYPE (NudgeDivider, nudge_divider, GTK_TYPE_WIDGET)

static double
pointer_in_parent (NudgeDivider *self, double x)
{
  double px = x, py = 0;

  gtk_widget_translate_coordinates (GTK_WIDGET (self), gtk_widget_get_parent (GTK_WIDGET (self)), x, 0, &px, &py);
  return px;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  NudgeDivider *self = data;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pressed_at = gtk_adjustment_get_value (self->adjustment);
  self->pressed_x = pointer_in_parent (self, x);
}

/* The handle moves under the pointer, so what counts is where the pointer is in the parent. */
static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  NudgeDivider *self = data;
  int width = gtk_widget_get_width (gtk_widget_get_parent (GTK_WIDGET (self)));
  double x, y;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y) || width < 1)
    return;
  gtk_adjustment_set_value (self->adjustment, self->pressed_at + (pointer_in_parent (self, x + dx) - self->pressed_x) * 100 / width);
}

static gboolean
move_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  NudgeDivider *self = NUDGE_DIVIDER (widget);

  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + g_variant_get_double (arguments));
  return TRUE;
}

static void
on_value_changed (GtkAdjustment *adjustment, gpointer data)
{
  g_autofree char *text = g_strdup_printf (_("%.0f %% before"), gtk_adjustment_get_value (adjustment));

  gtk_accessible_update_property (GTK_ACCESSIBLE (data), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, gtk_adjustment_get_value (adjustment),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
nudge_divider_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float middle = (float) gtk_widget_get_width (widget) / 2, height = (float) gtk_widget_get_height (widget);
  float knob = gtk_widget_has_visible_focus (widget) ? KNOB_RADIUS + 3 : KNOB_RADIUS;
  graphene_rect_t round = GRAPHENE_RECT_INIT (middle - knob, height / 2 - knob, 2 * knob, 2 * knob);
  GskRoundedRect outline;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (middle - 1, 0, 2, height));
  gsk_rounded_rect_init_from_rect (&outline, &round, knob);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &round);
  gtk_snapshot_pop (snapshot);
}

static void
nudge_divider_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NUDGE_DIVIDER_WIDTH : 0;
}

static void
nudge_divider_dispose (GObject *object)
{
  NudgeDivider *self = NUDGE_DIVIDER (object);

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  G_OBJECT_CLASS (nudge_divider_parent_class)->dispose (object);
}

static void
add_key (GtkWidgetClass *klass, guint key, double by)
{
  gtk_widget_class_add_binding (klass, key, 0, move_by_key, "d", by);
}

static void
nudge_divider_class_init (NudgeDividerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_divider_dispose;
  widget_class->snapshot = nudge_divider_snapshot;
  widget_class->measure = nudge_divider_measure;
  gtk_widget_class_set_css_name (widget_class, "divider");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  add_key (widget_class, GDK_KEY_Left, -KEY_STEP);
  add_key (widget_class, GDK_KEY_Right, KEY_STEP);
  add_key (widget_class, GDK_KEY_Page_Up, -KEY_PAGE);
  add_key (widget_class, GDK_KEY_Page_Down, KEY_PAGE);
  add_key (widget_class, GDK_KEY_Home, -100);
  add_key (widget_class, GDK_KEY_End, 100);
}

static void
nudge_divider_init (NudgeDivider *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Border between before and after"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
}

GtkWidget *
nudge_divider_new (GtkAdjustment *adjustment)
{
  NudgeDivider *self = g_object_new (NUDGE_TYPE_DIVIDER, NULL);

  self->adjustment = g_object_ref_sink (adjustment);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_value_changed), self);
  on_value_changed (adjustment, self);
  return GTK_WIDGET (self);
}
