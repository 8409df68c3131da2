/* session.h: the steps of a run, for languages that can neither append to a list of C nor index one of its arrays. */
#pragma once

#include "arrange/arrange.h"
#include "project/export.h"

G_BEGIN_DECLS

/**
 * NudgeSession:
 *
 * Collects what its steps find. One thread at a time may use it; several sessions are independent.
 */
typedef struct _NudgeSession NudgeSession;

#define NUDGE_TYPE_SESSION (nudge_session_get_type ())
NUDGE_API GType nudge_session_get_type (void) G_GNUC_CONST;
NUDGE_API NudgeSession *nudge_session_new (void);
NUDGE_API NudgeSession *nudge_session_ref (NudgeSession *self);
NUDGE_API void nudge_session_unref (NudgeSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSession, nudge_session_unref)

NUDGE_API guint nudge_session_get_n_findings (const NudgeSession *self);
NUDGE_API NudgeDiagnostic *nudge_session_get_finding (const NudgeSession *self, guint index);

NUDGE_API NudgeCircuit *nudge_session_read_file (NudgeSession *self, const char *path, GError **error);
NUDGE_API NudgeCircuit *nudge_session_read_bytes (NudgeSession *self, GBytes *bytes, const char *base_dir, GError **error);
NUDGE_API NudgeLayout *nudge_session_arrange (NudgeSession *self, NudgeCircuit *circuit, NudgeLibrary *library, NudgeDialect dialect,
                                              const char *arranger, GCancellable *cancellable, GError **error);
NUDGE_API NudgeDrawing *nudge_session_draw (NudgeSession *self, NudgeLayout *layout, GError **error);
NUDGE_API gboolean nudge_session_prove (NudgeSession *self, NudgeDrawing *drawing, GError **error);
/* Makes the files of a project, in memory, for the three functions that follow. */
NUDGE_API gboolean nudge_session_make_files (NudgeSession *self, NudgeDrawing *drawing, GError **error);
NUDGE_API guint nudge_session_get_n_files (const NudgeSession *self);
NUDGE_API const char *nudge_session_get_file_name (const NudgeSession *self, guint index);
NUDGE_API GBytes *nudge_session_get_file_bytes (const NudgeSession *self, guint index);
NUDGE_API char **nudge_session_export (NudgeSession *self, NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags, GError **error);

NUDGE_API char **nudge_arranger_names (void);

/* One element of an array; NULL beyond its end. All belong to the value that they are asked of. */
NUDGE_API const NudgeBlock *nudge_circuit_get_block (const NudgeCircuit *self, guint index);
NUDGE_API const NudgePart *nudge_circuit_get_part (const NudgeCircuit *self, guint index);
NUDGE_API const NudgeCircuitPin *nudge_circuit_get_pin (const NudgeCircuit *self, guint index);
NUDGE_API const NudgeNet *nudge_circuit_get_net (const NudgeCircuit *self, guint index);
NUDGE_API const NudgeNode *nudge_circuit_get_node (const NudgeCircuit *self, guint index);
NUDGE_API const NudgeField *nudge_circuit_get_field (const NudgeCircuit *self, guint index);
NUDGE_API const NudgeUnit *nudge_layout_get_unit (const NudgeLayout *self, guint index);
NUDGE_API const NudgePlacement *nudge_layout_get_placement (const NudgeLayout *self, guint index);
NUDGE_API const NudgeDrawnSheet *nudge_drawing_get_sheet (const NudgeDrawing *self, guint index);
NUDGE_API const NudgeSymbolPin *nudge_symbol_get_pin (const NudgeSymbol *self, guint index);
NUDGE_API const NudgeSymbolField *nudge_symbol_get_field (const NudgeSymbol *self, guint index);

G_END_DECLS
