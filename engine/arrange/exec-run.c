#include "arrange/exec-run.h"

#include "base/limits.h"
#include "base/types.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define POLL_MS 50

typedef struct
{
  const char *program;
  GPid pid;
  int out;                     /* what it says */
  gint64 deadline;
  GCancellable *cancellable;
} Run;

static gboolean
fail (GError **error, const char *program, const char *what)
{
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s %s", program, what);
  return FALSE;
}

/* A file without a name, so that no pipe can fill up while nobody reads from the other. */
static int
open_input (GBytes *input)
{
  gsize size, done = 0;
  const char *data = g_bytes_get_data (input, &size);
  int fd = memfd_create ("nudge-problem", MFD_CLOEXEC);

  while (fd >= 0 && done < size)
    {
      gssize n = write (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          close (fd);
          return -1;
        }
      done += n;
    }
  if (fd >= 0 && lseek (fd, 0, SEEK_SET) < 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static gboolean
start (Run *self, GBytes *input, GError **error)
{
  const char *const argv[] = { self->program, NULL };
  int in = open_input (input), pipes[2] = { -1, -1 };
  g_autoptr (GError) local = NULL;
  gboolean started = FALSE;

  if (in >= 0 && pipe2 (pipes, O_CLOEXEC) == 0)
    started = g_spawn_async_with_pipes_and_fds (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL, in, pipes[1],
                                                -1, NULL, NULL, 0, &self->pid, NULL, NULL, NULL, &local);
  else
    local = g_error_new_literal (NUDGE_ERROR, NUDGE_ERROR_IO, g_strerror (errno));
  if (in >= 0)
    close (in);
  if (pipes[1] >= 0)
    close (pipes[1]);
  self->out = pipes[0];
  if (started)
    return TRUE;
  return fail (error, self->program, local->message);
}

/* FALSE when it is time to stop. */
static gboolean
may_go_on (const Run *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  return g_get_monotonic_time () < self->deadline || fail (error, self->program, "took too long");
}

static gboolean
read_answer (Run *self, GByteArray *answer, GError **error)
{
  guint8 buffer[65536];

  for (;;)
    {
      struct pollfd wait = { .fd = self->out, .events = POLLIN };
      gssize n;

      if (!may_go_on (self, error))
        return FALSE;
      if (poll (&wait, 1, POLL_MS) <= 0)
        continue;
      n = read (self->out, buffer, sizeof buffer);
      if (n == 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return fail (error, self->program, g_strerror (errno));
      if (n > 0)
        g_byte_array_append (answer, buffer, n);
      if (answer->len > NUDGE_MAX_ANSWER_BYTES)
        return fail (error, self->program, "said too much");
    }
}

/* Waits for its end; a program that is not wanted any longer is ended. */
static gboolean
finish (Run *self, gboolean wanted, GError **error)
{
  int status;

  while (wanted && waitpid (self->pid, &status, WNOHANG) == 0)
    if (may_go_on (self, error))
      g_usleep (POLL_MS * 1000 / 10);
    else
      wanted = FALSE;
  if (!wanted)
    {
      kill (self->pid, SIGKILL);
      while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
        ;
      return FALSE;
    }
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  return fail (error, self->program, "failed");
}

GBytes *
nudge_exec_run (const char *program, GBytes *input, guint seconds, GCancellable *cancellable, GError **error)
{
  Run self = { .program = program, .out = -1, .cancellable = cancellable };
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  gboolean ok;

  g_return_val_if_fail (program != NULL && input != NULL, NULL);

  self.deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  ok = start (&self, input, error);
  if (ok)
    {
      ok = read_answer (&self, answer, error);
      ok = finish (&self, ok, ok ? error : NULL) && ok;
    }
  if (self.out >= 0)
    close (self.out);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&answer)) : NULL;
}
