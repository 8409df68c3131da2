/* Reading a circuit: both forms, what becomes of parts, pins, fields, annotations, and which circuits are copies. */
#include "circuit-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *
field (const NudgeCircuit *circuit, guint first, guint n, const char *name)
{
  for (guint i = first; i < first + n; i++)
    if (strcmp (circuit->fields[i].name, name) == 0)
      return circuit->fields[i].value;
  return NULL;
}

static const char *
part_field (const NudgeCircuit *circuit, guint part, const char *name)
{
  return field (circuit, circuit->parts[part].first_field, circuit->parts[part].n_fields, name);
}

static void
test_release_form (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;
  const NudgePart *part;
  const NudgeCircuitPin *pin;
  g_autofree char *path = NULL;

  reading_init (&reading, "{'name':'Main','description':'words','tstamps':'/x/','source_file':'Main.kicad_sch',\n"
                          "'components':{\n"
                          " 'R1':{'symbol':'Device:R','ref':'R1','value':'1k','footprint':'R:0603','datasheet':'~',"
                          "'description':'Resistor',"
                          "'properties':{'ki_fp_filters':'R_*'},'_extra_fields':{},"
                          "'pins':[{'pin_id':'1','name':'~','func':'passive','unit':1,'x':0.0,'y':3.81,'length':1.27,"
                          "'orientation':270.0},"
                          "{'pin_id':'2','name':'~','func':'power_in','unit':1,'x':-1.27,'y':-3.81,'length':1.27,"
                          "'orientation':90}]}},\n"
                          "'nets':{'A':{'nodes':[{'component':'R1','pin':{'number':'1','name':'~','type':'passive'}}],"
                          "'is_power':true,"
                          "'power_symbol':'power:GND','trace_current':100.0,'impedance':null,"
                          "'properties':{'net_class':'usb','n':[1,2]}},\n"
                          "'B':[{'component':'R1','pin':{'number':'2'}}]},'subcircuits':[],'annotations':[]}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  g_assert_cmpstr (circuit->blocks[0].name, ==, "Main");
  g_assert_cmpstr (circuit->blocks[0].label, ==, "Main");
  g_assert_cmpstr (circuit->blocks[0].description, ==, "words");
  part = &circuit->parts[0];
  g_assert_cmpstr (part->reference, ==, "R1");
  g_assert_cmpstr (part->symbol, ==, "Device:R");
  g_assert_cmpstr (part->value, ==, "1k");
  g_assert_cmpstr (part->footprint, ==, "R:0603");
  g_assert_cmpstr (part->datasheet, ==, "~");
  g_assert_cmpstr (part->description, ==, "Resistor");
  g_assert_cmpuint (part->line, ==, 3);
  g_assert_cmpuint (part->column, ==, 2);
  g_assert_cmpuint (part->n_fields, ==, 0);
  g_assert_true (!part->dnp && part->in_bom && part->on_board);
  g_assert_cmpuint (part->n_pins, ==, 2);
  pin = &circuit->pins[part->first_pin + 1];
  g_assert_cmpstr (pin->number, ==, "2");
  g_assert_cmpstr (pin->type, ==, "power_in");
  g_assert_cmpint (pin->x, ==, -12700);
  g_assert_cmpint (pin->y, ==, -38100);
  g_assert_cmpint (pin->length, ==, 12700);
  g_assert_cmpint (pin->angle, ==, 90);
  g_assert_true (pin->has_position);
  g_assert_cmpuint (circuit->n_nets, ==, 2);
  g_assert_true (circuit->nets[0].is_power);
  g_assert_cmpstr (circuit->nets[0].name, ==, "A");
  g_assert_cmpstr (circuit->nets[0].power_symbol, ==, "power:GND");
  g_assert_cmpuint (circuit->nets[0].n_fields, ==, 3);
  g_assert_cmpstr (field (circuit, circuit->nets[0].first_field, 3, "trace_current"), ==, "100.0");
  g_assert_cmpstr (field (circuit, circuit->nets[0].first_field, 3, "net_class"), ==, "usb");
  g_assert_cmpstr (field (circuit, circuit->nets[0].first_field, 3, "n"), ==, "1, 2");
  path = nudge_circuit_part_path (circuit, 0);
  g_assert_cmpstr (path, ==, "/R1");
}

static void
test_july_form (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;
  g_autofree char *nets = NULL;

  reading_init (&reading, "{'name':'main','description':null,'components':{"
                          "'D1':{'symbol':'Device:LED','ref':'D1','value':null,'footprint':null,'datasheet':null,"
                          "'description':null,'properties':null,"
                          "'tstamps':null,'_extra_fields':null,'pins':["
                          "{'pin_id':'1','name':'K','num':'1','func':'passive','unit':1,'x':0,'y':0,'length':0,"
                          "'orientation':0},"
                          "{'pin_id':'2','name':'A','num':'2','func':null,'unit':1,'x':0,'y':0,'length':0,"
                          "'orientation':0},"
                          "{'pin_id':'K','name':'K','num':'1','func':'passive','unit':1,'x':0,'y':0,'length':0,"
                          "'orientation':0}]},"
                          "'R1':{'symbol':'Device:R','ref':'R1','value':''}},"
                          "'nets':{'N$1':[{'component':'D1','pin':{'number':'K','name':'K','func':'passive'}},"
                          "{'component':'D1','pin':{'num':'1'}},"
                          "{'component':'R1','pin':{'pin_id':1}}]},'subcircuits':null,'annotations':null}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  g_assert_cmpuint (circuit->parts[0].n_pins, ==, 2);
  g_assert_false (circuit->pins[0].has_position);
  g_assert_cmpstr (circuit->pins[1].type, ==, "passive");
  /* A value that is not given is the symbol's name; an empty one is empty. */
  g_assert_cmpstr (circuit->parts[0].value, ==, "LED");
  g_assert_cmpstr (circuit->parts[1].value, ==, "");
  nets = fixture_nets (circuit);
  g_assert_cmpstr (nets, ==, "D1.1 R1.1");
  g_assert_true (circuit->nets[0].auto_named);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_UNDECLARED_NET), ==, 0);
}

