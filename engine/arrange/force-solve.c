#include "arrange/force-private.h"

#include "base/limits.h"

#include <math.h>

/* Nets are springs between pins, so that it matters how a part is turned; boxes that come near push one another away.
 * Each step is limited by a temperature that falls. First the parts of each group move, then the groups as wholes. */

#define ATTRACTION 1.5
#define REPULSION 50.0
#define GRAVITY 0.05
#define REACH (3 * FORCE_SPACING)
#define DAMPING 0.8
#define TEMPERATURE 10.0
#define COOLING 0.95
#define WITHIN_ITERATIONS 100
#define BETWEEN_ITERATIONS 50
#define SPACING_ITERATIONS 50
#define GENTLE_ITERATIONS 25
#define QUIET_ITERATIONS 15
#define TURN_EVERY 10
#define QUIET 1.0              /* mm that all together may still move */
#define PAGE_ASPECT 1.41

/* What moves as one: an item, or a group. */
typedef struct
{
  ForceSheet *sheet;
  gboolean groups;
  guint n;
  ForceBox *boxes;
  ForceVector *forces;
  gboolean *fixed;
  guint *members;              /* items in each body */
  NudgeBox *around;            /* boxes with half the reach about them */
} Bodies;

static guint
body_of (const Bodies *self, guint item)
{
  return self->groups ? FORCE_ITEM (self->sheet, item)->group : item;
}

static void
bodies_init (Bodies *self, ForceSheet *sheet, gboolean groups)
{
  *self = (Bodies){ .sheet = sheet, .groups = groups, .n = groups ? sheet->n_groups : sheet->items->len };
  self->boxes = g_new (ForceBox, self->n + 1);
  self->forces = g_new0 (ForceVector, self->n + 1);
  self->fixed = g_new0 (gboolean, self->n + 1);
  self->members = g_new0 (guint, self->n + 1);
  self->around = g_new (NudgeBox, self->n + 1);
  for (guint i = 0; i < sheet->items->len; i++)
    {
      guint body = body_of (self, i);
      ForceBox box = force_item_box (FORCE_ITEM (sheet, i)), *all = &self->boxes[body];

      *all = self->members[body] == 0 ? box
                                      : (ForceBox){ MIN (all->x0, box.x0), MIN (all->y0, box.y0), MAX (all->x1, box.x1), MAX (all->y1, box.y1) };
      self->members[body]++;
      self->fixed[body] |= FORCE_ITEM (sheet, i)->fixed;
    }
}

static void
bodies_clear (Bodies *self)
{
  g_free (self->boxes);
  g_free (self->forces);
  g_free (self->fixed);
  g_free (self->members);
  g_free (self->around);
}

static gint32
to_units (double mm)
{
  return (gint32) CLAMP (mm * NUDGE_UNITS_PER_MM, -NUDGE_MAX_COORDINATE, NUDGE_MAX_COORDINATE);
}

static void
visit_near (Bodies *self, double reach, NudgeBoxPairVisit visit)
{
  g_auto (NudgeBoxBins) bins = { 0 };

  for (guint i = 0; i < self->n; i++)
    self->around[i] = (NudgeBox){ to_units (self->boxes[i].x0 - reach / 2), to_units (self->boxes[i].y0 - reach / 2),
                                  to_units (self->boxes[i].x1 + reach / 2), to_units (self->boxes[i].y1 + reach / 2) };
  nudge_box_bins_init (&bins, self->around, self->n);
  nudge_box_bins_visit_pairs (&bins, visit, self);
}

/* --- forces --- */

static void
attract (Bodies *self)
{
  ForceSheet *sheet = self->sheet;

  for (guint n = 0; n < sheet->nets->len; n++)
    {
      const ForceNet *net = FORCE_NET (sheet, n);
      double k = ATTRACTION * net->strength / FORCE_SPACING;

      for (guint i = net->first_pin; k > 0 && i < net->first_pin + net->n_pins; i++)
        for (guint j = i + 1; j < net->first_pin + net->n_pins; j++)
          {
            const ForcePin *p = FORCE_PIN (sheet, sheet->net_pins[i]), *q = FORCE_PIN (sheet, sheet->net_pins[j]);
            ForceVector a = force_pin_at (sheet, p), b = force_pin_at (sheet, q);
            guint x = body_of (self, p->item), y = body_of (self, q->item);
            gboolean same_group = FORCE_ITEM (sheet, p->item)->group == FORCE_ITEM (sheet, q->item)->group;

            if (x == y || same_group == self->groups)
              continue;
            self->forces[x].x += k * (b.x - a.x);
            self->forces[x].y += k * (b.y - a.y);
            self->forces[y].x -= k * (b.x - a.x);
            self->forces[y].y -= k * (b.y - a.y);
            sheet->energy += k * ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)) / 2;
          }
    }
}

