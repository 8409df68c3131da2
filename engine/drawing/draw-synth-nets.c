/* draw-synth-nets.c: labels and sheet pins by circuit-synth's rules, then the repairs.
 *
 * Its rules go by name: a child's box has a pin for each net of the child that its parent has by the same name (in July
 * 2025: for each net of the child). What is missing then (a net that crosses a sheet without parts on it, or joins
 * siblings only) is added; what would join two nets of one name is left out; a rail that no chain of labels leads to a
 * power symbol gets symbols of its own. */
#include "drawing/draw-synth-nets.h"

#include "drawing/plan-nets.h"

#include <string.h>

void
nudge_synth_deviation (GPtrArray *diagnostics, const NudgePlan *plan, guint sheet, const char *subject, const char *format, ...)
{
  g_autofree char *message = NULL;
  NudgeDiagnostic *found;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  found = nudge_diagnostics_add (diagnostics, NUDGE_CODE_SYNTH_DEVIATION, "%s", message);
  nudge_diagnostic_set_sheet (found, plan->layout->circuit->blocks[plan->sheets[sheet].block].path);
  nudge_diagnostic_set_subject (found, subject);
}

/* Where a sheet's box stands. */
typedef struct
{
  guint sheet, box;
} Use;

typedef struct
{
  NudgeSynthNets *nets;
  const NudgePlan *plan;
  const NudgeCircuit *circuit;
  const NudgeSynthForm *form;
  GPtrArray *diagnostics;
  GArray **uses;               /* per sheet: of Use */
  GHashTable **names;          /* per sheet: names of the nets that the input gives its first block */
} Builder;

static const NudgeBlock *
block_of (const Builder *self, guint sheet)
{
  return &self->circuit->blocks[self->plan->sheets[sheet].block];
}

static NudgeSynthNet *
net_at (const NudgeSynthSheet *sheet, guint i)
{
  return &g_array_index (sheet->nets, NudgeSynthNet, i);
}

static guint
find_text (const NudgeSynthSheet *sheet, const char *text)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (sheet->by_text, text)) - 1; /* NUDGE_NONE when absent */
}

static guint
find_plan_net (const NudgeSynthSheet *sheet, guint plan_net)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (sheet->by_plan_net, GUINT_TO_POINTER (plan_net + 1))) - 1;
}

/* (transfer full): the name as it is, unless KiCad would read a path, a bus or a variable in it. */
static char *
safe_text (const char *name)
{
  gboolean plain = strpbrk (name, "/{}") == NULL && strstr (name, "..") == NULL && name[0] != '\0';

  for (const char *p = name; *p != '\0'; p++)
    plain = plain && !g_ascii_iscntrl (*p);
  return plain ? g_strdup (name) : nudge_label_text (name);
}

/* Adds a net under @name, or under the first text after it that the sheet does not have. */
static guint
add_net (Builder *self, guint sheet_index, const char *name, guint plan_net, guint rail)
{
  NudgeSynthSheet *sheet = &self->nets->sheets[sheet_index];
  g_autofree char *wish = safe_text (name);
  g_autofree char *text = g_strdup (wish);
  NudgeSynthNet net = { .plan_net = plan_net, .rail = rail };

  for (guint k = 2; g_hash_table_contains (sheet->by_text, text); k++)
    {
      g_free (text);
      text = g_strdup_printf ("%s_%u", wish, k);
    }
  if (!g_str_equal (text, name))
    nudge_synth_deviation (self->diagnostics, self->plan, sheet_index, name,
                           "net %s is called %s on this sheet, since its own name is taken or no name for KiCad", name, text);
  net.text = g_string_chunk_insert_const (self->nets->strings, text);
  g_array_append_val (sheet->nets, net);
  g_hash_table_insert (sheet->by_text, (gpointer) net.text, GUINT_TO_POINTER (sheet->nets->len));
  if (plan_net != NUDGE_NONE && find_plan_net (sheet, plan_net) == NUDGE_NONE)
    g_hash_table_insert (sheet->by_plan_net, GUINT_TO_POINTER (plan_net + 1), GUINT_TO_POINTER (sheet->nets->len));
  return sheet->nets->len - 1;
}

