#include "circuit/circuit.h"

#include "text/json-document.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (NudgeCircuit, nudge_circuit, nudge_circuit_ref, nudge_circuit_unref)

/**
 * nudge_circuit_ref:
 * @self: a circuit
 *
 * Returns: (transfer full): the same circuit, with one more owner; may be called from any thread
 */
NudgeCircuit *
nudge_circuit_ref (NudgeCircuit *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * nudge_circuit_unref:
 * @self: (transfer full): a circuit
 *
 * Gives up one ownership, from any thread; the last one frees the circuit and all its strings.
 */
void
nudge_circuit_unref (NudgeCircuit *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self->blocks);
  g_free (self->parts);
  g_free (self->pins);
  g_free (self->nets);
  g_free (self->nodes);
  g_free (self->part_nodes);
  g_free (self->mentions);
  g_free (self->mention_nodes);
  g_free (self->fields);
  g_free (self->raw_fields);
  g_free (self->annotations);
  g_free (self->cells);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_free (self);
}

/**
 * nudge_circuit_find_part:
 * @self: a circuit
 * @block: index of the circuit of the tree to look in, or %NUDGE_NONE for all of them
 * @reference: a complete reference such as `R3`
 *
 * Returns: index of the part with that reference, or %NUDGE_NONE
 */
guint
nudge_circuit_find_part (const NudgeCircuit *self, guint block, const char *reference)
{
  guint part;

  g_return_val_if_fail (self != NULL && reference != NULL, NUDGE_NONE);
  part = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, reference));
  if (part == 0 || (block != NUDGE_NONE && self->parts[part - 1].block != block))
    return NUDGE_NONE;
  return part - 1;
}

/**
 * nudge_circuit_net_of:
 * @self: a circuit
 * @part: index of a part
 * @pin: number of one of its pins
 *
 * Returns: index of the net of that pin, or %NUDGE_NONE when no net names it
 */
guint
nudge_circuit_net_of (const NudgeCircuit *self, guint part, const char *pin)
{
  const NudgePart *p;

  g_return_val_if_fail (self != NULL && pin != NULL && part < self->n_parts, NUDGE_NONE);
  p = &self->parts[part];
  for (guint i = p->first_node; i < p->first_node + p->n_nodes; i++)
    if (strcmp (self->part_nodes[i].pin, pin) == 0)
      return self->part_nodes[i].net;
  return NUDGE_NONE;
}

/**
 * nudge_circuit_part_path:
 * @self: a circuit
 * @part: index of a part
 *
 * Returns: (transfer full): identity of the part: the labels from the top to its circuit, and its reference: `/usb/R3`
 */
char *
nudge_circuit_part_path (const NudgeCircuit *self, guint part)
{
  g_return_val_if_fail (self != NULL && part < self->n_parts, NULL);
  return g_strconcat (self->blocks[self->parts[part].block].path, self->parts[part].reference, NULL);
}

/**
 * nudge_circuit_to_json:
 * @self: a circuit
 * @error: return location for an error
 *
 * Writes the input again in one form: two spaces per level, members in their order, numbers as they were written,
 * strings with no more escapes than JSON asks for. The same input always gives the same bytes; this is what goes into
 * the project.
 *
 * Returns: (transfer full): the JSON, or %NULL with %NUDGE_ERROR_INPUT
 */
GBytes *
nudge_circuit_to_json (const NudgeCircuit *self, GError **error)
{
  g_autoptr (NudgeJson) json = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  json = nudge_json_read (self->json, NULL);
  if (json == NULL)
    {
      g_set_error_literal (error, NUDGE_ERROR, NUDGE_ERROR_INPUT,
                           "the circuit does not hold the JSON that it was read from");
      return NULL;
    }
  return nudge_json_print (json);
}
