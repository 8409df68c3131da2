/* work-sheet.h: the mutable model of one sheet, or of one group of it, on a grid of 1.27 mm cells.
 *
 * Items are inserted with their wires, labels, power symbols and texts, or taken out again; `cost` is at any moment the
 * exact cost of what is drawn. Every change goes through a journal, so that a trial is undone at the price of what it
 * touched. Lengths and prices are counted in half cells: one cell of wire costs 2. */
#pragma once

#include "base/progress.h"
#include "drawing/plan.h"

G_BEGIN_DECLS

#define WORK_CELL NUDGE_GRID
#define WORK_AIR NUDGE_MM (0.52)
#define WORK_TEXT_END NUDGE_MM (0.35) /* from the end of a text to a wire across its line */
#define WORK_TEXT_SIDE NUDGE_MM (0.2) /* from a text to a wire along it */
#define WORK_FOREIGN 0xffff /* owner of a node that no net may use */
#define WORK_LARGE 5        /* items with so many pins keep their distance */
#define WORK_POSES 8        /* quarter turns, then the same mirrored left to right afterwards */

enum
{
  WORK_STEP = 2,
  WORK_BEND = 10,
  WORK_CROSSING = 30,
  WORK_TEXT_HIT = 12,  /* each layer on an edge */
  WORK_SIDEWAYS = 7,
  WORK_TEE = 3,
  WORK_BESIDE = 2,     /* each cell beside another net's wire */
  WORK_SYMBOL = 22,    /* for power */
  WORK_FOUR_WAY = 400,
  WORK_HOMELESS = 600, /* a net that no label could be found for */
};

typedef struct
{
  gint16 dx, dy;
  guint8 exit;                 /* 0 right, 1 up, 2 left, 3 down */
  gboolean on_grid;
} WorkPin;

typedef struct
{
  NudgeBox body;               /* graphics, relative to the origin */
  NudgeBox full;               /* body and pins */
  NudgeBox sides[4];           /* pin lines with their outside texts, by exit; empty where no pin is */
  WorkPin *pins;               /* of the shape's visible pins */
} WorkPose;

/* A symbol unit or a sheet box in all its poses; shared by equal items. */
typedef struct
{
  const NudgeSymbol *symbol;   /* NULL: a sheet box */
  guint unit;
  guint *pin_index;            /* into the symbol's pins */
  guint n_pins;
  WorkPose poses[WORK_POSES];
  guint n_poses;               /* 1 for a sheet box */
} WorkShape;

typedef enum
{
  WORK_FIELD_NONE,
  WORK_FIELD_LEFT = 1,         /* justification on the sheet */
  WORK_FIELD_CENTER,
  WORK_FIELD_RIGHT,
} WorkFieldAlign;

/* A text of an item as it stands on the sheet. */
typedef struct
{
  NudgePoint at;               /* anchor: vertical middle, by its alignment */
  guint32 align;
} WorkField;

typedef enum
{
  WORK_ROLE_PASSIVE,           /* two pin positions */
  WORK_ROLE_SMALL,             /* transistors, potentiometers ... */
  WORK_ROLE_CHIP,              /* never mirrored, never turned */
  WORK_ROLE_CONNECTOR,
  WORK_ROLE_LONE,              /* one pin position */
  WORK_ROLE_BOX,
} WorkRole;

typedef struct
{
  const WorkShape *shape;
  guint unit;                  /* into NudgeLayout.units, or NUDGE_NONE */
  guint box;                   /* into NudgePlanSheet.boxes, or NUDGE_NONE */
  const char *reference, *value;
  gint32 text_widths[2];
  guint first_pin, n_pins;     /* into WorkSheet.pins */
  guint first_tie, n_ties;     /* into WorkSheet.tie_index */
  guint8 role;                 /* WorkRole */
  guint8 poses;                /* bit mask of those that may be used */
  guint8 channels[4];          /* cells to keep free before the pins of each side in pose 0 */
  gint hint_x, hint_y;         /* cells: a box's place in its block diagram */
  gboolean locked;             /* stays where it is */
  guint hint_group;            /* boxes of one diagram; 0: none */
  /* Changes under the journal: */
  guint32 placed;
  gint32 x, y;                 /* cells */
  guint32 pose;
  gint32 cost;                 /* of the pose */
  gint32 text_cost;
  guint32 rects[9];            /* body, sides, channels before the sides; 0: none */
  guint32 text_rects[2];
  WorkField fields[2];
} WorkItem;

typedef struct
{
  guint item;
  guint shape_pin;             /* into WorkShape.pin_index */
  guint net;                   /* into WorkSheet.nets; NUDGE_NONE: not connected */
  guint8 wish;                 /* ways that it should leave its part, as a mask of exits; 0: any */
  guint8 wish_cost;            /* of any other way */
} WorkPinRef;

