/* routes-file.c: how sheets are drawn, to and from the layout file. What is read back is used as it is only when it is
 * what was written, for what the sheet says now; else it is what the sheet was, and what has changed is drawn anew. */
#include "drawing/work-routes.h"

#include "base/limits.h"
#include "layout/layout-records.h"

#include <string.h>

/* --- one number for all that a sheet says, and for how that is drawn (FNV-1a) --- */

static void
add_number (guint64 *sum, gint64 number)
{
  for (guint i = 0; i < 8; i++)
    *sum = (*sum ^ (guint8) ((guint64) number >> (8 * i))) * G_GUINT64_CONSTANT (0x100000001b3);
}

static void
add_text (guint64 *sum, const char *text)
{
  add_number (sum, (gint64) strlen (text));
  for (; *text != '\0'; text++)
    *sum = (*sum ^ (guint8) *text) * G_GUINT64_CONSTANT (0x100000001b3);
}

static void
add_point (guint64 *sum, NudgePoint point)
{
  add_number (sum, point.x);
  add_number (sum, point.y);
}

static void
add_units (guint64 *sum, const NudgePlan *plan, const NudgePlanSheet *sheet, const NudgeRoutes *routes)
{
  for (guint i = 0; i < sheet->n_units; i++)
    {
      const NudgeUnit *unit = &plan->layout->units[sheet->first_unit + i];
      const NudgePart *part = &plan->layout->circuit->parts[unit->part];
      const RoutedUnit *routed = &routes->units[i];

      add_text (sum, part->reference);
      add_text (sum, part->value);
      add_number (sum, unit->unit);
      add_point (sum, routed->pose.at);
      add_number (sum, routed->pose.turn * 4 + routed->pose.mirror);
      for (guint k = 0; k < 2; k++)
        {
          add_number (sum, routed->field_align[k]);
          if (routed->field_align[k] != WORK_FIELD_NONE)
            add_point (sum, routed->field_at[k]);
        }
    }
}

static void
add_boxes (guint64 *sum, const NudgePlanSheet *sheet, const NudgeRoutes *routes)
{
  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      const RoutedBox *box = &routes->boxes[i];

      add_point (sum, (NudgePoint){ box->box.x0, box->box.y0 });
      add_point (sum, (NudgePoint){ box->box.x1, box->box.y1 });
      for (guint k = 0; k < box->n_pins; k++)
        {
          add_text (sum, sheet->boxes[i].pin_names[k]);
          add_point (sum, box->pins[k]);
          add_number (sum, box->sides[k]);
        }
    }
}

static void
add_nets (guint64 *sum, const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  for (guint i = 0; i < sheet->n_nets; i++)
    {
      const NudgePlanNet *net = &sheet->nets[i];

      add_text (sum, net->label);
      add_text (sum, net->is_power ? net->power_symbol->name : "");
      add_number (sum, net->is_port + 2 * net->is_power + 4 * net->is_global + 8 * net->is_single + 16 * net->needs_flag);
      add_number (sum, net->shape);
      add_number (sum, plan->layout->net_styles[net->net]);
    }
  for (guint i = 0; i < sheet->n_terminals; i++)
    {
      const NudgePlanTerminal *terminal = &sheet->terminals[i];

      add_number (sum, terminal->net);
      if (terminal->unit != NUDGE_NONE)
        {
          const NudgeUnit *unit = &plan->layout->units[terminal->unit];
          const NudgePose *pose = &plan->layout->placements[terminal->unit].pose;

          add_number (sum, terminal->unit - sheet->first_unit);
          add_text (sum, unit->symbol->pins[terminal->pin].number);
          add_point (sum, nudge_plan_pin_position (unit, pose, terminal->pin));
        }
      else
        {
          add_number (sum, terminal->box);
          add_number (sum, terminal->box_pin);
        }
    }
}

static void
add_marks (guint64 *sum, const NudgeRoutes *routes)
{
  for (guint i = 0; i < routes->wires->len; i++)
    {
      const RoutedWire *wire = &g_array_index (routes->wires, RoutedWire, i);

      add_number (sum, wire->net);
      add_point (sum, wire->a);
      add_point (sum, wire->b);
    }
  for (guint i = 0; i < routes->junctions->len; i++)
    {
      add_number (sum, g_array_index (routes->junctions, RoutedJunction, i).net);
      add_point (sum, g_array_index (routes->junctions, RoutedJunction, i).at);
    }
  for (guint i = 0; i < routes->marks->len; i++)
    {
      const RoutedMark *mark = &g_array_index (routes->marks, RoutedMark, i);

      add_number (sum, mark->net);
      add_number (sum, mark->kind * 4 + mark->direction);
      add_point (sum, (NudgePoint){ mark->x, mark->y });
    }
  for (guint i = 0; i < routes->forced->len; i++)
    add_number (sum, g_array_index (routes->forced, guint, i));
}

