/* The scanner: one pass over the bytes, no recursion, every limit checked before memory is spent.
 *
 * What ends the scan: a syntax error, or a limit. What does not: a duplicate key, a number that nobody can represent,
 * a lone surrogate, a raw control character; those are reported, and the scan goes on to find the rest. */
#include "text/json-document.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* Objects up to this size are searched for duplicates pair by pair, larger ones by sorting. */
#define SMALL_OBJECT 12

typedef struct
{
  NudgeJson *json;
  GPtrArray *diagnostics;
  const char *at;
  const char *end;
  GString *decoded;
  guint capacity;
  guint open[NUDGE_MAX_JSON_DEPTH]; /* values that are open containers */
  guint depth;
  guint n_reported;
} Scanner;

/* What may come next. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* just behind [ */
  EXPECT_KEY,
  EXPECT_KEY_OR_END,   /* just behind { */
  EXPECT_SEPARATOR,    /* behind a member or element */
  EXPECT_NOTHING,      /* behind the root */
} Expect;

static guint
add_value (Scanner *self, NudgeJsonType type, const char *start)
{
  NudgeJson *json = self->json;

  if (json->n_values == self->capacity)
    {
      self->capacity = MIN (self->capacity * 2, NUDGE_MAX_JSON_VALUES);
      json->values = g_renew (NudgeJsonValue, json->values, self->capacity);
    }
  json->values[json->n_values] = (NudgeJsonValue){
    .start = start - json->input,
    .next = json->n_values + 1,
    .type = type,
  };
  return json->n_values++;
}

static void
report (Scanner *self, NudgeCode code, const char *where, const char *message)
{
  NudgeDiagnostic *diagnostic;
  guint line, column;

  self->json->n_errors++;
  if (self->n_reported == NUDGE_MAX_FINDINGS)
    return;
  self->n_reported++;
  nudge_json_place_of_byte (self->json, where - self->json->input, &line, &column);
  diagnostic = nudge_diagnostics_add (self->diagnostics, code, "%s", message);
  nudge_diagnostic_set_place (diagnostic, line, column);
}

static void
report_value (Scanner *self, NudgeCode code, guint value, const char *message)
{
  NudgeJson *json = self->json;
  guint before = self->n_reported;

  report (self, code, json->input + json->values[value].start, message);
  if (self->diagnostics != NULL && self->n_reported > before)
    {
      g_autofree char *pointer = NULL;

      /* Containers that are still open reach beyond all that was read so far. */
      for (guint i = 0; i < self->depth; i++)
        json->values[self->open[i]].next = json->n_values + 1;
      json->decoded = self->decoded->str;
      pointer = nudge_json_pointer (json, value);
      nudge_diagnostic_set_pointer (self->diagnostics->pdata[self->diagnostics->len - 1], pointer);
    }
}

static gboolean
fail (Scanner *self, NudgeCode code, const char *where, const char *message)
{
  report (self, code, where, message);
  return FALSE;
}

