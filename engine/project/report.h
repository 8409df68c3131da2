/* report.h: what a run found and wrote, as JSON for programs. */
#pragma once

#include "drawing/score.h"
#include "project/preview.h"

G_BEGIN_DECLS

#define NUDGE_REPORT_SCHEMA 1 /* rises when a reader of the report would have to change */

/**
 * NudgeReport: (skip)
 * @version: version of Nudge
 * @input_name: name of the circuit file without its folder, or "-"
 * @input: (nullable): the bytes that were read
 * @circuit: (nullable): what was read
 * @drawing: (nullable): what was drawn
 * @score: (nullable): how well it reads
 * @files: (nullable) (element-type NudgeFile): every file of the project
 * @written: (nullable) (element-type utf8): names of those that were written
 * @preview: (nullable): what an export would do
 * @diagnostics: (element-type NudgeDiagnostic): every finding
 * @exit_code: how the run ended
 * @error: (nullable): why it failed
 *
 * What a report is made of. The report borrows all of it.
 */
typedef struct
{
  const char *version;
  const char *input_name;
  GBytes *input;
  NudgeCircuit *circuit;
  NudgeDrawing *drawing;
  NudgeScore *score;
  GPtrArray *files;
  GPtrArray *written;
  const NudgePreview *preview;
  GPtrArray *diagnostics;
  int exit_code;
  const char *error;
} NudgeReport;

NUDGE_API char *nudge_report_to_json (const NudgeReport *report);

G_END_DECLS
