/* bus-names.h: what names of buses stand for, as KiCad 9 reads them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *key;                   /* the same for members that are one net where buses meet: the place in a row, the name in a group */
  char *name;                  /* of the net */
} NudgeBusNet;

/* (transfer full) (element-type NudgeBusNet): the nets of a bus such as `D[0..7]` or `PHY{CLK DIR D[0..7]}`; NULL when the text is
 * no name of a bus, or of one that is too wide. @aliases: (nullable): name -> (element-type utf8) GPtrArray of members. */
GArray *nudge_bus_name_read (const char *text, GHashTable *aliases);

G_END_DECLS
