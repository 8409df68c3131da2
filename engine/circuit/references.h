/* references.h: hands out references and net names, each once in the whole design. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

typedef struct _NudgeReferences NudgeReferences;

#define NUDGE_TYPE_REFERENCES (nudge_references_get_type ())
NUDGE_API GType nudge_references_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeReferences *nudge_references_new (void);
NUDGE_API NudgeReferences *nudge_references_ref (NudgeReferences *self);
NUDGE_API void nudge_references_unref (NudgeReferences *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeReferences, nudge_references_unref)

NUDGE_API gboolean nudge_reference_check (const char *reference, GError **error);
NUDGE_API gboolean nudge_reference_check_prefix (const char *prefix, GError **error);
NUDGE_API gboolean nudge_reference_is_reserved (const char *reference);
NUDGE_API char *nudge_reference_prefix (const char *reference);

NUDGE_API gboolean nudge_references_add (NudgeReferences *self, const char *reference, GError **error);
NUDGE_API gboolean nudge_references_take (NudgeReferences *self, const char *name);
NUDGE_API gboolean nudge_references_contains (NudgeReferences *self, const char *reference);
NUDGE_API char *nudge_references_next (NudgeReferences *self, const char *prefix, GError **error);
NUDGE_API char *nudge_references_next_net (NudgeReferences *self, GError **error);
NUDGE_API gboolean nudge_references_set_counter (NudgeReferences *self, const char *prefix, guint next, GError **error);
NUDGE_API char **nudge_references_list (NudgeReferences *self);
NUDGE_API void nudge_references_clear (NudgeReferences *self);

G_END_DECLS
