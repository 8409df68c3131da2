/* What stands around the canvas: the sheets' pictures, preferences, the view that is remembered, the choice of dialect, what failed. */
#include "dialogs/export-dialog.h"
#include "dialogs/file-chooser.h"
#include "dialogs/findings-dialog.h"
#include "dialogs/preferences.h"
#include "nudge-resources.h"
#include "paint/paint-lone-symbol.h"
#include "window-fixture.h"

#include <string.h>

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  NudgeSheetTree *tree = fixture->window->sheet_tree;
  g_autoptr (GdkPaintable) before = NULL;
  g_autoptr (GdkPaintable) other = NULL;

  open_json (fixture, fixture_hierarchy);
  WAIT_FOR (nudge_sheet_tree_get_picture (tree, 0) != NULL && nudge_sheet_tree_get_picture (tree, 1) != NULL);
  before = g_object_ref (nudge_sheet_tree_get_picture (tree, 0));
  other = g_object_ref (nudge_sheet_tree_get_picture (tree, 1));
  /* Cairo's renderer would convert a texture for every frame. */
  g_assert_false (GDK_IS_TEXTURE (before));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.select-all", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.nudge", "(ii)", 4, 0);
  WAIT_FOR (nudge_sheet_tree_get_picture (tree, 0) != before);
  /* What has not changed is not painted anew. */
  g_assert_true (nudge_sheet_tree_get_picture (tree, 1) == other);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.theme", "s", "dark");
  WAIT_FOR (nudge_sheet_tree_get_picture (tree, 1) != other);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.theme", "s", "kicad-default");
}

static void
count_frame (GdkFrameClock *clock, gpointer data)
{
  ++*(guint *) data;
}

/* A window in which nothing happens costs nothing: what turns behind the scenes would have it drawn for ever. */
static void
test_rest (Fixture *fixture, gconstpointer data)
{
  GdkFrameClock *clock;
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint n = 1;

  open_json (fixture, fixture_hierarchy);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame), &n);
  while (n > 0)
    {
      gint64 pause = g_get_monotonic_time () + G_USEC_PER_SEC;

      g_assert_cmpint (pause, <, end);
      for (n = 0; n == 0 && g_get_monotonic_time () < pause;)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (1000);
    }
  g_signal_handlers_disconnect_by_func (clock, count_frame, &n);
}

/* What holds without the schema is what the schema says. */
static void
test_settings (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { NUDGE_SETTING_THEME, NUDGE_SETTING_ARRANGER, NUDGE_SETTING_SYMBOL_FOLDERS, NUDGE_SETTING_AUTOSAVE,
                                      NUDGE_SETTING_BLINK_MS, NUDGE_SETTING_WIDTH, NUDGE_SETTING_HEIGHT, NUDGE_SETTING_MAXIMIZED,
                                      NUDGE_SETTING_SIDE_WIDTH, NUDGE_SETTING_INSPECTOR_WIDTH };
  g_autoptr (NudgeSettings) settings = nudge_settings_new (NULL);
  g_autoptr (GSettings) schema = g_settings_new ("io.github.nudge_eda.Nudge");

  g_assert_true (nudge_settings_is_kept (settings));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GVariant) fallback = g_settings_get_default_value (schema, keys[i]);
      g_autoptr (NudgeSettings) memory = g_object_new (NUDGE_TYPE_SETTINGS, NULL);
      g_autoptr (GVariant) own = nudge_settings_get (memory, keys[i]);

      g_assert_false (nudge_settings_is_kept (memory));
      g_assert_true (g_variant_equal (fallback, own));
      g_assert_true (g_variant_is_of_type (own, g_variant_get_type (fallback)));
    }
  nudge_settings_set (settings, NUDGE_SETTING_BLINK_MS, g_variant_new_int32 (1));
  g_assert_cmpint (nudge_settings_get_int (settings, NUDGE_SETTING_BLINK_MS), >=, 200);
}

static void
count_change (NudgeSettings *settings, const char *key, gpointer data)
{
  ++*(guint *) data;
}

