#include "project/compare.h"

#include "drawing/plan-nets.h"
#include "layout/follow-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LISTED 8 /* pins or nets that one line names */

G_DEFINE_BOXED_TYPE (NudgeComparison, nudge_comparison, nudge_comparison_ref, nudge_comparison_unref)

NudgeComparison *
nudge_comparison_ref (NudgeComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_comparison_unref (NudgeComparison *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_string_chunk_free (self->strings);
  g_free (self->changes);
  g_free (self->old_changed);
  g_free (self->new_changed);
  g_free (self);
}

typedef struct
{
  const NudgeCircuit *old, *now;
  const NudgeLayout *old_layout, *new_layout; /* both or neither */
  guint *new_of_old;           /* parts */
  guint *old_of_new;
  guint *new_net_of_old;       /* nets */
  guint *old_net_of_new;
  GArray *changes;
  NudgeComparison *result;
} Comparer;

static void G_GNUC_PRINTF (6, 7)
add (Comparer *self, NudgeChangeKind kind, guint old_part, guint new_part, const guint nets[2], const char *format, ...)
{
  g_autofree char *text = NULL;
  NudgeChange change = { kind, NULL, old_part, new_part, nets != NULL ? nets[0] : NUDGE_NONE, nets != NULL ? nets[1] : NUDGE_NONE };
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  change.text = g_string_chunk_insert (self->result->strings, text);
  g_array_append_val (self->changes, change);
  if (old_part != NUDGE_NONE)
    self->result->old_changed[old_part] = TRUE;
  if (new_part != NUDGE_NONE)
    self->result->new_changed[new_part] = TRUE;
}

/* --- which is which --- */

static guint *
fill_none (guint n)
{
  guint *list = g_new (guint, n + 1);

  memset (list, 0xff, (n + 1) * sizeof *list);
  return list;
}

static void
match_parts (Comparer *self)
{
  g_autoptr (NudgeLayoutFile) known = nudge_layout_file_list_parts (self->old);
  g_autoptr (NudgeMatch) match = nudge_match_new (known, self->now);
  g_autoptr (GHashTable) olds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->old->n_parts; i++)
    g_hash_table_insert (olds, nudge_circuit_part_path (self->old, i), GUINT_TO_POINTER (i));
  for (guint i = 0; i < match->n_olds; i++)
    if (match->olds[i].part != NUDGE_NONE)
      {
        guint old = GPOINTER_TO_UINT (g_hash_table_lookup (olds, match->olds[i].path));

        self->new_of_old[old] = match->olds[i].part;
        self->old_of_new[match->olds[i].part] = old;
      }
}

/* (transfer full): a net's name, as a drawing can say it where drawings are compared: a rail is called by its symbol there. */
static char *
net_name (const Comparer *self, const NudgeNet *net)
{
  if (self->old_layout == NULL)
    return g_strdup (net->name);
  return net->power_symbol != NULL ? g_strdup (net->power_symbol) : nudge_label_text (net->name);
}

static char *
net_key (const Comparer *self, const NudgeCircuit *circuit, guint net)
{
  g_autofree char *name = net_name (self, &circuit->nets[net]);

  return g_strconcat (circuit->blocks[circuit->nets[net].block].path, "\n", name, NULL);
}

static gboolean
is_renamed (const Comparer *self, const NudgeNet *was, const NudgeNet *is)
{
  g_autofree char *old_name = net_name (self, was), *new_name = net_name (self, is);

  /* Names that nobody gave come and go with the numbering, and a drawing of wires has none. */
  return !was->auto_named && !is->auto_named && !g_str_equal (was->name, is->name) && !g_str_equal (old_name, new_name);
}

static void
join_nets (Comparer *self, guint old, guint now)
{
  self->new_net_of_old[old] = now;
  self->old_net_of_new[now] = old;
}

