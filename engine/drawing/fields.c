#include "drawing/router.h"
#include "drawing/work-routes.h"

#include "base/text-metrics.h"

/* Reference and value of an item: the place where nothing is under them, nearest to where a reader looks. */

#define SIZE NUDGE_MM (1.27)
#define PITCH NUDGE_MM (1.9)
#define GAP NUDGE_MM (0.65)
#define HIT 40

/* One way to set the two texts. */
typedef struct
{
  NudgePoint at[2];
  WorkFieldAlign align[2];
  gint32 taste;
} Slot;

typedef struct
{
  NudgeBox box;
  guint hits;
  guint owner;
} FieldQuery;

static NudgeBox
field_box (NudgePoint at, WorkFieldAlign align, gint32 width)
{
  gint32 x0 = at.x;

  if (align == WORK_FIELD_CENTER)
    x0 -= width / 2;
  else if (align == WORK_FIELD_RIGHT)
    x0 -= width;
  return (NudgeBox){ x0, at.y - SIZE / 2, x0 + width, at.y + SIZE / 2 };
}

static gboolean
count_hit (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  FieldQuery *query = data;
  gint32 air = rect->kind == WORK_RECT_TEXT || (rect->kind == WORK_RECT_PINS && rect->owner != query->owner) ? NUDGE_MM (0.52) : NUDGE_MM (0.2);
  NudgeBox grown = nudge_box_grown (rect->box, air);

  if (rect->kind == WORK_RECT_CHANNEL)
    return FALSE;
  if (nudge_box_overlaps (&grown, &query->box))
    query->hits++;
  return query->hits > 3;
}

static gboolean
count_overlap (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const FieldQuery *query = data;

  return rect->kind != WORK_RECT_CHANNEL && rect->owner != query->owner;
}

static gint32
box_price (WorkSheet *self, guint owner, const NudgeBox *box)
{
  FieldQuery query = { *box, 0, owner };
  NudgeBox around = nudge_box_grown (*box, NUDGE_MM (0.55)), wires = work_value_room (self, nudge_box_grown (*box, NUDGE_MM (0.2)));
  gint32 price;

  if (box->x0 < WORK_CELL || box->y0 < WORK_CELL || box->x1 > (self->width - 2) * WORK_CELL || box->y1 > (self->height - 2) * WORK_CELL)
    return 1000;
  work_each_rect (self, &around, count_hit, &query);
  price = HIT * (gint32) query.hits;
  price += HIT * (gint32) MIN (work_wires_in_box (self, &wires), 3);
  for (gint y = box->y0 / WORK_CELL + 1; y <= (box->y1 - 1) / WORK_CELL; y++)
    for (gint x = box->x0 / WORK_CELL + 1; x <= (box->x1 - 1) / WORK_CELL; x++)
      if (self->nodes[work_node (self, x, y)].zone != 0)
        price += 2;
  return price;
}

typedef struct
{
  WorkSheet *sheet;
  guint item;
  gint32 best_price;
  Slot best;
} Choice;

static void
try_slot (Choice *choice, Slot slot)
{
  WorkSheet *self = choice->sheet;
  const WorkItem *item = &self->items[choice->item];
  gint32 price = slot.taste;

  for (guint i = 0; i < 2 && price < choice->best_price; i++)
    if (item->text_widths[i] > 0)
      {
        NudgeBox box = field_box (slot.at[i], slot.align[i], item->text_widths[i]);
        price += box_price (self, choice->item, &box);
      }
  if (price < choice->best_price)
    {
      choice->best_price = price;
      choice->best = slot;
    }
}

/* Half the distance between the two lines; none when there is but one. */
static gint32
half_pitch (const Choice *choice)
{
  const WorkItem *item = &choice->sheet->items[choice->item];

  return item->text_widths[0] > 0 && item->text_widths[1] > 0 ? PITCH / 2 : 0;
}

/* Both texts beside a box. */
static void
try_beside (Choice *choice, const NudgeBox *body, gboolean right, gint32 shift, gint32 distance, gint32 taste)
{
  gint32 middle = (body->y0 + body->y1) / 2 + shift;
  gint32 x = right ? body->x1 + distance : body->x0 - distance;
  gint32 half = half_pitch (choice);
  WorkFieldAlign align = right ? WORK_FIELD_LEFT : WORK_FIELD_RIGHT;

  try_slot (choice, (Slot){ { { x, middle - half }, { x, middle + half } }, { align, align }, taste });
}

/* Both texts above or below a box. */
static void
try_stacked (Choice *choice, const NudgeBox *body, gboolean above, gint32 x, WorkFieldAlign align, gint32 distance, gint32 taste)
{
  gint32 pitch = 2 * half_pitch (choice);
  gint32 first = above ? body->y0 - distance - SIZE / 2 - pitch : body->y1 + distance + SIZE / 2;

  try_slot (choice, (Slot){ { { x, first }, { x, first + pitch } }, { align, align }, taste });
}

