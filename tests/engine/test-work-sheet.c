/* The work sheet: trials leave no trace, the cost is exact, wires keep the rules. */
#include "fixture.h"

#include "arrange/schematic-grow.h"
#include "arrange/schematic-expect.h"
#include "drawing/work-model.h"

#include <string.h>

#define RESISTOR(name) "'" name "': {'symbol': 'Device:R', 'ref': '" name "', 'value': '1k'}"
#define NODE(part, pin) "{'component': '" part "', 'pin': {'number': '" pin "'}}"

/* A divider with a capacitor and an LED: signal nets of two, three and four pins, two rails. */
static const char network[] =
  "{'name': 'top', 'components': {" RESISTOR ("R1") "," RESISTOR ("R2") "," RESISTOR ("R3") "," RESISTOR ("R4") ","
  " 'C1': {'symbol': 'Device:C', 'ref': 'C1', 'value': '100n'}, 'D1': {'symbol': 'Device:LED', 'ref': 'D1', 'value': 'red'}},"
  " 'nets': {'VCC': {'nodes': [" NODE ("R1", "1") "," NODE ("R4", "1") "], 'is_power': true, 'power_symbol': 'power:VCC'},"
  "          'GND': {'nodes': [" NODE ("R2", "2") "," NODE ("C1", "2") "," NODE ("D1", "1") "], 'is_power': true, 'power_symbol': 'power:GND'},"
  "          'MID': {'nodes': [" NODE ("R1", "2") "," NODE ("R2", "1") "," NODE ("R3", "1") "]},"
  "          'OUT': {'nodes': [" NODE ("R3", "2") "," NODE ("C1", "1") "]},"
  "          'LED': {'nodes': [" NODE ("R4", "2") "," NODE ("D1", "2") "]}}}";

typedef struct
{
  NudgeCircuit *circuit;
  NudgeLibrary *library;
  NudgeLayout *layout;
  NudgePlan *plan;
  WorkModel *model;
  WorkSheet *work;
} Bench;

static void
bench_init (Bench *b, const char *json)
{
  g_autoptr (SchematicFlow) flow = NULL;
  guint elements[64];

  b->circuit = fixture_circuit (json);
  b->library = nudge_library_new ();
  b->layout = nudge_layout_new (b->circuit, b->library, NULL);
  b->plan = nudge_plan_new (b->layout, NULL);
  b->model = work_model_new (b->plan, &b->plan->sheets[0]);
  g_assert_cmpuint (b->model->n_elements, <, G_N_ELEMENTS (elements));
  for (guint i = 0; i < b->model->n_elements; i++)
    elements[i] = i;
  b->work = work_model_sheet (b->model, elements, b->model->n_elements);
  flow = schematic_flow_new (b->model);
  schematic_expect (b->model, flow, elements, b->work);
  g_assert_cmpuint (b->work->ties->len, >, 0);
}

static void
bench_clear (Bench *b)
{
  work_sheet_free (b->work);
  work_model_free (b->model);
  nudge_plan_free (b->plan);
  nudge_layout_unref (b->layout);
  g_object_unref (b->library);
  nudge_circuit_unref (b->circuit);
}

static guint
item_of (const Bench *b, const char *reference)
{
  for (guint i = 0; i < b->work->n_items; i++)
    if (g_strcmp0 (b->work->items[i].reference, reference) == 0)
      return i;
  g_assert_not_reached ();
}

static guint
net_of (const Bench *b, const char *label)
{
  for (guint i = 0; i < b->work->n_nets; i++)
    if (g_str_equal (b->work->nets[i].label, label))
      return i;
  g_assert_not_reached ();
}

static guint
wires_of (const Bench *b, const char *label)
{
  guint16 id = (guint16) (net_of (b, label) + 1);
  guint n = 0;

  for (gsize i = 0; i < (gsize) b->work->width * b->work->height; i++)
    n += (b->work->nodes[i].h == id) + (b->work->nodes[i].v == id);
  return n;
}

/* A trial that is undone leaves every node, every cost and every list as it was. */
static void
test_undo (void)
{
  Bench b;
  g_autofree WorkNode *nodes = NULL;
  gsize size;
  gint32 cost;

  bench_init (&b, network);
  schematic_grow (b.work, 3);
  size = sizeof (WorkNode) * b.work->width * b.work->height;
  nodes = g_memdup2 (b.work->nodes, size);
  cost = b.work->cost;
  for (guint i = 0; i < b.work->n_items; i++)
    {
      guint trial = work_begin (b.work), inner;

      work_take_out (b.work, i);
      g_assert_cmpint (b.work->cost, !=, cost);
      inner = work_begin (b.work);
      g_assert_true (schematic_insert_best (b.work, i, 3, 5));
      work_undo (b.work, inner);
      g_assert_false (b.work->items[i].placed);
      g_assert_true (schematic_insert_best (b.work, i, 3, 0));
      work_undo (b.work, trial);
      g_assert_true (b.work->items[i].placed);
      g_assert_cmpint (b.work->cost, ==, cost);
      g_assert_cmpint (memcmp (nodes, b.work->nodes, size), ==, 0);
    }
  bench_clear (&b);
}

