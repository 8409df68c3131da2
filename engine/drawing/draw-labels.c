/* draw-labels.c: every connected pin says by a label or a power symbol where it belongs; no wire is drawn. */
#include "drawing/sheet-builder.h"

#include "drawing/annotations.h"
#include "drawing/box-pins.h"

#define FLAG_WIRE NUDGE_MM (7.62)
#define FLAG_PITCH NUDGE_MM (25.4)

/* The way a power symbol's graphics point from its pin in its library pose: 1 up (rails), 3 down (grounds). */
static guint
power_symbol_direction (const NudgeSymbol *symbol)
{
  NudgeBox body = nudge_symbol_body_box (symbol, 1);

  return (body.y0 + body.y1) / 2 >= symbol->pins[0].at.y ? 1 : 3;
}

/* The pose in which the symbol's pin stands at @at and its graphics point to @exit. */
static NudgePose
power_pose (const NudgeSymbol *symbol, NudgePoint at, guint exit)
{
  NudgePose pose = { .turn = (exit - power_symbol_direction (symbol)) & 3 };
  NudgePoint pin = nudge_pose_point (&pose, symbol->pins[0].at);

  pose.at = (NudgePoint){ at.x - pin.x, at.y - pin.y };
  return pose;
}

static void
mark_net (NudgeSheetBuilder *b, guint net, NudgePoint at, guint exit)
{
  if (b->sheet->nets[net].is_power)
    {
      NudgePose pose = power_pose (b->sheet->nets[net].power_symbol, at, exit);

      nudge_sheet_builder_add_power (b, net, &pose);
    }
  else
    nudge_sheet_builder_add_label (b, net, at, exit);
}

static void
draw_terminal (NudgeSheetBuilder *b, const NudgePlanTerminal *terminal)
{
  const NudgeLayout *layout = b->plan->layout;
  const NudgeUnit *unit;
  const NudgePose *pose;
  NudgePoint at;

  if (terminal->unit == NUDGE_NONE)
    return;
  unit = &layout->units[terminal->unit];
  pose = &layout->placements[terminal->unit].pose;
  at = nudge_plan_pin_position (unit, pose, terminal->pin);
  if (terminal->net == NUDGE_NONE || b->sheet->nets[terminal->net].is_single)
    nudge_sheet_builder_add_no_connect (b, at);
  if (terminal->net != NUDGE_NONE)
    mark_net (b, terminal->net, at, nudge_plan_pin_exit (unit, pose, terminal->pin));
}

/* Each pin with its net's label. */
static void
draw_box (NudgeSheetBuilder *b, guint index)
{
  const NudgePlanBox *child = &b->sheet->boxes[index];
  const NudgeBoxPlacement *place = &b->plan->layout->boxes[child->block];
  NudgeBox box = { place->at.x, place->at.y, place->at.x, place->at.y };
  g_autofree NudgePoint *positions = g_new (NudgePoint, child->n_pins + 1);
  g_autofree guint8 *sides = g_new0 (guint8, child->n_pins + 1);
  g_auto (BoxPins) pins = { 0 };

  box_pins_in_column (&pins, b->plan, child);
  box.x1 += pins.width * NUDGE_GRID;
  box.y1 += pins.height * NUDGE_GRID;
  for (guint i = 0; i < child->n_pins; i++)
    {
      NudgePoint at = box_pins_point (&pins, &pins.pins[i].place);

      positions[i] = (NudgePoint){ box.x0 + at.x * NUDGE_GRID, nudge_snap (box.y0 + at.y * NUDGE_GRID, NUDGE_GRID) };
      sides[i] = pins.pins[i].place.side;
    }
  nudge_sheet_builder_add_box (b, index, &box, positions, sides);
  for (guint i = 0; i < child->n_pins; i++)
    mark_net (b, child->pin_nets[i], positions[i], sides[i]);
}

/* A row of flags at the bottom left, each wired to its rail's symbol or label. */
static void
draw_flags (NudgeSheetBuilder *b)
{
  NudgePoint page = nudge_paper_size (b->out->paper);
  NudgePoint first = { nudge_snap (NUDGE_MM (25.4), NUDGE_GRID), nudge_snap (page.y - NUDGE_MM (20.32), NUDGE_GRID) }, at = first;

  for (guint net = 0; net < b->sheet->n_nets; net++)
    {
      const NudgePlanNet *n = &b->sheet->nets[net];
      NudgePoint end = { at.x + FLAG_WIRE, at.y };
      NudgePose pose;

      if (!n->needs_flag || b->plan->flag_symbol == NULL)
        continue;
      pose = power_pose (b->plan->flag_symbol, at, 1);
      nudge_sheet_builder_add_flag (b, net, &pose);
      nudge_sheet_builder_add_wire (b, net, at, end);
      mark_net (b, net, end, n->is_power ? power_symbol_direction (n->power_symbol) : 0);
      at.x += FLAG_PITCH;
      if (at.x > page.x - NUDGE_MM (150))
        at = (NudgePoint){ first.x, at.y - FLAG_PITCH };
    }
}

gboolean
nudge_draw_labels (NudgeSheetBuilder *b, GPtrArray *diagnostics, GError **error)
{
  const NudgePlanSheet *sheet = b->sheet;
  const NudgeLayout *layout = b->plan->layout;

  for (guint unit = sheet->first_unit; unit < sheet->first_unit + sheet->n_units; unit++)
    nudge_sheet_builder_add_unit (b, unit, &layout->placements[unit].pose);
  for (guint i = 0; i < sheet->n_terminals; i++)
    draw_terminal (b, &sheet->terminals[i]);
  for (guint i = 0; i < sheet->n_boxes; i++)
    draw_box (b, i);
  draw_flags (b);
  nudge_sheet_builder_add_annotations (b, diagnostics);
  return TRUE;
}
