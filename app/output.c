#include "output.h"

#include "nudge.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A device or a pipe must be written to, not replaced. */
static gboolean
write_file (const char *file, const char *text, GError **error)
{
  GStatBuf info;
  FILE *stream;
  gboolean ok;

  if (g_stat (file, &info) != 0 || S_ISREG (info.st_mode))
    return g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
  stream = g_fopen (file, "we");
  ok = stream != NULL && fputs (text, stream) >= 0;
  if (stream != NULL && fclose (stream) != 0)
    ok = FALSE;
  if (!ok)
    g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "%s: %s", file, g_strerror (errno));
  return ok;
}

gboolean
nudge_output_write (const char *file, const char *text, const NudgeStreams *streams, GError **error)
{
  if (strcmp (file, "-") != 0)
    return write_file (file, text, error);
  if (fputs (text, streams->out) >= 0 && fflush (streams->out) == 0)
    return TRUE;
  g_set_error (error, NUDGE_ERROR, NUDGE_ERROR_IO, "standard output: %s", g_strerror (errno));
  return FALSE;
}

char *
nudge_output_printable (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_unichar_isprint (g_utf8_get_char (p)) ? g_utf8_get_char (p) : ' ');
  return g_string_free (out, FALSE);
}
