#include "drawing/router.h"
#include "drawing/work-faults.h"
#include "drawing/work-routes.h"

#define MAX_MENDED 6           /* faults */

/* A sheet whose parts stand where the layout says. What the arranger drew is kept wherever nothing it hangs on has
 * moved, so that a nudge changes what it touches and no more. */

typedef struct
{
  WorkSheet *work;
  const NudgeRoutes *known;    /* or NULL */
  guint *net_of;               /* by net of the plan sheet: net of the work sheet +1 */
  gboolean *spoilt;            /* by net: something moved into its way */
  gboolean *moved;             /* by item */
} Redraw;

static NudgePose
wanted_pose (const WorkSheet *work, const WorkItem *item)
{
  const NudgeLayout *layout = work->plan->layout;
  NudgePose pose = { { 0, 0 }, 0, 0 };
  NudgePoint at;

  if (item->unit != NUDGE_NONE)
    return layout->placements[item->unit].pose;
  at = layout->boxes[work->sheet->boxes[item->box].block].at;
  pose.at = (NudgePoint){ nudge_snap (at.x, WORK_CELL), nudge_snap (at.y, WORK_CELL) };
  return pose;
}

/* Parts off the grid or off the page are not entered: their pins carry their labels. */
static void
place_items (WorkSheet *work)
{
  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];
      NudgePose pose = wanted_pose (work, item);
      guint index = work_pose_from_pose (&pose);
      NudgeBox full;

      if (index >= item->shape->n_poses)
        index = 0;
      full = work_box_at (&item->shape->poses[index].full, pose.at.x / WORK_CELL, pose.at.y / WORK_CELL);
      if (pose.at.x % WORK_CELL != 0 || pose.at.y % WORK_CELL != 0 || full.x0 < 3 * WORK_CELL || full.y0 < 3 * WORK_CELL ||
          full.x1 > (work->width - 4) * WORK_CELL || full.y1 > (work->height - 4) * WORK_CELL)
        continue;
      work_place_item (work, i, pose.at.x / WORK_CELL, pose.at.y / WORK_CELL, index);
    }
}

static gboolean
has_moved (const Redraw *self, const WorkItem *item)
{
  if (item->unit != NUDGE_NONE)
    {
      const NudgePose *then = &self->known->units[item->unit - self->work->sheet->first_unit].pose;

      return !item->placed || then->at.x != item->x * WORK_CELL || then->at.y != item->y * WORK_CELL || work_pose_from_pose (then) != item->pose;
    }
  else
    {
      const RoutedBox *then = &self->known->boxes[item->box];
      NudgeBox now = work_box_at (&item->shape->poses[0].body, item->x, item->y);

      return then->n_pins != item->shape->n_pins || now.x0 != then->box.x0 || now.y0 != then->box.y0 || now.x1 != then->box.x1 ||
             now.y1 != then->box.y1;
    }
}

static gboolean
on_page (const WorkSheet *work, NudgePoint p)
{
  return p.x % WORK_CELL == 0 && p.y % WORK_CELL == 0 && work_inside (work, p.x / WORK_CELL, p.y / WORK_CELL);
}

/* Whether a wire of @net may stand on a node: no body, no other net's pin, no corner of another net. */
static gboolean
node_admits (WorkSheet *work, gsize n, guint16 net)
{
  if (work->nodes[n].pin_at != 0)
    return work->nodes[n].pin_at == net;
  return work->nodes[n].block == 0 || (work->nodes[n].zone == net && !work_node_is_solid (work, n, net));
}

static gboolean
load_wire (WorkSheet *work, const RoutedWire *wire, guint16 net)
{
  guint direction = wire->a.y == wire->b.y ? 0 : 3;
  gint x = wire->a.x / WORK_CELL, y = wire->a.y / WORK_CELL;
  gint length = (ABS (wire->b.x - wire->a.x) + ABS (wire->b.y - wire->a.y)) / WORK_CELL;

  if (!on_page (work, wire->a) || !on_page (work, wire->b))
    return FALSE;
  for (gint k = 0; k < length; k++, x += direction == 0, y += direction == 3)
    {
      if (!node_admits (work, work_node (work, x, y), net) || work_edge (work, x, y, direction) != 0)
        return FALSE;
      work_set_edge (work, x, y, direction, net);
    }
  return node_admits (work, work_node (work, x, y), net);
}

static gboolean
is_other_box (WorkSheet *work, const WorkRect *rect, gpointer data)
{
  const gboolean *moved = data;

  return rect->kind != WORK_RECT_CHANNEL && rect->owner != NUDGE_NONE && moved[rect->owner];
}

