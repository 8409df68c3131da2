#include "arrange/synth-measure.h"

#include <math.h>

#define TEXT_HEIGHT 2.54
#define NAME_OFFSET 0.508
#define NUMBER_MARGIN (1.27 * 1.5)
#define LABEL_CHARS 3 /* every pin is given a label of three characters */
#define LABEL_WIDTH (LABEL_CHARS * TEXT_HEIGHT * 0.65)
#define LABEL_HEIGHT (LABEL_CHARS * TEXT_HEIGHT)
#define BODY_MARGIN 0.254

typedef struct
{
  double x0, y0, x1, y1;
} Extent;

double
nudge_synth_mm (gint32 v)
{
  return v / (double) NUDGE_UNITS_PER_MM;
}

gint32
nudge_synth_units (double mm)
{
  return (gint32) rint (mm * NUDGE_UNITS_PER_MM);
}

double
nudge_synth_snap (double v, double grid)
{
  return rint (v / grid) * grid;
}

static void
extent_add (Extent *e, double x0, double y0, double x1, double y1)
{
  e->x0 = MIN (e->x0, MIN (x0, x1));
  e->y0 = MIN (e->y0, MIN (y0, y1));
  e->x1 = MAX (e->x1, MAX (x0, x1));
  e->y1 = MAX (e->y1, MAX (y0, y1));
}

static void
extent_add_shape (Extent *e, const NudgeShape *shape)
{
  double x = nudge_synth_mm (shape->points[0].x), y = nudge_synth_mm (shape->points[0].y), r = nudge_synth_mm (shape->radius);

  switch (shape->kind)
    {
    case NUDGE_SHAPE_CIRCLE:
      extent_add (e, x - r, y - r, x + r, y + r);
      break;
    case NUDGE_SHAPE_TEXT:
      extent_add (e, x, y - TEXT_HEIGHT / 2, x, y + TEXT_HEIGHT / 2);
      break;
    case NUDGE_SHAPE_BEZIER:
      break;
    default:
      for (guint i = 0; i < shape->n_points; i++)
        {
          double px = nudge_synth_mm (shape->points[i].x), py = nudge_synth_mm (shape->points[i].y);

          extent_add (e, px, py, px, py);
        }
    }
}

/* The end at the body, as Python computes it: the cosine of a right angle is not quite 0. */
static Extent
pin_line (const NudgeSymbolPin *pin, double *ex, double *ey)
{
  double angle = pin->direction * 90.0 * (G_PI / 180.0);
  double x = nudge_synth_mm (pin->at.x), y = nudge_synth_mm (pin->at.y), length = nudge_synth_mm (pin->length);

  *ex = x + length * cos (angle);
  *ey = y + length * sin (angle);
  return (Extent){ MIN (x, *ex), MIN (y, *ey), MAX (x, *ex), MAX (y, *ey) };
}

static void
extent_add_numbered (Extent *e, const NudgeSymbolPin *pin, Extent p)
{
  double margin = pin->number[0] != '\0' ? NUMBER_MARGIN : 0;

  extent_add (e, p.x0 - margin, p.y0 - margin, p.x1 + margin, p.y1 + margin);
}

static void
extent_add_pin (Extent *e, const NudgeSymbolPin *pin)
{
  double ex, ey;
  Extent p = pin_line (pin, &ex, &ey);

  switch (pin->direction)
    {
    case 0:
      p.x0 = MIN (p.x0, ex - NAME_OFFSET - LABEL_WIDTH);
      break;
    case 1:
      p.y0 = MIN (p.y0, ey - NAME_OFFSET - LABEL_HEIGHT);
      break;
    case 2:
      p.x1 = MAX (p.x1, ex + NAME_OFFSET + LABEL_WIDTH);
      break;
    default:
      p.y1 = MAX (p.y1, ey + NAME_OFFSET + LABEL_HEIGHT);
    }
  extent_add_numbered (e, pin, p);
}