static char *
checksum (const NudgePlan *plan, const NudgePlanSheet *sheet, const NudgeRoutes *routes)
{
  guint64 sum = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  add_number (&sum, plan->layout->papers[sheet->block]);
  add_units (&sum, plan, sheet, routes);
  add_boxes (&sum, sheet, routes);
  add_nets (&sum, plan, sheet);
  add_marks (&sum, routes);
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", sum);
}

/* --- to records --- */

typedef struct
{
  NudgeLayoutFile *file;
  const NudgePlan *plan;
  const NudgePlanSheet *sheet;
  const NudgeRoutes *routes;
  GArray **items;              /* by net: NudgeRouteItem */
  GArray *records;             /* of all sheets */
} Describer;

static void
add_item (Describer *self, guint net, NudgeRouteKind kind, gint a, gint b, gint c, gint d)
{
  NudgeRouteItem item = { kind, { a, b, c, d } };

  if (self->items[net] == NULL)
    self->items[net] = g_array_new (FALSE, FALSE, sizeof item);
  g_array_append_val (self->items[net], item);
}

static void
describe_marks (Describer *self)
{
  static const NudgeRouteKind kinds[] = { [WORK_MARK_LABEL] = NUDGE_ROUTE_LABEL, [WORK_MARK_POWER] = NUDGE_ROUTE_POWER, [WORK_MARK_FLAG] = NUDGE_ROUTE_FLAG };
  const NudgeRoutes *routes = self->routes;

  for (guint i = 0; i < routes->wires->len; i++)
    {
      const RoutedWire *wire = &g_array_index (routes->wires, RoutedWire, i);

      add_item (self, wire->net, NUDGE_ROUTE_WIRE, wire->a.x / WORK_CELL, wire->a.y / WORK_CELL, wire->b.x / WORK_CELL, wire->b.y / WORK_CELL);
    }
  for (guint i = 0; i < routes->junctions->len; i++)
    {
      const RoutedJunction *junction = &g_array_index (routes->junctions, RoutedJunction, i);

      add_item (self, junction->net, NUDGE_ROUTE_JUNCTION, junction->at.x / WORK_CELL, junction->at.y / WORK_CELL, 0, 0);
    }
  for (guint i = 0; i < routes->marks->len; i++)
    {
      const RoutedMark *mark = &g_array_index (routes->marks, RoutedMark, i);

      add_item (self, mark->net, kinds[mark->kind], mark->x, mark->y, (gint) mark->direction, 0);
    }
  for (guint i = 0; i < routes->forced->len; i++)
    {
      guint terminal = g_array_index (routes->forced, guint, i), net = self->sheet->terminals[terminal].net;

      add_item (self, net, NUDGE_ROUTE_PIN, (gint) (terminal - self->sheet->nets[net].first_terminal), 0, 0, 0);
    }
}

static void
describe_texts (Describer *self)
{
  for (guint i = 0; i < self->sheet->n_units; i++)
    {
      const NudgeUnit *unit = &self->plan->layout->units[self->sheet->first_unit + i];
      const RoutedUnit *routed = &self->routes->units[i];
      g_autofree char *path = nudge_circuit_part_path (self->plan->layout->circuit, unit->part);
      guint record = nudge_layout_file_find_unit (self->file, path, unit->unit);

      if (record == NUDGE_NONE)
        continue;
      self->file->units[record].has_texts = TRUE;
      for (guint k = 0; k < 2; k++)
        self->file->units[record].texts[k] = (NudgeTextRecord){ { routed->field_at[k].x - routed->pose.at.x, routed->field_at[k].y - routed->pose.at.y },
                                                                routed->field_align[k] };
    }
}

static const char *
extra_of (const Describer *self, const char *sheet, const char *net)
{
  const NudgeRouteRecord *record = nudge_layout_file_find_route (self->file, sheet, net);

  return record != NULL ? record->extra : "";
}

