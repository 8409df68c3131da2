/* draw-synth.c: the marks of a sheet in circuit-synth's order: parts, power symbols and labels net by net, boxes, texts. */
#include "drawing/draw-synth.h"

#include "drawing/annotations.h"

#include <string.h>

#define VALUE_OFFSET NUDGE_MM (5.08)
#define PIN_PITCH 25400
#define EXTRA_X NUDGE_MM (2.54)
#define EXTRA_Y 50799 /* 1.2699 + 3 * 1.27 mm */

typedef struct
{
  NudgeSheetBuilder *b;
  const NudgePlan *plan;
  const NudgeCircuit *circuit;
  const NudgeSynthSheet *nets;
  const NudgeSynthForm *form;
  guint sheet;
  GPtrArray *diagnostics;
} Drawer;

/* --- fields --- */

/* An offset as circuit-synth turns it: without turning y over. */
static NudgePoint
turned (NudgePoint offset, guint turn)
{
  switch (turn)
    {
    case 0:
      return offset;
    case 1:
      return (NudgePoint){ -offset.y, offset.x };
    case 2:
      return (NudgePoint){ -offset.x, -offset.y };
    default:
      return (NudgePoint){ offset.y, -offset.x };
    }
}

static void
add_field (Drawer *self, const char *name, const char *text, NudgePoint at, gint angle, gboolean hidden, gint8 justify)
{
  NudgeDrawnField field = { .name = name, .text = text, .at = at, .angle = angle, .style = NUDGE_TEXT_STYLE_DEFAULT };

  field.style.hidden = hidden;
  field.style.justify_h = justify;
  g_array_append_val (self->b->fields, field);
}

/* One of the three that have a place of their own in the library. */
static void
add_own_field (Drawer *self, const NudgeSymbol *symbol, const NudgePose *pose, guint which, const char *text, gboolean hidden)
{
  static const struct
  {
    const char *name;
    NudgePoint offset; /* when the library has none */
    gint angle;
  } own[NUDGE_SYNTH_OWN_FIELDS] = {
    { "Reference", { 25400, -12701 }, 0 },
    { "Value", { 25400, 12699 }, 0 },
    { "Footprint", { -17780, 0 }, 90 },
  };
  static const gint32 below[NUDGE_SYNTH_OWN_FIELDS] = { NUDGE_MM (-5), NUDGE_MM (5), NUDGE_MM (10) };
  const NudgeSymbolField *place = nudge_symbol_find_field (symbol, own[which].name);
  NudgePoint at = place == NULL ? own[which].offset : place->origin == NUDGE_FIELD_OWN_EMPTY ? place->own_at : place->at;
  NudgePoint offset = turned (at, pose->turn);
  gint angle = ((place != NULL ? place->angle : own[which].angle) + pose->turn * 90) % 360;

  if (!self->form->keeps_fields)
    {
      add_field (self, own[which].name, text, (NudgePoint){ pose->at.x, pose->at.y + below[which] }, 0, hidden, NUDGE_JUSTIFY_CENTER);
      return;
    }
  add_field (self, own[which].name, text, (NudgePoint){ pose->at.x + offset.x, pose->at.y + offset.y }, angle, hidden,
             which == 2 ? NUDGE_JUSTIFY_CENTER : NUDGE_JUSTIFY_LEFT);
}

static void
add_extra_field (Drawer *self, const NudgePose *pose, const char *name, const char *text)
{
  add_field (self, name, text, (NudgePoint){ pose->at.x + EXTRA_X, pose->at.y + EXTRA_Y }, 0, TRUE, NUDGE_JUSTIFY_CENTER);
}

/* The user's fields, and what circuit-synth keeps for itself while it works and leaves in the file: a user's field of
 * such a name is written over. */
