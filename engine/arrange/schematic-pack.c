#include "arrange/schematic-groups.h"
#include "arrange/schematic-shelf.h"

/* Groups on a page: those that talk to each other as they like to stand, the others in rows about them. Where rows find
 * no room, each of the others goes, the largest first, to the corner of what stands where the page stays smallest. */

#define FRAME 11               /* cells: KiCad's frame and some air */
#define MANY_GROUPS 120
#define FEW_CORNERS 16
#define TITLE_WIDTH 87
#define TITLE_HEIGHT 26
#define N_SHIFTS 8             /* steps towards the middle of the page */

typedef struct
{
  GPtrArray *groups;
  CoreRect *placed;
  guint n_placed;
  SchematicRoom room;
  gint gap;
  gint right, bottom;          /* of what is placed */
  gint grown;                  /* the bottom of what was grown */
  gboolean fixed;              /* one of the groups stands where it is */
} Page;

#define N_GAPS 4
static const gint gaps[N_GAPS] = { 12, 9, 7, 6 };

static SchematicGroup *
group_at (GPtrArray *groups, guint i)
{
  return g_ptr_array_index (groups, i);
}

static gboolean
has_fixed (GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    if (group_at (groups, i)->fixed)
      return TRUE;
  return FALSE;
}

/* The groups, or those that are not loose, from the origin on; where one is fixed, from the frame on. */
static void
move_to_origin (GPtrArray *groups, gboolean fixed, gboolean bound)
{
  gint x = fixed ? FRAME : G_MAXINT, y = x;

  for (guint i = 0; i < groups->len && !fixed; i++)
    if (!bound || !group_at (groups, i)->loose)
      {
        x = MIN (x, group_at (groups, i)->x);
        y = MIN (y, group_at (groups, i)->y);
      }
  for (guint i = 0; i < groups->len && x < G_MAXINT; i++)
    {
      group_at (groups, i)->x -= x;
      group_at (groups, i)->y -= y;
    }
}

static Page
page_new (GPtrArray *groups, NudgePaper paper, CoreRect *placed, gint gap)
{
  NudgePoint size = nudge_paper_size (paper);

  return (Page){ .groups = groups,
                 .placed = placed,
                 .room = { size.x / WORK_CELL - 2 * FRAME, size.y / WORK_CELL - 2 * FRAME, TITLE_WIDTH, TITLE_HEIGHT },
                 .gap = gap };
}

static gboolean
is_free (const Page *page, CoreRect r)
{
  if (!schematic_room_holds (&page->room, r))
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
  gint64 right = (gint64) (r.x + r.w) * 1000 / page->room.width, bottom = (gint64) (r.y + r.h) * 1000 / page->room.height;
  gint64 wide = MAX (right, (gint64) page->right * 1000 / page->room.width), tall = MAX (bottom, (gint64) page->bottom * 1000 / page->room.height);

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

/* What a fixed group takes; FALSE when the paper is too small for it. */
static gboolean
add_fixed (Page *page, SchematicGroup *group)
{
  gboolean fits = TRUE;

  page->fixed = TRUE;
  group->x = group->extent.x0 - FRAME;
  group->y = group->extent.y0 - FRAME;
  for (guint i = 0; i < group->taken->len; i++)
    {
      const NudgeBox *box = &g_array_index (group->taken, NudgeBox, i);
      CoreRect r = { MAX (box->x0 - FRAME, 0), MAX (box->y0 - FRAME, 0), box->x1 - box->x0, box->y1 - box->y0 };

      fits &= schematic_room_holds (&page->room, r);
      add_rect (page, group, r);
    }
  return fits;
}

/* Rectangles that all groups take together, at most. */
static guint
count_rects (GPtrArray *groups)
{
  guint n = groups->len;

  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);
      n += group->taken != NULL ? group->taken->len : 0;
    }
  return n;
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

static gboolean
may_move (const Page *page, gint dx, gint dy)
{
  for (guint i = 0; i < page->n_placed; i++)
    {
      CoreRect r = page->placed[i];

      r.x += dx;
      r.y += dy;
      if (!schematic_room_holds (&page->room, r))
        return FALSE;
    }
  return TRUE;
}

