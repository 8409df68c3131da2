/* history.h: the layouts that a document has had, with names for the steps between them. For one thread. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

typedef struct _NudgeHistory NudgeHistory;

#define NUDGE_TYPE_HISTORY (nudge_history_get_type ())
NUDGE_API GType nudge_history_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeHistory *nudge_history_new (NudgeLayout *layout);
NUDGE_API NudgeHistory *nudge_history_ref (NudgeHistory *self);
NUDGE_API void nudge_history_unref (NudgeHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeHistory, nudge_history_unref)

NUDGE_API NudgeLayout *nudge_history_get_layout (const NudgeHistory *self);
NUDGE_API gboolean nudge_history_push (NudgeHistory *self, NudgeLayout *layout, const char *label, const char *merge);
NUDGE_API void nudge_history_end_merge (NudgeHistory *self);
NUDGE_API gboolean nudge_history_undo (NudgeHistory *self);
NUDGE_API gboolean nudge_history_redo (NudgeHistory *self);
NUDGE_API const char *nudge_history_get_undo_label (const NudgeHistory *self);
NUDGE_API const char *nudge_history_get_redo_label (const NudgeHistory *self);
NUDGE_API void nudge_history_mark_clean (NudgeHistory *self);
NUDGE_API gboolean nudge_history_is_clean (const NudgeHistory *self);
NUDGE_API void nudge_history_rebase (NudgeHistory *self, const NudgeLayout *before, const NudgeLayout *after);
NUDGE_API void nudge_history_restart (NudgeHistory *self, NudgeLayout *layout, gboolean clean);

G_END_DECLS
