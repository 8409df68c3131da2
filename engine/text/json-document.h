/* json-document.h: JSON checked byte by byte, with the place of every value.
 *
 * A document is one flat array of values in document order, so that a walk is a walk along an array and nothing ever
 * recurses. It accepts RFC 8259 and nothing else, within the limits of base/limits.h. */
#pragma once

#include "base/diagnostic.h"

G_BEGIN_DECLS

typedef enum
{
  NUDGE_JSON_NULL,
  NUDGE_JSON_FALSE,
  NUDGE_JSON_TRUE,
  NUDGE_JSON_NUMBER,
  NUDGE_JSON_STRING,
  NUDGE_JSON_ARRAY,
  NUDGE_JSON_OBJECT,
} NudgeJsonType;

/* One value. An object is followed by key, value, key, value ... and an array by its elements: the first child of
 * value `i` is `i + 1`, its following sibling is `next`. */
typedef struct
{
  guint32 start;   /* where it begins in the input, in bytes */
  guint32 text;    /* string: where its text begins, in the input or (escaped) in the decoded texts */
  guint32 size;    /* string, number: bytes of its text; array: elements; object: members */
  guint32 next;    /* index of the value behind this one and all that is in it */
  guint8 type;     /* NudgeJsonType */
  guint8 escaped;  /* string: its text had escapes */
} NudgeJsonValue;

typedef struct
{
  /*< private >*/
  GBytes *bytes;
  const char *input;
  gsize size;
  char *decoded;          /* texts of the strings with escapes */
  NudgeJsonValue *values; /* values[0] is the root */
  guint n_values;
  guint n_errors;         /* findings of severity error: the values are usable all the same */
  guint first_line;       /* bytes before the first line: a byte order mark */
  guint32 *lines;         /* where each line begins; made on first use */
  guint n_lines;
} NudgeJson;

/* Checks @bytes. Every finding is appended to @diagnostics. NULL when there is no document to speak of (a syntax
 * error or a limit); otherwise look at n_errors. Not for use from two threads at once: places are found lazily. */
NudgeJson *nudge_json_read (GBytes *bytes, GPtrArray *diagnostics);
void nudge_json_free (NudgeJson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeJson, nudge_json_free)

static inline NudgeJsonType
nudge_json_type (const NudgeJson *self, guint value)
{
  return (NudgeJsonType) self->values[value].type;
}

static inline guint
nudge_json_next (const NudgeJson *self, guint value)
{
  return self->values[value].next;
}

/* Text of a string or number, not terminated; *size gets its bytes. */
static inline const char *
nudge_json_text (const NudgeJson *self, guint value, gsize *size)
{
  const NudgeJsonValue *v = &self->values[value];

  *size = v->size;
  return (v->escaped ? self->decoded : self->input) + v->text;
}

gboolean nudge_json_text_equals (const NudgeJson *self, guint value, const char *text);
/* The value under @key, or NUDGE_NONE when @object has no such member or is no object. */
guint nudge_json_member (const NudgeJson *self, guint object, const char *key);
/* The number, for any value of type number. */
double nudge_json_number (const NudgeJson *self, guint value);
/* Line and column (in bytes) from 1. */
void nudge_json_place_of_byte (NudgeJson *self, guint32 byte, guint *line, guint *column);
void nudge_json_place (NudgeJson *self, guint value, guint *line, guint *column);
/* (transfer full): the JSON pointer of a value or key. */
char *nudge_json_pointer (const NudgeJson *self, guint value);
/* Appends the text of any value to @out: a string as it is, null as nothing, an array as `a, b`, an object as JSON on
 * one line. @out is not terminated by it. */
void nudge_json_append_plain (const NudgeJson *self, guint value, GString *out);
/* Appends any value to @out as JSON on one line. @out is not terminated by it. */
void nudge_json_append_json (const NudgeJson *self, guint value, GString *out);
/* Appends @text, valid UTF-8, as a JSON string. */
void nudge_json_append_quoted (GString *out, const char *text);
/* (transfer full): the document with two spaces per level, members in order, numbers as they were written. */
GBytes *nudge_json_print (const NudgeJson *self);

G_END_DECLS
