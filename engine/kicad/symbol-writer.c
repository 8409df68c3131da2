#include "kicad/symbol-writer.h"

#include "kicad/text-effects.h"

#include <string.h>

#define DEFAULT_PIN_NAME_OFFSET 5080

static void
write_field (NudgeSexprWriter *w, const NudgeSymbolField *field)
{
  nudge_sexpr_writer_open (w, "property");
  if (field->is_private)
    nudge_sexpr_writer_atom (w, "private");
  nudge_sexpr_writer_string (w, field->name);
  nudge_sexpr_writer_string (w, field->value);
  nudge_sexpr_writer_at (w, field->at.x, field->at.y, field->angle);
  if (field->show_name)
    {
      nudge_sexpr_writer_open (w, "show_name");
      nudge_sexpr_writer_close (w);
    }
  if (field->no_autoplace)
    {
      nudge_sexpr_writer_open (w, "do_not_autoplace");
      nudge_sexpr_writer_close (w);
    }
  nudge_write_text_effects (w, &field->style, NUDGE_COLOR_DEFAULT);
  nudge_sexpr_writer_close (w);
}

static void
write_stroke (NudgeSexprWriter *w, const NudgeShape *shape)
{
  static const char *const strokes[] = { "default", "dash", "dot", "dash_dot", "dash_dot_dot" };
  static const char *const fills[] = { "none", "outline", "background" };

  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", shape->stroke_width);
  nudge_sexpr_writer_atom_list (w, "type", shape->says_solid ? "solid" : strokes[shape->stroke]);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_atom_list (w, "type", fills[shape->fill]);
  nudge_sexpr_writer_close (w);
}

static void
write_points (NudgeSexprWriter *w, const NudgeShape *shape)
{
  nudge_sexpr_writer_open (w, "pts");
  for (guint i = 0; i < shape->n_points; i++)
    nudge_sexpr_writer_point_list (w, "xy", shape->points[i].x, shape->points[i].y);
  nudge_sexpr_writer_close (w);
}

static void
write_shape (NudgeSexprWriter *w, const NudgeShape *shape)
{
  static const char *const names[] = { "rectangle", "circle", "arc", "polyline", "bezier", "text" };
  static const char *const rectangle[] = { "start", "end" }, *const arc[] = { "start", "mid", "end" };
  const NudgePoint *p = shape->points;

  nudge_sexpr_writer_open (w, names[shape->kind]);
  switch (shape->kind)
    {
    case NUDGE_SHAPE_RECTANGLE:
    case NUDGE_SHAPE_ARC:
      for (guint i = 0; i < shape->n_points; i++)
        nudge_sexpr_writer_point_list (w, shape->kind == NUDGE_SHAPE_ARC ? arc[i] : rectangle[i], p[i].x, p[i].y);
      break;
    case NUDGE_SHAPE_CIRCLE:
      nudge_sexpr_writer_point_list (w, "center", p[0].x, p[0].y);
      nudge_sexpr_writer_mm_list (w, "radius", shape->radius);
      break;
    case NUDGE_SHAPE_POLYLINE:
    case NUDGE_SHAPE_BEZIER:
      write_points (w, shape);
      break;
    case NUDGE_SHAPE_TEXT:
    default:
      nudge_sexpr_writer_string (w, shape->text);
      nudge_sexpr_writer_at (w, p[0].x, p[0].y, shape->angle * 10); /* tenths of a degree here */
      nudge_write_text_effects (w, &shape->style, NUDGE_COLOR_DEFAULT);
    }
  if (shape->kind != NUDGE_SHAPE_TEXT)
    write_stroke (w, shape);
  nudge_sexpr_writer_close (w);
}

static void
write_pin_text (NudgeSexprWriter *w, const char *name, const char *text, gint32 size)
{
  NudgeTextStyle style = { .height = size, .width = size };

  nudge_sexpr_writer_open (w, name);
  nudge_sexpr_writer_string (w, text);
  nudge_write_text_effects (w, &style, NUDGE_COLOR_DEFAULT);
  nudge_sexpr_writer_close (w);
}

static void
write_pin (NudgeSexprWriter *w, const NudgeSymbolPin *pin)
{
  nudge_sexpr_writer_open (w, "pin");
  nudge_sexpr_writer_atom (w, pin->type);
  nudge_sexpr_writer_atom (w, pin->shape);
  nudge_sexpr_writer_at (w, pin->at.x, pin->at.y, pin->direction * 90);
  nudge_sexpr_writer_mm_list (w, "length", pin->length);
  if (pin->hidden)
    nudge_sexpr_writer_bool_list (w, "hide", TRUE);
  write_pin_text (w, "name", pin->name, pin->name_size);
  write_pin_text (w, "number", pin->number, pin->number_size);
  for (guint i = 0; i < pin->n_alternates; i++)
    {
      nudge_sexpr_writer_open (w, "alternate");
      nudge_sexpr_writer_string (w, pin->alternates[i].name);
      nudge_sexpr_writer_atom (w, pin->alternates[i].type);
      nudge_sexpr_writer_atom (w, pin->alternates[i].shape);
      nudge_sexpr_writer_close (w);
    }
  nudge_sexpr_writer_close (w);
}

