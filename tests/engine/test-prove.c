/* The proof: accepts what is right, and finds every single thing that is made wrong. */
#include "fixture.h"

#include "drawing/connectivity.h"

#include <string.h>

static gboolean
has_code (GPtrArray *diagnostics, NudgeCode code)
{
  for (guint i = 0; i < diagnostics->len; i++)
    if (((NudgeDiagnostic *) diagnostics->pdata[i])->code == code)
      return TRUE;
  return FALSE;
}

static void
assert_proven (NudgeDrawing *drawing)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  gboolean proven = nudge_prove (drawing, diagnostics, &error);

  g_assert_no_error (error);
  g_assert_true (proven);
  g_assert_cmpuint (diagnostics->len, ==, 0);
}

static void
assert_refused (NudgeDrawing *drawing, NudgeCode code)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (nudge_prove (drawing, diagnostics, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_PROOF);
  g_assert_true (has_code (diagnostics, code));
}

static void
test_accepts (void)
{
  g_autoptr (NudgeDrawing) hierarchy = fixture_drawing (fixture_hierarchy, "text-flow");
  g_autoptr (NudgeDrawing) repeated = fixture_drawing (fixture_repeated, "text-flow");

  assert_proven (hierarchy);
  assert_proven (repeated);
  g_assert_cmpuint (hierarchy->n_sheets, ==, 2);
  g_assert_cmpuint (repeated->n_sheets, ==, 2);
  g_assert_cmpuint (repeated->sheets[1].n_instances, ==, 2);
}

/* Every label stands for a connection: without it the net falls apart. */
static void
test_dropped_label (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  guint n = 0;

  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint i = 0; i < drawing->sheets[s].n_labels; i++, n++)
      {
        NudgeLabel *label = &drawing->sheets[s].labels[i];
        NudgePoint at = label->at;

        label->at = (NudgePoint){ -10000 - (gint32) i, -10000 };
        assert_refused (drawing, NUDGE_CODE_PROOF_SPLIT);
        label->at = at;
      }
  g_assert_cmpuint (n, >, 5);
  assert_proven (drawing);
}

static void
test_renamed_label (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  NudgeDrawnSheet *root = &drawing->sheets[0];
  guint n = 0;

  for (guint i = 0; i < root->n_labels; i++)
    for (guint k = 0; k < root->n_labels; k++)
      {
        const char *text = root->labels[i].text;

        if (g_str_equal (text, root->labels[k].text))
          continue;
        root->labels[i].text = root->labels[k].text;
        assert_refused (drawing, NUDGE_CODE_PROOF_MERGED);
        root->labels[i].text = text;
        n++;
      }
  g_assert_cmpuint (n, >, 0);
}

static void
test_swapped_pins (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  NudgeDrawnSymbol *resistor = NULL;

  for (guint i = 0; i < drawing->sheets[0].n_symbols; i++)
    if (g_str_equal (drawing->sheets[0].symbols[i].symbol->name, "R"))
      resistor = &drawing->sheets[0].symbols[i];
  g_assert_nonnull (resistor);
  resistor->pose.turn = 2;
  assert_refused (drawing, NUDGE_CODE_PROOF_MERGED);
}

static void
test_power_symbol (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  guint n = 0;

  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint i = 0; i < drawing->sheets[s].n_symbols; i++)
      {
        NudgeDrawnSymbol *symbol = &drawing->sheets[s].symbols[i];
        gint32 x = symbol->pose.at.x;

        if (symbol->part != NUDGE_NONE || !g_str_equal (symbol->symbol->id, "power:GND"))
          continue;
        symbol->pose.at.x += NUDGE_GRID / 2;
        assert_refused (drawing, NUDGE_CODE_PROOF_SPLIT);
        symbol->pose.at.x = x;
        n++;
      }
  /* Three at pins, one at the flag. */
  g_assert_cmpuint (n, ==, 4);
}

static NudgeWire
add_wire (NudgeDrawnSheet *sheet, NudgePoint a, NudgePoint b)
{
  NudgeWire wire = { a, b, NUDGE_NONE };

  sheet->wires = g_renew (NudgeWire, sheet->wires, sheet->n_wires + 1);
  sheet->wires[sheet->n_wires++] = wire;
  return wire;
}

