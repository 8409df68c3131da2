/* The files of a project and the tree of their uses.
 *
 * KiCad follows a sheet's file wherever it leads; here it must lie in the folder of the root file or below, so that a project
 * from elsewhere cannot show what else is on the disk. What lies outside, or is missing, is an error: a picture without it
 * would look as if its parts had been taken out. */
#include "kicad/schematic-read.h"

#include "base/limits.h"
#include "library/library-private.h"

#include <gio/gio.h>
#include <string.h>

gboolean
nudge_read_fail (const ReadFile *file, const NudgeSexprNode *node, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s: line %u, column %u: %s", file->name, node->line, (guint) node->column, message);
  return FALSE;
}

const char *
nudge_read_property (const NudgeSexprNode *node, const char *name, const char *old)
{
  for (const NudgeSexprNode *child = node->child; child != NULL; child = child->next)
    {
      const char *text = nudge_sexpr_is (child, "property") ? nudge_sexpr_text (child, 1) : NULL;

      if (text != NULL && (g_str_equal (text, name) || g_strcmp0 (text, old) == 0))
        return nudge_sexpr_text (child, 2);
    }
  return NULL;
}

void
nudge_read_file_free (ReadFile *file)
{
  g_free (file->path);
  g_free (file->name);
  g_clear_pointer (&file->tree, nudge_sexpr_free);
  g_clear_pointer (&file->symbols, g_ptr_array_unref);
  g_clear_pointer (&file->boxes, g_ptr_array_unref);
  g_clear_pointer (&file->library, g_hash_table_unref);
  g_free (file->drawn);
  g_free (file);
}

/* --- one file --- */

static gboolean
load (ReadFile *file, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (file->path);
  g_autoptr (GFileInfo) info = g_file_query_info (source, "standard::type,standard::size", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) why = NULL;
  gsize length;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_NOT_FOUND, "%s: there is no such file", file->name);
  else if (g_file_info_get_size (info) > NUDGE_MAX_SCHEMATIC_BYTES)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s: larger than 64 MiB", file->name);
  else if (!g_file_get_contents (file->path, &data, &length, &why))
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: %s", file->name, why->message);
  else if (!g_utf8_validate (data, (gssize) length, NULL))
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_INPUT, "%s: this is not UTF-8", file->name);
  else
    file->tree = nudge_sexpr_parse (data, length, 1, error);
  if (file->tree == NULL && data != NULL)
    g_prefix_error (error, "%s: ", file->name);
  return file->tree != NULL;
}

static void
list_library (ReadFile *file)
{
  const NudgeSexprNode *list = nudge_sexpr_find (file->root, "lib_symbols");

  file->library = g_hash_table_new (g_str_hash, g_str_equal);
  for (const NudgeSexprNode *node = list != NULL ? list->child : NULL; node != NULL; node = node->next)
    if (nudge_sexpr_is (node, "symbol") && nudge_sexpr_text (node, 1) != NULL)
      g_hash_table_insert (file->library, (gpointer) nudge_sexpr_text (node, 1), (gpointer) node);
}

static guint
body_style_of (const NudgeSexprNode *symbol)
{
  const NudgeSexprNode *style = nudge_sexpr_find (symbol, "body_style");

  if (style == NULL)
    style = nudge_sexpr_find (symbol, "convert");
  return style != NULL && nudge_sexpr_double (style, 1) == 2 ? 2 : 1;
}

