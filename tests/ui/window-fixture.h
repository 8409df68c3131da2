/* window-fixture.h: a window in a folder of its own, for the tests of what it does. */
#pragma once

#include "fixture.h"
#include "window-private.h"

typedef struct
{
  char *folder;
  NudgeWindow *window;
} Fixture;

void set_up (Fixture *fixture, gconstpointer data);
void tear_down (Fixture *fixture, gconstpointer data);
/* Until nothing is being loaded, drawn or exported. */
void wait_idle (Fixture *fixture);
/* (transfer full): a file of the fixture's folder. Single quotes stand for double ones. */
GFile *write_json (Fixture *fixture, const char *name, const char *json);
/* Opens board.json, which says @json. */
void open_json (Fixture *fixture, const char *json);
void activate (Fixture *fixture, const char *action);
