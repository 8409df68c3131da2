/* edit.h: what a person does to a layout, as functions from layout to layout.
 *
 * All of them leave their argument alone and return a layout that the caller owns: a new one, or another reference to
 * the same one when there was nothing to do. What is locked does not move, what has no place yet does not either.
 * Circuits that are copies of one another stand alike: an edit of one is an edit of all. Moves are whole steps of the
 * grid, so that what was on the grid stays there. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

/**
 * NudgeSelection:
 * @units: (array length=n_units): units, as indices into the layout's
 * @n_units: how many
 * @boxes: (array length=n_boxes): circuits whose boxes are meant
 * @n_boxes: how many
 *
 * What an edit is about. Where one of them is the measure of the others it is the first.
 */
typedef struct
{
  const guint *units;
  guint n_units;
  const guint *boxes;
  guint n_boxes;
} NudgeSelection;

/**
 * NudgeAlign:
 * @NUDGE_ALIGN_LEFT: left edges
 * @NUDGE_ALIGN_RIGHT: right edges
 * @NUDGE_ALIGN_TOP: upper edges
 * @NUDGE_ALIGN_BOTTOM: lower edges
 * @NUDGE_ALIGN_COLUMN: origins one below the other
 * @NUDGE_ALIGN_ROW: origins side by side
 */
typedef enum
{
  NUDGE_ALIGN_LEFT,
  NUDGE_ALIGN_RIGHT,
  NUDGE_ALIGN_TOP,
  NUDGE_ALIGN_BOTTOM,
  NUDGE_ALIGN_COLUMN,
  NUDGE_ALIGN_ROW,
} NudgeAlign;

NUDGE_API NudgeLayout *nudge_edit_move (NudgeLayout *layout, const NudgeSelection *selection, gint32 dx, gint32 dy);
NUDGE_API NudgeLayout *nudge_edit_set_pose (NudgeLayout *layout, guint unit, const NudgePose *pose);
NUDGE_API NudgeLayout *nudge_edit_set_box (NudgeLayout *layout, guint block, const NudgeBox *box);
NUDGE_API NudgeLayout *nudge_edit_rotate (NudgeLayout *layout, const NudgeSelection *selection, gint quarter_turns);
NUDGE_API NudgeLayout *nudge_edit_mirror (NudgeLayout *layout, const NudgeSelection *selection, NudgeMirror mirror);
NUDGE_API NudgeLayout *nudge_edit_align (NudgeLayout *layout, const NudgeSelection *selection, NudgeAlign align);
NUDGE_API NudgeLayout *nudge_edit_distribute (NudgeLayout *layout, const NudgeSelection *selection, gboolean vertical);
NUDGE_API NudgeLayout *nudge_edit_space (NudgeLayout *layout, const NudgeSelection *selection, gboolean vertical);
NUDGE_API NudgeLayout *nudge_edit_straighten (NudgeLayout *layout, guint unit, guint other);
NUDGE_API NudgeLayout *nudge_edit_swap (NudgeLayout *layout, const NudgeSelection *selection);
NUDGE_API NudgeLayout *nudge_edit_lock (NudgeLayout *layout, const NudgeSelection *selection, gboolean locked);
NUDGE_API NudgeLayout *nudge_edit_reset (NudgeLayout *layout, const NudgeSelection *selection);
NUDGE_API NudgeLayout *nudge_edit_style_net (NudgeLayout *layout, guint net, NudgeNetStyle style);
NUDGE_API NudgeLayout *nudge_edit_set_paper (NudgeLayout *layout, guint block, NudgePaper paper);
NUDGE_API NudgeLayout *nudge_edit_map_symbol (NudgeLayout *layout, const char *from, const char *to, GPtrArray *diagnostics);

G_END_DECLS
