#include "editor.h"

#include "arrange/arrange.h"

/* What the worker is asked for, and what came of it. */
typedef struct
{
  NudgeLayout *layout;
  char *arranger;
  char *label;       /* of the step that an arrangement is; NULL: only draw */
  gboolean is_final; /* worth a proof: what is dragged is on its way still */
  NudgeDrawing *before; /* that is shown: most of its sheets stay */
  NudgeDrawing *drawing;
  GPtrArray *diagnostics;
  GError *error;
} Job;

struct _NudgeEditor
{
  GObject parent_instance;
  NudgeHistory *history;
  NudgeDrawing *drawing;
  GPtrArray *input;    /* NudgeDiagnostic: of circuit and library, then of the first drawing */
  guint n_input;       /* how many are not about the drawing */
  GPtrArray *all;      /* what is known now; the same list as long as it says the same */
  GCancellable *stop;  /* of the job under way; NULL: none */
  gboolean arranging;
  Job *next;
};

G_DEFINE_FINAL_TYPE (NudgeEditor, nudge_editor, G_TYPE_OBJECT)

enum
{
  DRAWN,
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_free (gpointer data)
{
  Job *job = data;

  nudge_layout_unref (job->layout);
  g_free (job->arranger);
  g_free (job->label);
  g_clear_pointer (&job->before, nudge_drawing_unref);
  g_clear_pointer (&job->drawing, nudge_drawing_unref);
  g_clear_pointer (&job->diagnostics, g_ptr_array_unref);
  g_clear_error (&job->error);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  if (job->label != NULL)
    {
      NudgeLayout *arranged = job->arranger != NULL ? nudge_arrange (job->layout, job->arranger, job->diagnostics, cancellable, &job->error)
                                                    : nudge_arrange_open (job->layout, NULL, job->diagnostics, cancellable, &job->error);

      if (arranged != NULL)
        {
          nudge_layout_unref (job->layout);
          job->layout = arranged;
        }
    }
  if (job->error == NULL && !g_cancellable_is_cancelled (cancellable))
    job->drawing = nudge_draw_after (job->before, job->layout, job->diagnostics, &job->error);
  if (job->drawing != NULL && job->is_final)
    nudge_prove_after (job->drawing, job->diagnostics, &job->error);
  g_task_return_boolean (task, TRUE);
}

static void start_next (NudgeEditor *self);

static gboolean
equal_diagnostics (const NudgeDiagnostic *a, const NudgeDiagnostic *b)
{
  return a->code == b->code && a->severity == b->severity && a->has_position == b->has_position && nudge_point_equal (a->at, b->at)
         && g_strcmp0 (a->message, b->message) == 0 && g_strcmp0 (a->subject, b->subject) == 0 && g_strcmp0 (a->sheet, b->sheet) == 0;
}

/* Most edits change nothing about what was found: then the list stays, and nobody has to show it again. */
static void
take_diagnostics (NudgeEditor *self, const GPtrArray *drawn)
{
  gboolean same = self->all->len == self->n_input + drawn->len;
  GPtrArray *all;

  for (guint i = 0; same && i < drawn->len; i++)
    same = equal_diagnostics (g_ptr_array_index (self->all, self->n_input + i), g_ptr_array_index (drawn, i));
  if (same)
    return;
  all = nudge_diagnostics_new ();
  for (guint i = 0; i < self->n_input; i++)
    g_ptr_array_add (all, nudge_diagnostic_copy (g_ptr_array_index (self->input, i)));
  for (guint i = 0; i < drawn->len; i++)
    g_ptr_array_add (all, nudge_diagnostic_copy (g_ptr_array_index (drawn, i)));
  g_ptr_array_unref (self->all);
  self->all = all;
}

static void
take_drawing (NudgeEditor *self, Job *job)
{
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = nudge_drawing_ref (job->drawing);
  take_diagnostics (self, job->diagnostics);
  g_signal_emit (self, signals[DRAWN], 0);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeEditor *self = NUDGE_EDITOR (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  gboolean stopped = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));

  /* A newer document has put this aside. */
  if (self->stop != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->stop);
  self->arranging = FALSE;
  if (job->drawing != NULL && !stopped)
    {
      if (job->label != NULL)
        nudge_history_push (self->history, job->layout, job->label, NULL);
      take_drawing (self, job);
    }
  if (job->error != NULL && !stopped)
    g_signal_emit (self, signals[FAILED], 0, job->error->message);
  start_next (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_next (NudgeEditor *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->next == NULL || self->stop != NULL)
    return;
  self->stop = g_cancellable_new ();
  self->arranging = self->next->label != NULL;
  self->next->before = nudge_drawing_ref (self->drawing);
  task = g_task_new (self, self->stop, on_done, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, start_next);
  g_task_set_task_data (task, g_steal_pointer (&self->next), job_free);
  g_task_run_in_thread (task, run_job);
}

static void
request (NudgeEditor *self, NudgeLayout *layout, const char *arranger, const char *label, gboolean is_final)
{
  Job *job = g_new0 (Job, 1);

  job->layout = nudge_layout_ref (layout);
  job->arranger = g_strdup (arranger);
  job->label = g_strdup (label);
  job->is_final = is_final;
  job->diagnostics = nudge_diagnostics_new ();
  g_clear_pointer (&self->next, job_free);
  self->next = job;
  /* A drawing is soon done and worth seeing on the way; an arrangement that nobody waits for is not. */
  if (self->arranging)
    g_cancellable_cancel (self->stop);
  start_next (self);
}

static void
abandon_work (NudgeEditor *self)
{
  if (self->stop != NULL)
    g_cancellable_cancel (self->stop);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->next, job_free);
  self->arranging = FALSE;
}

