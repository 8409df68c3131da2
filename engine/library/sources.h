/* sources.h: the places in which symbol libraries are looked for, in order. */
#pragma once

#include "base/types.h"

G_BEGIN_DECLS

typedef struct _NudgeSources NudgeSources;

/* @path is a .kicad_sym file, or a folder that holds one file per symbol. */
typedef struct
{
  const char *name;
  const char *path;
  gboolean is_folder;
} NudgeLibraryPlace;

NudgeSources *nudge_sources_new (void);
void nudge_sources_free (NudgeSources *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeSources, nudge_sources_free)

/* Each is read when something is first looked for in it. */
void nudge_sources_add_folder (NudgeSources *self, const char *folder);
void nudge_sources_add_table (NudgeSources *self, const char *path, const char *project_dir);
/* The project's table, KiCad's own, KICAD*_SYMBOL_DIR and the system's folders. */
void nudge_sources_add_defaults (NudgeSources *self, const char *project_dir);

/* The @nth place (from 0, best first) that holds the library @name: of exactly that name, then of that name in another
 * case or with "-" for "_". FALSE when there are no more. */
gboolean nudge_sources_find (NudgeSources *self, const char *name, guint nth, NudgeLibraryPlace *place);
/* TRUE when no source holds any library. */
gboolean nudge_sources_are_empty (NudgeSources *self);
/* (transfer full) (element-type NudgeLibraryPlace): every library, once, the best place of each name; sorted by name. */
GArray *nudge_sources_list (NudgeSources *self);

/* (transfer full): @text with ${NAME} replaced; NULL when a name is unknown. */
char *nudge_sources_expand (NudgeSources *self, const char *text, const char *project_dir);

G_END_DECLS
