/* fit.c: makes a variant of a symbol where KiCad would otherwise join pins that the circuit keeps apart.
 *
 * KiCad joins pins at one place, and a hidden power input to the rail of its name. A variant moves such pins apart or
 * shows them. KiCad connects nothing to a pin of the kind no_connect: where the circuit does, the pin is of another kind. Pins that
 * the circuit names and the symbol lacks are added to it. */
#include "base/limits.h"
#include "base/text-metrics.h"
#include "library/library-private.h"
#include "library/symbol-reader.h"

#include <string.h>

#define PITCH 25400
#define MAX_SINGLE_COLUMN 4 /* more pins than these stand on both sides of the box that is added */

typedef enum
{
  CHANGE_NONE,
  CHANGE_SHOW,
  CHANGE_MOVE,
} Change;

typedef struct
{
  NudgeLibrary *library;
  const NudgeSymbol *symbol;
  const NudgeCircuit *circuit;
  guint part;
  guint *nets;         /* by pin of the symbol */
  guint8 *changes;     /* Change, by pin of the symbol */
  GPtrArray *missing;  /* numbers of pins that the symbol lacks, const char* of the circuit */
  gboolean splits, shows, opens;
} Fit;

/* Pins that may stand in one unit. */
static gboolean
share_unit (const NudgeSymbolPin *a, const NudgeSymbolPin *b)
{
  return a->unit == b->unit || a->unit == 0 || b->unit == 0;
}

static void
assign_nets (Fit *fit)
{
  const NudgeSymbol *symbol = fit->symbol;
  const NudgePart *part = &fit->circuit->parts[fit->part];

  for (guint i = 0; i < symbol->n_pins; i++)
    fit->nets[i] = NUDGE_NONE;
  for (guint n = 0; n < part->n_nodes; n++)
    {
      const NudgeNode *node = &fit->circuit->part_nodes[part->first_node + n];

      if (nudge_symbol_find_pin (symbol, node->pin) == NUDGE_NONE)
        {
          g_ptr_array_add (fit->missing, (gpointer) node->pin);
          continue;
        }
      for (guint i = nudge_symbol_first_numbered (symbol, node->pin); i < symbol->n_pins; i++)
        {
          guint pin = symbol->by_number[i];

          if (strcmp (symbol->pins[pin].number, node->pin) != 0)
            break;
          fit->nets[pin] = node->net;
        }
    }
}

/* Whether the circuit sees two pins as one: on the same net, or the same pin drawn twice. */
static gboolean
belong_together (const Fit *fit, guint a, guint b)
{
  if (fit->nets[a] != NUDGE_NONE || fit->nets[b] != NUDGE_NONE)
    return fit->nets[a] == fit->nets[b];
  return strcmp (fit->symbol->pins[a].number, fit->symbol->pins[b].number) == 0;
}

static guint
count_together (const Fit *fit, const guint *pins, guint n, guint with)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += belong_together (fit, pins[i], with);
  return count;
}

/* The pin of a stack whose company stays: a connected one of the largest, else one that can be seen. */
static guint
choose_kept (const Fit *fit, const guint *pins, guint n)
{
  guint best = pins[0], best_score = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean connected = fit->nets[pins[i]] != NUDGE_NONE;
      guint score = (connected ? count_together (fit, pins, n, pins[i]) * 2 : 0) + !fit->symbol->pins[pins[i]].hidden;

      if (score > best_score)
        {
          best = pins[i];
          best_score = score;
        }
    }
  return best;
}

static void
split_stack (Fit *fit, const guint *pins, guint n)
{
  guint kept, shown = NUDGE_NONE;
  gboolean seen = FALSE;

  if (n < 2 || count_together (fit, pins, n, pins[0]) == n)
    return;
  kept = choose_kept (fit, pins, n);
  for (guint i = 0; i < n; i++)
    if (!belong_together (fit, pins[i], kept))
      fit->changes[pins[i]] = CHANGE_MOVE;
    else
      {
        seen |= !fit->symbol->pins[pins[i]].hidden;
        shown = MIN (shown, pins[i]);
      }
  if (!seen)
    fit->changes[shown] = CHANGE_SHOW;
  fit->splits = TRUE;
}

