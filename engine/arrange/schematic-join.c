#include "arrange/schematic-groups.h"

#include "drawing/router.h"

/* Wires between the groups of a page. Where two clusters of a net are near, their labels give way to a wire, if the
 * router finds one that is worth following. Nets between the same sides of two parts are decided together: all wires, or labels. */

#define REACH 80               /* cells: nobody follows a longer wire */
#define NAMELESS_REACH 160     /* of a net that nobody gave a name, which says nothing to a reader */
#define SHORT_REACH 40         /* where many pins share a net, which labels join as well */
#define SLACK 60               /* half cells that a wire may cost beyond its way: bends, a crossing */
#define BUNDLE_SLACK 120       /* the same in a bundle, whose order may differ a little from one end to the other */
#define NAMELESS_SLACK 90      /* of a net without a name */
#define FAR_REACH 1000         /* nets that are to be wired in any case */
#define BUNDLE 3               /* nets between the same two sides are decided together */

/* A wire that is missing: two pins in different clusters of a net. */
typedef struct
{
  guint net;
  guint pins[2];               /* into WorkSheet.pins */
  guint ends[2];               /* of these: item and side, in order */
  gint way;                    /* cells */
} Gap;

static gint
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* By the parts at their ends, then the nearest first. */
static gint
compare_gaps (gconstpointer a, gconstpointer b)
{
  const Gap *x = a, *y = b;
  gint order = compare_numbers (x->ends[0], y->ends[0]);

  if (order == 0)
    order = compare_numbers (x->ends[1], y->ends[1]);
  if (order == 0)
    order = compare_numbers (x->way, y->way);
  return order != 0 ? order : compare_numbers (x->net, y->net);
}

static gboolean
may_be_wired (const WorkNet *net)
{
  return !net->power && !net->global && !net->no_wire && net->n_pins > 1;
}

/* The cluster of each pin of a net, by its lowest pin; pins that do not stand are no cluster. */
static guint
find_clusters (WorkSheet *page, guint net, guint *clusters)
{
  const WorkNet *n = &page->nets[net];
  guint count = 0;

  for (guint i = 0; i < n->n_pins; i++)
    clusters[i] = NUDGE_NONE;
  for (guint i = 0; i < n->n_pins; i++)
    {
      gint x, y;

      if (clusters[i] != NUDGE_NONE || !work_pin_stands (page, page->net_pins[n->first_pin + i], &x, &y))
        continue;
      count++;
      work_cluster_collect (page, x, y, (guint16) (net + 1), NULL);
      for (guint k = i; k < n->n_pins; k++)
        if (work_pin_stands (page, page->net_pins[n->first_pin + k], &x, &y) && work_cluster_holds (page, x, y))
          clusters[k] = i;
    }
  return count;
}

static gint
way_between (const WorkSheet *page, guint a, guint b)
{
  gint ax, ay, bx, by;

  if (!work_pin_stands (page, a, &ax, &ay) || !work_pin_stands (page, b, &bx, &by))
    return G_MAXINT;
  return ABS (ax - bx) + ABS (ay - by);
}

/* Pins on one side of a part are alike, and those of a series. */
static guint
end_of (const WorkSheet *page, const guint *series, guint pin)
{
  guint item = page->pins[pin].item;

  return series[item] != 0 ? (page->n_items + series[item]) * 4 : item * 4 + work_pin (page, &page->pins[pin]).exit;
}

/* The shortest gap between two clusters. */
static gboolean
shortest_gap (const WorkSheet *page, const guint *series, guint net, const guint *clusters, Gap *gap)
{
  const WorkNet *n = &page->nets[net];
  guint best_i = 0, best_k = 0;
  gint best = G_MAXINT;

  for (guint i = 0; i < n->n_pins; i++)
    for (guint k = 0; k < i; k++)
      if (clusters[i] != clusters[k] && clusters[i] != NUDGE_NONE && clusters[k] != NUDGE_NONE)
        {
          gint way = way_between (page, page->net_pins[n->first_pin + i], page->net_pins[n->first_pin + k]);

          if (way < best)
            {
              best = way;
              best_i = i;
              best_k = k;
            }
        }
  if (best == G_MAXINT)
    return FALSE;
  *gap = (Gap){ net, { page->net_pins[n->first_pin + best_i], page->net_pins[n->first_pin + best_k] }, { 0, 0 }, best };
  gap->ends[0] = MIN (end_of (page, series, gap->pins[0]), end_of (page, series, gap->pins[1]));
  gap->ends[1] = MAX (end_of (page, series, gap->pins[0]), end_of (page, series, gap->pins[1]));
  return TRUE;
}

