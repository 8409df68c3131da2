/* breadcrumb.h: the way from the root to the sheet that is shown; every part of it leads there. */
#pragma once

#include "circuit/circuit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_BREADCRUMB (nudge_breadcrumb_get_type ())
G_DECLARE_FINAL_TYPE (NudgeBreadcrumb, nudge_breadcrumb, NUDGE, BREADCRUMB, GtkWidget)

/* Signal "sheet-selected" (guint block): a person chose a part of the way. */

/**
 * nudge_breadcrumb_show:
 * @self: the breadcrumb
 * @circuit: (nullable): whose
 * @block: block whose sheet is shown
 *
 * Shows the way to a block.
 */
void nudge_breadcrumb_show (NudgeBreadcrumb *self, const NudgeCircuit *circuit, guint block);
/* (transfer none): the way as one line, such as `top › usb`. */
const char *nudge_breadcrumb_get_text (NudgeBreadcrumb *self);
/* As if the part at that place had been pressed. */
void nudge_breadcrumb_activate (NudgeBreadcrumb *self, guint position);

G_END_DECLS
