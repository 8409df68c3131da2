#include "arrange/force-private.h"

#include "arrange/synth-measure.h"
#include "base/text-metrics.h"
#include "drawing/drawing.h"

#include <math.h>
#include <stdlib.h>

/* What of a layout the forces act on: bodies with all that is drawn about them, and the nets that hold them together. */

#define WIDEST_NET 40
#define TEXT_SIZE 12700
#define LABEL_ROOM NUDGE_MM (2.54)      /* of a label, beyond its text */
#define POWER_ROOM NUDGE_MM (7.62)      /* of a power symbol with its value */
#define HALF_LABEL NUDGE_MM (1.27)
#define POWER_WIDTH NUDGE_MM (2.54)
#define RAIL_TASTE 120.0
#define LARGE 5                         /* parts with so many pins stand upright and lead a group */

double
force_random (guint32 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state / 4294967296.0;
}

/* --- how much room a unit takes --- */

static void
add_strip (NudgeBox *box, NudgePoint from, guint exit, gint32 length, gint32 half)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 }, dy[4] = { 0, -1, 0, 1 };
  gint32 across_x = dx[exit] == 0 ? half : 0, across_y = dy[exit] == 0 ? half : 0;

  nudge_box_add_point (box, from.x - across_x, from.y - across_y);
  nudge_box_add_point (box, from.x + across_x, from.y + across_y);
  nudge_box_add_point (box, from.x + dx[exit] * length - across_x, from.y + dy[exit] * length - across_y);
  nudge_box_add_point (box, from.x + dx[exit] * length + across_x, from.y + dy[exit] * length + across_y);
}

static void
add_pin_room (const NudgeLayout *layout, NudgeBox *box, guint net, NudgePoint at, guint exit)
{
  const NudgeNet *n = &layout->circuit->nets[net];
  gint32 text = nudge_text_width (n->name, TEXT_SIZE);

  if (n->is_power && n->power_symbol != NULL)
    add_strip (box, at, exit, POWER_ROOM + (exit & 1 ? 0 : text), MAX (POWER_WIDTH, exit & 1 ? text / 2 : 0));
  else
    add_strip (box, at, exit, text + LABEL_ROOM, HALF_LABEL);
}

static void
add_field_room (const NudgeUnit *unit, const NudgePose *pose, const char *name, const char *text, NudgeBox *box)
{
  const NudgeSymbolField *place = nudge_symbol_find_field (unit->symbol, name);
  NudgePose there = *pose;
  NudgeBox flat, up;

  if (place == NULL || place->style.hidden || text[0] == '\0')
    return;
  flat = nudge_text_box (text, (NudgePoint){ 0, 0 }, place->angle % 180, &place->style);
  up = (NudgeBox){ flat.x0, -flat.y1, flat.x1, -flat.y0 };
  there.at = nudge_pose_point (pose, place->at);
  up = nudge_pose_box (&there, &up);
  nudge_box_add_box (box, &up);
}

static ForceBox
to_mm (NudgeBox box)
{
  const double unit = NUDGE_UNITS_PER_MM;

  return (ForceBox){ box.x0 / unit, box.y0 / unit, box.x1 / unit, box.y1 / unit };
}

/* What is locked stays as it is; nothing else is mirrored. */
static guint8
mirror_of (const NudgeLayout *layout, guint unit)
{
  return layout->placements[unit].locked ? layout->placements[unit].pose.mirror : NUDGE_MIRROR_NONE;
}

