/* connect-items.c: what hangs together on one sheet, by touch and by name. */
#include "drawing/connect-items.h"

#include "base/disjoint-sets.h"

#include <string.h>

typedef struct
{
  NudgePoint at;
  guint item;
} Contact;

static void
add_contact (NudgeSheetItems *self, guint item, NudgePoint at)
{
  Contact contact = { at, item };

  g_array_append_val (self->contacts, contact);
}

static void
collect_pins (NudgeSheetItems *self)
{
  g_autoptr (GArray) symbols = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint s = 0; s < self->sheet->n_symbols; s++)
    {
      const NudgeDrawnSymbol *symbol = &self->sheet->symbols[s];

      for (guint p = 0; p < symbol->symbol->n_pins; p++)
        {
          const NudgeSymbolPin *pin = &symbol->symbol->pins[p];

          if (!nudge_symbol_pin_in_unit (pin, symbol->unit))
            continue;
          /* KiCad connects nothing to a pin that is not to be connected, whatever meets there. */
          if (!g_str_equal (pin->type, "no_connect"))
            add_contact (self, symbols->len, nudge_pose_point (&symbol->pose, pin->at));
          g_array_append_val (symbols, s);
          g_array_append_val (indices, p);
        }
    }
  self->n_pins = symbols->len;
  self->pin_symbols = (guint *) g_array_free (g_steal_pointer (&symbols), FALSE);
  self->pin_indices = (guint *) g_array_free (g_steal_pointer (&indices), FALSE);
}

static void
collect_items (NudgeSheetItems *self, const NudgeDrawnSheet *sheet)
{
  *self = (NudgeSheetItems){ .sheet = sheet, .contacts = g_array_new (FALSE, FALSE, sizeof (Contact)) };
  collect_pins (self);
  self->first_wire = self->n_pins;
  self->first_junction = self->first_wire + sheet->n_wires;
  self->first_label = self->first_junction + sheet->n_junctions;
  self->first_sheet_pin = self->first_label + sheet->n_labels;
  self->first_member = self->first_sheet_pin + sheet->n_sheet_pins;
  self->bus_marks = nudge_bus_marks_new (sheet, self->first_member, &self->n_items);
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
join_coincident (NudgeSheetItems *self)
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
join_to_wires (NudgeSheetItems *self, GHashTable *rows, guint item, NudgePoint at)
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

static const char *
field_text (const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol, const char *name)
{
  for (guint i = symbol->first_field; i < symbol->first_field + symbol->n_fields; i++)
    if (g_str_equal (sheet->fields[i].name, name))
      return sheet->fields[i].text;
  return "";
}

const char *
nudge_drawn_pin_global_name (const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol, const NudgeSymbolPin *pin)
{
  if (!g_str_equal (pin->type, "power_in"))
    return NULL;
  if (symbol->symbol->is_power)
    return field_text (sheet, symbol, "Value");
  return pin->hidden ? pin->name : NULL;
}

void
nudge_sets_join_named (guint *parents, GHashTable *names, const char *name, guint item)
{
  gpointer other = g_hash_table_lookup (names, name);

  if (other == NULL)
    g_hash_table_insert (names, (gpointer) name, GUINT_TO_POINTER (item + 1));
  else
    nudge_sets_join (parents, GPOINTER_TO_UINT (other) - 1, item);
}

static void
join_names (NudgeSheetItems *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_pins; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[self->pin_symbols[i]];
      const char *name = nudge_drawn_pin_global_name (sheet, symbol, &symbol->symbol->pins[self->pin_indices[i]]);

      if (name != NULL)
        nudge_sets_join_named (self->parents, names, name, i);
    }
  for (guint i = 0; i < sheet->n_labels; i++)
    nudge_sets_join_named (self->parents, names, sheet->labels[i].text, self->first_label + i);
  for (guint i = 0; self->bus_marks != NULL && i < self->bus_marks->len; i++)
    {
      const NudgeBusMark *mark = &g_array_index (self->bus_marks, NudgeBusMark, i);

      for (guint k = 0; mark->names_members && k < mark->name->n_members; k++)
        nudge_sets_join_named (self->parents, names, sheet->bus_members[mark->name->first_member + k].name, mark->first_item + k);
    }
}

void
nudge_sheet_items_init (NudgeSheetItems *self, const NudgeDrawnSheet *sheet)
{
  g_autoptr (GHashTable) rows = index_wires (sheet);

  collect_items (self, sheet);
  join_coincident (self);
  for (guint i = 0; i < sheet->n_junctions; i++)
    join_to_wires (self, rows, self->first_junction + i, sheet->junctions[i].at);
  for (guint i = 0; i < sheet->n_labels; i++)
    join_to_wires (self, rows, self->first_label + i, sheet->labels[i].at);
  join_names (self);
  if (self->bus_marks != NULL)
    nudge_bus_marks_join (self->bus_marks, sheet, self->parents);
}

void
nudge_sheet_items_clear (NudgeSheetItems *self)
{
  g_array_unref (self->contacts);
  g_free (self->pin_symbols);
  g_free (self->pin_indices);
  g_free (self->parents);
  g_clear_pointer (&self->bus_marks, g_array_unref);
}
