#include "drawing/score-private.h"

#include <math.h>

/* Grid, frame, title block, paper, balance. */

#define GRID_TOLERANCE 110
#define FRAME NUDGE_MM (10)
#define TITLE_WIDTH NUDGE_MM (110)
#define TITLE_HEIGHT NUDGE_MM (33)
#define LEAST 3000

static gboolean
off_grid (NudgePoint p)
{
  gint32 x = ABS (p.x % NUDGE_GRID), y = ABS (p.y % NUDGE_GRID);

  return MIN (x, NUDGE_GRID - x) > GRID_TOLERANCE || MIN (y, NUDGE_GRID - y) > GRID_TOLERANCE;
}

static void
check_grid (const ScoreScene *scene)
{
  const NudgeDrawnSheet *sheet = scene->sheet;

  for (guint i = 0; i < scene->symbols->len; i++)
    if (off_grid (SCORE_SYMBOL (scene, i)->drawn->pose.at))
      score_offend (scene, NUDGE_METRIC_OFF_GRID, SCORE_SYMBOL (scene, i)->drawn->pose.at, SCORE_SYMBOL (scene, i)->reference, "");
  for (guint i = 0; i < sheet->n_labels; i++)
    if (off_grid (sheet->labels[i].at))
      score_offend (scene, NUDGE_METRIC_OFF_GRID, sheet->labels[i].at, sheet->labels[i].text, "");
  for (guint i = 0; i < sheet->n_wires; i++)
    if (off_grid (sheet->wires[i].a) || off_grid (sheet->wires[i].b))
      score_offend (scene, NUDGE_METRIC_OFF_GRID, sheet->wires[i].a, "", "");
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    if (off_grid (sheet->sheet_pins[i].at))
      score_offend (scene, NUDGE_METRIC_OFF_GRID, sheet->sheet_pins[i].at, sheet->sheet_pins[i].name, "");
}

typedef struct
{
  const ScoreScene *scene;
  NudgeBox frame, title, content;
} Page;

static void
check_item (Page *self, NudgeBox box, const char *name)
{
  const NudgeBox *frame = &self->frame;
  NudgePoint shared = score_shared (&box, &self->title), at = { box.x0, box.y0 };

  nudge_box_add_box (&self->content, &box);
  if (box.x0 < frame->x0 || box.y0 < frame->y0 || box.x1 > frame->x1 || box.y1 > frame->y1)
    score_offend (self->scene, NUDGE_METRIC_OUT_OF_FRAME, at, name, "");
  if (shared.x > LEAST && shared.y > LEAST)
    score_offend (self->scene, NUDGE_METRIC_IN_TITLE_BLOCK, at, name, "");
}

static void
check_items (Page *self)
{
  const ScoreScene *scene = self->scene;

  for (guint i = 0; i < scene->symbols->len; i++)
    check_item (self, SCORE_SYMBOL (scene, i)->full, SCORE_SYMBOL (scene, i)->reference);
  for (guint i = 0; i < scene->n_texts; i++)
    check_item (self, SCORE_TEXT (scene, i)->box, SCORE_TEXT (scene, i)->text);
  for (guint i = 0; i < scene->sheet->n_wires; i++)
    check_item (self, scene->wire_boxes[i], "");
  for (guint i = 0; i < scene->sheet->n_boxes; i++)
    check_item (self, scene->sheet->boxes[i].box, scene->sheet->boxes[i].name);
}

/* Papers above the smallest that would hold the content and the frame. */
static void
check_paper (const Page *self)
{
  const ScoreScene *scene = self->scene;
  gint64 width = (gint64) self->content.x1 - self->content.x0 + 2 * FRAME;
  gint64 height = (gint64) self->content.y1 - self->content.y0 + 2 * FRAME;
  NudgePaper paper = NUDGE_PAPER_A4, own = nudge_paper_landscape (scene->sheet->paper);

  while (paper < NUDGE_PAPER_LAST)
    {
      NudgePoint size = nudge_paper_size (paper);

      if (size.x >= MAX (width, height) && size.y >= MIN (width, height))
        break;
      paper++;
    }
  if (own <= paper)
    return;
  scene->tally->sums[NUDGE_METRIC_PAPER_OVERSIZE].amount += own - paper;
  score_point_out (scene, NUDGE_METRIC_PAPER_OVERSIZE, (NudgePoint){ 0, 0 }, nudge_paper_name (scene->sheet->paper), nudge_paper_name (paper));
}

static void
check_balance (const Page *self, NudgePoint size)
{
  ScoreSum *sum = &self->scene->tally->sums[NUDGE_METRIC_PAGE_OFF_CENTRE];
  gdouble dx = ((gdouble) self->content.x0 + self->content.x1 - size.x) / 2;
  gdouble dy = ((gdouble) self->content.y0 + self->content.y1 - size.y) / 2;

  sum->base++;
  sum->amount += hypot (dx, dy) / hypot (size.x / 2.0, size.y / 2.0);
}

void
score_page (const ScoreScene *scene)
{
  NudgePoint size = nudge_paper_size (scene->sheet->paper);
  Page page = {
    .scene = scene,
    .frame = { FRAME, FRAME, size.x - FRAME, size.y - FRAME },
    .title = { size.x - FRAME - TITLE_WIDTH, size.y - FRAME - TITLE_HEIGHT, size.x - FRAME, size.y - FRAME },
    .content = NUDGE_BOX_EMPTY,
  };

  check_grid (scene);
  check_items (&page);
  if (nudge_box_is_empty (&page.content))
    return;
  check_paper (&page);
  check_balance (&page, size);
}
