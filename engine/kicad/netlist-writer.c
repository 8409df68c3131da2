#include "kicad/netlist-writer.h"

#include "base/uuid.h"
#include "text/sexpr-writer.h"

#include <string.h>

typedef struct
{
  const NudgeDrawing *drawing;
  const NudgeLayout *layout;
  const NudgeCircuit *circuit;
  NudgeSexprWriter w;
  const char **block_paths;    /* sheet path of UUIDs without the root's: "/<box>/<box>/" */
} NetlistWriter;

static const NudgeSymbol *
part_symbol (const NetlistWriter *self, guint part)
{
  return self->layout->units[self->layout->part_units[part]].symbol;
}

/* Library and name in it: "Device" and "R". */
static void
split_id (const char *id, char **library, char **name)
{
  const char *colon = strchr (id, ':');

  *library = colon == NULL ? g_strdup ("") : g_strndup (id, colon - id);
  *name = g_strdup (colon == NULL ? id : colon + 1);
}

static void
write_pair (NetlistWriter *self, const char *list, const char *name, const char *value)
{
  nudge_sexpr_writer_open (&self->w, list);
  nudge_sexpr_writer_string_list (&self->w, "name", name);
  if (list[0] == 'p')
    nudge_sexpr_writer_string_list (&self->w, "value", value);
  else if (value[0] != '\0')
    nudge_sexpr_writer_string (&self->w, value);
  nudge_sexpr_writer_close (&self->w);
}

/* A property that says something by being there. */
static void
write_flag (NetlistWriter *self, const char *name)
{
  nudge_sexpr_writer_open (&self->w, "property");
  nudge_sexpr_writer_string_list (&self->w, "name", name);
  nudge_sexpr_writer_close (&self->w);
}

/* --- design --- */

