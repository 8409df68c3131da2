/* What is connected: nets from what the marks join. The circuit is put into words as circuit JSON, so that everything that is
 * asked of a circuit is asked of this one too. */
#include "kicad/schematic-read.h"

#include "text/json-string.h"

#include <string.h>

/* --- nets --- */

/* What is joined. */
typedef struct
{
  const ReadName *name;        /* the best that it has, or NULL */
  guint name_block;
  guint owner;                 /* the circuit that holds all of it; NUDGE_NONE: nothing */
  guint n_pins;
  const char *called;          /* in the JSON; NULL: it is no net */
  gboolean is_power;
} Group;

/* What stands in the list of nets of a circuit. */
typedef struct
{
  guint block, group, order;
  guint part;                  /* NUDGE_NONE: only the net itself */
  const char *pin;
} Entry;

typedef struct
{
  Reading *reading;
  Group *groups;
  guint n_groups;
  GArray *entries;
  GHashTable *claimed;         /* "block\nname" */
  GHashTable *power_symbols;
  GArray *pin_names;           /* (element-type ReadName*) of hidden power pins */
} NetLister;

static const ReadBlock *
block_at (const Reading *self, guint i)
{
  return READ_AT (self->blocks, ReadBlock, i);
}

static guint
common_ancestor (const Reading *self, guint a, guint b)
{
  while (a != b)
    {
      if (block_at (self, a)->depth >= block_at (self, b)->depth)
        a = block_at (self, a)->parent;
      else
        b = block_at (self, b)->parent;
    }
  return a;
}

static void
reach (NetLister *self, guint group, guint block)
{
  Group *g = &self->groups[group];

  g->owner = g->owner == NUDGE_NONE ? block : common_ancestor (self->reading, g->owner, block);
}

/* Names that hold everywhere go before others; of those, the one nearest to the root. */
static gboolean
is_better (const NetLister *self, const ReadName *name, guint block, const Group *than)
{
  guint depth = block_at (self->reading, block)->depth, other_depth;

  if (than->name == NULL)
    return TRUE;
  other_depth = block_at (self->reading, than->name_block)->depth;
  if (MAX (name->kind, READ_NAME_LABEL) != MAX (than->name->kind, READ_NAME_LABEL))
    return name->kind > than->name->kind;
  if (name->kind <= READ_NAME_LABEL && depth != other_depth)
    return depth < other_depth;
  if (name->kind != than->name->kind)
    return name->kind > than->name->kind;
  return strcmp (name->name, than->name->name) < 0;
}

static void
offer_name (NetLister *self, guint group, const ReadName *name, guint block)
{
  Group *g = &self->groups[group];

  if (name->kind == READ_NAME_NONE || *name->name == '\0' || !is_better (self, name, block, g))
    return;
  g->name = name;
  g->name_block = block;
}

/* A hidden power input joins the rail of its name. */
static void
offer_pin_name (NetLister *self, const NudgeDrawnPin *pin, guint block)
{
  const NudgeSymbol *symbol = READ_AT (self->reading->parts, ReadPart, pin->part)->symbol;
  guint index = nudge_symbol_find_pin (symbol, pin->number);
  ReadName *name;

  if (index == NUDGE_NONE || !symbol->pins[index].hidden || !g_str_equal (symbol->pins[index].type, "power_in"))
    return;
  name = g_new0 (ReadName, 1);
  name->kind = READ_NAME_PIN;
  name->name = symbol->pins[index].name;
  g_array_append_val (self->pin_names, name);
  offer_name (self, pin->group, name, block);
}

static void
list_pins (NetLister *self, const NudgeConnectivity *connected)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < connected->n_pins; i++)
    {
      const NudgeDrawnPin *pin = &connected->pins[i];
      guint block = READ_AT (self->reading->parts, ReadPart, pin->part)->block;
      Entry entry = { block, pin->group, i, pin->part, pin->number };

      reach (self, pin->group, block);
      offer_pin_name (self, pin, block);
      /* Every unit of a part may draw the same pin. */
      if (!g_hash_table_add (seen, g_strdup_printf ("%u\n%s", pin->part, pin->number)))
        continue;
      self->groups[pin->group].n_pins++;
      g_array_append_val (self->entries, entry);
    }
}

static void
list_marks (NetLister *self, const NudgeConnectivity *connected)
{
  for (guint i = 0; i < connected->n_marks; i++)
    {
      const NudgeDrawnMark *mark = &connected->marks[i];

      reach (self, mark->group, mark->block);
      offer_name (self, mark->group, READ_AT (self->reading->names, ReadName, mark->net), mark->block);
    }
}

