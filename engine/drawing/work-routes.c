#include "drawing/work-routes.h"

#include "drawing/router.h"

NudgeRoutes *
work_routes_new (const NudgePlanSheet *sheet)
{
  NudgeRoutes *self = g_new0 (NudgeRoutes, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_units = sheet->n_units;
  self->n_boxes = sheet->n_boxes;
  self->units = g_new0 (RoutedUnit, MAX (self->n_units, 1));
  self->boxes = g_new0 (RoutedBox, MAX (self->n_boxes, 1));
  self->wires = g_array_new (FALSE, FALSE, sizeof (RoutedWire));
  self->junctions = g_array_new (FALSE, FALSE, sizeof (RoutedJunction));
  self->marks = g_array_new (FALSE, FALSE, sizeof (RoutedMark));
  self->forced = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

NudgeRoutes *
nudge_routes_ref (NudgeRoutes *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_routes_unref (NudgeRoutes *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_boxes; i++)
    {
      g_free (self->boxes[i].pins);
      g_free (self->boxes[i].sides);
      g_clear_pointer (&self->boxes[i].wishes, nudge_sheet_pins_unref);
    }
  g_free (self->units);
  g_free (self->boxes);
  g_array_unref (self->wires);
  g_array_unref (self->junctions);
  g_array_unref (self->marks);
  g_array_unref (self->forced);
  g_free (self);
}

/* ---- from another sheet ---- */

/* The terminal of @to that is what @index is of @from. */
static guint
map_terminal (const NudgePlanSheet *from, const NudgePlanSheet *to, const guint *elements, const guint *nets, guint index)
{
  const NudgePlanTerminal *terminal = &from->terminals[index];
  const NudgePlanNet *net = &to->nets[nets[terminal->net]];

  for (guint i = net->first_terminal; i < net->first_terminal + net->n_terminals; i++)
    {
      const NudgePlanTerminal *other = &to->terminals[i];

      if (terminal->unit != NUDGE_NONE ? other->pin == terminal->pin && other->unit - to->first_unit == elements[terminal->unit - from->first_unit]
                                       : other->box_pin == terminal->box_pin && other->box == elements[from->n_units + terminal->box] - to->n_units)
        return i;
    }
  g_assert_not_reached ();
}

NudgeRoutes *
work_routes_map (const NudgeRoutes *self, const NudgePlanSheet *from, const NudgePlanSheet *to, const guint *elements, const guint *nets)
{
  NudgeRoutes *routes = work_routes_new (to);

  for (guint i = 0; i < self->n_units; i++)
    routes->units[elements[i]] = self->units[i];
  for (guint i = 0; i < self->n_boxes; i++)
    {
      RoutedBox *box = &routes->boxes[elements[self->n_units + i] - self->n_units];

      *box = self->boxes[i];
      box->pins = g_memdup2 (box->pins, MAX (box->n_pins, 1) * sizeof *box->pins);
      box->sides = g_memdup2 (box->sides, MAX (box->n_pins, 1) * sizeof *box->sides);
      if (box->wishes != NULL)
        nudge_sheet_pins_ref (box->wishes);
    }
  g_array_append_vals (routes->wires, self->wires->data, self->wires->len);
  for (guint i = 0; i < routes->wires->len; i++)
    g_array_index (routes->wires, RoutedWire, i).net = nets[g_array_index (routes->wires, RoutedWire, i).net];
  g_array_append_vals (routes->junctions, self->junctions->data, self->junctions->len);
  for (guint i = 0; i < routes->junctions->len; i++)
    g_array_index (routes->junctions, RoutedJunction, i).net = nets[g_array_index (routes->junctions, RoutedJunction, i).net];
  g_array_append_vals (routes->marks, self->marks->data, self->marks->len);
  for (guint i = 0; i < routes->marks->len; i++)
    g_array_index (routes->marks, RoutedMark, i).net = nets[g_array_index (routes->marks, RoutedMark, i).net];
  for (guint i = 0; i < self->forced->len; i++)
    {
      guint terminal = map_terminal (from, to, elements, nets, g_array_index (self->forced, guint, i));
      g_array_append_val (routes->forced, terminal);
    }
  routes->cost = self->cost;
  return routes;
}

/* ---- from a work sheet ---- */

static NudgePoint
cell_point (gint x, gint y)
{
  return (NudgePoint){ x * WORK_CELL, y * WORK_CELL };
}

/* A wire ends where something joins it. */
static gboolean
breaks_run (const WorkSheet *sheet, gsize n, guint16 net, gboolean horizontal)
{
  if (sheet->nodes[n].pin_at == net || sheet->nodes[n].mark_at == net)
    return TRUE;
  if (horizontal)
    return sheet->nodes[n].v == net || sheet->nodes[n - sheet->width].v == net;
  return sheet->nodes[n].h == net || sheet->nodes[n - 1].h == net;
}

static guint16
edge_at (const WorkSheet *sheet, gsize n, gboolean horizontal)
{
  return horizontal ? sheet->nodes[n].h : sheet->nodes[n].v;
}

static void
add_runs (NudgeRoutes *self, const WorkSheet *sheet, gboolean horizontal, gint dx, gint dy)
{
  gint lines = horizontal ? sheet->height : sheet->width, length = horizontal ? sheet->width : sheet->height;

  for (gint line = 1; line < lines - 1; line++)
    for (gint at = 1; at < length - 1;)
      {
        gint x = horizontal ? at : line, y = horizontal ? line : at;
        guint16 net = edge_at (sheet, work_node (sheet, x, y), horizontal);
        gint end = at + 1;
        RoutedWire wire;

        if (net == 0)
          {
            at++;
            continue;
          }
        while (end < length - 1)
          {
            gsize n = horizontal ? work_node (sheet, end, line) : work_node (sheet, line, end);

            if (edge_at (sheet, n, horizontal) != net || breaks_run (sheet, n, net, horizontal))
              break;
            end++;
          }
        wire.net = sheet->nets[net - 1].plan;
        wire.a = horizontal ? cell_point (at + dx, line + dy) : cell_point (line + dx, at + dy);
        wire.b = horizontal ? cell_point (end + dx, line + dy) : cell_point (line + dx, end + dy);
        g_array_append_val (self->wires, wire);
        at = end;
      }
}

static gboolean
power_mark_at (const WorkSheet *sheet, gint x, gint y, guint net)
{
  for (guint32 at = sheet->nets[net].first_mark; at != 0; at = sheet->marks[at - 1].next)
    {
      const WorkMark *mark = &sheet->marks[at - 1];
      if (mark->x == x && mark->y == y)
        return mark->kind != WORK_MARK_LABEL;
    }
  return FALSE;
}

static void
add_junctions (NudgeRoutes *self, const WorkSheet *sheet, gint dx, gint dy)
{
  for (gint y = 1; y < sheet->height - 1; y++)
    for (gint x = 1; x < sheet->width - 1; x++)
      {
        gsize n = work_node (sheet, x, y);
        guint16 r = sheet->nodes[n].h, l = sheet->nodes[n - 1].h, u = sheet->nodes[n - sheet->width].v, d = sheet->nodes[n].v;
        guint16 net = r != 0 ? r : (l != 0 ? l : (u != 0 ? u : d));
        guint degree = (r != 0) + (l != 0) + (u != 0) + (d != 0);
        RoutedJunction junction;

        if (degree < 2 || (degree == 4 && r != u))
          continue;
        degree += sheet->nodes[n].pin_at == net;
        degree += sheet->nodes[n].mark_at == net && power_mark_at (sheet, x, y, net - 1u);
        if (degree < 3)
          continue;
        junction.net = sheet->nets[net - 1].plan;
        junction.at = cell_point (x + dx, y + dy);
        g_array_append_val (self->junctions, junction);
      }
}

static void
add_item (NudgeRoutes *self, const WorkModel *model, const WorkSheet *sheet, const WorkItem *item, gint dx, gint dy)
{
  if (item->unit != NUDGE_NONE)
    {
      RoutedUnit *unit = &self->units[item->unit - model->sheet->first_unit];

      unit->pose = model->plan->layout->placements[item->unit].pose;
      if (!item->placed)
        return;
      work_pose_to_pose (item->pose, &unit->pose);
      unit->pose.at = cell_point (item->x + dx, item->y + dy);
      for (guint i = 0; i < 2; i++)
        {
          unit->field_at[i] = (NudgePoint){ item->fields[i].at.x + dx * WORK_CELL, item->fields[i].at.y + dy * WORK_CELL };
          unit->field_align[i] = (guint8) item->fields[i].align;
        }
    }
  else
    {
      RoutedBox *box = &self->boxes[item->box];
      const WorkPose *pose = &item->shape->poses[0];

      box->wishes = nudge_layout_get_pins (model->plan->layout, model->sheet->boxes[item->box].block);
      if (box->wishes != NULL)
        nudge_sheet_pins_ref (box->wishes);
      box->n_pins = item->shape->n_pins;
      box->box = work_box_at (&pose->body, item->x + dx, item->y + dy);
      box->pins = g_new0 (NudgePoint, MAX (box->n_pins, 1));
      box->sides = g_new0 (guint8, MAX (box->n_pins, 1));
      for (guint i = 0; i < box->n_pins; i++)
        {
          box->pins[i] = cell_point (item->x + dx + pose->pins[i].dx, item->y + dy + pose->pins[i].dy);
          box->sides[i] = pose->pins[i].exit;
        }
    }
}

/* Clusters that should say their net's name but found no place for it do so on the pin. */
static void
add_forced (NudgeRoutes *self, const WorkModel *model, WorkSheet *sheet, guint net)
{
  const WorkNet *n = &sheet->nets[net];
  guint n_clusters = 0, first = self->forced->len;
  const NudgePlanNet *plan_net = &model->sheet->nets[n->plan];

  work_cluster_pass (sheet);
  for (guint i = 0; i < n->n_pins; i++)
    {
      const WorkPinRef *ref = &sheet->pins[sheet->net_pins[n->first_pin + i]];
      const WorkItem *item = &sheet->items[ref->item];
      WorkPin pin = work_pin (sheet, ref);
      gboolean has_mark = FALSE;
      guint terminal;

      if (!item->placed)
        pin.on_grid = FALSE;
      if (pin.on_grid && work_cluster_seen (sheet, item->x + pin.dx, item->y + pin.dy))
        continue;
      n_clusters++;
      if (pin.on_grid)
        work_cluster_collect (sheet, item->x + pin.dx, item->y + pin.dy, (guint16) (net + 1), &has_mark);
      if (has_mark)
        continue;
      for (terminal = plan_net->first_terminal; terminal < plan_net->first_terminal + plan_net->n_terminals; terminal++)
        {
          const NudgePlanTerminal *t = &model->sheet->terminals[terminal];

          if (t->unit == item->unit && t->box == item->box
              && (t->box != NUDGE_NONE ? t->box_pin == ref->shape_pin : t->pin == item->shape->pin_index[ref->shape_pin]))
            break;
        }
      g_array_append_val (self->forced, terminal);
    }
  if (n_clusters <= 1 && !n->power && !n->global && !n->port && !n->outside && !n->single)
    g_array_set_size (self->forced, first);
}

void
work_routes_add_sheet (NudgeRoutes *self, const WorkModel *model, WorkSheet *sheet, const guint *elements, gint dx, gint dy)
{
  for (guint i = 0; i < sheet->n_items; i++)
    add_item (self, model, sheet, &sheet->items[i], dx, dy);
  add_runs (self, sheet, TRUE, dx, dy);
  add_runs (self, sheet, FALSE, dx, dy);
  add_junctions (self, sheet, dx, dy);
  for (guint i = 0; i < sheet->n_marks; i++)
    {
      const WorkMark *mark = &sheet->marks[i];
      RoutedMark routed = { .net = sheet->nets[mark->net].plan, .kind = mark->kind, .x = mark->x + dx, .y = mark->y + dy, .direction = mark->direction };

      if (mark->live)
        g_array_append_val (self->marks, routed);
    }
  for (guint net = 0; net < sheet->n_nets; net++)
    add_forced (self, model, sheet, net);
  self->cost += sheet->cost;
  self->effort.searches += sheet->effort.searches;
  self->effort.expansions += sheet->effort.expansions;
  self->effort.places += sheet->effort.places;
  self->effort.trials += sheet->effort.trials;
}

static gint
compare_wires (gconstpointer a, gconstpointer b)
{
  const RoutedWire *x = a, *y = b;
  const gint64 order[] = { (gint64) x->net - y->net, x->a.x - y->a.x, x->a.y - y->a.y, x->b.x - y->b.x, x->b.y - y->b.y };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] != 0)
      return order[i] < 0 ? -1 : 1;
  return 0;
}

