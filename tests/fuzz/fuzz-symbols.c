/* Fuzz target: any bytes read as a symbol library. Each symbol that can be read is written, read again and written the
 * same. */
#include "kicad/symbol-writer.h"
#include "library/file-index.h"
#include "library/symbol-reader.h"

#include <string.h>

#include "fuzz.h"

static GString *
write_symbol (const NudgeSymbol *symbol)
{
  GString *out = g_string_new (NULL);
  NudgeSexprWriter w;

  nudge_sexpr_writer_init (&w, out);
  nudge_symbol_write (&w, symbol);
  return out;
}

static const NudgeSymbol *
read_symbol (NudgeArena *arena, const char *id, const char *text, gsize length, const NudgeSymbol *base)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeSexpr) tree = nudge_sexpr_parse (text, length, 1, &error);
  const NudgeSymbol *symbol;

  if (tree == NULL)
    {
      fuzz_check (error != NULL);
      return NULL;
    }
  symbol = nudge_symbol_read (arena, id, nudge_sexpr_root (tree), base, &error);
  fuzz_check ((symbol == NULL) == (error != NULL));
  return symbol;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NudgeFileIndex) file = nudge_file_index_scan ("fuzz", size, 0, (const char *) data, size);
  g_autoptr (NudgeArena) arena = nudge_arena_new ();
  const NudgeSymbol *base = NULL;

  fuzz_check (file != NULL);
  for (guint i = 0; i < file->n_entries; i++)
    {
      const NudgeIndexEntry *entry = &file->entries[i];
      gboolean extends = file->strings[entry->extends] != 0;
      const char *text = (const char *) data + entry->offset;
      const NudgeSymbol *symbol = read_symbol (arena, "Lib:name", text, entry->length, extends ? base : NULL);
      const NudgeSymbol *again;
      g_autoptr (GString) first = NULL;
      g_autoptr (GString) second = NULL;

      fuzz_check (nudge_file_index_find (file, file->strings + entry->name) != NULL);
      if (symbol == NULL)
        continue;
      base = symbol;
      for (guint unit = 1; unit <= symbol->n_units; unit++)
        nudge_symbol_box (symbol, unit);
      for (guint pin = 0; pin < symbol->n_pins; pin++)
        if (symbol->pins[pin].body_style < 2)
          fuzz_check (nudge_symbol_find_pin (symbol, symbol->pins[pin].number) <= pin);
      first = write_symbol (symbol);
      again = read_symbol (arena, "Lib:name", first->str, first->len, NULL);
      fuzz_check (again != NULL);
      second = write_symbol (again);
      fuzz_check (strcmp (first->str, second->str) == 0);
    }
  return 0;
}
