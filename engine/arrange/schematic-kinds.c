#include "arrange/schematic-kinds.h"

#include "drawing/plan-nets.h"

#include <string.h>

/* Parts by their references and pins, nets by what draws them and by their names. */

static gboolean
starts_with (const char *reference, const char *letters)
{
  gsize n = strlen (letters);

  return g_ascii_strncasecmp (reference, letters, n) == 0 && !g_ascii_isalpha (reference[n]);
}

/* Twins in one package have numbers behind the letters. */
guint
schematic_transistor_pin (const WorkSheet *work, guint pin)
{
  static const char letters[] = "CDESBG";
  const WorkPinRef *ref = &work->pins[pin];
  const WorkShape *shape = work->items[ref->item].shape;
  const char *name = shape->symbol->pins[shape->pin_index[ref->shape_pin]].name;
  const char *found = name[0] != '\0' ? strchr (letters, name[0]) : NULL;

  for (guint i = 1; found != NULL && name[i] != '\0'; i++)
    if (!g_ascii_isdigit (name[i]))
      return 3;
  return found == NULL ? 3 : (guint) (found - letters) / 2;
}

static gboolean
is_transistor (const WorkSheet *work, const WorkItem *item)
{
  guint found = 0;

  if (item->n_pins != 3 || item->shape->symbol == NULL || item->role == WORK_ROLE_CONNECTOR)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      if (work->pins[item->first_pin + i].net == NUDGE_NONE)
        return FALSE;
      found |= 1u << schematic_transistor_pin (work, item->first_pin + i);
    }
  return found == 7;
}

static guint8
part_kind (const WorkSheet *work, const WorkItem *item)
{
  guint a, b;

  if (is_transistor (work, item))
    return PART_Q;
  if (item->role != WORK_ROLE_PASSIVE || item->n_pins != 2)
    return 0;
  a = work->pins[item->first_pin].net;
  b = work->pins[item->first_pin + 1].net;
  if (a == NUDGE_NONE || b == NUDGE_NONE || a == b)
    return 0;
  if (starts_with (item->reference, "R"))
    return PART_R;
  if (starts_with (item->reference, "C"))
    return PART_C;
  if (starts_with (item->reference, "L") || starts_with (item->reference, "FB"))
    return PART_L;
  if (starts_with (item->reference, "Y") || starts_with (item->reference, "X") || starts_with (item->reference, "XTAL"))
    return PART_Y;
  return PART_OTHER;
}

static gboolean
has_power_pin (const WorkModel *model, const NudgePlanNet *net)
{
  for (guint t = net->first_terminal; t < net->first_terminal + net->n_terminals; t++)
    {
      const NudgePlanTerminal *terminal = &model->sheet->terminals[t];

      if (terminal->unit != NUDGE_NONE
          && (nudge_pin_kind (model->plan->layout->units[terminal->unit].symbol->pins[terminal->pin].type) & (NUDGE_TAKES_POWER | NUDGE_GIVES_POWER)))
        return TRUE;
    }
  return FALSE;
}

static guint8
net_kind (const WorkModel *model, const WorkNet *net)
{
  if (net->power)
    return net->ground ? NET_GROUND : NET_SUPPLY;
  if (net->wide || net->outside || net->global || net->port)
    {
      /* All of a port's net may be drawn with wires. */
      if (work_model_is_ground_name (net->label))
        return net->wide || net->outside || net->global ? NET_GROUND | NET_LABELLED : NET_GROUND;
      if (has_power_pin (model, &model->sheet->nets[net->plan]))
        return NET_SUPPLY | NET_LABELLED;
    }
  if (net->wide)
    return 0;
  return net->n_pins == 2 && !net->outside && !net->port && !net->global ? NET_SIGNAL | NET_PAIR : NET_SIGNAL;
}

#define FAR_FROM_RAILS 4

