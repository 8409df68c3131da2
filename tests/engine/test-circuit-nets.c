/* The scope of nets: which nodes are one net of the design. */
#include "circuit-fixture.h"

#include <string.h>

/* A part with two pins, and nodes of it. */
#define R(n) "'R" n "':{'symbol':'Device:R','ref':'R" n "'}"
#define N(n, pin) "{'component':'R" n "','pin':{'number':'" pin "'}}"

typedef struct
{
  const char *what;
  const char *text;
  const char *nets;
  NudgeCode code; /* a finding that must be made; 0: none of the nets' */
} Case;

static const Case cases[] = {
  { "declared, used by a child",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':{'nodes':[" N ("1", "1") "]}},'subcircuits':[{'name':'c',"
    "'components':{" R ("2") "},'nets':{'A':[" N ("2", "1") "]}}]}",
    "R1.1 R2.1", 0 },
  { "declared twice is two nets",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':{'nodes':[" N ("1", "1") "," N ("1", "2") "]}},"
    "'subcircuits':[{'name':'c','components':{" R ("2") "},'nets':{'A':{'nodes':[" N ("2", "1") ","
    N ("2", "2") "]}}}]}",
    "R1.1 R1.2 | R2.1 R2.2", 0 },
  { "the nearest ancestor owns it, past a level that does not use it",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':{'nodes':[" N ("1", "1") "]}},'subcircuits':[{'name':'b',"
    "'components':{" R ("2") "},'nets':{'A':{'nodes':[" N ("2", "1") "]}},"
    "'subcircuits':[{'name':'c','subcircuits':[{'name':'d','components':{" R ("3") "},'nets':{'A':["
    N ("3", "1") "]}}]}]},"
    "{'name':'e','components':{" R ("4") "},'nets':{'A':[" N ("4", "1") "]}}]}",
    "R1.1 R4.1 | R2.1 R3.1", 0 },
  { "a child declares what its parent and sibling use",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':[" N ("1", "1") "]},'subcircuits':[{'name':'b',"
    "'components':{" R ("2") "},'nets':{'A':{'nodes':[" N ("2", "1") "]}}},"
    "{'name':'c','components':{" R ("3") "},'nets':{'A':[" N ("3", "1") "]}}]}",
    "R1.1 R2.1 R3.1", 0 },
  { "equally near: the first one",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':[" N ("1", "1") "]},'subcircuits':[{'name':'b',"
    "'components':{" R ("2") "},'nets':{'A':{'nodes':[" N ("2", "1") "]}}},"
    "{'name':'c','components':{" R ("3") "},'nets':{'A':{'nodes':[" N ("3", "1") "," N ("3", "2") "]}}}]}",
    "R1.1 R2.1 | R3.1 R3.2", NUDGE_CODE_AMBIGUOUS_NET },
  { "a near cousin before a far one",
    "{'name':'t','subcircuits':[{'name':'far','components':{" R ("1") "},'nets':{'A':{'nodes':[" N ("1", "1") ","
    N ("1", "2") "]}}},"
    "{'name':'b','subcircuits':[{'name':'c','components':{" R ("2") "},'nets':{'A':[" N ("2", "1") "]}},{'name':'d',"
    "'components':{" R ("3") "},'nets':{'A':{'nodes':[" N ("3", "1") "]}}}]}]}",
    "R1.1 R1.2 | R2.1 R3.1", 0 },
  { "nobody declares it: one net everywhere",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':[" N ("1", "1") "]},'subcircuits':[{'name':'b',"
    "'subcircuits':[{'name':'c','components':{" R ("2") "},'nets':{'A':[" N ("2", "1") "]}}]}]}",
    "R1.1 R2.1", NUDGE_CODE_UNDECLARED_NET },
  { "a rail is one net by its symbol, whatever its names and circuits",
    "{'name':'t','components':{" R ("1") "},'nets':{'+5V':{'nodes':[" N ("1", "1") "],'is_power':true,"
    "'power_symbol':'power:+5V'}},'subcircuits':["
    "{'name':'b','components':{" R ("2") "},'nets':{'RAIL':{'nodes':[" N ("2", "1") "],'is_power':true,"
    "'power_symbol':'power:+5V'}},"
    "'subcircuits':[{'name':'c','components':{" R ("3") "},'nets':{'RAIL':[" N ("3", "1") "],'+5V':["
    N ("3", "2") "]}}]}]}",
    "R1.1 R2.1 R3.1 R3.2", 0 },
  { "two symbols are two rails, one name or not",
    "{'name':'t','components':{" R ("1") "},'nets':{'GND':{'nodes':[" N ("1", "1") "," N ("1", "2") "],"
    "'is_power':true,'power_symbol':'power:GND'}},'subcircuits':["
    "{'name':'b','components':{" R ("2") "},'nets':{'GND':{'nodes':[" N ("2", "1") "," N ("2", "2") "],"
    "'is_power':true,'power_symbol':'power:GNDA'}}}]}",
    "R1.1 R1.2 | R2.1 R2.2", 0 },
  { "a rail and a signal of one name stay apart",
    "{'name':'t','components':{" R ("1") "},'nets':{'V':{'nodes':[" N ("1", "1") "," N ("1", "2") "],'is_power':true,"
    "'power_symbol':'power:V'}},'subcircuits':["
    "{'name':'b','components':{" R ("2") "},'nets':{'V':{'nodes':[" N ("2", "1") "," N ("2", "2") "]}}}]}",
    "R1.1 R1.2 | R2.1 R2.2", 0 },
  { "a rail without symbol goes by its name",
    "{'name':'t','components':{" R ("1") "},'nets':{'V':{'nodes':[" N ("1", "1") "],'is_power':true,"
    "'power_symbol':null}},'subcircuits':["
    "{'name':'b','components':{" R ("2") "},'nets':{'V':{'nodes':[" N ("2", "1") "],'is_power':true}}}]}",
    "R1.1 R2.1", NUDGE_CODE_POWER_WITHOUT_SYMBOL },
  { "a node that is repeated counts once",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':{'nodes':[" N ("1", "1") "," N ("1", "2") ","
    N ("1", "1") "]}}}", "R1.1 R1.2", 0 },
  { "a node that is repeated by another circuit's part of the net counts once",
    "{'name':'t','components':{" R ("1") "},'nets':[{'name':'A','nodes':[" N ("1", "1") "," N ("1", "2") "]},"
    "{'name':'A','nodes':[" N ("1", "1") "]}]}", "R1.1 R1.2", 0 },
  { "one pin",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':{'nodes':[" N ("1", "1") "]}}}", "R1.1",
    NUDGE_CODE_SINGLE_NODE_NET },
  { "no pin",
    "{'name':'t','components':{" R ("1") "},'nets':{'A':{'nodes':[]},'B':[],'C':null}}", "", NUDGE_CODE_EMPTY_NET },
  { "names of nothing but blanks and odd letters are names",
    "{'name':'t','components':{" R ("1") "},'nets':{' ':{'nodes':[" N ("1", "1") "," N ("1", "2") "]},"
    "'~{RST}/x':{'nodes':[]}}}", "R1.1 R1.2", NUDGE_CODE_EMPTY_NET },
};

