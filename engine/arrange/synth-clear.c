#include "arrange/synth-clear.h"

#define GRID 25400
#define MAX_STEPS 400

/* What stands at a point: a net, or something that must be alone there. */
typedef struct
{
  NudgePoint at;
  guint net;
} Contact;

static guint
contact_hash (gconstpointer key)
{
  const Contact *c = key;

  return (guint) c->at.x * 31 + (guint) c->at.y;
}

static gboolean
contact_equal (gconstpointer a, gconstpointer b)
{
  return nudge_point_equal (((const Contact *) a)->at, ((const Contact *) b)->at);
}

/* The pins of a unit about its origin. (transfer full) (element-type Contact) */
static GArray *
unit_contacts (const NudgeLayout *layout, guint unit_index)
{
  const NudgeUnit *unit = &layout->units[unit_index];
  NudgePose pose = layout->placements[unit_index].pose;
  GArray *contacts = g_array_new (FALSE, FALSE, sizeof (Contact));

  pose.at = (NudgePoint){ 0, 0 };
  for (guint i = 0; i < unit->symbol->n_pins; i++)
    if (nudge_symbol_pin_in_unit (&unit->symbol->pins[i], unit->unit))
      {
        Contact contact = { nudge_pose_point (&pose, unit->symbol->pins[i].at),
                            nudge_circuit_net_of (layout->circuit, unit->part, unit->symbol->pins[i].number) };

        g_array_append_val (contacts, contact);
      }
  return contacts;
}

static gboolean
is_clear (GHashTable *taken, const GArray *contacts, NudgePoint at)
{
  for (guint i = 0; i < contacts->len; i++)
    {
      Contact contact = g_array_index (contacts, Contact, i);
      const Contact *other;

      contact.at.x += at.x;
      contact.at.y += at.y;
      other = g_hash_table_lookup (taken, &contact);
      if (other != NULL && (other->net != contact.net || contact.net == NUDGE_NONE))
        return FALSE;
    }
  return TRUE;
}

static void
take (GHashTable *taken, Contact contact)
{
  if (!g_hash_table_contains (taken, &contact))
    g_hash_table_add (taken, g_memdup2 (&contact, sizeof contact));
}

/* The right edge, where its pins stand. */
static void
take_box (GHashTable *taken, const NudgeBoxPlacement *box)
{
  for (gint32 y = GRID; y < box->size.y; y += GRID)
    take (taken, (Contact){ { box->at.x + box->size.x, box->at.y + y }, NUDGE_NONE });
}

/* The nearest clear place to the right and below. */
static NudgePoint
find_place (GHashTable *taken, const GArray *contacts, NudgePoint from)
{
  for (gint32 step = 1; step <= MAX_STEPS; step++)
    for (gint32 i = 0; i <= 2 * step; i++)
      {
        NudgePoint at = { from.x + MIN (step, 2 * step - i) * GRID, from.y + MIN (step, i) * GRID };

        if (is_clear (taken, contacts, at))
          return at;
      }
  return from;
}

void
nudge_synth_clear (NudgeLayout *layout, guint block, GPtrArray *diagnostics)
{
  const NudgeCircuit *circuit = layout->circuit;
  const NudgeBlock *b = &circuit->blocks[block];
  g_autoptr (GHashTable) taken = g_hash_table_new_full (contact_hash, contact_equal, g_free, NULL);

  for (guint child = b->first_child; child != NUDGE_NONE; child = circuit->blocks[child].next_sibling)
    take_box (taken, &layout->boxes[child]);
  for (guint u = layout->part_units[b->first_part]; u < layout->part_units[b->first_part + b->n_parts]; u++)
    {
      g_autoptr (GArray) contacts = unit_contacts (layout, u);
      NudgePose *pose = &layout->placements[u].pose;

      if (!layout->placements[u].locked && !is_clear (taken, contacts, pose->at))
        {
          const char *reference = circuit->parts[layout->units[u].part].reference;
          NudgeDiagnostic *found = nudge_diagnostics_add (diagnostics, NUDGE_CODE_SYNTH_DEVIATION,
                                                          "%s stands elsewhere, since its pins would meet those of others", reference);

          nudge_diagnostic_set_subject (found, reference);
          nudge_diagnostic_set_sheet (found, b->path);
          pose->at = find_place (taken, contacts, pose->at);
        }
      for (guint i = 0; i < contacts->len; i++)
        {
          Contact contact = g_array_index (contacts, Contact, i);

          contact.at.x += pose->at.x;
          contact.at.y += pose->at.y;
          take (taken, contact);
        }
    }
}