static void
repel_pair (guint a, guint b, gpointer data)
{
  Bodies *self = data;
  const ForceBox *p = &self->boxes[a], *q = &self->boxes[b];
  double w = MIN (p->x1, q->x1) - MAX (p->x0, q->x0), h = MIN (p->y1, q->y1) - MAX (p->y0, q->y0);
  double dx = (p->x0 + p->x1 - q->x0 - q->x1) / 2, dy = (p->y0 + p->y1 - q->y0 - q->y1) / 2;
  double gap = hypot (MIN (w, 0), MIN (h, 0)), distance = hypot (dx, dy), push;

  if (gap >= REACH || (!self->groups && FORCE_ITEM (self->sheet, a)->group != FORCE_ITEM (self->sheet, b)->group))
    return;
  push = REPULSION * (1 - gap / REACH) * (1 - gap / REACH) / 10;
  if (w > 0 && h > 0)
    push += REPULSION * MIN (w, h) / FORCE_SPACING / 10;
  self->sheet->energy += push * FORCE_SPACING;
  /* Out of one another the short way. */
  if (w > 0 && h > 0 && w < h)
    dy = 0;
  else if (w > 0 && h > 0)
    dx = 0;
  distance = MAX (hypot (dx, dy), 1e-3);
  if (dx == 0 && dy == 0)
    dx = distance;
  self->forces[a].x += push * dx / distance;
  self->forces[a].y += push * dy / distance;
  self->forces[b].x -= push * dx / distance;
  self->forces[b].y -= push * dy / distance;
}

/* Towards the middle, of the group or of the page, which is wider than tall. */
static void
gather (Bodies *self)
{
  ForceSheet *sheet = self->sheet;
  g_autofree ForceVector *middles = g_new0 (ForceVector, sheet->n_groups + 1);
  g_autofree guint *counts = g_new0 (guint, sheet->n_groups + 1);

  for (guint i = 0; i < self->n; i++)
    {
      guint key = self->groups ? 0 : FORCE_ITEM (sheet, i)->group;

      middles[key].x += (self->boxes[i].x0 + self->boxes[i].x1) / 2;
      middles[key].y += (self->boxes[i].y0 + self->boxes[i].y1) / 2;
      counts[key]++;
    }
  for (guint i = 0; i < self->n; i++)
    {
      guint key = self->groups ? 0 : FORCE_ITEM (sheet, i)->group;
      double n = counts[key];

      self->forces[i].x += GRAVITY * (middles[key].x / n - (self->boxes[i].x0 + self->boxes[i].x1) / 2);
      self->forces[i].y += GRAVITY * PAGE_ASPECT * (middles[key].y / n - (self->boxes[i].y0 + self->boxes[i].y1) / 2);
    }
}

static void
move_items (Bodies *self)
{
  for (guint i = 0; i < self->sheet->items->len; i++)
    {
      guint body = body_of (self, i);
      ForceItem *item = FORCE_ITEM (self->sheet, i);

      if (self->fixed[body])
        continue;
      item->at.x += self->forces[body].x;
      item->at.y += self->forces[body].y;
    }
}

/* One step along the forces, no longer than the temperature allows; returns how far all went together. */
static double
relax (ForceSheet *sheet, gboolean groups)
{
  Bodies self;
  double limit = sheet->temperature * FORCE_SPACING, moved = 0;

  bodies_init (&self, sheet, groups);
  sheet->energy = 0;
  attract (&self);
  visit_near (&self, REACH, repel_pair);
  gather (&self);
  for (guint i = 0; i < self.n; i++)
    {
      double scale = DAMPING * (groups ? log (self.members[i] + 1.0) / MAX (self.members[i], 1) : 1);
      double length = scale * hypot (self.forces[i].x, self.forces[i].y);

      if (length > limit)
        scale *= limit / length;
      self.forces[i].x *= scale;
      self.forces[i].y *= scale;
      moved += self.fixed[i] ? 0 : MIN (length, limit);
    }
  move_items (&self);
  bodies_clear (&self);
  return moved;
}

/* --- turning --- */

static double
turn_energy (const ForceSheet *sheet, const ForceItem *item, guint turn)
{
  double energy = item->tastes[turn];

  for (guint i = item->first_pin; i < item->first_pin + item->n_pins; i++)
    {
      const ForceNet *net = FORCE_NET (sheet, FORCE_PIN (sheet, i)->net);
      ForceVector at = FORCE_PIN (sheet, i)->offsets[turn];

      at.x += item->at.x;
      at.y += item->at.y;
      for (guint k = net->first_pin; net->strength > 0 && k < net->first_pin + net->n_pins; k++)
        {
          const ForcePin *other = FORCE_PIN (sheet, sheet->net_pins[k]);
          ForceVector b = force_pin_at (sheet, other);

          if (FORCE_ITEM (sheet, other->item) != item)
            energy += ATTRACTION * net->strength / FORCE_SPACING * ((b.x - at.x) * (b.x - at.x) + (b.y - at.y) * (b.y - at.y)) / 2;
        }
    }
  return energy;
}

