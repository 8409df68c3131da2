/* What a person does to the layout: every edit is one function from layout to layout, and one step of the history. */
#include "arrange/arrange.h"
#include "window-private.h"

#include <string.h>

typedef struct
{
  GArray *units, *boxes;
  NudgeSelection selection; /* into the two */
} Chosen;

static void
chosen_clear (Chosen *self)
{
  g_array_unref (self->units);
  g_array_unref (self->boxes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chosen, chosen_clear)

/* FALSE when nothing is selected that an edit could be about. */
static gboolean
choose (NudgeWindow *self, Chosen *chosen)
{
  chosen->units = g_array_new (FALSE, FALSE, sizeof (guint));
  chosen->boxes = g_array_new (FALSE, FALSE, sizeof (guint));
  /* Another symbol may have other units: what is shown must count them as the layout does. */
  if (self->editor != NULL && !self->showing_before && self->drawing->layout->units == nudge_editor_get_layout (self->editor)->units)
    nudge_canvas_list_movable (self->canvas, chosen->units, chosen->boxes);
  chosen->selection = (NudgeSelection){ (const guint *) (gpointer) chosen->units->data, chosen->units->len,
                                        (const guint *) (gpointer) chosen->boxes->data, chosen->boxes->len };
  return chosen->units->len + chosen->boxes->len > 0;
}

static NudgeLayout *
layout_of (NudgeWindow *self)
{
  return nudge_editor_get_layout (self->editor);
}

/* “Move R3”, “Move sheet usb”, “Move 4 items”. */
static char *
describe_step (NudgeWindow *self, const char *verb, const NudgeSelection *selection)
{
  const NudgeLayout *layout = layout_of (self);

  if (selection->n_units + selection->n_boxes > 1)
    return g_strdup_printf ("%s %u items", verb, selection->n_units + selection->n_boxes);
  if (selection->n_boxes == 1)
    return g_strdup_printf ("%s sheet %s", verb, layout->circuit->blocks[selection->boxes[0]].label);
  return g_strdup_printf ("%s %s", verb, layout->circuit->parts[layout->units[selection->units[0]].part].reference);
}

/* (transfer full) @after becomes the layout. */
static void
take_step (NudgeWindow *self, NudgeLayout *after, const char *verb, const Chosen *chosen, const char *merge)
{
  g_autoptr (NudgeLayout) layout = after;
  g_autofree char *label = describe_step (self, verb, &chosen->selection);

  nudge_editor_apply (self->editor, layout, label, merge);
}

void
nudge_window_moved (NudgeWindow *self, int dx, int dy, gboolean done)
{
  g_auto (Chosen) chosen = { 0 };
  g_autoptr (NudgeLayout) after = NULL;

  if (!choose (self, &chosen))
    return;
  after = nudge_edit_move (layout_of (self), &chosen.selection, dx, dy);
  if (done)
    take_step (self, g_steal_pointer (&after), "Move", &chosen, NULL);
  else
    nudge_editor_preview (self->editor, after);
}

void
nudge_window_place_selected (NudgeWindow *self, NudgePoint at)
{
  g_auto (Chosen) chosen = { 0 };
  const NudgeLayout *layout;
  NudgePoint from;

  if (!choose (self, &chosen) || chosen.units->len + chosen.boxes->len != 1)
    return;
  layout = layout_of (self);
  from = chosen.units->len == 1 ? layout->placements[chosen.selection.units[0]].pose.at : layout->boxes[chosen.selection.boxes[0]].at;
  at = (NudgePoint){ nudge_snap ((gint64) at.x - from.x, NUDGE_GRID), nudge_snap ((gint64) at.y - from.y, NUDGE_GRID) };
  take_step (self, nudge_edit_move (layout_of (self), &chosen.selection, at.x, at.y), "Move", &chosen, "place");
}

static void
nudge_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };
  int dx, dy;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  if (choose (self, &chosen))
    take_step (self, nudge_edit_move (layout_of (self), &chosen.selection, dx * NUDGE_GRID, dy * NUDGE_GRID), "Move", &chosen, "nudge");
}

static void
rotate_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_rotate (layout_of (self), &chosen.selection, g_variant_get_int32 (parameter)), "Rotate", &chosen, NULL);
}

static void
mirror_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_mirror (layout_of (self), &chosen.selection, (NudgeMirror) g_variant_get_int32 (parameter)), "Mirror", &chosen, NULL);
}

