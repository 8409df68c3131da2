/* plan.h: what each sheet must say, before anything is drawn: its parts, nets, ports and child boxes.
 *
 * One plan sheet per schematic file. Blocks that are copies of one another share a file. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* A net as one sheet sees it. */
typedef struct
{
  guint net;                   /* into NudgeCircuit.nets, seen from the sheet's first block */
  const char *label;           /* what its labels and ports say: unique on the sheet, safe in KiCad */
  gboolean is_port;            /* it leaves the sheet upwards: hierarchical label here, sheet pin on the box above */
  gboolean is_power;           /* drawn with power symbols, joined over the whole design by its value */
  gboolean is_global;          /* a power net without symbol: drawn with global labels */
  gboolean is_single;          /* the whole net is one place: it gets a no-connect flag beside its label */
  gboolean needs_flag;         /* ERC misses a driver: a PWR_FLAG stands on this sheet */
  const NudgeSymbol *power_symbol; /* when is_power */
  NudgeLabelShape shape;       /* of its port */
  guint first_terminal, n_terminals; /* into NudgePlanSheet.terminals */
} NudgePlanNet;

/* A place that a net must reach: a pin position of a unit, or a pin of a child box. */
typedef struct
{
  guint unit;                  /* into NudgeLayout.units, or NUDGE_NONE */
  guint pin;                   /* into the symbol's pins: the first of those stacked there */
  guint box, box_pin;          /* into NudgePlanSheet.boxes and its pins, or NUDGE_NONE */
  guint net;                   /* into NudgePlanSheet.nets; NUDGE_NONE: no-connect (first_open on) */
} NudgePlanTerminal;

/* A child on this sheet; its pins are the ports of the child's sheet, in their order. */
typedef struct
{
  guint block;
  guint sheet;                 /* into NudgePlan.sheets */
  guint *pin_nets;             /* net on this sheet of each port */
  const char **pin_names;      /* the port's name in the child */
  NudgeLabelShape *pin_shapes;
  guint n_pins;
} NudgePlanBox;

typedef struct
{
  guint block;                 /* first of its blocks */
  guint *blocks;               /* every block that it draws */
  guint n_blocks;
  guint first_unit, n_units;   /* into NudgeLayout.units, of the first block */
  NudgePlanNet *nets;          /* in order of first use */
  guint n_nets;
  NudgePlanTerminal *terminals; /* by net; then the open pins, from first_open */
  guint n_terminals, first_open;
  NudgePlanBox *boxes;
  guint n_boxes;
  guint *ports;                /* nets that are ports, in order */
  guint n_ports;
} NudgePlanSheet;

typedef struct
{
  NudgeLayout *layout;
  NudgePlanSheet *sheets;      /* [0] is the root */
  guint n_sheets;
  guint *block_sheets;         /* circuit->n_blocks */
  const NudgeSymbol *flag_symbol; /* power:PWR_FLAG */
  GStringChunk *strings;
} NudgePlan;

NUDGE_API NudgePlan *nudge_plan_new (NudgeLayout *layout, GPtrArray *diagnostics);
NUDGE_API void nudge_plan_free (NudgePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgePlan, nudge_plan_free)

/* Where a unit's pin connects, in the given pose, and the way it leaves the body (0 right, 1 up, 2 left, 3 down). */
NUDGE_API NudgePoint nudge_plan_pin_position (const NudgeUnit *unit, const NudgePose *pose, guint pin);
NUDGE_API guint nudge_plan_pin_exit (const NudgeUnit *unit, const NudgePose *pose, guint pin);

G_END_DECLS
