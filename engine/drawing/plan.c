#include "drawing/plan.h"

#include "drawing/plan-nets.h"

#include <stdlib.h>
#include <string.h>

NudgePoint
nudge_plan_pin_position (const NudgeUnit *unit, const NudgePose *pose, guint pin)
{
  return nudge_pose_point (pose, unit->symbol->pins[pin].at);
}

guint
nudge_plan_pin_exit (const NudgeUnit *unit, const NudgePose *pose, guint pin)
{
  return nudge_pose_direction (pose, (unit->symbol->pins[pin].direction + 2) & 3);
}

/* The making of one block's plan sheet; copies are compared afterwards. */
typedef struct
{
  NudgePlan *plan;
  NudgeNetPlans *nets;
  NudgePlanSheet *blocks;      /* one per block; those that are copies are dropped */
  guint *canonical;            /* block whose sheet draws it */
  GPtrArray *diagnostics;
} Planner;

static gint
compare_names (const char *a, const char *b)
{
  /* Digits by value: D2 before D10. */
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          guint64 x = g_ascii_strtoull (a, (char **) &a, 10), y = g_ascii_strtoull (b, (char **) &b, 10);

          if (x != y)
            return x < y ? -1 : 1;
          continue;
        }
      if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      a++;
      b++;
    }
  return (guchar) *a - (guchar) *b;
}

static gint
compare_ports (gconstpointer a, gconstpointer b, gpointer nets)
{
  const NudgePlanNet *x = &((const NudgePlanNet *) nets)[*(const guint *) a];
  const NudgePlanNet *y = &((const NudgePlanNet *) nets)[*(const guint *) b];
  gint order = compare_names (x->label, y->label);

  return order != 0 ? order : strcmp (x->label, y->label);
}

static NudgeLabelShape
port_shape (guint inside)
{
  if (inside & NUDGE_TALKS)
    return NUDGE_LABEL_SHAPE_BIDIRECTIONAL;
  if (inside & (NUDGE_DRIVES | NUDGE_GIVES_POWER))
    return NUDGE_LABEL_SHAPE_OUTPUT;
  if (inside & (NUDGE_LISTENS | NUDGE_TAKES_POWER))
    return NUDGE_LABEL_SHAPE_INPUT;
  return NUDGE_LABEL_SHAPE_PASSIVE;
}

/* Local indices of nets while one block is planned, in order of first use. */
typedef struct
{
  Planner *planner;
  guint block;
  GHashTable *indices;         /* net -> local index + 1 */
  GArray *nets;
  GArray *terminals;
} BlockPlan;

static guint
local_net (BlockPlan *self, guint net)
{
  gpointer known = g_hash_table_lookup (self->indices, GUINT_TO_POINTER (net + 1));
  const NudgeNetPlan *global = &self->planner->nets->nets[net];
  const NudgeBlockNet *in_block;
  NudgePlanNet entry = { .net = net };

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  in_block = nudge_net_plans_find (self->planner->nets, self->block, net);
  g_assert (in_block != NULL);
  entry.is_port = in_block->is_port;
  entry.is_power = global->power_symbol != NULL;
  entry.is_global = global->is_global;
  entry.power_symbol = global->power_symbol;
  entry.needs_flag = global->home == self->block && nudge_net_plan_needs_flag (global);
  entry.shape = port_shape (in_block->kinds);
  g_array_append_val (self->nets, entry);
  g_hash_table_insert (self->indices, GUINT_TO_POINTER (net + 1), GUINT_TO_POINTER (self->nets->len));
  return self->nets->len - 1;
}

/* KiCad joins a hidden power input to the rail of its name: a mark at it would say the same once more. */
static gboolean
is_joined_by_name (const BlockPlan *self, const NudgeSymbolPin *pin, guint net)
{
  const NudgeNetPlan *plan = &self->planner->nets->nets[net];

  return pin->hidden && g_str_equal (pin->type, "power_in") && (plan->power_symbol != NULL || plan->is_global)
         && g_str_equal (pin->name, plan->power_value);
}

/* One terminal per place: pins that the symbol stacks count once. */
static void
add_unit_terminals (BlockPlan *self, guint unit_index)
{
  const NudgeLayout *layout = self->planner->plan->layout;
  const NudgeUnit *unit = &layout->units[unit_index];
  const NudgeSymbol *symbol = unit->symbol;
  guint first = self->terminals->len;

  for (guint pin = 0; pin < symbol->n_pins; pin++)
    {
      guint net, t;

      if (!nudge_symbol_pin_in_unit (&symbol->pins[pin], unit->unit))
        continue;
      for (t = first; t < self->terminals->len; t++)
        if (nudge_point_equal (symbol->pins[g_array_index (self->terminals, NudgePlanTerminal, t).pin].at, symbol->pins[pin].at))
          break;
      if (t < self->terminals->len)
        continue;
      net = nudge_circuit_net_of (layout->circuit, unit->part, symbol->pins[pin].number);
      if (net == NUDGE_NONE ? g_str_equal (symbol->pins[pin].type, "no_connect") : is_joined_by_name (self, &symbol->pins[pin], net))
        continue;
      {
        NudgePlanTerminal terminal = { .unit = unit_index, .pin = pin, .box = NUDGE_NONE, .box_pin = NUDGE_NONE,
                                       .net = net == NUDGE_NONE ? NUDGE_NONE : local_net (self, net) };

        g_array_append_val (self->terminals, terminal);
      }
    }
}

