#include "project/session.h"

#include "library/library.h"

struct _NudgeSession
{
  gatomicrefcount refs;
  GPtrArray *findings;
  GPtrArray *files;            /* NudgeFile; NULL before they are made */
};

G_DEFINE_BOXED_TYPE (NudgeSession, nudge_session, nudge_session_ref, nudge_session_unref)

/**
 * nudge_session_new:
 *
 * Returns: (transfer full): a session that has found nothing yet
 */
NudgeSession *
nudge_session_new (void)
{
  NudgeSession *self = g_new0 (NudgeSession, 1);

  g_atomic_ref_count_init (&self->refs);
  self->findings = nudge_diagnostics_new ();
  return self;
}

/**
 * nudge_session_ref:
 * @self: a session
 *
 * Returns: (transfer full): the same session, with one more owner
 */
NudgeSession *
nudge_session_ref (NudgeSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * nudge_session_unref:
 * @self: (transfer full): a session
 *
 * Gives up one ownership.
 */
void
nudge_session_unref (NudgeSession *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->findings);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

/**
 * nudge_session_get_n_findings:
 * @self: a session
 *
 * Returns: how much it has found so far
 */
guint
nudge_session_get_n_findings (const NudgeSession *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->findings->len;
}

/**
 * nudge_session_get_finding:
 * @self: a session
 * @index: from 0
 *
 * Returns: (transfer full) (nullable): the finding, or %NULL beyond the last
 */
NudgeDiagnostic *
nudge_session_get_finding (const NudgeSession *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->findings->len ? nudge_diagnostic_copy (self->findings->pdata[index]) : NULL;
}

/**
 * nudge_session_read_file:
 * @self: a session
 * @path: (type filename): circuit JSON
 * @error: return location for an error
 *
 * Returns: (transfer full): what nudge_circuit_read_file() returns
 */
NudgeCircuit *
nudge_session_read_file (NudgeSession *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL && path != NULL, NULL);
  return nudge_circuit_read_file (path, self->findings, error);
}

/**
 * nudge_session_read_bytes:
 * @self: a session
 * @bytes: circuit JSON
 * @base_dir: (nullable) (type filename): folder that images are named from
 * @error: return location for an error
 *
 * Returns: (transfer full): what nudge_circuit_read_bytes() returns
 */
NudgeCircuit *
nudge_session_read_bytes (NudgeSession *self, GBytes *bytes, const char *base_dir, GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, NULL);
  return nudge_circuit_read_bytes (bytes, base_dir, self->findings, error);
}

/**
 * nudge_session_arrange:
 * @self: a session
 * @circuit: what is connected
 * @library: where its symbols are looked up
 * @dialect: whose drawing it is to be
 * @arranger: (nullable): name of an arranger, or %NULL for the dialect's own
 * @cancellable: (nullable): to stop early
 * @error: return location for an error
 *
 * Places everything anew.
 *
 * Returns: (transfer full): the layout, or %NULL as nudge_arrange()
 */
NudgeLayout *
nudge_session_arrange (NudgeSession *self, NudgeCircuit *circuit, NudgeLibrary *library, NudgeDialect dialect, const char *arranger,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) layout = NULL;
  NudgeLayout *arranged;

  g_return_val_if_fail (self != NULL && circuit != NULL, NULL);
  g_return_val_if_fail (NUDGE_IS_LIBRARY (library), NULL);

  layout = nudge_layout_new (circuit, library, self->findings);
  layout->dialect = dialect;
  arranged = nudge_arrange (layout, arranger != NULL ? arranger : nudge_dialect_arranger (dialect), self->findings, cancellable, error);
  nudge_library_take_diagnostics (library, self->findings);
  return arranged;
}

/**
 * nudge_session_draw:
 * @self: a session
 * @layout: where things stand
 * @error: return location for an error
 *
 * Returns: (transfer full): what nudge_draw() returns
 */
NudgeDrawing *
nudge_session_draw (NudgeSession *self, NudgeLayout *layout, GError **error)
{
  g_return_val_if_fail (self != NULL && layout != NULL, NULL);
  return nudge_draw (layout, self->findings, error);
}

/**
 * nudge_session_prove:
 * @self: a session
 * @drawing: what is to be proven
 * @error: return location for an error
 *
 * Returns: what nudge_prove() returns
 */
gboolean
nudge_session_prove (NudgeSession *self, NudgeDrawing *drawing, GError **error)
{
  g_return_val_if_fail (self != NULL && drawing != NULL, FALSE);
  return nudge_prove (drawing, self->findings, error);
}

/**
 * nudge_session_make_files:
 * @self: a session
 * @drawing: what is to be written
 * @error: return location for an error
 *
 * Proves the drawing and makes every file of its project, in memory. They replace those made before.
 *
 * Returns: %TRUE on success; else %FALSE as nudge_project_files()
 */
gboolean
nudge_session_make_files (NudgeSession *self, NudgeDrawing *drawing, GError **error)
{
  g_return_val_if_fail (self != NULL && drawing != NULL, FALSE);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = nudge_project_files (drawing, NULL, self->findings, NULL, error);
  return self->files != NULL;
}

