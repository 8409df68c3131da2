/* synth-netlist.c: circuit-synth's netlist: all circuits as one, parts and nets in the order in which they come up.
 *
 * It makes one net of all nets of one name; here a second net of a name carries the path of its circuit. */
#include "kicad/synth-project.h"

#include "base/uuid.h"
#include "kicad/synth-cover.h"

#include <string.h>

#define LIBRARY_FOLDER "/usr/share/kicad/symbols/"

static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* Appends @before, the text in quotes, and @after. */
static void
append_value (GString *out, const char *before, const char *text, const char *after)
{
  g_string_append (out, before);
  append_quoted (out, text);
  g_string_append (out, after);
}

static void
append_design (GString *out, const NudgeDrawing *drawing)
{
  g_autofree char *source = g_strconcat (drawing->layout->circuit->blocks[0].name, ".kicad_sch", NULL);
  g_autofree char *date = nudge_synth_date ("%Y-%m-%dT%H:%M:%S+0000");
  char uuid[37];

  nudge_uuid (uuid, "netlist sheet", "/");

  g_string_append (out, "(export (version \"E\")\n    (design");
  append_value (out, "\n      (source ", source, ")");
  append_value (out, "\n      (date ", date, ")");
  g_string_append (out, "\n      (tool \"Circuit-Synth Exporter v0.1.0\")");
  g_string_append_printf (out, "\n      (sheet (number \"1\") (name \"root\") (tstamps \"/%s/\")", uuid);
  g_string_append (out, "\n      (title_block\n        (title )\n        (company )\n        (rev )\n        (date )\n        (source \"root.kicad_sch\")");
  for (guint i = 1; i <= 9; i++)
    g_string_append_printf (out, "\n        (comment (number \"%u\") (value \"\"))", i);
  g_string_append (out, ")))");
}

/* What circuit-synth takes from the library, whatever the input says. */
static const NudgeSymbol *
symbol_of (const NudgeDrawing *drawing, guint part)
{
  const NudgeLayout *layout = drawing->layout;
  const NudgeSymbol *symbol = layout->units[layout->part_units[part]].symbol;
  const NudgeSymbol *original = symbol->variant == NULL ? NULL : nudge_library_get_symbol (layout->library, symbol->id, NULL);

  return original != NULL ? original : symbol;
}

/* Such a field when the symbol itself has it: here circuit-synth knows nothing of what a symbol inherits. */
static const char *
own_field (const NudgeSymbol *symbol, const char *name)
{
  const NudgeSymbolField *field = nudge_symbol_find_field (symbol, name);

  return field == NULL || field->origin != NUDGE_FIELD_OWN ? "" : field->value;
}

/* (transfer full): what stands before the colon of a symbol's id; @name: what stands behind it. */
static char *
split_id (const char *id, const char **name)
{
  const char *colon = strchr (id, ':');

  *name = colon == NULL ? id : colon + 1;
  return colon == NULL ? g_strdup ("") : g_strndup (id, colon - id);
}

static void
append_part (GString *out, const NudgeDrawing *drawing, guint index)
{
  const NudgePart *part = &drawing->layout->circuit->parts[index];
  const NudgeSymbol *symbol = symbol_of (drawing, index);
  const char *description = own_field (symbol, "Description"), *filters = own_field (symbol, "ki_fp_filters"), *name;
  g_autofree char *library = split_id (part->symbol, &name);
  g_autofree char *path = nudge_circuit_part_path (drawing->layout->circuit, index);
  char uuid[37];

  nudge_uuid (uuid, "netlist part", path);
  append_value (out, "\n    (comp (ref ", part->reference, ")");
  if (part->value[0] != '\0')
    append_value (out, "\n      (value ", part->value, ")");
  if (part->footprint[0] != '\0')
    append_value (out, "\n      (footprint ", part->footprint, ")");
  if (description[0] != '\0')
    append_value (out, "\n      (description ", description, ")");
  g_string_append (out, "\n      (fields");
  if (part->footprint[0] != '\0')
    append_value (out, "\n        (field (name \"Footprint\") ", part->footprint, ")");
  append_value (out, "\n        (field (name \"Datasheet\") ", own_field (symbol, "Datasheet"), ")");
  if (description[0] != '\0')
    append_value (out, "\n        (field (name \"Description\") ", description, ")");
  append_value (out, ")\n      (libsource (lib ", library, ")");
  append_value (out, " (part ", name, ")");
  append_value (out, " (description ", description, "))");
  g_string_append (out, "\n      (property (name \"Sheetname\") (value \"Root\"))"
                        "\n      (property (name \"Sheetfile\") (value \"circuit.kicad_sch\"))");
  if (filters[0] != '\0')
    append_value (out, "\n      (property (name \"ki_fp_filters\") (value ", filters, "))");
  append_value (out, "\n      (sheetpath (names \"/\") (tstamps \"/\"))\n      (tstamps ", uuid, "))");
}

