/* The JSON scanner: what it accepts, what it refuses and where, and that a document is printed as it was. */
#include "base/limits.h"
#include "circuit-fixture.h"
#include "text/json-document.h"

#include <json-glib/json-glib.h>
#include <string.h>

static NudgeJson *
scan (const char *text, gssize size, GPtrArray *diagnostics)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size < 0 ? strlen (text) : (gsize) size);

  return nudge_json_read (bytes, diagnostics);
}

typedef struct
{
  const char *text;
  NudgeCode code;
  guint line, column;
  const char *pointer; /* NULL: the finding is no value's */
} Bad;

static const Bad bad[] = {
  { "", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { " \n ", NUDGE_CODE_JSON_SYNTAX, 2, 2 },
  { "{", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "[1,", NUDGE_CODE_JSON_SYNTAX, 1, 4 },
  { "{\"a\":1,}", NUDGE_CODE_JSON_SYNTAX, 1, 8 },
  { "[1,]", NUDGE_CODE_JSON_SYNTAX, 1, 4 },
  { "[1 2]", NUDGE_CODE_JSON_SYNTAX, 1, 4 },
  { "[1}", NUDGE_CODE_JSON_SYNTAX, 1, 3 },
  { "{\"a\" 1}", NUDGE_CODE_JSON_SYNTAX, 1, 6 },
  { "{a:1}", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "{\"a\":}", NUDGE_CODE_JSON_SYNTAX, 1, 6 },
  { "{} {}", NUDGE_CODE_JSON_SYNTAX, 1, 4 },
  { "[]\nx", NUDGE_CODE_JSON_SYNTAX, 2, 1 },
  { "]", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "tru", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "truex", NUDGE_CODE_JSON_SYNTAX, 1, 5 },
  { "'a'", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "[// x\n1]", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"abc", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "\"abc\\", NUDGE_CODE_JSON_SYNTAX, 1, 5 },
  { "\"\\x\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\u12\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\u12g4\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\u0000\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\ud800\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\ud800x\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\ud800\\u0041\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"\\udc00\"", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "\"a\nb\"", NUDGE_CODE_JSON_SYNTAX, 1, 3 },
  { "\"\\n\tb\"", NUDGE_CODE_JSON_SYNTAX, 1, 4 },
  { "-", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "+1", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "1.", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { ".5", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "1e", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "1e+", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "0x10", NUDGE_CODE_JSON_SYNTAX, 1, 2 },
  { "[1e999]", NUDGE_CODE_JSON_NUMBER, 1, 2, "/0" },
  { "[-1e999]", NUDGE_CODE_JSON_NUMBER, 1, 2, "/0" },
  { "{\"a\":01}", NUDGE_CODE_JSON_NUMBER, 1, 6, "/a" },
  { "[-00]", NUDGE_CODE_JSON_NUMBER, 1, 2, "/0" },
  { "[1,\n99999999999999999999]", NUDGE_CODE_JSON_NUMBER, 2, 1, "/1" },
  { "9007199254740993", NUDGE_CODE_JSON_NUMBER, 1, 1, "" },
  { "[NaN]", NUDGE_CODE_JSON_NUMBER, 1, 2, "/0" },
  { "[-Infinity]", NUDGE_CODE_JSON_NUMBER, 1, 2, "/0" },
  { "{\"a\":1,\n \"a\":2}", NUDGE_CODE_JSON_DUPLICATE_KEY, 2, 2, "/a" },
  { "{\"a\":{\"x~/y\":1,\"x~\\/y\":2}}", NUDGE_CODE_JSON_DUPLICATE_KEY, 1, 16, "/a/x~0~1y" },
  { "\xff\xfe{}", NUDGE_CODE_JSON_SYNTAX, 1, 1 },
  { "[\"\xc3\x28\"]", NUDGE_CODE_JSON_SYNTAX, 1, 3 },
  { "[\"\xc0\xaf\"]", NUDGE_CODE_JSON_SYNTAX, 1, 3 },
  { "[\"\xed\xa0\x80\"]", NUDGE_CODE_JSON_SYNTAX, 1, 3 },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (NudgeJson) json = scan (bad[i].text, -1, diagnostics);
      const NudgeDiagnostic *first;

      g_test_message ("case %u", i);
      g_assert_true (json == NULL || json->n_errors > 0);
      g_assert_cmpuint (diagnostics->len, >, 0);
      first = diagnostics->pdata[0];
      g_assert_cmpint (first->code, ==, bad[i].code);
      g_assert_cmpuint (first->line, ==, bad[i].line);
      g_assert_cmpuint (first->column, ==, bad[i].column);
      g_assert_cmpstr (first->pointer, ==, bad[i].pointer);
    }
}

static void
test_bad_bytes (void)
{
  static const char nul[] = "[1,\0 2]";
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeJson) json = scan (nul, sizeof nul - 1, diagnostics);
  const NudgeDiagnostic *first = diagnostics->pdata[0];

  g_assert_null (json);
  g_assert_cmpint (first->code, ==, NUDGE_CODE_JSON_SYNTAX);
  g_assert_cmpuint (first->column, ==, 4);
}