static void
add_box (BlockPlan *self, NudgePlanBox *box, guint box_index, guint child)
{
  const NudgePlanSheet *inner = &self->planner->blocks[child];

  box->block = child;
  box->n_pins = inner->n_ports;
  box->pin_nets = g_new0 (guint, inner->n_ports);
  box->pin_names = g_new0 (const char *, inner->n_ports);
  box->pin_shapes = g_new0 (NudgeLabelShape, inner->n_ports);
  for (guint i = 0; i < inner->n_ports; i++)
    {
      const NudgePlanNet *port = &inner->nets[inner->ports[i]];
      NudgePlanTerminal terminal = { .unit = NUDGE_NONE, .pin = NUDGE_NONE, .box = box_index, .box_pin = i,
                                     .net = local_net (self, port->net) };

      box->pin_nets[i] = terminal.net;
      box->pin_shapes[i] = port->shape;
      g_array_append_val (self->terminals, terminal);
    }
}

/* (transfer full): what KiCad writes round the pin that names a net says nothing: "Net-(U2-EN)" is U2-EN. */
static char *
short_auto_name (const char *name)
{
  gsize length = strlen (name);

  if (g_str_has_prefix (name, "Net-(") && length > 6 && name[length - 1] == ')')
    return g_strndup (name + 5, length - 6);
  return g_strdup (name);
}

static void
name_nets (BlockPlan *self)
{
  NudgePlan *plan = self->planner->plan;
  const NudgeCircuit *circuit = plan->layout->circuit;
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->nets->len; i++)
    {
      NudgePlanNet *net = &g_array_index (self->nets, NudgePlanNet, i);
      const NudgeNet *n = &circuit->nets[net->net];
      g_autofree char *spoken = n->auto_named ? short_auto_name (n->name) : g_strdup (n->name);
      g_autofree char *text = nudge_label_text (spoken);
      g_autofree char *wish = g_strdup (text);

      if (net->is_power || net->is_global)
        {
          net->label = self->planner->nets->nets[net->net].power_value;
          continue;
        }
      for (guint k = 2; g_hash_table_contains (taken, text) || g_hash_table_contains (self->planner->nets->power_values, text); k++)
        {
          g_free (text);
          text = g_strdup_printf ("%s_%u", wish, k);
        }
      if (!g_str_equal (text, wish))
        {
          NudgeDiagnostic *found = nudge_diagnostics_add (self->planner->diagnostics, NUDGE_CODE_LABEL_RENAMED,
                                                          "net %s is drawn as %s, since that name is taken on this sheet", n->name, text);

          nudge_diagnostic_set_subject (found, n->name);
          nudge_diagnostic_set_sheet (found, circuit->blocks[self->block].path);
        }
      net->label = g_string_chunk_insert_const (plan->strings, text);
      g_hash_table_add (taken, (gpointer) net->label);
    }
}

