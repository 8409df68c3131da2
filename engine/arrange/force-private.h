/* force-private.h: one sheet as bodies with pins and springs. Lengths in mm. */
#pragma once

#include "arrange/force.h"
#include "base/box-bins.h"

G_BEGIN_DECLS

#define FORCE_SPACING 5.08
#define FORCE_TURNS 4

typedef struct
{
  double x, y;
} ForceVector;

typedef struct
{
  double x0, y0, x1, y1;
} ForceBox;

/* A pin on a net of this sheet. */
typedef struct
{
  guint item;
  guint net;                   /* into ForceSheet.nets */
  ForceVector offsets[FORCE_TURNS]; /* from the item's place */
} ForcePin;

/* A unit or a sheet box. */
typedef struct
{
  guint unit, block;           /* one of them is NUDGE_NONE */
  ForceVector at;              /* origin of a unit, top left of a box */
  guint turn, n_turns;
  ForceBox boxes[FORCE_TURNS]; /* with fields and labels, about its place */
  double tastes[FORCE_TURNS];  /* what a turn costs by itself: rails that do not point their way */
  guint first_pin, n_pins;
  guint group;
  gboolean fixed;
} ForceItem;

typedef struct
{
  guint first_pin, n_pins;     /* into net_pins */
  double strength;
} ForceNet;

typedef struct
{
  NudgeLayout *layout;
  guint block;
  GArray *items, *pins, *nets; /* ForceItem, ForcePin by item, ForceNet */
  guint *net_pins;             /* into pins, by net */
  guint n_groups;
  NudgeForceLevel level;
  guint iteration, n_iterations, quiet; /* in this level; in all; without movement */
  double temperature, energy;
  NudgePaper paper;
  gboolean overfull;
} ForceSheet;

#define FORCE_ITEM(sheet, i) (&g_array_index ((sheet)->items, ForceItem, i))
#define FORCE_PIN(sheet, i) (&g_array_index ((sheet)->pins, ForcePin, i))
#define FORCE_NET(sheet, i) (&g_array_index ((sheet)->nets, ForceNet, i))

static inline ForceBox
force_item_box (const ForceItem *item)
{
  const ForceBox *b = &item->boxes[item->turn];

  return (ForceBox){ b->x0 + item->at.x, b->y0 + item->at.y, b->x1 + item->at.x, b->y1 + item->at.y };
}

static inline ForceVector
force_pin_at (const ForceSheet *sheet, const ForcePin *pin)
{
  const ForceItem *item = FORCE_ITEM (sheet, pin->item);

  return (ForceVector){ item->at.x + pin->offsets[item->turn].x, item->at.y + pin->offsets[item->turn].y };
}

/* --- model --- */
ForceSheet *force_sheet_new (NudgeLayout *layout, guint block, guint32 *random);
void force_sheet_free (ForceSheet *self);
/* Gives each item a group; part of force_sheet_new(). */
void force_sheet_group (ForceSheet *self);
/* A number from 0 up to 1. */
double force_random (guint32 *state);

/* --- solving --- */
/* One iteration of the current level; moves on to the next level when this one is done. */
void force_sheet_step (ForceSheet *self);
/* Moves on to the last level at once, from where things are. */
void force_sheet_end (ForceSheet *self);
/* Puts everything on the grid with nothing on anything else, and chooses the paper. */
void force_sheet_settle (ForceSheet *self);

G_END_DECLS
