/* Real circuits: every one of the reference data is read, and has the nets that KiCad says it has. */
#include "circuit-fixture.h"

#include "text/json-document.h"

#include <string.h>

static GBytes *
load (const char *path)
{
  char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_bytes_new_take (data, size);
}

static NudgeCircuit *
read_circuit (const char *path)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  NudgeCircuit *circuit = nudge_circuit_read_file (path, diagnostics, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const NudgeDiagnostic *diagnostic = diagnostics->pdata[i];

      g_assert_cmpint (diagnostic->severity, <, NUDGE_SEVERITY_ERROR);
      g_assert_cmpuint (diagnostic->line, >, 0);
      g_assert_nonnull (diagnostic->pointer);
    }
  fixture_check_invariants (circuit);
  return circuit;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* [["C1.1", "U1.2"], ...] in the form of fixture_nets(); nets of one pin are left out. */
static char *
nets_of_lists (const char *path)
{
  g_autoptr (GBytes) bytes = load (path);
  g_autoptr (NudgeJson) json = nudge_json_read (bytes, NULL);
  g_autoptr (GPtrArray) nets = g_ptr_array_new_with_free_func (g_free);
  guint end = nudge_json_next (json, 0);

  for (guint net = 1; net < end; net = nudge_json_next (json, net))
    {
      g_autoptr (GPtrArray) pins = g_ptr_array_new_with_free_func (g_free);

      if (json->values[net].size < 2)
        continue;
      for (guint pin = net + 1; pin < nudge_json_next (json, net); pin++)
        {
          gsize size;
          const char *text = nudge_json_text (json, pin, &size);

          g_ptr_array_add (pins, g_strndup (text, size));
        }
      g_ptr_array_sort (pins, compare_texts);
      g_ptr_array_add (pins, NULL);
      g_ptr_array_add (nets, g_strjoinv (" ", (char **) pins->pdata));
    }
  g_ptr_array_sort (nets, compare_texts);
  g_ptr_array_add (nets, NULL);
  return g_strjoinv (" | ", (char **) nets->pdata);
}

static char *
drop_single_pins (const char *nets)
{
  g_auto (GStrv) all = g_strsplit (nets, " | ", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (strchr (all[i], ' ') != NULL)
      g_ptr_array_add (kept, all[i]);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" | ", (char **) kept->pdata);
}

static void
test_corpus (void)
{
  g_autofree char *root = fixture_shared ("corpus");
  g_autoptr (GDir) dir = root != NULL ? g_dir_open (root, 0, NULL) : NULL;
  const char *name;
  guint n = 0;

  if (root == NULL)
    return;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_strconcat (name, ".json", NULL);
      g_autofree char *path = g_build_filename (root, name, file, NULL);
      g_autofree char *pins = g_build_filename (root, name, "pins.json", NULL);
      g_autoptr (NudgeCircuit) circuit = NULL;
      g_autofree char *all = NULL, *nets = NULL, *expected = NULL;

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      g_test_message ("%s", name);
      circuit = read_circuit (path);
      all = fixture_nets (circuit);
      nets = drop_single_pins (all);
      expected = nets_of_lists (pins);
      g_assert_cmpstr (nets, ==, expected);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

static void
read_folder (const char *path, guint *n)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr (NudgeCircuit) circuit = NULL;
      g_autoptr (NudgeCircuit) again = NULL;
      g_autoptr (GBytes) printed = NULL;
      g_autofree char *nets = NULL, *nets_again = NULL;

      if (!g_str_has_suffix (name, ".json") || strcmp (name, "truth.json") == 0)
        continue;
      g_test_message ("%s", file);
      circuit = read_circuit (file);
      printed = nudge_circuit_to_json (circuit, NULL);
      again = nudge_circuit_read_bytes (printed, NULL, NULL, NULL);
      nets = fixture_nets (circuit);
      nets_again = fixture_nets (again);
      g_assert_cmpstr (nets, ==, nets_again);
      (*n)++;
    }
}

static void
test_golden (void)
{
  static const char *const versions[] = { "head", "seed" };
  g_autofree char *root = fixture_shared ("golden");
  guint n = 0;

  if (root == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *folder = g_build_filename (root, versions[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          read_folder (path, &n);
        }
    }
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit-corpus/corpus", test_corpus);
  g_test_add_func ("/circuit-corpus/golden", test_golden);
  return g_test_run ();
}
