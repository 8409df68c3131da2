#include "panels/log-panel.h"

#include <glib/gi18n.h>

#define NUDGE_TYPE_LOG_LINE (nudge_log_line_get_type ())
G_DECLARE_FINAL_TYPE (NudgeLogLine, nudge_log_line, NUDGE, LOG_LINE, GObject)

/* A line is known by its number: times would tell nothing that a person could compare with another run. */
struct _NudgeLogLine
{
  GObject parent_instance;
  guint number;
  NudgeSeverity severity;
  char *text;
};

G_DEFINE_FINAL_TYPE (NudgeLogLine, nudge_log_line, G_TYPE_OBJECT)

struct _NudgeLogPanel
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkDropDown *levels;
  GtkListView *view;
  GListStore *store;
  GtkCustomFilter *filter;
  GtkSelectionModel *selection;
  NudgeSeverity level;
  guint n_lines; /* that were ever added */
};

G_DEFINE_FINAL_TYPE (NudgeLogPanel, nudge_log_panel, GTK_TYPE_WIDGET)

static void
nudge_log_line_finalize (GObject *object)
{
  g_free (NUDGE_LOG_LINE (object)->text);
  G_OBJECT_CLASS (nudge_log_line_parent_class)->finalize (object);
}

static void
nudge_log_line_class_init (NudgeLogLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_log_line_finalize;
}

static void
nudge_log_line_init (NudgeLogLine *self)
{
}

static const char *
level_name (NudgeSeverity severity)
{
  static const char *const names[] = { [NUDGE_SEVERITY_INFO] = N_("Note"), [NUDGE_SEVERITY_WARNING] = N_("Warning"), [NUDGE_SEVERITY_ERROR] = N_("Error") };

  return _(names[severity]);
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  return NUDGE_LOG_LINE (item)->severity >= NUDGE_LOG_PANEL (data)->level;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *number = gtk_label_new (NULL), *level = gtk_label_new (NULL), *text = gtk_label_new (NULL);

  gtk_label_set_width_chars (GTK_LABEL (number), 5);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_label_set_width_chars (GTK_LABEL (level), 9);
  gtk_label_set_xalign (GTK_LABEL (level), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), level);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  static const char *const classes[][2] = {
    [NUDGE_SEVERITY_INFO] = { "dim-label", NULL },
    [NUDGE_SEVERITY_WARNING] = { "severity-warning", NULL },
    [NUDGE_SEVERITY_ERROR] = { "severity-error", NULL },
  };
  NudgeLogLine *line = gtk_list_item_get_item (item);
  GtkWidget *number = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *level = gtk_widget_get_next_sibling (number);
  GtkWidget *text = gtk_widget_get_next_sibling (level);
  g_autofree char *shown = g_strdup_printf ("%u", line->number);

  gtk_label_set_text (GTK_LABEL (number), shown);
  gtk_label_set_text (GTK_LABEL (level), level_name (line->severity));
  gtk_widget_set_css_classes (level, (const char **) classes[line->severity]);
  gtk_label_set_text (GTK_LABEL (text), line->text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), line->text);
}

void
nudge_log_panel_add (NudgeLogPanel *self, NudgeSeverity severity, const char *text)
{
  g_autoptr (NudgeLogLine) line = NULL;
  guint n;

  g_return_if_fail (NUDGE_IS_LOG_PANEL (self) && text != NULL);

  line = g_object_new (NUDGE_TYPE_LOG_LINE, NULL);
  line->number = ++self->n_lines;
  line->severity = severity;
  line->text = g_strdelimit (g_strdup (text), "\n\r", ' ');
  n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  /* Many at a time: each removal moves all that follow. */
  if (n >= NUDGE_LOG_LINES)
    g_list_store_splice (self->store, 0, n - NUDGE_LOG_LINES + NUDGE_LOG_LINES / 10, NULL, 0);
  g_list_store_append (self->store, line);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  if (n > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", n - 1);
}

void
nudge_log_panel_add_new (NudgeLogPanel *self, const GPtrArray *before, const GPtrArray *after)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_if_fail (NUDGE_IS_LOG_PANEL (self));

  for (guint i = 0; before != NULL && i < before->len; i++)
    g_hash_table_add (known, nudge_diagnostic_to_string (before->pdata[i]));
  for (guint i = 0; after != NULL && i < after->len; i++)
    {
      g_autofree char *text = nudge_diagnostic_to_string (after->pdata[i]);

      if (!g_hash_table_contains (known, text))
        nudge_log_panel_add (self, ((const NudgeDiagnostic *) after->pdata[i])->severity, text);
    }
}

void
nudge_log_panel_set_level (NudgeLogPanel *self, NudgeSeverity level)
{
  g_return_if_fail (NUDGE_IS_LOG_PANEL (self) && level <= NUDGE_SEVERITY_ERROR);

  if (self->level == level)
    return;
  self->level = level;
  gtk_drop_down_set_selected (self->levels, level);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

char *
nudge_log_panel_get_text (NudgeLogPanel *self, gboolean selected)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (NUDGE_IS_LOG_PANEL (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (NudgeLogLine) line = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (!selected || gtk_selection_model_is_selected (self->selection, i))
        g_string_append_printf (text, "%u\t%s\t%s\n", line->number, level_name (line->severity), line->text);
    }
  return g_string_free (text, FALSE);
}

static void
copy (NudgeLogPanel *self, gboolean selected)
{
  g_autofree char *text = nudge_log_panel_get_text (self, selected);

  if (*text != 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_level_chosen (GtkDropDown *levels, GParamSpec *pspec, gpointer data)
{
  nudge_log_panel_set_level (data, (NudgeSeverity) gtk_drop_down_get_selected (levels));
}

static void
on_copy_all (GtkButton *button, gpointer data)
{
  copy (data, FALSE);
}

static gboolean
on_copy (GtkWidget *widget, GVariant *args, gpointer data)
{
  copy (NUDGE_LOG_PANEL (widget), TRUE);
  return GDK_EVENT_STOP;
}

static void
nudge_log_panel_dispose (GObject *object)
{
  NudgeLogPanel *self = NUDGE_LOG_PANEL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (nudge_log_panel_parent_class)->dispose (object);
}

/* The line that had the focus, else the first. */
static gboolean
nudge_log_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (NUDGE_LOG_PANEL (widget)->view));
}

static void
nudge_log_panel_class_init (NudgeLogPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_log_panel_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = nudge_log_panel_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_c, GDK_CONTROL_MASK, on_copy, NULL);
}

static GtkWidget *
new_bar (NudgeLogPanel *self)
{
  const char *const levels[] = { _("Everything"), _("Warnings and Errors"), _("Errors"), NULL };
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (_("Log")), *button = gtk_button_new_with_mnemonic (_("_Copy All"));

  self->levels = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (levels));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->levels), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Shown lines"), -1);
  g_signal_connect (self->levels, "notify::selected", G_CALLBACK (on_level_chosen), self);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_all), self);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (bar, "log-bar");
  gtk_box_append (GTK_BOX (bar), title);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->levels));
  gtk_box_append (GTK_BOX (bar), button);
  return bar;
}

static void
nudge_log_panel_init (NudgeLogPanel *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->store = g_list_store_new (NUDGE_TYPE_LOG_LINE);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (
    G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), GTK_FILTER (self->filter)))));
  self->view = GTK_LIST_VIEW (gtk_list_view_new (self->selection, factory));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Log"), -1);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 132);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "problems");
  gtk_box_append (GTK_BOX (self->box), new_bar (self));
  gtk_box_append (GTK_BOX (self->box), scrolled);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
