/* What is selected on the canvas. */
#include "canvas/canvas-private.h"

#include <glib/gi18n.h>

static void
describe (NudgeCanvas *self, GString *text)
{
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (self->sheet);
  NudgeHit hit = nudge_canvas_get_selection (self);
  g_autofree char *selected = NULL;

  g_string_append_printf (text, _("Sheet %s"), drawn->name);
  g_string_append_printf (text, ngettext (", %u symbol", ", %u symbols", drawn->n_symbols), drawn->n_symbols);
  g_string_append_printf (text, ngettext (", %u label", ", %u labels", drawn->n_labels), drawn->n_labels);
  if (self->selected->len > 1)
    selected = g_strdup_printf (ngettext ("%u mark", "%u marks", self->selected->len), self->selected->len);
  else if (hit.kind != NUDGE_HIT_NONE)
    selected = nudge_paint_sheet_describe (self->sheet, &hit);
  if (selected != NULL)
    g_string_append_printf (text, _(", selected: %s"), selected);
  if (nudge_canvas_is_locked (self, &hit))
    g_string_append (text, _(", locked"));
}

/* Objects on the canvas cannot be accessible themselves before GTK 4.10: the label says what there is. */
void
nudge_canvas_update_accessible (NudgeCanvas *self)
{
  g_autoptr (GString) label = g_string_new (NULL);

  if (self->sheet == NULL)
    g_string_append (label, _("No sheet"));
  else
    describe (self, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
show_selection (NudgeCanvas *self)
{
  g_clear_pointer (&self->selection_node, gsk_render_node_unref);
  nudge_canvas_update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
selection_changed (NudgeCanvas *self)
{
  show_selection (self);
  g_signal_emit_by_name (self, "selection-changed");
  g_signal_emit_by_name (self, "status-changed");
}

static guint
find_selected (NudgeCanvas *self, const NudgeHit *hit)
{
  for (guint i = 0; i < self->selected->len; i++)
    if (nudge_hit_equal (&g_array_index (self->selected, NudgeHit, i), hit))
      return i;
  return NUDGE_NONE;
}

gboolean
nudge_canvas_is_selected (NudgeCanvas *self, const NudgeHit *hit)
{
  return find_selected (self, hit) != NUDGE_NONE;
}

void
nudge_canvas_select_hits (NudgeCanvas *self, const NudgeHit *hits, guint n_hits, NudgeSelectMode mode)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (mode == NUDGE_SELECT_ONLY)
    g_array_set_size (self->selected, 0);
  for (guint i = 0; i < n_hits; i++)
    {
      guint known = find_selected (self, &hits[i]);

      if (hits[i].kind == NUDGE_HIT_NONE)
        continue;
      if (known != NUDGE_NONE && mode != NUDGE_SELECT_ADD && mode != NUDGE_SELECT_ONLY)
        g_array_remove_index (self->selected, known);
      else if (known == NUDGE_NONE && mode != NUDGE_SELECT_REMOVE)
        g_array_append_val (self->selected, hits[i]);
    }
  selection_changed (self);
}

void
nudge_canvas_select (NudgeCanvas *self, const NudgeHit *hit)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self) && hit != NULL);

  if (hit->kind == NUDGE_HIT_NONE ? self->selected->len > 0 : self->selected->len != 1 || !nudge_canvas_is_selected (self, hit))
    nudge_canvas_select_hits (self, hit, 1, NUDGE_SELECT_ONLY);
}

void
nudge_canvas_select_all (NudgeCanvas *self)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (NudgeHit));
  NudgeBox all = { -G_MAXINT32, -G_MAXINT32, G_MAXINT32, G_MAXINT32 };

  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (self->sheet != NULL)
    nudge_paint_sheet_list_in (self->sheet, &all, TRUE, hits);
  nudge_canvas_select_hits (self, (const NudgeHit *) (gpointer) hits->data, hits->len, NUDGE_SELECT_ONLY);
}

NudgeHit
nudge_canvas_get_selection (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NUDGE_HIT_NOTHING);

  return self->selected->len > 0 ? g_array_index (self->selected, NudgeHit, self->selected->len - 1) : NUDGE_HIT_NOTHING;
}

const GArray *
nudge_canvas_get_selected (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NULL);

  return self->selected;
}

gboolean
nudge_canvas_is_movable (NudgeCanvas *self, const NudgeHit *hit)
{
  if (self->sheet == NULL)
    return FALSE;
  if (hit->kind == NUDGE_HIT_SYMBOL)
    return nudge_paint_sheet_get_drawn (self->sheet)->symbols[hit->index].unit_index != NUDGE_NONE;
  /* Where circuit-synth puts them, they stay. */
  if (hit->kind == NUDGE_HIT_SHEET_PIN)
    return nudge_paint_sheet_get_drawing (self->sheet)->layout->dialect == NUDGE_DIALECT_SCHEMATIC;
  return hit->kind == NUDGE_HIT_BOX;
}

