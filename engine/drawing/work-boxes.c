#include "drawing/work-boxes.h"

#include "base/text-metrics.h"
#include "drawing/box-pins.h"

#include <string.h>

/* The busiest box stands in the middle. Each other box goes beside the one that it talks to most, and pins are ordered
 * so that the bundle between the two runs straight: a child's first pin is level with its parent's first pin for it. */

#define SIZE NUDGE_MM (1.27)
#define PITCH 2                /* cells between pins */
#define BELOW 6                /* cells between boxes of one column: names and air */
#define LOOSE 10000            /* rank of pins that no bundle holds on their side */
#define ALONE 50000            /* rank of those that no other box has a pin for */
#define AGAINST 65536          /* after all keys of pins that stand where their unit's pin faces */
#define TALL 30                /* pins: a side with more gives some to the other side */

typedef struct
{
  guint parent;                /* box, or NUDGE_NONE */
  gint column;                 /* 0 in the middle, negative to the left */
  guint order;                 /* when it was placed */
  gboolean placed;
  gboolean level;              /* its height beside its parent is known */
  gint widths[2];              /* cells of the longest name on the left, right */
  gint reach;                  /* from its top to the bottom of all that stands beside it because of it */
} Node;

typedef struct
{
  guint pin;
  guint partner;               /* box, or NUDGE_NONE */
  gint rank;                   /* within the side */
  gint key;
} SidePin;

typedef struct
{
  const WorkModel *model;
  const NudgePlanSheet *sheet;
  guint n;
  gdouble *weights;            /* n * n */
  Node *nodes;
  guint *sequence;             /* boxes in the order in which they were placed */
  guint n_placed;
  GArray **sides[2];           /* by box: SidePin on the left, right */
  gint *votes;                 /* by unit of the sheet, of one box: pins of it that would face it from the right, less the others */
  WorkBoxPlace *out;
} Diagram;

static gboolean
counts (const NudgePlanNet *net)
{
  return !net->is_power && !net->is_global && net->n_terminals >= 2 && net->n_terminals <= WORK_MAX_FAN;
}

static void
weigh (Diagram *self)
{
  const NudgePlanSheet *sheet = self->sheet;

  for (guint k = 0; k < sheet->n_nets; k++)
    {
      const NudgePlanNet *net = &sheet->nets[k];

      for (guint i = 0; counts (net) && i < net->n_terminals; i++)
        for (guint j = i + 1; j < net->n_terminals; j++)
          {
            guint a = sheet->terminals[net->first_terminal + i].box, b = sheet->terminals[net->first_terminal + j].box;

            if (a == NUDGE_NONE || b == NUDGE_NONE || a == b)
              continue;
            self->weights[a * self->n + b] += 1.0 / (net->n_terminals - 1);
            self->weights[b * self->n + a] += 1.0 / (net->n_terminals - 1);
          }
    }
}

static gdouble
total_weight (const Diagram *self, guint box)
{
  gdouble sum = 0;

  for (guint i = 0; i < self->n; i++)
    sum += self->weights[box * self->n + i];
  return sum;
}

static void
place_node (Diagram *self, guint box, guint parent, gint column, guint component)
{
  Node *node = &self->nodes[box];

  node->placed = TRUE;
  node->parent = parent;
  node->column = column;
  node->order = self->n_placed;
  self->sequence[self->n_placed++] = box;
  self->out[box].component = component;
}

/* The unplaced box that is tied most to a placed one of the component. */
static guint
next_box (const Diagram *self, guint first, guint *parent)
{
  guint best = NUDGE_NONE;
  gdouble best_weight = 0;

  for (guint i = first; i < self->n_placed; i++)
    for (guint b = 0; b < self->n; b++)
      {
        gdouble w = self->weights[self->sequence[i] * self->n + b];

        if (!self->nodes[b].placed && w > best_weight)
          {
            best_weight = w;
            best = b;
            *parent = self->sequence[i];
          }
      }
  return best;
}