static NudgePoint
label_place (const NudgeDrawnSheet *sheet, const char *text)
{
  for (guint i = 0; i < sheet->n_labels; i++)
    if (g_str_equal (sheet->labels[i].text, text))
      return sheet->labels[i].at;
  g_assert_not_reached ();
}

/* A wire joins by its ends; along its length only labels and junctions take hold of it. */
static void
test_wires (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  NudgeDrawnSheet *root = &drawing->sheets[0];
  NudgePoint in = label_place (root, "IN"), out = label_place (root, "OUT"), far = { -500000, -500000 };
  guint n_before = root->n_wires;

  add_wire (root, in, far);
  assert_proven (drawing);
  add_wire (root, out, far);
  assert_refused (drawing, NUDGE_CODE_PROOF_MERGED);
  root->wires[root->n_wires - 1].b.x += 1;
  assert_proven (drawing);

  /* An end in the middle of another wire does not join without a junction. */
  root->wires[n_before] = (NudgeWire){ in, { in.x, in.y - 1000000 }, NUDGE_NONE };
  root->wires[n_before + 1] = (NudgeWire){ far, { in.x, in.y - 500000 }, NUDGE_NONE };
  add_wire (root, far, out);
  assert_proven (drawing);
  root->junctions = g_renew (NudgeJunction, root->junctions, root->n_junctions + 1);
  root->junctions[root->n_junctions++] = (NudgeJunction){ { in.x, in.y - 500000 }, NUDGE_NONE };
  assert_refused (drawing, NUDGE_CODE_PROOF_MERGED);
}

/* A flag holds no pin of a part; it must stand at its rail all the same. */
static void
test_stray_flag (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  NudgeDrawnSheet *root = &drawing->sheets[0];
  guint n = 0;

  for (guint i = 0; i < root->n_symbols; i++)
    if (g_str_equal (root->symbols[i].symbol->id, "power:PWR_FLAG"))
      {
        root->symbols[i].pose.at.y += NUDGE_GRID;
        assert_refused (drawing, NUDGE_CODE_PROOF_SPLIT);
        root->symbols[i].pose.at.y -= NUDGE_GRID;
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_missing_part (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");

  for (guint s = 0; s < drawing->n_sheets; s++)
    for (guint i = 0; i < drawing->sheets[s].n_symbols; i++)
      {
        NudgeDrawnSymbol *symbol = &drawing->sheets[s].symbols[i];
        guint part = symbol->part;

        if (part == NUDGE_NONE)
          continue;
        symbol->part = NUDGE_NONE;
        assert_refused (drawing, NUDGE_CODE_PROOF_MISSING_PART);
        symbol->part = part;
      }
}

static void
test_open_pin (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  NudgeDrawnSheet *root = &drawing->sheets[0];

  g_assert_cmpuint (root->n_no_connects, ==, 1);
  add_wire (root, root->no_connects[0], label_place (root, "IN"));
  assert_refused (drawing, NUDGE_CODE_PROOF_EXTRA_PIN);
}

static void
test_sheet_pin (void)
{
  g_autoptr (NudgeDrawing) drawing = fixture_drawing (fixture_hierarchy, "text-flow");
  NudgeDrawnSheet *root = &drawing->sheets[0];

  g_assert_cmpuint (root->n_boxes, ==, 1);
  g_assert_cmpuint (root->n_sheet_pins, ==, 1);
  g_assert_cmpstr (root->sheet_pins[0].name, ==, "OUT");
  root->sheet_pins[0].name = "OTHER";
  assert_refused (drawing, NUDGE_CODE_PROOF_SPLIT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prove/accepts", test_accepts);
  g_test_add_func ("/prove/dropped-label", test_dropped_label);
  g_test_add_func ("/prove/renamed-label", test_renamed_label);
  g_test_add_func ("/prove/swapped-pins", test_swapped_pins);
  g_test_add_func ("/prove/power-symbol", test_power_symbol);
  g_test_add_func ("/prove/wires", test_wires);
  g_test_add_func ("/prove/stray-flag", test_stray_flag);
  g_test_add_func ("/prove/missing-part", test_missing_part);
  g_test_add_func ("/prove/open-pin", test_open_pin);
  g_test_add_func ("/prove/sheet-pin", test_sheet_pin);
  return g_test_run ();
}
