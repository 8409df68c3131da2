/* Circuits that are wrong: each is refused or survived with the finding that says what and where. */
#include "circuit-fixture.h"

#include "base/limits.h"

#include <string.h>

typedef struct
{
  const char *text;
  NudgeCode code;
  gboolean survives;
  const char *pointer; /* NULL: not checked */
  guint line, column;  /* 0: not checked */
  const char *subject; /* NULL: not checked */
} Bad;

#define PART "{'symbol':'Device:R','ref':'R1'}"
#define WITH_NETS(nets) "{'name':'t','components':{'R1':" PART "},\n'nets':" nets "}"
#define WITH_PART(part) "{'name':'t','components':{'R1':" part "}}"

static const Bad bad[] = {
  /* No circuit at all. */
  { "[]", NUDGE_CODE_SCHEMA, FALSE, "", 1, 1 },
  { "null", NUDGE_CODE_SCHEMA, FALSE },
  { "{}", NUDGE_CODE_SCHEMA, FALSE },
  { "{'project':1}", NUDGE_CODE_SCHEMA, FALSE },
  { "", NUDGE_CODE_JSON_SYNTAX, FALSE },
  { "{'name':'t','components':{},'components':{}}", NUDGE_CODE_JSON_DUPLICATE_KEY, FALSE, "/components", 1, 29 },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','n':1e999}"), NUDGE_CODE_JSON_NUMBER, FALSE, "/components/R1/n" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','n':99999999999999999999}"), NUDGE_CODE_JSON_NUMBER, FALSE },
  { WITH_PART (PART) " x", NUDGE_CODE_JSON_SYNTAX, FALSE },
  /* Wrong types. */
  { "{'name':'t','components':3}", NUDGE_CODE_SCHEMA, FALSE, "/components" },
  { "{'name':'t','components':{'R1':[]}}", NUDGE_CODE_SCHEMA, FALSE, "/components/R1" },
  { "{'name':'t','components':['R1']}", NUDGE_CODE_SCHEMA, FALSE, "/components/0" },
  { "{'name':['t'],'components':{}}", NUDGE_CODE_SCHEMA, FALSE, "/name" },
  { "{'name':'t','components':{},'subcircuits':{}}", NUDGE_CODE_SCHEMA, FALSE, "/subcircuits" },
  { "{'name':'t','components':{},'subcircuits':[1]}", NUDGE_CODE_SCHEMA, FALSE, "/subcircuits/0" },
  { "{'name':'t','components':{},'annotations':{}}", NUDGE_CODE_SCHEMA, FALSE, "/annotations" },
  { "{'name':'t','components':{},'annotations':[7]}", NUDGE_CODE_SCHEMA, FALSE, "/annotations/0" },
  { "{'name':'t','components':{},'annotations':[{'type':'TextBox','position':[1]}]}", NUDGE_CODE_SCHEMA, FALSE,
    "/annotations/0/position" },
  { "{'name':'t','components':{},'annotations':[{'type':'Table','data':[1]}]}", NUDGE_CODE_SCHEMA, FALSE,
    "/annotations/0/data/0" },
  { WITH_PART ("{'symbol':[],'ref':'R1'}"), NUDGE_CODE_SCHEMA, FALSE, "/components/R1/symbol" },
  { WITH_PART ("{'symbol':'Device:R','ref':{}}"), NUDGE_CODE_SCHEMA, FALSE, "/components/R1/ref" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':{}}"), NUDGE_CODE_SCHEMA, FALSE, "/components/R1/pins" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[1]}"), NUDGE_CODE_SCHEMA, FALSE, "/components/R1/pins/0" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[{'name':'A'}]}"), NUDGE_CODE_SCHEMA, FALSE,
               "/components/R1/pins/0", 0, 0, "R1" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','_extra_fields':[1]}"), NUDGE_CODE_SCHEMA, FALSE,
               "/components/R1/_extra_fields" },
  { WITH_NETS ("7"), NUDGE_CODE_SCHEMA, FALSE, "/nets", 2, 8 },
  { WITH_NETS ("[7]"), NUDGE_CODE_SCHEMA, FALSE, "/nets/0", 2, 9 },
  { WITH_NETS ("{'A':7}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A" },
  { WITH_NETS ("{'A':{'nodes':7}}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/nodes" },
  { WITH_NETS ("{'A':['R1.1']}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/0", 2, 14, "A" },
  { WITH_NETS ("{'A':[{'component':'R1'}]}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/0" },
  { WITH_NETS ("{'A':[{'component':'R1','pin':{}}]}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/0" },
  { WITH_NETS ("{'A':[{'component':'R1','pin':[1]}]}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/0/pin" },
  { WITH_NETS ("{'A':[{'pin':'1'}]}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/0" },
  { WITH_NETS ("{'A':{'nodes':[],'properties':[1]}}"), NUDGE_CODE_SCHEMA, FALSE, "/nets/A/properties" },
  /* Nets against parts. */
  { WITH_NETS ("{'A':[{'component':'R9','pin':'1'}]}"), NUDGE_CODE_UNKNOWN_PART, FALSE, "/nets/A/0", 2, 14, "A" },
  { "{'name':'t','components':{},'nets':{'A':[{'component':'R1','pin':'1'}]},'subcircuits':[{'name':'c',"
    "'components':{'R1':" PART "}}]}",
    NUDGE_CODE_UNKNOWN_PART, FALSE, "/nets/A/0" },
  { "{'name':'t','components':[{'symbol':'D:R','ref':'R'},{'symbol':'D:R','ref':'R'}],'nets':{'A':[{'component':'R',"
    "'pin':'1'}]}}",
    NUDGE_CODE_UNKNOWN_PART, FALSE, "/nets/A/0" },
  { WITH_NETS ("{'A':{'nodes':[{'component':'R1','pin':'1'}]},'B':{'nodes':[{'component':'R1','pin':'1'}]}}"),
               NUDGE_CODE_PIN_IN_TWO_NETS, FALSE, "/nets/B/nodes/0", 0, 0, "R1" },
  /* Parts. */
  { WITH_PART ("{'ref':'R1'}"), NUDGE_CODE_NO_SYMBOL, FALSE, "/components/R1", 1, 32, "R1" },
  { WITH_PART ("{'ref':'R1','symbol':null}"), NUDGE_CODE_NO_SYMBOL, FALSE },
  { "{'name':'t','components':[" PART "," PART "]}", NUDGE_CODE_DUPLICATE_REFERENCE, FALSE, "/components/1", 0, 0,
    "R1" },
  { "{'name':'t','components':{'R1':" PART "},'subcircuits':[{'name':'c','components':{'R1':" PART "}}]}",
    NUDGE_CODE_DUPLICATE_REFERENCE, FALSE, "/subcircuits/0/components/R1", 0, 0, "R1" },
  { "{'name':'t','components':{'X9':" PART "}}", NUDGE_CODE_KEY_NOT_REFERENCE, TRUE, "/components/X9/ref", 0, 0,
    "X9" },
  { "{'name':'t','components':{'TA-101':{'symbol':'D:R','ref':'TA-101'}}}", NUDGE_CODE_BAD_REFERENCE, TRUE,
    "/components/TA-101", 0, 0, "TA-101" },
  { "{'name':'t','components':{'U1A':{'symbol':'D:R','ref':'U1A'}}}", NUDGE_CODE_BAD_REFERENCE, TRUE },
  { "{'name':'t','components':{'#PWR01':{'symbol':'D:R','ref':'#PWR01'}}}", NUDGE_CODE_BAD_REFERENCE, FALSE },
  { "{'name':'t','components':{'R 1':{'symbol':'D:R','ref':'R 1'}}}", NUDGE_CODE_BAD_REFERENCE, FALSE },
  { "{'name':'t','components':{'a/R1':{'symbol':'D:R','ref':'a/R1'}}}", NUDGE_CODE_BAD_REFERENCE, FALSE },
  { "{'name':'t','components':{'R1?':{'symbol':'D:R','ref':'R1?'}}}", NUDGE_CODE_BAD_REFERENCE, FALSE },
  { "{'name':'t','components':{'GND':{'symbol':'D:R','ref':'GND'}}}", NUDGE_CODE_RESERVED_REFERENCE, TRUE },
  { "{'name':'t','components':{'R\\n1':{'symbol':'D:R'}}}", NUDGE_CODE_BAD_NAME, FALSE, "/components/R\n1" },
  /* Names. */
  { "{'components':{}}", NUDGE_CODE_BAD_NAME, TRUE, "" },
  { "{'name':'','components':{},'subcircuits':[{'name':null}]}", NUDGE_CODE_BAD_NAME, TRUE },
  { "{'name':'a\\u001bb','components':{}}", NUDGE_CODE_BAD_NAME, FALSE, "/name" },
  { "{'name':'a\\u0085b','components':{}}", NUDGE_CODE_BAD_NAME, FALSE, "/name" },
  { WITH_NETS ("{'A\\tB':{'nodes':[]}}"), NUDGE_CODE_BAD_NAME, FALSE },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[{'pin_id':'1','name':'\\u0007'}]}"), NUDGE_CODE_BAD_NAME,
               FALSE },
  /* Values that are put right. */
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','value':'a\\u0007b'}"), NUDGE_CODE_IGNORED_VALUE, TRUE,
               "/components/R1/value" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','dnp':[]}"), NUDGE_CODE_IGNORED_VALUE, TRUE, "/components/R1/dnp" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[{'num':'1','func':'power'}]}"), NUDGE_CODE_IGNORED_VALUE,
               TRUE, "/components/R1/pins/0/func" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[{'num':'1','x':1e308}]}"), NUDGE_CODE_IGNORED_VALUE, TRUE,
               "/components/R1/pins/0/x" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[{'num':'1','y':'2'}]}"), NUDGE_CODE_IGNORED_VALUE, TRUE,
               "/components/R1/pins/0/y" },
  { WITH_PART ("{'symbol':'Device:R','ref':'R1','pins':[{'num':'1','orientation':45}]}"), NUDGE_CODE_IGNORED_VALUE,
               TRUE, "/components/R1/pins/0" },
  { "{'name':'t','components':{},'annotations':[{'type':'Graphic'}]}", NUDGE_CODE_UNKNOWN_ANNOTATION, TRUE,
    "/annotations/0" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (Reading) reading = { 0 };
      const NudgeDiagnostic *diagnostic;

      g_test_message ("case %u", i);
      reading_init (&reading, bad[i].text);
      g_assert_true ((reading.circuit != NULL) == bad[i].survives);
      diagnostic = reading_find (&reading, bad[i].code);
      if (bad[i].pointer != NULL)
        g_assert_cmpstr (diagnostic->pointer, ==, bad[i].pointer);
      if (bad[i].line != 0)
        g_assert_cmpuint (diagnostic->line, ==, bad[i].line);
      if (bad[i].column != 0)
        g_assert_cmpuint (diagnostic->column, ==, bad[i].column);
      if (bad[i].subject != NULL)
        g_assert_cmpstr (diagnostic->subject, ==, bad[i].subject);
      g_assert_true (bad[i].survives || diagnostic->severity == NUDGE_SEVERITY_ERROR);
    }
}

/* One look at the list is enough to mend all of it. */
static void
test_all_at_once (void)
{
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "{'name':'t','components':{'R1':{'ref':'R1'},'C1':{'symbol':'Device:C','ref':'C1',"
                          "'pins':7}},"
                          "'nets':{'A':[{'component':'X1','pin':'1'}],'A':[]},'subcircuits':[3]}");
  g_assert_null (reading.circuit);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_NO_SYMBOL), ==, 1);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_SCHEMA), ==, 2);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_UNKNOWN_PART), ==, 1);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_JSON_DUPLICATE_KEY), ==, 1);
  g_assert_true (g_str_has_prefix (reading.error->message, "N0103 error: "));
  g_assert_true (g_str_has_suffix (reading.error->message, ", and 4 more"));
}

