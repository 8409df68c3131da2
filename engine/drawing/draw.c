/* draw.c: puts the sheets of a drawing together; what stands on each comes from the two ways to draw. */
#include "drawing/drawing-private.h"

#include "drawing/annotations.h"
#include "drawing/draw-synth.h"
#include "drawing/sheet-builder.h"

void
nudge_sheet_builder_init (NudgeSheetBuilder *b, NudgeDrawnSheet *sheet)
{
  NudgeSheetStore *store = sheet->store = g_new0 (NudgeSheetStore, 1);

  g_atomic_ref_count_init (&store->refs);
  store->strings = g_string_chunk_new (1024);
  store->diagnostics = nudge_diagnostics_new ();
  *b = (NudgeSheetBuilder){ .strings = store->strings, .out = sheet };
  b->symbols = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnSymbol));
  b->fields = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnField));
  b->wires = g_array_new (FALSE, FALSE, sizeof (NudgeWire));
  b->junctions = g_array_new (FALSE, FALSE, sizeof (NudgeJunction));
  b->labels = g_array_new (FALSE, FALSE, sizeof (NudgeLabel));
  b->no_connects = g_array_new (FALSE, FALSE, sizeof (NudgePoint));
  b->boxes = g_array_new (FALSE, FALSE, sizeof (NudgeSheetBox));
  b->sheet_pins = g_array_new (FALSE, FALSE, sizeof (NudgeSheetPin));
  b->texts = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnText));
  b->images = g_array_new (FALSE, FALSE, sizeof (NudgeDrawnImage));
  b->buses = g_array_new (FALSE, FALSE, sizeof (NudgeWire));
  b->bus_entries = g_array_new (FALSE, FALSE, sizeof (NudgeWire));
  b->bus_names = g_array_new (FALSE, FALSE, sizeof (NudgeBusName));
  b->bus_members = g_array_new (FALSE, FALSE, sizeof (NudgeBusMember));
}

void
nudge_sheet_builder_finish (NudgeSheetBuilder *b)
{
  NudgeDrawnSheet *out = b->out;

  out->bounds = nudge_sheet_builder_bounds (b);
#define HAND_OVER(name) \
  out->n_##name = b->name->len; \
  out->name = (gpointer) g_array_free (b->name, FALSE)
  HAND_OVER (symbols);
  HAND_OVER (fields);
  HAND_OVER (wires);
  HAND_OVER (junctions);
  HAND_OVER (labels);
  HAND_OVER (no_connects);
  HAND_OVER (boxes);
  HAND_OVER (sheet_pins);
  HAND_OVER (texts);
  HAND_OVER (images);
  HAND_OVER (buses);
  HAND_OVER (bus_entries);
  HAND_OVER (bus_names);
  HAND_OVER (bus_members);
#undef HAND_OVER
}

/* --- what stands as it stood --- */

/* Whether both layouts say the same of a sheet: all that its drawing reads of a layout beside what the frame holds. */
static gboolean
sheet_matches (const NudgeLayout *a, const NudgeLayout *b, const NudgePlanSheet *sheet)
{
  if (a->wires != b->wires || !nudge_layout_sheet_equal (a, b, sheet->block))
    return FALSE;
  for (guint i = 0; i < sheet->n_nets; i++)
    if (a->net_styles[sheet->nets[i].net] != b->net_styles[sheet->nets[i].net])
      return FALSE;
  return TRUE;
}

/* Nothing on it has a place yet: it comes when it is arranged, and no proof passes without it. */
static gboolean
is_pending (const NudgeLayout *layout, const NudgePlanSheet *sheet)
{
  for (guint i = 0; i < sheet->n_units; i++)
    if (layout->placements[sheet->first_unit + i].placed)
      return FALSE;
  for (guint i = 0; i < sheet->n_boxes; i++)
    if (layout->boxes[sheet->boxes[i].block].placed)
      return FALSE;
  return sheet->n_units + sheet->n_boxes > 0;
}

/* --- one sheet --- */

static void
share_sheet (NudgeDrawnSheet *sheet, const NudgeDrawnSheet *before)
{
  NudgeSheetInstance *instances = sheet->instances;

  *sheet = *before;
  sheet->instances = instances;
  g_atomic_ref_count_inc (&sheet->store->refs);
}

