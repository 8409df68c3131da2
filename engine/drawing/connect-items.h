/* connect-items.h: the things on one sheet that connect, and which of them hang together. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* Every thing on a sheet that can connect is an item; its number is its place in this sequence:
 * pins, wires (two ends each), junctions, labels, sheet pins, members of buses. */
typedef struct
{
  const NudgeDrawnSheet *sheet;
  guint n_pins;
  guint *pin_symbols, *pin_indices; /* n_pins: where each pin item comes from */
  guint first_wire, first_junction, first_label, first_sheet_pin, first_member, n_items;
  guint *parents;              /* n_items: see base/disjoint-sets.h */
  GArray *contacts;
  GArray *bus_marks;           /* (nullable) (element-type NudgeBusMark) */
} NudgeSheetItems;

void nudge_sheet_items_init (NudgeSheetItems *self, const NudgeDrawnSheet *sheet);
void nudge_sheet_items_clear (NudgeSheetItems *self);
/* The name under which a pin is known everywhere, or NULL. */
const char *nudge_drawn_pin_global_name (const NudgeDrawnSheet *sheet, const NudgeDrawnSymbol *symbol, const NudgeSymbolPin *pin);
/* Joins @item with the one that came by this name before. */
void nudge_sets_join_named (guint *parents, GHashTable *names, const char *name, guint item);

/* A label or a sheet pin that names a bus. Each member is an item of its own. */
typedef struct
{
  guint mark;                  /* index of the label, or n_labels and more: of the sheet pin */
  const NudgeBusName *name;
  guint first_item;
  guint bus;                   /* the same for marks of one bus */
  gboolean names_members;      /* the sheet knows the members by their names */
} NudgeBusMark;

/* connect-buses.c. (transfer full) (nullable) (element-type NudgeBusMark): in order of their marks; @end: behind the last item. */
GArray *nudge_bus_marks_new (const NudgeDrawnSheet *sheet, guint first_item, guint *end);
/* Joins what is one member of one bus. */
void nudge_bus_marks_join (const GArray *marks, const NudgeDrawnSheet *sheet, guint *parents);
/* The mark of that number among sorted ones, or NULL. */
const NudgeBusMark *nudge_bus_marks_find (const GArray *marks, guint mark);

G_END_DECLS
