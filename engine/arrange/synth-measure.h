/* synth-measure.h: how large circuit-synth 0.12.1 takes parts and child boxes to be. In millimetres, in doubles and in
 * one fixed order of operations, since positions are compared with those that the Python program finds. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

#define NUDGE_SYNTH_GRID 2.54

/* A symbol with all its units together and room for its fields. */
void nudge_synth_symbol_size (const NudgeLayout *layout, guint unit, double *w, double *h);

/* The same by the rules of July 2025. */
void nudge_synth_july_symbol_size (const NudgeLayout *layout, guint unit, double *w, double *h);

typedef struct
{
  double w, h;        /* the box itself */
  double flow_w;      /* with room for labels: what the flow reserves */
  double row_w;       /* what the first, sequential placement reserves */
} NudgeSynthBox;

NudgeSynthBox nudge_synth_box_size (const NudgeCircuit *circuit, guint child);

double nudge_synth_snap (double v, double grid);
gint32 nudge_synth_units (double mm);
double nudge_synth_mm (gint32 v);

G_END_DECLS
