/* schematic-grow.h: draws a group of parts by growing it from its main part, and improves what came out. */
#pragma once

#include "drawing/router.h"

G_BEGIN_DECLS

/* Opens the sheet and places every item. */
void schematic_grow (WorkSheet *sheet, guint candidates);
/* Takes parts out and puts them back where they are drawn better, @steps times. */
void schematic_refine (WorkSheet *sheet, guint steps);
/* Draws each part on a rail anew where it stands, with all that hangs on it. */
void schematic_redraw_rails (WorkSheet *sheet);
/* Takes out what a label or a text lacks room for, with its surroundings, until all is well or the steps are used up. */
void schematic_mend (WorkSheet *sheet, guint steps);
/* Takes parts out whose nets say their names twice though all of them is here, and puts them back where wires join them. */
void schematic_rejoin (WorkSheet *sheet);
/* How strongly an unplaced item is tied to what stands; 0: not at all. */
gint schematic_pull (const WorkSheet *sheet, const WorkItem *item);
/* Puts an unplaced item at the best place that is found; FALSE when there is none. */
gboolean schematic_insert_best (WorkSheet *sheet, guint item, guint candidates, guint noise);

G_END_DECLS