static gint
hex4 (const char *text, const char *end)
{
  gint value = 0;

  if (end - text < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      gint digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* A \u escape with self->at behind the u; a surrogate pair is taken as a whole. */
static gboolean
scan_unicode_escape (Scanner *self)
{
  const char *start = self->at - 2;
  gint code = hex4 (self->at, self->end);
  gint low;

  if (code < 0)
    return fail (self, NUDGE_CODE_JSON_SYNTAX, start, "four hexadecimal digits must follow \\u");
  self->at += 4;
  if (code >= 0xd800 && code <= 0xdbff)
    {
      low = self->end - self->at >= 6 && self->at[0] == '\\' && self->at[1] == 'u' ? hex4 (self->at + 2, self->end) : -1;
      if (low >= 0xdc00 && low <= 0xdfff)
        {
          self->at += 6;
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
    }
  if (code >= 0xd800 && code <= 0xdfff)
    {
      report (self, NUDGE_CODE_JSON_SYNTAX, start, "a surrogate stands alone");
      code = 0xfffd;
    }
  else if (code == 0)
    {
      report (self, NUDGE_CODE_JSON_SYNTAX, start, "a string holds the character NUL");
      code = 0xfffd;
    }
  g_string_append_unichar (self->decoded, code);
  return TRUE;
}

static gboolean
scan_escape (Scanner *self)
{
  static const char plain[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (++self->at == self->end)
    return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at - 1, "the input ends within a string");
  if (*self->at == 'u')
    {
      self->at++;
      return scan_unicode_escape (self);
    }
  found = memchr (plain, *self->at, sizeof plain - 1);
  if (found == NULL)
    return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at - 1, "JSON does not know this escape");
  g_string_append_c (self->decoded, meant[found - plain]);
  self->at++;
  return TRUE;
}

/* The rest of a string from its first escape on; its text goes to the decoded texts. */
static gboolean
scan_escaped_rest (Scanner *self, const char *text, guint value)
{
  gsize decoded_start = self->decoded->len;

  g_string_append_len (self->decoded, text, self->at - text);
  while (self->at < self->end && *self->at != '"')
    {
      const char *run = self->at;

      while (self->at < self->end && *self->at != '"' && *self->at != '\\')
        {
          if ((guchar) *self->at < 0x20)
            report (self, NUDGE_CODE_JSON_SYNTAX, self->at, "a control character stands in a string; it must be escaped");
          self->at++;
        }
      g_string_append_len (self->decoded, run, self->at - run);
      if (self->at < self->end && *self->at == '\\' && !scan_escape (self))
        return FALSE;
    }
  self->json->values[value].escaped = TRUE;
  self->json->values[value].text = decoded_start;
  self->json->values[value].size = self->decoded->len - decoded_start;
  return TRUE;
}

static gboolean
scan_string (Scanner *self)
{
  const char *start = self->at;
  const char *text = ++self->at;
  guint value = add_value (self, NUDGE_JSON_STRING, start);

  while (self->at < self->end && *self->at != '"' && *self->at != '\\')
    {
      if ((guchar) *self->at < 0x20)
        report (self, NUDGE_CODE_JSON_SYNTAX, self->at, "a control character stands in a string; it must be escaped");
      self->at++;
    }
  if (self->at < self->end && *self->at == '\\')
    {
      if (!scan_escaped_rest (self, text, value))
        return FALSE;
    }
  else
    {
      self->json->values[value].text = text - self->json->input;
      self->json->values[value].size = self->at - text;
    }
  if (self->at == self->end)
    return fail (self, NUDGE_CODE_JSON_SYNTAX, start, "a string is not closed");
  self->at++;
  if (self->json->values[value].size > NUDGE_MAX_STRING_BYTES)
    return fail (self, NUDGE_CODE_JSON_LIMIT, start, "a string is longer than 1 MiB");
  return TRUE;
}

static gboolean
skip_digits (Scanner *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

/* TRUE when an integer can be held by a double, digit for digit. */
static gboolean
integer_is_exact (const char *digits, gsize n)
{
  static const char limit[] = "9007199254740992"; /* 2^53 */
  gsize n_limit = sizeof limit - 1;

  return n < n_limit || (n == n_limit && memcmp (digits, limit, n) <= 0);
}

static gboolean
scan_number (Scanner *self)
{
  const char *start = self->at;
  guint value = add_value (self, NUDGE_JSON_NUMBER, start);
  gboolean integer = TRUE;
  const char *digits;
  gsize n_digits;

  if (*self->at == '-')
    self->at++;
  digits = self->at;
  if (!skip_digits (self))
    return fail (self, NUDGE_CODE_JSON_SYNTAX, start, "a number must begin with a digit or a minus sign and a digit");
  n_digits = self->at - digits;
  if (self->at < self->end && *self->at == '.')
    {
      integer = FALSE;
      self->at++;
      if (!skip_digits (self))
        return fail (self, NUDGE_CODE_JSON_SYNTAX, start, "a digit must follow the decimal point of a number");
    }
  if (self->at < self->end && (*self->at == 'e' || *self->at == 'E'))
    {
      integer = FALSE;
      self->at++;
      if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
        self->at++;
      if (!skip_digits (self))
        return fail (self, NUDGE_CODE_JSON_SYNTAX, start, "a digit must follow the exponent sign of a number");
    }
  self->json->values[value].text = start - self->json->input;
  self->json->values[value].size = self->at - start;
  if (n_digits > 1 && digits[0] == '0')
    report_value (self, NUDGE_CODE_JSON_NUMBER, value, "a number has a leading zero");
  else if (integer && !integer_is_exact (digits, n_digits))
    report_value (self, NUDGE_CODE_JSON_NUMBER, value, "an integer is beyond 2^53, where programs round it");
  else if (!integer && !isfinite (nudge_json_number (self->json, value)))
    report_value (self, NUDGE_CODE_JSON_NUMBER, value, "a number is too large");
  return TRUE;
}

static gboolean
scan_word (Scanner *self)
{
  static const struct
  {
    const char *word;
    NudgeJsonType type;
    gboolean number; /* what Python writes for a float that JSON cannot hold */
  } words[] = {
    { "null", NUDGE_JSON_NULL, FALSE },  { "false", NUDGE_JSON_FALSE, FALSE },   { "true", NUDGE_JSON_TRUE, FALSE },
    { "NaN", NUDGE_JSON_NULL, TRUE },    { "Infinity", NUDGE_JSON_NULL, TRUE }, { "-Infinity", NUDGE_JSON_NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize size = strlen (words[i].word);
      guint value;

      if ((gsize) (self->end - self->at) < size || memcmp (self->at, words[i].word, size) != 0)
        continue;
      value = add_value (self, words[i].type, self->at);
      self->at += size;
      if (words[i].number)
        report_value (self, NUDGE_CODE_JSON_NUMBER, value, "JSON has no NaN and no Infinity");
      return TRUE;
    }
  return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at, "a value must stand here");
}

static gint
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const NudgeJson *json = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  gsize x_size, y_size;
  const char *x_text = nudge_json_text (json, x, &x_size);
  const char *y_text = nudge_json_text (json, y, &y_size);
  gint order;

  if (x_size != y_size)
    return x_size < y_size ? -1 : 1;
  order = memcmp (x_text, y_text, x_size);
  if (order != 0)
    return order;
  return x < y ? -1 : x > y;
}

static gboolean
keys_equal (const NudgeJson *json, guint a, guint b)
{
  gsize a_size, b_size;
  const char *a_text = nudge_json_text (json, a, &a_size);
  const char *b_text = nudge_json_text (json, b, &b_size);

  return a_size == b_size && memcmp (a_text, b_text, a_size) == 0;
}

static void
check_keys (Scanner *self, guint object)
{
  NudgeJson *json = self->json;
  guint n = json->values[object].size;
  guint small[SMALL_OBJECT];
  g_autofree guint *large = n > SMALL_OBJECT ? g_new (guint, n) : NULL;
  guint *keys = large != NULL ? large : small;

  json->decoded = self->decoded->str;
  for (guint i = 0, at = object + 1; i < n; i++, at = nudge_json_next (json, at + 1))
    keys[i] = at;
  if (large != NULL)
    {
      g_qsort_with_data (keys, n, sizeof *keys, compare_keys, json);
      for (guint i = 1; i < n; i++)
        if (keys_equal (json, keys[i - 1], keys[i]))
          report_value (self, NUDGE_CODE_JSON_DUPLICATE_KEY, keys[i], "an object has this key twice");
      return;
    }
  for (guint i = 1; i < n; i++)
    for (guint j = 0; j < i; j++)
      if (keys_equal (json, keys[i], keys[j]))
        {
          report_value (self, NUDGE_CODE_JSON_DUPLICATE_KEY, keys[i], "an object has this key twice");
          break;
        }
}

static gboolean
open_container (Scanner *self, NudgeJsonType type)
{
  if (self->depth == NUDGE_MAX_JSON_DEPTH)
    return fail (self, NUDGE_CODE_JSON_LIMIT, self->at, "arrays and objects are nested too deep");
  self->open[self->depth++] = add_value (self, type, self->at);
  self->at++;
  return TRUE;
}

static void
close_container (Scanner *self)
{
  guint value = self->open[--self->depth];

  self->at++;
  self->json->values[value].next = self->json->n_values;
  if (self->json->values[value].type == NUDGE_JSON_OBJECT)
    check_keys (self, value);
}

static Expect
behind_value (Scanner *self)
{
  return self->depth == 0 ? EXPECT_NOTHING : EXPECT_SEPARATOR;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end && (*self->at == ' ' || *self->at == '\n' || *self->at == '\t' || *self->at == '\r'))
    self->at++;
}

static gboolean
scan_value (Scanner *self, Expect *expect)
{
  char c = *self->at;

  if (self->json->n_values + 2 > NUDGE_MAX_JSON_VALUES)
    return fail (self, NUDGE_CODE_JSON_LIMIT, self->at, "the input has too many values");
  if (self->depth > 0)
    {
      NudgeJsonValue *container = &self->json->values[self->open[self->depth - 1]];

      container->size += container->type == NUDGE_JSON_ARRAY;
    }
  if (c == '{' || c == '[')
    {
      *expect = c == '{' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
      return open_container (self, c == '{' ? NUDGE_JSON_OBJECT : NUDGE_JSON_ARRAY);
    }
  *expect = behind_value (self);
  if (c == '"')
    return scan_string (self);
  if (g_ascii_isdigit (c) || (c == '-' && !(self->end - self->at > 1 && self->at[1] == 'I')))
    return scan_number (self);
  return scan_word (self);
}

static gboolean
scan_key (Scanner *self, Expect *expect)
{
  if (*self->at != '"')
    return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at, "a key in quotes must stand here");
  self->json->values[self->open[self->depth - 1]].size++;
  if (!scan_string (self))
    return FALSE;
  skip_space (self);
  if (self->at == self->end || *self->at != ':')
    return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at, "a colon must follow the key");
  self->at++;
  *expect = EXPECT_VALUE;
  return TRUE;
}

