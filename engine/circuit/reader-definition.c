/* Circuits that are copies of one another share a file. What makes two circuits equal is written down as one string,
 * the signature: everything about them but the references of their parts. */
#include "circuit/reader.h"

#include <stdlib.h>
#include <string.h>

static void
add_text (GString *out, const char *text)
{
  g_string_append (out, text != NULL ? text : "");
  g_string_append_c (out, '\0');
}

static void
add_number (GString *out, gint64 number)
{
  g_string_append_len (out, (const char *) &number, sizeof number);
}

static void
add_part (NudgeReader *self, const NudgePart *part, GString *out)
{
  add_text (out, part->symbol);
  add_text (out, part->value);
  add_text (out, part->footprint);
  add_text (out, part->datasheet);
  add_text (out, part->description);
  add_number (out, part->dnp | part->in_bom << 1 | part->on_board << 2);
  add_number (out, part->n_fields);
  for (guint i = part->first_field; i < part->first_field + part->n_fields; i++)
    {
      add_text (out, NUDGE_AT (self->fields, NudgeField, i).name);
      add_text (out, NUDGE_AT (self->fields, NudgeField, i).value);
    }
  add_number (out, part->n_pins);
  for (guint i = part->first_pin; i < part->first_pin + part->n_pins; i++)
    {
      const NudgeCircuitPin *pin = &NUDGE_AT (self->pins, NudgeCircuitPin, i);

      add_text (out, pin->number);
      add_text (out, pin->name);
      add_text (out, pin->type);
      add_number (out, pin->x);
      add_number (out, pin->y);
      add_number (out, pin->length);
      add_number (out, pin->angle);
    }
}

static void
add_annotation (NudgeReader *self, const NudgeAnnotation *annotation, GString *out)
{
  const NudgeAnnotation *a = annotation;
  const gint64 numbers[] = {
    a->kind,      a->has_position, a->at.x,       a->at.y,      a->size.x,     a->size.y,    a->margin[0],
    a->margin[1], a->margin[2],    a->margin[3],  a->text_size, a->bold,       a->italic,    a->border_width,
    a->background, a->header_bold, a->justify_h,  a->justify_v, a->angle,      a->n_rows,    a->n_columns,
    (gint64) (a->scale * 1e6),
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (out, numbers[i]);
  add_text (out, a->text);
  add_text (out, a->text_color);
  add_text (out, a->background_color);
  add_text (out, a->border_color);
  for (guint i = 0; i < a->n_rows * a->n_columns; i++)
    add_text (out, NUDGE_AT (self->cells, const char *, a->first_cell + i));
}

static gint
compare_local_nodes (gconstpointer a, gconstpointer b)
{
  const NudgeLocalNode *x = *(const NudgeLocalNode *const *) a, *y = *(const NudgeLocalNode *const *) b;

  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  return strcmp (x->pin, y->pin);
}

static void
add_net (NudgeReader *self, const NudgeBlock *block, const NudgeLocalNet *net, GString *out)
{
  g_autofree const NudgeLocalNode **nodes = g_new (const NudgeLocalNode *, net->n_nodes);
  const NudgeLocalNet *nets = (const NudgeLocalNet *) self->local_nets->data;
  const NudgeLocalNet *owner = net->owner != NUDGE_NONE ? &nets[net->owner] : net;
  const NudgeLocalNode *last = NULL;

  /* Automatic names count through the whole design, so copies never agree on them. */
  add_text (out, nudge_reader_is_automatic_name (net->name) ? "" : net->name);
  /* The same bare list may mean a rail in one place and a signal in another: they are drawn differently. */
  add_text (out, owner->power_symbol);
  add_number (out, net->declared | owner->is_power << 1);
  for (guint i = 0; i < net->n_nodes; i++)
    nodes[i] = &NUDGE_AT (self->local_nodes, NudgeLocalNode, net->first_node + i);
  if (net->n_nodes > 0)
    qsort (nodes, net->n_nodes, sizeof *nodes, compare_local_nodes);
  for (guint i = 0; i < net->n_nodes; i++)
    {
      if (last != NULL && compare_local_nodes (&last, &nodes[i]) == 0)
        continue;
      last = nodes[i];
      add_number (out, last->part - block->first_part);
      add_text (out, last->pin);
    }
  add_number (out, -1);
}

static gint
compare_bytes (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

/* In the order of what is said of them: that of the circuit may differ between copies. */
static void
add_nets (NudgeReader *self, const NudgeBlock *block, guint first, guint n, GString *out)
{
  g_autoptr (GPtrArray) nets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < n; i++)
    {
      GString *net = g_string_new (NULL);

      add_net (self, block, &NUDGE_AT (self->local_nets, NudgeLocalNet, first + i), net);
      g_ptr_array_add (nets, g_string_free_to_bytes (net));
    }
  g_ptr_array_sort (nets, compare_bytes);
  for (guint i = 0; i < n; i++)
    {
      gsize length;
      const char *data = g_bytes_get_data (nets->pdata[i], &length);

      g_string_append_len (out, data, length);
    }
}

static GBytes *
signature (NudgeReader *self, guint block_index, guint first_net, guint n_nets)
{
  const NudgeBlock *block = &NUDGE_AT (self->blocks, NudgeBlock, block_index);
  GString *out = g_string_new (NULL);

  add_text (out, block->name);
  add_text (out, block->description);
  add_number (out, block->n_parts);
  for (guint i = 0; i < block->n_parts; i++)
    add_part (self, &NUDGE_AT (self->parts, NudgePart, block->first_part + i), out);
  add_number (out, n_nets);
  add_nets (self, block, first_net, n_nets, out);
  add_number (out, block->n_annotations);
  for (guint i = 0; i < block->n_annotations; i++)
    add_annotation (self, &NUDGE_AT (self->annotations, NudgeAnnotation, block->first_annotation + i), out);
  for (guint i = block->first_child; i != NUDGE_NONE; i = NUDGE_AT (self->blocks, NudgeBlock, i).next_sibling)
    {
      add_text (out, NUDGE_AT (self->blocks, NudgeBlock, i).label);
      add_number (out, NUDGE_AT (self->blocks, NudgeBlock, i).definition);
    }
  return g_string_free_to_bytes (out);
}

/* Children come behind their parent, so the last block is the first to know; a definition is the first block of its
 * kind, so it is found in a second walk forward, and what is said of children is said of a class until then. */
void
nudge_reader_definitions (NudgeReader *self)
{
  g_autoptr (GHashTable) classes = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  guint n = self->blocks->len;
  g_autofree guint *first_of_class = g_new (guint, n);
  guint end = self->local_nets->len;

  for (guint i = n; i > 0; i--)
    {
      NudgeBlock *block = &NUDGE_AT (self->blocks, NudgeBlock, i - 1);
      guint first = end;
      gpointer known;
      GBytes *bytes;

      while (first > 0 && NUDGE_AT (self->local_nets, NudgeLocalNet, first - 1).block == i - 1)
        first--;
      bytes = signature (self, i - 1, first, end - first);
      end = first;
      if (!g_hash_table_lookup_extended (classes, bytes, NULL, &known))
        {
          known = GUINT_TO_POINTER (g_hash_table_size (classes));
          g_hash_table_insert (classes, bytes, known);
        }
      else
        g_bytes_unref (bytes);
      block->definition = GPOINTER_TO_UINT (known);
      first_of_class[block->definition] = i - 1;
    }
  for (guint i = 0; i < n; i++)
    NUDGE_AT (self->blocks, NudgeBlock, i).definition = first_of_class[NUDGE_AT (self->blocks, NudgeBlock, i).definition];
}
