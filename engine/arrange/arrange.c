#include "arrange/arrange.h"

#include "arrange/exec.h"

#include <string.h>

static const NudgeArranger *const arrangers[] = {
  &nudge_schematic_arranger,
  &nudge_text_flow_arranger,
  &nudge_synth_arranger,
  &nudge_connection_aware_arranger,
  &nudge_july_arranger,
  &nudge_july_sequence_arranger,
  &nudge_force_arranger,
  NULL,
};

const NudgeArranger *const *
nudge_arrangers (void)
{
  return arrangers;
}

const NudgeArranger *
nudge_arranger_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  for (guint i = 0; arrangers[i] != NULL; i++)
    if (g_str_equal (arrangers[i]->name, name))
      return arrangers[i];
  return NULL;
}

/**
 * nudge_arrange:
 * @layout: what is to be placed; locked placements stay
 * @arranger: (nullable): name of an arranger, `exec:PROGRAM`, or %NULL for the default
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Returns: (transfer full): the layout with everything placed, or %NULL: %NUDGE_ERROR_NOT_FOUND when there is no
 *   such arranger, %G_IO_ERROR_CANCELLED
 */
NudgeLayout *
nudge_arrange (NudgeLayout *layout, const char *arranger, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  const NudgeArranger *found;
  NudgeLayout *result;

  g_return_val_if_fail (layout != NULL, NULL);

  /* No layout file can name a program: nudge_arranger_find() knows none. */
  if (arranger != NULL && g_str_has_prefix (arranger, NUDGE_EXEC_PREFIX))
    return nudge_arrange_exec (layout, arranger + strlen (NUDGE_EXEC_PREFIX), diagnostics, cancellable, error);
  found = arranger == NULL ? arrangers[0] : nudge_arranger_find (arranger);
  if (found == NULL)
    {
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND, "There is no arranger “%s”", arranger);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  result = found->arrange (layout, diagnostics, cancellable, error);
  if (result != NULL)
    result->arranger = g_intern_string (found->name);
  return result;
}
