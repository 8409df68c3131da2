/* Pins of sheet boxes: dragged along the edges of their box, stepped by keys, put back. */
#include "drawing/edit-pins.h"
#include "window-private.h"

#include <glib/gi18n.h>

typedef struct
{
  GPtrArray *names;
  NudgePinSelection selection; /* into them */
} Pins;

static void
pins_clear (Pins *self)
{
  g_ptr_array_unref (self->names);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pins, pins_clear)

/* FALSE when something else than pins was chosen last. */
static gboolean
choose_pins (NudgeWindow *self, Pins *pins)
{
  guint block;

  pins->names = g_ptr_array_new ();
  if (self->editor == NULL || self->showing_before || self->drawing->layout->units != nudge_editor_get_layout (self->editor)->units)
    return FALSE;
  block = nudge_canvas_list_pins (self->canvas, pins->names);
  pins->selection = (NudgePinSelection){ block, (const char *const *) pins->names->pdata, pins->names->len };
  return block != NUDGE_NONE;
}

/* A box is meant when all that is chosen is one: then all of its pins are. */
static gboolean
choose_box (NudgeWindow *self, NudgePinSelection *pins)
{
  NudgeHit hit = nudge_canvas_get_selection (self->canvas);

  if (self->editor == NULL || self->showing_before || hit.kind != NUDGE_HIT_BOX || nudge_canvas_get_selected (self->canvas)->len != 1
      || self->drawing->layout->circuit != nudge_editor_get_layout (self->editor)->circuit)
    return FALSE;
  *pins = (NudgePinSelection){ nudge_paint_sheet_get_drawn (nudge_canvas_get_sheet (self->canvas))->boxes[hit.index].block, NULL, 0 };
  return TRUE;
}

/* For the steps of the history. */
static char *
name_pins (const Pins *pins)
{
  guint n = pins->selection.n_names;

  if (n > 1)
    return g_strdup_printf (ngettext ("%u pin", "%u pins", n), n);
  /* Translators: part of the name of a step that can be undone, as in “Move pin CLOCK”. */
  return g_strdup_printf (_("pin %s"), pins->selection.names[0]);
}

static void
take_moved (NudgeWindow *self, const Pins *pins, NudgeLayout *after, const char *merge)
{
  g_autofree char *name = name_pins (pins);
  g_autofree char *label = g_strdup_printf (_("Move %s"), name);

  nudge_editor_apply (self->editor, after, label, merge);
}

gboolean
nudge_window_move_pins (NudgeWindow *self, int dx, int dy, gboolean done)
{
  g_auto (Pins) pins = { 0 };
  g_autoptr (NudgeLayout) after = NULL;

  if (!choose_pins (self, &pins))
    return FALSE;
  after = nudge_edit_move_pins (nudge_editor_get_layout (self->editor), self->drawing, &pins.selection, dx, dy);
  if (done)
    take_moved (self, &pins, after, NULL);
  else
    nudge_editor_preview (self->editor, after);
  return TRUE;
}

gboolean
nudge_window_step_pins (NudgeWindow *self, int dx, int dy)
{
  g_auto (Pins) pins = { 0 };
  g_autoptr (NudgeLayout) after = NULL;

  if (!choose_pins (self, &pins))
    return FALSE;
  after = nudge_edit_step_pins (nudge_editor_get_layout (self->editor), self->drawing, &pins.selection, dx, dy);
  take_moved (self, &pins, after, "nudge-pins");
  return TRUE;
}

static void
reset_pins_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NudgeWindow *self = data;
  g_auto (Pins) pins = { 0 };
  NudgePinSelection all;
  g_autoptr (NudgeLayout) after = NULL;

  if (choose_pins (self, &pins))
    after = nudge_edit_reset_pins (nudge_editor_get_layout (self->editor), &pins.selection);
  else if (choose_box (self, &all))
    after = nudge_edit_reset_pins (nudge_editor_get_layout (self->editor), &all);
  if (after != NULL)
    nudge_editor_apply (self->editor, after, _("Put pins back"), NULL);
}

void
nudge_window_update_pin_actions (NudgeWindow *self)
{
  g_auto (Pins) pins = { 0 };
  NudgePinSelection all;
  gboolean any = choose_pins (self, &pins);

  if (any)
    all = pins.selection;
  else
    any = choose_box (self, &all);
  nudge_window_set_enabled (self, "reset-pins", any && nudge_layout_has_placed_pins (nudge_editor_get_layout (self->editor), all.block));
}

void
nudge_window_add_pin_actions (NudgeWindow *self)
{
  static const GActionEntry entries[] = {
    { "reset-pins", reset_pins_activated, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
