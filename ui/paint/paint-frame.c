/* Paper, frame and title block, laid out as on KiCad's default page. */
#include "paint/paint-private.h"

#include <string.h>

#define BORDER NUDGE_MM (10)
#define BAND NUDGE_MM (2)
#define FIELD NUDGE_MM (50)
#define BLOCK_WIDTH NUDGE_MM (108)

static void
line (const NudgePaint *paint, gint32 x0, gint32 y0, gint32 x1, gint32 y1)
{
  cairo_move_to (paint->cr, x0, y0);
  cairo_line_to (paint->cr, x1, y1);
}

static void
add_border (const NudgePaint *paint, NudgePoint size)
{
  gint32 right = size.x - BORDER, bottom = size.y - BORDER;

  cairo_rectangle (paint->cr, BORDER, BORDER, right - BORDER, bottom - BORDER);
  cairo_rectangle (paint->cr, BORDER + BAND, BORDER + BAND, right - BORDER - 2 * BAND, bottom - BORDER - 2 * BAND);
  for (gint32 x = BORDER + FIELD; x < right - BAND; x += FIELD)
    {
      line (paint, x, BORDER, x, BORDER + BAND);
      line (paint, x, bottom - BAND, x, bottom);
    }
  for (gint32 y = BORDER + FIELD; y < bottom - BAND; y += FIELD)
    {
      line (paint, BORDER, y, BORDER + BAND, y);
      line (paint, right - BAND, y, right, y);
    }
}

static void
paint_mark (NudgePaint *paint, const char *text, gint32 x, gint32 y, gint8 justify)
{
  const NudgeTextStyle style = { .height = NUDGE_MM (1.3), .width = NUDGE_MM (1.3), .thickness = NUDGE_PAINT_LINE, .justify_h = justify };
  NudgeBox box = nudge_box_grown ((NudgeBox){ x, y, x, y }, BAND);

  if (nudge_box_overlaps (&paint->clip, &box))
    nudge_paint_text (paint, text, x, y, 0, &style);
}

static void
paint_marks_of_band (NudgePaint *paint, NudgePoint size)
{
  char text[16];
  guint n = 1;

  for (gint32 x = BORDER + FIELD / 2; x < size.x - BORDER; x += FIELD, n++)
    {
      g_snprintf (text, sizeof text, "%u", n);
      paint_mark (paint, text, x, BORDER + BAND / 2, -1);
      paint_mark (paint, text, x, size.y - BORDER - BAND / 2, -1);
    }
  n = 0;
  for (gint32 y = BORDER + FIELD / 2; y < size.y - BORDER; y += FIELD, n++)
    {
      g_snprintf (text, sizeof text, "%c", 'A' + n % 26);
      paint_mark (paint, text, BORDER + BAND / 2, y, 0);
      paint_mark (paint, text, size.x - BORDER - BAND / 2, y, 0);
    }
}

static void
block_text (NudgePaint *paint, NudgePoint corner, double right, double up, double height, gboolean strong, const char *label, const char *text)
{
  const NudgeTextStyle style = {
    .height = NUDGE_MM (height), .width = NUDGE_MM (height), .justify_h = -1, .bold = strong, .italic = height > 1.5,
    .thickness = strong ? (gint32) (NUDGE_MM (height) / 5) : NUDGE_PAINT_LINE,
  };
  g_autofree char *whole = g_strconcat (label, text, NULL);

  nudge_paint_text (paint, whole, corner.x - NUDGE_MM (right), corner.y - NUDGE_MM (up), 0, &style);
}

static char *
page_number (const NudgePaint *paint)
{
  const NudgeDrawing *drawing = paint->view->drawing;
  guint n = 0;

  for (guint i = 0; i < drawing->n_sheets; i++)
    n += drawing->sheets[i].n_instances;
  return g_strdup_printf ("%u/%u", paint->sheet->instances[paint->view->instance].page, n);
}