/* When all has been taken out again, nothing stands and nothing costs. */
static void
test_exact_cost (void)
{
  Bench b;

  bench_init (&b, network);
  schematic_grow (b.work, 3);
  schematic_refine (b.work, 60);
  schematic_mend (b.work, 10);
  g_assert_cmpint (b.work->cost, >, 0);
  for (guint i = 0; i < b.work->n_items; i++)
    work_take_out (b.work, i);
  g_assert_cmpint (b.work->cost, ==, 0);
  for (gsize i = 0; i < (gsize) b.work->width * b.work->height; i++)
    {
      const WorkNode *n = &b.work->nodes[i];
      g_assert_cmpuint (n->h | n->v | n->pin_at | n->mark_at | n->zone | n->block | n->soft | n->text_h | n->text_v, ==, 0);
    }
  for (guint i = 0; i < b.work->n_nets; i++)
    {
      g_assert_cmpuint (b.work->nets[i].placed, ==, 0);
      g_assert_cmpuint (b.work->nets[i].first_mark, ==, 0);
      g_assert_cmpint (b.work->nets[i].homeless, ==, 0);
    }
  bench_clear (&b);
}

/* Two pins that face each other are joined by a straight wire. */
static void
test_straight (void)
{
  Bench b;
  guint r4, d1;

  bench_init (&b, network);
  work_sheet_open (b.work, 120, 120);
  r4 = item_of (&b, "R4");
  d1 = item_of (&b, "D1");
  work_insert (b.work, r4, 60, 40, 0);
  /* The LED hangs with its anode up. */
  work_insert (b.work, d1, 60, 60, 1);
  if (b.work->items[d1].shape->poses[1].pins[b.work->pins[b.work->items[d1].first_pin + 1].shape_pin].exit != 1)
    {
      work_take_out (b.work, d1);
      work_insert (b.work, d1, 60, 60, 3);
    }
  g_assert_cmpuint (wires_of (&b, "LED"), ==, 14);
  /* Straight ahead nothing is to be looked for. */
  g_assert_cmpuint (b.work->effort.expansions, <=, 500);
  g_assert_cmpuint (b.work->nets[net_of (&b, "LED")].clusters, ==, 1);
  for (gint y = 44; y < 56; y++)
    g_assert_cmpuint (b.work->nodes[work_node (b.work, 60, y)].v, ==, net_of (&b, "LED") + 1);
  bench_clear (&b);
}

/* What a trial changed comes back from the shelf as it was. */
static void
test_shelf (void)
{
  Bench b;
  g_autoptr (GArray) shelf = g_array_new (FALSE, FALSE, sizeof (WorkChange));
  gint32 before, after;
  guint trial;

  bench_init (&b, network);
  work_sheet_open (b.work, 120, 120);
  work_insert (b.work, item_of (&b, "R1"), 60, 40, 0);
  before = b.work->cost;
  trial = work_begin (b.work);
  work_insert (b.work, item_of (&b, "R2"), 60, 60, 0);
  after = b.work->cost;
  work_shelve (b.work, trial, shelf);
  g_assert_cmpint (b.work->cost, ==, before);
  g_assert_cmpuint (wires_of (&b, "MID"), ==, 0);
  work_unshelve (b.work, shelf);
  g_assert_cmpint (b.work->cost, ==, after);
  g_assert_cmpuint (wires_of (&b, "MID"), >, 0);
  g_assert_true (b.work->items[item_of (&b, "R2")].placed);
  bench_clear (&b);
}

/* A body between two pins is walked round; no wire ever enters it. */
static void
test_detour (void)
{
  Bench b;
  guint16 id;

  bench_init (&b, network);
  work_sheet_open (b.work, 120, 120);
  work_insert (b.work, item_of (&b, "R1"), 60, 40, 0);
  work_insert (b.work, item_of (&b, "R4"), 60, 56, 0);
  work_insert (b.work, item_of (&b, "R2"), 60, 74, 0);
  id = (guint16) (net_of (&b, "MID") + 1);
  g_assert_cmpuint (b.work->nets[id - 1].clusters, ==, 1);
  g_assert_cmpuint (wires_of (&b, "MID"), >, 28);
  for (gint y = 54; y <= 58; y++)
    g_assert_cmpuint (b.work->nodes[work_node (b.work, 60, y)].v, !=, id);
  bench_clear (&b);
}