/* How a reader expects two parts to stand to each other. */
typedef enum
{
  WORK_TIE_FLOW,               /* the second pin is not left of the first */
  WORK_TIE_UNDER,              /* the second pin is not above the first */
  WORK_TIE_BELOW,              /* the second pin is straight below the first */
  WORK_TIE_ROW,                /* the parts stand in a row, alike */
  WORK_TIE_COLUMN,             /* the parts stand in a column, alike */
  WORK_TIE_ABREAST,            /* the parts are side by side: upright ones in a row, lying ones in a column */
  WORK_TIE_NEAR,               /* the second pin is close to the first */
  WORK_TIE_LEVEL,              /* the pins are equally high */
  WORK_TIE_STRAIGHT,           /* one part continues the other: upright ones above each other, lying ones beside */
} WorkTieKind;

typedef struct
{
  guint items[2];
  guint8 kind;                 /* WorkTieKind */
  guint8 weight;               /* half cells, while both stand and it does not hold */
  guint16 pins[2];             /* shape pins */
} WorkTie;

typedef enum
{
  WORK_MARK_LABEL,
  WORK_MARK_POWER,
  WORK_MARK_FLAG,
} WorkMarkKind;

/* A label or a power symbol. */
typedef struct
{
  guint32 live;
  guint32 net;
  guint32 kind;
  gint32 x, y;
  guint32 direction;
  gint32 cost;
  guint32 rects[2];
  guint32 next;                /* of the same net, +1 */
} WorkMark;

typedef struct
{
  guint plan;                  /* into NudgePlanSheet.nets */
  guint first_pin, n_pins;     /* into WorkSheet.net_pins */
  const char *label;
  gint32 label_width;
  gboolean power;              /* each cluster wants a power symbol */
  gboolean global;             /* each cluster wants a label that joins over sheets */
  gboolean port;               /* each cluster wants a hierarchical label */
  gboolean outside;            /* has pins in another group, so that each cluster wants a label */
  gboolean wide;               /* too many pins to be taken out whole */
  gboolean auto_named;
  gboolean flag;
  gboolean single;             /* one pin is all of it: a label says its name */
  gboolean no_wire, all_wire;  /* the user's choice */
  gboolean ground;             /* its power symbol hangs down */
  guint weight;                /* of one label or power symbol, in half cells */
  /* Changes under the journal: */
  guint32 placed;              /* pins of it that stand on the sheet */
  guint32 clusters;            /* that its wires leave */
  guint32 first_mark;          /* +1 */
  gint32 homeless;             /* clusters without a place for their label */
} WorkNet;

typedef enum
{
  WORK_RECT_FREE,
  WORK_RECT_BODY,
  WORK_RECT_PINS,
  WORK_RECT_TEXT,
  WORK_RECT_POWER,
  WORK_RECT_CHANNEL,           /* before a row of pins: room for wires and labels, closed to large items only */
} WorkRectKind;

typedef struct
{
  NudgeBox box;
  guint32 kind;
  guint32 owner;               /* item, or NUDGE_NONE */
  guint32 net;                 /* net +1, or 0 */
  guint32 seen;                /* query stamp; not journalled */
} WorkRect;

typedef struct
{
  void *at;
  guint64 old;
  guint size;
} WorkChange;

/* One grid point, with the edges to its right and below. */
typedef struct
{
  guint16 h, v;                /* net +1 of the wire to the right, downwards */
  guint16 pin_at;              /* net +1 of a pin here, or WORK_FOREIGN */
  guint16 mark_at;             /* net +1 of a label or power symbol anchored here */
  guint16 zone;                /* net +1 that wants to leave this way */
  guint8 pin_exit;             /* of that pin */
  guint8 block;                /* bodies over this node */
  guint8 soft;                 /* bodies next to this node */
  guint8 text_h, text_v;       /* layers of texts over the edge to the right, downwards */
} WorkNode;

/* What was done on a sheet, for tests and measurements. */
typedef struct
{
  guint64 searches, expansions; /* of the router, and steps that it went on from */
  guint64 places, trials;       /* looked at for items, and tried out with all wires */
} WorkEffort;

typedef struct _WorkSearch WorkSearch;
void work_search_free (WorkSearch *search);

