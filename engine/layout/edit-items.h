/* edit-items.h: a selection while it is edited. */
#pragma once

#include "layout/edit.h"

G_BEGIN_DECLS

/* A unit, or the box of a child circuit; always that of the definition when there are copies. */
typedef struct
{
  gboolean is_box;
  guint index;                 /* of the unit, or of the child */
  gboolean movable;            /* placed and not locked */
  NudgeBox extent;             /* body of the symbol, or the box, on the sheet; empty when it has no place */
} NudgeEditItem;

typedef struct
{
  NudgeLayout *before;
  NudgeLayout *after;          /* the copy that is edited */
  GArray *items;               /* NudgeEditItem, each once */
} NudgeEdit;

void nudge_edit_begin (NudgeEdit *self, NudgeLayout *layout, const NudgeSelection *selection);
/* Makes the copies follow; (transfer full): the result. */
NudgeLayout *nudge_edit_end (NudgeEdit *self);

NudgePoint nudge_edit_item_at (const NudgeEdit *self, const NudgeEditItem *item);
/* Moves an item that may move, and its extent, by whole steps of the grid. */
void nudge_edit_item_move (NudgeEdit *self, NudgeEditItem *item, gint64 dx, gint64 dy);
/* Index of the unit in the definition's block that stands for @unit. */
guint nudge_edit_original_unit (const NudgeLayout *layout, guint unit);

G_END_DECLS
