/* Pictures on a sheet, which come from a stranger's file: the size that it promises is checked before anything is unpacked. */
#include "paint/paint-private.h"

#include <string.h>
#include <turbojpeg.h>

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

static cairo_surface_t *
check_surface (cairo_surface_t *surface)
{
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

static gboolean
is_sensible (guint64 width, guint64 height)
{
  return width > 0 && height > 0 && width * height <= MAX_PIXELS;
}

static cairo_surface_t *
decode_png (GBytes *bytes)
{
  Source source;

  source.data = g_bytes_get_data (bytes, &source.left);
  if (source.left < MIN_PNG_BYTES || !is_sensible (big_endian (source.data + 16), big_endian (source.data + 20)))
    return NULL;
  return check_surface (cairo_image_surface_create_from_png_stream (read_bytes, &source));
}

/* Files keep the JPEG as it is, which is small and loses nothing more. */
static void
keep_jpeg (cairo_surface_t *surface, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, length, (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (bytes));
}

static cairo_surface_t *
decode_jpeg (GBytes *bytes)
{
  const int format = G_BYTE_ORDER == G_LITTLE_ENDIAN ? TJPF_BGRX : TJPF_XRGB;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  tjhandle reader = tjInitDecompress ();
  cairo_surface_t *surface = NULL;
  /* One that breaks off before its size is read without complaint, and without a size. */
  int width = 0, height = 0, subsampling, colorspace;

  if (reader != NULL && tjDecompressHeader3 (reader, data, length, &width, &height, &subsampling, &colorspace) == 0
      && is_sensible ((guint64) width, (guint64) height))
    surface = check_surface (cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height));
  if (surface != NULL)
    {
      /* What is only damaged is shown as far as it goes. */
      if (tjDecompress2 (reader, data, length, cairo_image_surface_get_data (surface), width, cairo_image_surface_get_stride (surface),
                         height, format, TJFLAG_LIMITSCANS) != 0 && tjGetErrorCode (reader) != TJERR_WARNING)
        g_clear_pointer (&surface, cairo_surface_destroy);
      else
        {
          cairo_surface_mark_dirty (surface);
          keep_jpeg (surface, bytes);
        }
    }
  if (reader != NULL)
    tjDestroy (reader);
  return surface;
}

cairo_surface_t *
nudge_paint_decode_image (GBytes *bytes)
{
  static const guint8 png[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 jpeg[2] = { 0xff, 0xd8 };
  gsize length;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (data != NULL && length >= sizeof png && memcmp (data, png, sizeof png) == 0)
    return decode_png (bytes);
  if (data != NULL && length >= sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0)
    return decode_jpeg (bytes);
  return NULL;
}
