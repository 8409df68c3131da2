#include "find-symbol.h"

#include "nudge.h"
#include "output.h"

#include <json-glib/json-glib.h>

#define MAX_HITS 100
#define SYMBOLS_SCHEMA 1

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

/* As data/symbols.schema.json describes it. (transfer full) */
static char *
to_json (const char *query, const NudgeSearchHit *hits, guint n_hits, guint n_found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_number (builder, "schema", SYMBOLS_SCHEMA);
  add_text (builder, "query", query);
  add_number (builder, "found", n_found);
  json_builder_set_member_name (builder, "symbols");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_hits; i++)
    {
      json_builder_begin_object (builder);
      add_text (builder, "id", hits[i].id);
      add_text (builder, "match", nudge_search_match_name (hits[i].match));
      add_text (builder, "description", hits[i].description);
      add_text (builder, "keywords", hits[i].keywords);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

static void
print_hits (FILE *stream, const NudgeSearchHit *hits, guint n_hits)
{
  for (guint i = 0; i < n_hits; i++)
    {
      g_autofree char *id = nudge_output_printable (hits[i].id), *description = nudge_output_printable (hits[i].description);

      fprintf (stream, "%s\t%s\n", id, description);
    }
}

NudgeExit
nudge_find_symbol_run (const NudgeCommandLine *command, const NudgeStreams *streams)
{
  g_autoptr (NudgeLibrary) library = nudge_library_new ();
  g_autoptr (NudgeSearch) search = NULL;
  g_autofree NudgeSearchHit *hits = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  guint n_hits, n_found;

  for (char **folder = command->symbol_folders; folder != NULL && *folder != NULL; folder++)
    if (!nudge_library_add_folder (library, *folder, &error))
      {
        fprintf (streams->err, "nudge: %s\n", error->message);
        return NUDGE_EXIT_INPUT;
      }
  nudge_library_add_default_folders (library, NULL);
  search = nudge_search_new (library);
  hits = nudge_search_find (search, command->find_symbol, NULL, MAX_HITS, &n_hits, &n_found);
  if (command->report == NULL)
    print_hits (streams->out, hits, n_hits);
  else
    json = to_json (command->find_symbol, hits, n_hits, n_found);
  if (command->verbose)
    fprintf (streams->err, "nudge: %u of %u symbols found, %u listed\n", n_found, nudge_search_get_n_symbols (search), n_hits);
  if (nudge_output_write (command->report != NULL ? command->report : "-", json != NULL ? json : "", streams, &error))
    return NUDGE_EXIT_OK;
  fprintf (streams->err, "nudge: %s\n", error->message);
  return NUDGE_EXIT_IO;
}
