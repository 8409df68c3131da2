/* connectivity.c: KiCad's connection rules.
 *
 * On a sheet: things whose connection points coincide are connected; a label or a junction also takes hold of a wire
 * between its ends. By name: equal labels on one sheet; power symbols, global labels and hidden power pins over the
 * whole design; a hierarchical label with the pin of its name on the box that stands for its sheet. A bus is followed as its
 * members are. A pin of the kind no_connect is connected to nothing. */
#include "drawing/connectivity.h"

#include "base/disjoint-sets.h"
#include "drawing/connect-items.h"
#include "drawing/drawing-private.h"

#include <string.h>

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
  GArray *ports;               /* NamedGroup: hierarchical labels, and the members of those that are buses */
  GArray *box_pins;            /* NamedGroup: likewise the sheet pins, box by box */
  guint *box_starts;           /* n_boxes + 1: into box_pins */
  GStringChunk *strings;       /* (nullable): names of members */
};

void
nudge_sheet_connections_free (NudgeSheetConnections *self)
{
  g_array_unref (self->pins);
  g_array_unref (self->marks);
  g_array_unref (self->globals);
  g_array_unref (self->ports);
  g_array_unref (self->box_pins);
  g_free (self->box_starts);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

/* (transfer full): the group of each item: numbered from 0, without gaps. */
static guint *
number_groups (NudgeSheetItems *items, guint *n_groups)
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
list_pins (NudgeSheetConnections *self, const NudgeCircuit *circuit, const NudgeSheetItems *items, const guint *groups, guint index)
{
  const NudgeDrawnSheet *sheet = items->sheet;

  for (guint i = 0; i < items->n_pins; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[items->pin_symbols[i]];
      const NudgeSymbolPin *pin = &symbol->symbol->pins[items->pin_indices[i]];
      const char *name = nudge_drawn_pin_global_name (sheet, symbol, pin);
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

/* The members of a bus that is called the same on both sides of a box. */
static void
add_members (NudgeSheetConnections *self, GArray *named, const NudgeSheetItems *items, const NudgeBusMark *mark, const guint *groups)
{
  if (self->strings == NULL)
    self->strings = g_string_chunk_new (1024);
  for (guint k = 0; k < mark->name->n_members; k++)
    {
      const char *key = items->sheet->bus_members[mark->name->first_member + k].key;
      g_autofree char *name = g_strconcat (mark->name->text, "\n", key, NULL);

      add_named (named, g_string_chunk_insert_const (self->strings, name), groups[mark->first_item + k]);
    }
}

/* What the marks of buses call their members. */
static void
list_buses (NudgeSheetConnections *self, const NudgeSheetItems *items, const guint *groups, guint index)
{
  const NudgeDrawnSheet *sheet = items->sheet;

  for (guint i = 0; items->bus_marks != NULL && i < items->bus_marks->len; i++)
    {
      const NudgeBusMark *mark = &g_array_index (items->bus_marks, NudgeBusMark, i);
      const NudgeLabel *label = mark->mark < sheet->n_labels ? &sheet->labels[mark->mark] : NULL;

      for (guint k = 0; mark->names_members && k < mark->name->n_members; k++)
        {
          const NudgeBusMember *member = &sheet->bus_members[mark->name->first_member + k];
          guint group = groups[mark->first_item + k];

          add_mark (self, index, group, member->net, label != NULL ? label->at : sheet->sheet_pins[mark->mark - sheet->n_labels].at);
          if (label != NULL && label->kind == NUDGE_LABEL_GLOBAL)
            add_named (self->globals, member->name, group);
        }
      if (label != NULL && label->kind == NUDGE_LABEL_HIERARCHICAL)
        add_members (self, self->ports, items, mark, groups);
    }
}

static void
list_box_pins (NudgeSheetConnections *self, const NudgeSheetItems *items, const guint *groups, guint index)
{
  const NudgeDrawnSheet *sheet = items->sheet;

  for (guint b = 0; b < sheet->n_boxes; b++)
    {
      const NudgeSheetBox *box = &sheet->boxes[b];

      self->box_starts[b] = self->box_pins->len;
      for (guint i = box->first_pin; i < box->first_pin + box->n_pins; i++)
        {
          const NudgeBusMark *mark = nudge_bus_marks_find (items->bus_marks, sheet->n_labels + i);
          guint group = groups[items->first_sheet_pin + i];

          add_named (self->box_pins, sheet->sheet_pins[i].name, group);
          add_mark (self, index, group, sheet->sheet_pins[i].net, sheet->sheet_pins[i].at);
          if (mark != NULL)
            add_members (self, self->box_pins, items, mark, groups);
        }
    }
  self->box_starts[sheet->n_boxes] = self->box_pins->len;
}

static NudgeSheetConnections *
sheet_connections_new (const NudgeDrawing *drawing, guint index)
{
  NudgeSheetConnections *self = g_new0 (NudgeSheetConnections, 1);
  const NudgeDrawnSheet *sheet = &drawing->sheets[index];
  g_autofree guint *groups = NULL;
  NudgeSheetItems items;

  nudge_sheet_items_init (&items, sheet);
  groups = number_groups (&items, &self->n_groups);
  self->pins = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnPin));
  self->marks = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnMark));
  self->globals = g_array_new (FALSE, FALSE, sizeof (NamedGroup));
  self->ports = g_array_new (FALSE, FALSE, sizeof (NamedGroup));
  self->box_pins = g_array_new (FALSE, FALSE, sizeof (NamedGroup));
  self->box_starts = g_new (guint, sheet->n_boxes + 1);
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
  list_box_pins (self, &items, groups, index);
  list_buses (self, &items, groups, index);
  nudge_sheet_items_clear (&items);
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
join_box (Design *self, guint sheet, guint block, guint box, guint child)
{
  const NudgeSheetConnections *here = self->sheets[sheet], *below = self->sheets[self->drawing->sheets[sheet].boxes[box].sheet];
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < below->ports->len; i++)
    {
      const NamedGroup *port = &g_array_index (below->ports, NamedGroup, i);

      nudge_sets_join_named (self->parents, names, port->name, self->bases[child] + port->group);
    }
  for (guint p = here->box_starts[box]; p < here->box_starts[box + 1]; p++)
    {
      const NamedGroup *pin = &g_array_index (here->box_pins, NamedGroup, p);
      gpointer port = g_hash_table_lookup (names, pin->name);

      if (port != NULL)
        nudge_sets_join (self->parents, self->bases[block] + pin->group, GPOINTER_TO_UINT (port) - 1);
    }
}

static void
join_boxes_of_instance (Design *self, guint sheet_index, guint block)
{
  const NudgeDrawnSheet *sheet = &self->drawing->sheets[sheet_index];

  for (guint b = 0; b < sheet->n_boxes; b++)
    {
      guint child = corresponding_child (self->drawing->layout->circuit, sheet->block, sheet->boxes[b].block, block);

      if (child != NUDGE_NONE)
        join_box (self, sheet_index, block, b, child);
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

            nudge_sets_join_named (self->parents, globals, global->name, self->bases[block] + global->group);
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
