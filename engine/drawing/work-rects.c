#include "drawing/work-sheet.h"

#include <string.h>

/* Boxes by place: each square of the sheet has a list of the boxes that touch it. Links live in chunks that never
 * move, so that the journal may keep addresses. */

#define BIN (8 * WORK_CELL)
#define CHUNK 4096

typedef struct
{
  guint32 rect;
  guint32 next; /* +1 */
} Link;

typedef struct _WorkBins WorkBins;

struct _WorkBins
{
  gint columns, rows;
  guint32 *heads; /* +1 */
  GPtrArray *chunks;
  guint32 n_links, free_link;
};

void
work_bins_new (WorkSheet *self)
{
  WorkBins *bins = g_new0 (WorkBins, 1);

  bins->columns = self->width / 8 + 2;
  bins->rows = self->height / 8 + 2;
  bins->heads = g_new0 (guint32, (gsize) bins->columns * bins->rows);
  bins->chunks = g_ptr_array_new_with_free_func (g_free);
  self->bins = bins;
}

void
work_bins_free (WorkSheet *self)
{
  if (self->bins == NULL)
    return;
  g_free (self->bins->heads);
  g_ptr_array_unref (self->bins->chunks);
  g_clear_pointer (&self->bins, g_free);
}

static Link *
get_link (WorkBins *bins, guint32 index)
{
  Link *chunk = g_ptr_array_index (bins->chunks, index / CHUNK);
  return &chunk[index % CHUNK];
}

static guint32
take_link (WorkSheet *self)
{
  WorkBins *bins = self->bins;
  guint32 index;

  if (bins->free_link != 0)
    {
      index = bins->free_link - 1;
      WORK_SET (self, bins->free_link, get_link (bins, index)->next);
      return index;
    }
  index = bins->n_links;
  WORK_SET (self, bins->n_links, index + 1);
  if (index / CHUNK >= bins->chunks->len)
    g_ptr_array_add (bins->chunks, g_new0 (Link, CHUNK));
  return index;
}

/* The bins that a box touches, kept inside the sheet. */
static void
bin_range (const WorkBins *bins, const NudgeBox *box, gint *x0, gint *y0, gint *x1, gint *y1)
{
  *x0 = CLAMP (box->x0 / BIN, 0, bins->columns - 1);
  *y0 = CLAMP (box->y0 / BIN, 0, bins->rows - 1);
  *x1 = CLAMP (box->x1 / BIN, 0, bins->columns - 1);
  *y1 = CLAMP (box->y1 / BIN, 0, bins->rows - 1);
}

static guint32
take_rect (WorkSheet *self)
{
  guint32 index;

  if (self->free_rect != 0)
    {
      index = self->free_rect;
      WORK_SET (self, self->free_rect, self->rects[index].net);
      return index;
    }
  g_assert (self->n_rects < self->max_rects);
  index = self->n_rects;
  WORK_SET (self, self->n_rects, index + 1);
  return index;
}

