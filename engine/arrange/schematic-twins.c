#include "arrange/schematic-twins.h"

#include "arrange/schematic-repeat.h"

#include <string.h>

/* Parts are put in an order that only depends on what they are and what their nets lead to. Two sheets are twins when
 * their parts, paired in this order, are alike and their nets run between the same pairs. */

#define ROUNDS 4 /* how far a part looks round before one of several alike is told apart */

typedef struct
{
  const NudgePlan *plan;
  const NudgePlanSheet *sheet;
  guint n;                     /* elements */
  guint64 *hashes, *sums, *nets;
  guint64 whole;               /* of the sheet, whatever the order of its parts */
  guint *order;                /* elements; NULL until it is asked for */
} Face;

static const NudgeUnit *
unit_of (const Face *self, guint element)
{
  return &self->plan->layout->units[self->sheet->first_unit + element];
}

static const NudgePart *
part_of (const Face *self, guint element)
{
  return &self->plan->layout->circuit->parts[unit_of (self, element)->part];
}

static const NudgeBlock *
block_of (const Face *self, guint box)
{
  return &self->plan->layout->circuit->blocks[self->sheet->boxes[box].block];
}

static guint
element_of (const Face *self, const NudgePlanTerminal *terminal)
{
  return terminal->unit != NUDGE_NONE ? terminal->unit - self->sheet->first_unit : self->sheet->n_units + terminal->box;
}

static guint
pin_of (const NudgePlanTerminal *terminal)
{
  return terminal->unit != NUDGE_NONE ? terminal->pin : terminal->box_pin;
}

static gboolean
same_letters (const char *a, const char *b)
{
  while (g_ascii_isalpha (*a) && *a == *b)
    {
      a++;
      b++;
    }
  return !g_ascii_isalpha (*a) && !g_ascii_isalpha (*b);
}

static gboolean
joins_by_name (const NudgePlanNet *net)
{
  return net->is_power || net->is_global;
}

/* ---- faces ---- */

static guint64
first_hash (const Face *self, guint element)
{
  const NudgeUnit *unit;

  if (element >= self->sheet->n_units)
    return g_str_hash (block_of (self, element - self->sheet->n_units)->label);
  unit = unit_of (self, element);
  return schematic_mix (schematic_mix (g_str_hash (unit->symbol->id), unit->unit), g_str_hash (part_of (self, element)->value));
}

static void
look_round (Face *self)
{
  const NudgePlanSheet *sheet = self->sheet;

  memset (self->sums, 0, self->n * sizeof *self->sums);
  for (guint i = 0; i < sheet->n_nets; i++)
    self->nets[i] = joins_by_name (&sheet->nets[i]) ? g_str_hash (sheet->nets[i].label) : sheet->nets[i].is_port;
  for (guint i = 0; i < sheet->first_open; i++)
    self->nets[sheet->terminals[i].net] += schematic_mix (self->hashes[element_of (self, &sheet->terminals[i])], pin_of (&sheet->terminals[i]) + 1);
  for (guint i = 0; i < sheet->first_open; i++)
    self->sums[element_of (self, &sheet->terminals[i])] += schematic_mix (self->nets[sheet->terminals[i].net], pin_of (&sheet->terminals[i]) + 1);
  for (guint i = 0; i < self->n; i++)
    self->hashes[i] = schematic_mix (self->hashes[i], self->sums[i]);
}

static gboolean
has_locks (const Face *self)
{
  const NudgeLayout *layout = self->plan->layout;

  for (guint i = 0; i < self->sheet->n_units; i++)
    if (layout->placements[self->sheet->first_unit + i].locked)
      return TRUE;
  for (guint i = 0; i < self->sheet->n_boxes; i++)
    if (layout->boxes[self->sheet->boxes[i].block].locked)
      return TRUE;
  return FALSE;
}

static void
init_face (Face *self, const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  *self = (Face){ .plan = plan, .sheet = sheet, .n = sheet->n_units + sheet->n_boxes };
  self->hashes = g_new (guint64, self->n + 1);
  self->sums = g_new (guint64, self->n + 1);
  self->nets = g_new (guint64, sheet->n_nets + 1);
  for (guint i = 0; i < self->n; i++)
    self->hashes[i] = first_hash (self, i);
  for (guint round = 0; round < ROUNDS; round++)
    look_round (self);
  for (guint i = 0; i < self->n; i++)
    self->whole += self->hashes[i];
}

