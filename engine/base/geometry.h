/* geometry.h: integer geometry of a sheet.
 *
 * Unit: 100 nm, KiCad's own schematic unit; y points down on a sheet and up in a symbol, as in KiCad's files. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

#define NUDGE_UNITS_PER_MM 10000
#define NUDGE_GRID 12700 /* 1.27 mm: everything that connects stands on it */
#define NUDGE_MM(mm) ((gint32) ((mm) * NUDGE_UNITS_PER_MM + ((mm) < 0 ? -0.5 : 0.5)))

typedef struct
{
  gint32 x, y;
} NudgePoint;

/* Closed box; empty when x0 > x1. */
typedef struct
{
  gint32 x0, y0, x1, y1;
} NudgeBox;

#define NUDGE_TYPE_POINT (nudge_point_get_type ())
NUDGE_API GType nudge_point_get_type (void) G_GNUC_CONST;
NUDGE_API NudgePoint *nudge_point_copy (const NudgePoint *self);
NUDGE_API void nudge_point_free (NudgePoint *self);

#define NUDGE_TYPE_BOX (nudge_box_get_type ())
NUDGE_API GType nudge_box_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeBox *nudge_box_copy (const NudgeBox *self);
NUDGE_API void nudge_box_free (NudgeBox *self);

#define NUDGE_BOX_EMPTY ((NudgeBox){ G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 })

/* NudgeMirror: as KiCad's (mirror x|y) token: after the rotation, X flips top and bottom, Y left and right. */
typedef enum
{
  NUDGE_MIRROR_NONE,
  NUDGE_MIRROR_X,
  NUDGE_MIRROR_Y,
} NudgeMirror;

/* NudgePose: where a unit stands and how it is turned; `turn` counts quarter turns counterclockwise. */
typedef struct
{
  NudgePoint at;
  guint8 turn;   /* 0..3 */
  guint8 mirror; /* NudgeMirror */
} NudgePose;

/* The introspection scanner does not parse C99 literals. */
#ifndef __GI_SCANNER__

static inline gboolean
nudge_point_equal (NudgePoint a, NudgePoint b)
{
  return a.x == b.x && a.y == b.y;
}

static inline gboolean
nudge_box_is_empty (const NudgeBox *box)
{
  return box->x0 > box->x1;
}

static inline void
nudge_box_add_point (NudgeBox *box, gint32 x, gint32 y)
{
  box->x0 = MIN (box->x0, x);
  box->y0 = MIN (box->y0, y);
  box->x1 = MAX (box->x1, x);
  box->y1 = MAX (box->y1, y);
}

static inline void
nudge_box_add_box (NudgeBox *box, const NudgeBox *other)
{
  if (nudge_box_is_empty (other))
    return;
  nudge_box_add_point (box, other->x0, other->y0);
  nudge_box_add_point (box, other->x1, other->y1);
}

static inline gboolean
nudge_box_contains (const NudgeBox *box, gint32 x, gint32 y)
{
  return x >= box->x0 && x <= box->x1 && y >= box->y0 && y <= box->y1;
}

/* TRUE when the interiors meet (touching edges do not count). */
static inline gboolean
nudge_box_overlaps (const NudgeBox *a, const NudgeBox *b)
{
  return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static inline NudgeBox
nudge_box_grown (NudgeBox box, gint32 by)
{
  return (NudgeBox){ box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by };
}

static inline gint32
nudge_snap (gint64 v, gint32 grid)
{
  gint64 half = v < 0 ? -(grid / 2) : grid / 2;
  return (gint32) ((v + half) / grid * grid);
}

#endif

/* Direction of a symbol (0 = right, 1 = up, 2 = left, 3 = down, as quarter turns) seen on the sheet. */
NUDGE_API guint nudge_pose_direction (const NudgePose *pose, guint symbol_direction);
/* Symbol point (y up) to sheet point (y down). */
NUDGE_API NudgePoint nudge_pose_point (const NudgePose *pose, NudgePoint symbol_point);
NUDGE_API NudgeBox nudge_pose_box (const NudgePose *pose, const NudgeBox *symbol_box);

G_END_DECLS