/* A mark goes back to its place unless a moved part stands there now. */
static gboolean
load_mark (Redraw *self, const RoutedMark *routed, guint net)
{
  WorkSheet *work = self->work;
  const WorkNet *n = &work->nets[net];
  NudgeBox body = NUDGE_BOX_EMPTY, text;

  if (!work_inside (work, routed->x, routed->y) || work->n_marks >= work->max_marks ||
      work->nodes[work_node (work, routed->x, routed->y)].mark_at != 0)
    return FALSE;
  if (routed->kind == WORK_MARK_LABEL)
    text = work_label_box (work, n, routed->x, routed->y, routed->direction);
  else
    work_power_boxes (work, n, routed->kind == WORK_MARK_FLAG, routed->x, routed->y, routed->direction, &body, &text);
  nudge_box_add_box (&text, &body);
  if (work_each_rect (work, &text, is_other_box, self->moved))
    return FALSE;
  work_add_mark (work, net, (WorkMarkKind) routed->kind, routed->x, routed->y, routed->direction, 0);
  return TRUE;
}

/* Everything of a net that is on the sheet, also what no pin leads to any more. */
static void
clear_net (WorkSheet *work, guint net)
{
  guint16 id = (guint16) (net + 1);

  while (work->nets[net].first_mark != 0)
    work_remove_mark (work, work->nets[net].first_mark - 1);
  for (gint y = 1; y < work->height - 1; y++)
    for (gint x = 1; x < work->width - 1; x++)
      {
        if (work->nodes[work_node (work, x, y)].h == id)
          work_set_edge (work, x, y, 0, 0);
        if (work->nodes[work_node (work, x, y)].v == id)
          work_set_edge (work, x, y, 3, 0);
      }
}

/* Wires that led to where a pin was. */
static void
clear_old_pin (Redraw *self, guint net, NudgePoint was)
{
  WorkSheet *work = self->work;
  guint16 id = (guint16) (net + 1);
  gsize n;

  if (!on_page (work, was))
    return;
  n = work_node (work, was.x / WORK_CELL, was.y / WORK_CELL);
  if (work_edges_of (work, n, id) == 0 && work->nodes[n].mark_at != id)
    return;
  work_cluster_collect (work, was.x / WORK_CELL, was.y / WORK_CELL, id, NULL);
  work_net_clear_cluster (work, net);
}

/* A pin of a box may be moved by itself. */
static gboolean
pin_stands (const WorkItem *box, guint shape_pin, NudgePoint was)
{
  const WorkPin *pin = &box->shape->poses[0].pins[shape_pin];

  return was.x == (box->x + pin->dx) * WORK_CELL && was.y == (box->y + pin->dy) * WORK_CELL;
}

static void
clear_old_pins (Redraw *self)
{
  WorkSheet *work = self->work;

  for (guint i = 0; i < work->n_items; i++)
    for (guint k = 0; (self->moved[i] || work->items[i].box != NUDGE_NONE) && k < work->items[i].n_pins; k++)
      {
        const WorkItem *item = &work->items[i];
        const WorkPinRef *ref = &work->pins[item->first_pin + k];
        NudgePoint was;

        if (ref->net == NUDGE_NONE)
          continue;
        if (item->box != NUDGE_NONE)
          {
            if (ref->shape_pin >= self->known->boxes[item->box].n_pins)
              continue;
            was = self->known->boxes[item->box].pins[ref->shape_pin];
            if (!self->moved[i] && pin_stands (item, ref->shape_pin, was))
              continue;
          }
        else
          was = nudge_plan_pin_position (&work->plan->layout->units[item->unit],
                                         &self->known->units[item->unit - work->sheet->first_unit].pose,
                                         item->shape->pin_index[ref->shape_pin]);
        clear_old_pin (self, ref->net, was);
      }
}

/* --- what the circuit no longer has, or somebody has moved in the file --- */

/* A wire that ends nowhere is taken back to where something holds it. */
static void
prune (WorkSheet *work, NudgePoint end, guint16 net)
{
  gint x = end.x / WORK_CELL, y = end.y / WORK_CELL;

  if (!on_page (work, end))
    return;
  for (;;)
    {
      static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, -1, 0, 1 };
      gsize n = work_node (work, x, y);
      guint direction = 0;

      if (work->nodes[n].pin_at == net || work->nodes[n].mark_at == net || work_edges_of (work, n, net) != 1)
        return;
      while (work_edge (work, x, y, direction) != net)
        direction++;
      work_set_edge (work, x, y, direction, 0);
      x += dx[direction];
      y += dy[direction];
    }
}

