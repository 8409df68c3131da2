/* draw-synth-nets.h: what the sheets of circuit-synth say about each net, mended where that would be wrong. */
#pragma once

#include "drawing/plan.h"
#include "drawing/synth-form.h"

G_BEGIN_DECLS

/* A text on a sheet, and the net that it stands for. */
typedef struct
{
  const char *text;
  guint plan_net;              /* into NudgePlanSheet.nets; NUDGE_NONE: it stands for nothing */
  guint rail;                  /* the net of the circuit that it is, if that is a rail; or NUDGE_NONE */
  gboolean has_label;          /* drawn with hierarchical labels */
  gboolean has_symbols;        /* drawn with power symbols */
  guint8 joined;               /* labels of a rail: 0 not known yet, 1 they reach a power symbol, 2 they do not */
} NudgeSynthNet;

typedef struct
{
  const char *name;
  guint net;                   /* into NudgeSynthSheet.nets */
  gboolean added;              /* circuit-synth would not have it */
} NudgeSynthPin;

typedef struct
{
  GArray *nets;                /* NudgeSynthNet; the mentions of the sheet's first block come first, in their order */
  GHashTable *by_text;         /* text -> index + 1 */
  GHashTable *by_plan_net;     /* plan net -> first index + 1 */
  GArray **pins;               /* per plan box: NudgeSynthPin, by name, those added last */
} NudgeSynthSheet;

typedef struct
{
  const NudgePlan *plan;
  NudgeSynthSheet *sheets;     /* plan->n_sheets */
  GStringChunk *strings;
} NudgeSynthNets;

NudgeSynthNets *nudge_synth_nets_new (const NudgePlan *plan, GPtrArray *diagnostics);
void nudge_synth_nets_free (NudgeSynthNets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSynthNets, nudge_synth_nets_free)

/* Says that the drawing differs from circuit-synth's on purpose. */
void nudge_synth_deviation (GPtrArray *diagnostics, const NudgePlan *plan, guint sheet, const char *subject, const char *format, ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
