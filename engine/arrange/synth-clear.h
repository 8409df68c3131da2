/* synth-clear.h: keeps pins of different nets apart where circuit-synth's placement lets them meet. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

/* Moves those units of a block right and down whose pins stand on pins of others. */
void nudge_synth_clear (NudgeLayout *layout, guint block, GPtrArray *diagnostics);

G_END_DECLS
