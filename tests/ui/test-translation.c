/* The window in German: labels, plurals, steps of the history, findings. */
#include "nudge-resources.h"
#include "window-fixture.h"

#include <libintl.h>
#include <locale.h>

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (gtk_button_get_label (fixture->window->export_button), ==, "_Exportieren");
  g_assert_null (gtk_inscription_get_text (fixture->window->inspector_label));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (fixture->window->grid_label), "Raster 1"));
}

static void
test_document (Fixture *fixture, gconstpointer data)
{
  const NudgeHistory *history;
  const GArray *selected;

  open_json (fixture, fixture_hierarchy);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.select-all", NULL);
  selected = nudge_canvas_get_selected (fixture->window->canvas);
  g_assert_cmpuint (selected->len, >, 1);
  g_assert_true (g_str_has_suffix (gtk_inscription_get_text (fixture->window->inspector_label), "ausgewählt"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.nudge", "(ii)", 1, 0);
  wait_idle (fixture);
  history = nudge_editor_get_history (fixture->window->editor);
  g_assert_true (g_str_has_suffix (nudge_history_get_undo_label (history), "Elemente verschieben"));
}

int
main (int argc, char **argv)
{
  if (g_getenv ("NUDGE_CATALOGUES") == NULL)
    return 77;
  /* Before the first text is asked for: GLib looks once whether the program is translated at all. */
  g_setenv ("LANGUAGE", "de", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("NUDGE_CATALOGUES"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
  g_test_add ("/translation/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/translation/document", Fixture, NULL, set_up, test_document, tear_down);
  return g_test_run ();
}
