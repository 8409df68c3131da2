/* layout-file-read.c: text as records. What makes no sense is passed over with a finding; what is unknown is kept. */
#include "layout/layout-records.h"

#include "base/limits.h"
#include "layout/layout-file.h"
#include "text/json-document.h"

#include <math.h>
#include <string.h>

typedef struct
{
  NudgeJson *json;
  NudgeLayoutFile *file;
  const char *name;
  GPtrArray *diagnostics;
} Reader;

static gboolean
ignore (Reader *self, guint value, const char *why)
{
  guint line, column;

  nudge_json_place (self->json, value, &line, &column);
  nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_LAYOUT_ITEM_IGNORED, "%s, line %u, column %u: %s", self->name, line, column, why);
  return FALSE;
}

static const char *
keep (Reader *self, const char *text, gsize size)
{
  g_autofree char *copy = g_strndup (text, size);

  return g_string_chunk_insert_const (self->file->strings, copy);
}

static gboolean
read_text (Reader *self, guint value, const char **text)
{
  gsize size;
  const char *start;

  if (nudge_json_type (self->json, value) != NUDGE_JSON_STRING)
    return ignore (self, value, "a text is needed");
  start = nudge_json_text (self->json, value, &size);
  if (size > NUDGE_MAX_PATH_BYTES + NUDGE_MAX_NAME_BYTES)
    return ignore (self, value, "the text is too long");
  *text = keep (self, start, size);
  return TRUE;
}

static gboolean
read_bool (Reader *self, guint value, gboolean *flag)
{
  NudgeJsonType type = nudge_json_type (self->json, value);

  if (type != NUDGE_JSON_TRUE && type != NUDGE_JSON_FALSE)
    return ignore (self, value, "true or false is needed");
  *flag = type == NUDGE_JSON_TRUE;
  return TRUE;
}

static gboolean
read_count (Reader *self, guint value, guint most, guint *count)
{
  double number = nudge_json_type (self->json, value) == NUDGE_JSON_NUMBER ? nudge_json_number (self->json, value) : -1;

  if (!(number >= 0 && number <= most && number == floor (number)))
    return ignore (self, value, "the number makes no sense here");
  *count = (guint) number;
  return TRUE;
}

static gboolean
read_mm (Reader *self, guint value, gint32 *mm)
{
  double units = nudge_json_type (self->json, value) == NUDGE_JSON_NUMBER ? nudge_json_number (self->json, value) * NUDGE_UNITS_PER_MM : NAN;

  if (!(fabs (units) <= NUDGE_MAX_COORDINATE))
    return ignore (self, value, "a length in mm is needed");
  *mm = (gint32) lround (units);
  return TRUE;
}

static gboolean
read_point (Reader *self, guint value, NudgePoint *point)
{
  if (nudge_json_type (self->json, value) != NUDGE_JSON_ARRAY || self->json->values[value].size != 2)
    return ignore (self, value, "two lengths in mm are needed");
  return read_mm (self, value + 1, &point->x) && read_mm (self, nudge_json_next (self->json, value + 1), &point->y);
}

/* What connects stands on the grid, whatever somebody wrote into the file. */
static gboolean
read_position (Reader *self, guint value, NudgePoint *point)
{
  if (!read_point (self, value, point))
    return FALSE;
  *point = (NudgePoint){ nudge_snap (point->x, NUDGE_GRID), nudge_snap (point->y, NUDGE_GRID) };
  return TRUE;
}

static gboolean
read_choice (Reader *self, guint value, const char *const *names, guint *choice)
{
  for (guint i = 0; nudge_json_type (self->json, value) == NUDGE_JSON_STRING && names[i] != NULL; i++)
    if (nudge_json_text_equals (self->json, value, names[i]))
      {
        *choice = i;
        return TRUE;
      }
  return ignore (self, value, "there is no such choice");
}

