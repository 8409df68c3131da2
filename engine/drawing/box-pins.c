#include "drawing/box-pins.h"

#include "base/text-metrics.h"

#define SIZE NUDGE_MM (1.27)
#define FLAG NUDGE_MM (1.9)    /* before a pin's name, with the air after it */
#define HALF NUDGE_MM (0.8)    /* of a name's height, with its air */
#define FAR 4096              /* cells */
#define SEARCHED 16            /* cells to either side of a wish that cannot be had */

enum
{
  RIGHT,
  TOP,
  LEFT,
  BOTTOM,
};

static gint
cells (gint32 length)
{
  return (length + WORK_CELL - 1) / WORK_CELL;
}

void
box_pins_init (BoxPins *self, const NudgePlan *plan, const NudgePlanBox *box)
{
  const NudgeBlock *block = &plan->layout->circuit->blocks[box->block];
  g_autofree char *file = g_strdup_printf ("File: %s.kicad_sch", block->name);

  *self = (BoxPins){ .n_pins = box->n_pins, .pins = g_new0 (BoxPin, MAX (box->n_pins, 1)) };
  self->captions[0] = cells (nudge_text_width (block->label, SIZE)) + 1;
  self->captions[1] = cells (nudge_text_width (file, SIZE)) + 1;
  for (guint i = 0; i < box->n_pins; i++)
    self->pins[i] = (BoxPin){ .reach = nudge_text_width (box->pin_names[i], SIZE) + FLAG, .hold = BOX_PIN_SOFT };
}

void
box_pins_clear (BoxPins *self)
{
  g_clear_pointer (&self->pins, g_free);
}

NudgePoint
box_pins_point (const BoxPins *self, const NudgePinPlace *place)
{
  if (place->side & 1)
    return (NudgePoint){ place->at, place->side == TOP ? 0 : self->height };
  return (NudgePoint){ place->side == LEFT ? 0 : self->width, place->at };
}

void
box_pins_to_work (const BoxPins *self, WorkPin *pins)
{
  for (guint i = 0; i < self->n_pins; i++)
    {
      NudgePoint at = box_pins_point (self, &self->pins[i].place);

      pins[i] = (WorkPin){ (gint16) at.x, (gint16) at.y, self->pins[i].place.side, TRUE };
    }
}

void
box_pins_from_work (BoxPins *self, const WorkPin *pins)
{
  for (guint i = 0; i < self->n_pins; i++)
    self->pins[i].place = (NudgePinPlace){ pins[i].exit, (pins[i].exit & 1) ? pins[i].dx : pins[i].dy };
}

static gint
length_of (const BoxPins *self, guint side)
{
  return (side & 1) ? self->width : self->height;
}

/* What a pin's name covers, from the upper left corner. */
static NudgeBox
name_box (const BoxPins *self, const NudgePinPlace *place, gint32 reach)
{
  NudgePoint at = box_pins_point (self, place);
  gint32 x = at.x * WORK_CELL, y = at.y * WORK_CELL;

  switch (place->side)
    {
    case RIGHT:
      return (NudgeBox){ x - reach, y - HALF, x, y + HALF };
    case TOP:
      return (NudgeBox){ x - HALF, y, x + HALF, y + reach };
    case LEFT:
      return (NudgeBox){ x, y - HALF, x + reach, y + HALF };
    default:
      return (NudgeBox){ x - HALF, y - reach, x + HALF, y };
    }
}

/* Whether a pin may stand there as far as those go that hold at least as much as @least. */
static gboolean
admits (const BoxPins *self, guint pin, const NudgePinPlace *place, BoxPinHold least)
{
  gint32 reach = self->pins[pin].reach;
  NudgeBox name = name_box (self, place, reach);
  gint first = BOX_PITCH;

  if (place->side & 1)
    first = MAX (first, self->captions[place->side == BOTTOM]);
  if (place->at < first || place->at > length_of (self, place->side) - BOX_PITCH || reach > length_of (self, place->side + 1) * WORK_CELL)
    return FALSE;
  for (guint i = 0; i < self->n_pins; i++)
    {
      const BoxPin *other = &self->pins[i];
      NudgeBox box;

      if (i == pin || other->hold < least)
        continue;
      if (other->place.side == place->side)
        {
          if (ABS (other->place.at - place->at) < BOX_PITCH)
            return FALSE;
          continue;
        }
      box = name_box (self, &other->place, other->reach);
      if (nudge_box_overlaps (&box, &name))
        return FALSE;
    }
  return TRUE;
}

