#include "command-line.h"

#include "nudge.h"

#include <string.h>

/* Arguments as a person types them; the program's name comes first. */
static gboolean
parse (NudgeCommandLine *command, const char *line, GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autofree char *whole = g_strconcat ("nudge ", line, NULL);
  int argc = 0;

  g_assert_true (g_shell_parse_argv (whole, &argc, &argv, NULL));
  return nudge_command_line_parse (command, argc, argv, error);
}

static void
assert_nonsense (const char *line, const char *part_of_message)
{
  g_auto (NudgeCommandLine) command = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (parse (&command, line, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_OPTION_ERROR);
  if (strstr (error->message, part_of_message) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part_of_message);
}

static void
test_export (void)
{
  g_auto (NudgeCommandLine) command = { 0 };
  g_autoptr (GError) error = NULL;

  parse (&command, "--export out --symbols a --symbols=b --report - --force -v --layout text-flow in.json", &error);
  g_assert_no_error (error);
  g_assert_true (nudge_command_line_is_headless (&command));
  g_assert_cmpstr (command.export_folder, ==, "out");
  g_assert_cmpstrv (command.symbol_folders, ((const char *[]){ "a", "b", NULL }));
  g_assert_cmpstrv (command.files, ((const char *[]){ "in.json", NULL }));
  g_assert_cmpstr (command.report, ==, "-");
  g_assert_cmpstr (command.layout, ==, "text-flow");
  g_assert_true (command.force);
  g_assert_true (command.verbose);
  g_assert_false (command.quiet);
  g_assert_false (command.check);
}

static void
test_files (void)
{
  g_auto (NudgeCommandLine) standard_input = { 0 };
  g_auto (NudgeCommandLine) dashed = { 0 };
  g_auto (NudgeCommandLine) window = { 0 };
  g_auto (NudgeCommandLine) nothing = { 0 };

  g_assert_true (parse (&standard_input, "--check -", NULL));
  g_assert_cmpstr (standard_input.files[0], ==, "-");
  g_assert_true (parse (&dashed, "--check -- -v", NULL));
  g_assert_cmpstr (dashed.files[0], ==, "-v");
  g_assert_false (dashed.verbose);
  g_assert_true (parse (&window, "a.json b.json", NULL));
  g_assert_false (nudge_command_line_is_headless (&window));
  g_assert_cmpuint (g_strv_length (window.files), ==, 2);
  g_assert_true (parse (&nothing, "", NULL));
  g_assert_null (nothing.files);
}

static void
test_nonsense (void)
{
  assert_nonsense ("--no-such-option", "--no-such-option");
  assert_nonsense ("--export", "--export");
  assert_nonsense ("--export ''  a", "folder");
  assert_nonsense ("--export out", "no circuit");
  assert_nonsense ("--export out a b", "more than one");
  assert_nonsense ("--check --export out a", "--check");
  assert_nonsense ("--check -q -v a", "exclude");
  assert_nonsense ("--report r a", "--report");
  assert_nonsense ("--force --check a", "--force");
  assert_nonsense ("-", "standard input");
  assert_nonsense ("--check --layout nowhere a", "text-flow");
}

/* A run with its output in memory. */
typedef struct
{
  int status;
  char *out, *err;
} Outcome;

static void
outcome_clear (Outcome *self)
{
  /* open_memstream() allocates with malloc(). */
  free (self->out);
  free (self->err);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static Outcome
run (const char *line, const char *input)
{
  Outcome outcome = { 0 };
  gsize n_out, n_err;
  g_auto (GStrv) argv = NULL;
  g_autofree char *whole = g_strconcat ("nudge ", line, NULL);
  int argc = 0;
  NudgeStreams streams = {
    .in = fmemopen ((char *) input, strlen (input), "r"),
    .out = open_memstream (&outcome.out, &n_out),
    .err = open_memstream (&outcome.err, &n_err),
  };

  g_assert_true (g_shell_parse_argv (whole, &argc, &argv, NULL));
  outcome.status = nudge_command_line_run (argc, argv, &streams);
  fclose (streams.in);
  fclose (streams.out);
  fclose (streams.err);
  return outcome;
}

static void
test_prints (void)
{
  g_auto (Outcome) help = run ("--help", " ");
  g_auto (Outcome) version = run ("--version --nothing-else-matters", " ");
  g_auto (Outcome) good_version = run ("--version", " ");

  g_assert_cmpint (help.status, ==, NUDGE_EXIT_OK);
  g_assert_nonnull (strstr (help.out, "--export=DIR"));
  g_assert_nonnull (strstr (help.out, "Exit codes:"));
  g_assert_nonnull (strstr (help.out, "text-flow"));
  g_assert_cmpstr (help.err, ==, "");
  g_assert_cmpint (version.status, ==, NUDGE_EXIT_USAGE);
  g_assert_cmpstr (version.out, ==, "");
  g_assert_nonnull (strstr (version.err, "nudge --help"));
  g_assert_cmpint (good_version.status, ==, NUDGE_EXIT_OK);
  g_assert_true (g_str_has_prefix (good_version.out, "nudge "));
}

#define EMPTY_CIRCUIT "{\"name\": \"t\", \"components\": {}, \"nets\": {}, \"subcircuits\": []}"

static void
test_verbosity (void)
{
  g_auto (Outcome) normal = run ("--check -", EMPTY_CIRCUIT);
  g_auto (Outcome) verbose = run ("--check -v -", EMPTY_CIRCUIT);
  g_auto (Outcome) bad = run ("--check -q -", "{");

  g_assert_cmpint (normal.status, ==, NUDGE_EXIT_OK);
  g_assert_cmpstr (normal.out, ==, "");
  g_assert_null (strstr (normal.err, "N0115"));
  g_assert_cmpint (verbose.status, ==, NUDGE_EXIT_OK);
  g_assert_nonnull (strstr (verbose.err, "N0115"));
  g_assert_nonnull (strstr (verbose.err, nudge_code_hint (NUDGE_CODE_EMPTY_CIRCUIT)));
  g_assert_nonnull (strstr (verbose.err, "proven"));
  g_assert_cmpint (bad.status, ==, NUDGE_EXIT_INPUT);
  g_assert_nonnull (strstr (bad.err, "N0101"));
  g_assert_cmpstr (bad.out, ==, "");
}

static void
test_report (void)
{
  g_auto (Outcome) good = run ("--check --report - -", EMPTY_CIRCUIT);
  g_auto (Outcome) again = run ("--check --report - -", EMPTY_CIRCUIT);
  g_auto (Outcome) bad = run ("--check --report - -", "[]");

  g_assert_cmpint (good.status, ==, NUDGE_EXIT_OK);
  g_assert_true (g_str_has_prefix (good.out, "{"));
  g_assert_nonnull (strstr (good.out, "t.kicad_pro"));
  g_assert_nonnull (strstr (good.out, "not written"));
  g_assert_cmpstr (good.out, ==, again.out);
  g_assert_cmpint (bad.status, ==, NUDGE_EXIT_INPUT);
  g_assert_nonnull (strstr (bad.out, "\"exit_code\" : 3"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command-line/export", test_export);
  g_test_add_func ("/command-line/files", test_files);
  g_test_add_func ("/command-line/nonsense", test_nonsense);
  g_test_add_func ("/command-line/prints", test_prints);
  g_test_add_func ("/command-line/verbosity", test_verbosity);
  g_test_add_func ("/command-line/report", test_report);
  return g_test_run ();
}
