#include "dialogs/export-dialog.h"

#include <glib/gi18n.h>

struct _NudgeExportDialog
{
  GtkWindow parent_instance;
  NudgePreview *preview;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (NudgeExportDialog, nudge_export_dialog, GTK_TYPE_WINDOW)

enum
{
  CONFIRMED,
  CHOOSE_FOLDER,
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
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *confirm = gtk_button_new_with_mnemonic (self->preview->is_refused ? _("_Replace") : _("_Export"));

  gtk_widget_set_hexpand (cancel, TRUE);
  gtk_widget_set_halign (cancel, GTK_ALIGN_END);
  gtk_widget_add_css_class (confirm, self->preview->is_refused ? "destructive-action" : "suggested-action");
  g_signal_connect (choose, "clicked", G_CALLBACK (on_choose), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), self);
  g_signal_connect_swapped (confirm, "clicked", G_CALLBACK (nudge_export_dialog_confirm), self);
  gtk_box_append (GTK_BOX (box), choose);
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_box_append (GTK_BOX (box), confirm);
  gtk_window_set_focus (GTK_WINDOW (self), self->preview->is_refused ? cancel : confirm);
  if (!self->preview->is_refused)
    gtk_window_set_default_widget (GTK_WINDOW (self), confirm);
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
nudge_export_dialog_new (GtkWindow *parent, const char *folder, NudgePreview *preview)
{
  NudgeExportDialog *self;
  GtkWidget *box, *scrolled;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (folder != NULL && preview != NULL, NULL);

  self = g_object_new (NUDGE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->preview = nudge_preview_ref (preview);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  scrolled = gtk_scrolled_window_new ();
  shown = g_filename_display_name (folder);
  text = describe (preview);
  gtk_widget_add_css_class (box, "dialog-content");
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  for (guint i = 0; i < preview->n_entries; i++)
    add_file (self, &preview->entries[i]);
  gtk_box_append (GTK_BOX (box), new_text (shown));
  gtk_box_append (GTK_BOX (box), new_text (text));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_window_set_child (GTK_WINDOW (self), box);
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  return self;
}
