#include "arrange/schematic-groups.h"

#include "arrange/schematic-repeat.h"
#include "base/disjoint-sets.h"

/* Fragments that repeat: parts that hang together once the few large parts of a sheet are taken away. Each is drawn as
 * the first is, and together they stand in line. */

#define HUB 8                  /* pins of a part that fragments hang on */
#define MIN_COPIES 3
#define MIN_PARTS 3
#define MIN_SHARING 2          /* parts, where the copies share a net with many pins: there wires would run in loops */
#define MAX_PARTS 40
#define MIN_FAN 4              /* nets with more pins than this may lie between fragments instead of in one */
#define GAP 3                  /* cells between copies */

/* ---- finding them ---- */

typedef struct
{
  guint64 hash;
  guint hub, side;             /* where it is tied to a large part */
  gint along;
  guint first, n;              /* elements */
} Fragment;

typedef struct
{
  const WorkModel *model;
  const gboolean *apart;       /* elements that are taken */
  gboolean *hubs;              /* elements */
  guint *fans;                 /* by net: pins on what may be in a fragment */
} Finder;

static gint
compare_fragments (gconstpointer a, gconstpointer b)
{
  const Fragment *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  if (x->hub != y->hub)
    return x->hub < y->hub ? -1 : 1;
  if (x->side != y->side)
    return x->side < y->side ? -1 : 1;
  if (x->along != y->along)
    return x->along < y->along ? -1 : 1;
  return x->first < y->first ? -1 : x->first > y->first;
}

/* Boxes, and large parts of which there are few. */
static void
find_hubs (const WorkModel *model, gboolean *hubs)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < model->n_units; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, model->shapes[i]));
      g_hash_table_insert (counts, model->shapes[i], GUINT_TO_POINTER (n + 1));
    }
  for (guint i = 0; i < model->n_elements; i++)
    hubs[i] = model->roles[i] == WORK_ROLE_BOX || (model->first[i + 1] - model->first[i] >= HUB
              && GPOINTER_TO_UINT (g_hash_table_lookup (counts, model->shapes[i])) < MIN_COPIES);
}

static gboolean
may_tie (const WorkModel *model, const NudgePlanNet *net)
{
  guint8 style = model->plan->layout->net_styles[net->net];

  return !net->is_power && !net->is_global && net->n_terminals > 1 && style != NUDGE_NET_LABEL;
}

static gboolean
may_belong (const Finder *self, guint element)
{
  return !self->hubs[element] && !self->apart[element];
}

static void
count_fans (Finder *self)
{
  const NudgePlanSheet *sheet = self->model->sheet;

  for (guint i = 0; i < sheet->n_nets; i++)
    {
      const NudgePlanNet *net = &sheet->nets[i];

      self->fans[i] = 0;
      for (guint t = 0; t < net->n_terminals && may_tie (self->model, net); t++)
        self->fans[i] += may_belong (self, work_model_element (self->model, &sheet->terminals[net->first_terminal + t]));
    }
}

/* The sets of parts that nets of up to so many pins hold together. */
static guint *
find_sets (const Finder *self, guint max_fan)
{
  const NudgePlanSheet *sheet = self->model->sheet;
  guint *sets = nudge_sets_new (self->model->n_elements);

  for (guint i = 0; i < sheet->n_nets; i++)
    {
      const NudgePlanNet *net = &sheet->nets[i];
      guint before = NUDGE_NONE;

      for (guint t = 0; t < net->n_terminals && self->fans[i] > 1 && self->fans[i] <= max_fan; t++)
        {
          guint element = work_model_element (self->model, &sheet->terminals[net->first_terminal + t]);

          if (!may_belong (self, element))
            continue;
          if (before != NUDGE_NONE)
            nudge_sets_join (sets, before, element);
          before = element;
        }
    }
  return sets;
}

/* Whether a set of parts has a net with more pins than those that hold it together. */
static gboolean
shares_much (const Finder *self, const guint *elements, guint n, guint max_fan)
{
  const WorkModel *model = self->model;

  for (guint i = 0; i < n; i++)
    for (guint t = model->first[elements[i]]; t < model->first[elements[i] + 1]; t++)
      {
        guint net = model->sheet->terminals[model->terminals[t]].net;

        if (net != NUDGE_NONE && self->fans[net] > max_fan)
          return TRUE;
      }
  return FALSE;
}

