#include "drawing/score-private.h"

#include <math.h>
#include <stdlib.h>

/* Wires as lines: crossings, bends, loose ends, wires on wires. */

#define BIT(kind) (1 << (kind))

static gboolean
level (const NudgeWire *wire)
{
  return wire->a.y == wire->b.y;
}

static gboolean
upright (const NudgeWire *wire)
{
  return wire->a.x == wire->b.x;
}

static void
check_crossing (guint i, guint j, gpointer data)
{
  const ScoreScene *scene = data;
  const NudgeWire *wires = scene->sheet->wires;
  guint h = level (&wires[i]) ? i : j, v = h == i ? j : i;
  const NudgeBox *row = &scene->wire_boxes[h], *column = &scene->wire_boxes[v];
  NudgePoint at = { column->x0, row->y0 };
  guint point;

  if (!level (&wires[h]) || !upright (&wires[v]) || level (&wires[v]))
    return;
  if (at.x <= row->x0 || at.x >= row->x1 || at.y <= column->y0 || at.y >= column->y1)
    return;
  point = score_find_point (scene, at);
  if (point != NUDGE_NONE && SCORE_POINT (scene, point)->junction)
    score_offend (scene, NUDGE_METRIC_FOUR_WAY_JOINTS, at, "", "");
  else if (scene->wire_clusters[h] == scene->wire_clusters[v])
    score_offend (scene, NUDGE_METRIC_CROSSINGS_SAME_NET, at, "", "");
  else
    score_offend (scene, NUDGE_METRIC_CROSSINGS, at, "", "");
}

static NudgePoint
other_end (const NudgeWire *wire, NudgePoint at)
{
  return nudge_point_equal (wire->a, at) ? wire->b : wire->a;
}

static gboolean
is_bend (const ScoreScene *scene, const ScorePoint *point)
{
  NudgePoint p = other_end (&scene->sheet->wires[point->wires[0]], point->at);
  NudgePoint q = other_end (&scene->sheet->wires[point->wires[1]], point->at);
  gint64 cross = ((gint64) p.x - point->at.x) * ((gint64) q.y - point->at.y) - ((gint64) p.y - point->at.y) * ((gint64) q.x - point->at.x);

  return cross != 0 && (point->kinds & (BIT (SCORE_END_PIN) | BIT (SCORE_END_POWER))) == 0;
}

/* @labelled: by wire, whether a label or sheet pin stands on it anywhere. */
static void
check_points (const ScoreScene *scene, const gboolean *labelled)
{
  for (guint i = 0; i < scene->points->len; i++)
    {
      const ScorePoint *point = SCORE_POINT (scene, i);

      if (point->degree == 4)
        score_offend (scene, NUDGE_METRIC_FOUR_WAY_JOINTS, point->at, "", "");
      if (point->passing > 0)
        continue;
      if (point->degree == 2 && is_bend (scene, point))
        score_offend (scene, NUDGE_METRIC_BENDS, point->at, "", "");
      if (point->degree == 1 && point->kinds == 0 && !point->no_connect && !labelled[point->wires[0]])
        score_offend (scene, NUDGE_METRIC_DANGLING_ENDS, point->at, "", "");
    }
}

typedef struct
{
  const ScoreScene *scene;
  gboolean *labelled;
  NudgePoint at;
} Labelling;

static void
mark_wire (guint wire, gpointer data)
{
  Labelling *self = data;
  const NudgeWire *w = &self->scene->sheet->wires[wire];

  if (!nudge_box_contains (&self->scene->wire_boxes[wire], self->at.x, self->at.y))
    return;
  if (level (w) || upright (w) || nudge_point_equal (self->at, w->a) || nudge_point_equal (self->at, w->b))
    self->labelled[wire] = TRUE;
}

static void
mark_labelled (const ScoreScene *scene, gboolean *labelled)
{
  Labelling labelling = { scene, labelled, { 0, 0 } };

  for (guint i = 0; i < scene->ends->len; i++)
    {
      const ScoreEnd *end = SCORE_END (scene, i);
      NudgeBox here = { end->at.x, end->at.y, end->at.x, end->at.y };

      labelling.at = end->at;
      if (end->kind == SCORE_END_LABEL || end->kind == SCORE_END_SHEET_PIN)
        nudge_box_bins_visit (&scene->wire_bins, &here, mark_wire, &labelling);
    }
}

/* --- wires on wires --- */

typedef struct
{
  gint32 line, from, to;
} Run;

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const Run *x = a, *y = b;

  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return (x->to > y->to) - (x->to < y->to);
}

static void
check_doubled (const ScoreScene *scene, gboolean rows)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  gint32 reached = 0;

  for (guint i = 0; i < scene->sheet->n_wires; i++)
    {
      const NudgeBox *box = &scene->wire_boxes[i];
      Run run = rows ? (Run){ box->y0, box->x0, box->x1 } : (Run){ box->x0, box->y0, box->y1 };

      if (rows ? level (&scene->sheet->wires[i]) : upright (&scene->sheet->wires[i]) && !level (&scene->sheet->wires[i]))
        g_array_append_val (runs, run);
    }
  g_array_sort (runs, compare_runs);
  for (guint i = 0; i < runs->len; i++)
    {
      Run run = g_array_index (runs, Run, i);

      if (i == 0 || g_array_index (runs, Run, i - 1).line != run.line)
        reached = run.from;
      if (run.from < reached)
        {
          NudgePoint at = rows ? (NudgePoint){ run.from, run.line } : (NudgePoint){ run.line, run.from };

          scene->tally->sums[NUDGE_METRIC_WIRES_ON_WIRES].amount += (MIN (run.to, reached) - run.from) / (gdouble) NUDGE_UNITS_PER_MM;
          score_point_out (scene, NUDGE_METRIC_WIRES_ON_WIRES, at, "", "");
        }
      reached = MAX (reached, run.to);
    }
}

void
score_wires (const ScoreScene *scene)
{
  const NudgeDrawnSheet *sheet = scene->sheet;
  ScoreSum *sums = scene->tally->sums;
  g_autofree gboolean *labelled = g_new0 (gboolean, sheet->n_wires + 1);

  sums[NUDGE_METRIC_WIRES].amount += sheet->n_wires;
  sums[NUDGE_METRIC_JUNCTIONS].amount += sheet->n_junctions;
  sums[NUDGE_METRIC_NO_CONNECTS].amount += sheet->n_no_connects;
  for (guint i = 0; i < sheet->n_wires; i++)
    {
      NudgePoint a = sheet->wires[i].a, b = sheet->wires[i].b;

      sums[NUDGE_METRIC_WIRE_LENGTH].amount += hypot ((gdouble) a.x - b.x, (gdouble) a.y - b.y) / NUDGE_UNITS_PER_MM;
      if (a.x != b.x && a.y != b.y)
        score_offend (scene, NUDGE_METRIC_DIAGONAL_WIRES, a, "", "");
    }
  if (sheet->n_wires == 0)
    return;
  nudge_box_bins_visit_pairs (&scene->wire_bins, check_crossing, (gpointer) scene);
  mark_labelled (scene, labelled);
  check_points (scene, labelled);
  check_doubled (scene, TRUE);
  check_doubled (scene, FALSE);
}
