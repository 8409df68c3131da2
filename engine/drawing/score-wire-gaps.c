#include "drawing/score-private.h"

#include <stdlib.h>

/* Parallel wires of different nets that run side by side for a while, closer than the eye can follow. A bundle from
 * neighbouring pins of one symbol is meant that way. */

#define NEAR NUDGE_MM (1.9)
#define LONG NUDGE_MM (5)
#define TOLERANCE 100

/* One line of pins that a cluster touches: the pins of one side of a symbol or sheet box. */
typedef struct
{
  guint cluster;
  guint owner;                 /* symbol, or symbols + sheet box */
  gboolean level;              /* the pins lie level, in a column */
  gint32 line;
} Column;

typedef struct
{
  gint32 line, from, to;
  guint cluster;
} Run;

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const Column *x = a, *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  if (x->owner != y->owner)
    return x->owner < y->owner ? -1 : 1;
  if (x->level != y->level)
    return x->level ? -1 : 1;
  return (x->line > y->line) - (x->line < y->line);
}

static GArray *
columns_of (const ScoreScene *scene)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  for (guint i = 0; i < scene->ends->len; i++)
    {
      const ScoreEnd *end = SCORE_END (scene, i);
      Column column = { .cluster = end->cluster };

      if (end->kind == SCORE_END_PIN)
        {
          const ScorePin *pin = SCORE_PIN (scene, end->index);

          column.owner = pin->symbol;
          column.level = ABS (pin->at.x - pin->end.x) >= ABS (pin->at.y - pin->end.y);
          column.line = column.level ? pin->at.x : pin->at.y;
        }
      else if (end->kind == SCORE_END_SHEET_PIN)
        column = (Column){ end->cluster, scene->symbols->len + scene->box_owners[end->index], TRUE, end->at.x };
      else
        continue;
      g_array_append_val (columns, column);
    }
  g_array_sort (columns, compare_columns);
  return columns;
}

static guint
first_of_cluster (const GArray *columns, guint cluster)
{
  guint low = 0, high = columns->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (columns, Column, middle).cluster < cluster)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
share_column (const GArray *columns, guint a, guint b)
{
  guint i = first_of_cluster (columns, a), j = first_of_cluster (columns, b);

  while (i < columns->len && j < columns->len)
    {
      Column x = g_array_index (columns, Column, i), y = g_array_index (columns, Column, j);
      int order;

      if (x.cluster != a || y.cluster != b)
        return FALSE;
      x.cluster = y.cluster;
      order = compare_columns (&x, &y);
      if (order == 0)
        return TRUE;
      if (order < 0)
        i++;
      else
        j++;
    }
  return FALSE;
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Run *x = a, *y = b;

  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return (x->from > y->from) - (x->from < y->from);
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const Run *x = a, *y = b;

  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  return (x->from > y->from) - (x->from < y->from);
}

/* Pieces of one cluster on one line, put together; long ones only. */
static GArray *
long_runs (const ScoreScene *scene, gboolean rows)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Run));
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < scene->sheet->n_wires; i++)
    {
      const NudgeBox *box = &scene->wire_boxes[i];
      Run run = rows ? (Run){ box->y0, box->x0, box->x1, scene->wire_clusters[i] } : (Run){ box->x0, box->y0, box->y1, scene->wire_clusters[i] };

      if (rows ? box->y0 == box->y1 : box->x0 == box->x1 && box->y0 != box->y1)
        g_array_append_val (pieces, run);
    }
  g_array_sort (pieces, compare_pieces);
  for (guint i = 0; i < pieces->len;)
    {
      Run run = g_array_index (pieces, Run, i);

      for (i++; i < pieces->len; i++)
        {
          const Run *next = &g_array_index (pieces, Run, i);

          if (next->line != run.line || next->cluster != run.cluster || next->from > run.to)
            break;
          run.to = MAX (run.to, next->to);
        }
      if (run.to - run.from > LONG)
        g_array_append_val (runs, run);
    }
  g_array_sort (runs, compare_runs);
  return runs;
}

static void
check_runs (const ScoreScene *scene, const GArray *columns, gboolean rows)
{
  g_autoptr (GArray) runs = long_runs (scene, rows);

  for (guint i = 0; i < runs->len; i++)
    for (guint j = i + 1; j < runs->len; j++)
      {
        const Run *a = &g_array_index (runs, Run, i), *b = &g_array_index (runs, Run, j);
        gint32 from = MAX (a->from, b->from), distance = b->line - a->line;

        if (distance >= NEAR - TOLERANCE)
          break;
        if (a->cluster == b->cluster || MIN (a->to, b->to) - from <= LONG || distance == 0)
          continue;
        if (distance >= NUDGE_GRID - TOLERANCE && share_column (columns, a->cluster, b->cluster))
          continue;
        score_offend (scene, NUDGE_METRIC_WIRES_TOO_CLOSE, rows ? (NudgePoint){ from, a->line } : (NudgePoint){ a->line, from }, "", "");
      }
}

void
score_wire_gaps (const ScoreScene *scene)
{
  g_autoptr (GArray) columns = columns_of (scene);

  check_runs (scene, columns, TRUE);
  check_runs (scene, columns, FALSE);
}