guint32
work_add_rect (WorkSheet *self, const NudgeBox *box, WorkRectKind kind, guint owner, guint net_plus_1)
{
  WorkBins *bins = self->bins;
  guint32 index = take_rect (self);
  WorkRect *rect = &self->rects[index];
  gint x0, y0, x1, y1;

  WORK_SET (self, rect->box.x0, box->x0);
  WORK_SET (self, rect->box.y0, box->y0);
  WORK_SET (self, rect->box.x1, box->x1);
  WORK_SET (self, rect->box.y1, box->y1);
  WORK_SET (self, rect->kind, kind);
  WORK_SET (self, rect->owner, owner);
  WORK_SET (self, rect->net, net_plus_1);
  bin_range (bins, box, &x0, &y0, &x1, &y1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      {
        guint32 *head = &bins->heads[y * bins->columns + x];
        guint32 number = take_link (self);
        Link *item = get_link (bins, number);

        WORK_SET (self, item->rect, index);
        WORK_SET (self, item->next, *head);
        WORK_SET (self, *head, number + 1);
      }
  return index;
}

static void
unlink_rect (WorkSheet *self, guint32 *head, guint32 rect)
{
  WorkBins *bins = self->bins;
  guint32 *at = head;

  while (*at != 0)
    {
      guint32 number = *at - 1;
      Link *item = get_link (bins, number);

      if (item->rect == rect)
        {
          WORK_SET (self, *at, item->next);
          WORK_SET (self, item->next, bins->free_link);
          WORK_SET (self, bins->free_link, number + 1);
          return;
        }
      at = &item->next;
    }
}

void
work_remove_rect (WorkSheet *self, guint32 index)
{
  WorkBins *bins = self->bins;
  WorkRect *rect = &self->rects[index];
  gint x0, y0, x1, y1;

  bin_range (bins, &rect->box, &x0, &y0, &x1, &y1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      unlink_rect (self, &bins->heads[y * bins->columns + x], index);
  WORK_SET (self, rect->kind, WORK_RECT_FREE);
  WORK_SET (self, rect->net, self->free_rect);
  WORK_SET (self, self->free_rect, index);
}

gboolean
work_each_rect (WorkSheet *self, const NudgeBox *box, WorkRectFunc func, gpointer data)
{
  WorkBins *bins = self->bins;
  guint32 stamp = ++self->stamp;
  gint x0, y0, x1, y1;

  bin_range (bins, box, &x0, &y0, &x1, &y1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      for (guint32 at = bins->heads[y * bins->columns + x]; at != 0;)
        {
          const Link *item = get_link (bins, at - 1);
          WorkRect *rect = &self->rects[item->rect];

          at = item->next;
          if (rect->seen == stamp)
            continue;
          rect->seen = stamp;
          if (nudge_box_overlaps (&rect->box, box) && func (self, rect, data))
            return TRUE;
        }
  return FALSE;
}

/* First and last cell whose line lies strictly inside an interval. */
static void
inner_cells (gint32 low, gint32 high, gint limit, gint *first, gint *last)
{
  *first = CLAMP (low / WORK_CELL + 1, 0, limit - 1);
  *last = CLAMP ((high - 1) / WORK_CELL, 0, limit - 1);
  if (low < 0)
    *first = 0;
}

void
work_cover_edges (WorkSheet *self, const NudgeBox *box, gint layers)
{
  gint x0, x1, y0, y1, ex0 = MAX (box->x0 / WORK_CELL, 0), ey0 = MAX (box->y0 / WORK_CELL, 0);

  inner_cells (box->x0, box->x1, self->width, &x0, &x1);
  inner_cells (box->y0, box->y1, self->height, &y0, &y1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = ex0; x <= x1; x++)
      {
        gsize n = work_node (self, x, y);

        WORK_SET (self, self->nodes[n].text_h, (guint8) (self->nodes[n].text_h + layers));
        if (self->nodes[n].h != 0)
          WORK_SET (self, self->cost, self->cost + layers * WORK_TEXT_HIT);
      }
  for (gint y = ey0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      {
        gsize n = work_node (self, x, y);

        WORK_SET (self, self->nodes[n].text_v, (guint8) (self->nodes[n].text_v + layers));
        if (self->nodes[n].v != 0)
          WORK_SET (self, self->cost, self->cost + layers * WORK_TEXT_HIT);
      }
}

void
work_cover_text (WorkSheet *self, const NudgeBox *text, const NudgeBox *room, gint sign)
{
  work_cover_edges (self, text, sign * WORK_TEXT_LAYERS);
  if (self->text_end == 0)
    return;
  work_cover_edges (self, room, sign);
  work_cover_edges (self, text, -sign);
}

guint
work_wires_in_box (const WorkSheet *self, const NudgeBox *box)
{
  gint x0, x1, y0, y1, ex0 = MAX (box->x0 / WORK_CELL, 0), ey0 = MAX (box->y0 / WORK_CELL, 0);
  guint n_wires = 0;

  inner_cells (box->x0, box->x1, self->width, &x0, &x1);
  inner_cells (box->y0, box->y1, self->height, &y0, &y1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = ex0; x <= x1; x++)
      n_wires += self->nodes[work_node (self, x, y)].h != 0;
  for (gint y = ey0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      n_wires += self->nodes[work_node (self, x, y)].v != 0;
  return n_wires;
}

typedef struct
{
  NudgeBox box;
  guint16 net;                 /* +1 */
} SolidQuery;

static gboolean
is_solid (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const SolidQuery *query = data;
  const WorkItem *item;

  if ((rect->kind != WORK_RECT_BODY && rect->kind != WORK_RECT_PINS) || rect->owner == NUDGE_NONE)
    return FALSE;
  item = &self->items[rect->owner];
  for (guint i = 0; i < item->n_pins; i++)
    if (self->pins[item->first_pin + i].net + 1 == query->net)
      return FALSE;
  return rect->kind == WORK_RECT_BODY || work_item_pins_meet (item, &query->box);
}

gboolean
work_node_is_solid (WorkSheet *self, gsize node, guint16 net)
{
  NudgePoint at = { (gint32) (node % self->width) * WORK_CELL, (gint32) (node / self->width) * WORK_CELL };
  SolidQuery query = { { at.x - 100, at.y - 100, at.x + 100, at.y + 100 }, net };

  return work_each_rect (self, &query.box, is_solid, &query);
}
