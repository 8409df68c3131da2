#include "arrange/schematic-room.h"

#include "drawing/router.h"
#include "drawing/work-faults.h"

/* Parts on one side of a line move away from it, all by the same cells, and everything is drawn anew: what was in line
 * across the line stays in line, and nothing comes closer to anything. */

#define N_CUTS 8
#define MAX_IDLE 6             /* faults in turn that no cut mends; less when there are fewer */
#define MANY_FAULTS 6          /* first room, then the small repairs */
#define HOPELESS_FAULTS 12     /* no small repairs make fewer of these than there were before a cut */
#define MAX_SPREADS 4
#define MAX_SIDE 2000          /* cells of a sheet */
#define TEXT_ROOM 4
#define FLAG_ROOM 14

typedef struct
{
  guint direction;             /* the side that moves: 0 right, 1 up, 2 left, 3 down of the line */
  gint at;                     /* cells: the line */
  gint by;
} Cut;

/* Whether all of an item stands beyond the line. */
static gboolean
is_beyond (const WorkItem *item, const Cut *cut)
{
  const NudgeBox *full = &item->shape->poses[item->pose].full;

  switch (cut->direction)
    {
    case 0:
      return item->x * WORK_CELL + full->x0 >= cut->at * WORK_CELL;
    case 1:
      return item->y * WORK_CELL + full->y1 <= cut->at * WORK_CELL;
    case 2:
      return item->x * WORK_CELL + full->x1 <= cut->at * WORK_CELL;
    default:
      return item->y * WORK_CELL + full->y0 >= cut->at * WORK_CELL;
    }
}

static void
place (WorkSheet *work, guint i, gint x, gint y, guint pose)
{
  work_place_item (work, i, x, y, pose);
  work->items[i].cost = work_pose_cost (work, i, x, y, pose);
  work->cost += work->items[i].cost;
}

static void
draw_all (WorkSheet *work)
{
  work_nets_draw_all (work);
  for (guint i = 0; i < work->n_items; i++)
    if (work->items[i].placed)
      work_place_fields (work, i);
  work_nets_squeeze_all (work);
}

/* (nullable) (transfer full): the sheet with a cut; NULL when it would move nothing. */
static WorkSheet *
cut_sheet (const WorkModel *model, const guint *elements, const WorkSheet *old, const Cut *cut)
{
  gint dx = cut->direction & 1 ? 0 : cut->by, dy = cut->direction & 1 ? cut->by : 0;
  gboolean back = cut->direction == 1 || cut->direction == 2;
  guint n_beyond = 0;
  WorkSheet *work;

  for (guint i = 0; i < old->n_items; i++)
    n_beyond += old->items[i].placed && is_beyond (&old->items[i], cut);
  if (n_beyond == 0 || old->width + dx > MAX_SIDE || old->height + dy > MAX_SIDE)
    return NULL;
  work = work_model_sheet (model, elements, old->n_items);
  work_sheet_open (work, old->width + dx, old->height + dy);
  for (guint i = 0; i < old->n_items; i++)
    {
      const WorkItem *item = &old->items[i];
      /* What lies left of or above the line stays, and the rest moves the other way. */
      gboolean moves = is_beyond (item, cut) != back;

      if (item->placed)
        place (work, i, item->x + (moves ? dx : 0), item->y + (moves ? dy : 0), item->pose);
    }
  draw_all (work);
  return work;
}

/* (nullable) (transfer full): the sheet with a quarter more room between all items. */
static WorkSheet *
spread_sheet (const WorkModel *model, const guint *elements, const WorkSheet *old)
{
  gint width = old->width * 5 / 4, height = old->height * 5 / 4;
  WorkSheet *work;

  if (width > MAX_SIDE || height > MAX_SIDE)
    return NULL;
  work = work_model_sheet (model, elements, old->n_items);
  work_sheet_open (work, width, height);
  for (guint i = 0; i < old->n_items; i++)
    if (old->items[i].placed)
      place (work, i, old->items[i].x * 5 / 4, old->items[i].y * 5 / 4, old->items[i].pose);
  draw_all (work);
  return work;
}

/* The way out of a pin that found no room, or a guess. */
static guint
way_out (const WorkSheet *work, const WorkFault *fault)
{
  const WorkNode *node = &work->nodes[work_node (work, fault->x, fault->y)];

  return fault->net != NUDGE_NONE && node->pin_at == fault->net + 1 ? node->pin_exit : 0;
}

