#include "arrange/schematic-groups.h"

#include "base/text-metrics.h"
#include "drawing/router.h"

/* Groups that need no search: rows of parts between two rails, rows of lone parts, power flags. */

#define ROW_LIMIT 110 /* cells */
#define ROW_AIR 4     /* between lone parts */

/* ---- banks ---- */

typedef struct
{
  WorkSheet *work;
  guint upper, lower;          /* nets */
} Bank;

static guint
pin_net (const WorkSheet *work, guint item, guint i)
{
  return work->pins[work->items[item].first_pin + i].net;
}

static guint
upper_pin (const Bank *bank, guint item)
{
  return pin_net (bank->work, item, 0) == bank->upper ? 0 : 1;
}

/* The pose in which the upper rail's pin points up. */
static guint
standing_pose (const Bank *bank, guint item)
{
  const WorkItem *it = &bank->work->items[item];
  const WorkPinRef *ref = &bank->work->pins[it->first_pin + upper_pin (bank, item)];

  for (guint pose = 0; pose < 4; pose++)
    if (it->shape->poses[pose].pins[ref->shape_pin].exit == 1)
      return pose;
  return 0;
}

static void
choose_rails (Bank *bank)
{
  const WorkNet *a = &bank->work->nets[0], *b = &bank->work->nets[1];
  gboolean swap = a->ground && !b->ground;

  /* Ground below; between two others, the one with a symbol above. */
  if (!a->ground && !b->ground)
    swap = !a->power && b->power;
  bank->upper = swap ? 1 : 0;
  bank->lower = swap ? 0 : 1;
}

static gint
item_pitch (const Bank *bank, guint item)
{
  const WorkItem *it = &bank->work->items[item];
  const NudgeBox *body = &it->shape->poses[standing_pose (bank, item)].body;
  gint32 width = body->x1 - body->x0 + MAX (it->text_widths[0], it->text_widths[1]) + NUDGE_MM (1.4);

  return MAX (6, (width + 2 * WORK_CELL - 1) / (2 * WORK_CELL) * 2);
}

/* A straight wire along a row of pins. */
static void
wire_row (WorkSheet *work, guint net, gint x0, gint x1, gint y)
{
  for (gint x = x0; x < x1; x++)
    work_set_edge (work, x, y, 0, (guint16) (net + 1));
}

typedef struct
{
  gint x0, x1, top, bottom;
  gint lead;                   /* cells of wire before the first part, where a label or a symbol needs them */
  gboolean any;
} BankRow;

/* The rails of one row, their symbols or labels at the left end. */
static void
finish_row (const Bank *bank, const BankRow *row)
{
  WorkSheet *work = bank->work;
  const WorkNet *upper = &work->nets[bank->upper], *lower = &work->nets[bank->lower];

  if (!row->any)
    return;
  wire_row (work, bank->upper, row->x0, row->x1, row->top);
  wire_row (work, bank->lower, row->x0, row->x1, row->bottom);
  if (upper->power && !upper->ground)
    work_add_mark (work, bank->upper, WORK_MARK_POWER, row->x0, row->top, 1, 0);
  else
    {
      wire_row (work, bank->upper, row->x0 - row->lead, row->x0, row->top);
      if (upper->power)
        work_add_mark (work, bank->upper, WORK_MARK_POWER, row->x0 - row->lead, row->top, 3, 0);
      else
        work_add_mark (work, bank->upper, WORK_MARK_LABEL, row->x0 - row->lead, row->top, 2, 0);
    }
  if (lower->power && lower->ground)
    work_add_mark (work, bank->lower, WORK_MARK_POWER, row->x0, row->bottom, 3, 0);
  else
    {
      wire_row (work, bank->lower, row->x0 - row->lead, row->x0, row->bottom);
      if (lower->power)
        work_add_mark (work, bank->lower, WORK_MARK_POWER, row->x0 - row->lead, row->bottom, 1, 0);
      else
        work_add_mark (work, bank->lower, WORK_MARK_LABEL, row->x0 - row->lead, row->bottom, 2, 0);
    }
}

static gint
tip_height (const WorkItem *item, guint pose)
{
  gint low = 0, high = 0;

  for (guint i = 0; i < item->shape->n_pins; i++)
    {
      low = MIN (low, item->shape->poses[pose].pins[i].dy);
      high = MAX (high, item->shape->poses[pose].pins[i].dy);
    }
  return high - low;
}

