/* What a dragged part lines up with. */
#include "canvas/guides.h"
#include "fixture.h"

typedef struct
{
  NudgeDrawing *drawing;
  const NudgeDrawnSheet *sheet;
  NudgeGuides *guides;
  guint symbol;         /* what is moved */
  NudgePoint pin, partner;  /* of one net */
} Fixture;

static gboolean
pin_of_net (const Fixture *self, guint symbol, guint net, NudgePoint *at)
{
  const NudgeDrawnSymbol *drawn = &self->sheet->symbols[symbol];

  for (guint i = 0; drawn->part != NUDGE_NONE && i < drawn->symbol->n_pins; i++)
    if (nudge_circuit_net_of (self->drawing->layout->circuit, drawn->part, drawn->symbol->pins[i].number) == net)
      {
        *at = nudge_pose_point (&drawn->pose, drawn->symbol->pins[i].at);
        return TRUE;
      }
  return FALSE;
}

/* A signal net with pins of two symbols. */
static gboolean
find_pair (Fixture *self)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;

  for (guint net = 0; net < circuit->n_nets; net++)
    for (guint a = 0; a < self->sheet->n_symbols && !circuit->nets[net].is_power; a++)
      for (guint b = 0; b < self->sheet->n_symbols; b++)
        if (a != b && pin_of_net (self, a, net, &self->pin) && pin_of_net (self, b, net, &self->partner)
            && (self->pin.x != self->partner.x || self->pin.y != self->partner.y))
          {
            self->symbol = a;
            return TRUE;
          }
  return FALSE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GArray) symbols = g_array_new (FALSE, FALSE, sizeof (guint)), boxes = g_array_new (FALSE, FALSE, sizeof (guint));

  self->drawing = fixture_drawing (fixture_hierarchy, NULL);
  self->sheet = &self->drawing->sheets[0];
  g_assert_true (find_pair (self));
  g_array_append_val (symbols, self->symbol);
  self->guides = nudge_guides_new (self->drawing, self->sheet, symbols, boxes);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  nudge_guides_free (self->guides);
  nudge_drawing_unref (self->drawing);
}

/* From where the wire is straight, a line leads to what the part lines up with. */
static void
test_straight (Fixture *self, gconstpointer data)
{
  NudgePoint offset, shift = { self->partner.x - self->pin.x, self->partner.y - self->pin.y };
  NudgeGuideLine lines[2];
  guint n = nudge_guides_snap (self->guides, shift.x + 0.2 * NUDGE_GRID, shift.y - 5.9 * NUDGE_GRID, 0, &offset, lines);

  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpint (offset.x, ==, shift.x);
  g_assert_cmpint (lines[0].moved.x, ==, lines[0].still.x);
  g_assert_cmpint (lines[0].moved.y, !=, lines[0].still.y);
}

static void
test_lets_go (Fixture *self, gconstpointer data)
{
  double far = NUDGE_MM (5000) + 0.2 * NUDGE_GRID;
  NudgePoint offset;
  NudgeGuideLine lines[2];

  g_assert_cmpuint (nudge_guides_snap (self->guides, far, far, NUDGE_GRID, &offset, lines), ==, 0);
  g_assert_cmpint (offset.x, ==, nudge_snap (NUDGE_MM (5000), NUDGE_GRID));
  g_assert_cmpint (offset.y, ==, offset.x);
}

/* However far the hand goes, every place is on the grid; it is another than the nearest only where a guide attracts. */
static void
test_on_grid (Fixture *self, gconstpointer data)
{
  guint n_attracted = 0;

  for (gint x = -200; x < 200; x++)
    for (gint y = -40; y < 40; y += 7)
      {
        NudgePoint offset;
        NudgeGuideLine lines[2];
        guint n = nudge_guides_snap (self->guides, x * 4321.5, y * 3210.7, 3.0 * NUDGE_GRID, &offset, lines);
        gboolean is_nearest = offset.x == nudge_snap ((gint64) (x * 4321.5), NUDGE_GRID) && offset.y == nudge_snap ((gint64) (y * 3210.7), NUDGE_GRID);

        n_attracted += !is_nearest;
        g_assert_true (is_nearest || n > 0);
        g_assert_cmpint (offset.x % NUDGE_GRID, ==, 0);
        g_assert_cmpint (offset.y % NUDGE_GRID, ==, 0);
        g_assert_cmpint (ABS (offset.x - x * 4321), <=, 4 * NUDGE_GRID);
      }
  g_assert_cmpuint (n_attracted, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/guides/straight", Fixture, NULL, set_up, test_straight, tear_down);
  g_test_add ("/guides/lets-go", Fixture, NULL, set_up, test_lets_go, tear_down);
  g_test_add ("/guides/on-grid", Fixture, NULL, set_up, test_on_grid, tear_down);
  return g_test_run ();
}
