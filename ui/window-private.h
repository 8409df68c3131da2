/* window-private.h: what the files of the window share. */
#pragma once

#include "base/progress.h"
#include "editor.h"
#include "loader.h"
#include "panels/breadcrumb.h"
#include "panels/inspector.h"
#include "panels/item-list.h"
#include "panels/log-panel.h"
#include "panels/problem-list.h"
#include "panels/score-panel.h"
#include "panels/sheet-tree.h"
#include "settings.h"
#include "window.h"

typedef enum
{
  NUDGE_COMPARE_OFF,
  NUDGE_COMPARE_OPENED,
  NUDGE_COMPARE_EXPORTED,
  NUDGE_COMPARE_DISK,
} NudgeCompareWith;

struct _NudgeWindow
{
  GtkApplicationWindow parent_instance;

  /* from the template */
  GtkLabel *title_label;
  NudgeBreadcrumb *breadcrumb;
  GtkMenuButton *recent_button, *menu_button;
  GtkButton *export_button, *undo_button, *redo_button;
  GtkStack *stack;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkButton *error_action, *error_details;
  GtkPaned *paned, *inspector_paned;
  GtkStack *side_stack;
  GtkWidget *side, *inspector_side;
  NudgeItemList *part_list, *net_list;
  NudgeInspector *inspector;
  NudgeScorePanel *score_panel;
  GtkWidget *arranging;
  GtkLabel *progress_label;
  GMenu *arrangers;
  GMenuModel *context_menu;
  GtkPopover *canvas_menu;
  NudgeSheetTree *sheet_tree;
  NudgeCanvas *canvas;
  GtkToggleButton *problems_button;
  GtkRevealer *problems_revealer;
  NudgeProblemList *problem_list;
  GtkToggleButton *log_button;
  NudgeLogPanel *log_panel;
  GtkRevealer *compare_revealer;
  GtkToggleButton *before_button, *blink_button, *divide_button;
  GtkLabel *compare_label;
  NudgeItemList *change_list;
  GtkInscription *position_label, *inspector_label;
  GtkLabel *grid_label, *zoom_label;
  GtkRevealer *toast_revealer;
  GtkLabel *toast_label;
  GtkButton *toast_action, *toast_kicad;

  /* the document */
  char *error_advice;        /* NULL: there is no more to say than the banner does */
  GPtrArray *error_findings; /* of NudgeDiagnostic; likewise */
  GFile *file;
  NudgeEditor *editor;
  NudgeDrawing *drawing; /* that is shown */
  GPtrArray *diagnostics;
  guint block;
  GArray *visited;   /* guint: sheets in the order in which they were shown */
  guint visit;       /* which of them is shown */
  gboolean choosing; /* in a list: it is not to be changed by what follows from it */

  /* how it is loaded */
  char **symbol_folders;
  char *arranger;
  GCancellable *loading;

  /* how it follows the file */
  GFileMonitor *monitor;
  guint watch_id;
  gboolean watch_again;
  NudgeComparison *changes; /* since the circuit that was read before, or NULL */

  /* how it is kept */
  guint autosave_id;
  gboolean autosaving, autosave_failed, asking;
  gboolean paginating; /* large sheets are being cut, or put together */

  NudgeScore *score, *score_before;
  gboolean scoring;
  guint score_id;

  /* before and after */
  NudgeCompareWith comparing;
  gboolean opening; /* what was opened is not complete yet */
  NudgeDrawing *opened_drawing, *exported_drawing, *exporting_drawing, *disk_drawing;
  GCancellable *disk_reading; /* while the project on disk is read, or NULL */
  NudgeComparison *comparison;
  gboolean showing_before;
  guint blink_id;

  GtkWidget *symbol_dialog;
  guint symbol_part;             /* that it is for, */
  NudgeCircuit *symbol_circuit;  /* in this circuit */

  gboolean exporting, exported;
  NudgeProgress *export_progress; /* while exporting, or NULL */
  guint export_tick_id;
  GtkWidget *export_dialog;
  char *export_folder;  /* of the last export, for the toast and the error bar */
  char *compare_folder; /* of a project that is none of ours, or not yet: nothing is written there */
  guint toast_id;
};