/* The gaps of all nets: a shortest tree of each. */
static GArray *
find_gaps (WorkSheet *page, const guint *series)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
  g_autofree guint *clusters = g_new (guint, page->n_pins + 1);

  for (guint net = 0; net < page->n_nets; net++)
    {
      const WorkNet *n = &page->nets[net];
      guint count;
      Gap gap;

      if (!may_be_wired (n))
        continue;
      count = find_clusters (page, net, clusters);
      for (; count > 1 && shortest_gap (page, series, net, clusters, &gap); count--)
        {
          guint from = NUDGE_NONE, to = NUDGE_NONE;

          g_array_append_val (gaps, gap);
          for (guint i = 0; i < n->n_pins; i++)
            {
              from = page->net_pins[n->first_pin + i] == gap.pins[0] ? clusters[i] : from;
              to = page->net_pins[n->first_pin + i] == gap.pins[1] ? clusters[i] : to;
            }
          for (guint i = 0; i < n->n_pins; i++)
            if (clusters[i] == from)
              clusters[i] = to;
        }
    }
  g_array_sort (gaps, compare_gaps);
  return gaps;
}

/* Takes the labels of a cluster away. */
static void
strip_labels (WorkSheet *page, guint net, guint pin)
{
  guint32 at;
  gint x, y;

  if (!work_pin_stands (page, pin, &x, &y))
    return;
  work_cluster_collect (page, x, y, (guint16) (net + 1), NULL);
  for (at = page->nets[net].first_mark; at != 0;)
    {
      const WorkMark *mark = &page->marks[at - 1];
      guint32 index = at - 1;

      at = mark->next;
      if (mark->kind != WORK_MARK_LABEL || !work_cluster_holds (page, mark->x, mark->y))
        continue;
      x = mark->x;
      y = mark->y;
      work_remove_mark (page, index);
      work_net_trim (page, x, y, (guint16) (net + 1));
    }
}

/* Joins the clusters of two pins; on its way the wire may meet a third. */
static gboolean
wire_gap (WorkSheet *page, const Gap *gap, gint slack)
{
  guint16 id = (guint16) (gap->net + 1);
  gint ax, ay, bx, by;

  work_pin_stands (page, gap->pins[0], &ax, &ay);
  work_pin_stands (page, gap->pins[1], &bx, &by);
  for (guint tries = 0; tries < 3; tries++)
    {
      RouteQuery query = { .net = gap->net, .goal = ROUTE_JOIN, .bound = gap->way * WORK_STEP * 5 / 4 + slack, .n_targets = 1 };
      RouteResult result;

      if (page->nets[gap->net].all_wire)
        query.bound += FAR_REACH;
      query.targets[0] = NUDGE_BOX_EMPTY;
      work_cluster_collect (page, bx, by, id, NULL);
      if (work_cluster_holds (page, ax, ay))
        return TRUE;
      for (guint i = 0; i < work_cluster_size (page); i++)
        nudge_box_add_point (&query.targets[0], (gint) (work_cluster_node (page, i) % page->width), (gint) (work_cluster_node (page, i) / page->width));
      work_cluster_collect (page, ax, ay, id, NULL);
      result = work_route_search (page, &query);
      if (!result.found)
        return FALSE;
      work_route_commit (page, &query, &result);
    }
  return FALSE;
}

/* A net that goes on elsewhere says so on each cluster: along its wires where there is room. */
static void
name_clusters (WorkSheet *page, guint net, const guint *clusters)
{
  const WorkNet *n = &page->nets[net];

  for (guint i = 0; i < n->n_pins; i++)
    {
      gboolean has_mark;
      gint x, y;

      if (clusters[i] != i || !work_pin_stands (page, page->net_pins[n->first_pin + i], &x, &y))
        continue;
      work_cluster_collect (page, x, y, (guint16) (net + 1), &has_mark);
      if (!has_mark)
        work_cluster_name (page, net);
    }
}

/* Gives a net the labels that it needs now; FALSE when one finds no place. */
static gboolean
label_again (WorkSheet *page, guint net, guint *clusters)
{
  const WorkNet *n = &page->nets[net];
  gint homeless = n->homeless;

  WORK_SET (page, page->nets[net].clusters, find_clusters (page, net, clusters));
  if (n->clusters == 1 && !n->port && !n->outside)
    {
      work_net_name (page, net);
      return TRUE;
    }
  if (!n->port)
    name_clusters (page, net, clusters);
  work_net_mark (page, net);
  return n->homeless <= homeless;
}

/* The room that its label takes is not part of the way: without it both ends come closer. */
static gint
reach_of (const WorkSheet *page, guint net)
{
  const WorkNet *n = &page->nets[net];

  if (n->all_wire)
    return FAR_REACH;
  if (n->wide)
    return SHORT_REACH;
  return (n->auto_named ? NAMELESS_REACH : REACH) + n->label_width / WORK_CELL;
}

