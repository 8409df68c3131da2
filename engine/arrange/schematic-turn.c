#include "arrange/schematic-groups.h"

/* A connector may look either way and stand on its head; so may a pack of resistors, and lie on its side. Which way is
 * best the page knows, so that a small group round one is drawn in all of them. */

#define MAX_TURNED 8           /* parts of a group that is drawn several times */
#define ANY 0xff               /* poses */
#define UPRIGHT 0x55           /* no quarter turn */
#define MIRRORED 0x11

static gboolean
is_pack (const WorkModel *model, guint element)
{
  return model->roles[element] == WORK_ROLE_SMALL && model->shapes[element]->n_pins > 4;
}

static guint
connected_pins (const WorkModel *model, guint element)
{
  return model->first[element + 1] - model->first[element];
}

/* The part that the others stand round. */
static guint
main_part (const WorkModel *model, const SchematicGroup *group)
{
  guint best = 0;

  for (guint i = 1; i < group->n_elements; i++)
    if (connected_pins (model, group->elements[i]) > connected_pins (model, group->elements[best]))
      best = i;
  return best;
}

/* Symbols with pins above or below are drawn to be seen upright. */
static guint
poses_of (const WorkModel *model, guint element)
{
  const NudgeBox *sides = model->shapes[element]->poses[0].sides;

  if (is_pack (model, element))
    return ANY;
  if (model->roles[element] != WORK_ROLE_CONNECTOR)
    return 0;
  return nudge_box_is_empty (&sides[1]) && nudge_box_is_empty (&sides[3]) ? UPRIGHT : MIRRORED;
}

static SchematicPort
port_of (const WorkSheet *work, const WorkMark *mark)
{
  const WorkNet *net = &work->nets[mark->net];
  NudgeBox box = work_label_box (work, net, mark->x, mark->y, mark->direction);
  gint32 length = (mark->direction & 1) ? box.y1 - box.y0 : box.x1 - box.x0;

  return (SchematicPort){ net->plan, mark->x, mark->y, mark->direction, length / WORK_CELL + 1 };
}

static void
free_variant (gpointer data)
{
  SchematicVariant *variant = data;

  work_sheet_free (variant->work);
  g_array_unref (variant->ports);
}

void
schematic_add_variant (SchematicGroup *group, WorkSheet *work)
{
  SchematicVariant variant = { work, work_sheet_extent (work), g_array_new (FALSE, FALSE, sizeof (SchematicPort)) };

  for (guint i = 0; i < work->n_marks; i++)
    {
      const WorkMark *mark = &work->marks[i];

      if (mark->live && mark->kind == WORK_MARK_LABEL && work->nets[mark->net].outside && !work->nets[mark->net].global)
        {
          SchematicPort port = port_of (work, mark);
          g_array_append_val (variant.ports, port);
        }
    }
  if (group->variants == NULL)
    {
      group->variants = g_array_new (FALSE, FALSE, sizeof (SchematicVariant));
      g_array_set_clear_func (group->variants, free_variant);
      group->work = work;
      group->extent = variant.extent;
    }
  g_array_append_val (group->variants, variant);
}

void
schematic_turn (const WorkModel *model, SchematicGroup *group, SchematicDraw draw, gpointer user_data)
{
  guint part, poses, drawn;

  if (group->kind != GROUP_GROWN || group->n_elements > MAX_TURNED || group->stamped)
    return;
  part = main_part (model, group);
  poses = poses_of (model, group->elements[part]);
  drawn = group->work->items[part].pose;
  for (guint pose = 0; pose < WORK_POSES; pose++)
    if ((poses & (1u << pose)) && pose != drawn)
      {
        WorkSheet *work = work_model_sheet (model, group->elements, group->n_elements);

        work->items[part].poses = (guint8) (1u << pose);
        schematic_add_variant (group, draw (model, group, work, user_data));
      }
}
