/* window-fixture.h: a window in a folder of its own, for the tests of what it does. */
#pragma once

#include "fixture.h"
#include "window-private.h"

#define PATIENCE (60 * G_USEC_PER_SEC)

/* Waits until something is so: the file system, threads and the screen take their own time. */
#define WAIT_FOR(condition) \
  G_STMT_START \
    { \
      gint64 wait_end = g_get_monotonic_time () + PATIENCE; \
      while (!(condition)) \
        { \
          g_assert_cmpint (g_get_monotonic_time (), <, wait_end); \
          if (!g_main_context_iteration (NULL, FALSE)) \
            g_usleep (500); \
        } \
    } \
  G_STMT_END

typedef struct
{
  char *folder;
  NudgeWindow *window;
} Fixture;

void set_up (Fixture *fixture, gconstpointer data);
void tear_down (Fixture *fixture, gconstpointer data);
void add (const char *path, void (*test) (Fixture *, gconstpointer));
/* Until nothing is being loaded, drawn or exported. */
void wait_idle (Fixture *fixture);
/* (transfer full): a file of the fixture's folder. Single quotes stand for double ones. */
GFile *write_json (Fixture *fixture, const char *name, const char *json);
/* Opens board.json, which says @json. */
void open_json (Fixture *fixture, const char *json);
void activate (Fixture *fixture, const char *action);
