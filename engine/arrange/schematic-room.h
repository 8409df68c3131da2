/* schematic-room.h: makes room in a group where something found none. */
#pragma once

#include "drawing/work-model.h"

G_BEGIN_DECLS

/* Moves parts of a drawn sheet apart until nothing overlaps, or no move helps; (transfer full) the sheet as it is then. */
WorkSheet *schematic_make_room (const WorkModel *model, const guint *elements, WorkSheet *work);
/* The same with room before a pin of @net, another one by each attempt. */
WorkSheet *schematic_make_room_at (const WorkModel *model, const guint *elements, WorkSheet *work, guint net, guint attempt);

G_END_DECLS
