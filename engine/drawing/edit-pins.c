#include "drawing/edit-pins.h"

#include "drawing/box-pins.h"
#include "drawing/drawing-private.h"
#include "drawing/work-boxes.h"

/* A box with its pins as a layout has them. */
typedef struct
{
  const NudgePlanBox *box;
  BoxPins pins;
} Edge;

static void
edge_clear (Edge *self)
{
  box_pins_clear (&self->pins);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edge, edge_clear)

/* As they are drawn with wires: see work-boxes.c. */
static void
take_places (Edge *self, const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  g_autoptr (WorkModel) model = work_model_new (plan, sheet);
  const WorkBoxPlace *place = &model->boxes[self->box - sheet->boxes];

  box_pins_init (&self->pins, plan, self->box);
  self->pins.width = place->width;
  self->pins.height = place->height;
  box_pins_from_work (&self->pins, place->pins);
}

/* The sheet that draws the box may draw it for a copy of the circuit: boxes pair in their order. */
static const NudgePlanBox *
find_box (const NudgePlan *plan, const NudgePlanSheet *sheet, guint block)
{
  const NudgeBlock *blocks = plan->layout->circuit->blocks;
  guint child = blocks[blocks[block].parent].first_child;

  for (guint i = 0; i < sheet->n_boxes; i++, child = blocks[child].next_sibling)
    if (child == block)
      return &sheet->boxes[i];
  return NULL;
}

static gboolean
edge_init (Edge *self, NudgeLayout *layout, NudgeDrawing *drawing, guint block)
{
  const NudgePlanSheet *sheet;
  NudgePlan plan;

  if (block == 0 || block >= layout->circuit->n_blocks || layout->dialect != NUDGE_DIALECT_SCHEMATIC || layout->boxes[block].locked
      || drawing->frame == NULL || !nudge_drawing_frame_fits (drawing->frame, layout))
    return FALSE;
  plan = *drawing->frame->plan;
  plan.layout = layout;
  sheet = &plan.sheets[plan.block_sheets[layout->circuit->blocks[block].parent]];
  self->box = find_box (&plan, sheet, block);
  if (self->box == NULL)
    return FALSE;
  if (layout->wires)
    take_places (self, &plan, sheet);
  else
    box_pins_in_column (&self->pins, &plan, self->box);
  for (guint i = 0; i < self->pins.n_pins; i++)
    self->pins.pins[i].hold = BOX_PIN_FIRM;
  return TRUE;
}

static guint
find_pin (const Edge *self, const char *name)
{
  for (guint i = 0; i < self->box->n_pins; i++)
    if (g_str_equal (self->box->pin_names[i], name))
      return i;
  return NUDGE_NONE;
}

/* (transfer full): @layout with the pins of the selection where they are on the edge now. */
static NudgeLayout *
take_wishes (NudgeLayout *layout, const Edge *edge, const NudgePinSelection *selection)
{
  NudgeLayout *after = nudge_layout_copy (layout);

  for (guint i = 0; i < selection->n_names; i++)
    {
      guint pin = find_pin (edge, selection->names[i]);
      g_autoptr (NudgeSheetPins) pins = NULL;

      if (pin == NUDGE_NONE)
        continue;
      pins = nudge_sheet_pins_with (nudge_layout_get_pins (after, selection->block), selection->names[i], &edge->pins.pins[pin].place);
      nudge_layout_set_pins (after, selection->block, pins);
    }
  nudge_layout_sync_copies (after, layout->circuit->blocks[selection->block].parent);
  if (!nudge_layout_equal (layout, after))
    return after;
  nudge_layout_unref (after);
  return nudge_layout_ref (layout);
}

static NudgePoint
moved_point (const Edge *edge, guint pin, gint32 dx, gint32 dy)
{
  NudgePoint at = box_pins_point (&edge->pins, &edge->pins.pins[pin].place);

  return (NudgePoint){ at.x + nudge_snap (dx, WORK_CELL) / WORK_CELL, at.y + nudge_snap (dy, WORK_CELL) / WORK_CELL };
}

