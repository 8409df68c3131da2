/* Finding symbols: folders, tables, fallbacks, the index and its cache, hostile files. */
#include "fixture.h"

#include "library/library.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *root;
  char *cache;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->root = g_dir_make_tmp ("nudge-library-XXXXXX", NULL);
  f->cache = g_build_filename (f->root, "cache", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  fixture_remove_tree (f->root);
  g_free (f->root);
  g_free (f->cache);
}

/* Writes @text to a file below the root, whose folders are made. */
static void
put (const Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A library file with one symbol whose description tells where it came from. */
static void
put_symbol (const Fixture *f, const char *file, const char *name, const char *description)
{
  g_autofree char *text = g_strdup_printf ("(kicad_symbol_lib (version 20241209)\n"
                                           "  (symbol \"%s\" (property \"Reference\" \"U\" (at 0 0 0)) (property \"Description\" \"%s\" (at 0 0 0))\n"
                                           "    (symbol \"%s_1_1\" (pin input line (at 0 0 0) (length 2.54) (name \"A\") (number \"1\")))))\n",
                                           name, description, name);

  put (f, file, text);
}

static NudgeLibrary *
open_folders (const Fixture *f, const char *const *folders)
{
  NudgeLibrary *library = nudge_library_new ();

  nudge_library_set_cache_folder (library, f->cache);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (f->root, folders[i], NULL);

      g_assert_true (nudge_library_add_folder (library, path, NULL));
    }
  return library;
}

