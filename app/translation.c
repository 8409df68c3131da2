#include "translation.h"

#include "config.h"

#include <glib.h>
#include <libintl.h>

/* Beside the build's own program stand the build's own catalogues. (transfer full) */
static char *
catalogue_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_autofree char *path = g_build_filename (folder, "..", "data", "po", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  return g_strdup (NUDGE_LOCALE_DIR);
}

void
nudge_translation_init (void)
{
  g_autofree char *folder = catalogue_folder ();

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
