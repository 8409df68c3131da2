#include "library/symbol-reader.h"

#include "base/limits.h"

#include <string.h>

#define DEFAULT_PIN_NAME_OFFSET 5080 /* 20 mil, KiCad's */
#define DEFAULT_PIN_LENGTH 25400
#define DEFAULT_TEXT_MARGIN 7938 /* of a text box at KiCad's default text size: 0.625 em */

typedef struct
{
  NudgeArena *arena;
  GArray *fields;   /* NudgeSymbolField */
  GArray *shapes;   /* NudgeShape */
  GArray *pins;     /* NudgeSymbolPin */
  guint16 unit, body_style; /* of the part that is being read */
} Reader;

static gboolean
fail (const NudgeSexprNode *node, GError **error, const char *message)
{
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "line %u, column %u: %s", node->line, (guint) node->column, message);
  return FALSE;
}

static const char *
text_or (const NudgeSexprNode *node, guint n, const char *missing)
{
  const char *text = nudge_sexpr_text (node, n);

  return text != NULL ? text : missing;
}

static NudgePoint
read_point (const NudgeSexprNode *list, const char *name)
{
  const NudgeSexprNode *node = nudge_sexpr_find (list, name);

  return (NudgePoint){ nudge_sexpr_mm (node, 1), nudge_sexpr_mm (node, 2) };
}

/* Degrees, 0 to 359. */
static gint16
read_angle (const NudgeSexprNode *at, double per_degree)
{
  double angle = nudge_sexpr_double (at, 3) / per_degree;

  if (!(angle > -36000 && angle < 36000))
    return 0;
  return (gint16) (((gint) angle % 360 + 360) % 360);
}

static gint32
font_size (gint32 size)
{
  return size > 0 ? size : NUDGE_TEXT_STYLE_DEFAULT.height;
}

NudgeTextStyle
nudge_text_style_read (const NudgeSexprNode *list)
{
  const NudgeSexprNode *effects = nudge_sexpr_find (list, "effects");
  const NudgeSexprNode *font = nudge_sexpr_find (effects, "font");
  const NudgeSexprNode *size = nudge_sexpr_find (font, "size");
  const NudgeSexprNode *justify = nudge_sexpr_find (effects, "justify");
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  if (size != NULL)
    {
      style.height = font_size (nudge_sexpr_mm (size, 1));
      style.width = font_size (nudge_sexpr_mm (size, 2));
    }
  style.thickness = MAX (nudge_sexpr_mm (nudge_sexpr_find (font, "thickness"), 1), 0);
  style.bold = nudge_sexpr_bool (font, "bold", FALSE);
  style.italic = nudge_sexpr_bool (font, "italic", FALSE);
  style.justify_h = nudge_sexpr_has_atom (justify, "left") ? -1 : nudge_sexpr_has_atom (justify, "right") ? 1 : 0;
  style.justify_v = nudge_sexpr_has_atom (justify, "top") ? -1 : nudge_sexpr_has_atom (justify, "bottom") ? 1 : 0;
  style.hidden = nudge_sexpr_bool (effects, "hide", FALSE) || nudge_sexpr_bool (list, "hide", FALSE);
  return style;
}

/* A field of the same name, as the symbol that is extended may have left it. */
static NudgeSymbolField *
find_field (GArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    if (strcmp (g_array_index (fields, NudgeSymbolField, i).name, name) == 0)
      return &g_array_index (fields, NudgeSymbolField, i);
  return NULL;
}

/* The fields that every symbol has: an empty one leaves what the extended symbol says. */
static gboolean
is_inherited_when_empty (const char *name)
{
  static const char *const names[] = { "Reference", "Value", "Footprint", "Datasheet", "Description", "ki_keywords", "ki_fp_filters", NULL };

  return g_strv_contains (names, name);
}

