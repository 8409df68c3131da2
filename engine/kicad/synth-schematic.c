/* synth-schematic.c: circuit-synth's own order of elements and its ways with numbers.
 *
 * Release 0.12.1 keeps lengths in doubles, and prints the places of rails' values as they come out of its sums: those sums are
 * repeated here. A zero that was a double is written 0.0000, one that was an integer 0. */
#include "kicad/synth-schematic.h"

#include "base/uuid.h"
#include "drawing/draw-synth.h"
#include "kicad/schematic-writer.h"
#include "kicad/symbol-writer.h"
#include "kicad/synth-cover.h"
#include "kicad/synth-symbol.h"
#include "kicad/synth-text.h"

#include <math.h>
#include <string.h>

#define GRID 25400

typedef struct
{
  const NudgeDrawing *drawing;
  const NudgeDrawnSheet *sheet;
  const NudgeCircuit *circuit;
  const NudgeSynthForm *form;
  const char *project;
  GHashTable *pins;            /* sheet position of a pin (gint64) -> NudgeDrawnSymbol */
  NudgeSexprWriter w;
  GString *key;                /* scratch for identities */
} Writer;

static void G_GNUC_PRINTF (3, 4)
write_uuid (Writer *self, const char *kind, const char *format, ...)
{
  char uuid[37];
  va_list args;

  g_string_printf (self->key, "%s\n", self->circuit->blocks[self->sheet->block].path);
  va_start (args, format);
  g_string_append_vprintf (self->key, format, args);
  va_end (args);
  nudge_uuid (uuid, kind, self->key->str);
  nudge_sexpr_writer_string_list (&self->w, "uuid", uuid);
}

/* A number that is a double there: zero has decimals. */
static void
write_double_mm (Writer *self, gint32 v)
{
  if (v == 0)
    nudge_sexpr_writer_atom (&self->w, "0.0000");
  else
    nudge_sexpr_writer_mm (&self->w, v);
}

static void
write_double_angle (Writer *self, gint angle)
{
  if (angle == 0)
    nudge_sexpr_writer_atom (&self->w, "0.0000");
  else
    nudge_sexpr_writer_integer (&self->w, angle);
}

/* --- symbols --- */

/* A sum of doubles in the fewest digits that mean it, as Python prints it. */
static void
write_shortest (Writer *self, double v)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint digits = 1; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%ug", digits);
      g_ascii_formatd (text, sizeof text, format, v);
      if (g_ascii_strtod (text, NULL) == v && strchr (text, 'e') == NULL)
        break;
    }
  if (strchr (text, '.') == NULL)
    g_strlcat (text, ".0", sizeof text);
  nudge_sexpr_writer_atom (&self->w, text);
}

static gint64
position_key (NudgePoint at)
{
  return (gint64) at.x << 32 | (guint32) at.y;
}

static void
index_pins (Writer *self)
{
  self->pins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < self->sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *symbol = &self->sheet->symbols[i];

      for (guint p = 0; symbol->part != NUDGE_NONE && p < symbol->symbol->n_pins; p++)
        {
          gint64 key = position_key (nudge_pose_point (&symbol->pose, symbol->symbol->pins[p].at));

          if (nudge_symbol_pin_in_unit (&symbol->symbol->pins[p], symbol->unit) && !g_hash_table_contains (self->pins, &key))
            g_hash_table_insert (self->pins, g_memdup2 (&key, sizeof key), (gpointer) symbol);
        }
    }
}

/* Where a part stands, as the sum that put it there: a multiple of the grid. */
static double
part_coordinate (gint32 v)
{
  return v % GRID == 0 ? v / GRID * 2.54 : v / (double) NUDGE_UNITS_PER_MM;
}

/* A rail's value stands 5.08 mm from the pin, which stands at an offset from its part. */
static void
write_rail_value_position (Writer *self, const NudgeDrawnSymbol *symbol, NudgePoint at)
{
  gint64 key = position_key (symbol->pose.at);
  const NudgeDrawnSymbol *part = g_hash_table_lookup (self->pins, &key);
  NudgePoint origin = part != NULL ? part->pose.at : symbol->pose.at;
  double x = part_coordinate (origin.x) + (symbol->pose.at.x - origin.x) / (double) NUDGE_UNITS_PER_MM;
  double y = part_coordinate (origin.y) + (symbol->pose.at.y - origin.y) / (double) NUDGE_UNITS_PER_MM;

  write_shortest (self, x + (at.x - symbol->pose.at.x) / (double) NUDGE_UNITS_PER_MM);
  write_shortest (self, y + (at.y - symbol->pose.at.y) / (double) NUDGE_UNITS_PER_MM);
}