/* To the middle of the page, as far as the title block lets it. */
static void
centre_by (const Page *page, gint *dx, gint *dy)
{
  gint right = (page->room.width - page->right) / 2, down = (page->room.height - page->bottom) / 2, best = -1;

  *dx = *dy = 0;
  for (gint i = 0; i <= N_SHIFTS; i++)
    for (gint k = 0; k <= N_SHIFTS; k++)
      if (i + k > best && may_move (page, right * i / N_SHIFTS, down * k / N_SHIFTS))
        {
          best = i + k;
          *dx = right * i / N_SHIFTS;
          *dy = down * k / N_SHIFTS;
        }
}

/* Where everything stands now. */
static void
measure (Page *page)
{
  page->n_placed = 0;
  page->right = page->bottom = 0;
  for (guint i = 0; i < page->groups->len; i++)
    add_rect (page, group_at (page->groups, i), core_rect_of (group_at (page->groups, i)));
}

static void
centre (Page *page)
{
  gint dx = 0, dy = 0;

  if (!page->fixed)
    {
      schematic_align (page->groups, &page->room);
      measure (page);
      centre_by (page, &dx, &dy);
    }
  for (guint i = 0; i < page->groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (page->groups, i);

      group->x += dx + FRAME;
      group->y += dy + FRAME;
    }
}

/* Puts the loose groups in rows about the others, which stand from the origin on. */
static gboolean
shelve (Page *page, GPtrArray *loose)
{
  g_autofree CoreRect *rects = g_new (CoreRect, page->groups->len + 1);
  guint n_rects = 0;
  NudgePoint move = { 0, 0 };

  for (guint i = 0; i < page->groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (page->groups, i);

      if (!group->loose)
        rects[n_rects++] = core_rect_of (group);
    }
  if (!schematic_shelve (loose, rects, n_rects, &page->room, page->gap, &move))
    return FALSE;
  for (guint i = 0; i < page->groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (page->groups, i);

      group->x += group->loose ? 0 : move.x;
      group->y += group->loose ? 0 : move.y;
      add_rect (page, group, core_rect_of (group));
    }
  return TRUE;
}

/* Everything as it stands, in the middle. */
static gboolean
keep_places (GPtrArray *groups, NudgePaper paper)
{
  g_autofree CoreRect *placed = g_new (CoreRect, count_rects (groups) + 1);
  Page page = page_new (groups, paper, placed, 0);

  page.fixed = has_fixed (groups);
  move_to_origin (groups, page.fixed, FALSE);
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->fixed)
        add_fixed (&page, group);
      else
        add_rect (&page, group, core_rect_of (group));
    }
  for (guint i = 0; i < page.n_placed; i++)
    if (!schematic_room_holds (&page.room, placed[i]))
      {
        /* What is fixed comes back to where it was. */
        if (page.fixed)
          centre (&page);
        return FALSE;
      }
  centre (&page);
  return TRUE;
}

gboolean
schematic_settle (GPtrArray *groups, NudgePaper paper)
{
  g_autoptr (GPtrArray) loose = schematic_order_loose (groups);
  g_autofree NudgePoint *before = g_new (NudgePoint, groups->len + 1);

  for (guint g = 0; g < N_GAPS && loose->len > 0 && !has_fixed (groups); g++)
    {
      g_autofree CoreRect *placed = g_new (CoreRect, count_rects (groups) + 1);
      Page page = page_new (groups, paper, placed, gaps[g]);

      for (guint i = 0; i < groups->len; i++)
        before[i] = (NudgePoint){ group_at (groups, i)->x, group_at (groups, i)->y };
      move_to_origin (groups, FALSE, TRUE);
      if (shelve (&page, loose))
        {
          centre (&page);
          return TRUE;
        }
      for (guint i = 0; i < groups->len; i++)
        {
          group_at (groups, i)->x = before[i].x;
          group_at (groups, i)->y = before[i].y;
        }
    }
  return keep_places (groups, paper);
}

