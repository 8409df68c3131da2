/* settings.h: what a person prefers and how his window stood. In GSettings; in memory only where the schema is not installed. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SETTINGS (nudge_settings_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSettings, nudge_settings, NUDGE, SETTINGS, GObject)

/* Signal "changed" (const char *key), detailed by the key. */

#define NUDGE_SETTING_THEME "theme"
#define NUDGE_SETTING_ARRANGER "arranger"
#define NUDGE_SETTING_SYMBOL_FOLDERS "symbol-folders"
#define NUDGE_SETTING_AUTOSAVE "autosave"
#define NUDGE_SETTING_BLINK_MS "blink-ms"
#define NUDGE_SETTING_WIDTH "window-width"
#define NUDGE_SETTING_HEIGHT "window-height"
#define NUDGE_SETTING_MAXIMIZED "window-maximized"
#define NUDGE_SETTING_SIDE_WIDTH "side-width"
#define NUDGE_SETTING_INSPECTOR_WIDTH "inspector-width"

/* (transfer none): those of the process. */
NudgeSettings *nudge_settings_get_default (void);

/**
 * nudge_settings_new:
 * @schema_folder: (nullable): folder with compiled schemas, or %NULL for the installed ones
 *
 * Returns: (transfer full): settings
 */
NudgeSettings *nudge_settings_new (const char *schema_folder);
/* FALSE: what is set is forgotten with the process. */
gboolean nudge_settings_is_kept (NudgeSettings *self);

/* (transfer full): the value of a key; the type is the schema's. */
GVariant *nudge_settings_get (NudgeSettings *self, const char *key);
/* Takes a floating @value. One that the schema does not allow changes nothing. */
void nudge_settings_set (NudgeSettings *self, const char *key, GVariant *value);

gboolean nudge_settings_get_boolean (NudgeSettings *self, const char *key);
int nudge_settings_get_int (NudgeSettings *self, const char *key);
/* (transfer full) */
char *nudge_settings_get_string (NudgeSettings *self, const char *key);
char **nudge_settings_get_strv (NudgeSettings *self, const char *key);

G_END_DECLS