typedef struct
{
  const NudgePlan *plan;
  const NudgePlanSheet *sheet;
  GPtrArray *shapes;           /* not owned */
  WorkItem *items;
  WorkPinRef *pins;
  WorkNet *nets;
  guint *net_pins;             /* indices into pins, by net */
  guint n_items, n_pins, n_nets;
  GArray *ties;                /* WorkTie */
  guint *tie_index;            /* into ties, by item; NULL: no ties */

  gint width, height;          /* nodes */
  WorkNode *nodes;             /* row by row */
  guint16 *column, *row;       /* items whose origin has this x, y */

  WorkMark *marks;
  guint32 n_marks, max_marks, free_mark;
  WorkRect *rects;
  guint32 n_rects, max_rects, free_rect;
  guint32 stamp;
  struct _WorkBins *bins;
  WorkSearch *search;
  GArray *journal;
  guint trials;                /* depth of open trials */
  gint32 cost;
  GCancellable *run;           /* not owned; or NULL */
  gboolean quick;              /* the first good place will do */
  gint32 air;                  /* between a label or a power symbol and what is next to it */
  gint32 text_end;             /* between the ends of a text and wires; see work-air.h */
  guint32 random;
  WorkEffort effort;
} WorkSheet;

/* Shapes of all units of a plan sheet. */
WorkShape *work_shape_new (const NudgeSymbol *symbol, guint unit);
/* A sheet box: @pins are its pins' places from the top left corner in cells, exits by side; @text_width is what is
 * written above and below it. */
WorkShape *work_shape_new_box (gint width, gint height, gint32 text_width, const WorkPin *pins, guint n_pins);
void work_shape_free (WorkShape *self);
void work_pose_to_pose (guint pose, NudgePose *out);
guint work_pose_from_pose (const NudgePose *pose);

/* A description of what goes into a sheet is filled by the caller: items, pins, nets. */
WorkSheet *work_sheet_new (const NudgePlan *plan, const NudgePlanSheet *sheet, guint n_items, guint n_pins, guint n_nets);
void work_sheet_free (WorkSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkSheet, work_sheet_free)
/* Makes the grid and the lists, once items, pins and nets are known. */
void work_sheet_open (WorkSheet *self, gint width, gint height);

/* Trials: everything after work_begin() can be undone or kept. They nest. */
guint work_begin (WorkSheet *self);
void work_undo (WorkSheet *self, guint mark);
void work_keep (WorkSheet *self, guint mark);
/* Undoes a trial and puts what it changed on a shelf (of WorkChange), from which it can be had again as long as the
 * sheet is as it was before the trial. */
void work_shelve (WorkSheet *self, guint mark, GArray *shelf);
void work_unshelve (WorkSheet *self, const GArray *shelf);

static inline void
work_log (WorkSheet *self, void *at, guint64 old, guint size)
{
  if (self->trials > 0)
    {
      WorkChange change = { at, old, size };
      g_array_append_val (self->journal, change);
    }
}

#define WORK_SET(self, lvalue, value) \
  G_STMT_START \
  { \
    work_log ((self), &(lvalue), (guint64) (lvalue), sizeof (lvalue)); \
    (lvalue) = (value); \
  } \
  G_STMT_END

static inline gsize
work_node (const WorkSheet *self, gint x, gint y)
{
  return (gsize) y * self->width + x;
}

static inline gboolean
work_inside (const WorkSheet *self, gint x, gint y)
{
  return x >= 2 && y >= 2 && x < self->width - 2 && y < self->height - 2;
}

static inline WorkPin
work_pin (const WorkSheet *self, const WorkPinRef *pin)
{
  const WorkItem *item = &self->items[pin->item];
  return item->shape->poses[item->pose].pins[pin->shape_pin];
}

/* Wires: one edge from (x, y) in a direction. */
void work_set_edge (WorkSheet *self, gint x, gint y, guint direction, guint16 net);
guint16 work_edge (const WorkSheet *self, gint x, gint y, guint direction);
/* Wires of other nets one cell off and parallel to the edge at @n. */
static inline gint
work_beside (const WorkSheet *self, gsize n, gboolean vertical, guint16 net)
{
  guint16 a = vertical ? self->nodes[n - 1].v : self->nodes[n - self->width].h;
  guint16 b = vertical ? self->nodes[n + 1].v : self->nodes[n + self->width].h;

  return (a != 0 && a != net) + (b != 0 && b != net);
}
/* Wires of that net that meet at a node, as a mask of directions. */
static inline guint
work_edges_of (const WorkSheet *self, gsize n, guint16 net)
{
  return (self->nodes[n].h == net) | (self->nodes[n - self->width].v == net) << 1 | (self->nodes[n - 1].h == net) << 2 | (self->nodes[n].v == net) << 3;
}

/* A node where two nets cross or another net passes. */
static inline gboolean
work_is_foreign (const WorkSheet *self, gsize n, guint16 net)
{
  guint16 r = self->nodes[n].h, l = self->nodes[n - 1].h, u = self->nodes[n - self->width].v, d = self->nodes[n].v;

  return (r != 0 && r != net) || (l != 0 && l != net) || (u != 0 && u != net) || (d != 0 && d != net);
}


/* A node that a body or a pin of an item without that net covers, margins apart. */
gboolean work_node_is_solid (WorkSheet *self, gsize node, guint16 net);

