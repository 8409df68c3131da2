/* circuit.h: what is connected. Immutable once read; safe from any thread. */
#pragma once

#include "base/diagnostic.h"

G_BEGIN_DECLS

/* Everything in a circuit is an array; indices are guint, NUDGE_NONE where there is none.
 * All strings belong to the circuit and are never NULL unless said so. */

typedef struct
{
  const char *name;
  const char *value;
} NudgeField;

/* One circuit of the tree, in depth-first pre-order; block 0 is the top. */
typedef struct
{
  const char *name;        /* as the JSON says: "USB_Port"; but "build_usb_port" is read as "Usb Port" */
  const char *label;       /* unique among its siblings: "usb", "div1", "div2"; top: the name */
  const char *path;        /* "/" for the top, else "/a/b/" of labels */
  const char *description;
  guint parent;            /* NUDGE_NONE for the top */
  guint first_child;       /* into NudgeCircuit.blocks; NUDGE_NONE without children */
  guint next_sibling;
  guint depth;
  guint first_part, n_parts; /* its own parts, in JSON order */
  guint first_annotation, n_annotations;
  guint first_mention, n_mentions; /* into NudgeCircuit.mentions: its nets as it writes them */
  guint definition;        /* first block of the same name and the same content but for references; itself when first */
} NudgeBlock;

/* A pin as the circuit describes it: geometry only serves placeholder symbols. */
typedef struct
{
  const char *number;
  const char *name;
  const char *type;        /* KiCad's electrical type: "passive", "power_in" ... */
  gint32 x, y, length;     /* symbol coordinates, y up */
  gint16 angle;            /* 0, 90, 180, 270: the way the pin points, towards the body */
  gboolean has_position;
} NudgeCircuitPin;

typedef struct
{
  const char *reference;
  const char *symbol;      /* "Device:R"; "" when the circuit names none */
  const char *value;
  const char *footprint;
  const char *datasheet;
  const char *description;
  guint block;
  guint first_pin, n_pins;     /* into NudgeCircuit.pins */
  guint first_field, n_fields; /* into NudgeCircuit.fields: extra fields in order */
  guint first_raw_field, n_raw_fields; /* into NudgeCircuit.raw_fields: as circuit-synth sees them, flags included */
  guint first_node, n_nodes;   /* into NudgeCircuit.part_nodes: its connected pins */
  gboolean dnp, in_bom, on_board;
  gboolean says_no_value;      /* null: the value is the symbol's name, which circuit-synth leaves out */
  guint line, column;          /* where the part stands in the input */
} NudgePart;

/* One connected pin. */
typedef struct
{
  guint part;
  guint net;
  const char *pin;  /* number */
} NudgeNode;

/* One electrical net of the whole design. */
typedef struct
{
  const char *name;
  const char *power_symbol;  /* "power:GND", or NULL */
  gboolean is_power;
  gboolean auto_named;       /* N$7 or Net-(...): the program gave no name */
  guint block;               /* the circuit that declares it; 0 for power and undeclared nets */
  guint first_node, n_nodes; /* into NudgeCircuit.nodes, in block order, then JSON order */
  guint first_field, n_fields;
  guint line, column;
} NudgeNet;

/* A net as one circuit writes it, in the order of the input: what circuit-synth's own drawing follows. */
typedef struct
{
  const char *name;
  guint net;                 /* the net of the design; NUDGE_NONE when it has no pin */
  gboolean declared;         /* an object, not a bare list */
  gboolean is_power;
  const char *power_symbol;  /* or NULL */
  guint first_node, n_nodes; /* into NudgeCircuit.mention_nodes: as listed, a pin listed twice stands twice */
} NudgeMention;

typedef enum
{
  NUDGE_ANNOTATION_TEXT_BOX,
  NUDGE_ANNOTATION_TEXT,
  NUDGE_ANNOTATION_TABLE,
  NUDGE_ANNOTATION_IMAGE,
} NudgeAnnotationKind;

typedef enum
{
  NUDGE_JUSTIFY_LEFT = -1,
  NUDGE_JUSTIFY_CENTER = 0,
  NUDGE_JUSTIFY_RIGHT = 1,
} NudgeJustify; /* vertical: top = LEFT, bottom = RIGHT */

typedef struct
{
  NudgeAnnotationKind kind;
  const char *text;          /* text, or the image's path */
  gboolean has_position;
  gboolean from_docstring;   /* put there by circuit-synth at its fixed place, not by a person */
  NudgePoint at;
  NudgePoint size;           /* text box; table: cell size */
  gint32 margin[4];
  gint32 text_size;
  gint32 border_width;       /* 0: none */
  gboolean bold, italic, background, header_bold;
  const char *text_color, *background_color, *border_color;
  gint8 justify_h, justify_v;
  guint16 angle;
  double scale;
  guint n_rows, n_columns;   /* table: cells row by row in NudgeCircuit.cells from first_cell */
  guint first_cell;
} NudgeAnnotation;

struct _NudgeCircuit
{
  /*< private >*/
  gatomicrefcount refs;
  GStringChunk *strings;
  GHashTable *index;           /* reference -> part + 1 */
  /*< public >*/
  NudgeBlock *blocks;
  NudgePart *parts;            /* in block order */
  NudgeCircuitPin *pins;
  NudgeNet *nets;              /* sorted by declaring block, then name; power nets first */
  NudgeNode *nodes;            /* by net */
  NudgeNode *part_nodes;       /* the same by part, in the part's pin order */
  NudgeMention *mentions;      /* by block */
  NudgeNode *mention_nodes;
  NudgeField *fields;
  NudgeField *raw_fields;
  NudgeAnnotation *annotations;
  const char **cells;
  guint n_blocks, n_parts, n_pins, n_nets, n_nodes, n_fields, n_annotations, n_cells;
  guint n_mentions, n_mention_nodes, n_raw_fields;
  const char *base_dir;        /* folder of the input, for images; NULL from memory */
  GBytes *json;                /* the input as it was read */
  gboolean paged;              /* its large sheets have been cut into pages: see nudge_circuit_paginate() */
};

#define NUDGE_TYPE_CIRCUIT (nudge_circuit_get_type ())
NUDGE_API GType nudge_circuit_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeCircuit *nudge_circuit_ref (NudgeCircuit *self);
NUDGE_API void nudge_circuit_unref (NudgeCircuit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeCircuit, nudge_circuit_unref)

/* read: bytes -> Circuit. NULL with NUDGE_ERROR_INPUT when it cannot be used; every finding goes to @diagnostics. */
NUDGE_API NudgeCircuit *nudge_circuit_read_bytes (GBytes *bytes, const char *base_dir, GPtrArray *diagnostics, GError **error);
NUDGE_API NudgeCircuit *nudge_circuit_read_file (const char *path, GPtrArray *diagnostics, GError **error);

/* The same circuit with its large sheets cut into pages. */
NUDGE_API NudgeCircuit *nudge_circuit_paginate (const NudgeCircuit *self, GError **error);

NUDGE_API guint nudge_circuit_find_part (const NudgeCircuit *self, guint block, const char *reference);
NUDGE_API guint nudge_circuit_net_of (const NudgeCircuit *self, guint part, const char *pin);
NUDGE_API char *nudge_circuit_part_path (const NudgeCircuit *self, guint part);
/* (transfer full): circuit-synth names a subcircuit after the function that builds it: "build_usb_port" becomes "Usb Port". */
char *nudge_name_of_builder (const char *name);
NUDGE_API GBytes *nudge_circuit_to_json (const NudgeCircuit *self, GError **error);

G_END_DECLS
