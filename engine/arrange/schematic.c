/* schematic.c: draws as a good engineer would: wires within a group of parts, labels between groups. */
#include "arrange/arrange.h"

#include "arrange/schematic-grow.h"
#include "arrange/schematic-groups.h"
#include "arrange/schematic-repeat.h"

typedef struct
{
  const NudgePlan *plan;
  guint n_sheets;
  NudgeRoutes **routes;        /* by plan sheet */
  NudgePaper *papers;
  GCancellable *cancellable;
} Job;

static void
grow_group (WorkSheet *work)
{
  schematic_grow (work, 3);
  schematic_refine (work, work->n_items * 2);
  schematic_mend (work, 24 + work->n_items);
}

/* The first of several groups that say the same is drawn once more in the way in which its copies are. */
static void
stamp_first (const WorkModel *model, SchematicGroup *first)
{
  WorkSheet *again = work_model_sheet (model, first->elements, first->n_elements);

  if (first->stamped)
    {
      work_sheet_free (again);
      return;
    }
  first->stamped = TRUE;
  if (schematic_stamp (again, first->work))
    {
      work_sheet_free (first->work);
      first->work = again;
    }
  else
    work_sheet_free (again);
}

/* @known: groups that were drawn, by signature. */
static void
draw_grown (const WorkModel *model, SchematicGroup *group, GHashTable *known)
{
  g_autofree char *signature = NULL;
  SchematicGroup *first;

  schematic_order_group (model, group);
  group->work = work_model_sheet (model, group->elements, group->n_elements);
  signature = schematic_signature (group->work);
  first = group->n_elements > 1 ? g_hash_table_lookup (known, signature) : NULL;
  if (first != NULL)
    {
      stamp_first (model, first);
      if (schematic_stamp (group->work, first->work))
        return;
      work_sheet_free (group->work);
      group->work = work_model_sheet (model, group->elements, group->n_elements);
    }
  grow_group (group->work);
  if (first == NULL)
    g_hash_table_insert (known, g_steal_pointer (&signature), group);
}

static void
draw_group (const WorkModel *model, SchematicGroup *group, GHashTable *known)
{
  switch (group->kind)
    {
    case GROUP_BANK:
      schematic_draw_bank (model, group);
      break;
    case GROUP_ROW:
      schematic_draw_row (model, group);
      break;
    case GROUP_GROWN:
      draw_grown (model, group, known);
      break;
    case GROUP_CHAIN:
      schematic_draw_chain (model, group);
      break;
    case GROUP_FLAGS:
      break;
    }
}

/* Nets with a name say it. A net that needs a flag and says its name has it among the flags of the sheet; others carry
 * it where they are drawn. */
static void
name_and_flag_nets (SchematicGroup *group, gboolean *flagged)
{
  WorkSheet *work = group->work;

  work_nets_squeeze (work);
  for (guint i = 0; group->kind == GROUP_GROWN && i < work->n_nets; i++)
    {
      const WorkNet *net = &work->nets[i];

      work_net_name (work, i);
      if (!net->flag || net->power || net->global || net->first_mark != 0)
        continue;
      /* No name, so that a flag elsewhere would not be joined: here or nowhere. */
      work_net_flag (work, i);
      flagged[net->plan] = TRUE;
    }
}

/* Round what is locked. Every rail carries its flag where it is drawn. */
static void
arrange_locked_sheet (Job *job, guint index, const WorkModel *model, NudgeRoutes *routes)
{
  NudgePaper paper = job->plan->layout->papers[model->sheet->block];
  g_autoptr (WorkSheet) work = schematic_draw_locked (model, &paper);
  g_autofree guint *elements = g_new (guint, model->n_elements + 1);

  for (guint i = 0; i < model->n_elements; i++)
    elements[i] = i;
  work_nets_squeeze (work);
  for (guint i = 0; i < work->n_nets; i++)
    {
      work_net_name (work, i);
      if (work->nets[i].flag)
        work_net_flag (work, i);
    }
  job->papers[index] = paper;
  work_routes_add_sheet (routes, model, work, elements, 0, 0);
}

