#include "arrange/synth-sequence.h"

#include "arrange/synth-measure.h"

#include <math.h>

#define MARGIN NUDGE_SEQUENCE_MARGIN
#define PART_SPACING 5.08
#define ROW_SPACING 10.0
#define FAR_RIGHT 40.0
#define PADDING 0.5
#define RING_PADDING 2.54      /* about parts that stand near what they connect to */
#define RINGS 10
#define RING_PLACES 8
#define STEP 10.0
#define MAX_ATTEMPTS 100
#define FAR 1000.0

typedef struct
{
  double x0, y0, x1, y1;
} Box;

void
nudge_sequence_init (NudgeSequence *self, double w, double h)
{
  const Box edges[] = {
    { -FAR, -FAR, MARGIN, h + FAR },
    { -FAR, -FAR, w + FAR, MARGIN },
    { w - MARGIN, -FAR, w + FAR, h + FAR },
    { -FAR, h - MARGIN, w + FAR, h + FAR },
  };

  *self = (NudgeSequence){ .width = w, .height = h, .x = MARGIN + NUDGE_SYNTH_GRID / 2, .y = MARGIN + NUDGE_SYNTH_GRID / 2, .first_row = TRUE };
  self->taken = g_array_new (FALSE, FALSE, sizeof (Box));
  g_array_append_vals (self->taken, edges, G_N_ELEMENTS (edges));
}

void
nudge_sequence_clear (NudgeSequence *self)
{
  g_clear_pointer (&self->taken, g_array_unref);
}

/* Touching counts. */
static gboolean
is_free (const NudgeSequence *self, const Box *box)
{
  for (guint i = 0; i < self->taken->len; i++)
    {
      const Box *other = &g_array_index (self->taken, Box, i);
      Box grown = { other->x0 - PART_SPACING, other->y0 - PART_SPACING, other->x1 + PART_SPACING, other->y1 + PART_SPACING };

      if (!(grown.x1 < box->x0 || box->x1 < grown.x0 || grown.y1 < box->y0 || box->y1 < grown.y0))
        return FALSE;
    }
  return TRUE;
}

static void
next_row (NudgeSequence *self)
{
  self->x = MARGIN + NUDGE_SYNTH_GRID / 2;
  if (self->first_row)
    self->y = MARGIN + self->row + ROW_SPACING + NUDGE_SYNTH_GRID / 2;
  else
    self->y += self->row + ROW_SPACING;
  self->first_row = FALSE;
  self->row = 0;
}

/* Books the box and moves on; a part that was forced does not begin a first row anew. */
static void
accept (NudgeSequence *self, double x, double w, double h, gboolean forced)
{
  self->row = MAX (self->row, h);
  self->x = x + w / 2 + PART_SPACING;
  if (!(self->x + w + PADDING > self->width - MARGIN))
    return;
  if (forced)
    {
      self->x = MARGIN + NUDGE_SYNTH_GRID / 2;
      self->y += self->row + ROW_SPACING;
      self->row = 0;
    }
  else
    next_row (self);
}

static double
off_grid (double v)
{
  return rint (v / NUDGE_SYNTH_GRID) * NUDGE_SYNTH_GRID + NUDGE_SYNTH_GRID / 2;
}

static Box
box_about (double x, double y, double w, double h, double padding)
{
  return (Box){ x - w / 2 - padding, y - h / 2 - padding, x + w / 2 + padding, y + h / 2 + padding };
}

void
nudge_sequence_keep (NudgeSequence *self, double x, double y, double w, double h)
{
  Box box = box_about (x, y, w, h, PADDING);

  g_array_append_val (self->taken, box);
}

/* Books a place, or finds it taken. */
static gboolean
take (NudgeSequence *self, double x, double y, double w, double h, double padding)
{
  Box box = box_about (x, y, w, h, padding);

  if (!is_free (self, &box))
    return FALSE;
  g_array_append_val (self->taken, box);
  return TRUE;
}

gboolean
nudge_sequence_place (NudgeSequence *self, double w, double h, double *x, double *y)
{
  for (guint attempt = 0;; attempt++)
    {
      gboolean forced = attempt == MAX_ATTEMPTS, fits;

      *x = off_grid (self->x);
      *y = off_grid (self->y);
      fits = take (self, *x, *y, w, h, PADDING);
      if (fits || forced)
        {
          accept (self, *x, w, h, forced);
          return fits;
        }
      self->x += STEP;
      if (self->x > self->width - FAR_RIGHT)
        next_row (self);
    }
}

gboolean
nudge_sequence_place_near (NudgeSequence *self, double near_x, double near_y, double w, double h, double *x, double *y)
{
  for (guint i = 0; i <= RINGS * RING_PLACES; i++)
    {
      double radius = i == 0 ? 0 : STEP * ((i - 1) / RING_PLACES + 1);
      double angle = i == 0 ? 0 : 360.0 / RING_PLACES * ((i - 1) % RING_PLACES) * (G_PI / 180.0);

      *x = off_grid (near_x + radius * cos (angle));
      *y = off_grid (near_y + radius * sin (angle));
      if (!take (self, *x, *y, w, h, RING_PADDING))
        continue;
      self->row = MAX (self->row, h);
      self->x = *x + w / 2 + PART_SPACING;
      return TRUE;
    }
  return nudge_sequence_place (self, w, h, x, y);
}
