#include "drawing/synth-form.h"

static const NudgeSynthForm release_0_12_1 = {
  .has_rails = TRUE,
  .keeps_fields = TRUE,
  .box_pin = NUDGE_LABEL_SHAPE_BIDIRECTIONAL,
  .generator = "circuit_synth",
  .generator_version = "0.8.36",
  .has_flags = TRUE,
  .box_line = 1524,
  .name_above = 7116,
  .file_below = 5846,
};

static const NudgeSynthForm july_2025 = {
  .opens_all_nets = TRUE,
  .styles_texts = TRUE,
  .box_pin = NUDGE_LABEL_SHAPE_PASSIVE,
  .generator = "kicad_api",
  .generator_version = "9.0",
  .has_cover = TRUE,
  .flattens_symbols = TRUE,
  .box_line = 1200,
  .name_above = 12700,
  .file_below = 12700,
};

const NudgeSynthForm *
nudge_synth_form (NudgeDialect dialect)
{
  switch (dialect)
    {
    case NUDGE_DIALECT_CIRCUIT_SYNTH:
      return &release_0_12_1;
    case NUDGE_DIALECT_CIRCUIT_SYNTH_2025:
      return &july_2025;
    case NUDGE_DIALECT_SCHEMATIC:
    default:
      return NULL;
    }
}
