#include "paint/image-export.h"

#include "paint/text-layer.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <string.h>

#define POINTS_PER_UNIT (72.0 / 25.4 / NUDGE_UNITS_PER_MM)

/* Cairo writes into a GOutputStream; the first failure stays here. */
typedef struct
{
  GOutputStream *stream;
  GError *error;
} Target;

static cairo_status_t
write_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  Target *target = closure;

  if (target->error == NULL && g_output_stream_write_all (target->stream, data, length, NULL, NULL, &target->error))
    return CAIRO_STATUS_SUCCESS;
  return CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
settle (Target *target, cairo_status_t status, GError **error)
{
  if (target->error != NULL)
    {
      g_propagate_error (error, target->error);
      return FALSE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "cannot paint: %s", cairo_status_to_string (status));
  return FALSE;
}

static void
draw_page (const NudgePaintSheet *sheet, cairo_t *cr, double scale, const NudgeTheme *theme)
{
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  nudge_paint_sheet_draw (sheet, cr, theme != NULL ? theme : nudge_themes ()[0], NULL);
  cairo_restore (cr);
}

static void
set_metadata (cairo_surface_t *surface, const NudgeDrawing *drawing)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds = epoch != NULL ? g_ascii_strtoll (epoch, NULL, 10) : 0;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (CLAMP (seconds, 0, G_GINT64_CONSTANT (253402300799)));
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Nudge");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, drawing->sheets[0].title);
}

/* Pages in order: a sheet that is used several times has several. */
static gboolean
find_page (const NudgeDrawing *drawing, guint page, guint *sheet, guint *instance)
{
  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint i = 0; i < drawing->sheets[s].n_instances; i++)
      if (drawing->sheets[s].instances[i].page == page)
        {
          *sheet = s;
          *instance = i;
          return TRUE;
        }
  return FALSE;
}

/* 0 for no block. */
static guint
page_of_block (const NudgeDrawing *drawing, guint block)
{
  const NudgeDrawnSheet *sheet = block != NUDGE_NONE ? &drawing->sheets[drawing->block_sheets[block]] : NULL;

  for (guint i = 0; sheet != NULL && i < sheet->n_instances; i++)
    if (sheet->instances[i].block == block)
      return sheet->instances[i].page;
  return 0;
}

/* A click on a sheet box leads to the page of that sheet, when the file has it. */
static void
add_links (const NudgePaintSheet *view, cairo_t *cr, guint first, guint last)
{
  const NudgeDrawnSheet *sheet = nudge_paint_sheet_get_drawn (view);

  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      const NudgeBox *box = &sheet->boxes[i].box;
      guint page = page_of_block (nudge_paint_sheet_get_drawing (view), nudge_paint_sheet_get_child (view, i));
      g_autofree char *target = NULL;

      if (page < first || page > last || page == 0)
        continue;
      target = g_strdup_printf ("page=%u pos=[0 0] rect=[%d %d %d %d]", page - first + 1, (int) (box->x0 * POINTS_PER_UNIT),
                                (int) (box->y0 * POINTS_PER_UNIT), (int) ((box->x1 - box->x0) * POINTS_PER_UNIT),
                                (int) ((box->y1 - box->y0) * POINTS_PER_UNIT));
      cairo_tag_begin (cr, CAIRO_TAG_LINK, target);
      cairo_tag_end (cr, CAIRO_TAG_LINK);
    }
}

/* The reader's list of pages, as deep as the sheets are. */
static void
add_outline (cairo_surface_t *surface, const NudgeDrawing *drawing, guint block, guint page, GHashTable *entries)
{
  const NudgeBlock *blocks = drawing->layout->circuit->blocks;
  gpointer parent = block == 0 ? NULL : g_hash_table_lookup (entries, GUINT_TO_POINTER (blocks[block].parent + 1));
  g_autofree char *target = g_strdup_printf ("page=%u pos=[0 0]", page);
  int entry = cairo_pdf_surface_add_outline (surface, parent != NULL ? GPOINTER_TO_INT (parent) : CAIRO_PDF_OUTLINE_ROOT,
                                             block == 0 ? drawing->sheets[0].title : blocks[block].label, target, CAIRO_PDF_OUTLINE_FLAG_OPEN);

  g_hash_table_insert (entries, GUINT_TO_POINTER (block + 1), GINT_TO_POINTER (entry));
}