/* The net of the new circuit that has most of the pins of an old one, among those that are open; it needs half of them. */
static guint
find_renamed (const Comparer *self, guint old, guint *counts)
{
  const NudgeNet *net = &self->old->nets[old];
  guint best = NUDGE_NONE;

  for (guint i = net->first_node; i < net->first_node + net->n_nodes; i++)
    {
      guint part = self->new_of_old[self->old->nodes[i].part];
      guint now = part != NUDGE_NONE ? nudge_circuit_net_of (self->now, part, self->old->nodes[i].pin) : NUDGE_NONE;

      if (now == NUDGE_NONE || self->old_net_of_new[now] != NUDGE_NONE)
        continue;
      counts[now]++;
      if (best == NUDGE_NONE || counts[now] > counts[best] || (counts[now] == counts[best] && now < best))
        best = now;
    }
  if (best != NUDGE_NONE && (2 * counts[best] < net->n_nodes || 2 * counts[best] < self->now->nets[best].n_nodes))
    best = NUDGE_NONE;
  for (guint i = net->first_node; i < net->first_node + net->n_nodes; i++)
    {
      guint part = self->new_of_old[self->old->nodes[i].part];
      guint now = part != NUDGE_NONE ? nudge_circuit_net_of (self->now, part, self->old->nodes[i].pin) : NUDGE_NONE;

      if (now != NUDGE_NONE)
        counts[now] = 0;
    }
  return best;
}

/* Joins those of one name in one circuit; names that nobody gave only when @automatic. */
static void
match_named_nets (Comparer *self, gboolean automatic)
{
  g_autoptr (GHashTable) olds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->old->n_nets; i++)
    if (self->new_net_of_old[i] == NUDGE_NONE && self->old->nets[i].auto_named == automatic)
      g_hash_table_insert (olds, net_key (self, self->old, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < self->now->n_nets; i++)
    {
      g_autofree char *key = self->old_net_of_new[i] == NUDGE_NONE ? net_key (self, self->now, i) : g_strdup ("");
      guint old = GPOINTER_TO_UINT (g_hash_table_lookup (olds, key));

      if (old > 0)
        join_nets (self, old - 1, i);
    }
}

/* By the names that were given, then by pins, and what is left by any name. */
static void
match_nets (Comparer *self)
{
  g_autofree guint *counts = g_new0 (guint, self->now->n_nets + 1);

  match_named_nets (self, FALSE);
  for (guint i = 0; i < self->old->n_nets; i++)
    if (self->new_net_of_old[i] == NUDGE_NONE)
      {
        guint now = find_renamed (self, i, counts);

        if (now != NUDGE_NONE)
          join_nets (self, i, now);
      }
  match_named_nets (self, TRUE);
}

/* --- parts --- */

static void
append_more (GString *text, guint n)
{
  /* Translators: at the end of a list. */
  if (n > MAX_LISTED)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n - MAX_LISTED), n - MAX_LISTED);
}

static void
append_pins (GString *text, const NudgeCircuit *circuit, guint part)
{
  const NudgePart *p = &circuit->parts[part];

  for (guint i = 0; i < MIN (p->n_nodes, MAX_LISTED); i++)
    {
      const NudgeNode *node = &circuit->part_nodes[p->first_node + i];

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : ": ", node->pin, circuit->nets[node->net].name);
    }
  append_more (text, p->n_nodes);
}

