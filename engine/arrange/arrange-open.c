#include "arrange/arrange.h"
#include "layout/follow.h"

static gboolean
knows_places (const NudgeLayout *layout)
{
  for (guint i = 0; i < layout->n_units; i++)
    if (layout->placements[i].placed)
      return TRUE;
  return FALSE;
}

/**
 * nudge_arrange_open:
 * @layout: a layout, such as one that was loaded from a file
 * @arranger: (nullable): name of an arranger, or %NULL for the layout's own, else the default
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Makes a layout complete without moving anything that stands: what is new finds a free spot near what it connects to.
 * A layout that places nothing, or that another arranger has placed than the one that is named, is arranged as a whole;
 * then only what is locked stays.
 *
 * Returns: (transfer full): the layout with everything placed, or %NULL as nudge_arrange()
 */
NudgeLayout *
nudge_arrange_open (NudgeLayout *layout, const char *arranger, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  const char *own;

  g_return_val_if_fail (layout != NULL, NULL);

  own = layout->arranger != NULL && nudge_arranger_find (layout->arranger) != NULL ? layout->arranger : NULL;
  if (!knows_places (layout) || (arranger != NULL && g_strcmp0 (arranger, own) != 0))
    return nudge_arrange (layout, arranger != NULL ? arranger : own, diagnostics, cancellable, error);
  if (nudge_layout_is_placed (layout))
    return nudge_layout_ref (layout);
  return nudge_layout_place_open (layout);
}
