#include "arrange/schematic-core.h"
#include "arrange/schematic-frames.h"

/* Groups that wires join need no room for the labels between them any more: the smaller slides towards the larger,
 * and what was in line stays so. */

#define GAP 6                  /* cells between any two groups */
#define ROOM 12                /* cells between two that wires join */
#define SWEEPS 2

static guint
count_joints (const SchematicGroup *a, const SchematicGroup *b, const gboolean *wired)
{
  const GArray *x = schematic_group_ports (a), *y = schematic_group_ports (b);
  guint n = 0;

  for (guint i = 0; i < x->len; i++)
    for (guint k = 0; k < y->len; k++)
      n += wired[g_array_index (x, SchematicPort, i).net] && g_array_index (x, SchematicPort, i).net == g_array_index (y, SchematicPort, k).net;
  return n;
}

/* The larger group that most wires lead to, or NULL. */
static const SchematicGroup *
partner_of (GPtrArray *groups, guint index, const gboolean *wired)
{
  const SchematicGroup *group = g_ptr_array_index (groups, index), *best = NULL;
  guint most = 0;

  /* They come sorted by size. */
  for (guint i = 0; i < index; i++)
    {
      const SchematicGroup *other = g_ptr_array_index (groups, i);
      guint n = count_joints (group, other, wired);

      if (n > most)
        {
          most = n;
          best = other;
        }
    }
  return best;
}

static gboolean
may_stand (GPtrArray *groups, const SchematicGroup *group, gint x, gint y)
{
  CoreRect rect = core_rect_of (group);

  rect.x = x;
  rect.y = y;
  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *other = g_ptr_array_index (groups, i);
      CoreRect there = core_rect_of (other);

      if (other != group && core_rects_touch (&rect, &there, GAP))
        return FALSE;
    }
  return TRUE;
}

static void
slide (GPtrArray *groups, SchematicGroup *group, const SchematicGroup *to)
{
  CoreRect a = core_rect_of (group), b = core_rect_of (to);
  gint right = b.x - (a.x + a.w), left = a.x - (b.x + b.w), down = b.y - (a.y + a.h), up = a.y - (b.y + b.h);
  gint across = MAX (right, left), along = MAX (down, up);
  gint sign_x = across >= along ? (right > left ? 1 : -1) : 0, sign_y = across >= along ? 0 : (down > up ? 1 : -1);

  for (gint by = MAX (across, along) - ROOM; by > 0; by--)
    if (may_stand (groups, group, group->x + sign_x * by, group->y + sign_y * by))
      {
        group->x += sign_x * by;
        group->y += sign_y * by;
        return;
      }
}

void
schematic_tighten (GPtrArray *groups, const gboolean *wired)
{
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);
      NudgeBox before = group->extent;

      schematic_strip (group->work, wired);
      group->extent = schematic_group_extent (group, group->work);
      /* A frame that is as wide as its title grows where labels go. */
      group->x += group->extent.x0 - before.x0 - MAX (0, group->extent.x1 - before.x1);
      group->y += group->extent.y0 - before.y0;
    }
  for (guint sweep = 0; sweep < SWEEPS; sweep++)
    for (guint i = 1; i < groups->len; i++)
      {
        const SchematicGroup *partner = partner_of (groups, i, wired);

        if (partner != NULL && !((SchematicGroup *) g_ptr_array_index (groups, i))->fixed)
          slide (groups, g_ptr_array_index (groups, i), partner);
      }
}
