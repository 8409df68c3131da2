#include "drawing/score-private.h"

#include <string.h>

/* Signals run from left to right. From the sources on, each part is one step deeper than the one that reached it first,
 * and a step should not lead back to the left. Connectors may stand on either side, and what hangs on a path without
 * leading on (test points, crystals) may stand anywhere. */

#define WIDEST_NET 8

typedef struct
{
  const ScoreScene *scene;
  guint *pin_nets;             /* by pin: into scene->nets, or NUDGE_NONE */
  gboolean *reached;           /* by symbol */
  guint *queue;
  guint n_queued;
} Flow;

static gboolean
drives (const ScorePin *pin)
{
  return g_str_equal (pin->pin->type, "output") || g_str_equal (pin->pin->type, "power_out");
}

static gboolean
listens (const ScorePin *pin)
{
  return g_str_equal (pin->pin->type, "input") || g_str_equal (pin->pin->type, "power_in");
}

static gboolean
carries_signal (const ScoreNet *net)
{
  return !net->is_power && net->n >= 2 && net->n <= WIDEST_NET;
}

/* A part between a signal and a rail hangs beside the path, not in it. */
static gboolean
is_shunt (const Flow *self, const ScoreSymbol *symbol)
{
  if (symbol->n_visible != 2)
    return FALSE;
  for (guint i = symbol->first_pin; i < symbol->first_pin + symbol->n_pins; i++)
    if (!SCORE_PIN (self->scene, i)->pin->hidden && self->pin_nets[i] == NUDGE_NONE)
      return TRUE;
  return FALSE;
}

static gboolean
net_has_driver (const ScoreScene *scene, const ScoreNet *net)
{
  for (guint i = net->first; i < net->first + net->n; i++)
    if (drives (SCORE_NET_PIN (scene, i)))
      return TRUE;
  return FALSE;
}

static gboolean
is_source (const Flow *self, const ScoreSymbol *symbol)
{
  gboolean driving = FALSE;

  for (guint i = symbol->first_pin; i < symbol->first_pin + symbol->n_pins; i++)
    {
      const ScorePin *pin = SCORE_PIN (self->scene, i);

      if (self->pin_nets[i] == NUDGE_NONE)
        continue;
      driving |= drives (pin);
      if (listens (pin) && net_has_driver (self->scene, &g_array_index (self->scene->nets, ScoreNet, self->pin_nets[i])))
        return FALSE;
    }
  return driving;
}

static void
enqueue (Flow *self, guint symbol)
{
  self->reached[symbol] = TRUE;
  self->queue[self->n_queued++] = symbol;
}

/* Whether a path that comes from one symbol goes on to a third behind the next. */
static gboolean
leads_on (const Flow *self, guint from, guint next)
{
  const ScoreSymbol *symbol = SCORE_SYMBOL (self->scene, next);

  for (guint i = symbol->first_pin; i < symbol->first_pin + symbol->n_pins; i++)
    {
      const ScoreNet *net = self->pin_nets[i] == NUDGE_NONE ? NULL : &g_array_index (self->scene->nets, ScoreNet, self->pin_nets[i]);

      for (guint k = net == NULL ? 0 : net->first; net != NULL && k < net->first + net->n; k++)
        {
          guint other = SCORE_NET_PIN (self->scene, k)->symbol;

          if (other != from && other != next && !is_shunt (self, SCORE_SYMBOL (self->scene, other)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
step (Flow *self, const ScorePin *from, guint to_index)
{
  const ScorePin *to = SCORE_PIN (self->scene, to_index);
  const ScoreSymbol *symbol = SCORE_SYMBOL (self->scene, to->symbol);
  ScoreSum *sum = &self->scene->tally->sums[NUDGE_METRIC_FLOW];

  if (self->reached[to->symbol] || drives (to) || is_shunt (self, symbol))
    return;
  enqueue (self, to->symbol);
  if (score_is_connector (symbol) || symbol->n_visible < 2 || (symbol->n_visible == 2 && !leads_on (self, from->symbol, to->symbol)))
    return;
  sum->base++;
  if (from->at.x <= to->at.x)
    sum->amount++;
  else
    score_point_out (self->scene, NUDGE_METRIC_FLOW, symbol->drawn->pose.at, SCORE_SYMBOL (self->scene, from->symbol)->reference,
                     symbol->reference);
}

static void
spread (Flow *self)
{
  const ScoreScene *scene = self->scene;

  for (guint done = 0; done < self->n_queued; done++)
    {
      const ScoreSymbol *symbol = SCORE_SYMBOL (scene, self->queue[done]);

      for (guint i = symbol->first_pin; i < symbol->first_pin + symbol->n_pins; i++)
        {
          const ScoreNet *net;

          if (self->pin_nets[i] == NUDGE_NONE || listens (SCORE_PIN (scene, i)))
            continue;
          net = &g_array_index (scene->nets, ScoreNet, self->pin_nets[i]);
          for (guint k = net->first; k < net->first + net->n; k++)
            step (self, SCORE_PIN (scene, i), g_array_index (scene->net_pins, guint, k));
        }
    }
}

static gboolean
has_chip (const ScoreScene *scene)
{
  for (guint i = 0; i < scene->symbols->len; i++)
    if (score_is_chip (SCORE_SYMBOL (scene, i)))
      return TRUE;
  return FALSE;
}

void
score_flow (const ScoreScene *scene)
{
  guint n_symbols = scene->symbols->len;
  Flow self = {
    .scene = scene,
    .pin_nets = g_new (guint, scene->pins->len + 1),
    .reached = g_new0 (gboolean, n_symbols + 1),
    .queue = g_new (guint, n_symbols + 1),
  };

  memset (self.pin_nets, 0xff, (scene->pins->len + 1) * sizeof (guint));
  for (guint i = 0; i < scene->nets->len; i++)
    {
      const ScoreNet *net = &g_array_index (scene->nets, ScoreNet, i);

      for (guint k = net->first; carries_signal (net) && k < net->first + net->n; k++)
        self.pin_nets[g_array_index (scene->net_pins, guint, k)] = i;
    }
  for (guint i = 0; i < n_symbols; i++)
    if (!SCORE_SYMBOL (scene, i)->is_power && is_source (&self, SCORE_SYMBOL (scene, i)))
      enqueue (&self, i);
  /* Nothing says where a signal comes from: then it comes in by the first connector, unless there is a chip, about
   * which connectors stand on all sides. */
  for (guint i = 0; i < n_symbols && self.n_queued == 0 && !has_chip (scene); i++)
    if (!SCORE_SYMBOL (scene, i)->is_power && score_is_connector (SCORE_SYMBOL (scene, i)))
      enqueue (&self, i);
  spread (&self);
  g_free (self.pin_nets);
  g_free (self.reached);
  g_free (self.queue);
}