/* One unit in one body style, left out when it has nothing to show and need not be there to be counted. */
static void
write_unit (NudgeSexprWriter *w, const NudgeSymbol *symbol, const char *name, guint unit, guint body_style, gboolean counted)
{
  g_autofree char *unit_name = g_strdup_printf ("%s_%u_%u", name, unit, body_style);
  gboolean empty = !counted || unit == 0 || body_style != 1;

  for (guint i = 0; empty && i < symbol->n_shapes; i++)
    empty = symbol->shapes[i].unit != unit || symbol->shapes[i].body_style != body_style;
  for (guint i = 0; empty && i < symbol->n_pins; i++)
    empty = symbol->pins[i].unit != unit || symbol->pins[i].body_style != body_style;
  if (empty)
    return;
  nudge_sexpr_writer_open (w, "symbol");
  nudge_sexpr_writer_string (w, unit_name);
  if (unit > 0 && body_style == 1 && symbol->unit_names[unit - 1] != NULL)
    nudge_sexpr_writer_string_list (w, "unit_name", symbol->unit_names[unit - 1]);
  for (guint i = 0; i < symbol->n_shapes; i++)
    if (symbol->shapes[i].unit == unit && symbol->shapes[i].body_style == body_style)
      write_shape (w, &symbol->shapes[i]);
  for (guint i = 0; i < symbol->n_pins; i++)
    if (symbol->pins[i].unit == unit && symbol->pins[i].body_style == body_style)
      write_pin (w, &symbol->pins[i]);
  nudge_sexpr_writer_close (w);
}

static void
write_flags (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  if (symbol->is_power)
    {
      nudge_sexpr_writer_open (w, "power");
      nudge_sexpr_writer_close (w);
    }
  if (symbol->pin_numbers_hidden)
    {
      nudge_sexpr_writer_open (w, "pin_numbers");
      nudge_sexpr_writer_bool_list (w, "hide", TRUE);
      nudge_sexpr_writer_close (w);
    }
  if (symbol->pin_names_hidden || symbol->pin_name_offset != DEFAULT_PIN_NAME_OFFSET)
    {
      nudge_sexpr_writer_open (w, "pin_names");
      if (symbol->pin_name_offset != DEFAULT_PIN_NAME_OFFSET)
        nudge_sexpr_writer_mm_list (w, "offset", symbol->pin_name_offset);
      if (symbol->pin_names_hidden)
        nudge_sexpr_writer_bool_list (w, "hide", TRUE);
      nudge_sexpr_writer_close (w);
    }
  nudge_sexpr_writer_bool_list (w, "exclude_from_sim", symbol->exclude_from_sim);
  nudge_sexpr_writer_bool_list (w, "in_bom", symbol->in_bom);
  nudge_sexpr_writer_bool_list (w, "on_board", symbol->on_board);
}

static void
write_fields (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  for (guint i = 0; i < symbol->n_fields; i++)
    write_field (w, &symbol->fields[i]);
}

/* Only what the symbol says itself, as it says it. */
static void
write_own_fields (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  for (guint i = 0; i < symbol->n_fields; i++)
    {
      NudgeSymbolField field = symbol->fields[i];

      if (field.origin == NUDGE_FIELD_INHERITED)
        continue;
      if (field.origin == NUDGE_FIELD_OWN_EMPTY)
        {
          field.value = "";
          field.at = field.own_at;
        }
      field.style.hidden = field.style.hidden && !field.is_hidden_by_us;
      write_field (w, &field);
    }
}

static void
write_symbol (NudgeSexprWriter *w, const NudgeSymbol *symbol, gboolean synth)
{
  const char *unit_prefix;

  /* KiCad wants units to be called after the symbol, without the name of its library. */
  unit_prefix = symbol->variant != NULL ? symbol->variant : symbol->name;
  nudge_sexpr_writer_open (w, "symbol");
  nudge_sexpr_writer_string (w, symbol->variant != NULL ? symbol->variant : symbol->id);
  if (synth && symbol->base != NULL)
    write_own_fields (w, symbol);
  write_flags (w, symbol);
  if (synth && symbol->base == NULL)
    write_own_fields (w, symbol);
  if (!synth)
    write_fields (w, symbol);
  for (guint unit = 0; unit <= symbol->n_units; unit++)
    for (guint body_style = 0; body_style <= 2; body_style++)
      write_unit (w, symbol, unit_prefix, unit, body_style, !synth || symbol->n_units > 1);
  nudge_sexpr_writer_bool_list (w, "embedded_fonts", FALSE);
  nudge_sexpr_writer_close (w);
}

void
nudge_symbol_write (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  g_return_if_fail (w != NULL && symbol != NULL);
  write_symbol (w, symbol, FALSE);
}

void
nudge_symbol_write_synth (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  g_return_if_fail (w != NULL && symbol != NULL);
  write_symbol (w, symbol, TRUE);
}
