/* synth-sequence.h: circuit-synth's first way to place: in rows, each part where nothing placed before is in its way. */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

#define NUDGE_SEQUENCE_MARGIN 25.4 /* of the page */

/* Lengths in mm. */
typedef struct
{
  double width, height;        /* of the page */
  double x, y, row;            /* where the next part is tried, and how tall its row is so far */
  gboolean first_row;
  GArray *taken;
} NudgeSequence;

void nudge_sequence_init (NudgeSequence *self, double width, double height);
void nudge_sequence_clear (NudgeSequence *self);
/* Keeps a place free, whatever stands there already. */
void nudge_sequence_keep (NudgeSequence *self, double x, double y, double w, double h);
/* The next place in the rows; FALSE when it is taken already, since after many tries a part is put down anywhere. */
gboolean nudge_sequence_place (NudgeSequence *self, double w, double h, double *x, double *y);
/* At the place named or on the nearest of ten rings about it, else the next place in the rows. */
gboolean nudge_sequence_place_near (NudgeSequence *self, double near_x, double near_y, double w, double h, double *x, double *y);

G_END_DECLS
