/* That everything can be reached: each action by a key or a menu, each key told of, each control with a name; and the log. */
#include "application.h"
#include "dialogs/preferences.h"
#include "window-fixture.h"

#define OVERLAY "/io/github/nudge_eda/Nudge/gtk/help-overlay.ui"

/* (transfer full): as GTK would write it; the keypad's keys count as their twins. */
static char *
key_name (guint key, GdkModifierType modifiers)
{
  const char *name = gdk_keyval_name (key);

  if (g_strcmp0 (name, "KP_Enter") == 0)
    key = GDK_KEY_Return;
  else if (name != NULL && g_str_has_prefix (name, "KP_"))
    key = gdk_keyval_from_name (name + 3);
  return gtk_accelerator_name (gdk_keyval_to_lower (key), modifiers);
}

static void
add_keys (GHashTable *keys, const char *accelerators)
{
  g_auto (GStrv) each = g_strsplit (accelerators, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      guint key;
      GdkModifierType modifiers;

      g_assert_true (gtk_accelerator_parse (each[i], &key, &modifiers));
      g_hash_table_add (keys, key_name (key, modifiers));
    }
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GHashTable *
list_overlay_keys (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (OVERLAY);
  g_autoptr (GSList) objects = gtk_builder_get_objects (builder);
  GHashTable *keys = new_set ();

  for (GSList *l = objects; l != NULL; l = l->next)
    if (GTK_IS_SHORTCUTS_SHORTCUT (l->data))
      {
        g_autofree char *accelerator = NULL;

        g_object_get (l->data, "accelerator", &accelerator, NULL);
        add_keys (keys, accelerator);
      }
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  return keys;
}

/* Keys and actions of the shortcuts that the class of a widget has. */
static void
add_widget_keys (GtkWidget *widget, GHashTable *keys, GHashTable *actions)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) shortcuts = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (shortcuts) && j < g_list_model_get_n_items (shortcuts); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);
          GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger))
            g_hash_table_add (keys, key_name (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
                                              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger))));
          if (GTK_IS_NAMED_ACTION (action))
            g_hash_table_add (actions, g_strdup (gtk_named_action_get_action_name (GTK_NAMED_ACTION (action))));
        }
    }
}

static void
assert_same (GHashTable *some, const char *where, GHashTable *others)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (others, key))
      {
        g_test_message ("%s: %s", where, (const char *) key);
        g_test_fail ();
      }
}

/* Of the process, which has one. */
static GtkApplication *application;

static void
start_application (void)
{
  g_autoptr (GError) error = NULL;

  application = GTK_APPLICATION (nudge_application_new (&(NudgeWindowOptions){ 0 }));
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

/* Both keys and actions: of the application's accelerators. */
static void
add_accelerators (GHashTable *keys, GHashTable *actions)
{
  g_auto (GStrv) described = gtk_application_list_action_descriptions (application);

  for (guint i = 0; described[i] != NULL; i++)
    {
      g_auto (GStrv) accelerators = gtk_application_get_accels_for_action (application, described[i]);
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      g_assert_true (g_action_parse_detailed_name (described[i], &name, &target, NULL));
      g_hash_table_add (actions, g_steal_pointer (&name));
      for (guint j = 0; accelerators[j] != NULL; j++)
        add_keys (keys, accelerators[j]);
    }
}

/* What the shortcuts window tells of is what there is. */
static void
test_shortcuts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) shown = list_overlay_keys (), keys = new_set (), actions = new_set ();

  add_accelerators (keys, actions);
  add_widget_keys (GTK_WIDGET (fixture->window->canvas), keys, actions);
  assert_same (keys, "not in the shortcuts window", shown);
  /* Of GTK: those that the window of the application has by itself. */
  add_keys (keys, "<Control>question F10");
  assert_same (shown, "no such key", keys);
}

static void
add_menu (GHashTable *actions, GMenuModel *menu)
{
  for (gint i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuLinkIter) links = g_menu_model_iterate_item_links (menu, i);
      g_autofree char *action = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_hash_table_add (actions, g_steal_pointer (&action));
      while (g_menu_link_iter_next (links))
        {
          g_autoptr (GMenuModel) below = g_menu_link_iter_get_value (links);

          add_menu (actions, below);
        }
    }
}

static void
add_controls (GHashTable *actions, GtkWidget *widget)
{
  if (GTK_IS_ACTIONABLE (widget) && gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL)
    g_hash_table_add (actions, g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))));
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    add_menu (actions, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    add_controls (actions, child);
}

/* Whatever the mouse can do, a key, a menu or a button can. */
static void
test_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) keys = new_set (), reached = new_set (), actions = new_set ();
  g_auto (GStrv) of_window = g_action_group_list_actions (G_ACTION_GROUP (fixture->window));
  g_auto (GStrv) of_application = g_action_group_list_actions (G_ACTION_GROUP (application));

  for (guint i = 0; of_window[i] != NULL; i++)
    g_hash_table_add (actions, g_strconcat ("win.", of_window[i], NULL));
  for (guint i = 0; of_application[i] != NULL; i++)
    g_hash_table_add (actions, g_strconcat ("app.", of_application[i], NULL));
  add_accelerators (keys, reached);
  add_widget_keys (GTK_WIDGET (fixture->window->canvas), keys, reached);
  add_controls (reached, GTK_WIDGET (fixture->window));
  /* The list of recent circuits is made when it is opened. */
  g_hash_table_add (reached, g_strdup ("win.open-recent"));
  /* By the arrow keys, where something is selected. */
  g_hash_table_add (reached, g_strdup ("win.nudge"));
  assert_same (actions, "neither key nor menu", reached);
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

