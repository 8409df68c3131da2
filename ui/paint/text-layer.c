#include "paint/text-layer.h"

#include "base/text-metrics.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <string.h>

/* The font is TrueType, made here. A glyph's number is its character; its unit is that of nudge_char_advance(). */
#define UNITS_PER_EM 210
#define ASCENT 250
#define DESCENT 70
#define N_GLYPHS 0xffff
#define GLYPH_SIZE 24
#define WIDEST 360
#define POINT_FLAGS 0x1101 /* both are on their curve, the first at 0 */
#define CELL_UNITS 21.0 /* of the stroke font */

/* What stands for characters that TrueType has no number for. */
#define REPLACEMENT 0xfffd

typedef struct
{
  gunichar character;
  cairo_matrix_t cell;
} Letter;

struct _NudgeTextLayer
{
  cairo_font_face_t *face;
  GArray *letters;  /* Letter: of the line */
  GArray *glyphs;   /* cairo_glyph_t: of a run of letters of one size */
  GArray *clusters; /* cairo_text_cluster_t */
  GString *text;
};

/* What a face of FreeType stands on. */
typedef struct
{
  FT_Library library;
  FT_Face face;
  guint8 *file;
} Font;

static const cairo_user_data_key_t layer_key, font_key;

static guint8 *
put16 (guint8 *out, guint value)
{
  out[0] = (guint8) (value >> 8);
  out[1] = (guint8) value;
  return out + 2;
}

static guint8 *
put32 (guint8 *out, guint32 value)
{
  return put16 (put16 (out, value >> 16), value & 0xffff);
}

static guint8 *
put_words (guint8 *out, const guint16 *words, guint n)
{
  for (guint i = 0; i < n; i++)
    out = put16 (out, words[i]);
  return out;
}

/* Two contours of a single point each, in opposite corners of the letter's room: a glyph that has an extent, by which a
 * viewer shows what is selected, and nothing to fill. */
static guint8 *
put_glyph (guint8 *out, guint advance)
{
  const guint16 words[] = { 2, 0, (guint16) -DESCENT, (guint16) advance, ASCENT, 0, 1, 0, POINT_FLAGS, advance, (guint16) -DESCENT, ASCENT + DESCENT };

  G_STATIC_ASSERT (sizeof words == GLYPH_SIZE);
  return put_words (out, words, G_N_ELEMENTS (words));
}

static void
put_glyphs (guint8 *glyf, guint8 *loca, guint8 *hmtx)
{
  for (guint c = 0; c < N_GLYPHS; c++)
    {
      guint advance = (guint) nudge_char_advance (c);

      loca = put32 (loca, c * GLYPH_SIZE);
      glyf = put_glyph (glyf, advance);
      hmtx = put32 (hmtx, advance << 16);
    }
  put32 (loca, N_GLYPHS * GLYPH_SIZE);
}

