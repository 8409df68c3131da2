/* Buses in KiCad's schematics: what their names stand for, and what they join. Each case was asked of KiCad 9.0.8. */
#include "fixture.h"

#include "base/limits.h"
#include "kicad/bus-names.h"
#include "kicad/schematic-reader.h"

#include <string.h>

/* --- names --- */

/* "key=name key=name", or NULL. */
static char *
spell (const char *text, GHashTable *aliases)
{
  g_autoptr (GArray) nets = nudge_bus_name_read (text, aliases);
  GString *out;

  if (nets == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < nets->len; i++)
    {
      const NudgeBusNet *net = &g_array_index (nets, NudgeBusNet, i);

      g_string_append_printf (out, "%s%s=%s", i > 0 ? " " : "", net->key, net->name);
    }
  return g_string_free (out, FALSE);
}

static void
test_names (void)
{
  static const struct
  {
    const char *text, *nets;
  } cases[] = {
    { "D[0..2]", "#0=D0 #1=D1 #2=D2" },
    { "D[2..0]", "#0=D0 #1=D1 #2=D2" },
    { "D[04..05]+", "#0=D4+ #1=D5+" },
    { "D[0..1]P", "#0=D0P #1=D1P" },
    { "~{D[0..1]}", "#0=D0 #1=D1" },
    { "D_{A}[0..1]", "#0=DA0 #1=DA1" },
    { "X.D[0..1]", "#0=X.D0 #1=X.D1" },
    { "[0..1]", "#0=0 #1=1" },
    { "{A B}", ".A=A .B=B" },
    { "X{A,  B}and more", ".A=X.A .B=X.B" },
    { "X{A D[1..2]}", ".A=X.A .D1=X.D1 .D2=X.D2" },
    { "X{~{A} B_{C}}", ".A=X.A .BC=X.BC" },
    { "X{A{slash}B}", ".A{slash}B=X.A{slash}B" },
    { "X{AL}", ".A=X.A .~{B}=X.~{B} .D0=X.D0 .D1=X.D1 .AL=X.AL" },
    { "D", NULL }, { "", NULL }, { "D[0..0]", NULL }, { "D[-1..3]", NULL }, { "D[1]", NULL }, { "D[0..1", NULL }, { "D[0..1]_P", NULL },
    { "A B[0..1]", NULL }, { "A]B[0..1]", NULL }, { "A{slash}D[0..1]", NULL }, { "A{slash}D{B C}", NULL }, { "X{}", NULL },
    { "X{A Y{B C}}", NULL }, { "X{A", NULL }, { "~{RESET}", NULL }, { "~{D[0..1]", NULL }, { "D[0..99999999]", NULL },
    { "D[0..99999999999999999999]", NULL },
  };
  g_autoptr (GHashTable) aliases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *members = g_ptr_array_new ();

  /* An alias within an alias is a net of that name. */
  for (const char *const *member = (const char *const[]){ "A", "~{B}", "D[0..1]", "AL", NULL }; *member != NULL; member++)
    g_ptr_array_add (members, (gpointer) *member);
  g_hash_table_insert (aliases, (gpointer) "AL", members);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *nets = spell (cases[i].text, aliases);

      g_assert_cmpstr (nets, ==, cases[i].nets);
    }
}

/* --- what they join --- */

#define J4 \
  "(lib_symbols (symbol \"T:J\" (symbol \"J_1_1\" (pin passive line (at 0 0 0) (length 2.54) (name \"~\") (number \"1\"))" \
  "(pin passive line (at 0 -2.54 0) (length 2.54) (name \"~\") (number \"2\")) (pin passive line (at 0 -5.08 0) (length 2.54) (name \"~\") (number \"3\"))" \
  "(pin passive line (at 0 -7.62 0) (length 2.54) (name \"~\") (number \"4\")))))"

/* A connector whose four pins have these labels. */
static void
add_connector (GString *sheet, const char *reference, const char *labels)
{
  g_auto (GStrv) names = g_strsplit (labels, " ", -1);

  g_string_append_printf (sheet, "(symbol (lib_id \"T:J\") (at 25.4 25.4 0) (unit 1) (property \"Reference\" \"%s\" (at 0 0 0))"
                                 "(property \"Value\" \"J\" (at 0 0 0)))", reference);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (sheet, "(label \"%s\" (at 25.4 %u.%02u 0))", names[i], (2540 + 254 * i) / 100, (2540 + 254 * i) % 100);
}

