/* annotations.h: the texts, tables and pictures that a circuit brings along. */
#pragma once

#include "drawing/sheet-builder.h"

G_BEGIN_DECLS

/* 0xRRGGBB; NUDGE_COLOR_DEFAULT when nothing has that name. */
guint32 nudge_annotation_color (const char *name);
/* The size of a PNG or JPEG on the sheet; FALSE for anything else. */
gboolean nudge_image_measure (GBytes *data, double scale, NudgePoint *size);
/* One image; a finding instead when it cannot be read. */
void nudge_sheet_builder_add_image_annotation (NudgeSheetBuilder *b, const NudgeAnnotation *a, GPtrArray *diagnostics);
/* Adds the annotations of the sheet's block; those without a place of their own go where @builder has drawn nothing. */
void nudge_sheet_builder_add_annotations (NudgeSheetBuilder *builder, GPtrArray *diagnostics);
/* Box of all marks so far, field texts and labels included. */
NudgeBox nudge_sheet_builder_bounds (const NudgeSheetBuilder *builder);

G_END_DECLS
