/* score.h: how well a drawing reads, from its marks alone. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/**
 * NudgeMetric:
 *
 * What is measured. Each metric's name, meaning, unit and weight: nudge_metric_name() and its like.
 */
typedef enum
{
  /* things on one another */
  NUDGE_METRIC_SYMBOL_OVERLAPS,
  NUDGE_METRIC_PIN_OVERLAPS,
  NUDGE_METRIC_BOX_OVERLAPS,
  NUDGE_METRIC_TEXT_TEXT,
  NUDGE_METRIC_TEXT_SYMBOL,
  NUDGE_METRIC_TEXT_WIRE,
  NUDGE_METRIC_TEXT_PIN,
  NUDGE_METRIC_NOTES_COVERED,
  NUDGE_METRIC_WIRE_THROUGH_SYMBOL,
  /* things too close together */
  NUDGE_METRIC_TEXTS_TOO_CLOSE,
  NUDGE_METRIC_BODIES_TOO_CLOSE,
  NUDGE_METRIC_WIRES_TOO_CLOSE,
  NUDGE_METRIC_AIR_SPREAD,
  /* wires */
  NUDGE_METRIC_CROSSINGS,
  NUDGE_METRIC_CROSSINGS_SAME_NET,
  NUDGE_METRIC_FOUR_WAY_JOINTS,
  NUDGE_METRIC_BENDS,
  NUDGE_METRIC_DANGLING_ENDS,
  NUDGE_METRIC_DIAGONAL_WIRES,
  NUDGE_METRIC_WIRES_ON_WIRES,
  NUDGE_METRIC_DETOUR,
  /* nets */
  NUDGE_METRIC_CONNECTIONS_WIRED,
  NUDGE_METRIC_TWO_PIN_WIRED,
  NUDGE_METRIC_TWO_PIN_STRAIGHT,
  NUDGE_METRIC_BUNDLES_HALF_WIRED,
  NUDGE_METRIC_AUTOMATIC_NAMES,
  NUDGE_METRIC_LABEL_COLUMNS,
  NUDGE_METRIC_FLOW,
  /* symbols */
  NUDGE_METRIC_POWER_UPRIGHT,
  NUDGE_METRIC_SHUNTS_NOT_HANGING,
  NUDGE_METRIC_CHIPS_TURNED,
  NUDGE_METRIC_ALIGNED,
  NUDGE_METRIC_REPEATS_UNEQUAL,
  /* page */
  NUDGE_METRIC_OFF_GRID,
  NUDGE_METRIC_OUT_OF_FRAME,
  NUDGE_METRIC_IN_TITLE_BLOCK,
  NUDGE_METRIC_PAPER_OVERSIZE,
  NUDGE_METRIC_PAGE_OFF_CENTRE,
  /* plain facts, without weight */
  NUDGE_METRIC_COMPONENTS,
  NUDGE_METRIC_POWER_SYMBOLS,
  NUDGE_METRIC_WIRES,
  NUDGE_METRIC_WIRE_LENGTH,
  NUDGE_METRIC_JUNCTIONS,
  NUDGE_METRIC_LABELS_LOCAL,
  NUDGE_METRIC_LABELS_GLOBAL,
  NUDGE_METRIC_LABELS_HIERARCHICAL,
  NUDGE_METRIC_LABELS_ON_PINS,
  NUDGE_METRIC_NO_CONNECTS,
  NUDGE_METRIC_TEXTS,
  NUDGE_METRIC_AIR_LEAST,
  NUDGE_METRIC_AIR_MEDIAN,
} NudgeMetric;

#define NUDGE_N_METRICS (NUDGE_METRIC_AIR_MEDIAN + 1)

/**
 * NudgeOffence:
 * @metric: what it counts against
 * @sheet: into the drawing's sheets
 * @at: where on the sheet, 100 nm
 * @first: reference, text or net that it is about; "" when there is none
 * @second: the other thing; "" when there is none
 *
 * One place where a drawing reads badly. Belongs to its score.
 */
typedef struct
{
  NudgeMetric metric;
  guint sheet;
  NudgePoint at;
  const char *first;
  const char *second;
} NudgeOffence;

/**
 * NudgeScore:
 *
 * How well a drawing reads: a value per metric, the place of each offence, and a total from 0 to 100. Immutable.
 */
typedef struct _NudgeScore NudgeScore;

#define NUDGE_TYPE_SCORE (nudge_score_get_type ())
NUDGE_API GType nudge_score_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeScore *nudge_score_new (const NudgeDrawing *drawing);
NUDGE_API NudgeScore *nudge_score_ref (NudgeScore *self);
NUDGE_API void nudge_score_unref (NudgeScore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeScore, nudge_score_unref)

NUDGE_API double nudge_score_get_total (const NudgeScore *self);
NUDGE_API gboolean nudge_score_get_value (const NudgeScore *self, NudgeMetric metric, double *value);
NUDGE_API double nudge_score_get_lost (const NudgeScore *self, NudgeMetric metric);
NUDGE_API guint nudge_score_get_n_offences (const NudgeScore *self);
NUDGE_API const NudgeOffence *nudge_score_get_offence (const NudgeScore *self, guint index);

NUDGE_API const char *nudge_metric_name (NudgeMetric metric);
NUDGE_API const char *nudge_metric_summary (NudgeMetric metric);
NUDGE_API double nudge_metric_weight (NudgeMetric metric);

G_END_DECLS
