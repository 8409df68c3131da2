#include "base/box-bins.h"

/* Squares of half an inch, fewer and larger ones where the boxes lie far apart. */

#define CELL NUDGE_MM (12.7)
#define MAX_SIDE 256

typedef struct
{
  guint c0, r0, c1, r1;
} Range;

static guint
step (gint64 distance, gint32 cell, guint n)
{
  return (guint) CLAMP (distance / cell, 0, (gint64) n - 1);
}

static Range
range_of (const NudgeBoxBins *self, const NudgeBox *box)
{
  return (Range){
    step ((gint64) box->x0 - self->origin.x, self->cell, self->columns),
    step ((gint64) box->y0 - self->origin.y, self->cell, self->rows),
    step ((gint64) box->x1 - self->origin.x, self->cell, self->columns),
    step ((gint64) box->y1 - self->origin.y, self->cell, self->rows),
  };
}

static void
measure_area (NudgeBoxBins *self)
{
  NudgeBox all = NUDGE_BOX_EMPTY;
  gint64 width, height;

  for (guint i = 0; i < self->n; i++)
    nudge_box_add_box (&all, &self->boxes[i]);
  if (nudge_box_is_empty (&all))
    all = (NudgeBox){ 0, 0, 0, 0 };
  width = (gint64) all.x1 - all.x0;
  height = (gint64) all.y1 - all.y0;
  self->origin = (NudgePoint){ all.x0, all.y0 };
  self->cell = (gint32) MAX ((gint64) CELL, MAX (width, height) / MAX_SIDE);
  self->columns = (guint) (width / self->cell) + 1;
  self->rows = (guint) (height / self->cell) + 1;
}

void
nudge_box_bins_init (NudgeBoxBins *self, const NudgeBox *boxes, guint n)
{
  guint n_bins, *fill;

  *self = (NudgeBoxBins){ .boxes = boxes, .n = n };
  measure_area (self);
  n_bins = self->columns * self->rows;
  self->starts = g_new0 (guint, n_bins + 1);
  for (guint pass = 0; pass < 2; pass++)
    {
      fill = pass == 0 ? NULL : g_memdup2 (self->starts, n_bins * sizeof (guint));
      for (guint i = 0; i < n; i++)
        {
          Range r = range_of (self, &boxes[i]);

          for (guint row = r.r0; row <= r.r1; row++)
            for (guint column = r.c0; column <= r.c1; column++)
              if (pass == 0)
                self->starts[row * self->columns + column + 1]++;
              else
                self->items[fill[row * self->columns + column]++] = i;
        }
      if (pass == 0)
        {
          for (guint i = 0; i < n_bins; i++)
            self->starts[i + 1] += self->starts[i];
          self->items = g_new (guint, self->starts[n_bins] + 1);
        }
      g_free (fill);
    }
}

void
nudge_box_bins_clear (NudgeBoxBins *self)
{
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->items, g_free);
}

/* Two ranges share many bins; the first of them speaks for all. */
void
nudge_box_bins_visit (const NudgeBoxBins *self, const NudgeBox *box, NudgeBoxVisit visit, gpointer data)
{
  Range r = range_of (self, box);

  for (guint row = r.r0; row <= r.r1; row++)
    for (guint column = r.c0; column <= r.c1; column++)
      {
        guint bin = row * self->columns + column;

        for (guint i = self->starts[bin]; i < self->starts[bin + 1]; i++)
          {
            Range other = range_of (self, &self->boxes[self->items[i]]);

            if (column == MAX (r.c0, other.c0) && row == MAX (r.r0, other.r0))
              visit (self->items[i], data);
          }
      }
}

typedef struct
{
  guint first;
  NudgeBoxPairVisit visit;
  gpointer data;
} Pairing;

static void
visit_later (guint item, gpointer data)
{
  Pairing *pairing = data;

  if (item > pairing->first)
    pairing->visit (pairing->first, item, pairing->data);
}

void
nudge_box_bins_visit_pairs (const NudgeBoxBins *self, NudgeBoxPairVisit visit, gpointer data)
{
  Pairing pairing = { .visit = visit, .data = data };

  for (pairing.first = 0; pairing.first < self->n; pairing.first++)
    nudge_box_bins_visit (self, &self->boxes[pairing.first], visit_later, &pairing);
}
