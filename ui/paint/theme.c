#include "paint/theme.h"

#include <glib/gi18n.h>

#define RGB(r, g, b) ((guint32) (r) << 16 | (guint32) (g) << 8 | (guint32) (b))

static const NudgeTheme kicad_default = {
  .name = "kicad-default",
  .title = N_("KiCad Default"),
  .colors = {
    [NUDGE_COLOR_BACKGROUND] = RGB (245, 244, 239),
    [NUDGE_COLOR_GRID] = RGB (181, 181, 181),
    [NUDGE_COLOR_SYMBOL] = RGB (132, 0, 0),
    [NUDGE_COLOR_SYMBOL_FILL] = RGB (255, 255, 194),
    [NUDGE_COLOR_PIN] = RGB (132, 0, 0),
    [NUDGE_COLOR_PIN_NUMBER] = RGB (169, 0, 0),
    [NUDGE_COLOR_PIN_NAME] = RGB (0, 100, 100),
    [NUDGE_COLOR_REFERENCE] = RGB (0, 100, 100),
    [NUDGE_COLOR_FIELD] = RGB (132, 0, 132),
    [NUDGE_COLOR_WIRE] = RGB (0, 150, 0),
    [NUDGE_COLOR_BUS] = RGB (0, 0, 132),
    [NUDGE_COLOR_JUNCTION] = RGB (0, 150, 0),
    [NUDGE_COLOR_LOCAL_LABEL] = RGB (15, 15, 15),
    [NUDGE_COLOR_GLOBAL_LABEL] = RGB (132, 0, 0),
    [NUDGE_COLOR_HIERARCHICAL_LABEL] = RGB (114, 86, 0),
    [NUDGE_COLOR_NO_CONNECT] = RGB (0, 0, 132),
    [NUDGE_COLOR_SHEET] = RGB (132, 0, 0),
    [NUDGE_COLOR_SHEET_FILL] = RGB (245, 244, 239),
    [NUDGE_COLOR_SHEET_NAME] = RGB (0, 100, 100),
    [NUDGE_COLOR_SHEET_FILE] = RGB (114, 86, 0),
    [NUDGE_COLOR_SHEET_PIN] = RGB (0, 100, 100),
    [NUDGE_COLOR_TEXT] = RGB (0, 0, 194),
    [NUDGE_COLOR_FRAME] = RGB (132, 0, 0),
    [NUDGE_COLOR_DNP] = RGB (220, 9, 13),
    [NUDGE_COLOR_HIGHLIGHT] = RGB (255, 0, 255),
    [NUDGE_COLOR_SELECTION] = RGB (102, 178, 255),
  },
};

static const NudgeTheme kicad_classic = {
  .name = "kicad-classic",
  .title = N_("KiCad Classic"),
  .colors = {
    [NUDGE_COLOR_BACKGROUND] = RGB (255, 255, 255),
    [NUDGE_COLOR_GRID] = RGB (132, 132, 132),
    [NUDGE_COLOR_SYMBOL] = RGB (132, 0, 0),
    [NUDGE_COLOR_SYMBOL_FILL] = RGB (255, 255, 194),
    [NUDGE_COLOR_PIN] = RGB (132, 0, 0),
    [NUDGE_COLOR_PIN_NUMBER] = RGB (132, 0, 0),
    [NUDGE_COLOR_PIN_NAME] = RGB (0, 132, 132),
    [NUDGE_COLOR_REFERENCE] = RGB (0, 132, 132),
    [NUDGE_COLOR_FIELD] = RGB (132, 0, 132),
    [NUDGE_COLOR_WIRE] = RGB (0, 132, 0),
    [NUDGE_COLOR_BUS] = RGB (0, 0, 132),
    [NUDGE_COLOR_JUNCTION] = RGB (0, 132, 0),
    [NUDGE_COLOR_LOCAL_LABEL] = RGB (0, 0, 0),
    [NUDGE_COLOR_GLOBAL_LABEL] = RGB (132, 0, 0),
    [NUDGE_COLOR_HIERARCHICAL_LABEL] = RGB (132, 132, 0),
    [NUDGE_COLOR_NO_CONNECT] = RGB (0, 0, 132),
    [NUDGE_COLOR_SHEET] = RGB (132, 0, 132),
    [NUDGE_COLOR_SHEET_FILL] = RGB (255, 255, 255),
    [NUDGE_COLOR_SHEET_NAME] = RGB (0, 132, 132),
    [NUDGE_COLOR_SHEET_FILE] = RGB (132, 132, 0),
    [NUDGE_COLOR_SHEET_PIN] = RGB (0, 132, 132),
    [NUDGE_COLOR_TEXT] = RGB (0, 0, 194),
    [NUDGE_COLOR_FRAME] = RGB (132, 0, 0),
    [NUDGE_COLOR_DNP] = RGB (220, 9, 13),
    [NUDGE_COLOR_HIGHLIGHT] = RGB (255, 0, 255),
    [NUDGE_COLOR_SELECTION] = RGB (102, 178, 255),
  },
};

