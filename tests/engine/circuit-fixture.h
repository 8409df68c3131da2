/* circuit-fixture.h: small circuits for tests, and what became of them. */
#pragma once

#include "nudge.h"

/* What reading a text gave. */
typedef struct
{
  NudgeCircuit *circuit; /* NULL when it was refused */
  GPtrArray *diagnostics;
  GError *error;
} Reading;

/* Reads JSON in which ' stands for ". */
void reading_init (Reading *self, const char *text);
void reading_clear (Reading *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* (transfer full): @text with " for '. */
char *fixture_json (const char *text);
/* How many findings have that code. */
guint reading_count (const Reading *self, NudgeCode code);
/* The first finding with that code; fails the test without one. */
const NudgeDiagnostic *reading_find (const Reading *self, NudgeCode code);
/* (transfer full): the partition of the pins: "C1.1 R1.1 | R1.2", pins and nets sorted. */
char *fixture_nets (const NudgeCircuit *circuit);
/* Asserts what every circuit must be like, whatever it was read from. */
void fixture_check_invariants (const NudgeCircuit *circuit);
/* (transfer full) (nullable): the folder of the reference data, or NULL with a skipped test. */
char *fixture_shared (const char *name);
