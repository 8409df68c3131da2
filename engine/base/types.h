/* types.h: what every Nudge header needs. */
#pragma once

#include <glib-object.h>

#define NUDGE_API __attribute__ ((visibility ("default"))) extern

G_BEGIN_DECLS

#define NUDGE_ERROR (nudge_error_quark ())

/**
 * NudgeError:
 * @NUDGE_ERROR_INPUT: the input cannot be used (malformed, or over a limit)
 * @NUDGE_ERROR_NOT_FOUND: a file, library or symbol does not exist
 * @NUDGE_ERROR_REFUSED: the target holds something that is not ours, or is in use
 * @NUDGE_ERROR_PROOF: the drawing does not say what the circuit says
 * @NUDGE_ERROR_IO: reading or writing failed
 *
 * Why a Nudge function failed.
 */
typedef enum
{
  NUDGE_ERROR_INPUT,
  NUDGE_ERROR_NOT_FOUND,
  NUDGE_ERROR_REFUSED,
  NUDGE_ERROR_PROOF,
  NUDGE_ERROR_IO,
} NudgeError;

NUDGE_API GQuark nudge_error_quark (void);

typedef struct _NudgeCircuit NudgeCircuit;
typedef struct _NudgeLibrary NudgeLibrary;
typedef struct _NudgeLayout NudgeLayout;
typedef struct _NudgeDrawing NudgeDrawing;
typedef struct _NudgeSymbol NudgeSymbol;

/* Absent index in any of the engine's arrays. */
#define NUDGE_NONE G_MAXUINT

G_END_DECLS
