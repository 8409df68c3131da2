#include "layout/layout-file.h"

#include "base/limits.h"
#include "layout/layout-records.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

NudgeLayoutFile *
nudge_layout_file_new (void)
{
  NudgeLayoutFile *self = g_new0 (NudgeLayoutFile, 1);

  g_atomic_ref_count_init (&self->refs);
  self->strings = g_string_chunk_new (4096);
  self->lists = g_ptr_array_new_with_free_func (g_free);
  self->version = NUDGE_LAYOUT_FILE_VERSION;
  return self;
}

const char **
nudge_layout_file_keep_texts (NudgeLayoutFile *self, const char *const *texts, guint n_texts)
{
  const char **list = g_memdup2 (texts, n_texts * sizeof *texts);

  if (list != NULL)
    g_ptr_array_add (self->lists, list);
  return list;
}

NudgeLayoutFile *
nudge_layout_file_ref (NudgeLayoutFile *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
nudge_layout_file_unref (NudgeLayoutFile *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->lists);
  g_free (self->units);
  g_free (self->sheets);
  g_free (self->nets);
  g_free (self->symbols);
  g_free (self->routes);
  g_strfreev (self->extras);
  g_free (self);
}

gint
nudge_unit_record_compare (gconstpointer a, gconstpointer b)
{
  const NudgeUnitRecord *x = a, *y = b;
  gint order = strcmp (x->path, y->path);

  return order != 0 ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

gint
nudge_sheet_record_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (((const NudgeSheetRecord *) a)->path, ((const NudgeSheetRecord *) b)->path);
}

gint
nudge_net_record_compare (gconstpointer a, gconstpointer b)
{
  const NudgeNetRecord *x = a, *y = b;
  gint order = strcmp (x->sheet, y->sheet);

  return order != 0 ? order : strcmp (x->net, y->net);
}

gint
nudge_route_record_compare (gconstpointer a, gconstpointer b)
{
  const NudgeRouteRecord *x = a, *y = b;
  gint order = strcmp (x->sheet, y->sheet);

  return order != 0 ? order : strcmp (x->net, y->net);
}

const char *const nudge_side_names[5] = { "right", "top", "left", "bottom", NULL };

const struct NudgeRouteForm nudge_route_forms[NUDGE_ROUTE_KINDS] = {
  { "wires", 4 }, { "junctions", 2 }, { "labels", 3 }, { "powers", 3 }, { "flags", 3 }, { "pins", 1 },
};

NudgeRouteItem *
nudge_layout_file_keep_items (NudgeLayoutFile *self, const GArray *items)
{
  NudgeRouteItem *kept = g_memdup2 (items->data, items->len * sizeof *kept);

  if (kept != NULL)
    g_ptr_array_add (self->lists, kept);
  return kept;
}

NudgePlacedPin *
nudge_layout_file_keep_pins (NudgeLayoutFile *self, const GArray *pins)
{
  NudgePlacedPin *kept = g_memdup2 (pins->data, pins->len * sizeof *kept);

  if (kept != NULL)
    g_ptr_array_add (self->lists, kept);
  return kept;
}

void
nudge_layout_file_keep_routes (NudgeLayoutFile *self, GArray *routes)
{
  g_free (self->routes);
  self->n_routes = routes->len;
  self->routes = (NudgeRouteRecord *) g_array_free (routes, FALSE);
}

gint
nudge_symbol_record_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (((const NudgeSymbolRecord *) a)->from, ((const NudgeSymbolRecord *) b)->from);
}

/* bsearch() wants an array even where there is nothing to look through. */
static gconstpointer
find (gconstpointer key, gconstpointer records, guint n_records, gsize size, GCompareFunc compare)
{
  return n_records > 0 ? bsearch (key, records, n_records, size, compare) : NULL;
}

guint
nudge_layout_file_find_unit (const NudgeLayoutFile *self, const char *path, guint unit)
{
  const NudgeUnitRecord key = { .path = path, .unit = unit };
  const NudgeUnitRecord *found = find (&key, self->units, self->n_units, sizeof key, nudge_unit_record_compare);

  return found != NULL ? (guint) (found - self->units) : NUDGE_NONE;
}

const NudgeSheetRecord *
nudge_layout_file_find_sheet (const NudgeLayoutFile *self, const char *path)
{
  const NudgeSheetRecord key = { .path = path };

  return find (&key, self->sheets, self->n_sheets, sizeof key, nudge_sheet_record_compare);
}

const NudgeNetRecord *
nudge_layout_file_find_net (const NudgeLayoutFile *self, const char *sheet, const char *net)
{
  const NudgeNetRecord key = { .sheet = sheet, .net = net };

  return find (&key, self->nets, self->n_nets, sizeof key, nudge_net_record_compare);
}

const NudgeSymbolRecord *
nudge_layout_file_find_symbol (const NudgeLayoutFile *self, const char *from)
{
  const NudgeSymbolRecord key = { .from = from };

  return find (&key, self->symbols, self->n_symbols, sizeof key, nudge_symbol_record_compare);
}

const NudgeRouteRecord *
nudge_layout_file_find_route (const NudgeLayoutFile *self, const char *sheet, const char *net)
{
  const NudgeRouteRecord key = { .sheet = sheet, .net = net };

  return find (&key, self->routes, self->n_routes, sizeof key, nudge_route_record_compare);
}