static void
assert_from (NudgeLibrary *library, const char *id, const char *description)
{
  g_autoptr (GError) error = NULL;
  const NudgeSymbol *symbol = nudge_library_get_symbol (library, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (nudge_symbol_field (symbol, "Description"), ==, description);
  g_assert_cmpstr (symbol->id, ==, id);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeLibrary) library = NULL;
  g_autoptr (GError) error = NULL;

  put_symbol (f, "a/Lib.kicad_sym", "X", "a");
  put_symbol (f, "b/Lib.kicad_sym", "X", "b");
  put_symbol (f, "b/Other.kicad_sym", "Y", "b");
  library = open_folders (f, (const char *const[]){ "a", "b", NULL });
  assert_from (library, "Lib:X", "a");
  assert_from (library, "Other:Y", "b");
  g_assert_null (nudge_library_get_symbol (library, "Lib:Z", &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
  g_assert_false (nudge_library_add_folder (library, "/nonexistent", NULL));
  /* What the first library of a name lacks may be in the next. */
  put_symbol (f, "c/Lib.kicad_sym", "W", "c");
  {
    g_autofree char *folder = g_build_filename (f->root, "c", NULL);

    g_assert_true (nudge_library_add_folder (library, folder, NULL));
  }
  assert_from (library, "Lib:W", "c");
}

static void
test_bad_ids (Fixture *f, gconstpointer data)
{
  static const char *const ids[] = { "", ":", "X", "Lib:", ":X", "Lib:../X", "../Lib:X", "Lib:X:Y", "Lib:a\"b" };
  g_autoptr (NudgeLibrary) library = NULL;

  put_symbol (f, "a/Lib.kicad_sym", "X", "a");
  put_symbol (f, "X.kicad_sym", "X", "outside");
  put_symbol (f, "a/Dir.kicad_symdir/X.kicad_sym", "X", "inside");
  library = open_folders (f, (const char *const[]){ "a", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (nudge_library_get_symbol (library, ids[i], NULL));
  g_assert_null (nudge_library_get_symbol (library, "Dir:../../X", NULL));
}

static void
test_names_like (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeLibrary) library = NULL;

  put_symbol (f, "a/My-Lib.kicad_sym", "X", "dash");
  put_symbol (f, "b/my_lib.kicad_sym", "X", "exact");
  library = open_folders (f, (const char *const[]){ "a", "b", NULL });
  assert_from (library, "my_lib:X", "exact");
  assert_from (library, "MY_LIB:X", "dash");
  assert_from (library, "My-Lib:X", "dash");
}

static void
test_one_file_per_symbol (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeLibrary) library = NULL;
  NudgeLibraryStats stats;

  put_symbol (f, "a/Many.kicad_symdir/X.kicad_sym", "X", "x");
  put_symbol (f, "a/Many.kicad_symdir/odd.kicad_sym", "Y{slash}Z", "y");
  put (f, "a/Many.kicad_symdir/Kid.kicad_sym",
       "(kicad_symbol_lib (version 20251024) (symbol \"Kid\" (extends \"X\") (property \"Value\" \"Kid\" (at 0 0 0))))");
  library = open_folders (f, (const char *const[]){ "a", NULL });
  assert_from (library, "Many:X", "x");
  nudge_library_get_stats (library, &stats);
  g_assert_cmpuint (stats.files_indexed, ==, 1);
  assert_from (library, "Many:Kid", "x");
  assert_from (library, "Many:Y{slash}Z", "y");
  g_assert_cmpuint (nudge_library_get_symbol (library, "Many:Kid", NULL)->n_pins, ==, 1);
}

static void
test_tables (Fixture *f, gconstpointer data)
{
  g_autofree char *config = g_build_filename (f->root, "config", NULL);
  g_autofree char *project = g_build_filename (f->root, "project", NULL);
  g_autofree char *environment = g_build_filename (f->root, "env-a:", f->root, "/env-b", NULL);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();

  put_symbol (f, "project/libs/nudgeproj.kicad_sym", "X", "project");
  put_symbol (f, "elsewhere/nudgeglobal.kicad_sym", "X", "global");
  put_symbol (f, "elsewhere/nested.kicad_sym", "X", "nested");
  put_symbol (f, "env-b/nudgeenv.kicad_sym", "X", "environment");
  put (f, "project/sym-lib-table", "(sym_lib_table (version 7)\n"
                                    " (lib (name \"NP\")(type \"KiCad\")(uri \"${KIPRJMOD}/libs/nudgeproj.kicad_sym\")(options \"\")(descr \"\"))\n"
                                    " (lib (name \"Off\")(type \"KiCad\")(uri \"${KIPRJMOD}/libs/nudgeproj.kicad_sym\")(disabled))\n"
                                    " (lib (name \"Unknown\")(type \"KiCad\")(uri \"${NUDGE_NO_SUCH}/x.kicad_sym\"))\n"
                                    " (lib (name \"Old\")(type \"Legacy\")(uri \"${KIPRJMOD}/libs/nudgeproj.kicad_sym\")))\n");
  put (f, "config/9.0/sym-lib-table", "(sym_lib_table\n (lib (name NG)(type KiCad)(uri \"${NUDGE_TEST_DIR}/nudgeglobal.kicad_sym\"))\n"
                                      " (lib (name \"more\")(type \"Table\")(uri \"sub-table\")))\n");
  /* A table that holds itself. */
  put (f, "config/9.0/sub-table", "(sym_lib_table (lib (name \"NN\")(type \"KiCad\")(uri \"../../elsewhere/nested.kicad_sym\"))\n"
                                  " (lib (name \"again\")(type \"Table\")(uri \"sub-table\")))\n");
  g_setenv ("KICAD_CONFIG_HOME", config, TRUE);
  g_setenv ("KICAD9_SYMBOL_DIR", environment, TRUE);
  {
    g_autofree char *elsewhere = g_build_filename (f->root, "elsewhere", NULL);

    g_setenv ("NUDGE_TEST_DIR", elsewhere, TRUE);
  }
  nudge_library_set_cache_folder (library, NULL);
  nudge_library_add_default_folders (library, project);
  assert_from (library, "NP:X", "project");
  assert_from (library, "NG:X", "global");
  assert_from (library, "NN:X", "nested");
  assert_from (library, "nudgeenv:X", "environment");
  g_assert_null (nudge_library_get_symbol (library, "Off:X", NULL));
  g_assert_null (nudge_library_get_symbol (library, "Unknown:X", NULL));
  g_assert_null (nudge_library_get_symbol (library, "Old:X", NULL));
  g_unsetenv ("KICAD_CONFIG_HOME");
  g_unsetenv ("KICAD9_SYMBOL_DIR");
}

static NudgeLibraryStats
look_up (const Fixture *f, const char *description, guint n_rebuilt)
{
  g_autoptr (NudgeLibrary) library = open_folders (f, (const char *const[]){ "a", NULL });
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  NudgeLibraryStats stats;

  assert_from (library, "Lib:X", description);
  nudge_library_get_stats (library, &stats);
  nudge_library_take_diagnostics (library, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, n_rebuilt);
  for (guint i = 0; i < diagnostics->len; i++)
    g_assert_cmpint (((NudgeDiagnostic *) g_ptr_array_index (diagnostics, i))->code, ==, NUDGE_CODE_CACHE_REBUILT);
  return stats;
}

static void
test_cache (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->cache, "symbols.index", NULL);
  NudgeLibraryStats stats;

  put_symbol (f, "a/Lib.kicad_sym", "X", "first");
  stats = look_up (f, "first", 0);
  g_assert_cmpuint (stats.files_indexed, ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  stats = look_up (f, "first", 0);
  g_assert_cmpuint (stats.files_indexed, ==, 0);
  g_assert_cmpuint (stats.files_from_cache, ==, 1);
  g_assert_cmpuint (stats.symbols_parsed, ==, 1);
  put_symbol (f, "a/Lib.kicad_sym", "X", "changed");
  stats = look_up (f, "changed", 0);
  g_assert_cmpuint (stats.files_indexed, ==, 1);
  stats = look_up (f, "changed", 0);
  g_assert_cmpuint (stats.files_indexed, ==, 0);
}

/* Whatever byte of the cache is wrong and wherever it is cut off, the answer is right and a whole cache follows. */
static void
test_broken_cache (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->cache, "symbols.index", NULL);
  g_autofree char *whole = NULL;
  gsize length;

  put_symbol (f, "a/Lib.kicad_sym", "X", "right");
  look_up (f, "right", 0);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  g_assert_cmpuint (length, >, 100);
  for (gsize at = 0; at < length; at++)
    {
      NudgeLibraryStats stats;

      whole[at] ^= 0x55;
      g_assert_true (g_file_set_contents (path, whole, (gssize) length, NULL));
      whole[at] ^= 0x55;
      stats = look_up (f, "right", 1);
      g_assert_cmpuint (stats.files_indexed, ==, 1);
      stats = look_up (f, "right", 0);
      g_assert_cmpuint (stats.files_from_cache, ==, 1);
    }
  for (gsize cut = 0; cut < length; cut += 7)
    {
      g_assert_true (g_file_set_contents (path, whole, (gssize) cut, NULL));
      look_up (f, "right", 1);
    }
}

static gpointer
write_cache (gpointer data)
{
  const Fixture *f = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (NudgeLibrary) library = open_folders (f, (const char *const[]){ "a", NULL });
      g_auto (GStrv) ids = nudge_library_suggest (library, "Lib0:X0", 3);
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autofree char *path = g_build_filename (f->cache, "symbols.index", NULL);

      g_assert_cmpstr (ids[0], ==, "Lib0:X0");
      nudge_library_take_diagnostics (library, diagnostics);
      g_assert_cmpuint (diagnostics->len, ==, 0);
      if (i % 5 == 0)
        g_unlink (path); /* so that there is something to write again */
    }
  return NULL;
}