static void
test_scope (void)
{
  static const NudgeCode codes[] = {
    NUDGE_CODE_AMBIGUOUS_NET, NUDGE_CODE_UNDECLARED_NET, NUDGE_CODE_POWER_WITHOUT_SYMBOL, NUDGE_CODE_SINGLE_NODE_NET, NUDGE_CODE_EMPTY_NET,
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Reading) reading = { 0 };
      g_autofree char *nets = NULL;

      g_test_message ("%s", cases[i].what);
      reading_init (&reading, cases[i].text);
      g_assert_nonnull (reading.circuit);
      nets = fixture_nets (reading.circuit);
      g_assert_cmpstr (nets, ==, cases[i].nets);
      for (guint k = 0; k < G_N_ELEMENTS (codes); k++)
        g_assert_true ((reading_count (&reading, codes[k]) > 0) == (codes[k] == cases[i].code));
    }
}

static void
test_undeclared_names_circuits (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeDiagnostic *diagnostic;

  reading_init (&reading, "{'name':'top','components':{" R ("1") "},'nets':{'A':[" N ("1", "1") "]},"
                          "'subcircuits':[{'name':'usb','components':{" R ("2") "},'nets':{'A':["
    N ("2", "1") "]}}]}");
  diagnostic = reading_find (&reading, NUDGE_CODE_UNDECLARED_NET);
  g_assert_cmpstr (diagnostic->message, ==, "no circuit declares net “A”; it joins “top”, “usb”");
  g_assert_cmpstr (diagnostic->pointer, ==, "/nets/A");
  g_assert_cmpstr (diagnostic->subject, ==, "A");
}

static void
test_order_and_owner (void)
{
  g_auto (Reading) reading = { 0 };
  const NudgeCircuit *circuit;

  reading_init (&reading, "{'name':'t','components':{" R ("1") "},'nets':{'Z':[" N ("1", "2") "],"
                          "'B':{'nodes':[" N ("1", "1") "]}},'subcircuits':["
                          "{'name':'c','components':{" R ("2") "," R ("3") "},'nets':{'A':{'nodes':["
    N ("3", "1") "]},'V':{'nodes':[" N ("2", "2") "],'is_power':true,'power_symbol':'power:V'},"
                          "'B':[" N ("2", "1") "]}}]}");
  circuit = reading.circuit;
  g_assert_nonnull (circuit);
  g_assert_cmpuint (circuit->n_nets, ==, 4);
  g_assert_cmpstr (circuit->nets[0].name, ==, "V");
  g_assert_cmpuint (circuit->nets[0].block, ==, 0);
  g_assert_cmpstr (circuit->nets[1].name, ==, "B");
  g_assert_cmpstr (circuit->nets[2].name, ==, "Z");
  g_assert_cmpuint (circuit->nets[2].block, ==, 0);
  g_assert_cmpstr (circuit->nets[3].name, ==, "A");
  g_assert_cmpuint (circuit->nets[3].block, ==, 1);
  g_assert_cmpuint (circuit->nodes[circuit->nets[1].first_node + 1].part, ==, 1);
}

/* A part under another key than its reference: nets may use either, the key first. */
static void
test_key_and_reference (void)
{
  g_auto (Reading) reading = { 0 };
  g_autofree char *nets = NULL;

  reading_init (&reading, "{'name':'t','components':{'R7':{'symbol':'Device:R','ref':'R1'},'R2':{'symbol':'Device:R',"
                          "'ref':'R7'}},"
                          "'nets':{'A':{'nodes':[" N ("7", "1") "," N ("2", "1") "]},'B':{'nodes':["
    N ("1", "2") "]}}}");
  g_assert_nonnull (reading.circuit);
  nets = fixture_nets (reading.circuit);
  g_assert_cmpstr (nets, ==, "R2.1 R7.1 | R7.2");
  g_assert_cmpuint (reading_count (&reading, NUDGE_CODE_KEY_NOT_REFERENCE), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit-nets/scope", test_scope);
  g_test_add_func ("/circuit-nets/undeclared-names-circuits", test_undeclared_names_circuits);
  g_test_add_func ("/circuit-nets/order-and-owner", test_order_and_owner);
  g_test_add_func ("/circuit-nets/key-and-reference", test_key_and_reference);
  return g_test_run ();
}
