/* placeholder.c: a box with the pins that the circuit describes, for a symbol that no library has. */
#include "base/limits.h"
#include "base/text-metrics.h"
#include "library/library-private.h"
#include "library/symbol-reader.h"

#include <string.h>

#define PITCH 25400
#define MAX_PINS_ABOVE 8
#define FIELD_GAP 12700

typedef enum
{
  SIDE_LEFT,
  SIDE_RIGHT,
  SIDE_TOP,
  SIDE_BOTTOM,
  SIDE_ANY,
} Side;

typedef struct
{
  NudgeArena *arena;
  const NudgeCircuit *circuit;
  const NudgePart *part;
  GArray *pins;       /* NudgeSymbolPin */
  NudgeBox body;
} Builder;

#define BUILT_PIN(builder, i) (&g_array_index ((builder)->pins, NudgeSymbolPin, (i)))

static gint32
round_up (gint32 value, gint32 step)
{
  return (value + step - 1) / step * step;
}

const char *
nudge_part_pin_type (const NudgeCircuit *circuit, guint part, const NudgeCircuitPin *pin)
{
  const char *type = *pin->type != 0 ? nudge_pin_type (pin->type) : "passive";
  guint net = strcmp (type, "no_connect") == 0 ? nudge_circuit_net_of (circuit, part, pin->number) : NUDGE_NONE;

  return net != NUDGE_NONE && nudge_net_joins (&circuit->nets[net]) ? "passive" : type;
}

static void
add_pin (Builder *b, const char *number, const char *name, const char *type)
{
  NudgeSymbolPin pin = { .unit = 1, .body_style = 1, .shape = "line", .length = PITCH };

  if (b->pins->len >= NUDGE_MAX_PINS_PER_PART)
    return;
  pin.number = nudge_arena_intern (b->arena, number);
  pin.name = nudge_arena_intern (b->arena, name);
  pin.type = type;
  pin.name_size = pin.number_size = NUDGE_TEXT_STYLE_DEFAULT.height;
  g_array_append_val (b->pins, pin);
}

/* The pins of the part, then those that only its nets know, each number once. */
static void
collect_pins (Builder *b)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < b->part->n_pins; i++)
    {
      const NudgeCircuitPin *pin = &b->circuit->pins[b->part->first_pin + i];

      if (g_hash_table_add (seen, (gpointer) pin->number))
        add_pin (b, pin->number, pin->name, nudge_part_pin_type (b->circuit, (guint) (b->part - b->circuit->parts), pin));
    }
  for (guint i = 0; i < b->part->n_nodes; i++)
    {
      const NudgeNode *node = &b->circuit->part_nodes[b->part->first_node + i];

      if (g_hash_table_add (seen, (gpointer) node->pin))
        add_pin (b, node->pin, "", "passive");
    }
}

static gint
compare_points (gconstpointer a, gconstpointer b)
{
  const NudgePoint *one = a, *two = b;

  return one->x != two->x ? (one->x < two->x ? -1 : 1) : (one->y > two->y) - (one->y < two->y);
}

/* The places that the circuit gives count when there is one for each pin, all differ and all stand on the grid. */
static gboolean
has_places (const Builder *b)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (NudgePoint));

  if (b->pins->len == 0 || b->part->n_pins != b->pins->len)
    return FALSE;
  for (guint i = 0; i < b->part->n_pins; i++)
    {
      const NudgeCircuitPin *pin = &b->circuit->pins[b->part->first_pin + i];
      NudgePoint at = { pin->x, pin->y };

      if (!pin->has_position || strcmp (pin->number, BUILT_PIN (b, i)->number) != 0 || pin->x % NUDGE_GRID != 0 || pin->y % NUDGE_GRID != 0
          || pin->length < 0 || ABS ((gint64) pin->x) > NUDGE_MAX_COORDINATE / 10 || ABS ((gint64) pin->y) > NUDGE_MAX_COORDINATE / 10
          || pin->length > NUDGE_MAX_COORDINATE / 10)
        return FALSE;
      g_array_append_val (places, at);
    }
  g_array_sort (places, compare_points);
  for (guint i = 1; i < places->len; i++)
    if (nudge_point_equal (g_array_index (places, NudgePoint, i - 1), g_array_index (places, NudgePoint, i)))
      return FALSE;
  return TRUE;
}