static void
build_tree (Diagram *self)
{
  guint component = 0;

  while (self->n_placed < self->n)
    {
      guint centre = NUDGE_NONE, first = self->n_placed, parent = NUDGE_NONE, box;
      gdouble best = -1;
      guint load[2] = { 0, 0 };

      for (guint b = 0; b < self->n; b++)
        if (!self->nodes[b].placed && total_weight (self, b) > best)
          {
            best = total_weight (self, b);
            centre = b;
          }
      place_node (self, centre, NUDGE_NONE, 0, component);
      while ((box = next_box (self, first, &parent)) != NUDGE_NONE)
        {
          gint column = self->nodes[parent].column, side = column < 0 ? -1 : 1;

          if (column == 0)
            side = load[0] < load[1] ? -1 : 1;
          load[side > 0] += self->sheet->boxes[box].n_pins + 3;
          place_node (self, box, parent, column + side, component);
        }
      for (guint i = first; i < self->n_placed; i++)
        self->out[self->sequence[i]].n_component = self->n_placed - first;
      component++;
    }
}

/* Whether the two are parent and child. */
static gboolean
are_kin (const Diagram *self, guint a, guint b)
{
  return self->nodes[a].parent == b || self->nodes[b].parent == a;
}

static guint
choose_partner (const Diagram *self, guint box, const NudgePlanNet *net)
{
  guint found = NUDGE_NONE;

  if (!counts (net))
    return NUDGE_NONE;
  for (guint i = net->first_terminal; i < net->first_terminal + net->n_terminals; i++)
    {
      guint other = self->sheet->terminals[i].box;

      if (other == NUDGE_NONE || other == box)
        continue;
      if (are_kin (self, box, other))
        return other;
      if (found == NUDGE_NONE)
        found = other;
    }
  return found;
}

/* A unit's pin that the net reaches tells on which side of the box the unit will stand; the pins of one unit follow one
 * another. Returns the unit's number from 1 on the sheet, or 0. */
static guint
unit_side (const Diagram *self, const NudgePlanNet *net, gboolean *left, gint *key)
{
  for (guint i = net->first_terminal; counts (net) && i < net->first_terminal + net->n_terminals; i++)
    {
      const NudgePlanTerminal *terminal = &self->sheet->terminals[i];
      const WorkShape *shape;

      if (terminal->unit == NUDGE_NONE)
        continue;
      shape = self->model->shapes[work_model_element (self->model, terminal)];
      if (shape->n_pins < WORK_LARGE)
        continue;
      for (guint k = 0; k < shape->n_pins; k++)
        if (shape->pin_index[k] == terminal->pin)
          {
            *left = shape->poses[0].pins[k].exit != 2;
            *key = shape->poses[0].pins[k].dy;
            return terminal->unit - self->sheet->first_unit + 1;
          }
    }
  return 0;
}

/* All pins for one unit stand on the side that suits most of them. */
static void
count_votes (Diagram *self, guint box)
{
  const NudgePlanBox *child = &self->sheet->boxes[box];

  memset (self->votes, 0, (self->sheet->n_units + 1) * sizeof *self->votes);
  for (guint pin = 0; pin < child->n_pins; pin++)
    {
      gboolean left = FALSE;
      gint key = 0;
      guint unit = unit_side (self, &self->sheet->nets[child->pin_nets[pin]], &left, &key);

      self->votes[unit] += left ? 1 : -1;
    }
}

