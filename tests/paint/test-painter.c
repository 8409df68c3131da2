/* What the painter puts on a sheet, seen in pixels. */
#include "fixture.h"
#include "layout/edit.h"
#include "paint/paint-private.h"

#include <math.h>
#include <string.h>

#define SCALE (8.0 / NUDGE_UNITS_PER_MM)

typedef struct
{
  cairo_surface_t *surface;
  NudgePaintStats stats;
} Picture;

static const NudgeTheme *
theme (void)
{
  return nudge_themes ()[0];
}

/* Paints the part of the sheet from (x, y) on, at @scale pixels per unit. */
static Picture
paint (const NudgePaintSheet *sheet, double x, double y, int width, int height, double scale)
{
  Picture picture = { .surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height) };
  cairo_t *cr = cairo_create (picture.surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -x, -y);
  nudge_paint_sheet_draw (sheet, cr, theme (), &picture.stats);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  return picture;
}

static guint32
pixel (const Picture *picture, int x, int y)
{
  guint32 value;

  memcpy (&value, cairo_image_surface_get_data (picture->surface) + y * cairo_image_surface_get_stride (picture->surface) + x * 4, 4);
  return value & 0xffffff;
}

static guint
count_color (const Picture *picture, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (picture->surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (picture->surface); x++)
      n += pixel (picture, x, y) == color;
  return n;
}

static void
clear_picture (Picture *picture)
{
  cairo_surface_destroy (picture->surface);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, clear_picture)

static guint
find_symbol (const NudgeDrawnSheet *sheet, const char *id)
{
  for (guint i = 0; i < sheet->n_symbols; i++)
    if (strcmp (sheet->symbols[i].symbol->id, id) == 0)
      return i;
  g_assert_not_reached ();
}

static void
test_colors (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  NudgePoint size = nudge_paint_sheet_get_size (sheet);
  g_auto (Picture) picture = paint (sheet, 0, 0, (int) (size.x * SCALE), (int) (size.y * SCALE), SCALE);

  g_assert_cmphex (pixel (&picture, 2, 2), ==, theme ()->colors[NUDGE_COLOR_BACKGROUND]);
  g_assert_cmpuint (count_color (&picture, theme ()->colors[NUDGE_COLOR_SYMBOL]), >, 1000);
  g_assert_cmpuint (count_color (&picture, theme ()->colors[NUDGE_COLOR_SYMBOL_FILL]), >, 500);
  g_assert_cmpuint (count_color (&picture, theme ()->colors[NUDGE_COLOR_REFERENCE]), >, 50);
  g_assert_cmpuint (picture.stats.symbols, ==, nudge_paint_sheet_get_drawn (sheet)->n_symbols);
  g_assert_cmpuint (picture.stats.simplified, ==, 0);
  g_assert_cmpuint (picture.stats.texts, >, 20);
}

/* The frame stands where KiCad's default page has it. */
static void
test_frame (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  g_auto (Picture) picture = paint (sheet, 0, NUDGE_MM (100), 240, 80, SCALE);
  guint dark = 0;

  for (int x = 0; x < 240; x++)
    if ((pixel (&picture, x, 20) >> 8 & 0xff) < 150)
      {
        dark++;
        g_assert_true (ABS (x - 80) <= 1 || ABS (x - 96) <= 1);
      }
  g_assert_cmpuint (dark, >=, 2);
}

static void
test_culling (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (sheet);
  const NudgeBox *box = &drawn->symbols[0].box;
  g_auto (Picture) far = paint (sheet, NUDGE_MM (-100), NUDGE_MM (-100), 64, 64, SCALE);
  g_auto (Picture) near = paint (sheet, box->x0, box->y0, (int) ((box->x1 - box->x0) * SCALE) + 1, (int) ((box->y1 - box->y0) * SCALE) + 1, SCALE);

  g_assert_cmpuint (far.stats.symbols + far.stats.texts + far.stats.wires, ==, 0);
  g_assert_cmpuint (far.stats.culled, >=, drawn->n_symbols + drawn->n_labels);
  g_assert_cmpuint (near.stats.symbols, >=, 1);
  g_assert_cmpuint (near.stats.symbols, <, drawn->n_symbols);
}

static void
test_level_of_detail (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  guint n = nudge_paint_sheet_get_drawn (sheet)->n_symbols;
  g_auto (Picture) tiny = paint (sheet, 0, 0, 100, 70, 0.3 / NUDGE_UNITS_PER_MM);
  g_auto (Picture) small = paint (sheet, 0, 0, 390, 273, 1.3 / NUDGE_UNITS_PER_MM);

  g_assert_cmpuint (tiny.stats.simplified, ==, n);
  g_assert_cmpuint (tiny.stats.texts, ==, 0);
  g_assert_cmpuint (small.stats.simplified, <, n);
  g_assert_cmpuint (small.stats.symbols, >, 0);
  /* 1.27 mm are 1.7 pixels: only the title block's larger letters can be read. */
  g_assert_cmpuint (small.stats.texts, <, 3);
}

