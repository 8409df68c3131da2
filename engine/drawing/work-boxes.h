/* work-boxes.h: sheet boxes as a block diagram: which stands where, and which pin leaves on which side. */
#pragma once

#include "drawing/work-model.h"

G_BEGIN_DECLS

typedef struct _WorkBoxPlace
{
  gint x, y;                   /* cells, within the diagram of its component */
  gint width, height;
  gint32 text_width;           /* of the names above and below it */
  WorkPin *pins;
  guint component;             /* boxes that talk to each other share one */
  guint n_component;           /* boxes of that component */
} WorkBoxPlace;

/* (transfer full): by box; the shapes of the model's units must be known. */
WorkBoxPlace *work_boxes_place (const WorkModel *model);
void work_boxes_free (WorkBoxPlace *places, guint n);

G_END_DECLS