static gboolean
read_names (Reader *self, guint value, NudgeUnitRecord *record)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint end = nudge_json_next (self->json, value);

  if (nudge_json_type (self->json, value) != NUDGE_JSON_ARRAY || self->json->values[value].size > NUDGE_MAX_PINS_PER_PART)
    return ignore (self, value, "a list of net names is needed");
  for (guint i = value + 1; i < end; i = nudge_json_next (self->json, i))
    {
      const char *name;

      if (!read_text (self, i, &name))
        return FALSE;
      g_ptr_array_add (names, (gpointer) name);
    }
  record->n_nets = names->len;
  record->nets = nudge_layout_file_keep_texts (self->file, (const char *const *) names->pdata, names->len);
  return TRUE;
}

static void
append_extra (const Reader *self, GString *extra, guint key)
{
  g_string_append (extra, ", ");
  nudge_json_append_json (self->json, key, extra);
  g_string_append (extra, ": ");
  nudge_json_append_json (self->json, key + 1, extra);
}

/* --- items: `read` takes one member; FALSE drops the item, `known` is cleared for a key that it does not know --- */

typedef gboolean (*ReadMember) (Reader *self, guint key, gpointer record, gboolean *known);

static gboolean
read_item (Reader *self, guint item, ReadMember read, gpointer record, const char **extra)
{
  g_autoptr (GString) unknown = g_string_new (NULL);
  guint end = nudge_json_next (self->json, item);

  if (nudge_json_type (self->json, item) != NUDGE_JSON_OBJECT)
    return ignore (self, item, "an object is needed");
  for (guint key = item + 1; key < end; key = nudge_json_next (self->json, key + 1))
    {
      gboolean known = TRUE;

      if (!read (self, key, record, &known))
        return FALSE;
      if (!known)
        append_extra (self, unknown, key);
    }
  *extra = keep (self, unknown->str, unknown->len);
  return TRUE;
}

static gboolean
key_is (const Reader *self, guint key, const char *name)
{
  return nudge_json_text_equals (self->json, key, name);
}

static gboolean
read_texts (Reader *self, guint value, NudgeUnitRecord *record)
{
  static const char *const aligns[] = { "left", "center", "right", NULL };
  guint item = value + 1;

  if (nudge_json_type (self->json, value) != NUDGE_JSON_ARRAY || self->json->values[value].size != 2)
    return ignore (self, value, "the places of a reference and a value are needed");
  record->has_texts = TRUE;
  for (guint i = 0; i < 2; i++, item = nudge_json_next (self->json, item))
    {
      NudgeTextRecord *text = &record->texts[i];
      guint align = 0;

      if (nudge_json_type (self->json, item) == NUDGE_JSON_NULL)
        continue;
      if (nudge_json_type (self->json, item) != NUDGE_JSON_ARRAY || self->json->values[item].size != 3)
        return ignore (self, item, "two lengths in mm and a justification are needed");
      if (!read_mm (self, item + 1, &text->at.x) || !read_mm (self, nudge_json_next (self->json, item + 1), &text->at.y)
          || !read_choice (self, nudge_json_next (self->json, nudge_json_next (self->json, item + 1)), aligns, &align))
        return FALSE;
      text->align = (guint8) (align + 1);
    }
  return TRUE;
}

