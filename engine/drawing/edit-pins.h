/* edit-pins.h: what a person does to the pins of sheet boxes. As all edits these are functions from layout to layout; they
 * stand here because only the drawing knows where a pin has been, and what stands in its way. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/**
 * NudgePinSelection:
 * @block: the circuit whose box it is; not the top
 * @names: (array length=n_names): names of pins, as #NudgeSheetPin has them
 * @n_names: how many
 *
 * Pins of one sheet box.
 */
typedef struct
{
  guint block;
  const char *const *names;
  guint n_names;
} NudgePinSelection;

NUDGE_API NudgeLayout *nudge_edit_move_pins (NudgeLayout *layout, NudgeDrawing *drawing, const NudgePinSelection *pins, gint32 dx, gint32 dy);
NUDGE_API NudgeLayout *nudge_edit_step_pins (NudgeLayout *layout, NudgeDrawing *drawing, const NudgePinSelection *pins, gint dx, gint dy);
NUDGE_API NudgeLayout *nudge_edit_reset_pins (NudgeLayout *layout, const NudgePinSelection *pins);
/* Whether pins of the box have been put somewhere. */
NUDGE_API gboolean nudge_layout_has_placed_pins (const NudgeLayout *layout, guint block);

G_END_DECLS
