#include "kicad/synth-text.h"

#include "base/uuid.h"

#include <string.h>

#define BOX_THICKNESS 2540

void
nudge_synth_write_effects (NudgeSexprWriter *w, gint32 size, const char *h, const char *v, gboolean hidden)
{
  nudge_sexpr_writer_open (w, "effects");
  nudge_sexpr_writer_open (w, "font");
  nudge_sexpr_writer_point_list (w, "size", size, size);
  nudge_sexpr_writer_close (w);
  if (h != NULL)
    {
      nudge_sexpr_writer_open (w, "justify");
      nudge_sexpr_writer_atom (w, h);
      if (v != NULL)
        nudge_sexpr_writer_atom (w, v);
      nudge_sexpr_writer_close (w);
    }
  if (hidden)
    nudge_sexpr_writer_bool_list (w, "hide", TRUE);
  nudge_sexpr_writer_close (w);
}

static void
write_uuid (NudgeSexprWriter *w, const char *kind, const NudgeCircuit *circuit, const NudgeDrawnSheet *sheet, guint index)
{
  g_autofree char *key = g_strdup_printf ("%s\n%u", circuit->blocks[sheet->block].path, index);
  char uuid[37];

  nudge_uuid (uuid, kind, key);
  nudge_sexpr_writer_string_list (w, "uuid", uuid);
}

/* A number that is a double there: zero has decimals. */
static void
write_double_mm (NudgeSexprWriter *w, gint32 v)
{
  if (v == 0)
    nudge_sexpr_writer_atom (w, "0.0000");
  else
    nudge_sexpr_writer_mm (w, v);
}

void
nudge_synth_write_image (NudgeSexprWriter *w, const NudgeCircuit *circuit, const NudgeDrawnSheet *sheet, guint index)
{
  const NudgeDrawnImage *image = &sheet->images[index];
  gsize length;
  const guint8 *data = g_bytes_get_data (image->data, &length);
  g_autofree char *base64 = g_base64_encode (data, length);
  gsize n = strlen (base64);

  nudge_sexpr_writer_open (w, "image");
  nudge_sexpr_writer_open (w, "at");
  write_double_mm (w, image->at.x);
  write_double_mm (w, image->at.y);
  nudge_sexpr_writer_close (w);
  write_uuid (w, "image", circuit, sheet, index);
  if (image->scale != 1.0)
    {
      nudge_sexpr_writer_open (w, "scale");
      nudge_sexpr_writer_double (w, image->scale);
      nudge_sexpr_writer_close (w);
    }
  nudge_sexpr_writer_open (w, "data");
  for (gsize at = 0; at < n; at += 76)
    {
      g_autofree char *line = g_strndup (base64 + at, 76);

      nudge_sexpr_writer_string (w, line);
    }
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_close (w);
}

static void
write_color (NudgeSexprWriter *w, guint32 color)
{
  nudge_sexpr_writer_open (w, "color");
  for (gint shift = 16; shift >= 0; shift -= 8)
    nudge_sexpr_writer_integer (w, color >> shift & 0xff);
  nudge_sexpr_writer_integer (w, 1);
  nudge_sexpr_writer_close (w);
}

static void
write_frame (NudgeSexprWriter *w, const NudgeDrawnText *text)
{
  nudge_sexpr_writer_point_list (w, "size", text->box.x1 - text->box.x0, text->box.y1 - text->box.y0);
  nudge_sexpr_writer_open (w, "margins");
  for (guint i = 0; i < 4; i++)
    nudge_sexpr_writer_mm (w, text->margin[i]);
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "stroke");
  nudge_sexpr_writer_mm_list (w, "width", text->border_width);
  nudge_sexpr_writer_atom_list (w, "type", "solid");
  nudge_sexpr_writer_close (w);
  nudge_sexpr_writer_open (w, "fill");
  nudge_sexpr_writer_atom_list (w, "type", text->filled ? "color" : "none");
  if (text->filled)
    write_color (w, text->fill_color);
  nudge_sexpr_writer_close (w);
}

static void
write_styled_effects (NudgeSexprWriter *w, const NudgeDrawnText *text)
{
  nudge_sexpr_writer_open (w, "effects");
  nudge_sexpr_writer_open (w, "font");
  nudge_sexpr_writer_point_list (w, "size", text->style.height, text->style.height);
  if (text->boxed)
    nudge_sexpr_writer_mm_list (w, "thickness", BOX_THICKNESS);
  if (text->style.bold)
    nudge_sexpr_writer_bool_list (w, "bold", TRUE);
  if (text->style.italic)
    nudge_sexpr_writer_bool_list (w, "italic", TRUE);
  if (text->text_color != NUDGE_COLOR_DEFAULT)
    write_color (w, text->text_color);
  nudge_sexpr_writer_close (w);
  if (text->boxed)
    {
      nudge_sexpr_writer_open (w, "justify");
      nudge_sexpr_writer_atom (w, "left");
      nudge_sexpr_writer_atom (w, "top");
      nudge_sexpr_writer_close (w);
    }
  nudge_sexpr_writer_close (w);
}

void
nudge_synth_write_text (NudgeSexprWriter *w, const NudgeSynthForm *form, const NudgeCircuit *circuit, const NudgeDrawnSheet *sheet, guint index)
{
  const NudgeDrawnText *text = &sheet->texts[index];

  nudge_sexpr_writer_open (w, text->boxed ? "text_box" : "text");
  nudge_sexpr_writer_string (w, text->text);
  nudge_sexpr_writer_bool_list (w, "exclude_from_sim", form->styles_texts);
  nudge_sexpr_writer_at (w, text->box.x0, text->box.y0, text->angle);
  if (text->boxed)
    write_frame (w, text);
  if (form->styles_texts)
    write_styled_effects (w, text);
  else
    nudge_synth_write_effects (w, text->style.height, text->boxed ? "left" : NULL, "top", FALSE);
  write_uuid (w, "text", circuit, sheet, index);
  nudge_sexpr_writer_close (w);
}