/* The list of findings is optional, and bounded. */
static void
test_findings (void)
{
  g_autoptr (GString) text = g_string_new ("{'name':'t','components':{'R1':" PART "},'nets':{'N':{'nodes':[");
  g_auto (Reading) reading = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "%s{'component':'X%u','pin':'1'}", i > 0 ? "," : "", i);
  g_string_append (text, "]}}}");
  reading_init (&reading, text->str);
  g_assert_null (reading.circuit);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_UNKNOWN_PART), ==, NUDGE_MAX_FINDINGS);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_MORE_FINDINGS), ==, 1);
  g_assert_true (g_str_has_suffix (reading.error->message, ", and 2999 more"));
  json = fixture_json (text->str);
  bytes = g_bytes_new (json, strlen (json));
  g_assert_null (nudge_circuit_read_bytes (bytes, NULL, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
}

/* An error that comes after a thousand hints is still told. */
static void
test_late_error (void)
{
  g_autoptr (GString) text = g_string_new ("{'name':'t','components':[" PART);
  g_auto (Reading) reading = { 0 };

  for (guint i = 0; i < NUDGE_MAX_FINDINGS + 10; i++)
    g_string_append (text, ",{'symbol':'Device:R'}");
  g_string_append (text, "],'nets':{'A':{'nodes':[{'component':'R1','pin':'1'}]},'B':{'nodes':[{'component':'R1','pin':'1'}]}}}");
  reading_init (&reading, text->str);
  g_assert_null (reading.circuit);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_REFERENCE_ASSIGNED), ==, NUDGE_MAX_FINDINGS);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_PIN_IN_TWO_NETS), ==, 1);
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_MORE_FINDINGS), ==, 1);
}

