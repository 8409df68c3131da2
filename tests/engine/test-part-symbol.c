/* The symbol of a part: variants that keep apart what the circuit keeps apart, and boxes for symbols that are missing. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* A stack of three ground pins of which two are hidden, a hidden power input, a stack of two units, a visible supply. */
static const char stacks[]
    = "(kicad_symbol_lib (version 20241209)\n"
      " (symbol \"IC\" (property \"Reference\" \"U\" (at 0 0 0)) (property \"Value\" \"IC\" (at 0 0 0))\n"
      "  (symbol \"IC_1_1\"\n"
      "   (rectangle (start -5.08 7.62) (end 5.08 -7.62) (stroke (width 0.254) (type default)) (fill (type background)))\n"
      "   (pin passive line (at -7.62 0 0) (length 2.54) (name \"GND\") (number \"1\"))\n"
      "   (pin passive line (at -7.62 0 0) (length 2.54) (hide yes) (name \"GND\") (number \"2\"))\n"
      "   (pin passive line (at -7.62 0 0) (length 2.54) (hide yes) (name \"GND\") (number \"3\"))\n"
      "   (pin power_in line (at 7.62 5.08 180) (length 2.54) (hide yes) (name \"VCC\") (number \"4\"))\n"
      "   (pin output line (at 7.62 0 180) (length 2.54) (name \"OUT\") (number \"5\"))\n"
      "   (pin no_connect line (at 7.62 -5.08 180) (length 2.54) (hide yes) (name \"NC\") (number \"6\"))))\n"
      " (symbol \"Dual\" (property \"Reference\" \"U\" (at 0 0 0)) (property \"Value\" \"Dual\" (at 0 0 0))\n"
      "  (symbol \"Dual_1_1\" (pin input line (at -2.54 0 0) (length 2.54) (name \"A\") (number \"1\")))\n"
      "  (symbol \"Dual_2_1\" (pin input line (at -2.54 0 0) (length 2.54) (name \"B\") (number \"2\")))\n"
      "  (symbol \"Dual_0_1\" (pin passive line (at 2.54 0 180) (length 2.54) (name \"C\") (number \"3\"))\n"
      "                       (pin passive line (at 2.54 0 180) (length 2.54) (name \"D\") (number \"4\")))))\n";

typedef struct
{
  char *folder;
  NudgeLibrary *library;
  GPtrArray *diagnostics;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("nudge-part-XXXXXX", NULL);
  path = g_build_filename (f->folder, "T.kicad_sym", NULL);
  g_assert_true (g_file_set_contents (path, stacks, -1, NULL));
  f->library = nudge_library_new ();
  nudge_library_set_cache_folder (f->library, NULL);
  g_assert_true (nudge_library_add_folder (f->library, f->folder, NULL));
  f->diagnostics = nudge_diagnostics_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "T.kicad_sym", NULL);

  g_object_unref (f->library);
  g_ptr_array_unref (f->diagnostics);
  g_unlink (path);
  g_rmdir (f->folder);
  g_free (f->folder);
}

/* A circuit of parts of one symbol and nets: "GND=U1.1,U1.2 A=U1.5", power nets with a star: "*GND=...". */
static NudgeCircuit *
circuit (const char *symbol, guint n_parts, const char *nets)
{
  g_autoptr (GString) json = g_string_new ("{'name':'t','components':{");
  g_auto (GStrv) items = g_strsplit (nets, " ", -1);

  for (guint i = 1; i <= n_parts; i++)
    g_string_append_printf (json, "%s'U%u':{'symbol':'%s','ref':'U%u','value':'x','pins':[{'number':'1','name':'IN','type':'input'}]}",
                            i > 1 ? "," : "", i, symbol, i);
  g_string_append (json, "},'nets':{");
  for (guint i = 0; items[i] != NULL && *items[i] != 0; i++)
    {
      g_auto (GStrv) halves = g_strsplit (items[i], "=", 2);
      g_auto (GStrv) nodes = g_strsplit (halves[1], ",", -1);
      gboolean is_power = *halves[0] == '*';

      g_string_append_printf (json, "%s'%s':{", i > 0 ? "," : "", halves[0] + is_power);
      if (is_power)
        g_string_append_printf (json, "'is_power':true,'power_symbol':'power:%s',", halves[0] + 1);
      g_string_append (json, "'nodes':[");
      for (guint n = 0; nodes[n] != NULL; n++)
        {
          g_auto (GStrv) node = g_strsplit (nodes[n], ".", 2);

          g_string_append_printf (json, "%s{'component':'%s','pin':{'number':'%s'}}", n > 0 ? "," : "", node[0], node[1]);
        }
      g_string_append (json, "]}");
    }
  g_string_append (json, "}}");
  return fixture_circuit (json->str);
}

