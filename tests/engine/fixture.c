#include "fixture.h"

#include "drawing/work-routes.h"
#include "layout/routes.h"

#include <glib/gstdio.h>
#include <string.h>

const char fixture_hierarchy[] =
  "{'name': 'top', 'description': 'Two sheets',"
  " 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '1k'},"
  "                'R2': {'symbol': 'Device:R', 'ref': 'R2', 'value': '2k'},"
  "                'J1': {'symbol': 'Connector_Generic:Conn_01x03', 'ref': 'J1', 'value': 'in'}},"
  " 'nets': {'GND': {'nodes': [{'component': 'R2', 'pin': {'number': '2'}}, {'component': 'J1', 'pin': {'number': '1'}}],"
  "                  'is_power': true, 'power_symbol': 'power:GND'},"
  "          'OUT': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}}]},"
  "          'IN': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}, {'component': 'J1', 'pin': {'number': '2'}}]}},"
  " 'subcircuits': [{'name': 'led', 'description': '',"
  "   'components': {'D1': {'symbol': 'Device:LED', 'ref': 'D1', 'value': 'red'},"
  "                  'R3': {'symbol': 'Device:R', 'ref': 'R3', 'value': '330'}},"
  "   'nets': {'OUT': [{'component': 'R3', 'pin': {'number': '1'}}],"
  "            'A': {'nodes': [{'component': 'R3', 'pin': {'number': '2'}}, {'component': 'D1', 'pin': {'number': '2'}}]},"
  "            'GND': [{'component': 'D1', 'pin': {'number': '1'}}]}}]}";

#define DIVIDER(a, b) \
  "{'name': 'div', 'components': {'" a "': {'symbol': 'Device:R', 'ref': '" a "', 'value': '1k'}," \
  " '" b "': {'symbol': 'Device:R', 'ref': '" b "', 'value': '2k'}}," \
  " 'nets': {'IN': [{'component': '" a "', 'pin': {'number': '1'}}]," \
  "          'MID': {'nodes': [{'component': '" a "', 'pin': {'number': '2'}}, {'component': '" b "', 'pin': {'number': '1'}}]}," \
  "          'GND': [{'component': '" b "', 'pin': {'number': '2'}}]}}"

const char fixture_repeated[] =
  "{'name': 'top', 'components': {'J1': {'symbol': 'Connector_Generic:Conn_01x02', 'ref': 'J1', 'value': 'in'}},"
  " 'nets': {'IN': {'nodes': [{'component': 'J1', 'pin': {'number': '1'}}]},"
  "          'GND': {'nodes': [{'component': 'J1', 'pin': {'number': '2'}}], 'is_power': true, 'power_symbol': 'power:GND'}},"
  " 'subcircuits': [" DIVIDER ("R1", "R2") ", " DIVIDER ("R3", "R4") "]}";

NudgeCircuit *
fixture_circuit (const char *json)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text = g_strdup (json);
  NudgeCircuit *circuit;

  for (char *p = text; *p != '\0'; p++)
    if (*p == '\'')
      *p = '"';
  bytes = g_bytes_new_take (text, strlen (text));
  circuit = nudge_circuit_read_bytes (bytes, NULL, diagnostics, &error);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      g_autofree char *line = nudge_diagnostic_to_string (diagnostics->pdata[i]);

      g_test_message ("%s", line);
    }
  g_assert_no_error (error);
  g_assert_nonnull (circuit);
  return circuit;
}

NudgeDrawing *
fixture_drawing (const char *json, const char *arranger)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = nudge_layout_new (circuit, library, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeLayout) layout = nudge_arrange (empty, arranger, NULL, NULL, &error);
  NudgeDrawing *drawing;

  g_assert_no_error (error);
  drawing = nudge_draw (layout, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (drawing);
  return drawing;
}

void
fixture_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      fixture_remove_tree (child);
    }
  g_remove (path);
}

void
fixture_assert_proven (NudgeLayout *layout)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) drawing = nudge_draw (layout, NULL, &error);

  g_assert_no_error (error);
  nudge_prove (drawing, NULL, &error);
  g_assert_no_error (error);
}

static void
check_design (const char *path, const char *symbols, const char *name, FixtureDesignFunc check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_file (path, NULL, &error);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeLayout) empty = NULL;

  g_assert_no_error (error);
  if (g_file_test (symbols, G_FILE_TEST_IS_DIR))
    g_assert_true (nudge_library_add_folder (library, symbols, NULL));
  empty = nudge_layout_new (circuit, library, NULL);
  g_test_message ("%s", name);
  check (empty, name);
}

void
fixture_each_design (const char *folder, FixtureDesignFunc check)
{
  const char *shared = g_getenv ("NUDGE_SHARED");
  g_autofree char *root = g_build_filename (shared != NULL ? shared : ".", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    {
      g_test_skip ("no designs beside the checkout");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_strconcat (name, ".json", NULL), *symbols = g_build_filename (root, name, "symbols", NULL);
      const char *const candidates[] = { file, "circuit.json" };

      for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
        {
          g_autofree char *path = g_build_filename (root, name, candidates[i], NULL);

          if (!g_file_test (path, G_FILE_TEST_EXISTS))
            continue;
          check_design (path, symbols, name, check);
          n++;
        }
    }
  g_assert_cmpuint (n, >, 0);
}

guint64
fixture_effort (const NudgeLayout *layout)
{
  guint64 sum = 0;

  for (guint i = 0; i < layout->circuit->n_blocks; i++)
    {
      const NudgeRoutes *routes = nudge_layout_get_routes (layout, i);

      sum += routes != NULL ? routes->effort.searches + routes->effort.expansions + routes->effort.places + routes->effort.trials : 0;
    }
  return sum;
}
