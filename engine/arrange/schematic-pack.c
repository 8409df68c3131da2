#include "arrange/schematic-groups.h"

/* Groups on a page: the largest first, each in the corner of others where the page stays smallest. */

#define FRAME 11               /* cells: KiCad's frame and some air */
#define MANY_GROUPS 120
#define FEW_CORNERS 16
#define TITLE_WIDTH 90
#define TITLE_HEIGHT 31

typedef struct
{
  gint x, y, w, h;
} Rect;

typedef struct
{
  GPtrArray *groups;
  Rect *placed;
  guint n_placed;
  gint width, height, gap;
} Page;

static gboolean
is_free (const Page *page, Rect r)
{
  if (r.x < 0 || r.y < 0 || r.x + r.w > page->width || r.y + r.h > page->height)
    return FALSE;
  if (r.x + r.w > page->width - TITLE_WIDTH && r.y + r.h > page->height - TITLE_HEIGHT)
    return FALSE;
  for (guint i = 0; i < page->n_placed; i++)
    {
      const Rect *p = &page->placed[i];

      if (r.x < p->x + p->w + page->gap && p->x < r.x + r.w + page->gap && r.y < p->y + p->h + page->gap && p->y < r.y + r.h + page->gap)
        return FALSE;
    }
  return TRUE;
}

/* How large the page gets, how far the group stands from the top left; banks sink to the bottom. */
static gint64
place_price (const Page *page, const SchematicGroup *group, Rect r)
{
  gint64 right = (gint64) (r.x + r.w) * 1000 / page->width, bottom = (gint64) (r.y + r.h) * 1000 / page->height;

  return MAX (right, bottom) * 4 + right + bottom + (group->kind == GROUP_GROWN ? 0 : right);
}

static gboolean
place_group (Page *page, SchematicGroup *group)
{
  gint w = group->extent.x1 - group->extent.x0, h = group->extent.y1 - group->extent.y0;
  gint64 best = G_MAXINT64;
  Rect best_rect = { 0, 0, 0, 0 };
  /* Among very many groups only the corners of the latest are tried, and the page's own. */
  guint known = MIN (page->n_placed, page->groups->len > MANY_GROUPS ? FEW_CORNERS : MANY_GROUPS);
  guint first = page->n_placed - known;

  for (guint i = 0; i <= known; i++)
    for (guint k = 0; k <= known; k++)
      for (guint corner = 0; corner < 4; corner++)
        {
          const Rect *a = i > 0 ? &page->placed[first + i - 1] : NULL, *b = k > 0 ? &page->placed[first + k - 1] : NULL;
          Rect r = { 0, 0, w, h };
          gint64 price;

          if (a != NULL)
            r.x = (corner & 1) ? a->x : a->x + a->w + page->gap;
          if (b != NULL)
            r.y = (corner & 2) ? b->y : b->y + b->h + page->gap;
          price = place_price (page, group, r);
          if (price < best && is_free (page, r))
            {
              best = price;
              best_rect = r;
            }
        }
  if (best == G_MAXINT64)
    return FALSE;
  group->x = best_rect.x;
  group->y = best_rect.y;
  page->placed[page->n_placed++] = best_rect;
  return TRUE;
}

static gint
compare_groups (gconstpointer a, gconstpointer b)
{
  const SchematicGroup *x = *(SchematicGroup *const *) a, *y = *(SchematicGroup *const *) b;
  gint ax, ay;

  if ((x->kind == GROUP_GROWN) != (y->kind == GROUP_GROWN))
    return x->kind == GROUP_GROWN ? -1 : 1;
  ax = (x->extent.x1 - x->extent.x0) * (x->extent.y1 - x->extent.y0);
  ay = (y->extent.x1 - y->extent.x0) * (y->extent.y1 - y->extent.y0);
  if (ax != ay)
    return ax > ay ? -1 : 1;
  return x->rank - y->rank;
}

static gboolean
try_page (GPtrArray *groups, NudgePaper paper, gint gap)
{
  NudgePoint size = nudge_paper_size (paper);
  g_autofree Rect *placed = g_new (Rect, groups->len + 1);
  Page page = { groups, placed, 0, size.x / WORK_CELL - 2 * FRAME, size.y / WORK_CELL - 2 * FRAME, gap };
  gint x1 = 0, y1 = 0, dx, dy;

  for (guint i = 0; i < groups->len; i++)
    if (!place_group (&page, g_ptr_array_index (groups, i)))
      return FALSE;
  for (guint i = 0; i < page.n_placed; i++)
    {
      x1 = MAX (x1, placed[i].x + placed[i].w);
      y1 = MAX (y1, placed[i].y + placed[i].h);
    }
  /* In the middle of the page, as far as the title block lets it. */
  dx = (page.width - x1) / 2;
  dy = (page.height - y1) / 2;
  if (y1 + dy > page.height - TITLE_HEIGHT && x1 + dx > page.width - TITLE_WIDTH)
    {
      dy = MIN (dy, MAX (0, page.height - TITLE_HEIGHT - y1));
      if (y1 + dy > page.height - TITLE_HEIGHT)
        dx = 0;
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      group->x += dx + FRAME;
      group->y += dy + FRAME;
    }
  return TRUE;
}

NudgePaper
schematic_pack (GPtrArray *groups)
{
  static const gint gaps[] = { 12, 9, 7, 6 };
  gint y = FRAME;

  for (guint i = 0; i < groups->len; i++)
    ((SchematicGroup *) g_ptr_array_index (groups, i))->rank = (gint) i;
  g_ptr_array_sort (groups, compare_groups);
  for (guint paper = NUDGE_PAPER_A4; paper <= NUDGE_PAPER_A0; paper++)
    for (guint g = 0; g < G_N_ELEMENTS (gaps); g++)
      if (try_page (groups, (NudgePaper) paper, gaps[g]))
        return (NudgePaper) paper;
  /* More than the largest paper holds: one below the other, beyond the frame. */
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      group->x = FRAME;
      group->y = y;
      y += group->extent.y1 - group->extent.y0 + gaps[0];
    }
  return NUDGE_PAPER_A0;
}