static gboolean
draw_sheet (NudgeDrawing *self, const NudgePlan *plan, guint index, GError **error)
{
  NudgeDrawnSheet *sheet = &self->sheets[index];
  NudgeSheetBuilder builder;
  GPtrArray *diagnostics;
  gboolean drawn = TRUE;

  sheet->paper = self->layout->papers[sheet->block];
  nudge_sheet_builder_init (&builder, sheet);
  builder.plan = plan;
  builder.sheet = &plan->sheets[index];
  diagnostics = sheet->store->diagnostics;
  if (is_pending (self->layout, builder.sheet))
    drawn = TRUE;
  else if (self->frame->synth != NULL)
    nudge_draw_synth (&builder, self->frame->synth, index, diagnostics);
  else if (self->layout->wires)
    drawn = nudge_draw_wires (&builder, diagnostics, error);
  else
    drawn = nudge_draw_labels (&builder, diagnostics, error);
  nudge_sheet_builder_finish (&builder);
  for (guint i = 0; i < sheet->n_boxes; i++)
    sheet->boxes[i].file = self->frame->sheets[sheet->boxes[i].sheet].file;
  return drawn;
}

/* --- all of them --- */

/* Power symbols are numbered through the whole design: sheet by sheet, instance by instance. */
void
nudge_drawing_number_power_symbols (NudgeDrawing *self)
{
  guint next = 1;

  for (guint s = 0; s < self->n_sheets; s++)
    {
      guint n = 0;

      for (guint i = 0; i < self->sheets[s].n_symbols; i++)
        n += self->sheets[s].symbols[i].part == NUDGE_NONE;
      for (guint i = 0; i < self->sheets[s].n_instances; i++, next += n)
        self->sheets[s].instances[i].first_power = next;
    }
}

static NudgeDrawing *
drawing_new (NudgeDrawing *before, NudgeLayout *layout)
{
  NudgeDrawing *self = g_new0 (NudgeDrawing, 1);
  const NudgePlan *plan;

  g_atomic_ref_count_init (&self->refs);
  self->layout = nudge_layout_ref (layout);
  self->frame = before != NULL && before->frame != NULL && nudge_drawing_frame_fits (before->frame, layout) ? nudge_drawing_frame_ref (before->frame)
                                                                                  : nudge_drawing_frame_new (layout);
  plan = self->frame->plan;
  self->n_sheets = plan->n_sheets;
  self->sheets = g_memdup2 (self->frame->sheets, plan->n_sheets * sizeof *self->sheets);
  for (guint i = 0; i < plan->n_sheets; i++)
    self->sheets[i].instances = g_memdup2 (self->sheets[i].instances, self->sheets[i].n_instances * sizeof (NudgeSheetInstance));
  self->block_sheets = g_memdup2 (plan->block_sheets, layout->circuit->n_blocks * sizeof (guint));
  self->project_name = self->frame->project_name;
  return self;
}

/**
 * nudge_draw:
 * @layout: where things stand
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @error: return location for an error
 *
 * Draws every sheet: symbols where the layout says, and all that follows from it.
 *
 * Returns: (transfer full): the drawing, or %NULL
 */
NudgeDrawing *
nudge_draw (NudgeLayout *layout, GPtrArray *diagnostics, GError **error)
{
  return nudge_draw_after (NULL, layout, diagnostics, error);
}

/**
 * nudge_draw_after:
 * @before: (nullable): a drawing of an earlier layout
 * @layout: where things stand now
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @error: return location for an error
 *
 * Draws what nudge_draw() draws, to the last mark; sheets of which both layouts say the same are not drawn again but shared.
 *
 * Returns: (transfer full): the drawing, or %NULL
 */
NudgeDrawing *
nudge_draw_after (NudgeDrawing *before, NudgeLayout *layout, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (NudgeDrawing) self = NULL;
  NudgePlan plan;

  g_return_val_if_fail (layout != NULL, NULL);

  self = drawing_new (before, layout);
  plan = *self->frame->plan;
  plan.layout = layout;
  nudge_diagnostics_copy (diagnostics, self->frame->diagnostics);
  for (guint i = 0; i < plan.n_sheets; i++)
    {
      if (before != NULL && before->frame == self->frame && sheet_matches (before->layout, layout, &plan.sheets[i]))
        share_sheet (&self->sheets[i], &before->sheets[i]);
      else if (!draw_sheet (self, &plan, i, error))
        return NULL;
      nudge_diagnostics_copy (diagnostics, self->sheets[i].store->diagnostics);
    }
  nudge_drawing_number_power_symbols (self);
  return g_steal_pointer (&self);
}
