#include "drawing/work-faults.h"

#include "drawing/router.h"

#define EDGE NUDGE_MM (0.1)    /* boxes may share so much */
#define MAX_NEAR 32            /* nets or texts that are drawn anew at once */
#define MAX_ROUNDS 4

/* ---- finding ---- */

/* A text with what may stand beside it: the body of its own symbol. */
typedef struct
{
  NudgeBox box;
  guint owner;                 /* item, or NUDGE_NONE */
  const WorkRect *self, *body; /* body: of its power symbol, or NULL */
} TextQuery;

static gboolean
is_hit (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  const TextQuery *query = data;
  gboolean own = rect->owner == query->owner && rect->owner != NUDGE_NONE;

  if (rect == query->self || rect == query->body || rect->kind == WORK_RECT_CHANNEL || (own && rect->kind != WORK_RECT_TEXT && rect->kind != WORK_RECT_PINS))
    return FALSE;
  if (!nudge_box_overlaps (&rect->box, &query->box))
    return FALSE;
  /* Between the pins of a side there may be room. */
  return rect->kind != WORK_RECT_PINS || rect->owner == NUDGE_NONE || work_item_pins_meet (&self->items[rect->owner], &query->box);
}

static gboolean
text_is_hit (WorkSheet *self, guint32 rect, guint32 body, guint owner)
{
  TextQuery query = { nudge_box_grown (self->rects[rect].box, -EDGE), owner, &self->rects[rect], body != 0 ? &self->rects[body] : NULL };

  return work_wires_in_box (self, &query.box) > 0 || work_each_rect (self, &query.box, is_hit, &query);
}

static void
add_fault (GArray *faults, gint x, gint y, guint net, guint item)
{
  WorkFault fault = { x, y, net, item };

  g_array_append_val (faults, fault);
}

static void
list_texts (WorkSheet *self, GArray *faults)
{
  for (guint i = 0; i < self->n_items; i++)
    for (guint k = 0; self->items[i].placed && k < 2; k++)
      {
        guint32 rect = self->items[i].text_rects[k];
        const NudgeBox *box = &self->rects[rect].box;

        if (rect != 0 && text_is_hit (self, rect, 0, i))
          add_fault (faults, (box->x0 + box->x1) / 2 / WORK_CELL, box->y0 / WORK_CELL, NUDGE_NONE, i);
      }
}

static void
list_marks (WorkSheet *self, GArray *faults)
{
  for (guint i = 0; i < self->n_marks; i++)
    {
      const WorkMark *mark = &self->marks[i];
      NudgeBox body;

      if (!mark->live)
        continue;
      body = mark->rects[1] != 0 ? nudge_box_grown (self->rects[mark->rects[1]].box, -EDGE) : NUDGE_BOX_EMPTY;
      if (text_is_hit (self, mark->rects[0], mark->rects[1], NUDGE_NONE) || (mark->rects[1] != 0 && work_wires_in_box (self, &body) > 0))
        add_fault (faults, mark->x, mark->y, mark->net, NUDGE_NONE);
    }
}

static void
list_homeless (WorkSheet *self, GArray *faults)
{
  for (guint net = 0; net < self->n_nets; net++)
    {
      const WorkNet *n = &self->nets[net];

      if (n->homeless <= 0)
        continue;
      work_cluster_pass (self);
      for (guint i = 0; i < n->n_pins; i++)
        {
          guint ref = self->net_pins[n->first_pin + i];
          gboolean has_mark;
          gint x, y;

          if (!work_pin_stands (self, ref, &x, &y) || work_cluster_seen (self, x, y))
            continue;
          work_cluster_collect (self, x, y, (guint16) (net + 1), &has_mark);
          if (!has_mark)
            add_fault (faults, x, y, net, self->pins[ref].item);
        }
    }
}

GArray *
work_list_faults (WorkSheet *self)
{
  GArray *faults = g_array_new (FALSE, FALSE, sizeof (WorkFault));

  list_homeless (self, faults);
  list_marks (self, faults);
  list_texts (self, faults);
  return faults;
}

guint
work_count_faults (WorkSheet *self)
{
  g_autoptr (GArray) faults = work_list_faults (self);

  return faults->len;
}

/* ---- mending ---- */

/* What stands near a fault. */
typedef struct
{
  WorkSheet *sheet;
  guint nets[MAX_NEAR], items[MAX_NEAR];
  guint n_nets, n_items;
} Near;

static void
add_near (guint *list, guint *n, guint what)
{
  for (guint i = 0; i < *n; i++)
    if (list[i] == what)
      return;
  if (*n < MAX_NEAR)
    list[(*n)++] = what;
}

