/* inspector.h: all there is to know about what is selected. */
#pragma once

#include "drawing/drawing.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_INSPECTOR (nudge_inspector_get_type ())
G_DECLARE_FINAL_TYPE (NudgeInspector, nudge_inspector, NUDGE, INSPECTOR, GtkWidget)

/* Signals: "placed" (int x, int y) when a person typed where it is to stand, 100 nm; "net-chosen" (guint net). */

/* Shows nothing but that @n marks are selected. */
void nudge_inspector_show_count (NudgeInspector *self, guint n);

/**
 * nudge_inspector_show_unit:
 * @self: the inspector
 * @layout: the layout
 * @part: the part that is meant, which may be a copy of the one that is placed
 * @unit: the unit, as the layout counts them
 *
 * Shows a unit of a part: its fields, where it stands, the net of each pin.
 */
void nudge_inspector_show_unit (NudgeInspector *self, NudgeLayout *layout, guint part, guint unit);
/* Shows the box of a child circuit. */
void nudge_inspector_show_box (NudgeInspector *self, NudgeLayout *layout, guint block);
/* Shows a net: how it is drawn, and its pins. */
void nudge_inspector_show_net (NudgeInspector *self, NudgeLayout *layout, guint net);

/* (transfer none): what its title says. */
const char *nudge_inspector_get_title (NudgeInspector *self);
/* (transfer full): what it says of a thing such as “Footprint”, or %NULL. */
char *nudge_inspector_get_value (NudgeInspector *self, const char *name);

G_END_DECLS
