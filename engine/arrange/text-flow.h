/* text-flow.h: the steps of the text flow, for the arrangers that differ in what they do when a page is full. */
#pragma once

#include "arrange/arrange.h"

G_BEGIN_DECLS

/* A unit or a child box; lengths in mm. */
typedef struct
{
  double w, h;         /* what the flow reserves */
  double box_w, box_h; /* child boxes: the box itself */
  double row_w;        /* child boxes: in a row of boxes */
  guint unit;          /* or NUDGE_NONE */
  guint block;         /* child, or NUDGE_NONE */
  guint order;
  double x, y;         /* result: snapped centre */
} NudgeFlowItem;

#define NUDGE_FLOW_ITEM(items, i) (&g_array_index ((items), NudgeFlowItem, (i)))

/* Units, then child boxes, of a block. */
GArray *nudge_flow_items (const NudgeLayout *layout, guint block);
/* (transfer full): the child boxes alone. */
GArray *nudge_flow_boxes (const NudgeCircuit *circuit, guint block);
/* Sorts them largest first and fills rows from the top left; FALSE when the page is full (positions go on below it). */
gboolean nudge_flow_fill (GArray *items, double max_x, double max_y);
/* The child boxes in one row at the top; returns its right end. A box keeps its width unless @widen. */
double nudge_flow_row (GArray *items, gboolean widen);
void nudge_flow_set_item (NudgeLayout *layout, const NudgeFlowItem *item);
/* A copy of a block stands as its definition does. */
void nudge_flow_copy_block (NudgeLayout *layout, guint block);
/* (transfer full): the layout with each block arranged, or copied from its definition; NULL when cancelled. */
NudgeLayout *nudge_flow_arrange (NudgeLayout *layout, void (*arrange_block) (NudgeLayout *layout, guint block, GPtrArray *diagnostics),
                                 GPtrArray *diagnostics, GCancellable *cancellable, GError **error);

G_END_DECLS
