#include "dialogs/symbol-dialog.h"

#include "paint/paint-lone-symbol.h"
#include "settings.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HITS 100
#define MAX_PINS 24

struct _NudgeSymbolDialog
{
  GtkWindow parent_instance;
  NudgeLibrary *library;
  NudgeSearch *search;
  GtkSearchEntry *entry;
  GtkDropDown *libraries;
  GtkListBox *list;
  GtkLabel *count, *preview;
  GtkWidget *confirm;
  GtkDrawingArea *picture;
  const NudgeSymbol *shown; /* of the library, or NULL */
  NudgeSearchHit *hits;
  guint n_hits;
};

G_DEFINE_FINAL_TYPE (NudgeSymbolDialog, nudge_symbol_dialog, GTK_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
add_hit (NudgeSymbolDialog *self, const NudgeSearchHit *hit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *id = gtk_label_new (hit->id);
  GtkWidget *description = gtk_label_new (hit->description);

  gtk_label_set_xalign (GTK_LABEL (id), 0);
  gtk_label_set_xalign (GTK_LABEL (description), 0);
  gtk_label_set_ellipsize (GTK_LABEL (description), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (description, "dim-label");
  gtk_box_append (GTK_BOX (box), id);
  gtk_box_append (GTK_BOX (box), description);
  gtk_list_box_append (self->list, box);
}

/* The library that is chosen, or NULL for all. */
static const char *
chosen_library (NudgeSymbolDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->libraries);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return nudge_search_get_libraries (self->search)[selected - 1];
}

static void
find (NudgeSymbolDialog *self)
{
  GtkWidget *row;
  guint found = 0, n;
  g_autofree char *text = NULL;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_clear_pointer (&self->hits, g_free);
  self->n_hits = 0;
  if (self->search == NULL)
    return;
  self->hits = nudge_search_find (self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)), chosen_library (self), MAX_HITS, &self->n_hits, &found);
  for (guint i = 0; i < self->n_hits; i++)
    add_hit (self, &self->hits[i]);
  n = nudge_search_get_n_symbols (self->search);
  text = g_strdup_printf (ngettext ("%u of %u symbol", "%u of %u symbols", n), found, n);
  gtk_label_set_text (self->count, text);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

void
nudge_symbol_dialog_set_search (NudgeSymbolDialog *self, NudgeSearch *search)
{
  g_autoptr (GtkStringList) names = NULL;

  g_return_if_fail (NUDGE_IS_SYMBOL_DIALOG (self) && search != NULL);

  nudge_search_ref (search);
  g_clear_pointer (&self->search, nudge_search_unref);
  self->search = search;
  names = gtk_string_list_new ((const char *[]){ _("All libraries"), NULL });
  for (guint i = 0; nudge_search_get_libraries (search)[i] != NULL; i++)
    gtk_string_list_append (names, nudge_search_get_libraries (search)[i]);
  gtk_drop_down_set_model (self->libraries, G_LIST_MODEL (names));
  find (self);
}

void
nudge_symbol_dialog_type (NudgeSymbolDialog *self, const char *text)
{
  g_return_if_fail (NUDGE_IS_SYMBOL_DIALOG (self) && text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  find (self);
}

guint
nudge_symbol_dialog_count (NudgeSymbolDialog *self)
{
  g_return_val_if_fail (NUDGE_IS_SYMBOL_DIALOG (self), 0);

  return self->n_hits;
}

const char *
nudge_symbol_dialog_get (NudgeSymbolDialog *self, guint row)
{
  g_return_val_if_fail (NUDGE_IS_SYMBOL_DIALOG (self) && row < self->n_hits, NULL);

  return self->hits[row].id;
}

void
nudge_symbol_dialog_choose (NudgeSymbolDialog *self, guint row)
{
  g_return_if_fail (NUDGE_IS_SYMBOL_DIALOG (self) && row < self->n_hits);

  g_signal_emit (self, signals[CHOSEN], 0, self->hits[row].id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static char *
describe_pins (const NudgeSymbol *symbol)
{
  GString *text = g_string_new (NULL);

  /* Translators: a list of pins follows. */
  g_string_printf (text, ngettext ("%u pin:", "%u pins:", symbol->n_pins), symbol->n_pins);
  for (guint i = 0; i < MIN (symbol->n_pins, MAX_PINS); i++)
    {
      const NudgeSymbolPin *pin = &symbol->pins[i];

      g_string_append_printf (text, "%s %s", i > 0 ? "," : "", pin->number);
      if (*pin->name != '\0' && strcmp (pin->name, "~") != 0)
        g_string_append_printf (text, " %s", pin->name);
    }
  if (symbol->n_pins > MAX_PINS)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

static void
draw_picture (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  g_autofree char *name = nudge_settings_get_string (nudge_settings_get_default (), NUDGE_SETTING_THEME);
  const NudgeTheme *theme = nudge_theme_find (name);
  NudgeSymbolDialog *self = data;

  if (self->shown != NULL)
    nudge_paint_lone_symbol (cr, self->shown, theme != NULL ? theme : nudge_themes ()[0], width, height);
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  NudgeSymbolDialog *self = data;
  guint index = row != NULL ? (guint) gtk_list_box_row_get_index (row) : G_MAXUINT;
  const NudgeSymbol *symbol = index < self->n_hits ? nudge_library_get_symbol (self->library, self->hits[index].id, NULL) : NULL;
  g_autofree char *text = symbol != NULL ? describe_pins (symbol) : g_strdup ("");

  /* The list loses its rows when the dialog goes. */
  if (self->library == NULL)
    return;
  self->shown = symbol;
  gtk_widget_queue_draw (GTK_WIDGET (self->picture));
  gtk_label_set_text (self->preview, text);
  gtk_widget_set_sensitive (self->confirm, symbol != NULL);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  nudge_symbol_dialog_choose (data, (guint) gtk_list_box_row_get_index (row));
}

static void
on_confirmed (GtkWidget *widget, gpointer data)
{
  NudgeSymbolDialog *self = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    nudge_symbol_dialog_choose (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_search_changed (GtkSearchEntry *entry, gpointer data)
{
  find (data);
}

static void
on_library_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  find (data);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (widget));
  return TRUE;
}

static void
nudge_symbol_dialog_dispose (GObject *object)
{
  NudgeSymbolDialog *self = NUDGE_SYMBOL_DIALOG (object);

  g_clear_pointer (&self->search, nudge_search_unref);
  self->shown = NULL;
  g_clear_object (&self->library);
  g_clear_pointer (&self->hits, g_free);
  self->n_hits = 0;
  G_OBJECT_CLASS (nudge_symbol_dialog_parent_class)->dispose (object);
}

static void
nudge_symbol_dialog_class_init (NudgeSymbolDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_symbol_dialog_dispose;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nudge_eda/Nudge/symbol-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, libraries);
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, list);
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, count);
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, NudgeSymbolDialog, picture);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_confirmed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_library_chosen);
  signals[CHOSEN] = g_signal_new ("chosen", NUDGE_TYPE_SYMBOL_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_symbol_dialog_init (NudgeSymbolDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->picture, draw_picture, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self));
}

NudgeSymbolDialog *
nudge_symbol_dialog_new (GtkWindow *parent, const char *title, NudgeLibrary *library)
{
  NudgeSymbolDialog *self;

  g_return_val_if_fail (title != NULL && NUDGE_IS_LIBRARY (library), NULL);

  self = g_object_new (NUDGE_TYPE_SYMBOL_DIALOG, "transient-for", parent, "title", title, NULL);
  self->library = g_object_ref (library);
  return self;
}
