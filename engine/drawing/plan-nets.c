#include "drawing/plan-nets.h"

#include <string.h>

guint
nudge_pin_kind (const char *type)
{
  static const struct
  {
    const char *type;
    guint kind;
  } kinds[] = {
    { "input", NUDGE_LISTENS },       { "output", NUDGE_DRIVES },          { "bidirectional", NUDGE_TALKS },
    { "tri_state", NUDGE_DRIVES },    { "open_collector", NUDGE_DRIVES },  { "open_emitter", NUDGE_DRIVES },
    { "power_in", NUDGE_TAKES_POWER }, { "power_out", NUDGE_GIVES_POWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return kinds[i].kind;
  return NUDGE_PASSES;
}

/* KiCad reads `a/b` as a path, `x[0..7]` and `{a b}` as buses and `${x}` as a variable. `~{x}`, `_{x}` and `^{x}` are
 * markup and stay. */
char *
nudge_label_text (const char *name)
{
  GString *text = g_string_new (NULL);
  guint markup = 0;
  gboolean is_range = strstr (name, "..") != NULL;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '/')
        g_string_append (text, "{slash}");
      else if (strchr ("~_^", *p) != NULL && p[1] == '{')
        {
          g_string_append_c (text, *p++);
          g_string_append_c (text, '{');
          markup++;
        }
      else if (*p == '}' && markup > 0)
        {
          g_string_append_c (text, '}');
          markup--;
        }
      else if (*p == '{' || *p == '}' || (is_range && (*p == '[' || *p == ']')) || g_ascii_iscntrl (*p))
        g_string_append_c (text, '_');
      else if (*p == ' ')
        g_string_append_c (text, '_');
      else
        g_string_append_c (text, *p);
    }
  while (markup-- > 0)
    g_string_append_c (text, '}');
  if (text->len == 0)
    g_string_assign (text, "NET");
  return g_string_free (text, FALSE);
}

gboolean
nudge_net_plan_needs_flag (const NudgeNetPlan *self)
{
  return (self->kinds & NUDGE_TAKES_POWER) != 0 && (self->kinds & NUDGE_GIVES_POWER) == 0;
}

static gint
compare_block_net (gconstpointer a, gconstpointer b)
{
  const NudgeBlockNet *x = a, *y = b;

  return x->net < y->net ? -1 : x->net > y->net;
}

NudgeBlockNet *
nudge_net_plans_find (const NudgeNetPlans *self, guint block, guint net)
{
  NudgeBlockNet key = { .net = net };
  GArray *nets = self->block_nets[block];
  guint at;

  /* Nets are added in ascending order, so that each list is sorted as it stands. */
  if (!g_array_binary_search (nets, &key, compare_block_net, &at))
    return NULL;
  return &g_array_index (nets, NudgeBlockNet, at);
}

static guint
common_ancestor (const NudgeCircuit *circuit, guint a, guint b)
{
  while (a != b)
    {
      if (circuit->blocks[a].depth >= circuit->blocks[b].depth)
        a = circuit->blocks[a].parent;
      else
        b = circuit->blocks[b].parent;
    }
  return a;
}

/* Usable: one visible or hidden pin that stands for the net of the symbol's value. */
static const NudgeSymbol *
find_power_symbol (NudgeLayout *layout, const NudgeNet *net, GPtrArray *diagnostics)
{
  const NudgeSymbol *symbol = net->power_symbol == NULL ? NULL : nudge_library_get_symbol (layout->library, net->power_symbol, NULL);
  NudgeDiagnostic *found;

  if (symbol != NULL && symbol->is_power && symbol->n_pins == 1 && symbol->n_units == 1)
    return symbol;
  found = nudge_diagnostics_add (diagnostics, NUDGE_CODE_POWER_WITHOUT_SYMBOL, "power net %s has no usable symbol (%s): global labels are drawn",
                                 net->name, net->power_symbol == NULL ? "none named" : net->power_symbol);
  nudge_diagnostic_set_subject (found, net->name);
  nudge_diagnostic_set_place (found, net->line, net->column);
  return NULL;
}

/* Power symbols join by their value, so two power nets must not say the same. */
static const char *
unique_power_value (NudgeNetPlans *self, GStringChunk *strings, const NudgeNet *net)
{
  const char *colon = net->power_symbol == NULL ? NULL : strrchr (net->power_symbol, ':');
  const char *wishes[2] = { net->name, colon == NULL ? net->name : colon + 1 };

  for (guint i = 0;; i++)
    {
      g_autofree char *base = nudge_label_text (wishes[MIN (i, 1)]);
      g_autofree char *text = i < 2 ? g_steal_pointer (&base) : g_strdup_printf ("%s_%u", base, i);

      if (!g_hash_table_contains (self->power_values, text))
        {
          const char *value = g_string_chunk_insert (strings, text);

          g_hash_table_add (self->power_values, (gpointer) value);
          return value;
        }
    }
}

static guint
node_kind (const NudgeLayout *layout, const NudgeNode *node)
{
  const NudgeSymbol *symbol = layout->units[layout->part_units[node->part]].symbol;
  guint pin = nudge_symbol_find_pin (symbol, node->pin);

  return pin == NUDGE_NONE ? NUDGE_PASSES : nudge_pin_kind (symbol->pins[pin].type);
}

