#include "window-private.h"

#include "dialogs/findings-dialog.h"

#include <glib/gi18n.h>

#define TOAST_SECONDS 6
#define NO_VALUE "–"

G_DEFINE_FINAL_TYPE (NudgeWindow, nudge_window, GTK_TYPE_APPLICATION_WINDOW)

void
nudge_window_show_error (NudgeWindow *self, const char *message, gboolean may_replace)
{
  gtk_label_set_text (self->error_label, message);
  nudge_window_log (self, NUDGE_SEVERITY_ERROR, "%s", message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_action), may_replace);
  gtk_widget_set_visible (GTK_WIDGET (self->error_details), FALSE);
  g_clear_pointer (&self->error_advice, g_free);
  g_clear_pointer (&self->error_findings, g_ptr_array_unref);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

void
nudge_window_explain_error (NudgeWindow *self, const char *advice, GPtrArray *findings)
{
  self->error_advice = g_strdup (advice);
  self->error_findings = g_ptr_array_ref (findings);
  gtk_widget_set_visible (GTK_WIDGET (self->error_details), TRUE);
}

void
nudge_window_show_error_details (NudgeWindow *self)
{
  if (self->error_findings == NULL)
    return;
  gtk_window_present (GTK_WINDOW (nudge_findings_dialog_new (GTK_WINDOW (self), gtk_label_get_text (self->error_label),
                                                             self->error_advice, self->error_findings)));
}

void
nudge_window_hide_error (NudgeWindow *self)
{
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  gtk_label_set_text (self->error_label, "");
}

const char *
nudge_window_get_error (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NULL);

  return gtk_revealer_get_reveal_child (self->error_revealer) ? gtk_label_get_text (self->error_label) : NULL;
}

static void
hide_toast (NudgeWindow *self)
{
  g_clear_handle_id (&self->toast_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->toast_revealer, FALSE);
}

static gboolean
on_toast_timeout (gpointer data)
{
  NudgeWindow *self = data;

  self->toast_id = 0;
  hide_toast (self);
  return G_SOURCE_REMOVE;
}

void
nudge_window_show_toast (NudgeWindow *self, const char *message, gboolean with_folder)
{
  g_clear_handle_id (&self->toast_id, g_source_remove);
  gtk_label_set_text (self->toast_label, message);
  nudge_window_log (self, NUDGE_SEVERITY_INFO, "%s", message);
  gtk_widget_set_visible (GTK_WIDGET (self->toast_action), with_folder);
  gtk_widget_set_visible (GTK_WIDGET (self->toast_kicad), with_folder && nudge_window_has_kicad ());
  gtk_revealer_set_reveal_child (self->toast_revealer, TRUE);
  self->toast_id = g_timeout_add_seconds (TOAST_SECONDS, on_toast_timeout, self);
}

const char *
nudge_window_get_toast (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NULL);

  return gtk_revealer_get_reveal_child (self->toast_revealer) ? gtk_label_get_text (self->toast_label) : NULL;
}

void
nudge_window_update_title (NudgeWindow *self)
{
  g_autofree char *name = self->file != NULL ? g_file_get_basename (self->file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : g_strdup ("Nudge");
  g_autofree char *marked = g_strconcat (nudge_window_is_modified (self) ? "• " : "", shown, NULL);
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s – Nudge", marked) : g_strdup ("Nudge");

  gtk_label_set_text (self->title_label, marked);
  nudge_breadcrumb_show (self->breadcrumb, self->drawing != NULL ? self->drawing->layout->circuit : NULL, self->block);
  gtk_widget_set_visible (GTK_WIDGET (self->breadcrumb), self->drawing != NULL);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

void
nudge_window_update_status (NudgeWindow *self)
{
  NudgePaintSheet *sheet = nudge_canvas_get_sheet (self->canvas);
  NudgeHit hit = nudge_canvas_get_selection (self->canvas);
  guint n = nudge_canvas_get_selected (self->canvas)->len;
  NudgePoint at;
  g_autofree char *position = NULL;
  g_autofree char *zoom = NULL;
  g_autofree char *inspector = NULL;

  if (nudge_canvas_get_drag (self->canvas, &at))
    position = g_strdup_printf ("dx %.2f  dy %.2f", at.x / (double) NUDGE_UNITS_PER_MM, at.y / (double) NUDGE_UNITS_PER_MM);
  else if (nudge_canvas_get_pointer (self->canvas, &at))
    position = g_strdup_printf ("x %.2f  y %.2f", at.x / (double) NUDGE_UNITS_PER_MM, at.y / (double) NUDGE_UNITS_PER_MM);
  else
    position = g_strdup ("x " NO_VALUE "  y " NO_VALUE);
  zoom = g_strdup_printf ("%.0f %%", 100 * nudge_canvas_get_viewport (self->canvas)->scale / NUDGE_VIEWPORT_TRUE_SIZE);
  if (hit.kind == NUDGE_HIT_NONE)
    hit = nudge_canvas_get_hover (self->canvas);
  if (n > 1)
    inspector = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  else
    inspector = sheet != NULL ? nudge_paint_sheet_describe (sheet, &hit) : g_strdup ("");
  /* Of a fixed size: where the pointer is must not lay out the window. */
  gtk_inscription_set_text (self->position_label, position);
  gtk_label_set_text (self->zoom_label, zoom);
  gtk_inscription_set_text (self->inspector_label, inspector);
}

NudgeCanvas *
nudge_window_get_canvas (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NULL);

  return self->canvas;
}

guint
nudge_window_get_block (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), NUDGE_NONE);

  return self->drawing != NULL ? self->block : NUDGE_NONE;
}

