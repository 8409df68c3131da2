/* box-bins.h: boxes by place, to find those near one another. */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  const NudgeBox *boxes;
  guint n;
  NudgePoint origin;
  gint32 cell;
  guint columns, rows;
  guint *starts;               /* columns * rows + 1, into items */
  guint *items;
} NudgeBoxBins;

typedef void (*NudgeBoxVisit) (guint item, gpointer data);
typedef void (*NudgeBoxPairVisit) (guint a, guint b, gpointer data);

void nudge_box_bins_init (NudgeBoxBins *self, const NudgeBox *boxes, guint n);
void nudge_box_bins_clear (NudgeBoxBins *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NudgeBoxBins, nudge_box_bins_clear)
/* Every box that may meet @box, once. */
void nudge_box_bins_visit (const NudgeBoxBins *self, const NudgeBox *box, NudgeBoxVisit visit, gpointer data);
/* Every pair of boxes that may meet, once, the lower index first. */
void nudge_box_bins_visit_pairs (const NudgeBoxBins *self, NudgeBoxPairVisit visit, gpointer data);

G_END_DECLS
