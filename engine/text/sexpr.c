#include "text/sexpr.h"

#include "base/geometry.h"
#include "base/limits.h"

#include <string.h>

#define NODES_PER_BLOCK 512

struct _NudgeSexpr
{
  GPtrArray *blocks;   /* of NODES_PER_BLOCK nodes each, so that nodes never move */
  guint n_used;        /* nodes used in the last block */
  char *text;          /* all atoms and strings, each ended by NUL */
  const NudgeSexprNode *root;
};

typedef struct
{
  NudgeSexpr *tree;
  const char *data, *p, *end;
  const char *line_start;
  guint line;
  char *text;          /* where the next atom goes */
  NudgeSexprNode *open[NUDGE_MAX_SEXPR_DEPTH]; /* the lists that are open */
  NudgeSexprNode *last[NUDGE_MAX_SEXPR_DEPTH]; /* the last element of each */
  guint depth;
} Reader;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static gboolean
fail (Reader *r, const char *at, GError **error, const char *message)
{
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "line %u, column %u: %s", r->line, (guint) (at - r->line_start) + 1, message);
  return FALSE;
}

static NudgeSexprNode *
add_node (Reader *r, NudgeSexprKind kind)
{
  NudgeSexpr *tree = r->tree;
  NudgeSexprNode *node;

  if (tree->blocks->len == 0 || tree->n_used == NODES_PER_BLOCK)
    {
      g_ptr_array_add (tree->blocks, g_new (NudgeSexprNode, NODES_PER_BLOCK));
      tree->n_used = 0;
    }
  node = (NudgeSexprNode *) g_ptr_array_index (tree->blocks, tree->blocks->len - 1) + tree->n_used++;
  *node = (NudgeSexprNode){ .text = "", .line = r->line, .column = r->p - r->line_start + 1, .kind = kind };
  if (r->depth > 0)
    {
      if (r->last[r->depth - 1] != NULL)
        r->last[r->depth - 1]->next = node;
      else
        r->open[r->depth - 1]->child = node;
      r->last[r->depth - 1] = node;
    }
  return node;
}

/* Takes up to @max digits of @base. */
static guint
escape_code (Reader *r, guint base, guint max)
{
  guint value = 0;

  for (guint i = 0; i < max && r->p < r->end; i++, r->p++)
    {
      gint digit = base == 16 ? g_ascii_xdigit_value (*r->p) : g_ascii_digit_value (*r->p);

      if (digit < 0 || digit >= (gint) base)
        break;
      value = value * base + digit;
    }
  return value & 0xff;
}

/* What stands after a backslash. A zero byte would end the text early, so it is dropped. */
static void
read_escape (Reader *r)
{
  static const char letters[] = "abfnrtv", codes[] = "\a\b\f\n\r\t\v";
  const char *letter;
  guint code;

  letter = memchr (letters, *r->p, sizeof letters - 1);
  if (letter != NULL)
    {
      *r->text++ = codes[letter - letters];
      r->p++;
      return;
    }
  if (*r->p == 'x')
    {
      r->p++;
      code = escape_code (r, 16, 2);
    }
  else if (*r->p >= '0' && *r->p <= '7')
    code = escape_code (r, 8, 3);
  else
    code = (guchar) *r->p++;
  if (code != 0)
    *r->text++ = (char) code;
}

static gboolean
read_string (Reader *r, GError **error)
{
  NudgeSexprNode *node = add_node (r, NUDGE_SEXPR_STRING);
  const char *start = r->p++;

  node->text = r->text;
  while (r->p < r->end && *r->p != '"')
    {
      if (*r->p == 0)
        return fail (r, r->p, error, "a zero byte in a string");
      if (*r->p == '\n')
        {
          r->line++;
          r->line_start = r->p + 1;
        }
      if (*r->p == '\\' && r->p + 1 < r->end)
        {
          r->p++;
          read_escape (r);
        }
      else
        *r->text++ = *r->p++;
    }
  if (r->p == r->end)
    {
      r->line = node->line;
      r->line_start = start - node->column + 1;
      return fail (r, start, error, "the string does not end");
    }
  r->p++;
  *r->text++ = 0;
  return TRUE;
}

static gboolean
read_atom (Reader *r, GError **error)
{
  const char *start = r->p;
  NudgeSexprNode *node = add_node (r, NUDGE_SEXPR_ATOM);

  while (r->p < r->end && !is_space (*r->p) && *r->p != '(' && *r->p != ')' && *r->p != '"')
    if ((guchar) *r->p++ < 0x20)
      return fail (r, r->p - 1, error, "a control character");
  node->text = r->text;
  memcpy (r->text, start, r->p - start);
  r->text += r->p - start;
  *r->text++ = 0;
  return TRUE;
}

static gboolean
open_list (Reader *r, GError **error)
{
  NudgeSexprNode *node;

  if (r->depth == NUDGE_MAX_SEXPR_DEPTH)
    return fail (r, r->p, error, "lists are nested too deeply");
  node = add_node (r, NUDGE_SEXPR_LIST);
  if (r->depth == 0)
    r->tree->root = node;
  r->open[r->depth] = node;
  r->last[r->depth] = NULL;
  r->depth++;
  r->p++;
  return TRUE;
}

static void
skip_space (Reader *r)
{
  for (; r->p < r->end && is_space (*r->p); r->p++)
    if (*r->p == '\n')
      {
        r->line++;
        r->line_start = r->p + 1;
      }
}

