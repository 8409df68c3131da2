/* read: bytes -> Circuit. */
#include "circuit/reader.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One circuit whose subcircuits are being read. */
typedef struct
{
  guint block;
  guint last_child; /* NUDGE_NONE: none yet */
  guint at, end;    /* JSON values: the next subcircuit, and behind the last */
} Level;

static GArray *
array_of (gsize element_size)
{
  return g_array_new (FALSE, TRUE, element_size);
}

static void
reader_init (NudgeReader *self, NudgeJson *json, GPtrArray *diagnostics)
{
  *self = (NudgeReader){ .json = json, .diagnostics = diagnostics };
  self->strings = g_string_chunk_new (CLAMP (json->size / 4, 512, 1024 * 1024));
  self->scratch = g_string_new (NULL);
  self->blocks = array_of (sizeof (NudgeBlock));
  self->block_values = array_of (sizeof (guint));
  self->parts = array_of (sizeof (NudgePart));
  self->part_values = array_of (sizeof (guint));
  self->pins = array_of (sizeof (NudgeCircuitPin));
  self->fields = array_of (sizeof (NudgeField));
  self->raw_fields = array_of (sizeof (NudgeField));
  self->annotations = array_of (sizeof (NudgeAnnotation));
  self->cells = array_of (sizeof (const char *));
  self->aliases = array_of (sizeof (NudgePinAlias));
  self->local_nets = array_of (sizeof (NudgeLocalNet));
  self->local_nodes = array_of (sizeof (NudgeLocalNode));
  self->nets = array_of (sizeof (NudgeNet));
  self->nodes = array_of (sizeof (NudgeNode));
  self->part_nodes = array_of (sizeof (NudgeNode));
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
reader_clear (NudgeReader *self)
{
  GArray *arrays[] = {
    self->blocks,      self->block_values, self->parts,      self->part_values, self->pins,
    self->fields,      self->annotations,  self->cells,      self->aliases,     self->local_nets,
    self->local_nodes, self->nets,         self->nodes,      self->part_nodes,    self->raw_fields,
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (&arrays[i], g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_hash_table_unref (self->by_name);
  g_string_free (self->scratch, TRUE);
}

char *
nudge_name_of_builder (const char *name)
{
  GString *out;
  gboolean in_word = FALSE;

  if (!g_str_has_prefix (name, "build_") || name[strlen ("build_")] == '\0')
    return g_strdup (name);
  out = g_string_new (NULL);
  for (const char *p = name + strlen ("build_"); *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = *p == '_' ? ' ' : g_utf8_get_char (p);

      g_string_append_unichar (out, in_word ? g_unichar_tolower (c) : g_unichar_toupper (c));
      in_word = *p != '_';
    }
  return g_string_free (out, FALSE);
}

static const char *
block_name (NudgeReader *self, guint value, gboolean top)
{
  guint member = nudge_json_member (self->json, value, "name");
  const char *name = nudge_reader_name (self, member, "the name of a circuit");

  if (name != NULL && name[0] != '\0' && !top)
    {
      g_autofree char *built = nudge_name_of_builder (name);

      return nudge_reader_keep (self, built, strlen (built));
    }
  if (name != NULL && name[0] != '\0')
    return name;
  if (name != NULL)
    nudge_reader_find_mild (self, NUDGE_CODE_BAD_NAME, value, NULL, "a circuit has no name");
  return top ? "circuit" : "subcircuit";
}

/* Appends the block and reads all of it but its subcircuits. */
static guint
read_block (NudgeReader *self, guint value, guint parent)
{
  NudgeJson *json = self->json;
  NudgeBlock block = { .parent = parent, .first_child = NUDGE_NONE, .next_sibling = NUDGE_NONE, .label = "", .path = "/" };
  guint index = self->blocks->len;

  block.name = block_name (self, value, parent == NUDGE_NONE);
  block.description = nudge_reader_member_text (self, value, "description");
  block.depth = parent == NUDGE_NONE ? 0 : NUDGE_AT (self->blocks, NudgeBlock, parent).depth + 1;
  block.definition = index;
  g_array_append_val (self->blocks, block);
  g_array_append_val (self->block_values, value);
  nudge_reader_parts (self, index, nudge_json_member (json, value, "components"));
  nudge_reader_local_nets (self, index, nudge_json_member (json, value, "nets"));
  nudge_reader_annotations (self, index, nudge_json_member (json, value, "annotations"));
  return index;
}

static Level
open_level (NudgeReader *self, guint block, guint value)
{
  guint list = nudge_json_member (self->json, value, "subcircuits");
  Level level = { .block = block, .last_child = NUDGE_NONE };

  if (!nudge_reader_expect (self, list, NUDGE_JSON_ARRAY, "the subcircuits of a circuit must be a list"))
    return level;
  if (self->json->values[list].size > 0 && NUDGE_AT (self->blocks, NudgeBlock, block).depth >= NUDGE_MAX_BLOCK_DEPTH)
    {
      nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, list, NUDGE_AT (self->blocks, NudgeBlock, block).name,
                         "circuits are nested more than %d deep", NUDGE_MAX_BLOCK_DEPTH);
      return level;
    }
  level.at = list + 1;
  level.end = nudge_json_next (self->json, list);
  return level;
}

static void
read_tree (NudgeReader *self)
{
  Level levels[NUDGE_MAX_BLOCK_DEPTH + 1];
  guint depth = 1;

  levels[0] = open_level (self, read_block (self, 0, NUDGE_NONE), 0);
  while (depth > 0)
    {
      Level *level = &levels[depth - 1];
      guint value = level->at;
      guint block;

      if (level->at >= level->end)
        {
          depth--;
          continue;
        }
      level->at = nudge_json_next (self->json, value);
      if (!nudge_reader_expect (self, value, NUDGE_JSON_OBJECT, "a subcircuit must be an object"))
        continue;
      if (self->blocks->len == NUDGE_MAX_BLOCKS)
        {
          nudge_reader_find (self, NUDGE_CODE_CIRCUIT_LIMIT, value, NULL, "the design has more than %d circuits",
                             NUDGE_MAX_BLOCKS);
          return;
        }
      block = read_block (self, value, level->block);
      if (level->last_child == NUDGE_NONE)
        NUDGE_AT (self->blocks, NudgeBlock, level->block).first_child = block;
      else
        NUDGE_AT (self->blocks, NudgeBlock, level->last_child).next_sibling = block;
      level->last_child = block;
      levels[depth] = open_level (self, block, value);
      depth++;
    }
}

static void
read_circuit (NudgeReader *self, gboolean in_pages)
{
  static const char *const marks[] = { "components", "nets", "subcircuits" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    found = found || nudge_json_member (self->json, 0, marks[i]) != NUDGE_NONE;
  if (!found)
    {
      nudge_reader_find (self, NUDGE_CODE_SCHEMA, 0, NULL,
                         "this is no circuit: it has neither components nor nets nor subcircuits");
      return;
    }
  read_tree (self);
  nudge_reader_references (self);
  nudge_reader_net_names (self);
  if (in_pages && self->n_errors == 0)
    nudge_reader_pages (self);
  nudge_reader_labels (self);
  nudge_reader_design_nets (self);
  nudge_reader_definitions (self);
  nudge_reader_nodes (self);
  if (self->parts->len == 0)
    nudge_reader_find (self, NUDGE_CODE_EMPTY_CIRCUIT, 0, NULL, "the circuit has no parts");
}

static gpointer
take_array (GArray **array, guint *n)
{
  *n = (*array)->len;
  return g_array_free (g_steal_pointer (array), FALSE);
}

static NudgeCircuit *
take_circuit (NudgeReader *self, const char *base_dir)
{
  NudgeCircuit *circuit = g_new0 (NudgeCircuit, 1);
  GArray *mentions = array_of (sizeof (NudgeMention));
  GArray *mention_nodes = array_of (sizeof (NudgeNode));
  guint n_part_nodes;

  nudge_reader_mentions (self, mentions, mention_nodes);
  g_atomic_ref_count_init (&circuit->refs);
  circuit->base_dir = base_dir != NULL ? nudge_reader_keep (self, base_dir, strlen (base_dir)) : NULL;
  circuit->strings = g_steal_pointer (&self->strings);
  circuit->index = g_steal_pointer (&self->index);
  circuit->blocks = take_array (&self->blocks, &circuit->n_blocks);
  circuit->parts = take_array (&self->parts, &circuit->n_parts);
  circuit->pins = take_array (&self->pins, &circuit->n_pins);
  circuit->nets = take_array (&self->nets, &circuit->n_nets);
  circuit->nodes = take_array (&self->nodes, &circuit->n_nodes);
  circuit->part_nodes = take_array (&self->part_nodes, &n_part_nodes);
  circuit->mentions = take_array (&mentions, &circuit->n_mentions);
  circuit->mention_nodes = take_array (&mention_nodes, &circuit->n_mention_nodes);
  circuit->fields = take_array (&self->fields, &circuit->n_fields);
  circuit->raw_fields = take_array (&self->raw_fields, &circuit->n_raw_fields);
  circuit->annotations = take_array (&self->annotations, &circuit->n_annotations);
  circuit->cells = take_array (&self->cells, &circuit->n_cells);
  circuit->json = g_bytes_ref (self->json->bytes);
  return circuit;
}

static void
report_rest (NudgeReader *self)
{
  if (self->n_findings > NUDGE_MAX_FINDINGS)
    nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_MORE_FINDINGS, "%u findings were made; %d of them are listed",
                           self->n_findings, NUDGE_MAX_FINDINGS);
}

/* Says why there is no circuit: the first error of those that came after @first. */
static void
set_input_error (GError **error, const GPtrArray *diagnostics, guint first, guint n_errors)
{
  for (guint i = first; i < diagnostics->len; i++)
    {
      const NudgeDiagnostic *diagnostic = diagnostics->pdata[i];
      g_autofree char *text = NULL;

      if (diagnostic->severity != NUDGE_SEVERITY_ERROR)
        continue;
      text = nudge_diagnostic_to_string (diagnostic);
      if (n_errors > 1)
        g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s, and %u more", text, n_errors - 1);
      else
        g_set_error_literal (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, text);
      return;
    }
  g_assert_not_reached ();
}

static NudgeCircuit *
read_bytes (GBytes *bytes, const char *base_dir, gboolean in_pages, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GPtrArray) list = diagnostics != NULL ? g_ptr_array_ref (diagnostics) : nudge_diagnostics_new ();
  guint first = list->len, n_errors;
  g_autoptr (NudgeJson) json = nudge_json_read (bytes, list);
  NudgeReader reader;
  NudgeCircuit *circuit = NULL;

  if (json == NULL)
    {
      set_input_error (error, list, first, 1);
      return NULL;
    }
  reader_init (&reader, json, list);
  read_circuit (&reader, in_pages);
  report_rest (&reader);
  n_errors = json->n_errors + reader.n_errors;
  if (n_errors == 0)
    circuit = take_circuit (&reader, base_dir);
  else
    set_input_error (error, list, first, n_errors);
  reader_clear (&reader);
  return circuit;
}

/**
 * nudge_circuit_read_bytes:
 * @bytes: circuit JSON as circuit-synth writes it, in UTF-8
 * @base_dir: (nullable): folder that images are named from
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): list that every finding is appended to
 * @error: return location for an error
 *
 * Reads a circuit, of release 0.12 or of July 2025. All findings are made before it fails, so that one look at the list
 * is enough to mend the input; beyond %NUDGE_MAX_FINDINGS they are only counted.
 *
 * Returns: (transfer full): the circuit, or %NULL with %NUDGE_ERROR_INPUT when a finding is an error
 */
NudgeCircuit *
nudge_circuit_read_bytes (GBytes *bytes, const char *base_dir, GPtrArray *diagnostics, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  return read_bytes (bytes, base_dir, FALSE, diagnostics, error);
}

/* Whether the pins of two circuits with the same parts are joined in the same way. */
static gboolean
same_nets (const NudgeCircuit *a, const NudgeCircuit *b)
{
  g_autofree guint *twin = g_new (guint, a->n_nets + 1);

  if (a->n_parts != b->n_parts || a->n_nets != b->n_nets || a->n_nodes != b->n_nodes)
    return FALSE;
  for (guint net = 0; net < a->n_nets; net++)
    {
      twin[net] = NUDGE_NONE;
      for (guint i = a->nets[net].first_node; i < a->nets[net].first_node + a->nets[net].n_nodes; i++)
        {
          guint part = nudge_circuit_find_part (b, NUDGE_NONE, a->parts[a->nodes[i].part].reference);
          guint other = part != NUDGE_NONE ? nudge_circuit_net_of (b, part, a->nodes[i].pin) : NUDGE_NONE;

          if (other == NUDGE_NONE || (twin[net] != NUDGE_NONE && twin[net] != other))
            return FALSE;
          twin[net] = other;
        }
      /* As many nets and nodes on both sides: equal sizes leave no room for a join. */
      if (b->nets[twin[net]].n_nodes != a->nets[net].n_nodes)
        return FALSE;
    }
  return TRUE;
}

/**
 * nudge_circuit_paginate:
 * @self: a circuit
 * @error: return location for an error
 *
 * Hands the parts of each circuit that is too large for a sheet of paper to new circuits below it, its pages, by what
 * is connected to what. Parts, references, nets and names stay as they are; that no connection has changed is checked.
 *
 * Returns: (transfer full): the circuit with pages, equal to @self where nothing is too large; %NULL with
 *   %NUDGE_ERROR_INPUT when @self does not hold the JSON it was read from, %NUDGE_ERROR_PROOF when a connection changed
 */
NudgeCircuit *
nudge_circuit_paginate (const NudgeCircuit *self, GError **error)
{
  g_autoptr (NudgeCircuit) paged = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  paged = read_bytes (self->json, self->base_dir, TRUE, NULL, error);
  if (paged == NULL)
    return NULL;
  paged->paged = TRUE;
  if (same_nets (self, paged))
    return g_steal_pointer (&paged);
  g_set_error_literal (error, NUDGE_ERROR, NUDGE_ERROR_PROOF, "pages would change what is connected");
  return NULL;
}

static void
set_io_error (GError **error, const char *path, int saved_errno)
{
  g_autofree char *name = g_filename_display_name (path);
  NudgeError code = saved_errno == ENOENT || saved_errno == ENOTDIR ? NUDGE_ERROR_NOT_FOUND : NUDGE_ERROR_IO;

  g_set_error (error, NUDGE_ERROR, code, "%s: %s", name, g_strerror (saved_errno));
}

/* The bytes of an open regular file of the given size, or fewer when it has shrunk since. */
static GBytes *
read_all (int fd, gsize size, const char *path, GError **error)
{
  g_autofree char *data = g_try_malloc (size + 1);
  gsize done = 0;

  if (data == NULL)
    {
      set_io_error (error, path, ENOMEM);
      return NULL;
    }
  while (done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n == 0)
        break;
      if (n > 0)
        done += n;
      else if (errno != EINTR)
        {
          set_io_error (error, path, errno);
          return NULL;
        }
    }
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

static GBytes *
read_regular_file (const char *path, GPtrArray *diagnostics, GError **error)
{
  struct stat info;
  GBytes *bytes = NULL;
  int fd;

  /* A pipe or device must not make us wait. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &info) < 0)
    set_io_error (error, path, errno);
  else if (S_ISDIR (info.st_mode))
    set_io_error (error, path, EISDIR);
  else if (!S_ISREG (info.st_mode))
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: not a regular file", path);
  else if (info.st_size > NUDGE_MAX_INPUT_BYTES)
    {
      nudge_diagnostics_add (diagnostics, NUDGE_CODE_JSON_LIMIT, "the input is larger than 256 MiB");
      g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s: larger than 256 MiB", path);
    }
  else
    bytes = read_all (fd, info.st_size, path, error);
  if (fd >= 0)
    close (fd);
  return bytes;
}

/**
 * nudge_circuit_read_file:
 * @path: (type filename): a regular file with circuit JSON
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): list that every finding is appended to
 * @error: return location for an error
 *
 * Reads a circuit as nudge_circuit_read_bytes() does; images are named from the file's folder.
 *
 * Returns: (transfer full): the circuit; %NULL with %NUDGE_ERROR_NOT_FOUND or %NUDGE_ERROR_IO when the file cannot be
 *   read, and with %NUDGE_ERROR_INPUT when a finding is an error
 */
NudgeCircuit *
nudge_circuit_read_file (const char *path, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  bytes = read_regular_file (path, diagnostics, error);
  if (bytes == NULL)
    return NULL;
  folder = g_path_get_dirname (path);
  return nudge_circuit_read_bytes (bytes, folder, diagnostics, error);
}
