/* Reading KiCad's schematics: what we write is read as it was drawn, and what people drew has the nets that KiCad says. */
#include "fixture.h"

#include "kicad/schematic-reader.h"
#include "text/json-document.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *root;
  guint n;                     /* projects made */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->root = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  fixture_remove_tree (f->root);
  g_free (f->root);
}

/* --- marks as words --- */

static void G_GNUC_PRINTF (2, 3)
say (GPtrArray *marks, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (marks, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
say_symbols (GPtrArray *marks, const NudgeDrawing *drawing, const NudgeDrawnSheet *sheet)
{
  for (guint i = 0; i < sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *s = &sheet->symbols[i];
      const char *reference = s->part != NUDGE_NONE ? drawing->layout->circuit->parts[s->part].reference : sheet->fields[s->first_field].text;

      say (marks, "symbol %s %s %u at %d,%d turned %u %u size %d %d", s->symbol->id, reference, s->unit, s->pose.at.x, s->pose.at.y,
           s->pose.turn, s->pose.mirror, nudge_box_is_empty (&s->box) ? 0 : s->box.x1 - s->box.x0, nudge_box_is_empty (&s->box) ? 0 : s->box.y1 - s->box.y0);
      for (guint k = s->first_field + 1; k < s->first_field + s->n_fields; k++)
        {
          const NudgeDrawnField *field = &sheet->fields[k];

          say (marks, "field of %s: %s=%s at %d,%d,%d justified %d,%d hidden %d", reference, field->name, field->text, field->at.x, field->at.y,
               field->angle % 180, field->style.justify_h, field->style.justify_v, field->style.hidden);
        }
    }
}

static void
say_lines (GPtrArray *marks, const NudgeDrawnSheet *sheet)
{
  for (guint i = 0; i < sheet->n_wires; i++)
    say (marks, "wire %d,%d to %d,%d", sheet->wires[i].a.x, sheet->wires[i].a.y, sheet->wires[i].b.x, sheet->wires[i].b.y);
  for (guint i = 0; i < sheet->n_junctions; i++)
    say (marks, "junction %d,%d", sheet->junctions[i].at.x, sheet->junctions[i].at.y);
  for (guint i = 0; i < sheet->n_no_connects; i++)
    say (marks, "no connect %d,%d", sheet->no_connects[i].x, sheet->no_connects[i].y);
  for (guint i = 0; i < sheet->n_labels; i++)
    {
      const NudgeLabel *label = &sheet->labels[i];

      say (marks, "label %s kind %d at %d,%d way %u", label->text, label->kind, label->at.x, label->at.y, label->direction);
    }
}

static void
say_rest (GPtrArray *marks, const NudgeDrawnSheet *sheet)
{
  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      const NudgeSheetBox *box = &sheet->boxes[i];

      say (marks, "sheet %s %s at %d,%d,%d,%d", box->name, box->file, box->box.x0, box->box.y0, box->box.x1, box->box.y1);
      for (guint k = box->first_pin; k < box->first_pin + box->n_pins; k++)
        say (marks, "pin of %s: %s at %d,%d shape %d side %u", box->name, sheet->sheet_pins[k].name, sheet->sheet_pins[k].at.x,
             sheet->sheet_pins[k].at.y, sheet->sheet_pins[k].shape, sheet->sheet_pins[k].side);
    }
  for (guint i = 0; i < sheet->n_texts; i++)
    say (marks, "text %s at %d,%d,%d,%d boxed %d colour %x", sheet->texts[i].text, sheet->texts[i].box.x0, sheet->texts[i].box.y0,
         sheet->texts[i].boxed ? sheet->texts[i].box.x1 : 0, sheet->texts[i].boxed ? sheet->texts[i].box.y1 : 0, sheet->texts[i].boxed,
         sheet->texts[i].text_color);
  for (guint i = 0; i < sheet->n_images; i++)
    say (marks, "image at %d,%d of %d,%d", sheet->images[i].at.x, sheet->images[i].at.y, sheet->images[i].size.x, sheet->images[i].size.y);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_marks (const NudgeDrawing *drawing, const NudgeDrawnSheet *sheet)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (g_free);

  say (marks, "paper %s, %u uses, %s", nudge_paper_name (sheet->paper), sheet->n_instances, sheet->file);
  say_symbols (marks, drawing, sheet);
  say_lines (marks, sheet);
  say_rest (marks, sheet);
  g_ptr_array_sort (marks, compare_texts);
  return marks;
}

/* --- write, read, compare --- */

static const NudgeDrawnSheet *
find_sheet (const NudgeDrawing *drawing, const char *file)
{
  for (guint i = 0; i < drawing->n_sheets; i++)
    if (g_str_equal (drawing->sheets[i].file, file))
      return &drawing->sheets[i];
  return NULL;
}

static void
assert_same_marks (const NudgeDrawing *drawn, const NudgeDrawing *read)
{
  g_assert_cmpuint (drawn->n_sheets, ==, read->n_sheets);
  for (guint i = 0; i < drawn->n_sheets; i++)
    {
      const NudgeDrawnSheet *sheet = find_sheet (read, drawn->sheets[i].file);
      g_autoptr (GPtrArray) a = list_marks (drawn, &drawn->sheets[i]);
      g_autoptr (GPtrArray) b = NULL;

      g_assert_nonnull (sheet);
      b = list_marks (read, sheet);
      for (guint k = 0; k < MIN (a->len, b->len); k++)
        g_assert_cmpstr (a->pdata[k], ==, b->pdata[k]);
      g_assert_cmpuint (a->len, ==, b->len);
    }
}

/* circuit-synth draws some fields as the library has them, whatever the circuit says. */
static void
assert_no_change (const NudgeLayout *old, const NudgeLayout *now)
{
  g_autoptr (NudgeComparison) comparison = nudge_compare_layouts (old, now);
  gboolean any_field = old->dialect != NUDGE_DIALECT_SCHEMATIC;
  guint n = 0;

  for (guint i = 0; i < comparison->n_changes; i++)
    {
      if (any_field && comparison->changes[i].kind == NUDGE_CHANGE_PART_FIELD)
        continue;
      if (n++ < 20)
        g_test_message ("%s", comparison->changes[i].text);
    }
  g_assert_cmpuint (n, ==, 0);
}

static NudgeDrawing *
read_back (Fixture *f, NudgeDrawing *drawing)
{
  g_autofree char *name = g_strdup_printf ("p%u", f->n++), *folder = g_build_filename (f->root, name, NULL), *root = NULL;
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  NudgeDrawing *read;

  nudge_project_export (drawing, folder, NUDGE_EXPORT_DEFAULT, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  root = nudge_schematic_find (folder, &error);
  g_assert_no_error (error);
  read = nudge_schematic_read (root, diagnostics, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (diagnostics->len, ==, 0);
  return read;
}

static void
check_drawing (Fixture *f, NudgeDrawing *drawing)
{
  g_autoptr (NudgeDrawing) read = read_back (f, drawing);
  g_autoptr (GError) error = NULL;

  assert_same_marks (drawing, read);
  assert_no_change (drawing->layout, read->layout);
  nudge_prove (read, NULL, &error);
  g_assert_no_error (error);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  static const char *const arrangers[] = { "schematic", "text-flow" };

  for (guint i = 0; i < G_N_ELEMENTS (arrangers); i++)
    {
      g_autoptr (NudgeDrawing) hierarchy = fixture_drawing (fixture_hierarchy, arrangers[i]);
      g_autoptr (NudgeDrawing) repeated = fixture_drawing (fixture_repeated, arrangers[i]);

      check_drawing (f, hierarchy);
      check_drawing (f, repeated);
    }
}

/* One design in one dialect. */
static void
check_file (Fixture *f, const char *path, const char *symbols, NudgeDialect dialect, const char *arranger)
{
  g_autoptr (NudgeSession) session = nudge_session_new ();
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeCircuit) circuit = NULL;
  g_autoptr (NudgeLayout) layout = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (GError) error = NULL;

  g_test_message ("%s in dialect %s", path, nudge_dialect_name (dialect));
  if (symbols != NULL)
    nudge_library_add_folder (library, symbols, NULL);
  circuit = nudge_session_read_file (session, path, &error);
  g_assert_no_error (error);
  layout = nudge_session_arrange (session, circuit, library, dialect, arranger, NULL, &error);
  g_assert_no_error (error);
  drawing = nudge_session_draw (session, layout, &error);
  g_assert_no_error (error);
  check_drawing (f, drawing);
}

static char *
shared_folder (const char *name)
{
  const char *shared = g_getenv ("NUDGE_SHARED");
  g_autofree char *folder = shared != NULL ? g_build_filename (shared, name, NULL) : NULL;

  if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&folder);
  g_test_skip ("the reference data are not here");
  return NULL;
}

/* (element-type filename), sorted. */
static GPtrArray *
list_folder (const char *folder, const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_texts);
  return names;
}

