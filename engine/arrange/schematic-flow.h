/* schematic-flow.h: what the parts of a sheet are to each other: where signals come from, whom capacitors serve. */
#pragma once

#include "drawing/work-model.h"

G_BEGIN_DECLS

typedef struct
{
  guint *sources;              /* by net of the plan sheet: the terminal that signals come in by, or NUDGE_NONE */
  guint *servants;             /* by element: the terminal of the regulator that the capacitor stands at, or NUDGE_NONE */
  guint *frames;               /* by element: into frame_names +1, or 0 */
  GPtrArray *frame_names;      /* of groups that the circuit names; not owned */
} SchematicFlow;

/* Fills the model's depths. */
SchematicFlow *schematic_flow_new (WorkModel *model);
void schematic_flow_free (SchematicFlow *self);
/* (transfer full): see schematic-serve.c. */
guint *schematic_find_servants (const WorkModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SchematicFlow, schematic_flow_free)

G_END_DECLS
