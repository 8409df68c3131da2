#include "paint/pictures-module.h"

#include "base/file-name.h"
#include "paint/image-export.h"

#include <string.h>

#define DOTS_PER_MM 8 /* of a PNG: about 200 dpi */

/* One page of the design. */
typedef struct
{
  guint sheet, instance, page, block;
} Page;

static gint
compare_pages (gconstpointer a, gconstpointer b)
{
  guint x = ((const Page *) a)->page, y = ((const Page *) b)->page;

  return x < y ? -1 : x > y;
}

static GArray *
list_pages (const NudgeDrawing *drawing)
{
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (Page));

  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint i = 0; i < drawing->sheets[s].n_instances; i++)
      {
        Page page = { s, i, drawing->sheets[s].instances[i].page, drawing->sheets[s].instances[i].block };

        g_array_append_val (pages, page);
      }
  g_array_sort (pages, compare_pages);
  return pages;
}

static gboolean
is_called (const NudgeDrawing *drawing, const Page *page, const char *name)
{
  const NudgeBlock *block = &drawing->layout->circuit->blocks[page->block];
  g_autofree char *path = g_strconcat (name, "/", NULL);

  return g_str_equal (block->path, name) || g_str_equal (block->path, path) || g_str_equal (block->label, name)
         || g_str_equal (block->name, name) || g_str_equal (drawing->sheets[page->sheet].file, name);
}

/* By page number when it is one, else the first page of that name. */
static const Page *
find_page (const NudgeDrawing *drawing, const GArray *pages, const char *name)
{
  guint64 number = 0;
  gboolean is_number = g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT, &number, NULL);

  for (guint i = 0; i < pages->len; i++)
    {
      const Page *page = &g_array_index (pages, Page, i);

      if (is_number ? page->page == number : is_called (drawing, page, name))
        return page;
    }
  return NULL;
}

/* (transfer full): "board-02-usb.svg": page numbers of one width, so that files stand in their order. */
static char *
file_name (const NudgeDrawing *drawing, const Page *page, guint last, const char *format)
{
  const NudgeBlock *block = &drawing->layout->circuit->blocks[page->block];
  g_autofree char *label = nudge_file_name_safe (page->block == 0 ? block->name : block->label);
  g_autofree char *width = g_strdup_printf ("%u", last);

  return g_strdup_printf ("%s-%0*u-%s.%s", drawing->project_name, (int) MAX (strlen (width), 2), page->page, label, format);
}

static gboolean
paint_page (NudgeDrawing *drawing, const Page *page, const char *format, GOutputStream *stream, GError **error)
{
  g_autoptr (NudgePaintSheet) sheet = NULL;

  if (g_str_equal (format, "pdf"))
    return nudge_paint_pdf_pages (drawing, page->page, page->page, NULL, stream, error);
  sheet = nudge_paint_sheet_new (drawing, page->sheet, page->instance);
  if (g_str_equal (format, "svg"))
    return nudge_paint_svg (sheet, NULL, stream, error);
  return nudge_paint_png (sheet, NULL, DOTS_PER_MM, stream, error);
}

static gboolean
add_file (GPtrArray *files, char *name, GOutputStream *stream, GError **error)
{
  NudgeFile *file = g_new0 (NudgeFile, 1);

  file->name = name;
  if (!g_output_stream_close (stream, NULL, error))
    {
      g_free (file->name);
      g_free (file);
      return FALSE;
    }
  file->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_ptr_array_add (files, file);
  return TRUE;
}

GPtrArray *
nudge_pictures_paint (NudgeDrawing *drawing, const char *format, const char *sheet, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_file_free);
  g_autoptr (GArray) pages = list_pages (drawing);
  const Page *only = sheet != NULL ? find_page (drawing, pages, sheet) : NULL;

  if (sheet != NULL && only == NULL)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND, "there is no sheet “%s”", sheet);
      return NULL;
    }
  if (only == NULL && g_str_equal (format, "pdf"))
    {
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

      if (!nudge_paint_pdf (drawing, NULL, stream, error)
          || !add_file (files, g_strconcat (drawing->project_name, ".pdf", NULL), stream, error))
        return NULL;
      return g_steal_pointer (&files);
    }
  for (guint i = 0; i < pages->len; i++)
    {
      const Page *page = &g_array_index (pages, Page, i);
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

      if (only != NULL && page != only)
        continue;
      if (!paint_page (drawing, page, format, stream, error)
          || !add_file (files, file_name (drawing, page, pages->len, format), stream, error))
        return NULL;
    }
  return g_steal_pointer (&files);
}