static gint
compare_junctions (gconstpointer a, gconstpointer b)
{
  const RoutedJunction *x = a, *y = b;
  const RoutedWire v = { x->net, x->at, x->at }, w = { y->net, y->at, y->at };

  return compare_wires (&v, &w);
}

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const RoutedMark *x = a, *y = b;
  const RoutedWire v = { x->net, { (gint) x->kind, x->x }, { x->y, (gint) x->direction } };
  const RoutedWire w = { y->net, { (gint) y->kind, y->x }, { y->y, (gint) y->direction } };

  return compare_wires (&v, &w);
}

static gint
compare_terminals (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

void
work_routes_sort (NudgeRoutes *self)
{
  g_array_sort (self->wires, compare_wires);
  g_array_sort (self->junctions, compare_junctions);
  g_array_sort (self->marks, compare_marks);
  g_array_sort (self->forced, compare_terminals);
}

void
work_routes_place_boxes (NudgeRoutes *self, const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  g_autoptr (WorkModel) model = self->n_boxes > 0 ? work_model_new (plan, sheet) : NULL;

  for (guint i = 0; i < self->n_boxes; i++)
    {
      NudgePoint at = plan->layout->boxes[sheet->boxes[i].block].at;
      WorkItem item = { .unit = NUDGE_NONE, .box = i, .shape = model->shapes[model->n_units + i] };

      item.x = nudge_snap (at.x, WORK_CELL) / WORK_CELL;
      item.y = nudge_snap (at.y, WORK_CELL) / WORK_CELL;
      add_item (self, model, NULL, &item, 0, 0);
    }
}

NudgeBox
work_sheet_extent (const WorkSheet *sheet)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint i = 1; i < sheet->n_rects; i++)
    if (sheet->rects[i].kind != WORK_RECT_FREE && sheet->rects[i].kind != WORK_RECT_CHANNEL &&
        (sheet->rects[i].kind != WORK_RECT_BODY || sheet->rects[i].owner != NUDGE_NONE))
      nudge_box_add_box (&box, &sheet->rects[i].box);
  for (gint y = 1; y < sheet->height - 1; y++)
    for (gint x = 1; x < sheet->width - 1; x++)
      {
        gsize n = work_node (sheet, x, y);

        if (sheet->nodes[n].h != 0)
          {
            nudge_box_add_point (&box, x * WORK_CELL, y * WORK_CELL);
            nudge_box_add_point (&box, (x + 1) * WORK_CELL, y * WORK_CELL);
          }
        if (sheet->nodes[n].v != 0)
          {
            nudge_box_add_point (&box, x * WORK_CELL, y * WORK_CELL);
            nudge_box_add_point (&box, x * WORK_CELL, (y + 1) * WORK_CELL);
          }
      }
  if (nudge_box_is_empty (&box))
    return (NudgeBox){ 0, 0, 0, 0 };
  return (NudgeBox){ box.x0 / WORK_CELL - (box.x0 < 0), box.y0 / WORK_CELL - (box.y0 < 0), box.x1 / WORK_CELL + 1, box.y1 / WORK_CELL + 1 };
}