static gboolean
read_field (Reader *r, const NudgeSexprNode *node, GError **error)
{
  gboolean is_private = nudge_sexpr_has_atom (node, "private");
  const char *name = nudge_sexpr_text (node, is_private ? 2 : 1);
  const char *value = nudge_sexpr_text (node, is_private ? 3 : 2);
  const NudgeSexprNode *at = nudge_sexpr_find (node, "at");
  NudgeSymbolField field = { 0 };
  NudgeSymbolField *old;

  if (name == NULL || value == NULL)
    return fail (node, error, "a property needs a name and a value");
  if (strcmp (name, "ki_description") == 0)
    name = "Description";
  field.name = nudge_arena_intern (r->arena, name);
  field.value = nudge_arena_intern (r->arena, value);
  field.at = (NudgePoint){ nudge_sexpr_mm (at, 1), nudge_sexpr_mm (at, 2) };
  field.angle = read_angle (at, 1);
  field.style = nudge_text_style_read (node);
  field.show_name = nudge_sexpr_bool (node, "show_name", FALSE);
  field.no_autoplace = nudge_sexpr_bool (node, "do_not_autoplace", FALSE);
  field.is_private = is_private;
  /* Keywords and the like are no texts on the sheet, whatever their effects say. */
  field.is_hidden_by_us = !field.style.hidden && g_str_has_prefix (name, "ki_");
  field.style.hidden |= field.is_hidden_by_us;
  old = find_field (r->fields, name);
  if (old == NULL)
    g_array_append_val (r->fields, field);
  else if (*field.value != 0 || !is_inherited_when_empty (name))
    *old = field;
  else
    {
      old->origin = NUDGE_FIELD_OWN_EMPTY;
      old->own_at = field.at;
    }
  return TRUE;
}

static void
read_stroke (NudgeShape *shape, const NudgeSexprNode *node)
{
  static const char *const names[] = { "solid", "dash", "dot", "dash_dot", "dash_dot_dot" };
  const NudgeSexprNode *stroke = nudge_sexpr_find (node, "stroke");
  const char *type = text_or (nudge_sexpr_find (stroke, "type"), 1, "default");
  const char *fill = text_or (nudge_sexpr_find (nudge_sexpr_find (node, "fill"), "type"), 1, "none");

  shape->stroke_width = nudge_sexpr_mm (nudge_sexpr_find (stroke, "width"), 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (type, names[i]) == 0)
      shape->stroke = (NudgeStroke) i;
  shape->says_solid = strcmp (type, "solid") == 0;
  if (strcmp (fill, "outline") == 0)
    shape->fill = NUDGE_FILL_OUTLINE;
  else if (strcmp (fill, "none") != 0)
    shape->fill = NUDGE_FILL_BACKGROUND; /* a colour of its own or a hatching too: what counts is that it is not clear */
}

static void
read_points (Reader *r, NudgeShape *shape, const NudgeSexprNode *node)
{
  const NudgeSexprNode *points = nudge_sexpr_find (node, "pts");
  guint n = 0;

  for (const NudgeSexprNode *point = points != NULL ? points->child : NULL; point != NULL; point = point->next)
    n += nudge_sexpr_is (point, "xy");
  shape->points = nudge_arena_new_array (r->arena, NudgePoint, n);
  for (const NudgeSexprNode *point = points != NULL ? points->child : NULL; point != NULL; point = point->next)
    if (nudge_sexpr_is (point, "xy"))
      shape->points[shape->n_points++] = (NudgePoint){ nudge_sexpr_mm (point, 1), nudge_sexpr_mm (point, 2) };
}

static void
read_named_points (Reader *r, NudgeShape *shape, const NudgeSexprNode *node, const char *const *names, guint n)
{
  shape->points = nudge_arena_new_array (r->arena, NudgePoint, n);
  shape->n_points = n;
  for (guint i = 0; i < n; i++)
    shape->points[i] = read_point (node, names[i]);
}

static gboolean
read_shape (Reader *r, const NudgeSexprNode *node, NudgeShapeKind kind, GError **error)
{
  static const char *const corners[] = { "start", "end" };
  static const char *const arc[] = { "start", "mid", "end" };
  static const char *const center[] = { "center" };
  NudgeShape shape = { .kind = kind, .unit = r->unit, .body_style = r->body_style };

  read_stroke (&shape, node);
  if (kind == NUDGE_SHAPE_RECTANGLE)
    read_named_points (r, &shape, node, corners, G_N_ELEMENTS (corners));
  else if (kind == NUDGE_SHAPE_ARC)
    read_named_points (r, &shape, node, arc, G_N_ELEMENTS (arc));
  else if (kind == NUDGE_SHAPE_CIRCLE)
    {
      read_named_points (r, &shape, node, center, G_N_ELEMENTS (center));
      shape.radius = ABS (nudge_sexpr_mm (nudge_sexpr_find (node, "radius"), 1));
    }
  else
    {
      read_points (r, &shape, node);
      if (shape.n_points == 0 || (kind == NUDGE_SHAPE_BEZIER && shape.n_points != 4))
        return fail (node, error, "a line does not have the points that it needs");
    }
  g_array_append_val (r->shapes, shape);
  return TRUE;
}

