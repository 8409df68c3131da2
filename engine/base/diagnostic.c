#include "base/diagnostic.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (nudge-error, nudge_error)
G_DEFINE_BOXED_TYPE (NudgeDiagnostic, nudge_diagnostic, nudge_diagnostic_copy, nudge_diagnostic_free)

typedef struct
{
  NudgeCode code;
  NudgeSeverity severity;
  const char *summary;
  const char *hint;
} CodeInfo;

static const CodeInfo registry[] = {
#define NUDGE_CODE(number, name, severity, summary, hint) { NUDGE_CODE_##name, NUDGE_SEVERITY_##severity, summary, hint },
#include "base/diagnostic-codes.def"
#undef NUDGE_CODE
};

static const CodeInfo *
code_info (NudgeCode code)
{
  for (guint i = 0; i < G_N_ELEMENTS (registry); i++)
    if (registry[i].code == code)
      return &registry[i];
  g_return_val_if_reached (&registry[0]);
}

const char *
nudge_code_summary (NudgeCode code)
{
  return code_info (code)->summary;
}

const char *
nudge_code_hint (NudgeCode code)
{
  return code_info (code)->hint;
}

const char *
nudge_severity_name (NudgeSeverity severity)
{
  static const char *const names[] = { "info", "warning", "error" };

  g_return_val_if_fail (severity < G_N_ELEMENTS (names), "error");
  return names[severity];
}

NudgeDiagnostic *
nudge_diagnostic_copy (const NudgeDiagnostic *self)
{
  NudgeDiagnostic *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->message = g_strdup (self->message);
  copy->pointer = g_strdup (self->pointer);
  copy->sheet = g_strdup (self->sheet);
  copy->subject = g_strdup (self->subject);
  return copy;
}

void
nudge_diagnostic_free (NudgeDiagnostic *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_free (self->pointer);
  g_free (self->sheet);
  g_free (self->subject);
  g_free (self);
}

/**
 * nudge_diagnostics_new:
 *
 * Returns: (transfer container) (element-type NudgeDiagnostic): an empty list that frees its findings
 */
GPtrArray *
nudge_diagnostics_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) nudge_diagnostic_free);
}

/**
 * nudge_diagnostics_add: (skip)
 * @list: (nullable) (element-type NudgeDiagnostic): where to; without it nothing is kept
 * @code: which finding
 * @format: one sentence without a full stop, as for printf()
 * @...: what the format needs
 *
 * Appends a finding with the severity that the registry gives its code.
 *
 * Returns: (transfer none) (nullable): the finding, so that the caller can say where it was made
 */
NudgeDiagnostic *
nudge_diagnostics_add (GPtrArray *list, NudgeCode code, const char *format, ...)
{
  NudgeDiagnostic *diagnostic;
  va_list args;

  if (list == NULL)
    return NULL;
  diagnostic = g_new0 (NudgeDiagnostic, 1);
  diagnostic->code = code;
  diagnostic->severity = code_info (code)->severity;
  va_start (args, format);
  diagnostic->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (list, diagnostic);
  return diagnostic;
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

void
nudge_diagnostic_set_pointer (NudgeDiagnostic *self, const char *pointer)
{
  if (self != NULL)
    set_text (&self->pointer, pointer);
}

void
nudge_diagnostic_set_place (NudgeDiagnostic *self, guint line, guint column)
{
  if (self == NULL)
    return;
  self->line = line;
  self->column = column;
}

void
nudge_diagnostic_set_subject (NudgeDiagnostic *self, const char *subject)
{
  if (self != NULL)
    set_text (&self->subject, subject);
}

void
nudge_diagnostic_set_sheet (NudgeDiagnostic *self, const char *sheet)
{
  if (self != NULL)
    set_text (&self->sheet, sheet);
}

void
nudge_diagnostic_set_position (NudgeDiagnostic *self, NudgePoint at)
{
  if (self == NULL)
    return;
  self->at = at;
  self->has_position = TRUE;
}

/**
 * nudge_diagnostics_count:
 * @list: (element-type NudgeDiagnostic): findings
 * @severity: which of them
 *
 * Returns: how many findings have exactly that severity
 */
guint
nudge_diagnostics_count (const GPtrArray *list, NudgeSeverity severity)
{
  guint n = 0;

  g_return_val_if_fail (list != NULL, 0);
  for (guint i = 0; i < list->len; i++)
    if (((const NudgeDiagnostic *) list->pdata[i])->severity == severity)
      n++;
  return n;
}

/* Names come from files: no control character of theirs may reach a terminal. */
static void
append_visible (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guchar) *p);
          while ((p[1] & 0xc0) == 0x80)
            p++;
        }
      else if (g_unichar_iscntrl (c))
        g_string_append_printf (out, "\\x%02x", c);
      else
        g_string_append_unichar (out, c);
    }
}

char *
nudge_diagnostic_to_string (const NudgeDiagnostic *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);
  out = g_string_new (NULL);
  g_string_append_printf (out, "N%04d %s: ", self->code, nudge_severity_name (self->severity));
  append_visible (out, self->message);
  if (self->sheet != NULL)
    {
      g_string_append (out, " (sheet ");
      append_visible (out, self->sheet);
      g_string_append_c (out, ')');
    }
  if (self->line != 0)
    g_string_append_printf (out, " (line %u, column %u)", self->line, self->column);
  return g_string_free (out, FALSE);
}

/**
 * nudge_diagnostics_copy:
 * @to: (nullable) (element-type NudgeDiagnostic): receives the copies
 * @from: (element-type NudgeDiagnostic): findings
 *
 * Adds copies of all findings to another list.
 */
void
nudge_diagnostics_copy (GPtrArray *to, const GPtrArray *from)
{
  g_return_if_fail (from != NULL);
  for (guint i = 0; to != NULL && i < from->len; i++)
    g_ptr_array_add (to, nudge_diagnostic_copy (g_ptr_array_index (from, i)));
}