/* The input's own nets, then those that only pass through. */
static void
add_sheet_nets (Builder *self, guint s)
{
  const NudgePlanSheet *plan_sheet = &self->plan->sheets[s];
  const NudgeBlock *block = block_of (self, s);
  NudgeSynthSheet *sheet = &self->nets->sheets[s];
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < plan_sheet->n_nets; i++)
    g_hash_table_insert (indices, GUINT_TO_POINTER (plan_sheet->nets[i].net + 1), GUINT_TO_POINTER (i + 1));
  for (guint i = block->first_mention; i < block->first_mention + block->n_mentions; i++)
    {
      const NudgeMention *mention = &self->circuit->mentions[i];
      guint plan_net = mention->net == NUDGE_NONE ? NUDGE_NONE
                                                  : GPOINTER_TO_UINT (g_hash_table_lookup (indices, GUINT_TO_POINTER (mention->net + 1))) - 1;
      const NudgePlanNet *p = plan_net == NUDGE_NONE ? NULL : &plan_sheet->nets[plan_net];
      gboolean is_rail = p != NULL && p->is_power;
      NudgeSynthNet *net = net_at (sheet, add_net (self, s, mention->name, plan_net, is_rail ? mention->net : NUDGE_NONE));

      g_hash_table_add (self->names[s], (gpointer) mention->name);
      net->has_symbols = is_rail && mention->is_power && self->form->has_rails;
      net->has_label = mention->n_nodes > 0 && !net->has_symbols && (p == NULL || !p->is_global);
    }
  for (guint i = 0; i < plan_sheet->n_nets; i++)
    if (!plan_sheet->nets[i].is_power && !plan_sheet->nets[i].is_global && find_plan_net (sheet, i) == NUDGE_NONE)
      add_net (self, s, self->circuit->nets[plan_sheet->nets[i].net].name, i, NUDGE_NONE);
}

/* --- sheet pins --- */

/* Names that two children of different names have. */
static gboolean
sibling_has (const Builder *self, guint s, guint box, const char *name)
{
  const NudgePlanSheet *plan_sheet = &self->plan->sheets[s];
  const char *own = block_of (self, plan_sheet->boxes[box].sheet)->name;

  for (guint i = 0; i < plan_sheet->n_boxes; i++)
    if (!g_str_equal (block_of (self, plan_sheet->boxes[i].sheet)->name, own) &&
        g_hash_table_contains (self->names[plan_sheet->boxes[i].sheet], name))
      return TRUE;
  return FALSE;
}

static void
add_wish (GPtrArray *wishes, const char *name)
{
  for (guint i = 0; i < wishes->len; i++)
    if (g_str_equal (wishes->pdata[i], name))
      return;
  g_ptr_array_add (wishes, (gpointer) name);
}

/* The pins that circuit-synth gives the box. */
static void
list_wishes (const Builder *self, guint s, guint box, GPtrArray *wishes)
{
  static const char *const usual[] = { "VCC", "GND", "VIN", "VOUT", "INPUT", "OUTPUT", "FILTERED", "PROCESSED", "V_MONITOR" };
  guint t = self->plan->sheets[s].boxes[box].sheet;
  const NudgeBlock *child = block_of (self, t);
  gboolean parent_has_nets = block_of (self, s)->n_mentions > 0;

  for (guint i = child->first_mention; i < child->first_mention + child->n_mentions; i++)
    {
      const char *name = self->circuit->mentions[i].name;

      if (self->form->opens_all_nets)
        add_wish (wishes, name);
      else if (parent_has_nets ? g_hash_table_contains (self->names[s], name) : sibling_has (self, s, box, name))
        add_wish (wishes, name);
    }
  if (self->form->opens_all_nets || child->n_parts > 0 || child->first_child == NUDGE_NONE)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_hash_table_contains (self->names[s], usual[i]))
      add_wish (wishes, usual[i]);
  for (guint k = 0; k < self->plan->sheets[t].n_boxes; k++)
    {
      const NudgeBlock *grandchild = block_of (self, self->plan->sheets[t].boxes[k].sheet);

      for (guint i = grandchild->first_mention; i < grandchild->first_mention + grandchild->n_mentions; i++)
        if (g_hash_table_contains (self->names[s], self->circuit->mentions[i].name))
          add_wish (wishes, self->circuit->mentions[i].name);
    }
}

static gint
compare_pins (gconstpointer a, gconstpointer b)
{
  const NudgeSynthPin *x = a, *y = b;

  return x->added != y->added ? x->added - y->added : strcmp (x->name, y->name);
}