static void
test_preferences (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NudgeSettings) settings = g_object_new (NUDGE_TYPE_SETTINGS, NULL);
  NudgePreferences *preferences = nudge_preferences_new (GTK_WINDOW (fixture->window), settings);
  g_auto (GStrv) folders = NULL;
  g_autofree char *theme = NULL;
  guint n = 0;

  g_signal_connect (settings, "changed", G_CALLBACK (count_change), &n);
  gtk_window_present (GTK_WINDOW (preferences));
  g_assert_cmpuint (n, ==, 0);
  nudge_preferences_add_folder (preferences, "somewhere");
  nudge_preferences_add_folder (preferences, "somewhere");
  folders = nudge_settings_get_strv (settings, NUDGE_SETTING_SYMBOL_FOLDERS);
  g_assert_cmpuint (g_strv_length (folders), ==, 1);
  nudge_preferences_choose_theme (preferences, 2);
  theme = nudge_settings_get_string (settings, NUDGE_SETTING_THEME);
  g_assert_cmpstr (theme, ==, nudge_themes ()[2]->name);
  g_assert_cmpuint (n, ==, 2);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
test_view (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autoptr (GFile) other = NULL;
  double scale;

  open_json (fixture, fixture_hierarchy);
  nudge_window_set_block (window, 1);
  nudge_canvas_look_at (window->canvas, (NudgePoint){ 1000000, 800000 }, 3 * NUDGE_VIEWPORT_TRUE_SIZE);
  scale = nudge_canvas_get_viewport (window->canvas)->scale;
  other = write_json (fixture, "other.json", fixture_hierarchy);
  nudge_window_open (window, other);
  wait_idle (fixture);
  g_assert_cmpuint (nudge_window_get_block (window), ==, 0);
  open_json (fixture, fixture_hierarchy);
  g_assert_cmpuint (nudge_window_get_block (window), ==, 1);
  g_assert_cmpfloat_with_epsilon (nudge_canvas_get_viewport (window->canvas)->scale, scale, scale / 1000);
}

/* Another window, as after a restart, shows what the last one showed, as large as that was. */
static void
test_reopened (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  NudgePoint at = { 900000, 700000 }, middle;
  const NudgeViewport *view;
  double scale;
  int width, height;

  open_json (fixture, fixture_hierarchy);
  gtk_window_set_default_size (GTK_WINDOW (window), 930, 610);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
  nudge_window_set_block (window, 1);
  nudge_canvas_look_at (window->canvas, at, 2 * NUDGE_VIEWPORT_TRUE_SIZE);
  scale = nudge_canvas_get_viewport (window->canvas)->scale;
  gtk_window_close (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  fixture->window = window = NUDGE_WINDOW (nudge_window_new (NULL));
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 930);
  g_assert_cmpint (height, ==, 610);
  gtk_window_present (GTK_WINDOW (window));
  open_json (fixture, fixture_hierarchy);
  g_assert_cmpuint (nudge_window_get_block (window), ==, 1);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window->canvas));
  view = nudge_canvas_get_viewport (window->canvas);
  middle = nudge_viewport_to_sheet (view, view->width / 2, view->height / 2);
  g_assert_cmpfloat_with_epsilon (view->scale, scale, scale / 1000);
  g_assert_cmpint (ABS (middle.x - at.x), <, 2 / scale);
  g_assert_cmpint (ABS (middle.y - at.y), <, 2 / scale);
}

/* A sheet that was seen as a whole is seen as a whole again, in a window of any size. */
static void
test_reopened_whole (Fixture *fixture, gconstpointer data)
{
  open_json (fixture, fixture_hierarchy);
  nudge_window_set_block (fixture->window, 1);
  gtk_window_close (GTK_WINDOW (fixture->window));
  fixture->window = NUDGE_WINDOW (nudge_window_new (NULL));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_json (fixture, fixture_hierarchy);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window->canvas));
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 1);
  g_assert_true (nudge_canvas_is_fitted (fixture->window->canvas));
}

