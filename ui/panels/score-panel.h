/* score-panel.h: how well the drawing reads, what that costs, and where. */
#pragma once

#include "drawing/score.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SCORE_PANEL (nudge_score_panel_get_type ())
G_DECLARE_FINAL_TYPE (NudgeScorePanel, nudge_score_panel, NUDGE, SCORE_PANEL, GtkWidget)

/* Signal "offence-activated" (guint index): a person wants to see an offence of the score. */

/**
 * nudge_score_panel_set_score:
 * @self: the panel
 * @score: (nullable): the score of what is shown
 * @before: (nullable): the score to compare with
 * @since: what that one was taken at: “the last export”
 *
 * Shows another score.
 */
void nudge_score_panel_set_score (NudgeScorePanel *self, NudgeScore *score, NudgeScore *before, const char *since);

/* (transfer none): what its title says. */
const char *nudge_score_panel_get_title (NudgeScorePanel *self);
/* How many kinds of offences it lists. */
guint nudge_score_panel_count (NudgeScorePanel *self);
/* Goes to the next place that a kind of offence, by its row, is found at. */
void nudge_score_panel_activate (NudgeScorePanel *self, guint row);

G_END_DECLS
