/* connectivity.c: KiCad's connection rules.
 *
 * On a sheet: things whose connection points coincide are connected; a label or a junction also takes hold of a wire
 * between its ends. By name: equal labels on one sheet; power symbols, global labels and hidden power pins over the
 * whole design; a hierarchical label with the pin of its name on the box that stands for its sheet. */
#include "drawing/connectivity.h"

#include "base/disjoint-sets.h"

#include <string.h>

/* --- one sheet file --- */

/* Everything on a sheet that can connect is an item; its number is its place in this sequence:
 * pins, wires (two ends each), junctions, labels, sheet pins. */
typedef struct
{
  NudgePoint at;
  guint item;
} Contact;

typedef struct
{
  const NudgeDrawnSheet *sheet;
  guint n_pins;
  guint *pin_symbols, *pin_indices; /* n_pins: where each pin item comes from */
  guint first_wire, first_junction, first_label, first_sheet_pin, n_items;
  guint *parents;              /* n_items */
  GArray *contacts;
} SheetItems;

static void
add_contact (SheetItems *self, guint item, NudgePoint at)
{
  Contact contact = { at, item };

  g_array_append_val (self->contacts, contact);
}

static void
collect_pins (SheetItems *self)
{
  g_autoptr (GArray) symbols = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint s = 0; s < self->sheet->n_symbols; s++)
    {
      const NudgeDrawnSymbol *symbol = &self->sheet->symbols[s];

      for (guint p = 0; p < symbol->symbol->n_pins; p++)
        {
          if (!nudge_symbol_pin_in_unit (&symbol->symbol->pins[p], symbol->unit))
            continue;
          add_contact (self, symbols->len, nudge_pose_point (&symbol->pose, symbol->symbol->pins[p].at));
          g_array_append_val (symbols, s);
          g_array_append_val (indices, p);
        }
    }
  self->n_pins = symbols->len;
  self->pin_symbols = (guint *) g_array_free (g_steal_pointer (&symbols), FALSE);
  self->pin_indices = (guint *) g_array_free (g_steal_pointer (&indices), FALSE);
}

static void
collect_items (SheetItems *self, const NudgeDrawnSheet *sheet)
{
  *self = (SheetItems){ .sheet = sheet, .contacts = g_array_new (FALSE, FALSE, sizeof (Contact)) };
  collect_pins (self);
  self->first_wire = self->n_pins;
  self->first_junction = self->first_wire + sheet->n_wires;
  self->first_label = self->first_junction + sheet->n_junctions;
  self->first_sheet_pin = self->first_label + sheet->n_labels;
  self->n_items = self->first_sheet_pin + sheet->n_sheet_pins;
  for (guint i = 0; i < sheet->n_wires; i++)
    {
      add_contact (self, self->first_wire + i, sheet->wires[i].a);
      add_contact (self, self->first_wire + i, sheet->wires[i].b);
    }
  for (guint i = 0; i < sheet->n_junctions; i++)
    add_contact (self, self->first_junction + i, sheet->junctions[i].at);
  for (guint i = 0; i < sheet->n_labels; i++)
    add_contact (self, self->first_label + i, sheet->labels[i].at);
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    add_contact (self, self->first_sheet_pin + i, sheet->sheet_pins[i].at);
  self->parents = nudge_sets_new (self->n_items);
}

static gint
compare_contacts (gconstpointer a, gconstpointer b)
{
  const Contact *x = a, *y = b;

  if (x->at.x != y->at.x)
    return x->at.x < y->at.x ? -1 : 1;
  if (x->at.y != y->at.y)
    return x->at.y < y->at.y ? -1 : 1;
  return x->item < y->item ? -1 : x->item > y->item;
}

static void
join_coincident (SheetItems *self)
{
  g_array_sort (self->contacts, compare_contacts);
  for (guint i = 1; i < self->contacts->len; i++)
    {
      const Contact *a = &g_array_index (self->contacts, Contact, i - 1), *b = &g_array_index (self->contacts, Contact, i);

      if (nudge_point_equal (a->at, b->at))
        nudge_sets_join (self->parents, a->item, b->item);
    }
}

static gboolean
wire_holds (const NudgeWire *wire, NudgePoint p)
{
  gint64 dx = wire->b.x - wire->a.x, dy = wire->b.y - wire->a.y;

  if (p.x < MIN (wire->a.x, wire->b.x) || p.x > MAX (wire->a.x, wire->b.x) || p.y < MIN (wire->a.y, wire->b.y) ||
      p.y > MAX (wire->a.y, wire->b.y))
    return FALSE;
  return dx * (p.y - wire->a.y) == dy * (p.x - wire->a.x);
}

/* Wires by the row or column that they lie in; slanted ones under one key of their own. */
static GHashTable *
index_wires (const NudgeDrawnSheet *sheet)
{
  GHashTable *rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < sheet->n_wires; i++)
    {
      const NudgeWire *wire = &sheet->wires[i];
      gint64 key = wire->a.y == wire->b.y ? (gint64) wire->a.y * 4 : wire->a.x == wire->b.x ? (gint64) wire->a.x * 4 + 1 : 2;
      GArray *row = g_hash_table_lookup (rows, &key);

      if (row == NULL)
        {
          row = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (rows, g_memdup2 (&key, sizeof key), row);
        }
      g_array_append_val (row, i);
    }
  return rows;
}

