/* Values of the circuit JSON as the circuit keeps them, and the findings about them. */
#include "circuit/reader.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* Sheets are a few metres at most: what is beyond is no length. */
#define MAX_LENGTH_MM 10000.0

static void G_GNUC_PRINTF (6, 0)
find_valist (NudgeReader *self, NudgeCode code, gboolean mild, guint value, const char *subject, const char *format,
             va_list args)
{
  g_autofree char *message = g_strdup_vprintf (format, args);
  g_autofree char *pointer = NULL;
  NudgeDiagnostic *diagnostic = nudge_diagnostics_add (self->diagnostics, code, "%s", message);
  guint line, column;

  if (mild && diagnostic->severity == NUDGE_SEVERITY_ERROR)
    diagnostic->severity = NUDGE_SEVERITY_WARNING;
  self->n_errors += diagnostic->severity == NUDGE_SEVERITY_ERROR;
  /* The first error is always listed: it is why there is no circuit. */
  if (self->n_findings++ >= NUDGE_MAX_FINDINGS && !(self->n_errors == 1 && diagnostic->severity == NUDGE_SEVERITY_ERROR))
    {
      g_ptr_array_set_size (self->diagnostics, self->diagnostics->len - 1);
      return;
    }
  nudge_diagnostic_set_subject (diagnostic, subject);
  if (value == NUDGE_NONE)
    return;
  pointer = nudge_json_pointer (self->json, value);
  nudge_diagnostic_set_pointer (diagnostic, pointer);
  nudge_json_place (self->json, value, &line, &column);
  nudge_diagnostic_set_place (diagnostic, line, column);
}

void
nudge_reader_find (NudgeReader *self, NudgeCode code, guint value, const char *subject, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  find_valist (self, code, FALSE, value, subject, format, args);
  va_end (args);
}

void
nudge_reader_find_mild (NudgeReader *self, NudgeCode code, guint value, const char *subject, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  find_valist (self, code, TRUE, value, subject, format, args);
  va_end (args);
}

gboolean
nudge_reader_is_absent (NudgeReader *self, guint value)
{
  return value == NUDGE_NONE || nudge_json_type (self->json, value) == NUDGE_JSON_NULL;
}

const char *
nudge_reader_keep (NudgeReader *self, const char *text, gsize size)
{
  return size == 0 ? "" : g_string_chunk_insert_len (self->strings, text, size);
}

/* Length of the control character (C0, DEL or C1) at @text, or 0. */
static guint
control_size (const char *text, gsize size)
{
  guchar c = text[0];

  if (c < 0x20 || c == 0x7f)
    return 1;
  return c == 0xc2 && size > 1 && (guchar) text[1] < 0xa0 ? 2 : 0;
}

static gboolean
has_control (const char *text, gsize size, gboolean layout_allowed)
{
  for (gsize i = 0; i < size; i++)
    if (control_size (text + i, size - i) != 0 && !(layout_allowed && (text[i] == '\n' || text[i] == '\t')))
      return TRUE;
  return FALSE;
}

/* A carriage return before a newline goes, other control characters become spaces. */
static const char *
keep_cleaned (NudgeReader *self, guint value, const char *text, gsize size)
{
  g_autoptr (GString) clean = g_string_sized_new (size);
  gboolean odd = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      guint control = control_size (text + i, size - i);

      if (control == 0 || text[i] == '\n' || text[i] == '\t')
        g_string_append_c (clean, text[i]);
      else if (text[i] == '\r')
        g_string_append (clean, i + 1 < size && text[i + 1] == '\n' ? "" : "\n");
      else
        {
          odd = TRUE;
          g_string_append_c (clean, ' ');
          i += control - 1;
        }
    }
  if (odd)
    nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, value, NULL, "control characters in a text became spaces");
  return nudge_reader_keep (self, clean->str, clean->len);
}