static void
describe_sheet (Describer *self)
{
  const char *path = self->plan->layout->circuit->blocks[self->sheet->block].path;
  NudgeSheetRecord *record = (NudgeSheetRecord *) nudge_layout_file_find_sheet (self->file, path);
  g_autofree char *sum = checksum (self->plan, self->sheet, self->routes);

  self->items = g_new0 (GArray *, self->sheet->n_nets + 1);
  describe_texts (self);
  describe_marks (self);
  record->drawn = g_string_chunk_insert_const (self->file->strings, sum);
  for (guint i = 0; i < self->sheet->n_nets; i++)
    if (self->items[i] != NULL)
      {
        NudgeRouteRecord route = { record->path, g_string_chunk_insert_const (self->file->strings, self->sheet->nets[i].label), NULL, self->items[i]->len, "" };

        route.extra = extra_of (self, route.sheet, route.net);

        route.items = nudge_layout_file_keep_items (self->file, self->items[i]);
        g_array_unref (self->items[i]);
        g_array_append_val (self->records, route);
      }
  g_free (self->items);
}

static gboolean
is_complete (const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  for (guint i = 0; i < sheet->n_units; i++)
    if (!plan->layout->placements[sheet->first_unit + i].placed)
      return FALSE;
  for (guint i = 0; i < sheet->n_boxes; i++)
    if (!plan->layout->boxes[sheet->boxes[i].block].placed)
      return FALSE;
  return sheet->n_units + sheet->n_boxes > 0;
}

void
nudge_routes_describe (NudgeLayout *layout, NudgeLayoutFile *file)
{
  g_autoptr (NudgePlan) plan = NULL;
  Describer self = { .file = file };

  if (!layout->wires || layout->routes == NULL || layout->dialect != NUDGE_DIALECT_SCHEMATIC)
    return;
  self.plan = plan = nudge_plan_new (layout, NULL);
  self.records = g_array_new (FALSE, FALSE, sizeof (NudgeRouteRecord));
  for (guint i = 0; i < plan->n_sheets; i++)
    {
      g_autoptr (NudgeRoutes) routes = NULL;

      self.sheet = &plan->sheets[i];
      if (!is_complete (plan, self.sheet))
        continue;
      self.routes = routes = work_routes_now (plan, self.sheet);
      describe_sheet (&self);
    }
  g_array_sort (self.records, nudge_route_record_compare);
  nudge_layout_file_keep_routes (file, self.records);
}

/* --- from records --- */

typedef struct
{
  const NudgeLayoutFile *file;
  const NudgePlan *plan;
  const NudgePlanSheet *sheet;
  NudgeRoutes *routes;
  NudgePoint page;             /* cells */
  gboolean doubted;            /* something made no sense */
} Restorer;

static gboolean
is_inside (const Restorer *self, gint x, gint y)
{
  return x >= 0 && y >= 0 && x <= self->page.x && y <= self->page.y;
}

static gboolean
restore_wire (Restorer *self, guint net, const gint32 *at)
{
  RoutedWire wire = { net, { at[0] * WORK_CELL, at[1] * WORK_CELL }, { at[2] * WORK_CELL, at[3] * WORK_CELL } };

  if ((at[0] == at[2]) == (at[1] == at[3]) || at[0] > at[2] || at[1] > at[3])
    return FALSE;
  g_array_append_val (self->routes->wires, wire);
  return TRUE;
}

static gboolean
restore_mark (Restorer *self, guint net, NudgeRouteKind kind, const gint32 *at)
{
  const NudgePlanNet *n = &self->sheet->nets[net];
  RoutedMark mark = { net, WORK_MARK_LABEL, at[0], at[1], (guint) at[2] };
  gboolean fits = !n->is_power;

  if (kind == NUDGE_ROUTE_POWER)
    {
      mark.kind = WORK_MARK_POWER;
      fits = n->is_power;
    }
  else if (kind == NUDGE_ROUTE_FLAG)
    {
      mark.kind = WORK_MARK_FLAG;
      fits = n->needs_flag && self->plan->flag_symbol != NULL;
    }
  /* That the circuit wants another mark now is no mistake. */
  if (at[2] >= 0 && at[2] < 4 && fits)
    g_array_append_val (self->routes->marks, mark);
  return at[2] >= 0 && at[2] < 4;
}

