#include "panels/problem-list.h"

#include <glib/gi18n.h>

#define NUDGE_TYPE_PROBLEM_ROW (nudge_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeProblemRow, nudge_problem_row, NUDGE, PROBLEM_ROW, GObject)

struct _NudgeProblemRow
{
  GObject parent_instance;
  GPtrArray *diagnostics;
  guint index;
};

G_DEFINE_FINAL_TYPE (NudgeProblemRow, nudge_problem_row, G_TYPE_OBJECT)

struct _NudgeProblemList
{
  GtkWidget parent_instance;
  GtkWidget *scrolled;
  GtkListView *view;
  GListStore *store;
};

G_DEFINE_FINAL_TYPE (NudgeProblemList, nudge_problem_list, GTK_TYPE_WIDGET)

enum
{
  PROBLEM_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const NudgeDiagnostic *
row_diagnostic (NudgeProblemRow *row)
{
  return g_ptr_array_index (row->diagnostics, row->index);
}

static void
nudge_problem_row_finalize (GObject *object)
{
  g_ptr_array_unref (NUDGE_PROBLEM_ROW (object)->diagnostics);
  G_OBJECT_CLASS (nudge_problem_row_parent_class)->finalize (object);
}

static void
nudge_problem_row_class_init (NudgeProblemRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_problem_row_finalize;
}

static void
nudge_problem_row_init (NudgeProblemRow *self)
{
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *text = gtk_label_new (NULL);
  GtkWidget *hint = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_ellipsize (GTK_LABEL (hint), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (hint, TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_list_item_set_child (item, box);
}

/* What is found is told in English, for reports and logs. Where the code has been translated that comes first. */
static char *
headline (const NudgeDiagnostic *diagnostic)
{
  const char *summary = nudge_code_summary (diagnostic->code);
  const char *translated = _(summary);

  if (translated == summary)
    return nudge_diagnostic_to_string (diagnostic);
  if (diagnostic->subject != NULL)
    return g_strdup_printf ("N%04d %s: %s", diagnostic->code, diagnostic->subject, translated);
  return g_strdup_printf ("N%04d: %s", diagnostic->code, translated);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  static const char *const icons[] = {
    [NUDGE_SEVERITY_INFO] = "dialog-information-symbolic",
    [NUDGE_SEVERITY_WARNING] = "dialog-warning-symbolic",
    [NUDGE_SEVERITY_ERROR] = "dialog-error-symbolic",
  };
  static const char *const classes[][2] = {
    [NUDGE_SEVERITY_INFO] = { "severity-info", NULL },
    [NUDGE_SEVERITY_WARNING] = { "severity-warning", NULL },
    [NUDGE_SEVERITY_ERROR] = { "severity-error", NULL },
  };
  const NudgeDiagnostic *diagnostic = row_diagnostic (gtk_list_item_get_item (item));
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *icon = gtk_widget_get_first_child (box);
  GtkWidget *text = gtk_widget_get_next_sibling (icon);
  GtkWidget *hint = gtk_widget_get_next_sibling (text);
  g_autofree char *title = headline (diagnostic);
  g_autofree char *line = nudge_diagnostic_to_string (diagnostic);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), icons[diagnostic->severity]);
  gtk_widget_set_css_classes (icon, (const char **) classes[diagnostic->severity]);
  gtk_label_set_text (GTK_LABEL (text), title);
  gtk_label_set_text (GTK_LABEL (hint), _(nudge_code_hint (diagnostic->code)));
  gtk_widget_set_tooltip_text (box, line);
}

static void
on_activate (GtkListView *view, guint position, gpointer data)
{
  g_signal_emit (data, signals[PROBLEM_ACTIVATED], 0, position);
}

void
nudge_problem_list_set_diagnostics (NudgeProblemList *self, GPtrArray *diagnostics)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (NUDGE_IS_PROBLEM_LIST (self));

  for (gint severity = NUDGE_SEVERITY_ERROR; diagnostics != NULL && severity >= NUDGE_SEVERITY_INFO; severity--)
    for (guint i = 0; i < diagnostics->len; i++)
      {
        const NudgeDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);
        NudgeProblemRow *row;

        if ((gint) diagnostic->severity != severity)
          continue;
        row = g_object_new (NUDGE_TYPE_PROBLEM_ROW, NULL);
        row->diagnostics = g_ptr_array_ref (diagnostics);
        row->index = i;
        g_ptr_array_add (rows, row);
      }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), rows->pdata, rows->len);
}

const NudgeDiagnostic *
nudge_problem_list_get (NudgeProblemList *self, guint index)
{
  g_autoptr (NudgeProblemRow) row = NULL;

  g_return_val_if_fail (NUDGE_IS_PROBLEM_LIST (self), NULL);

  row = g_list_model_get_item (G_LIST_MODEL (self->store), index);
  return row != NULL ? row_diagnostic (row) : NULL;
}

void
nudge_problem_list_step (NudgeProblemList *self, gboolean forward)
{
  GtkSingleSelection *selection;
  guint n, at;

  g_return_if_fail (NUDGE_IS_PROBLEM_LIST (self));

  selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->view));
  n = g_list_model_get_n_items (G_LIST_MODEL (selection));
  if (n == 0)
    return;
  at = gtk_single_selection_get_selected (selection);
  if (at == GTK_INVALID_LIST_POSITION)
    at = forward ? 0 : n - 1;
  else
    at = (at + (forward ? 1 : n - 1)) % n;
  gtk_single_selection_set_selected (selection, at);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", at);
  g_signal_emit (self, signals[PROBLEM_ACTIVATED], 0, at);
}

static void
nudge_problem_list_dispose (GObject *object)
{
  NudgeProblemList *self = NUDGE_PROBLEM_LIST (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (nudge_problem_list_parent_class)->dispose (object);
}

/* The line that had the focus, else the first. */
static gboolean
nudge_problem_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (NUDGE_PROBLEM_LIST (widget)->view));
}

static void
nudge_problem_list_class_init (NudgeProblemListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_problem_list_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = nudge_problem_list_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[PROBLEM_ACTIVATED] = g_signal_new ("problem-activated", NUDGE_TYPE_PROBLEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nudge_problem_list_init (NudgeProblemList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->store = g_list_store_new (NUDGE_TYPE_PROBLEM_ROW);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Problems"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (self->scrolled, "problems");
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 132);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}