static const NudgeSheetBox *
box_of_pin (const NudgeDrawnSheet *drawn, guint pin)
{
  for (guint i = 0; i < drawn->n_boxes; i++)
    if (pin >= drawn->boxes[i].first_pin && pin < drawn->boxes[i].first_pin + drawn->boxes[i].n_pins)
      return &drawn->boxes[i];
  g_assert_not_reached ();
}

gboolean
nudge_canvas_is_locked (NudgeCanvas *self, const NudgeHit *hit)
{
  const NudgeLayout *layout;
  const NudgeDrawnSheet *drawn;

  if (!nudge_canvas_is_movable (self, hit))
    return FALSE;
  layout = nudge_paint_sheet_get_drawing (self->sheet)->layout;
  drawn = nudge_paint_sheet_get_drawn (self->sheet);
  if (hit->kind == NUDGE_HIT_SHEET_PIN)
    return layout->boxes[box_of_pin (drawn, hit->index)->block].locked;
  return hit->kind == NUDGE_HIT_SYMBOL ? layout->placements[drawn->symbols[hit->index].unit_index].locked
                                       : layout->boxes[drawn->boxes[hit->index].block].locked;
}

void
nudge_canvas_list_movable (NudgeCanvas *self, GArray *units, GArray *boxes)
{
  const NudgeDrawnSheet *drawn;

  g_return_if_fail (NUDGE_IS_CANVAS (self) && units != NULL && boxes != NULL);

  if (self->sheet == NULL)
    return;
  drawn = nudge_paint_sheet_get_drawn (self->sheet);
  for (guint i = 0; i < self->selected->len; i++)
    {
      const NudgeHit *hit = &g_array_index (self->selected, NudgeHit, i);

      if (!nudge_canvas_is_movable (self, hit))
        continue;
      if (hit->kind == NUDGE_HIT_SYMBOL)
        g_array_append_val (units, drawn->symbols[hit->index].unit_index);
      else if (hit->kind == NUDGE_HIT_BOX)
        g_array_append_val (boxes, drawn->boxes[hit->index].block);
    }
}

guint
nudge_canvas_list_pins (NudgeCanvas *self, GPtrArray *names)
{
  const NudgeDrawnSheet *drawn;
  const NudgeSheetBox *box;
  NudgeHit last = nudge_canvas_get_selection (self);

  g_return_val_if_fail (NUDGE_IS_CANVAS (self) && names != NULL, NUDGE_NONE);

  if (self->sheet == NULL || last.kind != NUDGE_HIT_SHEET_PIN || !nudge_canvas_is_movable (self, &last))
    return NUDGE_NONE;
  drawn = nudge_paint_sheet_get_drawn (self->sheet);
  box = box_of_pin (drawn, last.index);
  for (guint i = 0; i < self->selected->len; i++)
    {
      const NudgeHit *hit = &g_array_index (self->selected, NudgeHit, i);

      if (hit->kind == NUDGE_HIT_SHEET_PIN && box_of_pin (drawn, hit->index) == box)
        g_ptr_array_add (names, (gpointer) drawn->sheet_pins[hit->index].name);
    }
  return box->block;
}

static NudgeHit
find_pin_again (const NudgeDrawnSheet *now, const NudgeDrawnSheet *before, guint pin)
{
  guint block = box_of_pin (before, pin)->block;

  for (guint i = 0; i < now->n_sheet_pins; i++)
    if (g_str_equal (now->sheet_pins[i].name, before->sheet_pins[pin].name) && box_of_pin (now, i)->block == block)
      return (NudgeHit){ NUDGE_HIT_SHEET_PIN, i, now->sheet_pins[i].net };
  return NUDGE_HIT_NOTHING;
}

