#include "command-line.h"
#include "translation.h"

#include <locale.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
  NudgeStreams streams = { .in = stdin, .out = stdout, .err = stderr };

  setlocale (LC_ALL, "");
  nudge_translation_init ();
  g_set_prgname ("nudge");
  return nudge_command_line_run (argc, argv, &streams);
}
