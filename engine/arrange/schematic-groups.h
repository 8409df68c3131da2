/* schematic-groups.h: which parts of a sheet are drawn together, and where the groups stand on the page. */
#pragma once

#include "arrange/schematic-flow.h"
#include "drawing/work-routes.h"

G_BEGIN_DECLS

typedef enum
{
  GROUP_GROWN,                 /* parts tied by signals */
  GROUP_BANK,                  /* parts between the same two rails, in a row */
  GROUP_ROW,                   /* parts that nothing ties to others, in a row */
  GROUP_CHAIN,                 /* equal parts that hand a signal on, in rows */
  GROUP_FLAGS,                 /* the PWR_FLAGs of rails */
} GroupKind;

/* A label that other groups have as well. */
typedef struct
{
  guint net;                   /* of the plan sheet */
  gint x, y;                   /* cells, on the sheet of the group */
  guint direction;
  gint reach;                  /* cells that the label takes */
} SchematicPort;

/* One way to draw a group. */
typedef struct
{
  WorkSheet *work;
  NudgeBox extent;             /* cells, on its own sheet */
  GArray *ports;               /* SchematicPort */
} SchematicVariant;

typedef struct
{
  GroupKind kind;
  guint *elements;
  guint n_elements;
  WorkSheet *work;             /* of the variant that is drawn */
  GArray *variants;            /* SchematicVariant: between them the page decides */
  gboolean stamped;            /* drawn as its copies are */
  guint series;                /* one of several copies, or all of them in line; 0: none */
  gboolean fixed;              /* its place is given: its own sheet is the page */
  GArray *taken;               /* NudgeBox, cells: what a fixed one takes of the page; else NULL */
  NudgeBox extent;             /* of that variant */
  gint x, y;                   /* cells: top left of the extent on the page */
  gint rank;                   /* order on the page, from left to right */
  const char *frame;           /* the circuit's name for it, or NULL */
  gint depth;                  /* in the flow, in eighths; -1: unknown */
  gboolean loose;              /* shares no labels with others on the page */
  gint stage;                  /* of a loose one among those that feed each other */
} SchematicGroup;

/* (element-type SchematicPort): of the variant that is drawn. */
static inline const GArray *
schematic_group_ports (const SchematicGroup *group)
{
  for (guint i = 0; i < group->variants->len; i++)
    if (g_array_index (group->variants, SchematicVariant, i).work == group->work)
      return g_array_index (group->variants, SchematicVariant, i).ports;
  g_assert_not_reached ();
}

/* (element-type SchematicGroup) (transfer full): every element in one group. */
GPtrArray *schematic_groups_new (const WorkModel *model, const SchematicFlow *flow);
void schematic_group_free (SchematicGroup *self);
SchematicGroup *schematic_group_new (GroupKind kind, const guint *elements, guint n_elements);

/* Draws a bank or a row: see schematic-bank.c. */
void schematic_draw_bank (const WorkModel *model, SchematicGroup *group);
void schematic_draw_row (const WorkModel *model, SchematicGroup *group);
void schematic_draw_chain (const WorkModel *model, SchematicGroup *group);
/* Chains of the model's elements; those in one are marked in @apart. See schematic-chain.c. */
void schematic_find_chains (const WorkModel *model, gboolean *apart, GPtrArray *groups);
/* Fragments that repeat on the sheet, each a group of its own, those of a series in the order in which they are tied to a
 * large part; those in one are marked in @apart. See schematic-series.c. */
void schematic_find_series (const WorkModel *model, gboolean *apart, GPtrArray *groups);
/* Makes one group of the copies of each series, once they are drawn: in columns or rows of equal steps. */
void schematic_line_up (const WorkModel *model, GPtrArray *groups);
/* Draws the flags of rails that are not yet @flagged (by net of the plan sheet): NULL when there are none. */
SchematicGroup *schematic_draw_flags (const WorkModel *model, const gint *flagged);

/* Of a sheet on which something is locked: takes the drawn groups that hold it out of @groups and makes one of them
 * whose place is given. See schematic-locked.c. (transfer full) */
gboolean schematic_has_locks (const WorkModel *model);
SchematicGroup *schematic_unite_locked (const WorkModel *model, GPtrArray *groups);
/* Lists what a fixed group takes of the page. */
void schematic_take_room (SchematicGroup *group);

/* Keeps the frame and the title block of a page free. */
void schematic_close_margins (WorkSheet *work);

/* The groups where they stand, as one sheet with an item for each of the model's elements; flags are not among them,
 * but their places are closed. NULL when something stands beyond the paper. See schematic-page.c. (transfer full) */
WorkSheet *schematic_page_new (const WorkModel *model, GPtrArray *groups, NudgePaper paper);
/* What is drawn on one sheet, and where it comes to stand on another. */
typedef struct
{
  const WorkSheet *work;
  const guint *items;          /* of the other, by item */
  gint dx, dy;
} SchematicGuest;
void schematic_bring (WorkSheet *page, guint n_plan_nets, const SchematicGuest *guests, guint n);
/* Draws a group round a connector once more for each way in which that may stand: see schematic-turn.c. */
typedef WorkSheet *(*SchematicDraw) (const WorkModel *model, const SchematicGroup *group, WorkSheet *work, gpointer user_data);
void schematic_turn (const WorkModel *model, SchematicGroup *group, SchematicDraw draw, gpointer user_data);
void schematic_add_variant (SchematicGroup *group, WorkSheet *work);
/* Replaces labels by wires where a reader would follow them: see schematic-join.c. What leads from parts of the same
 * series (by item; 0: none) to one other part is decided together. */
void schematic_join (WorkSheet *page, const guint *series);
/* Takes the labels of some nets (by net of the plan sheet) away. */
void schematic_strip (WorkSheet *work, const gboolean *nets);

/* The paper to try after one, from A4 on: each lying, then standing. */
NudgePaper schematic_next_paper (NudgePaper paper);
/* Chooses variants, gives the groups their places and returns the paper that holds them. */
NudgePaper schematic_pack (GPtrArray *groups);
/* Sets the rows anew about groups whose places are known; FALSE when they do not fit. */
gboolean schematic_settle (GPtrArray *groups, NudgePaper paper);
/* Takes the labels of @wired nets (by net of the plan sheet) away and the groups closer together. */
void schematic_tighten (GPtrArray *groups, const gboolean *wired);

G_END_DECLS
