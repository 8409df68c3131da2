#include "drawing/score-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* What an amount is divided by before it is held against its limits. */
typedef enum
{
  PER_NOTHING,                 /* a fact: never counts */
  PER_COMPONENT,
  PER_TEXT,                    /* texts and labels */
  PER_CONNECTION,              /* signal connections and power symbols */
  PER_MARK,                    /* what stands on the grid */
  PER_WIRE,
  PER_LENGTH,                  /* mm of wire */
  PER_SHEET,
  PER_BASE,                    /* a share or ratio: by its own base, and unknown without one */
} Base;

/* The whole weight is lost at @bad and nothing at @good; the weights sum to 100. Overlaps count 34.5, air 4, routing 17,
 * nets 25.5, attitude 11.5, page 7.5. */
typedef struct
{
  const char *name;
  Base base;
  double weight, good, bad;
  const char *summary;
} Metric;

static const Metric metrics[NUDGE_N_METRICS] = {
  [NUDGE_METRIC_SYMBOL_OVERLAPS] = { "symbol_overlaps", PER_COMPONENT, 8, 0, 0.05, N_("symbols on one another") },
  [NUDGE_METRIC_PIN_OVERLAPS] = { "pin_overlaps", PER_COMPONENT, 1.5, 0, 0.15, N_("pins of one symbol within another's reach") },
  [NUDGE_METRIC_BOX_OVERLAPS] = { "box_overlaps", PER_SHEET, 1, 0, 1, N_("sheet boxes on one another or on symbols") },
  [NUDGE_METRIC_TEXT_TEXT] = { "text_text_overlaps", PER_TEXT, 7, 0, 0.06, N_("texts on one another, pin numbers and names included") },
  [NUDGE_METRIC_TEXT_SYMBOL] = { "text_symbol_overlaps", PER_TEXT, 5, 0, 0.06, N_("texts on symbols") },
  [NUDGE_METRIC_TEXT_WIRE] = { "text_wire_overlaps", PER_TEXT, 3.5, 0, 0.1, N_("texts on wires") },
  [NUDGE_METRIC_TEXT_PIN] = { "text_pin_overlaps", PER_TEXT, 2.5, 0, 0.15, N_("texts on pins") },
  [NUDGE_METRIC_NOTES_COVERED] = { "notes_covered", PER_SHEET, 1, 0, 2, N_("marks on boxed notes") },
  [NUDGE_METRIC_WIRE_THROUGH_SYMBOL] = { "wires_through_symbols", PER_COMPONENT, 5, 0, 0.05, N_("wires through symbols or sheet boxes") },
  [NUDGE_METRIC_TEXTS_TOO_CLOSE] = { "texts_too_close", PER_COMPONENT, 1.5, 0, 0.4, N_("texts less than 0.5 mm apart") },
  [NUDGE_METRIC_BODIES_TOO_CLOSE] = { "bodies_too_close", PER_COMPONENT, 1, 0, 0.4, N_("unconnected parts less than 2.54 mm apart") },
  [NUDGE_METRIC_WIRES_TOO_CLOSE] = { "wires_too_close", PER_COMPONENT, 0.5, 0, 0.2, N_("parallel wires of different nets less than 1.9 mm apart") },
  [NUDGE_METRIC_AIR_SPREAD] = { "air_spread", PER_BASE, 1, 0.4, 0.9, N_("how uneven the distances between parts are: spread of the quartiles") },
  [NUDGE_METRIC_CROSSINGS] = { "crossings", PER_CONNECTION, 5, 0, 0.5, N_("crossings of different nets") },
  [NUDGE_METRIC_CROSSINGS_SAME_NET] = { "crossings_same_net", PER_CONNECTION, 0.5, 0, 0.1, N_("crossings of one net with itself") },
  [NUDGE_METRIC_FOUR_WAY_JOINTS] = { "four_way_joints", PER_CONNECTION, 1.5, 0, 0.1, N_("joints of four wires") },
  [NUDGE_METRIC_BENDS] = { "bends", PER_CONNECTION, 3.5, 0, 1.2, N_("corners of wires") },
  [NUDGE_METRIC_DANGLING_ENDS] = { "dangling_ends", PER_WIRE, 1.5, 0, 0.05, N_("wires that end nowhere") },
  [NUDGE_METRIC_DIAGONAL_WIRES] = { "diagonal_wires", PER_WIRE, 1, 0, 0.05, N_("wires that are neither level nor upright") },
  [NUDGE_METRIC_WIRES_ON_WIRES] = { "wires_on_wires", PER_LENGTH, 1.5, 0, 0.05, N_("mm of wire drawn over other wire") },
  [NUDGE_METRIC_DETOUR] = { "detour", PER_BASE, 2.5, 1.05, 1.65, N_("wire length against the shortest tree") },
  [NUDGE_METRIC_CONNECTIONS_WIRED] = { "connections_wired", PER_BASE, 10, 0.8, 0, N_("signal connections within a sheet that are wires") },
  [NUDGE_METRIC_TWO_PIN_WIRED] = { "two_pin_wired", PER_BASE, 8, 0.95, 0, N_("nets of two pins on one sheet that are wires") },
  [NUDGE_METRIC_TWO_PIN_STRAIGHT] = { "two_pin_straight", PER_BASE, 2, 0.65, 0, N_("of those, straight ones") },
  [NUDGE_METRIC_BUNDLES_HALF_WIRED] = { "bundles_half_wired", PER_BASE, 1, 0, 1, N_("bundles of which some nets are wires and some labels") },
  [NUDGE_METRIC_AUTOMATIC_NAMES] = { "automatic_names", PER_BASE, 1.5, 0, 0.3, N_("labels that show a name no person gave; a quarter each where it is short") },
  [NUDGE_METRIC_LABEL_COLUMNS] = { "labels_out_of_column", PER_BASE, 1, 0, 0.5, N_("labels beside a side of a part that are not in line with the others") },
  [NUDGE_METRIC_FLOW] = { "flow", PER_BASE, 2, 0.9, 0.4, N_("steps away from the sources that do not lead back to the left") },
  [NUDGE_METRIC_POWER_UPRIGHT] = { "power_upright", PER_BASE, 3, 1, 0, N_("power symbols that point up, grounds down") },
  [NUDGE_METRIC_SHUNTS_NOT_HANGING] = { "shunts_not_hanging", PER_BASE, 2.5, 0, 0.6, N_("parts to ground whose ground end is not below") },
  [NUDGE_METRIC_CHIPS_TURNED] = { "chips_turned", PER_BASE, 1.5, 0, 0.3, N_("chips mirrored, upside down or lying") },
  [NUDGE_METRIC_ALIGNED] = { "aligned", PER_BASE, 2.5, 0.85, 0, N_("parts in line with another") },
  [NUDGE_METRIC_REPEATS_UNEQUAL] = { "repeats_unequal", PER_BASE, 2, 0, 0.8, N_("repeated patterns drawn otherwise than most of them") },
  [NUDGE_METRIC_OFF_GRID] = { "off_grid", PER_MARK, 2, 0, 0.1, N_("marks off the 1.27 mm grid") },
  [NUDGE_METRIC_OUT_OF_FRAME] = { "out_of_frame", PER_COMPONENT, 3, 0, 0.05, N_("marks beyond the frame") },
  [NUDGE_METRIC_IN_TITLE_BLOCK] = { "in_title_block", PER_COMPONENT, 1, 0, 0.05, N_("marks in the title block") },
  [NUDGE_METRIC_PAPER_OVERSIZE] = { "paper_oversize", PER_SHEET, 1, 0, 2, N_("paper sizes above the smallest that would do") },
  [NUDGE_METRIC_PAGE_OFF_CENTRE] = { "page_off_centre", PER_BASE, 0.5, 0.1, 0.5, N_("how far the content is from the middle of the page") },
  [NUDGE_METRIC_COMPONENTS] = { "components", PER_NOTHING, 0, 0, 1, "units of parts" },
  [NUDGE_METRIC_POWER_SYMBOLS] = { "power_symbols", PER_NOTHING, 0, 0, 1, "power symbols and flags" },
  [NUDGE_METRIC_WIRES] = { "wires", PER_NOTHING, 0, 0, 1, "pieces of wire" },
  [NUDGE_METRIC_WIRE_LENGTH] = { "wire_length", PER_NOTHING, 0, 0, 1, "mm of wire" },
  [NUDGE_METRIC_JUNCTIONS] = { "junctions", PER_NOTHING, 0, 0, 1, "junctions" },
  [NUDGE_METRIC_LABELS_LOCAL] = { "labels_local", PER_NOTHING, 0, 0, 1, "local labels" },
  [NUDGE_METRIC_LABELS_GLOBAL] = { "labels_global", PER_NOTHING, 0, 0, 1, "global labels" },
  [NUDGE_METRIC_LABELS_HIERARCHICAL] = { "labels_hierarchical", PER_NOTHING, 0, 0, 1, "hierarchical labels" },
  [NUDGE_METRIC_LABELS_ON_PINS] = { "labels_on_pins", PER_NOTHING, 0, 0, 1, "labels directly on a pin" },
  [NUDGE_METRIC_NO_CONNECTS] = { "no_connects", PER_NOTHING, 0, 0, 1, "no-connect flags" },
  [NUDGE_METRIC_TEXTS] = { "texts", PER_NOTHING, 0, 0, 1, "visible texts without labels" },
  [NUDGE_METRIC_AIR_LEAST] = { "air_least", PER_BASE, 0, 0, 1, "mm between the two nearest parts" },
  [NUDGE_METRIC_AIR_MEDIAN] = { "air_median", PER_BASE, 0, 0, 1, "mm from a part to the nearest other, median; at most 25.4" },
};

