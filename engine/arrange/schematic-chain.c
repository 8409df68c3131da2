#include "arrange/schematic-groups.h"

/* Chains of equal parts, each of which hands one signal on to the next: addressable LEDs, shift registers. */

#define MIN_CHAIN 4

/* What follows an element: the part of the same symbol at the other end of a net of two pins that leaves on the right
 * and enters on the left. */
static guint
follower (const WorkModel *model, guint element)
{
  const NudgePlanSheet *sheet = model->sheet;
  const WorkShape *shape = model->shapes[element];
  guint found = NUDGE_NONE;

  for (guint t = model->first[element]; t < model->first[element + 1]; t++)
    {
      const NudgePlanTerminal *out = &sheet->terminals[model->terminals[t]], *in;
      const NudgePlanNet *net;
      guint other;

      if (out->net == NUDGE_NONE || sheet->nets[out->net].is_power || sheet->nets[out->net].n_terminals != 2)
        continue;
      net = &sheet->nets[out->net];
      in = &sheet->terminals[net->first_terminal];
      if (in->unit == out->unit)
        in++;
      other = work_model_element (model, in);
      if (in->unit == NUDGE_NONE || other == element || model->shapes[other] != shape)
        continue;
      for (guint a = 0; a < shape->n_pins; a++)
        for (guint b = 0; b < shape->n_pins; b++)
          if (shape->pin_index[a] == out->pin && shape->pin_index[b] == in->pin && shape->poses[0].pins[a].exit == 0 && shape->poses[0].pins[b].exit == 2)
            found = found == NUDGE_NONE ? other : element;
    }
  /* Two ways on are no chain. */
  return found == element ? NUDGE_NONE : found;
}

void
schematic_find_chains (const WorkModel *model, gboolean *apart, GPtrArray *groups)
{
  g_autofree guint *next = g_new (guint, model->n_elements + 1), *before = g_new (guint, model->n_elements + 1);
  g_autofree guint *chain = g_new (guint, model->n_elements + 1);

  for (guint i = 0; i < model->n_elements; i++)
    before[i] = NUDGE_NONE;
  for (guint i = 0; i < model->n_elements; i++)
    {
      next[i] = i < model->n_units && model->roles[i] != WORK_ROLE_PASSIVE && model->roles[i] != WORK_ROLE_LONE ? follower (model, i) : NUDGE_NONE;
      if (next[i] != NUDGE_NONE && before[next[i]] != NUDGE_NONE)
        next[i] = NUDGE_NONE;
      if (next[i] != NUDGE_NONE)
        before[next[i]] = i;
    }
  for (guint first = 0; first < model->n_elements; first++)
    {
      guint n = 0;

      if (before[first] != NUDGE_NONE)
        continue;
      for (guint i = first; i != NUDGE_NONE; i = next[i])
        chain[n++] = i;
      if (n < MIN_CHAIN)
        continue;
      for (guint i = 0; i < n; i++)
        apart[chain[i]] = TRUE;
      g_ptr_array_add (groups, schematic_group_new (GROUP_CHAIN, chain, n));
    }
}
