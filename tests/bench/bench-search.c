/* bench-search [DIR...]: what a key costs in the symbol search, over the libraries that are installed. */
#include "nudge.h"

#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 20

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

int
main (int argc, char **argv)
{
  static const char *const queries[] = { "", "r", "us", "usb c recep", "stm32f405", "dual opamp rail", "esp32c6", "resistr",
                                         "Device:cap", "zzzzzz", "e e e e" };
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeSearch) search = NULL;
  gint64 start;

  for (int i = 1; i < argc; i++)
    nudge_library_add_folder (library, argv[i], NULL);
  nudge_library_add_default_folders (library, NULL);
  start = g_get_monotonic_time ();
  search = nudge_search_new (library);
  printf ("%u symbols, taken down in %.1f ms\n", nudge_search_get_n_symbols (search), (double) (g_get_monotonic_time () - start) / 1000);
  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    {
      gint64 times[ROUNDS];
      guint n_hits, n_found = 0;

      for (guint i = 0; i < ROUNDS; i++)
        {
          start = g_get_monotonic_time ();
          g_free (nudge_search_find (search, queries[q], NULL, 100, &n_hits, &n_found));
          times[i] = g_get_monotonic_time () - start;
        }
      qsort (times, ROUNDS, sizeof *times, compare);
      printf ("%-18s %6u found, median %5.2f ms, worst %5.2f ms\n", queries[q], n_found,
              (double) times[ROUNDS / 2] / 1000, (double) times[ROUNDS - 1] / 1000);
    }
  return 0;
}