static char *
nested_circuits (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "{'name':'c','subcircuits':[");
  g_string_append (text, "{'name':'leaf','components':{}}");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *text = nested_circuits (NUDGE_MAX_BLOCK_DEPTH + extra);
      g_auto (Reading) reading = { 0 };

      reading_init (&reading, text);
      g_assert_true ((reading.circuit != NULL) == (extra == 0));
      if (extra == 0)
        g_assert_cmpuint (reading.circuit->blocks[NUDGE_MAX_BLOCK_DEPTH].depth, ==, NUDGE_MAX_BLOCK_DEPTH);
      else
        reading_find (&reading, NUDGE_CODE_CIRCUIT_LIMIT);
    }
}

static void
test_long_path (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (Reading) reading = { 0 };

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = g_strnfill (NUDGE_MAX_NAME_BYTES, 'n');

      g_string_append_printf (text, "{'name':'%s','components':{},'subcircuits':[", name);
    }
  for (guint i = 0; i < 8; i++)
    g_string_append (text, "]}");
  reading_init (&reading, text->str);
  reading_find (&reading, NUDGE_CODE_CIRCUIT_LIMIT);
}

static void
test_too_many_circuits (void)
{
  g_autoptr (GString) text = g_string_new ("{'name':'t','subcircuits':[{'name':'s'}");
  g_auto (Reading) reading = { 0 };

  for (guint i = 0; i < NUDGE_MAX_BLOCKS; i++)
    g_string_append (text, ",{'name':'s'}");
  g_string_append (text, "]}");
  reading_init (&reading, text->str);
  reading_find (&reading, NUDGE_CODE_CIRCUIT_LIMIT);
}

