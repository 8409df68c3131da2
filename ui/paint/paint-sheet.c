/* A sheet made ready: the boxes of its marks, measured once. */
#include "paint/paint-private.h"

static void
measure_symbols (NudgePaintSheet *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;

  self->symbol_boxes = g_new (NudgeBox, sheet->n_symbols);
  self->body_boxes = g_new (NudgeBox, sheet->n_symbols);
  for (guint i = 0; i < sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[i];
      NudgeBox body = nudge_symbol_body_box (symbol->symbol, symbol->unit);
      NudgeBox box = nudge_pose_box (&symbol->pose, &body);

      self->body_boxes[i] = box;
      if (nudge_paint_is_crossed (self, symbol))
        box = nudge_paint_cross_box (&box, &symbol->box);
      nudge_box_add_box (&box, &symbol->box);
      for (guint f = symbol->first_field; f < symbol->first_field + symbol->n_fields; f++)
        if (!sheet->fields[f].style.hidden)
          {
            NudgePaintField field = nudge_paint_place_field (&symbol->pose, &sheet->fields[f], nudge_paint_field_text (self, symbol, f));

            nudge_box_add_box (&box, &field.box);
          }
      self->symbol_boxes[i] = nudge_box_grown (box, 2 * NUDGE_PAINT_LINE);
    }
}

static NudgeBox
measure_text (NudgePaintSheet *self, guint index)
{
  const NudgeDrawnText *text = &self->sheet->texts[index];
  NudgeBox box = text->box;
  NudgeBox ink;

  if (!text->boxed)
    {
      self->wrapped[index] = g_strdup (text->text);
      return nudge_stroke_text_box (text->text, text->box.x0, text->box.y0, text->angle, &text->style);
    }
  self->wrapped[index] = nudge_stroke_text_wrap (text->text, box.x1 - box.x0 - text->margin[0] - text->margin[2], &text->style);
  ink = nudge_stroke_text_box (self->wrapped[index], box.x0 + text->margin[0], box.y0 + text->margin[1], text->angle, &text->style);
  nudge_box_add_box (&box, &ink);
  return nudge_box_grown (box, MAX (text->border_width, NUDGE_PAINT_LINE));
}

NudgePaintSheet *
nudge_paint_sheet_new (NudgeDrawing *drawing, guint sheet, guint instance)
{
  NudgePaintSheet *self;

  g_return_val_if_fail (drawing != NULL && sheet < drawing->n_sheets, NULL);
  g_return_val_if_fail (instance < drawing->sheets[sheet].n_instances, NULL);

  self = g_new0 (NudgePaintSheet, 1);
  g_atomic_ref_count_init (&self->refs);
  self->drawing = nudge_drawing_ref (drawing);
  self->sheet = &drawing->sheets[sheet];
  self->instance = instance;
  measure_symbols (self);
  self->label_boxes = g_new (NudgeBox, self->sheet->n_labels);
  for (guint i = 0; i < self->sheet->n_labels; i++)
    self->label_boxes[i] = nudge_paint_label_box (&self->sheet->labels[i]);
  self->box_boxes = g_new (NudgeBox, self->sheet->n_boxes);
  for (guint i = 0; i < self->sheet->n_boxes; i++)
    self->box_boxes[i] = nudge_paint_sheet_box_box (self->sheet, &self->sheet->boxes[i]);
  self->text_boxes = g_new (NudgeBox, self->sheet->n_texts);
  self->wrapped = g_new0 (char *, self->sheet->n_texts + 1);
  for (guint i = 0; i < self->sheet->n_texts; i++)
    self->text_boxes[i] = measure_text (self, i);
  self->images = g_new (cairo_surface_t *, self->sheet->n_images);
  for (guint i = 0; i < self->sheet->n_images; i++)
    self->images[i] = nudge_paint_decode_image (self->sheet->images[i].data);
  return self;
}

NudgePaintSheet *
nudge_paint_sheet_ref (NudgePaintSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_paint_sheet_unref (NudgePaintSheet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->symbol_boxes);
  g_free (self->body_boxes);
  g_free (self->label_boxes);
  g_free (self->box_boxes);
  g_free (self->text_boxes);
  g_strfreev (self->wrapped);
  for (guint i = 0; i < self->sheet->n_images; i++)
    g_clear_pointer (&self->images[i], cairo_surface_destroy);
  g_free (self->images);
  nudge_drawing_unref (self->drawing);
  g_free (self);
}

NudgeDrawing *
nudge_paint_sheet_get_drawing (const NudgePaintSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->drawing;
}

const NudgeDrawnSheet *
nudge_paint_sheet_get_drawn (const NudgePaintSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->sheet;
}

NudgePoint
nudge_paint_sheet_get_size (const NudgePaintSheet *self)
{
  g_return_val_if_fail (self != NULL, ((NudgePoint){ 0, 0 }));

  return nudge_paper_size (self->sheet->paper);
}

guint
nudge_paint_sheet_get_child (const NudgePaintSheet *self, guint box)
{
  const NudgeBlock *blocks;
  guint child, drawn_child;

  g_return_val_if_fail (self != NULL && box < self->sheet->n_boxes, NUDGE_NONE);

  blocks = self->drawing->layout->circuit->blocks;
  child = blocks[self->sheet->instances[self->instance].block].first_child;
  drawn_child = blocks[self->sheet->block].first_child;
  /* The box names a child of the sheet's first block: the same place among the children of this one is meant. */
  while (drawn_child != NUDGE_NONE && child != NUDGE_NONE && drawn_child != self->sheet->boxes[box].block)
    {
      drawn_child = blocks[drawn_child].next_sibling;
      child = blocks[child].next_sibling;
    }
  return child;
}

guint
nudge_paint_part (const NudgePaintSheet *view, const NudgeDrawnSymbol *symbol)
{
  const NudgeCircuit *circuit;
  guint block;

  if (symbol->part == NUDGE_NONE)
    return NUDGE_NONE;
  circuit = view->drawing->layout->circuit;
  block = view->sheet->instances[view->instance].block;
  return symbol->part - circuit->blocks[view->sheet->block].first_part + circuit->blocks[block].first_part;
}

const char *
nudge_paint_field_text (const NudgePaintSheet *view, const NudgeDrawnSymbol *symbol, guint field)
{
  guint part = nudge_paint_part (view, symbol);

  if (field == symbol->first_field && part != NUDGE_NONE)
    return view->drawing->layout->circuit->parts[part].reference;
  return view->sheet->fields[field].text;
}

NudgePaintField
nudge_paint_place_field (const NudgePose *pose, const NudgeDrawnField *field, const char *text)
{
  NudgePaintField placed = { .angle = nudge_drawn_field_angle (pose, field), .style = field->style };
  NudgePose turn = { .at = field->at, .turn = pose->turn, .mirror = pose->mirror };
  NudgePoint middle = nudge_stroke_text_middle (text, field->angle, &field->style);

  placed.at = nudge_pose_point (&turn, (NudgePoint){ middle.x, -middle.y });
  placed.style.justify_h = 0;
  placed.style.justify_v = 0;
  placed.box = nudge_stroke_text_box (text, placed.at.x, placed.at.y, placed.angle, &placed.style);
  return placed;
}