static gint
compare_places (gconstpointer a, gconstpointer b, gpointer pins)
{
  const NudgeSymbolPin *one = (const NudgeSymbolPin *) pins + *(const guint *) a;
  const NudgeSymbolPin *two = (const NudgeSymbolPin *) pins + *(const guint *) b;

  if (one->at.x != two->at.x)
    return one->at.x < two->at.x ? -1 : 1;
  if (one->at.y != two->at.y)
    return one->at.y < two->at.y ? -1 : 1;
  return (*(const guint *) a > *(const guint *) b) - (*(const guint *) a < *(const guint *) b);
}

/* All pins at one place, of whatever unit: those of each unit make a stack, with the pins common to all units. */
static void
split_place (Fit *fit, const guint *pins, guint n)
{
  g_autofree guint *stack = g_new (guint, n);
  const NudgeSymbolPin *all = fit->symbol->pins;

  for (guint first = 0; first < n; first++)
    {
      guint unit = all[pins[first]].unit, count = 0;
      gboolean done = FALSE;

      for (guint i = 0; i < first; i++)
        done |= all[pins[i]].unit == unit;
      /* Common pins alone make a stack only where no unit has a pin of its own. */
      for (guint i = 0; unit == 0 && i < n; i++)
        done |= all[pins[i]].unit != 0;
      for (guint i = 0; !done && i < n; i++)
        if ((all[pins[i]].unit == unit || all[pins[i]].unit == 0) && fit->changes[pins[i]] != CHANGE_MOVE)
          stack[count++] = pins[i];
      split_stack (fit, stack, count);
    }
}

static void
split_stacks (Fit *fit)
{
  const NudgeSymbol *symbol = fit->symbol;
  g_autofree guint *order = g_new (guint, symbol->n_pins + 1);
  guint n = 0;

  for (guint i = 0; i < symbol->n_pins; i++)
    if (symbol->pins[i].body_style < 2)
      order[n++] = i;
  if (n == 0)
    return;
  g_qsort_with_data (order, (gint) n, sizeof *order, compare_places, symbol->pins);
  for (guint start = 0, end; start < n; start = end)
    {
      for (end = start + 1; end < n && nudge_point_equal (symbol->pins[order[start]].at, symbol->pins[order[end]].at); end++)
        ;
      if (end - start > 1)
        split_place (fit, order + start, end - start);
    }
}

/* Nothing can be drawn to a pin in the middle of a body. */
static gboolean
lies_inside (const NudgeSymbol *symbol, const NudgeSymbolPin *pin)
{
  NudgeBox body = nudge_symbol_body_box (symbol, MAX (pin->unit, 1));

  return pin->at.x > body.x0 && pin->at.x < body.x1 && pin->at.y > body.y0 && pin->at.y < body.y1;
}

/* KiCad joins a hidden power input to the rail of its name, whatever is drawn at it. */
static void
show_power_pins (Fit *fit)
{
  for (guint i = 0; i < fit->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &fit->symbol->pins[i];
      const NudgeNet *net = fit->nets[i] != NUDGE_NONE ? &fit->circuit->nets[fit->nets[i]] : NULL;

      if (!pin->hidden || fit->symbol->is_power || pin->body_style > 1 || strcmp (pin->type, "power_in") != 0 || fit->changes[i] != CHANGE_NONE)
        continue;
      if (net != NULL && net->is_power && strcmp (net->name, pin->name) == 0)
        continue;
      fit->changes[i] = lies_inside (fit->symbol, pin) ? CHANGE_MOVE : CHANGE_SHOW;
      fit->shows = TRUE;
    }
}