static void
test_list_form (void)
{
  g_auto (Reading) reading = { 0 };
  g_autofree char *nets = NULL;

  reading_init (&reading, "{'name':'main','components':[{'symbol':'Device:R','ref':'R1'},{'symbol':'Device:R',"
                          "'ref':'R2'}],"
                          "'nets':[{'name':'A','connections':[{'component':'R1','pin':'1'},{'component':'R2',"
                          "'pin':2}]},"
                          "{'nodes':[{'component':'R1','pin':{'number':'2'}},{'component':'R2',"
                          "'pin':{'number':'1'}}]}]}");
  g_assert_nonnull (reading.circuit);
  nets = fixture_nets (reading.circuit);
  g_assert_cmpstr (nets, ==, "R1.1 R2.2 | R1.2 R2.1");
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_NET_NAMED), ==, 1);
  g_assert_cmpstr (reading.circuit->nets[1].name, ==, "N$1");
  g_assert_true (reading.circuit->nets[1].auto_named);
}

static void
test_fields (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;

  reading_init (&reading, "{'name':'m','components':{'R1':{'symbol':'Device:R','ref':'R1','value':10,"
                          "'_extra_fields':{'mpn':'X','flag':true,'none':null,'list':['a',1,false],'dict':{'k':[1]},"
                          "'num':1.50,'ki_keywords':'r','ki_description':'d'},"
                          "'mpn':'Y','later':'z','ki_fp_filters':'R_*','Value':'w','':'e','multi':'a\\r\\nb\\tc'}}}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  g_assert_cmpstr (circuit->parts[0].value, ==, "10");
  g_assert_cmpuint (circuit->parts[0].n_fields, ==, 8);
  g_assert_cmpstr (circuit->fields[0].name, ==, "mpn");
  g_assert_cmpstr (part_field (circuit, 0, "mpn"), ==, "X");
  g_assert_cmpstr (part_field (circuit, 0, "flag"), ==, "true");
  g_assert_cmpstr (part_field (circuit, 0, "none"), ==, "");
  g_assert_cmpstr (part_field (circuit, 0, "list"), ==, "a, 1, false");
  g_assert_cmpstr (part_field (circuit, 0, "dict"), ==, "{\"k\": [1]}");
  g_assert_cmpstr (part_field (circuit, 0, "num"), ==, "1.50");
  g_assert_cmpstr (part_field (circuit, 0, "later"), ==, "z");
  g_assert_cmpstr (part_field (circuit, 0, "multi"), ==, "a\nb\tc");
  g_assert_null (part_field (circuit, 0, "ki_keywords"));
  g_assert_null (part_field (circuit, 0, "Value"));
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_IGNORED_VALUE), ==, 1);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_BAD_NAME), ==, 1);
}