/* Stable sort of the terminals by net, open pins last. */
static void
order_terminals (BlockPlan *self, NudgePlanSheet *sheet)
{
  guint n = self->terminals->len, *next = g_new0 (guint, sheet->n_nets + 2);

  sheet->terminals = g_new (NudgePlanTerminal, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    next[MIN (g_array_index (self->terminals, NudgePlanTerminal, i).net, sheet->n_nets) + 1]++;
  for (guint net = 0; net < sheet->n_nets; net++)
    {
      next[net + 1] += next[net];
      sheet->nets[net].first_terminal = next[net];
      sheet->nets[net].n_terminals = next[net + 1] - next[net];
    }
  sheet->first_open = next[sheet->n_nets];
  sheet->n_terminals = n;
  for (guint i = 0; i < n; i++)
    {
      const NudgePlanTerminal *terminal = &g_array_index (self->terminals, NudgePlanTerminal, i);

      sheet->terminals[next[MIN (terminal->net, sheet->n_nets)]++] = *terminal;
    }
  g_free (next);
}

/* A net that is one place and nothing else leaves its pins open: KiCad wants that marked, and no driver for it. */
static void
find_single_places (NudgePlanSheet *sheet)
{
  for (guint i = 0; i < sheet->n_nets; i++)
    {
      NudgePlanNet *net = &sheet->nets[i];

      net->is_single = net->n_terminals == 1 && !net->is_port && !net->is_power && !net->is_global;
      net->needs_flag &= !net->is_single;
    }
}

static void
list_ports (NudgePlanSheet *sheet)
{
  sheet->ports = g_new (guint, MAX (sheet->n_nets, 1));
  for (guint i = 0; i < sheet->n_nets; i++)
    if (sheet->nets[i].is_port)
      sheet->ports[sheet->n_ports++] = i;
  g_qsort_with_data (sheet->ports, (gint) sheet->n_ports, sizeof *sheet->ports, compare_ports, sheet->nets);
}

static void
plan_block (Planner *planner, guint block)
{
  const NudgeLayout *layout = planner->plan->layout;
  const NudgeBlock *b = &layout->circuit->blocks[block];
  NudgePlanSheet *sheet = &planner->blocks[block];
  BlockPlan self = { .planner = planner, .block = block };
  const GArray *held = planner->nets->block_nets[block];
  guint box = 0;

  self.indices = g_hash_table_new (NULL, NULL);
  self.nets = g_array_new (FALSE, TRUE, sizeof (NudgePlanNet));
  self.terminals = g_array_new (FALSE, TRUE, sizeof (NudgePlanTerminal));

  sheet->block = block;
  sheet->first_unit = layout->part_units[b->first_part];
  sheet->n_units = layout->part_units[b->first_part + b->n_parts] - sheet->first_unit;
  for (guint unit = sheet->first_unit; unit < sheet->first_unit + sheet->n_units; unit++)
    add_unit_terminals (&self, unit);
  for (guint child = b->first_child; child != NUDGE_NONE; child = layout->circuit->blocks[child].next_sibling)
    sheet->n_boxes++;
  sheet->boxes = g_new0 (NudgePlanBox, MAX (sheet->n_boxes, 1));
  for (guint child = b->first_child; child != NUDGE_NONE; child = layout->circuit->blocks[child].next_sibling, box++)
    add_box (&self, &sheet->boxes[box], box, child);
  /* Nets of which only the flag stands here. */
  for (guint i = 0; i < held->len; i++)
    local_net (&self, g_array_index (held, NudgeBlockNet, i).net);

  name_nets (&self);
  sheet->n_nets = self.nets->len;
  sheet->nets = (NudgePlanNet *) g_array_free (self.nets, FALSE);
  order_terminals (&self, sheet);
  find_single_places (sheet);
  list_ports (sheet);
  g_array_unref (self.terminals);
  g_hash_table_unref (self.indices);
}

static void
clear_sheet (NudgePlanSheet *sheet)
{
  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      g_free (sheet->boxes[i].pin_nets);
      g_free (sheet->boxes[i].pin_names);
      g_free (sheet->boxes[i].pin_shapes);
    }
  g_free (sheet->boxes);
  g_free (sheet->blocks);
  g_free (sheet->nets);
  g_free (sheet->terminals);
  g_free (sheet->ports);
}

/* Same places, same nets, same names: what one file can draw for both. */
static gboolean
sheets_match (const Planner *self, const NudgePlanSheet *a, const NudgePlanSheet *b)
{
  if (a->n_units != b->n_units || a->n_nets != b->n_nets || a->n_terminals != b->n_terminals || a->n_boxes != b->n_boxes ||
      a->n_ports != b->n_ports)
    return FALSE;
  for (guint i = 0; i < a->n_units; i++)
    if (self->plan->layout->units[a->first_unit + i].symbol != self->plan->layout->units[b->first_unit + i].symbol)
      return FALSE;
  for (guint i = 0; i < a->n_nets; i++)
    {
      const NudgePlanNet *x = &a->nets[i], *y = &b->nets[i];
      gboolean both_unnamed = self->plan->layout->circuit->nets[x->net].auto_named && self->plan->layout->circuit->nets[y->net].auto_named;
      gboolean same_name = g_str_equal (x->label, y->label) || both_unnamed;

      if (!same_name || x->is_port != y->is_port || x->is_power != y->is_power || x->is_global != y->is_global ||
          x->needs_flag != y->needs_flag || x->power_symbol != y->power_symbol || x->n_terminals != y->n_terminals)
        return FALSE;
    }
  for (guint i = 0; i < a->n_terminals; i++)
    {
      const NudgePlanTerminal *x = &a->terminals[i], *y = &b->terminals[i];
      gboolean same_unit = x->unit == NUDGE_NONE ? y->unit == NUDGE_NONE : x->unit - a->first_unit == y->unit - b->first_unit;

      if (!same_unit || x->pin != y->pin || x->box != y->box || x->box_pin != y->box_pin || x->net != y->net)
        return FALSE;
    }
  for (guint i = 0; i < a->n_ports; i++)
    if (a->ports[i] != b->ports[i])
      return FALSE;
  for (guint i = 0; i < a->n_boxes; i++)
    if (self->canonical[a->boxes[i].block] != self->canonical[b->boxes[i].block])
      return FALSE;
  return TRUE;
}