static gboolean
read_unit_member (Reader *self, guint key, gpointer data, gboolean *known)
{
  static const char *const turns[] = { "0", "90", "180", "270", NULL };
  static const char *const mirrors[] = { "none", "x", "y", NULL };
  NudgeUnitRecord *record = data;
  guint value = key + 1, choice = 0;

  if (key_is (self, key, "part"))
    return read_text (self, value, &record->path);
  if (key_is (self, key, "unit"))
    return read_count (self, value, NUDGE_MAX_UNITS_PER_SYMBOL, &record->unit);
  if (key_is (self, key, "at"))
    return read_position (self, value, &record->pose.at);
  if (key_is (self, key, "turn"))
    {
      gboolean is_number = nudge_json_type (self->json, value) == NUDGE_JSON_NUMBER;

      for (choice = 0; turns[choice] != NULL && !(is_number && nudge_json_text_equals (self->json, value, turns[choice])); choice++)
        continue;
      record->pose.turn = (guint8) choice;
      return turns[choice] != NULL || ignore (self, value, "a turn is 0, 90, 180 or 270");
    }
  if (key_is (self, key, "mirror"))
    {
      gboolean ok = read_choice (self, value, mirrors, &choice);

      record->pose.mirror = (guint8) choice;
      return ok;
    }
  if (key_is (self, key, "locked"))
    return read_bool (self, value, &record->locked);
  if (key_is (self, key, "symbol"))
    {
      record->has_identity = TRUE;
      return read_text (self, value, &record->symbol);
    }
  if (key_is (self, key, "value"))
    return read_text (self, value, &record->value);
  if (key_is (self, key, "footprint"))
    return read_text (self, value, &record->footprint);
  if (key_is (self, key, "nets"))
    return read_names (self, value, record);
  if (key_is (self, key, "texts"))
    {
      record->has_texts = read_texts (self, value, record);
      return TRUE;
    }
  *known = FALSE;
  return TRUE;
}

static gboolean
read_pin (Reader *self, guint item, NudgePlacedPin *pin)
{
  guint side = item + 1, choice = 0;
  gint32 at;

  if (nudge_json_type (self->json, item) != NUDGE_JSON_ARRAY || self->json->values[item].size != 3)
    return ignore (self, item, "the name of a pin, a side and a length in mm are needed");
  side = nudge_json_next (self->json, item + 1);
  if (!read_text (self, item + 1, &pin->name) || !read_choice (self, side, nudge_side_names, &choice)
      || !read_mm (self, nudge_json_next (self->json, side), &at))
    return FALSE;
  pin->place = (NudgePinPlace){ (guint8) choice, nudge_snap (at, NUDGE_GRID) / NUDGE_GRID };
  return TRUE;
}

/* A pin that makes no sense stands where it stands by itself; the others do not suffer. */
static void
read_pins (Reader *self, guint list, NudgeSheetRecord *record)
{
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgePlacedPin));
  guint end = nudge_json_next (self->json, list);

  if (nudge_json_type (self->json, list) != NUDGE_JSON_ARRAY)
    ignore (self, list, "a list is needed");
  for (guint i = list + 1; nudge_json_type (self->json, list) == NUDGE_JSON_ARRAY && i < end && pins->len < NUDGE_MAX_PINS_PER_PART;
       i = nudge_json_next (self->json, i))
    {
      NudgePlacedPin pin = { 0 };

      if (read_pin (self, i, &pin))
        g_array_append_val (pins, pin);
    }
  record->pins = nudge_layout_file_keep_pins (self->file, pins);
  record->n_pins = pins->len;
}

static gboolean
read_sheet_member (Reader *self, guint key, gpointer data, gboolean *known)
{
  static const char *const papers[] = { "A4", "A3", "A2", "A1", "A0", "2A0", "4A0", "8A0", "16A0", "32A0", "64A0",
                                        "A4-portrait", "A3-portrait", "A2-portrait", "A1-portrait", "A0-portrait", NULL };
  NudgeSheetRecord *record = data;
  guint value = key + 1;

  if (key_is (self, key, "sheet"))
    return read_text (self, value, &record->path);
  if (key_is (self, key, "paper"))
    {
      guint choice = 0;

      record->has_paper = read_choice (self, value, papers, &choice);
      record->paper = (NudgePaper) choice;
      return record->has_paper;
    }
  if (key_is (self, key, "at"))
    {
      record->box.placed = TRUE;
      return read_position (self, value, &record->box.at);
    }
  if (key_is (self, key, "size"))
    return read_point (self, value, &record->box.size);
  if (key_is (self, key, "locked"))
    return read_bool (self, value, &record->box.locked);
  if (key_is (self, key, "pins"))
    {
      read_pins (self, value, record);
      return TRUE;
    }
  if (key_is (self, key, "drawn"))
    return read_text (self, value, &record->drawn);
  *known = FALSE;
  return TRUE;
}

