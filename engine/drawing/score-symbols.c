#include "drawing/score-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How symbols stand: on one another, on wires, upright, hanging, mirrored, in line. */

#define LEAST 3000            /* width and height of an overlap */
#define BODY_EDGE 3500
#define THROUGH 6000

static NudgePoint
place (const ScoreSymbol *symbol)
{
  return symbol->drawn->pose.at;
}

static gboolean
overlap (const NudgeBox *a, const NudgeBox *b)
{
  NudgePoint shared = score_shared (a, b);

  return shared.x > LEAST && shared.y > LEAST;
}

/* Two power symbols of one rail on one another look like one. */
static gboolean
same_mark (const ScoreSymbol *a, const ScoreSymbol *b)
{
  return a->is_power && b->is_power && a->drawn->symbol == b->drawn->symbol && nudge_point_equal (place (a), place (b));
}

static void
check_pair (guint i, guint j, gpointer data)
{
  const ScoreScene *scene = data;
  const ScoreSymbol *a = SCORE_SYMBOL (scene, i), *b = SCORE_SYMBOL (scene, j);

  if (same_mark (a, b))
    return;
  if (overlap (&a->body, &b->body))
    score_offend (scene, NUDGE_METRIC_SYMBOL_OVERLAPS, place (a), a->reference, b->reference);
  else if (overlap (&a->full, &b->full))
    score_offend (scene, NUDGE_METRIC_PIN_OVERLAPS, place (a), a->reference, b->reference);
}

static void
check_overlaps (const ScoreScene *scene)
{
  g_autofree NudgeBox *fulls = g_new (NudgeBox, scene->symbols->len + 1);
  g_auto (NudgeBoxBins) bins = { 0 };

  for (guint i = 0; i < scene->symbols->len; i++)
    fulls[i] = SCORE_SYMBOL (scene, i)->full;
  nudge_box_bins_init (&bins, fulls, scene->symbols->len);
  nudge_box_bins_visit_pairs (&bins, check_pair, (gpointer) scene);
}

static void
check_boxes (const ScoreScene *scene)
{
  const NudgeDrawnSheet *sheet = scene->sheet;

  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      const NudgeSheetBox *box = &sheet->boxes[i];
      NudgeBox inside = score_shrunk (box->box, LEAST);
      NudgePoint at = { box->box.x0, box->box.y0 };

      for (guint k = 0; k < scene->symbols->len; k++)
        if (overlap (&inside, &SCORE_SYMBOL (scene, k)->body))
          score_offend (scene, NUDGE_METRIC_BOX_OVERLAPS, at, box->name, SCORE_SYMBOL (scene, k)->reference);
      for (guint k = i + 1; k < sheet->n_boxes; k++)
        if (overlap (&box->box, &sheet->boxes[k].box))
          score_offend (scene, NUDGE_METRIC_BOX_OVERLAPS, at, box->name, sheet->boxes[k].name);
    }
}

/* --- wires through bodies --- */

typedef struct
{
  const ScoreScene *scene;
  NudgeBox core;
  const char *name;
  const ScoreSymbol *symbol;   /* or NULL: a sheet box */
} Through;

/* A wire may leave a pin that stands in a notch of the body. */
static gboolean
leaves_notch (const Through *self, const NudgeWire *wire)
{
  for (guint i = 0; self->symbol != NULL && i < self->symbol->n_pins; i++)
    {
      NudgePoint at = SCORE_PIN (self->scene, self->symbol->first_pin + i)->at;

      if (nudge_box_contains (&self->core, at.x, at.y) && (nudge_point_equal (at, wire->a) || nudge_point_equal (at, wire->b)))
        return TRUE;
    }
  return FALSE;
}

static void
check_wire (guint wire, gpointer data)
{
  const Through *self = data;
  const NudgeWire *w = &self->scene->sheet->wires[wire];

  if (score_inside_length (w->a, w->b, &self->core) > THROUGH && !leaves_notch (self, w))
    score_offend (self->scene, NUDGE_METRIC_WIRE_THROUGH_SYMBOL, w->a, self->name, "");
}

