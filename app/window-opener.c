#include "window-opener.h"

#include "config.h"
#include "window-module.h"

#include <gmodule.h>

/* The module of the same build when run from the build tree, else the installed one. (transfer full) */
static char *
module_path (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_autofree char *path = g_build_filename (folder, "..", "ui", NUDGE_WINDOW_MODULE, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return g_build_filename (NUDGE_WINDOW_MODULE_DIR, NUDGE_WINDOW_MODULE, NULL);
}

int
nudge_window_open (const NudgeCommandLine *command, char *program, const NudgeStreams *streams)
{
  g_autofree char *path = module_path ();
  GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  char *argv[] = { program, NULL };
  NudgeWindowMain window_main = NULL;
  const NudgeWindowOptions options = {
    .symbol_folders = (const char *const *) command->symbol_folders,
    .layout = command->layout,
    .files = (const char *const *) command->files,
  };

  if (module == NULL || !g_module_symbol (module, NUDGE_WINDOW_MAIN, (gpointer *) &window_main))
    {
      fprintf (streams->err, "nudge: the window cannot be opened: %s\nnudge: --export DIR works without it\n", g_module_error ());
      return NUDGE_EXIT_IO;
    }
  /* GTK registers types that outlive the window: the module stays. */
  g_module_make_resident (module);
  return window_main (1, argv, &options);
}
