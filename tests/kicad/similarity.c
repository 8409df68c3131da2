/* similarity OURS.png THEIRS.png [DIFFERENCE.png]: how alike two pictures of one size look, as two numbers.
 *
 * The structural similarity of Wang, Bovik, Sheikh and Simoncelli (2004): luminance, a gaussian window of 11 x 11 pixels
 * with a deviation of 1.5, K1 = 0.01, K2 = 0.03, L = 255, windows that lie wholly inside. Printed are its mean over all
 * windows, which is the usual measure, and over those that hold ink in one of the pictures: paper is always like paper,
 * and most of a sheet is paper. The difference shows what only they have in blue and what only we have in orange. */
#include <cairo.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAPS 11
#define DEVIATION 1.5
#define C1 (0.01 * 255 * 0.01 * 255)
#define C2 (0.03 * 255 * 0.03 * 255)
#define INK_VARIANCE 1.0
#define TILE 32

typedef struct
{
  int width, height;
  float *values;
} Plane;

/* Windows that begin at these places. */
typedef struct
{
  int x, y, width, height;
} Tile;

typedef struct
{
  double all, inked;
  size_t n, n_inked;
} Sums;

static float weights[TAPS];

static Plane
new_plane (int width, int height)
{
  Plane plane = { width, height, calloc ((size_t) width * (size_t) height, sizeof (float)) };

  if (plane.values == NULL)
    abort ();
  return plane;
}

static cairo_surface_t *
load (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  fprintf (stderr, "%s: %s\n", path, cairo_status_to_string (cairo_surface_status (surface)));
  exit (2);
}

static Plane
luminance (cairo_surface_t *surface)
{
  Plane plane = new_plane (cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < plane.height; y++)
    for (int x = 0; x < plane.width; x++)
      {
        unsigned int pixel;

        memcpy (&pixel, data + y * stride + 4 * x, sizeof pixel);
        plane.values[y * plane.width + x] = 0.299f * (pixel >> 16 & 0xff) + 0.587f * (pixel >> 8 & 0xff) + 0.114f * (pixel & 0xff);
      }
  return plane;
}

static void
fill_weights (void)
{
  double sum = 0;

  for (int i = 0; i < TAPS; i++)
    sum += exp (-pow (i - TAPS / 2, 2) / (2 * DEVIATION * DEVIATION));
  for (int i = 0; i < TAPS; i++)
    weights[i] = (float) (exp (-pow (i - TAPS / 2, 2) / (2 * DEVIATION * DEVIATION)) / sum);
}

static float
value (const Plane *plane, int x, int y)
{
  return plane->values[(size_t) y * (size_t) plane->width + (size_t) x];
}

static bool
is_plain (const Plane *plane, int x0, int y0, int width, int height)
{
  float first = value (plane, x0, y0);

  for (int y = y0; y < y0 + height; y++)
    for (int x = x0; x < x0 + width; x++)
      if (value (plane, x, y) != first)
        return false;
  return true;
}

/* The mean of a * b in each window of a tile, of a alone where there is no b. */
static void
tile_means (const Plane *a, const Plane *b, const Tile *tile, float *result)
{
  float rows[(TILE + TAPS) * TILE];

  for (int y = 0; y < tile->height + TAPS - 1; y++)
    {
      float line[TILE + TAPS];

      for (int x = 0; x < tile->width + TAPS - 1; x++)
        line[x] = value (a, tile->x + x, tile->y + y) * (b != NULL ? value (b, tile->x + x, tile->y + y) : 1);
      for (int x = 0; x < tile->width; x++)
        {
          float sum = 0;

          for (int i = 0; i < TAPS; i++)
            sum += weights[i] * line[x + i];
          rows[y * TILE + x] = sum;
        }
    }
  for (int y = 0; y < tile->height; y++)
    for (int x = 0; x < tile->width; x++)
      {
        float sum = 0;

        for (int i = 0; i < TAPS; i++)
          sum += weights[i] * rows[(y + i) * TILE + x];
        result[y * TILE + x] = sum;
      }
}

static void
compare_tile (const Plane *a, const Plane *b, const Tile *tile, Sums *sums)
{
  float ma[TILE * TILE], mb[TILE * TILE], aa[TILE * TILE], bb[TILE * TILE], ab[TILE * TILE];

  sums->n += (size_t) tile->width * (size_t) tile->height;
  if (value (a, tile->x, tile->y) == value (b, tile->x, tile->y)
      && is_plain (a, tile->x, tile->y, tile->width + TAPS - 1, tile->height + TAPS - 1)
      && is_plain (b, tile->x, tile->y, tile->width + TAPS - 1, tile->height + TAPS - 1))
    {
      sums->all += tile->width * tile->height;
      return;
    }
  tile_means (a, NULL, tile, ma);
  tile_means (b, NULL, tile, mb);
  tile_means (a, a, tile, aa);
  tile_means (b, b, tile, bb);
  tile_means (a, b, tile, ab);
  for (int y = 0; y < tile->height; y++)
    for (int i = y * TILE; i < y * TILE + tile->width; i++)
      {
        double p = ma[i], q = mb[i];
        double vp = fmax (aa[i] - p * p, 0), vq = fmax (bb[i] - q * q, 0), vpq = ab[i] - p * q;
        double similarity = (2 * p * q + C1) * (2 * vpq + C2) / ((p * p + q * q + C1) * (vp + vq + C2));

        sums->all += similarity;
        if (vp <= INK_VARIANCE && vq <= INK_VARIANCE)
          continue;
        sums->inked += similarity;
        sums->n_inked++;
      }
}

static void
compare (const Plane *a, const Plane *b)
{
  int width = a->width - TAPS + 1, height = a->height - TAPS + 1;
  Sums sums = { 0 };

  for (int y = 0; y < height; y += TILE)
    for (int x = 0; x < width; x += TILE)
      {
        Tile tile = { x, y, width - x < TILE ? width - x : TILE, height - y < TILE ? height - y : TILE };

        compare_tile (a, b, &tile, &sums);
      }
  printf ("%.4f %.4f\n", sums.all / sums.n, sums.n_inked > 0 ? sums.inked / sums.n_inked : 1);
}

static void
write_difference (const Plane *ours, const Plane *theirs, const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, ours->width, ours->height);
  unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < ours->height; y++)
    for (int x = 0; x < ours->width; x++)
      {
        unsigned int a = (unsigned int) ours->values[y * ours->width + x], b = (unsigned int) theirs->values[y * ours->width + x];
        unsigned int pixel = b << 16 | (a + b) / 2 << 8 | a;

        memcpy (data + y * stride + 4 * x, &pixel, sizeof pixel);
      }
  cairo_surface_mark_dirty (surface);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  cairo_surface_t *surfaces[2];
  Plane planes[2];

  if (argc < 3)
    return 1;
  for (int i = 0; i < 2; i++)
    {
      surfaces[i] = load (argv[1 + i]);
      planes[i] = luminance (surfaces[i]);
    }
  if (planes[0].width != planes[1].width || planes[0].height != planes[1].height || planes[0].width < TAPS || planes[0].height < TAPS)
    {
      fprintf (stderr, "%d x %d and %d x %d pixels\n", planes[0].width, planes[0].height, planes[1].width, planes[1].height);
      return 2;
    }
  fill_weights ();
  compare (&planes[0], &planes[1]);
  if (argc > 3)
    write_difference (&planes[0], &planes[1], argv[3]);
  for (int i = 0; i < 2; i++)
    {
      free (planes[i].values);
      cairo_surface_destroy (surfaces[i]);
    }
  return 0;
}
