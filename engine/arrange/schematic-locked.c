#include "arrange/schematic-grow.h"
#include "arrange/schematic-groups.h"

#include "base/geometry.h"
#include "drawing/work-faults.h"

/* Groups that hold something locked become one group whose place on the page is given. Each is drawn as if nothing were
 * locked; where its locked parts then stand to each other as they are locked, the whole drawing goes where they are, so
 * that banks stay banks and repeats alike. Of a group that this does not suit, only the locked parts are put in their
 * places, and the others grow round them. */

#define FRAME 11 /* cells: KiCad's frame and some air */
#define TITLE_WIDTH 88
#define TITLE_HEIGHT 27
#define LEAST_EDGE 3           /* cells of a sheet that stay empty */

static gboolean
is_locked (const WorkModel *model, guint element)
{
  const NudgeLayout *layout = model->plan->layout;

  if (element < model->n_units)
    return layout->placements[model->sheet->first_unit + element].locked && layout->placements[model->sheet->first_unit + element].placed;
  element = model->sheet->boxes[element - model->n_units].block;
  return layout->boxes[element].locked && layout->boxes[element].placed;
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

/* ---- where things are locked ---- */

typedef struct
{
  gint x, y;                   /* cells */
  guint pose;
} Stand;

/* FALSE when it is off the grid: it stays there too, but nothing is wired to it. @full: its box in any case. */
static gboolean
locked_stand (const WorkModel *model, guint element, Stand *stand, NudgeBox *full)
{
  const NudgeLayout *layout = model->plan->layout;
  const WorkShape *shape = model->shapes[element];
  NudgePose pose = { { 0, 0 }, 0, 0 };

  if (element < model->n_units)
    pose = layout->placements[model->sheet->first_unit + element].pose;
  else
    pose.at = layout->boxes[model->sheet->boxes[element - model->n_units].block].at;
  *stand = (Stand){ pose.at.x / WORK_CELL, pose.at.y / WORK_CELL, MIN (work_pose_from_pose (&pose), shape->n_poses - 1) };
  *full = work_box_at (&shape->poses[stand->pose].full, stand->x, stand->y);
  return pose.at.x % WORK_CELL == 0 && pose.at.y % WORK_CELL == 0;
}

/* ---- what stands as one ---- */

typedef struct
{
  const WorkModel *model;
  GPtrArray *groups;           /* those that hold something locked, in their order */
  gboolean *loose;             /* by such group: its drawing does not suit the locks */
  guint *elements;             /* of all of them */
  guint n_elements;
  NudgeBox *boxes;             /* by element of the model: where it stands; empty when not known yet */
  guint *owner;                /* by element of the model: its group +1 */
} Locks;

static gboolean
holds_locked (const WorkModel *model, const SchematicGroup *group)
{
  for (guint i = 0; i < group->n_elements; i++)
    if (is_locked (model, group->elements[i]))
      return TRUE;
  return FALSE;
}

/* How far a drawing must go for all its locked parts to stand where they are locked; FALSE when there is no such way. */
static gboolean
find_shift (const WorkModel *model, const SchematicGroup *group, const WorkSheet *work, gint *dx, gint *dy)
{
  gboolean known = FALSE;

  for (guint i = 0; i < group->n_elements; i++)
    {
      const WorkItem *item = &work->items[i];
      NudgeBox full;
      Stand stand;

      if (!is_locked (model, group->elements[i]))
        continue;
      if (!locked_stand (model, group->elements[i], &stand, &full) || !item->placed || item->pose != stand.pose)
        return FALSE;
      if (known && (stand.x - item->x != *dx || stand.y - item->y != *dy))
        return FALSE;
      *dx = stand.x - item->x;
      *dy = stand.y - item->y;
      known = TRUE;
    }
  return known;
}

static NudgeBox
box_of (const WorkItem *item, gint dx, gint dy)
{
  return work_box_at (&item->shape->poses[item->pose].full, item->x + dx, item->y + dy);
}

/* Whether the parts of a moved drawing stay on the page and clear of what stands already. */
static gboolean
has_room (const Locks *self, guint index, const WorkSheet *work, gint dx, gint dy)
{
  const SchematicGroup *group = g_ptr_array_index (self->groups, index);

  for (guint i = 0; i < group->n_elements; i++)
    {
      NudgeBox box = box_of (&work->items[i], dx, dy);
      gint32 edge = (is_locked (self->model, group->elements[i]) ? LEAST_EDGE : FRAME) * WORK_CELL;

      if (!work->items[i].placed || box.x0 < edge || box.y0 < edge)
        return FALSE;
      for (guint k = 0; k < self->n_elements; k++)
        if (self->owner[self->elements[k]] != index + 1 && nudge_box_overlaps (&box, &self->boxes[self->elements[k]]))
          return FALSE;
    }
  return TRUE;
}

/* Takes the first variant of a group that suits the locks; its parts stand from then on. */
static gboolean
settle (Locks *self, guint index)
{
  SchematicGroup *group = g_ptr_array_index (self->groups, index);

  for (guint v = 0; v < group->variants->len; v++)
    {
      const SchematicVariant *variant = &g_array_index (group->variants, SchematicVariant, v);
      gint dx = 0, dy = 0;

      if (!find_shift (self->model, group, variant->work, &dx, &dy) || !has_room (self, index, variant->work, dx, dy))
        continue;
      group->work = variant->work;
      group->extent = variant->extent;
      group->x = group->extent.x0 + dx;
      group->y = group->extent.y0 + dy;
      for (guint i = 0; i < group->n_elements; i++)
        self->boxes[group->elements[i]] = box_of (&group->work->items[i], dx, dy);
      return TRUE;
    }
  return FALSE;
}

static void
locks_init (Locks *self, const WorkModel *model, GPtrArray *groups)
{
  *self = (Locks){ .model = model, .groups = groups };
  self->loose = g_new0 (gboolean, groups->len + 1);
  self->elements = g_new (guint, model->n_elements + 1);
  self->boxes = g_new (NudgeBox, model->n_elements + 1);
  self->owner = g_new0 (guint, model->n_elements + 1);
  for (guint g = 0; g < groups->len; g++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, g);

      for (guint i = 0; i < group->n_elements; i++)
        {
          guint element = group->elements[i];
          Stand stand;

          self->elements[self->n_elements++] = element;
          self->owner[element] = g + 1;
          self->boxes[element] = NUDGE_BOX_EMPTY;
          if (is_locked (model, element))
            locked_stand (model, element, &stand, &self->boxes[element]);
        }
    }
  for (guint g = 0; g < groups->len; g++)
    self->loose[g] = !settle (self, g);
}

