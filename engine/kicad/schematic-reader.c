#include "kicad/schematic-reader.h"

#include "circuit/circuit.h"
#include "drawing/drawing-private.h"
#include "kicad/schematic-read.h"

#include <string.h>

static void
reading_init (Reading *self, GPtrArray *diagnostics)
{
  *self = (Reading){ .strings = g_string_chunk_new (4096), .diagnostics = diagnostics, .library = nudge_library_new () };
  nudge_library_set_cache_folder (self->library, NULL);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_read_file_free);
  self->bus_aliases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (ReadBlock));
  self->parts = g_array_new (FALSE, FALSE, sizeof (ReadPart));
  self->names = g_array_new (FALSE, FALSE, sizeof (ReadName));
}

static void
reading_clear (Reading *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      g_free (READ_AT (self->blocks, ReadBlock, i)->children);
      g_free (READ_AT (self->blocks, ReadBlock, i)->parts);
      g_free (READ_AT (self->blocks, ReadBlock, i)->units);
    }
  g_array_unref (self->blocks);
  g_array_unref (self->parts);
  g_array_unref (self->names);
  g_hash_table_unref (self->bus_aliases);
  g_ptr_array_unref (self->files);
  g_string_chunk_free (self->strings);
  g_object_unref (self->library);
  g_free (self->folder);
}

/* (transfer full): a layout of a circuit that has the parts read, in their order. */
static NudgeLayout *
make_layout (const Reading *self, GBytes *json, GError **error)
{
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_bytes (json, self->folder, NULL, error);
  g_autofree const NudgeSymbol **symbols = g_new0 (const NudgeSymbol *, self->parts->len + 1);

  if (circuit == NULL)
    return NULL;
  if (circuit->n_parts != self->parts->len || circuit->n_blocks != self->blocks->len)
    {
      g_set_error_literal (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "the schematic has parts that no circuit can have");
      return NULL;
    }
  for (guint i = 0; i < self->parts->len; i++)
    symbols[i] = READ_AT (self->parts, ReadPart, i)->symbol;
  return nudge_layout_new_drawn (circuit, self->library, symbols);
}

/* --- the drawing --- */

static gboolean
read_sheets (Reading *self, NudgeDrawing *drawing, GError **error)
{
  drawing->n_sheets = self->n_sheets;
  drawing->sheets = g_new0 (NudgeDrawnSheet, self->n_sheets);
  drawing->block_sheets = g_new0 (guint, self->blocks->len);
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const ReadBlock *block = READ_AT (self->blocks, ReadBlock, b);
      NudgeDrawnSheet *sheet = &drawing->sheets[block->sheet];

      drawing->block_sheets[b] = block->sheet;
      if (sheet->store == NULL && !nudge_read_marks (self, b, sheet, error))
        return FALSE;
      sheet->instances = g_renew (NudgeSheetInstance, sheet->instances, sheet->n_instances + 1);
      sheet->instances[sheet->n_instances++] = (NudgeSheetInstance){
        .block = b,
        .page = b + 1,
        .path = g_string_chunk_insert (sheet->store->strings, block->path),
      };
    }
  drawing->project_name = drawing->sheets[0].name;
  nudge_drawing_number_power_symbols (drawing);
  return TRUE;
}

/* --- what is where --- */

static void
place_unit (NudgeLayout *layout, guint part, NudgeDrawnSymbol *symbol, gboolean is_first)
{
  guint unit = layout->part_units[part] + symbol->unit - 1;

  if (unit >= layout->part_units[part + 1])
    return;
  if (is_first)
    symbol->unit_index = unit;
  layout->placements[unit].pose = symbol->pose;
  layout->placements[unit].placed = TRUE;
}