static void
clear_face (Face *self)
{
  g_free (self->hashes);
  g_free (self->sums);
  g_free (self->nets);
  g_free (self->order);
}

static gint
compare_elements (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint64 *hashes = data;
  guint x = *(const guint *) a, y = *(const guint *) b;

  if (hashes[x] != hashes[y])
    return hashes[x] < hashes[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* Of parts that look alike the first is told apart, which tells others apart, until all are. */
static const guint *
order_of (Face *self)
{
  guint tied = 0;

  if (self->order != NULL)
    return self->order;
  self->order = g_new (guint, self->n + 1);
  for (guint i = 0; i < self->n; i++)
    self->order[i] = i;
  while (tied < self->n)
    {
      g_qsort_with_data (self->order, (gint) self->n, sizeof *self->order, compare_elements, self->hashes);
      for (tied = 0; tied + 1 < self->n && self->hashes[self->order[tied]] != self->hashes[self->order[tied + 1]];)
        tied++;
      if (tied + 1 >= self->n)
        break;
      self->hashes[self->order[tied]] = schematic_mix (self->hashes[self->order[tied]], 1);
      for (guint round = 0; round < ROUNDS; round++)
        look_round (self);
    }
  return self->order;
}

/* ---- pairs ---- */

static gboolean
same_box (const Face *a, guint i, const Face *b, guint k)
{
  const NudgePlanBox *x = &a->sheet->boxes[i], *y = &b->sheet->boxes[k];
  const NudgeBoxPlacement *p = &a->plan->layout->boxes[x->block], *q = &b->plan->layout->boxes[y->block];

  if (x->n_pins != y->n_pins || p->placed != q->placed || (p->placed && !nudge_point_equal (p->size, q->size)) ||
      !g_str_equal (block_of (a, i)->label, block_of (b, k)->label) || !g_str_equal (block_of (a, i)->name, block_of (b, k)->name))
    return FALSE;
  if (!nudge_sheet_pins_equal (nudge_layout_get_pins (a->plan->layout, x->block), nudge_layout_get_pins (b->plan->layout, y->block)))
    return FALSE;
  for (guint pin = 0; pin < x->n_pins; pin++)
    if (x->pin_shapes[pin] != y->pin_shapes[pin] || !g_str_equal (x->pin_names[pin], y->pin_names[pin]))
      return FALSE;
  return TRUE;
}

static gboolean
same_element (const Face *a, guint i, const Face *b, guint k)
{
  guint n_units = a->sheet->n_units;

  if (i >= n_units || k >= n_units)
    return i >= n_units && k >= n_units && same_box (a, i - n_units, b, k - n_units);
  return unit_of (a, i)->symbol == unit_of (b, k)->symbol && unit_of (a, i)->unit == unit_of (b, k)->unit &&
         g_str_equal (part_of (a, i)->value, part_of (b, k)->value) && same_letters (part_of (a, i)->reference, part_of (b, k)->reference);
}

static gboolean
same_net (const Face *a, guint i, const Face *b, guint k)
{
  const NudgePlanNet *x = &a->sheet->nets[i], *y = &b->sheet->nets[k];
  const NudgeLayout *layout = a->plan->layout;

  return x->is_port == y->is_port && x->is_power == y->is_power && x->is_global == y->is_global && x->is_single == y->is_single &&
         x->needs_flag == y->needs_flag && x->power_symbol == y->power_symbol && x->shape == y->shape && x->n_terminals == y->n_terminals &&
         layout->net_styles[x->net] == layout->net_styles[y->net] &&
         layout->circuit->nets[x->net].auto_named == layout->circuit->nets[y->net].auto_named &&
         work_model_is_ground_name (x->label) == work_model_is_ground_name (y->label) &&
         (!joins_by_name (x) || g_str_equal (x->label, y->label));
}

/* Pairs the nets of two sheets by their terminals at paired elements. */
static gboolean
pair_nets (const Face *a, const Face *b, SchematicTwin *twin)
{
  g_autofree guint *at = g_new (guint, b->sheet->n_terminals + 1), *begin = g_new0 (guint, b->n + 2);
  g_autofree gboolean *paired = g_new0 (gboolean, b->sheet->n_nets + 1);
  const NudgePlanTerminal *there = b->sheet->terminals;

  for (guint i = 0; i < b->sheet->n_terminals; i++)
    begin[element_of (b, &there[i]) + 2]++;
  for (guint i = 2; i < b->n + 2; i++)
    begin[i] += begin[i - 1];
  for (guint i = 0; i < b->sheet->n_terminals; i++)
    at[begin[element_of (b, &there[i]) + 1]++] = i;
  for (guint i = 0; i < a->sheet->n_terminals; i++)
    {
      const NudgePlanTerminal *here = &a->sheet->terminals[i];
      guint other = twin->elements[element_of (a, here)], k = begin[other];

      while (k < begin[other + 1] && pin_of (&there[at[k]]) != pin_of (here))
        k++;
      if (k == begin[other + 1] || (here->net == NUDGE_NONE) != (there[at[k]].net == NUDGE_NONE))
        return FALSE;
      if (here->net == NUDGE_NONE)
        continue;
      k = there[at[k]].net;
      if (twin->nets[here->net] == NUDGE_NONE && !paired[k] && same_net (a, here->net, b, k))
        {
          twin->nets[here->net] = k;
          paired[k] = TRUE;
        }
      if (twin->nets[here->net] != k)
        return FALSE;
    }
  /* Nets without any terminal have their flag here. */
  for (guint i = 0, k = 0; i < a->sheet->n_nets; i++)
    if (twin->nets[i] == NUDGE_NONE)
      {
        while (k < b->sheet->n_nets && paired[k])
          k++;
        if (k == b->sheet->n_nets || !same_net (a, i, b, k))
          return FALSE;
        twin->nets[i] = k;
        paired[k] = TRUE;
      }
  return TRUE;
}

static gboolean
pair_sheets (Face *a, Face *b, SchematicTwin *twin)
{
  const guint *x, *y;

  if (a->whole != b->whole || a->n != b->n || a->sheet->n_units != b->sheet->n_units || a->sheet->n_nets != b->sheet->n_nets ||
      a->sheet->n_terminals != b->sheet->n_terminals || a->sheet->first_open != b->sheet->first_open)
    return FALSE;
  x = order_of (a);
  y = order_of (b);
  for (guint i = 0; i < a->sheet->n_nets; i++)
    twin->nets[i] = NUDGE_NONE;
  for (guint i = 0; i < a->n; i++)
    {
      if (!same_element (a, x[i], b, y[i]))
        return FALSE;
      twin->elements[x[i]] = y[i];
    }
  return pair_nets (a, b, twin);
}

static void
clear_twin (gpointer data)
{
  SchematicTwin *twin = data;

  g_free (twin->elements);
  g_free (twin->nets);
}

SchematicTwins *
schematic_twins_new (const NudgePlan *plan)
{
  SchematicTwins *self = g_new0 (SchematicTwins, 1);
  g_autofree Face *faces = g_new (Face, plan->n_sheets);

  self->first = g_new (guint, plan->n_sheets);
  self->twins = g_array_new (FALSE, FALSE, sizeof (SchematicTwin));
  g_array_set_clear_func (self->twins, clear_twin);
  for (guint i = 0; i < plan->n_sheets; i++)
    {
      Face *face = &faces[i];
      SchematicTwin twin = { i, NULL, NULL };

      init_face (face, plan, &plan->sheets[i]);
      self->first[i] = i;
      /* Nothing is like a sheet on which something is locked. */
      if (has_locks (face))
        face->n = 0;
      if (face->n == 0)
        continue;
      twin.elements = g_new (guint, face->n + 1);
      twin.nets = g_new (guint, plan->sheets[i].n_nets + 1);
      for (guint k = 0; k < i && self->first[i] == i; k++)
        if (self->first[k] == k && pair_sheets (&faces[k], face, &twin))
          self->first[i] = k;
      if (self->first[i] != i)
        g_array_append_val (self->twins, twin);
      else
        clear_twin (&twin);
    }
  for (guint i = 0; i < plan->n_sheets; i++)
    clear_face (&faces[i]);
  return self;
}

void
schematic_twins_free (SchematicTwins *self)
{
  g_free (self->first);
  g_array_unref (self->twins);
  g_free (self);
}

void
schematic_twins_widen (const SchematicTwins *self, WorkModel *model)
{
  const NudgePlan *plan = model->plan;
  guint sheet = (guint) (model->sheet - plan->sheets);

  for (guint i = 0; i < self->twins->len; i++)
    {
      const SchematicTwin *twin = &g_array_index (self->twins, SchematicTwin, i);

      if (self->first[twin->sheet] == sheet)
        work_model_widen (model, &plan->sheets[twin->sheet], twin->elements, twin->nets);
    }
}
