/* schematic-flow.h: where the signals of a sheet come from, and how far each part is from there. */
#pragma once

#include "drawing/work-model.h"

G_BEGIN_DECLS

typedef struct
{
  guint *sources;              /* by net of the plan sheet: the terminal that signals come in by, or NUDGE_NONE */
} SchematicFlow;

/* Fills the model's depths. */
SchematicFlow *schematic_flow_new (WorkModel *model);
void schematic_flow_free (SchematicFlow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SchematicFlow, schematic_flow_free)

G_END_DECLS