/* The instance of a sheet decides the references. */
static void
test_instances (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_repeated, NULL);
  guint sheet = drawing->block_sheets[1];
  g_autoptr (NudgePaintSheet) first = nudge_paint_sheet_new (drawing, sheet, 0);
  g_autoptr (NudgePaintSheet) second = nudge_paint_sheet_new (drawing, sheet, 1);
  NudgeHit hit = { NUDGE_HIT_SYMBOL, find_symbol (&drawing->sheets[sheet], "Device:R"), NUDGE_NONE };
  g_autofree char *one = nudge_paint_sheet_describe (first, &hit);
  g_autofree char *other = nudge_paint_sheet_describe (second, &hit);

  g_assert_cmpuint (drawing->sheets[sheet].n_instances, ==, 2);
  g_assert_true (g_str_has_prefix (one, "R1 ") || g_str_has_prefix (one, "R2 "));
  g_assert_true (g_str_has_prefix (other, "R3 ") || g_str_has_prefix (other, "R4 "));
}

static void
test_not_fitted (void)
{
  static const char json[] =
    "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '1k', 'DNP': %s}}, 'nets': {}}";
  g_autofree char *with = g_strdup_printf (json, "true");
  g_autofree char *without = g_strdup_printf (json, "false");
  g_autoptr (NudgeDrawing) crossed = fixture_drawing (with, NULL);
  g_autoptr (NudgeDrawing) fitted = fixture_drawing (without, NULL);
  g_autoptr (NudgePaintSheet) crossed_sheet = nudge_paint_sheet_new (crossed, 0, 0);
  g_autoptr (NudgePaintSheet) fitted_sheet = nudge_paint_sheet_new (fitted, 0, 0);
  g_auto (Picture) a = paint (crossed_sheet, 0, 0, 2400, 1700, SCALE);
  g_auto (Picture) b = paint (fitted_sheet, 0, 0, 2400, 1700, SCALE);

  g_assert_cmpuint (count_color (&a, theme ()->colors[NUDGE_COLOR_DNP]), >, 20);
  g_assert_cmpuint (count_color (&b, theme ()->colors[NUDGE_COLOR_DNP]), ==, 0);
  g_assert_cmpuint (count_color (&a, theme ()->colors[NUDGE_COLOR_SYMBOL_FILL]), ==, 0);
}

/* The cross of a resistor is wider than the resistor, and nothing has no cross. */
static void
test_cross_box (void)
{
  const NudgeBox body = { -10160, -25400, 10160, 25400 }, whole = { -10160, -38100, 10160, 38100 };
  const NudgeBox nothing = NUDGE_BOX_EMPTY;
  NudgeBox cross = nudge_paint_cross_box (&body, &whole);
  NudgeBox none = nudge_paint_cross_box (&nothing, &nothing);
  NudgeBox pins_only = nudge_paint_cross_box (&nothing, &whole);

  g_assert_cmpint (cross.x1, ==, 10160 + 3810);
  g_assert_cmpint (cross.y1, ==, 25400 + 7620);
  g_assert_true (nudge_box_is_empty (&none));
  g_assert_cmpint (pins_only.x0, ==, whole.x0);
}

