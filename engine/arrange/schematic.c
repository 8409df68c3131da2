/* schematic.c: draws as a good engineer would: groups of parts, wires where a reader follows them, labels elsewhere. */
#include "arrange/arrange.h"

#include "arrange/schematic-grow.h"
#include "arrange/schematic-groups.h"
#include "arrange/schematic-expect.h"
#include "arrange/schematic-frames.h"
#include "arrange/schematic-repeat.h"
#include "arrange/schematic-room.h"
#include "arrange/schematic-twins.h"
#include "drawing/work-air.h"
#include "drawing/work-faults.h"

#include <glib/gi18n-lib.h>

#define MAX_FLAG_TRIES 4
#define QUICK_LARGE 40 /* elements from which on a sheet is worth a quick drawing before the good one */

/* What becomes of one sheet. */
typedef struct
{
  NudgeRoutes *routes;
  NudgePaper paper;
} Outcome;

typedef struct
{
  const NudgePlan *plan;
  const SchematicTwins *twins;
  GCancellable *run;
  guint n_elements;            /* on all sheets that are drawn */
  gint n_drawn;                /* of them; atomic */
  GMutex lock;                 /* for what follows */
  guint8 *begun;               /* by plan sheet: 1 quickly, 2 for good */
  gboolean *ready;             /* by plan sheet: drawn for good */
  NudgeLayout *result;         /* with the sheets that are ready */
} Job;

static void
grow_group (WorkSheet *work)
{
  schematic_grow (work, 3);
  schematic_refine (work, work->n_items * 3 / 2);
  schematic_rejoin (work);
  schematic_mend (work, 24 + work->n_items);
  schematic_redraw_rails (work);
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
draw_grown (const WorkModel *model, const SchematicFlow *flow, SchematicGroup *group, GHashTable *known)
{
  g_autofree char *signature = NULL;
  g_autofree guint64 *nets = g_new (guint64, model->sheet->n_nets + 1);
  SchematicGroup *first;

  schematic_order (model, group->elements, group->n_elements, nets);
  group->work = work_model_sheet (model, group->elements, group->n_elements);
  signature = schematic_signature (group->work);
  first = group->n_elements > 1 ? g_hash_table_lookup (known, signature) : NULL;
  if (first != NULL)
    {
      stamp_first (model, first);
      group->stamped = schematic_stamp (group->work, first->work);
      if (group->stamped)
        return;
      work_sheet_free (group->work);
      group->work = work_model_sheet (model, group->elements, group->n_elements);
    }
  schematic_expect (model, flow, group->elements, group->work);
  grow_group (group->work);
  if (first == NULL)
    g_hash_table_insert (known, g_steal_pointer (&signature), group);
}

static void
draw_group (const WorkModel *model, const SchematicFlow *flow, SchematicGroup *group, GHashTable *known)
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
      draw_grown (model, flow, group, known);
      break;
    case GROUP_CHAIN:
      schematic_draw_chain (model, group);
      break;
    case GROUP_FLAGS:
      break;
    }
}

/* A net without a name of its own, so that it would not be joined to a flag elsewhere. */
static gboolean
needs_own_flag (const WorkNet *net)
{
  return net->flag && !net->power && !net->global && (net->first_mark == 0 || net->auto_named);
}

/* Names along wires and flags; returns the first net that found no room for its flag, or NUDGE_NONE. */
static guint
try_names_and_flags (WorkSheet *work, gint mine, gint *flagged)
{
  guint without = NUDGE_NONE;

  for (guint i = 0; i < work->n_nets; i++)
    {
      const WorkNet *net = &work->nets[i];

      work_net_name (work, i);
      if (!needs_own_flag (net) || (flagged[net->plan] != 0 && flagged[net->plan] != mine))
        continue;
      flagged[net->plan] = work_net_flag (work, i) ? mine : 0;
      if (flagged[net->plan] == 0 && without == NUDGE_NONE)
        without = i;
    }
  return without;
}

/* Nets with a name say it. A net that needs a flag and says its name has it among the flags of the sheet; others carry
 * it where they are drawn. @flagged: by net of the plan sheet, the group that carries it, or 0. */
static WorkSheet *
name_and_flag_nets (const WorkModel *model, const SchematicGroup *group, WorkSheet *drawn, gint *flagged)
{
  gint mine = (gint) group->elements[0] + 1;
  WorkSheet *work;
  guint without;

  work_nets_squeeze_all (drawn);
  work = group->fixed ? drawn : schematic_make_room (model, group->elements, drawn);
  if (group->kind != GROUP_GROWN)
    return work;
  for (guint tries = 0; tries < MAX_FLAG_TRIES; tries++)
    {
      guint trial = work_begin (work);

      without = try_names_and_flags (work, mine, flagged);
      if (without == NUDGE_NONE || tries + 1 == MAX_FLAG_TRIES || group->fixed)
        {
          work_keep (work, trial);
          break;
        }
      work_undo (work, trial);
      work = schematic_make_room_at (model, group->elements, work, without, tries);
    }
  /* What shows no name cannot have its flag anywhere else. */
  for (guint i = 0; i < work->n_nets; i++)
    if (needs_own_flag (&work->nets[i]) && work->nets[i].first_mark == 0)
      flagged[work->nets[i].plan] = mine;
  return work;
}

