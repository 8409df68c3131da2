#include "arrange/schematic-shelf.h"

#include "drawing/plan-nets.h"

/* Rows of groups as a person sets them: their main parts in one line, regulators in the order in which one feeds the
 * other, then what else is drawn about parts; banks, lone parts and flags in rows of their own. Several ways to set the
 * rows about what the page holds already are tried, and the one that fills the page most evenly is taken. */

#define REST_GAP 9             /* about banks and lone parts */
#define SINGLE_GAP 7           /* cells between two groups of one part each */
#define N_WIDTHS 7             /* of rows that are tried, up to that of the room */
#define MAX_PASSED 12          /* groups that wait for the next row when a later one fits */
#define MANY_CORNERS 24
#define ROOMY 750              /* thousandths of the page in one direction */
#define MAX_STAGES 8           /* regulators that feed each other */

/* ---- order ---- */

/* What a group has to do with a rail: a mask of kinds of its pins. */
static guint
kinds_at (const SchematicGroup *group, guint plan_net)
{
  const WorkSheet *work = group->work;
  guint kinds = 0;

  for (guint i = 0; i < work->n_pins; i++)
    {
      const WorkPinRef *ref = &work->pins[i];
      const WorkShape *shape = work->items[ref->item].shape;

      if (ref->net != NUDGE_NONE && work->nets[ref->net].plan == plan_net && shape->symbol != NULL)
        kinds |= nudge_pin_kind (shape->symbol->pins[shape->pin_index[ref->shape_pin]].type);
    }
  return kinds;
}

