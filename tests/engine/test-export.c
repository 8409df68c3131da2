/* Writing a project: all files or none, never over somebody else's work. */
#include "fixture.h"

#include "project/manifest.h"
#include "project/transaction.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct
{
  char *root;
  char *folder;
  NudgeDrawing *drawing;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->root = g_dir_make_tmp ("nudge-test-XXXXXX", NULL);
  f->folder = g_build_filename (f->root, "board", NULL);
  f->drawing = fixture_drawing (fixture_hierarchy, "text-flow");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  fixture_remove_tree (f->root);
  g_free (f->root);
  g_free (f->folder);
  nudge_drawing_unref (f->drawing);
}

static guint
assert_exported (Fixture *f, NudgeExportFlags flags)
{
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = nudge_project_export (f->drawing, f->folder, flags, NULL, &written, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return written->len;
}

static void
assert_refused (Fixture *f, NudgeCode code)
{
  g_autoptr (GPtrArray) diagnostics = nudge_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (nudge_project_export (f->drawing, f->folder, NUDGE_EXPORT_DEFAULT, diagnostics, NULL, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_REFUSED);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  g_assert_cmpint (((NudgeDiagnostic *) diagnostics->pdata[0])->code, ==, code);
}

static char *
read_text (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
write_text (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_writes (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "top.kicad_pro", "top.kicad_sch", "led.kicad_sch", "top.net", "top.json" };

  g_assert_cmpuint (assert_exported (f, NUDGE_EXPORT_DEFAULT), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = read_text (f, names[i]);

      g_assert_nonnull (text);
      g_assert_cmpuint (strlen (text), >, 20);
    }
  /* The second time nothing is touched. */
  g_assert_cmpuint (assert_exported (f, NUDGE_EXPORT_DEFAULT), ==, 0);
}

static void
test_not_ours (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_mkdir (f->folder, 0777);
  write_text (f, "led.kicad_sch", "somebody's sheet");
  assert_refused (f, NUDGE_CODE_TARGET_NOT_OURS);
  text = read_text (f, "led.kicad_sch");
  g_assert_cmpstr (text, ==, "somebody's sheet");
  g_assert_null (read_text (f, "top.kicad_sch"));
  assert_exported (f, NUDGE_EXPORT_FORCE);
}

static void
test_edited_since (Fixture *f, gconstpointer data)
{
  g_autofree char *settings = NULL;

  assert_exported (f, NUDGE_EXPORT_DEFAULT);
  /* KiCad rewrites the project file with its own settings: these stay. */
  write_text (f, "top.kicad_pro", "{}");
  g_assert_cmpuint (assert_exported (f, NUDGE_EXPORT_DEFAULT), ==, 0);
  settings = read_text (f, "top.kicad_pro");
  g_assert_cmpstr (settings, ==, "{}");
  write_text (f, "top.kicad_sch", "(kicad_sch edited)");
  assert_refused (f, NUDGE_CODE_TARGET_NOT_OURS);
}

static void
test_kicad_lock (Fixture *f, gconstpointer data)
{
  assert_exported (f, NUDGE_EXPORT_DEFAULT);
  write_text (f, "~led.kicad_sch.lck", "{}");
  assert_refused (f, NUDGE_CODE_TARGET_LOCKED);
  g_assert_cmpuint (assert_exported (f, NUDGE_EXPORT_FORCE), ==, 0);
}

static void
test_busy (Fixture *f, gconstpointer data)
{
  int fd;

  assert_exported (f, NUDGE_EXPORT_DEFAULT);
  fd = open (f->folder, O_RDONLY | O_DIRECTORY);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  assert_refused (f, NUDGE_CODE_TARGET_BUSY);
  close (fd);
  assert_exported (f, NUDGE_EXPORT_DEFAULT);
}

static void
test_stale_sheet (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "led.kicad_sch", NULL);
  static const char flat[] = "{'name': 'top', 'components': {'R1': {'symbol': 'Device:R', 'ref': 'R1'}}, 'nets': {}}";

  assert_exported (f, NUDGE_EXPORT_DEFAULT);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  nudge_drawing_unref (f->drawing);
  f->drawing = fixture_drawing (flat, "text-flow");
  assert_exported (f, NUDGE_EXPORT_DEFAULT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A crash before the journal leaves the old project, one after it the new one. */
static void
test_recovery (Fixture *f, gconstpointer data)
{
  g_autofree char *stage = g_build_filename (f->folder, ".nudge-stage", NULL);
  g_autoptr (NudgeTransaction) transaction = NULL;
  g_autofree char *old = NULL, *new = NULL, *kept = NULL;

  g_mkdir (f->folder, 0777);
  write_text (f, "a", "old");
  write_text (f, "b", "old");
  g_mkdir (stage, 0777);
  write_text (f, ".nudge-stage/new.0", "new");
  write_text (f, ".nudge-stage/journal", "+0 a\n-1 b\n");
  nudge_transaction_free (nudge_transaction_open (f->folder, NULL));
  old = read_text (f, "a");
  g_assert_cmpstr (old, ==, "old");
  g_assert_false (g_file_test (stage, G_FILE_TEST_EXISTS));

  g_mkdir (stage, 0777);
  write_text (f, ".nudge-stage/new.0", "new");
  write_text (f, ".nudge-stage/journal", "+0 a\n-1 b\n+2 ../escape\n\n.\n");
  transaction = nudge_transaction_open (f->folder, NULL);
  new = read_text (f, "a");
  kept = read_text (f, "b");
  g_assert_cmpstr (new, ==, "new");
  g_assert_null (kept);
  g_assert_false (g_file_test (stage, G_FILE_TEST_EXISTS));
}

/* When a file cannot be put in place, those before it are taken back. */
static void
test_rollback (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeTransaction) transaction = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *obstacle = g_build_filename (f->folder, "c", NULL);
  g_autofree char *a = NULL, *b = NULL;

  g_mkdir (f->folder, 0777);
  g_mkdir (obstacle, 0777);
  write_text (f, "a", "old");
  transaction = nudge_transaction_open (f->folder, &error);
  g_assert_no_error (error);
  nudge_transaction_replace (transaction, "a", bytes);
  nudge_transaction_replace (transaction, "b", bytes);
  nudge_transaction_replace (transaction, "c", bytes);
  g_assert_false (nudge_transaction_commit (transaction, NULL, &error));
  g_assert_error (error, NUDGE_ERROR, NUDGE_ERROR_IO);
  a = read_text (f, "a");
  b = read_text (f, "b");
  g_assert_cmpstr (a, ==, "old");
  g_assert_null (b);
}

/* Stopped at any file, also at the last before the change is final, an export leaves everything as it was. */
typedef struct
{
  NudgeProgress *progress;
  guint n_seen, stop_at;
  gboolean was_writing;
} Stopper;

static void
stop_at (NudgeStage stage, guint done, guint total, gpointer data)
{
  Stopper *stopper = data;

  stopper->was_writing = stage == NUDGE_STAGE_WRITE;
  if (stopper->n_seen++ == stopper->stop_at)
    g_cancellable_cancel (G_CANCELLABLE (stopper->progress));
}

static void
test_stopped (Fixture *f, gconstpointer data)
{
  gboolean done = FALSE, was_writing = FALSE;
  guint n_stops = 0;

  g_mkdir (f->folder, 0777);
  write_text (f, "other", "mine");
  for (guint i = 0; !done; i++)
    {
      Stopper stopper = { .stop_at = i };
      g_autoptr (NudgeProgress) progress = nudge_progress_new (stop_at, NULL, &stopper);
      g_autoptr (GError) error = NULL;
      g_autofree char *netlist = NULL, *other = read_text (f, "other");

      stopper.progress = progress;
      g_assert_cmpstr (other, ==, "mine");
      done = nudge_project_export (f->drawing, f->folder, NUDGE_EXPORT_DEFAULT, NULL, NULL, G_CANCELLABLE (progress), &error);
      netlist = read_text (f, "top.net");
      g_assert_true ((netlist != NULL) == done);
      if (done)
        break;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      was_writing |= stopper.was_writing;
      n_stops++;
    }
  g_assert_cmpuint (n_stops, >, f->drawing->n_sheets);
  g_assert_true (was_writing);
}

static void
test_same_bytes (Fixture *f, gconstpointer data)
{
  g_autoptr (NudgeDrawing) again = fixture_drawing (fixture_hierarchy, "text-flow");
  g_autoptr (GPtrArray) a = nudge_project_files (f->drawing, NULL, NULL, NULL, NULL);
  g_autoptr (GPtrArray) b = nudge_project_files (again, NULL, NULL, NULL, NULL);

  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const NudgeFile *x = a->pdata[i], *y = b->pdata[i];

      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_true (g_bytes_equal (x->bytes, y->bytes));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/export/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("writes", test_writes);
  ADD ("stopped", test_stopped);
  ADD ("not-ours", test_not_ours);
  ADD ("edited-since", test_edited_since);
  ADD ("kicad-lock", test_kicad_lock);
  ADD ("busy", test_busy);
  ADD ("stale-sheet", test_stale_sheet);
  ADD ("recovery", test_recovery);
  ADD ("rollback", test_rollback);
  ADD ("same-bytes", test_same_bytes);
  return g_test_run ();
}