static gboolean
all_locked (NudgeWindow *self, const NudgeSelection *selection)
{
  const NudgeLayout *layout = layout_of (self);

  for (guint i = 0; i < selection->n_units; i++)
    if (!layout->placements[selection->units[i]].locked)
      return FALSE;
  for (guint i = 0; i < selection->n_boxes; i++)
    if (!layout->boxes[selection->boxes[i]].locked)
      return FALSE;
  return TRUE;
}

static void
lock_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };
  gboolean locked;

  if (!choose (self, &chosen))
    return;
  locked = all_locked (self, &chosen.selection);
  take_step (self, nudge_edit_lock (layout_of (self), &chosen.selection, !locked), locked ? "Unlock" : "Lock", &chosen, NULL);
}

static void
align_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const names[] = {
    [NUDGE_ALIGN_LEFT] = "left",     [NUDGE_ALIGN_RIGHT] = "right",   [NUDGE_ALIGN_TOP] = "top",
    [NUDGE_ALIGN_BOTTOM] = "bottom", [NUDGE_ALIGN_COLUMN] = "column", [NUDGE_ALIGN_ROW] = "row",
  };
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (!choose (self, &chosen))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], g_variant_get_string (parameter, NULL)) == 0)
      take_step (self, nudge_edit_align (layout_of (self), &chosen.selection, (NudgeAlign) i), "Align", &chosen, NULL);
}

static void
distribute_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_distribute (layout_of (self), &chosen.selection, g_variant_get_boolean (parameter)), "Distribute", &chosen, NULL);
}

static void
space_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_space (layout_of (self), &chosen.selection, g_variant_get_boolean (parameter)), "Space", &chosen, NULL);
}

static void
swap_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_swap (layout_of (self), &chosen.selection), "Swap", &chosen, NULL);
}

static void
straighten_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen) && chosen.selection.n_units == 2)
    take_step (self, nudge_edit_straighten (layout_of (self), chosen.selection.units[0], chosen.selection.units[1]), "Straighten", &chosen, NULL);
}

static void
undo_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (NUDGE_WINDOW (data)->editor != NULL)
    nudge_editor_undo (NUDGE_WINDOW (data)->editor);
}

static void
redo_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (NUDGE_WINDOW (data)->editor != NULL)
    nudge_editor_redo (NUDGE_WINDOW (data)->editor);
}

static void
select_all_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_canvas_select_all (NUDGE_WINDOW (data)->canvas);
}

static void
arrange_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  const char *name = g_variant_get_string (parameter, NULL);
  g_autofree char *label = g_strdup_printf ("Arrange by %s", name);

  if (self->editor != NULL)
    nudge_editor_arrange (self->editor, layout_of (self), name, label);
}

static void
place_unlocked_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  const char *own;

  if (self->editor == NULL)
    return;
  own = layout_of (self)->arranger;
  nudge_editor_arrange (self->editor, layout_of (self), own != NULL ? own : nudge_arrangers ()[0]->name, "Re-place what is not locked");
}

static void
place_selection_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };
  g_autoptr (NudgeLayout) open = NULL;
  g_autofree char *label = NULL;

  if (!choose (self, &chosen))
    return;
  open = nudge_edit_reset (layout_of (self), &chosen.selection);
  label = describe_step (self, "Re-place", &chosen.selection);
  nudge_editor_arrange (self->editor, open, NULL, label);
}

static void
reset_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_autoptr (NudgeLayout) open = NULL;

  if (self->editor == NULL)
    return;
  open = nudge_edit_reset (layout_of (self), NULL);
  nudge_editor_arrange (self->editor, open, NULL, "Reset everything");
}

static void
replace_symbol_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_replace_symbol (data);
}

static void
stop_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (NUDGE_WINDOW (data)->editor != NULL)
    nudge_editor_stop (NUDGE_WINDOW (data)->editor);
}

/* The net that a person means: under the pointer, else selected, else highlighted. */
guint
nudge_window_get_net (NudgeWindow *self)
{
  NudgeHit hover = nudge_canvas_get_hover (self->canvas);
  NudgeHit selection = nudge_canvas_get_selection (self->canvas);

  if (hover.kind != NUDGE_HIT_NONE && hover.net != NUDGE_NONE)
    return hover.net;
  if (selection.kind != NUDGE_HIT_NONE && selection.net != NUDGE_NONE)
    return selection.net;
  return nudge_canvas_get_highlighted_net (self->canvas);
}

static void
highlight_net_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  guint net = nudge_window_get_net (self);

  nudge_canvas_highlight_net (self->canvas, net == nudge_canvas_get_highlighted_net (self->canvas) ? NUDGE_NONE : net);
  nudge_window_update_panels (self);
}

