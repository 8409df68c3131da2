/* sheet-tree.h: the sheets of a design as a tree, with small pictures of them. */
#pragma once

#include "drawing/drawing.h"
#include "paint/theme.h"

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

/* Shows what has changed in a later drawing of the same circuit. */
void nudge_sheet_tree_update_drawing (NudgeSheetTree *self, NudgeDrawing *drawing);
void nudge_sheet_tree_set_theme (NudgeSheetTree *self, const NudgeTheme *theme);
/* (nullable) (transfer none): the small picture of a sheet, if there is one already. */
GdkPaintable *nudge_sheet_tree_get_picture (NudgeSheetTree *self, guint sheet);

/**
 * nudge_sheet_tree_select:
 * @self: the tree
 * @block: block whose sheet is shown
 *
 * Moves the selection without emitting a signal.
 */
void nudge_sheet_tree_select (NudgeSheetTree *self, guint block);

G_END_DECLS
