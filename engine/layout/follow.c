#include "layout/follow.h"

#include "base/limits.h"
#include "layout/follow-match.h"
#include "layout/layout-file.h"
#include "layout/layout-records.h"
#include "layout/routes.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (NudgeFollow, nudge_follow, nudge_follow_ref, nudge_follow_unref)

NudgeFollow *
nudge_follow_ref (NudgeFollow *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_follow_unref (NudgeFollow *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_string_chunk_free (self->strings);
  g_free (self->entries);
  g_free (self);
}

/* --- the report --- */

static void
add_entry (NudgeFollow *self, NudgeFollowKind kind, guint part, const char *old_path, const char *new_path)
{
  guint *counts[] = { &self->n_kept, &self->n_renamed, &self->n_moved, &self->n_new, &self->n_gone };

  self->entries[self->n_entries++] = (NudgeFollowEntry){ kind, part, g_string_chunk_insert_const (self->strings, old_path),
                                                         g_string_chunk_insert_const (self->strings, new_path) };
  (*counts[kind])++;
}

static NudgeFollow *
make_report (const NudgeMatch *match, const NudgeCircuit *circuit)
{
  NudgeFollow *self = g_new0 (NudgeFollow, 1);

  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (1024);
  self->entries = g_new (NudgeFollowEntry, circuit->n_parts + match->n_olds + 1);
  for (guint i = 0; i < circuit->n_parts; i++)
    {
      const NudgeOldPart *old = match->old_of_part[i] != NUDGE_NONE ? &match->olds[match->old_of_part[i]] : NULL;
      g_autofree char *path = nudge_circuit_part_path (circuit, i);
      NudgeFollowKind kind = NUDGE_FOLLOW_NEW;

      if (old != NULL && g_str_equal (old->path, path))
        kind = NUDGE_FOLLOW_KEPT;
      else if (old != NULL)
        kind = nudge_old_part_is_in (old, circuit->blocks[circuit->parts[i].block].path) ? NUDGE_FOLLOW_RENAMED : NUDGE_FOLLOW_MOVED;
      add_entry (self, kind, i, old != NULL ? old->path : "", path);
    }
  for (guint i = 0; i < match->n_olds; i++)
    if (match->olds[i].part == NUDGE_NONE)
      add_entry (self, NUDGE_FOLLOW_GONE, NUDGE_NONE, match->olds[i].path, "");
  return self;
}

static void
say (const NudgeFollowEntry *entry, const NudgeCircuit *circuit, GPtrArray *diagnostics)
{
  NudgeDiagnostic *said = NULL;

  switch (entry->kind)
    {
    case NUDGE_FOLLOW_KEPT:
      return;
    case NUDGE_FOLLOW_RENAMED:
      said = nudge_diagnostics_add (diagnostics, NUDGE_CODE_PART_RENAMED, "%s is %s now", entry->old_path, entry->new_path);
      break;
    case NUDGE_FOLLOW_MOVED:
      said = nudge_diagnostics_add (diagnostics, NUDGE_CODE_PART_MOVED, "%s has become %s", entry->old_path, entry->new_path);
      break;
    case NUDGE_FOLLOW_NEW:
      said = nudge_diagnostics_add (diagnostics, NUDGE_CODE_PART_NEW, "%s is new", entry->new_path);
      break;
    case NUDGE_FOLLOW_GONE:
      said = nudge_diagnostics_add (diagnostics, NUDGE_CODE_PART_GONE, "%s is gone", entry->old_path);
      break;
    }
  if (entry->part == NUDGE_NONE)
    return;
  nudge_diagnostic_set_subject (said, circuit->parts[entry->part].reference);
  nudge_diagnostic_set_sheet (said, circuit->blocks[circuit->parts[entry->part].block].path);
}

static void
say_all (const NudgeFollow *self, const NudgeCircuit *circuit, GPtrArray *diagnostics)
{
  guint n_said = 0, n_changes = self->n_entries - self->n_kept;

  for (guint i = 0; i < self->n_entries && n_said < NUDGE_MAX_FINDINGS; i++)
    if (self->entries[i].kind != NUDGE_FOLLOW_KEPT)
      {
        say (&self->entries[i], circuit, diagnostics);
        n_said++;
      }
  if (n_changes > n_said)
    nudge_diagnostics_add (diagnostics, NUDGE_CODE_MORE_FINDINGS, "%u more parts have changed since the layout was saved", n_changes - n_said);
}

/* --- the layout --- */

typedef struct
{
  NudgeLayout *layout;
  const NudgeLayoutFile *file;
  const NudgeMatch *match;
  guint *unit_records;       /* by unit: the record that it has, or NUDGE_NONE */
  guint *placed;             /* by block: units that the file places */
  const NudgeSheetRecord **sheet_records; /* by block, or NULL */
} Builder;

/* A place means something on the sheet that it was chosen on; that sheet is gone when its circuit is, and then the
 * circuit has only changed its name. */
static gboolean
keeps_place (const Builder *self, const NudgeOldPart *old, const NudgeBlock *block)
{
  return nudge_old_part_is_in (old, block->path) || !nudge_match_has_block (self->match, old);
}

static void
place_part (Builder *self, guint part)
{
  NudgeLayout *layout = self->layout;
  const NudgeOldPart *old = self->match->old_of_part[part] != NUDGE_NONE ? &self->match->olds[self->match->old_of_part[part]] : NULL;
  guint block = layout->circuit->parts[part].block;

  for (guint unit = layout->part_units[part]; unit < layout->part_units[part + 1]; unit++)
    {
      guint record = old != NULL ? nudge_layout_file_find_unit (self->file, old->path, layout->units[unit].unit) : NUDGE_NONE;

      self->unit_records[unit] = record;
      if (record == NUDGE_NONE || !keeps_place (self, old, &layout->circuit->blocks[block]))
        continue;
      layout->placements[unit] = (NudgePlacement){ self->file->units[record].pose, TRUE, self->file->units[record].locked };
      self->placed[block]++;
    }
}

/* What the file says of a circuit's sheet: under its own path, else under that from which its parts have come. */
static const NudgeSheetRecord *
find_sheet (const Builder *self, const NudgeBlock *block)
{
  const NudgeSheetRecord *record = nudge_layout_file_find_sheet (self->file, block->path);

  for (guint i = block->first_part; record == NULL && i < block->first_part + block->n_parts; i++)
    {
      const NudgeOldPart *old = self->match->old_of_part[i] != NUDGE_NONE ? &self->match->olds[self->match->old_of_part[i]] : NULL;

      if (old != NULL && keeps_place (self, old, block))
        {
          g_autofree char *path = g_strndup (old->path, old->block_length);

          return nudge_layout_file_find_sheet (self->file, path);
        }
    }
  return record;
}

static void
place_sheets (Builder *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;

  for (guint i = 0; i < circuit->n_blocks; i++)
    {
      const NudgeSheetRecord *record = find_sheet (self, &circuit->blocks[i]);
      g_autoptr (NudgeSheetPins) pins = NULL;

      self->sheet_records[i] = record;
      if (record == NULL)
        continue;
      if (record->has_paper)
        self->layout->papers[i] = record->paper;
      if (i > 0)
        {
          self->layout->boxes[i] = record->box;
          pins = nudge_sheet_pins_new (record->pins, record->n_pins);
          nudge_layout_set_pins (self->layout, i, pins);
        }
    }
}

static void
style_nets (Builder *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;

  for (guint i = 0; i < circuit->n_nets && self->file->n_nets > 0; i++)
    {
      const NudgeNetRecord *record = nudge_layout_file_find_net (self->file, circuit->blocks[circuit->nets[i].block].path, circuit->nets[i].name);

      if (record != NULL)
        self->layout->net_styles[i] = record->style;
    }
}

/* Copies stand alike: as that one of which the file knows most, the first of those. */
static void
align_copies (Builder *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;
  g_autofree guint *best = g_new (guint, circuit->n_blocks);

  for (guint i = 0; i < circuit->n_blocks; i++)
    {
      guint definition = circuit->blocks[i].definition;

      if (definition == i || self->placed[i] > self->placed[best[definition]])
        best[definition] = i;
    }
  for (guint i = 0; i < circuit->n_blocks; i++)
    if (circuit->blocks[i].definition == i)
      nudge_layout_sync_copies (self->layout, best[i]);
}

static NudgeSymbolMap *
make_symbol_map (const NudgeLayoutFile *file)
{
  g_autoptr (GArray) mappings = g_array_new (FALSE, FALSE, sizeof (NudgeSymbolMapping));

  for (guint i = 0; i < file->n_symbols; i++)
    {
      NudgeSymbolMapping mapping = { file->symbols[i].from, file->symbols[i].to };

      g_array_append_val (mappings, mapping);
    }
  return nudge_symbol_map_new ((const NudgeSymbolMapping *) mappings->data, mappings->len);
}

/* A symbol that was chosen for one part goes with the part. */
static NudgeSymbolMap *
follow_symbols (NudgeSymbolMap *symbols, const NudgeMatch *match, const NudgeCircuit *circuit)
{
  g_autoptr (NudgeSymbolMap) result = nudge_symbol_map_ref (symbols);

  for (guint i = 0; i < match->n_olds; i++)
    {
      const char *to = nudge_symbol_map_find (symbols, match->olds[i].path);
      g_autofree char *path = match->olds[i].part != NUDGE_NONE ? nudge_circuit_part_path (circuit, match->olds[i].part) : NULL;
      g_autoptr (NudgeSymbolMap) without = NULL;
      NudgeSymbolMap *with;

      if (to == NULL || path == NULL || g_str_equal (path, match->olds[i].path))
        continue;
      without = nudge_symbol_map_with (result, match->olds[i].path, NULL);
      with = nudge_symbol_map_with (without, path, to);
      nudge_symbol_map_unref (result);
      result = with;
    }
  return g_steal_pointer (&result);
}

static NudgeLayout *
follow_circuit (NudgeLayoutFile *file, NudgeCircuit *circuit, NudgeLibrary *library, NudgeFollow **follow, GPtrArray *diagnostics)
{
  g_autoptr (NudgeMatch) match = nudge_match_new (file, circuit);
  g_autoptr (NudgeFollow) report = make_report (match, circuit);
  g_autoptr (NudgeSymbolMap) saved = make_symbol_map (file);
  g_autoptr (NudgeSymbolMap) symbols = follow_symbols (saved, match, circuit);
  NudgeLayout *layout = nudge_layout_new_with_symbols (circuit, library, symbols, diagnostics);
  g_autofree guint *unit_records = g_new (guint, layout->n_units + 1);
  g_autofree guint *placed = g_new0 (guint, circuit->n_blocks);
  g_autofree const NudgeSheetRecord **sheet_records = g_new0 (const NudgeSheetRecord *, circuit->n_blocks);
  Builder self = { layout, file, match, unit_records, placed, sheet_records };

  layout->arranger = file->arranger;
  layout->wires = file->wires;
  layout->dialect = file->dialect;
  for (guint i = 0; i < circuit->n_parts; i++)
    place_part (&self, i);
  place_sheets (&self);
  style_nets (&self);
  align_copies (&self);
  nudge_routes_restore (layout, file, unit_records, sheet_records, diagnostics);
  layout->origin = nudge_layout_file_describe (layout, file, unit_records);
  if (match->n_olds > 0)
    say_all (report, circuit, diagnostics);
  if (follow != NULL)
    *follow = g_steal_pointer (&report);
  return layout;
}

NudgeLayout *
nudge_layout_file_follow (NudgeLayoutFile *file, NudgeCircuit *circuit, NudgeLibrary *library, NudgeFollow **follow, GPtrArray *diagnostics)
{
  g_autoptr (NudgeCircuit) paged = NULL;
  g_autoptr (GError) error = NULL;

  if (file->pages && !circuit->paged)
    paged = nudge_circuit_paginate (circuit, &error);
  if (error != NULL)
    nudge_diagnostics_add (diagnostics, NUDGE_CODE_LAYOUT_ITEM_IGNORED, "the circuit is not cut into pages: %s", error->message);
  return follow_circuit (file, paged != NULL ? paged : circuit, library, follow, diagnostics);
}

/**
 * nudge_layout_follow:
 * @self: a layout
 * @circuit: what is connected now
 * @library: where its symbols are looked up
 * @follow: (out) (optional) (transfer full): what became of each part
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 *
 * Carries a layout over to a circuit that has changed. What is new in it is left unplaced. The layout of a circuit that
 * was cut into pages becomes one of @circuit as cut into pages.
 *
 * Returns: (transfer full): a layout of @circuit
 */
NudgeLayout *
nudge_layout_follow (const NudgeLayout *self, NudgeCircuit *circuit, NudgeLibrary *library, NudgeFollow **follow, GPtrArray *diagnostics)
{
  g_autoptr (NudgeLayoutFile) file = NULL;

  g_return_val_if_fail (self != NULL && circuit != NULL, NULL);
  g_return_val_if_fail (NUDGE_IS_LIBRARY (library), NULL);

  file = nudge_layout_file_describe (self, self->origin, NULL);
  nudge_routes_describe ((NudgeLayout *) self, file);
  return nudge_layout_file_follow (file, circuit, library, follow, diagnostics);
}

/* A net may be declared on a page now, or on a page no more: it is known by its pins. */
static void
take_styles (NudgeLayout *self, const NudgeLayout *from)
{
  const NudgeCircuit *circuit = self->circuit;

  for (guint net = 0; net < circuit->n_nets; net++)
    {
      const NudgeNode *node = &circuit->nodes[circuit->nets[net].first_node];
      guint part = circuit->nets[net].n_nodes > 0 ? nudge_circuit_find_part (from->circuit, NUDGE_NONE, circuit->parts[node->part].reference) : NUDGE_NONE;
      guint old = part != NUDGE_NONE ? nudge_circuit_net_of (from->circuit, part, node->pin) : NUDGE_NONE;

      if (old != NUDGE_NONE)
        self->net_styles[net] = from->net_styles[old];
    }
}

static guint
count_children (const NudgeCircuit *circuit, guint block)
{
  guint n = 0;

  for (guint child = circuit->blocks[block].first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    n++;
  return n;
}

/* Nothing stands on it yet, whatever stood on another sheet. */
static void
clear_sheet (NudgeLayout *self, guint block)
{
  const NudgeBlock *blocks = self->circuit->blocks;
  guint first = self->part_units[blocks[block].first_part], end = self->part_units[blocks[block].first_part + blocks[block].n_parts];

  memset (self->placements + first, 0, (end - first) * sizeof *self->placements);
  for (guint child = blocks[block].first_child; child != NUDGE_NONE; child = blocks[child].next_sibling)
    self->boxes[child] = (NudgeBoxPlacement){ 0 };
  self->papers[block] = NUDGE_PAPER_A4;
  nudge_layout_drop_routes (self, block);
}

/* Sheets that have got or lost parts begin anew. */
static void
clear_other_sheets (NudgeLayout *self, const NudgeLayout *from)
{
  const NudgeCircuit *old = from->circuit, *now = self->circuit;
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < old->n_blocks; i++)
    g_hash_table_insert (paths, (gpointer) old->blocks[i].path, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < now->n_blocks; i++)
    {
      guint was = GPOINTER_TO_UINT (g_hash_table_lookup (paths, now->blocks[i].path));

      if (was == 0 || old->blocks[was - 1].n_parts != now->blocks[i].n_parts || count_children (old, was - 1) != count_children (now, i))
        clear_sheet (self, i);
    }
}

/**
 * nudge_layout_paginate:
 * @self: a layout
 * @pages: whether sheets that are too large are to be cut into pages
 * @error: return location for an error
 *
 * Has the circuit cut into pages, as nudge_circuit_paginate() does, or whole again. Sheets that stay as they are keep
 * everything; what comes to another sheet is left unplaced. Net styles and chosen symbols go along. When nothing is too
 * large for its sheet nothing changes.
 *
 * Returns: (transfer full): a layout of the other circuit, or another reference to @self; %NULL as nudge_circuit_paginate()
 */
NudgeLayout *
nudge_layout_paginate (NudgeLayout *self, gboolean pages, GError **error)
{
  g_autoptr (NudgeCircuit) circuit = NULL;
  g_autoptr (NudgeLayoutFile) file = NULL;
  NudgeLayout *layout;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->circuit->paged == !!pages)
    return nudge_layout_ref (self);
  if (pages)
    circuit = nudge_circuit_paginate (self->circuit, error);
  else
    circuit = nudge_circuit_read_bytes (self->circuit->json, self->circuit->base_dir, NULL, error);
  if (circuit == NULL)
    return NULL;
  if (pages && circuit->n_blocks == self->circuit->n_blocks)
    return nudge_layout_ref (self);
  file = nudge_layout_file_describe (self, self->origin, NULL);
  nudge_routes_describe (self, file);
  layout = follow_circuit (file, circuit, self->library, NULL, NULL);
  take_styles (layout, self);
  clear_other_sheets (layout, self);
  return layout;
}
