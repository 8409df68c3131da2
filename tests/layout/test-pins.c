/* Pins of sheet boxes that a person moves: where they may stand, what stays, what a file says of them. */
#include "fixture.h"

#include "layout/layout-records.h"

#include <string.h>

#define STEP NUDGE_GRID

/* A connector whose nets all go into @n_copies uses of a child of five ports. */
#define CHILD(a, b, extra) \
  "{'name': 'stage', 'components': {" \
  "  '" a "': {'symbol': 'Connector_Generic:Conn_01x06', 'ref': '" a "', 'value': 'out'}," \
  "  '" b "': {'symbol': 'Device:R', 'ref': '" b "', 'value': '1k'}}," \
  " 'nets': {'CLOCK': [{'component': '" a "', 'pin': {'number': '1'}}]," \
  "          'DATA_IN': [{'component': '" a "', 'pin': {'number': '2'}}]," \
  "          'DATA_OUT': [{'component': '" a "', 'pin': {'number': '3'}}]," \
  "          'RESET': [{'component': '" a "', 'pin': {'number': '4'}}, {'component': '" b "', 'pin': {'number': '1'}}]," \
  "          'BUSY': [{'component': '" a "', 'pin': {'number': '5'}}, {'component': '" b "', 'pin': {'number': '2'}}]" extra "}}"
#define TOP(extra, children) \
  "{'name': 'top', 'components': {'J1': {'symbol': 'Connector_Generic:Conn_01x06', 'ref': 'J1', 'value': 'in'}}," \
  " 'nets': {'CLOCK': {'nodes': [{'component': 'J1', 'pin': {'number': '1'}}]}," \
  "          'DATA_IN': {'nodes': [{'component': 'J1', 'pin': {'number': '2'}}]}," \
  "          'DATA_OUT': {'nodes': [{'component': 'J1', 'pin': {'number': '3'}}]}," \
  "          'RESET': {'nodes': [{'component': 'J1', 'pin': {'number': '4'}}]}," \
  "          'BUSY': {'nodes': [{'component': 'J1', 'pin': {'number': '5'}}]}" extra "}," \
  " 'subcircuits': [" children "]}"
static const char one[] = TOP ("", CHILD ("J2", "R1", ""));
static const char more[] = TOP (", 'ALARM': {'nodes': [{'component': 'J1', 'pin': {'number': '6'}}]}",
                                CHILD ("J2", "R1", ", 'ALARM': [{'component': 'J2', 'pin': {'number': '6'}}]"));
static const char two[] = TOP ("", CHILD ("J2", "R1", "") ", " CHILD ("J3", "R2", ""));

static NudgeLayout *
arranged (const char *json, const char *arranger)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (json, arranger);

  return nudge_layout_ref (drawing->layout);
}

static NudgeDrawing *
draw (NudgeLayout *layout)
{
  g_autoptr (GError) error = NULL;
  NudgeDrawing *drawing = nudge_draw (layout, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (nudge_prove (drawing, NULL, &error));
  g_assert_no_error (error);
  return drawing;
}

static const NudgeSheetPin *
find_pin (const NudgeDrawing *drawing, const char *name)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    if (g_str_equal (sheet->sheet_pins[i].name, name))
      return &sheet->sheet_pins[i];
  g_assert_not_reached ();
}

static NudgeBox
box_of (const NudgeDrawing *drawing)
{
  return drawing->sheets[0].boxes[0].box;
}

/* How far along its side a pin stands. */
static gint32
along (const NudgeBox *box, const NudgeSheetPin *pin)
{
  return (pin->side & 1) ? pin->at.x - box->x0 : pin->at.y - box->y0;
}