static gint
slack_of (const WorkSheet *page, guint net)
{
  return page->nets[net].auto_named ? NAMELESS_SLACK : SLACK;
}

static gboolean
is_of_series (const WorkSheet *page, const Gap *gap)
{
  return MAX (gap->ends[0], gap->ends[1]) >= page->n_items * 4;
}

/* Wires for all of some gaps, or none. */
static gboolean
try_gaps (WorkSheet *page, const Gap *gaps, guint n, guint *clusters)
{
  guint trial, wired = 0, lost = 0, allowed = n < BUNDLE || is_of_series (page, gaps) ? 0 : n / 5;

  for (guint i = 0; i < n; i++)
    lost += gaps[i].way > reach_of (page, gaps[i].net);
  if (lost > allowed)
    return FALSE;
  lost = 0;
  trial = work_begin (page);

  for (guint i = 0; i < n; i++)
    {
      strip_labels (page, gaps[i].net, gaps[i].pins[0]);
      strip_labels (page, gaps[i].net, gaps[i].pins[1]);
    }
  for (guint i = 0; i < n && lost <= allowed; i++)
    {
      gboolean found = gaps[i].way <= reach_of (page, gaps[i].net) && wire_gap (page, &gaps[i], n < BUNDLE ? slack_of (page, gaps[i].net) : BUNDLE_SLACK);

      wired += found;
      lost += !found;
    }
  for (guint i = 0; i < n && lost <= allowed; i++)
    if (!label_again (page, gaps[i].net, clusters))
      lost = n;
  if (lost > allowed || wired == 0)
    {
      work_undo (page, trial);
      return FALSE;
    }
  work_keep (page, trial);
  return TRUE;
}

typedef struct
{
  guint first, n;
  gint way;                    /* the mean */
} Span;

static gint
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *x = a, *y = b;
  gint order = compare_numbers (x->way, y->way);

  return order != 0 ? order : compare_numbers (x->first, y->first);
}

static void
add_span (GArray *spans, const GArray *gaps, guint first, guint n)
{
  Span span = { first, n, 0 };

  for (guint i = 0; i < n; i++)
    span.way += g_array_index (gaps, Gap, first + i).way;
  span.way /= (gint) n;
  g_array_append_val (spans, span);
}

/* Bundles in one piece, other gaps and those of nets that are to be wired each for itself; the nearest first. */
static GArray *
find_spans (const WorkSheet *page, const GArray *gaps)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint i = 0, n; i < gaps->len; i += n)
    {
      const Gap *gap = &g_array_index (gaps, Gap, i);

      for (n = 1; i + n < gaps->len && !page->nets[gap->net].all_wire; n++)
        {
          const Gap *next = &g_array_index (gaps, Gap, i + n);
          if (page->nets[next->net].all_wire || next->ends[0] != gap->ends[0] || next->ends[1] != gap->ends[1])
            break;
        }
      if (n >= BUNDLE)
        add_span (spans, gaps, i, n);
      else
        for (guint k = 0; k < n; k++)
          add_span (spans, gaps, i + k, 1);
    }
  g_array_sort (spans, compare_spans);
  return spans;
}

/* Clusters that neither a wire nor a label joins to the rest of their net. */
static void
label_missing (WorkSheet *page, guint *clusters)
{
  for (guint net = 0; net < page->n_nets; net++)
    {
      const WorkNet *n = &page->nets[net];
      gboolean missing = FALSE;

      if (!may_be_wired (n) || find_clusters (page, net, clusters) < 2)
        continue;
      for (guint i = 0; i < n->n_pins && !missing; i++)
        {
          gboolean has_mark = TRUE;
          gint x, y;

          if (clusters[i] == i && work_pin_stands (page, page->net_pins[n->first_pin + i], &x, &y))
            work_cluster_collect (page, x, y, (guint16) (net + 1), &has_mark);
          missing = !has_mark;
        }
      if (missing)
        label_again (page, net, clusters);
    }
}

void
schematic_strip (WorkSheet *work, const gboolean *nets)
{
  for (guint i = 0; i < work->n_marks; i++)
    {
      const WorkMark *mark = &work->marks[i];

      if (!mark->live || mark->kind != WORK_MARK_LABEL || !nets[work->nets[mark->net].plan])
        continue;
      work_remove_mark (work, i);
      work_net_trim (work, mark->x, mark->y, (guint16) (mark->net + 1));
    }
}

void
schematic_join (WorkSheet *page, const guint *series)
{
  g_autofree guint *clusters = g_new (guint, page->n_pins + 1);
  g_autoptr (GArray) gaps = find_gaps (page, series);
  g_autoptr (GArray) spans = find_spans (page, gaps);

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);
      try_gaps (page, &g_array_index (gaps, Gap, span->first), span->n, clusters);
    }
  label_missing (page, clusters);
}
