#include "settings.h"

#define SCHEMA "io.github.nudge_eda.Nudge"

/* What holds without the schema: its defaults. A test compares the two. */
static const struct
{
  const char *key, *value;
} defaults[] = {
  { NUDGE_SETTING_THEME, "'kicad-default'" },
  { NUDGE_SETTING_ARRANGER, "''" },
  { NUDGE_SETTING_SYMBOL_FOLDERS, "@as []" },
  { NUDGE_SETTING_AUTOSAVE, "true" },
  { NUDGE_SETTING_BLINK_MS, "700" },
  { NUDGE_SETTING_WIDTH, "1180" },
  { NUDGE_SETTING_HEIGHT, "760" },
  { NUDGE_SETTING_MAXIMIZED, "false" },
  { NUDGE_SETTING_SIDE_WIDTH, "250" },
  { NUDGE_SETTING_INSPECTOR_WIDTH, "250" },
};

struct _NudgeSettings
{
  GObject parent_instance;
  GSettings *settings; /* or NULL: */
  GHashTable *values;  /* of GVariant, by key */
};

G_DEFINE_FINAL_TYPE (NudgeSettings, nudge_settings, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit_changed (NudgeSettings *self, const char *key)
{
  g_signal_emit (self, signals[CHANGED], g_quark_from_string (key), key);
}

static void
on_changed (GSettings *settings, const char *key, gpointer data)
{
  emit_changed (data, key);
}

static void
nudge_settings_finalize (GObject *object)
{
  NudgeSettings *self = NUDGE_SETTINGS (object);

  g_clear_object (&self->settings);
  g_hash_table_unref (self->values);
  G_OBJECT_CLASS (nudge_settings_parent_class)->finalize (object);
}

static void
nudge_settings_class_init (NudgeSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_settings_finalize;
  signals[CHANGED] = g_signal_new ("changed", NUDGE_TYPE_SETTINGS, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
nudge_settings_init (NudgeSettings *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    g_hash_table_insert (self->values, (char *) defaults[i].key, g_variant_ref_sink (g_variant_new_parsed (defaults[i].value)));
}

NudgeSettings *
nudge_settings_new (const char *schema_folder)
{
  NudgeSettings *self = g_object_new (NUDGE_TYPE_SETTINGS, NULL);
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (schema_folder != NULL)
    source = g_settings_schema_source_new_from_directory (schema_folder, installed, TRUE, NULL);
  else if (installed != NULL)
    source = g_settings_schema_source_ref (installed);
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (schema == NULL)
    return self;
  self->settings = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_changed), self, 0);
  return self;
}

/* Beside the build's own program stands the build's own schema. (transfer full) (nullable) */
static char *
find_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "..", "data", NULL) : NULL;
  g_autofree char *compiled = path != NULL ? g_build_filename (path, "gschemas.compiled", NULL) : NULL;

  return compiled != NULL && g_file_test (compiled, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

NudgeSettings *
nudge_settings_get_default (void)
{
  static NudgeSettings *settings;

  if (settings == NULL)
    {
      g_autofree char *folder = find_build_folder ();

      settings = nudge_settings_new (folder);
    }
  return settings;
}

gboolean
nudge_settings_is_kept (NudgeSettings *self)
{
  g_return_val_if_fail (NUDGE_IS_SETTINGS (self), FALSE);

  return self->settings != NULL;
}

GVariant *
nudge_settings_get (NudgeSettings *self, const char *key)
{
  GVariant *value;

  g_return_val_if_fail (NUDGE_IS_SETTINGS (self) && key != NULL, NULL);

  value = g_hash_table_lookup (self->values, key);
  g_return_val_if_fail (value != NULL, NULL);
  return self->settings != NULL ? g_settings_get_value (self->settings, key) : g_variant_ref (value);
}

void
nudge_settings_set (NudgeSettings *self, const char *key, GVariant *value)
{
  g_autoptr (GVariant) owned = NULL;
  const GVariant *old;

  g_return_if_fail (NUDGE_IS_SETTINGS (self) && key != NULL && value != NULL);

  owned = g_variant_ref_sink (value);
  old = g_hash_table_lookup (self->values, key);
  g_return_if_fail (old != NULL && g_variant_is_of_type (owned, g_variant_get_type ((GVariant *) old)));
  if (self->settings != NULL)
    {
      g_autoptr (GSettingsSchema) schema = NULL;
      g_autoptr (GSettingsSchemaKey) schema_key = NULL;

      g_object_get (self->settings, "settings-schema", &schema, NULL);
      schema_key = g_settings_schema_get_key (schema, key);
      if (g_settings_schema_key_range_check (schema_key, owned))
        g_settings_set_value (self->settings, key, owned);
      return;
    }
  if (g_variant_equal (old, owned))
    return;
  g_hash_table_insert (self->values, (char *) g_intern_string (key), g_steal_pointer (&owned));
  emit_changed (self, key);
}

gboolean
nudge_settings_get_boolean (NudgeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = nudge_settings_get (self, key);

  return g_variant_get_boolean (value);
}

int
nudge_settings_get_int (NudgeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = nudge_settings_get (self, key);

  return g_variant_get_int32 (value);
}

char *
nudge_settings_get_string (NudgeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = nudge_settings_get (self, key);

  return g_variant_dup_string (value, NULL);
}

char **
nudge_settings_get_strv (NudgeSettings *self, const char *key)
{
  g_autoptr (GVariant) value = nudge_settings_get (self, key);

  return g_variant_dup_strv (value, NULL);
}
