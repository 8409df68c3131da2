/* test-synth.c: the repairs of the dialect circuit-synth, with the built-in symbols alone. */
#include "nudge.h"

#include "arrange/synth-clear.h"
#include "drawing/draw-synth.h"

#include <string.h>

#define R(ref) "\"" ref "\":{\"symbol\":\"Device:R\",\"ref\":\"" ref "\",\"value\":\"1k\",\"footprint\":\"\"}"
#define NODE(ref, pin) "{\"component\":\"" ref "\",\"pin\":{\"number\":\"" pin "\",\"name\":\"~\"}}"

static NudgeDialect dialect = NUDGE_DIALECT_CIRCUIT_SYNTH;

static NudgeLayout *
new_layout (const char *json)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_bytes (bytes, NULL, NULL, &error);
  NudgeLayout *layout;

  g_assert_no_error (error);
  layout = nudge_layout_new (circuit, library, NULL);
  layout->dialect = dialect;
  return layout;
}

/* (transfer full): the drawing, proven. */
static NudgeDrawing *
draw (const char *json, GPtrArray *diagnostics)
{
  g_autoptr (NudgeLayout) layout = new_layout (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeLayout) arranged = nudge_arrange (layout, nudge_dialect_arranger (layout->dialect), diagnostics, NULL, &error);
  NudgeDrawing *drawing = nudge_draw (arranged, diagnostics, &error);

  g_assert_no_error (error);
  g_assert_true (nudge_prove (drawing, NULL, &error));
  g_assert_no_error (error);
  return drawing;
}

static guint
count_deviations (const GPtrArray *diagnostics, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < diagnostics->len; i++)
    {
      const NudgeDiagnostic *found = diagnostics->pdata[i];

      n += found->code == NUDGE_CODE_SYNTH_DEVIATION && strstr (found->message, text) != NULL;
    }
  return n;
}

static void
test_clear (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "," R ("R2") "," R ("R3") "},\"nets\":{"
                             "\"A\":[" NODE ("R1", "1") "," NODE ("R3", "1") "],\"B\":[" NODE ("R2", "1") "],"
                             "\"C\":[" NODE ("R1", "2") "," NODE ("R3", "2") "]}}";
  g_autoptr (NudgeLayout) layout = new_layout (json);
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  NudgePoint at = { NUDGE_MM (50.8), NUDGE_MM (50.8) };

  for (guint unit = 0; unit < 3; unit++)
    layout->placements[unit] = (NudgePlacement){ .pose = { .at = at }, .placed = TRUE };
  nudge_synth_clear (layout, 0, diagnostics);
  /* R2 is on other nets; R3 is on the same ones, pin for pin: that joins nothing. */
  g_assert_true (nudge_point_equal (layout->placements[0].pose.at, at));
  g_assert_false (nudge_point_equal (layout->placements[1].pose.at, at));
  g_assert_true (nudge_point_equal (layout->placements[2].pose.at, at));
  g_assert_cmpuint (count_deviations (diagnostics, "R2 stands elsewhere"), ==, 1);
  g_assert_cmpuint (diagnostics->len, ==, 1);
}

static void
test_nothing_to_mend (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "," R ("R2") "},\"nets\":{"
                             "\"A\":{\"nodes\":[" NODE ("R1", "2") "," NODE ("R2", "1") "]},"
                             "\"GND\":{\"nodes\":[" NODE ("R2", "2") "],\"is_power\":true,\"power_symbol\":\"power:GND\"}}}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  g_assert_cmpuint (count_deviations (diagnostics, ""), ==, 0);
  g_assert_cmpuint (sheet->n_symbols, ==, 3);
  g_assert_cmpuint (sheet->n_labels, ==, 2);
  g_assert_cmpuint (sheet->n_wires + sheet->n_no_connects + sheet->n_junctions, ==, 0);
  g_assert_cmpint (sheet->labels[0].kind, ==, NUDGE_LABEL_HIERARCHICAL);
  g_assert_cmpstr (sheet->fields[sheet->symbols[2].first_field + 1].text, ==, "GND");
}