/* Whether KiCad would leave the pin out of its net. */
static gboolean
is_left_open (const Fit *fit, guint pin)
{
  return fit->nets[pin] != NUDGE_NONE && strcmp (fit->symbol->pins[pin].type, "no_connect") == 0
         && nudge_net_joins (&fit->circuit->nets[fit->nets[pin]]);
}

static void
find_open_pins (Fit *fit)
{
  for (guint i = 0; i < fit->symbol->n_pins && !fit->opens; i++)
    fit->opens = is_left_open (fit, i);
}

/* The variant as it is put together. */
typedef struct
{
  const NudgeSymbol *symbol;
  GArray *pins;    /* NudgeSymbolPin */
  GArray *shapes;  /* NudgeShape */
  GArray *waiting; /* guint: pins that have no place yet */
  NudgeArena *arena;
} Builder;

#define BUILT_PIN(builder, i) (&g_array_index ((builder)->pins, NudgeSymbolPin, (i)))

static gboolean
is_waiting (const Builder *b, guint pin)
{
  for (guint i = 0; i < b->waiting->len; i++)
    if (g_array_index (b->waiting, guint, i) == pin)
      return TRUE;
  return FALSE;
}

/* Where the name of a pin stands in the body; empty when it does not. */
static NudgeBox
name_box (const Builder *b, const NudgeSymbolPin *pin)
{
  static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };
  gint32 start = pin->length + b->symbol->pin_name_offset, end = start + nudge_text_width (pin->name, pin->name_size);
  gint32 half = pin->name_size / 2;
  gint x = dx[pin->direction], y = dy[pin->direction];
  NudgeBox box = NUDGE_BOX_EMPTY;

  if (pin->hidden || b->symbol->pin_names_hidden || b->symbol->pin_name_offset == 0 || *pin->name == 0 || strcmp (pin->name, "~") == 0)
    return box;
  nudge_box_add_point (&box, pin->at.x + x * start - y * half, pin->at.y + y * start - x * half);
  nudge_box_add_point (&box, pin->at.x + x * end + y * half, pin->at.y + y * end + x * half);
  return box;
}

/* Whether a pin may move there: no other is too near, and their names do not run into one another. */
static gboolean
is_free (const Builder *b, const NudgeSymbolPin *pin, NudgePoint at)
{
  NudgeSymbolPin moved = *pin;
  NudgeBox name;

  moved.at = at;
  name = name_box (b, &moved);
  for (guint i = 0; i < b->pins->len; i++)
    {
      const NudgeSymbolPin *other = BUILT_PIN (b, i);
      NudgeBox other_name = name_box (b, other);

      if (!share_unit (pin, other) || other->body_style > 1 || is_waiting (b, i))
        continue;
      if (ABS (other->at.x - at.x) < PITCH && ABS (other->at.y - at.y) < PITCH)
        return FALSE;
      if (!nudge_box_is_empty (&name) && !nudge_box_is_empty (&other_name) && nudge_box_overlaps (&name, &other_name))
        return FALSE;
    }
  return TRUE;
}

/* A free place on the side of the body where the pin was, nearest to it. */
static gboolean
place_on_side (const Builder *b, guint index)
{
  static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };
  NudgeSymbolPin *pin = BUILT_PIN (b, index);
  NudgeBox body = nudge_symbol_body_box (b->symbol, MAX (pin->unit, 1));
  gboolean vertical = pin->direction % 2 == 0; /* places follow one another along y */
  gint32 edge = vertical ? (pin->direction == 0 ? body.x0 : body.x1) : (pin->direction == 1 ? body.y0 : body.y1);
  gint32 inner = vertical ? pin->at.x + dx[pin->direction] * pin->length : pin->at.y + dy[pin->direction] * pin->length;
  gint32 low = (vertical ? body.y0 : body.x0) + NUDGE_GRID, high = (vertical ? body.y1 : body.x1) - NUDGE_GRID;

  if (inner != edge || pin->unit == 0)
    return FALSE;
  for (gint step = 1; step <= (high - low) / PITCH; step++)
    for (gint sign = -1; sign <= 1; sign += 2)
      {
        gint32 shift = sign * step * PITCH;
        NudgePoint at = { pin->at.x + (vertical ? 0 : shift), pin->at.y + (vertical ? shift : 0) };
        gint32 along = vertical ? at.y : at.x;

        if (along >= low && along <= high && is_free (b, pin, at))
          {
            pin->at = at;
            return TRUE;
          }
      }
  return FALSE;
}