static void
sort_pin (Diagram *self, guint box, guint pin)
{
  const NudgePlanBox *child = &self->sheet->boxes[box];
  const NudgePlanNet *net = &self->sheet->nets[child->pin_nets[pin]];
  const Node *node = &self->nodes[box];
  SidePin entry = { .pin = pin, .partner = choose_partner (self, box, net), .key = (gint) child->pin_nets[pin] };
  gboolean left = child->pin_shapes[pin] == NUDGE_LABEL_SHAPE_INPUT;

  if (entry.partner != NUDGE_NONE)
    {
      const Node *other = &self->nodes[entry.partner];

      left = other->column < node->column || (other->column == node->column && node->column < 0);
      if (!are_kin (self, box, entry.partner))
        entry.rank = LOOSE + (gint) other->order;
      else if (node->parent != entry.partner)
        entry.rank = 1 + (gint) other->order;
      else
        /* A net that the parent takes to another child comes after the straight ones. */
        entry.rank = choose_partner (self, entry.partner, net) == box ? 0 : 5000;
    }
  else
    {
      guint unit = unit_side (self, net, &left, &entry.key);

      /* Those that it would rather see on the other side come last: they are the first to go there. */
      if (unit != 0 && left != (self->votes[unit] >= 0))
        {
          left = !left;
          entry.key += AGAINST;
        }
      entry.rank = ALONE + (gint) unit;
    }
  g_array_append_val (self->sides[left ? 0 : 1][box], entry);
}

static gint
compare_side_pins (gconstpointer a, gconstpointer b)
{
  const SidePin *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->pin < y->pin ? -1 : x->pin > y->pin;
}

/* Whether two names are the same but for numbers, as those of a bus. */
static gboolean
are_alike (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      for (; g_ascii_isdigit (*a); a++)
        ;
      for (; g_ascii_isdigit (*b); b++)
        ;
      if (*a != *b)
        return FALSE;
      if (*a != '\0')
        a++, b++;
    }
  return *a == *b;
}

/* The last pins of a side that is too tall go to the other side, a bus as a whole if that is nearly as good. */
static void
balance_sides (Diagram *self, guint box)
{
  const NudgePlanBox *child = &self->sheet->boxes[box];
  gboolean to = self->sides[0][box]->len > self->sides[1][box]->len ? 1 : 0;
  GArray *from = self->sides[!to][box], *other = self->sides[to][box];
  guint half = (from->len - other->len) / 2, n = half, slack = half / 4;

  if (from->len <= TALL || half == 0)
    return;
  for (guint i = 0; i <= 2 * slack; i++)
    {
      guint moved = half + ((i & 1) ? (i + 1) / 2 : -(i / 2));
      const SidePin *last = &g_array_index (from, SidePin, from->len - moved - 1), *first = last + 1;

      if (moved == 0 || moved >= from->len)
        continue;
      if (last->rank != first->rank || !are_alike (child->pin_names[last->pin], child->pin_names[first->pin]))
        {
          n = moved;
          break;
        }
    }
  while (n > 0 && g_array_index (from, SidePin, from->len - n).rank < LOOSE)
    n--;
  g_array_append_vals (other, &g_array_index (from, SidePin, from->len - n), n);
  g_array_set_size (from, from->len - n);
}

/* Children whose nets all go to others as well stand below the rest. */
static gint
stack_rest (Diagram *self, guint box, guint side, gint y)
{
  for (guint i = 0; i < self->n_placed; i++)
    {
      guint child = self->sequence[i];
      Node *node = &self->nodes[child];

      if (node->parent != box || node->level || (node->column < self->nodes[box].column) != (side == 0))
        continue;
      node->level = TRUE;
      self->out[child].y = y;
      y += self->nodes[child].reach + BELOW;
    }
  return y;
}

/* Gives the pins of a side their places; children must be done. Returns how far these reach. */
static gint
stack_side (Diagram *self, guint box, guint side)
{
  GArray *pins = self->sides[side][box];
  gint y = 2;

  for (guint i = 0; i < pins->len;)
    {
      const SidePin *first = &g_array_index (pins, SidePin, i);
      gint top = y;
      guint partner = first->partner;
      gint rank = first->rank;

      for (; i < pins->len && g_array_index (pins, SidePin, i).rank == rank; i++, y += PITCH)
        self->out[box].pins[g_array_index (pins, SidePin, i).pin] = (WorkPin){ 0, (gint16) y, side == 0 ? 2 : 0, TRUE };
      if (partner != NUDGE_NONE && self->nodes[partner].parent == box)
        {
          self->out[partner].y = top - 2;
          self->nodes[partner].level = TRUE;
          y = MAX (y + PITCH, top - 2 + self->nodes[partner].reach + BELOW);
        }
      else if (i < pins->len)
        y += PITCH;
    }
  return stack_rest (self, box, side, y);
}

