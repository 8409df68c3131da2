#include "base/progress.h"

struct _NudgeProgress
{
  GCancellable parent_instance;
  NudgeProgressFunc func;
  NudgeProgressResultFunc result_func;
  gpointer data;
  GMutex lock;                 /* one call at a time */
  gint wanted, hurried;        /* atomic */
};

G_DEFINE_FINAL_TYPE (NudgeProgress, nudge_progress, G_TYPE_CANCELLABLE)

static void
nudge_progress_finalize (GObject *object)
{
  g_mutex_clear (&NUDGE_PROGRESS (object)->lock);
  G_OBJECT_CLASS (nudge_progress_parent_class)->finalize (object);
}

static void
nudge_progress_class_init (NudgeProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_progress_finalize;
}

static void
nudge_progress_init (NudgeProgress *self)
{
  g_mutex_init (&self->lock);
  self->wanted = (gint) NUDGE_NONE;
}

/**
 * nudge_progress_new: (skip)
 * @func: (nullable): told how far the run is
 * @result_func: (nullable): shown what there is already of the result
 * @data: for both
 *
 * Returns: (transfer full): a cancellable for one run
 */
NudgeProgress *
nudge_progress_new (NudgeProgressFunc func, NudgeProgressResultFunc result_func, gpointer data)
{
  NudgeProgress *self = g_object_new (NUDGE_TYPE_PROGRESS, NULL);

  self->func = func;
  self->result_func = result_func;
  self->data = data;
  return self;
}

/**
 * nudge_progress_set_wanted:
 * @self: a run
 * @block: index of a circuit
 *
 * Says what somebody looks at. The result in the end is the same; it only comes in another order.
 */
void
nudge_progress_set_wanted (NudgeProgress *self, guint block)
{
  g_return_if_fail (NUDGE_IS_PROGRESS (self));
  g_atomic_int_set (&self->wanted, (gint) block);
}

/**
 * nudge_progress_hurry:
 * @self: a run
 *
 * Asks for a whole result soon: what could still be improved is left as it is.
 */
void
nudge_progress_hurry (NudgeProgress *self)
{
  g_return_if_fail (NUDGE_IS_PROGRESS (self));
  g_atomic_int_set (&self->hurried, TRUE);
}

void
nudge_progress_report (GCancellable *run, NudgeStage stage, guint done, guint total)
{
  NudgeProgress *self = NUDGE_IS_PROGRESS (run) ? NUDGE_PROGRESS (run) : NULL;

  if (self == NULL || self->func == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->func (stage, done, total, self->data);
  g_mutex_unlock (&self->lock);
}

gboolean
nudge_progress_shows_results (GCancellable *run)
{
  return NUDGE_IS_PROGRESS (run) && NUDGE_PROGRESS (run)->result_func != NULL;
}

void
nudge_progress_show_result (GCancellable *run, gpointer so_far)
{
  NudgeProgress *self;

  if (!nudge_progress_shows_results (run))
    return;
  self = NUDGE_PROGRESS (run);
  g_mutex_lock (&self->lock);
  self->result_func (so_far, self->data);
  g_mutex_unlock (&self->lock);
}

guint
nudge_progress_get_wanted (GCancellable *run)
{
  return NUDGE_IS_PROGRESS (run) ? (guint) g_atomic_int_get (&NUDGE_PROGRESS (run)->wanted) : NUDGE_NONE;
}

gboolean
nudge_progress_is_hurried (GCancellable *run)
{
  return NUDGE_IS_PROGRESS (run) && g_atomic_int_get (&NUDGE_PROGRESS (run)->hurried) != 0;
}
