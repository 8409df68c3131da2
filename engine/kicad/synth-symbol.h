/* synth-symbol.h: a symbol as circuit-synth embedded it in July 2025. */
#pragma once

#include "library/symbol.h"
#include "text/sexpr-writer.h"

G_BEGIN_DECLS

/* Pins and shapes in two heaps, fields at the origin. Symbols of several units keep them: on one another their pins
 * would join. */
void nudge_symbol_write_flat (NudgeSexprWriter *w, const NudgeSymbol *symbol);

G_END_DECLS
