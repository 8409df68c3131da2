/* What a person can ask of the window. */
#include "dialogs/file-chooser.h"
#include "window-private.h"

#include <glib/gi18n.h>

#define MAX_RECENT 10

static void
on_open_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NudgeWindow) self = data;
  g_autoptr (GFile) file = nudge_file_chooser_finish (result, NULL);

  if (file != NULL)
    nudge_window_open (self, file);
}

static void
open_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_file_chooser_async (GTK_WINDOW (data), GTK_FILE_CHOOSER_ACTION_OPEN, _("Open Circuit"), _("_Open"), NULL, on_open_chosen, g_object_ref (data));
}

static void
open_recent_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  nudge_window_open (data, file);
}

static void
reload_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_reload (data);
}

static void
save_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_save (data);
}

static void
export_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_export (data);
}

static void
replace_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_replace (data);
}

static void
error_details_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_show_error_details (data);
}

static void
open_folder_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_open_folder (data);
}

static void
open_kicad_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_open_kicad (data);
}

static void
save_pdf_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_save_pdf (data);
}

static void
zoom_in_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_canvas_zoom (NUDGE_WINDOW (data)->canvas, NUDGE_VIEWPORT_STEP);
}

static void
zoom_out_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_canvas_zoom (NUDGE_WINDOW (data)->canvas, 1 / NUDGE_VIEWPORT_STEP);
}

static void
zoom_true_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_canvas_zoom_true (NUDGE_WINDOW (data)->canvas);
}

static void
zoom_fit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_canvas_fit (NUDGE_WINDOW (data)->canvas);
}

static void
next_sheet_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_set_block (data, NUDGE_WINDOW (data)->block + 1);
}

static void
previous_sheet_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_set_block (data, NUDGE_WINDOW (data)->block - 1);
}

static void
leave_sheet_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  nudge_window_set_block (self, self->drawing->layout->circuit->blocks[self->block].parent);
}

static void
go_back_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_go_back (data, FALSE);
}

static void
go_forward_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_go_back (data, TRUE);
}

static void
step_problem_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  gtk_toggle_button_set_active (self->problems_button, TRUE);
  nudge_problem_list_step (self->problem_list, g_variant_get_boolean (parameter));
}

static void
sheets_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  gtk_widget_set_visible (NUDGE_WINDOW (data)->side, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
inspector_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  gtk_widget_set_visible (NUDGE_WINDOW (data)->inspector_side, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
crowding_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  nudge_canvas_show_heat (NUDGE_WINDOW (data)->canvas, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

/* Search where the person looks: among the nets when they are in view, else among the parts. */
static void
find_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  gboolean nets = g_strcmp0 (gtk_stack_get_visible_child_name (self->side_stack), "nets") == 0;

  g_action_group_change_action_state (G_ACTION_GROUP (self), "sheets", g_variant_new_boolean (TRUE));
  gtk_stack_set_visible_child_name (self->side_stack, nets ? "nets" : "parts");
  nudge_item_list_focus_search (nets ? self->net_list : self->part_list);
}

static void
compare_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  static const char *const names[] = { [NUDGE_COMPARE_OFF] = "off", [NUDGE_COMPARE_OPENED] = "opened", [NUDGE_COMPARE_EXPORTED] = "exported",
                                       [NUDGE_COMPARE_DISK] = "disk" };
  NudgeWindow *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], g_variant_get_string (state, NULL)) != 0)
      continue;
    else if (i == NUDGE_COMPARE_DISK)
      nudge_window_read_disk (self);
    else
      nudge_window_compare (self, (NudgeCompareWith) i);
  /* There may be nothing to compare with. */
  g_simple_action_set_state (action, g_variant_new_string (names[self->comparing]));
}

static void
theme_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  NudgeWindow *self = data;
  const NudgeTheme *theme = nudge_theme_find (g_variant_get_string (state, NULL));

  if (theme == NULL || theme == nudge_canvas_get_theme (self->canvas))
    return;
  nudge_canvas_set_theme (self->canvas, theme);
  nudge_sheet_tree_set_theme (self->sheet_tree, theme);
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-application-prefer-dark-theme", theme->is_dark, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  g_simple_action_set_state (action, state);
  nudge_settings_set (nudge_settings_get_default (), NUDGE_SETTING_THEME, state);
}

