#include "drawing/score-private.h"

#include <stdlib.h>

/* Air between parts. */

#define NEAR NUDGE_MM (2.54)
#define NEAR_ROW NUDGE_MM (0.5)
#define LEAST 3000
#define LEAST_BODY 5000       /* smaller ones are drawn for their pins only */
#define FAR NUDGE_MM (25.4)   /* beyond it distance is no longer felt */

typedef struct
{
  const ScoreScene *scene;
  guint *symbols;              /* of the parts that have a body */
  guint n;
  guint *clusters;             /* of the pins, sorted within each symbol */
  gint32 *air;                 /* by part */
} Spacing;

static int
compare_clusters (const void *a, const void *b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

static gboolean
connected (const Spacing *self, const ScoreSymbol *a, const ScoreSymbol *b)
{
  guint i = a->first_pin, j = b->first_pin;

  while (i < a->first_pin + a->n_pins && j < b->first_pin + b->n_pins)
    {
      if (self->clusters[i] == self->clusters[j])
        return TRUE;
      if (self->clusters[i] < self->clusters[j])
        i++;
      else
        j++;
    }
  return FALSE;
}

/* A row of equal parts may stand closer. */
static gboolean
in_a_row (const ScoreSymbol *a, const ScoreSymbol *b, NudgePoint shared)
{
  NudgePoint p = a->drawn->pose.at, q = b->drawn->pose.at;

  return a->drawn->symbol == b->drawn->symbol && MAX (-shared.x, -shared.y) >= NEAR_ROW && (p.x == q.x || p.y == q.y);
}

static void
check_pair (guint i, guint j, gpointer data)
{
  Spacing *self = data;
  const ScoreSymbol *a = SCORE_SYMBOL (self->scene, self->symbols[i]), *b = SCORE_SYMBOL (self->scene, self->symbols[j]);
  NudgePoint shared = score_shared (&a->body, &b->body);
  gdouble gap = score_gap (shared);

  self->air[i] = MIN (self->air[i], (gint32) gap);
  self->air[j] = MIN (self->air[j], (gint32) gap);
  if ((shared.x > LEAST && shared.y > LEAST) || gap >= NEAR - 100 || connected (self, a, b) || in_a_row (a, b, shared))
    return;
  score_offend (self->scene, NUDGE_METRIC_BODIES_TOO_CLOSE, a->drawn->pose.at, a->reference, b->reference);
}

static void
collect (Spacing *self)
{
  const ScoreScene *scene = self->scene;

  for (guint i = 0; i < scene->pins->len; i++)
    self->clusters[i] = SCORE_PIN (scene, i)->cluster;
  for (guint i = 0; i < scene->symbols->len; i++)
    {
      const ScoreSymbol *symbol = SCORE_SYMBOL (scene, i);

      if (symbol->is_power || !symbol->has_body
          || MAX (symbol->body.x1 - symbol->body.x0, symbol->body.y1 - symbol->body.y0) <= LEAST_BODY)
        continue;
      qsort (self->clusters + symbol->first_pin, symbol->n_pins, sizeof (guint), compare_clusters);
      self->air[self->n] = FAR;
      self->symbols[self->n++] = i;
    }
}

void
score_spacing (const ScoreScene *scene)
{
  Spacing self = {
    .scene = scene,
    .symbols = g_new (guint, scene->symbols->len + 1),
    .clusters = g_new (guint, scene->pins->len + 1),
    .air = g_new (gint32, scene->symbols->len + 1),
  };
  g_autofree NudgeBox *grown = g_new (NudgeBox, scene->symbols->len + 1);
  g_auto (NudgeBoxBins) bins = { 0 };

  collect (&self);
  for (guint i = 0; i < self.n; i++)
    grown[i] = nudge_box_grown (SCORE_SYMBOL (scene, self.symbols[i])->body, FAR / 2);
  nudge_box_bins_init (&bins, grown, self.n);
  nudge_box_bins_visit_pairs (&bins, check_pair, &self);
  if (self.n > 1)
    g_array_append_vals (scene->tally->airs, self.air, self.n);
  g_free (self.symbols);
  g_free (self.clusters);
  g_free (self.air);
}