static void
add_extra_fields (Drawer *self, const NudgePart *part, const NudgePose *pose, gboolean with_internal)
{
  const char *path = self->b->out->instances[0].path;
  const char *end = strchr (path + 1, '/');
  g_autofree char *root = end == NULL ? g_strdup (path + 1) : g_strndup (path + 1, end - path - 1);
  const char *const names[] = { "hierarchy_path", "project_name", "root_uuid" };
  const char *const values[] = { path, self->circuit->blocks[0].name, root };
  gboolean done[G_N_ELEMENTS (names)] = { FALSE };

  for (guint i = part->first_raw_field; i < part->first_raw_field + part->n_raw_fields; i++)
    {
      const char *text = self->circuit->raw_fields[i].value;

      for (guint k = 0; k < G_N_ELEMENTS (names) && with_internal; k++)
        if (g_str_equal (self->circuit->raw_fields[i].name, names[k]))
          {
            text = g_string_chunk_insert_const (self->b->strings, values[k]);
            done[k] = TRUE;
          }
      add_extra_field (self, pose, self->circuit->raw_fields[i].name, text);
    }
  for (guint k = 0; k < G_N_ELEMENTS (names) && with_internal; k++)
    if (!done[k])
      add_extra_field (self, pose, names[k], g_string_chunk_insert_const (self->b->strings, values[k]));
}

static void
add_unit (Drawer *self, guint unit_index)
{
  const NudgeLayout *layout = self->plan->layout;
  const NudgeUnit *unit = &layout->units[unit_index];
  const NudgePart *part = &self->circuit->parts[unit->part];
  const NudgePose *pose = &layout->placements[unit_index].pose;
  NudgeBox box = nudge_symbol_box (unit->symbol, unit->unit);
  NudgeDrawnSymbol symbol = {
    .symbol = unit->symbol,
    .part = unit->part,
    .unit_index = unit_index,
    .unit = unit->unit,
    .pose = *pose,
    .first_field = self->b->fields->len,
    .net = NUDGE_NONE,
    .box = nudge_pose_box (pose, &box),
  };

  add_own_field (self, unit->symbol, pose, 0, part->reference, FALSE);
  add_own_field (self, unit->symbol, pose, 1, part->says_no_value ? "" : part->value, FALSE);
  add_own_field (self, unit->symbol, pose, 2, part->footprint, TRUE);
  if (self->form->keeps_fields)
    add_extra_fields (self, part, pose, unit->unit == 1);
  symbol.n_fields = self->b->fields->len - symbol.first_field;
  g_array_append_val (self->b->symbols, symbol);
}

/* --- pins --- */

/* circuit-synth goes by the name: a rail's symbol hangs, unless it is one of these. */
static gboolean
hangs (const char *symbol_id)
{
  return strstr (symbol_id, "GND") != NULL || strstr (symbol_id, "VSS") != NULL;
}

static void
add_power (Drawer *self, const NudgePlanNet *net, NudgePoint at, guint exit)
{
  const NudgeSymbol *drawn = net->power_symbol;
  gboolean ground = hangs (drawn->id);
  NudgePose pose = { .turn = (exit + (ground ? 1 : 3)) & 3 }, plain = { 0 };
  NudgePoint pin = nudge_pose_point (&pose, drawn->pins[0].at), value;
  NudgeBox box = nudge_symbol_box (drawn, 1);
  NudgeDrawnSymbol symbol = { .symbol = drawn, .part = NUDGE_NONE, .unit_index = NUDGE_NONE, .unit = 1,
                              .first_field = self->b->fields->len, .n_fields = NUDGE_SYNTH_OWN_FIELDS, .net = net->net };
  static const NudgePoint beyond[4] = { { 0, -VALUE_OFFSET }, { -VALUE_OFFSET, 0 }, { 0, VALUE_OFFSET }, { VALUE_OFFSET, 0 } };
  gint sign = ground ? -1 : 1;

  pose.at = plain.at = (NudgePoint){ at.x - pin.x, at.y - pin.y };
  symbol.pose = pose;
  symbol.box = nudge_pose_box (&pose, &box);
  value = (NudgePoint){ pose.at.x + sign * beyond[pose.turn].x, pose.at.y + sign * beyond[pose.turn].y };
  add_own_field (self, drawn, &pose, 0, "#PWR", TRUE);
  add_field (self, "Value", g_string_chunk_insert_const (self->b->strings, net->label), value, 0, FALSE, NUDGE_JUSTIFY_CENTER);
  add_own_field (self, drawn, &plain, 2, "", TRUE);
  g_array_append_val (self->b->symbols, symbol);
}

