/* synth-paper.c: a placement that is made only to choose the paper.
 *
 * The page is taken to be upright. The paper chosen for one circuit is the page of the next; the top circuit comes last,
 * and its paper is that of every sheet. */
#include "arrange/synth-paper.h"

#include "arrange/synth-measure.h"
#include "arrange/synth-sequence.h"
#include "arrange/text-flow.h"

#define MARGIN NUDGE_SEQUENCE_MARGIN

NudgePoint
nudge_synth_page_size (NudgePaper paper)
{
  NudgePoint landscape = nudge_paper_size (paper);

  return (NudgePoint){ landscape.y / NUDGE_UNITS_PER_MM, landscape.x / NUDGE_UNITS_PER_MM };
}

/* The rule as it is: the largest paper that is still too small, or A4. */
NudgePaper
nudge_synth_choose_paper (double max_x, double max_y)
{
  NudgePaper chosen = NUDGE_PAPER_A4;

  for (NudgePaper paper = NUDGE_PAPER_A4; paper <= NUDGE_PAPER_A0; paper++)
    {
      NudgePoint size = nudge_synth_page_size (paper), best = nudge_synth_page_size (chosen);
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
  g_autoptr (GArray) boxes = nudge_flow_boxes (circuit, block);
  double max_x = 0, max_y = 0;
  NudgePoint size = nudge_synth_page_size (page);
  NudgeSequence sequence;

  nudge_sequence_init (&sequence, size.x, size.y);
  for (guint part = b->first_part; part < b->first_part + b->n_parts; part++)
    {
      double w, h, x, y;

      nudge_synth_symbol_size (layout, layout->part_units[part], &w, &h);
      nudge_sequence_place (&sequence, w, h, &x, &y);
      max_x = MAX (max_x, x + NUDGE_SYNTH_LABEL_ROOM);
      max_y = MAX (max_y, y + NUDGE_SYNTH_LABEL_ROOM);
    }
  nudge_flow_row (boxes, FALSE);
  for (guint i = 0; i < boxes->len; i++)
    {
      const NudgeFlowItem *box = NUDGE_FLOW_ITEM (boxes, i);

      max_x = MAX (max_x, box->x + box->row_w + NUDGE_SYNTH_LABEL_ROOM);
      max_y = MAX (max_y, box->y + box->box_h + NUDGE_SYNTH_LABEL_ROOM);
    }
  nudge_sequence_clear (&sequence);
  return nudge_synth_choose_paper (max_x, max_y);
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