static ForceBox
unit_box (const NudgeLayout *layout, guint index, guint turn)
{
  const NudgeUnit *unit = &layout->units[index];
  const NudgePart *part = &layout->circuit->parts[unit->part];
  NudgePose pose = { .turn = turn, .mirror = mirror_of (layout, index) };
  NudgeBox body = nudge_symbol_box (unit->symbol, unit->unit), box;
  g_autofree char *reference = g_strconcat (part->reference, unit->symbol->n_units > 1 ? "A" : "", NULL);

  if (nudge_box_is_empty (&body))
    body = (NudgeBox){ -NUDGE_GRID, -NUDGE_GRID, NUDGE_GRID, NUDGE_GRID };
  box = nudge_pose_box (&pose, &body);
  for (guint i = 0; i < unit->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &unit->symbol->pins[i];
      guint net = nudge_symbol_pin_in_unit (pin, unit->unit) ? nudge_circuit_net_of (layout->circuit, unit->part, pin->number) : NUDGE_NONE;

      if (net != NUDGE_NONE)
        add_pin_room (layout, &box, net, nudge_pose_point (&pose, pin->at), nudge_pose_direction (&pose, (pin->direction + 2) & 3));
    }
  add_field_room (unit, &pose, "Reference", reference, &box);
  add_field_room (unit, &pose, "Value", part->value[0] != '\0' ? part->value : unit->symbol->name, &box);
  return to_mm (nudge_box_grown (box, NUDGE_GRID / 2));
}

/* --- items and their pins --- */

static gboolean
points_down (const NudgeNet *net)
{
  return g_strrstr (net->name, "GND") != NULL || g_strrstr (net->name, "VSS") != NULL || net->name[0] == '-';
}

static void
add_unit_pin (ForceSheet *self, ForceItem *item, const NudgeSymbolPin *pin, guint net)
{
  const NudgeNet *n = &self->layout->circuit->nets[net];
  ForcePin p = { .item = self->items->len, .net = net };

  for (guint turn = 0; turn < FORCE_TURNS; turn++)
    {
      NudgePose pose = { .turn = turn, .mirror = mirror_of (self->layout, item->unit) };
      NudgePoint at = nudge_pose_point (&pose, pin->at);
      guint exit = nudge_pose_direction (&pose, (pin->direction + 2) & 3);

      p.offsets[turn] = (ForceVector){ nudge_synth_mm (at.x), nudge_synth_mm (at.y) };
      if (n->is_power)
        item->tastes[turn] += exit == (points_down (n) ? 3 : 1) ? 0 : exit == (points_down (n) ? 1 : 3) ? 2 * RAIL_TASTE : RAIL_TASTE;
    }
  if (n->is_power)
    return;
  g_array_append_val (self->pins, p);
}

static void
add_unit (ForceSheet *self, guint index)
{
  const NudgeLayout *layout = self->layout;
  const NudgeUnit *unit = &layout->units[index];
  const NudgePlacement *placement = &layout->placements[index];
  ForceItem item = { .unit = index, .block = NUDGE_NONE, .fixed = placement->locked, .first_pin = self->pins->len };
  guint n_pins = 0;

  for (guint i = 0; i < unit->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &unit->symbol->pins[i];
      guint net;

      if (!nudge_symbol_pin_in_unit (pin, unit->unit))
        continue;
      n_pins++;
      net = nudge_circuit_net_of (layout->circuit, unit->part, pin->number);
      if (net != NUDGE_NONE)
        add_unit_pin (self, &item, pin, net);
    }
  item.n_pins = self->pins->len - item.first_pin;
  item.n_turns = n_pins < LARGE && !item.fixed ? FORCE_TURNS : 1;
  for (guint turn = 0; turn < FORCE_TURNS; turn++)
    item.boxes[turn] = unit_box (layout, index, turn);
  if (item.fixed)
    {
      item.turn = placement->pose.turn & 3;
      item.at = (ForceVector){ nudge_synth_mm (placement->pose.at.x), nudge_synth_mm (placement->pose.at.y) };
    }
  g_array_append_val (self->items, item);
}

/* Its pins stand on the right edge, wherever they will be. */
static void
add_box (ForceSheet *self, guint block)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  const NudgeBoxPlacement *placement = &self->layout->boxes[block];
  NudgeSynthBox size = nudge_synth_box_size (circuit, block);
  ForceItem item = { .unit = NUDGE_NONE, .block = block, .n_turns = 1, .fixed = placement->locked, .first_pin = self->pins->len };

  for (guint i = 0; i < circuit->blocks[block].n_mentions; i++)
    {
      const NudgeMention *mention = &circuit->mentions[circuit->blocks[block].first_mention + i];
      ForcePin pin = { .item = self->items->len, .net = mention->net };

      if (mention->net == NUDGE_NONE || circuit->nets[mention->net].is_power)
        continue;
      pin.offsets[0] = (ForceVector){ size.w, size.h / 2 };
      g_array_append_val (self->pins, pin);
    }
  item.n_pins = self->pins->len - item.first_pin;
  item.boxes[0] = (ForceBox){ -2.54, -3.81, size.flow_w + 2.54, size.h + 3.81 };
  if (item.fixed)
    item.at = (ForceVector){ nudge_synth_mm (placement->at.x), nudge_synth_mm (placement->at.y) };
  g_array_append_val (self->items, item);
}