static void
write_field (Writer *self, const NudgeDrawnSymbol *symbol, guint index, const char *text)
{
  const NudgeDrawnField *field = &self->sheet->fields[symbol->first_field + index];
  gboolean is_rail_value = symbol->part == NUDGE_NONE && index == 1;

  nudge_sexpr_writer_open (&self->w, "property");
  nudge_sexpr_writer_string (&self->w, field->name);
  if (index >= NUDGE_SYNTH_OWN_FIELDS && strchr (text, '"') != NULL)
    {
      /* It puts a backslash before a quote, and the writer of the file puts another. */
      g_auto (GStrv) pieces = g_strsplit (text, "\"", -1);
      g_autofree char *escaped = g_strjoinv ("\\\"", pieces);

      nudge_sexpr_writer_string (&self->w, escaped);
    }
  else
    nudge_sexpr_writer_string (&self->w, text);
  nudge_sexpr_writer_open (&self->w, "at");
  if (is_rail_value)
    write_rail_value_position (self, symbol, field->at);
  else
    {
      nudge_sexpr_writer_mm (&self->w, field->at.x);
      nudge_sexpr_writer_mm (&self->w, field->at.y);
    }
  if (is_rail_value || index >= NUDGE_SYNTH_OWN_FIELDS || !self->form->keeps_fields)
    nudge_sexpr_writer_integer (&self->w, field->angle);
  else
    write_double_angle (self, field->angle);
  nudge_sexpr_writer_close (&self->w);
  nudge_synth_write_effects (&self->w, NUDGE_TEXT_STYLE_DEFAULT.height, field->style.justify_h < 0 ? "left" : NULL, NULL, field->style.hidden);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_instance (Writer *self, const char *path, const char *reference, guint unit)
{
  nudge_sexpr_writer_open (&self->w, "path");
  nudge_sexpr_writer_string (&self->w, path);
  nudge_sexpr_writer_string_list (&self->w, "reference", reference);
  nudge_sexpr_writer_integer_list (&self->w, "unit", unit);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_project (Writer *self, const char *project)
{
  nudge_sexpr_writer_open (&self->w, "project");
  nudge_sexpr_writer_string (&self->w, project);
}

static void
write_instances (Writer *self, const NudgeDrawnSymbol *symbol, const char *reference)
{
  const NudgeBlock *first = &self->circuit->blocks[self->sheet->block];
  gboolean is_rail = symbol->part == NUDGE_NONE;

  nudge_sexpr_writer_open (&self->w, "instances");
  write_project (self, self->form->has_cover ? "circuit" : "");
  if (self->form->has_cover || is_rail)
    write_instance (self, "/", reference, symbol->unit);
  if (self->form->has_cover)
    {
      nudge_sexpr_writer_close (&self->w);
      write_project (self, self->project);
    }
  for (guint i = 0; i < self->sheet->n_instances && (self->form->has_cover || !is_rail); i++)
    {
      const NudgeSheetInstance *instance = &self->sheet->instances[i];
      guint part = symbol->part - first->first_part + self->circuit->blocks[instance->block].first_part;
      g_autofree char *path = nudge_synth_instance_path (self->drawing, self->project, instance);

      write_instance (self, path, is_rail ? reference : self->circuit->parts[part].reference, symbol->unit);
    }
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_symbol (Writer *self, const NudgeDrawnSymbol *symbol, const char *reference)
{
  gboolean left_out = self->form->has_flags && symbol->part != NUDGE_NONE && nudge_synth_is_left_out (self->circuit, symbol->part);
  NudgeSexprWriter *w = &self->w;

  nudge_sexpr_writer_open (w, "symbol");
  if (symbol->symbol->variant != NULL)
    nudge_sexpr_writer_string_list (w, "lib_name", symbol->symbol->variant);
  nudge_sexpr_writer_string_list (w, "lib_id", symbol->symbol->id);
  nudge_sexpr_writer_at (w, symbol->pose.at.x, symbol->pose.at.y, symbol->pose.turn * 90);
  if (symbol->pose.mirror != NUDGE_MIRROR_NONE)
    nudge_sexpr_writer_atom_list (w, "mirror", symbol->pose.mirror == NUDGE_MIRROR_X ? "x" : "y");
  if (self->form->has_flags || symbol->unit != 1)
    nudge_sexpr_writer_integer_list (w, "unit", symbol->unit);
  if (self->form->has_flags)
    nudge_sexpr_writer_bool_list (w, "exclude_from_sim", FALSE);
  nudge_sexpr_writer_bool_list (w, "in_bom", !left_out);
  /* circuit-synth says no here: what is not on the board is not in its netlist either. */
  nudge_sexpr_writer_bool_list (w, "on_board", TRUE);
  nudge_sexpr_writer_bool_list (w, "dnp", left_out);
  if (self->form->has_flags)
    nudge_sexpr_writer_bool_list (w, "fields_autoplaced", FALSE);
  write_uuid (self, "symbol", "%s %u", reference, symbol->unit);
  for (guint i = 0; i < symbol->n_fields; i++)
    {
      const char *text = i == 0 ? reference : self->sheet->fields[symbol->first_field + i].text;

      if (text[0] != '\0' || (self->form->keeps_fields && i != 1))
        write_field (self, symbol, i, text);
    }
  for (guint i = 0; i < symbol->symbol->n_pins && self->form->has_flags; i++)
    {
      nudge_sexpr_writer_open (w, "pin");
      nudge_sexpr_writer_string (w, symbol->symbol->pins[i].number);
      write_uuid (self, "pin", "%s %u %u %s", reference, symbol->unit, i, symbol->symbol->pins[i].number);
      nudge_sexpr_writer_close (w);
    }
  write_instances (self, symbol, reference);
  nudge_sexpr_writer_close (w);
}

/* Rails are numbered on each sheet from one. */
static void
write_symbols (Writer *self)
{
  guint n_rails = 0;

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *symbol = &self->sheet->symbols[i];
      g_autofree char *reference = symbol->part == NUDGE_NONE ? g_strdup_printf ("#PWR0%02u", ++n_rails)
                                                              : g_strdup (self->circuit->parts[symbol->part].reference);

      write_symbol (self, symbol, reference);
    }
}

static gint
compare_symbols (gconstpointer a, gconstpointer b)
{
  const NudgeSymbol *x = *(const NudgeSymbol *const *) a, *y = *(const NudgeSymbol *const *) b;

  return strcmp (x->variant != NULL ? x->variant : x->id, y->variant != NULL ? y->variant : y->id);
}

static void
write_lib_symbols (Writer *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    if (g_hash_table_add (seen, (gpointer) self->sheet->symbols[i].symbol))
      g_ptr_array_add (symbols, (gpointer) self->sheet->symbols[i].symbol);
  if (self->form->flattens_symbols)
    g_ptr_array_sort (symbols, compare_symbols);
  nudge_sexpr_writer_open (&self->w, "lib_symbols");
  for (guint i = 0; i < symbols->len; i++)
    if (self->form->flattens_symbols)
      nudge_symbol_write_flat (&self->w, symbols->pdata[i]);
    else
      nudge_symbol_write_synth (&self->w, symbols->pdata[i]);
  nudge_sexpr_writer_close (&self->w);
}

/* --- labels, pictures, texts --- */

static void
write_label (Writer *self, const NudgeLabel *label, guint index)
{
  gboolean is_global = label->kind == NUDGE_LABEL_GLOBAL;

  nudge_sexpr_writer_open (&self->w, is_global ? "global_label" : "hierarchical_label");
  nudge_sexpr_writer_string (&self->w, label->text);
  nudge_sexpr_writer_atom_list (&self->w, "shape", is_global ? "passive" : "input");
  nudge_sexpr_writer_open (&self->w, "at");
  write_double_mm (self, label->at.x);
  write_double_mm (self, label->at.y);
  write_double_angle (self, label->direction * 90);
  nudge_sexpr_writer_close (&self->w);
  nudge_synth_write_effects (&self->w, NUDGE_TEXT_STYLE_DEFAULT.height, label->direction < 2 ? "left" : "right", NULL, FALSE);
  write_uuid (self, "label", "%u %s", index, label->text);
  nudge_sexpr_writer_close (&self->w);
}

/* --- boxes --- */

static void
write_box_field (Writer *self, const char *name, const char *text, gint32 x, gint32 y, const char *vertical, gboolean hidden)
{
  nudge_sexpr_writer_open (&self->w, "property");
  nudge_sexpr_writer_string (&self->w, name);
  nudge_sexpr_writer_string (&self->w, text);
  nudge_sexpr_writer_at (&self->w, x, y, 0);
  nudge_synth_write_effects (&self->w, NUDGE_TEXT_STYLE_DEFAULT.height, "left", vertical, hidden);
  nudge_sexpr_writer_close (&self->w);
}

/* It writes a pin one step inside the edge; KiCad moves it to the edge. */
static void
write_box_pin (Writer *self, const NudgeSheetPin *pin, const char *box)
{
  nudge_sexpr_writer_open (&self->w, "pin");
  nudge_sexpr_writer_string (&self->w, pin->name);
  nudge_sexpr_writer_atom (&self->w, pin->shape == NUDGE_LABEL_SHAPE_PASSIVE ? "passive" : "bidirectional");
  nudge_sexpr_writer_open (&self->w, "at");
  write_double_mm (self, pin->at.x - NUDGE_GRID);
  write_double_mm (self, pin->at.y);
  nudge_sexpr_writer_integer (&self->w, 0);
  nudge_sexpr_writer_close (&self->w);
  if (self->form->has_flags)
    write_uuid (self, "sheet pin", "%s %s", box, pin->name);
  nudge_synth_write_effects (&self->w, NUDGE_TEXT_STYLE_DEFAULT.height, "right", NULL, FALSE);
  if (!self->form->has_flags)
    write_uuid (self, "sheet pin", "%s %s", box, pin->name);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_box_instances (Writer *self)
{
  g_autofree char *path = g_strconcat ("/", self->form->has_cover ? "" : self->sheet->uuid, NULL);

  nudge_sexpr_writer_open (&self->w, "instances");
  write_project (self, self->form->has_cover ? "circuit_synth" : self->project);
  nudge_sexpr_writer_open (&self->w, "path");
  nudge_sexpr_writer_string (&self->w, path);
  nudge_sexpr_writer_string_list (&self->w, "page", self->form->has_cover ? "1" : "2");
  for (guint i = 0; i < 3; i++)
    nudge_sexpr_writer_close (&self->w);
}

static void
write_box (Writer *self, const NudgeSheetBox *box)
{
  const NudgeBlock *block = &self->circuit->blocks[box->block];
  NudgeSexprWriter *w = &self->w;
  char uuid[37];

  nudge_sexpr_writer_open (w, "sheet");
  nudge_sexpr_writer_point_list (w, "at", box->box.x0, box->box.y0);
  nudge_sexpr_writer_point_list (w, "size", box->box.x1 - box->box.x0, box->box.y1 - box->box.y0);
  if (self->form->has_flags)
    {
      nudge_sexpr_writer_bool_list (w, "exclude_from_sim", FALSE);
      nudge_sexpr_writer_bool_list (w, "in_bom", TRUE);
      nudge_sexpr_writer_bool_list (w, "on_board", TRUE);
      nudge_sexpr_writer_bool_list (w, "dnp", FALSE);
      nudge_sexpr_writer_bool_list (w, "fields_autoplaced", TRUE);
    }
  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", self->form->box_line);
  nudge_sexpr_writer_atom_list (w, "type", "solid");
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_open (w, "color");
  for (guint i = 0; i < 3; i++)
    nudge_sexpr_writer_integer (w, 0);
  nudge_sexpr_writer_atom (w, "0.0000");
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
  /* The paths of the parts below go by this identity: see draw.c. */
  nudge_uuid (uuid, "box", block->path);
  nudge_sexpr_writer_string_list (w, "uuid", uuid);
  write_box_field (self, "Sheetname", box->name, box->box.x0, box->box.y0 - self->form->name_above, "bottom", FALSE);
  write_box_field (self, "Sheetfile", box->file, box->box.x0, box->box.y1 + self->form->file_below, "top", self->form->has_cover);
  for (guint i = 0; i < box->n_pins; i++)
    write_box_pin (self, &self->sheet->sheet_pins[box->first_pin + i], block->path);
  write_box_instances (self);
  nudge_sexpr_writer_close (w);
}

/* --- the file --- */

static void
write_title (Writer *self)
{
  static const char *const untitled[] = {
    "", "untitled", "blank schematic", "single_resistor", "two_resistors", "single_wire", "single_label", "single_hierarchical_sheet",
  };
  const char *title = self->circuit->blocks[0].name;

  for (guint i = 0; i < G_N_ELEMENTS (untitled); i++)
    if (g_ascii_strcasecmp (title, untitled[i]) == 0)
      return;
  nudge_sexpr_writer_open (&self->w, "title_block");
  nudge_sexpr_writer_string_list (&self->w, "title", title);
  nudge_sexpr_writer_close (&self->w);
}

/* The title of July 2025 comes after the symbols. */
static void
write_dated_title (Writer *self)
{
  g_autofree char *date = nudge_synth_date ("%Y-%m-%d");

  nudge_sexpr_writer_open (&self->w, "title_block");
  if (self->sheet->name[0] != '\0')
    nudge_sexpr_writer_string_list (&self->w, "title", self->sheet->name);
  nudge_sexpr_writer_string_list (&self->w, "date", date);
  nudge_sexpr_writer_string_list (&self->w, "company", "Circuit-Synth");
  nudge_sexpr_writer_close (&self->w);
}

static void
write_head (Writer *self)
{
  NudgeSexprWriter *w = &self->w;

  nudge_sexpr_writer_integer_list (w, "version", 20250114);
  nudge_sexpr_writer_string_list (w, "generator", self->form->generator);
  nudge_sexpr_writer_string_list (w, "generator_version", self->form->generator_version);
  nudge_sexpr_writer_string_list (w, "uuid", self->sheet->uuid);
  nudge_schematic_write_paper (w, self->sheet->paper);
  if (self->form->has_cover)
    {
      /* A second paper, before the symbols if there are any. */
      if (self->sheet->n_symbols > 0)
        nudge_sexpr_writer_string_list (w, "paper", "A4");
      write_lib_symbols (self);
      if (self->sheet->n_symbols == 0)
        nudge_sexpr_writer_string_list (w, "paper", "A4");
      write_dated_title (self);
      return;
    }
  write_title (self);
  write_lib_symbols (self);
}

static void
write_sheet_instances (Writer *self, const char *path)
{
  nudge_sexpr_writer_open (&self->w, "sheet_instances");
  nudge_sexpr_writer_open (&self->w, "path");
  nudge_sexpr_writer_string (&self->w, path);
  nudge_sexpr_writer_string_list (&self->w, "page", "1");
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_boxes (Writer *self)
{
  for (guint i = 0; i < self->sheet->n_boxes; i++)
    write_box (self, &self->sheet->boxes[i]);
}

/* Texts and boxes change places between the forms, and the list of sheets stood twice. */
static void
write_rest (Writer *self)
{
  g_autofree char *path = NULL;

  for (guint i = 0; i < self->sheet->n_images; i++)
    nudge_synth_write_image (&self->w, self->circuit, self->sheet, i);
  if (self->form->has_cover)
    {
      path = nudge_synth_instance_path (self->drawing, self->project, &self->sheet->instances[0]);
      write_boxes (self);
      for (guint i = 0; i < self->sheet->n_texts; i++)
        nudge_synth_write_text (&self->w, self->form, self->circuit, self->sheet, i);
      write_sheet_instances (self, path);
      nudge_sexpr_writer_bool_list (&self->w, "embedded_fonts", FALSE);
      write_sheet_instances (self, "/");
      return;
    }
  for (guint boxed = 0; boxed < 2; boxed++)
    for (guint i = 0; i < self->sheet->n_texts; i++)
      if (self->sheet->texts[i].boxed == (gboolean) boxed)
        nudge_synth_write_text (&self->w, self->form, self->circuit, self->sheet, i);
  write_boxes (self);
  write_sheet_instances (self, "/");
  nudge_sexpr_writer_bool_list (&self->w, "embedded_fonts", FALSE);
}

GBytes *
nudge_synth_schematic_write (const NudgeDrawing *drawing, guint sheet, const char *project)
{
  Writer self = { .drawing = drawing, .project = project };
  GString *out;

  g_return_val_if_fail (drawing != NULL && sheet < drawing->n_sheets && project != NULL, NULL);

  self.sheet = &drawing->sheets[sheet];
  self.circuit = drawing->layout->circuit;
  self.form = nudge_synth_form (drawing->layout->dialect);
  self.key = g_string_new (NULL);
  index_pins (&self);
  out = g_string_sized_new (64 * 1024);
  nudge_sexpr_writer_init (&self.w, out);
  nudge_sexpr_writer_set_folding (&self.w, FALSE);
  nudge_sexpr_writer_open (&self.w, "kicad_sch");
  write_head (&self);
  write_symbols (&self);
  for (guint i = 0; i < self.sheet->n_labels; i++)
    write_label (&self, &self.sheet->labels[i], i);
  write_rest (&self);
  nudge_sexpr_writer_close (&self.w);
  nudge_sexpr_writer_finish (&self.w);
  g_string_free (self.key, TRUE);
  g_hash_table_unref (self.pins);
  return g_string_free_to_bytes (out);
}