/**
 * nudge_layout_file_for:
 * @circuit_path: (type filename): path of a circuit JSON
 *
 * Returns: (transfer full) (type filename): path of the layout file that belongs to it: the same name with the suffix
 *   `.nudge` for `.json`
 */
char *
nudge_layout_file_for (const char *circuit_path)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (circuit_path != NULL, NULL);
  stem = g_strdup (circuit_path);
  if (g_str_has_suffix (stem, ".json"))
    stem[strlen (stem) - strlen (".json")] = '\0';
  return g_strconcat (stem, NUDGE_LAYOUT_FILE_SUFFIX, NULL);
}

/**
 * nudge_layout_load_bytes:
 * @bytes: contents of a layout file
 * @name: what findings call it
 * @circuit: what is connected
 * @library: where its symbols are looked up
 * @follow: (out) (optional) (transfer full): what became of each part
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @error: return location for an error
 *
 * As nudge_layout_load(), from memory.
 *
 * Returns: (transfer full): the layout, or %NULL with %NUDGE_ERROR_INPUT
 */
NudgeLayout *
nudge_layout_load_bytes (GBytes *bytes, const char *name, NudgeCircuit *circuit, NudgeLibrary *library,
                         NudgeFollow **follow, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (NudgeLayoutFile) file = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL && circuit != NULL, NULL);
  g_return_val_if_fail (NUDGE_IS_LIBRARY (library), NULL);

  file = nudge_layout_file_read (bytes, name, diagnostics, error);
  return file != NULL ? nudge_layout_file_follow (file, circuit, library, follow, diagnostics) : NULL;
}

/* A FIFO or a device must not hold us up; a file that grows is cut off at the limit. */
static GBytes *
read_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  struct stat info;
  gssize n = 0;
  int code;

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      code = errno;
      if (fd >= 0)
        close (fd);
      g_set_error (error, NUDGE_ERROR, code == ENOENT ? NUDGE_ERROR_NOT_FOUND : NUDGE_ERROR_IO, "%s: %s", path, g_strerror (code));
      return NULL;
    }
  while (S_ISREG (info.st_mode) && bytes->len <= NUDGE_MAX_LAYOUT_BYTES && ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR)))
    if (n > 0)
      g_byte_array_append (bytes, buffer, (guint) n);
  code = errno;
  close (fd);
  if (S_ISREG (info.st_mode) && n >= 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: %s", path, n < 0 ? g_strerror (code) : "not a regular file");
  return NULL;
}

/**
 * nudge_layout_load:
 * @path: (type filename): a layout file
 * @circuit: what is connected now; it need not be the circuit that the file was saved with
 * @library: where its symbols are looked up
 * @follow: (out) (optional) (transfer full): what became of each part
 * @diagnostics: (nullable) (element-type NudgeDiagnostic): receives findings
 * @error: return location for an error
 *
 * Reads a layout file and gives every part of the circuit that it knows its place, lock and symbol again, every net
 * its style and every sheet its paper. What the file does not know is left unplaced: see nudge_layout_place_open().
 *
 * Returns: (transfer full): the layout, or %NULL with %NUDGE_ERROR_NOT_FOUND when there is no such file, %NUDGE_ERROR_IO
 *   when it cannot be read, %NUDGE_ERROR_INPUT when it is no layout file
 */
NudgeLayout *
nudge_layout_load (const char *path, NudgeCircuit *circuit, NudgeLibrary *library, NudgeFollow **follow, GPtrArray *diagnostics, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  bytes = read_file (path, error);
  if (bytes == NULL)
    return NULL;
  name = g_path_get_basename (path);
  return nudge_layout_load_bytes (bytes, name, circuit, library, follow, diagnostics, error);
}

/**
 * nudge_layout_to_bytes:
 * @self: a layout
 *
 * Returns: (transfer full): its layout file; equal layouts give equal bytes
 */
GBytes *
nudge_layout_to_bytes (const NudgeLayout *self)
{
  g_autoptr (NudgeLayoutFile) file = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  file = nudge_layout_file_describe (self, self->origin, NULL);
  nudge_routes_describe ((NudgeLayout *) self, file);
  return nudge_layout_file_write (file);
}

static gboolean
holds (const char *path, GBytes *bytes)
{
  g_autoptr (GBytes) present = read_file (path, NULL);

  return present != NULL && g_bytes_equal (present, bytes);
}

/**
 * nudge_layout_save:
 * @self: a layout
 * @path: (type filename): where to
 * @error: return location for an error
 *
 * Writes the layout file: the old one stands until the new one is complete on the disk. A file that says the same
 * already is not touched; a symbolic link stays, and what it points to is replaced.
 *
 * Returns: %TRUE, or %FALSE with %NUDGE_ERROR_IO
 */
gboolean
nudge_layout_save (const NudgeLayout *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *target = NULL;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  bytes = nudge_layout_to_bytes (self);
  if (holds (path, bytes))
    return TRUE;
  target = realpath (path, NULL);
  data = g_bytes_get_data (bytes, &size);
  if (g_file_set_contents_full (target != NULL ? target : path, data, (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &local))
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: %s", path, local->message);
  return FALSE;
}