/* ---- to a drawing ---- */

gboolean
work_routes_match (const NudgeRoutes *self, const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  const NudgeLayout *layout = plan->layout;

  if (self->stale || self->n_units != sheet->n_units || self->n_boxes != sheet->n_boxes)
    return FALSE;
  for (guint i = 0; i < self->n_units; i++)
    {
      const NudgePose *now = &layout->placements[sheet->first_unit + i].pose, *then = &self->units[i].pose;

      if (!nudge_point_equal (now->at, then->at) || now->turn != then->turn || now->mirror != then->mirror)
        return FALSE;
    }
  for (guint i = 0; i < self->n_boxes; i++)
    {
      guint block = sheet->boxes[i].block;
      NudgePoint now = layout->boxes[block].at;
      const NudgeBox *then = &self->boxes[i].box;

      /* Its size is that of its pins, whatever a file says. */
      if (self->boxes[i].n_pins != sheet->boxes[i].n_pins || nudge_snap (now.x, WORK_CELL) != then->x0 || nudge_snap (now.y, WORK_CELL) != then->y0
          || !nudge_sheet_pins_equal (self->boxes[i].wishes, nudge_layout_get_pins (layout, block)))
        return FALSE;
    }
  return TRUE;
}

static void
emit_fields (const RoutedUnit *unit, NudgeSheetBuilder *builder, guint symbol)
{
  for (guint i = 0; i < 2; i++)
    {
      NudgeDrawnField *field = nudge_sheet_builder_field (builder, symbol, i);
      gboolean turned = unit->pose.turn & 1;
      gboolean hidden = field->style.hidden;
      gboolean reversed;

      if (unit->field_align[i] == WORK_FIELD_NONE)
        continue;
      field->at = unit->field_at[i];
      field->angle = turned ? 90 : 0;
      field->style = (NudgeTextStyle)NUDGE_TEXT_STYLE_DEFAULT;
      field->style.hidden = hidden;
      field->style.justify_v = NUDGE_JUSTIFY_CENTER;
      /* KiCad turns and mirrors the justification with the symbol. A quarter turn and the field's own make half a
       * turn in one of the two cases. */
      reversed = turned ? unit->pose.turn == 1 : unit->pose.turn == 2;
      if (unit->pose.mirror == NUDGE_MIRROR_Y)
        reversed = !reversed;
      field->style.justify_h = (gint8) (unit->field_align[i] == WORK_FIELD_LEFT    ? NUDGE_JUSTIFY_LEFT
                                        : unit->field_align[i] == WORK_FIELD_RIGHT ? NUDGE_JUSTIFY_RIGHT
                                                                                   : NUDGE_JUSTIFY_CENTER);
      if (reversed)
        field->style.justify_h = (gint8) -field->style.justify_h;
    }
}