static void
measure_names (Diagram *self, guint box)
{
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < self->sides[side][box]->len; i++)
      {
        const char *name = self->sheet->boxes[box].pin_names[g_array_index (self->sides[side][box], SidePin, i).pin];
        self->nodes[box].widths[side] = MAX (self->nodes[box].widths[side], nudge_text_width (name, SIZE));
      }
}

/* What a person has said of the pins comes last: the others stand where they would without it. */
static void
put_wished_pins (Diagram *self, guint box)
{
  const NudgePlanBox *child = &self->sheet->boxes[box];
  const NudgeSheetPins *wishes = nudge_layout_get_pins (self->model->plan->layout, child->block);
  g_auto (BoxPins) pins = { 0 };
  WorkBoxPlace *out = &self->out[box];

  if (wishes == NULL)
    return;
  box_pins_init (&pins, self->model->plan, child);
  pins.width = out->width;
  pins.height = out->height;
  box_pins_from_work (&pins, out->pins);
  box_pins_settle (&pins, child, wishes);
  out->width = pins.width;
  out->height = pins.height;
  box_pins_to_work (&pins, out->pins);
}

static void
shape_box (Diagram *self, guint box)
{
  WorkBoxPlace *out = &self->out[box];
  const NudgeBoxPlacement *place = &self->model->plan->layout->boxes[self->sheet->boxes[box].block];
  const char *name = self->model->plan->layout->circuit->blocks[self->sheet->boxes[box].block].label;
  gint left = stack_side (self, box, 0), right = stack_side (self, box, 1);

  g_autofree char *file = g_strdup_printf ("File: %s.kicad_sch", self->model->plan->layout->circuit->blocks[self->sheet->boxes[box].block].name);

  measure_names (self, box);
  out->text_width = MAX (nudge_text_width (file, SIZE), nudge_text_width (name, SIZE));
  out->width = (self->nodes[box].widths[0] + self->nodes[box].widths[1] + NUDGE_MM (9)) / WORK_CELL;
  out->width = MAX (out->width, (nudge_text_width (name, SIZE) + NUDGE_MM (3)) / WORK_CELL);
  out->width = MAX ((out->width + 1) / 2 * 2, 16);
  out->height = 8;
  for (guint i = 0; i < self->sheet->boxes[box].n_pins; i++)
    out->height = MAX (out->height, out->pins[i].dy + PITCH);
  if (place->placed)
    {
      out->width = MAX (out->width, place->size.x / WORK_CELL);
      out->height = MAX (out->height, place->size.y / WORK_CELL);
    }
  put_wished_pins (self, box);
  self->nodes[box].reach = MAX (MAX (left, right), out->height);
}

/* Boxes one below the other are equally wide, unless one would have to grow beyond half of what it needs. */
static void
align_widths (Diagram *self)
{
  g_autofree gint *widths = g_new0 (gint, MAX (self->n, 1));

  for (guint box = 0; box < self->n; box++)
    for (guint other = 0; other < self->n; other++)
      {
        gint own = self->out[box].width, width = self->out[other].width;

        if (self->nodes[other].parent == self->nodes[box].parent && self->nodes[other].column == self->nodes[box].column &&
            self->out[other].component == self->out[box].component && width * 2 <= own * 3)
          widths[box] = MAX (widths[box], width);
      }
  for (guint box = 0; box < self->n; box++)
    {
      const NudgeBoxPlacement *place = &self->model->plan->layout->boxes[self->sheet->boxes[box].block];
      WorkBoxPlace *out = &self->out[box];

      if (!place->placed)
        out->width = MAX (out->width, widths[box]);
      for (guint i = 0; i < self->sheet->boxes[box].n_pins; i++)
        if (out->pins[i].exit == 0)
          out->pins[i].dx = (gint16) out->width;
    }
}

