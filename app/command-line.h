/* command-line.h: what was asked for, and who does it. */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* Exit codes, those of kicad-cli where both have one; they are an interface and never change. */
typedef enum
{
  NUDGE_EXIT_OK = 0,
  NUDGE_EXIT_USAGE = 1,
  NUDGE_EXIT_INPUT = 3,   /* the circuit, or a folder of symbols, cannot be used */
  NUDGE_EXIT_REFUSED = 4, /* the target holds something that is not ours, or is in use */
  NUDGE_EXIT_PROOF = 5,   /* the drawing does not say what the circuit says, or --check found an error */
  NUDGE_EXIT_IO = 6,
} NudgeExit;

/* Where a run reads and writes: the process's own streams, or a test's. */
typedef struct
{
  FILE *in, *out, *err;
} NudgeStreams;

typedef struct
{
  char **files;
  char *export_folder;
  char *layout;
  char *layout_file;
  char *dialect;
  char **symbol_folders;
  char *report;
  char *format;
  char *sheet;
  char *find_symbol;
  char *diff;
  gboolean check, dry_run, force, fresh, paginate, quiet, verbose, help, version;
} NudgeCommandLine;

/* FALSE with a GOptionError when the arguments make no sense. Clear @self in either case. */
gboolean nudge_command_line_parse (NudgeCommandLine *self, int argc, char **argv, GError **error);
void nudge_command_line_clear (NudgeCommandLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeCommandLine, nudge_command_line_clear)

/* TRUE when no window is wanted. */
gboolean nudge_command_line_is_headless (const NudgeCommandLine *self);
/* Parses and does it; returns a NudgeExit, or what the window returns. */
int nudge_command_line_run (int argc, char **argv, const NudgeStreams *streams);

G_END_DECLS
