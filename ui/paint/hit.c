/* What stands under the pointer, and how it is shown to be meant. */
#include "paint/paint-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define HIGHLIGHT_WIDTH (2 * NUDGE_PAINT_LINE)
#define FRAME_GAP 6350
#define PIN_RADIUS 5080
#define PIN_FRAME 10160

static double
wire_distance (const NudgeWire *wire, NudgePoint at)
{
  double dx = (double) wire->b.x - wire->a.x, dy = (double) wire->b.y - wire->a.y;
  double px = (double) at.x - wire->a.x, py = (double) at.y - wire->a.y;
  double square = dx * dx + dy * dy;
  double t = square > 0 ? CLAMP ((px * dx + py * dy) / square, 0, 1) : 0;

  return hypot (px - t * dx, py - t * dy);
}

static gboolean
hit_sheet_pin (const NudgePaintSheet *self, NudgePoint at, gint32 reach, NudgeHit *hit)
{
  for (guint i = 0; i < self->sheet->n_sheet_pins; i++)
    {
      const NudgeSheetPin *pin = &self->sheet->sheet_pins[i];

      if (ABS (pin->at.x - at.x) <= reach && ABS (pin->at.y - at.y) <= reach)
        {
          *hit = (NudgeHit){ NUDGE_HIT_SHEET_PIN, i, pin->net };
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
hit_boxes (const NudgeBox *boxes, guint n, NudgePoint at, NudgeHitKind kind, NudgeHit *hit)
{
  for (guint i = n; i-- > 0;)
    if (nudge_box_contains (&boxes[i], at.x, at.y))
      {
        *hit = (NudgeHit){ kind, i, NUDGE_NONE };
        return TRUE;
      }
  return FALSE;
}

static gboolean
hit_wire (const NudgePaintSheet *self, NudgePoint at, gint32 tolerance, NudgeHit *hit)
{
  double best = tolerance;

  for (guint i = 0; i < self->sheet->n_wires; i++)
    {
      double distance = wire_distance (&self->sheet->wires[i], at);

      if (distance <= best)
        {
          best = distance;
          *hit = (NudgeHit){ NUDGE_HIT_WIRE, i, self->sheet->wires[i].net };
        }
    }
  return hit->kind == NUDGE_HIT_WIRE;
}

/* A symbol is meant inside its body and pins, or on one of its fields. The smallest one wins. */
static gboolean
hit_symbol (const NudgePaintSheet *self, NudgePoint at, NudgeHit *hit)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *symbol = &self->sheet->symbols[i];
      const NudgeBox *box = &self->symbol_boxes[i];
      double area = ((double) box->x1 - box->x0) * ((double) box->y1 - box->y0);
      gboolean inside = nudge_box_contains (&symbol->box, at.x, at.y);

      if (!nudge_box_contains (box, at.x, at.y) || area >= best)
        continue;
      for (guint f = symbol->first_field; !inside && f < symbol->first_field + symbol->n_fields; f++)
        if (!self->sheet->fields[f].style.hidden)
          {
            NudgePaintField field = nudge_paint_place_field (&symbol->pose, &self->sheet->fields[f], nudge_paint_field_text (self, symbol, f));

            inside = nudge_box_contains (&field.box, at.x, at.y);
          }
      if (inside)
        {
          best = area;
          *hit = (NudgeHit){ NUDGE_HIT_SYMBOL, i, symbol->net };
        }
    }
  return hit->kind == NUDGE_HIT_SYMBOL;
}

NudgeHit
nudge_paint_sheet_hit (const NudgePaintSheet *self, NudgePoint at, gint32 tolerance)
{
  NudgeHit hit = NUDGE_HIT_NOTHING;

  g_return_val_if_fail (self != NULL, hit);

  if (hit_sheet_pin (self, at, MAX (tolerance, NUDGE_GRID / 2), &hit))
    return hit;
  if (hit_boxes (self->label_boxes, self->sheet->n_labels, at, NUDGE_HIT_LABEL, &hit))
    {
      hit.net = self->sheet->labels[hit.index].net;
      return hit;
    }
  if (hit_wire (self, at, tolerance, &hit) || hit_symbol (self, at, &hit))
    return hit;
  if (!hit_boxes (self->box_boxes, self->sheet->n_boxes, at, NUDGE_HIT_BOX, &hit))
    hit_boxes (self->text_boxes, self->sheet->n_texts, at, NUDGE_HIT_TEXT, &hit);
  return hit;
}

static gboolean
lies_in (const NudgeBox *mark, const NudgeBox *box, gboolean touching)
{
  if (touching)
    return mark->x0 <= box->x1 && box->x0 <= mark->x1 && mark->y0 <= box->y1 && box->y0 <= mark->y1;
  return nudge_box_contains (box, mark->x0, mark->y0) && nudge_box_contains (box, mark->x1, mark->y1);
}

void
nudge_paint_sheet_list_in (const NudgePaintSheet *self, const NudgeBox *box, gboolean touching, GArray *hits)
{
  g_return_if_fail (self != NULL && box != NULL && hits != NULL);

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    {
      NudgeHit hit = { NUDGE_HIT_SYMBOL, i, NUDGE_NONE };

      if (self->sheet->symbols[i].unit_index != NUDGE_NONE && lies_in (&self->sheet->symbols[i].box, box, touching))
        g_array_append_val (hits, hit);
    }
  for (guint i = 0; i < self->sheet->n_boxes; i++)
    {
      NudgeHit hit = { NUDGE_HIT_BOX, i, NUDGE_NONE };

      if (lies_in (&self->sheet->boxes[i].box, box, touching))
        g_array_append_val (hits, hit);
    }
}

NudgeBox
nudge_paint_sheet_get_box (const NudgePaintSheet *self, const NudgeHit *hit)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  g_return_val_if_fail (self != NULL && hit != NULL, box);

  switch (hit->kind)
    {
    case NUDGE_HIT_SYMBOL:
      return self->symbol_boxes[hit->index];
    case NUDGE_HIT_LABEL:
      return self->label_boxes[hit->index];
    case NUDGE_HIT_BOX:
      return self->box_boxes[hit->index];
    case NUDGE_HIT_TEXT:
      return self->text_boxes[hit->index];
    case NUDGE_HIT_WIRE:
      nudge_box_add_point (&box, self->sheet->wires[hit->index].a.x, self->sheet->wires[hit->index].a.y);
      nudge_box_add_point (&box, self->sheet->wires[hit->index].b.x, self->sheet->wires[hit->index].b.y);
      return box;
    case NUDGE_HIT_SHEET_PIN:
      nudge_box_add_point (&box, self->sheet->sheet_pins[hit->index].at.x, self->sheet->sheet_pins[hit->index].at.y);
      return box;
    case NUDGE_HIT_NET:
    case NUDGE_HIT_NONE:
    default:
      return box;
    }
}

