/* synth-paper.c: a placement that is made only to choose the paper.
 *
 * Parts stand in rows on a page that is taken to be upright, each where nothing placed before is in its way. The paper
 * chosen for one circuit is the page of the next; the top circuit comes last, and its paper is that of every sheet. */
#include "arrange/synth-paper.h"

#include "arrange/synth-measure.h"

#include <math.h>

#define MARGIN 25.4
#define PART_SPACING 5.08
#define ROW_SPACING 10.0
#define FAR_RIGHT 40.0
#define PADDING 0.5
#define STEP 10.0
#define MAX_ATTEMPTS 100
#define FAR 1000.0
#define LABEL_ROOM 50.0

typedef struct
{
  double x0, y0, x1, y1;
} Box;

typedef struct
{
  double width, height;        /* of the page */
  double x, y, row;            /* where the next part is tried, and how tall its row is so far */
  gboolean first_row;
  GArray *taken;               /* Box */
} Sequence;

/* Upright: the shorter side is the width. */
static NudgePoint
page_size (NudgePaper paper)
{
  NudgePoint landscape = nudge_paper_size (paper);

  return (NudgePoint){ landscape.y / NUDGE_UNITS_PER_MM, landscape.x / NUDGE_UNITS_PER_MM };
}

static void
sequence_init (Sequence *self, NudgePaper paper)
{
  NudgePoint page = page_size (paper);
  double w = page.x, h = page.y;
  const Box edges[] = {
    { -FAR, -FAR, MARGIN, h + FAR },
    { -FAR, -FAR, w + FAR, MARGIN },
    { w - MARGIN, -FAR, w + FAR, h + FAR },
    { -FAR, h - MARGIN, w + FAR, h + FAR },
  };

  *self = (Sequence){ .width = w, .height = h, .x = MARGIN + NUDGE_SYNTH_GRID / 2, .y = MARGIN + NUDGE_SYNTH_GRID / 2, .first_row = TRUE };
  self->taken = g_array_new (FALSE, FALSE, sizeof (Box));
  g_array_append_vals (self->taken, edges, G_N_ELEMENTS (edges));
}

/* Touching counts. */
static gboolean
is_free (const Sequence *self, const Box *box)
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
next_row (Sequence *self)
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
accept (Sequence *self, double x, double w, double h, gboolean forced)
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

static void
place (Sequence *self, double w, double h, double *x, double *y)
{
  for (guint attempt = 0; attempt <= MAX_ATTEMPTS; attempt++)
    {
      gboolean forced = attempt == MAX_ATTEMPTS, fits;
      Box box;

      *x = off_grid (self->x);
      *y = off_grid (self->y);
      box = (Box){ *x - w / 2 - PADDING, *y - h / 2 - PADDING, *x + w / 2 + PADDING, *y + h / 2 + PADDING };
      fits = is_free (self, &box);
      if (fits)
        g_array_append_val (self->taken, box);
      if (fits || forced)
        {
          accept (self, *x, w, h, forced);
          return;
        }
      self->x += STEP;
      if (self->x > self->width - FAR_RIGHT)
        next_row (self);
    }
}

/* The rule as it is: the largest paper that is still too small, or A4. */
static NudgePaper
choose_paper (double max_x, double max_y)
{
  NudgePaper chosen = NUDGE_PAPER_A4;

  for (NudgePaper paper = NUDGE_PAPER_A4; paper <= NUDGE_PAPER_A0; paper++)
    {
      NudgePoint size = page_size (paper), best = page_size (chosen);
      double area = (double) size.x * size.y, best_area = (double) best.x * best.y;

      if (max_x <= size.x - MARGIN && max_y <= size.y - MARGIN ? area < best_area : area > best_area)
        chosen = paper;
    }
  return chosen;
}

static NudgePaper
paper_of_block (const NudgeLayout *layout, guint block, NudgePaper page)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *b = &circuit->blocks[block];
  double max_x = 0, max_y = 0, left = 25.4;
  Sequence sequence;

  sequence_init (&sequence, page);
  for (guint part = b->first_part; part < b->first_part + b->n_parts; part++)
    {
      double w, h, x, y;

      nudge_synth_symbol_size (layout, layout->part_units[part], &w, &h);
      place (&sequence, w, h, &x, &y);
      max_x = MAX (max_x, x + LABEL_ROOM);
      max_y = MAX (max_y, y + LABEL_ROOM);
    }
  for (guint child = b->first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    {
      NudgeSynthBox box = nudge_synth_box_size (circuit, child);
      double x = nudge_synth_snap (left + box.row_w / 2, 1.27), y = nudge_synth_snap (12.7 + box.h / 2, 1.27);

      max_x = MAX (max_x, x + box.row_w + LABEL_ROOM);
      max_y = MAX (max_y, y + box.h + LABEL_ROOM);
      left += box.row_w + 15.0;
    }
  g_array_unref (sequence.taken);
  return choose_paper (max_x, max_y);
}

NudgePaper
nudge_synth_paper (const NudgeLayout *layout)
{
  const NudgeCircuit *circuit = layout->circuit;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  NudgePaper paper = NUDGE_PAPER_A4;

  g_hash_table_add (seen, (gpointer) circuit->blocks[0].name);
  /* Circuits by name, each once, in the order of the tree; the top last. */
  for (guint i = 1; i <= circuit->n_blocks; i++)
    {
      guint block = i % circuit->n_blocks;
      const NudgeBlock *b = &circuit->blocks[block];

      if (block != 0 && !g_hash_table_add (seen, (gpointer) b->name))
        continue;
      if (b->n_parts > 0 || b->first_child != NUDGE_NONE)
        paper = paper_of_block (layout, block, paper);
    }
  return paper;
}