/* What does not end the scan is found all at once. */
static void
test_many_findings (void)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeJson) json = scan ("{\"a\":01,\"b\":1e999,\"a\":\"\\ud800\",\"c\":[NaN]}", -1, diagnostics);

  g_assert_nonnull (json);
  g_assert_cmpuint (json->n_errors, ==, 5);
  g_assert_cmpuint (diagnostics->len, ==, 5);
}

static void
test_findings_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (NudgeJson) json = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, ",\n01");
  g_string_append_c (text, ']');
  json = scan (text->str, text->len, diagnostics);
  g_assert_nonnull (json);
  g_assert_cmpuint (json->n_errors, ==, 5000);
  g_assert_cmpuint (diagnostics->len, ==, NUDGE_MAX_FINDINGS);
}

static void
test_depth (void)
{
  for (guint depth = NUDGE_MAX_JSON_DEPTH; depth <= 1000000; depth = depth == NUDGE_MAX_JSON_DEPTH ? depth + 1 : depth * 100)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (NudgeJson) json = NULL;

      for (guint i = 0; i < depth; i++)
        g_string_append_c (text, '[');
      for (guint i = 0; i < depth; i++)
        g_string_append_c (text, ']');
      json = scan (text->str, text->len, diagnostics);
      g_assert_true ((json != NULL) == (depth <= NUDGE_MAX_JSON_DEPTH));
      if (json == NULL)
        g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, NUDGE_CODE_JSON_LIMIT);
    }
}

static void
test_long_string (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *inner = g_strnfill (NUDGE_MAX_STRING_BYTES + extra, 'x');
      g_autofree char *text = g_strdup_printf ("\"%s\"", inner);
      g_autoptr (NudgeJson) json = scan (text, -1, NULL);

      g_assert_true ((json == NULL) == (extra == 1));
    }
}

/* A hundred thousand keys, all different, then one of them again: both are quick to tell. */
static void
test_many_keys (void)
{
  for (guint duplicate = 0; duplicate < 2; duplicate++)
    {
      g_autoptr (GString) text = g_string_new ("{\"k99999\":0");
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (NudgeJson) json = NULL;

      for (guint i = 0; i < 99999 + duplicate; i++)
        g_string_append_printf (text, ",\"k%u\":%u", i, i);
      g_string_append_c (text, '}');
      json = scan (text->str, text->len, diagnostics);
      g_assert_nonnull (json);
      g_assert_cmpuint (diagnostics->len, ==, duplicate);
      g_assert_cmpuint (json->values[0].size, ==, 100000 + duplicate);
      g_assert_cmpfloat (nudge_json_number (json, nudge_json_member (json, 0, "k77777")), ==, 77777);
    }
}

