/* json-string.h: texts as JSON strings, for what is written by hand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends @text (UTF-8) as a JSON string in ASCII, as Python's json writes it. */
void nudge_json_append_string (GString *out, const char *text);

G_END_DECLS
