#include "arrange/force-private.h"

#include "arrange/synth-measure.h"
#include "arrange/text-flow.h"
#include "base/progress.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_SEED 1
#define MAX_STEPS 1000         /* far beyond what the levels together take */

struct _NudgeForce
{
  gatomicrefcount refs;
  NudgeLayout *layout;
  GPtrArray *sheets;           /* ForceSheet of each circuit that is no copy */
};

G_DEFINE_BOXED_TYPE (NudgeForce, nudge_force, nudge_force_ref, nudge_force_unref)

static void
free_sheet (gpointer data)
{
  force_sheet_free (data);
}

/**
 * nudge_force_new:
 * @layout: what is to be placed; locked placements stay
 * @seed: where parts start from; the same seed gives the same layout
 *
 * Begins a force-directed layout of every sheet.
 *
 * Returns: (transfer full): a layout under way; see nudge_force_step()
 */
NudgeForce *
nudge_force_new (NudgeLayout *layout, guint seed)
{
  NudgeForce *self;
  guint32 random = seed * 0x9e3779b1u ^ 0x85ebca6bu;

  g_return_val_if_fail (layout != NULL, NULL);

  self = g_new0 (NudgeForce, 1);
  g_atomic_ref_count_init (&self->refs);
  self->layout = nudge_layout_ref (layout);
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  if (random == 0)
    random = DEFAULT_SEED;
  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    if (layout->circuit->blocks[block].definition == block)
      g_ptr_array_add (self->sheets, force_sheet_new (layout, block, &random));
  return self;
}

/**
 * nudge_force_ref:
 * @self: a layout under way
 *
 * Returns: (transfer full): @self
 */
NudgeForce *
nudge_force_ref (NudgeForce *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * nudge_force_unref:
 * @self: (transfer full): a layout under way
 *
 * Frees it with its last reference.
 */
void
nudge_force_unref (NudgeForce *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->sheets);
  nudge_layout_unref (self->layout);
  g_free (self);
}

/**
 * nudge_force_step:
 * @self: a layout under way
 *
 * One iteration on every sheet that is not yet settled.
 *
 * Returns: %FALSE when all are settled
 */
gboolean
nudge_force_step (NudgeForce *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  for (guint i = 0; i < self->sheets->len; i++)
    force_sheet_step (self->sheets->pdata[i]);
  return nudge_force_get_level (self) != NUDGE_FORCE_SETTLED;
}

/**
 * nudge_force_settle:
 * @self: a layout under way
 *
 * Ends it where it is: everything goes to the nearest free place on the grid.
 */
void
nudge_force_settle (NudgeForce *self)
{
  g_return_if_fail (self != NULL);
  for (guint i = 0; i < self->sheets->len; i++)
    force_sheet_end (self->sheets->pdata[i]);
}

/**
 * nudge_force_get_level:
 * @self: a layout under way
 *
 * Returns: how far the sheet has come that is furthest behind
 */
NudgeForceLevel
nudge_force_get_level (const NudgeForce *self)
{
  NudgeForceLevel level = NUDGE_FORCE_SETTLED;

  g_return_val_if_fail (self != NULL, NUDGE_FORCE_SETTLED);
  for (guint i = 0; i < self->sheets->len; i++)
    level = MIN (level, ((const ForceSheet *) self->sheets->pdata[i])->level);
  return level;
}

/**
 * nudge_force_get_iterations:
 * @self: a layout under way
 *
 * Returns: how many iterations the sheet took that took most
 */
guint
nudge_force_get_iterations (const NudgeForce *self)
{
  guint most = 0;

  g_return_val_if_fail (self != NULL, 0);
  for (guint i = 0; i < self->sheets->len; i++)
    most = MAX (most, ((const ForceSheet *) self->sheets->pdata[i])->n_iterations);
  return most;
}

/**
 * nudge_force_get_energy:
 * @self: a layout under way
 *
 * Returns: what springs and pushes held at the last iteration that knew forces, over all sheets; without unit
 */
double
nudge_force_get_energy (const NudgeForce *self)
{
  double energy = 0;

  g_return_val_if_fail (self != NULL, 0);
  for (guint i = 0; i < self->sheets->len; i++)
    energy += ((const ForceSheet *) self->sheets->pdata[i])->energy;
  return energy;
}

