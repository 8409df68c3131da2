/* synth-project.c: the project file that circuit-synth starts every project with, and its list of sheets. */
#include "kicad/synth-project.h"

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

/* A JSON string in ASCII, as Python's json writes it. */
static void
append_json (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char) c);
      else if (c == '\n' || c == '\r' || c == '\t')
        g_string_append (out, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
      else if (c >= 0x20 && c < 0x7f)
        g_string_append_c (out, (char) c);
      else if (c < 0x10000)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  g_string_append_c (out, '"');
}

GBytes *
nudge_synth_project_write (const NudgeDrawing *drawing)
{
  GString *out;
  g_autofree char *file = NULL;

  g_return_val_if_fail (drawing != NULL, NULL);

  out = g_string_new (before_name);
  file = g_strconcat (drawing->project_name, ".kicad_pro", NULL);
  append_json (out, file);
  g_string_append (out, before_sheets);
  for (guint i = 0; i < drawing->n_sheets; i++)
    {
      g_string_append_printf (out, "%s\n    [\n      \"%s\",\n      ", i > 0 ? "," : "", drawing->sheets[i].uuid);
      append_json (out, i == 0 ? "" : drawing->sheets[i].name);
      g_string_append (out, "\n    ]");
    }
  g_string_append (out, "\n  ],\n  \"text_variables\": {}\n}");
  return g_string_free_to_bytes (out);
}