static gboolean
scan_separator (Scanner *self, Expect *expect)
{
  gboolean object = self->json->values[self->open[self->depth - 1]].type == NUDGE_JSON_OBJECT;

  if (*self->at == ',')
    {
      self->at++;
      *expect = object ? EXPECT_KEY : EXPECT_VALUE;
      skip_space (self);
      if (self->at < self->end && (*self->at == '}' || *self->at == ']'))
        return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at, "no comma may stand before a closing bracket");
      return TRUE;
    }
  if (*self->at != (object ? '}' : ']'))
    return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at,
                 object ? "a comma or a closing brace must stand here" : "a comma or a closing bracket must stand here");
  close_container (self);
  *expect = behind_value (self);
  return TRUE;
}

static gboolean
scan_document (Scanner *self)
{
  Expect expect = EXPECT_VALUE;

  for (skip_space (self); self->at < self->end; skip_space (self))
    {
      gboolean ok;

      if ((expect == EXPECT_VALUE_OR_END && *self->at == ']') || (expect == EXPECT_KEY_OR_END && *self->at == '}'))
        {
          close_container (self);
          expect = behind_value (self);
          continue;
        }
      if (expect == EXPECT_NOTHING)
        return fail (self, NUDGE_CODE_JSON_SYNTAX, self->at, "text follows the end of the document");
      if (expect == EXPECT_SEPARATOR)
        ok = scan_separator (self, &expect);
      else if (expect == EXPECT_KEY || expect == EXPECT_KEY_OR_END)
        ok = scan_key (self, &expect);
      else
        ok = scan_value (self, &expect);
      if (!ok)
        return FALSE;
    }
  if (expect == EXPECT_NOTHING)
    return TRUE;
  return fail (self, NUDGE_CODE_JSON_SYNTAX, self->end,
               self->json->n_values == 0 ? "the input is empty" : "the input ends before the document does");
}

