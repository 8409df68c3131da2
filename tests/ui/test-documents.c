/* Documents that are opened and closed leave nothing behind. */
#include "nudge-resources.h"
#include "window-fixture.h"

#define N_WINDOWS 20

static void
on_gone (gpointer type, GObject *where)
{
  g_hash_table_remove (type, where);
}

/* Every widget of a window, and what holds its document. (transfer full): object -> name of its type, of those that still are. */
static GHashTable *
watch (NudgeWindow *window)
{
  GHashTable *alive = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, window);
  while (todo->len > 0)
    {
      GtkWidget *widget = g_ptr_array_steal_index (todo, todo->len - 1);

      /* The bubble for tooltips is GTK's, and GTK 4.8 forgets it. */
      if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
        continue;
      g_hash_table_insert (alive, widget, (gpointer) G_OBJECT_TYPE_NAME (widget));
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
        g_ptr_array_add (todo, child);
    }
  g_hash_table_insert (alive, window->editor, (gpointer) G_OBJECT_TYPE_NAME (window->editor));
  return alive;
}

static void
watch_all (GHashTable *alive)
{
  GHashTableIter iter;
  gpointer object;

  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    g_object_weak_ref (object, on_gone, alive);
}

static void
assert_gone (GHashTable *alive)
{
  GHashTableIter iter;
  gpointer type;

  for (guint i = 0; i < 1000 && g_hash_table_size (alive) > 0; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, NULL, &type))
    g_test_message ("a %s is left", (const char *) type);
  g_assert_cmpuint (g_hash_table_size (alive), ==, 0);
}

/* One window in which two documents are shown, changed and undone. */
static void
use_window (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GHashTable) alive = NULL;

  set_up (&fixture, NULL);
  open_json (&fixture, fixture_hierarchy);
  alive = watch (fixture.window);
  watch_all (alive);
  activate (&fixture, "win.next-sheet");
  activate (&fixture, "win.select-all");
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.rotate", "i", 1);
  wait_idle (&fixture);
  activate (&fixture, "win.undo");
  wait_idle (&fixture);
  open_json (&fixture, fixture_repeated);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture.window));
  tear_down (&fixture, NULL);
  assert_gone (alive);
}

static void
test_windows (void)
{
  guint n_windows = g_list_model_get_n_items (gtk_window_get_toplevels ());

  for (guint i = 0; i < N_WINDOWS; i++)
    {
      use_window ();
      g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n_windows);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
  g_test_add_func ("/documents/windows", test_windows);
  return g_test_run ();
}
