#include "module.h"

#include "config.h"

/* (transfer full) */
static char *
module_path (const char *build_folder, const char *name)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_autofree char *path = g_build_filename (folder, "..", build_folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return g_build_filename (NUDGE_WINDOW_MODULE_DIR, name, NULL);
}

gpointer
nudge_module_find (const char *build_folder, const char *name, const char *symbol)
{
  g_autofree char *path = module_path (build_folder, name);
  GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
  gpointer function = NULL;

  if (module == NULL || !g_module_symbol (module, symbol, &function))
    return NULL;
  /* A toolkit registers types that outlive its use. */
  g_module_make_resident (module);
  return function;
}
