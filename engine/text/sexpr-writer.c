#include "text/sexpr-writer.h"

#include <math.h>
#include <string.h>

/* KiCad folds: points go on one line up to the first column, other atoms up to the second. */
#define POINTS_COLUMN 99
#define ATOMS_COLUMN 72

void
nudge_sexpr_writer_init (NudgeSexprWriter *self, GString *out)
{
  nudge_sexpr_writer_init_at (self, out, 0);
}

void
nudge_sexpr_writer_init_at (NudgeSexprWriter *self, GString *out, guint depth)
{
  g_return_if_fail (self != NULL && out != NULL);
  *self = (NudgeSexprWriter){ .out = out, .depth = depth };
}

void
nudge_sexpr_writer_set_folding (NudgeSexprWriter *self, gboolean folding)
{
  self->unfolded = !folding;
}

void
nudge_sexpr_writer_finish (NudgeSexprWriter *self)
{
  g_return_if_fail (self->depth == 0);
  g_string_append_c (self->out, '\n');
}

static void
break_line (NudgeSexprWriter *self)
{
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < self->depth; i++)
    g_string_append_c (self->out, '\t');
  self->column = self->depth;
}

void
nudge_sexpr_writer_open (NudgeSexprWriter *self, const char *name)
{
  gboolean is_point;

  g_return_if_fail (name != NULL && *name != 0);
  is_point = strcmp (name, "xy") == 0;
  if (self->in_points && is_point && (self->unfolded || self->column < POINTS_COLUMN))
    {
      g_string_append_c (self->out, ' ');
      self->column++;
    }
  else if (self->out->len > 0)
    break_line (self);
  g_string_append_c (self->out, '(');
  g_string_append (self->out, name);
  self->column += 1 + strlen (name);
  self->depth++;
  self->in_points = is_point;
  self->after_list = FALSE;
}

void
nudge_sexpr_writer_close (NudgeSexprWriter *self)
{
  g_return_if_fail (self->depth > 0);
  self->depth--;
  if (self->after_list || self->folded)
    break_line (self);
  g_string_append_c (self->out, ')');
  self->column++;
  self->folded = FALSE;
  self->after_list = TRUE;
}

/* What stands between two atoms. */
static void
begin_atom (NudgeSexprWriter *self)
{
  if (self->in_points || self->unfolded || self->column < ATOMS_COLUMN)
    {
      g_string_append_c (self->out, ' ');
      self->column++;
    }
  else
    {
      break_line (self);
      self->folded = TRUE;
    }
}

static void
end_atom (NudgeSexprWriter *self, gsize start)
{
  self->column += self->out->len - start;
  self->after_list = FALSE;
}

void
nudge_sexpr_writer_atom (NudgeSexprWriter *self, const char *text)
{
  gsize start;

  g_return_if_fail (text != NULL && *text != 0);
  begin_atom (self);
  start = self->out->len;
  g_string_append (self->out, text);
  end_atom (self, start);
}

static void
append_escaped (GString *out, const char *text)
{
  for (const char *p = text; *p != 0; p++)
    switch (*p)
      {
      case '"':
        g_string_append (out, "\\\"");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar) *p < 0x20 || *p == 0x7f)
          g_string_append_printf (out, "\\%03o", (guint) (guchar) *p);
        else
          g_string_append_c (out, *p);
      }
}

void
nudge_sexpr_writer_string (NudgeSexprWriter *self, const char *text)
{
  gsize start;

  g_return_if_fail (text != NULL);
  begin_atom (self);
  start = self->out->len;
  g_string_append_c (self->out, '"');
  if (g_utf8_validate (text, -1, NULL))
    append_escaped (self->out, text);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      append_escaped (self->out, valid);
    }
  g_string_append_c (self->out, '"');
  end_atom (self, start);
}

static void
append_digits (GString *out, guint64 value)
{
  char digits[20];
  guint n = 0;

  do
    digits[n++] = '0' + value % 10;
  while ((value /= 10) != 0);
  while (n > 0)
    g_string_append_c (out, digits[--n]);
}

