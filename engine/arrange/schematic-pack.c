#include "arrange/schematic-groups.h"
#include "arrange/schematic-core.h"

/* Groups on a page: those that talk to each other as they like to stand, then the others, the largest first, each in
 * the corner of others where the page stays smallest. */

#define FRAME 11               /* cells: KiCad's frame and some air */
#define MANY_GROUPS 120
#define FEW_CORNERS 16
#define TITLE_WIDTH 90
#define TITLE_HEIGHT 31

typedef struct
{
  GPtrArray *groups;
  CoreRect *placed;
  guint n_placed;
  gint width, height, gap;
  gint right, bottom;          /* of what is placed */
  gint grown;                  /* the bottom of what was grown */
} Page;

static gboolean
is_on_page (const Page *page, CoreRect r)
{
  if (r.x < 0 || r.y < 0 || r.x + r.w > page->width || r.y + r.h > page->height)
    return FALSE;
  return r.x + r.w <= page->width - TITLE_WIDTH || r.y + r.h <= page->height - TITLE_HEIGHT;
}

static gboolean
is_free (const Page *page, CoreRect r)
{
  if (!is_on_page (page, r))
    return FALSE;
  for (guint i = 0; i < page->n_placed; i++)
    if (core_rects_touch (&r, &page->placed[i], page->gap))
      return FALSE;
  return TRUE;
}

/* How large what is drawn gets; what was grown stands near the top left, banks and rows below it. */
static gint64
place_price (const Page *page, const SchematicGroup *group, CoreRect r)
{
  gint64 right = (gint64) (r.x + r.w) * 1000 / page->width, bottom = (gint64) (r.y + r.h) * 1000 / page->height;
  gint64 wide = MAX (right, (gint64) page->right * 1000 / page->width), tall = MAX (bottom, (gint64) page->bottom * 1000 / page->height);

  return MAX (wide, tall) * 4 + wide + tall + (group->kind == GROUP_GROWN ? (right + bottom) / 4 : right / 4 + (r.y < page->grown ? 8000 : 0));
}

static void
add_rect (Page *page, const SchematicGroup *group, CoreRect r)
{
  page->placed[page->n_placed++] = r;
  page->right = MAX (page->right, r.x + r.w);
  page->bottom = MAX (page->bottom, r.y + r.h);
  if (group->kind == GROUP_GROWN)
    page->grown = MAX (page->grown, r.y + r.h);
}

static gboolean
place_group (Page *page, SchematicGroup *group)
{
  gint w = group->extent.x1 - group->extent.x0, h = group->extent.y1 - group->extent.y0;
  gint64 best = G_MAXINT64;
  CoreRect best_rect = { 0, 0, 0, 0 };
  /* Among very many groups only the corners of the latest are tried, and the page's own. */
  guint known = MIN (page->n_placed, page->groups->len > MANY_GROUPS ? FEW_CORNERS : MANY_GROUPS);
  guint first = page->n_placed - known;

  for (guint i = 0; i <= known; i++)
    for (guint k = 0; k <= known; k++)
      for (guint corner = 0; corner < 4; corner++)
        {
          const CoreRect *a = i > 0 ? &page->placed[first + i - 1] : NULL, *b = k > 0 ? &page->placed[first + k - 1] : NULL;
          CoreRect r = { 0, 0, w, h };
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
  add_rect (page, group, best_rect);
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

/* In the middle of the page, as far as the title block lets it. */
static void
centre (const Page *page)
{
  gint dx, dy;

  dx = (page->width - page->right) / 2;
  dy = (page->height - page->bottom) / 2;
  if (page->bottom + dy > page->height - TITLE_HEIGHT && page->right + dx > page->width - TITLE_WIDTH)
    {
      dy = MIN (dy, MAX (0, page->height - TITLE_HEIGHT - page->bottom));
      if (page->bottom + dy > page->height - TITLE_HEIGHT)
        dx = CLAMP (page->width - TITLE_WIDTH - page->right, 0, dx);
    }
  for (guint i = 0; i < page->groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (page->groups, i);

      group->x += dx + FRAME;
      group->y += dy + FRAME;
    }
}

gboolean
schematic_centre (GPtrArray *groups, NudgePaper paper)
{
  NudgePoint size = nudge_paper_size (paper);
  g_autofree CoreRect *placed = g_new (CoreRect, groups->len + 1);
  Page page = { groups, placed, 0, size.x / WORK_CELL - 2 * FRAME, size.y / WORK_CELL - 2 * FRAME, 0, 0, 0, 0 };
  gint x = G_MAXINT, y = G_MAXINT;

  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);

      x = MIN (x, group->x);
      y = MIN (y, group->y);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      group->x -= x;
      group->y -= y;
      add_rect (&page, group, (CoreRect){ group->x, group->y, group->extent.x1 - group->extent.x0, group->extent.y1 - group->extent.y0 });
    }
  for (guint i = 0; i < page.n_placed; i++)
    if (!is_on_page (&page, placed[i]))
      return FALSE;
  centre (&page);
  return TRUE;
}

