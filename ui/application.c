#include "application.h"

#include "arrange/arrange.h"
#include "dialogs/preferences.h"
#include "nudge-resources.h"
#include "settings.h"
#include "window.h"

#include <glib/gi18n.h>

struct _NudgeApplication
{
  GtkApplication parent_instance;
  char **symbol_folders;
  char *arranger;
};

G_DEFINE_FINAL_TYPE (NudgeApplication, nudge_application, GTK_TYPE_APPLICATION)

/* What the command line says comes before what is preferred. */
static void
set_search (NudgeApplication *self, NudgeWindow *window)
{
  NudgeSettings *settings = nudge_settings_get_default ();
  g_auto (GStrv) preferred = nudge_settings_get_strv (settings, NUDGE_SETTING_SYMBOL_FOLDERS);
  g_autofree char *arranger = nudge_settings_get_string (settings, NUDGE_SETTING_ARRANGER);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) folders = NULL;

  if (self->symbol_folders != NULL)
    g_strv_builder_addv (builder, (const char **) self->symbol_folders);
  for (char **folder = preferred; *folder != NULL; folder++)
    /* One that is gone, or on a disk that is not there, keeps no circuit from being opened. */
    if (g_file_test (*folder, G_FILE_TEST_IS_DIR))
      g_strv_builder_add (builder, *folder);
  folders = g_strv_builder_end (builder);
  nudge_window_set_search (window, (const char *const *) folders,
                           self->arranger != NULL ? self->arranger : nudge_arranger_find (arranger) != NULL ? arranger : NULL);
}

static NudgeWindow *
add_window (NudgeApplication *self)
{
  NudgeWindow *window = NUDGE_WINDOW (nudge_window_new (GTK_APPLICATION (self)));

  set_search (self, window);
  return window;
}

static void
on_search_set (NudgeSettings *settings, const char *key, gpointer data)
{
  for (GList *l = gtk_application_get_windows (data); l != NULL; l = l->next)
    if (NUDGE_IS_WINDOW (l->data))
      {
        set_search (data, l->data);
        /* Other libraries may have other symbols; another arranger is for circuits yet to be opened. */
        if (g_str_equal (key, NUDGE_SETTING_SYMBOL_FOLDERS))
          gtk_widget_activate_action (l->data, "win.reload", NULL);
      }
}

static void
nudge_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (add_window (NUDGE_APPLICATION (application))));
}

/* One window per document; a window that has none yet takes the first. */
static void
nudge_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    {
      NudgeWindow *window = NUDGE_IS_WINDOW (active) && nudge_window_is_empty (NUDGE_WINDOW (active))
                              ? NUDGE_WINDOW (active) : add_window (NUDGE_APPLICATION (application));

      nudge_window_open (window, files[i]);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static void
new_window_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_application_activate (data);
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_show_about_dialog (gtk_application_get_active_window (data),
                         "program-name", "Nudge",
                         "logo-icon-name", NUDGE_APPLICATION_ID,
                         "version", NUDGE_VERSION,
                         "comments", _("Shows the schematic that a circuit will become, and writes the KiCad project."),
                         /* Translators: your names, one a line, with mail addresses if you like. */
                         "translator-credits", _("translator-credits"),
                         "license-type", GTK_LICENSE_MIT_X11,
                         NULL);
}

static void
preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (nudge_preferences_new (gtk_application_get_active_window (data), nudge_settings_get_default ())));
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  /* Each may have something to ask; the program ends with the last of them. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
add_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[4];
  } accelerators[] = {
    { "app.new-window", { "<Control>n" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.open", { "<Control>o" } },
    { "win.save", { "<Control>s" } },
    { "win.undo", { "<Control>z" } },
    { "win.swap", { "<Alt>s" } },
    { "win.redo", { "<Control>y", "<Control><Shift>z" } },
    { "win.reload", { "<Control>r", "F5" } },
    { "win.export", { "<Control>e" } },
    { "win.save-pdf", { "<Control>p" } },
    { "win.zoom-in", { "<Control>plus", "<Control>equal", "F1" } },
    { "win.zoom-out", { "<Control>minus", "F2" } },
    { "win.zoom-true", { "<Control>0" } },
    { "win.zoom-fit", { "<Control>Home" } },
    { "win.leave-sheet", { "<Alt>BackSpace", "<Alt>Up" } },
    { "win.go-back", { "<Alt>Left" } },
    { "win.go-forward", { "<Alt>Right" } },
    { "win.problems", { "F8" } },
    { "win.log", { "<Control>l" } },
    { "win.step-problem(true)", { "F3" } },
    { "win.step-problem(false)", { "<Shift>F3" } },
    { "win.sheets", { "F9", "<Control>h" } },
    { "win.inspector", { "<Alt>Return" } },
    { "win.crowding", { "<Control><Shift>h" } },
    { "win.find", { "<Control>f" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (application, accelerators[i].action, (const char *const *) accelerators[i].keys);
}

static void
add_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/nudge_eda/Nudge/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
nudge_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "new-window", new_window_activated, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_activated, NULL, NULL, NULL, { 0 } },
    { "about", about_activated, NULL, NULL, NULL, { 0 } },
    { "quit", quit_activated, NULL, NULL, NULL, { 0 } },
  };

  G_APPLICATION_CLASS (nudge_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  add_accelerators (GTK_APPLICATION (application));
  add_style ();
  g_signal_connect_object (nudge_settings_get_default (), "changed::" NUDGE_SETTING_SYMBOL_FOLDERS, G_CALLBACK (on_search_set), application, 0);
  g_signal_connect_object (nudge_settings_get_default (), "changed::" NUDGE_SETTING_ARRANGER, G_CALLBACK (on_search_set), application, 0);
}

static void
nudge_application_finalize (GObject *object)
{
  NudgeApplication *self = NUDGE_APPLICATION (object);

  g_strfreev (self->symbol_folders);
  g_free (self->arranger);
  G_OBJECT_CLASS (nudge_application_parent_class)->finalize (object);
}

static void
nudge_application_class_init (NudgeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nudge_application_finalize;
  application_class->startup = nudge_application_startup;
  application_class->activate = nudge_application_activate;
  application_class->open = nudge_application_open;
}

static void
nudge_application_init (NudgeApplication *self)
{
}

NudgeApplication *
nudge_application_new (const NudgeWindowOptions *options)
{
  NudgeApplication *self;

  g_return_val_if_fail (options != NULL, NULL);

  /* The resources of a module are not found before they are asked for. */
  g_resources_register (nudge_get_resource ());
  self = g_object_new (NUDGE_TYPE_APPLICATION,
                       "application-id", NUDGE_APPLICATION_ID,
                       "resource-base-path", "/io/github/nudge_eda/Nudge",
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
  self->symbol_folders = g_strdupv ((char **) options->symbol_folders);
  self->arranger = g_strdup (options->layout);
  return self;
}