static gint32
round_up (gint32 value, gint32 step)
{
  return (value + step - 1) / step * step;
}

/* The lowest point of what a unit draws, pins of the variant included; unit 0: of all units. */
static NudgeBox
built_box (const Builder *b, guint unit)
{
  NudgeBox box = NUDGE_BOX_EMPTY;

  for (guint u = MAX (unit, 1); u <= (unit == 0 ? b->symbol->n_units : unit); u++)
    {
      NudgeBox of_unit = nudge_symbol_box (b->symbol, u);

      nudge_box_add_box (&box, &of_unit);
    }
  for (guint i = 0; i < b->shapes->len; i++)
    {
      const NudgeShape *shape = &g_array_index (b->shapes, NudgeShape, i);

      if (i >= b->symbol->n_shapes && (unit == 0 || shape->unit == 0))
        for (guint j = 0; j < shape->n_points; j++)
          nudge_box_add_point (&box, shape->points[j].x, shape->points[j].y);
    }
  if (nudge_box_is_empty (&box))
    box = (NudgeBox){ 0, 0, 0, 0 };
  return box;
}

/* Takes what waits for a unit off the list: indices into the builder's pins. */
static GArray *
take_waiting (Builder *b, guint unit)
{
  GArray *pins = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = b->waiting->len; i-- > 0;)
    if (BUILT_PIN (b, g_array_index (b->waiting, guint, i))->unit == unit)
      {
        g_array_prepend_val (pins, g_array_index (b->waiting, guint, i));
        g_array_remove_index (b->waiting, i);
      }
  return pins;
}

/* The rectangle that is the whole body of a unit, and of no other; NULL when the body is something else. */
static NudgeShape *
whole_rectangle (const Builder *b, guint unit, const NudgeBox *body)
{
  for (guint i = 0; i < b->symbol->n_shapes; i++)
    {
      NudgeShape *shape = &g_array_index (b->shapes, NudgeShape, i);
      NudgeBox box = NUDGE_BOX_EMPTY;

      if (shape->kind != NUDGE_SHAPE_RECTANGLE || shape->n_points != 2 || (shape->unit != unit && b->symbol->n_units > 1))
        continue;
      nudge_box_add_point (&box, shape->points[0].x, shape->points[0].y);
      nudge_box_add_point (&box, shape->points[1].x, shape->points[1].y);
      if (box.x0 == body->x0 && box.y0 == body->y0 && box.x1 == body->x1 && box.y1 == body->y1)
        return shape;
    }
  return NULL;
}

/* Whether a pin that stands already leaves the body downwards. */
static gboolean
leaves_below (const Builder *b, guint index, guint unit)
{
  const NudgeSymbolPin *pin = BUILT_PIN (b, index);

  return !is_waiting (b, index) && pin->direction == 1 && (pin->unit == unit || pin->unit == 0 || unit == 0);
}

