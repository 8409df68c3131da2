/* embed.c: symbols that come with a schematic instead of from a library. */
#include "library/library-private.h"
#include "library/symbol-reader.h"

/* The De Morgan form is drawn as if it were the normal one. */
static void
exchange_body_styles (NudgeSymbol *symbol)
{
  for (guint i = 0; i < symbol->n_pins; i++)
    if (symbol->pins[i].body_style != 0)
      symbol->pins[i].body_style = 3 - symbol->pins[i].body_style;
  for (guint i = 0; i < symbol->n_shapes; i++)
    if (symbol->shapes[i].body_style != 0)
      symbol->shapes[i].body_style = 3 - symbol->shapes[i].body_style;
}

const NudgeSymbol *
nudge_library_embed (NudgeLibrary *self, const NudgeSexprNode *node, const char *id, const char *variant, guint body_style, GError **error)
{
  static const NudgeSexprNode nothing = { .text = "", .kind = NUDGE_SEXPR_LIST };
  NudgeSymbol *symbol;

  g_mutex_lock (&self->lock);
  symbol = nudge_symbol_read (self->arena, id, node != NULL ? node : &nothing, NULL, error);
  if (symbol != NULL && variant != NULL)
    symbol->variant = nudge_arena_intern (self->arena, variant);
  if (symbol != NULL && body_style == 2)
    exchange_body_styles (symbol);
  /* Parts of other circuits are compared with what is drawn: the plain form of a symbol is found under its id. */
  if (symbol != NULL && variant == NULL && g_hash_table_lookup (self->symbols, id) == NULL)
    g_hash_table_insert (self->symbols, g_strdup (id), symbol);
  g_mutex_unlock (&self->lock);
  return symbol;
}