static void
test_hit (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (sheet);
  guint resistor = find_symbol (drawn, "Device:R");
  const NudgeBox *box = &drawn->symbols[resistor].box;
  NudgeHit hit = nudge_paint_sheet_hit (sheet, (NudgePoint){ (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 }, 100);
  NudgeHit none = nudge_paint_sheet_hit (sheet, (NudgePoint){ NUDGE_MM (2), NUDGE_MM (2) }, 100);
  const NudgeBox *child = &drawn->boxes[0].box;
  NudgeHit inside = nudge_paint_sheet_hit (sheet, (NudgePoint){ (child->x0 + child->x1) / 2, (child->y0 + 2 * child->y1) / 3 }, 100);
  g_autofree char *text = nudge_paint_sheet_describe (sheet, &inside);

  g_assert_cmpint (hit.kind, ==, NUDGE_HIT_SYMBOL);
  g_assert_cmpuint (hit.index, ==, resistor);
  g_assert_cmpint (none.kind, ==, NUDGE_HIT_NONE);
  g_assert_cmpint (inside.kind, ==, NUDGE_HIT_BOX);
  g_assert_nonnull (strstr (text, "led"));
}

static void
test_hit_nets (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (sheet);

  g_assert_cmpuint (drawn->n_labels, >, 0);
  for (guint i = 0; i < drawn->n_labels; i++)
    {
      NudgeHit hit = { NUDGE_HIT_LABEL, i, drawn->labels[i].net };
      NudgeBox box = nudge_paint_sheet_get_box (sheet, &hit);
      NudgeBox marked = nudge_paint_sheet_get_highlight_box (sheet, &hit);
      g_autofree char *text = nudge_paint_sheet_describe (sheet, &hit);

      g_assert_true (nudge_box_contains (&box, drawn->labels[i].at.x, drawn->labels[i].at.y));
      g_assert_cmpint (marked.x0, <, box.x0);
      g_assert_cmpint (marked.y1, >, box.y1);
      g_assert_true (g_str_has_prefix (text, "Net "));
    }
}

static void
test_themes (void)
{
  guint n = 0;

  for (const NudgeTheme *const *t = nudge_themes (); *t != NULL; t++, n++)
    {
      g_assert_true (nudge_theme_find ((*t)->name) == *t);
      /* No mark may have the colour of the paper. */
      for (guint role = NUDGE_COLOR_SYMBOL; role < NUDGE_N_COLORS; role++)
        if (role != NUDGE_COLOR_SHEET_FILL)
          g_assert_cmphex ((*t)->colors[role], !=, (*t)->colors[NUDGE_COLOR_BACKGROUND]);
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_null (nudge_theme_find ("none"));
  g_assert_cmphex (nudge_color_mix (0x000000, 0xffffff, 0.5), ==, 0x808080);
}

static double
luminance (guint32 color)
{
  static const double weights[3] = { 0.0722, 0.7152, 0.2126 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double c = (color >> 8 * i & 0xff) / 255.0;

      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static void
test_dark_contrast (void)
{
  const NudgeTheme *dark = nudge_theme_find ("dark");
  double paper = luminance (dark->colors[NUDGE_COLOR_BACKGROUND]);

  for (guint role = NUDGE_COLOR_SYMBOL; role < NUDGE_N_COLORS; role++)
    if (role != NUDGE_COLOR_SYMBOL_FILL && role != NUDGE_COLOR_SHEET_FILL)
      g_assert_cmpfloat ((luminance (dark->colors[role]) + 0.05) / (paper + 0.05), >=, 4.5);
}

/* Two pictures of the same drawing do not differ; after a move the boxes of the change lie at its two places. */
static void
test_changes (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  const NudgeDrawnSymbol *symbol = &drawing->sheets[0].symbols[0];
  NudgeSelection selection = { &symbol->unit_index, 1, NULL, 0 };
  g_autoptr (NudgeLayout) moved = NULL;
  g_autoptr (NudgeDrawing) other = NULL;
  g_autoptr (NudgePaintSheet) one = nudge_paint_sheet_new (drawing, 0, 0);
  g_autoptr (NudgePaintSheet) same = nudge_paint_sheet_new (drawing, 0, 0);
  g_autoptr (NudgePaintSheet) after = NULL;
  g_autoptr (GArray) none = nudge_paint_sheet_list_changes (one, same);
  g_autoptr (GArray) some = NULL;
  guint old_place = 0, new_place = 0;

  g_assert_cmpuint (symbol->unit_index, !=, NUDGE_NONE);
  g_assert_cmpuint (none->len, ==, 0);
  moved = nudge_edit_move (drawing->layout, &selection, 20 * NUDGE_GRID, 0);
  other = nudge_draw (moved, NULL, NULL);
  after = nudge_paint_sheet_new (other, 0, 0);
  some = nudge_paint_sheet_list_changes (one, after);
  for (guint i = 0; i < some->len; i++)
    {
      const NudgeBox *box = &g_array_index (some, NudgeBox, i);

      old_place += nudge_box_contains (box, symbol->pose.at.x, symbol->pose.at.y);
      new_place += nudge_box_contains (box, symbol->pose.at.x + 20 * NUDGE_GRID, symbol->pose.at.y);
    }
  g_assert_cmpuint (old_place, >=, 1);
  g_assert_cmpuint (new_place, >=, 1);
}

/* What lies in an area, and what only touches it. */
static void
test_list_in (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, NULL);
  g_autoptr (NudgePaintSheet) sheet = nudge_paint_sheet_new (drawing, 0, 0);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (NudgeHit));
  NudgeBox box = drawing->sheets[0].symbols[0].box;
  NudgeBox half = { box.x0 - 1, box.y0 - 1, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2 };
  NudgeBox whole = nudge_box_grown (box, 1);

  nudge_paint_sheet_list_in (sheet, &half, FALSE, hits);
  g_assert_cmpuint (hits->len, ==, 0);
  nudge_paint_sheet_list_in (sheet, &half, TRUE, hits);
  g_assert_cmpuint (hits->len, ==, 1);
  nudge_paint_sheet_list_in (sheet, &whole, FALSE, hits);
  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpuint (g_array_index (hits, NudgeHit, 1).index, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter/colors", test_colors);
  g_test_add_func ("/painter/frame", test_frame);
  g_test_add_func ("/painter/culling", test_culling);
  g_test_add_func ("/painter/changes", test_changes);
  g_test_add_func ("/painter/list-in", test_list_in);
  g_test_add_func ("/painter/level-of-detail", test_level_of_detail);
  g_test_add_func ("/painter/instances", test_instances);
  g_test_add_func ("/painter/not-fitted", test_not_fitted);
  g_test_add_func ("/painter/cross-box", test_cross_box);
  g_test_add_func ("/painter/hit", test_hit);
  g_test_add_func ("/painter/hit-nets", test_hit_nets);
  g_test_add_func ("/painter/themes", test_themes);
  g_test_add_func ("/painter/dark-contrast", test_dark_contrast);
  return g_test_run ();
}