/* A rail's symbol stands below for ground and above for a supply, each at a place of its own. */
static void
test_power_marks (void)
{
  Bench b;
  const WorkMark *mark;

  bench_init (&b, network);
  work_sheet_open (b.work, 120, 120);
  work_insert (b.work, item_of (&b, "R1"), 60, 40, 0);
  work_insert (b.work, item_of (&b, "R2"), 60, 60, 0);
  g_assert_cmpuint (b.work->nets[net_of (&b, "GND")].first_mark, !=, 0);
  mark = &b.work->marks[b.work->nets[net_of (&b, "GND")].first_mark - 1];
  g_assert_cmpuint (mark->kind, ==, WORK_MARK_POWER);
  g_assert_cmpuint (mark->direction, ==, 3);
  g_assert_cmpint (mark->y, >, 60);
  mark = &b.work->marks[b.work->nets[net_of (&b, "VCC")].first_mark - 1];
  g_assert_cmpuint (mark->direction, ==, 1);
  g_assert_cmpint (mark->y, <, 40);
  g_assert_cmpint (b.work->nets[net_of (&b, "GND")].homeless, ==, 0);
  bench_clear (&b);
}

/* A part does not fit where another stands, nor where it would cover a wire. */
static void
test_fits (void)
{
  Bench b;
  guint r3;

  bench_init (&b, network);
  work_sheet_open (b.work, 120, 120);
  work_insert (b.work, item_of (&b, "R1"), 60, 40, 0);
  work_insert (b.work, item_of (&b, "R2"), 60, 60, 0);
  r3 = item_of (&b, "R3");
  g_assert_false (work_item_fits (b.work, r3, 60, 40, 0, NULL));
  g_assert_false (work_item_fits (b.work, r3, 61, 40, 0, NULL));
  g_assert_false (work_item_fits (b.work, r3, 60, 50, 1, NULL));
  g_assert_false (work_item_fits (b.work, r3, 1, 1, 0, NULL));
  g_assert_true (work_item_fits (b.work, r3, 90, 50, 0, NULL));
  bench_clear (&b);
}

/* Poses and KiCad's way to write them are one to one. */
static void
test_poses (void)
{
  for (guint pose = 0; pose < WORK_POSES; pose++)
    {
      NudgePose kicad;

      work_pose_to_pose (pose, &kicad);
      g_assert_cmpuint (work_pose_from_pose (&kicad), ==, pose);
    }
}

/* A pin without a line on the edge of its body leaves the body, whichever way it was drawn; a number that is longer than
 * its pin takes room beyond its tip. */
static void
test_edges (void)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "engine", "data", NULL);
  g_autoptr (GError) error = NULL;
  const NudgeSymbol *symbol;
  WorkShape *shape;

  nudge_library_set_cache_folder (library, NULL);
  g_assert_true (nudge_library_add_folder (library, folder, &error));
  symbol = nudge_library_get_symbol (library, "edges:Edges", &error);
  g_assert_no_error (error);
  shape = work_shape_new (symbol, 1);
  g_assert_cmpuint (shape->n_pins, ==, 3);
  g_assert_cmpuint (shape->poses[0].pins[0].exit, ==, 1);
  g_assert_cmpuint (shape->poses[2].pins[0].exit, ==, 3);
  g_assert_cmpuint (shape->poses[0].pins[1].exit, ==, 3);
  g_assert_cmpuint (shape->poses[0].pins[2].exit, ==, 2);
  g_assert_cmpint (shape->poses[0].full.x0, ==, -NUDGE_MM (10.16));
  g_assert_cmpint (shape->poses[0].sides[2].x0, <, -NUDGE_MM (10.6));
  g_assert_cmpint (shape->poses[0].sides[3].y1, ==, NUDGE_MM (10.16));
  work_shape_free (shape);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/work-sheet/undo", test_undo);
  g_test_add_func ("/work-sheet/exact-cost", test_exact_cost);
  g_test_add_func ("/work-sheet/shelf", test_shelf);
  g_test_add_func ("/work-sheet/straight", test_straight);
  g_test_add_func ("/work-sheet/detour", test_detour);
  g_test_add_func ("/work-sheet/power-marks", test_power_marks);
  g_test_add_func ("/work-sheet/fits", test_fits);
  g_test_add_func ("/work-sheet/poses", test_poses);
  g_test_add_func ("/work-sheet/edges", test_edges);
  return g_test_run ();
}