static void
check_through (const ScoreScene *scene, const NudgeBox *body, const char *name, const ScoreSymbol *symbol)
{
  Through through = { scene, nudge_box_grown (*body, -BODY_EDGE), name, symbol };

  if (through.core.x0 < through.core.x1 && through.core.y0 < through.core.y1 && scene->sheet->n_wires > 0)
    nudge_box_bins_visit (&scene->wire_bins, &through.core, check_wire, &through);
}

/* --- attitude --- */

/* Rails point up, grounds and negative rails down. */
static void
check_upright (const ScoreScene *scene, const ScoreSymbol *symbol)
{
  ScoreSum *sum = &scene->tally->sums[NUDGE_METRIC_POWER_UPRIGHT];
  gboolean down = score_is_ground (symbol->reference) || symbol->reference[0] == '-';
  NudgePoint pin;
  gint32 dx, dy;

  if (symbol->is_flag || !symbol->has_body || symbol->n_pins == 0)
    return;
  pin = SCORE_PIN (scene, symbol->first_pin)->at;
  dx = (symbol->body.x0 + symbol->body.x1) / 2 - pin.x;
  dy = (symbol->body.y0 + symbol->body.y1) / 2 - pin.y;
  if (dx == 0 && dy == 0)
    return;
  sum->base++;
  if ((down ? dy : -dy) > ABS (dx))
    sum->amount++;
  else
    score_point_out (scene, NUDGE_METRIC_POWER_UPRIGHT, place (symbol), symbol->reference, "");
}

static void
check_turned (const ScoreScene *scene, const ScoreSymbol *symbol)
{
  const NudgePose *pose = &symbol->drawn->pose;

  if (!score_is_chip (symbol))
    return;
  scene->tally->sums[NUDGE_METRIC_CHIPS_TURNED].base++;
  if (nudge_pose_direction (pose, 0) != 0 || nudge_pose_direction (pose, 1) != 1)
    score_offend (scene, NUDGE_METRIC_CHIPS_TURNED, place (symbol), symbol->reference, "");
}

/* Switches, jumpers and connectors lie down by habit. */
static gboolean
may_lie (const char *reference)
{
  static const char *const inside[] = { "SW", "BTN", "JP" };

  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    if (strstr (reference, inside[i]) != NULL)
      return TRUE;
  return strchr ("SJPKX", reference[0]) != NULL && reference[0] != '\0' && (g_ascii_isdigit (reference[1]) || reference[1] == '?');
}

/* The ends of a part with two pins that point apart; FALSE for other parts. */
static gboolean
two_ends (const ScoreScene *scene, const ScoreSymbol *symbol, const ScorePin *ends[2])
{
  gint64 dot;
  guint n = 0;

  if (symbol->n_visible != 2)
    return FALSE;
  for (guint i = symbol->first_pin; i < symbol->first_pin + symbol->n_pins; i++)
    if (!SCORE_PIN (scene, i)->pin->hidden)
      ends[n++] = SCORE_PIN (scene, i);
  dot = (gint64) (ends[0]->at.x - ends[0]->end.x) * (ends[1]->at.x - ends[1]->end.x)
        + (gint64) (ends[0]->at.y - ends[0]->end.y) * (ends[1]->at.y - ends[1]->end.y);
  return dot <= 0;
}

/* A part between something and ground hangs with its ground end below. */
static void
check_shunt (const ScoreScene *scene, const ScoreSymbol *symbol, const gboolean *grounded)
{
  const ScorePin *ends[2];
  gboolean first;

  if (may_lie (symbol->reference) || !two_ends (scene, symbol, ends))
    return;
  first = grounded[ends[0]->cluster];
  if (first == grounded[ends[1]->cluster])
    return;
  scene->tally->sums[NUDGE_METRIC_SHUNTS_NOT_HANGING].base++;
  if (ends[!first]->at.y - ends[first]->at.y <= ABS (ends[0]->at.x - ends[1]->at.x))
    score_offend (scene, NUDGE_METRIC_SHUNTS_NOT_HANGING, place (symbol), symbol->reference, "");
}

