/* layout-records.h: what a layout file says, item by item. Private to the files that read, write and follow it. */
#pragma once

#include "layout/follow.h"
#include "layout/layout.h"

G_BEGIN_DECLS

/* `extra` in all of these: members that this version does not know, as JSON, each with a comma before it; or "". */

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
  const char *extra;
} NudgeUnitRecord;

typedef struct
{
  const char *path;            /* "/usb/" */
  gboolean has_paper;
  NudgePaper paper;
  NudgeBoxPlacement box;       /* on the sheet above */
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

typedef struct
{
  gatomicrefcount refs;
  GStringChunk *strings;
  GPtrArray *lists;            /* owns the arrays of net names */
  guint version;
  const char *arranger;        /* interned, or NULL */
  gboolean wires;
  NudgeDialect dialect;
  NudgeUnitRecord *units;      /* by path, then unit */
  NudgeSheetRecord *sheets;    /* by path */
  NudgeNetRecord *nets;        /* by sheet, then net */
  NudgeSymbolRecord *symbols;  /* by from */
  guint n_units, n_sheets, n_nets, n_symbols;
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
/* Index of the record of a unit, or NUDGE_NONE. */
guint nudge_layout_file_find_unit (const NudgeLayoutFile *self, const char *path, guint unit);
const NudgeSheetRecord *nudge_layout_file_find_sheet (const NudgeLayoutFile *self, const char *path);
const NudgeNetRecord *nudge_layout_file_find_net (const NudgeLayoutFile *self, const char *sheet, const char *net);
const NudgeSymbolRecord *nudge_layout_file_find_symbol (const NudgeLayoutFile *self, const char *from);

/* The layout of @circuit with what the file says of it; see follow.h. */
NudgeLayout *nudge_layout_file_follow (NudgeLayoutFile *self, NudgeCircuit *circuit, NudgeLibrary *library,
                                       NudgeFollow **follow, GPtrArray *diagnostics);
/* What the file of @from said beyond what this version knows is kept in @self, which is being made. */
void nudge_layout_share_origin (NudgeLayout *self, const NudgeLayout *from);

G_END_DECLS