static void
emit_power (NudgeSheetBuilder *builder, guint net, WorkMarkKind kind, gint x, gint y, guint direction)
{
  const NudgeSymbol *symbol = kind == WORK_MARK_FLAG ? builder->plan->flag_symbol : builder->sheet->nets[net].power_symbol;
  NudgePose pose;
  NudgeDrawnField *value;
  NudgeBox body;
  guint index;

  work_power_pose (symbol, x, y, direction, &pose);
  index = kind == WORK_MARK_FLAG ? nudge_sheet_builder_add_flag (builder, net, &pose) : nudge_sheet_builder_add_power (builder, net, &pose);
  body = nudge_symbol_body_box (symbol, 1);
  body = nudge_pose_box (&pose, &body);
  nudge_box_add_point (&body, x * WORK_CELL, y * WORK_CELL);
  value = nudge_sheet_builder_field (builder, index, 1);
  value->at = (NudgePoint){ x * WORK_CELL, direction == 1 ? body.y0 - NUDGE_MM (1.0) : body.y1 + NUDGE_MM (1.0) };
  value->angle = 0;
  value->style = (NudgeTextStyle)NUDGE_TEXT_STYLE_DEFAULT;
}

static void
emit_marks (const NudgeRoutes *self, NudgeSheetBuilder *builder)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      const RoutedMark *mark = &g_array_index (self->marks, RoutedMark, i);

      if (mark->kind == WORK_MARK_LABEL)
        nudge_sheet_builder_add_label (builder, mark->net, cell_point (mark->x, mark->y), mark->direction);
      else
        emit_power (builder, mark->net, (WorkMarkKind) mark->kind, mark->x, mark->y, mark->direction);
    }
}