void
nudge_append_mm (GString *out, gint64 value)
{
  guint64 magnitude = value < 0 ? 0 - (guint64) value : (guint64) value;
  guint rest = magnitude % NUDGE_UNITS_PER_MM;

  if (value < 0)
    g_string_append_c (out, '-');
  append_digits (out, magnitude / NUDGE_UNITS_PER_MM);
  if (rest == 0)
    return;
  g_string_append_c (out, '.');
  for (guint place = NUDGE_UNITS_PER_MM / 10; rest != 0; place /= 10)
    {
      g_string_append_c (out, '0' + rest / place);
      rest %= place;
    }
}

void
nudge_sexpr_writer_mm (NudgeSexprWriter *self, gint64 value)
{
  gsize start;

  begin_atom (self);
  start = self->out->len;
  nudge_append_mm (self->out, value);
  end_atom (self, start);
}

void
nudge_sexpr_writer_integer (NudgeSexprWriter *self, gint64 value)
{
  gsize start;

  begin_atom (self);
  start = self->out->len;
  if (value < 0)
    g_string_append_c (self->out, '-');
  append_digits (self->out, value < 0 ? 0 - (guint64) value : (guint64) value);
  end_atom (self, start);
}

void
nudge_sexpr_writer_double (NudgeSexprWriter *self, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];

  g_return_if_fail (isfinite (value));
  g_ascii_formatd (text, sizeof text, "%.10g", value);
  if (strchr (text, 'e') != NULL)
    g_ascii_formatd (text, sizeof text, "%.10f", value);
  if (strchr (text, '.') != NULL)
    {
      gsize n = strlen (text);

      while (text[n - 1] == '0')
        n--;
      if (text[n - 1] == '.')
        n--;
      text[n] = 0;
    }
  nudge_sexpr_writer_atom (self, strcmp (text, "-0") == 0 ? "0" : text);
}

void
nudge_sexpr_writer_atom_list (NudgeSexprWriter *self, const char *name, const char *text)
{
  nudge_sexpr_writer_open (self, name);
  nudge_sexpr_writer_atom (self, text);
  nudge_sexpr_writer_close (self);
}

void
nudge_sexpr_writer_string_list (NudgeSexprWriter *self, const char *name, const char *text)
{
  nudge_sexpr_writer_open (self, name);
  nudge_sexpr_writer_string (self, text);
  nudge_sexpr_writer_close (self);
}

void
nudge_sexpr_writer_bool_list (NudgeSexprWriter *self, const char *name, gboolean value)
{
  nudge_sexpr_writer_atom_list (self, name, value ? "yes" : "no");
}

void
nudge_sexpr_writer_mm_list (NudgeSexprWriter *self, const char *name, gint64 value)
{
  nudge_sexpr_writer_open (self, name);
  nudge_sexpr_writer_mm (self, value);
  nudge_sexpr_writer_close (self);
}

void
nudge_sexpr_writer_integer_list (NudgeSexprWriter *self, const char *name, gint64 value)
{
  nudge_sexpr_writer_open (self, name);
  nudge_sexpr_writer_integer (self, value);
  nudge_sexpr_writer_close (self);
}

void
nudge_sexpr_writer_point_list (NudgeSexprWriter *self, const char *name, gint64 x, gint64 y)
{
  nudge_sexpr_writer_open (self, name);
  nudge_sexpr_writer_mm (self, x);
  nudge_sexpr_writer_mm (self, y);
  nudge_sexpr_writer_close (self);
}

void
nudge_sexpr_writer_at (NudgeSexprWriter *self, gint64 x, gint64 y, gint angle)
{
  nudge_sexpr_writer_open (self, "at");
  nudge_sexpr_writer_mm (self, x);
  nudge_sexpr_writer_mm (self, y);
  nudge_sexpr_writer_integer (self, angle);
  nudge_sexpr_writer_close (self);
}
