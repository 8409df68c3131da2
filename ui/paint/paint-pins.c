/* Pins: lines, the signs at their ends, names and numbers. */
#include "paint/paint-private.h"

#include <string.h>

#define NUMBER_MARGIN 2540
#define SIGN 6350
#define CROSS 3810

/* A pin on the sheet. `d` points from the end to the body, `n` to the side on which KiCad puts signs and numbers. */
typedef struct
{
  NudgePoint end, body;
  gint dx, dy;
  gint nx, ny;
} Stand;

static Stand
stand_of (const NudgePose *pose, const NudgeSymbolPin *pin)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 };
  static const gint8 dy[4] = { 0, -1, 0, 1 };
  guint direction = nudge_pose_direction (pose, pin->direction);
  Stand stand = { .end = nudge_pose_point (pose, pin->at), .dx = dx[direction], .dy = dy[direction] };

  stand.body = (NudgePoint){ stand.end.x + stand.dx * pin->length, stand.end.y + stand.dy * pin->length };
  stand.nx = stand.dx != 0 ? 0 : -1;
  stand.ny = stand.dx != 0 ? -1 : 0;
  return stand;
}

/* The point @along units beyond the body's edge and @aside to the side. */
static NudgePoint
beyond (const Stand *stand, gint32 along, gint32 aside)
{
  return (NudgePoint){ stand->body.x + stand->dx * along + stand->nx * aside, stand->body.y + stand->dy * along + stand->ny * aside };
}

static void
add_lines (cairo_t *cr, const NudgePoint *points, guint n)
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
}

static gboolean
has (const NudgeSymbolPin *pin, const char *sign)
{
  return strstr (pin->shape, sign) != NULL;
}

static gint32
line_inset (const NudgeSymbolPin *pin)
{
  if (has (pin, "inverted") || strcmp (pin->shape, "edge_clock_high") == 0)
    return MIN (2 * SIGN, pin->length);
  return 0;
}

static void
add_signs (cairo_t *cr, const Stand *stand, const NudgeSymbolPin *pin)
{
  if (has (pin, "inverted"))
    {
      NudgePoint centre = beyond (stand, -SIGN, 0);

      cairo_new_sub_path (cr);
      cairo_arc (cr, centre.x, centre.y, SIGN, 0, 2 * G_PI);
    }
  if (strcmp (pin->shape, "edge_clock_high") == 0)
    add_lines (cr, (NudgePoint[]){ beyond (stand, 0, SIGN), beyond (stand, -2 * SIGN, 0), beyond (stand, 0, -SIGN) }, 3);
  else if (has (pin, "clock"))
    add_lines (cr, (NudgePoint[]){ beyond (stand, 0, SIGN), beyond (stand, 2 * SIGN, 0), beyond (stand, 0, -SIGN) }, 3);
  if (strcmp (pin->shape, "input_low") == 0 || strcmp (pin->shape, "clock_low") == 0)
    add_lines (cr, (NudgePoint[]){ beyond (stand, -2 * SIGN, 0), beyond (stand, -2 * SIGN, 2 * SIGN), beyond (stand, 0, 0) }, 3);
  if (strcmp (pin->shape, "output_low") == 0)
    add_lines (cr, (NudgePoint[]){ beyond (stand, 0, 2 * SIGN), beyond (stand, -2 * SIGN, 0) }, 2);
  if (strcmp (pin->shape, "non_logic") == 0)
    {
      add_lines (cr, (NudgePoint[]){ beyond (stand, -SIGN, -SIGN), beyond (stand, SIGN, SIGN) }, 2);
      add_lines (cr, (NudgePoint[]){ beyond (stand, -SIGN, SIGN), beyond (stand, SIGN, -SIGN) }, 2);
    }
  if (g_strcmp0 (pin->type, "no_connect") == 0)
    {
      gint32 x = stand->end.x, y = stand->end.y;

      add_lines (cr, (NudgePoint[]){ { x - CROSS, y - CROSS }, { x + CROSS, y + CROSS } }, 2);
      add_lines (cr, (NudgePoint[]){ { x - CROSS, y + CROSS }, { x + CROSS, y - CROSS } }, 2);
    }
}