static void
assert_pin_legal (const NudgeDrawnSheet *sheet, const NudgeSheetBox *box, guint index)
{
  const NudgeSheetPin *pin = &sheet->sheet_pins[index];
  const NudgeBox *b = &box->box;
  const gint32 edges[] = { b->x1, b->y0, b->x0, b->y1 };
  gint32 length = (pin->side & 1) ? b->x1 - b->x0 : b->y1 - b->y0;

  g_assert_cmpint ((pin->side & 1) ? pin->at.y : pin->at.x, ==, edges[pin->side]);
  g_assert_cmpint (pin->at.x % STEP, ==, 0);
  g_assert_cmpint (pin->at.y % STEP, ==, 0);
  g_assert_cmpint (along (b, pin), >=, 2 * STEP);
  g_assert_cmpint (along (b, pin), <=, length - 2 * STEP);
  for (guint i = box->first_pin; i < index; i++)
    if (sheet->sheet_pins[i].side == pin->side)
      g_assert_cmpint (ABS (along (b, pin) - along (b, &sheet->sheet_pins[i])), >=, 2 * STEP);
}

static void
assert_legal (const NudgeDrawing *drawing)
{
  const NudgeDrawnSheet *sheet = &drawing->sheets[0];

  for (guint i = 0; i < sheet->n_boxes; i++)
    for (guint k = 0; k < sheet->boxes[i].n_pins; k++)
      assert_pin_legal (sheet, &sheet->boxes[i], sheet->boxes[i].first_pin + k);
}

/* Those that the person has not moved stand where they stood, as far as the box has not grown. */
static void
assert_others_stand (const NudgeDrawing *before, const NudgeDrawing *after, const char *moved)
{
  NudgeBox a = box_of (before), b = box_of (after);

  for (guint i = 0; i < before->sheets[0].n_sheet_pins; i++)
    {
      const NudgeSheetPin *pin = &before->sheets[0].sheet_pins[i], *now = find_pin (after, pin->name);

      if (g_str_equal (pin->name, moved))
        continue;
      g_assert_cmpint (now->side, ==, pin->side);
      g_assert_cmpint (along (&b, now), ==, along (&a, pin));
    }
}

/* (transfer full): after the pin was dragged to a point of the box: thousandths of its width and height. */
static NudgeLayout *
drag_to (NudgeLayout *layout, NudgeDrawing *drawing, const char *name, gint x, gint y)
{
  const NudgePinSelection selection = { 1, &name, 1 };
  NudgeBox box = box_of (drawing);
  NudgePoint at = find_pin (drawing, name)->at;

  return nudge_edit_move_pins (layout, drawing, &selection, box.x0 + (gint32) ((gint64) (box.x1 - box.x0) * x / 1000) - at.x,
                               box.y0 + (gint32) ((gint64) (box.y1 - box.y0) * y / 1000) - at.y);
}

/* To each edge, from wherever it is, in both ways to draw. */
static void
test_edges (gconstpointer arranger)
{
  static const struct
  {
    gint x, y;
    guint8 side;
  } goals[] = { { 1000, 700, 0 }, { 0, 400, 2 }, { 900, -300, 1 }, { 800, 1300, 3 }, { -200, 600, 2 }, { 700, 1200, 3 }, { 1200, 500, 0 } };
  g_autoptr (NudgeLayout) layout = arranged (one, arranger);
  g_autoptr (NudgeDrawing) drawing = draw (layout);

  assert_legal (drawing);
  for (guint i = 0; i < G_N_ELEMENTS (goals); i++)
    {
      g_autoptr (NudgeLayout) after = drag_to (layout, drawing, "DATA_IN", goals[i].x, goals[i].y);
      g_autoptr (NudgeDrawing) moved = draw (after);

      assert_legal (moved);
      assert_others_stand (drawing, moved, "DATA_IN");
      g_assert_cmpint (find_pin (moved, "DATA_IN")->side, ==, goals[i].side);
      nudge_layout_unref (layout);
      layout = g_steal_pointer (&after);
      nudge_drawing_unref (drawing);
      drawing = g_steal_pointer (&moved);
    }
}

/* Where another pin stands there is no place; it goes to the nearest free one. */
static void
test_taken (void)
{
  g_autoptr (NudgeLayout) layout = arranged (one, "schematic"), after = NULL;
  g_autoptr (NudgeDrawing) drawing = draw (layout), moved = NULL;
  const NudgePinSelection selection = { 1, (const char *const[]){ "BUSY" }, 1 };
  NudgePoint goal = find_pin (drawing, "CLOCK")->at, at = find_pin (drawing, "BUSY")->at, now;

  after = nudge_edit_move_pins (layout, drawing, &selection, goal.x - at.x, goal.y - at.y);
  moved = draw (after);
  assert_legal (moved);
  assert_others_stand (drawing, moved, "BUSY");
  now = find_pin (moved, "BUSY")->at;
  g_assert_false (nudge_point_equal (now, goal));
}

