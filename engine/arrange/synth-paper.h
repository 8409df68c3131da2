/* synth-paper.h: the paper that circuit-synth 0.12.1 chooses. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

/* One paper for all sheets: where a first, sequential placement of each circuit would end decides it. */
NudgePaper nudge_synth_paper (const NudgeLayout *layout);

G_END_DECLS
