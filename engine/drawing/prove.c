/* prove.c: the drawing must connect what the circuit connects: no more, no less. */
#include "drawing/drawing.h"

#include "drawing/connectivity.h"

#define MAX_FINDINGS 200 /* a wrong drawing is refused all the same */

typedef struct
{
  const NudgeDrawing *drawing;
  const NudgeCircuit *circuit;
  const NudgeConnectivity *drawn;
  GPtrArray *diagnostics;
  guint n_found;
  guint *group_nets;           /* per group: a net that reaches it, or NUDGE_NONE */
  guint *group_open;           /* per group: an open pin that stands in it (index into drawn->pins), or NUDGE_NONE */
  guint *net_groups;           /* per net: the group of its first pin, or NUDGE_NONE */
  gboolean *node_seen;         /* per part node */
} Proof;

static NudgeDiagnostic *
found (Proof *self, NudgeCode code, const char *subject, const char *format, ...) G_GNUC_PRINTF (4, 5);

static NudgeDiagnostic *
found (Proof *self, NudgeCode code, const char *subject, const char *format, ...)
{
  g_autofree char *message = NULL;
  NudgeDiagnostic *diagnostic;
  va_list args;

  if (self->n_found++ >= MAX_FINDINGS)
    return NULL;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  diagnostic = nudge_diagnostics_add (self->diagnostics, code, "%s", message);
  nudge_diagnostic_set_subject (diagnostic, subject);
  return diagnostic;
}

static guint
find_node (const NudgeCircuit *circuit, guint part, const NudgeDrawnPin *drawn)
{
  const NudgePart *p = &circuit->parts[part];
  const char *pin = drawn->number;

  if (drawn->node == NUDGE_NONE)
    return NUDGE_NONE;
  if (drawn->node < p->n_nodes && g_str_equal (circuit->part_nodes[p->first_node + drawn->node].pin, pin))
    return p->first_node + drawn->node;
  for (guint i = p->first_node; i < p->first_node + p->n_nodes; i++)
    if (g_str_equal (circuit->part_nodes[i].pin, pin))
      return i;
  return NUDGE_NONE;
}

/* A pin that the circuit connects: its net may be in one group only, and the group may hold one net only. */
static void
check_connected_pin (Proof *self, const NudgeDrawnPin *pin, guint net)
{
  const NudgeNet *n = &self->circuit->nets[net];
  const char *reference = self->circuit->parts[pin->part].reference;

  if (self->net_groups[net] == NUDGE_NONE)
    self->net_groups[net] = pin->group;
  else if (self->net_groups[net] != pin->group)
    found (self, NUDGE_CODE_PROOF_SPLIT, n->name, "net %s does not reach pin %s.%s", n->name, reference, pin->number);

  if (self->group_nets[pin->group] == NUDGE_NONE)
    self->group_nets[pin->group] = net;
  else if (self->group_nets[pin->group] != net)
    found (self, NUDGE_CODE_PROOF_MERGED, n->name, "nets %s and %s are joined, at pin %s.%s",
           self->circuit->nets[self->group_nets[pin->group]].name, n->name, reference, pin->number);
}

/* A pin that the circuit leaves open stands alone; the same pin drawn twice (a pin of every unit) is alone as well. */
static void
check_open_pin (Proof *self, guint index)
{
  const NudgeDrawnPin *pin = &self->drawn->pins[index];
  guint other = self->group_open[pin->group];
  const char *reference = self->circuit->parts[pin->part].reference;

  if (other == NUDGE_NONE)
    self->group_open[pin->group] = index;
  else if (self->drawn->pins[other].part != pin->part || !g_str_equal (self->drawn->pins[other].number, pin->number))
    found (self, NUDGE_CODE_PROOF_EXTRA_PIN, reference, "pin %s.%s is open in the circuit but joined with %s.%s", reference, pin->number,
           self->circuit->parts[self->drawn->pins[other].part].reference, self->drawn->pins[other].number);
}

static void
check_pins (Proof *self)
{
  for (guint i = 0; i < self->drawn->n_pins; i++)
    {
      const NudgeDrawnPin *pin = &self->drawn->pins[i];
      guint node = find_node (self->circuit, pin->part, pin);

      if (node == NUDGE_NONE)
        {
          check_open_pin (self, i);
          continue;
        }
      self->node_seen[node] = TRUE;
      check_connected_pin (self, pin, self->circuit->part_nodes[node].net);
    }
  for (guint i = 0; i < self->drawn->n_pins; i++)
    {
      const NudgeDrawnPin *pin = &self->drawn->pins[i];

      if (self->group_open[pin->group] == i && self->group_nets[pin->group] != NUDGE_NONE)
        found (self, NUDGE_CODE_PROOF_EXTRA_PIN, self->circuit->parts[pin->part].reference, "pin %s.%s is open in the circuit but drawn in net %s",
               self->circuit->parts[pin->part].reference, pin->number, self->circuit->nets[self->group_nets[pin->group]].name);
    }
  for (guint i = 0; i < self->circuit->n_nodes; i++)
    if (!self->node_seen[i])
      {
        const NudgeNode *node = &self->circuit->part_nodes[i];

        found (self, NUDGE_CODE_PROOF_MISSING_PIN, self->circuit->nets[node->net].name, "pin %s.%s of net %s is not drawn",
               self->circuit->parts[node->part].reference, node->pin, self->circuit->nets[node->net].name);
      }
}