/* Reads each symbol that is placed once, in each form that it is placed in. */
static gboolean
read_symbols (Reading *self, ReadFile *file, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  file->drawn = g_new0 (const NudgeSymbol *, file->symbols->len + 1);
  for (guint i = 0; i < file->symbols->len; i++)
    {
      const NudgeSexprNode *placed = file->symbols->pdata[i], *node;
      const char *id = nudge_sexpr_text (nudge_sexpr_find (placed, "lib_id"), 1);
      const char *variant = nudge_sexpr_text (nudge_sexpr_find (placed, "lib_name"), 1);
      g_autofree char *key = NULL;

      if (id == NULL || *id == '\0')
        return nudge_read_fail (file, placed, error, "a symbol does not say what it is");
      node = g_hash_table_lookup (file->library, variant != NULL ? variant : id);
      key = g_strdup_printf ("%s\n%s\n%u", id, variant != NULL ? variant : "", body_style_of (placed));
      file->drawn[i] = g_hash_table_lookup (known, key);
      if (file->drawn[i] != NULL)
        continue;
      if (node == NULL)
        nudge_diagnostics_add (self->diagnostics, NUDGE_CODE_SCHEMATIC_SYMBOL, "%s draws the symbol %s and does not have it", file->name, id);
      file->drawn[i] = nudge_library_embed (self->library, node, id, variant, body_style_of (placed), error);
      if (file->drawn[i] == NULL)
        {
          g_prefix_error (error, "%s: ", file->name);
          return FALSE;
        }
      g_hash_table_insert (known, g_steal_pointer (&key), (gpointer) file->drawn[i]);
    }
  return TRUE;
}

/* Aliases hold in the whole project; of several of one name the last counts. */
static void
read_bus_alias (Reading *self, const NudgeSexprNode *node)
{
  const NudgeSexprNode *list = nudge_sexpr_find (node, "members");
  const char *name = nudge_sexpr_text (node, 1), *member;
  GPtrArray *members;

  if (name == NULL)
    return;
  members = g_ptr_array_new ();
  for (guint i = 1; members->len < NUDGE_MAX_BUS_MEMBERS && (member = nudge_sexpr_text (list, i)) != NULL; i++)
    g_ptr_array_add (members, (gpointer) member);
  g_hash_table_replace (self->bus_aliases, (gpointer) name, members);
}

static ReadFile *
read_file (Reading *self, const char *path, GError **error)
{
  ReadFile *file = g_new0 (ReadFile, 1);

  file->path = g_strdup (path);
  file->name = g_filename_display_name (path + strlen (self->folder) + (g_str_has_suffix (self->folder, "/") ? 0 : 1));
  g_ptr_array_add (self->files, file);
  if (!load (file, error))
    return NULL;
  file->root = nudge_sexpr_root (file->tree);
  if (!nudge_sexpr_is (file->root, "kicad_sch"))
    {
      nudge_read_fail (file, file->root, error, "this is no schematic of KiCad 6 or later");
      return NULL;
    }
  file->uuid = nudge_sexpr_text (nudge_sexpr_find (file->root, "uuid"), 1);
  file->symbols = g_ptr_array_new ();
  file->boxes = g_ptr_array_new ();
  for (const NudgeSexprNode *node = file->root->child; node != NULL; node = node->next)
    if (nudge_sexpr_is (node, "symbol"))
      g_ptr_array_add (file->symbols, (gpointer) node);
    else if (nudge_sexpr_is (node, "sheet"))
      g_ptr_array_add (file->boxes, (gpointer) node);
    else if (nudge_sexpr_is (node, "bus_alias"))
      read_bus_alias (self, node);
  list_library (file);
  return read_symbols (self, file, error) ? file : NULL;
}

/* The file of that path, read once however often it is used; its place among the files, or NUDGE_NONE with an error. */
static guint
find_file (Reading *self, const char *path, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    if (g_str_equal (((ReadFile *) self->files->pdata[i])->path, path))
      return i;
  return read_file (self, path, error) != NULL ? self->files->len - 1 : NUDGE_NONE;
}

/* --- the tree --- */

static guint
add_block (Reading *self, guint file, guint parent, const char *name, const char *path)
{
  const ReadFile *f = self->files->pdata[file];
  ReadBlock block = { .file = file, .parent = parent, .name = name, .path = path };

  block.depth = parent != NUDGE_NONE ? READ_AT (self->blocks, ReadBlock, parent)->depth + 1 : 0;
  block.children = g_new0 (guint, f->boxes->len + 1);
  block.parts = g_new0 (guint, f->symbols->len + 1);
  block.units = g_new0 (guint16, f->symbols->len + 1);
  g_array_append_val (self->blocks, block);
  return self->blocks->len - 1;
}

