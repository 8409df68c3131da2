/* box-pins.h: the edge of a sheet box, and which places on it a pin may have. Lengths are cells of the grid.
 *
 * No two pins are nearer than two cells, corners stay free, names do not run into one another inside the box, and none
 * stands where the name of the box above it or that of its file below it is written. */
#pragma once

#include "drawing/work-sheet.h"
#include "layout/sheet-pins.h"

G_BEGIN_DECLS

#define BOX_PITCH 2            /* cells between pins, and to a corner */

typedef enum
{
  BOX_PIN_AWAY,                /* it does not count */
  BOX_PIN_SOFT,                /* it gives way to pins that a person has put somewhere */
  BOX_PIN_FIRM,
} BoxPinHold;

typedef struct
{
  gint32 reach;                /* 100 nm: how far its name goes into the box */
  NudgePinPlace place;
  BoxPinHold hold;
} BoxPin;

typedef struct
{
  gint width, height;
  gint captions[2];            /* cells that the name above and the file below take from the left */
  BoxPin *pins;
  guint n_pins;
} BoxPins;

/* A box whose pins, in the plan's order, are still to be filled in: soft ones. */
void box_pins_init (BoxPins *self, const NudgePlan *plan, const NudgePlanBox *box);
void box_pins_clear (BoxPins *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BoxPins, box_pins_clear)
/* Puts the pins that a person has put somewhere there, and the others out of their way; the box grows when it must. */
void box_pins_settle (BoxPins *self, const NudgePlanBox *box, const NudgeSheetPins *wishes);
/* A box where every pin carries a label: pins in a column on the right, but for those that a person has put elsewhere. */
void box_pins_in_column (BoxPins *self, const NudgePlan *plan, const NudgePlanBox *box);
/* Where a pin is, from the upper left corner. */
NudgePoint box_pins_point (const BoxPins *self, const NudgePinPlace *place);
void box_pins_to_work (const BoxPins *self, WorkPin *pins);
void box_pins_from_work (BoxPins *self, const WorkPin *pins);
/* The place for a pin that is nearest to @to, in that direction (@way, one step; 0, 0: in any); FALSE when there is none. */
gboolean box_pins_find (const BoxPins *self, guint pin, NudgePoint to, NudgePoint way, NudgePinPlace *place);

G_END_DECLS
