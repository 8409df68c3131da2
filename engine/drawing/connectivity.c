/* connectivity.c: KiCad's connection rules.
 *
 * On a sheet: things whose connection points coincide are connected; a label or a junction also takes hold of a wire
 * between its ends. By name: equal labels on one sheet; power symbols, global labels and hidden power pins over the
 * whole design; a hierarchical label with the pin of its name on the box that stands for its sheet. */
#include "drawing/connectivity.h"

#include "base/disjoint-sets.h"
#include "drawing/drawing-private.h"

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
join_named (guint *parents, GHashTable *names, const char *name, guint item)
{
  gpointer other = g_hash_table_lookup (names, name);

  if (other == NULL)
    g_hash_table_insert (names, (gpointer) name, GUINT_TO_POINTER (item + 1));
  else
    nudge_sets_join (parents, GPOINTER_TO_UINT (other) - 1, item);
}

static void
join_names (SheetItems *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_pins; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[self->pin_symbols[i]];
      const char *name = global_pin_name (sheet, symbol, &symbol->symbol->pins[self->pin_indices[i]]);

      if (name != NULL)
        join_named (self->parents, names, name, i);
    }
  for (guint i = 0; i < sheet->n_labels; i++)
    join_named (self->parents, names, sheet->labels[i].text, self->first_label + i);
}

static void
connect_items (SheetItems *self, const NudgeDrawnSheet *sheet)
{
  g_autoptr (GHashTable) rows = index_wires (sheet);

  collect_items (self, sheet);
  join_coincident (self);
  for (guint i = 0; i < sheet->n_junctions; i++)
    join_to_wires (self, rows, self->first_junction + i, sheet->junctions[i].at);
  for (guint i = 0; i < sheet->n_labels; i++)
    join_to_wires (self, rows, self->first_label + i, sheet->labels[i].at);
  join_names (self);
}

static void
clear_items (SheetItems *self)
{
  g_array_unref (self->contacts);
  g_free (self->pin_symbols);
  g_free (self->pin_indices);
  g_free (self->parents);
}

/* --- what of a sheet concerns others --- */

typedef struct
{
  const char *name;
  guint group;
} NamedGroup;

struct _NudgeSheetConnections
{
  guint n_groups;
  GArray *pins;                /* NudgeDrawnPin: those of parts, of the sheet's first block, with groups of the sheet */
  GArray *marks;               /* NudgeDrawnMark, likewise */
  GArray *globals;             /* NamedGroup: known by that name on every sheet */
  GArray *ports;               /* NamedGroup: hierarchical labels */
  guint *sheet_pin_groups;
};

void
nudge_sheet_connections_free (NudgeSheetConnections *self)
{
  g_array_unref (self->pins);
  g_array_unref (self->marks);
  g_array_unref (self->globals);
  g_array_unref (self->ports);
  g_free (self->sheet_pin_groups);
  g_free (self);
}

/* (transfer full): the group of each item: numbered from 0, without gaps. */
static guint *
number_groups (SheetItems *items, guint *n_groups)
{
  guint *groups = g_new (guint, (gsize) items->n_items + 1);

  *n_groups = 0;
  /* A root is the smallest item of its set, and so comes first. */
  for (guint i = 0; i < items->n_items; i++)
    {
      guint root = nudge_sets_root (items->parents, i);

      groups[i] = root == i ? (*n_groups)++ : groups[root];
    }
  return groups;
}

static void
add_named (GArray *named, const char *name, guint group)
{
  NamedGroup entry = { name, group };

  g_array_append_val (named, entry);
}

static void
add_mark (NudgeSheetConnections *self, guint sheet, guint group, guint net, NudgePoint at)
{
  NudgeDrawnMark mark = { net, group, sheet, NUDGE_NONE, at };

  if (net != NUDGE_NONE)
    g_array_append_val (self->marks, mark);
}

static guint
find_node (const NudgeCircuit *circuit, guint part, const char *number)
{
  const NudgePart *p = &circuit->parts[part];

  for (guint i = 0; i < p->n_nodes; i++)
    if (g_str_equal (circuit->part_nodes[p->first_node + i].pin, number))
      return i;
  return NUDGE_NONE;
}