static void
use_places (Builder *b)
{
  static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };

  b->body = NUDGE_BOX_EMPTY;
  for (guint i = 0; i < b->pins->len; i++)
    {
      const NudgeCircuitPin *known = &b->circuit->pins[b->part->first_pin + i];
      NudgeSymbolPin *pin = BUILT_PIN (b, i);

      pin->at = (NudgePoint){ known->x, known->y };
      pin->direction = (known->angle / 90) & 3;
      pin->length = known->length;
      nudge_box_add_point (&b->body, pin->at.x + dx[pin->direction] * pin->length, pin->at.y + dy[pin->direction] * pin->length);
    }
  /* Pins in a row or at one end leave no area: the box gets some. */
  if (b->body.x1 - b->body.x0 < 2 * NUDGE_GRID)
    b->body = (NudgeBox){ b->body.x0 - NUDGE_GRID, b->body.y0, b->body.x1 + NUDGE_GRID, b->body.y1 };
  if (b->body.y1 - b->body.y0 < 2 * NUDGE_GRID)
    b->body = (NudgeBox){ b->body.x0, b->body.y0 - NUDGE_GRID, b->body.x1, b->body.y1 + NUDGE_GRID };
}

static gboolean
is_ground (const char *name)
{
  static const char *const parts[] = { "GND", "VSS", "VEE", "EARTH" };
  g_autofree char *upper = g_ascii_strup (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (upper, parts[i]) != NULL)
      return TRUE;
  return strcmp (upper, "EP") == 0 || strcmp (upper, "V-") == 0;
}

static Side
side_of (const NudgeSymbolPin *pin)
{
  static const char *const outputs[] = { "output", "tri_state", "open_collector", "open_emitter", "power_out", NULL };

  if (strcmp (pin->type, "input") == 0)
    return SIDE_LEFT;
  if (g_strv_contains (outputs, pin->type))
    return SIDE_RIGHT;
  if (strcmp (pin->type, "power_in") == 0)
    return is_ground (pin->name) ? SIDE_BOTTOM : SIDE_TOP;
  return SIDE_ANY;
}

/* Gives every pin a side: the undecided even out left and right, in their order. */
static void
choose_sides (const Builder *b, guint8 *sides, guint counts[4])
{
  guint undecided = 0, half;

  for (guint i = 0; i < b->pins->len; i++)
    {
      sides[i] = side_of (BUILT_PIN (b, i));
      if ((sides[i] == SIDE_TOP || sides[i] == SIDE_BOTTOM) && counts[sides[i]] >= MAX_PINS_ABOVE)
        sides[i] = SIDE_ANY;
      if (sides[i] == SIDE_ANY)
        undecided++;
      else
        counts[sides[i]]++;
    }
  half = (counts[SIDE_LEFT] + counts[SIDE_RIGHT] + undecided + 1) / 2;
  for (guint i = 0; i < b->pins->len; i++)
    if (sides[i] == SIDE_ANY)
      {
        sides[i] = counts[SIDE_LEFT] < half ? SIDE_LEFT : SIDE_RIGHT;
        counts[sides[i]]++;
      }
}