static const NudgeSymbol *
part_symbol (Fixture *f, const NudgeCircuit *c, guint part)
{
  return nudge_library_get_part_symbol (f->library, c, part, f->diagnostics);
}

static guint
count (const Fixture *f, NudgeCode code)
{
  guint n = 0;

  for (guint i = 0; i < f->diagnostics->len; i++)
    n += ((NudgeDiagnostic *) g_ptr_array_index (f->diagnostics, i))->code == code;
  return n;
}

/* No two pins of one unit may be joined unless the circuit joins them. */
static void
assert_apart (const NudgeSymbol *symbol, const NudgeCircuit *c, guint part)
{
  for (guint a = 0; a < symbol->n_pins; a++)
    for (guint b = a + 1; b < symbol->n_pins; b++)
      {
        const NudgeSymbolPin *one = &symbol->pins[a], *two = &symbol->pins[b];
        guint net = nudge_circuit_net_of (c, part, one->number);

        if (nudge_point_equal (one->at, two->at) && (one->unit == two->unit || one->unit == 0 || two->unit == 0))
          g_assert_true (net != NUDGE_NONE && net == nudge_circuit_net_of (c, part, two->number));
      }
  for (guint a = 0; a < symbol->n_pins; a++)
    {
      g_assert_cmpint (symbol->pins[a].at.x % NUDGE_GRID, ==, 0);
      g_assert_cmpint (symbol->pins[a].at.y % NUDGE_GRID, ==, 0);
    }
}

static const NudgeSymbolPin *
pin (const NudgeSymbol *symbol, const char *number)
{
  guint index = nudge_symbol_find_pin (symbol, number);

  g_assert_cmpuint (index, !=, NUDGE_NONE);
  return &symbol->pins[index];
}

/* All pins of the stack on one net, the hidden supply on the rail of its name: the library's symbol as it is. */
static void
test_unchanged (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("T:IC", 1, "*GND=U1.1,U1.2,U1.3 *VCC=U1.4 A=U1.5");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);

  g_assert_true (symbol == nudge_library_get_symbol (f->library, "T:IC", NULL));
  g_assert_null (symbol->variant);
  g_assert_cmpuint (f->diagnostics->len, ==, 0);
}

/* Power symbols of that value in the drawing of @c, which is proven. */
static guint
count_power_symbols (Fixture *f, NudgeCircuit *c, const char *arranger, const char *value)
{
  g_autoptr (NudgeLayout) layout = nudge_layout_new (c, f->library, NULL);
  g_autoptr (NudgeLayout) arranged = nudge_arrange (layout, arranger, NULL, NULL, NULL);
  g_autoptr (NudgeDrawing) drawing = nudge_draw (arranged, NULL, NULL);
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  guint n = 0;

  g_assert_true (nudge_prove (drawing, NULL, NULL));
  for (guint i = 0; i < sheet->n_symbols; i++)
    n += sheet->symbols[i].part == NUDGE_NONE && g_str_equal (sheet->fields[sheet->symbols[i].first_field].text, "#PWR")
         && g_str_equal (sheet->fields[sheet->symbols[i].first_field + 1].text, value);
  return n;
}