static void
list_pins (NudgeSheetConnections *self, const NudgeCircuit *circuit, const SheetItems *items, const guint *groups, guint index)
{
  const NudgeDrawnSheet *sheet = items->sheet;

  for (guint i = 0; i < items->n_pins; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[items->pin_symbols[i]];
      const NudgeSymbolPin *pin = &symbol->symbol->pins[items->pin_indices[i]];
      const char *name = global_pin_name (sheet, symbol, pin);
      NudgeDrawnPin drawn = { symbol->part, pin->number, NUDGE_NONE, groups[i] };

      if (name != NULL)
        add_named (self->globals, name, groups[i]);
      if (symbol->part != NUDGE_NONE)
        {
          drawn.node = find_node (circuit, symbol->part, pin->number);
          g_array_append_val (self->pins, drawn);
        }
      else
        add_mark (self, index, groups[i], symbol->net, symbol->pose.at);
    }
}

static NudgeSheetConnections *
sheet_connections_new (const NudgeDrawing *drawing, guint index)
{
  NudgeSheetConnections *self = g_new0 (NudgeSheetConnections, 1);
  const NudgeDrawnSheet *sheet = &drawing->sheets[index];
  g_autofree guint *groups = NULL;
  SheetItems items;

  connect_items (&items, sheet);
  groups = number_groups (&items, &self->n_groups);
  self->pins = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnPin));
  self->marks = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnMark));
  self->globals = g_array_new (FALSE, FALSE, sizeof (NamedGroup));
  self->ports = g_array_new (FALSE, FALSE, sizeof (NamedGroup));
  self->sheet_pin_groups = g_new (guint, sheet->n_sheet_pins + 1);
  list_pins (self, drawing->layout->circuit, &items, groups, index);
  for (guint i = 0; i < sheet->n_wires; i++)
    add_mark (self, index, groups[items.first_wire + i], sheet->wires[i].net, sheet->wires[i].a);
  for (guint i = 0; i < sheet->n_labels; i++)
    {
      const NudgeLabel *label = &sheet->labels[i];
      guint group = groups[items.first_label + i];

      add_mark (self, index, group, label->net, label->at);
      if (label->kind != NUDGE_LABEL_LOCAL)
        add_named (label->kind == NUDGE_LABEL_GLOBAL ? self->globals : self->ports, label->text, group);
    }
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    {
      self->sheet_pin_groups[i] = groups[items.first_sheet_pin + i];
      add_mark (self, index, self->sheet_pin_groups[i], sheet->sheet_pins[i].net, sheet->sheet_pins[i].at);
    }
  clear_items (&items);
  return self;
}

/* --- the whole design --- */

typedef struct
{
  const NudgeDrawing *drawing;
  NudgeSheetConnections **sheets;
  guint *bases;                /* per block: number of its instance's first group */
  guint *parents;              /* all groups of all instances */
  gboolean everywhere;         /* marks of all instances are wanted, not just of the first */
} Design;

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
join_box (Design *self, guint sheet, guint block, const NudgeSheetBox *box, guint child)
{
  const NudgeSheetConnections *here = self->sheets[sheet], *below = self->sheets[box->sheet];
  const NudgeSheetPin *pins = self->drawing->sheets[sheet].sheet_pins;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < below->ports->len; i++)
    {
      const NamedGroup *port = &g_array_index (below->ports, NamedGroup, i);

      join_named (self->parents, names, port->name, self->bases[child] + port->group);
    }
  for (guint p = box->first_pin; p < box->first_pin + box->n_pins; p++)
    {
      gpointer port = g_hash_table_lookup (names, pins[p].name);

      if (port != NULL)
        nudge_sets_join (self->parents, self->bases[block] + here->sheet_pin_groups[p], GPOINTER_TO_UINT (port) - 1);
    }
}

static void
join_boxes_of_instance (Design *self, guint sheet_index, guint block)
{
  const NudgeDrawnSheet *sheet = &self->drawing->sheets[sheet_index];

  for (guint b = 0; b < sheet->n_boxes; b++)
    {
      const NudgeSheetBox *box = &sheet->boxes[b];
      guint child = corresponding_child (self->drawing->layout->circuit, sheet->block, box->block, block);

      if (child != NUDGE_NONE)
        join_box (self, sheet_index, block, box, child);
    }
}

static void
join_design (Design *self)
{
  const NudgeDrawing *drawing = self->drawing;
  g_autoptr (GHashTable) globals = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
      {
        guint block = drawing->sheets[s].instances[k].block;

        for (guint i = 0; i < self->sheets[s]->globals->len; i++)
          {
            const NamedGroup *global = &g_array_index (self->sheets[s]->globals, NamedGroup, i);

            join_named (self->parents, globals, global->name, self->bases[block] + global->group);
          }
        join_boxes_of_instance (self, s, block);
      }
}

