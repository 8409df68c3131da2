/* force.h: parts that pull and push one another until they come to rest; step by step, so that it can be watched. */
#pragma once

#include "arrange/arrange.h"

G_BEGIN_DECLS

/**
 * NudgeForceLevel:
 * @NUDGE_FORCE_WITHIN: parts of a group find their places about one another
 * @NUDGE_FORCE_BETWEEN: groups find their places
 * @NUDGE_FORCE_SPACING: what still stands too close is moved apart
 * @NUDGE_FORCE_SETTLED: at rest, on the grid, with nothing on anything else
 *
 * How far the force-directed layout has come.
 */
typedef enum
{
  NUDGE_FORCE_WITHIN,
  NUDGE_FORCE_BETWEEN,
  NUDGE_FORCE_SPACING,
  NUDGE_FORCE_SETTLED,
} NudgeForceLevel;

/**
 * NudgeForce:
 *
 * A force-directed layout under way. Not safe from several threads at once.
 */
typedef struct _NudgeForce NudgeForce;

#define NUDGE_TYPE_FORCE (nudge_force_get_type ())
NUDGE_API GType nudge_force_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeForce *nudge_force_new (NudgeLayout *layout, guint seed);
NUDGE_API NudgeForce *nudge_force_ref (NudgeForce *self);
NUDGE_API void nudge_force_unref (NudgeForce *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeForce, nudge_force_unref)

NUDGE_API gboolean nudge_force_step (NudgeForce *self);
NUDGE_API void nudge_force_settle (NudgeForce *self);
NUDGE_API NudgeForceLevel nudge_force_get_level (const NudgeForce *self);
NUDGE_API guint nudge_force_get_iterations (const NudgeForce *self);
NUDGE_API double nudge_force_get_energy (const NudgeForce *self);
NUDGE_API double nudge_force_get_temperature (const NudgeForce *self);
NUDGE_API NudgeLayout *nudge_force_get_layout (const NudgeForce *self);
NUDGE_API void nudge_force_report (const NudgeForce *self, GPtrArray *diagnostics);

G_END_DECLS
