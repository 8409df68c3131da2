#include "project/report.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_int_or_null (JsonBuilder *builder, const char *name, gboolean known, gint64 value)
{
  json_builder_set_member_name (builder, name);
  if (known)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
begin_object (JsonBuilder *builder, const char *name)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
add_bytes (JsonBuilder *builder, GBytes *bytes)
{
  g_autofree char *sum = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;

  add_string (builder, "sha256", sum);
  add_int_or_null (builder, "bytes", bytes != NULL, bytes != NULL ? (gint64) g_bytes_get_size (bytes) : 0);
}

static void
add_input (JsonBuilder *builder, const NudgeReport *report)
{
  begin_object (builder, "input");
  add_string (builder, "name", report->input_name);
  add_bytes (builder, report->input);
  json_builder_end_object (builder);
}

static void
add_result (JsonBuilder *builder, const NudgeReport *report)
{
  begin_object (builder, "result");
  add_int (builder, "exit_code", report->exit_code);
  add_string (builder, "error", report->error);
  json_builder_end_object (builder);
}

static void
add_counts (JsonBuilder *builder, const NudgeReport *report)
{
  const NudgeCircuit *circuit = report->circuit;

  begin_object (builder, "counts");
  add_int_or_null (builder, "circuits", circuit != NULL, circuit != NULL ? circuit->n_blocks : 0);
  add_int_or_null (builder, "parts", circuit != NULL, circuit != NULL ? circuit->n_parts : 0);
  add_int_or_null (builder, "nets", circuit != NULL, circuit != NULL ? circuit->n_nets : 0);
  add_int_or_null (builder, "sheets", report->drawing != NULL, report->drawing != NULL ? report->drawing->n_sheets : 0);
  add_int (builder, "errors", nudge_diagnostics_count (report->diagnostics, NUDGE_SEVERITY_ERROR));
  add_int (builder, "warnings", nudge_diagnostics_count (report->diagnostics, NUDGE_SEVERITY_WARNING));
  add_int (builder, "infos", nudge_diagnostics_count (report->diagnostics, NUDGE_SEVERITY_INFO));
  json_builder_end_object (builder);
}

static void
add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * 1000) / 1000);
}