/* How many parts that let current through lie between each net and the nearest of some rails. */
static void
measure_distance (const WorkSheet *work, const guint8 *parts, const guint8 *kinds, guint8 rails, gint *distances)
{
  for (guint i = 0; i < work->n_nets; i++)
    distances[i] = (kinds[i] & rails) ? 0 : FAR_FROM_RAILS;
  for (gint round = 0; round + 1 < FAR_FROM_RAILS; round++)
    for (guint i = 0; i < work->n_items; i++)
      {
        guint a, b;

        if (!(parts[i] & PART_ANY) || (parts[i] & (PART_C | PART_Y)))
          continue;
        a = work->pins[work->items[i].first_pin].net;
        b = work->pins[work->items[i].first_pin + 1].net;
        if (distances[a] == round)
          distances[b] = MIN (distances[b], round + 1);
        else if (distances[b] == round)
          distances[a] = MIN (distances[a], round + 1);
      }
}

/* How far up each net would be drawn: near the supply it is positive, near ground negative. */
static void
measure_levels (const WorkSheet *work, const guint8 *parts, const guint8 *kinds, gint *levels)
{
  g_autofree gint *above = g_new (gint, work->n_nets + 1);

  measure_distance (work, parts, kinds, NET_GROUND, levels);
  measure_distance (work, parts, kinds, NET_SUPPLY, above);
  for (guint i = 0; i < work->n_nets; i++)
    levels[i] -= above[i];
}

static gboolean
names_positive (const WorkItem *item)
{
  static const char *const words[] = { "PNP", "PMOS", "P-MOS", "P_MOS", "P-CH", "PJFET", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (item->shape->symbol->name, words[i]) != NULL || strstr (item->value, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* A transistor whose emitter is nearer to the supply than its collector stands with that one up. */
gboolean
schematic_emitter_is_up (const SchematicFinder *self, const WorkItem *item)
{
  gint levels[4] = { 0 };

  for (guint i = 0; i < item->n_pins; i++)
    levels[schematic_transistor_pin (self->work, item->first_pin + i)] = self->levels[self->work->pins[item->first_pin + i].net];
  if (levels[0] != levels[1])
    return levels[1] > levels[0];
  return names_positive (item);
}

/* Binds the item's pins to the role's nets: parts with two pins in either order. */

void
schematic_finder_init (SchematicFinder *self, const WorkModel *model, WorkSheet *work)
{
  self->model = model;
  self->work = work;
  self->parts = g_new (guint8, work->n_items + 1);
  self->nets = g_new (guint8, work->n_nets + 1);
  self->levels = g_new (gint, work->n_nets + 1);
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < work->n_items; i++)
    self->parts[i] = part_kind (work, &work->items[i]);
  for (guint i = 0; i < work->n_nets; i++)
    self->nets[i] = net_kind (model, &work->nets[i]);
  measure_levels (work, self->parts, self->nets, self->levels);
}

void
schematic_finder_clear (SchematicFinder *self)
{
  g_free (self->parts);
  g_free (self->nets);
  g_free (self->levels);
  g_hash_table_unref (self->known);
}

void
schematic_finder_tie (SchematicFinder *self, WorkTieKind kind, guint weight, guint a, guint pin_a, guint b, guint pin_b)
{
  WorkTie made = { .items = { a, b }, .kind = (guint8) kind, .weight = (guint8) weight,
                   .pins = { (guint16) self->work->pins[pin_a].shape_pin, (guint16) self->work->pins[pin_b].shape_pin } };
  gboolean ordered = kind == WORK_TIE_FLOW || kind == WORK_TIE_UNDER || kind == WORK_TIE_BELOW || kind == WORK_TIE_NEAR;
  gint64 key = ((gint64) (ordered || a < b ? a : b) << 36) | ((gint64) (ordered || a < b ? b : a) << 8) | kind;

  if (a == b || g_hash_table_contains (self->known, &key))
    return;
  g_hash_table_add (self->known, g_memdup2 (&key, sizeof key));
  work_add_tie (self->work, &made);
}
