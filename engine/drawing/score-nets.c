#include "drawing/score-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nets: what is wired, how straight and by what way; and the labels that join the rest. */

#define MAX_TREE_POINTS 400
#define SHORT_NAME 0.25       /* a name made up from a pin's says something at least */

/* --- which pin is of which net --- */

typedef struct
{
  const char *number;
  guint net;
} PartPin;

static int
compare_part_pins (const void *a, const void *b)
{
  return strcmp (((const PartPin *) a)->number, ((const PartPin *) b)->number);
}

static void
list_part (const NudgeCircuit *circuit, guint index, GArray *list)
{
  const NudgePart *part = &circuit->parts[index];

  g_array_set_size (list, 0);
  for (guint n = part->first_node; n < part->first_node + part->n_nodes; n++)
    {
      PartPin entry = { circuit->part_nodes[n].pin, circuit->part_nodes[n].net };

      g_array_append_val (list, entry);
    }
  g_array_sort (list, compare_part_pins);
}

static void
find_pin_nets (ScoreScene *self)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (PartPin));
  guint listed = NUDGE_NONE;

  for (guint i = 0; i < self->pins->len; i++)
    {
      ScorePin *pin = SCORE_PIN (self, i);
      guint part = SCORE_SYMBOL (self, pin->symbol)->drawn->part;
      PartPin wanted = { .number = pin->pin->number }, *found;

      if (part == NUDGE_NONE)
        continue;
      if (part != listed)
        list_part (self->drawing->layout->circuit, part, list);
      listed = part;
      found = list->len == 0 ? NULL : bsearch (&wanted, list->data, list->len, sizeof wanted, compare_part_pins);
      pin->net = found != NULL ? found->net : NUDGE_NONE;
      if (pin->net != NUDGE_NONE && !pin->pin->hidden)
        g_array_append_val (self->net_pins, i);
    }
}

static int
compare_net_pins (gconstpointer a, gconstpointer b, gpointer data)
{
  const ScoreScene *self = data;
  const ScorePin *x = SCORE_PIN (self, *(const guint *) a), *y = SCORE_PIN (self, *(const guint *) b);

  if (x->net != y->net)
    return x->net < y->net ? -1 : 1;
  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return (x > y) - (x < y);
}

static ScoreNet *
find_net (const ScoreScene *self, guint net)
{
  guint low = 0, high = self->nets->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      ScoreNet *found = &g_array_index (self->nets, ScoreNet, middle);

      if (found->net == net)
        return found;
      if (found->net < net)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* What other marks say of the nets: rails, and names that go beyond the sheet. */
static void
mark_nets (ScoreScene *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;
  const NudgeCircuit *circuit = self->drawing->layout->circuit;

  for (guint i = 0; i < self->symbols->len; i++)
    {
      const ScoreSymbol *symbol = SCORE_SYMBOL (self, i);
      ScoreNet *net = symbol->is_power && !symbol->is_flag ? find_net (self, symbol->drawn->net) : NULL;

      if (net != NULL)
        net->is_power = circuit->nets[net->net].is_power;
    }
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    {
      ScoreNet *net = find_net (self, sheet->sheet_pins[i].net);

      if (net != NULL)
        net->leaves = TRUE;
    }
  for (guint i = 0; i < sheet->n_labels; i++)
    {
      const NudgeLabel *label = &sheet->labels[i];
      ScoreNet *net = find_net (self, label->net);

      if (net == NULL)
        continue;
      if (label->kind == NUDGE_LABEL_HIERARCHICAL)
        net->leaves |= self->index != 0;
      else if (label->kind == NUDGE_LABEL_GLOBAL)
        net->leaves |= sheet->n_instances > 1 || circuit->nets[net->net].n_nodes > net->n;
    }
}

void
score_nets_init (ScoreScene *self)
{
  guint previous = NUDGE_NONE;

  find_pin_nets (self);
  g_array_sort_with_data (self->net_pins, compare_net_pins, self);
  for (guint i = 0; i < self->net_pins->len; i++)
    {
      const ScorePin *pin = SCORE_NET_PIN (self, i);
      ScoreNet *last;

      if (i == 0 || SCORE_NET_PIN (self, i - 1)->net != pin->net)
        {
          ScoreNet net = { .net = pin->net, .first = i };

          g_array_append_val (self->nets, net);
          previous = NUDGE_NONE;
        }
      last = &g_array_index (self->nets, ScoreNet, self->nets->len - 1);
      last->n++;
      last->n_clusters += pin->cluster != previous;
      previous = pin->cluster;
    }
  mark_nets (self);
}

/* --- wired or not --- */

static void
check_two_pin (const ScoreScene *scene, const ScoreNet *net, const char *name)
{
  const ScorePin *a = SCORE_NET_PIN (scene, net->first), *b = SCORE_NET_PIN (scene, net->first + 1);
  ScoreSum *wired = &scene->tally->sums[NUDGE_METRIC_TWO_PIN_WIRED];
  ScoreSum *straight = &scene->tally->sums[NUDGE_METRIC_TWO_PIN_STRAIGHT];
  gdouble distance = fabs ((gdouble) a->at.x - b->at.x) + fabs ((gdouble) a->at.y - b->at.y);

  wired->base++;
  if (a->cluster != b->cluster)
    {
      score_point_out (scene, NUDGE_METRIC_TWO_PIN_WIRED, a->at, name, "");
      return;
    }
  wired->amount++;
  straight->base++;
  if ((a->at.x == b->at.x || a->at.y == b->at.y) && fabs (distance - scene->cluster_lengths[a->cluster]) < 100)
    straight->amount++;
  else
    score_point_out (scene, NUDGE_METRIC_TWO_PIN_STRAIGHT, a->at, name, "");
}

static void
check_net (const ScoreScene *scene, const ScoreNet *net)
{
  const char *name = scene->drawing->layout->circuit->nets[net->net].name;
  ScoreSum *sum = &scene->tally->sums[NUDGE_METRIC_CONNECTIONS_WIRED];

  if (net->is_power || net->n < 2)
    return;
  sum->base += net->n - 1;
  sum->amount += net->n - net->n_clusters;
  if (net->n_clusters > 1)
    score_point_out (scene, NUDGE_METRIC_CONNECTIONS_WIRED, SCORE_NET_PIN (scene, net->first)->at, name, "");
  if (net->n == 2 && !net->leaves)
    check_two_pin (scene, net, name);
}

/* --- length against the shortest tree --- */

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const ScoreEnd *x = a, *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return (x->point > y->point) - (x->point < y->point);
}