/* Keys go past other pins, round the corner and, in the end, nowhere. */
static void
test_steps (void)
{
  g_autoptr (NudgeLayout) layout = arranged (one, "schematic");
  const NudgePinSelection selection = { 1, (const char *const[]){ "CLOCK" }, 1 };
  gboolean seen[4] = { FALSE };
  static const NudgePoint ways[] = { { 0, 1 }, { 1, 0 }, { 0, -1 }, { -1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (guint n = 0;; n++)
      {
        g_autoptr (NudgeDrawing) drawing = draw (layout);
        NudgeLayout *after = nudge_edit_step_pins (layout, drawing, &selection, ways[i].x, ways[i].y);
        NudgePoint at = find_pin (drawing, "CLOCK")->at, next;
        g_autoptr (NudgeDrawing) moved = draw (after);
        NudgeBox was = box_of (drawing), is = box_of (moved);

        assert_legal (moved);
        assert_others_stand (drawing, moved, "CLOCK");
        seen[find_pin (moved, "CLOCK")->side] = TRUE;
        next = find_pin (moved, "CLOCK")->at;
        nudge_layout_unref (layout);
        if (after == layout)
          {
            layout = after;
            break;
          }
        layout = after;
        if (was.x1 == is.x1 && was.y1 == is.y1)
          g_assert_cmpint ((next.x - at.x) * ways[i].x + (next.y - at.y) * ways[i].y, >, 0);
        g_assert_cmpuint (n, <, 100);
      }
  for (guint side = 0; side < 4; side++)
    g_assert_true (seen[side]);
}

/* Several at once, again and again, whatever was done before: nothing is ever where it must not be. */
static void
test_many (void)
{
  static const char *const names[] = { "CLOCK", "DATA_IN", "DATA_OUT", "RESET", "BUSY" };
  g_autoptr (NudgeLayout) near = arranged (one, "schematic");
  const guint connector = 0;
  const NudgeSelection parts = { &connector, 1, NULL, 0 };
  /* Where the box may grow. */
  g_autoptr (NudgeLayout) layout = nudge_edit_move (near, &parts, 50 * STEP, 20 * STEP);
  guint32 random = 1;

  for (guint i = 0; i < 150; i++)
    {
      g_autoptr (NudgeDrawing) drawing = draw (layout);
      NudgePinSelection selection = { 1, NULL, 0 };
      NudgeLayout *after;

      random = random * 1664525 + 1013904223;
      selection.n_names = 1 + (random >> 28) % 3;
      selection.names = &names[(random >> 24) % (G_N_ELEMENTS (names) - selection.n_names + 1)];
      if (random >> 20 & 1)
        after = nudge_edit_move_pins (layout, drawing, &selection, (gint32) ((random >> 8) % 60 - 30) * STEP, (gint32) ((random >> 4) % 60 - 30) * STEP);
      else
        after = nudge_edit_step_pins (layout, drawing, &selection, (random >> 10 & 1) ? 3 : 0, (random >> 11 & 1) ? -2 : 1);
      assert_legal (drawing);
      nudge_layout_unref (layout);
      layout = after;
    }
}

/* The same wires as before, but for those of the pin's own net. */
static void
test_wires_stay (void)
{
  g_autoptr (NudgeLayout) layout = arranged (one, "schematic"), after = NULL, back = NULL;
  g_autoptr (NudgeDrawing) drawing = draw (layout), moved = NULL;
  const NudgePinSelection selection = { 1, (const char *const[]){ "BUSY" }, 1 };
  const NudgeDrawnSheet *a = &drawing->sheets[0], *b;
  guint net = find_pin (drawing, "BUSY")->net;

  after = nudge_edit_step_pins (layout, drawing, &selection, find_pin (drawing, "BUSY")->side == 0 ? -1 : 1, 0);
  moved = draw (after);
  g_assert_cmpint (find_pin (moved, "BUSY")->side, !=, find_pin (drawing, "BUSY")->side);
  g_assert_true (memcmp (&moved->sheets[0].boxes[0].box, &drawing->sheets[0].boxes[0].box, sizeof (NudgeBox)) == 0);
  b = &moved->sheets[0];
  for (guint i = 0; i < a->n_wires; i++)
    {
      gboolean found = a->wires[i].net == net;

      for (guint k = 0; k < b->n_wires && !found; k++)
        found = nudge_point_equal (a->wires[i].a, b->wires[k].a) && nudge_point_equal (a->wires[i].b, b->wires[k].b);
      g_assert_true (found);
    }
  back = nudge_edit_reset_pins (after, &selection);
  g_assert_true (nudge_layout_equal (back, layout));
}

/* Pins go with their box, and copies of the circuit have them in the same places. */
static void
test_box_and_copies (void)
{
  g_autoptr (NudgeLayout) layout = arranged (two, "schematic"), pinned = NULL, after = NULL, reset = NULL;
  g_autoptr (NudgeDrawing) drawing = draw (layout), before = NULL, moved = NULL;
  const guint box = 1;
  const NudgeSelection boxes = { NULL, 0, &box, 1 };
  NudgePoint at;

  pinned = drag_to (layout, drawing, "RESET", 1000, 500);
  before = draw (pinned);
  g_assert_cmpint (find_pin (before, "RESET")->side, ==, 0);
  g_assert_true (nudge_layout_has_placed_pins (pinned, 1));
  at = find_pin (before, "RESET")->at;
  after = nudge_edit_move (pinned, &boxes, 4 * STEP, -2 * STEP);
  moved = draw (after);
  g_assert_cmpint (find_pin (moved, "RESET")->at.x, ==, at.x + 4 * STEP);
  g_assert_cmpint (find_pin (moved, "RESET")->at.y, ==, at.y - 2 * STEP);
  reset = nudge_edit_reset (after, &boxes);
  g_assert_false (nudge_layout_has_placed_pins (reset, 1));
}

/* What is locked stays, and what circuit-synth draws is its own. */
static void
test_held (void)
{
  g_autoptr (NudgeLayout) layout = arranged (one, "schematic"), locked = NULL, after = NULL, other = NULL, same = NULL;
  g_autoptr (NudgeDrawing) drawing = draw (layout);
  const guint box = 1;
  const NudgeSelection boxes = { NULL, 0, &box, 1 };

  locked = nudge_edit_lock (layout, &boxes, TRUE);
  after = drag_to (locked, drawing, "RESET", 500, 1200);
  g_assert_true (after == locked);
  other = nudge_layout_copy (layout);
  other->dialect = NUDGE_DIALECT_CIRCUIT_SYNTH;
  same = drag_to (other, drawing, "RESET", 500, 1200);
  g_assert_true (same == other);
}

static NudgeLayout *
load (const char *text, gssize size, const char *json, GPtrArray *diagnostics)
{
  g_autoptr (NudgeCircuit) circuit = fixture_circuit (json);
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (text, size < 0 ? strlen (text) : (gsize) size);
  g_autoptr (GError) error = NULL;
  NudgeLayout *layout = nudge_layout_load_bytes (bytes, "board.nudge", circuit, library, NULL, diagnostics, &error);

  g_assert_no_error (error);
  return layout;
}

/* What is saved is what is shown the next time, also by who writes files only; a circuit that has changed keeps it. */
static void
test_file (void)
{
  g_autoptr (NudgeLayout) layout = arranged (one, "schematic"), pinned = NULL, again = NULL, changed = NULL, complete = NULL;
  g_autoptr (NudgeDrawing) drawing = draw (layout), before = NULL, after = NULL, grown = NULL;
  g_autoptr (GBytes) bytes = NULL, twice = NULL;
  const NudgeSheetPin *pin;
  const char *text;
  gsize size;

  pinned = drag_to (layout, drawing, "DATA_OUT", 900, 1200);
  before = draw (pinned);
  pin = find_pin (before, "DATA_OUT");
  bytes = nudge_layout_to_bytes (pinned);
  text = g_bytes_get_data (bytes, &size);
  g_assert_nonnull (g_strstr_len (text, (gssize) size, "\"pins\": [[\"DATA_OUT\", \"bottom\", "));
  again = load (text, (gssize) size, one, NULL);
  twice = nudge_layout_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, twice));
  after = draw (again);
  g_assert_true (nudge_point_equal (find_pin (after, "DATA_OUT")->at, pin->at));
  g_assert_cmpint (find_pin (after, "DATA_OUT")->side, ==, pin->side);

  changed = load (text, (gssize) size, more, NULL);
  complete = nudge_arrange_open (changed, NULL, NULL, NULL, NULL);
  grown = draw (complete);
  assert_legal (grown);
  g_assert_cmpint (find_pin (grown, "DATA_OUT")->side, ==, 3);
}

