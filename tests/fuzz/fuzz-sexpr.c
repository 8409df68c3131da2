/* Fuzz target: any bytes read as an S-expression. What can be read is written and read again as the same. */
#include "text/sexpr-writer.h"
#include "text/sexpr.h"

#include <string.h>

#include "fuzz.h"

/* Writes a list, without recursion: the reader's depth limit is all that bounds it. */
static void
write_list (NudgeSexprWriter *w, const NudgeSexprNode *list)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  const NudgeSexprNode *node = list;

  for (;;)
    {
      if (node == NULL)
        {
          nudge_sexpr_writer_close (w);
          if (open->len == 0)
            return;
          node = ((const NudgeSexprNode *) g_ptr_array_steal_index (open, open->len - 1))->next;
          if (open->len == 0)
            return;
        }
      else if (node->kind == NUDGE_SEXPR_LIST)
        {
          nudge_sexpr_writer_open (w, "l");
          g_ptr_array_add (open, (gpointer) node);
          node = node->child;
        }
      else
        {
          nudge_sexpr_writer_string (w, node->text);
          node = node->next;
        }
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeSexpr) tree = nudge_sexpr_parse ((const char *) data, size, 1, &error);
  g_autoptr (NudgeSexpr) again = NULL;
  g_autoptr (GString) first = g_string_new (NULL);
  NudgeSexprWriter w;

  fuzz_check ((tree == NULL) == (error != NULL));
  if (tree == NULL)
    return 0;
  for (guint n = 0; n < 4; n++)
    {
      nudge_sexpr_mm (nudge_sexpr_root (tree), n);
      nudge_sexpr_double (nudge_sexpr_root (tree), n);
    }
  nudge_sexpr_writer_init (&w, first);
  write_list (&w, nudge_sexpr_root (tree));
  nudge_sexpr_writer_finish (&w);
  again = nudge_sexpr_parse (first->str, first->len, 1, NULL);
  fuzz_check (again != NULL);
  return 0;
}
