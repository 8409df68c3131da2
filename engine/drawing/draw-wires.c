/* draw-wires.c: a sheet with wires: as the arranger found it, with what has changed since drawn anew. */
#include "drawing/annotations.h"
#include "drawing/work-routes.h"

gboolean
nudge_draw_wires (NudgeSheetBuilder *builder, GPtrArray *diagnostics, GError **error)
{
  const NudgePlanSheet *sheet = builder->sheet;
  NudgeRoutes *known = nudge_layout_get_routes (builder->plan->layout, sheet->block);
  g_autoptr (NudgeRoutes) routes = NULL;

  if (known != NULL && work_routes_match (known, builder->plan, sheet))
    routes = nudge_routes_ref (known);
  else
    routes = work_routes_from_layout (builder->plan, sheet, known);
  work_routes_emit (routes, builder);
  nudge_sheet_builder_add_annotations (builder, diagnostics);
  return TRUE;
}
