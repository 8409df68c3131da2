#include "dialogs/export-dialog.h"

#include <glib/gi18n.h>

struct _NudgeExportDialog
{
  GtkWindow parent_instance;
  NudgePreview *preview;
  GtkDropDown *dialect;
  GtkLabel *summary;
  GtkListBox *list;
  GtkWidget *cancel, *confirm;
};

/* In the order of the choice. */
static const struct
{
  NudgeDialect dialect;
  const char *title;
} dialects[] = {
  { NUDGE_DIALECT_SCHEMATIC, N_("Nudge: wires and labels") },
  { NUDGE_DIALECT_CIRCUIT_SYNTH, N_("circuit-synth 0.12.1: a label on every pin") },
  { NUDGE_DIALECT_CIRCUIT_SYNTH_2025, N_("circuit-synth of July 2025") },
};

G_DEFINE_FINAL_TYPE (NudgeExportDialog, nudge_export_dialog, GTK_TYPE_WINDOW)

enum
{
  CONFIRMED,
  CHOOSE_FOLDER,
  DIALECT_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
state_text (NudgeFileState state)
{
  /* Translators: here and below, what becomes of a file. */
  static const char *const texts[] = {
    [NUDGE_FILE_NEW] = N_("new"),
    [NUDGE_FILE_CHANGED] = N_("changed"),
    [NUDGE_FILE_UNCHANGED] = N_("unchanged"),
    [NUDGE_FILE_KEPT] = N_("left alone"),
    [NUDGE_FILE_EDITED] = N_("edited by someone else since"),
    [NUDGE_FILE_FOREIGN] = N_("not Nudge’s"),
    [NUDGE_FILE_REMOVED] = N_("removed: no longer needed"),
  };

  return _(texts[state]);
}

static void
add_file (NudgeExportDialog *self, const NudgePreviewEntry *entry)
{
  gboolean is_bad = entry->state == NUDGE_FILE_EDITED || entry->state == NUDGE_FILE_FOREIGN;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (entry->name);
  GtkWidget *state = gtk_label_new (state_text (entry->state));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (state, is_bad ? "error" : entry->is_written ? "accent" : "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), state);
  gtk_list_box_append (self->list, box);
}

static guint
count_written (const NudgePreview *preview)
{
  guint n = 0;

  for (guint i = 0; i < preview->n_entries; i++)
    n += preview->entries[i].is_written;
  return n;
}

static char *
describe (const NudgePreview *preview)
{
  if (preview->open_in_kicad != NULL)
    return g_strdup_printf (_("KiCad has %s open: close it first, or what is written may be overwritten."), preview->open_in_kicad);
  if (preview->is_refused)
    return g_strdup (_("Some files are not as Nudge left them. Replacing them loses what was done to them."));
  if (count_written (preview) == 0)
    return g_strdup (_("Everything is up to date."));
  /* Translators: the first number is of those that will be written, the second of all. */
  return g_strdup_printf (ngettext ("%u of %u file will be written.", "%u of %u files will be written.", preview->n_entries),
                          count_written (preview), preview->n_entries);
}

void
nudge_export_dialog_confirm (NudgeExportDialog *self)
{
  g_return_if_fail (NUDGE_IS_EXPORT_DIALOG (self));

  g_signal_emit (self, signals[CONFIRMED], 0, self->preview->is_refused);
  gtk_window_destroy (GTK_WINDOW (self));
}

void
nudge_export_dialog_choose_dialect (NudgeExportDialog *self, NudgeDialect dialect)
{
  g_return_if_fail (NUDGE_IS_EXPORT_DIALOG (self));

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (dialects[i].dialect == dialect)
      gtk_drop_down_set_selected (self->dialect, i);
}

guint
nudge_export_dialog_count (NudgeExportDialog *self)
{
  g_return_val_if_fail (NUDGE_IS_EXPORT_DIALOG (self), 0);

  return self->preview->n_entries;
}

static void
on_choose (GtkButton *button, gpointer data)
{
  g_signal_emit (data, signals[CHOOSE_FOLDER], 0);
  gtk_window_destroy (data);
}

static void
on_dialect_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  NudgeExportDialog *self = data;
  guint chosen = gtk_drop_down_get_selected (drop_down);

  if (chosen >= G_N_ELEMENTS (dialects))
    return;
  /* What is listed is no longer what would be written. */
  gtk_widget_set_sensitive (self->confirm, FALSE);
  gtk_label_set_text (self->summary, _("Drawing anew…"));
  g_signal_emit (self, signals[DIALECT_CHOSEN], 0, (guint) dialects[chosen].dialect);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (widget));
  return TRUE;
}