/**
 * nudge_edit_move_pins:
 * @layout: a layout
 * @drawing: a drawing of this layout, or of another one of its circuit
 * @pins: pins of a sheet box
 * @dx: to the right, in 100 nm; rounded to the grid
 * @dy: downwards
 *
 * Puts each pin on that place of the edge of its box that is nearest to where it would come, and where it may stand: two
 * steps of the grid from other pins and from the corners, beside their names and the captions of the box. Which edge
 * that is does not matter. A side that has no such place makes the box larger. Pins of a locked box stay, as do those
 * that another dialect than Nudge's own has placed.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_move_pins (NudgeLayout *layout, NudgeDrawing *drawing, const NudgePinSelection *pins, gint32 dx, gint32 dy)
{
  g_auto (Edge) edge = { 0 };
  g_autofree NudgePoint *wanted = NULL;

  g_return_val_if_fail (layout != NULL && drawing != NULL && pins != NULL, NULL);
  if ((nudge_snap (dx, WORK_CELL) | nudge_snap (dy, WORK_CELL)) == 0 || !edge_init (&edge, layout, drawing, pins->block))
    return nudge_layout_ref (layout);
  wanted = g_new0 (NudgePoint, edge.pins.n_pins + 1);
  for (guint i = 0; i < pins->n_names; i++)
    {
      guint pin = find_pin (&edge, pins->names[i]);

      if (pin == NUDGE_NONE)
        continue;
      wanted[pin] = moved_point (&edge, pin, dx, dy);
      edge.pins.pins[pin].hold = BOX_PIN_AWAY;
    }
  for (guint pin = 0; pin < edge.pins.n_pins; pin++)
    if (edge.pins.pins[pin].hold == BOX_PIN_AWAY)
      {
        box_pins_find (&edge.pins, pin, wanted[pin], (NudgePoint){ 0, 0 }, &edge.pins.pins[pin].place);
        edge.pins.pins[pin].hold = BOX_PIN_FIRM;
      }
  return take_wishes (layout, &edge, pins);
}

/* The one that is ahead first: it makes way for the next. */
static guint
foremost (const Edge *edge, const gboolean *chosen, gint dx, gint dy)
{
  guint best = NUDGE_NONE;
  gint most = G_MININT;

  for (guint pin = 0; pin < edge->pins.n_pins; pin++)
    {
      NudgePoint at = box_pins_point (&edge->pins, &edge->pins.pins[pin].place);

      if (chosen[pin] && at.x * dx + at.y * dy > most)
        {
          most = at.x * dx + at.y * dy;
          best = pin;
        }
    }
  return best;
}

/**
 * nudge_edit_step_pins:
 * @layout: a layout
 * @drawing: a drawing of this layout, or of another one of its circuit
 * @pins: pins of a sheet box
 * @dx: how many places to the right, or 0
 * @dy: how many places downwards, or 0
 *
 * Puts each pin on the next place in that direction where it may stand: past other pins, round corners, and on the edge
 * across when there is none nearer.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_step_pins (NudgeLayout *layout, NudgeDrawing *drawing, const NudgePinSelection *pins, gint dx, gint dy)
{
  g_auto (Edge) edge = { 0 };
  guint n_steps = (guint) MIN (MAX (ABS (dx), ABS (dy)), 100);
  NudgePoint way = { CLAMP (dx, -1, 1), dx != 0 ? 0 : CLAMP (dy, -1, 1) };
  g_autofree gboolean *left = NULL;

  g_return_val_if_fail (layout != NULL && drawing != NULL && pins != NULL, NULL);
  if (n_steps == 0 || !edge_init (&edge, layout, drawing, pins->block))
    return nudge_layout_ref (layout);
  left = g_new0 (gboolean, edge.pins.n_pins + 1);
  for (guint step = 0; step < n_steps; step++)
    {
      guint pin;

      for (guint i = 0; i < pins->n_names; i++)
        if ((pin = find_pin (&edge, pins->names[i])) != NUDGE_NONE)
          left[pin] = TRUE;
      while ((pin = foremost (&edge, left, way.x, way.y)) != NUDGE_NONE)
        {
          BoxPin *moved = &edge.pins.pins[pin];

          left[pin] = FALSE;
          box_pins_find (&edge.pins, pin, box_pins_point (&edge.pins, &moved->place), way, &moved->place);
        }
    }
  return take_wishes (layout, &edge, pins);
}

/**
 * nudge_edit_reset_pins:
 * @layout: a layout
 * @pins: pins of a sheet box; no names: all of them
 *
 * Lets the pins stand where they stand by themselves.
 *
 * Returns: (transfer full): the layout after it
 */
NudgeLayout *
nudge_edit_reset_pins (NudgeLayout *layout, const NudgePinSelection *pins)
{
  NudgeLayout *after;

  g_return_val_if_fail (layout != NULL && pins != NULL && pins->block > 0 && pins->block < layout->circuit->n_blocks, NULL);
  if (layout->boxes[pins->block].locked)
    return nudge_layout_ref (layout);
  after = nudge_layout_copy (layout);
  if (pins->n_names == 0)
    nudge_layout_set_pins (after, pins->block, NULL);
  for (guint i = 0; i < pins->n_names; i++)
    {
      g_autoptr (NudgeSheetPins) without = nudge_sheet_pins_with (nudge_layout_get_pins (after, pins->block), pins->names[i], NULL);

      nudge_layout_set_pins (after, pins->block, without);
    }
  nudge_layout_sync_copies (after, layout->circuit->blocks[pins->block].parent);
  if (!nudge_layout_equal (layout, after))
    return after;
  nudge_layout_unref (after);
  return nudge_layout_ref (layout);
}

gboolean
nudge_layout_has_placed_pins (const NudgeLayout *layout, guint block)
{
  g_return_val_if_fail (layout != NULL && block < layout->circuit->n_blocks, FALSE);
  return nudge_layout_get_pins (layout, block) != NULL;
}
