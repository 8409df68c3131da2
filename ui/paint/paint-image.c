/* Pictures on a sheet, which come from a stranger's file. */
#include "paint/paint-private.h"

#include <string.h>

#define MAX_PIXELS (64u * 1024 * 1024)
#define MIN_PNG_BYTES 24

typedef struct
{
  const guint8 *data;
  gsize left;
} Source;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;

  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static guint32
big_endian (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

cairo_surface_t *
nudge_paint_decode_image (GBytes *bytes)
{
  static const guint8 signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  Source source;
  cairo_surface_t *surface;
  guint64 pixels;

  if (bytes == NULL)
    return NULL;
  source.data = g_bytes_get_data (bytes, &source.left);
  if (source.left < MIN_PNG_BYTES || memcmp (source.data, signature, sizeof signature) != 0)
    return NULL;
  /* The header's size is checked before anything is unpacked. */
  pixels = (guint64) big_endian (source.data + 16) * big_endian (source.data + 20);
  if (pixels == 0 || pixels > MAX_PIXELS)
    return NULL;
  surface = cairo_image_surface_create_from_png_stream (read_bytes, &source);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    g_clear_pointer (&surface, cairo_surface_destroy);
  return surface;
}