static void
add_label (Drawer *self, const char *text, guint plan_net, NudgeLabelKind kind, NudgePoint at, guint direction)
{
  NudgeLabel label = {
    .kind = kind,
    .shape = kind == NUDGE_LABEL_GLOBAL ? NUDGE_LABEL_SHAPE_PASSIVE : NUDGE_LABEL_SHAPE_INPUT,
    .text = g_string_chunk_insert_const (self->b->strings, text),
    .at = at,
    .direction = direction,
    .net = plan_net == NUDGE_NONE ? NUDGE_NONE : self->b->sheet->nets[plan_net].net,
  };

  g_array_append_val (self->b->labels, label);
}

static void
mark_unit_pin (Drawer *self, const NudgeSynthNet *net, const NudgePlanNet *plan_net, guint unit, guint pin)
{
  const NudgeLayout *layout = self->plan->layout;
  NudgePoint at = nudge_plan_pin_position (&layout->units[unit], &layout->placements[unit].pose, pin);
  guint exit = nudge_plan_pin_exit (&layout->units[unit], &layout->placements[unit].pose, pin);

  if (net->has_symbols)
    add_power (self, plan_net, at, exit);
  else if (plan_net->is_global)
    add_label (self, plan_net->label, net->plan_net, NUDGE_LABEL_GLOBAL, at, exit);
  else
    add_label (self, net->text, net->plan_net, NUDGE_LABEL_HIERARCHICAL, at, exit);
}

/* A pin that belongs to every unit is drawn with each of them. */
static void
mark_pin (Drawer *self, const NudgeSynthNet *net, const NudgeNode *node)
{
  const NudgeLayout *layout = self->plan->layout;
  guint first = layout->part_units[node->part], end = layout->part_units[node->part + 1];
  const NudgeSymbol *symbol = layout->units[first].symbol;
  guint pin = nudge_symbol_find_pin (symbol, node->pin);

  if (pin == NUDGE_NONE || net->plan_net == NUDGE_NONE)
    return;
  for (guint unit = first; unit < end; unit++)
    if (nudge_symbol_pin_in_unit (&symbol->pins[pin], layout->units[unit].unit))
      mark_unit_pin (self, net, &self->b->sheet->nets[net->plan_net], unit, pin);
}

/* --- boxes --- */

static void
add_box (Drawer *self, guint index)
{
  const NudgePlanBox *child = &self->b->sheet->boxes[index];
  const NudgeBoxPlacement *place = &self->plan->layout->boxes[child->block];
  const GArray *pins = self->nets->pins[index];
  gint32 height = MAX (place->size.y, (gint32) (pins->len + 1) * PIN_PITCH);
  NudgeSheetBox drawn = {
    .block = child->block,
    .sheet = child->sheet,
    .name = g_string_chunk_insert_const (self->b->strings, self->circuit->blocks[child->block].label),
    .box = { place->at.x, place->at.y, place->at.x + place->size.x, place->at.y + height },
    .first_pin = self->b->sheet_pins->len,
    .n_pins = pins->len,
  };

  for (guint i = 0; i < pins->len; i++)
    {
      const NudgeSynthPin *pin = &g_array_index (pins, NudgeSynthPin, i);
      const NudgeSynthNet *net = &g_array_index (self->nets->nets, NudgeSynthNet, pin->net);
      NudgePoint at = { drawn.box.x1, nudge_snap (drawn.box.y0 + (gint32) (i + 1) * PIN_PITCH, NUDGE_GRID) };
      NudgeSheetPin sheet_pin = {
        .name = g_string_chunk_insert_const (self->b->strings, pin->name),
        .shape = self->form->box_pin,
        .at = at,
        .net = net->plan_net == NUDGE_NONE ? net->rail : self->b->sheet->nets[net->plan_net].net,
      };

      g_array_append_val (self->b->sheet_pins, sheet_pin);
      add_label (self, net->text, net->plan_net, NUDGE_LABEL_HIERARCHICAL, at, 0);
    }
  g_array_append_val (self->b->boxes, drawn);
}