/* The first pin of a large part that an element is tied to. */
static void
find_tie (const Finder *self, guint element, Fragment *fragment)
{
  const WorkModel *model = self->model;
  const NudgePlanSheet *sheet = model->sheet;

  for (guint t = model->first[element]; t < model->first[element + 1]; t++)
    {
      guint net = sheet->terminals[model->terminals[t]].net;

      if (net == NUDGE_NONE || !may_tie (model, &sheet->nets[net]) || sheet->nets[net].n_terminals > WORK_MAX_FAN)
        continue;
      for (guint k = sheet->nets[net].first_terminal; k < sheet->nets[net].first_terminal + sheet->nets[net].n_terminals; k++)
        {
          guint hub = work_model_element (model, &sheet->terminals[k]);
          const WorkShape *shape = model->shapes[hub];
          Fragment here = *fragment;

          here.hub = hub;
          for (guint i = 0; i < shape->n_pins && self->hubs[hub]; i++)
            if (sheet->terminals[k].unit == NUDGE_NONE ? i == sheet->terminals[k].box_pin : shape->pin_index[i] == sheet->terminals[k].pin)
              {
                const WorkPin *pin = &shape->poses[0].pins[i];

                here.side = pin->exit;
                here.along = (pin->exit & 1) ? pin->dx : pin->dy;
                if (compare_fragments (&here, fragment) < 0)
                  *fragment = here;
              }
        }
    }
}

/* Sorted, so that equal ones follow each other in the order of the pins that they are tied to. @elements: each set in a
 * row. */
static GArray *
list_fragments (const Finder *self, guint max_fan, guint *sets, guint *elements)
{
  const WorkModel *model = self->model;
  GArray *fragments = g_array_new (FALSE, FALSE, sizeof (Fragment));
  g_autofree guint64 *nets = g_new (guint64, model->sheet->n_nets + 1);
  g_autofree guint *counts = g_new0 (guint, model->n_elements + 1);
  guint n = 0;

  for (guint i = 0; i < model->n_elements; i++)
    counts[nudge_sets_root (sets, i)] += may_belong (self, i);
  for (guint i = 0; i < model->n_elements; i++)
    {
      guint size = counts[i];

      counts[i] = NUDGE_NONE;
      if (size < MIN_SHARING || size > MAX_PARTS)
        continue;
      counts[i] = n;
      g_array_append_val (fragments, ((Fragment){ 0, NUDGE_NONE, 4, 0, n, size }));
      n += size;
    }
  for (guint i = 0; i < model->n_elements; i++)
    {
      guint root = nudge_sets_root (sets, i);

      if (counts[root] != NUDGE_NONE && may_belong (self, i))
        elements[counts[root]++] = i;
    }
  for (guint i = 0; i < fragments->len; i++)
    {
      Fragment *fragment = &g_array_index (fragments, Fragment, i);

      if (fragment->n < MIN_PARTS && !shares_much (self, elements + fragment->first, fragment->n, max_fan))
        {
          fragment->hash = i;
          continue;
        }
      fragment->hash = schematic_order (model, elements + fragment->first, fragment->n, nets);
      for (guint k = 0; k < fragment->n; k++)
        find_tie (self, elements[fragment->first + k], fragment);
    }
  g_array_sort (fragments, compare_fragments);
  return fragments;
}

/* Takes what repeats among the sets that nets of up to so many pins make. Returns how many series there are then. */
static guint
take_series (const Finder *self, guint max_fan, gboolean *apart, guint n_series, GPtrArray *groups)
{
  g_autofree guint *sets = find_sets (self, max_fan), *elements = g_new (guint, self->model->n_elements + 1);
  g_autoptr (GArray) fragments = list_fragments (self, max_fan, sets, elements);

  for (guint i = 0, n; i < fragments->len; i += n)
    {
      const Fragment *first = &g_array_index (fragments, Fragment, i);

      for (n = 1; i + n < fragments->len && first[n].hash == first->hash; n++)
        ;
      if (n < MIN_COPIES)
        continue;
      n_series++;
      for (guint k = 0; k < n; k++)
        {
          SchematicGroup *group = schematic_group_new (GROUP_GROWN, elements + first[k].first, first[k].n);

          group->series = n_series;
          g_ptr_array_add (groups, group);
          for (guint e = 0; e < group->n_elements; e++)
            apart[group->elements[e]] = TRUE;
        }
    }
  return n_series;
}

void
schematic_find_series (const WorkModel *model, gboolean *apart, GPtrArray *groups)
{
  g_autofree gboolean *hubs = g_new0 (gboolean, model->n_elements + 1);
  g_autofree guint *fans = g_new0 (guint, model->sheet->n_nets + 1);
  Finder finder = { model, apart, hubs, fans };
  guint n_series = 0;

  find_hubs (model, hubs);
  for (guint fan = WORK_MAX_FAN; fan >= MIN_FAN; fan--)
    {
      count_fans (&finder);
      n_series = take_series (&finder, fan, apart, n_series, groups);
    }
}

