/* symbol-map.h: which symbols are drawn in place of those that the circuit names. Immutable. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

typedef struct _NudgeSymbolMap NudgeSymbolMap;

/* @from is the path of a part ("/usb/U3") or the id of a symbol ("Device:R"); @to is the id of the symbol drawn. */
typedef struct
{
  const char *from;
  const char *to;
} NudgeSymbolMapping;

#define NUDGE_TYPE_SYMBOL_MAP (nudge_symbol_map_get_type ())
NUDGE_API GType nudge_symbol_map_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeSymbolMap *nudge_symbol_map_new (const NudgeSymbolMapping *mappings, guint n_mappings);
NUDGE_API NudgeSymbolMap *nudge_symbol_map_ref (NudgeSymbolMap *self);
NUDGE_API void nudge_symbol_map_unref (NudgeSymbolMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSymbolMap, nudge_symbol_map_unref)

NUDGE_API NudgeSymbolMap *nudge_symbol_map_with (NudgeSymbolMap *self, const char *from, const char *to);
NUDGE_API const NudgeSymbolMapping *nudge_symbol_map_list (const NudgeSymbolMap *self, guint *n_mappings);
NUDGE_API const char *nudge_symbol_map_find (const NudgeSymbolMap *self, const char *from);
NUDGE_API gboolean nudge_symbol_map_equal (const NudgeSymbolMap *a, const NudgeSymbolMap *b);

G_END_DECLS
