/* score-private.h: one sheet as the score sees it, and what is tallied of it. */
#pragma once

#include "base/box-bins.h"
#include "drawing/score.h"

G_BEGIN_DECLS

/* --- one sheet --- */

typedef struct
{
  guint symbol;
  const NudgeSymbolPin *pin;
  NudgePoint at, end;          /* where it connects; where it meets the body */
  guint cluster;
  guint net;                   /* of the circuit, or NUDGE_NONE */
} ScorePin;

typedef struct
{
  const NudgeDrawnSymbol *drawn;
  const char *reference;       /* "R1"; of power symbols the value */
  NudgeBox body, full;         /* graphics (else pins too); graphics and visible pins */
  gboolean has_body;
  gboolean is_power, is_flag;
  guint first_pin, n_pins, n_visible;
} ScoreSymbol;

typedef enum
{
  SCORE_TEXT_FIELD,
  SCORE_TEXT_SHEET,            /* name or file of a sheet box */
  SCORE_TEXT_FREE,
  SCORE_TEXT_LABEL,
  SCORE_TEXT_PIN,              /* number or outside name */
} ScoreTextKind;

typedef struct
{
  ScoreTextKind kind;
  const char *text;
  guint owner;                 /* symbol, label or sheet box */
  guint pin;                   /* SCORE_TEXT_PIN: into pins */
  NudgeBox box;
} ScoreText;

typedef enum
{
  SCORE_END_PIN,
  SCORE_END_POWER,
  SCORE_END_LABEL,
  SCORE_END_SHEET_PIN,
} ScoreEndKind;

/* A place where a wire may end. */
typedef struct
{
  ScoreEndKind kind;
  guint index;                 /* into pins, labels or sheet_pins */
  NudgePoint at;
  guint point;                 /* into points */
  guint cluster;
} ScoreEnd;

/* A place where something connects. */
typedef struct
{
  NudgePoint at;
  guint degree;                /* wires that end here */
  guint wires[2];              /* the first two of them */
  guint passing;               /* wires that go through */
  guint8 kinds;                /* bit per ScoreEndKind */
  gboolean junction, no_connect;
} ScorePoint;

/* The visible pins of parts that one net has on the sheet. */
typedef struct
{
  guint net;
  guint first, n;              /* into net_pins, by cluster */
  guint n_clusters;
  gboolean is_power;           /* a rail that is drawn with power symbols */
  gboolean leaves;             /* is seen on other sheets as well */
} ScoreNet;

typedef struct _ScoreTally ScoreTally;

typedef struct
{
  const NudgeDrawing *drawing;
  const NudgeDrawnSheet *sheet;
  guint index;                 /* of the sheet */
  ScoreTally *tally;
  GArray *symbols;             /* ScoreSymbol, one per drawn symbol */
  GArray *pins;                /* ScorePin */
  GArray *texts;               /* ScoreText; pin texts from n_texts on */
  guint n_texts;
  GArray *ends;                /* ScoreEnd */
  GArray *points;              /* ScorePoint, by place */
  guint *wire_clusters;
  gdouble *cluster_lengths;    /* 100 nm of wire, by cluster */
  guint n_clusters;            /* clusters are numbered by their first point */
  GArray *nets;                /* ScoreNet, by net */
  GArray *net_pins;            /* guint, into pins */
  guint *box_owners;           /* sheet box of each sheet pin */
  NudgeBoxBins wire_bins;
  NudgeBox *wire_boxes;
} ScoreScene;

#define SCORE_SYMBOL(scene, i) (&g_array_index ((scene)->symbols, ScoreSymbol, i))
#define SCORE_PIN(scene, i) (&g_array_index ((scene)->pins, ScorePin, i))
#define SCORE_TEXT(scene, i) (&g_array_index ((scene)->texts, ScoreText, i))
#define SCORE_NET_PIN(scene, i) (SCORE_PIN (scene, g_array_index ((scene)->net_pins, guint, i)))
#define SCORE_END(scene, i) (&g_array_index ((scene)->ends, ScoreEnd, i))
#define SCORE_POINT(scene, i) (&g_array_index ((scene)->points, ScorePoint, i))

void score_scene_init (ScoreScene *self, const NudgeDrawing *drawing, guint sheet, ScoreTally *tally);
void score_scene_clear (ScoreScene *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ScoreScene, score_scene_clear)
/* Points, ends and clusters; part of score_scene_init(). */
void score_clusters_init (ScoreScene *self);
guint score_find_point (const ScoreScene *self, NudgePoint at);
/* Circuit net of every pin, and the nets; part of score_scene_init(). */
void score_nets_init (ScoreScene *self);

gboolean score_is_ground (const char *name);
guint score_pin_exit (const ScorePin *pin);
/* A part with many pins that is no connector: what people never mirror. */
gboolean score_is_chip (const ScoreSymbol *symbol);
gboolean score_is_connector (const ScoreSymbol *symbol);
/* Length of the part of a-b inside a box, 100 nm. */
gdouble score_inside_length (NudgePoint a, NudgePoint b, const NudgeBox *box);
/* Width and height of what two boxes share; negative: the gap between them. */
NudgePoint score_shared (const NudgeBox *a, const NudgeBox *b);
gdouble score_gap (NudgePoint shared);
/* Smaller by @by on each side, and never inside out. */
NudgeBox score_shrunk (NudgeBox box, gint32 by);

/* --- tally --- */

/* Sums over all sheets: a metric's value is amount / base where a base counts, else amount. */
typedef struct
{
  gdouble amount, base;
} ScoreSum;

struct _ScoreTally
{
  ScoreSum sums[NUDGE_N_METRICS];
  guint n_sheets;
  GArray *airs;                /* gint32: distance of each part to the nearest other */
  GArray *offences;            /* NudgeOffence */
  GStringChunk *strings;
};

/* One offence: counts one, and says where. */
void score_offend (const ScoreScene *scene, NudgeMetric metric, NudgePoint at, const char *first, const char *second);
/* Says where, without counting. */
void score_point_out (const ScoreScene *scene, NudgeMetric metric, NudgePoint at, const char *first, const char *second);

void score_texts (const ScoreScene *scene);
void score_symbols (const ScoreScene *scene);
void score_spacing (const ScoreScene *scene);
void score_wires (const ScoreScene *scene);
void score_wire_gaps (const ScoreScene *scene);
void score_nets (const ScoreScene *scene);
void score_bundles (const ScoreScene *scene);
void score_label_columns (const ScoreScene *scene);
void score_flow (const ScoreScene *scene);
void score_repeats (const ScoreScene *scene);
void score_page (const ScoreScene *scene);

G_END_DECLS