static void
place_sheet (NudgeLayout *layout, const NudgeDrawnSheet *sheet, guint instance)
{
  guint block = sheet->instances[instance].block, child = layout->circuit->blocks[block].first_child;
  const NudgeBlock *blocks = layout->circuit->blocks;

  layout->papers[block] = sheet->paper;
  for (guint i = 0; i < sheet->n_symbols; i++)
    if (sheet->symbols[i].part != NUDGE_NONE)
      place_unit (layout, sheet->symbols[i].part - blocks[sheet->block].first_part + blocks[block].first_part, &sheet->symbols[i], instance == 0);
  for (guint i = 0; i < sheet->n_boxes && child != NUDGE_NONE; i++, child = blocks[child].next_sibling)
    {
      const NudgeBox *box = &sheet->boxes[i].box;

      layout->boxes[child] = (NudgeBoxPlacement){ { box->x0, box->y0 }, { box->x1 - box->x0, box->y1 - box->y0 }, TRUE, FALSE };
    }
}

/* --- whose net each mark is --- */

static gboolean
wire_holds (const NudgeWire *wire, NudgePoint p)
{
  gint64 dx = wire->b.x - wire->a.x, dy = wire->b.y - wire->a.y;

  return p.x >= MIN (wire->a.x, wire->b.x) && p.x <= MAX (wire->a.x, wire->b.x) && p.y >= MIN (wire->a.y, wire->b.y)
         && p.y <= MAX (wire->a.y, wire->b.y) && dx * (p.y - wire->a.y) == dy * (p.x - wire->a.x);
}

/* @nets: by number of mark. */
static void
bind_sheet (NudgeDrawnSheet *sheet, const guint *nets)
{
  for (guint i = 0; i < sheet->n_symbols; i++)
    if (sheet->symbols[i].net != NUDGE_NONE)
      sheet->symbols[i].net = nets[sheet->symbols[i].net];
  for (guint i = 0; i < sheet->n_wires; i++)
    sheet->wires[i].net = nets[sheet->wires[i].net];
  for (guint i = 0; i < sheet->n_labels; i++)
    sheet->labels[i].net = nets[sheet->labels[i].net];
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    sheet->sheet_pins[i].net = nets[sheet->sheet_pins[i].net];
  for (guint i = 0; i < sheet->n_bus_members; i++)
    sheet->bus_members[i].net = NUDGE_NONE;
  for (guint i = 0; i < sheet->n_junctions; i++)
    for (guint w = 0; w < sheet->n_wires && sheet->junctions[i].net == NUDGE_NONE; w++)
      if (wire_holds (&sheet->wires[w], sheet->junctions[i].at))
        sheet->junctions[i].net = sheet->wires[w].net;
}

static void
bind_nets (const Reading *self, NudgeDrawing *drawing, const NudgeConnectivity *connected)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;
  g_autofree guint *group_nets = g_new (guint, connected->n_groups + 1), *nets = g_new (guint, self->names->len + 1);

  memset (group_nets, 0xff, (connected->n_groups + 1) * sizeof *group_nets);
  memset (nets, 0xff, (self->names->len + 1) * sizeof *nets);
  for (guint i = 0; i < connected->n_pins; i++)
    if (group_nets[connected->pins[i].group] == NUDGE_NONE)
      group_nets[connected->pins[i].group] = nudge_circuit_net_of (circuit, connected->pins[i].part, connected->pins[i].number);
  for (guint i = 0; i < connected->n_marks; i++)
    if (nets[connected->marks[i].net] == NUDGE_NONE)
      nets[connected->marks[i].net] = group_nets[connected->marks[i].group];
  for (guint s = 0; s < drawing->n_sheets; s++)
    bind_sheet (&drawing->sheets[s], nets);
}

