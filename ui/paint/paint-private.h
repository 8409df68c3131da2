/* paint-private.h: what the files of the painter share. */
#pragma once

#include "paint/paint-sheet.h"
#include "paint/stroke-text.h"

#define NUDGE_PAINT_LINE 1524           /* KiCad's default line */
#define NUDGE_PAINT_BODY_PIXELS 4.0     /* smaller bodies are filled boxes */
#define NUDGE_PAINT_TEXT_PIXELS 2.0     /* smaller texts are not drawn */

struct _NudgePaintSheet
{
  gatomicrefcount refs;
  NudgeDrawing *drawing;
  const NudgeDrawnSheet *sheet;
  guint instance;
  NudgeBox *symbol_boxes; /* with fields */
  NudgeBox *body_boxes;
  NudgeBox *label_boxes;
  NudgeBox *box_boxes;    /* sheet boxes with names, files and pins */
  NudgeBox *text_boxes;
  char **wrapped;         /* texts as they are broken into lines */
  cairo_surface_t **images; /* decoded; NULL where an image cannot be */
};

/* One run of the painter. */
typedef struct
{
  cairo_t *cr;
  const NudgePaintSheet *view;
  const NudgeDrawnSheet *sheet;
  const NudgeTheme *theme;
  double scale;    /* device pixels per unit; 0: vectors, where nothing is too small */
  NudgeBox clip;
  gboolean dimmed; /* marks of a part that is not fitted */
  NudgePaintStats stats;
} NudgePaint;

/* (transfer full) (nullable): the pixels of a PNG or JPEG. */
cairo_surface_t *nudge_paint_decode_image (GBytes *data);

/* How a field stands on the sheet. */
typedef struct
{
  NudgePoint at;
  gint angle;           /* at which it is read */
  NudgeTextStyle style; /* centred on the point */
  NudgeBox box;         /* empty when there is no text */
} NudgePaintField;

guint32 nudge_paint_color (const NudgePaint *paint, NudgeColorRole role);
void nudge_paint_use (const NudgePaint *paint, NudgeColorRole role);
/* Sets a pen of @width units that is never thinner than a pixel; square for lines along the axes. */
void nudge_paint_pen (const NudgePaint *paint, double width, gboolean square);
void nudge_paint_dashes (const NudgePaint *paint, NudgeStroke stroke, double width);
gboolean nudge_paint_visible (NudgePaint *paint, const NudgeBox *box);
gboolean nudge_paint_readable (const NudgePaint *paint, gint32 height);
void nudge_paint_text (NudgePaint *paint, const char *text, double x, double y, gint angle, const NudgeTextStyle *style);
void nudge_paint_polygon (const NudgePaint *paint, const NudgePoint *points, guint n);

void nudge_paint_frame (NudgePaint *paint);
/* Symbols are filled before any of them is drawn: one that lies beneath another stays to be read. */
void nudge_paint_symbol_fill (NudgePaint *paint, guint index);
void nudge_paint_symbol (NudgePaint *paint, guint index);
void nudge_paint_pins (NudgePaint *paint, const NudgeDrawnSymbol *symbol);
void nudge_paint_label (NudgePaint *paint, const NudgeLabel *label);
void nudge_paint_sheet_box (NudgePaint *paint, const NudgeSheetBox *box);
void nudge_paint_wires (NudgePaint *paint);
void nudge_paint_junctions (NudgePaint *paint);
void nudge_paint_no_connects (NudgePaint *paint);
void nudge_paint_drawn_text (NudgePaint *paint, guint index);
void nudge_paint_image (NudgePaint *paint, guint index);

NudgePaintField nudge_paint_place_field (const NudgePose *pose, const NudgeDrawnField *field, const char *text);
/* The text of a field in this instance: references differ between the instances of a sheet. (transfer none) */
const char *nudge_paint_field_text (const NudgePaintSheet *view, const NudgeDrawnSymbol *symbol, guint field);
NudgeBox nudge_paint_label_box (const NudgeLabel *label);
NudgeBox nudge_paint_sheet_box_box (const NudgeDrawnSheet *sheet, const NudgeSheetBox *box);
/* Flag of a hierarchical label or sheet pin whose text runs in @direction from @at: up to 5 points. */
guint nudge_paint_flag (NudgePoint at, guint direction, NudgeLabelShape shape, gint32 size, NudgePoint points[5]);
/* The part that a symbol stands for in this instance, or NUDGE_NONE. */
guint nudge_paint_part (const NudgePaintSheet *view, const NudgeDrawnSymbol *symbol);
/* Whether the symbol stands for a part that is not fitted. */
gboolean nudge_paint_is_crossed (const NudgePaintSheet *view, const NudgeDrawnSymbol *symbol);
/* The cross over such a part: KiCad's reaches a little beyond the body, by a share of the pins' length. */
NudgeBox nudge_paint_cross_box (const NudgeBox *body, const NudgeBox *whole);