typedef void (*PointFunc) (NudgePoint at, gpointer data);

/* Calls @func for every pin end on the sheet that is in @net. */
static void
each_pin_of_net (const NudgePaintSheet *self, guint net, PointFunc func, gpointer data)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *symbol = &self->sheet->symbols[i];

      for (guint p = 0; p < symbol->symbol->n_pins; p++)
        {
          const NudgeSymbolPin *pin = &symbol->symbol->pins[p];
          guint pin_net = symbol->net;

          if (!nudge_symbol_pin_in_unit (pin, symbol->unit))
            continue;
          if (symbol->part != NUDGE_NONE)
            pin_net = nudge_circuit_net_of (circuit, symbol->part, pin->number);
          if (pin_net == net)
            func (nudge_pose_point (&symbol->pose, pin->at), data);
        }
    }
}

static void
add_to_box (NudgePoint at, gpointer data)
{
  nudge_box_add_point (data, at.x, at.y);
}

static void
add_circle (NudgePoint at, gpointer data)
{
  cairo_new_sub_path (data);
  cairo_arc (data, at.x, at.y, PIN_RADIUS, 0, 2 * G_PI);
}

NudgeBox
nudge_paint_sheet_get_highlight_box (const NudgePaintSheet *self, const NudgeHit *hit)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  g_return_val_if_fail (self != NULL && hit != NULL, box);

  if (hit->kind == NUDGE_HIT_NONE)
    return box;
  box = nudge_paint_sheet_get_box (self, hit);
  if (hit->net != NUDGE_NONE)
    {
      const NudgeDrawnSheet *sheet = self->sheet;

      for (guint i = 0; i < sheet->n_wires; i++)
        if (sheet->wires[i].net == hit->net)
          {
            nudge_box_add_point (&box, sheet->wires[i].a.x, sheet->wires[i].a.y);
            nudge_box_add_point (&box, sheet->wires[i].b.x, sheet->wires[i].b.y);
          }
      for (guint i = 0; i < sheet->n_labels; i++)
        if (sheet->labels[i].net == hit->net)
          nudge_box_add_box (&box, &self->label_boxes[i]);
      for (guint i = 0; i < sheet->n_sheet_pins; i++)
        if (sheet->sheet_pins[i].net == hit->net)
          nudge_box_add_point (&box, sheet->sheet_pins[i].at.x, sheet->sheet_pins[i].at.y);
      each_pin_of_net (self, hit->net, add_to_box, &box);
    }
  return nudge_box_is_empty (&box) ? box : nudge_box_grown (box, 2 * FRAME_GAP);
}

