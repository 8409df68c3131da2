#include "drawing/frames.h"

#include "base/text-metrics.h"

/* A frame follows its parts: it is where they are. Its lines run between the grid's, so that a wire crosses them and
 * never runs along them. */

#define GROUP_FIELD "group"
#define NOBODY NUDGE_NONE
#define SEVERAL (NUDGE_NONE - 1)

typedef struct
{
  NudgePoint at;
  guint owner;
} OwnedPoint;

typedef struct
{
  NudgeSheetBuilder *builder;
  GPtrArray *names;
  guint *owners;               /* by symbol: into names, or NOBODY */
  GArray *pins;                /* OwnedPoint */
  guint *wire_owners;          /* by wire: into names, NOBODY or SEVERAL */
  NudgeBox *boxes;             /* by name */
} Frames;

const char *
nudge_part_group (const NudgeCircuit *circuit, guint part)
{
  const NudgePart *p = &circuit->parts[part];

  for (guint i = p->first_field; i < p->first_field + p->n_fields; i++)
    if (g_ascii_strcasecmp (circuit->fields[i].name, GROUP_FIELD) == 0 && circuit->fields[i].value[0] != '\0')
      return circuit->fields[i].value;
  return NULL;
}

static NudgeDrawnSymbol *
symbol_at (const Frames *self, guint i)
{
  return &g_array_index (self->builder->symbols, NudgeDrawnSymbol, i);
}

static const NudgeWire *
wire_at (const Frames *self, guint i)
{
  return &g_array_index (self->builder->wires, NudgeWire, i);
}

static guint
name_index (Frames *self, const char *name)
{
  for (guint i = 0; i < self->names->len; i++)
    if (g_str_equal (g_ptr_array_index (self->names, i), name))
      return i;
  g_ptr_array_add (self->names, (gpointer) name);
  return self->names->len - 1;
}

static void
find_owners (Frames *self)
{
  const NudgeCircuit *circuit = self->builder->plan->layout->circuit;

  for (guint i = 0; i < self->builder->symbols->len; i++)
    {
      const NudgeDrawnSymbol *symbol = symbol_at (self, i);
      const char *name = symbol->part != NUDGE_NONE ? nudge_part_group (circuit, symbol->part) : NULL;

      self->owners[i] = name != NULL ? name_index (self, name) : NOBODY;
    }
}

static void
list_pins (Frames *self)
{
  for (guint i = 0; i < self->builder->symbols->len; i++)
    {
      const NudgeDrawnSymbol *drawn = symbol_at (self, i);

      for (guint k = 0; k < drawn->symbol->n_pins && drawn->part != NUDGE_NONE; k++)
        {
          const NudgeSymbolPin *pin = &drawn->symbol->pins[k];
          OwnedPoint point = { nudge_pose_point (&drawn->pose, pin->at), self->owners[i] };

          if (pin->unit == 0 || pin->unit == drawn->unit)
            g_array_append_val (self->pins, point);
        }
    }
}

static gboolean
is_on (const NudgeWire *wire, NudgePoint p)
{
  return p.x >= MIN (wire->a.x, wire->b.x) && p.x <= MAX (wire->a.x, wire->b.x) && p.y >= MIN (wire->a.y, wire->b.y) && p.y <= MAX (wire->a.y, wire->b.y);
}

static gboolean
wires_meet (const NudgeWire *a, const NudgeWire *b)
{
  return a->net == b->net && (is_on (a, b->a) || is_on (a, b->b) || is_on (b, a->a) || is_on (b, a->b));
}

/* Whose pins the wires that hang together with one lead to. */
static void
own_wires (Frames *self, guint first, gboolean *seen, guint *queue)
{
  guint n = 0, owner = NOBODY;
  gboolean any = FALSE;

  seen[first] = TRUE;
  queue[n++] = first;
  for (guint i = 0; i < n; i++)
    {
      const NudgeWire *wire = wire_at (self, queue[i]);

      for (guint k = 0; k < self->builder->wires->len; k++)
        if (!seen[k] && wires_meet (wire, wire_at (self, k)))
          {
            seen[k] = TRUE;
            queue[n++] = k;
          }
      for (guint k = 0; k < self->pins->len; k++)
        {
          const OwnedPoint *pin = &g_array_index (self->pins, OwnedPoint, k);

          if (!is_on (wire, pin->at))
            continue;
          owner = !any || owner == pin->owner ? pin->owner : SEVERAL;
          any = TRUE;
        }
    }
  for (guint i = 0; i < n; i++)
    self->wire_owners[queue[i]] = owner;
}

static guint
owner_of_point (const Frames *self, NudgePoint at)
{
  for (guint i = 0; i < self->builder->wires->len; i++)
    if (is_on (wire_at (self, i), at))
      return self->wire_owners[i];
  for (guint i = 0; i < self->pins->len; i++)
    {
      const OwnedPoint *pin = &g_array_index (self->pins, OwnedPoint, i);

      if (pin->at.x == at.x && pin->at.y == at.y)
        return pin->owner;
    }
  return NOBODY;
}

static void
hold (Frames *self, guint owner, NudgeBox box)
{
  if (owner < self->names->len && !nudge_box_is_empty (&box))
    nudge_box_add_box (&self->boxes[owner], &box);
}