static gboolean
feeds (const SchematicGroup *source, const SchematicGroup *group)
{
  for (guint i = 0; i < source->work->n_nets; i++)
    {
      guint net = source->work->nets[i].plan;

      if (source->work->nets[i].power && (kinds_at (source, net) & NUDGE_GIVES_POWER) != 0 && (kinds_at (group, net) & NUDGE_TAKES_POWER) != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
gives_power (const SchematicGroup *group)
{
  for (guint i = 0; i < group->work->n_nets; i++)
    if (group->work->nets[i].power && (kinds_at (group, group->work->nets[i].plan) & NUDGE_GIVES_POWER) != 0)
      return TRUE;
  return FALSE;
}

/* Regulators by their stage, then the other drawn groups, banks, rows and flags. */
static void
rank_groups (GPtrArray *loose)
{
  g_autofree gboolean *source = g_new (gboolean, loose->len + 1);

  for (guint i = 0; i < loose->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (loose, i);

      source[i] = group->kind == GROUP_GROWN && gives_power (group);
      group->stage = source[i] ? 0 : MAX_STAGES;
    }
  for (gint stage = 1; stage < MAX_STAGES; stage++)
    for (guint i = 0; i < loose->len; i++)
      {
        SchematicGroup *group = g_ptr_array_index (loose, i);
        gboolean fed = FALSE;

        for (guint k = 0; k < loose->len && source[i] && group->stage == stage - 1 && !fed; k++)
          fed = k != i && source[k] && ((SchematicGroup *) g_ptr_array_index (loose, k))->stage >= stage - 1 && feeds (g_ptr_array_index (loose, k), group);
        if (fed)
          group->stage = stage;
      }
}

static gint
class_of (const SchematicGroup *group)
{
  switch (group->kind)
    {
    case GROUP_BANK:
      return group->n_elements > 1 ? 1 : 2;
    case GROUP_ROW:
      return 3;
    case GROUP_FLAGS:
      return 4;
    default:
      return 0;
    }
}

static gint
compare_loose (gconstpointer a, gconstpointer b)
{
  const SchematicGroup *x = *(SchematicGroup *const *) a, *y = *(SchematicGroup *const *) b;
  gint cx = class_of (x), cy = class_of (y);

  if (cx != cy)
    return cx - cy;
  if (x->stage != y->stage)
    return x->stage - y->stage;
  if (cx == 1 && x->n_elements != y->n_elements)
    return x->n_elements > y->n_elements ? -1 : 1;
  return x->rank - y->rank;
}

GPtrArray *
schematic_order_loose (GPtrArray *groups)
{
  GPtrArray *loose = g_ptr_array_new ();

  for (guint i = 0; i < groups->len; i++)
    if (((SchematicGroup *) g_ptr_array_index (groups, i))->loose)
      g_ptr_array_add (loose, g_ptr_array_index (groups, i));
  rank_groups (loose);
  g_ptr_array_sort (loose, compare_loose);
  return loose;
}

/* ---- rows ---- */

/* Groups with places, in rows from (x, y) on. */
typedef struct
{
  SchematicGroup **groups;
  CoreRect *rects;
  guint n, n_set;
  gint gap;
  gint x, y;
  gint limit;                  /* how wide rows may get */
  gint right, bottom;          /* of what stands in them */
  guint n_rows;
} Rows;

/* Cells from the top of a group to the origin of its main part. */
static gint
ascent_of (const SchematicGroup *group)
{
  const WorkSheet *work = group->work;
  guint best = NUDGE_NONE;

  for (guint i = 0; i < work->n_items; i++)
    if (work->items[i].placed && (best == NUDGE_NONE || work->items[i].n_pins > work->items[best].n_pins))
      best = i;
  if (best != NUDGE_NONE)
    return work->items[best].y - group->extent.y0;
  return work->n_marks > 0 ? work->marks[0].y - group->extent.y0 : 0;
}

static gint
width_of (const SchematicGroup *group)
{
  return group->extent.x1 - group->extent.x0;
}

static gint
height_of (const SchematicGroup *group)
{
  return group->extent.y1 - group->extent.y0;
}

static gboolean
is_small (const SchematicGroup *group)
{
  return group->n_elements <= 1 || class_of (group) > 1;
}

static gint
gap_between (const Rows *self, const SchematicGroup *a, const SchematicGroup *b)
{
  return is_small (a) && is_small (b) ? MIN (self->gap, SINGLE_GAP) : self->gap;
}

/* Brings the group at @index to where the next one is set, the others keep their order. */
static void
bring_forward (Rows *self, guint index)
{
  SchematicGroup *group = self->groups[index];

  for (guint i = index; i > self->n_set; i--)
    self->groups[i] = self->groups[i - 1];
  self->groups[self->n_set] = group;
}

/* The next group that goes on the row, NUDGE_NONE: the row is full. A few are passed over for one that fits, but no
 * regulator takes the place of one that feeds it. */
static guint
find_next (const Rows *self, gint x)
{
  const SchematicGroup *last = self->groups[self->n_set - 1];

  for (guint i = self->n_set; i < MIN (self->n, self->n_set + MAX_PASSED); i++)
    if (x + gap_between (self, last, self->groups[i]) + width_of (self->groups[i]) - self->x <= self->limit)
      return self->groups[i]->stage < MAX_STAGES && i > self->n_set ? NUDGE_NONE : i;
  return NUDGE_NONE;
}

static void
fill_row (Rows *self, gint y)
{
  guint first = self->n_set, next = first;
  gint x = self->x, up = 0, down = 0;

  for (; next != NUDGE_NONE; next = find_next (self, x))
    {
      SchematicGroup *group = self->groups[next];
      gint ascent = ascent_of (group), left = x;

      if (self->n_set > first)
        left += gap_between (self, self->groups[self->n_set - 1], group);
      bring_forward (self, next);
      self->rects[self->n_set++] = (CoreRect){ left, -ascent, width_of (group), height_of (group) };
      x = left + width_of (group);
      up = MAX (up, ascent);
      down = MAX (down, height_of (group) - ascent);
    }
  for (guint i = first; i < self->n_set; i++)
    self->rects[i].y += y + up;
  self->right = MAX (self->right, x);
  self->bottom = y + up + down;
}

static void
set_rows (Rows *self, gint limit)
{
  gint y = self->y;

  self->limit = limit;
  self->n_set = self->n_rows = 0;
  self->right = self->x;
  self->bottom = self->y;
  while (self->n_set < self->n)
    {
      fill_row (self, y);
      self->n_rows++;
      y = self->bottom;
      if (self->n_set < self->n)
        y += gap_between (self, self->groups[self->n_set - 1], self->groups[self->n_set]);
    }
}

static void
move_rows (Rows *self, gint x, gint y)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->rects[i].x += x - self->x;
      self->rects[i].y += y - self->y;
    }
  self->right += x - self->x;
  self->bottom += y - self->y;
  self->x = x;
  self->y = y;
}

/* ---- rows about the others ---- */

typedef enum
{
  WAY_ABOVE,
  WAY_LEFT,
  WAY_RIGHT,
  N_WAYS,
} Way;

static const gint way_prices[N_WAYS] = { 0, 20, 40 };

typedef struct
{
  const SchematicRoom *room;
  gint gap;
  const CoreRect *others;      /* as they were given */
  guint n_others;
  gint width, height;          /* that they take */
  Rows drawn, rest;
  CoreRect *standing;          /* the others and the drawn groups where they stand now */
  guint n_standing;
  gint right, bottom;          /* of these */
  gint x, y;                   /* by which the others move */
  gint price;
} Shelving;

/* How much of the page is taken; it does not matter while there is air. */
static gint
price_of (const Shelving *self, gint right, gint bottom)
{
  return MAX (ROOMY, MAX (right * 1000 / self->room->width, bottom * 1000 / self->room->height));
}

/* Puts the drawn groups to one side of the others; FALSE when something leaves the room. */
static gboolean
set_drawn (Shelving *self, Way way, gint limit)
{
  self->drawn.x = way == WAY_RIGHT && self->n_others > 0 ? self->width + self->gap : 0;
  self->drawn.y = 0;
  set_rows (&self->drawn, limit);
  self->x = way == WAY_LEFT && self->drawn.n > 0 ? self->drawn.right + self->gap : 0;
  self->y = way == WAY_ABOVE && self->drawn.n > 0 ? self->drawn.bottom + self->gap : 0;
  if (way == WAY_ABOVE && self->drawn.right > self->width)
    self->x = (self->drawn.right - self->width) / 2;
  self->n_standing = 0;
  for (guint i = 0; i < self->n_others; i++)
    {
      const CoreRect *r = &self->others[i];
      self->standing[self->n_standing++] = (CoreRect){ r->x + self->x, r->y + self->y, r->w, r->h };
    }
  for (guint i = 0; i < self->drawn.n; i++)
    self->standing[self->n_standing++] = self->drawn.rects[i];
  self->right = self->bottom = 0;
  for (guint i = 0; i < self->n_standing; i++)
    {
      const CoreRect *r = &self->standing[i];

      if (!schematic_room_holds (self->room, *r))
        return FALSE;
      self->right = MAX (self->right, r->x + r->w);
      self->bottom = MAX (self->bottom, r->y + r->h);
    }
  return TRUE;
}

static gboolean
rest_fits (const Shelving *self, gint x, gint y)
{
  for (guint i = 0; i < self->rest.n; i++)
    {
      CoreRect r = self->rest.rects[i];

      r.x += x - self->rest.x;
      r.y += y - self->rest.y;
      if (!schematic_room_holds (self->room, r))
        return FALSE;
      for (guint k = 0; k < self->n_standing; k++)
        if (core_rects_touch (&r, &self->standing[k], self->rest.gap))
          return FALSE;
    }
  return TRUE;
}

static void
try_rest_at (const Shelving *self, gint x, gint y, gint *best, NudgePoint *at)
{
  gint w = self->rest.right - self->rest.x, h = self->rest.bottom - self->rest.y, price;

  if (x < 0 || y < 0)
    return;
  /* Low on the page, and left. */
  price = price_of (self, MAX (self->right, x + w), MAX (self->bottom, y + h));
  price += (self->room->height - y) * 100 / self->room->height + x * 40 / self->room->width;
  if (price >= *best || !rest_fits (self, x, y))
    return;
  *best = price;
  *at = (NudgePoint){ x, y };
}

/* Below or beside everything, or in a corner that the others leave. */
static gint
find_rest (const Shelving *self, NudgePoint *at)
{
  gint w = self->rest.right - self->rest.x, h = self->rest.bottom - self->rest.y, best = G_MAXINT;
  guint n = self->n_standing <= MANY_CORNERS ? self->n_standing : 0;

  if (self->rest.n == 0)
    return price_of (self, self->right, self->bottom);
  try_rest_at (self, 0, self->n_standing > 0 ? self->bottom + self->rest.gap : 0, &best, at);
  try_rest_at (self, self->right + self->rest.gap, 0, &best, at);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      {
        const CoreRect *a = &self->standing[i], *b = &self->standing[k];
        const gint xs[] = { 0, a->x, a->x + a->w - w, a->x + a->w + self->rest.gap };
        const gint ys[] = { b->y, b->y + b->h - h, b->y + b->h + self->rest.gap };

        for (guint c = 0; c < 12; c++)
          try_rest_at (self, xs[c & 3], ys[c >> 2], &best, at);
      }
  return best;
}

static void
give_places (const Rows *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->groups[i]->x = self->rects[i].x;
      self->groups[i]->y = self->rects[i].y;
    }
}

