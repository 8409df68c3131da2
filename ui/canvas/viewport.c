#include "canvas/viewport.h"

#include <math.h>

#define STRIP 40.0

void
nudge_viewport_center (NudgeViewport *self, NudgePoint at)
{
  g_return_if_fail (self != NULL);

  self->x = at.x - self->width / 2 / self->scale;
  self->y = at.y - self->height / 2 / self->scale;
}

void
nudge_viewport_fit (NudgeViewport *self, const NudgeBox *box, double margin)
{
  double width, height, scale;

  g_return_if_fail (self != NULL && box != NULL);

  if (nudge_box_is_empty (box))
    return;
  width = MAX ((double) box->x1 - box->x0, NUDGE_GRID);
  height = MAX ((double) box->y1 - box->y0, NUDGE_GRID);
  scale = MIN ((self->width - 2 * margin) / width, (self->height - 2 * margin) / height);
  self->scale = CLAMP (scale, NUDGE_VIEWPORT_MIN, NUDGE_VIEWPORT_MAX);
  self->x = ((double) box->x0 + box->x1) / 2 - self->width / 2 / self->scale;
  self->y = ((double) box->y0 + box->y1) / 2 - self->height / 2 / self->scale;
}

void
nudge_viewport_zoom (NudgeViewport *self, double px, double py, double factor)
{
  double scale;

  g_return_if_fail (self != NULL && factor > 0);

  scale = CLAMP (self->scale * factor, NUDGE_VIEWPORT_MIN, NUDGE_VIEWPORT_MAX);
  self->x += px / self->scale - px / scale;
  self->y += py / self->scale - py / scale;
  self->scale = scale;
}

void
nudge_viewport_pan (NudgeViewport *self, double dx, double dy)
{
  g_return_if_fail (self != NULL);

  self->x -= dx / self->scale;
  self->y -= dy / self->scale;
}

void
nudge_viewport_keep (NudgeViewport *self, NudgePoint sheet)
{
  double strip;

  g_return_if_fail (self != NULL);

  strip = STRIP / self->scale;
  self->x = CLAMP (self->x, strip - self->width / self->scale, MAX (sheet.x - strip, strip - self->width / self->scale));
  self->y = CLAMP (self->y, strip - self->height / self->scale, MAX (sheet.y - strip, strip - self->height / self->scale));
}

void
nudge_viewport_resize (NudgeViewport *self, double width, double height)
{
  g_return_if_fail (self != NULL);

  self->x += (self->width - width) / 2 / self->scale;
  self->y += (self->height - height) / 2 / self->scale;
  self->width = width;
  self->height = height;
}

NudgePoint
nudge_viewport_to_sheet (const NudgeViewport *self, double px, double py)
{
  const double far = G_MAXINT32 / 2;

  g_return_val_if_fail (self != NULL, ((NudgePoint){ 0, 0 }));

  return (NudgePoint){
    (gint32) lround (CLAMP (self->x + px / self->scale, -far, far)),
    (gint32) lround (CLAMP (self->y + py / self->scale, -far, far)),
  };
}

void
nudge_viewport_to_widget (const NudgeViewport *self, NudgePoint at, double *px, double *py)
{
  g_return_if_fail (self != NULL && px != NULL && py != NULL);

  *px = (at.x - self->x) * self->scale;
  *py = (at.y - self->y) * self->scale;
}