/* Shapes, and pins as @add_pin counts them. */
static Extent
symbol_extent (const NudgeSymbol *symbol, void (*add_pin) (Extent *e, const NudgeSymbolPin *pin))
{
  Extent e = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (guint i = 0; i < symbol->n_shapes; i++)
    if (symbol->shapes[i].n_points > 0)
      extent_add_shape (&e, &symbol->shapes[i]);
  for (guint i = 0; i < symbol->n_pins; i++)
    add_pin (&e, &symbol->pins[i]);
  if (!isfinite (e.x0))
    e = (Extent){ -5, -5, 5, 5 };
  return (Extent){ e.x0 - BODY_MARGIN, e.y0 - BODY_MARGIN, e.x1 + BODY_MARGIN, e.y1 + BODY_MARGIN };
}

static void
symbol_size (const NudgeSymbol *symbol, double *w, double *h)
{
  Extent e = symbol_extent (symbol, extent_add_pin);
  double property_width, width, height;

  width = e.x1 - e.x0;
  height = e.y1 - e.y0;
  property_width = MAX (10.0, width * 0.8);
  e.y0 -= MAX (5.0, height * 0.1) + 2.54;
  e.y1 += MAX (10.0, height * 0.15) + 2.54;
  if (property_width > width)
    {
      double centre = (e.x0 + e.x1) / 2;

      e.x0 = MIN (e.x0, centre - property_width / 2);
      e.x1 = MAX (e.x1, centre + property_width / 2);
    }
  *w = e.x1 - e.x0;
  *h = e.y1 - e.y0;
}

/* July 2025: the pin's own name, set where the pin ends and whatever else stood there. */
static void
extent_add_named_pin (Extent *e, const NudgeSymbolPin *pin)
{
  double ex, ey, width = g_utf8_strlen (pin->name, -1) * TEXT_HEIGHT * 2.0;
  Extent p = pin_line (pin, &ex, &ey);

  if (pin->name[0] != '\0' && !g_str_equal (pin->name, "~"))
    switch (pin->direction)
      {
      case 0:
        p.x1 = ex + width;
        break;
      case 1:
        p.y1 = ey + width;
        break;
      case 2:
        p.x0 = ex - width;
        break;
      default:
        p.y0 = ey - width;
      }
  extent_add_numbered (e, pin, p);
}

/* A variant is wider than the symbol that the Python program measures. */
static const NudgeSymbol *
measured_symbol (const NudgeLayout *layout, guint unit)
{
  const NudgeSymbol *symbol = layout->units[unit].symbol, *original = NULL;

  if (symbol->variant != NULL)
    original = nudge_library_get_symbol (layout->library, symbol->id, NULL);
  return original != NULL ? original : symbol;
}

void
nudge_synth_symbol_size (const NudgeLayout *layout, guint unit, double *w, double *h)
{
  symbol_size (measured_symbol (layout, unit), w, h);
}

void
nudge_synth_july_symbol_size (const NudgeLayout *layout, guint unit, double *w, double *h)
{
  Extent e = symbol_extent (measured_symbol (layout, unit), extent_add_named_pin);

  *w = MAX (e.x1 - e.x0, 10.0);
  *h = e.y1 - e.y0 + 5.0 + 10.0 + 2 * 2.54;
}

NudgeSynthBox
nudge_synth_box_size (const NudgeCircuit *circuit, guint child)
{
  const NudgeBlock *block = &circuit->blocks[child];
  double name_width = g_utf8_strlen (block->name, -1) * 1.5 + 10;
  glong longest = 0;
  NudgeSynthBox box;
  double label_width;

  for (guint i = block->first_mention; i < block->first_mention + block->n_mentions; i++)
    longest = MAX (longest, g_utf8_strlen (circuit->mentions[i].name, -1));
  label_width = longest * 1.27 + 10;
  box.h = MAX (20.32, block->n_mentions * 2.54 + 2 * 5.08);
  box.w = MAX (25.4, name_width);
  box.flow_w = box.w + label_width;
  box.row_w = MAX (MAX (25.4, name_width), 25.4 + label_width);
  return box;
}
