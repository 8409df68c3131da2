/* sexpr.h: reads S-expressions into a tree with positions. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

typedef enum
{
  NUDGE_SEXPR_LIST,
  NUDGE_SEXPR_ATOM,   /* a bare word or number */
  NUDGE_SEXPR_STRING, /* was quoted; escapes are resolved */
} NudgeSexprKind;

/* One list, word or string; belongs to its tree. */
typedef struct _NudgeSexprNode NudgeSexprNode;
struct _NudgeSexprNode
{
  const NudgeSexprNode *next;  /* the next in the same list, or NULL */
  const NudgeSexprNode *child; /* LIST: its first element, or NULL */
  const char *text;            /* ATOM, STRING; "" for a list */
  guint32 line;                /* from 1 */
  guint32 column : 30;         /* in bytes, from 1 */
  NudgeSexprKind kind : 2;
};

typedef struct _NudgeSexpr NudgeSexpr;

/* Parses one list with nothing but space around it; the tree keeps nothing of @data.
 * Errors: NUDGE_ERROR_INPUT, with line and column counted from @first_line. */
NUDGE_API NudgeSexpr *nudge_sexpr_parse (const char *data, gsize length, guint first_line, GError **error);
NUDGE_API void nudge_sexpr_free (NudgeSexpr *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSexpr, nudge_sexpr_free)

/* The outermost list. */
NUDGE_API const NudgeSexprNode *nudge_sexpr_root (const NudgeSexpr *self);

/* TRUE for a list that begins with the bare word @name. */
NUDGE_API gboolean nudge_sexpr_is (const NudgeSexprNode *node, const char *name);
/* The first list in @list that begins with @name, or NULL; @list may be NULL. */
NUDGE_API const NudgeSexprNode *nudge_sexpr_find (const NudgeSexprNode *list, const char *name);
/* The @n-th word or string of a list, not counting lists within it; 0 is the one that names it. NULL when there is none. */
NUDGE_API const char *nudge_sexpr_text (const NudgeSexprNode *list, guint n);
/* TRUE when @list holds the bare word @word after its name. */
NUDGE_API gboolean nudge_sexpr_has_atom (const NudgeSexprNode *list, const char *word);
/* What "(name yes|no)" in @list says, also the older "(name)" and bare "name"; @missing when there is none. */
NUDGE_API gboolean nudge_sexpr_bool (const NudgeSexprNode *list, const char *name, gboolean missing);
/* The @n-th text as mm in 100 nm, held within NUDGE_MAX_COORDINATE; 0 when there is none. */
NUDGE_API gint32 nudge_sexpr_mm (const NudgeSexprNode *list, guint n);
/* The @n-th text as a number; 0 when there is none. */
NUDGE_API double nudge_sexpr_double (const NudgeSexprNode *list, guint n);

G_END_DECLS
