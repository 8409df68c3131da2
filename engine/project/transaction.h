/* transaction.h: replaces several files of one folder together.
 *
 * Everything is first written and synced to a stage inside the folder. A journal then makes the change final: from
 * there on it is carried out to its end, by this process or, after a crash, by the next that opens the folder. */
#pragma once

#include "project/export.h"

G_BEGIN_DECLS

typedef struct _NudgeTransaction NudgeTransaction;

/* Opens and locks @folder (made when missing), and ends what a crash has left there.
 * NUDGE_ERROR_REFUSED when another process holds the lock, NUDGE_ERROR_IO when the folder cannot be used. */
NudgeTransaction *nudge_transaction_open (const char *folder, GError **error);
/* Opens @folder to look around in it: nothing is made, locked or ended, and there may be no such folder.
 * NUDGE_ERROR_REFUSED when another process holds the lock, NUDGE_ERROR_IO when it is no folder. */
NudgeTransaction *nudge_transaction_peek (const char *folder, GError **error);
/* The file's bytes, or NULL when there is no such regular file or it cannot be read. (transfer full) */
GBytes *nudge_transaction_read (const NudgeTransaction *self, const char *name);
gboolean nudge_transaction_exists (const NudgeTransaction *self, const char *name);
void nudge_transaction_replace (NudgeTransaction *self, const char *name, GBytes *bytes);
void nudge_transaction_remove (NudgeTransaction *self, const char *name);
/* All of it or none; cancelled, none. */
gboolean nudge_transaction_commit (NudgeTransaction *self, GCancellable *cancellable, GError **error);
/* Unlocks; a folder that the transaction made and left empty is removed. */
void nudge_transaction_free (NudgeTransaction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeTransaction, nudge_transaction_free)

G_END_DECLS
