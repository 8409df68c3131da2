/* manifest.h: what Nudge wrote into a project folder last time, so that it knows its own files again. */
#pragma once

#include "project/transaction.h"

G_BEGIN_DECLS

#define NUDGE_MANIFEST_NAME ".nudge-manifest"
/* Of pictures, which come and go one by one. */
#define NUDGE_PICTURES_MANIFEST_NAME ".nudge-pictures"

/* (transfer full) (element-type utf8 utf8): name -> SHA-256 of the bytes written last; empty without a manifest. */
GHashTable *nudge_manifest_read (const NudgeTransaction *folder, const char *manifest_name);
/* (transfer full): the manifest of these files, and of what @others (nullable) has beyond, sorted by name. */
GBytes *nudge_manifest_write (const GPtrArray *files, GHashTable *others);
/* Whether the bytes are those that the manifest records for that name. */
gboolean nudge_manifest_knows (GHashTable *manifest, const char *name, GBytes *bytes);

G_END_DECLS
