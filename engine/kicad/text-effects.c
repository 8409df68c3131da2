#include "kicad/text-effects.h"

void
nudge_write_color (NudgeSexprWriter *w, guint32 rgb)
{
  nudge_sexpr_writer_open (w, "color");
  nudge_sexpr_writer_integer (w, rgb >> 16 & 0xff);
  nudge_sexpr_writer_integer (w, rgb >> 8 & 0xff);
  nudge_sexpr_writer_integer (w, rgb & 0xff);
  nudge_sexpr_writer_integer (w, 1);
  nudge_sexpr_writer_close (w);
}

static void
write_font (NudgeSexprWriter *w, const NudgeTextStyle *style, guint32 color)
{
  nudge_sexpr_writer_open (w, "font");
  nudge_sexpr_writer_point_list (w, "size", style->height, style->width);
  if (style->thickness > 0)
    nudge_sexpr_writer_mm_list (w, "thickness", style->thickness);
  if (style->bold)
    nudge_sexpr_writer_bool_list (w, "bold", TRUE);
  if (style->italic)
    nudge_sexpr_writer_bool_list (w, "italic", TRUE);
  if (color != NUDGE_COLOR_DEFAULT)
    nudge_write_color (w, color);
  nudge_sexpr_writer_close (w);
}

static void
write_justify (NudgeSexprWriter *w, gint8 h, gint8 v)
{
  if (h == 0 && v == 0)
    return;
  nudge_sexpr_writer_open (w, "justify");
  if (h != 0)
    nudge_sexpr_writer_atom (w, h < 0 ? "left" : "right");
  if (v != 0)
    nudge_sexpr_writer_atom (w, v < 0 ? "top" : "bottom");
  nudge_sexpr_writer_close (w);
}

void
nudge_write_text_effects (NudgeSexprWriter *w, const NudgeTextStyle *style, guint32 color)
{
  nudge_sexpr_writer_open (w, "effects");
  write_font (w, style, color);
  write_justify (w, style->justify_h, style->justify_v);
  if (style->hidden)
    nudge_sexpr_writer_bool_list (w, "hide", TRUE);
  nudge_sexpr_writer_close (w);
}