/* --- texts: where the input says, in one form without colour, frame or emphasis --- */

static guint32
color_of (const char *name)
{
  guint32 color = nudge_annotation_color (name);

  return color == NUDGE_COLOR_DEFAULT ? 0 : color;
}

static void
style_text (const NudgeAnnotation *a, NudgeDrawnText *text)
{
  if (text->boxed)
    {
      text->border_width = a->border_width > 0 ? NUDGE_MM (0.1) : 0;
      text->filled = a->background;
      text->fill_color = a->background ? color_of (a->background_color) : NUDGE_COLOR_DEFAULT;
    }
  else
    {
      text->text_color = color_of (a->text_color);
      text->style.bold = a->bold;
      text->style.italic = a->italic;
    }
}

/* The cells of a table as texts. */
static void
add_table (Drawer *self, const NudgeAnnotation *a)
{
  NudgePoint at = a->has_position ? a->at : (NudgePoint){ NUDGE_MM (10), NUDGE_MM (10) };

  for (guint i = 0; i < a->n_rows * a->n_columns; i++)
    {
      NudgeDrawnText text = { .text = self->circuit->cells[a->first_cell + i], .border_width = -1, .text_color = NUDGE_COLOR_DEFAULT,
                              .fill_color = NUDGE_COLOR_DEFAULT, .border_color = NUDGE_COLOR_DEFAULT, .style = NUDGE_TEXT_STYLE_DEFAULT };

      text.box.x0 = text.box.x1 = at.x + (gint32) (i % a->n_columns) * a->size.x;
      text.box.y0 = text.box.y1 = at.y + (gint32) (i / a->n_columns) * a->size.y;
      text.style.height = text.style.width = a->text_size;
      text.style.bold = a->header_bold && i < a->n_columns;
      text.style.justify_h = text.style.justify_v = NUDGE_JUSTIFY_CENTER;
      if (text.text[0] != '\0')
        nudge_sheet_builder_add_text (self->b, &text);
    }
}

static void
add_text (Drawer *self, const NudgeAnnotation *a)
{
  gboolean boxed = a->kind == NUDGE_ANNOTATION_TEXT_BOX;
  NudgePoint at = a->has_position ? a->at : boxed ? (NudgePoint){ NUDGE_MM (184), NUDGE_MM (110) } : (NudgePoint){ NUDGE_MM (10), NUDGE_MM (10) };
  NudgeDrawnText text = {
    .text = a->text,
    .box = { at.x, at.y, at.x + (boxed ? a->size.x : 0), at.y + (boxed ? a->size.y : 0) },
    .boxed = boxed,
    .angle = (gint16) a->angle,
    .border_width = boxed ? 0 : -1,
    .text_color = NUDGE_COLOR_DEFAULT,
    .fill_color = NUDGE_COLOR_DEFAULT,
    .border_color = NUDGE_COLOR_DEFAULT,
    .style = NUDGE_TEXT_STYLE_DEFAULT,
  };

  memcpy (text.margin, a->margin, sizeof text.margin);
  text.style.height = text.style.width = a->text_size;
  text.style.justify_h = text.style.justify_v = boxed ? NUDGE_JUSTIFY_LEFT : NUDGE_JUSTIFY_CENTER;
  if (self->form->styles_texts)
    style_text (a, &text);
  nudge_sheet_builder_add_text (self->b, &text);
}

static void
add_annotations (Drawer *self)
{
  const NudgeBlock *block = &self->circuit->blocks[self->b->sheet->block];

  for (guint i = block->first_annotation; i < block->first_annotation + block->n_annotations; i++)
    {
      const NudgeAnnotation *a = &self->circuit->annotations[i];

      if (a->kind == NUDGE_ANNOTATION_IMAGE)
        nudge_sheet_builder_add_image_annotation (self->b, a, self->diagnostics);
      else if (a->kind == NUDGE_ANNOTATION_TABLE && self->form->styles_texts)
        add_table (self, a);
      else if (a->kind == NUDGE_ANNOTATION_TABLE)
        nudge_diagnostic_set_sheet (nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_SYNTH_NOT_DRAWN, "a table of %u rows is not drawn", a->n_rows),
                                    block->path);
      else
        add_text (self, a);
    }
}

