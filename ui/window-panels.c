/* The lists of parts and nets and the inspector: what is chosen in one place is chosen in all. */
#include "window-private.h"

#include <glib/gi18n.h>

static void
fill_parts (NudgeWindow *self, const NudgeCircuit *circuit)
{
  nudge_item_list_begin (self->part_list);
  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const NudgePart *part = &circuit->parts[i];
      const char *block = circuit->blocks[part->block].path;
      g_autofree char *more = g_strjoin (" ", part->symbol, part->footprint, part->description, block, NULL);

      nudge_item_list_add (self->part_list, i, part->reference, part->value, more);
    }
  nudge_item_list_end (self->part_list);
}

static void
fill_nets (NudgeWindow *self, const NudgeCircuit *circuit)
{
  nudge_item_list_begin (self->net_list);
  for (guint i = 0; i < circuit->n_nets; i++)
    {
      const NudgeNet *net = &circuit->nets[i];
      g_autofree char *pins = g_strdup_printf (ngettext ("%u pin", "%u pins", net->n_nodes), net->n_nodes);

      nudge_item_list_add (self->net_list, i, net->name, pins, circuit->blocks[net->block].path);
    }
  nudge_item_list_end (self->net_list);
}

void
nudge_window_fill_panels (NudgeWindow *self)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;

  fill_parts (self, circuit);
  fill_nets (self, circuit);
  nudge_window_update_panels (self);
}

/* The part that a mark stands for on the sheet that is shown: sheets are shared by copies. */
guint
nudge_window_get_part (NudgeWindow *self, const NudgeDrawnSheet *drawn, guint symbol)
{
  const NudgeBlock *blocks = self->drawing->layout->circuit->blocks;

  if (drawn->symbols[symbol].part == NUDGE_NONE)
    return NUDGE_NONE;
  return drawn->symbols[symbol].part - blocks[drawn->block].first_part + blocks[self->block].first_part;
}

static void
show_in_inspector (NudgeWindow *self, const NudgeDrawnSheet *drawn)
{
  NudgeLayout *layout = self->drawing->layout;
  const GArray *selected = nudge_canvas_get_selected (self->canvas);
  NudgeHit hit = nudge_canvas_get_selection (self->canvas);
  guint net = hit.kind != NUDGE_HIT_NONE ? hit.net : nudge_canvas_get_highlighted_net (self->canvas);

  if (selected->len > 1)
    nudge_inspector_show_count (self->inspector, selected->len);
  else if (hit.kind == NUDGE_HIT_SYMBOL && drawn->symbols[hit.index].unit_index != NUDGE_NONE)
    nudge_inspector_show_unit (self->inspector, layout, nudge_window_get_part (self, drawn, hit.index), drawn->symbols[hit.index].unit_index);
  else if (hit.kind == NUDGE_HIT_BOX)
    nudge_inspector_show_box (self->inspector, layout, drawn->boxes[hit.index].block);
  else if (net != NUDGE_NONE)
    nudge_inspector_show_net (self->inspector, layout, net);
  else
    nudge_inspector_show_count (self->inspector, selected->len);
}

void
nudge_window_update_panels (NudgeWindow *self)
{
  NudgePaintSheet *sheet = nudge_canvas_get_sheet (self->canvas);
  const GArray *selected = nudge_canvas_get_selected (self->canvas);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) nets = g_array_new (FALSE, FALSE, sizeof (guint));
  guint highlighted = nudge_canvas_get_highlighted_net (self->canvas);
  const NudgeDrawnSheet *drawn;

  if (sheet == NULL || self->drawing == NULL || self->choosing || self->showing_before)
    return;
  drawn = nudge_paint_sheet_get_drawn (sheet);
  for (guint i = 0; i < selected->len; i++)
    {
      const NudgeHit *hit = &g_array_index (selected, NudgeHit, i);
      guint part = hit->kind == NUDGE_HIT_SYMBOL ? nudge_window_get_part (self, drawn, hit->index) : NUDGE_NONE;

      if (part != NUDGE_NONE)
        g_array_append_val (parts, part);
      if (hit->net != NUDGE_NONE)
        g_array_append_val (nets, hit->net);
    }
  if (nets->len == 0 && highlighted != NUDGE_NONE)
    g_array_append_val (nets, highlighted);
  nudge_item_list_select (self->part_list, (const guint *) (gpointer) parts->data, parts->len);
  nudge_item_list_select (self->net_list, (const guint *) (gpointer) nets->data, nets->len);
  show_in_inspector (self, drawn);
}

