#include "base/geometry.h"

/* Boxed for bindings only: in C both are passed by value. */
G_DEFINE_BOXED_TYPE (NudgePoint, nudge_point, nudge_point_copy, nudge_point_free)
G_DEFINE_BOXED_TYPE (NudgeBox, nudge_box, nudge_box_copy, nudge_box_free)

NudgePoint *
nudge_point_copy (const NudgePoint *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
nudge_point_free (NudgePoint *self)
{
  g_free (self);
}

NudgeBox *
nudge_box_copy (const NudgeBox *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
nudge_box_free (NudgeBox *self)
{
  g_free (self);
}

/* One pose as a matrix: sheet = at + M * (x, -y). KiCad turns first and mirrors afterwards. */
typedef struct
{
  gint8 xx, xy, yx, yy;
} Matrix;

static Matrix
pose_matrix (const NudgePose *pose)
{
  static const Matrix turns[4] = {
    { 1, 0, 0, 1 },
    { 0, 1, -1, 0 },
    { -1, 0, 0, -1 },
    { 0, -1, 1, 0 },
  };
  Matrix m = turns[pose->turn & 3];

  if (pose->mirror == NUDGE_MIRROR_X)
    {
      m.yx = -m.yx;
      m.yy = -m.yy;
    }
  else if (pose->mirror == NUDGE_MIRROR_Y)
    {
      m.xx = -m.xx;
      m.xy = -m.xy;
    }
  return m;
}

NudgePoint
nudge_pose_point (const NudgePose *pose, NudgePoint p)
{
  Matrix m = pose_matrix (pose);
  gint32 x = p.x, y = -p.y;

  return (NudgePoint){ pose->at.x + m.xx * x + m.xy * y, pose->at.y + m.yx * x + m.yy * y };
}

guint
nudge_pose_direction (const NudgePose *pose, guint symbol_direction)
{
  static const gint8 dx[4] = { 1, 0, -1, 0 };
  static const gint8 dy[4] = { 0, -1, 0, 1 };
  Matrix m = pose_matrix (pose);
  gint x = dx[symbol_direction & 3], y = dy[symbol_direction & 3];
  gint sx = m.xx * x + m.xy * y;
  gint sy = m.yx * x + m.yy * y;

  if (sx != 0)
    return sx > 0 ? 0 : 2;
  return sy < 0 ? 1 : 3;
}

NudgeBox
nudge_pose_box (const NudgePose *pose, const NudgeBox *box)
{
  NudgeBox result = NUDGE_BOX_EMPTY;
  NudgePoint a, b;

  if (nudge_box_is_empty (box))
    return result;
  a = nudge_pose_point (pose, (NudgePoint){ box->x0, box->y0 });
  b = nudge_pose_point (pose, (NudgePoint){ box->x1, box->y1 });
  nudge_box_add_point (&result, a.x, a.y);
  nudge_box_add_point (&result, b.x, b.y);
  return result;
}