/* window-actions.c */
void nudge_window_add_actions (NudgeWindow *self);
void nudge_window_update_actions (NudgeWindow *self);
void nudge_window_set_enabled (NudgeWindow *self, const char *action, gboolean enabled);
/* window-document.c */
void nudge_window_reload (NudgeWindow *self);
/* The same, when the file may have changed: nothing happens when it has not. */
void nudge_window_follow_file (NudgeWindow *self);
/* Goes through the sheets that were shown before, or after this one. */
void nudge_window_go_back (NudgeWindow *self, gboolean forward);
void nudge_window_show_problem (NudgeWindow *self, const NudgeDiagnostic *diagnostic);
/* window-edit.c */
void nudge_window_add_edit_actions (NudgeWindow *self);
void nudge_window_update_edit_actions (NudgeWindow *self);
void nudge_window_moved (NudgeWindow *self, int dx, int dy, gboolean done);
guint nudge_window_get_net (NudgeWindow *self);
/* window-pages.c */
void nudge_window_add_page_actions (NudgeWindow *self);
void nudge_window_update_page_actions (NudgeWindow *self);
/* window-pins.c: FALSE when no pins of a sheet box are chosen. */
gboolean nudge_window_move_pins (NudgeWindow *self, int dx, int dy, gboolean done);
gboolean nudge_window_step_pins (NudgeWindow *self, int dx, int dy);
void nudge_window_add_pin_actions (NudgeWindow *self);
void nudge_window_update_pin_actions (NudgeWindow *self);
/* window-layout.c */
gboolean nudge_window_save (NudgeWindow *self);
void nudge_window_schedule_autosave (NudgeWindow *self);
void nudge_window_keep_unsaved (NudgeWindow *self);
gboolean nudge_window_close_request (GtkWindow *window);
void nudge_window_place_selected (NudgeWindow *self, NudgePoint at);
/* window-panels.c */
void nudge_window_fill_panels (NudgeWindow *self);
void nudge_window_update_panels (NudgeWindow *self);
void nudge_window_select_parts (NudgeWindow *self, const GArray *parts);
void nudge_window_show_net (NudgeWindow *self, guint net);
void nudge_window_on_parts_chosen (NudgeItemList *list, gpointer data);
void nudge_window_on_nets_chosen (NudgeItemList *list, gpointer data);
void nudge_window_on_net_chosen (NudgeInspector *inspector, guint net, gpointer data);
guint nudge_window_get_part (NudgeWindow *self, const NudgeDrawnSheet *drawn, guint symbol);
/* window-watch.c */
void nudge_window_watch (NudgeWindow *self);
void nudge_window_stop_watching (NudgeWindow *self);
void nudge_window_loading_done (NudgeWindow *self);
void nudge_window_show_halos (NudgeWindow *self);
/* window-state.c */
void nudge_window_restore_state (NudgeWindow *self);
void nudge_window_save_state (NudgeWindow *self);
/* Where a person looks at the document that is open, and where he looked when it was closed. */
void nudge_window_save_view (NudgeWindow *self);
void nudge_window_restore_view (NudgeWindow *self);
/* window-score.c */
void nudge_window_update_score (NudgeWindow *self);
/* From now on changes are told against the score of now. */
void nudge_window_restart_score (NudgeWindow *self);
void nudge_window_clear_score (NudgeWindow *self);
void nudge_window_on_offence_activated (NudgeScorePanel *panel, guint index, gpointer data);
/* window-compare.c */
void nudge_window_compare (NudgeWindow *self, NudgeCompareWith with);
void nudge_window_update_compare (NudgeWindow *self);
void nudge_window_show_after (NudgeWindow *self);
void nudge_window_clear_compare (NudgeWindow *self);
void nudge_window_on_before_toggled (GtkToggleButton *button, gpointer data);
void nudge_window_on_blink_toggled (GtkToggleButton *button, gpointer data);
void nudge_window_on_changes_chosen (NudgeItemList *list, gpointer data);
/* The sheet left of the handle, when the canvas is divided. */
void nudge_window_update_divided (NudgeWindow *self);
void nudge_window_on_divide_toggled (GtkToggleButton *button, gpointer data);
/* window-disk.c: the project that the last export wrote, or one that the person chooses, as it is now. */
void nudge_window_read_disk (NudgeWindow *self);
void nudge_window_forget_disk (NudgeWindow *self);
/* window-progress.c */
void nudge_window_update_progress (NudgeWindow *self);
void nudge_window_add_escape (NudgeWindow *self);
/* window-log.c */
void nudge_window_log (NudgeWindow *self, NudgeSeverity severity, const char *format, ...) G_GNUC_PRINTF (3, 4);
void nudge_window_log_opened (NudgeWindow *self, const NudgeCircuit *circuit, gboolean again);
void nudge_window_add_log_actions (NudgeWindow *self);
void nudge_window_on_lower_toggled (GtkToggleButton *button, gpointer data);
/* window-symbols.c */
void nudge_window_replace_symbol (NudgeWindow *self);
/* window-export.c */
void nudge_window_export (NudgeWindow *self);
/* Puts the path that a chooser ended with in the place of @folder; FALSE when the person thought better of it. */
gboolean nudge_window_take_folder (GAsyncResult *result, char **folder);
void nudge_window_replace (NudgeWindow *self);
void nudge_window_open_folder (NudgeWindow *self);
/* Whether there is a KiCad to open a project in. */
gboolean nudge_window_has_kicad (void);
void nudge_window_open_kicad (NudgeWindow *self);
void nudge_window_save_pdf (NudgeWindow *self);
/* window.c */
void nudge_window_show_error (NudgeWindow *self, const char *message, gboolean may_replace);
/* What can be done about the error that is shown, and all that was found on the way to it. */
void nudge_window_explain_error (NudgeWindow *self, const char *advice, GPtrArray *findings);
void nudge_window_show_error_details (NudgeWindow *self);
void nudge_window_hide_error (NudgeWindow *self);
void nudge_window_show_toast (NudgeWindow *self, const char *message, gboolean with_folder);
void nudge_window_update_title (NudgeWindow *self);
void nudge_window_update_status (NudgeWindow *self);