/* --- what the parts are made of --- */

/* Only these electrical types are known to it; the rest is passive. */
static const char *
known_type (const char *type)
{
  static const char *const known[] = { "input", "output", "bidirectional", "power_in", "power_out", "passive", "no_connect", NULL };

  return g_strv_contains (known, type) ? type : "passive";
}

/* Each number once, in the order of the library. (transfer full) (element-type guint): into the symbol's pins. */
static GArray *
distinct_pins (const NudgeSymbol *symbol)
{
  GArray *pins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < symbol->n_pins; i++)
    if (g_hash_table_add (seen, (gpointer) symbol->pins[i].number))
      g_array_append_val (pins, i);
  return pins;
}

/* By number; what is no number comes last, in its old order. */
static gint
compare_pins (gconstpointer a, gconstpointer b, gpointer data)
{
  const NudgeSymbol *symbol = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const char *x = symbol->pins[i].number, *y = symbol->pins[j].number;
  gboolean x_digits = x[0] != '\0' && x[strspn (x, "0123456789")] == '\0', y_digits = y[0] != '\0' && y[strspn (y, "0123456789")] == '\0';
  guint64 p = x_digits ? g_ascii_strtoull (x, NULL, 10) : G_MAXUINT64, q = y_digits ? g_ascii_strtoull (y, NULL, 10) : G_MAXUINT64;

  if (p != q)
    return p < q ? -1 : 1;
  return i < j ? -1 : i > j;
}

static void
append_pins (GString *out, const NudgeSymbol *symbol)
{
  g_autoptr (GArray) pins = distinct_pins (symbol);

  g_array_sort_with_data (pins, compare_pins, (gpointer) symbol);
  g_string_append (out, "\n      (pins");
  for (guint i = 0; i < pins->len; i++)
    {
      const NudgeSymbolPin *pin = &symbol->pins[g_array_index (pins, guint, i)];

      append_value (out, "\n        (pin (num \"?\") (name ", pin->name, ")");
      append_value (out, " (type ", known_type (pin->type), "))");
    }
  g_string_append (out, "))");
}

static void
append_libpart (GString *out, const NudgeDrawing *drawing, guint index)
{
  const NudgePart *part = &drawing->layout->circuit->parts[index];
  const NudgeSymbol *symbol = symbol_of (drawing, index);
  const char *description = own_field (symbol, "Description"), *datasheet = own_field (symbol, "Datasheet"), *name;
  g_autofree char *library = split_id (part->symbol, &name);
  g_auto (GStrv) filters = g_strsplit_set (own_field (symbol, "ki_fp_filters"), " \t\n", -1);
  gboolean any = FALSE;

  append_value (out, "\n    (libpart (lib ", library, ")");
  append_value (out, " (part ", name, ")");
  if (description[0] != '\0')
    append_value (out, "\n      (description ", description, ")");
  append_value (out, "\n      (docs ", datasheet[0] == '\0' ? "~" : datasheet, ")");
  for (char **filter = filters; *filter != NULL; filter++)
    if ((*filter)[0] != '\0')
      {
        append_value (out, any ? "\n        (fp " : "\n      (footprints\n        (fp ", *filter, ")");
        any = TRUE;
      }
  g_string_append (out, any ? ")" : "");
  g_string_append (out, "\n      (fields\n        (field (name \"Reference\") \"U\")");
  append_value (out, "\n        (field (name \"Value\") ", part->value, ")");
  append_value (out, "\n        (field (name \"Footprint\") ", part->footprint, ")");
  append_value (out, "\n        (field (name \"Datasheet\") ", g_str_equal (datasheet, "~") ? "" : datasheet, "))");
  append_pins (out, symbol);
}

