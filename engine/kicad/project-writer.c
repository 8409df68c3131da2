#include "kicad/project-writer.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
add_empty_object (JsonBuilder *b, const char *name)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_object (b);
  json_builder_end_object (b);
}

static void
add_empty_array (JsonBuilder *b, const char *name)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  json_builder_end_array (b);
}

static void
add_version (JsonBuilder *b, gint version)
{
  json_builder_set_member_name (b, "meta");
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "version");
  json_builder_add_int_value (b, version);
  json_builder_end_object (b);
}

static void
begin_object (JsonBuilder *b, const char *name)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_object (b);
}

static void
add_meta (JsonBuilder *b, const char *project_name)
{
  g_autofree char *file = g_strconcat (project_name, ".kicad_pro", NULL);

  begin_object (b, "meta");
  json_builder_set_member_name (b, "filename");
  json_builder_add_string_value (b, file);
  json_builder_set_member_name (b, "version");
  json_builder_add_int_value (b, 3);
  json_builder_end_object (b);
}

/* KiCad lists the root by its file's UUID and every other use of a sheet by its box's: the last step of its path. */
static void
add_sheets (JsonBuilder *b, const NudgeDrawing *drawing)
{
  const NudgeCircuit *circuit = drawing->layout->circuit;

  json_builder_set_member_name (b, "sheets");
  json_builder_begin_array (b);
  for (guint block = 0; block < circuit->n_blocks; block++)
    {
      const NudgeDrawnSheet *sheet = &drawing->sheets[drawing->block_sheets[block]];

      for (guint i = 0; i < sheet->n_instances; i++)
        if (sheet->instances[i].block == block)
          {
            json_builder_begin_array (b);
            json_builder_add_string_value (b, strrchr (sheet->instances[i].path, '/') + 1);
            json_builder_add_string_value (b, block == 0 ? "Root" : circuit->blocks[block].label);
            json_builder_end_array (b);
          }
    }
  json_builder_end_array (b);
}

static void
add_schematic (JsonBuilder *b)
{
  begin_object (b, "schematic");
  add_empty_object (b, "drawing");
  add_version (b, 1);
  json_builder_end_object (b);
}

GBytes *
nudge_project_write (const NudgeDrawing *drawing)
{
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;
  gsize length;

  g_return_val_if_fail (drawing != NULL, NULL);

  json_builder_begin_object (b);
  begin_object (b, "board");
  begin_object (b, "design_settings");
  add_empty_object (b, "defaults");
  json_builder_end_object (b);
  json_builder_end_object (b);
  add_empty_array (b, "boards");
  add_empty_object (b, "cvpcb");
  begin_object (b, "libraries");
  add_empty_array (b, "pinned_footprint_libs");
  add_empty_array (b, "pinned_symbol_libs");
  json_builder_end_object (b);
  add_meta (b, drawing->project_name);
  add_schematic (b);
  add_sheets (b, drawing);
  add_empty_object (b, "text_variables");
  json_builder_end_object (b);

  root = json_builder_get_root (b);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  text = json_generator_to_data (generator, &length);
  text = g_realloc (text, length + 1);
  text[length] = '\n';
  return g_bytes_new_take (text, length + 1);
}
