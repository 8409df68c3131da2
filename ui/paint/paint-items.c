/* Wires, junctions, no-connects, texts and images. */
#include "paint/paint-private.h"

/* KiCad's 36 mils, and its pen around them. */
#define JUNCTION_RADIUS (4572 + NUDGE_PAINT_LINE / 2)
#define CROSS 6096
#define BUS_WIDTH 3048
/* KiCad sets a text that has no box a little above its anchor. */
#define TEXT_RISE 2501

static NudgeBox
wire_box (const NudgeWire *wire)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  nudge_box_add_point (&box, wire->a.x, wire->a.y);
  nudge_box_add_point (&box, wire->b.x, wire->b.y);
  return nudge_box_grown (box, BUS_WIDTH);
}

static void
paint_lines (NudgePaint *paint, const NudgeWire *lines, guint n, gint32 width)
{
  for (guint i = 0; i < n; i++)
    {
      const NudgeWire *line = &lines[i];
      NudgeBox box = wire_box (line);

      if (!nudge_paint_visible (paint, &box))
        continue;
      paint->stats.wires++;
      nudge_paint_pen (paint, width, line->a.x == line->b.x || line->a.y == line->b.y);
      cairo_move_to (paint->cr, line->a.x, line->a.y);
      cairo_line_to (paint->cr, line->b.x, line->b.y);
      cairo_stroke (paint->cr);
    }
}

void
nudge_paint_wires (NudgePaint *paint)
{
  const NudgeDrawnSheet *sheet = paint->sheet;

  nudge_paint_use (paint, NUDGE_COLOR_BUS);
  paint_lines (paint, sheet->buses, sheet->n_buses, BUS_WIDTH);
  nudge_paint_use (paint, NUDGE_COLOR_WIRE);
  paint_lines (paint, sheet->bus_entries, sheet->n_bus_entries, NUDGE_PAINT_LINE);
  paint_lines (paint, sheet->wires, sheet->n_wires, NUDGE_PAINT_LINE);
}

void
nudge_paint_junctions (NudgePaint *paint)
{
  double radius = paint->scale > 0 ? MAX (JUNCTION_RADIUS, 1 / paint->scale) : JUNCTION_RADIUS;

  nudge_paint_use (paint, NUDGE_COLOR_JUNCTION);
  for (guint i = 0; i < paint->sheet->n_junctions; i++)
    {
      NudgePoint at = paint->sheet->junctions[i].at;
      NudgeBox box = nudge_box_grown ((NudgeBox){ at.x, at.y, at.x, at.y }, JUNCTION_RADIUS);

      if (!nudge_paint_visible (paint, &box))
        continue;
      cairo_arc (paint->cr, at.x, at.y, radius, 0, 2 * G_PI);
      cairo_fill (paint->cr);
    }
}

void
nudge_paint_no_connects (NudgePaint *paint)
{
  nudge_paint_use (paint, NUDGE_COLOR_NO_CONNECT);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, FALSE);
  for (guint i = 0; i < paint->sheet->n_no_connects; i++)
    {
      NudgePoint at = paint->sheet->no_connects[i];
      NudgeBox box = nudge_box_grown ((NudgeBox){ at.x, at.y, at.x, at.y }, CROSS + NUDGE_PAINT_LINE);

      if (!nudge_paint_visible (paint, &box))
        continue;
      cairo_move_to (paint->cr, at.x - CROSS, at.y - CROSS);
      cairo_line_to (paint->cr, at.x + CROSS, at.y + CROSS);
      cairo_move_to (paint->cr, at.x + CROSS, at.y - CROSS);
      cairo_line_to (paint->cr, at.x - CROSS, at.y + CROSS);
      cairo_stroke (paint->cr);
    }
}

static guint32
own_color (const NudgePaint *paint, guint32 color, NudgeColorRole role)
{
  return color == NUDGE_COLOR_DEFAULT ? nudge_paint_color (paint, role) : color & 0xffffffu;
}

static void
paint_text_frame (NudgePaint *paint, const NudgeDrawnText *text)
{
  const NudgeBox *b = &text->box;
  double width = text->border_width > 0 ? text->border_width : NUDGE_PAINT_LINE;

  cairo_rectangle (paint->cr, b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0);
  if (text->filled)
    {
      nudge_color_set (paint->cr, own_color (paint, text->fill_color, NUDGE_COLOR_SYMBOL_FILL), 1);
      cairo_fill_preserve (paint->cr);
    }
  if (text->border_width >= 0)
    {
      nudge_color_set (paint->cr, own_color (paint, text->border_color, NUDGE_COLOR_TEXT), 1);
      nudge_paint_pen (paint, width, TRUE);
      nudge_paint_dashes (paint, text->border, width);
      cairo_stroke_preserve (paint->cr);
      cairo_set_dash (paint->cr, NULL, 0, 0);
    }
  cairo_new_path (paint->cr);
}

/* A coordinate of the text's anchor inside its box, by justification. */
static double
justified (gint8 justify, gint32 low, gint32 high)
{
  return justify < 0 ? low : justify > 0 ? high : (low + high) / 2.0;
}

void
nudge_paint_drawn_text (NudgePaint *paint, guint index)
{
  const NudgeDrawnText *text = &paint->sheet->texts[index];
  const NudgeBox *b = &text->box;
  double x = b->x0, y = b->y0 - TEXT_RISE;

  if (text->boxed)
    {
      paint_text_frame (paint, text);
      x = justified (text->style.justify_h, b->x0 + text->margin[0], b->x1 - text->margin[2]);
      y = justified (text->style.justify_v, b->y0 + text->margin[1], b->y1 - text->margin[3]);
      if (text->angle == 90)
        {
          x = justified (text->style.justify_v, b->x0 + text->margin[0], b->x1 - text->margin[2]);
          y = justified ((gint8) -text->style.justify_h, b->y0 + text->margin[1], b->y1 - text->margin[3]);
        }
    }
  nudge_color_set (paint->cr, own_color (paint, text->text_color, NUDGE_COLOR_TEXT), 1);
  nudge_paint_text (paint, paint->view->wrapped[index], x, y, text->angle, &text->style);
}

void
nudge_paint_image (NudgePaint *paint, guint index)
{
  const NudgeDrawnImage *image = &paint->sheet->images[index];
  cairo_surface_t *pixels = paint->view->images[index];
  double x = image->at.x - image->size.x / 2.0, y = image->at.y - image->size.y / 2.0;
  NudgeBox box = { (gint32) x, (gint32) y, (gint32) x + image->size.x, (gint32) y + image->size.y };

  if (!nudge_paint_visible (paint, &box) || image->size.x <= 0 || image->size.y <= 0)
    return;
  if (pixels == NULL)
    {
      /* A frame with a stroke through it stands for what cannot be read. */
      nudge_paint_use (paint, NUDGE_COLOR_TEXT);
      nudge_paint_pen (paint, NUDGE_PAINT_LINE, FALSE);
      cairo_rectangle (paint->cr, x, y, image->size.x, image->size.y);
      cairo_move_to (paint->cr, box.x0, box.y0);
      cairo_line_to (paint->cr, box.x1, box.y1);
      cairo_stroke (paint->cr);
      return;
    }
  cairo_save (paint->cr);
  cairo_translate (paint->cr, x, y);
  cairo_scale (paint->cr, image->size.x / (double) cairo_image_surface_get_width (pixels),
               image->size.y / (double) cairo_image_surface_get_height (pixels));
  cairo_set_source_surface (paint->cr, pixels, 0, 0);
  cairo_paint (paint->cr);
  cairo_restore (paint->cr);
}