static void
add_text (Reader *r, const char *text, NudgePoint at, gint16 angle, const NudgeTextStyle *style)
{
  NudgeShape shape = { .kind = NUDGE_SHAPE_TEXT, .unit = r->unit, .body_style = r->body_style, .n_points = 1, .angle = angle, .style = *style };

  shape.points = nudge_arena_copy (r->arena, &at, 1, sizeof at);
  shape.text = nudge_arena_intern (r->arena, text);
  g_array_append_val (r->shapes, shape);
}

static gboolean
read_text (Reader *r, const NudgeSexprNode *node, GError **error)
{
  const char *text = nudge_sexpr_text (node, nudge_sexpr_has_atom (node, "private") ? 2 : 1);
  NudgeTextStyle style = nudge_text_style_read (node);

  if (text == NULL)
    return fail (node, error, "a text is missing");
  /* Tenths of a degree here, degrees everywhere else. */
  add_text (r, text, read_point (node, "at"), read_angle (nudge_sexpr_find (node, "at"), 10), &style);
  return TRUE;
}

/* A text box becomes its frame and its text, which stands in it as its justification says. */
static gboolean
read_text_box (Reader *r, const NudgeSexprNode *node, GError **error)
{
  NudgeShape frame = { .kind = NUDGE_SHAPE_RECTANGLE, .unit = r->unit, .body_style = r->body_style };
  const char *text = nudge_sexpr_text (node, nudge_sexpr_has_atom (node, "private") ? 2 : 1);
  const NudgeSexprNode *margins = nudge_sexpr_find (node, "margins");
  NudgeTextStyle style = nudge_text_style_read (node);
  NudgePoint a = read_point (node, "at"), size = read_point (node, "size"), at;
  NudgePoint corners[2] = { a, { a.x + size.x, a.y + size.y } };
  gint32 margin[4];

  if (text == NULL)
    return fail (node, error, "a text is missing");
  read_stroke (&frame, node);
  frame.n_points = 2;
  frame.points = nudge_arena_copy (r->arena, corners, 2, sizeof *corners);
  g_array_append_val (r->shapes, frame);
  for (guint i = 0; i < 4; i++)
    margin[i] = margins != NULL ? nudge_sexpr_mm (margins, i + 1) : DEFAULT_TEXT_MARGIN;
  at.x = style.justify_h < 0 ? MIN (a.x, corners[1].x) + margin[0]
         : style.justify_h > 0 ? MAX (a.x, corners[1].x) - margin[2] : a.x + size.x / 2;
  at.y = style.justify_v < 0 ? MAX (a.y, corners[1].y) - margin[1]
         : style.justify_v > 0 ? MIN (a.y, corners[1].y) + margin[3] : a.y + size.y / 2;
  add_text (r, text, at, read_angle (nudge_sexpr_find (node, "at"), 1), &style);
  return TRUE;
}

static const char *
choose (const char *const *names, const char *name, const char *other)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (name != NULL && strcmp (names[i], name) == 0)
      return names[i];
  return other;
}

const char *
nudge_pin_type (const char *name)
{
  static const char *const types[] = {
    "input", "output", "bidirectional", "tri_state", "passive", "free", "unspecified", "power_in", "power_out",
    "open_collector", "open_emitter", "no_connect", NULL,
  };

  return choose (types, name, "unspecified");
}

const char *
nudge_pin_shape (const char *name)
{
  static const char *const shapes[] = {
    "line", "inverted", "clock", "inverted_clock", "input_low", "clock_low", "output_low", "edge_clock_high", "non_logic", NULL,
  };

  return choose (shapes, name, "line");
}