static void
test_long_name (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *name = g_strnfill (NUDGE_MAX_NAME_BYTES + extra, 'n');
      g_autofree char *text = g_strdup_printf ("{'name':'%s','components':{}}", name);
      g_auto (Reading) reading = { 0 };

      reading_init (&reading, text);
      g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_BAD_NAME), ==, extra);
    }
}

static void
test_too_many_of_a_part (void)
{
  g_autoptr (GString) fields = g_string_new ("{'name':'t','components':{'R1':{'symbol':'Device:R','ref':'R1'");
  g_autoptr (GString) pins = g_string_new ("{'name':'t','components':{'R1':{'symbol':'Device:R','ref':'R1',"
    "'pins':[{'num':'x'}");
  g_auto (Reading) many_fields = { 0 };
  g_auto (Reading) many_pins = { 0 };

  for (guint i = 0; i <= NUDGE_MAX_FIELDS_PER_PART; i++)
    g_string_append_printf (fields, ",'f%u':1", i);
  g_string_append (fields, "}}}");
  reading_init (&many_fields, fields->str);
  g_assert_cmpuint (reading_count (&many_fields, NUDGE_CODE_CIRCUIT_LIMIT), ==, 1);
  for (guint i = 0; i < NUDGE_MAX_PINS_PER_PART; i++)
    g_string_append_printf (pins, ",{'num':'%u'}", i);
  g_string_append (pins, "]}}}");
  reading_init (&many_pins, pins->str);
  g_assert_cmpuint (reading_count (&many_pins, NUDGE_CODE_CIRCUIT_LIMIT), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit-bad/table", test_table);
  g_test_add_func ("/circuit-bad/all-at-once", test_all_at_once);
  g_test_add_func ("/circuit-bad/findings", test_findings);
  g_test_add_func ("/circuit-bad/late-error", test_late_error);
  g_test_add_func ("/circuit-bad/depth", test_depth);
  g_test_add_func ("/circuit-bad/long-path", test_long_path);
  g_test_add_func ("/circuit-bad/too-many-circuits", test_too_many_circuits);
  g_test_add_func ("/circuit-bad/long-name", test_long_name);
  g_test_add_func ("/circuit-bad/too-many-of-a-part", test_too_many_of_a_part);
  return g_test_run ();
}