/* Marks that no pin and no wire holds go too. */
static void
prune_all (Redraw *self)
{
  WorkSheet *work = self->work;

  for (guint i = 0; i < self->known->wires->len; i++)
    {
      const RoutedWire *wire = &g_array_index (self->known->wires, RoutedWire, i);
      guint16 net = (guint16) self->net_of[wire->net];

      if (net != 0)
        {
          prune (work, wire->a, net);
          prune (work, wire->b, net);
        }
    }
  for (guint i = 0; i < work->n_marks; i++)
    {
      const WorkMark *mark = &work->marks[i];
      gsize n = work_node (work, mark->x, mark->y);
      guint16 net = (guint16) (mark->net + 1);

      if (mark->live && work_edges_of (work, n, net) == 0 && work->nodes[n].pin_at != net)
        work_remove_mark (work, i);
    }
}

static void
load_known (Redraw *self)
{
  WorkSheet *work = self->work;

  for (guint i = 0; i < work->n_items; i++)
    self->moved[i] = has_moved (self, &work->items[i]);
  for (guint i = 0; i < self->known->wires->len; i++)
    {
      const RoutedWire *wire = &g_array_index (self->known->wires, RoutedWire, i);
      guint net = self->net_of[wire->net];

      if (net != 0 && !load_wire (work, wire, (guint16) net))
        self->spoilt[net - 1] = TRUE;
    }
  for (guint i = 0; i < self->known->marks->len; i++)
    {
      const RoutedMark *mark = &g_array_index (self->known->marks, RoutedMark, i);
      guint net = self->net_of[mark->net];

      if (net != 0 && !load_mark (self, mark, net - 1))
        self->spoilt[net - 1] = TRUE;
    }
  for (guint net = 0; net < work->n_nets; net++)
    if (self->spoilt[net])
      clear_net (work, net);
  clear_old_pins (self);
  if (self->known->stale)
    prune_all (self);
}

/* Texts of what has not moved stay, unless something else stands there now. */
static void
load_fields (Redraw *self)
{
  WorkSheet *work = self->work;

  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];

      if (!item->placed)
        continue;
      if (self->known == NULL || self->moved[i] || item->unit == NUDGE_NONE ||
          !work_restore_fields (work, i, &self->known->units[item->unit - work->sheet->first_unit]))
        work_place_fields (work, i);
    }
}

void
work_redraw (WorkSheet *work, const NudgeRoutes *known)
{
  g_autofree guint *net_of = g_new0 (guint, work->sheet->n_nets + 1);
  g_autofree gboolean *spoilt = g_new0 (gboolean, work->n_nets + 1), *moved = g_new0 (gboolean, work->n_items + 1);
  Redraw self = { .work = work, .known = known, .net_of = net_of, .spoilt = spoilt, .moved = moved };

  for (guint net = 0; net < work->n_nets; net++)
    net_of[work->nets[net].plan] = net + 1;
  if (known != NULL)
    load_known (&self);
  work_nets_draw_all (work);
  load_fields (&self);
  work_nets_squeeze_all (work);
}

NudgeRoutes *
work_routes_from_layout (const NudgePlan *plan, const NudgePlanSheet *sheet, const NudgeRoutes *known)
{
  g_autoptr (WorkModel) model = work_model_new (plan, sheet);
  g_autofree guint *elements = g_new (guint, model->n_elements + 1);
  g_autoptr (WorkSheet) work = NULL;
  NudgePoint page = nudge_paper_size (plan->layout->papers[sheet->block]);
  NudgeRoutes *routes = work_routes_new (sheet);

  for (guint i = 0; i < model->n_elements; i++)
    elements[i] = i;
  work = work_model_sheet (model, elements, model->n_elements);
  work_sheet_open (work, page.x / WORK_CELL + 1, page.y / WORK_CELL + 1);
  place_items (work);
  work_redraw (work, known != NULL && known->n_units == sheet->n_units && known->n_boxes == sheet->n_boxes ? known : NULL);
  /* With more of them things lie upon each other, as when a part is dragged over others. */
  if (work_count_faults (work) <= MAX_MENDED)
    work_mend_faults (work);
  for (guint net = 0; net < work->n_nets; net++)
    {
      work_net_name (work, net);
      if (work->nets[net].flag && !work_net_has_flag (work, net))
        work_net_flag (work, net);
    }
  work_routes_add_sheet (routes, model, work, elements, 0, 0);
  work_routes_sort (routes);
  return routes;
}

NudgeRoutes *
work_routes_now (const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  NudgeRoutes *known = nudge_layout_get_routes (plan->layout, sheet->block);

  if (known != NULL && work_routes_match (known, plan, sheet))
    return nudge_routes_ref (known);
  return work_routes_from_layout (plan, sheet, known);
}
