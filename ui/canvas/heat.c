#include "canvas/heat.h"

/* So many marks in a cell are air, and so many are a crowd. */
#define AIRY 2.5
#define CROWDED 7.0

/* Counts a mark in each cell that the box touches; @hollow: not where the cell lies wholly inside it. */
static void
add_box (NudgeHeat *self, const NudgeBox *box, gboolean hollow)
{
  gint32 x0 = MAX (box->x0 / NUDGE_HEAT_CELL, 0), y0 = MAX (box->y0 / NUDGE_HEAT_CELL, 0);
  gint32 x1 = MIN (box->x1 / NUDGE_HEAT_CELL, (gint32) self->n_columns - 1), y1 = MIN (box->y1 / NUDGE_HEAT_CELL, (gint32) self->n_rows - 1);

  for (gint32 y = y0; y <= y1; y++)
    for (gint32 x = x0; x <= x1; x++)
      if (!hollow || x == x0 || x == x1 || y == y0 || y == y1)
        self->marks[(guint) y * self->n_columns + (guint) x] += 1;
}

static void
add_symbol (NudgeHeat *self, const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol)
{
  add_box (self, &symbol->box, TRUE);
  for (guint i = symbol->first_field; i < symbol->first_field + symbol->n_fields; i++)
    {
      const NudgeDrawnField *field = &sheet->fields[i];
      NudgeBox box;

      if (field->style.hidden || field->text[0] == '\0')
        continue;
      box = nudge_drawn_field_box (&symbol->pose, field, field->text);
      add_box (self, &box, FALSE);
    }
}

static void
add_marks (NudgeHeat *self, const NudgePaintSheet *sheet)
{
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (sheet);

  for (guint i = 0; i < drawn->n_symbols; i++)
    add_symbol (self, drawn, &drawn->symbols[i]);
  for (guint i = 0; i < drawn->n_wires; i++)
    {
      NudgeBox box = NUDGE_BOX_EMPTY;

      nudge_box_add_point (&box, drawn->wires[i].a.x, drawn->wires[i].a.y);
      nudge_box_add_point (&box, drawn->wires[i].b.x, drawn->wires[i].b.y);
      add_box (self, &box, FALSE);
    }
  for (guint i = 0; i < drawn->n_labels; i++)
    {
      NudgeBox box = nudge_paint_sheet_get_box (sheet, &(NudgeHit){ NUDGE_HIT_LABEL, i, NUDGE_NONE });

      add_box (self, &box, FALSE);
    }
  for (guint i = 0; i < drawn->n_sheet_pins; i++)
    {
      NudgePoint at = drawn->sheet_pins[i].at;

      add_box (self, &(NudgeBox){ at.x, at.y, at.x, at.y }, FALSE);
    }
  for (guint i = 0; i < drawn->n_boxes; i++)
    add_box (self, &drawn->boxes[i].box, TRUE);
}

/* A cell weighs half, its four neighbours the rest. */
static void
even_out (NudgeHeat *self)
{
  float *evened = g_new0 (float, (gsize) self->n_columns * self->n_rows);

  for (guint y = 0; y < self->n_rows; y++)
    for (guint x = 0; x < self->n_columns; x++)
      {
        const float *at = &self->marks[y * self->n_columns + x];
        float around = 0;

        around += x > 0 ? at[-1] : 0;
        around += x + 1 < self->n_columns ? at[1] : 0;
        around += y > 0 ? at[-(gssize) self->n_columns] : 0;
        around += y + 1 < self->n_rows ? at[self->n_columns] : 0;
        evened[y * self->n_columns + x] = *at / 2 + around / 8;
      }
  g_free (self->marks);
  self->marks = evened;
}

NudgeHeat *
nudge_heat_new (const NudgePaintSheet *sheet)
{
  NudgePoint size = nudge_paint_sheet_get_size (sheet);
  NudgeHeat *self = g_new0 (NudgeHeat, 1);

  self->n_columns = (guint) (size.x / NUDGE_HEAT_CELL) + 1;
  self->n_rows = (guint) (size.y / NUDGE_HEAT_CELL) + 1;
  self->marks = g_new0 (float, (gsize) self->n_columns * self->n_rows);
  add_marks (self, sheet);
  even_out (self);
  return self;
}

void
nudge_heat_free (NudgeHeat *self)
{
  g_free (self->marks);
  g_free (self);
}

double
nudge_heat_at (const NudgeHeat *self, guint column, guint row)
{
  return CLAMP ((self->marks[row * self->n_columns + column] - AIRY) / (CROWDED - AIRY), 0, 1);
}