static gboolean
contains (const GArray *indices, guint index)
{
  for (guint i = 0; i < indices->len; i++)
    if (g_array_index (indices, guint, i) == index)
      return TRUE;
  return FALSE;
}

void
nudge_window_select_parts (NudgeWindow *self, const GArray *parts)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (NudgeHit));
  const NudgeDrawnSheet *drawn;
  gboolean here = FALSE;

  for (guint i = 0; i < parts->len; i++)
    here = here || circuit->parts[g_array_index (parts, guint, i)].block == self->block;
  if (parts->len > 0 && !here)
    nudge_window_set_block (self, circuit->parts[g_array_index (parts, guint, 0)].block);
  drawn = nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (self->canvas));
  for (guint i = 0; i < drawn->n_symbols; i++)
    {
      NudgeHit hit = { NUDGE_HIT_SYMBOL, i, NUDGE_NONE };

      if (drawn->symbols[i].part != NUDGE_NONE && contains (parts, nudge_window_get_part (self, drawn, i)))
        g_array_append_val (hits, hit);
    }
  if (hits->len == 1)
    nudge_canvas_show (self->canvas, &g_array_index (hits, NudgeHit, 0));
  nudge_canvas_select_hits (self->canvas, (const NudgeHit *) (gpointer) hits->data, hits->len, NUDGE_SELECT_ONLY);
}

void
nudge_window_on_parts_chosen (NudgeItemList *list, gpointer data)
{
  NudgeWindow *self = data;
  g_autoptr (GArray) parts = nudge_item_list_get_selected (list);

  if (self->drawing == NULL)
    return;
  /* The list stays as the person left it, though not all of it may be on one sheet. */
  self->choosing = TRUE;
  nudge_window_select_parts (self, parts);
  self->choosing = FALSE;
  show_in_inspector (self, nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (self->canvas)));
}

static gboolean
is_on_sheet (NudgeWindow *self, guint net)
{
  NudgeBox box = nudge_paint_sheet_get_highlight_box (nudge_canvas_get_sheet (self->canvas), &(NudgeHit){ NUDGE_HIT_NET, 0, net });

  return !nudge_box_is_empty (&box);
}

void
nudge_window_show_net (NudgeWindow *self, guint net)
{
  const NudgeCircuit *circuit = self->drawing->layout->circuit;

  nudge_canvas_select (self->canvas, &NUDGE_HIT_NOTHING);
  if (!is_on_sheet (self, net) && circuit->nets[net].n_nodes > 0)
    nudge_window_set_block (self, circuit->parts[circuit->nodes[circuit->nets[net].first_node].part].block);
  nudge_canvas_highlight_net (self->canvas, net);
  nudge_window_update_panels (self);
}

void
nudge_window_on_nets_chosen (NudgeItemList *list, gpointer data)
{
  NudgeWindow *self = data;
  g_autoptr (GArray) nets = nudge_item_list_get_selected (list);

  if (self->drawing != NULL && nets->len > 0)
    nudge_window_show_net (self, g_array_index (nets, guint, nets->len - 1));
}

void
nudge_window_on_net_chosen (NudgeInspector *inspector, guint net, gpointer data)
{
  NudgeWindow *self = data;

  if (self->drawing != NULL && net < self->drawing->layout->circuit->n_nets)
    nudge_canvas_highlight_net (self->canvas, net);
}
