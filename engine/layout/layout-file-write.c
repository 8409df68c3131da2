/* layout-file-write.c: a layout as records, and records as text. */
#include "layout/layout-records.h"

#include "text/json-document.h"
#include "text/sexpr-writer.h"

#include <stdlib.h>
#include <string.h>

/* --- from a layout --- */

typedef struct
{
  const NudgeLayout *layout;
  const NudgeLayoutFile *known;   /* or NULL */
  NudgeLayoutFile *file;
} Describer;

static const char *
keep (Describer *self, const char *text)
{
  return g_string_chunk_insert_const (self->file->strings, text);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What makes a part known again: see NudgeUnitRecord. */
static void
describe_identity (NudgeLayoutFile *file, const NudgeCircuit *circuit, guint part, NudgeUnitRecord *record)
{
  const NudgePart *p = &circuit->parts[part];
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n = 0;

  for (guint i = p->first_node; i < p->first_node + p->n_nodes; i++)
    g_ptr_array_add (names, (gpointer) circuit->nets[circuit->part_nodes[i].net].name);
  g_ptr_array_sort (names, compare_texts);
  for (guint i = 0; i < names->len; i++)
    if (n == 0 || !g_str_equal (names->pdata[n - 1], names->pdata[i]))
      names->pdata[n++] = names->pdata[i];
  for (guint i = 0; i < n; i++)
    names->pdata[i] = g_string_chunk_insert_const (file->strings, names->pdata[i]);
  record->has_identity = TRUE;
  record->symbol = g_string_chunk_insert_const (file->strings, p->symbol);
  record->value = g_string_chunk_insert_const (file->strings, p->value);
  record->footprint = g_string_chunk_insert_const (file->strings, p->footprint);
  record->n_nets = n;
  record->nets = nudge_layout_file_keep_texts (file, (const char *const *) names->pdata, n);
}

static void
describe_unit (Describer *self, GArray *units, guint unit, guint known, gboolean has_identity)
{
  const NudgeUnit *u = &self->layout->units[unit];
  const NudgePlacement *placement = &self->layout->placements[unit];
  g_autofree char *path = nudge_circuit_part_path (self->layout->circuit, u->part);
  NudgeUnitRecord record = { .path = keep (self, path), .unit = u->unit, .pose = placement->pose, .locked = placement->locked,
                             .symbol = "", .value = "", .footprint = "", .extra = "" };

  if (known != NUDGE_NONE)
    record.extra = keep (self, self->known->units[known].extra);
  if (has_identity)
    describe_identity (self->file, self->layout->circuit, u->part, &record);
  g_array_append_val (units, record);
}

static void
describe_units (Describer *self, const guint *unit_records)
{
  const NudgeLayout *layout = self->layout;
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (NudgeUnitRecord));
  guint said = NUDGE_NONE;      /* the part whose identity was written last */

  for (guint i = 0; i < layout->n_units; i++)
    {
      guint known = unit_records != NULL ? unit_records[i] : NUDGE_NONE;

      if (!layout->placements[i].placed)
        continue;
      if (self->known != NULL && unit_records == NULL)
        {
          g_autofree char *path = nudge_circuit_part_path (layout->circuit, layout->units[i].part);

          known = nudge_layout_file_find_unit (self->known, path, layout->units[i].unit);
        }
      describe_unit (self, units, i, known, layout->units[i].part != said);
      said = layout->units[i].part;
    }
  g_array_sort (units, nudge_unit_record_compare);
  self->file->n_units = units->len;
  self->file->units = (NudgeUnitRecord *) g_array_free (g_steal_pointer (&units), FALSE);
}

static void
describe_pins (Describer *self, guint block, NudgeSheetRecord *record)
{
  const NudgePlacedPin *list = nudge_sheet_pins_list (nudge_layout_get_pins (self->layout, block), &record->n_pins);
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgePlacedPin));

  for (guint i = 0; i < record->n_pins; i++)
    {
      NudgePlacedPin pin = { keep (self, list[i].name), list[i].place };

      g_array_append_val (pins, pin);
    }
  record->pins = nudge_layout_file_keep_pins (self->file, pins);
}