NudgeEditor *
nudge_editor_new (NudgeDrawing *drawing, GPtrArray *diagnostics, guint n_input, gboolean clean)
{
  NudgeEditor *self;

  g_return_val_if_fail (drawing != NULL && diagnostics != NULL, NULL);

  self = g_object_new (NUDGE_TYPE_EDITOR, NULL);
  self->history = nudge_history_new (drawing->layout);
  nudge_editor_restart (self, drawing, diagnostics, n_input, clean);
  return self;
}

void
nudge_editor_restart (NudgeEditor *self, NudgeDrawing *drawing, GPtrArray *diagnostics, guint n_input, gboolean clean)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self) && drawing != NULL && diagnostics != NULL);

  abandon_work (self);
  nudge_history_restart (self->history, drawing->layout, clean);
  nudge_drawing_ref (drawing);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = drawing;
  g_ptr_array_ref (diagnostics);
  g_clear_pointer (&self->input, g_ptr_array_unref);
  self->input = diagnostics;
  self->n_input = MIN (n_input, diagnostics->len);
  g_ptr_array_ref (diagnostics);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  self->all = diagnostics;
  g_signal_emit (self, signals[CHANGED], 0);
}

NudgeLayout *
nudge_editor_get_layout (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), NULL);

  return nudge_history_get_layout (self->history);
}

NudgeDrawing *
nudge_editor_get_drawing (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), NULL);

  return self->drawing;
}

NudgeHistory *
nudge_editor_get_history (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), NULL);

  return self->history;
}

GPtrArray *
nudge_editor_list_diagnostics (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), NULL);

  return g_ptr_array_ref (self->all);
}

gboolean
nudge_editor_is_busy (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  return self->stop != NULL;
}

gboolean
nudge_editor_is_arranging (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  return self->arranging;
}

gboolean
nudge_editor_apply (NudgeEditor *self, NudgeLayout *layout, const char *label, const char *merge)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self) && layout != NULL && label != NULL, FALSE);

  if (!nudge_history_push (self->history, layout, label, merge))
    {
      nudge_editor_preview (self, NULL);
      return FALSE;
    }
  request (self, nudge_history_get_layout (self->history), NULL, NULL, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
nudge_editor_preview (NudgeEditor *self, NudgeLayout *layout)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self));

  if (layout != NULL)
    request (self, layout, NULL, NULL, FALSE);
  else if (self->stop != NULL || self->drawing->layout != nudge_history_get_layout (self->history))
    request (self, nudge_history_get_layout (self->history), NULL, NULL, TRUE);
}

void
nudge_editor_arrange (NudgeEditor *self, NudgeLayout *layout, const char *arranger, const char *label)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self) && layout != NULL && label != NULL);

  request (self, layout, arranger, label, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
nudge_editor_stop (NudgeEditor *self)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self));

  if (self->arranging)
    g_cancellable_cancel (self->stop);
}

static void
follow_history (NudgeEditor *self)
{
  request (self, nudge_history_get_layout (self->history), NULL, NULL, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
nudge_editor_undo (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  if (!nudge_history_undo (self->history))
    return FALSE;
  follow_history (self);
  return TRUE;
}

gboolean
nudge_editor_redo (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  if (!nudge_history_redo (self->history))
    return FALSE;
  follow_history (self);
  return TRUE;
}

void
nudge_editor_mark_saved (NudgeEditor *self)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self));

  nudge_history_mark_clean (self->history);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
nudge_editor_dispose (GObject *object)
{
  abandon_work (NUDGE_EDITOR (object));
  G_OBJECT_CLASS (nudge_editor_parent_class)->dispose (object);
}

static void
nudge_editor_finalize (GObject *object)
{
  NudgeEditor *self = NUDGE_EDITOR (object);

  nudge_history_unref (self->history);
  nudge_drawing_unref (self->drawing);
  g_ptr_array_unref (self->input);
  g_ptr_array_unref (self->all);
  G_OBJECT_CLASS (nudge_editor_parent_class)->finalize (object);
}

static void
nudge_editor_class_init (NudgeEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_editor_finalize;
  signals[DRAWN] = g_signal_new ("drawn", NUDGE_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", NUDGE_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", NUDGE_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_editor_init (NudgeEditor *self)
{
}