/* @loose: in order, to be put in rows; NULL: anywhere. */
static gboolean
try_page (GPtrArray *groups, GPtrArray *loose, const SchematicCore *core, NudgePaper paper, gint gap)
{
  g_autofree CoreRect *placed = g_new (CoreRect, count_rects (groups) + 1);
  Page page = page_new (groups, paper, placed, gap);

  if (core != NULL)
    schematic_core_apply (core);
  if (loose != NULL)
    {
      if (!shelve (&page, loose))
        return FALSE;
      centre (&page);
      return TRUE;
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->fixed && !add_fixed (&page, group))
        return FALSE;
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->loose || group->fixed)
        continue;
      if (page.fixed)
        {
          group->x -= FRAME;
          group->y -= FRAME;
        }
      if (!schematic_room_holds (&page.room, core_rect_of (group)))
        return FALSE;
      add_rect (&page, group, core_rect_of (group));
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->loose && !place_group (&page, group))
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
      gint64 least = group->fixed ? 0 : (gint64) (group->extent.x1 - group->extent.x0 + around) * (group->extent.y1 - group->extent.y0 + around);

      for (guint k = 0; group->variants != NULL && k < group->variants->len; k++)
        {
          const NudgeBox *extent = &g_array_index (group->variants, SchematicVariant, k).extent;
          least = MIN (least, (gint64) (extent->x1 - extent->x0 + around) * (extent->y1 - extent->y0 + around));
        }
      area += least;
    }
  return area <= (gint64) (size.x / WORK_CELL - 2 * FRAME + gap) * (size.y / WORK_CELL - 2 * FRAME + gap) - TITLE_WIDTH * TITLE_HEIGHT;
}

/* Cores by whether they are tight, and by gap; they are made when they are asked for. */
typedef struct
{
  SchematicCore *made[2][N_GAPS];
} Cores;

static void
cores_clear (Cores *self)
{
  for (guint g = 0; g < 2 * N_GAPS; g++)
    g_clear_pointer (&self->made[g / N_GAPS][g % N_GAPS], schematic_core_free);
}

static void
mark_loose (GPtrArray *groups, const SchematicCore *core)
{
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      group->loose = !group->fixed && (core == NULL || !schematic_core_holds (core, group));
    }
}

/* All ways to put the groups on one paper: as they like to stand, close to each other, anyhow. */
static gboolean
try_paper (GPtrArray *groups, Cores *cores, NudgePaper paper)
{
  NudgePoint size = nudge_paper_size (paper);
  const NudgeBox room = { FRAME, FRAME, size.x / WORK_CELL - FRAME, size.y / WORK_CELL - FRAME };
  gboolean fixed = has_fixed (groups);

  /* Round what is fixed another page means other places. */
  if (fixed)
    cores_clear (cores);
  for (guint way = 0; way < 6 * N_GAPS; way++)
    {
      guint tight = way / (2 * N_GAPS), g = way % N_GAPS;
      gboolean in_rows = way / N_GAPS % 2 == 0 && !fixed;
      SchematicCore **core = tight < 2 && groups->len <= MANY_GROUPS ? &cores->made[tight][g] : NULL;
      g_autoptr (GPtrArray) loose = NULL;

      if (!has_area (groups, paper, gaps[g]))
        continue;
      if (core != NULL && *core == NULL)
        *core = schematic_core_new (groups, gaps[g], tight, fixed ? &room : NULL);
      if (core != NULL && *core == NULL)
        continue;
      mark_loose (groups, core != NULL ? *core : NULL);
      loose = in_rows ? schematic_order_loose (groups) : NULL;
      if (try_page (groups, loose, core != NULL ? *core : NULL, paper, gaps[g]))
        return TRUE;
    }
  return FALSE;
}

/* More than the largest paper holds: one below the other, beyond the frame. */
static void
line_up (GPtrArray *groups)
{
  gint y = FRAME;

  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->fixed)
        y = MAX (y, group->extent.y1 + gaps[0]);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      group->x = group->fixed ? group->extent.x0 : FRAME;
      group->y = group->fixed ? group->extent.y0 : y;
      if (!group->fixed)
        y += group->extent.y1 - group->extent.y0 + gaps[0];
    }
}

NudgePaper
schematic_next_paper (NudgePaper paper)
{
  NudgePaper landscape = nudge_paper_landscape (paper);

  return landscape == paper && nudge_paper_portrait (paper) != paper ? nudge_paper_portrait (paper) : nudge_paper_larger (landscape);
}

NudgePaper
schematic_pack (GPtrArray *groups)
{
  Cores cores = { { { NULL } } };
  NudgePaper paper = NUDGE_PAPER_A4;
  gboolean done = FALSE;

  for (guint i = 0; i < groups->len; i++)
    ((SchematicGroup *) g_ptr_array_index (groups, i))->rank = (gint) i;
  g_ptr_array_sort (groups, compare_groups);
  while (!(done = try_paper (groups, &cores, paper)) && paper != NUDGE_PAPER_LAST)
    paper = schematic_next_paper (paper);
  cores_clear (&cores);
  if (!done)
    line_up (groups);
  return paper;
}