static gboolean
has_pin (const GArray *pins, const char *name)
{
  for (guint i = 0; i < pins->len; i++)
    if (g_str_equal (g_array_index (pins, NudgeSynthPin, i).name, name))
      return TRUE;
  return FALSE;
}

/* The net (of the plan of sheet @s) that the child's net @inner is on this side; NUDGE_NONE when it stays inside. */
static guint
outer_net (const Builder *self, guint s, guint box_index, guint inner)
{
  const NudgePlanBox *box = &self->plan->sheets[s].boxes[box_index];
  const NudgePlanSheet *below = &self->plan->sheets[box->sheet];

  for (guint k = 0; k < box->n_pins; k++)
    if (below->ports[k] == inner)
      return box->pin_nets[k];
  return NUDGE_NONE;
}

/* Whether a pin of that name would join what the circuit keeps apart: @inner and @here may be NULL. */
static gboolean
would_join (const Builder *self, guint s, guint box, const NudgeSynthNet *inner, const NudgeSynthNet *here)
{
  guint wanted;

  if (inner == NULL || !inner->has_label)
    return FALSE;
  if (inner->rail != NUDGE_NONE)
    return here != NULL && here->rail != inner->rail;
  if (inner->plan_net == NUDGE_NONE)
    return FALSE;
  wanted = outer_net (self, s, box, inner->plan_net);
  /* A net that stays inside may have a pin that leads nowhere. */
  if (wanted == NUDGE_NONE)
    return !self->form->opens_all_nets || here != NULL;
  return here != NULL && here->plan_net != wanted;
}

/* A pin that circuit-synth would draw. */
static void
try_wish (Builder *self, guint s, guint box, const char *name)
{
  NudgeSynthSheet *sheet = &self->nets->sheets[s], *below = &self->nets->sheets[self->plan->sheets[s].boxes[box].sheet];
  g_autofree char *text = safe_text (name);
  guint inner = find_text (below, text), here = find_text (sheet, text);
  const NudgeSynthNet *inner_net = inner == NUDGE_NONE ? NULL : net_at (below, inner);
  NudgeSynthPin pin;

  if (has_pin (sheet->pins[box], text))
    return;
  if (would_join (self, s, box, inner_net, here == NUDGE_NONE ? NULL : net_at (sheet, here)))
    {
      nudge_synth_deviation (self->diagnostics, self->plan, s, name, "box %s has no pin %s, which would join two nets of that name",
                             self->circuit->blocks[self->plan->sheets[s].boxes[box].block].label, name);
      return;
    }
  if (here == NUDGE_NONE)
    here = add_net (self, s, name, NUDGE_NONE, inner_net == NULL ? NUDGE_NONE : inner_net->rail);
  net_at (sheet, here)->has_label = TRUE;
  pin = (NudgeSynthPin){ .name = net_at (sheet, here)->text, .net = here };
  g_array_append_val (sheet->pins[box], pin);
}

/* The pins that the circuit needs, whatever circuit-synth would draw. */
static void
add_needed_pins (Builder *self, guint s, guint box_index, GPtrArray *wishes)
{
  NudgeSynthSheet *sheet = &self->nets->sheets[s];
  const NudgePlanBox *box = &self->plan->sheets[s].boxes[box_index];
  const NudgePlanSheet *below = &self->plan->sheets[box->sheet];
  NudgeSynthSheet *inside = &self->nets->sheets[box->sheet];

  for (guint k = 0; k < box->n_pins; k++)
    {
      guint inner = find_plan_net (inside, below->ports[k]), here = find_plan_net (sheet, box->pin_nets[k]);
      NudgeSynthPin pin;

      g_assert (inner != NUDGE_NONE && here != NUDGE_NONE);
      pin = (NudgeSynthPin){ .name = net_at (inside, inner)->text, .net = here };
      pin.added = !g_ptr_array_find_with_equal_func (wishes, pin.name, g_str_equal, NULL);
      net_at (sheet, here)->has_label = TRUE;
      g_array_append_val (sheet->pins[box_index], pin);
      if (pin.added)
        nudge_synth_deviation (self->diagnostics, self->plan, s, pin.name, "box %s has a pin %s, without which the net would be open",
                               self->circuit->blocks[box->block].label, pin.name);
    }
}

