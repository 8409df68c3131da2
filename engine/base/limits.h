/* limits.h: every limit on what Nudge accepts, in one place. */
#pragma once

#define NUDGE_MAX_INPUT_BYTES (256 * 1024 * 1024)  /* circuit JSON */
#define NUDGE_MAX_LIBRARY_BYTES (128 * 1024 * 1024) /* one .kicad_sym */
#define NUDGE_MAX_SCHEMATIC_BYTES (64 * 1024 * 1024) /* one .kicad_sch */
#define NUDGE_MAX_JSON_DEPTH 256                   /* json-glib recurses */
#define NUDGE_MAX_JSON_VALUES (32 * 1024 * 1024)   /* keys count */
#define NUDGE_MAX_FINDINGS 1000                    /* listed for one input; the rest is counted */
#define NUDGE_MAX_SEXPR_DEPTH 128
#define NUDGE_MAX_STRING_BYTES (1024 * 1024)       /* one string of the circuit */
#define NUDGE_MAX_NAME_BYTES 1024                  /* reference, net, pin or circuit name */
#define NUDGE_MAX_BLOCKS 20000                     /* circuits in the tree */
#define NUDGE_MAX_BLOCK_DEPTH 64
#define NUDGE_MAX_PARTS 200000
#define NUDGE_MAX_PINS_PER_PART 10000
#define NUDGE_MAX_FIELDS_PER_PART 1000
#define NUDGE_MAX_PATH_BYTES 4096                  /* labels from the top to a circuit */
#define NUDGE_MAX_NODES 2000000
#define NUDGE_MAX_TABLE_CELLS 100000               /* of all tables on all sheets */
#define NUDGE_MAX_UNITS_PER_SYMBOL 1000
#define NUDGE_MAX_EXTENDS_DEPTH 32
#define NUDGE_MAX_REFERENCE_BYTES 64
#define NUDGE_MAX_PREFIX_BYTES 16
#define NUDGE_MAX_REFERENCE_NUMBER 1000000
#define NUDGE_MAX_FILE_NAME_BYTES 120              /* safe file names, without suffix */
#define NUDGE_MAX_LIBRARY_FILES 100000
#define NUDGE_MAX_BUS_MEMBERS 4096                  /* of one bus in a schematic that is read */
#define NUDGE_MAX_BUS_MEMBERS_PER_SHEET 200000     /* counted at every label and sheet pin */
#define NUDGE_MAX_COORDINATE (10 * 1000 * 10000)   /* 10 m: what a file says beyond it is held there */
#define NUDGE_MAX_LAYOUT_BYTES (64 * 1024 * 1024)  /* layout file */
#define NUDGE_MAX_FOLLOW_PAIRS 4000000             /* parts compared with one another when references have changed */
#define NUDGE_MAX_ANSWER_BYTES (64 * 1024 * 1024)  /* of a program that arranges */
#define NUDGE_MAX_ANSWER_SECONDS 120
#define NUDGE_MAX_UNDO_STEPS 1000
#define NUDGE_MAX_UNDO_BYTES (128 * 1024 * 1024)