/* Reference above, value below. */
static void
try_split (Choice *choice, const NudgeBox *body, gint32 x, WorkFieldAlign align, gint32 distance, gint32 taste)
{
  try_slot (choice, (Slot){ { { x, body->y0 - distance - SIZE / 2 }, { x, body->y1 + distance + SIZE / 2 } }, { align, align }, taste });
}

static void
try_around (Choice *choice, const NudgeBox *body, gboolean upright)
{
  gint32 middle = (body->x0 + body->x1) / 2;

  for (guint ring = 0; ring < 4 && choice->best_price > (gint32) ring * 5; ring++)
    {
      gint32 distance = GAP + (gint32) ring * WORK_CELL, taste = (gint32) ring * 5;

      if (upright)
        {
          for (gint shift = 0; shift <= 2; shift++)
            {
              try_beside (choice, body, TRUE, shift * WORK_CELL, distance, taste + shift * 2);
              try_beside (choice, body, TRUE, -shift * WORK_CELL, distance, taste + shift * 2);
              try_beside (choice, body, FALSE, shift * WORK_CELL, distance, taste + 2 + shift * 2);
              try_beside (choice, body, FALSE, -shift * WORK_CELL, distance, taste + 2 + shift * 2);
            }
          try_stacked (choice, body, TRUE, middle, WORK_FIELD_CENTER, distance, taste + 6);
          try_stacked (choice, body, FALSE, middle, WORK_FIELD_CENTER, distance, taste + 7);
          continue;
        }
      try_split (choice, body, middle, WORK_FIELD_CENTER, distance, taste + 1);
      try_stacked (choice, body, TRUE, middle, WORK_FIELD_CENTER, distance, taste);
      try_stacked (choice, body, FALSE, middle, WORK_FIELD_CENTER, distance, taste + 2);
      for (gint shift = 1; shift <= 3; shift++)
        {
          try_stacked (choice, body, TRUE, middle + shift * WORK_CELL, WORK_FIELD_CENTER, distance, taste + 2 * shift);
          try_stacked (choice, body, TRUE, middle - shift * WORK_CELL, WORK_FIELD_CENTER, distance, taste + 2 * shift);
          try_stacked (choice, body, FALSE, middle + shift * WORK_CELL, WORK_FIELD_CENTER, distance, taste + 2 + 2 * shift);
          try_stacked (choice, body, FALSE, middle - shift * WORK_CELL, WORK_FIELD_CENTER, distance, taste + 2 + 2 * shift);
        }
      try_beside (choice, body, TRUE, 0, distance, taste + 7);
      try_beside (choice, body, FALSE, 0, distance, taste + 8);
    }
}

/* Boxes with pins on several sides: texts in the corners, on the left edge first. */
static void
try_chip (Choice *choice, const NudgeBox *body)
{
  gint32 middle = (body->x0 + body->x1) / 2;

  for (guint ring = 0; ring < 5 && choice->best_price > (gint32) ring * 5; ring++)
    {
      gint32 distance = GAP + (gint32) ring * WORK_CELL, taste = (gint32) ring * 5;

      try_stacked (choice, body, TRUE, body->x0, WORK_FIELD_LEFT, distance, taste);
      try_stacked (choice, body, TRUE, body->x1, WORK_FIELD_RIGHT, distance, taste + 1);
      try_stacked (choice, body, TRUE, middle, WORK_FIELD_CENTER, distance, taste + 1);
      try_split (choice, body, body->x0, WORK_FIELD_LEFT, distance, taste + 1);
      try_split (choice, body, body->x1, WORK_FIELD_RIGHT, distance, taste + 2);
      try_split (choice, body, middle, WORK_FIELD_CENTER, distance, taste + 2);
      try_stacked (choice, body, FALSE, body->x0, WORK_FIELD_LEFT, distance, taste + 2);
      try_stacked (choice, body, FALSE, body->x1, WORK_FIELD_RIGHT, distance, taste + 3);
      try_stacked (choice, body, FALSE, middle, WORK_FIELD_CENTER, distance, taste + 3);
      for (gint shift = 1; shift <= 2; shift++)
        {
          try_stacked (choice, body, TRUE, body->x0 - shift * WORK_CELL, WORK_FIELD_RIGHT, distance, taste + 4 + shift);
          try_stacked (choice, body, TRUE, body->x1 + shift * WORK_CELL, WORK_FIELD_LEFT, distance, taste + 4 + shift);
          try_stacked (choice, body, TRUE, middle + shift * WORK_CELL, WORK_FIELD_LEFT, distance, taste + 2 + shift);
          try_stacked (choice, body, TRUE, middle - shift * WORK_CELL, WORK_FIELD_RIGHT, distance, taste + 2 + shift);
          try_stacked (choice, body, FALSE, middle + shift * WORK_CELL, WORK_FIELD_LEFT, distance, taste + 4 + shift);
          try_stacked (choice, body, FALSE, middle - shift * WORK_CELL, WORK_FIELD_RIGHT, distance, taste + 4 + shift);
        }
      try_beside (choice, body, TRUE, 0, distance, taste + 6);
      try_beside (choice, body, FALSE, 0, distance, taste + 7);
      for (gint shift = 1; shift <= 4; shift++)
        {
          try_beside (choice, body, TRUE, shift * WORK_CELL, distance, taste + 7 + shift);
          try_beside (choice, body, TRUE, -shift * WORK_CELL, distance, taste + 7 + shift);
          try_beside (choice, body, FALSE, shift * WORK_CELL, distance, taste + 8 + shift);
          try_beside (choice, body, FALSE, -shift * WORK_CELL, distance, taste + 8 + shift);
        }
    }
}