static void
test_flags (void)
{
  static const struct
  {
    const char *members;
    gboolean dnp, in_bom, on_board;
    guint n_fields;
  } cases[] = {
    { "", FALSE, TRUE, TRUE, 0 },
    { ",'dnp':true", TRUE, TRUE, TRUE, 0 },
    { ",'dnp':'yes'", TRUE, TRUE, TRUE, 0 },
    { ",'dnp':1", TRUE, TRUE, TRUE, 0 },
    { ",'dnp':'no'", FALSE, TRUE, TRUE, 0 },
    { ",'_extra_fields':{'dnp':false},'dnp':true", FALSE, TRUE, TRUE, 0 },
    { ",'_extra_fields':{'dnp':true}", TRUE, TRUE, TRUE, 0 },
    { ",'DNP':'DNP'", FALSE, TRUE, TRUE, 1 },
    { ",'DNP':true", TRUE, TRUE, TRUE, 0 },
    { ",'DNP':'true'", TRUE, TRUE, TRUE, 1 },
    { ",'in_bom':false,'dnp':true", TRUE, FALSE, TRUE, 0 },
    { ",'on_board':false", FALSE, TRUE, FALSE, 0 },
    { ",'exclude_from_bom':true", FALSE, FALSE, TRUE, 0 },
    { ",'exclude_from_bom':true,'in_bom':true", FALSE, TRUE, TRUE, 0 },
    { ",'exclude_from_board':'1'", FALSE, TRUE, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Reading) reading = { 0 };
      g_autofree char *text = g_strdup_printf ("{'name':'m','components':{'R1':{'symbol':'Device:R','ref':'R1'%s}}}",
        cases[i].members);
      const NudgePart *part;

      g_test_message ("%s", cases[i].members);
      reading_init (&reading, text);
      g_assert_nonnull (reading.circuit);
      part = &reading.circuit->parts[0];
      g_assert_cmpint (part->dnp, ==, cases[i].dnp);
      g_assert_cmpint (part->in_bom, ==, cases[i].in_bom);
      g_assert_cmpint (part->on_board, ==, cases[i].on_board);
      g_assert_cmpuint (part->n_fields, ==, cases[i].n_fields);
    }
}

