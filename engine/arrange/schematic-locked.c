#include "arrange/schematic-grow.h"
#include "arrange/schematic-groups.h"

/* A sheet on which something is locked is drawn as a whole, on its page, round what stands. */

#define FRAME 11 /* cells: KiCad's frame and some air */
#define TITLE_WIDTH 92
#define TITLE_HEIGHT 32

static gboolean
is_locked (const WorkModel *model, guint element)
{
  const NudgeLayout *layout = model->plan->layout;

  if (element < model->n_units)
    return layout->placements[model->sheet->first_unit + element].locked && layout->placements[model->sheet->first_unit + element].placed;
  return layout->boxes[model->sheet->boxes[element - model->n_units].block].locked;
}

gboolean
schematic_has_locks (const WorkModel *model)
{
  for (guint i = 0; i < model->n_elements; i++)
    if (is_locked (model, i))
      return TRUE;
  return FALSE;
}

void
schematic_close_margins (WorkSheet *work)
{
  gint32 w = work->width * WORK_CELL, h = work->height * WORK_CELL, frame = FRAME * WORK_CELL;
  const NudgeBox boxes[] = {
    { 0, 0, w, frame },
    { 0, h - frame, w, h },
    { 0, 0, frame, h },
    { w - frame, 0, w, h },
    { w - frame - TITLE_WIDTH * WORK_CELL, h - frame - TITLE_HEIGHT * WORK_CELL, w, h },
  };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    work_close_area (work, &boxes[i]);
}

/* What is locked off the grid or off the page stays there too, but nothing is wired to it. */
static void
place_locked (WorkSheet *work)
{
  const NudgeLayout *layout = work->plan->layout;

  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];
      NudgePose pose = { { 0, 0 }, 0, 0 };
      NudgeBox full;
      guint index;

      if (!item->locked)
        continue;
      if (item->unit != NUDGE_NONE)
        pose = layout->placements[item->unit].pose;
      else
        pose.at = layout->boxes[work->sheet->boxes[item->box].block].at;
      index = MIN (work_pose_from_pose (&pose), item->shape->n_poses - 1);
      full = work_box_at (&item->shape->poses[index].full, pose.at.x / WORK_CELL, pose.at.y / WORK_CELL);
      if (pose.at.x % WORK_CELL == 0 && pose.at.y % WORK_CELL == 0 && full.x0 >= 3 * WORK_CELL && full.y0 >= 3 * WORK_CELL &&
          full.x1 <= (work->width - 4) * WORK_CELL && full.y1 <= (work->height - 4) * WORK_CELL)
        work_place_item (work, i, pose.at.x / WORK_CELL, pose.at.y / WORK_CELL, index);
    }
  work_nets_draw_all (work);
  for (guint i = 0; i < work->n_items; i++)
    if (work->items[i].placed)
      work_place_fields (work, i);
}

/* The next item: what the placed ones pull at most, and what must stand still never. */
static guint
next_open (const WorkSheet *work)
{
  guint best = NUDGE_NONE;
  gint best_pull = -1;

  for (guint i = 0; i < work->n_items; i++)
    {
      gint pull = work->items[i].placed || work->items[i].locked ? -1 : schematic_pull (work, &work->items[i]);

      if (pull > best_pull)
        {
          best_pull = pull;
          best = i;
        }
    }
  return best;
}

WorkSheet *
schematic_draw_locked (const WorkModel *model, NudgePaper *paper)
{
  g_autofree guint *elements = g_new (guint, model->n_elements + 1);

  for (guint i = 0; i < model->n_elements; i++)
    elements[i] = i;
  while (TRUE)
    {
      WorkSheet *work = work_model_sheet (model, elements, model->n_elements);
      NudgePoint page = nudge_paper_size (*paper);
      gboolean fits = TRUE;
      guint item;

      work_sheet_open (work, page.x / WORK_CELL + 1, page.y / WORK_CELL + 1);
      place_locked (work);
      schematic_close_margins (work);
      while (fits && !work_is_stopped (work) && (item = next_open (work)) != NUDGE_NONE)
        fits = schematic_insert_best (work, item, 3, 0);
      if (fits || *paper == NUDGE_PAPER_LAST)
        {
          schematic_mend (work, 24 + work->n_items);
          return work;
        }
      work_sheet_free (work);
      *paper = (NudgePaper) (*paper + 1);
    }
}
