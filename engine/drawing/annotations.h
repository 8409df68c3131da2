/* annotations.h: the texts, tables and pictures that a circuit brings along. */
#pragma once

#include "drawing/sheet-builder.h"

G_BEGIN_DECLS

/* Adds the annotations of the sheet's block; those without a place of their own go where @builder has drawn nothing. */
void nudge_sheet_builder_add_annotations (NudgeSheetBuilder *builder, GPtrArray *diagnostics);
/* Box of all marks so far, field texts and labels included. */
NudgeBox nudge_sheet_builder_bounds (const NudgeSheetBuilder *builder);

G_END_DECLS