static void
test_dialect (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);

  open_json (fixture, fixture_hierarchy);
  g_setenv (NUDGE_CHOOSE_ENV, folder, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", NULL);
  WAIT_FOR (window->export_dialog != NULL);
  nudge_export_dialog_choose_dialect (NUDGE_EXPORT_DIALOG (window->export_dialog), NUDGE_DIALECT_CIRCUIT_SYNTH);
  WAIT_FOR (window->drawing->layout->dialect == NUDGE_DIALECT_CIRCUIT_SYNTH && !nudge_window_is_busy (window));
  nudge_export_dialog_confirm (NUDGE_EXPORT_DIALOG (window->export_dialog));
  WAIT_FOR (nudge_window_get_toast (window) != NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->toast_action)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->toast_kicad)) == nudge_window_has_kicad ());
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  WAIT_FOR (window->drawing->layout->dialect == NUDGE_DIALECT_SCHEMATIC);
  g_unsetenv (NUDGE_CHOOSE_ENV);
}

/* A file stands where the folder should: the banner leads to what was found and what can be done, to be copied. */
static void
test_export_failed (Fixture *fixture, gconstpointer data)
{
  NudgeWindow *window = fixture->window;
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *text = NULL;
  GListModel *toplevels = gtk_window_get_toplevels ();
  NudgeFindingsDialog *dialog = NULL;

  g_assert_true (g_file_set_contents (folder, "mine", -1, NULL));
  open_json (fixture, fixture_hierarchy);
  g_setenv (NUDGE_CHOOSE_ENV, folder, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export", NULL);
  WAIT_FOR (nudge_window_get_error (window) != NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->error_details)));
  g_unsetenv (NUDGE_CHOOSE_ENV);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.error-details", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (NUDGE_IS_FINDINGS_DIALOG (toplevel))
        dialog = NUDGE_FINDINGS_DIALOG (toplevel);
    }
  g_assert_nonnull (dialog);
  text = nudge_findings_dialog_get_text (dialog);
  g_assert_nonnull (strstr (text, nudge_window_get_error (window)));
  g_assert_nonnull (strstr (text, folder));
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* Another error has no such details. */
  nudge_window_show_error (window, "other", FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->error_details)));
}

static void
test_breadcrumb (Fixture *fixture, gconstpointer data)
{
  open_json (fixture, fixture_hierarchy);
  nudge_window_set_block (fixture->window, 1);
  g_assert_cmpstr (nudge_breadcrumb_get_text (fixture->window->breadcrumb), ==, "top › led");
  nudge_breadcrumb_activate (fixture->window->breadcrumb, 0);
  g_assert_cmpuint (nudge_window_get_block (fixture->window), ==, 0);
}

static void
test_lone_symbol (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  const NudgeSymbol *symbol = nudge_library_get_symbol (library, "Device:R", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 80, 60);
  cairo_t *cr = cairo_create (surface);
  const guint32 *pixels;
  guint n = 0;

  g_assert_nonnull (symbol);
  nudge_paint_lone_symbol (cr, symbol, nudge_themes ()[0], 80, 60);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  for (guint i = 0; i < 80 * 60; i++)
    n += (pixels[i] & 0xffffff) != nudge_themes ()[0]->colors[NUDGE_COLOR_BACKGROUND];
  g_assert_cmpuint (n, >, 50);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (nudge_get_resource ());
  add ("/panels/pictures", test_pictures);
  add ("/panels/rest", test_rest);
  add ("/panels/settings", test_settings);
  add ("/panels/preferences", test_preferences);
  add ("/panels/view", test_view);
  add ("/panels/reopened", test_reopened);
  add ("/panels/reopened-whole", test_reopened_whole);
  add ("/panels/dialect", test_dialect);
  add ("/panels/export-failed", test_export_failed);
  add ("/panels/breadcrumb", test_breadcrumb);
  add ("/panels/lone-symbol", test_lone_symbol);
  return g_test_run ();
}
