/* What a person does to the layout: every edit is one function from layout to layout, and one step of the history. */
#include "arrange/arrange.h"
#include "window-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GArray *units, *boxes;
  NudgeSelection selection; /* into the two */
  char *name;               /* for the steps of the history: “R3”, “sheet usb”, “4 items” */
} Chosen;

static void
chosen_clear (Chosen *self)
{
  g_array_unref (self->units);
  g_array_unref (self->boxes);
  g_free (self->name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chosen, chosen_clear)

static NudgeLayout *
layout_of (NudgeWindow *self)
{
  return nudge_editor_get_layout (self->editor);
}

static char *
name_selection (NudgeWindow *self, const NudgeSelection *selection)
{
  const NudgeLayout *layout = layout_of (self);
  guint n = selection->n_units + selection->n_boxes;

  if (n > 1)
    return g_strdup_printf (ngettext ("%u item", "%u items", n), n);
  if (selection->n_boxes == 1)
    return g_strdup_printf (_("sheet %s"), layout->circuit->blocks[selection->boxes[0]].label);
  return g_strdup (layout->circuit->parts[layout->units[selection->units[0]].part].reference);
}

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
  if (chosen->units->len + chosen->boxes->len == 0)
    return FALSE;
  chosen->name = name_selection (self, &chosen->selection);
  return TRUE;
}

/* (transfer full) both: @after becomes the layout. */
static void
take_step (NudgeWindow *self, NudgeLayout *after, char *step, const char *merge)
{
  g_autoptr (NudgeLayout) layout = after;
  g_autofree char *label = step;

  nudge_editor_apply (self->editor, layout, label, merge);
}

void
nudge_window_moved (NudgeWindow *self, int dx, int dy, gboolean done)
{
  g_auto (Chosen) chosen = { 0 };
  g_autoptr (NudgeLayout) after = NULL;

  if (!choose (self, &chosen))
    {
      nudge_window_move_pins (self, dx, dy, done);
      return;
    }
  after = nudge_edit_move (layout_of (self), &chosen.selection, dx, dy);
  /* Translators: here and below, a step that can be undone; “%s” is a reference, “sheet NAME” or “4 items”. */
  if (done)
    take_step (self, g_steal_pointer (&after), g_strdup_printf (_("Move %s"), chosen.name), NULL);
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
  take_step (self, nudge_edit_move (layout_of (self), &chosen.selection, at.x, at.y), g_strdup_printf (_("Move %s"), chosen.name), "place");
}

static void
nudge_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };
  int dx, dy;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  if (choose (self, &chosen))
    take_step (self, nudge_edit_move (layout_of (self), &chosen.selection, dx * NUDGE_GRID, dy * NUDGE_GRID),
               g_strdup_printf (_("Move %s"), chosen.name), "nudge");
  else
    nudge_window_step_pins (self, dx, dy);
}

static void
rotate_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_rotate (layout_of (self), &chosen.selection, g_variant_get_int32 (parameter)),
               g_strdup_printf (_("Rotate %s"), chosen.name), NULL);
}

static void
mirror_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_mirror (layout_of (self), &chosen.selection, (NudgeMirror) g_variant_get_int32 (parameter)),
               g_strdup_printf (_("Mirror %s"), chosen.name), NULL);
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
  take_step (self, nudge_edit_lock (layout_of (self), &chosen.selection, !locked), g_strdup_printf (locked ? _("Unlock %s") : _("Lock %s"), chosen.name), NULL);
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
      take_step (self, nudge_edit_align (layout_of (self), &chosen.selection, (NudgeAlign) i), g_strdup_printf (_("Align %s"), chosen.name), NULL);
}

static void
distribute_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_distribute (layout_of (self), &chosen.selection, g_variant_get_boolean (parameter)),
               g_strdup_printf (_("Distribute %s"), chosen.name), NULL);
}

static void
space_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_space (layout_of (self), &chosen.selection, g_variant_get_boolean (parameter)),
               g_strdup_printf (_("Space %s"), chosen.name), NULL);
}

static void
swap_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen))
    take_step (self, nudge_edit_swap (layout_of (self), &chosen.selection), g_strdup_printf (_("Swap %s"), chosen.name), NULL);
}

static void
straighten_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Chosen) chosen = { 0 };

  if (choose (self, &chosen) && chosen.selection.n_units == 2)
    take_step (self, nudge_edit_straighten (layout_of (self), chosen.selection.units[0], chosen.selection.units[1]),
               g_strdup_printf (_("Straighten %s"), chosen.name), NULL);
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
  g_autofree char *label = g_strdup_printf (_("Arrange by %s"), name);

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
  nudge_editor_arrange (self->editor, layout_of (self), own != NULL ? own : nudge_arrangers ()[0]->name, _("Re-place what is not locked"));
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
  label = g_strdup_printf (_("Re-place %s"), chosen.name);
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
  nudge_editor_arrange (self->editor, open, NULL, _("Reset everything"));
}

static void
replace_symbol_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  nudge_window_replace_symbol (data);
}

static void
stop_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;

  if (self->export_progress != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->export_progress));
  else if (self->editor != NULL)
    nudge_editor_stop (self->editor);
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

static char *
describe_style (const NudgeLayout *layout, guint net)
{
  const char *name = layout->circuit->nets[net].name;

  switch (layout->net_styles[net])
    {
    case NUDGE_NET_WIRE:
      return g_strdup_printf (_("Draw net %s with wires"), name);
    case NUDGE_NET_LABEL:
      return g_strdup_printf (_("Draw net %s with labels"), name);
    case NUDGE_NET_AUTO:
    default:
      return g_strdup_printf (_("Draw net %s as it fits"), name);
    }
}

static void
net_style_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const names[] = { [NUDGE_NET_AUTO] = "auto", [NUDGE_NET_WIRE] = "wire", [NUDGE_NET_LABEL] = "label" };
  NudgeWindow *self = data;
  guint net = nudge_window_get_net (self);

  /* What is shown may still be another circuit's: see window-pages.c. */
  if (self->editor == NULL || net == NUDGE_NONE || self->drawing->layout->circuit != layout_of (self)->circuit)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], g_variant_get_string (parameter, NULL)) == 0)
      {
        g_autoptr (NudgeLayout) after = nudge_edit_style_net (layout_of (self), net, (NudgeNetStyle) i);
        g_autofree char *label = describe_style (after, net);

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
  nudge_window_add_pin_actions (self);
  nudge_window_add_page_actions (self);
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
  gboolean works = self->export_progress != NULL || (self->editor != NULL && nudge_editor_is_arranging (self->editor));

  for (guint i = 0; i < G_N_ELEMENTS (on_selection); i++)
    nudge_window_set_enabled (self, on_selection[i], any);
  for (guint i = 0; i < G_N_ELEMENTS (on_layout); i++)
    nudge_window_set_enabled (self, on_layout[i], self->editor != NULL);
  nudge_window_update_pin_actions (self);
  nudge_window_update_page_actions (self);
  nudge_window_set_enabled (self, "undo", undo != NULL);
  nudge_window_set_enabled (self, "redo", redo != NULL);
  nudge_window_set_enabled (self, "stop", works);
  gtk_widget_set_visible (self->arranging, works);
  name_step (GTK_WIDGET (self->undo_button), _("Undo"), undo, "Ctrl+Z");
  name_step (GTK_WIDGET (self->redo_button), _("Redo"), redo, "Ctrl+Shift+Z");
}