static void
add_pins (Builder *self, guint s)
{
  const NudgePlanSheet *plan_sheet = &self->plan->sheets[s];

  self->nets->sheets[s].pins = g_new0 (GArray *, MAX (plan_sheet->n_boxes, 1));
  for (guint i = 0; i < plan_sheet->n_boxes; i++)
    {
      g_autoptr (GPtrArray) wishes = g_ptr_array_new ();
      GArray *pins = g_array_new (FALSE, FALSE, sizeof (NudgeSynthPin));
      Use use = { s, i };

      self->nets->sheets[s].pins[i] = pins;
      g_array_append_val (self->uses[plan_sheet->boxes[i].sheet], use);
      list_wishes (self, s, i, wishes);
      add_needed_pins (self, s, i, wishes);
      for (guint w = 0; w < wishes->len; w++)
        try_wish (self, s, i, wishes->pdata[w]);
      g_array_sort (pins, compare_pins);
    }
}

/* --- rails --- */

static gboolean
has_symbol_of (const Builder *self, guint s, const NudgeSynthNet *label)
{
  const NudgeSynthSheet *sheet = &self->nets->sheets[s];

  for (guint i = 0; i < sheet->nets->len; i++)
    {
      const NudgeSynthNet *net = net_at (sheet, i);

      if (net->has_symbols && net->rail == label->rail && g_str_equal (self->plan->sheets[s].nets[net->plan_net].label, label->text))
        return TRUE;
    }
  return FALSE;
}

/* The net behind the pin of that name on a box, if it is the same rail; else NULL. */
static NudgeSynthNet *
rail_above (const Builder *self, const Use *use, const NudgeSynthNet *label)
{
  const NudgeSynthSheet *above = &self->nets->sheets[use->sheet];

  for (guint p = 0; p < above->pins[use->box]->len; p++)
    {
      const NudgeSynthPin *pin = &g_array_index (above->pins[use->box], NudgeSynthPin, p);

      if (g_str_equal (pin->name, label->text) && net_at (above, pin->net)->rail == label->rail)
        return net_at (above, pin->net);
    }
  return NULL;
}

/* Whether the labels of a rail on a sheet meet a power symbol of it, here or above; sheets above are settled. The
 * recursion goes up the tree of sheets, and asks each net of it once. */
static gboolean
is_joined (const Builder *self, guint s, const NudgeSynthNet *label)
{
  if (has_symbol_of (self, s, label))
    return TRUE;
  for (guint u = 0; u < self->uses[s]->len; u++)
    {
      const Use *use = &g_array_index (self->uses[s], Use, u);
      NudgeSynthNet *above = use->sheet < s ? rail_above (self, use, label) : NULL;

      if (above == NULL)
        return FALSE;
      if (above->joined == 0)
        above->joined = is_joined (self, use->sheet, above) ? 1 : 2;
      if (above->joined == 2)
        return FALSE;
    }
  return self->uses[s]->len > 0;
}

/* Labels at the pins of parts become symbols where no chain leads to one; labels at sheet pins may stay. */
static void
mend_rails (Builder *self, guint s)
{
  NudgeSynthSheet *sheet = &self->nets->sheets[s];
  const NudgeBlock *block = block_of (self, s);

  for (guint i = 0; i < block->n_mentions; i++)
    {
      NudgeSynthNet *net = net_at (sheet, i);

      if (net->rail == NUDGE_NONE || net->has_symbols || !net->has_label || is_joined (self, s, net))
        continue;
      net->has_symbols = TRUE;
      nudge_synth_deviation (self->diagnostics, self->plan, s, net->text, "rail %s has power symbols here, since its labels would not reach one", net->text);
    }
}

/* Without power symbols: where the labels of a rail on a sheet lead to at the top, as a number. */
static guint64
top_of (const Builder *self, guint s, guint index)
{
  while (self->uses[s]->len > 0)
    {
      NudgeSynthNet *net = net_at (&self->nets->sheets[s], index), *above = NULL;

      for (guint u = 0; u < self->uses[s]->len; u++)
        if ((above = rail_above (self, &g_array_index (self->uses[s], Use, u), net)) == NULL)
          return (guint64) s << 32 | index;
      s = g_array_index (self->uses[s], Use, self->uses[s]->len - 1).sheet;
      index = above - net_at (&self->nets->sheets[s], 0);
    }
  return (guint64) s << 32 | index;
}