static void
read_alternates (Reader *r, NudgeSymbolPin *pin, const NudgeSexprNode *node)
{
  NudgeAlternate *alternates;
  guint n = 0;

  for (const NudgeSexprNode *child = node->child; child != NULL; child = child->next)
    n += nudge_sexpr_is (child, "alternate");
  pin->alternates = alternates = nudge_arena_new_array (r->arena, NudgeAlternate, n);
  for (const NudgeSexprNode *child = node->child; child != NULL; child = child->next)
    if (nudge_sexpr_is (child, "alternate"))
      {
        NudgeAlternate *alternate = &alternates[pin->n_alternates++];

        alternate->name = nudge_arena_intern (r->arena, text_or (child, 1, ""));
        alternate->type = nudge_pin_type (nudge_sexpr_text (child, 2));
        alternate->shape = nudge_pin_shape (nudge_sexpr_text (child, 3));
      }
}

/* Adds @pin once for each number of a list such as "[1,3-5]", in which KiCad 10 writes stacked pins;
 * FALSE when @numbers is no such list. */
static gboolean
add_stack (Reader *r, NudgeSymbolPin *pin, const char *numbers)
{
  g_auto (GStrv) items = NULL;
  gsize length = strlen (numbers);
  guint first = r->pins->len;

  if (length < 3 || numbers[0] != '[' || numbers[length - 1] != ']')
    return FALSE;
  {
    g_autofree char *inner = g_strndup (numbers + 1, length - 2);

    items = g_strsplit (inner, ",", -1);
  }
  for (guint i = 0; items[i] != NULL; i++)
    {
      char *item = g_strstrip (items[i]), *dash = strchr (item, '-'), *rest;
      guint64 low, high;

      if (dash == NULL)
        low = high = 0;
      else
        {
          low = g_ascii_strtoull (item, &rest, 10);
          high = g_ascii_strtoull (dash + 1, NULL, 10);
          if (rest != dash || high < low || high - low >= NUDGE_MAX_PINS_PER_PART)
            {
              g_array_set_size (r->pins, first);
              return FALSE;
            }
        }
      for (guint64 number = low; number <= high && r->pins->len <= NUDGE_MAX_PINS_PER_PART; number++)
        {
          g_autofree char *text = dash != NULL ? g_strdup_printf ("%" G_GUINT64_FORMAT, number) : g_strdup (item);

          pin->number = nudge_arena_intern (r->arena, text);
          g_array_append_val (r->pins, *pin);
          pin->hidden = TRUE;
        }
    }
  return r->pins->len > first;
}

static gboolean
read_pin (Reader *r, const NudgeSexprNode *node, GError **error)
{
  const NudgeSexprNode *at = nudge_sexpr_find (node, "at");
  const NudgeSexprNode *length = nudge_sexpr_find (node, "length");
  const NudgeSexprNode *name = nudge_sexpr_find (node, "name");
  const NudgeSexprNode *number = nudge_sexpr_find (node, "number");
  NudgeSymbolPin pin = { .unit = r->unit, .body_style = r->body_style };

  if (at == NULL || number == NULL)
    return fail (node, error, "a pin needs a place and a number");
  if (r->pins->len >= NUDGE_MAX_PINS_PER_PART)
    return fail (node, error, "the symbol has too many pins");
  pin.type = nudge_pin_type (nudge_sexpr_text (node, 1));
  pin.shape = nudge_pin_shape (nudge_sexpr_text (node, 2));
  pin.name = nudge_arena_intern (r->arena, text_or (name, 1, ""));
  pin.number = nudge_arena_intern (r->arena, text_or (number, 1, ""));
  pin.at = (NudgePoint){ nudge_sexpr_mm (at, 1), nudge_sexpr_mm (at, 2) };
  pin.direction = (read_angle (at, 1) + 45) / 90 & 3;
  pin.length = length != NULL ? MAX (nudge_sexpr_mm (length, 1), 0) : DEFAULT_PIN_LENGTH;
  pin.hidden = nudge_sexpr_bool (node, "hide", FALSE);
  pin.name_size = nudge_text_style_read (name).height;
  pin.number_size = nudge_text_style_read (number).height;
  read_alternates (r, &pin, node);
  if (!add_stack (r, &pin, pin.number))
    g_array_append_val (r->pins, pin);
  return TRUE;
}

