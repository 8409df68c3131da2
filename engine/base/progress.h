/* progress.h: a run that can be watched, told to hurry, and stopped. Wherever the engine takes a GCancellable it takes one. */
#pragma once

#include "base/types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NudgeStage:
 * @NUDGE_STAGE_ARRANGE: parts find their places
 * @NUDGE_STAGE_DRAW: sheets are drawn
 * @NUDGE_STAGE_FILES: files are made
 * @NUDGE_STAGE_WRITE: files are written
 *
 * What a run is at.
 */
typedef enum
{
  NUDGE_STAGE_ARRANGE,
  NUDGE_STAGE_DRAW,
  NUDGE_STAGE_FILES,
  NUDGE_STAGE_WRITE,
} NudgeStage;

/**
 * NudgeProgressFunc: (skip)
 * @stage: what the run is at
 * @done: how much of it is done
 * @total: of how much
 * @data: as given to nudge_progress_new()
 *
 * Called from any thread, one call at a time; it must not block.
 */
typedef void (*NudgeProgressFunc) (NudgeStage stage, guint done, guint total, gpointer data);

/**
 * NudgeProgressResultFunc: (skip)
 * @so_far: (type gpointer): what there is already of that which the run returns in the end; valid during the call
 * @data: as given to nudge_progress_new()
 *
 * Called as #NudgeProgressFunc is.
 */
typedef void (*NudgeProgressResultFunc) (gpointer so_far, gpointer data);

#define NUDGE_TYPE_PROGRESS (nudge_progress_get_type ())
NUDGE_API G_DECLARE_FINAL_TYPE (NudgeProgress, nudge_progress, NUDGE, PROGRESS, GCancellable)

NUDGE_API NudgeProgress *nudge_progress_new (NudgeProgressFunc func, NudgeProgressResultFunc result_func, gpointer data);
/* The block that somebody looks at: what concerns it comes first. NUDGE_NONE: none. */
NUDGE_API void nudge_progress_set_wanted (NudgeProgress *self, guint block);
/* Ends the run as soon as there is a whole result, be it a poorer one. */
NUDGE_API void nudge_progress_hurry (NudgeProgress *self);

/* For those who run. @run: (nullable): any cancellable. */
void nudge_progress_report (GCancellable *run, NudgeStage stage, guint done, guint total);
NUDGE_API gboolean nudge_progress_shows_results (GCancellable *run);
void nudge_progress_show_result (GCancellable *run, gpointer so_far);
guint nudge_progress_get_wanted (GCancellable *run);
NUDGE_API gboolean nudge_progress_is_hurried (GCancellable *run);

G_END_DECLS