/* Boxes on the sheet, found by place. */
guint32 work_add_rect (WorkSheet *self, const NudgeBox *box, WorkRectKind kind, guint owner, guint net_plus_1);
void work_remove_rect (WorkSheet *self, guint32 rect);
typedef gboolean (*WorkRectFunc) (WorkSheet *self, const WorkRect *rect, gpointer data);
/* Calls @func for each box that meets @box, once each, until it returns TRUE; returns whether it did. */
gboolean work_each_rect (WorkSheet *self, const NudgeBox *box, WorkRectFunc func, gpointer data);
/* Lays so many layers of a text box over the wires' edges, or takes them away: a text is WORK_TEXT_LAYERS thick, and one
 * layer reaches beyond its ends. */
#define WORK_TEXT_LAYERS 5
void work_cover_edges (WorkSheet *self, const NudgeBox *box, gint layers);
/* Lays (1) or takes away (-1) a text with its room, which holds it. */
void work_cover_text (WorkSheet *self, const NudgeBox *text, const NudgeBox *room, gint sign);
/* Wires that pass through the inside of a box. */
guint work_wires_in_box (const WorkSheet *self, const NudgeBox *box);
void work_bins_new (WorkSheet *self);
void work_bins_free (WorkSheet *self);

/* Keeps everything out of a part of the sheet. */
void work_close_area (WorkSheet *self, const NudgeBox *box);

/* Items. Placing draws the body only: no wires, no texts. */
gboolean work_item_fits (WorkSheet *self, guint item, gint x, gint y, guint pose, gint *crowding);
void work_place_item (WorkSheet *self, guint item, gint x, gint y, guint pose);
void work_remove_item (WorkSheet *self, guint item);
static inline NudgeBox
work_item_full (const WorkItem *item)
{
  const NudgeBox *full = &item->shape->poses[item->pose].full;

  return (NudgeBox){ full->x0 + item->x * WORK_CELL, full->y0 + item->y * WORK_CELL, full->x1 + item->x * WORK_CELL, full->y1 + item->y * WORK_CELL };
}
NudgeBox work_box_at (const NudgeBox *box, gint x, gint y);
/* Whether a pin of a placed item, or a text along it, meets a box; true of sheet boxes. */
gboolean work_item_pins_meet (const WorkItem *item, const NudgeBox *box);

/* Ties: see work-ties.c. They are added to a sheet that is not open yet, and listed by item before it is. */
void work_add_tie (WorkSheet *self, const WorkTie *tie);
void work_list_ties (WorkSheet *self);
/* The net of the tie's second pin. */
guint work_tie_net (const WorkSheet *self, const WorkTie *tie);
/* What the ties of an item to placed ones cost where it stands or would stand. */
gint32 work_ties_cost (const WorkSheet *self, guint item, gint x, gint y, guint pose);

/* Labels and power symbols. */
/* A text with the air that it wants at those ends, a mask of exits: beyond it no wire is taken for a letter. */
NudgeBox work_text_room (const WorkSheet *self, NudgeBox text, guint ends);
/* The same for a level text that stands by itself. */
NudgeBox work_value_room (const WorkSheet *self, NudgeBox text);
NudgeBox work_label_box (const WorkSheet *self, const WorkNet *net, gint x, gint y, guint direction);
/* The body of a power symbol and its value text. */
void work_power_boxes (const WorkSheet *self, const WorkNet *net, gboolean flag, gint x, gint y, guint direction, NudgeBox *body, NudgeBox *text);
/* The pose of a power symbol whose pin stands on that node and whose body lies up (1) or down (3) from it. */
void work_power_pose (const NudgeSymbol *symbol, gint x, gint y, guint direction, NudgePose *pose);
/* The text of a mark with the air that it wants from wires. */
NudgeBox work_mark_room (const WorkSheet *self, const WorkMark *mark);
guint32 work_add_mark (WorkSheet *self, guint net, WorkMarkKind kind, gint x, gint y, guint direction, gint32 cost);
void work_remove_mark (WorkSheet *self, guint32 mark);

/* Whether nobody waits for the result any more. What is drawn stays legal, though not all of it may be there. */
static inline gboolean
work_is_stopped (const WorkSheet *self)
{
  return g_cancellable_is_cancelled (self->run);
}

/* Whether to spend no time on what could be better. */
static inline gboolean
work_is_quick (const WorkSheet *self)
{
  return self->quick || nudge_progress_is_hurried (self->run);
}

/* A random number below @below. */
static inline guint32
work_random (WorkSheet *self, guint32 below)
{
  guint32 r = self->random;

  r ^= r << 13;
  r ^= r >> 17;
  r ^= r << 5;
  self->random = r;
  return below > 0 ? r % below : 0;
}

G_END_DECLS
