#include "base/uuid.h"

#include <stdio.h>
#include <string.h>

/* Nudge's namespace; drawn once at random, never to change. */
static const guint8 nudge_namespace[16] = {
  0x5b, 0x0e, 0x7d, 0x8c, 0x41, 0x6a, 0x4f, 0x27, 0x9d, 0x13, 0xc2, 0x58, 0xe4, 0x90, 0x3b, 0x76,
};

void
nudge_uuid (char uuid[37], const char *kind, const char *name)
{
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 d[20];
  gsize length = sizeof d;

  g_checksum_update (sha1, nudge_namespace, sizeof nudge_namespace);
  g_checksum_update (sha1, (const guchar *) kind, strlen (kind) + 1);
  g_checksum_update (sha1, (const guchar *) name, strlen (name));
  g_checksum_get_digest (sha1, d, &length);
  d[6] = (d[6] & 0x0f) | 0x50;
  d[8] = (d[8] & 0x3f) | 0x80;
  g_snprintf (uuid, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
              d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
}
