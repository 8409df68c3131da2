#include "dialogs/preferences.h"

#include "arrange/arrange.h"
#include "dialogs/file-chooser.h"
#include "paint/theme.h"

#include <glib/gi18n.h>
#include <math.h>

struct _NudgePreferences
{
  GtkWindow parent_instance;
  NudgeSettings *settings;
  GtkDropDown *theme, *arranger;
  GtkSpinButton *blink;
  GtkCheckButton *autosave;
  GtkListBox *folders;
  GtkWidget *remove;
  gboolean filled; /* what is chosen from now on is chosen by a person */
};

G_DEFINE_FINAL_TYPE (NudgePreferences, nudge_preferences, GTK_TYPE_WINDOW)

static void
show_folders (NudgePreferences *self)
{
  g_auto (GStrv) folders = nudge_settings_get_strv (self->settings, NUDGE_SETTING_SYMBOL_FOLDERS);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->folders, 0)) != NULL)
    gtk_list_box_remove (self->folders, GTK_WIDGET (row));
  for (char **folder = folders; *folder != NULL; folder++)
    {
      g_autofree char *shown = g_filename_display_name (*folder);
      GtkWidget *label = gtk_label_new (shown);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_START);
      gtk_widget_set_tooltip_text (label, shown);
      gtk_list_box_append (self->folders, label);
    }
}

/* The first choice is the default, whatever it may be. */
static void
fill_arrangers (NudgePreferences *self)
{
  g_autofree char *chosen = nudge_settings_get_string (self->settings, NUDGE_SETTING_ARRANGER);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; nudge_arrangers ()[i] != NULL; i++)
    {
      gtk_string_list_append (names, nudge_arrangers ()[i]->name);
      if (g_str_equal (chosen, nudge_arrangers ()[i]->name))
        selected = i;
    }
  gtk_drop_down_set_model (self->arranger, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->arranger, selected);
}

static void
fill_themes (NudgePreferences *self)
{
  g_autofree char *chosen = nudge_settings_get_string (self->settings, NUDGE_SETTING_THEME);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; nudge_themes ()[i] != NULL; i++)
    {
      gtk_string_list_append (titles, _(nudge_themes ()[i]->title));
      if (g_str_equal (chosen, nudge_themes ()[i]->name))
        selected = i;
    }
  gtk_drop_down_set_model (self->theme, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->theme, selected);
}

static void
on_theme_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  NudgePreferences *self = data;
  guint chosen = gtk_drop_down_get_selected (drop_down);

  if (self->filled && chosen != GTK_INVALID_LIST_POSITION)
    nudge_settings_set (self->settings, NUDGE_SETTING_THEME, g_variant_new_string (nudge_themes ()[chosen]->name));
}

static void
on_arranger_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  NudgePreferences *self = data;
  guint chosen = gtk_drop_down_get_selected (drop_down);

  if (self->filled && chosen != GTK_INVALID_LIST_POSITION)
    nudge_settings_set (self->settings, NUDGE_SETTING_ARRANGER, g_variant_new_string (chosen > 0 ? nudge_arrangers ()[chosen]->name : ""));
}

static void
on_blink_changed (GtkSpinButton *spin, gpointer data)
{
  NudgePreferences *self = data;

  if (self->filled)
    nudge_settings_set (self->settings, NUDGE_SETTING_BLINK_MS, g_variant_new_int32 ((int) lround (gtk_spin_button_get_value (spin) * 1000)));
}

static void
on_autosave_toggled (GtkCheckButton *button, gpointer data)
{
  NudgePreferences *self = data;

  if (self->filled)
    nudge_settings_set (self->settings, NUDGE_SETTING_AUTOSAVE, g_variant_new_boolean (gtk_check_button_get_active (button)));
}

static void
on_folder_selected (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  gtk_widget_set_sensitive (NUDGE_PREFERENCES (data)->remove, row != NULL);
}

void
nudge_preferences_add_folder (NudgePreferences *self, const char *folder)
{
  g_auto (GStrv) folders = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) all = NULL;

  g_return_if_fail (NUDGE_IS_PREFERENCES (self) && folder != NULL);

  folders = nudge_settings_get_strv (self->settings, NUDGE_SETTING_SYMBOL_FOLDERS);
  if (g_strv_contains ((const char *const *) folders, folder))
    return;
  builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **) folders);
  g_strv_builder_add (builder, folder);
  all = g_strv_builder_end (builder);
  nudge_settings_set (self->settings, NUDGE_SETTING_SYMBOL_FOLDERS, g_variant_new_strv ((const char *const *) all, -1));
  show_folders (self);
}

void
nudge_preferences_choose_theme (NudgePreferences *self, guint index)
{
  g_return_if_fail (NUDGE_IS_PREFERENCES (self));

  gtk_drop_down_set_selected (self->theme, index);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgePreferences) self = data;
  g_autoptr (GFile) file = nudge_file_chooser_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && self->settings != NULL)
    nudge_preferences_add_folder (self, path);
}

static void
on_add_clicked (GtkButton *button, gpointer data)
{
  nudge_file_chooser_async (data, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("Folder with Symbol Libraries"), _("_Add"), NULL,
                            on_folder_chosen, g_object_ref (data));
}

static void
on_remove_clicked (GtkButton *button, gpointer data)
{
  NudgePreferences *self = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->folders);
  g_auto (GStrv) folders = nudge_settings_get_strv (self->settings, NUDGE_SETTING_SYMBOL_FOLDERS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;

  for (int i = 0; folders[i] != NULL; i++)
    if (row == NULL || i != gtk_list_box_row_get_index (row))
      g_strv_builder_add (builder, folders[i]);
  rest = g_strv_builder_end (builder);
  nudge_settings_set (self->settings, NUDGE_SETTING_SYMBOL_FOLDERS, g_variant_new_strv ((const char *const *) rest, -1));
  show_folders (self);
}

static void
nudge_preferences_dispose (GObject *object)
{
  NUDGE_PREFERENCES (object)->filled = FALSE;
  g_clear_object (&NUDGE_PREFERENCES (object)->settings);
  G_OBJECT_CLASS (nudge_preferences_parent_class)->dispose (object);
}

static void
nudge_preferences_class_init (NudgePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_preferences_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nudge_eda/Nudge/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgePreferences, theme);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferences, arranger);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferences, blink);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferences, autosave);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferences, folders);
  gtk_widget_class_bind_template_child (widget_class, NudgePreferences, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_theme_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_arranger_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_blink_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_autosave_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_folder_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
nudge_preferences_init (NudgePreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

NudgePreferences *
nudge_preferences_new (GtkWindow *parent, NudgeSettings *settings)
{
  NudgePreferences *self;

  g_return_val_if_fail (NUDGE_IS_SETTINGS (settings), NULL);

  self = g_object_new (NUDGE_TYPE_PREFERENCES, "transient-for", parent, NULL);
  self->settings = g_object_ref (settings);
  fill_themes (self);
  fill_arrangers (self);
  gtk_spin_button_set_value (self->blink, nudge_settings_get_int (settings, NUDGE_SETTING_BLINK_MS) / 1000.0);
  gtk_check_button_set_active (self->autosave, nudge_settings_get_boolean (settings, NUDGE_SETTING_AUTOSAVE));
  show_folders (self);
  self->filled = TRUE;
  return self;
}