/**
 * nudge_session_get_n_files:
 * @self: a session
 *
 * Returns: number of files made
 */
guint
nudge_session_get_n_files (const NudgeSession *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->files == NULL ? 0 : self->files->len;
}

/**
 * nudge_session_get_file_name:
 * @self: a session
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): name of the file inside its project's folder, or %NULL beyond the last
 */
const char *
nudge_session_get_file_name (const NudgeSession *self, guint index)
{
  return index < nudge_session_get_n_files (self) ? ((const NudgeFile *) self->files->pdata[index])->name : NULL;
}

/**
 * nudge_session_get_file_bytes:
 * @self: a session
 * @index: from 0
 *
 * Returns: (transfer full) (nullable): its contents, or %NULL beyond the last
 */
GBytes *
nudge_session_get_file_bytes (const NudgeSession *self, guint index)
{
  return index < nudge_session_get_n_files (self) ? g_bytes_ref (((const NudgeFile *) self->files->pdata[index])->bytes) : NULL;
}

/**
 * nudge_session_export:
 * @self: a session
 * @drawing: what is to be written
 * @folder: (type filename): where; made when missing
 * @flags: what to override
 * @error: return location for an error
 *
 * Proves the drawing and writes its project, all of it or none.
 *
 * Returns: (transfer full) (array zero-terminated=1): names of the files that were new or changed, or %NULL as
 *   nudge_project_export()
 */
char **
nudge_session_export (NudgeSession *self, NudgeDrawing *drawing, const char *folder, NudgeExportFlags flags, GError **error)
{
  GPtrArray *written = NULL;

  g_return_val_if_fail (self != NULL && drawing != NULL && folder != NULL, NULL);
  if (!nudge_project_export (drawing, folder, flags, self->findings, &written, NULL, error))
    return NULL;
  /* The array's own function would free the names. */
  g_ptr_array_set_free_func (written, NULL);
  g_ptr_array_add (written, NULL);
  return (char **) g_ptr_array_free (written, FALSE);
}

/**
 * nudge_arranger_names:
 *
 * Returns: (transfer full) (array zero-terminated=1): names of all arrangers, the default one first
 */
char **
nudge_arranger_names (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (const NudgeArranger *const *arranger = nudge_arrangers (); *arranger != NULL; arranger++)
    g_strv_builder_add (names, (*arranger)->name);
  return g_strv_builder_end (names);
}

/**
 * nudge_circuit_get_block:
 * @self: a circuit
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the circuit of the tree, or %NULL beyond the last
 */
const NudgeBlock *
nudge_circuit_get_block (const NudgeCircuit *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_blocks ? &self->blocks[index] : NULL;
}

/**
 * nudge_circuit_get_part:
 * @self: a circuit
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the part, or %NULL beyond the last
 */
const NudgePart *
nudge_circuit_get_part (const NudgeCircuit *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_parts ? &self->parts[index] : NULL;
}

/**
 * nudge_circuit_get_pin:
 * @self: a circuit
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the pin, or %NULL beyond the last
 */
const NudgeCircuitPin *
nudge_circuit_get_pin (const NudgeCircuit *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_pins ? &self->pins[index] : NULL;
}

/**
 * nudge_circuit_get_net:
 * @self: a circuit
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the net, or %NULL beyond the last
 */
const NudgeNet *
nudge_circuit_get_net (const NudgeCircuit *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_nets ? &self->nets[index] : NULL;
}

/**
 * nudge_circuit_get_node:
 * @self: a circuit
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the pin that is connected, or %NULL beyond the last
 */
const NudgeNode *
nudge_circuit_get_node (const NudgeCircuit *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_nodes ? &self->nodes[index] : NULL;
}

/**
 * nudge_circuit_get_field:
 * @self: a circuit
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the field, or %NULL beyond the last
 */
const NudgeField *
nudge_circuit_get_field (const NudgeCircuit *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_fields ? &self->fields[index] : NULL;
}

/**
 * nudge_layout_get_unit:
 * @self: a layout
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the unit, or %NULL beyond the last
 */
const NudgeUnit *
nudge_layout_get_unit (const NudgeLayout *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_units ? &self->units[index] : NULL;
}

/**
 * nudge_layout_get_placement:
 * @self: a layout
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the placement, by unit, or %NULL beyond the last
 */
const NudgePlacement *
nudge_layout_get_placement (const NudgeLayout *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_units ? &self->placements[index] : NULL;
}

/**
 * nudge_drawing_get_sheet:
 * @self: a drawing
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the sheet, or %NULL beyond the last
 */
const NudgeDrawnSheet *
nudge_drawing_get_sheet (const NudgeDrawing *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_sheets ? &self->sheets[index] : NULL;
}

/**
 * nudge_symbol_get_pin:
 * @self: a symbol
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the pin, or %NULL beyond the last
 */
const NudgeSymbolPin *
nudge_symbol_get_pin (const NudgeSymbol *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_pins ? &self->pins[index] : NULL;
}

/**
 * nudge_symbol_get_field:
 * @self: a symbol
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): the field, or %NULL beyond the last
 */
const NudgeSymbolField *
nudge_symbol_get_field (const NudgeSymbol *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->n_fields ? &self->fields[index] : NULL;
}
