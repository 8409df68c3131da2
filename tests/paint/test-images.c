/* Pictures out of Nudge (PDF, SVG, PNG) and into it. */
#include "fixture.h"
#include "paint/image-export.h"
#include "paint/paint-private.h"

#include <string.h>
#include <turbojpeg.h>

static GBytes *
pdf_of (NudgeDrawing *drawing)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (nudge_paint_pdf (drawing, NULL, stream, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}

static void
test_pdf (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_repeated, NULL);
  g_autoptr (GBytes) one = pdf_of (drawing);
  g_autoptr (GBytes) other = pdf_of (drawing);
  g_autoptr (GBytes) later = NULL;

  g_assert_true (g_bytes_equal (one, other));
  g_assert_true (contains (one, "%PDF-"));
  /* The root, and its child twice. */
  g_assert_true (contains (one, "/Count 3"));
  g_assert_true (contains (one, "(19700101000000"));
  /* Sheet boxes lead to their pages, which the reader lists too. */
  g_assert_true (contains (one, "/Link"));
  g_assert_true (contains (one, "/Outlines"));
  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  later = pdf_of (drawing);
  g_unsetenv ("SOURCE_DATE_EPOCH");
  g_assert_true (contains (later, "(20231114221320"));
}

static void
test_svg_and_png (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
      g_autoptr (GOutputStream) again = g_memory_output_stream_new_resizable ();
      g_autoptr (GBytes) one = NULL;
      g_autoptr (GBytes) other = NULL;

      if (round == 0)
        g_assert_true (nudge_paint_svg (sheet, NULL, stream, &error) && nudge_paint_svg (sheet, NULL, again, &error));
      else
        g_assert_true (nudge_paint_png (sheet, NULL, 2, stream, &error) && nudge_paint_png (sheet, NULL, 2, again, &error));
      g_assert_no_error (error);
      g_output_stream_close (stream, NULL, NULL);
      g_output_stream_close (again, NULL, NULL);
      one = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
      other = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (again));
      g_assert_true (g_bytes_equal (one, other));
      g_assert_true (contains (one, round == 0 ? "<svg" : "\x89PNG"));
    }
}

static void
test_full_disk (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  char room[100];
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (nudge_paint_pdf (drawing, NULL, stream, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static GBytes *
small_png (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  g_assert_true (nudge_paint_png (sheet, NULL, 0.2, stream, NULL));
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_decode (void)
{
  g_autoptr (GBytes) png = small_png ();
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) huge = NULL;
  g_autoptr (GBytes) cut = g_bytes_new (data, size / 2);
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  cairo_surface_t *surface = nudge_paint_decode_image (png);

  g_assert_nonnull (surface);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 59);
  cairo_surface_destroy (surface);
  /* A header that promises 2^31 columns is not believed. */
  copy[16] = 0x7f;
  huge = g_bytes_new (copy, size);
  g_assert_null (nudge_paint_decode_image (huge));
  g_assert_null (nudge_paint_decode_image (cut));
  g_assert_null (nudge_paint_decode_image (text));
  g_assert_null (nudge_paint_decode_image (NULL));
}

/* A picture of one colour. */
static GBytes *
small_jpeg (void)
{
  guint8 pixels[16 * 8 * 3];
  tjhandle writer = tjInitCompress ();
  unsigned char *data = NULL;
  unsigned long size = 0;
  GBytes *bytes;

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i % 3 == 0 ? 200 : i % 3 == 1 ? 100 : 0;
  g_assert_cmpint (tjCompress2 (writer, pixels, 16, 0, 8, TJPF_RGB, &data, &size, TJSAMP_444, 95, 0), ==, 0);
  bytes = g_bytes_new (data, size);
  tjFree (data);
  tjDestroy (writer);
  return bytes;
}

static void
test_decode_jpeg (void)
{
  g_autoptr (GBytes) jpeg = small_jpeg ();
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) huge = NULL;
  g_autoptr (GBytes) cut = g_bytes_new (data, size - 3);
  g_autoptr (GBytes) head = g_bytes_new (data, 20);
  cairo_surface_t *surface = nudge_paint_decode_image (jpeg);
  const unsigned char *kept;
  unsigned long length;
  guint32 pixel;

  g_assert_nonnull (surface);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 16);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 8);
  memcpy (&pixel, cairo_image_surface_get_data (surface), sizeof pixel);
  g_assert_cmpint (ABS ((int) (pixel >> 16 & 0xff) - 200), <=, 4);
  g_assert_cmpint (ABS ((int) (pixel >> 8 & 0xff) - 100), <=, 4);
  g_assert_cmpint (pixel & 0xff, <=, 4);
  cairo_surface_get_mime_data (surface, CAIRO_MIME_TYPE_JPEG, &kept, &length);
  g_assert_cmpmem (kept, length, data, size);
  cairo_surface_destroy (surface);
  /* One that breaks off is shown as far as it goes; one that promises 65535 x 65535 pixels is not. */
  surface = nudge_paint_decode_image (cut);
  g_assert_nonnull (surface);
  cairo_surface_destroy (surface);
  for (gsize i = 0; i + 8 < size; i++)
    if (copy[i] == 0xff && copy[i + 1] == 0xc0)
      memset (copy + i + 5, 0xff, 4);
  huge = g_bytes_new (copy, size);
  g_assert_null (nudge_paint_decode_image (huge));
  g_assert_null (nudge_paint_decode_image (head));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/images/pdf", test_pdf);
  g_test_add_func ("/images/svg-and-png", test_svg_and_png);
  g_test_add_func ("/images/full-disk", test_full_disk);
  g_test_add_func ("/images/decode", test_decode);
  g_test_add_func ("/images/decode-jpeg", test_decode_jpeg);
  return g_test_run ();
}