/* What KiCad writes for characters that mean something to it. */
static char *
unescape (const char *name)
{
  static const char *const pairs[][2] = {
    { "{slash}", "/" }, { "{backslash}", "\\" }, { "{space}", " " }, { "{lt}", "<" }, { "{gt}", ">" }, { "{colon}", ":" },
    { "{dblquote}", "\"" }, { "{quote}", "'" }, { "{bar}", "|" }, { "{amp}", "&" }, { "{tab}", "\t" }, { "{return}", "\n" }, { "{brace}", "{" },
  };
  GString *text = g_string_new (name);

  for (guint i = 0; strchr (text->str, '{') != NULL && i < G_N_ELEMENTS (pairs); i++)
    g_string_replace (text, pairs[i][0], pairs[i][1], 0);
  return g_string_free (text, FALSE);
}

static gboolean
is_claimed (const NetLister *self, guint block, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%u\n%s", block, name);

  return g_hash_table_contains (self->claimed, key);
}

/* Whether @name would mean another net in one of the circuits that have pins of the group (@first to @end in the entries),
 * or between them and the owner. */
static gboolean
is_ambiguous (const NetLister *self, const Group *group, const char *name, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    for (guint block = READ_AT (self->entries, Entry, i)->block;; block = block_at (self->reading, block)->parent)
      {
        if (is_claimed (self, block, name))
          return TRUE;
        if (block == group->owner)
          break;
      }
  return is_claimed (self, group->owner, name);
}

static void
name_group (NetLister *self, guint first, guint end)
{
  const Entry *entry = READ_AT (self->entries, Entry, first);
  Group *group = &self->groups[entry->group];
  g_autofree char *base = NULL, *name = NULL;

  if (group->name == NULL && group->n_pins < 2)
    return;
  base = group->name != NULL ? unescape (group->name->name)
                             : g_strdup_printf ("Net-(%s-Pad%s)", READ_AT (self->reading->parts, ReadPart, entry->part)->reference, entry->pin);
  name = g_strdup (base);
  for (guint n = 2; is_ambiguous (self, group, name, first, end); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", base, n);
    }
  g_hash_table_add (self->claimed, g_strdup_printf ("%u\n%s", group->owner, name));
  group->called = g_string_chunk_insert (self->reading->strings, name);
  group->is_power = group->name != NULL && group->name->kind == READ_NAME_POWER
                    && g_hash_table_add (self->power_symbols, (gpointer) group->name->power_symbol);
}

