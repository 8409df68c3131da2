#include "drawing/annotations.h"

#include "base/limits.h"
#include "base/text-metrics.h"

#include <gio/gio.h>
#include <string.h>

#define FRAME_MARGIN NUDGE_MM (12.7)
#define TITLE_BLOCK_WIDTH NUDGE_MM (120)
#define TITLE_BLOCK_HEIGHT NUDGE_MM (45)
#define MAX_IMAGE_BYTES (10 * 1024 * 1024)
#define IMAGE_DPI 300 /* KiCad shows one pixel as 1/300 inch at scale 1 */

guint32
nudge_annotation_color (const char *name)
{
  static const struct
  {
    const char *name;
    guint32 rgb;
  } colors[] = {
    { "black", 0x000000 },     { "white", 0xffffff },      { "red", 0xff0000 },        { "green", 0x008000 },
    { "blue", 0x0000ff },      { "yellow", 0xffff00 },     { "orange", 0xffa500 },     { "purple", 0x800080 },
    { "gray", 0x808080 },      { "grey", 0x808080 },       { "lightgray", 0xd3d3d3 },  { "lightgrey", 0xd3d3d3 },
    { "lightyellow", 0xffffe0 }, { "lightblue", 0xadd8e6 }, { "lightgreen", 0x90ee90 }, { "cyan", 0x00ffff },
    { "magenta", 0xff00ff },   { "brown", 0xa52a2a },      { "pink", 0xffc0cb },       { "darkblue", 0x00008b },
  };

  if (name == NULL || name[0] == '\0')
    return NUDGE_COLOR_DEFAULT;
  if (name[0] == '#' && strlen (name) == 7)
    {
      char *end;
      guint64 rgb = g_ascii_strtoull (name + 1, &end, 16);

      return *end == '\0' ? (guint32) rgb : NUDGE_COLOR_DEFAULT;
    }
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_ascii_strcasecmp (colors[i].name, name) == 0)
      return colors[i].rgb;
  return NUDGE_COLOR_DEFAULT;
}

static NudgeTextStyle
text_style (const NudgeAnnotation *a)
{
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  if (a->text_size > 0)
    style.height = style.width = a->text_size;
  style.bold = a->bold;
  style.italic = a->italic;
  style.justify_h = a->justify_h;
  style.justify_v = a->justify_v;
  return style;
}

/* --- where there is room --- */

typedef struct
{
  GArray *boxes; /* of NudgeBox: what is drawn */
} Taken;

static void
taken_add (Taken *self, NudgeBox box)
{
  if (!nudge_box_is_empty (&box))
    g_array_append_val (self->boxes, box);
}

static void
taken_collect (Taken *self, const NudgeSheetBuilder *b)
{
  for (guint i = 0; i < b->symbols->len; i++)
    {
      const NudgeDrawnSymbol *symbol = &g_array_index (b->symbols, NudgeDrawnSymbol, i);

      taken_add (self, symbol->box);
      for (guint f = symbol->first_field; f < symbol->first_field + symbol->n_fields; f++)
        {
          const NudgeDrawnField *field = &g_array_index (b->fields, NudgeDrawnField, f);

          if (!field->style.hidden && field->text[0] != '\0')
            taken_add (self, nudge_drawn_field_box (&symbol->pose, field, field->text));
        }
    }
  for (guint i = 0; i < b->wires->len; i++)
    {
      const NudgeWire *wire = &g_array_index (b->wires, NudgeWire, i);

      taken_add (self, (NudgeBox){ MIN (wire->a.x, wire->b.x), MIN (wire->a.y, wire->b.y), MAX (wire->a.x, wire->b.x), MAX (wire->a.y, wire->b.y) });
    }
  for (guint i = 0; i < b->labels->len; i++)
    taken_add (self, nudge_box_grown (nudge_label_box (&g_array_index (b->labels, NudgeLabel, i)), NUDGE_GRID));
  for (guint i = 0; i < b->boxes->len; i++)
    taken_add (self, nudge_box_grown (g_array_index (b->boxes, NudgeSheetBox, i).box, 3 * NUDGE_GRID));
  for (guint i = 0; i < b->texts->len; i++)
    taken_add (self, g_array_index (b->texts, NudgeDrawnText, i).box);
}

static gboolean
taken_is_free (const Taken *self, NudgeBox box)
{
  for (guint i = 0; i < self->boxes->len; i++)
    if (nudge_box_overlaps (&g_array_index (self->boxes, NudgeBox, i), &box))
      return FALSE;
  return TRUE;
}