static void
check_shunts (const ScoreScene *scene)
{
  g_autofree gboolean *grounded = g_new0 (gboolean, scene->n_clusters + 1);

  for (guint i = 0; i < scene->ends->len; i++)
    {
      const ScoreEnd *end = SCORE_END (scene, i);
      const ScoreSymbol *symbol;

      if (end->kind != SCORE_END_POWER)
        continue;
      symbol = SCORE_SYMBOL (scene, SCORE_PIN (scene, end->index)->symbol);
      if (!symbol->is_flag && score_is_ground (symbol->reference))
        grounded[end->cluster] = TRUE;
    }
  for (guint i = 0; i < scene->symbols->len; i++)
    if (!SCORE_SYMBOL (scene, i)->is_power)
      check_shunt (scene, SCORE_SYMBOL (scene, i), grounded);
}

/* --- alignment --- */

static int
compare_coordinates (const void *a, const void *b)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;

  return (x > y) - (x < y);
}

/* TRUE when the sorted list holds the value twice. */
static gboolean
is_shared (const gint32 *sorted, guint n, gint32 value)
{
  const gint32 *found = bsearch (&value, sorted, n, sizeof value, compare_coordinates);

  return (found > sorted && found[-1] == value) || (found + 1 < sorted + n && found[1] == value);
}

static void
check_aligned (const ScoreScene *scene, guint n_parts)
{
  g_autofree gint32 *xs = g_new (gint32, n_parts + 1);
  g_autofree gint32 *ys = g_new (gint32, n_parts + 1);
  ScoreSum *sum = &scene->tally->sums[NUDGE_METRIC_ALIGNED];
  guint n = 0;

  for (guint i = 0; i < scene->symbols->len; i++)
    if (!SCORE_SYMBOL (scene, i)->is_power)
      {
        xs[n] = place (SCORE_SYMBOL (scene, i)).x;
        ys[n++] = place (SCORE_SYMBOL (scene, i)).y;
      }
  qsort (xs, n, sizeof *xs, compare_coordinates);
  qsort (ys, n, sizeof *ys, compare_coordinates);
  sum->base += n;
  for (guint i = 0; i < scene->symbols->len; i++)
    {
      const ScoreSymbol *symbol = SCORE_SYMBOL (scene, i);

      if (symbol->is_power)
        continue;
      if (n < 3 || is_shared (xs, n, place (symbol).x) || is_shared (ys, n, place (symbol).y))
        sum->amount++;
      else
        score_point_out (scene, NUDGE_METRIC_ALIGNED, place (symbol), symbol->reference, "");
    }
}

void
score_symbols (const ScoreScene *scene)
{
  ScoreSum *sums = scene->tally->sums;
  guint n_parts = 0;

  check_overlaps (scene);
  check_boxes (scene);
  for (guint i = 0; i < scene->symbols->len; i++)
    {
      const ScoreSymbol *symbol = SCORE_SYMBOL (scene, i);

      if (symbol->is_power)
        {
          sums[NUDGE_METRIC_POWER_SYMBOLS].amount++;
          check_upright (scene, symbol);
          continue;
        }
      n_parts++;
      check_turned (scene, symbol);
      if (symbol->has_body)
        check_through (scene, &symbol->body, symbol->reference, symbol);
    }
  for (guint i = 0; i < scene->sheet->n_boxes; i++)
    check_through (scene, &scene->sheet->boxes[i].box, scene->sheet->boxes[i].name, NULL);
  sums[NUDGE_METRIC_COMPONENTS].amount += n_parts;
  check_shunts (scene);
  check_aligned (scene, n_parts);
}