static NudgePoint
terminal_place (const NudgeRoutes *self, const NudgeSheetBuilder *builder, const NudgePlanTerminal *terminal, guint *exit)
{
  const NudgeUnit *unit;
  const NudgePose *pose;

  if (terminal->box != NUDGE_NONE)
    {
      *exit = self->boxes[terminal->box].sides[terminal->box_pin];
      return self->boxes[terminal->box].pins[terminal->box_pin];
    }
  unit = &builder->plan->layout->units[terminal->unit];
  pose = &self->units[terminal->unit - builder->sheet->first_unit].pose;
  *exit = nudge_plan_pin_exit (unit, pose, terminal->pin);
  return nudge_plan_pin_position (unit, pose, terminal->pin);
}

static void
emit_forced (const NudgeRoutes *self, NudgeSheetBuilder *builder)
{
  for (guint i = 0; i < self->forced->len; i++)
    {
      const NudgePlanTerminal *terminal = &builder->sheet->terminals[g_array_index (self->forced, guint, i)];
      const NudgePlanNet *net = &builder->sheet->nets[terminal->net];
      guint exit;
      NudgePoint at = terminal_place (self, builder, terminal, &exit);

      if (net->is_power && at.x % WORK_CELL == 0 && at.y % WORK_CELL == 0)
        emit_power (builder, terminal->net, WORK_MARK_POWER, at.x / WORK_CELL, at.y / WORK_CELL, exit & 1 ? exit : 1);
      else
        nudge_sheet_builder_add_label (builder, terminal->net, at, exit);
    }
}

