#include "drawing/work-sheet.h"

#include "base/text-metrics.h"

#define PIN_TEXT_REACH NUDGE_MM (1.75) /* number above a pin: gap, height and air */

void
work_pose_to_pose (guint pose, NudgePose *out)
{
  out->turn = pose & 3;
  out->mirror = pose >= 4 ? NUDGE_MIRROR_Y : NUDGE_MIRROR_NONE;
  /* Half a turn mirrored left to right is a symbol turned upside down: say it as KiCad's users do. */
  if (pose == 6)
    {
      out->turn = 0;
      out->mirror = NUDGE_MIRROR_X;
    }
}

guint
work_pose_from_pose (const NudgePose *pose)
{
  switch (pose->mirror)
    {
    case NUDGE_MIRROR_X:
      return 4 + ((pose->turn + 2) & 3);
    case NUDGE_MIRROR_Y:
      return 4 + (pose->turn & 3);
    default:
      return pose->turn & 3;
    }
}

static gboolean
is_visible_text (const char *text)
{
  return text[0] != '\0' && g_strcmp0 (text, "~") != 0;
}

static NudgeBox
pin_line (const NudgeSymbolPin *pin, const NudgePose *at)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 }, dy[4] = { 0, 1, 0, -1 };
  NudgePoint tip = nudge_pose_point (at, pin->at);
  NudgePoint end = { pin->at.x + dx[pin->direction & 3] * pin->length, pin->at.y + dy[pin->direction & 3] * pin->length };
  NudgeBox line = NUDGE_BOX_EMPTY;

  end = nudge_pose_point (at, end);
  nudge_box_add_point (&line, tip.x, tip.y);
  nudge_box_add_point (&line, end.x, end.y);
  return line;
}

/* By how much what is written along a pin is longer than it, at each end. */
static gint32
overhang (const NudgeSymbolPin *pin, gboolean number, gboolean name)
{
  gint32 width = number ? nudge_text_width (pin->number, pin->number_size) : 0;

  if (name)
    width = MAX (width, nudge_text_width (pin->name, pin->name_size));
  return MAX ((width - pin->length) / 2, 0);
}

/* The line of a pin and, with outside texts, what is written along it; relative to the origin. */
static NudgeBox
pin_box (const NudgeSymbol *symbol, const NudgeSymbolPin *pin, const NudgePose *at, guint exit)
{
  gboolean number = !symbol->pin_numbers_hidden && is_visible_text (pin->number) && pin->number_size > 0;
  gboolean name = symbol->pin_name_offset == 0 && !symbol->pin_names_hidden && is_visible_text (pin->name) && pin->name_size > 0;
  gint32 above = number || name ? PIN_TEXT_REACH : NUDGE_MM (0.2);
  gint32 below = number && name ? PIN_TEXT_REACH : NUDGE_MM (0.2);
  gint32 more = overhang (pin, number, name);
  NudgeBox box = pin_line (pin, at);

  if (exit & 1)
    return (NudgeBox){ box.x0 - above, box.y0 - more, box.x1 + below, box.y1 + more };
  return (NudgeBox){ box.x0 - more, box.y0 - above, box.x1 + more, box.y1 + below };
}

gboolean
work_item_pins_meet (const WorkItem *item, const NudgeBox *box)
{
  const WorkShape *shape = item->shape;
  NudgePose at = { { 0, 0 }, 0, 0 };

  work_pose_to_pose (item->pose, &at);
  for (guint i = 0; shape->symbol != NULL && i < shape->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &shape->symbol->pins[shape->pin_index[i]];
      NudgeBox line = pin_box (shape->symbol, pin, &at, shape->poses[item->pose].pins[i].exit);

      line = work_box_at (&line, item->x, item->y);
      if (!pin->hidden && nudge_box_overlaps (&line, box))
        return TRUE;
    }
  return shape->symbol == NULL;
}

/* The way a wire leaves a pin: on from its line, but never into the body, as from a pin without a line that was drawn
 * the wrong way round. */
