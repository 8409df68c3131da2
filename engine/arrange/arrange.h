/* arrange.h: places what is not locked. */
#pragma once

#include "layout/layout.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _NudgeArranger NudgeArranger;

/* One way to place parts. Arrangers are pure: same layout in, same layout out. */
struct _NudgeArranger
{
  const char *name;           /* as on the command line: "text-flow" */
  const char *summary;
  NudgeLayout *(*arrange) (NudgeLayout *layout, GPtrArray *diagnostics, GCancellable *cancellable, GError **error);
};

/* NULL-terminated; the first is the default. */
NUDGE_API const NudgeArranger *const *nudge_arrangers (void);
NUDGE_API const NudgeArranger *nudge_arranger_find (const char *name);
/* (transfer full): arrange: Layout -> Layout, with the arranger of that name; NULL: the default. */
NUDGE_API NudgeLayout *nudge_arrange (NudgeLayout *layout, const char *arranger, GPtrArray *diagnostics, GCancellable *cancellable, GError **error);

NUDGE_API NudgeLayout *nudge_arrange_open (NudgeLayout *layout, const char *arranger, GPtrArray *diagnostics, GCancellable *cancellable, GError **error);

extern const NudgeArranger nudge_connection_aware_arranger;
extern const NudgeArranger nudge_force_arranger;
extern const NudgeArranger nudge_schematic_arranger;
extern const NudgeArranger nudge_text_flow_arranger;
extern const NudgeArranger nudge_synth_arranger;
extern const NudgeArranger nudge_july_arranger;
extern const NudgeArranger nudge_july_sequence_arranger;

G_END_DECLS
