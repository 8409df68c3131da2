#include "base/text-metrics.h"

#include <string.h>

/* Advances of KiCad's Newstroke font for U+0020 to U+007E, in tenths of 1/21 em; measured from KiCad's plots. */
static const guint16 advances[95] = {
  126, 100, 160, 210, 200, 240, 260, 100, 140, 140, 160, 260, 100, 260, 100, 220, 200, 200, 200, 200, 200, 200, 200, 200,
  200, 200, 100, 100, 260, 260, 260, 180, 270, 180, 210, 210, 210, 190, 180, 210, 220, 100, 160, 210, 170, 240, 220, 220,
  210, 220, 210, 200, 160, 220, 180, 240, 200, 180, 200, 140, 140, 140, 120, 160, 80, 190, 190, 180, 190, 180, 120, 190,
  190, 100, 100, 170, 110, 280, 190, 190, 190, 190, 130, 170, 120, 190, 160, 220, 170, 160, 170, 140, 200, 140, 150,
};

static gint32
advance_tenths (gunichar c)
{
  if (c >= 0x20 && c < 0x7f)
    return advances[c - 0x20];
  return c < 0x2e80 ? 210 : 300;
}

gint32
nudge_char_advance (gunichar c)
{
  return (advance_tenths (c) + 5) / 10;
}

/* KiCad's markup for raised, lowered and overlined text: only what stands in the braces is seen. */
static gboolean
is_markup (const char *p)
{
  return (p[0] == '~' || p[0] == '_' || p[0] == '^') && p[1] == '{' && strchr (p, '}') != NULL;
}

gint32
nudge_text_width (const char *text, gint32 size)
{
  gint64 widest = 0, line = 0;
  guint depth = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      if (*p == '\0' || *p == '\n')
        {
          gint64 width = line * size / 210 - size / 5;

          widest = MAX (widest, width);
          line = 0;
          if (*p == '\0')
            break;
          continue;
        }
      if (is_markup (p))
        {
          depth++;
          p++;
          continue;
        }
      if (*p == '}' && depth > 0)
        {
          depth--;
          continue;
        }
      line += advance_tenths (g_utf8_get_char (p));
    }
  return (gint32) MIN (widest, G_MAXINT32 / 4);
}

guint
nudge_text_lines (const char *text)
{
  guint n = 1;

  g_return_val_if_fail (text != NULL, 1);
  for (; *text != '\0'; text++)
    if (*text == '\n')
      n++;
  return n;
}
