/* Which nets of the circuits are one net of the design: the rule of scope at the head of reader-net.c. */
#include "circuit/reader.h"

#include <string.h>

/* An undeclared net is reported with the names of so many circuits. */
#define N_NAMED 8

/* Names are told apart as strings; a declaration is found by its circuit and name. */
typedef struct
{
  NudgeReader *reader;
  GHashTable *declared;   /* NudgeLocalNet (block, name) -> itself: the first declaration */
  GHashTable *by_name;    /* name -> GArray of guint: declarations in the order of the tree */
  GHashTable *power;      /* power symbol or name -> net + 1 */
  GHashTable *undeclared; /* name -> net + 1 */
} Scope;

static NudgeLocalNet *
local_net (NudgeReader *self, guint i)
{
  return &NUDGE_AT (self->local_nets, NudgeLocalNet, i);
}

static guint
hash_declaration (gconstpointer key)
{
  const NudgeLocalNet *net = key;

  return g_str_hash (net->name) * 31 + net->block;
}

static gboolean
declarations_equal (gconstpointer a, gconstpointer b)
{
  const NudgeLocalNet *x = a, *y = b;

  return x->block == y->block && strcmp (x->name, y->name) == 0;
}

void
nudge_reader_net_names (NudgeReader *self)
{
  g_autoptr (NudgeReferences) names = nudge_references_new ();

  for (guint i = 0; i < self->local_nets->len; i++)
    if (local_net (self, i)->name != NULL)
      nudge_references_take (names, local_net (self, i)->name);
  for (guint i = 0; i < self->local_nets->len; i++)
    {
      NudgeLocalNet *net = local_net (self, i);
      g_autofree char *name = NULL;

      if (net->name != NULL)
        continue;
      name = nudge_references_next_net (names, NULL);
      if (name == NULL)
        {
          nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, net->value, NULL, "no name is left for a net without name");
          name = g_strdup ("N$");
        }
      net->name = nudge_reader_keep (self, name, strlen (name));
      /* Nothing else can mean it. */
      net->declared = TRUE;
      nudge_reader_find (self, NUDGE_CODE_NET_NAMED, net->value, net->name, "a net without name is called %s", net->name);
    }
}

static void
index_declarations (Scope *self)
{
  NudgeReader *reader = self->reader;

  for (guint i = 0; i < reader->local_nets->len; i++)
    {
      NudgeLocalNet *net = local_net (reader, i);
      GArray *list;

      if (!net->declared || g_hash_table_contains (self->declared, net))
        continue;
      g_hash_table_add (self->declared, net);
      list = g_hash_table_lookup (self->by_name, net->name);
      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->by_name, (char *) net->name, list);
        }
      g_array_append_val (list, i);
    }
}

/* Steps between two circuits in the tree. */
static guint
distance (NudgeReader *self, guint a, guint b)
{
  const NudgeBlock *blocks = &NUDGE_AT (self->blocks, NudgeBlock, 0);
  guint steps = 0;

  while (a != b)
    {
      if (blocks[a].depth >= blocks[b].depth)
        a = blocks[a].parent;
      else
        b = blocks[b].parent;
      steps++;
    }
  return steps;
}

static guint
nearest_declaration (NudgeReader *self, const NudgeLocalNet *net, const GArray *candidates)
{
  guint nearest = NUDGE_NONE, least = G_MAXUINT, n_least = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      guint candidate = NUDGE_AT (candidates, guint, i);
      guint steps = distance (self, net->block, local_net (self, candidate)->block);

      n_least = steps < least ? 1 : n_least + (steps == least);
      if (steps < least)
        {
          nearest = candidate;
          least = steps;
        }
    }
  if (n_least > 1)
    nudge_reader_find (self, NUDGE_CODE_AMBIGUOUS_NET, net->value, net->name,
                       "net “%s” may be that of %u circuits that are equally near; it is that of “%s”",
                       net->name, n_least,
                       NUDGE_AT (self->blocks, NudgeBlock, local_net (self, nearest)->block).name);
  return nearest;
}

static guint
find_owner (Scope *self, const NudgeLocalNet *net)
{
  NudgeReader *reader = self->reader;
  const NudgeBlock *blocks = (const NudgeBlock *) reader->blocks->data;
  const GArray *candidates;

  for (guint block = net->block; block != NUDGE_NONE; block = blocks[block].parent)
    {
      NudgeLocalNet wanted = { .name = net->name, .block = block };
      const NudgeLocalNet *owner = g_hash_table_lookup (self->declared, &wanted);

      if (owner != NULL)
        return owner - local_net (reader, 0);
    }
  candidates = g_hash_table_lookup (self->by_name, net->name);
  return candidates == NULL ? NUDGE_NONE : nearest_declaration (reader, net, candidates);
}

gboolean
nudge_reader_is_automatic_name (const char *name)
{
  if (g_str_has_prefix (name, "Net-(") || g_str_has_prefix (name, "unconnected-("))
    return TRUE;
  return g_str_has_prefix (name, "N$") && name[2] != '\0' && strspn (name + 2, "0123456789") == strlen (name + 2);
}

static void
add_field (NudgeReader *self, const char *name, guint value)
{
  NudgeField field = { name, nudge_reader_text (self, value) };

  g_array_append_val (self->fields, field);
}