/* The first free place, from the bottom left of the page up and to the right; clear of the title block. */
static NudgePoint
find_place (const Taken *self, NudgePoint page, NudgePoint size)
{
  NudgeBox title = { page.x - TITLE_BLOCK_WIDTH, page.y - TITLE_BLOCK_HEIGHT, page.x, page.y };
  gint32 step = 4 * NUDGE_GRID;

  for (gint32 y = page.y - FRAME_MARGIN - size.y; y >= FRAME_MARGIN; y -= step)
    for (gint32 x = FRAME_MARGIN; x + size.x <= page.x - FRAME_MARGIN; x += step)
      {
        NudgePoint at = { nudge_snap (x, NUDGE_GRID), nudge_snap (y, NUDGE_GRID) };
        NudgeBox box = nudge_box_grown ((NudgeBox){ at.x, at.y, at.x + size.x, at.y + size.y }, NUDGE_GRID);

        if (!nudge_box_overlaps (&box, &title) && taken_is_free (self, box))
          return at;
      }
  return (NudgePoint){ FRAME_MARGIN, nudge_snap (page.y - FRAME_MARGIN - size.y, NUDGE_GRID) };
}

/* --- the kinds --- */

static void
add_text (NudgeSheetBuilder *b, const NudgeAnnotation *a)
{
  NudgeDrawnText text = {
    .text = a->text,
    .box = { a->at.x, a->at.y, a->at.x, a->at.y },
    .angle = (gint16) a->angle,
    .border_width = -1,
    .text_color = nudge_annotation_color (a->text_color),
    .fill_color = NUDGE_COLOR_DEFAULT,
    .border_color = NUDGE_COLOR_DEFAULT,
    .style = text_style (a),
  };

  nudge_sheet_builder_add_text (b, &text);
}

static void
text_box_style (const NudgeAnnotation *a, NudgeDrawnText *text)
{
  text->boxed = TRUE;
  text->border_width = a->border_width > 0 ? a->border_width : -1;
  text->border_color = nudge_annotation_color (a->border_color);
  text->filled = a->background;
  text->fill_color = nudge_annotation_color (a->background_color);
  text->text_color = nudge_annotation_color (a->text_color);
}

/* A docstring box is as large as its text; any other has the size that the program gave it. */
static void
add_text_box (NudgeSheetBuilder *b, const NudgeAnnotation *a)
{
  NudgeDrawnText text = { .text = a->text, .angle = (gint16) a->angle, .style = text_style (a) };
  NudgePoint at = a->at, size = a->size;
  gint32 margin = 0;

  text_box_style (a, &text);
  for (guint i = 0; i < 4; i++)
    {
      text.margin[i] = a->margin[i];
      margin = MAX (margin, a->margin[i]);
    }
  if (a->from_docstring || size.x <= 0 || size.y <= 0)
    {
      size.x = nudge_snap (nudge_text_width (a->text, text.style.width) * 11 / 10 + 4 * margin + NUDGE_GRID, NUDGE_GRID);
      size.y = nudge_snap ((gint32) nudge_text_lines (a->text) * NUDGE_LINE_PITCH (text.style.height) + 4 * margin + NUDGE_GRID, NUDGE_GRID);
    }
  if (a->from_docstring || !a->has_position)
    {
      Taken taken = { g_array_new (FALSE, FALSE, sizeof (NudgeBox)) };

      taken_collect (&taken, b);
      at = find_place (&taken, nudge_paper_size (b->out->paper), size);
      g_array_unref (taken.boxes);
    }
  text.box = (NudgeBox){ at.x, at.y, at.x + size.x, at.y + size.y };
  nudge_sheet_builder_add_text (b, &text);
}

static void
add_table (NudgeSheetBuilder *b, const NudgeAnnotation *a)
{
  const NudgeCircuit *circuit = b->plan->layout->circuit;

  for (guint row = 0; row < a->n_rows; row++)
    for (guint column = 0; column < a->n_columns; column++)
      {
        NudgePoint at = { a->at.x + (gint32) column * a->size.x, a->at.y + (gint32) row * a->size.y };
        NudgeDrawnText cell = {
          .text = circuit->cells[a->first_cell + row * a->n_columns + column],
          .box = { at.x, at.y, at.x + a->size.x, at.y + a->size.y },
          .margin = { 5000, 5000, 5000, 5000 },
          .style = text_style (a),
        };

        text_box_style (a, &cell);
        cell.border_width = MAX (a->border_width, 0);
        cell.style.bold = row == 0 && a->header_bold;
        cell.style.justify_h = NUDGE_JUSTIFY_LEFT;
        cell.style.justify_v = NUDGE_JUSTIFY_CENTER;
        nudge_sheet_builder_add_text (b, &cell);
      }
}

