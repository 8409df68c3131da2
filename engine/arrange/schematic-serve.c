#include "arrange/schematic-flow.h"

#include "drawing/plan-nets.h"

#include <string.h>

/* Which capacitors belong to a regulator rather than to the bank of their rail: the large ones at its input and at its
 * output. */

#define MOST_PINS 8            /* of a regulator */
#define MOST_SERVANTS 2        /* at one pin */
#define BULK 0.9e-6            /* farad from which on a capacitor is more than a decoupling one */
#define FEW 3                  /* capacitors on a rail so short of them that any will do */

/* The capacity that a value says, in farad; 0 when it says none: "100n", "4u7", "10 uF/25V". */
static double
capacity (const char *value)
{
  static const char prefixes[] = "pnum";
  static const double powers[] = { 1e-12, 1e-9, 1e-6, 1e-3 };
  char *end;
  double number = g_ascii_strtod (value, &end);
  const char *found;

  if (end == value || number <= 0)
    return 0;
  while (*end == ' ')
    end++;
  if (g_str_has_prefix (end, "µ") || g_str_has_prefix (end, "μ"))
    return number * 1e-6;
  found = *end != '\0' ? strchr (prefixes, g_ascii_tolower (*end)) : NULL;
  if (found == NULL)
    return 0;
  if (g_ascii_isdigit (end[1]))
    number += (end[1] - '0') / 10.0;
  return number * powers[found - prefixes];
}

static gboolean
is_rail (const WorkModel *model, guint net)
{
  return net != NUDGE_NONE && model->sheet->nets[net].is_power && !work_model_is_ground_name (model->sheet->nets[net].label);
}

/* The terminal of a capacitor between a rail and a ground that is on the rail, or NUDGE_NONE. */
static guint
rail_end (const WorkModel *model, guint element)
{
  guint first = model->first[element], rail = NUDGE_NONE;
  const char *reference = work_model_reference (model, element);

  if (model->roles[element] != WORK_ROLE_PASSIVE || model->first[element + 1] - first != 2 || reference[0] != 'C' || g_ascii_isalpha (reference[1]))
    return NUDGE_NONE;
  for (guint i = first; i < first + 2; i++)
    {
      guint net = model->sheet->terminals[model->terminals[i]].net;

      if (net == NUDGE_NONE || !model->sheet->nets[net].is_power)
        return NUDGE_NONE;
      if (is_rail (model, net))
        {
          if (rail != NUDGE_NONE)
            return NUDGE_NONE;
          rail = model->terminals[i];
        }
    }
  return rail;
}

/* It makes one rail out of another. */
static gboolean
is_regulator (const WorkModel *model, guint element)
{
  gboolean gives = FALSE;

  if (model->roles[element] != WORK_ROLE_CHIP || model->first[element + 1] - model->first[element] > MOST_PINS)
    return FALSE;
  for (guint i = model->first[element]; i < model->first[element + 1]; i++)
    {
      const NudgePlanTerminal *terminal = &model->sheet->terminals[model->terminals[i]];

      gives |= is_rail (model, terminal->net)
               && (nudge_pin_kind (model->plan->layout->units[terminal->unit].symbol->pins[terminal->pin].type) & (NUDGE_GIVES_POWER | NUDGE_DRIVES)) != 0;
    }
  return gives;
}

static const char *
value_of (const WorkModel *model, guint element)
{
  const NudgeLayout *layout = model->plan->layout;

  return layout->circuit->parts[layout->units[model->sheet->first_unit + element].part].value;
}

/* The free capacitor on a rail that suits best: the largest, of equal ones the nearest in the circuit's order. */
static guint
best_servant (const WorkModel *model, const guint *servants, guint net, guint element)
{
  const NudgePlanNet *n = &model->sheet->nets[net];
  guint best = NUDGE_NONE, n_free = 0;
  double best_size = 0;

  for (guint t = n->first_terminal; t < n->first_terminal + n->n_terminals; t++)
    {
      guint other = work_model_element (model, &model->sheet->terminals[t]);
      double size;

      if (other >= model->n_units || rail_end (model, other) != t)
        continue;
      n_free++;
      if (servants[other] != NUDGE_NONE)
        continue;
      size = capacity (value_of (model, other));
      if (best == NUDGE_NONE || size > best_size || (size == best_size && ABS ((gint) other - (gint) element) < ABS ((gint) best - (gint) element)))
        {
          best = other;
          best_size = size;
        }
    }
  return best_size >= BULK || n_free <= FEW ? best : NUDGE_NONE;
}

/* Whether a rail's capacitors belong at another pin of the part rather than at this terminal: the first of those on the
 * rail that carry the power, else the first. */
static gboolean
gives_way (const WorkModel *model, guint element, guint k)
{
  const NudgePlanSheet *sheet = model->sheet;
  guint net = sheet->terminals[model->terminals[k]].net, best = NUDGE_NONE;

  for (guint i = model->first[element]; i < model->first[element + 1]; i++)
    {
      const NudgePlanTerminal *terminal = &sheet->terminals[model->terminals[i]];

      if (terminal->net != net)
        continue;
      if (nudge_pin_kind (model->plan->layout->units[terminal->unit].symbol->pins[terminal->pin].type) & (NUDGE_TAKES_POWER | NUDGE_GIVES_POWER))
        return i != k;
      if (best == NUDGE_NONE)
        best = i;
    }
  return best != k;
}

guint *
schematic_find_servants (const WorkModel *model)
{
  guint *servants = g_new (guint, model->n_elements + 1);

  for (guint i = 0; i < model->n_elements; i++)
    servants[i] = NUDGE_NONE;
  for (guint round = 0; round < MOST_SERVANTS; round++)
    for (guint i = 0; i < model->n_units; i++)
      for (guint k = model->first[i]; is_regulator (model, i) && k < model->first[i + 1]; k++)
        {
          guint t = model->terminals[k], net = model->sheet->terminals[t].net, found;

          if (!is_rail (model, net) || gives_way (model, i, k))
            continue;
          found = best_servant (model, servants, net, i);
          if (found != NUDGE_NONE)
            servants[found] = t;
        }
  return servants;
}
