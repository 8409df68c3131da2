#include "layout/layout.h"

#include "layout/layout-records.h"
#include "layout/routes.h"
#include "layout/sheet-pins.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (NudgeLayout, nudge_layout, nudge_layout_ref, nudge_layout_unref)

/* A symbol for a part is one for all copies of the part: copies look alike. */
static const char **
list_mapped (const NudgeLayout *self)
{
  const NudgeCircuit *circuit = self->circuit;
  const char **mapped = g_new0 (const char *, circuit->n_parts + 1);

  for (guint i = 0; self->symbols != NULL && i < circuit->n_parts; i++)
    {
      const NudgeBlock *block = &circuit->blocks[circuit->parts[i].block];
      const NudgeBlock *definition = &circuit->blocks[block->definition];
      g_autofree char *path = nudge_circuit_part_path (circuit, i);
      const char *to = nudge_symbol_map_find (self->symbols, path);
      guint original = definition->first_part + (i - block->first_part);

      if (to != NULL && i - block->first_part < definition->n_parts && mapped[original] == NULL)
        mapped[original] = to;
    }
  for (guint i = 0; self->symbols != NULL && i < circuit->n_parts; i++)
    {
      const NudgeBlock *block = &circuit->blocks[circuit->parts[i].block];
      const NudgeBlock *definition = &circuit->blocks[block->definition];

      if (mapped[i] == NULL && i - block->first_part < definition->n_parts)
        mapped[i] = mapped[definition->first_part + (i - block->first_part)];
      if (mapped[i] == NULL)
        mapped[i] = nudge_symbol_map_find (self->symbols, circuit->parts[i].symbol);
    }
  return mapped;
}

static const NudgeSymbol *
find_symbol (const NudgeLayout *self, guint part, const char *mapped, GPtrArray *diagnostics)
{
  const NudgeSymbol *symbol = NULL;

  if (mapped != NULL)
    symbol = nudge_library_get_part_symbol_as (self->library, self->circuit, part, mapped, diagnostics);
  if (mapped != NULL && symbol == NULL)
    nudge_diagnostic_set_subject (nudge_diagnostics_add (diagnostics, NUDGE_CODE_MAPPING_BROKEN,
                                                         "no library has the symbol \"%s\" that was chosen for %s; its own is drawn",
                                                         mapped, self->circuit->parts[part].reference),
                                  self->circuit->parts[part].reference);
  return symbol != NULL ? symbol : nudge_library_get_part_symbol (self->library, self->circuit, part, diagnostics);
}

/* @given: the symbol of each part, or NULL: they are looked up. */
static void
list_units (NudgeLayout *self, const NudgeSymbol *const *given, GPtrArray *diagnostics)
{
  g_autoptr (GArray) units = g_array_new (FALSE, TRUE, sizeof (NudgeUnit));
  g_autofree const char **mapped = list_mapped (self);

  for (guint part = 0; part < self->circuit->n_parts; part++)
    {
      const NudgeSymbol *symbol = given != NULL ? given[part] : find_symbol (self, part, mapped[part], diagnostics);

      self->part_units[part] = units->len;
      for (guint unit = 1; unit <= symbol->n_units; unit++)
        {
          NudgeUnit entry = { .part = part, .unit = unit, .symbol = symbol };

          g_array_append_val (units, entry);
        }
    }
  self->part_units[self->circuit->n_parts] = units->len;
  self->n_units = units->len;
  self->units = g_atomic_rc_box_alloc ((units->len + 1) * sizeof (NudgeUnit));
  if (units->len > 0)
    memcpy (self->units, units->data, units->len * sizeof (NudgeUnit));
}

static NudgeLayout *
layout_new (NudgeCircuit *circuit, NudgeLibrary *library, NudgeSymbolMap *symbols, const NudgeSymbol *const *given, GPtrArray *diagnostics)
{
  NudgeLayout *self;

  self = g_new0 (NudgeLayout, 1);
  g_atomic_ref_count_init (&self->refs);
  self->circuit = nudge_circuit_ref (circuit);
  self->library = g_object_ref (library);
  self->symbols = symbols != NULL ? nudge_symbol_map_ref (symbols) : NULL;
  self->part_units = g_atomic_rc_box_alloc0 ((circuit->n_parts + 1) * sizeof (guint));
  list_units (self, given, diagnostics);
  self->placements = g_new0 (NudgePlacement, self->n_units);
  self->boxes = g_new0 (NudgeBoxPlacement, circuit->n_blocks);
  self->net_styles = g_new0 (NudgeNetStyle, circuit->n_nets);
  self->papers = g_new0 (NudgePaper, circuit->n_blocks);
  return self;
}

