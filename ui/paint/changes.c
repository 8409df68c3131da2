/* What differs between two pictures of a sheet: the boxes of the marks that only one of them has. */
#include "paint/paint-private.h"

#include <string.h>

/* Pins, flags and round ends reach a little beyond what was measured. */
#define REACH (NUDGE_GRID / 2)

typedef struct
{
  guint64 hash;
  NudgeBox box;
} Mark;

#define HASH_START G_GUINT64_CONSTANT (14695981039346656037)
#define HASH_PRIME G_GUINT64_CONSTANT (1099511628211)

static guint64
mix (guint64 hash, guint64 value)
{
  for (guint i = 0; i < 8; i++)
    hash = (hash ^ (value >> (8 * i) & 0xff)) * HASH_PRIME;
  return hash;
}

static guint64
mix_text (guint64 hash, const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * HASH_PRIME;
  return (hash ^ 0xff) * HASH_PRIME;
}

static guint64
mix_point (guint64 hash, NudgePoint at)
{
  return mix (hash, (guint64) (guint32) at.x << 32 | (guint32) at.y);
}

static guint64
mix_style (guint64 hash, const NudgeTextStyle *style)
{
  hash = mix (hash, (guint64) (guint32) style->height << 32 | (guint32) style->width);
  hash = mix (hash, (guint32) style->thickness);
  return mix (hash, (guint64) (style->justify_h + 1) << 8 | (guint64) (style->justify_v + 1) << 4
                      | (guint64) style->bold << 2 | (guint64) style->italic << 1 | (guint64) style->hidden);
}

static void
add (GArray *marks, NudgeHitKind kind, guint64 hash, NudgeBox box)
{
  Mark mark = { mix (hash, kind), nudge_box_grown (box, REACH) };

  g_array_append_val (marks, mark);
}

static guint64
hash_symbol (const NudgePaintSheet *self, const NudgeDrawnSymbol *symbol)
{
  guint64 hash = mix_point (HASH_START, symbol->pose.at);

  hash = mix (hash, (guint64) symbol->pose.turn << 16 | (guint64) symbol->pose.mirror << 8 | nudge_paint_is_crossed (self, symbol));
  hash = mix (hash, symbol->unit);
  hash = mix (hash, GPOINTER_TO_SIZE (symbol->symbol));
  for (guint f = symbol->first_field; f < symbol->first_field + symbol->n_fields; f++)
    {
      const NudgeDrawnField *field = &self->sheet->fields[f];

      hash = mix_text (mix_point (hash, field->at), nudge_paint_field_text (self, symbol, f));
      hash = mix_style (mix (hash, (guint64) field->angle), &field->style);
    }
  return hash;
}

static void
add_lines (GArray *marks, const NudgeWire *lines, guint n, NudgeHitKind kind)
{
  for (guint i = 0; i < n; i++)
    {
      NudgeBox box = NUDGE_BOX_EMPTY;

      nudge_box_add_point (&box, lines[i].a.x, lines[i].a.y);
      nudge_box_add_point (&box, lines[i].b.x, lines[i].b.y);
      add (marks, kind, mix_point (mix_point (HASH_START, lines[i].a), lines[i].b), box);
    }
}

static void
add_lines_and_points (const NudgeDrawnSheet *sheet, GArray *marks)
{
  add_lines (marks, sheet->wires, sheet->n_wires, NUDGE_HIT_WIRE);
  add_lines (marks, sheet->buses, sheet->n_buses, NUDGE_HIT_NONE);
  add_lines (marks, sheet->bus_entries, sheet->n_bus_entries, NUDGE_HIT_NONE);
  for (guint i = 0; i < sheet->n_junctions; i++)
    {
      NudgePoint at = sheet->junctions[i].at;

      add (marks, NUDGE_HIT_NONE, mix_point (HASH_START, at), (NudgeBox){ at.x, at.y, at.x, at.y });
    }
  for (guint i = 0; i < sheet->n_no_connects; i++)
    {
      NudgePoint at = sheet->no_connects[i];

      add (marks, NUDGE_HIT_NONE, mix (mix_point (HASH_START, at), 1), (NudgeBox){ at.x, at.y, at.x, at.y });
    }
}

