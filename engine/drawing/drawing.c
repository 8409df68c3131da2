#include "drawing/drawing-private.h"

#include "base/text-metrics.h"

G_DEFINE_BOXED_TYPE (NudgeDrawing, nudge_drawing, nudge_drawing_ref, nudge_drawing_unref)

NudgeDrawing *
nudge_drawing_ref (NudgeDrawing *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
clear_sheet (NudgeDrawnSheet *sheet)
{
  g_free (sheet->instances);
  if (sheet->store == NULL || !g_atomic_ref_count_dec (&sheet->store->refs))
    return;
  for (guint i = 0; i < sheet->n_images; i++)
    g_bytes_unref (sheet->images[i].data);
  g_free (sheet->symbols);
  g_free (sheet->fields);
  g_free (sheet->wires);
  g_free (sheet->junctions);
  g_free (sheet->labels);
  g_free (sheet->no_connects);
  g_free (sheet->boxes);
  g_free (sheet->sheet_pins);
  g_free (sheet->texts);
  g_free (sheet->images);
  g_free (sheet->buses);
  g_free (sheet->bus_entries);
  g_free (sheet->bus_names);
  g_free (sheet->bus_members);
  g_string_chunk_free (sheet->store->strings);
  g_ptr_array_unref (sheet->store->diagnostics);
  g_clear_pointer (&sheet->store->connections, nudge_sheet_connections_free);
  g_free (sheet->store);
}

void
nudge_drawing_unref (NudgeDrawing *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_sheets; i++)
    clear_sheet (&self->sheets[i]);
  g_free (self->sheets);
  g_free (self->block_sheets);
  g_clear_pointer (&self->frame, nudge_drawing_frame_unref);
  g_clear_pointer (&self->layout, nudge_layout_unref);
  g_free (self);
}

/* KiCad turns a field's text with its symbol by 90 degrees, but never upside down. */
gint
nudge_drawn_field_angle (const NudgePose *pose, const NudgeDrawnField *field)
{
  gboolean vertical = field->angle % 180 != 0;

  return (pose->turn & 1 ? !vertical : vertical) ? 90 : 0;
}

NudgeBox
nudge_text_box (const char *text, NudgePoint at, gint angle, const NudgeTextStyle *style)
{
  gint32 width = nudge_text_width (text, style->width);
  gint32 height = style->height + (gint32) (nudge_text_lines (text) - 1) * NUDGE_LINE_PITCH (style->height);
  gint32 x0 = style->justify_h < 0 ? 0 : style->justify_h > 0 ? -width : -width / 2;
  gint32 y0 = style->justify_v < 0 ? 0 : style->justify_v > 0 ? -height : -height / 2;
  NudgeBox result = NUDGE_BOX_EMPTY;

  for (guint corner = 0; corner < 4; corner++)
    {
      gint32 x = corner & 1 ? x0 + width : x0, y = corner & 2 ? y0 + height : y0;

      switch (((angle % 360) + 360) % 360 / 90)
        {
        case 0:
          nudge_box_add_point (&result, at.x + x, at.y + y);
          break;
        case 1:
          nudge_box_add_point (&result, at.x + y, at.y - x);
          break;
        case 2:
          nudge_box_add_point (&result, at.x - x, at.y - y);
          break;
        default:
          nudge_box_add_point (&result, at.x - y, at.y + x);
        }
    }
  return result;
}

/* A field is set at its angle, and then turned and mirrored with its symbol. */
NudgeBox
nudge_drawn_field_box (const NudgePose *pose, const NudgeDrawnField *field, const char *text)
{
  NudgeBox flat = nudge_text_box (text, (NudgePoint){ 0, 0 }, field->angle, &field->style);
  NudgeBox up = { flat.x0, -flat.y1, flat.x1, -flat.y0 };
  NudgePose there = { field->at, pose->turn, pose->mirror };

  return nudge_pose_box (&there, &up);
}

#define LABEL_SIZE NUDGE_MM (1.27) /* of a label's letters */

/* As it runs to the right of its anchor. */
static NudgeBox
flat_label_box (const NudgeLabel *label)
{
  gint32 width = nudge_text_width (label->text, LABEL_SIZE), margin = LABEL_SIZE * 3 / 8, half = LABEL_SIZE / 2 + margin;
  gboolean pointed = label->shape == NUDGE_LABEL_SHAPE_INPUT || label->shape == NUDGE_LABEL_SHAPE_OUTPUT;

  switch (label->kind)
    {
    case NUDGE_LABEL_LOCAL:
      return (NudgeBox){ 0, -(LABEL_SIZE * 15 / 100 + LABEL_SIZE + 1500), width, -LABEL_SIZE * 15 / 100 };
    case NUDGE_LABEL_GLOBAL:
      width += 2 * margin + (pointed ? half : label->shape == NUDGE_LABEL_SHAPE_PASSIVE ? 0 : 2 * half);
      return (NudgeBox){ 0, -half, width, half };
    case NUDGE_LABEL_HIERARCHICAL:
    default:
      return (NudgeBox){ 0, -LABEL_SIZE / 2 - 1500, width + LABEL_SIZE + LABEL_SIZE * 15 / 100, LABEL_SIZE / 2 + 1500 };
    }
}

/* A local label's text never hangs upside down: it stands above a level wire and to the left of an upright one. */
NudgeBox
nudge_label_box (const NudgeLabel *label)
{
  NudgeBox flat = flat_label_box (label), box = NUDGE_BOX_EMPTY;

  for (guint corner = 0; corner < 4; corner++)
    {
      gint32 u = corner & 1 ? flat.x1 : flat.x0, v = corner & 2 ? flat.y1 : flat.y0;
      gint32 across = label->kind == NUDGE_LABEL_LOCAL ? v : -v;

      switch (label->direction & 3)
        {
        case 0:
          nudge_box_add_point (&box, label->at.x + u, label->at.y + v);
          break;
        case 1:
          nudge_box_add_point (&box, label->at.x + v, label->at.y - u);
          break;
        case 2:
          nudge_box_add_point (&box, label->at.x - u, label->at.y + across);
          break;
        default:
          nudge_box_add_point (&box, label->at.x + across, label->at.y + u);
        }
    }
  return box;
}