/**
 * nudge_layout_new:
 * @circuit: what is connected
 * @library: where its symbols are looked up
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings about symbols
 *
 * Makes a layout in which nothing is placed yet.
 *
 * Returns: (transfer full): the layout
 */
NudgeLayout *
nudge_layout_new (NudgeCircuit *circuit, NudgeLibrary *library, GPtrArray *diagnostics)
{
  return nudge_layout_new_with_symbols (circuit, library, NULL, diagnostics);
}

/**
 * nudge_layout_new_with_symbols:
 * @circuit: what is connected
 * @library: where its symbols are looked up
 * @symbols: (nullable): which symbols are drawn instead of those that the circuit names
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings about symbols
 *
 * Makes a layout in which nothing is placed yet. A part is looked up by its path first, then by its symbol; when
 * no library has the symbol that it is mapped to, its own is drawn.
 *
 * Returns: (transfer full): the layout
 */
NudgeLayout *
nudge_layout_new_with_symbols (NudgeCircuit *circuit, NudgeLibrary *library, NudgeSymbolMap *symbols, GPtrArray *diagnostics)
{
  g_return_val_if_fail (circuit != NULL, NULL);
  g_return_val_if_fail (NUDGE_IS_LIBRARY (library), NULL);
  return layout_new (circuit, library, symbols, NULL, diagnostics);
}

NudgeLayout *
nudge_layout_new_drawn (NudgeCircuit *circuit, NudgeLibrary *library, const NudgeSymbol *const *symbols)
{
  return layout_new (circuit, library, NULL, symbols, NULL);
}

