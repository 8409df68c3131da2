/* The score of what is shown, reckoned by a worker after the picture is there. */
#include "window-private.h"

#include <glib/gi18n.h>

#define SCORE_DELAY_MS 250

static void
score_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, nudge_score_new (data), (GDestroyNotify) nudge_score_unref);
}

static void
show_score (NudgeWindow *self)
{
  nudge_score_panel_set_score (self->score_panel, self->score, self->score_before, /* Translators: after “since”. */
                               self->exported ? _("the last export") : _("it was opened"));
}

static void
on_scored (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  g_autoptr (NudgeScore) score = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean is_stale = g_task_get_task_data (G_TASK (result)) != self->drawing;

  self->scoring = FALSE;
  if (self->drawing == NULL || score == NULL)
    return;
  if (is_stale)
    {
      nudge_window_update_score (self);
      return;
    }
  g_clear_pointer (&self->score, nudge_score_unref);
  self->score = g_steal_pointer (&score);
  if (self->score_before == NULL)
    self->score_before = nudge_score_ref (self->score);
  show_score (self);
}

static gboolean
start_scoring (gpointer data)
{
  NudgeWindow *self = data;
  g_autoptr (GTask) task = NULL;

  self->score_id = 0;
  if (self->drawing == NULL)
    return G_SOURCE_REMOVE;
  self->scoring = TRUE;
  task = g_task_new (self, NULL, on_scored, NULL);
  g_task_set_task_data (task, nudge_drawing_ref (self->drawing), (GDestroyNotify) nudge_drawing_unref);
  g_task_run_in_thread (task, score_thread);
  return G_SOURCE_REMOVE;
}

/* The whole design is scored, which takes its time: not while the person still nudges, and one at a time. */
void
nudge_window_update_score (NudgeWindow *self)
{
  g_clear_handle_id (&self->score_id, g_source_remove);
  if (!self->scoring && self->drawing != NULL && !self->opening)
    self->score_id = g_timeout_add (SCORE_DELAY_MS, start_scoring, self);
}

void
nudge_window_restart_score (NudgeWindow *self)
{
  g_clear_pointer (&self->score_before, nudge_score_unref);
  if (self->score != NULL)
    self->score_before = nudge_score_ref (self->score);
  if (self->score != NULL)
    show_score (self);
}

void
nudge_window_clear_score (NudgeWindow *self)
{
  g_clear_pointer (&self->score, nudge_score_unref);
  g_clear_pointer (&self->score_before, nudge_score_unref);
}

void
nudge_window_on_offence_activated (NudgeScorePanel *panel, guint index, gpointer data)
{
  NudgeWindow *self = data;
  const NudgeOffence *offence;

  if (self->score == NULL || self->drawing == NULL || index >= nudge_score_get_n_offences (self->score))
    return;
  offence = nudge_score_get_offence (self->score, index);
  if (self->drawing->block_sheets[self->block] != offence->sheet && offence->sheet < self->drawing->n_sheets)
    nudge_window_set_block (self, self->drawing->sheets[offence->sheet].block);
  nudge_canvas_show_point (self->canvas, offence->at);
}
