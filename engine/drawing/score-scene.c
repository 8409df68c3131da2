#include "drawing/score-private.h"

#include "base/text-metrics.h"

#include <math.h>
#include <string.h>

#define SIZE 12700            /* of label texts and sheet names */
#define PIN_TEXT_GAP 2500     /* pin line to pin text */

/* --- small geometry --- */

NudgePoint
score_shared (const NudgeBox *a, const NudgeBox *b)
{
  return (NudgePoint){ MIN (a->x1, b->x1) - MAX (a->x0, b->x0), MIN (a->y1, b->y1) - MAX (a->y0, b->y0) };
}

gdouble
score_gap (NudgePoint shared)
{
  return hypot (MIN (shared.x, 0), MIN (shared.y, 0));
}

NudgeBox
score_shrunk (NudgeBox box, gint32 by)
{
  NudgeBox b = nudge_box_grown (box, -by);

  return (NudgeBox){ MIN (b.x0, b.x1), MIN (b.y0, b.y1), MAX (b.x0, b.x1), MAX (b.y0, b.y1) };
}

/* The stretch of one axis; FALSE when nothing is left. */
static gboolean
clip (gdouble from, gdouble delta, gdouble low, gdouble high, gdouble *t0, gdouble *t1)
{
  gdouble a, b;

  if (fabs (delta) < 1e-6)
    return from > low && from < high;
  a = (low - from) / delta;
  b = (high - from) / delta;
  *t0 = MAX (*t0, MIN (a, b));
  *t1 = MIN (*t1, MAX (a, b));
  return *t0 < *t1;
}

gdouble
score_inside_length (NudgePoint a, NudgePoint b, const NudgeBox *box)
{
  gdouble dx = (gdouble) b.x - a.x, dy = (gdouble) b.y - a.y, t0 = 0, t1 = 1;

  if (!clip (a.x, dx, box->x0, box->x1, &t0, &t1) || !clip (a.y, dy, box->y0, box->y1, &t0, &t1))
    return 0;
  return (t1 - t0) * hypot (dx, dy);
}

/* --- kinds of things --- */

/* A word for ground at the start of the name or after something that is no letter; 0V only when it is not 10V or 0V8. */
gboolean
score_is_ground (const char *name)
{
  static const char *const words[] = { "GND", "VSS", "VEE", "EARTH", "AGND", "DGND", "PGND", "SGND", "CHASSIS" };

  for (const char *p = name; *p != '\0'; p++)
    {
      if (p > name && g_ascii_isalpha (p[-1]))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_ascii_strncasecmp (p, words[i], strlen (words[i])) == 0)
          return TRUE;
      if (g_ascii_strncasecmp (p, "0V", 2) == 0 && !g_ascii_isdigit (p[2])
          && (p == name || (!g_ascii_isdigit (p[-1]) && p[-1] != '.')))
        return TRUE;
    }
  return FALSE;
}

/* The way a pin leaves its body: 0 right, 1 up, 2 left, 3 down. */
guint
score_pin_exit (const ScorePin *pin)
{
  gint32 dx = pin->at.x - pin->end.x, dy = pin->at.y - pin->end.y;

  if (ABS (dx) >= ABS (dy))
    return dx >= 0 ? 0 : 2;
  return dy < 0 ? 1 : 3;
}

