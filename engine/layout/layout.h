/* layout.h: where things stand. Immutable, copied on write. */
#pragma once

#include "layout/symbol-map.h"
#include "library/library.h"

G_BEGIN_DECLS

/* One unit of one part: what is placed. Units are numbered over the whole circuit, in part order, then by unit. */
typedef struct
{
  guint part;
  guint16 unit;                /* from 1 */
  const NudgeSymbol *symbol;
} NudgeUnit;

typedef enum
{
  NUDGE_PAPER_A4,
  NUDGE_PAPER_A3,
  NUDGE_PAPER_A2,
  NUDGE_PAPER_A1,
  NUDGE_PAPER_A0,
  NUDGE_PAPER_2A0,             /* from here on each is two of the one before; KiCad takes them as `User` papers */
  NUDGE_PAPER_4A0,
  NUDGE_PAPER_8A0,
  NUDGE_PAPER_16A0,
  NUDGE_PAPER_32A0,
  NUDGE_PAPER_64A0,
  NUDGE_PAPER_LAST = NUDGE_PAPER_64A0,
  NUDGE_PAPER_A4_PORTRAIT,
  NUDGE_PAPER_A3_PORTRAIT,
  NUDGE_PAPER_A2_PORTRAIT,
  NUDGE_PAPER_A1_PORTRAIT,
  NUDGE_PAPER_A0_PORTRAIT,
  NUDGE_N_PAPERS,
} NudgePaper; /* landscape up to NUDGE_PAPER_LAST */

typedef enum
{
  NUDGE_NET_AUTO,
  NUDGE_NET_WIRE,
  NUDGE_NET_LABEL,
} NudgeNetStyle;

/**
 * NudgeDialect:
 * @NUDGE_DIALECT_SCHEMATIC: Nudge's own: what a good engineer would draw
 * @NUDGE_DIALECT_CIRCUIT_SYNTH: the drawing and the files of circuit-synth 0.12.1
 * @NUDGE_DIALECT_CIRCUIT_SYNTH_2025: those of circuit-synth as of July 2025
 *
 * Whose drawing is made and whose files are written.
 */
typedef enum
{
  NUDGE_DIALECT_SCHEMATIC,
  NUDGE_DIALECT_CIRCUIT_SYNTH,
  NUDGE_DIALECT_CIRCUIT_SYNTH_2025,
} NudgeDialect;

typedef struct
{
  NudgePose pose;
  gboolean placed;
  gboolean locked;
} NudgePlacement;

/* The box that stands for a child circuit on its parent's sheet. */
typedef struct
{
  NudgePoint at;               /* top left */
  NudgePoint size;
  gboolean placed;
  gboolean locked;
} NudgeBoxPlacement;

struct _NudgeLayout
{
  /*< private >*/
  gatomicrefcount refs;
  gpointer origin;             /* the NudgeLayoutFile that it was loaded from, or NULL: see layout/layout-records.h */
  /*< public >*/
  NudgeCircuit *circuit;
  NudgeLibrary *library;
  NudgeUnit *units;            /* shared by all copies */
  NudgePlacement *placements;  /* n_units; blocks that share a definition have equal placements */
  guint *part_units;           /* n_parts + 1: first unit of each part; shared by all copies */
  guint n_units;
  NudgeBoxPlacement *boxes;    /* circuit->n_blocks: box of each block on its parent's sheet; [0] unused */
  NudgeNetStyle *net_styles;   /* circuit->n_nets */
  NudgePaper *papers;          /* circuit->n_blocks */
  /*< private >*/
  gpointer *routes;            /* circuit->n_blocks, or NULL: how the arranger drew each sheet; see layout/routes.h */
  gpointer *pins;              /* circuit->n_blocks, or NULL: where pins of each block's box were put; see layout/sheet-pins.h */
  /*< public >*/
  NudgeSymbolMap *symbols;     /* symbols drawn instead of the circuit's, or NULL */
  const char *arranger;        /* interned name of the arranger that placed it, or NULL */
  gboolean wires;              /* FALSE: every connected pin carries a label or a power symbol, no wire is drawn */
  NudgeDialect dialect;
};

#define NUDGE_TYPE_LAYOUT (nudge_layout_get_type ())
NUDGE_API GType nudge_layout_get_type (void) G_GNUC_CONST;
/* Nothing placed; looks up the symbol of each part. */
NUDGE_API NudgeLayout *nudge_layout_new (NudgeCircuit *circuit, NudgeLibrary *library, GPtrArray *diagnostics);
/* The same with other symbols for some parts. */
NUDGE_API NudgeLayout *nudge_layout_new_with_symbols (NudgeCircuit *circuit, NudgeLibrary *library, NudgeSymbolMap *symbols, GPtrArray *diagnostics);
/* The same with the symbol of each part as it is drawn already. */
NudgeLayout *nudge_layout_new_drawn (NudgeCircuit *circuit, NudgeLibrary *library, const NudgeSymbol *const *symbols);
NUDGE_API NudgeLayout *nudge_layout_ref (NudgeLayout *self);
NUDGE_API void nudge_layout_unref (NudgeLayout *self);
/* (transfer full): a copy that its caller may change until it hands it on. */
NUDGE_API NudgeLayout *nudge_layout_copy (const NudgeLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeLayout, nudge_layout_unref)

/* Makes the copies of @block (any block of a definition) stand as it does: placements, boxes, paper. Only on a layout
 * that its caller may still change. */
NUDGE_API void nudge_layout_sync_copies (NudgeLayout *self, guint block);
/* TRUE when both are of one circuit and everything stands, and is drawn, in the same way. */
/* Whether anything stands anywhere yet. */
NUDGE_API gboolean nudge_layout_knows_places (const NudgeLayout *self);
NUDGE_API gboolean nudge_layout_equal (const NudgeLayout *a, const NudgeLayout *b);

/* TRUE when both say the same of the sheet of @block: what stands on it, its paper, and how it was drawn. */
NUDGE_API gboolean nudge_layout_sheet_equal (const NudgeLayout *a, const NudgeLayout *b, guint block);
/* (transfer full): @layout with all that has changed from @before to @after on sheets of which it says what @before said.
 * What was done elsewhere meanwhile stays. All three are of one circuit. */
NUDGE_API NudgeLayout *nudge_layout_rebase (const NudgeLayout *layout, const NudgeLayout *before, const NudgeLayout *after);

/* The dialect of that name (as on the command line); FALSE when there is none. */
NUDGE_API gboolean nudge_dialect_find (const char *name, NudgeDialect *dialect);
NUDGE_API const char *nudge_dialect_name (NudgeDialect dialect);
/* (nullable): the arranger that belongs to a dialect; NULL: the default. */
NUDGE_API const char *nudge_dialect_arranger (NudgeDialect dialect);

/* Width and height of a paper. */
NUDGE_API NudgePoint nudge_paper_size (NudgePaper paper);
/* The next larger one that stands as this one does, or this one when there is none. */
NUDGE_API NudgePaper nudge_paper_larger (NudgePaper paper);
/* The same paper on its long side; on its short side where there is such, else as it is. */
NUDGE_API NudgePaper nudge_paper_landscape (NudgePaper paper);
NUDGE_API NudgePaper nudge_paper_portrait (NudgePaper paper);
NUDGE_API const char *nudge_paper_name (NudgePaper paper);
/* What KiCad calls it. */
NUDGE_API const char *nudge_paper_kicad_name (NudgePaper paper);

G_END_DECLS
