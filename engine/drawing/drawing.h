/* drawing.h: every mark on every sheet. Immutable; painter, prover and writer read the same arrays. */
#pragma once

#include "layout/layout.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *text;
  NudgePoint at;              /* sheet coordinates of the anchor */
  gint16 angle;               /* 0 or 90: as it is read on the sheet for an unturned symbol; see nudge_drawn_field_angle() */
  NudgeTextStyle style;
} NudgeDrawnField;

/* A unit of a part, or a power symbol (part == NUDGE_NONE). */
typedef struct
{
  const NudgeSymbol *symbol;
  guint part;                 /* part in the sheet's first block; the instances' parts follow by order */
  guint unit_index;           /* into NudgeLayout.units; NUDGE_NONE for power symbols */
  guint16 unit;
  NudgePose pose;
  guint first_field, n_fields; /* into NudgeDrawnSheet.fields; field 0 is Reference, 1 Value */
  guint net;                  /* power symbols: what they stand for; else NUDGE_NONE */
  NudgeBox box;               /* graphics and pins on the sheet, without fields */
} NudgeDrawnSymbol;

typedef struct
{
  NudgePoint a, b;
  guint net;
} NudgeWire;

typedef struct
{
  NudgePoint at;
  guint net;
} NudgeJunction;

typedef enum
{
  NUDGE_LABEL_LOCAL,
  NUDGE_LABEL_GLOBAL,
  NUDGE_LABEL_HIERARCHICAL,
} NudgeLabelKind;

/* KiCad's label and sheet pin shapes. */
typedef enum
{
  NUDGE_LABEL_SHAPE_INPUT,
  NUDGE_LABEL_SHAPE_OUTPUT,
  NUDGE_LABEL_SHAPE_BIDIRECTIONAL,
  NUDGE_LABEL_SHAPE_TRI_STATE,
  NUDGE_LABEL_SHAPE_PASSIVE,
} NudgeLabelShape;

typedef struct
{
  NudgeLabelKind kind;
  NudgeLabelShape shape;
  const char *text;
  NudgePoint at;
  guint8 direction;           /* the way its text runs: 0 right, 1 up, 2 left, 3 down */
  guint net;
} NudgeLabel;

typedef struct
{
  const char *name;
  NudgeLabelShape shape;
  NudgePoint at;              /* on the box's edge */
  guint8 side;                /* 0 right, 1 top, 2 left, 3 bottom */
  guint net;
} NudgeSheetPin;

typedef struct
{
  guint block;                /* the child */
  guint sheet;                /* into NudgeDrawing.sheets */
  const char *name;
  const char *file;
  NudgeBox box;
  guint first_pin, n_pins;    /* into NudgeDrawnSheet.sheet_pins */
} NudgeSheetBox;

typedef struct
{
  const char *text;
  NudgeBox box;               /* a text (not a box) has an empty size: x0,y0 is its anchor */
  gboolean boxed;
  gint16 angle;
  gint32 margin[4];           /* left, top, right, bottom */
  gint32 border_width;        /* negative: none */
  NudgeStroke border;
  gboolean filled;
  guint32 text_color, fill_color, border_color; /* 0xRRGGBB, or NUDGE_COLOR_DEFAULT */
  NudgeTextStyle style;
} NudgeDrawnText;

#define NUDGE_COLOR_DEFAULT 0xffffffffu

typedef struct
{
  NudgePoint at;              /* centre */
  double scale;
  GBytes *data;               /* PNG or JPEG */
  NudgePoint size;            /* on the sheet */
} NudgeDrawnImage;

/* A name that stands for many nets, on sheets that were read from files: Nudge itself draws no buses. */
typedef struct
{
  const char *text;           /* of labels and sheet pins: "D[0..7]", "PHY{CLK DIR}" */
  guint first_member, n_members; /* into NudgeDrawnSheet.bus_members */
} NudgeBusName;

typedef struct
{
  const char *key;            /* members of one bus with the same key are one net */
  const char *name;           /* of the net on the sheet: "D3", "PHY.CLK" */
  guint net;
} NudgeBusMember;

