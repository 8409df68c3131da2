#include "base/text-metrics.h"

#include <string.h>

/* Advances of KiCad's Newstroke font for U+0020 to U+007E, in tenths of 1/21 em; measured from KiCad's plots. */
static const guint16 advances[95] = {
  160, 100, 160, 210, 200, 240, 260, 100, 140, 140, 160, 260, 100, 260, 100, 220, 200, 200, 200, 200, 200, 200, 200, 200,
  200, 200, 100, 100, 260, 260, 260, 180, 270, 180, 210, 210, 210, 190, 180, 210, 220, 100, 160, 210, 170, 240, 220, 220,
  210, 220, 210, 200, 160, 220, 180, 240, 200, 180, 200, 140, 140, 140, 120, 160, 80, 190, 190, 180, 190, 180, 120, 190,
  190, 100, 100, 170, 110, 280, 190, 190, 190, 190, 130, 170, 120, 190, 160, 220, 170, 160, 170, 140, 200, 140, 150,
};

/* Of other characters, in 1/21 em; 0 where KiCad has none of that number. */
static const guint8 latin[] = {
  10, 18, 19, 21, 24, 10, 18, 12, 36, 15, 20, 26, 0, 36, 12, 16, 26, 16, 16, 8, 22, 23, 16, 10, 16, 14, 20, 22, 22, 22, 18, 18,
  18, 18, 18, 18, 18, 26, 21, 19, 19, 19, 19, 10, 10, 10, 10, 21, 22, 22, 22, 22, 22, 22, 26, 22, 22, 22, 22, 22, 18, 21, 23, 19,
  19, 19, 19, 19, 19, 28, 18, 18, 18, 18, 18, 10, 10, 12, 12, 19, 19, 19, 19, 19, 19, 19, 26, 19, 19, 19, 19, 19, 16, 19, 16,
};
static const guint8 greek[] = {
  20, 16, 25, 28, 16, 0, 27, 0, 27, 30, 11, 18, 21, 18, 18, 19, 20, 22, 24, 10, 21, 18, 24, 22, 19, 22, 22, 21, 0, 19, 16, 18, 22, 20, 22, 24, 10,
  18, 21, 17, 19, 11, 19, 21, 19, 16, 19, 17, 18, 19, 19, 11, 17, 16, 22, 17, 18, 19, 23, 20, 18, 20, 20, 19, 22, 17, 22, 22, 12, 19, 19, 19, 22,
};
static const guint8 cyrillic[] = {
  19, 19, 24, 18, 21, 20, 10, 10, 16, 33, 33, 24, 21, 22, 20, 22, 18, 21, 21, 18, 24, 19, 32, 20, 22, 22, 21, 22, 24, 22, 22, 22,
  21, 21, 16, 20, 22, 20, 22, 20, 30, 30, 23, 29, 21, 21, 30, 21, 19, 19, 18, 15, 19, 18, 24, 16, 20, 20, 17, 18, 22, 19, 19, 19,
  19, 18, 14, 16, 22, 17, 19, 18, 24, 24, 18, 24, 17, 18, 26, 18, 18, 18, 17, 15, 18, 17, 10, 12, 10, 25, 26, 17, 17, 20, 16, 21,
};
static const guint8 dashes_and_quotes[] = {
  12, 12, 20, 12, 24, 24, 20, 16, 10, 10, 10, 10, 16, 16, 16, 16, 18, 18, 26, 26, 10, 20, 30,
};

