/* reader.h: what the files of the circuit reader share. Private to engine/circuit. */
#pragma once

#include "circuit/circuit.h"
#include "circuit/references.h"
#include "text/json-document.h"

G_BEGIN_DECLS

/* A pin that the circuit lists under a second number, for what is the same pin. */
typedef struct
{
  guint part;
  const char *alias;
  const char *number;
} NudgePinAlias;

/* A net as one circuit of the tree writes it. */
typedef struct
{
  const char *name;         /* NULL when it has none */
  guint block;
  guint value;              /* the JSON value */
  guint first_node, n_nodes; /* into NudgeReader.nodes */
  gboolean declared;        /* an object: the net belongs to this circuit */
  gboolean is_power;
  const char *power_symbol; /* or NULL */
  guint owner;              /* the declaration that it means, itself included; NUDGE_NONE: there is none */
  guint net;                /* the net of the design that it is part of */
} NudgeLocalNet;

/* A node as a net lists it; its place in the array is its order. */
typedef struct
{
  guint part;
  guint local_net;
  guint value;
  guint pin_index;          /* into NudgeReader.pins, or NUDGE_NONE: last in order */
  const char *pin;
} NudgeLocalNode;

/* A circuit in the making: the arrays grow here and are handed over at the end. */
typedef struct
{
  NudgeJson *json;
  GPtrArray *diagnostics;
  GStringChunk *strings;
  GString *scratch;
  GArray *blocks;        /* NudgeBlock */
  GArray *block_values;  /* guint: JSON value of each block */
  GArray *parts;         /* NudgePart */
  GArray *part_values;   /* guint: JSON value of each part */
  GArray *pins;          /* NudgeCircuitPin */
  GArray *fields;        /* NudgeField */
  GArray *raw_fields;    /* NudgeField */
  GArray *annotations;   /* NudgeAnnotation */
  GArray *cells;         /* const char * */
  GArray *aliases;       /* NudgePinAlias */
  GArray *local_nets;    /* NudgeLocalNet */
  GArray *local_nodes;   /* NudgeLocalNode */
  GArray *nets;          /* NudgeNet */
  GArray *nodes;         /* NudgeNode */
  GArray *part_nodes;    /* NudgeNode */
  GHashTable *by_name;   /* parts of the block being read: key or reference -> part + 1; 0: several */
  GHashTable *index;     /* reference -> part + 1, in the end */
  guint n_errors;
  guint n_findings;      /* those beyond NUDGE_MAX_FINDINGS are only counted */
} NudgeReader;

#define NUDGE_AT(array, Type, i) g_array_index ((array), Type, (i))

/* Findings, at a JSON value. The severity is the registry's, or less when the reader gets by. */
void nudge_reader_find (NudgeReader *self, NudgeCode code, guint value, const char *subject,
                        const char *format, ...) G_GNUC_PRINTF (5, 6);
void nudge_reader_find_mild (NudgeReader *self, NudgeCode code, guint value, const char *subject,
                             const char *format, ...) G_GNUC_PRINTF (5, 6);

/* Values as the circuit keeps them: strings belong to the reader's chunk. */
const char *nudge_reader_keep (NudgeReader *self, const char *text, gsize size);
/* Text of any value ("" for none); control characters but tab and newline become spaces. */
const char *nudge_reader_text (NudgeReader *self, guint value);
const char *nudge_reader_member_text (NudgeReader *self, guint object, const char *key);
/* As above for a name; NULL with a finding when it is too long or holds control characters, "" when absent. */
const char *nudge_reader_name (NudgeReader *self, guint value, const char *what);
/* A boolean in any of the ways that circuits write one; @fallback when it is absent or null. */
gboolean nudge_reader_flag (NudgeReader *self, guint value, gboolean fallback);
/* A number within +-@limit, or @fallback with a finding when it is something else; absent and null are silent. */
double nudge_reader_number (NudgeReader *self, guint value, double limit, double fallback);
/* The same for a length in mm, in 100 nm. */
gint32 nudge_reader_length (NudgeReader *self, guint value, double fallback_mm);
/* TRUE when @value is of @type; else a finding unless it is absent or null. */
gboolean nudge_reader_expect (NudgeReader *self, guint value, NudgeJsonType type, const char *what);
gboolean nudge_reader_is_absent (NudgeReader *self, guint value);

/* reader-part.c: the components of a block; appends parts, pins, fields, aliases. */
void nudge_reader_parts (NudgeReader *self, guint block, guint components);
/* The pin (into NudgeReader.pins) that @name means on a part of the block being read, or NUDGE_NONE. */
guint nudge_reader_find_pin (NudgeReader *self, guint part, const char *name, guint value);
/* reader-annotation.c */
void nudge_reader_annotations (NudgeReader *self, guint block, guint annotations);
/* reader-net.c: the nets of a block as it writes them. */
void nudge_reader_local_nets (NudgeReader *self, guint block, guint nets);

/* What follows needs all blocks. reader-pages.c: hands the parts of circuits that are too large for a sheet to new ones.
 * References and names of nets must be known. */
void nudge_reader_pages (NudgeReader *self);
/* reader-scope.c: names for nets that have none; the nets of the design, unsorted and without nodes. */
void nudge_reader_net_names (NudgeReader *self);
void nudge_reader_design_nets (NudgeReader *self);
/* reader-node.c: the local nets and nodes once more, for those who follow the input's order. */
void nudge_reader_mentions (NudgeReader *self, GArray *mentions, GArray *nodes);
/* reader-node.c: sorts the nets, drops repeated nodes and empty nets, fills nodes and part nodes. */
void nudge_reader_nodes (NudgeReader *self);
/* reader-tree.c: labels and paths; complete references; equal circuits. */
void nudge_reader_labels (NudgeReader *self);
void nudge_reader_references (NudgeReader *self);
/* Whether the program gave the net no name: N$7, or KiCad's Net-(R1-Pad2). */
gboolean nudge_reader_is_automatic_name (const char *name);
void nudge_reader_definitions (NudgeReader *self);

G_END_DECLS
