/* Components: parts, their pins, their fields, and what their pins are called. */
#include "circuit/reader.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* Members of a component that are not fields of the user. */
static const char *const standard_members[] = {
  "symbol", "ref", "value", "footprint", "datasheet", "description", "properties", "_extra_fields", "pins", "tstamps",
};

/* Fields that say how the part is assembled; KiCad has attributes for them. */
static const char *const flag_members[] = { "dnp", "in_bom", "on_board", "exclude_from_bom", "exclude_from_board" };

/* KiCad's own fields, which a field of the user must not shadow. */
static const char *const own_fields[] = { "Reference", "Value", "Footprint", "Datasheet", "Description" };

static gboolean
is_among (const NudgeJson *json, guint key, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++)
    if (nudge_json_text_equals (json, key, names[i]))
      return TRUE;
  return FALSE;
}

/* A member of the extra fields, else of the component itself. */
static guint
extra_member (NudgeReader *self, guint component, const char *key)
{
  guint extra = nudge_json_member (self->json, component, "_extra_fields");
  guint value = nudge_json_member (self->json, extra, key);

  return nudge_reader_is_absent (self, value) ? nudge_json_member (self->json, component, key) : value;
}

static void
read_flags (NudgeReader *self, NudgePart *part, guint component)
{
  guint in_bom = extra_member (self, component, "in_bom");
  guint on_board = extra_member (self, component, "on_board");

  part->dnp = nudge_reader_flag (self, extra_member (self, component, "dnp"), FALSE)
              || nudge_reader_flag (self, extra_member (self, component, "DNP"), FALSE);
  part->in_bom = nudge_reader_flag (self, in_bom,
                                    !nudge_reader_flag (self, extra_member (self, component, "exclude_from_bom"), FALSE));
  part->on_board = nudge_reader_flag (self, on_board,
                                      !nudge_reader_flag (self, extra_member (self, component, "exclude_from_board"), FALSE));
}

static gboolean
has_field (NudgeReader *self, const NudgePart *part, guint key)
{
  for (guint i = part->first_field; i < self->fields->len; i++)
    if (nudge_json_text_equals (self->json, key, NUDGE_AT (self->fields, NudgeField, i).name))
      return TRUE;
  return FALSE;
}

static void
read_field (NudgeReader *self, NudgePart *part, guint key)
{
  NudgeField field;
  gsize size;
  const char *text = nudge_json_text (self->json, key, &size);
  guint8 type = nudge_json_type (self->json, key + 1);

  if ((size >= 3 && strncmp (text, "ki_", 3) == 0) || is_among (self->json, key, flag_members, G_N_ELEMENTS (flag_members)))
    return;
  if (nudge_json_text_equals (self->json, key, "DNP") && (type == NUDGE_JSON_TRUE || type == NUDGE_JSON_FALSE))
    return;
  /* The extra fields are repeated as members of the component. */
  if (self->fields->len - part->first_field > NUDGE_MAX_FIELDS_PER_PART || has_field (self, part, key))
    return;
  if (self->fields->len - part->first_field == NUDGE_MAX_FIELDS_PER_PART)
    nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, key, part->reference, "%s has more than %d fields",
                       part->reference, NUDGE_MAX_FIELDS_PER_PART);
  if (is_among (self->json, key, own_fields, G_N_ELEMENTS (own_fields)))
    {
      nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, key, part->reference,
                         "the extra field “%.*s” of %s has the name of a field that every part has", (int) size, text,
                         part->reference);
      return;
    }
  field.name = nudge_reader_name (self, key, "the name of a field");
  if (field.name == NULL)
    return;
  if (field.name[0] == '\0')
    {
      nudge_reader_find_mild (self, NUDGE_CODE_BAD_NAME, key, part->reference,
                              "a field of %s has no name and is left out", part->reference);
      return;
    }
  field.value = nudge_reader_text (self, key + 1);
  g_array_append_val (self->fields, field);
}

/* What circuit-synth takes for a field of the user: extra fields but KiCad's own three, then every member of the
 * component that it does not know. Names that the other reading refuses are left out here too. */
