#include "drawing/sheet-builder.h"

#include "base/text-metrics.h"

#include <string.h>

static const char *
keep (NudgeSheetBuilder *self, const char *text)
{
  return g_string_chunk_insert_const (self->strings, text);
}

static void
add_field (NudgeSheetBuilder *self, const NudgePose *pose, const NudgeSymbolField *place, const char *name, const char *text, gboolean hidden)
{
  NudgeDrawnField field = { .name = name, .text = text, .at = pose->at, .style = NUDGE_TEXT_STYLE_DEFAULT };

  if (place != NULL)
    {
      field.at = nudge_pose_point (pose, place->at);
      field.angle = place->angle % 180;
      field.style = place->style;
    }
  field.style.hidden = hidden;
  g_array_append_val (self->fields, field);
}

/* What the part says, else what the symbol says. */
static const char *
either (const char *first, const char *second)
{
  return first[0] != '\0' ? first : second;
}

/* Every field keeps its place when it is shown; only Reference and Value are shown, as circuit-synth does. */
static void
add_part_fields (NudgeSheetBuilder *self, const NudgePart *part, const NudgeSymbol *symbol, const NudgePose *pose)
{
  const NudgeCircuit *circuit = self->plan->layout->circuit;
  static const char *const names[] = { "Reference", "Value", "Footprint", "Datasheet", "Description" };
  const char *texts[] = {
    part->reference,
    either (part->value, symbol->name),
    either (part->footprint, nudge_symbol_field (symbol, "Footprint")),
    either (part->datasheet, nudge_symbol_field (symbol, "Datasheet")),
    either (part->description, nudge_symbol_field (symbol, "Description")),
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const NudgeSymbolField *place = nudge_symbol_find_field (symbol, names[i]);

      add_field (self, pose, place, names[i], texts[i], i > 1 || (place != NULL && place->style.hidden));
    }
  for (guint i = part->first_field; i < part->first_field + part->n_fields; i++)
    {
      const char *name = circuit->fields[i].name;
      gboolean is_standard = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        is_standard |= g_str_equal (name, names[k]);
      if (!is_standard)
        add_field (self, pose, NULL, name, circuit->fields[i].value, TRUE);
    }
  if (!part->on_board)
    add_field (self, pose, NULL, "on_board", "false", TRUE);
}

static NudgeBox
marks_box (const NudgeSymbol *symbol, guint unit, const NudgePose *pose)
{
  NudgeBox box = nudge_symbol_box (symbol, unit);

  /* A unit without graphics and pins still stands somewhere. */
  if (nudge_box_is_empty (&box))
    return (NudgeBox){ pose->at.x, pose->at.y, pose->at.x, pose->at.y };
  return nudge_pose_box (pose, &box);
}

guint
nudge_sheet_builder_add_unit (NudgeSheetBuilder *self, guint unit_index, const NudgePose *pose)
{
  const NudgeLayout *layout = self->plan->layout;
  const NudgeUnit *unit = &layout->units[unit_index];
  NudgeDrawnSymbol symbol = {
    .symbol = unit->symbol,
    .part = unit->part,
    .unit_index = unit_index,
    .unit = unit->unit,
    .pose = *pose,
    .first_field = self->fields->len,
    .net = NUDGE_NONE,
    .box = marks_box (unit->symbol, unit->unit, pose),
  };

  add_part_fields (self, &layout->circuit->parts[unit->part], unit->symbol, pose);
  symbol.n_fields = self->fields->len - symbol.first_field;
  g_array_append_val (self->symbols, symbol);
  return self->symbols->len - 1;
}

/* The value stands beyond the graphics, read upright whichever way the symbol is turned. */
static void
place_value_beyond (NudgeSheetBuilder *self, const NudgeDrawnSymbol *symbol, NudgeDrawnField *value)
{
  NudgePoint pin = nudge_pose_point (&symbol->pose, symbol->symbol->pins[0].at);
  gint32 gap = 5000, half_width = nudge_text_width (value->text, value->style.width) / 2, half_height = value->style.height / 2;
  NudgePoint centre = { (symbol->box.x0 + symbol->box.x1) / 2, (symbol->box.y0 + symbol->box.y1) / 2 };
  gint32 dx = centre.x - pin.x, dy = centre.y - pin.y;

  if (ABS (dx) > ABS (dy))
    value->at = (NudgePoint){ dx > 0 ? symbol->box.x1 + gap + half_width : symbol->box.x0 - gap - half_width, pin.y };
  else
    value->at = (NudgePoint){ pin.x, dy < 0 ? symbol->box.y0 - gap - half_height : symbol->box.y1 + gap + half_height };
  value->angle = symbol->pose.turn & 1 ? 90 : 0;
  value->style.justify_h = value->style.justify_v = NUDGE_JUSTIFY_CENTER;
}