static void
list_pins_of_instance (Design *self, guint s, guint block, NudgeConnectivity *result)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;
  guint first = circuit->blocks[self->drawing->sheets[s].block].first_part;

  for (guint i = 0; i < self->sheets[s]->pins->len; i++)
    {
      NudgeDrawnPin pin = g_array_index (self->sheets[s]->pins, NudgeDrawnPin, i);

      /* Copies mostly have their nodes in the same order. */
      if (pin.node == NUDGE_NONE && block != self->drawing->sheets[s].block)
        pin.node = 0;
      pin.part = pin.part - first + circuit->blocks[block].first_part;
      pin.group = nudge_sets_root (self->parents, self->bases[block] + pin.group);
      result->pins[result->n_pins++] = pin;
    }
}

static void
list_marks_of_instance (Design *self, guint s, guint block, NudgeConnectivity *result)
{
  for (guint i = 0; i < self->sheets[s]->marks->len; i++)
    {
      NudgeDrawnMark mark = g_array_index (self->sheets[s]->marks, NudgeDrawnMark, i);

      mark.block = block;
      mark.group = nudge_sets_root (self->parents, self->bases[block] + mark.group);
      result->marks[result->n_marks++] = mark;
    }
}

static guint
instances_with_marks (const Design *self, guint s)
{
  return self->everywhere ? self->drawing->sheets[s].n_instances : 1;
}

static void
list_all (Design *self, NudgeConnectivity *result)
{
  const NudgeDrawing *drawing = self->drawing;
  gsize n_pins = 0, n_marks = 0;

  for (guint s = 0; s < drawing->n_sheets; s++)
    {
      n_pins += (gsize) self->sheets[s]->pins->len * drawing->sheets[s].n_instances;
      n_marks += (gsize) self->sheets[s]->marks->len * instances_with_marks (self, s);
    }
  result->pins = g_new (NudgeDrawnPin, n_pins + 1);
  result->marks = g_new (NudgeDrawnMark, n_marks + 1);
  for (guint s = 0; s < drawing->n_sheets; s++)
    {
      for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
        list_pins_of_instance (self, s, drawing->sheets[s].instances[k].block, result);
      for (guint k = 0; k < instances_with_marks (self, s); k++)
        list_marks_of_instance (self, s, drawing->sheets[s].instances[k].block, result);
    }
}

/* Those that are known, or new ones, which others that prove at the same time may have been quicker to make. */
static NudgeSheetConnections *
connections_of (NudgeDrawing *drawing, guint sheet)
{
  NudgeSheetStore *store = drawing->sheets[sheet].store;
  NudgeSheetConnections *known = g_atomic_pointer_get (&store->connections), *made;

  if (known != NULL)
    return known;
  made = sheet_connections_new (drawing, sheet);
  if (g_atomic_pointer_compare_and_exchange (&store->connections, NULL, made))
    return made;
  nudge_sheet_connections_free (made);
  return g_atomic_pointer_get (&store->connections);
}

static NudgeConnectivity *
connectivity_new (NudgeDrawing *drawing, gboolean again, gboolean everywhere)
{
  NudgeConnectivity *result = g_new0 (NudgeConnectivity, 1);
  Design self = { .drawing = drawing, .everywhere = everywhere };

  self.sheets = g_new0 (NudgeSheetConnections *, drawing->n_sheets);
  self.bases = g_new0 (guint, drawing->layout->circuit->n_blocks);
  for (guint s = 0; s < drawing->n_sheets; s++)
    {
      self.sheets[s] = again ? sheet_connections_new (drawing, s) : connections_of (drawing, s);
      for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
        {
          self.bases[drawing->sheets[s].instances[k].block] = result->n_groups;
          result->n_groups += self.sheets[s]->n_groups;
        }
    }
  self.parents = nudge_sets_new (result->n_groups);
  join_design (&self);
  list_all (&self, result);

  for (guint s = 0; again && s < drawing->n_sheets; s++)
    nudge_sheet_connections_free (self.sheets[s]);
  g_free (self.sheets);
  g_free (self.bases);
  g_free (self.parents);
  return result;
}

NudgeConnectivity *
nudge_connectivity_new (NudgeDrawing *drawing, gboolean again)
{
  return connectivity_new (drawing, again, FALSE);
}

NudgeConnectivity *
nudge_connectivity_new_everywhere (NudgeDrawing *drawing)
{
  return connectivity_new (drawing, TRUE, TRUE);
}

void
nudge_connectivity_free (NudgeConnectivity *self)
{
  g_free (self->pins);
  g_free (self->marks);
  g_free (self);
}