static void
read_raw_field (NudgeReader *self, NudgePart *part, guint key)
{
  NudgeField field = { .name = nudge_reader_text (self, key) };

  for (guint i = part->first_raw_field; i < self->raw_fields->len; i++)
    if (strcmp (NUDGE_AT (self->raw_fields, NudgeField, i).name, field.name) == 0)
      return;
  if (field.name[0] == '\0' || strlen (field.name) > NUDGE_MAX_NAME_BYTES
      || self->raw_fields->len - part->first_raw_field >= NUDGE_MAX_FIELDS_PER_PART)
    return;
  field.value = nudge_reader_text (self, key + 1);
  g_array_append_val (self->raw_fields, field);
}

static void
read_raw_fields (NudgeReader *self, NudgePart *part, guint component)
{
  static const char *const metadata[] = { "ki_keywords", "ki_fp_filters", "ki_description" };
  static const char *const known[] = {
    "ref", "symbol", "value", "footprint", "datasheet", "description", "pins", "_extra_fields", "properties", "uuid",
    "reference", "lib_id",
  };
  NudgeJson *json = self->json;
  guint extra = nudge_json_member (json, component, "_extra_fields");
  guint end;

  part->first_raw_field = self->raw_fields->len;
  if (extra != NUDGE_NONE && nudge_json_type (json, extra) == NUDGE_JSON_OBJECT)
    {
      end = nudge_json_next (json, extra);
      for (guint key = extra + 1; key < end; key = nudge_json_next (json, key + 1))
        if (!is_among (json, key, metadata, G_N_ELEMENTS (metadata)))
          read_raw_field (self, part, key);
    }
  end = nudge_json_next (json, component);
  for (guint key = component + 1; key < end; key = nudge_json_next (json, key + 1))
    if (!is_among (json, key, known, G_N_ELEMENTS (known)))
      read_raw_field (self, part, key);
  part->n_raw_fields = self->raw_fields->len - part->first_raw_field;
}

static void
read_fields (NudgeReader *self, NudgePart *part, guint component)
{
  NudgeJson *json = self->json;
  guint extra = nudge_json_member (json, component, "_extra_fields");
  guint end;

  part->first_field = self->fields->len;
  if (nudge_reader_expect (self, extra, NUDGE_JSON_OBJECT, "the extra fields of a part must be an object"))
    {
      end = nudge_json_next (json, extra);
      for (guint key = extra + 1; key < end; key = nudge_json_next (json, key + 1))
        read_field (self, part, key);
    }
  end = nudge_json_next (json, component);
  for (guint key = component + 1; key < end; key = nudge_json_next (json, key + 1))
    if (!is_among (json, key, standard_members, G_N_ELEMENTS (standard_members)))
      read_field (self, part, key);
  part->n_fields = self->fields->len - part->first_field;
  read_raw_fields (self, part, component);
}

static const char *
read_pin_type (NudgeReader *self, guint pin)
{
  static const char *const types[] = {
    "passive", "input", "output", "bidirectional", "tri_state", "free", "unspecified",
    "power_in", "power_out", "open_collector", "open_emitter", "no_connect", "unconnected",
  };
  guint value = nudge_json_member (self->json, pin, "func");

  if (nudge_reader_is_absent (self, value))
    value = nudge_json_member (self->json, pin, "type");
  if (nudge_reader_is_absent (self, value))
    return types[0];
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (nudge_json_type (self->json, value) == NUDGE_JSON_STRING && nudge_json_text_equals (self->json, value, types[i]))
      return strcmp (types[i], "unconnected") == 0 ? "no_connect" : types[i];
  nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, value, NULL,
                     "this is no electrical type of a pin; it is taken as unspecified");
  return "unspecified";
}

/* The first of the members that a pin can be numbered by. */
static guint
pin_number_value (NudgeReader *self, guint pin)
{
  static const char *const keys[] = { "number", "num", "pin_id" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      guint value = nudge_json_member (self->json, pin, keys[i]);

      if (!nudge_reader_is_absent (self, value))
        return value;
    }
  return NUDGE_NONE;
}