/* KiCad joins a hidden supply to its rail: nothing is drawn for it, and only then. */
static void
test_joined_by_name (Fixture *f, gconstpointer data)
{
  static const char *const arrangers[] = { "schematic", "text-flow" };
  g_autoptr (NudgeCircuit) named = circuit ("T:IC", 2, "*GND=U1.1,U1.2,U1.3,U2.1,U2.2,U2.3 *VCC=U1.4,U2.4 A=U1.5,U2.5");
  g_autoptr (NudgeCircuit) other = circuit ("T:IC", 2, "*GND=U1.1,U1.2,U1.3,U2.1,U2.2,U2.3 *+5V=U1.4,U2.4 A=U1.5,U2.5");

  for (guint i = 0; i < G_N_ELEMENTS (arrangers); i++)
    {
      g_assert_cmpuint (count_power_symbols (f, named, arrangers[i], "VCC"), <=, 1); /* that of its flag */
      g_assert_cmpuint (count_power_symbols (f, named, arrangers[i], "GND"), >=, 2);
      g_assert_cmpuint (count_power_symbols (f, other, arrangers[i], "+5V"), >=, 2);
    }
}

static void
test_split (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("T:IC", 1, "*GND=U1.1 B=U1.3 *VCC=U1.4 A=U1.5");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);

  g_assert_cmpstr (symbol->variant, ==, "IC_1");
  g_assert_cmpstr (symbol->id, ==, "T:IC");
  g_assert_cmpuint (count (f, NUDGE_CODE_STACKED_PINS_SPLIT), ==, 1);
  g_assert_cmpuint (count (f, NUDGE_CODE_HIDDEN_POWER_PIN), ==, 0);
  assert_apart (symbol, c, 0);
  g_assert_cmpint (pin (symbol, "1")->at.y, ==, 0);
  g_assert_false (pin (symbol, "2")->hidden);
  g_assert_false (pin (symbol, "3")->hidden);
  /* The side of the body has room for them. */
  g_assert_cmpint (pin (symbol, "2")->at.x, ==, -76200);
  g_assert_cmpint (pin (symbol, "3")->at.x, ==, -76200);
}

/* The hidden ones are connected, the one that can be seen is not. */
static void
test_split_shows (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("T:IC", 1, "*GND=U1.2,U1.3 *VCC=U1.4 A=U1.5");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);

  assert_apart (symbol, c, 0);
  g_assert_cmpint (pin (symbol, "2")->at.y, ==, 0);
  g_assert_false (pin (symbol, "2")->hidden);
  g_assert_true (pin (symbol, "3")->hidden);
  g_assert_cmpint (pin (symbol, "1")->at.y, !=, 0);
}

static void
test_all_open (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("T:IC", 1, "*VCC=U1.4 A=U1.5");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);

  g_assert_cmpstr (symbol->variant, ==, "IC_1");
  assert_apart (symbol, c, 0);
}

static void
test_hidden_power (Fixture *f, gconstpointer data)
{
  /* On another net, on a net of that name that is no rail, on none. */
  static const char *const nets[] = { "*GND=U1.1,U1.2,U1.3 *V5=U1.4", "*GND=U1.1,U1.2,U1.3 VCC=U1.4", "*GND=U1.1,U1.2,U1.3" };

  for (guint i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      g_autoptr (NudgeCircuit) c = circuit ("T:IC", 1, nets[i]);
      const NudgeSymbol *symbol = part_symbol (f, c, 0);

      g_assert_cmpstr (symbol->variant, ==, "IC_1");
      g_assert_false (pin (symbol, "4")->hidden);
      g_assert_true (pin (symbol, "2")->hidden);
      g_assert_cmpuint (count (f, NUDGE_CODE_HIDDEN_POWER_PIN), ==, i + 1);
    }
}

