/* theme.h: the colours of a sheet. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  NUDGE_COLOR_BACKGROUND,
  NUDGE_COLOR_GRID,
  NUDGE_COLOR_SYMBOL,
  NUDGE_COLOR_SYMBOL_FILL,
  NUDGE_COLOR_PIN,
  NUDGE_COLOR_PIN_NUMBER,
  NUDGE_COLOR_PIN_NAME,
  NUDGE_COLOR_REFERENCE,
  NUDGE_COLOR_FIELD,
  NUDGE_COLOR_WIRE,
  NUDGE_COLOR_BUS,
  NUDGE_COLOR_JUNCTION,
  NUDGE_COLOR_LOCAL_LABEL,
  NUDGE_COLOR_GLOBAL_LABEL,
  NUDGE_COLOR_HIERARCHICAL_LABEL,
  NUDGE_COLOR_NO_CONNECT,
  NUDGE_COLOR_SHEET,
  NUDGE_COLOR_SHEET_FILL,
  NUDGE_COLOR_SHEET_NAME,
  NUDGE_COLOR_SHEET_FILE,
  NUDGE_COLOR_SHEET_PIN,
  NUDGE_COLOR_TEXT,
  NUDGE_COLOR_FRAME,
  NUDGE_COLOR_DNP,
  NUDGE_COLOR_HIGHLIGHT,
  NUDGE_COLOR_SELECTION,
  NUDGE_N_COLORS
} NudgeColorRole;

typedef struct
{
  const char *name;  /* "kicad-default" */
  const char *title; /* "KiCad Default" */
  gboolean is_dark;
  guint32 colors[NUDGE_N_COLORS]; /* 0xRRGGBB */
} NudgeTheme;

/**
 * nudge_themes:
 *
 * Returns: (array zero-terminated=1): every theme; the first is the default
 */
const NudgeTheme *const *nudge_themes (void);

/**
 * nudge_theme_find:
 * @name: such as `kicad-classic`
 *
 * Returns: (nullable): the theme of that name
 */
const NudgeTheme *nudge_theme_find (const char *name);

/**
 * nudge_color_mix:
 * @a: 0xRRGGBB
 * @b: 0xRRGGBB
 * @share: how much of @b, 0 to 1
 *
 * Returns: the colour between the two
 */
guint32 nudge_color_mix (guint32 a, guint32 b, double share);

/**
 * nudge_color_set:
 * @cr: where to
 * @color: 0xRRGGBB
 * @alpha: 0 to 1
 *
 * Makes @color the source of @cr.
 */
void nudge_color_set (cairo_t *cr, guint32 color, double alpha);

G_END_DECLS
