/* paint-sheet.h: one sheet of a drawing, ready to be painted and pointed at. Immutable; safe from any thread. */
#pragma once

#include "drawing/drawing.h"
#include "paint/theme.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct _NudgePaintSheet NudgePaintSheet;

typedef enum
{
  NUDGE_HIT_NONE,
  NUDGE_HIT_SYMBOL,
  NUDGE_HIT_WIRE,
  NUDGE_HIT_LABEL,
  NUDGE_HIT_BOX,
  NUDGE_HIT_SHEET_PIN,
  NUDGE_HIT_TEXT,
  NUDGE_HIT_NET, /* all marks of a net; never at a point */
} NudgeHitKind;

/* What stands at a point; `index` is into the sheet's array of that kind. */
typedef struct
{
  NudgeHitKind kind;
  guint index;
  guint net; /* NUDGE_NONE for what is no net */
} NudgeHit;

#define NUDGE_HIT_NOTHING ((NudgeHit){ NUDGE_HIT_NONE, NUDGE_NONE, NUDGE_NONE })

/* What one call to nudge_paint_sheet_draw() did. */
typedef struct
{
  guint symbols, simplified; /* drawn in full; drawn as filled boxes */
  guint texts;
  guint wires;
  guint culled;
} NudgePaintStats;

/**
 * nudge_paint_sheet_new:
 * @drawing: the drawing
 * @sheet: into its sheets
 * @instance: into the sheet's instances: decides references, path and page
 *
 * Measures every mark of a sheet.
 *
 * Returns: (transfer full): the sheet, which keeps @drawing alive
 */
NudgePaintSheet *nudge_paint_sheet_new (NudgeDrawing *drawing, guint sheet, guint instance);
NudgePaintSheet *nudge_paint_sheet_ref (NudgePaintSheet *self);
void nudge_paint_sheet_unref (NudgePaintSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgePaintSheet, nudge_paint_sheet_unref)

/* (transfer none) */
NudgeDrawing *nudge_paint_sheet_get_drawing (const NudgePaintSheet *self);
const NudgeDrawnSheet *nudge_paint_sheet_get_drawn (const NudgePaintSheet *self);
/* Width and height of the paper. */
NudgePoint nudge_paint_sheet_get_size (const NudgePaintSheet *self);
/* Box of a symbol with its fields, or of another mark. */
NudgeBox nudge_paint_sheet_get_box (const NudgePaintSheet *self, const NudgeHit *hit);

/**
 * nudge_paint_sheet_get_child:
 * @self: the sheet
 * @box: into its sheet boxes
 *
 * Returns: the block that the box leads to from this instance, or `NUDGE_NONE`
 */
guint nudge_paint_sheet_get_child (const NudgePaintSheet *self, guint box);

/**
 * nudge_paint_sheet_draw:
 * @self: the sheet
 * @cr: where to; its user space is the sheet in 100 nm
 * @theme: colours
 * @stats: (out) (nullable): what was done
 *
 * Paints what meets the clip of @cr. Marks that are too small to be read at its scale are simplified,
 * on image surfaces only: files keep everything.
 */
void nudge_paint_sheet_draw (const NudgePaintSheet *self, cairo_t *cr, const NudgeTheme *theme, NudgePaintStats *stats);

/**
 * nudge_paint_sheet_draw_highlight:
 * @self: the sheet
 * @cr: where to, as above
 * @theme: colours
 * @hit: what to mark
 * @alpha: strength, 0 to 1
 *
 * Paints the marks of a net, or a frame around anything else, over the sheet.
 */
void nudge_paint_sheet_draw_highlight (const NudgePaintSheet *self, cairo_t *cr, const NudgeTheme *theme, const NudgeHit *hit, double alpha);

/**
 * nudge_paint_sheet_get_highlight_box:
 * @self: the sheet
 * @hit: what would be marked
 *
 * Returns: the box that nudge_paint_sheet_draw_highlight() paints in, or an empty one
 */
NudgeBox nudge_paint_sheet_get_highlight_box (const NudgePaintSheet *self, const NudgeHit *hit);

/**
 * nudge_paint_sheet_hit:
 * @self: the sheet
 * @at: a point
 * @tolerance: how far from a line it may be
 *
 * Returns: the topmost mark there
 */
NudgeHit nudge_paint_sheet_hit (const NudgePaintSheet *self, NudgePoint at, gint32 tolerance);

/**
 * nudge_paint_sheet_list_in:
 * @self: the sheet
 * @box: an area
 * @touching: whether it is enough to touch it; else a mark must lie inside
 * @hits: (element-type NudgeHit): receives what a person can move: units of parts and sheet boxes
 *
 * Lists the marks in an area.
 */
void nudge_paint_sheet_list_in (const NudgePaintSheet *self, const NudgeBox *box, gboolean touching, GArray *hits);

/**
 * nudge_paint_sheet_list_changes:
 * @self: a sheet
 * @other: a later picture of the same sheet
 *
 * Returns: (transfer full) (element-type NudgeBox): the boxes of all marks that one of them has and the other has not
 */
GArray *nudge_paint_sheet_list_changes (const NudgePaintSheet *self, const NudgePaintSheet *other);

/**
 * nudge_paint_sheet_describe:
 * @self: the sheet
 * @hit: a mark of it
 *
 * Returns: (transfer full): the mark in one line, such as `R7 10k, Device:R`
 */
char *nudge_paint_sheet_describe (const NudgePaintSheet *self, const NudgeHit *hit);

G_END_DECLS
