/* drawing-private.h: what drawings of one circuit share, so that a nudge costs the sheet that it touches. */
#pragma once

#include "drawing/connectivity.h"
#include "drawing/draw-synth-nets.h"
#include "drawing/plan.h"

G_BEGIN_DECLS

/* What follows from the circuit and its symbols alone: files, names and paths, the same wherever things stand. */
struct _NudgeDrawingFrame
{
  gatomicrefcount refs;
  GStringChunk *strings;
  NudgePlan *plan;             /* of the first layout; drawings put their own into a copy */
  NudgeSynthNets *synth;       /* in the dialect of circuit-synth, else NULL */
  GPtrArray *diagnostics;
  NudgeDrawnSheet *sheets;     /* plan->n_sheets: without marks and paper */
  const char *project_name;
};

NudgeDrawingFrame *nudge_drawing_frame_new (NudgeLayout *layout);
NudgeDrawingFrame *nudge_drawing_frame_ref (NudgeDrawingFrame *self);
void nudge_drawing_frame_unref (NudgeDrawingFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeDrawingFrame, nudge_drawing_frame_unref)
/* Numbers the power symbols of a drawing whose sheets are complete. */
void nudge_drawing_number_power_symbols (NudgeDrawing *self);
/* Whether a drawing of @layout has the same frame. */
gboolean nudge_drawing_frame_fits (const NudgeDrawingFrame *self, const NudgeLayout *layout);

/* What belongs to the marks of one sheet. Every drawing that has the sheet names the same arrays; the last one frees them. */
struct _NudgeSheetStore
{
  gatomicrefcount refs;
  GStringChunk *strings;
  GPtrArray *diagnostics;      /* of drawing it */
  NudgeSheetConnections *connections; /* once it has been proven; set atomically */
};

G_END_DECLS
