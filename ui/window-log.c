/* The log and the list of problems share the lower edge: one of them is in view, or neither. */
#include "window-private.h"

#include <glib/gi18n.h>

void
nudge_window_on_lower_toggled (GtkToggleButton *button, gpointer data)
{
  NudgeWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *panel = button == self->log_button ? GTK_WIDGET (self->log_panel) : GTK_WIDGET (self->problem_list);

  if (gtk_toggle_button_get_active (button))
    gtk_toggle_button_set_active (button == self->log_button ? self->problems_button : self->log_button, FALSE);
  /* Keys must not end in a panel that is out of view. */
  else if (focus != NULL && gtk_widget_is_ancestor (focus, panel))
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
open_lower (GtkToggleButton *button, GtkWidget *panel)
{
  gtk_toggle_button_set_active (button, TRUE);
  gtk_widget_grab_focus (panel);
}

void
nudge_window_log (NudgeWindow *self, NudgeSeverity severity, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  nudge_log_panel_add (self->log_panel, severity, text);
}

void
nudge_window_log_opened (NudgeWindow *self, const NudgeCircuit *circuit, gboolean again)
{
  g_autofree char *name = g_file_get_parse_name (self->file);
  g_autofree char *parts = g_strdup_printf (ngettext ("%u part", "%u parts", circuit->n_parts), circuit->n_parts);
  g_autofree char *nets = g_strdup_printf (ngettext ("%u net", "%u nets", circuit->n_nets), circuit->n_nets);
  g_autofree char *sheets = g_strdup_printf (ngettext ("%u sheet", "%u sheets", circuit->n_blocks), circuit->n_blocks);

  /* Translators: a line of the log; the file, and how many parts, nets and sheets it has. */
  nudge_window_log (self, NUDGE_SEVERITY_INFO, again ? _("Read again: %s (%s, %s, %s)") : _("Opened: %s (%s, %s, %s)"), name, parts, nets, sheets);
}

static void
log_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  open_lower (self->log_button, GTK_WIDGET (self->log_panel));
}

static void
problems_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  open_lower (self->problems_button, GTK_WIDGET (self->problem_list));
}

void
nudge_window_add_log_actions (NudgeWindow *self)
{
  static const GActionEntry entries[] = {
    { "log", log_activated, NULL, NULL, NULL, { 0 } },
    { "problems", problems_activated, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