static guint
pin_exit (const NudgeSymbolPin *pin, const NudgePose *at, const NudgeBox *body)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 }, dy[4] = { 0, -1, 0, 1 };
  guint exit = (nudge_pose_direction (at, pin->direction) + 2) & 3;
  NudgePoint tip = nudge_pose_point (at, pin->at);

  if (nudge_box_contains (body, tip.x + dx[exit] * WORK_CELL, tip.y + dy[exit] * WORK_CELL)
      && !nudge_box_contains (body, tip.x - dx[exit] * WORK_CELL, tip.y - dy[exit] * WORK_CELL))
    return exit ^ 2;
  return exit;
}

static void
fill_pose (WorkShape *self, guint index)
{
  const NudgeSymbol *symbol = self->symbol;
  WorkPose *pose = &self->poses[index];
  NudgeBox body = nudge_symbol_body_box (symbol, self->unit);
  NudgePose at = { { 0, 0 }, 0, 0 };

  work_pose_to_pose (index, &at);
  pose->body = nudge_pose_box (&at, &body);
  pose->full = pose->body;
  for (guint i = 0; i < 4; i++)
    pose->sides[i] = NUDGE_BOX_EMPTY;
  pose->pins = g_new0 (WorkPin, MAX (self->n_pins, 1));
  for (guint i = 0; i < self->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &symbol->pins[self->pin_index[i]];
      NudgePoint tip = nudge_pose_point (&at, pin->at);
      guint exit = pin_exit (pin, &at, &pose->body);

      pose->pins[i].dx = (gint16) (nudge_snap (tip.x, WORK_CELL) / WORK_CELL);
      pose->pins[i].dy = (gint16) (nudge_snap (tip.y, WORK_CELL) / WORK_CELL);
      pose->pins[i].on_grid = tip.x % WORK_CELL == 0 && tip.y % WORK_CELL == 0;
      pose->pins[i].exit = (guint8) exit;
      if (!pin->hidden)
        {
          NudgeBox line = pin_line (pin, &at), box = pin_box (symbol, pin, &at, exit);

          nudge_box_add_box (&pose->full, &line);
          nudge_box_add_box (&pose->sides[exit], &box);
        }
    }
  if (nudge_box_is_empty (&pose->full))
    pose->full = pose->body = (NudgeBox){ -1000, -1000, 1000, 1000 };
}

WorkShape *
work_shape_new (const NudgeSymbol *symbol, guint unit)
{
  WorkShape *self = g_new0 (WorkShape, 1);

  self->symbol = symbol;
  self->unit = unit;
  self->n_poses = WORK_POSES;
  self->pin_index = g_new (guint, symbol->n_pins + 1);
  for (guint i = 0; i < symbol->n_pins; i++)
    if (nudge_symbol_pin_in_unit (&symbol->pins[i], unit))
      self->pin_index[self->n_pins++] = i;
  for (guint i = 0; i < WORK_POSES; i++)
    fill_pose (self, i);
  return self;
}

WorkShape *
work_shape_new_box (gint width, gint height, gint32 text_width, const WorkPin *pins, guint n_pins)
{
  WorkShape *self = g_new0 (WorkShape, 1);
  WorkPose *pose = &self->poses[0];
  gint32 right = MAX (width * WORK_CELL, text_width);

  self->n_poses = 1;
  self->n_pins = n_pins;
  pose->body = (NudgeBox){ 0, 0, width * WORK_CELL, height * WORK_CELL };
  /* The name stands above the box and its file below. */
  pose->full = (NudgeBox){ 0, -NUDGE_MM (2.2), right, height * WORK_CELL + NUDGE_MM (2.2) };
  pose->sides[0] = (NudgeBox){ width * WORK_CELL, 0, width * WORK_CELL, height * WORK_CELL };
  pose->sides[2] = (NudgeBox){ 0, 0, 0, height * WORK_CELL };
  pose->sides[1] = (NudgeBox){ 0, -NUDGE_MM (2.2), right, 0 };
  pose->sides[3] = (NudgeBox){ 0, height * WORK_CELL, right, height * WORK_CELL + NUDGE_MM (2.2) };
  pose->pins = g_new0 (WorkPin, MAX (n_pins, 1));
  for (guint i = 0; i < n_pins; i++)
    pose->pins[i] = pins[i];
  return self;
}

void
work_shape_free (WorkShape *self)
{
  for (guint i = 0; i < WORK_POSES; i++)
    g_free (self->poses[i].pins);
  g_free (self->pin_index);
  g_free (self);
}