/* Nudge's own: every stroke has a contrast of at least 4.5 to the background. */
static const NudgeTheme dark = {
  .name = "dark",
  .title = N_("Dark"),
  .is_dark = TRUE,
  .colors = {
    [NUDGE_COLOR_BACKGROUND] = RGB (30, 32, 38),
    [NUDGE_COLOR_GRID] = RGB (70, 74, 84),
    [NUDGE_COLOR_SYMBOL] = RGB (240, 160, 120),
    [NUDGE_COLOR_SYMBOL_FILL] = RGB (46, 50, 60),
    [NUDGE_COLOR_PIN] = RGB (240, 160, 120),
    [NUDGE_COLOR_PIN_NUMBER] = RGB (230, 140, 130),
    [NUDGE_COLOR_PIN_NAME] = RGB (120, 205, 205),
    [NUDGE_COLOR_REFERENCE] = RGB (120, 205, 205),
    [NUDGE_COLOR_FIELD] = RGB (215, 150, 225),
    [NUDGE_COLOR_WIRE] = RGB (120, 210, 110),
    [NUDGE_COLOR_BUS] = RGB (130, 160, 250),
    [NUDGE_COLOR_JUNCTION] = RGB (120, 210, 110),
    [NUDGE_COLOR_LOCAL_LABEL] = RGB (235, 235, 235),
    [NUDGE_COLOR_GLOBAL_LABEL] = RGB (250, 150, 140),
    [NUDGE_COLOR_HIERARCHICAL_LABEL] = RGB (230, 195, 100),
    [NUDGE_COLOR_NO_CONNECT] = RGB (140, 170, 255),
    [NUDGE_COLOR_SHEET] = RGB (240, 160, 120),
    [NUDGE_COLOR_SHEET_FILL] = RGB (36, 39, 46),
    [NUDGE_COLOR_SHEET_NAME] = RGB (120, 205, 205),
    [NUDGE_COLOR_SHEET_FILE] = RGB (230, 195, 100),
    [NUDGE_COLOR_SHEET_PIN] = RGB (120, 205, 205),
    [NUDGE_COLOR_TEXT] = RGB (140, 170, 255),
    [NUDGE_COLOR_FRAME] = RGB (190, 130, 110),
    [NUDGE_COLOR_DNP] = RGB (255, 90, 90),
    [NUDGE_COLOR_HIGHLIGHT] = RGB (255, 110, 255),
    [NUDGE_COLOR_SELECTION] = RGB (102, 178, 255),
  },
};

const NudgeTheme *const *
nudge_themes (void)
{
  static const NudgeTheme *const themes[] = { &kicad_default, &kicad_classic, &dark, NULL };

  return themes;
}

const NudgeTheme *
nudge_theme_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const NudgeTheme *const *theme = nudge_themes (); *theme != NULL; theme++)
    if (g_strcmp0 ((*theme)->name, name) == 0)
      return *theme;
  return NULL;
}

guint32
nudge_color_mix (guint32 a, guint32 b, double share)
{
  guint32 result = 0;

  for (guint shift = 0; shift <= 16; shift += 8)
    {
      double x = a >> shift & 0xff, y = b >> shift & 0xff;

      result |= (guint32) (x + (y - x) * share + 0.5) << shift;
    }
  return result;
}

void
nudge_color_set (cairo_t *cr, guint32 color, double alpha)
{
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0, alpha);
}