static void
join_to_wires (SheetItems *self, GHashTable *rows, guint item, NudgePoint at)
{
  const gint64 keys[] = { (gint64) at.y * 4, (gint64) at.x * 4 + 1, 2 };

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      const GArray *row = g_hash_table_lookup (rows, &keys[k]);

      for (guint i = 0; row != NULL && i < row->len; i++)
        {
          guint wire = g_array_index (row, guint, i);

          if (wire_holds (&self->sheet->wires[wire], at))
            nudge_sets_join (self->parents, item, self->first_wire + wire);
        }
    }
}

static void
connect_sheet (SheetItems *self, const NudgeDrawnSheet *sheet)
{
  g_autoptr (GHashTable) rows = index_wires (sheet);

  collect_items (self, sheet);
  join_coincident (self);
  for (guint i = 0; i < sheet->n_junctions; i++)
    join_to_wires (self, rows, self->first_junction + i, sheet->junctions[i].at);
  for (guint i = 0; i < sheet->n_labels; i++)
    join_to_wires (self, rows, self->first_label + i, sheet->labels[i].at);
}

static void
clear_items (SheetItems *self)
{
  g_array_unref (self->contacts);
  g_free (self->pin_symbols);
  g_free (self->pin_indices);
  g_free (self->parents);
}

/* --- the whole design --- */

typedef struct
{
  const NudgeDrawing *drawing;
  SheetItems *sheets;
  guint *bases;                /* per block: number of its instance's first item */
  guint *parents;              /* all items of all instances */
  GHashTable *globals;         /* name -> item + 1 */
} Design;

static void
join_named (Design *self, GHashTable *names, const char *name, guint item)
{
  gpointer other = g_hash_table_lookup (names, name);

  if (other == NULL)
    g_hash_table_insert (names, (gpointer) name, GUINT_TO_POINTER (item + 1));
  else
    nudge_sets_join (self->parents, GPOINTER_TO_UINT (other) - 1, item);
}

static const char *
field_text (const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol, const char *name)
{
  for (guint i = symbol->first_field; i < symbol->first_field + symbol->n_fields; i++)
    if (g_str_equal (sheet->fields[i].name, name))
      return sheet->fields[i].text;
  return "";
}

/* The name under which a pin is known everywhere, or NULL. */
static const char *
global_pin_name (const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol, const NudgeSymbolPin *pin)
{
  if (!g_str_equal (pin->type, "power_in"))
    return NULL;
  if (symbol->symbol->is_power)
    return field_text (sheet, symbol, "Value");
  return pin->hidden ? pin->name : NULL;
}

static void
join_names_of_instance (Design *self, guint sheet_index, guint block)
{
  const SheetItems *items = &self->sheets[sheet_index];
  const NudgeDrawnSheet *sheet = items->sheet;
  guint base = self->bases[block];
  g_autoptr (GHashTable) locals = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->n_items; i++)
    nudge_sets_join (self->parents, base + i, base + nudge_sets_root (items->parents, i));
  for (guint i = 0; i < items->n_pins; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[items->pin_symbols[i]];
      const char *name = global_pin_name (sheet, symbol, &symbol->symbol->pins[items->pin_indices[i]]);

      if (name == NULL)
        continue;
      join_named (self, self->globals, name, base + i);
      join_named (self, locals, name, base + i);
    }
  for (guint i = 0; i < sheet->n_labels; i++)
    {
      if (sheet->labels[i].kind == NUDGE_LABEL_GLOBAL)
        join_named (self, self->globals, sheet->labels[i].text, base + items->first_label + i);
      join_named (self, locals, sheet->labels[i].text, base + items->first_label + i);
    }
}

/* The child of @block that stands where @drawn stands among the children of the sheet's first block. */
static guint
corresponding_child (const NudgeCircuit *circuit, guint first_block, guint drawn, guint block)
{
  guint a = circuit->blocks[first_block].first_child, b = circuit->blocks[block].first_child;

  while (a != drawn && a != NUDGE_NONE && b != NUDGE_NONE)
    {
      a = circuit->blocks[a].next_sibling;
      b = circuit->blocks[b].next_sibling;
    }
  return b;
}

/* Joins the pins of a box with the hierarchical labels of the instance below. */
static void
join_box (Design *self, const SheetItems *items, guint first_pin_item, const NudgeSheetBox *box, guint child)
{
  const SheetItems *below = &self->sheets[box->sheet];

  for (guint p = 0; p < box->n_pins; p++)
    for (guint l = 0; l < below->sheet->n_labels; l++)
      if (below->sheet->labels[l].kind == NUDGE_LABEL_HIERARCHICAL &&
          g_str_equal (below->sheet->labels[l].text, items->sheet->sheet_pins[box->first_pin + p].name))
        nudge_sets_join (self->parents, first_pin_item + p, self->bases[child] + below->first_label + l);
}

