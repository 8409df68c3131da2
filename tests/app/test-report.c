#include "project/report.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The circuit and the drawing only lend their counts. */
static const NudgeCircuit circuit = { .n_blocks = 3, .n_parts = 7, .n_nets = 5 };
static const NudgeDrawing drawing = { .n_sheets = 2 };

static JsonObject *
parse (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static NudgeFile *
new_file (const char *name, const char *text)
{
  NudgeFile *file = g_new0 (NudgeFile, 1);

  file->name = g_strdup (name);
  file->bytes = g_bytes_new (text, strlen (text));
  return file;
}

static void
free_file (gpointer data)
{
  NudgeFile *file = data;

  g_free (file->name);
  g_bytes_unref (file->bytes);
  g_free (file);
}

static void
test_failed_run (void)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  const NudgeReport report = {
    .version = "1.2.3", .input_name = "-", .diagnostics = diagnostics, .exit_code = 3, .error = "no \"such\" \xff file",
  };
  g_autofree char *text = nudge_report_to_json (&report);
  JsonObject *root = parse (parser, text);
  JsonObject *input = json_object_get_object_member (root, "input");
  JsonObject *counts = json_object_get_object_member (root, "counts");
  JsonObject *result = json_object_get_object_member (root, "result");

  g_assert_true (g_str_has_suffix (text, "}\n"));
  g_assert_cmpint (json_object_get_int_member (root, "schema"), ==, NUDGE_REPORT_SCHEMA);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (root, "tool"), "version"), ==, "1.2.3");
  g_assert_cmpstr (json_object_get_string_member (input, "name"), ==, "-");
  g_assert_true (json_object_get_null_member (input, "sha256"));
  g_assert_true (json_object_get_null_member (counts, "parts"));
  g_assert_true (json_object_get_null_member (counts, "sheets"));
  g_assert_true (json_object_get_null_member (root, "score"));
  g_assert_cmpint (json_object_get_int_member (counts, "errors"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (result, "exit_code"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (result, "error"), ==, "no \"such\" \xef\xbf\xbd file");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "files")), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "diagnostics")), ==, 0);
}

static void
assert_file (JsonArray *files, guint index, const char *name, const char *status, gint64 size)
{
  JsonObject *file = json_array_get_object_element (files, index);

  g_assert_cmpstr (json_object_get_string_member (file, "name"), ==, name);
  g_assert_cmpstr (json_object_get_string_member (file, "status"), ==, status);
  g_assert_cmpint (json_object_get_int_member (file, "bytes"), ==, size);
  g_assert_cmpuint (strlen (json_object_get_string_member (file, "sha256")), ==, 64);
}

static void
test_files (void)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (free_file);
  g_autoptr (GPtrArray) written = g_ptr_array_new ();
  g_autoptr (GBytes) input = g_bytes_new_static ("abc", 3);
  g_autoptr (JsonParser) parser = json_parser_new ();
  NudgeReport report = {
    .version = "1", .input_name = "a.json", .input = input, .circuit = (NudgeCircuit *) &circuit,
    .drawing = (NudgeDrawing *) &drawing, .files = files, .written = written, .diagnostics = diagnostics,
  };
  g_autofree char *text = NULL;
  g_autofree char *checked = NULL;
  JsonObject *root;
  JsonArray *list;

  g_ptr_array_add (files, new_file ("b.net", "12"));
  g_ptr_array_add (files, new_file ("a.kicad_sch", "1234"));
  g_ptr_array_add (written, (char *) "b.net");
  text = nudge_report_to_json (&report);
  root = parse (parser, text);
  list = json_object_get_array_member (root, "files");
  g_assert_cmpuint (json_array_get_length (list), ==, 2);
  assert_file (list, 0, "a.kicad_sch", "unchanged", 4);
  assert_file (list, 1, "b.net", "written", 2);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (root, "input"), "sha256"), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (root, "counts"), "parts"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (root, "counts"), "circuits"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (root, "counts"), "nets"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (root, "counts"), "sheets"), ==, 2);

  report.written = NULL;
  checked = nudge_report_to_json (&report);
  assert_file (json_object_get_array_member (parse (parser, checked), "files"), 1, "b.net", "not written", 2);
}

static void
add_three (GPtrArray *list, const int order[3])
{
  for (guint i = 0; i < 3; i++)
    switch (order[i])
      {
      case 0:
        nudge_diagnostic_set_subject (nudge_diagnostics_add (list, NUDGE_CODE_SINGLE_NODE_NET, "one pin"), "N$1");
        break;
      case 1:
        nudge_diagnostic_set_place (nudge_diagnostics_add (list, NUDGE_CODE_DUPLICATE_REFERENCE, "twice"), 9, 2);
        break;
      default:
        {
          NudgeDiagnostic *diagnostic = nudge_diagnostics_add (list, NUDGE_CODE_JSON_NUMBER, "number");

          nudge_diagnostic_set_place (diagnostic, 3, 40);
          nudge_diagnostic_set_pointer (diagnostic, "/nets/A");
          nudge_diagnostic_set_sheet (diagnostic, "/usb");
          nudge_diagnostic_set_position (diagnostic, (NudgePoint){ -5, 12700 });
        }
      }
}

static void
assert_code (JsonArray *list, guint index, const char *code)
{
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, index), "code"), ==, code);
}

/* Findings may come in any order: the report has one. */
static void
test_diagnostics_sorted (void)
{
  g_autoptr (GPtrArray) first = nudge_diagnostics_new ();
  g_autoptr (GPtrArray) second = nudge_diagnostics_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  const NudgeReport a = { .version = "1", .input_name = "x", .diagnostics = first };
  const NudgeReport b = { .version = "1", .input_name = "x", .diagnostics = second };
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;
  JsonArray *list;
  JsonObject *number;

  add_three (first, (const int[]){ 0, 1, 2 });
  add_three (second, (const int[]){ 2, 0, 1 });
  text_a = nudge_report_to_json (&a);
  text_b = nudge_report_to_json (&b);
  g_assert_cmpstr (text_a, ==, text_b);

  list = json_object_get_array_member (parse (parser, text_a), "diagnostics");
  assert_code (list, 0, "N0104");
  assert_code (list, 1, "N0201");
  assert_code (list, 2, "N0108");
  number = json_array_get_object_element (list, 0);
  g_assert_cmpstr (json_object_get_string_member (number, "severity"), ==, "error");
  g_assert_cmpstr (json_object_get_string_member (number, "hint"), ==, nudge_code_hint (NUDGE_CODE_JSON_NUMBER));
  g_assert_cmpstr (json_object_get_string_member (number, "pointer"), ==, "/nets/A");
  g_assert_cmpstr (json_object_get_string_member (number, "sheet"), ==, "/usb");
  g_assert_cmpint (json_object_get_int_member (number, "x"), ==, -5);
  g_assert_cmpint (json_object_get_int_member (number, "y"), ==, 12700);
  g_assert_cmpint (json_object_get_int_member (number, "line"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (number, "column"), ==, 40);
  g_assert_true (json_object_get_null_member (json_array_get_object_element (list, 2), "x"));
  g_assert_true (json_object_get_null_member (json_array_get_object_element (list, 2), "line"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/failed-run", test_failed_run);
  g_test_add_func ("/report/files", test_files);
  g_test_add_func ("/report/diagnostics-sorted", test_diagnostics_sorted);
  return g_test_run ();
}
