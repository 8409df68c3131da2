#include "panels/breadcrumb.h"

#include <glib/gi18n.h>

#define BLOCK_KEY "nudge-block"
#define ARROW " › "

struct _NudgeBreadcrumb
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GArray *way; /* guint: blocks, the root first */
  char *text;
};

G_DEFINE_FINAL_TYPE (NudgeBreadcrumb, nudge_breadcrumb, GTK_TYPE_WIDGET)

enum
{
  SHEET_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_clicked (GtkButton *button, gpointer data)
{
  g_signal_emit (data, signals[SHEET_SELECTED], 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), BLOCK_KEY)));
}

static void
append_step (NudgeBreadcrumb *self, const char *label, guint block)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (text), MIN ((int) g_utf8_strlen (label, -1), 6));
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, label);
  g_object_set_data (G_OBJECT (button), BLOCK_KEY, GUINT_TO_POINTER (block));
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
append_arrow (NudgeBreadcrumb *self)
{
  GtkWidget *arrow = gtk_label_new ("›");

  gtk_widget_add_css_class (arrow, "dim-label");
  gtk_box_append (GTK_BOX (self->box), arrow);
}

void
nudge_breadcrumb_show (NudgeBreadcrumb *self, const NudgeCircuit *circuit, guint block)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *child;

  g_return_if_fail (NUDGE_IS_BREADCRUMB (self));

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_array_set_size (self->way, 0);
  for (guint i = circuit != NULL ? block : NUDGE_NONE; i != NUDGE_NONE; i = circuit->blocks[i].parent)
    g_array_prepend_val (self->way, i);
  for (guint i = 0; i < self->way->len; i++)
    {
      guint step = g_array_index (self->way, guint, i);

      if (i > 0)
        append_arrow (self);
      append_step (self, circuit->blocks[step].label, step);
      g_string_append_printf (text, "%s%s", i > 0 ? ARROW : "", circuit->blocks[step].label);
    }
  g_free (self->text);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
nudge_breadcrumb_get_text (NudgeBreadcrumb *self)
{
  g_return_val_if_fail (NUDGE_IS_BREADCRUMB (self), NULL);

  return self->text;
}

void
nudge_breadcrumb_activate (NudgeBreadcrumb *self, guint position)
{
  g_return_if_fail (NUDGE_IS_BREADCRUMB (self) && position < self->way->len);

  g_signal_emit (self, signals[SHEET_SELECTED], 0, g_array_index (self->way, guint, position));
}

static void
nudge_breadcrumb_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_BREADCRUMB (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_breadcrumb_parent_class)->dispose (object);
}

static void
nudge_breadcrumb_finalize (GObject *object)
{
  NudgeBreadcrumb *self = NUDGE_BREADCRUMB (object);

  g_array_unref (self->way);
  g_free (self->text);
  G_OBJECT_CLASS (nudge_breadcrumb_parent_class)->finalize (object);
}

static void
nudge_breadcrumb_class_init (NudgeBreadcrumbClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_breadcrumb_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_breadcrumb_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "breadcrumb");
  signals[SHEET_SELECTED] = g_signal_new ("sheet-selected", NUDGE_TYPE_BREADCRUMB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nudge_breadcrumb_init (NudgeBreadcrumb *self)
{
  self->way = g_array_new (FALSE, FALSE, sizeof (guint));
  self->text = g_strdup ("");
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_set_halign (self->box, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The way to this sheet"), -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
