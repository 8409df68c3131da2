/* Symbols as a schematic embeds them: what is written reads back as the same symbol. */
#include "kicad/symbol-writer.h"
#include "library/library.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
write_symbol (const NudgeSymbol *symbol)
{
  GString *out = g_string_new (NULL);
  NudgeSexprWriter w;

  nudge_sexpr_writer_init (&w, out);
  nudge_symbol_write (&w, symbol);
  nudge_sexpr_writer_finish (&w);
  return g_string_free (out, FALSE);
}

static NudgeLibrary *
open_library (const char *folder)
{
  NudgeLibrary *library = nudge_library_new ();

  nudge_library_set_cache_folder (library, NULL);
  if (folder != NULL)
    g_assert_true (nudge_library_add_folder (library, folder, NULL));
  return library;
}

static void
test_text (void)
{
  g_autoptr (NudgeLibrary) library = open_library (NULL);
  g_autofree char *text = write_symbol (nudge_library_get_symbol (library, "power:PWR_FLAG", NULL));

  g_assert_true (g_str_has_prefix (text, "(symbol \"power:PWR_FLAG\"\n"
                                         "\t(power)\n"
                                         "\t(pin_numbers\n"
                                         "\t\t(hide yes)\n"
                                         "\t)\n"
                                         "\t(pin_names\n"
                                         "\t\t(offset 0)\n"
                                         "\t)\n"
                                         "\t(exclude_from_sim no)\n"
                                         "\t(in_bom yes)\n"
                                         "\t(on_board yes)\n"
                                         "\t(property \"Reference\" \"#FLG\"\n"
                                         "\t\t(at 0 1.905 0)\n"
                                         "\t\t(effects\n"
                                         "\t\t\t(font\n"
                                         "\t\t\t\t(size 1.27 1.27)\n"
                                         "\t\t\t)\n"
                                         "\t\t\t(hide yes)\n"
                                         "\t\t)\n"
                                         "\t)\n"));
  g_assert_nonnull (strstr (text, "\t(symbol \"PWR_FLAG_1_1\"\n"
                                  "\t\t(pin power_out line\n"
                                  "\t\t\t(at 0 0 90)\n"
                                  "\t\t\t(length 0)\n"
                                  "\t\t\t(name \"~\"\n"));
  g_assert_true (g_str_has_suffix (text, "\t(embedded_fonts no)\n)\n"));
}

/* Every unit is named after the variant, which is what KiCad insists on. */
static void
test_variant (void)
{
  g_autoptr (NudgeLibrary) library = open_library (NULL);
  NudgeSymbol variant = *nudge_library_get_symbol (library, "Device:R", NULL);
  g_autofree char *text = NULL;

  variant.variant = "R_7";
  text = write_symbol (&variant);
  g_assert_true (g_str_has_prefix (text, "(symbol \"R_7\"\n"));
  g_assert_nonnull (strstr (text, "(symbol \"R_7_0_1\""));
  g_assert_nonnull (strstr (text, "(symbol \"R_7_1_1\""));
  g_assert_null (strstr (text, "\"R_1_1\""));
}

static void
assert_round_trip (const NudgeSymbol *symbol)
{
  g_autofree char *folder = g_dir_make_tmp ("nudge-writer-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "Back.kicad_sym", NULL);
  g_autofree char *text = NULL, *file = NULL, *again = NULL;
  g_autoptr (NudgeLibrary) library = NULL;
  NudgeSymbol named = *symbol;
  const NudgeSymbol *back;

  named.id = symbol->name;
  text = write_symbol (&named);
  file = g_strconcat ("(kicad_symbol_lib (version 20241209) (generator \"test\")\n", text, ")\n", NULL);
  g_assert_true (g_file_set_contents (path, file, -1, NULL));
  library = open_library (folder);
  {
    g_autofree char *id = g_strconcat ("Back:", symbol->name, NULL);

    back = nudge_library_get_symbol (library, id, NULL);
  }
  g_assert_nonnull (back);
  named = *back;
  named.id = symbol->name;
  again = write_symbol (&named);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (back->n_pins, ==, symbol->n_pins);
  g_assert_cmpuint (back->n_shapes, ==, symbol->n_shapes);
  g_assert_cmpuint (back->n_units, ==, symbol->n_units);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_round_trip (void)
{
  static const char *const ids[] = { "formats:Old", "formats:New", "formats:Child", "formats:Rail", "formats:RailLocal" };
  static const char *const builtin[] = { "Device:LED", "RF_Module:ESP32-C6-MINI-1", "Connector_Generic:Conn_02x05_Odd_Even", "power:GND" };
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "engine", "data", NULL);
  g_autoptr (NudgeLibrary) library = open_library (folder);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    assert_round_trip (nudge_library_get_symbol (library, ids[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    assert_round_trip (nudge_library_get_symbol (library, builtin[i], NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbol-writer/text", test_text);
  g_test_add_func ("/symbol-writer/variant", test_variant);
  g_test_add_func ("/symbol-writer/round-trip", test_round_trip);
  return g_test_run ();
}