static gboolean
read_item (Reader *r, const NudgeSexprNode *node, GError **error)
{
  static const struct
  {
    const char *name;
    NudgeShapeKind kind;
  } shapes[] = {
    { "rectangle", NUDGE_SHAPE_RECTANGLE }, { "circle", NUDGE_SHAPE_CIRCLE }, { "arc", NUDGE_SHAPE_ARC },
    { "polyline", NUDGE_SHAPE_POLYLINE }, { "bezier", NUDGE_SHAPE_BEZIER },
  };

  if (nudge_sexpr_is (node, "pin"))
    return read_pin (r, node, error);
  if (nudge_sexpr_is (node, "text"))
    return read_text (r, node, error);
  if (nudge_sexpr_is (node, "text_box"))
    return read_text_box (r, node, error);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (nudge_sexpr_is (node, shapes[i].name))
      return read_shape (r, node, shapes[i].kind, error);
  return TRUE;
}

/* Unit and body style from the end of a name such as "LM358_2_1". */
static gboolean
read_unit_name (const char *name, guint16 *unit, guint16 *body_style)
{
  const char *last = strrchr (name, '_'), *before = last;
  guint64 values[2];

  if (last == NULL || last == name)
    return FALSE;
  while (before > name && *--before != '_')
    ;
  if (*before != '_' || !g_ascii_isdigit (before[1]) || !g_ascii_isdigit (last[1]))
    return FALSE;
  values[0] = g_ascii_strtoull (before + 1, NULL, 10);
  values[1] = g_ascii_strtoull (last + 1, NULL, 10);
  if (values[0] > NUDGE_MAX_UNITS_PER_SYMBOL || values[1] > NUDGE_MAX_UNITS_PER_SYMBOL)
    return FALSE;
  *unit = (guint16) values[0];
  *body_style = (guint16) values[1];
  return TRUE;
}

static void
set_unit_name (Reader *r, NudgeSymbol *symbol, const char *name)
{
  if (r->unit == 0 || name == NULL)
    return;
  if (symbol->unit_names == NULL)
    symbol->unit_names = nudge_arena_new_array (r->arena, const char *, NUDGE_MAX_UNITS_PER_SYMBOL);
  symbol->unit_names[r->unit - 1] = nudge_arena_intern (r->arena, name);
}

static gboolean
read_unit (Reader *r, NudgeSymbol *symbol, const NudgeSexprNode *node, GError **error)
{
  const char *name = nudge_sexpr_text (node, 1);

  if (name == NULL || !read_unit_name (name, &r->unit, &r->body_style))
    return fail (node, error, "the name of a unit does not end with its number and body style");
  if (r->body_style > 2)
    return TRUE;
  symbol->n_units = MAX (symbol->n_units, r->unit);
  set_unit_name (r, symbol, nudge_sexpr_text (nudge_sexpr_find (node, "unit_name"), 1));
  for (const NudgeSexprNode *child = node->child; child != NULL; child = child->next)
    if (!read_item (r, child, error))
      return FALSE;
  return TRUE;
}

/* What stands in the symbol itself, but for fields and units. */
static void
read_flags (NudgeSymbol *symbol, const NudgeSexprNode *node)
{
  const NudgeSexprNode *names = nudge_sexpr_find (node, "pin_names");
  const NudgeSexprNode *offset = nudge_sexpr_find (names, "offset");
  const NudgeSexprNode *power = nudge_sexpr_find (node, "power");

  if (names != NULL)
    symbol->pin_names_hidden = nudge_sexpr_bool (names, "hide", FALSE);
  if (offset != NULL)
    symbol->pin_name_offset = MAX (nudge_sexpr_mm (offset, 1), 0);
  if (nudge_sexpr_find (node, "pin_numbers") != NULL)
    symbol->pin_numbers_hidden = nudge_sexpr_bool (nudge_sexpr_find (node, "pin_numbers"), "hide", FALSE);
  if (power != NULL)
    symbol->is_power = !nudge_sexpr_has_atom (power, "local");
  symbol->exclude_from_sim = nudge_sexpr_bool (node, "exclude_from_sim", symbol->exclude_from_sim);
  symbol->in_bom = nudge_sexpr_bool (node, "in_bom", symbol->in_bom);
  symbol->on_board = nudge_sexpr_bool (node, "on_board", symbol->on_board);
}

static gint
compare_units (gconstpointer a, gconstpointer b)
{
  return (gint) ((const NudgeSymbolPin *) a)->unit - (gint) ((const NudgeSymbolPin *) b)->unit;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b, gpointer pins)
{
  guint i = *(const guint *) a, j = *(const guint *) b;
  gint order = strcmp (((const NudgeSymbolPin *) pins)[i].number, ((const NudgeSymbolPin *) pins)[j].number);

  return order != 0 ? order : (i > j) - (i < j);
}

