#include "window-opener.h"

#include "module.h"
#include "window-module.h"

#include <glib/gi18n.h>

int
nudge_window_open (const NudgeCommandLine *command, char *program, const NudgeStreams *streams)
{
  char *argv[] = { program, NULL };
  NudgeWindowMain window_main = (NudgeWindowMain) nudge_module_find ("ui", NUDGE_WINDOW_MODULE, NUDGE_WINDOW_MAIN);
  const NudgeWindowOptions options = {
    .symbol_folders = (const char *const *) command->symbol_folders,
    .layout = command->layout,
    .files = (const char *const *) command->files,
  };

  if (window_main == NULL)
    {
      fprintf (streams->err, _("nudge: the window cannot be opened: %s\nnudge: --export DIR works without it\n"), g_module_error ());
      return NUDGE_EXIT_IO;
    }
  return window_main (1, argv, &options);
}