static gboolean
gather_rect (WorkSheet *self, const WorkRect *rect, gpointer data)
{
  Near *near = data;

  if (rect->net != 0)
    add_near (near->nets, &near->n_nets, rect->net - 1);
  else if (rect->kind == WORK_RECT_TEXT && rect->owner != NUDGE_NONE)
    add_near (near->items, &near->n_items, rect->owner);
  return FALSE;
}

static void
gather (WorkSheet *self, const WorkFault *fault, gint reach, Near *near)
{
  gint x0 = MAX (fault->x - reach, 1), y0 = MAX (fault->y - reach, 1);
  gint x1 = MIN (fault->x + reach, self->width - 2), y1 = MIN (fault->y + reach, self->height - 2);
  NudgeBox box = { x0 * WORK_CELL, y0 * WORK_CELL, x1 * WORK_CELL, y1 * WORK_CELL };

  *near = (Near){ .sheet = self };
  if (fault->net != NUDGE_NONE)
    add_near (near->nets, &near->n_nets, fault->net);
  if (fault->item != NUDGE_NONE)
    add_near (near->items, &near->n_items, fault->item);
  work_each_rect (self, &box, gather_rect, near);
  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++)
      {
        const WorkNode *node = &self->nodes[work_node (self, x, y)];

        if (node->h != 0)
          add_near (near->nets, &near->n_nets, node->h - 1u);
        if (node->v != 0)
          add_near (near->nets, &near->n_nets, node->v - 1u);
      }
}

static void
draw_nets (Near *near)
{
  work_nets_draw (near->sheet, near->nets, near->n_nets, G_MAXINT32);
  for (guint i = 0; i < near->n_nets; i++)
    if (!work_net_is_whole (&near->sheet->nets[near->nets[i]]))
      work_net_mark (near->sheet, near->nets[i]);
}

static void
draw_texts (Near *near)
{
  for (guint i = 0; i < near->n_items; i++)
    work_place_fields (near->sheet, near->items[i]);
}

/* The ways to draw the surroundings anew: which comes first has the better places. */
enum
{
  WAY_LABEL_FIRST = 1,         /* the fault's own net before the others */
  WAY_TEXTS_FIRST = 2,
  WAY_BACKWARDS = 4,
  N_WAYS = 8,
};

static void
draw_again (Near *near, const WorkFault *fault, guint way)
{
  WorkSheet *self = near->sheet;

  for (guint i = 0; i < near->n_items; i++)
    work_remove_fields (self, near->items[i]);
  for (guint i = 0; i < near->n_nets; i++)
    work_net_rip (self, near->nets[i]);
  for (guint i = 0; (way & WAY_BACKWARDS) && i < near->n_nets / 2; i++)
    {
      guint swap = near->nets[i];

      near->nets[i] = near->nets[near->n_nets - 1 - i];
      near->nets[near->n_nets - 1 - i] = swap;
    }
  if ((way & WAY_LABEL_FIRST) && fault->net != NUDGE_NONE)
    work_net_mark (self, fault->net);
  if (way & WAY_TEXTS_FIRST)
    draw_texts (near);
  draw_nets (near);
  if (!(way & WAY_TEXTS_FIRST))
    draw_texts (near);
}

static gboolean
mend (WorkSheet *self, const WorkFault *fault, guint *n_faults)
{
  static const gint reaches[] = { 3, 7, 14 };

  for (guint r = 0; r < G_N_ELEMENTS (reaches); r++)
    for (guint way = 0; way < N_WAYS; way++)
      {
        guint trial, n;
        Near near;

        if ((way & WAY_LABEL_FIRST) && fault->net == NUDGE_NONE)
          continue;
        trial = work_begin (self);
        gather (self, fault, reaches[r], &near);
        draw_again (&near, fault, way);
        work_nets_squeeze (self, near.nets, near.n_nets);
        n = work_count_faults (self);
        if (n < *n_faults)
          {
            work_keep (self, trial);
            *n_faults = n;
            return TRUE;
          }
        work_undo (self, trial);
      }
  return FALSE;
}

guint
work_mend_faults (WorkSheet *self)
{
  guint n_faults = work_count_faults (self);
  gboolean better = n_faults > 0;

  for (guint round = 0; round < MAX_ROUNDS && better && !work_is_quick (self); round++)
    {
      g_autoptr (GArray) faults = work_list_faults (self);

      better = FALSE;
      for (guint i = 0; i < faults->len && n_faults > 0 && !work_is_stopped (self); i++)
        better |= mend (self, &g_array_index (faults, WorkFault, i), &n_faults);
    }
  return n_faults;
}
