#include "layout/history.h"

#include "base/limits.h"

/* A step from the layout before it to its own. */
typedef struct
{
  NudgeLayout *layout;
  char *label;
  char *merge;                 /* a step of the same kind that follows becomes part of this one; or NULL */
} Step;

struct _NudgeHistory
{
  grefcount refs;
  NudgeLayout *first;          /* before all steps */
  NudgeLayout *clean;          /* as it was saved, or NULL */
  GArray *steps;
  guint n_done;                /* steps that are not undone */
};

G_DEFINE_BOXED_TYPE (NudgeHistory, nudge_history, nudge_history_ref, nudge_history_unref)

static void
clear_step (gpointer data)
{
  Step *step = data;

  nudge_layout_unref (step->layout);
  g_free (step->label);
  g_free (step->merge);
}

/**
 * nudge_history_new:
 * @layout: what a document has when it is opened, which counts as saved
 *
 * Returns: (transfer full): a history without steps
 */
NudgeHistory *
nudge_history_new (NudgeLayout *layout)
{
  NudgeHistory *self;

  g_return_val_if_fail (layout != NULL, NULL);
  self = g_new0 (NudgeHistory, 1);
  g_ref_count_init (&self->refs);
  self->first = nudge_layout_ref (layout);
  self->clean = nudge_layout_ref (layout);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  return self;
}

NudgeHistory *
nudge_history_ref (NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_ref_count_inc (&self->refs);
  return self;
}

void
nudge_history_unref (NudgeHistory *self)
{
  g_return_if_fail (self != NULL);
  if (!g_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->steps);
  nudge_layout_unref (self->first);
  g_clear_pointer (&self->clean, nudge_layout_unref);
  g_free (self);
}

static NudgeLayout *
layout_after (const NudgeHistory *self, guint n_steps)
{
  return n_steps > 0 ? g_array_index (self->steps, Step, n_steps - 1).layout : self->first;
}

/**
 * nudge_history_get_layout:
 * @self: a history
 *
 * Returns: (transfer none): the layout that the document has now
 */
NudgeLayout *
nudge_history_get_layout (const NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return layout_after (self, self->n_done);
}

/* What a step costs: all that a copy of a layout does not share. */
static gsize
size_of (const NudgeLayout *layout)
{
  return sizeof *layout + layout->n_units * sizeof *layout->placements + layout->circuit->n_nets * sizeof *layout->net_styles
         + layout->circuit->n_blocks * (sizeof *layout->boxes + sizeof *layout->papers + sizeof (gpointer));
}

/* The oldest steps can no longer be undone when there are too many. */
static void
forget_oldest (NudgeHistory *self)
{
  gsize size = size_of (self->first);
  guint most = (guint) CLAMP (NUDGE_MAX_UNDO_BYTES / size, 1, NUDGE_MAX_UNDO_STEPS);

  while (self->steps->len > most)
    {
      nudge_layout_unref (self->first);
      self->first = nudge_layout_ref (g_array_index (self->steps, Step, 0).layout);
      g_array_remove_index (self->steps, 0);
      self->n_done--;
    }
}

static gboolean
merges (const NudgeHistory *self, const char *merge)
{
  return merge != NULL && self->n_done > 0 && self->n_done == self->steps->len
         && g_strcmp0 (g_array_index (self->steps, Step, self->n_done - 1).merge, merge) == 0;
}

/**
 * nudge_history_push:
 * @self: a history
 * @layout: what the document has now
 * @label: name of the step for the menu, such as “Move R3”
 * @merge: (nullable): steps that follow one another with the same of these are one step, such as those of one drag
 *
 * Takes a step. Steps that were undone are forgotten. A step that changes nothing is none, and a drag that ends where
 * it began leaves none behind.
 *
 * Returns: whether the document has another layout now
 */
gboolean
nudge_history_push (NudgeHistory *self, NudgeLayout *layout, const char *label, const char *merge)
{
  Step step;

  g_return_val_if_fail (self != NULL && layout != NULL && label != NULL, FALSE);
  if (nudge_layout_equal (layout, nudge_history_get_layout (self)))
    return FALSE;
  if (merges (self, merge))
    {
      Step *last = &g_array_index (self->steps, Step, self->n_done - 1);

      if (nudge_layout_equal (layout, layout_after (self, self->n_done - 1)))
        g_array_set_size (self->steps, --self->n_done);
      else
        {
          nudge_layout_unref (last->layout);
          last->layout = nudge_layout_ref (layout);
        }
      return TRUE;
    }
  step = (Step){ nudge_layout_ref (layout), g_strdup (label), g_strdup (merge) };
  g_array_set_size (self->steps, self->n_done);
  g_array_append_val (self->steps, step);
  self->n_done++;
  forget_oldest (self);
  return TRUE;
}

