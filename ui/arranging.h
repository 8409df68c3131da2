/* arranging.h: an arrangement under way, in threads of its own, that shows how far it is and what there is already. */
#pragma once

#include "layout/layout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_ARRANGING (nudge_arranging_get_type ())
G_DECLARE_FINAL_TYPE (NudgeArranging, nudge_arranging, NUDGE, ARRANGING, GObject)

/* Signals, in the main thread: "advanced" () when there is something newer to show; "done" () once, unless cancelled. */

/**
 * nudge_arranging_new:
 * @layout: what is to be arranged; what is locked stays
 * @arranger: (nullable): name of the arranger; %NULL: only what has no place gets one
 * @shows: whether to hand out what there is already
 *
 * Begins an arrangement. It ends with its last reference, or by nudge_arranging_cancel().
 *
 * Returns: (transfer full): the arrangement
 */
NudgeArranging *nudge_arranging_new (NudgeLayout *layout, const char *arranger, gboolean shows);

/**
 * nudge_arranging_wait:
 * @self: an arrangement that has just begun
 * @block: a block whose sheet is to be shown first
 * @cancellable: (nullable): ends the waiting
 *
 * Waits for the end or, when that takes too long, for the sheet of @block. In any thread but the main one.
 *
 * Returns: (transfer full) (nullable): the layout of then, or %NULL when there is none
 */
NudgeLayout *nudge_arranging_wait (NudgeArranging *self, guint block, GCancellable *cancellable);

/* (transfer full) (nullable): what there is now, if it has not been taken before. */
NudgeLayout *nudge_arranging_take (NudgeArranging *self);
/* (transfer none) (nullable): what came of it, once it is done. */
NudgeLayout *nudge_arranging_get_result (NudgeArranging *self);
GPtrArray *nudge_arranging_get_diagnostics (NudgeArranging *self);
const GError *nudge_arranging_get_error (NudgeArranging *self);
gboolean nudge_arranging_is_done (NudgeArranging *self);
/* (transfer full): what it is at, in words. */
char *nudge_arranging_describe (NudgeArranging *self);
/* The block that is looked at now. */
void nudge_arranging_set_wanted (NudgeArranging *self, guint block);
/* Ends soon, with what there is. */
void nudge_arranging_finish (NudgeArranging *self);
/* Ends with nothing; no signal comes any more. */
void nudge_arranging_cancel (NudgeArranging *self);

G_END_DECLS
