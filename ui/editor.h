/* editor.h: the layout that a window works on: its history, and the worker that draws it.
 *
 * An edit is a new layout; the drawing follows. While the worker draws one layout only the newest of those that came
 * meanwhile is kept: the latest wins, and what is shown never goes back in time. */
#pragma once

#include "arranging.h"
#include "drawing/drawing.h"
#include "layout/edit.h"
#include "layout/history.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_EDITOR (nudge_editor_get_type ())
G_DECLARE_FINAL_TYPE (NudgeEditor, nudge_editor, NUDGE, EDITOR, GObject)

/* Signals: "drawn" () when there is another drawing; "changed" () when history or business changed;
 * "progress" () when an arrangement has come further; "failed" (const char *message) when a layout could not be drawn or arranged. */

/**
 * nudge_editor_new:
 * @drawing: what is shown at first; its layout counts as saved when @clean
 * @diagnostics: (element-type NudgeDiagnostic): what was found in it
 * @n_input: how many of them, from the first, are not about the drawing
 * @clean: whether the layout says what is saved
 *
 * Returns: (transfer full): an editor
 */
NudgeEditor *nudge_editor_new (NudgeDrawing *drawing, GPtrArray *diagnostics, guint n_input, gboolean clean);

/**
 * nudge_editor_restart:
 * @self: the editor
 * @drawing: of the circuit as it was read again
 * @diagnostics: (element-type NudgeDiagnostic): what was found in it
 * @n_input: how many of them, from the first, are not about the drawing
 * @clean: whether the layout says what is saved
 *
 * Goes on with another circuit; the steps taken with the old one are forgotten.
 */
void nudge_editor_restart (NudgeEditor *self, NudgeDrawing *drawing, GPtrArray *diagnostics, guint n_input, gboolean clean);

/* (transfer none): the layout as the person wants it. */
NudgeLayout *nudge_editor_get_layout (NudgeEditor *self);
/* (transfer none): the drawing that is shown: of that layout, or of a little earlier one while the worker draws. */
NudgeDrawing *nudge_editor_get_drawing (NudgeEditor *self);
/* (transfer none): history, for its labels and its clean mark. */
NudgeHistory *nudge_editor_get_history (NudgeEditor *self);
/* (transfer full) (element-type NudgeDiagnostic): all that is known of the circuit and of this drawing. */
GPtrArray *nudge_editor_list_diagnostics (NudgeEditor *self);
/* TRUE while the worker draws or arranges. */
gboolean nudge_editor_is_busy (NudgeEditor *self);
/* TRUE while it arranges, which may take a while. */
gboolean nudge_editor_is_arranging (NudgeEditor *self);

/**
 * nudge_editor_apply:
 * @self: the editor
 * @layout: what the person wants now
 * @label: name of the step
 * @merge: (nullable): see nudge_history_push()
 *
 * Takes a step.
 *
 * Returns: whether it changed anything
 */
gboolean nudge_editor_apply (NudgeEditor *self, NudgeLayout *layout, const char *label, const char *merge);

/**
 * nudge_editor_preview:
 * @self: the editor
 * @layout: (nullable): what would be, or %NULL to go back to what is
 *
 * Shows a layout that is no step: while something is dragged.
 */
void nudge_editor_preview (NudgeEditor *self, NudgeLayout *layout);

/**
 * nudge_editor_arrange:
 * @self: the editor
 * @layout: what is to be arranged
 * @arranger: (nullable): name of the arranger; %NULL: only what has no place gets one
 * @label: name of the step
 *
 * Arranges in a thread of its own; what comes of it is a step. The forces can be watched at work.
 */
void nudge_editor_arrange (NudgeEditor *self, NudgeLayout *layout, const char *arranger, const char *label);

/**
 * nudge_editor_complete:
 * @self: the editor, whose layout is what there is so far of an arrangement
 * @arranging: that arrangement
 *
 * Follows it to its end, which is no step. Sheets that the person changes meanwhile stay as they are.
 */
void nudge_editor_complete (NudgeEditor *self, NudgeArranging *arranging);
/* (transfer none) (nullable): the arrangement that is under way. */
NudgeArranging *nudge_editor_get_arranging (NudgeEditor *self);
/* Which block is looked at: what is still to come of its sheet comes first. */
void nudge_editor_set_wanted (NudgeEditor *self, guint block);
/* FALSE while what was opened still lacks sheets or their final look. */
gboolean nudge_editor_is_complete (NudgeEditor *self);
/* Ends an arrangement that is under way soon, with what there is. */
void nudge_editor_stop (NudgeEditor *self);
/* Gives up an arrangement that would become a step, and goes back to what was before; FALSE when there is none. */
gboolean nudge_editor_give_up (NudgeEditor *self);

gboolean nudge_editor_undo (NudgeEditor *self);
gboolean nudge_editor_redo (NudgeEditor *self);
void nudge_editor_mark_saved (NudgeEditor *self);

G_END_DECLS
