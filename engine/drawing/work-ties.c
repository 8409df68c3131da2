#include "drawing/work-sheet.h"

/* What a reader expects of parts in pairs: signals that run to the right, dividers that stand on one another, rows of
 * equal parts. A tie costs while both of its parts stand and it does not hold, whichever came first. */

#define FARTHEST 24 /* cells from which on a pin is not near any more */

void
work_add_tie (WorkSheet *self, const WorkTie *tie)
{
  g_assert (self->tie_index == NULL && tie->items[0] != tie->items[1]);
  g_array_append_val (self->ties, *tie);
  self->items[tie->items[0]].n_ties++;
  self->items[tie->items[1]].n_ties++;
}

void
work_list_ties (WorkSheet *self)
{
  guint next = 0;

  if (self->ties->len == 0)
    return;
  for (guint i = 0; i < self->n_items; i++)
    {
      self->items[i].first_tie = next;
      next += self->items[i].n_ties;
      self->items[i].n_ties = 0;
    }
  self->tie_index = g_new (guint, next);
  for (guint i = 0; i < self->ties->len; i++)
    for (guint end = 0; end < 2; end++)
      {
        WorkItem *item = &self->items[g_array_index (self->ties, WorkTie, i).items[end]];

        self->tie_index[item->first_tie + item->n_ties++] = i;
      }
}

guint
work_tie_net (const WorkSheet *self, const WorkTie *tie)
{
  const WorkItem *item = &self->items[tie->items[1]];

  for (guint i = 0; i < item->n_pins; i++)
    if (self->pins[item->first_pin + i].shape_pin == tie->pins[1])
      return self->pins[item->first_pin + i].net;
  g_assert_not_reached ();
}

/* One end of a tie where it stands or would stand. */
typedef struct
{
  gint x, y;                   /* origin */
  gint pin_x, pin_y;
  gboolean upright;
} TieEnd;

static TieEnd
end_at (const WorkItem *item, guint pin, gint x, gint y, guint pose)
{
  const WorkPin *p = &item->shape->poses[pose].pins[pin];

  return (TieEnd){ x, y, x + p->dx, y + p->dy, p->exit & 1 };
}

static gint32
tie_cost (const WorkTie *tie, TieEnd a, TieEnd b)
{
  switch ((WorkTieKind) tie->kind)
    {
    case WORK_TIE_FLOW:
      return a.pin_x <= b.pin_x ? 0 : tie->weight;
    case WORK_TIE_UNDER:
      return a.pin_y <= b.pin_y ? 0 : tie->weight;
    case WORK_TIE_BELOW:
      return a.pin_x == b.pin_x && a.pin_y < b.pin_y ? 0 : tie->weight;
    case WORK_TIE_ROW:
      return a.y == b.y && a.upright == b.upright ? 0 : tie->weight;
    case WORK_TIE_COLUMN:
      return a.x == b.x && a.upright == b.upright ? 0 : tie->weight;
    case WORK_TIE_ABREAST:
      return a.upright == b.upright && (a.upright ? a.y == b.y : a.x == b.x) ? 0 : tie->weight;
    case WORK_TIE_NEAR:
      return MIN (ABS (a.pin_x - b.pin_x) + ABS (a.pin_y - b.pin_y), FARTHEST) * tie->weight / FARTHEST;
    case WORK_TIE_LEVEL:
      return a.pin_y == b.pin_y ? 0 : tie->weight;
    case WORK_TIE_STRAIGHT:
      return a.upright == b.upright && (a.upright ? a.pin_x == b.pin_x : a.pin_y == b.pin_y) ? 0 : tie->weight;
    default:
      g_assert_not_reached ();
    }
}

gint32
work_ties_cost (const WorkSheet *self, guint index, gint x, gint y, guint pose)
{
  const WorkItem *item = &self->items[index];
  gint32 cost = 0;

  for (guint i = 0; i < item->n_ties; i++)
    {
      const WorkTie *tie = &g_array_index (self->ties, WorkTie, self->tie_index[item->first_tie + i]);
      guint mine = tie->items[0] == index ? 0 : 1;
      const WorkItem *other = &self->items[tie->items[!mine]];
      TieEnd here, there;

      if (!other->placed)
        continue;
      here = end_at (item, tie->pins[mine], x, y, pose);
      there = end_at (other, tie->pins[!mine], other->x, other->y, other->pose);
      cost += mine == 0 ? tie_cost (tie, here, there) : tie_cost (tie, there, here);
    }
  return cost;
}