static void
say_part (Comparer *self, const NudgeCircuit *circuit, guint part, gboolean is_new)
{
  const NudgePart *p = &circuit->parts[part];
  g_autofree char *name = g_strconcat (p->reference, *p->value != '\0' ? " " : "", p->value, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: a part, its reference and value. */
  g_string_printf (text, is_new ? _("%s is new") : _("%s is gone"), name);
  if (is_new)
    append_pins (text, circuit, part);
  add (self, is_new ? NUDGE_CHANGE_PART_ADDED : NUDGE_CHANGE_PART_REMOVED, is_new ? NUDGE_NONE : part, is_new ? part : NUDGE_NONE, NULL, "%s", text->str);
}

static const char *
or_none (const char *text)
{
  /* Translators: stands for a text that is empty. */
  return *text != '\0' ? text : _("none");
}

/* @what is a name and a blank, or empty. */
static void
compare_text (Comparer *self, guint old, guint now, const char *what, const char *was, const char *is)
{
  if (!g_str_equal (was, is))
    add (self, NUDGE_CHANGE_PART_FIELD, old, now, NULL, "%s %s%s → %s", self->now->parts[now].reference,
         *what != '\0' ? _(what) : "", or_none (was), or_none (is));
}

static void
compare_flag (Comparer *self, guint old, guint now, gboolean was, gboolean is, const char *set, const char *cleared)
{
  if (!was != !is)
    add (self, NUDGE_CHANGE_PART_FIELD, old, now, NULL, _("%s is %s now"), self->now->parts[now].reference, _(is ? set : cleared));
}

static const char *
find_field (const NudgeCircuit *circuit, const NudgePart *part, const char *name)
{
  for (guint i = part->first_field; i < part->first_field + part->n_fields; i++)
    if (g_str_equal (circuit->fields[i].name, name))
      return circuit->fields[i].value;
  return NULL;
}

static void
compare_fields (Comparer *self, guint old, guint now)
{
  const NudgePart *a = &self->old->parts[old], *b = &self->now->parts[now];

  for (guint i = b->first_field; i < b->first_field + b->n_fields; i++)
    {
      const NudgeField *field = &self->now->fields[i];
      const char *was = find_field (self->old, a, field->name);
      g_autofree char *what = g_strconcat (field->name, " ", NULL);

      compare_text (self, old, now, what, was != NULL ? was : "", field->value);
    }
  for (guint i = a->first_field; i < a->first_field + a->n_fields; i++)
    {
      const NudgeField *field = &self->old->fields[i];
      g_autofree char *what = g_strconcat (field->name, " ", NULL);

      if (find_field (self->now, b, field->name) == NULL)
        compare_text (self, old, now, what, field->value, "");
    }
}

/* What a drawing shows where the circuit says nothing. */
static const char *
shown (const NudgeLayout *layout, guint part, const char *text, const char *field)
{
  const NudgeSymbol *symbol = layout != NULL && *text == '\0' ? layout->units[layout->part_units[part]].symbol : NULL;

  if (symbol == NULL)
    return text;
  return g_str_equal (field, "Value") ? symbol->name : nudge_symbol_field (symbol, field);
}

static const char *
shown_symbol (const NudgeLayout *layout, guint part, const char *text)
{
  return layout != NULL ? layout->units[layout->part_units[part]].symbol->id : text;
}

static void
compare_shown (Comparer *self, guint old, guint now, const char *what, const char *field, const char *was, const char *is)
{
  compare_text (self, old, now, what, shown (self->old_layout, old, was, field), shown (self->new_layout, now, is, field));
}

static void
compare_parts (Comparer *self, guint old, guint now)
{
  const NudgePart *a = &self->old->parts[old], *b = &self->now->parts[now];
  g_autofree char *old_path = nudge_circuit_part_path (self->old, old), *new_path = nudge_circuit_part_path (self->now, now);

  if (!g_str_equal (a->reference, b->reference))
    add (self, NUDGE_CHANGE_PART_RENAMED, old, now, NULL, C_("renamed", "%s is %s now"), a->reference, b->reference);
  else if (!g_str_equal (old_path, new_path))
    add (self, NUDGE_CHANGE_PART_RENAMED, old, now, NULL, C_("renamed", "%s is %s now"), old_path, new_path);
  compare_shown (self, old, now, "", "Value", a->value, b->value);
  /* Translators: here and in the next lines, before “old → new”; the blank at the end belongs to it. */
  compare_text (self, old, now, N_("symbol "), shown_symbol (self->old_layout, old, a->symbol), shown_symbol (self->new_layout, now, b->symbol));
  compare_shown (self, old, now, N_("footprint "), "Footprint", a->footprint, b->footprint);
  compare_shown (self, old, now, N_("datasheet "), "Datasheet", a->datasheet, b->datasheet);
  compare_shown (self, old, now, N_("description "), "Description", a->description, b->description);
  /* Translators: here and in the next lines, for “%s is %s now”. */
  compare_flag (self, old, now, a->dnp, b->dnp, N_("not fitted"), N_("fitted"));
  compare_flag (self, old, now, a->in_bom, b->in_bom, N_("in the bill of materials"), N_("not in the bill of materials"));
  compare_flag (self, old, now, a->on_board, b->on_board, N_("on the board"), N_("not on the board"));
  compare_fields (self, old, now);
}

/* --- pins --- */

static void
compare_pin (Comparer *self, guint old, guint now, const char *pin)
{
  const guint nets[2] = { nudge_circuit_net_of (self->old, old, pin), nudge_circuit_net_of (self->now, now, pin) };
  const char *reference = self->now->parts[now].reference;
  const char *was = nets[0] != NUDGE_NONE ? self->old->nets[nets[0]].name : NULL, *is = nets[1] != NUDGE_NONE ? self->now->nets[nets[1]].name : NULL;

  if (was != NULL && is != NULL && self->new_net_of_old[nets[0]] != nets[1])
    /* Translators: a reference and a pin, then two nets. */
    add (self, NUDGE_CHANGE_PIN, old, now, nets, _("%s.%s goes from %s to %s"), reference, pin, was, is);
  else if (was == NULL && self->old_net_of_new[nets[1]] != NUDGE_NONE)
    add (self, NUDGE_CHANGE_PIN, old, now, nets, _("net %s now reaches %s.%s"), is, reference, pin);
  else if (is == NULL && self->new_net_of_old[nets[0]] != NUDGE_NONE)
    add (self, NUDGE_CHANGE_PIN, old, now, nets, _("net %s no longer reaches %s.%s"), was, reference, pin);
}

static void
compare_pins (Comparer *self, guint old, guint now)
{
  const NudgePart *a = &self->old->parts[old], *b = &self->now->parts[now];

  for (guint i = b->first_node; i < b->first_node + b->n_nodes; i++)
    compare_pin (self, old, now, self->now->part_nodes[i].pin);
  for (guint i = a->first_node; i < a->first_node + a->n_nodes; i++)
    if (nudge_circuit_net_of (self->now, now, self->old->part_nodes[i].pin) == NUDGE_NONE)
      compare_pin (self, old, now, self->old->part_nodes[i].pin);
}

/* --- nets --- */

static void
say_new_net (Comparer *self, guint net)
{
  const NudgeNet *n = &self->now->nets[net];
  const guint nets[2] = { NUDGE_NONE, net };
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("net %s is new"), n->name);
  for (guint i = 0; i < MIN (n->n_nodes, MAX_LISTED); i++)
    {
      const NudgeNode *node = &self->now->nodes[n->first_node + i];

      g_string_append_printf (text, "%s%s.%s", i > 0 ? ", " : ": ", self->now->parts[node->part].reference, node->pin);
    }
  append_more (text, n->n_nodes);
  add (self, NUDGE_CHANGE_NET_ADDED, NUDGE_NONE, NUDGE_NONE, nets, "%s", text->str);
}

