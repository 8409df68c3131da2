#include "layout/layout.h"

#include "layout/routes.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (NudgeLayout, nudge_layout, nudge_layout_ref, nudge_layout_unref)

static void
list_units (NudgeLayout *self, GPtrArray *diagnostics)
{
  g_autoptr (GArray) units = g_array_new (FALSE, TRUE, sizeof (NudgeUnit));

  for (guint part = 0; part < self->circuit->n_parts; part++)
    {
      const NudgeSymbol *symbol = nudge_library_get_part_symbol (self->library, self->circuit, part, diagnostics);

      self->part_units[part] = units->len;
      for (guint unit = 1; unit <= symbol->n_units; unit++)
        {
          NudgeUnit entry = { .part = part, .unit = unit, .symbol = symbol };

          g_array_append_val (units, entry);
        }
    }
  self->part_units[self->circuit->n_parts] = units->len;
  self->n_units = units->len;
  self->units = (NudgeUnit *) g_array_free (g_steal_pointer (&units), FALSE);
}

/**
 * nudge_layout_new:
 * @circuit: what is connected
 * @library: where its symbols are looked up
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings about symbols
 *
 * Makes a layout in which nothing is placed yet.
 *
 * Returns: (transfer full): the layout
 */
NudgeLayout *
nudge_layout_new (NudgeCircuit *circuit, NudgeLibrary *library, GPtrArray *diagnostics)
{
  NudgeLayout *self;

  g_return_val_if_fail (circuit != NULL, NULL);
  g_return_val_if_fail (NUDGE_IS_LIBRARY (library), NULL);

  self = g_new0 (NudgeLayout, 1);
  g_atomic_ref_count_init (&self->refs);
  self->circuit = nudge_circuit_ref (circuit);
  self->library = g_object_ref (library);
  self->part_units = g_new0 (guint, circuit->n_parts + 1);
  list_units (self, diagnostics);
  self->placements = g_new0 (NudgePlacement, self->n_units);
  self->boxes = g_new0 (NudgeBoxPlacement, circuit->n_blocks);
  self->net_styles = g_new0 (NudgeNetStyle, circuit->n_nets);
  self->papers = g_new0 (NudgePaper, circuit->n_blocks);
  return self;
}

NudgeLayout *
nudge_layout_ref (NudgeLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_layout_unref (NudgeLayout *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->units);
  g_free (self->placements);
  g_free (self->part_units);
  g_free (self->boxes);
  g_free (self->net_styles);
  g_free (self->papers);
  for (guint i = 0; self->routes != NULL && i < self->circuit->n_blocks; i++)
    if (self->routes[i] != NULL)
      nudge_routes_unref (self->routes[i]);
  g_free (self->routes);
  nudge_circuit_unref (self->circuit);
  g_object_unref (self->library);
  g_free (self);
}

/**
 * nudge_layout_copy:
 * @self: a layout
 *
 * Returns: (transfer full): a copy that its caller may change until it hands it on
 */
NudgeLayout *
nudge_layout_copy (const NudgeLayout *self)
{
  NudgeLayout *copy;
  const NudgeCircuit *circuit;

  g_return_val_if_fail (self != NULL, NULL);
  circuit = self->circuit;
  copy = g_memdup2 (self, sizeof *self);
  g_atomic_ref_count_init (&copy->refs);
  nudge_circuit_ref (copy->circuit);
  g_object_ref (copy->library);
  copy->units = g_memdup2 (self->units, self->n_units * sizeof *self->units);
  copy->placements = g_memdup2 (self->placements, self->n_units * sizeof *self->placements);
  copy->part_units = g_memdup2 (self->part_units, (circuit->n_parts + 1) * sizeof *self->part_units);
  copy->boxes = g_memdup2 (self->boxes, circuit->n_blocks * sizeof *self->boxes);
  copy->net_styles = g_memdup2 (self->net_styles, circuit->n_nets * sizeof *self->net_styles);
  copy->papers = g_memdup2 (self->papers, circuit->n_blocks * sizeof *self->papers);
  if (self->routes != NULL)
    {
      copy->routes = g_memdup2 (self->routes, circuit->n_blocks * sizeof *self->routes);
      for (guint i = 0; i < circuit->n_blocks; i++)
        if (copy->routes[i] != NULL)
          nudge_routes_ref (copy->routes[i]);
    }
  return copy;
}

NudgeRoutes *
nudge_layout_get_routes (const NudgeLayout *self, guint block)
{
  return self->routes != NULL ? self->routes[block] : NULL;
}

void
nudge_layout_set_routes (NudgeLayout *self, guint block, NudgeRoutes *routes)
{
  if (self->routes == NULL)
    self->routes = g_new0 (gpointer, self->circuit->n_blocks);
  nudge_routes_ref (routes);
  if (self->routes[block] != NULL)
    nudge_routes_unref (self->routes[block]);
  self->routes[block] = routes;
}

static const struct
{
  const char *name;
  NudgePoint size;
} papers[] = {
  [NUDGE_PAPER_A4] = { "A4", { 2970000, 2100000 } },
  [NUDGE_PAPER_A3] = { "A3", { 4200000, 2970000 } },
  [NUDGE_PAPER_A2] = { "A2", { 5940000, 4200000 } },
  [NUDGE_PAPER_A1] = { "A1", { 8410000, 5940000 } },
  [NUDGE_PAPER_A0] = { "A0", { 11890000, 8410000 } },
};

NudgePoint
nudge_paper_size (NudgePaper paper)
{
  g_return_val_if_fail (paper < G_N_ELEMENTS (papers), papers[0].size);
  return papers[paper].size;
}

const char *
nudge_paper_name (NudgePaper paper)
{
  g_return_val_if_fail (paper < G_N_ELEMENTS (papers), "A4");
  return papers[paper].name;
}
