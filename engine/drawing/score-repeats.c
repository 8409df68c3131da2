#include "drawing/score-private.h"

#include <string.h>

/* What is connected alike should be drawn alike. Symbols get a mark that stands for their library symbol and for what
 * is around them, two steps far; two neighbours of equal marks, joined by equal pins, are repeats of one pattern, and
 * should stand to one another the same way each time. */

#define ROUNDS 2
#define WIDEST_NET 4

typedef struct
{
  guint32 marks[2];            /* of the two symbols */
  guint32 pins[2];             /* what their pins are called */
  gint32 dx, dy;
  guint8 poses[2];
  NudgePoint at;
  guint symbols[2];
} Joint;

static guint32
mix (guint32 seed, guint32 value)
{
  guint32 h = (seed ^ value) * 0x9e3779b1u;

  return h ^ (h >> 15);
}

static guint32
pin_mark (const ScorePin *pin)
{
  return g_str_hash (pin->pin->number);
}

/* What a pin sees: the rail that it is on, or its neighbours on a small net, in any order. */
static guint32
sight (const ScoreScene *scene, const ScoreNet *net, guint own, const guint32 *marks)
{
  guint32 sum = 0;

  if (net->is_power)
    return g_str_hash (scene->drawing->layout->circuit->nets[net->net].name);
  if (net->n > WIDEST_NET)
    return 1;
  for (guint i = net->first; i < net->first + net->n; i++)
    if (g_array_index (scene->net_pins, guint, i) != own)
      sum += mix (marks[SCORE_NET_PIN (scene, i)->symbol], pin_mark (SCORE_NET_PIN (scene, i)));
  return sum;
}

static void
refine (const ScoreScene *scene, const guint32 *before, guint32 *after)
{
  memcpy (after, before, scene->symbols->len * sizeof (guint32));
  for (guint n = 0; n < scene->nets->len; n++)
    {
      const ScoreNet *net = &g_array_index (scene->nets, ScoreNet, n);

      for (guint i = net->first; i < net->first + net->n; i++)
        {
          const ScorePin *pin = SCORE_NET_PIN (scene, i);

          after[pin->symbol] += mix (pin_mark (pin), sight (scene, net, g_array_index (scene->net_pins, guint, i), before));
        }
    }
}

static guint8
pose_mark (const ScoreSymbol *symbol)
{
  return symbol->drawn->pose.turn * 3 + symbol->drawn->pose.mirror;
}

/* FALSE when the two ends cannot be told apart. */
static gboolean
make_joint (const ScoreScene *scene, const ScoreNet *net, const guint32 *marks, Joint *joint)
{
  const ScorePin *pins[2] = { SCORE_NET_PIN (scene, net->first), SCORE_NET_PIN (scene, net->first + 1) };
  guint first = marks[pins[0]->symbol] > marks[pins[1]->symbol];
  NudgePoint places[2];

  if (pins[0]->symbol == pins[1]->symbol || marks[pins[0]->symbol] == marks[pins[1]->symbol])
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      const ScorePin *pin = pins[i ^ first];
      const ScoreSymbol *symbol = SCORE_SYMBOL (scene, pin->symbol);

      joint->marks[i] = marks[pin->symbol];
      joint->pins[i] = pin_mark (pin);
      joint->poses[i] = pose_mark (symbol);
      joint->symbols[i] = pin->symbol;
      places[i] = symbol->drawn->pose.at;
    }
  joint->dx = places[1].x - places[0].x;
  joint->dy = places[1].y - places[0].y;
  joint->at = places[0];
  return TRUE;
}

static int
compare_patterns (const Joint *x, const Joint *y)
{
  int order = memcmp (x->marks, y->marks, sizeof x->marks);

  return order != 0 ? order : memcmp (x->pins, y->pins, sizeof x->pins);
}

static int
compare_drawings (const Joint *x, const Joint *y)
{
  if (x->dx != y->dx)
    return x->dx < y->dx ? -1 : 1;
  if (x->dy != y->dy)
    return x->dy < y->dy ? -1 : 1;
  return memcmp (x->poses, y->poses, sizeof x->poses);
}

static int
compare_joints (gconstpointer a, gconstpointer b)
{
  const Joint *x = a, *y = b;
  int order = compare_patterns (x, y);

  if (order == 0)
    order = compare_drawings (x, y);
  return order != 0 ? order : (x->symbols[0] > y->symbols[0]) - (x->symbols[0] < y->symbols[0]);
}

/* Every drawing of one pattern but the most common one. */
static void
check_pattern (const ScoreScene *scene, const GArray *joints, guint from, guint to)
{
  ScoreSum *sum = &scene->tally->sums[NUDGE_METRIC_REPEATS_UNEQUAL];
  guint best = from, most = 0;

  for (guint i = from, first = from; i < to; i++)
    {
      if (compare_drawings (&g_array_index (joints, Joint, first), &g_array_index (joints, Joint, i)) != 0)
        first = i;
      if (i - first + 1 > most)
        {
          most = i - first + 1;
          best = first;
        }
    }
  sum->base += to - from;
  sum->amount += to - from - most;
  for (guint i = from; i < to; i++)
    {
      const Joint *joint = &g_array_index (joints, Joint, i);

      if (compare_drawings (joint, &g_array_index (joints, Joint, best)) != 0)
        score_point_out (scene, NUDGE_METRIC_REPEATS_UNEQUAL, joint->at, SCORE_SYMBOL (scene, joint->symbols[0])->reference,
                         SCORE_SYMBOL (scene, joint->symbols[1])->reference);
    }
}

static GArray *
collect_joints (const ScoreScene *scene, const guint32 *marks)
{
  GArray *joints = g_array_new (FALSE, FALSE, sizeof (Joint));

  for (guint i = 0; i < scene->nets->len; i++)
    {
      const ScoreNet *net = &g_array_index (scene->nets, ScoreNet, i);
      Joint joint;

      if (net->n == 2 && !net->is_power && make_joint (scene, net, marks, &joint))
        g_array_append_val (joints, joint);
    }
  g_array_sort (joints, compare_joints);
  return joints;
}

void
score_repeats (const ScoreScene *scene)
{
  g_autofree guint32 *marks = g_new0 (guint32, scene->symbols->len + 1);
  g_autofree guint32 *before = g_new0 (guint32, scene->symbols->len + 1);
  g_autoptr (GArray) joints = NULL;

  for (guint i = 0; i < scene->symbols->len; i++)
    marks[i] = mix (g_str_hash (SCORE_SYMBOL (scene, i)->drawn->symbol->id), SCORE_SYMBOL (scene, i)->drawn->unit);
  for (guint round = 0; round < ROUNDS; round++)
    {
      memcpy (before, marks, scene->symbols->len * sizeof (guint32));
      refine (scene, before, marks);
    }
  joints = collect_joints (scene, marks);
  for (guint i = 0, from; i < joints->len;)
    {
      for (from = i; i < joints->len; i++)
        if (compare_patterns (&g_array_index (joints, Joint, from), &g_array_index (joints, Joint, i)) != 0)
          break;
      if (i - from >= 2)
        check_pattern (scene, joints, from, i);
    }
}
