/* fixture.h: small circuits for tests. */
#pragma once

#include "nudge.h"

/* The circuit that the JSON says (single quotes stand for double ones); fails the test when it cannot be read. */
NudgeCircuit *fixture_circuit (const char *json);
/* Drawn with the built-in symbols and the given arranger. */
NudgeDrawing *fixture_drawing (const char *json, const char *arranger);
/* Two sheets, rails, a port, an open pin, a net inside the child. */
extern const char fixture_hierarchy[];
/* A subcircuit used twice, by blocks that match. */
extern const char fixture_repeated[];
/* Removes a folder and what is in it. */
void fixture_remove_tree (const char *path);
/* Draws the layout and proves the drawing. */
void fixture_assert_proven (NudgeLayout *layout);

typedef void (*FixtureDesignFunc) (NudgeLayout *empty, const char *name);
/* Calls @check for each design in that folder of the reference data, with nothing placed; without the folder the test is
 * skipped. */
void fixture_each_design (const char *folder, FixtureDesignFunc check);
/* Searches, expansions, places and trials that the routes of a layout took. */
guint64 fixture_effort (const NudgeLayout *layout);
