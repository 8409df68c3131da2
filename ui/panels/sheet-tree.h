/* sheet-tree.h: the sheets of a design as a tree. */
#pragma once

#include "drawing/drawing.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SHEET_TREE (nudge_sheet_tree_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSheetTree, nudge_sheet_tree, NUDGE, SHEET_TREE, GtkWidget)

/* Signal "sheet-selected" (guint block): a person chose a sheet. */

/**
 * nudge_sheet_tree_set_drawing:
 * @self: the tree
 * @drawing: (nullable): whose sheets to list
 *
 * Lists the sheets of another drawing.
 */
void nudge_sheet_tree_set_drawing (NudgeSheetTree *self, NudgeDrawing *drawing);

/**
 * nudge_sheet_tree_select:
 * @self: the tree
 * @block: block whose sheet is shown
 *
 * Moves the selection without emitting a signal.
 */
void nudge_sheet_tree_select (NudgeSheetTree *self, guint block);

G_END_DECLS