static void
add_metrics (JsonBuilder *builder, const NudgeScore *score)
{
  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_array (builder);
  for (guint i = 0; i < NUDGE_N_METRICS; i++)
    {
      NudgeMetric metric = i;
      double value;

      json_builder_begin_object (builder);
      add_string (builder, "name", nudge_metric_name (metric));
      if (nudge_score_get_value (score, metric, &value))
        add_double (builder, "value", value);
      else
        add_int_or_null (builder, "value", FALSE, 0);
      add_double (builder, "weight", nudge_metric_weight (metric));
      add_double (builder, "lost", nudge_score_get_lost (score, metric));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_offence (JsonBuilder *builder, const NudgeReport *report, const NudgeOffence *offence)
{
  const NudgeDrawnSheet *sheet = &report->drawing->sheets[offence->sheet];

  json_builder_begin_object (builder);
  add_string (builder, "metric", nudge_metric_name (offence->metric));
  add_string (builder, "sheet", report->circuit->blocks[sheet->block].path);
  add_int (builder, "x", offence->at.x);
  add_int (builder, "y", offence->at.y);
  json_builder_set_member_name (builder, "subjects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < 2; i++)
    {
      const char *subject = i == 0 ? offence->first : offence->second;

      if (subject[0] != '\0')
        json_builder_add_string_value (builder, subject);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_score (JsonBuilder *builder, const NudgeReport *report)
{
  if (report->score == NULL)
    {
      add_string (builder, "score", NULL);
      return;
    }
  begin_object (builder, "score");
  add_double (builder, "total", nudge_score_get_total (report->score));
  add_metrics (builder, report->score);
  json_builder_set_member_name (builder, "offences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < nudge_score_get_n_offences (report->score); i++)
    add_offence (builder, report, nudge_score_get_offence (report->score, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static const char *
file_status (const NudgeReport *report, const char *name)
{
  if (report->written == NULL)
    return "not written";
  for (guint i = 0; i < report->written->len; i++)
    if (strcmp (report->written->pdata[i], name) == 0)
      return "written";
  return "unchanged";
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const NudgeFile *const *first = a;
  const NudgeFile *const *second = b;

  return strcmp ((*first)->name, (*second)->name);
}

static void
add_files (JsonBuilder *builder, const NudgeReport *report)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  if (report->files != NULL)
    g_ptr_array_extend (files, report->files, NULL, NULL);
  g_ptr_array_sort (files, compare_files);

  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      const NudgeFile *file = files->pdata[i];

      json_builder_begin_object (builder);
      add_string (builder, "name", file->name);
      add_string (builder, "status", file_status (report, file->name));
      add_bytes (builder, file->bytes);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Only a run that was to tell has this member. */
static void
add_preview (JsonBuilder *builder, const NudgeReport *report)
{
  if (report->preview == NULL)
    return;
  json_builder_set_member_name (builder, "preview");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->preview->n_entries; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "name", report->preview->entries[i].name);
      add_string (builder, "state", nudge_file_state_name (report->preview->entries[i].state));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* Errors first, then as a person would go through the input. */
static int
compare_diagnostics (gconstpointer a, gconstpointer b)
{
  const NudgeDiagnostic *first = *(const NudgeDiagnostic *const *) a;
  const NudgeDiagnostic *second = *(const NudgeDiagnostic *const *) b;
  int order = compare_numbers (second->severity, first->severity);

  if (order == 0)
    order = compare_numbers (first->line, second->line);
  if (order == 0)
    order = compare_numbers (first->column, second->column);
  if (order == 0)
    order = compare_numbers (first->code, second->code);
  if (order == 0)
    order = g_strcmp0 (first->sheet, second->sheet);
  if (order == 0)
    order = g_strcmp0 (first->subject, second->subject);
  if (order == 0)
    order = strcmp (first->message, second->message);
  if (order == 0)
    order = compare_numbers (first->at.x, second->at.x);
  if (order == 0)
    order = compare_numbers (first->at.y, second->at.y);
  return order;
}

static void
add_diagnostic (JsonBuilder *builder, const NudgeDiagnostic *diagnostic)
{
  char code[16];

  g_snprintf (code, sizeof code, "N%04d", diagnostic->code);
  json_builder_begin_object (builder);
  add_string (builder, "code", code);
  add_string (builder, "severity", nudge_severity_name (diagnostic->severity));
  add_string (builder, "message", diagnostic->message);
  add_string (builder, "hint", nudge_code_hint (diagnostic->code));
  add_string (builder, "sheet", diagnostic->sheet);
  add_string (builder, "subject", diagnostic->subject);
  add_int_or_null (builder, "x", diagnostic->has_position, diagnostic->at.x);
  add_int_or_null (builder, "y", diagnostic->has_position, diagnostic->at.y);
  add_string (builder, "pointer", diagnostic->pointer);
  add_int_or_null (builder, "line", diagnostic->line != 0, diagnostic->line);
  add_int_or_null (builder, "column", diagnostic->line != 0, diagnostic->column);
  json_builder_end_object (builder);
}

static void
add_diagnostics (JsonBuilder *builder, const NudgeReport *report)
{
  g_autoptr (GPtrArray) diagnostics = g_ptr_array_new ();

  g_ptr_array_extend (diagnostics, report->diagnostics, NULL, NULL);
  g_ptr_array_sort (diagnostics, compare_diagnostics);

  json_builder_set_member_name (builder, "diagnostics");
  json_builder_begin_array (builder);
  for (guint i = 0; i < diagnostics->len; i++)
    add_diagnostic (builder, diagnostics->pdata[i]);
  json_builder_end_array (builder);
}

/**
 * nudge_report_to_json: (skip)
 * @report: what is to be reported
 *
 * Prints the report as data/report.schema.json describes it. The same run gives the same bytes.
 *
 * Returns: (transfer full): JSON, with a newline at its end
 */
char *
nudge_report_to_json (const NudgeReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (report != NULL && report->version != NULL, NULL);
  g_return_val_if_fail (report->diagnostics != NULL, NULL);
  g_return_val_if_fail (report->score == NULL || (report->drawing != NULL && report->circuit != NULL), NULL);

  json_builder_begin_object (builder);
  add_int (builder, "schema", NUDGE_REPORT_SCHEMA);
  begin_object (builder, "tool");
  add_string (builder, "name", "nudge");
  add_string (builder, "version", report->version);
  json_builder_end_object (builder);
  add_input (builder, report);
  add_result (builder, report);
  add_counts (builder, report);
  add_score (builder, report);
  add_files (builder, report);
  add_preview (builder, report);
  add_diagnostics (builder, report);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}