gboolean
nudge_paint_pdf (NudgeDrawing *drawing, const NudgeTheme *theme, GOutputStream *stream, GError **error)
{
  return nudge_paint_pdf_pages (drawing, 1, G_MAXUINT, theme, stream, error);
}

gboolean
nudge_paint_pdf_pages (NudgeDrawing *drawing, guint first, guint last, const NudgeTheme *theme, GOutputStream *stream, GError **error)
{
  Target target = { .stream = stream };
  g_autoptr (GHashTable) entries = g_hash_table_new (NULL, NULL);
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;
  guint sheet, instance;

  g_return_val_if_fail (drawing != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  surface = cairo_pdf_surface_create_for_stream (write_bytes, &target, 1, 1);
  set_metadata (surface, drawing);
  nudge_text_layer_attach (surface);
  cr = cairo_create (surface);
  for (guint page = first; page <= last && find_page (drawing, page, &sheet, &instance); page++)
    {
      g_autoptr (NudgePaintSheet) view = nudge_paint_sheet_new (drawing, sheet, instance);
      NudgePoint size = nudge_paint_sheet_get_size (view);

      cairo_pdf_surface_set_size (surface, size.x * POINTS_PER_UNIT, size.y * POINTS_PER_UNIT);
      draw_page (view, cr, POINTS_PER_UNIT, theme);
      add_links (view, cr, first, last);
      add_outline (surface, drawing, drawing->sheets[sheet].instances[instance].block, page - first + 1, entries);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return settle (&target, status, error);
}

static cairo_status_t
collect_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_string_append_len (closure, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Cairo numbers the surfaces of a process and writes the number into the file: the same sheet must give the same bytes. */
static void
drop_surface_number (GString *svg)
{
  static const char id[] = "<g id=\"surface";
  char *found = strstr (svg->str, id);
  gsize at, n;

  if (found == NULL)
    return;
  at = (gsize) (found - svg->str) + strlen (id);
  n = strspn (svg->str + at, "0123456789");
  g_string_erase (svg, (gssize) at, (gssize) n);
}

gboolean
nudge_paint_svg (const NudgePaintSheet *sheet, const NudgeTheme *theme, GOutputStream *stream, GError **error)
{
  Target target = { .stream = stream };
  g_autoptr (GString) svg = g_string_new (NULL);
  NudgePoint size;
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  g_return_val_if_fail (sheet != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);

  size = nudge_paint_sheet_get_size (sheet);
  surface = cairo_svg_surface_create_for_stream (collect_bytes, svg, size.x * POINTS_PER_UNIT, size.y * POINTS_PER_UNIT);
  cr = cairo_create (surface);
  draw_page (sheet, cr, POINTS_PER_UNIT, theme);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  drop_surface_number (svg);
  if (status == CAIRO_STATUS_SUCCESS)
    status = write_bytes (&target, (const unsigned char *) svg->str, (unsigned int) MIN (svg->len, G_MAXUINT));
  return settle (&target, status, error);
}

gboolean
nudge_paint_png (const NudgePaintSheet *sheet, const NudgeTheme *theme, double dots_per_mm, GOutputStream *stream, GError **error)
{
  Target target = { .stream = stream };
  double scale = dots_per_mm / NUDGE_UNITS_PER_MM;
  NudgePoint size;
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  g_return_val_if_fail (sheet != NULL && G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (dots_per_mm > 0 && dots_per_mm <= 40, FALSE);

  size = nudge_paint_sheet_get_size (sheet);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (size.x * scale + 0.5), (int) (size.y * scale + 0.5));
  cr = cairo_create (surface);
  draw_page (sheet, cr, scale, theme);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, write_bytes, &target);
  cairo_surface_destroy (surface);
  return settle (&target, status, error);
}
