#include "drawing/score-private.h"

#include <stdlib.h>

/* Many nets between the same two large things: all wired or all labelled, but not half of each. And the labels before
 * one side of a large thing: in one column. */

#define LEAST_BUNDLE 4
#define LEAST_COLUMN 3
#define LARGE 5

/* An end of a net at a part or at a sheet box (numbered after the symbols). */
typedef struct
{
  guint net, owner, cluster;
  NudgePoint at;
  guint exit;
} Tip;

typedef struct
{
  guint a, b;
  gboolean wired;
  NudgePoint at;
} Link;

static int
compare_numbers (guint a, guint b)
{
  return (a > b) - (a < b);
}

static int
compare_tips (gconstpointer a, gconstpointer b)
{
  const Tip *x = a, *y = b;
  int order = compare_numbers (x->net, y->net);

  return order != 0 ? order : compare_numbers (x->owner, y->owner);
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const Link *x = a, *y = b;
  int order = compare_numbers (x->a, y->a);

  return order != 0 ? order : compare_numbers (x->b, y->b);
}

static gboolean
is_large (const ScoreScene *scene, guint owner)
{
  return owner >= scene->symbols->len || SCORE_SYMBOL (scene, owner)->n_visible >= LARGE;
}

static const char *
name_of (const ScoreScene *scene, guint owner)
{
  return owner >= scene->symbols->len ? scene->sheet->boxes[owner - scene->symbols->len].name : SCORE_SYMBOL (scene, owner)->reference;
}

static GArray *
collect_tips (const ScoreScene *scene)
{
  GArray *tips = g_array_new (FALSE, FALSE, sizeof (Tip));

  for (guint i = 0; i < scene->net_pins->len; i++)
    {
      const ScorePin *pin = SCORE_NET_PIN (scene, i);
      Tip tip = { pin->net, pin->symbol, pin->cluster, pin->at, score_pin_exit (pin) };

      g_array_append_val (tips, tip);
    }
  for (guint i = 0; i < scene->ends->len; i++)
    {
      const ScoreEnd *end = SCORE_END (scene, i);
      const NudgeSheetPin *pin;

      if (end->kind != SCORE_END_SHEET_PIN)
        continue;
      pin = &scene->sheet->sheet_pins[end->index];
      {
        Tip tip = { pin->net, scene->symbols->len + scene->box_owners[end->index], end->cluster, end->at, pin->side & 3 };

        g_array_append_val (tips, tip);
      }
    }
  g_array_sort (tips, compare_tips);
  return tips;
}

static GArray *
collect_links (const ScoreScene *scene, const GArray *tips)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (Link));

  for (guint i = 0; i < tips->len;)
    {
      const Tip *a = &g_array_index (tips, Tip, i), *b = a + 1;
      guint n = 0;

      while (i < tips->len && g_array_index (tips, Tip, i).net == a->net)
        {
          i++;
          n++;
        }
      if (n == 2 && a->owner != b->owner && is_large (scene, a->owner) && is_large (scene, b->owner))
        {
          Link link = { a->owner, b->owner, a->cluster == b->cluster, a->at };

          g_array_append_val (links, link);
        }
    }
  g_array_sort (links, compare_links);
  return links;
}

void
score_bundles (const ScoreScene *scene)
{
  g_autoptr (GArray) tips = collect_tips (scene);
  g_autoptr (GArray) links = collect_links (scene, tips);

  for (guint i = 0; i < links->len;)
    {
      const Link *first = &g_array_index (links, Link, i);
      guint n = 0, wired = 0;

      for (; i < links->len && compare_links (first, &g_array_index (links, Link, i)) == 0; i++)
        {
          n++;
          wired += g_array_index (links, Link, i).wired;
        }
      if (n < LEAST_BUNDLE)
        continue;
      scene->tally->sums[NUDGE_METRIC_BUNDLES_HALF_WIRED].base++;
      if (wired > 0 && wired < n)
        score_offend (scene, NUDGE_METRIC_BUNDLES_HALF_WIRED, first->at, name_of (scene, first->a), name_of (scene, first->b));
    }
}

/* --- label columns --- */

typedef struct
{
  guint owner, exit;
  gint32 line;                 /* of the label: x beside a left or right side, else y */
  guint label;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;
  int order = compare_numbers (x->owner, y->owner);

  if (order == 0)
    order = compare_numbers (x->exit, y->exit);
  if (order == 0)
    order = (x->line > y->line) - (x->line < y->line);
  return order != 0 ? order : compare_numbers (x->label, y->label);
}

/* Labels that stand for one pin of something large. */
static GArray *
collect_entries (const ScoreScene *scene)
{
  g_autoptr (GArray) tips = collect_tips (scene);
  g_autofree guint *n_tips = g_new0 (guint, scene->n_clusters + 1);
  g_autofree guint *n_labels = g_new0 (guint, scene->n_clusters + 1);
  g_autofree guint *labels = g_new0 (guint, scene->n_clusters + 1);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (guint i = 0; i < tips->len; i++)
    n_tips[g_array_index (tips, Tip, i).cluster]++;
  for (guint i = 0; i < scene->ends->len; i++)
    if (SCORE_END (scene, i)->kind == SCORE_END_LABEL)
      {
        n_labels[SCORE_END (scene, i)->cluster]++;
        labels[SCORE_END (scene, i)->cluster] = SCORE_END (scene, i)->index;
      }
  for (guint i = 0; i < tips->len; i++)
    {
      const Tip *tip = &g_array_index (tips, Tip, i);
      Entry entry = { tip->owner, tip->exit, 0, labels[tip->cluster] };
      NudgePoint at;

      if (n_tips[tip->cluster] != 1 || n_labels[tip->cluster] != 1 || !is_large (scene, tip->owner))
        continue;
      at = scene->sheet->labels[entry.label].at;
      entry.line = tip->exit & 1 ? at.y : at.x;
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  return entries;
}

/* How many stand on the line on which most of them stand. */
static guint
largest_column (const GArray *entries, guint from, guint to, gint32 *line)
{
  guint best = 0, n = 0;

  for (guint i = from; i < to; i++)
    {
      gint32 at = g_array_index (entries, Entry, i).line;

      n = i > from && at == g_array_index (entries, Entry, i - 1).line ? n + 1 : 1;
      if (n > best)
        {
          best = n;
          *line = at;
        }
    }
  return best;
}

void
score_label_columns (const ScoreScene *scene)
{
  g_autoptr (GArray) entries = collect_entries (scene);
  ScoreSum *sum = &scene->tally->sums[NUDGE_METRIC_LABEL_COLUMNS];

  for (guint i = 0, from; i < entries->len;)
    {
      const Entry *first = &g_array_index (entries, Entry, i);
      gint32 line = 0;

      for (from = i; i < entries->len; i++)
        {
          const Entry *entry = &g_array_index (entries, Entry, i);

          if (entry->owner != first->owner || entry->exit != first->exit)
            break;
        }
      if (i - from < LEAST_COLUMN)
        continue;
      sum->base += i - from;
      sum->amount += i - from - largest_column (entries, from, i, &line);
      for (guint k = from; k < i; k++)
        {
          const Entry *entry = &g_array_index (entries, Entry, k);
          const NudgeLabel *label = &scene->sheet->labels[entry->label];

          if (entry->line != line)
            score_point_out (scene, NUDGE_METRIC_LABEL_COLUMNS, label->at, label->text, name_of (scene, entry->owner));
        }
    }
}
