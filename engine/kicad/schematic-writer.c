#include "kicad/schematic-writer.h"

#include "base/uuid.h"
#include "kicad/symbol-writer.h"
#include "kicad/text-effects.h"
#include "text/sexpr-writer.h"

#include <string.h>

typedef struct
{
  const NudgeDrawing *drawing;
  const NudgeDrawnSheet *sheet;
  const NudgeCircuit *circuit;
  NudgeSexprWriter w;
  GString *key;                /* scratch for identities */
} SheetWriter;

/* Marks are known by their sheet, kind and content, so that an unchanged mark keeps its UUID. */
static void
write_uuid (SheetWriter *self, const char *kind, const char *key)
{
  char uuid[37];

  nudge_uuid (uuid, kind, key);
  nudge_sexpr_writer_string_list (&self->w, "uuid", uuid);
}

static void G_GNUC_PRINTF (3, 4)
write_mark_uuid (SheetWriter *self, const char *kind, const char *format, ...)
{
  va_list args;

  g_string_assign (self->key, self->circuit->blocks[self->sheet->block].path);
  g_string_append_c (self->key, '\n');
  va_start (args, format);
  g_string_append_vprintf (self->key, format, args);
  va_end (args);
  write_uuid (self, kind, self->key->str);
}

static void
write_stroke (SheetWriter *self, gint32 width, const char *type)
{
  nudge_sexpr_writer_open (&self->w, "stroke");
  nudge_sexpr_writer_mm_list (&self->w, "width", width);
  nudge_sexpr_writer_atom_list (&self->w, "type", type);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_property (SheetWriter *self, const char *name, const char *text, NudgePoint at, gint angle, const NudgeTextStyle *style)
{
  nudge_sexpr_writer_open (&self->w, "property");
  nudge_sexpr_writer_string (&self->w, name);
  nudge_sexpr_writer_string (&self->w, text);
  nudge_sexpr_writer_at (&self->w, at.x, at.y, angle);
  nudge_write_text_effects (&self->w, style, NUDGE_COLOR_DEFAULT);
  nudge_sexpr_writer_close (&self->w);
}

/* --- head --- */

static void
write_title_block (SheetWriter *self)
{
  const char *description = self->circuit->blocks[self->sheet->block].description;
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  g_autofree char *first_line = g_strndup (description, strcspn (description, "\r\n"));

  nudge_sexpr_writer_open (&self->w, "title_block");
  nudge_sexpr_writer_string_list (&self->w, "title", self->sheet->title);
  if (epoch != NULL)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (g_ascii_strtoll (epoch, NULL, 10));
      g_autofree char *text = date == NULL ? NULL : g_date_time_format (date, "%Y-%m-%d");

      if (text != NULL)
        nudge_sexpr_writer_string_list (&self->w, "date", text);
    }
  g_strstrip (first_line);
  if (first_line[0] != '\0')
    {
      nudge_sexpr_writer_open (&self->w, "comment");
      nudge_sexpr_writer_integer (&self->w, 1);
      nudge_sexpr_writer_string (&self->w, first_line);
      nudge_sexpr_writer_close (&self->w);
    }
  nudge_sexpr_writer_close (&self->w);
}

static gint
compare_symbols (gconstpointer a, gconstpointer b)
{
  const NudgeSymbol *x = *(const NudgeSymbol *const *) a, *y = *(const NudgeSymbol *const *) b;
  gint order = strcmp (x->id, y->id);

  return order != 0 ? order : g_strcmp0 (x->variant, y->variant);
}

static void
write_lib_symbols (SheetWriter *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    if (g_hash_table_add (seen, (gpointer) self->sheet->symbols[i].symbol))
      g_ptr_array_add (symbols, (gpointer) self->sheet->symbols[i].symbol);
  g_ptr_array_sort (symbols, compare_symbols);
  nudge_sexpr_writer_open (&self->w, "lib_symbols");
  for (guint i = 0; i < symbols->len; i++)
    nudge_symbol_write (&self->w, symbols->pdata[i]);
  nudge_sexpr_writer_close (&self->w);
}

/* --- wires and their like --- */

