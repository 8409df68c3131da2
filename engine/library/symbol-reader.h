/* symbol-reader.h: one symbol of a .kicad_sym file, of KiCad 6 to 10. */
#pragma once

#include "library/arena.h"
#include "library/symbol.h"
#include "text/sexpr.h"

G_BEGIN_DECLS

/* The name of the symbol that @node extends, or NULL. */
const char *nudge_symbol_read_extends (const NudgeSexprNode *node);

/* Reads (symbol "Name" …). @id: what the symbol is to be called, "Lib:Name"; @base: the symbol it extends, read already,
 * or NULL. Everything lives in @arena. Errors: NUDGE_ERROR_INPUT. */
NudgeSymbol *nudge_symbol_read (NudgeArena *arena, const char *id, const NudgeSexprNode *node, const NudgeSymbol *base, GError **error);

/* What (effects …) in @list says of a text. */
NudgeTextStyle nudge_text_style_read (const NudgeSexprNode *list);

/* The electrical type of a pin by KiCad's name, "unspecified" for any other name; and its shape, "line" for any other. */
const char *nudge_pin_type (const char *name);
const char *nudge_pin_shape (const char *name);

/* Counts units and body styles and makes the index by number; for symbols that are put together elsewhere. */
void nudge_symbol_seal (NudgeArena *arena, NudgeSymbol *symbol);

/* The first place in by_number of a sealed symbol at which the number is not before @number. */
guint nudge_symbol_first_numbered (const NudgeSymbol *symbol, const char *number);

G_END_DECLS