#define SHEETS(pins) "'sheets': [{'sheet': '/', 'paper': 'A4'}, {'sheet': '/stage/', 'at': [50.8, 50.8], 'size': [20.32, 20.32], 'pins': " pins "}]"
#define PARTS "'parts': [{'part': '/J1', 'at': [25.4, 63.5]}, {'part': '/stage/J2', 'at': [50.8, 50.8]}, {'part': '/stage/R1', 'at': [76.2, 50.8]}]"

/* Wishes that cannot all be met, and what is no wish at all, come to something legal; the rest is kept as it is. */
static void
test_bad_file (void)
{
  static const char *const wishes[] = {
    "[['CLOCK', 'left', 5.08], ['RESET', 'left', 5.08], ['BUSY', 'left', 6.35]]",
    "[['CLOCK', 'top', 0], ['RESET', 'bottom', -10], ['BUSY', 'right', 400000]]",
    "[['CLOCK', 'top', 12.7], ['RESET', 'bottom', 12.7], ['BUSY', 'right', 12.7], ['DATA_IN', 'left', 12.7], ['DATA_OUT', 'top', 13]]",
    "[['CLOCK', 'inside', 12.7], ['RESET'], 7, ['NOBODY', 'left', 5.08], ['CLOCK', 'right', 5.08]]",
    "{'CLOCK': 'left'}",
  };

  static const guint expected[] = { 0, 1, 0, 3, 1 };

  for (guint way = 0; way < 2; way++)
    for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
      {
        g_autofree char *written = g_strdup_printf ("{'nudge': 9, 'arranger': '%s', 'draw': '%s', " PARTS ", " SHEETS ("%s") ", 'later': 1}",
                                                    way == 0 ? "schematic" : "text-flow", way == 0 ? "wires" : "labels", wishes[i]);
        g_autofree char *text = g_strdelimit (g_strdup (written), "'", '"');
        g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
        g_autoptr (NudgeLayout) layout = load (text, -1, one, diagnostics), open = NULL;
        g_autoptr (NudgeDrawing) drawing = NULL;
        g_autoptr (GBytes) bytes = nudge_layout_to_bytes (layout);
        guint n_ignored = 0;

        open = nudge_arrange_open (layout, NULL, NULL, NULL, NULL);
        drawing = draw (open);
        assert_legal (drawing);
        for (guint k = 0; k < diagnostics->len; k++)
          n_ignored += ((NudgeDiagnostic *) diagnostics->pdata[k])->code == NUDGE_CODE_LAYOUT_ITEM_IGNORED;
        g_assert_cmpuint (n_ignored, ==, expected[i]);
        g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "\"later\": 1"));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/pins/edges-with-wires", "schematic", test_edges);
  g_test_add_data_func ("/pins/edges-with-labels", "text-flow", test_edges);
  g_test_add_func ("/pins/taken", test_taken);
  g_test_add_func ("/pins/steps", test_steps);
  g_test_add_func ("/pins/many", test_many);
  g_test_add_func ("/pins/wires-stay", test_wires_stay);
  g_test_add_func ("/pins/box-and-copies", test_box_and_copies);
  g_test_add_func ("/pins/held", test_held);
  g_test_add_func ("/pins/file", test_file);
  g_test_add_func ("/pins/bad-file", test_bad_file);
  return g_test_run ();
}