static void
write_junctions (SheetWriter *self)
{
  for (guint i = 0; i < self->sheet->n_junctions; i++)
    {
      NudgePoint at = self->sheet->junctions[i].at;

      nudge_sexpr_writer_open (&self->w, "junction");
      nudge_sexpr_writer_point_list (&self->w, "at", at.x, at.y);
      nudge_sexpr_writer_integer_list (&self->w, "diameter", 0);
      nudge_sexpr_writer_open (&self->w, "color");
      for (guint k = 0; k < 4; k++)
        nudge_sexpr_writer_integer (&self->w, 0);
      nudge_sexpr_writer_close (&self->w);
      write_mark_uuid (self, "junction", "%d %d", at.x, at.y);
      nudge_sexpr_writer_close (&self->w);
    }
}

static void
write_no_connects (SheetWriter *self)
{
  for (guint i = 0; i < self->sheet->n_no_connects; i++)
    {
      NudgePoint at = self->sheet->no_connects[i];

      nudge_sexpr_writer_open (&self->w, "no_connect");
      nudge_sexpr_writer_point_list (&self->w, "at", at.x, at.y);
      write_mark_uuid (self, "no_connect", "%d %d", at.x, at.y);
      nudge_sexpr_writer_close (&self->w);
    }
}

static void
write_wires (SheetWriter *self)
{
  for (guint i = 0; i < self->sheet->n_wires; i++)
    {
      const NudgeWire *wire = &self->sheet->wires[i];

      nudge_sexpr_writer_open (&self->w, "wire");
      nudge_sexpr_writer_open (&self->w, "pts");
      nudge_sexpr_writer_point_list (&self->w, "xy", wire->a.x, wire->a.y);
      nudge_sexpr_writer_point_list (&self->w, "xy", wire->b.x, wire->b.y);
      nudge_sexpr_writer_close (&self->w);
      write_stroke (self, 0, "default");
      write_mark_uuid (self, "wire", "%d %d %d %d", wire->a.x, wire->a.y, wire->b.x, wire->b.y);
      nudge_sexpr_writer_close (&self->w);
    }
}

static const char *
label_shape (NudgeLabelShape shape)
{
  static const char *const names[] = { "input", "output", "bidirectional", "tri_state", "passive" };

  g_assert (shape < G_N_ELEMENTS (names));
  return names[shape];
}

static void
write_intersheet_references (SheetWriter *self, const NudgeLabel *label)
{
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  style.hidden = TRUE;
  write_property (self, "Intersheetrefs", "${INTERSHEET_REFS}", label->at, 0, &style);
}