static void
test_walk (void)
{
  g_autoptr (NudgeJson) json = scan ("{\"a\":[1,{\"b\\u0041\":null}],\n\"c\":{},\"d\":\"x\\ny\"}", -1, NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *pointer = NULL;
  guint a, inner, d, line, column;
  gsize size;
  const char *text;

  g_assert_nonnull (json);
  g_assert_cmpuint (json->n_values, ==, 11);
  a = nudge_json_member (json, 0, "a");
  g_assert_cmpint (nudge_json_type (json, a), ==, NUDGE_JSON_ARRAY);
  g_assert_cmpuint (json->values[a].size, ==, 2);
  inner = nudge_json_member (json, nudge_json_next (json, a + 1), "bA");
  g_assert_cmpint (nudge_json_type (json, inner), ==, NUDGE_JSON_NULL);
  pointer = nudge_json_pointer (json, inner);
  g_assert_cmpstr (pointer, ==, "/a/1/bA");
  d = nudge_json_member (json, 0, "d");
  text = nudge_json_text (json, d, &size);
  g_assert_cmpmem (text, size, "x\ny", 3);
  nudge_json_place (json, d, &line, &column);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (column, ==, 12);
  g_assert_cmpuint (nudge_json_member (json, 0, "e"), ==, NUDGE_NONE);
  g_assert_cmpuint (nudge_json_member (json, a, "a"), ==, NUDGE_NONE);
  nudge_json_append_plain (json, a, plain);
  g_assert_cmpstr (plain->str, ==, "1, {\"bA\": null}");
}

static void
test_byte_order_mark (void)
{
  g_autoptr (NudgeJson) json = scan ("\xef\xbb\xbf[1,\n2]", -1, NULL);
  guint line, column;

  g_assert_nonnull (json);
  nudge_json_place (json, 1, &line, &column);
  g_assert_cmpuint (line, ==, 1);
  g_assert_cmpuint (column, ==, 2);
  nudge_json_place (json, 2, &line, &column);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (column, ==, 1);
}

static void
test_unicode (void)
{
  g_autoptr (NudgeJson) json = scan ("\"\\ud83d\\ude00 \\u00e4 \xc3\xa4 \\/ \\b\\f\\r\\t\"", -1, NULL);
  gsize size;
  const char *text = nudge_json_text (json, 0, &size);

  g_assert_cmpmem (text, size, "\xf0\x9f\x98\x80 \xc3\xa4 \xc3\xa4 / \b\f\r\t",
                               strlen ("\xf0\x9f\x98\x80 \xc3\xa4 \xc3\xa4 / \b\f\r\t"));
}

static void
test_print (void)
{
  static const struct
  {
    const char *text, *printed;
  } cases[] = {
    { "1", "1\n" },
    { " [ ] ", "[]\n" },
    { "{}", "{}\n" },
    { "[1.50,-0,1E5,\"\\u00e4\\\"\\\\\\/\\u0001\",null,true,false]",
      "[\n  1.50,\n  -0,\n  1E5,\n  \"\xc3\xa4\\\"\\\\/\\u0001\",\n  null,\n  true,\n  false\n]\n" },
    { "{\"b\":{\"x\":[]},\"a\":[{},[2]],\"c\":\"d\"}",
      "{\n  \"b\": {\n    \"x\": []\n  },\n  \"a\": [\n    {},\n    [\n      2\n    ]\n  ],\n  \"c\": \"d\"\n}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NudgeJson) json = scan (cases[i].text, -1, NULL);
      g_autoptr (GBytes) printed = nudge_json_print (json);
      g_autoptr (NudgeJson) again = nudge_json_read (printed, NULL);
      g_autoptr (GBytes) reprinted = nudge_json_print (again);

      g_assert_cmpmem (g_bytes_get_data (printed, NULL), g_bytes_get_size (printed), cases[i].printed, strlen (cases[i].printed));
      g_assert_true (g_bytes_equal (printed, reprinted));
    }
}

/* json-glib must see in the printed document what it sees in the original. */
static void
test_agrees_with_json_glib (void)
{
  static const char *const texts[] = {
    "{\"name\":\"x\",\"list\":[1,2.5,-3e2,true,false,null,\"\\u20ac\\n\"],\"deep\":{\"a\":{\"b\":[[],{}]}}}",
    "[\"\\ud83d\\ude00\",\"\\\"\",\"/\",\"\"]",
    "[9007199254740992,-9007199254740992,1e308,0,-0.0]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (NudgeJson) json = scan (texts[i], -1, NULL);
      g_autoptr (GBytes) printed = nudge_json_print (json);
      g_autoptr (JsonParser) before = json_parser_new ();
      g_autoptr (JsonParser) after = json_parser_new ();

      g_assert_true (json_parser_load_from_data (before, texts[i], -1, NULL));
      g_assert_true (json_parser_load_from_data (after, g_bytes_get_data (printed, NULL), g_bytes_get_size (printed), NULL));
      g_assert_true (json_node_equal (json_parser_get_root (before), json_parser_get_root (after)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/bad-bytes", test_bad_bytes);
  g_test_add_func ("/json/many-findings", test_many_findings);
  g_test_add_func ("/json/findings-are-bounded", test_findings_are_bounded);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/long-string", test_long_string);
  g_test_add_func ("/json/many-keys", test_many_keys);
  g_test_add_func ("/json/walk", test_walk);
  g_test_add_func ("/json/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/json/unicode", test_unicode);
  g_test_add_func ("/json/print", test_print);
  g_test_add_func ("/json/agrees-with-json-glib", test_agrees_with_json_glib);
  return g_test_run ();
}
