/* file-name.h: file names made safe. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

/* (transfer full): @name as a file name without suffix that is safe on every file system and stays in its folder:
 * printable, no separators or reserved characters, no leading dot or dash, no trailing dot or space, no device name,
 * at most NUDGE_MAX_FILE_NAME_BYTES; "sheet" when nothing is left. Spaces stay. */
NUDGE_API char *nudge_file_name_safe (const char *name);
/* (transfer full): as above, and different from every name taken so far (case folded); takes it. */
NUDGE_API char *nudge_file_name_unique (GHashTable *taken, const char *name);
/* A table for nudge_file_name_unique(). */
NUDGE_API GHashTable *nudge_file_names_new (void);

G_END_DECLS
