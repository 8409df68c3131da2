#include "paint/outline-font.h"

#include "base/text-metrics.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>

/* At this size, in 1/21 of the stroke font's, capitals are as high as its own, and ideographs fill their cells. */
#define EM 28

/* What has been asked for stays: few characters are, and asking takes long. */
typedef struct
{
  GMutex lock;
  FcFontSet *fonts;         /* in the order in which they are asked */
  cairo_font_face_t **faces; /* of each, once it was needed */
  GHashTable *paths;        /* by character: cairo_path_t, in the stroke font's unit but y down, or NULL for none */
  cairo_t *cr;              /* where paths are made */
} Fonts;

static gpointer
find_fonts (gpointer data)
{
  Fonts *self = g_new0 (Fonts, 1);
  FcPattern *wish = FcNameParse ((const FcChar8 *) "sans-serif");
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_font_options_t *options = cairo_font_options_create ();
  FcResult result;

  g_mutex_init (&self->lock);
  self->paths = g_hash_table_new (NULL, NULL);
  FcConfigSubstitute (NULL, wish, FcMatchPattern);
  FcDefaultSubstitute (wish);
  self->fonts = FcFontSort (NULL, wish, FcTrue, NULL, &result);
  FcPatternDestroy (wish);
  if (self->fonts != NULL)
    self->faces = g_new0 (cairo_font_face_t *, self->fonts->nfont);
  self->cr = cairo_create (surface);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options (self->cr, options);
  cairo_font_options_destroy (options);
  cairo_surface_destroy (surface);
  return self;
}

/* Glyphs that are pictures have no outline. */
static gboolean
has_outline (FcPattern *font, gunichar character)
{
  FcCharSet *characters;
  FcBool is_scalable = FcFalse, is_colored = FcFalse;

  FcPatternGetBool (font, FC_SCALABLE, 0, &is_scalable);
  FcPatternGetBool (font, FC_COLOR, 0, &is_colored);
  return is_scalable && !is_colored && FcPatternGetCharSet (font, FC_CHARSET, 0, &characters) == FcResultMatch
         && FcCharSetHasChar (characters, character);
}

static cairo_font_face_t *
find_face (Fonts *self, gunichar character)
{
  for (int i = 0; self->fonts != NULL && i < self->fonts->nfont; i++)
    {
      if (!has_outline (self->fonts->fonts[i], character))
        continue;
      if (self->faces[i] == NULL)
        self->faces[i] = cairo_ft_font_face_create_for_pattern (self->fonts->fonts[i]);
      return self->faces[i];
    }
  return NULL;
}

/* In the middle of its cell, and no wider than it. */
static cairo_path_t *
trace (cairo_t *cr, cairo_font_face_t *face, gunichar character)
{
  double room = nudge_char_advance (character) / 10.0, share;
  char text[6];
  int length = g_unichar_to_utf8 (character, text), n = 0;
  cairo_glyph_t *glyphs = NULL;
  cairo_text_extents_t extents;
  cairo_path_t *path = NULL;

  cairo_set_font_face (cr, face);
  cairo_set_font_size (cr, EM);
  if (cairo_scaled_font_text_to_glyphs (cairo_get_scaled_font (cr), 0, 0, text, length, &glyphs, &n, NULL, NULL, NULL) != CAIRO_STATUS_SUCCESS)
    return NULL;
  cairo_glyph_extents (cr, glyphs, n, &extents);
  share = extents.x_advance > room ? room / extents.x_advance : 1;
  cairo_save (cr);
  cairo_translate (cr, (room - extents.x_advance * share) / 2, 0);
  cairo_scale (cr, share, 1);
  cairo_glyph_path (cr, glyphs, n);
  cairo_restore (cr);
  cairo_glyph_free (glyphs);
  path = cairo_copy_path (cr);
  cairo_new_path (cr);
  if (path->status == CAIRO_STATUS_SUCCESS && path->num_data > 0)
    return path;
  cairo_path_destroy (path);
  return NULL;
}

static const cairo_path_t *
find_path (gunichar character)
{
  static GOnce once = G_ONCE_INIT;
  Fonts *self = g_once (&once, find_fonts, NULL);
  gpointer path;

  g_mutex_lock (&self->lock);
  if (!g_hash_table_lookup_extended (self->paths, GUINT_TO_POINTER (character), NULL, &path))
    {
      cairo_font_face_t *face = find_face (self, character);

      path = face != NULL ? trace (self->cr, face, character) : NULL;
      g_hash_table_insert (self->paths, GUINT_TO_POINTER (character), path);
    }
  g_mutex_unlock (&self->lock);
  return path;
}

gboolean
nudge_outline_font_fill (cairo_t *cr, gunichar character, const cairo_matrix_t *cell)
{
  const cairo_path_t *path;

  g_return_val_if_fail (cr != NULL && cell != NULL, FALSE);

  path = find_path (character);
  if (path == NULL)
    return FALSE;
  cairo_save (cr);
  cairo_transform (cr, cell);
  cairo_scale (cr, 1, -1);
  cairo_append_path (cr, path);
  cairo_restore (cr);
  cairo_fill (cr);
  return TRUE;
}