static void
describe_sheets (Describer *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  NudgeSheetRecord *sheets = g_new0 (NudgeSheetRecord, circuit->n_blocks);

  for (guint i = 0; i < circuit->n_blocks; i++)
    {
      const NudgeSheetRecord *known = self->known != NULL ? nudge_layout_file_find_sheet (self->known, circuit->blocks[i].path) : NULL;

      sheets[i] = (NudgeSheetRecord){ .path = keep (self, circuit->blocks[i].path), .has_paper = TRUE, .paper = self->layout->papers[i],
                                      .box = self->layout->boxes[i], .extra = known != NULL ? keep (self, known->extra) : "" };
      describe_pins (self, i, &sheets[i]);
    }
  qsort (sheets, circuit->n_blocks, sizeof *sheets, nudge_sheet_record_compare);
  self->file->sheets = sheets;
  self->file->n_sheets = circuit->n_blocks;
}

static void
describe_nets (Describer *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  g_autoptr (GArray) nets = g_array_new (FALSE, FALSE, sizeof (NudgeNetRecord));

  for (guint i = 0; i < circuit->n_nets; i++)
    {
      const NudgeNet *net = &circuit->nets[i];
      const char *sheet = circuit->blocks[net->block].path;
      const NudgeNetRecord *known = self->known != NULL ? nudge_layout_file_find_net (self->known, sheet, net->name) : NULL;
      NudgeNetRecord record = { keep (self, sheet), keep (self, net->name), self->layout->net_styles[i], known != NULL ? keep (self, known->extra) : "" };

      if (record.style != NUDGE_NET_AUTO || *record.extra != '\0')
        g_array_append_val (nets, record);
    }
  g_array_sort (nets, nudge_net_record_compare);
  self->file->n_nets = nets->len;
  self->file->nets = (NudgeNetRecord *) g_array_free (g_steal_pointer (&nets), FALSE);
}

static void
describe_symbols (Describer *self)
{
  guint n;
  const NudgeSymbolMapping *mappings = nudge_symbol_map_list (self->layout->symbols, &n);

  self->file->symbols = g_new0 (NudgeSymbolRecord, n + 1);
  self->file->n_symbols = n;
  for (guint i = 0; i < n; i++)
    {
      const NudgeSymbolRecord *known = self->known != NULL ? nudge_layout_file_find_symbol (self->known, mappings[i].from) : NULL;

      self->file->symbols[i] = (NudgeSymbolRecord){ keep (self, mappings[i].from), keep (self, mappings[i].to),
                                                    known != NULL ? keep (self, known->extra) : "" };
    }
}

/* How nets are drawn is said by nudge_routes_describe(); what this version does not know of it waits here. */
static void
describe_route_extras (Describer *self)
{
  GArray *routes = g_array_new (FALSE, FALSE, sizeof (NudgeRouteRecord));

  for (guint i = 0; self->known != NULL && i < self->known->n_routes; i++)
    {
      const NudgeRouteRecord *known = &self->known->routes[i];
      NudgeRouteRecord record = { keep (self, known->sheet), keep (self, known->net), NULL, 0, keep (self, known->extra) };

      if (*known->extra != '\0')
        g_array_append_val (routes, record);
    }
  nudge_layout_file_keep_routes (self->file, routes);
}

NudgeLayoutFile *
nudge_layout_file_describe (const NudgeLayout *layout, const NudgeLayoutFile *known, const guint *unit_records)
{
  Describer self = { layout, known, nudge_layout_file_new () };

  self.file->arranger = layout->arranger;
  self.file->wires = layout->wires;
  self.file->pages = layout->circuit->paged;
  self.file->dialect = layout->dialect;
  if (known != NULL)
    {
      self.file->version = MAX (self.file->version, known->version);
      self.file->extras = g_strdupv (known->extras);
    }
  describe_units (&self, unit_records);
  describe_sheets (&self);
  describe_nets (&self);
  describe_symbols (&self);
  describe_route_extras (&self);
  return self.file;
}

