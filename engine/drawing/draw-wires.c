/* draw-wires.c: a sheet with wires: as the arranger found it, or drawn anew where the layout came from elsewhere. */
#include "drawing/annotations.h"
#include "drawing/router.h"
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
    routes = work_routes_from_layout (builder->plan, sheet);
  work_routes_emit (routes, builder);
  nudge_sheet_builder_add_annotations (builder, diagnostics);
  return TRUE;
}

static void
place_items (WorkSheet *work)
{
  const NudgeLayout *layout = work->plan->layout;

  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];
      NudgePose pose = { { 0, 0 }, 0, 0 };
      guint index;
      NudgeBox full;

      if (item->unit != NUDGE_NONE)
        pose = layout->placements[item->unit].pose;
      else
        {
          NudgePoint at = layout->boxes[work->sheet->boxes[item->box].block].at;
          pose.at = (NudgePoint){ nudge_snap (at.x, WORK_CELL), nudge_snap (at.y, WORK_CELL) };
        }
      index = work_pose_from_pose (&pose);
      full = work_box_at (&item->shape->poses[index].full, pose.at.x / WORK_CELL, pose.at.y / WORK_CELL);
      if (pose.at.x % WORK_CELL != 0 || pose.at.y % WORK_CELL != 0 || full.x0 < 3 * WORK_CELL || full.y0 < 3 * WORK_CELL
          || full.x1 > (work->width - 4) * WORK_CELL || full.y1 > (work->height - 4) * WORK_CELL)
        continue;
      work_place_item (work, i, pose.at.x / WORK_CELL, pose.at.y / WORK_CELL, index);
    }
}

/* Everything at its place, then all wires, then all texts. Parts off the grid keep their place, and their labels. */
NudgeRoutes *
work_routes_from_layout (const NudgePlan *plan, const NudgePlanSheet *sheet)
{
  g_autoptr (WorkModel) model = work_model_new (plan, sheet);
  g_autofree guint *elements = g_new (guint, model->n_elements + 1);
  g_autoptr (WorkSheet) work = NULL;
  NudgePoint page = nudge_paper_size (plan->layout->papers[sheet->block]);
  NudgeRoutes *routes = work_routes_new (sheet);

  for (guint i = 0; i < model->n_elements; i++)
    elements[i] = i;
  work = work_model_sheet (model, elements, model->n_elements);
  work_sheet_open (work, page.x / WORK_CELL + 1, page.y / WORK_CELL + 1);
  place_items (work);
  work_nets_draw_all (work);
  for (guint i = 0; i < work->n_items; i++)
    if (work->items[i].placed)
      work_place_fields (work, i);
  work_nets_squeeze (work);
  for (guint net = 0; net < work->n_nets; net++)
    work_net_name (work, net);
  work_routes_add_sheet (routes, model, work, elements, 0, 0);
  return routes;
}