/* TRUE for every block whose sheet is used once: neither it nor a circuit above it has a copy. */
static gboolean *
find_single_blocks (const NudgeCircuit *circuit)
{
  gboolean *is_single = g_new (gboolean, circuit->n_blocks);

  for (guint i = 0; i < circuit->n_blocks; i++)
    is_single[i] = TRUE;
  for (guint i = 0; i < circuit->n_blocks; i++)
    if (circuit->blocks[i].definition != i)
      is_single[i] = is_single[circuit->blocks[i].definition] = FALSE;
  for (guint i = 1; i < circuit->n_blocks; i++)
    is_single[i] &= is_single[circuit->blocks[i].parent];
  return is_single;
}

/* The first block that holds pins of the rail and whose sheet is used once: there its flag stands among them, and
 * there is one of it. */
static guint
rail_home (const NudgeNetPlans *self, const NudgeCircuit *circuit, const NudgeNet *net)
{
  for (guint i = net->first_node; i < net->first_node + net->n_nodes; i++)
    {
      guint block = circuit->parts[circuit->nodes[i].part].block;

      if (self->is_single[block])
        return block;
    }
  return 0;
}

static void
plan_net (NudgeNetPlans *self, NudgeLayout *layout, guint net, GStringChunk *strings, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeNet *n = &circuit->nets[net];
  NudgeNetPlan *plan = &self->nets[net];
  guint home = NUDGE_NONE;

  for (guint i = n->first_node; i < n->first_node + n->n_nodes; i++)
    {
      guint block = circuit->parts[circuit->nodes[i].part].block;

      home = home == NUDGE_NONE ? block : common_ancestor (circuit, home, block);
      plan->kinds |= node_kind (layout, &circuit->nodes[i]);
    }
  plan->home = home == NUDGE_NONE ? n->block : home;
  if (!n->is_power || n->n_nodes == 0)
    return;
  plan->power_symbol = find_power_symbol (layout, n, diagnostics);
  plan->power_value = unique_power_value (self, strings, n);
  plan->is_global = plan->power_symbol == NULL;
  plan->home = rail_home (self, circuit, n);
  if (!plan->is_global)
    plan->kinds |= NUDGE_TAKES_POWER;
}

/* Enters the net in its blocks: those with pins and, unless it is joined by name, those on the way between them. */
static void
enter_net (NudgeNetPlans *self, const NudgeLayout *layout, guint net)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeNet *n = &circuit->nets[net];
  const NudgeNetPlan *plan = &self->nets[net];
  gboolean by_name = plan->power_symbol != NULL || plan->is_global;

  for (guint i = n->first_node; i < n->first_node + n->n_nodes; i++)
    {
      guint kind = node_kind (layout, &circuit->nodes[i]);
      guint block = circuit->parts[circuit->nodes[i].part].block;

      for (;;)
        {
          GArray *nets = self->block_nets[block];
          NudgeBlockNet *last = nets->len == 0 ? NULL : &g_array_index (nets, NudgeBlockNet, nets->len - 1);

          if (last == NULL || last->net != net)
            {
              NudgeBlockNet entry = { .net = net, .is_port = !by_name && block != plan->home };

              g_array_append_val (nets, entry);
              last = &g_array_index (nets, NudgeBlockNet, nets->len - 1);
            }
          last->kinds |= kind;
          if (by_name || block == plan->home)
            break;
          block = circuit->blocks[block].parent;
        }
    }
}

/* A flag is drawn where the net is at home, even when it has no pin there. */
static void
enter_flag (NudgeNetPlans *self, guint net)
{
  const NudgeNetPlan *plan = &self->nets[net];
  GArray *nets = self->block_nets[plan->home];
  NudgeBlockNet *last = nets->len == 0 ? NULL : &g_array_index (nets, NudgeBlockNet, nets->len - 1);
  NudgeBlockNet entry = { .net = net };

  if (!nudge_net_plan_needs_flag (plan))
    return;
  if (last == NULL || last->net != net)
    g_array_append_val (nets, entry);
}

NudgeNetPlans *
nudge_net_plans_new (NudgeLayout *layout, GStringChunk *strings, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = layout->circuit;
  NudgeNetPlans *self = g_new0 (NudgeNetPlans, 1);

  self->nets = g_new0 (NudgeNetPlan, circuit->n_nets);
  self->n_blocks = circuit->n_blocks;
  self->block_nets = g_new0 (GArray *, circuit->n_blocks);
  self->power_values = g_hash_table_new (g_str_hash, g_str_equal);
  self->is_single = find_single_blocks (circuit);
  for (guint block = 0; block < circuit->n_blocks; block++)
    self->block_nets[block] = g_array_new (FALSE, FALSE, sizeof (NudgeBlockNet));
  for (guint net = 0; net < circuit->n_nets; net++)
    {
      plan_net (self, layout, net, strings, diagnostics);
      if (circuit->nets[net].n_nodes == 0)
        continue;
      enter_net (self, layout, net);
      enter_flag (self, net);
    }
  return self;
}

void
nudge_net_plans_free (NudgeNetPlans *self)
{
  for (guint block = 0; block < self->n_blocks; block++)
    g_array_unref (self->block_nets[block]);
  g_free (self->block_nets);
  g_free (self->nets);
  g_free (self->is_single);
  g_hash_table_unref (self->power_values);
  g_free (self);
}