struct _NudgeScore
{
  gatomicrefcount refs;
  GStringChunk *strings;
  GArray *offences;            /* NudgeOffence */
  double values[NUDGE_N_METRICS];
  double lost[NUDGE_N_METRICS];
  gboolean known[NUDGE_N_METRICS];
  double total;
};

G_DEFINE_BOXED_TYPE (NudgeScore, nudge_score, nudge_score_ref, nudge_score_unref)

void
score_point_out (const ScoreScene *scene, NudgeMetric metric, NudgePoint at, const char *first, const char *second)
{
  NudgeOffence offence = {
    metric, scene->index, at,
    g_string_chunk_insert_const (scene->tally->strings, first),
    g_string_chunk_insert_const (scene->tally->strings, second),
  };

  g_array_append_val (scene->tally->offences, offence);
}

void
score_offend (const ScoreScene *scene, NudgeMetric metric, NudgePoint at, const char *first, const char *second)
{
  scene->tally->sums[metric].amount++;
  score_point_out (scene, metric, at, first, second);
}

static void
measure_sheet (const NudgeDrawing *drawing, guint sheet, ScoreTally *tally)
{
  g_auto (ScoreScene) scene = { 0 };

  score_scene_init (&scene, drawing, sheet, tally);
  score_texts (&scene);
  score_symbols (&scene);
  score_spacing (&scene);
  score_wires (&scene);
  score_wire_gaps (&scene);
  score_nets (&scene);
  score_bundles (&scene);
  score_label_columns (&scene);
  score_flow (&scene);
  score_repeats (&scene);
  score_page (&scene);
  tally->n_sheets++;
}