static NudgeDrawing *
read_drawing (Reading *self, const char *root_file, GError **error)
{
  g_autoptr (NudgeDrawing) drawing = g_new0 (NudgeDrawing, 1);
  g_autoptr (NudgeConnectivity) connected = NULL;
  g_autoptr (GBytes) parts = NULL, json = NULL;
  NudgeLayout *layout;

  g_atomic_ref_count_init (&drawing->refs);
  if (!nudge_read_tree (self, root_file, error))
    return NULL;
  nudge_read_parts (self);
  nudge_read_list_sheets (self);
  parts = nudge_read_circuit_json (self, NULL);
  drawing->layout = make_layout (self, parts, error);
  if (drawing->layout == NULL || !read_sheets (self, drawing, error))
    return NULL;

  connected = nudge_connectivity_new_everywhere (drawing);
  json = nudge_read_circuit_json (self, connected);
  layout = make_layout (self, json, error);
  if (layout == NULL)
    return NULL;
  nudge_layout_unref (drawing->layout);
  drawing->layout = layout;
  layout->wires = TRUE;
  bind_nets (self, drawing, connected);
  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint k = 0; k < drawing->sheets[s].n_instances; k++)
      place_sheet (layout, &drawing->sheets[s], k);
  return g_steal_pointer (&drawing);
}

/**
 * nudge_schematic_read:
 * @root_file: (type filename): the `.kicad_sch` of the root sheet
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives what is not shown, or shown otherwise
 * @error: return location for an error
 *
 * Reads a KiCad project as it is on disk, whoever wrote it last: every mark of every sheet, and the circuit that the marks
 * amount to by KiCad's rules. Nets without a name get automatic ones. The drawing serves for looking and comparing; it is
 * no start for nudge_draw_after().
 *
 * Returns: (transfer full): the drawing, or %NULL with %NUDGE_ERROR_NOT_FOUND, %NUDGE_ERROR_IO or %NUDGE_ERROR_INPUT
 */
NudgeDrawing *
nudge_schematic_read (const char *root_file, GPtrArray *diagnostics, GError **error)
{
  Reading reading;
  NudgeDrawing *drawing;

  g_return_val_if_fail (root_file != NULL, NULL);

  reading_init (&reading, diagnostics);
  drawing = read_drawing (&reading, root_file, error);
  reading_clear (&reading);
  return drawing;
}

/* (transfer full) (nullable): the first file of that kind by name; @n: how many there are. */
static char *
first_with_suffix (const char *folder, const char *suffix, guint *n)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  *n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (!g_str_has_suffix (name, suffix))
        continue;
      ++*n;
      if (found != NULL && strcmp (name, found) > 0)
        continue;
      g_free (found);
      found = g_strdup (name);
    }
  return found;
}

static char *
find_in_folder (const char *folder, GError **error)
{
  guint n_projects, n_sheets;
  g_autofree char *project = first_with_suffix (folder, ".kicad_pro", &n_projects), *sheet = first_with_suffix (folder, ".kicad_sch", &n_sheets);
  g_autofree char *shown = g_filename_display_name (folder);

  if (project != NULL)
    return g_strdup_printf ("%s/%.*s.kicad_sch", folder, (gint) (strlen (project) - strlen (".kicad_pro")), project);
  if (n_sheets == 1)
    return g_build_filename (folder, sheet, NULL);
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND, "%s: there is no KiCad project in it", shown);
  return NULL;
}

/**
 * nudge_schematic_find:
 * @path: (type filename): a folder, a `.kicad_pro` or a `.kicad_sch`
 * @error: return location for an error
 *
 * Finds the root sheet of a KiCad project. Of several projects in a folder the first by name counts; without one, the only sheet.
 *
 * Returns: (transfer full) (type filename): the file; %NULL with an error when the folder holds no project, without one
 *   when @path is something else
 */
char *
nudge_schematic_find (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return find_in_folder (path, error);
  if (g_str_has_suffix (path, ".kicad_sch"))
    return g_strdup (path);
  if (g_str_has_suffix (path, ".kicad_pro"))
    return g_strdup_printf ("%.*s.kicad_sch", (gint) (strlen (path) - strlen (".kicad_pro")), path);
  return NULL;
}