static void
read_pin (NudgeReader *self, guint part, guint value)
{
  NudgeJson *json = self->json;
  guint number = pin_number_value (self, value);
  guint id = nudge_json_member (json, value, "pin_id");
  NudgeCircuitPin pin = { 0 };
  double angle;

  pin.number = nudge_reader_name (self, number, "the number of a pin");
  pin.name = nudge_reader_name (self, nudge_json_member (json, value, "name"), "the name of a pin");
  if (pin.number == NULL || pin.name == NULL)
    return;
  if (pin.number[0] == '\0')
    {
      nudge_reader_find (self, NUDGE_CODE_SCHEMA, value, NUDGE_AT (self->parts, NudgePart, part).reference,
                         "a pin of a part has no number");
      return;
    }
  /* The July form says it outright: the pin with this number is also known by that. */
  if (id != NUDGE_NONE && id != number)
    {
      const char *alias = nudge_reader_name (self, id, "the number of a pin");

      if (alias != NULL && alias[0] != '\0' && strcmp (alias, pin.number) != 0)
        g_array_append_vals (self->aliases, &(NudgePinAlias){ part, alias, pin.number }, 1);
    }
  pin.type = read_pin_type (self, value);
  pin.x = nudge_reader_length (self, nudge_json_member (json, value, "x"), 0);
  pin.y = nudge_reader_length (self, nudge_json_member (json, value, "y"), 0);
  pin.length = nudge_reader_length (self, nudge_json_member (json, value, "length"), 0);
  angle = nudge_reader_number (self, nudge_json_member (json, value, "orientation"), 36000, 0);
  pin.angle = (gint16) (((gint) lround (angle / 90) % 4 + 4) % 4 * 90);
  if (fabs (angle - lround (angle / 90) * 90.0) > 1e-6)
    nudge_reader_find (self, NUDGE_CODE_IGNORED_VALUE, value, NULL,
                       "a pin points neither along nor across; it is turned to the nearest quarter");
  g_array_append_val (self->pins, pin);
}

typedef struct
{
  const NudgeCircuitPin *pin;
  guint index;
} PinOrder;

static gint
compare_pins (gconstpointer a, gconstpointer b)
{
  const PinOrder *x = a, *y = b;
  gint order = strcmp (x->pin->number, y->pin->number);

  return order != 0 ? order : (gint) x->index - (gint) y->index;
}

static gint
compare_pin_names (gconstpointer a, gconstpointer b)
{
  const PinOrder *x = a, *y = b;
  gint order = strcmp (x->pin->name, y->pin->name);

  return order != 0 ? order : (gint) x->index - (gint) y->index;
}

/* circuit-synth lists a pin again under its name when the program reached it by name: the pin at the same place that
 * has this name is the real one. NULL when @pin is no such double. */
static const NudgeCircuitPin *
original_of (const PinOrder *by_name, guint n, const NudgeCircuitPin *pin)
{
  guint low = 0, high = n;

  if (strcmp (pin->number, pin->name) != 0)
    return NULL;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (by_name[middle].pin->name, pin->name) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < n && strcmp (by_name[low].pin->name, pin->name) == 0; low++)
    {
      const NudgeCircuitPin *other = by_name[low].pin;

      if (strcmp (other->number, other->name) != 0 && other->x == pin->x && other->y == pin->y)
        return other;
    }
  return NULL;
}

/* Takes out pins that are listed twice, by number or by name. */
static void
drop_doubles (NudgeReader *self, guint part, guint first)
{
  NudgeCircuitPin *pins = &NUDGE_AT (self->pins, NudgeCircuitPin, 0);
  guint n = self->pins->len - first;
  g_autofree PinOrder *order = g_new (PinOrder, n);
  g_autofree gboolean *drop = g_new0 (gboolean, n);
  guint kept = first;

  for (guint i = 0; i < n; i++)
    order[i] = (PinOrder){ &pins[first + i], i };
  qsort (order, n, sizeof *order, compare_pins);
  for (guint i = 1; i < n; i++)
    drop[order[i].index] = strcmp (order[i - 1].pin->number, order[i].pin->number) == 0;
  qsort (order, n, sizeof *order, compare_pin_names);
  for (guint i = 0; i < n; i++)
    {
      const NudgeCircuitPin *original = drop[i] ? NULL : original_of (order, n, &pins[first + i]);

      if (original == NULL)
        continue;
      drop[i] = TRUE;
      g_array_append_vals (self->aliases, &(NudgePinAlias){ part, pins[first + i].number, original->number }, 1);
    }
  for (guint i = 0; i < n; i++)
    if (!drop[i])
      pins[kept++] = pins[first + i];
  g_array_set_size (self->pins, kept);
}

