/* synth-form.h: what differs between the two forms of circuit-synth's projects that Nudge draws and writes. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

typedef struct
{
  /* the drawing */
  gboolean has_rails;          /* power symbols on rails; else they have labels as every net */
  gboolean opens_all_nets;     /* a box has a pin for each net of its circuit; else for those that its parent has too */
  gboolean keeps_fields;       /* all fields, where the library has them; else three, at fixed distances */
  gboolean styles_texts;       /* frame, fill and colour of texts; tables as texts */
  NudgeLabelShape box_pin;
  /* the files */
  const char *generator, *generator_version;
  gboolean has_cover;          /* a sheet that holds nothing but the box of the circuit, which is named as subcircuits are */
  gboolean has_flags;          /* flags of symbols and boxes, pins of symbols */
  gboolean flattens_symbols;   /* embedded symbols without flags and units, sorted by name */
  gint32 box_line, name_above, file_below;
} NudgeSynthForm;

/* The form of a dialect, or NULL when the dialect is Nudge's own. */
const NudgeSynthForm *nudge_synth_form (NudgeDialect dialect);

G_END_DECLS
