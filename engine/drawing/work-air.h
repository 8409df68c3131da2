/* work-air.h: air around the texts of a sheet that is drawn. */
#pragma once

#include "drawing/work-sheet.h"

G_BEGIN_DECLS

/* From now on wires keep away from the ends of texts, at a cost. */
void work_open_text_ends (WorkSheet *self);
/* Sets labels, power symbols and fields anew that stand too close to something, where there is a better place for them;
 * wires between pins stay, and no item moves. */
void work_give_air (WorkSheet *self);

G_END_DECLS