/* Encoding first: what follows may then take the bytes for granted. */
static gboolean
check_encoding (Scanner *self)
{
  NudgeJson *json = self->json;
  const char *bad;

  if (json->size > NUDGE_MAX_INPUT_BYTES)
    return fail (self, NUDGE_CODE_JSON_LIMIT, json->input, "the input is larger than 256 MiB");
  if (json->size >= 2 && (memcmp (json->input, "\xff\xfe", 2) == 0 || memcmp (json->input, "\xfe\xff", 2) == 0))
    return fail (self, NUDGE_CODE_JSON_SYNTAX, json->input, "the input is UTF-16; it must be UTF-8");
  if (json->size >= 3 && memcmp (json->input, "\xef\xbb\xbf", 3) == 0)
    {
      json->first_line = 3;
      self->at += 3;
    }
  /* This finds NUL, too. */
  if (json->size > 0 && !g_utf8_validate_len (json->input, json->size, &bad))
    return fail (self, NUDGE_CODE_JSON_SYNTAX, bad, *bad == '\0' ? "the input holds a NUL byte" : "the input is not UTF-8");
  return TRUE;
}

NudgeJson *
nudge_json_read (GBytes *bytes, GPtrArray *diagnostics)
{
  g_autoptr (NudgeJson) json = g_new0 (NudgeJson, 1);
  Scanner scanner = { .json = json, .diagnostics = diagnostics };
  gboolean ok;

  json->bytes = g_bytes_ref (bytes);
  json->input = g_bytes_get_data (bytes, &json->size);
  if (json->input == NULL)
    json->input = "";
  scanner.at = json->input;
  scanner.end = json->input + json->size;
  scanner.decoded = g_string_new (NULL);
  /* A value takes ten bytes or so in real circuits. */
  scanner.capacity = CLAMP (json->size / 10, 64, NUDGE_MAX_JSON_VALUES / 8);
  json->values = g_new (NudgeJsonValue, scanner.capacity);
  ok = check_encoding (&scanner) && scan_document (&scanner);
  json->decoded = g_string_free (scanner.decoded, FALSE);
  return ok ? g_steal_pointer (&json) : NULL;
}
