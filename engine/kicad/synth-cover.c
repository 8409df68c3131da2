#include "kicad/synth-cover.h"

#include "base/uuid.h"
#include "kicad/schematic-writer.h"
#include "text/sexpr-writer.h"

#include <stdlib.h>
#include <string.h>

static char *
file_of (const char *project)
{
  return g_strconcat (project, ".kicad_sch", NULL);
}

gboolean
nudge_synth_has_cover (const NudgeDrawing *drawing, const char *project)
{
  const NudgeSynthForm *form = nudge_synth_form (drawing->layout->dialect);
  g_autofree char *file = file_of (project);

  if (form == NULL || !form->has_cover)
    return FALSE;
  for (guint i = 0; i < drawing->n_sheets; i++)
    if (g_str_equal (drawing->sheets[i].file, file))
      return FALSE;
  return TRUE;
}

/* Whether a reference could be lost when paths lead nowhere: KiCad then goes by the symbols' fields. */
static gboolean
needs_paths (const NudgeDrawing *drawing)
{
  const NudgeLayout *layout = drawing->layout;

  return drawing->n_sheets < layout->circuit->n_blocks || layout->n_units > layout->circuit->n_parts;
}

char *
nudge_synth_instance_path (const NudgeDrawing *drawing, const char *project, const NudgeSheetInstance *instance)
{
  const NudgeSynthForm *form = nudge_synth_form (drawing->layout->dialect);
  const char *rest = instance->path + 1 + strlen (drawing->sheets[0].uuid);
  char cover[37], box[37];

  if (!form->has_cover || (needs_paths (drawing) && !nudge_synth_has_cover (drawing, project)))
    return g_strdup (instance->path);
  nudge_uuid (cover, "cover", "/");
  nudge_uuid (box, "cover box", "/");
  return g_strconcat ("/", cover, "/", box, rest, NULL);
}

char *
nudge_synth_date (const char *format)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  g_autoptr (GDateTime) date = epoch == NULL ? NULL : g_date_time_new_from_unix_utc (g_ascii_strtoll (epoch, NULL, 10));
  char *text = date == NULL ? NULL : g_date_time_format (date, format);

  return text != NULL ? text : g_strdup ("");
}

static void
write_field (NudgeSexprWriter *w, const char *name, const char *text, guint id, gint32 y, const char *vertical)
{
  nudge_sexpr_writer_open (w, "property");
  nudge_sexpr_writer_string (w, name);
  nudge_sexpr_writer_string (w, text);
  nudge_sexpr_writer_integer_list (w, "id", id);
  nudge_sexpr_writer_at (w, 254000, y, 0);
  nudge_sexpr_writer_open (w, "effects");
  nudge_sexpr_writer_open (w, "font");
  nudge_sexpr_writer_point_list (w, "size", 12700, 12700);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "justify");
  nudge_sexpr_writer_atom (w, "left");
  nudge_sexpr_writer_atom (w, vertical);
  for (guint i = 0; i < 3; i++)
    nudge_sexpr_writer_close (w);
}

static void
write_transparent (NudgeSexprWriter *w, const char *alpha)
{
  nudge_sexpr_writer_open (w, "color");
  for (guint i = 0; i < 3; i++)
    nudge_sexpr_writer_integer (w, 0);
  nudge_sexpr_writer_atom (w, alpha);
  nudge_sexpr_writer_close (w);
}

static void
write_box (NudgeSexprWriter *w, const NudgeDrawing *drawing, const char *uuid)
{
  nudge_sexpr_writer_open (w, "sheet");
  nudge_sexpr_writer_point_list (w, "at", 254000, 254000);
  nudge_sexpr_writer_point_list (w, "size", 508000, 254000);
  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", 1524);
  nudge_sexpr_writer_atom_list (w, "type", "solid");
  write_transparent (w, "0");
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "fill");
  write_transparent (w, "0.0000");
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_atom_list (w, "uuid", uuid);
  write_field (w, "Sheet name", drawing->sheets[0].name, 0, 246884, "bottom");
  write_field (w, "Sheet file", drawing->sheets[0].file, 1, 512846, "top");
  nudge_sexpr_writer_close (w);
}

static void
write_path (NudgeSexprWriter *w, const char *path, const char *page)
{
  nudge_sexpr_writer_open (w, "path");
  nudge_sexpr_writer_string (w, path);
  nudge_sexpr_writer_string_list (w, "page", page);
  nudge_sexpr_writer_close (w);
}

GBytes *
nudge_synth_cover_write (const NudgeDrawing *drawing)
{
  GString *out = g_string_new (NULL);
  g_autofree char *path = NULL;
  char cover[37], box[37];
  NudgeSexprWriter w;

  nudge_uuid (cover, "cover", "/");
  nudge_uuid (box, "cover box", "/");
  path = g_strconcat ("/", box, NULL);
  nudge_sexpr_writer_init (&w, out);
  nudge_sexpr_writer_open (&w, "kicad_sch");
  nudge_sexpr_writer_integer_list (&w, "version", 20211123);
  nudge_sexpr_writer_atom_list (&w, "generator", "eeschema");
  nudge_sexpr_writer_atom_list (&w, "uuid", cover);
  nudge_schematic_write_paper (&w, drawing->sheets[0].paper);
  nudge_sexpr_writer_open (&w, "lib_symbols");
  nudge_sexpr_writer_close (&w);
  write_box (&w, drawing, box);
  nudge_sexpr_writer_open (&w, "sheet_instances");
  write_path (&w, "/", "1");
  write_path (&w, path, "2");
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_open (&w, "symbol_instances");
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_close (&w);
  nudge_sexpr_writer_finish (&w);
  return g_string_free_to_bytes (out);
}