static void
locks_clear (Locks *self)
{
  g_free (self->loose);
  g_free (self->elements);
  g_free (self->boxes);
  g_free (self->owner);
}

/* ---- drawing it ---- */

static gboolean
is_on_sheet (const WorkSheet *work, const NudgeBox *box)
{
  return box->x0 >= LEAST_EDGE * WORK_CELL && box->y0 >= LEAST_EDGE * WORK_CELL && box->x1 <= (work->width - LEAST_EDGE - 1) * WORK_CELL &&
         box->y1 <= (work->height - LEAST_EDGE - 1) * WORK_CELL;
}

/* What is locked beyond the page stays there, but nothing is wired to it. FALSE when the paper is too small. */
static gboolean
place_standing (const Locks *self, WorkSheet *work)
{
  gboolean all = TRUE;

  for (guint i = 0; i < work->n_items; i++)
    {
      guint element = self->elements[i];
      const SchematicGroup *group = g_ptr_array_index (self->groups, self->owner[element] - 1);
      gboolean loose = self->loose[self->owner[element] - 1];
      NudgeBox full;
      Stand stand;

      work->items[i].locked = !loose || is_locked (self->model, element);
      if (!work->items[i].locked)
        continue;
      if (is_locked (self->model, element))
        {
          if (!locked_stand (self->model, element, &stand, &full))
            {
              work_close_area (work, &full);
              continue;
            }
        }
      else
        for (guint k = 0; k < group->n_elements; k++)
          if (group->elements[k] == element)
            {
              const WorkItem *from = &group->work->items[k];
              stand = (Stand){ from->x + group->x - group->extent.x0, from->y + group->y - group->extent.y0, from->pose };
            }
      full = self->boxes[element];
      if (is_on_sheet (work, &full))
        work_place_item (work, i, stand.x, stand.y, stand.pose);
      else
        all = FALSE;
    }
  return all;
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

/* FALSE when something found no place. */
static gboolean
grow_round (WorkSheet *work)
{
  guint item, n_grown = 0;

  for (; !work_is_stopped (work) && (item = next_open (work)) != NUDGE_NONE; n_grown++)
    if (!schematic_insert_best (work, item, 3, 0))
      return FALSE;
  if (n_grown > 0)
    schematic_mend (work, 24 + n_grown);
  work_nets_squeeze_all (work);
  work_mend_faults (work);
  return TRUE;
}

/* (transfer full) (nullable): NULL when the paper is too small and there is a larger one. */
static WorkSheet *
draw_on (const Locks *self, NudgePaper paper)
{
  NudgePoint size = nudge_paper_size (paper);
  g_autoptr (WorkSheet) work = work_model_sheet (self->model, self->elements, self->n_elements);
  g_autoptr (NudgeRoutes) known = work_routes_new (self->model->sheet);
  gboolean fits;

  work_sheet_open (work, size.x / WORK_CELL + 1, size.y / WORK_CELL + 1);
  fits = place_standing (self, work);
  for (guint g = 0; g < self->groups->len; g++)
    {
      const SchematicGroup *group = g_ptr_array_index (self->groups, g);

      if (!self->loose[g])
        work_routes_add_sheet (known, self->model, group->work, group->elements, group->x - group->extent.x0, group->y - group->extent.y0);
    }
  work_redraw (work, known);
  schematic_close_margins (work);
  fits = (fits || paper == NUDGE_PAPER_LAST) && grow_round (work);
  return fits || paper == NUDGE_PAPER_LAST ? g_steal_pointer (&work) : NULL;
}

static GPtrArray *
steal_locked (const WorkModel *model, GPtrArray *groups)
{
  GPtrArray *locked = g_ptr_array_new_with_free_func ((GDestroyNotify) schematic_group_free);

  for (guint i = 0; i < groups->len;)
    if (holds_locked (model, g_ptr_array_index (groups, i)))
      g_ptr_array_add (locked, g_ptr_array_steal_index (groups, i));
    else
      i++;
  return locked;
}

/* ---- what it takes of the page ---- */

static void
add_taken (GArray *taken, gint x0, gint y0, gint x1, gint y1)
{
  NudgeBox box = { x0, y0, x1, y1 };

  /* What touches is one. */
  for (guint i = 0; i < taken->len;)
    if (nudge_box_overlaps (&g_array_index (taken, NudgeBox, i), &box))
      {
        nudge_box_add_box (&box, &g_array_index (taken, NudgeBox, i));
        g_array_remove_index_fast (taken, i);
        i = 0;
      }
    else
      i++;
  g_array_append_val (taken, box);
}

static void
add_wires (const WorkSheet *work, GArray *taken)
{
  for (gint y = 1; y < work->height - 1; y++)
    for (gint x = 1; x < work->width - 1; x++)
      {
        const WorkNode *node = &work->nodes[work_node (work, x, y)];

        if (node->h != 0)
          add_taken (taken, x - 1, y - 1, x + 2, y + 1);
        if (node->v != 0)
          add_taken (taken, x - 1, y - 1, x + 1, y + 2);
      }
}

void
schematic_take_room (SchematicGroup *group)
{
  const WorkSheet *work = group->work;

  g_clear_pointer (&group->taken, g_array_unref);
  group->taken = g_array_new (FALSE, FALSE, sizeof (NudgeBox));
  for (guint i = 1; i < work->n_rects; i++)
    {
      const WorkRect *rect = &work->rects[i];

      if (rect->kind == WORK_RECT_FREE || rect->kind == WORK_RECT_CHANNEL || (rect->kind == WORK_RECT_BODY && rect->owner == NUDGE_NONE))
        continue;
      add_taken (group->taken, rect->box.x0 / WORK_CELL - 1, rect->box.y0 / WORK_CELL - 1, rect->box.x1 / WORK_CELL + 2, rect->box.y1 / WORK_CELL + 2);
    }
  add_wires (work, group->taken);
}

SchematicGroup *
schematic_unite_locked (const WorkModel *model, GPtrArray *groups)
{
  g_autoptr (GPtrArray) locked = steal_locked (model, groups);
  NudgePaper paper = model->plan->layout->papers[model->sheet->block];
  SchematicGroup *all;
  Locks locks;

  locks_init (&locks, model, locked);
  all = schematic_group_new (GROUP_GROWN, locks.elements, locks.n_elements);
  all->fixed = TRUE;
  while ((all->work = draw_on (&locks, paper)) == NULL)
    paper = (NudgePaper) (paper + 1);
  locks_clear (&locks);
  return all;
}