static guint32
big_endian (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

/* Width and height in pixels of a PNG or JPEG; FALSE for anything else. */
static gboolean
image_size (const guint8 *data, gsize length, guint *width, guint *height)
{
  static const guint8 png[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

  if (length >= 24 && memcmp (data, png, sizeof png) == 0)
    {
      *width = big_endian (data + 16);
      *height = big_endian (data + 20);
      return *width > 0 && *height > 0 && *width < 100000 && *height < 100000;
    }
  if (length < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  for (gsize i = 2; i + 9 < length && data[i] == 0xff;)
    {
      guint8 marker = data[i + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = (guint) data[i + 5] << 8 | data[i + 6];
          *width = (guint) data[i + 7] << 8 | data[i + 8];
          return *width > 0 && *height > 0;
        }
      i += 2 + ((gsize) data[i + 2] << 8 | data[i + 3]);
    }
  return FALSE;
}

gboolean
nudge_image_measure (GBytes *data, double scale, NudgePoint *size)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  guint width, height;

  if (bytes == NULL || !image_size (bytes, length, &width, &height))
    return FALSE;
  size->x = (gint32) (width * 254000.0 / IMAGE_DPI * scale);
  size->y = (gint32) (height * 254000.0 / IMAGE_DPI * scale);
  return TRUE;
}

/* Only plain files beside the circuit are read: a circuit from elsewhere must not pull private files into a project. */
static GBytes *
read_image (const NudgeCircuit *circuit, const char *name)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) base = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  char *contents;
  gsize length;

  if (circuit->base_dir == NULL || g_path_is_absolute (name) || strstr (name, "..") != NULL)
    return NULL;
  path = g_build_filename (circuit->base_dir, name, NULL);
  base = g_file_new_for_path (circuit->base_dir);
  file = g_file_new_for_path (path);
  info = g_file_query_info (file, "standard::type,standard::size", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > MAX_IMAGE_BYTES ||
      !g_file_has_prefix (file, base))
    return NULL;
  if (!g_file_get_contents (path, &contents, &length, NULL))
    return NULL;
  return g_bytes_new_take (contents, length);
}

void
nudge_sheet_builder_add_image_annotation (NudgeSheetBuilder *b, const NudgeAnnotation *a, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = b->plan->layout->circuit;
  g_autoptr (GBytes) data = read_image (circuit, a->text);
  NudgeDrawnImage image = { .at = a->at, .scale = a->scale > 0 ? a->scale : 1 };

  if (data == NULL || !nudge_image_measure (data, image.scale, &image.size))
    {
      NudgeDiagnostic *found = nudge_diagnostics_add (diagnostics, NUDGE_CODE_IMAGE_UNREADABLE, "image %s cannot be read", a->text);

      nudge_diagnostic_set_sheet (found, circuit->blocks[b->sheet->block].path);
      return;
    }
  image.data = g_steal_pointer (&data);
  nudge_sheet_builder_add_image (b, &image);
}

void
nudge_sheet_builder_add_annotations (NudgeSheetBuilder *b, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = b->plan->layout->circuit;
  const NudgeBlock *block = &circuit->blocks[b->sheet->block];

  for (guint i = block->first_annotation; i < block->first_annotation + block->n_annotations; i++)
    {
      const NudgeAnnotation *a = &circuit->annotations[i];

      switch (a->kind)
        {
        case NUDGE_ANNOTATION_TEXT:
          add_text (b, a);
          break;
        case NUDGE_ANNOTATION_TEXT_BOX:
          add_text_box (b, a);
          break;
        case NUDGE_ANNOTATION_TABLE:
          add_table (b, a);
          break;
        default:
          nudge_sheet_builder_add_image_annotation (b, a, diagnostics);
        }
    }
}

NudgeBox
nudge_sheet_builder_bounds (const NudgeSheetBuilder *b)
{
  Taken taken = { g_array_new (FALSE, FALSE, sizeof (NudgeBox)) };
  NudgeBox bounds = NUDGE_BOX_EMPTY;

  taken_collect (&taken, b);
  for (guint i = 0; i < taken.boxes->len; i++)
    nudge_box_add_box (&bounds, &g_array_index (taken.boxes, NudgeBox, i));
  for (guint i = 0; i < b->images->len; i++)
    {
      const NudgeDrawnImage *image = &g_array_index (b->images, NudgeDrawnImage, i);

      nudge_box_add_point (&bounds, image->at.x - image->size.x / 2, image->at.y - image->size.y / 2);
      nudge_box_add_point (&bounds, image->at.x + image->size.x / 2, image->at.y + image->size.y / 2);
    }
  g_array_unref (taken.boxes);
  return bounds;
}