void
schematic_draw_bank (const WorkModel *model, SchematicGroup *group)
{
  WorkSheet *work = work_model_sheet (model, group->elements, group->n_elements);
  Bank bank = { .work = work };
  BankRow row = { .any = FALSE };
  gint x, y = 14, pitch = 0, tallest = 0, n_rows = 1, per_row;

  group->work = work;
  choose_rails (&bank);
  for (guint i = 0; i < work->n_items; i++)
    pitch = MAX (pitch, item_pitch (&bank, i));
  per_row = MAX (1, ROW_LIMIT / pitch);
  n_rows = (gint) (work->n_items + per_row - 1) / per_row;
  per_row = (gint) (work->n_items + n_rows - 1) / n_rows;
  for (guint i = 0; i < work->n_items; i++)
    tallest = MAX (tallest, tip_height (&work->items[i], standing_pose (&bank, i)));
  work_sheet_open (work, 40 + pitch * (per_row + 1), 30 + n_rows * (tallest + 14));
  x = 24;
  for (guint i = 0; i < work->n_items; i++)
    {
      guint pose = standing_pose (&bank, i);
      const WorkItem *item = &work->items[i];
      const WorkPin *up = &item->shape->poses[pose].pins[work->pins[item->first_pin + upper_pin (&bank, i)].shape_pin];
      gint bottom;

      if (i > 0 && (gint) i % per_row == 0)
        {
          finish_row (&bank, &row);
          row.any = FALSE;
          x = 24;
          y += tallest + 14;
        }
      work_place_item (work, i, x - up->dx, y - up->dy, pose);
      bottom = y + tip_height (item, pose);
      if (!row.any)
        row = (BankRow){ x, x, y, y + tallest, MAX (3, (item->shape->poses[pose].body.x1 + NUDGE_MM (3)) / WORK_CELL), TRUE };
      /* A shorter part reaches the lower rail by a wire of its own. */
      for (gint k = bottom; k < row.bottom; k++)
        work_set_edge (work, x, k, 3, (guint16) (bank.lower + 1));
      row.x1 = x;
      x += pitch;
    }
  finish_row (&bank, &row);
  for (guint i = 0; i < work->n_items; i++)
    work_place_fields (work, i);
}

/* ---- rows of lone parts ---- */

void
schematic_draw_row (const WorkModel *model, SchematicGroup *group)
{
  WorkSheet *work = work_model_sheet (model, group->elements, group->n_elements);
  gint pitch_x = 0, pitch_y = 0, per_row, n_rows, x = 24, y = 24;

  group->work = work;
  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];
      const NudgeBox *full = &item->shape->poses[0].full;
      gint32 text = MAX (item->text_widths[0], item->text_widths[1]);
      gint32 labels = 0, symbols = 0;

      /* The name of a rail stands above or below its symbol, a label beside the part. */
      for (guint k = 0; k < item->n_pins; k++)
        if (pin_net (work, i, k) != NUDGE_NONE)
          {
            const WorkNet *net = &work->nets[pin_net (work, i, k)];
            gint32 *width = net->power ? &symbols : &labels;

            *width = MAX (*width, net->label_width);
          }
      pitch_x = MAX (pitch_x, MAX (full->x1 - full->x0 + text + labels, symbols) / WORK_CELL + (labels > 0 ? 6 : ROW_AIR));
      pitch_y = MAX (pitch_y, (full->y1 - full->y0) / WORK_CELL + (item->n_pins > 0 ? 16 : 8));
    }
  per_row = CLAMP (ROW_LIMIT / pitch_x, 1, (gint) work->n_items);
  n_rows = ((gint) work->n_items + per_row - 1) / per_row;
  per_row = ((gint) work->n_items + n_rows - 1) / n_rows;
  work_sheet_open (work, 60 + pitch_x * per_row, 60 + pitch_y * ((gint) work->n_items / per_row + 1));
  for (guint i = 0; i < work->n_items; i++)
    {
      guint pose = 0;

      if (i > 0 && (gint) i % per_row == 0)
        {
          x = 24;
          y += pitch_y;
        }
      for (guint p = 1; p < work->items[i].shape->n_poses; p++)
        if ((work->items[i].poses & (1u << p)) && work_pose_cost (work, i, x, y, p) < work_pose_cost (work, i, x, y, pose))
          pose = p;
      work_insert (work, i, x, y, pose);
      x += pitch_x;
    }
}