/* --- nets --- */

static int
compare_pins (gconstpointer a, gconstpointer b, gpointer data)
{
  const ForceSheet *self = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  guint x = FORCE_PIN (self, i)->net, y = FORCE_PIN (self, j)->net;

  if (x != y)
    return x < y ? -1 : 1;
  return (i > j) - (i < j);
}

/* Pins by net; a net is as strong as it has few pins, and what is too wide holds nothing together. */
static void
collect_nets (ForceSheet *self)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->pins->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_pins, self);
  for (guint i = 0; i < order->len;)
    {
      guint net = FORCE_PIN (self, g_array_index (order, guint, i))->net;
      ForceNet n = { .first_pin = i };

      for (; i < order->len && FORCE_PIN (self, g_array_index (order, guint, i))->net == net; i++)
        n.n_pins++;
      n.strength = n.n_pins < 2 || n.n_pins > WIDEST_NET ? 0 : 1.0 / (n.n_pins - 1);
      g_array_append_val (self->nets, n);
    }
  for (guint n = 0; n < self->nets->len; n++)
    for (guint i = FORCE_NET (self, n)->first_pin; i < FORCE_NET (self, n)->first_pin + FORCE_NET (self, n)->n_pins; i++)
      FORCE_PIN (self, g_array_index (order, guint, i))->net = n;
  self->net_pins = (guint *) g_array_free (g_steal_pointer (&order), FALSE);
}

/* A grid about the middle, a little shaken: equal parts must not stand on one line of force. */
static void
scatter (ForceSheet *self, guint32 *random)
{
  guint columns = (guint) ceil (sqrt (self->items->len));

  for (guint i = 0; i < self->items->len; i++)
    {
      ForceItem *item = FORCE_ITEM (self, i);
      double dx = force_random (random), dy = force_random (random);

      if (item->fixed)
        continue;
      for (guint turn = 1; turn < item->n_turns; turn++)
        if (item->tastes[turn] < item->tastes[item->turn])
          item->turn = turn;
      item->at.x = 3 * FORCE_SPACING * (i % columns + dx);
      item->at.y = 3 * FORCE_SPACING * (i / columns + dy);
    }
}

ForceSheet *
force_sheet_new (NudgeLayout *layout, guint block, guint32 *random)
{
  const NudgeBlock *b = &layout->circuit->blocks[block];
  ForceSheet *self = g_new0 (ForceSheet, 1);

  self->layout = layout;
  self->block = block;
  self->items = g_array_new (FALSE, TRUE, sizeof (ForceItem));
  self->pins = g_array_new (FALSE, TRUE, sizeof (ForcePin));
  self->nets = g_array_new (FALSE, TRUE, sizeof (ForceNet));
  for (guint i = layout->part_units[b->first_part]; i < layout->part_units[b->first_part + b->n_parts]; i++)
    add_unit (self, i);
  for (guint child = b->first_child; child != NUDGE_NONE; child = layout->circuit->blocks[child].next_sibling)
    add_box (self, child);
  collect_nets (self);
  force_sheet_group (self);
  scatter (self, random);
  return self;
}

void
force_sheet_free (ForceSheet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_array_unref (self->pins);
  g_array_unref (self->nets);
  g_free (self->net_pins);
  g_free (self);
}

/* --- groups --- */

typedef struct
{
  double weight;
  guint item, group;
} Pull;