/* Whether the pins leave up or down only, so that the texts belong beside the body. */
static gboolean
is_upright (const WorkItem *item)
{
  const WorkPose *pose = &item->shape->poses[item->pose];

  return nudge_box_is_empty (&pose->sides[0]) && nudge_box_is_empty (&pose->sides[2]);
}

void
work_remove_fields (WorkSheet *self, guint index)
{
  WorkItem *item = &self->items[index];

  for (guint i = 0; i < 2; i++)
    if (item->text_rects[i] != 0)
      {
        NudgeBox text = self->rects[item->text_rects[i]].box, room = work_value_room (self, text);

        work_remove_rect (self, item->text_rects[i]);
        work_cover_text (self, &text, &room, -1);
        WORK_SET (self, item->text_rects[i], 0);
      }
  WORK_SET (self, self->cost, self->cost - item->text_cost);
  WORK_SET (self, item->text_cost, 0);
}

static void
set_field (WorkSheet *self, guint index, guint i, NudgePoint at, WorkFieldAlign align)
{
  WorkItem *item = &self->items[index];
  NudgeBox box = field_box (at, align, item->text_widths[i]), room;

  WORK_SET (self, item->fields[i].at.x, at.x);
  WORK_SET (self, item->fields[i].at.y, at.y);
  WORK_SET (self, item->fields[i].align, align);
  if (item->text_widths[i] <= 0)
    return;
  WORK_SET (self, item->text_rects[i], work_add_rect (self, &box, WORK_RECT_TEXT, index, 0));
  room = work_value_room (self, box);
  work_cover_text (self, &box, &room, 1);
}

void
work_copy_fields (WorkSheet *self, guint index, const WorkItem *from, gint dx, gint dy)
{
  for (guint i = 0; i < 2; i++)
    {
      NudgePoint at = { from->fields[i].at.x + dx * WORK_CELL, from->fields[i].at.y + dy * WORK_CELL };

      if (from->fields[i].align != WORK_FIELD_NONE)
        set_field (self, index, i, at, (WorkFieldAlign) from->fields[i].align);
    }
  WORK_SET (self, self->items[index].text_cost, from->text_cost);
  WORK_SET (self, self->cost, self->cost + from->text_cost);
}

gboolean
work_restore_fields (WorkSheet *self, guint index, const RoutedUnit *unit)
{
  const WorkItem *item = &self->items[index];

  for (guint i = 0; i < 2; i++)
    {
      NudgeBox box = field_box (unit->field_at[i], (WorkFieldAlign) unit->field_align[i], item->text_widths[i]);
      FieldQuery query = { box, 0, index };

      if (unit->field_align[i] == WORK_FIELD_NONE)
        return FALSE;
      if (item->text_widths[i] > 0 && (work_each_rect (self, &box, count_overlap, &query) || work_wires_in_box (self, &box) > 0))
        return FALSE;
    }
  for (guint i = 0; i < 2; i++)
    set_field (self, index, i, unit->field_at[i], (WorkFieldAlign) unit->field_align[i]);
  return TRUE;
}

void
work_place_fields (WorkSheet *self, guint index)
{
  WorkItem *item = &self->items[index];
  NudgeBox body = work_box_at (&item->shape->poses[item->pose].body, item->x, item->y);
  Choice choice = { self, index, 100000, { { { 0, 0 }, { 0, 0 } }, { WORK_FIELD_LEFT, WORK_FIELD_LEFT }, 0 } };

  if (item->role == WORK_ROLE_BOX)
    return;
  if (item->role == WORK_ROLE_CHIP || item->role == WORK_ROLE_CONNECTOR || item->shape->n_pins > 3)
    try_chip (&choice, &body);
  else
    try_around (&choice, &body, is_upright (item));
  for (guint i = 0; i < 2; i++)
    set_field (self, index, i, choice.best.at[i], choice.best.align[i]);
  WORK_SET (self, item->text_cost, choice.best_price);
  WORK_SET (self, self->cost, self->cost + choice.best_price);
}
