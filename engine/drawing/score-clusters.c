#include "drawing/score-private.h"

#include "base/disjoint-sets.h"

#include <math.h>

/* Everything that wires and places join on one sheet is a cluster; names join clusters into nets, later. */

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const NudgePoint *p = a, *q = b;

  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return (p->x > q->x) - (p->x < q->x);
}

guint
score_find_point (const ScoreScene *self, NudgePoint at)
{
  guint low = 0, high = self->points->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = compare_places (&SCORE_POINT (self, middle)->at, &at);

      if (order == 0)
        return middle;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NUDGE_NONE;
}

static void
add_end (ScoreScene *self, ScoreEndKind kind, guint index, NudgePoint at)
{
  ScoreEnd end = { .kind = kind, .index = index, .at = at };

  g_array_append_val (self->ends, end);
}

/* A hidden pin connects only where KiCad lets it: in power symbols, and as a power input. */
static void
collect_ends (ScoreScene *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;

  for (guint i = 0; i < self->pins->len; i++)
    {
      const ScorePin *pin = SCORE_PIN (self, i);
      gboolean power = SCORE_SYMBOL (self, pin->symbol)->is_power;

      if (!pin->pin->hidden || power || g_str_equal (pin->pin->type, "power_in"))
        add_end (self, power ? SCORE_END_POWER : SCORE_END_PIN, i, pin->at);
    }
  for (guint i = 0; i < sheet->n_labels; i++)
    add_end (self, SCORE_END_LABEL, i, sheet->labels[i].at);
  self->box_owners = g_new0 (guint, sheet->n_sheet_pins + 1);
  for (guint b = 0; b < sheet->n_boxes; b++)
    for (guint i = sheet->boxes[b].first_pin; i < sheet->boxes[b].first_pin + sheet->boxes[b].n_pins; i++)
      {
        self->box_owners[i] = b;
        add_end (self, SCORE_END_SHEET_PIN, i, sheet->sheet_pins[i].at);
      }
}

static void
collect_points (ScoreScene *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (NudgePoint));

  for (guint i = 0; i < self->pins->len; i++)
    g_array_append_val (places, SCORE_PIN (self, i)->at);
  for (guint i = 0; i < self->ends->len; i++)
    g_array_append_val (places, SCORE_END (self, i)->at);
  for (guint i = 0; i < sheet->n_wires; i++)
    {
      g_array_append_val (places, sheet->wires[i].a);
      g_array_append_val (places, sheet->wires[i].b);
    }
  for (guint i = 0; i < sheet->n_junctions; i++)
    g_array_append_val (places, sheet->junctions[i].at);
  for (guint i = 0; i < sheet->n_no_connects; i++)
    g_array_append_val (places, sheet->no_connects[i]);
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      ScorePoint point = { .at = g_array_index (places, NudgePoint, i) };

      if (i == 0 || !nudge_point_equal (point.at, g_array_index (places, NudgePoint, i - 1)))
        g_array_append_val (self->points, point);
    }
}

typedef struct
{
  ScoreScene *scene;
  guint *parents;
  guint point;
} Passing;

static gboolean
passes (const NudgeWire *wire, NudgePoint at)
{
  gint64 dx = (gint64) wire->b.x - wire->a.x, dy = (gint64) wire->b.y - wire->a.y;
  gint64 cross = dx * ((gint64) at.y - wire->a.y) - dy * ((gint64) at.x - wire->a.x);

  return cross == 0 && !nudge_point_equal (at, wire->a) && !nudge_point_equal (at, wire->b);
}

static void
join_passing (guint wire_index, gpointer data)
{
  Passing *passing = data;
  const NudgeWire *wire = &passing->scene->sheet->wires[wire_index];
  ScorePoint *point = SCORE_POINT (passing->scene, passing->point);

  if (!nudge_box_contains (&passing->scene->wire_boxes[wire_index], point->at.x, point->at.y) || !passes (wire, point->at))
    return;
  point->passing++;
  nudge_sets_join (passing->parents, passing->point, score_find_point (passing->scene, wire->a));
}

static void
mark_points (ScoreScene *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;

  for (guint i = 0; i < self->ends->len; i++)
    {
      ScoreEnd *end = SCORE_END (self, i);

      end->point = score_find_point (self, end->at);
      SCORE_POINT (self, end->point)->kinds |= 1 << end->kind;
    }
  for (guint i = 0; i < sheet->n_junctions; i++)
    SCORE_POINT (self, score_find_point (self, sheet->junctions[i].at))->junction = TRUE;
  for (guint i = 0; i < sheet->n_no_connects; i++)
    SCORE_POINT (self, score_find_point (self, sheet->no_connects[i]))->no_connect = TRUE;
}

static void
join_wires (ScoreScene *self, guint *parents)
{
  const NudgeDrawnSheet *sheet = self->sheet;
  Passing passing = { self, parents, 0 };

  for (guint i = 0; i < sheet->n_wires; i++)
    {
      guint ends[2] = { score_find_point (self, sheet->wires[i].a), score_find_point (self, sheet->wires[i].b) };

      nudge_sets_join (parents, ends[0], ends[1]);
      for (guint k = 0; k < 2; k++)
        {
          ScorePoint *point = SCORE_POINT (self, ends[k]);

          if (point->degree < 2)
            point->wires[point->degree] = i;
          point->degree++;
        }
    }
  for (; passing.point < self->points->len; passing.point++)
    {
      NudgePoint at = SCORE_POINT (self, passing.point)->at;
      NudgeBox here = { at.x, at.y, at.x, at.y };

      if (sheet->n_wires > 0)
        nudge_box_bins_visit (&self->wire_bins, &here, join_passing, &passing);
    }
}

void
score_clusters_init (ScoreScene *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;
  g_autofree guint *parents = NULL;
  g_autofree guint *numbers = NULL;

  collect_ends (self);
  collect_points (self);
  mark_points (self);
  parents = nudge_sets_new (self->points->len);
  numbers = g_new (guint, self->points->len + 1);
  join_wires (self, parents);

  /* A root is the first of its points. */
  for (guint i = 0; i < self->points->len; i++)
    {
      guint root = nudge_sets_root (parents, i);

      numbers[i] = root == i ? self->n_clusters++ : numbers[root];
    }
  for (guint i = 0; i < self->ends->len; i++)
    SCORE_END (self, i)->cluster = numbers[SCORE_END (self, i)->point];
  for (guint i = 0; i < self->pins->len; i++)
    SCORE_PIN (self, i)->cluster = numbers[score_find_point (self, SCORE_PIN (self, i)->at)];
  self->wire_clusters = g_new (guint, sheet->n_wires + 1);
  self->cluster_lengths = g_new0 (gdouble, self->n_clusters + 1);
  for (guint i = 0; i < sheet->n_wires; i++)
    {
      NudgePoint a = sheet->wires[i].a, b = sheet->wires[i].b;

      self->wire_clusters[i] = numbers[score_find_point (self, a)];
      self->cluster_lengths[self->wire_clusters[i]] += fabs ((gdouble) a.x - b.x) + fabs ((gdouble) a.y - b.y);
    }
}
