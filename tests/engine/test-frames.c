/* Groups that the circuit names: each in a frame of its own, with all of its parts and no others. */
#include "fixture.h"

#include "drawing/frames.h"
#include "kicad/schematic-reader.h"
#include "kicad/schematic-writer.h"

#include <string.h>

static const char named[] =
  "{'name': 'top', 'components': {"
  "'R1': {'symbol': 'Device:R', 'ref': 'R1', 'value': '1k', '_extra_fields': {'group': 'Divider'}},"
  "'R2': {'symbol': 'Device:R', 'ref': 'R2', 'value': '1k', '_extra_fields': {'group': 'Divider'}},"
  "'C1': {'symbol': 'Device:C', 'ref': 'C1', 'value': '1u', '_extra_fields': {'Group': 'A name much longer than the parts'}},"
  "'C2': {'symbol': 'Device:C', 'ref': 'C2', 'value': '1u'},"
  "'C3': {'symbol': 'Device:C', 'ref': 'C3', 'value': '1u', '_extra_fields': {'group': 'Divider'}},"
  "'R3': {'symbol': 'Device:R', 'ref': 'R3', 'value': '1k'}},"
  "'nets': {'A': {'nodes': [{'component': 'R1', 'pin': {'number': '1'}}, {'component': 'R3', 'pin': {'number': '1'}}]},"
  "'B': {'nodes': [{'component': 'R1', 'pin': {'number': '2'}}, {'component': 'R2', 'pin': {'number': '1'}},"
  " {'component': 'C1', 'pin': {'number': '1'}}]},"
  "'VCC': {'nodes': [{'component': 'C2', 'pin': {'number': '1'}}, {'component': 'C3', 'pin': {'number': '1'}}], 'is_power': true,"
  " 'power_symbol': 'power:VCC'},"
  "'GND': {'nodes': [{'component': 'R2', 'pin': {'number': '2'}}, {'component': 'C1', 'pin': {'number': '2'}},"
  " {'component': 'C2', 'pin': {'number': '2'}}, {'component': 'C3', 'pin': {'number': '2'}}, {'component': 'R3', 'pin': {'number': '2'}}],"
  " 'is_power': true, 'power_symbol': 'power:GND'}}}";

static gboolean
is_frame (const NudgeDrawnText *text)
{
  return text->boxed && text->text[0] == '\0';
}

static gboolean
contains (const NudgeBox *frame, const NudgeBox *box)
{
  return frame->x0 < box->x0 && frame->y0 < box->y0 && frame->x1 > box->x1 && frame->y1 > box->y1;
}

/* The frame that is followed by that title. */
static const NudgeDrawnText *
find_frame (const NudgeDrawnSheet *sheet, const char *title)
{
  for (guint i = 0; i + 1 < sheet->n_texts; i++)
    if (is_frame (&sheet->texts[i]) && g_str_equal (sheet->texts[i + 1].text, title))
      return &sheet->texts[i];
  return NULL;
}

static void
assert_framed (const NudgeDrawing *drawing, const NudgeDrawnText *frame)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];
  const NudgeDrawnText *title = frame + 1;
  NudgePoint at = { title->box.x0, title->box.y0 };
  NudgeBox words = nudge_text_box (title->text, at, 0, &title->style);

  g_assert_cmpint (frame->border, ==, NUDGE_STROKE_DASH);
  g_assert_true (contains (&frame->box, &words));
  for (guint i = 0; i < sheet->n_symbols; i++)
    {
      const NudgeDrawnSymbol *symbol = &sheet->symbols[i];
      const char *group = symbol->part != NUDGE_NONE ? nudge_part_group (drawing->layout->circuit, symbol->part) : NULL;

      g_assert_false (nudge_box_overlaps (&words, &symbol->box));
      if (g_strcmp0 (group, title->text) == 0)
        {
          g_assert_true (contains (&frame->box, &symbol->box));
          for (guint f = symbol->first_field; f < symbol->first_field + symbol->n_fields; f++)
            {
              NudgeBox field = nudge_drawn_field_box (&symbol->pose, &sheet->fields[f], sheet->fields[f].text);

              g_assert_true (sheet->fields[f].style.hidden || contains (&frame->box, &field));
            }
        }
      else if (symbol->part != NUDGE_NONE)
        g_assert_false (nudge_box_overlaps (&frame->box, &symbol->box));
    }
  for (guint i = 0; i < sheet->n_wires; i++)
    {
      const NudgeWire *wire = &sheet->wires[i];
      NudgeBox line = { MIN (wire->a.x, wire->b.x) - 1, MIN (wire->a.y, wire->b.y) - 1, MAX (wire->a.x, wire->b.x) + 1, MAX (wire->a.y, wire->b.y) + 1 };

      g_assert_false (nudge_box_overlaps (&words, &line));
      /* Between the lines of the grid, so that none runs along it. */
      g_assert_cmpint (ABS (wire->a.x - frame->box.x0), >, 100);
      g_assert_cmpint (ABS (wire->a.y - frame->box.y1), >, 100);
    }
}