static gint
compare_for_names (gconstpointer a, gconstpointer b, gpointer data)
{
  const NetLister *self = data;
  const Entry *x = a, *y = b;
  guint dx = block_at (self->reading, self->groups[x->group].owner)->depth, dy = block_at (self->reading, self->groups[y->group].owner)->depth;

  if (dx != dy)
    return dx > dy ? -1 : 1;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Nets whose circuit is deepest choose first: none further up can then be mistaken for them. */
static void
name_groups (NetLister *self)
{
  guint n = self->entries->len;

  g_array_sort_with_data (self->entries, compare_for_names, self);
  for (guint first = 0, end; first < n; first = end)
    {
      guint group = READ_AT (self->entries, Entry, first)->group;
      Entry declaration = { self->groups[group].owner, group, 0, NUDGE_NONE, NULL };

      for (end = first; end < n && READ_AT (self->entries, Entry, end)->group == group;)
        end++;
      name_group (self, first, end);
      g_array_append_val (self->entries, declaration);
    }
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->block != y->block)
    return x->block < y->block ? -1 : 1;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  if (x->part != y->part)
    return x->part == NUDGE_NONE || (y->part != NUDGE_NONE && x->part < y->part) ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static void
list_nets (NetLister *self, const NudgeConnectivity *connected)
{
  self->n_groups = connected->n_groups;
  self->groups = g_new0 (Group, connected->n_groups + 1);
  for (guint i = 0; i < connected->n_groups; i++)
    self->groups[i].owner = NUDGE_NONE;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->pin_names = g_array_new (FALSE, FALSE, sizeof (ReadName *));
  self->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->power_symbols = g_hash_table_new (g_str_hash, g_str_equal);
  list_marks (self, connected);
  list_pins (self, connected);
  name_groups (self);
  g_array_sort (self->entries, compare_entries);
}

static void
clear_nets (NetLister *self)
{
  for (guint i = 0; i < self->pin_names->len; i++)
    g_free (g_array_index (self->pin_names, ReadName *, i));
  g_array_unref (self->pin_names);
  g_array_unref (self->entries);
  g_hash_table_unref (self->claimed);
  g_hash_table_unref (self->power_symbols);
  g_free (self->groups);
}

/* --- JSON --- */

static void
write_member (GString *out, const char *name, const char *text)
{
  nudge_json_append_string (out, name);
  g_string_append_c (out, ':');
  nudge_json_append_string (out, text != NULL ? text : "");
  g_string_append_c (out, ',');
}

static gboolean
is_extra_field (const char *name)
{
  static const char *const own[] = { "Reference", "Value", "Footprint", "Datasheet", "Description", "ki_description",
    "hierarchy_path", "project_name", "root_uuid", /* circuit-synth's own notes */ NULL };

  return *name != '\0' && !g_strv_contains (own, name);
}

static void
write_part (GString *out, const ReadPart *part)
{
  gboolean in_bom = nudge_sexpr_bool (part->node, "in_bom", TRUE), on_board = nudge_sexpr_bool (part->node, "on_board", TRUE);
  gboolean some = FALSE;

  nudge_json_append_string (out, part->reference);
  g_string_append (out, ":{");
  write_member (out, "symbol", part->symbol->id);
  write_member (out, "value", nudge_read_property (part->node, "Value", NULL));
  write_member (out, "footprint", nudge_read_property (part->node, "Footprint", NULL));
  write_member (out, "datasheet", nudge_read_property (part->node, "Datasheet", NULL));
  write_member (out, "description", nudge_read_property (part->node, "Description", "ki_description"));
  g_string_append_printf (out, "\"dnp\":%s,\"in_bom\":%s,", nudge_sexpr_bool (part->node, "dnp", FALSE) ? "true" : "false", in_bom ? "true" : "false");
  g_string_append (out, "\"_extra_fields\":{");
  for (const NudgeSexprNode *node = part->node->child; node != NULL; node = node->next)
    {
      const char *name = nudge_sexpr_is (node, "property") ? nudge_sexpr_text (node, 1) : NULL;

      if (name == NULL || !is_extra_field (name) || nudge_sexpr_text (node, 2) == NULL)
        continue;
      g_string_append (out, some ? "," : "");
      nudge_json_append_string (out, name);
      g_string_append_c (out, ':');
      nudge_json_append_string (out, nudge_sexpr_text (node, 2));
      some = TRUE;
    }
  if (!on_board)
    g_string_append_printf (out, "%s\"on_board\":\"false\"", some ? "," : "");
  g_string_append (out, "}}");
}

/* One net of a circuit; returns the first entry behind it. */
static guint
write_net (const NetLister *self, GString *out, guint first)
{
  const Entry *entries = (const Entry *) self->entries->data;
  const Group *group = &self->groups[entries[first].group];
  gboolean declared = entries[first].block == group->owner, some = FALSE;
  guint i;

  nudge_json_append_string (out, group->called);
  g_string_append_c (out, ':');
  if (declared && group->is_power)
    {
      g_string_append (out, "{\"is_power\":true,");
      write_member (out, "power_symbol", group->name->power_symbol);
    }
  else if (declared)
    g_string_append_c (out, '{');
  g_string_append (out, declared ? "\"nodes\":[" : "[");
  for (i = first; i < self->entries->len && entries[i].block == entries[first].block && entries[i].group == entries[first].group; i++)
    {
      if (entries[i].part == NUDGE_NONE)
        continue;
      g_string_append (out, some ? ",{\"component\":" : "{\"component\":");
      nudge_json_append_string (out, READ_AT (self->reading->parts, ReadPart, entries[i].part)->reference);
      g_string_append (out, ",\"pin\":{\"number\":");
      nudge_json_append_string (out, entries[i].pin);
      g_string_append (out, "}}");
      some = TRUE;
    }
  g_string_append (out, declared ? "]}" : "]");
  return i;
}

static void
write_nets (const NetLister *self, GString *out, guint block, guint *at)
{
  gboolean some = FALSE;

  while (*at < self->entries->len && READ_AT (self->entries, Entry, *at)->block == block)
    {
      const Entry *entry = READ_AT (self->entries, Entry, *at);

      if (self->groups[entry->group].called == NULL)
        {
          ++*at;
          continue;
        }
      g_string_append (out, some ? "," : "");
      *at = write_net (self, out, *at);
      some = TRUE;
    }
}

static void
write_blocks (const NetLister *self, GString *out)
{
  const Reading *reading = self->reading;
  guint at = 0, depth = 0;

  for (guint b = 0; b < reading->blocks->len; b++)
    {
      const ReadBlock *block = block_at (reading, b);

      for (; b > 0 && depth >= block->depth; depth--)
        g_string_append (out, "]}");
      if (b > 0 && out->str[out->len - 1] != '[')
        g_string_append_c (out, ',');
      depth = block->depth;
      g_string_append_c (out, '{');
      write_member (out, "name", block->name);
      g_string_append (out, "\"components\":{");
      for (guint i = block->first_part; i < block->first_part + block->n_parts; i++)
        {
          g_string_append (out, i > block->first_part ? "," : "");
          write_part (out, READ_AT (reading->parts, ReadPart, i));
        }
      g_string_append (out, "},\"nets\":{");
      if (self->entries != NULL)
        write_nets (self, out, b, &at);
      g_string_append (out, "},\"subcircuits\":[");
    }
  for (guint i = 0; i <= depth; i++)
    g_string_append (out, "]}");
}

GBytes *
nudge_read_circuit_json (Reading *self, const NudgeConnectivity *connected)
{
  NetLister nets = { .reading = self };
  GString *out = g_string_new (NULL);

  if (connected != NULL)
    list_nets (&nets, connected);
  write_blocks (&nets, out);
  if (connected != NULL)
    clear_nets (&nets);
  return g_string_free_to_bytes (out);
}
