/* Reading symbols: the formats of KiCad 6 to 10, inheritance, and what is made of each element. */
#include "library/library.h"

#include <string.h>

static NudgeLibrary *
open_library (void)
{
  NudgeLibrary *library = nudge_library_new ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "engine", "data", NULL);
  g_autoptr (GError) error = NULL;

  nudge_library_set_cache_folder (library, NULL);
  g_assert_true (nudge_library_add_folder (library, folder, &error));
  g_assert_no_error (error);
  return library;
}

static const NudgeSymbol *
get (NudgeLibrary *library, const char *id)
{
  g_autoptr (GError) error = NULL;
  const NudgeSymbol *symbol = nudge_library_get_symbol (library, id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (symbol);
  return symbol;
}

static void
test_old_fields (void)
{
  g_autoptr (NudgeLibrary) library = open_library ();
  const NudgeSymbol *symbol = get (library, "formats:Old");
  const NudgeSymbolField *value = nudge_symbol_find_field (symbol, "Value");
  const NudgeSymbolField *reference = nudge_symbol_find_field (symbol, "Reference");

  g_assert_cmpstr (symbol->id, ==, "formats:Old");
  g_assert_cmpstr (symbol->name, ==, "Old");
  g_assert_null (symbol->base);
  g_assert_null (symbol->variant);
  g_assert_true (symbol->pin_numbers_hidden);
  g_assert_true (symbol->pin_names_hidden);
  g_assert_cmpint (symbol->pin_name_offset, ==, 10160);
  g_assert_true (symbol->in_bom);
  g_assert_false (symbol->on_board);
  g_assert_true (symbol->units_locked);
  g_assert_cmpstr (nudge_symbol_field (symbol, "Description"), ==, "say \"old\"");
  g_assert_cmpstr (nudge_symbol_field (symbol, "ki_description"), ==, "");
  g_assert_cmpint (reference->style.justify_h, ==, -1);
  g_assert_cmpint (reference->style.justify_v, ==, 1);
  g_assert_false (reference->style.hidden);
  g_assert_cmpint (value->style.height, ==, 25400);
  g_assert_cmpint (value->style.width, ==, 12700);
  g_assert_true (value->style.bold && value->style.italic && value->style.hidden);
  g_assert_cmpint (value->angle, ==, 90);
}

static void
test_old_pins (void)
{
  g_autoptr (NudgeLibrary) library = open_library ();
  const NudgeSymbol *symbol = get (library, "formats:Old");
  const NudgeSymbolPin *pin;

  g_assert_cmpuint (symbol->n_units, ==, 2);
  g_assert_cmpuint (symbol->n_body_styles, ==, 2);
  g_assert_null (symbol->unit_names[0]);
  g_assert_cmpstr (symbol->unit_names[1], ==, "second");
  g_assert_cmpuint (symbol->n_pins, ==, 4);
  g_assert_cmpuint (nudge_symbol_find_pin (symbol, "1"), ==, 0);
  g_assert_cmpuint (nudge_symbol_find_pin (symbol, "3"), ==, 3);
  g_assert_cmpuint (nudge_symbol_find_pin (symbol, "9"), ==, NUDGE_NONE);
  pin = &symbol->pins[0];
  g_assert_true (pin->hidden);
  g_assert_cmpstr (pin->shape, ==, "inverted");
  g_assert_cmpint (pin->name_size, ==, 10000);
  g_assert_cmpint (pin->number_size, ==, 8000);
  g_assert_cmpuint (pin->n_alternates, ==, 2);
  g_assert_cmpstr (pin->alternates[1].name, ==, "A3");
  g_assert_cmpstr (pin->alternates[0].shape, ==, "clock");
  pin = &symbol->pins[2];
  g_assert_cmpuint (pin->direction, ==, 3);
  g_assert_true (nudge_symbol_pin_in_unit (pin, 2));
  g_assert_false (nudge_symbol_pin_in_unit (pin, 1));
}

static void
test_old_shapes (void)
{
  static const NudgeShapeKind kinds[] = { NUDGE_SHAPE_RECTANGLE, NUDGE_SHAPE_ARC,      NUDGE_SHAPE_CIRCLE,
                                          NUDGE_SHAPE_BEZIER,    NUDGE_SHAPE_POLYLINE, NUDGE_SHAPE_TEXT };
  g_autoptr (NudgeLibrary) library = open_library ();
  const NudgeSymbol *symbol = get (library, "formats:Old");
  NudgeBox body = nudge_symbol_body_box (symbol, 1), all = nudge_symbol_box (symbol, 2);

  g_assert_cmpuint (symbol->n_shapes, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < symbol->n_shapes; i++)
    g_assert_cmpint (symbol->shapes[i].kind, ==, kinds[i]);
  g_assert_cmpint (symbol->shapes[0].stroke, ==, NUDGE_STROKE_DASH_DOT);
  g_assert_cmpint (symbol->shapes[0].fill, ==, NUDGE_FILL_BACKGROUND);
  g_assert_cmpint (symbol->shapes[2].stroke_width, <, 0);
  g_assert_cmpint (symbol->shapes[2].fill, ==, NUDGE_FILL_OUTLINE);
  g_assert_cmpint (symbol->shapes[4].fill, ==, NUDGE_FILL_BACKGROUND);
  g_assert_cmpint (symbol->shapes[5].angle, ==, 90);
  g_assert_cmpint (body.x0, ==, -50800);
  g_assert_cmpint (body.y1, ==, 50800);
  g_assert_cmpint (all.x1, ==, 76200);
  g_assert_cmpint (all.y1, ==, 76200);
}

static void
test_new (void)
{
  g_autoptr (NudgeLibrary) library = open_library ();
  const NudgeSymbol *symbol = get (library, "formats:New");
  const NudgeSymbolField *reference = nudge_symbol_find_field (symbol, "Reference");

  g_assert_true (symbol->exclude_from_sim);
  g_assert_false (symbol->in_bom);
  g_assert_true (reference->show_name && reference->no_autoplace);
  g_assert_true (nudge_symbol_find_field (symbol, "Value")->style.hidden);
  g_assert_true (nudge_symbol_find_field (symbol, "KLC")->is_private);
  /* The text box: its frame and its text at the inner corner. */
  g_assert_cmpuint (symbol->n_shapes, ==, 2);
  g_assert_cmpint (symbol->shapes[0].points[1].y, ==, 25400);
  g_assert_cmpstr (symbol->shapes[1].text, ==, "boxed");
  g_assert_cmpint (symbol->shapes[1].points[0].x, ==, -40800);
  g_assert_cmpint (symbol->shapes[1].points[0].y, ==, 40800);
  /* A stack written as one pin. */
  g_assert_cmpuint (symbol->n_pins, ==, 5);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (symbol->pins[i].at.y, ==, -25400);
  g_assert_cmpuint (nudge_symbol_find_pin (symbol, "5"), ==, 2);
  g_assert_cmpuint (nudge_symbol_find_pin (symbol, "[x"), ==, 4);
}

static void
test_extends (void)
{
  g_autoptr (NudgeLibrary) library = open_library ();
  const NudgeSymbol *child = get (library, "formats:Child");

  g_assert_cmpstr (child->base, ==, "Parent");
  g_assert_cmpuint (child->n_pins, ==, 1);
  g_assert_cmpuint (nudge_symbol_find_pin (child, "1"), ==, 0);
  g_assert_cmpstr (nudge_symbol_field (child, "Reference"), ==, "Q");
  g_assert_cmpstr (nudge_symbol_field (child, "Value"), ==, "Child");
  g_assert_cmpstr (nudge_symbol_field (child, "Footprint"), ==, "Lib:FP");
  g_assert_cmpstr (nudge_symbol_field (child, "Datasheet"), ==, "http://example.org");
  g_assert_cmpstr (nudge_symbol_field (child, "Extra"), ==, "child only");
  g_assert_false (child->in_bom);
  g_assert_cmpstr (get (library, "formats:Parent")->id, ==, "formats:Parent");
  g_assert_cmpstr (nudge_symbol_field (get (library, "formats:Grand"), "Value"), ==, "Grand");
}

static void
test_power (void)
{
  g_autoptr (NudgeLibrary) library = open_library ();

  g_assert_true (get (library, "formats:Rail")->is_power);
  g_assert_true (get (library, "formats:RailGlobal")->is_power);
  g_assert_false (get (library, "formats:RailLocal")->is_power);
  g_assert_false (get (library, "formats:Old")->is_power);
  get (library, "formats:paren (in) \"name\"");
}

/* Each is reported once, with its code, and the rest of the file is of use. */
static void
test_broken (void)
{
  static const struct
  {
    const char *id;
    NudgeCode code;
    const char *part;
  } cases[] = {
    { "formats:Loop", NUDGE_CODE_EXTENDS_BROKEN, "\"Loop\" extends itself through \"Loop\"" },
    { "formats:Orphan", NUDGE_CODE_EXTENDS_BROKEN, "\"Nobody\"" },
    { "formats:BadUnit", NUDGE_CODE_LIBRARY_BROKEN, "in the symbol \"BadUnit\", line 1, column 19" },
    { "formats:BadPin", NUDGE_CODE_LIBRARY_BROKEN, "a pin needs a place and a number" },
  };
  g_autoptr (NudgeLibrary) library = open_library ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
      g_autoptr (GError) error = NULL;
      const NudgeDiagnostic *diagnostic;

      g_assert_null (nudge_library_get_symbol (library, cases[i].id, NULL));
      g_assert_null (nudge_library_get_symbol (library, cases[i].id, &error));
      g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND);
      nudge_library_take_diagnostics (library, diagnostics);
      g_assert_cmpuint (diagnostics->len, ==, 1);
      diagnostic = g_ptr_array_index (diagnostics, 0);
      g_assert_cmpint (diagnostic->code, ==, cases[i].code);
      g_assert_nonnull (strstr (diagnostic->message, cases[i].part));
    }
  get (library, "formats:Old");
}

