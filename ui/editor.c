#include "editor.h"

/* What the worker is asked for, and what came of it. */
typedef struct
{
  NudgeLayout *layout;
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
  Job *next;
  NudgeArranging *arranging;   /* under way, or NULL */
  char *arranging_label;       /* of the step that it becomes; NULL: it completes what was opened */
  NudgeLayout *arranged;       /* what it has come to so far; NULL: nothing that is shown */
  NudgeLayout *preview;        /* shown though it is no step, or NULL */
};

G_DEFINE_FINAL_TYPE (NudgeEditor, nudge_editor, G_TYPE_OBJECT)

enum
{
  DRAWN,
  CHANGED,
  FAILED,
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_free (gpointer data)
{
  Job *job = data;

  nudge_layout_unref (job->layout);
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

  if (!g_cancellable_is_cancelled (cancellable))
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
  if (job->drawing != NULL && !stopped)
    take_drawing (self, job);
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
  self->next->before = nudge_drawing_ref (self->drawing);
  task = g_task_new (self, self->stop, on_done, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, start_next);
  g_task_set_task_data (task, g_steal_pointer (&self->next), job_free);
  g_task_run_in_thread (task, run_job);
}

static void
request (NudgeEditor *self, NudgeLayout *layout, gboolean is_final)
{
  Job *job = g_new0 (Job, 1);

  job->layout = nudge_layout_ref (layout);
  job->is_final = is_final;
  job->diagnostics = nudge_diagnostics_new ();
  g_clear_pointer (&self->next, job_free);
  self->next = job;
  start_next (self);
}

/* What the person is to see now. Of what is still being completed there is no proof. */
static void
show_layout (NudgeEditor *self)
{
  gboolean is_complete = self->arranging == NULL || self->arranging_label != NULL;

  if (self->preview != NULL)
    request (self, self->preview, FALSE);
  else
    request (self, nudge_history_get_layout (self->history), is_complete);
}

static void
set_preview (NudgeEditor *self, NudgeLayout *layout)
{
  if (layout != NULL)
    nudge_layout_ref (layout);
  g_clear_pointer (&self->preview, nudge_layout_unref);
  self->preview = layout;
}

/* --- arrangements --- */

static void
end_arranging (NudgeEditor *self)
{
  if (self->arranging == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->arranging, self);
  nudge_arranging_cancel (self->arranging);
  g_clear_object (&self->arranging);
  g_clear_pointer (&self->arranging_label, g_free);
  g_clear_pointer (&self->arranged, nudge_layout_unref);
}

/* An arrangement that is to become a step is given up for another one; what completes the document goes on. */
static void
give_way (NudgeEditor *self)
{
  if (self->arranging_label != NULL)
    end_arranging (self);
}

/* Goes on from what was arranged before to what is arranged now, round all that the person has done meanwhile. */
static void
complete (NudgeEditor *self, NudgeLayout *layout)
{
  nudge_history_rebase (self->history, self->arranged, layout);
  if (self->preview != NULL)
    {
      g_autoptr (NudgeLayout) preview = nudge_layout_rebase (self->preview, self->arranged, layout);

      set_preview (self, preview);
    }
  nudge_layout_ref (layout);
  nudge_layout_unref (self->arranged);
  self->arranged = layout;
}

static void
on_advanced (NudgeArranging *arranging, gpointer data)
{
  NudgeEditor *self = data;
  g_autoptr (NudgeLayout) layout = nudge_arranging_take (arranging);

  if (layout != NULL)
    {
      if (self->arranging_label == NULL)
        complete (self, layout);
      else
        set_preview (self, layout);
      show_layout (self);
    }
  g_signal_emit (self, signals[PROGRESS], 0);
}

/* What arranging found is not about one drawing. */
static void
add_input (NudgeEditor *self, const GPtrArray *found)
{
  GPtrArray *input = nudge_diagnostics_new ();

  for (guint i = 0; i < self->n_input; i++)
    g_ptr_array_add (input, nudge_diagnostic_copy (g_ptr_array_index (self->input, i)));
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (input, nudge_diagnostic_copy (g_ptr_array_index (found, i)));
  g_ptr_array_unref (self->input);
  self->input = input;
  self->n_input = input->len;
  g_ptr_array_ref (input);
  g_ptr_array_unref (self->all);
  self->all = input;
}

static void
on_arranged (NudgeArranging *arranging, gpointer data)
{
  NudgeEditor *self = data;
  g_autofree char *label = g_steal_pointer (&self->arranging_label);
  NudgeLayout *result = nudge_arranging_get_result (arranging);
  const GError *found = nudge_arranging_get_error (arranging);
  g_autoptr (GError) error = found != NULL ? g_error_copy (found) : NULL;

  if (label == NULL)
    add_input (self, nudge_arranging_get_diagnostics (arranging));
  if (label == NULL && result != NULL)
    complete (self, result);
  else if (label != NULL)
    set_preview (self, NULL);
  if (label != NULL && result != NULL)
    nudge_history_push (self->history, result, label, NULL);
  end_arranging (self);
  show_layout (self);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* (transfer full) @arranging */
static void
follow_arranging (NudgeEditor *self, NudgeArranging *arranging, const char *label)
{
  end_arranging (self);
  self->arranging = arranging;
  self->arranging_label = g_strdup (label);
  g_signal_connect (arranging, "advanced", G_CALLBACK (on_advanced), self);
  g_signal_connect (arranging, "done", G_CALLBACK (on_arranged), self);
}

static void
abandon_work (NudgeEditor *self)
{
  if (self->stop != NULL)
    g_cancellable_cancel (self->stop);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->next, job_free);
  end_arranging (self);
  set_preview (self, NULL);
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

  return self->stop != NULL || self->arranging != NULL;
}

gboolean
nudge_editor_is_arranging (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  return self->arranging != NULL;
}

gboolean
nudge_editor_apply (NudgeEditor *self, NudgeLayout *layout, const char *label, const char *merge)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self) && layout != NULL && label != NULL, FALSE);

  give_way (self);
  if (!nudge_history_push (self->history, layout, label, merge))
    {
      nudge_editor_preview (self, NULL);
      return FALSE;
    }
  set_preview (self, NULL);
  show_layout (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
nudge_editor_preview (NudgeEditor *self, NudgeLayout *layout)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self));

  give_way (self);
  set_preview (self, layout);
  if (layout != NULL || self->stop != NULL || self->drawing->layout != nudge_history_get_layout (self->history))
    show_layout (self);
}