static void
make_places (Builder *b)
{
  g_autofree guint8 *sides = g_new0 (guint8, b->pins->len + 1);
  guint counts[4] = { 0 }, next[4] = { 0 };
  gint32 widths[4] = { 0 };
  gint32 rows, columns, half, first, top, bottom;

  choose_sides (b, sides, counts);
  for (guint i = 0; i < b->pins->len; i++)
    widths[sides[i]] = MAX (widths[sides[i]], nudge_text_width (BUILT_PIN (b, i)->name, NUDGE_TEXT_STYLE_DEFAULT.width));
  rows = (gint32) MAX (MAX (counts[SIDE_LEFT], counts[SIDE_RIGHT]), 1);
  columns = (gint32) MAX (counts[SIDE_TOP], counts[SIDE_BOTTOM]);
  half = round_up (MAX (MAX (widths[SIDE_LEFT], widths[SIDE_RIGHT]) + PITCH, (columns + 1) * PITCH / 2), PITCH);
  first = (rows - 1) / 2 * PITCH;
  top = first + PITCH + (counts[SIDE_TOP] > 0 ? round_up (widths[SIDE_TOP] + NUDGE_GRID, PITCH) : 0);
  bottom = first - rows * PITCH - (counts[SIDE_BOTTOM] > 0 ? round_up (widths[SIDE_BOTTOM] + NUDGE_GRID, PITCH) : 0);
  b->body = (NudgeBox){ -half, bottom, half, top };
  for (guint i = 0; i < b->pins->len; i++)
    {
      static const guint8 directions[] = { 0, 2, 3, 1 };
      NudgeSymbolPin *pin = BUILT_PIN (b, i);
      gint32 along = (gint32) next[sides[i]]++ * PITCH;
      gint32 column = -(gint32) (counts[sides[i]] - 1) / 2 * PITCH + along;

      pin->direction = directions[sides[i]];
      pin->at = sides[i] == SIDE_LEFT    ? (NudgePoint){ -half - PITCH, first - along }
                : sides[i] == SIDE_RIGHT ? (NudgePoint){ half + PITCH, first - along }
                : sides[i] == SIDE_TOP   ? (NudgePoint){ column, top + PITCH }
                                         : (NudgePoint){ column, bottom - PITCH };
    }
}

static void
set_field (NudgeArena *arena, NudgeSymbolField *field, const char *name, const char *value, NudgePoint at)
{
  field->name = name;
  field->value = nudge_arena_intern (arena, value);
  field->at = at;
  field->style = NUDGE_TEXT_STYLE_DEFAULT;
}

/* Right of the last pin above or below the body, or over its left corner where there is none. */
static NudgePoint
field_place (const Builder *b, gboolean above)
{
  NudgePoint at = { b->body.x0, above ? b->body.y1 + FIELD_GAP : b->body.y0 - FIELD_GAP };

  for (guint i = 0; i < b->pins->len; i++)
    {
      const NudgeSymbolPin *pin = BUILT_PIN (b, i);

      if (pin->direction == (above ? 3 : 1))
        at.x = MAX (at.x, pin->at.x + FIELD_GAP);
    }
  return at;
}

static void
add_fields (Builder *b, NudgeSymbol *symbol)
{
  g_autofree char *prefix = g_strdup (b->part->reference);
  gsize length = strlen (prefix);

  while (length > 1 && g_ascii_isdigit (prefix[length - 1]))
    prefix[--length] = 0;
  symbol->n_fields = 5;
  symbol->fields = nudge_arena_new_array (b->arena, NudgeSymbolField, symbol->n_fields);
  set_field (b->arena, &symbol->fields[0], "Reference", length > 0 ? prefix : "U", field_place (b, TRUE));
  set_field (b->arena, &symbol->fields[1], "Value", symbol->name, field_place (b, FALSE));
  symbol->fields[0].style.justify_h = symbol->fields[1].style.justify_h = -1;
  set_field (b->arena, &symbol->fields[2], "Footprint", "", (NudgePoint){ 0, 0 });
  set_field (b->arena, &symbol->fields[3], "Datasheet", "", (NudgePoint){ 0, 0 });
  set_field (b->arena, &symbol->fields[4], "Description", b->part->description, (NudgePoint){ 0, 0 });
  for (guint i = 2; i < symbol->n_fields; i++)
    symbol->fields[i].style.hidden = TRUE;
}

