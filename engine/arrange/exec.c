/* exec.c: the placement problem as JSON to a program, its answer into a layout.
 *
 * The program gets the schematic arranger's placement and says what shall stand elsewhere. What it says is snapped to the
 * grid and held on the paper, paper grows to hold everything, and pins of different nets are kept apart. What is drawn
 * then is proven like any drawing. */
#include "arrange/exec.h"

#include "arrange/exec-run.h"
#include "arrange/synth-clear.h"
#include "base/limits.h"
#include "layout/routes.h"
#include "text/json-document.h"
#include "text/json-string.h"
#include "text/sexpr-writer.h"

#include <math.h>
#include <string.h>

#define FRAME_MARGIN NUDGE_MM (12.7)

/* --- the problem --- */

static void
append_key (GString *out, const char *name)
{
  g_string_append_printf (out, "%s\"%s\": ", out->str[out->len - 1] == '{' ? "" : ", ", name);
}

static void
append_mm (GString *out, const char *name, gint32 v)
{
  append_key (out, name);
  nudge_append_mm (out, v);
}

static void
append_text (GString *out, const char *name, const char *text)
{
  append_key (out, name);
  nudge_json_append_string (out, text);
}

/* (transfer full): `/usb/R3` for the first unit of a part, `/usb/U1/2` for its second. */
static char *
unit_id (const NudgeLayout *layout, guint unit)
{
  g_autofree char *path = nudge_circuit_part_path (layout->circuit, layout->units[unit].part);

  return layout->units[unit].unit == 1 ? g_steal_pointer (&path) : g_strdup_printf ("%s/%u", path, layout->units[unit].unit);
}

