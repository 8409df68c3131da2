#include "text/json-document.h"

#include <string.h>

void
nudge_json_free (NudgeJson *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self->decoded);
  g_free (self->values);
  g_free (self->lines);
  g_free (self);
}

gboolean
nudge_json_text_equals (const NudgeJson *self, guint value, const char *text)
{
  gsize size;
  const char *own = nudge_json_text (self, value, &size);

  return strlen (text) == size && memcmp (own, text, size) == 0;
}

guint
nudge_json_member (const NudgeJson *self, guint object, const char *key)
{
  guint end;

  if (object == NUDGE_NONE || nudge_json_type (self, object) != NUDGE_JSON_OBJECT)
    return NUDGE_NONE;
  end = nudge_json_next (self, object);
  for (guint i = object + 1; i < end; i = nudge_json_next (self, i + 1))
    if (nudge_json_text_equals (self, i, key))
      return i + 1;
  return NUDGE_NONE;
}

double
nudge_json_number (const NudgeJson *self, guint value)
{
  char stack[64];
  gsize size;
  const char *text = nudge_json_text (self, value, &size);

  g_assert (nudge_json_type (self, value) == NUDGE_JSON_NUMBER);
  if (size < sizeof stack)
    {
      memcpy (stack, text, size);
      stack[size] = '\0';
      return g_ascii_strtod (stack, NULL);
    }
  else
    {
      g_autofree char *copy = g_strndup (text, size);

      return g_ascii_strtod (copy, NULL);
    }
}

static void
find_lines (NudgeJson *self)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  const char *end = self->input + self->size;
  guint32 start = self->first_line;

  while (TRUE)
    {
      const char *newline;

      g_array_append_val (lines, start);
      newline = memchr (self->input + start, '\n', end - (self->input + start));
      if (newline == NULL)
        break;
      start = newline + 1 - self->input;
    }
  self->n_lines = lines->len;
  self->lines = (guint32 *) g_array_free (g_steal_pointer (&lines), FALSE);
}

void
nudge_json_place_of_byte (NudgeJson *self, guint32 byte, guint *line, guint *column)
{
  guint low = 0, high;

  if (self->lines == NULL)
    find_lines (self);
  high = self->n_lines;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->lines[middle] <= byte)
        low = middle;
      else
        high = middle;
    }
  *line = low + 1;
  *column = byte - MIN (byte, self->lines[low]) + 1;
}

void
nudge_json_place (NudgeJson *self, guint value, guint *line, guint *column)
{
  nudge_json_place_of_byte (self, self->values[value].start, line, column);
}

static void
append_pointer_token (GString *pointer, const char *text, gsize size)
{
  g_string_append_c (pointer, '/');
  for (gsize i = 0; i < size; i++)
    if (text[i] == '~')
      g_string_append (pointer, "~0");
    else if (text[i] == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, text[i]);
}

char *
nudge_json_pointer (const NudgeJson *self, guint value)
{
  GString *pointer = g_string_new (NULL);
  guint at = 0;

  while (at != value)
    {
      gboolean object = nudge_json_type (self, at) == NUDGE_JSON_OBJECT;
      guint child = at + 1;
      guint index = 0;

      while (nudge_json_next (self, object ? child + 1 : child) <= value)
        {
          child = nudge_json_next (self, object ? child + 1 : child);
          index++;
        }
      if (object)
        {
          gsize size;
          const char *key = nudge_json_text (self, child, &size);

          append_pointer_token (pointer, key, size);
          if (child == value)
            break; /* a key is pointed at as its member */
          child++;
        }
      else
        g_string_append_printf (pointer, "/%u", index);
      at = child;
    }
  return g_string_free (pointer, FALSE);
}
