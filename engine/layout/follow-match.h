/* follow-match.h: which part of a layout file is which part of a circuit. */
#pragma once

#include "layout/layout-records.h"

G_BEGIN_DECLS

/* A part as the file knows it. */
typedef struct
{
  const char *path;            /* "/usb/R3" */
  guint block_length;          /* bytes of "/usb/" in it */
  const NudgeUnitRecord *identity; /* or NULL */
  guint part;                  /* what it is now, or NUDGE_NONE */
} NudgeOldPart;

typedef struct
{
  NudgeOldPart *olds;          /* by path */
  guint n_olds;
  guint *old_of_part;          /* by part of the circuit: index, or NUDGE_NONE */
  GHashTable *blocks;          /* paths of the circuit's blocks */
} NudgeMatch;

NudgeMatch *nudge_match_new (const NudgeLayoutFile *file, const NudgeCircuit *circuit);
void nudge_match_free (NudgeMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeMatch, nudge_match_free)

gboolean nudge_old_part_is_in (const NudgeOldPart *self, const char *block_path);
/* Whether the circuit still has the block that the part was in. */
gboolean nudge_match_has_block (const NudgeMatch *self, const NudgeOldPart *old);

G_END_DECLS
