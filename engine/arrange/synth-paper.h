/* synth-paper.h: the paper that circuit-synth chooses. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

#define NUDGE_SYNTH_LABEL_ROOM 50.0 /* beyond a part's origin or a box, in mm */

/* One paper for all sheets: where a first, sequential placement of each circuit would end decides it. */
NudgePaper nudge_synth_paper (const NudgeLayout *layout);

/* The page that stands for a paper, upright, in mm. */
NudgePoint nudge_synth_page_size (NudgePaper paper);
/* The paper for what reaches that far. */
NudgePaper nudge_synth_choose_paper (double max_x, double max_y);

G_END_DECLS