static int
compare_airs (gconstpointer a, gconstpointer b)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;

  return (x > y) - (x < y);
}

static void
sum_air (ScoreTally *tally)
{
  guint n = tally->airs->len;
  gint32 low, high;

  if (n == 0)
    return;
  g_array_sort (tally->airs, compare_airs);
  low = g_array_index (tally->airs, gint32, n / 4);
  high = g_array_index (tally->airs, gint32, n * 3 / 4);
  tally->sums[NUDGE_METRIC_AIR_LEAST] = (ScoreSum){ g_array_index (tally->airs, gint32, 0), NUDGE_UNITS_PER_MM };
  tally->sums[NUDGE_METRIC_AIR_MEDIAN] = (ScoreSum){ g_array_index (tally->airs, gint32, n / 2), NUDGE_UNITS_PER_MM };
  tally->sums[NUDGE_METRIC_AIR_SPREAD] = (ScoreSum){ high - low, (double) high + low };
}

static double
base_of (const ScoreTally *tally, Base base, const ScoreSum *own)
{
  const ScoreSum *sums = tally->sums;
  double labels = sums[NUDGE_METRIC_LABELS_LOCAL].amount + sums[NUDGE_METRIC_LABELS_GLOBAL].amount + sums[NUDGE_METRIC_LABELS_HIERARCHICAL].amount;

  switch (base)
    {
    case PER_COMPONENT:
      return sums[NUDGE_METRIC_COMPONENTS].amount;
    case PER_TEXT:
      return sums[NUDGE_METRIC_TEXTS].amount + labels;
    case PER_CONNECTION:
      return sums[NUDGE_METRIC_CONNECTIONS_WIRED].base + sums[NUDGE_METRIC_POWER_SYMBOLS].amount;
    case PER_MARK:
      return sums[NUDGE_METRIC_COMPONENTS].amount + sums[NUDGE_METRIC_POWER_SYMBOLS].amount + labels + sums[NUDGE_METRIC_WIRES].amount;
    case PER_WIRE:
      return sums[NUDGE_METRIC_WIRES].amount;
    case PER_LENGTH:
      return sums[NUDGE_METRIC_WIRE_LENGTH].amount;
    case PER_SHEET:
      return tally->n_sheets;
    case PER_BASE:
      return own->base;
    case PER_NOTHING:
    default:
      return 1;
    }
}