static guint64
hash_box (const NudgeDrawnSheet *sheet, const NudgeSheetBox *box)
{
  guint64 hash = mix_text (mix_text (HASH_START, box->name), box->file);

  hash = mix_point (mix_point (hash, (NudgePoint){ box->box.x0, box->box.y0 }), (NudgePoint){ box->box.x1, box->box.y1 });
  for (guint p = box->first_pin; p < box->first_pin + box->n_pins; p++)
    {
      const NudgeSheetPin *pin = &sheet->sheet_pins[p];

      hash = mix (mix_text (mix_point (hash, pin->at), pin->name), (guint64) pin->side << 8 | pin->shape);
    }
  return hash;
}

static guint64
hash_text (const NudgeDrawnText *text)
{
  guint64 hash = mix_text (mix (HASH_START, (guint64) text->angle), text->text);

  hash = mix_point (mix_point (hash, (NudgePoint){ text->box.x0, text->box.y0 }), (NudgePoint){ text->box.x1, text->box.y1 });
  hash = mix (mix (hash, text->text_color), (guint64) text->fill_color << 32 | text->border_color);
  hash = mix (hash, (guint64) (guint32) text->border_width << 8 | (guint64) text->filled << 4 | (guint64) text->border);
  return mix_style (hash, &text->style);
}

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *one = a, *other = b;

  return one->hash < other->hash ? -1 : one->hash > other->hash;
}

static GArray *
list_marks (const NudgePaintSheet *self)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  const NudgeDrawnSheet *sheet = self->sheet;

  for (guint i = 0; i < sheet->n_symbols; i++)
    add (marks, NUDGE_HIT_SYMBOL, hash_symbol (self, &sheet->symbols[i]), self->symbol_boxes[i]);
  for (guint i = 0; i < sheet->n_labels; i++)
    {
      const NudgeLabel *label = &sheet->labels[i];
      guint64 hash = mix_text (mix_point (HASH_START, label->at), label->text);

      add (marks, NUDGE_HIT_LABEL, mix (hash, (guint64) label->kind << 16 | (guint64) label->shape << 8 | label->direction), self->label_boxes[i]);
    }
  for (guint i = 0; i < sheet->n_boxes; i++)
    add (marks, NUDGE_HIT_BOX, hash_box (sheet, &sheet->boxes[i]), self->box_boxes[i]);
  for (guint i = 0; i < sheet->n_texts; i++)
    add (marks, NUDGE_HIT_TEXT, hash_text (&sheet->texts[i]), self->text_boxes[i]);
  add_lines_and_points (sheet, marks);
  g_array_sort (marks, compare_marks);
  return marks;
}

static void
list_difference (GArray *before, GArray *after, GArray *boxes)
{
  guint i = 0, j = 0;

  while (i < before->len || j < after->len)
    {
      const Mark *old = i < before->len ? &g_array_index (before, Mark, i) : NULL;
      const Mark *new = j < after->len ? &g_array_index (after, Mark, j) : NULL;
      gint order = old == NULL ? 1 : new == NULL ? -1 : compare_marks (old, new);

      if (order < 0)
        g_array_append_val (boxes, old->box);
      else if (order > 0)
        g_array_append_val (boxes, new->box);
      i += order <= 0;
      j += order >= 0;
    }
}

GArray *
nudge_paint_sheet_list_changes (const NudgePaintSheet *self, const NudgePaintSheet *other)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  const NudgeSheetInstance *one, *two;
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;

  g_return_val_if_fail (self != NULL && other != NULL, boxes);

  one = &self->sheet->instances[self->instance];
  two = &other->sheet->instances[other->instance];
  /* The frame tells of these; images are seldom and seldom move. */
  if (self->sheet->paper != other->sheet->paper || one->page != two->page || strcmp (one->path, two->path) != 0
      || strcmp (self->sheet->title, other->sheet->title) != 0 || strcmp (self->sheet->file, other->sheet->file) != 0
      || self->drawing->layout->circuit->n_blocks != other->drawing->layout->circuit->n_blocks
      || self->sheet->n_images + other->sheet->n_images > 0)
    {
      NudgePoint a = nudge_paint_sheet_get_size (self), b = nudge_paint_sheet_get_size (other);
      NudgeBox all = { -NUDGE_MM (1000), -NUDGE_MM (1000), MAX (a.x, b.x) + NUDGE_MM (1000), MAX (a.y, b.y) + NUDGE_MM (1000) };

      g_array_append_val (boxes, all);
      return boxes;
    }
  before = list_marks (self);
  after = list_marks (other);
  list_difference (before, after, boxes);
  return boxes;
}