static void
write_sheet (NetlistWriter *self, const NudgeDrawnSheet *sheet, guint block)
{
  g_autofree char *number = g_strdup_printf ("%u", block + 1);

  nudge_sexpr_writer_open (&self->w, "sheet");
  nudge_sexpr_writer_string_list (&self->w, "number", number);
  nudge_sexpr_writer_string_list (&self->w, "name", self->circuit->blocks[block].path);
  nudge_sexpr_writer_string_list (&self->w, "tstamps", self->block_paths[block]);
  nudge_sexpr_writer_open (&self->w, "title_block");
  nudge_sexpr_writer_string_list (&self->w, "title", sheet->title);
  nudge_sexpr_writer_string_list (&self->w, "source", sheet->file);
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_design (NetlistWriter *self)
{
  g_autofree char *source = g_strconcat (self->drawing->project_name, ".kicad_sch", NULL);

  nudge_sexpr_writer_open (&self->w, "design");
  nudge_sexpr_writer_string_list (&self->w, "source", source);
  nudge_sexpr_writer_string_list (&self->w, "tool", "Nudge " NUDGE_VERSION);
  for (guint block = 0; block < self->circuit->n_blocks; block++)
    write_sheet (self, &self->drawing->sheets[self->drawing->block_sheets[block]], block);
  nudge_sexpr_writer_close (&self->w);
}

/* --- components --- */

static const char *
part_text (const char *own, const NudgeSymbol *symbol, const char *field)
{
  return own[0] != '\0' ? own : nudge_symbol_field (symbol, field);
}

static void
write_fields (NetlistWriter *self, const NudgePart *part, const NudgeSymbol *symbol)
{
  nudge_sexpr_writer_open (&self->w, "fields");
  write_pair (self, "field", "Footprint", part_text (part->footprint, symbol, "Footprint"));
  write_pair (self, "field", "Datasheet", part_text (part->datasheet, symbol, "Datasheet"));
  write_pair (self, "field", "Description", part_text (part->description, symbol, "Description"));
  for (guint i = part->first_field; i < part->first_field + part->n_fields; i++)
    write_pair (self, "field", self->circuit->fields[i].name, self->circuit->fields[i].value);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_properties (NetlistWriter *self, const NudgePart *part, const NudgeSymbol *symbol)
{
  const NudgeDrawnSheet *sheet = &self->drawing->sheets[self->drawing->block_sheets[part->block]];

  for (guint i = part->first_field; i < part->first_field + part->n_fields; i++)
    write_pair (self, "property", self->circuit->fields[i].name, self->circuit->fields[i].value);
  write_pair (self, "property", "Sheetname", part->block == 0 ? "" : self->circuit->blocks[part->block].label);
  write_pair (self, "property", "Sheetfile", sheet->file);
  if (!part->in_bom)
    write_flag (self, "exclude_from_bom");
  if (!part->on_board)
    write_flag (self, "exclude_from_board");
  if (part->dnp)
    write_flag (self, "dnp");
  if (nudge_symbol_field (symbol, "ki_keywords")[0] != '\0')
    write_pair (self, "property", "ki_keywords", nudge_symbol_field (symbol, "ki_keywords"));
  if (nudge_symbol_field (symbol, "ki_fp_filters")[0] != '\0')
    write_pair (self, "property", "ki_fp_filters", nudge_symbol_field (symbol, "ki_fp_filters"));
}

static void
write_stamps (NetlistWriter *self, guint part)
{
  const NudgeLayout *layout = self->layout;
  const NudgePart *p = &self->circuit->parts[part];
  const NudgeDrawnSheet *sheet = &self->drawing->sheets[self->drawing->block_sheets[p->block]];
  /* A copy's symbols are those of the block for which the sheet was drawn. */
  guint drawn = part - self->circuit->blocks[p->block].first_part + self->circuit->blocks[sheet->block].first_part;

  nudge_sexpr_writer_open (&self->w, "sheetpath");
  nudge_sexpr_writer_string_list (&self->w, "names", self->circuit->blocks[p->block].path);
  nudge_sexpr_writer_string_list (&self->w, "tstamps", self->block_paths[p->block]);
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_open (&self->w, "tstamps");
  for (guint u = layout->part_units[drawn]; u < layout->part_units[drawn + 1]; u++)
    {
      g_autofree char *identity = g_strdup_printf ("%s%s\n%u", self->circuit->blocks[sheet->block].path, self->circuit->parts[drawn].reference,
                                                   layout->units[u].unit);
      char uuid[37];

      nudge_uuid (uuid, "symbol", identity);
      nudge_sexpr_writer_string (&self->w, uuid);
    }
  nudge_sexpr_writer_close (&self->w);
}

static void
write_component (NetlistWriter *self, guint part)
{
  const NudgePart *p = &self->circuit->parts[part];
  const NudgeSymbol *symbol = part_symbol (self, part);
  g_autofree char *library = NULL, *name = NULL;

  split_id (symbol->id, &library, &name);
  nudge_sexpr_writer_open (&self->w, "comp");
  nudge_sexpr_writer_string_list (&self->w, "ref", p->reference);
  nudge_sexpr_writer_string_list (&self->w, "value", p->value[0] != '\0' ? p->value : symbol->name);
  if (part_text (p->footprint, symbol, "Footprint")[0] != '\0')
    nudge_sexpr_writer_string_list (&self->w, "footprint", part_text (p->footprint, symbol, "Footprint"));
  if (part_text (p->datasheet, symbol, "Datasheet")[0] != '\0')
    nudge_sexpr_writer_string_list (&self->w, "datasheet", part_text (p->datasheet, symbol, "Datasheet"));
  if (part_text (p->description, symbol, "Description")[0] != '\0')
    nudge_sexpr_writer_string_list (&self->w, "description", part_text (p->description, symbol, "Description"));
  write_fields (self, p, symbol);
  nudge_sexpr_writer_open (&self->w, "libsource");
  nudge_sexpr_writer_string_list (&self->w, "lib", library);
  nudge_sexpr_writer_string_list (&self->w, "part", name);
  nudge_sexpr_writer_string_list (&self->w, "description", nudge_symbol_field (symbol, "Description"));
  nudge_sexpr_writer_close (&self->w);
  write_properties (self, p, symbol);
  write_stamps (self, part);
  nudge_sexpr_writer_close (&self->w);
}

/* --- libparts --- */

static void
write_footprint_filters (NetlistWriter *self, const NudgeSymbol *symbol)
{
  g_auto (GStrv) filters = g_strsplit (nudge_symbol_field (symbol, "ki_fp_filters"), " ", -1);

  if (filters[0] == NULL || filters[0][0] == '\0')
    return;
  nudge_sexpr_writer_open (&self->w, "footprints");
  for (guint i = 0; filters[i] != NULL; i++)
    if (filters[i][0] != '\0')
      nudge_sexpr_writer_string_list (&self->w, "fp", filters[i]);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_libpart (NetlistWriter *self, const NudgeSymbol *symbol)
{
  static const char *const fields[] = { "Reference", "Value", "Footprint", "Datasheet", "Description" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *library = NULL, *name = NULL;

  split_id (symbol->id, &library, &name);
  nudge_sexpr_writer_open (&self->w, "libpart");
  nudge_sexpr_writer_string_list (&self->w, "lib", library);
  nudge_sexpr_writer_string_list (&self->w, "part", name);
  if (nudge_symbol_field (symbol, "Description")[0] != '\0')
    nudge_sexpr_writer_string_list (&self->w, "description", nudge_symbol_field (symbol, "Description"));
  if (nudge_symbol_field (symbol, "Datasheet")[0] != '\0')
    nudge_sexpr_writer_string_list (&self->w, "docs", nudge_symbol_field (symbol, "Datasheet"));
  write_footprint_filters (self, symbol);
  nudge_sexpr_writer_open (&self->w, "fields");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    write_pair (self, "field", fields[i], nudge_symbol_field (symbol, fields[i]));
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_open (&self->w, "pins");
  for (guint i = 0; i < symbol->n_pins; i++)
    if (symbol->pins[i].body_style <= 1 && g_hash_table_add (seen, (gpointer) symbol->pins[i].number))
      {
        nudge_sexpr_writer_open (&self->w, "pin");
        nudge_sexpr_writer_string_list (&self->w, "num", symbol->pins[i].number);
        nudge_sexpr_writer_string_list (&self->w, "name", g_str_equal (symbol->pins[i].name, "~") ? "" : symbol->pins[i].name);
        nudge_sexpr_writer_string_list (&self->w, "type", symbol->pins[i].type);
        nudge_sexpr_writer_close (&self->w);
      }
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static gint
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
write_libparts (NetlistWriter *self)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) libraries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint part = 0; part < self->circuit->n_parts; part++)
    {
      const NudgeSymbol *symbol = part_symbol (self, part);

      if (g_hash_table_insert (by_id, (gpointer) symbol->id, (gpointer) symbol))
        g_ptr_array_add (ids, (gpointer) symbol->id);
    }
  g_ptr_array_sort (ids, compare_strings);
  nudge_sexpr_writer_open (&self->w, "libparts");
  for (guint i = 0; i < ids->len; i++)
    {
      char *library, *name;

      write_libpart (self, g_hash_table_lookup (by_id, ids->pdata[i]));
      split_id (ids->pdata[i], &library, &name);
      g_free (name);
      if (g_hash_table_contains (libraries, library))
        {
          g_free (library);
          continue;
        }
      g_hash_table_add (libraries, library);
      g_ptr_array_add (names, library);
    }
  nudge_sexpr_writer_close (&self->w);
  g_ptr_array_sort (names, compare_strings);
  nudge_sexpr_writer_open (&self->w, "libraries");
  for (guint i = 0; i < names->len; i++)
    {
      nudge_sexpr_writer_open (&self->w, "library");
      nudge_sexpr_writer_string_list (&self->w, "logical", names->pdata[i]);
      nudge_sexpr_writer_close (&self->w);
    }
  nudge_sexpr_writer_close (&self->w);
}

/* --- nets --- */

static void
write_node (NetlistWriter *self, guint part, const char *pin, gboolean open)
{
  const NudgeSymbol *symbol = part_symbol (self, part);
  guint index = nudge_symbol_find_pin (symbol, pin);
  const NudgeSymbolPin *p = index == NUDGE_NONE ? NULL : &symbol->pins[index];
  g_autofree char *type = g_strconcat (p == NULL ? "passive" : p->type, open ? "+no_connect" : "", NULL);

  nudge_sexpr_writer_open (&self->w, "node");
  nudge_sexpr_writer_string_list (&self->w, "ref", self->circuit->parts[part].reference);
  nudge_sexpr_writer_string_list (&self->w, "pin", pin);
  if (p != NULL && p->name[0] != '\0' && !g_str_equal (p->name, "~"))
    nudge_sexpr_writer_string_list (&self->w, "pinfunction", p->name);
  nudge_sexpr_writer_string_list (&self->w, "pintype", type);
  nudge_sexpr_writer_close (&self->w);
}

static void
begin_net (NetlistWriter *self, guint *code, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%u", ++*code);

  nudge_sexpr_writer_open (&self->w, "net");
  nudge_sexpr_writer_string_list (&self->w, "code", text);
  nudge_sexpr_writer_string_list (&self->w, "name", name);
  nudge_sexpr_writer_string_list (&self->w, "class", "Default");
}

/* (transfer full): rails by their name, everything else by the path of the sheet that holds all of it. */
static char *
net_name (const NetlistWriter *self, guint net)
{
  const NudgeNet *n = &self->circuit->nets[net];
  guint home = NUDGE_NONE;

  if (n->is_power)
    return g_strdup (n->name);
  for (guint i = n->first_node; i < n->first_node + n->n_nodes; i++)
    {
      guint block = self->circuit->parts[self->circuit->nodes[i].part].block;

      home = home == NUDGE_NONE ? block : home;
      while (home != block)
        if (self->circuit->blocks[home].depth >= self->circuit->blocks[block].depth)
          home = self->circuit->blocks[home].parent;
        else
          block = self->circuit->blocks[block].parent;
    }
  return g_strconcat (self->circuit->blocks[home].path, n->name, NULL);
}

static void
write_open_pins (NetlistWriter *self, guint part, guint *code)
{
  const NudgeSymbol *symbol = part_symbol (self, part);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &symbol->pins[i];
      g_autofree char *name = NULL;

      if (pin->body_style > 1 || !g_hash_table_add (seen, (gpointer) pin->number) ||
          nudge_circuit_net_of (self->circuit, part, pin->number) != NUDGE_NONE)
        continue;
      name = g_strdup_printf ("unconnected-(%s-%s-Pad%s)", self->circuit->parts[part].reference, pin->name, pin->number);
      begin_net (self, code, name);
      write_node (self, part, pin->number, TRUE);
      nudge_sexpr_writer_close (&self->w);
    }
}

static void
write_nets (NetlistWriter *self)
{
  guint code = 0;

  nudge_sexpr_writer_open (&self->w, "nets");
  for (guint net = 0; net < self->circuit->n_nets; net++)
    {
      const NudgeNet *n = &self->circuit->nets[net];
      g_autofree char *name = NULL;

      if (n->n_nodes == 0)
        continue;
      name = net_name (self, net);
      begin_net (self, &code, name);
      for (guint i = n->first_node; i < n->first_node + n->n_nodes; i++)
        write_node (self, self->circuit->nodes[i].part, self->circuit->nodes[i].pin, FALSE);
      nudge_sexpr_writer_close (&self->w);
    }
  for (guint part = 0; part < self->circuit->n_parts; part++)
    write_open_pins (self, part, &code);
  nudge_sexpr_writer_close (&self->w);
}

static void
find_block_paths (NetlistWriter *self, GStringChunk *strings)
{
  for (guint s = 0; s < self->drawing->n_sheets; s++)
    for (guint i = 0; i < self->drawing->sheets[s].n_instances; i++)
      {
        const NudgeSheetInstance *instance = &self->drawing->sheets[s].instances[i];
        const char *below_root = strchr (instance->path + 1, '/');
        g_autofree char *path = below_root == NULL ? g_strdup ("/") : g_strconcat (below_root, "/", NULL);

        self->block_paths[instance->block] = g_string_chunk_insert (strings, path);
      }
}

GBytes *
nudge_netlist_write (const NudgeDrawing *drawing)
{
  NetlistWriter self = { .drawing = drawing };
  GStringChunk *strings;
  GString *out;

  g_return_val_if_fail (drawing != NULL, NULL);

  self.layout = drawing->layout;
  self.circuit = drawing->layout->circuit;
  self.block_paths = g_new0 (const char *, self.circuit->n_blocks);
  strings = g_string_chunk_new (1024);
  find_block_paths (&self, strings);
  out = g_string_sized_new (64 * 1024);
  nudge_sexpr_writer_init (&self.w, out);
  nudge_sexpr_writer_open (&self.w, "export");
  nudge_sexpr_writer_string_list (&self.w, "version", "E");
  write_design (&self);
  nudge_sexpr_writer_open (&self.w, "components");
  for (guint part = 0; part < self.circuit->n_parts; part++)
    write_component (&self, part);
  nudge_sexpr_writer_close (&self.w);
  write_libparts (&self);
  write_nets (&self);
  nudge_sexpr_writer_close (&self.w);
  nudge_sexpr_writer_finish (&self.w);
  g_string_chunk_free (strings);
  g_free (self.block_paths);
  return g_string_free_to_bytes (out);
}