/**
 * nudge_force_get_temperature:
 * @self: a layout under way
 *
 * Returns: how far anything may still go in one iteration, on the sheet where that is most; it falls within each level
 */
double
nudge_force_get_temperature (const NudgeForce *self)
{
  double most = 0;

  g_return_val_if_fail (self != NULL, 0);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const ForceSheet *sheet = self->sheets->pdata[i];

      if (sheet->level < NUDGE_FORCE_SPACING)
        most = MAX (most, sheet->temperature);
    }
  return most;
}

static void
write_item (NudgeLayout *layout, const ForceItem *item)
{
  NudgePoint at = { nudge_snap (nudge_synth_units (item->at.x), NUDGE_GRID), nudge_snap (nudge_synth_units (item->at.y), NUDGE_GRID) };

  if (item->fixed)
    return;
  if (item->unit != NUDGE_NONE)
    layout->placements[item->unit] = (NudgePlacement){ .pose = { .at = at, .turn = item->turn }, .placed = TRUE };
  else
    {
      NudgeSynthBox size = nudge_synth_box_size (layout->circuit, item->block);

      layout->boxes[item->block] = (NudgeBoxPlacement){ .at = at, .size = { nudge_synth_units (size.w), nudge_synth_units (size.h) }, .placed = TRUE };
    }
}

/**
 * nudge_force_get_layout:
 * @self: a layout under way
 *
 * Where things stand now, on the grid. Before it is settled, parts may stand on one another and off the page.
 *
 * Returns: (transfer full): the layout
 */
NudgeLayout *
nudge_force_get_layout (const NudgeForce *self)
{
  NudgeLayout *layout;

  g_return_val_if_fail (self != NULL, NULL);

  layout = nudge_layout_copy (self->layout);
  layout->wires = FALSE;
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const ForceSheet *sheet = self->sheets->pdata[i];

      layout->papers[sheet->block] = sheet->paper;
      for (guint k = 0; k < sheet->items->len; k++)
        write_item (layout, FORCE_ITEM (sheet, k));
    }
  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    if (layout->circuit->blocks[block].definition != block)
      nudge_flow_copy_block (layout, block);
  return layout;
}

/**
 * nudge_force_report:
 * @self: a layout that has come to rest
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 *
 * Tells how each sheet came to rest, and which does not fit its paper.
 */
void
nudge_force_report (const NudgeForce *self, GPtrArray *diagnostics)
{
  g_return_if_fail (self != NULL);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const ForceSheet *sheet = self->sheets->pdata[i];
      const char *path = self->layout->circuit->blocks[sheet->block].path;
      char energy[G_ASCII_DTOSTR_BUF_SIZE];
      NudgeDiagnostic *found;

      g_ascii_formatd (energy, sizeof energy, "%.1f", sheet->energy);
      found = nudge_diagnostics_add (diagnostics, NUDGE_CODE_FORCES_SETTLED, "sheet %s came to rest after %u iterations at an energy of %s",
                                     path, sheet->n_iterations, energy);
      nudge_diagnostic_set_sheet (found, path);
      if (!sheet->overfull)
        continue;
      found = nudge_diagnostics_add (diagnostics, NUDGE_CODE_PAPER_OVERFULL, "sheet %s does not fit A0: parts stand below the page", path);
      nudge_diagnostic_set_sheet (found, path);
    }
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeForce) force = nudge_force_new (layout, DEFAULT_SEED);

  for (guint i = 0; i < MAX_STEPS && nudge_force_step (force); i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (nudge_progress_is_hurried (cancellable))
        nudge_force_settle (force);
      nudge_progress_report (cancellable, NUDGE_STAGE_ARRANGE, nudge_force_get_level (force), NUDGE_FORCE_SETTLED);
    }
  nudge_force_report (force, diagnostics);
  return nudge_force_get_layout (force);
}

const NudgeArranger nudge_force_arranger = {
  .name = "force",
  .summary = N_("parts that pull and push one another until they rest, a label on every pin"),
  .arrange = arrange,
};
