/* compare.h: what has changed between two circuits, or two layouts, in electrical words. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

/**
 * NudgeChangeKind:
 * @NUDGE_CHANGE_PART_ADDED: “R9 10k is new: 1 SDA, 2 +3V3”
 * @NUDGE_CHANGE_PART_REMOVED: “C4 100n is gone”
 * @NUDGE_CHANGE_PART_RENAMED: “R3 is R7 now”
 * @NUDGE_CHANGE_PART_FIELD: “R3 10k → 4k7”
 * @NUDGE_CHANGE_PIN: “net SDA now reaches U4.7”, “U4.7 goes from SCL to SDA”
 * @NUDGE_CHANGE_NET_ADDED: “net SDA is new: U1.3, U4.7”
 * @NUDGE_CHANGE_NET_REMOVED: “net SDA is gone”
 * @NUDGE_CHANGE_NET_RENAMED: “net SDA is I2C_SDA now”
 * @NUDGE_CHANGE_PLACE: “R3 has moved”
 *
 * What has changed.
 */
typedef enum
{
  NUDGE_CHANGE_PART_ADDED,
  NUDGE_CHANGE_PART_REMOVED,
  NUDGE_CHANGE_PART_RENAMED,
  NUDGE_CHANGE_PART_FIELD,
  NUDGE_CHANGE_PIN,
  NUDGE_CHANGE_NET_ADDED,
  NUDGE_CHANGE_NET_REMOVED,
  NUDGE_CHANGE_NET_RENAMED,
  NUDGE_CHANGE_PLACE,
} NudgeChangeKind;

typedef struct
{
  NudgeChangeKind kind;
  const char *text;
  guint old_part, new_part;    /* NUDGE_NONE where there is none */
  guint old_net, new_net;
} NudgeChange;

typedef struct
{
  /*< private >*/
  gatomicrefcount refs;
  GStringChunk *strings;
  /*< public >*/
  NudgeChange *changes;        /* parts in the order of the new circuit, then those that are gone, then nets */
  guint n_changes;
  gboolean *old_changed;       /* by part of the old circuit: something of it, or at its pins, is another now */
  gboolean *new_changed;       /* likewise of the new one */
  guint n_old_parts, n_new_parts;
} NudgeComparison;

#define NUDGE_TYPE_COMPARISON (nudge_comparison_get_type ())
NUDGE_API GType nudge_comparison_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeComparison *nudge_comparison_ref (NudgeComparison *self);
NUDGE_API void nudge_comparison_unref (NudgeComparison *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeComparison, nudge_comparison_unref)

NUDGE_API NudgeComparison *nudge_compare_circuits (const NudgeCircuit *old, const NudgeCircuit *now);
NUDGE_API NudgeComparison *nudge_compare_layouts (const NudgeLayout *old, const NudgeLayout *now);

G_END_DECLS
