/* schematic-kinds.h: what the parts and the nets of a group are, for those who look for patterns among them. */
#pragma once

#include "drawing/work-model.h"

G_BEGIN_DECLS

enum
{
  PART_R = 1 << 0,
  PART_C = 1 << 1,
  PART_L = 1 << 2,
  PART_Y = 1 << 3,             /* crystals */
  PART_OTHER = 1 << 4,         /* other parts with two pins */
  PART_Q = 1 << 5,             /* transistors: their nets are upper, lower, control */
  PART_ANY = PART_R | PART_C | PART_L | PART_Y | PART_OTHER,
};

enum
{
  NET_SIGNAL = 1 << 0,
  NET_SUPPLY = 1 << 1,
  NET_GROUND = 1 << 2,
  NET_LABELLED = 1 << 3,       /* a rail that labels stand for */
  NET_PAIR = 1 << 4,           /* of two pins and no more */
  NET_RAIL = NET_SUPPLY | NET_GROUND,
  NET_ANY = NET_SIGNAL | NET_RAIL,
};

typedef struct
{
  const WorkModel *model;
  WorkSheet *work;
  guint8 *parts;               /* kind by item, 0: none */
  guint8 *nets;                /* mask by net */
  gint *levels;                /* by net: how far up it would be drawn */
  GHashTable *known;           /* ties that stand */
} SchematicFinder;

/* For a work sheet that is not open yet. */
void schematic_finder_init (SchematicFinder *self, const WorkModel *model, WorkSheet *work);
void schematic_finder_clear (SchematicFinder *self);
/* Ties two items by pins of them (into WorkSheet.pins), unless they are tied so. */
void schematic_finder_tie (SchematicFinder *self, WorkTieKind kind, guint weight, guint a, guint pin_a, guint b, guint pin_b);
/* The transistor's pins: 0 collector or drain, 1 emitter or source, 2 base or gate; 3 for any other. */
guint schematic_transistor_pin (const WorkSheet *work, guint pin);
/* Whether a transistor's emitter or source is drawn above. */
gboolean schematic_emitter_is_up (const SchematicFinder *self, const WorkItem *item);
/* Looks for all patterns of the table: see schematic-pattern.c. */
void schematic_find_patterns (SchematicFinder *self);

G_END_DECLS