static void
compare_nets (Comparer *self)
{
  for (guint i = 0; i < self->now->n_nets; i++)
    {
      const NudgeNet *is = &self->now->nets[i];
      const guint nets[2] = { self->old_net_of_new[i], i };
      const NudgeNet *was = nets[0] != NUDGE_NONE ? &self->old->nets[nets[0]] : NULL;

      if (was == NULL && is->n_nodes > 0)
        say_new_net (self, i);
      else if (was != NULL && is_renamed (self, was, is))
        add (self, NUDGE_CHANGE_NET_RENAMED, NUDGE_NONE, NUDGE_NONE, nets, C_("renamed", "net %s is %s now"), was->name, is->name);
    }
  for (guint i = 0; i < self->old->n_nets; i++)
    {
      const guint nets[2] = { i, NUDGE_NONE };

      if (self->new_net_of_old[i] == NUDGE_NONE && self->old->nets[i].n_nodes > 0)
        add (self, NUDGE_CHANGE_NET_REMOVED, NUDGE_NONE, NUDGE_NONE, nets, _("net %s is gone"), self->old->nets[i].name);
    }
}

/* --- the whole --- */

static void
compare_places (Comparer *self, const NudgeLayout *a, const NudgeLayout *b)
{
  for (guint now = 0; now < self->now->n_parts; now++)
    {
      guint old = self->old_of_new[now], n;

      if (old == NUDGE_NONE)
        continue;
      n = MIN (a->part_units[old + 1] - a->part_units[old], b->part_units[now + 1] - b->part_units[now]);
      for (guint i = 0; i < n; i++)
        {
          const NudgePlacement *was = &a->placements[a->part_units[old] + i], *is = &b->placements[b->part_units[now] + i];
          gboolean moved = !nudge_point_equal (was->pose.at, is->pose.at);

          if (was->placed && is->placed && (moved || was->pose.turn != is->pose.turn || was->pose.mirror != is->pose.mirror))
            add (self, NUDGE_CHANGE_PLACE, old, now, NULL, moved ? _("%s has moved") : _("%s has been turned"), self->now->parts[now].reference);
        }
    }
}