static const struct
{
  gunichar first, last;
  const guint8 *advances; /* NULL: all alike */
  guint8 advance;
} blocks[] = {
  { 0xa1, 0xff, latin, 0 },
  { 0x10f, 0x10f, NULL, 29 },
  { 0x110, 0x110, NULL, 21 },
  { 0x111, 0x111, NULL, 19 },
  { 0x126, 0x126, NULL, 22 },
  { 0x127, 0x127, NULL, 19 },
  { 0x131, 0x131, NULL, 10 },
  { 0x132, 0x132, NULL, 26 },
  { 0x133, 0x133, NULL, 20 },
  { 0x138, 0x138, NULL, 17 },
  { 0x13e, 0x13e, NULL, 17 },
  { 0x13f, 0x13f, NULL, 17 },
  { 0x140, 0x140, NULL, 15 },
  { 0x141, 0x141, NULL, 17 },
  { 0x142, 0x142, NULL, 11 },
  { 0x149, 0x149, NULL, 29 },
  { 0x14a, 0x14a, NULL, 22 },
  { 0x14b, 0x14b, NULL, 19 },
  { 0x152, 0x152, NULL, 27 },
  { 0x153, 0x153, NULL, 29 },
  { 0x165, 0x165, NULL, 14 },
  { 0x166, 0x166, NULL, 16 },
  { 0x167, 0x167, NULL, 12 },
  { 0x178, 0x178, NULL, 16 },
  { 0x17f, 0x17f, NULL, 12 },
  { 0x386, 0x3ce, greek, 0 },
  { 0x400, 0x45f, cyrillic, 0 },
  { 0x490, 0x490, NULL, 18 },
  { 0x491, 0x491, NULL, 15 },
  { 0x2010, 0x2026, dashes_and_quotes, 0 },
  { 0x2030, 0x2030, NULL, 36 },
  { 0x2032, 0x2032, NULL, 10 },
  { 0x2033, 0x2033, NULL, 16 },
  { 0x2039, 0x203a, NULL, 14 },
  { 0x2044, 0x2044, NULL, 22 },
  { 0x2070, 0x2089, NULL, 16 },    /* raised and lowered digits */
  { 0x20ac, 0x20ac, NULL, 21 },
  { 0x2126, 0x2126, NULL, 24 },
  { 0x212a, 0x212a, NULL, 24 },
  { 0x2150, 0x215e, NULL, 22 },
  { 0x2190, 0x21ff, NULL, 26 },    /* arrows */
  { 0x2202, 0x2202, NULL, 19 },
  { 0x2206, 0x2207, NULL, 18 },
  { 0x2208, 0x2208, NULL, 29 },
  { 0x2215, 0x2215, NULL, 22 },
  { 0x221a, 0x221a, NULL, 25 },
  { 0x2225, 0x2225, NULL, 20 },
  { 0x222b, 0x222b, NULL, 20 },
  { 0x2200, 0x22ff, NULL, 26 },    /* mathematics */
  { 0x2300, 0x2300, NULL, 26 },
  { 0x23da, 0x23da, NULL, 26 },
  { 0x25a0, 0x25ff, NULL, 26 },
  { 0x3000, 0x30ff, NULL, 22 },    /* kana */
  { 0x3400, 0x9fff, NULL, 31 },    /* ideographs */
  { 0xff00, 0xff60, NULL, 22 },
};

/* What KiCad's font does not have is a box, and from there on a question mark. */
#define UNKNOWN 240
#define LAST_CHARACTER 0xfffc

/* Negative where KiCad has no such character. */
static gint32
block_advance (gunichar c)
{
  gunichar base, mark;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (c >= blocks[i].first && c <= blocks[i].last)
      return 10 * (blocks[i].advances != NULL ? blocks[i].advances[c - blocks[i].first] : blocks[i].advance);
  /* An accented letter takes the room of the letter. */
  if (g_unichar_decompose (c, &base, &mark) && base >= 0x20 && base < 0x7f)
    return advances[base - 0x20];
  return -1;
}

gint32
nudge_char_advance (gunichar c)
{
  gint32 advance;

  if (c >= 0x20 && c < 0x7f)
    return advances[c - 0x20];
  if (c > LAST_CHARACTER)
    return advances['?' - 0x20];
  advance = block_advance (c);
  return advance >= 0 ? advance : UNKNOWN;
}

gboolean
nudge_char_is_drawn (gunichar c)
{
  return (c >= 0x20 && c < 0x7f) || (c <= LAST_CHARACTER && block_advance (c) > 0);
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
          line += nudge_char_advance (c);
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
          line += nudge_char_advance (g_utf8_get_char (p));
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