static void
test_two_writers (Fixture *f, gconstpointer data)
{
  GThread *threads[4];
  g_autoptr (GDir) dir = NULL;
  const char *entry;

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *file = g_strdup_printf ("a/Lib%u.kicad_sym", i), *name = g_strdup_printf ("X%u", i);

      put_symbol (f, file, name, "x");
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_cache, f);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  dir = g_dir_open (f->cache, 0, NULL);
  while ((entry = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (entry, ==, "symbols.index"); /* no temporary file stays */
}

/* Nothing here blocks, crashes or hides the good library. */
static void
test_hostile_files (Fixture *f, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (f->root, "a", "fifo.kicad_sym", NULL);
  g_autofree char *folder = g_build_filename (f->root, "a", "folder.kicad_sym", NULL);
  g_autofree char *loop = g_build_filename (f->root, "a", "loop.kicad_sym", NULL);
  g_autofree char *tree = g_build_filename (f->root, "a", "tree.kicad_symdir", NULL);
  g_autofree char *device = g_build_filename (f->root, "a", "device.kicad_sym", NULL);
  static const char *const ids[] = { "fifo:X", "folder:X", "loop:X", "tree:Q", "device:X", "text:X", "empty:X", "cut:Z" };
  g_autoptr (NudgeLibrary) library = NULL;
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_auto (GStrv) like = NULL;

  put_symbol (f, "a/Good.kicad_sym", "X", "good");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("loop.kicad_sym", loop), ==, 0);
  g_assert_cmpint (symlink (".", tree), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", device), ==, 0);
  put (f, "a/cut.kicad_sym", "(kicad_symbol_lib (version 1) (symbol \"Y\" (property \"Description\" \"whole\" (at 0 0 0))) (symbol \"Z\" (property \"a");
  put (f, "a/text.kicad_sym", "hello )))((\" \\");
  put (f, "a/empty.kicad_sym", "");
  library = open_folders (f, (const char *const[]){ "a", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_null (nudge_library_get_symbol (library, ids[i], NULL));
  nudge_library_take_diagnostics (library, diagnostics);
  g_assert_cmpuint (nudge_diagnostics_count (diagnostics, NUDGE_SEVERITY_WARNING), >=, 6);
  for (guint i = 0; i < diagnostics->len; i++)
    g_assert_cmpint (((NudgeDiagnostic *) g_ptr_array_index (diagnostics, i))->code, ==, NUDGE_CODE_LIBRARY_BROKEN);
  assert_from (library, "cut:Y", "whole");
  assert_from (library, "Good:X", "good");
  like = nudge_library_suggest (library, "Good:XX", 5);
  g_assert_cmpstr (like[0], ==, "Good:X");
}

static void
test_suggest (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *wanted, *best;
  } cases[] = {
    { "Device:r", "Device:R" }, { "device:LEDs", "Device:LED" }, { "Devices:D_Shottky", "Device:D_Schottky" }, { "Crystal", "Device:Crystal" },
    { "Nowhere:SW_Push", "Switch:SW_Push" }, { "power:+3v3", "power:+3V3" },
  };
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_auto (GStrv) none = NULL, two = NULL;

  nudge_library_set_cache_folder (library, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) ids = nudge_library_suggest (library, cases[i].wanted, 3);

      g_assert_cmpstr (ids[0], ==, cases[i].best);
    }
  none = nudge_library_suggest (library, "Lib:quite_unlike_everything", 3);
  g_assert_null (none[0]);
  two = nudge_library_suggest (library, "Connector_Generic:Conn_01x5", 2);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
}

/* Everything that is built in can be read, and is complete. */
static void
test_builtin (Fixture *f, gconstpointer data)
{
  static const char *const ids[] = {
    "Device:R", "Device:C", "Device:C_Polarized", "Device:L", "Device:D", "Device:LED", "Device:D_Schottky", "Device:D_Zener", "Device:Crystal",
    "Device:Q_NPN_BEC", "Device:Q_PNP_BEC", "Device:Q_NMOS_GSD", "Device:Q_PMOS_GSD", "Device:Polyfuse", "Device:Fuse", "Device:FerriteBead",
    "Connector:TestPoint", "Connector:USB_C_Receptacle_USB2.0_16P", "Switch:SW_Push", "Regulator_Linear:AMS1117-3.3", "RF_Module:ESP32-C6-MINI-1",
    "power:GND", "power:GNDA", "power:VCC", "power:VDD", "power:VBUS", "power:+3V3", "power:+5V", "power:+12V", "power:+1V8", "power:PWR_FLAG",
    "Connector_Generic:Conn_01x01", "Connector_Generic:Conn_01x10", "Connector_Generic:Conn_02x03_Odd_Even", "Connector_Generic:Conn_02x20_Odd_Even",
  };
  g_autoptr (NudgeLibrary) library = nudge_library_new ();

  nudge_library_set_cache_folder (library, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      const NudgeSymbol *symbol = nudge_library_get_symbol (library, ids[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (symbol->id, ==, ids[i]);
      g_assert_cmpuint (symbol->n_pins, >=, 1);
      g_assert_cmpuint (symbol->n_shapes, >=, 1);
      g_assert_cmpstr (nudge_symbol_field (symbol, "Value"), ==, symbol->name);
      g_assert_cmpstr (nudge_symbol_field (symbol, "Reference"), !=, "");
      g_assert_cmpstr (nudge_symbol_field (symbol, "Description"), !=, "");
      g_assert_true (symbol->is_power == g_str_has_prefix (ids[i], "power:"));
      for (guint p = 0; p < symbol->n_pins; p++)
        {
          g_assert_cmpint (symbol->pins[p].at.x % NUDGE_GRID, ==, 0);
          g_assert_cmpint (symbol->pins[p].at.y % NUDGE_GRID, ==, 0);
        }
    }
  g_assert_cmpuint (nudge_library_get_symbol (library, "Connector_Generic:Conn_02x20_Odd_Even", NULL)->n_pins, ==, 40);
  g_assert_null (nudge_library_get_symbol (library, "Connector_Generic:Conn_01x41", NULL));
  g_assert_null (nudge_library_get_symbol (library, "power:NOPE", NULL));
}

/* Said once, and only when something was missed. */
static void
test_no_libraries (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->root, "nowhere", NULL);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();

  if (g_file_test ("/usr/share/kicad/symbols", G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("KiCad's libraries are installed");
      return;
    }
  g_setenv ("KICAD_CONFIG_HOME", nowhere, TRUE);
  g_setenv ("XDG_DATA_DIRS", nowhere, TRUE);
  nudge_library_set_cache_folder (library, NULL);
  nudge_library_add_default_folders (library, NULL);
  g_assert_nonnull (nudge_library_get_symbol (library, "Device:R", NULL));
  nudge_library_take_diagnostics (library, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, 0);
  g_assert_null (nudge_library_get_symbol (library, "Lib:X", NULL));
  g_assert_null (nudge_library_get_symbol (library, "Lib:Y", NULL));
  nudge_library_take_diagnostics (library, diagnostics);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_cmpint (((NudgeDiagnostic *) g_ptr_array_index (diagnostics, 0))->code, ==, NUDGE_CODE_NO_LIBRARIES);
  g_unsetenv ("KICAD_CONFIG_HOME");
  g_unsetenv ("XDG_DATA_DIRS");
}

typedef struct
{
  NudgeLibrary *library;
  const NudgeSymbol *symbols[4];
} Look;

static gpointer
look_from_thread (gpointer data)
{
  static const char *const ids[] = { "Device:R", "Lib:X", "power:GND", "Device:LED" };
  Look *look = data;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    look->symbols[i] = nudge_library_get_symbol (look->library, ids[i], NULL);
  return NULL;
}

static void
test_threads (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeLibrary) library = NULL;
  GThread *threads[8];
  Look looks[8] = { 0 };

  put_symbol (f, "a/Lib.kicad_sym", "X", "x");
  library = open_folders (f, (const char *const[]){ "a", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      looks[i].library = library;
      threads[i] = g_thread_new ("look", look_from_thread, &looks[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    for (guint k = 0; k < G_N_ELEMENTS (looks[i].symbols); k++)
      {
        g_assert_nonnull (looks[i].symbols[k]);
        g_assert_true (looks[i].symbols[k] == looks[0].symbols[k]);
      }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/library/order", test_order);
  ADD ("/library/bad-ids", test_bad_ids);
  ADD ("/library/names-like", test_names_like);
  ADD ("/library/one-file-per-symbol", test_one_file_per_symbol);
  ADD ("/library/tables", test_tables);
  ADD ("/library/cache", test_cache);
  ADD ("/library/broken-cache", test_broken_cache);
  ADD ("/library/two-writers", test_two_writers);
  ADD ("/library/hostile-files", test_hostile_files);
  ADD ("/library/suggest", test_suggest);
  ADD ("/library/builtin", test_builtin);
  ADD ("/library/no-libraries", test_no_libraries);
  ADD ("/library/threads", test_threads);
  return g_test_run ();
}
