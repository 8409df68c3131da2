/* S-expressions: KiCad's layout when writing, positions and limits when reading. */
#include "base/limits.h"
#include "text/sexpr.h"
#include "text/sexpr-writer.h"

#include <string.h>

static void
test_write_numbers (void)
{
  static const struct
  {
    gint64 value;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 1, "0.0001" },
    { -1, "-0.0001" },
    { 12700, "1.27" },
    { -25400, "-2.54" },
    { 10000, "1" },
    { 1000000, "100" },
    { -5000, "-0.5" },
    { 10203, "1.0203" },
    { G_MAXINT32, "214748.3647" },
    { G_MININT32, "-214748.3648" },
    { G_MININT64, "-922337203685477.5808" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      nudge_append_mm (out, cases[i].value);
      g_assert_cmpstr (out->str, ==, cases[i].text);
    }
}

static void
test_write_doubles (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 0.0, "0" }, { -0.0, "0" }, { 1.5, "1.5" }, { 90, "90" }, { -0.25, "-0.25" },
    { 100, "100" }, { 1e-7, "0.0000001" }, { 1e-30, "0" }, { -1e-30, "0" }, { 1e15, "1000000000000000" }, { 0.1, "0.1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autofree char *expected = g_strdup_printf ("(a %s)", cases[i].text);
      NudgeSexprWriter w;

      nudge_sexpr_writer_init (&w, out);
      nudge_sexpr_writer_open (&w, "a");
      nudge_sexpr_writer_double (&w, cases[i].value);
      nudge_sexpr_writer_close (&w);
      g_assert_cmpstr (out->str, ==, expected);
    }
}

static void
test_write_strings (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  NudgeSexprWriter w;

  nudge_sexpr_writer_init (&w, out);
  nudge_sexpr_writer_open (&w, "a");
  nudge_sexpr_writer_string (&w, "say \"hi\"\\\n\r\t\033 µ");
  nudge_sexpr_writer_string (&w, "");
  nudge_sexpr_writer_string (&w, "\xff");
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_finish (&w);
  g_assert_cmpstr (out->str, ==, "(a \"say \\\"hi\\\"\\\\\\n\\r\\t\\033 µ\" \"\" \"\xef\xbf\xbd\")\n");
}

static void
test_write_layout (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  NudgeSexprWriter w;

  nudge_sexpr_writer_init (&w, out);
  nudge_sexpr_writer_open (&w, "polyline");
  nudge_sexpr_writer_open (&w, "pts");
  for (gint i = 0; i < 9; i++)
    nudge_sexpr_writer_point_list (&w, "xy", i * 12700, -12700);
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_open (&w, "members");
  for (gint i = 0; i < 8; i++)
    nudge_sexpr_writer_string (&w, "0123456789");
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_bool_list (&w, "in_bom", TRUE);
  nudge_sexpr_writer_at (&w, 12700, 0, 90);
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_finish (&w);
  g_assert_cmpstr (out->str, ==,
                   "(polyline\n"
                   "\t(pts\n"
                   "\t\t(xy 0 -1.27) (xy 1.27 -1.27) (xy 2.54 -1.27) (xy 3.81 -1.27) (xy 5.08 -1.27) (xy 6.35 -1.27) (xy 7.62 -1.27)\n"
                   "\t\t(xy 8.89 -1.27) (xy 10.16 -1.27)\n"
                   "\t)\n"
                   "\t(members \"0123456789\" \"0123456789\" \"0123456789\" \"0123456789\" \"0123456789\"\n"
                   "\t\t\"0123456789\" \"0123456789\" \"0123456789\"\n"
                   "\t)\n"
                   "\t(in_bom yes)\n"
                   "\t(at 1.27 0 90)\n"
                   ")\n");
}

static void
test_write_part (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  NudgeSexprWriter w;

  nudge_sexpr_writer_init_at (&w, out, 2);
  nudge_sexpr_writer_string_list (&w, "name", "x");
  nudge_sexpr_writer_integer_list (&w, "unit", -3);
  g_assert_cmpstr (out->str, ==, "(name \"x\")\n\t\t(unit -3)");
}

static NudgeSexpr *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  NudgeSexpr *tree = nudge_sexpr_parse (text, strlen (text), 1, &error);

  g_assert_no_error (error);
  return tree;
}

static void
test_read_tree (void)
{
  g_autoptr (NudgeSexpr) tree = parse ("(a b \"c d\"\n  (e 1.27 yes)(f))\n");
  const NudgeSexprNode *root = nudge_sexpr_root (tree), *e = nudge_sexpr_find (root, "e");

  g_assert_true (nudge_sexpr_is (root, "a"));
  g_assert_cmpstr (nudge_sexpr_text (root, 1), ==, "b");
  g_assert_cmpstr (nudge_sexpr_text (root, 2), ==, "c d");
  g_assert_null (nudge_sexpr_text (root, 3));
  g_assert_true (nudge_sexpr_has_atom (root, "b"));
  g_assert_false (nudge_sexpr_has_atom (root, "c d"));
  g_assert_false (nudge_sexpr_has_atom (root, "a"));
  g_assert_nonnull (e);
  g_assert_cmpuint (e->line, ==, 2);
  g_assert_cmpuint (e->column, ==, 3);
  g_assert_cmpint (nudge_sexpr_mm (e, 1), ==, 12700);
  g_assert_null (nudge_sexpr_find (root, "g"));
  g_assert_null (nudge_sexpr_find (NULL, "g"));
}