static void
net_style_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const names[] = { [NUDGE_NET_AUTO] = "auto", [NUDGE_NET_WIRE] = "wire", [NUDGE_NET_LABEL] = "label" };
  NudgeWindow *self = data;
  guint net = nudge_window_get_net (self);

  if (self->editor == NULL || net == NUDGE_NONE)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], g_variant_get_string (parameter, NULL)) == 0)
      {
        g_autoptr (NudgeLayout) after = nudge_edit_style_net (layout_of (self), net, (NudgeNetStyle) i);
        g_autofree char *label = g_strdup_printf ("Draw net %s: %s", after->circuit->nets[net].name, names[i]);

        nudge_editor_apply (self->editor, after, label, NULL);
      }
}

static const GActionEntry entries[] = {
  { "nudge", nudge_activated, "(ii)", NULL, NULL, { 0 } },
  { "rotate", rotate_activated, "i", NULL, NULL, { 0 } },
  { "mirror", mirror_activated, "i", NULL, NULL, { 0 } },
  { "lock", lock_activated, NULL, NULL, NULL, { 0 } },
  { "align", align_activated, "s", NULL, NULL, { 0 } },
  { "distribute", distribute_activated, "b", NULL, NULL, { 0 } },
  { "space", space_activated, "b", NULL, NULL, { 0 } },
  { "swap", swap_activated, NULL, NULL, NULL, { 0 } },
  { "straighten", straighten_activated, NULL, NULL, NULL, { 0 } },
  { "undo", undo_activated, NULL, NULL, NULL, { 0 } },
  { "redo", redo_activated, NULL, NULL, NULL, { 0 } },
  { "select-all", select_all_activated, NULL, NULL, NULL, { 0 } },
  { "arrange", arrange_activated, "s", NULL, NULL, { 0 } },
  { "place-unlocked", place_unlocked_activated, NULL, NULL, NULL, { 0 } },
  { "place-selection", place_selection_activated, NULL, NULL, NULL, { 0 } },
  { "reset", reset_activated, NULL, NULL, NULL, { 0 } },
  { "replace-symbol", replace_symbol_activated, NULL, NULL, NULL, { 0 } },
  { "stop", stop_activated, NULL, NULL, NULL, { 0 } },
  { "highlight-net", highlight_net_activated, NULL, NULL, NULL, { 0 } },
  { "net-style", net_style_activated, "s", NULL, NULL, { 0 } },
};

void
nudge_window_add_edit_actions (NudgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; nudge_arrangers ()[i] != NULL; i++)
    {
      const NudgeArranger *arranger = nudge_arrangers ()[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (arranger->name, NULL);

      g_menu_item_set_action_and_target (item, "win.arrange", "s", arranger->name);
      g_menu_append_item (self->arrangers, item);
    }
}

static void
name_step (GtkWidget *button, const char *verb, const char *label, const char *keys)
{
  g_autofree char *text = label != NULL ? g_strdup_printf ("%s: %s (%s)", verb, label, keys) : g_strdup_printf ("%s (%s)", verb, keys);

  gtk_widget_set_tooltip_text (button, text);
}

void
nudge_window_update_edit_actions (NudgeWindow *self)
{
  static const char *const on_selection[] = { "rotate", "mirror", "lock", "replace-symbol", "place-selection",
                                              "align", "distribute", "space", "swap", "straighten" };
  static const char *const on_layout[] = { "select-all", "arrange", "place-unlocked", "reset" };
  NudgeHistory *history = self->editor != NULL ? nudge_editor_get_history (self->editor) : NULL;
  const char *undo = history != NULL ? nudge_history_get_undo_label (history) : NULL;
  const char *redo = history != NULL ? nudge_history_get_redo_label (history) : NULL;
  g_auto (Chosen) chosen = { 0 };
  gboolean any = choose (self, &chosen);

  for (guint i = 0; i < G_N_ELEMENTS (on_selection); i++)
    nudge_window_set_enabled (self, on_selection[i], any);
  for (guint i = 0; i < G_N_ELEMENTS (on_layout); i++)
    nudge_window_set_enabled (self, on_layout[i], self->editor != NULL);
  nudge_window_set_enabled (self, "undo", undo != NULL);
  nudge_window_set_enabled (self, "redo", redo != NULL);
  nudge_window_set_enabled (self, "stop", self->editor != NULL && nudge_editor_is_arranging (self->editor));
  gtk_widget_set_visible (self->arranging, self->editor != NULL && nudge_editor_is_arranging (self->editor));
  name_step (GTK_WIDGET (self->undo_button), "Undo", undo, "Ctrl+Z");
  name_step (GTK_WIDGET (self->redo_button), "Redo", redo, "Ctrl+Shift+Z");
}
