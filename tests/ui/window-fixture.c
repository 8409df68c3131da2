#include "window-fixture.h"

#include <glib/gstdio.h>

void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("nudge-window-XXXXXX", NULL);
  fixture->window = NUDGE_WINDOW (nudge_window_new (NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
wait_idle (Fixture *fixture)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (nudge_window_is_busy (fixture->window))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

GFile *
write_json (Fixture *fixture, const char *name, const char *json)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

void
open_json (Fixture *fixture, const char *json)
{
  g_autoptr (GFile) file = write_json (fixture, "board.json", json);

  nudge_window_open (fixture->window, file);
  wait_idle (fixture);
}

void
activate (Fixture *fixture, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL);
}