static gboolean
has_name (GtkWidget *widget)
{
  g_autoptr (GList) labels = gtk_widget_list_mnemonic_labels (widget);

  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY)
         || labels != NULL;
}

/* A text is its own name. The rest takes the focus only for what is in it, or is part of a control whose whole has the name. */
static gboolean
is_part (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) || GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_PANED (widget) || GTK_IS_WINDOW (widget) || GTK_IS_POPOVER (widget)
         || ((GTK_IS_TEXT (widget) || GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (widget))) && has_name (gtk_widget_get_parent (widget)))
         || (GTK_IS_TOGGLE_BUTTON (widget)
             && (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) || GTK_IS_DROP_DOWN (gtk_widget_get_parent (widget)))
             && has_name (gtk_widget_get_parent (widget)));
}

static char *
describe_place (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *each = widget; each != NULL; each = gtk_widget_get_parent (each))
    g_string_append_printf (text, "%s%s %s", each != widget ? " in " : "", G_OBJECT_TYPE_NAME (each), gtk_buildable_get_buildable_id (GTK_BUILDABLE (each)));
  return g_string_free (text, FALSE);
}

static void
check_names (GtkWidget *widget)
{
  if (gtk_widget_get_focusable (widget) && !is_part (widget) && !has_name (widget)
      && (GTK_IS_TEXT (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_BASE (widget) || !has_text (widget)))
    {
      g_autofree char *place = describe_place (widget);

      g_test_message ("no name: %s", place);
      g_test_fail ();
    }
  /* The list that drops down is GTK's, and belongs to the control. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_DROP_DOWN (widget) || !GTK_IS_POPOVER (child))
      check_names (child);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  NudgePreferences *preferences = nudge_preferences_new (GTK_WINDOW (fixture->window), nudge_settings_get_default ());

  open_json (fixture, fixture_hierarchy);
  activate (fixture, "win.select-all");
  check_names (GTK_WIDGET (fixture->window));
  gtk_window_present (GTK_WINDOW (preferences));
  check_names (GTK_WIDGET (preferences));
  gtk_window_destroy (GTK_WINDOW (preferences));
  activate (fixture, "win.select-all");
  nudge_canvas_select (fixture->window->canvas, &(NudgeHit){ NUDGE_HIT_SYMBOL, 0, NUDGE_NONE });
  activate (fixture, "win.replace-symbol");
  g_assert_nonnull (fixture->window->symbol_dialog);
  check_names (fixture->window->symbol_dialog);
  gtk_window_destroy (GTK_WINDOW (fixture->window->symbol_dialog));
}

/* The log keeps the order, is filtered by level and does not say again what it has said. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  NudgeLogPanel *log = fixture->window->log_panel;
  g_autofree char *all = NULL, *again = NULL, *errors = NULL, *later = NULL;

  open_json (fixture, fixture_hierarchy);
  all = nudge_log_panel_get_text (log, FALSE);
  g_assert_nonnull (strstr (all, "Opened: "));
  g_assert_nonnull (strstr (all, "1\tNote\t"));
  nudge_window_show_error (fixture->window, "two\nlines", FALSE);
  nudge_log_panel_set_level (log, NUDGE_SEVERITY_ERROR);
  errors = nudge_log_panel_get_text (log, FALSE);
  g_assert_nonnull (strstr (errors, "\tError\ttwo lines\n"));
  g_assert_null (strstr (errors, "Opened: "));
  nudge_log_panel_set_level (log, NUDGE_SEVERITY_INFO);
  activate (fixture, "win.log");
  g_assert_true (gtk_toggle_button_get_active (fixture->window->log_button));
  activate (fixture, "win.problems");
  g_assert_false (gtk_toggle_button_get_active (fixture->window->log_button));
  again = nudge_log_panel_get_text (log, TRUE);
  g_assert_cmpstr (again, ==, "");
  for (guint i = 0; i < 2 * NUDGE_LOG_LINES; i++)
    nudge_log_panel_add (log, NUDGE_SEVERITY_INFO, "one of many");
  later = nudge_log_panel_get_text (log, FALSE);
  g_assert_null (strstr (later, "Opened: "));
}

static gboolean
has_focus (Fixture *fixture, gpointer panel)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, panel);
}

/* The key that opens a panel leads into it, also when it has been open already. */
static void
test_panel_focus (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;

  open_json (fixture, fixture_hierarchy);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (window->canvas));
      activate (fixture, "win.log");
      g_assert_true (has_focus (fixture, window->log_panel));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window->log_panel));
      g_assert_true (has_focus (fixture, window->log_panel));
    }
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (window->canvas));
      activate (fixture, "win.problems");
      g_assert_true (has_focus (fixture, window->problem_list));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window->problem_list));
      g_assert_true (has_focus (fixture, window->problem_list));
    }
}

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  start_application ();
  add ("/reach/shortcuts", test_shortcuts);
  add ("/reach/actions", test_actions);
  add ("/reach/names", test_names);
  add ("/reach/log", test_log);
  add ("/reach/panel-focus", test_panel_focus);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