NudgeLayout *
nudge_layout_ref (NudgeLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_layout_unref (NudgeLayout *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_atomic_rc_box_release (self->units);
  g_atomic_rc_box_release (self->part_units);
  g_free (self->placements);
  g_free (self->boxes);
  g_free (self->net_styles);
  g_free (self->papers);
  nudge_layout_drop_routes (self, NUDGE_NONE);
  g_free (self->routes);
  for (guint i = 0; self->pins != NULL && i < self->circuit->n_blocks; i++)
    nudge_layout_set_pins (self, i, NULL);
  g_free (self->pins);
  g_clear_pointer (&self->symbols, nudge_symbol_map_unref);
  g_clear_pointer (&self->origin, nudge_layout_file_unref);
  nudge_circuit_unref (self->circuit);
  g_object_unref (self->library);
  g_free (self);
}

/**
 * nudge_layout_copy:
 * @self: a layout
 *
 * Returns: (transfer full): a copy that its caller may change until it hands it on
 */
NudgeLayout *
nudge_layout_copy (const NudgeLayout *self)
{
  NudgeLayout *copy;
  const NudgeCircuit *circuit;

  g_return_val_if_fail (self != NULL, NULL);
  circuit = self->circuit;
  copy = g_memdup2 (self, sizeof *self);
  g_atomic_ref_count_init (&copy->refs);
  nudge_circuit_ref (copy->circuit);
  g_object_ref (copy->library);
  g_atomic_rc_box_acquire (copy->units);
  g_atomic_rc_box_acquire (copy->part_units);
  if (copy->symbols != NULL)
    nudge_symbol_map_ref (copy->symbols);
  if (copy->origin != NULL)
    nudge_layout_file_ref (copy->origin);
  copy->placements = g_memdup2 (self->placements, self->n_units * sizeof *self->placements);
  copy->boxes = g_memdup2 (self->boxes, circuit->n_blocks * sizeof *self->boxes);
  copy->net_styles = g_memdup2 (self->net_styles, circuit->n_nets * sizeof *self->net_styles);
  copy->papers = g_memdup2 (self->papers, circuit->n_blocks * sizeof *self->papers);
  if (self->routes != NULL)
    {
      copy->routes = g_memdup2 (self->routes, circuit->n_blocks * sizeof *self->routes);
      for (guint i = 0; i < circuit->n_blocks; i++)
        if (copy->routes[i] != NULL)
          nudge_routes_ref (copy->routes[i]);
    }
  copy->pins = NULL;
  for (guint i = 0; self->pins != NULL && i < circuit->n_blocks; i++)
    nudge_layout_set_pins (copy, i, self->pins[i]);
  return copy;
}

NudgeRoutes *
nudge_layout_get_routes (const NudgeLayout *self, guint block)
{
  return self->routes != NULL ? self->routes[block] : NULL;
}

void
nudge_layout_set_routes (NudgeLayout *self, guint block, NudgeRoutes *routes)
{
  if (self->routes == NULL)
    self->routes = g_new0 (gpointer, self->circuit->n_blocks);
  nudge_routes_ref (routes);
  if (self->routes[block] != NULL)
    nudge_routes_unref (self->routes[block]);
  self->routes[block] = routes;
}

void
nudge_layout_drop_routes (NudgeLayout *self, guint block)
{
  for (guint i = 0; self->routes != NULL && i < self->circuit->n_blocks; i++)
    if (block == NUDGE_NONE || block == i)
      g_clear_pointer (&self->routes[i], nudge_routes_unref);
}

void
nudge_layout_share_origin (NudgeLayout *self, const NudgeLayout *from)
{
  if (from->origin != NULL)
    nudge_layout_file_ref (from->origin);
  g_clear_pointer ((NudgeLayoutFile **) &self->origin, nudge_layout_file_unref);
  self->origin = from->origin;
}

/* Two blocks of one definition: the one that was changed, and one that is to follow. */
static void
copy_block (NudgeLayout *self, guint from, guint to)
{
  const NudgeCircuit *circuit = self->circuit;
  const NudgeBlock *a = &circuit->blocks[from], *b = &circuit->blocks[to];
  guint n_parts = MIN (a->n_parts, b->n_parts);

  for (guint i = 0; i < n_parts; i++)
    {
      guint own = self->part_units[a->first_part + i], other = self->part_units[b->first_part + i];
      guint n = MIN (self->part_units[a->first_part + i + 1] - own, self->part_units[b->first_part + i + 1] - other);

      memcpy (&self->placements[other], &self->placements[own], n * sizeof *self->placements);
    }
  for (guint x = a->first_child, y = b->first_child; x != NUDGE_NONE && y != NUDGE_NONE;
       x = circuit->blocks[x].next_sibling, y = circuit->blocks[y].next_sibling)
    {
      self->boxes[y] = self->boxes[x];
      nudge_layout_set_pins (self, y, nudge_layout_get_pins (self, x));
    }
  self->papers[to] = self->papers[from];
}

void
nudge_layout_sync_copies (NudgeLayout *self, guint block)
{
  guint definition = self->circuit->blocks[block].definition;

  for (guint i = definition; i < self->circuit->n_blocks; i++)
    if (i != block && self->circuit->blocks[i].definition == definition)
      copy_block (self, block, i);
}

static gboolean
placements_equal (const NudgePlacement *a, const NudgePlacement *b)
{
  return nudge_point_equal (a->pose.at, b->pose.at) && a->pose.turn == b->pose.turn && a->pose.mirror == b->pose.mirror
         && a->placed == b->placed && a->locked == b->locked;
}

static gboolean
boxes_equal (const NudgeBoxPlacement *a, const NudgeBoxPlacement *b)
{
  return nudge_point_equal (a->at, b->at) && nudge_point_equal (a->size, b->size) && a->placed == b->placed && a->locked == b->locked;
}

gboolean
nudge_layout_sheet_equal (const NudgeLayout *a, const NudgeLayout *b, guint block)
{
  const NudgeBlock *blocks = a->circuit->blocks;
  guint end = a->part_units[blocks[block].first_part + blocks[block].n_parts];

  if (a->papers[block] != b->papers[block] || nudge_layout_get_routes (a, block) != nudge_layout_get_routes (b, block))
    return FALSE;
  for (guint i = a->part_units[blocks[block].first_part]; i < end; i++)
    if (!placements_equal (&a->placements[i], &b->placements[i]))
      return FALSE;
  for (guint child = blocks[block].first_child; child != NUDGE_NONE; child = blocks[child].next_sibling)
    if (!boxes_equal (&a->boxes[child], &b->boxes[child]) || !nudge_sheet_pins_equal (nudge_layout_get_pins (a, child), nudge_layout_get_pins (b, child)))
      return FALSE;
  return TRUE;
}

static void
take_sheet (NudgeLayout *self, const NudgeLayout *from, guint block)
{
  const NudgeBlock *blocks = self->circuit->blocks;
  guint first = self->part_units[blocks[block].first_part], end = self->part_units[blocks[block].first_part + blocks[block].n_parts];
  NudgeRoutes *routes = nudge_layout_get_routes (from, block);

  memcpy (self->placements + first, from->placements + first, (end - first) * sizeof *self->placements);
  for (guint child = blocks[block].first_child; child != NUDGE_NONE; child = blocks[child].next_sibling)
    {
      self->boxes[child] = from->boxes[child];
      nudge_layout_set_pins (self, child, nudge_layout_get_pins (from, child));
    }
  self->papers[block] = from->papers[block];
  nudge_layout_drop_routes (self, block);
  if (routes != NULL)
    nudge_layout_set_routes (self, block, routes);
}

NudgeLayout *
nudge_layout_rebase (const NudgeLayout *layout, const NudgeLayout *before, const NudgeLayout *after)
{
  NudgeLayout *result = nudge_layout_copy (layout);
  gsize styles = layout->circuit->n_nets * sizeof *layout->net_styles;
  gboolean restyled = memcmp (layout->net_styles, after->net_styles, styles) != 0;

  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    {
      if (!nudge_layout_sheet_equal (layout, before, block) || nudge_layout_sheet_equal (before, after, block))
        continue;
      take_sheet (result, after, block);
      /* The routes are those of other wishes. */
      if (restyled)
        nudge_layout_drop_routes (result, block);
    }
  result->wires = after->wires;
  result->arranger = after->arranger;
  return result;
}

/**
 * nudge_layout_knows_places:
 * @self: a layout
 *
 * Returns: whether any unit has a place
 */
gboolean
nudge_layout_knows_places (const NudgeLayout *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  for (guint i = 0; i < self->n_units; i++)
    if (self->placements[i].placed)
      return TRUE;
  return FALSE;
}

gboolean
nudge_layout_equal (const NudgeLayout *a, const NudgeLayout *b)
{
  if (a == b)
    return TRUE;
  if (a->circuit != b->circuit || a->n_units != b->n_units || a->wires != b->wires || a->dialect != b->dialect || g_strcmp0 (a->arranger, b->arranger) != 0
      || !nudge_symbol_map_equal (a->symbols, b->symbols))
    return FALSE;
  for (guint i = 0; i < a->n_units; i++)
    if (!placements_equal (&a->placements[i], &b->placements[i]))
      return FALSE;
  for (guint i = 0; i < a->circuit->n_blocks; i++)
    if (a->papers[i] != b->papers[i] || !boxes_equal (&a->boxes[i], &b->boxes[i])
        || !nudge_sheet_pins_equal (nudge_layout_get_pins (a, i), nudge_layout_get_pins (b, i)))
      return FALSE;
  for (guint i = 0; i < a->circuit->n_nets; i++)
    if (a->net_styles[i] != b->net_styles[i])
      return FALSE;
  return TRUE;
}

static const struct
{
  const char *name;
  NudgePoint size;
} papers[] = {
  [NUDGE_PAPER_A4] = { "A4", { 2970000, 2100000 } },
  [NUDGE_PAPER_A3] = { "A3", { 4200000, 2970000 } },
  [NUDGE_PAPER_A2] = { "A2", { 5940000, 4200000 } },
  [NUDGE_PAPER_A1] = { "A1", { 8410000, 5940000 } },
  [NUDGE_PAPER_A0] = { "A0", { 11890000, 8410000 } },
  [NUDGE_PAPER_2A0] = { "2A0", { 16820000, 11890000 } },
  [NUDGE_PAPER_4A0] = { "4A0", { 23780000, 16820000 } },
  [NUDGE_PAPER_8A0] = { "8A0", { 33640000, 23780000 } },
  [NUDGE_PAPER_16A0] = { "16A0", { 47560000, 33640000 } },
  [NUDGE_PAPER_32A0] = { "32A0", { 67280000, 47560000 } },
  [NUDGE_PAPER_64A0] = { "64A0", { 95120000, 67280000 } },
  [NUDGE_PAPER_A4_PORTRAIT] = { "A4-portrait", { 2100000, 2970000 } },
  [NUDGE_PAPER_A3_PORTRAIT] = { "A3-portrait", { 2970000, 4200000 } },
  [NUDGE_PAPER_A2_PORTRAIT] = { "A2-portrait", { 4200000, 5940000 } },
  [NUDGE_PAPER_A1_PORTRAIT] = { "A1-portrait", { 5940000, 8410000 } },
  [NUDGE_PAPER_A0_PORTRAIT] = { "A0-portrait", { 8410000, 11890000 } },
};

NudgePoint
nudge_paper_size (NudgePaper paper)
{
  g_return_val_if_fail (paper < G_N_ELEMENTS (papers), papers[0].size);
  return papers[paper].size;
}

const char *
nudge_paper_name (NudgePaper paper)
{
  g_return_val_if_fail (paper < G_N_ELEMENTS (papers), "A4");
  return papers[paper].name;
}

const char *
nudge_paper_kicad_name (NudgePaper paper)
{
  NudgePaper landscape = nudge_paper_landscape (paper);

  return landscape > NUDGE_PAPER_A0 ? "User" : nudge_paper_name (landscape);
}

NudgePaper
nudge_paper_larger (NudgePaper paper)
{
  return paper == NUDGE_PAPER_LAST || paper == NUDGE_PAPER_A0_PORTRAIT ? paper : (NudgePaper) (paper + 1);
}

NudgePaper
nudge_paper_landscape (NudgePaper paper)
{
  return paper > NUDGE_PAPER_LAST ? (NudgePaper) (paper - NUDGE_PAPER_A4_PORTRAIT + NUDGE_PAPER_A4) : paper;
}

NudgePaper
nudge_paper_portrait (NudgePaper paper)
{
  return paper <= NUDGE_PAPER_A0 ? (NudgePaper) (paper - NUDGE_PAPER_A4 + NUDGE_PAPER_A4_PORTRAIT) : paper;
}

static const struct
{
  const char *name;
  const char *arranger;
} dialects[] = {
  [NUDGE_DIALECT_SCHEMATIC] = { "schematic", NULL },
  [NUDGE_DIALECT_CIRCUIT_SYNTH] = { "circuit-synth", "circuit-synth" },
  [NUDGE_DIALECT_CIRCUIT_SYNTH_2025] = { "circuit-synth-2025", "circuit-synth-2025" },
};

/**
 * nudge_dialect_find:
 * @name: a name such as `circuit-synth`
 * @dialect: (out): return location for the dialect
 *
 * Returns: whether there is a dialect of that name
 */
gboolean
nudge_dialect_find (const char *name, NudgeDialect *dialect)
{
  g_return_val_if_fail (name != NULL && dialect != NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (g_str_equal (dialects[i].name, name))
      {
        *dialect = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * nudge_dialect_name:
 * @dialect: a dialect
 *
 * Returns: its name, as on the command line
 */
const char *
nudge_dialect_name (NudgeDialect dialect)
{
  g_return_val_if_fail (dialect < G_N_ELEMENTS (dialects), dialects[0].name);
  return dialects[dialect].name;
}

/**
 * nudge_dialect_arranger:
 * @dialect: a dialect
 *
 * Returns: (nullable): name of the arranger that belongs to the dialect, or %NULL for the default one
 */
const char *
nudge_dialect_arranger (NudgeDialect dialect)
{
  g_return_val_if_fail (dialect < G_N_ELEMENTS (dialects), NULL);
  return dialects[dialect].arranger;
}