static void
test_designs (Fixture *f, gconstpointer data)
{
  g_autofree char *root = shared_folder (data);
  g_autoptr (GPtrArray) folders = NULL;
  guint n = 0;

  if (root == NULL)
    return;
  folders = list_folder (root, "");
  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *name = g_path_get_basename (folders->pdata[i]), *file = g_strconcat (name, ".json", NULL);
      g_autofree char *path = g_build_filename (folders->pdata[i], file, NULL), *symbols = g_build_filename (folders->pdata[i], "symbols", NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      /* The way to arrange that is quick: samples have the other. */
      check_file (f, path, symbols, NUDGE_DIALECT_SCHEMATIC, "text-flow");
      check_file (f, path, symbols, NUDGE_DIALECT_CIRCUIT_SYNTH, NULL);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

static void
test_samples (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", NULL);
  g_autoptr (GPtrArray) samples = list_folder (folder, ".json");

  g_assert_cmpuint (samples->len, >, 0);
  for (guint i = 0; i < samples->len; i++)
    {
      check_file (f, samples->pdata[i], NULL, NUDGE_DIALECT_SCHEMATIC, NULL);
      check_file (f, samples->pdata[i], NULL, NUDGE_DIALECT_CIRCUIT_SYNTH, NULL);
    }
}

/* --- what people drew --- */

static guint
net_of (const NudgeCircuit *circuit, const char *pin)
{
  const char *dot = strchr (pin, '.');
  g_autofree char *reference = g_strndup (pin, (gsize) (dot - pin));
  guint part = nudge_circuit_find_part (circuit, NUDGE_NONE, reference);

  return part != NUDGE_NONE ? nudge_circuit_net_of (circuit, part, dot + 1) : NUDGE_NONE;
}

/* @path: [["C1.1", "U1.2"], ...]. Returns how many pins stand apart from the first of their net; no net may have pins of two. */
static guint
check_partition (const NudgeCircuit *circuit, const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (NudgeJson) json = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_apart = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  json = nudge_json_read (bytes, NULL);
  for (guint net = 1; net < nudge_json_next (json, 0); net = nudge_json_next (json, net))
    {
      g_autoptr (GHashTable) own = g_hash_table_new (NULL, NULL);

      for (guint pin = net + 1; pin < nudge_json_next (json, net); pin++)
        {
          gsize size;
          const char *name = nudge_json_text (json, pin, &size);
          g_autofree char *copy = g_strndup (name, size);
          guint found = net_of (circuit, copy);

          if (json->values[net].size < 2)
            continue;
          g_assert_cmpuint (found, !=, NUDGE_NONE);
          g_assert_false (g_hash_table_contains (seen, GUINT_TO_POINTER (found)));
          n_apart += g_hash_table_add (own, GUINT_TO_POINTER (found)) && pin > net + 1;
        }
      for (guint pin = net + 1; pin < nudge_json_next (json, net) && json->values[net].size > 1; pin++)
        {
          gsize size;
          const char *name = nudge_json_text (json, pin, &size);
          g_autofree char *copy = g_strndup (name, size);

          g_hash_table_add (seen, GUINT_TO_POINTER (net_of (circuit, copy)));
        }
    }
  return n_apart;
}

static gboolean
has_code (const GPtrArray *diagnostics, NudgeCode code)
{
  for (guint i = 0; i < diagnostics->len; i++)
    if (((const NudgeDiagnostic *) diagnostics->pdata[i])->code == code)
      return TRUE;
  return FALSE;
}

static void
test_people (Fixture *f, gconstpointer data)
{
  g_autofree char *root = shared_folder (data);
  g_autoptr (GPtrArray) folders = NULL;
  guint n = 0;

  if (root == NULL)
    return;
  folders = list_folder (root, "");
  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *human = g_build_filename (folders->pdata[i], "human", NULL), *pins = g_build_filename (folders->pdata[i], "pins.json", NULL);
      g_autofree char *file = nudge_schematic_find (human, NULL);
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (NudgeDrawing) read = NULL;
      g_autoptr (GError) error = NULL;

      if (file == NULL)
        continue;
      g_test_message ("%s", file);
      read = nudge_schematic_read (file, diagnostics, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (check_partition (read->layout->circuit, pins), ==, 0);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* --- what cannot be used --- */

static char *
write_file (Fixture *f, const char *name, const char *text)
{
  char *path = g_build_filename (f->root, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
assert_unusable (Fixture *f, const char *text, NudgeError code, const char *place)
{
  g_autofree char *path = write_file (f, "bad.kicad_sch", text);
  g_autoptr (GError) error = NULL;

  g_assert_null (nudge_schematic_read (path, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, code);
  if (strstr (error->message, place) == NULL)
    g_error ("“%s” does not say %s", error->message, place);
}

#define SHEET(file) "(sheet (at 10 10) (size 20 20) (uuid \"b\") (property \"Sheetname\" \"x\") (property \"Sheetfile\" \"" file "\"))"

static void
test_bad (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->root, "none.kicad_sch", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (nudge_schematic_read (missing, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
  assert_unusable (f, "", NUDGE_ERROR_INPUT, "bad.kicad_sch");
  assert_unusable (f, "EESchema Schematic File Version 4", NUDGE_ERROR_INPUT, "line 1");
  assert_unusable (f, "(kicad_pcb (version 1))", NUDGE_ERROR_INPUT, "no schematic");
  assert_unusable (f, "(kicad_sch (version 20250114)\n (label)\n)", NUDGE_ERROR_INPUT, "line 2, column 2");
  assert_unusable (f, "(kicad_sch (symbol (at 1 1)))", NUDGE_ERROR_INPUT, "column 12");
  assert_unusable (f, "(kicad_sch \"\xff\")", NUDGE_ERROR_INPUT, "UTF-8");
  assert_unusable (f, "(kicad_sch " SHEET ("bad.kicad_sch") ")", NUDGE_ERROR_INPUT, "holds itself");
  assert_unusable (f, "(kicad_sch " SHEET ("other.kicad_sch") ")", NUDGE_ERROR_NOT_FOUND, "other.kicad_sch");
  assert_unusable (f, "(kicad_sch " SHEET ("../other.kicad_sch") ")", NUDGE_ERROR_INPUT, "outside");
  assert_unusable (f, "(kicad_sch " SHEET ("/etc/passwd") ")", NUDGE_ERROR_INPUT, "outside");
}

#define RESISTOR \
  "(lib_symbols (symbol \"Device:R\" (symbol \"R_1_1\" (pin passive line (at 0 3.81 270) (length 1.27) (name \"~\") (number \"1\"))" \
  "(pin passive line (at 0 -3.81 90) (length 1.27) (name \"~\") (number \"2\")))))"
#define PLACED(reference, x) \
  "(symbol (lib_id \"Device:R\") (at " x " 50.8 0) (unit 1) (property \"Reference\" \"" reference "\" (at 0 0 0)) (property \"Value\" \"1k\" (at 0 0 0)))"

static void
test_references (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "r.kicad_sch", "(kicad_sch (paper \"User\" 500 300) " RESISTOR PLACED ("R1", "50.8") PLACED ("R1", "60.96")
                                      PLACED ("R?", "71.12") "(wire (pts (xy 50.8 54.61) (xy 60.96 54.61))) (polyline (pts (xy 0 0) (xy 1 1))))");
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) read = nudge_schematic_read (path, diagnostics, &error);
  const NudgeCircuit *circuit;

  g_assert_no_error (error);
  circuit = read->layout->circuit;
  g_assert_cmpuint (circuit->n_parts, ==, 3);
  g_assert_cmpstr (circuit->parts[1].reference, ==, "R2");
  g_assert_cmpstr (circuit->parts[2].reference, ==, "R3");
  g_assert_cmpuint (circuit->n_nets, ==, 1);
  g_assert_true (circuit->nets[0].auto_named);
  g_assert_cmpuint (circuit->nets[0].n_nodes, ==, 2);
  g_assert_cmpint (read->sheets[0].paper, ==, NUDGE_PAPER_A2);
  g_assert_true (has_code (diagnostics, NUDGE_CODE_SCHEMATIC_REFERENCE));
  g_assert_true (has_code (diagnostics, NUDGE_CODE_SCHEMATIC_PAPER));
  g_assert_true (has_code (diagnostics, NUDGE_CODE_SCHEMATIC_NOT_DRAWN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/schematic-reader/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/schematic-reader/samples", Fixture, NULL, set_up, test_samples, tear_down);
  g_test_add ("/schematic-reader/people", Fixture, "corpus", set_up, test_people, tear_down);
  g_test_add ("/schematic-reader/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/schematic-reader/references", Fixture, NULL, set_up, test_references, tear_down);
  g_test_add ("/schematic-reader/corpus", Fixture, "corpus", set_up, test_designs, tear_down);
  return g_test_run ();
}