/* Pins as they stand about the origin when the unit is not turned, y down. */
static void
append_pins (GString *out, const NudgeLayout *layout, guint unit_index)
{
  const NudgeUnit *unit = &layout->units[unit_index];
  gboolean first = TRUE;

  g_string_append (out, ", \"pins\": [");
  for (guint i = 0; i < unit->symbol->n_pins; i++)
    {
      const NudgeSymbolPin *pin = &unit->symbol->pins[i];
      guint net = nudge_circuit_net_of (layout->circuit, unit->part, pin->number);

      if (!nudge_symbol_pin_in_unit (pin, unit->unit))
        continue;
      g_string_append (out, first ? "{" : ", {");
      first = FALSE;
      append_text (out, "number", pin->number);
      append_text (out, "name", pin->name);
      append_text (out, "type", pin->type);
      append_mm (out, "x", pin->at.x);
      append_mm (out, "y", -pin->at.y);
      if (net != NUDGE_NONE)
        {
          append_text (out, "net", layout->circuit->nets[net].name);
          g_string_append_printf (out, ", \"net_id\": %u, \"is_power\": %s", net, layout->circuit->nets[net].is_power ? "true" : "false");
        }
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_unit (GString *out, const NudgeLayout *layout, guint index)
{
  static const char *const mirrors[] = { "", "x", "y" };
  const NudgeUnit *unit = &layout->units[index];
  const NudgePart *part = &layout->circuit->parts[unit->part];
  const NudgePlacement *place = &layout->placements[index];
  NudgeBox box = nudge_symbol_box (unit->symbol, unit->unit);
  g_autofree char *id = unit_id (layout, index);

  g_string_append (out, "{");
  append_text (out, "id", id);
  append_text (out, "reference", part->reference);
  append_text (out, "symbol", part->symbol);
  append_text (out, "value", part->value);
  append_mm (out, "x", place->pose.at.x);
  append_mm (out, "y", place->pose.at.y);
  g_string_append_printf (out, ", \"rotation\": %u, \"mirror\": \"%s\", \"locked\": %s, \"extent\": [", place->pose.turn * 90u,
                          mirrors[place->pose.mirror], place->locked ? "true" : "false");
  nudge_append_mm (out, box.x0);
  g_string_append (out, ", ");
  nudge_append_mm (out, -box.y1);
  g_string_append (out, ", ");
  nudge_append_mm (out, box.x1);
  g_string_append (out, ", ");
  nudge_append_mm (out, -box.y0);
  g_string_append_c (out, ']');
  append_pins (out, layout, index);
  g_string_append_c (out, '}');
}

static void
append_box (GString *out, const NudgeLayout *layout, guint block)
{
  const NudgeBoxPlacement *box = &layout->boxes[block];

  g_string_append (out, "{");
  append_text (out, "id", layout->circuit->blocks[block].path);
  append_mm (out, "x", box->at.x);
  append_mm (out, "y", box->at.y);
  append_mm (out, "width", box->size.x);
  append_mm (out, "height", box->size.y);
  g_string_append_printf (out, ", \"locked\": %s}", box->locked ? "true" : "false");
}

static void
append_sheet (GString *out, const NudgeLayout *layout, guint block)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *b = &circuit->blocks[block];
  NudgePoint paper = nudge_paper_size (layout->papers[block]);
  guint first = layout->part_units[b->first_part], end = layout->part_units[b->first_part + b->n_parts];

  g_string_append (out, block == 0 ? "\n  {" : ",\n  {");
  append_text (out, "path", b->path);
  append_text (out, "paper", nudge_paper_name (layout->papers[block]));
  append_mm (out, "width", paper.x);
  append_mm (out, "height", paper.y);
  g_string_append (out, ",\n   \"units\": [");
  for (guint unit = first; unit < end; unit++)
    {
      g_string_append (out, unit == first ? "\n    " : ",\n    ");
      append_unit (out, layout, unit);
    }
  g_string_append (out, "],\n   \"boxes\": [");
  for (guint child = b->first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    {
      g_string_append (out, child == b->first_child ? "\n    " : ",\n    ");
      append_box (out, layout, child);
    }
  g_string_append (out, "]}");
}

static GBytes *
make_problem (const NudgeLayout *layout)
{
  GString *out = g_string_new ("{\"nudge_arrange\": 1, \"grid\": 1.27, \"sheets\": [");

  for (guint block = 0; block < layout->circuit->n_blocks; block++)
    if (layout->circuit->blocks[block].definition == block)
      append_sheet (out, layout, block);
  g_string_append (out, "\n]}\n");
  return g_string_free_to_bytes (out);
}

/* --- the answer --- */

typedef struct
{
  NudgeLayout *layout;
  NudgeJson *json;
  GHashTable *units, *boxes;   /* id -> index + 1 */
  GPtrArray *diagnostics;
} Answer;

static void
ignore (Answer *self, const char *id, const char *why)
{
  nudge_diagnostic_set_subject (nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_EXEC_IGNORED, "the program says of %s what is ignored: %s", id, why), id);
}

/* A length on the paper, in mm; FALSE when the member is none. */
static gboolean
read_length (const Answer *self, guint place, const char *name, gint32 *v)
{
  guint value = nudge_json_member (self->json, place, name);
  double mm;

  if (value == NUDGE_NONE || nudge_json_type (self->json, value) != NUDGE_JSON_NUMBER)
    return FALSE;
  mm = nudge_json_number (self->json, value);
  if (!isfinite (mm))
    return FALSE;
  *v = nudge_snap (NUDGE_MM (CLAMP (mm, 0, 1189)), NUDGE_GRID);
  return TRUE;
}

static gboolean
read_pose (const Answer *self, guint place, NudgePose *pose)
{
  guint rotation = nudge_json_member (self->json, place, "rotation"), mirror = nudge_json_member (self->json, place, "mirror");

  if (!read_length (self, place, "x", &pose->at.x) || !read_length (self, place, "y", &pose->at.y))
    return FALSE;
  if (rotation != NUDGE_NONE)
    {
      double degrees = nudge_json_type (self->json, rotation) == NUDGE_JSON_NUMBER ? nudge_json_number (self->json, rotation) : NAN;

      if (!(fabs (degrees) <= 3600) || fmod (degrees, 90) != 0)
        return FALSE;
      pose->turn = (guint8) (((gint) degrees / 90) & 3);
    }
  if (mirror != NUDGE_NONE)
    {
      if (nudge_json_type (self->json, mirror) != NUDGE_JSON_STRING)
        return FALSE;
      pose->mirror = nudge_json_text_equals (self->json, mirror, "x") ? NUDGE_MIRROR_X
                     : nudge_json_text_equals (self->json, mirror, "y") ? NUDGE_MIRROR_Y : NUDGE_MIRROR_NONE;
    }
  return TRUE;
}

static void
take_place (Answer *self, const char *id, guint place)
{
  guint unit = GPOINTER_TO_UINT (g_hash_table_lookup (self->units, id)), box = GPOINTER_TO_UINT (g_hash_table_lookup (self->boxes, id));

  if (unit != 0)
    {
      NudgePlacement *p = &self->layout->placements[unit - 1];
      NudgePose pose = p->pose;

      if (p->locked)
        ignore (self, id, "it is locked");
      else if (read_pose (self, place, &pose))
        p->pose = pose;
      else
        ignore (self, id, "its place makes no sense");
    }
  else if (box != 0)
    {
      NudgeBoxPlacement *b = &self->layout->boxes[box - 1];
      NudgePoint at;

      if (b->locked)
        ignore (self, id, "it is locked");
      else if (read_length (self, place, "x", &at.x) && read_length (self, place, "y", &at.y))
        b->at = at;
      else
        ignore (self, id, "its place makes no sense");
    }
  else
    ignore (self, id, "there is no such unit or box");
}

static void
list_ids (Answer *self)
{
  const NudgeCircuit *circuit = self->layout->circuit;

  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->boxes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint unit = 0; unit < self->layout->n_units; unit++)
    {
      guint block = circuit->parts[self->layout->units[unit].part].block;

      if (circuit->blocks[block].definition == block)
        g_hash_table_insert (self->units, unit_id (self->layout, unit), GUINT_TO_POINTER (unit + 1));
    }
  for (guint block = 1; block < circuit->n_blocks; block++)
    g_hash_table_insert (self->boxes, (gpointer) circuit->blocks[block].path, GUINT_TO_POINTER (block + 1));
}

