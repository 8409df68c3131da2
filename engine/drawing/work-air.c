#include "drawing/work-air.h"

#include "drawing/router.h"

#define TOLERANCE 20           /* half cells that a text with air may cost more */
#define EDGE NUDGE_MM (0.02)

typedef struct
{
  NudgeBox text;
  const WorkMark *mark;
  const WorkSheet *sheet;
} AirQuery;

/* Labels on neighbouring pins stand in a column. */
static gboolean
is_of_column (const AirQuery *query, const WorkRect *rect)
{
  guint across = query->mark->direction & 1;

  return query->mark->kind == WORK_MARK_LABEL && rect->owner == NUDGE_NONE && rect->net != 0
         && (across ? rect->box.y1 - rect->box.y0 > rect->box.x1 - rect->box.x0 : rect->box.x1 - rect->box.x0 > rect->box.y1 - rect->box.y0);
}

static gboolean
is_close (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const AirQuery *query = data;
  NudgeBox near = nudge_box_grown (rect->box, WORK_AIR - EDGE);

  if (rect == &self->rects[query->mark->rects[0]] || rect == &self->rects[query->mark->rects[1]] || rect->kind != WORK_RECT_TEXT)
    return FALSE;
  return nudge_box_overlaps (&near, &query->text) && (!is_of_column (query, rect) || nudge_box_overlaps (&rect->box, &query->text));
}

static gboolean
has_air (WorkSheet *self, const WorkMark *mark)
{
  AirQuery query = { self->rects[mark->rects[0]].box, mark, self };
  NudgeBox room = work_mark_room (self, mark), around = nudge_box_grown (query.text, WORK_AIR);

  return work_wires_in_box (self, &room) == 0 && !work_each_rect (self, &around, is_close, &query);
}

/* A pin of the cluster that a mark hangs on. */
static gboolean
pin_of_mark (WorkSheet *self, const WorkMark *mark, gint *x, gint *y)
{
  const WorkNet *net = &self->nets[mark->net];

  work_cluster_collect (self, mark->x, mark->y, (guint16) (mark->net + 1), NULL);
  for (guint i = 0; i < net->n_pins; i++)
    if (work_pin_stands (self, self->net_pins[net->first_pin + i], x, y) && work_cluster_holds (self, *x, *y))
      return TRUE;
  return FALSE;
}

static void
set_mark_anew (WorkSheet *self, guint32 index)
{
  WorkMark old = self->marks[index];
  gint32 before = self->cost;
  guint trial;
  gint x, y;

  if (old.kind == WORK_MARK_FLAG || !pin_of_mark (self, &self->marks[index], &x, &y))
    return;
  trial = work_begin (self);
  work_remove_mark (self, index);
  work_net_trim (self, old.x, old.y, (guint16) (old.net + 1));
  if (work_net_mark_at (self, old.net, x, y) && self->cost <= before + TOLERANCE)
    work_keep (self, trial);
  else
    work_undo (self, trial);
}

static void
set_fields_anew (WorkSheet *self, guint item)
{
  gint32 before = self->cost;
  guint trial = work_begin (self);

  work_remove_fields (self, item);
  work_place_fields (self, item);
  if (self->cost < before)
    work_keep (self, trial);
  else
    work_undo (self, trial);
}

static gboolean
is_crowded (const WorkSheet *self, const WorkItem *item)
{
  for (guint k = 0; k < 2; k++)
    if (item->text_rects[k] != 0)
      {
        NudgeBox room = work_text_room (self, self->rects[item->text_rects[k]].box, WORK_LEVEL_ENDS);

        if (work_wires_in_box (self, &room) > 0)
          return TRUE;
      }
  return item->text_cost >= 30;
}

void
work_open_text_ends (WorkSheet *self)
{
  g_assert (self->text_end == 0);
  self->text_end = WORK_TEXT_END;
  for (guint i = 0; i < self->n_marks; i++)
    if (self->marks[i].live)
      {
        NudgeBox room = work_mark_room (self, &self->marks[i]);

        work_cover_edges (self, &self->rects[self->marks[i].rects[0]].box, -1);
        work_cover_edges (self, &room, 1);
      }
  for (guint i = 0; i < self->n_items; i++)
    for (guint k = 0; k < 2; k++)
      if (self->items[i].text_rects[k] != 0)
        {
          const NudgeBox *text = &self->rects[self->items[i].text_rects[k]].box;
          NudgeBox room = work_text_room (self, *text, WORK_LEVEL_ENDS);

          work_cover_edges (self, text, -1);
          work_cover_edges (self, &room, 1);
        }
}

/* Nets with a wire at the end of a text. */
static void
list_crowding (WorkSheet *self, gboolean *nets)
{
  for (gint y = 1; y < self->height - 1; y++)
    for (gint x = 1; x < self->width - 1; x++)
      {
        const WorkNode *node = &self->nodes[work_node (self, x, y)];

        if (node->h != 0 && node->text_h != 0)
          nets[node->h - 1] = TRUE;
        if (node->v != 0 && node->text_v != 0)
          nets[node->v - 1] = TRUE;
      }
}

/* Draws a net anew, once the texts say where they want air. */
static void
draw_net_anew (WorkSheet *self, guint net)
{
  gint32 before = self->cost;
  guint32 clusters = self->nets[net].clusters;
  guint trial;

  if (!work_net_is_whole (&self->nets[net]))
    return;
  trial = work_begin (self);
  work_net_rip (self, net);
  work_net_join (self, net);
  work_net_mark (self, net);
  if (self->cost < before && self->nets[net].clusters <= clusters)
    work_keep (self, trial);
  else
    work_undo (self, trial);
}

void
work_give_air (WorkSheet *self)
{
  g_autofree gboolean *crowding = g_new0 (gboolean, self->n_nets + 1);
  guint n_marks = self->n_marks;

  work_open_text_ends (self);
  for (guint i = 0; i < n_marks && !work_is_stopped (self); i++)
    if (self->marks[i].live && !has_air (self, &self->marks[i]))
      set_mark_anew (self, i);
  for (guint i = 0; i < self->n_items && !work_is_stopped (self); i++)
    if (self->items[i].placed && self->items[i].role != WORK_ROLE_BOX && is_crowded (self, &self->items[i]))
      set_fields_anew (self, i);
  list_crowding (self, crowding);
  for (guint net = 0; net < self->n_nets && !work_is_stopped (self); net++)
    if (crowding[net])
      draw_net_anew (self, net);
}
