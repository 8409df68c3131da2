#include "circuit-fixture.h"

#include <string.h>

char *
fixture_json (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

void
reading_init (Reading *self, const char *text)
{
  char *json = fixture_json (text);
  g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));

  *self = (Reading){ .diagnostics = nudge_diagnostics_new () };
  self->circuit = nudge_circuit_read_bytes (bytes, NULL, self->diagnostics, &self->error);
  g_assert_true ((self->circuit == NULL) == (self->error != NULL));
  g_assert_true ((self->circuit == NULL) == (nudge_diagnostics_count (self->diagnostics, NUDGE_SEVERITY_ERROR) > 0));
  if (self->circuit != NULL)
    fixture_check_invariants (self->circuit);
  else
    g_assert_error (self->error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
}

void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->circuit, nudge_circuit_unref);
  g_clear_pointer (&self->diagnostics, g_ptr_array_unref);
  g_clear_error (&self->error);
}

guint
reading_count (const Reading *self, NudgeCode code)
{
  guint n = 0;

  for (guint i = 0; i < self->diagnostics->len; i++)
    n += ((const NudgeDiagnostic *) self->diagnostics->pdata[i])->code == code;
  return n;
}

const NudgeDiagnostic *
reading_find (const Reading *self, NudgeCode code)
{
  for (guint i = 0; i < self->diagnostics->len; i++)
    if (((const NudgeDiagnostic *) self->diagnostics->pdata[i])->code == code)
      return self->diagnostics->pdata[i];
  for (guint i = 0; i < self->diagnostics->len; i++)
    {
      g_autofree char *text = nudge_diagnostic_to_string (self->diagnostics->pdata[i]);

      g_test_message ("found: %s", text);
    }
  g_test_message ("missing: N%04d", code);
  g_assert_not_reached ();
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *texts, const char *separator)
{
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (separator, (char **) texts->pdata);
}

char *
fixture_nets (const NudgeCircuit *circuit)
{
  g_autoptr (GPtrArray) nets = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < circuit->n_nets; i++)
    {
      const NudgeNet *net = &circuit->nets[i];
      g_autoptr (GPtrArray) pins = g_ptr_array_new_with_free_func (g_free);

      for (guint k = net->first_node; k < net->first_node + net->n_nodes; k++)
        g_ptr_array_add (pins, g_strdup_printf ("%s.%s", circuit->parts[circuit->nodes[k].part].reference, circuit->nodes[k].pin));
      g_ptr_array_add (nets, join_sorted (pins, " "));
    }
  return join_sorted (nets, " | ");
}

static void
check_nets (const NudgeCircuit *circuit)
{
  guint next = 0;

  for (guint i = 0; i < circuit->n_nets; i++)
    {
      const NudgeNet *net = &circuit->nets[i];

      g_assert_cmpuint (net->first_node, ==, next);
      g_assert_cmpuint (net->n_nodes, >, 0);
      g_assert_cmpuint (net->block, <, circuit->n_blocks);
      next += net->n_nodes;
      for (guint k = net->first_node; k < next; k++)
        {
          g_assert_cmpuint (circuit->nodes[k].net, ==, i);
          g_assert_cmpuint (nudge_circuit_net_of (circuit, circuit->nodes[k].part, circuit->nodes[k].pin), ==, i);
        }
      if (i == 0)
        continue;
      g_assert_true (net[-1].is_power || !net->is_power);
      if (net[-1].is_power == net->is_power)
        g_assert_true (net[-1].block < net->block || (net[-1].block == net->block && strcmp (net[-1].name, net->name) <= 0));
    }
  g_assert_cmpuint (next, ==, circuit->n_nodes);
}

static void
check_parts (const NudgeCircuit *circuit)
{
  guint n_nodes = 0;

  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const NudgePart *part = &circuit->parts[i];

      g_assert_cmpuint (nudge_circuit_find_part (circuit, NUDGE_NONE, part->reference), ==, i);
      g_assert_cmpuint (nudge_circuit_find_part (circuit, part->block, part->reference), ==, i);
      g_assert_cmpuint (part->line, >, 0);
      g_assert_cmpuint (part->first_pin + part->n_pins, <=, circuit->n_pins);
      g_assert_cmpuint (part->first_field + part->n_fields, <=, circuit->n_fields);
      n_nodes += part->n_nodes;
      for (guint k = part->first_node; k < part->first_node + part->n_nodes; k++)
        g_assert_cmpuint (circuit->part_nodes[k].part, ==, i);
    }
  g_assert_cmpuint (n_nodes, ==, circuit->n_nodes);
}

void
fixture_check_invariants (const NudgeCircuit *circuit)
{
  guint next_part = 0;

  g_assert_cmpuint (circuit->n_blocks, >, 0);
  g_assert_cmpuint (circuit->blocks[0].parent, ==, NUDGE_NONE);
  g_assert_cmpstr (circuit->blocks[0].path, ==, "/");
  for (guint i = 0; i < circuit->n_blocks; i++)
    {
      const NudgeBlock *block = &circuit->blocks[i];

      g_assert_cmpuint (block->definition, <=, i);
      g_assert_cmpuint (circuit->blocks[block->definition].definition, ==, block->definition);
      g_assert_cmpstr (circuit->blocks[block->definition].name, ==, block->name);
      if (block->n_parts > 0)
        g_assert_cmpuint (block->first_part, ==, next_part);
      for (guint k = 0; k < block->n_parts; k++)
        g_assert_cmpuint (circuit->parts[next_part++].block, ==, i);
      for (guint k = block->first_child; k != NUDGE_NONE; k = circuit->blocks[k].next_sibling)
        g_assert_cmpuint (circuit->blocks[k].parent, ==, i);
    }
  g_assert_cmpuint (next_part, ==, circuit->n_parts);
  check_parts (circuit);
  check_nets (circuit);
}

char *
fixture_shared (const char *name)
{
  const char *shared = g_getenv ("NUDGE_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, name, NULL) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&path);
  g_test_skip ("no reference data: NUDGE_SHARED names no folder that holds it");
  return NULL;
}
