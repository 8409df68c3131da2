#include "window-module.h"

#include "application.h"

int
nudge_window_main (int argc, char **argv, const NudgeWindowOptions *options)
{
  g_autoptr (NudgeApplication) application = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_return_val_if_fail (argc >= 1 && argv != NULL && options != NULL, 70);

  g_ptr_array_add (arguments, argv[0]);
  /* What follows is a file even when it begins with a dash. */
  g_ptr_array_add (arguments, (char *) "--");
  for (guint i = 0; options->files != NULL && options->files[i] != NULL; i++)
    g_ptr_array_add (arguments, (char *) options->files[i]);
  g_ptr_array_add (arguments, NULL);
  application = nudge_application_new (options);
  return g_application_run (G_APPLICATION (application), (int) arguments->len - 1, (char **) arguments->pdata);
}