static GtkWidget *
new_buttons (NudgeExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *choose = gtk_button_new_with_mnemonic (_("Other _Folder…"));

  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->confirm = gtk_button_new_with_mnemonic (_("_Export"));
  gtk_widget_set_hexpand (self->cancel, TRUE);
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_END);
  g_signal_connect (choose, "clicked", G_CALLBACK (on_choose), self);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (gtk_window_destroy), self);
  g_signal_connect_swapped (self->confirm, "clicked", G_CALLBACK (nudge_export_dialog_confirm), self);
  gtk_box_append (GTK_BOX (box), choose);
  gtk_box_append (GTK_BOX (box), self->cancel);
  gtk_box_append (GTK_BOX (box), self->confirm);
  return box;
}

/* Enter writes, unless something of others would be lost by it. */
static void
arm (NudgeExportDialog *self)
{
  gboolean refused = self->preview->is_refused;

  gtk_button_set_label (GTK_BUTTON (self->confirm), refused ? _("_Replace") : _("_Export"));
  gtk_widget_set_css_classes (self->confirm, (const char *[]){ "text-button", refused ? "destructive-action" : "suggested-action", NULL });
  gtk_widget_set_sensitive (self->confirm, TRUE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_window_set_default_widget (GTK_WINDOW (self), refused ? NULL : self->confirm);
}

/* Focus and default button wait for the window: assistive technology is to hear of it first. */
static void
on_map (GtkWidget *widget, gpointer data)
{
  NudgeExportDialog *self = NUDGE_EXPORT_DIALOG (widget);

  arm (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->preview->is_refused ? self->cancel : self->confirm);
}

void
nudge_export_dialog_set_preview (NudgeExportDialog *self, NudgePreview *preview)
{
  GtkWidget *row;
  g_autofree char *text = NULL;

  g_return_if_fail (NUDGE_IS_EXPORT_DIALOG (self) && preview != NULL);

  nudge_preview_ref (preview);
  g_clear_pointer (&self->preview, nudge_preview_unref);
  self->preview = preview;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < preview->n_entries; i++)
    add_file (self, &preview->entries[i]);
  text = describe (preview);
  gtk_label_set_text (self->summary, text);
  arm (self);
}

static GtkWidget *
new_dialects (NudgeExportDialog *self, NudgeDialect dialect)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Drawn as"));
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    gtk_string_list_append (titles, _(dialects[i].title));
  self->dialect = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (titles), NULL));
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (dialects[i].dialect == dialect)
      gtk_drop_down_set_selected (self->dialect, i);
  gtk_widget_set_hexpand (GTK_WIDGET (self->dialect), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->dialect));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dialect), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Drawn as"), -1);
  g_signal_connect (self->dialect, "notify::selected", G_CALLBACK (on_dialect_chosen), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->dialect));
  return box;
}

static GtkWidget *
new_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static void
nudge_export_dialog_finalize (GObject *object)
{
  g_clear_pointer (&NUDGE_EXPORT_DIALOG (object)->preview, nudge_preview_unref);
  G_OBJECT_CLASS (nudge_export_dialog_parent_class)->finalize (object);
}

static void
nudge_export_dialog_class_init (NudgeExportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_export_dialog_finalize;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);
  signals[CONFIRMED] = g_signal_new ("confirmed", NUDGE_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[DIALECT_CHOSEN] = g_signal_new ("dialect-chosen", NUDGE_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CHOOSE_FOLDER] = g_signal_new ("choose-folder", NUDGE_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_export_dialog_init (NudgeExportDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _("Export KiCad Project"));
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 420);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "file-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files"), -1);
}

NudgeExportDialog *
nudge_export_dialog_new (GtkWindow *parent, const char *folder, NudgeDialect dialect, NudgePreview *preview)
{
  NudgeExportDialog *self;
  GtkWidget *box, *scrolled, *shown, *buttons;
  g_autofree char *name = NULL;

  g_return_val_if_fail (folder != NULL && preview != NULL, NULL);

  self = g_object_new (NUDGE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  name = g_filename_display_name (folder);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  shown = new_text (name);
  scrolled = gtk_scrolled_window_new ();
  buttons = new_buttons (self);
  self->summary = GTK_LABEL (new_text (""));
  gtk_widget_add_css_class (shown, "heading");
  gtk_widget_add_css_class (box, "dialog-content");
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), shown);
  gtk_box_append (GTK_BOX (box), new_dialects (self, dialect));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_window_set_child (GTK_WINDOW (self), box);
  nudge_export_dialog_set_preview (self, preview);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  return self;
}