static const GActionEntry entries[] = {
  { "open", open_activated, NULL, NULL, NULL, { 0 } },
  { "open-recent", open_recent_activated, "s", NULL, NULL, { 0 } },
  { "reload", reload_activated, NULL, NULL, NULL, { 0 } },
  { "save", save_activated, NULL, NULL, NULL, { 0 } },
  { "export", export_activated, NULL, NULL, NULL, { 0 } },
  { "replace", replace_activated, NULL, NULL, NULL, { 0 } },
  { "error-details", error_details_activated, NULL, NULL, NULL, { 0 } },
  { "open-folder", open_folder_activated, NULL, NULL, NULL, { 0 } },
  { "open-kicad", open_kicad_activated, NULL, NULL, NULL, { 0 } },
  { "save-pdf", save_pdf_activated, NULL, NULL, NULL, { 0 } },
  { "zoom-in", zoom_in_activated, NULL, NULL, NULL, { 0 } },
  { "zoom-out", zoom_out_activated, NULL, NULL, NULL, { 0 } },
  { "zoom-true", zoom_true_activated, NULL, NULL, NULL, { 0 } },
  { "zoom-fit", zoom_fit_activated, NULL, NULL, NULL, { 0 } },
  { "next-sheet", next_sheet_activated, NULL, NULL, NULL, { 0 } },
  { "previous-sheet", previous_sheet_activated, NULL, NULL, NULL, { 0 } },
  { "leave-sheet", leave_sheet_activated, NULL, NULL, NULL, { 0 } },
  { "go-back", go_back_activated, NULL, NULL, NULL, { 0 } },
  { "go-forward", go_forward_activated, NULL, NULL, NULL, { 0 } },
  { "step-problem", step_problem_activated, "b", NULL, NULL, { 0 } },
  { "sheets", NULL, NULL, "true", sheets_changed, { 0 } },
  { "inspector", NULL, NULL, "true", inspector_changed, { 0 } },
  { "crowding", NULL, NULL, "false", crowding_changed, { 0 } },
  { "find", find_activated, NULL, NULL, NULL, { 0 } },
  { "compare", NULL, "s", "'off'", compare_changed, { 0 } },
  { "theme", NULL, "s", "'kicad-default'", theme_changed, { 0 } },
};

void
nudge_window_set_enabled (NudgeWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
nudge_window_update_actions (NudgeWindow *self)
{
  static const char *const on_drawing[] = { "find", "zoom-in", "zoom-out", "zoom-true", "zoom-fit" };
  const NudgeCircuit *circuit = self->drawing != NULL ? self->drawing->layout->circuit : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (on_drawing); i++)
    nudge_window_set_enabled (self, on_drawing[i], circuit != NULL);
  nudge_window_set_enabled (self, "save-pdf", circuit != NULL && nudge_editor_is_complete (self->editor));
  nudge_window_set_enabled (self, "save", circuit != NULL);
  nudge_window_set_enabled (self, "reload", self->file != NULL);
  nudge_window_set_enabled (self, "export", circuit != NULL && !nudge_window_is_busy (self));
  nudge_window_set_enabled (self, "go-back", circuit != NULL && self->visit > 0);
  nudge_window_set_enabled (self, "go-forward", circuit != NULL && self->visit + 1 < self->visited->len);
  nudge_window_set_enabled (self, "next-sheet", circuit != NULL && self->block + 1 < circuit->n_blocks);
  nudge_window_set_enabled (self, "previous-sheet", circuit != NULL && self->block > 0);
  nudge_window_set_enabled (self, "leave-sheet", circuit != NULL && circuit->blocks[self->block].parent != NUDGE_NONE);
  nudge_window_update_edit_actions (self);
}

static gint
newest_first (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b), gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

static void
free_infos (gpointer infos)
{
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
}

/* The list is made anew whenever it is opened. */
static void
fill_recent (GtkMenuButton *button, gpointer data)
{
  GList *infos = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), newest_first);
  g_autoptr (GMenu) menu = g_menu_new ();
  guint n = 0;

  for (GList *l = infos; l != NULL && n < MAX_RECENT; l = l->next)
    {
      g_autoptr (GMenuItem) item = NULL;

      if (!g_str_has_suffix (gtk_recent_info_get_uri (l->data), ".json"))
        continue;
      item = g_menu_item_new (gtk_recent_info_get_display_name (l->data), NULL);
      g_menu_item_set_action_and_target (item, "win.open-recent", "s", gtk_recent_info_get_uri (l->data));
      g_menu_append_item (menu, item);
      n++;
    }
  free_infos (infos);
  if (n == 0)
    g_menu_append (menu, _("No recent circuits"), "win.none");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

void
nudge_window_add_actions (NudgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  nudge_window_add_edit_actions (self);
  nudge_window_add_log_actions (self);
  gtk_menu_button_set_create_popup_func (self->recent_button, fill_recent, self, NULL);
}
