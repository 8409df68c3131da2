#include "command-line.h"

#include "config.h"
#include "diff.h"
#include "find-symbol.h"
#include "headless.h"
#include "nudge.h"
#include "window-opener.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

static const char *const description = N_(
  "Without --export or --check a window opens and shows the schematic.\n"
  "\n"
  "Exit codes:\n"
  "  0  done\n"
  "  1  the command line makes no sense\n"
  "  3  the circuit, or a folder of symbols, cannot be used\n"
  "  4  refused: the target holds files of others or is in use (see --force)\n"
  "  5  the drawing does not say what the circuit says, or --check found an error\n"
  "  6  reading or writing failed\n");

static GOptionContext *
make_context (NudgeCommandLine *self)
{
  const GOptionEntry entries[] = {
    { "export", 0, 0, G_OPTION_ARG_FILENAME, &self->export_folder, N_("Write the KiCad project into DIR"), "DIR" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self->check, N_("Read, arrange, draw and prove, but write no project"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, N_("With --export, print what would become of each file, and write nothing"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format, N_("With --export, write pictures instead: pdf, svg or png"), "FORMAT" },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &self->sheet, N_("With --format, the one sheet to paint: its page or name"), "SHEET" },
    { "layout", 0, 0, G_OPTION_ARG_STRING, &self->layout, N_("Way to arrange the parts"), "NAME" },
    { "layout-file", 0, 0, G_OPTION_ARG_FILENAME, &self->layout_file, N_("Take places from FILE instead of the one beside the circuit"), "FILE" },
    { "fresh", 0, 0, G_OPTION_ARG_NONE, &self->fresh, N_("Arrange anew, whatever the layout file says"), NULL },
    { "paginate", 0, 0, G_OPTION_ARG_NONE, &self->paginate, N_("Cut circuits that are too large for a sheet into pages"), NULL },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &self->dialect, N_("Whose drawing and files: schematic, circuit-synth or circuit-synth-2025"), "NAME" },
    { "symbols", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->symbol_folders, N_("Look for symbol libraries in DIR first (repeatable)"), "DIR" },
    { "diff", 0, 0, G_OPTION_ARG_FILENAME, &self->diff, N_("Print what has changed from OLD to FILE: circuit JSON or a KiCad project each"), "OLD" },
    { "find-symbol", 0, 0, G_OPTION_ARG_STRING, &self->find_symbol, N_("List the symbols that fit QUERY: a name, words, or LIBRARY:NAME"), "QUERY" },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &self->report, N_("Write findings and files as JSON to FILE, or - for standard output"), "FILE" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force, N_("Replace files that Nudge did not write, ignore KiCad's lock"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet, N_("Print errors only"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, N_("Print every finding, what to do about it, and what was done"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Print the version"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_("Print this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->files, NULL, "[FILE|-]" },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, N_("Shows the schematic that a circuit JSON becomes, and writes the KiCad project."));
  g_option_context_set_description (context, description);
  /* GLib's own --help would leave the process. */
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

gboolean
nudge_command_line_is_headless (const NudgeCommandLine *self)
{
  return self->export_folder != NULL || self->check;
}

/* (transfer full) */
static char *
arranger_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (const NudgeArranger *const *arranger = nudge_arrangers (); *arranger != NULL; arranger++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", (*arranger)->name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* The first thing wrong with the options as a whole; NULL when they make sense. (transfer full) */
static char *
find_nonsense (const NudgeCommandLine *self)
{
  static const char *const formats[] = { "pdf", "svg", "png", NULL };
  guint n_files = self->files != NULL ? g_strv_length (self->files) : 0;
  gboolean headless = nudge_command_line_is_headless (self);

  if (self->quiet && self->verbose)
    return g_strdup (_("--quiet and --verbose exclude each other"));
  if (self->check && self->export_folder != NULL)
    return g_strdup (_("--check writes nothing: leave out --export"));
  if (self->export_folder != NULL && *self->export_folder == '\0')
    return g_strdup (_("--export needs the name of a folder"));
  if (self->diff != NULL && (headless || self->find_symbol != NULL || n_files != 1))
    return g_strdup (_("--diff compares one circuit with another and does nothing else"));
  if (self->find_symbol != NULL && (headless || n_files > 0))
    return g_strdup (_("--find-symbol reads no circuit"));
  if (self->report != NULL && !headless && self->find_symbol == NULL)
    return g_strdup (_("--report needs --export, --check or --find-symbol"));
  if ((self->layout_file != NULL || self->fresh) && !headless)
    return g_strdup (_("--layout-file and --fresh need --export or --check"));
  if (self->paginate && !headless)
    return g_strdup (_("--paginate needs --export or --check"));
  if (self->layout_file != NULL && self->fresh)
    return g_strdup (_("--layout-file and --fresh exclude each other"));
  if (self->format != NULL && (self->export_folder == NULL || self->dry_run))
    return g_strdup (_("--format needs --export, and no --dry-run"));
  if (self->format != NULL && !g_strv_contains (formats, self->format))
    return g_strdup_printf (_("there is no format “%s”; there is: pdf, svg, png"), self->format);
  if (self->sheet != NULL && self->format == NULL)
    return g_strdup (_("--sheet needs --format"));
  if (self->dry_run && self->export_folder == NULL)
    return g_strdup (_("--dry-run needs --export"));
  if (self->force && self->export_folder == NULL)
    return g_strdup (_("--force needs --export"));
  if (headless && n_files != 1)
    return g_strdup (n_files == 0 ? _("no circuit JSON was named (- for standard input)") : _("more than one circuit JSON was named"));
  if (!headless && self->files != NULL && g_strv_contains ((const char *const *) self->files, "-"))
    return g_strdup (_("the window cannot read standard input"));
  if (self->dialect != NULL && !headless)
    return g_strdup (_("--dialect needs --export or --check"));
  if (self->dialect != NULL && !nudge_dialect_find (self->dialect, &(NudgeDialect){ 0 }))
    return g_strdup_printf (_("there is no dialect “%s”; there is: schematic, circuit-synth, circuit-synth-2025"), self->dialect);
  if (self->layout != NULL && g_str_has_prefix (self->layout, "exec:"))
    return self->layout[strlen ("exec:")] == '\0' ? g_strdup (_("--layout=exec: needs the name of a program")) : NULL;
  if (self->layout != NULL && nudge_arranger_find (self->layout) == NULL)
    {
      g_autofree char *names = arranger_names ();

      return g_strdup_printf (_("there is no layout “%s”; there is: %s"), self->layout, names);
    }
  return NULL;
}

gboolean
nudge_command_line_parse (NudgeCommandLine *self, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = make_context (self);
  g_auto (GStrv) arguments = g_new0 (char *, argc + 1);
  g_autofree char *nonsense = NULL;

  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);
  if (!g_option_context_parse_strv (context, &arguments, error))
    return FALSE;
  if (self->help || self->version)
    return TRUE;
  nonsense = find_nonsense (self);
  if (nonsense == NULL)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, nonsense);
  return FALSE;
}

void
nudge_command_line_clear (NudgeCommandLine *self)
{
  g_strfreev (self->files);
  g_free (self->export_folder);
  g_free (self->layout);
  g_free (self->layout_file);
  g_free (self->dialect);
  g_strfreev (self->symbol_folders);
  g_free (self->report);
  g_free (self->format);
  g_free (self->sheet);
  g_free (self->find_symbol);
  g_free (self->diff);
  *self = (NudgeCommandLine){ 0 };
}

/* Ends a run that only printed: a full disk or a closed pipe is a failure too. */
static NudgeExit
finish_printing (const NudgeStreams *streams)
{
  if (fflush (streams->out) == 0)
    return NUDGE_EXIT_OK;
  fprintf (streams->err, "nudge: standard output: %s\n", g_strerror (errno));
  return NUDGE_EXIT_IO;
}

static NudgeExit
print_help (const NudgeStreams *streams)
{
  NudgeCommandLine unused = { 0 };
  g_autoptr (GOptionContext) context = make_context (&unused);
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

  fputs (help, streams->out);
  fputs (_("\nLayouts:\n"), streams->out);
  for (const NudgeArranger *const *arranger = nudge_arrangers (); *arranger != NULL; arranger++)
    fprintf (streams->out, "  %-16s %s%s\n", (*arranger)->name, _((*arranger)->summary),
             arranger == nudge_arrangers () ? _(" (default)") : "");
  fprintf (streams->out, "  %-16s %s\n", "exec:PROGRAM", _("as a program of yours says, see nudge(1)"));
  return finish_printing (streams);
}

static NudgeExit
print_version (const NudgeStreams *streams)
{
  fputs ("nudge " NUDGE_VERSION "\n", streams->out);
  return finish_printing (streams);
}

int
nudge_command_line_run (int argc, char **argv, const NudgeStreams *streams)
{
  g_auto (NudgeCommandLine) command = { 0 };
  g_autoptr (GError) error = NULL;

  if (!nudge_command_line_parse (&command, argc, argv, &error))
    {
      fprintf (streams->err, _("nudge: %s\nTry “nudge --help”.\n"), error->message);
      return NUDGE_EXIT_USAGE;
    }
  if (command.help)
    return print_help (streams);
  if (command.version)
    return print_version (streams);
  if (command.diff != NULL)
    return nudge_diff_run (&command, streams);
  if (command.find_symbol != NULL)
    return nudge_find_symbol_run (&command, streams);
  if (nudge_command_line_is_headless (&command))
    return nudge_headless_run (&command, streams);
  return nudge_window_open (&command, argv[0], streams);
}
