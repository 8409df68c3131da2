/* schematic-shelf.h: groups that share no labels, in rows about those that do. */
#pragma once

#include "arrange/schematic-core.h"

G_BEGIN_DECLS

typedef struct
{
  gint width, height;          /* cells, within the frame */
  gint title_width, title_height; /* of its lower right corner, for the title block */
} SchematicRoom;

static inline gboolean
schematic_room_holds (const SchematicRoom *self, CoreRect r)
{
  if (r.x < 0 || r.y < 0 || r.x + r.w > self->width || r.y + r.h > self->height)
    return FALSE;
  return r.x + r.w <= self->width - self->title_width || r.y + r.h <= self->height - self->title_height;
}

/* The order of the loose groups of a page, for schematic_shelve(): (element-type SchematicGroup) (transfer container). */
GPtrArray *schematic_order_loose (GPtrArray *groups);
/* Puts loose groups in rows: what is drawn about parts above or beside the others, which stand at @rects from the origin on;
 * banks and lone parts below, or where these leave room. Returns by how much the others move; FALSE: too little room. */
gboolean schematic_shelve (GPtrArray *loose, const CoreRect *rects, guint n_rects, const SchematicRoom *room, gint gap, NudgePoint *move);

/* Moves groups by a few cells, where that brings parts of theirs in line with parts of others: see schematic-align.c. */
void schematic_align (GPtrArray *groups, const SchematicRoom *room);

G_END_DECLS
