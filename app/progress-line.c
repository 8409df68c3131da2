#include "progress-line.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define PATIENCE_US 1000000 /* before the first line */
#define PACE_US 100000      /* between two */

struct _NudgeProgressLine
{
  NudgeProgress *progress;
  FILE *stream;
  gint64 next;                 /* not to be shown before */
  gboolean shown;
};

static void
show (NudgeStage stage, guint done, guint total, gpointer data)
{
  static const char *const names[] = {
    [NUDGE_STAGE_ARRANGE] = N_("arranging"),
    [NUDGE_STAGE_DRAW] = N_("drawing"),
    [NUDGE_STAGE_FILES] = N_("making files"),
    [NUDGE_STAGE_WRITE] = N_("writing"),
  };
  NudgeProgressLine *self = data;
  gint64 now = g_get_monotonic_time ();

  if (now < self->next || total == 0)
    return;
  self->next = now + PACE_US;
  self->shown = TRUE;
  fprintf (self->stream, "\r\033[Knudge: %s %u %%", _(names[stage]), (guint) (100 * (guint64) done / total));
  fflush (self->stream);
}

NudgeProgressLine *
nudge_progress_line_new (FILE *stream)
{
  int descriptor = fileno (stream);
  NudgeProgressLine *self;

  if (descriptor < 0 || !isatty (descriptor))
    return NULL;
  self = g_new0 (NudgeProgressLine, 1);
  self->progress = nudge_progress_new (show, NULL, self);
  self->stream = stream;
  self->next = g_get_monotonic_time () + PATIENCE_US;
  return self;
}

GCancellable *
nudge_progress_line_get (NudgeProgressLine *self)
{
  return self != NULL ? G_CANCELLABLE (self->progress) : NULL;
}

void
nudge_progress_line_free (NudgeProgressLine *self)
{
  if (self->shown)
    fputs ("\r\033[K", self->stream);
  fflush (self->stream);
  g_object_unref (self->progress);
  g_free (self);
}
