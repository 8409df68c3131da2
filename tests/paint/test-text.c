/* The stroke font and the way texts are set. */
#include "base/text-metrics.h"
#include "paint/stroke-font.h"
#include "paint/stroke-text.h"

#include <math.h>
#include <string.h>

#define PIXELS 400
#define UNITS_PER_PIXEL 1000

static const NudgeTextStyle plain = { .height = 12700, .width = 12700 };

typedef struct
{
  int x0, y0, x1, y1, n;
} Ink;

/* Draws at the middle of an image and looks where ink has come to be. */
static Ink
ink_of (const char *text, gint angle, const NudgeTextStyle *style)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, PIXELS, PIXELS);
  cairo_t *cr = cairo_create (surface);
  Ink ink = { PIXELS, PIXELS, -1, -1, 0 };

  cairo_translate (cr, PIXELS / 2, PIXELS / 2);
  cairo_scale (cr, 1.0 / UNITS_PER_PIXEL, 1.0 / UNITS_PER_PIXEL);
  nudge_stroke_text_draw (cr, text, 0, 0, angle, style);
  cairo_surface_flush (surface);
  for (int y = 0; y < PIXELS; y++)
    for (int x = 0; x < PIXELS; x++)
      if (cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x] > 64)
        {
          ink.x0 = MIN (ink.x0, x - PIXELS / 2);
          ink.x1 = MAX (ink.x1, x - PIXELS / 2 + 1);
          ink.y0 = MIN (ink.y0, y - PIXELS / 2);
          ink.y1 = MAX (ink.y1, y - PIXELS / 2 + 1);
          ink.n++;
        }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return ink;
}

static void
test_glyphs (void)
{
  NudgeStrokeGlyph glyph;

  for (gunichar c = 0x21; c < 0x7f; c++)
    {
      nudge_stroke_font_glyph (c, &glyph);
      g_assert_cmpuint (glyph.n_lines[0], >, 0);
      for (guint l = 0; l < glyph.n_lines[0]; l++)
        for (guint i = 0; i < glyph.lines[0][l].n; i++)
          {
            /* Every letter stands in its cell, give or take a slash's overhang. */
            g_assert_cmpfloat (glyph.lines[0][l].points[i].x, >=, -2);
            g_assert_cmpfloat (glyph.lines[0][l].points[i].x, <=, nudge_char_advance (c) / 10.0 + 2);
            g_assert_cmpfloat (glyph.lines[0][l].points[i].y, >=, -8);
            g_assert_cmpfloat (glyph.lines[0][l].points[i].y, <=, 26);
          }
    }
  nudge_stroke_font_glyph (' ', &glyph);
  g_assert_cmpuint (glyph.n_lines[0], ==, 0);
}

/* Every letter that has strokes has them in KiCad's cell, give or take an overhang, and its accents above it. */
static void
test_letters (void)
{
  static const gunichar ranges[][2] = { { 0xa1, 0x17f }, { 0x391, 0x3a1 }, { 0x3a3, 0x3ce }, { 0x400, 0x45f }, { 0x490, 0x491 }, { 0x2018, 0x2022 } };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    for (gunichar c = ranges[r][0]; c <= ranges[r][1]; c++)
      {
        NudgeStrokeGlyph glyph;

        if (c == 0xad)
          continue;
        g_assert_true (nudge_stroke_font_has (c));
        nudge_stroke_font_glyph (c, &glyph);
        g_assert_cmpuint (glyph.n_lines[0], >, 0);
        for (guint part = 0; part < NUDGE_STROKE_PARTS; part++)
          for (guint l = 0; l < glyph.n_lines[part]; l++)
            for (guint i = 0; i < glyph.lines[part][l].n; i++)
              {
                float x = glyph.lines[part][l].points[i].x + glyph.dx[part], y = glyph.lines[part][l].points[i].y + glyph.dy[part];

                g_assert_cmpfloat (x, >=, -4);
                g_assert_cmpfloat (x, <=, nudge_char_advance (c) / 10.0 + 4);
                g_assert_cmpfloat (y, >=, -8);
                g_assert_cmpfloat (y, <=, 34);
              }
      }
}

