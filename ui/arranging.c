#include "arranging.h"

#include "arrange/arrange.h"
#include "arrange/force.h"
#include "base/progress.h"

#include <glib/gi18n.h>

#define SOON_US 120000    /* what is done by then needs no picture on the way */
#define UNTOLD_US 30000   /* before that nobody can tell when it will be done */
#define FORCE_FRAME_US 16000 /* one iteration of the forces for each frame that a person sees */

/* What the threads of the arrangement and the main thread share; outlives the object while they run. */
typedef struct
{
  gatomicrefcount refs;
  NudgeLayout *from;
  char *arranger;
  NudgeProgress *progress;
  GMutex lock;                 /* for what follows */
  GCond advanced;
  NudgeArranging *owner;       /* not owned; NULL: nobody listens any more */
  guint idle_id;
  NudgeLayout *so_far;         /* not taken yet, or NULL */
  double fraction;
  NudgeForceLevel level;       /* of the forces */
  guint iterations;
  double temperature, energy;
  gboolean is_done;
  NudgeLayout *result;
  GPtrArray *diagnostics;
  GError *error;
} Run;

struct _NudgeArranging
{
  GObject parent_instance;
  Run *run;
};

G_DEFINE_FINAL_TYPE (NudgeArranging, nudge_arranging, G_TYPE_OBJECT)

enum
{
  ADVANCED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
run_unref (gpointer data)
{
  Run *run = data;

  if (!g_atomic_ref_count_dec (&run->refs))
    return;
  nudge_layout_unref (run->from);
  g_free (run->arranger);
  g_object_unref (run->progress);
  g_mutex_clear (&run->lock);
  g_cond_clear (&run->advanced);
  g_clear_pointer (&run->so_far, nudge_layout_unref);
  g_clear_pointer (&run->result, nudge_layout_unref);
  g_ptr_array_unref (run->diagnostics);
  g_clear_error (&run->error);
  g_free (run);
}

/* --- from the threads to the main one --- */

static gboolean
tell (gpointer data)
{
  Run *run = data;
  g_autoptr (NudgeArranging) self = NULL;
  gboolean is_done;

  g_mutex_lock (&run->lock);
  run->idle_id = 0;
  is_done = run->is_done;
  self = run->owner != NULL ? g_object_ref (run->owner) : NULL;
  g_mutex_unlock (&run->lock);
  if (self != NULL)
    g_signal_emit (self, signals[is_done ? DONE : ADVANCED], 0);
  return G_SOURCE_REMOVE;
}

/* With the lock held. However often there is news, one call waits at most. */
static void
tell_later (Run *run)
{
  g_cond_broadcast (&run->advanced);
  if (run->owner == NULL || run->idle_id != 0)
    return;
  g_atomic_ref_count_inc (&run->refs);
  run->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, tell, run, run_unref);
}

static void
on_progress (NudgeStage stage, guint done, guint total, gpointer data)
{
  Run *run = data;

  g_mutex_lock (&run->lock);
  run->fraction = total > 0 ? CLAMP ((double) done / total, 0, 1) : 0;
  tell_later (run);
  g_mutex_unlock (&run->lock);
}

/* (transfer full) @layout */
static void
put_so_far (Run *run, NudgeLayout *layout)
{
  g_clear_pointer (&run->so_far, nudge_layout_unref);
  run->so_far = layout;
  tell_later (run);
}

static void
on_result (gpointer so_far, gpointer data)
{
  Run *run = data;

  g_mutex_lock (&run->lock);
  put_so_far (run, nudge_layout_ref (so_far));
  g_mutex_unlock (&run->lock);
}

/* --- the forces, at a pace that can be watched --- */

static void
show_forces (Run *run, const NudgeForce *force)
{
  static const double begun[] = { 0, 0.3, 0.8, 1 }; /* of the whole, by level */
  NudgeForceLevel level = nudge_force_get_level (force);

  g_mutex_lock (&run->lock);
  run->level = level;
  run->iterations = nudge_force_get_iterations (force);
  run->temperature = nudge_force_get_temperature (force);
  run->energy = nudge_force_get_energy (force);
  run->fraction = begun[level];
  put_so_far (run, nudge_force_get_layout (force));
  g_mutex_unlock (&run->lock);
}