gboolean
nudge_window_is_empty (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), FALSE);

  return self->file == NULL;
}

gboolean
nudge_window_is_busy (NudgeWindow *self)
{
  g_return_val_if_fail (NUDGE_IS_WINDOW (self), FALSE);

  return self->loading != NULL || self->exporting || self->paginating || (self->editor != NULL && nudge_editor_is_busy (self->editor));
}

void
nudge_window_set_search (NudgeWindow *self, const char *const *symbol_folders, const char *arranger)
{
  g_return_if_fail (NUDGE_IS_WINDOW (self));

  g_strfreev (self->symbol_folders);
  self->symbol_folders = g_strdupv ((char **) symbol_folders);
  g_free (self->arranger);
  self->arranger = g_strdup (arranger);
}

static void
on_status_changed (NudgeCanvas *canvas, gpointer data)
{
  nudge_window_update_status (data);
}

static void
on_selection_changed (NudgeCanvas *canvas, gpointer data)
{
  NudgeWindow *self = data;

  /* Nudges by key are one step as long as they are about the same parts. */
  if (self->editor != NULL)
    nudge_history_end_merge (nudge_editor_get_history (self->editor));
  nudge_window_update_edit_actions (self);
  nudge_window_update_panels (self);
}

static void
on_theme_set (NudgeSettings *settings, const char *key, gpointer data)
{
  g_autofree char *theme = nudge_settings_get_string (settings, key);

  g_action_group_change_action_state (G_ACTION_GROUP (data), "theme", g_variant_new_string (theme));
}

static void
on_placed (NudgeInspector *inspector, int x, int y, gpointer data)
{
  nudge_window_place_selected (data, (NudgePoint){ x, y });
}

static void
on_moved (NudgeCanvas *canvas, int dx, int dy, gboolean done, gpointer data)
{
  nudge_window_moved (data, dx, dy, done);
}

static void
on_menu_requested (NudgeCanvas *canvas, double x, double y, gpointer data)
{
  GtkPopover *menu = NUDGE_WINDOW (data)->canvas_menu;

  gtk_popover_set_pointing_to (menu, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (menu);
}

static void
on_enter_box (NudgeCanvas *canvas, guint box, gpointer data)
{
  guint child = nudge_paint_sheet_get_child (nudge_canvas_get_sheet (canvas), box);

  if (child != NUDGE_NONE)
    nudge_window_set_block (data, child);
}

static void
on_sheet_selected (GtkWidget *widget, guint block, gpointer data)
{
  nudge_window_set_block (data, block);
}

static void
on_problem_activated (NudgeProblemList *list, guint index, gpointer data)
{
  const NudgeDiagnostic *diagnostic = nudge_problem_list_get (list, index);

  if (diagnostic != NULL)
    nudge_window_show_problem (data, diagnostic);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  GSList *files = g_value_get_boxed (value);

  GtkApplication *application = gtk_window_get_application (data);

  if (files == NULL)
    return FALSE;
  nudge_window_open (data, files->data);
  /* One window for each document. */
  for (GSList *l = files->next; l != NULL && application != NULL; l = l->next)
    {
      GFile *more = l->data;

      g_application_open (G_APPLICATION (application), &more, 1, "");
    }
  return TRUE;
}

static void
on_toast_closed (GtkButton *button, gpointer data)
{
  hide_toast (data);
}

static void
on_error_closed (GtkButton *button, gpointer data)
{
  nudge_window_hide_error (data);
}

static void
nudge_window_dispose (GObject *object)
{
  NudgeWindow *self = NUDGE_WINDOW (object);

  g_clear_handle_id (&self->toast_id, g_source_remove);
  g_clear_handle_id (&self->score_id, g_source_remove);
  g_clear_handle_id (&self->export_tick_id, g_source_remove);
  g_clear_handle_id (&self->autosave_id, g_source_remove);
  nudge_window_stop_watching (self);
  nudge_window_clear_score (self);
  if (self->canvas_menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->canvas_menu));
  self->canvas_menu = NULL;
  g_clear_pointer (&self->visited, g_array_unref);
  nudge_window_clear_compare (self);
  g_clear_pointer (&self->symbol_circuit, nudge_circuit_unref);
  g_clear_pointer (&self->changes, nudge_comparison_unref);
  if (self->editor != NULL)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_object (&self->editor);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->file);
  g_clear_pointer (&self->error_advice, g_free);
  g_clear_pointer (&self->error_findings, g_ptr_array_unref);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  g_clear_pointer (&self->diagnostics, g_ptr_array_unref);
  g_clear_pointer (&self->symbol_folders, g_strfreev);
  g_clear_pointer (&self->arranger, g_free);
  g_clear_pointer (&self->export_folder, g_free);
  g_clear_pointer (&self->compare_folder, g_free);
  G_OBJECT_CLASS (nudge_window_parent_class)->dispose (object);
}