static void
test_other_letters (void)
{
  NudgeStrokeGlyph glyph, base, unknown;

  nudge_stroke_font_glyph (0x4e2d, &unknown);
  g_assert_cmpuint (unknown.n_lines[0], ==, 1);
  nudge_stroke_font_glyph (0xe9, &glyph);
  nudge_stroke_font_glyph ('e', &base);
  g_assert_true (glyph.lines[0] == base.lines[0]);
  g_assert_cmpuint (glyph.n_lines[1], ==, 1);
  for (const char *p = "µΩμΩ°±×²³→≤€"; *p != '\0'; p = g_utf8_next_char (p))
    {
      nudge_stroke_font_glyph (g_utf8_get_char (p), &glyph);
      g_assert_cmpuint (glyph.n_lines[0], >, 0);
      g_assert_true (glyph.lines[0] != unknown.lines[0]);
    }
  /* What looks like a letter of ASCII is one, in a cell of its own. */
  nudge_stroke_font_glyph (0x410, &glyph);
  nudge_stroke_font_glyph ('A', &base);
  g_assert_cmpuint (glyph.n_lines[0], ==, base.n_lines[0]);
  /* Two marks stand one upon the other. */
  nudge_stroke_font_glyph (0x1ebf, &glyph);
  g_assert_cmpuint (glyph.n_lines[1], >, 0);
  g_assert_cmpuint (glyph.n_lines[2], >, 0);
  g_assert_cmpfloat (glyph.dy[2], >, glyph.dy[1]);
  g_assert_false (nudge_stroke_font_has (0x4e2d));
  nudge_stroke_font_glyph (0x07, &glyph);
  g_assert_cmpuint (glyph.n_lines[0], ==, 0);
}

/* A character of no font is a box; one that an installed font has is filled, in the room of KiCad's. */
static void
test_characters_of_others (void)
{
  static const struct
  {
    gunichar character;
    double advance;
  } kicad[] = { { 0x4e2d, 31 }, { 0x3042, 22 }, { 0x10f, 29 }, { 0x111, 19 }, { 0x2030, 36 }, { 0x1f600, 18 } };
  NudgeStrokeGlyph glyph;
  Ink ink = ink_of ("\xe4\xb8\xad", 0, &plain);

  for (guint i = 0; i < G_N_ELEMENTS (kicad); i++)
    g_assert_cmpfloat (nudge_char_advance (kicad[i].character) / 10.0, ==, kicad[i].advance);
  g_assert_cmpint (ink.n, >, 20);
  g_assert_cmpint ((ink.x1 - ink.x0) * UNITS_PER_PIXEL, <=, nudge_stroke_text_width ("\xe4\xb8\xad", &plain) + 2 * UNITS_PER_PIXEL);
  g_assert_true (nudge_char_is_drawn (0x4e2d));
  g_assert_false (nudge_char_is_drawn (0x2502));
  g_assert_false (nudge_char_is_drawn (0x1f600));
  /* Private to nobody knows whom. */
  nudge_stroke_font_glyph (0xf8ff, &glyph);
  g_assert_cmpuint (glyph.n_lines[0], ==, 1);

}

/* KiCad's advances less the gap after the last letter: what the engine says is what the painter inks. */
static void
test_width_is_the_engines (void)
{
  static const char *const texts[] = { "ESP32-C6-MINI-1", "GPIO0/ADC1_CH0", "HELLO WORLD HELLO WORLD", "100n 16V X7R 0402", "mmmmmmmmmmmm" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double engine = nudge_text_width (texts[i], plain.width);
      double painter = nudge_stroke_text_width (texts[i], &plain) - plain.width / 5.0;
      Ink ink = ink_of (texts[i], 0, &plain);
      double inked = (ink.x1 - ink.x0) * (double) UNITS_PER_PIXEL;

      g_assert_cmpfloat (fabs (painter - engine) / engine, <, 0.03);
      g_assert_cmpfloat (fabs (inked - engine) / engine, <, 0.05);
    }
}

static void
test_ink_stays_in_its_box (void)
{
  static const char *const texts[] = { "Agj", "~{RESET}", "two\nlines", "x_{low}^{high}", "Ü" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gint angle = 0; angle < 360; angle += 90)
      for (gint h = -1; h <= 1; h++)
        for (gint v = -1; v <= 1; v++)
          {
            NudgeTextStyle style = { .height = 12700, .width = 12700, .justify_h = (gint8) h, .justify_v = (gint8) v, .italic = i == 0 };
            NudgeBox box = nudge_stroke_text_box (texts[i], 0, 0, angle, &style);
            Ink ink = ink_of (texts[i], angle, &style);

            g_assert_cmpint (ink.n, >, 20);
            g_assert_cmpint (ink.x0 * UNITS_PER_PIXEL, >=, box.x0 - 2 * UNITS_PER_PIXEL);
            g_assert_cmpint (ink.x1 * UNITS_PER_PIXEL, <=, box.x1 + 2 * UNITS_PER_PIXEL);
            g_assert_cmpint (ink.y0 * UNITS_PER_PIXEL, >=, box.y0 - 4 * UNITS_PER_PIXEL);
            g_assert_cmpint (ink.y1 * UNITS_PER_PIXEL, <=, box.y1 + 2 * UNITS_PER_PIXEL);
          }
}

