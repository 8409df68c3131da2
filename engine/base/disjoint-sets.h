/* disjoint-sets.h: what hangs together: an array in which each element names another of its set, the root itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): @n elements, each alone; freed with g_free(). */
static inline guint *
nudge_sets_new (guint n)
{
  guint *parents = g_new (guint, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    parents[i] = i;
  return parents;
}

static inline guint
nudge_sets_root (guint *parents, guint i)
{
  while (parents[i] != i)
    {
      parents[i] = parents[parents[i]];
      i = parents[i];
    }
  return i;
}

/* The smallest element becomes the root, so that the result does not depend on the order of joins. */
static inline void
nudge_sets_join (guint *parents, guint a, guint b)
{
  a = nudge_sets_root (parents, a);
  b = nudge_sets_root (parents, b);
  parents[MAX (a, b)] = MIN (a, b);
}

G_END_DECLS