/* ---- putting them in line ---- */

/* Copies are drawn alike, each on a sheet of its own: what their first parts have in common is their place. */
static NudgeBox
extent_from_first (const SchematicGroup *group)
{
  const WorkItem *first = &group->work->items[0];
  NudgeBox box = group->extent;

  return (NudgeBox){ box.x0 - first->x, box.y0 - first->y, box.x1 - first->x, box.y1 - first->y };
}

typedef struct
{
  const WorkModel *model;
  GPtrArray *copies;
  NudgeBox around;             /* of all, from their first parts */
  gint step_x, step_y;
  guint *elements;             /* of all */
  guint n_elements;
} Series;

static WorkSheet *
draw_in_columns (const Series *self, guint n_columns)
{
  g_autofree SchematicGuest *guests = g_new (SchematicGuest, self->copies->len);
  g_autofree guint *items = g_new (guint, self->n_elements);
  WorkSheet *work = work_model_sheet (self->model, self->elements, self->n_elements);
  guint n_rows = (self->copies->len + n_columns - 1) / n_columns, n = 0;

  for (guint i = 0; i < self->n_elements; i++)
    items[i] = i;
  for (guint i = 0; i < self->copies->len; i++)
    {
      const SchematicGroup *copy = g_ptr_array_index (self->copies, i);
      gint x = (gint) (i / n_rows) * self->step_x - self->around.x0 + 4, y = (gint) (i % n_rows) * self->step_y - self->around.y0 + 4;

      guests[i] = (SchematicGuest){ copy->work, items + n, x - copy->work->items[0].x, y - copy->work->items[0].y };
      n += copy->n_elements;
    }
  work_sheet_open (work, (gint) n_columns * self->step_x + 8, (gint) n_rows * self->step_y + 8);
  schematic_bring (work, self->model->sheet->n_nets, guests, self->copies->len);
  return work;
}

/* Columns in which all together come nearest to the shape of a page. */
static guint
page_columns (const Series *self)
{
  guint best = 1, n = self->copies->len;
  gint best_size = G_MAXINT;

  for (guint columns = 1; columns <= n; columns++)
    {
      gint w = (gint) columns * self->step_x, h = (gint) ((n + columns - 1) / columns) * self->step_y;

      if (MAX (w, h * 145 / 100) < best_size)
        {
          best_size = MAX (w, h * 145 / 100);
          best = columns;
        }
    }
  return best;
}

/* In a row, in a column, in two, and in the shape of a page: the page decides. */
static SchematicGroup *
line_up (Series *self)
{
  SchematicGroup *group;
  guint best, n = self->copies->len;

  self->step_x = (self->around.x1 - self->around.x0 + GAP + 1) / 2 * 2;
  self->step_y = (self->around.y1 - self->around.y0 + GAP + 1) / 2 * 2;
  best = page_columns (self);
  group = schematic_group_new (GROUP_GROWN, self->elements, self->n_elements);
  schematic_add_variant (group, draw_in_columns (self, best));
  for (guint columns = 1; columns <= n; columns++)
    if (columns != best && (columns <= 2 || columns == n))
      schematic_add_variant (group, draw_in_columns (self, columns));
  group->stamped = TRUE;
  return group;
}

void
schematic_line_up (const WorkModel *model, GPtrArray *groups)
{
  guint n_series = 0;

  for (guint i = 0; i < groups->len; i++)
    n_series = MAX (n_series, ((SchematicGroup *) g_ptr_array_index (groups, i))->series);
  for (guint k = 1; k <= n_series; k++)
    {
      g_autoptr (GPtrArray) copies = g_ptr_array_new ();
      g_autofree guint *elements = g_new (guint, model->n_elements);
      Series series = { model, copies, NUDGE_BOX_EMPTY, 0, 0, elements, 0 };
      SchematicGroup *group;

      for (guint i = 0; i < groups->len; i++)
        {
          SchematicGroup *copy = g_ptr_array_index (groups, i);
          NudgeBox box;

          if (copy->series != k)
            continue;
          box = extent_from_first (copy);
          nudge_box_add_point (&series.around, box.x0, box.y0);
          nudge_box_add_point (&series.around, box.x1, box.y1);
          for (guint e = 0; e < copy->n_elements; e++)
            elements[series.n_elements++] = copy->elements[e];
          g_ptr_array_add (copies, copy);
        }
      group = line_up (&series);
      group->series = k;
      for (guint i = 0; i < copies->len; i++)
        g_ptr_array_remove (groups, copies->pdata[i]);
      g_ptr_array_add (groups, group);
    }
}