/* The canonical path of a child's file, or NULL with an error. */
static char *
child_path (const Reading *self, const ReadFile *file, const NudgeSexprNode *box, GError **error)
{
  const char *name = nudge_read_property (box, "Sheetfile", "Sheet file");
  g_autofree char *folder = g_path_get_dirname (file->path), *path = NULL, *root = NULL;

  if (name == NULL || *name == '\0')
    {
      nudge_read_fail (file, box, error, "a sheet does not name its file");
      return NULL;
    }
  path = g_canonicalize_filename (name, folder);
  root = g_str_has_suffix (self->folder, "/") ? g_strdup (self->folder) : g_strconcat (self->folder, "/", NULL);
  if (g_str_has_prefix (path, root))
    return g_steal_pointer (&path);
  nudge_read_fail (file, box, error, "the sheet's file %s lies outside of the project", name);
  return NULL;
}

static gboolean
uses_itself (const Reading *self, guint block, guint file)
{
  for (; block != NUDGE_NONE; block = READ_AT (self->blocks, ReadBlock, block)->parent)
    if (READ_AT (self->blocks, ReadBlock, block)->file == file)
      return TRUE;
  return FALSE;
}

static gboolean
add_child (Reading *self, guint parent, guint box_index, GError **error)
{
  const ReadFile *file = READ_FILE (self, READ_AT (self->blocks, ReadBlock, parent));
  const NudgeSexprNode *box = file->boxes->pdata[box_index];
  const char *name = nudge_read_property (box, "Sheetname", "Sheet name");
  const char *uuid = nudge_sexpr_text (nudge_sexpr_find (box, "uuid"), 1);
  g_autofree char *path = child_path (self, file, box, error), *place = NULL;
  guint child;

  if (path == NULL)
    return FALSE;
  if (self->blocks->len >= NUDGE_MAX_BLOCKS)
    return nudge_read_fail (file, box, error, "the project has more than %d sheets", NUDGE_MAX_BLOCKS);
  if (READ_AT (self->blocks, ReadBlock, parent)->depth >= NUDGE_MAX_BLOCK_DEPTH)
    return nudge_read_fail (file, box, error, "sheets are nested more than %d deep", NUDGE_MAX_BLOCK_DEPTH);
  child = find_file (self, path, error);
  if (child == NUDGE_NONE)
    return FALSE;
  if (uses_itself (self, parent, child))
    return nudge_read_fail (file, box, error, "the sheet holds itself");
  place = g_strconcat (READ_AT (self->blocks, ReadBlock, parent)->path, "/", uuid != NULL ? uuid : "", NULL);
  child = add_block (self, child, parent, name != NULL && *name != '\0' ? name : "sheet", g_string_chunk_insert (self->strings, place));
  READ_AT (self->blocks, ReadBlock, parent)->children[box_index] = child;
  return TRUE;
}

/* Pre-order, with the box that comes next on each level. */
static gboolean
read_children (Reading *self, GError **error)
{
  guint next[NUDGE_MAX_BLOCK_DEPTH + 2] = { 0 }, open[NUDGE_MAX_BLOCK_DEPTH + 2] = { 0 };
  guint depth = 0;

  for (;;)
    {
      const ReadFile *file = READ_FILE (self, READ_AT (self->blocks, ReadBlock, open[depth]));

      if (next[depth] < file->boxes->len)
        {
          if (!add_child (self, open[depth], next[depth]++, error))
            return FALSE;
          open[++depth] = self->blocks->len - 1;
          next[depth] = 0;
        }
      else if (depth-- == 0)
        return TRUE;
    }
}

gboolean
nudge_read_tree (Reading *self, const char *root_file, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (root_file, NULL), *stem = NULL, *place = NULL;
  const ReadFile *root;
  guint file;

  self->folder = g_path_get_dirname (path);
  file = find_file (self, path, error);
  if (file == NUDGE_NONE)
    return FALSE;
  root = self->files->pdata[file];
  stem = g_strdup (root->name);
  if (g_str_has_suffix (stem, ".kicad_sch"))
    stem[strlen (stem) - strlen (".kicad_sch")] = '\0';
  place = g_strconcat ("/", root->uuid != NULL ? root->uuid : "", NULL);
  add_block (self, file, NUDGE_NONE, g_string_chunk_insert (self->strings, stem), g_string_chunk_insert (self->strings, place));
  return read_children (self, error);
}
