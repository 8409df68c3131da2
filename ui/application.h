/* application.h: windows, accelerators, help. */
#pragma once

#include "window-module.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_APPLICATION_ID "io.github.nudge_eda.Nudge"

#define NUDGE_TYPE_APPLICATION (nudge_application_get_type ())
G_DECLARE_FINAL_TYPE (NudgeApplication, nudge_application, NUDGE, APPLICATION, GtkApplication)

/**
 * nudge_application_new:
 * @options: how documents are loaded; copied
 *
 * Returns: (transfer full): the application
 */
NudgeApplication *nudge_application_new (const NudgeWindowOptions *options);

G_END_DECLS
