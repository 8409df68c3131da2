/* sheet-builder.h: collects the marks of one sheet. Used by every way to draw. */
#pragma once

#include "drawing/plan.h"

G_BEGIN_DECLS

typedef struct
{
  const NudgePlan *plan;       /* NULL for a sheet that is read from a file */
  const NudgePlanSheet *sheet;
  GStringChunk *strings;       /* the drawing's */
  NudgeDrawnSheet *out;
  GArray *symbols, *fields, *wires, *junctions, *labels, *no_connects, *boxes, *sheet_pins, *texts, *images;
  GArray *buses, *bus_entries, *bus_names, *bus_members; /* from files only */
} NudgeSheetBuilder;

/* Begins a sheet: the marks go to arrays until they are handed over. Whoever draws sets `plan` and `sheet`. */
void nudge_sheet_builder_init (NudgeSheetBuilder *self, NudgeDrawnSheet *out);
/* Hands the marks over to the sheet. */
void nudge_sheet_builder_finish (NudgeSheetBuilder *self);
/* A unit of a part with its fields where the library has them; returns its index among the symbols. */
guint nudge_sheet_builder_add_unit (NudgeSheetBuilder *self, guint unit, const NudgePose *pose);
/* A power symbol of a net (index on the plan sheet); its pin stands at pose->at when the symbol's pin is at its origin. */
guint nudge_sheet_builder_add_power (NudgeSheetBuilder *self, guint plan_net, const NudgePose *pose);
/* The PWR_FLAG of a net. */
guint nudge_sheet_builder_add_flag (NudgeSheetBuilder *self, guint plan_net, const NudgePose *pose);
/* The field (0 Reference, 1 Value, ...) of a symbol added before. */
NudgeDrawnField *nudge_sheet_builder_field (NudgeSheetBuilder *self, guint symbol, guint field);
void nudge_sheet_builder_add_wire (NudgeSheetBuilder *self, guint plan_net, NudgePoint a, NudgePoint b);
void nudge_sheet_builder_add_junction (NudgeSheetBuilder *self, guint plan_net, NudgePoint at);
/* A label of the kind that the net needs here: hierarchical for ports, global for global nets, else local. */
void nudge_sheet_builder_add_label (NudgeSheetBuilder *self, guint plan_net, NudgePoint at, guint direction);
void nudge_sheet_builder_add_no_connect (NudgeSheetBuilder *self, NudgePoint at);
/* The box of a child, with @pins placed by the caller: (side, position along the edge) per pin of the plan box. */
void nudge_sheet_builder_add_box (NudgeSheetBuilder *self, guint plan_box, const NudgeBox *box, const NudgePoint *pin_positions, const guint8 *pin_sides);
void nudge_sheet_builder_add_text (NudgeSheetBuilder *self, const NudgeDrawnText *text);
void nudge_sheet_builder_add_image (NudgeSheetBuilder *self, const NudgeDrawnImage *image);

/* Draws one sheet of a layout whose `wires` is FALSE: a label or a power symbol on every pin. */
gboolean nudge_draw_labels (NudgeSheetBuilder *builder, GPtrArray *diagnostics, GError **error);
/* Draws one sheet of a layout whose `wires` is TRUE. */
gboolean nudge_draw_wires (NudgeSheetBuilder *builder, GPtrArray *diagnostics, GError **error);

G_END_DECLS