static void
test_rail_below (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "},\"nets\":{\"GND\":{\"nodes\":[" NODE ("R1", "1") "],"
                             "\"is_power\":true,\"power_symbol\":\"power:GND\"},\"S\":{\"nodes\":[" NODE ("R1", "2") "]}},\"subcircuits\":["
                             "{\"name\":\"direct\",\"components\":{" R ("R2") "},\"nets\":{\"GND\":[" NODE ("R2", "1") "],\"S\":[" NODE ("R2", "2") "]}},"
                             "{\"name\":\"bare\",\"components\":{},\"nets\":{},\"subcircuits\":["
                             "{\"name\":\"deep\",\"components\":{" R ("R3") "},\"nets\":{\"GND\":[" NODE ("R3", "1") "],\"S\":[" NODE ("R3", "2") "]}}]}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);

  /* A label reaches the root's symbol from the first child, but not through the sheet that has no part. */
  g_assert_cmpuint (drawing->n_sheets, ==, 4);
  g_assert_cmpuint (drawing->sheets[1].n_symbols, ==, 1);
  g_assert_cmpuint (drawing->sheets[3].n_symbols, ==, 2);
  g_assert_cmpuint (count_deviations (diagnostics, "rail GND has power symbols here"), ==, 1);
  g_assert_cmpuint (count_deviations (diagnostics, "has a pin S, without which"), ==, 1);
}

static void
test_same_name_inside (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "},\"nets\":{\"X\":{\"nodes\":[" NODE ("R1", "1") "]}},\"subcircuits\":["
                             "{\"name\":\"a\",\"components\":{" R ("R2") "},\"nets\":{\"X\":{\"nodes\":[" NODE ("R2", "1") "]}}}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);

  g_assert_cmpuint (drawing->sheets[0].n_sheet_pins, ==, 0);
  g_assert_cmpuint (count_deviations (diagnostics, "box a has no pin X"), ==, 1);
}