static WorkSheet *
draw_variant (const WorkModel *model, const SchematicGroup *group, WorkSheet *work, gpointer flagged)
{
  grow_group (work);
  return name_and_flag_nets (model, group, work, flagged);
}

static void
finish_group (const WorkModel *model, SchematicGroup *group, gint *flagged)
{
  group->work = name_and_flag_nets (model, group, group->work, flagged);
  schematic_add_variant (group, group->work);
  if (!model->quick && group->series == 0)
    schematic_turn (model, group, draw_variant, flagged);
}

/* The groups that hold something locked, as one. A net whose flag was in one of them gets it anew if need be. */
static void
unite_locked (const WorkModel *model, GPtrArray *groups, gint *flagged)
{
  SchematicGroup *all = schematic_unite_locked (model, groups);

  for (guint i = 0; i < all->work->n_nets; i++)
    {
      const WorkNet *net = &all->work->nets[i];

      for (guint k = 0; k < all->n_elements; k++)
        if (flagged[net->plan] == (gint) all->elements[k] + 1 && !work_net_has_flag (all->work, i))
          flagged[net->plan] = 0;
    }
  all->work = name_and_flag_nets (model, all, all->work, flagged);
  schematic_add_variant (all, all->work);
  all->x = all->extent.x0;
  all->y = all->extent.y0;
  schematic_take_room (all);
  g_ptr_array_add (groups, all);
}

/* Nets that only wires draw where a label might be. */
static guint
find_wired (const WorkSheet *page, gboolean *wired)
{
  guint n = 0;

  for (guint i = 0; i < page->n_nets; i++)
    if (page->nets[i].clusters == 1 && !page->nets[i].port && !page->nets[i].outside)
      {
        wired[page->nets[i].plan] = TRUE;
        n++;
      }
  return n;
}

static gint
count_homeless (const WorkSheet *page)
{
  gint n = 0;

  for (guint i = 0; i < page->n_nets; i++)
    n += page->nets[i].homeless;
  return n;
}

/* The groups stand closer once more, without the labels that wires took the place of, on less paper if that does now.
 * NULL when that is no better. */
static WorkSheet *
pull_together (const WorkModel *model, GPtrArray *groups, const guint *series, const WorkSheet *before, NudgePaper *paper)
{
  g_autofree gboolean *wired = g_new0 (gboolean, model->sheet->n_nets + 1);
  g_autoptr (WorkSheet) page = NULL;
  NudgePaper least = NUDGE_PAPER_A4;
  guint n = find_wired (before, wired);

  if (n == 0)
    return NULL;
  schematic_tighten (groups, wired);
  while (least != *paper && !schematic_settle (groups, least))
    least = schematic_next_paper (least);
  page = least != *paper || schematic_settle (groups, least) ? schematic_page_new (model, groups, least) : NULL;
  if (page == NULL)
    return NULL;
  schematic_join (page, series);
  if (count_homeless (page) > count_homeless (before) || find_wired (page, wired) < n)
    return NULL;
  *paper = least;
  return g_steal_pointer (&page);
}

static void
add_group (const WorkModel *model, const SchematicGroup *group, gint x, gint y, NudgeRoutes *routes)
{
  work_routes_add_sheet (routes, model, group->work, group->elements, x - group->extent.x0, y - group->extent.y0);
}

/* A net that was drawn anew on the page has lost the flag that its group gave it; what is among the flags of the sheet
 * leaves the groups. */
static void
flag_again (WorkSheet *page)
{
  for (guint i = 0; i < page->n_nets; i++)
    {
      const WorkNet *net = &page->nets[i];

      if (net->flag && !net->power && !net->global && !net->outside && !work_net_has_flag (page, i))
        work_net_flag (page, i);
    }
}

static void
list_series (const GPtrArray *groups, guint *series)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);

      for (guint k = 0; k < group->n_elements && group->series != 0; k++)
        series[group->elements[k]] = group->series;
    }
}

/* What only the page shows: wires between groups that came too close to something. */
static void
finish_page (WorkSheet *page)
{
  work_give_air (page);
  work_mend_faults (page);
  flag_again (page);
}

