/* Fuzz target: any bytes read as a KiCad schematic. What follows a line with nothing but "---" is the file of its child sheets. What
 * can be read is followed, and compared with itself it has no change. */
#include "nudge.h"

#include "fuzz.h"
#include "kicad/schematic-reader.h"

#include <glib/gstdio.h>
#include <string.h>

static const char separator[] = "\n---\n";

static const char *
folder (void)
{
  static char *made;

  if (made == NULL)
    made = g_dir_make_tmp ("nudge-fuzz-XXXXXX", NULL);
  fuzz_check (made != NULL);
  return made;
}

static void
remove_folder (void)
{
  static const char *const names[] = { "root.kicad_sch", "child.kicad_sch" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder (), names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder ());
}

static void
write_file (const char *name, const char *data, size_t size)
{
  g_autofree char *path = g_build_filename (folder (), name, NULL);

  fuzz_check (g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static gboolean is_ready;
  const char *text = (const char *) data, *middle = size > 0 ? g_strstr_len (text, (gssize) size, separator) : NULL;
  size_t n_root = middle != NULL ? (size_t) (middle - text) : size, n_skipped = middle != NULL ? n_root + strlen (separator) : size;
  g_autofree char *root = g_build_filename (folder (), "root.kicad_sch", NULL);
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) drawing = NULL;
  g_autoptr (NudgeComparison) comparison = NULL;

  if (!is_ready)
    atexit (remove_folder);
  is_ready = TRUE;
  write_file ("root.kicad_sch", text, n_root);
  write_file ("child.kicad_sch", text + n_skipped, size - n_skipped);
  drawing = nudge_schematic_read (root, diagnostics, &error);
  fuzz_check ((drawing == NULL) == (error != NULL));
  if (drawing == NULL)
    return 0;
  nudge_prove (drawing, NULL, NULL);
  comparison = nudge_compare_layouts (drawing->layout, drawing->layout);
  fuzz_check (comparison->n_changes == 0);
  return 0;
}