void
nudge_editor_arrange (NudgeEditor *self, NudgeLayout *layout, const char *arranger, const char *label)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self) && layout != NULL && label != NULL);

  set_preview (self, NULL);
  follow_arranging (self, nudge_arranging_new (layout, arranger, g_strcmp0 (arranger, "force") == 0), label);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
nudge_editor_complete (NudgeEditor *self, NudgeArranging *arranging)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self) && NUDGE_IS_ARRANGING (arranging));

  follow_arranging (self, g_object_ref (arranging), NULL);
  self->arranged = nudge_layout_ref (nudge_history_get_layout (self->history));
  /* It may have ended before anybody listened. */
  if (nudge_arranging_is_done (arranging))
    on_arranged (arranging, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

NudgeArranging *
nudge_editor_get_arranging (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), NULL);

  return self->arranging;
}

void
nudge_editor_set_wanted (NudgeEditor *self, guint block)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self));

  if (self->arranging != NULL)
    nudge_arranging_set_wanted (self->arranging, block);
}

gboolean
nudge_editor_is_complete (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  return self->arranging == NULL || self->arranging_label != NULL;
}

void
nudge_editor_stop (NudgeEditor *self)
{
  g_return_if_fail (NUDGE_IS_EDITOR (self));

  if (self->arranging != NULL)
    nudge_arranging_finish (self->arranging);
}

gboolean
nudge_editor_give_up (NudgeEditor *self)
{
  g_return_val_if_fail (NUDGE_IS_EDITOR (self), FALSE);

  if (self->arranging_label == NULL)
    return FALSE;
  end_arranging (self);
  set_preview (self, NULL);
  show_layout (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

static void
follow_history (NudgeEditor *self)
{
  give_way (self);
  set_preview (self, NULL);
  show_layout (self);
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
  signals[PROGRESS] = g_signal_new ("progress", NUDGE_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", NUDGE_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_editor_init (NudgeEditor *self)
{
}