/* The groups on their page, with wires between them as far as there is a page. */
static void
compose (const WorkModel *model, GPtrArray *groups, const SchematicGroup *flags, Outcome *outcome)
{
  g_autoptr (WorkSheet) page = NULL, closer = NULL;
  g_autofree guint *series = g_new0 (guint, model->n_elements + 1);
  gint x, y;

  outcome->paper = schematic_pack (groups);
  page = groups->len > 0 ? schematic_page_new (model, groups, outcome->paper) : NULL;
  for (guint i = 0; page == NULL && i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);
      add_group (model, group, group->x, group->y, outcome->routes);
    }
  if (page == NULL)
    return;
  list_series (groups, series);
  schematic_join (page, series);
  x = flags != NULL ? flags->x : 0;
  y = flags != NULL ? flags->y : 0;
  closer = pull_together (model, groups, series, page, &outcome->paper);
  finish_page (closer != NULL ? closer : page);
  work_routes_add_sheet (outcome->routes, model, closer != NULL ? closer : page, NULL, 0, 0);
  if (flags != NULL)
    add_group (model, flags, closer != NULL ? flags->x : x, closer != NULL ? flags->y : y, outcome->routes);
}

static void
count_drawn (Job *job, guint n)
{
  guint before = (guint) g_atomic_int_add (&job->n_drawn, (gint) n);

  nudge_progress_report (job->run, NUDGE_STAGE_ARRANGE, before + n, job->n_elements);
}

/* How far the parts of each group are from where signals come in. */
static void
note_depths (const WorkModel *model, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);
      gint sum = 0, n = 0;

      for (guint k = 0; k < group->n_elements; k++)
        if (model->depths[group->elements[k]] >= 0)
          {
            sum += model->depths[group->elements[k]] * 8;
            n++;
          }
      group->depth = n > 0 ? sum / n : -1;
    }
}

/* When the run is stopped the outcome is worthless. */
static void
arrange_sheet (Job *job, guint index, gboolean quick, Outcome *outcome)
{
  const NudgePlanSheet *sheet = &job->plan->sheets[index];
  g_autoptr (WorkModel) model = work_model_new (job->plan, sheet);
  g_autoptr (SchematicFlow) flow = schematic_flow_new (model);
  g_autoptr (GPtrArray) groups = schematic_groups_new (model, flow);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gint *flagged = g_new0 (gint, sheet->n_nets + 1);
  SchematicGroup *flags;

  schematic_twins_widen (job->twins, model);
  outcome->routes = work_routes_new (sheet);
  model->run = job->run;
  model->quick = quick;
  for (guint i = 0; i < groups->len && !g_cancellable_is_cancelled (job->run); i++)
    {
      SchematicGroup *group = g_ptr_array_index (groups, i);

      draw_group (model, flow, group, known);
      if (!quick)
        count_drawn (job, group->n_elements);
    }
  for (guint i = 0; i < groups->len && !g_cancellable_is_cancelled (job->run); i++)
    finish_group (model, g_ptr_array_index (groups, i), flagged);
  if (g_cancellable_is_cancelled (job->run))
    return;
  schematic_line_up (model, groups);
  schematic_frame_groups (model, flow, groups);
  note_depths (model, groups);
  if (schematic_has_locks (model))
    unite_locked (model, groups, flagged);
  flags = schematic_draw_flags (model, flagged);
  if (flags != NULL)
    {
      schematic_add_variant (flags, flags->work);
      g_ptr_array_add (groups, flags);
    }
  compose (model, groups, flags, outcome);
}

