/* preferences.h: what a person can choose once and for all. Every choice takes effect at once. */
#pragma once

#include "settings.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_PREFERENCES (nudge_preferences_get_type ())
G_DECLARE_FINAL_TYPE (NudgePreferences, nudge_preferences, NUDGE, PREFERENCES, GtkWindow)

/**
 * nudge_preferences_new:
 * @parent: (nullable): window that asks
 * @settings: what is shown and changed
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
NudgePreferences *nudge_preferences_new (GtkWindow *parent, NudgeSettings *settings);

/* As if these had been chosen by hand. */
void nudge_preferences_add_folder (NudgePreferences *self, const char *folder);
void nudge_preferences_choose_theme (NudgePreferences *self, guint index);

G_END_DECLS