static void
test_arc_box (void)
{
  NudgePoint points[3] = { { 0, 10000 }, { -10000, 0 }, { 0, -10000 } };
  NudgeShape arc = { .kind = NUDGE_SHAPE_ARC, .points = points, .n_points = 3 };
  NudgeSymbol symbol = { .shapes = &arc, .n_shapes = 1, .n_units = 1 };
  NudgeBox box = nudge_symbol_body_box (&symbol, 1);

  g_assert_cmpint (box.x0, ==, -10000);
  g_assert_cmpint (box.x1, ==, 0);
  points[1] = (NudgePoint){ 7071, 7071 };
  box = nudge_symbol_body_box (&symbol, 1);
  g_assert_cmpint (ABS (box.x1 - 10000), <=, 1);
  g_assert_cmpint (ABS (box.y1 - 10000), <=, 1);
  points[1] = (NudgePoint){ 0, 0 };
  box = nudge_symbol_body_box (&symbol, 1);
  g_assert_cmpint (box.x1, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbol/old/fields", test_old_fields);
  g_test_add_func ("/symbol/old/pins", test_old_pins);
  g_test_add_func ("/symbol/old/shapes", test_old_shapes);
  g_test_add_func ("/symbol/new", test_new);
  g_test_add_func ("/symbol/extends", test_extends);
  g_test_add_func ("/symbol/power", test_power);
  g_test_add_func ("/symbol/broken", test_broken);
  g_test_add_func ("/symbol/arc-box", test_arc_box);
  return g_test_run ();
}
