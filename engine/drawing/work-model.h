/* work-model.h: what a plan sheet is made of, as items that work sheets are filled from. */
#pragma once

#include "drawing/work-sheet.h"

G_BEGIN_DECLS

/* Elements are the units of the sheet's block, then its boxes. */
typedef struct
{
  const NudgePlan *plan;
  const NudgePlanSheet *sheet;
  guint n_elements, n_units;
  WorkShape **shapes;          /* by element; shared */
  GPtrArray *owned;            /* the shapes, each once */
  guint *first;                /* n_elements + 1, into terminals */
  guint *terminals;            /* into NudgePlanSheet.terminals, by element */
  guint8 *roles;               /* WorkRole by element */
  struct _WorkBoxPlace *boxes; /* by box: see work-boxes.h */
  GCancellable *run;           /* not owned; or NULL: work sheets made of the model watch it */
  gboolean quick;              /* and are drawn quickly */
  gint32 *label_widths;        /* by net of the plan sheet */
  gint32 *reference_widths;    /* by unit */
  gint16 *depths;              /* place in the flow by element, -1 unknown */
} WorkModel;

WorkModel *work_model_new (const NudgePlan *plan, const NudgePlanSheet *sheet);
void work_model_free (WorkModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkModel, work_model_free)

/* Makes room for the texts of another sheet that is drawn alike; @elements and @nets: its own, by those of the model. */
void work_model_widen (WorkModel *self, const NudgePlanSheet *other, const guint *elements, const guint *nets);
/* A work sheet for some of the elements, not opened yet. Nets with pins elsewhere are `outside`. */
WorkSheet *work_model_sheet (const WorkModel *self, const guint *elements, guint n_elements);
void work_model_describe_net (const WorkModel *self, guint plan_net, WorkNet *net);
/* Whether people hang a net of that name below. */
gboolean work_model_is_ground_name (const char *name);
/* Element of a terminal. */
guint work_model_element (const WorkModel *self, const NudgePlanTerminal *terminal);
const char *work_model_reference (const WorkModel *self, guint element);
/* Nets with more pins than this are not followed when parts are grouped. */
#define WORK_MAX_FAN 8

G_END_DECLS