/* A body that is one rectangle grows downwards, with the pins below it, and takes the waiting pins left and right. */
static gboolean
grow_body (Builder *b, guint unit)
{
  NudgeBox body = nudge_symbol_body_box (b->symbol, MAX (unit, 1));
  NudgeShape *frame = whole_rectangle (b, unit, &body);
  g_autoptr (GArray) pins = NULL;
  gint32 bottom, depth;
  guint rows;

  for (guint i = 0; i < b->pins->len; i++)
    if (leaves_below (b, i, unit) && BUILT_PIN (b, i)->at.y + BUILT_PIN (b, i)->length != body.y0)
      return FALSE;
  if (frame == NULL || body.x0 % NUDGE_GRID != 0 || body.x1 % NUDGE_GRID != 0)
    return FALSE;
  pins = take_waiting (b, unit);
  rows = (pins->len + 1) / 2;
  depth = (gint32) (rows + 1) * PITCH;
  bottom = nudge_snap (body.y0, NUDGE_GRID);
  for (guint i = 0; i < b->pins->len; i++)
    if (leaves_below (b, i, unit))
      BUILT_PIN (b, i)->at.y -= depth;
  for (guint i = 0; i < pins->len; i++)
    {
      NudgeSymbolPin *pin = BUILT_PIN (b, g_array_index (pins, guint, i));
      gboolean right = i >= rows;

      pin->length = PITCH;
      pin->direction = right ? 2 : 0;
      pin->at = (NudgePoint){ right ? body.x1 + PITCH : body.x0 - PITCH, bottom - (gint32) (i % rows + 1) * PITCH };
    }
  frame->points = nudge_arena_new_array (b->arena, NudgePoint, 2);
  frame->points[0] = (NudgePoint){ body.x0, body.y0 - depth };
  frame->points[1] = (NudgePoint){ body.x1, body.y1 };
  return TRUE;
}

/* A box of its own below a unit for the pins of it that found no place, on the left and from some number on the right. */
static void
place_below (Builder *b, guint unit)
{
  g_autoptr (GArray) pins = take_waiting (b, unit);
  NudgeBox box = built_box (b, unit);
  NudgeShape frame = { .kind = NUDGE_SHAPE_RECTANGLE, .unit = (guint16) unit, .stroke_width = 2540, .fill = NUDGE_FILL_BACKGROUND, .n_points = 2 };
  gint32 name_width = 0, half, x, top;
  guint rows;

  if (pins->len == 0)
    return;
  for (guint i = 0; i < pins->len; i++)
    {
      NudgeSymbolPin *pin = BUILT_PIN (b, g_array_index (pins, guint, i));

      name_width = MAX (name_width, nudge_text_width (pin->name, pin->name_size));
    }
  rows = pins->len > MAX_SINGLE_COLUMN ? (pins->len + 1) / 2 : pins->len;
  half = MAX (round_up (b->symbol->pin_names_hidden ? 0 : name_width + NUDGE_GRID, PITCH), PITCH);
  x = nudge_snap (((gint64) box.x0 + box.x1) / 2, NUDGE_GRID);
  top = nudge_snap ((gint64) box.y0 - 2 * PITCH, NUDGE_GRID);
  for (guint i = 0; i < pins->len; i++)
    {
      NudgeSymbolPin *pin = BUILT_PIN (b, g_array_index (pins, guint, i));
      gboolean right = i >= rows;

      pin->length = PITCH;
      pin->direction = right ? 2 : 0;
      pin->at.x = x + (right ? half + PITCH : -half - PITCH);
      pin->at.y = top - (gint32) (i % rows + 1) * PITCH;
    }
  frame.points = nudge_arena_new_array (b->arena, NudgePoint, 2);
  frame.points[0] = (NudgePoint){ x - half, top };
  frame.points[1] = (NudgePoint){ x + half, top - (gint32) (rows + 1) * PITCH };
  g_array_append_val (b->shapes, frame);
}

/* What the circuit says of a pin, for one that the symbol lacks. */
static NudgeSymbolPin
missing_pin (const Fit *fit, const char *number)
{
  const NudgePart *part = &fit->circuit->parts[fit->part];
  NudgeArena *arena = fit->library->arena;
  NudgeSymbolPin pin = { .unit = fit->symbol->n_units > 1 ? 1 : 0, .name = "", .type = "passive", .shape = "line", .length = PITCH };

  pin.number = nudge_arena_intern (arena, number);
  pin.name_size = pin.number_size = NUDGE_TEXT_STYLE_DEFAULT.height;
  for (guint i = 0; i < part->n_pins; i++)
    {
      const NudgeCircuitPin *known = &fit->circuit->pins[part->first_pin + i];

      if (strcmp (known->number, number) != 0)
        continue;
      pin.name = nudge_arena_intern (arena, known->name);
      pin.type = nudge_part_pin_type (fit->circuit, (guint) (part - fit->circuit->parts), known);
    }
  return pin;
}

