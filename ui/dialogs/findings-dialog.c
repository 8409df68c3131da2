#include "dialogs/findings-dialog.h"

#include "panels/problem-list.h"

#include <glib/gi18n.h>

#define DIALOG_WIDTH 640
#define LIST_HEIGHT 220

struct _NudgeFindingsDialog
{
  GtkWindow parent_instance;
  char *message;
  char *advice;
  GPtrArray *findings;
};

G_DEFINE_FINAL_TYPE (NudgeFindingsDialog, nudge_findings_dialog, GTK_TYPE_WINDOW)

char *
nudge_findings_dialog_get_text (NudgeFindingsDialog *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (NUDGE_IS_FINDINGS_DIALOG (self), NULL);

  g_string_append_printf (text, "%s\n%s\n", self->message, self->advice);
  for (guint i = 0; i < self->findings->len; i++)
    {
      g_autofree char *line = nudge_diagnostic_to_string (self->findings->pdata[i]);

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

static void
on_copy (GtkButton *button, gpointer data)
{
  g_autofree char *text = nudge_findings_dialog_get_text (data);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (data), text);
}

static void
nudge_findings_dialog_finalize (GObject *object)
{
  NudgeFindingsDialog *self = NUDGE_FINDINGS_DIALOG (object);

  g_free (self->message);
  g_free (self->advice);
  g_ptr_array_unref (self->findings);
  G_OBJECT_CLASS (nudge_findings_dialog_parent_class)->finalize (object);
}

static void
nudge_findings_dialog_class_init (NudgeFindingsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nudge_findings_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
nudge_findings_dialog_init (NudgeFindingsDialog *self)
{
}

static GtkWidget *
new_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_list (GPtrArray *findings)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *list = g_object_new (NUDGE_TYPE_PROBLEM_LIST, NULL);

  nudge_problem_list_set_diagnostics (NUDGE_PROBLEM_LIST (list), findings);
  gtk_widget_set_size_request (list, -1, LIST_HEIGHT);
  gtk_frame_set_child (GTK_FRAME (frame), list);
  gtk_widget_set_vexpand (frame, TRUE);
  return frame;
}

static GtkWidget *
new_buttons (NudgeFindingsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_("_Copy"));
  GtkWidget *close = gtk_button_new_with_mnemonic (_("_Close"));

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  gtk_box_append (GTK_BOX (box), copy);
  gtk_box_append (GTK_BOX (box), close);
  gtk_window_set_default_widget (GTK_WINDOW (self), close);
  return box;
}

NudgeFindingsDialog *
nudge_findings_dialog_new (GtkWindow *parent, const char *message, const char *advice, GPtrArray *findings)
{
  NudgeFindingsDialog *self = g_object_new (NUDGE_TYPE_FINDINGS_DIALOG, "transient-for", parent, "modal", TRUE,
                                            "title", _("Details"), "default-width", DIALOG_WIDTH, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->message = g_strdup (message);
  self->advice = g_strdup (advice);
  self->findings = g_ptr_array_ref (findings);
  gtk_widget_add_css_class (box, "question");
  gtk_box_append (GTK_BOX (box), new_text (message, "title-4"));
  gtk_box_append (GTK_BOX (box), new_text (advice, "body"));
  if (findings->len > 0)
    gtk_box_append (GTK_BOX (box), new_list (findings));
  gtk_window_set_child (GTK_WINDOW (self), box);
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  gtk_window_set_focus (GTK_WINDOW (self), gtk_window_get_default_widget (GTK_WINDOW (self)));
  return self;
}