static gint
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_libraries (GString *out, const NudgeDrawing *drawing)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_string_append (out, "\n    (libparts");
  for (guint i = 0; i < circuit->n_parts; i++)
    if (g_hash_table_add (seen, (gpointer) circuit->parts[i].symbol))
      append_libpart (out, drawing, i);
  g_hash_table_remove_all (seen);
  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const char *unused;
      char *library = split_id (circuit->parts[i].symbol, &unused);

      if (g_hash_table_contains (seen, library))
        {
          g_free (library);
          continue;
        }
      g_hash_table_add (seen, library);
      g_ptr_array_add (names, library);
    }
  g_ptr_array_sort (names, compare_strings);
  g_string_append (out, ")\n    (libraries");
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_strconcat (LIBRARY_FOLDER, names->pdata[i], ".kicad_sym", NULL);

      append_value (out, "\n    (library (logical ", names->pdata[i], ")");
      append_value (out, "\n      (uri ", file, "))");
    }
}

/* --- nets --- */

typedef struct
{
  guint part, pin;             /* pin: into its symbol's pins */
} Node;

/* The nodes of each net, and the nets in the order in which the parts' pins come upon them. */
static GArray **
collect_nodes (const NudgeDrawing *drawing, GArray *order)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;
  GArray **nodes = g_new0 (GArray *, circuit->n_nets + 1);

  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const NudgeSymbol *symbol = symbol_of (drawing, i);
      g_autoptr (GArray) pins = distinct_pins (symbol);

      for (guint p = 0; p < pins->len; p++)
        {
          Node node = { i, g_array_index (pins, guint, p) };
          guint net = nudge_circuit_net_of (circuit, i, symbol->pins[node.pin].number);

          if (net == NUDGE_NONE || g_str_equal (symbol->pins[node.pin].type, "no_connect"))
            continue;
          if (nodes[net] == NULL)
            {
              nodes[net] = g_array_new (FALSE, FALSE, sizeof (Node));
              g_array_append_val (order, net);
            }
          g_array_append_val (nodes[net], node);
        }
    }
  return nodes;
}

/* (transfer full): the net's name, or the path of its circuit with it when another net has that name. */
static char *
net_name (const NudgeCircuit *circuit, guint net, GHashTable *taken)
{
  const NudgeNet *n = &circuit->nets[net];
  char *name = g_strdup (n->name);

  for (guint k = 1; !g_hash_table_add (taken, g_strdup (name)); k++)
    {
      g_free (name);
      name = k == 1 ? g_strconcat (circuit->blocks[n->block].path, n->name, NULL)
                    : g_strdup_printf ("%s%s_%u", circuit->blocks[n->block].path, n->name, k);
    }
  return name;
}

static void
append_nets (GString *out, const NudgeDrawing *drawing)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray **nodes = collect_nodes (drawing, order);

  g_string_append (out, ")\n    (nets");
  for (guint i = 0; i < order->len; i++)
    {
      guint net = g_array_index (order, guint, i);
      g_autofree char *name = net_name (circuit, net, taken);

      g_string_append_printf (out, "\n    (net (code \"%u\")", i + 1);
      append_value (out, " (name ", name, ")");
      for (guint k = 0; k < nodes[net]->len; k++)
        {
          const Node *node = &g_array_index (nodes[net], Node, k);
          const NudgeSymbolPin *pin = &symbol_of (drawing, node->part)->pins[node->pin];

          append_value (out, "\n          (node (ref ", circuit->parts[node->part].reference, ")");
          append_value (out, " (pin ", pin->number, ")");
          append_value (out, " (pintype ", known_type (pin->type), ")");
          if (pin->name[0] != '\0' && !g_str_equal (pin->name, "~"))
            append_value (out, " (pinfunction ", pin->name, ")");
          g_string_append_c (out, ')');
        }
      g_string_append_c (out, ')');
      g_array_unref (nodes[net]);
    }
  g_free (nodes);
}

GBytes *
nudge_synth_netlist_write (const NudgeDrawing *drawing)
{
  GString *out;

  g_return_val_if_fail (drawing != NULL, NULL);

  out = g_string_sized_new (64 * 1024);
  append_design (out, drawing);
  g_string_append (out, "\n    (components");
  for (guint i = 0; i < drawing->layout->circuit->n_parts; i++)
    append_part (out, drawing, i);
  g_string_append_c (out, ')');
  append_libraries (out, drawing);
  append_nets (out, drawing);
  g_string_append (out, "))");
  return g_string_free_to_bytes (out);
}