static void
hold_symbols (Frames *self)
{
  for (guint i = 0; i < self->builder->symbols->len; i++)
    {
      const NudgeDrawnSymbol *symbol = symbol_at (self, i);
      guint owner = symbol->part != NUDGE_NONE ? self->owners[i] : owner_of_point (self, symbol->pose.at);

      hold (self, owner, symbol->box);
      for (guint f = symbol->first_field; f < symbol->first_field + symbol->n_fields; f++)
        {
          const NudgeDrawnField *field = &g_array_index (self->builder->fields, NudgeDrawnField, f);

          if (!field->style.hidden && field->text[0] != '\0')
            hold (self, owner, nudge_drawn_field_box (&symbol->pose, field, field->text));
        }
    }
}

static void
hold_marks (Frames *self)
{
  for (guint i = 0; i < self->builder->wires->len; i++)
    {
      const NudgeWire *wire = wire_at (self, i);

      if (self->wire_owners[i] >= self->names->len)
        continue;
      nudge_box_add_point (&self->boxes[self->wire_owners[i]], wire->a.x, wire->a.y);
      nudge_box_add_point (&self->boxes[self->wire_owners[i]], wire->b.x, wire->b.y);
    }
  for (guint i = 0; i < self->builder->labels->len; i++)
    {
      const NudgeLabel *label = &g_array_index (self->builder->labels, NudgeLabel, i);

      hold (self, owner_of_point (self, label->at), nudge_label_box (label));
    }
}

/* A name along a wire that leaves the group is inside or outside. */
static void
hold_crossing (Frames *self)
{
  for (guint i = 0; i < self->builder->labels->len; i++)
    for (guint name = 0; name < self->names->len; name++)
      {
        NudgeBox label = nudge_label_box (&g_array_index (self->builder->labels, NudgeLabel, i));
        NudgeBox frame = nudge_box_grown (self->boxes[name], 2 * NUDGE_GRID);

        if (!nudge_box_is_empty (&self->boxes[name]) && nudge_box_overlaps (&frame, &label))
          hold (self, name, label);
      }
}

/* Half a step beyond the grid line that leaves at least @by. */
static gint32
line_before (gint32 at, gint by)
{
  return nudge_snap (at - by * NUDGE_GRID, NUDGE_GRID) - NUDGE_GRID / 2;
}

static void
add_frame (NudgeSheetBuilder *b, const char *name, const NudgeBox *held)
{
  NudgeDrawnText frame = {
    .text = "",
    .box = { line_before (held->x0, 1), line_before (held->y0, NUDGE_FRAME_HEAD - 2), -line_before (-held->x1, 1), -line_before (-held->y1, 1) },
    .boxed = TRUE,
    .border_width = 0,
    .border = NUDGE_STROKE_DASH,
    .text_color = NUDGE_COLOR_DEFAULT,
    .fill_color = NUDGE_COLOR_DEFAULT,
    .border_color = NUDGE_COLOR_DEFAULT,
    .style = NUDGE_TEXT_STYLE_DEFAULT,
  };
  NudgeDrawnText title = frame;
  gint32 width = nudge_text_width (name, NUDGE_FRAME_TITLE);

  frame.box.x1 = MAX (frame.box.x1, frame.box.x0 + nudge_snap (width, NUDGE_GRID) + 3 * NUDGE_GRID);
  title.text = name;
  title.boxed = FALSE;
  title.border_width = -1;
  title.box.x0 = title.box.x1 = frame.box.x0 + NUDGE_GRID + NUDGE_GRID / 2;
  title.box.y0 = title.box.y1 = frame.box.y0 + NUDGE_GRID + NUDGE_GRID / 2;
  title.style.height = title.style.width = NUDGE_FRAME_TITLE;
  title.style.justify_h = NUDGE_JUSTIFY_LEFT;
  title.style.justify_v = NUDGE_JUSTIFY_CENTER;
  nudge_sheet_builder_add_text (b, &frame);
  nudge_sheet_builder_add_text (b, &title);
}

void
nudge_sheet_builder_add_frames (NudgeSheetBuilder *builder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (OwnedPoint));
  g_autofree guint *owners = g_new (guint, builder->symbols->len + 1), *wire_owners = g_new (guint, builder->wires->len + 1);
  g_autofree guint *queue = NULL;
  g_autofree gboolean *seen = NULL;
  g_autofree NudgeBox *boxes = NULL;
  Frames self = { builder, names, owners, pins, wire_owners, NULL };

  find_owners (&self);
  if (names->len == 0)
    return;
  list_pins (&self);
  boxes = self.boxes = g_new (NudgeBox, names->len);
  for (guint i = 0; i < names->len; i++)
    boxes[i] = (NudgeBox) NUDGE_BOX_EMPTY;
  seen = g_new0 (gboolean, builder->wires->len + 1);
  queue = g_new (guint, builder->wires->len + 1);
  for (guint i = 0; i < builder->wires->len; i++)
    if (!seen[i])
      own_wires (&self, i, seen, queue);
  hold_symbols (&self);
  hold_marks (&self);
  hold_crossing (&self);
  for (guint i = 0; i < names->len; i++)
    if (!nudge_box_is_empty (&boxes[i]))
      add_frame (builder, g_ptr_array_index (names, i), &boxes[i]);
}