static void
read_pins (NudgeReader *self, guint part_index, guint list)
{
  NudgePart *part = &NUDGE_AT (self->parts, NudgePart, part_index);
  gboolean has_positions = FALSE;
  guint end;

  part->first_pin = self->pins->len;
  if (!nudge_reader_expect (self, list, NUDGE_JSON_ARRAY, "the pins of a part must be a list"))
    return;
  if (self->json->values[list].size > NUDGE_MAX_PINS_PER_PART)
    {
      nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, list, part->reference, "%s has more than %d pins",
                         part->reference, NUDGE_MAX_PINS_PER_PART);
      return;
    }
  end = nudge_json_next (self->json, list);
  for (guint pin = list + 1; pin < end; pin = nudge_json_next (self->json, pin))
    if (nudge_reader_expect (self, pin, NUDGE_JSON_OBJECT, "a pin must be an object"))
      read_pin (self, part_index, pin);
  if (self->pins->len > part->first_pin)
    drop_doubles (self, part_index, part->first_pin);
  part->n_pins = self->pins->len - part->first_pin;
  /* The July form without symbol library puts every pin at the origin: that is no geometry. */
  for (guint i = part->first_pin; i < self->pins->len; i++)
    {
      const NudgeCircuitPin *pin = &NUDGE_AT (self->pins, NudgeCircuitPin, i);

      has_positions = has_positions || pin->x != 0 || pin->y != 0 || pin->length != 0;
    }
  for (guint i = part->first_pin; i < self->pins->len; i++)
    NUDGE_AT (self->pins, NudgeCircuitPin, i).has_position = has_positions;
}

guint
nudge_reader_find_pin (NudgeReader *self, guint part_index, const char *name, guint value)
{
  const NudgePart *part = &NUDGE_AT (self->parts, NudgePart, part_index);
  const NudgeCircuitPin *pins = part->n_pins > 0 ? &NUDGE_AT (self->pins, NudgeCircuitPin, part->first_pin) : NULL;
  const char *number = NULL;
  guint named = NUDGE_NONE;
  guint n_named = 0;

  for (guint i = 0; i < part->n_pins; i++)
    {
      if (strcmp (pins[i].number, name) == 0)
        return part->first_pin + i;
      if (strcmp (pins[i].name, name) == 0 && n_named++ == 0)
        named = part->first_pin + i;
    }
  /* Aliases are in the order of the parts: those of this part, if any, are near the end. */
  for (guint i = self->aliases->len; i > 0 && number == NULL; i--)
    {
      const NudgePinAlias *alias = &NUDGE_AT (self->aliases, NudgePinAlias, i - 1);

      if (alias->part < part_index)
        break;
      if (alias->part == part_index && strcmp (alias->alias, name) == 0)
        number = alias->number;
    }
  for (guint i = 0; i < part->n_pins && number != NULL; i++)
    if (strcmp (pins[i].number, number) == 0)
      return part->first_pin + i;
  if (n_named != 1)
    return NUDGE_NONE;
  nudge_reader_find (self, NUDGE_CODE_PIN_BY_NAME, value, part->reference, "pin “%s” of %s is its pin %s", name,
                     part->reference, NUDGE_AT (self->pins, NudgeCircuitPin, named).number);
  return named;
}

/* What nets call a part. Two parts of a list that have the same name: nets can mean neither. */
static void
enter_name (NudgeReader *self, const char *name, guint part, gboolean is_key)
{
  gpointer known;

  if (name[0] == '\0')
    return;
  if (!g_hash_table_lookup_extended (self->by_name, name, NULL, &known))
    g_hash_table_insert (self->by_name, (char *) name, GUINT_TO_POINTER (part + 1));
  else if (is_key)
    g_hash_table_insert (self->by_name, (char *) name, GUINT_TO_POINTER (0));
}