/* ---- chains ---- */

void
schematic_draw_chain (const WorkModel *model, SchematicGroup *group)
{
  WorkSheet *work = work_model_sheet (model, group->elements, group->n_elements);
  gint pitch_x = 0, pitch_y = 0, per_row, n_rows, x = 24, y = 24;

  group->work = work;
  for (guint i = 0; i < work->n_items; i++)
    {
      const WorkItem *item = &work->items[i];
      const NudgeBox *full = &item->shape->poses[0].full;
      gint32 text = MAX (item->text_widths[0], item->text_widths[1]);

      pitch_x = MAX (pitch_x, MAX ((full->x1 - full->x0) / WORK_CELL + 6, text / WORK_CELL + 3));
      pitch_y = MAX (pitch_y, (full->y1 - full->y0) / WORK_CELL + 16);
    }
  per_row = MAX (1, ROW_LIMIT / pitch_x);
  n_rows = ((gint) work->n_items + per_row - 1) / per_row;
  per_row = ((gint) work->n_items + n_rows - 1) / n_rows;
  work_sheet_open (work, 70 + pitch_x * per_row, 60 + pitch_y * n_rows);
  for (guint i = 0; i < work->n_items; i++)
    {
      if (i > 0 && (gint) i % per_row == 0)
        {
          x = 24;
          y += pitch_y;
        }
      work_insert (work, i, x, y, 0);
      x += pitch_x;
    }
  /* Now that the wires between them stand. */
  for (guint i = 0; i < work->n_items; i++)
    {
      work_remove_fields (work, i);
      work_place_fields (work, i);
    }
}

/* ---- power flags ---- */

/* A flag apart from its net needs a name to be joined by. */
static gboolean
says_its_name (const WorkModel *model, guint net)
{
  const NudgePlanNet *n = &model->sheet->nets[net];

  return n->is_power || n->is_global || !model->plan->layout->circuit->nets[n->net].auto_named;
}

SchematicGroup *
schematic_draw_flags (const WorkModel *model, const gint *flagged)
{
  const NudgePlanSheet *sheet = model->sheet;
  SchematicGroup *group;
  WorkSheet *work;
  guint n = 0, at = 0;
  gint x = 16, pitch = 0;

  if (model->plan->flag_symbol == NULL)
    return NULL;
  for (guint i = 0; i < sheet->n_nets; i++)
    n += sheet->nets[i].needs_flag && !flagged[i] && says_its_name (model, i);
  if (n == 0)
    return NULL;
  group = schematic_group_new (GROUP_FLAGS, NULL, 0);
  work = group->work = work_sheet_new (model->plan, sheet, 0, 0, n);
  for (guint i = 0; i < sheet->n_nets; i++)
    if (sheet->nets[i].needs_flag && !flagged[i] && says_its_name (model, i))
      {
        work_model_describe_net (model, i, &work->nets[at]);
        pitch = MAX (pitch, work->nets[at].label_width / WORK_CELL);
        at++;
      }
  pitch = MAX (pitch + 5, 14);
  work_sheet_open (work, 40 + pitch * (gint) n, 40);
  for (guint i = 0; i < n; i++, x += pitch)
    {
      const WorkNet *net = &work->nets[i];

      work_add_mark (work, i, WORK_MARK_FLAG, x, 20, net->power && net->ground ? 1 : 3, 0);
      if (net->power)
        {
          gint end = net->ground ? 22 : 18;

          for (gint y = MIN (20, end); y < MAX (20, end); y++)
            work_set_edge (work, x, y, 3, (guint16) (i + 1));
          work_add_mark (work, i, WORK_MARK_POWER, x, end, net->ground ? 3 : 1, 0);
        }
      else
        {
          work_set_edge (work, x, 19, 3, (guint16) (i + 1));
          wire_row (work, i, x, x + 2, 19);
          work_add_mark (work, i, WORK_MARK_LABEL, x + 2, 19, 0, 0);
        }
    }
  return group;
}