static gboolean
restore_item (Restorer *self, guint net, const NudgeRouteItem *item)
{
  const NudgePlanNet *n = &self->sheet->nets[net];
  const gint32 *at = item->at;

  if (item->kind == NUDGE_ROUTE_PIN)
    {
      guint terminal = n->first_terminal + (guint) at[0];

      if (at[0] >= 0 && (guint) at[0] < n->n_terminals)
        g_array_append_val (self->routes->forced, terminal);
      return TRUE;
    }
  if (!is_inside (self, at[0], at[1]) || (item->kind == NUDGE_ROUTE_WIRE && !is_inside (self, at[2], at[3])))
    return FALSE;
  if (item->kind == NUDGE_ROUTE_WIRE)
    return restore_wire (self, net, at);
  if (item->kind == NUDGE_ROUTE_JUNCTION)
    {
      RoutedJunction junction = { net, { at[0] * WORK_CELL, at[1] * WORK_CELL } };

      g_array_append_val (self->routes->junctions, junction);
      return TRUE;
    }
  return restore_mark (self, net, (NudgeRouteKind) item->kind, at);
}

static guint
restore_nets (Restorer *self, const char *path)
{
  guint n_found = 0;

  for (guint net = 0; net < self->sheet->n_nets; net++)
    {
      const NudgeRouteRecord *record = nudge_layout_file_find_route (self->file, path, self->sheet->nets[net].label);

      for (guint i = 0; record != NULL && i < record->n_items; i++)
        if (!restore_item (self, net, &record->items[i]))
          self->doubted = TRUE;
      n_found += record != NULL && record->n_items > 0;
    }
  return n_found;
}

/* What is new counts as moved: it was nowhere. */
static void
restore_units (Restorer *self, const guint *unit_records)
{
  for (guint i = 0; i < self->sheet->n_units; i++)
    {
      guint index = self->sheet->first_unit + i;
      const NudgePlacement *placement = &self->plan->layout->placements[index];
      const NudgeUnitRecord *record = unit_records[index] != NUDGE_NONE ? &self->file->units[unit_records[index]] : NULL;
      RoutedUnit *unit = &self->routes->units[i];

      unit->pose.at = (NudgePoint){ -NUDGE_MAX_COORDINATE, -NUDGE_MAX_COORDINATE };
      if (record == NULL || !placement->placed || !record->has_texts)
        continue;
      unit->pose = placement->pose;
      for (guint k = 0; k < 2; k++)
        {
          unit->field_align[k] = record->texts[k].align;
          unit->field_at[k] = (NudgePoint){ unit->pose.at.x + record->texts[k].at.x, unit->pose.at.y + record->texts[k].at.y };
        }
    }
}

static NudgeRoutes *
restore_sheet (Restorer *self, const NudgeSheetRecord *record, const guint *unit_records, GPtrArray *diagnostics)
{
  const NudgeLayout *layout = self->plan->layout;
  NudgePoint page = nudge_paper_size (layout->papers[self->sheet->block]);
  g_autoptr (NudgeRoutes) routes = work_routes_new (self->sheet);
  g_autofree char *sum = NULL;

  self->routes = routes;
  self->page = (NudgePoint){ page.x / WORK_CELL, page.y / WORK_CELL };
  self->doubted = FALSE;
  restore_units (self, unit_records);
  work_routes_place_boxes (routes, self->plan, self->sheet);
  if (restore_nets (self, record->path) == 0 && record->drawn == NULL)
    return NULL;
  work_routes_sort (routes);
  sum = checksum (self->plan, self->sheet, routes);
  routes->stale = self->doubted || g_strcmp0 (sum, record->drawn) != 0;
  if (self->doubted)
    nudge_diagnostics_add (diagnostics, NUDGE_CODE_LAYOUT_ITEM_IGNORED, "how %s was drawn makes no sense in places; they are drawn anew", record->path);
  return g_steal_pointer (&routes);
}

void
nudge_routes_restore (NudgeLayout *layout, const NudgeLayoutFile *file, const guint *unit_records, const NudgeSheetRecord *const *sheet_records,
                      GPtrArray *diagnostics)
{
  g_autoptr (NudgePlan) plan = NULL;
  Restorer self = { .file = file };

  if (!layout->wires || layout->dialect != NUDGE_DIALECT_SCHEMATIC || file->n_routes == 0)
    return;
  self.plan = plan = nudge_plan_new (layout, NULL);
  for (guint i = 0; i < plan->n_sheets; i++)
    {
      const NudgeSheetRecord *record = sheet_records[plan->sheets[i].block];
      g_autoptr (NudgeRoutes) routes = NULL;

      self.sheet = &plan->sheets[i];
      if (record == NULL || self.sheet->n_units + self.sheet->n_boxes == 0)
        continue;
      routes = restore_sheet (&self, record, unit_records, diagnostics);
      if (routes != NULL)
        nudge_layout_set_routes (layout, self.sheet->block, routes);
    }
}
