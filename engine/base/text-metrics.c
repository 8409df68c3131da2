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

/* KiCad writes characters that mean something to it as words in braces, and shows the character. */
static const struct
{
  const char *word;
  char shown;
} escapes[] = {
  { "{slash}", '/' }, { "{backslash}", '\\' }, { "{lt}", '<' },    { "{gt}", '>' },  { "{colon}", ':' },
  { "{dblquote}", '"' }, { "{quote}", '\'' },   { "{space}", ' ' }, { "{bar}", '|' }, { "{brace}", '{' },
};

/* Length of the escape at @p, and the character that it stands for; 0 when there is none. */
static gsize
read_escape (const char *p, gunichar *shown)
{
  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (g_str_has_prefix (p, escapes[i].word))
      {
        *shown = escapes[i].shown;
        return strlen (escapes[i].word);
      }
  return 0;
}

gint32
nudge_text_width (const char *text, gint32 size)
{
  gint64 widest = 0, line = 0;
  guint depth = 0;
  const char *p = text, *last_brace;

  g_return_val_if_fail (text != NULL, 0);

  last_brace = strrchr (text, '}');
  for (;;)
    {
      gunichar c;
      gsize length = *p == '{' ? read_escape (p, &c) : 0;

      if (*p == '\0' || *p == '\n')
        {
          gint64 width = line * size / 210 - size / 5;

          widest = MAX (widest, width);
          line = 0;
          if (*p++ == '\0')
            break;
        }
      else if (length > 0)
        {
          line += advance_tenths (c);
          p += length;
        }
      /* Raised, lowered and overlined text: only what stands in the braces is seen. */
      else if ((*p == '~' || *p == '_' || *p == '^') && p[1] == '{' && p < last_brace)
        {
          depth++;
          p += 2;
        }
      else if (*p == '}' && depth > 0)
        {
          depth--;
          p++;
        }
      else
        {
          line += advance_tenths (g_utf8_get_char (p));
          p = g_utf8_next_char (p);
        }
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
