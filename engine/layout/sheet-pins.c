#include "layout/sheet-pins.h"

#include <stdlib.h>
#include <string.h>

struct _NudgeSheetPins
{
  gatomicrefcount refs;
  NudgePlacedPin *pins;        /* by name; each owns its name */
  guint n_pins;
};

static gint
compare_pins (gconstpointer a, gconstpointer b)
{
  return strcmp (((const NudgePlacedPin *) a)->name, ((const NudgePlacedPin *) b)->name);
}

NudgeSheetPins *
nudge_sheet_pins_new (const NudgePlacedPin *pins, guint n_pins)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (NudgePlacedPin));
  NudgeSheetPins *self;

  if (n_pins == 0)
    return NULL;
  g_array_append_vals (sorted, pins, n_pins);
  g_array_sort (sorted, compare_pins);
  self = g_new0 (NudgeSheetPins, 1);
  g_atomic_ref_count_init (&self->refs);
  self->pins = g_new (NudgePlacedPin, n_pins);
  for (guint i = 0; i < n_pins; i++)
    {
      const NudgePlacedPin *pin = &g_array_index (sorted, NudgePlacedPin, i);

      if (self->n_pins > 0 && g_str_equal (self->pins[self->n_pins - 1].name, pin->name))
        continue;
      self->pins[self->n_pins++] = (NudgePlacedPin){ g_strdup (pin->name), pin->place };
    }
  return self;
}

NudgeSheetPins *
nudge_sheet_pins_ref (NudgeSheetPins *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_sheet_pins_unref (NudgeSheetPins *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_pins; i++)
    g_free ((char *) self->pins[i].name);
  g_free (self->pins);
  g_free (self);
}

NudgeSheetPins *
nudge_sheet_pins_with (const NudgeSheetPins *self, const char *name, const NudgePinPlace *place)
{
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (NudgePlacedPin));

  /* The first of a name counts. */
  if (place != NULL)
    {
      NudgePlacedPin pin = { name, *place };

      g_array_append_val (pins, pin);
    }
  for (guint i = 0; self != NULL && i < self->n_pins; i++)
    if (!g_str_equal (self->pins[i].name, name))
      g_array_append_val (pins, self->pins[i]);
  return nudge_sheet_pins_new ((const NudgePlacedPin *) (gpointer) pins->data, pins->len);
}

const NudgePlacedPin *
nudge_sheet_pins_list (const NudgeSheetPins *self, guint *n_pins)
{
  *n_pins = self != NULL ? self->n_pins : 0;
  return self != NULL ? self->pins : NULL;
}

const NudgePinPlace *
nudge_sheet_pins_find (const NudgeSheetPins *self, const char *name)
{
  const NudgePlacedPin key = { .name = name };
  const NudgePlacedPin *found = self != NULL ? bsearch (&key, self->pins, self->n_pins, sizeof key, compare_pins) : NULL;

  return found != NULL ? &found->place : NULL;
}

gboolean
nudge_sheet_pins_equal (const NudgeSheetPins *a, const NudgeSheetPins *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->n_pins != b->n_pins)
    return FALSE;
  for (guint i = 0; i < a->n_pins; i++)
    if (a->pins[i].place.side != b->pins[i].place.side || a->pins[i].place.at != b->pins[i].place.at
        || !g_str_equal (a->pins[i].name, b->pins[i].name))
      return FALSE;
  return TRUE;
}

NudgeSheetPins *
nudge_layout_get_pins (const NudgeLayout *self, guint block)
{
  return self->pins != NULL ? self->pins[block] : NULL;
}

void
nudge_layout_set_pins (NudgeLayout *self, guint block, NudgeSheetPins *pins)
{
  if (pins == nudge_layout_get_pins (self, block))
    return;
  if (self->pins == NULL)
    self->pins = g_new0 (gpointer, self->circuit->n_blocks);
  if (pins != NULL)
    nudge_sheet_pins_ref (pins);
  g_clear_pointer (&self->pins[block], nudge_sheet_pins_unref);
  self->pins[block] = pins;
}