static NudgeLayout *
watch_forces (Run *run)
{
  GCancellable *cancellable = G_CANCELLABLE (run->progress);
  g_autoptr (NudgeForce) force = nudge_force_new (run->from, 1);
  NudgeLayout *result;

  for (gboolean goes_on = TRUE; goes_on && !nudge_progress_is_hurried (cancellable);)
    {
      gint64 start = g_get_monotonic_time (), left;

      if (g_cancellable_set_error_if_cancelled (cancellable, &run->error))
        return NULL;
      goes_on = nudge_force_step (force);
      show_forces (run, force);
      left = start + FORCE_FRAME_US - g_get_monotonic_time ();
      if (left > 0)
        g_usleep ((gulong) left);
    }
  nudge_force_settle (force);
  nudge_force_report (force, run->diagnostics);
  result = nudge_force_get_layout (force);
  result->arranger = g_intern_string ("force");
  return result;
}

static gpointer
arrange_thread (gpointer data)
{
  Run *run = data;
  GCancellable *cancellable = G_CANCELLABLE (run->progress);
  NudgeLayout *result;
  g_autoptr (GError) error = NULL;

  if (run->arranger == NULL)
    result = nudge_arrange_open (run->from, NULL, run->diagnostics, cancellable, &error);
  else if (nudge_progress_shows_results (cancellable) && g_str_equal (run->arranger, "force"))
    result = watch_forces (run);
  else
    result = nudge_arrange (run->from, run->arranger, run->diagnostics, cancellable, &error);
  nudge_library_take_diagnostics (run->from->library, run->diagnostics);
  g_mutex_lock (&run->lock);
  run->result = result;
  if (error != NULL)
    run->error = g_steal_pointer (&error);
  run->is_done = TRUE;
  tell_later (run);
  g_mutex_unlock (&run->lock);
  run_unref (run);
  return NULL;
}

NudgeArranging *
nudge_arranging_new (NudgeLayout *layout, const char *arranger, gboolean shows)
{
  NudgeArranging *self;
  Run *run;

  g_return_val_if_fail (layout != NULL, NULL);

  self = g_object_new (NUDGE_TYPE_ARRANGING, NULL);
  run = self->run = g_new0 (Run, 1);
  g_atomic_ref_count_init (&run->refs);
  run->owner = self;
  run->from = nudge_layout_ref (layout);
  run->arranger = g_strdup (arranger);
  run->progress = nudge_progress_new (on_progress, shows ? on_result : NULL, run);
  run->diagnostics = nudge_diagnostics_new ();
  g_mutex_init (&run->lock);
  g_cond_init (&run->advanced);
  if (shows)
    nudge_progress_set_wanted (run->progress, 0);
  g_atomic_ref_count_inc (&run->refs);
  g_thread_unref (g_thread_new ("arranging", arrange_thread, run));
  return self;
}

/* --- asked from outside --- */

/* With the lock held: whether the whole can still be had that soon, as far as it has come since @start. */
static gboolean
comes_soon (const Run *run, gint64 start)
{
  gint64 spent = g_get_monotonic_time () - start;

  return spent < UNTOLD_US || (spent < SOON_US && spent <= run->fraction * SOON_US);
}

static gboolean
has_sheet (const NudgeLayout *layout, guint block)
{
  const NudgeBlock *b = &layout->circuit->blocks[block];
  guint first = layout->part_units[b->first_part], end = layout->part_units[b->first_part + b->n_parts];

  return first < end ? layout->placements[first].placed : b->first_child == NUDGE_NONE || layout->boxes[b->first_child].placed;
}

NudgeLayout *
nudge_arranging_wait (NudgeArranging *self, guint block, GCancellable *cancellable)
{
  Run *run = self->run;
  gint64 start = g_get_monotonic_time ();
  NudgeLayout *layout = NULL;

  nudge_progress_set_wanted (run->progress, block);
  g_mutex_lock (&run->lock);
  while (!run->is_done && !g_cancellable_is_cancelled (cancellable)
         && (comes_soon (run, start) || run->so_far == NULL || !has_sheet (run->so_far, block)))
    g_cond_wait_until (&run->advanced, &run->lock, g_get_monotonic_time () + SOON_US / 4);
  if (run->is_done)
    layout = run->result != NULL ? nudge_layout_ref (run->result) : NULL;
  else
    layout = run->so_far != NULL ? nudge_layout_ref (run->so_far) : NULL;
  g_mutex_unlock (&run->lock);
  return layout;
}

