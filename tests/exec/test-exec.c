/* test-exec.c: programs that answer, fail, never end or say too much. */
#include "arrange/exec-run.h"

#include "base/types.h"

#include <glib/gstdio.h>
#include <string.h>

static GBytes *
run (const char *program, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) input = g_bytes_new_static ("{\"a\": 1}", 8);

  return nudge_exec_run (program, input, 2, cancellable, error);
}

/* (transfer full): a script with that body. */
static char *
script (const char *body)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", body, "\n", NULL);
  char *path = NULL;
  int fd = g_file_open_tmp ("nudge-exec-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

static void
assert_fails (const char *body, const char *message)
{
  g_autofree char *path = script (body);
  g_autoptr (GError) error = NULL;

  g_assert_null (run (path, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);
  g_assert_true (g_str_has_suffix (error->message, message));
  g_unlink (path);
}

static void
test_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = run ("cat", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "{\"a\": 1}", 8);
}

static void
test_failures (void)
{
  g_autoptr (GError) error = NULL;

  assert_fails ("cat; exit 3", "failed");
  assert_fails ("kill -9 $$", "failed");
  g_assert_null (run ("/there/is/none", NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);
}

static void
test_too_long (void)
{
  gint64 before = g_get_monotonic_time ();

  assert_fails ("exec sleep 60", "took too long");
  /* It closes its output and lives on. */
  assert_fails ("exec sleep 60 >&-", "took too long");
  g_assert_cmpint ((g_get_monotonic_time () - before) / G_USEC_PER_SEC, <, 30);
}

static void
test_too_much (void)
{
  assert_fails ("exec cat /dev/zero", "said too much");
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (200000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autofree char *path = script ("exec sleep 60");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_null (run (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (g_steal_pointer (&thread));
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exec/answer", test_answer);
  g_test_add_func ("/exec/failures", test_failures);
  g_test_add_func ("/exec/too-long", test_too_long);
  g_test_add_func ("/exec/too-much", test_too_much);
  g_test_add_func ("/exec/cancelled", test_cancelled);
  return g_test_run ();
}