static void
write_label (SheetWriter *self, const NudgeLabel *label)
{
  static const char *const names[] = { "label", "global_label", "hierarchical_label" };
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  nudge_sexpr_writer_open (&self->w, names[label->kind]);
  nudge_sexpr_writer_string (&self->w, label->text);
  if (label->kind != NUDGE_LABEL_LOCAL)
    nudge_sexpr_writer_atom_list (&self->w, "shape", label_shape (label->shape));
  nudge_sexpr_writer_at (&self->w, label->at.x, label->at.y, label->direction * 90);
  style.justify_h = label->direction < 2 ? NUDGE_JUSTIFY_LEFT : NUDGE_JUSTIFY_RIGHT;
  if (label->kind == NUDGE_LABEL_LOCAL)
    style.justify_v = NUDGE_JUSTIFY_RIGHT; /* bottom: the text stands above its wire */
  nudge_write_text_effects (&self->w, &style, NUDGE_COLOR_DEFAULT);
  write_mark_uuid (self, names[label->kind], "%s %d %d %d", label->text, label->at.x, label->at.y, label->direction);
  if (label->kind == NUDGE_LABEL_GLOBAL)
    write_intersheet_references (self, label);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_labels (SheetWriter *self, NudgeLabelKind kind)
{
  for (guint i = 0; i < self->sheet->n_labels; i++)
    if (self->sheet->labels[i].kind == kind)
      write_label (self, &self->sheet->labels[i]);
}

/* --- texts and pictures --- */

static void
write_text_border (SheetWriter *self, const NudgeDrawnText *text)
{
  static const char *const strokes[] = { "solid", "dash", "dot", "dash_dot", "dash_dot_dot" };
  NudgeSexprWriter *w = &self->w;

  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", text->border_width < 0 ? -NUDGE_UNITS_PER_MM : text->border_width);
  nudge_sexpr_writer_atom_list (w, "type", strokes[text->border]);
  if (text->border_color != NUDGE_COLOR_DEFAULT)
    nudge_write_color (w, text->border_color);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_atom_list (w, "type", text->filled ? "color" : "none");
  if (text->filled)
    nudge_write_color (w, text->fill_color == NUDGE_COLOR_DEFAULT ? 0xffffe0 : text->fill_color);
  nudge_sexpr_writer_close (w);
}

/* A box without a text is a frame. */
static void
write_frame (SheetWriter *self, const NudgeDrawnText *text)
{
  nudge_sexpr_writer_open (&self->w, "rectangle");
  nudge_sexpr_writer_point_list (&self->w, "start", text->box.x0, text->box.y0);
  nudge_sexpr_writer_point_list (&self->w, "end", text->box.x1, text->box.y1);
  write_text_border (self, text);
  write_mark_uuid (self, "frame", "%d %d", text->box.x0, text->box.y0);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_text (SheetWriter *self, const NudgeDrawnText *text)
{
  NudgeSexprWriter *w = &self->w;

  if (text->boxed && text->text[0] == '\0')
    {
      write_frame (self, text);
      return;
    }
  nudge_sexpr_writer_open (w, text->boxed ? "text_box" : "text");
  nudge_sexpr_writer_string (w, text->text);
  nudge_sexpr_writer_bool_list (w, "exclude_from_sim", FALSE);
  nudge_sexpr_writer_at (w, text->box.x0, text->box.y0, text->angle);
  if (text->boxed)
    {
      nudge_sexpr_writer_point_list (w, "size", text->box.x1 - text->box.x0, text->box.y1 - text->box.y0);
      nudge_sexpr_writer_open (w, "margins");
      for (guint i = 0; i < 4; i++)
        nudge_sexpr_writer_mm (w, text->margin[i]);
      nudge_sexpr_writer_close (w);
      write_text_border (self, text);
    }
  nudge_write_text_effects (&self->w, &text->style, text->text_color);
  write_mark_uuid (self, "text", "%s %d %d", text->text, text->box.x0, text->box.y0);
  nudge_sexpr_writer_close (w);
}

static void
write_image (SheetWriter *self, const NudgeDrawnImage *image)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (image->data, &length);
  g_autofree char *base64 = g_base64_encode (data, length);
  gsize n = strlen (base64);

  nudge_sexpr_writer_open (&self->w, "image");
  nudge_sexpr_writer_point_list (&self->w, "at", image->at.x, image->at.y);
  nudge_sexpr_writer_open (&self->w, "scale");
  nudge_sexpr_writer_double (&self->w, image->scale);
  nudge_sexpr_writer_close (&self->w);
  write_mark_uuid (self, "image", "%d %d", image->at.x, image->at.y);
  nudge_sexpr_writer_open (&self->w, "data");
  for (gsize at = 0; at < n; at += 76)
    {
      g_autofree char *line = g_strndup (base64 + at, 76);

      nudge_sexpr_writer_string (&self->w, line);
    }
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

/* --- symbols --- */

typedef struct
{
  const NudgeDrawnSymbol *symbol;
  guint power_index;           /* among the sheet's power symbols */
} SymbolRun;

/* (transfer full): the reference of a symbol in one instance of its sheet. */
static char *
instance_reference (const SheetWriter *self, const SymbolRun *run, const NudgeSheetInstance *instance)
{
  const NudgeDrawnSymbol *symbol = run->symbol;
  guint part;

  if (symbol->part == NUDGE_NONE)
    return g_strdup_printf ("%s%03u", self->sheet->fields[symbol->first_field].text, instance->first_power + run->power_index);
  part = symbol->part - self->circuit->blocks[self->sheet->block].first_part + self->circuit->blocks[instance->block].first_part;
  return g_strdup (self->circuit->parts[part].reference);
}

static void
write_symbol_instances (SheetWriter *self, const SymbolRun *run)
{
  nudge_sexpr_writer_open (&self->w, "instances");
  nudge_sexpr_writer_open (&self->w, "project");
  nudge_sexpr_writer_string (&self->w, self->drawing->project_name);
  for (guint i = 0; i < self->sheet->n_instances; i++)
    {
      g_autofree char *reference = instance_reference (self, run, &self->sheet->instances[i]);

      nudge_sexpr_writer_open (&self->w, "path");
      nudge_sexpr_writer_string (&self->w, self->sheet->instances[i].path);
      nudge_sexpr_writer_string_list (&self->w, "reference", reference);
      nudge_sexpr_writer_integer_list (&self->w, "unit", run->symbol->unit);
      nudge_sexpr_writer_close (&self->w);
    }
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_symbol_head (SheetWriter *self, const NudgeDrawnSymbol *symbol)
{
  const NudgePart *part = symbol->part == NUDGE_NONE ? NULL : &self->circuit->parts[symbol->part];
  NudgeSexprWriter *w = &self->w;

  if (symbol->symbol->variant != NULL)
    nudge_sexpr_writer_string_list (w, "lib_name", symbol->symbol->variant);
  nudge_sexpr_writer_string_list (w, "lib_id", symbol->symbol->id);
  nudge_sexpr_writer_at (w, symbol->pose.at.x, symbol->pose.at.y, symbol->pose.turn * 90);
  if (symbol->pose.mirror != NUDGE_MIRROR_NONE)
    nudge_sexpr_writer_atom_list (w, "mirror", symbol->pose.mirror == NUDGE_MIRROR_X ? "x" : "y");
  nudge_sexpr_writer_integer_list (w, "unit", symbol->unit);
  nudge_sexpr_writer_bool_list (w, "exclude_from_sim", symbol->symbol->exclude_from_sim);
  nudge_sexpr_writer_bool_list (w, "in_bom", part == NULL ? symbol->symbol->in_bom : part->in_bom);
  /* KiCad's netlist lacks what is not on the board: the wish stays a field, the connections stay right. */
  nudge_sexpr_writer_bool_list (w, "on_board", part == NULL ? symbol->symbol->on_board : TRUE);
  nudge_sexpr_writer_bool_list (w, "dnp", part != NULL && part->dnp);
}

static void
write_symbol_pins (SheetWriter *self, const NudgeDrawnSymbol *symbol, const char *identity)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < symbol->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &symbol->symbol->pins[i];
      g_autofree char *key = NULL;

      if (!nudge_symbol_pin_in_unit (pin, symbol->unit) || !g_hash_table_add (seen, (gpointer) pin->number))
        continue;
      key = g_strconcat (identity, "\n", pin->number, NULL);
      nudge_sexpr_writer_open (&self->w, "pin");
      nudge_sexpr_writer_string (&self->w, pin->number);
      write_uuid (self, "pin", key);
      nudge_sexpr_writer_close (&self->w);
    }
}

/* (transfer full): what a symbol's UUID hangs on: path, reference and unit; power symbols have nothing but their place. */
static char *
symbol_identity (const SheetWriter *self, const NudgeDrawnSymbol *symbol)
{
  const char *path = self->circuit->blocks[self->sheet->block].path;

  if (symbol->part == NUDGE_NONE)
    return g_strdup_printf ("%s\n%s %d %d", path, symbol->symbol->id, symbol->pose.at.x, symbol->pose.at.y);
  return g_strdup_printf ("%s%s\n%u", path, self->circuit->parts[symbol->part].reference, symbol->unit);
}

static void
write_symbol (SheetWriter *self, const SymbolRun *run)
{
  const NudgeDrawnSymbol *symbol = run->symbol;
  g_autofree char *identity = symbol_identity (self, symbol);
  g_autofree char *reference = instance_reference (self, run, &self->sheet->instances[0]);

  nudge_sexpr_writer_open (&self->w, "symbol");
  write_symbol_head (self, symbol);
  write_uuid (self, "symbol", identity);
  for (guint i = 0; i < symbol->n_fields; i++)
    {
      const NudgeDrawnField *field = &self->sheet->fields[symbol->first_field + i];

      write_property (self, field->name, i == 0 ? reference : field->text, field->at, field->angle, &field->style);
    }
  write_symbol_pins (self, symbol, identity);
  write_symbol_instances (self, run);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_symbols (SheetWriter *self)
{
  SymbolRun run = { 0 };

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    {
      run.symbol = &self->sheet->symbols[i];
      write_symbol (self, &run);
      run.power_index += run.symbol->part == NUDGE_NONE;
    }
}

/* --- child sheets --- */

static void
write_sheet_pin (SheetWriter *self, const NudgeSheetPin *pin, const char *box_path)
{
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;
  g_autofree char *key = g_strconcat (box_path, "\n", pin->name, NULL);

  nudge_sexpr_writer_open (&self->w, "pin");
  nudge_sexpr_writer_string (&self->w, pin->name);
  nudge_sexpr_writer_atom (&self->w, label_shape (pin->shape));
  nudge_sexpr_writer_at (&self->w, pin->at.x, pin->at.y, pin->side * 90);
  write_uuid (self, "sheet pin", key);
  style.justify_h = pin->side < 2 ? NUDGE_JUSTIFY_RIGHT : NUDGE_JUSTIFY_LEFT;
  nudge_write_text_effects (&self->w, &style, NUDGE_COLOR_DEFAULT);
  nudge_sexpr_writer_close (&self->w);
}

/* The block that a box stands for in the k-th instance of its parent's sheet. */
static guint
boxed_block (const SheetWriter *self, const NudgeSheetBox *box, guint instance)
{
  const NudgeBlock *blocks = self->circuit->blocks;
  guint a = blocks[self->sheet->block].first_child, b = blocks[self->sheet->instances[instance].block].first_child;

  while (a != box->block)
    {
      a = blocks[a].next_sibling;
      b = blocks[b].next_sibling;
    }
  return b;
}

static void
write_box_instances (SheetWriter *self, const NudgeSheetBox *box)
{
  nudge_sexpr_writer_open (&self->w, "instances");
  nudge_sexpr_writer_open (&self->w, "project");
  nudge_sexpr_writer_string (&self->w, self->drawing->project_name);
  for (guint i = 0; i < self->sheet->n_instances; i++)
    {
      g_autofree char *page = g_strdup_printf ("%u", boxed_block (self, box, i) + 1);

      nudge_sexpr_writer_open (&self->w, "path");
      nudge_sexpr_writer_string (&self->w, self->sheet->instances[i].path);
      nudge_sexpr_writer_string_list (&self->w, "page", page);
      nudge_sexpr_writer_close (&self->w);
    }
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_box (SheetWriter *self, const NudgeSheetBox *box)
{
  const char *path = self->circuit->blocks[box->block].path;
  NudgeSexprWriter *w = &self->w;
  NudgeTextStyle name_style = NUDGE_TEXT_STYLE_DEFAULT, file_style = NUDGE_TEXT_STYLE_DEFAULT;

  nudge_sexpr_writer_open (w, "sheet");
  nudge_sexpr_writer_point_list (w, "at", box->box.x0, box->box.y0);
  nudge_sexpr_writer_point_list (w, "size", box->box.x1 - box->box.x0, box->box.y1 - box->box.y0);
  nudge_sexpr_writer_bool_list (w, "exclude_from_sim", FALSE);
  nudge_sexpr_writer_bool_list (w, "in_bom", TRUE);
  nudge_sexpr_writer_bool_list (w, "on_board", TRUE);
  nudge_sexpr_writer_bool_list (w, "dnp", FALSE);
  nudge_sexpr_writer_bool_list (w, "fields_autoplaced", TRUE);
  write_stroke (self, 1524, "solid");
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_open (w, "color");
  for (guint k = 0; k < 4; k++)
    nudge_sexpr_writer_integer (w, 0);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
  write_uuid (self, "box", path);

  name_style.justify_h = file_style.justify_h = NUDGE_JUSTIFY_LEFT;
  name_style.justify_v = NUDGE_JUSTIFY_RIGHT;
  file_style.justify_v = NUDGE_JUSTIFY_LEFT;
  write_property (self, "Sheetname", box->name, (NudgePoint){ box->box.x0, box->box.y0 - 7116 }, 0, &name_style);
  write_property (self, "Sheetfile", box->file, (NudgePoint){ box->box.x0, box->box.y1 + 5846 }, 0, &file_style);
  for (guint i = 0; i < box->n_pins; i++)
    write_sheet_pin (self, &self->sheet->sheet_pins[box->first_pin + i], path);
  write_box_instances (self, box);
  nudge_sexpr_writer_close (w);
}

static void
write_sheet_instances (SheetWriter *self)
{
  nudge_sexpr_writer_open (&self->w, "sheet_instances");
  nudge_sexpr_writer_open (&self->w, "path");
  nudge_sexpr_writer_string (&self->w, "/");
  nudge_sexpr_writer_string_list (&self->w, "page", "1");
  nudge_sexpr_writer_close (&self->w);
  nudge_sexpr_writer_close (&self->w);
}

static void
write_marks (SheetWriter *self)
{
  write_junctions (self);
  write_no_connects (self);
  write_wires (self);
  for (guint i = 0; i < self->sheet->n_images; i++)
    write_image (self, &self->sheet->images[i]);
  for (guint i = 0; i < self->sheet->n_texts; i++)
    write_text (self, &self->sheet->texts[i]);
  write_labels (self, NUDGE_LABEL_LOCAL);
  write_labels (self, NUDGE_LABEL_GLOBAL);
  write_labels (self, NUDGE_LABEL_HIERARCHICAL);
  write_symbols (self);
  for (guint i = 0; i < self->sheet->n_boxes; i++)
    write_box (self, &self->sheet->boxes[i]);
}

void
nudge_schematic_write_paper (NudgeSexprWriter *w, NudgePaper paper)
{
  NudgePoint size = nudge_paper_size (paper);

  nudge_sexpr_writer_open (w, "paper");
  nudge_sexpr_writer_string (w, nudge_paper_kicad_name (paper));
  if (nudge_paper_landscape (paper) != paper)
    nudge_sexpr_writer_atom (w, "portrait");
  else if (paper > NUDGE_PAPER_A0)
    {
      nudge_sexpr_writer_mm (w, size.x);
      nudge_sexpr_writer_mm (w, size.y);
    }
  nudge_sexpr_writer_close (w);
}

GBytes *
nudge_schematic_write (const NudgeDrawing *drawing, guint sheet)
{
  SheetWriter self = { .drawing = drawing };
  GString *out;

  g_return_val_if_fail (drawing != NULL && sheet < drawing->n_sheets, NULL);

  self.sheet = &drawing->sheets[sheet];
  self.circuit = drawing->layout->circuit;
  self.key = g_string_new (NULL);
  out = g_string_sized_new (64 * 1024);
  nudge_sexpr_writer_init (&self.w, out);
  nudge_sexpr_writer_open (&self.w, "kicad_sch");
  nudge_sexpr_writer_integer_list (&self.w, "version", NUDGE_SCHEMATIC_VERSION);
  nudge_sexpr_writer_string_list (&self.w, "generator", "nudge");
  nudge_sexpr_writer_string_list (&self.w, "generator_version", NUDGE_VERSION);
  nudge_sexpr_writer_string_list (&self.w, "uuid", self.sheet->uuid);
  nudge_schematic_write_paper (&self.w, self.sheet->paper);
  write_title_block (&self);
  write_lib_symbols (&self);
  write_marks (&self);
  if (sheet == 0)
    write_sheet_instances (&self);
  nudge_sexpr_writer_bool_list (&self.w, "embedded_fonts", FALSE);
  nudge_sexpr_writer_close (&self.w);
  nudge_sexpr_writer_finish (&self.w);
  g_string_free (self.key, TRUE);
  return g_string_free_to_bytes (out);
}