/* {"places": {"/usb/R3": {"x": 50.8, "y": 76.2, "rotation": 90, "mirror": "x"}, "/usb/": {"x": …, "y": …}}} */
static gboolean
read_answer (Answer *self, GBytes *bytes)
{
  g_autoptr (GPtrArray) unused = nudge_diagnostics_new ();
  g_autoptr (NudgeJson) json = nudge_json_read (bytes, unused);
  guint places = json == NULL || json->n_errors > 0 ? NUDGE_NONE : nudge_json_member (json, 0, "places");
  guint end;

  if (places == NUDGE_NONE || nudge_json_type (json, places) != NUDGE_JSON_OBJECT)
    return FALSE;
  self->json = json;
  list_ids (self);
  end = nudge_json_next (json, places);
  for (guint key = places + 1; key < end; key = nudge_json_next (json, key + 1))
    {
      gsize size;
      const char *text = nudge_json_text (json, key, &size);
      g_autofree char *id = g_strndup (text, size);

      take_place (self, id, key + 1);
    }
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->boxes);
  return TRUE;
}

/* --- making it legal --- */

static NudgeBox
content_of (const NudgeLayout *layout, guint block)
{
  const NudgeBlock *b = &layout->circuit->blocks[block];
  NudgeBox content = NUDGE_BOX_EMPTY;

  for (guint unit = layout->part_units[b->first_part]; unit < layout->part_units[b->first_part + b->n_parts]; unit++)
    {
      NudgeBox symbol = nudge_symbol_box (layout->units[unit].symbol, layout->units[unit].unit);
      NudgeBox box = nudge_pose_box (&layout->placements[unit].pose, &symbol);

      nudge_box_add_box (&content, &box);
    }
  for (guint child = b->first_child; child != NUDGE_NONE; child = layout->circuit->blocks[child].next_sibling)
    {
      const NudgeBoxPlacement *box = &layout->boxes[child];

      nudge_box_add_box (&content, &(NudgeBox){ box->at.x, box->at.y, box->at.x + box->size.x, box->at.y + box->size.y });
    }
  return content;
}

static void
make_legal (NudgeLayout *layout, guint block, GPtrArray *diagnostics)
{
  NudgeBox content;

  nudge_synth_clear (layout, block, diagnostics);
  content = content_of (layout, block);
  while (nudge_paper_larger (layout->papers[block]) != layout->papers[block] &&
         (content.x1 > nudge_paper_size (layout->papers[block]).x - FRAME_MARGIN || content.y1 > nudge_paper_size (layout->papers[block]).y - FRAME_MARGIN))
    layout->papers[block] = nudge_paper_larger (layout->papers[block]);
  nudge_layout_sync_copies (layout, block);
}

NudgeLayout *
nudge_arrange_exec (NudgeLayout *layout, const char *program, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  g_autoptr (NudgeLayout) base = nudge_schematic_arranger.arrange (layout, diagnostics, cancellable, error);
  g_autoptr (GBytes) problem = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;
  Answer self = { .diagnostics = diagnostics };

  if (base == NULL)
    return NULL;
  problem = make_problem (base);
  answer = nudge_exec_run (program, problem, NUDGE_MAX_ANSWER_SECONDS, cancellable, &local);
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self.layout = nudge_layout_copy (base);
  if (answer == NULL || !read_answer (&self, answer))
    {
      nudge_diagnostics_add (diagnostics, NUDGE_CODE_EXEC_FAILED, "%s; the parts are arranged without it",
                             local != NULL ? local->message : "the program's answer is no JSON with places");
      nudge_layout_unref (self.layout);
      return g_steal_pointer (&base);
    }
  nudge_layout_drop_routes (self.layout, NUDGE_NONE);
  for (guint block = 0; block < self.layout->circuit->n_blocks; block++)
    if (self.layout->circuit->blocks[block].definition == block)
      make_legal (self.layout, block, diagnostics);
  return self.layout;
}