static gboolean
read_list (Reader *r, GError **error)
{
  skip_space (r);
  if (r->p == r->end || *r->p != '(')
    return fail (r, r->p, error, "a list is expected");
  do
    {
      gboolean ok = TRUE;

      if (*r->p == '(')
        ok = open_list (r, error);
      else if (*r->p == ')')
        {
          r->depth--;
          r->p++;
        }
      else if (*r->p == '"')
        ok = read_string (r, error);
      else
        ok = read_atom (r, error);
      if (!ok)
        return FALSE;
      skip_space (r);
      if (r->p == r->end && r->depth > 0)
        return fail (r, r->p, error, "a list does not end");
    }
  while (r->depth > 0);
  if (r->p < r->end)
    return fail (r, r->p, error, "something follows the last list");
  return TRUE;
}

NudgeSexpr *
nudge_sexpr_parse (const char *data, gsize length, guint first_line, GError **error)
{
  g_autoptr (NudgeSexpr) self = NULL;
  Reader r = { 0 };

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  if (length > NUDGE_MAX_LIBRARY_BYTES)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%" G_GSIZE_FORMAT " bytes are too many", length);
      return NULL;
    }
  self = g_new0 (NudgeSexpr, 1);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  /* Every text is followed by a byte that is not kept, or by the end: no text outgrows this. */
  self->text = g_malloc (length + 1);
  r.tree = self;
  r.data = r.p = r.line_start = data;
  r.end = data + length;
  r.line = first_line;
  r.text = self->text;
  return read_list (&r, error) ? g_steal_pointer (&self) : NULL;
}

void
nudge_sexpr_free (NudgeSexpr *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self->text);
  g_free (self);
}

const NudgeSexprNode *
nudge_sexpr_root (const NudgeSexpr *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->root;
}

gboolean
nudge_sexpr_is (const NudgeSexprNode *node, const char *name)
{
  return node != NULL && node->child != NULL && node->child->kind == NUDGE_SEXPR_ATOM && strcmp (node->child->text, name) == 0;
}

const NudgeSexprNode *
nudge_sexpr_find (const NudgeSexprNode *list, const char *name)
{
  for (const NudgeSexprNode *node = list != NULL ? list->child : NULL; node != NULL; node = node->next)
    if (nudge_sexpr_is (node, name))
      return node;
  return NULL;
}

const char *
nudge_sexpr_text (const NudgeSexprNode *list, guint n)
{
  for (const NudgeSexprNode *node = list != NULL ? list->child : NULL; node != NULL; node = node->next)
    if (node->kind != NUDGE_SEXPR_LIST && n-- == 0)
      return node->text;
  return NULL;
}

gboolean
nudge_sexpr_has_atom (const NudgeSexprNode *list, const char *word)
{
  if (list == NULL || list->child == NULL)
    return FALSE;
  for (const NudgeSexprNode *node = list->child->next; node != NULL; node = node->next)
    if (node->kind == NUDGE_SEXPR_ATOM && strcmp (node->text, word) == 0)
      return TRUE;
  return FALSE;
}

gboolean
nudge_sexpr_bool (const NudgeSexprNode *list, const char *name, gboolean missing)
{
  const NudgeSexprNode *node = nudge_sexpr_find (list, name);
  const char *text;

  if (node == NULL)
    return nudge_sexpr_has_atom (list, name) ? TRUE : missing;
  text = nudge_sexpr_text (node, 1);
  return text == NULL || strcmp (text, "yes") == 0 || strcmp (text, "true") == 0;
}

double
nudge_sexpr_double (const NudgeSexprNode *list, guint n)
{
  const char *text = nudge_sexpr_text (list, n);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

/* Plain decimals, which is all that KiCad writes but for rounding noise, without a double on the way. */
static gboolean
parse_mm (const char *text, gint32 *value)
{
  gboolean negative = *text == '-';
  gint64 units = 0;

  text += negative || *text == '+';
  if (!g_ascii_isdigit (*text) && *text != '.')
    return FALSE;
  for (; g_ascii_isdigit (*text); text++)
    if (units <= NUDGE_MAX_COORDINATE)
      units = units * 10 + (*text - '0');
  units *= NUDGE_UNITS_PER_MM;
  if (*text == '.')
    {
      gint32 place = NUDGE_UNITS_PER_MM / 10;

      for (text++; g_ascii_isdigit (*text) && place > 0; text++, place /= 10)
        units += (*text - '0') * place;
      units += g_ascii_isdigit (*text) && *text >= '5';
      while (g_ascii_isdigit (*text))
        text++;
    }
  units = MIN (units, NUDGE_MAX_COORDINATE);
  *value = (gint32) (negative ? -units : units);
  return *text == 0;
}

gint32
nudge_sexpr_mm (const NudgeSexprNode *list, guint n)
{
  const char *text = nudge_sexpr_text (list, n);
  gint32 value = 0;
  double mm;

  if (text == NULL || parse_mm (text, &value))
    return value;
  mm = g_ascii_strtod (text, NULL) * NUDGE_UNITS_PER_MM;
  if (!(mm > -NUDGE_MAX_COORDINATE))
    return mm < 0 ? -NUDGE_MAX_COORDINATE : 0; /* not a number: 0 */
  if (mm > NUDGE_MAX_COORDINATE)
    return NUDGE_MAX_COORDINATE;
  return (gint32) (mm < 0 ? mm - 0.5 : mm + 0.5);
}
