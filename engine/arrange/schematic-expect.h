/* schematic-expect.h: what a reader expects of the parts of a group, as ties and wishes that the drawing's cost counts. */
#pragma once

#include "arrange/schematic-flow.h"

G_BEGIN_DECLS

/* Before the sheet is opened. @elements: those that it was made of. */
void schematic_expect (const WorkModel *model, const SchematicFlow *flow, const guint *elements, WorkSheet *work);

G_END_DECLS
