/* How the window stood, and where a person looked: for the next time. */
#include "window-private.h"

#include <glib/gstdio.h>

/* Documents whose view is remembered; the oldest is forgotten first. */
#define MAX_VIEWS 100
#define MIN_INSPECTOR 240

/* The inspector's width is known once the panes have theirs. */
static void
on_panes_sized (GtkPaned *paned, GParamSpec *pspec, gpointer data)
{
  int most;

  g_object_get (paned, "max-position", &most, NULL);
  if (!gtk_widget_get_mapped (GTK_WIDGET (paned)) || most <= 0)
    return;
  g_signal_handlers_disconnect_by_func (paned, on_panes_sized, data);
  gtk_paned_set_position (paned, most + MIN_INSPECTOR - nudge_settings_get_int (nudge_settings_get_default (), NUDGE_SETTING_INSPECTOR_WIDTH));
}

void
nudge_window_restore_state (NudgeWindow *self)
{
  NudgeSettings *settings = nudge_settings_get_default ();
  g_autofree char *theme = nudge_settings_get_string (settings, NUDGE_SETTING_THEME);

  gtk_window_set_default_size (GTK_WINDOW (self), nudge_settings_get_int (settings, NUDGE_SETTING_WIDTH),
                               nudge_settings_get_int (settings, NUDGE_SETTING_HEIGHT));
  if (nudge_settings_get_boolean (settings, NUDGE_SETTING_MAXIMIZED))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_paned_set_position (self->paned, nudge_settings_get_int (settings, NUDGE_SETTING_SIDE_WIDTH));
  g_signal_connect (self->inspector_paned, "notify::max-position", G_CALLBACK (on_panes_sized), self);
  g_action_group_change_action_state (G_ACTION_GROUP (self), "theme", g_variant_new_string (theme));
}

static void
save_width (NudgeSettings *settings, const char *key, GtkWidget *side)
{
  if (gtk_widget_get_mapped (side) && gtk_widget_get_width (side) > 0)
    nudge_settings_set (settings, key, g_variant_new_int32 (gtk_widget_get_width (side)));
}

void
nudge_window_save_state (NudgeWindow *self)
{
  NudgeSettings *settings = nudge_settings_get_default ();
  int width, height;

  nudge_window_save_view (self);
  /* Of a maximized window that is the size before. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  nudge_settings_set (settings, NUDGE_SETTING_WIDTH, g_variant_new_int32 (width));
  nudge_settings_set (settings, NUDGE_SETTING_HEIGHT, g_variant_new_int32 (height));
  nudge_settings_set (settings, NUDGE_SETTING_MAXIMIZED, g_variant_new_boolean (gtk_window_is_maximized (GTK_WINDOW (self))));
  save_width (settings, NUDGE_SETTING_SIDE_WIDTH, self->side);
  save_width (settings, NUDGE_SETTING_INSPECTOR_WIDTH, self->inspector_side);
}

/* --- the view of each document --- */

static char *
views_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "nudge", "views.ini", NULL);
}

static GKeyFile *
load_views (void)
{
  GKeyFile *views = g_key_file_new ();
  g_autofree char *path = views_path ();

  g_key_file_load_from_file (views, path, G_KEY_FILE_NONE, NULL);
  return views;
}

/* A group of a key file takes no brackets: documents are known by a digest of where they are. */
static char *
group_of (NudgeWindow *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
}

static void
drop_oldest (GKeyFile *views)
{
  gsize n;
  g_auto (GStrv) groups = g_key_file_get_groups (views, &n);

  for (gsize i = 0; n - i > MAX_VIEWS; i++)
    g_key_file_remove_group (views, groups[i], NULL);
}

void
nudge_window_save_view (NudgeWindow *self)
{
  const NudgeViewport *view = nudge_canvas_get_viewport (self->canvas);
  g_autoptr (GKeyFile) views = NULL;
  g_autofree char *group = NULL;
  g_autofree char *path = views_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  NudgePoint at;

  if (self->file == NULL || self->drawing == NULL)
    return;
  views = load_views ();
  group = group_of (self);
  /* The newest is last. */
  g_key_file_remove_group (views, group, NULL);
  g_key_file_set_string (views, group, "sheet", self->drawing->layout->circuit->blocks[self->block].path);
  if (!nudge_canvas_is_fitted (self->canvas))
    {
      at = nudge_viewport_to_sheet (view, view->width / 2, view->height / 2);
      g_key_file_set_double (views, group, "scale", view->scale);
      g_key_file_set_integer (views, group, "x", at.x);
      g_key_file_set_integer (views, group, "y", at.y);
    }
  if (self->export_folder != NULL)
    g_key_file_set_string (views, group, "project", self->export_folder);
  if (self->compare_folder != NULL)
    g_key_file_set_string (views, group, "compared", self->compare_folder);
  drop_oldest (views);
  /* A view that cannot be kept is no loss that a person must hear of. */
  g_mkdir_with_parents (folder, 0700);
  g_key_file_save_to_file (views, path, NULL);
}

void
nudge_window_restore_view (NudgeWindow *self)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;
  g_autoptr (GKeyFile) views = load_views ();
  g_autofree char *group = group_of (self);
  g_autofree char *sheet = g_key_file_get_string (views, group, "sheet", NULL);
  double scale = g_key_file_get_double (views, group, "scale", NULL);

  /* The project that was written from it, and the one that was compared with it. */
  if (self->export_folder == NULL)
    self->export_folder = g_key_file_get_string (views, group, "project", NULL);
  if (self->compare_folder == NULL)
    self->compare_folder = g_key_file_get_string (views, group, "compared", NULL);
  for (guint i = 0; sheet != NULL && i < circuit->n_blocks; i++)
    if (g_str_equal (circuit->blocks[i].path, sheet))
      {
        nudge_window_set_block (self, i);
        if (scale >= NUDGE_VIEWPORT_MIN && scale <= NUDGE_VIEWPORT_MAX)
          nudge_canvas_look_at (self->canvas,
                                (NudgePoint){ g_key_file_get_integer (views, group, "x", NULL), g_key_file_get_integer (views, group, "y", NULL) }, scale);
        return;
      }
}
