/* synth.c: where circuit-synth 0.12.1 puts everything, what it does beyond A3 and its choice of paper included. */
#include "arrange/text-flow.h"

#include "arrange/synth-clear.h"
#include "arrange/synth-measure.h"
#include "arrange/synth-paper.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define GRID_MARGIN 25.4
#define GRID_GAP 5.08
#define FONT 1.27
#define PIN_FONT 1.0

static const struct
{
  double max_x, max_y;
} pages[] = {
  { 284.48, 165.10 }, /* A4 */
  { 407.0, 277.0 },   /* A3 */
};

/* --- beyond A3: a square grid --- */

static double
text_width (const char *text, double font)
{
  double char_width = font * 0.8;
  guint narrow = 0, wide = 0, regular = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (strchr ("iIl1!|", *p) != NULL)
      narrow++;
    else if (strchr ("WMmw", *p) != NULL)
      wide++;
    else
      regular++;
  return narrow * char_width * 0.5 + regular * char_width + wide * char_width * 1.3;
}

/* Sizes by what the symbol's name is or contains, in mils. */
static void
size_by_name (const char *name, double *w, double *h)
{
  static const struct
  {
    const char *name;
    guint w, h;
  } known[] = {
    { "R", 200, 750 }, { "C", 200, 750 }, { "L", 200, 750 },         { "D", 200, 400 }, { "LED", 200, 400 }, { "Q", 400, 400 },
    { "U", 600, 400 }, { "Thermistor", 300, 850 }, { "P", 400, 600 }, { "J", 400, 600 }, { "USB", 400, 600 },
  };
  guint found = G_N_ELEMENTS (known);

  for (guint i = 0; i < G_N_ELEMENTS (known) && found == G_N_ELEMENTS (known); i++)
    if (g_str_equal (name, known[i].name))
      found = i;
  for (guint i = 0; i < G_N_ELEMENTS (known) && found == G_N_ELEMENTS (known); i++)
    if (strstr (name, known[i].name) != NULL)
      found = i;
  *w = (found == G_N_ELEMENTS (known) ? 400 : known[found].w) * 0.0254;
  *h = (found == G_N_ELEMENTS (known) ? 400 : known[found].h) * 0.0254;
}

static void
grid_size (const NudgeLayout *layout, guint unit, double *w, double *h)
{
  const NudgePart *part = &layout->circuit->parts[layout->units[unit].part];
  const NudgeSymbol *symbol = layout->units[unit].symbol;
  const char *colon = strrchr (symbol->id, ':');
  double label = 0, padding;

  size_by_name (colon == NULL ? symbol->id : colon + 1, w, h);
  for (guint i = 0; i < symbol->n_pins; i++)
    if (symbol->pins[i].name[0] != '\0' && !g_str_equal (symbol->pins[i].name, "~"))
      label = MAX (label, text_width (symbol->pins[i].name, PIN_FONT));
  padding = label > 0 ? label + 2.54 : 2.54;
  *w = *w + 2 * padding;
  *h = *h + FONT + 1.27 + (part->value[0] != '\0' ? FONT : 0) + 1.27;
  *w = MAX (*w, text_width (part->reference, FONT) + 2.54);
  *w = MAX (*w, text_width (part->value, FONT) + 2.54);
}

/* Units in the order of the circuit; boxes stay in the row at the top. */
static void
fill_grid (const NudgeLayout *layout, GArray *items)
{
  double pitch_x = 0, pitch_y = 0;
  guint n_units = 0, columns;

  for (guint i = 0; i < items->len; i++)
    if (NUDGE_FLOW_ITEM (items, i)->unit != NUDGE_NONE)
      {
        double w, h;

        grid_size (layout, NUDGE_FLOW_ITEM (items, i)->unit, &w, &h);
        pitch_x = MAX (pitch_x, w);
        pitch_y = MAX (pitch_y, h);
        n_units++;
      }
  columns = (guint) pow (n_units, 0.5) + 1;
  pitch_x += GRID_GAP;
  pitch_y += GRID_GAP;
  for (guint i = 0; i < items->len; i++)
    {
      NudgeFlowItem *item = NUDGE_FLOW_ITEM (items, i);

      if (item->unit == NUDGE_NONE)
        continue;
      item->x = nudge_synth_snap (GRID_MARGIN + item->order % columns * pitch_x, NUDGE_SYNTH_GRID);
      item->y = nudge_synth_snap (GRID_MARGIN + item->order / columns * pitch_y, NUDGE_SYNTH_GRID);
    }
  nudge_flow_row (items, FALSE);
}

static void
arrange_block (NudgeLayout *layout, guint block, GPtrArray *diagnostics)
{
  g_autoptr (GArray) items = nudge_flow_items (layout, block);
  gboolean fits = FALSE;

  if (layout->circuit->blocks[block].n_parts == 0)
    nudge_flow_row (items, TRUE);
  else
    {
      for (guint page = 0; page < G_N_ELEMENTS (pages) && !fits; page++)
        fits = nudge_flow_fill (items, pages[page].max_x, pages[page].max_y);
      if (!fits)
        {
          g_array_unref (items);
          items = nudge_flow_items (layout, block); /* in their own order again */
          fill_grid (layout, items);
        }
    }
  for (guint i = 0; i < items->len; i++)
    nudge_flow_set_item (layout, NUDGE_FLOW_ITEM (items, i));
  nudge_synth_clear (layout, block, diagnostics);
}

static NudgeLayout *
arrange (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error)
{
  NudgeLayout *result = nudge_flow_arrange (layout, arrange_block, diagnostics, cancellable, error);
  NudgePaper paper = nudge_synth_paper (layout);

  for (guint block = 0; result != NULL && block < layout->circuit->n_blocks; block++)
    result->papers[block] = paper;
  return result;
}

const NudgeArranger nudge_synth_arranger = {
  .name = "circuit-synth",
  .summary = N_("exactly as release 0.12.1 places, its choice of paper included"),
  .arrange = arrange,
};