void
nudge_symbol_seal (NudgeArena *arena, NudgeSymbol *symbol)
{
  guint *by_number = nudge_arena_new_array (arena, guint, symbol->n_pins);

  symbol->n_units = MAX (symbol->n_units, 1);
  symbol->n_body_styles = 1;
  for (guint i = 0; i < symbol->n_pins; i++)
    {
      by_number[i] = i;
      symbol->n_body_styles = MAX (symbol->n_body_styles, symbol->pins[i].body_style);
      symbol->n_units = MAX (symbol->n_units, symbol->pins[i].unit);
    }
  for (guint i = 0; i < symbol->n_shapes; i++)
    symbol->n_body_styles = MAX (symbol->n_body_styles, symbol->shapes[i].body_style);
  if (symbol->n_pins > 0)
    g_qsort_with_data (by_number, symbol->n_pins, sizeof *by_number, compare_numbers, symbol->pins);
  symbol->by_number = by_number;
  if (symbol->unit_names == NULL)
    symbol->unit_names = nudge_arena_new_array (arena, const char *, symbol->n_units);
}

static gboolean
read_symbol (Reader *r, NudgeSymbol *symbol, const NudgeSexprNode *node, GError **error)
{
  read_flags (symbol, node);
  for (const NudgeSexprNode *child = node->child; child != NULL; child = child->next)
    {
      gboolean ok;

      r->unit = r->body_style = 0;
      if (nudge_sexpr_is (child, "property"))
        ok = read_field (r, child, error);
      else if (nudge_sexpr_is (child, "symbol"))
        ok = read_unit (r, symbol, child, error);
      else
        ok = read_item (r, child, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

const char *
nudge_symbol_read_extends (const NudgeSexprNode *node)
{
  return nudge_sexpr_text (nudge_sexpr_find (node, "extends"), 1);
}

static NudgeSymbol *
new_symbol (NudgeArena *arena, const char *id, const NudgeSymbol *base)
{
  NudgeSymbol *symbol;
  const char *colon = strchr (id, ':');

  if (base != NULL)
    symbol = nudge_arena_copy (arena, base, 1, sizeof *base);
  else
    {
      symbol = nudge_arena_new_array (arena, NudgeSymbol, 1);
      symbol->pin_name_offset = DEFAULT_PIN_NAME_OFFSET;
      symbol->in_bom = symbol->on_board = TRUE;
    }
  symbol->id = nudge_arena_intern (arena, id);
  symbol->name = colon != NULL ? symbol->id + (colon + 1 - id) : symbol->id;
  symbol->base = base != NULL ? base->name : NULL;
  return symbol;
}

NudgeSymbol *
nudge_symbol_read (NudgeArena *arena, const char *id, const NudgeSexprNode *node, const NudgeSymbol *base, GError **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolField));
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (NudgeShape));
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolPin));
  Reader reader = { .arena = arena, .fields = fields, .shapes = shapes, .pins = pins };
  NudgeSymbol *symbol = new_symbol (arena, id, base);

  if (base != NULL && base->n_fields > 0)
    g_array_append_vals (fields, base->fields, base->n_fields);
  for (guint i = 0; i < fields->len; i++)
    g_array_index (fields, NudgeSymbolField, i).origin = NUDGE_FIELD_INHERITED;
  if (!read_symbol (&reader, symbol, node, error))
    return NULL;
  symbol->fields = nudge_arena_copy (arena, fields->data, fields->len, sizeof (NudgeSymbolField));
  symbol->n_fields = fields->len;
  symbol->units_locked = nudge_symbol_find_field (symbol, "ki_locked") != NULL;
  /* What extends another symbol draws nothing of its own. */
  if (pins->len > 0 || shapes->len > 0 || base == NULL)
    {
      g_array_sort (pins, compare_units);
      symbol->shapes = nudge_arena_copy (arena, shapes->data, shapes->len, sizeof (NudgeShape));
      symbol->n_shapes = shapes->len;
      symbol->pins = nudge_arena_copy (arena, pins->data, pins->len, sizeof (NudgeSymbolPin));
      symbol->n_pins = pins->len;
      nudge_symbol_seal (arena, symbol);
    }
  return symbol;
}
