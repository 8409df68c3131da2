#include "arrange/schematic-frames.h"

#include "base/text-metrics.h"
#include "drawing/frames.h"

/* What the circuit names as a group is drawn together, whatever it consists of: its groups are set on a page of their
 * own, and what comes of it stands on the sheet as one, with room for the frame. */

guint *
schematic_find_frames (const WorkModel *model, GPtrArray *names)
{
  const NudgeLayout *layout = model->plan->layout;
  guint *frames = g_new0 (guint, model->n_elements + 1);

  for (guint i = 0; i < model->n_units; i++)
    {
      const char *name = nudge_part_group (layout->circuit, layout->units[model->sheet->first_unit + i].part);

      for (guint k = 0; name != NULL && k < names->len && frames[i] == 0; k++)
        if (g_str_equal (g_ptr_array_index (names, k), name))
          frames[i] = k + 1;
      if (name == NULL || frames[i] != 0)
        continue;
      g_ptr_array_add (names, (gpointer) name);
      frames[i] = names->len;
    }
  return frames;
}

NudgeBox
schematic_group_extent (const SchematicGroup *group, const WorkSheet *work)
{
  NudgeBox box = work_sheet_extent (work);

  if (group->frame == NULL)
    return box;
  box = (NudgeBox){ box.x0 - NUDGE_FRAME_MARGIN, box.y0 - NUDGE_FRAME_HEAD, box.x1 + NUDGE_FRAME_MARGIN, box.y1 + NUDGE_FRAME_MARGIN };
  box.x1 = MAX (box.x1, box.x0 + schematic_title_width (group) + 2 * NUDGE_FRAME_MARGIN);
  return box;
}

gint
schematic_title_width (const SchematicGroup *group)
{
  return nudge_text_width (group->frame, NUDGE_FRAME_TITLE) / WORK_CELL + 1;
}

/* The groups of one name on a sheet of their own, with wires between them as on a page. */
static WorkSheet *
draw_together (const WorkModel *model, GPtrArray *parts, const guint *elements, guint n_elements)
{
  g_autofree SchematicGuest *guests = g_new (SchematicGuest, parts->len);
  g_autofree guint *items = g_new (guint, n_elements), *series = g_new0 (guint, n_elements + 1);
  WorkSheet *work = work_model_sheet (model, elements, n_elements);
  gint width = 0, height = 0;
  guint n = 0;

  schematic_pack (parts);
  for (guint i = 0; i < n_elements; i++)
    items[i] = i;
  for (guint i = 0; i < parts->len; i++)
    {
      const SchematicGroup *part = g_ptr_array_index (parts, i);

      guests[i] = (SchematicGuest){ part->work, NULL, part->x - part->extent.x0, part->y - part->extent.y0 };
      width = MAX (width, part->x + part->extent.x1 - part->extent.x0);
      height = MAX (height, part->y + part->extent.y1 - part->extent.y0);
    }
  /* The groups were sorted by the page; the items of the sheet were listed before. */
  for (guint i = 0; i < parts->len; i++)
    {
      const SchematicGroup *part = g_ptr_array_index (parts, i);

      for (n = 0; elements[n] != part->elements[0]; n++)
        ;
      guests[i].items = items + n;
    }
  work_sheet_open (work, width + 8, height + 8);
  schematic_bring (work, model->sheet->n_nets, guests, parts->len);
  schematic_join (work, series);
  return work;
}

static SchematicGroup *
unite (const WorkModel *model, GPtrArray *parts)
{
  g_autofree guint *elements = NULL;
  SchematicGroup *group;
  guint n = 0;

  for (guint i = 0; i < parts->len; i++)
    n += ((SchematicGroup *) g_ptr_array_index (parts, i))->n_elements;
  elements = g_new (guint, n);
  n = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const SchematicGroup *part = g_ptr_array_index (parts, i);

      for (guint k = 0; k < part->n_elements; k++)
        elements[n++] = part->elements[k];
    }
  group = schematic_group_new (GROUP_GROWN, elements, n);
  schematic_add_variant (group, draw_together (model, parts, elements, n));
  return group;
}

/* Its variants with room for the frame. */
static void
leave_room (SchematicGroup *group)
{
  for (guint i = 0; i < group->variants->len; i++)
    {
      SchematicVariant *variant = &g_array_index (group->variants, SchematicVariant, i);
      variant->extent = schematic_group_extent (group, variant->work);
    }
  group->extent = schematic_group_extent (group, group->work);
}

void
schematic_frame_groups (const WorkModel *model, const SchematicFlow *flow, GPtrArray *groups)
{
  for (guint name = 0; name < flow->frame_names->len; name++)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new ();
      SchematicGroup *group;

      for (guint i = 0; i < groups->len; i++)
        {
          SchematicGroup *some = g_ptr_array_index (groups, i);

          if (some->n_elements > 0 && flow->frames[some->elements[0]] == name + 1)
            g_ptr_array_add (parts, some);
        }
      if (parts->len == 0)
        continue;
      group = g_ptr_array_index (parts, 0);
      if (parts->len > 1)
        {
          group = unite (model, parts);
          g_ptr_array_add (groups, group);
          for (guint i = 0; i < parts->len; i++)
            g_ptr_array_remove (groups, g_ptr_array_index (parts, i));
        }
      group->frame = g_ptr_array_index (flow->frame_names, name);
      leave_room (group);
    }
}
