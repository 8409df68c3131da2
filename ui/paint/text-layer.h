/* text-layer.h: texts of a PDF that a reader can select, search and read aloud.
 *
 * What is seen of a text are its strokes. Over them lies the text itself, in a font whose letters take the room of KiCad's
 * and leave no ink: so the page looks the same in every viewer, whatever that makes of fonts. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _NudgeTextLayer NudgeTextLayer;

/**
 * nudge_text_layer_attach:
 * @surface: a PDF
 *
 * Gives a surface a text layer, which lives as long as it.
 */
void nudge_text_layer_attach (cairo_surface_t *surface);

/**
 * nudge_text_layer_of:
 * @surface: any surface
 *
 * Returns: (transfer none) (nullable): its text layer
 */
NudgeTextLayer *nudge_text_layer_of (cairo_surface_t *surface);

/**
 * nudge_text_layer_add:
 * @self: the layer
 * @character: any character
 * @cell: from the stroke font's unit to the sheet's
 *
 * Adds a letter to the line that is being set.
 */
void nudge_text_layer_add (NudgeTextLayer *self, gunichar character, const cairo_matrix_t *cell);

/**
 * nudge_text_layer_show:
 * @self: the layer
 * @cr: onto its surface
 *
 * Writes the line that was set, and begins another.
 */
void nudge_text_layer_show (NudgeTextLayer *self, cairo_t *cr);

G_END_DECLS
