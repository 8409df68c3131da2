#include "drawing/work-sheet.h"

#include "base/text-metrics.h"

/* Labels and power symbols: their boxes and their places. */

#define SIZE NUDGE_MM (1.27)

static NudgeBox
turned (NudgePoint at, guint direction, gint32 length, gint32 above, gint32 below)
{
  switch (direction)
    {
    case 0:
      return (NudgeBox){ at.x, at.y - above, at.x + length, at.y + below };
    case 1:
      return (NudgeBox){ at.x - above, at.y - length, at.x + below, at.y };
    case 2:
      return (NudgeBox){ at.x - length, at.y - above, at.x, at.y + below };
    default:
      return (NudgeBox){ at.x - above, at.y, at.x + below, at.y + length };
    }
}

NudgeBox
work_label_box (const WorkSheet *self, const WorkNet *net, gint x, gint y, guint direction)
{
  NudgePoint at = { x * WORK_CELL, y * WORK_CELL };

  if (net->global)
    return turned (at, direction, net->label_width + SIZE * 29 / 10, SIZE * 9 / 10, SIZE * 9 / 10);
  if (net->port)
    return turned (at, direction, net->label_width + SIZE * 115 / 100, SIZE * 62 / 100, SIZE * 62 / 100);
  /* The text of a local label stands above or left of its line. */
  return turned (at, direction, net->label_width, SIZE * 127 / 100, -SIZE * 15 / 100);
}

NudgeBox
work_text_room (const WorkSheet *self, NudgeBox text, guint ends)
{
  if (ends & 1)
    text.x1 += self->text_end;
  if (ends & 2)
    text.y0 -= self->text_end;
  if (ends & 4)
    text.x0 -= self->text_end;
  if (ends & 8)
    text.y1 += self->text_end;
  return text;
}

NudgeBox
work_value_room (const WorkSheet *self, NudgeBox text)
{
  gint32 above = MIN (self->text_end, WORK_TEXT_SIDE);

  text.y0 -= above;
  text.y1 += above;
  return work_text_room (self, text, 1 | 4);
}

void
work_power_boxes (const WorkSheet *self, const WorkNet *net, gboolean flag, gint x, gint y, guint direction, NudgeBox *body, NudgeBox *text)
{
  const NudgeSymbol *symbol = flag ? self->plan->flag_symbol : self->sheet->nets[net->plan].power_symbol;
  NudgePose pose = { { 0, 0 }, 0, 0 };
  gint32 half = (flag ? nudge_text_width ("PWR_FLAG", SIZE) : net->label_width) / 2, middle;

  work_power_pose (symbol, x, y, direction, &pose);
  *body = nudge_symbol_body_box (symbol, 1);
  *body = nudge_pose_box (&pose, body);
  nudge_box_add_point (body, x * WORK_CELL, y * WORK_CELL);
  middle = direction == 1 ? body->y0 - NUDGE_MM (1.0) : body->y1 + NUDGE_MM (1.0);
  *text = (NudgeBox){ x * WORK_CELL - half, middle - SIZE / 2, x * WORK_CELL + half, middle + SIZE / 2 };
}

void
work_power_pose (const NudgeSymbol *symbol, gint x, gint y, guint direction, NudgePose *pose)
{
  NudgeBox box = nudge_symbol_body_box (symbol, 1);
  NudgePoint pin = symbol->n_pins > 0 ? symbol->pins[0].at : (NudgePoint){ 0, 0 };
  gboolean natural_up = box.y0 + box.y1 >= 2 * pin.y;
  NudgePoint offset;

  *pose = (NudgePose){ { 0, 0 }, natural_up == (direction == 1) ? 0 : 2, NUDGE_MIRROR_NONE };
  offset = nudge_pose_point (pose, pin);
  pose->at = (NudgePoint){ x * WORK_CELL - offset.x, y * WORK_CELL - offset.y };
}

/* A label begins at its anchor, a value stands level. */
NudgeBox
work_mark_room (const WorkSheet *self, const WorkMark *mark)
{
  NudgeBox text = self->rects[mark->rects[0]].box;

  return mark->kind == WORK_MARK_LABEL ? work_text_room (self, text, 1u << mark->direction) : work_value_room (self, text);
}

static void
add_rects (WorkSheet *self, WorkMark *mark)
{
  const WorkNet *net = &self->nets[mark->net];
  NudgeBox body, text, room;
  guint32 rect = 0;

  if (mark->kind == WORK_MARK_LABEL)
    text = work_label_box (self, net, mark->x, mark->y, mark->direction);
  else
    {
      work_power_boxes (self, net, mark->kind == WORK_MARK_FLAG, mark->x, mark->y, mark->direction, &body, &text);
      rect = work_add_rect (self, &body, WORK_RECT_POWER, NUDGE_NONE, mark->net + 1);
      work_cover_edges (self, &body, WORK_TEXT_LAYERS);
    }
  WORK_SET (self, mark->rects[1], rect);
  WORK_SET (self, mark->rects[0], work_add_rect (self, &text, WORK_RECT_TEXT, NUDGE_NONE, mark->net + 1));
  room = work_mark_room (self, mark);
  work_cover_text (self, &text, &room, 1);
}

guint32
work_add_mark (WorkSheet *self, guint net, WorkMarkKind kind, gint x, gint y, guint direction, gint32 cost)
{
  guint32 index;
  WorkMark *mark;
  gsize n = work_node (self, x, y);

  if (self->free_mark != 0)
    {
      index = self->free_mark - 1;
      WORK_SET (self, self->free_mark, self->marks[index].next);
    }
  else
    {
      g_assert (self->n_marks < self->max_marks);
      index = self->n_marks;
      WORK_SET (self, self->n_marks, index + 1);
    }
  mark = &self->marks[index];
  WORK_SET (self, mark->live, 1);
  WORK_SET (self, mark->net, net);
  WORK_SET (self, mark->kind, kind);
  WORK_SET (self, mark->x, x);
  WORK_SET (self, mark->y, y);
  WORK_SET (self, mark->direction, direction);
  WORK_SET (self, mark->cost, cost);
  WORK_SET (self, mark->next, self->nets[net].first_mark);
  WORK_SET (self, self->nets[net].first_mark, index + 1);
  WORK_SET (self, self->nodes[n].mark_at, (guint16) (net + 1));
  WORK_SET (self, self->cost, self->cost + cost);
  add_rects (self, mark);
  return index;
}

void
work_remove_mark (WorkSheet *self, guint32 index)
{
  WorkMark *mark = &self->marks[index];
  guint32 *at = &self->nets[mark->net].first_mark;
  gsize n = work_node (self, mark->x, mark->y);
  NudgeBox text, room;

  g_assert (mark->live);
  text = self->rects[mark->rects[0]].box;
  room = work_mark_room (self, mark);
  work_remove_rect (self, mark->rects[0]);
  work_cover_text (self, &text, &room, -1);
  if (mark->rects[1] != 0)
    {
      NudgeBox body = self->rects[mark->rects[1]].box;

      work_remove_rect (self, mark->rects[1]);
      work_cover_edges (self, &body, -WORK_TEXT_LAYERS);
    }
  while (*at != index + 1)
    at = &self->marks[*at - 1].next;
  WORK_SET (self, *at, mark->next);
  WORK_SET (self, mark->live, 0);
  WORK_SET (self, mark->next, self->free_mark);
  WORK_SET (self, self->free_mark, index + 1);
  WORK_SET (self, self->nodes[n].mark_at, 0);
  WORK_SET (self, self->cost, self->cost - mark->cost);
}
