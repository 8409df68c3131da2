/* divider.h: the handle between two pictures: a slider from 0 to 100 that stands where it divides. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_DIVIDER (nudge_divider_get_type ())
G_DECLARE_FINAL_TYPE (NudgeDivider, nudge_divider, NUDGE, DIVIDER, GtkWidget)

/* Pixels that it takes about its line. */
#define NUDGE_DIVIDER_WIDTH 24

/**
 * nudge_divider_new:
 * @adjustment: where it stands, in percent of the width that it divides
 *
 * A handle that its parent allocates %NUDGE_DIVIDER_WIDTH pixels about the line; dragging and keys change @adjustment.
 *
 * Returns: (transfer full): the handle
 */
GtkWidget *nudge_divider_new (GtkAdjustment *adjustment);

G_END_DECLS