/* A mark that stands for a net must reach it: a stray flag leaves the rail without driver, a stray label hangs in the air. */
static void
check_marks (Proof *self)
{
  for (guint i = 0; i < self->drawn->n_marks; i++)
    {
      const NudgeDrawnMark *mark = &self->drawn->marks[i];
      const char *name = self->circuit->nets[mark->net].name;
      NudgeDiagnostic *diagnostic;

      if (self->net_groups[mark->net] == NUDGE_NONE || self->net_groups[mark->net] == mark->group)
        continue;
      diagnostic = found (self, NUDGE_CODE_PROOF_SPLIT, name, "something drawn for net %s does not reach it", name);
      nudge_diagnostic_set_sheet (diagnostic, self->circuit->blocks[self->drawing->sheets[mark->sheet].block].path);
      nudge_diagnostic_set_position (diagnostic, mark->at);
    }
}

/* Every unit of every part once, on a sheet of its own block. */
static void
check_parts (Proof *self)
{
  const NudgeLayout *layout = self->drawing->layout;
  g_autofree guint *drawn = g_new0 (guint, layout->n_units + 1);

  for (guint s = 0; s < self->drawing->n_sheets; s++)
    {
      const NudgeDrawnSheet *sheet = &self->drawing->sheets[s];

      for (guint i = 0; i < sheet->n_symbols; i++)
        for (guint k = 0; sheet->symbols[i].part != NUDGE_NONE && k < sheet->n_instances; k++)
          {
            const NudgeBlock *first = &self->circuit->blocks[sheet->block], *own = &self->circuit->blocks[sheet->instances[k].block];
            guint part = sheet->symbols[i].part - first->first_part;

            if (part >= own->n_parts)
              found (self, NUDGE_CODE_PROOF_EXTRA_PART, own->path, "sheet %s draws a part that it does not have", own->path);
            else
              drawn[layout->part_units[own->first_part + part] + sheet->symbols[i].unit - 1]++;
          }
    }
  for (guint u = 0; u < layout->n_units; u++)
    {
      const char *reference = self->circuit->parts[layout->units[u].part].reference;

      if (drawn[u] == 0)
        found (self, NUDGE_CODE_PROOF_MISSING_PART, reference, "unit %u of %s is not drawn", layout->units[u].unit, reference);
      else if (drawn[u] > 1)
        found (self, NUDGE_CODE_PROOF_EXTRA_PART, reference, "unit %u of %s is drawn %u times", layout->units[u].unit, reference, drawn[u]);
    }
}

static guint *
no_indices (guint n)
{
  guint *indices = g_new (guint, n + 1);

  for (guint i = 0; i <= n; i++)
    indices[i] = NUDGE_NONE;
  return indices;
}

static gboolean
prove (NudgeDrawing *drawing, gboolean again, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (NudgeConnectivity) drawn = nudge_connectivity_new (drawing, again);
  Proof self = { .drawing = drawing, .circuit = drawing->layout->circuit, .drawn = drawn, .diagnostics = diagnostics };

  self.group_nets = no_indices (drawn->n_groups);
  self.group_open = no_indices (drawn->n_groups);
  self.net_groups = no_indices (self.circuit->n_nets);
  self.node_seen = g_new0 (gboolean, self.circuit->n_nodes + 1);
  check_pins (&self);
  check_marks (&self);
  check_parts (&self);
  g_free (self.group_nets);
  g_free (self.group_open);
  g_free (self.net_groups);
  g_free (self.node_seen);
  if (self.n_found == 0)
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_PROOF, "The drawing differs from the circuit in %u places", self.n_found);
  return FALSE;
}

/**
 * nudge_prove:
 * @drawing: a drawing
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives every difference
 * @error: return location for an error
 *
 * Rebuilds the nets from the marks alone, by KiCad's rules, and compares them with the circuit's.
 *
 * Returns: %TRUE when they are equal; else %FALSE with %NUDGE_ERROR_PROOF
 */
gboolean
nudge_prove (NudgeDrawing *drawing, GPtrArray *diagnostics, GError **error)
{
  g_return_val_if_fail (drawing != NULL, FALSE);
  return prove (drawing, TRUE, diagnostics, error);
}

/**
 * nudge_prove_after:
 * @drawing: a drawing, such as nudge_draw_after() makes
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives every difference
 * @error: return location for an error
 *
 * Proves what nudge_prove() proves of the whole design. Which marks of a sheet touch is found out once for each sheet and
 * kept with it, so that a drawing which shares sheets with an earlier one costs what has changed, and the comparison.
 *
 * Returns: %TRUE when the nets are equal; else %FALSE with %NUDGE_ERROR_PROOF
 */
gboolean
nudge_prove_after (NudgeDrawing *drawing, GPtrArray *diagnostics, GError **error)
{
  g_return_val_if_fail (drawing != NULL, FALSE);
  return prove (drawing, FALSE, diagnostics, error);
}
