#include "drawing/work-model.h"

#include "base/text-metrics.h"
#include "drawing/work-boxes.h"

#include <string.h>

#define SIZE NUDGE_MM (1.27)

guint
work_model_element (const WorkModel *self, const NudgePlanTerminal *terminal)
{
  return terminal->unit != NUDGE_NONE ? terminal->unit - self->sheet->first_unit : self->n_units + terminal->box;
}

const char *
work_model_reference (const WorkModel *self, guint element)
{
  const NudgeLayout *layout = self->plan->layout;

  if (element >= self->n_units)
    return "";
  return layout->circuit->parts[layout->units[self->sheet->first_unit + element].part].reference;
}

/* Terminals by element. */
static void
list_terminals (WorkModel *self)
{
  const NudgePlanSheet *sheet = self->sheet;
  g_autofree guint *next = g_new0 (guint, self->n_elements + 1);

  self->first = g_new0 (guint, self->n_elements + 1);
  self->terminals = g_new0 (guint, MAX (sheet->n_terminals, 1));
  for (guint i = 0; i < sheet->n_terminals; i++)
    self->first[work_model_element (self, &sheet->terminals[i]) + 1]++;
  for (guint i = 0; i < self->n_elements; i++)
    self->first[i + 1] += self->first[i];
  memcpy (next, self->first, self->n_elements * sizeof *next);
  for (guint i = 0; i < sheet->n_terminals; i++)
    self->terminals[next[work_model_element (self, &sheet->terminals[i])]++] = i;
}

/* ---- roles ---- */

static gboolean
starts_with_one_of (const char *reference, const char *const *prefixes)
{
  guint letters = 0;

  while (g_ascii_isalpha (reference[letters]))
    letters++;
  for (guint i = 0; prefixes[i] != NULL; i++)
    if (strlen (prefixes[i]) == letters && g_ascii_strncasecmp (reference, prefixes[i], letters) == 0)
      return TRUE;
  return FALSE;
}

/* Several equal parts in one body: as many pins above as below. */
static gboolean
is_pack (const WorkShape *shape, const char *reference)
{
  static const char *const packs[] = { "R", "RN", "RP", "RA", "RR", "C", "CA", "L", "FB", "D", "DN", "F", NULL };
  guint counts[4] = { 0 };

  for (guint i = 0; i < shape->n_pins; i++)
    counts[shape->poses[0].pins[i].exit]++;
  if (!starts_with_one_of (reference, packs))
    return FALSE;
  return (counts[1] == counts[3] && counts[0] + counts[2] == 0) || (counts[0] == counts[2] && counts[1] + counts[3] == 0);
}

/* Nothing drives a pin, and nothing is driven: whatever it is called, it is plugged into. */
static gboolean
is_all_passive (const WorkShape *shape)
{
  for (guint i = 0; i < shape->n_pins; i++)
    if (g_strcmp0 (shape->symbol->pins[shape->pin_index[i]].type, "passive") != 0)
      return FALSE;
  return TRUE;
}

static WorkRole
role_of (const WorkModel *self, guint element)
{
  static const char *const connectors[] = { "J", "P", "CN", "CON", "X", "XS", "XP", "H", "JP", "USB", NULL };
  static const char *const chips[] = { "U", "IC", "A", "M", "MOD", NULL };
  const char *reference = work_model_reference (self, element);
  const WorkShape *shape = self->shapes[element];
  guint n_places = 0, exits = 0;

  for (guint i = 0; i < shape->n_pins; i++)
    {
      gboolean known = FALSE;
      const WorkPin *pin = &shape->poses[0].pins[i];

      for (guint k = 0; k < i && !known; k++)
        known = shape->poses[0].pins[k].dx == pin->dx && shape->poses[0].pins[k].dy == pin->dy;
      n_places += !known;
      exits |= 1u << pin->exit;
    }
  if (n_places <= 1)
    return WORK_ROLE_LONE;
  if (n_places == 2 && (exits == 5 || exits == 10) && !starts_with_one_of (reference, chips))
    return WORK_ROLE_PASSIVE;
  if (starts_with_one_of (reference, connectors))
    return WORK_ROLE_CONNECTOR;
  if (is_pack (shape, reference))
    return WORK_ROLE_SMALL;
  if (starts_with_one_of (reference, chips))
    return WORK_ROLE_CHIP;
  if (n_places > 4)
    return is_all_passive (shape) ? WORK_ROLE_CONNECTOR : WORK_ROLE_CHIP;
  return n_places == 2 ? WORK_ROLE_CONNECTOR : WORK_ROLE_SMALL;
}

