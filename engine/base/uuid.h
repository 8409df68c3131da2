/* uuid.h: identities that depend on nothing but names. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

/* Writes the version 5 (SHA-1, RFC 4122 4.3) UUID of @kind and @name in Nudge's own namespace to @uuid. */
NUDGE_API void nudge_uuid (char uuid[37], const char *kind, const char *name);

G_END_DECLS