static guint
add_power_symbol (NudgeSheetBuilder *self, guint plan_net, const NudgePose *pose, const NudgeSymbol *drawn, const char *prefix, const char *value)
{
  NudgeDrawnSymbol symbol = {
    .symbol = drawn,
    .part = NUDGE_NONE,
    .unit_index = NUDGE_NONE,
    .unit = 1,
    .pose = *pose,
    .first_field = self->fields->len,
    .n_fields = 5,
    .net = self->sheet->nets[plan_net].net,
    .box = marks_box (drawn, 1, pose),
  };

  /* The number follows when the drawing is complete: see NudgeSheetInstance.first_power. */
  add_field (self, pose, nudge_symbol_find_field (drawn, "Reference"), "Reference", prefix, TRUE);
  add_field (self, pose, nudge_symbol_find_field (drawn, "Value"), "Value", value, FALSE);
  add_field (self, pose, NULL, "Footprint", "", TRUE);
  add_field (self, pose, NULL, "Datasheet", nudge_symbol_field (drawn, "Datasheet"), TRUE);
  add_field (self, pose, NULL, "Description", nudge_symbol_field (drawn, "Description"), TRUE);
  place_value_beyond (self, &symbol, &g_array_index (self->fields, NudgeDrawnField, symbol.first_field + 1));
  g_array_append_val (self->symbols, symbol);
  return self->symbols->len - 1;
}

guint
nudge_sheet_builder_add_power (NudgeSheetBuilder *self, guint plan_net, const NudgePose *pose)
{
  const NudgePlanNet *net = &self->sheet->nets[plan_net];

  g_assert (net->is_power);
  return add_power_symbol (self, plan_net, pose, net->power_symbol, "#PWR", keep (self, net->label));
}

guint
nudge_sheet_builder_add_flag (NudgeSheetBuilder *self, guint plan_net, const NudgePose *pose)
{
  g_assert (self->plan->flag_symbol != NULL);
  return add_power_symbol (self, plan_net, pose, self->plan->flag_symbol, "#FLG", "PWR_FLAG");
}

NudgeDrawnField *
nudge_sheet_builder_field (NudgeSheetBuilder *self, guint symbol, guint field)
{
  const NudgeDrawnSymbol *s = &g_array_index (self->symbols, NudgeDrawnSymbol, symbol);

  g_assert (field < s->n_fields);
  return &g_array_index (self->fields, NudgeDrawnField, s->first_field + field);
}

void
nudge_sheet_builder_add_wire (NudgeSheetBuilder *self, guint plan_net, NudgePoint a, NudgePoint b)
{
  NudgeWire wire = { a, b, self->sheet->nets[plan_net].net };

  g_array_append_val (self->wires, wire);
}

void
nudge_sheet_builder_add_junction (NudgeSheetBuilder *self, guint plan_net, NudgePoint at)
{
  NudgeJunction junction = { at, self->sheet->nets[plan_net].net };

  g_array_append_val (self->junctions, junction);
}

static void
add_label (NudgeSheetBuilder *self, guint plan_net, NudgePoint at, guint direction, NudgeLabelKind kind)
{
  const NudgePlanNet *net = &self->sheet->nets[plan_net];
  NudgeLabel label = { .kind = kind, .shape = net->shape, .text = keep (self, net->label), .at = at, .direction = direction & 3, .net = net->net };

  if (kind == NUDGE_LABEL_GLOBAL)
    label.shape = NUDGE_LABEL_SHAPE_PASSIVE;
  g_array_append_val (self->labels, label);
}

void
nudge_sheet_builder_add_label (NudgeSheetBuilder *self, guint plan_net, NudgePoint at, guint direction)
{
  const NudgePlanNet *net = &self->sheet->nets[plan_net];
  NudgeLabelKind kind = NUDGE_LABEL_LOCAL;

  if (net->is_power || net->is_global)
    kind = NUDGE_LABEL_GLOBAL;
  else if (net->is_port)
    kind = NUDGE_LABEL_HIERARCHICAL;
  add_label (self, plan_net, at, direction, kind);
}

void
nudge_sheet_builder_add_no_connect (NudgeSheetBuilder *self, NudgePoint at)
{
  g_array_append_val (self->no_connects, at);
}

void
nudge_sheet_builder_add_box (NudgeSheetBuilder *self, guint plan_box, const NudgeBox *box, const NudgePoint *pin_positions, const guint8 *pin_sides)
{
  const NudgePlanBox *child = &self->sheet->boxes[plan_box];
  NudgeSheetBox drawn = {
    .block = child->block,
    .sheet = child->sheet,
    .name = keep (self, self->plan->layout->circuit->blocks[child->block].label),
    .box = *box,
    .first_pin = self->sheet_pins->len,
    .n_pins = child->n_pins,
  };

  for (guint i = 0; i < child->n_pins; i++)
    {
      NudgeSheetPin pin = {
        .name = keep (self, child->pin_names[i]),
        .shape = child->pin_shapes[i],
        .at = pin_positions[i],
        .side = pin_sides[i],
        .net = self->sheet->nets[child->pin_nets[i]].net,
      };

      g_array_append_val (self->sheet_pins, pin);
    }
  g_array_append_val (self->boxes, drawn);
}

void
nudge_sheet_builder_add_text (NudgeSheetBuilder *self, const NudgeDrawnText *text)
{
  NudgeDrawnText copy = *text;

  copy.text = keep (self, text->text);
  g_array_append_val (self->texts, copy);
}

void
nudge_sheet_builder_add_image (NudgeSheetBuilder *self, const NudgeDrawnImage *image)
{
  g_array_append_vals (self->images, image, 1);
}