static void
weigh (NudgeScore *self, const ScoreTally *tally)
{
  self->total = 100;
  for (guint i = 0; i < NUDGE_N_METRICS; i++)
    {
      const Metric *metric = &metrics[i];
      const ScoreSum *sum = &tally->sums[i];
      double base = base_of (tally, metric->base, sum), rate;

      self->known[i] = metric->base != PER_BASE || base > 0;
      if (!self->known[i])
        continue;
      rate = sum->amount / (metric->base == PER_BASE ? base : MAX (base, 1));
      self->values[i] = metric->base == PER_BASE ? rate : sum->amount;
      self->lost[i] = metric->weight * CLAMP ((rate - metric->good) / (metric->bad - metric->good), 0, 1);
      self->total -= self->lost[i];
    }
}

static int
compare_offences (gconstpointer a, gconstpointer b)
{
  const NudgeOffence *x = a, *y = b;

  if (x->metric != y->metric)
    return x->metric < y->metric ? -1 : 1;
  if (x->sheet != y->sheet)
    return x->sheet < y->sheet ? -1 : 1;
  if (x->at.y != y->at.y)
    return x->at.y < y->at.y ? -1 : 1;
  if (x->at.x != y->at.x)
    return x->at.x < y->at.x ? -1 : 1;
  if (strcmp (x->first, y->first) != 0)
    return strcmp (x->first, y->first);
  return strcmp (x->second, y->second);
}

/**
 * nudge_score_new:
 * @drawing: what is to be judged
 *
 * Measures a drawing from its marks alone. Each sheet counts once, however often it is used.
 *
 * Returns: (transfer full): the score
 */