static gboolean
read_net_member (Reader *self, guint key, gpointer data, gboolean *known)
{
  static const char *const styles[] = { "auto", "wire", "label", NULL };
  NudgeNetRecord *record = data;
  guint value = key + 1;

  if (key_is (self, key, "net"))
    return read_text (self, value, &record->net);
  if (key_is (self, key, "sheet"))
    return read_text (self, value, &record->sheet);
  if (key_is (self, key, "style"))
    {
      guint choice = 0;
      gboolean ok = read_choice (self, value, styles, &choice);

      record->style = (NudgeNetStyle) choice;
      return ok;
    }
  *known = FALSE;
  return TRUE;
}

static gboolean
read_route_items (Reader *self, guint list, NudgeRouteKind kind, GArray *items)
{
  guint end = nudge_json_next (self->json, list), most = NUDGE_MAX_COORDINATE / NUDGE_GRID;

  if (nudge_json_type (self->json, list) != NUDGE_JSON_ARRAY)
    return ignore (self, list, "a list is needed");
  for (guint i = list + 1; i < end; i = nudge_json_next (self->json, i))
    {
      NudgeRouteItem item = { kind, { 0 } };
      guint at = i + 1, number = 0;

      if (nudge_json_type (self->json, i) != NUDGE_JSON_ARRAY || self->json->values[i].size != nudge_route_forms[kind].n_numbers)
        return ignore (self, i, "this many numbers make no sense here");
      for (guint k = 0; k < nudge_route_forms[kind].n_numbers; k++, at = nudge_json_next (self->json, at))
        {
          if (!read_count (self, at, most, &number))
            return FALSE;
          item.at[k] = (gint32) number;
        }
      g_array_append_val (items, item);
    }
  return TRUE;
}

typedef struct
{
  NudgeRouteRecord record;
  GArray *items;
} RouteReader;

static gboolean
read_route_member (Reader *self, guint key, gpointer data, gboolean *known)
{
  RouteReader *route = data;

  if (key_is (self, key, "net"))
    return read_text (self, key + 1, &route->record.net);
  if (key_is (self, key, "sheet"))
    return read_text (self, key + 1, &route->record.sheet);
  for (guint i = 0; i < NUDGE_ROUTE_KINDS; i++)
    if (key_is (self, key, nudge_route_forms[i].key))
      return read_route_items (self, key + 1, i, route->items);
  *known = FALSE;
  return TRUE;
}

static gboolean
read_symbol_member (Reader *self, guint key, gpointer data, gboolean *known)
{
  NudgeSymbolRecord *record = data;

  if (key_is (self, key, "for"))
    return read_text (self, key + 1, &record->from);
  if (key_is (self, key, "use"))
    return read_text (self, key + 1, &record->to);
  *known = FALSE;
  return TRUE;
}

/* --- lists --- */

static gboolean
is_list (Reader *self, guint value)
{
  return nudge_json_type (self->json, value) == NUDGE_JSON_ARRAY || ignore (self, value, "a list is needed");
}

/* A file may be put together by hand: it is sorted here, and of two items for one thing the first counts. */
static gpointer
finish_list (Reader *self, GArray *items, GCompareFunc compare, guint *n_items)
{
  guint size = g_array_get_element_size (items), n = 0;

  g_array_sort (items, compare);
  for (guint i = 0; i < items->len; i++)
    {
      char *item = items->data + (gsize) i * size;

      if (n > 0 && compare (items->data + (gsize) (n - 1) * size, item) == 0)
        nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_LAYOUT_ITEM_IGNORED, "%s: two entries are for the same thing: %s", self->name, *(char **) item);
      else
        memmove (items->data + (gsize) n++ * size, item, size);
    }
  *n_items = n;
  return g_array_free (items, FALSE);
}