gboolean
score_is_connector (const ScoreSymbol *symbol)
{
  static const char *const prefixes[] = { "J", "P", "CN", "X", "K", "CON" };
  gsize letters = strspn (symbol->reference, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (letters == strlen (prefixes[i]) && strncmp (symbol->reference, prefixes[i], letters) == 0)
      return TRUE;
  return FALSE;
}

gboolean
score_is_chip (const ScoreSymbol *symbol)
{
  return !symbol->is_power && symbol->n_visible >= 5 && !score_is_connector (symbol);
}

/* --- texts --- */

static void
add_text (ScoreScene *self, ScoreTextKind kind, const char *text, guint owner, NudgeBox box)
{
  ScoreText t = { kind, text, owner, NUDGE_NONE, box };

  g_array_append_val (self->texts, t);
}

static const char *
field_text (ScoreScene *self, const ScoreSymbol *symbol, guint index, const NudgeDrawnField *field)
{
  char suffix;

  if (index != 0 || symbol->drawn->symbol->n_units < 2)
    return field->text;
  suffix = (char) ('A' + MIN (symbol->drawn->unit, 26) - 1);
  {
    g_autofree char *full = g_strdup_printf ("%s%c", field->text, suffix);

    return g_string_chunk_insert_const (self->tally->strings, full);
  }
}

static void
add_fields (ScoreScene *self, guint index)
{
  const ScoreSymbol *symbol = SCORE_SYMBOL (self, index);

  for (guint i = 0; i < symbol->drawn->n_fields; i++)
    {
      const NudgeDrawnField *field = &self->sheet->fields[symbol->drawn->first_field + i];
      const char *text;

      if (field->style.hidden || field->text[0] == '\0' || g_str_equal (field->text, "~") || (symbol->is_power && i == 0))
        continue;
      text = field_text (self, symbol, i, field);
      add_text (self, SCORE_TEXT_FIELD, text, index, nudge_drawn_field_box (&symbol->drawn->pose, field, text));
    }
}

static void
add_sheet_texts (ScoreScene *self)
{
  NudgeTextStyle style = NUDGE_TEXT_STYLE_DEFAULT;

  style.justify_h = NUDGE_JUSTIFY_LEFT;
  for (guint i = 0; i < self->sheet->n_boxes; i++)
    {
      const NudgeSheetBox *box = &self->sheet->boxes[i];
      g_autofree char *file = g_strconcat ("File: ", box->file, NULL);
      NudgePoint above = { box->box.x0, box->box.y0 - 7116 }, below = { box->box.x0, box->box.y1 + 5846 };

      style.justify_v = NUDGE_JUSTIFY_RIGHT;
      add_text (self, SCORE_TEXT_SHEET, box->name, i, nudge_text_box (box->name, above, 0, &style));
      style.justify_v = NUDGE_JUSTIFY_LEFT;
      add_text (self, SCORE_TEXT_SHEET, g_string_chunk_insert_const (self->tally->strings, file), i, nudge_text_box (file, below, 0, &style));
    }
}

static void
add_free_texts (ScoreScene *self)
{
  for (guint i = 0; i < self->sheet->n_texts; i++)
    {
      const NudgeDrawnText *text = &self->sheet->texts[i];
      NudgePoint at = { text->box.x0, text->box.y0 };

      if (!text->boxed)
        add_text (self, SCORE_TEXT_FREE, text->text, i, nudge_text_box (text->text, at, text->angle, &text->style));
    }
}

static void
add_pin_text (ScoreScene *self, guint pin_index, const char *text, gint32 size, gint side)
{
  const ScorePin *pin = SCORE_PIN (self, pin_index);
  gint32 cx = (pin->at.x + pin->end.x) / 2, cy = (pin->at.y + pin->end.y) / 2;
  gint32 w = nudge_text_width (text, size) / 2, h = size / 2, off = side * (PIN_TEXT_GAP + size / 2);
  ScoreText t = { SCORE_TEXT_PIN, text, pin->symbol, pin_index, NUDGE_BOX_EMPTY };

  if (size <= 0)
    return;
  if (ABS (pin->end.x - pin->at.x) >= ABS (pin->end.y - pin->at.y))
    t.box = (NudgeBox){ cx - w, cy + off - h, cx + w, cy + off + h };
  else
    t.box = (NudgeBox){ cx + off - h, cy - w, cx + off + h, cy + w };
  g_array_append_val (self->texts, t);
}

static gboolean
is_said (const char *text)
{
  return text[0] != '\0' && !g_str_equal (text, "~");
}

/* Of stacked pins one number is enough. */
static gboolean
stands_on_earlier (const ScoreScene *self, const ScoreSymbol *symbol, guint pin)
{
  for (guint i = symbol->first_pin; i < pin; i++)
    if (!SCORE_PIN (self, i)->pin->hidden && nudge_point_equal (SCORE_PIN (self, i)->at, SCORE_PIN (self, pin)->at))
      return TRUE;
  return FALSE;
}

static void
add_pin_texts (ScoreScene *self, const ScoreSymbol *symbol)
{
  const NudgeSymbol *lib = symbol->drawn->symbol;
  gboolean names = lib->pin_name_offset == 0 && !lib->pin_names_hidden;

  if (!names && lib->pin_numbers_hidden)
    return;
  for (guint i = symbol->first_pin; i < symbol->first_pin + symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = SCORE_PIN (self, i)->pin;
      gint side = -1;

      if (pin->hidden || stands_on_earlier (self, symbol, i))
        continue;
      if (names && is_said (pin->name))
        {
          add_pin_text (self, i, pin->name, pin->name_size, side);
          side = 1;
        }
      if (!lib->pin_numbers_hidden && is_said (pin->number))
        add_pin_text (self, i, pin->number, pin->number_size, side);
    }
}

/* --- symbols --- */

static void
add_pins (ScoreScene *self, ScoreSymbol *symbol, guint index)
{
  static const gint dx[] = { 1, 0, -1, 0 }, dy[] = { 0, 1, 0, -1 };
  const NudgeSymbol *lib = symbol->drawn->symbol;

  symbol->first_pin = self->pins->len;
  for (guint i = 0; i < lib->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &lib->pins[i];
      guint way = pin->direction & 3;
      NudgePoint end = { pin->at.x + dx[way] * pin->length, pin->at.y + dy[way] * pin->length };
      ScorePin p = { .symbol = index, .pin = pin, .net = NUDGE_NONE };

      if (!nudge_symbol_pin_in_unit (pin, symbol->drawn->unit))
        continue;
      p.at = nudge_pose_point (&symbol->drawn->pose, pin->at);
      p.end = nudge_pose_point (&symbol->drawn->pose, end);
      g_array_append_val (self->pins, p);
      if (pin->hidden)
        continue;
      symbol->n_visible++;
      nudge_box_add_point (&symbol->full, p.at.x, p.at.y);
      nudge_box_add_point (&symbol->full, p.end.x, p.end.y);
    }
  symbol->n_pins = self->pins->len - symbol->first_pin;
}

static gboolean
has_graphics (const NudgeSymbol *lib, guint unit)
{
  for (guint i = 0; i < lib->n_shapes; i++)
    if (nudge_symbol_shape_in_unit (&lib->shapes[i], unit) && lib->shapes[i].kind != NUDGE_SHAPE_TEXT)
      return TRUE;
  return FALSE;
}

static void
add_symbol (ScoreScene *self, guint index)
{
  const NudgeDrawnSymbol *drawn = &self->sheet->symbols[index];
  const NudgeDrawnField *fields = &self->sheet->fields[drawn->first_field];
  ScoreSymbol symbol = { .drawn = drawn, .body = NUDGE_BOX_EMPTY, .full = NUDGE_BOX_EMPTY };
  NudgePoint at = drawn->pose.at;

  symbol.is_power = drawn->part == NUDGE_NONE;
  symbol.is_flag = symbol.is_power && g_str_has_prefix (fields[0].text, "#FLG");
  symbol.reference = fields[symbol.is_power ? 1 : 0].text;
  symbol.has_body = has_graphics (drawn->symbol, drawn->unit);
  if (symbol.has_body)
    {
      NudgeBox body = nudge_symbol_body_box (drawn->symbol, drawn->unit);

      symbol.body = symbol.full = nudge_pose_box (&drawn->pose, &body);
    }
  add_pins (self, &symbol, index);
  if (nudge_box_is_empty (&symbol.full))
    symbol.full = (NudgeBox){ at.x - 1000, at.y - 1000, at.x + 1000, at.y + 1000 };
  if (!symbol.has_body)
    symbol.body = symbol.full;
  g_array_append_val (self->symbols, symbol);
}

static void
box_wires (ScoreScene *self)
{
  const NudgeDrawnSheet *sheet = self->sheet;

  self->wire_boxes = g_new (NudgeBox, sheet->n_wires + 1);
  for (guint i = 0; i < sheet->n_wires; i++)
    {
      NudgePoint a = sheet->wires[i].a, b = sheet->wires[i].b;

      self->wire_boxes[i] = (NudgeBox){ MIN (a.x, b.x), MIN (a.y, b.y), MAX (a.x, b.x), MAX (a.y, b.y) };
    }
  nudge_box_bins_init (&self->wire_bins, self->wire_boxes, sheet->n_wires);
}

void
score_scene_init (ScoreScene *self, const NudgeDrawing *drawing, guint sheet, ScoreTally *tally)
{
  *self = (ScoreScene){ .drawing = drawing, .sheet = &drawing->sheets[sheet], .index = sheet, .tally = tally };
  self->symbols = g_array_sized_new (FALSE, FALSE, sizeof (ScoreSymbol), self->sheet->n_symbols);
  self->pins = g_array_new (FALSE, FALSE, sizeof (ScorePin));
  self->texts = g_array_new (FALSE, FALSE, sizeof (ScoreText));
  self->ends = g_array_new (FALSE, FALSE, sizeof (ScoreEnd));
  self->points = g_array_new (FALSE, TRUE, sizeof (ScorePoint));
  self->nets = g_array_new (FALSE, TRUE, sizeof (ScoreNet));
  self->net_pins = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->sheet->n_symbols; i++)
    add_symbol (self, i);
  for (guint i = 0; i < self->symbols->len; i++)
    add_fields (self, i);
  add_sheet_texts (self);
  add_free_texts (self);
  for (guint i = 0; i < self->sheet->n_labels; i++)
    add_text (self, SCORE_TEXT_LABEL, self->sheet->labels[i].text, i, nudge_label_box (&self->sheet->labels[i]));
  self->n_texts = self->texts->len;
  for (guint i = 0; i < self->symbols->len; i++)
    add_pin_texts (self, SCORE_SYMBOL (self, i));

  box_wires (self);
  score_clusters_init (self);
  score_nets_init (self);
}

void
score_scene_clear (ScoreScene *self)
{
  g_clear_pointer (&self->symbols, g_array_unref);
  g_clear_pointer (&self->pins, g_array_unref);
  g_clear_pointer (&self->texts, g_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->nets, g_array_unref);
  g_clear_pointer (&self->net_pins, g_array_unref);
  g_clear_pointer (&self->wire_clusters, g_free);
  g_clear_pointer (&self->cluster_lengths, g_free);
  g_clear_pointer (&self->box_owners, g_free);
  g_clear_pointer (&self->wire_boxes, g_free);
  nudge_box_bins_clear (&self->wire_bins);
}
