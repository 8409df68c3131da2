#include "dialogs/question.h"

#define ANSWER_KEY "nudge-answer"

/* The task is answered when the window goes; the button that closes it says with what. */
static void
on_destroy (GtkWidget *dialog, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_int (task, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), ANSWER_KEY)));
}

static void
on_answered (GtkButton *button, gpointer data)
{
  g_object_set_data (data, ANSWER_KEY, g_object_get_data (G_OBJECT (button), ANSWER_KEY));
  gtk_window_destroy (data);
}

static gboolean
on_escape (GtkWidget *dialog, GVariant *args, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  return TRUE;
}

static void
add_answers (GtkWindow *dialog, GtkBox *box, const char *const *answers)
{
  for (guint i = 0; answers[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (answers[i]);

      g_object_set_data (G_OBJECT (button), ANSWER_KEY, GUINT_TO_POINTER (i));
      g_signal_connect (button, "clicked", G_CALLBACK (on_answered), dialog);
      gtk_box_append (box, button);
      if (answers[i + 1] != NULL)
        continue;
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_window_set_default_widget (dialog, button);
      gtk_widget_grab_focus (button);
    }
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

void
nudge_question_async (GtkWindow *parent, const char *title, const char *text, const char *const *answers,
                      GAsyncReadyCallback callback, gpointer data)
{
  GtkWidget *dialog = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GTask *task = g_task_new (NULL, NULL, callback, data);

  g_task_set_source_tag (task, nudge_question_async);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);
  gtk_widget_add_css_class (box, "question");
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_label (title, "title-4"));
  gtk_box_append (GTK_BOX (box), new_label (text, "dim-label"));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_window_set_child (GTK_WINDOW (dialog), box);
  add_answers (GTK_WINDOW (dialog), GTK_BOX (buttons), answers);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
  g_signal_connect (dialog, "destroy", G_CALLBACK (on_destroy), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

guint
nudge_question_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, nudge_question_async), 0);

  return (guint) g_task_propagate_int (G_TASK (result), NULL);
}
