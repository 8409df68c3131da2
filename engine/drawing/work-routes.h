/* work-routes.h: how one sheet was drawn: wires, labels, power symbols and texts, as a value that a layout carries. */
#pragma once

#include "drawing/sheet-builder.h"
#include "drawing/work-model.h"
#include "layout/routes.h"
#include "layout/sheet-pins.h"

G_BEGIN_DECLS

typedef struct
{
  guint net;                   /* into NudgePlanSheet.nets, as everywhere here */
  NudgePoint a, b;
} RoutedWire;

typedef struct
{
  guint net;
  NudgePoint at;
} RoutedJunction;

typedef struct
{
  guint net;
  guint kind;                  /* WorkMarkKind */
  gint x, y;                   /* cells */
  guint direction;
} RoutedMark;

typedef struct
{
  NudgePose pose;
  NudgePoint field_at[2];
  guint8 field_align[2];       /* WorkFieldAlign */
} RoutedUnit;

typedef struct
{
  NudgeBox box;
  NudgePoint *pins;
  guint8 *sides;
  NudgeSheetPins *wishes;      /* that they were placed by, or NULL */
  guint n_pins;
} RoutedBox;

struct _NudgeRoutes
{
  gatomicrefcount refs;
  RoutedUnit *units;           /* of the sheet's first block, in order */
  guint n_units;
  RoutedBox *boxes;
  guint n_boxes;
  GArray *wires, *junctions, *marks;
  GArray *forced;              /* guint: terminals that carry their label themselves, for want of a place */
  gboolean stale;              /* from a file that says something else than the sheet: only what still fits is taken */
  gint32 cost;
  WorkEffort effort;           /* that it took */
};

NudgeRoutes *work_routes_new (const NudgePlanSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeRoutes, nudge_routes_unref)

/* Adds what a work sheet holds, moved by so many cells. @elements are the model's for its items. */
void work_routes_add_sheet (NudgeRoutes *self, const WorkModel *model, WorkSheet *sheet, const guint *elements, gint dx, gint dy);
/* The same drawing of another sheet; @elements, @nets: its own, by those of the first. (transfer full) */
NudgeRoutes *work_routes_map (const NudgeRoutes *self, const NudgePlanSheet *from, const NudgePlanSheet *to, const guint *elements, const guint *nets);
/* The order does not tell how it was found: equal drawings are equal to the last mark. */
void work_routes_sort (NudgeRoutes *self);
/* The boxes where the layout says. */
void work_routes_place_boxes (NudgeRoutes *self, const NudgePlan *plan, const NudgePlanSheet *sheet);
/* Box in cells of all that stands on a work sheet. */
NudgeBox work_sheet_extent (const WorkSheet *sheet);
/* Whether everything still stands where it did. */
gboolean work_routes_match (const NudgeRoutes *self, const NudgePlan *plan, const NudgePlanSheet *sheet);
/* (transfer full): as the sheet is drawn: those that the layout has when they match, else what becomes of them. */
NudgeRoutes *work_routes_now (const NudgePlan *plan, const NudgePlanSheet *sheet);
void work_routes_emit (const NudgeRoutes *self, NudgeSheetBuilder *builder);
/* A sheet with everything where the layout says; of @known (nullable), an earlier drawing, what can stay is kept. */
NudgeRoutes *work_routes_from_layout (const NudgePlan *plan, const NudgePlanSheet *sheet, const NudgeRoutes *known);
/* Draws what is missing on a sheet whose items stand; of @known (nullable), an earlier drawing, what can stay is kept. */
void work_redraw (WorkSheet *work, const NudgeRoutes *known);
/* Puts the texts of an item back where they were; FALSE when something else stands there now. */
gboolean work_restore_fields (WorkSheet *self, guint item, const RoutedUnit *unit);

G_END_DECLS
