/* The marks of one sheet, as its file has them. */
#include "kicad/schematic-read.h"

#include "base/limits.h"
#include "base/text-metrics.h"
#include "drawing/annotations.h"
#include "kicad/bus-names.h"
#include "library/symbol-reader.h"

#include <string.h>

typedef struct
{
  Reading *reading;
  const ReadFile *file;
  guint block;
  NudgeSheetBuilder builder;
  guint n_symbols, n_boxes;    /* so far */
  GHashTable *left_out;        /* kinds of marks that are not drawn */
} SheetReader;

static const char *
keep (SheetReader *self, const char *text)
{
  return g_string_chunk_insert_const (self->builder.strings, text);
}

/* KiCad takes a slash in the name of a net for what it writes as {slash}. */
static const char *
keep_net_name (SheetReader *self, const char *text)
{
  g_autoptr (GString) name = g_string_new (text);

  g_string_replace (name, "/", "{slash}", 0);
  return keep (self, name->str);
}

static NudgePoint
read_point (const NudgeSexprNode *list, const char *name)
{
  const NudgeSexprNode *node = nudge_sexpr_find (list, name);

  return (NudgePoint){ nudge_sexpr_mm (node, 1), nudge_sexpr_mm (node, 2) };
}

/* Degrees from 0 to 359. */
static gint16
read_angle (const NudgeSexprNode *list)
{
  double angle = nudge_sexpr_double (nudge_sexpr_find (list, "at"), 3);

  return angle > -36000 && angle < 36000 ? (gint16) (((gint) angle % 360 + 360) % 360) : 0;
}

/* The number of a mark that may name its net. */
static guint
add_name (SheetReader *self, ReadNameKind kind, const char *name, const char *power_symbol)
{
  ReadName entry = { kind, name, power_symbol };

  g_array_append_val (self->reading->names, entry);
  return self->reading->names->len - 1;
}

/* --- wires and their like --- */

static NudgePoint
read_xy (const NudgeSexprNode *node)
{
  return (NudgePoint){ nudge_sexpr_mm (node, 1), nudge_sexpr_mm (node, 2) };
}

/* @lines: (element-type NudgeWire) */
static void
read_line (SheetReader *self, const NudgeSexprNode *node, GArray *lines)
{
  const NudgeSexprNode *points = nudge_sexpr_find (node, "pts"), *before = NULL;

  for (const NudgeSexprNode *point = points != NULL ? points->child : NULL; point != NULL; point = point->next)
    {
      NudgeWire line = { .net = NUDGE_NONE };

      if (!nudge_sexpr_is (point, "xy"))
        continue;
      if (before != NULL)
        {
          line.a = read_xy (before);
          line.b = read_xy (point);
          if (lines == self->builder.wires)
            line.net = add_name (self, READ_NAME_NONE, NULL, NULL);
          g_array_append_val (lines, line);
        }
      before = point;
    }
}

static void
read_bus_entry (SheetReader *self, const NudgeSexprNode *node)
{
  NudgePoint at = read_point (node, "at"), size = read_point (node, "size");
  NudgeWire entry = { at, { at.x + size.x, at.y + size.y }, NUDGE_NONE };

  g_array_append_val (self->builder.bus_entries, entry);
}

