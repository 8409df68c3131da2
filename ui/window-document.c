/* The window's document: loading it, walking through its sheets, going to what was found in it. */
#include "window-private.h"

#include <glib/gi18n.h>
#include <string.h>

static guint
count (GPtrArray *diagnostics, NudgeSeverity severity)
{
  return diagnostics != NULL ? nudge_diagnostics_count (diagnostics, severity) : 0;
}

static void
show_diagnostics (NudgeWindow *self, GPtrArray *diagnostics)
{
  guint total = diagnostics != NULL ? diagnostics->len : 0;
  g_autofree char *label = g_strdup_printf (_("Problems %u"), total);

  nudge_log_panel_add_new (self->log_panel, self->diagnostics, diagnostics);
  g_clear_pointer (&self->diagnostics, g_ptr_array_unref);
  self->diagnostics = diagnostics != NULL ? g_ptr_array_ref (diagnostics) : NULL;
  nudge_problem_list_set_diagnostics (self->problem_list, diagnostics);
  gtk_button_set_label (GTK_BUTTON (self->problems_button), label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->problems_button), total > 0);
}

static const NudgeDiagnostic *
first_error (GPtrArray *diagnostics)
{
  for (guint i = 0; diagnostics != NULL && i < diagnostics->len; i++)
    {
      const NudgeDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);

      if (diagnostic->severity == NUDGE_SEVERITY_ERROR)
        return diagnostic;
    }
  return NULL;
}

/* One sentence with the place in the file; the list below has the rest. */
static char *
describe_failure (NudgeWindow *self, const NudgeLoaded *loaded)
{
  const NudgeDiagnostic *error = first_error (loaded->diagnostics);
  guint errors = count (loaded->diagnostics, NUDGE_SEVERITY_ERROR);
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *message = error != NULL ? nudge_diagnostic_to_string (error) : g_strdup (loaded->error->message);

  if (errors > 1)
    /* Translators: the file, what is wrong, and how many errors there are beside. */
    return g_strdup_printf (ngettext ("%s: %s, and %u more", "%s: %s, and %u more", errors - 1), shown, message, errors - 1);
  return g_strdup_printf ("%s: %s", shown, message);
}

static guint
find_instance (const NudgeDrawnSheet *sheet, guint block)
{
  for (guint i = 0; i < sheet->n_instances; i++)
    if (sheet->instances[i].block == block)
      return i;
  return 0;
}

static void
show_block (NudgeWindow *self, guint block, gboolean keep_view)
{
  guint sheet = self->drawing->block_sheets[block];
  g_autoptr (NudgePaintSheet) view = nudge_paint_sheet_new (self->drawing, sheet, find_instance (&self->drawing->sheets[sheet], block));

  self->block = block;
  nudge_editor_set_wanted (self->editor, block);
  nudge_canvas_set_sheet (self->canvas, view, keep_view);
  nudge_sheet_tree_select (self->sheet_tree, block);
  nudge_window_show_halos (self);
  nudge_window_update_divided (self);
  nudge_window_update_title (self);
  nudge_window_update_status (self);
  nudge_window_update_actions (self);
}

/* What was ahead is forgotten when the person goes elsewhere. */
static void
note_visit (NudgeWindow *self, guint block)
{
  if (self->visited->len > 0)
    g_array_set_size (self->visited, self->visit + 1);
  g_array_append_val (self->visited, block);
  self->visit = self->visited->len - 1;
}

static void
forget_visits (NudgeWindow *self)
{
  g_array_set_size (self->visited, 0);
  self->visit = 0;
  g_array_append_val (self->visited, self->block);
}

void
nudge_window_go_back (NudgeWindow *self, gboolean forward)
{
  if (self->drawing == NULL || (forward ? self->visit + 1 >= self->visited->len : self->visit == 0))
    return;
  nudge_window_show_after (self);
  self->visit = forward ? self->visit + 1 : self->visit - 1;
  show_block (self, g_array_index (self->visited, guint, self->visit), FALSE);
}

void
nudge_window_set_block (NudgeWindow *self, guint block)
{
  g_return_if_fail (NUDGE_IS_WINDOW (self));

  if (self->drawing == NULL || block >= self->drawing->layout->circuit->n_blocks || block == self->block)
    return;
  nudge_window_show_after (self);
  note_visit (self, block);
  show_block (self, block, FALSE);
}

