/* diagnostic.h: every finding that Nudge makes, with a permanent code. */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

/**
 * NudgeSeverity:
 * @NUDGE_SEVERITY_INFO: worth knowing
 * @NUDGE_SEVERITY_WARNING: the result is right, but look at it
 * @NUDGE_SEVERITY_ERROR: the input or the result is wrong
 */
typedef enum
{
  NUDGE_SEVERITY_INFO,
  NUDGE_SEVERITY_WARNING,
  NUDGE_SEVERITY_ERROR,
} NudgeSeverity;

/* The registry: diagnostic-codes.def has one NUDGE_CODE line per code. */
typedef enum
{
#define NUDGE_CODE(number, name, severity, summary, hint) NUDGE_CODE_##name = number,
#include "base/diagnostic-codes.def"
#undef NUDGE_CODE
} NudgeCode;

/**
 * NudgeDiagnostic:
 * @code: a #NudgeCode; printed as `N0123`
 * @severity: how bad it is
 * @message: one sentence, untranslated, without a full stop
 * @pointer: (nullable): JSON pointer into the input
 * @line: line in the input from 1, or 0
 * @column: column in bytes from 1, or 0
 * @sheet: (nullable): path of the sheet in the drawing, such as `/usb`
 * @subject: (nullable): reference of the part or name of the net that it is about
 * @at: position on the sheet, when @has_position
 * @has_position: whether @at counts
 *
 * One finding. The hint is per code: see nudge_code_hint().
 */
typedef struct
{
  NudgeCode code;
  NudgeSeverity severity;
  char *message;
  char *pointer;
  guint line;
  guint column;
  char *sheet;
  char *subject;
  NudgePoint at;
  gboolean has_position;
} NudgeDiagnostic;

#define NUDGE_TYPE_DIAGNOSTIC (nudge_diagnostic_get_type ())
NUDGE_API GType nudge_diagnostic_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeDiagnostic *nudge_diagnostic_copy (const NudgeDiagnostic *self);
NUDGE_API void nudge_diagnostic_free (NudgeDiagnostic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeDiagnostic, nudge_diagnostic_free)

/* A list of findings is a GPtrArray of NudgeDiagnostic that frees its elements. */
NUDGE_API GPtrArray *nudge_diagnostics_new (void);

/* Appends a finding with the registry's severity and returns it, so that the caller can add where it was seen.
 * With a NULL list nothing is kept and NULL is returned, which the setters accept. */
NUDGE_API NudgeDiagnostic *nudge_diagnostics_add (GPtrArray *list, NudgeCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);
NUDGE_API void nudge_diagnostic_set_pointer (NudgeDiagnostic *self, const char *pointer);
/* Line and column in the input, from 1. */
NUDGE_API void nudge_diagnostic_set_place (NudgeDiagnostic *self, guint line, guint column);
NUDGE_API void nudge_diagnostic_set_subject (NudgeDiagnostic *self, const char *subject);
NUDGE_API void nudge_diagnostic_set_sheet (NudgeDiagnostic *self, const char *sheet);
NUDGE_API void nudge_diagnostic_set_position (NudgeDiagnostic *self, NudgePoint at);

/* Adds copies of all of @from to @to (nullable). */
NUDGE_API void nudge_diagnostics_copy (GPtrArray *to, const GPtrArray *from);
NUDGE_API guint nudge_diagnostics_count (const GPtrArray *list, NudgeSeverity severity);

NUDGE_API const char *nudge_code_summary (NudgeCode code);
NUDGE_API const char *nudge_code_hint (NudgeCode code);
NUDGE_API const char *nudge_severity_name (NudgeSeverity severity);
/* (transfer full): `N0123 error: message (line 3, column 7: /nets/SDA)`, control characters made visible. */
NUDGE_API char *nudge_diagnostic_to_string (const NudgeDiagnostic *self);

G_END_DECLS