NudgeLayoutFile *
nudge_layout_file_list_parts (const NudgeCircuit *circuit)
{
  NudgeLayoutFile *self = nudge_layout_file_new ();

  self->n_units = circuit->n_parts;
  self->units = g_new0 (NudgeUnitRecord, circuit->n_parts + 1);
  for (guint i = 0; i < circuit->n_parts; i++)
    {
      g_autofree char *path = nudge_circuit_part_path (circuit, i);

      self->units[i] = (NudgeUnitRecord){ .path = g_string_chunk_insert (self->strings, path), .unit = 1, .extra = "" };
      describe_identity (self, circuit, i, &self->units[i]);
    }
  qsort (self->units, self->n_units, sizeof *self->units, nudge_unit_record_compare);
  return self;
}

/* --- as text --- */

static void
append_text (GString *out, const char *key, const char *text)
{
  g_string_append_printf (out, ", \"%s\": ", key);
  nudge_json_append_quoted (out, text);
}

static void
append_point (GString *out, const char *key, NudgePoint point)
{
  g_string_append_printf (out, ", \"%s\": [", key);
  nudge_append_mm (out, point.x);
  g_string_append (out, ", ");
  nudge_append_mm (out, point.y);
  g_string_append_c (out, ']');
}

static const char *const aligns[] = { NULL, "left", "center", "right" };

static void
append_texts (GString *out, const NudgeUnitRecord *unit)
{
  g_string_append (out, ", \"texts\": [");
  for (guint i = 0; i < 2; i++)
    {
      const NudgeTextRecord *text = &unit->texts[i];

      g_string_append (out, i > 0 ? ", " : "");
      if (text->align == 0)
        {
          g_string_append (out, "null");
          continue;
        }
      g_string_append_c (out, '[');
      nudge_append_mm (out, text->at.x);
      g_string_append (out, ", ");
      nudge_append_mm (out, text->at.y);
      g_string_append_printf (out, ", \"%s\"]", aligns[text->align]);
    }
  g_string_append_c (out, ']');
}

static void
append_unit (GString *out, const NudgeUnitRecord *unit)
{
  g_string_append (out, "{\"part\": ");
  nudge_json_append_quoted (out, unit->path);
  if (unit->unit != 1)
    g_string_append_printf (out, ", \"unit\": %u", unit->unit);
  append_point (out, "at", unit->pose.at);
  if (unit->pose.turn != 0)
    g_string_append_printf (out, ", \"turn\": %u", unit->pose.turn * 90);
  if (unit->pose.mirror != NUDGE_MIRROR_NONE)
    append_text (out, "mirror", unit->pose.mirror == NUDGE_MIRROR_X ? "x" : "y");
  if (unit->locked)
    g_string_append (out, ", \"locked\": true");
  if (unit->has_identity)
    {
      append_text (out, "symbol", unit->symbol);
      append_text (out, "value", unit->value);
      append_text (out, "footprint", unit->footprint);
      g_string_append (out, ", \"nets\": [");
      for (guint i = 0; i < unit->n_nets; i++)
        {
          g_string_append (out, i > 0 ? ", " : "");
          nudge_json_append_quoted (out, unit->nets[i]);
        }
      g_string_append_c (out, ']');
    }
  if (unit->has_texts)
    append_texts (out, unit);
  g_string_append (out, unit->extra);
  g_string_append_c (out, '}');
}

static void
append_pins (GString *out, const NudgeSheetRecord *sheet)
{
  for (guint i = 0; i < sheet->n_pins; i++)
    {
      const NudgePlacedPin *pin = &sheet->pins[i];

      g_string_append (out, i > 0 ? ", [" : ", \"pins\": [[");
      nudge_json_append_quoted (out, pin->name);
      g_string_append_printf (out, ", \"%s\", ", nudge_side_names[pin->place.side]);
      nudge_append_mm (out, pin->place.at * NUDGE_GRID);
      g_string_append (out, i + 1 < sheet->n_pins ? "]" : "]]");
    }
}

static void
append_sheet (GString *out, const NudgeSheetRecord *sheet)
{
  g_string_append (out, "{\"sheet\": ");
  nudge_json_append_quoted (out, sheet->path);
  if (sheet->has_paper)
    append_text (out, "paper", nudge_paper_name (sheet->paper));
  if (sheet->box.placed)
    {
      append_point (out, "at", sheet->box.at);
      append_point (out, "size", sheet->box.size);
      if (sheet->box.locked)
        g_string_append (out, ", \"locked\": true");
    }
  append_pins (out, sheet);
  if (sheet->drawn != NULL)
    append_text (out, "drawn", sheet->drawn);
  g_string_append (out, sheet->extra);
  g_string_append_c (out, '}');
}

