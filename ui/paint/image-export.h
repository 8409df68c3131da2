/* image-export.h: sheets as pictures: PDF, SVG, PNG. The painter of the window paints them too. */
#pragma once

#include "paint/paint-sheet.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * nudge_paint_pdf:
 * @drawing: the drawing
 * @theme: (nullable): colours, or %NULL for KiCad's
 * @stream: where to
 * @error: return location
 *
 * Writes every page of the design into one PDF. Its dates are those of SOURCE_DATE_EPOCH, or the epoch's first second:
 * the same drawing gives the same bytes.
 *
 * Returns: %FALSE with %NUDGE_ERROR_IO or the stream's error on failure
 */
gboolean nudge_paint_pdf (NudgeDrawing *drawing, const NudgeTheme *theme, GOutputStream *stream, GError **error);

/**
 * nudge_paint_pdf_pages:
 * @drawing: the drawing
 * @first: the first page, from 1
 * @last: the last page, or any larger number
 * @theme: (nullable): colours, or %NULL for KiCad's
 * @stream: where to
 * @error: return location
 *
 * Writes some pages of the design into a PDF, as nudge_paint_pdf() does.
 *
 * Returns: %FALSE with %NUDGE_ERROR_IO or the stream's error on failure
 */
gboolean nudge_paint_pdf_pages (NudgeDrawing *drawing, guint first, guint last, const NudgeTheme *theme, GOutputStream *stream, GError **error);

/**
 * nudge_paint_svg:
 * @sheet: the sheet
 * @theme: (nullable): colours, or %NULL for KiCad's
 * @stream: where to
 * @error: return location
 *
 * Writes one page as SVG.
 *
 * Returns: %FALSE with %NUDGE_ERROR_IO or the stream's error on failure
 */
gboolean nudge_paint_svg (const NudgePaintSheet *sheet, const NudgeTheme *theme, GOutputStream *stream, GError **error);

/**
 * nudge_paint_png:
 * @sheet: the sheet
 * @theme: (nullable): colours, or %NULL for KiCad's
 * @dots_per_mm: resolution, up to 40
 * @stream: where to
 * @error: return location
 *
 * Writes one page as PNG.
 *
 * Returns: %FALSE with %NUDGE_ERROR_IO or the stream's error on failure
 */
gboolean nudge_paint_png (const NudgePaintSheet *sheet, const NudgeTheme *theme, double dots_per_mm, GOutputStream *stream, GError **error);

G_END_DECLS