static guint8
poses_of (const WorkModel *self, guint element, WorkRole role)
{
  const WorkShape *shape = self->shapes[element];
  guint outputs = 0;

  switch (role)
    {
    case WORK_ROLE_PASSIVE:
    case WORK_ROLE_LONE:
      return 0x0f;
    case WORK_ROLE_SMALL:
      return 0xff;
    case WORK_ROLE_CONNECTOR:
      if (shape->n_pins <= 3)
        return 0x1f;
      /* One whose pins all lie may stand on its head, so that its wires do not cross. */
      return nudge_box_is_empty (&shape->poses[0].sides[1]) && nudge_box_is_empty (&shape->poses[0].sides[3]) ? 0x55 : 0x11;
    case WORK_ROLE_CHIP:
      /* An amplifier may stand on its head to have the right input above. */
      for (guint i = 0; i < shape->n_pins; i++)
        outputs += g_strcmp0 (shape->symbol->pins[shape->pin_index[i]].type, "output") == 0;
      return shape->n_pins == 3 && outputs == 1 ? 0x41 : 0x01;
    default:
      return 0x01;
    }
}

/* ---- the model ---- */

static WorkShape *
shared_shape (WorkModel *self, GHashTable *known, const NudgeUnit *unit)
{
  g_autofree char *key = g_strdup_printf ("%p/%u", (const void *) unit->symbol, unit->unit);
  WorkShape *shape = g_hash_table_lookup (known, key);

  if (shape != NULL)
    return shape;
  shape = work_shape_new (unit->symbol, unit->unit);
  g_ptr_array_add (self->owned, shape);
  g_hash_table_insert (known, g_steal_pointer (&key), shape);
  return shape;
}

void
work_model_widen (WorkModel *self, const NudgePlanSheet *other, const guint *elements, const guint *nets)
{
  const NudgeLayout *layout = self->plan->layout;

  for (guint i = 0; i < self->sheet->n_nets; i++)
    self->label_widths[i] = MAX (self->label_widths[i], nudge_text_width (other->nets[nets != NULL ? nets[i] : i].label, SIZE));
  for (guint b = 0; b < other->n_blocks; b++)
    {
      guint first = layout->part_units[layout->circuit->blocks[other->blocks[b]].first_part];

      for (guint i = 0; i < self->n_units; i++)
        {
          const NudgePart *part = &layout->circuit->parts[layout->units[first + (elements != NULL ? elements[i] : i)].part];
          self->reference_widths[i] = MAX (self->reference_widths[i], nudge_text_width (part->reference, SIZE));
        }
    }
}

WorkModel *
work_model_new (const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WorkModel *self = g_new0 (WorkModel, 1);

  self->plan = plan;
  self->sheet = sheet;
  self->n_units = sheet->n_units;
  self->n_elements = sheet->n_units + sheet->n_boxes;
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) work_shape_free);
  self->shapes = g_new0 (WorkShape *, MAX (self->n_elements, 1));
  self->roles = g_new0 (guint8, MAX (self->n_elements, 1));
  self->depths = g_new (gint16, MAX (self->n_elements, 1));
  list_terminals (self);
  for (guint i = 0; i < self->n_units; i++)
    self->shapes[i] = shared_shape (self, known, &plan->layout->units[sheet->first_unit + i]);
  self->label_widths = g_new0 (gint32, sheet->n_nets + 1);
  self->reference_widths = g_new0 (gint32, self->n_units + 1);
  work_model_widen (self, sheet, NULL, NULL);
  self->boxes = work_boxes_place (self);
  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      const WorkBoxPlace *place = &self->boxes[i];

      self->shapes[self->n_units + i] = work_shape_new_box (place->width, place->height, place->text_width, place->pins, sheet->boxes[i].n_pins);
      g_ptr_array_add (self->owned, self->shapes[self->n_units + i]);
    }
  for (guint i = 0; i < self->n_elements; i++)
    {
      self->roles[i] = (guint8) (i < self->n_units ? role_of (self, i) : WORK_ROLE_BOX);
      self->depths[i] = -1;
    }
  return self;
}