/* How far names come from a side. */
static gint
names_from (const BoxPins *self, guint pin, guint side)
{
  gint32 reach = 0;

  for (guint i = 0; i < self->n_pins; i++)
    if (i != pin && self->pins[i].hold != BOX_PIN_AWAY && self->pins[i].place.side == side)
      reach = MAX (reach, self->pins[i].reach);
  return reach > 0 ? cells (reach + HALF) : 0;
}

/* The place after all others of a side, beyond all names that come from other sides. */
static NudgePinPlace
place_behind (const BoxPins *self, guint pin, guint side)
{
  gint at = MAX (BOX_PITCH, names_from (self, pin, (side & 1) ? LEFT : TOP));

  if (side & 1)
    at = MAX (at, self->captions[side == BOTTOM]);
  for (guint i = 0; i < self->n_pins; i++)
    if (i != pin && self->pins[i].hold != BOX_PIN_AWAY && self->pins[i].place.side == side)
      at = MAX (at, self->pins[i].place.at + BOX_PITCH);
  return (NudgePinPlace){ (guint8) side, at };
}

/* Makes the box so large that a pin behind all others of its side meets no name. */
static void
grow_for (BoxPins *self, guint pin, const NudgePinPlace *place)
{
  gint depth = cells (self->pins[pin].reach + HALF);

  if (place->side & 1)
    {
      self->width = MAX (self->width, place->at + MAX (BOX_PITCH, names_from (self, pin, RIGHT)));
      self->height = MAX (self->height, depth + names_from (self, pin, place->side ^ 2));
    }
  else
    {
      self->height = MAX (self->height, place->at + MAX (BOX_PITCH, names_from (self, pin, BOTTOM)));
      self->width = MAX (self->width, depth + names_from (self, pin, place->side ^ 2));
    }
}

/* Near a place that cannot be had; else behind all others, for which the box grows. */
static void
put_near (BoxPins *self, guint pin, const NudgePinPlace *wish, BoxPinHold least)
{
  for (gint i = 0; i <= 2 * SEARCHED; i++)
    {
      NudgePinPlace place = { wish->side, wish->at + ((i & 1) ? (i + 1) / 2 : -(i / 2)) };

      if (admits (self, pin, &place, least))
        {
          self->pins[pin].place = place;
          return;
        }
    }
  self->pins[pin].place = place_behind (self, pin, wish->side);
  grow_for (self, pin, &self->pins[pin].place);
}

/* A wish beyond the end of its side makes the box larger, though not beyond what its pins could ever need. */
static NudgePinPlace
held_wish (const BoxPins *self, guint pin, const NudgePinPlace *wish)
{
  gint most = MAX (length_of (self, wish->side), (gint) self->n_pins * BOX_PITCH) + MAX (self->captions[0], self->captions[1]);

  return (NudgePinPlace){ wish->side, CLAMP (wish->at, BOX_PITCH, most + names_from (self, pin, (wish->side & 1) ? LEFT : TOP)) };
}

/* The box grows for the pin where that makes room for it without another giving way. */
static void
make_room (BoxPins *self, guint pin)
{
  const NudgePinPlace *place = &self->pins[pin].place;
  BoxPins grown = *self;

  if (admits (self, pin, place, BOX_PIN_SOFT))
    return;
  grow_for (&grown, pin, place);
  if (place->at > length_of (self, place->side) - BOX_PITCH || admits (&grown, pin, place, BOX_PIN_SOFT))
    *self = grown;
}

