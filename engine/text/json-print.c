/* Writes a document again: one walk along its values, with the open containers on a stack of its own. */
#include "text/json-document.h"

#include "base/limits.h"

#include <string.h>

typedef struct
{
  guint end; /* value behind the container */
  gboolean object;
} Level;

typedef struct
{
  const NudgeJson *json;
  GString *out;
  gboolean pretty; /* line breaks and two spaces per level; else one line */
  Level levels[NUDGE_MAX_JSON_DEPTH];
  guint depth;
} Printer;

static void
append_quoted (GString *out, const char *text, gsize size)
{
  gsize done = 0;

  g_string_append_c (out, '"');
  for (gsize i = 0; i < size; i++)
    {
      guchar c = text[i];

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, text + done, i - done);
      done = i + 1;
      switch (c)
        {
        case '"': g_string_append (out, "\\\""); break;
        case '\\': g_string_append (out, "\\\\"); break;
        case '\b': g_string_append (out, "\\b"); break;
        case '\f': g_string_append (out, "\\f"); break;
        case '\n': g_string_append (out, "\\n"); break;
        case '\r': g_string_append (out, "\\r"); break;
        case '\t': g_string_append (out, "\\t"); break;
        default: g_string_append_printf (out, "\\u%04x", c); break;
        }
    }
  g_string_append_len (out, text + done, size - done);
  g_string_append_c (out, '"');
}

static void
break_line (Printer *self)
{
  if (!self->pretty)
    return;
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < self->depth; i++)
    g_string_append (self->out, "  ");
}

static void
separate (Printer *self)
{
  if (self->pretty)
    {
      g_string_append_c (self->out, ',');
      break_line (self);
    }
  else
    g_string_append (self->out, ", ");
}

/* Ends every container that is complete before value @at. */
static void
close_levels (Printer *self, guint at)
{
  while (self->depth > 0 && self->levels[self->depth - 1].end == at)
    {
      gboolean object = self->levels[--self->depth].object;

      break_line (self);
      g_string_append_c (self->out, object ? '}' : ']');
    }
}

static void
open_level (Printer *self, guint at)
{
  const NudgeJsonValue *value = &self->json->values[at];
  gboolean object = value->type == NUDGE_JSON_OBJECT;

  if (value->size == 0)
    {
      g_string_append (self->out, object ? "{}" : "[]");
      return;
    }
  g_assert (self->depth < G_N_ELEMENTS (self->levels));
  g_string_append_c (self->out, object ? '{' : '[');
  self->levels[self->depth++] = (Level){ value->next, object };
  break_line (self);
}

static void
print_scalar (Printer *self, guint at)
{
  const NudgeJsonValue *value = &self->json->values[at];
  gsize size;
  const char *text = nudge_json_text (self->json, at, &size);

  switch ((NudgeJsonType) value->type)
    {
    case NUDGE_JSON_NULL: g_string_append (self->out, "null"); break;
    case NUDGE_JSON_FALSE: g_string_append (self->out, "false"); break;
    case NUDGE_JSON_TRUE: g_string_append (self->out, "true"); break;
    case NUDGE_JSON_NUMBER: g_string_append_len (self->out, text, size); break;
    case NUDGE_JSON_STRING: append_quoted (self->out, text, size); break;
    case NUDGE_JSON_ARRAY:
    case NUDGE_JSON_OBJECT: g_assert_not_reached ();
    }
}

static void
print_value (Printer *self, guint root)
{
  const NudgeJson *json = self->json;
  guint end = nudge_json_next (json, root);
  gboolean first = TRUE;      /* of its container */
  gboolean behind_key = FALSE;

  for (guint at = root; at < end; at++)
    {
      guint8 type = json->values[at].type;

      close_levels (self, at);
      if (!first && !behind_key)
        separate (self);
      if (type == NUDGE_JSON_ARRAY || type == NUDGE_JSON_OBJECT)
        {
          open_level (self, at);
          first = json->values[at].size > 0;
          behind_key = FALSE;
          continue;
        }
      print_scalar (self, at);
      first = FALSE;
      behind_key = !behind_key && self->depth > 0 && self->levels[self->depth - 1].object;
      if (behind_key)
        g_string_append (self->out, ": ");
    }
  close_levels (self, end);
}

static void
append_plain_item (const NudgeJson *self, guint value, GString *out)
{
  Printer printer = { .json = self, .out = out };
  gsize size;
  const char *text;

  switch (nudge_json_type (self, value))
    {
    case NUDGE_JSON_NULL:
      break;
    case NUDGE_JSON_STRING:
      text = nudge_json_text (self, value, &size);
      g_string_append_len (out, text, size);
      break;
    default:
      print_value (&printer, value);
    }
}

void
nudge_json_append_quoted (GString *out, const char *text)
{
  append_quoted (out, text, strlen (text));
}

void
nudge_json_append_json (const NudgeJson *self, guint value, GString *out)
{
  Printer printer = { .json = self, .out = out };

  print_value (&printer, value);
}

void
nudge_json_append_plain (const NudgeJson *self, guint value, GString *out)
{
  guint end = nudge_json_next (self, value);

  if (nudge_json_type (self, value) != NUDGE_JSON_ARRAY)
    {
      append_plain_item (self, value, out);
      return;
    }
  for (guint i = value + 1; i < end; i = nudge_json_next (self, i))
    {
      if (i > value + 1)
        g_string_append (out, ", ");
      append_plain_item (self, i, out);
    }
}

GBytes *
nudge_json_print (const NudgeJson *self)
{
  GString *out = g_string_sized_new (self->size + self->size / 4 + 16);
  Printer printer = { .json = self, .out = out, .pretty = TRUE };

  print_value (&printer, 0);
  g_string_append_c (out, '\n');
  return g_string_free_to_bytes (out);
}