/* Baselines as KiCad plots them, for a font of 1.27 mm and its default pen. */
static void
test_baselines (void)
{
  static const struct
  {
    gint8 justify;
    double baseline; /* mm under the anchor */
  } cases[] = { { 1, -0.163 }, { 0, 0.580 }, { -1, 1.323 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NudgeTextStyle style = { .height = 12700, .width = 12700, .justify_v = cases[i].justify };
      Ink ink = ink_of ("HHH", 0, &style);
      double bottom = ink.y1 * UNITS_PER_PIXEL - nudge_stroke_text_pen (&style) / 2.0;

      g_assert_cmpfloat (fabs (bottom / NUDGE_UNITS_PER_MM - cases[i].baseline), <, 0.08);
    }
}

static void
test_pen (void)
{
  g_assert_cmpint (nudge_stroke_text_pen (&plain), ==, 1524);
  g_assert_cmpint (nudge_stroke_text_pen (&(NudgeTextStyle){ .height = 25400, .width = 25400, .bold = TRUE }), ==, 5080);
  g_assert_cmpint (nudge_stroke_text_pen (&(NudgeTextStyle){ .height = 4000, .width = 4000 }), ==, 1000);
  g_assert_cmpint (ink_of ("bold", 0, &(NudgeTextStyle){ .height = 12700, .width = 12700, .bold = TRUE }).n, >, ink_of ("bold", 0, &plain).n);
}

static void
test_overbar (void)
{
  Ink with = ink_of ("~{CS}", 0, &plain), without = ink_of ("CS", 0, &plain);

  g_assert_cmpint (with.y0, <, without.y0);
  g_assert_cmpint (with.y1, ==, without.y1);
  g_assert_cmpfloat (nudge_stroke_text_width ("~{CS}", &plain), ==, nudge_stroke_text_width ("CS", &plain));
  /* Markup that never closes is text. */
  g_assert_cmpfloat (nudge_stroke_text_width ("~{CS", &plain), >, nudge_stroke_text_width ("CS", &plain));
}

static void
test_escapes (void)
{
  g_assert_cmpfloat (nudge_stroke_text_width ("P{slash}A3", &plain), ==, nudge_stroke_text_width ("P/A3", &plain));
  g_assert_cmpint (ink_of ("{slash}", 0, &plain).n, ==, ink_of ("/", 0, &plain).n);
  g_assert_cmpfloat (nudge_stroke_text_width ("{slash", &plain), >, nudge_stroke_text_width ("/", &plain));
}

static void
test_upside_down_is_turned_back (void)
{
  NudgeTextStyle left = { .height = 12700, .width = 12700, .justify_h = -1 };
  NudgeTextStyle right = { .height = 12700, .width = 12700, .justify_h = 1 };
  Ink turned = ink_of ("Left", 180, &left), straight = ink_of ("Left", 0, &right);

  g_assert_cmpint (turned.x0, ==, straight.x0);
  g_assert_cmpint (turned.y1, ==, straight.y1);
  g_assert_cmpint (turned.n, ==, straight.n);
}

static void
test_wrap (void)
{
  g_autofree char *wrapped = nudge_stroke_text_wrap ("one two three\nfour", nudge_stroke_text_width ("one two", &plain) + 1, &plain);
  g_autofree char *narrow = nudge_stroke_text_wrap ("long words stay", 1, &plain);
  g_autofree char *wide = nudge_stroke_text_wrap ("a  b", 1e9, &plain);

  g_assert_cmpstr (wrapped, ==, "one two\nthree\nfour");
  g_assert_cmpstr (narrow, ==, "long\nwords\nstay");
  g_assert_cmpstr (wide, ==, "a  b");
}

/* Half a million opening braces must not take a minute. */
static void
test_hostile_markup (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 500000; i++)
    g_string_append (text, "~{");
  g_assert_cmpfloat (nudge_stroke_text_width (text->str, &plain), >, 0);
  g_string_append_c (text, '}');
  g_assert_cmpfloat (nudge_stroke_text_width (text->str, &plain), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/glyphs", test_glyphs);
  g_test_add_func ("/text/letters", test_letters);
  g_test_add_func ("/text/other-letters", test_other_letters);
  g_test_add_func ("/text/characters-of-others", test_characters_of_others);
  g_test_add_func ("/text/width", test_width_is_the_engines);
  g_test_add_func ("/text/box", test_ink_stays_in_its_box);
  g_test_add_func ("/text/baselines", test_baselines);
  g_test_add_func ("/text/pen", test_pen);
  g_test_add_func ("/text/overbar", test_overbar);
  g_test_add_func ("/text/escapes", test_escapes);
  g_test_add_func ("/text/upside-down", test_upside_down_is_turned_back);
  g_test_add_func ("/text/wrap", test_wrap);
  g_test_add_func ("/text/hostile-markup", test_hostile_markup);
  return g_test_run ();
}