void
work_routes_emit (const NudgeRoutes *self, NudgeSheetBuilder *builder)
{
  const NudgePlanSheet *sheet = builder->sheet;

  for (guint i = 0; i < self->n_units; i++)
    emit_fields (&self->units[i], builder, nudge_sheet_builder_add_unit (builder, sheet->first_unit + i, &self->units[i].pose));
  for (guint i = 0; i < self->n_boxes; i++)
    nudge_sheet_builder_add_box (builder, i, &self->boxes[i].box, self->boxes[i].pins, self->boxes[i].sides);
  for (guint i = 0; i < self->wires->len; i++)
    {
      const RoutedWire *wire = &g_array_index (self->wires, RoutedWire, i);
      nudge_sheet_builder_add_wire (builder, wire->net, wire->a, wire->b);
    }
  for (guint i = 0; i < self->junctions->len; i++)
    {
      const RoutedJunction *junction = &g_array_index (self->junctions, RoutedJunction, i);
      nudge_sheet_builder_add_junction (builder, junction->net, junction->at);
    }
  emit_marks (self, builder);
  emit_forced (self, builder);
  for (guint i = 0; i < sheet->n_terminals; i++)
    {
      guint exit;

      if (i < sheet->first_open && !sheet->nets[sheet->terminals[i].net].is_single)
        continue;
      nudge_sheet_builder_add_no_connect (builder, terminal_place (self, builder, &sheet->terminals[i], &exit));
    }
}