/* After a reload the person stays where he was, if that place is still there. */
static guint
find_same_block (NudgeWindow *self, const NudgeCircuit *circuit)
{
  const char *path;

  if (self->drawing == NULL)
    return 0;
  path = self->drawing->layout->circuit->blocks[self->block].path;
  for (guint i = 0; i < circuit->n_blocks; i++)
    if (strcmp (circuit->blocks[i].path, path) == 0)
      return i;
  return 0;
}

static gboolean
is_empty (const NudgeDrawnSheet *sheet)
{
  return sheet->n_symbols + sheet->n_boxes == 0;
}

/* What the person compares with is the whole of what was opened. */
static void
take_opened (NudgeWindow *self)
{
  if (!self->opening)
    return;
  nudge_drawing_ref (self->drawing);
  g_clear_pointer (&self->opened_drawing, nudge_drawing_unref);
  self->opened_drawing = self->drawing;
  self->opening = !nudge_editor_is_complete (self->editor);
}

/* The same parts on other sheets. */
static void
take_other_sheets (NudgeWindow *self, NudgeDrawing *drawing)
{
  guint block = find_same_block (self, drawing->layout->circuit);

  nudge_drawing_ref (drawing);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = drawing;
  nudge_window_update_compare (self);
  g_clear_pointer (&self->changes, nudge_comparison_unref);
  nudge_canvas_highlight_net (self->canvas, NUDGE_NONE);
  nudge_sheet_tree_set_drawing (self->sheet_tree, drawing);
  nudge_window_fill_panels (self);
  show_block (self, block, FALSE);
  forget_visits (self);
}

/* The same sheets as the person has changed them. */
static void
update_sheets (NudgeWindow *self, NudgeDrawing *drawing)
{
  guint sheet = drawing->block_sheets[self->block];
  g_autoptr (NudgePaintSheet) view = nudge_paint_sheet_new (drawing, sheet, find_instance (&drawing->sheets[sheet], self->block));
  gboolean was_empty = is_empty (&self->drawing->sheets[self->drawing->block_sheets[self->block]]);

  nudge_drawing_ref (drawing);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = drawing;
  take_opened (self);
  nudge_window_update_compare (self);
  /* A sheet that was still to come is fitted when it is there, unless the person looks at a part of it, now or the last time. */
  if (was_empty)
    nudge_canvas_set_sheet (self->canvas, view, !nudge_canvas_is_fitted (self->canvas));
  else
    nudge_canvas_update_sheet (self->canvas, view);
  nudge_sheet_tree_update_drawing (self->sheet_tree, drawing);
  nudge_window_update_panels (self);
}

/* The worker has drawn what the person did. */
static void
on_drawn (NudgeEditor *editor, gpointer data)
{
  NudgeWindow *self = data;
  NudgeDrawing *drawing = nudge_editor_get_drawing (editor);
  g_autoptr (GPtrArray) diagnostics = nudge_editor_list_diagnostics (editor);

  nudge_window_show_after (self);
  if (drawing->layout->circuit == self->drawing->layout->circuit)
    update_sheets (self, drawing);
  else
    take_other_sheets (self, drawing);
  nudge_window_update_score (self);
  if (diagnostics != self->diagnostics)
    show_diagnostics (self, diagnostics);
}

static void
on_history_changed (NudgeEditor *editor, gpointer data)
{
  nudge_window_update_title (data);
  nudge_window_update_actions (data);
  nudge_window_update_progress (data);
  nudge_window_schedule_autosave (data);
}

static void
on_failed (NudgeEditor *editor, const char *message, gpointer data)
{
  nudge_window_show_error (data, message, FALSE);
}