static void
take_over (NudgeLayout *layout, const NudgePlanSheet *sheet, const Outcome *outcome)
{
  const NudgeCircuit *circuit = layout->circuit;
  NudgeRoutes *routes = outcome->routes;

  for (guint b = 0; b < sheet->n_blocks; b++)
    {
      guint block = sheet->blocks[b];
      guint first = layout->part_units[circuit->blocks[block].first_part], i = 0;

      layout->papers[block] = outcome->paper;
      for (guint unit = 0; unit < sheet->n_units; unit++)
        {
          NudgePlacement *place = &layout->placements[first + unit];

          /* There are two ways to say the same pose. */
          if (b == 0 && place->locked && place->placed)
            routes->units[unit].pose = place->pose;
          place->pose = routes->units[unit].pose;
          place->placed = TRUE;
        }
      for (guint child = circuit->blocks[block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling, i++)
        {
          const NudgeBox *box = &routes->boxes[i].box;
          layout->boxes[child] = (NudgeBoxPlacement){ { box->x0, box->y0 }, { box->x1 - box->x0, box->y1 - box->y0 }, TRUE, layout->boxes[child].locked };
        }
    }
  work_routes_sort (routes);
  nudge_layout_set_routes (layout, sheet->block, routes);
}

/* A sheet and its twins. */
static void
take_over_all (Job *job, guint index, const Outcome *outcome)
{
  const NudgePlanSheet *sheet = &job->plan->sheets[index];

  take_over (job->result, sheet, outcome);
  for (guint i = 0; i < job->twins->twins->len; i++)
    {
      const SchematicTwin *twin = &g_array_index (job->twins->twins, SchematicTwin, i);
      const NudgePlanSheet *other = &job->plan->sheets[twin->sheet];
      g_autoptr (NudgeRoutes) routes = NULL;

      if (job->twins->first[twin->sheet] != index)
        continue;
      routes = work_routes_map (outcome->routes, sheet, other, twin->elements, twin->nets);
      take_over (job->result, other, &(Outcome){ routes, outcome->paper });
    }
}

/* The sheet that somebody looks at, quickly first when it is large, else the first that nobody has begun. */
static guint
next_sheet (Job *job, gboolean *quick)
{
  const NudgePlan *plan = job->plan;
  guint block = nudge_progress_get_wanted (job->run), found = NUDGE_NONE;
  guint wanted = block < plan->layout->circuit->n_blocks ? job->twins->first[plan->block_sheets[block]] : NUDGE_NONE;

  g_mutex_lock (&job->lock);
  if (wanted != NUDGE_NONE && job->begun[wanted] < 2)
    found = wanted;
  for (guint i = 0; found == NUDGE_NONE && i < plan->n_sheets; i++)
    if (job->begun[i] < 2 && job->twins->first[i] == i)
      found = i;
  if (found != NUDGE_NONE)
    {
      *quick = found == wanted && job->begun[found] == 0 &&
               nudge_progress_shows_results (job->run) && plan->sheets[found].n_units + plan->sheets[found].n_boxes >= QUICK_LARGE;
      job->begun[found] = *quick ? 1 : 2;
    }
  g_mutex_unlock (&job->lock);
  return found;
}

static void
deliver (Job *job, guint index, gboolean quick, Outcome *outcome)
{
  g_autoptr (NudgeLayout) so_far = NULL;

  g_mutex_lock (&job->lock);
  /* While it was drawn quickly another thread may have drawn it well. */
  if (!g_cancellable_is_cancelled (job->run) && !job->ready[index])
    {
      take_over_all (job, index, outcome);
      job->ready[index] = !quick;
    }
  so_far = nudge_progress_shows_results (job->run) ? nudge_layout_copy (job->result) : NULL;
  /* Under the lock, so that what is shown never goes back. */
  if (so_far != NULL)
    nudge_progress_show_result (job->run, so_far);
  g_mutex_unlock (&job->lock);
  nudge_routes_unref (outcome->routes);
}

static gpointer
arrange_some (gpointer data)
{
  Job *job = data;
  gboolean quick = FALSE;
  guint index;

  while (!g_cancellable_is_cancelled (job->run) && (index = next_sheet (job, &quick)) != NUDGE_NONE)
    {
      Outcome outcome = { NULL, NUDGE_PAPER_A4 };

      arrange_sheet (job, index, quick, &outcome);
      deliver (job, index, quick, &outcome);
    }
  return NULL;
}

/* Sheets do not know of each other, so that any number of threads gives the same result. */
static void
arrange_all (Job *job)
{
  guint n_threads = MIN (g_get_num_processors (), job->plan->n_sheets);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (guint i = 1; i < n_threads; i++)
    {
      GThread *thread = g_thread_try_new ("arrange", arrange_some, job, NULL);

      if (thread != NULL)
        g_ptr_array_add (threads, thread);
    }
  arrange_some (job);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) result = nudge_layout_copy (layout);
  g_autoptr (NudgePlan) plan = nudge_plan_new (layout, diagnostics);
  g_autoptr (SchematicTwins) twins = schematic_twins_new (plan);
  g_autofree guint8 *begun = g_new0 (guint8, plan->n_sheets);
  g_autofree gboolean *ready = g_new0 (gboolean, plan->n_sheets);
  Job job = { .plan = plan, .twins = twins, .run = cancellable, .begun = begun, .ready = ready, .result = result };

  result->wires = TRUE;
  result->arranger = g_intern_string (nudge_schematic_arranger.name);
  for (guint i = 0; i < plan->n_sheets; i++)
    job.n_elements += twins->first[i] == i ? plan->sheets[i].n_units + plan->sheets[i].n_boxes : 0;
  g_mutex_init (&job.lock);
  arrange_all (&job);
  g_mutex_clear (&job.lock);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&result);
}

const NudgeArranger nudge_schematic_arranger = {
  .name = "schematic",
  .summary = N_("wires where a reader follows them, labels elsewhere, as a person draws"),
  .arrange = arrange,
};
