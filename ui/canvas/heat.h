/* heat.h: where a sheet is crowded. */
#pragma once

#include "paint/paint-sheet.h"

G_BEGIN_DECLS

/* Side of a cell. */
#define NUDGE_HEAT_CELL (4 * NUDGE_GRID)

/* How many marks pass or touch each cell of the sheet, evened out over its neighbours. */
typedef struct
{
  guint n_columns, n_rows;
  float *marks;          /* row by row */
} NudgeHeat;

NudgeHeat *nudge_heat_new (const NudgePaintSheet *sheet);
void nudge_heat_free (NudgeHeat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeHeat, nudge_heat_free)
/* How hot a cell is: 0 is airy, 1 is as full as can still be read. */
double nudge_heat_at (const NudgeHeat *self, guint column, guint row);

G_END_DECLS