static NudgeLabelShape
label_shape (const char *name)
{
  static const char *const names[] = { "input", "output", "bidirectional", "tri_state", "passive" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return (NudgeLabelShape) i;
  return NUDGE_LABEL_SHAPE_PASSIVE;
}

static gboolean
read_label (SheetReader *self, const NudgeSexprNode *node, NudgeLabelKind kind, GError **error)
{
  const char *text = nudge_sexpr_text (node, 1);
  NudgeLabel label = { .kind = kind, .at = read_point (node, "at"), .direction = read_angle (node) / 90 & 3 };

  if (text == NULL)
    return nudge_read_fail (self->file, node, error, "a label has no text");
  if (kind != NUDGE_LABEL_LOCAL)
    label.shape = label_shape (nudge_sexpr_text (nudge_sexpr_find (node, "shape"), 1));
  label.text = keep_net_name (self, text);
  label.net = add_name (self, kind == NUDGE_LABEL_GLOBAL ? READ_NAME_GLOBAL : READ_NAME_LABEL, label.text, NULL);
  g_array_append_val (self->builder.labels, label);
  return TRUE;
}

/* --- texts and pictures --- */

static guint32
read_color (const NudgeSexprNode *list)
{
  const NudgeSexprNode *color = nudge_sexpr_find (list, "color");
  guint32 rgb = 0;

  /* Wholly transparent stands for "none chosen". */
  if (color == NULL || nudge_sexpr_double (color, 4) <= 0)
    return NUDGE_COLOR_DEFAULT;
  for (guint i = 1; i <= 3; i++)
    rgb = rgb << 8 | (guint32) CLAMP (nudge_sexpr_double (color, i), 0, 255);
  return rgb;
}

static void
read_frame (NudgeDrawnText *text, const NudgeSexprNode *node)
{
  static const char *const strokes[] = { "solid", "dash", "dot", "dash_dot", "dash_dot_dot" };
  const NudgeSexprNode *stroke = nudge_sexpr_find (node, "stroke"), *fill = nudge_sexpr_find (node, "fill");
  const NudgeSexprNode *margins = nudge_sexpr_find (node, "margins");
  const char *type = nudge_sexpr_text (nudge_sexpr_find (stroke, "type"), 1), *filling = nudge_sexpr_text (nudge_sexpr_find (fill, "type"), 1);

  text->border_width = nudge_sexpr_mm (nudge_sexpr_find (stroke, "width"), 1);
  text->border_color = read_color (stroke);
  text->filled = filling != NULL && strcmp (filling, "none") != 0;
  text->fill_color = read_color (fill);
  for (guint i = 0; i < G_N_ELEMENTS (strokes); i++)
    if (g_strcmp0 (type, strokes[i]) == 0)
      text->border = (NudgeStroke) i;
  /* KiCad leaves three quarters of a line about the text when the file does not say. */
  for (guint i = 0; i < 4; i++)
    text->margin[i] = margins != NULL ? nudge_sexpr_mm (margins, i + 1) : text->style.height * 3 / 4;
}

static gboolean
read_text (SheetReader *self, const NudgeSexprNode *node, gboolean boxed, GError **error)
{
  const char *words = nudge_sexpr_text (node, 1);
  NudgePoint at = read_point (node, "at");
  NudgeDrawnText text = {
    .box = { at.x, at.y, at.x, at.y },
    .boxed = boxed,
    .angle = read_angle (node),
    .text_color = read_color (nudge_sexpr_find (nudge_sexpr_find (node, "effects"), "font")),
    .fill_color = NUDGE_COLOR_DEFAULT,
    .border_color = NUDGE_COLOR_DEFAULT,
    .style = nudge_text_style_read (node),
  };

  if (words == NULL)
    return nudge_read_fail (self->file, node, error, "a text is missing");
  text.text = keep (self, words);
  if (boxed)
    {
      NudgePoint size = read_point (node, "size");

      text.box.x1 += size.x;
      text.box.y1 += size.y;
      read_frame (&text, node);
    }
  g_array_append_val (self->builder.texts, text);
  return TRUE;
}

/* A rectangle is a box without a text. */
static void
read_rectangle (SheetReader *self, const NudgeSexprNode *node)
{
  NudgePoint a = read_point (node, "start"), b = read_point (node, "end");
  NudgeDrawnText text = {
    .text = "",
    .box = { MIN (a.x, b.x), MIN (a.y, b.y), MAX (a.x, b.x), MAX (a.y, b.y) },
    .boxed = TRUE,
    .text_color = NUDGE_COLOR_DEFAULT,
    .style = NUDGE_TEXT_STYLE_DEFAULT,
  };

  read_frame (&text, node);
  g_array_append_val (self->builder.texts, text);
}

static void
read_image (SheetReader *self, const NudgeSexprNode *node)
{
  const NudgeSexprNode *data = nudge_sexpr_find (node, "data");
  double scale = nudge_sexpr_double (nudge_sexpr_find (node, "scale"), 1);
  NudgeDrawnImage image = { .at = read_point (node, "at"), .scale = scale > 0 && scale < 1000 ? scale : 1 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  guchar *raw;
  gsize length;

  for (const NudgeSexprNode *line = data != NULL && data->child != NULL ? data->child->next : NULL; line != NULL; line = line->next)
    g_string_append (text, line->text);
  raw = g_base64_decode (text->str, &length);
  bytes = g_bytes_new_take (raw, length);
  if (length == 0 || !nudge_image_measure (bytes, image.scale, &image.size))
    {
      nudge_diagnostics_add (self->reading->diagnostics, NUDGE_CODE_IMAGE_UNREADABLE, "%s: a picture cannot be read", self->file->name);
      return;
    }
  image.data = g_steal_pointer (&bytes);
  g_array_append_val (self->builder.images, image);
}

/* --- symbols --- */

static void
read_field (SheetReader *self, const NudgeSexprNode *node, gboolean is_part, NudgeDrawnSymbol *symbol)
{
  const char *name = nudge_sexpr_text (node, 1), *text = nudge_sexpr_text (node, 2);
  NudgeDrawnField field = { .at = read_point (node, "at"), .angle = read_angle (node), .style = nudge_text_style_read (node) };

  if (name == NULL || text == NULL)
    return;
  field.name = keep (self, name);
  if (!is_part && symbol->n_fields == 0)
    {
      /* The number follows: see NudgeSheetInstance.first_power. */
      g_autofree char *prefix = g_strdup (text);
      gsize end = strlen (prefix);

      while (end > 0 && (g_ascii_isdigit (prefix[end - 1]) || prefix[end - 1] == '?'))
        prefix[--end] = '\0';
      field.text = keep (self, prefix);
    }
  else
    field.text = keep (self, text);
  g_array_append_val (self->builder.fields, field);
  symbol->n_fields++;
}

/* Reference and Value come first, whatever the file says first. */
static void
read_fields (SheetReader *self, const NudgeSexprNode *node, gboolean is_part, NudgeDrawnSymbol *symbol)
{
  static const char *const leading[] = { "Reference", "Value" };

  for (guint i = 0; i <= G_N_ELEMENTS (leading); i++)
    for (const NudgeSexprNode *child = node->child; child != NULL; child = child->next)
      {
        const char *name = nudge_sexpr_is (child, "property") ? nudge_sexpr_text (child, 1) : NULL;
        gboolean leads = name != NULL && (g_str_equal (name, leading[0]) || g_str_equal (name, leading[1]));

        if (name != NULL && (i < G_N_ELEMENTS (leading) ? g_str_equal (name, leading[i]) : !leads))
          read_field (self, child, is_part, symbol);
      }
}

static gboolean
has_global_pin (const NudgeSymbol *symbol)
{
  for (guint i = 0; symbol->is_power && i < symbol->n_pins; i++)
    if (g_str_equal (symbol->pins[i].type, "power_in"))
      return TRUE;
  return FALSE;
}

static gboolean
read_symbol (SheetReader *self, const NudgeSexprNode *node, GError **error)
{
  const ReadBlock *block = READ_AT (self->reading->blocks, ReadBlock, self->block);
  const char *mirror = nudge_sexpr_text (nudge_sexpr_find (node, "mirror"), 1);
  guint index = self->n_symbols++;
  NudgeDrawnSymbol symbol = {
    .symbol = self->file->drawn[index],
    .part = block->parts[index],
    .unit_index = NUDGE_NONE,
    .unit = block->units[index],
    .pose = { read_point (node, "at"), (guint8) (read_angle (node) / 90 & 3), NUDGE_MIRROR_NONE },
    .first_field = self->builder.fields->len,
    .net = NUDGE_NONE,
  };
  const char *value = nudge_read_property (node, "Value", NULL);
  NudgeBox box = nudge_symbol_box (symbol.symbol, symbol.unit);

  if (g_strcmp0 (mirror, "x") == 0 || g_strcmp0 (mirror, "y") == 0)
    symbol.pose.mirror = *mirror == 'x' ? NUDGE_MIRROR_X : NUDGE_MIRROR_Y;
  symbol.box = nudge_box_is_empty (&box) ? (NudgeBox){ symbol.pose.at.x, symbol.pose.at.y, symbol.pose.at.x, symbol.pose.at.y }
                                         : nudge_pose_box (&symbol.pose, &box);
  read_fields (self, node, symbol.part != NUDGE_NONE, &symbol);
  if (symbol.n_fields < 2)
    return nudge_read_fail (self->file, node, error, "a symbol lacks its reference or its value");
  if (symbol.part == NUDGE_NONE && has_global_pin (symbol.symbol) && value != NULL && *value != '\0')
    symbol.net = add_name (self, READ_NAME_POWER, keep (self, value), symbol.symbol->id);
  else if (symbol.part == NUDGE_NONE)
    symbol.net = add_name (self, READ_NAME_NONE, NULL, NULL);
  g_array_append_val (self->builder.symbols, symbol);
  return TRUE;
}

/* --- child sheets --- */

/* As KiCad does when it reads a file, a pin is moved to the edge of its box. */
static gboolean
read_sheet_pin (SheetReader *self, const NudgeSexprNode *node, const NudgeBox *box, GError **error)
{
  const char *name = nudge_sexpr_text (node, 1);
  NudgeSheetPin pin = { .at = read_point (node, "at"), .side = read_angle (node) / 90 & 3 };

  if (name == NULL)
    return nudge_read_fail (self->file, node, error, "a sheet's pin has no name");
  if (pin.side % 2 == 0)
    pin.at.x = pin.side == 0 ? box->x1 : box->x0;
  else
    pin.at.y = pin.side == 1 ? box->y0 : box->y1;
  pin.name = keep_net_name (self, name);
  pin.shape = label_shape (nudge_sexpr_text (node, 2));
  pin.net = add_name (self, READ_NAME_SHEET_PIN, pin.name, NULL);
  g_array_append_val (self->builder.sheet_pins, pin);
  return TRUE;
}

static gboolean
read_box (SheetReader *self, const NudgeSexprNode *node, GError **error)
{
  const ReadBlock *block = READ_AT (self->reading->blocks, ReadBlock, self->block);
  guint child = block->children[self->n_boxes++];
  const ReadBlock *below = READ_AT (self->reading->blocks, ReadBlock, child);
  NudgePoint at = read_point (node, "at"), size = read_point (node, "size");
  NudgeSheetBox box = {
    .block = child,
    .sheet = below->sheet,
    .name = keep (self, below->name),
    .file = keep (self, READ_FILE (self->reading, below)->name),
    .box = { at.x, at.y, at.x + size.x, at.y + size.y },
    .first_pin = self->builder.sheet_pins->len,
  };

  for (const NudgeSexprNode *pin = node->child; pin != NULL; pin = pin->next)
    if (nudge_sexpr_is (pin, "pin") && !read_sheet_pin (self, pin, &box.box, error))
      return FALSE;
  box.n_pins = self->builder.sheet_pins->len - box.first_pin;
  g_array_append_val (self->builder.boxes, box);
  return TRUE;
}

/* --- the sheet --- */

static gboolean
read_mark (SheetReader *self, const NudgeSexprNode *node, GError **error)
{
  static const char *const head[] = {
    "version", "generator", "generator_version", "uuid", "paper", "page", "title_block", "lib_symbols", "sheet_instances", "symbol_instances",
    "embedded_fonts", "embedded_files", "bus_alias", "group", "host", NULL,
  };
  const char *kind = node->kind == NUDGE_SEXPR_LIST ? nudge_sexpr_text (node, 0) : NULL;

  if (kind == NULL || g_strv_contains (head, kind))
    return TRUE;
  if (g_str_equal (kind, "symbol"))
    return read_symbol (self, node, error);
  if (g_str_equal (kind, "sheet"))
    return read_box (self, node, error);
  if (g_str_equal (kind, "label"))
    return read_label (self, node, NUDGE_LABEL_LOCAL, error);
  if (g_str_equal (kind, "global_label"))
    return read_label (self, node, NUDGE_LABEL_GLOBAL, error);
  if (g_str_equal (kind, "hierarchical_label"))
    return read_label (self, node, NUDGE_LABEL_HIERARCHICAL, error);
  if (g_str_equal (kind, "text") || g_str_equal (kind, "text_box"))
    return read_text (self, node, g_str_equal (kind, "text_box"), error);
  if (g_str_equal (kind, "wire") || g_str_equal (kind, "bus"))
    read_line (self, node, *kind == 'w' ? self->builder.wires : self->builder.buses);
  else if (g_str_equal (kind, "bus_entry"))
    read_bus_entry (self, node);
  else if (g_str_equal (kind, "rectangle"))
    read_rectangle (self, node);
  else if (g_str_equal (kind, "junction"))
    g_array_append_vals (self->builder.junctions, &(NudgeJunction){ read_point (node, "at"), NUDGE_NONE }, 1);
  else if (g_str_equal (kind, "no_connect"))
    g_array_append_vals (self->builder.no_connects, &(NudgePoint){ read_point (node, "at").x, read_point (node, "at").y }, 1);
  else if (g_str_equal (kind, "image"))
    read_image (self, node);
  else
    g_hash_table_add (self->left_out, (gpointer) kind);
  return TRUE;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
report_left_out (SheetReader *self, const char *name)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer kind;
  g_autofree char *list = NULL;

  g_hash_table_iter_init (&iter, self->left_out);
  while (g_hash_table_iter_next (&iter, &kind, NULL))
    g_ptr_array_add (kinds, kind);
  if (kinds->len == 0)
    return;
  g_ptr_array_sort (kinds, compare_texts);
  g_ptr_array_add (kinds, NULL);
  list = g_strjoinv (", ", (char **) kinds->pdata);
  nudge_diagnostics_add (self->reading->diagnostics, NUDGE_CODE_SCHEMATIC_NOT_DRAWN, "%s has marks that are not drawn: %s", name, list);
}

/* --- buses --- */

/* Returns how many members the name stands for; 0: it names no bus. */
static guint
add_bus_name (SheetReader *self, const char *text)
{
  g_autoptr (GArray) nets = nudge_bus_name_read (text, self->reading->bus_aliases);
  NudgeBusName name = { text, self->builder.bus_members->len, nets != NULL ? nets->len : 0 };

  for (guint i = 0; i < name.n_members; i++)
    {
      const NudgeBusNet *net = &g_array_index (nets, NudgeBusNet, i);
      NudgeBusMember member = { keep (self, net->key), keep (self, net->name), NUDGE_NONE };

      member.net = add_name (self, READ_NAME_LABEL, member.name, NULL);
      g_array_append_val (self->builder.bus_members, member);
    }
  if (nets != NULL)
    g_array_append_val (self->builder.bus_names, name);
  return name.n_members;
}

/* What labels and sheet pins that name buses stand for; nothing on a sheet that has too much of it. */
static void
read_bus_names (SheetReader *self)
{
  const GArray *labels = self->builder.labels, *pins = self->builder.sheet_pins;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_members = 0;

  for (guint i = 0; i < labels->len + pins->len; i++)
    {
      const char *text = i < labels->len ? READ_AT (labels, NudgeLabel, i)->text : READ_AT (pins, NudgeSheetPin, i - labels->len)->name;
      gpointer width;

      if (!g_hash_table_lookup_extended (known, text, NULL, &width))
        {
          width = GUINT_TO_POINTER (add_bus_name (self, text));
          g_hash_table_insert (known, (gpointer) text, width);
        }
      n_members += GPOINTER_TO_UINT (width);
      if (n_members <= NUDGE_MAX_BUS_MEMBERS_PER_SHEET)
        continue;
      g_array_set_size (self->builder.bus_names, 0);
      g_array_set_size (self->builder.bus_members, 0);
      nudge_diagnostics_add (self->reading->diagnostics, NUDGE_CODE_SCHEMATIC_BUSES, "%s has more members of buses than are followed: %d",
                             self->file->name, NUDGE_MAX_BUS_MEMBERS_PER_SHEET);
      return;
    }
}

/* The smallest of our papers on which what the file says finds room. */
static void
read_paper (SheetReader *self, NudgeDrawnSheet *sheet)
{
  static const struct
  {
    const char *name;
    gint32 width, height;      /* mm */
  } others[] = {
    { "A5", 210, 148 }, { "A", 280, 216 }, { "B", 432, 280 }, { "C", 559, 432 }, { "D", 864, 559 }, { "E", 1118, 864 },
    { "USLetter", 280, 216 }, { "USLegal", 356, 216 }, { "USLedger", 432, 280 },
  };
  const NudgeSexprNode *node = nudge_sexpr_find (self->file->root, "paper");
  const char *name = nudge_sexpr_text (node, 1);
  NudgePoint size = { 0, 0 };

  if (name == NULL)
    return;
  for (guint i = NUDGE_PAPER_A4; i <= NUDGE_PAPER_A0; i++)
    if (g_str_equal (nudge_paper_name ((NudgePaper) i), name))
      {
        sheet->paper = nudge_sexpr_has_atom (node, "portrait") ? nudge_paper_portrait ((NudgePaper) i) : (NudgePaper) i;
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].name, name))
      size = (NudgePoint){ NUDGE_MM (others[i].width), NUDGE_MM (others[i].height) };
  if (g_str_equal (name, "User"))
    size = (NudgePoint){ nudge_sexpr_mm (node, 2), nudge_sexpr_mm (node, 3) };
  if (nudge_sexpr_has_atom (node, "portrait"))
    size = (NudgePoint){ size.y, size.x };
  sheet->paper = NUDGE_PAPER_A4;
  while (sheet->paper < NUDGE_PAPER_A0 && (nudge_paper_size (sheet->paper).x < size.x || nudge_paper_size (sheet->paper).y < size.y))
    sheet->paper++;
  nudge_diagnostics_add (self->reading->diagnostics, NUDGE_CODE_SCHEMATIC_PAPER, "%s stands on paper %s; it is shown on %s", self->file->name, name,
                         nudge_paper_name (sheet->paper));
}

