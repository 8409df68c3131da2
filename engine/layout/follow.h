/* follow.h: finds the parts of a layout again when the circuit has changed.
 *
 * A part is known by its path and reference as long as its symbol and at least half of its nets are the same; else by
 * symbol, value, footprint and nets; else by its reference alone. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

/**
 * NudgeFollowKind:
 * @NUDGE_FOLLOW_KEPT: same path, same reference
 * @NUDGE_FOLLOW_RENAMED: same circuit, another reference
 * @NUDGE_FOLLOW_MOVED: in another circuit; it keeps its place when the old circuit is gone altogether
 * @NUDGE_FOLLOW_NEW: not known before; stands near what it connects to
 * @NUDGE_FOLLOW_GONE: no longer in the circuit
 */
typedef enum
{
  NUDGE_FOLLOW_KEPT,
  NUDGE_FOLLOW_RENAMED,
  NUDGE_FOLLOW_MOVED,
  NUDGE_FOLLOW_NEW,
  NUDGE_FOLLOW_GONE,
} NudgeFollowKind;

typedef struct
{
  NudgeFollowKind kind;
  guint part;                  /* into the new circuit; NUDGE_NONE when gone */
  const char *old_path;        /* "/usb/R3"; "" when new */
  const char *new_path;        /* "" when gone */
} NudgeFollowEntry;

typedef struct
{
  /*< private >*/
  gatomicrefcount refs;
  GStringChunk *strings;
  /*< public >*/
  NudgeFollowEntry *entries;   /* parts in the order of the circuit, then those that are gone, by path */
  guint n_entries;
  guint n_kept, n_renamed, n_moved, n_new, n_gone;
} NudgeFollow;

#define NUDGE_TYPE_FOLLOW (nudge_follow_get_type ())
NUDGE_API GType nudge_follow_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeFollow *nudge_follow_ref (NudgeFollow *self);
NUDGE_API void nudge_follow_unref (NudgeFollow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeFollow, nudge_follow_unref)

NUDGE_API NudgeLayout *nudge_layout_follow (const NudgeLayout *self, NudgeCircuit *circuit, NudgeLibrary *library,
                                            NudgeFollow **follow, GPtrArray *diagnostics);
NUDGE_API NudgeLayout *nudge_layout_paginate (NudgeLayout *self, gboolean pages, GError **error);
NUDGE_API NudgeLayout *nudge_layout_place_open (NudgeLayout *self);
NUDGE_API gboolean nudge_layout_is_placed (const NudgeLayout *self);

G_END_DECLS