static gboolean
try_page (GPtrArray *groups, const SchematicCore *core, NudgePaper paper, gint gap)
{
  NudgePoint size = nudge_paper_size (paper);
  g_autofree CoreRect *placed = g_new (CoreRect, groups->len + 1);
  Page page = { groups, placed, 0, size.x / WORK_CELL - 2 * FRAME, size.y / WORK_CELL - 2 * FRAME, gap, 0, 0, 0 };

  if (core != NULL)
    schematic_core_apply (core);
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);
      CoreRect r = { group->x, group->y, group->extent.x1 - group->extent.x0, group->extent.y1 - group->extent.y0 };

      if (core == NULL || !schematic_core_holds (core, group))
        continue;
      if (!is_on_page (&page, r))
        return FALSE;
      add_rect (&page, group, r);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      if ((core == NULL || !schematic_core_holds (core, group)) && !place_group (&page, group))
        return FALSE;
    }
  centre (&page);
  return TRUE;
}

/* Whether a paper is at least as large as all that is to stand on it, each in its smallest variant with its gap round it. */
static gboolean
has_area (GPtrArray *groups, NudgePaper paper, gint gap)
{
  NudgePoint size = nudge_paper_size (paper);
  gint64 area = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);
      gint around = core_gap_of (group, gap);
      gint64 least = (gint64) (group->extent.x1 - group->extent.x0 + around) * (group->extent.y1 - group->extent.y0 + around);

      for (guint k = 0; group->variants != NULL && k < group->variants->len; k++)
        {
          const NudgeBox *extent = &g_array_index (group->variants, SchematicVariant, k).extent;
          least = MIN (least, (gint64) (extent->x1 - extent->x0 + around) * (extent->y1 - extent->y0 + around));
        }
      area += least;
    }
  return area <= (gint64) (size.x / WORK_CELL - 2 * FRAME + gap) * (size.y / WORK_CELL - 2 * FRAME + gap) - TITLE_WIDTH * TITLE_HEIGHT;
}

NudgePaper
schematic_pack (GPtrArray *groups)
{
  static const gint gaps[] = { 12, 9, 7, 6 };
  SchematicCore *cores[2][G_N_ELEMENTS (gaps)] = { { NULL } };
  NudgePaper paper = NUDGE_PAPER_A4;
  gboolean done = FALSE;
  gint y = FRAME;

  for (guint i = 0; i < groups->len; i++)
    ((SchematicGroup *) g_ptr_array_index (groups, i))->rank = (gint) i;
  g_ptr_array_sort (groups, compare_groups);
  for (guint p = NUDGE_PAPER_A4; p <= NUDGE_PAPER_LAST && !done; p++)
    for (guint way = 0; way < 3 * G_N_ELEMENTS (gaps) && !done; way++)
      {
        guint tight = way / G_N_ELEMENTS (gaps), g = way % G_N_ELEMENTS (gaps);

        if (!has_area (groups, (NudgePaper) p, gaps[g]))
          continue;
        if (tight < 2 && cores[tight][g] == NULL && groups->len <= MANY_GROUPS)
          cores[tight][g] = schematic_core_new (groups, gaps[g], tight);
        paper = (NudgePaper) p;
        done = try_page (groups, tight < 2 ? cores[tight][g] : NULL, paper, gaps[g]);
      }
  for (guint g = 0; g < 2 * G_N_ELEMENTS (gaps); g++)
    g_clear_pointer (&cores[g / G_N_ELEMENTS (gaps)][g % G_N_ELEMENTS (gaps)], schematic_core_free);
  if (done)
    return paper;
  /* More than the largest paper holds: one below the other, beyond the frame. */
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      group->x = FRAME;
      group->y = y;
      y += group->extent.y1 - group->extent.y0 + gaps[0];
    }
  return NUDGE_PAPER_LAST;
}
