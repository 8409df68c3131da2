/* window-module.h: how the executable opens the window, which is a module of its own.
 *
 * No GTK here: the executable includes this header and links neither GTK nor the window. */
#pragma once

#include <gmodule.h>

G_BEGIN_DECLS

/* File name of the module, in the module folder or beside the executable's build. */
#define NUDGE_WINDOW_MODULE "libnudge-window.so"
/* Name of the module's one function, a NudgeWindowMain. */
#define NUDGE_WINDOW_MAIN "nudge_window_main"

/**
 * NudgeWindowOptions:
 * @symbol_folders: (nullable): NULL-terminated folders of symbol libraries, before the default ones
 * @layout: (nullable): name of the arranger, or %NULL for the default
 * @files: (nullable): NULL-terminated circuit JSON files to open, as on the command line
 *
 * What the command line asks of the window. All of it outlives the call.
 */
typedef struct
{
  const char *const *symbol_folders;
  const char *layout;
  const char *const *files;
} NudgeWindowOptions;

typedef int (*NudgeWindowMain) (int argc, char **argv, const NudgeWindowOptions *options);

/**
 * nudge_window_main:
 * @argc: number of arguments left for GTK
 * @argv: the program's name and what is left for GTK
 * @options: what to open, and how
 *
 * Shows the window and returns when the last one is closed.
 *
 * Returns: the exit code of the process
 */
G_MODULE_EXPORT int nudge_window_main (int argc, char **argv, const NudgeWindowOptions *options);

G_END_DECLS