static NudgeSymbol *
build_placeholder (Builder *b, const char *id)
{
  const char *colon = strchr (id, ':');
  NudgeSymbol *symbol = nudge_arena_new_array (b->arena, NudgeSymbol, 1);
  NudgeShape frame = {
    .kind = NUDGE_SHAPE_RECTANGLE, .unit = 1, .body_style = 1, .n_points = 2,
    .stroke_width = 2540, .stroke = NUDGE_STROKE_DASH, .fill = NUDGE_FILL_BACKGROUND,
  };
  NudgePoint corners[2];

  if (has_places (b))
    use_places (b);
  else
    make_places (b);
  corners[0] = (NudgePoint){ b->body.x0, b->body.y1 };
  corners[1] = (NudgePoint){ b->body.x1, b->body.y0 };
  frame.points = nudge_arena_copy (b->arena, corners, 2, sizeof *corners);
  symbol->id = nudge_arena_intern (b->arena, id);
  symbol->name = colon != NULL && colon[1] != 0 ? symbol->id + (colon + 1 - id) : symbol->id;
  symbol->shapes = nudge_arena_copy (b->arena, &frame, 1, sizeof frame);
  symbol->n_shapes = 1;
  symbol->pins = nudge_arena_copy (b->arena, b->pins->data, b->pins->len, sizeof (NudgeSymbolPin));
  symbol->n_pins = b->pins->len;
  symbol->pin_name_offset = 5080;
  symbol->is_placeholder = TRUE;
  symbol->in_bom = symbol->on_board = TRUE;
  add_fields (b, symbol);
  nudge_symbol_seal (b->arena, symbol);
  return symbol;
}

/* What tells one placeholder from another. */
static char *
placeholder_key (const Builder *b, const char *id)
{
  GString *key = g_string_new ("placeholder\n");
  gboolean placed = has_places (b);

  g_string_append (key, id);
  for (guint i = 0; i < b->pins->len; i++)
    {
      const NudgeSymbolPin *pin = BUILT_PIN (b, i);

      g_string_append_printf (key, "\n%s\n%s\n%s", pin->number, pin->name, pin->type);
      if (placed)
        {
          const NudgeCircuitPin *known = &b->circuit->pins[b->part->first_pin + i];

          g_string_append_printf (key, "\n%d %d %d %d", known->x, known->y, known->length, known->angle);
        }
    }
  return g_string_free (key, FALSE);
}

const NudgeSymbol *
nudge_library_placeholder (NudgeLibrary *self, const NudgeCircuit *circuit, guint part)
{
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolPin));
  Builder builder = { .arena = self->arena, .circuit = circuit, .part = &circuit->parts[part], .pins = pins };
  g_autofree char *prefix = g_strdup (builder.part->reference);
  g_autofree char *id = NULL, *key = NULL, *first_key = NULL;
  NudgeSymbol *symbol;

  g_strcanon (prefix, G_CSET_A_2_Z G_CSET_a_2_z "_", 0);
  id = *builder.part->symbol != 0 ? g_strdup (builder.part->symbol) : g_strdup_printf ("Nudge:%s", *prefix != 0 ? prefix : "U");
  collect_pins (&builder);
  key = placeholder_key (&builder, id);
  symbol = nudge_library_find_variant (self, key);
  if (symbol == NULL)
    {
      gboolean another;

      first_key = g_strconcat ("first placeholder\n", id, NULL);
      another = nudge_library_find_variant (self, first_key) != NULL;
      symbol = build_placeholder (&builder, id);
      nudge_library_keep_variant (self, key, symbol, another);
      if (!another)
        nudge_library_keep_variant (self, first_key, symbol, FALSE);
    }
  return symbol;
}
