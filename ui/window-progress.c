/* How far the work is that takes its time: in the status bar, beside the button that stops it. */
#include "window-private.h"

void
nudge_window_update_progress (NudgeWindow *self)
{
  NudgeArranging *arranging = self->editor != NULL ? nudge_editor_get_arranging (self->editor) : NULL;
  g_autofree char *text = NULL;

  if (self->export_progress != NULL)
    text = nudge_export_describe (self->export_progress);
  else if (arranging != NULL)
    text = nudge_arranging_describe (arranging);
  gtk_label_set_text (self->progress_label, text != NULL ? text : "");
}

/* Escape gives up what would become a step; with nothing under way it means what it means to the widget in focus. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (widget);

  return self->editor != NULL && nudge_editor_give_up (self->editor);
}

void
nudge_window_add_escape (NudgeWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
