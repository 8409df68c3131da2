/* drawing-frame.c: files, names and paths of a drawing's sheets: all that does not hang on where things stand. */
#include "drawing/drawing-private.h"

#include "base/file-name.h"
#include "base/uuid.h"
#include "drawing/draw-synth.h"

static void
name_sheets (NudgeDrawingFrame *self)
{
  const NudgePlan *plan = self->plan;
  const NudgeSynthForm *form = nudge_synth_form (plan->layout->dialect);
  g_autoptr (GHashTable) taken = nudge_file_names_new ();

  for (guint i = 0; i < plan->n_sheets; i++)
    {
      const NudgeBlock *block = &plan->layout->circuit->blocks[plan->sheets[i].block];
      g_autofree char *name = form != NULL && form->has_cover ? nudge_name_of_builder (block->name) : g_strdup (block->name);
      g_autofree char *safe = nudge_file_name_unique (taken, name);
      g_autofree char *file = g_strconcat (safe, ".kicad_sch", NULL);
      NudgeDrawnSheet *sheet = &self->sheets[i];

      if (!g_str_equal (safe, name))
        nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_FILE_NAME_CHANGED, "circuit “%s” is written as %s", name, file);
      if (i == 0)
        self->project_name = g_string_chunk_insert_const (self->strings, safe);
      sheet->name = g_string_chunk_insert_const (self->strings, name);
      sheet->file = g_string_chunk_insert_const (self->strings, file);
      sheet->title = sheet->name;
      sheet->block = plan->sheets[i].block;
      nudge_uuid (sheet->uuid, "sheet", block->path);
    }
}

/* KiCad knows a use of a sheet by the root's UUID and those of the boxes on the way. A box has the identity of the
 * block for which its own sheet was drawn first, so a copy's path goes through the original's boxes. */
static void
list_instances (NudgeDrawingFrame *self)
{
  const NudgePlan *plan = self->plan;
  const NudgeCircuit *circuit = plan->layout->circuit;
  g_autofree const char **paths = g_new0 (const char *, circuit->n_blocks);
  g_autofree guint *drawn_as = g_new0 (guint, circuit->n_blocks);

  for (guint s = 0; s < plan->n_sheets; s++)
    self->sheets[s].instances = g_new0 (NudgeSheetInstance, plan->sheets[s].n_blocks);

  for (guint i = 0; i < circuit->n_blocks; i++)
    {
      NudgeDrawnSheet *sheet = &self->sheets[plan->block_sheets[i]];
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

NudgeDrawingFrame *
nudge_drawing_frame_new (NudgeLayout *layout)
{
  NudgeDrawingFrame *self = g_new0 (NudgeDrawingFrame, 1);

  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (4096);
  self->diagnostics = nudge_diagnostics_new ();
  self->plan = nudge_plan_new (layout, self->diagnostics);
  self->sheets = g_new0 (NudgeDrawnSheet, self->plan->n_sheets);
  name_sheets (self);
  list_instances (self);
  if (nudge_synth_form (layout->dialect) != NULL)
    {
      self->synth = nudge_synth_nets_new (self->plan, self->diagnostics);
      nudge_draw_synth_report (self->plan, self->diagnostics);
    }
  return self;
}

NudgeDrawingFrame *
nudge_drawing_frame_ref (NudgeDrawingFrame *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_drawing_frame_unref (NudgeDrawingFrame *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->plan->n_sheets; i++)
    g_free (self->sheets[i].instances);
  g_free (self->sheets);
  g_clear_pointer (&self->synth, nudge_synth_nets_free);
  nudge_plan_free (self->plan);
  g_ptr_array_unref (self->diagnostics);
  g_string_chunk_free (self->strings);
  g_free (self);
}

gboolean
nudge_drawing_frame_fits (const NudgeDrawingFrame *self, const NudgeLayout *layout)
{
  const NudgeLayout *own = self->plan->layout;

  return own->circuit == layout->circuit && own->library == layout->library && own->units == layout->units && own->dialect == layout->dialect;
}