void
box_pins_settle (BoxPins *self, const NudgePlanBox *box, const NudgeSheetPins *wishes)
{
  if (wishes == NULL)
    return;
  for (guint i = 0; i < self->n_pins; i++)
    {
      const NudgePinPlace *wish = nudge_sheet_pins_find (wishes, box->pin_names[i]);

      if (wish == NULL)
        continue;
      self->pins[i].place = held_wish (self, i, wish);
      self->pins[i].hold = BOX_PIN_FIRM;
    }
  for (guint i = 0; i < self->n_pins; i++)
    if (self->pins[i].hold == BOX_PIN_FIRM)
      make_room (self, i);
  for (guint hold = BOX_PIN_FIRM; hold >= BOX_PIN_SOFT; hold--)
    for (guint i = 0; i < self->n_pins; i++)
      {
        NudgePinPlace own = self->pins[i].place;

        if (self->pins[i].hold == hold && !admits (self, i, &own, BOX_PIN_FIRM))
          put_near (self, i, &own, (BoxPinHold) hold);
      }
}

void
box_pins_in_column (BoxPins *self, const NudgePlan *plan, const NudgePlanBox *box)
{
  NudgePoint size = plan->layout->boxes[box->block].size;

  box_pins_init (self, plan, box);
  self->width = nudge_snap (size.x, WORK_CELL) / WORK_CELL;
  self->height = MAX (nudge_snap (size.y, WORK_CELL) / WORK_CELL, (gint) (box->n_pins + 1) * BOX_PITCH);
  for (guint i = 0; i < box->n_pins; i++)
    self->pins[i].place = (NudgePinPlace){ RIGHT, (gint) (i + 1) * BOX_PITCH };
  box_pins_settle (self, box, nudge_layout_get_pins (plan->layout, box->block));
}

static gint
beyond (gint at, gint end)
{
  return MAX (-at, 0) + MAX (at - end, 0);
}

/* From a point to a side as a whole. */
static gint
distance_to_side (const BoxPins *self, NudgePoint from, guint side)
{
  NudgePoint edge = box_pins_point (self, &(NudgePinPlace){ (guint8) side, 0 });

  if (side & 1)
    return ABS (from.y - edge.y) + beyond (from.x, self->width);
  return ABS (from.x - edge.x) + beyond (from.y, self->height);
}

/* What a place costs: the nearest side counts more than the nearest place. In a given direction it is the way to it, and
 * what is aside of that twice; negative: it is not there. */
static gint
distance (const BoxPins *self, NudgePoint from, const NudgePinPlace *place, NudgePoint way)
{
  NudgePoint to = box_pins_point (self, place);
  gint dx, dy;

  /* What the box grows for is no way forward: it shrinks again behind the pin that leaves. */
  if (way.x != 0 || way.y != 0)
    to = (NudgePoint){ MIN (to.x, self->width), MIN (to.y, self->height) };
  dx = to.x - from.x;
  dy = to.y - from.y;
  if (way.x == 0 && way.y == 0)
    return distance_to_side (self, from, place->side) * FAR + MIN (ABS (dx) + ABS (dy), FAR - 1);
  if (dx * way.x + dy * way.y <= 0)
    return -1;
  return dx * way.x + dy * way.y + 2 * (ABS (dx * way.y) + ABS (dy * way.x));
}

gboolean
box_pins_find (const BoxPins *self, guint pin, NudgePoint to, NudgePoint way, NudgePinPlace *place)
{
  gint best = G_MAXINT;

  for (guint side = 0; side < 4; side++)
    {
      gboolean any = FALSE;
      NudgePinPlace behind = place_behind (self, pin, side);

      for (gint at = BOX_PITCH; at <= length_of (self, side) - BOX_PITCH; at++)
        {
          NudgePinPlace candidate = { (guint8) side, at };
          gint far = distance (self, to, &candidate, way);

          if ((any && (far < 0 || far >= best)) || !admits (self, pin, &candidate, BOX_PIN_SOFT))
            continue;
          any = TRUE;
          if (far >= 0 && far < best)
            {
              best = far;
              *place = candidate;
            }
        }
      /* A side without a place gets one: the box grows. */
      if (!any)
        {
          gint far = distance (self, to, &behind, way);

          if (far >= 0 && far < best)
            {
              best = far;
              *place = behind;
            }
        }
    }
  return best < G_MAXINT;
}