static void
read_units (Reader *self, guint list)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (NudgeUnitRecord));
  guint end = nudge_json_next (self->json, list);

  for (guint i = list + 1; is_list (self, list) && i < end; i = nudge_json_next (self->json, i))
    {
      NudgeUnitRecord record = { .unit = 1, .symbol = "", .value = "", .footprint = "" };

      if (!read_item (self, i, read_unit_member, &record, &record.extra))
        continue;
      if (record.path == NULL || *record.path != '/' || record.unit == 0 || nudge_json_member (self->json, i, "at") == NUDGE_NONE)
        ignore (self, i, "a part needs its path and a position");
      else
        g_array_append_val (items, record);
    }
  self->file->units = finish_list (self, items, nudge_unit_record_compare, &self->file->n_units);
}

static void
read_sheets (Reader *self, guint list)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (NudgeSheetRecord));
  guint end = nudge_json_next (self->json, list);

  for (guint i = list + 1; is_list (self, list) && i < end; i = nudge_json_next (self->json, i))
    {
      NudgeSheetRecord record = { 0 };

      if (!read_item (self, i, read_sheet_member, &record, &record.extra))
        continue;
      if (!record.box.placed)
        record.box = (NudgeBoxPlacement){ 0 };
      if (record.path == NULL || *record.path != '/' || (record.box.placed && (record.box.size.x <= 0 || record.box.size.y <= 0)))
        ignore (self, i, "a sheet needs its path, and a box its size");
      else
        g_array_append_val (items, record);
    }
  self->file->sheets = finish_list (self, items, nudge_sheet_record_compare, &self->file->n_sheets);
}

static void
read_nets (Reader *self, guint list)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (NudgeNetRecord));
  guint end = nudge_json_next (self->json, list);

  for (guint i = list + 1; is_list (self, list) && i < end; i = nudge_json_next (self->json, i))
    {
      NudgeNetRecord record = { 0 };

      if (!read_item (self, i, read_net_member, &record, &record.extra))
        continue;
      if (record.net == NULL || record.sheet == NULL)
        ignore (self, i, "a net needs its name and its sheet");
      else
        g_array_append_val (items, record);
    }
  self->file->nets = finish_list (self, items, nudge_net_record_compare, &self->file->n_nets);
}

static void
read_symbols (Reader *self, guint list)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolRecord));
  guint end = nudge_json_next (self->json, list);

  for (guint i = list + 1; is_list (self, list) && i < end; i = nudge_json_next (self->json, i))
    {
      NudgeSymbolRecord record = { 0 };

      if (!read_item (self, i, read_symbol_member, &record, &record.extra))
        continue;
      if (record.from == NULL || record.to == NULL || *record.from == '\0' || strchr (record.to, ':') == NULL)
        ignore (self, i, "a symbol is chosen for a part or a symbol, by its library and name");
      else
        g_array_append_val (items, record);
    }
  self->file->symbols = finish_list (self, items, nudge_symbol_record_compare, &self->file->n_symbols);
}

static void
read_routes (Reader *self, guint list)
{
  GArray *routes = g_array_new (FALSE, FALSE, sizeof (NudgeRouteRecord));
  guint end = nudge_json_next (self->json, list);

  for (guint i = list + 1; is_list (self, list) && i < end; i = nudge_json_next (self->json, i))
    {
      g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (NudgeRouteItem));
      RouteReader route = { { 0 }, items };

      if (!read_item (self, i, read_route_member, &route, &route.record.extra))
        continue;
      if (route.record.net == NULL || route.record.sheet == NULL)
        {
          ignore (self, i, "a drawn net needs its name and its sheet");
          continue;
        }
      route.record.n_items = items->len;
      route.record.items = nudge_layout_file_keep_items (self->file, items);
      g_array_append_val (routes, route.record);
    }
  self->file->routes = finish_list (self, routes, nudge_route_record_compare, &self->file->n_routes);
}

/* --- the whole --- */

static void
read_arranger (Reader *self, guint value)
{
  gsize size = 0;
  const char *text = nudge_json_type (self->json, value) == NUDGE_JSON_STRING ? nudge_json_text (self->json, value, &size) : "";
  g_autofree char *name = g_strndup (text, size);

  /* Interned names stay for ever: only what may be the name of an arranger becomes one. */
  if (size > 0 && size <= 64 && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == size)
    self->file->arranger = g_intern_string (name);
  else
    ignore (self, value, "this is no name of an arranger");
}

