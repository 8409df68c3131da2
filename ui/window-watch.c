/* The circuit as it changes on disk: written in place or by rename, half-written, deleted and back. */
#include "window-private.h"

/* Milliseconds of rest after which a file counts as written; with the reading of it well under a fifth of a second. */
#define REST_MS 60
#define MONITOR_MS 20

static gboolean
on_rest (gpointer data)
{
  NudgeWindow *self = data;

  self->watch_id = 0;
  /* What is being read may be older than what was written meanwhile. */
  if (self->loading != NULL)
    self->watch_again = TRUE;
  else
    nudge_window_follow_file (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_rest (NudgeWindow *self)
{
  g_clear_handle_id (&self->watch_id, g_source_remove);
  self->watch_id = g_timeout_add (REST_MS, on_rest, self);
}

static gboolean
is_ours (NudgeWindow *self, GFile *file)
{
  return file != NULL && self->file != NULL && g_file_equal (file, self->file);
}

static void
on_folder_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  NudgeWindow *self = data;

  if (is_ours (self, file) || is_ours (self, other))
    wait_for_rest (self);
}

void
nudge_window_watch (NudgeWindow *self)
{
  g_autoptr (GFile) folder = self->file != NULL ? g_file_get_parent (self->file) : NULL;

  nudge_window_stop_watching (self);
  if (folder == NULL)
    return;
  /* The folder, not the file: a new file of the same name is what most programs leave behind. */
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (self->monitor, MONITOR_MS);
  g_signal_connect (self->monitor, "changed", G_CALLBACK (on_folder_changed), self);
}

void
nudge_window_stop_watching (NudgeWindow *self)
{
  g_clear_handle_id (&self->watch_id, g_source_remove);
  self->watch_again = FALSE;
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
}

void
nudge_window_loading_done (NudgeWindow *self)
{
  if (self->watch_again)
    wait_for_rest (self);
  self->watch_again = FALSE;
}

/* Halos around what is another now on the sheet that is shown: since what it is compared with, else since it was read again. */
void
nudge_window_show_halos (NudgeWindow *self)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  NudgePaintSheet *sheet = nudge_canvas_get_sheet (self->canvas);
  const NudgeComparison *changes = self->comparison != NULL ? self->comparison : self->changes;
  const NudgeDrawnSheet *drawn;

  if (sheet == NULL || self->drawing == NULL)
    return;
  drawn = nudge_paint_sheet_get_drawn (sheet);
  for (guint i = 0; changes != NULL && i < drawn->n_symbols; i++)
    {
      guint part = nudge_window_get_part (self, drawn, i);

      if (part != NUDGE_NONE && part < changes->n_new_parts && changes->new_changed[part])
        g_array_append_val (boxes, drawn->symbols[i].box);
    }
  nudge_canvas_set_halos (self->canvas, boxes);
}
