/* synth-symbol.c: it rebuilds a symbol from what it has kept of the library: fields without places, shapes, pins. */
#include "kicad/synth-symbol.h"

#include <math.h>
#include <string.h>

#define FONT_SIZE 12700
#define NAME_OFFSET 2540
#define TEST_POINT_SCALE 0.6

static void
write_effects (NudgeSexprWriter *w)
{
  nudge_sexpr_writer_open (w, "effects");
  nudge_sexpr_writer_open (w, "font");
  nudge_sexpr_writer_point_list (w, "size", FONT_SIZE, FONT_SIZE);
  nudge_sexpr_writer_close (w);
}

static void
write_field (NudgeSexprWriter *w, const NudgeSymbolField *field)
{
  static const char *const hidden[] = { "Footprint", "Datasheet", "Description", "ki_keywords", "ki_fp_filters", NULL };

  nudge_sexpr_writer_open (w, "property");
  nudge_sexpr_writer_string (w, field->name);
  nudge_sexpr_writer_string (w, field->origin == NUDGE_FIELD_OWN_EMPTY ? "" : field->value);
  nudge_sexpr_writer_at (w, 0, 0, 0);
  write_effects (w);
  nudge_sexpr_writer_bool_list (w, "hide", g_strv_contains (hidden, field->name));
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

/* --- shapes --- */

/* An arc's middle, set anew where the three points make no arc; FALSE when there is none at all. */
static gboolean
find_middle (const NudgePoint *points, NudgePoint *middle)
{
  NudgePoint a = points[0], m = points[1], b = points[2];
  double dx = b.x - a.x, dy = b.y - a.y;

  *middle = m;
  if (nudge_point_equal (a, b))
    return FALSE;
  if ((m.x == 0 && m.y == 0) || nudge_point_equal (m, a) || nudge_point_equal (m, b))
    *middle = (NudgePoint){ (gint32) rint ((a.x + b.x) / 2.0 - dy * 0.2), (gint32) rint ((a.y + b.y) / 2.0 + dx * 0.2) };
  else if (fabs ((m.x - a.x) * dy - (m.y - a.y) * dx) < 0.001 * NUDGE_UNITS_PER_MM * NUDGE_UNITS_PER_MM)
    *middle = (NudgePoint){ (gint32) rint (m.x - dy * 0.1), (gint32) rint (m.y + dx * 0.1) };
  return TRUE;
}

static void
write_outline (NudgeSexprWriter *w, const NudgeShape *shape)
{
  static const char *const strokes[] = { "default", "dash", "dot", "dash_dot", "dash_dot_dot" };
  static const char *const fills[] = { "none", "outline", "background" };

  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", shape->stroke_width);
  if (shape->kind == NUDGE_SHAPE_POLYLINE)
    nudge_sexpr_writer_atom_list (w, "type", shape->says_solid ? "solid" : strokes[shape->stroke]);
  else
    nudge_sexpr_writer_atom_list (w, "type", "default");
  nudge_sexpr_writer_close (w);
  if (shape->kind == NUDGE_SHAPE_ARC)
    return;
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_atom_list (w, "type", fills[shape->fill]);
  nudge_sexpr_writer_close (w);
}

static void
write_shape (NudgeSexprWriter *w, const NudgeSymbol *symbol, const NudgeShape *shape)
{
  static const char *const names[] = { "rectangle", "circle", "arc", "polyline" };
  const NudgePoint *p = shape->points;
  NudgePoint middle = { 0 };

  if (shape->kind > NUDGE_SHAPE_POLYLINE || (shape->kind == NUDGE_SHAPE_ARC && !find_middle (p, &middle)))
    return;
  nudge_sexpr_writer_open (w, names[shape->kind]);
  if (shape->kind == NUDGE_SHAPE_CIRCLE)
    {
      nudge_sexpr_writer_point_list (w, "center", p[0].x, p[0].y);
      nudge_sexpr_writer_mm_list (w, "radius", strstr (symbol->id, "TestPoint") == NULL ? shape->radius : (gint32) rint (shape->radius * TEST_POINT_SCALE));
    }
  else if (shape->kind == NUDGE_SHAPE_POLYLINE)
    {
      nudge_sexpr_writer_open (w, "pts");
      for (guint i = 0; i < shape->n_points; i++)
        nudge_sexpr_writer_point_list (w, "xy", p[i].x, p[i].y);
      nudge_sexpr_writer_close (w);
    }
  else
    {
      nudge_sexpr_writer_point_list (w, "start", p[0].x, p[0].y);
      if (shape->kind == NUDGE_SHAPE_ARC)
        nudge_sexpr_writer_point_list (w, "mid", middle.x, middle.y);
      nudge_sexpr_writer_point_list (w, "end", p[shape->n_points - 1].x, p[shape->n_points - 1].y);
    }
  write_outline (w, shape);
  nudge_sexpr_writer_close (w);
}

/* --- pins --- */

static void
write_pin_text (NudgeSexprWriter *w, const char *name, const char *text)
{
  nudge_sexpr_writer_open (w, name);
  nudge_sexpr_writer_string (w, text);
  write_effects (w);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

static void
write_pin (NudgeSexprWriter *w, const NudgeSymbolPin *pin)
{
  nudge_sexpr_writer_open (w, "pin");
  nudge_sexpr_writer_atom (w, pin->type);
  nudge_sexpr_writer_atom (w, "line");
  nudge_sexpr_writer_at (w, pin->at.x, pin->at.y, pin->direction * 90);
  nudge_sexpr_writer_mm_list (w, "length", pin->length);
  write_pin_text (w, "name", pin->name);
  write_pin_text (w, "number", pin->number);
  nudge_sexpr_writer_close (w);
}

/* --- units --- */

static void
open_unit (NudgeSexprWriter *w, const NudgeSymbol *symbol, guint unit)
{
  g_autofree char *name = g_strdup_printf ("%s_%u_1", symbol->variant != NULL ? symbol->variant : symbol->name, unit);

  nudge_sexpr_writer_open (w, "symbol");
  nudge_sexpr_writer_string (w, name);
}

/* All that a symbol of one unit has, whatever unit and body style it is for. */
static void
write_heaps (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  if (symbol->n_shapes > 0)
    {
      open_unit (w, symbol, 0);
      for (guint i = 0; i < symbol->n_shapes; i++)
        write_shape (w, symbol, &symbol->shapes[i]);
      nudge_sexpr_writer_close (w);
    }
  if (symbol->n_pins > 0)
    {
      open_unit (w, symbol, 1);
      for (guint i = 0; i < symbol->n_pins; i++)
        write_pin (w, &symbol->pins[i]);
      nudge_sexpr_writer_close (w);
    }
}

static void
write_units (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  for (guint unit = 0; unit <= symbol->n_units; unit++)
    {
      open_unit (w, symbol, unit);
      for (guint i = 0; i < symbol->n_shapes; i++)
        if (symbol->shapes[i].unit == unit && symbol->shapes[i].body_style < 2)
          write_shape (w, symbol, &symbol->shapes[i]);
      for (guint i = 0; i < symbol->n_pins; i++)
        if (symbol->pins[i].unit == unit && symbol->pins[i].body_style < 2)
          write_pin (w, &symbol->pins[i]);
      nudge_sexpr_writer_close (w);
    }
}

void
nudge_symbol_write_flat (NudgeSexprWriter *w, const NudgeSymbol *symbol)
{
  g_return_if_fail (w != NULL && symbol != NULL);

  nudge_sexpr_writer_open (w, "symbol");
  nudge_sexpr_writer_string (w, symbol->variant != NULL ? symbol->variant : symbol->id);
  if (symbol->is_power)
    {
      nudge_sexpr_writer_open (w, "power");
      nudge_sexpr_writer_close (w);
    }
  nudge_sexpr_writer_atom_list (w, "pin_numbers", "hide");
  nudge_sexpr_writer_open (w, "pin_names");
  nudge_sexpr_writer_mm_list (w, "offset", NAME_OFFSET);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_bool_list (w, "exclude_from_sim", FALSE);
  nudge_sexpr_writer_bool_list (w, "in_bom", TRUE);
  nudge_sexpr_writer_bool_list (w, "on_board", TRUE);
  for (guint i = 0; i < symbol->n_fields; i++)
    write_field (w, &symbol->fields[i]);
  if (symbol->n_units > 1)
    write_units (w, symbol);
  else
    write_heaps (w, symbol);
  nudge_sexpr_writer_close (w);
}