static void
test_placeholder (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{\"U1\":{\"symbol\":\"Nowhere:Nothing\",\"ref\":\"U1\",\"value\":\"\",\"pins\":["
                             "{\"pin_id\":\"1\",\"name\":\"A\"},{\"pin_id\":\"2\",\"name\":\"B\"}]}," R ("R1") "},\"nets\":{"
                             "\"A\":[" NODE ("R1", "1") "," NODE ("U1", "1") "],\"B\":[" NODE ("R1", "2") "," NODE ("U1", "2") "]}}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);

  g_assert_cmpuint (drawing->sheets[0].n_symbols, ==, 2);
  g_assert_cmpuint (drawing->sheets[0].n_labels, ==, 4);
}

static void
test_names (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "},\"nets\":{\"A/B\":[" NODE ("R1", "1") "],\"N C\":[" NODE ("R1", "2") "]}}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);

  g_assert_cmpstr (drawing->sheets[0].labels[0].text, ==, "A{slash}B");
  g_assert_cmpstr (drawing->sheets[0].labels[1].text, ==, "N C");
  g_assert_cmpuint (count_deviations (diagnostics, "net A/B is called"), ==, 1);
}

static void
test_session (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "},\"nets\":{\"A\":[" NODE ("R1", "1") "]}}";
  g_autoptr (NudgeSession) session = nudge_session_new ();
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = nudge_session_read_bytes (session, bytes, NULL, &error);
  g_autoptr (NudgeLayout) layout = nudge_session_arrange (session, circuit, library, NUDGE_DIALECT_CIRCUIT_SYNTH, NULL, NULL, &error);
  g_autoptr (NudgeDrawing) drawing = nudge_session_draw (session, layout, &error);
  g_autoptr (NudgeDiagnostic) finding = nudge_session_get_finding (session, 0);

  g_assert_no_error (error);
  g_assert_cmpint (finding->code, ==, NUDGE_CODE_SINGLE_NODE_NET);
  g_assert_null (nudge_session_get_finding (session, nudge_session_get_n_findings (session)));
  g_assert_cmpuint (nudge_session_get_n_files (session), ==, 0);
  g_assert_true (nudge_session_make_files (session, drawing, &error));
  g_assert_cmpuint (nudge_session_get_n_files (session), ==, 4);
  g_assert_cmpstr (nudge_session_get_file_name (session, 0), ==, "t.json");
  g_assert_null (nudge_session_get_file_name (session, 4));
  g_assert_null (nudge_circuit_get_part (circuit, 1));
  g_assert_cmpstr (nudge_circuit_get_part (circuit, 0)->reference, ==, "R1");
}

/* (transfer full): the text of a file of the project in that folder, or NULL. */
static char *
file_text (NudgeDrawing *drawing, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = nudge_project_files (drawing, folder, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    {
      const NudgeFile *file = files->pdata[i];

      if (g_str_equal (file->name, name))
        return g_strndup (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes));
    }
  return NULL;
}

static void
test_left_out (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{\"R1\":{\"symbol\":\"Device:R\",\"ref\":\"R1\",\"value\":\"1k\",\"DNP\":true}," R ("R2") "},"
                             "\"nets\":{\"A\":[" NODE ("R1", "1") "," NODE ("R2", "1") "]}}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);
  g_autofree char *text = file_text (drawing, NULL, "t.kicad_sch");

  g_assert_cmpuint (count_deviations (diagnostics, "R1 stays on the board"), ==, 1);
  g_assert_cmpuint (count_deviations (diagnostics, ""), ==, 1);
  g_assert_null (strstr (text, "(on_board no)"));
  g_assert_nonnull (strstr (text, "(in_bom no)"));
  g_assert_nonnull (strstr (text, "(dnp yes)"));
}

/* A field that has the name of one of its own is written over where it stands. */
static void
test_reserved_field (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{\"R1\":{\"symbol\":\"Device:R\",\"ref\":\"R1\",\"value\":\"1k\","
                             "\"project_name\":\"mine\",\"mpn\":\"X\"}},\"nets\":{\"A\":[" NODE ("R1", "1") "]}}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  g_assert_cmpuint (sheet->symbols[0].n_fields, ==, NUDGE_SYNTH_OWN_FIELDS + 4);
  g_assert_cmpstr (sheet->fields[NUDGE_SYNTH_OWN_FIELDS].name, ==, "project_name");
  g_assert_cmpstr (sheet->fields[NUDGE_SYNTH_OWN_FIELDS].text, ==, "t");
}

/* Pins that are added stand below those that circuit-synth draws, which keep their places. */
static void
test_added_pins (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "},\"nets\":{\"S\":{\"nodes\":[" NODE ("R1", "1") "]}},\"subcircuits\":["
                             "{\"name\":\"a\",\"components\":{" R ("R2") "},\"nets\":{"
                             "\"LINK\":{\"nodes\":[" NODE ("R2", "1") "]},\"S\":[" NODE ("R2", "2") "]}},"
                             "{\"name\":\"b\",\"components\":{" R ("R3") "},\"nets\":{\"LINK\":[" NODE ("R3", "1") "],\"S\":[" NODE ("R3", "2") "]}}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = draw (json, diagnostics);
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  g_assert_cmpuint (sheet->n_sheet_pins, ==, 4);
  g_assert_cmpstr (sheet->sheet_pins[0].name, ==, "S");
  g_assert_cmpstr (sheet->sheet_pins[1].name, ==, "LINK");
  g_assert_cmpuint (count_deviations (diagnostics, "has a pin LINK, without which"), ==, 2);
}

/* --- July 2025 --- */

static void
test_july (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "},\"nets\":{\"GND\":{\"nodes\":[" NODE ("R1", "1") "],"
                             "\"is_power\":true,\"power_symbol\":\"power:GND\"},\"S\":{\"nodes\":[" NODE ("R1", "2") "]}},\"subcircuits\":["
                             "{\"name\":\"a\",\"components\":{" R ("R2") "," R ("R3") "},\"nets\":{\"GND\":[" NODE ("R2", "1") "],"
                             "\"X\":{\"nodes\":[" NODE ("R2", "2") "," NODE ("R3", "1") "]}}},"
                             "{\"name\":\"b\",\"components\":{" R ("R4") "," R ("R5") "},\"nets\":{\"GND\":[" NODE ("R4", "1") "],"
                             "\"X\":{\"nodes\":[" NODE ("R4", "2") "," NODE ("R5", "1") "]}}}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autofree char *cover = NULL, *sheet = NULL, *overwritten = NULL, *project = NULL;

  dialect = NUDGE_DIALECT_CIRCUIT_SYNTH_2025;
  drawing = draw (json, diagnostics);
  /* Labels alone; a net that stays inside has a pin too, unless another net of its name has one. */
  g_assert_cmpuint (drawing->sheets[0].n_symbols, ==, 1);
  g_assert_cmpuint (drawing->sheets[0].n_sheet_pins, ==, 3);
  g_assert_cmpuint (drawing->sheets[0].n_labels, ==, 5);
  g_assert_cmpuint (count_deviations (diagnostics, "box b has no pin X"), ==, 1);
  g_assert_cmpuint (count_deviations (diagnostics, ""), ==, 1);

  /* The project is called after its folder. */
  cover = file_text (drawing, "out/board", "board.kicad_sch");
  sheet = file_text (drawing, "out/board", "t.kicad_sch");
  project = file_text (drawing, "out/board", "board.kicad_pro");
  g_assert_nonnull (strstr (cover, "(version 20211123)"));
  g_assert_nonnull (strstr (cover, "\"t.kicad_sch\""));
  g_assert_nonnull (strstr (sheet, "(generator \"kicad_api\")"));
  g_assert_nonnull (strstr (sheet, "(project \"board\""));
  g_assert_nonnull (strstr (project, "\"board.kicad_sch\""));
  g_assert_null (strstr (sheet, "power:GND"));
  /* A circuit of the project's name is written over the cover. */
  overwritten = file_text (drawing, "out/t", "t.kicad_sch");
  g_assert_null (strstr (overwritten, "(version 20211123)"));
  dialect = NUDGE_DIALECT_CIRCUIT_SYNTH;
}

static void
test_july_rails (void)
{
  static const char json[] = "{\"name\":\"t\",\"components\":{" R ("R1") "," R ("R4") "},\"nets\":{"
                             "\"S\":{\"nodes\":[" NODE ("R1", "2") "," NODE ("R4", "1") "]}},"
                             "\"subcircuits\":[{\"name\":\"empty\",\"components\":{},\"nets\":{},\"subcircuits\":["
                             "{\"name\":\"a\",\"components\":{" R ("R2") "},\"nets\":{\"GND\":{\"nodes\":[" NODE ("R2", "1") "],"
                             "\"is_power\":true,\"power_symbol\":\"power:GND\"},\"S\":[" NODE ("R2", "2") "]}}]},"
                             "{\"name\":\"b\",\"components\":{" R ("R3") "},\"nets\":{\"GND\":{\"nodes\":[" NODE ("R3", "1") "],"
                             "\"is_power\":true,\"power_symbol\":\"power:GND\"},\"S\":[" NODE ("R3", "2") "]}}]}";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = NULL;

  dialect = NUDGE_DIALECT_CIRCUIT_SYNTH_2025;
  drawing = draw (json, diagnostics);
  g_assert_cmpuint (count_deviations (diagnostics, "rail GND has power symbols"), >, 0);
  g_assert_cmpuint (drawing->sheets[2].n_symbols, ==, 2);
  g_assert_cmpuint (drawing->sheets[3].n_symbols, ==, 2);
  dialect = NUDGE_DIALECT_CIRCUIT_SYNTH;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/synth/clear", test_clear);
  g_test_add_func ("/synth/nothing-to-mend", test_nothing_to_mend);
  g_test_add_func ("/synth/rail-below", test_rail_below);
  g_test_add_func ("/synth/same-name-inside", test_same_name_inside);
  g_test_add_func ("/synth/placeholder", test_placeholder);
  g_test_add_func ("/synth/names", test_names);
  g_test_add_func ("/synth/session", test_session);
  g_test_add_func ("/synth/left-out", test_left_out);
  g_test_add_func ("/synth/reserved-field", test_reserved_field);
  g_test_add_func ("/synth/added-pins", test_added_pins);
  g_test_add_func ("/synth/july", test_july);
  g_test_add_func ("/synth/july-rails", test_july_rails);
  return g_test_run ();
}