gboolean
nudge_read_marks (Reading *self, guint index, NudgeDrawnSheet *sheet, GError **error)
{
  const ReadBlock *block = READ_AT (self->blocks, ReadBlock, index);
  SheetReader reader = { .reading = self, .file = READ_FILE (self, block), .block = index };
  const char *title = nudge_sexpr_text (nudge_sexpr_find (nudge_sexpr_find (reader.file->root, "title_block"), "title"), 1);
  const NudgeSexprNode *node = reader.file->root->child;
  gboolean ok = TRUE;

  nudge_sheet_builder_init (&reader.builder, sheet);
  reader.left_out = g_hash_table_new (g_str_hash, g_str_equal);
  sheet->block = index;
  sheet->name = keep (&reader, block->name);
  sheet->file = keep (&reader, reader.file->name);
  sheet->title = keep (&reader, title != NULL ? title : "");
  if (reader.file->uuid != NULL)
    g_strlcpy (sheet->uuid, reader.file->uuid, sizeof sheet->uuid);
  read_paper (&reader, sheet);
  for (; node != NULL && ok; node = node->next)
    ok = read_mark (&reader, node, error);
  if (ok)
    {
      report_left_out (&reader, reader.file->name);
      read_bus_names (&reader);
    }
  nudge_sheet_builder_finish (&reader.builder);
  g_hash_table_unref (reader.left_out);
  return ok;
}