static const char *
value_of (NudgeReader *self, guint component, const char *symbol)
{
  guint value = nudge_json_member (self->json, component, "value");
  const char *colon;

  if (!nudge_reader_is_absent (self, value))
    return nudge_reader_text (self, value);
  colon = strchr (symbol, ':');
  return colon != NULL ? colon + 1 : symbol;
}

static void
read_part (NudgeReader *self, guint block, guint key, guint component)
{
  NudgePart part = { .block = block };
  guint ref_value = nudge_json_member (self->json, component, "ref");
  const char *ref = nudge_reader_name (self, ref_value, "a reference");
  const char *symbol = nudge_reader_name (self, nudge_json_member (self->json, component, "symbol"),
                                          "the symbol of a part");
  guint index = self->parts->len;

  part.reference = key != NUDGE_NONE ? nudge_reader_name (self, key, "a reference") : ref;
  if (part.reference == NULL || ref == NULL || symbol == NULL)
    return;
  if (part.reference[0] == '\0')
    part.reference = ref;
  part.symbol = symbol;
  part.value = value_of (self, component, symbol);
  part.says_no_value = nudge_json_member (self->json, component, "value") != NUDGE_NONE
                       && nudge_reader_is_absent (self, nudge_json_member (self->json, component, "value"));
  part.footprint = nudge_reader_member_text (self, component, "footprint");
  part.datasheet = nudge_reader_member_text (self, component, "datasheet");
  part.description = nudge_reader_member_text (self, component, "description");
  nudge_json_place (self->json, key != NUDGE_NONE ? key : component, &part.line, &part.column);
  read_flags (self, &part, component);
  read_fields (self, &part, component);
  g_array_append_val (self->parts, part);
  g_array_append_val (self->part_values, component);
  read_pins (self, index, nudge_json_member (self->json, component, "pins"));
  enter_name (self, part.reference, index, TRUE);
  if (ref[0] != '\0' && strcmp (ref, part.reference) != 0)
    nudge_reader_find (self, NUDGE_CODE_KEY_NOT_REFERENCE, ref_value, part.reference,
                       "the part under “%s” says that it is %s; it is drawn as %s", part.reference, ref,
                       part.reference);
  if (symbol[0] == '\0')
    nudge_reader_find (self, NUDGE_CODE_NO_SYMBOL, component, part.reference, "%s names no symbol",
                       part.reference[0] != '\0' ? part.reference : "a part");
}

/* References of parts that are stored under another key: they count where no key has that name. */
static void
enter_second_names (NudgeReader *self, const NudgeBlock *block)
{
  for (guint i = block->first_part; i < block->first_part + block->n_parts; i++)
    {
      guint ref = nudge_json_member (self->json, NUDGE_AT (self->part_values, guint, i), "ref");

      if (!nudge_reader_is_absent (self, ref))
        enter_name (self, nudge_reader_name (self, ref, "a reference"), i, FALSE);
    }
}

void
nudge_reader_parts (NudgeReader *self, guint block_index, guint components)
{
  NudgeJson *json = self->json;
  NudgeBlock *block = &NUDGE_AT (self->blocks, NudgeBlock, block_index);
  gboolean keyed;
  guint end;

  block->first_part = self->parts->len;
  g_hash_table_remove_all (self->by_name);
  if (nudge_reader_is_absent (self, components))
    return;
  keyed = nudge_json_type (json, components) == NUDGE_JSON_OBJECT;
  if (!keyed && !nudge_reader_expect (self, components, NUDGE_JSON_ARRAY,
                                      "the components of a circuit must be an object or a list"))
    return;
  if (self->parts->len + json->values[components].size > NUDGE_MAX_PARTS)
    {
      nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, components, NULL, "the design has more than %d parts",
                         NUDGE_MAX_PARTS);
      return;
    }
  end = nudge_json_next (json, components);
  for (guint i = components + 1; i < end;)
    {
      guint component = keyed ? i + 1 : i;

      if (nudge_json_type (json, component) == NUDGE_JSON_OBJECT)
        read_part (self, block_index, keyed ? i : NUDGE_NONE, component);
      else
        nudge_reader_find (self, NUDGE_CODE_SCHEMA, component, NULL, "a component must be an object");
      i = nudge_json_next (json, component);
    }
  block->n_parts = self->parts->len - block->first_part;
  enter_second_names (self, block);
}
