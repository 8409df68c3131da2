/* Fuzz target: any bytes read as the layout file of a small circuit. What can be read is drawn, and saved and read
 * again it is the same. */
#include "nudge.h"

#include "fuzz.h"

#include <string.h>

static const char circuit_text[] =
  "{\"name\": \"top\", \"components\": {\"J1\": {\"symbol\": \"Connector_Generic:Conn_01x02\", \"ref\": \"J1\", \"value\": \"in\"},"
  " \"Q1\": {\"symbol\": \"Device:R\", \"ref\": \"Q1\", \"value\": \"1k\"}},"
  " \"nets\": {\"IN\": {\"nodes\": [{\"component\": \"J1\", \"pin\": {\"number\": \"1\"}}, {\"component\": \"Q1\", \"pin\": {\"number\": \"1\"}}]},"
  " \"GND\": {\"nodes\": [{\"component\": \"J1\", \"pin\": {\"number\": \"2\"}}], \"is_power\": true, \"power_symbol\": \"power:GND\"}},"
  " \"subcircuits\": [{\"name\": \"div\", \"components\": {\"R1\": {\"symbol\": \"Device:R\", \"ref\": \"R1\", \"value\": \"1k\"}},"
  " \"nets\": {\"IN\": [{\"component\": \"R1\", \"pin\": {\"number\": \"1\"}}], \"GND\": [{\"component\": \"R1\", \"pin\": {\"number\": \"2\"}}]}},"
  " {\"name\": \"div\", \"components\": {\"R2\": {\"symbol\": \"Device:R\", \"ref\": \"R2\", \"value\": \"1k\"}},"
  " \"nets\": {\"IN\": [{\"component\": \"R2\", \"pin\": {\"number\": \"1\"}}], \"GND\": [{\"component\": \"R2\", \"pin\": {\"number\": \"2\"}}]}}]}";

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) text = g_bytes_new_static (circuit_text, strlen (circuit_text)), bytes = g_bytes_new (data, size);
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_bytes (text, NULL, NULL, NULL);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeFollow) follow = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeLayout) layout = nudge_layout_load_bytes (bytes, "fuzz", circuit, library, &follow, diagnostics, &error), again = NULL, placed = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;

  fuzz_check ((layout == NULL) == (error != NULL));
  if (layout == NULL)
    return 0;
  fuzz_check (follow->n_kept + follow->n_renamed + follow->n_moved + follow->n_new == circuit->n_parts);
  first = nudge_layout_to_bytes (layout);
  again = nudge_layout_load_bytes (first, "again", circuit, library, NULL, NULL, NULL);
  fuzz_check (again != NULL && nudge_layout_equal (layout, again));
  second = nudge_layout_to_bytes (again);
  fuzz_check (g_bytes_equal (first, second));

  placed = nudge_layout_place_open (layout);
  fuzz_check (nudge_layout_is_placed (placed));
  drawing = nudge_draw (placed, NULL, NULL);
  if (drawing != NULL)
    nudge_prove (drawing, NULL, NULL);
  return 0;
}