void
work_model_free (WorkModel *self)
{
  work_boxes_free (self->boxes, self->sheet->n_boxes);
  g_ptr_array_unref (self->owned);
  g_free (self->shapes);
  g_free (self->first);
  g_free (self->terminals);
  g_free (self->roles);
  g_free (self->label_widths);
  g_free (self->reference_widths);
  g_free (self->depths);
  g_free (self);
}

gboolean
work_model_is_ground_name (const char *name)
{
  static const char *const grounds[] = { "GND", "VSS", "VEE", "EARTH", "CHASSIS", NULL };
  g_autofree char *upper = g_ascii_strup (name, -1);

  if (name[0] == '-')
    return TRUE;
  for (guint i = 0; grounds[i] != NULL; i++)
    if (strstr (upper, grounds[i]) != NULL)
      return TRUE;
  return g_str_equal (upper, "0V") || g_str_has_prefix (upper, "0V_");
}

void
work_model_describe_net (const WorkModel *self, guint plan_net, WorkNet *net)
{
  const NudgePlanNet *from = &self->sheet->nets[plan_net];
  const NudgeLayout *layout = self->plan->layout;

  net->plan = plan_net;
  net->label = from->label;
  net->label_width = self->label_widths[plan_net];
  net->power = from->is_power;
  net->global = from->is_global && !from->is_power;
  net->port = from->is_port;
  net->auto_named = layout->circuit->nets[from->net].auto_named;
  net->flag = from->needs_flag;
  net->single = from->is_single && !net->auto_named;
  net->no_wire = layout->net_styles[from->net] == NUDGE_NET_LABEL;
  net->all_wire = layout->net_styles[from->net] == NUDGE_NET_WIRE;
  net->wide = !net->power && from->n_terminals > WORK_MAX_FAN && !net->all_wire;
  net->ground = net->power && work_model_is_ground_name (from->label);
  net->weight = (guint) (42 + net->label_width * 14 / NUDGE_MM (10));
  if (net->auto_named)
    net->weight = net->weight * 3 / 2;
  if (net->power)
    net->weight = WORK_SYMBOL;
}

static void
fill_item (const WorkModel *self, guint element, WorkItem *item)
{
  const NudgeLayout *layout = self->plan->layout;

  item->shape = self->shapes[element];
  item->role = self->roles[element];
  item->poses = poses_of (self, element, (WorkRole) item->role);
  item->unit = item->box = NUDGE_NONE;
  if (element >= self->n_units)
    {
      const WorkBoxPlace *place = &self->boxes[element - self->n_units];

      item->box = element - self->n_units;
      item->hint_x = place->x;
      item->hint_y = place->y;
      item->hint_group = place->n_component > 1 ? place->component + 1 : 0;
    }
  else
    {
      guint unit = self->sheet->first_unit + element;
      const NudgePart *part = &layout->circuit->parts[layout->units[unit].part];
      const NudgeSymbol *symbol = layout->units[unit].symbol;

      item->unit = unit;
      item->reference = part->reference;
      item->value = part->value[0] != '\0' ? part->value : symbol->name;
      item->text_widths[0] = self->reference_widths[element];
      /* KiCad adds the unit's letter. */
      if (symbol->n_units > 1)
        item->text_widths[0] += nudge_text_width ("W", SIZE) + SIZE / 5;
      item->text_widths[1] = g_str_equal (item->value, "~") ? 0 : nudge_text_width (item->value, SIZE);
    }
}

static guint
shape_pin_of (const WorkShape *shape, const NudgePlanTerminal *terminal)
{
  if (terminal->box != NUDGE_NONE)
    return terminal->box_pin;
  for (guint i = 0; i < shape->n_pins; i++)
    if (shape->pin_index[i] == terminal->pin)
      return i;
  g_assert_not_reached ();
}