/* Where one sheet is used. */
typedef struct
{
  guint block;
  guint page;                 /* from 1 */
  const char *path;           /* "/<root uuid>/<sheet box uuid>..." */
  guint first_power;          /* number of its first power symbol: #PWR001 ..., counted over the whole design */
} NudgeSheetInstance;

typedef struct _NudgeSheetStore NudgeSheetStore;
typedef struct _NudgeDrawingFrame NudgeDrawingFrame;

/* One schematic file. */
typedef struct
{
  const char *name;           /* of the circuit */
  const char *file;           /* "usb.kicad_sch" */
  const char *title;
  NudgePaper paper;
  char uuid[37];
  guint block;                /* the first block that it draws */
  NudgeSheetInstance *instances;
  guint n_instances;
  NudgeDrawnSymbol *symbols;
  NudgeDrawnField *fields;
  NudgeWire *wires;
  NudgeJunction *junctions;
  NudgeLabel *labels;
  NudgePoint *no_connects;
  NudgeSheetBox *boxes;
  NudgeSheetPin *sheet_pins;
  NudgeDrawnText *texts;
  NudgeDrawnImage *images;
  NudgeWire *buses, *bus_entries; /* nets are NUDGE_NONE */
  NudgeBusName *bus_names;
  NudgeBusMember *bus_members;
  guint n_symbols, n_fields, n_wires, n_junctions, n_labels, n_no_connects, n_boxes, n_sheet_pins, n_texts, n_images;
  guint n_buses, n_bus_entries, n_bus_names, n_bus_members;
  NudgeBox bounds;            /* of all marks, texts included */
  /*< private >*/
  NudgeSheetStore *store;     /* keeps the marks: shared by the drawings in which the sheet is the same */
} NudgeDrawnSheet;

struct _NudgeDrawing
{
  /*< private >*/
  gatomicrefcount refs;
  NudgeDrawingFrame *frame;   /* what all drawings of the circuit share: see drawing/drawing-private.h; NULL: read from files */
  /*< public >*/
  NudgeLayout *layout;        /* what it was drawn from; holds circuit and library */
  NudgeDrawnSheet *sheets;    /* [0] is the root */
  guint n_sheets;
  guint *block_sheets;        /* circuit->n_blocks: the sheet that draws each block */
  const char *project_name;
};

#define NUDGE_TYPE_DRAWING (nudge_drawing_get_type ())
NUDGE_API GType nudge_drawing_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeDrawing *nudge_drawing_ref (NudgeDrawing *self);
NUDGE_API void nudge_drawing_unref (NudgeDrawing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeDrawing, nudge_drawing_unref)

/* draw: Layout -> Drawing. Places and labels everything that the layout leaves open at its default. */
NUDGE_API NudgeDrawing *nudge_draw (NudgeLayout *layout, GPtrArray *diagnostics, GError **error);
/* The same, sharing with an earlier drawing the sheets that have not changed. */
NUDGE_API NudgeDrawing *nudge_draw_after (NudgeDrawing *before, NudgeLayout *layout, GPtrArray *diagnostics, GError **error);
/* prove: rebuilds the nets from the marks alone and compares; FALSE with NUDGE_ERROR_PROOF when they differ. */
NUDGE_API gboolean nudge_prove (NudgeDrawing *drawing, GPtrArray *diagnostics, GError **error);
/* The same, following the marks of only those sheets that no earlier proof has followed. */
NUDGE_API gboolean nudge_prove_after (NudgeDrawing *drawing, GPtrArray *diagnostics, GError **error);

/* The angle (0 or 90) at which KiCad shows a field on the sheet, given the symbol's pose. */
NUDGE_API gint nudge_drawn_field_angle (const NudgePose *pose, const NudgeDrawnField *field);
/* Where KiCad shows a field that says @text on the sheet, given the symbol's pose. */
NUDGE_API NudgeBox nudge_drawn_field_box (const NudgePose *pose, const NudgeDrawnField *field, const char *text);
/* What a label takes, with the outline of its kind. */
NUDGE_API NudgeBox nudge_label_box (const NudgeLabel *label);
/* Box of a text with its anchor at @at, set at @angle (0, 90, 180, 270). */
NUDGE_API NudgeBox nudge_text_box (const char *text, NudgePoint at, gint angle, const NudgeTextStyle *style);

G_END_DECLS
