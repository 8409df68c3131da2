/* draw.c: puts the sheets of a drawing together: files, pages, paths; what stands on each comes from the two ways to draw. */
#include "drawing/drawing.h"

#include "base/file-name.h"
#include "base/uuid.h"
#include "drawing/annotations.h"
#include "drawing/draw-synth.h"
#include "drawing/sheet-builder.h"

#include <string.h>

static void
builder_init (NudgeSheetBuilder *b, const NudgePlan *plan, guint sheet, NudgeDrawing *drawing)
{
  *b = (NudgeSheetBuilder){ .plan = plan, .sheet = &plan->sheets[sheet], .strings = drawing->strings, .out = &drawing->sheets[sheet] };
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
}

/* Hands the marks over to the sheet. */
static void
builder_finish (NudgeSheetBuilder *b)
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
#undef HAND_OVER
}

static void
name_sheets (NudgeDrawing *self, const NudgePlan *plan, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  g_autoptr (GHashTable) taken = nudge_file_names_new ();

  for (guint i = 0; i < plan->n_sheets; i++)
    {
      const NudgeBlock *block = &circuit->blocks[plan->sheets[i].block];
      g_autofree char *safe = nudge_file_name_unique (taken, block->name);
      g_autofree char *file = g_strconcat (safe, ".kicad_sch", NULL);
      NudgeDrawnSheet *sheet = &self->sheets[i];

      if (!g_str_equal (safe, block->name))
        nudge_diagnostics_add (diagnostics, NUDGE_CODE_FILE_NAME_CHANGED, "circuit “%s” is written as %s", block->name, file);
      if (i == 0)
        self->project_name = g_string_chunk_insert_const (self->strings, safe);
      sheet->name = g_string_chunk_insert_const (self->strings, block->name);
      sheet->file = g_string_chunk_insert_const (self->strings, file);
      sheet->title = sheet->name;
      sheet->block = plan->sheets[i].block;
      sheet->paper = self->layout->papers[sheet->block];
      nudge_uuid (sheet->uuid, "sheet", block->path);
    }
}

/* KiCad knows a use of a sheet by the root's UUID and those of the boxes on the way. A box has the identity of the
 * block for which its own sheet was drawn first, so a copy's path goes through the original's boxes. */
static void
list_instances (NudgeDrawing *self, const NudgePlan *plan)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  g_autofree const char **paths = g_new0 (const char *, circuit->n_blocks);
  g_autofree guint *drawn_as = g_new0 (guint, circuit->n_blocks);

  for (guint s = 0; s < plan->n_sheets; s++)
    self->sheets[s].instances = g_new0 (NudgeSheetInstance, plan->sheets[s].n_blocks);

  for (guint i = 0; i < circuit->n_blocks; i++)
    {
      NudgeDrawnSheet *sheet = &self->sheets[self->block_sheets[i]];
      g_autofree char *path = NULL;

      if (i == 0)
        path = g_strconcat ("/", sheet->uuid, NULL);
      else
        {
          char uuid[37];

          nudge_uuid (uuid, "box", circuit->blocks[drawn_as[i]].path);
          path = g_strconcat (paths[circuit->blocks[i].parent], "/", uuid, NULL);
        }
      paths[i] = g_string_chunk_insert (self->strings, path);
      sheet->instances[sheet->n_instances++] = (NudgeSheetInstance){ .block = i, .page = i + 1, .path = paths[i] };

      for (guint own = circuit->blocks[i].first_child, first = circuit->blocks[sheet->block].first_child; own != NUDGE_NONE;
           own = circuit->blocks[own].next_sibling, first = circuit->blocks[first].next_sibling)
        drawn_as[own] = first;
    }
}

static void
name_box_files (NudgeDrawing *self)
{
  for (guint s = 0; s < self->n_sheets; s++)
    for (guint i = 0; i < self->sheets[s].n_boxes; i++)
      self->sheets[s].boxes[i].file = self->sheets[self->sheets[s].boxes[i].sheet].file;
}

/* Power symbols are numbered through the whole design: sheet by sheet, instance by instance. */
static void
number_power_symbols (NudgeDrawing *self)
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
  g_autoptr (NudgePlan) plan = NULL;
  g_autoptr (NudgeSynthNets) synth = NULL;
  g_autoptr (NudgeDrawing) self = NULL;

  g_return_val_if_fail (layout != NULL, NULL);

  plan = nudge_plan_new (layout, diagnostics);
  self = g_new0 (NudgeDrawing, 1);
  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (4096);
  self->layout = nudge_layout_ref (layout);
  self->n_sheets = plan->n_sheets;
  self->sheets = g_new0 (NudgeDrawnSheet, plan->n_sheets);
  self->block_sheets = g_memdup2 (plan->block_sheets, layout->circuit->n_blocks * sizeof (guint));
  name_sheets (self, plan, diagnostics);
  list_instances (self, plan);
  if (layout->dialect == NUDGE_DIALECT_CIRCUIT_SYNTH)
    {
      synth = nudge_synth_nets_new (plan, diagnostics);
      nudge_draw_synth_report (plan, diagnostics);
    }

  for (guint i = 0; i < plan->n_sheets; i++)
    {
      NudgeSheetBuilder builder;
      gboolean drawn = TRUE;

      builder_init (&builder, plan, i, self);
      if (synth != NULL)
        nudge_draw_synth (&builder, synth, i, diagnostics);
      else
        drawn = layout->wires ? nudge_draw_wires (&builder, diagnostics, error) : nudge_draw_labels (&builder, diagnostics, error);
      builder_finish (&builder);
      if (!drawn)
        return NULL;
    }
  name_box_files (self);
  number_power_symbols (self);
  return g_steal_pointer (&self);
}
