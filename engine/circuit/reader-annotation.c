/* Annotations: what stands on a sheet beside the circuit. */
#include "circuit/reader.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* What circuit-synth leaves out, and where it puts a docstring (mm). */
#define DEFAULT_TEXT_SIZE 1.27
#define TABLE_TEXT_SIZE 1.0
#define TABLE_CELL_WIDTH 20.0
#define TABLE_CELL_HEIGHT 5.0

static const NudgePoint docstring_at = { NUDGE_MM (184), NUDGE_MM (110) };
static const NudgePoint docstring_size = { NUDGE_MM (80), NUDGE_MM (30) };

static gboolean
read_point (NudgeReader *self, guint value, NudgePoint *point)
{
  NudgeJson *json = self->json;
  guint second;

  if (!nudge_reader_expect (self, value, NUDGE_JSON_ARRAY, "a position or size must be a list of two numbers"))
    return FALSE;
  if (json->values[value].size != 2)
    {
      nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, NULL, "a position or size must be a list of two numbers");
      return FALSE;
    }
  second = nudge_json_next (json, value + 1);
  point->x = nudge_reader_length (self, value + 1, 0);
  point->y = nudge_reader_length (self, second, 0);
  return TRUE;
}

/* "center center", "left top", "right": words in any order. */
static void
read_justify (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  static const struct
  {
    const char *word;
    gint8 h, v;
  } words[] = {
    { "left", NUDGE_JUSTIFY_LEFT, 0 },
    { "right", NUDGE_JUSTIFY_RIGHT, 0 },
    { "top", 0, NUDGE_JUSTIFY_LEFT },
    { "bottom", 0, NUDGE_JUSTIFY_RIGHT },
  };
  g_auto (GStrv) parts = NULL;

  if (nudge_reader_is_absent (self, value))
    return;
  annotation->justify_h = annotation->justify_v = NUDGE_JUSTIFY_CENTER;
  parts = g_strsplit_set (nudge_reader_text (self, value), " ,", 16);
  for (guint i = 0; parts[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      if (g_ascii_strcasecmp (parts[i], words[k].word) == 0)
        {
          annotation->justify_h += words[k].h;
          annotation->justify_v += words[k].v;
        }
  annotation->justify_h = CLAMP (annotation->justify_h, NUDGE_JUSTIFY_LEFT, NUDGE_JUSTIFY_RIGHT);
  annotation->justify_v = CLAMP (annotation->justify_v, NUDGE_JUSTIFY_LEFT, NUDGE_JUSTIFY_RIGHT);
}

static gint32
read_text_size (NudgeReader *self, guint value, double fallback)
{
  gint32 size = nudge_reader_length (self, value, fallback);

  return size > 0 ? size : NUDGE_MM (DEFAULT_TEXT_SIZE);
}

static void
read_style (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  NudgeJson *json = self->json;
  double angle = nudge_reader_number (self, nudge_json_member (json, value, "rotation"), 36000, 0);

  annotation->bold = nudge_reader_flag (self, nudge_json_member (json, value, "bold"), FALSE);
  annotation->italic = nudge_reader_flag (self, nudge_json_member (json, value, "italic"), FALSE);
  annotation->angle = (guint16) (((lround (angle) % 360) + 360) % 360);
  read_justify (self, annotation, nudge_json_member (json, value, "justify"));
}

static void
read_border (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  NudgeJson *json = self->json;
  gboolean border = nudge_reader_flag (self, nudge_json_member (json, value, "border"), TRUE);
  gint32 width = nudge_reader_length (self, nudge_json_member (json, value, "border_width"), 0.1);

  annotation->border_width = border ? MAX (width, 0) : 0;
  annotation->border_color = nudge_reader_member_text (self, value, "border_color");
}

static void
read_text_box (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  NudgeJson *json = self->json;
  guint margins = nudge_json_member (json, value, "margins");

  annotation->kind = NUDGE_ANNOTATION_TEXT_BOX;
  annotation->text = nudge_reader_member_text (self, value, "text");
  annotation->size = docstring_size;
  read_point (self, nudge_json_member (json, value, "size"), &annotation->size);
  annotation->text_size = read_text_size (self, nudge_json_member (json, value, "text_size"), DEFAULT_TEXT_SIZE);
  for (guint i = 0; i < 4; i++)
    annotation->margin[i] = NUDGE_MM (1);
  if (nudge_reader_expect (self, margins, NUDGE_JSON_ARRAY, "the margins of a text box must be a list of four numbers"))
    for (guint i = 0, at = margins + 1; i < MIN (4, json->values[margins].size); i++, at = nudge_json_next (json, at))
      annotation->margin[i] = MAX (0, nudge_reader_length (self, at, 1));
  annotation->background = nudge_reader_flag (self, nudge_json_member (json, value, "background"), FALSE);
  annotation->text_color = nudge_reader_member_text (self, value, "text_color");
  annotation->background_color = nudge_reader_member_text (self, value, "background_color");
  read_style (self, annotation, value);
  read_border (self, annotation, value);
  annotation->from_docstring = annotation->has_position && nudge_point_equal (annotation->at, docstring_at)
                               && nudge_point_equal (annotation->size, docstring_size);
}

static void
read_text (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  annotation->kind = NUDGE_ANNOTATION_TEXT;
  annotation->text = nudge_reader_member_text (self, value, "text");
  annotation->text_size = read_text_size (self, nudge_json_member (self->json, value, "size"), DEFAULT_TEXT_SIZE);
  annotation->text_color = nudge_reader_member_text (self, value, "color");
  annotation->justify_h = NUDGE_JUSTIFY_LEFT;
  read_style (self, annotation, value);
}

/* Rows may be of different length: short ones are filled up with empty cells. */
static void
read_cells (NudgeReader *self, NudgeAnnotation *annotation, guint rows)
{
  NudgeJson *json = self->json;
  guint end = nudge_json_next (json, rows);
  guint n_columns = 0;

  for (guint row = rows + 1; row < end; row = nudge_json_next (json, row))
    if (nudge_reader_expect (self, row, NUDGE_JSON_ARRAY, "a row of a table must be a list"))
      n_columns = MAX (n_columns, json->values[row].size);
  if ((guint64) n_columns * json->values[rows].size + self->cells->len > NUDGE_MAX_TABLE_CELLS)
    {
      nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, rows, NULL, "the tables have more than %d cells",
                         NUDGE_MAX_TABLE_CELLS);
      return;
    }
  annotation->n_rows = json->values[rows].size;
  annotation->n_columns = n_columns;
  for (guint row = rows + 1; row < end; row = nudge_json_next (json, row))
    {
      gboolean list = nudge_json_type (json, row) == NUDGE_JSON_ARRAY;
      guint n = list ? json->values[row].size : 0;
      guint cell = row + 1;

      for (guint column = 0; column < n_columns; column++)
        {
          const char *text = column < n ? nudge_reader_text (self, cell) : "";

          g_array_append_val (self->cells, text);
          if (column < n)
            cell = nudge_json_next (json, cell);
        }
    }
}

static void
read_table (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  NudgeJson *json = self->json;
  guint data = nudge_json_member (json, value, "data");

  annotation->kind = NUDGE_ANNOTATION_TABLE;
  annotation->size.x = nudge_reader_length (self, nudge_json_member (json, value, "cell_width"), TABLE_CELL_WIDTH);
  annotation->size.y = nudge_reader_length (self, nudge_json_member (json, value, "cell_height"), TABLE_CELL_HEIGHT);
  if (annotation->size.x <= 0 || annotation->size.y <= 0)
    annotation->size = (NudgePoint){ NUDGE_MM (TABLE_CELL_WIDTH), NUDGE_MM (TABLE_CELL_HEIGHT) };
  annotation->text_size = read_text_size (self, nudge_json_member (json, value, "text_size"), TABLE_TEXT_SIZE);
  annotation->header_bold = nudge_reader_flag (self, nudge_json_member (json, value, "header_bold"), TRUE);
  read_border (self, annotation, value);
  annotation->first_cell = self->cells->len;
  if (nudge_reader_expect (self, data, NUDGE_JSON_ARRAY, "the data of a table must be a list of rows"))
    read_cells (self, annotation, data);
}

static void
read_image (NudgeReader *self, NudgeAnnotation *annotation, guint value)
{
  annotation->kind = NUDGE_ANNOTATION_IMAGE;
  annotation->text = nudge_reader_member_text (self, value, "image_path");
  annotation->scale = nudge_reader_number (self, nudge_json_member (self->json, value, "scale"), 1000, 1);
  if (annotation->scale <= 0)
    annotation->scale = 1;
}

static void
read_annotation (NudgeReader *self, guint value)
{
  static const struct
  {
    const char *type;
    void (*read) (NudgeReader *self, NudgeAnnotation *annotation, guint value);
  } readers[] = {
    { "TextBox", read_text_box },
    { "TextProperty", read_text },
    { "Table", read_table },
    { "Image", read_image },
  };
  NudgeAnnotation annotation = {
    .text = "",
    .text_color = "",
    .background_color = "",
    .border_color = "",
    .scale = 1,
  };
  const char *type;

  if (!nudge_reader_expect (self, value, NUDGE_JSON_OBJECT, "an annotation must be an object"))
    return;
  type = nudge_reader_member_text (self, value, "type");
  annotation.has_position = read_point (self, nudge_json_member (self->json, value, "position"), &annotation.at);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (strcmp (type, readers[i].type) == 0)
      {
        readers[i].read (self, &annotation, value);
        g_array_append_val (self->annotations, annotation);
        return;
      }
  nudge_reader_find (self, NUDGE_CODE_UNKNOWN_ANNOTATION, value, NULL, "an annotation of type “%s” cannot be drawn", type);
}

void
nudge_reader_annotations (NudgeReader *self, guint block_index, guint annotations)
{
  NudgeBlock *block = &NUDGE_AT (self->blocks, NudgeBlock, block_index);
  guint end;

  block->first_annotation = self->annotations->len;
  if (!nudge_reader_expect (self, annotations, NUDGE_JSON_ARRAY, "the annotations of a circuit must be a list"))
    return;
  end = nudge_json_next (self->json, annotations);
  for (guint i = annotations + 1; i < end; i = nudge_json_next (self->json, i))
    read_annotation (self, i);
  block->n_annotations = self->annotations->len - block->first_annotation;
}