static void
take_editor (NudgeWindow *self, const NudgeLoaded *loaded, gboolean reloaded)
{
  gboolean clean = reloaded ? !nudge_window_is_modified (self) : !loaded->recovered;

  if (self->editor != NULL && reloaded)
    {
      nudge_editor_restart (self->editor, loaded->drawing, loaded->diagnostics, loaded->n_input, clean);
      return;
    }
  if (self->editor != NULL)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_object (&self->editor);
  self->editor = nudge_editor_new (loaded->drawing, loaded->diagnostics, loaded->n_input, clean);
  g_signal_connect (self->editor, "drawn", G_CALLBACK (on_drawn), self);
  g_signal_connect (self->editor, "changed", G_CALLBACK (on_history_changed), self);
  g_signal_connect (self->editor, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (self->editor, "progress", G_CALLBACK (nudge_window_update_progress), self);
}

static void
take_drawing (NudgeWindow *self, const NudgeLoaded *loaded, gboolean reloaded)
{
  NudgeDrawing *drawing = loaded->drawing;
  guint block = reloaded ? find_same_block (self, drawing->layout->circuit) : 0;

  nudge_window_show_after (self);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = nudge_drawing_ref (drawing);
  nudge_window_update_compare (self);
  g_clear_pointer (&self->changes, nudge_comparison_unref);
  self->changes = loaded->changes != NULL ? nudge_comparison_ref (loaded->changes) : NULL;
  take_editor (self, loaded, reloaded);
  nudge_canvas_highlight_net (self->canvas, NUDGE_NONE);
  nudge_sheet_tree_set_drawing (self->sheet_tree, drawing);
  nudge_window_fill_panels (self);
  if (!reloaded)
    {
      nudge_window_clear_score (self);
      nudge_window_compare (self, NUDGE_COMPARE_OFF);
      nudge_window_clear_compare (self);
      self->opened_drawing = nudge_drawing_ref (drawing);
      self->opening = loaded->arranging != NULL;
      self->exported = FALSE;
    }
  nudge_window_update_score (self);
  gtk_stack_set_visible_child_name (self->stack, "document");
  show_block (self, block, reloaded);
  if (!reloaded)
    nudge_window_restore_view (self);
  forget_visits (self);
  if (!reloaded)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  if (loaded->arranging != NULL)
    nudge_editor_complete (self->editor, loaded->arranging);
}

static void
drop_drawing (NudgeWindow *self)
{
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  if (self->editor != NULL)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_object (&self->editor);
  self->block = NUDGE_NONE;
  nudge_canvas_set_sheet (self->canvas, NULL, FALSE);
  nudge_sheet_tree_set_drawing (self->sheet_tree, NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
tell_of_layout (NudgeWindow *self, const NudgeLoaded *loaded)
{
  g_autofree char *message = NULL;

  if (loaded->layout_error != NULL)
    {
      message = g_strdup_printf (_("The saved nudges cannot be used, and saving would replace them: %s"), loaded->layout_error);
      nudge_window_show_error (self, message, FALSE);
    }
  else if (loaded->recovered)
    nudge_window_show_toast (self, _("Nudges that were never saved have been recovered"), FALSE);
}

typedef struct
{
  NudgeWindow *window;
  GCancellable *cancellable;
  gboolean reload;
} Load;

/* The file is again, or still, what is shown. */
static void
stay (NudgeWindow *self)
{
  g_autoptr (GPtrArray) diagnostics = nudge_editor_list_diagnostics (self->editor);

  nudge_window_hide_error (self);
  show_diagnostics (self, diagnostics);
  nudge_window_update_actions (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Load *load = data;
  g_autoptr (NudgeWindow) self = load->window;
  g_autoptr (GCancellable) cancellable = load->cancellable;
  g_autoptr (NudgeLoaded) loaded = nudge_load_finish (result, NULL);
  g_autofree char *message = NULL;

  /* A newer request, or the end of the window, made this one stale. */
  if (loaded == NULL || self->loading != cancellable)
    return;
  g_clear_object (&self->loading);
  nudge_window_loading_done (self);
  if (loaded->unchanged)
    {
      stay (self);
      return;
    }
  if (loaded->drawing != NULL)
    nudge_window_log_opened (self, loaded->drawing->layout->circuit, load->reload && self->drawing != NULL);
  show_diagnostics (self, loaded->diagnostics);
  gtk_toggle_button_set_active (self->problems_button, count (loaded->diagnostics, NUDGE_SEVERITY_ERROR) > 0);
  if (loaded->error != NULL)
    {
      message = describe_failure (self, loaded);
      nudge_window_show_error (self, message, FALSE);
    }
  else
    nudge_window_hide_error (self);
  if (loaded->drawing != NULL)
    take_drawing (self, loaded, load->reload && self->drawing != NULL);
  else if (!load->reload)
    drop_drawing (self);
  else
    gtk_stack_set_visible_child_name (self->stack, self->drawing != NULL ? "document" : "empty");
  tell_of_layout (self, loaded);
  nudge_window_update_title (self);
  nudge_window_update_actions (self);
}

static void
start_loading (NudgeWindow *self, gboolean reload, gboolean only_changed)
{
  g_autofree char *path = g_file_get_path (self->file);
  Load *load;

  if (path == NULL)
    {
      nudge_window_show_error (self, _("Only files on this computer can be opened"), FALSE);
      return;
    }
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  load = g_new0 (Load, 1);
  load->window = g_object_ref (self);
  load->cancellable = g_object_ref (self->loading);
  load->reload = reload;
  if (!reload)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  nudge_window_update_actions (self);
  nudge_load_async (path, (const char *const *) self->symbol_folders, self->arranger,
                    reload && self->editor != NULL ? nudge_editor_get_layout (self->editor) : NULL, only_changed,
                    self->loading, on_loaded, load);
}

void
nudge_window_open (NudgeWindow *self, GFile *file)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (NUDGE_IS_WINDOW (self) && G_IS_FILE (file));

  nudge_window_keep_unsaved (self);
  nudge_window_save_view (self);
  g_set_object (&self->file, file);
  g_clear_pointer (&self->export_folder, g_free);
  g_clear_pointer (&self->compare_folder, g_free);
  uri = g_file_get_uri (file);
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  nudge_window_hide_error (self);
  nudge_window_update_title (self);
  nudge_window_watch (self);
  start_loading (self, FALSE, FALSE);
}

void
nudge_window_reload (NudgeWindow *self)
{
  if (self->file != NULL)
    start_loading (self, TRUE, FALSE);
}

void
nudge_window_follow_file (NudgeWindow *self)
{
  if (self->file != NULL)
    start_loading (self, TRUE, TRUE);
}

/* "/usb" and "/usb/" are the same place. */
static gboolean
same_path (const char *a, const char *b)
{
  gsize n = strlen (a), m = strlen (b);

  while (n > 1 && a[n - 1] == '/')
    n--;
  while (m > 1 && b[m - 1] == '/')
    m--;
  return n == m && memcmp (a, b, n) == 0;
}

static guint
find_block (const NudgeCircuit *circuit, const char *path)
{
  for (guint i = 0; i < circuit->n_blocks; i++)
    if (same_path (circuit->blocks[i].path, path))
      return i;
  return NUDGE_NONE;
}

static NudgeHit
find_part_mark (NudgeWindow *self, guint part)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;
  const NudgeDrawnSheet *sheet = &self->drawing->sheets[self->drawing->block_sheets[self->block]];
  guint drawn_part = part - circuit->blocks[self->block].first_part + circuit->blocks[sheet->block].first_part;

  for (guint i = 0; i < sheet->n_symbols; i++)
    if (sheet->symbols[i].part == drawn_part)
      return (NudgeHit){ NUDGE_HIT_SYMBOL, i, NUDGE_NONE };
  return NUDGE_HIT_NOTHING;
}

static NudgeHit
find_net_mark (NudgeWindow *self, const char *name)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;
  const NudgeDrawnSheet *sheet = &self->drawing->sheets[self->drawing->block_sheets[self->block]];

  for (guint i = 0; i < sheet->n_labels; i++)
    if (sheet->labels[i].net != NUDGE_NONE && strcmp (circuit->nets[sheet->labels[i].net].name, name) == 0)
      return (NudgeHit){ NUDGE_HIT_LABEL, i, sheet->labels[i].net };
  for (guint i = 0; i < sheet->n_wires; i++)
    if (sheet->wires[i].net != NUDGE_NONE && strcmp (circuit->nets[sheet->wires[i].net].name, name) == 0)
      return (NudgeHit){ NUDGE_HIT_WIRE, i, sheet->wires[i].net };
  return NUDGE_HIT_NOTHING;
}

void
nudge_window_show_problem (NudgeWindow *self, const NudgeDiagnostic *diagnostic)
{
  const NudgeCircuit *circuit;
  guint part = NUDGE_NONE, block = NUDGE_NONE;
  NudgeHit hit = NUDGE_HIT_NOTHING;

  if (self->drawing == NULL)
    return;
  circuit = self->drawing->layout->circuit;
  if (diagnostic->sheet != NULL)
    block = find_block (circuit, diagnostic->sheet);
  if (diagnostic->subject != NULL)
    part = nudge_circuit_find_part (circuit, block, diagnostic->subject);
  if (part != NUDGE_NONE)
    block = circuit->parts[part].block;
  if (block != NUDGE_NONE)
    nudge_window_set_block (self, block);
  if (part != NUDGE_NONE)
    hit = find_part_mark (self, part);
  else if (diagnostic->subject != NULL)
    hit = find_net_mark (self, diagnostic->subject);
  if (diagnostic->has_position)
    nudge_canvas_show_point (self->canvas, diagnostic->at);
  if (hit.kind != NUDGE_HIT_NONE)
    nudge_canvas_show (self->canvas, &hit);
}