NudgeLayout *
nudge_arranging_take (NudgeArranging *self)
{
  NudgeLayout *layout;

  g_return_val_if_fail (NUDGE_IS_ARRANGING (self), NULL);
  g_mutex_lock (&self->run->lock);
  layout = g_steal_pointer (&self->run->so_far);
  g_mutex_unlock (&self->run->lock);
  return layout;
}

NudgeLayout *
nudge_arranging_get_result (NudgeArranging *self)
{
  g_return_val_if_fail (NUDGE_IS_ARRANGING (self), NULL);
  return nudge_arranging_is_done (self) ? self->run->result : NULL;
}

GPtrArray *
nudge_arranging_get_diagnostics (NudgeArranging *self)
{
  g_return_val_if_fail (NUDGE_IS_ARRANGING (self), NULL);
  return nudge_arranging_is_done (self) ? self->run->diagnostics : NULL;
}

const GError *
nudge_arranging_get_error (NudgeArranging *self)
{
  g_return_val_if_fail (NUDGE_IS_ARRANGING (self), NULL);
  return nudge_arranging_is_done (self) ? self->run->error : NULL;
}

gboolean
nudge_arranging_is_done (NudgeArranging *self)
{
  gboolean is_done;

  g_return_val_if_fail (NUDGE_IS_ARRANGING (self), TRUE);
  g_mutex_lock (&self->run->lock);
  is_done = self->run->is_done;
  g_mutex_unlock (&self->run->lock);
  return is_done;
}

static char *
describe_forces (const Run *run)
{
  const char *level = run->level == NUDGE_FORCE_WITHIN    ? _("within groups")
                      : run->level == NUDGE_FORCE_BETWEEN ? _("between groups")
                      : run->level == NUDGE_FORCE_SPACING ? _("spacing")
                                                          : _("settled");

  return g_strdup_printf (_("Forces %s: iteration %u, temperature %.2f, energy %.0f"), level, run->iterations, run->temperature, run->energy);
}

char *
nudge_arranging_describe (NudgeArranging *self)
{
  char *text;

  g_return_val_if_fail (NUDGE_IS_ARRANGING (self), NULL);
  g_mutex_lock (&self->run->lock);
  if (self->run->iterations > 0)
    text = describe_forces (self->run);
  else
    text = g_strdup_printf (_("Arranging: %.0f %%"), 100 * self->run->fraction);
  g_mutex_unlock (&self->run->lock);
  return text;
}

void
nudge_arranging_set_wanted (NudgeArranging *self, guint block)
{
  g_return_if_fail (NUDGE_IS_ARRANGING (self));
  nudge_progress_set_wanted (self->run->progress, block);
}

void
nudge_arranging_finish (NudgeArranging *self)
{
  g_return_if_fail (NUDGE_IS_ARRANGING (self));
  nudge_progress_hurry (self->run->progress);
}

void
nudge_arranging_cancel (NudgeArranging *self)
{
  g_return_if_fail (NUDGE_IS_ARRANGING (self));
  g_cancellable_cancel (G_CANCELLABLE (self->run->progress));
  g_mutex_lock (&self->run->lock);
  self->run->owner = NULL;
  g_mutex_unlock (&self->run->lock);
}

static void
nudge_arranging_dispose (GObject *object)
{
  if (NUDGE_ARRANGING (object)->run != NULL)
    nudge_arranging_cancel (NUDGE_ARRANGING (object));
  G_OBJECT_CLASS (nudge_arranging_parent_class)->dispose (object);
}

static void
nudge_arranging_finalize (GObject *object)
{
  g_clear_pointer (&NUDGE_ARRANGING (object)->run, run_unref);
  G_OBJECT_CLASS (nudge_arranging_parent_class)->finalize (object);
}

static void
nudge_arranging_class_init (NudgeArrangingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_arranging_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_arranging_finalize;
  signals[ADVANCED] = g_signal_new ("advanced", NUDGE_TYPE_ARRANGING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", NUDGE_TYPE_ARRANGING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nudge_arranging_init (NudgeArranging *self)
{
}