/* The mark of the sheet that is shown now for one of the sheet before. */
static NudgeHit
find_again (NudgeCanvas *self, const NudgeDrawnSheet *before, const NudgeHit *hit)
{
  const NudgeDrawnSheet *now = nudge_paint_sheet_get_drawn (self->sheet);

  if (hit->kind == NUDGE_HIT_SYMBOL && before->symbols[hit->index].unit_index != NUDGE_NONE)
    {
      for (guint i = 0; i < now->n_symbols; i++)
        if (now->symbols[i].part == before->symbols[hit->index].part && now->symbols[i].unit == before->symbols[hit->index].unit)
          return (NudgeHit){ NUDGE_HIT_SYMBOL, i, NUDGE_NONE };
    }
  else if (hit->kind == NUDGE_HIT_BOX)
    {
      for (guint i = 0; i < now->n_boxes; i++)
        if (now->boxes[i].block == before->boxes[hit->index].block)
          return (NudgeHit){ NUDGE_HIT_BOX, i, NUDGE_NONE };
    }
  else if (hit->kind == NUDGE_HIT_SHEET_PIN)
    return find_pin_again (now, before, hit->index);
  else if (hit->net != NUDGE_NONE)
    return (NudgeHit){ NUDGE_HIT_NET, 0, hit->net };
  return NUDGE_HIT_NOTHING;
}

void
nudge_canvas_carry_selection (NudgeCanvas *self, const NudgePaintSheet *before)
{
  const NudgeDrawnSheet *drawn = nudge_paint_sheet_get_drawn (before);
  g_autoptr (GArray) selected = g_steal_pointer (&self->selected);

  self->selected = g_array_new (FALSE, FALSE, sizeof (NudgeHit));
  for (guint i = 0; i < selected->len; i++)
    {
      NudgeHit hit = find_again (self, drawn, &g_array_index (selected, NudgeHit, i));

      if (hit.kind != NUDGE_HIT_NONE && !nudge_canvas_is_selected (self, &hit))
        g_array_append_val (self->selected, hit);
    }
  /* The same parts are selected, unless one of them is gone. */
  if (self->selected->len == selected->len)
    show_selection (self);
  else
    selection_changed (self);
}

/* What the keyboard goes through, as one ring. */
static NudgeHit
ring_hit (const NudgeDrawnSheet *drawn, guint at)
{
  if (at < drawn->n_symbols)
    return (NudgeHit){ NUDGE_HIT_SYMBOL, at, drawn->symbols[at].net };
  at -= drawn->n_symbols;
  if (at < drawn->n_labels)
    return (NudgeHit){ NUDGE_HIT_LABEL, at, drawn->labels[at].net };
  at -= drawn->n_labels;
  if (at < drawn->n_boxes)
    return (NudgeHit){ NUDGE_HIT_BOX, at, NUDGE_NONE };
  at -= drawn->n_boxes;
  return (NudgeHit){ NUDGE_HIT_SHEET_PIN, at, drawn->sheet_pins[at].net };
}

/* Where in the ring a mark is; @other when it is not. */
static guint
ring_index (const NudgeDrawnSheet *drawn, const NudgeHit *hit, guint other)
{
  switch (hit->kind)
    {
    case NUDGE_HIT_SYMBOL:
      return hit->index;
    case NUDGE_HIT_LABEL:
      return drawn->n_symbols + hit->index;
    case NUDGE_HIT_BOX:
      return drawn->n_symbols + drawn->n_labels + hit->index;
    case NUDGE_HIT_SHEET_PIN:
      return drawn->n_symbols + drawn->n_labels + drawn->n_boxes + hit->index;
    case NUDGE_HIT_WIRE:
    case NUDGE_HIT_TEXT:
    case NUDGE_HIT_NET:
    case NUDGE_HIT_NONE:
    default:
      return other;
    }
}

void
nudge_canvas_select_next (NudgeCanvas *self, gboolean forward)
{
  const NudgeDrawnSheet *drawn;
  guint total, current;
  NudgeHit hit;

  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (self->sheet == NULL)
    return;
  hit = nudge_canvas_get_selection (self);
  drawn = nudge_paint_sheet_get_drawn (self->sheet);
  total = drawn->n_symbols + drawn->n_labels + drawn->n_boxes + drawn->n_sheet_pins;
  if (total == 0)
    return;
  current = ring_index (drawn, &hit, forward ? total - 1 : 0);
  hit = ring_hit (drawn, (current + (forward ? 1 : total - 1)) % total);
  nudge_canvas_show (self, &hit);
}

void
nudge_canvas_highlight_net (NudgeCanvas *self, guint net)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self));

  if (self->net == net)
    return;
  self->net = net;
  g_clear_pointer (&self->net_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
nudge_canvas_get_highlighted_net (NudgeCanvas *self)
{
  g_return_val_if_fail (NUDGE_IS_CANVAS (self), NUDGE_NONE);

  return self->net;
}

void
nudge_canvas_set_halos (NudgeCanvas *self, const GArray *boxes)
{
  g_return_if_fail (NUDGE_IS_CANVAS (self) && boxes != NULL);

  g_array_set_size (self->halos, 0);
  if (boxes->len > 0)
    g_array_append_vals (self->halos, boxes->data, boxes->len);
  g_clear_pointer (&self->halo_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