static void
collect_pins (const Fit *fit, Builder *b)
{
  if (fit->symbol->n_pins > 0)
    g_array_append_vals (b->pins, fit->symbol->pins, fit->symbol->n_pins);
  if (fit->symbol->n_shapes > 0)
    g_array_append_vals (b->shapes, fit->symbol->shapes, fit->symbol->n_shapes);
  for (guint i = 0; i < fit->symbol->n_pins; i++)
    {
      gboolean opens = is_left_open (fit, i);

      if (opens)
        BUILT_PIN (b, i)->type = "passive";
      if (opens || fit->changes[i] != CHANGE_NONE)
        BUILT_PIN (b, i)->hidden = FALSE;
      if (fit->changes[i] == CHANGE_MOVE)
        g_array_append_val (b->waiting, i);
    }
  for (guint i = 0; i < fit->missing->len; i++)
    {
      NudgeSymbolPin pin = missing_pin (fit, g_ptr_array_index (fit->missing, i));
      guint index = b->pins->len;

      g_array_append_val (b->pins, pin);
      g_array_append_val (b->waiting, index);
    }
}

static gboolean
has_waiting (const Builder *b, guint unit)
{
  for (guint i = 0; i < b->waiting->len; i++)
    if (BUILT_PIN (b, g_array_index (b->waiting, guint, i))->unit == unit)
      return TRUE;
  return FALSE;
}

static void
place_waiting (Builder *b)
{
  for (guint i = 0; i < b->waiting->len;)
    {
      guint pin = g_array_index (b->waiting, guint, i);

      if (pin < b->symbol->n_pins && place_on_side (b, pin))
        g_array_remove_index (b->waiting, i);
      else
        i++;
    }
  for (guint unit = 0; unit <= b->symbol->n_units && b->waiting->len > 0; unit++)
    if (!has_waiting (b, unit) || !grow_body (b, unit))
      place_below (b, unit);
}

static gint
compare_units (gconstpointer a, gconstpointer b)
{
  return (gint) ((const NudgeSymbolPin *) a)->unit - (gint) ((const NudgeSymbolPin *) b)->unit;
}

static NudgeSymbol *
build_variant (const Fit *fit)
{
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolPin));
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  NudgeArena *arena = fit->library->arena;
  Builder builder = { .symbol = fit->symbol, .pins = pins, .shapes = shapes, .waiting = waiting, .arena = arena };
  NudgeSymbol *variant = nudge_arena_copy (arena, fit->symbol, 1, sizeof *fit->symbol);

  collect_pins (fit, &builder);
  place_waiting (&builder);
  g_array_sort (pins, compare_units);
  variant->pins = nudge_arena_copy (arena, pins->data, pins->len, sizeof (NudgeSymbolPin));
  variant->n_pins = pins->len;
  variant->shapes = nudge_arena_copy (arena, shapes->data, shapes->len, sizeof (NudgeShape));
  variant->n_shapes = shapes->len;
  nudge_symbol_seal (arena, variant);
  return variant;
}

/* What tells one variant of a symbol from another. */
static char *
variant_key (const Fit *fit)
{
  GString *key = g_string_new (fit->symbol->id);

  for (guint i = 0; i < fit->symbol->n_pins; i++)
    if (fit->changes[i] != CHANGE_NONE || is_left_open (fit, i))
      g_string_append_printf (key, "\n%u %u%s", i, fit->changes[i], is_left_open (fit, i) ? " passive" : "");
  for (guint i = 0; i < fit->missing->len; i++)
    {
      NudgeSymbolPin pin = missing_pin (fit, g_ptr_array_index (fit->missing, i));

      g_string_append_printf (key, "\n+%s\n%s\n%s", pin.number, pin.name, pin.type);
    }
  return g_string_free (key, FALSE);
}

