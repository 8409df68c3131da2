/* plan-nets.h: which nets each block holds, which of them leave it, and what they are called there. */
#pragma once

#include "drawing/plan.h"

G_BEGIN_DECLS

/* What kinds of pins a net has, as a mask. */
enum
{
  NUDGE_DRIVES = 1 << 0,       /* output, tri-state, open collector or emitter */
  NUDGE_LISTENS = 1 << 1,      /* input */
  NUDGE_TALKS = 1 << 2,        /* bidirectional */
  NUDGE_PASSES = 1 << 3,       /* passive and the rest */
  NUDGE_TAKES_POWER = 1 << 4,  /* power input */
  NUDGE_GIVES_POWER = 1 << 5,  /* power output */
};

typedef struct
{
  guint net;
  gboolean is_port;
  guint kinds;                 /* of the pins in the block and below */
} NudgeBlockNet;

/* How a net is drawn in the whole design. */
typedef struct
{
  const NudgeSymbol *power_symbol; /* NULL: with labels */
  const char *power_value;     /* what its power symbols or global labels say */
  gboolean is_global;          /* power, but without usable symbol */
  guint home;                  /* lowest block that holds all of it; of a power net: the block where its flag stands */
  guint kinds;
} NudgeNetPlan;

typedef struct
{
  NudgeNetPlan *nets;          /* circuit->n_nets */
  GArray **block_nets;         /* circuit->n_blocks: of NudgeBlockNet, by net index */
  GHashTable *power_values;    /* texts that local labels must not use */
  gboolean *is_single;         /* per block: its sheet is used once */
  guint n_blocks;
} NudgeNetPlans;

NudgeNetPlans *nudge_net_plans_new (NudgeLayout *layout, GStringChunk *strings, GPtrArray *diagnostics);
void nudge_net_plans_free (NudgeNetPlans *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeNetPlans, nudge_net_plans_free)

/* Whether ERC would miss a driver. */
gboolean nudge_net_plan_needs_flag (const NudgeNetPlan *self);
/* The entry of a net in a block, or NULL. */
NudgeBlockNet *nudge_net_plans_find (const NudgeNetPlans *self, guint block, guint net);
/* (transfer full): a net's name as KiCad may read it in a label: no path separator, no bus or variable syntax. */
char *nudge_label_text (const char *name);
guint nudge_pin_kind (const char *type);

G_END_DECLS