/* Lines beside a fault with room for what found none: before its pin first. */
static void
list_cuts (const WorkSheet *work, const WorkFault *fault, Cut cuts[N_CUTS])
{
  gint room = TEXT_ROOM;

  if (fault->net == NUDGE_NONE)
    room = MAX (work->items[fault->item].text_widths[0], work->items[fault->item].text_widths[1]) / WORK_CELL + 2;
  if (fault->net != NUDGE_NONE && !work->nets[fault->net].power)
    room = MAX (room, work->nets[fault->net].label_width / WORK_CELL + 5);
  for (guint k = 0; k < N_CUTS; k++)
    {
      guint direction = (way_out (work, fault) + k) & 3;
      gint by = ((gint) k / 4 + 1) * (direction & 1 ? TEXT_ROOM : room);
      gint at = (direction & 1 ? fault->y : fault->x) + (direction == 0 || direction == 3 ? 1 : -1);

      cuts[k] = (Cut){ direction, at, by };
    }
}

/* The first cut that leaves fewer faults; (transfer full) (nullable). */
static WorkSheet *
try_cuts (const WorkModel *model, const guint *elements, const WorkSheet *work, const WorkFault *fault, guint *n_faults)
{
  Cut cuts[N_CUTS];

  list_cuts (work, fault, cuts);
  for (guint i = 0; i < N_CUTS; i++)
    {
      WorkSheet *next = cut_sheet (model, elements, work, &cuts[i]);
      guint n = *n_faults;

      if (next != NULL)
        n = work_count_faults (next);
      if (next != NULL && *n_faults <= MANY_FAULTS && n <= HOPELESS_FAULTS)
        n = work_mend_faults (next);
      if (n < *n_faults)
        {
          *n_faults = n;
          return next;
        }
      g_clear_pointer (&next, work_sheet_free);
    }
  return NULL;
}

/* Cuts until there is nothing to mend, or no cut helps any more. */
static WorkSheet *
cut_until_clean (const WorkModel *model, const guint *elements, WorkSheet *work, guint *n_faults)
{
  guint idle = 0;

  for (guint round = 0; *n_faults > 0 && idle < MIN (MAX_IDLE, *n_faults) && !work_is_stopped (work); round++)
    {
      g_autoptr (GArray) faults = work_list_faults (work);
      WorkSheet *next = try_cuts (model, elements, work, &g_array_index (faults, WorkFault, round % faults->len), n_faults);

      idle = next != NULL ? 0 : idle + 1;
      if (next == NULL)
        continue;
      work_sheet_free (work);
      work = next;
    }
  return work;
}

WorkSheet *
schematic_make_room (const WorkModel *model, const guint *elements, WorkSheet *work)
{
  guint n_faults = work_count_faults (work);

  if (n_faults > 0 && n_faults <= MANY_FAULTS)
    n_faults = work_mend_faults (work);
  for (guint spread = 0; n_faults > 0 && spread <= MAX_SPREADS && !work_is_quick (work) && !work_is_stopped (work); spread++)
    {
      WorkSheet *next = spread > 0 ? spread_sheet (model, elements, work) : NULL;
      guint n = next != NULL ? work_mend_faults (next) : n_faults;

      if (n < n_faults)
        {
          work_sheet_free (work);
          work = next;
          n_faults = n;
        }
      else
        g_clear_pointer (&next, work_sheet_free);
      work = cut_until_clean (model, elements, work, &n_faults);
    }
  return work;
}

WorkSheet *
schematic_make_room_at (const WorkModel *model, const guint *elements, WorkSheet *work, guint net, guint attempt)
{
  const WorkNet *n = &work->nets[net];

  for (guint i = 0; i < n->n_pins; i++)
    {
      guint ref = work->net_pins[n->first_pin + (i + attempt) % n->n_pins], direction;
      WorkSheet *next;
      gint x, y;

      if (!work_pin_stands (work, ref, &x, &y))
        continue;
      direction = work_pin (work, &work->pins[ref]).exit;
      next = cut_sheet (model, elements, work, &(Cut){ direction, direction & 1 ? y : x, FLAG_ROOM });
      if (next == NULL)
        continue;
      work_sheet_free (work);
      work = next;
      break;
    }
  return schematic_make_room (model, elements, work);
}