/* The drawn groups stand; the groups have these places when no way was better so far. */
static void
try_rest (Shelving *self, Way way, gint limit, NudgePoint *move)
{
  NudgePoint at = { 0, 0 };
  gint price;

  self->rest.x = self->rest.y = 0;
  set_rows (&self->rest, limit);
  price = find_rest (self, &at);
  if (price == G_MAXINT || price + way_prices[way] >= self->price)
    return;
  self->price = price + way_prices[way];
  move_rows (&self->rest, at.x, at.y);
  give_places (&self->drawn);
  give_places (&self->rest);
  *move = (NudgePoint){ self->x, self->y };
}

static gint
nth_limit (const Shelving *self, guint n)
{
  return self->room->width * (gint) (n + 2) / (N_WIDTHS + 1);
}

/* Wider rows would be no others. */
static gboolean
is_wide_enough (const Rows *self, gint limit)
{
  return self->n_rows <= 1 || limit <= self->limit;
}

/* In the order in which they are read again, from the @first on. */
static void
take_groups (Rows *self, const GPtrArray *loose, guint first)
{
  for (guint i = 0; i < self->n; i++)
    self->groups[i] = g_ptr_array_index (loose, first + i);
}

/* The drawn groups on one side, in rows of all widths, and the rest in all places for each of these. */
static void
try_way (Shelving *self, GPtrArray *loose, Way way, NudgePoint *move)
{
  for (guint k = 0; k < N_WIDTHS; k++)
    {
      gboolean stands;

      if (k > 0 && is_wide_enough (&self->drawn, nth_limit (self, k)))
        break;
      take_groups (&self->drawn, loose, 0);
      stands = set_drawn (self, way, nth_limit (self, k));
      for (guint m = 0; stands && m < N_WIDTHS; m++)
        {
          if (m > 0 && is_wide_enough (&self->rest, nth_limit (self, m)))
            break;
          take_groups (&self->rest, loose, self->drawn.n);
          try_rest (self, way, nth_limit (self, m), move);
        }
    }
}