static void
read_draw (Reader *self, guint value)
{
  static const char *const ways[] = { "labels", "wires", NULL };
  guint way = 0;

  if (read_choice (self, value, ways, &way))
    self->file->wires = way == 1;
}

static void
read_dialect (Reader *self, guint value)
{
  const char *name;

  if (read_text (self, value, &name) && !nudge_dialect_find (name, &self->file->dialect))
    ignore (self, value, "there is no such dialect");
}

static void
read_in_pages (Reader *self, guint value)
{
  read_bool (self, value, &self->file->pages);
}

static const struct
{
  const char *key;
  void (*read) (Reader *self, guint value);
} members[] = {
  { "arranger", read_arranger },
  { "draw", read_draw },
  { "dialect", read_dialect },
  { "pages", read_in_pages },
  { "parts", read_units },
  { "sheets", read_sheets },
  { "nets", read_nets },
  { "symbols", read_symbols },
  { "routes", read_routes },
};

static void
read_member (Reader *self, guint key, GPtrArray *extras)
{
  g_autoptr (GString) extra = NULL;

  if (key_is (self, key, "nudge"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (key_is (self, key, members[i].key))
      {
        members[i].read (self, key + 1);
        return;
      }
  extra = g_string_new (NULL);
  append_extra (self, extra, key);
  g_ptr_array_add (extras, g_strdup (extra->str + strlen (", ")));
}

static gboolean
read_version (Reader *self, GError **error)
{
  guint value = nudge_json_type (self->json, 0) == NUDGE_JSON_OBJECT ? nudge_json_member (self->json, 0, "nudge") : NUDGE_NONE;

  if (value == NUDGE_NONE || !read_count (self, value, G_MAXINT32, &self->file->version) || self->file->version == 0)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s is no layout file: it does not begin with a version", self->name);
      return FALSE;
    }
  if (self->file->version > NUDGE_LAYOUT_FILE_VERSION)
    nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_LAYOUT_FILE_NEWER, "%s has version %u of the layout file, this program knows %d",
                           self->name, self->file->version, NUDGE_LAYOUT_FILE_VERSION);
  return TRUE;
}

static NudgeLayoutFile *
fail (Reader *self, GPtrArray *findings, GError **error)
{
  const NudgeDiagnostic *first = findings->len > 0 ? findings->pdata[0] : NULL;

  if (first != NULL)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s, line %u, column %u: %s", self->name, first->line, first->column, first->message);
  else
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s is no JSON", self->name);
  return NULL;
}

NudgeLayoutFile *
nudge_layout_file_read (GBytes *bytes, const char *name, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GPtrArray) findings = nudge_diagnostics_new ();
  g_autoptr (GPtrArray) extras = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autoptr (NudgeLayoutFile) file = nudge_layout_file_new ();
  g_autoptr (NudgeJson) json = NULL;
  g_autoptr (GError) local = NULL;
  Reader self = { .file = file, .name = name, .diagnostics = diagnostics };
  guint end;

  if (g_bytes_get_size (bytes) > NUDGE_MAX_LAYOUT_BYTES)
    g_set_error (&local, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s is too large for a layout file", name);
  else
    self.json = json = nudge_json_read (bytes, findings);
  if (local == NULL && (json == NULL || json->n_errors > 0))
    fail (&self, findings, &local);
  if (local != NULL || !read_version (&self, &local))
    {
      nudge_diagnostics_add (diagnostics, NUDGE_CODE_LAYOUT_FILE_BROKEN, "%s", local->message);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  end = nudge_json_next (json, 0);
  for (guint key = 1; key < end; key = nudge_json_next (json, key + 1))
    read_member (&self, key, extras);
  file->extras = (char **) g_ptr_array_free (g_steal_pointer (&extras), FALSE);
  return g_steal_pointer (&file);
}
