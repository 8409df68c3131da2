/* sheet-pins.h: where a person has put the pins of a sheet box. Immutable. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

typedef struct _NudgeSheetPins NudgeSheetPins;

/* A place on the edge of a box. */
typedef struct
{
  guint8 side;                 /* 0 right, 1 top, 2 left, 3 bottom */
  gint at;                     /* steps of the grid from the upper end of the side, or from its left one */
} NudgePinPlace;

typedef struct
{
  const char *name;            /* of the net in the child */
  NudgePinPlace place;
} NudgePlacedPin;

/* (transfer full) (nullable): NULL for none; of two pins of one name the first counts. */
NudgeSheetPins *nudge_sheet_pins_new (const NudgePlacedPin *pins, guint n_pins);
NudgeSheetPins *nudge_sheet_pins_ref (NudgeSheetPins *self);
void nudge_sheet_pins_unref (NudgeSheetPins *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSheetPins, nudge_sheet_pins_unref)

/* All of these take NULL for a box whose pins stand where they stand by themselves. */

/* (transfer full) (nullable): with that pin at @place; without it for NULL. */
NudgeSheetPins *nudge_sheet_pins_with (const NudgeSheetPins *self, const char *name, const NudgePinPlace *place);
/* (transfer none): by name. */
const NudgePlacedPin *nudge_sheet_pins_list (const NudgeSheetPins *self, guint *n_pins);
/* (transfer none) (nullable) */
const NudgePinPlace *nudge_sheet_pins_find (const NudgeSheetPins *self, const char *name);
gboolean nudge_sheet_pins_equal (const NudgeSheetPins *a, const NudgeSheetPins *b);

/* Of the box of @block; (transfer none) (nullable). */
NudgeSheetPins *nudge_layout_get_pins (const NudgeLayout *self, guint block);
/* Only on a layout that its caller may still change. */
void nudge_layout_set_pins (NudgeLayout *self, guint block, NudgeSheetPins *pins);

G_END_DECLS