void
nudge_draw_synth (NudgeSheetBuilder *builder, const NudgeSynthNets *nets, guint sheet, GPtrArray *diagnostics)
{
  Drawer self = { .b = builder, .plan = builder->plan, .circuit = builder->plan->layout->circuit, .nets = &nets->sheets[sheet],
                  .form = nudge_synth_form (builder->plan->layout->dialect), .sheet = sheet, .diagnostics = diagnostics };
  const NudgeBlock *block = &self.circuit->blocks[builder->sheet->block];

  for (guint unit = builder->sheet->first_unit; unit < builder->sheet->first_unit + builder->sheet->n_units; unit++)
    add_unit (&self, unit);
  for (guint i = 0; i < block->n_mentions; i++)
    {
      const NudgeMention *mention = &self.circuit->mentions[block->first_mention + i];

      for (guint n = mention->first_node; n < mention->first_node + mention->n_nodes; n++)
        mark_pin (&self, &g_array_index (self.nets->nets, NudgeSynthNet, i), &self.circuit->mention_nodes[n]);
    }
  for (guint i = 0; i < builder->sheet->n_boxes; i++)
    add_box (&self, i);
  add_annotations (&self);
}

/* --- what else circuit-synth would have got wrong --- */

/* It looks a pin up by its name: the first pin of that name gets the label of all. */
static gboolean
is_misled_by_names (const NudgePlan *plan, guint part_index)
{
  const NudgeCircuit *circuit = plan->layout->circuit;
  const NudgePart *part = &circuit->parts[part_index];
  const NudgeSymbol *symbol = plan->layout->units[plan->layout->part_units[part_index]].symbol;

  for (guint i = part->first_node; i < part->first_node + part->n_nodes; i++)
    {
      guint pin = nudge_symbol_find_pin (symbol, circuit->part_nodes[i].pin);

      if (pin == NUDGE_NONE || g_str_equal (symbol->pins[pin].name, "~"))
        continue;
      for (guint first = 0; first < pin; first++)
        if (g_str_equal (symbol->pins[first].name, symbol->pins[pin].name) && !nudge_point_equal (symbol->pins[first].at, symbol->pins[pin].at))
          return TRUE;
    }
  return FALSE;
}

gboolean
nudge_synth_is_left_out (const NudgeCircuit *circuit, guint part_index)
{
  const NudgePart *part = &circuit->parts[part_index];

  for (guint i = part->first_raw_field; i < part->first_raw_field + part->n_raw_fields; i++)
    if (g_str_equal (circuit->raw_fields[i].name, "DNP"))
      return part->dnp;
  return FALSE;
}

void
nudge_draw_synth_report (const NudgePlan *plan, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = plan->layout->circuit;

  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const NudgePart *part = &circuit->parts[i];
      guint sheet = plan->block_sheets[part->block];
      guint n_units = plan->layout->part_units[i + 1] - plan->layout->part_units[i];

      if (nudge_synth_form (plan->layout->dialect)->has_flags && nudge_synth_is_left_out (circuit, i))
        nudge_synth_deviation (diagnostics, plan, sheet, part->reference, "%s stays on the board, marked as not to be fitted", part->reference);
      if (n_units > 1)
        nudge_synth_deviation (diagnostics, plan, sheet, part->reference, "the %u units of %s stand apart, each with its own labels", n_units, part->reference);
      else if (is_misled_by_names (plan, i))
        nudge_synth_deviation (diagnostics, plan, sheet, part->reference, "%s has several pins of one name: each has its own label", part->reference);
    }
  for (guint s = 0; s < plan->n_sheets; s++)
    if (plan->sheets[s].n_blocks > 1)
      nudge_synth_deviation (diagnostics, plan, s, circuit->blocks[plan->sheets[s].block].name, "each of the %u uses of %s has its own parts and its own box",
                             plan->sheets[s].n_blocks, circuit->blocks[plan->sheets[s].block].name);
}