/* (transfer full): by net, whether its labels do not all lead to one label at the top. */
static gboolean *
find_scattered_rails (const Builder *self)
{
  g_autofree guint64 *tops = g_new0 (guint64, self->circuit->n_nets + 1);
  gboolean *scattered = g_new0 (gboolean, self->circuit->n_nets + 1);

  for (guint s = 0; s < self->plan->n_sheets; s++)
    for (guint i = 0; i < self->nets->sheets[s].nets->len; i++)
      {
        const NudgeSynthNet *net = net_at (&self->nets->sheets[s], i);
        guint64 top;

        if (net->rail == NUDGE_NONE || !net->has_label)
          continue;
        top = top_of (self, s, i) + 1;
        scattered[net->rail] |= tops[net->rail] != 0 && tops[net->rail] != top;
        tops[net->rail] = top;
      }
  return scattered;
}

/* They become power symbols, and no box has a pin for them. */
static void
mend_scattered_rail (Builder *self, guint s, NudgeSynthNet *net)
{
  NudgeSynthSheet *sheet = &self->nets->sheets[s];

  for (guint box = 0; box < self->plan->sheets[s].n_boxes; box++)
    for (guint p = sheet->pins[box]->len; p-- > 0;)
      if (net_at (sheet, g_array_index (sheet->pins[box], NudgeSynthPin, p).net) == net)
        g_array_remove_index (sheet->pins[box], p);
  net->has_symbols = net->plan_net != NUDGE_NONE;
  nudge_synth_deviation (self->diagnostics, self->plan, s, net->text, "rail %s has power symbols, since its labels do not all meet", net->text);
}

static void
mend_labelled_rails (Builder *self)
{
  g_autofree gboolean *scattered = find_scattered_rails (self);

  for (guint s = 0; s < self->plan->n_sheets; s++)
    for (guint i = 0; i < self->nets->sheets[s].nets->len; i++)
      {
        NudgeSynthNet *net = net_at (&self->nets->sheets[s], i);

        if (net->rail != NUDGE_NONE && net->has_label && scattered[net->rail])
          mend_scattered_rail (self, s, net);
      }
}

NudgeSynthNets *
nudge_synth_nets_new (const NudgePlan *plan, GPtrArray *diagnostics)
{
  NudgeSynthNets *nets = g_new0 (NudgeSynthNets, 1);
  Builder self = { .nets = nets, .plan = plan, .circuit = plan->layout->circuit, .diagnostics = diagnostics,
                   .form = nudge_synth_form (plan->layout->dialect) };

  nets->plan = plan;
  nets->sheets = g_new0 (NudgeSynthSheet, plan->n_sheets);
  nets->strings = g_string_chunk_new (1024);
  self.uses = g_new0 (GArray *, plan->n_sheets);
  self.names = g_new0 (GHashTable *, plan->n_sheets);
  for (guint s = 0; s < plan->n_sheets; s++)
    {
      nets->sheets[s].nets = g_array_new (FALSE, FALSE, sizeof (NudgeSynthNet));
      nets->sheets[s].by_text = g_hash_table_new (g_str_hash, g_str_equal);
      nets->sheets[s].by_plan_net = g_hash_table_new (NULL, NULL);
      self.uses[s] = g_array_new (FALSE, FALSE, sizeof (Use));
      self.names[s] = g_hash_table_new (g_str_hash, g_str_equal);
      add_sheet_nets (&self, s);
    }
  /* From below, so that a sheet's own labels are known when it becomes a box. */
  for (guint s = plan->n_sheets; s-- > 0;)
    add_pins (&self, s);
  for (guint s = 0; s < plan->n_sheets && self.form->has_rails; s++)
    mend_rails (&self, s);
  if (!self.form->has_rails)
    mend_labelled_rails (&self);
  for (guint s = 0; s < plan->n_sheets; s++)
    {
      g_array_unref (self.uses[s]);
      g_hash_table_unref (self.names[s]);
    }
  g_free (self.uses);
  g_free (self.names);
  return nets;
}

void
nudge_synth_nets_free (NudgeSynthNets *self)
{
  for (guint s = 0; s < self->plan->n_sheets; s++)
    {
      NudgeSynthSheet *sheet = &self->sheets[s];

      for (guint i = 0; i < self->plan->sheets[s].n_boxes; i++)
        g_array_unref (sheet->pins[i]);
      g_free (sheet->pins);
      g_array_unref (sheet->nets);
      g_hash_table_unref (sheet->by_text);
      g_hash_table_unref (sheet->by_plan_net);
    }
  g_free (self->sheets);
  g_string_chunk_free (self->strings);
  g_free (self);
}