static void
test_read_strings (void)
{
  g_autoptr (NudgeSexpr) tree = parse ("(a \"q\\\"\\\\\\n\\t\\x41\\101\\q\" \"\"\"x\"y)");
  const NudgeSexprNode *root = nudge_sexpr_root (tree);

  g_assert_cmpstr (nudge_sexpr_text (root, 1), ==, "q\"\\\n\tAAq");
  g_assert_cmpstr (nudge_sexpr_text (root, 2), ==, "");
  g_assert_cmpstr (nudge_sexpr_text (root, 3), ==, "x");
  g_assert_cmpstr (nudge_sexpr_text (root, 4), ==, "y");
}

static void
test_read_numbers (void)
{
  static const struct
  {
    const char *text;
    gint32 units;
  } cases[] = {
    { "0", 0 }, { "-0", 0 }, { "1.27", 12700 }, { "-2.54", -25400 }, { ".5", 5000 }, { "+1", 10000 }, { "0.00004", 0 }, { "0.00005", 1 },
    { "-0.000051", -1 }, { "1.23456789", 12346 }, { "3.55e-15", 0 }, { "1e2", 1000000 }, { "-1e300", -NUDGE_MAX_COORDINATE },
    { "1e999", NUDGE_MAX_COORDINATE }, { "nan", 0 }, { "inf", NUDGE_MAX_COORDINATE }, { "99999999999999999999", NUDGE_MAX_COORDINATE },
    { "-99999999999999999999.5", -NUDGE_MAX_COORDINATE }, { "x", 0 }, { "-", 0 }, { "1.999999", 20000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("(n %s)", cases[i].text);
      g_autoptr (NudgeSexpr) tree = parse (text);

      g_assert_cmpint (nudge_sexpr_mm (nudge_sexpr_root (tree), 1), ==, cases[i].units);
    }
}

static void
test_read_bools (void)
{
  g_autoptr (NudgeSexpr) tree = parse ("(p hide (a yes) (b no) (c) (d true))");
  const NudgeSexprNode *root = nudge_sexpr_root (tree);

  g_assert_true (nudge_sexpr_bool (root, "hide", FALSE));
  g_assert_true (nudge_sexpr_bool (root, "a", FALSE));
  g_assert_false (nudge_sexpr_bool (root, "b", TRUE));
  g_assert_true (nudge_sexpr_bool (root, "c", FALSE));
  g_assert_true (nudge_sexpr_bool (root, "d", FALSE));
  g_assert_true (nudge_sexpr_bool (root, "e", TRUE));
  g_assert_false (nudge_sexpr_bool (root, "e", FALSE));
}

static void
test_read_errors (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "line 7, column 1: a list is expected" },
    { "  x", "line 7, column 3: a list is expected" },
    { "(a\n (b", "line 8, column 4: a list does not end" },
    { "(a\n \"b\n", "line 8, column 2: the string does not end" },
    { "(a) )", "line 7, column 5: something follows the last list" },
    { "(a \001)", "line 7, column 4: a control character" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nudge_sexpr_parse (cases[i].text, strlen (cases[i].text), 7, &error));
      g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_read_limits (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeSexpr) tree = NULL;

  for (guint i = 0; i < NUDGE_MAX_SEXPR_DEPTH; i++)
    g_string_append (deep, "(a");
  for (guint i = 0; i < NUDGE_MAX_SEXPR_DEPTH; i++)
    g_string_append_c (deep, ')');
  tree = parse (deep->str);
  g_assert_nonnull (tree);
  g_string_prepend (deep, "(a");
  g_string_append_c (deep, ')');
  g_assert_null (nudge_sexpr_parse (deep->str, deep->len, 1, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT);
  g_assert_null (nudge_sexpr_parse ("(a \"\0\")", 7, 1, NULL));
}

/* What is written is read back as it was. */
static void
test_round_trip (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (NudgeSexpr) tree = NULL;
      gint32 value = g_test_rand_int_range (-NUDGE_MAX_COORDINATE, NUDGE_MAX_COORDINATE);
      NudgeSexprWriter w;

      for (gint n = g_test_rand_int_range (0, 60); n > 0; n--)
        g_string_append_unichar (text, (gunichar) g_test_rand_int_range (1, 0x2fff));
      nudge_sexpr_writer_init (&w, out);
      nudge_sexpr_writer_open (&w, "a");
      nudge_sexpr_writer_string (&w, text->str);
      nudge_sexpr_writer_mm (&w, value);
      nudge_sexpr_writer_close (&w);
      nudge_sexpr_writer_finish (&w);
      tree = parse (out->str);
      g_assert_cmpstr (nudge_sexpr_text (nudge_sexpr_root (tree), 1), ==, text->str);
      g_assert_cmpint (nudge_sexpr_mm (nudge_sexpr_root (tree), 2), ==, value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sexpr/write/numbers", test_write_numbers);
  g_test_add_func ("/sexpr/write/doubles", test_write_doubles);
  g_test_add_func ("/sexpr/write/strings", test_write_strings);
  g_test_add_func ("/sexpr/write/layout", test_write_layout);
  g_test_add_func ("/sexpr/write/part", test_write_part);
  g_test_add_func ("/sexpr/read/tree", test_read_tree);
  g_test_add_func ("/sexpr/read/strings", test_read_strings);
  g_test_add_func ("/sexpr/read/numbers", test_read_numbers);
  g_test_add_func ("/sexpr/read/bools", test_read_bools);
  g_test_add_func ("/sexpr/read/errors", test_read_errors);
  g_test_add_func ("/sexpr/read/limits", test_read_limits);
  g_test_add_func ("/sexpr/round-trip", test_round_trip);
  return g_test_run ();
}
