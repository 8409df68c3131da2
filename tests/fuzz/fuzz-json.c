/* Fuzz target: any bytes read as a circuit. Whatever comes, the reader says yes or says why not. */
#include "nudge.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_bytes (bytes, NULL, diagnostics, &error);
  g_autoptr (NudgeCircuit) again = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  fuzz_check ((circuit == NULL) == (error != NULL));
  fuzz_check ((circuit == NULL) == (nudge_diagnostics_count (diagnostics, NUDGE_SEVERITY_ERROR) > 0));
  for (guint i = 0; i < diagnostics->len; i++)
    {
      g_autofree char *text = nudge_diagnostic_to_string (diagnostics->pdata[i]);

      fuzz_check (g_utf8_validate (text, -1, NULL));
    }
  if (circuit == NULL)
    return 0;
  for (guint i = 0; i < circuit->n_nodes; i++)
    fuzz_check (nudge_circuit_net_of (circuit, circuit->nodes[i].part, circuit->nodes[i].pin) == circuit->nodes[i].net);
  for (guint i = 0; i < circuit->n_parts; i++)
    fuzz_check (nudge_circuit_find_part (circuit, circuit->parts[i].block, circuit->parts[i].reference) == i);

  /* Printed and read again, it is the same circuit and prints the same. */
  first = nudge_circuit_to_json (circuit, NULL);
  again = nudge_circuit_read_bytes (first, NULL, NULL, NULL);
  fuzz_check (again != NULL && again->n_parts == circuit->n_parts && again->n_nets == circuit->n_nets);
  fuzz_check (again->n_nodes == circuit->n_nodes && again->n_blocks == circuit->n_blocks);
  second = nudge_circuit_to_json (again, NULL);
  fuzz_check (g_bytes_equal (first, second));
  return 0;
}
