#include "drawing/work-air.h"

#include "drawing/router.h"

#define TOLERANCE 14           /* half cells that a text with air may cost more */
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

  if (mark->rects[1] != 0 && work_is_in_corner (self, &self->rects[mark->rects[1]].box))
    return FALSE;
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
        NudgeBox room = work_value_room (self, self->rects[item->text_rects[k]].box);

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
          NudgeBox room = work_value_room (self, *text);

          work_cover_edges (self, text, -1);
          work_cover_edges (self, &room, 1);
        }
}

/* Whether the cluster gathered last has a wire at the end of a text. */
static gboolean
cluster_crowds (const WorkSheet *self, guint net)
{
  for (guint i = 0; i < work_cluster_size (self); i++)
    {
      const WorkNode *node = &self->nodes[work_cluster_node (self, i)];

      if ((node->h == net + 1 && node->text_h != 0) || (node->v == net + 1 && node->text_v != 0))
        return TRUE;
    }
  return FALSE;
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

/* The pins that a cluster of a net joins are joined anew. */
static void
join_anew (WorkSheet *self, guint net, const guint *pins, guint n_pins)
{
  work_cluster_pass (self);
  for (guint i = 0; i < n_pins; i++)
    {
      gint x, y;

      work_pin_stands (self, pins[i], &x, &y);
      if (!work_cluster_seen (self, x, y) && !work_net_mark_at (self, net, x, y))
        work_net_set_homeless (self, net, self->nets[net].homeless + 1);
    }
}

/* Of a net that is never drawn whole: the cluster at a pin. */
static void
draw_cluster_anew (WorkSheet *self, guint net, guint first)
{
  const WorkNet *n = &self->nets[net];
  g_autofree guint *pins = g_new (guint, n->n_pins);
  gint32 before = self->cost;
  guint n_pins = 0, trial;
  gboolean has_mark;
  gint x, y;

  work_pin_stands (self, self->net_pins[n->first_pin + first], &x, &y);
  work_cluster_collect (self, x, y, (guint16) (net + 1), &has_mark);
  if (!has_mark || !cluster_crowds (self, net))
    return;
  for (guint i = 0; i < n->n_pins; i++)
    if (work_pin_stands (self, self->net_pins[n->first_pin + i], &x, &y) && work_cluster_holds (self, x, y))
      {
        /* Each cluster once: from its first pin. */
        if (i < first)
          return;
        pins[n_pins++] = self->net_pins[n->first_pin + i];
      }
  trial = work_begin (self);
  work_net_clear_cluster (self, net);
  join_anew (self, net, pins, n_pins);
  if (self->cost < before)
    work_keep (self, trial);
  else
    work_undo (self, trial);
}

static void
draw_whole_anew (WorkSheet *self, guint net)
{
  gint32 before = self->cost;
  guint32 clusters = self->nets[net].clusters;
  guint trial = work_begin (self);

  work_net_rip (self, net);
  work_net_join (self, net);
  work_net_mark (self, net);
  if (self->cost < before && self->nets[net].clusters <= clusters)
    work_keep (self, trial);
  else
    work_undo (self, trial);
}

/* Draws a net anew where its wires crowd texts. */
static void
draw_net_anew (WorkSheet *self, guint net)
{
  if (work_net_is_whole (&self->nets[net]))
    {
      draw_whole_anew (self, net);
      return;
    }
  for (guint i = 0; i < self->nets[net].n_pins; i++)
    {
      gint x, y;

      if (work_pin_stands (self, self->net_pins[self->nets[net].first_pin + i], &x, &y))
        draw_cluster_anew (self, net, i);
    }
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