/* Tables stand in the order of their names, as TrueType wants them; sums over them are for those who distrust a file. */
static guint8 *
make_file (gsize *size)
{
  static const guint16 head[] = {
    1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 3, UNITS_PER_EM, 0, 0, 0, 0, 0, 0, 0, 0, 0, (guint16) -DESCENT, WIDEST, ASCENT, 0, 1, 2, 1, 0,
  };
  static const guint16 hhea[] = { 1, 0, ASCENT, (guint16) -DESCENT, 0, WIDEST, 0, 0, WIDEST, 1, 0, 0, 0, 0, 0, 0, 0, N_GLYPHS };
  static const guint16 maxp[] = { 1, 0, N_GLYPHS, 2, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
  enum { GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, N_TABLES };
  static const struct
  {
    char name[5];
    guint32 size;
  } tables[N_TABLES] = {
    { "glyf", N_GLYPHS * GLYPH_SIZE }, { "head", sizeof head }, { "hhea", sizeof hhea },
    { "hmtx", N_GLYPHS * 4 }, { "loca", N_GLYPHS * 4 + 4 }, { "maxp", sizeof maxp },
  };
  guint32 offsets[N_TABLES], end = 12 + 16 * N_TABLES;
  guint8 *file, *at;

  for (guint i = 0; i < N_TABLES; i++)
    {
      offsets[i] = end;
      end += (tables[i].size + 3) / 4 * 4;
    }
  file = g_malloc0 (end);
  at = put_words (file, (const guint16[]){ 1, 0, N_TABLES, 64, 2, 32 }, 6);
  for (guint i = 0; i < N_TABLES; i++)
    {
      memcpy (at, tables[i].name, 4);
      at = put32 (put32 (put32 (at + 4, 0), offsets[i]), tables[i].size);
    }
  put_words (file + offsets[HEAD], head, G_N_ELEMENTS (head));
  put_words (file + offsets[HHEA], hhea, G_N_ELEMENTS (hhea));
  put_words (file + offsets[MAXP], maxp, G_N_ELEMENTS (maxp));
  put_glyphs (file + offsets[GLYF], file + offsets[LOCA], file + offsets[HMTX]);
  *size = end;
  return file;
}

static void
free_font (gpointer data)
{
  Font *font = data;

  FT_Done_Face (font->face);
  FT_Done_FreeType (font->library);
  g_free (font->file);
  g_free (font);
}

/* (nullable): without memory there is no text layer, and the picture stays as it is. */
static cairo_font_face_t *
make_face (void)
{
  Font *font = g_new0 (Font, 1);
  cairo_font_face_t *face;
  gsize size;

  font->file = make_file (&size);
  if (FT_Init_FreeType (&font->library) != 0)
    {
      g_free (font->file);
      g_free (font);
      return NULL;
    }
  if (FT_New_Memory_Face (font->library, font->file, (FT_Long) size, 0, &font->face) != 0)
    {
      free_font (font);
      return NULL;
    }
  face = cairo_ft_font_face_create_for_ft_face (font->face, FT_LOAD_NO_HINTING);
  if (cairo_font_face_set_user_data (face, &font_key, font, free_font) == CAIRO_STATUS_SUCCESS)
    return face;
  cairo_font_face_destroy (face);
  free_font (font);
  return NULL;
}

static void
free_layer (gpointer data)
{
  NudgeTextLayer *self = data;

  cairo_font_face_destroy (self->face);
  g_array_unref (self->letters);
  g_array_unref (self->glyphs);
  g_array_unref (self->clusters);
  g_string_free (self->text, TRUE);
  g_free (self);
}

void
nudge_text_layer_attach (cairo_surface_t *surface)
{
  cairo_font_face_t *face = make_face ();
  NudgeTextLayer *self;

  if (face == NULL)
    return;
  self = g_new0 (NudgeTextLayer, 1);
  self->face = face;
  self->letters = g_array_new (FALSE, FALSE, sizeof (Letter));
  self->glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  self->text = g_string_new (NULL);
  if (cairo_surface_set_user_data (surface, &layer_key, self, free_layer) != CAIRO_STATUS_SUCCESS)
    free_layer (self);
}

NudgeTextLayer *
nudge_text_layer_of (cairo_surface_t *surface)
{
  return cairo_surface_get_user_data (surface, &layer_key);
}

void
nudge_text_layer_add (NudgeTextLayer *self, gunichar character, const cairo_matrix_t *cell)
{
  Letter letter = { character, *cell };

  g_array_append_val (self->letters, letter);
}

static gboolean
is_alike (const cairo_matrix_t *a, const cairo_matrix_t *b)
{
  return a->xx == b->xx && a->xy == b->xy && a->yx == b->yx && a->yy == b->yy;
}

static void
add_glyph (NudgeTextLayer *self, const Letter *letter)
{
  cairo_glyph_t glyph = { letter->character < N_GLYPHS ? letter->character : REPLACEMENT, letter->cell.x0, letter->cell.y0 };
  gsize before = self->text->len;
  cairo_text_cluster_t cluster;

  g_string_append_unichar (self->text, letter->character);
  cluster = (cairo_text_cluster_t){ (int) (self->text->len - before), 1 };
  g_array_append_val (self->glyphs, glyph);
  g_array_append_val (self->clusters, cluster);
}

static void
show_run (NudgeTextLayer *self, cairo_t *cr, const cairo_matrix_t *cell)
{
  cairo_matrix_t matrix = { cell->xx * CELL_UNITS, cell->yx * CELL_UNITS, -cell->xy * CELL_UNITS, -cell->yy * CELL_UNITS, 0, 0 };

  cairo_set_font_matrix (cr, &matrix);
  cairo_show_text_glyphs (cr, self->text->str, (int) self->text->len, (const cairo_glyph_t *) self->glyphs->data, (int) self->glyphs->len,
                          (const cairo_text_cluster_t *) self->clusters->data, (int) self->clusters->len, 0);
  g_array_set_size (self->glyphs, 0);
  g_array_set_size (self->clusters, 0);
  g_string_truncate (self->text, 0);
}

void
nudge_text_layer_show (NudgeTextLayer *self, cairo_t *cr)
{
  const Letter *letters = (const Letter *) self->letters->data;

  cairo_set_font_face (cr, self->face);
  for (guint i = 0; i < self->letters->len; i++)
    {
      add_glyph (self, &letters[i]);
      if (i + 1 == self->letters->len || !is_alike (&letters[i].cell, &letters[i + 1].cell))
        show_run (self, cr, &letters[i].cell);
    }
  g_array_set_size (self->letters, 0);
}