static void
draw_net (const NudgePaintSheet *self, cairo_t *cr, guint net)
{
  const NudgeDrawnSheet *sheet = self->sheet;

  for (guint i = 0; i < sheet->n_wires; i++)
    if (sheet->wires[i].net == net)
      {
        cairo_move_to (cr, sheet->wires[i].a.x, sheet->wires[i].a.y);
        cairo_line_to (cr, sheet->wires[i].b.x, sheet->wires[i].b.y);
        cairo_stroke (cr);
      }
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    if (sheet->sheet_pins[i].net == net)
      add_circle (sheet->sheet_pins[i].at, cr);
  each_pin_of_net (self, net, add_circle, cr);
  for (guint i = 0; i < sheet->n_labels; i++)
    if (sheet->labels[i].net == net)
      {
        const NudgeBox *b = &self->label_boxes[i];

        cairo_rectangle (cr, b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0);
      }
  cairo_stroke (cr);
}

void
nudge_paint_sheet_draw_highlight (const NudgePaintSheet *self, cairo_t *cr, const NudgeTheme *theme, const NudgeHit *hit, double alpha)
{
  double pixel = 1, other = 0;

  g_return_if_fail (self != NULL && cr != NULL && theme != NULL && hit != NULL);

  if (hit->kind == NUDGE_HIT_NONE)
    return;
  cairo_save (cr);
  cairo_device_to_user_distance (cr, &pixel, &other);
  cairo_set_line_width (cr, MAX (HIGHLIGHT_WIDTH, 2 * fabs (pixel)));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (hit->net != NUDGE_NONE)
    {
      nudge_color_set (cr, theme->colors[NUDGE_COLOR_HIGHLIGHT], alpha);
      draw_net (self, cr, hit->net);
    }
  /* A pin of a box can be moved by itself: it is marked beside its net. */
  if (hit->net == NUDGE_NONE || hit->kind == NUDGE_HIT_SHEET_PIN)
    {
      NudgeBox b = nudge_box_grown (nudge_paint_sheet_get_box (self, hit), hit->kind == NUDGE_HIT_SHEET_PIN ? PIN_FRAME : FRAME_GAP);

      nudge_color_set (cr, theme->colors[NUDGE_COLOR_SELECTION], alpha);
      cairo_rectangle (cr, b.x0, b.y0, (double) b.x1 - b.x0, (double) b.y1 - b.y0);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static char *
describe_net (const NudgeCircuit *circuit, guint net)
{
  if (net == NUDGE_NONE)
    return g_strdup (_("No net"));
  return g_strdup_printf (ngettext ("Net %s, %u pin", "Net %s, %u pins", circuit->nets[net].n_nodes), circuit->nets[net].name,
                          circuit->nets[net].n_nodes);
}

static char *
describe_sheet_pin (const NudgePaintSheet *self, guint index)
{
  const NudgeSheetPin *pin = &self->sheet->sheet_pins[index];
  g_autofree char *net = describe_net (self->drawing->layout->circuit, pin->net);
  guint box = 0;

  while (index >= self->sheet->boxes[box].first_pin + self->sheet->boxes[box].n_pins)
    box++;
  /* Translators: a pin of the box that stands for a sheet, the name of the sheet; then “Net NAME, 3 pins”. */
  return g_strdup_printf (_("Pin %s of sheet %s, %s"), pin->name, self->sheet->boxes[box].name, net);
}

static char *
describe_symbol (const NudgePaintSheet *self, const NudgeDrawnSymbol *symbol)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;
  guint part = nudge_paint_part (self, symbol);

  if (part == NUDGE_NONE)
    return g_strdup_printf (_("%s, power symbol of net %s"), symbol->symbol->id,
                            symbol->net != NUDGE_NONE ? circuit->nets[symbol->net].name : "–");
  return g_strdup_printf ("%s %s, %s%s%s%s", circuit->parts[part].reference, circuit->parts[part].value, circuit->parts[part].symbol,
                          *circuit->parts[part].footprint != '\0' ? ", " : "", circuit->parts[part].footprint,
                          circuit->parts[part].dnp ? _(", not fitted") : "");
}

char *
nudge_paint_sheet_describe (const NudgePaintSheet *self, const NudgeHit *hit)
{
  g_return_val_if_fail (self != NULL && hit != NULL, NULL);

  switch (hit->kind)
    {
    case NUDGE_HIT_SYMBOL:
      return describe_symbol (self, &self->sheet->symbols[hit->index]);
    case NUDGE_HIT_WIRE:
    case NUDGE_HIT_LABEL:
    case NUDGE_HIT_NET:
      return describe_net (self->drawing->layout->circuit, hit->net);
    case NUDGE_HIT_SHEET_PIN:
      return describe_sheet_pin (self, hit->index);
    case NUDGE_HIT_BOX:
      return g_strdup_printf (_("Sheet %s, %s"), self->sheet->boxes[hit->index].name, self->sheet->boxes[hit->index].file);
    case NUDGE_HIT_TEXT:
      return g_strdup (_("Text"));
    case NUDGE_HIT_NONE:
    default:
      return g_strdup ("");
    }
}
