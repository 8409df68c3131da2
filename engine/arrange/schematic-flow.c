#include "arrange/schematic-flow.h"

#include "arrange/schematic-frames.h"
#include "drawing/plan-nets.h"

#include <string.h>

/* Where signals come from and how far each part is from there. */

typedef struct
{
  WorkModel *model;
  SchematicFlow *flow;
  guint *queue;
  guint n_queued, n_done;
} Walk;

static gboolean
carries_signal (const NudgePlanNet *net)
{
  return !net->is_power && !net->is_global && net->n_terminals >= 2 && net->n_terminals <= WORK_MAX_FAN;
}

/* What a terminal does, as a mask of kinds; boxes do what the ports behind their pins say. */
static guint
kind_of (const WorkModel *model, const NudgePlanTerminal *terminal)
{
  if (terminal->unit == NUDGE_NONE)
    {
      NudgeLabelShape shape = model->sheet->boxes[terminal->box].pin_shapes[terminal->box_pin];

      return shape == NUDGE_LABEL_SHAPE_OUTPUT ? NUDGE_DRIVES : shape == NUDGE_LABEL_SHAPE_INPUT ? NUDGE_LISTENS : NUDGE_PASSES;
    }
  return nudge_pin_kind (model->plan->layout->units[terminal->unit].symbol->pins[terminal->pin].type);
}

static gboolean
drives (const WorkModel *model, const NudgePlanTerminal *terminal)
{
  return (kind_of (model, terminal) & (NUDGE_DRIVES | NUDGE_GIVES_POWER)) != 0;
}

static gboolean
listens (const WorkModel *model, const NudgePlanTerminal *terminal)
{
  return (kind_of (model, terminal) & (NUDGE_LISTENS | NUDGE_TAKES_POWER)) != 0;
}

/* A part between a signal and a rail hangs beside the path, not in it. */
static gboolean
is_shunt (const WorkModel *model, guint element)
{
  guint first = model->first[element];

  if (model->first[element + 1] - first != 2)
    return FALSE;
  for (guint t = first; t < first + 2; t++)
    {
      guint net = model->sheet->terminals[model->terminals[t]].net;

      if (net == NUDGE_NONE || !carries_signal (&model->sheet->nets[net]))
        return TRUE;
    }
  return FALSE;
}

static void
enqueue (Walk *self, guint element, gint depth)
{
  self->model->depths[element] = (gint16) MIN (depth, G_MAXINT16);
  self->queue[self->n_queued++] = element;
}

/* Whatever a net leads to is one step deeper. */
static void
follow_net (Walk *self, guint net, gint depth)
{
  const NudgePlanSheet *sheet = self->model->sheet;
  const NudgePlanNet *n = &sheet->nets[net];

  for (guint t = n->first_terminal; t < n->first_terminal + n->n_terminals; t++)
    {
      const NudgePlanTerminal *terminal = &sheet->terminals[t];
      guint element = work_model_element (self->model, terminal);

      if (self->model->depths[element] < 0 && !drives (self->model, terminal) && !is_shunt (self->model, element))
        enqueue (self, element, depth);
    }
}

static void
spread (Walk *self)
{
  const NudgePlanSheet *sheet = self->model->sheet;

  for (; self->n_done < self->n_queued; self->n_done++)
    {
      guint element = self->queue[self->n_done];

      for (guint i = self->model->first[element]; i < self->model->first[element + 1]; i++)
        {
          guint t = self->model->terminals[i], net = sheet->terminals[t].net;

          if (net == NUDGE_NONE || self->flow->sources[net] != NUDGE_NONE || !carries_signal (&sheet->nets[net])
              || listens (self->model, &sheet->terminals[t]))
            continue;
          self->flow->sources[net] = t;
          follow_net (self, net, self->model->depths[element] + 1);
        }
    }
}

static gboolean
net_has_driver (const WorkModel *model, guint net)
{
  const NudgePlanNet *n = &model->sheet->nets[net];

  for (guint t = n->first_terminal; t < n->first_terminal + n->n_terminals; t++)
    if (drives (model, &model->sheet->terminals[t]))
      return TRUE;
  return FALSE;
}

/* It drives something and waits for nothing. */
static gboolean
is_driver (const WorkModel *model, guint element)
{
  gboolean driving = FALSE;

  for (guint i = model->first[element]; i < model->first[element + 1]; i++)
    {
      const NudgePlanTerminal *terminal = &model->sheet->terminals[model->terminals[i]];

      if (terminal->net == NUDGE_NONE || !carries_signal (&model->sheet->nets[terminal->net]))
        continue;
      driving |= drives (model, terminal);
      if (listens (model, terminal) && net_has_driver (model, terminal->net))
        return FALSE;
    }
  return driving;
}

/* Generators, cells and antennas by their references. */
static gboolean
is_generator (const WorkModel *model, guint element)
{
  static const char *const names[] = { "V", "I", "BT", "BAT", "ANT", "AE", "MK", NULL };
  const char *reference = work_model_reference (model, element);
  guint letters = 0;

  while (g_ascii_isalpha (reference[letters]))
    letters++;
  for (guint i = 0; names[i] != NULL; i++)
    if (strlen (names[i]) == letters && g_ascii_strncasecmp (reference, names[i], letters) == 0)
      return TRUE;
  return FALSE;
}

static void
start_from_ports (Walk *self)
{
  const NudgePlanSheet *sheet = self->model->sheet;

  for (guint net = 0; net < sheet->n_nets; net++)
    if (sheet->nets[net].is_port && sheet->nets[net].shape == NUDGE_LABEL_SHAPE_INPUT && !sheet->nets[net].is_power)
      follow_net (self, net, 0);
  spread (self);
}

SchematicFlow *
schematic_flow_new (WorkModel *model)
{
  SchematicFlow *flow = g_new0 (SchematicFlow, 1);
  g_autofree guint *queue = g_new (guint, model->n_elements + 1);
  Walk walk = { model, flow, queue, 0, 0 };

  flow->frame_names = g_ptr_array_new ();
  flow->frames = schematic_find_frames (model, flow->frame_names);
  flow->servants = schematic_find_servants (model);
  flow->sources = g_new (guint, model->sheet->n_nets + 1);
  for (guint net = 0; net < model->sheet->n_nets; net++)
    flow->sources[net] = NUDGE_NONE;
  for (guint i = 0; i < model->n_elements; i++)
    if (is_driver (model, i))
      enqueue (&walk, i, 0);
  spread (&walk);
  start_from_ports (&walk);
  for (guint i = 0; i < model->n_elements; i++)
    if (model->depths[i] < 0 && is_generator (model, i))
      enqueue (&walk, i, 0);
  spread (&walk);
  /* Nothing says on which side the others stand: one connector after another leads in. */
  for (guint i = 0; i < model->n_elements; i++)
    if (model->depths[i] < 0 && model->roles[i] == WORK_ROLE_CONNECTOR)
      {
        enqueue (&walk, i, 0);
        spread (&walk);
      }
  return flow;
}

void
schematic_flow_free (SchematicFlow *self)
{
  g_free (self->sources);
  g_free (self->servants);
  g_free (self->frames);
  g_ptr_array_unref (self->frame_names);
  g_free (self);
}
