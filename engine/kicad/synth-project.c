/* synth-project.c: the project file that circuit-synth starts every project with, and its list of sheets. */
#include "kicad/synth-project.h"

#include "drawing/synth-form.h"
#include "text/json-string.h"

static const char before_name[] =
  "{\n"
  "  \"board\": {\n"
  "    \"design_settings\": {\n"
  "      \"defaults\": {}\n"
  "    }\n"
  "  },\n"
  "  \"boards\": [],\n"
  "  \"cvpcb\": {},\n"
  "  \"erc\": {},\n"
  "  \"libraries\": {\n"
  "    \"pinned_footprint_libs\": [],\n"
  "    \"pinned_symbol_libs\": []\n"
  "  },\n"
  "  \"meta\": {\n"
  "    \"filename\": ";

static const char before_sheets[] =
  ",\n"
  "    \"version\": 1\n"
  "  },\n"
  "  \"net_settings\": {},\n"
  "  \"pcbnew\": {},\n"
  "  \"schematic\": {\n"
  "    \"annotate_start_num\": 0,\n"
  "    \"drawing\": {\n"
  "      \"default_line_thickness\": 6.0,\n"
  "      \"default_text_size\": 50.0,\n"
  "      \"field_names\": [],\n"
  "      \"intersheets_ref_own_page\": false,\n"
  "      \"intersheets_ref_prefix\": \"\",\n"
  "      \"intersheets_ref_short\": false,\n"
  "      \"intersheets_ref_show\": false,\n"
  "      \"intersheets_ref_suffix\": \"\",\n"
  "      \"junction_size_choice\": 3,\n"
  "      \"label_size_ratio\": 0.25,\n"
  "      \"pin_symbol_size\": 0.0,\n"
  "      \"text_offset_ratio\": 0.08\n"
  "    },\n"
  "    \"legacy_lib_dir\": \"\",\n"
  "    \"legacy_lib_list\": [],\n"
  "    \"meta\": {\n"
  "      \"version\": 1\n"
  "    },\n"
  "    \"net_format_name\": \"\",\n"
  "    \"ngspice\": {\n"
  "      \"fix_include_paths\": true,\n"
  "      \"fix_passive_vals\": false,\n"
  "      \"meta\": {\n"
  "        \"version\": 0\n"
  "      },\n"
  "      \"model_mode\": 0,\n"
  "      \"workbook_filename\": \"\"\n"
  "    },\n"
  "    \"page_layout_descr_file\": \"\",\n"
  "    \"plot_directory\": \"\",\n"
  "    \"spice_adjust_passive_values\": false,\n"
  "    \"spice_external_command\": \"spice \\\"%I\\\"\",\n"
  "    \"subpart_first_id\": 65,\n"
  "    \"subpart_id_separator\": 0\n"
  "  },\n"
  "  \"sheets\": [";

static void
append_sheet (GString *out, gboolean first, const char *file, const char *name)
{
  g_string_append (out, first ? "\n    [\n      " : ",\n    [\n      ");
  nudge_json_append_string (out, file);
  g_string_append (out, ",\n      ");
  nudge_json_append_string (out, name);
  g_string_append (out, "\n    ]");
}

/* A form with a cover lists files, the other identities. */
static void
append_sheets (GString *out, const NudgeDrawing *drawing, const char *project)
{
  gboolean has_cover = nudge_synth_form (drawing->layout->dialect)->has_cover;
  g_autofree char *cover = g_strconcat (project, ".kicad_sch", NULL);

  if (has_cover)
    append_sheet (out, TRUE, cover, "");
  for (guint i = 0; i < drawing->n_sheets; i++)
    append_sheet (out, i == 0 && !has_cover, has_cover ? drawing->sheets[i].file : drawing->sheets[i].uuid,
                  i == 0 && !has_cover ? "" : drawing->sheets[i].name);
}

GBytes *
nudge_synth_project_write (const NudgeDrawing *drawing, const char *project)
{
  GString *out;
  g_autofree char *file = NULL;

  g_return_val_if_fail (drawing != NULL && project != NULL, NULL);

  out = g_string_new (before_name);
  file = g_strconcat (project, ".kicad_pro", NULL);
  nudge_json_append_string (out, file);
  g_string_append (out, before_sheets);
  append_sheets (out, drawing, project);
  g_string_append (out, "\n  ],\n  \"text_variables\": {}\n}");
  return g_string_free_to_bytes (out);
}
