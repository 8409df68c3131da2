#include "arrange/schematic-frames.h"

#include "drawing/frames.h"
#include "drawing/router.h"

#define LARGEST NUDGE_PAPER_8A0 /* that is held as one grid */

/* The groups of a sheet, each drawn on a sheet of its own, brought together on the page. */

typedef struct
{
  WorkSheet *page;
  const WorkSheet *from;
  const guint *items;          /* of the page, by item */
  const guint *net_of;         /* by net of the plan sheet: net of the page */
  gint dx, dy;
} Move;

static void
move_items (const Move *self)
{
  for (guint i = 0; i < self->from->n_items; i++)
    {
      const WorkItem *item = &self->from->items[i];
      guint to = self->items[i];

      if (!item->placed)
        continue;
      work_place_item (self->page, to, item->x + self->dx, item->y + self->dy, item->pose);
      self->page->items[to].cost = item->cost;
      self->page->cost += item->cost;
    }
}

static guint
page_net (const Move *self, guint net)
{
  return self->net_of[self->from->nets[net].plan];
}

static void
move_wires (const Move *self)
{
  for (gint y = 1; y < self->from->height - 1; y++)
    for (gint x = 1; x < self->from->width - 1; x++)
      {
        const WorkNode *node = &self->from->nodes[work_node (self->from, x, y)];

        if (node->h != 0)
          work_set_edge (self->page, x + self->dx, y + self->dy, 0, (guint16) (page_net (self, node->h - 1u) + 1));
        if (node->v != 0)
          work_set_edge (self->page, x + self->dx, y + self->dy, 3, (guint16) (page_net (self, node->v - 1u) + 1));
      }
}

static void
move_texts (const Move *self)
{
  for (guint i = 0; i < self->from->n_marks; i++)
    {
      const WorkMark *mark = &self->from->marks[i];

      if (mark->live)
        work_add_mark (self->page, page_net (self, mark->net), (WorkMarkKind) mark->kind, mark->x + self->dx, mark->y + self->dy, mark->direction, mark->cost);
    }
  for (guint i = 0; i < self->from->n_items; i++)
    if (self->from->items[i].placed)
      work_copy_fields (self->page, self->items[i], &self->from->items[i], self->dx, self->dy);
  for (guint i = 0; i < self->from->n_nets; i++)
    {
      guint net = page_net (self, i);
      work_net_set_homeless (self->page, net, self->page->nets[net].homeless + self->from->nets[i].homeless);
    }
}

static NudgeBox
box_on_page (const SchematicGroup *group)
{
  gint w = group->extent.x1 - group->extent.x0, h = group->extent.y1 - group->extent.y0;

  return (NudgeBox){ group->x, group->y, group->x + w, group->y + h };
}

static gboolean
fits (GPtrArray *groups, gint width, gint height)
{
  for (guint i = 0; i < groups->len; i++)
    {
      NudgeBox box = box_on_page (g_ptr_array_index (groups, i));

      if (box.x0 < 3 || box.y0 < 3 || box.x1 > width - 4 || box.y1 > height - 4)
        return FALSE;
    }
  return TRUE;
}

/* The names beside the flags must go on meaning something. */
static void
close_flags (WorkSheet *page, const SchematicGroup *group)
{
  NudgeBox box = box_on_page (group);

  for (guint i = 0; i < group->work->n_nets; i++)
    for (guint net = 0; net < page->n_nets; net++)
      if (page->nets[net].plan == group->work->nets[i].plan)
        page->nets[net].outside = TRUE;
  box = (NudgeBox){ box.x0 * WORK_CELL, box.y0 * WORK_CELL, box.x1 * WORK_CELL, box.y1 * WORK_CELL };
  work_close_area (page, &box);
}

static void
add_effort (WorkEffort *sum, const WorkEffort *part)
{
  sum->searches += part->searches;
  sum->expansions += part->expansions;
  sum->places += part->places;
  sum->trials += part->trials;
}

/* No wire runs through the title of a frame. */
static void
close_title (WorkSheet *page, const SchematicGroup *group)
{
  gint32 x = (group->x + 1) * WORK_CELL, y = group->y * WORK_CELL;
  NudgeBox box = { x, y, x + schematic_title_width (group) * WORK_CELL, y + (NUDGE_FRAME_HEAD - NUDGE_FRAME_MARGIN) * WORK_CELL };

  work_close_area (page, &box);
}

void
schematic_bring (WorkSheet *page, guint n_plan_nets, const SchematicGuest *guests, guint n)
{
  g_autofree guint *net_of = g_new0 (guint, n_plan_nets + 1);

  for (guint net = 0; net < page->n_nets; net++)
    net_of[page->nets[net].plan] = net;
  for (guint i = 0; i < n; i++)
    add_effort (&page->effort, &guests[i].work->effort);
  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < n; i++)
      {
        Move move = { page, guests[i].work, guests[i].items, net_of, guests[i].dx, guests[i].dy };

        (pass == 0 ? move_items : pass == 1 ? move_wires : move_texts) (&move);
      }
}

WorkSheet *
schematic_page_new (const WorkModel *model, GPtrArray *groups, NudgePaper paper)
{
  g_autofree guint *elements = g_new (guint, model->n_elements + 1);
  g_autofree SchematicGuest *guests = g_new (SchematicGuest, groups->len + 1);
  NudgePoint size = nudge_paper_size (paper);
  gint width = size.x / WORK_CELL + 1, height = size.y / WORK_CELL + 1;
  WorkSheet *page;
  guint n = 0;

  if (nudge_paper_landscape (paper) > LARGEST || !fits (groups, width, height))
    return NULL;
  for (guint i = 0; i < model->n_elements; i++)
    elements[i] = i;
  page = work_model_sheet (model, elements, model->n_elements);
  work_sheet_open (page, width, height);
  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->kind == GROUP_FLAGS)
        close_flags (page, group);
      else
        guests[n++] = (SchematicGuest){ group->work, group->elements, group->x - group->extent.x0, group->y - group->extent.y0 };
    }
  schematic_bring (page, model->sheet->n_nets, guests, n);
  for (guint i = 0; i < groups->len; i++)
    {
      const SchematicGroup *group = g_ptr_array_index (groups, i);

      if (group->frame != NULL)
        close_title (page, group);
    }
  schematic_close_margins (page);
  return page;
}