static void
share_sheet (Planner *self, guint i)
{
  const NudgeBlock *block = &self->plan->layout->circuit->blocks[i];
  NudgeDiagnostic *found;

  self->canonical[i] = i;
  if (block->definition == i)
    return;
  if (sheets_match (self, &self->blocks[block->definition], &self->blocks[i]))
    {
      self->canonical[i] = block->definition;
      return;
    }
  found = nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_SHEET_NOT_SHARED,
                                 "%s is wired differently from the other %s and gets its own sheet file", block->path, block->name);
  nudge_diagnostic_set_sheet (found, block->path);
}

/* Deepest first: two blocks can only share when their children do. */
static void
share_sheets (Planner *self)
{
  const NudgeCircuit *circuit = self->plan->layout->circuit;
  guint depth = 0;

  for (guint i = 0; i < circuit->n_blocks; i++)
    depth = MAX (depth, circuit->blocks[i].depth);
  for (guint d = depth + 1; d-- > 0;)
    for (guint i = 0; i < circuit->n_blocks; i++)
      if (circuit->blocks[i].depth == d)
        share_sheet (self, i);
}

/* A box says what the labels in its file say; of a copy these are the original's. */
static void
name_box_pins (NudgePlan *plan)
{
  for (guint s = 0; s < plan->n_sheets; s++)
    for (guint i = 0; i < plan->sheets[s].n_boxes; i++)
      {
        NudgePlanBox *box = &plan->sheets[s].boxes[i];
        const NudgePlanSheet *inner;

        box->sheet = plan->block_sheets[box->block];
        inner = &plan->sheets[box->sheet];
        for (guint p = 0; p < box->n_pins; p++)
          box->pin_names[p] = inner->nets[inner->ports[p]].label;
      }
}

static void
collect_sheets (Planner *self)
{
  NudgePlan *plan = self->plan;
  guint n_blocks = plan->layout->circuit->n_blocks;
  g_autofree guint *filled = NULL;

  plan->block_sheets = g_new (guint, n_blocks);
  plan->sheets = g_new0 (NudgePlanSheet, n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    if (self->canonical[i] == i)
      {
        plan->block_sheets[i] = plan->n_sheets;
        plan->sheets[plan->n_sheets++] = self->blocks[i];
      }
    else
      {
        plan->block_sheets[i] = plan->block_sheets[self->canonical[i]];
        clear_sheet (&self->blocks[i]);
      }
  for (guint i = 0; i < n_blocks; i++)
    plan->sheets[plan->block_sheets[i]].n_blocks++;
  filled = g_new0 (guint, plan->n_sheets);
  for (guint i = 0; i < n_blocks; i++)
    {
      NudgePlanSheet *sheet = &plan->sheets[plan->block_sheets[i]];

      if (sheet->blocks == NULL)
        sheet->blocks = g_new (guint, sheet->n_blocks);
      sheet->blocks[filled[plan->block_sheets[i]]++] = i;
    }
  name_box_pins (plan);
}

NudgePlan *
nudge_plan_new (NudgeLayout *layout, GPtrArray *diagnostics)
{
  NudgePlan *plan = g_new0 (NudgePlan, 1);
  g_autoptr (NudgeNetPlans) nets = NULL;
  Planner self = { .plan = plan, .diagnostics = diagnostics };
  guint n_blocks;

  g_return_val_if_fail (layout != NULL, NULL);

  n_blocks = layout->circuit->n_blocks;
  plan->layout = nudge_layout_ref (layout);
  plan->strings = g_string_chunk_new (1024);
  plan->flag_symbol = nudge_library_get_symbol (layout->library, "power:PWR_FLAG", NULL);
  nets = nudge_net_plans_new (layout, plan->strings, diagnostics);
  self.nets = nets;
  self.blocks = g_new0 (NudgePlanSheet, n_blocks);
  self.canonical = g_new0 (guint, n_blocks);
  for (guint block = n_blocks; block-- > 0;)
    plan_block (&self, block);
  share_sheets (&self);
  collect_sheets (&self);
  g_free (self.blocks);
  g_free (self.canonical);
  return plan;
}

void
nudge_plan_free (NudgePlan *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_sheets; i++)
    clear_sheet (&self->sheets[i]);
  g_free (self->sheets);
  g_free (self->block_sheets);
  g_string_chunk_free (self->strings);
  nudge_layout_unref (self->layout);
  g_free (self);
}