static void
turn_items (ForceSheet *sheet)
{
  for (guint i = 0; i < sheet->items->len; i++)
    {
      ForceItem *item = FORCE_ITEM (sheet, i);
      double best = turn_energy (sheet, item, item->turn);

      for (guint turn = 0; turn < item->n_turns; turn++)
        {
          double energy = turn_energy (sheet, item, turn);

          if (energy >= best - 1e-6)
            continue;
          best = energy;
          item->turn = turn;
        }
    }
}

/* --- spacing --- */

typedef struct
{
  Bodies bodies;
  double share;
  guint n_overlaps;
} Spacing;

static void
part_pair (guint a, guint b, gpointer data)
{
  Spacing *self = (Spacing *) data;
  Bodies *bodies = &self->bodies;
  const ForceBox *p = &bodies->boxes[a], *q = &bodies->boxes[b];
  double w = MIN (p->x1, q->x1) - MAX (p->x0, q->x0), h = MIN (p->y1, q->y1) - MAX (p->y0, q->y0);
  double share = self->share * (bodies->fixed[a] || bodies->fixed[b] ? 1 : 0.5);
  double sign;

  if (w <= 0 || h <= 0)
    return;
  self->n_overlaps++;
  if (w < h)
    {
      sign = p->x0 + p->x1 <= q->x0 + q->x1 ? -1 : 1;
      bodies->forces[a].x += sign * share * w;
      bodies->forces[b].x -= sign * share * w;
      return;
    }
  sign = p->y0 + p->y1 <= q->y0 + q->y1 ? -1 : 1;
  bodies->forces[a].y += sign * share * h;
  bodies->forces[b].y -= sign * share * h;
}

/* Apart by a share of what they overlap, gently at first; TRUE when nothing overlaps any more. */
static gboolean
space_out (ForceSheet *sheet)
{
  Spacing self = { .share = sheet->iteration < GENTLE_ITERATIONS ? 0.6 : 1.0 };

  bodies_init (&self.bodies, sheet, FALSE);
  visit_near (&self.bodies, 0, part_pair);
  move_items (&self.bodies);
  bodies_clear (&self.bodies);
  return self.n_overlaps == 0;
}

/* --- levels --- */

/* Groups side by side in rows, so that none starts within another. */
static void
lay_out_groups (ForceSheet *sheet)
{
  Bodies self;
  guint columns = (guint) ceil (sqrt (sheet->n_groups));
  double x = 0, y = 0, row = 0;

  bodies_init (&self, sheet, TRUE);
  for (guint i = 0; i < self.n; i++)
    {
      const ForceBox *box = &self.boxes[i];

      if (i % columns == 0)
        {
          x = 0;
          y += row;
          row = 0;
        }
      self.forces[i] = (ForceVector){ x - box->x0, y - box->y0 };
      x += box->x1 - box->x0 + FORCE_SPACING;
      row = MAX (row, box->y1 - box->y0 + FORCE_SPACING);
    }
  move_items (&self);
  bodies_clear (&self);
}

static void
enter (ForceSheet *sheet, NudgeForceLevel level)
{
  sheet->level = level;
  sheet->iteration = 0;
  sheet->quiet = 0;
  sheet->temperature = level == NUDGE_FORCE_BETWEEN ? 2 * TEMPERATURE : TEMPERATURE;
  if (level == NUDGE_FORCE_BETWEEN)
    lay_out_groups (sheet);
  if (level == NUDGE_FORCE_SETTLED)
    force_sheet_settle (sheet);
}

void
force_sheet_end (ForceSheet *sheet)
{
  if (sheet->level != NUDGE_FORCE_SETTLED)
    enter (sheet, NUDGE_FORCE_SETTLED);
}

void
force_sheet_step (ForceSheet *sheet)
{
  gboolean groups = sheet->level == NUDGE_FORCE_BETWEEN;

  if (sheet->level == NUDGE_FORCE_SETTLED)
    return;
  if (sheet->iteration == 0 && sheet->level == NUDGE_FORCE_WITHIN)
    enter (sheet, NUDGE_FORCE_WITHIN);
  sheet->iteration++;
  sheet->n_iterations++;
  if (sheet->level == NUDGE_FORCE_SPACING)
    {
      if (space_out (sheet) || sheet->iteration >= SPACING_ITERATIONS)
        enter (sheet, NUDGE_FORCE_SETTLED);
      return;
    }
  sheet->quiet = relax (sheet, groups) < QUIET ? sheet->quiet + 1 : 0;
  sheet->temperature *= COOLING;
  if (sheet->iteration % TURN_EVERY == 0)
    turn_items (sheet);
  if (sheet->quiet >= QUIET_ITERATIONS || sheet->iteration >= (groups ? BETWEEN_ITERATIONS : WITHIN_ITERATIONS))
    enter (sheet, groups ? NUDGE_FORCE_SPACING : NUDGE_FORCE_BETWEEN);
}
