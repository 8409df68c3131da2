#include "arrange/force-private.h"

#include <math.h>
#include <string.h>

/* The last step: on the grid, with nothing on anything else, on the smallest paper that takes it. Each body goes to the
 * free place nearest to where the forces left it, the largest first. */

#define CELL 2.54
#define MARGIN 12.7            /* of the page */
#define BOTTOM 40.64           /* title block, and the row of rail flags */
#define FILL 0.7               /* of a page, beyond which trying is in vain */

typedef struct
{
  ForceSheet *sheet;
  gint columns, rows;
  guint8 *taken;
  guint *order;
  ForceVector *places;         /* by item: where it goes */
} Page;

/* The cells that a box touches. */
static void
cells_of (const ForceBox *box, gint *x0, gint *y0, gint *x1, gint *y1)
{
  *x0 = (gint) floor (box->x0 / CELL + 1e-6);
  *y0 = (gint) floor (box->y0 / CELL + 1e-6);
  *x1 = (gint) ceil (box->x1 / CELL - 1e-6);
  *y1 = (gint) ceil (box->y1 / CELL - 1e-6);
}

static ForceBox
box_at (const ForceItem *item, ForceVector at)
{
  const ForceBox *b = &item->boxes[item->turn];

  return (ForceBox){ b->x0 + at.x, b->y0 + at.y, b->x1 + at.x, b->y1 + at.y };
}

static gboolean
is_free (const Page *self, const ForceBox *box)
{
  gint x0, y0, x1, y1;
  gint margin = (gint) (MARGIN / CELL), bottom = (gint) (BOTTOM / CELL);

  cells_of (box, &x0, &y0, &x1, &y1);
  if (x0 < margin || y0 < margin || x1 > self->columns - margin || y1 > self->rows - bottom)
    return FALSE;
  for (gint y = y0; y < y1; y++)
    if (memchr (self->taken + (gsize) y * self->columns + x0, 1, x1 - x0) != NULL)
      return FALSE;
  return TRUE;
}

static void
take (Page *self, const ForceBox *box)
{
  gint x0, y0, x1, y1;

  cells_of (box, &x0, &y0, &x1, &y1);
  x0 = CLAMP (x0, 0, self->columns);
  x1 = CLAMP (x1, 0, self->columns);
  for (gint y = MAX (y0, 0); y < MIN (y1, self->rows); y++)
    memset (self->taken + (gsize) y * self->columns + x0, 1, x1 - x0);
}

/* Rings of places about the one that is wanted; within a ring the nearest. */
static gboolean
find_place (const Page *self, const ForceItem *item, ForceVector wanted, ForceVector *found)
{
  gint cx = (gint) rint (wanted.x / CELL), cy = (gint) rint (wanted.y / CELL);

  for (gint ring = 0; ring <= MAX (self->columns, self->rows); ring++)
    {
      double best = G_MAXDOUBLE;

      for (gint dy = -ring; dy <= ring; dy++)
        for (gint dx = -ring; dx <= ring; dx += ABS (dy) == ring ? 1 : MAX (2 * ring, 1))
          {
            ForceVector at = { (cx + dx) * CELL, (cy + dy) * CELL };
            ForceBox box = box_at (item, at);
            double distance = hypot (dx, dy);

            if (distance >= best || !is_free (self, &box))
              continue;
            best = distance;
            *found = at;
          }
      if (best < G_MAXDOUBLE)
        return TRUE;
    }
  return FALSE;
}

static double
area_of (const ForceItem *item)
{
  const ForceBox *b = &item->boxes[item->turn];

  return (b->x1 - b->x0) * (b->y1 - b->y0);
}

static gint
compare_areas (gconstpointer a, gconstpointer b, gpointer data)
{
  const ForceSheet *sheet = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  double x = area_of (FORCE_ITEM (sheet, i)), y = area_of (FORCE_ITEM (sheet, j));

  if (x != y)
    return x > y ? -1 : 1;
  return i < j ? -1 : i > j;
}