static void
paint_beside (NudgePaint *paint, const Stand *stand, const char *text, gint32 size, gboolean above)
{
  NudgeTextStyle style = { .height = size, .width = size, .justify_v = above ? 1 : -1 };
  gint32 margin = above ? NUMBER_MARGIN : -NUMBER_MARGIN;
  double x = (stand->end.x + stand->body.x) / 2.0 + stand->nx * margin;
  double y = (stand->end.y + stand->body.y) / 2.0 + stand->ny * margin;

  nudge_paint_text (paint, text, x, y, stand->dx != 0 ? 0 : 90, &style);
}

static void
paint_inside (NudgePaint *paint, const Stand *stand, const char *text, gint32 size, gint32 offset)
{
  gboolean forward = stand->dx > 0 || stand->dy < 0;
  NudgeTextStyle style = { .height = size, .width = size, .justify_h = forward ? -1 : 1 };
  NudgePoint at = beyond (stand, offset, 0);

  nudge_paint_text (paint, text, at.x, at.y, stand->dx != 0 ? 0 : 90, &style);
}

static void
paint_pin_texts (NudgePaint *paint, const NudgeSymbol *look, const Stand *stand, const NudgeSymbolPin *pin)
{
  gboolean named = !look->pin_names_hidden && *pin->name != '\0' && strcmp (pin->name, "~") != 0;
  gboolean numbered = !look->pin_numbers_hidden && *pin->number != '\0';
  gboolean outside = look->pin_name_offset == 0;

  if (named && nudge_paint_readable (paint, pin->name_size))
    {
      nudge_paint_use (paint, NUDGE_COLOR_PIN_NAME);
      if (outside)
        paint_beside (paint, stand, pin->name, pin->name_size, TRUE);
      else
        paint_inside (paint, stand, pin->name, pin->name_size, look->pin_name_offset);
    }
  if (numbered && nudge_paint_readable (paint, pin->number_size))
    {
      nudge_paint_use (paint, NUDGE_COLOR_PIN_NUMBER);
      paint_beside (paint, stand, pin->number, pin->number_size, !(named && outside));
    }
}

static gboolean
is_shown (const NudgeDrawnSymbol *symbol, const NudgeSymbolPin *pin)
{
  return !pin->hidden && nudge_symbol_pin_in_unit (pin, symbol->unit);
}

void
nudge_paint_pins (NudgePaint *paint, const NudgeDrawnSymbol *symbol)
{
  const NudgeSymbol *look = symbol->symbol;
  cairo_t *cr = paint->cr;

  nudge_paint_use (paint, NUDGE_COLOR_PIN);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, TRUE);
  for (guint i = 0; i < look->n_pins; i++)
    if (is_shown (symbol, &look->pins[i]))
      {
        Stand stand = stand_of (&symbol->pose, &look->pins[i]);
        NudgePoint line[2] = { stand.end, beyond (&stand, -line_inset (&look->pins[i]), 0) };

        if (look->pins[i].length > 0)
          add_lines (cr, line, 2);
      }
  cairo_stroke (cr);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, FALSE);
  for (guint i = 0; i < look->n_pins; i++)
    if (is_shown (symbol, &look->pins[i]))
      {
        Stand stand = stand_of (&symbol->pose, &look->pins[i]);

        add_signs (cr, &stand, &look->pins[i]);
        cairo_stroke (cr);
      }
  for (guint i = 0; i < look->n_pins; i++)
    if (is_shown (symbol, &look->pins[i]))
      {
        Stand stand = stand_of (&symbol->pose, &look->pins[i]);

        paint_pin_texts (paint, look, &stand, &look->pins[i]);
      }
}
