/* draw-synth.h: a sheet as circuit-synth draws it. */
#pragma once

#include "drawing/draw-synth-nets.h"
#include "drawing/sheet-builder.h"

G_BEGIN_DECLS

/* Number of the fields that every part has: Reference, Value, Footprint. */
#define NUDGE_SYNTH_OWN_FIELDS 3

/* A hierarchical label or a power symbol on every connected pin, boxes with their pins on the right, no wires. */
void nudge_draw_synth (NudgeSheetBuilder *builder, const NudgeSynthNets *nets, guint sheet, GPtrArray *diagnostics);

/* It knows a part that is not to be fitted by a field DNP of its input, in capitals. */
gboolean nudge_synth_is_left_out (const NudgeCircuit *circuit, guint part);

/* Says once per design what circuit-synth would have got wrong apart from nets: names of pins, units, copies. */
void nudge_draw_synth_report (const NudgePlan *plan, GPtrArray *diagnostics);

G_END_DECLS