/**
 * nudge_history_end_merge:
 * @self: a history
 *
 * Ends a drag: the next step is one of its own, whatever its kind.
 */
void
nudge_history_end_merge (NudgeHistory *self)
{
  g_return_if_fail (self != NULL);
  if (self->n_done > 0)
    g_clear_pointer (&g_array_index (self->steps, Step, self->n_done - 1).merge, g_free);
}

/**
 * nudge_history_undo:
 * @self: a history
 *
 * Returns: %FALSE when there was nothing to undo
 */
gboolean
nudge_history_undo (NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->n_done == 0)
    return FALSE;
  self->n_done--;
  nudge_history_end_merge (self);
  return TRUE;
}

/**
 * nudge_history_redo:
 * @self: a history
 *
 * Returns: %FALSE when there was nothing to redo
 */
gboolean
nudge_history_redo (NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->n_done == self->steps->len)
    return FALSE;
  self->n_done++;
  nudge_history_end_merge (self);
  return TRUE;
}

/**
 * nudge_history_get_undo_label:
 * @self: a history
 *
 * Returns: (nullable) (transfer none): name of the step that nudge_history_undo() would undo
 */
const char *
nudge_history_get_undo_label (const NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->n_done > 0 ? g_array_index (self->steps, Step, self->n_done - 1).label : NULL;
}

/**
 * nudge_history_get_redo_label:
 * @self: a history
 *
 * Returns: (nullable) (transfer none): name of the step that nudge_history_redo() would redo
 */
const char *
nudge_history_get_redo_label (const NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->n_done < self->steps->len ? g_array_index (self->steps, Step, self->n_done).label : NULL;
}

/**
 * nudge_history_mark_clean:
 * @self: a history
 *
 * The layout of now has been saved.
 */
void
nudge_history_mark_clean (NudgeHistory *self)
{
  g_return_if_fail (self != NULL);
  g_clear_pointer (&self->clean, nudge_layout_unref);
  self->clean = nudge_layout_ref (nudge_history_get_layout (self));
  nudge_history_end_merge (self);
}

/**
 * nudge_history_is_clean:
 * @self: a history
 *
 * Returns: whether the layout of now says the same as the one that was saved, on whatever way it came there
 */
gboolean
nudge_history_is_clean (const NudgeHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->clean != NULL && nudge_layout_equal (self->clean, nudge_history_get_layout (self));
}

/**
 * nudge_history_restart:
 * @self: a history
 * @layout: what the document has now, such as after the circuit was read again
 * @clean: whether it says what is saved
 *
 * Forgets all steps: they were taken with another circuit.
 */
void
nudge_history_restart (NudgeHistory *self, NudgeLayout *layout, gboolean clean)
{
  g_return_if_fail (self != NULL && layout != NULL);
  nudge_layout_ref (layout);
  g_array_set_size (self->steps, 0);
  self->n_done = 0;
  g_clear_pointer (&self->clean, nudge_layout_unref);
  nudge_layout_unref (self->first);
  self->first = layout;
  if (clean)
    nudge_history_mark_clean (self);
}

static void
rebase (NudgeLayout **layout, const NudgeLayout *before, const NudgeLayout *after)
{
  NudgeLayout *rebased = nudge_layout_rebase (*layout, before, after);

  nudge_layout_unref (*layout);
  *layout = rebased;
}

/**
 * nudge_history_rebase:
 * @self: a history
 * @before: what the document had when something began to change beside its steps, such as an arrangement that goes on
 * @after: what that is now
 *
 * Takes such a change into every layout, as nudge_layout_rebase() does: it is no step, and undoing one does not undo it.
 */
void
nudge_history_rebase (NudgeHistory *self, const NudgeLayout *before, const NudgeLayout *after)
{
  g_return_if_fail (self != NULL && before != NULL && after != NULL);
  rebase (&self->first, before, after);
  if (self->clean != NULL)
    rebase (&self->clean, before, after);
  for (guint i = 0; i < self->steps->len; i++)
    rebase (&g_array_index (self->steps, Step, i).layout, before, after);
}