/* Pins of the two connectors that one net joins: "1-1 2-2", the root's first. */
static char *
join (const char *folder, const char *pin, const char *root_labels, const char *bus_labels, const char *child_labels)
{
  g_autofree char *root_file = g_build_filename (folder, "root.kicad_sch", NULL), *child_file = g_build_filename (folder, "child.kicad_sch", NULL);
  g_autoptr (GString) root = g_string_new ("(kicad_sch " J4), child = g_string_new ("(kicad_sch (bus_alias \"AL\" (members \"A\" \"D[0..1]\"))" J4);
  g_auto (GStrv) buses = g_strsplit (bus_labels, "|", -1);
  GString *joined = g_string_new (NULL);
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (GError) error = NULL;

  add_connector (root, "J1", root_labels);
  g_string_append_printf (root, "(bus (pts (xy 127 27.94) (xy 139.7 27.94) (xy 152.4 27.94)))(sheet (at 152.4 25.4) (size 25.4 50.8) (uuid \"b\")"
                                "(property \"Sheetname\" \"x\") (property \"Sheetfile\" \"child.kicad_sch\") (pin \"%s\" input (at 152.4 27.94 180)))", pin);
  for (guint i = 0; buses[i] != NULL && *buses[i] != '\0'; i++)
    g_string_append_printf (root, "(label \"%s\" (at 13%u 27.94 0))", buses[i], i);
  g_string_append (root, ")");
  add_connector (child, "J2", child_labels);
  g_string_append_printf (child, "(hierarchical_label \"%s\" (shape input) (at 127 101.6 0)))", pin);
  g_assert_true (g_file_set_contents (root_file, root->str, -1, NULL) && g_file_set_contents (child_file, child->str, -1, NULL));
  drawing = nudge_schematic_read (root_file, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 16; i++)
    {
      const NudgeCircuit *circuit = drawing->layout->circuit;
      char a[] = { (char) ('1' + i / 4), '\0' }, b[] = { (char) ('1' + i % 4), '\0' };
      guint net = nudge_circuit_net_of (circuit, 0, a);

      if (net != NUDGE_NONE && net == nudge_circuit_net_of (circuit, 1, b))
        g_string_append_printf (joined, "%s%s-%s", joined->len > 0 ? " " : "", a, b);
    }
  return g_string_free (joined, FALSE);
}

static void
test_joins (void)
{
  static const struct
  {
    const char *pin, *root, *buses, *child, *joined;
  } cases[] = {
    { "D[0..3]", "D0 D1 D2 D3", "D[0..3]", "D0 D1 D2 D3", "1-1 2-2 3-3 4-4" },
    { "D[0..3]", "E4 E5 E6 E7", "E[4..7]", "D0 D1 D2 D3", "1-1 2-2 3-3 4-4" },
    { "D[3..0]", "E0 E1 E2 E3", "E[0..3]", "D0 D1 D2 D3", "1-1 2-2 3-3 4-4" },
    { "D[0..3]", "E0 E1 E2 E3", "E[0..1]", "D0 D1 D2 D3", "1-1 2-2" },
    { "D[0..3]", "E0 E1 F0 F1", "E[0..3]|F[0..3]", "D0 D1 D2 D3", "1-1 2-2 3-1 4-2" },
    /* The pin names the members where no label does. */
    { "D[0..3]", "D0 D1 D2 D3", "", "D0 D1 D2 D3", "1-1 2-2 3-3 4-4" },
    { "D[0..3]", "D0 D1 E4 E5", "E[4..7]", "D0 D1 D2 D3", "3-1 4-2" },
    { "D[0..3]", "D0 FOO X Y", "FOO", "D0 D1 D2 D3", "" },
    { "X{A B}", "A B Y Z", "{B A}", "X.A X.B A B", "1-1 2-2" },
    { "X{A D[0..1]}", "Y.A Y.E4 Y.E5 Z", "Y{A E[4..5]}", "X.A X.D0 X.D1 A", "1-1" },
    { "X{AL}", "X.A X.D0 X.D1 A", "X{AL}", "X.A X.D0 X.D1 A", "1-1 2-2 3-3" },
    /* A row and a group have nothing to do with one another. */
    { "D[0..3]", "X.D0 X.D1 D0 D1", "X{D[0..3]}", "D0 D1 D2 D3", "" },
    /* Too wide to be followed. */
    { "D[0..9999]", "D0 D1 D2 D3", "D[0..9999]", "D0 D1 D2 D3", "" },
  };
  g_autofree char *folder = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *joined = join (folder, cases[i].pin, cases[i].root, cases[i].buses, cases[i].child);

      g_test_message ("%s and %s", cases[i].pin, cases[i].buses);
      g_assert_cmpstr (joined, ==, cases[i].joined);
    }
  fixture_remove_tree (folder);
}

/* More members at all labels together than are followed: said, and nothing is joined by them. */
static void
test_too_many (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-test-XXXXXX", NULL), *file = g_build_filename (folder, "root.kicad_sch", NULL);
  g_autoptr (GString) sheet = g_string_new ("(kicad_sch ");
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeDrawing) drawing = NULL;
  guint n_findings = 0;

  for (guint i = 0; i <= NUDGE_MAX_BUS_MEMBERS_PER_SHEET / NUDGE_MAX_BUS_MEMBERS; i++)
    g_string_append_printf (sheet, "(label \"B%u[1..%u]\" (at 0 %u 0))", i, NUDGE_MAX_BUS_MEMBERS, i);
  g_string_append (sheet, ")");
  g_assert_true (g_file_set_contents (file, sheet->str, -1, NULL));
  drawing = nudge_schematic_read (file, diagnostics, NULL);
  g_assert_nonnull (drawing);
  for (guint i = 0; i < diagnostics->len; i++)
    n_findings += ((const NudgeDiagnostic *) diagnostics->pdata[i])->code == NUDGE_CODE_SCHEMATIC_BUSES;
  g_assert_cmpuint (n_findings, ==, 1);
  g_assert_cmpuint (drawing->sheets[0].n_bus_names, ==, 0);
  fixture_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buses/names", test_names);
  g_test_add_func ("/buses/joins", test_joins);
  g_test_add_func ("/buses/too-many", test_too_many);
  return g_test_run ();
}
