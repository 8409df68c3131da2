#include "panels/score-panel.h"

#include <glib/gi18n.h>
#include <math.h>

/* Points; less is no news. */
#define LEAST 0.05

/* One row: a metric that costs something. */
typedef struct
{
  NudgeMetric metric;
  double lost;
  guint n_offences;
  guint shown; /* how often a person has asked where: the next place is another one */
} Row;

struct _NudgeScorePanel
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkLabel *title, *change;
  GtkListBox *list;
  NudgeScore *score;
  GArray *rows; /* Row, the dearest first */
};

G_DEFINE_FINAL_TYPE (NudgeScorePanel, nudge_score_panel, GTK_TYPE_WIDGET)

enum
{
  OFFENCE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint
dearest_first (gconstpointer a, gconstpointer b)
{
  const Row *one = a, *other = b;

  if (one->lost != other->lost)
    return one->lost > other->lost ? -1 : 1;
  return (gint) one->metric - (gint) other->metric;
}

static void
list_rows (NudgeScorePanel *self)
{
  guint counts[NUDGE_N_METRICS] = { 0 };

  for (guint i = 0; i < nudge_score_get_n_offences (self->score); i++)
    counts[nudge_score_get_offence (self->score, i)->metric]++;
  for (guint i = 0; i < NUDGE_N_METRICS; i++)
    {
      Row row = { (NudgeMetric) i, nudge_score_get_lost (self->score, (NudgeMetric) i), counts[i], 0 };

      if (row.lost >= LEAST || (row.n_offences > 0 && nudge_metric_weight (row.metric) > 0))
        g_array_append_val (self->rows, row);
    }
  g_array_sort (self->rows, dearest_first);
}

static void
append_row (NudgeScorePanel *self, const Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *summary = _(nudge_metric_summary (row->metric));
  g_autofree char *places = row->n_offences > 0 ? g_strdup_printf ("%s (%u)", summary, row->n_offences) : NULL;
  g_autofree char *cost = g_strdup_printf ("−%.1f", row->lost);
  GtkWidget *name = gtk_label_new (places != NULL ? places : summary);
  GtkWidget *lost = gtk_label_new (cost);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (lost, "numeric");
  gtk_widget_add_css_class (lost, "dim-label");
  gtk_widget_set_tooltip_text (box, summary);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), lost);
  gtk_list_box_append (self->list, box);
}

void
nudge_score_panel_set_score (NudgeScorePanel *self, NudgeScore *score, NudgeScore *before, const char *since)
{
  g_autofree char *title = NULL;
  g_autofree char *change = NULL;
  GtkWidget *row;
  double delta;

  g_return_if_fail (NUDGE_IS_SCORE_PANEL (self) && since != NULL);

  g_clear_pointer (&self->score, nudge_score_unref);
  self->score = score != NULL ? nudge_score_ref (score) : NULL;
  g_array_set_size (self->rows, 0);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  gtk_widget_set_visible (self->box, score != NULL);
  if (score == NULL)
    return;
  delta = before != NULL ? nudge_score_get_total (score) - nudge_score_get_total (before) : 0;
  title = g_strdup_printf (_("Score %.1f"), nudge_score_get_total (score));
  if (fabs (delta) >= LEAST)
    /* Translators: an arrow, points, and “the last export” or “it was opened”. */
    change = g_strdup_printf (_("%s %.1f since %s"), delta > 0 ? "▲" : "▼", fabs (delta), since);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->change, change != NULL ? change : "");
  gtk_widget_set_visible (GTK_WIDGET (self->change), change != NULL);
  list_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    append_row (self, &g_array_index (self->rows, Row, i));
}

const char *
nudge_score_panel_get_title (NudgeScorePanel *self)
{
  g_return_val_if_fail (NUDGE_IS_SCORE_PANEL (self), NULL);

  return gtk_label_get_text (self->title);
}

guint
nudge_score_panel_count (NudgeScorePanel *self)
{
  g_return_val_if_fail (NUDGE_IS_SCORE_PANEL (self), 0);

  return self->rows->len;
}

void
nudge_score_panel_activate (NudgeScorePanel *self, guint index)
{
  Row *row;
  guint skip;

  g_return_if_fail (NUDGE_IS_SCORE_PANEL (self) && index < self->rows->len);

  row = &g_array_index (self->rows, Row, index);
  if (row->n_offences == 0)
    return;
  skip = row->shown++ % row->n_offences;
  for (guint i = 0; i < nudge_score_get_n_offences (self->score); i++)
    if (nudge_score_get_offence (self->score, i)->metric == row->metric && skip-- == 0)
      {
        g_signal_emit (self, signals[OFFENCE_ACTIVATED], 0, i);
        return;
      }
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  nudge_score_panel_activate (data, (guint) gtk_list_box_row_get_index (row));
}

static void
nudge_score_panel_dispose (GObject *object)
{
  NudgeScorePanel *self = NUDGE_SCORE_PANEL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->score, nudge_score_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  G_OBJECT_CLASS (nudge_score_panel_parent_class)->dispose (object);
}

static void
nudge_score_panel_class_init (NudgeScorePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_score_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[OFFENCE_ACTIVATED] = g_signal_new ("offence-activated", NUDGE_TYPE_SCORE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nudge_score_panel_init (NudgeScorePanel *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->change = GTK_LABEL (gtk_label_new (NULL));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_xalign (self->change, 0);
  gtk_label_set_ellipsize (self->change, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->change), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "pin-list");
  gtk_widget_add_css_class (self->box, "score");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the score is lost for"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 110);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->change));
  gtk_box_append (GTK_BOX (self->box), scrolled);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
