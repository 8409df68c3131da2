/* schematic-twins.h: sheets that say the same with other names, of which one drawing does for all. */
#pragma once

#include "drawing/work-routes.h"

G_BEGIN_DECLS

typedef struct
{
  guint sheet;                 /* into NudgePlan.sheets */
  guint *elements, *nets;      /* of it, by those of the first */
} SchematicTwin;

typedef struct
{
  guint *first;                /* by plan sheet: the sheet that is drawn for it; itself when no earlier one says the same */
  GArray *twins;               /* SchematicTwin */
} SchematicTwins;

SchematicTwins *schematic_twins_new (const NudgePlan *plan);
void schematic_twins_free (SchematicTwins *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SchematicTwins, schematic_twins_free)
/* Makes room in the model of a first sheet for what its twins write. */
void schematic_twins_widen (const SchematicTwins *self, WorkModel *model);

G_END_DECLS
