/* schematic-read.h: what the files of the schematic reader share. */
#pragma once

#include "drawing/connectivity.h"
#include "drawing/sheet-builder.h"
#include "text/sexpr.h"

G_BEGIN_DECLS

/* One .kicad_sch. */
typedef struct
{
  char *path;                  /* canonical */
  char *name;                  /* from the folder of the root: "usb.kicad_sch", "parts/usb.kicad_sch" */
  NudgeSexpr *tree;
  const NudgeSexprNode *root;
  const char *uuid;
  GPtrArray *symbols;          /* the symbols that it places: lists of the tree, in order */
  GPtrArray *boxes;            /* the child sheets, likewise */
  const NudgeSymbol **drawn;   /* symbols->len: what each looks like */
  GHashTable *library;         /* (nullable) name in lib_symbols -> list */
} ReadFile;

/* A use of a file: one circuit of the tree. In pre-order, as in NudgeCircuit.blocks. */
typedef struct
{
  guint file;
  guint parent;                /* NUDGE_NONE for the root */
  guint depth;
  const char *name;
  const char *path;            /* KiCad's: "/<uuid>/<uuid>" */
  guint *children;             /* by box of the file */
  guint *parts;                /* by symbol of the file: into Reading.parts; NUDGE_NONE: a power symbol or the like */
  guint16 *units;              /* by symbol of the file */
  guint first_part, n_parts;
  guint sheet;                 /* the drawn sheet */
} ReadBlock;

typedef struct
{
  guint block;
  const char *reference;       /* unique in its block */
  const NudgeSexprNode *node;  /* its first symbol */
  const NudgeSymbol *symbol;
} ReadPart;

/* A label, power symbol, wire or sheet pin: what it calls its net, and how much that counts. */
typedef enum
{
  READ_NAME_NONE,
  READ_NAME_SHEET_PIN,
  READ_NAME_LABEL,
  READ_NAME_PIN,               /* a hidden power pin */
  READ_NAME_GLOBAL,
  READ_NAME_POWER,
} ReadNameKind;

typedef struct
{
  ReadNameKind kind;
  const char *name;
  const char *power_symbol;
} ReadName;

typedef struct
{
  char *folder;                /* of the root file */
  GStringChunk *strings;
  GPtrArray *diagnostics;      /* or NULL */
  NudgeLibrary *library;
  GPtrArray *files;            /* ReadFile */
  GHashTable *bus_aliases;     /* of all files: name -> GPtrArray of members, both in the files' trees */
  GArray *blocks;              /* ReadBlock */
  GArray *parts;               /* ReadPart, in block order */
  GArray *names;               /* ReadName: by mark; a mark's `net` is its number here until the nets are known */
  guint n_sheets;
} Reading;

#define READ_AT(array, Type, i) (&g_array_index ((array), Type, (i)))
#define READ_FILE(reading, block) ((ReadFile *) (reading)->files->pdata[(block)->file])

/* Fails at a place in a file. */
gboolean nudge_read_fail (const ReadFile *file, const NudgeSexprNode *node, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);
/* The value of a property, or NULL; @old: what KiCad 6 called it, or NULL. */
const char *nudge_read_property (const NudgeSexprNode *node, const char *name, const char *old);

/* schematic-read-tree.c: all files, and the tree of their uses. */
gboolean nudge_read_tree (Reading *self, const char *root_file, GError **error);
void nudge_read_file_free (ReadFile *file);

/* schematic-read-parts.c: parts from the placed symbols; the sheets that are drawn. */
void nudge_read_parts (Reading *self);
void nudge_read_list_sheets (Reading *self);
/* schematic-read-circuit.c, (transfer full): circuit JSON of all parts, with the nets that @connected tells of, or without nets. */
GBytes *nudge_read_circuit_json (Reading *self, const NudgeConnectivity *connected);

/* schematic-read-marks.c: the marks of the sheet that @block is drawn on. */
gboolean nudge_read_marks (Reading *self, guint block, NudgeDrawnSheet *sheet, GError **error);

G_END_DECLS