/* A diode that is drawn lying stands between supply and ground, and its texts are turned back to be read. */
static void
test_turned (void)
{
  static const char turned[] =
    "{'name': 'top', 'components': {"
    "'D1': {'symbol': 'Device:D_Schottky', 'ref': 'D1', 'value': 'PMEG3050EP', '_extra_fields': {'group': 'Guard'}}},"
    "'nets': {'VCC': {'nodes': [{'component': 'D1', 'pin': {'number': '2'}}], 'is_power': true, 'power_symbol': 'power:VCC'},"
    "'GND': {'nodes': [{'component': 'D1', 'pin': {'number': '1'}}], 'is_power': true, 'power_symbol': 'power:GND'}}}";
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (turned, "schematic");
  const NudgeDrawnText *frame = find_frame (&drawing->sheets[0], "Guard");

  g_assert_nonnull (frame);
  g_assert_cmpint (drawing->sheets[0].symbols[0].pose.turn, ==, 1);
  assert_framed (drawing, frame);
}

static void
test_named (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (named, "schematic");
  const NudgeDrawnText *one = find_frame (&drawing->sheets[0], "Divider");
  const NudgeDrawnText *other = find_frame (&drawing->sheets[0], "A name much longer than the parts");

  g_assert_nonnull (one);
  g_assert_nonnull (other);
  g_assert_cmpuint (drawing->sheets[0].n_texts, ==, 4);
  assert_framed (drawing, one);
  assert_framed (drawing, other);
  g_assert_false (nudge_box_overlaps (&one->box, &other->box));
  g_assert_true (nudge_prove (drawing, NULL, NULL));
}

/* As a rectangle, which is read as what it was. */
static void
test_file (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (named, "schematic");
  g_autoptr (GBytes) bytes = nudge_schematic_write (drawing, 0);
  g_autofree char *folder = g_dir_make_tmp ("nudge-frames-XXXXXX", NULL), *path = g_build_filename (folder, "top.kicad_sch", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeDrawing) read = NULL;
  const NudgeDrawnText *was = find_frame (&drawing->sheets[0], "Divider"), *is = NULL;

  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "(type dash)"));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  read = nudge_schematic_read (path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < read->sheets[0].n_texts; i++)
    if (is_frame (&read->sheets[0].texts[i]) && memcmp (&read->sheets[0].texts[i].box, &was->box, sizeof was->box) == 0)
      is = &read->sheets[0].texts[i];
  g_assert_nonnull (is);
  g_assert_cmpint (is->border, ==, NUDGE_STROKE_DASH);
  fixture_remove_tree (folder);
}

/* No name is made up, and the drawings of others have no frames. */
static void
test_none (void)
{
  g_autoptr (NudgeDrawing) nameless = fixture_drawing (fixture_hierarchy, "schematic"), synth = fixture_drawing (named, "circuit-synth");

  for (guint i = 0; i < nameless->n_sheets; i++)
    g_assert_cmpuint (nameless->sheets[i].n_texts, ==, 0);
  g_assert_cmpuint (synth->sheets[0].n_texts, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frames/named", test_named);
  g_test_add_func ("/frames/turned", test_turned);
  g_test_add_func ("/frames/file", test_file);
  g_test_add_func ("/frames/none", test_none);
  return g_test_run ();
}
