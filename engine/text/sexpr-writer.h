/* sexpr-writer.h: writes S-expressions the way KiCad 9 lays them out, list by list. */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

/**
 * NudgeSexprWriter:
 *
 * Appends to a string as it goes; lives on the caller's stack and owns nothing. Line breaks and indentation come by
 * themselves: a list begins a line, except that points `(xy …)` follow one another, and long rows of atoms are folded.
 */
typedef struct
{
  /*< private >*/
  GString *out;
  guint depth;
  guint column;
  gboolean in_points;   /* the list opened last is an (xy …) */
  gboolean folded;      /* the list that is open had its atoms folded */
  gboolean unfolded;    /* rows of atoms and points stay on their line */
  gboolean after_list;  /* the last thing written is a closing parenthesis */
} NudgeSexprWriter;

/* Starts writing at the end of @out, which must outlive the writer. */
NUDGE_API void nudge_sexpr_writer_init (NudgeSexprWriter *self, GString *out);
/* Starts writing lists that stand @depth levels deep in a file, for parts that are put together later. */
NUDGE_API void nudge_sexpr_writer_init_at (NudgeSexprWriter *self, GString *out, guint depth);
/* Whether long rows of atoms and points are folded, as KiCad does; they are, unless told otherwise. */
NUDGE_API void nudge_sexpr_writer_set_folding (NudgeSexprWriter *self, gboolean folding);
/* Ends the file with a line break; every list must be closed. */
NUDGE_API void nudge_sexpr_writer_finish (NudgeSexprWriter *self);

NUDGE_API void nudge_sexpr_writer_open (NudgeSexprWriter *self, const char *name);
NUDGE_API void nudge_sexpr_writer_close (NudgeSexprWriter *self);

/* A bare word, written as it is. */
NUDGE_API void nudge_sexpr_writer_atom (NudgeSexprWriter *self, const char *text);
/* A quoted string; what is not UTF-8 in it becomes U+FFFD. */
NUDGE_API void nudge_sexpr_writer_string (NudgeSexprWriter *self, const char *text);
NUDGE_API void nudge_sexpr_writer_integer (NudgeSexprWriter *self, gint64 value);
/* A length in 100 nm, written in mm without trailing zeros. */
NUDGE_API void nudge_sexpr_writer_mm (NudgeSexprWriter *self, gint64 value);
/* A finite number with at most ten significant digits, never in exponent form. */
NUDGE_API void nudge_sexpr_writer_double (NudgeSexprWriter *self, double value);

/* Whole lists: (name word), (name "text"), (name yes), (name 1.27), (name 3), (name 1.27 2.54). */
NUDGE_API void nudge_sexpr_writer_atom_list (NudgeSexprWriter *self, const char *name, const char *text);
NUDGE_API void nudge_sexpr_writer_string_list (NudgeSexprWriter *self, const char *name, const char *text);
NUDGE_API void nudge_sexpr_writer_bool_list (NudgeSexprWriter *self, const char *name, gboolean value);
NUDGE_API void nudge_sexpr_writer_mm_list (NudgeSexprWriter *self, const char *name, gint64 value);
NUDGE_API void nudge_sexpr_writer_integer_list (NudgeSexprWriter *self, const char *name, gint64 value);
NUDGE_API void nudge_sexpr_writer_point_list (NudgeSexprWriter *self, const char *name, gint64 x, gint64 y);
/* (at x y angle): lengths in 100 nm, angle in degrees. */
NUDGE_API void nudge_sexpr_writer_at (NudgeSexprWriter *self, gint64 x, gint64 y, gint angle);

/* Appends @value, in 100 nm, to @out in mm: at most four decimals, no trailing zeros, no "-0". */
NUDGE_API void nudge_append_mm (GString *out, gint64 value);

G_END_DECLS