/* Room to the outside of a box for the labels of the pins that no neighbour takes. */
static gint
room_beside (const Diagram *self, guint box, guint side)
{
  gint32 width = 0;
  const GArray *pins = self->sides[side][box];

  for (guint i = 0; i < pins->len; i++)
    {
      const SidePin *pin = &g_array_index (pins, SidePin, i);

      if (pin->rank >= LOOSE)
        width = MAX (width, nudge_text_width (self->sheet->nets[self->sheet->boxes[box].pin_nets[pin->pin]].label, SIZE));
    }
  return width > 0 ? width / WORK_CELL + 6 : 6;
}

/* From the middle outwards: each box as far from its parent as the labels of both need. */
static void
place_boxes (Diagram *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      guint box = self->sequence[i], parent = self->nodes[box].parent;
      WorkBoxPlace *out = &self->out[box];
      gint gap;

      if (parent == NUDGE_NONE)
        continue;
      out->y += self->out[parent].y;
      if (self->nodes[box].column < self->nodes[parent].column)
        {
          gap = MAX (12, room_beside (self, box, 1) + room_beside (self, parent, 0));
          out->x = self->out[parent].x - gap - out->width;
        }
      else
        {
          gap = MAX (12, room_beside (self, box, 0) + room_beside (self, parent, 1));
          out->x = self->out[parent].x + self->out[parent].width + gap;
        }
    }
}

WorkBoxPlace *
work_boxes_place (const WorkModel *model)
{
  const NudgePlanSheet *sheet = model->sheet;
  guint n = sheet->n_boxes;
  Diagram self = { .model = model, .sheet = sheet, .n = n };

  self.out = g_new0 (WorkBoxPlace, MAX (n, 1));
  self.weights = g_new0 (gdouble, (gsize) n * n + 1);
  self.nodes = g_new0 (Node, MAX (n, 1));
  self.sequence = g_new0 (guint, MAX (n, 1));
  self.sides[0] = g_new0 (GArray *, MAX (n, 1));
  self.sides[1] = g_new0 (GArray *, MAX (n, 1));
  self.votes = g_new0 (gint, sheet->n_units + 1);
  weigh (&self);
  build_tree (&self);
  for (guint box = 0; box < n; box++)
    {
      self.out[box].pins = g_new0 (WorkPin, MAX (sheet->boxes[box].n_pins, 1));
      for (guint side = 0; side < 2; side++)
        self.sides[side][box] = g_array_new (FALSE, FALSE, sizeof (SidePin));
      count_votes (&self, box);
      for (guint pin = 0; pin < sheet->boxes[box].n_pins; pin++)
        sort_pin (&self, box, pin);
      for (guint side = 0; side < 2; side++)
        g_array_sort (self.sides[side][box], compare_side_pins);
      balance_sides (&self, box);
      for (guint side = 0; side < 2; side++)
        g_array_sort (self.sides[side][box], compare_side_pins);
    }
  for (guint i = n; i-- > 0;)
    shape_box (&self, self.sequence[i]);
  align_widths (&self);
  place_boxes (&self);
  for (guint box = 0; box < n; box++)
    {
      g_array_unref (self.sides[0][box]);
      g_array_unref (self.sides[1][box]);
    }
  g_free (self.sides[0]);
  g_free (self.sides[1]);
  g_free (self.votes);
  g_free (self.weights);
  g_free (self.nodes);
  g_free (self.sequence);
  return self.out;
}

void
work_boxes_free (WorkBoxPlace *places, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (places[i].pins);
  g_free (places);
}