/* Prim's, over Manhattan distances. */
static gdouble
tree_length (const NudgePoint *points, guint n)
{
  gdouble distances[MAX_TREE_POINTS], sum = 0;

  for (guint i = 0; i < n; i++)
    distances[i] = i == 0 ? 0 : G_MAXDOUBLE;
  for (guint round = 0; round < n; round++)
    {
      guint next = NUDGE_NONE;

      for (guint i = 0; i < n; i++)
        if (distances[i] >= 0 && (next == NUDGE_NONE || distances[i] < distances[next]))
          next = i;
      sum += distances[next];
      distances[next] = -1;
      for (guint i = 0; i < n; i++)
        if (distances[i] >= 0)
          distances[i] = MIN (distances[i], fabs ((gdouble) points[i].x - points[next].x) + fabs ((gdouble) points[i].y - points[next].y));
    }
  return sum;
}

static void
check_detours (const ScoreScene *scene)
{
  ScoreSum *sum = &scene->tally->sums[NUDGE_METRIC_DETOUR];
  g_autoptr (GArray) ends = g_array_copy (scene->ends);
  NudgePoint points[MAX_TREE_POINTS];

  g_array_sort (ends, compare_ends);
  for (guint i = 0; i < ends->len;)
    {
      const ScoreEnd *first = &g_array_index (ends, ScoreEnd, i);
      guint n = 0, last = NUDGE_NONE;

      for (; i < ends->len && g_array_index (ends, ScoreEnd, i).cluster == first->cluster; i++)
        {
          const ScoreEnd *end = &g_array_index (ends, ScoreEnd, i);

          if (end->point != last && n < MAX_TREE_POINTS)
            points[n] = end->at;
          n += end->point != last;
          last = end->point;
        }
      if (n < 2 || n > MAX_TREE_POINTS || scene->cluster_lengths[first->cluster] <= 0)
        continue;
      sum->base += tree_length (points, n);
      sum->amount += scene->cluster_lengths[first->cluster];
    }
}

/* --- labels --- */

/* What a program calls a net that it was given no name for. */
static gboolean
is_raw_name (const char *text)
{
  return g_str_has_prefix (text, "N$") || g_str_has_prefix (text, "Net-(");
}

static void
check_labels (const ScoreScene *scene)
{
  static const NudgeMetric kinds[] = { NUDGE_METRIC_LABELS_LOCAL, NUDGE_METRIC_LABELS_GLOBAL, NUDGE_METRIC_LABELS_HIERARCHICAL };
  ScoreSum *sums = scene->tally->sums;

  sums[NUDGE_METRIC_AUTOMATIC_NAMES].base += scene->sheet->n_labels;
  for (guint i = 0; i < scene->sheet->n_labels; i++)
    {
      const NudgeLabel *label = &scene->sheet->labels[i];
      const ScorePoint *point = SCORE_POINT (scene, score_find_point (scene, label->at));

      sums[kinds[label->kind]].amount++;
      if (point->kinds & (1 << SCORE_END_PIN | 1 << SCORE_END_POWER))
        sums[NUDGE_METRIC_LABELS_ON_PINS].amount++;
      if (!scene->drawing->layout->circuit->nets[label->net].auto_named)
        continue;
      sums[NUDGE_METRIC_AUTOMATIC_NAMES].amount += is_raw_name (label->text) ? 1 : SHORT_NAME;
      score_point_out (scene, NUDGE_METRIC_AUTOMATIC_NAMES, label->at, label->text, "");
    }
}

void
score_nets (const ScoreScene *scene)
{
  for (guint i = 0; i < scene->nets->len; i++)
    check_net (scene, &g_array_index (scene->nets, ScoreNet, i));
  check_detours (scene);
  check_labels (scene);
}