/* The numbers of the pins that were changed so, for a message; the first few of them. CHANGE_NONE: of those that KiCad would leave open. */
static char *
list_pins (const Fit *fit, Change change)
{
  GString *list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < fit->symbol->n_pins; i++)
    if ((change != CHANGE_NONE ? fit->changes[i] == change : is_left_open (fit, i)) && ++n <= 8)
      g_string_append_printf (list, "%s%s", n > 1 ? ", " : "", fit->symbol->pins[i].number);
  if (n > 8)
    g_string_append_printf (list, " and %u more", n - 8);
  return g_string_free (list, FALSE);
}

static void
report (const Fit *fit, GPtrArray *diagnostics)
{
  const NudgePart *part = &fit->circuit->parts[fit->part];
  g_autofree char *moved = list_pins (fit, CHANGE_MOVE), *shown = list_pins (fit, CHANGE_SHOW), *open = list_pins (fit, CHANGE_NONE);
  NudgeDiagnostic *diagnostic;

  for (guint i = 0; i < fit->missing->len; i++)
    {
      diagnostic = nudge_diagnostics_add (diagnostics, NUDGE_CODE_PIN_NOT_IN_SYMBOL,
                                          "%s has a pin %s in the nets that its symbol %s lacks; the pin is added to the drawing",
                                          part->reference, (const char *) g_ptr_array_index (fit->missing, i), fit->symbol->id);
      nudge_diagnostic_set_subject (diagnostic, part->reference);
      nudge_diagnostic_set_place (diagnostic, part->line, part->column);
    }
  if (fit->splits)
    {
      diagnostic = nudge_diagnostics_add (diagnostics, NUDGE_CODE_STACKED_PINS_SPLIT,
                                          "%s: pins of %s that stand at one place are not on one net; drawn apart: %s",
                                          part->reference, fit->symbol->id, moved);
      nudge_diagnostic_set_subject (diagnostic, part->reference);
    }
  if (fit->shows)
    {
      diagnostic = nudge_diagnostics_add (diagnostics, NUDGE_CODE_HIDDEN_POWER_PIN,
                                          "%s: hidden power pins of %s would join the rail of their name; drawn visible: %s",
                                          part->reference, fit->symbol->id, shown);
      nudge_diagnostic_set_subject (diagnostic, part->reference);
    }
  if (fit->opens)
    {
      diagnostic = nudge_diagnostics_add (diagnostics, NUDGE_CODE_OPEN_PIN_CONNECTED,
                                          "%s: the circuit connects pins of %s that are not to be connected; drawn as passive: %s",
                                          part->reference, fit->symbol->id, open);
      nudge_diagnostic_set_subject (diagnostic, part->reference);
    }
}

const NudgeSymbol *
nudge_library_fit (NudgeLibrary *self, const NudgeSymbol *symbol, const NudgeCircuit *circuit, guint part, GPtrArray *diagnostics)
{
  g_autofree guint *nets = g_new (guint, symbol->n_pins + 1);
  g_autofree guint8 *changes = g_new0 (guint8, symbol->n_pins + 1);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *key = NULL;
  Fit fit = { .library = self, .symbol = symbol, .circuit = circuit, .part = part, .nets = nets, .changes = changes, .missing = missing };
  NudgeSymbol *variant;

  assign_nets (&fit);
  split_stacks (&fit);
  show_power_pins (&fit);
  find_open_pins (&fit);
  if (!fit.splits && !fit.shows && !fit.opens && missing->len == 0)
    return symbol;
  report (&fit, diagnostics);
  key = variant_key (&fit);
  variant = nudge_library_find_variant (self, key);
  if (variant == NULL)
    {
      variant = build_variant (&fit);
      nudge_library_keep_variant (self, key, variant, TRUE);
    }
  return variant;
}