NudgeScore *
nudge_score_new (const NudgeDrawing *drawing)
{
  NudgeScore *self;
  ScoreTally tally = { 0 };

  g_return_val_if_fail (drawing != NULL, NULL);

  self = g_new0 (NudgeScore, 1);
  g_atomic_ref_count_init (&self->refs);
  self->strings = tally.strings = g_string_chunk_new (4096);
  self->offences = tally.offences = g_array_new (FALSE, FALSE, sizeof (NudgeOffence));
  tally.airs = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; i < drawing->n_sheets; i++)
    measure_sheet (drawing, i, &tally);
  sum_air (&tally);
  g_array_sort (self->offences, compare_offences);
  weigh (self, &tally);
  g_array_unref (tally.airs);
  return self;
}

/**
 * nudge_score_ref:
 * @self: a score
 *
 * Safe from any thread.
 *
 * Returns: (transfer full): @self
 */
NudgeScore *
nudge_score_ref (NudgeScore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * nudge_score_unref:
 * @self: (transfer full): a score
 *
 * Frees it with its last reference. Safe from any thread.
 */
void
nudge_score_unref (NudgeScore *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_string_chunk_free (self->strings);
  g_array_unref (self->offences);
  g_free (self);
}

/**
 * nudge_score_get_total:
 * @self: a score
 *
 * Returns: 100 less what every metric loses; 0 at worst
 */
double
nudge_score_get_total (const NudgeScore *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return MAX (self->total, 0);
}

/**
 * nudge_score_get_value:
 * @self: a score
 * @metric: which one
 * @value: (out): a count, a share from 0 to 1, a ratio or mm, as the metric's summary says
 *
 * Returns: %FALSE when the drawing has nothing that the metric could measure
 */
gboolean
nudge_score_get_value (const NudgeScore *self, NudgeMetric metric, double *value)
{
  g_return_val_if_fail (self != NULL && value != NULL, FALSE);
  g_return_val_if_fail ((guint) metric < NUDGE_N_METRICS, FALSE);
  *value = self->values[metric];
  return self->known[metric];
}

/**
 * nudge_score_get_lost:
 * @self: a score
 * @metric: which one
 *
 * Returns: points of the total that the metric costs, at most its weight
 */
double
nudge_score_get_lost (const NudgeScore *self, NudgeMetric metric)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail ((guint) metric < NUDGE_N_METRICS, 0);
  return self->lost[metric];
}

/**
 * nudge_score_get_n_offences:
 * @self: a score
 *
 * Returns: how many places are pointed out
 */
guint
nudge_score_get_n_offences (const NudgeScore *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->offences->len;
}

/**
 * nudge_score_get_offence:
 * @self: a score
 * @index: less than nudge_score_get_n_offences()
 *
 * Offences come by metric, then sheet, then from top to bottom.
 *
 * Returns: (transfer none): the offence, which lives as long as the score
 */
const NudgeOffence *
nudge_score_get_offence (const NudgeScore *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->offences->len, NULL);
  return &g_array_index (self->offences, NudgeOffence, index);
}

/**
 * nudge_metric_name:
 * @metric: which one
 *
 * Returns: its name as in the report, such as `text_wire_overlaps`; never changes
 */
const char *
nudge_metric_name (NudgeMetric metric)
{
  g_return_val_if_fail ((guint) metric < NUDGE_N_METRICS, NULL);
  return metrics[metric].name;
}

/**
 * nudge_metric_summary:
 * @metric: which one
 *
 * Returns: what it measures, for people
 */
const char *
nudge_metric_summary (NudgeMetric metric)
{
  g_return_val_if_fail ((guint) metric < NUDGE_N_METRICS, NULL);
  return metrics[metric].summary;
}

/**
 * nudge_metric_weight:
 * @metric: which one
 *
 * Returns: points of 100 that it can cost; 0 for a plain fact. The weights of all metrics sum to 100.
 */
double
nudge_metric_weight (NudgeMetric metric)
{
  g_return_val_if_fail ((guint) metric < NUDGE_N_METRICS, 0);
  return metrics[metric].weight;
}
