/* connect-buses.c: buses as KiCad follows them.
 *
 * What hangs together as a bus hangs together as wires do, so a sheet with buses for wires is followed. Members of one bus that have
 * the same key are one net, whatever the marks call them. On its sheet a member is also what any label of its name says. A sheet pin
 * names the members of a bus only where no label does. */
#include "drawing/connect-items.h"

#include "base/disjoint-sets.h"

#include <string.h>

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const NudgeBusMark *x = a, *y = b;

  return x->mark < y->mark ? -1 : x->mark > y->mark;
}

static void
add_mark (GArray *marks, GHashTable *names, const char *text, guint mark, guint *item)
{
  NudgeBusMark entry = { .mark = mark, .name = g_hash_table_lookup (names, text), .first_item = *item };

  if (entry.name == NULL)
    return;
  *item += entry.name->n_members;
  g_array_append_val (marks, entry);
}

/* What is known of one bus while its marks are looked through. */
typedef struct
{
  gboolean has_line, has_label;
  const char *first_pin;       /* of all names of sheet pins */
} Bus;

static void
choose_names (GArray *marks, const NudgeDrawnSheet *sheet, NudgeSheetItems *items)
{
  g_autofree Bus *buses = g_new0 (Bus, items->n_items + 1);

  for (guint i = 0; i < sheet->n_buses; i++)
    buses[nudge_sets_root (items->parents, items->first_wire + i)].has_line = TRUE;
  for (guint i = 0; i < sheet->n_labels; i++)
    buses[nudge_sets_root (items->parents, items->first_label + i)].has_label = TRUE;
  for (guint i = 0; i < marks->len; i++)
    {
      NudgeBusMark *mark = &g_array_index (marks, NudgeBusMark, i);
      Bus *bus;

      mark->bus = nudge_sets_root (items->parents, items->first_label + mark->mark);
      bus = &buses[mark->bus];
      if (mark->mark >= sheet->n_labels && (bus->first_pin == NULL || strcmp (mark->name->text, bus->first_pin) < 0))
        bus->first_pin = mark->name->text;
    }
  for (guint i = 0; i < marks->len; i++)
    {
      NudgeBusMark *mark = &g_array_index (marks, NudgeBusMark, i);
      const Bus *bus = &buses[mark->bus];

      mark->names_members = mark->mark < sheet->n_labels || (bus->has_line && !bus->has_label && g_str_equal (mark->name->text, bus->first_pin));
    }
}

/* Finds out which marks are of one bus. */
static void
follow_buses (GArray *marks, const NudgeDrawnSheet *sheet)
{
  const NudgeDrawnSheet buses = {
    .wires = sheet->buses, .junctions = sheet->junctions, .labels = sheet->labels, .sheet_pins = sheet->sheet_pins,
    .n_wires = sheet->n_buses, .n_junctions = sheet->n_junctions, .n_labels = sheet->n_labels, .n_sheet_pins = sheet->n_sheet_pins,
  };
  NudgeSheetItems items;

  nudge_sheet_items_init (&items, &buses);
  choose_names (marks, sheet, &items);
  nudge_sheet_items_clear (&items);
}

GArray *
nudge_bus_marks_new (const NudgeDrawnSheet *sheet, guint first_item, guint *end)
{
  g_autoptr (GHashTable) names = NULL;
  GArray *marks;

  *end = first_item;
  if (sheet->n_bus_names == 0)
    return NULL;
  names = g_hash_table_new (g_str_hash, g_str_equal);
  marks = g_array_new (FALSE, FALSE, sizeof (NudgeBusMark));
  for (guint i = 0; i < sheet->n_bus_names; i++)
    g_hash_table_insert (names, (gpointer) sheet->bus_names[i].text, &sheet->bus_names[i]);
  for (guint i = 0; i < sheet->n_labels; i++)
    add_mark (marks, names, sheet->labels[i].text, i, end);
  for (guint i = 0; i < sheet->n_sheet_pins; i++)
    add_mark (marks, names, sheet->sheet_pins[i].name, sheet->n_labels + i, end);
  follow_buses (marks, sheet);
  return marks;
}

void
nudge_bus_marks_join (const GArray *marks, const NudgeDrawnSheet *sheet, guint *parents)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < marks->len; i++)
    {
      const NudgeBusMark *mark = &g_array_index (marks, NudgeBusMark, i);

      for (guint k = 0; k < mark->name->n_members; k++)
        {
          g_autofree char *key = g_strdup_printf ("%u\n%s", mark->bus, sheet->bus_members[mark->name->first_member + k].key);
          gpointer other = g_hash_table_lookup (known, key);

          if (other != NULL)
            nudge_sets_join (parents, GPOINTER_TO_UINT (other) - 1, mark->first_item + k);
          else
            g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (mark->first_item + k + 1));
        }
    }
}

const NudgeBusMark *
nudge_bus_marks_find (const GArray *marks, guint mark)
{
  const NudgeBusMark wanted = { .mark = mark };

  return marks != NULL ? bsearch (&wanted, marks->data, marks->len, sizeof wanted, compare_marks) : NULL;
}