/* Pins that are listed again under their name, and what nets may call them. */
static void
test_aliases (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;
  g_autofree char *nets = NULL;

  reading_init (&reading, "{'name':'m','components':{'J1':{'symbol':'C:USB','ref':'J1','pins':["
                          "{'pin_id':'S1','name':'SHIELD','x':0,'y':1},{'pin_id':'A4','name':'VBUS','x':5,'y':1},"
                          "{'pin_id':'B4','name':'VBUS','x':5,'y':2},"
                          "{'pin_id':'SHIELD','name':'SHIELD','x':0,'y':1},{'pin_id':'G','name':'G','x':9,'y':9},"
                          "{'pin_id':'D','name':'DATA','x':7,'y':7},"
                          "{'pin_id':'A4','name':'VBUS','x':5,'y':1}]}},"
                          "'nets':{'GND':[{'component':'J1','pin':{'number':'SHIELD'}},{'component':'J1',"
                          "'pin':{'number':'S1'}},{'component':'J1','pin':{'number':'G'}}],"
                          "'V':[{'component':'J1','pin':{'number':'A4'}},{'component':'J1','pin':{'number':'B4'}}],"
                          "'D':[{'component':'J1','pin':{'number':'DATA'}},{'component':'J1','pin':{'name':'D'}}],"
                          "'X':[{'component':'J1','pin':{'number':'VBUS'}},{'component':'J1',"
                          "'pin':{'number':'99'}}]}}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  g_assert_cmpuint (circuit->n_pins, ==, 5);
  nets = fixture_nets (circuit);
  g_assert_cmpstr (nets, ==, "J1.99 J1.VBUS | J1.A4 J1.B4 | J1.D | J1.G J1.S1");
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_PIN_BY_NAME), ==, 1);
  /* By part: in the order of its pins, then those that it does not list. */
  g_assert_cmpstr (circuit->part_nodes[0].pin, ==, "S1");
  g_assert_cmpstr (circuit->part_nodes[3].pin, ==, "G");
  g_assert_cmpstr (circuit->part_nodes[5].pin, ==, "99");
  g_assert_cmpstr (circuit->part_nodes[6].pin, ==, "VBUS");
  g_assert_cmpuint (nudge_circuit_net_of (circuit, 0, "SHIELD"), ==, NUDGE_NONE);
}

static void
test_labels (void)
{
  static const char *const expected[] = { "/", "/div1/", "/div1/leaf/", "/usb/", "/div3/", "/div2/", "/a_b/",
    "/Foo Bar Hat/" };
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "{'name':'top','components':{},'subcircuits':[{'name':'div',"
                          "'subcircuits':[{'name':'leaf'}]},{'name':'usb'},"
                          "{'name':'div'},{'name':'div2'},{'name':'a/b'},{'name':'build_foo_bar_HAT'}]}");
  g_assert_nonnull (reading.circuit);
  g_assert_cmpuint (reading.circuit->n_blocks, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (reading.circuit->blocks[i].path, ==, expected[i]);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_EMPTY_CIRCUIT), ==, 1);
}

#define COPY(name, references, value, net, extra)                                                                                \
  "{'name':'" name "','components':{'R" references "1':{'symbol':'Device:R','ref':'R" references "1','value':'" value "'},"      \
  "'R" references "2':{'symbol':'Device:R','ref':'R" references "2','value':'2k'}},"                                             \
  "'nets':{'" net "':{'nodes':[{'component':'R" references "1','pin':{'number':'1'}},{'component':'R" references "2','pin':{'number':'1'}}]},"      \
  "'GND':[{'component':'R" references "2','pin':{'number':'2'}}]}" extra "}"

static void
test_definitions (void)
{
  static const guint expected[] = { 0, 1, 1, 3, 4, 5, 6, 7, 8, 8 };
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "{'name':'top','components':{},'nets':{'GND':{'nodes':[]}},'subcircuits':[" COPY ("div",
                          "1", "1k", "MID", "") ","
                          COPY ("div", "2", "1k", "MID", "") "," COPY ("div", "3", "9k", "MID", "") "," COPY ("div",
                                "4", "1k", "OUT", "") ","
                          COPY ("other", "5", "1k", "MID", "") "," COPY ("div", "6", "1k", "MID", ","
                                "'annotations':[{'type':'TextProperty','text':'x'}]") ","
                          COPY ("div", "7", "1k", "MID", ",'subcircuits':[" COPY ("leaf", "8", "1k", "MID", "") ","
                                COPY ("leaf", "9", "1k", "MID", "") "]") "]}");
  g_assert_nonnull (reading.circuit);
  g_assert_cmpuint (reading.circuit->n_blocks, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (reading.circuit->blocks[i].definition, ==, expected[i]);
}