#define BIND(klass, child) gtk_widget_class_bind_template_child (klass, NudgeWindow, child)

static void
bind_children (GtkWidgetClass *klass)
{
  BIND (klass, title_label);
  BIND (klass, breadcrumb);
  BIND (klass, recent_button);
  BIND (klass, menu_button);
  BIND (klass, export_button);
  BIND (klass, undo_button);
  BIND (klass, redo_button);
  BIND (klass, stack);
  BIND (klass, error_revealer);
  BIND (klass, error_label);
  BIND (klass, error_action);
  BIND (klass, error_details);
  BIND (klass, paned);
  BIND (klass, inspector_paned);
  BIND (klass, side_stack);
  BIND (klass, side);
  BIND (klass, inspector_side);
  BIND (klass, part_list);
  BIND (klass, net_list);
  BIND (klass, inspector);
  BIND (klass, score_panel);
  BIND (klass, arranging);
  BIND (klass, progress_label);
  BIND (klass, arrangers);
  BIND (klass, context_menu);
  BIND (klass, sheet_tree);
  BIND (klass, canvas);
  BIND (klass, problems_button);
  BIND (klass, problems_revealer);
  BIND (klass, problem_list);
  BIND (klass, log_button);
  BIND (klass, log_panel);
  BIND (klass, compare_revealer);
  BIND (klass, before_button);
  BIND (klass, blink_button);
  BIND (klass, divide_button);
  BIND (klass, compare_label);
  BIND (klass, change_list);
  BIND (klass, position_label);
  BIND (klass, grid_label);
  BIND (klass, zoom_label);
  BIND (klass, inspector_label);
  BIND (klass, toast_revealer);
  BIND (klass, toast_label);
  BIND (klass, toast_action);
  BIND (klass, toast_kicad);
}

static void
nudge_window_class_init (NudgeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = nudge_window_close_request;
  g_type_ensure (NUDGE_TYPE_CANVAS);
  g_type_ensure (NUDGE_TYPE_BREADCRUMB);
  g_type_ensure (NUDGE_TYPE_SHEET_TREE);
  g_type_ensure (NUDGE_TYPE_PROBLEM_LIST);
  g_type_ensure (NUDGE_TYPE_LOG_PANEL);
  g_type_ensure (NUDGE_TYPE_ITEM_LIST);
  g_type_ensure (NUDGE_TYPE_INSPECTOR);
  g_type_ensure (NUDGE_TYPE_SCORE_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nudge_eda/Nudge/window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_status_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_enter_box);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_requested);
  gtk_widget_class_bind_template_callback (widget_class, on_placed);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_parts_chosen);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_nets_chosen);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_net_chosen);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_offence_activated);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_before_toggled);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_blink_toggled);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_divide_toggled);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_changes_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_activated);
  gtk_widget_class_bind_template_callback (widget_class, nudge_window_on_lower_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_toast_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_error_closed);
  /* One that turns unseen still has every frame drawn. */
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_start);
  gtk_widget_class_bind_template_callback (widget_class, gtk_spinner_stop);
}

static void
nudge_window_init (NudgeWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autofree char *grid = NULL;

  self->block = NUDGE_NONE;
  self->visited = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas_menu = GTK_POPOVER (gtk_popover_menu_new_from_model (self->context_menu));
  gtk_popover_set_has_arrow (self->canvas_menu, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->canvas_menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->canvas_menu), GTK_WIDGET (self->canvas));
  nudge_item_list_set_titles (self->part_list, _("Part"), _("Value"), _("Parts"), _("Search Parts"));
  nudge_item_list_set_titles (self->net_list, _("Net"), _("Pins"), _("Nets"), _("Search Nets"));
  /* Translators: short for “number”, above a narrow column. */
  nudge_item_list_set_titles (self->change_list, _("No."), _("Change"), _("Changes"), _("Search Changes"));
  nudge_window_add_actions (self);
  nudge_window_add_escape (self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  grid = g_strdup_printf (_("grid %.2f"), NUDGE_GRID / (double) NUDGE_UNITS_PER_MM);
  gtk_label_set_text (self->grid_label, grid);
  g_signal_connect_object (nudge_settings_get_default (), "changed::" NUDGE_SETTING_THEME, G_CALLBACK (on_theme_set), self, 0);
  nudge_window_restore_state (self);
  nudge_window_update_title (self);
  nudge_window_update_actions (self);
}

GtkWidget *
nudge_window_new (GtkApplication *application)
{
  return g_object_new (NUDGE_TYPE_WINDOW, "application", application, NULL);
}
