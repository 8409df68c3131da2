/* synth-text.h: texts, text boxes and pictures as circuit-synth writes them. */
#pragma once

#include "drawing/synth-form.h"
#include "text/sexpr-writer.h"

G_BEGIN_DECLS

void nudge_synth_write_effects (NudgeSexprWriter *w, gint32 size, const char *h, const char *v, gboolean hidden);
void nudge_synth_write_image (NudgeSexprWriter *w, const NudgeCircuit *circuit, const NudgeDrawnSheet *sheet, guint index);
void nudge_synth_write_text (NudgeSexprWriter *w, const NudgeSynthForm *form, const NudgeCircuit *circuit, const NudgeDrawnSheet *sheet, guint index);

G_END_DECLS
