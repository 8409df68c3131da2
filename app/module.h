/* module.h: parts of the program that are opened only when they are wanted. */
#pragma once

#include <gmodule.h>

G_BEGIN_DECLS

/* The function @symbol of the module @name, which stays open: that of the same build, in @build_folder beside the
 * program's, when it is run from there, else the installed one. NULL: g_module_error() says why. */
gpointer nudge_module_find (const char *build_folder, const char *name, const char *symbol);

G_END_DECLS
