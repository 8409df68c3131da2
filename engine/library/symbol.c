#include "library/symbol.h"

#include "base/limits.h"
#include "library/symbol-reader.h"

#include <math.h>
#include <string.h>

const NudgeSymbolField *
nudge_symbol_find_field (const NudgeSymbol *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  for (guint i = 0; i < self->n_fields; i++)
    if (strcmp (self->fields[i].name, name) == 0)
      return &self->fields[i];
  return NULL;
}

const char *
nudge_symbol_field (const NudgeSymbol *self, const char *name)
{
  const NudgeSymbolField *field = nudge_symbol_find_field (self, name);

  return field != NULL ? field->value : "";
}

guint
nudge_symbol_first_numbered (const NudgeSymbol *self, const char *number)
{
  guint low = 0, high = self->n_pins;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (self->pins[self->by_number[middle]].number, number) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
nudge_symbol_find_pin (const NudgeSymbol *self, const char *number)
{
  g_return_val_if_fail (self != NULL && number != NULL, NUDGE_NONE);
  for (guint i = self->by_number != NULL ? nudge_symbol_first_numbered (self, number) : 0; i < self->n_pins; i++)
    {
      guint index = self->by_number != NULL ? self->by_number[i] : i;
      const NudgeSymbolPin *pin = &self->pins[index];

      if (strcmp (pin->number, number) == 0)
        {
          if (pin->body_style < 2)
            return index;
        }
      else if (self->by_number != NULL)
        break;
    }
  return NUDGE_NONE;
}

gboolean
nudge_symbol_pin_in_unit (const NudgeSymbolPin *pin, guint unit)
{
  return (pin->unit == 0 || pin->unit == unit) && pin->body_style < 2;
}

gboolean
nudge_symbol_shape_in_unit (const NudgeShape *shape, guint unit)
{
  return (shape->unit == 0 || shape->unit == unit) && shape->body_style < 2;
}

static void
add_clamped (NudgeBox *box, double x, double y)
{
  nudge_box_add_point (box, (gint32) CLAMP (x, -NUDGE_MAX_COORDINATE, NUDGE_MAX_COORDINATE),
                       (gint32) CLAMP (y, -NUDGE_MAX_COORDINATE, NUDGE_MAX_COORDINATE));
}

/* An arc reaches beyond its three points where it passes the right, top, left or bottom of its circle. */
static void
add_arc (NudgeBox *box, const NudgePoint *p)
{
  static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };
  double bx = p[1].x - p[0].x, by = p[1].y - p[0].y, cx = p[2].x - p[0].x, cy = p[2].y - p[0].y;
  double turn = bx * cy - by * cx;
  double b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
  double x, y, radius;

  for (guint i = 0; i < 3; i++)
    nudge_box_add_point (box, p[i].x, p[i].y);
  if (turn == 0)
    return;
  x = (cy * b2 - by * c2) / (2 * turn);
  y = (bx * c2 - cx * b2) / (2 * turn);
  radius = sqrt (x * x + y * y);
  for (guint side = 0; side < 4; side++)
    {
      double px = x + dx[side] * radius, py = y + dy[side] * radius;

      /* On the arc when on the side of the chord on which its middle lies. */
      if ((cx * py - cy * px < 0) == (turn > 0))
        add_clamped (box, p[0].x + px, p[0].y + py);
    }
}

static void
add_shape (NudgeBox *box, const NudgeShape *shape)
{
  switch (shape->kind)
    {
    case NUDGE_SHAPE_CIRCLE:
      nudge_box_add_point (box, shape->points[0].x - shape->radius, shape->points[0].y - shape->radius);
      nudge_box_add_point (box, shape->points[0].x + shape->radius, shape->points[0].y + shape->radius);
      break;
    case NUDGE_SHAPE_ARC:
      add_arc (box, shape->points);
      break;
    case NUDGE_SHAPE_TEXT:
      break;
    case NUDGE_SHAPE_RECTANGLE:
    case NUDGE_SHAPE_POLYLINE:
    case NUDGE_SHAPE_BEZIER:
    default:
      for (guint i = 0; i < shape->n_points; i++)
        nudge_box_add_point (box, shape->points[i].x, shape->points[i].y);
    }
}

static NudgeBox
shapes_box (const NudgeSymbol *self, guint unit)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 0; i < self->n_shapes; i++)
    if (nudge_symbol_shape_in_unit (&self->shapes[i], unit))
      add_shape (&box, &self->shapes[i]);
  return box;
}

static void
add_pins (NudgeBox *box, const NudgeSymbol *self, guint unit)
{
  static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };

  for (guint i = 0; i < self->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &self->pins[i];

      if (!nudge_symbol_pin_in_unit (pin, unit))
        continue;
      nudge_box_add_point (box, pin->at.x, pin->at.y);
      if (!pin->hidden)
        nudge_box_add_point (box, pin->at.x + dx[pin->direction & 3] * pin->length, pin->at.y + dy[pin->direction & 3] * pin->length);
    }
}

NudgeBox
nudge_symbol_body_box (const NudgeSymbol *self, guint unit)
{
  NudgeBox box;

  g_return_val_if_fail (self != NULL, NUDGE_BOX_EMPTY);
  box = shapes_box (self, unit);
  if (nudge_box_is_empty (&box))
    add_pins (&box, self, unit);
  return box;
}

NudgeBox
nudge_symbol_box (const NudgeSymbol *self, guint unit)
{
  NudgeBox box;

  g_return_val_if_fail (self != NULL, NUDGE_BOX_EMPTY);
  box = shapes_box (self, unit);
  add_pins (&box, self, unit);
  return box;
}