/* What the program said about the net: its measures and its own properties. */
static void
read_net_fields (NudgeReader *self, NudgeNet *net, guint value)
{
  static const char *const measures[] = { "trace_current", "impedance" };
  NudgeJson *json = self->json;
  guint properties = nudge_json_member (json, value, "properties");
  guint end;

  net->first_field = self->fields->len;
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    {
      guint measure = nudge_json_member (json, value, measures[i]);

      if (!nudge_reader_is_absent (self, measure))
        add_field (self, measures[i], measure);
    }
  if (nudge_reader_expect (self, properties, NUDGE_JSON_OBJECT, "the properties of a net must be an object"))
    {
      end = nudge_json_next (json, properties);
      for (guint key = properties + 1; key < end; key = nudge_json_next (json, key + 1))
        {
          const char *name = nudge_reader_name (self, key, "the name of a property");

          if (name != NULL && name[0] != '\0')
            add_field (self, name, key + 1);
        }
    }
  net->n_fields = self->fields->len - net->first_field;
}

/* The net of the design that the local net `i` is part of. */
static guint
design_net (Scope *self, guint i)
{
  NudgeReader *reader = self->reader;
  NudgeLocalNet *local = local_net (reader, i);
  guint owner_index = local->owner != NUDGE_NONE ? local->owner : i;
  NudgeLocalNet *owner = local_net (reader, owner_index);
  GHashTable *table = local->owner == NUDGE_NONE ? self->undeclared : owner->is_power ? self->power : NULL;
  const char *key = owner->is_power && owner->power_symbol != NULL ? owner->power_symbol : owner->name;
  guint known = table != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) : owner->net + 1;
  NudgeNet net = { .name = owner->name, .is_power = owner->is_power };

  if (known != 0)
    return known - 1;
  net.power_symbol = owner->is_power ? owner->power_symbol : NULL;
  net.block = table != NULL ? 0 : owner->block;
  net.auto_named = nudge_reader_is_automatic_name (net.name);
  nudge_json_place (reader->json, owner->value, &net.line, &net.column);
  if (owner->declared)
    read_net_fields (reader, &net, owner->value);
  if (net.is_power && net.power_symbol == NULL)
    nudge_reader_find (reader, NUDGE_CODE_POWER_WITHOUT_SYMBOL, owner->value, net.name,
                       "power net “%s” names no power symbol", net.name);
  g_array_append_val (reader->nets, net);
  if (table != NULL)
    g_hash_table_insert (table, (char *) key, GUINT_TO_POINTER (reader->nets->len));
  return reader->nets->len - 1;
}

/* A name that nobody declares joins all circuits that use it: say which. */
static void
warn_undeclared (NudgeReader *self)
{
  g_autoptr (GHashTable) users = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->local_nets->len; i++)
    {
      const NudgeLocalNet *net = local_net (self, i);
      GArray *list = g_hash_table_lookup (users, GUINT_TO_POINTER (net->net));

      if (net->owner != NUDGE_NONE)
        continue;
      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (users, GUINT_TO_POINTER (net->net), list);
        }
      g_array_append_val (list, i);
    }
  for (guint i = 0; i < self->local_nets->len; i++)
    {
      const NudgeLocalNet *net = local_net (self, i);
      const GArray *list = g_hash_table_lookup (users, GUINT_TO_POINTER (net->net));
      g_autoptr (GString) names = NULL;

      if (net->owner != NUDGE_NONE || list->len < 2 || NUDGE_AT (list, guint, 0) != i)
        continue;
      names = g_string_new (NULL);
      for (guint k = 0; k < MIN (list->len, N_NAMED); k++)
        {
          guint block = local_net (self, NUDGE_AT (list, guint, k))->block;

          g_string_append_printf (names, "%s“%s”", k > 0 ? ", " : "", NUDGE_AT (self->blocks, NudgeBlock, block).name);
        }
      if (list->len > N_NAMED)
        g_string_append_printf (names, " and %u more", list->len - N_NAMED);
      nudge_reader_find (self, NUDGE_CODE_UNDECLARED_NET, net->value, net->name,
                         "no circuit declares net “%s”; it joins %s", net->name, names->str);
    }
}

void
nudge_reader_design_nets (NudgeReader *self)
{
  Scope scope = { .reader = self };

  scope.declared = g_hash_table_new (hash_declaration, declarations_equal);
  scope.by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  scope.power = g_hash_table_new (g_str_hash, g_str_equal);
  scope.undeclared = g_hash_table_new (g_str_hash, g_str_equal);
  index_declarations (&scope);
  for (guint i = 0; i < self->local_nets->len; i++)
    local_net (self, i)->owner = find_owner (&scope, local_net (self, i));
  for (guint i = 0; i < self->local_nets->len; i++)
    if (local_net (self, i)->owner == i)
      local_net (self, i)->net = design_net (&scope, i);
  for (guint i = 0; i < self->local_nets->len; i++)
    if (local_net (self, i)->owner != i)
      local_net (self, i)->net = design_net (&scope, i);
  warn_undeclared (self);
  g_hash_table_unref (scope.declared);
  g_hash_table_unref (scope.by_name);
  g_hash_table_unref (scope.power);
  g_hash_table_unref (scope.undeclared);
}
