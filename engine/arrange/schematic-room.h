/* schematic-room.h: makes room in a group where something found none. */
#pragma once

#include "drawing/work-model.h"

G_BEGIN_DECLS

/* Moves parts of a drawn sheet apart until nothing overlaps, or no move helps; (transfer full) the sheet as it is then. */
WorkSheet *schematic_make_room (const WorkModel *model, const guint *elements, WorkSheet *work);

G_END_DECLS