/* From where the forces put things to the middle of the page; nothing when something is locked to its place. */
static ForceVector
shift_to_middle (const Page *self)
{
  ForceBox all = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < self->sheet->items->len; i++)
    {
      const ForceItem *item = FORCE_ITEM (self->sheet, i);
      ForceBox box = force_item_box (item);

      if (item->fixed)
        return (ForceVector){ 0, 0 };
      all = (ForceBox){ MIN (all.x0, box.x0), MIN (all.y0, box.y0), MAX (all.x1, box.x1), MAX (all.y1, box.y1) };
    }
  return (ForceVector){ self->columns * CELL / 2 - (all.x0 + all.x1) / 2,
                        (self->rows * CELL - BOTTOM + MARGIN) / 2 - (all.y0 + all.y1) / 2 };
}

/* Those that find no place stand in rows below the page. */
static void
place_below (Page *self, const ForceItem *item, ForceVector *cursor, double *row, ForceVector *place)
{
  const ForceBox *b = &item->boxes[item->turn];

  if (cursor->x + b->x1 - b->x0 > self->columns * CELL - MARGIN)
    *cursor = (ForceVector){ MARGIN, cursor->y + *row };
  if (cursor->x == MARGIN)
    *row = 0;
  place->x = ceil ((cursor->x - b->x0) / CELL) * CELL;
  place->y = ceil ((cursor->y - b->y0) / CELL) * CELL;
  cursor->x = place->x + b->x1 + CELL;
  *row = MAX (*row, b->y1 - b->y0 + 2 * CELL);
}

/* FALSE when something found no place; with @must it goes below the page. */
static gboolean
fill (Page *self, gboolean must)
{
  ForceVector shift = shift_to_middle (self), cursor = { MARGIN, self->rows * CELL + MARGIN };
  gboolean fits = TRUE;
  double row = 0;

  for (guint i = 0; i < self->sheet->items->len; i++)
    if (FORCE_ITEM (self->sheet, i)->fixed)
      {
        ForceBox box = force_item_box (FORCE_ITEM (self->sheet, i));

        take (self, &box);
      }
  for (guint i = 0; i < self->sheet->items->len; i++)
    {
      const ForceItem *item = FORCE_ITEM (self->sheet, self->order[i]);
      ForceVector wanted = { item->at.x + shift.x, item->at.y + shift.y }, *place = &self->places[self->order[i]];
      ForceBox box;

      if (item->fixed)
        continue;
      if (fits && !find_place (self, item, wanted, place))
        fits = FALSE;
      if (!fits && !must)
        return FALSE;
      if (!fits)
        place_below (self, item, &cursor, &row, place);
      box = box_at (item, *place);
      take (self, &box);
    }
  return fits;
}

static void
open_page (Page *self, NudgePaper paper)
{
  NudgePoint size = nudge_paper_size (paper);

  self->columns = (gint) (size.x / NUDGE_UNITS_PER_MM / CELL);
  self->rows = (gint) (size.y / NUDGE_UNITS_PER_MM / CELL);
  g_free (self->taken);
  self->taken = g_malloc0 ((gsize) self->columns * self->rows);
}

static gboolean
may_fit (const Page *self)
{
  double sum = 0;

  for (guint i = 0; i < self->sheet->items->len; i++)
    sum += area_of (FORCE_ITEM (self->sheet, i));
  return sum <= FILL * (self->columns * CELL - 2 * MARGIN) * (self->rows * CELL - MARGIN - BOTTOM);
}

void
force_sheet_settle (ForceSheet *sheet)
{
  Page self = { .sheet = sheet, .order = g_new (guint, sheet->items->len + 1), .places = g_new0 (ForceVector, sheet->items->len + 1) };
  gboolean fits = FALSE;

  for (guint i = 0; i < sheet->items->len; i++)
    self.order[i] = i;
  g_qsort_with_data (self.order, sheet->items->len, sizeof (guint), compare_areas, sheet);
  for (NudgePaper paper = NUDGE_PAPER_A4; paper <= NUDGE_PAPER_LAST && !fits; paper++)
    {
      open_page (&self, paper);
      sheet->paper = paper;
      if (paper == NUDGE_PAPER_LAST || may_fit (&self))
        fits = fill (&self, paper == NUDGE_PAPER_LAST);
    }
  sheet->overfull = !fits;
  for (guint i = 0; i < sheet->items->len; i++)
    if (!FORCE_ITEM (sheet, i)->fixed)
      FORCE_ITEM (sheet, i)->at = self.places[i];
  g_free (self.taken);
  g_free (self.order);
  g_free (self.places);
}