/* How much each net ties an item to the groups that there are; the strongest tie. */
static Pull
strongest_pull (const ForceSheet *self, guint index, double *weights)
{
  const ForceItem *item = FORCE_ITEM (self, index);
  Pull best = { 0, index, NUDGE_NONE };

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = item->first_pin; i < item->first_pin + item->n_pins; i++)
      {
        const ForceNet *net = FORCE_NET (self, FORCE_PIN (self, i)->net);

        for (guint k = net->first_pin; net->strength > 0 && k < net->first_pin + net->n_pins; k++)
          {
            guint group = FORCE_ITEM (self, FORCE_PIN (self, self->net_pins[k])->item)->group;

            if (group == NUDGE_NONE)
              continue;
            weights[group] = pass == 0 ? weights[group] + net->strength : weights[group];
            if (pass == 1 && weights[group] > best.weight)
              best = (Pull){ weights[group], index, group };
          }
      }
  for (guint i = item->first_pin; i < item->first_pin + item->n_pins; i++)
    {
      const ForceNet *net = FORCE_NET (self, FORCE_PIN (self, i)->net);

      for (guint k = net->first_pin; k < net->first_pin + net->n_pins; k++)
        {
          guint group = FORCE_ITEM (self, FORCE_PIN (self, self->net_pins[k])->item)->group;

          if (group != NUDGE_NONE)
            weights[group] = 0;
        }
    }
  return best;
}

/* One round out from the groups that there are; FALSE when nobody joined. */
static gboolean
join_round (ForceSheet *self, double *weights)
{
  g_autoptr (GArray) pulls = g_array_new (FALSE, FALSE, sizeof (Pull));

  for (guint i = 0; i < self->items->len; i++)
    {
      Pull pull = { 0, i, NUDGE_NONE };

      if (FORCE_ITEM (self, i)->group == NUDGE_NONE)
        pull = strongest_pull (self, i, weights);
      if (pull.group != NUDGE_NONE)
        g_array_append_val (pulls, pull);
    }
  for (guint i = 0; i < pulls->len; i++)
    FORCE_ITEM (self, g_array_index (pulls, Pull, i).item)->group = g_array_index (pulls, Pull, i).group;
  return pulls->len > 0;
}

/* Everything that hangs together with an item, when nobody leads it. */
static void
flood (ForceSheet *self, guint first, guint *stack)
{
  guint n = 0;

  FORCE_ITEM (self, first)->group = self->n_groups;
  stack[n++] = first;
  while (n > 0)
    {
      const ForceItem *item = FORCE_ITEM (self, stack[--n]);

      for (guint i = item->first_pin; i < item->first_pin + item->n_pins; i++)
        {
          const ForceNet *net = FORCE_NET (self, FORCE_PIN (self, i)->net);

          for (guint k = net->first_pin; net->strength > 0 && k < net->first_pin + net->n_pins; k++)
            {
              guint other = FORCE_PIN (self, self->net_pins[k])->item;

              if (FORCE_ITEM (self, other)->group != NUDGE_NONE)
                continue;
              FORCE_ITEM (self, other)->group = self->n_groups;
              stack[n++] = other;
            }
        }
    }
  self->n_groups++;
}

/* Large parts and sheet boxes lead; others join those that they are tied to most. What is tied to nothing but rails
 * makes one group of its own. */
void
force_sheet_group (ForceSheet *self)
{
  g_autofree double *weights = g_new0 (double, self->items->len + 1);
  g_autofree guint *stack = g_new (guint, self->items->len + 1);
  guint loners = NUDGE_NONE;

  for (guint i = 0; i < self->items->len; i++)
    {
      ForceItem *item = FORCE_ITEM (self, i);

      item->group = item->block != NUDGE_NONE || item->n_pins >= LARGE ? self->n_groups++ : NUDGE_NONE;
    }
  while (join_round (self, weights))
    ;
  for (guint i = 0; i < self->items->len; i++)
    {
      ForceItem *item = FORCE_ITEM (self, i);

      if (item->group != NUDGE_NONE)
        continue;
      if (item->n_pins > 0)
        flood (self, i, stack);
      else
        {
          if (loners == NUDGE_NONE)
            loners = self->n_groups++;
          item->group = loners;
        }
    }
}
