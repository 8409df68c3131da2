/* S-expressions: KiCad's layout when writing, positions and limits when reading. */
#include "base/limits.h"
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sexpr/write/numbers", test_write_numbers);
  g_test_add_func ("/sexpr/write/doubles", test_write_doubles);
  g_test_add_func ("/sexpr/write/strings", test_write_strings);
  g_test_add_func ("/sexpr/write/layout", test_write_layout);
  g_test_add_func ("/sexpr/write/part", test_write_part);
  return g_test_run ();
}