/* KiCad connects nothing to such a pin: where the circuit does it is drawn as another, and elsewhere as it is. */
static void
test_open_pin (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) alone = circuit ("T:IC", 1, "*GND=U1.1,U1.2,U1.3 *VCC=U1.4 A=U1.5 B=U1.6");
  g_autoptr (NudgeCircuit) joined = circuit ("T:IC", 1, "*GND=U1.1,U1.2,U1.3 *VCC=U1.4 A=U1.5,U1.6");
  const NudgeSymbol *symbol;

  g_assert_null (part_symbol (f, alone, 0)->variant);
  g_assert_cmpuint (count (f, NUDGE_CODE_OPEN_PIN_CONNECTED), ==, 0);
  symbol = part_symbol (f, joined, 0);
  g_assert_cmpstr (symbol->variant, ==, "IC_1");
  g_assert_cmpstr (pin (symbol, "6")->type, ==, "passive");
  g_assert_false (pin (symbol, "6")->hidden);
  g_assert_cmpuint (count (f, NUDGE_CODE_OPEN_PIN_CONNECTED), ==, 1);
  g_assert_cmpuint (count_power_symbols (f, joined, "schematic", "GND"), >, 0);
}

/* A box for a missing symbol has no such pin where the circuit connects it. */
static void
test_open_pin_placeholder (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = fixture_circuit ("{'name':'t','components':{'U1':{'symbol':'No:IC','ref':'U1','pins':["
                                                "{'number':'1','name':'NC','type':'no_connect'},{'number':'2','name':'NC','type':'no_connect'},"
                                                "{'number':'3','name':'A','type':'passive'}]}},"
                                                "'nets':{'A':{'nodes':[{'component':'U1','pin':{'number':'1'}},{'component':'U1','pin':{'number':'3'}}]}}}");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);

  g_assert_cmpstr (pin (symbol, "1")->type, ==, "passive");
  g_assert_cmpstr (pin (symbol, "2")->type, ==, "no_connect");
}

static void
test_units (Fixture *f, gconstpointer data)
{
  /* Pins of different units at one place are no stack; those common to all units are. */
  g_autoptr (NudgeCircuit) joined = circuit ("T:Dual", 1, "A=U1.1 B=U1.2 C=U1.3,U1.4");
  g_autoptr (NudgeCircuit) apart = circuit ("T:Dual", 1, "A=U1.1 B=U1.2 C=U1.3 D=U1.4");
  const NudgeSymbol *symbol = part_symbol (f, joined, 0);

  g_assert_null (symbol->variant);
  symbol = part_symbol (f, apart, 0);
  g_assert_cmpstr (symbol->variant, ==, "Dual_1");
  assert_apart (symbol, apart, 0);
  g_assert_cmpuint (pin (symbol, "4")->unit, ==, 0);
}

static void
test_sharing (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("T:IC", 4, "*GND=U1.1,U2.1,U3.1,U3.2,U4.1,U4.2,U4.3 *VCC=U1.4,U2.4,U3.4,U4.4");

  g_assert_true (part_symbol (f, c, 0) == part_symbol (f, c, 1));
  g_assert_cmpstr (part_symbol (f, c, 0)->variant, ==, "IC_1");
  g_assert_cmpstr (part_symbol (f, c, 2)->variant, ==, "IC_2");
  g_assert_null (part_symbol (f, c, 3)->variant);
}

static void
test_missing_pin (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("T:IC", 1, "*GND=U1.1,U1.2,U1.3 *VCC=U1.4 A=U1.99");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);
  const NudgeSymbol *original = nudge_library_get_symbol (f->library, "T:IC", NULL);
  NudgeBox body = nudge_symbol_body_box (original, 1), grown = nudge_symbol_body_box (symbol, 1);

  g_assert_cmpuint (count (f, NUDGE_CODE_PIN_NOT_IN_SYMBOL), ==, 1);
  /* The one rectangle takes the pin in. */
  g_assert_cmpuint (symbol->n_shapes, ==, original->n_shapes);
  g_assert_cmpint (grown.y0, <, pin (symbol, "99")->at.y);
  g_assert_cmpstr (symbol->variant, ==, "IC_1");
  g_assert_cmpint (pin (symbol, "99")->at.y, <, body.y0);
  assert_apart (symbol, c, 0);
}