static NudgeComparison *
compare (const NudgeCircuit *old, const NudgeCircuit *now, const NudgeLayout *old_layout, const NudgeLayout *new_layout)
{
  g_autofree guint *new_of_old = fill_none (old->n_parts), *old_of_new = fill_none (now->n_parts);
  g_autofree guint *new_net_of_old = fill_none (old->n_nets), *old_net_of_new = fill_none (now->n_nets);
  NudgeComparison *result = g_new0 (NudgeComparison, 1);
  Comparer self = { old, now, old_layout, new_layout, new_of_old, old_of_new, new_net_of_old, old_net_of_new,
                    g_array_new (FALSE, FALSE, sizeof (NudgeChange)), result };

  g_atomic_ref_count_init (&result->refs);
  result->strings = g_string_chunk_new (1024);
  result->n_old_parts = old->n_parts;
  result->n_new_parts = now->n_parts;
  result->old_changed = g_new0 (gboolean, old->n_parts + 1);
  result->new_changed = g_new0 (gboolean, now->n_parts + 1);
  match_parts (&self);
  match_nets (&self);
  for (guint i = 0; i < now->n_parts; i++)
    if (old_of_new[i] == NUDGE_NONE)
      say_part (&self, now, i, TRUE);
    else
      {
        compare_parts (&self, old_of_new[i], i);
        compare_pins (&self, old_of_new[i], i);
      }
  for (guint i = 0; i < old->n_parts; i++)
    if (new_of_old[i] == NUDGE_NONE)
      say_part (&self, old, i, FALSE);
  compare_nets (&self);
  if (old_layout != NULL)
    compare_places (&self, old_layout, new_layout);
  result->n_changes = self.changes->len;
  result->changes = (NudgeChange *) g_array_free (self.changes, FALSE);
  return result;
}

/**
 * nudge_compare_circuits:
 * @old: a circuit
 * @now: another one, or the same one later
 *
 * Finds what has changed. Parts are known again as in a layout file, nets by name, else by their pins.
 *
 * Returns: (transfer full): the changes
 */
NudgeComparison *
nudge_compare_circuits (const NudgeCircuit *old, const NudgeCircuit *now)
{
  g_return_val_if_fail (old != NULL && now != NULL, NULL);
  return compare (old, now, NULL, NULL);
}

/**
 * nudge_compare_layouts:
 * @old: a layout, such as that of the last export
 * @now: another one, of the same circuit or of a later one
 *
 * Finds what has changed in the circuit, and what stands elsewhere.
 *
 * Returns: (transfer full): the changes
 */
NudgeComparison *
nudge_compare_layouts (const NudgeLayout *old, const NudgeLayout *now)
{
  g_return_val_if_fail (old != NULL && now != NULL, NULL);
  return compare (old->circuit, now->circuit, old, now);
}