const char *
nudge_reader_text (NudgeReader *self, guint value)
{
  const char *text;
  gsize size;

  if (nudge_reader_is_absent (self, value))
    return "";
  if (nudge_json_type (self->json, value) == NUDGE_JSON_STRING)
    text = nudge_json_text (self->json, value, &size);
  else
    {
      g_string_truncate (self->scratch, 0);
      nudge_json_append_plain (self->json, value, self->scratch);
      text = self->scratch->str;
      size = self->scratch->len;
      if (size > NUDGE_MAX_STRING_BYTES)
        {
          nudge_reader_find (self, NUDGE_CODE_JSON_LIMIT, value, NULL, "a value is longer than 1 MiB as a text");
          return "";
        }
    }
  if (has_control (text, size, TRUE))
    return keep_cleaned (self, value, text, size);
  return nudge_reader_keep (self, text, size);
}

const char *
nudge_reader_member_text (NudgeReader *self, guint object, const char *key)
{
  return nudge_reader_text (self, nudge_json_member (self->json, object, key));
}

const char *
nudge_reader_name (NudgeReader *self, guint value, const char *what)
{
  const char *text;
  gsize size;

  if (nudge_reader_is_absent (self, value))
    return "";
  if (nudge_json_type (self->json, value) != NUDGE_JSON_STRING && nudge_json_type (self->json, value) != NUDGE_JSON_NUMBER)
    {
      nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, NULL, "%s must be a string", what);
      return NULL;
    }
  text = nudge_json_text (self->json, value, &size);
  if (size > NUDGE_MAX_NAME_BYTES)
    {
      nudge_reader_find (self, NUDGE_CODE_BAD_NAME, value, NULL, "%s is longer than %d bytes", what, NUDGE_MAX_NAME_BYTES);
      return NULL;
    }
  if (has_control (text, size, FALSE))
    {
      nudge_reader_find (self, NUDGE_CODE_BAD_NAME, value, NULL, "%s holds control characters", what);
      return NULL;
    }
  return nudge_reader_keep (self, text, size);
}

gboolean
nudge_reader_flag (NudgeReader *self, guint value, gboolean fallback)
{
  static const char *const yes[] = { "true", "yes", "1" };
  static const char *const no[] = { "false", "no", "0", "" };
  g_autofree char *text = NULL;

  if (value == NUDGE_NONE)
    return fallback;
  switch (nudge_json_type (self->json, value))
    {
    case NUDGE_JSON_NULL: return fallback;
    case NUDGE_JSON_TRUE: return TRUE;
    case NUDGE_JSON_FALSE: return FALSE;
    case NUDGE_JSON_NUMBER: return nudge_json_number (self->json, value) != 0;
    case NUDGE_JSON_STRING: break;
    case NUDGE_JSON_ARRAY:
    case NUDGE_JSON_OBJECT:
      nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, value, NULL, "neither true nor false");
      return fallback;
    }
  text = g_ascii_strdown (nudge_reader_text (self, value), -1);
  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    if (strcmp (text, yes[i]) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    if (strcmp (text, no[i]) == 0)
      return FALSE;
  return fallback;
}

double
nudge_reader_number (NudgeReader *self, guint value, double limit, double fallback)
{
  double number;

  if (nudge_reader_is_absent (self, value))
    return fallback;
  if (nudge_json_type (self->json, value) == NUDGE_JSON_NUMBER)
    {
      number = nudge_json_number (self->json, value);
      if (fabs (number) <= limit)
        return number;
      nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, value, NULL, "a number is out of range");
    }
  else
    nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, value, NULL, "a number must stand here");
  return fallback;
}

gint32
nudge_reader_length (NudgeReader *self, guint value, double fallback_mm)
{
  return (gint32) lround (nudge_reader_number (self, value, MAX_LENGTH_MM, fallback_mm) * NUDGE_UNITS_PER_MM);
}

gboolean
nudge_reader_expect (NudgeReader *self, guint value, NudgeJsonType type, const char *what)
{
  if (nudge_reader_is_absent (self, value))
    return FALSE;
  if (nudge_json_type (self->json, value) == type)
    return TRUE;
  nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, NULL, "%s", what);
  return FALSE;
}
