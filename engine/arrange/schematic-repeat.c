#include "arrange/schematic-repeat.h"

#include "drawing/router.h"

#define ROUNDS 4 /* how far a part looks round before it is told apart from others */

guint64
schematic_mix (guint64 a, guint64 b)
{
  guint64 x = a ^ (b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2));

  x ^= x >> 31;
  x *= 0xbf58476d1ce4e5b9u;
  return x ^ (x >> 27);
}

typedef struct
{
  guint element;
  guint64 hash;
  guint64 outside;             /* which nets go on to other parts: tells equal parts apart */
} Ranked;

static gint
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  if (x->outside != y->outside)
    return x->outside < y->outside ? -1 : 1;
  return x->element < y->element ? -1 : x->element > y->element;
}

static guint64
first_hash (const WorkModel *model, guint element)
{
  const WorkShape *shape = model->shapes[element];

  if (shape->symbol == NULL)
    return schematic_mix (7, element);
  return schematic_mix (schematic_mix (g_str_hash (shape->symbol->id), shape->unit), shape->n_pins);
}

static guint64
net_kind (const NudgePlanNet *net)
{
  if (net->is_power || net->is_global)
    return g_str_hash (net->label);
  return net->is_port ? 1 : 0;
}

/* The net of a terminal of an element, or NUDGE_NONE. */
static guint
net_at (const WorkModel *model, guint t)
{
  return model->sheet->terminals[model->terminals[t]].net;
}

static guint
pin_at (const WorkModel *model, guint t)
{
  const NudgePlanTerminal *terminal = &model->sheet->terminals[model->terminals[t]];

  return terminal->unit != NUDGE_NONE ? terminal->pin : terminal->box_pin;
}

/* Each net adds up what its pins are; each part then takes in what its nets are. */
static void
refine_hashes (const WorkModel *model, Ranked *ranked, guint n, guint64 *nets)
{
  const guint *first = model->first;

  for (guint i = 0; i < n; i++)
    for (guint t = first[ranked[i].element]; t < first[ranked[i].element + 1]; t++)
      if (net_at (model, t) != NUDGE_NONE)
        nets[net_at (model, t)] = net_kind (&model->sheet->nets[net_at (model, t)]);
  for (guint i = 0; i < n; i++)
    for (guint t = first[ranked[i].element]; t < first[ranked[i].element + 1]; t++)
      if (net_at (model, t) != NUDGE_NONE)
        nets[net_at (model, t)] += schematic_mix (ranked[i].hash, pin_at (model, t) + 1);
  for (guint i = 0; i < n; i++)
    {
      guint64 sum = 0;

      for (guint t = first[ranked[i].element]; t < first[ranked[i].element + 1]; t++)
        if (net_at (model, t) != NUDGE_NONE)
          sum += schematic_mix (nets[net_at (model, t)], pin_at (model, t) + 1);
      ranked[i].hash = schematic_mix (ranked[i].hash, sum);
    }
}

static void
find_outside (const WorkModel *model, Ranked *ranked, guint n, guint64 *nets)
{
  const guint *first = model->first;

  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < n; i++)
      for (guint t = first[ranked[i].element]; t < first[ranked[i].element + 1]; t++)
        {
          guint net = net_at (model, t);

          if (net == NUDGE_NONE)
            continue;
          if (pass == 0)
            nets[net] = 0;
          else if (pass == 1)
            nets[net]++;
          else
            ranked[i].outside += schematic_mix (nets[net] < model->sheet->nets[net].n_terminals, pin_at (model, t) + 1);
        }
}

guint64
schematic_order (const WorkModel *model, guint *elements, guint n, guint64 *nets)
{
  g_autofree Ranked *ranked = g_new (Ranked, n + 1);
  guint64 all = n;

  for (guint i = 0; i < n; i++)
    ranked[i] = (Ranked){ elements[i], first_hash (model, elements[i]), 0 };
  find_outside (model, ranked, n, nets);
  for (guint round = 0; round < ROUNDS; round++)
    refine_hashes (model, ranked, n, nets);
  qsort (ranked, n, sizeof *ranked, compare_ranked);
  for (guint i = 0; i < n; i++)
    {
      elements[i] = ranked[i].element;
      all = schematic_mix (schematic_mix (all, ranked[i].hash), ranked[i].outside);
    }
  return all;
}

char *
schematic_signature (const WorkSheet *work)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];

      g_string_append_printf (text, "%s/%u:", item->shape->symbol != NULL ? item->shape->symbol->id : "box", item->shape->unit);
      if (item->shape->symbol == NULL)
        g_string_append_printf (text, "%u", item->box);
      for (guint k = 0; k < item->n_pins; k++)
        {
          const WorkPinRef *pin = &work->pins[item->first_pin + k];
          g_string_append_printf (text, "%u=%d,", pin->shape_pin, pin->net == NUDGE_NONE ? -1 : (gint) pin->net);
        }
      g_string_append_c (text, ';');
    }
  for (guint i = 0; i < work->n_nets; i++)
    {
      const WorkNet *net = &work->nets[i];

      g_string_append_printf (text, "%d%d%d%d%d%d,", net->power, net->ground, net->global, net->port, net->outside, net->wide);
    }
  return g_string_free (text, FALSE);
}

gboolean
schematic_stamp (WorkSheet *work, const WorkSheet *like)
{
  gint32 homeless = 0;

  work_sheet_open (work, like->width, like->height);
  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &like->items[i];
      gint32 cost = work_pose_cost (work, i, item->x, item->y, item->pose);

      work_place_item (work, i, item->x, item->y, item->pose);
      work->items[i].cost = cost;
      work->cost += cost;
    }
  work_nets_draw_all (work);
  for (guint net = 0; net < work->n_nets; net++)
    homeless += work->nets[net].homeless;
  for (guint i = 0; i < work->n_items; i++)
    work_place_fields (work, i);
  return homeless == 0 && work->cost <= like->cost + like->cost / 8 + 60;
}
