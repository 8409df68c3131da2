/* Nets: first as each circuit writes them, then those of the design, by the rule of scope:
 *
 * an object declares the net in its circuit; a bare list means a net that the nearest ancestor declares, else the circuit
 * nearest in the tree; what nobody declares is one net of that name everywhere; power nets are one per power symbol. */
#include "circuit/reader.h"

#include "base/limits.h"

#include <string.h>

static guint
find_named_part (NudgeReader *self, guint block, guint value, const char *name, const char *net)
{
  gpointer found;

  if (g_hash_table_lookup_extended (self->by_name, name, NULL, &found))
    {
      if (GPOINTER_TO_UINT (found) != 0)
        return GPOINTER_TO_UINT (found) - 1;
      nudge_reader_find (self, NUDGE_CODE_UNKNOWN_PART, value, net, "net “%s” names %s, which several parts are called",
                         net, name);
    }
  else
    nudge_reader_find (self, NUDGE_CODE_UNKNOWN_PART, value, net, "net “%s” names %s, which circuit “%s” does not have",
                       net, name, NUDGE_AT (self->blocks, NudgeBlock, block).name);
  return NUDGE_NONE;
}

/* The pin of a node: {"number": "1"} in any of its spellings, or just "1". */
static const char *
read_node_pin (NudgeReader *self, guint node)
{
  static const char *const keys[] = { "number", "num", "pin_id", "name" };
  guint pin = nudge_json_member (self->json, node, "pin");

  if (pin != NUDGE_NONE && nudge_json_type (self->json, pin) == NUDGE_JSON_OBJECT)
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
      {
        guint value = nudge_json_member (self->json, pin, keys[i]);

        if (!nudge_reader_is_absent (self, value))
          return nudge_reader_name (self, value, "the pin of a net");
      }
  else if (!nudge_reader_is_absent (self, pin))
    return nudge_reader_name (self, pin, "the pin of a net");
  return "";
}

static void
read_node (NudgeReader *self, guint local_net, guint value)
{
  const NudgeLocalNet *net = &NUDGE_AT (self->local_nets, NudgeLocalNet, local_net);
  const char *net_name = net->name != NULL ? net->name : "";
  NudgeLocalNode node = { .local_net = local_net, .value = value };
  const char *part, *pin;

  if (nudge_json_type (self->json, value) != NUDGE_JSON_OBJECT)
    {
      nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, net_name, "a node of net “%s” must be an object", net_name);
      return;
    }
  part = nudge_reader_name (self, nudge_json_member (self->json, value, "component"), "the part of a net");
  pin = read_node_pin (self, value);
  if (part == NULL || pin == NULL)
    return;
  if (part[0] == '\0' || pin[0] == '\0')
    {
      nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, net_name,
                         "a node of net “%s” must name a component and its pin", net_name);
      return;
    }
  node.part = find_named_part (self, net->block, value, part, net_name);
  if (node.part == NUDGE_NONE)
    return;
  node.pin_index = nudge_reader_find_pin (self, node.part, pin, value);
  node.pin = node.pin_index == NUDGE_NONE ? pin : NUDGE_AT (self->pins, NudgeCircuitPin, node.pin_index).number;
  g_array_append_val (self->local_nodes, node);
}

static void
read_nodes (NudgeReader *self, guint local_net, guint list)
{
  NudgeLocalNet *net = &NUDGE_AT (self->local_nets, NudgeLocalNet, local_net);
  guint end;

  net->first_node = self->local_nodes->len;
  if (!nudge_reader_expect (self, list, NUDGE_JSON_ARRAY, "the nodes of a net must be a list"))
    return;
  if (self->local_nodes->len + self->json->values[list].size > NUDGE_MAX_NODES)
    {
      nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, list, NULL, "the nets have more than %d pins", NUDGE_MAX_NODES);
      return;
    }
  end = nudge_json_next (self->json, list);
  for (guint node = list + 1; node < end; node = nudge_json_next (self->json, node))
    read_node (self, local_net, node);
  net->n_nodes = self->local_nodes->len - net->first_node;
}

static void
read_local_net (NudgeReader *self, guint block, const char *name, guint value)
{
  NudgeJson *json = self->json;
  NudgeLocalNet net = { .block = block, .value = value, .owner = NUDGE_NONE, .net = NUDGE_NONE };
  guint nodes = value;
  const char *symbol;

  if (name == NULL)
    return;
  net.name = name[0] != '\0' ? name : NULL;
  net.declared = nudge_json_type (json, value) == NUDGE_JSON_OBJECT;
  if (net.declared)
    {
      nodes = nudge_json_member (json, value, "nodes");
      if (nudge_reader_is_absent (self, nodes))
        nodes = nudge_json_member (json, value, "connections");
      net.is_power = nudge_reader_flag (self, nudge_json_member (json, value, "is_power"), FALSE);
      symbol = nudge_reader_name (self, nudge_json_member (json, value, "power_symbol"), "a power symbol");
      net.power_symbol = symbol != NULL && symbol[0] != '\0' ? symbol : NULL;
    }
  g_array_append_val (self->local_nets, net);
  read_nodes (self, self->local_nets->len - 1, nodes);
}

void
nudge_reader_local_nets (NudgeReader *self, guint block, guint nets)
{
  NudgeJson *json = self->json;
  gboolean keyed;
  guint end;

  if (nudge_reader_is_absent (self, nets))
    return;
  keyed = nudge_json_type (json, nets) == NUDGE_JSON_OBJECT;
  if (!keyed && !nudge_reader_expect (self, nets, NUDGE_JSON_ARRAY, "the nets of a circuit must be an object or a list"))
    return;
  end = nudge_json_next (json, nets);
  for (guint i = nets + 1; i < end;)
    {
      guint value = keyed ? i + 1 : i;

      if (keyed)
        read_local_net (self, block, nudge_reader_name (self, i, "the name of a net"), value);
      else if (nudge_json_type (json, value) == NUDGE_JSON_OBJECT)
        read_local_net (self, block,
                        nudge_reader_name (self, nudge_json_member (json, value, "name"), "the name of a net"), value);
      else
        nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, NULL, "a net in a list must be an object");
      i = nudge_json_next (json, value);
    }
}