/* Room before a side for its labels or for as many tracks as it has wires, whichever is less likely to be too much. */
static void
set_channels (const WorkSheet *sheet, WorkItem *item)
{
  gint32 widths[4] = { 0 };
  guint counts[4] = { 0 };

  if (item->n_pins < WORK_LARGE)
    return;
  for (guint i = 0; i < item->n_pins; i++)
    {
      const WorkPinRef *ref = &sheet->pins[item->first_pin + i];
      guint exit = item->shape->poses[0].pins[ref->shape_pin].exit;

      if (ref->net == NUDGE_NONE || sheet->nets[ref->net].power)
        continue;
      counts[exit]++;
      widths[exit] = MAX (widths[exit], sheet->nets[ref->net].label_width);
    }
  for (guint exit = 0; exit < 4; exit++)
    if (counts[exit] > 1)
      item->channels[exit] = (guint8) MIN (widths[exit] / WORK_CELL + 5, 20);
    else if (counts[exit] == 1)
      item->channels[exit] = 4;
}

/* KiCad joins a hidden power input to the rail of its name: nothing is drawn there. */
static gboolean
is_implied (const WorkModel *self, const NudgePlanTerminal *terminal)
{
  const NudgePlanNet *net = terminal->net != NUDGE_NONE ? &self->sheet->nets[terminal->net] : NULL;
  const NudgeSymbolPin *pin;

  if (terminal->unit == NUDGE_NONE || net == NULL || !net->is_power)
    return FALSE;
  pin = &self->plan->layout->units[terminal->unit].symbol->pins[terminal->pin];
  return pin->hidden && g_str_equal (pin->type, "power_in") && g_str_equal (pin->name, net->label);
}

/* The net of a terminal as far as it is drawn, or NUDGE_NONE. */
static guint
drawn_net (const WorkModel *self, const NudgePlanTerminal *terminal)
{
  return is_implied (self, terminal) ? NUDGE_NONE : terminal->net;
}

WorkSheet *
work_model_sheet (const WorkModel *self, const guint *elements, guint n_elements)
{
  const NudgePlanSheet *plan_sheet = self->sheet;
  g_autofree guint *local = g_new0 (guint, plan_sheet->n_nets + 1);
  guint n_pins = 0, n_nets = 0, next = 0;
  WorkSheet *sheet;

  for (guint i = 0; i < n_elements; i++)
    for (guint t = self->first[elements[i]]; t < self->first[elements[i] + 1]; t++, n_pins++)
      {
        guint net = drawn_net (self, &plan_sheet->terminals[self->terminals[t]]);

        if (net != NUDGE_NONE && local[net] == 0)
          local[net] = ++n_nets;
      }
  sheet = work_sheet_new (self->plan, plan_sheet, n_elements, n_pins, n_nets);
  sheet->run = self->run;
  sheet->quick = self->quick;
  for (guint net = 0; net < plan_sheet->n_nets; net++)
    if (local[net] != 0)
      work_model_describe_net (self, net, &sheet->nets[local[net] - 1]);
  n_pins = 0;
  for (guint i = 0; i < n_elements; i++)
    {
      WorkItem *item = &sheet->items[i];

      fill_item (self, elements[i], item);
      item->first_pin = n_pins;
      for (guint t = self->first[elements[i]]; t < self->first[elements[i] + 1]; t++)
        {
          const NudgePlanTerminal *terminal = &plan_sheet->terminals[self->terminals[t]];
          WorkPinRef *pin = &sheet->pins[n_pins++];

          pin->item = i;
          pin->shape_pin = shape_pin_of (item->shape, terminal);
          pin->net = drawn_net (self, terminal) == NUDGE_NONE ? NUDGE_NONE : local[terminal->net] - 1;
          if (pin->net != NUDGE_NONE)
            sheet->nets[pin->net].n_pins++;
        }
      item->n_pins = n_pins - item->first_pin;
    }
  for (guint net = 0; net < n_nets; net++)
    {
      WorkNet *n = &sheet->nets[net];

      n->first_pin = next;
      next += n->n_pins;
      n->outside = n->n_pins < plan_sheet->nets[n->plan].n_terminals;
      n->n_pins = 0;
    }
  for (guint i = 0; i < sheet->n_pins; i++)
    if (sheet->pins[i].net != NUDGE_NONE)
      {
        WorkNet *n = &sheet->nets[sheet->pins[i].net];
        sheet->net_pins[n->first_pin + n->n_pins++] = i;
      }
  for (guint i = 0; i < n_elements; i++)
    set_channels (sheet, &sheet->items[i]);
  return sheet;
}