static void
append_net (GString *out, const NudgeNetRecord *net)
{
  g_string_append (out, "{\"net\": ");
  nudge_json_append_quoted (out, net->net);
  append_text (out, "sheet", net->sheet);
  if (net->style != NUDGE_NET_AUTO)
    append_text (out, "style", net->style == NUDGE_NET_WIRE ? "wire" : "label");
  g_string_append (out, net->extra);
  g_string_append_c (out, '}');
}

static void
append_symbol (GString *out, const NudgeSymbolRecord *symbol)
{
  g_string_append (out, "{\"for\": ");
  nudge_json_append_quoted (out, symbol->from);
  append_text (out, "use", symbol->to);
  g_string_append (out, symbol->extra);
  g_string_append_c (out, '}');
}

static void
append_route (GString *out, const NudgeRouteRecord *route)
{
  g_string_append (out, "{\"sheet\": ");
  nudge_json_append_quoted (out, route->sheet);
  append_text (out, "net", route->net);
  for (guint i = 0; i < route->n_items; i++)
    {
      const NudgeRouteItem *item = &route->items[i];

      if (i == 0 || item->kind != item[-1].kind)
        g_string_append_printf (out, "%s, \"%s\": [[", i > 0 ? "]" : "", nudge_route_forms[item->kind].key);
      else
        g_string_append (out, ",[");
      for (guint k = 0; k < nudge_route_forms[item->kind].n_numbers; k++)
        g_string_append_printf (out, k > 0 ? ",%d" : "%d", item->at[k]);
      g_string_append_c (out, ']');
    }
  g_string_append (out, route->n_items > 0 ? "]" : "");
  g_string_append (out, route->extra);
  g_string_append_c (out, '}');
}

static void
begin_list (GString *out, const char *key)
{
  g_string_append_printf (out, ",\n  \"%s\": [", key);
}

static void
begin_item (GString *out, guint i)
{
  g_string_append (out, i > 0 ? ",\n    " : "\n    ");
}

static void
end_list (GString *out, guint n)
{
  g_string_append (out, n > 0 ? "\n  ]" : "]");
}

GBytes *
nudge_layout_file_write (const NudgeLayoutFile *self)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\n  \"nudge\": %u", self->version);
  if (self->arranger != NULL)
    g_string_append_printf (out, ",\n  \"arranger\": \"%s\"", self->arranger);
  g_string_append_printf (out, ",\n  \"draw\": \"%s\"", self->wires ? "wires" : "labels");
  if (self->dialect != NUDGE_DIALECT_SCHEMATIC)
    g_string_append_printf (out, ",\n  \"dialect\": \"%s\"", nudge_dialect_name (self->dialect));
  if (self->pages)
    g_string_append (out, ",\n  \"pages\": true");
  begin_list (out, "parts");
  for (guint i = 0; i < self->n_units; i++)
    {
      begin_item (out, i);
      append_unit (out, &self->units[i]);
    }
  end_list (out, self->n_units);
  begin_list (out, "sheets");
  for (guint i = 0; i < self->n_sheets; i++)
    {
      begin_item (out, i);
      append_sheet (out, &self->sheets[i]);
    }
  end_list (out, self->n_sheets);
  begin_list (out, "nets");
  for (guint i = 0; i < self->n_nets; i++)
    {
      begin_item (out, i);
      append_net (out, &self->nets[i]);
    }
  end_list (out, self->n_nets);
  begin_list (out, "symbols");
  for (guint i = 0; i < self->n_symbols; i++)
    {
      begin_item (out, i);
      append_symbol (out, &self->symbols[i]);
    }
  end_list (out, self->n_symbols);
  if (self->n_routes > 0)
    {
      begin_list (out, "routes");
      for (guint i = 0; i < self->n_routes; i++)
        {
          begin_item (out, i);
          append_route (out, &self->routes[i]);
        }
      end_list (out, self->n_routes);
    }
  for (guint i = 0; self->extras != NULL && self->extras[i] != NULL; i++)
    g_string_append_printf (out, ",\n  %s", self->extras[i]);
  g_string_append (out, "\n}\n");
  return g_string_free_to_bytes (out);
}
