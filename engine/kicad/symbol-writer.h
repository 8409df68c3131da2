/* symbol-writer.h: a symbol as a schematic embeds it. */
#pragma once

#include "library/symbol.h"
#include "text/sexpr-writer.h"

G_BEGIN_DECLS

/* Writes @symbol as one entry of lib_symbols in KiCad 9's format (20250114), from the model alone, whatever version of
 * library it came from. It is called by its variant name if it has one, else by its id. */
NUDGE_API void nudge_symbol_write (NudgeSexprWriter *w, const NudgeSymbol *symbol);
/* The same as circuit-synth embeds it: what a symbol inherits stands after its own fields, inherited fields are lost. */
NUDGE_API void nudge_symbol_write_synth (NudgeSexprWriter *w, const NudgeSymbol *symbol);

G_END_DECLS
