/* Large sheets as pages: another circuit with the same parts and nets, and a step like any other. */
#include "layout/follow.h"
#include "window-private.h"

#include <glib/gi18n.h>

typedef struct
{
  NudgeLayout *layout;         /* as it was asked for */
  gboolean pages;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  nudge_layout_unref (request->layout);
  g_free (request);
}

static void
paginate_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;
  NudgeLayout *layout = nudge_layout_paginate (request->layout, request->pages, &error);

  if (layout != NULL)
    g_task_return_pointer (task, layout, (GDestroyNotify) nudge_layout_unref);
  else
    g_task_return_error (task, error);
}

static void
on_paginated (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeWindow *self = NUDGE_WINDOW (source);
  const Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeLayout) layout = g_task_propagate_pointer (G_TASK (result), &error);

  self->paginating = FALSE;
  if (layout == NULL)
    nudge_window_show_error (self, error->message, FALSE);
  else if (layout == request->layout)
    nudge_window_show_toast (self, _("Every circuit fits on its sheet"), FALSE);
  /* What the person has done meanwhile comes first. */
  else if (self->editor != NULL && nudge_editor_get_layout (self->editor) == request->layout && !nudge_editor_is_arranging (self->editor))
    nudge_editor_arrange (self->editor, layout, NULL, request->pages ? _("Cut into pages") : _("Put pages together"));
  nudge_window_update_actions (self);
}

static void
pages_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  NudgeWindow *self = data;
  Request *request;
  g_autoptr (GTask) task = NULL;

  if (self->editor == NULL || self->paginating)
    return;
  self->paginating = TRUE;
  request = g_new0 (Request, 1);
  request->layout = nudge_layout_ref (nudge_editor_get_layout (self->editor));
  request->pages = g_variant_get_boolean (state);
  task = g_task_new (self, NULL, on_paginated, NULL);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, paginate_in_thread);
  nudge_window_update_actions (self);
}

/* The state says what is, not what has been asked for. */
void
nudge_window_update_page_actions (NudgeWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "pages");
  gboolean pages = self->editor != NULL && nudge_editor_get_layout (self->editor)->circuit->paged;

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (pages));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->editor != NULL && !self->paginating && !nudge_editor_is_arranging (self->editor));
}

void
nudge_window_add_page_actions (NudgeWindow *self)
{
  static const GActionEntry entries[] = {
    { "pages", NULL, NULL, "false", pages_changed, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
