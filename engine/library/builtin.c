/* builtin.c: the symbols that are there without any library. The drawn ones are an embedded .kicad_sym; rails and pin
 * headers, which differ by name and number only, are made up when they are asked for. All go through the one reader. */
#include "library/builtin-resource.h"
#include "library/library-private.h"
#include "library/symbol-reader.h"
#include "text/sexpr-writer.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE_PATH "/nudge/library/builtin.kicad_sym"
#define MAX_ROWS 40

static const char *const grounds[] = { "GND", "GNDA", "GNDD", "GNDPWR", "GNDREF", "VSS", "VSSA", "Earth" };
static const char *const rails[] = {
  "VCC", "VDD", "VDDA", "VAA", "VBUS", "VBAT", "VEE", "VPP", "+BATT", "+1V0", "+1V1", "+1V2", "+1V5", "+1V8", "+2V5", "+3V0", "+3V3", "+3.3V",
  "+4V", "+5V", "+5VA", "+6V", "+8V", "+9V", "+10V", "+12V", "+15V", "+24V", "+36V", "+48V", "-5V", "-12V", "-15V",
};

static GBytes *
drawn_bytes (void)
{
  return g_resource_lookup_data (nudge_builtin_get_resource (), RESOURCE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static const NudgeFileIndex *
drawn_index (NudgeLibrary *self)
{
  if (self->builtin == NULL)
    {
      g_autoptr (GBytes) bytes = drawn_bytes ();
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      self->builtin = nudge_file_index_scan (RESOURCE_PATH, length, 0, data, length);
      g_assert (self->builtin != NULL && !self->builtin->damaged);
    }
  return self->builtin;
}

static NudgeSymbol *
read_text (NudgeLibrary *self, const char *id, const char *text, gsize length)
{
  g_autoptr (NudgeSexpr) tree = nudge_sexpr_parse (text, length, 1, NULL);

  g_assert (tree != NULL);
  return nudge_symbol_read (self->arena, id, nudge_sexpr_root (tree), NULL, NULL);
}

static void
write_field (NudgeSexprWriter *w, const char *name, const char *value, gint32 x, gint32 y, gboolean hidden)
{
  nudge_sexpr_writer_open (w, "property");
  nudge_sexpr_writer_string (w, name);
  nudge_sexpr_writer_string (w, value);
  nudge_sexpr_writer_at (w, x, y, 0);
  nudge_sexpr_writer_bool_list (w, "hide", hidden);
  nudge_sexpr_writer_close (w);
}

static void
write_pin (NudgeSexprWriter *w, const char *type, NudgePoint at, gint angle, gint32 length, const char *name, guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);

  nudge_sexpr_writer_open (w, "pin");
  nudge_sexpr_writer_atom (w, type);
  nudge_sexpr_writer_atom (w, "line");
  nudge_sexpr_writer_at (w, at.x, at.y, angle);
  nudge_sexpr_writer_mm_list (w, "length", length);
  nudge_sexpr_writer_string_list (w, "name", name);
  nudge_sexpr_writer_string_list (w, "number", digits);
  nudge_sexpr_writer_close (w);
}

static void
write_rectangle (NudgeSexprWriter *w, gint32 x0, gint32 y0, gint32 x1, gint32 y1, gint32 width, const char *fill)
{
  nudge_sexpr_writer_open (w, "rectangle");
  nudge_sexpr_writer_point_list (w, "start", x0, y0);
  nudge_sexpr_writer_point_list (w, "end", x1, y1);
  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", width);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_atom_list (w, "type", fill);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

/* Opens the symbol and its only unit, with what all that are made up here have in common. */
static void
begin_symbol (NudgeSexprWriter *w, const char *name, gint32 name_offset)
{
  nudge_sexpr_writer_open (w, "symbol");
  nudge_sexpr_writer_string (w, name);
  nudge_sexpr_writer_open (w, "pin_names");
  nudge_sexpr_writer_mm_list (w, "offset", name_offset);
  nudge_sexpr_writer_bool_list (w, "hide", TRUE);
  nudge_sexpr_writer_close (w);
}

static void
begin_unit (NudgeSexprWriter *w, const char *name)
{
  g_autofree char *unit = g_strconcat (name, "_1_1", NULL);

  nudge_sexpr_writer_open (w, "symbol");
  nudge_sexpr_writer_string (w, unit);
}

static void
write_polyline (NudgeSexprWriter *w, const NudgePoint *points, guint n)
{
  nudge_sexpr_writer_open (w, "polyline");
  nudge_sexpr_writer_open (w, "pts");
  for (guint i = 0; i < n; i++)
    nudge_sexpr_writer_point_list (w, "xy", points[i].x, points[i].y);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

static void
write_rail (NudgeSexprWriter *w, const char *name, gboolean is_ground)
{
  static const NudgePoint stem[2][2] = { { { 0, 0 }, { 0, 19050 } }, { { 0, 0 }, { 0, -12700 } } };
  static const NudgePoint arrow[] = { { -7620, 11430 }, { 0, 24130 }, { 7620, 11430 } };
  g_autofree char *description = g_strdup_printf ("Rail \"%s\": joins everything at it across all sheets", name);

  begin_symbol (w, name, 0);
  nudge_sexpr_writer_open (w, "power");
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "pin_numbers");
  nudge_sexpr_writer_bool_list (w, "hide", TRUE);
  nudge_sexpr_writer_close (w);
  write_field (w, "Reference", "#PWR", 0, is_ground ? -63500 : -38100, TRUE);
  write_field (w, "Value", name, 0, is_ground ? -38100 : 35560, FALSE);
  write_field (w, "Footprint", "", 0, 0, TRUE);
  write_field (w, "Datasheet", "", 0, 0, TRUE);
  write_field (w, "Description", description, 0, 0, TRUE);
  write_field (w, "ki_keywords", "global power rail", 0, 0, TRUE);
  begin_unit (w, name);
  write_polyline (w, stem[is_ground], 2);
  if (!is_ground)
    write_polyline (w, arrow, G_N_ELEMENTS (arrow));
  for (gint32 bar = 0; is_ground && bar < 3; bar++)
    {
      gint32 half = (3 - bar) * 4445, y = -12700 - bar * 5080;

      write_polyline (w, (const NudgePoint[]){ { -half, y }, { half, y } }, 2);
    }
  write_pin (w, "power_in", (NudgePoint){ 0, 0 }, is_ground ? 270 : 90, 0, "~", 1);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

/* A pin header of one or two columns, numbered across. */
static void
write_header (NudgeSexprWriter *w, const char *name, guint columns, guint rows)
{
  gint32 first = (gint32) (rows - 1) / 2 * 25400, last = first - (gint32) (rows - 1) * 25400;
  gint32 right = columns == 1 ? 12700 : 38100;
  g_autofree char *description = g_strdup_printf ("Connector, %u x %u pins", columns, rows);
  g_autofree char *filters = g_strdup_printf ("Connector*:*_%ux??_*", columns);

  begin_symbol (w, name, 10160);
  write_field (w, "Reference", "J", columns == 1 ? 0 : 12700, first + 25400, FALSE);
  write_field (w, "Value", name, columns == 1 ? 0 : 12700, last - 25400, FALSE);
  write_field (w, "Footprint", "", 0, 0, TRUE);
  write_field (w, "Datasheet", "~", 0, 0, TRUE);
  write_field (w, "Description", description, 0, 0, TRUE);
  write_field (w, "ki_keywords", "connector header", 0, 0, TRUE);
  write_field (w, "ki_fp_filters", filters, 0, 0, TRUE);
  begin_unit (w, name);
  write_rectangle (w, -12700, first + 12700, right, last - 12700, 2540, "background");
  for (guint pin = 0; pin < columns * rows; pin++)
    {
      gboolean on_right = pin % columns == 1;
      gint32 y = first - (gint32) (pin / columns) * 25400, x = on_right ? right : -12700;
      g_autofree char *pin_name = g_strdup_printf ("Pin_%u", pin + 1);

      write_rectangle (w, x, y + 1270, x + (on_right ? -7620 : 7620), y - 1270, 1524, "none");
      write_pin (w, "passive", (NudgePoint){ on_right ? right + 38100 : -50800, y }, on_right ? 180 : 0, 38100, pin_name, pin + 1);
    }
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

static char *
header_id (guint columns, guint rows)
{
  return g_strdup_printf ("Connector_Generic:Conn_%02ux%02u%s", columns, rows, columns == 2 ? "_Odd_Even" : "");
}

static gboolean
is_in (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The text of a symbol that is made up; FALSE when the id is none of them. */
static gboolean
make_up (const char *id, GString *text)
{
  const char *name = strchr (id, ':');
  NudgeSexprWriter w;

  nudge_sexpr_writer_init (&w, text);
  if (g_str_has_prefix (id, "power:"))
    {
      gboolean is_ground = is_in (grounds, G_N_ELEMENTS (grounds), name + 1);

      if (!is_ground && !is_in (rails, G_N_ELEMENTS (rails), name + 1))
        return FALSE;
      write_rail (&w, name + 1, is_ground);
      return TRUE;
    }
  if (!g_str_has_prefix (id, "Connector_Generic:"))
    return FALSE;
  for (guint columns = 1; columns <= 2; columns++)
    for (guint rows = 1; rows <= MAX_ROWS; rows++)
      {
        g_autofree char *header = header_id (columns, rows);

        if (strcmp (header, id) == 0)
          {
            write_header (&w, name + 1, columns, rows);
            return TRUE;
          }
      }
  return FALSE;
}

NudgeSymbol *
nudge_builtin_read (NudgeLibrary *self, const char *id)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const NudgeIndexEntry *entry;

  if (make_up (id, text))
    return read_text (self, id, text->str, text->len);
  entry = nudge_file_index_find (drawn_index (self), id);
  if (entry == NULL)
    return NULL;
  bytes = drawn_bytes ();
  return read_text (self, id, (const char *) g_bytes_get_data (bytes, NULL) + entry->offset, entry->length);
}

char **
nudge_builtin_list (NudgeLibrary *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const NudgeFileIndex *drawn = drawn_index (self);

  for (guint i = 0; i < drawn->n_entries; i++)
    g_strv_builder_add (ids, drawn->strings + drawn->entries[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (grounds) + G_N_ELEMENTS (rails); i++)
    {
      g_autofree char *id = g_strconcat ("power:", i < G_N_ELEMENTS (grounds) ? grounds[i] : rails[i - G_N_ELEMENTS (grounds)], NULL);

      g_strv_builder_add (ids, id);
    }
  for (guint i = 0; i < 2 * MAX_ROWS; i++)
    {
      g_autofree char *id = header_id (i / MAX_ROWS + 1, i % MAX_ROWS + 1);

      g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}
