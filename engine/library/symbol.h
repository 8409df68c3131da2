/* symbol.h: what a part looks like. Immutable; belongs to its library. */
#pragma once

#include "circuit/circuit.h"

G_BEGIN_DECLS

typedef enum
{
  NUDGE_SHAPE_RECTANGLE, /* points[0], points[1] */
  NUDGE_SHAPE_CIRCLE,    /* points[0] centre, radius */
  NUDGE_SHAPE_ARC,       /* points[0] start, [1] mid, [2] end */
  NUDGE_SHAPE_POLYLINE,  /* points[0..n) */
  NUDGE_SHAPE_BEZIER,    /* points[0..4) */
  NUDGE_SHAPE_TEXT,      /* text at points[0] */
} NudgeShapeKind;

typedef enum
{
  NUDGE_FILL_NONE,
  NUDGE_FILL_OUTLINE,
  NUDGE_FILL_BACKGROUND,
} NudgeFill;

typedef enum
{
  NUDGE_STROKE_SOLID,
  NUDGE_STROKE_DASH,
  NUDGE_STROKE_DOT,
  NUDGE_STROKE_DASH_DOT,
  NUDGE_STROKE_DASH_DOT_DOT,
} NudgeStroke;

/* How a text is set; angle in degrees (0 or 90 in practice), justify -1 left/top, 0 centre, 1 right/bottom. */
typedef struct
{
  gint32 height, width;   /* font size; 12700 by default */
  gint32 thickness;       /* 0: KiCad's default */
  gint8 justify_h, justify_v;
  gboolean bold, italic, hidden;
} NudgeTextStyle;

#define NUDGE_TEXT_STYLE_DEFAULT ((NudgeTextStyle){ .height = 12700, .width = 12700 })

/* `unit` 0 belongs to every unit, `body_style` 0 to every body style (1 normal, 2 De Morgan). */
typedef struct
{
  NudgeShapeKind kind;
  guint16 unit, body_style;
  NudgePoint *points;
  guint n_points;
  gint32 radius;
  gint32 stroke_width;     /* 0: KiCad's default line, negative: none */
  NudgeStroke stroke;
  gboolean says_solid;     /* solid by name, where most libraries leave it at the default, which is solid too */
  NudgeFill fill;
  const char *text;        /* NUDGE_SHAPE_TEXT */
  gint16 angle;            /* NUDGE_SHAPE_TEXT, degrees */
  NudgeTextStyle style;    /* NUDGE_SHAPE_TEXT */
} NudgeShape;

typedef struct
{
  const char *name;
  const char *type;
  const char *shape;
} NudgeAlternate;

typedef struct
{
  guint16 unit, body_style;
  const char *number;
  const char *name;        /* "" or "~" when it has none */
  const char *type;        /* "input", "power_in" ... */
  const char *shape;       /* "line", "inverted" ... */
  NudgePoint at;           /* the end that connects, symbol coordinates, y up */
  guint8 direction;        /* the way from the end to the body, quarter turns: 0 right, 1 up, 2 left, 3 down */
  gint32 length;
  gboolean hidden;
  gint32 name_size, number_size;
  const NudgeAlternate *alternates;
  guint n_alternates;
} NudgeSymbolPin;

/* Whether a field of a symbol that extends another is its own. */
typedef enum
{
  NUDGE_FIELD_OWN,
  NUDGE_FIELD_OWN_EMPTY,   /* its own is empty; the value is inherited */
  NUDGE_FIELD_INHERITED,
} NudgeFieldOrigin;

typedef struct
{
  const char *name;        /* "Reference", "Value", "Footprint", "Datasheet", "Description", "ki_keywords" ... */
  const char *value;
  NudgePoint at;           /* symbol coordinates, y up */
  gint16 angle;
  NudgeTextStyle style;
  gboolean show_name;      /* drawn as "Name: value" */
  gboolean no_autoplace;
  gboolean is_private;     /* a note to the maintainers of the library */
  gboolean is_hidden_by_us; /* hidden as no text for a sheet, though the file shows it */
  guint8 origin;           /* NudgeFieldOrigin */
  NudgePoint own_at;       /* NUDGE_FIELD_OWN_EMPTY: where the symbol's own field stands */
} NudgeSymbolField;

struct _NudgeSymbol
{
  const char *id;          /* "Device:R" */
  const char *name;        /* "R" */
  const char *variant;     /* name of the copy embedded in a schematic when it differs from the library's (KiCad's lib_name), or NULL */
  const char *base;        /* the symbol that it extends, or NULL */
  NudgeSymbolField *fields;
  guint n_fields;
  NudgeShape *shapes;
  guint n_shapes;
  NudgeSymbolPin *pins;    /* by unit, then as in the file; body style 2 included */
  guint n_pins;
  const char **unit_names; /* n_units entries, NULL where a unit has no name */
  guint n_units;           /* >= 1 */
  guint n_body_styles;     /* 1 or 2 */
  gint32 pin_name_offset;  /* 0: names stand outside, over the pin */
  gboolean pin_names_hidden, pin_numbers_hidden;
  gboolean is_power;       /* a global power symbol */
  gboolean is_placeholder; /* drawn by Nudge since no library has it */
  gboolean units_locked;   /* units may not be exchanged */
  gboolean exclude_from_sim, in_bom, on_board;
  /*< private >*/
  const guint *by_number;  /* pin indices in the order of their numbers, then as in @pins; NULL: searched one by one */
};

/* Value of a field, "" when the symbol does not have it. */
NUDGE_API const char *nudge_symbol_field (const NudgeSymbol *self, const char *name);
NUDGE_API const NudgeSymbolField *nudge_symbol_find_field (const NudgeSymbol *self, const char *name);
/* Index of the first pin with that number in body style 1, or NUDGE_NONE. */
NUDGE_API guint nudge_symbol_find_pin (const NudgeSymbol *self, const char *number);
/* TRUE when the pin belongs to what is drawn for that unit in body style 1. */
NUDGE_API gboolean nudge_symbol_pin_in_unit (const NudgeSymbolPin *pin, guint unit);
NUDGE_API gboolean nudge_symbol_shape_in_unit (const NudgeShape *shape, guint unit);
/* Box of the graphics of a unit (unit from 1), without pins and texts; the pin box when it has no graphics. */
NUDGE_API NudgeBox nudge_symbol_body_box (const NudgeSymbol *self, guint unit);
/* Box of graphics and pins, without texts. */
NUDGE_API NudgeBox nudge_symbol_box (const NudgeSymbol *self, guint unit);

G_END_DECLS
