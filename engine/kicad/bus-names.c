/* bus-names.c: what names of buses stand for, as KiCad 9 reads them.
 *
 * A row is `D[0..7]`, also with `+`, `-`, `P` and `N` behind it; a group is `PHY{CLK DIR D[0..7]}`, with or without a name before the
 * brace. Marks for lines above letters and for raised and lowered letters are no part of a member's name: a bus `~{D[0..3]}` holds
 * the net D0. Members of a group are nets, rows, or aliases, of which the same is true; groups within groups are not followed. */
#include "kicad/bus-names.h"

#include "base/limits.h"

#include <string.h>

static const char slash[] = "{slash}";

/* Whether @p begins what is raised, lowered or has a line above it; the mark and its brace are two characters. */
static gboolean
is_opening (const char *p)
{
  return (*p == '~' || *p == '_' || *p == '^') && p[1] == '{';
}

/* Appends the name before @stop without its marks. Returns where it ended, or NULL when it can be no such name; @depth: braces that are open. */
static const char *
read_prefix (const char *p, char stop, GString *prefix, guint *depth)
{
  for (; *p != '\0' && (*p != stop || g_str_has_prefix (p, slash)); p++)
    {
      if (is_opening (p))
        {
          p++;
          ++*depth;
          continue;
        }
      if (*p == '}' && *depth > 0)
        --*depth;
      else if (strchr (" []{}", *p) != NULL)
        return NULL;
      else
        g_string_append_c (prefix, *p);
    }
  return *p == stop ? p + 1 : NULL;
}

static const char *
read_number (const char *p, guint *number)
{
  guint n_digits = 0;

  for (*number = 0; g_ascii_isdigit (*p); p++)
    {
      *number = *number * 10 + (guint) (*p - '0');
      if (++n_digits > 8)
        return NULL;
    }
  return p;
}

/* What may stand behind a row. */
static gboolean
read_suffix (const char *p, guint depth, GString *suffix)
{
  for (; *p != '\0'; p++)
    if (*p == '}' && depth > 0)
      depth--;
    else if (strchr ("+-PN", *p) != NULL)
      g_string_append_c (suffix, *p);
    else
      return FALSE;
  return depth == 0;
}

static void
add_net (GArray *nets, char *key, char *name)
{
  NudgeBusNet net = { key, name };

  g_array_append_val (nets, net);
}

/* @group: (nullable): what stands before the members' names, in a group. */
static gboolean
read_row (const char *text, const char *group, GArray *nets)
{
  g_autoptr (GString) prefix = g_string_new (NULL), suffix = g_string_new (NULL);
  guint depth = 0, first, last;
  const char *p = read_prefix (text, '[', prefix, &depth);

  p = p != NULL && g_ascii_isdigit (*p) ? read_number (p, &first) : NULL;
  if (p == NULL || !g_str_has_prefix (p, "..") || !g_ascii_isdigit (p[2]))
    return FALSE;
  p = read_number (p + 2, &last);
  if (p == NULL || *p != ']' || first == last || !read_suffix (p + 1, depth, suffix))
    return FALSE;
  if (MAX (first, last) - MIN (first, last) >= NUDGE_MAX_BUS_MEMBERS - nets->len)
    return FALSE;
  for (guint i = MIN (first, last); i <= MAX (first, last); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u%s", prefix->str, i, suffix->str);

      if (group == NULL)
        add_net (nets, g_strdup_printf ("#%u", nets->len), g_steal_pointer (&name));
      else
        add_net (nets, g_strconcat (".", name, NULL), g_strconcat (group, name, NULL));
    }
  return TRUE;
}

static gboolean
read_member (const char *text, const char *group, GArray *nets)
{
  if (read_row (text, group, nets))
    return TRUE;
  if (nets->len >= NUDGE_MAX_BUS_MEMBERS)
    return FALSE;
  add_net (nets, g_strconcat (".", text, NULL), g_strconcat (group, text, NULL));
  return TRUE;
}

static gboolean
finish_member (GString *member, const char *group, GHashTable *aliases, GArray *nets)
{
  const GPtrArray *members = aliases != NULL ? g_hash_table_lookup (aliases, member->str) : NULL;
  gboolean ok = TRUE;

  if (members != NULL)
    for (guint i = 0; i < members->len && ok; i++)
      ok = read_member (members->pdata[i], group, nets);
  else if (member->len > 0)
    ok = read_member (member->str, group, nets);
  g_string_truncate (member, 0);
  return ok;
}

static gboolean
read_group (const char *text, GHashTable *aliases, GArray *nets)
{
  g_autoptr (GString) group = g_string_new (NULL), member = g_string_new (NULL);
  guint depth = 0;
  const char *p = read_prefix (text, '{', group, &depth);

  if (p == NULL || depth > 0)
    return FALSE;
  if (group->len > 0)
    g_string_append_c (group, '.');
  for (; *p != '\0'; p++)
    if (is_opening (p))
      {
        p++;
        depth++;
      }
    else if (g_str_has_prefix (p, slash))
      {
        g_string_append (member, slash);
        p += strlen (slash) - 1;
      }
    else if (*p == '{')
      return FALSE;
    else if (*p == '}' && depth > 0)
      depth--;
    else if (*p == '}')
      return finish_member (member, group->str, aliases, nets) && nets->len > 0;
    else if (*p == ' ' || *p == ',')
      {
        if (!finish_member (member, group->str, aliases, nets))
          return FALSE;
      }
    else
      g_string_append_c (member, *p);
  return FALSE;
}

static void
clear_net (gpointer data)
{
  NudgeBusNet *net = data;

  g_free (net->key);
  g_free (net->name);
}

GArray *
nudge_bus_name_read (const char *text, GHashTable *aliases)
{
  g_autoptr (GArray) nets = NULL;

  if (strpbrk (text, "[{") == NULL)
    return NULL;
  nets = g_array_new (FALSE, FALSE, sizeof (NudgeBusNet));
  g_array_set_clear_func (nets, clear_net);
  return read_row (text, NULL, nets) || read_group (text, aliases, nets) ? g_steal_pointer (&nets) : NULL;
}