static void
test_placeholder (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = circuit ("Devce:LDE", 2, "A=U1.1,U2.1 B=U1.7,U2.7 C=U2.9");
  const NudgeSymbol *one = part_symbol (f, c, 0), *two = part_symbol (f, c, 1);
  const NudgeDiagnostic *diagnostic = g_ptr_array_index (f->diagnostics, 0);

  g_assert_cmpint (diagnostic->code, ==, NUDGE_CODE_SYMBOL_NOT_FOUND);
  g_assert_nonnull (strstr (diagnostic->message, "did you mean Device:LED"));
  g_assert_true (one->is_placeholder && two->is_placeholder);
  g_assert_cmpstr (one->id, ==, "Devce:LDE");
  g_assert_null (one->variant);
  g_assert_cmpuint (one->n_pins, ==, 2);
  g_assert_cmpstr (two->variant, ==, "LDE_1");
  g_assert_cmpuint (two->n_pins, ==, 3);
  g_assert_cmpuint (pin (one, "1")->direction, ==, 0);
  g_assert_cmpstr (nudge_symbol_field (one, "Reference"), ==, "U");
  assert_apart (two, c, 1);
}

/* Rails above, grounds below, inputs left, outputs right. */
static void
test_placeholder_sides (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = fixture_circuit ("{'name':'t','components':{'U1':{'symbol':'No:U','ref':'U1','pins':["
                                                "{'number':'1','name':'VDD','type':'power_in'},{'number':'2','name':'VSS','type':'power_in'},"
                                                "{'number':'3','name':'IN','type':'input'},{'number':'4','name':'OUT','type':'output'},"
                                                "{'number':'5','name':'IO1','type':'bidirectional'},"
                                                "{'number':'6','name':'IO2','type':'bidirectional'}]}},'nets':{}}");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);

  g_assert_cmpstr (symbol->id, ==, "No:U");
  g_assert_cmpuint (pin (symbol, "1")->direction, ==, 3);
  g_assert_cmpuint (pin (symbol, "2")->direction, ==, 1);
  g_assert_cmpuint (pin (symbol, "3")->direction, ==, 0);
  g_assert_cmpuint (pin (symbol, "4")->direction, ==, 2);
  g_assert_cmpuint (pin (symbol, "5")->direction, ==, 0);
  g_assert_cmpuint (pin (symbol, "6")->direction, ==, 2);
  assert_apart (symbol, c, 0);
}

/* Places that the circuit gives are kept. */
static void
test_placeholder_places (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeCircuit) c = fixture_circuit ("{'name':'t','components':{'R1':{'symbol':'No:R','ref':'R1','pins':["
                                                "{'pin_id':'1','name':'~','func':'passive','x':0.0,'y':3.81,'length':1.27,'orientation':270.0},"
                                                "{'pin_id':'2','name':'~','func':'passive','x':0.0,'y':-3.81,'length':1.27,'orientation':90.0}]}},'nets':{}}");
  const NudgeSymbol *symbol = part_symbol (f, c, 0);
  NudgeBox body = nudge_symbol_body_box (symbol, 1);

  g_assert_cmpint (pin (symbol, "1")->at.y, ==, 38100);
  g_assert_cmpuint (pin (symbol, "1")->direction, ==, 3);
  g_assert_cmpint (body.y1, ==, 25400);
  g_assert_cmpint (body.x1, ==, 12700);
  g_assert_cmpstr (nudge_symbol_field (symbol, "Reference"), ==, "R");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/part-symbol/unchanged", test_unchanged);
  ADD ("/part-symbol/joined-by-name", test_joined_by_name);
  ADD ("/part-symbol/split", test_split);
  ADD ("/part-symbol/split-shows", test_split_shows);
  ADD ("/part-symbol/all-open", test_all_open);
  ADD ("/part-symbol/hidden-power", test_hidden_power);
  ADD ("/part-symbol/open-pin", test_open_pin);
  ADD ("/part-symbol/open-pin-placeholder", test_open_pin_placeholder);
  ADD ("/part-symbol/units", test_units);
  ADD ("/part-symbol/sharing", test_sharing);
  ADD ("/part-symbol/missing-pin", test_missing_pin);
  ADD ("/part-symbol/placeholder", test_placeholder);
  ADD ("/part-symbol/placeholder-sides", test_placeholder_sides);
  ADD ("/part-symbol/placeholder-places", test_placeholder_places);
  return g_test_run ();
}