static void
arrange_sheet (Job *job, guint index)
{
  const NudgePlanSheet *sheet = &job->plan->sheets[index];
  g_autoptr (WorkModel) model = work_model_new (job->plan, sheet);
  g_autoptr (GPtrArray) groups = schematic_groups_new (model);
  NudgeRoutes *routes = work_routes_new (sheet);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gboolean *flagged = g_new0 (gboolean, sheet->n_nets + 1);
  SchematicGroup *flags;

  job->routes[index] = routes;
  if (schematic_has_locks (model))
    {
      arrange_locked_sheet (job, index, model, routes);
      return;
    }
  for (guint i = 0; i < groups->len && !g_cancellable_is_cancelled (job->cancellable); i++)
    draw_group (model, g_ptr_array_index (groups, i), known);
  for (guint i = 0; i < groups->len && !g_cancellable_is_cancelled (job->cancellable); i++)
    name_and_flag_nets (g_ptr_array_index (groups, i), flagged);
  flags = schematic_draw_flags (model, flagged);
  if (flags != NULL)
    g_ptr_array_add (groups, flags);
  if (g_cancellable_is_cancelled (job->cancellable))
    return;
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);
      group->extent = work_sheet_extent (group->work);
    }
  job->papers[index] = schematic_pack (groups);
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);
      work_routes_add_sheet (routes, model, group->work, group->elements, group->x - group->extent.x0, group->y - group->extent.y0);
    }
}

static void
arrange_in_thread (gpointer data, gpointer user_data)
{
  arrange_sheet (user_data, GPOINTER_TO_UINT (data) - 1);
}

/* Sheets do not know of each other, so that any number of threads gives the same result. */
static void
arrange_all (Job *job)
{
  GThreadPool *pool = NULL;

  if (job->n_sheets > 1)
    pool = g_thread_pool_new (arrange_in_thread, job, (gint) g_get_num_processors (), FALSE, NULL);
  for (guint i = 0; i < job->n_sheets; i++)
    if (pool == NULL || !g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL))
      arrange_sheet (job, i);
  if (pool != NULL)
    g_thread_pool_free (pool, FALSE, TRUE);
}

static void
take_over (NudgeLayout *layout, const NudgePlanSheet *sheet, NudgeRoutes *routes, NudgePaper paper)
{
  const NudgeCircuit *circuit = layout->circuit;

  for (guint b = 0; b < sheet->n_blocks; b++)
    {
      guint block = sheet->blocks[b];
      guint first = layout->part_units[circuit->blocks[block].first_part], i = 0;

      layout->papers[block] = paper;
      for (guint unit = 0; unit < sheet->n_units; unit++)
        {
          NudgePlacement *place = &layout->placements[first + unit];
          place->pose = routes->units[unit].pose;
          place->placed = TRUE;
        }
      for (guint child = circuit->blocks[block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling, i++)
        {
          const NudgeBox *box = &routes->boxes[i].box;
          layout->boxes[child] = (NudgeBoxPlacement){ { box->x0, box->y0 }, { box->x1 - box->x0, box->y1 - box->y0 }, TRUE, layout->boxes[child].locked };
        }
    }
  nudge_layout_set_routes (layout, sheet->block, routes);
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) result = nudge_layout_copy (layout);
  g_autoptr (NudgePlan) plan = nudge_plan_new (layout, diagnostics);
  Job job = { .plan = plan, .n_sheets = plan->n_sheets, .cancellable = cancellable };

  job.routes = g_new0 (NudgeRoutes *, plan->n_sheets);
  job.papers = g_new0 (NudgePaper, plan->n_sheets);
  arrange_all (&job);
  for (guint i = 0; i < plan->n_sheets; i++)
    {
      if (!g_cancellable_is_cancelled (cancellable))
        take_over (result, &plan->sheets[i], job.routes[i], job.papers[i]);
      nudge_routes_unref (job.routes[i]);
    }
  g_free (job.routes);
  g_free (job.papers);
  result->wires = TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&result);
}

const NudgeArranger nudge_schematic_arranger = {
  .name = "schematic",
  .summary = "wires within groups of parts, labels between them, as a person draws",
  .arrange = arrange,
};