gboolean
schematic_shelve (GPtrArray *loose, const CoreRect *rects, guint n_rects, const SchematicRoom *room, gint gap, NudgePoint *move)
{
  Shelving self = { .room = room, .gap = gap, .others = rects, .n_others = n_rects, .price = G_MAXINT };
  g_autofree SchematicGroup **groups = g_new (SchematicGroup *, loose->len + 1);
  g_autofree CoreRect *places = g_new (CoreRect, loose->len + 1), *standing = g_new (CoreRect, loose->len + n_rects + 1);
  guint n_drawn = 0;

  while (n_drawn < loose->len && class_of (g_ptr_array_index (loose, n_drawn)) == 0)
    n_drawn++;
  self.standing = standing;
  self.drawn = (Rows){ .groups = groups, .rects = places, .n = n_drawn, .gap = gap };
  self.rest = (Rows){ .groups = groups + n_drawn, .rects = places + n_drawn, .n = loose->len - n_drawn, .gap = MIN (gap, REST_GAP) };
  for (guint i = 0; i < n_rects; i++)
    {
      self.width = MAX (self.width, rects[i].x + rects[i].w);
      self.height = MAX (self.height, rects[i].y + rects[i].h);
    }
  for (guint way = 0; way < (n_rects > 0 && n_drawn > 0 ? N_WAYS : 1); way++)
    try_way (&self, loose, (Way) way, move);
  return self.price < G_MAXINT;
}
