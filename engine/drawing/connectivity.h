/* connectivity.h: what the marks of a drawing connect, by KiCad's rules, and by nothing but the marks. */
#pragma once

#include "drawing/drawing.h"

G_BEGIN_DECLS

/* A pin of a part as it stands on a sheet. */
typedef struct
{
  guint part;
  const char *number;
  guint node;                  /* a guess which of its part's nodes it is; NUDGE_NONE: surely none */
  guint group;                 /* pins of one group are connected */
} NudgeDrawnPin;

/* Anything else that is drawn for a net: power symbol, flag, wire, label, sheet pin; of each sheet's first instance, unless all are asked for. */
typedef struct
{
  guint net;
  guint group;
  guint sheet;
  guint block;                 /* of the instance */
  NudgePoint at;
} NudgeDrawnMark;

typedef struct
{
  NudgeDrawnPin *pins;         /* in sheet, instance, symbol and pin order */
  guint n_pins;
  NudgeDrawnMark *marks;
  guint n_marks;
  guint n_groups;
} NudgeConnectivity;

/* What the marks of one sheet connect among themselves: nothing but the sheet is needed to know it. */
typedef struct _NudgeSheetConnections NudgeSheetConnections;
void nudge_sheet_connections_free (NudgeSheetConnections *self);

/* @again: follow the marks of every sheet, also of those that were followed before. */
NudgeConnectivity *nudge_connectivity_new (NudgeDrawing *drawing, gboolean again);
/* The same with the marks of every instance. */
NudgeConnectivity *nudge_connectivity_new_everywhere (NudgeDrawing *drawing);
void nudge_connectivity_free (NudgeConnectivity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeConnectivity, nudge_connectivity_free)

G_END_DECLS
