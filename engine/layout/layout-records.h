/* layout-records.h: what a layout file says, item by item. Private to the files that read, write and follow it. */
#pragma once

#include "layout/follow.h"
#include "layout/layout.h"
#include "layout/sheet-pins.h"

G_BEGIN_DECLS

/* `extra` in all of these: members that this version does not know, as JSON, each with a comma before it; or "". */

/* A reference or a value beside its symbol. */
typedef struct
{
  NudgePoint at;               /* from the symbol's origin */
  guint8 align;                /* 0: where the library has it; 1 left, 2 center, 3 right */
} NudgeTextRecord;

typedef struct
{
  const char *path;            /* of the part: "/usb/R3" */
  guint unit;                  /* from 1 */
  NudgePose pose;
  gboolean locked;
  gboolean has_identity;       /* the rest is said once for each part */
  const char *symbol, *value, *footprint;
  const char **nets;           /* names of its nets, each once, sorted */
  guint n_nets;
  gboolean has_texts;
  NudgeTextRecord texts[2];    /* reference, value */
  const char *extra;
} NudgeUnitRecord;

typedef struct
{
  const char *path;            /* "/usb/" */
  gboolean has_paper;
  NudgePaper paper;
  NudgeBoxPlacement box;       /* on the sheet above */
  NudgePlacedPin *pins;        /* of the box, in memory of the file */
  guint n_pins;
  const char *drawn;           /* checksum of the sheet and of its routes, or NULL */
  const char *extra;
} NudgeSheetRecord;

typedef struct
{
  const char *sheet, *net;
  NudgeNetStyle style;
  const char *extra;
} NudgeNetRecord;

typedef struct
{
  const char *from, *to;
  const char *extra;
} NudgeSymbolRecord;

typedef enum
{
  NUDGE_ROUTE_WIRE,            /* from x, y to x, y */
  NUDGE_ROUTE_JUNCTION,        /* x, y */
  NUDGE_ROUTE_LABEL,           /* x, y, direction: as RoutedMark */
  NUDGE_ROUTE_POWER,
  NUDGE_ROUTE_FLAG,
  NUDGE_ROUTE_PIN,             /* which of the net's pins on the sheet carries its label itself */
  NUDGE_ROUTE_KINDS,
} NudgeRouteKind;

typedef struct
{
  guint kind;
  gint32 at[4];                /* in steps of the grid */
} NudgeRouteItem;

/* How one net is drawn on one sheet. */
typedef struct
{
  const char *sheet, *net;     /* the name that its labels have there */
  NudgeRouteItem *items;       /* by kind; in memory of the file */
  guint n_items;
  const char *extra;
} NudgeRouteRecord;

/* How a side of a box is written, as NudgePinPlace counts them. */
extern const char *const nudge_side_names[5];

/* How each kind of route item is written: its key and how many numbers it has. */
extern const struct NudgeRouteForm
{
  const char *key;
  guint n_numbers;
} nudge_route_forms[NUDGE_ROUTE_KINDS];

typedef struct
{
  gatomicrefcount refs;
  GStringChunk *strings;
  GPtrArray *lists;            /* owns the arrays of the records */
  guint version;
  const char *arranger;        /* interned, or NULL */
  gboolean wires;
  gboolean pages;              /* it is of a circuit that was cut into pages */
  NudgeDialect dialect;
  NudgeUnitRecord *units;      /* by path, then unit */
  NudgeSheetRecord *sheets;    /* by path */
  NudgeNetRecord *nets;        /* by sheet, then net */
  NudgeSymbolRecord *symbols;  /* by from */
  NudgeRouteRecord *routes;    /* by sheet, then net */
  guint n_units, n_sheets, n_nets, n_symbols, n_routes;
  char **extras;               /* "key": value, each a line of its own */
} NudgeLayoutFile;

NudgeLayoutFile *nudge_layout_file_ref (NudgeLayoutFile *self);
void nudge_layout_file_unref (NudgeLayoutFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeLayoutFile, nudge_layout_file_unref)

/* An empty one of this version. */
NudgeLayoutFile *nudge_layout_file_new (void);
/* (transfer none): the same pointers, in memory of the file. */
const char **nudge_layout_file_keep_texts (NudgeLayoutFile *self, const char *const *texts, guint n_texts);
/* (transfer full): NULL with NUDGE_ERROR_INPUT. @name is what findings call the file. */
NudgeLayoutFile *nudge_layout_file_read (GBytes *bytes, const char *name, GPtrArray *diagnostics, GError **error);
/* (transfer full): what @layout says. What @known (nullable) has beyond is taken over; @unit_records (nullable) tells
 * which of its records each unit has, else it is the one of the same part and unit. */
NudgeLayoutFile *nudge_layout_file_describe (const NudgeLayout *layout, const NudgeLayoutFile *known, const guint *unit_records);
/* (transfer full): only what makes parts known again, of every part. */
NudgeLayoutFile *nudge_layout_file_list_parts (const NudgeCircuit *circuit);
GBytes *nudge_layout_file_write (const NudgeLayoutFile *self);
/* The orders of the lists. */
gint nudge_unit_record_compare (gconstpointer a, gconstpointer b);
gint nudge_sheet_record_compare (gconstpointer a, gconstpointer b);
gint nudge_net_record_compare (gconstpointer a, gconstpointer b);
gint nudge_symbol_record_compare (gconstpointer a, gconstpointer b);
gint nudge_route_record_compare (gconstpointer a, gconstpointer b);
/* (transfer none): the items, in memory of the file. */
NudgeRouteItem *nudge_layout_file_keep_items (NudgeLayoutFile *self, const GArray *items);
/* (transfer none): the pins, in memory of the file; their names are already. */
NudgePlacedPin *nudge_layout_file_keep_pins (NudgeLayoutFile *self, const GArray *pins);
/* (transfer full) @routes: NudgeRouteRecord, sorted. */
void nudge_layout_file_keep_routes (NudgeLayoutFile *self, GArray *routes);
/* Index of the record of a unit, or NUDGE_NONE. */
guint nudge_layout_file_find_unit (const NudgeLayoutFile *self, const char *path, guint unit);
const NudgeSheetRecord *nudge_layout_file_find_sheet (const NudgeLayoutFile *self, const char *path);
const NudgeNetRecord *nudge_layout_file_find_net (const NudgeLayoutFile *self, const char *sheet, const char *net);
const NudgeSymbolRecord *nudge_layout_file_find_symbol (const NudgeLayoutFile *self, const char *from);
const NudgeRouteRecord *nudge_layout_file_find_route (const NudgeLayoutFile *self, const char *sheet, const char *net);

/* How the sheets of @layout are drawn, into the @file that describes it; and back, for those sheets of which the file
 * says it. @unit_records: by unit; @sheet_records: by block, or NULL. See drawing/routes-file.c. */
void nudge_routes_describe (NudgeLayout *layout, NudgeLayoutFile *file);
void nudge_routes_restore (NudgeLayout *layout, const NudgeLayoutFile *file, const guint *unit_records, const NudgeSheetRecord *const *sheet_records,
                           GPtrArray *diagnostics);

/* The layout of @circuit with what the file says of it; see follow.h. */
NudgeLayout *nudge_layout_file_follow (NudgeLayoutFile *self, NudgeCircuit *circuit, NudgeLibrary *library,
                                       NudgeFollow **follow, GPtrArray *diagnostics);
/* What the file of @from said beyond what this version knows is kept in @self, which is being made. */
void nudge_layout_share_origin (NudgeLayout *self, const NudgeLayout *from);

G_END_DECLS
