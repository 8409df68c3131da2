/* work-faults.h: what must not be on a sheet: texts on other things, wires through texts, labels without a place. */
#pragma once

#include "drawing/work-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  gint x, y;                   /* cells */
  guint net, item;             /* whose text or label it is; NUDGE_NONE: none */
} WorkFault;

/* (transfer full) (element-type WorkFault): in the order of the nets, then of the boxes. */
GArray *work_list_faults (WorkSheet *self);
guint work_count_faults (WorkSheet *self);
/* Draws anew what surrounds each fault, as long as there are fewer of them afterwards; no item moves. Returns how many are left. */
guint work_mend_faults (WorkSheet *self);

G_END_DECLS
