#include "window-fixture.h"

void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("nudge-window-XXXXXX", NULL);
  fixture->window = NUDGE_WINDOW (nudge_window_new (NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
wait_idle (Fixture *fixture)
{
  WAIT_FOR (!nudge_window_is_busy (fixture->window));
}

void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fixture_remove_tree (fixture->folder);
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

void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}