/* Two copies whose bare list is a rail for one and a signal for the other are drawn differently. */
static void
test_definitions_by_rail (void)
{
  static const char *const text = "{'name':'top','components':{},'nets':{'GND':{'nodes':[],'is_power':true,"
                                  "'power_symbol':'power:GND'}},'subcircuits':["
                                  COPY ("div", "1", "1k", "MID", "") ",{'name':'box','nets':{'GND':{'nodes':[]}},"
                                    "'subcircuits':["
                                  COPY ("div", "2", "1k", "MID", "") "," COPY ("div", "3", "1k", "MID", "") "]}]}";
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, text);
  g_assert_nonnull (reading.circuit);
  g_assert_cmpuint (reading.circuit->blocks[3].definition, ==, 3);
  g_assert_cmpuint (reading.circuit->blocks[4].definition, ==, 3);
}

static void
test_text_annotations (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeAnnotation *a;

  reading_init (&reading, "{'name':'m','components':{},'annotations':["
                          "{'type':'TextBox','text':'doc','position':[184.0,110.0],'size':[80.0,30.0],'margins':[1.0,"
                          "2.0,3.0,4.0],'text_size':1.2,'bold':true,"
                          "'italic':false,'text_color':'black','background':true,'background_color':'lightyellow',"
                          "'border':true,'border_width':0.1,"
                          "'border_color':'black','justify':'center center','rotation':0,'uuid':'x'},"
                          "{'type':'TextBox','text':'mine','position':[10,20],'border':false,'justify':'right bottom',"
                          "'rotation':-90},"
                          "{'type':'TextProperty','text':'note','position':[1.27,2.54],'size':2,'italic':true,"
                          "'color':'red'},"
                          "{'type':'TextProperty','text':'free'},{'type':'Graphic'}]}");
  g_assert_nonnull (reading.circuit);
  g_assert_cmpuint (reading.circuit->n_annotations, ==, 4);
  g_assert_cmpuint (reading.circuit->blocks[0].n_annotations, ==, 4);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_UNKNOWN_ANNOTATION), ==, 1);
  a = reading.circuit->annotations;
  g_assert_cmpint (a[0].kind, ==, NUDGE_ANNOTATION_TEXT_BOX);
  g_assert_true (a[0].from_docstring && a[0].has_position && a[0].bold && a[0].background && !a[0].italic);
  g_assert_cmpint (a[0].at.x, ==, 1840000);
  g_assert_cmpint (a[0].size.y, ==, 300000);
  g_assert_cmpint (a[0].margin[3], ==, 40000);
  g_assert_cmpint (a[0].text_size, ==, 12000);
  g_assert_cmpint (a[0].border_width, ==, 1000);
  g_assert_cmpstr (a[0].background_color, ==, "lightyellow");
  g_assert_cmpint (a[0].justify_h, ==, NUDGE_JUSTIFY_CENTER);
  g_assert_false (a[1].from_docstring);
  g_assert_cmpint (a[1].border_width, ==, 0);
  g_assert_cmpint (a[1].justify_h, ==, NUDGE_JUSTIFY_RIGHT);
  g_assert_cmpint (a[1].justify_v, ==, NUDGE_JUSTIFY_RIGHT);
  g_assert_cmpint (a[1].angle, ==, 270);
  g_assert_cmpint (a[2].kind, ==, NUDGE_ANNOTATION_TEXT);
  g_assert_cmpint (a[2].text_size, ==, 20000);
  g_assert_cmpint (a[2].at.y, ==, 25400);
  g_assert_true (a[2].italic);
  g_assert_cmpstr (a[2].text_color, ==, "red");
  g_assert_cmpint (a[2].justify_h, ==, NUDGE_JUSTIFY_LEFT);
  g_assert_false (a[3].has_position);
}

