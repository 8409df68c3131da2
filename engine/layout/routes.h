/* routes.h: a layout remembers how its sheets were drawn when they were arranged. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

/* How one sheet is drawn; valid as long as nothing on it has moved. See drawing/work-routes.h. */
typedef struct _NudgeRoutes NudgeRoutes;

NudgeRoutes *nudge_routes_ref (NudgeRoutes *self);
void nudge_routes_unref (NudgeRoutes *self);
/* Of the sheet whose first block is @block; NULL when none are known. (transfer none) */
NudgeRoutes *nudge_layout_get_routes (const NudgeLayout *self, guint block);
void nudge_layout_set_routes (NudgeLayout *self, guint block, NudgeRoutes *routes);
/* Forgets how the sheet of @block was drawn, or all of them for NUDGE_NONE. */
void nudge_layout_drop_routes (NudgeLayout *self, guint block);

G_END_DECLS
