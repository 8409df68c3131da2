/* router.h: wires, labels and power symbols of one net at a time, on a work sheet. */
#pragma once

#include "drawing/work-sheet.h"

G_BEGIN_DECLS

#define WORK_MAX_TARGETS 12

/* What a search may end at. */
typedef enum
{
  ROUTE_JOIN = 1 << 0,  /* another cluster of the same net */
  ROUTE_MARK = 1 << 1,  /* a place for a label or a power symbol */
  ROUTE_FLAG = 1 << 2,  /* a place for a PWR_FLAG */
} RouteGoal;

typedef struct
{
  guint net;
  RouteGoal goal;
  gint bound;           /* give up at this cost */
  gint mark_cost;       /* of a mark, before what its place adds */
  NudgeBox targets[WORK_MAX_TARGETS]; /* cells; with ROUTE_JOIN alone, a box around each cluster that may be joined */
  guint n_targets;
} RouteQuery;

/* One searched place, valid until the next search. */
typedef struct
{
  gboolean found, joins;
  gint cost;
  gint x, y;
  guint direction;      /* of the mark */
  guint32 state;        /* where the path ends */
  gint mark_cost;       /* of the mark alone */
} RouteResult;

/* The cluster of a net: its nodes, gathered from one of them. */
void work_cluster_collect (WorkSheet *self, gint x, gint y, guint16 net, gboolean *has_mark);
guint work_cluster_size (const WorkSheet *self);
guint32 work_cluster_node (const WorkSheet *self, guint i);
/* Whether a node belongs to the cluster gathered last. */
gboolean work_cluster_holds (const WorkSheet *self, gint x, gint y);
/* Begins a pass: work_cluster_seen() tells which nodes were gathered since. */
void work_cluster_pass (WorkSheet *self);
gboolean work_cluster_seen (const WorkSheet *self, gint x, gint y);

/* From all nodes of the cluster gathered last. */
RouteResult work_route_search (WorkSheet *self, const RouteQuery *query);
void work_route_commit (WorkSheet *self, const RouteQuery *query, const RouteResult *result);

/* A walk over the free nodes round the cluster gathered last, cheapest first: @visit is told node, the direction of
 * arrival and the cost so far, and returns whether to go on from there. */
typedef gboolean (*WorkVisit) (WorkSheet *self, gint x, gint y, guint direction, gint cost, gpointer data);
void work_route_walk (WorkSheet *self, guint net, gint bound, WorkVisit visit, gpointer data);

/* One step back on the path that led to a state of the last search; FALSE at its start. */
gboolean work_route_back (const WorkSheet *self, guint32 *state, gint *x, gint *y);
/* What the search has found out of a node that it has come to: that no mark of its net has room there in a direction. */
gboolean work_route_knows_no_mark (const WorkSheet *self, gsize node, guint direction);
void work_route_note_no_mark (WorkSheet *self, gsize node, guint direction);
/* Lowers @best when a mark of the query's net may stand on that node. */
void work_try_marks (WorkSheet *self, const RouteQuery *query, gint x, gint y, guint direction, gboolean moved, gint cost, RouteResult *best, guint32 state);

/* Whether the body of a power symbol stands between the pins of a part. */
gboolean work_is_in_corner (WorkSheet *self, const NudgeBox *body);

/* The cell of a pin (into WorkSheet.pins) that stands on the sheet and on the grid; FALSE otherwise. */
gboolean work_pin_stands (const WorkSheet *self, guint ref, gint *x, gint *y);
/* Whether a net is small enough to be taken out and drawn as a whole. */
gboolean work_net_is_whole (const WorkNet *net);
/* Removes wires and marks of the cluster gathered last. */
void work_net_clear_cluster (WorkSheet *self, guint net);
void work_net_set_homeless (WorkSheet *self, guint net, gint count);

/* Takes out all wires and marks of a net. */
void work_net_rip (WorkSheet *self, guint net);
/* Takes a wire back from its loose end to the next joint or pin. */
void work_net_trim (WorkSheet *self, gint x, gint y, guint16 net);
/* Gives the cluster at a pin its label or power symbol when it has none; FALSE when there is no place. */
gboolean work_net_mark_at (WorkSheet *self, guint net, gint x, gint y);
/* Draws what is missing of a net: first the wires between its pins, then labels or power symbols. */
void work_net_join (WorkSheet *self, guint net);
void work_net_mark (WorkSheet *self, guint net);
/* Draws the whole ones of several nets: labels that have but one place first, since wires can go round them.
 * Gives up, and returns FALSE, once the sheet costs more than @limit. */
gboolean work_nets_draw (WorkSheet *self, const guint *nets, guint n_nets, gint32 limit);
/* Draws all nets, once every item stands. */
void work_nets_draw_all (WorkSheet *self);
/* Labels that found no place may now stand closer to others and farther off. */
void work_nets_squeeze (WorkSheet *self, const guint *nets, guint n_nets);
void work_nets_squeeze_all (WorkSheet *self);
/* Draws the pins of one item only, of a net that is never drawn whole. */
void work_net_route_item (WorkSheet *self, guint net, guint item);
/* Writes a net's name along its wire, when the program gave it one and nothing says it yet. */
void work_net_name (WorkSheet *self, guint net);
/* Writes it along the wires of the cluster gathered last; FALSE when there is no room. */
gboolean work_cluster_name (WorkSheet *self, guint net);
/* Hangs a PWR_FLAG on a net that is drawn; FALSE when there is no place. */
gboolean work_net_flag (WorkSheet *self, guint net);
gboolean work_net_has_flag (const WorkSheet *self, guint net);
/* Inserts an item with the wires of its nets and its texts. Gives up half-way, and returns FALSE, when the sheet comes to
 * cost clearly more than @limit: for trials. */
gboolean work_insert_within (WorkSheet *self, guint item, gint x, gint y, guint pose, gint32 limit);
void work_insert (WorkSheet *self, guint item, gint x, gint y, guint pose);
/* Takes an item out with the wires of its nets; the other pins of those nets wait for work_net_mark(). */
void work_take_out (WorkSheet *self, guint item);
/* Chooses places for the texts of an item; see fields.c. */
void work_place_fields (WorkSheet *self, guint item);
void work_remove_fields (WorkSheet *self, guint item);
/* Puts the texts of an item where another sheet has them, so many cells away. */
void work_copy_fields (WorkSheet *self, guint item, const WorkItem *from, gint dx, gint dy);
/* What the pose and place of an item cost by themselves: turned power pins, flow, alignment. */
gint32 work_pose_cost (const WorkSheet *self, guint item, gint x, gint y, guint pose);
/* Its two parts: what does not depend on the place, and what does not depend on the item. */
gint32 work_pose_base_cost (const WorkSheet *self, guint item, guint pose);
gint32 work_place_cost (const WorkSheet *self, gint x, gint y);
/* The way the symbol of a power net lies from its pin: 1 up, 3 down. */
guint work_power_direction (const WorkNet *net);

G_END_DECLS
