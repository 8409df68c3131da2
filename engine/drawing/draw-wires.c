/* draw-wires.c: a sheet with wires: as the arranger found it, with what has changed since drawn anew. */
#include "drawing/annotations.h"
#include "drawing/frames.h"
#include "drawing/work-routes.h"

gboolean
nudge_draw_wires (NudgeSheetBuilder *builder, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (NudgeRoutes) routes = work_routes_now (builder->plan, builder->sheet);

  work_routes_emit (routes, builder);
  nudge_sheet_builder_add_frames (builder);
  nudge_sheet_builder_add_annotations (builder, diagnostics);
  return TRUE;
}