static void
test_table_and_image (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;
  const NudgeAnnotation *a;

  reading_init (&reading, "{'name':'m','components':{},'annotations':["
                          "{'type':'Table','data':[['a','b'],[1],[true,null,'c']],'position':[1,2],'cell_width':10,"
                          "'header_bold':false},"
                          "{'type':'Table','data':[]},{'type':'Image','image_path':'logo.png','position':[5,5],"
                          "'scale':0.5}]}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  a = circuit->annotations;
  g_assert_cmpint (a[0].kind, ==, NUDGE_ANNOTATION_TABLE);
  g_assert_cmpuint (a[0].n_rows, ==, 3);
  g_assert_cmpuint (a[0].n_columns, ==, 3);
  g_assert_cmpuint (circuit->n_cells, ==, 9);
  g_assert_cmpstr (circuit->cells[a[0].first_cell + 1], ==, "b");
  g_assert_cmpstr (circuit->cells[a[0].first_cell + 2], ==, "");
  g_assert_cmpstr (circuit->cells[a[0].first_cell + 3], ==, "1");
  g_assert_cmpstr (circuit->cells[a[0].first_cell + 6], ==, "true");
  g_assert_cmpstr (circuit->cells[a[0].first_cell + 8], ==, "c");
  g_assert_cmpint (a[0].size.x, ==, 100000);
  g_assert_cmpint (a[0].size.y, ==, 50000);
  g_assert_cmpint (a[0].text_size, ==, 10000);
  g_assert_false (a[0].header_bold);
  g_assert_cmpuint (a[1].n_rows, ==, 0);
  g_assert_cmpint (a[2].kind, ==, NUDGE_ANNOTATION_IMAGE);
  g_assert_cmpstr (a[2].text, ==, "logo.png");
  g_assert_cmpfloat (a[2].scale, ==, 0.5);
}

static void
test_reprint (void)
{
  g_auto (Reading) reading = { 0 };
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (NudgeCircuit) again = NULL;
  static const char expected[] = "{\n  \"name\": \"m\",\n  \"components\": {},\n  \"zzz\": 1.50,\n  \"aaa\": []\n}\n";

  reading_init (&reading, "{'name':'m','components':{},'zzz':1.50,'aaa':[]}");
  g_assert_nonnull (reading.circuit);
  first = nudge_circuit_to_json (reading.circuit, NULL);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), expected, sizeof expected - 1);
  again = nudge_circuit_read_bytes (first, NULL, NULL, NULL);
  g_assert_nonnull (again);
  second = nudge_circuit_to_json (again, NULL);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-circuit-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = NULL;
  g_autoptr (NudgeCircuit) other = NULL;

  g_assert_null (nudge_circuit_read_file (path, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (nudge_circuit_read_file (folder, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (nudge_circuit_read_file ("/dev/null", NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "{\"name\":\"m\",\"components\":{}}", -1, NULL));
  circuit = nudge_circuit_read_file (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (circuit->base_dir, ==, folder);
  other = nudge_circuit_ref (circuit);
  g_assert_true (other == circuit);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit/release-form", test_release_form);
  g_test_add_func ("/circuit/july-form", test_july_form);
  g_test_add_func ("/circuit/list-form", test_list_form);
  g_test_add_func ("/circuit/fields", test_fields);
  g_test_add_func ("/circuit/flags", test_flags);
  g_test_add_func ("/circuit/aliases", test_aliases);
  g_test_add_func ("/circuit/labels", test_labels);
  g_test_add_func ("/circuit/definitions", test_definitions);
  g_test_add_func ("/circuit/definitions-by-rail", test_definitions_by_rail);
  g_test_add_func ("/circuit/text-annotations", test_text_annotations);
  g_test_add_func ("/circuit/table-and-image", test_table_and_image);
  g_test_add_func ("/circuit/reprint", test_reprint);
  g_test_add_func ("/circuit/files", test_files);
  return g_test_run ();
}
