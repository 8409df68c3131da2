/* schematic-groups.h: which parts of a sheet are drawn together, and where the groups stand on the page. */
#pragma once

#include "drawing/work-model.h"
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

typedef struct
{
  GroupKind kind;
  guint *elements;
  guint n_elements;
  WorkSheet *work;
  gboolean stamped;            /* drawn as its copies are */
  NudgeBox extent;             /* cells, on its own sheet */
  gint x, y;                   /* cells: top left of the extent on the page */
  gint rank;                   /* order on the page, from left to right */
} SchematicGroup;

/* (element-type SchematicGroup) (transfer full): every element in one group. */
GPtrArray *schematic_groups_new (const WorkModel *model);
void schematic_group_free (SchematicGroup *self);
SchematicGroup *schematic_group_new (GroupKind kind, const guint *elements, guint n_elements);

/* Draws a bank or a row: see schematic-bank.c. */
void schematic_draw_bank (const WorkModel *model, SchematicGroup *group);
void schematic_draw_row (const WorkModel *model, SchematicGroup *group);
void schematic_draw_chain (const WorkModel *model, SchematicGroup *group);
/* Chains of the model's elements; those in one are marked in @apart. See schematic-chain.c. */
void schematic_find_chains (const WorkModel *model, gboolean *apart, GPtrArray *groups);
/* Draws the flags of rails that are not yet @flagged (by net of the plan sheet): NULL when there are none. */
SchematicGroup *schematic_draw_flags (const WorkModel *model, const gboolean *flagged);

/* Sheets on which something is locked: see schematic-locked.c. @paper grows as it must. (transfer full) */
gboolean schematic_has_locks (const WorkModel *model);
WorkSheet *schematic_draw_locked (const WorkModel *model, NudgePaper *paper);

/* Gives the groups their places and returns the paper that holds them. */
NudgePaper schematic_pack (GPtrArray *groups);

G_END_DECLS