static void
join_boxes_of_instance (Design *self, guint sheet_index, guint block)
{
  const SheetItems *items = &self->sheets[sheet_index];

  for (guint b = 0; b < items->sheet->n_boxes; b++)
    {
      const NudgeSheetBox *box = &items->sheet->boxes[b];
      guint child = corresponding_child (self->drawing->layout->circuit, items->sheet->block, box->block, block);

      if (child != NUDGE_NONE)
        join_box (self, items, self->bases[block] + items->first_sheet_pin + box->first_pin, box, child);
    }
}

static guint
part_of_instance (const NudgeDrawing *drawing, const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol, guint block)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;

  return symbol->part - circuit->blocks[sheet->block].first_part + circuit->blocks[block].first_part;
}

static void
list_pins (Design *self, NudgeConnectivity *result)
{
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnPin));

  for (guint s = 0; s < self->drawing->n_sheets; s++)
    for (guint k = 0; k < self->sheets[s].sheet->n_instances; k++)
      for (guint i = 0; i < self->sheets[s].n_pins; i++)
        {
          const NudgeDrawnSheet *sheet = self->sheets[s].sheet;
          const NudgeDrawnSymbol *symbol = &sheet->symbols[self->sheets[s].pin_symbols[i]];
          guint block = sheet->instances[k].block;

          if (symbol->part != NUDGE_NONE)
            {
              NudgeDrawnPin pin = { .part = part_of_instance (self->drawing, sheet, symbol, block),
                                    .number = symbol->symbol->pins[self->sheets[s].pin_indices[i]].number,
                                    .group = nudge_sets_root (self->parents, self->bases[block] + i) };

              g_array_append_val (pins, pin);
            }
        }
  result->n_pins = pins->len;
  result->pins = (NudgeDrawnPin *) g_array_free (g_steal_pointer (&pins), FALSE);
}

static void
add_mark (Design *self, GArray *marks, guint sheet, guint item, guint net, NudgePoint at)
{
  guint base = self->bases[self->drawing->sheets[sheet].instances[0].block];
  NudgeDrawnMark mark = { net, nudge_sets_root (self->parents, base + item), sheet, at };

  if (net != NUDGE_NONE)
    g_array_append_val (marks, mark);
}

static void
list_marks_of_sheet (Design *self, guint s, GArray *marks)
{
  const SheetItems *items = &self->sheets[s];
  const NudgeDrawnSheet *sheet = items->sheet;

  for (guint i = 0; i < items->n_pins; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[items->pin_symbols[i]];

      if (symbol->part == NUDGE_NONE)
        add_mark (self, marks, s, i, symbol->net, symbol->pose.at);
    }
  for (guint i = 0; i < sheet->n_wires; i++)
    add_mark (self, marks, s, items->first_wire + i, sheet->wires[i].net, sheet->wires[i].a);
  for (guint i = 0; i < sheet->n_labels; i++)
    add_mark (self, marks, s, items->first_label + i, sheet->labels[i].net, sheet->labels[i].at);
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    add_mark (self, marks, s, items->first_sheet_pin + i, sheet->sheet_pins[i].net, sheet->sheet_pins[i].at);
}

static void
list_marks (Design *self, NudgeConnectivity *result)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnMark));

  for (guint s = 0; s < self->drawing->n_sheets; s++)
    list_marks_of_sheet (self, s, marks);
  result->n_marks = marks->len;
  result->marks = (NudgeDrawnMark *) g_array_free (g_steal_pointer (&marks), FALSE);
}

NudgeConnectivity *
nudge_connectivity_new (const NudgeDrawing *drawing)
{
  NudgeConnectivity *result = g_new0 (NudgeConnectivity, 1);
  guint n_blocks = drawing->layout->circuit->n_blocks;
  Design self = { .drawing = drawing };

  self.sheets = g_new0 (SheetItems, drawing->n_sheets);
  self.bases = g_new0 (guint, n_blocks);
  self.globals = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint s = 0; s < drawing->n_sheets; s++)
    {
      connect_sheet (&self.sheets[s], &drawing->sheets[s]);
      for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
        {
          self.bases[drawing->sheets[s].instances[k].block] = result->n_groups;
          result->n_groups += self.sheets[s].n_items;
        }
    }
  self.parents = nudge_sets_new (result->n_groups);
  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
      join_names_of_instance (&self, s, drawing->sheets[s].instances[k].block);
  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
      join_boxes_of_instance (&self, s, drawing->sheets[s].instances[k].block);
  list_pins (&self, result);
  list_marks (&self, result);

  for (guint s = 0; s < drawing->n_sheets; s++)
    clear_items (&self.sheets[s]);
  g_free (self.sheets);
  g_free (self.bases);
  g_free (self.parents);
  g_hash_table_unref (self.globals);
  return result;
}

void
nudge_connectivity_free (NudgeConnectivity *self)
{
  g_free (self->pins);
  g_free (self->marks);
  g_free (self);
}