/* As the writer does it: a date only where the builder gives one. */
static char *
build_date (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  g_autoptr (GDateTime) date = epoch != NULL ? g_date_time_new_from_unix_utc (g_ascii_strtoll (epoch, NULL, 10)) : NULL;

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("");
}

static void
paint_title_block (NudgePaint *paint, NudgePoint corner)
{
  const NudgeDrawnSheet *sheet = paint->sheet;
  const NudgeCircuit *circuit = paint->view->drawing->layout->circuit;
  const char *path = circuit->blocks[sheet->instances[paint->view->instance].block].path;
  const char *description = circuit->blocks[sheet->block].description;
  g_autofree char *comment = g_strstrip (g_strndup (description, strcspn (description, "\r\n")));
  g_autofree char *page = page_number (paint);
  g_autofree char *date = build_date ();

  block_text (paint, corner, 107, 21, 1.5, FALSE, "", comment);
  block_text (paint, corner, 107, 15, 1.5, FALSE, "Sheet: ", path);
  block_text (paint, corner, 107, 12.3, 1.5, FALSE, "File: ", sheet->file);
  block_text (paint, corner, 107, 8.7, 2, TRUE, "Title: ", sheet->title);
  block_text (paint, corner, 107, 4.9, 1.5, FALSE, "Size: ", nudge_paper_kicad_name (sheet->paper));
  block_text (paint, corner, 85, 4.9, 1.5, FALSE, "Date: ", date);
  block_text (paint, corner, 22, 4.9, 1.5, TRUE, "Rev: ", "");
  block_text (paint, corner, 107, 2.1, 1.5, FALSE, "Nudge", "");
  block_text (paint, corner, 22, 2.1, 1.5, FALSE, "Id: ", page);
}

static void
add_title_block (const NudgePaint *paint, NudgePoint corner)
{
  static const double rows[] = { 3.5, 6.5, 10.5, 16.5 };
  gint32 left = corner.x - BLOCK_WIDTH;

  cairo_rectangle (paint->cr, left, corner.y - NUDGE_MM (32), BLOCK_WIDTH, NUDGE_MM (32));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    line (paint, left, corner.y - NUDGE_MM (rows[i]), corner.x, corner.y - NUDGE_MM (rows[i]));
  line (paint, corner.x - NUDGE_MM (88), corner.y - NUDGE_MM (6.5), corner.x - NUDGE_MM (88), corner.y - NUDGE_MM (3.5));
  line (paint, corner.x - NUDGE_MM (24), corner.y - NUDGE_MM (6.5), corner.x - NUDGE_MM (24), corner.y);
}

void
nudge_paint_frame (NudgePaint *paint)
{
  NudgePoint size = nudge_paper_size (paint->sheet->paper);
  NudgePoint corner = { size.x - BORDER - BAND, size.y - BORDER - BAND };
  NudgeBox inner = { BORDER + BAND, BORDER + BAND, corner.x, corner.y };
  NudgeBox block = { corner.x - BLOCK_WIDTH, corner.y - NUDGE_MM (32), corner.x, corner.y };
  const NudgeBox *clip = &paint->clip;
  NudgeBox paper = { 0, 0, size.x, size.y };

  if (!nudge_box_overlaps (clip, &paper))
    return;
  nudge_paint_use (paint, NUDGE_COLOR_BACKGROUND);
  cairo_rectangle (paint->cr, 0, 0, size.x, size.y);
  cairo_fill (paint->cr);
  nudge_paint_use (paint, NUDGE_COLOR_FRAME);
  nudge_paint_pen (paint, NUDGE_PAINT_LINE, TRUE);
  if (clip->x0 < inner.x0 || clip->y0 < inner.y0 || clip->x1 > inner.x1 || clip->y1 > inner.y1)
    {
      add_border (paint, size);
      cairo_stroke (paint->cr);
      paint_marks_of_band (paint, size);
    }
  if (nudge_box_overlaps (clip, &block))
    {
      nudge_paint_pen (paint, NUDGE_PAINT_LINE, TRUE);
      add_title_block (paint, corner);
      cairo_stroke (paint->cr);
      paint_title_block (paint, corner);
    }
}
